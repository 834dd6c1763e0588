//! What numbers groups of digits make. The more signs stand between the digits, the
//! more must speak for it that they are one number: dates, counts and votes stand in
//! rows, too.

use std::cell::OnceCell;
use std::ops::Range;

use super::Shape;
use super::groups::{Gap, Group};

/// Where a number stands, and what it is.
type Found = (Range<usize>, Shape);

/// The numbers all of whose digits are shown.
pub(super) fn whole(text: &str, groups: &[Group]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let rows = rows(groups);
    let mut at = 0;
    while let Some(group) = groups.get(at) {
        if is_fraction(&groups[at..]) {
            at += 2;
            continue;
        }
        let last =
            found.last().filter(|(range, _)| at > 0 && range.end >= groups[at - 1].range.end);
        let beside = Beside {
            is_apart: !matches!(group.gap, Gap::Close(_)) || last.is_some(),
            is_at_edge: false,
            is_after_landline: group.gap != Gap::Far && matches!(last, Some((_, Shape::Landline))),
        };
        // Nobody's number begins so within a row of other digits, but digit by digit.
        let is_within = !beside.is_apart && group.digits.len() < 3 && group.digits != "86";
        let row = rows[at].clone();
        let last = if is_within { row.end } else { groups.len() };
        if is_within && last - at < Run::FEWEST_SINGLE {
            at += 1;
            continue;
        }
        let (most, said) = (Run::MOST.min(last - at), OnceCell::new());
        let runs = (1..=most).map_while(|count| {
            let is_short = row.len() <= Run::LONGEST_ROW || row.len() == 2 * Run::FEWEST_SINGLE;
            let end = at + count;
            let is_at_edge = is_short && (row.start == at && end <= row.end || row.end == end);
            let beside = Beside { is_at_edge, ..beside };
            Run::of(text, &said, &groups[at..at + count], beside, groups.get(at + count))
        });
        let longest =
            runs.filter_map(|run| Some((run.groups.len(), run.range(), run.shape()?))).last();
        match longest {
            Some((count, range, shape)) => {
                found.push((range, shape));
                at += count;
            }
            None => {
                let run = Run::of(text, &said, &groups[at..=at], beside, None);
                if !run.is_some_and(|run| run.is_credit_code()) {
                    found.extend(within(group));
                }
                at += 1;
            }
        }
    }
    found
}

/// For each group in which row of single digits it stands, all with the same between
/// them: `1 3 8 0 0 1 3 8 0 0 0`. Of two rows that meet in it, the longer.
fn rows(groups: &[Group]) -> Vec<Range<usize>> {
    let is_single = |at: usize| groups[at].digits.len() == 1;
    let mut rows: Vec<Range<usize>> = (0..groups.len()).map(|at| at..at + 1).collect();
    let mut start = 0;
    for at in 1..=groups.len() {
        let goes_on = at < groups.len()
            && is_single(at)
            && is_single(at - 1)
            && matches!(groups[at].gap, Gap::Close(_))
            && (at - start < 2 || groups[at].gap == groups[at - 1].gap);
        if goes_on {
            continue;
        }
        let row = start..at;
        let shorter = rows[row.clone()].iter_mut().filter(|other| other.len() < row.len());
        shorter.for_each(|other| *other = row.clone());
        // The digit before may be the first of the next.
        let is_between = at < groups.len() && at - start > 1 && is_single(at);
        start = if is_between && is_single(at - 1) { at - 1 } else { at };
    }
    rows
}

