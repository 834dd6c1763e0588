//! People named in several places. Each list is looked up in those on which its
//! people must, or must not, stand:
//!
//! | who | must be | must not be |
//! |---|---|---|
//! | representatives, household representatives, group leaders | voters, of a known group; leaders as their group says | twice |
//! | nominees, candidates (also of the run-off and the by-election) | voters; candidates nominated | twice, staff, agents of proxies, members of the election committee |
//! | those who replace another | in place of one who left, each of another | |
//! | staff | at a known station | twice in one task, candidates or their kin |
//! | principals and agents of proxies, users of mobile boxes | voters, electors of the mode; of a known group | twice, in both lists |
//! | the elected | voters, candidates or named by votes | in the election committee, twice, kin |
//! | the resigned, the recalled, those with duties | elected, to that post | twice, both |
//! | candidates of a by-election | | members of the same post |
//! | supervision committee (of a village) | voters | elected or their kin, twice |
//! | the reelected | appraised, if anybody was | |
//!
//! What has a rule of its own elsewhere (candidates, proxies, staff, kin) is
//! judged there. A list that is not known whole proves nothing, and neither
//! does a name that several voters bear.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::committee::nominated;
use crate::diagnostic::Place;
use crate::election::date::PartialDate;
use crate::election::decode::{Field, Located, nearest};
use crate::election::model::{
    Candidate, CommitteeMember, Elected, Kind, Mode, Post, Posts, Proxy, StaffMember,
};
use crate::election::person::{Sex, name_key};
use crate::election::roll::label_key;
use crate::law::case::{Case, Finding, same_name, sum, surely_after};
use crate::law::parameter::*;
use crate::law::round::{Round, Voting, Winner};

/// A name with its place.
type NameAt<'a> = &'a Located<String>;

fn names<'a, T: 'a>(
    list: &'a [Located<T>],
    name: impl Fn(&'a T) -> &'a Field<String> + 'a,
) -> impl Iterator<Item = NameAt<'a>> {
    list.iter().filter_map(move |one| name(&one.value).located())
}

/// All the names of a list; `None` if one is not known, or there is none.
fn whole<'a, T>(
    list: &'a [Located<T>],
    name: impl Fn(&'a T) -> &'a Field<String>,
) -> Option<Vec<&'a str>> {
    let names = list.iter().map(|one| Some(name(&one.value).get()?.as_str()));
    names.collect::<Option<Vec<_>>>().filter(|names| !names.is_empty())
}

/// What long lists of names are searched by.
fn keys<'n>(names: impl Iterator<Item = &'n str>) -> HashSet<Cow<'n, str>> {
    names.map(name_key).collect()
}

fn is_among<'n>(name: &str, mut names: impl Iterator<Item = &'n str>) -> bool {
    names.any(|other| same_name(other, name))
}

/// Ends a sentence on one not found in `names` with whom it may have meant.
fn guess<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> String {
    nearest(name, names).map_or("。".into(), |near| format!("，是不是“{near}”？"))
}

// ---- twice in one list

/// One who stands in a list, and what may tell him from a namesake.
struct Entry<'a> {
    name: NameAt<'a>,
    mark: Option<String>,
}

fn entries<'a, T>(
    list: &'a [Located<T>],
    name: impl Fn(&'a T) -> &'a Field<String>,
    mark: impl Fn(&'a T) -> Option<String>,
) -> Vec<Entry<'a>> {
    list.iter()
        .filter_map(|one| Some(Entry { name: name(&one.value).located()?, mark: mark(&one.value) }))
        .collect()
}

fn sex(field: &Field<Sex>) -> Option<String> {
    field.value().map(|sex| sex.name().into())
}

fn group(field: &Field<String>) -> Option<String> {
    field.get().map(|group| label_key(group))
}

