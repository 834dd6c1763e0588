//! What changed between two rolls, for the notice of supplements and
//! corrections (补正公告).

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;
use std::rc::Rc;

use serde::Serialize;

use super::alike::{GroupKeys, only_ones};
use super::cell::shown::{fit_to_show, quote};
use super::cell::simplified::simplified;
use super::findings::Findings;
use super::{Voter, VoterRoll};
use crate::diagnostic::{Diagnostic, Report};
use crate::election::person::NAME_DOTS;
use crate::privacy::Personal;

/// How many namesakes of one name are looked at.
const COMPARED: usize = 8;

/// The changes from one roll to another, as places in `voters`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RollDiff {
    /// In the new roll only.
    pub added: Vec<usize>,
    /// In the old roll only.
    pub removed: Vec<usize>,
    pub corrected: Vec<Correction>,
    /// Of those added and removed, namesakes who may be one person.
    pub unsure: Vec<Unsure>,
    /// Namesakes with sound ID numbers that differ: two people, unless a number was
    /// corrected.
    pub renumbered: Vec<Unsure>,
}

/// Namesakes of two rolls of whom nothing tells who is who.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsure {
    pub old: Vec<usize>,
    pub new: Vec<usize>,
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

impl RollDiff {
    /// Asks about those of whom it is not known whether they are one person, and
    /// tells if groups cannot be compared.
    pub fn ask(&self, old: &VoterRoll, new: &VoterRoll, report: &mut Report) {
        let mut findings = Findings::new(new.listed);
        let lacking = [old, new].into_iter().find(|roll| roll.groups.is_empty());
        if let Some(lacking) = lacking.filter(|_| said_by_one(old, new).contains(&Change::Group)) {
            findings.add(new, "roll-diff-column", |code| {
                Diagnostic::warning(code, "这份名册没有写小组，比不出谁换了小组")
                    .in_file(&lacking.path)
                    .help("给这份名册补上小组，再比较")
            });
        }
        self.tell_of_groups(old, new, &mut findings);
        self.tell_of_exchanged_names(old, new, &mut findings);
        for unsure in &self.unsure {
            let Some(&at) = unsure.new.first() else { continue };
            let voter = &new.voters[at];
            let rows: Vec<String> = unsure
                .old
                .iter()
                .take(COMPARED)
                .map(|&at| old.voters[at].row.row.to_string())
                .collect();
            let message = format!(
                "{}与原名册第 {} 行的同名，分不清是不是同一个人，暂算减少一人、增加一人",
                quote(voter.name.as_str()),
                rows.join("、")
            );
            findings.add(new, "roll-diff-unsure", |code| {
                Diagnostic::warning(code, message)
                    .at(new.row_place(voter.row))
                    .help("两份名册都写上身份证号或准确的出生日期，再比较")
            });
        }
        for renumbered in &self.renumbered {
            let ([at_old], [at]) = (&renumbered.old[..], &renumbered.new[..]) else { continue };
            let (before, voter) = (&old.voters[*at_old], &new.voters[*at]);
            let message = format!(
                "{}与原名册第 {} 行的同名、同性别、同组，身份证号不同，算作减少一人、增加一人",
                quote(voter.name.as_str()),
                before.row.row
            );
            // Born on one day, or with numbers that differ in the day only, they are hardly two.
            let is_like = before
                .id_number
                .as_ref()
                .zip(voter.id_number.as_ref())
                .is_some_and(|(before, id)| id.expose().is_like_but_for_birth(before.expose()));
            let told = match before.birth.is_some() && before.birth == voter.birth || is_like {
                true => Diagnostic::warning,
                false => Diagnostic::note as fn(_, _) -> _,
            };
            findings.add(new, "roll-diff-unsure", |code| {
                told(code, message)
                    .at(new.row_place(voter.row))
                    .help("也可能是一个人改正了号码：是的，把原名册的副本里也改成新号码，再比较")
            });
        }
        findings.flush(report);
    }
}

