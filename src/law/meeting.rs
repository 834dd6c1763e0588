//! What a meeting decided: whether enough of those who belong to it came, and
//! which of its resolutions were carried. Pure arithmetic on what the minutes
//! say; rules and documents read the same answer.

use super::case::sum;
use super::electors::household_representatives;
use super::occasion::Occasion;
use super::parameter::*;
use super::profile::{Profile, Provision};
use crate::election::date::PartialDate;
use crate::election::decode::{Field, Located};
use crate::election::model::{Election, FormedBy, Meeting, Resolution};
use crate::election::roll::label_key;

/// A meeting whose attendance and majority the law fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// 居民会议、村民会议: of all adults, or of one from each household.
    Assembly,
    /// 户代表会议: an assembly known to be of households.
    Households,
    /// 居民代表会议、村民代表会议
    Representatives,
    /// 小组会议
    Group,
}

impl Body {
    /// The meeting that formed a committee.
    pub fn of(formed_by: FormedBy) -> Self {
        match formed_by {
            FormedBy::Assembly => Self::Assembly,
            FormedBy::RepresentativeMeeting => Self::Representatives,
            FormedBy::GroupMeetings => Self::Group,
        }
    }

    /// What kind of meeting a name means. Of a meeting that others attend too
    /// (联席会议, 党员和代表会议) the law says nothing.
    pub fn named(name: &str) -> Option<Self> {
        const OTHERS: [&str; 6] = ["联席", "扩大", "党员", "两委", "选举委员会", "选委会"];
        let name = label_key(name);
        let says = |word: &str| name.contains(word);
        if OTHERS.into_iter().any(says) {
            return None;
        }
        if says("小组") && says("会") {
            // 居民小组代表会议 and 小组长会议 are meetings of several groups.
            return (!says("小组代表") && !says("小组长") && !says("各")).then_some(Self::Group);
        }
        if says("户代表会") || says("户代表大会") {
            return Some(Self::Households);
        }
        if says("代表会") || says("代表大会") {
            return Some(Self::Representatives);
        }
        let assembly = ["居民会议", "村民会议", "居民大会", "村民大会", "居民（村民）会议"]
            .into_iter()
            .any(says);
        assembly.then_some(Self::Assembly)
    }
}

/// What a meeting was and decided. `None` is everywhere “not known”.
#[derive(Clone, Debug)]
pub struct Decision {
    pub body: Option<Body>,
    /// How many belong to it, and how many came.
    pub expected: Option<u32>,
    pub present: Option<u32>,
    /// The share of its members that must come.
    pub quorum: Option<Provision<Share>>,
    /// Whether they did.
    pub quorate: Option<bool>,
    /// The share of those present that carries a resolution.
    pub majority: Option<Provision<Share>>,
    /// Its resolutions, in the order of the minutes.
    pub votes: Vec<Vote>,
}

/// The vote on one resolution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vote {
    /// The most that can have agreed, and the fewest that can have been present.
    pub agreed: Option<u32>,
    pub present: Option<u32>,
    /// Whether enough of those present agreed.
    pub enough: Option<bool>,
    /// Whether it was carried. What a meeting without quorum votes is not.
    pub carried: Option<bool>,
}

impl Decision {
    /// The least number that must come.
    pub fn least_present(&self) -> Option<u64> {
        Some(self.quorum.as_ref()?.value.least(self.expected?.into()))
    }

    /// The least number of votes that carries a resolution where so many came.
    pub fn least_agreed(&self, present: u32) -> Option<u64> {
        Some(self.majority.as_ref()?.value.least(present.into()))
    }
}

/// Decides a meeting of the minutes by the law of its day. Rules and documents
/// come in here.
pub fn of(election: &Election, profile: &Profile, meeting: &Meeting) -> Decision {
    let counts = [meeting.expected.value(), meeting.present.value()];
    let name = meeting.name.get().map(String::as_str);
    let mut decision = gathering(election, profile, name, meeting.held_on.value(), counts);
    decision.votes =
        meeting.resolutions.items().iter().map(|resolution| decision.vote(resolution)).collect();
    decision
}

