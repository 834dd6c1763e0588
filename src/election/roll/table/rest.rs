//! Rows that only go on with the row above: `（已故）` under a name, 外村 under 户口在, the
//! number of a card on a line of its own. They say nothing of those below.

use super::layout::Layout;
use super::rows::View;
use super::{Reading, is_alone};
use crate::diagnostic::Severity;
use crate::election::date::PartialDate;
use crate::election::identity::IdNumber;
use crate::election::roll::cell::columns::Column;
use crate::election::roll::cell::shown::quote_remark;
use crate::election::roll::cell::values::{self, Value};
use crate::election::roll::cell::{leaving, notes, words};
use crate::election::roll::source::Row;
use crate::privacy::Personal;

impl Reading<'_> {
    /// Where a table has no column for them, the number of a card on a line of its own
    /// is that of the voter right above. Says whether the row is such a line.
    pub(super) fn takes_card(&mut self, number: u32, view: &View<impl Row>, lane: usize) -> bool {
        let Some(at) = view.only() else { return false };
        let above = self.sheet.lanes[lane].last.filter(|(_, last)| last + 1 == number);
        let Some((row, _)) = above.filter(|_| !view.block.header.has(Column::IdNumber)) else {
            return false;
        };
        let tables = self.sheet.lanes.len();
        let mut last = self.roll.voters.iter_mut().rev().take(tables);
        let voter = last.find(|voter| voter.row == row && voter.id_number.is_none());
        let Some((voter, id)) = voter.zip(card_on_a_line(view.row.cell(at))) else { return false };
        voter.sex = voter.sex.or(Some(id.sex()));
        voter.birth = voter.birth.or(id.birth().map(PartialDate::from));
        voter.id_number = Some(Personal::new(id));
        self.sheet.lanes[lane].last = Some((row, number));
        true
    }

    /// Whether a row belongs to the voter right above, who is asked about if it says so.
    pub(super) fn is_rest_of_remark(
        &mut self,
        number: u32,
        view: &View<impl Row>,
        layout: &Layout,
        lane: usize,
    ) -> bool {
        let Some(at) = view.only() else { return false };
        let Some((voter, last)) = self.sheet.lanes[lane].last else { return false };
        let text = view.row.cell(at).text();
        let text = text.trim();
        if last + 1 != number || !goes_on(view, layout, at, text) || notes::speaks_of_somebody(text)
        {
            return false;
        }
        self.sheet.lanes[lane].last = Some((voter, number));
        let before = self.sheet.last_remark.take().filter(|(column, _)| *column == at);
        let whole = before.map_or_else(|| text.to_owned(), |(_, before)| before + text);
        if leaving::tells_of_leaving(text) || leaving::tells_of_leaving(&whole) {
            self.sheet.last_remark = None;
            let message =
                format!("下面一行只写着{}，像是接着说这一行的：还是选民吗？", quote_remark(text));
            let help = "不是选民的，删去这两行；仍是选民的，把这句话并到这一行，或在待核对清单里答“是选民”";
            let place = self.roll.place(voter, Column::Name);
            self.ask(Severity::Warning, "roll-remark", message, place, help);
        } else {
            self.keep_words(None, &whole, (voter, at));
            self.sheet.last_remark = Some((at, whole));
        }
        true
    }
}

/// `身份证号：5107…`, or the number alone.
fn card_on_a_line(value: Value) -> Option<IdNumber> {
    let text = value.text();
    let said = match text.rsplit_once([':', '：']) {
        Some((label, said)) if label.contains(['证', '号']) => Value::of_text(said),
        Some(_) => return None,
        // A name before it is somebody's own.
        None if words::is_worded(&text) => return None,
        None => value,
    };
    values::id_number(said).ok().flatten().filter(IdNumber::check_holds)
}

/// Whether a text alone in its row stands where remarks do, or is none but a remark.
fn goes_on(view: &View<impl Row>, layout: &Layout, at: usize, text: &str) -> bool {
    const OF_LISTS: [&str; 5] = ["人员", "名单", "名册", "以下", "下列"];
    let name = view.block.header.position(Column::Name).unwrap_or_default();
    let compact = words::compact(text);
    let is_in_brackets = compact.starts_with('(') && compact.ends_with(')');
    let is_predicate = is_in_brackets || compact.starts_with('已') && compact.chars().count() < 5;
    if notes::is_of_the_one_above(text) {
        return true;
    }
    let is_beside = at > name && (layout.is_of_remarks(at) || !view.block.header.stands_at(at));
    let is_over_a_list = words::has_any(text, &OF_LISTS) && !layout.is_of_remarks(at);
    // 迁 in a grid of names, where others stand beside.
    let is_among_names = !is_alone(view.row);
    (is_beside || (is_predicate || is_among_names) && leaving::tells_of_leaving(text))
        && !is_over_a_list
}
