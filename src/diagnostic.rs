//! Everything a user can get wrong is said through one type and one printer.
//!
//! A [`Diagnostic`] names the place, quotes it, says in plain Chinese what is
//! wrong, on which article the judgement rests, and what to do. A [`Report`]
//! collects them, so that all problems are told at once.

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use crate::codes::{Code, Fault};
use crate::privacy;
use crate::text::is_unprintable;

/// How grave a finding is. The order is the order of gravity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing need be done.
    Note,
    /// Doubtful, or rests on a source that was not confirmed.
    Warning,
    /// Nothing is built before this is mended.
    Error,
}

impl Severity {
    /// The word a user sees.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "提示",
            Severity::Warning => "警告",
            Severity::Error => "错误",
        }
    }
}

/// The byte order mark, which some editors of Windows write.
const MARK: char = '\u{feff}';

/// A text file as it was read, kept so that a diagnostic can quote it.
#[derive(Debug)]
pub struct Source {
    pub path: PathBuf,
    pub text: String,
    /// Whether a byte order mark stood before the text.
    marked: bool,
    /// Where each line begins.
    lines: Vec<usize>,
}

impl Source {
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Arc<Self> {
        let mut text = text.into();
        let marked = text.starts_with(MARK);
        if marked {
            text.drain(..MARK.len_utf8());
        }
        Arc::new(Self { path: path.into(), lines: lines(&text), text, marked })
    }

    /// The same file with another text.
    pub fn with_text(&self, text: String) -> Arc<Self> {
        let path = self.path.clone();
        Arc::new(Self { path, lines: lines(&text), text, marked: self.marked })
    }

    /// The bytes of the file.
    pub fn bytes(&self) -> Vec<u8> {
        let mark = if self.marked { String::from(MARK) } else { String::new() };
        (mark + &self.text).into_bytes()
    }

    /// The line at a byte offset, counted from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|&start| start <= offset)
    }

    /// One-based line and column (in characters) of a byte offset.
    fn position(&self, offset: usize) -> (usize, usize) {
        let offset = floor_boundary(&self.text, offset);
        let line = self.line(offset);
        let before = &self.text[self.lines[line - 1]..offset];
        (line, before.chars().count() + 1)
    }
}

/// Where in the user's files something stands.
#[derive(Clone, Debug)]
pub enum Place {
    /// A whole file or folder.
    File(PathBuf),
    /// A byte range of a text file.
    Text(Arc<Source>, Range<usize>),
    /// A cell of a table. Its text is never quoted: it may be personal data.
    Cell(Cell),
}

/// A cell of a spreadsheet or CSV file, named as the user sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    pub path: PathBuf,
    pub sheet: Option<String>,
    /// One-based, as Excel counts.
    pub row: usize,
    /// Letter and heading, such as `C（身份证号）`; `None` for the whole row.
    pub column: Option<String>,
}

impl Place {
    /// The cell, if it is one.
    pub fn cell(&self) -> Option<&Cell> {
        match self {
            Place::Cell(cell) => Some(cell),
            Place::File(_) | Place::Text(..) => None,
        }
    }

    /// The bytes of a text, if it is some.
    pub fn span(&self) -> Option<&Range<usize>> {
        match self {
            Place::Text(_, span) => Some(span),
            Place::File(_) | Place::Cell(_) => None,
        }
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(sheet) = &self.sheet {
            write!(f, "，工作表“{sheet}”")?;
        }
        write!(f, "，第 {} 行", self.row)?;
        match &self.column {
            Some(column) => write!(f, "，{column} 列"),
            None => Ok(()),
        }
    }
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub severity: Severity,
    /// Stable name, by which a finding can be looked up or silenced.
    pub code: &'static str,
    pub message: String,
    pub place: Option<Place>,
    /// The article or arithmetic on which the judgement rests.
    pub basis: Option<String>,
    /// What the user should do.
    pub help: Option<String>,
    /// The same as an edit of the file, where it leaves no choice; few have one.
    pub remedy: Option<Box<Remedy>>,
}

/// What should stand in a place of a text file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    pub range: Range<usize>,
    pub text: String,
}

impl Diagnostic {
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { severity, code, message, place: None, basis: None, help: None, remedy: None }
    }

    /// Whose fault it is; what no table of codes has is a rule of the law's.
    pub fn fault(&self) -> Fault {
        Code::find(self.code).map_or(Fault::Input, |code| code.fault)
    }

    pub fn at(mut self, place: impl Into<Option<Place>>) -> Self {
        self.place = place.into();
        self
    }

    pub fn in_file(self, path: impl Into<PathBuf>) -> Self {
        self.at(Place::File(path.into()))
    }

    pub fn basis(mut self, basis: impl Into<String>) -> Self {
        self.basis = Some(basis.into());
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub fn remedy(mut self, remedy: Option<Remedy>) -> Self {
        self.remedy = remedy.map(Box::new);
        self
    }
}

/// All findings of one run.
#[derive(Debug, Default)]
pub struct Report {
    findings: Vec<Diagnostic>,
}

