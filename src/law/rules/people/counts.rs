//! Counts beside the lists that they count.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::{is_among, of_groups};
use crate::diagnostic::Place;
use crate::election::date::PartialDate;
use crate::election::decode::{Field, Located};
use crate::election::model::Training;
use crate::election::person::{Sex, name_key};
use crate::election::roll::label_key;
use crate::law::case::{Case, Finding, sum};
use crate::law::meeting;
use crate::number::counted;

/// Who leads a group, as the group says and as the representatives do.
pub(crate) fn leaders_agree(case: &Case) -> Vec<Finding> {
    let list = case.election.representatives.get().map_or(&[][..], |one| one.list.items());
    let mut leading: HashMap<String, Vec<&Located<String>>> = HashMap::new();
    let mut not_leading = HashMap::new();
    for one in list {
        let (Some(name), Some(leads)) = (one.name.located(), one.leader.located()) else {
            continue;
        };
        match (leads.value, one.group.get()) {
            (true, Some(group)) => leading.entry(label_key(group)).or_default().push(name),
            (true, None) => {}
            (false, _) => _ = not_leading.entry(name_key(name)).or_insert(leads),
        }
    }
    let mut findings = Vec::new();
    for group in case.election.groups.items() {
        let (Some(name), Some(leader)) = (group.name.get(), group.leader.located()) else {
            continue;
        };
        let flagged = leading.get(&label_key(name)).map_or(&[][..], Vec::as_slice);
        let names: Vec<&str> = flagged.iter().map(|one| one.as_str()).collect();
        if !flagged.is_empty() && !is_among(leader, names.iter().copied()) {
            let message = format!(
                "{name}的组长写的是{}，代表名单里的小组长是{}。",
                leader.value,
                names.join("、")
            );
            let found = Finding::new(&leader.place, message)
                .also_each(flagged.iter().map(|one| (&one.place, "代表名单里的小组长".to_owned())));
            findings.push(found.help("请核对小组长是谁。"));
        }
        findings.extend(not_leading.get(&name_key(leader)).map(|denied| {
            let message = format!("{}是{name}的组长，代表名单里却写着不是小组长。", leader.value);
            Finding::new(&denied.place, message)
                .also(&leader.place, "写的是组长")
                .help("请核对小组长是谁。")
        }));
    }
    findings
}

/// A number beside the list that it counts. Of a long list only a part may have
/// been written down, so that fewer are a doubt.
fn differs(
    number: Option<&Located<u32>>,
    listed: Option<usize>,
    list: Option<&Place>,
    what: &str,
    unit: &str,
) -> Option<Finding> {
    let (number, listed) = (number?, u64::try_from(listed?).ok()?);
    let message = || format!("{what}写的是 {} {unit}，名单上有 {listed} {unit}。", number.value);
    let found = || {
        let found = Finding::new(&number.place, message()).also(list, "名单在这里");
        found.help("请核对；写了名单就不必写总数。")
    };
    match listed.cmp(&number.value.into()) {
        Ordering::Equal => None,
        Ordering::Less => Some(found().doubtful()),
        Ordering::Greater => Some(found()),
    }
}

pub(crate) fn counts_agree(case: &Case) -> Vec<Finding> {
    let election = case.election;
    let preparation = election.preparation.get();
    let leading = preparation.and_then(|one| {
        let list = &one.leading_group;
        let listed = list.get().map(Vec::len);
        differs(one.leading_group_size.located(), listed, list.place(), "领导小组人数", "人")
    });
    let training = election.training.get();
    let sessions = training.and_then(|one| {
        let listed = one.list.get().map(Vec::len);
        differs(one.sessions.located(), listed, one.list.place(), "培训期数", "期")
    });
    let households = election.household_representatives.get();
    let listed = households.and_then(|one| {
        let listed = one.list.get().map(Vec::len);
        differs(one.total.located(), listed, one.list.place(), "户代表总数", "人")
    });
    [leading, sessions, training.and_then(attendances), listed, more_than_households(case)]
        .into_iter()
        .flatten()
        .chain(groups_households(case))
        .chain(household_representatives_by_group(case))
        .chain(representatives_listed(case))
        .chain(households_represented(case))
        .chain(meetings_of_all(case))
        .collect()
}

fn attendances(training: &Training) -> Option<Finding> {
    let total = training.attendances.located()?;
    let sessions = training.list.get()?.iter().map(|one| one.attendances.value());
    let sessions = sessions.collect::<Option<Vec<u32>>>().filter(|all| !all.is_empty())?;
    let (terms, listed) = (joined(&sessions), sum(sessions));
    (listed != total.value).then(|| {
        let message = format!("培训人次写的是 {}，各期之和 {terms} = {listed}。", total.value);
        let sessions = training.list.items().iter().enumerate();
        let each = sessions
            .filter_map(|(at, one)| Some((one.attendances.place()?, format!("第 {} 期", at + 1))));
        Finding::new(&total.place, message).also_each(each).help("请核对各期的人数和总数。")
    })
}

fn more_than_households(case: &Case) -> Option<Finding> {
    let representatives = case.election.household_representatives.get()?;
    let all = case.election.community.get()?.households.located()?;
    let total = representatives.total.located().map(|total| (total.value, &total.place));
    let list = representatives.list.located().map(|list| (counted(list.len()), &list.place));
    let (total, place) = total.or(list)?;
    (total > all.value).then(|| {
        let message = format!("户代表 {total} 名，全部只有 {} 户。", all.value);
        Finding::new(place, message)
            .also(&all.place, "户数")
            .help("一户一名代表；请核对户数和名单。")
            .doubtful()
    })
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
        let each = groups
            .iter()
            .filter_map(|group| Some((group.households.place()?, group.name.get()?.clone())));
        Finding::new(&total.place, message)
            .also_each(each)
            .help("请核对各小组的户数和总户数。")
            .doubtful()
    })
}

