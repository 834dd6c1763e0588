//! People named in several places. Each list is looked up in those on which its
//! people must, or must not, stand:
//!
//! | who | must be | must not be |
//! |---|---|---|
//! | representatives, household representatives, group leaders | voters, of a known group; leaders as their group says | twice |
//! | nominees, candidates (also of the run-off and the by-election) | voters; candidates nominated | twice, staff, agents of proxies, members of the election committee |
//! | those who replace another | in place of one who left, each of another | |
//! | members of the election committee | voters | nominated, twice |
//! | those whom voters write in | voters | |
//! | staff | voters, at a known station | twice in one task, candidates or their kin |
//! | principals and agents of proxies, users of mobile boxes | voters, electors of the mode; of a known group | twice, in both lists |
//! | the elected | voters, candidates or named by votes | in the election committee, twice, kin |
//! | the resigned, the recalled, those with duties | elected, to that post | twice, both |
//! | whom the reason of a by-election names | resigned or recalled | |
//! | members of subordinate committees | | twice in one |
//! | candidates of a by-election | | members of the same post |
//! | supervision committee (of a village) | voters | elected or their kin, twice |
//! | the reelected | appraised, if anybody was | |
//!
//! What has a rule of its own elsewhere (candidates, proxies, staff, kin) is
//! judged there. A list that is not known whole proves nothing, and neither
//! does a name that several voters bear.

mod counts;
mod groups;
mod members;
mod once;
mod replaced;
mod roll;
mod twice;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::election::decode::{Field, Located};
use crate::election::person::name_key;
use crate::election::roll::label_key;
use crate::law::case::same_name;

pub(super) use counts::{counts_agree, leaders_agree};
pub(super) use groups::{group_known, staff_station};
pub(super) use members::{
    by_election_candidate, candidate_nominated, member_known, reelected, remaining, vacated,
};
pub(super) use once::{elector_listed, votes_once};
pub(super) use replaced::replaced;
pub(super) use roll::{
    as_on_the_roll, committee_elected, elected_known, household_once, on_the_roll,
};
pub(super) use twice::listed_twice;

/// A name with its place.
type NameAt<'a> = &'a Located<String>;

fn names<'a, T: 'a>(
    list: &'a [Located<T>],
    name: impl Fn(&'a T) -> &'a Field<String> + 'a,
) -> impl Iterator<Item = NameAt<'a>> {
    list.iter().filter_map(move |one| name(&one.value).located())
}

/// All the names of a list; `None` if one is not known, or there is none.
fn whole<'a, T>(
    list: &'a [Located<T>],
    name: impl Fn(&'a T) -> &'a Field<String>,
) -> Option<Vec<&'a str>> {
    let names = list.iter().map(|one| Some(name(&one.value).get()?.as_str()));
    names.collect::<Option<Vec<_>>>().filter(|names| !names.is_empty())
}

/// What long lists of names are searched by.
fn keys<'n>(names: impl Iterator<Item = &'n str>) -> HashSet<Cow<'n, str>> {
    names.map(name_key).collect()
}

fn is_among<'n>(name: &str, mut names: impl Iterator<Item = &'n str>) -> bool {
    names.any(|other| same_name(other, name))
}

/// How many of a list belong to each group, by the key of its name.
fn of_groups<'a, T: 'a>(
    list: impl Iterator<Item = &'a T>,
    group: impl Fn(&'a T) -> &'a Field<String>,
) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for group in list.filter_map(|one| group(one).get()) {
        *counts.entry(label_key(group)).or_default() += 1;
    }
    counts
}
