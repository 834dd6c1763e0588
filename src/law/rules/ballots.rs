//! Ballots and votes: sums that must come out.

use crate::diagnostic::Place;
use crate::election::decode::{Field, Located, guess};
use crate::election::model::{Ballots, Outcome as Declared, Post, Votes};
use crate::law::case::{Case, Finding, same_name, sum};
use crate::law::electors::Electors;
use crate::law::parameter::*;
use crate::law::percent::{Agreement, Written, percent};
use crate::law::round::{Poll, Round, Void, Voting};
use crate::number::counted;

/// Applies a rule to each round of voting.
pub(super) fn each_round<'a>(
    case: &Case<'a>,
    judge: impl Fn(&Round<'a>) -> Vec<Finding>,
) -> Vec<Finding> {
    case.rounds().iter().flat_map(judge).collect()
}

/// Each poll: of every round, and of a recall.
fn polls<'c, 'a>(case: &'c Case<'a>) -> impl Iterator<Item = (Voting, &'c Poll<'a>)> {
    let votes = case.votes();
    let rounds = votes.rounds.iter().map(|round| (round.voting, &round.poll));
    rounds.chain(votes.recall.iter().map(|recall| (Voting::Recall, &recall.poll)))
}

/// Applies a rule to each poll.
fn each_poll<'a>(
    case: &Case<'a>,
    judge: impl Fn(Voting, &Poll<'a>) -> Vec<Finding>,
) -> Vec<Finding> {
    polls(case).flat_map(|(voting, poll)| judge(voting, poll)).collect()
}

/// Whether a round was declared void.
pub(super) fn is_declared_void(round: &Round) -> bool {
    round.result.declared.value() == Some(Declared::Void)
}

/// Whether a vote was declared void: then what is wrong with it is told. Of a
/// recall it is said of each person that it did not pass.
fn declared_void(case: &Case, voting: Voting) -> bool {
    let votes = case.votes();
    match (&votes.recall, votes.round(voting)) {
        (Some(recall), _) if voting == Voting::Recall => {
            let mut people = recall.people.iter().map(|one| one.person.removed.value()).peekable();
            people.peek().is_some() && people.all(|removed| removed == Some(false))
        }
        (_, Some(round)) => is_declared_void(round),
        _ => false,
    }
}

/// Whether a vote by too few is no fault of the paper: nobody was declared
/// elected and no outcome was, or which is not known any more; or it is a recall,
/// which fails by it and claims nothing.
fn may_be_told(case: &Case, voting: Voting) -> bool {
    let round = case.votes().round(voting);
    let claims_nothing = |round: &Round| match &round.result.declared {
        Field::Absent => round.result.elected.items().is_empty(),
        Field::Unknown(_) => true,
        Field::Known(_) => false,
    };
    voting == Voting::Recall || round.is_some_and(claims_nothing)
}

/// A finding if a count exceeds another, which stands at `place`.
fn exceeds(
    count: &Located<u32>,
    (most, place, what): (u32, Option<&Place>, &'static str),
    message: impl FnOnce(u32) -> String,
) -> Option<Finding> {
    let found = || Finding::new(&count.place, message(count.value)).also(place, what);
    (count.value > most).then(|| found().help("请核对这两个数。"))
}

/// A finding if a count exceeds the number of those who may vote. Where only
/// the number of households is known, that is a doubt.
fn exceeds_electors(
    case: &Case,
    count: &Located<u32>,
    electors: Electors,
    message: impl Fn(u32, &str) -> String,
) -> Option<Finding> {
    if let Some(most) = electors.count {
        let of_all = format!("{}只有 {most} 人", electors.name());
        let most = (most, case.electors_place(electors), electors.name());
        return exceeds(count, most, |n| message(n, &of_all));
    }
    let most = electors.at_most?;
    let of_all = format!("总户数只有 {most} 户");
    let households = case.election.community.get().and_then(|one| one.households.place());
    exceeds(count, (most, households, "总户数"), |n| message(n, &of_all)).map(Finding::doubtful)
}

pub(super) fn participants(case: &Case) -> Vec<Finding> {
    each_poll(case, |_, poll| {
        let Some(participants) = poll.participants.located() else { return Vec::new() };
        let voters = exceeds_electors(case, participants, poll.electors, |n, of_all| {
            format!("参加投票 {n} 人，{of_all}。")
        });
        // A ballot each is usual, but some places give one for each post.
        let surplus = count(poll, |ballots| &ballots.collected)
            .filter(|collected| collected.value > participants.value);
        let surplus = surplus.map(|collected| {
            let message =
                format!("参加投票 {} 人，却收回 {} 票。", participants.value, collected.value);
            Finding::new(&participants.place, message)
                .also(&collected.place, "收回")
                .help("请核对这两个数；参加投票人数应包括委托投票。")
                .doubtful()
        });
        // Whoever takes part is given a ballot.
        let without = count(poll, |ballots| &ballots.issued)
            .filter(|issued| issued.value < participants.value);
        let without = without.map(|issued| {
            let message =
                format!("参加投票 {} 人，只发出 {} 票。", participants.value, issued.value);
            Finding::new(&participants.place, message)
                .also(&issued.place, "发出")
                .help("请核对这两个数。")
                .doubtful()
        });
        let found = [voters, surplus, without, two_readings(poll, participants)];
        found.into_iter().flatten().collect()
    })
    .into_iter()
    .chain(majorities_of_two_readings(case))
    .collect()
}

/// One count of the ballots, if it is known.
fn count<'a>(poll: &Poll<'a>, part: fn(&Ballots) -> &Field<u32>) -> Option<&'a Located<u32>> {
    poll.ballots.and_then(|ballots| part(ballots).located())
}

