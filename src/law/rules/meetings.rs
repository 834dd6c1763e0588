//! Meetings: who came, and what was carried. Some stand in the minutes; of an
//! appraisal and a primary only the numbers may be written down.

use crate::diagnostic::Place;
use crate::election::date::PartialDate;
use crate::election::decode::{Field, Located};
use crate::election::model::{Ballots, Meeting};
use crate::law::case::{Case, Finding, sum};
use crate::law::claim::Claim;
use crate::law::days::say;
use crate::law::meeting::{self, Body, Decision};
use crate::law::{self, Primary};

/// A meeting of which it is known how many came.
struct Gathering<'a> {
    name: Option<&'a str>,
    /// What to call it where it has no name.
    what: &'static str,
    day: Option<PartialDate>,
    expected: &'a Field<u32>,
    present: &'a Field<u32>,
}

impl Gathering<'_> {
    /// `2026年4月1日的村民代表会议`
    fn title(&self) -> String {
        let day = self.day.map_or_else(String::new, |day| format!("{}的", say(day)));
        format!("{day}{}", self.name.unwrap_or(self.what))
    }

    fn decide(&self, case: &Case) -> Decision {
        let counts = [self.expected.value(), self.present.value()];
        meeting::gathering(case.election, case.profile, self.name, self.day, counts)
    }
}

fn minutes<'a>(case: &Case<'a>) -> &'a [Located<Meeting>] {
    case.election.meetings.items()
}

fn of_minutes<'a>(meeting: &'a Meeting) -> Gathering<'a> {
    Gathering {
        name: meeting.name.get().map(String::as_str),
        what: "会议",
        day: meeting.held_on.value(),
        expected: &meeting.expected,
        present: &meeting.present,
    }
}

/// The appraisal and the primary.
fn others<'a>(case: &Case<'a>) -> Vec<Gathering<'a>> {
    let appraisal = case.election.appraisal.get().map(|appraisal| Gathering {
        name: None,
        what: "民主评议会议",
        day: appraisal.held_on.value(),
        expected: &appraisal.expected,
        present: &appraisal.present,
    });
    let primary = case.election.candidates.get().map(|candidates| Gathering {
        name: candidates.primary_by.get().map(String::as_str),
        what: "预选会议",
        day: candidates.primary_on.value(),
        expected: &candidates.primary_expected,
        present: &candidates.primary_present,
    });
    appraisal.into_iter().chain(primary).collect()
}

fn gatherings<'a>(case: &Case<'a>) -> Vec<Gathering<'a>> {
    minutes(case).iter().map(|meeting| of_minutes(meeting)).chain(others(case)).collect()
}

pub(super) fn attendance(case: &Case) -> Vec<Finding> {
    let over = gatherings(case).into_iter().filter_map(|gathering| {
        let (expected, present) = (gathering.expected.located()?, gathering.present.located()?);
        (present.value > expected.value).then(|| {
            let message = format!(
                "{}应到 {} 人，实到却有 {} 人。",
                gathering.title(),
                expected.value,
                present.value
            );
            Finding::new(&present.place, message)
                .also(&expected.place, "应到")
                .help("请核对这两个数；列席的人不算在实到里。")
        })
    });
    over.collect()
}

pub(super) fn representatives(case: &Case) -> Vec<Finding> {
    without_quorum(case, Body::Representatives)
}

pub(super) fn assembly(case: &Case) -> Vec<Finding> {
    without_quorum(case, Body::Assembly)
}

pub(super) fn of_households(case: &Case) -> Vec<Finding> {
    without_quorum(case, Body::Households)
}

pub(super) fn group(case: &Case) -> Vec<Finding> {
    without_quorum(case, Body::Group)
}

