//! Personal data: what must never reach a wall, a log or a message.

mod groups;
mod shape;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use crate::text::is_common_han;

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
    /// With its area, or after a word that says what it is. An office has one, too.
    Landline,
    /// A bank card number of 16 to 19 digits.
    BankCard,
    /// Of a passport, or of a permit of Hong Kong, Macao, Taiwan or the army.
    Passport,
}

impl Shape {
    /// The word a user sees.
    pub fn name(self) -> &'static str {
        match self {
            Shape::IdNumber => "身份证号码",
            Shape::MobilePhone => "手机号码",
            Shape::Landline => "固定电话号码",
            Shape::BankCard => "银行卡号",
            Shape::Passport => "护照、通行证等证件号码",
        }
    }
}

/// Finds everything in `text` that has the shape of personal data, as byte ranges:
/// in whatever digits, with signs between them, behind a code of the country or a
/// word, one after another, or with a few of them hidden. What is found and what is
/// not stands in `privacy/corpus.tsv`.
pub fn find(text: &str) -> Vec<(Range<usize>, Shape)> {
    // Almost every text is somebody's name.
    const SHORTEST: usize = 6;
    if text.chars().filter(|c| groups::may_be_digit(*c)).count() < SHORTEST {
        return Vec::new();
    }
    let read = groups::read(text);
    let mut found = shape::whole(text, &read.shown);
    found.retain(|(range, _)| !is_in_web_address(text, range));
    let is_new = |(range, _): &(Range<usize>, Shape)| {
        let next = found.partition_point(|(other, _)| other.end <= range.start);
        found.get(next).is_none_or(|(other, _)| range.end <= other.start)
    };
    let hidden: Vec<_> = shape::hidden(&read.hidden).into_iter().filter(is_new).collect();
    found.extend(hidden);
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// `http://…/art_13825_671934.html`: numbers that stand in one only beside one another.
fn is_in_web_address(text: &str, range: &Range<usize>) -> bool {
    const LONGEST: usize = 2048;
    let is_within = |c: char| c.is_ascii_graphic() && !matches!(c, ',' | ';');
    let near = &text[text.floor_char_boundary(range.start.saturating_sub(LONGEST))..range.start];
    let begins = &near[near.trim_end_matches(is_within).len()..];
    (begins.contains("://") || begins.starts_with("www."))
        && text[range.clone()].contains(['_', '/', '-', '.'])
}

/// The digits that are written in `text`, in ASCII.
pub fn digits(text: &str) -> String {
    text.chars().filter_map(groups::digit).collect()
}

/// `text` with all but the first three digits of each such run turned into
/// `*`, which keeps every column where it was.
pub fn mask(text: &str) -> Cow<'_, str> {
    const SHOWN: usize = 3;
    let Some(mut masked) = hide(text, SHOWN) else { return Cow::Borrowed(text) };
    // What is left beside a number can look like one of which a part is hidden.
    while let Some(more) = hide(&masked, 0) {
        masked = more;
    }
    Cow::Owned(masked)
}

