//! Who is whose near relative, as far as anybody wrote it down.

use super::parameter::Kin;
use crate::diagnostic::Place;
use crate::election::decode::{Field, Located};
use crate::election::model::{Election, List, Relative};
use crate::election::person::name_key;

/// Relations written anywhere in the description; each holds in both directions.
pub struct Kinship {
    ties: Vec<Tie>,
}

/// One written relation: `other` is `person`'s `kin`.
struct Tie {
    person: String,
    other: String,
    kin: Kin,
    /// As written, or 近亲属 if only the name was given.
    word: String,
    place: Place,
}

impl Kinship {
    pub fn of(election: &Election) -> Self {
        let mut kinship = Self { ties: Vec::new() };
        if let Some(committee) = election.election_committee.get() {
            committee
                .members
                .items()
                .iter()
                .for_each(|member| kinship.add(&member.name, &member.relatives));
        }
        let nominees =
            election.nomination.get().map_or(&[][..], |nomination| nomination.nominees.items());
        let candidates =
            election.candidates.get().map_or(&[][..], |candidates| candidates.list.items());
        let runoff = election.runoff.get().map_or(&[][..], |runoff| runoff.candidates.items());
        let later = election.by_election.get();
        let by_election = later.map_or(&[][..], |by_election| by_election.candidates.items());
        for candidate in nominees.iter().chain(candidates).chain(runoff).chain(by_election) {
            kinship.add(&candidate.name, &candidate.relatives);
        }
        let staff = election.staff_members();
        let later_staff = election.by_election_staff();
        for member in staff.iter().chain(later_staff) {
            kinship.add(&member.name, &member.relatives);
        }
        let runoff = election.runoff.get().and_then(|runoff| runoff.result.get());
        let by_election = later.and_then(|by_election| by_election.result.get());
        for result in election.result.get().into_iter().chain(runoff).chain(by_election) {
            result
                .elected
                .items()
                .iter()
                .for_each(|elected| kinship.add(&elected.name, &elected.relatives));
        }
        if let Some(supervision) = election.supervision.get() {
            supervision
                .members
                .items()
                .iter()
                .for_each(|member| kinship.add(&member.name, &member.relatives));
        }
        kinship
    }

    /// What `one` and `other` are to each other, and where that is written, if
    /// it is one of `kinds`.
    pub fn between(&self, one: &str, other: &str, kinds: &[Kin]) -> Option<(&str, &Place)> {
        let (one, other) = (name_key(one), name_key(other));
        let tie = self.ties.iter().find(|tie| {
            let same =
                tie.person == one && tie.other == other || tie.person == other && tie.other == one;
            same && (kinds.contains(&tie.kin) || kinds.contains(&tie.kin.inverse()))
        })?;
        Some((&tie.word, &tie.place))
    }

    fn add(&mut self, person: &Field<String>, relatives: &Field<List<Relative>>) {
        let Some(person) = person.get() else { return };
        for Located { value: relative, place } in relatives.items() {
            let Some(other) = relative.name.get() else { continue };
            // The list is headed 近亲属: a bare name is taken at its word (a spouse
            // is in every law's list), but a relation that is none of 民法典's,
            // such as 表兄弟, is not.
            let (kin, word) = match relative.relation.get() {
                None => (Some(Kin::Spouse), "近亲属"),
                Some(word) => (Kin::parse(word), word.as_str()),
            };
            let Some(kin) = kin else { continue };
            self.ties.push(Tie {
                person: name_key(person).into_owned(),
                other: name_key(other).into_owned(),
                kin,
                word: word.to_owned(),
                place: place.clone(),
            });
        }
    }
}