/// The lists on which a person stands once.
fn lists<'a>(case: &Case<'a>) -> Vec<(&'static str, Vec<Entry<'a>>)> {
    let election = case.election;
    macro_rules! list {
        ($what:literal, $record:ident.$list:ident, $mark:expr) => {{
            let items = election.$record.get().map_or(&[][..], |record| record.$list.items());
            ($what, entries(items, |one| &one.name, $mark))
        }};
    }
    let staff = election.staff.get().map_or(&[][..], |staff| staff.list.items());
    // One may do several tasks, and at several stations.
    let task = |one: &StaffMember| {
        let station = one.station.get().map_or_else(String::new, |station| label_key(station));
        Some((one.role.value()?.name(), station))
    };
    let tasks: BTreeSet<(&'static str, String)> =
        staff.iter().filter_map(|one| task(one)).collect();
    let of_task = |wanted: &(&'static str, String)| {
        let theirs = staff.iter().filter(|one| task(one).as_ref() == Some(wanted));
        let names = theirs.filter_map(|one| one.name.located());
        (wanted.0, names.map(|name| Entry { name, mark: None }).collect())
    };
    let mut lists = vec![
        list!("选举工作领导小组", preparation.leading_group, |one| sex(&one.sex)),
        list!("指导小组", leading_group.members, |one| sex(&one.sex)),
        list!("选举委员会", election_committee.members, |one| sex(&one.sex)),
        list!("代表名单", representatives.list, |one| group(&one.group)),
        list!("户代表名单", household_representatives.list, |one| group(&one.group)),
        list!("流动票箱名单", mobile_boxes.voters, |one| group(&one.group)),
        list!("评议名单", appraisal.results, |_| None),
        list!("监督委员会", supervision.members, |one| sex(&one.sex)),
        list!("分工名单", division.list, |_| None),
        list!("辞职名单", resignations.list, |_| None),
        list!("罢免名单", recall.list, |_| None),
    ];
    lists.extend(tasks.iter().map(of_task));
    lists.push(("小组", entries(election.groups.items(), |one| &one.name, |_| None)));
    let stations = election.polling.get().map_or(&[][..], |polling| polling.stations.items());
    lists.push(("投票站", entries(stations, |one| &one.name, |_| None)));
    lists
}

pub fn listed_twice(case: &Case) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (what, entries) in lists(case) {
        let mut seen: HashMap<String, Vec<&Entry>> = HashMap::new();
        for entry in &entries {
            let before = seen.entry(name_key(entry.name).into_owned()).or_default();
            let bearers = case.voters_meant(entry.name).map_or(0, <[_]>::len);
            // As many voters of the name as entries: they are namesakes.
            if !before.is_empty() && before.len() >= bearers.max(1) {
                let apart = before.iter().all(|other| {
                    entry.mark.is_some() && other.mark.is_some() && entry.mark != other.mark
                });
                let message = format!("{}在{what}里写了两次。", entry.name.value);
                let found = Finding::new(&entry.name.place, message)
                    .help("请删去一处；确是同名的两人，请在姓名后加注区别。");
                findings.push(if apart && bearers == 0 { found.doubtful() } else { found });
            }
            before.push(entry);
        }
    }
    findings
}

// ---- on the roll

/// Who votes, or stands for those who vote, is a voter.
pub fn on_the_roll(case: &Case) -> Vec<Finding> {
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
    let named: Vec<(&str, NameAt)> = names(representatives, |one| &one.name)
        .map(|name| ("代表", name))
        .chain(names(households, |one| &one.name).map(|name| ("户代表", name)))
        .chain(names(mobile, |one| &one.name).map(|name| ("使用流动票箱的", name)))
        .chain(names(election.groups.items(), |one| &one.leader).map(|name| ("小组长", name)))
        .chain(names(supervision, |one| &one.name).map(|name| ("监督委员会成员", name)))
        .collect();
    let mut told: Vec<&str> = Vec::new();
    let mut findings = Vec::new();
    for (what, name) in named {
        let missing = case.is_no_voter(name);
        if missing && !is_among(name, told.iter().copied()) {
            told.push(name);
            findings.push(
                Finding::new(&name.place, format!("{what}{}不在选民名册里。", name.value))
                    .help("请核对姓名的写法；代表和投票的人都须是登记的选民。")
                    .doubtful(),
            );
        }
    }
    findings
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
pub fn elected_known(case: &Case) -> Vec<Finding> {
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
            let found = Finding::new(place, format!("当选人{name}{missing}{near}"))
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
pub fn committee_elected(case: &Case) -> Vec<Finding> {
    if case.demands(&COMMITTEE_CANDIDATES_LEAVE).is_none() {
        return Vec::new();
    }
    let committee = case.election.election_committee.get();
    let members = committee.map_or(&[][..], |committee| committee.members.items());
    let serving: Vec<&str> = members
        .iter()
        .filter(|member| member.left_on.is_absent() && member.left_because.is_absent())
        .filter_map(|member| Some(member.name.get()?.as_str()))
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
            let fits = is_among(name, serving.iter().copied())
                && !is_among(name, nominated.iter().copied())
                && !is_among(name, told.iter().copied())
                && case.bearers(name) == 1;
            if fits {
                told.push(name);
                let message = format!("选举委员会成员{name}{what}{how}，本人没有退出选举委员会。");
                findings.push(
                    Finding::new(place, message)
                        .help("主持选举的人不应参加竞选；已经退出的，请在选举委员会名单里写上“退出日期”。")
                        .doubtful(),
                );
            }
        }
    }
    findings
}

/// A household sends one. The roll's households are known by number and group.
pub fn household_once(case: &Case) -> Vec<Finding> {
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
            findings.push(Finding::new(&name.place, message).help("请核对各户的代表。").doubtful());
        }
    }
    findings
}

