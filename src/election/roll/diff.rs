//! What changed between two rolls, for the notice of supplements and
//! corrections (补正公告).

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use serde::Serialize;

use super::{Voter, VoterRoll, label_key};
use crate::privacy::Personal;

/// The changes from one roll to another, as places in `voters`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RollDiff {
    /// In the new roll only.
    pub added: Vec<usize>,
    /// In the old roll only.
    pub removed: Vec<usize>,
    pub corrected: Vec<Correction>,
}

/// One person whose entry was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    pub old: usize,
    pub new: usize,
    pub changes: Vec<Change>,
}

/// What was changed of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    Name,
    Sex,
    Birth,
    Group,
    IdNumber,
}

impl Change {
    /// The word a user sees.
    pub fn name(self) -> &'static str {
        match self {
            Change::Name => "姓名",
            Change::Sex => "性别",
            Change::Birth => "出生日期",
            Change::Group => "小组",
            Change::IdNumber => "身份证号",
        }
    }
}

impl RollDiff {
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.corrected.is_empty()
    }
}

impl Correction {
    /// What was changed, for everybody to read: names, sexes and groups before
    /// and after, a date of birth and an ID number only as having changed.
    pub fn describe(&self, old: &VoterRoll, new: &VoterRoll) -> String {
        let (was, is) = (&old.voters[self.old], &new.voters[self.new]);
        let group = |roll: &VoterRoll, voter| roll.group_of(voter).unwrap_or("无").to_owned();
        let tell = |change: &Change| match change {
            Change::Name => format!("姓名由“{}”改为“{}”", was.name.as_str(), is.name.as_str()),
            Change::Group => format!("小组由“{}”改为“{}”", group(old, was), group(new, is)),
            Change::Sex => format!("性别改为{}", is.sex.map_or("未填", |sex| sex.name())),
            Change::Birth | Change::IdNumber => format!("{}有更正", change.name()),
        };
        self.changes.iter().map(tell).collect::<Vec<_>>().join("，")
    }
}

/// Compares two rolls. Persons are matched by what identifies them best, and
/// those left over by less and less; who matches nobody was added or removed.
pub fn diff(old: &VoterRoll, new: &VoterRoll) -> RollDiff {
    matched(old, new).finish()
}

/// Who of one roll is who of another, as places in `voters`: of the new, the old.
pub(super) fn matches(old: &VoterRoll, new: &VoterRoll) -> BTreeMap<usize, usize> {
    matched(old, new).matches
}

fn matched<'m>(old: &'m VoterRoll, new: &'m VoterRoll) -> Matching<'m> {
    let mut matching = Matching::new(old, new);
    matching.by(|_, voter| voter.id_number.as_ref().map(|id| *id.expose()));
    matching
        .by(|roll, voter| Some((voter.name.key().into_owned(), voter.birth?, group(roll, voter)?)));
    matching.by(|_, voter| Some((voter.name.key().into_owned(), voter.birth?)));
    matching.by(|roll, voter| Some((voter.name.key().into_owned(), voter.sex, group(roll, voter))));
    matching.by(|roll, voter| Some((voter.name.key().into_owned(), group(roll, voter))));
    // One person whose name was misspelt: same day of birth, sex and group.
    matching.by(|roll, voter| Some((voter.birth?.exact()?, voter.sex?, group(roll, voter)?)));
    matching
}

/// Whether what both rolls say shows that two are not one person: sound ID
/// numbers that differ. One wrong digit makes a number unsound.
fn are_apart(one: &Voter, other: &Voter) -> bool {
    let sound = |voter: &Voter| {
        let id = *voter.id_number.as_ref()?.expose();
        (id.check_holds() && id.birth().is_some()).then_some(id)
    };
    sound(one).zip(sound(other)).is_some_and(|(id, other)| id != other)
}

/// Whether the same name with another sex and another birth is another person.
fn differs_in_all(one: &Voter, other: &Voter) -> bool {
    let births =
        one.birth.zip(other.birth).is_some_and(|(birth, other)| birth.year() != other.year());
    let sexes = one.sex.zip(other.sex).is_some_and(|(sex, other)| sex != other);
    births && sexes
}

fn group(roll: &VoterRoll, voter: &Voter) -> Option<String> {
    roll.group_of(voter).map(label_key)
}

struct Matching<'m> {
    old: &'m VoterRoll,
    new: &'m VoterRoll,
    /// For each of the new roll, its match in the old.
    matches: BTreeMap<usize, usize>,
    left_old: Vec<usize>,
    left_new: Vec<usize>,
}

impl<'m> Matching<'m> {
    fn new(old: &'m VoterRoll, new: &'m VoterRoll) -> Self {
        let (left_old, left_new) = ((0..old.len()).collect(), (0..new.len()).collect());
        Self { old, new, matches: BTreeMap::new(), left_old, left_new }
    }

