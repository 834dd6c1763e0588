//! The election committee and the representatives.

use crate::election::decode::Located;
use crate::election::model::{CommitteeMember, ElectionCommittee, Post};
use crate::election::person::{Sex, name_key};
use crate::law::case::{Case, Finding, same_name, sum};
use crate::law::parameter::*;
use crate::number::counted;

fn committee<'a>(case: &Case<'a>) -> Option<&'a ElectionCommittee> {
    case.election.election_committee.get()
}

/// Members who have not left, as far as the list tells.
fn serving<'a>(case: &Case<'a>) -> Vec<&'a Located<CommitteeMember>> {
    let members = committee(case).map_or(&[][..], |committee| committee.members.items());
    members.iter().filter(|member| member.serves()).collect()
}

pub(super) fn formed_by(case: &Case) -> Option<Finding> {
    let allowed = case.law(&COMMITTEE_FORMED_BY)?;
    let written = committee(case)?.formed_by.located()?;
    let names: Vec<_> = allowed.iter().map(|by| by.0.name()).collect();
    (!allowed.contains(&FormedByName(written.value))).then(|| {
        Finding::new(
            &written.place,
            format!("选举委员会由“{}”推选，应由{}推选。", written.name(), names.join("或")),
        )
        .help("请由法定的会议重新推选。")
    })
}

/// The number of members: as listed, or as written where there is no list.
fn number<'a>(case: &Case<'a>) -> Option<(u32, &'a crate::diagnostic::Place)> {
    let committee = committee(case)?;
    match committee.members.located() {
        Some(list) => Some((u32::try_from(serving(case).len()).ok()?, &list.place)),
        None => committee.size.located().map(|size| (size.value, &size.place)),
    }
}

pub(super) fn size(case: &Case) -> Option<Finding> {
    let bounds = case.law(&COMMITTEE_SIZE)?;
    let (number, place) = number(case)?;
    (!bounds.contains(number)).then(|| {
        Finding::new(place, format!("选举委员会有 {number} 人，应为{}。", bounds.of("人")))
            .help("请增补或重新推选。")
    })
}

pub(super) fn count(case: &Case) -> Option<Finding> {
    let committee = committee(case)?;
    let size = committee.size.located()?;
    let members = committee.members.located()?;
    let original = members.iter().filter(|member| member.replaces.is_absent()).count();
    let counts = [members.len(), original, serving(case).len()].map(counted);
    (!counts.contains(&size.value)).then(|| {
        Finding::new(
            &size.place,
            format!("选举委员会人数写的是 {}，名单上有 {} 人。", size.value, members.len()),
        )
        .also(&members.place, "名单在这里")
        .help("请核对；写了名单就不必写人数。")
    })
}

pub(super) fn chair(case: &Case) -> Option<Finding> {
    let chairs: Vec<_> = serving(case)
        .into_iter()
        .filter(|member| member.post.value() == Some(Post::Chair))
        .collect();
    let (first, second) = (chairs.first()?, chairs.get(1)?);
    Some(
        Finding::new(&second.place, format!("选举委员会有 {} 名主任，只能有 1 名。", chairs.len()))
            .also(&first.place, "先写在这里")
            .help("请核对各成员的职务。"),
    )
}

pub(super) fn women(case: &Case) -> Option<Finding> {
    let least = case.law(&COMMITTEE_WOMEN)?;
    let list = committee(case)?.members.located().filter(|list| !list.value.is_empty())?;
    let sexes =
        serving(case).iter().map(|member| member.sex.value()).collect::<Option<Vec<Sex>>>()?;
    let women = counted(sexes.iter().filter(|&&sex| sex == Sex::Female).count());
    (women < least).then(|| {
        Finding::new(&list.place, format!("选举委员会有妇女 {women} 名，至少应有 {least} 名。"))
            .help("请增补妇女成员。")
    })
}

