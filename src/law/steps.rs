//! The steps of an election, each declared once: the field that takes its
//! date, the words for it, who does it and when, what must come before it and
//! what tells that it was done. Calendar, timetable, the order of dates and the
//! scaffold of `new` all read this table.

use jiff::civil::Date;

use super::case::Case;
use super::days;
use super::occasion::Occasion;
use super::parameter::*;
use super::profile::{Basis, Profile, Provision};
use super::rules::by_election_due;
use crate::election::Dossier;
use crate::election::date::PartialDate;
use crate::election::decode::Field;
use crate::election::model::{Election, Kind, Mode};
use crate::election::words::Words;

/// One step, whatever the election.
pub struct Step {
    /// The field of `election.yaml` that takes its date, such as
    /// `registration.list_posted_on`.
    pub id: &'static str,
    /// What is done; names in braces are filled in by [`Step::say`].
    work: &'static str,
    part: Part,
    pub by: Body,
    /// Whether plans print it.
    pub in_plans: bool,
    /// How many days from the election day it is usually done, before it
    /// negative; `None` for what no calendar asks for.
    pub usual: Option<i32>,
    /// The steps that may not come later.
    after: &'static [&'static str],
    /// Whether its place in the order is usual only, and no law or reason compels.
    pub is_loose: bool,
    /// What tells that it was done: any of these fields.
    pub content: &'static [&'static str],
    is_told: fn(&Election) -> bool,
    by_roll: bool,
    /// Which elections have it, if not all.
    only_if: Option<fn(&Election) -> bool>,
    /// Whether there is nothing of it where nobody is nominated.
    nominates: bool,
    pub window: fn(&Frame) -> Window,
    date: fn(&Election) -> Option<&Field<PartialDate>>,
}

/// Whether a step is the whole of its work, or only the beginning or the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Whole,
    Begin,
    End,
}

/// Who sees to a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// The street office or the township.
    Street,
    /// The committee that is still in office.
    Committee,
    ElectionCommittee,
}

pub const ELECTION_DAY: &str = "election_day";
/// The step whose day is that of the plan.
pub const PLAN_ADOPTED: &str = "plan.adopted_on";
const PREVIOUS: &str = "previous_election_day";

macro_rules! step {
    ($id:ident) => {
        Step::new(stringify!($id), |election| Some(&election.$id))
    };
    ($record:ident.$field:ident $($(, $from:ident.$content:ident)+)?) => {
        Step::new(concat!(stringify!($record), ".", stringify!($field)), |election| {
            Some(&election.$record.get()?.$field)
        })
        $(.told_by(
            &[$(concat!(stringify!($from), ".", stringify!($content))),+],
            |election| $(election.$from.get().is_some_and(|record| !record.$content.is_absent()))||+,
        ))?
    };
    ($record:ident.$inner:ident.$field:ident) => {
        Step::new(
            concat!(stringify!($record), ".", stringify!($inner), ".", stringify!($field)),
            |election| Some(&election.$record.get()?.$inner.get()?.$field),
        )
    };
}

use Body::{Committee, ElectionCommittee, Street};

