//! The steps of an election with their dates, as a table and as a picture.

use jiff::Span;
use serde::Serialize;

use super::chinese;
use super::document::{Bar, Timeline};
use super::facts;
use crate::election::Dossier;
use crate::election::date::PartialDate;
use crate::election::model::Election;
use crate::election::words::Words;
use crate::law::steps::{self, Body, STEPS};
use crate::law::{Electors, Occasion, Profile, Quorum, parameter};

/// What templates cite of the law.
#[derive(Debug, Serialize)]
pub(super) struct Law {
    /// The laws and papers on which the election rests, in 《》.
    pub titles: Vec<String>,
    /// Days in which the list may be objected to, and in which that is decided.
    pub objection_days: Option<u32>,
    pub decision_days: Option<u32>,
    pub term_years: Option<u32>,
    /// How many women the committee must have at least.
    pub women: Option<u32>,
    /// The age from which one votes.
    pub voter_age: Option<u32>,
    /// The last birthday of those who are that old on the election day.
    pub born_by: Option<PartialDate>,
    /// Who may register, where the law counts them up.
    pub voter_classes: Vec<String>,
    /// How many voters can jointly nominate, and whether the party may.
    pub nominators: Option<u32>,
    pub party_nominates: bool,
    pub more_than_seats: bool,
    /// Whether also relatives of candidates leave the election committee.
    pub relatives_leave: bool,
    /// For how many one person may vote, and who may not be asked to.
    pub proxy_max: Option<u32>,
    pub proxy_kin_only: bool,
    pub proxy_no_candidates: bool,
    pub proxy_no_redelegation: bool,
    /// The shares that must vote, that elect, and that elect in a run-off:
    /// `过半数`, `三分之一以上`.
    pub quorum: Option<String>,
    pub majority: Option<String>,
    pub runoff_share: Option<String>,
    pub handover_days: Option<u32>,
}

impl Law {
    pub(super) fn of(
        election: &Election,
        profile: &Profile,
        occasion: Occasion,
        electors: Electors,
    ) -> Self {
        let (of_election, profile) = (profile, profile.on(occasion));
        let own = election.law.get().map_or(&[][..], |law| law.bases.items());
        let titles: Vec<String> = match own {
            // What she cites is the law of the election, which may have changed.
            own if !own.is_empty() && profile.id == of_election.id => {
                own.iter().map(|title| title.value.clone()).collect()
            }
            _ => profile.titles.clone(),
        };
        let days = |name| profile.days(name).map(|provision| provision.value);
        Self {
            titles: titles.iter().map(|title| quoted(title)).collect(),
            objection_days: days("objection.days"),
            decision_days: days("objection.decision_days"),
            term_years: days("term.years"),
            women: profile.value(&parameter::COMPOSITION_WOMEN),
            voter_age: profile.value(&parameter::VOTER_AGE),
            born_by: born_by(election, profile).filter(|_| occasion == Occasion::Election),
            voter_classes: profile.value(&parameter::VOTER_CLASSES).unwrap_or_default(),
            nominators: profile.value(&parameter::CANDIDATE_NOMINATORS),
            party_nominates: profile.demands(&parameter::CANDIDATE_PARTY_NOMINATES),
            // As a rule of law it is cited only where it is known to be one.
            more_than_seats: profile
                .get(&parameter::CANDIDATE_MORE_THAN_SEATS)
                .is_some_and(|provision| provision.value && provision.basis.supports_error()),
            relatives_leave: profile.demands(&parameter::COMMITTEE_RELATIVES_LEAVE),
            proxy_max: profile.value(&parameter::PROXY_MAX),
            proxy_kin_only: profile.demands(&parameter::PROXY_KIN_ONLY),
            proxy_no_candidates: profile.demands(&parameter::PROXY_NO_CANDIDATES)
                && (occasion != Occasion::Election || election.nominates()),
            proxy_no_redelegation: profile.demands(&parameter::PROXY_NO_REDELEGATION),
            quorum: Quorum::of(electors, profile).share().map(|share| share.to_string()),
            majority: profile.value(&parameter::MAJORITY).map(|share| share.to_string()),
            runoff_share: profile.value(&parameter::RUNOFF_SHARE).map(|share| share.to_string()),
            handover_days: profile.value(&parameter::HANDOVER_DAYS),
        }
    }
}

/// Whoever is born on this day or before has the voting age on the election day.
fn born_by(election: &Election, profile: &Profile) -> Option<PartialDate> {
    let day = election.election_day.value()?.exact()?;
    let years = Span::new().years(i64::from(profile.value(&parameter::VOTER_AGE)?));
    day.checked_sub(years).ok().map(PartialDate::from)
}

/// A title in 《》; one inside it in 〈〉.
fn quoted(title: &str) -> String {
    if title.starts_with('《') { title.to_owned() } else { format!("《{title}》") }
}

/// One row of the timetable.
#[derive(Debug, Serialize)]
pub(super) struct Step {
    /// `2017年4月`, `5月5日至5月8日`
    pub when: String,
    pub work: String,
    pub by: String,
    #[serde(skip)]
    pub from: PartialDate,
    #[serde(skip)]
    pub to: PartialDate,
    #[serde(skip)]
    pub election_day: bool,
}

