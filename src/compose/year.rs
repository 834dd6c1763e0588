//! A year in figures, for the summary at its end: each with how long its bar is.

use serde::Serialize;

use super::facts::{ElectedPerson, GroupCount, Outcome};
use super::timetable;
use crate::election::Dossier;
use crate::election::date::PartialDate;
use crate::election::model::Education;
use crate::election::person::Sex;
use crate::election::words::Words;
use crate::law::Occasion;
use crate::law::steps::{Part, STEPS, Step};

/// What the summary of a year adds to the facts of an election.
#[derive(Debug, Serialize)]
pub(super) struct Year {
    /// The year that it is of; of the election day, unless another is written.
    pub year: Option<i16>,
    /// What was done, in the order of its days.
    pub steps: Vec<Done>,
    /// The voters of each group.
    pub groups: Vec<Bar>,
    /// Who of those who could vote took part.
    pub turnout: Vec<Bar>,
    /// Those elected, by sex, age and schooling; empty if nobody is known.
    pub sexes: Vec<Bar>,
    pub ages: Vec<Bar>,
    pub schooling: Vec<Bar>,
}

#[derive(Debug, Serialize)]
pub(super) struct Done {
    pub when: String,
    pub work: String,
}

/// A figure of a chart.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Bar {
    pub name: String,
    pub count: usize,
    /// Of the longest bar of its chart, in percent.
    pub percent: usize,
}

impl Year {
    pub(super) fn of(
        dossier: &Dossier,
        words: &Words,
        groups: &[GroupCount],
        outcome: Option<&Outcome>,
        elected: &[ElectedPerson],
    ) -> Self {
        let election = &dossier.election;
        let own = election.year_end.get().and_then(|summary| summary.year.value());
        let day = election.election_day.value().map(PartialDate::year);
        Self {
            year: own.and_then(|year| i16::try_from(year).ok()).or(day),
            steps: steps(dossier, words),
            groups: of_groups(groups),
            turnout: outcome.map(of_turnout).unwrap_or_default(),
            sexes: classes(elected, &["男", "女"], |one| {
                one.sex.map(|sex| usize::from(sex == Sex::Female))
            }),
            ages: classes(
                elected,
                &["35岁以下", "36至45岁", "46至60岁", "61岁以上"],
                |one| one.age.map(|age| [36, 46, 61].iter().filter(|&&bound| age >= bound).count()),
            ),
            schooling: of_schooling(elected),
        }
    }
}

/// The steps of this election that are told to have been done.
fn steps(dossier: &Dossier, words: &Words) -> Vec<Done> {
    let word = |name: &str| words.get(name).unwrap_or_default().to_owned();
    let done = STEPS.iter().filter(|step| {
        step.part() != Part::End
            && step.occasion() == Some(Occasion::Election)
            && (step.in_plans || step.comes_after_the_day())
            && (step.content.is_empty() || step.is_told(dossier))
    });
    let mut done: Vec<_> =
        done.filter_map(|step| Some((step.days(&dossier.election)?, step))).collect();
    done.sort_by_key(|((from, _), _)| from.earliest());
    let told = |((from, to), step): ((PartialDate, PartialDate), &Step)| Done {
        when: timetable::span(from, to),
        work: step.work(word),
    };
    done.into_iter().map(told).collect()
}

fn of_groups(groups: &[GroupCount]) -> Vec<Bar> {
    let counted = groups.iter().map(|group| Some((group.name.clone(), group.voters?)));
    let counted: Option<Vec<_>> = counted.collect();
    // One bar compares nothing.
    counted.filter(|groups| groups.len() > 1).map(bars).unwrap_or_default()
}

fn of_turnout(outcome: &Outcome) -> Vec<Bar> {
    let count = |count: Option<u32>| count.map(|count| count as usize);
    let (Some(all), Some(came)) =
        (count(outcome.turnout.electorate), count(outcome.turnout.participants))
    else {
        return Vec::new();
    };
    let Some(stayed) = all.checked_sub(came) else { return Vec::new() };
    bars(vec![("参加投票".to_owned(), came), ("没有参加".to_owned(), stayed)])
}

