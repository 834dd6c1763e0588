//! The voters one by one, in the order in which they are posted: by group, and
//! within it as the roll has them.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization as _;

use super::document::{ListedName, NameGrid};
use super::facts::group_names;
use crate::diagnostic::Diagnostic;
use crate::election::date::PartialDate;
use crate::election::person::{Sex, name_key};
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
    let width = width_of(roll);
    let mut entries = Vec::with_capacity(roll.len());
    for group in groups(&dossier.election, roll) {
        let station = place_of(dossier, group.name.as_deref());
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

/// Some of the voters: of certain groups, or with certain numbers.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    groups: Vec<String>,
    ranges: Vec<RangeInclusive<usize>>,
    /// As it is told in the names of files: `第一居民小组、0101-0200`.
    pub label: String,
}

impl Chosen {
    /// Reads `第一居民小组`, `101-200` and `305`, any number of them.
    ///
    /// # Errors
    /// A group that the roll does not have, or numbers beyond its end.
    pub(super) fn read(words: &[String], dossier: &Dossier) -> Result<Self, Diagnostic> {
        let Some(roll) = &dossier.roll else {
            return Err(refused("还没有选民名册，分不出选民。".into()));
        };
        let width = width_of(roll);
        let (mut chosen, mut labels) = (Self::default(), Vec::new());
        for word in words {
            if let Some(range) = numbers(word) {
                let (first, last) = (*range.start(), *range.end());
                if first == 0 || first > last || last > roll.len() {
                    let message = format!("名册上没有“{word}”这些编号。");
                    return Err(refused(message)
                        .help(format!("编号从1到{}，写成“101-200”或“305”。", roll.len())));
                }
                labels.push(match first == last {
                    true => format!("{first:0width$}"),
                    false => format!("{first:0width$}-{last:0width$}"),
                });
                chosen.ranges.push(range);
            } else {
                let groups = groups(&dossier.election, roll);
                let names: Vec<&String> =
                    groups.iter().filter_map(|group| group.name.as_ref()).collect();
                let key = roll::label_key(word);
                let Some(name) = names.iter().find(|name| roll::label_key(name) == key) else {
                    let names: Vec<&str> = names.into_iter().map(String::as_str).collect();
                    let message = format!("名册上没有“{word}”这个小组。");
                    return Err(refused(message).help(format!(
                        "小组有：{}。也可以写编号，如“101-200”。",
                        names.join("、")
                    )));
                };
                labels.push((*name).clone());
                chosen.groups.push((*name).clone());
            }
        }
        chosen.label = labels.join("、");
        Ok(chosen)
    }

    pub(super) fn has(&self, n: usize, entry: &Entry) -> bool {
        self.ranges.iter().any(|range| range.contains(&(n + 1)))
            || entry.group.as_ref().is_some_and(|group| self.groups.contains(group))
    }
}

fn refused(message: String) -> Diagnostic {
    Diagnostic::error("unknown-voters", message)
}

/// `101-200` in whatever dash and width, or one number.
fn numbers(word: &str) -> Option<RangeInclusive<usize>> {
    let plain: String = word.nfkc().collect();
    let (first, last) =
        plain.split_once(['-', '–', '—', '~', '至', '到']).unwrap_or((&plain, &plain));
    Some(first.trim().parse().ok()?..=last.trim().parse().ok()?)
}

fn width_of(roll: &VoterRoll) -> usize {
    roll.len().to_string().len().max(4)
}

/// The station of a group; where there are none, or all of them have groups of
/// their own, the rest vote at the central venue. None if it is not known.
pub(super) fn station_of(dossier: &Dossier, group: Option<&str>) -> Option<String> {
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

/// Where a group votes, as cards say it: the station with its address.
fn place_of(dossier: &Dossier, group: Option<&str>) -> Option<String> {
    let name = station_of(dossier, group)?;
    let stations = dossier.election.polling.get()?.stations.items();
    let station = stations.iter().find(|station| station.name.get() == Some(&name));
    let address = station.and_then(|station| station.address.get());
    Some(match address.filter(|address| **address != name) {
        Some(address) => format!("{name}（{address}）"),
        None => name,
    })
}

/// Where those vote who let others vote for them: where they are on the roll.
pub(super) fn places_of_proxies(dossier: &Dossier) -> Vec<Option<String>> {
    let proxies = dossier.election.proxies.get().map_or(&[][..], |proxies| proxies.list.items());
    let Some(roll) = dossier.roll.as_ref().filter(|_| !proxies.is_empty()) else {
        return vec![None; proxies.len()];
    };
    let mut groups_of: HashMap<_, Vec<_>> = HashMap::new();
    for voter in &roll.voters {
        let group = voter.group.map(|id| roll.groups.name(id));
        groups_of.entry(name_key(voter.name.as_str())).or_default().push(group);
    }
    let place = |name: &String| {
        let mut places =
            groups_of.get(&name_key(name))?.iter().map(|&group| place_of(dossier, group));
        // Of namesakes nobody knows which is meant, unless all vote in one place.
        let first = places.next()?;
        places.all(|other| other == first).then_some(first)?
    };
    proxies.iter().map(|proxy| proxy.principal.get().and_then(place)).collect()
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
