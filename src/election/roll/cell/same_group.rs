//! Whether two names are of one group, however it is written: 一组, 第一村民小组 and 1; and
//! what is no group at all.

use std::borrow::Cow;
use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization as _;

use super::grouping::{Numbered, is_surely_group, names_several};
use super::lexicon::{self, Words};
use super::numerals::{is_numeral, value_of};
use super::relations;
use super::simplified::simplified;
use super::words::compact;
use crate::election::roll::label_key;
use crate::text::{is_common_han, is_invisible};

/// What a name of a group says: the kind of group, its number, and all else.
#[derive(PartialEq, Eq)]
struct Parts {
    kind: &'static str,
    number: Option<u32>,
    rest: String,
}

impl Parts {
    fn of(name: &str) -> Option<Self> {
        const KINDS: [&str; 19] = [
            "村民小组",
            "居民小组",
            "小组",
            "村民组",
            "居民组",
            "组",
            "经联社",
            "经济社",
            "合作社",
            "联社",
            "社",
            "生产队",
            "小队",
            "队",
            "屯",
            "片区",
            "片",
            "网格",
            "自然村",
        ];
        let name = compact(name);
        let name = as_meant(&name);
        let bare = name.trim_matches(['(', '（', ')', '）']);
        let bare = bare.strip_suffix(".0").or(bare.strip_suffix('#')).unwrap_or(bare);
        let kind = KINDS.into_iter().find(|kind| bare.ends_with(kind)).unwrap_or_default();
        // 第一组组.
        let bare = bare.strip_suffix(kind)?.trim_end_matches('组');
        // （一）组
        let bare = bare.trim_matches(['(', '（', ')', '）']);
        let rest = bare.trim_end_matches(is_numeral);
        let number = value_of(&bare[rest.len()..]);
        let rest = rest.strip_suffix('第').unwrap_or(rest).to_owned();
        let last = kind.chars().next_back().filter(|last| "组社队".contains(*last));
        let kind = match last {
            Some('组') => "组",
            Some('社') => "社",
            Some(_) => "队",
            None => kind,
        };
        Some(Self { kind, number, rest })
    }
}

/// The name of a group in the characters that were meant: `组一`, `ー组`, `一組` are `一组`.
fn as_meant(name: &str) -> Cow<'_, str> {
    const STROKES: &str = "ー—－-–―ㄧ⼀";
    let is_common = |c: char| is_common_han(c) || c.is_ascii_alphanumeric();
    let is_turned = name.starts_with('组') && name.chars().nth(1).is_some_and(is_numeral);
    if is_turned {
        return Cow::Owned(format!("{}组", &name['组'.len_utf8()..]));
    }
    let name = simplified(name);
    if name.chars().all(is_common) {
        return name;
    }
    if let Some(roman) = name.chars().find(|c| ('Ⅰ'..='Ⅻ').contains(c)) {
        let number = u32::from(roman) - u32::from('Ⅰ') + 1;
        return Cow::Owned(name.replace(roman, &number.to_string()));
    }
    let seen: String = name.chars().filter(|c| !is_invisible(*c)).nfkc().collect();
    let kinds = ["村民小组", "居民小组", "小组", "组"];
    let bare = kinds.iter().find_map(|kind| Some((seen.strip_suffix(kind)?, *kind)));
    match bare.map(|(bare, kind)| (bare.trim_start_matches('第'), kind)) {
        Some((bare, kind)) if bare.chars().count() == 1 && STROKES.contains(bare) => {
            Cow::Owned(format!("一{kind}"))
        }
        _ => Cow::Owned(seen),
    }
}

/// The form in which the names of one group are equal in rolls of two hands:
/// `第一村民小组`, `1组`.
pub(crate) fn group_key(name: &str) -> String {
    let name = without_former_name(name);
    match Parts::of(name) {
        Some(Parts { kind, number: Some(number), rest }) => format!("{rest}{number}{kind}"),
        _ => label_key(name),
    }
}

