//! All that a rule may look at, and what it may say.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use jiff::civil::Date;
use serde::de::DeserializeOwned;

use super::claim::{self, Claim};
use super::days;
use super::kinship::Kinship;
use super::occasion::Occasion;
use super::parameter::*;
use super::profile::{Basis, Profile};
use super::round::{Round, Votes, Voting};
use crate::diagnostic::{Other, Place};
use crate::election::Dossier;
use crate::election::date::PartialDate;
use crate::election::decode::{Field, Located};
use crate::election::model::{Election, Kind};
use crate::election::person::{Sex, name_key};
use crate::election::roll::{Voter, VoterRoll};

/// One election under one profile.
pub struct Case<'a> {
    pub election: &'a Election,
    pub roll: Option<&'a VoterRoll>,
    pub dossier: &'a Dossier,
    pub profile: &'a Profile,
    by_name: OnceCell<HashMap<String, Vec<&'a Voter>>>,
    kinship: OnceCell<Kinship>,
    votes: OnceCell<Votes<'a>>,
}

/// What a rule found.
pub(super) struct Finding {
    pub message: String,
    pub place: Option<Place>,
    /// With what it disagrees.
    pub others: Vec<Other>,
    pub help: Option<String>,
    /// On what it rests, if not on its rule's own parameter.
    pub basis: Option<Basis>,
    /// It was read out of free text, so it may be mistaken.
    pub doubtful: bool,
    /// It may well be lawful, and is only worth knowing.
    pub lawful: bool,
}

impl Finding {
    pub(super) fn new(place: &Place, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            place: Some(place.clone()),
            others: Vec::new(),
            help: None,
            basis: None,
            doubtful: false,
            lawful: false,
        }
    }

    /// Another place that it is about, and what stands there.
    pub(super) fn also<'p>(
        mut self,
        place: impl Into<Option<&'p Place>>,
        label: impl Into<Cow<'static, str>>,
    ) -> Self {
        let other = place.into().filter(|&other| self.place.as_ref() != Some(other));
        self.others.extend(other.map(|place| Other::new(place.clone(), label)));
        self
    }

    /// The terms of a sum, or whatever else are several.
    pub(super) fn also_each<'p>(
        self,
        places: impl IntoIterator<Item = (&'p Place, String)>,
    ) -> Self {
        places.into_iter().fold(self, |found, (place, label)| found.also(place, label))
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(super) fn resting_on(mut self, basis: Basis) -> Self {
        self.basis = Some(basis);
        self
    }

    pub(super) fn doubtful(mut self) -> Self {
        self.doubtful = true;
        self
    }

    pub(super) fn lawful(mut self) -> Self {
        self.lawful = true;
        self
    }
}

/// A date with its place.
pub(super) type DateAt<'a> = &'a Located<PartialDate>;

impl<'a> Case<'a> {
    pub fn new(dossier: &'a Dossier, profile: &'a Profile) -> Self {
        Self {
            election: &dossier.election,
            roll: dossier.roll.as_ref(),
            dossier,
            profile,
            by_name: OnceCell::new(),
            kinship: OnceCell::new(),
            votes: OnceCell::new(),
        }
    }

    /// What the profile lays down for `key`.
    pub fn law<T: DeserializeOwned>(&self, key: &Key<T>) -> Option<T> {
        self.profile.value(key)
    }

    /// `Some(())` if the profile lays down `key`; for `?`.
    pub fn demands(&self, key: &Key<bool>) -> Option<()> {
        self.profile.demands(key).then_some(())
    }

