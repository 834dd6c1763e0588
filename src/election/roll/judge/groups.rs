//! Groups: whether each is one, is known, and is written in one way.

use std::collections::HashSet;

use super::astray::{Than, astray};
use super::{DeclaredGroup, Judge};
use crate::diagnostic::{Diagnostic, Severity};
use crate::election::roll::cell::grouping::{is_surely_group, names_several};
use crate::election::roll::cell::same_group::{
    are_alike, group_key, is_misspelt_number, is_no_group, is_slip_of_group, without_kind,
};
use crate::election::roll::cell::shown::{group_carries_personal, quote};
use crate::election::roll::cell::words::{has_any, is_likely_name};
use crate::election::roll::{Column, GroupId, Label as _, RowRef, label_key};

/// From how many people on a group is no small one.
const LARGE: usize = 5;

/// So many in a group that is several are asked about one by one.
const FEW_IN_GROUPS: usize = 20;

/// More groups, or longer names, are no slip of the pen.
const COMPARED_GROUPS: usize = 200;

const LONGEST_GROUP: usize = 200;

impl<'j> Judge<'j> {
    /// The names of groups are posted: nothing of a person may stand in them.
    pub(super) fn group_names(&mut self) {
        let declared: HashSet<String> =
            self.facts.groups.iter().map(|group| label_key(&group.name)).collect();
        let mut told = vec![false; self.roll.groups.len()];
        for voter in &self.roll.voters {
            let Some(group) = voter.group else { continue };
            if std::mem::replace(&mut told[group.index()], true) {
                continue;
            }
            let name = self.roll.groups.name(group);
            if name.chars().any(char::is_control) {
                self.error(
                    voter,
                    Column::Group,
                    "roll-group-control",
                    "小组一格里有换行等控制字符".into(),
                    "把这一格清空，重新输入；也可能是这一行没有断开，两个人挤在一行里",
                );
            }
            if group_carries_personal(name) && !declared.contains(&label_key(name)) {
                self.error(
                    voter,
                    Column::Group,
                    "roll-group-personal",
                    "小组一格里有电话、证件号或住址".into(),
                    "这一格只写小组的名称",
                );
            }
        }
    }

    pub(super) fn groups(&mut self) {
        if self.roll.groups.is_empty() {
            return self.no_groups();
        }
        self.without_group();
        let counts = self.roll.count_by_group();
        self.groups_in_one(&counts);
        if self.facts.groups.is_empty() {
            self.groups_filled_down(&counts);
            let told = self.lone_groups(&counts);
            self.groups_astray(&told);
            self.odd_groups(&counts);
            self.gap_in_groups();
            self.buildings();
            return self.groups_alike(&counts);
        }
        // Of one that is not declared it is told anyway.
        let alone = counts.iter().filter(|(_, count)| *count == 1).map(|(group, _)| *group);
        self.groups_astray(&alone.collect());
        self.known_groups(&counts);
        for declared in &self.facts.groups {
            let group = self.roll.groups.find(&declared.name);
            let count = group.map_or(0, |group| counts[group.index()].1);
            self.count(&format!("“{}”", declared.name), count, declared.voters.as_ref());
            if count == 0 && declared.voters.is_none() && !self.roll.voters.is_empty() {
                self.nobody_in(&declared.name);
            }
        }
    }

    /// Buildings that were taken for groups, on sheets that are called by what they are in.
    fn buildings(&mut self) {
        let roll = self.roll;
        let Some(first) = roll.voters.first().filter(|voter| voter.group.is_some()) else { return };
        let heading = roll.block(first.row).header.get(Column::Group).map(|it| it.text.as_str());
        let is_of_buildings = |heading: &str| has_any(heading, &["楼", "栋", "幢", "单元"]);
        let Some(heading) = heading.filter(|heading| is_of_buildings(heading)) else { return };
        let mut sheets: Vec<u16> = roll.voters.iter().map(|voter| voter.row.sheet).collect();
        sheets.dedup();
        let name = |at: &u16| roll.sheets[usize::from(*at)].name.as_deref();
        let is_given = |name: &&str| !name.starts_with("Sheet") && !name.starts_with("工作表");
        let named: Vec<&str> = sheets.iter().filter_map(name).filter(is_given).collect();
        let (true, [one, other, ..]) = (named.len() == sheets.len(), &named[..]) else { return };
        self.findings.add(roll, "roll-group-title", |code| {
            let message = format!(
                "小组照{}一列读，没有照工作表的名称（{}{}等）：对吗？",
                quote(heading),
                quote(one),
                quote(other)
            );
            Diagnostic::warning(code, message)
                .at(roll.place(first.row, Column::Group))
                .help("照工作表分小组的，加一列“小组”；对的，在待核对清单里答“无误”")
        });
    }