    /// Matches those left whose key only one on either side has; several with
    /// one key are matched in order if they are equally many. Nobody is matched
    /// with whom sound ID numbers show to be somebody else.
    fn by<K: Hash + Eq>(&mut self, key: impl Fn(&VoterRoll, &Voter) -> Option<K>) {
        let mut met: HashMap<K, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for &at in &self.left_old {
            if let Some(key) = key(self.old, &self.old.voters[at]) {
                met.entry(key).or_default().0.push(at);
            }
        }
        for &at in &self.left_new {
            if let Some(key) = key(self.new, &self.new.voters[at]) {
                met.entry(key).or_default().1.push(at);
            }
        }
        for (olds, news) in met.into_values().filter(|(olds, news)| olds.len() == news.len()) {
            let pairs = news.into_iter().zip(olds);
            let (old, new) = (&self.old.voters, &self.new.voters);
            self.matches.extend(pairs.filter(|&(at_new, at_old)| {
                !are_apart(&old[at_old], &new[at_new])
                    && !differs_in_all(&old[at_old], &new[at_new])
            }));
        }
        let matched: std::collections::HashSet<usize> = self.matches.values().copied().collect();
        self.left_old.retain(|at| !matched.contains(at));
        self.left_new.retain(|at| !self.matches.contains_key(at));
    }

    fn finish(self) -> RollDiff {
        let (old, new) = (self.old, self.new);
        let corrected = self.matches.iter().map(|(&at_new, &at_old)| Correction {
            old: at_old,
            new: at_new,
            changes: changes((old, &old.voters[at_old]), (new, &new.voters[at_new])),
        });
        let corrected = corrected.filter(|correction| !correction.changes.is_empty()).collect();
        RollDiff { added: self.left_new, removed: self.left_old, corrected }
    }
}

/// What differs between two entries. What one roll does not say is no change.
fn changes(old: (&VoterRoll, &Voter), new: (&VoterRoll, &Voter)) -> Vec<Change> {
    let differ = |change, differ: bool| differ.then_some(change);
    let group = |(roll, voter)| group(roll, voter);
    let ids = old
        .1
        .id_number
        .as_ref()
        .map(Personal::expose)
        .zip(new.1.id_number.as_ref().map(Personal::expose));
    [
        differ(Change::Name, old.1.name.as_str() != new.1.name.as_str()),
        differ(Change::Sex, both_differ(old.1.sex, new.1.sex)),
        differ(Change::Birth, both_differ(old.1.birth, new.1.birth)),
        differ(Change::Group, both_differ(group(old), group(new))),
        differ(Change::IdNumber, ids.is_some_and(|(old, new)| old != new)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn both_differ<T: PartialEq>(old: Option<T>, new: Option<T>) -> bool {
    old.zip(new).is_some_and(|(old, new)| old != new)
}

#[cfg(test)]
mod tests {
    use super::super::tests::read_clean;
    use super::*;
    use crate::election::identity::IdNumber;

    const OLD: &str = "姓名,性别,出生日期,小组\n张三,男,1987-03-05,一组\n李四,女,1990-01-02,一组\n王五,男,1970-01-01,二组\n赵六,男,1971-01-01,二组\n";

    fn compare(new: &str) -> RollDiff {
        diff(&read_clean(OLD), &read_clean(new))
    }

    #[test]
    fn finds_nothing_between_equal_rolls_in_any_order() {
        let mut rows: Vec<&str> = OLD.lines().collect();
        rows[1..].reverse();
        assert!(compare(&rows.join("\n")).is_empty());
    }

    #[test]
    fn finds_who_came_and_went() {
        let new = OLD.replace("王五,男,1970-01-01,二组\n", "") + "钱七,女,1999-05-14,一组\n";
        let diff = compare(&new);
        assert_eq!((diff.added, diff.removed, diff.corrected), (vec![3], vec![2], vec![]));
    }

    #[test]
    fn takes_no_two_people_for_one() {
        let rolls = |old: &str, new: &str| {
            let roll = |rows| read_clean(&format!("姓名,性别,出生日期,身份证号,小组\n{rows}"));
            diff(&roll(old), &roll(new))
        };
        // Both numbers are sound and differ: one died, another came.
        let found = rolls(
            "王伟,男,1950-05-05,110105195005050011,一组\n",
            "王伟,男,2008-02-02,110105200802020011,一组\n",
        );
        let sound = |text: &str| IdNumber::parse(text).is_ok_and(|id| id.check_holds());
        assert!(sound("110105195005050011") && sound("110105200802020011"), "{found:?}");
        assert_eq!((found.added, found.removed, found.corrected), (vec![0], vec![0], vec![]));
        // One digit was wrong: the number is corrected.
        let found = rolls(
            "王伟,男,,110105195005050010,一组\n",
            "王伟,男,1950-05-05,110105195005050011,一组\n",
        );
        assert_eq!(found.corrected.len(), 1, "{found:?}");
        // Another sex and another year, and only the name the same.
        let found = rolls("王伟,男,1950-05-05,,一组\n", "王伟,女,1990-02-02,,一组\n");
        assert_eq!((found.added.len(), found.removed.len()), (1, 1));
    }

    #[test]
    fn finds_corrections() {
        let new = OLD
            .replace("张三,男,1987-03-05,一组", "张山,男,1987-03-05,一组")
            .replace("李四,女,1990-01-02", "李四,女,1990-02-01")
            .replace("王五,男,1970-01-01,二组", "王五,男,1970-01-01,一组");
        let diff = compare(&new);
        let changes: Vec<_> = diff.corrected.iter().map(|one| one.changes.clone()).collect();
        assert_eq!(changes, [[Change::Name], [Change::Birth], [Change::Group]]);
        assert!(diff.added.is_empty() && diff.removed.is_empty());
    }
}
