//! Ballots and votes: sums that must come out.

use std::borrow::Cow;

use crate::election::decode::{Field, Located, nearest};
use crate::election::model::{Ballots, Mode, Outcome as Declared, Post, Votes};
use crate::law::case::{Case, Finding, Round, same_name, sum};
use crate::law::parameter::*;

/// Applies a rule to each round of voting.
pub(super) fn each_round<'a>(
    case: &Case<'a>,
    judge: impl Fn(&Round<'a>) -> Vec<Finding>,
) -> Vec<Finding> {
    case.rounds().iter().flat_map(judge).collect()
}

/// A finding if a count exceeds another.
fn exceeds(
    count: &Located<u32>,
    most: u32,
    message: impl FnOnce(u32) -> String,
) -> Option<Finding> {
    (count.value > most)
        .then(|| Finding::new(&count.place, message(count.value)).help("请核对这两个数。"))
}

/// How many households or representatives there are is known only roughly.
fn unless_direct(case: &Case, found: Finding) -> Finding {
    if case.mode() == Mode::AllVoters { found } else { found.doubtful() }
}

pub fn participants(case: &Case) -> Vec<Finding> {
    each_round(case, |round| {
        let Some(participants) = round.result.participants.located() else { return Vec::new() };
        let voters = case.electorate().and_then(|(electorate, what)| {
            let found = exceeds(participants, electorate, |n| {
                format!("参加投票 {n} 人，{what}只有 {electorate} 人。")
            })?;
            Some(unless_direct(case, found))
        });
        // A ballot each is usual, but some places give one for each post.
        let collected = round.collected().filter(|&collected| collected > participants.value).map(
            |collected| {
                let message =
                    format!("参加投票 {} 人，却收回 {collected} 票。", participants.value);
                Finding::new(&participants.place, message)
                    .help("请核对这两个数；参加投票人数应包括委托投票。")
                    .doubtful()
            },
        );
        voters.into_iter().chain(collected).collect()
    })
}

pub fn ballots_issued(case: &Case) -> Vec<Finding> {
    each_round(case, |round| {
        let Some(ballots) = round.ballots() else { return Vec::new() };
        let Some(issued) = ballots.issued.located() else { return Vec::new() };
        let voters = case.electorate().and_then(|(electorate, what)| {
            let found = exceeds(issued, electorate, |n| {
                format!("发出 {n} 票，{what}只有 {electorate} 人。")
            })?;
            Some(unless_direct(case, found))
        });
        let printed = ballots.printed.value();
        let printed = printed
            .and_then(|most| exceeds(issued, most, |n| format!("发出 {n} 票，只印了 {most} 票。")));
        voters.into_iter().chain(printed).collect()
    })
}

pub fn ballots_collected(case: &Case) -> Vec<Finding> {
    each_round(case, |round| {
        // Declared void, what was wrong is told.
        let told = round.result.declared.value() == Some(Declared::Void);
        let found = round.ballots().filter(|_| !told).and_then(|ballots| {
            let (collected, issued) = (ballots.collected.located()?, ballots.issued.value()?);
            let message = |n| format!("收回 {n} 票，多于发出的 {issued} 票：这次投票无效。");
            exceeds(collected, issued, message)
        });
        found
            .map(|found| found.help("请核对；确实多出的，应宣布无效，重新投票。"))
            .into_iter()
            .collect()
    })
}

pub fn ballots_partition(case: &Case) -> Vec<Finding> {
    let polling = case.election.polling.get();
    let stations = polling.map_or(&[][..], |polling| polling.stations.items());
    let all = case.rounds().into_iter().filter_map(|round| round.ballots());
    let all = all.chain(stations.iter().filter_map(|station| station.ballots.get()));
    let primary = case.election.candidates.get().and_then(|c| c.primary_ballots.get());
    let recall = case.election.recall.get().and_then(|recall| recall.ballots.get());
    let by_election = case.by_election().and_then(|round| round.ballots());
    let all = all.chain([primary, recall, by_election].into_iter().flatten());
    all.filter_map(partition).collect()
}

fn partition(ballots: &Ballots) -> Option<Finding> {
    let collected = ballots.collected.located()?;
    let (valid, invalid) = (ballots.valid.value()?, ballots.invalid.value()?);
    let abstained = ballots.abstained.value().unwrap_or(0);
    // Blank ballots are counted apart by some, and among the valid by others.
    let sums = [sum([valid, invalid]), sum([valid, invalid, abstained])];
    let terms = if abstained > 0 { format!(" + 弃权 {abstained}") } else { String::new() };
    (!sums.contains(&collected.value)).then(|| {
        let message = format!(
            "有效 {valid} + 无效 {invalid}{terms} = {}，收回的却是 {} 票。",
            sums[1], collected.value
        );
        Finding::new(&collected.place, message).help("请核对这几个数。")
    })
}