/// Those who took part are enough and the ballots that came back are not: it is
/// the ballots that count, which the secretary should know.
fn two_readings(poll: &Poll, participants: &Located<u32>) -> Option<Finding> {
    let (share, collected) = (poll.quorum.share()?, poll.collected()?);
    poll.readings_differ().then(|| {
        let message = format!(
            "参加投票写的是 {} 人，收回的是 {collected} 票：是否{share}，按收回的票计算。",
            participants.value
        );
        Finding::new(&participants.place, message)
            .also(poll.cast_place(), "收回")
            .help("参加投票的人数以从票箱收回的选票为准；请核对这两个数。")
            .doubtful()
    })
}

/// As [`two_readings`], of the votes of somebody.
fn majorities_of_two_readings(case: &Case) -> Vec<Finding> {
    let of_rounds = case.rounds().iter().filter_map(|round| {
        let (name, votes) = round.elected_by_reading()?;
        Some((&round.poll, name, votes, round.share()?))
    });
    let of_recall = case.votes().recall.iter().flat_map(|recall| {
        let told = recall.people.iter().filter(|one| one.by_reading).filter_map(|one| {
            let (name, votes) = (one.person.name.get()?, one.person.agreed.value()?);
            Some((&recall.poll, name.as_str(), votes, recall.profile.value(&MAJORITY)?))
        });
        told.collect::<Vec<_>>()
    });
    let found = of_rounds.chain(of_recall).filter_map(|(poll, name, votes, share)| {
        let (participants, collected) = (poll.participants.located()?, poll.collected()?);
        let message = format!(
            "参加投票写的是 {} 人，收回的是 {collected} 票：{name}的 {votes} 票是否{share}，\
             按收回的票计算。",
            participants.value
        );
        Some(
            Finding::new(&participants.place, message)
                .also(poll.cast_place(), "收回")
                .help("参加投票的人数以从票箱收回的选票为准；请核对这两个数。")
                .doubtful(),
        )
    });
    found.collect()
}

pub(super) fn ballots_issued(case: &Case) -> Vec<Finding> {
    each_poll(case, |_, poll| {
        let Some(ballots) = poll.ballots else { return Vec::new() };
        let Some(issued) = ballots.issued.located() else { return Vec::new() };
        let voters = exceeds_electors(case, issued, poll.electors, |n, of_all| {
            format!("发出 {n} 票，{of_all}。")
        });
        let printed = ballots.printed.located().and_then(|printed| {
            let most = (printed.value, Some(&printed.place), "印制");
            exceeds(issued, most, |n| format!("发出 {n} 票，只印了 {} 票。", printed.value))
        });
        voters.into_iter().chain(printed).collect()
    })
}