    /// 一组, 二组, 四组: one that lies between, or before, may be missing.
    fn gap_in_groups(&mut self) {
        const MOST: usize = 2;
        let numbers = self.roll.group_numbers();
        let Some(&last) = numbers.last() else { return };
        let absent = (1..last).filter(|number| !numbers.contains(number));
        let gaps: Vec<String> = absent.take(MOST + 1).map(|number| number.to_string()).collect();
        if numbers.len() < 2 || !(1..=MOST).contains(&gaps.len()) {
            return;
        }
        let message = format!("小组的号数不连续，没有第 {} 组：是不是漏了？", gaps.join("、"));
        self.findings.add(self.roll, "roll-group-gap", |code| {
            let help = "漏了整组的，补上；本来没有这个组的，在选举说明里写明各小组，或在待核对清单里答“无误”";
            Diagnostic::warning(code, message).in_file(&self.roll.path).help(help)
        });
    }

    /// Nobody is in two groups: those whose cell, title or sheet names several are asked
    /// about one by one, or at once where they are many.
    fn groups_in_one(&mut self, counts: &[(GroupId, usize)]) {
        const CODE: &str = "roll-group-several";
        let (roll, facts) = (self.roll, self.facts);
        let declared: HashSet<String> =
            facts.groups.iter().map(|group| label_key(&group.name)).collect();
        let asked = |count: usize| if count > FEW_IN_GROUPS { 1 } else { count };
        let mut left: Vec<usize> = counts
            .iter()
            .map(|&(group, count)| {
                let name = roll.groups.name(group);
                let is_asked = names_several(name) && !declared.contains(&label_key(name));
                if is_asked { asked(count) } else { 0 }
            })
            .collect();
        let severity = if facts.groups.is_empty() { Severity::Warning } else { Severity::Error };
        for voter in &roll.voters {
            let Some(group) = voter.group.filter(|group| left[group.index()] > 0) else { continue };
            left[group.index()] -= 1;
            let (name, count) = (roll.groups.name(group), counts[group.index()].1);
            self.findings.add(self.roll, CODE, |code| {
                let message = match count {
                    1 => format!("小组写的是{}，不是一个小组", quote(name)),
                    _ => format!("小组写的是{}（共 {count} 人），不是一个小组", quote(name)),
                };
                let help = match severity {
                    Severity::Error => {
                        "写明是哪一个小组；确是合在一起的，在选举说明的小组里照样写上"
                    }
                    _ => "写明是哪一个小组；确是合在一起的，在待核对清单里答“无误”",
                };
                let place = roll.place(voter.row, Column::Group);
                Diagnostic::new(severity, code, message).at(place).help(help)
            });
        }
    }

    /// What stands where others have 一组 and is no group for all that is known: a word
    /// for none, a day that a spreadsheet made of 1-2, a slip, somebody's name.
    fn odd_groups(&mut self, counts: &[(GroupId, usize)]) {
        let name = |group: GroupId| self.roll.groups.name(group);
        let numbered = counts.iter().filter(|(group, _)| is_surely_group(name(*group)));
        let in_numbered: usize = numbered.map(|(_, count)| count).sum();
        let are_numbered = in_numbered * 2 >= self.roll.len();
        let slips: HashSet<String> = if are_numbered {
            counts.iter().filter_map(|(group, _)| without_kind(name(*group))).collect()
        } else {
            HashSet::new()
        };
        let is_odd = |text: &str, count: usize| {
            is_no_group(text)
                || are_numbered && (is_slip_of_group(text, &slips) || is_misspelt_number(text))
                || are_numbered
                    && count == 1
                    && text.chars().nth(2).is_some()
                    && is_likely_name(text)
        };
        let mut odd: Vec<bool> =
            counts.iter().map(|&(group, count)| is_odd(name(group), count)).collect();
        for voter in &self.roll.voters {
            let Some(group) = voter.group else { continue };
            if !std::mem::take(&mut odd[group.index()]) {
                continue;
            }
            let (name, count) = (name(group), counts[group.index()].1);
            self.findings.add(self.roll, "roll-group-odd", |code| {
                let message = format!("小组写的是{}（{count} 人），不像小组的名称", quote(name));
                let place = self.roll.place(voter.row, Column::Group);
                Diagnostic::warning(code, message)
                    .at(place)
                    .help("改成小组的名称；确是小组的，不用改")
            });
        }
    }

