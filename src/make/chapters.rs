//! Findings under the headings under which they are told.

use std::collections::BTreeMap;

use crate::codes::Family;
use crate::diagnostic::{Diagnostic, Report};
use crate::election::Stage;
use crate::law::{ACROSS_STAGES, Rule};

/// All findings, those of one chapter together, under its name.
pub fn by_chapter(report: &Report) -> Vec<(&'static str, Report)> {
    let mut chapters: BTreeMap<Chapter, Report> = BTreeMap::new();
    for finding in report.iter() {
        chapters.entry(Chapter::of(finding)).or_default().push(finding.clone());
    }
    chapters.into_iter().map(|(chapter, findings)| (chapter.name(), findings)).collect()
}

/// Under which heading a finding is told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Chapter {
    Writing,
    Roll,
    Stage(Stage),
    Whole,
}

impl Chapter {
    fn of(finding: &Diagnostic) -> Self {
        match Rule::find(finding.code) {
            Some(rule) => rule.stage.map_or(Chapter::Whole, Chapter::Stage),
            None if finding.family() == Some(Family::Roll) => Chapter::Roll,
            None => Chapter::Writing,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Chapter::Writing => Family::Writing.name(),
            Chapter::Roll => Family::Roll.name(),
            Chapter::Stage(stage) => stage.name(),
            Chapter::Whole => ACROSS_STAGES,
        }
    }
}
