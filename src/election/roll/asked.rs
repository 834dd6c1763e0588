//! Which questions are about which voter, so that they go where the voter goes.

use std::collections::HashMap;

use super::answers::column_in;
use super::{RowRef, VoterRoll};
use crate::diagnostic::{Cell, Diagnostic, Place, Severity};
use crate::number::counted;

/// A cell, and what is asked about it.
type About<'f> = (&'f Cell, &'f Diagnostic);

/// The questions about each voter, in their order.
pub(super) fn by_voter<'f>(
    roll: &VoterRoll,
    findings: impl IntoIterator<Item = &'f Diagnostic>,
) -> HashMap<RowRef, Vec<&'f Diagnostic>> {
    // Of the sheet and its answers, not of whoever stands there.
    const OF_SHEETS: [&str; 3] = ["roll-serial", "roll-total", "roll-answer-stale"];
    let is_asked = |finding: &&Diagnostic| {
        finding.severity > Severity::Note && !OF_SHEETS.contains(&finding.code)
    };
    let mut rows: HashMap<(Option<&str>, u32), Vec<About>> = HashMap::new();
    for finding in findings.into_iter().filter(is_asked) {
        if let Some(cell) = finding.place.as_ref().and_then(Place::cell) {
            let row = (cell.sheet.as_deref(), counted(cell.row));
            rows.entry(row).or_default().push((cell, finding));
        }
    }
    let mut asked: HashMap<RowRef, Vec<&Diagnostic>> = HashMap::new();
    for voter in &roll.voters {
        let sheet = roll.sheets[usize::from(voter.row.sheet)].name.as_deref();
        let Some(found) = rows.get(&(sheet, voter.row.row)) else { continue };
        // Of lists side by side a question is on the one that its cell is in.
        let own = |cell: &Cell| {
            let at = column_in(cell.column.as_deref());
            at.is_none_or(|at| roll.block(voter.row).range().contains(&at))
        };
        let own = found.iter().filter(|(cell, _)| own(cell)).map(|(_, finding)| *finding);
        asked.entry(voter.row).or_default().extend(own);
    }
    asked
}