/// Decides by the law of its day whether a meeting had its quorum that stands
/// outside the minutes, where it has no resolutions.
pub fn gathering(
    election: &Election,
    profile: &Profile,
    name: Option<&str>,
    day: Option<PartialDate>,
    counts: [Option<u32>; 2],
) -> Decision {
    attendance(name, counts, &households(election), law_on(election, profile, day))
}

/// How many households there are, and how many of them have a representative:
/// where so many belong to an assembly, it is one of households.
pub fn households(election: &Election) -> Vec<u32> {
    let all = election.community.get().and_then(|community| community.households.value());
    all.into_iter().chain(household_representatives(election)).collect()
}

/// The law of a meeting: that of the occasion for which it was held.
fn law_on<'p>(election: &Election, profile: &'p Profile, day: Option<PartialDate>) -> &'p Profile {
    let days = [
        (Occasion::Resignations, election.resignations.get().map(|one| &one.accepted_on)),
        (Occasion::Recall, election.recall.get().map(|one| &one.held_on)),
        (Occasion::ByElection, election.by_election.get().map(|one| &one.held_on)),
    ];
    let same =
        |theirs: Option<&Field<PartialDate>>| day.is_some() && theirs.and_then(Field::value) == day;
    let occasion = days.into_iter().find(|(_, theirs)| same(*theirs));
    profile.on(occasion.map_or(Occasion::Election, |(occasion, _)| occasion))
}

/// Decides whether a meeting of this name had its quorum, `expected` and
/// `present` of it being known.
fn attendance(
    name: Option<&str>,
    [expected, present]: [Option<u32>; 2],
    households: &[u32],
    profile: &Profile,
) -> Decision {
    let body = name.and_then(Body::named).map(|body| match body {
        Body::Assembly if expected.is_some_and(|expected| households.contains(&expected)) => {
            Body::Households
        }
        body => body,
    });
    let quorum = body.and_then(|body| {
        profile.get(match body {
            Body::Assembly => &MEETING_PEOPLE,
            Body::Households => &MEETING_HOUSEHOLDS,
            Body::Representatives => &MEETING_REPRESENTATIVES,
            Body::Group => &MEETING_GROUP,
        })
    });
    let met = |share: Share| Some(share.is_met(present?.into(), expected?.into()));
    let quorate = quorum.as_ref().and_then(|quorum| met(quorum.value));
    // An assembly may have been of households, of whom more must come.
    let households = profile.value(&MEETING_HOUSEHOLDS).and_then(met);
    let quorate = match body {
        Some(Body::Assembly) if quorate == Some(true) && households != Some(true) => None,
        _ => quorate,
    };
    let majority = body.and_then(|_| profile.get(&MEETING_MAJORITY));
    Decision { body, expected, present, quorum, quorate, majority, votes: Vec::new() }
}

impl Decision {
    /// A number that is missing need not leave a vote open: of 20 present of whom
    /// 18 were against, too few agreed.
    fn vote(&self, resolution: &Resolution) -> Vote {
        let [agreed, opposed, abstained] =
            [&resolution.agreed, &resolution.opposed, &resolution.abstained].map(Field::value);
        let others = sum(opposed.into_iter().chain(abstained));
        let rest = self.present.map(|present| present.saturating_sub(others));
        let least_present = self.present.or(Some(others.saturating_add(agreed.unwrap_or(0))));
        let (most_agreed, least_present) = (agreed.or(rest), least_present.filter(|n| *n > 0));
        let share = self.majority.as_ref().map(|majority| majority.value);
        let is_met = |agreed: Option<u32>, present: Option<u32>| {
            Some(share?.is_met(agreed?.into(), present?.into()))
        };
        // No meeting adopts what more are against than for.
        let outvoted = most_agreed.zip(opposed).is_some_and(|(agreed, opposed)| opposed > agreed);
        let enough = match outvoted || is_met(most_agreed, least_present) == Some(false) {
            true => Some(false),
            false => is_met(agreed, self.present.or(self.expected)).filter(|enough| *enough),
        };
        let carried = match (self.quorate, enough) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        };
        Vote { agreed: most_agreed, present: least_present, enough, carried }
    }
}

