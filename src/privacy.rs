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
    /// Of a passport.
    Passport,
}

impl Shape {
    /// The word a user sees.
    pub fn name(self) -> &'static str {
        match self {
            Shape::IdNumber => "身份证号码",
            Shape::MobilePhone => "手机号码",
            Shape::BankCard => "银行卡号",
            Shape::Passport => "护照号码",
        }
    }
}

/// Finds everything in `text` that has the shape of personal data, as byte ranges:
/// in full-width or Chinese digits too, with spaces, hyphens, dots or brackets in
/// it, behind a code of the country or a word, and one after another.
pub fn find(text: &str) -> Vec<(Range<usize>, Shape)> {
    let mut found = Vec::new();
    for groups in clusters(text) {
        let mut at = 0;
        while let Some(group) = groups.get(at) {
            match longest(&groups[at..]) {
                Some((count, shape)) => {
                    found.push((group.range.start..groups[at + count - 1].range.end, shape));
                    at += count;
                }
                None => {
                    found.extend(within(group));
                    at += 1;
                }
            }
        }
    }
    found
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

/// As [`mask`], of what people call sheets and columns: no number of a telephone or of
/// a card that is known by its length only, and no door, belongs there; days do.
pub fn mask_label(label: &str) -> Cow<'_, str> {
    const DOORS: [char; 8] = ['巷', '路', '街', '弄', '村', '里', '道', '坊'];
    const SHORTEST: usize = 7;
    const OF_A_DAY: usize = 8;
    let masked = mask(label);
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let is_stroke = |c: char| matches!(c, '-' | '－' | '—');
    let mut hidden: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while let Some(start) = masked[from..].find(is_digit).map(|at| from + at) {
        let rest = masked[start..].trim_start_matches(|c| is_digit(c) || is_stroke(c));
        let end = masked.len() - rest.len();
        let run = &masked[start..end];
        let digits = run.chars().filter(|c| is_digit(*c)).count();
        let is_day = digits == OF_A_DAY && run.starts_with(['1', '2']);
        let is_door = masked[..start].ends_with(DOORS) && rest.starts_with(['号', '室', '弄']);
        if digits >= SHORTEST && !is_day || is_door {
            hidden.push(start..end);
        }
        from = end;
    }
    if hidden.is_empty() {
        return masked;
    }
    let is_hidden = |at: usize| hidden.iter().any(|range| range.contains(&at));
    let star = |(at, c): (usize, char)| match is_hidden(at) {
        true if c.len_utf8() > 1 => '＊',
        true => '*',
        false => c,
    };
    Cow::Owned(masked.char_indices().map(star).collect())
}

/// Digits that stand together.
struct Group {
    range: Range<usize>,
    /// In ASCII; an `X` may end them.
    digits: String,
    /// Where each stands.
    places: Vec<usize>,
    /// A letter before them.
    letter: Option<char>,
}

/// What is written between the digits of one number.
fn is_between(c: char) -> bool {
    c != '\n' && c.is_whitespace()
        || matches!(
            c,
            '-' | '‐'..='―' | '－' | '.' | '．' | '·' | '(' | ')' | '（' | '）' | '/' | '_'
        )
}

/// Groups of digits that may be parts of one number: with no more between them
/// than a few signs.
fn clusters(text: &str) -> Vec<Vec<Group>> {
    const APART: usize = 3;
    let mut clusters: Vec<Vec<Group>> = Vec::new();
    let (mut apart, mut before, mut is_open) = (usize::MAX, ' ', false);
    for (at, c) in text.char_indices() {
        let here = at..at + c.len_utf8();
        let last = clusters.last_mut().and_then(|groups| groups.last_mut());
        match (digit(c), last) {
            (Some('X'), Some(group)) if is_open && matches!(group.digits.len(), 14 | 17) => {
                group.push(here, 'X');
                is_open = false;
            }
            // `…1002 X`
            (Some('X'), Some(group)) if apart == 1 && group.digits.len() == 17 => {
                group.push(here, 'X');
            }
            (Some(digit), last) if digit != 'X' => {
                // 张三 is a name, whatever number follows.
                match last.filter(|_| is_open && is_han(c) == is_han(before)) {
                    Some(group) => group.push(here, digit),
                    None => {
                        let letter = Some(before).filter(char::is_ascii_alphabetic);
                        let mut group = Group::empty(here.start, letter);
                        group.push(here, digit);
                        match clusters.last_mut().filter(|_| apart <= APART) {
                            Some(groups) => groups.push(group),
                            None => clusters.push(vec![group]),
                        }
                    }
                }
                (apart, is_open) = (0, true);
                before = c;
                continue;
            }
            _ => is_open = false,
        }
        apart = if is_between(c) { apart.saturating_add(1) } else { usize::MAX };
        before = c;
    }
    clusters
}