/// What is written of a voter must be what the roll says.
pub fn as_on_the_roll(case: &Case) -> Vec<Finding> {
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
    let mut told: Vec<(&str, &str)> = Vec::new();
    let mut findings = Vec::new();
    for (name, sex, born) in written {
        let Some(name) = name.get() else { continue };
        let Some([voter]) = case.voters_meant(name) else { continue };
        let mut differs = |what: &'static str, place: &Place, here: String| {
            if !told.contains(&(name.as_str(), what)) {
                told.push((name, what));
                // What the roll says of a person stays there.
                let message = format!("{name}的{what}写的是“{here}”，与选民名册不一致。");
                findings.push(
                    Finding::new(place, message).help("请核对哪一处是对的，改成一致。").doubtful(),
                );
            }
        };
        let another_sex = sex.located().filter(|sex| voter.sex.is_some_and(|on| on != sex.value));
        if let Some(sex) = another_sex {
            differs("性别", &sex.place, sex.value.to_string());
        }
        let another_day = born.located().filter(|born| {
            voter
                .birth
                .is_some_and(|on| surely_after(born.value, on) || surely_after(on, born.value))
        });
        if let Some(born) = another_day {
            differs("出生", &born.place, born.value.to_string());
        }
    }
    findings
}

// ---- groups and stations

pub fn group_known(case: &Case) -> Vec<Finding> {
    let election = case.election;
    let known = whole(election.groups.items(), |one| &one.name);
    let of_roll = || {
        let roll = case.roll?;
        let names: Vec<&str> = roll.groups.ids().map(|id| roll.groups.name(id)).collect();
        Some(names).filter(|names| !names.is_empty())
    };
    let is_sure = known.is_some();
    let known = known.or_else(of_roll);
    let known_keys: Option<HashSet<String>> =
        known.as_ref().map(|known| known.iter().map(|one| label_key(one)).collect());
    let representatives = election.representatives.get().map_or(&[][..], |one| one.list.items());
    let households =
        election.household_representatives.get().map_or(&[][..], |one| one.list.items());
    let mobile = election.mobile_boxes.get().map_or(&[][..], |boxes| boxes.voters.items());
    let written = representatives
        .iter()
        .map(|one| (&one.name, &one.group))
        .chain(households.iter().map(|one| (&one.name, &one.group)))
        .chain(mobile.iter().map(|one| (&one.name, &one.group)));
    let mut told: Vec<String> = Vec::new();
    let mut findings = Vec::new();
    for (name, group) in written {
        let Some(group) = group.located() else { continue };
        let key = label_key(group);
        if known_keys.as_ref().is_some_and(|known| !known.contains(&key)) {
            if !told.contains(&key) {
                let near = guess(group, known.iter().flatten().copied());
                let message = format!("没有“{}”这个小组{near}", group.value);
                let found = Finding::new(&group.place, message)
                    .help("请核对小组名称的写法，与“小组”和选民名册一致。");
                findings.push(if is_sure { found } else { found.doubtful() });
                told.push(key);
            }
            continue;
        }
        let (Some(name), Some(roll)) = (name.get(), case.roll) else { continue };
        let Some([voter]) = case.voters_meant(name) else { continue };
        // Where the roll calls its groups otherwise, nothing can be compared.
        let theirs = roll.group_of(voter).filter(|theirs| label_key(theirs) != key);
        if let Some(theirs) = theirs.filter(|_| roll.groups.find(group).is_some()) {
            let message = format!("{name}的小组写的是“{}”，选民名册里是“{theirs}”。", group.value);
            findings
                .push(Finding::new(&group.place, message).help("请核对是哪个小组。").doubtful());
        }
    }
    findings
}

pub fn staff_station(case: &Case) -> Vec<Finding> {
    let Some(polling) = case.election.polling.get() else { return Vec::new() };
    let Some(stations) = whole(polling.stations.items(), |one| &one.name) else {
        return Vec::new();
    };
    let venue = polling.venue.get().map(|venue| label_key(venue));
    let elsewhere = |station: &str| {
        let key = label_key(station);
        ["会场", "票箱", "中心"].iter().any(|word| key.contains(word))
            || venue.as_ref() == Some(&key)
    };
    let staff = case.election.staff.get().map_or(&[][..], |staff| staff.list.items());
    let mut findings: Vec<Finding> = staff
        .iter()
        .filter_map(|one| one.station.located())
        // 东区 is 东区投票站.
        .filter(|station| {
            let key = label_key(station);
            let same = |other: &&str| {
                let other = label_key(other);
                other.contains(&key) || key.contains(&other)
            };
            !elsewhere(station) && !stations.iter().any(same)
        })
        .map(|station| {
            let near = guess(station, stations.iter().copied());
            Finding::new(&station.place, format!("没有“{}”这个投票站{near}", station.value))
                .help("请核对投票站名称的写法，与“投票站”一致。")
        })
        .collect();
    // How many work at a station: as written there, and as the list assigns.
    let all_assigned = staff.iter().all(|one| !one.station.is_absent());
    for station in polling.stations.items() {
        let (Some(name), Some(number)) = (station.name.get(), station.staff.located()) else {
            continue;
        };
        let mut here: Vec<String> = staff
            .iter()
            .filter(|one| {
                one.station.get().is_some_and(|theirs| label_key(theirs) == label_key(name))
            })
            .filter_map(|one| Some(name_key(one.name.get()?).into_owned()))
            .collect();
        here.sort();
        here.dedup();
        let differ = here.len() as u64 > u64::from(number.value)
            || all_assigned && !here.is_empty() && (here.len() as u64) < u64::from(number.value);
        if differ {
            let message =
                format!("{name}的工作人员写的是 {} 人，名单上有 {} 人。", number.value, here.len());
            findings
                .push(Finding::new(&number.place, message).help("请核对人数和名单。").doubtful());
        }
    }
    findings
}

