//! What must stand beside a name on the posted list to tell namesakes of one
//! group apart: as little as will do.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;

use super::persons::same_names;
use crate::election::person::Sex;
use crate::election::roll::{GroupId, Voter, VoterRoll};

/// What is shown of a voter beside the name. A day of birth is never shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    pub sex: bool,
    pub birth: BirthShown,
    /// Whether this tells the namesakes apart. If not, no more is shown, and
    /// the secretary must see to it.
    pub suffices: bool,
}

/// How much of a date of birth is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BirthShown {
    None,
    Year,
    Month,
}

impl Mark {
    /// The marks from the least telling on.
    const LADDER: [Mark; 5] = [
        Mark::of(true, BirthShown::None),
        Mark::of(false, BirthShown::Year),
        Mark::of(true, BirthShown::Year),
        Mark::of(false, BirthShown::Month),
        Mark::of(true, BirthShown::Month),
    ];

    const fn of(sex: bool, birth: BirthShown) -> Self {
        Self { sex, birth, suffices: true }
    }

    /// The mark in words: `女`, `1987年生`, `女，1987年3月生`; empty if what it
    /// shows is not known of this voter.
    pub fn text(self, voter: &Voter) -> String {
        let (sex, year, month) = self.shown(voter);
        let birth = year.map(|year| match month {
            Some(month) => format!("{year}年{month}月生"),
            None => format!("{year}年生"),
        });
        let sex = sex.map(|sex| sex.name().to_owned());
        [sex, birth].into_iter().flatten().collect::<Vec<_>>().join("，")
    }

    fn shown(self, voter: &Voter) -> (Option<Sex>, Option<i16>, Option<i8>) {
        let birth = voter.birth.filter(|_| self.birth >= BirthShown::Year);
        let month =
            birth.filter(|_| self.birth == BirthShown::Month).and_then(|birth| birth.month());
        (voter.sex.filter(|_| self.sex), birth.map(|birth| birth.year()), month)
    }

    fn tells_apart(self, voters: &[&Voter]) -> bool {
        let mut met = HashSet::new();
        voters.iter().all(|voter| {
            let shown = self.shown(voter);
            let is_known = self.birth == BirthShown::None || shown.1.is_some();
            let is_known = is_known && (!self.sex || shown.0.is_some());
            is_known && met.insert(shown)
        })
    }
}

/// The marks of those who need one, by their place in `roll.voters`.
pub fn namesakes(roll: &VoterRoll) -> BTreeMap<usize, Mark> {
    let mut marks = BTreeMap::new();
    for cluster in clusters(roll) {
        let voters: Vec<&Voter> = cluster.iter().map(|&at| &roll.voters[at]).collect();
        let mark = Mark::LADDER.into_iter().find(|mark| mark.tells_apart(&voters));
        let mark = mark.unwrap_or(Mark { suffices: false, ..Mark::of(true, BirthShown::Month) });
        marks.extend(cluster.into_iter().map(|at| (at, mark)));
    }
    marks
}

/// Voters of one group with one name, where there are several.
fn clusters(roll: &VoterRoll) -> impl Iterator<Item = Vec<usize>> {
    same_names(roll).into_iter().flat_map(|namesakes| {
        let mut by_group: BTreeMap<Option<GroupId>, Vec<usize>> = BTreeMap::new();
        for at in namesakes {
            by_group.entry(roll.voters[at].group).or_default().push(at);
        }
        by_group.into_values().filter(|cluster| cluster.len() > 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::election::roll::tests::read_clean;

    fn marks(rows: &str) -> Vec<String> {
        let roll = read_clean(&format!("姓名,性别,出生日期,小组\n{rows}"));
        namesakes(&roll).into_iter().map(|(at, mark)| mark.text(&roll.voters[at])).collect()
    }

    #[test]
    fn shows_as_little_as_will_do() {
        assert_eq!(
            marks("张三,男,1987-03-05,一组\n李四,男,1987-03-05,一组\n张三,男,1987-03-05,二组\n"),
            [""; 0]
        );
        assert_eq!(marks("张三,男,1987-03-05,一组\n张三,女,1990-03-05,一组\n"), ["男", "女"]);
        assert_eq!(
            marks("张三,男,1987-03-05,一组\n张三,男,1990-03-05,一组\n"),
            ["1987年生", "1990年生"]
        );
        assert_eq!(
            marks("张三,男,1987-03-05,一组\n张三,女,1987-04-05,一组\n张三,女,1990-01-01,一组\n"),
            ["男，1987年生", "女，1987年生", "女，1990年生"]
        );
        assert_eq!(
            marks("张三,男,1987-03-05,一组\n张三,男,1987-04-05,一组\n"),
            ["1987年3月生", "1987年4月生"]
        );
    }

    #[test]
    fn says_when_nothing_tells_them_apart() {
        let roll = read_clean(
            "姓名,性别,出生日期,小组\n张三,男,1987-03-05,一组\n张三,男,1987-03-06,一组\n",
        );
        assert!(namesakes(&roll).values().all(|mark| !mark.suffices));
    }
}