    pub fn election_day(&self) -> Option<DateAt<'a>> {
        self.election.election_day.located()
    }

    /// 居民 or 村民.
    pub fn people(&self) -> &'static str {
        self.election.kind.value().unwrap_or(Kind::Residents).people()
    }

    /// Voters of a name, if there is a roll.
    pub fn voters_named(&self, name: &str) -> Option<&[&'a Voter]> {
        let roll = self.roll?;
        let by_name = self.by_name.get_or_init(|| roll.by_name());
        Some(by_name.get(name_key(name).as_ref()).map_or(&[], Vec::as_slice))
    }

    /// Voters whom a name may mean: 王伟（二组） is a 王伟.
    pub fn voters_meant(&self, name: &str) -> Option<&[&'a Voter]> {
        let exact = self.voters_named(name)?;
        match name_key(name).split_once('(') {
            Some((bare, _)) if exact.is_empty() => self.voters_named(bare),
            _ => Some(exact),
        }
    }

    /// How many voters bear a name; one where there is no roll.
    pub fn bearers(&self, name: &str) -> usize {
        self.voters_meant(name).map_or(1, |voters| voters.len().max(1))
    }

    /// Whether a name is missing from the roll; false where there is no roll.
    pub fn is_no_voter(&self, name: &str) -> bool {
        self.voters_meant(name).is_some_and(<[_]>::is_empty)
    }

    pub fn kinship(&self) -> &Kinship {
        self.kinship.get_or_init(|| Kinship::of(self.election))
    }

    /// Near relations in the sense of 民法典, or as the profile narrows them.
    pub fn kin(&self) -> Vec<Kin> {
        use Kin::*;
        let all = vec![
            Spouse,
            Parent,
            Child,
            Sibling,
            Grandparent,
            MaternalGrandparent,
            Grandchild,
            DaughtersChild,
        ];
        self.law(&COMPOSITION_KIN).unwrap_or(all)
    }

    /// Where the number of representatives stands.
    pub fn representatives_place(&self) -> Option<&'a Place> {
        let representatives = self.election.representatives.get()?;
        representatives.total.place().or(representatives.list.place())
    }

    /// What stages say that meetings decided.
    pub fn claims(&self) -> Vec<Claim<'a>> {
        claim::claims(self.election, self.profile)
    }

    /// All votes of the term, decided.
    pub fn votes(&self) -> &Votes<'a> {
        self.votes.get_or_init(|| self.decide_votes())
    }

    /// Every round of voting of which there is a result, by-elections too.
    pub fn rounds(&self) -> &[Round<'a>] {
        &self.votes().rounds
    }

    /// The rounds of the election itself.
    pub fn own_rounds(&self) -> impl Iterator<Item = &Round<'a>> {
        self.rounds().iter().filter(|round| round.voting != Voting::ByElection)
    }

    pub fn first_round(&self) -> Option<&Round<'a>> {
        self.votes().round(Voting::First)
    }

    /// The law in force on the day of a vote.
    pub fn law_of(&self, voting: Voting) -> &'a Profile {
        self.profile.on(match voting {
            Voting::First | Voting::Runoff => Occasion::Election,
            Voting::ByElection => Occasion::ByElection,
            Voting::Recall => Occasion::Recall,
        })
    }

    /// The sex of a person: as said here, among the candidates or the elected,
    /// or on the roll if only one voter has the name.
    pub fn sex_of(&self, name: &str, said: Option<Sex>) -> Option<Sex> {
        let key = name_key(name);
        let candidates =
            self.election.candidates.get().map_or(&[][..], |candidates| candidates.list.items());
        let same =
            |written: &Field<String>| written.get().is_some_and(|written| name_key(written) == key);
        let candidate = || candidates.iter().find(|candidate| same(&candidate.name))?.sex.value();
        let on_roll = || match self.voters_named(name)? {
            [voter] => voter.sex,
            _ => None,
        };
        said.or_else(candidate).or_else(on_roll)
    }
}

/// What a published date must satisfy: to come no later than `days` before
/// another, whatever the parts of either that are not known.
pub(super) fn too_late(published: DateAt, days: u32, of: DateAt) -> Option<Date> {
    let last = days::before(of.latest(), days);
    (published.earliest() > last).then_some(last)
}

/// Whether `date` surely comes after `other`.
pub(super) fn surely_after(date: PartialDate, other: PartialDate) -> bool {
    date.earliest() > other.latest()
}

/// Counts of people and ballots never overflow.
pub(super) fn sum(counts: impl IntoIterator<Item = u32>) -> u32 {
    counts.into_iter().fold(0, u32::saturating_add)
}

/// Names of people compared as names are.
pub(super) fn same_name(one: &str, other: &str) -> bool {
    name_key(one) == name_key(other)
}