impl RollDiff {
    /// Groups that the rolls call differently are no change.
    fn tell_of_groups(&self, old: &VoterRoll, new: &VoterRoll, findings: &mut Findings) {
        let groups = GroupKeys::of([old, new]);
        let Some((name, was)) = groups.renamed().min() else { return };
        let message = format!(
            "两份名册的小组写法不同，{}与{}等 {} 个当作同一个小组",
            quote(name),
            quote(was),
            groups.renamed().count()
        );
        findings.add(new, "roll-group-alike", |code| {
            Diagnostic::note(code, message).in_file(&new.path)
        });
    }

    /// Who has the name of another, who has his: their numbers may be what was exchanged.
    fn tell_of_exchanged_names(&self, old: &VoterRoll, new: &VoterRoll, findings: &mut Findings) {
        let names = |one: &Correction| {
            let (was, is) = (&old.voters[one.old].name, &new.voters[one.new].name);
            (was.key().into_owned(), is.key().into_owned())
        };
        let renamed = self.corrected.iter().filter(|one| one.changes.contains(&Change::Name));
        let by_names: HashMap<(String, String), &Correction> =
            renamed.map(|one| (names(one), one)).collect();
        let mut exchanged: Vec<&Correction> = by_names
            .iter()
            .filter(|((was, is), _)| by_names.contains_key(&(is.clone(), was.clone())))
            .map(|(_, one)| *one)
            .collect();
        exchanged.sort_by_key(|one| one.new);
        for one in exchanged {
            let voter = &new.voters[one.new];
            let message = format!(
                "{}在原名册里是{}：照身份证号算作两人的姓名对换了",
                quote(voter.name.as_str()),
                quote(old.voters[one.old].name.as_str())
            );
            findings.add(new, "roll-diff-unsure", |code| {
                let told = Diagnostic::note(code, message).at(new.row_place(voter.row));
                told.help("也可能是原名册把两人的身份证号写反了：是的，改正原名册的副本，再比较")
            });
        }
    }
}

impl Correction {
    /// What was changed, for everybody to read: names, sexes and groups before
    /// and after, a date of birth and an ID number only as having changed.
    pub fn describe(&self, old: &VoterRoll, new: &VoterRoll) -> String {
        let (was, is) = (&old.voters[self.old], &new.voters[self.new]);
        let group = |roll: &VoterRoll, voter| {
            fit_to_show(roll.group_of(voter).unwrap_or("无")).into_owned()
        };
        let name = |voter: &Voter| fit_to_show(voter.name.as_str()).into_owned();
        let tell = |change: &Change| match change {
            Change::Name => format!("姓名由“{}”改为“{}”", name(was), name(is)),
            Change::Group => format!("小组由“{}”改为“{}”", group(old, was), group(new, is)),
            Change::Sex => format!("性别改为{}", is.sex.map_or("未填", |sex| sex.name())),
            Change::Birth | Change::IdNumber => format!("{}有更正", change.name()),
        };
        self.changes.iter().map(tell).collect::<Vec<_>>().join("，")
    }
}

/// Compares two rolls. Persons are matched by what identifies them best, and
/// those left over by less and less; who matches nobody was added or removed.
/// Nobody is matched by chance: where namesakes cannot be told apart, it is asked.
pub fn diff(old: &VoterRoll, new: &VoterRoll) -> RollDiff {
    matched(old, new).finish()
}

/// Who of one roll is who of another, as places in `voters`: of the new, the old;
/// with the namesakes of whom nothing tells who is who.
pub(super) fn matches(old: &VoterRoll, new: &VoterRoll) -> (BTreeMap<usize, usize>, Vec<Unsure>) {
    let matching = matched(old, new);
    let unsure = matching.unsure();
    (matching.matches, unsure)
}