pub fn ballots_stations(case: &Case) -> Vec<Finding> {
    type Part = fn(&Ballots) -> &Field<u32>;
    const PARTS: [(Part, &str); 4] = [
        (|ballots| &ballots.issued, "发出"),
        (|ballots| &ballots.collected, "收回"),
        (|ballots| &ballots.valid, "有效"),
        (|ballots| &ballots.invalid, "无效"),
    ];
    let (Some(round), Some(polling)) = (case.first_round(), case.election.polling.get()) else {
        return Vec::new();
    };
    let Some(total) = round.ballots() else { return Vec::new() };
    let stations: Vec<&Ballots> =
        polling.stations.items().iter().filter_map(|station| station.ballots.get()).collect();
    if stations.len() != polling.stations.items().len() {
        return Vec::new();
    }
    let mobile =
        case.election.mobile_boxes.get().and_then(|boxes| boxes.collected.value()).unwrap_or(0);
    let wrong = PARTS.iter().filter_map(|(part, what)| {
        let total = part(total).located()?;
        let parts =
            stations.iter().map(|ballots| part(ballots).value()).collect::<Option<Vec<u32>>>()?;
        let stations = sum(parts.iter().copied());
        if parts.is_empty() || [stations, stations.saturating_add(mobile)].contains(&total.value) {
            return None;
        }
        let terms = parts.iter().map(u32::to_string).collect::<Vec<_>>().join(" + ");
        let message =
            format!("各投票站{what} {terms} = {stations} 票，合计写的是 {} 票。", total.value);
        let found = Finding::new(&total.place, message).help("请核对各投票站和合计。");
        // What was cast at the meeting itself may not be listed as a station.
        let meeting = !polling.venue.is_absent() && stations < total.value;
        Some(if meeting { found.doubtful() } else { found })
    });
    wrong.collect()
}

pub fn votes_candidate(case: &Case) -> Vec<Finding> {
    each_round(case, |round| {
        let valid = round.ballots().and_then(|ballots| ballots.valid.value());
        let Some(most) = valid.or_else(|| round.cast()) else { return Vec::new() };
        let what = if valid.is_some() { "有效票" } else { "投票" };
        let rows = round.result.votes.items().iter();
        rows.filter_map(|row| too_many_for_one(row, most, what)).collect()
    })
}

fn too_many_for_one(row: &Votes, most: u32, what: &str) -> Option<Finding> {
    let (name, votes) = (row.name.get()?, row.votes.located()?);
    let (against, abstained) = (row.against.value(), row.abstained.value());
    let total = sum([votes.value, against.unwrap_or(0), abstained.unwrap_or(0)]);
    let complete = against.is_some() && abstained.is_some();
    let terms = match (against, abstained) {
        (None, None) => format!("{} 票", votes.value),
        _ => format!(
            "赞成 {} + 反对 {} + 弃权 {} = {total} 票",
            votes.value,
            against.unwrap_or(0),
            abstained.unwrap_or(0)
        ),
    };
    let message = || format!("{name}{terms}，{what}是 {most} 票。");
    if total > most {
        return Some(
            Finding::new(&votes.place, message()).help("请核对这几个数；得票不可能多于有效票。"),
        );
    }
    // The rest may be invalid in this part of the ballot only.
    (complete && total < most && row.write_in.value() != Some(true)).then(|| {
        Finding::new(&votes.place, message())
            .help("差的票如果是该职务部分无效，不必改；否则请核对。")
            .doubtful()
    })
}

pub fn votes_total(case: &Case) -> Vec<Finding> {
    each_round(case, |round| {
        let (Some(posts), Some(list)) = (round.posts, round.result.votes.located()) else {
            return Vec::new();
        };
        let valid = round.ballots().and_then(|ballots| ballots.valid.value());
        let Some(valid) = valid.or_else(|| round.cast()) else { return Vec::new() };
        let over = Post::ALL.iter().filter_map(|&post| {
            let seats = posts.seats(post)?;
            let votes = list
                .iter()
                .filter(|row| row.post.value() == Some(post))
                .map(|row| row.votes.value());
            let total: u64 = votes.flatten().map(u64::from).sum();
            let most = u64::from(valid) * u64::from(seats);
            (total > most).then(|| {
                let message = format!(
                    "{}的票共 {total}，至多 {valid} 票 × {seats} 名 = {most}。",
                    post.name()
                );
                Finding::new(&list.place, message)
                    .help("请核对得票；一张票选某职务的人数不得多于应选人数。")
            })
        });
        over.collect()
    })
}

pub fn votes_names(case: &Case) -> Vec<Finding> {
    each_round(case, |round| {
        let candidates = match round.is_runoff {
            false => {
                case.election.candidates.get().map_or(&[][..], |candidates| candidates.list.items())
            }
            true => case.election.runoff.get().map_or(&[][..], |runoff| runoff.candidates.items()),
        };
        let names: Vec<&str> =
            candidates.iter().filter_map(|one| one.name.get().map(String::as_str)).collect();
        if names.is_empty() {
            return Vec::new();
        }
        let rows =
            round.result.votes.items().iter().filter(|row| row.write_in.value() != Some(true));
        let strangers = rows
            .filter_map(|row| row.name.located())
            .filter(|name| !names.iter().any(|known| same_name(known, name)));
        strangers
            .map(|name| {
                let guess = nearest(name, names.iter().copied())
                    .map_or(String::new(), |near| format!("，是不是“{near}”？"));
                let message = format!("得票里的{}不在候选人名单里{guess}", name.value);
                Finding::new(&name.place, message)
                    .help("请核对姓名；选民另选的人请写“另选他人: 是”。")
            })
            .collect()
    })
}