/// The numbers of which some digits are hidden, but too few: `138****8000`.
pub(super) fn hidden(groups: &[Group]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    let is_hidden = |group: &Group| group.digits.starts_with('*');
    while let Some(group) = groups.get(at) {
        let most = Run::MOST.min(groups.len() - at);
        // Most texts hide nothing.
        let first = groups[at..at + most].iter().position(is_hidden).unwrap_or(most);
        if first > Run::BEFORE_HIDDEN {
            at += first - Run::BEFORE_HIDDEN;
            continue;
        }
        let glued = |group: &Group| group.gap == Gap::Close(String::new());
        let ends = (1..=most)
            .take_while(|count| *count == 1 || matches!(groups[at + count - 1].gap, Gap::Close(_)))
            .filter(|count| !groups.get(at + count).is_some_and(glued));
        let number = |count: usize| {
            let part = &groups[at..at + count];
            let pieces: Vec<&str> = part.iter().map(|group| group.digits.as_str()).collect();
            if ends_with_day(&pieces)
                || pieces.iter().any(|piece| piece.len() == 8 && is_day(piece) && count < 3)
            {
                return None;
            }
            let digits = pieces.concat();
            let cross = part[count - 1].cross;
            Some((count, hidden_shape(&digits, cross.is_some())?))
        };
        let longest = ends.filter_map(number).last().filter(|_| !glued(group));
        match longest {
            Some((count, shape)) => {
                found.push((group.range.start..groups[at + count - 1].range.end, shape));
                at += count;
            }
            None => at += 1,
        }
    }
    found
}

fn hidden_shape(digits: &str, has_cross: bool) -> Option<Shape> {
    /// So many digits are as good as all: who knows one of the village finds the rest.
    const ENOUGH: usize = 7;
    let shown = digits.chars().filter(char::is_ascii_digit).count();
    if shown < ENOUGH || shown + 2 > digits.len() {
        return None;
    }
    let fits = |pattern: &[&str]| {
        pattern.iter().zip(digits.chars()).all(|(may, c)| c == '*' || may.contains(c))
    };
    let id_length = digits.len() + usize::from(has_cross);
    match digits.len() {
        11 if fits(&["1", "3456789"]) => Some(Shape::MobilePhone),
        11 | 12 if fits(&["0", "123456789"]) && digits.starts_with('0') => Some(Shape::Landline),
        17 | 18
            if id_length == 18
                && fits(&[
                    "1234568",
                    "123456",
                    "0123456789",
                    "0123456789",
                    "0123456789",
                    "0123456789",
                    "12",
                    "09",
                ]) =>
        {
            Some(Shape::IdNumber)
        }
        16..=19 if fits(&["3456"]) => Some(Shape::BankCard),
        _ => None,
    }
}

/// Groups that stand together, from the first on.
struct Run<'a> {
    text: &'a str,
    /// What is said before, once it was asked for.
    said: &'a OnceCell<String>,
    groups: &'a [Group],
    digits: String,
    beside: Beside,
    /// The group that stands close after the last.
    next: Option<&'a Group>,
}

/// What stands before the first group.
#[derive(Clone, Copy)]
struct Beside {
    /// No other digits, or another number.
    is_apart: bool,
    /// The digits begin or end a short row of single ones.
    is_at_edge: bool,
    /// The number of an office or a house, to which this may be the second.
    is_after_landline: bool,
}

impl<'a> Run<'a> {
    /// Nobody writes a number in more pieces than digits.
    const MOST: usize = 20;
    /// Pieces that are shown before those that are hidden.
    const BEFORE_HIDDEN: usize = 4;
    const LONGEST: usize = 24;
    /// The shortest number that is written digit by digit, and the longest row in which
    /// one is looked for: a digit or two may stand beside it, or another.
    const FEWEST_SINGLE: usize = 11;
    const LONGEST_ROW: usize = 13;

    fn of(
        text: &'a str,
        said: &'a OnceCell<String>,
        groups: &'a [Group],
        beside: Beside,
        next: Option<&'a Group>,
    ) -> Option<Self> {
        let (first, rest) = groups.split_first()?;
        let digits: String = groups.iter().map(|group| group.digits.as_str()).collect();
        let is_run = rest.iter().all(|group| group.gap != Gap::Far)
            && rest.iter().all(|group| group.letters.is_empty());
        let is_one = is_run && groups[..groups.len() - 1].iter().all(|group| group.cross.is_none());
        let next = next.filter(|next| matches!(next.gap, Gap::Close(_)));
        let run = Self { text, said, groups, digits, beside, next };
        (is_one && (first.digits.len() > Self::LONGEST || run.digits.len() <= Self::LONGEST))
            .then_some(run)
    }

    fn range(&self) -> Range<usize> {
        let last = &self.groups[self.groups.len() - 1];
        let is_id = self.digits.len() == 17;
        self.groups[0].range.start..last.cross.filter(|_| is_id).unwrap_or(last.range.end)
    }

