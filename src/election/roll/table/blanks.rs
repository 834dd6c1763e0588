//! Cells that are empty where nearly everybody else has something: a sex, a birth, an age or
//! an ID number that was forgotten.

use std::collections::BTreeMap;

use super::Reading;
use super::rows::View;
use crate::diagnostic::Severity;
use crate::election::roll::cell::values::{self, Value};
use crate::election::roll::source::Row;
use crate::election::roll::{Column, RowRef};

/// By table and column, in the order of [`ASKED`].
#[derive(Debug, Default)]
pub(super) struct Blanks(BTreeMap<u16, [Cells; ASKED.len()]>);

/// One column: how many cells say something, and which do not.
#[derive(Debug, Default)]
struct Cells {
    filled: usize,
    blank: Vec<RowRef>,
}

const ASKED: [(Column, &str); 4] = [
    (Column::Sex, "性别"),
    (Column::Birth, "出生日期"),
    (Column::Age, "年龄"),
    (Column::IdNumber, "身份证号"),
];
/// A blank is asked about where so many times as many are filled.
const OFTEN: usize = 4;
/// So many blanks are asked about at once.
const MANY: usize = 5;

/// Whether the cell says something: 无 is no number, 未知 no sex; 不详 is what is to be
/// written where nobody knows.
fn says(view: &View<impl Row>, column: Column) -> bool {
    match view.cell(column) {
        Value::Empty => false,
        Value::Text(text) => !values::says_nothing(text.trim()) || text.trim() == "不详",
        _ => true,
    }
}

/// Whether another cell tells the same: the number of a card tells birth and sex.
fn is_told_otherwise(view: &View<impl Row>, column: Column) -> bool {
    match column {
        Column::Birth => [Column::IdNumber, Column::BirthYear, Column::Age]
            .into_iter()
            .any(|other| view.has(other)),
        Column::Age => [Column::IdNumber, Column::BirthYear, Column::Birth]
            .into_iter()
            .any(|other| view.has(other)),
        Column::Sex => view.has(Column::IdNumber) || view.marked_sex().is_some(),
        // 未办证, among remarks.
        Column::IdNumber => view.filled().any(|at| view.row.cell(at).text().contains('证')),
        _ => false,
    }
}

impl Reading<'_> {
    /// A part of the list without the sex of anybody.
    fn ask_about_many_blanks(&mut self, blank: &[RowRef]) {
        let message = format!("从这一行起有 {} 人没有写性别，别人都写了", blank.len());
        let help = "对照身份证或户口簿补上；确实不知道的，写“不详”";
        let place = self.roll.place(blank[0], Column::Sex);
        self.ask(Severity::Warning, "roll-cell-blank", message, place, help);
    }

    /// Takes up what a voter lacks that his row does not tell otherwise.
    pub(super) fn note_blanks(&mut self, at: RowRef, view: &View<impl Row>) {
        let header = &view.block.header;
        // The roll from which this one was made asked already.
        if header.has(Column::Open) && view.has(Column::Open) {
            return;
        }
        let cells = self.sheet.blanks.0.entry(at.block).or_default();
        for ((column, _), cells) in ASKED.into_iter().zip(cells) {
            let is_there =
                header.has(column) || column == Column::Sex && view.block.sexes.is_some();
            if !is_there {
                continue;
            }
            if says(view, column) || is_told_otherwise(view, column) {
                cells.filled += 1;
            } else {
                cells.blank.push(at);
            }
        }
    }

    /// Asks, for each row, about the blanks of columns in which many cells are filled.
    pub(super) fn ask_about_forgotten(&mut self) {
        let mut lacking: BTreeMap<RowRef, Vec<(Column, &str)>> = BTreeMap::new();
        for cells in std::mem::take(&mut self.sheet.blanks).0.into_values() {
            for (asked, Cells { filled, blank }) in ASKED.into_iter().zip(cells) {
                let are_many = blank.len() * OFTEN > filled && blank.len() < filled;
                if asked.0 == Column::Sex && are_many && blank.len() >= MANY {
                    self.ask_about_many_blanks(&blank);
                }
                let is_slip = blank.len() * OFTEN <= filled;
                let rows = blank.into_iter().filter(|_| is_slip);
                rows.for_each(|at| lacking.entry(at).or_default().push(asked));
            }
        }
        for (at, columns) in lacking {
            let names: Vec<&str> = columns.iter().map(|(_, name)| *name).collect();
            let message = format!("没有写{}，别人都写了", names.join("、"));
            let help = "对照身份证或户口簿补上；确实不知道的，写“不详”";
            let place = self.roll.place(at, columns[0].0);
            self.ask(Severity::Warning, "roll-cell-blank", message, place, help);
        }
    }
}
