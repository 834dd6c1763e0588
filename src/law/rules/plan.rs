//! Before anything starts: profile, seats, term, mode, audit.

use jiff::ToSpan as _;

use crate::election::decode::Located;
use crate::election::model::{Mode, Post};
use crate::law::case::{Case, DateAt, Finding, sum, too_late};
use crate::law::days::{self, say};
use crate::law::parameter::*;
use crate::law::profile::{Basis, Library};

pub(super) fn law_kind(case: &Case) -> Option<Finding> {
    let kind = case.election.kind.located()?;
    let theirs = case.profile.kind.filter(|theirs| *theirs != kind.value)?;
    let place = case.election.law.get().and_then(|law| law.profile.place()).unwrap_or(&kind.place);
    Some(
        Finding::new(
            place,
            format!(
                "“{}”是{}的规则，类别却写着{}。",
                case.profile.name,
                theirs.name(),
                kind.name()
            ),
        )
        .also(&kind.place, "类别")
        .help("请核对“类别”和“规则”，或删去“规则”让程序自己选。"),
    )
}

pub(super) fn law_in_force(case: &Case) -> Option<Finding> {
    let day = case.election_day()?;
    let profile = case.profile;
    let ever = profile.in_force_on(day.earliest()) || profile.in_force_on(day.latest());
    let place = case.election.law.get()?.profile.place()?;
    let message = format!("“{}”在选举日{}不是有效的规则。", profile.name, say(day.value));
    (!ever).then(|| {
        Finding::new(place, message)
            .also(&day.place, "选举日")
            .help("请换用当时有效的规则，或删去“规则”让程序自己选。")
            .doubtful()
    })
}

/// A title is told only if no profile knows it: it may well be right.
pub(super) fn law_title(case: &Case) -> Vec<Finding> {
    let Some(law) = case.election.law.get().filter(|law| !law.bases.items().is_empty()) else {
        return Vec::new();
    };
    let library = Library::built_in();
    let known: Vec<String> = library.titles().map(core).collect();
    let is_known = |title: &str| {
        let title = core(title);
        known.contains(&title) || case.profile.titles.iter().any(|theirs| core(theirs) == title)
    };
    let unknown = law.bases.items().iter().filter(|base| !is_known(base));
    unknown
        .map(|Located { value, place }| {
            Finding::new(place, format!("没有核实过有“{value}”这个名称的法规。"))
                .help("请核对名称和是否有效；核实后可在“不再提示”里写明。")
                .doubtful()
        })
        .collect()
}

/// A law's title without brackets and the name of the state.
fn core(title: &str) -> String {
    let bare = title.replace("中华人民共和国", "");
    bare.chars().filter(|c| !matches!(c, '《' | '》' | '〈' | '〉' | '<' | '>' | ' ')).collect()
}

pub(super) fn composition_size(case: &Case) -> Option<Finding> {
    let bounds = case.law(&COMPOSITION_SIZE)?;
    let posts = case.election.posts.located()?;
    // A post that is not written may have any number of seats.
    let known: Vec<u32> = Post::ALL.iter().filter_map(|&post| posts.seats(post)).collect();
    let total = sum(known.iter().copied());
    let complete = known.len() == Post::ALL.len();
    let certain = complete || bounds.max.is_some_and(|max| total > max);
    let terms = known.iter().map(u32::to_string).collect::<Vec<_>>().join(" + ");
    (certain && !bounds.contains(total)).then(|| {
        Finding::new(&posts.place, format!("职数 {terms} = {total} 人，应为{}。", bounds.of("人")))
            .help("请改职数，并由会议重新决定。")
    })
}

pub(super) fn composition_women(case: &Case) -> Option<Finding> {
    let least = case.law(&COMPOSITION_WOMEN)?;
    let women = case.election.posts.get()?.women.located()?;
    (women.value < least).then(|| {
        Finding::new(
            &women.place,
            format!("职数里妇女写的是 {} 名，至少应有 {least} 名。", women.value),
        )
        .help("请在职数里为妇女留名额。")
    })
}

pub(super) fn term_years(case: &Case) -> Option<Finding> {
    let years = case.law(&TERM_YEARS)?;
    let written = case.election.term_years.located()?;
    (written.value != years).then(|| {
        Finding::new(
            &written.place,
            format!("任期写的是 {} 年，法律规定每届任期 {years} 年。", written.value),
        )
        .help(format!("请改成 {years} 年。"))
    })
}

