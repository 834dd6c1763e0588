//! What the voter roll must agree with: the figures of the description, and
//! the law.

use super::parameter;
use super::profile::Profile;
use crate::diagnostic::Report;
use crate::election::Dossier;
use crate::election::date::PartialDate;
use crate::election::decode::Field;
use crate::election::roll::{self, Declared, DeclaredGroup, RollFacts, VotingAge};

/// Judges the roll of an election, if it has one.
pub fn check_roll(dossier: &Dossier, profile: &Profile, report: &mut Report) {
    if let Some(roll) = &dossier.roll {
        roll::judge(roll, &facts(dossier, profile), report);
    }
}

fn facts(dossier: &Dossier, profile: &Profile) -> RollFacts {
    let election = &dossier.election;
    let groups = election.groups.items().iter().filter_map(|group| {
        Some(DeclaredGroup { name: group.name.get()?.clone(), voters: declared(&group.voters) })
    });
    let registration = election.registration.get();
    RollFacts {
        election_day: election.election_day.value().and_then(PartialDate::exact),
        is_day_assumed: false,
        groups: groups.collect(),
        total: registration.and_then(|registration| declared(&registration.voters)),
        voting_age: voting_age(profile),
    }
}

fn declared(field: &Field<u32>) -> Option<Declared> {
    Some(Declared { count: field.value()? as usize, place: field.place().cloned() })
}

fn voting_age(profile: &Profile) -> Option<VotingAge> {
    let age = profile.get(&parameter::VOTER_AGE)?;
    Some(VotingAge { years: i16::try_from(age.value).ok()?, basis: age.basis.to_string() })
}