fn matched<'m>(old: &'m VoterRoll, new: &'m VoterRoll) -> Matching<'m> {
    let name = |voter: &Voter| voter.name.key().into_owned();
    let id = |voter: &Voter| voter.id_number.as_ref().map(|id| *id.expose());
    let mut matching = Matching::new(old, new);
    let groups = Rc::clone(&matching.groups);
    let group = |roll: &VoterRoll, voter: &Voter| groups.of_voter(roll, voter);
    matching.exchanged();
    matching.by(|_, voter| id(voter));
    // Whoever agrees in everything changed nothing, whichever of several it is.
    matching.alike(|roll, voter| {
        Some((name(voter), voter.sex, voter.birth, id(voter), group(roll, voter)))
    });
    matching.by(|roll, voter| Some((name(voter), voter.birth?, group(roll, voter)?)));
    matching.by(|_, voter| Some((name(voter), voter.birth?)));
    matching.by(|roll, voter| Some((name(voter), voter.sex?, group(roll, voter)?)));
    matching.by(|roll, voter| Some((name(voter), group(roll, voter)?)));
    matching.bare(|roll, voter| Some((name(voter), group(roll, voter)?)));
    // 張國強 and 张国强.
    matching.by(|roll, voter| {
        Some((simplified(&name(voter)).into_owned(), voter.sex, group(roll, voter)?))
    });
    // By the name alone only where the rolls contradict each other in nothing.
    matching.by_if(
        |_, voter| Some(name(voter)),
        |one, other| {
            !both_differ(group(old, one), group(new, other))
                && !both_differ(one.sex, other.sex)
                && may_be_one(one, other)
        },
    );
    // One person whose name was misspelt: same day of birth, sex and group.
    matching.by(|roll, voter| Some((voter.birth?.exact()?, voter.sex?, group(roll, voter)?)));
    matching
}

/// Whether two entries may well be one person's, of whom something was corrected.
fn may_be_one(one: &Voter, other: &Voter) -> bool {
    !are_apart(one, other)
        && !differs_in_all(one, other)
        && shares_name(one, other)
        && births_may_be_one(one, other)
        && (!both_differ(one.sex, other.sex) || one.birth.is_some() && one.birth == other.birth)
}

/// Whether two names have a character in common: nobody is misspelt altogether,
/// unless the number is the same.
fn shares_name(one: &Voter, other: &Voter) -> bool {
    let is_same_id = one.id_number.is_some() && one.id_number == other.id_number;
    let (one, other) = (one.name.key(), other.name.key());
    let (one, other) = (simplified(&one), simplified(&other));
    is_same_id || one.chars().any(|c| other.contains(c))
}

/// Whether one birth may be the other, corrected: a part of it differs, or month
/// and day changed places.
fn births_may_be_one(one: &Voter, other: &Voter) -> bool {
    let Some((one, other)) = one.birth.zip(other.birth) else { return true };
    let Some((one, other)) = one.exact().zip(other.exact()) else {
        return one.year() == other.year();
    };
    let parts = |day: jiff::civil::Date| [day.year(), day.month().into(), day.day().into()];
    let (one, other) = (parts(one), parts(other));
    let differing = one.iter().zip(&other).filter(|(one, other)| one != other).count();
    // 1951 for 1971 is a slip of one digit, 1950 for 1971 is none.
    let digits = |year: i16| [year / 10 % 10, year % 10];
    let (year, other_year) = (digits(one[0]), digits(other[0]));
    let is_slip = year[0] == other_year[0]
        || year[1] == other_year[1]
        || year == [other_year[1], other_year[0]];
    let is_near = (one[0] - other[0]).abs() <= 3;
    differing < 2 && (is_slip || is_near) || one == [other[0], other[2], other[1]]
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

/// Whether an entry tells nothing of somebody but name and group.
fn is_bare(voter: &Voter) -> bool {
    voter.sex.is_none() && voter.birth.is_none() && voter.age.is_none() && voter.id_number.is_none()
}

/// Whether the number of an entry is sound, and of the sex and birth beside it.
fn fits_number(voter: &Voter) -> bool {
    let Some(id) = voter.id_number.as_ref().map(Personal::expose) else { return false };
    let birth = id.birth();
    id.check_holds()
        && birth.is_some()
        && voter.sex.is_none_or(|sex| sex == id.sex())
        && voter.birth.zip(birth).is_none_or(|(written, born)| written.may_be(born.into()))
}

/// Whether the same name with another sex and another birth is another person.
fn differs_in_all(one: &Voter, other: &Voter) -> bool {
    let births =
        one.birth.zip(other.birth).is_some_and(|(birth, other)| birth.year() != other.year());
    let sexes = one.sex.zip(other.sex).is_some_and(|(sex, other)| sex != other);
    births && sexes
}

/// What one of two rolls says and the other does not, of anybody: it is not
/// compared.
pub(super) fn said_by_one(old: &VoterRoll, new: &VoterRoll) -> Vec<Change> {
    let says = |voter: &Voter, what| match what {
        Change::Name => true,
        Change::Sex => voter.sex.is_some(),
        Change::Birth => voter.birth.is_some(),
        Change::Group => voter.group.is_some(),
        Change::IdNumber => voter.id_number.is_some(),
    };
    let does = |roll: &VoterRoll, what| roll.voters.iter().any(|voter| says(voter, what));
    let all = [Change::Sex, Change::Birth, Change::Group, Change::IdNumber];
    all.into_iter().filter(|&what| does(old, what) != does(new, what)).collect()
}

struct Matching<'m> {
    old: &'m VoterRoll,
    new: &'m VoterRoll,
    groups: Rc<GroupKeys>,
    /// For each of the new roll, its match in the old.
    matches: BTreeMap<usize, usize>,
    left_old: Vec<usize>,
    left_new: Vec<usize>,
}

