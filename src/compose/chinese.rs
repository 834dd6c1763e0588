//! Numbers, dates and shares as official Chinese writes them.

use jiff::civil::{Date, Weekday};

use crate::election::date::PartialDate;

/// `6` → `六`, `11` → `十一`, `20` → `二十`, `105` → `一百零五`.
pub fn numeral(number: u64) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    const UNITS: [&str; 4] = ["", "十", "百", "千"];
    if number == 0 {
        return DIGITS[0].into();
    }
    if number >= 10_000 {
        let (high, low) = (number / 10_000, number % 10_000);
        let zero = if (1..1000).contains(&low) { "零" } else { "" };
        let low = if low == 0 { String::new() } else { section(low, &DIGITS, &UNITS) };
        return format!("{}万{zero}{low}", numeral(high));
    }
    let text = section(number, &DIGITS, &UNITS);
    // 十一, not 一十一, at the head of a number.
    match text.strip_prefix("一十") {
        Some(rest) => format!("十{rest}"),
        None => text,
    }
}

fn section(number: u64, digits: &[&str; 10], units: &[&str; 4]) -> String {
    let mut text = String::new();
    let mut pending_zero = false;
    for power in (0..4).rev() {
        let digit = (number / 10u64.pow(power) % 10) as usize;
        if digit == 0 {
            pending_zero = !text.is_empty();
            continue;
        }
        if pending_zero {
            text.push_str(digits[0]);
            pending_zero = false;
        }
        text.push_str(digits[digit]);
        text.push_str(units[power as usize]);
    }
    text
}

/// `2017年5月14日`, in Arabic digits without padding (GB/T 15835). What is not
/// known is left as a blank of two characters.
pub fn date(date: PartialDate) -> String {
    let blank = || "＿＿".to_owned();
    let month = date.month().map_or_else(blank, |month| month.to_string());
    let day = date.day().map_or_else(blank, |day| day.to_string());
    format!("{}年{month}月{day}日", date.year())
}

/// The same, but saying no more than is known: `2017年4月`.
pub fn date_as_known(date: PartialDate) -> String {
    let mut text = format!("{}年", date.year());
    if let Some(month) = date.month() {
        text += &format!("{month}月");
    }
    if let Some(day) = date.day() {
        text += &format!("{day}日");
    }
    text
}

/// `5月14日`, where the year is plain.
pub fn month_and_day(date: PartialDate) -> String {
    let text = self::date(date);
    text.split_once('年').map_or(text.clone(), |(_, rest)| rest.to_owned())
}

/// `星期日`; empty if the day is not known.
pub fn weekday(date: PartialDate) -> &'static str {
    date.exact().map_or("", weekday_of)
}

fn weekday_of(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "星期一",
        Weekday::Tuesday => "星期二",
        Weekday::Wednesday => "星期三",
        Weekday::Thursday => "星期四",
        Weekday::Friday => "星期五",
        Weekday::Saturday => "星期六",
        Weekday::Sunday => "星期日",
    }
}

/// The mean in whole units, or to one place if it is not whole. `None` if there
/// is nothing to take it of.
pub fn mean(sum: u32, count: usize) -> Option<String> {
    let count = u32::try_from(count).ok().filter(|&count| count > 0)?;
    let tenths = (sum * 10 * 2 + count) / (count * 2);
    Some(if tenths.is_multiple_of(10) {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals() {
        for (number, text) in [
            (0, "零"),
            (6, "六"),
            (10, "十"),
            (11, "十一"),
            (20, "二十"),
            (99, "九十九"),
            (100, "一百"),
            (105, "一百零五"),
            (110, "一百一十"),
            (1001, "一千零一"),
            (10_500, "一万零五百"),
            (110_000, "十一万"),
        ] {
            assert_eq!(numeral(number), text);
        }
    }

    #[test]
    fn dates_known_in_part_leave_a_blank() {
        let read = |text| date(PartialDate::parse(text).unwrap());
        assert_eq!(read("2017-05-04"), "2017年5月4日");
        assert_eq!(read("2017-04"), "2017年4月＿＿日");
    }
}