pub(super) fn ballots_collected(case: &Case) -> Vec<Finding> {
    each_poll(case, |voting, poll| {
        let (Some(Void::Surplus { issued, .. }), false) = (poll.void, declared_void(case, voting))
        else {
            return Vec::new();
        };
        let collected = poll.ballots.and_then(|ballots| ballots.collected.located());
        let message =
            |n| format!("收回 {n} 票，多于发出的 {issued} 票：这次{}无效。", voting.name());
        let place = poll.ballots.and_then(|ballots| ballots.issued.place());
        let found =
            collected.and_then(|collected| exceeds(collected, (issued, place, "发出"), message));
        found
            .map(|found| found.help("请核对；确实多出的，应宣布无效，重新投票。"))
            .into_iter()
            .collect()
    })
}

pub(super) fn ballots_partition(case: &Case) -> Vec<Finding> {
    let polling = case.election.polling.get();
    let stations = polling.map_or(&[][..], |polling| polling.stations.items());
    let stations = stations.iter().filter_map(|station| station.ballots.get());
    let primary = case.election.candidates.get().and_then(|c| c.primary_ballots.get());
    let polls = polls(case).filter_map(|(_, poll)| poll.ballots);
    polls.chain(stations).chain(primary).filter_map(partition).collect()
}

/// Whether a total is the sum of its parts, or that with what some count
/// besides. Where it is not known how many those are, they may be any number.
fn may_be(total: u32, parts: u32, besides: Option<u32>) -> bool {
    besides.map_or(parts <= total, |besides| [parts, sum([parts, besides])].contains(&total))
}

fn partition(ballots: &Ballots) -> Option<Finding> {
    let collected = ballots.collected.located()?;
    let (valid, invalid) = (ballots.valid.value()?, ballots.invalid.value()?);
    // Blank ballots are counted apart by some, and among the valid by others.
    let (both, abstained) = (sum([valid, invalid]), ballots.abstained.or_zero());
    if may_be(collected.value, both, abstained) {
        return None;
    }
    let abstained = abstained.filter(|&abstained| abstained > 0);
    let terms = abstained.map_or_else(String::new, |abstained| format!(" + 弃权 {abstained}"));
    let message = format!(
        "有效 {valid} + 无效 {invalid}{terms} = {}，收回的却是 {} 票。",
        sum([both, abstained.unwrap_or(0)]),
        collected.value
    );
    let found = Finding::new(&collected.place, message)
        .also(ballots.valid.place(), "有效")
        .also(ballots.invalid.place(), "无效")
        .also(ballots.abstained.place(), "弃权");
    // Those who chose nobody may have been counted, and not written down.
    let untold = ballots.abstained.is_absent() && both < collected.value;
    Some(match untold {
        true => found.help("请核对这几个数；差的是弃权票的，请写明弃权几票。").doubtful(),
        false => found.help("请核对这几个数。"),
    })
}

pub(super) fn ballots_stations(case: &Case) -> Vec<Finding> {
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
    let Some(total) = round.poll.ballots else { return Vec::new() };
    let stations: Vec<&Ballots> =
        polling.stations.items().iter().filter_map(|station| station.ballots.get()).collect();
    if stations.len() != polling.stations.items().len() {
        return Vec::new();
    }
    let mobile = match &case.election.mobile_boxes {
        Field::Absent => Some(0),
        Field::Unknown(_) => None,
        // What was not counted apart may be among the total all the same.
        Field::Known(boxes) => boxes.collected.value(),
    };
    let wrong = PARTS.iter().filter_map(|(part, what)| {
        let total = part(total).located()?;
        let parts =
            stations.iter().map(|ballots| part(ballots).value()).collect::<Option<Vec<u32>>>()?;
        let stations = sum(parts.iter().copied());
        if parts.is_empty() || may_be(total.value, stations, mobile) {
            return None;
        }
        let terms = parts.iter().map(u32::to_string).collect::<Vec<_>>().join(" + ");
        let message =
            format!("各投票站{what} {terms} = {stations} 票，合计写的是 {} 票。", total.value);
        let places = polling.stations.items().iter().filter_map(|station| {
            let name = station.name.get().map_or("投票站", String::as_str);
            Some((part(station.ballots.get()?).place()?, name.to_owned()))
        });
        let found =
            Finding::new(&total.place, message).also_each(places).help("请核对各投票站和合计。");
        // What was cast at the meeting itself may not be listed as a station.
        let meeting = !polling.venue.is_absent() && stations < total.value;
        Some(if meeting { found.doubtful() } else { found })
    });
    wrong.collect()
}

