//! A roll in figures.

use jiff::civil::Date;
use serde::Serialize;

use super::{Label as _, Voter, VoterRoll};
use crate::election::date::age_on;
use crate::election::person::Sex;

/// Figures of the whole roll and of each group, without anybody's data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    pub all: GroupSummary,
    /// In the order in which groups appear.
    pub groups: Vec<GroupSummary>,
}

/// Figures of one group, or of all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct GroupSummary {
    pub name: String,
    pub voters: usize,
    pub men: usize,
    pub women: usize,
    /// By age on the day: up to 35, up to 60, above.
    pub ages: [usize; 3],
    /// Of whom it is not known to which of these they belong.
    pub ages_unknown: usize,
    pub with_id_number: usize,
}

/// The first age that belongs to the next of [`GroupSummary::ages`].
const AGE_BOUNDS: [i16; 2] = [36, 61];

/// Sums up a roll; ages are those on `day`, and left at zero without one.
pub fn summary(roll: &VoterRoll, day: Option<Date>) -> Summary {
    let named = |name: &str| GroupSummary { name: name.into(), ..GroupSummary::default() };
    let mut all = named("合计");
    let mut groups: Vec<GroupSummary> =
        roll.groups.ids().map(|id| named(roll.groups.name(id))).collect();
    for voter in &roll.voters {
        all.add(voter, day);
        if let Some(group) = voter.group {
            groups[group.index()].add(voter, day);
        }
    }
    Summary { all, groups }
}

impl GroupSummary {
    fn add(&mut self, voter: &Voter, day: Option<Date>) {
        self.voters += 1;
        self.men += usize::from(voter.sex == Some(Sex::Male));
        self.women += usize::from(voter.sex == Some(Sex::Female));
        self.with_id_number += usize::from(voter.id_number.is_some());
        match day.map(|day| age_group(voter, day)) {
            Some(Some(group)) => self.ages[group] += 1,
            Some(None) => self.ages_unknown += 1,
            None => {}
        }
    }
}

/// To which of the ages a voter belongs. A month of birth mostly tells it; where it
/// does not, the ID number may.
fn age_group(voter: &Voter, day: Date) -> Option<usize> {
    let group = |birth| AGE_BOUNDS.iter().filter(|&&bound| age_on(birth, day) >= bound).count();
    let birth = voter.birth?;
    let oldest = group(birth.earliest());
    if oldest == group(birth.latest()) {
        return Some(oldest);
    }
    voter.id_number.as_ref().and_then(|number| number.expose().birth()).map(group)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::tests::read_clean;
    use super::*;

    #[test]
    fn sums_up_groups_and_all() {
        let roll = read_clean(
            "姓名,性别,出生日期,小组\n张三,男,1987-03-05,一组\n李四,女,1950-01-01,二组\n王五,女,,二组\n",
        );
        let summary = summary(&roll, Some(date(2017, 5, 14)));
        assert_eq!((summary.all.voters, summary.all.men, summary.all.women), (3, 1, 2));
        assert_eq!((summary.all.ages, summary.all.ages_unknown), ([1, 0, 1], 1));
        assert_eq!(summary.groups[1].name, "二组");
        assert_eq!(summary.groups[1].voters, 2);
    }

    #[test]
    fn a_month_of_birth_tells_the_age_unless_the_bound_lies_in_it() {
        let roll = read_clean("姓名,出生年月\n张三,1987.03\n李四,1981-05\n王五,1955\n赵六,1957\n");
        let summary = summary(&roll, Some(date(2017, 5, 14)));
        assert_eq!((summary.all.ages, summary.all.ages_unknown), ([1, 1, 1], 1));
    }
}