// ---- nobody votes twice

fn proxies<'a>(case: &Case<'a>) -> &'a [Located<Proxy>] {
    case.election.proxies.get().map_or(&[][..], |proxies| proxies.list.items())
}

pub fn votes_once(case: &Case) -> Vec<Finding> {
    let principals = keys(names(proxies(case), |one| &one.principal).map(|name| name.as_str()));
    let mobile = case.election.mobile_boxes.get().map_or(&[][..], |boxes| boxes.voters.items());
    names(mobile, |one| &one.name)
        .filter(|name| principals.contains(&name_key(name)) && case.bearers(name) == 1)
        .map(|name| {
            let message =
                format!("{}委托了他人投票，又在流动票箱名单里，一人只能投一次票。", name.value);
            Finding::new(&name.place, message)
                .help("请从其中一份名单里删去；同名的两人请加注区别。")
        })
        .collect()
}

/// Where households or representatives elect, only they entrust their votes
/// and use the mobile box.
pub fn elector_listed(case: &Case) -> Vec<Finding> {
    let election = case.election;
    // A list with fewer names than there are people is not whole.
    let is_whole = |total: &Field<u32>, listed: usize| {
        total.value().is_none_or(|total| u64::from(total) <= listed as u64)
    };
    let (listed, what) = match case.mode() {
        Some(Mode::HouseholdReps) => {
            let all = election.household_representatives.get();
            let all = all.filter(|all| is_whole(&all.total, all.list.items().len()));
            (all.and_then(|all| whole(all.list.items(), |one| &one.name)), "户代表")
        }
        Some(Mode::ResidentReps) => {
            let all = election.representatives.get();
            let all = all.filter(|all| is_whole(&all.total, all.list.items().len()));
            (all.and_then(|all| whole(all.list.items(), |one| &one.name)), "代表")
        }
        _ => return Vec::new(),
    };
    let Some(listed) = listed else { return Vec::new() };
    let known = keys(listed.iter().copied());
    let mobile = election.mobile_boxes.get().map_or(&[][..], |boxes| boxes.voters.items());
    let voting = names(proxies(case), |one| &one.principal)
        .map(|name| ("委托人", name))
        .chain(names(mobile, |one| &one.name).map(|name| ("使用流动票箱的", name)));
    voting
        .filter(|(_, name)| !known.contains(&name_key(name)))
        .map(|(whose, name)| {
            let near = guess(name, listed.iter().copied());
            let message = format!("{whose}{}不在{what}名单里{near}", name.value);
            Finding::new(&name.place, message)
                .help(format!("由{what}投票的，只有{what}可以投票；请核对姓名。"))
                .doubtful()
        })
        .collect()
}

// ---- those who replace others

/// Who replaces somebody takes the place of one who left, and nobody else does.
pub fn replaced(case: &Case) -> Vec<Finding> {
    let committee = case.election.election_committee.get();
    let members = committee.map_or(&[][..], |committee| committee.members.items());
    let candidates = case.election.candidates.get().map_or(&[][..], |one| one.list.items());
    let mut findings =
        replacements(members, "选举委员会名单", |one: &CommitteeMember| Seat {
            name: &one.name,
            replaces: &one.replaces,
            has_left: !one.left_on.is_absent() || !one.left_because.is_absent(),
            post: None,
        });
    findings.extend(replacements(candidates, "候选人名单", |one: &Candidate| Seat {
        name: &one.name,
        replaces: &one.replaces,
        has_left: !one.withdrew_on.is_absent() || !one.withdrew_because.is_absent(),
        post: one.post.value(),
    }));
    findings
}

/// One on a list whose members may leave and be replaced.
struct Seat<'a> {
    name: &'a Field<String>,
    replaces: &'a Field<String>,
    has_left: bool,
    post: Option<Post>,
}

