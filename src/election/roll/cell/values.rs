//! What stands in a cell, and what it means.

use std::borrow::Cow;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::numerals;
use crate::election::date::{DateError, PartialDate};
use crate::election::identity::{IdError, IdNumber};
use crate::election::person::half_width;

/// A cell as a spreadsheet or a text file gives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Value<'a> {
    /// Nothing, or only white space.
    Empty,
    Text(&'a str),
    Number(f64),
    /// A day as a workbook's calendar has it, which is not always a day.
    Day {
        year: u16,
        month: u8,
        day: u8,
        shown: Shown,
    },
    /// An error of a formula, such as `#N/A`.
    Fault,
    /// A formula whose value was never stored.
    Unreckoned,
}

/// How much of a date its cell shows: a format of `yyyy` hides a day that
/// nobody wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shown {
    Year,
    Month,
    Day,
}

impl<'a> Value<'a> {
    pub(crate) fn of_text(text: &'a str) -> Self {
        match text {
            // As nearly all: letters, digits and Han.
            _ if matches!(text.as_bytes().first(), Some(b'0'..=b'z' | 0xE4..=0xE9)) => {
                Value::Text(text)
            }
            // Old programs end a file with U+001A.
            _ if text.chars().all(|c| c.is_whitespace() || c == '\u{1A}') => Value::Empty,
            // As spreadsheets write them into text files.
            _ if text.starts_with('#') && is_fault(text) => Value::Fault,
            _ => Value::Text(text),
        }
    }

    pub(crate) fn is_empty(self) -> bool {
        matches!(self, Value::Empty)
    }

    /// The cell as text, whole numbers without a fraction.
    pub(crate) fn text(self) -> Cow<'a, str> {
        match self {
            Value::Empty | Value::Fault | Value::Unreckoned => Cow::Borrowed(""),
            Value::Text(text) => Cow::Borrowed(text),
            Value::Number(number) => Cow::Owned(number.to_string()),
            Value::Day { year, shown: Shown::Year, .. } => Cow::Owned(year.to_string()),
            Value::Day { year, month, shown: Shown::Month, .. } => {
                Cow::Owned(format!("{year}-{month}"))
            }
            Value::Day { year, month, day, .. } => Cow::Owned(format!("{year}-{month}-{day}")),
        }
    }
}

fn is_fault(text: &str) -> bool {
    const FAULTS: [&str; 7] = ["#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"];
    let text = text.trim();
    FAULTS.contains(&text) || text.len() > 2 && text.bytes().all(|byte| byte == b'#')
}

/// Why a cell is not a date of birth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BirthFault {
    Form,
    /// A year in which nobody who lives was born.
    Year,
    NoSuchDay,
    /// A day of the old calendar, which no card has.
    Lunar,
    /// `1987.1` may have been `1987.10` before a spreadsheet took it for a number.
    JanuaryOrOctober,
}

impl From<DateError> for BirthFault {
    fn from(error: DateError) -> Self {
        match error {
            DateError::Form => BirthFault::Form,
            DateError::Year => BirthFault::Year,
            DateError::NoSuchDay => BirthFault::NoSuchDay,
        }
    }
}

/// Words by which a table says that it does not say.
pub(crate) fn says_nothing(text: &str) -> bool {
    let is_stroke = |c: char| {
        matches!(
            c,
            '-' | '－' | '—' | '–' | '―' | '_' | '＿' | '/' | '／' | '\\' | '、' | '.' | '·' | '…'
        )
    };
    matches!(text, "" | "无" | "不详" | "未知" | "空") || text.chars().all(is_stroke)
}

/// Where a workbook begins to count days. Numbers that lost their format as
/// dates are days too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Epoch {
    #[default]
    Year1900,
    /// In workbooks that began their life on an old Macintosh.
    Year1904,
}

/// Reads a date of birth in the forms that tables have.
pub(crate) fn birth(value: Value, epoch: Epoch) -> Result<Option<PartialDate>, BirthFault> {
    match value {
        Value::Empty | Value::Fault | Value::Unreckoned => Ok(None),
        Value::Day { .. } => Ok(Some(PartialDate::parse(&value.text())?)),
        Value::Number(number) => birth_of_number(number, epoch).map(Some),
        Value::Text(text) => {
            if let Some(day) = plain_day(text) {
                return Ok(Some(day.into()));
            }
            let text = half_width(text);
            // 1980年5月3日 星期六
            let day = ["星期", "周"].iter().filter_map(|word| text.find(word)).min();
            let text = text[..day.unwrap_or(text.len())].trim_end();
            let text = without_age(text);
            match birth_of_text(text, epoch) {
                _ if says_nothing(text) => Ok(None),
                Err(BirthFault::Form) if text.contains(LUNAR) => Err(BirthFault::Lunar),
                read => read.map(Some),
            }
        }
    }
}