pub(super) fn kin(case: &Case) -> Vec<Finding> {
    if case.demands(&COMMITTEE_NO_KIN).is_none() {
        return Vec::new();
    }
    let members: Vec<&Located<String>> =
        serving(case).iter().filter_map(|member| member.name.located()).collect();
    let names: Vec<&str> = members.iter().map(|name| name.as_str()).collect();
    let listed = |name: &str| {
        let member = members.iter().find(|member| member.value == name)?;
        Some((&member.place, "选举委员会成员".to_owned()))
    };
    related_pairs(case, &names)
        .map(|(one, other, word, place)| {
            Finding::new(
                place,
                format!("选举委员会成员{one}与{other}是近亲属（{word}），应当回避。"),
            )
            .also_each([one, other].into_iter().filter_map(listed))
            .help("其中一人应退出，由他人递补。")
        })
        .collect()
}

/// Every two of `names` who are near relatives, once each.
pub(super) fn related_pairs<'n, 'c: 'n>(
    case: &'c Case,
    names: &'n [&'n str],
) -> impl Iterator<Item = (&'n str, &'n str, &'c str, &'c crate::diagnostic::Place)> {
    let kinds = case.kin();
    names.iter().enumerate().flat_map(move |(at, one)| {
        let kinds = kinds.clone();
        names[at + 1..].iter().filter_map(move |other| {
            let (word, place) = case.kinship().between(one, other, &kinds)?;
            Some((*one, *other, word, place))
        })
    })
}

/// Names of all who were nominated or became candidates.
pub(super) fn nominated<'a>(case: &Case<'a>) -> Vec<&'a Located<String>> {
    let nominees =
        case.election.nomination.get().map_or(&[][..], |nomination| nomination.nominees.items());
    let candidates =
        case.election.candidates.get().map_or(&[][..], |candidates| candidates.list.items());
    let mut names: Vec<&Located<String>> = Vec::new();
    for name in nominees.iter().chain(candidates).filter_map(|one| one.name.located()) {
        if !names.iter().any(|known| same_name(known, name)) {
            names.push(name);
        }
    }
    names
}

/// Those who stand: the candidates who have not withdrawn, or where there is no
/// list of them yet, the nominees.
pub(super) fn standing<'a>(case: &Case<'a>) -> Vec<&'a Located<String>> {
    let candidates =
        case.election.candidates.get().map_or(&[][..], |candidates| candidates.list.items());
    if candidates.is_empty() {
        return nominated(case);
    }
    candidates.iter().filter(|one| one.stands()).filter_map(|one| one.name.located()).collect()
}

pub(super) fn candidate(case: &Case) -> Vec<Finding> {
    if case.demands(&COMMITTEE_CANDIDATES_LEAVE).is_none() {
        return Vec::new();
    }
    let nominated = nominated(case);
    let still = serving(case).into_iter().filter_map(|member| {
        let name = member.name.located()?;
        let nominee = nominated.iter().find(|other| same_name(other, name))?;
        let message = format!("{}被提名为候选人，却还在选举委员会里。", name.value);
        let found = Finding::new(&name.place, message)
            .also(&nominee.place, "被提名")
            .help("应退出选举委员会：请写上“退出日期”，并注明递补的人。");
        Some(unless_namesakes(case, name, found))
    });
    still.collect()
}

pub(super) fn relative(case: &Case) -> Vec<Finding> {
    if case.demands(&COMMITTEE_RELATIVES_LEAVE).is_none() {
        return Vec::new();
    }
    let (nominated, kinds) = (nominated(case), case.kin());
    let still = serving(case).into_iter().filter_map(|member| {
        let name = member.name.located()?;
        let (relative, (word, tie)) = nominated
            .iter()
            .find_map(|other| Some((other, case.kinship().between(name, other, &kinds)?)))?;
        let message = format!(
            "选举委员会成员{}的近亲属{}（{word}）被提名为候选人，本人却没有退出。",
            name.value, relative.value
        );
        Some(
            Finding::new(&name.place, message)
                .also(&relative.place, "被提名")
                .also(tie, "关系写在这里")
                .help("应退出选举委员会：请写上“退出日期”，并注明递补的人。"),
        )
    });
    still.collect()
}

