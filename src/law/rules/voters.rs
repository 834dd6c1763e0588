//! Registration of voters and their list. What the roll itself must satisfy
//! is judged where the roll is read.

use jiff::civil::Date;

use super::plan::posted_before_election;
use crate::election::date::age_on;
use crate::election::model::{Mode, Registration};
use crate::election::roll::label_key;
use crate::law::case::{Case, Finding, sum, surely_after, too_late};
use crate::law::days::{self, say};
use crate::law::parameter::*;

fn registration<'a>(case: &Case<'a>) -> Option<&'a Registration> {
    case.election.registration.get()
}

pub fn age(case: &Case) -> Vec<Finding> {
    let Some(age) = case.law(&VOTER_AGE) else { return Vec::new() };
    let election = case.election;
    let candidates = election.candidates.get().map_or(&[][..], |one| one.list.items());
    let nominees = election.nomination.get().map_or(&[][..], |one| one.nominees.items());
    let by_election = election.by_election.get();
    let later = by_election.map_or(&[][..], |later| later.candidates.items());
    let later_day = by_election.and_then(|later| later.held_on.located());
    let people = candidates.iter().chain(nominees).map(|one| (one, case.election_day(), "选举日"));
    let young = people.chain(later.iter().map(|one| (one, later_day, "补选"))).filter_map(
        |(one, day, what)| {
            let (name, born, day) = (one.name.get()?, one.born_on.located()?, day?);
            let is_young = i64::from(age_on(born.earliest(), day.latest())) < i64::from(age);
            is_young.then(|| {
                let message = format!(
                    "{name}生于{}，到{what}{}不满 {age} 周岁。",
                    say(born.value),
                    say(day.value)
                );
                Finding::new(&born.place, message)
                    .help("请核对出生日期；不满年龄的不得登记和作候选人。")
            })
        },
    );
    young.collect()
}

pub fn total(case: &Case) -> Option<Finding> {
    let published = registration(case)?.voters.located()?;
    let groups = case.election.groups.items();
    let counts = groups.iter().map(|group| group.voters.value()).collect::<Option<Vec<u32>>>()?;
    let total = sum(counts.iter().copied());
    let terms = counts.iter().map(u32::to_string).collect::<Vec<_>>().join(" + ");
    (!counts.is_empty() && total != published.value).then(|| {
        Finding::new(
            &published.place,
            format!("选民总数写的是 {}，各小组之和 {terms} = {total}。", published.value),
        )
        .help("请核对各小组的选民数和总数。")
    })
}

pub fn list_posted(case: &Case) -> Option<Finding> {
    let posted = registration(case)?.list_posted_on.located()?;
    posted_before_election(case, &LIST_DAYS_BEFORE, posted, "选民名单")
}

/// Whoever registers after the list is due cannot be on it. Where the list has
/// its day, the order of the dates tells.
pub fn registration_closed(case: &Case) -> Option<Finding> {
    let (days, day) = (case.law(&LIST_DAYS_BEFORE)?, case.election_day()?);
    let registration = registration(case)?;
    let ends = registration.ends_on.located()?;
    let last = too_late(ends, days, day)?;
    registration.list_posted_on.get().is_none().then(|| {
        let message = format!(
            "登记到{}截止；选举日是{}，选民名单至迟{}公布。",
            say(ends.value),
            say(day.value),
            say(last)
        );
        Finding::new(&ends.place, message)
            .help(format!("请提前到{}之前截止，或推迟选举日。", say(last)))
    })
}

pub fn list_places(case: &Case) -> Vec<Finding> {
    let Some(places) =
        registration(case).and_then(|registration| registration.list_places.located())
    else {
        return Vec::new();
    };
    if case.demands(&LIST_IN_EACH_GROUP).is_none() {
        return Vec::new();
    }
    let covers = |group: &str| {
        places
            .value
            .iter()
            .any(|place| place.contains("各") || label_key(place).contains(&label_key(group)))
    };
    let missing: Vec<&str> = case
        .election
        .groups
        .items()
        .iter()
        .filter_map(|group| group.name.get().map(String::as_str))
        .filter(|group| !covers(group))
        .collect();
    let message = || format!("选民名单的张榜地点里没有：{}。", missing.join("、"));
    match missing.is_empty() {
        true => Vec::new(),
        false => vec![
            Finding::new(&places.place, message())
                .help("名单应在委员会和各小组所在地都张榜。")
                .doubtful(),
        ],
    }
}

