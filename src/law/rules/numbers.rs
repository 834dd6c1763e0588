//! Numbers that no election has.

use crate::diagnostic::Place;
use crate::election::decode::{Field, Located};
use crate::law::case::{Case, Finding};

/// The committees began in the fifties, and their terms were never shorter
/// than two years.
const MOST_TERMS: u32 = 40;
/// Nor were there so many years.
const MOST_YEARS: u32 = 100;
const OLDEST: u32 = 120;

/// Nothing to elect, nobody to vote, terms and ages that nobody has seen.
pub(super) fn plausible(case: &Case) -> Vec<Finding> {
    let mut findings = nothing(case);
    findings.extend(term(case));
    findings.extend(larger_than_the_whole(case));
    findings.extend(requesters(case));
    findings.extend(bounds_crossed(case));
    let elected = case.rounds().iter().flat_map(|round| round.result.elected.items());
    findings.extend(elected.filter_map(|one| {
        let age = one.age.located().filter(|age| age.value > OLDEST)?;
        let name = one.name.get().map_or("当选人", String::as_str);
        let message = format!("{name}写的是 {} 岁。", age.value);
        Some(Finding::new(&age.place, message).help("请核对年龄。"))
    }));
    findings
}

/// Wholes of which nothing is left if they are zero.
fn nothing(case: &Case) -> Vec<Finding> {
    let election = case.election;
    let community = election.community.get();
    let registration = election.registration.get();
    let later = election.by_election.get();
    let representatives = election.representatives.get();
    let households = election.household_representatives.get();
    let printed = case.rounds().iter().filter_map(|round| round.poll.ballots);
    let printed = printed.filter_map(|ballots| zero(&ballots.printed));
    let wholes = [
        ("人口", community.and_then(|one| zero(&one.population))),
        ("户数", community.and_then(|one| zero(&one.households))),
        ("选民总数", registration.and_then(|one| zero(&one.voters))),
        ("补选的选民总数", later.and_then(|one| zero(&one.voters))),
        ("补选的代表总数", later.and_then(|one| zero(&one.representatives))),
        ("代表总数", representatives.and_then(|one| zero(&one.total))),
        ("户代表总数", households.and_then(|one| zero(&one.total))),
    ];
    let wholes = wholes.into_iter().filter_map(|(what, place)| Some((what, place?)));
    let all = wholes.chain(printed.map(|place| ("印制的选票", place)));
    let told = all.map(|(what, place)| {
        let message = format!("{what}写的是 0，一个也没有就无从选举。");
        Finding::new(place, message).help("请写实际的数；还不知道的，请留空或把这一行删去。")
    });
    told.collect()
}

fn zero(field: &Field<u32>) -> Option<&Place> {
    field.located().filter(|number| number.value == 0).map(|number| &number.place)
}

fn term(case: &Case) -> Option<Finding> {
    let term = case.election.term.located()?;
    let Located { value, place } = term;
    let help = "请写本届是第几届，如 6。";
    match value {
        0 => Some(Finding::new(place, "届次写的是 0，第一届写 1。").help(help)),
        &many if many > MOST_TERMS => {
            let message = format!("届次写的是 {many}，没有哪个委员会选过这么多届。");
            let found = Finding::new(place, message).help(help);
            Some(if many > MOST_YEARS { found } else { found.doubtful() })
        }
        _ => None,
    }
}

/// Who is registered may be counted otherwise than who lives here.
fn larger_than_the_whole(case: &Case) -> Vec<Finding> {
    let Some(community) = case.election.community.get() else { return Vec::new() };
    let population = community.population.located().filter(|all| all.value > 0);
    let Some(Located { value: population, place }) = population else { return Vec::new() };
    let voters = case.election.registration.get().and_then(|one| one.voters.located());
    let parts = [("户数", community.households.located()), ("选民总数", voters)];
    let over = parts.into_iter().filter_map(|(what, part)| {
        let part = part.filter(|part| part.value > *population)?;
        let message = format!("{what}写的是 {}，人口只有 {population}。", part.value);
        let found = Finding::new(&part.place, message).also(place, "人口");
        Some(found.help("请核对这两个数。").doubtful())
    });
    over.collect()
}

fn bounds_crossed(case: &Case) -> Option<Finding> {
    let representatives = case.election.representatives.get()?;
    let from = representatives.households_from.located()?;
    let to = representatives.households_to.located().filter(|to| to.value < from.value)?;
    let message = format!("每名代表户数的下限是 {} 户，上限却是 {} 户。", from.value, to.value);
    Some(Finding::new(&to.place, message).also(&from.place, "下限").help("请核对这两个数。"))
}

/// Whoever asks for a recall is a voter, and so is everyone who represents some.
fn requesters(case: &Case) -> Option<Finding> {
    let requesters = case.election.recall.get()?.requesters.located()?;
    let voters = case.registered().filter(|&voters| requesters.value > voters)?;
    let message = format!("联名要求罢免的 {} 人，选民只有 {voters} 人。", requesters.value);
    let written = case.election.registration.get().and_then(|one| one.voters.place());
    let found = Finding::new(&requesters.place, message).also(written, "选民总数");
    Some(found.help("请核对联名的人数。").doubtful())
}