impl<'m> Matching<'m> {
    fn new(old: &'m VoterRoll, new: &'m VoterRoll) -> Self {
        let (left_old, left_new) = ((0..old.len()).collect(), (0..new.len()).collect());
        let groups = Rc::new(GroupKeys::of([old, new]));
        Self { old, new, groups, matches: BTreeMap::new(), left_old, left_new }
    }

    /// Matches those by their names who had each other's number, where a number did not
    /// fit what stood beside it: two numbers were corrected, and not two names.
    fn exchanged(&mut self) {
        let by_id =
            |roll: &VoterRoll| only(roll, |voter| Some(*voter.id_number.as_ref()?.expose()));
        let by_name = only(self.new, |voter| Some(voter.name.key().into_owned()));
        let (olds, news) = (by_id(self.old), by_id(self.new));
        let name = |roll: &'m VoterRoll, at: usize| roll.voters[at].name.key();
        for (id, &one) in &news {
            let Some(&was) =
                olds.get(id).filter(|&&was| name(self.old, was) != name(self.new, one))
            else {
                continue;
            };
            let other = by_name.get(&*name(self.old, was)).copied();
            let number = other.and_then(|at| self.new.voters[at].id_number.as_ref());
            let had = number.and_then(|number| olds.get(number.expose()));
            let is_corrected = |had: usize| {
                let entries = [&self.old.voters[was], &self.old.voters[had]];
                entries.into_iter().any(|voter| !fits_number(voter))
                    || !fits_number(&self.new.voters[one])
            };
            if let Some(&had) = had.filter(|&&had| name(self.old, had) == name(self.new, one))
                && is_corrected(had)
            {
                self.matches.insert(one, had);
            }
        }
        self.leave();
    }

    /// Matches those left whose key only one on either side has, unless what they
    /// say shows that they are two.
    fn by<K: Hash + Eq>(&mut self, key: impl Fn(&VoterRoll, &Voter) -> Option<K>) {
        self.by_if(key, may_be_one);
    }

    fn by_if<K: Hash + Eq>(
        &mut self,
        key: impl Fn(&VoterRoll, &Voter) -> Option<K>,
        may_be_one: impl Fn(&Voter, &Voter) -> bool,
    ) {
        for (olds, news) in self.met(key) {
            if let ([at_old], [at_new]) = (&olds[..], &news[..])
                && may_be_one(&self.old.voters[*at_old], &self.new.voters[*at_new])
            {
                self.matches.insert(*at_new, *at_old);
            }
        }
        self.leave();
    }

