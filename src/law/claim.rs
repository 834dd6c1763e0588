//! What stages of an election say that a meeting decided, held against the
//! minutes: a lost vote is no resolution, whoever names it.

use std::borrow::Cow;

use super::meeting::{self, Body, Decision};
use super::profile::Profile;
use crate::diagnostic::Place;
use crate::election::Dossier;
use crate::election::date::PartialDate;
use crate::election::decode::{Field, Located};
use crate::election::model::{Election, Kind, Meeting, Resignations, Resolution};
use crate::election::person::name_key;
use crate::election::words::Words;

/// What a meeting may have decided for an election.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    Resignations,
    Audit,
    Plan,
    VotingMethod,
    Staff,
    Supervision,
    ElectionCommittee,
    Posts,
}

impl Matter {
    /// Words by which a resolution is known to be about it. The first that is
    /// found decides: 同意选举委员会拟订的实施方案 is about the plan.
    const WORDS: [(Self, &'static [&'static str]); 8] = [
        (Self::Resignations, &["辞职", "辞去"]),
        (Self::Audit, &["审计"]),
        (Self::Plan, &["方案"]),
        (Self::VotingMethod, &["选举办法", "投票办法", "投票方式", "无效票"]),
        (Self::Staff, &["工作人员", "监票", "唱票", "计票"]),
        (Self::Supervision, &["监督委员会", "监委会"]),
        (Self::ElectionCommittee, &["选举委员会", "选委会"]),
        (Self::Posts, &["职数", "名额", "设主任", "主任1名", "主任一名"]),
    ];

    /// What a resolution is about, as far as its words tell.
    fn of(resolution: &Resolution) -> Option<Self> {
        let words: String =
            resolution.matter.get()?.chars().filter(|c| !c.is_whitespace()).collect();
        let is_named = |any: &[&str]| any.iter().any(|word| words.contains(word));
        Self::WORDS.into_iter().find(|(_, any)| is_named(any)).map(|(matter, _)| matter)
    }

    /// Who is said to decide it.
    pub fn decided_by(self) -> &'static str {
        match self {
            Self::Resignations => "接受辞职的会议",
            Self::Audit => "审议审计结果的会议",
            Self::Plan => "通过实施方案的会议",
            Self::VotingMethod => "通过投票办法的会议",
            Self::Staff => "推选工作人员的会议",
            Self::Supervision => "推选监督委员会的会议",
            Self::ElectionCommittee => "推选选举委员会的会议",
            Self::Posts => "决定职数的会议",
        }
    }
}

/// That a meeting decided a matter, as a stage of the election has it.
#[derive(Debug)]
pub struct Claim<'a> {
    pub matter: Matter,
    /// The meeting as the stage names it.
    pub meeting: String,
    pub body: Option<Body>,
    pub day: Option<PartialDate>,
    /// Where it is named.
    pub place: &'a Place,
    /// The minutes of that meeting, and what they decide.
    pub minutes: Option<(&'a Located<Meeting>, Decision)>,
}

impl<'a> Claim<'a> {
    fn of(matter: Matter, by: &'a Field<String>, day: Option<PartialDate>) -> Option<Self> {
        let Located { value: name, place } = by.located()?;
        let (meeting, body) = (name.clone(), Body::named(name));
        Some(Self { matter, meeting, body, day, place, minutes: None })
    }

    /// With the minutes of its meeting. Where no day is told, it is the only
    /// meeting of that kind that dealt with the matter.
    fn held_against(mut self, election: &'a Election, profile: &Profile) -> Self {
        let meetings = election.meetings.items();
        let found = match self.day {
            Some(day) => meeting::find(meetings, &self.meeting, day)
                .or_else(|| meeting::find_kind(meetings, self.body?, day)),
            None => meeting::only(self.on_the_matter(meetings)),
        };
        self.minutes = found.map(|found| (found, meeting::of(election, profile, found)));
        self
    }

