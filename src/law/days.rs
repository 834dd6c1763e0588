//! Counting days as 民法典 第二百零一、二百零三条 does, and days of rest.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan as _};
use serde::Deserialize;

use super::parameter::MonthDay;
use crate::election::date::PartialDate;

static HOLIDAYS: LazyLock<Holidays> = LazyLock::new(|| {
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/holidays.yaml"));
    // The file is part of the program; a test reads it.
    serde_yaml::from_str::<Table>(text).map(Holidays::from).unwrap_or_default()
});

/// The day `days` before `day`: of “选举日的二十日前”, the last day that will do.
/// That a period is counted back like this is an interpretation, not the text.
pub(super) fn before(day: Date, days: u32) -> Date {
    day.saturating_sub(span(days))
}

/// The day `days` after `day`.
pub(super) fn after(day: Date, days: u32) -> Date {
    day.saturating_add(span(days))
}

/// No period of the law's is longer than a century; a number beyond that is a
/// slip, and must not break the reckoning.
fn span(days: u32) -> Span {
    i64::from(days.min(36_525)).days()
}

/// The last day of a period of `days` that begins with `start`: the first day
/// is not counted (第二百零一条), and a last day of rest gives way to the next
/// working day (第二百零三条).
pub(super) fn end_of_period(start: Date, days: u32) -> Date {
    let mut end = after(start, days);
    while is_rest_day(end) && end < Date::MAX {
        end = end.saturating_add(1.day());
    }
    end
}

/// The last day of a period of months that begins with `start`.
pub(super) fn end_of_months(start: Date, months: u32) -> Date {
    end_of_period(start.saturating_add(i64::from(months.min(1200)).months()), 0)
}

/// Whole days from one day to another; negative if `to` is earlier.
pub(super) fn between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// Whether nobody need act on `day`: a holiday, or a weekend that was not made
/// a working day.
pub(super) fn is_rest_day(day: Date) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    holiday(day).is_some() || weekend && !HOLIDAYS.working.contains(&day)
}

/// The statutory holiday that falls on `day`, or whose days off include it.
pub(super) fn holiday(day: Date) -> Option<&'static str> {
    let listed = HOLIDAYS.off.get(&day).map(String::as_str);
    // A year whose notice is known needs no rule of thumb.
    listed.or_else(|| {
        let unlisted = !HOLIDAYS.listed_years.contains(&day.year());
        let fixed = HOLIDAYS
            .every_year
            .iter()
            .find(|(on, _)| (on.month, on.day) == (day.month(), day.day()));
        fixed.filter(|_| unlisted).map(|(_, name)| name.as_str())
    })
}

/// `2017年4月24日`; what is not known of it is left out.
pub(super) fn say(date: impl Into<PartialDate>) -> String {
    let date = date.into();
    let month = date.month().map_or_else(String::new, |month| format!("{month}月"));
    let day = date.day().map_or_else(String::new, |day| format!("{day}日"));
    format!("{}年{month}{day}", date.year())
}

#[derive(Default)]
struct Holidays {
    off: BTreeMap<Date, String>,
    working: Vec<Date>,
    every_year: Vec<(MonthDay, String)>,
    listed_years: Vec<i16>,
}

/// `data/holidays.yaml`: for each year, the days of each holiday; under 上班
/// the weekends that are worked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    every_year: BTreeMap<String, Vec<MonthDay>>,
    festivals: BTreeMap<i16, BTreeMap<String, Vec<Days>>>,
    years: BTreeMap<i16, BTreeMap<String, Vec<Days>>>,
}

/// `2026-05-01` or `2026-05-01..2026-05-05`.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Days {
    first: Date,
    last: Date,
}

impl TryFrom<String> for Days {
    type Error = jiff::Error;

    fn try_from(text: String) -> Result<Self, jiff::Error> {
        let (first, last) = text.split_once("..").unwrap_or((&text, &text));
        Ok(Self { first: first.parse()?, last: last.parse()? })
    }
}

impl Days {
    fn each(&self) -> impl Iterator<Item = Date> {
        let last = self.last;
        self.first.series(1.day()).take_while(move |&day| day <= last)
    }
}

impl From<Table> for Holidays {
    fn from(table: Table) -> Self {
        let mut holidays =
            Self { listed_years: table.years.keys().copied().collect(), ..Self::default() };
        for (name, days) in table.every_year {
            holidays.every_year.extend(days.into_iter().map(|day| (day, name.clone())));
        }
        for (name, days) in table.festivals.into_values().chain(table.years.into_values()).flatten()
        {
            for day in days.iter().flat_map(Days::each) {
                if name == "上班" {
                    holidays.working.push(day);
                } else {
                    holidays.off.insert(day, name.clone());
                }
            }
        }
        holidays
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_table_of_holidays_can_be_read() {
        let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/holidays.yaml"));
        serde_yaml::from_str::<Table>(text).unwrap();
        assert_eq!(holiday(date(2026, 5, 5)), Some("劳动节"));
        assert_eq!(holiday(date(2026, 5, 6)), None);
        assert_eq!(holiday(date(2040, 10, 3)), Some("国庆节"));
        let eve_and_three_days = [date(2027, 2, 5), date(2027, 2, 8), date(2030, 2, 5)];
        assert!(eve_and_three_days.iter().all(|day| holiday(*day) == Some("春节")));
        assert_eq!(holiday(date(2030, 2, 1)), None);
    }

    #[test]
    fn a_shifted_weekend_is_worked() {
        assert!(!is_rest_day(date(2026, 5, 9)), "调休");
        assert!(is_rest_day(date(2026, 5, 10)));
        assert!(is_rest_day(date(2026, 5, 4)), "a Monday within the holiday");
    }

    #[test]
    fn the_first_day_is_not_counted() {
        assert_eq!(before(date(2017, 5, 14), 20), date(2017, 4, 24));
        assert_eq!(end_of_period(date(2026, 4, 20), 3), date(2026, 4, 23));
    }

    #[test]
    fn a_period_does_not_end_on_a_day_of_rest() {
        // 2026-05-01 to 05-05 are off.
        assert_eq!(end_of_period(date(2026, 4, 26), 5), date(2026, 5, 6));
        assert_eq!(end_of_period(date(2026, 5, 4), 5), date(2026, 5, 9), "the Saturday is worked");
        assert_eq!(end_of_period(date(2017, 5, 14), 10), date(2017, 5, 24));
    }

    proptest! {
        #[test]
        fn periods_end_on_working_days(start in 0i64..40_000, days in 0u32..60) {
            let start = date(1990, 1, 1).saturating_add(start.days());
            let end = end_of_period(start, days);
            prop_assert!(!is_rest_day(end));
            prop_assert!(between(start, end) >= i32::try_from(days).unwrap());
        }
    }
}
