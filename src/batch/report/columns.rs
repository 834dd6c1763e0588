//! The columns of an office's table: data, as profiles of the law are. Each counts or
//! adds up what elections give, and knows of how many it was not told.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Deserialize;

use super::super::figures::{Figures, NUMBERS, OF_PEOPLE, Person, WORDS};
use crate::diagnostic::{Diagnostic, Source};
use crate::election::decode::nearest;
use crate::election::yaml;

/// The table of an office.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    pub title: String,
    pub sections: Vec<Section>,
}

/// Columns under one heading.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub title: String,
    pub columns: Vec<Column>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    pub name: String,
    count: Option<What>,
    sum: Option<String>,
    mean: Option<Age>,
    part: Option<String>,
    of: Option<String>,
    #[serde(rename = "where", default)]
    conditions: BTreeMap<String, Condition>,
    /// The same of the last round.
    last: Option<Box<Last>>,
    /// Whether it stands in the short table, too.
    #[serde(default)]
    pub main: bool,
}

/// The figure of the last round beside a column.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Last {
    count: Option<What>,
    sum: Option<String>,
    #[serde(rename = "where", default)]
    conditions: BTreeMap<String, Condition>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum What {
    Elections,
    People,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Age {
    Age,
}

/// What a fact must be.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Condition {
    Number(u64),
    Word(String),
    AnyOf(Vec<String>),
    Test(Test),
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Test {
    from: Option<u64>,
    to: Option<u64>,
    not: Option<Words>,
    has: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Words {
    One(String),
    Many(Vec<String>),
}

/// A figure, and of how many it was not told. Figures are added up in any order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    pub value: u64,
    /// Of a share or a mean, by what it is divided.
    pub of: u64,
    /// How many elections give a figure.
    pub told: u64,
    /// Elections that have come so far and do not tell.
    pub untold: u64,
    /// People of whom it is not told.
    pub untold_people: u64,
}

impl Figure {
    pub fn add(&mut self, other: Self) {
        self.value += other.value;
        self.of += other.of;
        self.told += other.told;
        self.untold += other.untold;
        self.untold_people += other.untold_people;
    }

    fn told(value: u64) -> Self {
        Self { value, told: 1, ..Self::default() }
    }

    fn untold() -> Self {
        Self { untold: 1, ..Self::default() }
    }

    /// Of people, of some of whom it is told; of none it is no zero.
    fn of_people(value: u64, known: u64, untold_people: u64) -> Self {
        let told = u64::from(known > 0 || untold_people == 0);
        Self { value, told, untold_people, ..Self::default() }
    }

    /// Whether any election has come so far.
    pub fn is_there(&self) -> bool {
        self.told + self.untold + self.untold_people > 0
    }

    /// `未填2个`, `未填3人`; nothing if all is told.
    pub fn gaps(&self) -> String {
        match (self.untold, self.untold_people) {
            (0, 0) => String::new(),
            (elections, 0) => format!("未填{elections}个"),
            (0, people) => format!("未填{people}人"),
            (elections, people) => format!("未填{elections}个、另{people}人"),
        }
    }
}

/// How a figure is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Count,
    /// A part of a hundred.
    Share,
    /// With one decimal.
    Mean,
}

impl Form {
    /// The figure as people read it; nothing, if there is none.
    pub fn say(self, figure: &Figure) -> String {
        match self {
            _ if figure.told == 0 => String::new(),
            Self::Count => figure.value.to_string(),
            _ if figure.of == 0 => String::new(),
            Self::Share => {
                let hundredths = (figure.value * 20_000 / figure.of).div_ceil(2);
                format!("{}.{:02}%", hundredths / 100, hundredths % 100)
            }
            Self::Mean => {
                let tenths = (figure.value * 20 / figure.of).div_ceil(2);
                format!("{}.{}", tenths / 10, tenths % 10)
            }
        }
    }

