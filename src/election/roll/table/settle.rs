//! What is decided when a sheet has been read to its end.

use std::collections::{HashMap, HashSet};

use super::{MOST_TABLES, Reading};
use crate::diagnostic::Severity;
use crate::election::roll::account::{Reason, RowKind};
use crate::election::roll::columns::Column;
use crate::election::roll::findings::quote;
use crate::election::roll::source::Merged;
use crate::election::roll::{GroupId, HouseholdId, RowRef, Voter, grouping, words};
use crate::number::counted;

impl Reading<'_> {
    /// Fills in groups and households that are written once for several rows, as
    /// merged cells are.
    pub(super) fn carry_down(&mut self, merged: Vec<Merged>) {
        let begun = self.carry_households_down();
        let mut guessed = self.carry_groups_down(&begun);
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
    fn carry_groups_down(&mut self, begun: &[bool]) -> Vec<RowRef> {
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

    fn ask_about_groups(&mut self, guessed: &[RowRef], mut merged: Vec<Merged>) {
        merged.sort_by_key(|cells| *cells.rows.start());
        for &at in guessed {
            let Some(column) = self.roll.block(at).header.position(Column::Group) else { continue };
            let row = at.row - 1;
            let after = merged.partition_point(|cells| *cells.rows.start() <= row);
            let is_merged =
                merged[..after].iter().rev().take(MOST_MERGED).any(|cells| {
                    cells.rows.contains(&row) && cells.columns.contains(&counted(column))
                });
            if !is_merged {
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

    /// In a list of nothing but names: 张家湾 is hardly somebody's.
    fn ask_about_places(&mut self, bare: &[usize]) {
        for &index in bare {
            if grouping::is_surely_place(self.roll.voters[index].name.as_str()) {
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
        self.ask(at, severity, "roll-name-only", message, place, help);
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
        if is_head.is_empty() {
            self.ask_about_heads();
        } else {
            self.remove(&twice, RowKind::LeftOut(Reason::Head));
        }
    }

    /// Asks about heads of households who are not among the members.
    pub(super) fn ask_about_heads(&mut self) {
        let voters = &self.roll.voters[self.sheet.first_voter..];
        let has_relations = |voter: &Voter| {
            let header = &self.roll.block(voter.row).header;
            let is_of_members =
                header.get(Column::Name).is_some_and(|heading| heading.text.contains("成员"));
            (header.has(Column::Relation) || is_of_members)
                && header
                    .get(Column::Household)
                    .is_some_and(|heading| heading.text.contains("户主"))
        };
        let mut households: HashMap<HouseholdId, (RowRef, bool)> = HashMap::new();
        for voter in voters.iter().filter(|voter| has_relations(voter)) {
            let Some(household) = voter.household else { continue };
            let head = self.roll.households.name(household);
            if words::may_be_name(head) && !head.bytes().any(|byte| byte.is_ascii()) {
                let is_head = crate::election::person::name_key(head) == voter.name.key();
                households.entry(household).or_insert((voter.row, false)).1 |= is_head;
            }
        }
        let mut missing: Vec<(RowRef, HouseholdId)> = households
            .into_iter()
            .filter(|(_, (_, is_there))| !is_there)
            .map(|(household, (row, _))| (row, household))
            .collect();
        missing.sort_by_key(|(row, _)| *row);
        for (row, household) in missing {
            let message = format!(
                "户主{}不在这一户的成员里，是不是漏了？",
                quote(self.roll.households.name(household))
            );
            self.doubt(
                row,
                Column::Household,
                "roll-head-missing",
                &message,
                "户主是选民的，给他加一行",
            );
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
        let marks = self.sheet.marks.iter_mut().chain(&mut self.sheet.points);
        for at in self.sheet.heads.iter_mut().chain(marks) {
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

/// How many merged cells beginning above a row are looked at.
const MOST_MERGED: usize = 64;

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
