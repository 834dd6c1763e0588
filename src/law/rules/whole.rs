//! What must agree across all stages: dates, names, numbers.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::Place;
use crate::election::date::{PartialDate, age_on};
use crate::election::decode::{Field, Located};
use crate::election::model::{Candidate, Election, Registration};
use crate::election::person::{Sex, name_key};
use crate::election::phones::Phones;
use crate::law::case::{Case, DateAt, Finding, same_name, surely_after};
use crate::law::days::{self, say};
use crate::law::occasion::Occasion;
use crate::law::parameter::Status;
use crate::law::profile::Basis;
use crate::law::round::Voting;
use crate::law::steps::{ELECTION_DAY, STEPS, Step};
use crate::privacy::Shape;

/// Dates must not run backwards. Each is held against the nearest that cannot
/// come after it, so that one wrong date is not told of again and again. What
/// should have been before the election day is told at its own place, unless so
/// much of it comes later that the day itself must be wrong.
pub(super) fn date_order(case: &Case) -> Vec<Finding> {
    const MANY: usize = 3;
    let date = |step: &Step| step.date(case.election).and_then(Field::located);
    let is_exact = |step: &Step| date(step).is_some_and(|date| date.exact().is_some());
    let title = |step: &Step| step.title(case.election.kind.value());
    let tell = |step: &Step, here: DateAt, other: &Step, there: DateAt, when: &str| {
        let (this, that) = (say(here.value), say(there.value));
        let message = format!("{}（{this}）在{}（{that}）{when}。", title(step), title(other));
        let found = Finding::new(&here.place, message)
            .also(&there.place, title(other))
            .help("请核对这两个日期。");
        if step.is_loose && other.id == ELECTION_DAY { found.doubtful() } else { found }
    };
    let dated: Vec<(&Step, DateAt)> =
        STEPS.iter().filter_map(|step| Some((step, date(step)?))).collect();
    let day = dated.iter().find(|(step, _)| step.id == ELECTION_DAY);
    let mut missed: Vec<(&Step, Finding)> = Vec::new();
    if let Some((of, day)) = day {
        let before = dated.iter().filter(|(step, _)| of.follows(step.id));
        let late = before.filter(|(_, date)| surely_after(date.value, day.value));
        missed = late.map(|(step, date)| (*step, tell(step, date, of, day, "之后"))).collect();
    }
    if missed.len() >= MANY {
        missed.clear();
    }
    let is_missed = |step: &Step| missed.iter().any(|(missed, _)| missed.id == step.id);
    let wrong = dated.iter().filter_map(|(step, of_step)| {
        let earlier = step.earlier(|step| !is_exact(step)).into_iter();
        let earlier = earlier.filter_map(|step| Some((step, date(step)?)));
        let (before, other) = earlier.max_by_key(|(_, date)| date.earliest())?;
        (surely_after(other.value, of_step.value) && !is_missed(before))
            .then(|| tell(step, of_step, before, other, "之前"))
    });
    let mut findings: Vec<Finding> = wrong.collect();
    findings.extend(missed.into_iter().map(|(_, found)| found));
    findings.extend(order_in_lists(case));
    // A wrong year is told once.
    let span = |found: &Finding| found.place.as_ref().and_then(Place::span).cloned();
    let told: Vec<_> = findings.iter().map(span).collect();
    findings.extend(far_away(case).into_iter().filter(|found| !told.contains(&span(found))));
    findings
}

/// An election takes months, and so does what may follow: what is nearly a year
/// away from its day has a wrong year, or the day itself has, if all else is.
fn far_away(case: &Case) -> Vec<Finding> {
    let mut findings = far_from_the_day(case);
    for occasion in Occasion::LATER {
        let Some(day) = occasion.day(case.election) else { continue };
        let steps = dated_steps(case, |step| step.occasion() == Some(occasion));
        let far = steps.into_iter().filter(|(_, date)| is_far(date.value, day));
        let of = (occasion.name(), day, None);
        findings.extend(far.map(|(what, date)| tell_far(&what, date, of)));
    }
    findings
}