/// `1963-05-08` of `1963-05-08（63岁）` and `63岁（1963-05-08）`.
fn without_age(text: &str) -> &str {
    match text.strip_suffix(')').and_then(|text| text.split_once('(')) {
        Some((day, age)) if age.ends_with('岁') => day.trim_end(),
        Some((age, day)) if age.trim_end().ends_with('岁') => day.trim(),
        _ => text,
    }
}

/// The commonest form, `1987-03-05`, without the detours that others need.
fn plain_day(text: &str) -> Option<Date> {
    let [y, e, a, r, b'-', m, o, b'-', d, t] = *text.as_bytes() else { return None };
    let digits = [y, e, a, r, m, o, d, t];
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let [y, e, a, r, m, o, d, t] = digits.map(|digit| (digit - b'0').cast_signed());
    let year = i16::from(y * 10 + e) * 100 + i16::from(a * 10 + r);
    Date::new(year, m * 10 + o, d * 10 + t).ok().filter(|day| (1900..2200).contains(&day.year()))
}

fn birth_of_number(number: f64, epoch: Epoch) -> Result<PartialDate, BirthFault> {
    // 76.12 is of 1976, as no day of that number can be meant.
    let is_year = (1900.0..2200.0).contains(&number) || (32.0..100.0).contains(&number);
    if number.fract() == 0.0 {
        birth_of_text(&number.to_string(), epoch)
    } else if is_year && number.to_string().ends_with(".1") {
        Err(BirthFault::JanuaryOrOctober)
    } else if is_year {
        birth_of_text(&number.to_string(), epoch)
    } else {
        day_of_serial(number, epoch).map(PartialDate::from)
    }
}

fn birth_of_text(text: &str, epoch: Epoch) -> Result<PartialDate, BirthFault> {
    let text = in_digits(text);
    let day = without_time(&text);
    if let Some(parts) = in_three_numbers(day) {
        return Ok(PartialDate::parse(&parts)?);
    }
    let day: String = day.chars().filter(|c| !c.is_whitespace()).collect();
    // Behind an apostrophe Excel keeps a text as it is.
    let day = day.trim_start_matches(['\'', '‘', '’', '`']);
    let day = day.replace(['、', '。'], ".");
    let day = day.trim_end_matches(['.', '-', '/', '生']);
    if let Some(whole) = with_century(day) {
        return Ok(PartialDate::parse(&whole)?);
    }
    if !day.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(PartialDate::parse(day)?);
    }
    match day.len() {
        8 => Ok(PartialDate::parse(&format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]))?),
        // 500302 is no month of the year 5003.
        6 => PartialDate::parse(&format!("{}-{}", &day[..4], &day[4..]))
            .map_err(|_| BirthFault::Form),
        // A date that lost its format shows as the number of its day.
        5 => {
            day_of_serial(day.parse().map_err(|_| BirthFault::Form)?, epoch).map(PartialDate::from)
        }
        _ => Ok(PartialDate::parse(day)?),
    }
}

/// `65.3.2`, `65年3月2日`, `65年3月`, `65.3`: no voter was born so long ago that it could be
/// another century, or so lately.
fn with_century(day: &str) -> Option<String> {
    const LATEST: u8 = 10;
    let parts: Vec<&str> =
        day.trim_end_matches(['日', '号']).split(['.', '-', '/', '·', ',', '年', '月']).collect();
    let is_number = |part: &&str| part.len() < 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    let year = parts.first().filter(|year| year.len() == 2)?;
    let year: u8 = year.parse().ok()?;
    let is_whole = match parts[..] {
        // 12.3 may be the third of December.
        [_, month] => year > 31 && !month.is_empty() && day.contains('.'),
        [_, _, ""] => day.ends_with('月'),
        [_, _, _] => true,
        _ => false,
    };
    if !is_whole || !parts.iter().all(is_number) {
        return None;
    }
    let century = if year > LATEST { 19 } else { 20 };
    Some(format!("{century}{}", parts.join("-").trim_end_matches('-')))
}

