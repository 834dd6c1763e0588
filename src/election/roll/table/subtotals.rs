//! Where the sums of groups stand: right below the last of each. Whoever is of the same
//! group below its sum stands in the wrong place, or lacks a title.

use std::collections::HashSet;

use super::Reading;
use super::rows::View;
use crate::election::roll::GroupId;
use crate::election::roll::cell::columns::Column;
use crate::election::roll::cell::shown::quote;
use crate::election::roll::source::Row;

impl Reading<'_> {
    /// Takes up where a sum stands that may be of a group.
    pub(super) fn note_subtotal(&mut self, view: &View<impl Row>) {
        const OF_OTHERS: [&str; 9] =
            ["页", "累计", "总", "全村", "全社区", "户", "至此", "截至", "上届"];
        let says = |word: &str| view.filled().any(|at| view.row.cell(at).text().contains(word));
        let is_part = says("小计") || says("合计") || says("本组");
        let here = self.roll.voters.len();
        let is_new = self.sheet.subtotals.last().copied().unwrap_or(self.sheet.first_voter) < here;
        if self.sheet.lanes.len() == 1 && is_part && is_new && !OF_OTHERS.into_iter().any(says) {
            self.sheet.subtotals.push(here);
        }
    }

    /// Asks about those who stand below the sum of their group, and about a last group
    /// without one.
    pub(super) fn ask_about_subtotals(&mut self) {
        /// Of so many sums one may stand elsewhere.
        const OFTEN: usize = 4;
        let ends = std::mem::take(&mut self.sheet.subtotals);
        let first = self.sheet.first_voter;
        let Some(&last) = ends.last().filter(|last| **last <= self.roll.voters.len()) else {
            return;
        };
        let group_at = |at: usize| self.roll.voters.get(at).and_then(|voter| voter.group);
        let summed: HashSet<GroupId> = (first..last).filter_map(group_at).collect();
        let is_crossed = |end: &usize| {
            *end > first && group_at(*end).is_some() && group_at(*end - 1) == group_at(*end)
        };
        let crossed: Vec<usize> = ends.iter().copied().filter(is_crossed).collect();
        let followed = ends.iter().filter(|end| **end < self.roll.voters.len()).count();
        let is_one_a_group = ends.len() >= summed.len()
            && [0, crossed.len()].contains(&(ends.len() - summed.len()))
            && ends.len() > 1;
        if crossed.len() <= (followed / OFTEN).max(1) && is_one_a_group {
            for at in crossed {
                let voter = &self.roll.voters[at];
                let group = voter.group.map_or("", |group| self.roll.groups.name(group));
                let message = format!("写在{}的小计下面，读到的还是{0}的人", quote(group));
                let help = "是下一组的，补上下一组的标题，或移到标题下面；是这一组的，移到小计上面";
                self.doubt(voter.row, Column::Name, "roll-total", &message, help);
            }
        }
        self.ask_about_last_group(last, &summed, ends.len());
    }

    /// Each group but the last has its sum: the end of the list may be missing.
    fn ask_about_last_group(&mut self, last: usize, summed: &HashSet<GroupId>, sums: usize) {
        let rest: HashSet<Option<GroupId>> =
            self.roll.voters[last..].iter().map(|voter| voter.group).collect();
        let [Some(group)] = rest.into_iter().collect::<Vec<_>>()[..] else { return };
        let Some(voter) = self.roll.voters.last() else { return };
        if sums > 1
            && sums == summed.len()
            && !summed.contains(&group)
            && self.sheet.lanes.len() == 1
        {
            let name = quote(self.roll.groups.name(group));
            let message = format!("前面的小组都有小计，{name}没有：名册是不是没有完？");
            let help = "缺了人的，补上；没有缺的，补上小计，或在待核对清单里答“无误”";
            self.doubt(voter.row, Column::Name, "roll-total", &message, help);
        }
    }
}
