//! The arrangements of polling: places, staff, proxies, mobile boxes.

use std::collections::{BTreeMap, HashMap};

use super::committee::{standing, unless_namesakes};
use super::plan::posted_before_election;
use crate::diagnostic::Place;
use crate::election::decode::Located;
use crate::election::model::{MobileBoxes, Mode, Polling, Post, Proxy, Role, StaffMember, colour};
use crate::election::person::name_key;
use crate::election::roll::label_key;
use crate::law::case::{Case, Finding, same_name, surely_after};
use crate::law::days::{self, say};
use crate::law::parameter::*;
use crate::law::profile::Profile;
use crate::number::counted;

/// Where somebody stands as a candidate.
const CANDIDATE: &str = "作候选人";

fn polling<'a>(case: &Case<'a>) -> Option<&'a Polling> {
    case.election.polling.get()
}

fn proxies<'a>(case: &Case<'a>) -> &'a [Located<Proxy>] {
    case.election.proxies.get().map_or(&[][..], |proxies| proxies.list.items())
}

pub(super) fn posted(case: &Case) -> Option<Finding> {
    let posted = polling(case)?.posted_on.located()?;
    posted_before_election(case, &POLLING_DAYS_BEFORE, posted, "投票的时间、地点、方式")
}

pub(super) fn ballot_colours(case: &Case) -> Vec<Finding> {
    let Some(colours) = polling(case).and_then(|polling| polling.ballot_colours.get()) else {
        return Vec::new();
    };
    let one_ballot = polling(case).and_then(|polling| polling.one_ballot.located());
    if let Some(one) = one_ballot.filter(|one| one.value)
        && let Some(place) = polling(case).and_then(|polling| polling.ballot_colours.place())
    {
        let message = "各项职务合用一张选票，却按职务写了选票的颜色。";
        let found = Finding::new(place, message.to_owned()).also(&one.place, "合用一张选票");
        return vec![found.help("请核对：去掉“选票颜色”，或者改为一项职务一张选票。")];
    }
    let told = Post::ALL.iter().filter_map(|&post| Some((post, colours.field(post).located()?)));
    let told: Vec<_> = told.map(|(post, one)| (post, one, colour(&one.value))).collect();
    let same = told.iter().enumerate().filter_map(|(n, (post, one, colour))| {
        let (other, first, _) = told[..n].iter().find(|(.., earlier)| earlier == colour)?;
        let message = format!("{}和{}的选票都是{colour}。", other.name(), post.name());
        let finding = Finding::new(&one.place, message).also(&first.place, other.name());
        Some(finding.help("不同职务的选票用不同颜色的纸，分票、计票时才不会混。").doubtful())
    });
    same.collect()
}

pub(super) fn hours(case: &Case) -> Vec<Finding> {
    let election = case.election;
    macro_rules! hours {
        ($what:literal, $record:ident) => {
            election.$record.get().map(|one| ($what, &one.starts_at, &one.ends_at))
        };
    }
    let all = [
        hours!("推选代表", representatives),
        hours!("投票", polling),
        hours!("另行选举", runoff),
        hours!("补选", by_election),
    ];
    let wrong = all.into_iter().flatten().filter_map(|(what, starts, ends)| {
        let (starts, ends) = (starts.located()?, ends.located()?);
        (ends.value <= starts.value).then(|| {
            let message = format!("{what} {} 开始，{} 结束。", starts.value, ends.value);
            Finding::new(&ends.place, message)
                .also(&starts.place, "开始")
                .help("请核对这两个时刻。")
        })
    });
    wrong.collect()
}

pub(super) fn places(case: &Case) -> Vec<Finding> {
    let (Some(required), Some(places)) = (
        case.law(&POLLING_PLACES),
        polling(case).and_then(|polling| polling.writing_places.located()),
    ) else {
        return Vec::new();
    };
    let missing =
        required.iter().filter(|wanted| !places.iter().any(|place| is_facility(place, wanted)));
    missing
        .map(|wanted| {
            Finding::new(&places.place, format!("写票设施里没有{wanted}。"))
                .help(format!("会场和投票站都应设{wanted}；设了就请写上。"))
                .doubtful()
        })
        .collect()
}

/// 代书处 and 代写处 are one thing, and so are 秘密写票处 and 秘密写票间.
fn is_facility(written: &str, wanted: &str) -> bool {
    match wanted {
        "秘密写票处" => written.contains("秘密"),
        "代书处" => written.contains("代书") || written.contains("代写"),
        _ => written.contains(wanted),
    }
}