impl Report {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.findings.push(diagnostic);
    }

    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.findings.extend(diagnostics);
    }

    pub fn append(&mut self, other: Report) {
        self.findings.extend(other.findings);
    }

    /// Puts something else in the place of each finding.
    pub fn map(&mut self, change: impl FnMut(Diagnostic) -> Diagnostic) {
        self.findings = std::mem::take(&mut self.findings).into_iter().map(change).collect();
    }

    /// Keeps only the findings that `wanted` holds true of.
    pub fn retain(&mut self, wanted: impl FnMut(&Diagnostic) -> bool) {
        self.findings.retain(wanted);
    }

    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.findings.iter()
    }

    /// The gravest fault of all errors, if there are any.
    pub fn fault(&self) -> Option<Fault> {
        let errors = self.findings.iter().filter(|found| found.severity == Severity::Error);
        errors.map(Diagnostic::fault).max()
    }

    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|d| d.severity == severity).count()
    }

    /// The closing line: `2 个错误，1 个警告`.
    pub fn tally(&self) -> String {
        [Severity::Error, Severity::Warning, Severity::Note]
            .into_iter()
            .map(|severity| (severity, self.count(severity)))
            .filter(|&(_, count)| count > 0)
            .map(|(severity, count)| format!("{count} 个{}", severity.name()))
            .collect::<Vec<_>>()
            .join("，")
    }

    /// Adds the findings that are not there yet.
    pub fn extend_with_news(&mut self, other: Report) {
        let told = |finding: &Diagnostic| finding.to_json(Path::new(""));
        for finding in other.findings {
            if !self.findings.iter().any(|known| told(known) == told(&finding)) {
                self.findings.push(finding);
            }
        }
    }

    /// All findings as text for a person, with colour if `styled`.
    pub fn render(&self, styled: bool) -> String {
        let mut out = String::new();
        let mut told = HashSet::new();
        for finding in &self.findings {
            // Advice that was just given is not repeated for each place.
            let news = told.insert((finding.code, finding.help.as_deref()));
            out.push_str(&finding.render(styled, news));
            out.push_str("\n\n");
        }
        out
    }

    /// All findings for a program; no personal data, positions one-based.
    pub fn to_json(&self) -> serde_json::Value {
        self.to_json_below(Path::new(""))
    }

    /// The same with files named from `folder`, wherever that lies.
    pub fn to_json_below(&self, folder: &Path) -> serde_json::Value {
        self.findings.iter().map(|finding| finding.to_json(folder)).collect()
    }
}

impl Diagnostic {
    fn render(&self, styled: bool, with_help: bool) -> String {
        let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let message = privacy::mask(&self.message);
        let title = level.with_name(self.severity.name()).primary_title(message.as_ref());
        let mut group = Group::with_title(title.id(self.code));

        let quoted = self.place.as_ref().and_then(Quote::of);
        match (&self.place, &quoted) {
            (_, Some(quote)) => group = group.element(quote.snippet()),
            (Some(Place::Cell(cell)), _) => {
                group = group.element(Origin::path(privacy::mask(&cell.to_string()).into_owned()));
            }
            (Some(Place::File(path)), _) => {
                group = group.element(Origin::path(display(path)));
            }
            (Some(Place::Text(source, _)), None) => {
                group = group.element(Origin::path(display(&source.path)));
            }
            (None, None) => {}
        }
        if let Some(basis) = &self.basis {
            group = group.element(Level::NOTE.with_name("依据").message(basis.as_str()));
        }
        if let Some(help) = self.help.as_ref().filter(|_| with_help) {
            let help = privacy::mask(help);
            group = group.element(Level::HELP.with_name("办法").message(help.into_owned()));
        }
        renderer.render(&[group])
    }

    fn to_json(&self, folder: &Path) -> serde_json::Value {
        let display = |path: &Path| display(path.strip_prefix(folder).unwrap_or(path));
        let mut place = serde_json::Map::new();
        match &self.place {
            Some(Place::File(path)) => {
                place.insert("file".into(), display(path).into());
            }
            Some(Place::Text(source, range)) => {
                let (line, column) = source.position(range.start);
                let (end_line, end_column) = source.position(range.end);
                place.insert("file".into(), display(&source.path).into());
                place.insert("line".into(), line.into());
                place.insert("column".into(), column.into());
                place.insert("end_line".into(), end_line.into());
                place.insert("end_column".into(), end_column.into());
            }
            Some(Place::Cell(cell)) => {
                place.insert("file".into(), display(&cell.path).into());
                place.insert("sheet".into(), cell.sheet.as_deref().map(privacy::mask).into());
                place.insert("row".into(), cell.row.into());
                place.insert("column".into(), cell.column.as_deref().map(privacy::mask).into());
            }
            None => {}
        }
        serde_json::json!({
            "severity": self.severity,
            "code": self.code,
            "message": privacy::mask(&self.message),
            "place": place,
            "basis": self.basis,
            "help": self.help.as_deref().map(privacy::mask),
        })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

/// The one line of a text file that a diagnostic shows, personal data masked.
struct Quote {
    path: String,
    number: usize,
    line: String,
    span: Range<usize>,
}

impl Quote {
    fn of(place: &Place) -> Option<Self> {
        let Place::Text(source, range) = place else { return None };
        let text = &source.text;
        let start = floor_boundary(text, range.start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let line = text[line_start..line_end].trim_end_matches('\r');
        let end = floor_boundary(text, range.end.clamp(start, line_start + line.len()));
        Some(Self {
            path: display(&source.path),
            number: source.position(start).0,
            line: privacy::mask(line).into_owned(),
            span: (start - line_start).min(line.len())
                ..(end.max(start) - line_start).min(line.len()),
        })
    }

    fn snippet(&self) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
        Snippet::source(self.line.as_str())
            .line_start(self.number)
            .path(self.path.as_str())
            .annotation(AnnotationKind::Primary.span(self.span.clone()))
    }
}

/// Paths are shown with `/` on every system, so that messages are the same; nothing
/// in them steers a terminal or is anybody's number.
fn display(path: &Path) -> String {
    let shown: String = path
        .to_string_lossy()
        .chars()
        .map(|c| match c {
            c if c == std::path::MAIN_SEPARATOR => '/',
            c if is_unprintable(c) => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect();
    privacy::mask(&shown).into_owned()
}

fn lines(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