/// `1950 3 2`.
fn in_three_numbers(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_day = parts.len() == 3 && parts[0].len() == 4 && parts.iter().all(is_number);
    (is_day && parts[1..].iter().all(|part| part.len() < 3)).then(|| parts.join("-"))
}

/// What days of the lunar calendar have in them.
const LUNAR: [char; 8] = ['农', '阴', '初', '廿', '腊', '正', '冬', '闰'];

/// `一九五〇年五月`, `1950年元月`, `生于1950年5月`, in digits; days of the lunar calendar
/// are left as they are.
fn in_digits(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && !text.contains('\\') || text.contains(LUNAR) {
        return Cow::Borrowed(text);
    }
    let text = text.trim().trim_start_matches("出生于").trim_start_matches("生于");
    let text = text.replace("元月", "1月").replace('\\', "-");
    let is_part = |_: &str, after: &str| after.starts_with(['年', '月', '日', '号']);
    Cow::Owned(numerals::with_digits(&text, is_part).into_owned())
}

/// `1987-03-05 00:00:00` and `1987-03-05T00:00:00` without the time.
fn without_time(text: &str) -> &str {
    let Some(at) = text.find([' ', 'T']) else { return text };
    if text[at..].contains(':') { &text[..at] } else { text }
}

/// Reads year, month and day that stand in columns of their own.
pub(crate) fn birth_of_parts(parts: [Value; 3]) -> Result<Option<PartialDate>, BirthFault> {
    let texts =
        parts.map(|part| half_width(&part.text()).trim_end_matches(['年', '月', '日']).to_owned());
    let known: Vec<&str> =
        texts.iter().map(String::as_str).take_while(|text| !says_nothing(text)).collect();
    if known.is_empty() {
        return Ok(None);
    }
    Ok(Some(PartialDate::parse(&known.join("-"))?))
}

/// The day that a spreadsheet means by a number of which its cell shows so
/// much; `None` if it is no day. What a cell does not show counts only if
/// somebody must have written it: a hidden 1 stands for nothing.
pub(crate) fn day_of(number: f64, epoch: Epoch, shown: Shown) -> Option<Value<'static>> {
    let date = day_of_serial(number, epoch).ok()?;
    Some(day_as_shown(
        (date.year().unsigned_abs(), date.month().unsigned_abs(), date.day().unsigned_abs()),
        shown,
    ))
}

/// A day of which a cell shows so much.
pub(crate) fn day_as_shown((year, month, day): (u16, u8, u8), shown: Shown) -> Value<'static> {
    let is_filler = match shown {
        Shown::Day => true,
        Shown::Month => day == 1,
        Shown::Year => day == 1 && month == 1,
    };
    Value::Day { year, month, day, shown: if is_filler { shown } else { Shown::Day } }
}

/// How much of a date a format shows; `None` if it is no format of dates.
pub(crate) fn shown_by(format: &str) -> Option<Shown> {
    let (mut year, mut month, mut day) = (false, false, false);
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => chars.by_ref().take_while(|c| *c != '"').for_each(drop),
            '\\' | '_' | '*' => drop(chars.next()),
            '[' => chars.by_ref().take_while(|c| *c != ']').for_each(drop),
            ';' => break,
            'y' | 'Y' => year = true,
            'm' | 'M' => month = true,
            'd' | 'D' => day = true,
            _ => {}
        }
    }
    match (year, month, day) {
        (true, false, false) => Some(Shown::Year),
        (true, true, false) => Some(Shown::Month),
        (_, true, true) | (true, _, true) => Some(Shown::Day),
        _ => None,
    }
}

/// How much of a date the formats show that every workbook has.
pub(crate) fn shown_by_built_in(id: u32) -> Option<Shown> {
    match id {
        17 | 27 | 36 | 50 | 52 | 57 => Some(Shown::Month),
        14..=16 | 22 | 28..=31 | 51 | 53 | 54 | 58 => Some(Shown::Day),
        _ => None,
    }
}