    fn shape(&self) -> Option<Shape> {
        if self.is_id() {
            Some(Shape::IdNumber)
        } else if self.is_mobile() {
            Some(Shape::MobilePhone)
        } else if self.is_landline() {
            Some(Shape::Landline)
        } else if self.is_abroad() {
            Some(Shape::MobilePhone)
        } else if self.is_permit() {
            Some(Shape::Passport)
        } else {
            self.is_card().then_some(Shape::BankCard)
        }
    }

    fn pieces(&self) -> Vec<&str> {
        self.groups.iter().map(|group| group.digits.as_str()).collect()
    }

    fn is_whole(&self) -> bool {
        self.groups.len() == 1
    }

    /// Whether nothing but what people put into numbers stands between the digits.
    fn is_close(&self) -> bool {
        self.groups[1..].iter().all(|group| matches!(group.gap, Gap::Close(_)))
    }

    /// Whether the same stands between all.
    fn is_even(&self) -> bool {
        let mut gaps = self.groups[1..].iter().map(|group| &group.gap);
        let first = gaps.next();
        gaps.all(|gap| Some(gap) == first)
    }

    /// Whether one piece ends after so many digits.
    fn ends_at(&self, digits: usize) -> bool {
        let mut sum = 0;
        self.groups.iter().any(|group| {
            sum += group.digits.len();
            sum == digits
        })
    }

    /// Whether one of these words is said before the number.
    fn is_said(&self, words: &[&str]) -> bool {
        let said = self.said.get_or_init(|| said_before(&self.text[..self.groups[0].range.start]));
        words.iter().any(|word| said.contains(word))
    }

    /// `214 198 241 226 189`: votes and numbers of three digits stand in rows.
    fn is_row_of_three(&self) -> bool {
        self.groups.len() > 1 && self.groups.iter().all(|group| group.digits.len() == 3)
    }

    fn is_id(&self) -> bool {
        const WORDS: [&str; 5] = ["身份证", "身份号", "证件号", "证号", "idcard"];
        let is_row = || self.is_row_of_three() && !self.is_said(&WORDS);
        let digits = self.digits.as_str();
        let has_cross = self.groups[self.groups.len() - 1].cross.is_some();
        let number = match (digits.len(), has_cross) {
            (18, _) => digits.to_owned(),
            (17, true) => format!("{digits}X"),
            (15, _) => return self.is_old_id() && !is_row(),
            _ => return false,
        };
        let is_plausible = is_place(&number) && is_birth(&number[6..14]);
        if self.is_whole() {
            return is_plausible || self.is_said(&WORDS);
        }
        let is_sound = || is_sound(&number);
        let pieces = self.pieces();
        let is_divided = pieces.iter().all(|piece| piece.len() >= 3)
            || self.ends_at(6) && self.ends_at(14)
            || pieces
                .last()
                .is_some_and(|last| last.len() + usize::from(has_cross && digits.len() == 17) < 3)
                && pieces[..pieces.len() - 1].iter().all(|piece| piece.len() >= 3);
        is_plausible && (self.is_close() && is_divided && !is_row() || is_sound())
            || self.is_close() && is_sound() && self.is_said(&WORDS)
    }

    /// Of fifteen digits, as they were before 1999.
    fn is_old_id(&self) -> bool {
        let digits = self.digits.as_str();
        let is_divided = self.is_whole() || self.is_close() && self.ends_at(6) && self.ends_at(12);
        is_divided && is_place(digits) && is_birth(&format!("19{}", &digits[6..12]))
    }