pub(super) fn votes_candidate(case: &Case) -> Vec<Finding> {
    each_round(case, |round| {
        let Some(most) = most_votes(&round.poll) else { return Vec::new() };
        let rows = round.result.votes.items().iter();
        rows.filter_map(|row| too_many_for_one(row, &most)).collect()
    })
}

/// The most votes that anybody can have, what they are counted of, and where that
/// stands.
struct Most<'a> {
    votes: u32,
    what: &'static str,
    place: Option<&'a Place>,
}

fn most_votes<'a>(poll: &Poll<'a>) -> Option<Most<'a>> {
    let votes = poll.most_votes()?;
    Some(match count(poll, |ballots| &ballots.valid) {
        Some(valid) => Most { votes, what: "有效票", place: Some(&valid.place) },
        None => Most { votes, what: "投票", place: poll.cast_place() },
    })
}

/// Votes on the removal of one are no more than the ballots.
pub(super) fn recall_votes(case: &Case) -> Vec<Finding> {
    let Some(recall) = &case.votes().recall else { return Vec::new() };
    let Some(Most { votes: most, what, place }) = most_votes(&recall.poll) else {
        return Vec::new();
    };
    let over = recall.people.iter().filter_map(|one| {
        let vote = &one.person.value;
        let (name, agreed) = (vote.name.get()?, vote.agreed.located()?);
        let counts = [Some(agreed.value), vote.opposed.value(), vote.abstained.value()];
        let total = sum(counts.into_iter().flatten());
        (total > most).then(|| {
            let message = format!("罢免{name}的表决票共 {total} 张，{what}是 {most} 票。");
            Finding::new(&agreed.place, message).also(place, what).help("请核对这几个数。")
        })
    });
    over.collect()
}

fn too_many_for_one(row: &Votes, most: &Most) -> Option<Finding> {
    let Most { votes: most, what, place } = *most;
    let (name, votes) = (row.name.get()?, row.votes.located()?);
    let others = [("反对", row.against.value()), ("弃权", row.abstained.value())];
    let known: Vec<_> = others.iter().filter_map(|(what, count)| Some((what, (*count)?))).collect();
    let total = sum(known.iter().map(|(_, count)| *count).chain([votes.value]));
    let complete = known.len() == others.len();
    let message = || {
        let terms: String =
            known.iter().map(|(what, count)| format!(" + {what} {count}")).collect();
        let terms = match terms.is_empty() {
            true => format!("得 {total} 票"),
            false => format!("赞成 {}{terms} = {total} 票", votes.value),
        };
        format!("{name}{terms}，{what}是 {most} 票。")
    };
    if total > most {
        return Some(
            Finding::new(&votes.place, message())
                .also(place, what)
                .help("请核对这几个数；得票不可能多于有效票。"),
        );
    }
    // The rest may be invalid in this part of the ballot only.
    (complete && total < most && row.write_in.value() != Some(true)).then(|| {
        Finding::new(&votes.place, message())
            .also(place, what)
            .help("差的票如果是该职务部分无效，不必改；否则请核对。")
            .doubtful()
    })
}

pub(super) fn votes_total(case: &Case) -> Vec<Finding> {
    each_round(case, |round| {
        let (Some(list), Some(most)) = (round.result.votes.located(), most_votes(&round.poll))
        else {
            return Vec::new();
        };
        let over = Post::ALL.iter().filter_map(|&post| {
            let seats = round.seats(post)?;
            let votes = list
                .iter()
                .filter(|row| row.post.value() == Some(post))
                .map(|row| row.votes.value());
            let total: u64 = votes.flatten().map(u64::from).sum();
            let all = u64::from(most.votes) * u64::from(seats);
            (total > all).then(|| {
                let message = format!(
                    "{}的票共 {total}，至多 {} 票 × {seats} 名 = {all}。",
                    post.name(),
                    most.votes
                );
                Finding::new(&list.place, message)
                    .also(most.place, most.what)
                    .help("请核对得票；一张票选某职务的人数不得多于应选人数。")
            })
        });
        over.collect()
    })
}