pub fn all_votes(case: &Case) -> Vec<Finding> {
    if case.demands(&RESULT_ALL_VOTES).is_none() {
        return Vec::new();
    }
    let Some(votes) = case.first_round().and_then(|round| round.result.votes.located()) else {
        return Vec::new();
    };
    let candidates =
        case.election.candidates.get().map_or(&[][..], |candidates| candidates.list.items());
    let counted = |name: &str| {
        votes.iter().any(|row| row.name.get().is_some_and(|other| same_name(other, name)))
    };
    let missing = candidates.iter().filter_map(|one| one.name.get()).filter(|name| !counted(name));
    missing
        .map(|name| {
            Finding::new(&votes.place, format!("得票里没有候选人{name}。"))
                .help("应公布所有候选人和被选人的得票，没有票的写 0。")
        })
        .collect()
}

pub fn proxies_count(case: &Case) -> Vec<Finding> {
    each_round(case, |round| {
        let Some(by_proxy) = round.result.by_proxy.located() else { return Vec::new() };
        let participants = round.result.participants.value();
        let of_all = participants.and_then(|most| {
            exceeds(by_proxy, most, |n| format!("委托投票 {n} 人，参加投票只有 {most} 人。"))
        });
        let list = case
            .election
            .proxies
            .get()
            .and_then(|proxies| proxies.list.get())
            .filter(|_| !round.is_runoff);
        let of_list = list.and_then(|list| {
            exceeds(by_proxy, list.len() as u32, |n| {
                format!("委托投票 {n} 人，公布的委托名单只有 {} 人。", list.len())
            })
        });
        of_all.into_iter().chain(of_list).collect()
    })
}

pub fn turnout_percent(case: &Case) -> Vec<Finding> {
    each_round(case, |round| {
        let found = || {
            let written = round.result.turnout_percent.located()?;
            let (whole, _) = case.electorate().filter(|(whole, _)| *whole > 0)?;
            let (value, decimals) = read_percent(written)?;
            // Some count those who voted, others the ballots that came back.
            let parts: Vec<u32> =
                round.result.participants.value().into_iter().chain(round.collected()).collect();
            let share = |part: u32| Share100::new(part, whole, decimals);
            let part = *parts.first()?;
            if parts.iter().any(|&part| share(part).rounded == value) {
                return None;
            }
            let right = show_percent(share(part).rounded, decimals);
            let message = format!("参选率写的是 {}，{part} ÷ {whole} = {right}。", written.value);
            let found = Finding::new(&written.place, message)
                .help("请核对参加投票人数、选民总数和参选率。");
            // Cut off rather than rounded: unusual, but not false.
            Some(if share(part).cut == value { found.doubtful() } else { found })
        };
        found().into_iter().collect()
    })
}

/// A share in per cent with so many decimals, as an integer: rounded half up,
/// and cut off.
struct Share100 {
    rounded: u128,
    cut: u128,
}

impl Share100 {
    fn new(part: u32, whole: u32, decimals: u32) -> Self {
        let (exact, whole) = (u128::from(part) * 100 * 10u128.pow(decimals), u128::from(whole));
        Self { rounded: (exact * 2 + whole) / (whole * 2), cut: exact / whole }
    }
}

/// `73.4%` as 734 with one decimal.
fn read_percent(text: &str) -> Option<(u128, u32)> {
    let text: Cow<str> = crate::election::person::half_width(text);
    let number = text.trim().strip_suffix('%').unwrap_or(&text).trim();
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let decimals = u32::try_from(fraction.len()).ok().filter(|&decimals| decimals <= 6)?;
    Some((format!("{whole}{fraction}").parse().ok()?, decimals))
}

fn show_percent(value: u128, decimals: u32) -> String {
    let scale = 10u128.pow(decimals);
    match decimals {
        0 => format!("{value}%"),
        _ => format!("{}.{:0width$}%", value / scale, value % scale, width = decimals as usize),
    }
}

pub fn quorum(case: &Case) -> Option<Finding> {
    let share = case.law(&TURNOUT)?.of(case.mode())?;
    let round = case.first_round()?;
    let (cast, (electorate, what)) = (round.cast()?, case.electorate()?);
    let void = round.result.declared.value() == Some(Declared::Void);
    if void || share.is_met(cast.into(), electorate.into()) {
        return None;
    }
    let least = share.least(electorate.into());
    let message = format!(
        "{what} {electorate} 人，参加投票 {cast} 人，{share}须 {least} 人，差 {} 人：选举无效。",
        least.saturating_sub(cast.into())
    );
    let found = Finding::new(round.cast_place()?, message)
        .help("应宣布选举无效，另定日期重新选举；请核对人数。");
    Some(unless_direct(case, found))
}
