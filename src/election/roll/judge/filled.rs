//! What a spreadsheet fills in where a cell is drawn down: the same from row to row, or one
//! more each time. Nothing is asked of births and sexes that an ID number bears out.

use std::collections::HashMap;

use jiff::ToSpan as _;

use super::Judge;
use crate::diagnostic::Diagnostic;
use crate::election::roll::cell::grouping::number_of;
use crate::election::roll::cell::shown::quote;
use crate::election::roll::{Column, GroupId, Label as _, Voter};

impl Judge<'_> {
    /// Cells of births, ages and sexes that were drawn down.
    pub(super) fn filled_down(&mut self) {
        const SAME: usize = 5;
        const AGES: usize = 10;
        let day = |voter: &Voter| {
            let birth = voter.birth.filter(|_| voter.id_number.is_none())?;
            birth.exact()
        };
        let age = |voter: &Voter| voter.age.filter(|_| voter.birth.is_none());
        self.run(SAME, Column::Birth, "出生日期都一样", |one, next| {
            day(one).is_some() && day(one) == day(next)
        });
        self.run(SAME, Column::Birth, "出生日期逐行加一天", |one, next| {
            let tomorrow = day(one).and_then(|day| day.tomorrow().ok());
            tomorrow.is_some() && tomorrow == day(next)
        });
        for (step, what) in [(1.year(), "出生年份逐行加一"), (1.month(), "出生月份逐行加一")]
        {
            self.run(SAME, Column::Birth, what, |one, next| {
                let later = day(one).and_then(|day| day.checked_add(step).ok());
                later.is_some() && later == day(next)
            });
        }
        self.run(AGES, Column::Age, "年龄逐行加 1", |one, next| {
            age(one).is_some() && age(one).map(|age| age + 1) == age(next)
        });
        const NAMES: usize = 3;
        self.run(NAMES, Column::Name, "姓名都一样", |one, next| {
            let are_two = one.birth.zip(next.birth).is_some_and(|(birth, other)| birth != other);
            are_two && one.name.key() == next.name.key()
        });
        self.one_sex();
        self.one_sex_in_a_group();
        self.sex_left_out();
    }

    /// 一组, 二组, 三组 … from row to row, one person each.
    pub(super) fn groups_filled_down(&mut self, counts: &[(GroupId, usize)]) {
        const FEWEST: usize = 4;
        let roll = self.roll;
        let number = |voter: &Voter| {
            let group = voter.group.filter(|group| counts[group.index()].1 == 1)?;
            roll.block(voter.row).header.get(Column::Group)?;
            number_of(roll.groups.name(group))
        };
        self.run(FEWEST, Column::Group, "小组逐行加 1，每组一人", |one, next| {
            let after = number(one).and_then(|number| number.checked_add(1));
            after.is_some() && after == number(next)
        });
    }

    /// Tells of the rows, `fewest` or more, of which each goes on from the one before.
    fn run(
        &mut self,
        fewest: usize,
        column: Column,
        what: &str,
        goes_on: impl Fn(&Voter, &Voter) -> bool,
    ) {
        let roll = self.roll;
        let follows =
            |one: &Voter, next: &Voter| one.row.sheet == next.row.sheet && goes_on(one, next);
        for rows in roll.voters.chunk_by(follows).filter(|rows| rows.len() >= fewest) {
            self.findings.add(roll, "roll-filled-down", |code| {
                let message = format!("从这一行起连着 {} 行{what}：像是拖动填充时变了", rows.len());
                let place = roll.place(rows[0].row, column);
                Diagnostic::warning(code, message)
                    .at(place)
                    .help("对照户口簿逐行改正；确是这样的，在待核对清单里答“无误”")
            });
        }
    }

    /// 女 in the rows of women, and nothing in the others: men, or nobody knows.
    fn sex_left_out(&mut self) {
        const FEWEST: usize = 3;
        let roll = self.roll;
        let has_column = |voter: &&Voter| roll.block(voter.row).header.has(Column::Sex);
        let (with, without): (Vec<&Voter>, Vec<&Voter>) =
            roll.voters.iter().filter(has_column).partition(|voter| voter.sex.is_some());
        let Some(sex) = with.first().and_then(|voter| voter.sex) else { return };
        let are_two = with.iter().any(|voter| voter.sex != Some(sex));
        if are_two || without.len() < FEWEST || with.len() < FEWEST {
            return;
        }
        self.findings.add(roll, "roll-sex", |code| {
            let message = format!(
                "性别一列只写了“{}”，空着的 {} 人没有读作另一性别",
                sex.name(),
                without.len()
            );
            Diagnostic::warning(code, message)
                .at(roll.place(without[0].row, Column::Sex))
                .help("每个人都写上“男”或“女”")
        });
    }

    /// A group of one sex among others.
    fn one_sex_in_a_group(&mut self) {
        const FEWEST: usize = 10;
        // By group, its first, how many there are, and whether all are of the sex of the first.
        let mut groups: HashMap<GroupId, (&Voter, usize, bool)> = HashMap::new();
        for voter in &self.roll.voters {
            let Some(group) = voter.group else { continue };
            let (first, count, are_one) = groups.entry(group).or_insert((voter, 0, true));
            *count += 1;
            *are_one &= voter.sex.is_some() && voter.sex == first.sex && voter.id_number.is_none();
        }
        let all = groups.len();
        groups.retain(|_, (_, count, are_one)| *are_one && *count >= FEWEST);
        // More are lists of the men and of the women.
        let (Some((group, (first, count, _))), 1) = (groups.iter().next(), groups.len()) else {
            return;
        };
        let Some(sex) = first.sex else { return };
        if all < 2 {
            return;
        }
        self.findings.add(self.roll, "roll-filled-down", |code| {
            let name = quote(self.roll.groups.name(*group));
            let message = format!("{name} {count} 人的性别都是“{}”", sex.name());
            Diagnostic::warning(code, message)
                .at(self.roll.place(first.row, Column::Sex))
                .help("是拖动填充时变了的，逐行改正；确是这样的，在待核对清单里答“无误”")
        });
    }

    /// No roll of a place is of men only, or of women.
    fn one_sex(&mut self) {
        const FEWEST: usize = 10;
        let voters = &self.roll.voters;
        let sex = voters.first().and_then(|voter| voter.sex);
        let Some(sex) = sex.filter(|_| voters.len() >= FEWEST) else { return };
        if voters.iter().any(|voter| voter.sex != Some(sex) || voter.id_number.is_some()) {
            return;
        }
        self.findings.add(self.roll, "roll-filled-down", |code| {
            let message = format!("全部 {} 人的性别都是“{}”", voters.len(), sex.name());
            let place = self.roll.place(voters[0].row, Column::Sex);
            Diagnostic::warning(code, message)
                .at(place)
                .help("是拖动填充时变了的，逐行改正；是分男女两份的，把另一份也放进来")
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::election::roll::judge;
    use crate::election::roll::tests::read_clean;
    use crate::election::roll::{RollFacts, VoterRoll};

    fn told(roll: &VoterRoll) -> Vec<String> {
        let mut report = crate::diagnostic::Report::new();
        judge(roll, &RollFacts::default(), &mut report);
        let found = report.iter().filter(|finding| finding.code == "roll-filled-down");
        found.map(|finding| finding.message.clone()).collect()
    }

    #[test]
    fn knows_cells_that_were_drawn_down() {
        let roll = |heading: &str, cells: [&str; 5]| {
            let rows = ["张三", "李四", "王五", "赵六", "钱七"].into_iter().zip(cells);
            let rows: String = rows.map(|(name, cell)| format!("{name},{cell}\n")).collect();
            told(&read_clean(&format!("姓名,{heading}\n{rows}"))).len()
        };
        let days = |days: [u8; 5]| {
            let days = days.map(|day| format!("1950-03-{day:02}"));
            roll("出生日期", days.each_ref().map(String::as_str))
        };
        assert_eq!(days([5, 5, 5, 5, 5]), 1);
        assert_eq!(days([5, 6, 7, 8, 9]), 1);
        assert_eq!(days([5, 5, 6, 6, 7]), 0);
        let years = [1950, 1951, 1952, 1953, 1954].map(|year| format!("{year}-03-05"));
        assert_eq!(roll("出生日期", years.each_ref().map(String::as_str)), 1);
        assert_eq!(roll("小组", ["一组", "二组", "三组", "四组", "五组"]), 1);
        assert_eq!(roll("小组", ["一组", "二组", "三组", "四组", "四组"]), 0);
        assert_eq!(roll("年龄", ["41", "42", "43", "44", "45"]), 0);
    }

    #[test]
    fn knows_that_no_three_of_one_name_follow_one_another() {
        let roll = |names: [&str; 3]| {
            let rows = names.iter().zip(1950..);
            let rows: String = rows.map(|(name, year)| format!("{name},{year}-03-05\n")).collect();
            told(&read_clean(&format!("姓名,出生日期\n{rows}"))).len()
        };
        assert_eq!(roll(["张三", "张三", "张三"]), 1);
        assert_eq!(roll(["张三", "张三", "李四"]), 0);
    }

    #[test]
    fn knows_that_nowhere_are_men_only() {
        let roll = |other: &str| {
            let row = |n| format!("{}{},男,{}\n", surname(n), surname(n + 7), 20 + n * 3 % 60);
            let rows: String = (0..20).map(row).collect();
            told(&read_clean(&format!("姓名,性别,年龄\n{rows}{other}"))).len()
        };
        assert_eq!(roll(""), 1);
        assert_eq!(roll("李四,女,30\n"), 0);
    }

    fn surname(n: usize) -> char {
        "赵钱孙李周吴郑王冯陈".chars().cycle().nth(n).unwrap_or_default()
    }
}
