//! Meetings of the minutes on which a paper rests.

use serde::Serialize;

use crate::election::decode::Field;
use crate::election::model::{Election, Resolution};
use crate::law::Profile;
use crate::law::claim::{Claim, Matter, claims};

#[derive(Debug, Serialize)]
pub struct Meetings {
    /// What decided how many seats there are. Absent if no day is told of it.
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
        let claims = claims(election, profile);
        let claim = |matter| claims.iter().find(|claim| claim.matter == matter);
        let posts = election.posts.get().filter(|posts| !posts.decided_on.is_absent());
        Self {
            posts_decision: posts.map(|_| Held::of(claim(Matter::Posts))),
            committee_meeting: Held::of(claim(Matter::ElectionCommittee)),
        }
    }
}

impl Held {
    fn of(claim: Option<&Claim>) -> Self {
        let Some((claim, (meeting, decision))) =
            claim.and_then(|claim| Some((claim, claim.minutes.as_ref()?)))
        else {
            return Self::default();
        };
        let own = claim.resolutions().first().copied();
        let resolution = own.and_then(|at| meeting.resolutions.items().get(at));
        let count = |of: fn(&Resolution) -> &Field<u32>| of(resolution?).value();
        Self {
            expected: meeting.expected.value(),
            present: meeting.present.value(),
            quorate: decision.quorate,
            agreed: count(|resolution| &resolution.agreed),
            opposed: count(|resolution| &resolution.opposed),
            abstained: count(|resolution| &resolution.abstained),
        }
    }
}
