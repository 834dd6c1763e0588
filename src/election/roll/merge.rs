//! Several rolls made into one: last term's list, the police station's, the
//! household book. Nobody is lost, nobody is taken twice, and whatever the
//! sources say differently is asked.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use rust_xlsxwriter::XlsxError;

use super::alike::GroupKeys;
use super::cell::columns::OPEN;
use super::cell::grouping::{group_of_sheet, is_place};
use super::cell::shown::quote;
use super::diff::{matches, name_as_posted};
use super::export::{not_written, workbook};
use super::{RowRef, Voter, VoterRoll, asked};
use crate::diagnostic::{Diagnostic, Report};
use crate::election::date::PartialDate;
use crate::election::identity::IdNumber;
use crate::privacy::{Personal, mask};

/// A roll and the word by which it is called, with what was found in it.
pub struct Source {
    pub name: String,
    pub roll: VoterRoll,
    pub found: Report,
    /// The group of all its voters, where only the name of the file tells it.
    group: Option<String>,
}

/// The sources with these names. The file of a group, 二组.xlsx, is called by it; where
/// every file is, also by that of a hamlet, 赵家屯.xlsx.
pub fn sources(read: Vec<(String, VoterRoll, Report)>) -> Vec<Source> {
    let are_of_places = read.len() > 1
        && read.iter().all(|(name, roll, _)| roll.groups.is_empty() && is_place(name));
    let source = |(name, roll, found): (String, VoterRoll, Report)| {
        let group = group_of_sheet(&name).or_else(|| are_of_places.then(|| name.clone()));
        let group = group.filter(|_| roll.groups.is_empty());
        Source { name, roll, found, group }
    };
    read.into_iter().map(source).collect()
}

/// One roll made of several.
pub struct Merged<'m> {
    sources: &'m [Source],
    /// By source, what was asked about its voters.
    asked: Vec<HashMap<RowRef, Vec<&'m Diagnostic>>>,
    people: Vec<Person>,
    groups: GroupKeys,
    /// Whether each source has groups of its own, and hardly anybody is in two: they are
    /// parts of one roll, as where every group sent a file.
    are_parts: bool,
}

/// Somebody, with where he stands in each source.
struct Person {
    /// By source, the place in its `voters`.
    at: Vec<Option<usize>>,
    /// Whether another of the name is in another source, and may be the same.
    is_unsure: bool,
}

/// How many people there are, and how many of them to ask about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    pub people: usize,
    pub in_all: usize,
    /// By source: how many it has, and how many only it has.
    pub sources: Vec<(String, usize, usize)>,
    pub questions: usize,
}

/// What the rolls at these paths are called: by their files, or if two are called
/// alike, by their numbers too.
pub fn source_names(paths: &[PathBuf]) -> Vec<String> {
    let stem = |path: &PathBuf| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let stems: Vec<String> = paths.iter().map(stem).collect();
    let is_shared = |name: &String| stems.iter().filter(|other| *other == name).count() > 1;
    let name = |(at, name): (usize, &String)| match is_shared(name) {
        true => format!("{}.{}", at + 1, mask(name)),
        false => mask(name).into_owned(),
    };
    stems.iter().enumerate().map(name).collect()
}

/// Makes one roll of several; what the first says counts before the others.
pub fn merge(sources: &[Source]) -> Merged<'_> {
    let count = sources.len();
    let mut people: Vec<Person> = Vec::new();
    for (number, source) in sources.iter().enumerate() {
        // Whom an earlier source has; the first in which somebody is found counts.
        let mut known: Vec<Option<usize>> = vec![None; source.roll.len()];
        let mut doubted: HashSet<usize> = HashSet::new();
        for (earlier, other) in sources[..number].iter().enumerate() {
            let mut by_place = vec![None; other.roll.len()];
            for (person, one) in people.iter().enumerate() {
                if let Some(at) = one.at[earlier] {
                    by_place[at] = Some(person);
                }
            }
            let (pairs, unsure) = matches(&other.roll, &source.roll);
            for (at, at_other) in pairs {
                known[at] = known[at].or(by_place[at_other]);
            }
            for at_other in unsure.iter().flat_map(|unsure| &unsure.old) {
                if let Some(person) = by_place[*at_other] {
                    people[person].is_unsure = true;
                }
            }
            doubted.extend(unsure.into_iter().flat_map(|unsure| unsure.new));
        }
        for (at, person) in known.into_iter().enumerate() {
            match person.filter(|&person| people[person].at[number].is_none()) {
                Some(person) => people[person].at[number] = Some(at),
                None => {
                    let mut places = vec![None; count];
                    places[number] = Some(at);
                    people.push(Person { at: places, is_unsure: doubted.contains(&at) });
                }
            }
        }
    }
    let asked =
        sources.iter().map(|source| asked::by_voter(&source.roll, source.found.iter())).collect();
    let groups = GroupKeys::of(sources.iter().map(|source| &source.roll));
    let are_parts = are_parts(sources, &people, &groups);
    Merged { sources, asked, people, groups, are_parts }
}