    /// The only day on which minutes of such a meeting have the matter, where those
    /// of its own day are not there.
    pub fn dealt_with_elsewhere<'m>(
        &self,
        meetings: &'m [Located<Meeting>],
    ) -> Option<&'m Located<PartialDate>> {
        if self.minutes.is_some() {
            return None;
        }
        meeting::only(self.on_the_matter(meetings).filter_map(|meeting| meeting.held_on.located()))
    }

    /// The meetings of the body whose minutes say that they dealt with the matter.
    fn on_the_matter<'m>(
        &self,
        meetings: &'m [Located<Meeting>],
    ) -> impl Iterator<Item = &'m Located<Meeting>> {
        let (matter, body) = (self.matter, self.body);
        let is_on_it = move |one: &Located<Resolution>| Matter::of(one) == Some(matter);
        meetings.iter().filter(move |meeting| {
            let held_by = meeting.name.get().and_then(|name| Body::named(name));
            held_by.is_some() && held_by == body && meeting.resolutions.items().iter().any(is_on_it)
        })
    }

    /// The resolutions of the minutes on the matter, by their index: those that
    /// say so, or else the only one.
    pub fn resolutions(&self) -> Vec<usize> {
        let Some((meeting, _)) = &self.minutes else { return Vec::new() };
        let all = meeting.resolutions.items();
        let mut own: Vec<usize> =
            (0..all.len()).filter(|&at| Matter::of(&all[at]) == Some(self.matter)).collect();
        if own.is_empty() && all.len() == 1 && Matter::of(&all[0]).is_none() {
            own.push(0);
        }
        own
    }

    /// Whether the minutes have it carried.
    pub fn carried(&self) -> Option<bool> {
        self.any_carried(&self.resolutions())
    }

    /// Whether what the stage says rests on a resolution that was not carried.
    pub fn rests_on(&self, resolution: usize, election: &Election) -> bool {
        let is_own =
            |own: &[usize]| own.contains(&resolution) && self.any_carried(own) == Some(false);
        match self.matter {
            Matter::Resignations => {
                resigned(election).any(|name| is_own(&self.on_resignation_of(name)))
            }
            _ => is_own(&self.resolutions()),
        }
    }

    /// Whether the resignation of `name` was accepted, as the minutes have it.
    pub fn accepted(&self, name: &str) -> Option<bool> {
        self.any_carried(&self.on_resignation_of(name))
    }

    /// The resolutions on the resignation of `name`: those that name them, or else
    /// those that are on all.
    fn on_resignation_of(&self, name: &str) -> Vec<usize> {
        let Some((meeting, _)) = &self.minutes else { return Vec::new() };
        let names = |at: &usize| {
            let matter = meeting.resolutions.items().get(*at).and_then(|one| one.matter.get());
            matter.is_some_and(|matter| name_key(matter).contains(name_key(name).as_ref()))
        };
        let all = self.resolutions();
        let own: Vec<usize> = all.iter().copied().filter(names).collect();
        if own.is_empty() { all } else { own }
    }

    /// Whether the minutes have it otherwise, if only for one of those who resigned.
    fn is_refuted(&self, election: &Election) -> bool {
        self.carried() == Some(false)
            || self.matter == Matter::Resignations
                && resigned(election).any(|name| self.accepted(name) == Some(false))
    }

    /// Takes what was not carried out of `election`.
    fn withdraw(&self, election: &mut Election) {
        match self.matter {
            Matter::Posts => change(&mut election.posts, |posts| {
                (posts.decided_by, posts.decided_on) = (Field::Absent, Field::Absent);
            }),
            Matter::ElectionCommittee => election.election_committee = Field::Absent,
            Matter::Plan => change(&mut election.plan, |plan| {
                (plan.adopted_by, plan.adopted_on) = (Field::Absent, Field::Absent);
                plan.posted_on = Field::Absent;
            }),
            Matter::Audit => change(&mut election.audit, |audit| audit.reviewed_by = Field::Absent),
            Matter::VotingMethod => change(&mut election.polling, |polling| {
                (polling.adopted_by, polling.adopted_on) = (Field::Absent, Field::Absent);
            }),
            Matter::Staff => change(&mut election.staff, |staff| {
                (staff.chosen_by, staff.chosen_on) = (Field::Absent, Field::Absent);
                staff.posted_on = Field::Absent;
            }),
            Matter::Supervision => election.supervision = Field::Absent,
            Matter::Resignations => {
                change(&mut election.resignations, |resignations| {
                    let accepted = |name: &str| self.accepted(name) != Some(false);
                    change(&mut resignations.list, |list| {
                        list.retain(|one| one.name.get().is_none_or(|name| accepted(name)));
                    });
                });
                let is_empty = |all: &Resignations| all.list.items().is_empty();
                if election.resignations.get().is_some_and(is_empty) {
                    election.resignations = Field::Absent;
                }
            }
        }
    }

    fn any_carried(&self, resolutions: &[usize]) -> Option<bool> {
        let (_, decision) = self.minutes.as_ref()?;
        let carried: Vec<Option<bool>> =
            resolutions.iter().map(|&at| decision.votes.get(at)?.carried).collect();
        if decision.quorate == Some(false) {
            return Some(false);
        }
        match carried.contains(&Some(true)) {
            true => Some(true),
            false => (!carried.is_empty() && carried.iter().all(Option::is_some)).then_some(false),
        }
    }
}

