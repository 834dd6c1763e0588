//! The days off of the years to come, against two calendars that know nothing
//! of each other.

use std::collections::BTreeSet;
use std::process::Command;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use zhangbang::law::calendar::holiday_on;

use crate::support::python;

const YEARS: std::ops::RangeInclusive<i16> = 2027..=2035;

/// What both calendars say; `None` if they are not there.
fn told() -> Option<String> {
    let judge = crate::support::judge_script("festivals.py");
    let years = [YEARS.start().to_string(), YEARS.end().to_string()];
    let output = Command::new(python()).arg(judge).args(years).output().ok()?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    if complaint.contains("ModuleNotFoundError") {
        return None;
    }
    assert!(output.status.success(), "{complaint}");
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn festivals_are_days_off_as_both_calendars_say() {
    let Some(told) = told() else {
        eprintln!("not tested: no python with ephem and lunardate; `make test` brings both");
        return;
    };
    let mut lines = 0;
    for line in told.lines() {
        let [year, festival, calendar, days @ ..] = &line.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let days: BTreeSet<Date> = days.iter().map(|day| day.parse().unwrap()).collect();
        let first = date(year.parse().unwrap(), 1, 1);
        let year = first.series(1.day()).take_while(|day| day.year() == first.year());
        let ours: BTreeSet<Date> = year.filter(|day| holiday_on(*day) == Some(*festival)).collect();
        assert_eq!(ours, days, "{line} ({calendar})");
        lines += 1;
    }
    assert_eq!(lines, YEARS.count() * 4 * 2);
}