/// The day that a spreadsheet means by a number. Counting from 1900 it holds
/// that year for a leap year: the numbers below 60 are one day off, and 60 is
/// no day.
fn day_of_serial(serial: f64, epoch: Epoch) -> Result<Date, BirthFault> {
    const DAYS_TO_1904: f64 = 1462.0;
    const LAST: f64 = 109_571.0;
    let days = match epoch {
        Epoch::Year1900 => serial.floor(),
        Epoch::Year1904 => serial.floor() + DAYS_TO_1904,
    };
    if !(1.0..=LAST).contains(&days) || days == 60.0 {
        return Err(BirthFault::NoSuchDay);
    }
    #[expect(clippy::cast_possible_truncation, reason = "a whole number up to LAST")]
    let days = days as i32 + i32::from(days < 60.0);
    let epoch = Date::constant(1899, 12, 30);
    epoch.checked_add(days.days()).map_err(|_| BirthFault::NoSuchDay)
}

/// Reads an identity number.
pub(crate) fn id_number(value: Value) -> Result<Option<IdNumber>, IdError> {
    const FIRST_INEXACT: f64 = 1e15;
    match value {
        Value::Empty | Value::Fault | Value::Unreckoned => Ok(None),
        Value::Number(number) if number >= FIRST_INEXACT => Err(IdError::Scientific),
        other => {
            let text = other.text();
            let text = half_width(&text);
            if says_nothing(&text) {
                return Ok(None);
            }
            // Wrapped in its cell.
            let text = if text.contains(['\n', '\r']) {
                Cow::Owned(text.replace(['\n', '\r'], ""))
            } else {
                text
            };
            if lost_its_end(&text) {
                return Err(IdError::Scientific);
            }
            IdNumber::parse(&text).or_else(|error| id_beside(&text).ok_or(error)).map(Some)
        }
    }
}

/// Whether a number was kept as one, which has no more than fifteen digits, and written
/// out again: `445202195003020000`.
fn lost_its_end(text: &str) -> bool {
    let text = text.trim();
    text.len() == 18
        && text.ends_with("000")
        // Nobody is numbered 000 of his day, whatever the check says.
        && (text.ends_with("0000") || IdNumber::parse(text).is_ok_and(|id| !id.check_holds()))
}

/// The number in a cell that holds an address or a word too, if it is certain.
fn id_beside(text: &str) -> Option<IdNumber> {
    const LONGEST: usize = 200;
    if text.len() > LONGEST || text.is_ascii() {
        return None;
    }
    let runs = text.split(|c: char| !c.is_ascii_alphanumeric());
    let mut numbers = runs
        .filter(|run| run.len() == 18)
        .filter_map(|run| IdNumber::parse(run).ok())
        .filter(IdNumber::check_holds);
    let first = numbers.next()?;
    numbers.next().is_none().then_some(first)
}