    fn is_mobile(&self) -> bool {
        let Some((pieces, own)) = self.without_prefix() else { return false };
        let is_number = own.len() == 11 && own.starts_with('1') && own.as_bytes()[1] >= b'3';
        if !is_number {
            return false;
        }
        if let [_] = pieces[..] {
            return !self.is_sum();
        }
        if self.is_close() && pieces.iter().all(|piece| piece.len() >= 3) {
            return true;
        }
        let is_spoken = || self.is_said(&PHONES);
        if !self.is_close() {
            let is_usual = pieces.iter().map(|piece| piece.len()).eq([3, 4, 4]);
            let has_nought = pieces[1..].iter().any(|piece| piece.starts_with('0'));
            let is_long = pieces.iter().map(|piece| piece.len()).eq([7, 4]);
            return self.is_even() && (is_usual && has_nought || is_long || is_spoken());
        }
        let is_single = pieces.iter().all(|piece| piece.len() == 1);
        let is_alone = self.beside.is_apart && self.next.is_none();
        let has_nought = pieces.iter().any(|piece| piece.starts_with('0'));
        let is_row = is_single && (is_alone || self.beside.is_at_edge);
        let is_divided = self.beside.is_apart || !is_single;
        self.is_even() && (is_row || is_divided && has_nought && !ends_with_day(&pieces))
            || is_spoken()
    }

    /// `+852 6123 4567`, `00853-66123456`: of Hong Kong, Macao, Taiwan or another country.
    fn is_abroad(&self) -> bool {
        const DIALLED: [&str; 3] = ["00852", "00853", "00886"];
        let digits = self.digits.as_str();
        let before = self.text[..self.groups[0].range.start].trim_end();
        let is_plus = |c: char| matches!(c, '+' | '＋');
        let has_plus = before.ends_with(is_plus)
            && !before
                .trim_end_matches(is_plus)
                .ends_with(|c: char| super::groups::digit(c).is_some());
        let is_of_taiwan =
            || digits.len() == 10 && digits.starts_with("09") && self.is_said(&PHONES);
        let is_alone = self.is_close() && self.next.is_none();
        is_alone
            && (has_plus && matches!(digits.len(), 9..=15)
                || DIALLED.iter().any(|code| digits.starts_with(code))
                    && matches!(digits.len(), 13..=14)
                || is_of_taiwan())
    }

    /// The pieces without what is dialled before a mobile, and their digits.
    fn without_prefix(&self) -> Option<(Vec<&str>, &str)> {
        const BEFORE: [&str; 9] =
            ["86", "086", "0086", "00086", "0", "17951", "12593", "17911", "10193"];
        let pieces = self.pieces();
        let digits = self.digits.as_str();
        if let [first, rest @ ..] = &pieces[..]
            && !rest.is_empty()
            && BEFORE.contains(first)
        {
            return Some((rest.to_vec(), &digits[first.len()..]));
        }
        let own = match digits.len() {
            11 => digits,
            12..=16 => BEFORE
                .iter()
                .find_map(|before| digits.strip_prefix(before).filter(|own| own.len() == 11))?,
            _ => return None,
        };
        Some((pieces, own))
    }

    /// `￥13800138000`, `13800138000元`.
    fn is_sum(&self) -> bool {
        let range = self.range();
        let after = self.text[range.end..].trim_start();
        let is_name = after
            .strip_prefix('元')
            .and_then(|rest| rest.chars().next())
            .is_some_and(|c| c.is_alphabetic() && c != '整');
        self.text[..range.start].trim_end().ends_with(['￥', '¥', '$'])
            || after.starts_with('元') && !is_name
    }

    fn is_landline(&self) -> bool {
        let pieces = self.pieces();
        let (pieces, digits) = match &pieces[..] {
            ["86" | "086" | "0086", rest @ ..] if !rest.is_empty() => {
                let digits = rest.concat();
                (rest.to_vec(), if digits.starts_with('0') { digits } else { format!("0{digits}") })
            }
            _ if self.digits.len() > 12 => (
                pieces,
                self.digits
                    .trim_start_matches('0')
                    .strip_prefix("86")
                    .map(|rest| format!("0{rest}"))
                    .unwrap_or_default(),
            ),
            _ => (pieces, self.digits.clone()),
        };
        let Some(area) = area(&digits) else { return self.is_local() };
        let local = &digits[area..];
        // The area is a piece of its own, or nothing is.
        let first = pieces[0].len() + usize::from(!pieces[0].starts_with('0'));
        let is_divided = pieces.len() == 1 || first == area;
        let is_long = pieces[1..].iter().all(|piece| piece.len() >= 3) || self.is_even();
        let is_number = is_local(local, area) && is_divided && is_long && self.is_close();
        is_number || self.is_local()
    }