/// 三组 of `三组（原河东）`.
fn without_former_name(name: &str) -> &str {
    const FORMER: [&str; 3] = ["原", "曾用名", "旧称"];
    let bare = name.trim_end().strip_suffix([')', '）']).and_then(|it| it.split_once(['(', '（']));
    let bare = bare.filter(|(_, said)| FORMER.iter().any(|word| said.starts_with(word)));
    bare.map_or(name, |(bare, _)| bare.trim_end())
}

/// The keys by which rolls may have the group of this name: that of `第一村民小组` is also
/// that of `1`, that of `石桥1组` of `1组`, that of `上坝组` of `上坝`, that of `1栋` of `1#`.
pub(crate) fn group_keys(name: &str) -> Vec<String> {
    const BUILDINGS: [&str; 4] = ["号楼", "楼", "栋", "幢"];
    let building = BUILDINGS.iter().find_map(|kind| name.strip_suffix(kind));
    if let Some(number) = building.and_then(value_of) {
        return vec![group_key(name), number.to_string()];
    }
    let parts = Parts::of(name).filter(|parts| !parts.kind.is_empty());
    let shorter = parts.map(|Parts { kind, number, rest }| match number {
        Some(number) if rest.is_empty() => number.to_string(),
        Some(number) => format!("{number}{kind}"),
        None => label_key(&rest),
    });
    let shorter = shorter.filter(|key| !key.is_empty());
    std::iter::once(group_key(name)).chain(shorter).collect()
}

/// Whether two names are most likely of one group: `一组` and `1`, `上寨` and `上寨组`,
/// `第一村民小姐` and `第一村民小组`.
pub(crate) fn are_alike(one: &str, other: &str) -> bool {
    let (Some(parts), Some(others)) = (Parts::of(one), Parts::of(other)) else { return false };
    let is_same = parts.number == others.number && parts.rest == others.rest;
    let lacks_kind = parts.kind.is_empty() != others.kind.is_empty();
    let is_kind = parts.kind == others.kind || lacks_kind;
    let is_slip = || {
        let (one, other) = (label_key(one), label_key(other));
        lacks_kind && one.chars().count() > 2 && strsim::levenshtein(&one, &other) == 1
    };
    is_same && is_kind && (parts.number.is_some() || !parts.rest.is_empty()) || is_slip()
}