fn without_quorum(case: &Case, body: Body) -> Vec<Finding> {
    let short = gatherings(case).into_iter().filter_map(|gathering| {
        let decision = gathering.decide(case);
        (decision.body == Some(body) && decision.quorate == Some(false)).then_some(())?;
        let (present, needed) = (gathering.present.located()?, decision.least_present()?);
        let quorum = decision.quorum.as_ref()?;
        let message = format!(
            "{}应到 {} 人，实到 {} 人，{}到会须 {needed} 人，差 {} 人：不到法定人数。",
            gathering.title(),
            decision.expected?,
            present.value,
            quorum.value,
            needed.saturating_sub(present.value.into())
        );
        Some(
            Finding::new(&present.place, message)
                .also(gathering.expected.place(), "应到")
                .help("请核对人数；确实不够的，应另行开会，重新表决。")
                .resting_on(quorum.basis.clone()),
        )
    });
    short.collect()
}

pub(super) fn votes(case: &Case) -> Vec<Finding> {
    let mut findings = Vec::new();
    for meeting in minutes(case) {
        let Some(present) = meeting.present.located() else { continue };
        for resolution in meeting.resolutions.items() {
            let votes = [&resolution.agreed, &resolution.opposed, &resolution.abstained];
            let Some(place) = votes.iter().find_map(|votes| votes.place()) else { continue };
            // What is not known makes the sum no smaller.
            let known: Vec<(&str, u32)> = ["同意", "反对", "弃权"]
                .into_iter()
                .zip(votes)
                .filter_map(|(what, votes)| Some((what, votes.value()?)))
                .collect();
            let total = sum(known.iter().map(|(_, count)| *count));
            if total > present.value {
                let terms: Vec<String> =
                    known.iter().map(|(what, count)| format!("{what} {count}")).collect();
                let terms = terms.join(" + ");
                let message = format!("{terms} = {total} 票，到会的只有 {} 人。", present.value);
                findings.push(
                    Finding::new(place, message)
                        .also(&present.place, "实到")
                        .help("请核对实到人数和票数；列席的人不参加表决。"),
                );
            }
        }
    }
    findings
}

/// To lose a vote is lawful; to take a lost vote for a resolution is not. Where
/// no stage does, somebody may still.
pub(super) fn majority(case: &Case) -> Vec<Finding> {
    let mut findings = Vec::new();
    for meeting in minutes(case) {
        let decision = meeting::of(case.election, case.profile, meeting);
        for (at, vote) in decision.votes.iter().enumerate() {
            if vote.enough == Some(false) {
                findings.extend(lost(case, meeting, &decision, at));
            }
        }
    }
    findings
}

/// What to say of the resolution `at` of a meeting, which was not carried.
fn lost(
    case: &Case,
    meeting: &Located<Meeting>,
    decision: &Decision,
    at: usize,
) -> Option<Finding> {
    let (resolution, vote) = (meeting.resolutions.items().get(at)?, decision.votes.get(at)?);
    let agreed = match resolution.agreed.value() {
        Some(agreed) => format!("同意 {agreed} 票"),
        None => format!("同意至多 {} 票", vote.agreed?),
    };
    let opposed = resolution.opposed.value().map(|opposed| format!("，反对 {opposed} 票"));
    let share = decision.majority.as_ref().zip(decision.present).and_then(|(majority, present)| {
        let least = decision.least_agreed(present)?;
        Some(format!("到会 {present} 人，{}须 {least} 票", majority.value))
    });
    let matter = resolution.matter.get().map_or("这一项", String::as_str);
    let against = opposed.filter(|_| share.is_none()).unwrap_or_default();
    let share = share.map(|share| format!("，{share}")).unwrap_or_default();
    let message = format!("“{matter}”{agreed}{against}{share}：没有通过，不能作为决议。");
    let claims = case.claims();
    let claim = claims.iter().find(|claim| {
        let is_own = |(minutes, _): &(&Located<Meeting>, _)| std::ptr::eq(*minutes, meeting);
        claim.minutes.as_ref().is_some_and(is_own) && claim.rests_on(at, case.election)
    });
    let place = resolution.agreed.place().or(resolution.opposed.place())?;
    let mut finding = Finding::new(place, message).also(meeting.present.place(), "实到");
    if let Some(majority) = &decision.majority {
        finding = finding.resting_on(majority.basis.clone());
    }
    Some(match claim {
        Some(claim) => {
            let decided_by = claim.matter.decided_by();
            finding.also(claim.place, decided_by).help(format!(
                "请核对票数；{decided_by}写的是这次会议，没有通过的，应另行开会表决。"
            ))
        }
        None => finding
            .help("没有通过的事项，应另行开会讨论，不得照此办理；表决属实的不必改。")
            .lawful(),
    })
}

