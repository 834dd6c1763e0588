//! Who must be on the roll, and what it says of them.

use std::collections::{HashMap, HashSet};

use super::{NameAt, is_among, names, whole};
use crate::diagnostic::Place;
use crate::election::decode::guess;
use crate::election::model::Kind;
use crate::election::person::name_key;
use crate::election::roll::Column;
use crate::law::case::{Case, Finding, same_name, surely_after};
use crate::law::parameter::*;
use crate::law::round::{Round, Voting};
use crate::law::rules::committee::nominated;

/// Who votes, or stands for those who vote, is a voter.
pub(crate) fn on_the_roll(case: &Case) -> Vec<Finding> {
    let election = case.election;
    let representatives = election.representatives.get().map_or(&[][..], |one| one.list.items());
    let households =
        election.household_representatives.get().map_or(&[][..], |one| one.list.items());
    let mobile = election.mobile_boxes.get().map_or(&[][..], |boxes| boxes.voters.items());
    let supervision = election
        .supervision
        .get()
        .filter(|_| election.kind.value() == Some(Kind::Villagers))
        .map_or(&[][..], |supervision| supervision.members.items());
    let committee = election.election_committee.get().map_or(&[][..], |one| one.members.items());
    let staff = election.staff_members();
    let later = election.by_election_staff();
    let named: Vec<(&str, NameAt)> = names(representatives, |one| &one.name)
        .map(|name| ("代表", name))
        .chain(names(households, |one| &one.name).map(|name| ("户代表", name)))
        .chain(names(mobile, |one| &one.name).map(|name| ("使用流动票箱的", name)))
        .chain(names(election.groups.items(), |one| &one.leader).map(|name| ("小组长", name)))
        .chain(names(supervision, |one| &one.name).map(|name| ("监督委员会成员", name)))
        .chain(if_any_votes(case, names(committee, |one| &one.name), "选举委员会成员"))
        .chain(if_any_votes(case, names(staff, |one| &one.name), "工作人员"))
        .chain(if_any_votes(case, names(later, |one| &one.name), "工作人员"))
        .chain(written_in(case).into_iter().map(|name| ("选民另选的", name)))
        .collect();
    let mut told = HashSet::new();
    let missing = named.into_iter().filter(|(_, name)| case.is_no_voter(name));
    missing
        .filter(|(_, name)| told.insert(name_key(name)))
        .map(|(what, name)| {
            Finding::new(&name.place, format!("{what}{}不在选民名册里。", name.value))
                .help(match what {
                    "工作人员" => "请核对姓名的写法；是外来的工作人员的，不必改。",
                    "选民另选的" => "请核对姓名的写法，以及是不是登记的选民。",
                    "选举委员会成员" => "请核对姓名的写法；选举委员会从本地选民中推选。",
                    _ => "请核对姓名的写法；代表和投票的人都须是登记的选民。",
                })
                .doubtful()
        })
        .collect()
}

/// Whose list has nobody of the roll came from elsewhere, or the roll is of other
/// people.
fn if_any_votes<'a>(
    case: &Case,
    list: impl Iterator<Item = NameAt<'a>>,
    what: &'static str,
) -> Vec<(&'static str, NameAt<'a>)> {
    let list: Vec<_> = list.map(|name| (what, name)).collect();
    let any = list.iter().any(|(_, name)| !case.is_no_voter(name));
    if any { list } else { Vec::new() }
}

/// Those whom voters wrote in; of the winners another rule tells.
fn written_in<'a>(case: &Case<'a>) -> Vec<NameAt<'a>> {
    let rounds = case.own_rounds();
    let rows = rounds.flat_map(|round| {
        let won: Vec<&str> = winners(round).map(|(name, _)| name).collect();
        let rows = round.result.votes.items().iter();
        let rows = rows.filter(|row| row.write_in.value() == Some(true));
        let names = rows.filter_map(|row| row.name.located());
        names.filter(move |name| !is_among(name, won.iter().copied()))
    });
    rows.collect()
}