impl Group {
    fn empty(start: usize, letter: Option<char>) -> Self {
        Self { range: start..start, digits: String::new(), places: Vec::new(), letter }
    }

    fn push(&mut self, here: Range<usize>, digit: char) {
        self.digits.push(digit);
        self.places.push(here.start);
        self.range.end = here.end;
    }
}

/// How many of the groups, from the first, are one number, and of what shape: as
/// many as may be.
fn longest(groups: &[Group]) -> Option<(usize, Shape)> {
    let mut digits = String::new();
    let mut longest = None;
    for (n, group) in groups.iter().enumerate() {
        // Nobody writes a number in smaller pieces; counts and dates are.
        if n > 0 && (group.digits.len() < 3 || groups[0].digits.len() < 2) {
            break;
        }
        digits += &group.digits;
        if digits.len() > 19 {
            break;
        }
        let whole = shape(&digits).or_else(|| passport(group).filter(|_| n == 0));
        // A card is written whole, or four by four.
        let by_four = groups[..n].iter().all(|group| group.digits.len() == 4);
        let whole = whole.filter(|shape| n == 0 || by_four || *shape != Shape::BankCard);
        longest = whole.map(|shape| (n + 1, shape)).or(longest);
    }
    longest
}

/// Numbers that stand in a longer run, one after another.
fn within(group: &Group) -> Vec<(Range<usize>, Shape)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < group.digits.len() {
        let rest = &group.digits[at..];
        let own = [18, 11].into_iter().find_map(|length| {
            Some((length, shape(rest.get(..length)?)?)).filter(|_| group.digits.len() > 19)
        });
        match own {
            Some((length, shape)) => {
                let end = group.places.get(at + length).copied().unwrap_or(group.range.end);
                found.push((group.places[at]..end, shape));
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

fn is_han(c: char) -> bool {
    c >= '\u{3007}' && text::half(c) == c
}

/// A digit, or the X that may end an ID number.
fn digit(c: char) -> Option<char> {
    const CHINESE: &str = "零一二三四五六七八九";
    match text::half(c) {
        c @ '0'..='9' => Some(c),
        'x' | 'X' => Some('X'),
        '〇' | '○' => Some('0'),
        c => CHINESE.chars().zip('0'..).find(|(word, _)| *word == c).map(|(_, digit)| digit),
    }
}

/// `E12345678`, `G12345678`: one letter that passports begin with, and eight digits.
fn passport(group: &Group) -> Option<Shape> {
    let begins = matches!(group.letter?.to_ascii_uppercase(), 'E' | 'G' | 'D' | 'S' | 'P');
    (begins && group.digits.len() == 8).then_some(Shape::Passport)
}

fn shape(digits: &str) -> Option<Shape> {
    let body = digits.trim_end_matches('X');
    let mobile = |number: &str| {
        number.len() == 11 && number.starts_with('1') && number.as_bytes()[1] >= b'3'
    };
    match (digits.len(), body.len()) {
        (18, _) if plausible_birth(&digits[6..14]) => Some(Shape::IdNumber),
        (15, 15) if plausible_birth(&format!("19{}", &digits[6..12])) => Some(Shape::IdNumber),
        (16..=19, len) if len == digits.len() && (digits.starts_with("62") || luhn(digits)) => {
            Some(Shape::BankCard)
        }
        (11..=15, _) => {
            let own = digits.trim_start_matches('0');
            let own = own.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(digits);
            mobile(own).then_some(Shape::MobilePhone)
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
    fn masks_more_in_the_names_of_sheets_and_columns() {
        for (label, masked) in [
            ("备注0663-8461234", "备注************"),
            ("名册 8461234", "名册 *******"),
            ("H1234567801", "H**********"),
            ("秘密巷77号", "秘密巷**号"),
            ("13912345678", "139********"),
        ] {
            assert_eq!(mask_label(label), masked);
        }
        for label in ["名册20261120", "2026-11-20", "3号楼", "一组（35人）", "Sheet1", "2021-2026"]
        {
            assert_eq!(mask_label(label), label);
        }
    }

    #[test]
    fn masks_what_looks_personal_and_keeps_columns() {
        assert_eq!(mask("身份证: 11010519491231002X 张三"), "身份证: 110*************** 张三");
        assert_eq!(mask("电话 13800138000"), "电话 138********");
        assert_eq!(mask("电话 138 0013 8000"), "电话 138**********");
        assert_eq!(mask("１３８００１３８０００"), "１３８＊＊＊＊＊＊＊＊");
        assert_eq!(mask("选民 4999 人，2017-05-14"), "选民 4999 人，2017-05-14");
    }

    /// Ways to write a number, each of which is found; add to them.
    #[test]
    fn finds_a_number_however_it_is_written() {
        for text in [
            "13800138000",
            "138 0013 8000",
            "138-0013-8000",
            "138.0013.8000",
            "138  0013  8000",
            "(138)00138000",
            "（138）0013-8000",
            "+8613800138000",
            "+86 138 0013 8000",
            "86-138-0013-8000",
            "008613800138000",
            "Tel13800138000",
            "tel:13800138000",
            "１３８００１３８０００",
            "138００138000",
            "一三八〇〇一三八〇〇〇",
            "一三八零零一三八零零零",
            "3栋201 13800138000",
            "1 13800138000",
            "2026-05-10 13800138000",
            "13800138000 52岁",
            "0663-8812345 13800138000",
            "13800138000 13900139000",
            "13800138000-13900139000",
            "13800138000/13900139000",
            "1380013800013900139000",
            "张三13800138000",
            "11010519491231002X",
            "11010519491231002x",
            "110105194912310021",
            "110105 19491231 0021",
            "110105-1949-1231-0021",
            "110105 1949 1231 0021",
            "11010519491231002 X",
            "ID110105194912310021",
            "110105194912310021 110105194912310022",
            "110105194912310021110105194912310022",
            "110105194912310021 13800138000",
            "11010519491231002113800138000",
            "130503670401001",
            "１１０１０５１９４９１２３１００２１",
            "6222021234567890123",
            "6222 0212 3456 7890 123",
            "E12345678",
            "护照G12345678",
        ] {
            assert!(!find(text).is_empty(), "{text}");
            let masked = mask(text);
            assert!(find(&masked).is_empty(), "{text}: {masked}");
        }
    }

    /// What only looks like one; add to them.
    #[test]
    fn is_not_alarmed_by_other_numbers() {
        for text in [
            "2026 年 1 月 5 日，共 100000 人",
            "选民 4999 人，2017-05-14",
            "2026-05-10 08:30—17:00",
            "2026.05.10 2026.05.11 2026.05.12",
            "0663-8812345",
            "（0663）8812345",
            "400-820-8820",
            "12345",
            "桂选办发〔2026〕13号",
            "Z109-WS·2026-Y-BGS-0001",
            "1380 元，2600 元，1320 元",
            "发出 1380 张，收回 1290 张，有效 1280 张，无效 10 张",
            "第 138 号 第 139 号 第 140 号",
            "二〇二六年五月十日",
            "91440300MA5D8G1X2Y",
            "440000000000",
            "1 2 3 4 5 6 7 8 9 10 11",
            "13 14 15 16 17 18",
            "130 131 132 133",
            "20260510",
            "GB/T 9704-2012",
            "A12345678",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
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