/// The meeting of a day and of a name, or else of the kind that the name means;
/// `None` unless the minutes have exactly one.
pub fn find<'a>(
    meetings: &'a [Located<Meeting>],
    name: &str,
    day: PartialDate,
) -> Option<&'a Located<Meeting>> {
    let key = label_key(name);
    let is_named = |other: &str| label_key(other) == key;
    only(on(meetings, day, is_named)).or_else(|| find_kind(meetings, Body::named(name)?, day))
}

/// The only meeting of this kind on a day.
pub fn find_kind(
    meetings: &[Located<Meeting>],
    body: Body,
    day: PartialDate,
) -> Option<&Located<Meeting>> {
    only(on(meetings, day, |name| Body::named(name) == Some(body)))
}

/// The meetings of a day with such a name.
fn on(
    meetings: &[Located<Meeting>],
    day: PartialDate,
    is_such: impl Fn(&str) -> bool,
) -> impl Iterator<Item = &Located<Meeting>> {
    meetings.iter().filter(move |meeting| {
        meeting.held_on.value() == Some(day) && meeting.name.get().is_some_and(|name| is_such(name))
    })
}

pub(super) fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    items.next().filter(|_| items.next().is_none())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::law::testing::governed;

    fn decided(text: &str) -> Decision {
        let (dossier, profile) =
            governed(&format!("类别: 村\n选举日: 2026-05-10\n会议: [{{{text}}}]\n"));
        of(&dossier.election, &profile, &dossier.election.meetings.items()[0])
    }

    #[test]
    fn tells_meetings_by_their_names() {
        for (name, body) in [
            ("村民代表会议", Some(Body::Representatives)),
            ("示坪村第八届村民代表大会", Some(Body::Representatives)),
            ("居民代表会", Some(Body::Representatives)),
            ("户代表会议", Some(Body::Households)),
            ("居民会议", Some(Body::Assembly)),
            ("第一村民小组户代表会议", Some(Body::Group)),
            ("党员和居民代表会议", None),
            ("居民小组代表会议", None),
            ("小组长会议", None),
            ("村民选举委员会会议", None),
            ("动员大会", None),
        ] {
            assert_eq!(Body::named(name), body, "{name}");
        }
    }

    #[test]
    fn a_lost_vote_is_no_resolution_and_neither_is_one_without_quorum() {
        let votes = "表决: [{事项: 甲, 同意: 6, 反对: 2}, {事项: 乙, 同意: 4, 反对: 4}]";
        let held = decided(&format!("名称: 村民代表会议, 应到: 12, 实到: 8, {votes}"));
        assert_eq!(held.quorate, Some(true));
        assert_eq!(carried(&held), [Some(true), Some(false)]);
        assert_eq!((held.least_present(), held.least_agreed(8)), (Some(8), Some(5)));
        let short = decided(&format!("名称: 村民代表会议, 应到: 12, 实到: 7, {votes}"));
        assert_eq!((short.quorate, carried(&short)), (Some(false), vec![Some(false); 2]));
        let enough: Vec<_> = short.votes.iter().map(|vote| vote.enough).collect();
        assert_eq!(enough, [Some(true); 2], "6 and 4 of 7");
    }

    #[test]
    fn what_is_not_known_is_not_decided() {
        let of = |text: &str| {
            let decision = decided(text);
            (decision.quorate, all_carried(&decision))
        };
        let votes = "表决: [{事项: 甲, 同意: 20}]";
        assert_eq!(of(&format!("名称: 村民代表会议, 应到: , 实到: 30, {votes}")), (None, None));
        assert_eq!(of(&format!("名称: , 应到: 40, 实到: 30, {votes}")), (None, None));
        assert_eq!(of("名称: 村民代表会议, 应到: 40, 实到: 30"), (Some(true), None));
        // Of villagers half are enough, of households they are not.
        assert_eq!(of(&format!("名称: 村民会议, 应到: 50, 实到: 30, {votes}")), (None, None));
        assert_eq!(of(&format!("名称: 村民会议, 应到: 50, 实到: 34, {votes}")).0, Some(true));
        assert_eq!(of(&format!("名称: 村民会议, 应到: 50, 实到: 25, {votes}")).0, Some(false));
    }

    /// What is not told of a vote may still decide it.
    #[test]
    fn a_vote_lacking_a_number_is_decided_by_the_others() {
        let of = |counts: &str, vote: &str| {
            carried(&decided(&format!("名称: 村民代表会议{counts}, 表决: [{{事项: 甲, {vote}}}]")))
                [0]
        };
        assert_eq!(of(", 应到: 20, 实到: 20", "反对: 18"), Some(false));
        assert_eq!(of(", 应到: 20, 实到: 20", "反对: 3"), None);
        assert_eq!(of("", "同意: 8, 反对: 10"), Some(false));
        assert_eq!(of("", "同意: 8, 反对: 1"), None);
        assert_eq!(of(", 应到: 20, 实到: ", "同意: 15"), None, "whether enough came is not known");
        let joint = decided("名称: 党员和村民代表会议, 表决: [{事项: 甲, 同意: 2, 反对: 18}]");
        assert_eq!(carried(&joint), [Some(false)]);
    }

    /// 村民会议 to which as many belong as there are households is one of them, of
    /// which two thirds must come.
    #[test]
    fn an_assembly_of_all_households_is_one_of_households() {
        let of = |more: &str| {
            let (dossier, profile) = governed(&format!(
                "类别: 村\n选举日: 2026-05-10\n{more}\n\
                 会议: [{{名称: 村民会议, 应到: 60, 实到: 35, 表决: [{{事项: 甲, 同意: 30}}]}}]\n"
            ));
            let decision = of(&dossier.election, &profile, &dossier.election.meetings.items()[0]);
            (decision.body, decision.quorate, all_carried(&decision))
        };
        let of_households = (Some(Body::Households), Some(false), Some(false));
        assert_eq!(of("户代表: {总数: 60}"), of_households);
        assert_eq!(of("社区: {户数: 60}"), of_households);
        assert_eq!(of("户代表: {总数: 61}"), (Some(Body::Assembly), None, None));
    }

    #[test]
    fn finds_a_meeting_by_name_and_day() {
        let (dossier, _) = governed(
            "类别: 村\n选举日: 2026-05-10\n会议:\n  - {名称: 村民选举委员会会议, 日期: 2026-04-01}\n  \
             - {名称: 示坪村村民代表会议, 日期: 2026-04-01}\n  - {名称: 村民会议, 日期: 2026-04-02}\n",
        );
        let meetings = dossier.election.meetings.items();
        let day = |day: &str| PartialDate::parse(day).unwrap();
        let found = |name: &str, on: &str| {
            find(meetings, name, day(on)).and_then(|meeting| meeting.name.get().cloned())
        };
        assert_eq!(found("村民代表会议", "2026-04-01").as_deref(), Some("示坪村村民代表会议"));
        assert_eq!(found("村民会议", "2026-04-01"), None);
        assert_eq!(found("村民会议", "2026-04-02").as_deref(), Some("村民会议"));
    }

    fn carried(decision: &Decision) -> Vec<Option<bool>> {
        decision.votes.iter().map(|vote| vote.carried).collect()
    }

    /// Whether everything put to the vote was carried.
    fn all_carried(decision: &Decision) -> Option<bool> {
        let votes = carried(decision);
        let lost = votes.contains(&Some(false)).then_some(false);
        lost.or_else(|| (!votes.is_empty() && !votes.contains(&None)).then_some(true))
    }

    proptest! {
        /// More people and more votes never undo what fewer have carried.
        #[test]
        fn more_never_carries_less(expected in 1u32..300, present in 0u32..300, agreed in 0u32..300) {
            let profile = crate::law::Library::built_in().resolve("cn-villagers-2026").unwrap();
            let quorate = |present| {
                attendance(Some("村民代表会议"), [Some(expected), Some(present)], &[], &profile).quorate
            };
            prop_assert!(quorate(present) != Some(true) || quorate(present + 1) == Some(true));
            let decision = attendance(Some("村民代表会议"), [Some(expected), Some(present)], &[], &profile);
            let enough = u64::from(agreed) >= decision.least_agreed(present).unwrap();
            prop_assert_eq!(enough, 2 * agreed > present);
            prop_assert_eq!(
                decision.least_present().unwrap() <= u64::from(present),
                decision.quorate == Some(true)
            );
        }
    }
}