pub(super) fn station_groups(case: &Case) -> Vec<Finding> {
    let groups = case.election.groups.items();
    let keys = groups.iter().map(|group| Some(label_key(group.name.get()?)));
    // One whose name is not known may be the one that a station names.
    let Some(keys) = keys.collect::<Option<Vec<String>>>().filter(|keys| !keys.is_empty()) else {
        return Vec::new();
    };
    let stations = polling(case).map_or(&[][..], |polling| polling.stations.items());
    let mut seen: HashMap<String, &Place> = HashMap::new();
    let mut findings = Vec::new();
    for group in stations.iter().flat_map(|station| station.groups.items()) {
        let key = label_key(group);
        if !keys.contains(&key) {
            findings.push(
                Finding::new(&group.place, format!("“小组”里没有“{}”。", group.value))
                    .also(case.election.groups.place(), "小组在这里")
                    .help("请核对小组名称的写法。"),
            );
        } else if let Some(&before) = seen.get(&key) {
            // A large group may be parted between two.
            findings.push(
                Finding::new(&group.place, format!("“{}”写在两个投票站里。", group.value))
                    .also(before, "先写在这里")
                    .help("一个小组在一处投票；分在两处的，请向选民说明各去哪里。")
                    .doubtful(),
            );
        }
        seen.entry(key).or_insert(&group.place);
    }
    findings
}

pub(super) fn staff_posted(case: &Case) -> Option<Finding> {
    let posted = case.election.staff.get()?.posted_on.located()?;
    posted_before_election(case, &STAFF_DAYS_BEFORE, posted, "工作人员名单")
}

pub(super) fn staff_per_station(case: &Case) -> Vec<Finding> {
    let Some(least) = case.law(&STAFF_PER_STATION) else { return Vec::new() };
    let stations = polling(case).map_or(&[][..], |polling| polling.stations.items());
    let mut findings = Vec::new();
    for station in stations {
        let Some(name) = station.name.located() else { continue };
        if let Some(number) = station.staff.located().filter(|number| number.value < least.staff) {
            let message = format!(
                "{}的工作人员 {} 人，至少应有 {} 人。",
                name.value, number.value, least.staff
            );
            findings.push(Finding::new(&number.place, message).help("请增派工作人员。"));
        }
        let here = |member: &&Located<StaffMember>| {
            member.station.get().is_some_and(|station| label_key(station) == label_key(name))
        };
        let assigned: Vec<_> = case.election.staff_members().iter().filter(here).collect();
        let watching = assigned.iter().filter(|member| {
            matches!(member.role.value(), Some(Role::Scrutineer | Role::ChiefScrutineer))
        });
        let watching = counted(watching.count());
        if !assigned.is_empty() && watching < least.scrutineers {
            let message = format!(
                "{}的监票人 {watching} 人，至少应有 {} 人。",
                name.value, least.scrutineers
            );
            findings.push(
                Finding::new(&name.place, message)
                    .help("请在工作人员名单里为这个投票站增派监票员。"),
            );
        }
    }
    findings
}

/// Those on duty, and those who stand for election then.
type OnDuty<'a> = (&'a [Located<StaffMember>], Vec<&'a Located<String>>);

/// Of the election, and of the by-election.
fn on_duty<'a>(case: &Case<'a>) -> Vec<OnDuty<'a>> {
    let later = case.election.by_election.get();
    let later = later.map(|later| {
        let standing = later.candidates.items().iter().filter(|one| one.stands());
        (later.staff.items(), standing.filter_map(|one| one.name.located()).collect())
    });
    [(case.election.staff_members(), standing(case))].into_iter().chain(later).collect()
}

pub(super) fn staff_candidate(case: &Case) -> Vec<Finding> {
    if case.demands(&STAFF_NO_CANDIDATES).is_none() {
        return Vec::new();
    }
    let on_duty = on_duty(case);
    let names = on_duty.iter().flat_map(|(staff, standing)| {
        staff.iter().filter_map(move |member| {
            let name = member.name.located()?;
            let candidate = standing.iter().find(|other| same_name(other, name))?;
            Some((name, member.role.value(), candidate))
        })
    });
    names
        .map(|(name, role, candidate)| {
            let role = role.map_or("工作人员", Role::name);
            let message = format!("候选人{}作了{role}。", name.value);
            let found = Finding::new(&name.place, message).also(&candidate.place, CANDIDATE);
            let found = found.help("请另派他人。");
            unless_namesakes(case, name, found)
        })
        .collect()
}