pub(super) fn votes_names(case: &Case) -> Vec<Finding> {
    each_round(case, |round| {
        let names: Vec<&str> =
            round.candidates.iter().filter_map(|one| one.name.get().map(String::as_str)).collect();
        // One whose name is not known may be anybody.
        if names.is_empty() || names.len() < round.candidates.len() {
            return Vec::new();
        }
        let printed = |row: &&Located<Votes>| match &row.write_in {
            Field::Absent => true,
            Field::Unknown(_) => false,
            Field::Known(write_in) => !write_in.value,
        };
        let rows = round.result.votes.items().iter().filter(printed);
        let judged = rows.filter_map(|row| {
            let name = row.name.located()?;
            if names.iter().any(|known| same_name(known, name)) {
                return of_another_post(round, row);
            }
            let near = guess(name, names.iter().copied());
            let message = format!("得票里的{}不在候选人名单里{near}", name.value);
            let help = "请核对姓名；选民另选的人请写“另选他人: 是”。";
            let list = round.candidates.first().map(|one| &one.place);
            Some(Finding::new(&name.place, message).also(list, "候选人名单").help(help))
        });
        judged.collect()
    })
}

/// Votes for a post for which somebody does not stand. Where they are added to
/// those for a lower post, they need no mark.
fn of_another_post(round: &Round, row: &Votes) -> Option<Finding> {
    let (name, post) = (row.name.get()?, row.post.located()?);
    let same = round
        .candidates
        .iter()
        .filter(|one| one.name.get().is_some_and(|other| same_name(other, name)));
    let candidacy = same.clone().find_map(|one| one.post.place());
    let stood_for = same.map(|one| one.post.value()).collect::<Option<Vec<Post>>>()?;
    (!stood_for.contains(&post.value)).then(|| {
        let stood_for: Vec<&str> = stood_for.into_iter().map(Post::name).collect();
        let message =
            format!("{name}是{}候选人，得票写的是{}的票。", stood_for.join("、"), post.name());
        Finding::new(&post.place, message)
            .also(candidacy, "候选人名单里写的")
            .help("请核对职务；选民另选其担任这一职务的，请写“另选他人: 是”。")
            .doubtful()
    })
}

pub(super) fn all_votes(case: &Case) -> Vec<Finding> {
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
    let names = candidates.iter().filter_map(|one| one.name.located());
    let missing = names.filter(|name| !counted(name));
    missing
        .map(|name| {
            Finding::new(&votes.place, format!("得票里没有候选人{}。", name.value))
                .also(&name.place, "候选人名单里有")
                .help("应公布所有候选人和被选人的得票，没有票的写 0。")
        })
        .collect()
}

pub(super) fn proxies_count(case: &Case) -> Vec<Finding> {
    each_round(case, |round| {
        let Some(by_proxy) = round.result.by_proxy.located() else { return Vec::new() };
        let of_all = round.result.participants.located().and_then(|all| {
            let most = (all.value, Some(&all.place), "参加投票");
            exceeds(by_proxy, most, |n| format!("委托投票 {n} 人，参加投票只有 {} 人。", all.value))
        });
        let list = case
            .election
            .proxies
            .get()
            .and_then(|proxies| proxies.list.located())
            .filter(|_| round.voting == Voting::First);
        let of_list = list.and_then(|list| {
            let most = (counted(list.len()), Some(&list.place), "委托名单");
            exceeds(by_proxy, most, |n| {
                format!("委托投票 {n} 人，公布的委托名单只有 {} 人。", list.len())
            })
        });
        of_all.into_iter().chain(of_list).collect()
    })
}

pub(super) fn turnout_percent(case: &Case) -> Vec<Finding> {
    each_round(case, |round| {
        let Some(written) = round.result.turnout_percent.located() else { return Vec::new() };
        turnout_as_written(case, &round.poll, written).into_iter().collect()
    })
}