    /// Matches those left who are alike in all of the key, in their order.
    fn alike<K: Hash + Eq>(&mut self, key: impl Fn(&VoterRoll, &Voter) -> Option<K>) {
        for (olds, news) in self.met(key) {
            self.matches.extend(news.into_iter().zip(olds));
        }
        self.leave();
    }

    /// Matches those left of whom one roll has as many as the other and tells nothing but
    /// the name: whichever is which, nothing is said of them.
    fn bare<K: Hash + Eq>(&mut self, key: impl Fn(&VoterRoll, &Voter) -> Option<K>) {
        let are_bare =
            |roll: &VoterRoll, some: &[usize]| some.iter().all(|&at| is_bare(&roll.voters[at]));
        for (olds, news) in self.met(key) {
            if olds.len() == news.len() && (are_bare(self.old, &olds) || are_bare(self.new, &news))
            {
                self.matches.extend(news.into_iter().zip(olds));
            }
        }
        self.leave();
    }

    /// Those left by their key, of the old roll and of the new.
    fn met<K: Hash + Eq>(
        &self,
        key: impl Fn(&VoterRoll, &Voter) -> Option<K>,
    ) -> Vec<(Vec<usize>, Vec<usize>)> {
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
        met.into_values().filter(|(olds, news)| !olds.is_empty() && !news.is_empty()).collect()
    }

    fn leave(&mut self) {
        let matched: HashSet<usize> = self.matches.values().copied().collect();
        self.left_old.retain(|at| !matched.contains(at));
        self.left_new.retain(|at| !self.matches.contains_key(at));
    }

    /// The namesakes left on both sides whom sound numbers do not tell apart.
    fn unsure(&self) -> Vec<Unsure> {
        let met = self.met(|_, voter| Some(voter.name.key().into_owned()));
        let may_be = |unsure: &Unsure| {
            let pairs = unsure
                .old
                .iter()
                .take(COMPARED)
                .flat_map(|&old| unsure.new.iter().take(COMPARED).map(move |&new| (old, new)));
            pairs.into_iter().any(|(old, new)| {
                let (old, new) = (&self.old.voters[old], &self.new.voters[new]);
                !are_apart(old, new) && !differs_in_all(old, new)
            })
        };
        let mut unsure: Vec<Unsure> =
            met.into_iter().map(|(old, new)| Unsure { old, new }).filter(may_be).collect();
        unsure.sort_by(|one, other| one.new.cmp(&other.new));
        unsure
    }

    /// The one and the other left of one name, sex and group, whose numbers are sound.
    fn renumbered(&self) -> Vec<Unsure> {
        let key = |roll: &VoterRoll, voter: &Voter| {
            let group = self.groups.of_voter(roll, voter);
            Some((voter.name.key().into_owned(), voter.sex?, group))
        };
        let mut met = self.met(key);
        met.retain(|(old, new)| {
            let ([old], [new]) = (&old[..], &new[..]) else { return false };
            are_apart(&self.old.voters[*old], &self.new.voters[*new])
        });
        met.sort_by(|one, other| one.1.cmp(&other.1));
        met.into_iter().map(|(old, new)| Unsure { old, new }).collect()
    }

    /// Who stands in a roll once more, with a sound number and a name that were matched, was
    /// neither added nor removed: it is asked about where the roll is judged.
    fn pass_over_doubles(&mut self) {
        fn pass_over(
            roll: &VoterRoll,
            left: &mut Vec<usize>,
            matched: impl Iterator<Item = usize>,
        ) {
            let key = |at: usize| {
                let voter = &roll.voters[at];
                let id = *voter.id_number.as_ref()?.expose();
                id.check_holds().then(|| (id, voter.name.key()))
            };
            if left.iter().all(|&at| key(at).is_none()) {
                return;
            }
            let met: HashSet<_> = matched.filter_map(key).collect();
            left.retain(|&at| key(at).is_none_or(|key| !met.contains(&key)));
        }
        pass_over(self.old, &mut self.left_old, self.matches.values().copied());
        pass_over(self.new, &mut self.left_new, self.matches.keys().copied());
    }

