//! What must agree across all stages: dates, names, numbers.

use std::collections::HashMap;
use std::ops::Range;

use crate::diagnostic::Place;
use crate::election::date::age_on;
use crate::election::decode::{Field, Located};
use crate::election::model::Election;
use crate::election::person::name_key;
use crate::election::yaml::{Node, Value};
use crate::law::case::{Case, DateAt, Finding, surely_after};
use crate::law::days::say;
use crate::law::parameter::Status;
use crate::law::profile::Basis;
use crate::privacy::{self, Shape};

/// Dates that must not run backwards, each line in its own order.
fn sequences(election: &Election) -> Vec<Vec<(&'static str, Option<DateAt<'_>>)>> {
    macro_rules! date {
        ($record:ident.$field:ident) => {
            election.$record.get().and_then(|record| record.$field.located())
        };
    }
    let day = election.election_day.located();
    vec![
        vec![
            ("推选选举委员会", date!(election_committee.formed_on)),
            ("公布选举委员会名单", date!(election_committee.posted_on)),
            ("选举日", day),
        ],
        vec![
            ("推选选举委员会", date!(election_committee.formed_on)),
            ("公布实施方案", date!(plan.posted_on)),
            ("开始登记", date!(registration.starts_on)),
            ("截止登记", date!(registration.ends_on)),
            ("公布选民名单", date!(registration.list_posted_on)),
            ("公布候选人名单", date!(candidates.posted_on)),
            ("选举日", day),
            ("公布选举结果", date!(result.announced_on)),
            ("张榜当选名单", date!(result.posted_on)),
            ("完成移交", date!(handover.completed_on)),
        ],
        vec![("通过实施方案", date!(plan.adopted_on)), ("公布实施方案", date!(plan.posted_on))],
        vec![("审核实施方案", date!(plan.approved_on)), ("公布实施方案", date!(plan.posted_on))],
        vec![
            ("开始提名", date!(nomination.starts_on)),
            ("截止提名", date!(nomination.ends_on)),
            ("公布被提名人名单", date!(nomination.posted_on)),
            ("公布候选人名单", date!(candidates.posted_on)),
        ],
        vec![
            ("推选选举委员会", date!(election_committee.formed_on)),
            ("备案", date!(election_committee.filed_on)),
        ],
        vec![
            ("推选代表", date!(representatives.elected_on)),
            ("公布代表名单", date!(representatives.posted_on)),
        ],
        vec![
            ("公告推选代表", date!(representatives.announced_on)),
            ("推选代表", date!(representatives.elected_on)),
        ],
        vec![
            ("公布选民名单", date!(registration.list_posted_on)),
            ("公布名单补正", date!(registration.corrected_on)),
            ("选举日", day),
        ],
        vec![
            ("截止提名", date!(nomination.ends_on)),
            ("预选", date!(candidates.primary_on)),
            ("公布候选人名单", date!(candidates.posted_on)),
            ("公布候选人变动", date!(candidates.changes_posted_on)),
            ("选举日", day),
        ],
        vec![("民主评议", date!(appraisal.held_on)), ("公布评议结果", date!(appraisal.posted_on))],
        vec![("公布投票时间地点", date!(polling.posted_on)), ("选举日", day)],
        vec![
            ("推选工作人员", date!(staff.chosen_on)),
            ("公布工作人员名单", date!(staff.posted_on)),
            ("选举日", day),
        ],
        vec![("截止委托", date!(proxies.closes_on)), ("选举日", day)],
        vec![("公布流动票箱名单", date!(mobile_boxes.posted_on)), ("选举日", day)],
        vec![("选举日", day), ("选举结果备案", date!(result.filed_on))],
        vec![("选举日", day), ("颁发当选证书", date!(result.certificates_on))],
        vec![
            ("选举日", day),
            ("另行选举", date!(runoff.held_on)),
            ("完成移交", date!(handover.completed_on)),
        ],
        vec![("公布另行选举", date!(runoff.posted_on)), ("另行选举", date!(runoff.held_on))],
        vec![
            ("申请延期或提前", date!(postponement.requested_on)),
            ("批准延期或提前", date!(postponement.approved_on)),
            ("公布延期或提前", date!(postponement.posted_on)),
            ("选举日", day),
        ],
        vec![
            ("接受辞职", date!(resignations.accepted_on)),
            ("公布辞职", date!(resignations.posted_on)),
        ],
        vec![
            ("选举日", day),
            ("公布补选", date!(by_election.posted_on)),
            ("补选", date!(by_election.held_on)),
        ],
        vec![
            ("要求罢免", date!(recall.requested_on)),
            ("公告罢免表决", date!(recall.announced_on)),
            ("罢免表决", date!(recall.held_on)),
            ("公布罢免结果", date!(recall.posted_on)),
        ],
        vec![
            ("推选监督委员会", date!(supervision.elected_on)),
            ("公布监督委员会", date!(supervision.posted_on)),
        ],
        vec![("选举日", day), ("工作总结", date!(summary.issued_on))],
        vec![("上届选举日", election.previous_election_day.located()), ("选举日", day)],
    ]
}