pub(super) fn staff_kin(case: &Case) -> Vec<Finding> {
    let Some(roles) = case.law(&STAFF_NO_KIN) else { return Vec::new() };
    let (on_duty, kinds) = (on_duty(case), case.kin());
    let all = on_duty
        .iter()
        .flat_map(|(staff, standing)| staff.iter().map(move |member| (member, standing)));
    let found = all.filter_map(|(member, standing)| {
        let (name, role) = (member.name.located()?, member.role.value()?);
        if !roles.contains(&RoleName(role)) {
            return None;
        }
        let (relative, (word, tie)) = standing
            .iter()
            .find_map(|other| Some((other, case.kinship().between(name, other, &kinds)?)))?;
        let message =
            format!("{}{}是候选人{}的近亲属（{word}）。", role.name(), name.value, relative.value);
        let found = Finding::new(&name.place, message)
            .also(&relative.place, CANDIDATE)
            .also(tie, "关系写在这里");
        Some(found.help("请另派他人。"))
    });
    found.collect()
}

pub(super) fn staff_separate(case: &Case) -> Vec<Finding> {
    if case.demands(&STAFF_SEPARATE).is_none() {
        return Vec::new();
    }
    let mut roles: BTreeMap<_, Vec<(Role, &Place)>> = BTreeMap::new();
    let mut findings = Vec::new();
    for member in case.election.staff_members() {
        let (Some(name), Some(role)) = (member.name.located(), member.role.value()) else {
            continue;
        };
        let before = roles.entry(name_key(name)).or_default();
        if let Some((other, place)) = before
            .iter()
            .find(|(other, _)| watches(*other) != watches(role) && counts(*other) != counts(role))
        {
            let message = format!(
                "{}既作{}又作{}，监票与计票、唱票应分开。",
                name.value,
                other.name(),
                role.name()
            );
            findings.push(
                Finding::new(&name.place, message)
                    .also(*place, "先写在这里")
                    .help("请分派给不同的人；同名的两人请加注区别。"),
            );
        }
        before.push((role, &name.place));
    }
    findings
}

fn watches(role: Role) -> bool {
    matches!(role, Role::ChiefScrutineer | Role::Scrutineer)
}

fn counts(role: Role) -> bool {
    matches!(role, Role::Teller | Role::Caller)
}

pub(super) fn proxy_max(case: &Case) -> Vec<Finding> {
    let Some(most) = case.law(&PROXY_MAX) else { return Vec::new() };
    let agents = || proxies(case).iter().filter_map(|proxy| proxy.agent.located());
    let mut held: HashMap<_, Vec<&Located<String>>> = HashMap::new();
    agents().for_each(|agent| held.entry(name_key(agent)).or_default().push(agent));
    // Once an agent, at the first entrustment too many.
    let over = agents().filter_map(|agent| {
        let all = held.get(&name_key(agent))?;
        let bearers = u32::try_from(case.bearers(agent)).unwrap_or(1);
        let first_over = all.get(most.saturating_mul(bearers) as usize)?;
        std::ptr::eq(*first_over, agent).then(|| {
            let message = format!("{}接受了 {} 人的委托，至多 {most} 人。", agent.value, all.len());
            Finding::new(&agent.place, message)
                .also_each(all.iter().map(|one| (&one.place, "也接受了委托".to_owned())))
                .help("多出的委托请改托他人。")
        })
    });
    over.collect()
}

pub(super) fn proxy_kin(case: &Case) -> Vec<Finding> {
    if case.demands(&PROXY_KIN_ONLY).is_none() {
        return Vec::new();
    }
    let relations = proxies(case).iter().filter_map(|proxy| proxy.relation.located());
    relations
        .filter(|relation| Kin::parse(relation).is_none() && !relation.contains("近亲属"))
        .map(|relation| {
            let message =
                format!("受托人与委托人的关系写的是“{}”，只能委托近亲属。", relation.value);
            let help = "近亲属是配偶、父母、子女、兄弟姐妹、祖父母、外祖父母、孙子女、外孙子女。";
            Finding::new(&relation.place, message).help(help).doubtful()
        })
        .collect()
}

pub(super) fn proxy_written(case: &Case) -> Vec<Finding> {
    if case.demands(&PROXY_WRITTEN).is_none() {
        return Vec::new();
    }
    let spoken = proxies(case)
        .iter()
        .filter_map(|proxy| proxy.written.located())
        .filter(|written| !written.value);
    spoken
        .map(|written| {
            Finding::new(&written.place, "委托不是书面的。")
                .help("请补办书面委托，否则这份委托无效。")
        })
        .collect()
}

