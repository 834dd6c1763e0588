//! What is decided when a sheet has been read to its end.

use std::collections::{HashMap, HashSet};

use super::account::{Reason, RowKind};
use super::spread::Covered;
use super::{MOST_TABLES, Reading};
use crate::diagnostic::Severity;
use crate::election::roll::cell::columns::Column;
use crate::election::roll::cell::grouping;
use crate::election::roll::cell::shown::quote;
use crate::election::roll::source::Merged;
use crate::election::roll::{GroupId, HouseholdId, RowRef, Voter};

impl Reading<'_> {
    /// Fills in groups and households that are written once for several rows, as
    /// merged cells are.
    pub(super) fn carry_down(&mut self, merged: &[Merged]) {
        let begun = self.carry_households_down();
        let mut guessed = self.carry_groups_down(&begun, merged);
        let mut unsaid = std::mem::take(&mut self.sheet.unsaid);
        guessed.iter().for_each(|row| {
            unsaid.remove(row);
        });
        // 不详 and — are not blanks that were left on purpose.
        let carried = self.roll.voters[self.sheet.first_voter..].iter();
        let carried = carried.filter(|voter| voter.group.is_some() && unsaid.contains(&voter.row));
        guessed.extend(carried.map(|voter| voter.row));
        if !guessed.is_empty() {
            self.ask_about_groups(&guessed, merged);
        }
    }

    /// Says of each voter whether a household begins with him.
    fn carry_households_down(&mut self) -> Vec<bool> {
        let voters = &mut self.roll.voters[self.sheet.first_voter..];
        let has_heads = !self.sheet.heads.is_empty();
        let is_carried = has_heads || are_mostly_blank(voters, |voter| voter.household.is_none());
        // Members stand beside their head, in a table of their own.
        let table = |voter: &Voter| if has_heads { 0 } else { usize::from(voter.row.block) };
        let mut above: Vec<Option<HouseholdId>> = vec![None; MOST_TABLES];
        let mut begun = Vec::with_capacity(voters.len());
        for voter in voters {
            let above = &mut above[table(voter)];
            begun.push(voter.household.is_some() && voter.household != *above);
            *above = voter.household.or(*above);
            if is_carried {
                voter.household = *above;
            }
        }
        begun
    }

    /// Says for whom the group above was only guessed. Where most rows have a group of
    /// their own, an empty one is more likely an oversight; where the first rows have
    /// none, groups stand in the middle of their rows, and nobody knows where they
    /// begin; and where each household has one, those without were forgotten.
    fn carry_groups_down(&mut self, begun: &[bool], merged: &[Merged]) -> Vec<RowRef> {
        let covered = self.covered_by_groups(merged);
        let has_households = |row| self.roll.block(row).header.has(Column::Household);
        let voters = &self.roll.voters[self.sheet.first_voter..];
        let is_meant = are_mostly_blank(voters, |voter| voter.group.is_none());
        let heads = || voters.iter().zip(begun).filter(|(_, begun)| **begun).map(|(head, _)| head);
        let is_by_household =
            heads().filter(|head| head.group.is_some()).count() * 2 > heads().count();
        let mut tables: Vec<Above> = vec![Above::default(); MOST_TABLES];
        let mut carried: Vec<Option<GroupId>> = Vec::with_capacity(voters.len());
        let mut guessed = Vec::new();
        for (voter, &begins) in voters.iter().zip(begun) {
            let table = &mut tables[usize::from(voter.row.block)];
            if voter.group.is_some() {
                // Of those between two groups nobody knows which they belong to.
                let is_another = table.group.is_some() && table.group != voter.group;
                let between = table.unsure.drain(..).filter(|_| table.begins_blank && is_another);
                guessed.extend(between);
                table.group = voter.group;
            } else if table.group.is_none() {
                table.begins_blank = true;
            } else if covered.get(&voter.row.block).is_some_and(|covered| !covered.has(voter.row)) {
                // Others have theirs in merged cells.
                guessed.push(voter.row);
            } else if begins || !has_households(voter.row) {
                match !is_meant || begins && is_by_household {
                    true => guessed.push(voter.row),
                    false => table.unsure.push(voter.row),
                }
            }
            carried.push(table.group);
        }
        for (voter, group) in self.roll.voters[self.sheet.first_voter..].iter_mut().zip(carried) {
            voter.group = group;
        }
        guessed
    }

    /// What merged cells reach over in the columns of groups, by table.
    fn covered_by_groups(&self, merged: &[Merged]) -> HashMap<u16, Covered> {
        let blocks = &self.roll.sheets[usize::from(self.sheet.number)].blocks;
        let columns = (0..).zip(blocks).filter_map(|(number, block)| {
            let covered = Covered::of(merged, block.header.position(Column::Group)?);
            Some((number, covered))
        });
        columns.filter(|(_, covered)| !covered.is_empty()).collect()
    }

    fn ask_about_groups(&mut self, guessed: &[RowRef], merged: &[Merged]) {
        // Of a grid it is asked as a whole.
        if self.sheet.is_guessed && self.sheet.lanes.len() > 1 {
            return;
        }
        let covered = self.covered_by_groups(merged);
        for &at in guessed {
            let is_merged = covered.get(&at.block).is_some_and(|covered| covered.has(at));
            if !is_merged && self.roll.block(at).header.has(Column::Group) {
                self.doubt(
                    at,
                    Column::Group,
                    "roll-group-blank",
                    "这一行没有写小组，暂按上一行的小组算",
                    "补上小组",
                );
            }
        }
    }

    /// Decides about rows with nothing but a name: where nearly all others say
    /// more, they are no voters until somebody says so.
    pub(super) fn settle_bare(&mut self) {
        let bare = std::mem::take(&mut self.sheet.bare);
        if bare.is_empty() || self.sheet.told < bare.len() {
            return self.ask_about_places(&bare);
        }
        let is_place = |&index: &usize| grouping::is_place(self.roll.voters[index].name.as_str());
        let (places, bare): (Vec<usize>, Vec<usize>) = bare.into_iter().partition(is_place);
        places.iter().for_each(|&index| self.place_or_person(index, Severity::Error));
        let is_out = bare.len() * 4 <= self.sheet.told;
        for &index in &bare {
            let at = self.roll.voters[index].row;
            let help =
                "是选民的，补上性别、出生日期，或在待核对清单里答“是选民”；不是的，删去这一行";
            if is_out {
                let message =
                    "这一行只有姓名，别人都有性别、出生日期或身份证号：是选民吗？暂未读作选民";
                self.fault(at, Column::Name, "roll-name-only", message.into(), help);
            } else {
                let message = "这一行只有姓名，别的什么也没写：是选民吗？";
                self.doubt(at, Column::Name, "roll-name-only", message, help);
            }
        }
        let gone = [places, if is_out { bare } else { Vec::new() }].concat();
        if !gone.is_empty() {
            self.remove(&gone, RowKind::Unclear);
        }
    }

    /// In a list of nothing but names: 张家湾 is hardly somebody's, nor is 张村.
    fn ask_about_places(&mut self, bare: &[usize]) {
        for &index in bare {
            let name = self.roll.voters[index].name.as_str();
            let is_village = grouping::is_place(name) && name.ends_with(['村', '屯', '庄', '湾']);
            if is_village || grouping::is_surely_place(name) {
                self.place_or_person(index, Severity::Warning);
            }
        }
    }

    fn place_or_person(&mut self, index: usize, severity: Severity) {
        let voter = &self.roll.voters[index];
        let (at, name) = (voter.row, quote(voter.name.as_str()));
        let read = if severity == Severity::Error { "暂未" } else { "暂" };
        let message =
            format!("这一行只写着{name}：是下面这些人的小组，还是选民的姓名？{read}读作选民");
        let help = "是小组名称的，写成“小组：某某”的样子；是选民的，补上性别、出生日期，\
            或在待核对清单里答“是选民”；都不是的，删去这一行";
        let place = self.roll.place(at, Column::Name);
        self.ask(severity, "roll-name-only", message, place, help);
    }

    /// A head of household stands once, though the form has him twice.
    pub(super) fn settle_heads(&mut self) {
        let heads = std::mem::take(&mut self.sheet.heads);
        let first = self.sheet.first_voter;
        let is_head: HashSet<usize> = heads.iter().copied().collect();
        let members: HashSet<(Option<HouseholdId>, String)> = (first..self.roll.voters.len())
            .filter(|at| !is_head.contains(at) && !heads.is_empty())
            .map(|at| &self.roll.voters[at])
            .map(|voter| (voter.household, voter.name.key().into_owned()))
            .collect();
        let twice: Vec<usize> = heads
            .into_iter()
            .filter(|&at| {
                let voter = &self.roll.voters[at];
                members.contains(&(voter.household, voter.name.key().into_owned()))
            })
            .collect();
        if !is_head.is_empty() {
            self.remove(&twice, RowKind::LeftOut(Reason::Head));
        }
    }

    /// Takes voters of this sheet off the roll again.
    pub(super) fn remove(&mut self, indexes: &[usize], kind: RowKind) {
        let gone: HashSet<usize> = indexes.iter().copied().collect();
        let mut rows: Vec<u32> = indexes.iter().map(|&at| self.roll.voters[at].row.row).collect();
        let mut at = self.sheet.first_voter;
        let mut kept = self.roll.voters.split_off(at);
        kept.retain(|_| {
            at += 1;
            !gone.contains(&(at - 1))
        });
        let others: HashSet<u32> = kept.iter().map(|voter| voter.row.row).collect();
        self.roll.voters.append(&mut kept);
        // What was noted by place moves up with those who stay.
        let mut sorted = indexes.to_vec();
        sorted.sort_unstable();
        let before = |at: usize| sorted.partition_point(|gone| *gone < at);
        self.sheet.heads.retain(|head| !gone.contains(head));
        self.sheet.bare.retain(|bare| !gone.contains(bare));
        let marks = self.sheet.marks.iter_mut().chain(&mut self.sheet.points);
        let marks = marks.chain(&mut self.sheet.subtotals);
        for at in self.sheet.heads.iter_mut().chain(&mut self.sheet.bare).chain(marks) {
            *at -= before(*at);
        }
        // A row that holds another voter beside is that voter's.
        rows.retain(|row| kind == RowKind::Unclear || !others.contains(row));
        rows.sort_unstable();
        rows.dedup();
        let rows: Vec<(u32, RowKind)> = rows.into_iter().map(|row| (row, kind)).collect();
        self.sheet.account.revise(&rows);
    }
}

/// The group above in a table, and the rows below it that have none.
#[derive(Clone, Default)]
struct Above {
    group: Option<GroupId>,
    unsure: Vec<RowRef>,
    begins_blank: bool,
}

/// Whether what is blank was left so on purpose.
fn are_mostly_blank(voters: &[Voter], is_blank: fn(&Voter) -> bool) -> bool {
    voters.iter().filter(|voter| is_blank(voter)).count() * 2 >= voters.len()
}