/// A meeting that a stage names must be the one in the minutes of that day.
/// There may have been another of which nobody kept minutes.
pub(super) fn record(case: &Case) -> Vec<Finding> {
    case.claims().iter().filter_map(|claim| of_that_day(case, claim)).collect()
}

fn of_that_day(case: &Case, claim: &Claim) -> Option<Finding> {
    // 居民会议 may be held as one of households.
    let kind = |body| if body == Body::Households { Body::Assembly } else { body };
    let (day, body) = (claim.day?.exact()?, kind(claim.body?));
    let on_it = |meeting: &&Located<Meeting>| {
        meeting.held_on.value().and_then(PartialDate::exact) == Some(day)
    };
    let that_day: Vec<&Located<String>> =
        minutes(case).iter().filter(on_it).filter_map(|meeting| meeting.name.located()).collect();
    let bodies: Vec<Body> =
        that_day.iter().filter_map(|name| Body::named(name)).map(kind).collect();
    let (what, named) = (claim.matter.decided_by(), &claim.meeting);
    // A meeting whose kind the name does not tell may be the one.
    if bodies.len() < that_day.len() || bodies.contains(&body) {
        return None;
    }
    let (message, records) = match claim.dealt_with_elsewhere(minutes(case)) {
        Some(other) if bodies.is_empty() => {
            let other_day = say(other.value);
            let message = format!("{what}写的是{}的“{named}”，会议记录里是{other_day}。", say(day));
            (message, vec![&other.place])
        }
        _ if bodies.is_empty() => return None,
        _ => {
            let names: Vec<&str> = that_day.iter().map(|name| name.as_str()).collect();
            let names = names.join("”“");
            let message = format!("{what}写的是“{named}”，{}的会议记录是“{names}”。", say(day));
            (message, that_day.iter().map(|name| &name.place).collect())
        }
    };
    let records = records.into_iter().map(|place| (place, "会议记录".to_owned()));
    let found = Finding::new(claim.place, message).also_each(records);
    Some(found.help("请核对是哪个会议；另有会议的，请补写会议记录。").doubtful())
}

/// The same attendance in two places must be the same.
pub(super) fn same_attendance(case: &Case) -> Vec<Finding> {
    let mut findings = Vec::new();
    for gathering in others(case) {
        let Some(day) = gathering.day else { continue };
        let minutes = minutes(case);
        let found = match gathering.name {
            Some(name) => meeting::find(minutes, name, day),
            None => minutes.iter().find(|meeting| {
                let appraises = |topic: &Located<String>| topic.contains("评议");
                meeting.held_on.value() == Some(day) && meeting.topics.items().iter().any(appraises)
            }),
        };
        let Some(meeting) = found else { continue };
        let counts = [
            (gathering.expected, &meeting.expected, "应到"),
            (gathering.present, &meeting.present, "实到"),
        ];
        findings.extend(counts.into_iter().filter_map(|(here, there, what)| {
            let (here, there) = (here.located()?, there.located()?);
            (here.value != there.value).then(|| {
                let message = format!(
                    "{}{what}写的是 {} 人，会议记录里是 {} 人。",
                    gathering.title(),
                    here.value,
                    there.value
                );
                Finding::new(&here.place, message)
                    .also(&there.place, "会议记录里写的")
                    .help("请核对这两个数；不是同一个会议的不必改。")
                    .doubtful()
            })
        }));
    }
    findings
}

