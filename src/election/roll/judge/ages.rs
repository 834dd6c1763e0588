//! Of age on the day of the election: births and ages, and whether they agree.

use jiff::civil::Date;

use super::{CHECK_CARD, Judge, VotingAge};
use crate::diagnostic::{Diagnostic, Severity};
use crate::election::date::{PartialDate, age_on};
use crate::election::roll::cell::shown::quote;
use crate::election::roll::cell::words::year_in;
use crate::election::roll::{Column, Voter};

/// Nobody has lived longer, to the credit of registers.
const OLDEST: i16 = 120;

/// From which age it is asked about.
const OLD: i16 = 110;

impl Judge<'_> {
    /// The column to look at for the birth: that of the ID number, if the roll
    /// has no other.
    pub(super) fn birth_column(&self, voter: &Voter) -> Column {
        let header = &self.roll.block(voter.row).header;
        [Column::Birth, Column::BirthYear]
            .into_iter()
            .find(|&column| header.has(column))
            .unwrap_or(Column::IdNumber)
    }

    pub(super) fn age(&mut self, voter: &Voter) {
        self.stated_age(voter);
        let (Some(birth), Some(day)) = (voter.birth, self.facts.election_day) else { return };
        let column = self.birth_column(voter);
        let who = || quote(voter.name.as_str());
        if birth.earliest() > day {
            let message = format!("{}的出生日期在选举日 {day} 之后", who());
            self.error(voter, column, "roll-birth-range", message, CHECK_CARD);
        } else if age_on(birth.latest(), day) > OLDEST {
            let message = format!("{}的年龄超过 {OLDEST} 岁", who());
            self.error(voter, column, "roll-birth-range", message, CHECK_CARD);
        } else if let Some(age) = &self.facts.voting_age {
            self.voting_age(voter, birth, day, age);
        }
        self.very_old(voter, column, age_on(birth.latest(), day));
        self.age_against_birth(voter, birth, day);
    }

    /// Few live so long; mostly it is a slip, or nobody told of a death.
    fn very_old(&mut self, voter: &Voter, column: Column, age: i16) {
        const CODE: &str = "roll-birth-range";
        if !(OLD..=OLDEST).contains(&age) {
            return;
        }
        self.findings.add(self.roll, CODE, |code| {
            let message = format!("{}有 {age} 岁，核实过吗？", quote(voter.name.as_str()));
            Diagnostic::warning(code, message)
                .at(self.roll.place(voter.row, column))
                .help("对照身份证或户口簿；确是这样的，在待核对清单里答“无误”")
        });
    }

    /// An age is true on some day, which may be some years ago.
    fn age_against_birth(&mut self, voter: &Voter, birth: PartialDate, day: Date) {
        const YEARS: i16 = 5;
        let Some(stated) = voter.age.map(i16::from) else { return };
        let oldest = age_on(birth.earliest(), day);
        let is_off = stated > oldest + 2 || stated + YEARS < age_on(birth.latest(), day);
        if is_off {
            let place = self.roll.place(voter.row, Column::Age);
            let message = format!("{}的年龄与出生日期对不上", quote(voter.name.as_str()));
            self.findings.add(self.roll, "roll-age-birth", |code| {
                Diagnostic::warning(code, message).at(place).help(CHECK_CARD)
            });
        }
    }

    /// 1970-5 among days of birth: what is rare was cut short, or nobody knew better.
    pub(super) fn births_cut_short(&mut self) {
        const OFTEN: usize = 10;
        let (roll, mut days) = (self.roll, 0_usize);
        let mut short: Vec<&Voter> = Vec::new();
        for voter in roll.voters.iter().filter(|voter| voter.id_number.is_none()) {
            match voter.birth {
                Some(birth) if birth.exact().is_none() => short.push(voter),
                birth => days += usize::from(birth.is_some()),
            }
        }
        if short.len() * OFTEN > days {
            return;
        }
        for voter in short {
            let place = roll.place(voter.row, self.birth_column(voter));
            let message = format!("{}的出生日期没有写到日", quote(voter.name.as_str()));
            self.findings.add(roll, "roll-birth", |code| {
                Diagnostic::warning(code, message)
                    .at(place)
                    .help("对照户口簿补上；确实不知道的，在待核对清单里答“无误”")
            });
        }
    }

    /// Ages that are too small by some years throughout were copied from the list of the
    /// last term.
    pub(super) fn ages(&mut self) {
        const FEWEST: usize = 10;
        const YEARS: i16 = 3;
        let (roll, Some(day)) = (self.roll, self.facts.election_day) else { return };
        let lag = |voter: &Voter| {
            let (age, birth) = voter.age.zip(voter.birth)?;
            Some(age_on(birth.latest(), day) - i16::from(age))
        };
        let mut lags: Vec<i16> = roll.voters.iter().filter_map(lag).collect();
        let Some(first) = roll.voters.iter().find(|voter| lag(voter).is_some()) else { return };
        let late = lags.iter().filter(|lag| **lag >= YEARS).count();
        if lags.len() < FEWEST || late * 10 < lags.len() * 9 {
            return;
        }
        lags.sort_unstable();
        let years = lags[lags.len() / 2];
        self.findings.add(roll, "roll-sheet-again", |code| {
            let message = format!("年龄大都比按出生日期算的小 {years} 岁左右：是往届的名册吗？");
            Diagnostic::warning(code, message).at(roll.place(first.row, Column::Age)).help(
                "是往届的，换成这一届的名册；是这一届的，改正年龄一列，或在待核对清单里答“无误”",
            )
        });
    }

    /// Where an age is all that is known, it is asked about, not judged: it was
    /// true on some other day.
    fn stated_age(&mut self, voter: &Voter) {
        const ADULT: i16 = 18;
        let Some(age) = voter.age.filter(|_| voter.birth.is_none()) else { return };
        let (years, basis) = match &self.facts.voting_age {
            Some(age) => (age.years, Some(age.basis.as_str())),
            None => (ADULT, None),
        };
        if self.age_now(voter, age) < years {
            let place = self.roll.place(voter.row, Column::Age);
            let who = quote(voter.name.as_str());
            let header = &self.roll.block(voter.row).header;
            let is_nominal = header.get(Column::Age).is_some_and(|it| it.text.contains('虚'));
            let message = match is_nominal {
                true => format!("{who}写的是虚岁，可能只有 {age} 周岁，不满 {years} 周岁"),
                false => format!("{who}写的是 {age} 岁，不满 {years} 周岁"),
            };
            self.findings.add(self.roll, "roll-under-age", |code| {
                let told = Diagnostic::warning(code, message)
                    .at(place)
                    .help("查出生日期，到选举日不满的，从名册中去掉");
                match basis {
                    Some(basis) => told.basis(basis),
                    None => told,
                }
            });
        }
    }

    /// An age to which its heading gives a year, as it is by now: 周岁（截至2021年）.
    fn age_now(&self, voter: &Voter, age: u8) -> i16 {
        let header = &self.roll.block(voter.row).header;
        let year = header.get(Column::Age).and_then(|heading| year_in(&heading.text));
        let years = year.zip(self.facts.election_day).map_or(0, |(year, day)| {
            (day.year() - i16::try_from(year).unwrap_or(day.year())).max(0)
        });
        i16::from(age) + years
    }

    fn voting_age(&mut self, voter: &Voter, birth: PartialDate, day: Date, age: &VotingAge) {
        let column = self.birth_column(voter);
        let place = || self.roll.place(voter.row, column);
        let who = || quote(voter.name.as_str());
        if age_on(birth.earliest(), day) < age.years {
            let (severity, when) = match self.facts.is_day_assumed {
                true => (Severity::Warning, format!("今天（{day}）")),
                false => (Severity::Error, format!("选举日 {day} ")),
            };
            self.findings.add(self.roll, "roll-under-age", |code| {
                let message = format!("{}到{when}不满 {} 周岁", who(), age.years);
                let help = match self.facts.is_day_assumed {
                    true => "到选举日还不满的，从名册中去掉；选举日那天满的是选民，不要去掉",
                    false => "从名册中去掉；如果出生日期写错，请改正",
                };
                Diagnostic::new(severity, code, message).at(place()).basis(&age.basis).help(help)
            });
        } else if self.facts.is_day_assumed {
            // Who is not sure to be of age today may be so on the day.
        } else if age_on(birth.latest().min(day), day) < age.years {
            self.findings.add(self.roll, "roll-age-unsure", |code| {
                let message = format!(
                    "{}的出生日期不完整，看不出到选举日 {day} 是否年满 {} 周岁",
                    who(),
                    age.years
                );
                Diagnostic::warning(code, message)
                    .at(place())
                    .basis(&age.basis)
                    .help("补全出生日期")
            });
        }
    }
}
