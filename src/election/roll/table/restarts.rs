//! Serial numbers that begin again within a group: its rows were pasted twice, or the title
//! of another group is missing or was not changed; and those that go on below the title of
//! another, which stands too high.

use super::Reading;
use super::rows::View;
use crate::diagnostic::Severity;
use crate::election::roll::cell::columns::Column;
use crate::election::roll::cell::grouping;
use crate::election::roll::cell::shown::quote;
use crate::election::roll::source::Row;
use crate::election::roll::{GroupId, RowRef};

/// Where a 1 stands below voters of the same group.
#[derive(Debug)]
pub(super) struct Restart {
    at: RowRef,
    /// What its group is called, if the title of that stands between: by then groups may
    /// have other numbers.
    titled: Option<String>,
    /// Whether it may be that of a further page, above the headings of which it stands again.
    may_go_on: bool,
}

/// The titles of groups in a sheet, by the first number below each.
#[derive(Debug, Default)]
pub(super) struct Turns {
    begin_anew: usize,
    go_on: Vec<(RowRef, GroupId)>,
}

impl Turns {
    fn enter(&mut self, title: RowRef, numbers: [Option<u64>; 2], group: Option<GroupId>) {
        match (numbers, group) {
            ([_, Some(1)], _) => self.begin_anew += 1,
            ([Some(last), Some(number)], Some(group)) if last.checked_add(1) == Some(number) => {
                self.go_on.push((title, group));
            }
            _ => {}
        }
    }
}

/// More in a sheet are another way of numbering.
const FEW: usize = 2;

impl Reading<'_> {
    /// Takes up the serial number of a voter.
    pub(super) fn note_restart(
        &mut self,
        at: RowRef,
        view: &View<impl Row>,
        lane: usize,
        group: Option<GroupId>,
    ) {
        let is_alone = self.sheet.lanes.len() == 1;
        let number = self.sheet.serials.last(lane);
        let lane = &mut self.sheet.lanes[lane];
        let [before, last] = lane.serials;
        lane.serials = [last, number];
        let is_titled = lane.section.is_some();
        let (since_title, row_above) = (lane.since_title.first, lane.last.map(|(_, row)| row));
        let header = &view.block.header;
        let is_by_household = header.has(Column::Household) || header.has(Column::Relation);
        let here = self.roll.voters.len();
        let above = self.roll.voters.last().filter(|_| here > self.sheet.first_voter);
        let is_within = above.is_some_and(|above| above.group == group);
        // A title is repeated on each page, below the headings.
        let is_below_title = since_title == here && !header.has(Column::Group);
        let is_title_again = is_below_title && is_alone && self.sheet.heading_before < here;
        let may_go_on = number != Some(1) && !is_title_again;
        // 一组女选民 below 一组男选民
        let is_of_other_sex =
            self.sheet.sex.is_some() && above.is_some_and(|above| above.sex != self.sheet.sex);
        let goes_on = is_of_other_sex
            || is_below_title && self.sheet.above.iter().any(|text| text.contains('续'));
        let title =
            self.sheet.last_title.filter(|&title| is_below_title && Some(title) > row_above);
        let at = title.map_or(at, |title| self.row_ref(title, 0));
        if is_below_title && is_alone && !is_by_household && above.is_some() && !is_within {
            self.sheet.turns.enter(at, [last, number], group);
        }
        if may_go_on && !is_below_title || is_by_household || !is_within || goes_on {
            return;
        }
        let has_risen = is_alone && last > Some(1) && last > before;
        // Below headings or a line of any kind numbers may begin anew, unless a title above
        // should have told the group. On a further page nothing stands above the headings.
        let is_apart =
            self.sheet.last_line.zip(row_above).is_some_and(|(line, row)| line > row + 1);
        let is_untitled = is_apart
            && is_titled
            && self.sheet.heading_before == here
            && !header.has(Column::Group);
        let is_below_line =
            row_above.is_none_or(|row| self.sheet.last_line.is_some_and(|line| line > row));
        if is_below_title || has_risen && (!is_below_line || is_untitled) {
            let titled = group.filter(|_| is_below_title);
            let titled = titled.map(|group| self.roll.groups.name(group).to_owned());
            self.sheet.restarts.push(Restart { at, titled, may_go_on });
        }
    }

    /// Asks about the few titles of a sheet below which the numbers of another group go on,
    /// where each group has numbers of its own.
    fn ask_about_turns(&mut self) {
        let Turns { begin_anew, go_on } = std::mem::take(&mut self.sheet.turns);
        if go_on.len() > begin_anew.min(FEW) {
            return;
        }
        for (at, group) in go_on {
            let group = quote(self.roll.groups.name(group));
            let message = format!("标题是{group}，下面的序号却接着上面的小组：标题放对地方了吗？");
            let help = "多出来的标题，删去；放错的，移到该在的地方；不错的，在待核对清单里答“无误”";
            let place = self.roll.row_place(at);
            self.ask(Severity::Warning, "roll-group-title", message, place, help);
        }
    }

    /// Asks about those of a sheet, and keeps those below titles until all groups are known.
    pub(super) fn ask_about_restarts(&mut self) {
        self.ask_about_turns();
        let restarts = std::mem::take(&mut self.sheet.restarts);
        let (titled, plain): (Vec<Restart>, Vec<Restart>) =
            restarts.into_iter().partition(|restart| restart.titled.is_some());
        self.restarts.extend(titled);
        for Restart { at, .. } in plain.iter().filter(|_| plain.len() <= FEW) {
            let message = "序号又从 1 起：是漏写了小组标题，还是贴了两遍？";
            let help = "是另一个小组的，在上面写明小组；贴重的，删去；都不是的，重排序号";
            self.doubt(*at, Column::Serial, "roll-serial", message, help);
        }
    }

    /// A title that stands twice, where the next number is missing, was most likely copied.
    pub(super) fn settle_restarts(&mut self) {
        let restarts = std::mem::take(&mut self.restarts);
        if restarts.is_empty() {
            return;
        }
        let numbers = self.roll.group_numbers();
        // Of 1组 in each of two villages, which are called by both now, nothing is said.
        let is_there = |group: &str| self.roll.groups.find(group).is_some();
        let read: Vec<&str> = self.roll.groups.ids().map(|id| self.roll.groups.name(id)).collect();
        let lacks_a_group = self.options.groups.lacks(&read);
        let is_copied = |group: &str, may_go_on: bool| match grouping::number_of(group) {
            Some(number) => {
                let is_missing = |next: &u32| !numbers.contains(next);
                let next = number.checked_add(1).filter(is_missing);
                let is_gap = |next: u32| numbers.iter().any(|&other| other > next);
                next.is_some_and(|next| !may_go_on || lacks_a_group || is_gap(next))
            }
            None => lacks_a_group,
        };
        let copied: Vec<(RowRef, String)> = restarts
            .into_iter()
            .filter_map(|it| Some((it.at, it.titled?, it.may_go_on)))
            .filter(|(_, group, may_go_on)| is_there(group) && is_copied(group, *may_go_on))
            .map(|(at, group, _)| (at, quote(&group)))
            .collect();
        for (at, group) in copied {
            let message = format!("上面又是{group}的标题，下一组却没有：标题写对了吗？");
            let help = "标题照抄没有改的，改成这一组的名称；确是同一组的，在待核对清单里答“无误”";
            let place = self.roll.row_place(at);
            self.ask(Severity::Warning, "roll-group-title", message, place, help);
        }
    }
}