    /// `电话 8812345`: without its area, where it is said what it is.
    fn is_local(&self) -> bool {
        let pieces = self.pieces();
        let is_divided = matches!(
            pieces.iter().map(|piece| piece.len()).collect::<Vec<_>>()[..],
            [7 | 8] | [3 | 4, 4] | [4, 3]
        );
        let is_service = self.digits.starts_with("400") || self.digits.starts_with("800");
        // 电话记录第20260138号
        let range = self.range();
        let is_of_a_book = self.text[..range.start].trim_end().ends_with('第')
            && self.text[range.end..].trim_start().starts_with('号')
            || self.is_said(&["记录"]);
        is_divided
            && self.is_close()
            && self.beside.is_apart
            && !self.goes_on()
            && !is_service
            && !is_of_a_book
            && self.groups[0].letters.len() != 1
            && is_local(&self.digits, 4)
            && (self.beside.is_after_landline || self.is_said(&PHONES))
    }

    /// Whether more of the kind follows: `3670 3990 2046` are three counts.
    fn goes_on(&self) -> bool {
        let inner = self.groups.get(1).map(|group| &group.gap);
        self.next.is_some_and(|next| Some(&next.gap) == inner && next.digits.len() > 2)
    }

    fn is_card(&self) -> bool {
        const WORDS: [&str; 6] = ["银行卡", "卡号", "账号", "帐号", "存折", "账户"];
        let digits = self.digits.as_str();
        let pieces = self.pieces();
        let is_issued = ["3", "4", "5", "6", "9"].iter().any(|first| digits.starts_with(first));
        match digits.len() {
            16..=19
                if self.is_whole()
                    && !self.is_credit_code()
                    && (digits.starts_with("62") || is_issued && luhn(digits)) =>
            {
                true
            }
            12..=23 if self.is_close() && !digits.starts_with('0') && self.is_said(&WORDS) => {
                pieces.iter().all(|piece| piece.len() >= 3) || self.is_even()
            }
            16..=19 if self.is_close() && self.is_even() => {
                let by_four = pieces.split_last().is_some_and(|(last, rest)| {
                    last.len() <= 4 && rest.iter().all(|piece| piece.len() == 4)
                });
                let by_issuer = matches!(pieces[..], [first, _] if first.len() == 6);
                by_four && is_issued && (luhn(digits) || digits.starts_with("62"))
                    || by_issuer && digits.starts_with("62")
            }
            _ => false,
        }
    }

    /// The code of an organisation (GB 32100): by what is said before it, or by how it
    /// begins and ends. Its last character may be a letter.
    fn is_credit_code(&self) -> bool {
        const KINDS: [&str; 13] =
            ["11", "12", "13", "19", "51", "52", "53", "54", "55", "59", "91", "92", "93"];
        let digits = self.digits.as_str();
        let after = self.text[self.groups[0].range.end..].chars().next().map(crate::text::half);
        let letter = after.filter(|c| digits.len() == 17 && c.is_ascii_uppercase());
        let code: String = digits.chars().chain(letter).collect();
        code.len() == 18
            && (self.is_said(&["信用代码"])
                || KINDS.iter().any(|kind| code.starts_with(kind)) && is_sound_code(&code))
    }