fn is_far(date: PartialDate, day: PartialDate) -> bool {
    const DAYS: u32 = 300;
    date.earliest() > days::after(day.latest(), DAYS)
        || date.latest() < days::before(day.earliest(), DAYS)
}

fn tell_far(
    what: &str,
    date: DateAt,
    (of, day, place): (&'static str, PartialDate, Option<&Place>),
) -> Finding {
    let (date_said, day) = (say(date.value), say(day));
    let message = format!("{what}（{date_said}）与{of}（{day}）相距太远。");
    Finding::new(&date.place, message).also(place, of).help("请核对年份。").doubtful()
}

fn dated_steps<'a>(case: &Case<'a>, which: impl Fn(&Step) -> bool) -> Vec<(String, DateAt<'a>)> {
    let kind = case.election.kind.value();
    let dated = |step: &Step| Some((step.title(kind), step.date(case.election)?.located()?));
    STEPS.iter().filter(|step| which(step)).filter_map(dated).collect()
}

fn far_from_the_day(case: &Case) -> Vec<Finding> {
    let election = case.election;
    let Some(day) = case.election_day() else { return Vec::new() };
    // What was put off for so long may have begun as long before.
    let long_before =
        |date: &Field<PartialDate>| date.value().is_none_or(|date| is_far(date, day.value));
    let put_off = match &election.postponement {
        Field::Absent => false,
        Field::Unknown(_) => true,
        Field::Known(one) => long_before(&one.requested_on) && long_before(&one.approved_on),
    };
    if put_off {
        return Vec::new();
    }
    let mut all = dated_steps(case, |step| step.id != ELECTION_DAY && !step.is_in_another_term());
    all.extend(dates_in_lists(election));
    let (count, mut far) = (all.len(), all);
    far.retain(|(_, date)| is_far(date.value, day.value));
    if far.len() > 2 && far.len() * 2 > count {
        far.truncate(1);
        let message = |(what, date): &(String, DateAt)| {
            format!("选举日（{}）与{what}（{}）等日期相距太远。", say(day.value), say(date.value))
        };
        let told = far
            .iter()
            .map(|one| Finding::new(&day.place, message(one)).also(&one.1.place, one.0.clone()));
        return told.map(|found| found.help("请核对年份。").doubtful()).collect();
    }
    let of = ("选举日", day.value, Some(&day.place));
    far.iter().map(|(what, date)| tell_far(what, date, of)).collect()
}

/// Dates of an election's own that are no steps.
fn dates_in_lists(election: &Election) -> Vec<(String, DateAt<'_>)> {
    let mut dates: Vec<(String, Option<DateAt>)> = Vec::new();
    let who = |name: &Field<String>| name.get().map_or("有人", String::as_str).to_owned();
    for one in election.training.get().map_or(&[][..], |one| one.list.items()) {
        dates.push(("培训".into(), one.held_on.located()));
    }
    for one in election.registration.get().map_or(&[][..], |one| one.objections.items()) {
        dates.push(("收到申诉".into(), one.received_on.located()));
        dates.push(("处理申诉".into(), one.decided_on.located()));
        dates.push(("公布申诉处理结果".into(), one.posted_on.located()));
    }
    for one in election.candidates.get().map_or(&[][..], |one| one.list.items()) {
        dates.push((who(&one.name) + "退出候选人", one.withdrew_on.located()));
    }
    for one in election.election_committee.get().map_or(&[][..], |one| one.members.items()) {
        dates.push((who(&one.name) + "退出选举委员会", one.left_on.located()));
    }
    for one in election.plan.get().map_or(&[][..], |plan| plan.timetable.items()) {
        dates.push(("日程里的一步".into(), one.starts_on.located()));
        dates.push(("日程里的一步".into(), one.ends_on.located()));
    }
    // Later in the term there are other meetings.
    let goes_on = Occasion::LATER.iter().any(|occasion| occasion.is_in(election));
    let day = election.election_day.value();
    for one in election.meetings.items() {
        let held = one.held_on.located();
        let may_be_later =
            |held: &DateAt| goes_on && day.is_some_and(|day| surely_after(held.value, day));
        let what = one.name.get().map_or("会议", String::as_str);
        dates.push((what.into(), held.filter(|held| !may_be_later(held))));
    }
    dates.into_iter().filter_map(|(what, date)| Some((what, date?))).collect()
}

