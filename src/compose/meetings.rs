//! Meetings of the minutes on which a paper rests, found by name and day.

use serde::Serialize;

use crate::election::decode::Located;
use crate::election::model::{Election, Meeting, Resolution};
use crate::law::Profile;
use crate::law::meeting::{self, Body};

#[derive(Debug, Serialize)]
pub struct Meetings {
    /// What decided how many seats there are. Absent if no day is told of it, or
    /// the vote was lost: a lost vote is no resolution.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub posts_decision: Option<Held>,
    /// What formed the election committee; blank where the minutes lack it.
    pub committee_meeting: Held,
}

/// A meeting as far as the minutes tell of it.
#[derive(Debug, Default, Serialize)]
pub struct Held {
    pub expected: Option<u32>,
    pub present: Option<u32>,
    /// Whether enough came, if that is known.
    pub quorate: Option<bool>,
    pub agreed: Option<u32>,
    pub opposed: Option<u32>,
    pub abstained: Option<u32>,
}

impl Meetings {
    pub fn of(election: &Election, profile: &Profile) -> Self {
        let committee = election.election_committee.get();
        let formed = committee.and_then(|committee| {
            let body = Body::of(committee.formed_by.value()?);
            let day = committee.formed_on.value()?;
            meeting::find_kind(election.meetings.items(), body, day)
        });
        Self {
            posts_decision: posts_decision(election, profile),
            committee_meeting: formed.map(Held::of).unwrap_or_default(),
        }
    }
}

fn posts_decision(election: &Election, profile: &Profile) -> Option<Held> {
    let posts = election.posts.get().filter(|posts| !posts.decided_on.is_absent())?;
    let Some(found) = posts
        .decided_by
        .get()
        .and_then(|name| meeting::find(election.meetings.items(), name, posts.decided_on.value()?))
    else {
        return Some(Held::default());
    };
    let decision = meeting::of(election, profile, found);
    let resolutions = found.resolutions.items();
    let is_own = |resolution: &Resolution| {
        resolution.matter.get().is_some_and(|matter| matter.contains("职数"))
    };
    let own = resolutions.iter().position(|resolution| is_own(resolution));
    let own = own.or((resolutions.len() == 1).then_some(0));
    let carried = own.and_then(|at| decision.votes.get(at)?.carried);
    let resolution = own.and_then(|at| resolutions.get(at));
    let count = |of: fn(&Resolution) -> Option<u32>| of(resolution?);
    // What a meeting without quorum did is no resolution either.
    let is_lost = carried == Some(false) || decision.quorate == Some(false);
    (!is_lost).then(|| Held {
        quorate: decision.quorate,
        agreed: count(|resolution| resolution.agreed.value()),
        opposed: count(|resolution| resolution.opposed.value()),
        abstained: count(|resolution| resolution.abstained.value()),
        ..Held::of(found)
    })
}

impl Held {
    fn of(meeting: &Located<Meeting>) -> Self {
        Self {
            expected: meeting.expected.value(),
            present: meeting.present.value(),
            ..Self::default()
        }
    }
}