pub fn date_order(case: &Case) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    let mut told: Vec<(&str, &str)> = Vec::new();
    for sequence in sequences(case.election) {
        let known: Vec<_> =
            sequence.into_iter().filter_map(|(what, date)| Some((what, date?))).collect();
        for (at, (what, date)) in known.iter().enumerate().skip(1) {
            // The latest of those before it is the one to tell of.
            let before = known[..at].iter().max_by_key(|(_, date)| date.earliest());
            let Some((earlier, other)) =
                before.filter(|(_, other)| surely_after(other.value, date.value))
            else {
                continue;
            };
            if told.contains(&(earlier, what)) {
                continue;
            }
            told.push((earlier, what));
            let message =
                format!("{what}（{}）在{earlier}（{}）之前。", say(date.value), say(other.value));
            findings.push(Finding::new(&date.place, message).help("请核对这两个日期。"));
        }
    }
    findings
}

/// What is said of one person in several places must be the same.
pub fn names_consistent(case: &Case) -> Vec<Finding> {
    let mut known: HashMap<(String, &str), (String, Place)> = HashMap::new();
    let mut findings = Vec::new();
    let mut compare = |name: &Field<String>, what: &'static str, said: Option<(String, &Place)>| {
        let (Some(name), Some((said, place))) = (name.get(), said) else { return };
        let before = known
            .entry((name_key(name).into_owned(), what))
            .or_insert_with(|| (said.clone(), place.clone()));
        // A date known in part, 1976-03, agrees with the whole, 1976-03-05.
        let agree = before.0.starts_with(&said) || said.starts_with(&before.0);
        if !agree {
            let message = format!("{name}的{what}，前面写的是“{}”，这里是“{said}”。", before.0);
            findings.push(Finding::new(place, message).help("请改成一致；同名的两人请加注区别。"));
        }
    };
    fn said<T>(field: &Field<T>, word: impl Fn(&T) -> String) -> Option<(String, &Place)> {
        field.located().map(|located| (word(&located.value), &located.place))
    }
    let nominees =
        case.election.nomination.get().map_or(&[][..], |nomination| nomination.nominees.items());
    let candidates =
        case.election.candidates.get().map_or(&[][..], |candidates| candidates.list.items());
    for one in nominees.iter().chain(candidates) {
        compare(&one.name, "性别", said(&one.sex, |sex| sex.name().into()));
        compare(&one.name, "出生", said(&one.born_on, ToString::to_string));
        compare(&one.name, "学历", said(&one.education, |education| education.name().into()));
    }
    for round in case.rounds() {
        for one in round.result.elected.items() {
            compare(&one.name, "性别", said(&one.sex, |sex| sex.name().into()));
            compare(&one.name, "出生", said(&one.born_on, ToString::to_string));
            compare(&one.name, "学历", said(&one.education, |education| education.name().into()));
        }
    }
    findings
}

pub fn notice_numbers(case: &Case) -> Vec<Finding> {
    let mut numbers: Vec<&Located<u32>> =
        case.election.notices.items().iter().filter_map(|notice| notice.number.located()).collect();
    numbers.sort_by_key(|number| number.value);
    let steps = numbers.windows(2).filter_map(|pair| {
        let (before, number) = (pair[0].value, pair[1]);
        let message = match number.value - before {
            0 => format!("有两份公告都是第{}号。", number.value),
            1 => return None,
            _ => format!("公告从第{before}号跳到第{}号。", number.value),
        };
        Some(
            Finding::new(&number.place, message)
                .help("公告编号应从第1号起连续；请核对。")
                .doubtful(),
        )
    });
    steps.collect()
}

pub fn elected_age(case: &Case) -> Vec<Finding> {
    let Some(day) = case.election_day() else { return Vec::new() };
    let elected = case.own_rounds().flat_map(|round| round.result.elected.items());
    let wrong = elected.filter_map(|one| {
        let (name, born, age) = (one.name.get()?, one.born_on.value()?, one.age.located()?);
        let (youngest, oldest) =
            (age_on(born.latest(), day.earliest()), age_on(born.earliest(), day.latest()));
        let fits = i64::from(youngest) <= i64::from(age.value)
            && i64::from(age.value) <= i64::from(oldest);
        (!fits).then(|| {
            let message = format!(
                "{name}生于{}，到选举日{}是 {oldest} 岁，写的是 {} 岁。",
                say(born),
                say(day.value),
                age.value
            );
            Finding::new(&age.place, message).help("写了出生就不必写年龄；请核对。")
        })
    });
    wrong.collect()
}

/// No text of the description stays private: most of it is printed and posted.
pub fn personal_number(case: &Case) -> Vec<Finding> {
    let basis = || Basis {
        law: "《个人信息保护法》".into(),
        article: "第六、二十五、二十八条".into(),
        status: Status::FullText,
        binding: true,
    };
    let mut found = Vec::new();
    with_numbers(&case.dossier.tree, &mut found);
    let findings = found.into_iter().map(|(shape, span)| {
        let place = Place::Text(case.dossier.source.clone(), span);
        let finding =
            Finding::new(&place, format!("这里有{}，公布的文书里不得出现。", shape.name()))
                .help("请删去；联系方式用办公电话，身份证号码只写在选民名册里。")
                .resting_on(basis());
        // A registrar may have agreed to her number being posted.
        if shape == Shape::MobilePhone { finding.doubtful() } else { finding }
    });
    findings.collect()
}

/// Every text below `node` that contains what looks like personal data.
fn with_numbers(node: &Node, found: &mut Vec<(Shape, Range<usize>)>) {
    match &node.value {
        Value::Null => {}
        Value::Scalar(text) => {
            found.extend(privacy::find(text).first().map(|(_, shape)| (*shape, node.span.clone())))
        }
        Value::Sequence(items) => items.iter().for_each(|item| with_numbers(item, found)),
        Value::Mapping(entries) => entries.iter().for_each(|(_, value)| with_numbers(value, found)),
    }
}