/// The steps in their order. The usual days are those of the timetables that
/// street offices print; no law fixes them.
#[rustfmt::skip]
pub const STEPS: &[Step] = &[
    step!(previous_election_day).called("上届选举日"),
    step!(leading_group.plan_issued_on).called("印发选举工作方案").by(Street),
    step!(preparation.leading_group_formed_on).called("成立选举工作领导小组").by(Committee),
    step!(preparation.started_on).called("启动换届选举，成立领导机构").planned_by(Street),
    step!(preparation.mobilized_on).called("召开动员大会，部署选举工作，开展宣传").planned_by(Street),
    step!(audit.posted_on, audit.auditor, audit.findings, audit.reviewed_by)
        .called("公布离任审计结果").planned_by(Committee).usually(-48)
        .within(|frame| frame.published_before(&AUDIT_PUBLISHED)),
    step!(appraisal.held_on, appraisal.attended_by, appraisal.present, appraisal.results)
        .called("民主评议上届{committee}及其成员").planned_by(Committee),
    step!(appraisal.posted_on, appraisal.attended_by, appraisal.present, appraisal.results)
        .called("公布民主评议结果").planned_by(Committee).usually(-47).after(&["appraisal.held_on"])
        .within(|frame| frame.published_before(&APPRAISAL_PUBLISHED)),
    step!(postponement.requested_on).called("申请延期或提前").by(Committee),
    step!(postponement.approved_on).called("批准延期或提前").by(Street).after(&["postponement.requested_on"]),
    step!(postponement.posted_on).called("公布延期或提前").by(Committee).after(&["postponement.approved_on"]),
    step!(election_committee.method_adopted_on).called("通过{election_committee}推选办法").by(Committee),
    step!(election_committee.formed_on, election_committee.members, election_committee.size)
        .called("推选产生{election_committee}").planned_by(Committee).usually(-44)
        .after(&["election_committee.method_adopted_on"]),
    step!(election_committee.posted_on, election_committee.members, election_committee.size)
        .called("公布{election_committee}成员名单").planned_by(Committee).usually(-43)
        .after(&["election_committee.formed_on"]),
    step!(election_committee.filed_on, election_committee.members, election_committee.size)
        .called("{election_committee}备案").by(Committee).after(&["election_committee.formed_on"]),
    step!(election_committee.changes_posted_on).called("公布{election_committee}变动").loosely()
        .by(ElectionCommittee).after(&["election_committee.formed_on"]),
    step!(posts.decided_on).called("决定职数").by(ElectionCommittee),
    step!(plan.adopted_on, plan.adopted_by, plan.requirements)
        .called("通过选举工作实施方案").planned_by(ElectionCommittee).usually(-40),
    step!(plan.approved_on).called("审核选举工作实施方案").by(Street),
    step!(plan.posted_on, plan.adopted_by, plan.requirements)
        .called("公布选举工作实施方案").planned_by(ElectionCommittee).usually(-38)
        .after(&["election_committee.formed_on", "plan.adopted_on", "plan.approved_on"]),
    step!(preparation.election_day_posted_on).called("公布选举日").by(ElectionCommittee),
    step!(preparation.letter_on).called("印发致{resident}的公开信").by(ElectionCommittee),
    step!(preparation.discipline_posted_on).called("公布换届纪律").by(ElectionCommittee),
    step!(registration.announced_on).called("公告{registration}").by(ElectionCommittee)
        .after(&["election_committee.formed_on"]),
    step!(registration.starts_on, registration.places, registration.methods, registration.voters)
        .begins("{registration}").planned_by(ElectionCommittee).usually(-36).or_the_roll()
        .after(&["plan.posted_on", "election_committee.formed_on"]),
    step!(registration.ends_on, registration.voters)
        .ends("{registration}").by(ElectionCommittee).usually(-28).or_the_roll()
        .after(&["registration.announced_on", "registration.starts_on"]),
    step!(registration.list_posted_on, registration.voters)
        .called("公布{voter_list}").planned_by(ElectionCommittee).usually(-23).or_the_roll()
        .after(&["registration.ends_on"])
        .within(|frame| frame.days_before(&LIST_DAYS_BEFORE)),
    step!(registration.corrected_on).called("公布名单补正").by(ElectionCommittee)
        .after(&["registration.list_posted_on"]),
    step!(representatives.method_adopted_on).called("通过{representative}推选办法").by(ElectionCommittee),
    step!(representatives.announced_on).called("公告推选{representative}和{group}长").by(ElectionCommittee),
    step!(representatives.elected_on, representatives.list, representatives.total)
        .called("推选{representative}和{group}长").planned_by(ElectionCommittee)
        .after(&["representatives.method_adopted_on", "representatives.announced_on"]),
    step!(representatives.posted_on, representatives.list, representatives.total)
        .called("公布{representative}名单").planned_by(ElectionCommittee).usually(-23)
        .after(&["representatives.elected_on"])
        .within(|frame| frame.list_of_electors(Mode::ResidentReps)),
    step!(representatives.leaders_posted_on).called("公布{group}长名单").by(ElectionCommittee)
        .after(&["representatives.elected_on"]),
    step!(household_representatives.posted_on, household_representatives.list, household_representatives.total)
        .called("公布户代表名单").planned_by(ElectionCommittee).usually(-23)
        .only_if(|election| elected_by(election, Mode::HouseholdReps))
        .within(|frame| frame.list_of_electors(Mode::HouseholdReps)),
    step!(nomination.announced_on).called("公告提名候选人").by(ElectionCommittee)
        .after(&["election_committee.formed_on"]),
    step!(nomination.starts_on, nomination.nominees)
        .begins("提名候选人").planned_by(ElectionCommittee).if_nominating().usually(-20)
        .after(&["election_committee.formed_on"]),
    step!(nomination.ends_on, nomination.nominees)
        .ends("提名候选人").by(ElectionCommittee).if_nominating().usually(-18)
        .after(&["nomination.announced_on", "nomination.starts_on"]),
    step!(nomination.posted_on, nomination.nominees)
        .called("公布被提名人名单").planned_by(ElectionCommittee).if_nominating().usually(-17)
        .after(&["nomination.ends_on"])
        .within(|frame| frame.days_before(&NOMINEE_DAYS_BEFORE)),
    step!(candidates.primary_on).called("预选候选人").planned_by(ElectionCommittee)
        .after(&["nomination.ends_on"]),
    step!(candidates.posted_on, candidates.list)
        .called("公布候选人名单").planned_by(ElectionCommittee).if_nominating().usually(-8)
        .after(&["registration.list_posted_on", "nomination.posted_on", "candidates.primary_on"])
        .within(|frame| frame.days_before(&CANDIDATE_DAYS_BEFORE)),
    step!(candidates.changes_posted_on).called("公布候选人变动").by(ElectionCommittee)
        .after(&["candidates.posted_on"]),
    step!(polling.adopted_on).called("通过投票办法").by(ElectionCommittee),
    step!(polling.rules_posted_on).called("公布无效票认定规则").by(ElectionCommittee),
    step!(polling.ballots_shown_on).called("公示选票样式").by(ElectionCommittee),
    step!(polling.posted_on, polling.starts_at, polling.venue, polling.stations)
        .called("公布投票的时间、地点和方式").planned_by(ElectionCommittee).usually(-7)
        .within(|frame| frame.days_before(&POLLING_DAYS_BEFORE)),
    step!(staff.chosen_on, staff.list).called("确定选举工作人员").by(ElectionCommittee),
    step!(staff.posted_on, staff.list)
        .called("确定并公布选举工作人员").planned_by(ElectionCommittee).usually(-7)
        .after(&["staff.chosen_on"])
        .within(|frame| frame.days_before(&STAFF_DAYS_BEFORE)),
    step!(proxies.closes_on, proxies.list)
        .called("截止办理委托投票").planned_by(ElectionCommittee).usually(-6)
        .within(|frame| frame.days_before(&PROXY_CLOSES_DAYS_BEFORE)),
    step!(proxies.posted_on, proxies.list)
        .called("公布委托投票名单").planned_by(ElectionCommittee).usually(-5)
        .within(|frame| frame.days_before(&PROXY_LIST_DAYS_BEFORE)),
    step!(mobile_boxes.posted_on, mobile_boxes.voters)
        .called("公布流动票箱名单").planned_by(ElectionCommittee).usually(-5)
        .within(|frame| frame.days_before(&MOBILE_BOXES_DAYS_BEFORE)),
    step!(candidates.meeting_announced_on).called("公告候选人与{resident}见面").by(ElectionCommittee),
    step!(candidates.met_voters_on, candidates.meeting_at, candidates.meeting_place)
        .called("组织候选人与{resident}见面").planned_by(ElectionCommittee).if_nominating().usually(-3)
        .after(&["candidates.meeting_announced_on"])
        .within(|frame| frame.met_before()),
    step!(election_day).called("选举日：投票、计票，公布选举结果").planned_by(ElectionCommittee).after(&[
        PREVIOUS,
        "leading_group.plan_issued_on",
        "preparation.leading_group_formed_on",
        "preparation.started_on",
        "preparation.mobilized_on",
        "preparation.election_day_posted_on",
        "preparation.letter_on",
        "preparation.discipline_posted_on",
        "posts.decided_on",
        "postponement.posted_on",
        "election_committee.posted_on",
        "election_committee.changes_posted_on",
        "registration.corrected_on",
        "candidates.changes_posted_on",
        "polling.adopted_on",
        "polling.rules_posted_on",
        "polling.ballots_shown_on",
        "polling.posted_on",
        "staff.posted_on",
        "proxies.closes_on",
        "mobile_boxes.posted_on",
        "candidates.meeting_announced_on",
    ]),
    step!(result.announced_on, result.participants, result.ballots, result.votes, result.elected)
        .called("投票、计票，当场公布结果").by(ElectionCommittee).usually(0).after(&[ELECTION_DAY])
        .within(|frame| frame.same_day()),
    step!(result.posted_on, result.votes, result.elected)
        .called("张榜当选名单").by(ElectionCommittee).usually(0).after(&["result.announced_on"])
        .within(|frame| frame.roster()),
    step!(result.shown_from).begins("公示选举结果").by(ElectionCommittee).after(&["result.announced_on"]),
    step!(result.shown_until).ends("公示选举结果").by(ElectionCommittee).after(&["result.shown_from"]),
    step!(runoff.posted_on).called("公布另行选举").by(ElectionCommittee).after(&[ELECTION_DAY]),
    step!(runoff.held_on, runoff.result)
        .called("另行选举（名额不足时）").by(ElectionCommittee).usually(7)
        .after(&[ELECTION_DAY, "runoff.posted_on"])
        .only_if(|election| !election.runoff.is_absent())
        .within(|frame| frame.runoff()),
    step!(runoff.result.announced_on).called("公布另行选举结果").by(ElectionCommittee)
        .after(&["runoff.held_on"]),
    step!(runoff.result.posted_on).called("张榜另行选举当选名单").by(ElectionCommittee)
        .after(&["runoff.result.announced_on"]),
    step!(runoff.result.filed_on).called("另行选举结果备案").by(ElectionCommittee)
        .after(&["runoff.held_on"]),
    step!(runoff.result.certificates_on).called("颁发另行选举当选证书").by(Street)
        .after(&["runoff.held_on"]),
    step!(result.filed_on, result.votes, result.elected)
        .called("选举结果备案").by(ElectionCommittee).usually(1).after(&[ELECTION_DAY])
        .within(|frame| Window::free().not_before(frame.day)),
    step!(result.certificates_on).called("颁发当选证书").by(Street).after(&[ELECTION_DAY]),
    step!(handover.completed_on, handover.host, handover.items, handover.supervisor)
        .called("完成工作移交").planned_by(ElectionCommittee).usually(7)
        .after(&["result.posted_on", "runoff.held_on"])
        .within(|frame| frame.days_after_election(&HANDOVER_DAYS)),
    step!(supervision.method_adopted_on).called("通过监督委员会推选办法").by(Committee).loosely(),
    step!(supervision.elected_on, supervision.members)
        .called("推选监督委员会").planned_by(Committee).usually(10).loosely()
        .after(&[ELECTION_DAY, "supervision.method_adopted_on"])
        .within(|frame| frame.days_after_election(&SUPERVISION_DAYS)),
    step!(supervision.posted_on, supervision.members).called("公布监督委员会").by(Committee)
        .after(&["supervision.elected_on"]).loosely(),
    step!(division.posted_on).called("公布成员分工").by(Committee).after(&[ELECTION_DAY]),
    step!(summary.issued_on, result.participants, result.votes, result.elected)
        .called("写出工作总结").by(ElectionCommittee).usually(15).after(&[ELECTION_DAY])
        .within(|frame| Window::free().not_before(frame.elected)),
    step!(resignations.accepted_on, resignations.accepted_by)
        .called("接受辞职").by(Committee)
        .only_if(|election| !election.resignations.is_absent())
        .within(|frame| frame.resignations()),
    step!(resignations.posted_on).called("公布辞职").by(Committee).after(&["resignations.accepted_on"]),
    step!(recall.requested_on).called("要求罢免").by(Committee),
    step!(recall.announced_on).called("公告罢免表决").by(Committee).after(&["recall.requested_on"]),
    step!(recall.held_on, recall.participants, recall.ballots)
        .called("罢免表决").by(Committee).after(&["recall.announced_on"])
        .only_if(|election| !election.recall.is_absent())
        .within(|frame| frame.recall()),
    step!(recall.posted_on).called("公布罢免结果").by(Committee).after(&["recall.held_on"]),
    step!(by_election.posted_on).called("公布补选").by(ElectionCommittee).after(&[ELECTION_DAY]),
    step!(by_election.registration_starts_on).begins("补选前补充登记选民").by(ElectionCommittee)
        .after(&[ELECTION_DAY]),
    step!(by_election.registration_ends_on).ends("补选前补充登记选民").by(ElectionCommittee)
        .after(&["by_election.registration_starts_on"]),
    step!(by_election.list_posted_on).called("公布补选的选民名单").by(ElectionCommittee)
        .after(&["by_election.registration_ends_on"]),
    step!(by_election.nomination_announced_on).called("公告补选提名").by(ElectionCommittee)
        .after(&[ELECTION_DAY]),
    step!(by_election.nomination_starts_on).begins("补选提名").by(ElectionCommittee)
        .after(&["by_election.nomination_announced_on"]),
    step!(by_election.nomination_ends_on).ends("补选提名").by(ElectionCommittee)
        .after(&["by_election.nomination_announced_on", "by_election.nomination_starts_on"]),
    step!(by_election.proxies_close_on).called("截止办理补选的委托投票").by(ElectionCommittee)
        .after(&["by_election.posted_on"]),
    step!(by_election.held_on, by_election.result)
        .called("补选").by(ElectionCommittee)
        .after(&[
            "by_election.nomination_ends_on",
            "by_election.posted_on",
            "by_election.list_posted_on",
            "by_election.proxies_close_on",
        ])
        .only_if(|election| !election.by_election.is_absent())
        .within(|frame| frame.by_election()),
    step!(by_election.result.announced_on).called("公布补选结果").by(ElectionCommittee)
        .after(&["by_election.held_on"]),
    step!(by_election.result.posted_on).called("张榜补选当选名单").by(ElectionCommittee)
        .after(&["by_election.result.announced_on"]),
    step!(by_election.result.filed_on).called("补选结果备案").by(ElectionCommittee)
        .after(&["by_election.held_on"]),
    step!(by_election.result.certificates_on).called("颁发补选当选证书").by(Street)
        .after(&["by_election.held_on"]),
];

