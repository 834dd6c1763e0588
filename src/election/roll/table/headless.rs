//! Sheets without a row of headings: a further page of the one before, or none of
//! a roll.

use super::account::{Reason, RowKind};
use super::guessed::Guess;
use super::layout::{Block, Layout};
use super::rows::View;
use super::{Reading, Stage, is_empty, texts};
use crate::diagnostic::{Diagnostic, Severity};
use crate::election::person::{Sex, half_width};
use crate::election::roll::cell::columns::{self, Column};
use crate::election::roll::cell::shown::quote;
use crate::election::roll::cell::values::{self, Value};
use crate::election::roll::cell::words;
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
        if !self.adopt_headings() && !self.guess_headings() {
            self.sheet.stage = Stage::Unread;
            let pending = std::mem::take(&mut self.sheet.pending);
            pending.iter().for_each(|(number, row)| self.enter_unread(*number, row));
        }
    }

    /// Reads the sheet under the headings of the one before, if it fits them.
    pub(super) fn adopt_headings(&mut self) -> bool {
        let Some(before) = self.before.clone() else { return false };
        let is_other = self.is_of_a_guide() || self.sheet_aside().is_some();
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

    /// Reads a sheet without headings, where none has any, by what its cells say.
    pub(super) fn guess_headings(&mut self) -> bool {
        if self.before.is_some() {
            return false;
        }
        let Some(guess) =
            Guess::of(&self.sheet.pending, &self.options.groups, !self.roll.is_empty())
        else {
            return false;
        };
        let Some(layout) = Layout::find(&guess.headings, &[]) else { return false };
        let mut titles = std::mem::take(&mut self.sheet.pending);
        let rows = titles.split_off(guess.titles);
        // What stood in the rows of voters was taken for titles, too.
        self.sheet.titles.clear();
        self.sheet.above.clear();
        for (number, row) in titles.iter().filter(|(_, row)| !is_empty(row)) {
            let texts = texts(row);
            self.remember_title(*number, &texts);
            self.sheet.above = texts;
        }
        let lines = self.enter_titles(&titles, &layout);
        let above = std::mem::take(&mut self.sheet.above);
        let first = rows.first().map_or(1, |(number, _)| *number);
        self.begin_table(first, layout, &above, &guess.headings);
        lines.iter().for_each(|(number, title)| self.note_title(*number, title));
        if let Some((_, row)) = rows.first() {
            self.note_numbered_names(&texts(row));
        }
        self.sheet.stage = Stage::Within;
        self.sheet.is_guessed = true;
        for (number, row) in rows {
            self.take_answers(number, &row);
            self.body(number, &row);
        }
        self.ask_about_guess(first, &guess);
        true
    }

    fn ask_about_guess(&mut self, row: u32, guess: &Guess) {
        let message = match guess.is_grid {
            true => "没有表头，每一格读作一名选民的姓名：对吗？".to_owned(),
            false => {
                let columns = guess.headings.iter().enumerate();
                let columns = columns.filter(|(_, heading)| !heading.is_empty());
                let named = columns.map(|(at, it)| format!("{} 列是{it}", columns::letters(at)));
                let named = named.collect::<Vec<_>>().join("，");
                format!("没有表头，照各列的内容读：{named}，其余的列不用：对吗？")
            }
        };
        let place = self.roll.row_place(self.row_ref(row, 0));
        let help = "核对读入的内容；最好在第一名选民上面插入一行，写上表头";
        self.ask(Severity::Warning, "roll-sheet-adopted", message, place, help);
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