/// Reads an age in full years: `12`, `12岁`.
pub(crate) fn age(value: Value) -> Option<u8> {
    let text = value.text();
    let text = half_width(&text);
    let digits = text.trim_end_matches(['岁', '周']).trim();
    let numeral = || u8::try_from(numerals::value_of(digits)?).ok();
    digits.parse().ok().or_else(numeral).filter(|age| *age <= 120)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: Value) -> Result<Option<String>, BirthFault> {
        birth(value, Epoch::Year1900).map(|birth| birth.map(|birth| birth.to_string()))
    }

    #[test]
    fn reads_birth_in_every_form() {
        for text in [
            "1987-03-05",
            "1987.3.5",
            "1987年3月5日",
            "19870305",
            "1987/3/5 0:00",
            " １９８７.３.５ ",
            "1987 年 3 月 5 日",
            "1987-03-05T00:00:00",
            "31841",
            "1987、3、5",
            "1987.03.05.",
            "一九八七年三月五日",
            "生于1987年3月5日",
            "1987\\3\\5",
        ] {
            assert_eq!(read(Value::Text(text)), Ok(Some("1987-03-05".into())), "{text}");
        }
        for text in ["1987-03", "1987年3月", "198703", "1987.3", "一九八七年三月"] {
            assert_eq!(read(Value::Text(text)), Ok(Some("1987-03".into())), "{text}");
        }
        assert_eq!(read(Value::Text("不详")), Ok(None));
    }

    #[test]
    fn reads_numbers_as_spreadsheets_mean_them() {
        assert_eq!(read(Value::Number(31841.0)), Ok(Some("1987-03-05".into())));
        assert_eq!(read(Value::Number(19870305.0)), Ok(Some("1987-03-05".into())));
        assert_eq!(read(Value::Text("65.3.2")), Ok(Some("1965-03-02".into())));
        assert_eq!(read(Value::Text("76.12")), Ok(Some("1976-12".into())));
        assert_eq!(read(Value::Number(76.12)), Ok(Some("1976-12".into())));
        assert_eq!(read(Value::Number(76.1)), Err(BirthFault::JanuaryOrOctober));
        assert!(read(Value::Text("76.13")).is_err());
        assert!(read(Value::Text("12.3")).is_err());
        assert_eq!(read(Value::Text("05年3月2日")), Ok(Some("2005-03-02".into())));
        assert_eq!(read(Value::Number(1987.0)), Ok(Some("1987".into())));
        assert_eq!(read(Value::Number(1987.12)), Ok(Some("1987-12".into())));
        assert_eq!(read(Value::Number(1987.1)), Err(BirthFault::JanuaryOrOctober));
    }

    #[test]
    fn counts_days_as_spreadsheets_do() {
        let day = |serial, epoch| day_of_serial(serial, epoch).map(|day| day.to_string());
        assert_eq!(day(1.0, Epoch::Year1900), Ok("1900-01-01".into()));
        assert_eq!(day(59.0, Epoch::Year1900), Ok("1900-02-28".into()));
        assert_eq!(day(60.0, Epoch::Year1900), Err(BirthFault::NoSuchDay));
        assert_eq!(day(61.0, Epoch::Year1900), Ok("1900-03-01".into()));
        assert_eq!(day(31841.5, Epoch::Year1900), Ok("1987-03-05".into()));
        assert_eq!(day(30379.0, Epoch::Year1904), Ok("1987-03-05".into()));
        assert_eq!(day(f64::NAN, Epoch::Year1900), Err(BirthFault::NoSuchDay));
    }

    #[test]
    fn refuses_what_is_no_birth() {
        assert_eq!(read(Value::Text("3/2/65")), Err(BirthFault::Form));
        assert_eq!(read(Value::Text("1987-02-30")), Err(BirthFault::NoSuchDay));
        assert_eq!(read(Value::Text("19871301")), Err(BirthFault::NoSuchDay));
        assert_eq!(read(Value::Text("1880-03-05")), Err(BirthFault::Year));
        assert_eq!(read(Value::Text("三月五日")), Err(BirthFault::Form));
        for lunar in ["农历1950年正月初五", "1960年腊月廿三", "庚寅年冬月初一"] {
            assert_eq!(read(Value::Text(lunar)), Err(BirthFault::Lunar), "{lunar}");
        }
    }

    #[test]
    fn knows_what_a_format_shows() {
        for (format, shown) in [
            ("yyyy/m/d", Some(Shown::Day)),
            ("yyyy\"年\"m\"月\"", Some(Shown::Month)),
            ("yyyy", Some(Shown::Year)),
            ("[$-804]yyyy\"年\"m\"月\"d\"日\";@", Some(Shown::Day)),
            ("m\"月\"d\"日\"", Some(Shown::Day)),
            ("General", None),
            ("0.00E+00", None),
            ("\"day\"0", None),
            ("@", None),
            ("h:mm", None),
        ] {
            assert_eq!(shown_by(format), shown, "{format}");
        }
    }

    #[test]
    fn shows_no_more_of_a_day_than_its_cell_does() {
        let day = |shown| read(Value::Day { year: 1987, month: 3, day: 5, shown });
        assert_eq!(day(Shown::Day), Ok(Some("1987-03-05".into())));
        assert_eq!(day(Shown::Month), Ok(Some("1987-03".into())));
        assert_eq!(day(Shown::Year), Ok(Some("1987".into())));
    }

    #[test]
    fn finds_an_id_number_beside_an_address() {
        let read = |text| id_number(Value::Text(text)).map(|id| id.is_some());
        assert_eq!(read("11010519491231002X 某街9号"), Ok(true));
        assert_eq!(read("某街9号/11010519491231002X"), Ok(true));
        assert_eq!(read("110105194912310021 某街9号"), Err(IdError::Form), "its check fails");
        assert_eq!(age(Value::Text("12岁")), Some(12));
        assert_eq!((age(Value::Text("三岁")), age(Value::Text("幼"))), (Some(3), None));
    }

    #[test]
    fn notices_a_number_that_lost_digits() {
        assert_eq!(id_number(Value::Number(4.40106198703051e17)).err(), Some(IdError::Scientific));
        let rounded = id_number(Value::Text("445202195003020000"));
        assert_eq!(rounded.err(), Some(IdError::Scientific));
        assert!(id_number(Value::Number(110105491231002.0)).is_ok_and(|id| id.is_some()));
    }
}
