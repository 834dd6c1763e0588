//! Dates as a secretary writes them, known whole or in part.

use std::fmt;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::text;

/// A date of which the day, or the month and the day, may be unknown:
/// `2017-05-14`, `2017-04`, `2017`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateError {
    /// It does not have the form of a date.
    Form,
    /// It has the form of a date, of a year in which nobody votes.
    Year,
    /// It has the form of a date, but the calendar has no such day.
    NoSuchDay,
}

impl PartialDate {
    /// Reads `2017-5-14`, `2017/5/14`, `2017.5.14`, `2017年5月14日` and their
    /// beginnings. Full-width digits are read as digits.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let text: String = text.trim().chars().map(half_width).collect();
        let text = text.trim_end_matches(['日', '号']);
        let text = text.strip_suffix('月').or(text.strip_suffix('年')).unwrap_or(text);
        let parts = text
            .split(['-', '/', '.', '年', '月'])
            .map(|part| part.trim().parse::<i16>().ok().filter(|_| part.len() <= 4))
            .collect::<Option<Vec<i16>>>()
            .ok_or(DateError::Form)?;
        let (year, month, day) = match parts[..] {
            [year] => (year, None, None),
            [year, month] => (year, Some(month), None),
            [year, month, day] => (year, Some(month), Some(day)),
            _ => return Err(DateError::Form),
        };
        if !(1900..=2199).contains(&year) {
            let is_year = parts.len() > 1 && has_four_digits(text);
            return Err(if is_year { DateError::Year } else { DateError::Form });
        }
        let small =
            |n: Option<i16>| n.map(i8::try_from).transpose().map_err(|_| DateError::NoSuchDay);
        let (month, day) = (small(month)?, small(day)?);
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).map_err(|_| DateError::NoSuchDay)?;
        Ok(Self { year, month, day })
    }

    /// The date, if it is known whole.
    pub fn exact(self) -> Option<Date> {
        Date::new(self.year, self.month?, self.day?).ok()
    }

    /// The first day it can have been.
    pub fn earliest(self) -> Date {
        Date::constant(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day it can have been.
    pub fn latest(self) -> Date {
        match (self.month, self.day) {
            (Some(month), Some(day)) => Date::constant(self.year, month, day),
            (month, _) => Date::constant(self.year, month.unwrap_or(12), 1).last_of_month(),
        }
    }

    /// Whether one of two may be the other, told less exactly: 1969-07 and 1969-07-12.
    pub fn may_be(self, other: Self) -> bool {
        let holds = |wide: Self, narrow: Self| {
            wide.earliest() <= narrow.earliest() && narrow.latest() <= wide.latest()
        };
        holds(self, other) || holds(other, self)
    }

    pub fn year(self) -> i16 {
        self.year
    }

    pub fn month(self) -> Option<i8> {
        self.month
    }

    pub fn day(self) -> Option<i8> {
        self.day
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        Self { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }
}

/// As far as it is known, in the form of ISO 8601: `2017-05-14`, `2017-04`.
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month.map_or(Ok(()), |month| write!(f, "-{month:02}"))?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Full years of age on `day`. A person born on 29 February comes of age on
/// 1 March of a common year.
pub fn age_on(birth: Date, day: Date) -> i16 {
    let before_birthday = (day.month(), day.day()) < (birth.month(), birth.day());
    day.year() - birth.year() - i16::from(before_birthday)
}

/// Whether a text begins as a year does; `5月14日` does not.
fn has_four_digits(text: &str) -> bool {
    text.trim_start().chars().take_while(char::is_ascii_digit).count() == 4
}

fn half_width(c: char) -> char {
    match c {
        '—' | '–' => '-',
        _ => text::half(c),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn parse(text: &str) -> Result<String, DateError> {
        PartialDate::parse(text).map(|date| date.to_string())
    }

    #[test]
    fn reads_the_ways_people_write_dates() {
        for text in [
            "2017-05-14",
            "2017/5/14",
            "2017.5.14",
            "2017年5月14日",
            "２０１７－０５－１４",
            " 2017-5-14 ",
        ] {
            assert_eq!(parse(text), Ok("2017-05-14".into()), "{text}");
        }
        assert_eq!(parse("2017-04"), Ok("2017-04".into()));
        assert_eq!(parse("2017年4月"), Ok("2017-04".into()));
        assert_eq!(parse("2017"), Ok("2017".into()));
    }

    #[test]
    fn refuses_what_is_no_date() {
        assert_eq!(parse("2017-02-30"), Err(DateError::NoSuchDay));
        assert_eq!(parse("2017-13-01"), Err(DateError::NoSuchDay));
        assert_eq!(parse("2017-0-1"), Err(DateError::NoSuchDay));
        assert_eq!(parse("0017-05-14"), Err(DateError::Year));
        assert_eq!(parse("9999-05-14"), Err(DateError::Year));
        for text in ["", "五月十四日", "5月14日", "2017-05-14-1", "20170514", "2017--14"] {
            assert_eq!(parse(text), Err(DateError::Form), "{text}");
        }
    }

    #[test]
    fn comes_of_age_on_the_birthday() {
        let day = date(2017, 5, 14);
        assert_eq!(age_on(date(1999, 5, 14), day), 18);
        assert_eq!(age_on(date(1999, 5, 15), day), 17);
        assert_eq!(age_on(date(2000, 2, 29), date(2018, 2, 28)), 17);
        assert_eq!(age_on(date(2000, 2, 29), date(2018, 3, 1)), 18);
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC*") {
            let _ = PartialDate::parse(&text);
        }

        #[test]
        fn every_day_survives_printing(days in 0i32..100_000) {
            let day = date(1900, 1, 1).saturating_add(jiff::Span::new().days(days));
            let read = PartialDate::parse(&day.to_string()).unwrap();
            prop_assert_eq!(read.exact(), Some(day));
            prop_assert!(read.earliest() == day && read.latest() == day);
        }
    }
}
