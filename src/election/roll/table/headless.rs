//! Sheets without a row of headings: a further page of the one before, or none of
//! a roll.

use super::account::{Reason, RowKind};
use super::layout::Block;
use super::rows::View;
use super::{Reading, Stage, is_empty};
use crate::diagnostic::Diagnostic;
use crate::election::person::{Sex, half_width};
use crate::election::roll::cell::apart::Apart;
use crate::election::roll::cell::columns::Column;
use crate::election::roll::cell::shown::quote;
use crate::election::roll::cell::values::{self, Value};
use crate::election::roll::cell::{apart, words};
use crate::election::roll::source::{Row, StoredRow, WIDEST};

impl Reading<'_> {
    /// A row of a sheet of which no headings were found.
    pub(super) fn unread(&mut self, number: u32, row: &impl Row) {
        self.note_figures(number, row);
        self.enter_unread(number, row);
    }

    /// Enters it in the account.
    pub(super) fn enter_unread(&mut self, number: u32, row: &impl Row) {
        self.sheet.people += usize::from(looks_like_a_person(row));
        let kind = if is_empty(row) { RowKind::Empty } else { RowKind::LeftOut(Reason::Unread) };
        self.sheet.account.enter(number, kind);
    }

    /// A sheet without headings, after one that has them: perhaps a further page.
    pub(super) fn end_without_headings(&mut self) {
        if !self.adopt_headings() {
            self.sheet.stage = Stage::Unread;
            let pending = std::mem::take(&mut self.sheet.pending);
            pending.iter().for_each(|(number, row)| self.enter_unread(*number, row));
        }
    }

    /// Reads the sheet under the headings of the one before, if it fits them.
    pub(super) fn adopt_headings(&mut self) -> bool {
        let Some(before) = self.before.clone() else { return false };
        let title =
            self.roll.sheets[usize::from(self.sheet.number)].name.as_deref().unwrap_or_default();
        let is_other = apart::is_of_a_guide(title) || Apart::of_sheet(title).is_some();
        if is_other || !before.blocks.iter().all(|block| fits(block, &self.sheet.pending)) {
            return false;
        }
        let titles = std::mem::take(&mut self.sheet.titles);
        self.sheet.layout = before;
        self.sheet.stage = Stage::Within;
        self.register_blocks();
        let is_title = |title: &&String| words::may_be_name(title);
        let titles: Vec<String> =
            titles.iter().filter(|title| !is_title(title)).take(2).cloned().collect();
        self.sheet.lanes = self.lanes_below(1, &titles, &[]);
        for (number, row) in std::mem::take(&mut self.sheet.pending) {
            self.take_answers(number, &row);
            self.body(number, &row);
        }
        let name =
            self.roll.sheets[usize::from(self.sheet.number)].name.clone().unwrap_or_default();
        self.findings.add(self.roll, "roll-sheet-adopted", |code| {
            let message = format!("工作表{}没有表头，按前一张的表头读入", quote(&name));
            Diagnostic::warning(code, message)
                .in_file(&self.roll.path)
                .help("核对读入的内容；最好补上表头")
        });
        true
    }
}

/// Whether a row of a sheet without headings may be a person's: a sound number of
/// a card, or a sex beside a name.
fn looks_like_a_person(row: &impl Row) -> bool {
    let texts = || (0..row.width().min(WIDEST)).map(|at| row.cell(at).text());
    let sexes = texts().filter(|text| matches!(text.trim(), "男" | "女")).count();
    texts().any(|text| matches!(values::id_number(Value::of_text(&text)), Ok(Some(_))))
        || sexes == 1 && texts().any(|text| words::is_likely_name(&text))
}

/// Whether rows without headings stand as those of a table do.
fn fits(block: &Block, rows: &[(u32, StoredRow)]) -> bool {
    let filled: Vec<&StoredRow> =
        rows.iter().map(|(_, row)| row).filter(|row| !is_empty(*row)).collect();
    let has = |column| block.header.has(column);
    // Where a table has nothing but names, any words would fit.
    let is_bare =
        ![Column::Sex, Column::IdNumber, Column::Birth, Column::Serial].into_iter().any(has);
    let is_voter = |row: &&&StoredRow| {
        let view = View { row: **row, block };
        let name = view.text(Column::Name);
        let sex = view.cell(Column::Sex).text();
        let sex_fits = values::says_nothing(sex.trim()) || Sex::parse(&half_width(&sex)).is_some();
        let id_fits = values::id_number(view.cell(Column::IdNumber)).is_ok();
        let is_name =
            words::may_be_name(&name) && !name.trim().is_empty() && !words::is_remark(&name);
        is_name && sex_fits && id_fits && (is_bare || view.is_told() || view.is_numbered())
    };
    let fitting = filled.iter().filter(is_voter).count();
    let least = if is_bare { 2 } else { 1 };
    fitting >= least && fitting * 3 >= filled.len() * 2
}