/// `text` with all but the first `shown` characters of each number hidden; none if
/// there is no number.
fn hide(text: &str, shown: usize) -> Option<String> {
    let found = find(text);
    if found.is_empty() {
        return None;
    }
    let mut masked = String::with_capacity(text.len());
    let mut end = 0;
    for (range, _) in found {
        masked.push_str(&text[end..range.start]);
        for (n, c) in text[range.clone()].chars().enumerate() {
            match c.len_utf8() {
                _ if n < shown => masked.push(c),
                1 => masked.push('*'),
                // A full-width star is as many bytes and columns as a full-width digit.
                _ => masked.push('＊'),
            }
        }
        end = range.end;
    }
    masked.push_str(&text[end..]);
    Some(masked)
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
        let is_door = masked[..start].ends_with(DOORS) && rest.starts_with(['号', '室', '弄'])
            || is_of_a_home(&masked[..start], rest);
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

/// Whether a number between two texts is that of a door, as far as these tell: 桥头埔7号,
/// 402室; `选区3号` and `2号` alone are none.
pub fn is_of_a_home(before: &str, after: &str) -> bool {
    const NONE: [&str; 26] = [
        "第", "号", "网格", "选区", "站", "点", "组", "队", "社", "片", "区", "册", "表", "证",
        "编", "名单", "与", "和", "及", "至", "到", "月", "箱", "票", "其中", "删除",
    ];
    const WIDE: [&str; 8] = ["号楼", "号院", "号片", "号网格", "号组", "号队", "号选区", "号投票"];
    let has_place = before.chars().rev().take(2).filter(|c| is_common_han(*c)).count() == 2;
    after.starts_with('室')
        || after.starts_with('号')
            && has_place
            && !NONE.iter().any(|word| before.ends_with(word))
            && !WIDE.iter().any(|word| after.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_masked_shows_no_number_any_more() {
        for text in ["11010519293114002X", "13800138000 138****8000", "110105194912310021"] {
            let masked = mask(text);
            assert!(find(&masked).is_empty(), "{masked}");
            assert_eq!(masked.len(), text.len());
        }
    }

    #[test]
    fn masks_more_in_the_names_of_sheets_and_columns() {
        for (label, masked) in [
            ("备注0663-8461234", "备注066*********"),
            ("名册 8461234", "名册 *******"),
            ("H1234567801", "H123*******"),
            ("秘密巷77号", "秘密巷**号"),
            ("桥头埔7号", "桥头埔*号"),
            ("小区3幢2单元402室", "小区3幢2单元***室"),
            ("13912345678", "139********"),
        ] {
            assert_eq!(mask_label(label), masked);
        }
        for label in [
            "名册20261120",
            "2026-11-20",
            "3号楼",
            "一组（35人）",
            "Sheet1",
            "2021-2026",
            "选区3号",
            "名册第2号",
        ] {
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

    /// One way to write a number to a line, or something harmless.
    const CORPUS: &str = include_str!("privacy/corpus.tsv");

    /// Each text of the corpus with the shapes that are to be found in it.
    fn corpus() -> impl Iterator<Item = (String, Vec<&'static str>)> {
        let lines = CORPUS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines.map(|line| {
            let (shapes, text) = line.split_once('\t').expect("a shape, a tab, a text");
            (text.replace("\\n", "\n"), shapes.split('+').filter(|shape| *shape != "-").collect())
        })
    }

    fn word(shape: Shape) -> &'static str {
        match shape {
            Shape::IdNumber => "id",
            Shape::MobilePhone => "mobile",
            Shape::Landline => "landline",
            Shape::BankCard => "card",
            Shape::Passport => "permit",
        }
    }

    #[test]
    fn finds_what_the_corpus_says_and_nothing_else() {
        let mut wrong = Vec::new();
        for (text, shapes) in corpus() {
            let found: Vec<_> = find(&text).into_iter().map(|(_, shape)| word(shape)).collect();
            if found != shapes {
                wrong.push(format!("{text}: {found:?}, not {shapes:?}"));
            }
        }
        assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), corpus().count(), wrong.join("\n"));
        let (harmful, harmless): (Vec<_>, Vec<_>) =
            corpus().partition(|(_, shapes)| !shapes.is_empty());
        assert!(harmful.len() >= 106 && harmless.len() >= 200);
    }

    #[test]
    fn what_is_masked_is_found_no_more() {
        for (text, shapes) in corpus().filter(|(_, shapes)| !shapes.is_empty()) {
            let masked = mask(&text);
            assert_eq!(find(&masked), [], "{text}: {masked}, {shapes:?}");
            assert_eq!(masked.chars().count(), text.chars().count(), "{text}: {masked}");
        }
    }

    #[test]
    fn long_texts_are_read_in_one_go() {
        for piece in
            ["1 ", "示1 ", "138 ", "1 3 8 0 0 1 3 8 0 0 0 ", "138**** ", "电话8725303 ", "1.", "x"]
        {
            mask(&piece.repeat(100_000 / piece.len()));
        }
    }

    #[test]
    fn counting_is_no_number() {
        for first in 100..1000 {
            for sign in [" ", "/", "-", "、"] {
                let row: Vec<_> = (first..(first + 9).min(1000)).map(|n| n.to_string()).collect();
                let row = row.join(sign);
                assert_eq!(find(&row), [], "{row}");
            }
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