fn household_representatives_by_group(case: &Case) -> Vec<Finding> {
    let representatives = case.election.household_representatives.get();
    let list = representatives.map_or(&[][..], |one| one.list.items());
    let listed = of_groups(list.iter(), |one| &one.group);
    let over = case.election.groups.items().iter().filter_map(|group| {
        let (name, households) = (group.name.get()?, group.households.located()?);
        let listed = listed.get(&label_key(name)).copied().unwrap_or(0);
        (listed as u64 > u64::from(households.value)).then(|| {
            let message = format!("{name}有 {} 户，户代表却有 {listed} 名。", households.value);
            Finding::new(&households.place, message)
                .also(representatives.and_then(|one| one.list.place()), "名单在这里")
                .help("一户一名代表；请核对户数和名单。")
                .doubtful()
        })
    });
    over.collect()
}

/// Women, leaders and quotas, as written and as the list of representatives has them.
fn representatives_listed(case: &Case) -> Vec<Finding> {
    let Some(representatives) = case.election.representatives.get() else { return Vec::new() };
    let Some(Located { value: list, place }) = representatives.list.located() else {
        return Vec::new();
    };
    let place = Some(place);
    let mut findings = Vec::new();
    let sexes = list.iter().map(|one| one.sex.value()).collect::<Option<Vec<Sex>>>();
    let women = sexes.map(|all| all.into_iter().filter(|&sex| sex == Sex::Female).count());
    findings.extend(differs(representatives.women.located(), women, place, "妇女代表", "名"));
    // Who leads a group is written beside the leaders only.
    let leaders = list.iter().filter(|one| one.leader.value() == Some(true)).count();
    let leaders = Some(leaders).filter(|&leaders| leaders > 0);
    let written = representatives.group_leaders.located();
    findings.extend(differs(written, leaders, place, "小组长", "名"));
    let all_grouped = list.iter().all(|one| one.group.get().is_some());
    let listed = of_groups(list.iter(), |one| &one.group);
    for group in case.election.groups.items().iter().filter(|_| all_grouped) {
        let (Some(name), Some(quota)) = (group.name.get(), group.representatives.located()) else {
            continue;
        };
        let listed = listed.get(&label_key(name)).copied().unwrap_or(0);
        let what = format!("{name}的代表名额");
        findings.extend(differs(Some(quota), Some(listed), place, &what, "名"));
    }
    findings
}

/// The households that representatives stand for are no more than there are, in
/// each group and altogether.
fn households_represented(case: &Case) -> Vec<Finding> {
    let representatives = case.election.representatives.get();
    let list = representatives.map_or(&[][..], |representatives| representatives.list.items());
    let mut of_groups: HashMap<String, u32> = HashMap::new();
    for one in list {
        if let (Some(group), Some(households)) = (one.group.get(), one.households.value()) {
            let represented = of_groups.entry(label_key(group)).or_default();
            *represented = represented.saturating_add(households);
        }
    }
    let over = |who: &str, all: Option<&Located<u32>>, represented: u32| {
        let all = all.filter(|all| represented > all.value)?;
        let message = format!("{who}有 {} 户，代表推选户数之和却是 {represented} 户。", all.value);
        let place = representatives.and_then(|representatives| representatives.list.place());
        let found = Finding::new(&all.place, message).also(place, "代表名单");
        Some(found.help("请核对户数和各代表的“代表户数”。").doubtful())
    };
    let groups = case.election.groups.items().iter().filter_map(|group| {
        let name = group.name.get()?;
        over(name, group.households.located(), *of_groups.get(&label_key(name))?)
    });
    let all = case.election.community.get().and_then(|one| one.households.located());
    let total = || over("全部", all, sum(list.iter().filter_map(|one| one.households.value())));
    let findings: Vec<Finding> = groups.collect();
    if findings.is_empty() { total().into_iter().collect() } else { findings }
}

/// To a meeting of representatives all belong, to one of households no more
/// than there are. Those chosen later did not belong to it yet.
fn meetings_of_all(case: &Case) -> Vec<Finding> {
    let election = case.election;
    let representatives = election.representatives.get();
    let chosen = representatives.map(|one| match &one.elected_on {
        Field::Absent => &one.posted_on,
        elected_on => elected_on,
    });
    let were_chosen = |day: Option<PartialDate>| match chosen {
        Some(Field::Known(chosen)) => day.is_some_and(|day| day.earliest() >= chosen.latest()),
        Some(Field::Absent) => true,
        _ => false,
    };
    let households = meeting::households(election).into_iter().max();
    let wrong = election.meetings.items().iter().filter_map(|meeting| {
        let (name, expected) = (meeting.name.get()?, meeting.expected.located()?);
        let community = election.community.get();
        let (number, unit, differs, place) = match meeting::Body::named(name)? {
            meeting::Body::Representatives if were_chosen(meeting.held_on.value()) => {
                let all = case.representatives()?;
                (all, "名代表", all != expected.value, case.representatives_place())
            }
            meeting::Body::Households => {
                let all = households?;
                let place = community.and_then(|one| one.households.place());
                (all, "户", expected.value > all, place)
            }
            _ => return None,
        };
        differs.then(|| {
            let message =
                format!("{name}应到写的是 {} 人，全部是 {number} {unit}。", expected.value);
            Finding::new(&expected.place, message)
                .also(place, "全部")
                .help("请核对应到人数；代表有变动的，不必改。")
                .doubtful()
        })
    });
    wrong.collect()
}