    /// The same as a number.
    #[allow(clippy::cast_precision_loss, reason = "no election has so many voters")]
    pub fn number(self, figure: &Figure) -> Option<f64> {
        match self {
            _ if figure.told == 0 => None,
            Self::Count => Some(figure.value as f64),
            _ if figure.of == 0 => None,
            Self::Share | Self::Mean => Some(figure.value as f64 / figure.of as f64),
        }
    }
}

impl Columns {
    /// The columns in `source`.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn read(source: &Arc<Source>) -> Result<Self, Diagnostic> {
        let read = serde_yaml::from_str::<Self>(&source.text);
        let columns = read.map_err(|error| unfit(source, &(yaml::misfit(&error) + "。")))?;
        columns.judge().map_err(|problem| unfit(source, &problem))?;
        Ok(columns)
    }

    pub fn all(&self) -> impl Iterator<Item = &Column> {
        self.sections.iter().flat_map(|section| &section.columns)
    }

    /// The figures of one election, in the order of the columns.
    pub fn figures(&self, of: &Figures) -> Vec<Figure> {
        self.all().map(|column| self.figure(column, of)).collect()
    }

    /// The same of the last round; `None` for columns that have none.
    pub fn last(&self, of: &Figures) -> Vec<Option<Figure>> {
        self.all().map(|column| Some(column.last.as_ref()?.figure(of))).collect()
    }

    fn figure(&self, column: &Column, of: &Figures) -> Figure {
        let Column { count, sum, mean, part, of: whole, conditions, .. } = column;
        if mean.is_some() {
            return mean_age(of);
        }
        match part.as_ref().zip(whole.as_ref()) {
            None => plain(*count, sum.as_deref(), conditions, of),
            Some((part, whole)) => {
                let named = |name: &String| self.all().find(|column| column.name == *name);
                let figure = |name| named(name).map(|column| self.figure(column, of));
                share(figure(part).unwrap_or_default(), figure(whole).unwrap_or_default())
            }
        }
    }

    fn judge(&self) -> Result<(), String> {
        let mut before = BTreeSet::new();
        for column in self.all() {
            let Column { name, count, sum, mean, part, of, conditions, last, .. } = column;
            let kinds = [count.is_some(), sum.is_some(), mean.is_some(), part.is_some()];
            if kinds.iter().filter(|kind| **kind).count() != 1 || part.is_some() != of.is_some() {
                return Err(format!(
                    "“{name}”要写而且只写一样：count、sum、mean，或者 part 和 of。"
                ));
            }
            for named in [part, of].into_iter().flatten() {
                if !before.contains(named.as_str()) {
                    return Err(format!("“{name}”用到的“{named}”应当写在它前面。"));
                }
            }
            if *count != Some(What::People) && !conditions.is_empty() && sum.is_some() {
                return Err(format!("“{name}”：sum 不能带 where。"));
            }
            judge_source(name, *count, sum.as_deref(), conditions)?;
            if let Some(last) = last {
                if last.count.is_some() == last.sum.is_some() {
                    return Err(format!("“{name}”的 last 要写 count 或 sum。"));
                }
                judge_source(name, last.count, last.sum.as_deref(), &last.conditions)?;
            }
            if !before.insert(name.as_str()) {
                return Err(format!("“{name}”写了两次。"));
            }
        }
        Ok(())
    }
}

fn unfit(source: &Arc<Source>, problem: &str) -> Diagnostic {
    Diagnostic::error("batch-columns", format!("统计表的各栏用不了：{problem}"))
        .in_file(&source.path)
        .help(
            "请对照自带的（zhangbang batch report --print-columns）改正；删去这个文件就用自带的。",
        )
}