fn replacements<'a, T>(
    list: &'a [Located<T>],
    what: &str,
    read: impl Fn(&'a T) -> Seat<'a>,
) -> Vec<Finding> {
    let all: Vec<Seat> = list.iter().map(|one| read(&one.value)).collect();
    let wrong = all.iter().enumerate().filter_map(|(at, one)| {
        let replaced = one.replaces.located()?;
        let taken = all[..at]
            .iter()
            .any(|other| other.replaces.get().is_some_and(|other| same_name(other, replaced)));
        let (message, help, is_doubt) = wrong_replacement(one, replaced, &all, taken, what)?;
        let found = Finding::new(&replaced.place, message).help(help);
        Some(if is_doubt { found.doubtful() } else { found })
    });
    wrong.collect()
}

/// What is wrong with one who replaces another, what to do, and whether that
/// is a doubt.
fn wrong_replacement(
    one: &Seat,
    replaced: NameAt,
    all: &[Seat],
    taken: bool,
    what: &str,
) -> Option<(String, &'static str, bool)> {
    let who = one.name.get().map_or("有人", String::as_str);
    let whom = &replaced.value;
    let is_whom = |seat: &&Seat| seat.name.get().is_some_and(|name| same_name(name, whom));
    let Some(before) = all.iter().find(is_whom) else {
        let names = all.iter().map(|one| Some(one.name.get()?.as_str()));
        // One whose name is not known may be the one; and who left may not
        // have been listed at all.
        let names = names.collect::<Option<Vec<_>>>()?;
        let near = guess(whom, names.into_iter());
        let help = "请核对姓名；退出的人应留在名单里，写上“退出日期”。";
        return Some((format!("{who}递补的{whom}不在{what}里{near}"), help, true));
    };
    if !before.has_left {
        let help = "请在退出的人下面写“退出日期”和“退出原因”；没有人退出的，删去“递补”。";
        return Some((format!("{who}递补{whom}，{whom}却没有退出。"), help, false));
    }
    if let Some((post, theirs)) = one.post.zip(before.post).filter(|(post, theirs)| post != theirs)
    {
        let (post, theirs) = (post.name(), theirs.name());
        let message = format!("{who}（{post}）递补的{whom}是{theirs}候选人。");
        return Some((message, "递补的是同一职务的缺；请核对职务。", false));
    }
    taken.then(|| (format!("{whom}的缺由两个人递补。"), "一个缺只能由一人递补；请核对。", false))
}

// ---- members of the committee

/// All who were elected in the election and its run-off, if they are known.
pub(super) fn members<'c>(case: &'c Case) -> Option<Vec<(&'c str, Post)>> {
    let votes = case.votes();
    // After a void vote others are elected, of whom nobody has written yet.
    votes.round(Voting::First).filter(|round| round.poll.valid != Some(false))?;
    let runoff = &case.election.runoff;
    if !runoff.is_absent() && votes.round(Voting::Runoff).is_none() {
        return None;
    }
    named(&votes.elected()?).filter(|all| !all.is_empty())
}

fn named<'r>(winners: &[Winner<'r>]) -> Option<Vec<(&'r str, Post)>> {
    winners.iter().map(|winner| Some((winner.name?, winner.post?))).collect()
}

/// Whether every seat is known to be filled; another may have been elected
/// where nobody wrote it down.
fn are_all(case: &Case, members: &[(&str, Post)]) -> bool {
    let posts = case.election.posts.get();
    let seats = posts.and_then(Posts::total);
    seats.is_some_and(|seats| members.len() as u64 >= u64::from(seats))
}

/// As [`members`], with those of the by-election.
fn members_later<'c>(case: &'c Case) -> Option<Vec<(&'c str, Post)>> {
    let mut members = members(case)?;
    if let Some(later) = case.votes().round(Voting::ByElection) {
        members.extend(named(later.winners.as_ref()?)?);
    }
    Some(members)
}

/// Whether what happened on a day may have happened before the by-election.
fn before_by_election(case: &Case, day: &Field<PartialDate>) -> bool {
    let later = case.election.by_election.get().and_then(|later| later.held_on.value());
    !day.value().zip(later).is_some_and(|(day, later)| surely_after(day, later))
}

/// Those who resigned before the by-election.
fn resigned<'c>(case: &Case<'c>) -> Vec<&'c str> {
    let accepted =
        case.election.resignations.get().filter(|one| before_by_election(case, &one.accepted_on));
    let list = accepted.map_or(&[][..], |one| one.list.items());
    names(list, |one| &one.name).map(|name| name.as_str()).collect()
}

/// Those removed before the by-election: surely, or perhaps as well.
fn removed<'c>(case: &'c Case, perhaps: bool) -> Vec<&'c str> {
    let held = case.election.recall.get().map(|recall| &recall.held_on);
    let recall = case.votes().recall.as_ref();
    let recall = recall.filter(|_| held.is_none_or(|day| before_by_election(case, day)));
    recall
        .map_or(&[][..], |recall| &recall.people)
        .iter()
        .filter(|one| one.removed.unwrap_or(perhaps))
        .filter_map(|one| Some(one.person.name.get()?.as_str()))
        .collect()
}

