//! Personal data: what must never reach a wall, a log or a message.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use crate::text;

/// A value that cannot be printed, logged or serialised by accident: it has no
/// `Display` and no `Serialize`, and its `Debug` hides it. [`Personal::expose`]
/// is the one way to it, so that a search for that word finds every use.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Personal<T>(T);

impl<T> Personal<T> {
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself: for checks, and for documents that stay in the archive.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("〔个人信息〕")
    }
}

/// What kind of personal data a run of characters looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An 18-digit citizen number, whatever its check digit, or an old one of 15.
    IdNumber,
    /// A mobile phone number of 11 digits.
    MobilePhone,
    /// A bank card number of 16 to 19 digits.
    BankCard,
}

impl Shape {
    /// The word a user sees.
    pub fn name(self) -> &'static str {
        match self {
            Shape::IdNumber => "身份证号码",
            Shape::MobilePhone => "手机号码",
            Shape::BankCard => "银行卡号",
        }
    }
}

/// Finds every run in `text` that has the shape of personal data, as byte
/// ranges. Full-width digits count as digits; spaces and hyphens inside a
/// number do not hide it.
pub fn find(text: &str) -> Vec<(Range<usize>, Shape)> {
    digit_runs(text)
        .into_iter()
        .filter_map(|run| shape(&run.digits).map(|shape| (run.range, shape)))
        .collect()
}

/// `text` with all but the first three digits of each such run turned into
/// `*`, which keeps every column where it was.
pub fn mask(text: &str) -> Cow<'_, str> {
    let found = find(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut end = 0;
    for (range, _) in found {
        masked.push_str(&text[end..range.start]);
        for (n, c) in text[range.clone()].chars().enumerate() {
            match c.len_utf8() {
                _ if n < 3 => masked.push(c),
                1 => masked.push('*'),
                // A full-width star is as many bytes and columns as a full-width digit.
                _ => masked.push('＊'),
            }
        }
        end = range.end;
    }
    masked.push_str(&text[end..]);
    Cow::Owned(masked)
}

struct DigitRun {
    range: Range<usize>,
    digits: String,
}

fn digit_runs(text: &str) -> Vec<DigitRun> {
    let mut runs: Vec<DigitRun> = Vec::new();
    let mut open = false;
    let mut gap = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let here = at..at + c.len_utf8();
        match digit(c) {
            Some('X') if open && gap == 0 => {
                let run = runs.last_mut().expect("a run is open");
                run.digits.push('X');
                run.range.end = here.end;
                open = false;
            }
            Some(digit) if digit != 'X' => {
                if !open && !before.is_ascii_alphanumeric() {
                    runs.push(DigitRun { range: here.clone(), digits: String::new() });
                    open = true;
                }
                if open {
                    let run = runs.last_mut().expect("a run is open");
                    run.digits.push(digit);
                    run.range.end = here.end;
                    gap = 0;
                }
            }
            _ if open && matches!(c, ' ' | '-' | '\u{a0}') && gap == 0 => gap = 1,
            _ => {
                open = false;
                gap = 0;
            }
        }
        before = c;
    }
    runs
}

/// A digit, or the X that may end an ID number.
fn digit(c: char) -> Option<char> {
    match text::half(c) {
        c @ '0'..='9' => Some(c),
        'x' | 'X' => Some('X'),
        _ => None,
    }
}

fn shape(digits: &str) -> Option<Shape> {
    let body = digits.trim_end_matches('X');
    match (digits.len(), body.len()) {
        (18, _) if plausible_birth(&digits[6..14]) => Some(Shape::IdNumber),
        (15, 15) if plausible_birth(&format!("19{}", &digits[6..12])) => Some(Shape::IdNumber),
        (16..=19, len) if len == digits.len() && (digits.starts_with("62") || luhn(digits)) => {
            Some(Shape::BankCard)
        }
        (11, 11) if digits.starts_with('1') && digits.as_bytes()[1] >= b'3' => {
            Some(Shape::MobilePhone)
        }
        _ => None,
    }
}

/// The check of ISO/IEC 7812 that bank cards carry.
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(n, byte)| {
            let digit = u32::from(byte - b'0');
            if n.is_multiple_of(2) { digit } else { digit * 2 / 10 + digit * 2 % 10 }
        })
        .sum();
    sum.is_multiple_of(10) && !digits.starts_with('0')
}

fn plausible_birth(yyyymmdd: &str) -> bool {
    let part = |range: Range<usize>| yyyymmdd[range].parse::<u32>().unwrap_or(0);
    (1850..2100).contains(&part(0..4))
        && (1..=12).contains(&part(4..6))
        && (1..=31).contains(&part(6..8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_what_looks_personal_and_keeps_columns() {
        assert_eq!(mask("身份证: 11010519491231002X 张三"), "身份证: 110*************** 张三");
        assert_eq!(mask("电话 13800138000"), "电话 138********");
        assert_eq!(mask("电话 138 0013 8000"), "电话 138**********");
        assert_eq!(mask("１３８００１３８０００"), "１３８＊＊＊＊＊＊＊＊");
        assert_eq!(mask("选民 4999 人，2017-05-14"), "选民 4999 人，2017-05-14");
    }

    #[test]
    fn names_the_shape() {
        let shapes = |text| find(text).into_iter().map(|(_, shape)| shape).collect::<Vec<_>>();
        assert_eq!(shapes("11010519491231002X"), [Shape::IdNumber]);
        assert_eq!(shapes("130503670401001"), [Shape::IdNumber]);
        assert_eq!(shapes("6222021234567890123"), [Shape::BankCard]);
        assert_eq!(shapes("2026 年 1 月 5 日，共 100000 人"), []);
    }
}