/// The names of those who resigned.
fn resigned(election: &Election) -> impl Iterator<Item = &str> {
    let all = election.resignations.get().map_or(&[][..], |all| all.list.items());
    all.iter().filter_map(|one| one.name.get().map(String::as_str))
}

fn change<T>(field: &mut Field<T>, change: impl FnOnce(&mut T)) {
    if let Field::Known(known) = field {
        change(&mut known.value);
    }
}

/// All that stages of an election say meetings decided.
pub fn claims<'a>(election: &'a Election, profile: &Profile) -> Vec<Claim<'a>> {
    let stages = [
        election.posts.get().and_then(|posts| {
            Claim::of(Matter::Posts, &posts.decided_by, posts.decided_on.value())
        }),
        formed(election),
        election
            .plan
            .get()
            .and_then(|plan| Claim::of(Matter::Plan, &plan.adopted_by, plan.adopted_on.value())),
        election.audit.get().and_then(|audit| Claim::of(Matter::Audit, &audit.reviewed_by, None)),
        election.polling.get().and_then(|polling| {
            Claim::of(Matter::VotingMethod, &polling.adopted_by, polling.adopted_on.value())
        }),
        election
            .staff
            .get()
            .and_then(|staff| Claim::of(Matter::Staff, &staff.chosen_by, staff.chosen_on.value())),
        election.supervision.get().and_then(|supervision| {
            let day = supervision.elected_on.value();
            Claim::of(Matter::Supervision, &supervision.elected_by, day)
        }),
        election.resignations.get().and_then(|resignations| {
            let day = resignations.accepted_on.value();
            Claim::of(Matter::Resignations, &resignations.accepted_by, day)
        }),
    ];
    let found = stages.into_iter().flatten().map(|claim| claim.held_against(election, profile));
    found.collect()
}

fn formed(election: &Election) -> Option<Claim<'_>> {
    let committee = election.election_committee.get()?;
    let by = committee.formed_by.located()?;
    let words = Words::built_in(election.kind.value().unwrap_or(Kind::Residents));
    Some(Claim {
        matter: Matter::ElectionCommittee,
        meeting: words.meeting(by.value),
        body: Some(Body::of(by.value)),
        day: committee.formed_on.value(),
        place: &by.place,
        minutes: None,
    })
}