    fn finish(mut self) -> RollDiff {
        self.pass_over_doubles();
        let (old, new, unsure) = (self.old, self.new, self.unsure());
        let groups = Rc::clone(&self.groups);
        let renumbered = self.renumbered();
        let corrected = self.matches.iter().map(|(&at_new, &at_old)| Correction {
            old: at_old,
            new: at_new,
            changes: changes(&groups, (old, &old.voters[at_old]), (new, &new.voters[at_new])),
        });
        let corrected = corrected.filter(|correction| !correction.changes.is_empty()).collect();
        RollDiff { added: self.left_new, removed: self.left_old, corrected, unsure, renumbered }
    }
}

/// Where those stand whose key nobody else has.
fn only<K: Hash + Eq>(roll: &VoterRoll, key: impl Fn(&Voter) -> Option<K>) -> HashMap<K, usize> {
    let voters = roll.voters.iter().enumerate();
    only_ones(voters.filter_map(|(at, voter)| Some((key(voter)?, at))))
}

/// What differs between two entries. What one roll does not say is no change.
fn changes(
    groups: &GroupKeys,
    old: (&VoterRoll, &Voter),
    new: (&VoterRoll, &Voter),
) -> Vec<Change> {
    let differ = |change, differ: bool| differ.then_some(change);
    let group = |(roll, voter)| groups.of_voter(roll, voter);
    let ids = old
        .1
        .id_number
        .as_ref()
        .map(Personal::expose)
        .zip(new.1.id_number.as_ref().map(Personal::expose));
    [
        differ(Change::Name, name_as_posted(old.1) != name_as_posted(new.1)),
        differ(Change::Sex, both_differ(old.1.sex, new.1.sex)),
        // 1969-07 that became 1969-07-12 was not wrong.
        differ(
            Change::Birth,
            old.1.birth.zip(new.1.birth).is_some_and(|(old, new)| !old.may_be(new)),
        ),
        differ(Change::Group, both_differ(group(old), group(new))),
        differ(Change::IdNumber, ids.is_some_and(|(old, new)| old != new)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A name without the spaces by which tables pad one of two characters, with the dot that
/// is the right one of those that look alike.
pub(super) fn name_as_posted(voter: &Voter) -> String {
    voter.name.as_str().split_whitespace().collect::<String>().replace(NAME_DOTS, "·")
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
        assert_eq!(found.renumbered, [Unsure { old: vec![0], new: vec![0] }]);
        // One digit was wrong: the number is corrected.
        let found = rolls(
            "王伟,男,,110105195005050010,一组\n",
            "王伟,男,1950-05-05,110105195005050011,一组\n",
        );
        assert_eq!((found.corrected.len(), found.renumbered.len()), (1, 0), "{found:?}");
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

    #[test]
    fn corrects_two_numbers_that_were_exchanged() {
        let (one, other) = ("11010519491231002X", "440524188001010014");
        let roll = |first: &str, second: &str| {
            read_clean(&format!(
                "姓名,性别,身份证号,小组\n张三,男,{first},一组\n李四,女,{second},一组\n"
            ))
        };
        let found = diff(&roll(one, other), &roll(other, one));
        assert_eq!(found.corrected.len(), 2);
        for one in found.corrected {
            assert!(
                one.changes.contains(&Change::IdNumber) && !one.changes.contains(&Change::Name)
            );
        }
    }

    #[test]
    fn takes_sound_numbers_for_the_people_when_names_were_exchanged() {
        let (one, other) = ("11010519491231002X", "110105195001010020");
        let roll = |first: &str, second: &str| {
            read_clean(&format!("姓名,身份证号,小组\n张三,{first},一组\n李四,{second},一组\n"))
        };
        let found = diff(&roll(one, other), &roll(other, one));
        let changes: Vec<_> = found.corrected.iter().map(|one| one.changes.clone()).collect();
        assert_eq!(changes, [[Change::Name], [Change::Name]]);
    }

    #[test]
    fn takes_a_group_written_by_another_hand_for_the_same() {
        let roll = |groups: [&str; 2]| {
            let [one, other] = groups;
            read_clean(&format!("姓名,性别,小组\n张三,男,{one}\n李四,女,{other}\n"))
        };
        for other in [["1", "2"], ["01", "02"], ["石桥村一组", "石桥村二组"]] {
            assert!(diff(&roll(["一组", "二组"]), &roll(other)).is_empty(), "{other:?}");
        }
    }

    #[test]
    fn matches_nobody_by_chance() {
        let rolls = |old: &str, new: &str| {
            let roll = |rows| read_clean(&format!("姓名,性别,出生日期,小组\n{rows}"));
            let (old, new) = (roll(old), roll(new));
            let diff = diff(&old, &new);
            let mut report = Report::new();
            diff.ask(&old, &new, &mut report);
            (diff.added.len(), diff.removed.len(), diff.corrected.len(), report.iter().count())
        };
        // The same group, written by another hand.
        assert_eq!(rolls("张三,男,,一组\n", "张三,男,,第一村民小组\n"), (0, 0, 0, 0));
        // Alike in everything: whoever it is, nothing changed.
        let two = "张三,男,,一组\n张三,男,,一组\n";
        assert_eq!(rolls(two, two), (0, 0, 0, 0));
        assert_eq!(rolls(two, "张三,男,,一组\n"), (0, 1, 0, 0));
        // Two of one name, both with other births than before.
        let before = "张三,男,1950-01-01,一组\n张三,男,1960-02-02,一组\n";
        assert_eq!(
            rolls(before, "张三,男,1971-03-03,一组\n张三,男,1982-04-04,一组\n"),
            (2, 2, 0, 1)
        );
        assert_eq!(rolls(before, "张三,男,,一组\n张三,男,1960-02-02,一组\n"), (0, 0, 0, 0));
        // Another birth altogether is no correction, but may be.
        assert_eq!(rolls("张三,男,1950-01-01,一组\n", "张三,男,1971-03-03,一组\n"), (1, 1, 0, 1));
        assert_eq!(rolls("张三,男,1950-01-01,一组\n", "张三,女,1971-03-03,一组\n"), (1, 1, 0, 0));
        // Told more exactly, or by another hand.
        assert_eq!(rolls("张三,男,1950-01,一组\n", "张三,男,1950-01-02,一组\n"), (0, 0, 0, 0));
        assert_eq!(rolls("張國強,男,,一组\n", "张国强,男,,一组\n"), (0, 0, 1, 0));
        // Born on one day, and nothing of the name in common.
        assert_eq!(rolls("张三,男,1950-01-01,一组\n", "李四,男,1950-01-01,一组\n"), (1, 1, 0, 0));
        assert_eq!(rolls("张三,男,1950-01-01,一组\n", "张山,男,1950-01-01,一组\n"), (0, 0, 1, 0));
        // One moved; of two namesakes it is not known which.
        assert_eq!(rolls("张三,男,1950,一组\n", "张三,男,1950,二组\n"), (0, 0, 1, 0));
        assert_eq!(rolls("张三,男,,一组\n", "张三,男,,二组\n"), (1, 1, 0, 1));
        assert_eq!(rolls("张三,男,,一组\n", "张三,女,,一组\n"), (1, 1, 0, 1));
        // As many of one name, of whom one roll tells nothing.
        let bare = "张三,,,一组\n张三,,,一组\n";
        assert_eq!(rolls(bare, before), (0, 0, 0, 0));
        assert_eq!(rolls("张三,,,一组\n", "张三,男,1950-01-01,\n"), (0, 0, 0, 1));
        assert_eq!(
            rolls("张三,男,,一组\n张三,男,,三组\n", "张三,男,,二组\n张三,男,,四组\n"),
            (2, 2, 0, 1)
        );
    }
}