    /// A group of one person among large ones is a slip, or the first row of one that is
    /// not there. Gives back those.
    fn lone_groups(&mut self, counts: &[(GroupId, usize)]) -> HashSet<GroupId> {
        let name = |group: GroupId| self.roll.groups.name(group);
        let (alone, others): (Vec<_>, Vec<_>) = counts.iter().partition(|(_, count)| *count == 1);
        let least = others.iter().map(|(_, count)| *count).filter(|count| *count > 0).min();
        let Some(least) = least.filter(|least| *least >= LARGE) else { return HashSet::new() };
        let is_told = |text: &str| {
            is_no_group(text)
                || names_several(text)
                || others.iter().any(|(other, _)| are_alike(text, name(*other)))
        };
        if alone.len() >= others.len() {
            return HashSet::new();
        }
        let alone: HashSet<GroupId> = alone.into_iter().map(|(group, _)| group).collect();
        for voter in &self.roll.voters {
            let Some(group) = voter.group.filter(|group| alone.contains(group)) else { continue };
            let name = name(group);
            if is_told(name) {
                continue;
            }
            self.findings.add(self.roll, "roll-group-odd", |code| {
                let name = quote(name);
                let message =
                    format!("小组{name}只有这一个人，别的小组至少有 {least} 人：写对了吗？");
                let place = self.roll.place(voter.row, Column::Group);
                Diagnostic::warning(code, message)
                    .at(place)
                    .help("写错了的，改正；漏了这个小组别的人的，补上；确是这样的，不用改")
            });
        }
        alone
    }

    /// Who is of another group than the rows around him, or than his family.
    fn groups_astray(&mut self, told: &HashSet<GroupId>) {
        const CODE: &str = "roll-group-astray";
        for (at, than) in astray(&self.roll.voters) {
            let voter = &self.roll.voters[at];
            let is_told = voter.group.is_some_and(|group| told.contains(&group));
            if is_told || self.roll.regrouped.contains(&voter.row) {
                continue;
            }
            let quoted = |group: GroupId| quote(self.roll.groups.name(group));
            let own = voter.group.map(quoted).unwrap_or_default();
            let message = match than {
                Than::Around(group) => {
                    format!("这一行写的是{own}，前后各行都是{}，写对了吗？", quoted(group))
                }
                Than::Family(group) => {
                    format!("这一行写的是{own}，同一户的上一行是{}，写对了吗？", quoted(group))
                }
            };
            self.findings.add(self.roll, CODE, |code| {
                let place = self.roll.place(voter.row, Column::Group);
                Diagnostic::warning(code, message)
                    .at(place)
                    .help("写错了的，改正；确是这样的，在待核对清单里答“无误”")
            });
        }
    }

    /// One group written in two ways is counted as two.
    fn groups_alike(&mut self, counts: &[(GroupId, usize)]) {
        let name = |group: GroupId| self.roll.groups.name(group);
        let compared = &counts[..counts.len().min(COMPARED_GROUPS)];
        let mut alike = Vec::new();
        for (at, &(group, count)) in compared.iter().enumerate() {
            let mut others = compared.iter().enumerate().filter(|(other, _)| *other != at);
            let likes = |&(other_at, &(other, other_count)): &(usize, &(GroupId, usize))| {
                // Of two the rarer is told, or the later.
                let is_rarer = count < other_count || count == other_count && at > other_at;
                is_rarer && are_alike(name(group), name(other))
            };
            if let Some((_, &(other, other_count))) = others.find(likes) {
                alike.push((group, count, other, other_count));
            }
        }
        for (group, count, other, other_count) in alike {
            let first = self.roll.voters.iter().find(|voter| voter.group == Some(group));
            let Some(row) = first.map(|voter| voter.row) else { continue };
            let (roll, name, other) = (self.roll, name(group), name(other));
            self.findings.add(self.roll, "roll-group-alike", |code| {
                let message = format!(
                    "小组{}（{count} 人）和{}（{other_count} 人）像是同一个小组，分开算了",
                    quote(name),
                    quote(other)
                );
                let help = "是同一个小组的，改成一样的写法";
                Diagnostic::warning(code, message).at(roll.place(row, Column::Group)).help(help)
            });
        }
    }

