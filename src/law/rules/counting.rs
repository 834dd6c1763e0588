//! Ballots, votes, and who is elected.

use std::borrow::Cow;

use super::committee::related_pairs;
use crate::diagnostic::Place;
use crate::election::decode::{Field, Located, nearest};
use crate::election::model::{Ballots, Elected, Mode, Outcome as Declared, Post, Votes};
use crate::election::person::{Sex, name_key};
use crate::law::case::{Case, Finding, Round, same_name, sum, surely_after};
use crate::law::days::{self, say};
use crate::law::outcome::Outcome;
use crate::law::parameter::*;

/// Applies a rule to each round of voting.
fn each_round<'a>(case: &Case<'a>, judge: impl Fn(&Round<'a>) -> Vec<Finding>) -> Vec<Finding> {
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
        let found = round.ballots().and_then(|ballots| {
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

/// The declared winners of a round. Someone listed with the first round who
/// was elected in the run-off belongs to the run-off.
fn declared<'a>(case: &Case<'a>, round: &Round<'a>) -> Vec<&'a Located<Elected>> {
    let later = case
        .election
        .runoff
        .get()
        .and_then(|runoff| runoff.result.get())
        .filter(|_| !round.is_runoff);
    let later = later.map_or(&[][..], |result| result.elected.items());
    let is_later = |elected: &Elected| {
        elected.name.get().is_some_and(|name| {
            later.iter().any(|other| other.name.get().is_some_and(|other| same_name(other, name)))
        })
    };
    round.result.elected.items().iter().filter(|elected| !is_later(elected)).collect()
}

/// Who won, with the place to point at: as declared, or else as the votes say.
struct Winner<'a> {
    name: Cow<'a, str>,
    post: Post,
    sex: Option<Sex>,
    place: &'a Place,
}

fn winners<'a>(case: &Case<'a>, round: &Round<'a>) -> Option<Vec<Winner<'a>>> {
    if !round.result.elected.is_absent() {
        let winners = declared(case, round).into_iter().map(|elected| {
            let name = elected.name.get()?;
            let (post, sex) = (elected.post.value()?, case.sex_of(name, elected.sex.value()));
            Some(Winner { name: name.as_str().into(), post, sex, place: &elected.place })
        });
        return winners.collect();
    }
    let place = round.result.votes.place()?;
    let outcome = case.outcome(round)?;
    let winner = |tally: crate::law::outcome::Tally| Winner {
        name: tally.name.into(),
        post: tally.post,
        sex: tally.sex,
        place,
    };
    Some(outcome.elected.into_iter().map(winner).collect())
}

fn all_winners<'a>(case: &Case<'a>) -> Option<Vec<Winner<'a>>> {
    let rounds = case.rounds();
    if rounds.is_empty() {
        return None;
    }
    let winners = rounds.iter().map(|round| winners(case, round)).collect::<Option<Vec<_>>>()?;
    Some(winners.into_iter().flatten().collect())
}

/// The votes a person was elected with: those counted, or else as the list says.
fn votes_of(case: &Case, round: &Round, name: &str, post: Post) -> Option<u32> {
    let carry = case.profile.demands(&VOTES_CARRY_DOWN);
    let rows = round
        .result
        .votes
        .items()
        .iter()
        .filter(|row| row.name.get().is_some_and(|other| same_name(other, name)));
    let counts = rows.filter(|row| {
        row.post.value().is_some_and(|theirs| theirs == post || carry && theirs < post)
    });
    counts
        .map(|row| row.votes.value())
        .collect::<Option<Vec<_>>>()
        .filter(|votes| !votes.is_empty())
        .map(sum)
}

pub fn majority(case: &Case) -> Vec<Finding> {
    let (Some(share), Some(round)) = (case.law(&MAJORITY), case.first_round()) else {
        return Vec::new();
    };
    short_of_share(case, &round, share)
}

pub fn runoff_threshold(case: &Case) -> Vec<Finding> {
    let rounds = case.rounds();
    match (case.law(&RUNOFF_SHARE), rounds.iter().find(|round| round.is_runoff)) {
        (Some(share), Some(round)) => short_of_share(case, round, share),
        _ => Vec::new(),
    }
}