impl Step {
    const fn new(id: &'static str, date: fn(&Election) -> Option<&Field<PartialDate>>) -> Self {
        Self {
            id,
            work: "",
            part: Part::Whole,
            by: ElectionCommittee,
            in_plans: false,
            usual: None,
            after: &[],
            is_loose: false,
            content: &[],
            is_told: |_| false,
            by_roll: false,
            only_if: None,
            nominates: false,
            window: |_| Window::free(),
            date,
        }
    }

    const fn called(self, work: &'static str) -> Self {
        Self { work, ..self }
    }

    const fn begins(self, work: &'static str) -> Self {
        Self { work, part: Part::Begin, ..self }
    }

    const fn ends(self, work: &'static str) -> Self {
        Self { work, part: Part::End, ..self }
    }

    const fn by(self, by: Body) -> Self {
        Self { by, ..self }
    }

    const fn planned_by(self, by: Body) -> Self {
        Self { by, in_plans: true, ..self }
    }

    const fn usually(self, day: i32) -> Self {
        Self { usual: Some(day), ..self }
    }

    const fn after(self, after: &'static [&'static str]) -> Self {
        Self { after, ..self }
    }

    const fn loosely(self) -> Self {
        Self { is_loose: true, ..self }
    }

    const fn told_by(
        self,
        content: &'static [&'static str],
        is_told: fn(&Election) -> bool,
    ) -> Self {
        Self { content, is_told, ..self }
    }

    const fn or_the_roll(self) -> Self {
        Self { by_roll: true, ..self }
    }

    const fn if_nominating(self) -> Self {
        Self { nominates: true, ..self }
    }

    const fn only_if(self, concerned: fn(&Election) -> bool) -> Self {
        Self { only_if: Some(concerned), ..self }
    }

    const fn within(self, window: fn(&Frame) -> Window) -> Self {
        Self { window, ..self }
    }

    /// The step whose date stands in the field `id`.
    pub fn find(id: &str) -> Option<&'static Self> {
        STEPS.iter().find(|step| step.id == id)
    }

    /// What is done, in the words of an office.
    pub fn work(&self, word: impl Fn(&str) -> String) -> String {
        let mut said = String::new();
        for (at, piece) in self.work.split(['{', '}']).enumerate() {
            said += &if at % 2 == 0 { piece.to_owned() } else { word(piece) };
        }
        said
    }

    /// What happens on its date, in short, in the words of the law for `kind`.
    pub fn title(&self, kind: Option<Kind>) -> String {
        let words = Words::built_in(kind.unwrap_or(Kind::Residents));
        let word = |name: &str| words.get(name).unwrap_or_default().to_owned();
        let part = match self.part {
            Part::Whole => "",
            Part::Begin => "开始",
            Part::End => "截止",
        };
        let work = self.work(word);
        part.to_owned() + work.split('：').next().unwrap_or_default()
    }

    /// Whether it belongs to no election, but to the term before or after.
    pub fn is_in_another_term(&self) -> bool {
        self.occasion() != Some(Occasion::Election)
    }

    /// To what it belongs; `None` for the election before.
    pub fn occasion(&self) -> Option<Occasion> {
        match self.id.split('.').next()? {
            PREVIOUS => None,
            "resignations" => Some(Occasion::Resignations),
            "recall" => Some(Occasion::Recall),
            "by_election" => Some(Occasion::ByElection),
            _ => Some(Occasion::Election),
        }
    }

    pub fn comes_after_the_day(&self) -> bool {
        self.follows(ELECTION_DAY) || self.usual.is_some_and(|day| day >= 0)
    }

    pub fn part(&self) -> Part {
        self.part
    }

    /// Whether an election has it.
    pub fn concerns(&self, election: &Election) -> bool {
        self.only_if.is_none_or(|concerned| concerned(election))
            && (!self.nominates || election.nominates())
    }

    /// Whether an election has it, though not every one does.
    pub fn is_called_for(&self, election: &Election) -> bool {
        self.only_if.is_some_and(|concerned| concerned(election))
    }

    /// What is written of its date; `None` if even its section is not there.
    pub fn date<'a>(&self, election: &'a Election) -> Option<&'a Field<PartialDate>> {
        (self.date)(election)
    }

    /// From when to when: what has a beginning has its end in the next line of the
    /// table.
    pub fn days(&self, election: &Election) -> Option<(PartialDate, PartialDate)> {
        let date = |step: &Self| step.date(election).and_then(Field::value);
        let from = date(self)?;
        let next = STEPS.iter().skip_while(|step| step.id != self.id).nth(1);
        let end = next.filter(|_| self.part == Part::Begin);
        Some((from, end.and_then(date).unwrap_or(from)))
    }

    /// Whether the description tells that it was done, and not only when it was
    /// to be: a date alone is a plan.
    pub fn is_told(&self, dossier: &Dossier) -> bool {
        let has_roll = dossier.roll.as_ref().is_some_and(|roll| !roll.is_empty());
        (self.is_told)(&dossier.election) || self.by_roll && has_roll
    }

    /// Whether it can only come after the step `id`.
    pub fn follows(&self, id: &str) -> bool {
        self.earlier(|_| true).iter().any(|step| step.id == id)
    }

    /// The steps that may not come later, each once; what comes before one of
    /// them only where that one lets it `through`.
    pub fn earlier(&self, through: impl Fn(&Self) -> bool) -> Vec<&'static Self> {
        let mut earlier: Vec<&Self> = Vec::new();
        let mut ids = self.after.to_vec();
        while let Some(id) = ids.pop() {
            let Some(step) = Self::find(id) else { continue };
            if !earlier.iter().any(|known| known.id == id) {
                if through(step) {
                    ids.extend(step.after);
                }
                earlier.push(step);
            }
        }
        earlier
    }
}