/// The members who were left before the by-election: those who surely left are
/// not among them, nor, if `perhaps`, are those who perhaps did.
pub(super) fn remaining<'c>(case: &'c Case, perhaps: bool) -> Option<Vec<(&'c str, Post)>> {
    let gone = keys(resigned(case).into_iter().chain(removed(case, perhaps)));
    let mut members = members(case)?;
    members.retain(|(name, _)| !gone.contains(&name_key(name)));
    Some(members)
}

/// The days on which the committee lost members: on which resignations were
/// accepted and recalls carried.
pub(super) fn vacated(case: &Case) -> Vec<PartialDate> {
    let members = keys(members(case).iter().flatten().map(|(name, _)| *name));
    let any = |names: Vec<&str>| names.iter().any(|name| members.contains(&name_key(name)));
    let resigned = case.election.resignations.get().filter(|_| any(resigned(case)));
    let recalled = case.election.recall.get().filter(|_| any(removed(case, false)));
    let days = [
        resigned.and_then(|one| one.accepted_on.value()),
        recalled.and_then(|one| one.held_on.value()),
    ];
    days.into_iter().flatten().collect()
}

const RECALLED: &str = "被要求罢免的";
const DUTIES: &str = "分工名单上的";

/// Who resigns, is recalled or has duties is a member, of the post that is said.
pub fn member_known(case: &Case) -> Vec<Finding> {
    let Some(members) = members_later(case) else { return Vec::new() };
    let election = case.election;
    let certain = self::members(case).is_some_and(|members| are_all(case, &members));
    // What was before the election concerned the committee before.
    let before = |date: &Field<PartialDate>| {
        let (date, day) = (date.value(), election.election_day.value());
        date.zip(day).is_some_and(|(date, day)| surely_after(day, date))
    };
    let resigned = election.resignations.get().filter(|one| !before(&one.accepted_on));
    let resigned = resigned.map_or(&[][..], |one| one.list.items());
    let recalled = election.recall.get().filter(|one| !before(&one.held_on));
    let recalled = recalled.map_or(&[][..], |one| one.list.items());
    let resigned_on = election.resignations.get().and_then(|one| one.accepted_on.value());
    let recalled_on = election.recall.get().and_then(|one| one.held_on.value());
    let duties = election.division.get().map_or(&[][..], |division| division.list.items());
    let said = resigned
        .iter()
        .map(|one| ("辞职的", &one.name, &one.post))
        .chain(recalled.iter().map(|one| (RECALLED, &one.name, &one.post)))
        .chain(duties.iter().map(|one| (DUTIES, &one.name, &one.post)));
    let mut findings = Vec::new();
    for (whose, name, post) in said {
        let Some(name) = name.located() else { continue };
        // Duties may be given anew after changes of which nobody wrote.
        let unless_sure = |found: Finding| match certain && whose != DUTIES {
            true => found,
            false => found.doubtful(),
        };
        let held: Vec<Post> =
            members.iter().filter(|(other, _)| same_name(other, name)).map(|one| one.1).collect();
        if held.is_empty() {
            let near = guess(name, members.iter().map(|(name, _)| *name));
            let message = format!("{whose}{}不在当选名单里{near}", name.value);
            let found = Finding::new(&name.place, message)
                .help("请核对姓名：只有委员会的成员可以辞职、被罢免、分工。");
            findings.push(unless_sure(found));
            continue;
        }
        // What was given up before cannot be taken away.
        let resigned_before = whose == RECALLED
            && resigned.iter().any(|one| one.name.get().is_some_and(|one| same_name(one, name)))
            && resigned_on.zip(recalled_on).is_some_and(|(one, other)| surely_after(other, one));
        if resigned_before {
            let message = format!("{}已经辞职，又表决罢免。", name.value);
            findings.push(
                Finding::new(&name.place, message)
                    .help("请核对日期；已经辞职的不必罢免。")
                    .doubtful(),
            );
        }
        let written = post.located().and_then(|post| {
            Some((post, Post::ALL.iter().copied().find(|one| one.name() == post.trim())?))
        });
        if let Some((place, post)) = written.filter(|(_, post)| !held.contains(post)) {
            let held: Vec<&str> = held.into_iter().map(Post::name).collect();
            let message = format!(
                "{whose}{}写的是{}，当选的是{}。",
                name.value,
                post.name(),
                held.join("、")
            );
            let found = Finding::new(&place.place, message).help("请核对职务。");
            findings.push(unless_sure(found));
        }
    }
    findings
}