fn short_of_share<'a>(case: &Case<'a>, round: &Round<'a>, share: Share) -> Vec<Finding> {
    let Some(cast) = round.cast() else { return Vec::new() };
    let least = share.least(cast.into());
    let short = declared(case, round).into_iter().filter_map(|elected| {
        let (name, post) = (elected.name.located()?, elected.post.value()?);
        let votes = votes_of(case, round, name, post).or(elected.votes.value())?;
        (!share.is_met(votes.into(), cast.into())).then(|| {
            let message = format!(
                "{}当选{}，得 {votes} 票；投票 {cast}，{share}须 {least} 票，差 {} 票。",
                name.value,
                post.name(),
                least.saturating_sub(votes.into())
            );
            Finding::new(&name.place, message)
                .help("票数不够的不能当选，空缺的名额另行选举；请核对票数。")
        })
    });
    short.collect()
}

pub fn elected_by_votes(case: &Case) -> Vec<Finding> {
    each_round(case, |round| {
        let Some(outcome) = case.outcome(round).filter(|outcome| outcome.void.is_none()) else {
            return Vec::new();
        };
        let declared = declared(case, round);
        match round.result.elected.located() {
            Some(list) if !list.value.is_empty() => {
                disagreements(case, round, &outcome, &declared, &list.place)
            }
            _ => Vec::new(),
        }
    })
}

/// Where the declared result and the votes part.
fn disagreements(
    case: &Case,
    round: &Round,
    outcome: &Outcome,
    declared: &[&Located<Elected>],
    list: &Place,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let names: Vec<&str> =
        declared.iter().filter_map(|elected| elected.name.get().map(String::as_str)).collect();
    let tied = |key: &str| outcome.ties.iter().any(|tie| tie.names.iter().any(|name| name == key));
    for elected in declared {
        let (Some(name), Some(post)) = (elected.name.located(), elected.post.value()) else {
            continue;
        };
        let key = name_key(name);
        if outcome.elects(&key, post) || tied(&key) {
            continue;
        }
        let Some(votes) = votes_of(case, round, name, post) else {
            let message = format!(
                "{}当选{}，得票里却没有这个人的{}票。",
                name.value,
                post.name(),
                post.name()
            );
            findings.push(Finding::new(&name.place, message).help("请核对姓名和职务。"));
            continue;
        };
        let share = if round.is_runoff { case.law(&RUNOFF_SHARE) } else { case.law(&MAJORITY) };
        let enough = share
            .zip(round.cast())
            .is_none_or(|(share, cast)| share.is_met(votes.into(), cast.into()));
        if !enough {
            // Told by the rule on the share.
            continue;
        }
        let better = outcome.elected.iter().find(|winner| {
            winner.post == post
                && winner.votes > votes
                && !names.iter().any(|name| same_name(name, &winner.name))
        });
        if let Some(better) = better.filter(|better| !excused(case, &names, &better.name, elected))
        {
            let message = format!(
                "{}得 {votes} 票当选{}，得 {} 票的{}却没有当选。",
                name.value,
                post.name(),
                better.votes,
                better.name
            );
            findings.push(
                Finding::new(&name.place, message).help("得票多的当选；请核对当选名单和票数。"),
            );
        }
    }
    for winner in &outcome.elected {
        let seats = round.posts.and_then(|posts| posts.seats(winner.post)).unwrap_or(0) as usize;
        let filled =
            declared.iter().filter(|elected| elected.post.value() == Some(winner.post)).count();
        let listed = names.iter().any(|name| same_name(name, &winner.name));
        if !listed && filled < seats && !related_to_any(case, &names, &winner.name) {
            let message = format!(
                "{}得 {} 票，应当选{}，当选名单里却没有。",
                winner.name,
                winner.votes,
                winner.post.name()
            );
            findings.push(Finding::new(list, message).help("请核对当选名单和票数。"));
        }
    }
    findings
}