    /// Those without a group, where others have one.
    fn without_group(&mut self) {
        let severity =
            if self.facts.groups.is_empty() { Severity::Warning } else { Severity::Error };
        for voter in self.roll.voters.iter().filter(|voter| voter.group.is_none()) {
            let place = || self.roll.place(voter.row, Column::Group);
            let message = format!("{}没有写小组", quote(voter.name.as_str()));
            self.findings.add(self.roll, "roll-group-missing", |code| {
                Diagnostic::new(severity, code, message).at(place()).help("补上小组")
            });
        }
    }

    /// A single group needs no column; several do.
    fn no_groups(&mut self) {
        if self.facts.groups.len() > 1 {
            self.findings.add(self.roll, "roll-no-groups", |code| {
                Diagnostic::error(code, "选民名册里没有小组，不能按小组张榜")
                    .in_file(&self.roll.path)
                    .help("在名册里加一列“小组”；或者每个小组一张工作表，用小组的名称作工作表名")
            });
        }
    }

    fn known_groups(&mut self, counts: &[(GroupId, usize)]) {
        let declared: HashSet<String> =
            self.facts.groups.iter().map(|group| label_key(&group.name)).collect();
        let mut first: Vec<Option<RowRef>> = vec![None; counts.len()];
        for voter in self.roll.voters.iter().rev() {
            if let Some(group) = voter.group {
                first[group.index()] = Some(voter.row);
            }
        }
        for (&(group, count), row) in counts.iter().zip(first) {
            let name = self.roll.groups.name(group);
            if let Some(row) = row
                && !declared.contains(&label_key(name))
                && !names_several(name)
            {
                self.unknown_group(name, count, row);
            }
        }
    }

    /// A group that is in the description: its people may have come under another.
    fn nobody_in(&mut self, group: &str) {
        self.findings.add(self.roll, "roll-group-empty", |code| {
            let message = format!("小组{}在名册里没有一名选民", quote(group));
            Diagnostic::warning(code, message)
                .in_file(&self.roll.path)
                .help("核对各小组的人数；可能漏了这个小组，或者人都读进了别的小组")
        });
    }

    fn unknown_group(&mut self, name: &str, count: usize, row: RowRef) {
        let (roll, groups) = (self.roll, &self.facts.groups);
        self.findings.add(self.roll, "roll-group-unknown", |code| {
            let help = match likely_group(name, groups) {
                Some(declared) => format!("是不是“{declared}”？名册和选举说明里要写得一样"),
                None => "改正名册里的小组，或在选举说明里加上这个小组".into(),
            };
            let message = format!("名册里的小组{}（{count} 人）不在选举说明的小组里", quote(name));
            Diagnostic::error(code, message).at(roll.place(row, Column::Group)).help(help)
        });
    }
}

/// The declared group that was probably meant.
fn likely_group<'g>(name: &str, declared: &'g [DeclaredGroup]) -> Option<&'g str> {
    const LIKE: f64 = 0.6;
    if declared.len() > COMPARED_GROUPS || name.len() > LONGEST_GROUP {
        return None;
    }
    let key = group_key(name);
    let same =
        declared.iter().find(|group| group_key(&group.name) == key || are_alike(&group.name, name));
    let key = label_key(name);
    let likeness =
        |group: &&DeclaredGroup| strsim::normalized_levenshtein(&label_key(&group.name), &key);
    let like = || {
        let likest = declared.iter().max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
        likest.filter(|group| likeness(group) >= LIKE)
    };
    same.or_else(like).map(|group| group.name.as_str())
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Report;
    use crate::election::roll::tests::read_clean;
    use crate::election::roll::{RollFacts, judge};

    fn told(groups: [&str; 5]) -> Vec<&'static str> {
        let rows: String = groups
            .iter()
            .zip(["甲", "乙", "丙", "丁", "戊"])
            .fold(String::new(), |rows, (group, name)| rows + "王" + name + "," + group + "\n");
        let mut report = Report::new();
        judge(&read_clean(&("姓名,小组\n".to_owned() + &rows)), &RollFacts::default(), &mut report);
        report.iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn tells_groups_that_were_drawn_down_or_are_missing() {
        assert_eq!(told(["一组", "二组", "三组", "四组", "五组"]), ["roll-filled-down"]);
        assert_eq!(told(["一组", "一组", "二组", "四组", "四组"]), ["roll-group-gap"]);
        assert_eq!(told(["一组", "一组", "二组", "二组", "三组"]), [""; 0]);
    }
}