pub(super) fn refilled(case: &Case) -> Vec<Finding> {
    let Some(committee) = committee(case).filter(|_| case.demands(&COMMITTEE_REFILLED).is_some())
    else {
        return Vec::new();
    };
    let members = committee.members.items();
    let replaced = |name: &str| {
        members.iter().any(|member| member.replaces.get().is_some_and(|left| same_name(left, name)))
    };
    members
        .iter()
        .filter(|member| !member.serves())
        .filter_map(|member| member.name.located())
        .filter(|name| !replaced(name))
        .map(|name| {
            Finding::new(&name.place, format!("{}退出了选举委员会，没有写谁递补。", name.value))
                .help("应按原推选结果依次递补，或另行推选；请在递补的人下面写“递补”。")
        })
        .collect()
}

/// Whoever takes a vacant place is the first of those who are still waiting for one.
pub(super) fn alternates(case: &Case) -> Vec<Finding> {
    let Some(committee) = committee(case) else { return Vec::new() };
    let named = committee.alternates.items().iter().map(|one| one.name.located());
    // One without a name may be anybody.
    let Some(mut waiting) = named.collect::<Option<Vec<_>>>().filter(|all| !all.is_empty()) else {
        return Vec::new();
    };
    let successors = committee.members.items().iter().filter(|one| !one.replaces.is_absent());
    let mut findings = Vec::new();
    for name in successors.filter_map(|one| one.name.located()) {
        match waiting.iter().position(|other| same_name(other, name)) {
            Some(0) => {}
            Some(_) => {
                let first = waiting[0];
                let message =
                    format!("递补的是{}，候补名单上先于他的是{}。", name.value, first.value);
                let found = Finding::new(&name.place, message).also(&first.place, "排在前面");
                let help = "应依照推选结果依次递补；前面的人不愿意或者不符合条件的，请核实，另行推选的不算递补。";
                findings.push(found.help(help).doubtful());
            }
            None => {
                let message = format!("递补的{}不在候补名单上。", name.value);
                let found = Finding::new(&name.place, message);
                findings
                    .push(found.help("请核对名单；另行推选产生的，请写进候补名单。").doubtful());
            }
        }
        waiting.retain(|other| !same_name(other, name));
        if waiting.is_empty() {
            break;
        }
    }
    findings
}

pub(super) fn objection_days(case: &Case) -> Option<Finding> {
    let least = case.law(&COMMITTEE_OBJECTION_DAYS)?;
    let days = committee(case)?.objection_days.located()?;
    (days.value < least).then(|| {
        Finding::new(&days.place, format!("意见期限只有 {} 日，通行的是 {least} 日。", days.value))
            .help(format!("请改为 {least} 日。"))
    })
}

pub(super) fn representatives_households(case: &Case) -> Vec<Finding> {
    let Some(bounds) = case.law(&REPRESENTATIVES_HOUSEHOLDS) else { return Vec::new() };
    households_written(case, bounds).into_iter().chain(households_each(case, bounds)).collect()
}

/// The numbers of households that the notice gives as bounds.
fn households_written(case: &Case, bounds: Bounds) -> Vec<Finding> {
    let Some(representatives) = case.election.representatives.get() else { return Vec::new() };
    let (from, to) = (&representatives.households_from, &representatives.households_to);
    let outside = [(from, "下限"), (to, "上限")].into_iter().filter_map(|(written, which)| {
        let written = written.located().filter(|written| !bounds.contains(written.value))?;
        let message = format!(
            "每名代表户数的{which}写的是 {} 户，一般是{}一名。",
            written.value,
            bounds.of("户")
        );
        Some(Finding::new(&written.place, message).help("请核对；可以按实际情况适当调整。"))
    });
    outside.collect()
}

