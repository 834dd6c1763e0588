//! Groups and polling stations that people are said to belong to.

use std::collections::HashSet;

use super::whole;
use crate::election::decode::{Located, guess};
use crate::election::model::StaffMember;
use crate::election::person::name_key;
use crate::election::roll::{Column, label_key};
use crate::law::case::{Case, Finding};

/// The names of all groups as the roll has them.
fn groups_of_roll<'a>(case: &Case<'a>) -> Option<Vec<&'a str>> {
    let roll = case.roll?;
    let names: Vec<&str> = roll.groups.ids().map(|id| roll.groups.name(id)).collect();
    Some(names).filter(|names| !names.is_empty())
}

pub(crate) fn group_known(case: &Case) -> Vec<Finding> {
    let election = case.election;
    let listed = whole(election.groups.items(), |one| &one.name);
    let is_sure = listed.is_some();
    let known = listed.or_else(|| groups_of_roll(case));
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
    let mut told = HashSet::new();
    let mut findings = Vec::new();
    for (name, group) in written {
        let Some(group) = group.located() else { continue };
        let key = label_key(group);
        if known_keys.as_ref().is_some_and(|known| !known.contains(&key)) {
            if told.insert(key) {
                let near = guess(group, known.iter().flatten().copied());
                let message = format!("没有“{}”这个小组{near}", group.value);
                let found = Finding::new(&group.place, message)
                    .also(election.groups.place(), "小组在这里")
                    .help("请核对小组名称的写法，与“小组”和选民名册一致。");
                findings.push(if is_sure { found } else { found.doubtful() });
            }
            continue;
        }
        let (Some(name), Some(roll)) = (name.get(), case.roll) else { continue };
        let Some([voter]) = case.voters_meant(name) else { continue };
        // Where the roll calls its groups otherwise, nothing can be compared.
        let theirs = roll.group_of(voter).filter(|theirs| label_key(theirs) != key);
        if let Some(theirs) = theirs.filter(|_| roll.groups.find(group).is_some()) {
            let message = format!("{name}的小组写的是“{}”，选民名册里是“{theirs}”。", group.value);
            let on_roll = roll.place(voter.row, Column::Group);
            let found = Finding::new(&group.place, message).also(&on_roll, "名册里");
            findings.push(found.help("请核对是哪个小组。").doubtful());
        }
    }
    findings
}

pub(crate) fn staff_station(case: &Case) -> Vec<Finding> {
    let stations = case.election.polling.get().map_or(&[][..], |polling| polling.stations.items());
    let Some(names) = whole(stations, |one| &one.name) else { return Vec::new() };
    let staff = case.election.staff_members();
    let mut findings = unknown_stations(case, staff, &names);
    // How many work at a station: as written there, and as the list assigns.
    let all_assigned = staff.iter().all(|one| !one.station.is_absent());
    for station in stations {
        let (Some(name), Some(number)) = (station.name.get(), station.staff.located()) else {
            continue;
        };
        let here = at_station(staff, name);
        let differ = here > u64::from(number.value)
            || all_assigned && here > 0 && here < u64::from(number.value);
        if differ {
            let message =
                format!("{name}的工作人员写的是 {} 人，名单上有 {here} 人。", number.value);
            let list = case.election.staff.get().and_then(|staff| staff.list.place());
            let found = Finding::new(&number.place, message).also(list, "名单在这里");
            findings.push(found.help("请核对人数和名单。").doubtful());
        }
    }
    findings
}

/// How many people the list assigns to a station.
fn at_station(staff: &[Located<StaffMember>], name: &str) -> u64 {
    let station = label_key(name);
    let here =
        staff.iter().filter(|one| one.station.get().is_some_and(|at| label_key(at) == station));
    let people: HashSet<_> = here.filter_map(|one| Some(name_key(one.name.get()?))).collect();
    people.len() as u64
}

/// Staff at stations that there are not.
fn unknown_stations(case: &Case, staff: &[Located<StaffMember>], names: &[&str]) -> Vec<Finding> {
    let venue = case.election.polling.get().and_then(|polling| polling.venue.get());
    let venue = venue.map(|venue| label_key(venue));
    let keys: Vec<String> = names.iter().map(|name| label_key(name)).collect();
    let is_known = |station: &str| {
        let key = label_key(station);
        ["会场", "票箱", "中心"].iter().any(|word| key.contains(word))
            || venue.as_ref() == Some(&key)
            // 东区 is 东区投票站.
            || keys.iter().any(|other| other.contains(&key) || key.contains(other))
    };
    let written = staff.iter().filter_map(|one| one.station.located());
    written
        .filter(|station| !is_known(station))
        .map(|station| {
            let near = guess(station, names.iter().copied());
            let list = case.election.polling.get().and_then(|polling| polling.stations.place());
            Finding::new(&station.place, format!("没有“{}”这个投票站{near}", station.value))
                .also(list, "投票站在这里")
                .help("请核对投票站名称的写法，与“投票站”一致。")
        })
        .collect()
}