/// Dates of one person or session among many.
fn order_in_lists(case: &Case) -> Vec<Finding> {
    let election = case.election;
    let after = |date: &Field<PartialDate>,
                 other: Option<DateAt>,
                 label: &'static str,
                 message: &dyn Fn(&str, &str) -> String| {
        let (date, other) = (date.located()?, other?);
        let message = message(&say(date.value), &say(other.value));
        let found =
            Finding::new(&date.place, message).also(&other.place, label).help("请核对这两个日期。");
        surely_after(date.value, other.value).then_some(found)
    };
    let day = case.election_day();
    let mut findings = Vec::new();
    let sessions = election.training.get().map_or(&[][..], |training| training.list.items());
    for session in sessions {
        let found = after(&session.held_on, day, "选举日", &|date, day| {
            format!("培训（{date}）在选举日（{day}）之后。")
        });
        findings.extend(found.map(Finding::doubtful));
    }
    let candidates = election.candidates.get();
    let changes = candidates.and_then(|one| one.changes_posted_on.located());
    for one in candidates.map_or(&[][..], |one| one.list.items()) {
        let who = one.name.get().map_or("有人", String::as_str);
        let late = after(&one.withdrew_on, day, "选举日", &|date, day| {
            format!("{who}退出候选人（{date}）在选举日（{day}）之后。")
        });
        let told = late.or_else(|| {
            let found =
                after(&one.withdrew_on, changes, "公布候选人变动", &|date, posted| {
                    format!("{who}退出候选人（{date}）在公布候选人变动（{posted}）之后。")
                });
            found.map(Finding::doubtful)
        });
        findings.extend(told);
    }
    let timetable = election.plan.get().map_or(&[][..], |plan| plan.timetable.items());
    for step in timetable {
        findings.extend(after(
            &step.starts_on,
            step.ends_on.located(),
            "结束",
            &|begins, ends| format!("日程里的一步{begins}开始，{ends}就结束了。"),
        ));
    }
    let registration = election.registration.get();
    let posted = registration.and_then(|one| one.list_posted_on.located());
    for objection in registration.map_or(&[][..], |one| one.objections.items()) {
        let decided = objection.decided_on.located().or(objection.received_on.located());
        findings.extend(decided.zip(objection.posted_on.located()).and_then(|(decided, told)| {
            let (decided_said, told_said) = (say(decided.value), say(told.value));
            let message = format!("申诉{decided_said}才收到或者处理，{told_said}就公布了结果。");
            let found = Finding::new(&told.place, message)
                .also(&decided.place, "收到或者处理")
                .help("请核对这两个日期。");
            surely_after(decided.value, told.value).then_some(found)
        }));
        let (Some(received), Some(posted)) = (objection.received_on.located(), posted) else {
            continue;
        };
        if surely_after(posted.value, received.value) {
            let (received_said, posted_said) = (say(received.value), say(posted.value));
            let message = format!("申诉{received_said}收到，选民名单{posted_said}才公布。");
            let found = Finding::new(&received.place, message)
                .also(&posted.place, "公布选民名单")
                .help("请核对这两个日期。");
            findings.push(found.doubtful());
        }
    }
    findings.extend(registration.and_then(corrected_early));
    let nomination = election.nomination.get();
    let announced = [
        registration.map(|one| ("登记", &one.announced_on, &one.starts_on)),
        nomination.map(|one| ("提名", &one.announced_on, &one.starts_on)),
    ];
    for (what, announced, starts) in announced.into_iter().flatten() {
        let found = after(announced, starts.located(), "开始", &|announced, starts| {
            format!("{what}{starts}开始，{announced}才公告。")
        });
        findings.extend(found.map(Finding::doubtful));
    }
    let until = election.postponement.get().and_then(|one| one.until.located());
    if let Some((until, day)) = until.zip(day) {
        let differ = surely_after(until.value, day.value) || surely_after(day.value, until.value);
        findings.extend(differ.then(|| {
            let (until_said, day_said) = (say(until.value), say(day.value));
            let message = format!("换届改到{until_said}，选举日却是{day_said}。");
            Finding::new(&until.place, message)
                .also(&day.place, "选举日")
                .help("请核对这两个日期。")
                .doubtful()
        }));
    }
    let committee = election.election_committee.get();
    let formed = committee.and_then(|committee| committee.formed_on.located());
    let changes = committee.and_then(|committee| committee.changes_posted_on.located());
    for one in committee.map_or(&[][..], |committee| committee.members.items()) {
        let who = one.name.get().map_or("有人", String::as_str);
        let late = after(&one.left_on, changes, "公布选举委员会变动", &|left, posted| {
            format!("{who}退出选举委员会（{left}）在公布选举委员会变动（{posted}）之后。")
        });
        findings.extend(late.map(Finding::doubtful));
        let (Some(left), Some(formed)) = (one.left_on.located(), formed) else { continue };
        if surely_after(formed.value, left.value) {
            let message = format!(
                "{who}退出选举委员会（{}）在推选产生选举委员会（{}）之前。",
                say(left.value),
                say(formed.value)
            );
            findings.push(
                Finding::new(&left.place, message)
                    .also(&formed.place, "推选产生选举委员会")
                    .help("请核对这两个日期。"),
            );
        }
    }
    findings
}