    /// Passports, permits to come and go, cards of Hong Kong and Taiwan, of the army.
    fn is_permit(&self) -> bool {
        const WORDS: [&str; 18] = [
            "香港身份证",
            "澳门身份证",
            "香港居民身份证",
            "澳门居民身份证",
            "护照",
            "通行证",
            "军官证",
            "士兵证",
            "士官证",
            "文职人员证",
            "警官证",
            "军人证",
            "居住证",
            "驾驶证",
            "驾照",
            "台胞证",
            "回乡证",
            "社保卡",
        ];
        let digits = self.digits.as_str();
        let [group] = self.groups else {
            let is_by_four = self.groups[0].letters.len() == 1
                && "EG".contains(&self.groups[0].letters)
                && self.pieces().iter().map(|piece| piece.len()).eq([4, 4]);
            let is_spoken = || {
                matches!(digits.len(), 7..=10)
                    && !ends_with_day(&self.pieces())
                    && self.is_said(&WORDS)
            };
            let has_year = self
                .pieces()
                .iter()
                .any(|piece| piece.len() == 4 && is_date(&format!("{piece}0101"), 1900..=2099));
            let is_alone = self.next.is_none() || !has_year && self.is_said(&WORDS);
            return self.is_close() && is_alone && (is_by_four || is_spoken());
        };
        let is_day = digits.len() >= 8 && is_day(&digits[..8]);
        if matches!(digits.len(), 7..=12) && !is_day && self.is_said(&WORDS) {
            return true;
        }
        let after = &self.text[group.range.end..];
        let letters = group.letters.as_str();
        let is_numbered =
            digits.starts_with("20") && self.is_said(&["编号", "合同", "文件", "档案"]);
        let is_dated = is_day
            || is_numbered
            || !matches!(letters, "E" | "G")
                && (digits.starts_with("20") || digits.starts_with("199"));
        match (letters, digits.len()) {
            ("E" | "G" | "D" | "S" | "P" | "H" | "M" | "C" | "W" | "L" | "T" | "K", 8)
            | ("H" | "M", 10) => !is_dated,
            ("DE" | "SE" | "PE" | "KJ" | "MA" | "MB", 7) => !is_dated,
            (two, 7) if two.len() == 2 && two.starts_with(['E', 'C']) => !is_dated,
            (three, 12) => three.len() == 3,
            (
                "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "I" | "J" | "K" | "L" | "M" | "N"
                | "O" | "P" | "Q" | "R" | "S" | "T" | "U" | "V" | "W" | "X" | "Y" | "Z",
                9,
            ) => is_of_taiwan(letters, digits),
            (few, 6) if matches!(few.len(), 1 | 2) => is_checked(after.trim_start()),
            ("", 6..=8) => self.is_of_army() && !is_day,
            _ => false,
        }
    }

    /// `军字第2001988号`.
    fn is_of_army(&self) -> bool {
        const ARMS: &str = "军海空陆火政后装参士文武警兵南北东西中沈济兰成广京";
        let before = self.text[..self.groups[0].range.start].trim_end();
        let arm = before.strip_suffix("字第").and_then(|before| before.chars().last());
        arm.is_some_and(|arm| ARMS.contains(arm))
    }
}

/// What is said at the end of a text, other numbers left out.
fn said_before(before: &str) -> String {
    const NEAR: usize = 10;
    const LONGEST_ROW: usize = 60;
    let is_said = |c: char| c.is_alphabetic() && super::groups::digit(c).is_none();
    let row = before.chars().rev().take(LONGEST_ROW).take_while(|c| !is_said(*c));
    let said = before.len() - row.map(char::len_utf8).sum::<usize>();
    let near = before[..said].chars().rev().take(NEAR).take_while(|c| !"\n。；;".contains(*c));
    let near: String = near.collect();
    near.chars().rev().flat_map(char::to_lowercase).collect()
}

/// Words by which a number is a telephone's.
const PHONES: [&str; 13] = [
    "电话",
    "手机",
    "座机",
    "固话",
    "宅电",
    "致电",
    "拨打",
    "联系方式",
    "电联",
    "传真",
    "tel",
    "phone",
    "mobile",
];

/// `0.13800138000`: a share, not a number of anybody's.
fn is_fraction(groups: &[Group]) -> bool {
    matches!(groups, [whole, part, ..] if whole.digits == "0" && part.gap == Gap::Close(".".into()))
}