/// Fewer votes win lawfully where the better one is a winner's near relative,
/// or where the seat is the only woman's.
fn excused(case: &Case, names: &[&str], better: &str, elected: &Elected) -> bool {
    let is_woman = |name: &str, said| case.sex_of(name, said) == Some(Sex::Female);
    let woman = elected.name.get().is_some_and(|name| is_woman(name, elected.sex.value()));
    let women = names.iter().filter(|name| is_woman(name, None)).count();
    woman && women <= 1 || related_to_any(case, names, better)
}

fn related_to_any(case: &Case, names: &[&str], person: &str) -> bool {
    let kinds = case.kin();
    names.iter().any(|name| case.kinship().between(name, person, &kinds).is_some())
}

pub fn elected_tie(case: &Case) -> Vec<Finding> {
    if case.demands(&TIE_REVOTE).is_none() {
        return Vec::new();
    }
    each_round(case, |round| {
        let Some(outcome) = case.outcome(round) else { return Vec::new() };
        let declared = declared(case, round);
        let decided = outcome.ties.iter().filter_map(|tie| {
            let lucky = declared.iter().find(|elected| {
                let post = elected.post.value() == Some(tie.post);
                post && elected
                    .name
                    .get()
                    .is_some_and(|name| tie.names.iter().any(|tied| same_name(tied, name)))
            })?;
            let message = format!(
                "{}各得 {} 票，只剩 {} 个{}名额，票数相等不能确定当选人。",
                tie.names.join("、"),
                tie.votes,
                tie.seats,
                tie.post.name()
            );
            Some(
                Finding::new(&lucky.place, message)
                    .help("应就票数相等的人再次投票；已经再次投票的，请按再次投票的票数填写。"),
            )
        });
        decided.collect()
    })
}

pub fn elected_votes(case: &Case) -> Vec<Finding> {
    each_round(case, |round| {
        let differ = declared(case, round).into_iter().filter_map(|elected| {
            let (name, written) = (elected.name.get()?, elected.votes.located()?);
            let counted = votes_of(case, round, name, elected.post.value()?)?;
            (counted != written.value).then(|| {
                let message =
                    format!("{name}在当选名单里是 {} 票，在得票里是 {counted} 票。", written.value);
                Finding::new(&written.place, message).help("请核对这两个数。")
            })
        });
        differ.collect()
    })
}

pub fn elected_seats(case: &Case) -> Vec<Finding> {
    let mut findings = Vec::new();
    let all: Vec<&Located<Elected>> =
        case.rounds().iter().flat_map(|round| declared(case, round)).collect();
    if let Some(posts) = case.election.posts.get() {
        for (post, seats) in Post::ALL.iter().filter_map(|&post| Some((post, posts.seats(post)?))) {
            let holders: Vec<_> =
                all.iter().filter(|elected| elected.post.value() == Some(post)).collect();
            if let Some(surplus) = holders.get(seats as usize) {
                let message =
                    format!("{}应选 {seats} 名，当选却有 {} 名。", post.name(), holders.len());
                findings.push(Finding::new(&surplus.place, message).help("请核对职数和当选名单。"));
            }
        }
    }
    let mut seen = Vec::new();
    for name in all.iter().filter_map(|elected| elected.name.located()) {
        let key = name_key(name);
        if seen.contains(&key) {
            let message = format!("{}在当选名单里出现了两次，一人只能担任一职。", name.value);
            findings
                .push(Finding::new(&name.place, message).help("请核对；同名的两人请加注区别。"));
        }
        seen.push(key);
    }
    findings
}

pub fn women_elected(case: &Case) -> Option<Finding> {
    let least = case.law(&COMPOSITION_WOMEN)?;
    let winners = all_winners(case)?;
    // While seats are open a woman may still win one.
    let full = winners.len() >= case.election.posts.get()?.total() as usize;
    let place = winners.first().filter(|_| full)?.place;
    let place =
        case.election.result.get().and_then(|result| result.elected.place()).unwrap_or(place);
    let sexes = winners.iter().map(|winner| winner.sex).collect::<Option<Vec<Sex>>>()?;
    let women = sexes.iter().filter(|&&sex| sex == Sex::Female).count() as u32;
    (women < least).then(|| {
        Finding::new(
            place,
            format!("当选的 {} 人中妇女 {women} 名，至少应有 {least} 名。", winners.len()),
        )
        .help("请核对性别；确实没有的，应留名额另行选举妇女成员。")
    })
}