/// One who is a member does not stand for a seat of the same post.
pub fn by_election_candidate(case: &Case) -> Vec<Finding> {
    let (Some(members), Some(later)) = (remaining(case, true), case.election.by_election.get())
    else {
        return Vec::new();
    };
    let elected = later.result.get().map_or(&[][..], |result| result.elected.items());
    let standing = later
        .candidates
        .items()
        .iter()
        .map(|one| (&one.name, &one.post))
        .chain(elected.iter().map(|one| (&one.name, &one.post)));
    let mut told: Vec<&str> = Vec::new();
    let mut findings = Vec::new();
    for (name, post) in standing {
        let (Some(name), Some(post)) = (name.located(), post.value()) else { continue };
        let holds = members.iter().any(|(other, theirs)| same_name(other, name) && *theirs == post);
        if holds && !is_among(name, told.iter().copied()) {
            told.push(name);
            let message =
                format!("{}已是{post}，又参加{post}的补选。", name.value, post = post.name());
            findings.push(
                Finding::new(&name.place, message)
                    .help("补选的是出缺的名额；请核对姓名和职务，已经离任的请补写。"),
            );
        }
    }
    findings
}

/// Of the last committee are those whom the appraisal names.
pub fn reelected(case: &Case) -> Vec<Finding> {
    let appraised =
        case.election.appraisal.get().and_then(|one| whole(one.results.items(), |one| &one.name));
    let Some(appraised) = appraised else { return Vec::new() };
    let elected = case.own_rounds().flat_map(|round| round.result.elected.items());
    elected
        .filter_map(|one: &Located<Elected>| Some((one.name.get()?, one.reelected.located()?)))
        .filter(|(name, reelected)| {
            reelected.value != is_among(name, appraised.iter().copied()) && case.bearers(name) == 1
        })
        .map(|(name, reelected)| {
            let message = match reelected.value {
                true => format!("{name}写着连任，民主评议的上一届成员里却没有。"),
                false => format!("{name}写着不是连任，民主评议的上一届成员里却有。"),
            };
            Finding::new(&reelected.place, message).help("请核对是否上届成员。").doubtful()
        })
        .collect()
}

/// A candidate is one of those who were nominated.
pub fn candidate_nominated(case: &Case) -> Vec<Finding> {
    let nominees =
        case.election.nomination.get().and_then(|one| whole(one.nominees.items(), |one| &one.name));
    let Some(nominees) = nominees else { return Vec::new() };
    let candidates = case.election.candidates.get().map_or(&[][..], |one| one.list.items());
    names(candidates, |one| &one.name)
        .filter(|name| !is_among(name, nominees.iter().copied()))
        .map(|name| {
            let near = guess(name, nominees.iter().copied());
            let message = format!("候选人{}不在被提名人名单里{near}", name.value);
            Finding::new(&name.place, message)
                .help("候选人从被提名的人中产生；请核对姓名。")
                .doubtful()
        })
        .collect()
}

// ---- counts and lists

/// Who leads a group, as the group says and as the representatives do.
pub fn leaders_agree(case: &Case) -> Vec<Finding> {
    let list = case.election.representatives.get().map_or(&[][..], |one| one.list.items());
    let mut findings = Vec::new();
    for group in case.election.groups.items() {
        let (Some(name), Some(leader)) = (group.name.get(), group.leader.located()) else {
            continue;
        };
        let leads = |one: &&Located<crate::election::model::Representative>| {
            one.leader.value() == Some(true)
                && one.group.get().is_some_and(|theirs| label_key(theirs) == label_key(name))
        };
        let flagged: Vec<&str> =
            list.iter().filter(leads).filter_map(|one| Some(one.name.get()?.as_str())).collect();
        if !flagged.is_empty() && !is_among(leader, flagged.iter().copied()) {
            let message = format!(
                "{name}的组长写的是{}，代表名单里的小组长是{}。",
                leader.value,
                flagged.join("、")
            );
            findings.push(Finding::new(&leader.place, message).help("请核对小组长是谁。"));
        }
        let denied = list.iter().find(|one| {
            one.name.get().is_some_and(|name| same_name(name, leader))
                && one.leader.value() == Some(false)
        });
        findings.extend(denied.and_then(|one| one.leader.located()).map(|denied| {
            let message = format!("{}是{name}的组长，代表名单里却写着不是小组长。", leader.value);
            Finding::new(&denied.place, message).help("请核对小组长是谁。")
        }));
    }
    findings
}

/// A number beside the list that it counts. Of a long list only a part may have
/// been written down, so that fewer are a doubt.
fn differs(
    number: Option<&Located<u32>>,
    listed: Option<usize>,
    what: &str,
    unit: &str,
) -> Option<Finding> {
    let (number, listed) = (number?, u64::try_from(listed?).ok()?);
    let message = || format!("{what}写的是 {} {unit}，名单上有 {listed} {unit}。", number.value);
    let found = || Finding::new(&number.place, message()).help("请核对；写了名单就不必写总数。");
    match listed.cmp(&number.value.into()) {
        Ordering::Equal => None,
        Ordering::Less => Some(found().doubtful()),
        Ordering::Greater => Some(found()),
    }
}

