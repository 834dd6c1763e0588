//! What is told of a row, and what ends the reading.

use super::{MOST_CELLS, MOST_LINES, MOST_SHEETS, MOST_TABLES, Reading};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::election::roll::cell::apart::is_of_a_guide;
use crate::election::roll::cell::columns::{self, Column};
use crate::election::roll::cell::names::people_in;
use crate::election::roll::cell::shown::quote;
use crate::election::roll::cell::words;
use crate::election::roll::source::WIDEST;
use crate::election::roll::{MAX_VOTERS, RowRef};

impl Reading<'_> {
    pub(super) fn fault(
        &mut self,
        at: RowRef,
        column: Column,
        code: &'static str,
        message: String,
        help: &str,
    ) {
        self.ask(Severity::Error, code, message, self.roll.place(at, column), help);
    }

    pub(super) fn doubt(
        &mut self,
        at: RowRef,
        column: Column,
        code: &'static str,
        message: &str,
        help: &str,
    ) {
        self.ask(Severity::Warning, code, message.into(), self.roll.place(at, column), help);
    }

    /// Tells of a row, unless the secretary settled the matter.
    pub(super) fn ask(
        &mut self,
        severity: Severity,
        code: &'static str,
        message: String,
        place: Place,
        help: &str,
    ) {
        if !self.is_quiet {
            self.findings.add(self.roll, code, |code| {
                Diagnostic::new(severity, code, message).at(place).help(help)
            });
        }
    }

    pub(super) fn nameless(&mut self, number: u32, lane: usize) {
        self.fault(
            self.row_ref(number, lane),
            Column::Name,
            "roll-name-blank",
            "这一行没有姓名".into(),
            "补上姓名；姓名写到旁边一格的，整行移回来；是上一行的内容换了行的，并到上一行；多余的，删去整行",
        );
    }

    pub(super) fn leave_sample_out(&mut self, number: u32, lane: usize) {
        let row = self.row_ref(number, lane);
        let message = "上面写着是示例，这一行没有读作选民";
        let help = "确是示例的，删去这两行；是选民的，删去上面一行，或在待核对清单里答“是选民”";
        self.doubt(row, Column::Name, "roll-aside", message, help);
    }

    /// A row that nothing understood, by what stands in its cell `at`.
    pub(super) fn unclear(&mut self, number: u32, lane: usize, at: usize, text: &str) {
        let row = self.row_ref(number, lane);
        let place = self.roll.place_at(row, at);
        let people = people_in(text);
        if people > 1 {
            let message = format!("这一格里写着 {people} 个人的姓名，没有读入");
            let help = "每人写一行：这一行有几个人就复制成几行，每行只留一个姓名";
            return self.ask(Severity::Error, "roll-name-several", message, place, help);
        }
        let message = "看不懂这一行：不像选民，也不像标题、合计或说明".into();
        let help = "是选民的，写全姓名和性别、出生日期，都写了的在待核对清单里答“是选民”；不是的，删去这一行，或答“不是选民”；是小组标题的，别的格空着";
        self.ask(Severity::Error, "roll-row-unclear", message, place, help);
    }

    /// What stands right of all that is looked at may be of voters.
    pub(super) fn tell_beyond(&mut self, number: u32, at: usize, text: &str) {
        let place = self.roll.cell(self.row_ref(number, 0), Some(columns::letters(at)));
        let is_of_voters = columns::known(text).is_some() || words::is_likely_name(text);
        let severity = if is_of_voters { Severity::Error } else { Severity::Warning };
        let message =
            format!("表格太宽，第 {WIDEST} 列以后没有读入，从这一格起还写着{}", quote(text));
        let help = "把这些内容移到左边的列，或移到下面、另一张工作表；没用的删去";
        self.findings.add(self.roll, "roll-beside", |code| {
            Diagnostic::new(severity, code, message).at(place).help(help)
        });
    }

    pub(super) fn stop(&mut self, code: &'static str, message: String, help: &str) {
        self.stopped = true;
        let path = self.roll.path.clone();
        self.findings
            .add(self.roll, code, |code| Diagnostic::error(code, message).in_file(path).help(help));
    }

    pub(super) fn too_many(&mut self) {
        self.stop(
            "roll-too-long",
            format!("选民名册超过 {MAX_VOTERS} 人，没有读完"),
            "一个社区或村不会有这么多选民，请检查文件",
        );
    }

    pub(super) fn too_many_sheets(&mut self) {
        self.stop(
            "roll-too-long",
            format!("选民名册的工作表超过 {MOST_SHEETS} 张，没有读完"),
            "请检查文件，删去无关的工作表",
        );
    }

    pub(super) fn too_many_tables(&mut self) {
        self.stop(
            "roll-too-long",
            format!("一张工作表里的表头超过 {MOST_TABLES} 个，没有读完"),
            "请检查文件，每张表只留一行表头",
        );
    }

    pub(super) fn too_many_lines(&mut self) {
        self.stop(
            "roll-too-long",
            format!("名单中间的说明一类的行超过 {MOST_LINES} 行，没有读完"),
            "请检查文件，删去不是选民的行",
        );
    }

    pub(super) fn too_many_cells(&mut self) {
        self.stop(
            "roll-too-long",
            format!("表格超过 {} 万格，没有读完", MOST_CELLS / 10_000),
            "只留名册要用的行和列，把别的工作表、空行和右边用不着的列删去，再另存一次",
        );
    }

    pub(super) fn hidden_sheet(&mut self, name: &str) {
        // The lists to choose from are mostly hidden.
        let told = if is_of_a_guide(name) { Diagnostic::note } else { Diagnostic::warning };
        self.findings.add(self.roll, "roll-hidden-sheet", |code| {
            told(code, format!("隐藏的工作表{}没有读入", quote(name)))
                .in_file(&self.roll.path)
                .help("如果里面有选民，取消隐藏；如果没用，请删去")
        });
    }
}
