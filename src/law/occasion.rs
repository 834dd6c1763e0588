//! What is judged by the law in force on its own day: the election, and what
//! may follow later in the term.

use jiff::civil::Date;
use serde::Deserialize;

use super::days;
use super::steps::{ELECTION_DAY, STEPS, Step};
use crate::election::date::PartialDate;
use crate::election::decode::Field;
use crate::election::model::Election;

/// An election with all its rounds, or one of the events that may follow it.
/// A run-off belongs to the election: it goes on by the law under which it was
/// begun.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Occasion {
    #[default]
    Election,
    Resignations,
    Recall,
    ByElection,
}

impl Occasion {
    /// Those that follow an election, in the order in which one leads to another.
    pub const LATER: [Self; 3] = [Self::Resignations, Self::Recall, Self::ByElection];

    /// What a user calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Election => "选举",
            Self::Resignations => "辞职",
            Self::Recall => "罢免",
            Self::ByElection => "补选",
        }
    }

    /// Whether the description tells of it.
    pub fn is_in(self, election: &Election) -> bool {
        match self {
            Self::Election => true,
            Self::Resignations => !election.resignations.is_absent(),
            Self::Recall => !election.recall.is_absent(),
            Self::ByElection => !election.by_election.is_absent(),
        }
    }

    /// Its day, or the nearest to it that is known.
    pub fn day(self, election: &Election) -> Option<PartialDate> {
        let first = |dates: &[&Field<PartialDate>]| dates.iter().find_map(|date| date.value());
        match self {
            Self::Election => election.election_day.value(),
            Self::Resignations => {
                let resignations = election.resignations.get()?;
                let submitted = resignations.list.items().iter();
                first(&[&resignations.accepted_on, &resignations.posted_on]).or_else(|| {
                    submitted
                        .filter_map(|one| one.submitted_on.value())
                        .max_by_key(|date| date.earliest())
                })
            }
            Self::Recall => {
                let recall = election.recall.get()?;
                first(&[
                    &recall.held_on,
                    &recall.announced_on,
                    &recall.posted_on,
                    &recall.requested_on,
                ])
            }
            Self::ByElection => {
                let by_election = election.by_election.get()?;
                first(&[&by_election.held_on, &by_election.posted_on]).or_else(|| {
                    let result = by_election.result.get()?;
                    first(&[&result.announced_on, &result.posted_on, &result.filed_on])
                })
            }
        }
    }

    /// The first and the last day on which it can have been, as far as the
    /// description tells.
    pub fn days(self, election: &Election) -> Option<(Date, Date)> {
        match (self, self.day(election)) {
            (Self::Election, None) => from_other_dates(election),
            (Self::Election, Some(day)) if day.exact().is_none() => {
                let (first, last) = (day.earliest(), day.latest());
                let others = from_other_dates(election).unwrap_or((first, last));
                let both = (first.max(others.0), last.min(others.1));
                // Where they contradict each other, what is written of it counts.
                Some(if both.0 <= both.1 { both } else { (first, last) })
            }
            (_, Some(day)) => Some((day.earliest(), day.latest())),
            // Somewhen in the term.
            (_, None) => {
                let (first, _) = Self::Election.days(election)?;
                Some((first, days::after(first, 5 * 366)))
            }
        }
    }
}

/// How long all of an election takes at most, from the first step to the last.
const ALL_OF_IT: u32 = 120;

/// The days between what comes before the election day and what comes after it.
fn from_other_dates(election: &Election) -> Option<(Date, Date)> {
    let others = |step: &&Step| step.id != ELECTION_DAY && !step.is_in_another_term();
    let dated = STEPS.iter().filter(others);
    let dated = dated.filter_map(|step| Some((step, step.date(election)?.value()?)));
    let (after, before): (Vec<_>, Vec<_>) = dated.partition(|(step, _)| step.comes_after_the_day());
    let first = before.into_iter().map(|(_, date)| date.earliest()).max();
    let last = after.into_iter().map(|(_, date)| date.latest()).min();
    match (first, last) {
        (Some(first), Some(last)) => Some((first.min(last), last.max(first))),
        (Some(first), None) => Some((first, days::after(first, ALL_OF_IT))),
        (None, Some(last)) => Some((days::before(last, ALL_OF_IT), last)),
        (None, None) => None,
    }
}