pub fn counts_agree(case: &Case) -> Vec<Finding> {
    let election = case.election;
    let mut findings = Vec::new();
    if let Some(preparation) = election.preparation.get() {
        let listed = preparation.leading_group.get().map(Vec::len);
        let size = preparation.leading_group_size.located();
        findings.extend(differs(size, listed, "领导小组人数", "人"));
    }
    if let Some(training) = election.training.get() {
        let listed = training.list.get();
        findings.extend(differs(
            training.sessions.located(),
            listed.map(Vec::len),
            "培训期数",
            "期",
        ));
        let attendances = listed.and_then(|list| {
            list.iter().map(|one| one.attendances.value()).collect::<Option<Vec<u32>>>()
        });
        let attendances = attendances.filter(|all| !all.is_empty());
        findings.extend(attendances.zip(training.attendances.located()).and_then(
            |(all, total)| {
                let (terms, listed) = (joined(&all), sum(all));
                (listed != total.value).then(|| {
                    let message =
                        format!("培训人次写的是 {}，各期之和 {terms} = {listed}。", total.value);
                    Finding::new(&total.place, message).help("请核对各期的人数和总数。")
                })
            },
        ));
    }
    if let Some(households) = election.household_representatives.get() {
        let listed = households.list.get().map(Vec::len);
        findings.extend(differs(households.total.located(), listed, "户代表总数", "人"));
        let all = election.community.get().and_then(|community| community.households.value());
        let total = households.total.located().map(|total| (total.value, &total.place));
        let list = households.list.located().map(|list| (list.len() as u32, &list.place));
        findings.extend(all.zip(total.or(list)).and_then(|(all, (total, place))| {
            (total > all).then(|| {
                let message = format!("户代表 {total} 名，全部只有 {all} 户。");
                Finding::new(place, message).help("一户一名代表；请核对户数和名单。").doubtful()
            })
        }));
    }
    findings.extend(groups_households(case));
    findings.extend(household_representatives_by_group(case));
    findings.extend(representatives_listed(case));
    findings
}

fn joined(numbers: &[u32]) -> String {
    numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(" + ")
}

/// Households are counted by where they are registered, or by where they live.
fn groups_households(case: &Case) -> Option<Finding> {
    let total = case.election.community.get()?.households.located()?;
    let groups = case.election.groups.items();
    let counts =
        groups.iter().map(|group| group.households.value()).collect::<Option<Vec<u32>>>()?;
    let (terms, listed) = (joined(&counts), sum(counts.iter().copied()));
    (!counts.is_empty() && listed != total.value).then(|| {
        let message = format!("户数写的是 {}，各小组之和 {terms} = {listed}。", total.value);
        Finding::new(&total.place, message).help("请核对各小组的户数和总户数。").doubtful()
    })
}

fn household_representatives_by_group(case: &Case) -> Vec<Finding> {
    let list =
        case.election.household_representatives.get().map_or(&[][..], |one| one.list.items());
    let over = case.election.groups.items().iter().filter_map(|group| {
        let (name, households) = (group.name.get()?, group.households.located()?);
        let here = |one: &&Located<crate::election::model::HouseholdRepresentative>| {
            one.group.get().is_some_and(|theirs| label_key(theirs) == label_key(name))
        };
        let listed = list.iter().filter(here).count();
        (listed as u64 > u64::from(households.value)).then(|| {
            let message = format!("{name}有 {} 户，户代表却有 {listed} 名。", households.value);
            Finding::new(&households.place, message)
                .help("一户一名代表；请核对户数和名单。")
                .doubtful()
        })
    });
    over.collect()
}

/// Women, leaders and quotas, as written and as the list of representatives has them.
fn representatives_listed(case: &Case) -> Vec<Finding> {
    let Some(representatives) = case.election.representatives.get() else { return Vec::new() };
    let Some(list) = representatives.list.get() else { return Vec::new() };
    let mut findings = Vec::new();
    let sexes = list.iter().map(|one| one.sex.value()).collect::<Option<Vec<Sex>>>();
    let women = sexes.map(|all| all.into_iter().filter(|&sex| sex == Sex::Female).count());
    findings.extend(differs(representatives.women.located(), women, "妇女代表", "名"));
    // Who leads a group is written beside the leaders only.
    let leaders = list.iter().filter(|one| one.leader.value() == Some(true)).count();
    let leaders = Some(leaders).filter(|&leaders| leaders > 0);
    findings.extend(differs(representatives.group_leaders.located(), leaders, "小组长", "名"));
    let all_grouped = list.iter().all(|one| one.group.get().is_some());
    for group in case.election.groups.items().iter().filter(|_| all_grouped) {
        let (Some(name), Some(quota)) = (group.name.get(), group.representatives.located()) else {
            continue;
        };
        let listed = list
            .iter()
            .filter(|one| {
                one.group.get().is_some_and(|theirs| label_key(theirs) == label_key(name))
            })
            .count();
        findings.extend(differs(Some(quota), Some(listed), &format!("{name}的代表名额"), "名"));
    }
    findings
}