fn households_each(case: &Case, bounds: Bounds) -> Option<Finding> {
    let Located { value: households, place: counted } =
        case.election.community.get()?.households.located()?;
    let households = *households;
    let total = case.representatives().filter(|&total| total > 0)?;
    let place = case.representatives_place()?;
    // Whole households a representative: rounding must not make a breach.
    let too_many =
        u64::from(total) * u64::from(bounds.min) > u64::from(households) + u64::from(bounds.min);
    let too_few = bounds
        .max
        .is_some_and(|max| (u64::from(total) + 1) * u64::from(max) < u64::from(households));
    (too_many || too_few).then(|| {
        Finding::new(
            place,
            format!(
                "{households} 户推选 {total} 名代表，平均 {} 户一名，一般是{}一名。",
                households / total,
                bounds.of("户")
            ),
        )
        .also(counted, "户数")
        .help("请核对户数和代表人数；可以按实际情况适当调整。")
    })
}

pub(super) fn representatives_women(case: &Case) -> Option<Finding> {
    let share = case.law(&REPRESENTATIVES_WOMEN)?;
    let representatives = case.election.representatives.get()?;
    let total = case.representatives()?;
    let sexes = || {
        representatives.list.get()?.iter().map(|one| one.sex.value()).collect::<Option<Vec<_>>>()
    };
    let listed = || Some(counted(sexes()?.iter().filter(|&&sex| sex == Sex::Female).count()));
    let women = representatives.women.value().or_else(listed)?;
    let place = representatives.women.place().or(representatives.list.place())?;
    let least = share.least(total.into());
    (!share.is_met(women.into(), total.into())).then(|| {
        Finding::new(
            place,
            format!("{total} 名代表中妇女 {women} 名，应占{share}，即至少 {least} 名。"),
        )
        .also(case.representatives_place(), "代表")
        .help("请增选妇女代表。")
    })
}

pub(super) fn representatives_count(case: &Case) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Some(representatives) = case.election.representatives.get() else { return findings };
    let groups = case.election.groups.items();
    if let Some(total) = representatives.total.located() {
        let quotas: Option<Vec<u32>> =
            groups.iter().map(|group| group.representatives.value()).collect();
        let listed = representatives.list.get().map(|list| counted(list.len()));
        let quota = quotas.filter(|quotas| !quotas.is_empty()).map(sum);
        let tell = |other: Option<u32>, what: &str| {
            let other = other.filter(|&other| other != total.value)?;
            let message = format!("代表总数写的是 {}，{what} {other}。", total.value);
            Some(Finding::new(&total.place, message).help("请核对这两个数。"))
        };
        let list = representatives.list.place();
        findings.extend(tell(listed, "名单上有").map(|found| found.also(list, "名单在这里")));
        let quotas = groups
            .iter()
            .filter_map(|group| Some((group.representatives.place()?, group.name.get()?.clone())));
        findings.extend(tell(quota, "各小组名额之和是").map(|found| found.also_each(quotas)));
        let women = representatives.women.located().filter(|women| women.value > total.value);
        findings.extend(women.map(|women| {
            Finding::new(
                &women.place,
                format!("代表总数 {}，妇女却有 {} 名。", total.value, women.value),
            )
            .also(&total.place, "代表总数")
            .help("请核对这两个数。")
        }));
    }
    findings
}

pub(super) fn group_leader(case: &Case) -> Vec<Finding> {
    let representatives = case.election.representatives.get();
    let list = representatives.map_or(&[][..], |representatives| representatives.list.items());
    if list.is_empty() || case.demands(&REPRESENTATIVES_LEAD_GROUPS).is_none() {
        return Vec::new();
    }
    let keys: Vec<_> = list.iter().filter_map(|one| Some(name_key(one.name.get()?))).collect();
    let leaders = case.election.groups.items().iter().filter_map(|group| group.leader.located());
    leaders
        .filter(|leader| !keys.contains(&name_key(leader)))
        .map(|leader| {
            Finding::new(
                &leader.place,
                format!("小组长{}不在代表名单里，小组长应从代表中推选。", leader.value),
            )
            .also(representatives.and_then(|one| one.list.place()), "代表名单在这里")
            .help("请核对姓名，或重新推选小组长。")
        })
        .collect()
}

/// Of two voters of a name, one may be here and the other there.
pub(super) fn unless_namesakes(case: &Case, name: &str, found: Finding) -> Finding {
    match case.bearers(name) > 1 {
        true => found.doubtful(),
        false => found,
    }
}
