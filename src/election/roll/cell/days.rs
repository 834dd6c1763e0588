//! The days of the election that lines beside a roll tell.

use jiff::civil::Date;

use super::words::{compact, has_any};
use crate::election::date::PartialDate;

/// What a line says that the election is held by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// 选举日：2026年12月20日
    ElectionDay(Date),
    /// 截止2026年12月20日年满18周岁
    OfAgeOn(Date),
    /// 2008年12月20日以前出生
    BornUntil(Date),
}

/// What a line tells of the day of the election, or by which day voters are of age.
pub(crate) fn told_day(line: &str) -> Option<Told> {
    const LONGEST: usize = 60;
    const ELECTION: [&str; 6] =
        ["选举日", "投票日", "选举日期", "投票日期", "选举时间", "投票时间"];
    const OF_AGE: [&str; 4] = ["满18", "满十八", "18周岁", "十八周岁"];
    if !line.contains(|c: char| c.is_ascii_digit()) || line.chars().nth(LONGEST).is_some() {
        return None;
    }
    let line = compact(line);
    let (before, day, after) = day_within(&line)?;
    let label = before.trim_end_matches([':', '：', '为', '是', '定', '于', '(', '（']);
    let is_born = after.trim_start_matches(['(', '（', '含', ')', '）']);
    let is_born = ["前出生", "以前出生", "之前出生"].iter().any(|end| is_born.starts_with(end));
    match () {
        () if ELECTION.iter().any(|word| label.ends_with(word)) => Some(Told::ElectionDay(day)),
        () if is_born && has_any(&line, &["选民", "公民", "村民", "居民", "周岁"]) => {
            Some(Told::BornUntil(day))
        }
        // By the day of registration nobody need be of age.
        () if has_any(&line, &OF_AGE) && !line.contains("登记日") => Some(Told::OfAgeOn(day)),
        () => None,
    }
}

/// The first whole date in a text, with what stands before and behind it.
fn day_within(text: &str) -> Option<(&str, Date, &str)> {
    const YEAR: usize = 4;
    let is_digit = |c: char| c.is_ascii_digit();
    let mut from = 0;
    while let Some(begin) = text[from..].find(is_digit).map(|at| from + at) {
        let is_date = |c: char| is_digit(c) || "年月日号.-/".contains(c);
        let rest = &text[begin..];
        let end = begin + rest.find(|c| !is_date(c)).unwrap_or(rest.len());
        let named = text[begin..end].find(['日', '号']);
        let end = named.map_or(end, |at| begin + at + '日'.len_utf8());
        let said = &text[begin..end];
        let year = said.find(|c| !is_digit(c)).unwrap_or(said.len());
        let day = if year == YEAR { PartialDate::parse(said).ok() } else { None };
        if let Some(day) = day.and_then(PartialDate::exact) {
            return Some((&text[..begin], day, &text[end..]));
        }
        from = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn knows_the_day_that_a_line_tells() {
        let day = date(2026, 12, 20);
        for (line, told) in [
            ("选举日：2026年12月20日", Some(Told::ElectionDay(day))),
            ("（投票日期：2026-12-20）", Some(Told::ElectionDay(day))),
            ("选举日定于2026年12月20日", Some(Told::ElectionDay(day))),
            ("截止2026年12月20日年满18周岁的选民", Some(Told::OfAgeOn(day))),
            ("年龄计算到2026.12.20，满18周岁", Some(Told::OfAgeOn(day))),
            ("2008年12月20日（含）以前出生的村民", Some(Told::BornUntil(date(2008, 12, 20)))),
            ("填表日期：2026年12月20日", None),
            ("2026年12月20日", None),
            ("选举日：12月20日", None),
            ("身份证号 20261220年满18周岁", None),
        ] {
            assert_eq!(told_day(line), told, "{line}");
        }
    }
}