pub(super) fn proxy_candidate(case: &Case) -> Vec<Finding> {
    if case.demands(&PROXY_NO_CANDIDATES).is_none() {
        return Vec::new();
    }
    // A nominee is no candidate yet.
    let listed = case.election.candidates.get().is_some_and(|one| !one.list.items().is_empty());
    let candidates = if listed { standing(case) } else { Vec::new() };
    let agents = proxies(case).iter().filter_map(|proxy| proxy.agent.located());
    agents
        .filter_map(|agent| Some((agent, candidates.iter().find(|one| same_name(one, agent))?)))
        .map(|(agent, candidate)| {
            let message = format!("候选人{}接受了委托，候选人不得接受委托。", agent.value);
            let found = Finding::new(&agent.place, message).also(&candidate.place, CANDIDATE);
            let found = found.help("请改托他人。");
            unless_namesakes(case, agent, found)
        })
        .collect()
}

pub(super) fn proxy_representatives(case: &Case) -> Vec<Finding> {
    if case.mode() != Some(Mode::ResidentReps) {
        return Vec::new();
    }
    let list = case.election.proxies.get().and_then(|proxies| proxies.list.located());
    let list = list.filter(|list| !list.value.is_empty() && demands_own_vote(case.profile));
    let listed = list.map(|list| {
        let message = format!("由代表选举的不实行委托投票，名单上却有 {} 份委托。", list.len());
        Finding::new(&list.place, message)
            .also(case.election.mode.place(), "选举方式")
            .help("请删去委托名单；代表须亲自投票。")
    });
    let counted = case.rounds().iter().filter(|round| demands_own_vote(round.profile));
    let counted = counted.filter_map(|round| {
        let by_proxy = round.result.by_proxy.located().filter(|by_proxy| by_proxy.value > 0)?;
        let message = format!("由代表选举的不实行委托投票，却写着委托投票 {} 人。", by_proxy.value);
        let found =
            Finding::new(&by_proxy.place, message).also(case.election.mode.place(), "选举方式");
        Some(found.help("代表须亲自投票；请核对人数。"))
    });
    listed.into_iter().chain(counted).collect()
}

/// Whether representatives must vote themselves.
fn demands_own_vote(profile: &Profile) -> bool {
    profile.demands(&PROXY_NOT_BY_REPRESENTATIVES)
}

pub(super) fn proxy_redelegated(case: &Case) -> Vec<Finding> {
    if case.demands(&PROXY_NO_REDELEGATION).is_none() {
        return Vec::new();
    }
    let principals = proxies(case).iter().filter_map(|proxy| proxy.principal.located());
    let principals: HashMap<_, &Place> =
        principals.map(|name| (name_key(name), &name.place)).collect();
    let agents = proxies(case).iter().filter_map(|proxy| proxy.agent.located());
    agents
        .filter_map(|agent| Some((agent, *principals.get(&name_key(agent))?)))
        .map(|(agent, place)| {
            let message = format!("受托人{}自己又委托了他人，受托人不得再委托。", agent.value);
            let found = Finding::new(&agent.place, message)
                .also(place, "自己委托了他人")
                .help("请改托能到场投票的人；同名的两人请加注区别。");
            unless_namesakes(case, agent, found)
        })
        .collect()
}

pub(super) fn proxy_twice(case: &Case) -> Vec<Finding> {
    let mut seen: HashMap<_, Vec<&Place>> = HashMap::new();
    let mut findings = Vec::new();
    for proxy in proxies(case) {
        let Some(principal) = proxy.principal.located() else { continue };
        let key = name_key(principal);
        if proxy.agent.get().is_some_and(|agent| name_key(agent) == key) {
            let message = format!("{}委托了自己。", principal.value);
            let found = Finding::new(&principal.place, message).help("请核对这一行的两个姓名。");
            findings.push(unless_namesakes(case, principal, found));
        }
        let seen = seen.entry(key).or_default();
        if seen.len() >= case.bearers(principal) {
            let message = format!("{}委托了两次。", principal.value);
            findings.push(
                Finding::new(&principal.place, message)
                    .also(seen.first().copied(), "先写在这里")
                    .help("一人只能委托一次；同名的两人请加注区别。"),
            );
        }
        seen.push(&principal.place);
    }
    findings
}

pub(super) fn proxy_is_voter(case: &Case) -> Vec<Finding> {
    let names = proxies(case).iter().flat_map(|proxy| {
        [(proxy.principal.located(), "委托人"), (proxy.agent.located(), "受托人")]
    });
    names
        .filter_map(|(name, what)| Some((name.filter(|name| case.is_no_voter(name))?, what)))
        .map(|(name, what)| {
            Finding::new(&name.place, format!("{what}{}不在选民名册里。", name.value))
                .help("请核对姓名的写法；委托人和受托人都须是登记的选民。")
                .doubtful()
        })
        .collect()
}