/// Whether the numbers and words that a column asks for are there.
fn judge_source(
    column: &str,
    count: Option<What>,
    sum: Option<&str>,
    conditions: &BTreeMap<String, Condition>,
) -> Result<(), String> {
    let names = |table: &[(&'static str, &str)]| table.iter().map(|(name, _)| *name).collect();
    let numbers: Vec<&str> = names(NUMBERS);
    let words: Vec<&str> = match count {
        Some(What::People) => names(OF_PEOPLE).into_iter().chain(["age"]).collect(),
        _ => names(WORDS).into_iter().chain(numbers.iter().copied()).collect::<Vec<_>>(),
    };
    let strange = |name: &str, known: &[&'static str]| {
        let near = nearest(name, known.iter().copied());
        let near = near.map(|near| format!("，是不是“{near}”？")).unwrap_or("。".into());
        format!("“{column}”：没有“{name}”这一项{near}")
    };
    if let Some(sum) = sum.filter(|sum| !numbers.contains(sum)) {
        return Err(strange(sum, &numbers));
    }
    match conditions.keys().find(|name| !words.contains(&name.as_str())) {
        Some(name) => Err(strange(name, &words)),
        None => Ok(()),
    }
}

impl Last {
    fn figure(&self, of: &Figures) -> Figure {
        plain(self.count, self.sum.as_deref(), &self.conditions, of)
    }
}

impl Column {
    pub fn form(&self) -> Form {
        match (&self.mean, &self.part) {
            (Some(_), _) => Form::Mean,
            (_, Some(_)) => Form::Share,
            _ => Form::Count,
        }
    }

    pub fn has_last(&self) -> bool {
        self.last.is_some()
    }
}

/// A number of one election, or how many of it or its people there are.
fn plain(
    count: Option<What>,
    sum: Option<&str>,
    conditions: &BTreeMap<String, Condition>,
    of: &Figures,
) -> Figure {
    if let Some(number) = sum {
        return match of.numbers.get(number) {
            None => Figure::default(),
            Some(None) => Figure::untold(),
            Some(Some(number)) => Figure::told(*number),
        };
    }
    match (count, &of.people) {
        (Some(What::People), None) => Figure::default(),
        (Some(What::People), Some(None)) => Figure::untold(),
        (Some(What::People), Some(Some(people))) => {
            let is_counted =
                |person: &Person| all(conditions.iter().map(|it| of_person(person, it)));
            let verdicts: Vec<_> = people.iter().map(is_counted).collect();
            let how_many = |wanted| verdicts.iter().filter(|one| **one == wanted).count() as u64;
            let (yes, no, untold) = (how_many(Some(true)), how_many(Some(false)), how_many(None));
            Figure::of_people(yes, yes + no, untold)
        }
        _ => {
            let facts = conditions.iter().map(|(name, it)| of_election(of, name, it));
            // What has not come so far is not counted either way.
            let Some(facts) = facts.collect::<Option<Vec<_>>>() else { return Figure::default() };
            all(facts.into_iter()).map_or_else(Figure::untold, |yes| Figure::told(yes.into()))
        }
    }
}

/// Yes if all are; no if one is not; else it is not known.
fn all(verdicts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let verdicts: Vec<_> = verdicts.collect();
    match verdicts.contains(&Some(false)) {
        true => Some(false),
        false => verdicts.into_iter().collect::<Option<Vec<bool>>>().map(|_| true),
    }
}

/// Whether a condition holds of an election; `None` if it has not come so far.
fn of_election(of: &Figures, name: &str, condition: &Condition) -> Option<Option<bool>> {
    match of.numbers.get(name) {
        Some(number) => Some(number.map(|number| condition.holds_of_number(number))),
        None => {
            let word = of.words.get(name)?;
            Some(word.as_ref().map(|word| condition.holds_of(std::slice::from_ref(word))))
        }
    }
}

fn of_person(person: &Person, (name, condition): (&String, &Condition)) -> Option<bool> {
    match name.as_str() {
        "age" => Some(condition.holds_of_number(person.age?)),
        name => Some(condition.holds_of(person.words.get(name)?)),
    }
}

impl Condition {
    fn holds_of_number(&self, number: u64) -> bool {
        match self {
            Self::Number(wanted) => *wanted == number,
            Self::Word(word) => word.parse() == Ok(number),
            Self::AnyOf(words) => words.iter().any(|word| word.parse() == Ok(number)),
            Self::Test(Test { from, to, .. }) => {
                from.is_none_or(|from| from <= number) && to.is_none_or(|to| number <= to)
            }
        }
    }

    fn holds_of(&self, said: &[String]) -> bool {
        let is_said = |word: &String| said.contains(word);
        match self {
            Self::Number(number) => is_said(&number.to_string()),
            Self::Word(word) => is_said(word),
            Self::AnyOf(words) => words.iter().any(is_said),
            Self::Test(Test { not, has, .. }) => {
                let is_none = |words: &Words| match words {
                    Words::One(word) => !is_said(word),
                    Words::Many(words) => !words.iter().any(is_said),
                };
                let has_it = |part: &String| said.iter().any(|word| word.contains(part.as_str()));
                not.as_ref().is_none_or(is_none) && has.as_ref().is_none_or(has_it)
            }
        }
    }
}

/// The share of one figure of another: only of elections that tell both whole.
fn share(part: Figure, whole: Figure) -> Figure {
    if !part.is_there() || !whole.is_there() {
        return Figure::default();
    }
    let is_whole = |figure: &Figure| figure.told == 1 && figure.untold_people == 0;
    match is_whole(&part) && is_whole(&whole) {
        true => Figure { of: whole.value, ..part },
        false => Figure::untold(),
    }
}

fn mean_age(of: &Figures) -> Figure {
    match &of.people {
        None => Figure::default(),
        Some(None) => Figure::untold(),
        Some(Some(people)) => {
            let ages: Vec<u64> = people.iter().filter_map(|person| person.age).collect();
            let (known, untold) = (ages.len() as u64, (people.len() - ages.len()) as u64);
            Figure { of: known, ..Figure::of_people(ages.iter().sum(), known, untold) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(text: &str) -> Result<Columns, String> {
        let text = format!("title: 表\nsections:\n  - title: 段\n    columns:\n{text}");
        Columns::read(&Source::new("statistics.yaml", text)).map_err(|told| told.message)
    }

    fn person(age: Option<u64>, words: &[(&str, &str)]) -> Person {
        let word = |(name, word): &(&str, &str)| ((*name).to_owned(), vec![(*word).to_owned()]);
        Person { age, words: words.iter().map(word).collect() }
    }

    fn sum(columns: &Columns, elections: &[Figures]) -> Vec<String> {
        let mut sums = vec![Figure::default(); columns.all().count()];
        for election in elections {
            for (sum, figure) in sums.iter_mut().zip(columns.figures(election)) {
                sum.add(figure);
            }
        }
        let say = |(column, sum): (&Column, &Figure)| column.form().say(sum) + &sum.gaps();
        columns.all().zip(&sums).map(say).collect()
    }

    /// One knows all, one has figures that nobody knows, one has not voted.
    #[test]
    fn what_is_not_told_is_no_zero_and_what_has_not_come_is_neither() {
        let columns = columns(
            "      - {name: 选民, sum: voters}
      - {name: 投票, sum: participants}
      - {name: 率, part: 投票, of: 选民}
      - {name: 女, count: people, where: {sex: 女}}
      - {name: 女主任, count: people, where: {sex: 女, post: 主任}}
      - {name: 少数民族, count: people, where: {ethnicity: {not: 汉族}}}
      - {name: 老, count: people, where: {age: {from: 60}}}
      - {name: 平均, mean: age}
      - {name: 完成, count: elections, where: {state: 完成}}
      - {name: 五人, count: elections, where: {seats: 5}}\n",
        )
        .unwrap();
        let number = |name: &str, number| (name.to_owned(), number);
        let first = Figures {
            numbers: BTreeMap::from([
                number("voters", Some(300)),
                number("participants", Some(200)),
                number("seats", Some(5)),
            ]),
            words: BTreeMap::from([("state".to_owned(), Some("完成".to_owned()))]),
            people: Some(Some(vec![
                person(Some(61), &[("sex", "女"), ("post", "主任"), ("ethnicity", "回族")]),
                person(None, &[("post", "委员")]),
                person(Some(40), &[("post", "主任"), ("ethnicity", "汉族")]),
            ])),
        };
        let second = Figures {
            numbers: BTreeMap::from([number("voters", Some(100)), number("participants", None)]),
            words: BTreeMap::from([("state".to_owned(), None)]),
            people: Some(None),
        };
        let third = Figures {
            numbers: BTreeMap::from([number("voters", Some(50))]),
            words: BTreeMap::from([("state".to_owned(), Some("未投票".to_owned()))]),
            people: None,
        };
        let told = [
            "450",
            "200未填1个",
            "66.67%未填1个",
            "1未填1个、另2人",
            // A member is no chair, whatever the sex.
            "1未填1个、另1人",
            "1未填1个、另1人",
            "1未填1个、另1人",
            "50.5未填1个、另1人",
            "1未填1个",
            "1",
        ];
        let elections = [first, second, third];
        assert_eq!(sum(&columns, &elections), told);
        let turned: Vec<Figures> = elections.iter().rev().cloned().collect();
        assert_eq!(sum(&columns, &turned), told);
        assert_eq!(sum(&columns, &elections[2..])[1..4], ["", "", ""]);
    }

    #[test]
    fn of_people_of_none_of_whom_it_is_told_there_is_no_figure() {
        let columns = columns(
            "      - {name: 女, count: people, where: {sex: 女}}
      - {name: 平均, mean: age}\n",
        );
        let of = |people| Figures { people: Some(Some(people)), ..Figures::default() };
        let columns = columns.unwrap();
        let untold = of(vec![person(None, &[]), person(None, &[])]);
        assert_eq!(sum(&columns, std::slice::from_ref(&untold)), ["未填2人", "未填2人"]);
        let told = of(vec![person(Some(30), &[("sex", "男")])]);
        assert_eq!(sum(&columns, &[untold, told]), ["0未填2人", "30.0未填2人"]);
        assert_eq!(sum(&columns, &[of(vec![])])[0], "0");
    }

    #[test]
    fn what_is_wrong_with_a_table_is_told() {
        for (text, told) in [
            ("      - {name: 甲, sum: voter}\n", "“甲”：没有“voter”这一项，是不是“voters”？"),
            ("      - {name: 甲, sum: voters, mean: age}\n", "只写一样"),
            ("      - {name: 甲, part: 乙, of: 丙}\n", "用到的“乙”应当写在它前面"),
            ("      - {name: 甲, count: people, where: {sexx: 女}}\n", "是不是“sex”"),
            ("      - {name: 甲, sum: voters}\n      - {name: 甲, sum: men}\n", "写了两次"),
            ("      - {name: 甲, summ: voters}\n", "summ"),
            ("      - {name: 甲, sum: voters, last: {}}\n", "last 要写"),
        ] {
            let problem = columns(text).unwrap_err();
            assert!(problem.contains(told), "{text}: {problem}");
        }
    }

    #[test]
    fn shares_and_means_are_rounded_as_people_round() {
        let of = |value, of| Figure { of, ..Figure::told(value) };
        assert_eq!(Form::Share.say(&of(31_088, 34_157)), "91.02%");
        assert_eq!(Form::Share.say(&of(2, 3)), "66.67%");
        assert_eq!(Form::Share.say(&of(1, 1)), "100.00%");
        assert_eq!(Form::Mean.say(&of(101, 2)), "50.5");
        assert_eq!(Form::Mean.say(&of(9995, 200)), "50.0");
        assert_eq!(Form::Share.say(&of(0, 0)), "");
    }
}
