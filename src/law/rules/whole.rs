//! What must agree across all stages: dates, names, numbers.

use std::collections::HashMap;
use std::ops::Range;

use crate::diagnostic::Place;
use crate::election::date::age_on;
use crate::election::decode::{Field, Located};
use crate::election::model::Candidate;
use crate::election::person::{Sex, name_key};
use crate::election::yaml::{Node, Value};
use crate::law::case::{Case, Finding, surely_after};
use crate::law::days::say;
use crate::law::parameter::Status;
use crate::law::profile::Basis;
use crate::law::steps::{STEPS, Step};
use crate::privacy::{self, Shape};

/// Dates must not run backwards. Each is held against the nearest that cannot
/// come after it, so that one wrong date is not told of again and again.
pub fn date_order(case: &Case) -> Vec<Finding> {
    let title = |step: &Step| step.title(case.election.kind.value());
    let date = |step: &Step| step.date(case.election).and_then(Field::located);
    let is_exact = |step: &Step| date(step).is_some_and(|date| date.exact().is_some());
    let dated = STEPS.iter().filter_map(|step| Some((step, date(step)?)));
    let wrong = dated.filter_map(|(step, of_step)| {
        let earlier = step.earlier(|step| !is_exact(step)).into_iter();
        let earlier = earlier.filter_map(|step| Some((step, date(step)?)));
        let (before, other) = earlier.max_by_key(|(_, date)| date.earliest())?;
        surely_after(other.value, of_step.value).then(|| {
            let message = format!(
                "{}（{}）在{}（{}）之前。",
                title(step),
                say(of_step.value),
                title(before),
                say(other.value)
            );
            Finding::new(&of_step.place, message).help("请核对这两个日期。")
        })
    });
    wrong.collect()
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
        // Of two voters of the name, one may be meant here and the other there.
        if case.voters_named(name).is_some_and(|voters| voters.len() > 1) {
            return;
        }
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