/// The dossier without what the minutes say was not carried, for papers: they
/// announce no lost vote as a resolution.
pub fn standing<'a>(dossier: &'a Dossier, profile: &Profile) -> Cow<'a, Dossier> {
    let mut standing = Cow::Borrowed(dossier);
    for claim in claims(&dossier.election, profile) {
        if claim.is_refuted(&dossier.election) {
            claim.withdraw(&mut standing.to_mut().election);
        }
    }
    standing
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::testing::governed;

    fn read(text: &str) -> (Dossier, Profile) {
        governed(&format!("类别: 村\n选举日: 2026-05-10\n{text}"))
    }

    fn carried(stage: &str, resolutions: &str) -> Option<bool> {
        let (dossier, profile) = read(&format!(
            "{stage}\n会议: [{{名称: 示坪村村民代表会议, 日期: 2026-04-01, 应到: 30, 实到: 30, 表决: [{resolutions}]}}]\n"
        ));
        let claims = claims(&dossier.election, &profile);
        assert_eq!(claims.len(), 1);
        claims[0].carried()
    }

    #[test]
    fn a_stage_finds_its_own_resolution_in_the_minutes() {
        let posts = "职数: {主任: 1, 决定会议: 村民代表会议, 决定日期: 2026-04-01}";
        let of_posts = "{事项: 设主任1名、委员4名, 同意: 29}";
        let of_plan = "{事项: 同意选举委员会拟订的实施方案, 同意: 3, 反对: 27}";
        assert_eq!(carried(posts, &format!("{of_plan}, {of_posts}")), Some(true));
        assert_eq!(carried(posts, of_plan), None, "of the posts nothing is told");
        assert_eq!(carried(posts, "{事项: 甲, 同意: 3, 反对: 27}"), Some(false), "the only one");
        let plan = "实施方案: {通过会议: 村民代表会议, 通过日期: 2026-04-01}";
        assert_eq!(carried(plan, &format!("{of_plan}, {of_posts}")), Some(false));
        let again = "{事项: 修改后的实施方案, 同意: 28}";
        assert_eq!(carried(plan, &format!("{of_plan}, {again}")), Some(true), "voted on twice");
    }

    #[test]
    fn without_a_day_it_is_the_meeting_that_dealt_with_the_matter() {
        let audit = "财务审计: {审议会议: 村民代表会议}";
        assert_eq!(carried(audit, "{事项: 审议财务审计结果, 同意: 30}"), Some(true));
        assert_eq!(carried(audit, "{事项: 通过实施方案, 同意: 30}"), None);
    }

    #[test]
    fn papers_do_not_see_what_was_not_carried() {
        let (dossier, profile) = read(
            "职数: {主任: 1, 决定会议: 村民代表会议, 决定日期: 2026-04-01}\n\
             实施方案: {通过会议: 村民代表会议, 通过日期: 2026-04-01, 公布日期: 2026-04-02}\n\
             辞职: {接受会议: 村民代表会议, 接受日期: 2026-04-01, 名单: [甲某, 乙某]}\n\
             会议:\n  - 名称: 村民代表会议\n    日期: 2026-04-01\n    应到: 30\n    实到: 30\n    \
             表决:\n      - {事项: 职数5名, 同意: 20}\n      - {事项: 实施方案, 同意: 10}\n      \
             - {事项: 接受甲某辞职, 同意: 20}\n      - {事项: 接受乙某辞职, 同意: 2}\n",
        );
        let standing = standing(&dossier, &profile);
        let election = &standing.election;
        assert!(election.posts.get().unwrap().decided_by.get().is_some());
        let plan = election.plan.get().unwrap();
        assert!(plan.adopted_by.is_absent() && plan.posted_on.is_absent());
        let resigned = election.resignations.get().unwrap().list.items();
        let names: Vec<_> = resigned.iter().filter_map(|one| one.name.get()).collect();
        assert_eq!(names, ["甲某"]);
        assert_eq!(dossier.election.resignations.get().unwrap().list.items().len(), 2);
    }
}