/// A list corrected before anybody had decided on an objection to it. It may
/// have been wrong in something else.
fn corrected_early(registration: &Registration) -> Option<Finding> {
    let corrected = registration.corrected_on.located()?;
    // Before there was a list, which is told elsewhere.
    let posted = registration.list_posted_on.value();
    if posted.is_some_and(|posted| surely_after(posted, corrected.value)) {
        return None;
    }
    let objections = registration.objections.items().iter();
    let decided = objections.map(|one| one.decided_on.located().or(one.received_on.located()));
    let decided = decided.collect::<Option<Vec<DateAt>>>()?;
    let first = decided.into_iter().min_by_key(|date| date.earliest())?;
    surely_after(first.value, corrected.value).then(|| {
        let (corrected_said, first_said) = (say(corrected.value), say(first.value));
        let message = format!("选民名单{corrected_said}补正，申诉{first_said}才收到或者处理。");
        Finding::new(&corrected.place, message)
            .also(&first.place, "收到或者处理")
            .help("请核对这两个日期。")
            .doubtful()
    })
}

/// What is said of one person in several places must be the same.
pub(super) fn names_consistent(case: &Case) -> Vec<Finding> {
    let mut known: HashMap<(String, &str), (String, Place)> = HashMap::new();
    let mut findings = Vec::new();
    let mut compare = |name: &Field<String>, what: &'static str, said: Option<(String, &Place)>| {
        let (Some(name), Some((said, place))) = (name.get(), said) else { return };
        let before = known
            .entry((name_key(name).into_owned(), what))
            .or_insert_with(|| (said.clone(), place.clone()));
        // Of two voters of the name, one may be meant here and the other there.
        if case.voters_named(name).is_some_and(|voters| voters.len() > 1) {
            return;
        }
        // A date known in part, 1976-03, agrees with the whole, 1976-03-05.
        let agree = before.0.starts_with(&said) || said.starts_with(&before.0);
        if !agree {
            let message = format!("{name}的{what}，前面写的是“{}”，这里是“{said}”。", before.0);
            findings.push(
                Finding::new(place, message)
                    .also(&before.1, "先写在这里")
                    .help("请改成一致；同名的两人请加注区别。"),
            );
        }
    };
    fn said<T>(field: &Field<T>, word: impl Fn(&T) -> String) -> Option<(String, &Place)> {
        field.located().map(|located| (word(&located.value), &located.place))
    }
    fn sex(field: &Field<Sex>) -> Option<(String, &Place)> {
        said(field, |sex| sex.name().into())
    }
    let election = case.election;
    macro_rules! each {
        ($record:ident.$list:ident, $compare:expr) => {
            if let Some(record) = election.$record.get() {
                record.$list.items().iter().for_each($compare)
            }
        };
    }
    each!(preparation.leading_group, |one| compare(&one.name, "性别", sex(&one.sex)));
    each!(election_committee.members, |one| compare(&one.name, "性别", sex(&one.sex)));
    each!(representatives.list, |one| {
        compare(&one.name, "性别", sex(&one.sex));
        compare(&one.name, "出生", said(&one.born_on, ToString::to_string));
    });
    let mut candidate = |one: &Located<Candidate>| {
        compare(&one.name, "性别", sex(&one.sex));
        compare(&one.name, "出生", said(&one.born_on, ToString::to_string));
        compare(&one.name, "学历", said(&one.education, |education| education.name().into()));
    };
    each!(nomination.nominees, &mut candidate);
    each!(candidates.list, &mut candidate);
    each!(runoff.candidates, &mut candidate);
    each!(by_election.candidates, &mut candidate);
    for round in case.rounds() {
        for one in round.result.votes.items() {
            compare(&one.name, "性别", sex(&one.sex));
        }
        for one in round.result.elected.items() {
            compare(&one.name, "性别", sex(&one.sex));
            compare(&one.name, "出生", said(&one.born_on, ToString::to_string));
            compare(&one.name, "学历", said(&one.education, |education| education.name().into()));
        }
    }
    each!(supervision.members, |one| compare(&one.name, "性别", sex(&one.sex)));
    findings.extend(counted_otherwise(case));
    findings
}

