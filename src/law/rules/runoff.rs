//! The run-off (另行选举) for seats that nobody won.

use super::elected::short_of_share;
use crate::election::model::Post;
use crate::law::case::{Case, Finding, same_name, sum};
use crate::law::days::{self, say};
use crate::law::parameter::*;
use crate::law::round::{Next, Voting, Winner};

pub(super) fn threshold(case: &Case) -> Vec<Finding> {
    case.votes().round(Voting::Runoff).map_or_else(Vec::new, short_of_share)
}

/// Seats of each post that the first round left open.
fn open_seats<'r>(case: &'r Case) -> Option<&'r [(Post, u32)]> {
    let round = case.first_round()?;
    // Where equal votes leave seats open, it is not yet known how many.
    round.vacancies.as_deref().filter(|_| round.ties.is_empty())
}

pub(super) fn needed(case: &Case) -> Option<Finding> {
    let handover = case.election.handover.get()?.completed_on.located()?;
    let open = sum(open_seats(case)?.iter().map(|(_, seats)| *seats));
    let next = case.first_round()?.next();
    (next == Some(Next::Runoff) && case.election.runoff.is_absent()).then(|| {
        let message = format!("还缺 {open} 名，没有另行选举就{}移交了。", say(handover.value));
        Finding::new(&handover.place, message)
            .also(case.first_round().and_then(|round| round.result.elected.place()), "当选名单")
            .help("不足的名额应另行选举；已经举行的请补写“另行选举”。")
            .doubtful()
    })
}

/// Whom a void vote elected there is nobody to hand over to.
pub(super) fn after_void_vote(case: &Case) -> Option<Finding> {
    let void = case.first_round()?.next() == Some(Next::HoldAgain);
    let (election, result) = (case.election, case.election.result.get()?);
    let handover = election.handover.get().and_then(|one| one.completed_on.located());
    let supervision = election.supervision.get().and_then(|one| one.elected_on.located());
    let steps = [
        (result.posted_on.located(), "张榜公布了当选名单"),
        (handover, "移交了工作"),
        (supervision, "推选了监督委员会"),
    ];
    let (day, what) = steps.into_iter().find_map(|(day, what)| Some((day?, what)))?;
    (void && election.runoff.is_absent()).then(|| {
        let message = format!("选举无效，没有重新选举，却在{}{what}。", say(day.value));
        Finding::new(&day.place, message)
            .also(case.first_round().and_then(|round| round.poll.cast_place()), "这次投票无效")
            .help("无效的应当重新选举；重新选过的，请把那一次的票数写进“选举结果”。")
            .doubtful()
    })
}

pub(super) fn seats(case: &Case) -> Vec<Finding> {
    let Some((runoff, open)) = case.election.runoff.get().zip(open_seats(case)) else {
        return Vec::new();
    };
    let Some(posts) = runoff.posts.located() else { return Vec::new() };
    let over = Post::ALL.iter().filter_map(|&post| {
        // Of a post that the election had no seats for nothing is known.
        case.first_round()?.seats(post)?;
        let open = open.iter().find(|(other, _)| *other == post).map_or(0, |(_, open)| *open);
        let seats = posts.seats(post)?;
        (seats > open).then(|| {
            let message = format!("另行选举{} {seats} 名，空缺只有 {open} 名。", post.name());
            let elected = case.first_round().and_then(|round| round.result.elected.place());
            Finding::new(posts.field(post).place().unwrap_or(&posts.place), message)
                .also(elected, "第一次当选的")
                .help("另行选举只补不足的名额；请核对。")
        })
    });
    over.collect()
}

/// After a void vote the whole election is held again, with its quorum.
pub(super) fn after_void(case: &Case) -> Option<Finding> {
    let place = case.election.runoff.place()?;
    let void = case.first_round()?.poll.valid == Some(false);
    void.then(|| {
        Finding::new(place, "第一次投票无效，却写了另行选举；无效的应当重新选举，不是另行选举。")
            .also(case.first_round().and_then(|round| round.poll.cast_place()), "第一次投票")
            .help("重新选举须参加投票的人够，得票过半数才能当选：请把它写进“选举结果”。")
            .doubtful()
    })
}

pub(super) fn candidates(case: &Case) -> Vec<Finding> {
    let first = case.first_round().filter(|round| round.poll.valid != Some(false));
    let (Some(runoff), Some(round)) = (case.election.runoff.get(), first) else {
        return Vec::new();
    };
    let winner = |name: &str| {
        let is_same = |winner: &&Winner| winner.name.is_some_and(|other| same_name(other, name));
        round.winners.iter().flatten().find(is_same)
    };
    let is_elected = |name: &str| winner(name).is_some();
    let candidates = runoff.candidates.items();
    let stands = |name: &str| {
        candidates.iter().any(|one| one.name.get().is_some_and(|other| same_name(other, name)))
    };
    // Whom a row without a name means, nobody knows.
    let all_named = candidates.iter().all(|one| one.name.get().is_some())
        && round.winners.iter().flatten().all(|winner| winner.name.is_some());
    let mut findings = Vec::new();
    for candidate in candidates {
        let Some(name) = candidate.name.located() else { continue };
        if let Some(winner) = winner(name) {
            let message = format!("{}已经当选，又作了另行选举的候选人。", name.value);
            findings.push(
                Finding::new(&name.place, message)
                    .also(winner.place, "当选在这里")
                    .help("另行选举的候选人从未当选的人中产生。"),
            );
            continue;
        }
        let Some(post) = candidate.post.value().filter(|_| all_named) else { continue };
        let Some(votes) = round.votes_known(name, post) else { continue };
        let better = round
            .result
            .votes
            .items()
            .iter()
            .filter(|row| row.post.value() == Some(post))
            .find_map(|row| {
                let (other, theirs) = (row.name.get()?, row.votes.located()?);
                let has_more = theirs.value > votes && !is_elected(other) && !stands(other);
                has_more.then_some((other, theirs))
            });
        // Whoever has more votes may have withdrawn.
        findings.extend(better.map(|(other, theirs)| {
            let message = format!(
                "{}上次得 {votes} 票，得 {} 票的{other}却不是另行选举的候选人。",
                name.value, theirs.value
            );
            Finding::new(&name.place, message)
                .also(&theirs.place, format!("{other}上次的得票"))
                .help("候选人按上次得票多少确定；有人放弃的请在备案里写明。")
                .doubtful()
        }));
    }
    findings
}

pub(super) fn in_time(case: &Case) -> Option<Finding> {
    let days = case.law(&RUNOFF_DAYS)?;
    let held = case.election.runoff.get()?.held_on.located()?;
    let day = case.election_day()?;
    let last = days::end_of_period(day.latest(), days);
    (held.earliest() > last).then(|| {
        let message = format!(
            "另行选举{}举行；选举日{}后 {days} 日内，即至迟{}。",
            say(held.value),
            say(day.value),
            say(last)
        );
        Finding::new(&held.place, message)
            .also(&day.place, "选举日")
            .help("请核对日期，或提前举行。")
    })
}
