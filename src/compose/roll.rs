//! The voters one by one, in the order in which they are posted: by group, and
//! within it as the roll has them.

use std::collections::HashMap;

use serde::Serialize;

use super::document::{ListedName, NameGrid};
use super::facts::group_names;
use crate::election::date::PartialDate;
use crate::election::person::Sex;
use crate::election::{Dossier, Election, VoterRoll, roll};

/// A voter as registers and cards show them: nothing that identifies a person
/// beyond what the task needs.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    /// `0001`, counted in the order of posting.
    pub number: String,
    pub name: String,
    pub sex: Option<Sex>,
    pub group: Option<String>,
    /// Where the group votes, if that is known.
    pub station: Option<String>,
    /// Only for papers that are neither posted nor handed out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth: Option<PartialDate>,
}

/// Every voter, numbered. `internal` papers show dates of birth.
pub(super) fn entries(dossier: &Dossier, internal: bool) -> Vec<Entry> {
    let Some(roll) = &dossier.roll else { return Vec::new() };
    let width = roll.len().to_string().len().max(4);
    let mut entries = Vec::with_capacity(roll.len());
    for group in groups(&dossier.election, roll) {
        let station = station_of(dossier, group.name.as_deref());
        for n in group.voters {
            let voter = &roll.voters[n];
            entries.push(Entry {
                number: format!("{:0width$}", entries.len() + 1),
                name: voter.name.as_str().to_owned(),
                sex: voter.sex,
                group: group.name.clone(),
                station: station.clone(),
                birth: voter.birth.filter(|_| internal),
            });
        }
    }
    entries
}

/// The station of a group; where there are none, or all of them have groups of
/// their own, the rest vote at the central venue. None if it is not known.
fn station_of(dossier: &Dossier, group: Option<&str>) -> Option<String> {
    let polling = dossier.election.polling.get()?;
    let stations = polling.stations.items();
    if polling.stations.is_unknown()
        || stations.iter().any(|station| station.groups.items().is_empty())
    {
        return None;
    }
    let key = group.map(roll::label_key);
    let serves = |groups: &[_]| {
        groups.iter().any(|name: &crate::election::decode::Located<String>| {
            Some(roll::label_key(name)) == key
        })
    };
    match stations.iter().find(|station| serves(station.groups.items())) {
        Some(station) => station.name.get().cloned(),
        None => polling.venue.get().cloned(),
    }
}

/// The names of each group, with what tells namesakes apart.
pub(super) fn name_grids(election: &Election, roll: &VoterRoll) -> Vec<NameGrid> {
    let marks = roll::namesakes(roll);
    let groups = groups(election, roll);
    let only = groups.len() == 1;
    let listed = |n: &usize| ListedName {
        name: roll.voters[*n].name.as_str().to_owned(),
        note: marks.get(n).map(|mark| mark.text(&roll.voters[*n])),
    };
    let grid = |group: &Group| NameGrid {
        title: match &group.name {
            Some(name) => format!("{name}（共{}人）", group.voters.len()),
            None if only => String::new(),
            None => format!("未分组（共{}人）", group.voters.len()),
        },
        names: group.voters.iter().map(listed).collect(),
    };
    groups.iter().map(grid).collect()
}

/// Voters, by their positions on the roll.
struct Group {
    name: Option<String>,
    voters: Vec<usize>,
}

/// The groups that have voters; those without a group come last.
fn groups(election: &Election, roll: &VoterRoll) -> Vec<Group> {
    let names = group_names(election, Some(roll));
    let places = names.iter().enumerate();
    let places: HashMap<_, _> =
        places.rev().filter_map(|(n, name)| Some((roll.groups.find(name)?, n))).collect();
    let named = names.iter().map(|name| Some((*name).to_owned()));
    let mut groups: Vec<Group> =
        named.chain([None]).map(|name| Group { name, voters: Vec::new() }).collect();
    for (n, voter) in roll.voters.iter().enumerate() {
        let place = voter.group.and_then(|id| places.get(&id)).copied();
        groups[place.unwrap_or(names.len())].voters.push(n);
    }
    groups.retain(|group| !group.voters.is_empty());
    groups
}
