//! What notices say of lists in numbers: how many stand on each, and the sums
//! under their columns.

use jiff::civil::Date;
use serde::Serialize;

use super::facts;
use crate::election::decode::{Field, Located};
use crate::election::model::{Election, Person};
use crate::law::parameter::TERM_YEARS;
use crate::law::{self, Profile};

/// How many stand on a list; none where it is empty or not there.
#[derive(Debug, Serialize)]
pub struct Counts {
    pub leading_group: Option<usize>,
    pub preparation_group: Option<usize>,
    pub representatives: Option<usize>,
    pub household_representatives: Option<usize>,
    pub proxies: Option<usize>,
    pub mobile_voters: Option<usize>,
    pub supervision: Option<usize>,
}

impl Counts {
    pub fn of(election: &Election) -> Self {
        macro_rules! count {
            ($record:ident.$list:ident) => {
                election.$record.get().and_then(|record| number(record.$list.items()))
            };
        }
        Self {
            leading_group: count!(leading_group.members),
            preparation_group: count!(preparation.leading_group),
            representatives: count!(representatives.list),
            household_representatives: count!(household_representatives.list),
            proxies: count!(proxies.list),
            mobile_voters: count!(mobile_boxes.voters),
            supervision: count!(supervision.members),
        }
    }
}

fn number<T>(list: &[T]) -> Option<usize> {
    Some(list.len()).filter(|&count| count > 0)
}

/// Lists of which the sex, or the group, of everybody is told, so that there is
/// a column for it.
#[derive(Debug, Serialize)]
pub struct Columns {
    pub leading_group_sexes: bool,
    pub preparation_group_sexes: bool,
    pub mobile_voters_groups: bool,
}

impl Columns {
    pub fn of(election: &Election) -> Self {
        let sexes = |people: &[Located<Person>]| people.iter().all(|one| !one.sex.is_absent());
        let leading = election.leading_group.get().map_or(&[][..], |one| one.members.items());
        let own = election.preparation.get().map_or(&[][..], |one| one.leading_group.items());
        let mobile = election.mobile_boxes.get().map_or(&[][..], |boxes| boxes.voters.items());
        Self {
            leading_group_sexes: sexes(leading),
            preparation_group_sexes: sexes(own),
            mobile_voters_groups: mobile.iter().all(|one| !one.group.is_absent()),
        }
    }
}

/// How many representatives each group chooses.
#[derive(Debug, Serialize)]
pub struct Quota {
    pub groups: Vec<GroupQuota>,
    /// Sums; none if not all are known.
    pub households: Option<u32>,
    pub representatives: Option<u32>,
}

#[derive(Debug, Serialize)]
pub struct GroupQuota {
    pub name: String,
    pub households: Option<u32>,
    pub representatives: Option<u32>,
}

impl Quota {
    pub fn of(election: &Election) -> Option<Self> {
        if election.groups.is_absent() {
            return None;
        }
        let rows = election.groups.items().iter().map(|group| GroupQuota {
            name: facts::name(&group.name),
            households: group.households.value(),
            representatives: group.representatives.value(),
        });
        let groups: Vec<GroupQuota> = rows.collect();
        let sum = |of: fn(&GroupQuota) -> Option<u32>| {
            let numbers = groups.iter().map(of).collect::<Option<Vec<u32>>>();
            numbers
                .filter(|all| !all.is_empty())
                .map(|all| all.into_iter().fold(0, u32::saturating_add))
        };
        Some(Self {
            households: sum(|group| group.households),
            representatives: sum(|group| group.representatives)
                .or_else(|| law::representatives(election)),
            groups,
        })
    }
}

/// The years in which the term begins and ends.
#[derive(Debug, Serialize)]
pub struct TermSpan {
    pub from: Option<i16>,
    pub until: Option<i16>,
}

impl TermSpan {
    pub fn of(election: &Election, profile: &Profile) -> Self {
        let years = match &election.term_years {
            Field::Known(years) => Some(years.value),
            _ => profile.value(&TERM_YEARS),
        };
        let from = election.election_day.value().map(|day| day.earliest().year());
        let last = i32::from(Date::MAX.year());
        let until = from.zip(years).and_then(|(from, years)| {
            let until = i32::from(from).checked_add(i32::try_from(years).ok()?)?;
            i16::try_from(until).ok().filter(|_| until <= last)
        });
        Self { from, until }
    }
}