/// Whether the electors of `election` are of this kind, as far as it says.
fn elected_by(election: &Election, mode: Mode) -> bool {
    match election.mode.value() {
        Some(written) => written == mode,
        None => mode == Mode::HouseholdReps && !election.household_representatives.is_absent(),
    }
}

/// What the windows are reckoned from.
pub struct Frame<'a> {
    /// The election, if there is one yet.
    pub case: Option<&'a Case<'a>>,
    pub profile: &'a Profile,
    pub day: Option<Date>,
    /// The day the committee was complete: of the run-off, if there was one.
    pub elected: Option<Date>,
}

/// The days within which the law wants a step.
#[derive(Default)]
pub struct Window {
    /// The first day that will do, where one is fixed.
    pub from: Option<Date>,
    /// The last day that will do, where one is fixed and can be reckoned.
    pub until: Option<Date>,
    /// On what the last day rests.
    pub basis: Option<Basis>,
}

impl Window {
    fn free() -> Self {
        Self::default()
    }

    fn until<T>(stated: Option<Provision<T>>, last: impl FnOnce(T) -> Option<Date>) -> Self {
        let Some(Provision { value, basis }) = stated else { return Self::default() };
        Self { from: None, until: last(value), basis: Some(basis) }
    }

    fn not_before(mut self, from: Option<Date>) -> Self {
        self.from = from;
        self
    }
}