fn are_parts(sources: &[Source], people: &[Person], keys: &GroupKeys) -> bool {
    /// Of so many people one may be in two.
    const OFTEN: usize = 10;
    let is_in_two = |person: &&Person| person.at.iter().flatten().count() > 1 || person.is_unsure;
    let groups = sources.iter().map(|source| source.groups(keys)).collect::<Vec<_>>();
    let all: HashSet<&String> = groups.iter().flatten().collect();
    people.iter().filter(is_in_two).count() * OFTEN <= people.len()
        && groups.iter().all(|own| !own.is_empty())
        && all.len() == groups.iter().map(HashSet::len).sum::<usize>()
}

impl Source {
    /// The groups of its voters; where it has none, that by which the file is called.
    fn groups(&self, keys: &GroupKeys) -> HashSet<String> {
        let named = self.roll.groups.ids().map(|group| keys.of_name(self.roll.groups.name(group)));
        named.chain(self.group.as_deref().map(|group| keys.of_name(group))).collect()
    }

    /// The group of a voter, or that of all.
    fn group(&self, voter: &Voter) -> Option<String> {
        self.roll.group_of(voter).map(str::to_owned).or_else(|| self.group.clone())
    }
}

impl<'m> Merged<'m> {
    /// What is said of somebody, source by source.
    fn said<'p>(
        &'p self,
        person: &'p Person,
    ) -> impl Iterator<Item = (&'m Source, &'m Voter)> + 'p {
        let entry = |(source, at): (&'m Source, &Option<usize>)| {
            Some((source, &source.roll.voters[(*at)?]))
        };
        self.sources.iter().zip(&person.at).filter_map(entry)
    }

    fn first<T>(
        &self,
        person: &Person,
        value: impl Fn(&'m VoterRoll, &'m Voter) -> Option<T>,
    ) -> Option<T> {
        self.said(person).find_map(|(source, voter)| value(&source.roll, voter))
    }

    /// What is to be asked about somebody.
    fn questions(&self, person: &Person) -> Vec<String> {
        let mut questions = Vec::new();
        let found = self.said(person).count();
        if found < self.sources.len() && !self.are_parts {
            let names = |is_there: bool| {
                let sources = self.sources.iter().zip(&person.at);
                let names: Vec<String> = sources
                    .filter(|(_, at)| at.is_some() == is_there)
                    .map(|(source, _)| source.name.clone())
                    .collect();
                names.join("、")
            };
            questions.push(format!("{}有，{}没有：是选民吗？", names(true), names(false)));
        }
        if person.is_unsure {
            questions.push("别处有同名的人，分不清是不是同一个人，写上身份证号再合并".into());
        }
        self.ask_if(&mut questions, person, "姓名", |_, voter| Some(name_as_posted(voter)));
        self.ask_if(&mut questions, person, "性别", |_, voter| {
            Some(voter.sex?.name().to_owned())
        });
        let births: Vec<PartialDate> =
            self.said(person).filter_map(|(_, voter)| voter.birth).collect();
        if births.windows(2).any(|pair| !pair[0].may_be(pair[1])) {
            self.ask_if(&mut questions, person, "出生日期", |_, voter| {
                Some(voter.birth?.to_string())
            });
        }
        // 一组 and 第一村民小组 are one, written by two hands.
        if self.differ(person, |source, voter| Some(self.groups.of_name(&source.group(voter)?))) {
            self.ask_if(&mut questions, person, "小组", Source::group);
        }
        if self
            .differ(person, |_, voter| Some(voter.id_number.as_ref()?.expose().as_str().to_owned()))
        {
            questions.push("各处的身份证号不同，对照身份证改正".into());
        }
        questions.extend(self.asked_before(person));
        questions
    }

    /// What was asked about somebody where he was found: 死亡 in a remark, a number
    /// whose check fails.
    fn asked_before<'p>(&'p self, person: &'p Person) -> impl Iterator<Item = String> + 'p {
        let places = self.sources.iter().zip(&self.asked).zip(&person.at);
        places.flat_map(|((source, asked), at)| {
            let row = at.map(|at| source.roll.voters[at].row);
            let found = row.and_then(|row| asked.get(&row)).into_iter().flatten();
            found.map(move |finding| format!("{}：{}", source.name, finding.message))
        })
    }

    fn values(
        &self,
        person: &Person,
        value: impl Fn(&'m Source, &'m Voter) -> Option<String>,
    ) -> Vec<(String, String)> {
        let said = self
            .said(person)
            .filter_map(|(source, voter)| Some((source.name.clone(), value(source, voter)?)));
        said.collect()
    }

    fn differ(
        &self,
        person: &Person,
        value: impl Fn(&'m Source, &'m Voter) -> Option<String>,
    ) -> bool {
        self.values(person, value).windows(2).any(|pair| pair[0].1 != pair[1].1)
    }

    fn ask_if(
        &self,
        questions: &mut Vec<String>,
        person: &Person,
        what: &str,
        value: impl Fn(&'m Source, &'m Voter) -> Option<String>,
    ) {
        let values = self.values(person, value);
        if values.windows(2).any(|pair| pair[0].1 != pair[1].1) {
            let said: Vec<String> = values
                .iter()
                .map(|(source, value)| format!("{source}是{}", quote(value)))
                .collect();
            questions.push(format!("{what}不同：{}", said.join("，")));
        }
    }

    pub fn figures(&self) -> Figures {
        let sources = self.sources.iter().enumerate().map(|(number, source)| {
            let only =
                |person: &&Person| person.at[number].is_some() && self.said(person).count() == 1;
            (source.name.clone(), source.roll.len(), self.people.iter().filter(only).count())
        });
        let in_all =
            self.people.iter().filter(|person| person.at.iter().all(Option::is_some)).count();
        let questions =
            self.people.iter().filter(|person| !self.questions(person).is_empty()).count();
        Figures { people: self.people.len(), in_all, sources: sources.collect(), questions }
    }

    /// The roll as a workbook, with where each is from and what is to be asked.
    /// It may hold ID numbers, so it must never be made public.
    pub fn workbook(&self) -> Result<Vec<u8>, Diagnostic> {
        self.write().map_err(|error| not_written(&error))
    }

    fn write(&self) -> Result<Vec<u8>, XlsxError> {
        const HEADINGS: [(&str, f64); 9] = [
            ("序号", 8.0),
            ("姓名", 14.0),
            ("性别", 6.0),
            ("出生日期", 12.0),
            ("身份证号", 22.0),
            ("小组", 16.0),
            ("户", 12.0),
            ("来源", 30.0),
            (OPEN, 60.0),
        ];
        let rows =
            self.people.iter().enumerate().map(|(at, person)| self.row(at, person).into_iter());
        workbook("选民名册", &HEADINGS, rows, |_| Ok(()))
    }

    fn row(&self, at: usize, person: &Person) -> [String; 9] {
        // A birth known in full, and a number whose check holds, are surest.
        let exact =
            self.first(person, |_, voter| voter.birth.filter(|birth| birth.exact().is_some()));
        let birth = exact.or_else(|| self.first(person, |_, voter| voter.birth));
        let sound = |_: &VoterRoll, voter: &'m Voter| {
            voter.id_number.as_ref().map(Personal::expose).filter(|id| id.check_holds())
        };
        let id: Option<&IdNumber> = self.first(person, sound).or_else(|| {
            self.first(person, |_, voter| voter.id_number.as_ref().map(Personal::expose))
        });
        let sources: Vec<&str> =
            self.said(person).map(|(source, _)| source.name.as_str()).collect();
        [
            (at + 1).to_string(),
            self.first(person, |_, voter| Some(voter.name.as_str().to_owned())).unwrap_or_default(),
            self.first(person, |_, voter| Some(voter.sex?.name().to_owned())).unwrap_or_default(),
            birth.as_ref().map(PartialDate::to_string).unwrap_or_default(),
            id.map(|id| id.as_str().to_owned()).unwrap_or_default(),
            self.said(person).find_map(|(source, voter)| source.group(voter)).unwrap_or_default(),
            self.first(person, |roll, voter| {
                Some(roll.households.name(voter.household?).to_owned())
            })
            .unwrap_or_default(),
            sources.join("、"),
            self.questions(person).join("；"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_bytes, read_clean};
    use super::*;

    fn source(name: &str, rows: &str) -> Source {
        let roll = read_clean(&format!("姓名,性别,出生日期,小组\n{rows}"));
        Source { name: name.into(), roll, found: Report::new(), group: None }
    }

    #[test]
    fn takes_questions_over_with_the_people() {
        let (roll, found) =
            read_bytes("姓名,性别,小组,备注\n张三,男,一组,死亡\n李四,难,一组,\n".as_bytes());
        let sources = [
            Source { name: "上届".into(), roll: roll.expect("a roll"), found, group: None },
            source("派出所", "张三,男,,一组\n李四,女,,一组\n"),
        ];
        let merged = merge(&sources);
        let asked: Vec<String> =
            merged.people.iter().map(|one| merged.row(0, one)[8].clone()).collect();
        assert_eq!(asked, ["上届：这里写着“死亡”：还是选民吗？", "上届：性别写得看不懂"]);
        assert_eq!(merged.figures().questions, 2);
    }

    #[test]
    fn takes_everybody_once_and_asks() {
        let sources = [
            source(
                "上届",
                "张三,男,1987-03-05,一组\n李四,女,1990-01-02,一组\n王五,男,1950-01-01,二组\n",
            ),
            source(
                "派出所",
                "李四,女,1990-01-02,二组\n张三,男,1987-03-05,一组\n赵六,女,2000-01-01,一组\n",
            ),
            source(
                "户口簿",
                "赵六,女,2000-01-01,一组\n张三,男,1987-03-05,一组\n王五,男,1950-01-01,二组\n",
            ),
        ];
        let merged = merge(&sources);
        let figures = merged.figures();
        assert_eq!((figures.people, figures.in_all, figures.questions), (4, 1, 3));
        assert_eq!(figures.sources[0], ("上届".into(), 3, 0));
        let rows: Vec<_> =
            merged.people.iter().enumerate().map(|(at, one)| merged.row(at, one)).collect();
        let names: Vec<&str> = rows.iter().map(|row| row[1].as_str()).collect();
        assert_eq!(names, ["张三", "李四", "王五", "赵六"]);
        assert_eq!(
            rows[1][8],
            "上届、派出所有，户口簿没有：是选民吗？；小组不同：上届是“一组”，派出所是“二组”"
        );
        assert_eq!(rows[3][7], "派出所、户口簿");
    }

    #[test]
    fn joins_the_files_of_groups() {
        let joined = |files: [(&str, &str); 2]| {
            let read = files.map(|(name, rows)| (name.into(), read_clean(rows), Report::new()));
            let sources = sources(read.into());
            let merged = merge(&sources);
            assert_eq!(merged.figures().questions, 0);
            let groups = merged.people.iter().map(|one| merged.row(0, one)[5].clone());
            groups.collect::<Vec<_>>()
        };
        let alone = "姓名,性别\n李四,女\n王五,男\n";
        let first = ("甲", "姓名,性别,小组\n张三,男,一组\n");
        assert_eq!(joined([first, ("二组", alone)]), ["一组", "二组", "二组"]);
        let other = ("靠山屯", "姓名,性别\n张三,男\n");
        assert_eq!(joined([other, ("赵家屯", alone)]), ["靠山屯", "赵家屯", "赵家屯"]);
    }

    #[test]
    fn keeps_namesakes_apart() {
        let sources =
            [source("甲", "张三,男,1987-03-05,一组\n"), source("乙", "张三,女,1960-01-01,一组\n")];
        assert_eq!(merge(&sources).figures().people, 2);
    }
}
