//! Everything a user can get wrong is said through one type and one printer.
//!
//! A [`Diagnostic`] names the place, quotes it, says in plain Chinese what is
//! wrong, on which article the judgement rests, and what to do. A [`Report`]
//! collects them, so that all problems are told at once.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ops::{Range, RangeInclusive};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, OnceLock};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use crate::codes::{Code, Family, Fault};
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
    outline: OnceLock<Arc<dyn Outline>>,
}

/// What a file holds, as far as places in it have names.
pub trait Outline: fmt::Debug + Send + Sync {
    /// The way to what stands on these bytes, such as `选举结果.当选人[2].得票`.
    fn path_of(&self, span: &Range<usize>) -> String;
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        (&self.path, &self.text) == (&other.path, &other.text)
    }
}

impl Eq for Source {}

impl Source {
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Arc<Self> {
        let mut text = text.into();
        let marked = text.starts_with(MARK);
        if marked {
            text.drain(..MARK.len_utf8());
        }
        Arc::new(Self::read(path.into(), text, marked))
    }

    fn read(path: PathBuf, text: String, marked: bool) -> Self {
        Self { path, lines: lines(&text), text, marked, outline: OnceLock::new() }
    }

    /// The same file with another text.
    pub fn with_text(&self, text: String) -> Arc<Self> {
        Arc::new(Self::read(self.path.clone(), text, self.marked))
    }

    /// From now on its places have names.
    pub fn outlined(&self, outline: Arc<dyn Outline>) {
        self.outline.get_or_init(|| outline);
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
#[derive(Clone, Debug, PartialEq, Eq)]
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

    /// The place in words, its file named from `folder`, however it was reached:
    /// `election.yaml，第 3 行第 5 列`.
    pub fn name_below(&self, folder: &Path) -> String {
        let named = |path: &Path| {
            let way = files_way(folder, path);
            display(if way.as_os_str().is_empty() { Path::new(".") } else { &way })
        };
        match self {
            Place::File(path) => privacy::mask(&named(path)).into_owned(),
            Place::Text(source, span) => {
                let (line, column) = source.position(span.start);
                format!("{}，第 {line} 行第 {column} 列", named(&source.path))
            }
            Place::Cell(cell) => {
                let cell = Cell { path: PathBuf::from(named(&cell.path)), ..cell.clone() };
                privacy::mask(&cell.to_string()).into_owned()
            }
        }
    }

    /// The place for a program; files are named from `folder`.
    fn to_json(&self, folder: &Path) -> serde_json::Map<String, serde_json::Value> {
        let named = |path: &Path| portable(path.strip_prefix(folder).unwrap_or(path));
        let mut json = serde_json::Map::new();
        match self {
            Place::File(path) => {
                json.insert("file".into(), named(path).into());
            }
            Place::Text(source, span) => {
                let (line, column) = source.position(span.start);
                let (end_line, end_column) = source.position(span.end);
                json.insert("file".into(), named(&source.path).into());
                json.insert("line".into(), line.into());
                json.insert("column".into(), column.into());
                json.insert("end_line".into(), end_line.into());
                json.insert("end_column".into(), end_column.into());
                let way = source.outline.get().map(|outline| outline.path_of(span));
                if let Some(way) = way.filter(|way| !way.is_empty()) {
                    json.insert("path".into(), privacy::mask(&way).into());
                }
            }
            Place::Cell(cell) => {
                json.insert("file".into(), named(&cell.path).into());
                json.insert("sheet".into(), cell.sheet.as_deref().map(privacy::mask_label).into());
                json.insert("row".into(), cell.row.into());
                json.insert(
                    "column".into(),
                    cell.column.as_deref().map(privacy::mask_label).into(),
                );
            }
        }
        json
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&display(&self.path))?;
        if let Some(sheet) = &self.sheet {
            write!(f, "，工作表“{}”", privacy::mask_label(sheet))?;
        }
        write!(f, "，{}", self.within_sheet())
    }
}

impl Cell {
    fn within_sheet(&self) -> String {
        let column =
            self.column.iter().map(|column| format!("，{} 列", privacy::mask_label(column)));
        format!("第 {} 行{}", self.row, column.collect::<String>())
    }
}

/// A further place that a finding is about, and what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    pub place: Place,
    /// Names of groups and people may be in it, and personal data is masked.
    pub label: Cow<'static, str>,
}