pub(super) fn appraisal_votes(case: &Case) -> Vec<Finding> {
    let Some(appraisal) = case.election.appraisal.get() else { return Vec::new() };
    let Some(present) = appraisal.present.located() else { return Vec::new() };
    let over = appraisal.results.items().iter().filter_map(|one| {
        let grades = [&one.excellent, &one.competent, &one.fair, &one.unfit];
        let place = grades.iter().find_map(|grade| grade.place())?;
        let known: Vec<u32> = grades.iter().filter_map(|grade| grade.value()).collect();
        let total = sum(known.iter().copied());
        (total > present.value).then(|| {
            let name = one.name.get().map_or("这一人", String::as_str);
            let terms = known.iter().map(u32::to_string).collect::<Vec<_>>().join(" + ");
            let message =
                format!("{name}的评议票 {terms} = {total} 票，到会的只有 {} 人。", present.value);
            Finding::new(place, message)
                .also(&present.place, "实到")
                .help("请核对实到人数和各等次的票数。")
        })
    });
    over.collect()
}

/// What a count cannot exceed, and what that is.
type Most<'a> = Option<(&'a Located<u32>, &'static str)>;

fn number<'a>(count: Option<&'a Located<u32>>, what: &'static str) -> Most<'a> {
    Some((count?, what))
}

/// In a primary everybody present has one ballot, and nobody can have more
/// votes than there are ballots.
pub(super) fn primary_votes(case: &Case) -> Vec<Finding> {
    let Some(primary) = primary(case) else { return Vec::new() };
    let count =
        |part: fn(&Ballots) -> &Field<u32>| primary.ballots.and_then(|one| part(one).located());
    let (issued, collected, valid) =
        (count(|one| &one.issued), count(|one| &one.collected), count(|one| &one.valid));
    let candidates = case.election.candidates.get();
    let present = number(candidates.and_then(|one| one.primary_present.located()), "到会的人数");
    let mut findings = Vec::new();
    let mut exceeds = |count: u32, place: &Place, most: Most, what: &str| {
        if let Some((most, whose)) = most.filter(|(most, _)| count > most.value) {
            let message = format!("预选{what} {count} 票，{whose}只有 {}。", most.value);
            let found = Finding::new(place, message).also(&most.place, whose);
            findings.push(found.help("请核对这两个数。"));
        }
    };
    let issued_count = number(issued, "发出的票数");
    for (count, most, what) in [(issued, present, "发出"), (collected, issued_count, "收回")] {
        if let Some(Located { value, place }) = count {
            exceeds(*value, place, most, what);
        }
    }
    let most = number(valid, "有效票数").or(number(collected, "收回的票数")).or(present);
    for one in &primary.people {
        if let Some((votes, place)) = one.votes {
            exceeds(votes, place, most, &format!("中{}得", one.name));
        }
    }
    findings
}

/// Who has fewer votes does not become a candidate before who has more. One who
/// declined, or was found not to be eligible, may be written down nowhere.
pub(super) fn primary_result(case: &Case) -> Vec<Finding> {
    let Some(primary) = primary(case) else { return Vec::new() };
    let passed = primary.passed_over().into_iter().filter_map(|(one, other)| {
        let message = format!(
            "{}（{} 票）没有成为候选人，得票少的{}（{} 票）却是。",
            other.name, other.votes?.0, one.name, one.votes?.0
        );
        Some(
            Finding::new(one.place, message)
                .also(other.votes?.1, format!("{}的预选得票", other.name))
                .help("请核对预选得票；放弃的或者不合条件的，请在被提名人里写明退出。")
                .doubtful(),
        )
    });
    passed.collect()
}

fn primary<'a>(case: &Case<'a>) -> Option<Primary<'a>> {
    law::primary(case.election, case.profile)
}
