//! Titles and sums that name a group.

use std::collections::HashSet;

use super::layout::Block;
use super::rows::View;
use super::state::{Since, Stage};
use super::{Reading, is_alone, texts};
use crate::diagnostic::{Diagnostic, Severity};
use crate::election::roll::cell::apart::{is_of_a_guide, may_list_voters};
use crate::election::roll::cell::columns::Column;
use crate::election::roll::cell::shown::quote;
use crate::election::roll::cell::sums::Sums;
use crate::election::roll::cell::{form, grouping, notes, same_group, sums, words};
use crate::election::roll::source::{Row, WIDEST};
use crate::election::roll::{GroupId, PlaceId};

impl Reading<'_> {
    /// The title of a group: alone in its row, it is that of every table. Says
    /// whether it was that before.
    pub(super) fn begin_group(
        &mut self,
        number: u32,
        name: &str,
        row: &impl Row,
        lane: usize,
    ) -> bool {
        self.drop_untitled();
        let texts = texts(row);
        self.note_pages(number, &texts);
        self.note_title_of_group(number, name, &texts);
        // 还差二组4人未录入 is more than a title.
        let is_sentence = |text: &String| text.chars().count() > name.chars().count() + 4;
        let tells = |text: &String| is_sentence(text) || notes::note_tells(text);
        let is_asked = texts.iter().any(tells) && self.ask_about_notes(number, &texts);
        let qualified = texts.iter().find(|text| form::qualifies_a_list(text));
        if let Some(title) = qualified.filter(|_| !is_asked) {
            let place = self.roll.row_place(self.row_ref(number, 0));
            self.ask_about_qualified(title, place);
        }
        let section = self.roll.groups.intern(name);
        let outer = self.outer_of(name, lane);
        let lanes = if is_alone(row) {
            self.ask_about_title_of_all(name, number);
            0..self.sheet.lanes.len()
        } else if lane == 0 && self.asks_of_names_beside(number, name, row) {
            0..self.sheet.lanes.len()
        } else {
            lane..lane + 1
        };
        let is_again = self.sheet.lanes[lane].section == section;
        if self.sheet.lanes.len() > 1 {
            self.sheet.serials.turn_page();
        }
        self.note_empty_group(number, name, lane);
        let since_title = Since { first: self.roll.voters.len(), count: 0 };
        self.sheet.is_signed = false;
        let is_new = section.is_some_and(|section| self.sheet.titled.insert(section));
        if is_new && std::mem::take(&mut self.sheet.is_aside_of_group) {
            self.sheet.aside = self.sheet_aside();
        }
        self.sheet.flow.title(lane, section, lanes.len() > 1);
        for lane in &mut self.sheet.lanes[lanes] {
            (lane.section, lane.group, lane.since_title) = (section, None, since_title);
            (lane.titled, lane.settled, lane.outer) = (Some(name.to_owned()), None, outer);
        }
        self.sheet.is_of_nobody = texts.iter().any(|text| {
            let said = words::compact(text);
            let said = said.split_once(name).map_or(&*said, |(_, said)| said);
            said.contains(['无', '空']) || said.trim_start_matches(['(', '共']).starts_with('0')
        });
        self.sheet.titles.push(name.to_owned());
        is_again
    }

    /// Takes up a title right below that of another group of its kind.
    fn note_empty_group(&mut self, number: u32, name: &str, lane: usize) {
        const MOST: usize = 1000;
        let state = &self.sheet.lanes[lane];
        let Some(above) = state.section.filter(|_| state.since_title.count == 0) else { return };
        let above = self.roll.groups.name(above).to_owned();
        let is_right_above = self.sheet.last_title.is_some();
        if self.sheet.lanes.len() == 1
            && is_right_above
            && self.sheet.aside.is_none()
            && !self.sheet.is_of_nobody
            && self.sheet.empty_groups.len() < MOST
            && same_group::are_apart(&above, name)
            && grouping::are_of_one_kind(&above, name)
        {
            self.sheet.empty_groups.push((number, above));
        }
    }

    /// Asks about groups of which there is a title and nobody.
    pub(super) fn ask_about_empty_groups(&mut self) {
        let there: HashSet<GroupId> =
            self.roll.voters.iter().filter_map(|voter| voter.group).collect();
        for (row, name) in std::mem::take(&mut self.sheet.empty_groups) {
            if self.roll.groups.find(&name).is_some_and(|group| there.contains(&group)) {
                continue;
            }
            let at = self.row_ref(row, 0);
            let message = format!("{}的标题下面没有人，接着就是另一个小组的标题", quote(&name));
            let help = "标题移到这个小组的人上面；确是没有人的，删去标题，或在待核对清单里答“无误”";
            let place = self.roll.row_place(at);
            self.ask(Severity::Warning, "roll-group-title", message, place, help);
        }
    }

    /// In a grid of nothing but names a group in the first column is that of the row and
    /// of those below, for all that is known: it is asked. Says whether it is one.
    pub(super) fn asks_of_names_beside(&mut self, number: u32, name: &str, row: &impl Row) -> bool {
        let sheet = &self.roll.sheets[usize::from(self.sheet.number)];
        let blocks = &sheet.blocks[usize::from(self.sheet.first_block)..];
        let are_names = |block: &Block| {
            let cell = block.header.position(Column::Name).map(|at| row.cell(at).text());
            !block.header.has(Column::Sex)
                && !block.header.has(Column::Serial)
                && cell.is_none_or(|cell| cell.trim().is_empty() || words::may_be_name(&cell))
        };
        let is_grid = blocks.len() > 1 && blocks.iter().skip(1).all(are_names);
        let names_group = |at: usize| grouping::group_title(&row.cell(at).text()).is_some();
        if !is_grid || (0..row.width().min(WIDEST)).filter(|&at| names_group(at)).count() > 1 {
            return false;
        }
        let message = format!("{}写在“姓名”一列，右边和下面的人都算这个小组：是吗？", quote(name));
        let help = "把这一列的表头改成“小组”；只是这一列的，在每一列上面都写明小组";
        let at = self.row_ref(number, 0);
        let place = self.roll.place(at, Column::Name);
        self.ask(Severity::Warning, "roll-group-title", message, place, help);
        true
    }

    /// Whose group the title is: that of the title right above, or of one before, if
    /// they are not of one kind.
    pub(super) fn outer_of(&mut self, name: &str, lane: usize) -> Option<PlaceId> {
        let lane = &self.sheet.lanes[lane];
        let above = lane.section.filter(|_| lane.since_title.count == 0);
        let above = above.map(|section| self.roll.groups.name(section));
        let above = above.filter(|above| !grouping::are_of_one_kind(above, name));
        let before =
            lane.outer.filter(|outer| !grouping::are_of_one_kind(self.places.name(*outer), name));
        above.and_then(|above| self.places.intern(above)).or(before)
    }

    /// A sum that names a group is the title of those below, or the end of those
    /// above: where no title told their group, it is asked. Says whether it is a title.
    pub(super) fn group_of_sum(&mut self, number: u32, view: &View<impl Row>, lane: usize) -> bool {
        let Some(first) = view.filled().next() else { return false };
        let text = view.row.cell(first).text();
        let is_needed = !view.block.header.has(Column::Group);
        let Some(name) = grouping::group_of_sum(&text).filter(|_| is_needed) else {
            return false;
        };
        let state = &self.sheet.lanes[lane];
        let is_below = state.since_title.count > 0;
        match state.section {
            Some(section) if self.roll.groups.find(&name) == Some(section) => {}
            None if is_below && self.sheet.group_of_sheet.is_none() => {
                if !self.takes_those_above(lane, &name, &text) {
                    self.tell_of_group_below(number, lane, &name);
                }
            }
            _ if text.trim_start().starts_with(['以', '上']) => {}
            _ => {
                let is_again = self.begin_group(number, &name, view.row, lane);
                self.claim_of_group(number, view.row, is_again);
                return true;
            }
        }
        false
    }

    /// `以上为一组，共4人` below people of whom no title told the group: it is theirs, where
    /// the words or the count say so. Says whether it is.
    fn takes_those_above(&mut self, lane: usize, name: &str, text: &str) -> bool {
        let here = self.roll.voters.len();
        let first = self.sheet.lanes[lane].since_title.first;
        let mut sums = Sums::default();
        sums.add(text);
        let is_of_those = text.trim_start().starts_with(['以', '上'])
            || words::has_any(text, &["小计", "合计"]) && sums.says(here - first);
        let above = &self.roll.voters[first..];
        let is_one_list = self.sheet.lanes.len() == 1 && first >= self.sheet.first_voter;
        if !is_of_those || !is_one_list || above.iter().any(|voter| voter.group.is_some()) {
            return false;
        }
        let group = self.roll.groups.intern(name);
        self.roll.voters[first..].iter_mut().for_each(|voter| voter.group = group);
        self.sheet.lanes[lane].since_title = Since { first: here, count: 0 };
        true
    }

    /// Whether `一组,4,2,2` stands below people of whom no title told the group.
    pub(super) fn counts_those_above(&self, view: &View<impl Row>, lane: usize) -> bool {
        let state = &self.sheet.lanes[lane];
        let are_counts =
            || view.filled().skip(1).all(|at| sums::is_number(&view.row.cell(at).text()));
        state.section.is_none()
            && state.since_title.count > 0
            && self.sheet.group_of_sheet.is_none()
            && view.only().is_none()
            && are_counts()
    }

    pub(super) fn tell_of_group_below(&mut self, number: u32, lane: usize, name: &str) {
        let place = self.roll.row_place(self.row_ref(number, lane));
        let message = format!("{}写在名单下面，上面的人没有读作这个小组", quote(name));
        self.findings.add(self.roll, "roll-group-title", |code| {
            Diagnostic::error(code, message).at(place).help("小组写在名单的上面，或者加一列“小组”")
        });
    }

    /// A sheet with a name of its own, where nobody stands below the headings.
    pub(super) fn tell_of_empty_sheet(&mut self) {
        let is_read = self.sheet.stage == Stage::Within || self.sheet.stage == Stage::Under;
        let is_empty = self.roll.voters.len() == self.sheet.first_voter
            && self.asides.iter().all(|aside| aside.voter.row.sheet != self.sheet.number);
        let name = self.roll.sheets[usize::from(self.sheet.number)].name.as_deref();
        let Some(name) = name.filter(|name| is_read && is_empty && has_name_of_its_own(name))
        else {
            return;
        };
        let message = format!("{}的工作表只有表头，没有选民", quote(name));
        self.findings.add(self.roll, "roll-empty", |code| {
            Diagnostic::warning(code, message)
                .in_file(&self.roll.path)
                .help("补上里面的选民；确是没有人的，删去这张工作表")
        });
    }
}

/// Not `Sheet2`, `工作表3`, nor the name of those who are no voters.
fn has_name_of_its_own(name: &str) -> bool {
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit() || "() ".contains(c));
    let is_given = !matches!(&*bare.to_ascii_lowercase(), "sheet" | "工作表" | "");
    let is_blank = words::has_any(name, &["空白", "空表", "样表"]);
    is_given && !is_blank && may_list_voters(name) && !is_of_a_guide(name)
}
