//! Findings as the pages show them, each beside what it is about.

use std::cell::RefCell;
use std::ops::Range;
use std::path::Path;

use serde::Serialize;

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Place, Report, Severity};
use crate::law::Rule;
use crate::privacy;

/// A finding in words. No personal data is in it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Note {
    /// `error`, `warning` or `note`.
    pub severity: Severity,
    pub name: &'static str,
    pub code: &'static str,
    pub text: String,
    pub basis: Option<String>,
    pub help: Option<String>,
    /// What the rule or the code means.
    pub meaning: Option<&'static str>,
    /// Where it stands, in words: `第 12 行`.
    pub place: Option<String>,
    /// The line of the text, counted from 1.
    pub line: Option<usize>,
    /// Where its remedy begins, if it has one: by that it is asked for.
    pub remedy: Option<usize>,
    /// What the remedy writes.
    pub proposal: Option<String>,
}

impl Note {
    pub(super) fn of(finding: &Diagnostic) -> Self {
        let masked = |text: &Option<String>| text.as_deref().map(|text| privacy::mask(text).into());
        let meaning = match Rule::find(finding.code) {
            Some(rule) => Some(rule.title),
            None => Code::find(finding.code).map(|code| code.explanation),
        };
        let (place, line) = match &finding.place {
            Some(Place::Text(source, span)) => {
                let line = source.line(span.start);
                (Some(format!("第 {line} 行")), Some(line))
            }
            Some(Place::Cell(cell)) => (Some(privacy::mask(&cell.to_string()).into()), None),
            Some(Place::File(path)) => {
                (path.file_name().map(|name| privacy::mask(&name.to_string_lossy()).into()), None)
            }
            None => (None, None),
        };
        Self {
            severity: finding.severity,
            name: finding.severity.name(),
            code: finding.code,
            text: as_said(&privacy::mask(&finding.message)),
            basis: masked(&finding.basis),
            help: in_a_field(finding).map(str::to_owned).or_else(|| masked(&finding.help)),
            meaning,
            place,
            line,
            remedy: finding.remedy.as_ref().map(|remedy| remedy.range.start),
            proposal: finding.remedy.as_ref().map(|remedy| privacy::mask(&remedy.text).into()),
        }
    }

    /// The same beside the other thing that it is about.
    fn beside(&self, label: &str) -> Self {
        let text = format!("{label}：{}", self.text);
        Self { text, remedy: None, proposal: None, ..self.clone() }
    }
}

/// Paths of keys as one says them: 选举委员会.成员 is 选举委员会的成员.
fn as_said(message: &str) -> String {
    let is_han = |c: Option<char>| c.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let mut said = String::with_capacity(message.len());
    let mut rest = message.chars().peekable();
    while let Some(c) = rest.next() {
        let is_path = c == '.' && is_han(said.chars().last()) && is_han(rest.peek().copied());
        said.push(if is_path { '的' } else { c });
    }
    said
}

/// What is to be done on a page, where it is something else than in the text.
fn in_a_field(finding: &Diagnostic) -> Option<&'static str> {
    match finding.code {
        "placeholder" => Some("请照实际填写；还没有定的，把这一格清空。"),
        "roll-missing" => {
            Some("请在“选民名册”一页把名册放进来；还没有名册的，在“选民登记”里写选民总数。")
        }
        "roll-ambiguous" => {
            Some("请在“选民登记”的“名册”一格写明用哪一份的文件名，或把其余的移出选举文件夹。")
        }
        _ => None,
    }
}

/// The findings about one file, each to be shown once where it stands.
#[derive(Debug, Default)]
pub(super) struct Notes {
    placed: Vec<(Range<usize>, Note)>,
    taken: RefCell<Vec<bool>>,
}

impl Notes {
    pub(super) fn of(report: &Report, file: &Path) -> Self {
        let span = |place: &Place| match place {
            Place::Text(source, span) if source.path == file => Some(span.clone()),
            _ => None,
        };
        let mut placed = Vec::new();
        for finding in report.iter() {
            let note = Note::of(finding);
            for other in &finding.others {
                placed.extend(span(&other.place).map(|span| (span, note.beside(&other.label))));
            }
            placed.extend(finding.place.as_ref().and_then(span).map(|span| (span, note)));
        }
        let taken = RefCell::new(vec![false; placed.len()]);
        Self { placed, taken }
    }

    /// Those on these bytes that nothing below has taken yet.
    pub(super) fn take(&self, bytes: &Range<usize>) -> Vec<Note> {
        let mut taken = self.taken.borrow_mut();
        let mut notes = Vec::new();
        for ((span, note), taken) in self.placed.iter().zip(taken.iter_mut()) {
            if !*taken && bytes.start <= span.start && span.end <= bytes.end {
                *taken = true;
                notes.push(note.clone());
            }
        }
        notes
    }
}