pub fn elected_kin(case: &Case) -> Vec<Finding> {
    if case.law(&COMPOSITION_KIN).is_none() {
        return Vec::new();
    }
    let Some(winners) = all_winners(case) else { return Vec::new() };
    let names: Vec<&str> = winners.iter().map(|winner| winner.name.as_ref()).collect();
    let resolution = case
        .law(&COMPOSITION_KIN_RESOLUTION)
        .unwrap_or_else(|| "其中一人应退出，空缺另行补选".into());
    related_pairs(case, &names)
        .map(|(one, other, word, place)| {
            Finding::new(place, format!("当选人{one}与{other}是近亲属（{word}），应当回避。"))
                .help(format!("{resolution}。"))
        })
        .collect()
}

pub fn outcome_declared(case: &Case) -> Option<Finding> {
    let round = case.first_round()?;
    let declared = round.result.declared.located()?;
    let winners = winners(case, &round)?.len() as u32;
    let seats = case.election.posts.get()?.total();
    let turnout = case.law(&TURNOUT).and_then(|turnout| turnout.of(case.mode()));
    let enough = || Some(turnout?.is_met(round.cast()?.into(), case.electorate()?.0.into()));
    let finding = |message: String| {
        Finding::new(&declared.place, message).help("请核对宣布的结果和当选名单。")
    };
    match declared.value {
        Declared::Full if winners < seats => {
            Some(finding(format!("宣布选满，当选却只有 {winners} 人，应选 {seats} 人。")))
        }
        Declared::Partial if winners >= seats && seats > 0 => {
            Some(finding(format!("宣布未选满，当选却有 {winners} 人，应选 {seats} 人。")))
        }
        Declared::Void if !round.result.elected.items().is_empty() => {
            Some(finding(format!("宣布选举无效，却有 {winners} 人当选。")))
        }
        // It may be void for a reason that numbers do not show.
        Declared::Void if enough() == Some(true) => {
            Some(finding("参加投票的人数够，却宣布选举无效。".into()).doubtful())
        }
        _ => None,
    }
}

pub fn first_attempt(case: &Case) -> Option<Finding> {
    let round = case.first_round()?;
    let claimed = round.result.first_attempt.located().filter(|claimed| claimed.value)?;
    if !case.election.runoff.is_absent() {
        let message = "写着一次选举成功，又写了另行选举。";
        return Some(Finding::new(&claimed.place, message).help("请删去其中一处。"));
    }
    let (winners, seats) =
        (winners(case, &round)?.len() as u32, case.election.posts.get()?.total());
    (winners < seats).then(|| {
        Finding::new(
            &claimed.place,
            format!("写着一次选举成功，当选只有 {winners} 人，应选 {seats} 人。"),
        )
        .help("请核对当选名单。")
    })
}

/// Seats of each post that the first round left open.
fn open_seats(case: &Case) -> Option<Vec<(Post, u32)>> {
    let round = case.first_round()?;
    let winners = winners(case, &round)?;
    let posts = case.election.posts.get()?;
    let filled = |post| winners.iter().filter(|winner| winner.post == post).count() as u32;
    Some(
        Post::ALL
            .iter()
            .filter_map(|&post| Some((post, posts.seats(post)?.saturating_sub(filled(post)))))
            .collect(),
    )
}

pub fn runoff_needed(case: &Case) -> Option<Finding> {
    let handover = case.election.handover.get()?.completed_on.located()?;
    let round = case.first_round()?;
    let open = sum(open_seats(case)?.into_iter().map(|(_, seats)| seats));
    let filled = winners(case, &round)?.len() as u32;
    let may_wait = case.law(&RUNOFF_VACANCY_FROM).is_some_and(|enough| filled >= enough);
    let void = round.result.declared.value() == Some(Declared::Void);
    (open > 0 && !may_wait && !void && case.election.runoff.is_absent()).then(|| {
        let message = format!("还缺 {open} 名，没有另行选举就{}移交了。", say(handover.value));
        Finding::new(&handover.place, message)
            .help("不足的名额应另行选举；已经举行的请补写“另行选举”。")
            .doubtful()
    })
}

