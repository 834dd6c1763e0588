//! Lines that may be titles of groups though nothing says so, 东头 over some voters and
//! 西头 over others; and titles of groups with nobody below.

use super::Reading;
use crate::diagnostic::Severity;
use crate::election::roll::columns::{self, Column};
use crate::election::roll::findings::quote;
use crate::election::roll::rows::View;
use crate::election::roll::source::Row;
use crate::election::roll::words::{self, compact};
use crate::election::roll::{RowRef, grouping};

/// So many lines are kept.
const MOST: usize = 1000;

impl Reading<'_> {
    /// Notes a short line alone in its row, where no column tells the groups.
    pub(super) fn note_untitled(&mut self, number: u32, view: &View<impl Row>) {
        const LONGEST: usize = 6;
        let mut filled = view.filled();
        let (Some(at), None) = (filled.next(), filled.next()) else { return };
        let text = compact(&view.row.cell(at).text()).into_owned();
        // 走马（12户）, 1、走马, 【走马】
        let text = words::outside_brackets(text.trim_matches(['【', '】'])).into_owned();
        let text = grouping::without_number(&text).to_owned();
        let may_be = (1..=LONGEST).contains(&text.chars().count())
            && text.chars().all(|c| c.is_alphanumeric() || c == '#')
            && !text.chars().all(|c| c.is_ascii_digit())
            && !words::is_remark(&text)
            && !words::is_nobody(&text)
            && !words::is_status(&text)
            && columns::known(&text).is_none();
        let is_needed = !view.block.header.has(Column::Group) && self.sheet.untitled.len() < MOST;
        if may_be && is_needed {
            let at = self.row_ref(number, 0);
            self.sheet.untitled.push((at, text, self.roll.voters.len()));
        }
    }

    /// A title of a group right below such a line is what counts.
    pub(super) fn drop_untitled(&mut self) {
        let here = self.roll.voters.len();
        self.sheet.untitled.pop_if(|(.., from)| *from == here);
    }

    /// Asks about lines that stand over voters of the group before, and about those over
    /// voters without a group, where there are several.
    pub(super) fn ask_about_untitled(&mut self) {
        self.ask_about_titles_of_nobody();
        let lines = std::mem::take(&mut self.sheet.untitled);
        let ends = lines.iter().skip(1).map(|(.., next)| *next).chain([self.roll.voters.len()]);
        let first_below = |((.., from), to): (&(_, _, usize), usize)| {
            self.roll.voters.get(*from..to).unwrap_or_default().first()
        };
        let (over_nobody, over_group): (Vec<_>, Vec<_>) = lines
            .iter()
            .zip(ends)
            .filter_map(|(line, to)| Some((line, first_below((line, to))?)))
            .partition(|(_, voter)| voter.group.is_none());
        let lines_of = |found: Vec<(_, _)>| found.into_iter().map(|(line, _)| line).collect();
        let (mut titles, over_group): (Vec<&(RowRef, String, usize)>, Vec<_>) =
            (lines_of(over_nobody), lines_of(over_group));
        // Places are told from one another when all sheets are read.
        let are_places = titles.iter().all(|(_, text, _)| grouping::place_in_title(text).is_some());
        if titles.len() < 2 || are_places {
            titles.clear();
        }
        titles.extend(over_group);
        titles.sort_by_key(|(at, ..)| at.row);
        for (at, text, _) in titles {
            let message = format!("{}独占一行，没有当作小组：是小组吗？", quote(text));
            let help =
                "是小组的，写成“小组：某某”的样子，或加一列“小组”；不是的，在待核对清单里答“无误”";
            let place = self.roll.row_place(*at);
            self.ask(*at, Severity::Warning, "roll-group-title", message, place, help);
        }
    }

    /// In columns that go on one beside the other, a title at the foot of one may be of
    /// those at the head of the next.
    fn ask_about_titles_of_nobody(&mut self) {
        let lanes = &self.sheet.lanes;
        let is_empty =
            lanes.iter().all(|lane| lane.since_title.count == 0 && lane.section.is_some());
        let since = lanes.iter().map(|lane| lane.since_title.first).max();
        let Some(row) = self
            .sheet
            .last_title
            .filter(|_| lanes.len() > 1 && is_empty && since > Some(self.sheet.first_voter))
        else {
            return;
        };
        let at = self.row_ref(row, 0);
        let message = "这个小组标题下面没有人：旁边一栏里的人是不是这个小组的？".to_owned();
        let help = "每一栏的上面都写明是哪个小组，或加一列“小组”；确是没有人的，删去这一行";
        let place = self.roll.row_place(at);
        self.ask(at, Severity::Warning, "roll-group-title", message, place, help);
    }
}