/// Every step that has a date, in order.
pub(super) fn of(dossier: &Dossier, words: &Words) -> Vec<Step> {
    let election = &dossier.election;
    let own = election.plan.get().map_or(&[][..], |plan| plan.timetable.items());
    let mut steps: Vec<Step> = if own.is_empty() {
        known_steps(election, words)
    } else {
        own.iter()
            .filter_map(|step| {
                let from = step.starts_on.value()?;
                let to = step.ends_on.value().unwrap_or(from);
                let text = |field: Option<&String>| field.cloned().unwrap_or_default();
                Some(Step::new(from, to, text(step.work.get()), text(step.by.get())))
            })
            .collect()
    };
    // Stable: steps of one day stay in the order of the procedure.
    steps.sort_by_key(|step| step.from.earliest());
    steps
}

impl Step {
    fn new(from: PartialDate, to: PartialDate, work: String, by: String) -> Self {
        Self { when: span(from, to), work, by, from, to, election_day: false }
    }
}

fn known_steps(election: &Election, words: &Words) -> Vec<Step> {
    let word = |name: &str| words.get(name).unwrap_or_default().to_owned();
    let office = facts::office(election).unwrap_or_else(|| words.guidance.clone());
    let by = |body| match body {
        Body::Street => office.clone(),
        Body::Committee => word("committee"),
        Body::ElectionCommittee => word("election_committee"),
    };
    // A plan is passed by the meeting that she names.
    let passed_by = || election.plan.get()?.adopted_by.get().cloned();
    let named = |step: &steps::Step| passed_by().filter(|_| step.id == steps::PLAN_ADOPTED);
    let planned = STEPS.iter().filter(|step| step.in_plans);
    planned
        .filter_map(|step| {
            let (from, to) = step.days(election)?;
            let row =
                Step::new(from, to, step.work(word), named(step).unwrap_or_else(|| by(step.by)));
            Some(Step { election_day: step.id == steps::ELECTION_DAY, ..row })
        })
        .collect()
}

/// `2017年4月10日至20日`, naming only what changes.
pub(super) fn span(from: PartialDate, to: PartialDate) -> String {
    let start = chinese::date_as_known(from);
    if from == to {
        return start;
    }
    let end = if from.year() != to.year() {
        chinese::date_as_known(to)
    } else if from.month() != to.month() || to.day().is_none() {
        let end = chinese::date_as_known(to);
        end.split_once('年').map_or(end.clone(), |(_, rest)| rest.to_owned())
    } else {
        to.day().map(|day| format!("{day}日")).unwrap_or_default()
    };
    format!("{start}至{end}")
}

/// The steps on an axis of days; `None` if there are too few to make a picture.
pub(super) fn timeline(steps: &[Step]) -> Option<Timeline> {
    let dated: Vec<&Step> = steps.iter().filter(|step| step.from.month().is_some()).collect();
    if dated.len() < 3 {
        return None;
    }
    let first = dated.iter().map(|step| step.from.earliest()).min()?;
    let last = dated.iter().map(|step| step.to.latest()).max()?;
    let day = |date: jiff::civil::Date| (date - first).get_days();
    let days = day(last) + 1;
    // One label about every sixth of the axis, on whole weeks.
    let stride = (days / 6 / 7).max(1) * 7;
    let ticks = (0..days)
        .step_by(stride.unsigned_abs() as usize)
        .map(|n| {
            let date = first.saturating_add(jiff::Span::new().days(n));
            (n, format!("{}.{}", date.month(), date.day()))
        })
        .collect();
    let bars = dated
        .iter()
        .map(|step| Bar {
            label: label(&step.work),
            start: day(step.from.earliest()),
            end: day(step.to.latest()),
            election_day: step.election_day,
        })
        .collect();
    let alt = dated
        .iter()
        .map(|step| format!("{}：{}", step.when, step.work))
        .collect::<Vec<_>>()
        .join("；");
    Some(Timeline { ticks, days, bars, alt: format!("日程图。{alt}。") })
}

/// The first clause of a step's work, short enough to stand beside its bar. Of an
/// enumeration that is too long only the first things are named.
fn label(work: &str) -> String {
    const MOST: usize = 16;
    let clause = work.split(['，', '：', '；']).next().unwrap_or(work);
    let fits = |text: &str| text.chars().count() < MOST;
    if fits(clause) || clause.chars().count() == MOST {
        return clause.to_owned();
    }
    let mut named = clause.match_indices('、').map(|(at, _)| &clause[..at]);
    match named.rfind(|named| fits(named)) {
        Some(named) => format!("{named}等"),
        None => clause.chars().take(MOST - 1).chain(['…']).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn a_label_is_a_clause_or_says_that_more_follows() {
        assert_eq!(label("召开动员大会，学习有关法律"), "召开动员大会");
        assert_eq!(label("公布登记参加选举的村民名单"), "公布登记参加选举的村民名单");
        assert_eq!(
            label("公布选举日、投票时间、投票地点、投票方式和有关事项"),
            "公布选举日、投票时间、投票地点等"
        );
        assert_eq!(
            label("逐户核对长期外出人员的联系方式并登记造册"),
            "逐户核对长期外出人员的联系方式…"
        );
    }
}
