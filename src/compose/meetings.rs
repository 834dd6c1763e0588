//! Meetings of the minutes on which a paper rests, found by name and day.

use serde::Serialize;

use crate::election::date::PartialDate;
use crate::election::decode::Located;
use crate::election::model::{Election, FormedBy, Meeting, Resolution};
use crate::law::{Profile, meeting};

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
            let name = name_of(committee.formed_by.value()?);
            find(election, name, committee.formed_on.value())
        });
        Self {
            posts_decision: posts_decision(election, profile),
            committee_meeting: formed.map(Held::of).unwrap_or_default(),
        }
    }
}

fn posts_decision(election: &Election, profile: &Profile) -> Option<Held> {
    let posts = election.posts.get().filter(|posts| !posts.decided_on.is_absent())?;
    let Some(found) =
        posts.decided_by.get().and_then(|name| find(election, name, posts.decided_on.value()))
    else {
        return Some(Held::default());
    };
    let households = election.community.get().and_then(|place| place.households.value());
    let decision = meeting::decide(found, households.as_slice(), profile);
    let resolutions = found.resolutions.items();
    let is_own = |resolution: &Resolution| {
        resolution.matter.get().is_some_and(|matter| matter.contains("职数"))
    };
    let own = resolutions.iter().position(|resolution| is_own(resolution));
    let own = own.or((resolutions.len() == 1).then_some(0));
    let carried = own.and_then(|at| decision.votes[at].carried);
    let resolution = own.map(|at| &resolutions[at]);
    let count = |of: fn(&Resolution) -> Option<u32>| of(resolution?);
    (carried != Some(false)).then(|| Held {
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

fn find<'a>(
    election: &'a Election,
    name: &str,
    day: Option<PartialDate>,
) -> Option<&'a Located<Meeting>> {
    meeting::find(election.meetings.items(), name, day?)
}

/// A name that means the kind of meeting.
fn name_of(by: FormedBy) -> &'static str {
    match by {
        FormedBy::Assembly => "居民会议",
        FormedBy::RepresentativeMeeting => "居民代表会议",
        FormedBy::GroupMeetings => "小组会议",
    }
}
