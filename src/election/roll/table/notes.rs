//! Lines among the voters that say something of them.

use super::account::RowKind;
use super::rows::View;
use super::{COMPARED, Reading};
use crate::diagnostic::Severity;
use crate::election::roll::answers::{NOT_CHECKED, OPEN_SHEET};
use crate::election::roll::cell::columns::Column;
use crate::election::roll::cell::shown::{quote, quote_remark};
use crate::election::roll::cell::{notes, words};
use crate::election::roll::source::Row;

/// How many voters above a line are looked for in it.
const NAMED_IN_NOTES: usize = 10_000;

impl Reading<'_> {
    /// Colours and marks that say who is no voter, and what else a line says of people.
    /// Tells whether there is something to ask.
    pub(super) fn ask_about_notes(&mut self, number: u32, texts: &[String]) -> bool {
        let is_note = |text: &&String| {
            notes::note_tells(text) || notes::lists_names(text) || self.tells_of_a_voter(text)
        };
        let legend = texts.iter().find(|text| notes::is_legend(text));
        let (code, text, done, help) = match (legend, texts.iter().find(is_note)) {
            (Some(legend), _) => (
                "roll-legend",
                legend,
                "颜色、记号看不出来，照样读作选民",
                "逐人核对，不是选民的删去；核对后删去这一行，或在待核对清单里答“无误”",
            ),
            (None, Some(note)) => (
                "roll-note",
                note,
                "没有照它改名单",
                "照这句话核对，该删的删、该加的加、该改的改；改好后删去这一行，或在待核对清单里答“无误”",
            ),
            (None, None) => return false,
        };
        let at = self.row_ref(number, 0);
        let message = format!("这里写着{}：{done}", quote_remark(text));
        self.ask(Severity::Warning, code, message, self.roll.row_place(at), help);
        true
    }

    /// `……`, `（待补）`, `略`: a line that stands for people who are not there.
    pub(super) fn ask_about_omitted(&mut self, number: u32, view: &View<impl Row>) {
        let text = view.text(Column::Name);
        if !words::stands_for_others(&text) {
            return;
        }
        let message = format!("这里写着{}：是不是还有人没有写上？", quote_remark(&text));
        let help = "补上没有写的人；没有的，删去这一行，或在待核对清单里答“无误”";
        let place = self.roll.row_place(self.row_ref(number, 0));
        self.ask(Severity::Warning, "roll-note", message, place, help);
    }

    /// Asks again what was open when this copy of a roll was written, and is about no voter.
    pub(super) fn ask_what_was_open(&mut self, number: u32, row: &impl Row) {
        let text = row.cell(0).text().trim().to_owned();
        self.sheet.account.enter(number, RowKind::Remark);
        if text.is_empty() || text == OPEN_SHEET {
            return;
        }
        let message = format!("{NOT_CHECKED}{}", quote(&text));
        let help = "核对后删去这一行；都核对了的，删去这张工作表";
        let place = self.roll.row_place(self.row_ref(number, 0));
        self.ask(Severity::Warning, "roll-open", message, place, help);
    }

    /// 以下为外村人员 with nobody below: what is meant stands elsewhere, or above.
    pub(super) fn ask_about_others_over_nobody(&mut self) {
        let here = (self.roll.voters.len(), self.asides.len());
        let Some(line) = self.sheet.over_others.take().filter(|line| line.above == here) else {
            return;
        };
        let message = format!("这里写着{}，下面却没有人：没有照它改名单", quote_remark(&line.text));
        let help = "说的是上面的人的，照它核对；没有用的，删去这一行，或在待核对清单里答“无误”";
        let place = self.roll.row_place(self.row_ref(line.row, 0));
        self.ask(Severity::Warning, "roll-note", message, place, help);
    }

    /// Somebody whose name and all else stand in one cell is no voter yet.
    pub(super) fn ask_about_a_person(&mut self, number: u32, view: &View<impl Row>) -> bool {
        let Some(column) = view.only() else { return false };
        if !words::is_of_one_person(&view.row.cell(column).text()) {
            return false;
        }
        let at = self.row_ref(number, 0);
        let message = "像是一个人的姓名、性别等挤在一格里，没有读作选民".to_owned();
        let help = "是选民的，分到各列里；不是的，删去这一行，或在待核对清单里答“不是选民”";
        let place = self.roll.place_at(at, column);
        self.ask(Severity::Error, "roll-row-unclear", message, place, help);
        true
    }

    /// Whether a line says something of a voter above, whom it names.
    pub(super) fn tells_of_a_voter(&self, text: &str) -> bool {
        const LONGEST: usize = 100;
        let is_line = text.chars().nth(3).is_some() && text.chars().nth(LONGEST).is_none();
        let voters = &self.roll.voters[self.sheet.first_voter..];
        let voters = &voters[voters.len().saturating_sub(NAMED_IN_NOTES)..];
        is_line
            && self.sheet.notes_compared < COMPARED
            && voters.iter().any(|voter| notes::note_tells_of(text, voter.name.as_str()))
    }
}