/// Numbers that stand in a longer run, one after another, or at an end of it.
fn within(group: &Group) -> Vec<Found> {
    const LONG: usize = 19;
    let digits = group.digits.as_str();
    let length = digits.len();
    // The codes of places have twelve digits, times begin with a day.
    if length < 13 || is_day(&digits[..8]) {
        return Vec::new();
    }
    let own = |at: usize| {
        let rest = &digits[at..];
        let id = rest.get(..18).filter(|id| is_place(id) && is_birth(&id[6..14]));
        let phone = rest.get(..11).filter(|own| own.starts_with('1') && own.as_bytes()[1] >= b'3');
        id.map(|_| (18, Shape::IdNumber)).or(phone.map(|_| (11, Shape::MobilePhone)))
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < length {
        let is_end = |count: usize| at == 0 || at + count == length;
        match own(at).filter(|(count, _)| length > LONG || is_end(*count)) {
            Some((count, shape)) => {
                let end = group.places.get(at + count).copied().unwrap_or(group.range.end);
                found.push((group.places[at]..end, shape));
                at += count;
            }
            None => at += 1,
        }
    }
    found
}

/// How many digits are the area of a landline: `010`, `0663`.
fn area(digits: &str) -> Option<usize> {
    let is_number = matches!(digits.len(), 11 | 12) && digits.starts_with('0');
    match (is_number, digits.get(1..3)?.as_bytes()) {
        (true, b"10") => Some(3),
        (true, [b'2', second]) if *second != b'6' => Some(3),
        (true, [b'3'..=b'9', _]) => Some(4),
        _ => None,
    }
}

/// Whether digits may be a number in its area.
fn is_local(digits: &str, area: usize) -> bool {
    let fits = match area {
        3 => digits.len() == 8,
        _ => matches!(digits.len(), 7 | 8),
    };
    fits && digits.starts_with(['2', '3', '4', '5', '6', '7', '8'])
        && !(digits.len() == 8 && is_day(digits))
}

/// Whether digits begin as those of a province do; a permanent resident's begin with 9.
fn is_place(digits: &str) -> bool {
    const PROVINCES: [&str; 35] = [
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37",
        "41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64",
        "65", "71", "81", "82", "83",
    ];
    let is_province = |digits: &str| PROVINCES.iter().any(|province| digits.starts_with(province));
    is_province(digits) || digits.strip_prefix('9').is_some_and(is_province)
}

fn is_birth(digits: &str) -> bool {
    is_date(digits, 1880..=2050)
}

fn is_day(digits: &str) -> bool {
    is_date(digits, 1900..=2099)
}

fn is_date(yyyymmdd: &str, years: std::ops::RangeInclusive<u32>) -> bool {
    let part = |range: Range<usize>| {
        yyyymmdd.get(range).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0)
    };
    years.contains(&part(0..4)) && (1..=12).contains(&part(4..6)) && (1..=31).contains(&part(6..8))
}

/// `138 2026-05-10`: a count and a day.
fn ends_with_day(pieces: &[&str]) -> bool {
    let days = pieces
        .windows(3)
        .map(|three| three.iter().map(|piece| format!("{piece:0>2}")).collect::<String>());
    days.into_iter().any(|day| is_day(&day))
}

/// Whether the last of an ID number's characters proves the others (ISO 7064).
fn is_sound(id: &str) -> bool {
    let value = |c: char| if c == 'X' { 10 } else { c.to_digit(10).unwrap_or(0) };
    let sum = id.chars().fold(0, |sum, c| (sum * 2 + value(c)) % 11);
    sum == 1
}

/// Whether the last of a credit code's characters proves the others (GB 32100).
fn is_sound_code(code: &str) -> bool {
    const CHARACTERS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let weighed =
        code.chars().zip([1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1]);
    let values = weighed.map(|(c, weight)| Some(CHARACTERS.find(c)? * weight));
    values.sum::<Option<usize>>().is_some_and(|sum| sum.is_multiple_of(31))
}

/// `A123456789`: the letter stands for two digits, and all are weighed.
fn is_of_taiwan(letter: &str, digits: &str) -> bool {
    const LETTERS: &str = "ABCDEFGHJKLMNPQRSTUVXYWZIO";
    let Some(place) = LETTERS.find(letter) else { return false };
    let first = place + 10;
    let weighed = digits
        .bytes()
        .zip([8, 7, 6, 5, 4, 3, 2, 1, 1])
        .map(|(byte, weight)| usize::from(byte - b'0') * weight);
    let sum = first / 10 + first % 10 * 9 + weighed.sum::<usize>();
    digits.starts_with(['1', '2', '8', '9']) && sum.is_multiple_of(10)
}

/// `(7)` after `A123456`, the check of a card of Hong Kong.
fn is_checked(after: &str) -> bool {
    let mut chars = after.chars().map(crate::text::half);
    let check = [chars.next(), chars.next(), chars.next()];
    matches!(check, [Some('('), Some('0'..='9' | 'A' | 'a'), Some(')')])
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
    sum.is_multiple_of(10)
}