impl Other {
    pub fn new(place: Place, label: impl Into<Cow<'static, str>>) -> Self {
        let label = label.into();
        let label = match privacy::mask(&label) {
            Cow::Owned(masked) => masked.into(),
            Cow::Borrowed(_) => label,
        };
        Self { place, label }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    /// Stable name, by which a finding can be looked up or silenced.
    pub code: &'static str,
    pub message: String,
    pub place: Option<Place>,
    /// With what it disagrees, where two things do.
    pub others: Vec<Other>,
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
        Self {
            severity,
            code,
            message: message.into(),
            place: None,
            others: Vec::new(),
            basis: None,
            help: None,
            remedy: None,
        }
    }

    /// What it is about, unless it is a rule of the law's.
    pub fn family(&self) -> Option<Family> {
        Code::find(self.code).map(|code| code.family)
    }

    /// Whose fault it is; what no table of codes has is a rule of the law's.
    pub fn fault(&self) -> Fault {
        Code::find(self.code).map_or(Fault::Input, |code| code.fault)
    }

    pub fn at(mut self, place: impl Into<Option<Place>>) -> Self {
        self.place = place.into();
        self
    }

    /// Another place that it is about, and what stands there.
    pub fn also(
        mut self,
        place: impl Into<Option<Place>>,
        label: impl Into<Cow<'static, str>>,
    ) -> Self {
        self.others.extend(place.into().map(|place| Other::new(place, label)));
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

    /// Of each kind the first few, then how many more there are, and where.
    pub fn shortened(&self, few: usize, whereabouts: &str) -> Self {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let is_early = |finding: &&Diagnostic| {
            let count = counts.entry(finding.code).or_default();
            *count += 1;
            *count <= few
        };
        let mut short: Self = self.findings.iter().filter(is_early).cloned().collect();
        for finding in &self.findings {
            let more = counts.remove(finding.code).unwrap_or_default().saturating_sub(few);
            if more > 0 {
                let message = format!("同类问题另有 {more} 处，{whereabouts}");
                short.push(Diagnostic::new(finding.severity, finding.code, message));
            }
        }
        short
    }

    /// Adds the findings that are not there yet.
    pub fn extend_with_news(&mut self, other: Report) {
        for finding in other.findings {
            if !self.findings.contains(&finding) {
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

impl From<Diagnostic> for Report {
    fn from(only: Diagnostic) -> Self {
        Self { findings: vec![only] }
    }
}

impl FromIterator<Diagnostic> for Report {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(findings: I) -> Self {
        Self { findings: findings.into_iter().collect() }
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

        let mut excerpts = Vec::new();
        match &self.place {
            Some(Place::Text(source, span)) => Excerpt::add(&mut excerpts, source, span, None),
            Some(place) => group = group.element(Origin::path(name(place))),
            None => {}
        }
        let mut elsewhere: Vec<String> = Vec::new();
        for Other { place, label } in self.others.iter().take(FEW) {
            match place {
                Place::Text(source, span) => {
                    Excerpt::add(&mut excerpts, source, span, Some(label));
                }
                _ => {
                    elsewhere.push(format!("{label}：{}", name_beside(place, self.place.as_ref())))
                }
            }
        }
        if self.others.len() > FEW {
            elsewhere.push(format!("这样的还有 {} 处。", self.others.len() - FEW));
        }
        let quotes: Vec<Quote> = excerpts.iter().map(Excerpt::quote).collect();
        group = group.elements(quotes.iter().map(Quote::snippet));
        for told in elsewhere {
            group = group.element(Level::NOTE.with_name("另见").message(told));
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
        let others = self.others.iter().map(|other| {
            let mut place = other.place.to_json(folder);
            place.insert("label".into(), other.label.as_ref().into());
            place
        });
        let place = self.place.as_ref().map(|place| place.to_json(folder)).unwrap_or_default();
        serde_json::json!({
            "severity": self.severity,
            "code": self.code,
            "message": privacy::mask(&self.message),
            "place": place,
            "others": others.collect::<Vec<_>>(),
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

/// How many further places are shown; of the rest, how many there are.
const FEW: usize = 4;

/// Lines of one text file that a diagnostic shows, with the places that it is
/// about: few enough that it costs nothing to leave out those between.
struct Excerpt<'d> {
    source: &'d Arc<Source>,
    lines: RangeInclusive<usize>,
    marks: Vec<(&'d Range<usize>, Option<&'d str>)>,
}

impl<'d> Excerpt<'d> {
    /// Marks a place in the excerpt that it is near to, or else in a new one.
    fn add(
        excerpts: &mut Vec<Self>,
        source: &'d Arc<Source>,
        span: &'d Range<usize>,
        label: Option<&'d str>,
    ) {
        const NEAR: usize = 30;
        let line = source.line(span.start);
        let near = excerpts.iter_mut().find(|one| {
            let (first, last) = one.lines.clone().into_inner();
            Arc::ptr_eq(one.source, source) && first <= line + NEAR && line <= last + NEAR
        });
        match near {
            Some(one) => {
                let (first, last) = one.lines.clone().into_inner();
                one.lines = first.min(line)..=last.max(line);
                one.marks.push((span, label));
            }
            None => {
                excerpts.push(Self { source, lines: line..=line, marks: vec![(span, label)] });
            }
        }
    }

    fn quote(&self) -> Quote<'d> {
        let (mut text, mut marks) = (String::new(), Vec::new());
        for line in self.lines.clone() {
            let (start, begins) = (self.source.lines[line - 1], text.len());
            let end = self.source.lines.get(line).map_or(self.source.text.len(), |next| next - 1);
            let bare = self.source.text[start..end].trim_end_matches('\r');
            text += &privacy::mask(bare);
            let own = self.marks.iter().filter(|(span, _)| self.source.line(span.start) == line);
            for (span, label) in own {
                // Of what goes on below, the first line is marked.
                let at = |offset: usize| floor_boundary(&text, begins + offset - start);
                let from = span.start.clamp(start, start + bare.len());
                marks.push((at(from)..at(span.end.clamp(from, start + bare.len())), *label));
            }
            text.push('\n');
        }
        text.pop();
        Quote { path: display(&self.source.path), number: *self.lines.start(), text, marks }
    }
}

/// The lines of an excerpt, personal data masked, and what is marked in them.
struct Quote<'d> {
    path: String,
    number: usize,
    text: String,
    marks: Vec<(Range<usize>, Option<&'d str>)>,
}

impl Quote<'_> {
    fn snippet(&self) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
        let marks = self.marks.iter().map(|(span, label)| match label {
            None => AnnotationKind::Primary.span(span.clone()),
            Some(label) => AnnotationKind::Context.span(span.clone()).label(*label),
        });
        Snippet::source(self.text.as_str())
            .line_start(self.number)
            .path(self.path.as_str())
            .annotations(marks)
    }
}

/// The same, without the table where `first` is in it too.
fn name_beside(place: &Place, first: Option<&Place>) -> String {
    let other = first.and_then(Place::cell);
    match (place.cell(), other) {
        (Some(cell), Some(other)) if (&cell.path, &cell.sheet) == (&other.path, &other.sheet) => {
            privacy::mask(&cell.within_sheet()).into_owned()
        }
        _ => name(place),
    }
}

/// A place that is not quoted.
fn name(place: &Place) -> String {
    match place {
        Place::File(path) => display(path),
        Place::Text(source, _) => display(&source.path),
        Place::Cell(cell) => privacy::mask(&cell.to_string()).into_owned(),
    }
}

/// The way from `folder` to `path`: `../street.yaml`.
fn files_way(folder: &Path, path: &Path) -> PathBuf {
    let plain = |path: &Path| {
        let mut parts: Vec<Component> = Vec::new();
        for part in path.components() {
            match (part, parts.last()) {
                (Component::ParentDir, Some(Component::Normal(_))) => drop(parts.pop()),
                (Component::CurDir, _) => {}
                _ => parts.push(part),
            }
        }
        parts.iter().map(|part| part.as_os_str().to_owned()).collect::<Vec<_>>()
    };
    let (from, to) = (plain(folder), plain(path));
    let same = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = from[same..].iter().map(|_| "..".into());
    up.chain(to[same..].iter().cloned()).collect()
}

/// A path as a word of a command, to be copied.
pub fn as_word(path: &Path) -> String {
    let shown = display(path);
    if shown.contains(' ') { format!("\"{shown}\"") } else { shown }
}

/// A path as the system writes it: with `\` on Windows, also where we joined it with `/`.
/// Nothing in it steers a terminal or is anybody's number.
pub fn display(path: &Path) -> String {
    separated(path, std::path::MAIN_SEPARATOR)
}

/// The same for programs, which find `/` on every system.
fn portable(path: &Path) -> String {
    separated(path, '/')
}

fn separated(path: &Path, separator: char) -> String {
    let shown: String = path
        .to_string_lossy()
        .chars()
        .map(|c| match c {
            c if std::path::is_separator(c) => separator,
            c if is_unprintable(c) => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect();
    let masked = privacy::mask(&shown);
    // A bare number in the name of a file may be that of a telephone.
    let name = masked.rfind(separator).map_or(0, |at| at + separator.len_utf8());
    format!("{}{}", &masked[..name], privacy::mask_label(&masked[name..]))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn at(source: &Arc<Source>, part: &str) -> Place {
        let start = source.text.find(part).unwrap();
        Place::Text(source.clone(), start..start + part.len())
    }

    fn told(finding: Diagnostic) -> String {
        let mut report = Report::new();
        report.push(finding);
        report.to_string()
    }

    fn cell(path: &str, row: usize) -> Place {
        Place::Cell(Cell { path: path.into(), sheet: None, row, column: None })
    }

    #[test]
    fn two_places_of_one_file_are_shown_in_one() {
        let source = Source::new("election.yaml", "甲: 30\r\n乙: 1\n丙: 2\n丁: 3\n戊: 40\n");
        let found = Diagnostic::error("value", "这两个数不同。")
            .at(at(&source, "40"))
            .also(at(&source, "30"), "先写在这里");
        let shown = "错误[value]: 这两个数不同。\n --> election.yaml:5:4\n  |\n1 | 甲: 30\n  |     \
                     -- 先写在这里\n...\n5 | 戊: 40\n  |     ^^\n\n";
        assert_eq!(told(found), shown);
    }

    #[test]
    fn what_is_far_away_is_shown_apart() {
        let text = format!("甲: 30\n{}戊: 40\n", "# 空\n".repeat(1000));
        let source = Source::new("election.yaml", text);
        let words = Source::new("words.yaml", "己: 50 11010519491231002X\n");
        let found = Diagnostic::error("value", "这几个数不同。")
            .at(at(&source, "40"))
            .also(at(&source, "30"), "先写在这里")
            .also(at(&words, "50"), "这里是 13800138000")
            .also(cell("voters.csv", 3), "名册里");
        let shown = told(found);
        assert!(shown.contains("--> election.yaml:1002:4"), "{shown}");
        assert!(shown.contains("::: election.yaml:1:4"), "{shown}");
        assert!(shown.contains("::: words.yaml:1:4"), "{shown}");
        assert!(shown.contains("= 另见: 名册里：voters.csv，第 3 行"), "{shown}");
        assert!(!shown.contains("19491231") && !shown.contains("00138000"), "{shown}");
        assert!(shown.lines().count() < 20, "{shown}");
    }

    #[test]
    fn of_many_places_a_few_are_shown() {
        let source = Source::new("election.yaml", "甲: 1\n".repeat(9));
        let line = |at: usize| Place::Text(source.clone(), at * 7..at * 7 + 3);
        let found = (1..9)
            .fold(Diagnostic::error("value", "太多。").at(line(0)), |found, at| {
                found.also(line(at), "加上这个")
            });
        assert_eq!(found.to_json(Path::new(""))["others"].as_array().unwrap().len(), 8);
        let shown = told(found);
        assert_eq!(shown.matches("加上这个").count(), FEW);
        assert!(shown.contains("这样的还有 4 处"), "{shown}");
    }

    #[test]
    fn the_table_is_named_once() {
        let found = Diagnostic::error("roll-duplicate", "登记了两次")
            .at(cell("voters.csv", 5))
            .also(cell("voters.csv", 4), "先写在这里");
        assert!(told(found).contains("= 另见: 先写在这里：第 4 行"));
    }

    #[test]
    fn what_is_known_is_no_news() {
        let finding = |message: &str| Diagnostic::error("value", message);
        let (mut report, mut other) = (Report::new(), Report::new());
        report.push(finding("甲"));
        other.extend([finding("甲"), finding("乙"), finding("甲").help("丙")]);
        report.extend_with_news(other);
        assert_eq!(report.count(Severity::Error), 3);
    }
}
