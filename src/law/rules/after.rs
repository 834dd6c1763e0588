//! After the vote: handover, supervision committee, archive.

use super::committee::related_pairs;
use crate::diagnostic::Place;
use crate::election::PERMANENT;
use crate::election::decode::{Field, Located};
use crate::election::model::{Archive, Handover, Retention};
use crate::law::case::{Case, DateAt, Finding, same_name};
use crate::law::days::{self, say};
use crate::law::parameter::*;
use crate::law::round::Voting;

fn handover<'a>(case: &Case<'a>) -> Option<&'a Handover> {
    case.election.handover.get()
}

/// The day on which the new committee came into being: of the run-off, if there was one.
fn elected_on<'a>(case: &Case<'a>) -> Option<DateAt<'a>> {
    match &case.election.runoff {
        Field::Known(runoff) => runoff.held_on.located(),
        Field::Unknown(_) => None,
        // Where seats are open, a run-off may have filled them.
        Field::Absent => {
            let full = case.first_round().and_then(|round| round.is_full());
            case.election_day().filter(|_| full != Some(false))
        }
    }
}

fn within(case: &Case, days: u32, done: DateAt, what: &str) -> Option<Finding> {
    let elected = elected_on(case)?;
    let last = days::end_of_period(elected.latest(), days);
    (done.earliest() > last).then(|| {
        let message = format!(
            "{what}{}；新一届{}产生，{days} 日内即至迟{}。",
            say(done.value),
            say(elected.value),
            say(last)
        );
        Finding::new(&done.place, message)
            .also(&elected.place, "新一届产生")
            .help("请核对日期；确实迟了的应说明原因。")
    })
}

pub(super) fn handover_in_time(case: &Case) -> Option<Finding> {
    let done = handover(case)?.completed_on.located()?;
    within(case, case.law(&HANDOVER_DAYS)?, done, "移交完成于")
}

pub(super) fn handover_host(case: &Case) -> Option<Finding> {
    case.demands(&HANDOVER_BY_COMMITTEE)?;
    let host = handover(case)?.host.located()?;
    (!host.contains("选举委员会") && !host.contains("选委会")).then(|| {
        Finding::new(
            &host.place,
            format!("移交由“{}”主持，应由{}选举委员会主持。", host.value, case.people()),
        )
        .help("请核对由谁主持。")
        .doubtful()
    })
}

pub(super) fn handover_items(case: &Case) -> Option<Finding> {
    let required = case.law(&HANDOVER_ITEMS)?;
    let items = handover(case)?.items.located()?;
    let missing: Vec<_> = required
        .into_iter()
        .filter(|wanted| !items.iter().any(|item| names_item(item, wanted)))
        .collect();
    (!missing.is_empty()).then(|| {
        Finding::new(&items.place, format!("移交的项目里没有：{}。", missing.join("、")))
            .help("移交了的请写上。")
            .doubtful()
    })
}

/// 印章 is also called 公章; a longer name of an item will do.
fn names_item(item: &str, wanted: &str) -> bool {
    item.contains(wanted) || wanted == "印章" && item.contains("公章")
}

pub(super) fn supervision_in_time(case: &Case) -> Option<Finding> {
    let elected = case.election.supervision.get()?.elected_on.located()?;
    within(case, case.law(&SUPERVISION_DAYS)?, elected, "监督委员会推选于")
}

pub(super) fn supervision_kin(case: &Case) -> Vec<Finding> {
    let Some(supervision) =
        case.election.supervision.get().filter(|_| case.demands(&SUPERVISION_NO_KIN).is_some())
    else {
        return Vec::new();
    };
    // Who is elected later in the term leaves the other committee then.
    let elected: Vec<(&str, &Place, bool)> = case
        .rounds()
        .iter()
        .flat_map(|round| {
            let is_later = round.voting == Voting::ByElection;
            let winners = round.winners.iter().flatten();
            winners.filter_map(move |winner| Some((winner.name?, winner.place, is_later)))
        })
        .collect();
    let unless_later = |found: Finding, is_later| if is_later { found.doubtful() } else { found };
    let mut findings = Vec::new();
    for member in supervision.members.items() {
        let Some(name) = member.name.located() else { continue };
        let same = elected.iter().find(|(other, ..)| same_name(other, name));
        if let Some((_, place, is_later)) = same {
            let message = format!("监督委员会成员{}是新当选的委员会成员。", name.value);
            let found = Finding::new(&name.place, message).also(*place, "当选在这里");
            let found = found.help("请另选他人。");
            findings.push(unless_later(found, *is_later));
        }
        for (other, elected, is_later) in &elected {
            let pair = [name.as_str(), other];
            findings.extend(related_pairs(case, &pair).next().map(|(_, _, word, tie)| {
                let message =
                    format!("监督委员会成员{}是当选人{other}的近亲属（{word}）。", name.value);
                let found = Finding::new(&name.place, message)
                    .also(*elected, "当选在这里")
                    .also(tie, "关系写在这里")
                    .help("请另选他人。");
                unless_later(found, *is_later)
            }));
        }
    }
    findings
}

fn retention<'a>(case: &Case<'a>) -> &'a [Located<Retention>] {
    let archive: Option<&Archive> = case.election.archive.get();
    archive.map_or(&[][..], |archive| archive.retention.items())
}

pub(super) fn archive_period(case: &Case) -> Vec<Finding> {
    let Some(allowed) = case.law(&ARCHIVE_PERIODS) else { return Vec::new() };
    let periods = retention(case).iter().filter_map(|retention| retention.period.located());
    periods
        .filter(|period| !allowed.iter().any(|allowed| *allowed == period.replace(' ', "")))
        .map(|period| {
            Finding::new(
                &period.place,
                format!("保管期限“{}”不是通用的：{}。", period.value, allowed.join("、")),
            )
            .help("请改用其中一种；本地另有规定的请写明依据。")
        })
        .collect()
}

pub(super) fn archive_permanent(case: &Case) -> Vec<Finding> {
    let Some(documents) = case.law(&ARCHIVE_PERMANENT) else { return Vec::new() };
    let own =
        retention(case).iter().filter_map(|one| Some((one.document.get()?, one.period.located()?)));
    own.filter(|(document, period)| documents.contains(document) && period.value != PERMANENT)
        .map(|(document, period)| {
            Finding::new(
                &period.place,
                format!("“{document}”定为 {}，选举的名单和结果一般永久保管。", period.value),
            )
            .help("请改为永久；本地另有规定的请写明依据。")
        })
        .collect()
}