pub(super) fn proxy_published(case: &Case) -> Vec<Finding> {
    if case.demands(&PROXY_PUBLISHED).is_none() {
        return Vec::new();
    }
    published_late(case).into_iter().chain(unlisted(case)).collect()
}

/// Households are few: who votes for whom is on a list that goes up with theirs.
fn unlisted(case: &Case) -> Option<Finding> {
    let result = case.election.result.get()?;
    let by_proxy = result.by_proxy.located().filter(|by_proxy| by_proxy.value > 0)?;
    let households = case.mode() == Some(Mode::HouseholdReps);
    (households && case.election.proxies.is_absent()).then(|| {
        let message = format!("写着委托投票 {} 人，没有写委托名单。", by_proxy.value);
        Finding::new(&by_proxy.place, message)
            .help("委托人和受托人的名单应在投票之前公布：请补写“委托投票”，没有委托的请改成 0。")
            .doubtful()
    })
}

fn published_late(case: &Case) -> Option<Finding> {
    let posted = case.election.proxies.get()?.posted_on.located()?;
    let day = case.election_day()?;
    // Where the law counts days, `proxy_list_posted` speaks.
    (case.law(&PROXY_LIST_DAYS_BEFORE).is_none() && surely_after(posted.value, day.value)).then(
        || {
            let message =
                format!("委托名单{}公布，在选举日{}之后。", say(posted.value), say(day.value));
            Finding::new(&posted.place, message)
                .also(&day.place, "选举日")
                .help("应在投票之前公布；请核对日期。")
        },
    )
}

pub(super) fn proxy_list_posted(case: &Case) -> Option<Finding> {
    let posted = case.election.proxies.get()?.posted_on.located()?;
    posted_before_election(case, &PROXY_LIST_DAYS_BEFORE, posted, "委托名单")
}

pub(super) fn proxy_closed(case: &Case) -> Option<Finding> {
    let (days, day) = (case.law(&PROXY_CLOSES_DAYS_BEFORE)?, case.election_day()?);
    let closes = case.election.proxies.get()?.closes_on.located()?;
    let last = crate::law::case::too_late(closes, days, day)?;
    let message = format!(
        "委托办到{}；选举日是{}，{days} 日前即至迟{}。",
        say(closes.value),
        say(day.value),
        say(last)
    );
    let found = Finding::new(&closes.place, message).also(&day.place, "选举日");
    Some(found.help(format!("请提前到{}截止。", say(last))))
}

pub(super) fn proxy_window(case: &Case) -> Option<Finding> {
    let days = case.law(&PROXY_WINDOW_DAYS)?;
    let closes = case.election.proxies.get()?.closes_on.located()?;
    let posted = case.election.registration.get()?.list_posted_on.located()?;
    let last = days::end_of_period(posted.latest(), days);
    (closes.earliest() > last).then(|| {
        let message = format!(
            "选民名单{}公布，委托办到{}，应在 {days} 日内，即至{}。",
            say(posted.value),
            say(closes.value),
            say(last)
        );
        Finding::new(&closes.place, message)
            .also(&posted.place, "选民名单公布")
            .help("请核对截止日期。")
    })
}

fn mobile<'a>(case: &Case<'a>) -> Option<&'a MobileBoxes> {
    case.election.mobile_boxes.get()
}

pub(super) fn mobile_boxes(case: &Case) -> Option<Finding> {
    if case.law(&MOBILE_BOXES_ALLOWED) != Some(false) {
        return None;
    }
    let voters = mobile(case)?.voters.located().filter(|voters| !voters.value.is_empty())?;
    Some(
        Finding::new(&voters.place, "所用法规只列了投票站，没有流动票箱。")
            .help("请核对本地规定，或改用投票站、委托投票。"),
    )
}

pub(super) fn mobile_boxes_posted(case: &Case) -> Option<Finding> {
    let posted = mobile(case)?.posted_on.located()?;
    posted_before_election(case, &MOBILE_BOXES_DAYS_BEFORE, posted, "流动票箱名单")
}

pub(super) fn mobile_boxes_count(case: &Case) -> Option<Finding> {
    let collected = mobile(case)?.collected.located()?;
    let voters = mobile(case)?.voters.located()?;
    (collected.value as usize > voters.len()).then(|| {
        let listed = voters.len();
        let message = format!("流动票箱收回 {} 票，名单上只有 {listed} 人。", collected.value);
        Finding::new(&collected.place, message)
            .also(&voters.place, "名单在这里")
            .help("多于名单人数的，这个票箱的票应作无效；请核对。")
    })
}