/// Numbers that are written of one who was nominated, and again of the same
/// person as a candidate for the same post.
fn counted_otherwise(case: &Case) -> Vec<Finding> {
    type Number = fn(&Candidate) -> &Field<u32>;
    const NUMBERS: [(Number, &str); 2] =
        [(|one| &one.primary_votes, "预选得票"), (|one| &one.nominators, "联名人数")];
    let nominees = case.election.nomination.get().map_or(&[][..], |one| one.nominees.items());
    let candidates = case.election.candidates.get().map_or(&[][..], |one| one.list.items());
    let mut findings = Vec::new();
    for one in candidates {
        let Some(name) = one.name.get().filter(|name| case.bearers(name) == 1) else { continue };
        let is_same = |nominee: &&Located<Candidate>| {
            nominee.name.get().is_some_and(|other| same_name(other, name))
                && nominee.post.value() == one.post.value()
        };
        let mut same = nominees.iter().filter(is_same);
        let (Some(nominee), None) = (same.next(), same.next()) else { continue };
        findings.extend(NUMBERS.iter().filter_map(|(number, what)| {
            let (before, here) = (number(nominee).located()?, number(one).located()?);
            let message =
                format!("{name}的{what}，提名里写的是 {}，这里是 {}。", before.value, here.value);
            (before.value != here.value).then(|| {
                Finding::new(&here.place, message)
                    .also(&before.place, "提名里写的")
                    .help("请核对，改成一致。")
                    .doubtful()
            })
        }));
    }
    findings
}

/// Every issuer counts its own notices. Whether numbers are left out is known only
/// where those that are not on record have theirs too: see `compose`.
pub(super) fn notice_numbers(case: &Case) -> Vec<Finding> {
    let mut series: BTreeMap<Option<&String>, Vec<&Located<u32>>> = BTreeMap::new();
    for notice in case.election.notices.items() {
        let numbers = series.entry(notice.issuer.get()).or_default();
        numbers.extend(notice.number.located());
    }
    series.into_values().flat_map(wrong_numbers).chain(posted_twice(case)).collect()
}

