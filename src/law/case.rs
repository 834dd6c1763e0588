//! All that a rule may look at, and what it may say.

use std::cell::OnceCell;
use std::collections::HashMap;

use jiff::civil::Date;
use serde::de::DeserializeOwned;

use super::days;
use super::kinship::Kinship;
use super::outcome::{self, Contest, Outcome, Tally};
use super::parameter::*;
use super::profile::{Basis, Profile};
use crate::diagnostic::Place;
use crate::election::Dossier;
use crate::election::date::PartialDate;
use crate::election::decode::{Field, Located};
use crate::election::model::{Ballots, Election, ElectionResult, Mode, Post, Posts};
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
}

/// What a rule found.
pub struct Finding {
    pub message: String,
    pub place: Option<Place>,
    pub help: Option<String>,
    /// On what it rests, if not on its rule's own parameter.
    pub basis: Option<Basis>,
    /// It was read out of free text, so it may be mistaken.
    pub doubtful: bool,
}

impl Finding {
    pub fn new(place: &Place, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            place: Some(place.clone()),
            help: None,
            basis: None,
            doubtful: false,
        }
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub fn resting_on(mut self, basis: Basis) -> Self {
        self.basis = Some(basis);
        self
    }

    pub fn doubtful(mut self) -> Self {
        self.doubtful = true;
        self
    }
}

/// A date with its place.
pub type DateAt<'a> = &'a Located<PartialDate>;

/// One round of voting: the election itself, or the run-off.
pub struct Round<'a> {
    pub result: &'a ElectionResult,
    pub posts: Option<&'a Posts>,
    pub is_runoff: bool,
    /// How many could vote, if not as many as in the election itself.
    pub electorate: Option<u32>,
}

impl<'a> Round<'a> {
    /// Ballots that came back, or else the people who voted: what the law
    /// takes shares of.
    pub fn cast(&self) -> Option<u32> {
        self.collected().or_else(|| self.result.participants.value())
    }

    pub fn collected(&self) -> Option<u32> {
        self.result.ballots.get().and_then(|ballots| ballots.collected.value())
    }

    /// Where the number of ballots cast stands.
    pub fn cast_place(&self) -> Option<&'a Place> {
        let collected = self.result.ballots.get().and_then(|ballots| ballots.collected.located());
        collected.or_else(|| self.result.participants.located()).map(|located| &located.place)
    }

    pub fn ballots(&self) -> Option<&'a Ballots> {
        self.result.ballots.get()
    }
}

impl<'a> Case<'a> {
    pub fn new(dossier: &'a Dossier, profile: &'a Profile) -> Self {
        Self {
            election: &dossier.election,
            roll: dossier.roll.as_ref(),
            dossier,
            profile,
            by_name: OnceCell::new(),
            kinship: OnceCell::new(),
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
        match self.election.kind.value() {
            Some(crate::election::model::Kind::Villagers) => "村民",
            _ => "居民",
        }
    }

    /// Who votes. A mode that the law does not allow is told of once, and
    /// nothing else is reckoned by it.
    pub fn mode(&self) -> Mode {
        let allowed = self.law(&MODE_ALLOWED).unwrap_or_default();
        let written = self.election.mode.value();
        written.filter(|mode| allowed.contains(&ModeName(*mode))).unwrap_or(Mode::AllVoters)
    }

    /// Voters of a name, if there is a roll.
    pub fn voters_named(&self, name: &str) -> Option<&[&'a Voter]> {
        let roll = self.roll?;
        let by_name = self.by_name.get_or_init(|| roll.by_name());
        Some(by_name.get(name_key(name).as_ref()).map_or(&[], Vec::as_slice))
    }

    /// Whether a name is missing from the roll; false where there is no roll.
    pub fn is_no_voter(&self, name: &str) -> bool {
        self.voters_named(name).is_some_and(<[_]>::is_empty)
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

    /// How many could vote, and what they are called.
    pub fn electorate(&self) -> Option<(u32, &'static str)> {
        match self.mode() {
            Mode::AllVoters => Some((self.registered()?, "登记的选民")),
            Mode::HouseholdReps => Some((self.household_representatives()?, "户代表")),
            Mode::ResidentReps => Some((self.representatives()?, "代表")),
        }
    }

    /// Registered voters: as published, or as the roll or the groups count.
    pub fn registered(&self) -> Option<u32> {
        let published =
            self.election.registration.get().and_then(|registration| registration.voters.value());
        published.or_else(|| self.on_roll()).or_else(|| {
            let groups = self.election.groups.items();
            let counts =
                groups.iter().map(|group| group.voters.value()).collect::<Option<Vec<_>>>()?;
            (!counts.is_empty()).then(|| sum(counts))
        })
    }

    /// Voters on the roll.
    pub fn on_roll(&self) -> Option<u32> {
        self.roll.and_then(|roll| u32::try_from(roll.len()).ok())
    }

    /// Representatives: as written, or as listed.
    pub fn representatives(&self) -> Option<u32> {
        let representatives = self.election.representatives.get()?;
        let listed = representatives.list.get().and_then(|list| u32::try_from(list.len()).ok());
        representatives.total.value().or(listed)
    }

    /// Those who vote for their households: as written, as listed, or else one
    /// for every household.
    fn household_representatives(&self) -> Option<u32> {
        let representatives = self.election.household_representatives.get();
        let total = || representatives?.total.value();
        let listed = || u32::try_from(representatives?.list.get()?.len()).ok();
        let households = || self.election.community.get()?.households.value();
        total().or_else(listed).or_else(households)
    }

    /// Where the number of representatives stands.
    pub fn representatives_place(&self) -> Option<&'a Place> {
        let representatives = self.election.representatives.get()?;
        representatives.total.place().or(representatives.list.place())
    }

    /// The rounds of voting of which there is a result.
    pub fn rounds(&self) -> Vec<Round<'a>> {
        let posts = self.election.posts.get();
        let first = self.first_round();
        let runoff = self.election.runoff.get().and_then(|runoff| {
            let result = runoff.result.get()?;
            let posts = runoff.posts.get().or(posts);
            Some(Round { result, posts, is_runoff: true, electorate: None })
        });
        first.into_iter().chain(runoff).collect()
    }