/// By the last school that somebody went to, the highest first.
fn of_schooling(elected: &[ElectedPerson]) -> Vec<Bar> {
    let is_met = |name: &&str| elected.iter().any(|one| one.education == Some(*name));
    let all = Education::ALL.iter().rev().map(|education| education.name());
    let names: Vec<&str> = all.filter(is_met).collect();
    classes(elected, &names, |one| names.iter().position(|name| Some(*name) == one.education))
}

/// How many of those elected are of which class, and of how many it is not known.
fn classes(
    elected: &[ElectedPerson],
    names: &[&str],
    class: impl Fn(&ElectedPerson) -> Option<usize>,
) -> Vec<Bar> {
    let mut counts = vec![0; names.len()];
    let mut unknown = 0;
    for one in elected {
        match class(one) {
            Some(class) => counts[class] += 1,
            None => unknown += 1,
        }
    }
    if unknown == elected.len() {
        return Vec::new();
    }
    let known = names.iter().map(|&name| name.to_owned()).zip(counts);
    let unknown = Some(("不详".to_owned(), unknown)).filter(|(_, count)| *count > 0);
    bars(known.chain(unknown).collect())
}

fn bars(figures: Vec<(String, usize)>) -> Vec<Bar> {
    let longest = figures.iter().map(|(_, count)| *count).max().unwrap_or_default().max(1);
    // Rounded; what is not nothing is seen.
    let percent = |count: usize| match (count * 100 + longest / 2) / longest {
        0 if count > 0 => 1,
        percent => percent,
    };
    let bar = |(name, count): (String, usize)| Bar { name, count, percent: percent(count) };
    figures.into_iter().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::facts::Facts;
    use crate::law::testing::governed;

    fn year(rest: &str) -> Year {
        let (dossier, profile) = governed(&format!(
            "类别: 社区\n社区: {{名称: 河湾社区, 街道: 河湾镇}}\n届次: 7\n选举日: 2026-05-10\n{rest}"
        ));
        let words = Words::built_in(dossier.election.kind.value().unwrap());
        let facts = Facts::of(&dossier, &profile, words);
        let elected = facts.lists.filing.as_ref().map_or(&[][..], |filing| &filing.people);
        Year::of(&dossier, &facts.words, &facts.voters.groups, facts.outcome.as_ref(), elected)
    }

    fn told(bars: &[Bar]) -> Vec<(&str, usize, usize)> {
        bars.iter().map(|bar| (bar.name.as_str(), bar.count, bar.percent)).collect()
    }

    #[test]
    fn a_bar_is_as_long_as_its_share_of_the_longest() {
        let figures = [("一", 200), ("二", 1), ("三", 0), ("四", 101)];
        let bars = bars(figures.map(|(name, count)| (name.to_owned(), count)).to_vec());
        assert_eq!(told(&bars), [("一", 200, 100), ("二", 1, 1), ("三", 0, 0), ("四", 101, 51)]);
    }

    #[test]
    fn those_elected_are_counted_and_those_of_whom_nothing_is_known_too() {
        let year = year(
            "职数: {主任: 1, 委员: 2}\n选举结果:\n  当选:\n    - {职务: 主任, 姓名: 甲, 性别: 男, 年龄: 35, 学历: 本科}\n    \
             - {职务: 委员, 姓名: 乙, 性别: 女, 年龄: 61, 学历: 高中}\n    - {职务: 委员, 姓名: 丙, 性别: 女, 学历: 本科}\n",
        );
        assert_eq!(told(&year.sexes), [("男", 1, 50), ("女", 2, 100)]);
        let ages = told(&year.ages);
        assert_eq!(ages.iter().map(|(_, count, _)| *count).collect::<Vec<_>>(), [1, 0, 0, 1, 1]);
        assert_eq!(ages.last().unwrap().0, "不详");
        assert_eq!(told(&year.schooling).iter().map(|(_, count, _)| *count).sum::<usize>(), 3);
    }

    #[test]
    fn of_what_nobody_counted_there_is_no_chart() {
        let year = year("小组: [{名称: 一组, 选民数: 20}, {名称: 二组}]\n年终总结: {年度: 2027}\n");
        assert_eq!(year.year, Some(2027));
        assert!(year.groups.is_empty() && year.turnout.is_empty() && year.sexes.is_empty());
    }
}
