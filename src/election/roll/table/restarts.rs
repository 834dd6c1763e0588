//! Serial numbers that begin again within a group: its rows were pasted twice, or the title
//! of another group is missing or was not changed.

use super::Reading;
use super::rows::View;
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
}

/// More in a sheet are another way of numbering.
const FEW: usize = 2;

impl Reading<'_> {
    /// Takes up the serial number of a voter.
    pub(super) fn note_restart(
        &mut self,
        at: RowRef,
        view: &View<impl Row>,
        group: Option<GroupId>,
    ) {
        let [lane] = &mut self.sheet.lanes[..] else { return };
        let number = self.sheet.serials.last(0);
        let [before, last] = lane.serials;
        lane.serials = [last, number];
        let header = &view.block.header;
        let is_by_household = header.has(Column::Household) || header.has(Column::Relation);
        let here = self.roll.voters.len();
        let above = self.roll.voters.last().filter(|_| here > self.sheet.first_voter);
        let is_within = above.is_some_and(|above| above.group == group);
        let is_below_title = lane.since_title.first == here;
        // A title is repeated on each page, below the headings.
        let is_below_title = is_below_title && !header.has(Column::Group);
        let is_title_again = is_below_title && self.sheet.heading_before < here;
        // 一组女选民 below 一组男选民
        let is_of_other_sex =
            self.sheet.sex.is_some() && above.is_some_and(|above| above.sex != self.sheet.sex);
        let goes_on = is_of_other_sex
            || is_below_title && self.sheet.above.iter().any(|text| text.contains('续'));
        if number != Some(1) && !is_title_again || is_by_household || !is_within || goes_on {
            return;
        }
        let has_risen = last > Some(1) && last > before;
        // Below headings or a line of any kind numbers may begin anew.
        let is_below_line =
            lane.last.is_none_or(|(_, last)| self.sheet.last_line.is_some_and(|line| line > last));
        if is_below_title || has_risen && !is_below_line {
            let titled = group.filter(|_| is_below_title);
            let titled = titled.map(|group| self.roll.groups.name(group).to_owned());
            self.sheet.restarts.push(Restart { at, titled });
        }
    }

    /// Asks about those of a sheet, and keeps those below titles until all groups are known.
    pub(super) fn ask_about_restarts(&mut self) {
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
        let is_copied = |group: &String| {
            let next = grouping::number_of(group).and_then(|number| number.checked_add(1));
            next.is_some_and(|next| !numbers.contains(&next))
        };
        let copied: Vec<(RowRef, String)> = restarts
            .into_iter()
            .filter_map(|restart| Some((restart.at, restart.titled?)))
            .filter(|(_, group)| is_there(group) && is_copied(group))
            .map(|(at, group)| (at, quote(&group)))
            .collect();
        for (at, group) in copied {
            let message = format!("上面又是{group}的标题，下一组却没有：标题写对了吗？");
            let help = "标题照抄没有改的，改成这一组的名称；确是同一组的，在待核对清单里答“无误”";
            self.doubt(at, Column::Serial, "roll-group-title", &message, help);
        }
    }
}