/// Whether what stands for a group says that there is none, or is a day that a
/// spreadsheet made of `1-2`.
pub(crate) fn is_no_group(name: &str) -> bool {
    static NONE: Words = Words::new(|| lexicon::words("groups", "none"));
    let text = compact(name);
    let is_of_month = text.find('月').is_some_and(|at| {
        let (month, day) =
            (&text[..at], text[at + '月'.len_utf8()..].trim_end_matches(['日', '号']));
        is_digits(month) && (day.is_empty() || is_digits(day))
    });
    let is_of_people = text.ends_with('族') && text.chars().nth(3).is_none();
    let is_lost =
        text.ends_with('组') && text.contains(['?', '？', '□', '×', '*', '_', '＿', '\u{FFFD}']);
    let is_stuttered = text.ends_with("组组");
    let former = text.strip_prefix(['原', '旧']).is_some_and(is_surely_group);
    let is_told_otherwise =
        is_of_month || is_of_people || is_lost || is_stuttered || former || numbers_a_door(&text);
    let mut parts = text.split('-');
    let is_day = parts.clone().count() == 3
        && parts.next().is_some_and(|year| year.len() == 4)
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    NONE.contains(&&*text) || is_day || is_told_otherwise || relations::sex_of(&text).is_some()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `1组3号`: a group, and somebody's house or number in it.
fn numbers_a_door(text: &str) -> bool {
    let Some(group) = Numbered::of(text).filter(|group| group.kind.is_some()) else { return false };
    let number = text[group.len..].strip_suffix(['号', '户']);
    number.is_some_and(|number| !number.is_empty() && number.chars().all(is_numeral))
}

/// `第一` of `第一组`: what a slip of its last character would leave.
pub(crate) fn without_kind(name: &str) -> Option<String> {
    let text = compact(name);
    let bare = text.strip_suffix('组')?;
    bare.ends_with(|c| is_numeral(c) || "小民".contains(c)).then(|| bare.to_owned())
}

/// Whether a name is that of a group but for its last character: `一祖` beside `一组`.
pub(crate) fn is_slip_of_group(name: &str, bare: &HashSet<String>) -> bool {
    const KINDS: &str = "组社队屯片栋幢楼座村区里坊湾寨庄户号门院段排班巷弄街路格";
    let text = compact(name);
    let Some(last) = text.chars().next_back() else { return false };
    let rest = &text[..text.len() - last.len_utf8()];
    !KINDS.contains(last) && !is_numeral(last) && bare.contains(rest)
}

/// `二祖`, `二组长`, `二组二`, `弍组`, `村组`: what beside 一组 and 三组 is 二组.
pub(crate) fn is_misspelt_number(name: &str) -> bool {
    const LIKE_KIND: &str = "祖姐阻租俎且粗助足";
    const LIKE_NUMBERS: &str = "弌弍弎";
    let text = compact(name);
    let text = text.strip_prefix('第').unwrap_or(&text);
    let rest = text.trim_start_matches(is_numeral);
    let is_numbered = rest.len() < text.len();
    let more = rest.strip_prefix('组').unwrap_or_default();
    let is_one_like =
        rest.chars().next().is_some_and(|c| LIKE_KIND.contains(c)) && rest.chars().nth(1).is_none();
    is_numbered && (is_one_like || more == "长" || !more.is_empty() && more.chars().all(is_numeral))
        || text == "村组"
        || text.starts_with(|c| LIKE_NUMBERS.contains(c)) && text.ends_with('组')
}

/// Whether two names are of two groups for certain: `一组` and `第二村民小组`.
pub(crate) fn are_apart(one: &str, other: &str) -> bool {
    if names_several(one) || names_several(other) {
        return false;
    }
    let Some((one, other)) = Parts::of(one).zip(Parts::of(other)) else { return false };
    let are_one_kind = one.kind == other.kind || one.is_bare() || other.is_bare();
    match (one.number, other.number) {
        (Some(one_number), Some(other_number)) => are_one_kind && one_number != other_number,
        (None, None) => {
            are_one_kind
                && !one.kind.is_empty()
                && !one.rest.contains(&other.rest)
                && !other.rest.contains(&one.rest)
        }
        _ => false,
    }
}

impl Parts {
    /// A number and nothing else: `2`.
    fn is_bare(&self) -> bool {
        self.kind.is_empty() && self.rest.is_empty() && self.number.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_one_group_in_two_writings() {
        for other in [
            "ー组",
            "—组",
            "-组",
            "一組",
            "⼀组",
            "一组\u{200B}",
            "组一",
            "第一组组",
            "1组",
            "壹组",
        ] {
            assert!(are_alike("一组", other), "{other}");
        }
        for other in ["二组", "—", "1-2组", "一社区"] {
            assert!(!are_alike("一组", other), "{other}");
        }
    }

    #[test]
    fn knows_what_is_no_group() {
        for name in [
            "暂缺",
            "男",
            "户主",
            "汉族",
            "1月2日",
            "2026-1-2",
            "村民小组",
            "?组",
            "原一组",
            "1组3号",
            "长子",
            "集体户",
        ] {
            assert!(is_no_group(name), "{name}");
        }
        for name in ["一组", "A", "东湾", "原上组", "第12居民小组", "2栋1单元", "侗族寨", "3号楼"]
        {
            assert!(!is_no_group(name), "{name}");
        }
    }

    #[test]
    fn knows_two_groups_from_one() {
        for (one, other) in [
            ("一组", "二组"),
            ("第十一村民小组", "1组"),
            ("2", "一组"),
            ("一社", "二社"),
            ("东湾自然村", "西湾自然村"),
            ("东湾村一组", "二组"),
        ] {
            assert!(are_apart(one, other) && are_apart(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("一组", "第一居民小组"),
            ("12组", "十二组"),
            ("1", "一组"),
            ("东片", "一组"),
            ("第一网格", "二组"),
            ("东湾自然村", "东湾"),
            ("后坑", "一组"),
            ("二十组", "第20小组"),
        ] {
            assert!(!are_apart(one, other) && !are_apart(other, one), "{one} {other}");
        }
    }
}
