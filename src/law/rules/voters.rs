//! Registration of voters and their list. What the roll itself must satisfy
//! is judged where the roll is read.

use jiff::civil::Date;

use super::plan::posted_before_election;
use crate::election::date::{PartialDate, age_on};
use crate::election::decode::{Field, Located};
use crate::election::model::{Elected, Mode, Registration};
use crate::election::roll::label_key;
use crate::law::case::{Case, DateAt, Finding, same_name, sum, surely_after, too_late};
use crate::law::days::{self, say};
use crate::law::parameter::*;
use crate::law::round::Voting;

fn registration<'a>(case: &Case<'a>) -> Option<&'a Registration> {
    case.election.registration.get()
}

/// Whoever stands or is elected is a voter, and of age on the day of the vote;
/// so are, as a rule, the representatives.
pub(super) fn age(case: &Case) -> Vec<Finding> {
    let Some(age) = case.law(&VOTER_AGE) else { return Vec::new() };
    let election = case.election;
    let (day, runoff, later) = (case.election_day(), &election.runoff, &election.by_election);
    let later_day = later.get().and_then(|later| later.held_on.located());
    let candidates = election.candidates.get().map_or(&[][..], |one| one.list.items());
    let nominees = election.nomination.get().map_or(&[][..], |one| one.nominees.items());
    let runoff = runoff.get().map_or(&[][..], |runoff| runoff.candidates.items());
    let later = later.get().map_or(&[][..], |later| later.candidates.items());
    let own = candidates.iter().chain(nominees).chain(runoff).map(|one| (one, day, "选举日"));
    let standing = own.chain(later.iter().map(|one| (one, later_day, "补选")));
    let standing: Vec<_> =
        standing.map(|(one, day, what)| (&one.name, &one.born_on, day, what)).collect();
    let elected = case.rounds().iter().flat_map(|round| {
        let (day, what) = match round.voting {
            Voting::ByElection => (later_day, "补选"),
            _ => (day, "选举日"),
        };
        round.result.elected.items().iter().map(move |one| (&**one, day, what))
    });
    let elected: Vec<(&Elected, _, _)> = elected.collect();
    let born = elected.iter().map(|(one, day, what)| (&one.name, &one.born_on, *day, *what));
    let mut told: Vec<&str> = Vec::new();
    let mut findings = Vec::new();
    for (name, born, day, what) in standing.into_iter().chain(born) {
        let found = too_young(name, born, day, what, age);
        let (Some(name), Some(found)) = (name.get(), found) else { continue };
        // One who stands and is elected is told of once.
        if !told.iter().any(|other| same_name(other, name)) {
            told.push(name);
            findings.push(found.help("请核对出生日期；不满年龄的不得登记和作候选人。"));
        }
    }
    findings.extend(elected.iter().filter_map(|(one, ..)| {
        let (name, written) = (one.name.get()?, one.age.located()?);
        (written.value < age).then(|| {
            let message = format!("{name}写的是 {} 岁，不满 {age} 周岁。", written.value);
            Finding::new(&written.place, message).help("请核对年龄；不满年龄的不得当选。")
        })
    }));
    let representatives = election.representatives.get();
    let chosen = representatives.and_then(|one| one.elected_on.located()).or(day);
    let listed = representatives.map_or(&[][..], |one| one.list.items());
    findings.extend(listed.iter().filter_map(|one| {
        let found = too_young(&one.name, &one.born_on, chosen, "推选代表时", age)?;
        Some(found.help("请核对出生日期；代表一般应是登记的选民。").doubtful())
    }));
    findings
}

fn too_young(
    name: &Field<String>,
    born: &Field<PartialDate>,
    day: Option<DateAt>,
    what: &str,
    age: u32,
) -> Option<Finding> {
    let (name, born, day) = (name.get()?, born.located()?, day?);
    let is_young = i64::from(age_on(born.earliest(), day.latest())) < i64::from(age);
    is_young.then(|| {
        let message =
            format!("{name}生于{}，到{what}{}不满 {age} 周岁。", say(born.value), say(day.value));
        Finding::new(&born.place, message).also(&day.place, "算到这一天")
    })
}

pub(super) fn total(case: &Case) -> Option<Finding> {
    let published = registration(case)?.voters.located()?;
    let groups = case.election.groups.items();
    let counts = groups.iter().map(|group| group.voters.value()).collect::<Option<Vec<u32>>>()?;
    let total = sum(counts.iter().copied());
    let terms = counts.iter().map(u32::to_string).collect::<Vec<_>>().join(" + ");
    let parts =
        groups.iter().filter_map(|one| Some((one.voters.place()?, one.name.get()?.clone())));
    (!counts.is_empty() && total != published.value).then(|| {
        Finding::new(
            &published.place,
            format!("选民总数写的是 {}，各小组之和 {terms} = {total}。", published.value),
        )
        .also_each(parts)
        .help("请核对各小组的选民数和总数。")
    })
}

pub(super) fn list_posted(case: &Case) -> Option<Finding> {
    let posted = registration(case)?.list_posted_on.located()?;
    posted_before_election(case, &LIST_DAYS_BEFORE, posted, "选民名单")
}

/// Whoever registers after the list is due cannot be on it. Where the list has
/// its day, the order of the dates tells.
pub(super) fn registration_closed(case: &Case) -> Option<Finding> {
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
            .also(&day.place, "选举日")
            .help(format!("请提前到{}之前截止，或推迟选举日。", say(last)))
    })
}

pub(super) fn list_places(case: &Case) -> Vec<Finding> {
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
    let groups = case.election.groups.items().iter().filter_map(|group| group.name.located());
    let missing: Vec<&Located<String>> = groups.filter(|group| !covers(group)).collect();
    let names: Vec<&str> = missing.iter().map(|group| group.as_str()).collect();
    let message = || format!("选民名单的张榜地点里没有：{}。", names.join("、"));
    let groups = || missing.iter().map(|group| (&group.place, "没有张榜地点".to_owned()));
    match missing.is_empty() {
        true => Vec::new(),
        false => vec![
            Finding::new(&places.place, message())
                .also_each(groups())
                .help("名单应在委员会和各小组所在地都张榜。")
                .doubtful(),
        ],
    }
}

pub(super) fn list_with_representatives(case: &Case) -> Option<Finding> {
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
        Finding::new(&theirs.place, message)
            .also(&list.place, "选民名单公布")
            .help("请在同一天公布。")
    })
}

/// An objection outside its window is no fault of the list, but whoever
/// decides on it should know.
pub(super) fn objection_window(case: &Case) -> Vec<Finding> {
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
                .also(&posted.place, "名单公布")
                .help("请核对日期；过期的申诉如何处理应写进决定。")
                .doubtful()
        })
        .collect()
}

pub(super) fn objection_decided(case: &Case) -> Vec<Finding> {
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
            let finding = Finding::new(&date.place, message)
                .also(&received.place, "收到申诉")
                .help("申诉应按时处理并公布结果；请核对日期。");
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
            Finding::new(&decided.place, message)
                .also(&received.place, "收到申诉")
                .help("请核对这两个日期。")
        }));
    }
    findings
}

pub(super) fn cards(case: &Case) -> Option<Finding> {
    case.demands(&VOTER_CARDS)?;
    let issued = registration(case)?.cards_issued.located()?;
    (!issued.value).then(|| {
        Finding::new(&issued.place, "写着不发选民证，按规定应当发放。").help("请发放选民证。")
    })
}