/// Those elected in a round, as declared or as the votes decide, with the place
/// to point at.
fn winners<'r>(round: &'r Round) -> impl Iterator<Item = (&'r str, &'r Place)> {
    round.winners.iter().flatten().filter_map(|winner| {
        let declared = winner.declared.and_then(|one| one.name.place());
        Some((winner.name?, declared.unwrap_or(winner.place)))
    })
}

/// A winner is a voter; one who was no candidate was named by votes.
pub(crate) fn elected_known(case: &Case) -> Vec<Finding> {
    let mut findings = Vec::new();
    for round in case.rounds() {
        let standing = whole(round.candidates, |one| &one.name);
        let is_later = round.voting == Voting::ByElection;
        let votes = whole(round.result.votes.items(), |row| &row.name);
        let on_roll = |name: &str| case.voters_meant(name).map(|voters| !voters.is_empty());
        // A roll that has none of them is of other people.
        let strange_roll = winners(round).all(|(name, _)| on_roll(name) == Some(false));
        // Where it is known how many voted, the rule on votes tells.
        let uncounted =
            round.result.participants.value().is_none() && round.result.ballots.get().is_none();
        for (name, place) in winners(round) {
            let stands = |names: &Vec<&str>| is_among(name, names.iter().copied());
            if standing.as_ref().is_some_and(stands) {
                continue;
            }
            let missing = match (on_roll(name), votes.as_ref().map(stands), &standing) {
                (Some(false), _, Some(_)) => "不在候选人名单里，也不在选民名册里",
                (Some(false), _, None) if !strange_roll => "不在选民名册里",
                (None, Some(false), Some(_)) if uncounted => "不在候选人名单里，得票里也没有",
                // Whoever voters write in need be on no list.
                (None, None, Some(_)) => "不在候选人名单里",
                _ => continue,
            };
            let near = guess(name, standing.iter().flatten().copied());
            let list = round.candidates.first().map(|one| &one.place);
            let found = Finding::new(place, format!("当选人{name}{missing}{near}"))
                .also(list, "候选人名单")
                .help("请核对姓名；选民另选的人请写进“得票”，并注明“另选他人: 是”。");
            // The roll may lack some, and a later one may have others.
            let certain = standing.is_some()
                && match on_roll(name) {
                    Some(false) => !is_later && is_complete(case),
                    _ => votes.is_some(),
                };
            findings.push(if certain { found } else { found.doubtful() });
        }
    }
    findings
}

/// Whether the roll has as many voters as were published.
fn is_complete(case: &Case) -> bool {
    let published = case.election.registration.get().and_then(|one| one.voters.value());
    published.is_none_or(|published| {
        case.roll.is_some_and(|roll| roll.len() as u64 == u64::from(published))
    })
}

/// One who conducts an election is not elected in it, nominated or not.
pub(crate) fn committee_elected(case: &Case) -> Vec<Finding> {
    if case.demands(&COMMITTEE_CANDIDATES_LEAVE).is_none() {
        return Vec::new();
    }
    let committee = case.election.election_committee.get();
    let members = committee.map_or(&[][..], |committee| committee.members.items());
    let serving: Vec<NameAt> = members
        .iter()
        .filter(|member| member.serves())
        .filter_map(|member| member.name.located())
        .collect();
    // Of the nominated another rule speaks.
    let nominated = nominated(case);
    let mut findings = Vec::new();
    for round in case.own_rounds() {
        let standing = if round.is_runoff() { round.candidates } else { &[] };
        let what = if round.is_runoff() { round.voting.name() } else { "" };
        let elected = winners(round).map(|(name, place)| (name, place, "当选"));
        let standing =
            names(standing, |one| &one.name).map(|name| (name.as_str(), &name.place, "作了候选人"));
        let mut told: Vec<&str> = Vec::new();
        for (name, place, how) in standing.chain(elected) {
            let member = serving.iter().find(|member| same_name(member, name));
            let fits = !nominated.iter().any(|nominee| same_name(nominee, name))
                && !is_among(name, told.iter().copied())
                && case.bearers(name) == 1;
            if let Some(member) = member.filter(|_| fits) {
                told.push(name);
                let message = format!("选举委员会成员{name}{what}{how}，本人没有退出选举委员会。");
                findings.push(
                    Finding::new(place, message)
                        .also(&member.place, "选举委员会成员")
                        .help("主持选举的人不应参加竞选；已经退出的，请在选举委员会名单里写上“退出日期”。")
                        .doubtful(),
                );
            }
        }
    }
    findings
}