    /// Later in the term, for seats that have become vacant. No round of the
    /// election: rules on its whole do not see it.
    pub fn by_election(&self) -> Option<Round<'a>> {
        let by_election = self.election.by_election.get()?;
        Some(Round {
            result: by_election.result.get()?,
            posts: by_election.posts.get(),
            is_runoff: false,
            electorate: by_election.voters.value(),
        })
    }

    pub fn first_round(&self) -> Option<Round<'a>> {
        let result = self.election.result.get()?;
        let posts = self.election.posts.get();
        Some(Round { result, posts, is_runoff: false, electorate: None })
    }

    /// What the votes of a round decide, as far as they are known.
    pub fn outcome(&self, round: &Round) -> Option<Outcome> {
        self.contest(round).map(|contest| outcome::decide(&contest))
    }

    fn contest(&self, round: &Round) -> Option<Contest> {
        let posts = round.posts?;
        let votes: Vec<Tally> =
            round.result.votes.get()?.iter().map(|vote| self.tally(vote)).collect::<Option<_>>()?;
        let share = match round.is_runoff {
            false => self.law(&MAJORITY)?,
            true => self.law(&RUNOFF_SHARE)?,
        };
        let turnout = self.law(&TURNOUT).and_then(|turnout| turnout.of(self.mode()));
        let electorate = round.electorate.or_else(|| Some(self.electorate()?.0));
        let electorate = electorate.filter(|_| !round.is_runoff);
        Some(Contest {
            seats: Post::ALL.iter().filter_map(|&post| Some((post, posts.seats(post)?))).collect(),
            votes,
            cast: round.cast()?,
            share,
            turnout: electorate.and_then(|electorate| Some((electorate, turnout?))),
            issued: round.ballots().and_then(|ballots| ballots.issued.value()),
            carry_down: self.profile.demands(&VOTES_CARRY_DOWN),
            woman_reserved: self.profile.demands(&WOMAN_RESERVED) && !round.is_runoff,
        })
    }

    fn tally(&self, vote: &crate::election::model::Votes) -> Option<Tally> {
        let name = vote.name.get()?;
        Some(Tally {
            name: name_key(name).into_owned(),
            post: vote.post.value()?,
            votes: vote.votes.value()?,
            sex: self.sex_of(name, vote.sex.value()),
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
pub fn too_late(published: DateAt, days: u32, of: DateAt) -> Option<Date> {
    let last = days::before(of.latest(), days);
    (published.earliest() > last).then_some(last)
}

/// Whether `date` surely comes after `other`.
pub fn surely_after(date: PartialDate, other: PartialDate) -> bool {
    date.earliest() > other.latest()
}

/// Counts of people and ballots never overflow.
pub fn sum(counts: impl IntoIterator<Item = u32>) -> u32 {
    counts.into_iter().fold(0, u32::saturating_add)
}

/// Names of people compared as names are.
pub fn same_name(one: &str, other: &str) -> bool {
    name_key(one) == name_key(other)
}