fn turnout_as_written(case: &Case, poll: &Poll, text: &Located<String>) -> Option<Finding> {
    let Some(written) = Written::read(text) else {
        let message = format!("参选率写的是“{}”，看不出是多少，没有核对。", text.value);
        let found = Finding::new(&text.place, message);
        return Some(found.help("请写成百分数，如 73.41%、约73%。").doubtful());
    };
    let electors = poll.electors.count.filter(|&electors| electors > 0)?;
    // Some count those who voted, others the ballots that came back.
    let counts: Vec<u32> = poll.participants.value().into_iter().chain(poll.collected()).collect();
    let agreements: Vec<Agreement> =
        counts.iter().map(|&count| written.agrees(count, electors)).collect();
    if agreements.contains(&Agreement::Full) {
        return None;
    }
    let count = *counts.first()?;
    let right = percent(count, electors, written.decimals().unwrap_or(0), poll.quorum.share())?;
    let message = format!("参选率写的是 {}，{count} ÷ {electors} = {right}。", text.value);
    let people = poll.participants.place().or(poll.cast_place());
    let found = Finding::new(&text.place, message)
        .also(people, "参加投票")
        .also(case.electors_place(poll.electors), poll.electors.name())
        .help("请核对参加投票人数、选民总数和参选率。");
    // Of ballots it may be another figure than of people.
    let doubtful = agreements.contains(&Agreement::CutOff) || poll.participants.get().is_none();
    Some(if doubtful { found.doubtful() } else { found })
}

pub(super) fn quorum(case: &Case) -> Vec<Finding> {
    each_poll(case, |voting, poll| {
        let found = if declared_void(case, voting) { None } else { too_few(case, voting, poll) };
        found.into_iter().collect()
    })
}

fn too_few(case: &Case, voting: Voting, poll: &Poll) -> Option<Finding> {
    let (share, cast, place) = (poll.quorum.share()?, poll.cast()?, poll.cast_place()?);
    let basis = case.law_of(voting).basis(TURNOUT.name).cloned()?;
    // Whatever else is written, it is the ballots that count.
    let (what, unit) =
        if poll.collected().is_some() { ("收回", "票") } else { ("参加投票", "人") };
    let finding = |total: u32, of_whom: &str, so: &str| {
        let least = share.least(total.into());
        let message = format!(
            "{of_whom}，{what} {cast} {unit}，{share}须 {least} {unit}，差 {} {unit}：{so}。",
            least.saturating_sub(cast.into())
        );
        Finding::new(place, message)
            .also(case.electors_place(poll.electors), poll.electors.name())
            .resting_on(basis.clone())
    };
    match (poll.void, poll.electors.at_most) {
        (Some(Void::Turnout { electorate, .. }), _) => {
            let of_whom = format!("{} {electorate} 人", poll.electors.name());
            let again = match voting {
                Voting::Recall => {
                    "应宣布表决无效，被要求罢免的人继续履行职务，请在各人下面写“通过: 否”；请核对人数。"
                }
                _ => "应宣布选举无效，另定日期重新选举；请核对人数。",
            };
            let found = finding(electorate, &of_whom, &format!("{}无效", voting.name()));
            Some(if may_be_told(case, voting) { found.doubtful() } else { found }.help(again))
        }
        (None, Some(households)) if poll.quorum_met.is_none() => {
            let of_whom = format!("没有写户代表的人数，总户数是 {households} 户");
            let help = "请在“户代表”下写明人数或名单；写明以前，不能判断是否有效。";
            Some(finding(households, &of_whom, "按总户数算不够").help(help).doubtful())
        }
        _ => None,
    }
}

/// Somebody declared removed, or not, against the votes.
pub(super) fn recall_result(case: &Case) -> Vec<Finding> {
    let Some(recall) = &case.votes().recall else { return Vec::new() };
    let wrong = recall.people.iter().filter_map(|one| {
        let (name, declared) = (one.person.name.get()?, one.person.removed.located()?);
        let by_votes = one.by_votes.filter(|by_votes| *by_votes != declared.value)?;
        let why = match (recall.poll.valid, one.person.agreed.value(), recall.poll.cast()) {
            (Some(true), Some(agreed), Some(cast)) => {
                let share = recall.profile.value(&MAJORITY)?;
                format!("同意 {agreed} 票，投票 {cast}，{share}须 {} 票", share.least(cast.into()))
            }
            _ => "这次表决无效".to_owned(),
        };
        let (said, is) = match by_votes {
            true => ("没有通过", "应当通过"),
            false => ("通过", "不能通过"),
        };
        let message = format!("罢免{name}写着{said}；{why}，{is}。");
        let found = Finding::new(&declared.place, message)
            .also(one.person.agreed.place(), "同意")
            .also(recall.poll.cast_place(), "投票");
        Some(found.help("请核对票数和结果。"))
    });
    wrong.collect()
}