/// A household sends one. The roll's households are known by number and group.
pub(crate) fn household_once(case: &Case) -> Vec<Finding> {
    let Some(roll) = case.roll else { return Vec::new() };
    let list = case.election.household_representatives.get();
    let mut seen: HashMap<_, NameAt> = HashMap::new();
    let mut findings = Vec::new();
    for name in names(list.map_or(&[][..], |one| one.list.items()), |one| &one.name) {
        let Some([voter]) = case.voters_meant(name) else { continue };
        let Some(household) = voter.household else { continue };
        let before = seen.insert((household, voter.group), name);
        // One written twice is told of elsewhere.
        if let Some(other) = before.filter(|other| !same_name(other, name)) {
            let message =
                format!("{}和{}在选民名册里是同一户，一户一名代表。", other.value, name.value);
            let found = Finding::new(&name.place, message)
                .also(&other.place, "同一户")
                .also(&roll.row_place(voter.row), "名册里");
            findings.push(found.help("请核对各户的代表。").doubtful());
        }
    }
    findings
}

/// What is written of a voter must be what the roll says.
pub(crate) fn as_on_the_roll(case: &Case) -> Vec<Finding> {
    let election = case.election;
    let candidates = election.candidates.get().map_or(&[][..], |one| one.list.items());
    let nominees = election.nomination.get().map_or(&[][..], |one| one.nominees.items());
    let runoff = election.runoff.get().map_or(&[][..], |one| one.candidates.items());
    let later = election.by_election.get().map_or(&[][..], |one| one.candidates.items());
    let representatives = election.representatives.get().map_or(&[][..], |one| one.list.items());
    let elected = case.rounds().iter().flat_map(|round| round.result.elected.items());
    let candidates = candidates.iter().chain(nominees).chain(runoff).chain(later);
    let written = candidates
        .map(|one| (&one.name, &one.sex, &one.born_on))
        .chain(representatives.iter().map(|one| (&one.name, &one.sex, &one.born_on)))
        .chain(elected.map(|one| (&one.name, &one.sex, &one.born_on)));
    let Some(roll) = case.roll else { return Vec::new() };
    let mut told = HashSet::new();
    let mut findings = Vec::new();
    for (name, sex, born) in written {
        let Some(name) = name.get() else { continue };
        let Some([voter]) = case.voters_meant(name) else { continue };
        let mut differs = |what: &'static str, column: Column, place: &Place, here: String| {
            if told.insert((name_key(name), what)) {
                // What the roll says of a person stays there.
                let message = format!("{name}的{what}写的是“{here}”，与选民名册不一致。");
                let found =
                    Finding::new(place, message).also(&roll.place(voter.row, column), "名册里");
                findings.push(found.help("请核对哪一处是对的，改成一致。").doubtful());
            }
        };
        let another_sex = sex.located().filter(|sex| voter.sex.is_some_and(|on| on != sex.value));
        if let Some(sex) = another_sex {
            differs("性别", Column::Sex, &sex.place, sex.value.to_string());
        }
        let another_day = born.located().filter(|born| {
            voter
                .birth
                .is_some_and(|on| surely_after(born.value, on) || surely_after(on, born.value))
        });
        if let Some(born) = another_day {
            differs("出生", Column::Birth, &born.place, born.value.to_string());
        }
    }
    findings
}
