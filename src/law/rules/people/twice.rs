//! Who stands twice in one list.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use super::NameAt;
use crate::election::decode::{Field, Located};
use crate::election::model::StaffMember;
use crate::election::person::{Sex, name_key};
use crate::election::roll::label_key;
use crate::law::case::{Case, Finding};

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
fn lists<'a>(case: &Case<'a>) -> Vec<(Cow<'a, str>, Vec<Entry<'a>>)> {
    let election = case.election;
    macro_rules! list {
        ($what:literal, $record:ident.$list:ident, $mark:expr) => {{
            let items = election.$record.get().map_or(&[][..], |record| record.$list.items());
            (Cow::from($what), entries(items, |one| &one.name, $mark))
        }};
    }
    let staff = election.staff_members();
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
        (wanted.0.into(), names.map(|name| Entry { name, mark: None }).collect())
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
    let bodies = election.division.get().map_or(&[][..], |division| division.bodies.items());
    lists.extend(bodies.iter().map(|body| {
        let what = body.name.get().map_or("下属委员会", String::as_str);
        let people = body.head.located().into_iter().chain(body.members.items());
        (what.into(), people.map(|name| Entry { name, mark: None }).collect())
    }));
    lists.push(("小组".into(), entries(election.groups.items(), |one| &one.name, |_| None)));
    let stations = election.polling.get().map_or(&[][..], |polling| polling.stations.items());
    lists.push(("投票站".into(), entries(stations, |one| &one.name, |_| None)));
    lists
}

pub(crate) fn listed_twice(case: &Case) -> Vec<Finding> {
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
                    .also(before.first().map(|first| &first.name.place), "先写在这里")
                    .help("请删去一处；确是同名的两人，请在姓名后加注区别。");
                findings.push(if apart && bearers == 0 { found.doubtful() } else { found });
            }
            before.push(entry);
        }
    }
    findings
}
