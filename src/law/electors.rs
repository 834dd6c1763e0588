//! Who may vote, and how many they are.

use super::case::{Case, sum};
use super::parameter::*;
use crate::diagnostic::Place;
use crate::election::decode::Field;
use crate::election::model::{ByElection, Election, Mode};
use crate::election::roll::VoterRoll;

/// Those who may vote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Electors {
    /// Who they are, if that is known.
    pub kind: Option<Mode>,
    /// How many they are.
    pub count: Option<u32>,
    /// What their number cannot exceed, where it is not known itself.
    pub at_most: Option<u32>,
}

impl Electors {
    /// What they are called.
    pub fn name(self) -> &'static str {
        match self.kind {
            Some(Mode::AllVoters) => "登记的选民",
            Some(Mode::HouseholdReps) => "户代表",
            Some(Mode::ResidentReps) => "代表",
            None => "有权投票的人",
        }
    }

    /// Whether `cast` is the share of them that must vote.
    pub(super) fn meets(self, share: Share, cast: u32) -> Option<bool> {
        let met = |total: u32| share.is_met(cast.into(), total.into());
        match (self.count, self.at_most) {
            (Some(count), _) => Some(met(count)),
            // Enough of more than there are is enough.
            (None, Some(most)) => met(most).then_some(true),
            (None, None) => None,
        }
    }
}

/// Registered voters: those on the roll, or as published, or as the groups
/// count.
pub fn registered(election: &Election, roll: Option<&VoterRoll>) -> Option<u32> {
    let on_roll = roll.and_then(|roll| u32::try_from(roll.len()).ok());
    let published =
        || election.registration.get().and_then(|registration| registration.voters.value());
    let in_groups = || {
        let groups = election.groups.items().iter();
        let counts = groups.map(|group| group.voters.value()).collect::<Option<Vec<_>>>()?;
        (!counts.is_empty()).then(|| sum(counts))
    };
    on_roll.or_else(published).or_else(in_groups)
}

/// Representatives: as written, or as listed.
pub fn representatives(election: &Election) -> Option<u32> {
    let representatives = election.representatives.get()?;
    let listed = || u32::try_from(representatives.list.get()?.len()).ok();
    representatives.total.value().or_else(listed)
}

/// Those who vote for their households: as written, or as listed.
pub fn household_representatives(election: &Election) -> Option<u32> {
    let representatives = election.household_representatives.get()?;
    let listed = || u32::try_from(representatives.list.get()?.len()).ok();
    representatives.total.value().or_else(listed)
}

impl<'a> Case<'a> {
    /// Who votes: as written, if the law allows it; or as the law, or else what
    /// is there, leaves no other. A mode that is not allowed is told of once,
    /// and nothing is reckoned by it.
    pub fn mode(&self) -> Option<Mode> {
        let allowed = self.law(&MODE_ALLOWED);
        let allows =
            |mode| allowed.as_ref().is_none_or(|allowed| allowed.contains(&ModeName(mode)));
        if let Some(written) = self.election.mode.value() {
            return Some(written).filter(|&mode| allows(mode));
        }
        match allowed.as_deref() {
            Some([only]) => Some(only.0),
            _ => self.evident_mode().filter(|&mode| allows(mode)),
        }
    }

    /// Who must have voted, from who is named and how many took part.
    fn evident_mode(&self) -> Option<Mode> {
        if !self.election.household_representatives.is_absent() {
            return Some(Mode::HouseholdReps);
        }
        let result = self.election.result.get()?;
        let ballots = result.ballots.get();
        let took_part = [
            result.participants.value(),
            ballots.and_then(|ballots| ballots.issued.value()),
            ballots.and_then(|ballots| ballots.collected.value()),
        ];
        let took_part = took_part.into_iter().flatten().max()?;
        // More than could have voted for others.
        let households = self.election.community.get()?.households.value()?;
        let representatives = match self.election.representatives.is_absent() {
            true => 0,
            false => self.representatives()?,
        };
        let all = took_part > households.max(representatives);
        all.then_some(Mode::AllVoters)
    }

    /// Those who vote in the election itself.
    pub fn electors(&self) -> Electors {
        let kind = self.mode();
        let count = match kind {
            None => None,
            Some(Mode::AllVoters) => self.registered(),
            Some(Mode::HouseholdReps) => household_representatives(self.election),
            Some(Mode::ResidentReps) => self.representatives(),
        };
        // A household sends no more than one.
        let households = || self.election.community.get()?.households.value();
        let at_most = (kind == Some(Mode::HouseholdReps)).then(households).flatten();
        Electors { kind, count, at_most }
    }

    /// Those registered at a by-election: its own number, if it has one.
    pub fn by_election_voters(&self, later: &ByElection) -> Option<u32> {
        match &later.voters {
            Field::Absent => self.registered(),
            own => own.value(),
        }
    }

    /// Where the number of those who may vote stands, if it is written.
    pub fn electors_place(&self, electors: Electors) -> Option<&'a Place> {
        let election = self.election;
        let later = election.by_election.get().map(|one| &one.representatives);
        let counts = match electors.kind? {
            Mode::AllVoters => [
                election.registration.get().map(|one| &one.voters),
                election.by_election.get().map(|one| &one.voters),
            ],
            Mode::HouseholdReps => {
                [election.household_representatives.get().map(|one| &one.total), later]
            }
            Mode::ResidentReps => [election.representatives.get().map(|one| &one.total), later],
        };
        let written = counts.into_iter().flatten().filter_map(Field::located);
        let most = electors.count.or(electors.at_most);
        written.into_iter().find(|one| Some(one.value) == most).map(|one| &one.place)
    }

    pub fn registered(&self) -> Option<u32> {
        registered(self.election, self.roll)
    }

    pub fn representatives(&self) -> Option<u32> {
        representatives(self.election)
    }
}