fn wrong_numbers(mut numbers: Vec<&Located<u32>>) -> Vec<Finding> {
    numbers.sort_by_key(|number| number.value);
    let none = numbers.iter().filter(|number| number.value == 0).map(|number| {
        Finding::new(&number.place, "公告没有第0号。").help("公告编号从第1号起。").doubtful()
    });
    let twice = numbers.windows(2).filter(|pair| pair[0].value == pair[1].value).map(|pair| {
        Finding::new(&pair[1].place, format!("有两份公告都是第{}号。", pair[1].value))
            .also(&pair[0].place, "另一份")
            .help("同一家的公告，一个编号只用一次；请核对墙上贴着的。")
            .doubtful()
    });
    none.chain(twice).collect()
}

fn posted_twice(case: &Case) -> Vec<Finding> {
    let named = case.election.notices.items().iter().filter_map(|one| one.document.located());
    let named: Vec<&Located<String>> = named.collect();
    let again = named.iter().enumerate().filter_map(|(n, document)| {
        let before = named[..n].iter().find(|other| other.value == document.value)?;
        Some(
            Finding::new(&document.place, format!("“{}”记了两次。", document.value))
                .also(&before.place, "前一次")
                .help("一份文件只记一次；张贴以后的更正写在“更正”里。")
                .doubtful(),
        )
    });
    again.collect()
}

pub(super) fn elected_age(case: &Case) -> Vec<Finding> {
    let elected = case.rounds().iter().flat_map(|round| {
        // The age is that of the election day; of one elected later in the term, of that day.
        let day = match round.voting {
            Voting::ByElection => round.held_on,
            _ => case.election.election_day.value(),
        };
        round.result.elected.items().iter().filter_map(move |one| Some((day?, one, round.voting)))
    });
    let wrong = elected.filter_map(|(day, one, voting)| {
        let what = if voting == Voting::ByElection { "补选" } else { "选举日" };
        let (name, born, age) = (one.name.get()?, one.born_on.located()?, one.age.located()?);
        let (youngest, oldest) =
            (age_on(born.latest(), day.earliest()), age_on(born.earliest(), day.latest()));
        let fits = i64::from(youngest) <= i64::from(age.value)
            && i64::from(age.value) <= i64::from(oldest);
        (!fits).then(|| {
            let message = format!(
                "{name}生于{}，到{what}{}是 {oldest} 岁，写的是 {} 岁。",
                say(born.value),
                say(day),
                age.value
            );
            Finding::new(&age.place, message)
                .also(&born.place, "出生")
                .help("写了出生就不必写年龄；请核对。")
        })
    });
    wrong.collect()
}

/// No text of the description stays private: most of it is printed and posted.
pub(super) fn personal_number(case: &Case) -> Vec<Finding> {
    let basis = || Basis {
        law: "《个人信息保护法》".into(),
        article: "第六、二十五、二十八条".into(),
        status: Status::FullText,
        binding: true,
    };
    let phones = Phones::of(case.election);
    let texts = case.dossier.texts().into_iter();
    let found = texts.filter_map(|(text, place)| {
        let (_, shape) = phones.others(text).next()?;
        Some((shape, place))
    });
    let findings = found.map(|(shape, place)| {
        let help = match shape {
            Shape::Landline => "是办公电话、可以公开的，写进“公开电话”；是私人的，请删去。",
            _ => "请删去；联系方式用办公电话，身份证号码只写在选民名册里。",
        };
        let finding =
            Finding::new(&place, format!("这里有{}，公布的文书里不得出现。", shape.name()))
                .help(help)
                .resting_on(basis());
        // An office may be meant; a paper with it is refused.
        let is_doubtful = matches!(shape, Shape::MobilePhone | Shape::Landline);
        if is_doubtful { finding.doubtful() } else { finding }
    });
    findings.collect()
}
