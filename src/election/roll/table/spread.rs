//! What stands in a cell that was merged over several rows is said in each of them,
//! and what it covers is not to be seen.

use super::Reading;
use crate::diagnostic::Severity;
use crate::election::roll::RowRef;
use crate::election::roll::cell::columns::Column;
use crate::election::roll::source::Merged;
use crate::number::counted;

/// How many rows of merged cells are looked at: no two such cells share a place.
const MOST: usize = 4 << 20;

/// The rows that merged cells of a column reach over, but for the first of each.
pub(super) struct Covered {
    /// By the row in which they begin, how far these and all before them reach.
    reach: Vec<(u32, u32)>,
}

impl Covered {
    pub(super) fn of(merged: &[Merged], column: usize) -> Self {
        let own = |cells: &&Merged| cells.columns.contains(&counted(column));
        let rows = |cells: &Merged| (*cells.rows.start(), *cells.rows.end());
        let mut reach: Vec<(u32, u32)> = merged.iter().filter(own).map(rows).collect();
        reach.sort_unstable();
        let mut last = 0;
        for (_, end) in &mut reach {
            last = last.max(*end);
            *end = last;
        }
        Self { reach }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.reach.is_empty()
    }

    /// Whether a voter stands below the first row of one.
    pub(super) fn has(&self, at: RowRef) -> bool {
        let row = at.row - 1;
        let before = self.reach.partition_point(|(start, _)| *start < row);
        before > 0 && self.reach[before - 1].1 >= row
    }
}

impl Reading<'_> {
    /// Makes merged cells count for all their rows.
    pub(super) fn spread(&mut self, tall: &[Merged]) {
        let mut visited = 0;
        for cells in tall {
            visited += self.within(cells).len();
            if visited > MOST {
                break;
            }
            self.spread_sex(cells);
            self.spread_remark(cells);
            self.ask_about_covered(cells);
        }
        self.sheet.said.clear();
    }

    /// The places of the voters in the rows of merged cells.
    fn within(&self, cells: &Merged) -> std::ops::Range<usize> {
        let first = self.sheet.first_voter;
        let voters = &self.roll.voters[first..];
        let from = voters.partition_point(|voter| voter.row.row <= *cells.rows.start());
        let to = voters.partition_point(|voter| voter.row.row <= cells.rows.end() + 1);
        first + from..first + to.max(from)
    }

    fn spread_sex(&mut self, cells: &Merged) {
        let within = self.within(cells);
        let is_of_sex = |row: RowRef| {
            let at = self.roll.block(row).header.position(Column::Sex);
            at.is_some_and(|at| cells.columns.contains(&counted(at)))
        };
        let Some(top) = self.roll.voters[within.clone()].first() else { return };
        if top.row.row != cells.rows.start() + 1 || !is_of_sex(top.row) {
            return;
        }
        let (block, sex) = (top.row.block, top.sex);
        for voter in &mut self.roll.voters[within] {
            if voter.row.block == block {
                voter.sex = voter.sex.or(sex);
            }
        }
    }

    fn spread_remark(&mut self, cells: &Merged) {
        let column = *cells.columns.start() as usize;
        let Some(text) = self.sheet.said.get(&(cells.rows.start() + 1, column)).cloned() else {
            return;
        };
        let rows: Vec<RowRef> =
            self.roll.voters[self.within(cells)].iter().map(|voter| voter.row).collect();
        let is_below = |row: &&RowRef| {
            row.row > cells.rows.start() + 1 && self.roll.block(**row).range().contains(&column)
        };
        let rows: Vec<RowRef> = rows.iter().filter(is_below).copied().collect();
        for row in rows {
            self.ask_about_remark(self.roll.place_at(row, column), &text);
        }
    }

    /// A name below the first row of a merged cell is not to be seen.
    fn ask_about_covered(&mut self, cells: &Merged) {
        let is_covered = |row: RowRef| {
            let at = self.roll.block(row).header.position(Column::Name);
            row.row > cells.rows.start() + 1
                && at.is_some_and(|at| cells.columns.contains(&counted(at)))
        };
        let rows: Vec<RowRef> = self.roll.voters[self.within(cells)]
            .iter()
            .map(|voter| voter.row)
            .filter(|row| is_covered(*row))
            .collect();
        for row in rows {
            let message = "这一格被上面的合并单元格盖住，看不见，里面却有姓名，照样读入".into();
            let help = "取消合并单元格看一看；不是选民的，删去这一行";
            let place = self.roll.place(row, Column::Name);
            self.ask(Severity::Warning, "roll-row-hidden", message, place, help);
        }
    }
}