pub fn runoff_seats(case: &Case) -> Vec<Finding> {
    let Some((runoff, open)) = case.election.runoff.get().zip(open_seats(case)) else {
        return Vec::new();
    };
    let Some(posts) = runoff.posts.located() else { return Vec::new() };
    let over = open.into_iter().filter_map(|(post, open)| {
        let seats = posts.seats(post)?;
        (seats > open).then(|| {
            let message = format!("另行选举{} {seats} 名，空缺只有 {open} 名。", post.name());
            Finding::new(&posts.place, message).help("另行选举只补不足的名额；请核对。")
        })
    });
    over.collect()
}

pub fn runoff_candidates(case: &Case) -> Vec<Finding> {
    let (Some(runoff), Some(round)) = (case.election.runoff.get(), case.first_round()) else {
        return Vec::new();
    };
    let elected = winners(case, &round).unwrap_or_default();
    let is_elected = |name: &str| elected.iter().any(|winner| same_name(&winner.name, name));
    let candidates = runoff.candidates.items();
    let stands = |name: &str| {
        candidates.iter().any(|one| one.name.get().is_some_and(|other| same_name(other, name)))
    };
    let mut findings = Vec::new();
    for candidate in candidates {
        let Some(name) = candidate.name.located() else { continue };
        if is_elected(name) {
            let message = format!("{}已经当选，又作了另行选举的候选人。", name.value);
            findings.push(
                Finding::new(&name.place, message).help("另行选举的候选人从未当选的人中产生。"),
            );
            continue;
        }
        let Some(post) = candidate.post.value() else { continue };
        let votes = votes_of(case, &round, name, post).unwrap_or(0);
        let better = round
            .result
            .votes
            .items()
            .iter()
            .filter(|row| row.post.value() == Some(post))
            .find_map(|row| {
                let (other, theirs) = (row.name.get()?, row.votes.value()?);
                (theirs > votes && !is_elected(other) && !stands(other)).then_some((other, theirs))
            });
        // Whoever has more votes may have withdrawn.
        findings.extend(better.map(|(other, theirs)| {
            let message = format!(
                "{}上次得 {votes} 票，得 {theirs} 票的{other}却不是另行选举的候选人。",
                name.value
            );
            Finding::new(&name.place, message)
                .help("候选人按上次得票多少确定；有人放弃的请在备案里写明。")
                .doubtful()
        }));
    }
    findings
}

pub fn runoff_in_time(case: &Case) -> Option<Finding> {
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
        Finding::new(&held.place, message).help("请核对日期，或提前举行。")
    })
}

pub fn result_same_day(case: &Case) -> Option<Finding> {
    case.demands(&RESULT_SAME_DAY)?;
    let result = case.election.result.get()?;
    let (announced, day) = (result.announced_on.located()?, case.election_day()?);
    surely_after(announced.value, day.value).then(|| {
        let message = format!(
            "选举结果{}公布，选举日是{}，应当场公布。",
            say(announced.value),
            say(day.value)
        );
        let found = Finding::new(&announced.place, message)
            .help("请核对：当场公布的日期写在“公布日期”，张榜的日期写在“张榜日期”。");
        // With one date only, it may be the day of the notice on the wall.
        if result.posted_on.is_absent() { found.doubtful() } else { found }
    })
}

pub fn roster_posted(case: &Case) -> Option<Finding> {
    let days = case.law(&RESULT_ROSTER_DAYS)?;
    let posted = case.election.result.get()?.posted_on.located()?;
    let day = case.election_day()?;
    // Counting ends on the election day or in the night after it.
    let last = days::after(day.latest(), days);
    (posted.earliest() > last).then(|| {
        let message = format!(
            "当选名单{}张榜，选举日是{}，至迟{}张榜。",
            say(posted.value),
            say(day.value),
            say(last)
        );
        Finding::new(&posted.place, message).help("请核对日期。")
    })
}