impl Frame<'_> {
    fn election(&self) -> Option<&Election> {
        Some(self.case?.election)
    }

    /// At the latest so many days before the election day.
    fn days_before(&self, key: &Key<u32>) -> Window {
        Window::until(self.profile.get(key), |days| Some(days::before(self.day?, days)))
    }

    /// Within so many days after the committee was elected.
    fn days_after_election(&self, key: &Key<u32>) -> Window {
        let stated = self.profile.get(key);
        Window::until(stated, |days| Some(days::end_of_period(self.elected?, days)))
            .not_before(self.elected)
    }

    fn published_before(&self, key: &Key<Before>) -> Window {
        let formed = self
            .election()
            .and_then(|election| election.election_committee.get()?.formed_on.value());
        Window::until(self.profile.get(key), |before| match before.event {
            Event::ElectionDay => Some(days::before(self.day?, before.days.max(1))),
            Event::CommitteeFormed => Some(days::before(formed?.earliest(), before.days.max(1))),
        })
    }

    /// The list of those who elect for others comes with the list of voters.
    fn list_of_electors(&self, mode: Mode) -> Window {
        let they_elect = self.election().is_some_and(|election| elected_by(election, mode));
        match they_elect && self.profile.demands(&LIST_WITH_REPRESENTATIVES) {
            true => self.days_before(&LIST_DAYS_BEFORE),
            false => Window::free(),
        }
    }

    fn met_before(&self) -> Window {
        let stated = self.profile.get(&CANDIDATE_MEETS_VOTERS);
        Window::until(stated, |_| Some(days::before(self.day?, 1)))
    }

    /// On the election day itself, before the eyes of all.
    fn same_day(&self) -> Window {
        Window::until(self.profile.get(&RESULT_SAME_DAY), |_| self.day).not_before(self.day)
    }

    fn roster(&self) -> Window {
        let stated = self.profile.get(&RESULT_ROSTER_DAYS);
        Window::until(stated, |days| Some(days::after(self.day?, days))).not_before(self.day)
    }

    fn runoff(&self) -> Window {
        let stated = self.profile.get(&RUNOFF_DAYS);
        Window::until(stated, |days| Some(days::end_of_period(self.day?, days)))
            .not_before(self.day)
    }

    /// Resignations, within so many days of the first.
    fn resignations(&self) -> Window {
        let stated = self.profile.on(Occasion::Resignations).get(&RESIGNATION_DAYS);
        let submitted = || {
            let all = self.election()?.resignations.get()?.list.items();
            all.iter().filter_map(|one| one.submitted_on.value()).map(PartialDate::latest).min()
        };
        Window::until(stated, |days| Some(days::end_of_period(submitted()?, days)))
    }

    fn recall(&self) -> Window {
        let law = self.profile.on(Occasion::Recall);
        let requested = || Some(self.election()?.recall.get()?.requested_on.value()?.latest());
        match law.get(&RECALL_DAYS) {
            None => Window::until(law.get(&RECALL_MONTHS), |months| {
                Some(days::end_of_months(requested()?, months))
            }),
            days => Window::until(days, |days| Some(days::end_of_period(requested()?, days))),
        }
    }

    fn by_election(&self) -> Window {
        match self.case.and_then(by_election_due) {
            Some(due) => Window { from: None, until: Some(due.last), basis: Some(due.basis) },
            None => Window::free(),
        }
    }

    /// When the files of the election are to be in the archive.
    pub fn archive(&self) -> Window {
        Window::until(self.profile.get(&ARCHIVE_FILED_BY), |by| {
            Date::new(self.day?.year() + 1, by.month, by.day).ok()
        })
        .not_before(self.elected)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::election::decode::Decode;

    #[test]
    fn every_step_is_a_field_of_the_description_and_has_its_words() {
        let mut seen = HashSet::new();
        for step in STEPS {
            assert!(seen.insert(step.id), "{} is there twice", step.id);
            assert!(Election::chinese_keys(step.id).is_some(), "{}", step.id);
            for content in step.content {
                assert!(Election::chinese_keys(content).is_some(), "{content}");
            }
            for kind in [Kind::Residents, Kind::Villagers] {
                let title = step.title(Some(kind));
                assert!(!title.is_empty() && !title.contains(['{', '}']), "{title}");
                assert!(kind == Kind::Residents || !title.contains("居民"), "{title}");
            }
        }
    }

    #[test]
    fn what_a_calendar_asks_for_can_be_told() {
        for step in STEPS.iter().filter(|step| step.usual.is_some()) {
            assert!(!step.content.is_empty(), "{} could never be done", step.id);
        }
    }

    #[test]
    fn the_order_has_no_circle_and_agrees_with_the_usual_days() {
        for step in STEPS {
            assert!(step.after.iter().all(|id| Step::find(id).is_some()), "{}", step.id);
            assert!(!step.follows(step.id), "{} comes before itself", step.id);
            for earlier in step.earlier(|_| true) {
                let days = earlier.usual.zip(step.usual);
                assert!(days.is_none_or(|(one, other)| one <= other), "{} {}", earlier.id, step.id);
            }
        }
        assert!(Step::find("handover.completed_on").unwrap().follows("plan.adopted_on"));
    }
}