pub fn list_with_representatives(case: &Case) -> Option<Finding> {
    case.demands(&LIST_WITH_REPRESENTATIVES)?;
    let election = case.election;
    let mode = case.mode()?;
    let (theirs, whose) = match mode {
        Mode::AllVoters => return None,
        Mode::HouseholdReps => (&election.household_representatives.get()?.posted_on, "户代表"),
        Mode::ResidentReps => (&election.representatives.get()?.posted_on, "代表"),
    };
    let (list, theirs) = (registration(case)?.list_posted_on.located()?, theirs.located()?);
    let differ = theirs.latest() < list.earliest() || theirs.earliest() > list.latest();
    differ.then(|| {
        let message = format!(
            "{whose}名单{}公布，选民名单{}公布；{}选举的，两份名单应同时公布。",
            say(theirs.value),
            say(list.value),
            mode.name()
        );
        Finding::new(&theirs.place, message).help("请在同一天公布。")
    })
}

/// An objection outside its window is no fault of the list, but whoever
/// decides on it should know.
pub fn objection_window(case: &Case) -> Vec<Finding> {
    let (Some(days), Some(registration)) = (case.law(&OBJECTION_DAYS), registration(case)) else {
        return Vec::new();
    };
    let Some(posted) = registration.list_posted_on.located() else { return Vec::new() };
    let last = days::end_of_period(posted.latest(), days);
    let received = registration
        .objections
        .items()
        .iter()
        .filter_map(|objection| objection.received_on.located());
    received
        .filter(|received| received.earliest() > last)
        .map(|received| {
            let message = format!(
                "申诉{}收到；名单{}公布，{days} 日内申诉，至{}为止。",
                say(received.value),
                say(posted.value),
                say(last)
            );
            Finding::new(&received.place, message)
                .help("请核对日期；过期的申诉如何处理应写进决定。")
                .doubtful()
        })
        .collect()
}

pub fn objection_decided(case: &Case) -> Vec<Finding> {
    let (Some(days), Some(registration)) = (case.law(&OBJECTION_DECISION_DAYS), registration(case))
    else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for objection in registration.objections.items() {
        let Some(received) = objection.received_on.located() else { continue };
        let last: Date = days::end_of_period(received.latest(), days);
        let steps = [
            (objection.decided_on.located(), "处理"),
            (objection.posted_on.located(), "公布处理结果"),
        ];
        let late = steps
            .into_iter()
            .find_map(|(date, what)| Some((date.filter(|date| date.earliest() > last)?, what)));
        if let Some((date, what)) = late {
            let message = format!(
                "申诉{}收到，{}{what}，应在 {days} 日内，即至迟{}。",
                say(received.value),
                say(date.value),
                say(last)
            );
            let finding =
                Finding::new(&date.place, message).help("申诉应按时处理并公布结果；请核对日期。");
            // That the days bind the posting too is one reading of the text.
            findings.push(if what == "处理" { finding } else { finding.doubtful() });
        }
        let early = objection
            .decided_on
            .located()
            .filter(|decided| surely_after(received.value, decided.value));
        findings.extend(early.map(|decided| {
            let message =
                format!("申诉{}才收到，{}就处理了。", say(received.value), say(decided.value));
            Finding::new(&decided.place, message).help("请核对这两个日期。")
        }));
    }
    findings
}

pub fn cards(case: &Case) -> Option<Finding> {
    case.demands(&VOTER_CARDS)?;
    let issued = registration(case)?.cards_issued.located()?;
    (!issued.value).then(|| {
        Finding::new(&issued.place, "写着不发选民证，按规定应当发放。").help("请发放选民证。")
    })
}