/// Where the law sets no limit to putting an election off, most of a year is a
/// doubt; of terms of other lengths, which ended in 2018, nothing is known.
pub(super) fn term_interval(case: &Case) -> Option<Finding> {
    const MOST_OF_A_YEAR: u32 = 9;
    let (previous, day) = (case.election.previous_election_day.located()?, case.election_day()?);
    let years = case.law(&TERM_YEARS)?;
    let stated = case.law(&TERM_POSTPONE_MONTHS);
    let months = stated.unwrap_or(MOST_OF_A_YEAR);
    let due = |date: jiff::civil::Date| date.saturating_add(i64::from(years.min(100)).years());
    let slack = i64::from(months.min(1200)).months();
    let late = day.earliest() > due(previous.latest()).saturating_add(slack);
    let early = day.latest() < due(previous.earliest()).saturating_sub(slack);
    let word = if late { "延期" } else { "提前" };
    let message = format!(
        "上届选举日是{}，任期 {years} 年，应在{}前后换届；现定{}，{word}超过 {months} 个月。",
        say(previous.value),
        say(due(previous.earliest())),
        say(day.value)
    );
    let place = if stated.is_some() { &day.place } else { &previous.place };
    let found = Finding::new(place, message)
        .also(&previous.place, "上届选举日")
        .also(&day.place, "这一届选举日")
        .help("请核对两个选举日；确需提前或延期的，须有批准文件。");
    let told = match stated {
        Some(_) => found,
        None if previous.earliest().year() > 2018 && case.election.postponement.is_absent() => {
            found.resting_on(Basis::arithmetic()).doubtful()
        }
        None => return None,
    };
    (late || early).then_some(told)
}

pub(super) fn mode_allowed(case: &Case) -> Option<Finding> {
    let allowed = case.law(&MODE_ALLOWED)?;
    let mode = case.election.mode.located()?;
    let names: Vec<_> = allowed.iter().map(|mode| mode.0.name()).collect();
    (!allowed.contains(&ModeName(mode.value))).then(|| {
        Finding::new(
            &mode.place,
            format!("选举方式写的是“{}”，只允许：{}。", mode.name(), names.join("、")),
        )
        .help("请改用允许的选举方式。")
    })
}

/// Whether enough voted cannot be told without knowing of whom.
pub(super) fn mode_known(case: &Case) -> Option<Finding> {
    let cast = case.first_round()?.poll.cast_place()?;
    let unknown = case.election.mode.value().is_none() && case.mode().is_none();
    unknown.then(|| {
        let message = "没有写选举方式，也看不出由谁投票：参加投票的人够不够、谁当选，都没有判断。";
        Finding::new(case.election.mode.place().unwrap_or(cast), message)
            .help("请写“选举方式: 全体选民”、“户代表”或“居民代表”。")
            .doubtful()
    })
}

pub(super) fn group_representatives(case: &Case) -> Option<Finding> {
    let bounds = case.law(&MODE_GROUP_REPRESENTATIVES)?;
    let groups =
        u32::try_from(case.election.groups.get()?.len()).ok().filter(|&groups| groups > 0)?;
    if case.mode() != Some(Mode::ResidentReps) {
        return None;
    }
    let total = case.representatives()?;
    let (least, most) = (bounds.min.saturating_mul(groups), bounds.max?.saturating_mul(groups));
    let place = case.representatives_place()?;
    (!(least..=most).contains(&total)).then(|| {
        Finding::new(
            place,
            format!(
                "{groups} 个小组，每组代表{}，应共 {least} 至 {most} 人，这里是 {total} 人。",
                bounds.of("人")
            ),
        )
        .also(case.election.groups.place(), "小组在这里")
        .help("请核对小组和代表的人数。")
    })
}

pub(super) fn audit_published(case: &Case) -> Option<Finding> {
    let posted = case.election.audit.get()?.posted_on.located()?;
    published_before(case, case.law(&AUDIT_PUBLISHED)?, posted, "离任审计结果")
}

pub(super) fn appraisal_published(case: &Case) -> Option<Finding> {
    let appraisal = case.election.appraisal.get()?;
    let posted = appraisal.posted_on.located().or(appraisal.held_on.located())?;
    published_before(case, case.law(&APPRAISAL_PUBLISHED)?, posted, "民主评议结果")
}

fn published_before(case: &Case, rule: Before, posted: DateAt, what: &str) -> Option<Finding> {
    let (event, of) = match rule.event {
        Event::ElectionDay => ("选举日", case.election_day()?),
        Event::CommitteeFormed => {
            ("推选选举委员会", case.election.election_committee.get()?.formed_on.located()?)
        }
    };
    // “之前公布” without a number of days is at the latest the day before.
    let last = too_late(posted, rule.days.max(1), of)?;
    Some(
        Finding::new(
            &posted.place,
            format!(
                "{what}{}公布，{event}是{}，至迟应在{}公布。",
                say(posted.value),
                say(of.value),
                say(last)
            ),
        )
        .also(&of.place, event)
        .help(format!("请把公布提前到{}，或推迟{event}。", say(last))),
    )
}

/// Used by other stages: a list that must be out so many days before the election day.
pub(super) fn posted_before_election(
    case: &Case,
    key: &Key<u32>,
    posted: DateAt,
    what: &str,
) -> Option<Finding> {
    let (days, day) = (case.law(key)?, case.election_day()?);
    let last = too_late(posted, days, day)?;
    let gap = match (posted.exact(), day.exact()) {
        (Some(posted), Some(day)) if posted <= day => {
            format!("，距选举日只有 {} 日", days::between(posted, day))
        }
        _ => String::new(),
    };
    Some(
        Finding::new(
            &posted.place,
            format!(
                "{what}{}公布{gap}；选举日是{}，{days} 日前即至迟{}。",
                say(posted.value),
                say(day.value),
                say(last)
            ),
        )
        .also(&day.place, "选举日")
        .help(format!("请在{}或之前公布；已经迟了的，应推迟选举日。", say(last))),
    )
}
