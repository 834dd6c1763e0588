//! Findings about a table, kind by kind, each kind listed only so far.

use std::cell::LazyCell;

use super::VoterRoll;
use crate::diagnostic::{Diagnostic, Report};

/// How many findings of one kind are listed with their places.
pub(super) const LISTED: usize = 20;

/// Findings by kind. A roll with one mistake has it in every row: the first
/// are listed, the rest counted.
pub(super) struct Findings {
    kinds: Vec<Kind>,
    listed: usize,
}

struct Kind {
    code: &'static str,
    listed: Vec<Diagnostic>,
    more: usize,
}

impl Findings {
    /// Lists so many of each kind.
    pub(super) fn new(listed: usize) -> Self {
        Self { kinds: Vec::new(), listed }
    }

    /// Adds a finding of the kind `code` about `roll`, made only if it will be listed; none
    /// if the secretary settled the matter.
    pub(super) fn add(
        &mut self,
        roll: &VoterRoll,
        code: &'static str,
        make: impl FnOnce(&'static str) -> Diagnostic,
    ) {
        let finding = LazyCell::new(|| make(code));
        let answered = if roll.has_answers() { roll.answer_to(&finding) } else { None };
        if answered.is_some_and(|answered| answered.settles(code, finding.severity)) {
            return;
        }
        self.enter(code, || {
            let mut finding = finding.clone();
            let wanted = answered.and_then(|answered| answered.asks_for(code, finding.severity));
            if let Some(wanted) = wanted {
                let help = finding.help.as_deref().unwrap_or_default();
                finding.help = Some(format!("{wanted}；{help}"));
            }
            finding
        });
    }

    /// Adds a finding that only an answer to itself settles.
    pub(super) fn insist(&mut self, roll: &VoterRoll, finding: Diagnostic) {
        if !roll.is_answered(&finding) {
            self.enter(finding.code, || finding);
        }
    }

    fn enter(&mut self, code: &'static str, make: impl FnOnce() -> Diagnostic) {
        let known = self.kinds.iter().position(|kind| kind.code == code);
        let at = known.unwrap_or_else(|| {
            self.kinds.push(Kind { code, listed: Vec::new(), more: 0 });
            self.kinds.len() - 1
        });
        let kind = &mut self.kinds[at];
        if kind.listed.len() < self.listed {
            kind.listed.push(make());
        } else {
            kind.more += 1;
        }
    }

    /// All that are listed.
    pub(super) fn listed(&self) -> impl Iterator<Item = &Diagnostic> {
        self.kinds.iter().flat_map(|kind| &kind.listed)
    }

    /// Hands all findings over, those of one kind together.
    pub(super) fn flush(self, report: &mut Report) {
        for kind in self.kinds {
            let severity = kind.listed.first().map(|finding| finding.severity);
            report.extend(kind.listed);
            if let (Some(severity), 1..) = (severity, kind.more) {
                let message = format!("同类问题另有 {} 处，没有逐一列出", kind.more);
                report.push(Diagnostic::new(severity, kind.code, message));
            }
        }
    }
}
