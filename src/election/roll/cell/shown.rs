//! What of a cell a message or a list may show: never what could be some person's number,
//! address or account.

use std::borrow::Cow;

use crate::election::person::NAME_DOTS;
use crate::privacy;
use crate::text::is_common_han;

/// What stands for a text that is not shown.
pub(crate) const NOT_SHOWN: &str = "（内容不显示）";

/// A text of the table fit for a message: short, and with no number or door in it
/// that could be anybody's.
pub(crate) fn quote(text: &str) -> String {
    const LONGEST: usize = 30;
    let text = text.trim();
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    if digits > 8 || names_a_door(text) || names_an_account(text) || !privacy::find(text).is_empty()
    {
        return NOT_SHOWN.into();
    }
    let masked = privacy::mask_label(text);
    let mut shown: String = masked.chars().take(LONGEST).map(visible).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    format!("“{shown}”")
}

/// A remark fit for a message: where somebody moved to is nobody's business.
pub(crate) fn quote_remark(text: &str) -> String {
    if remark_carries_personal(text) { NOT_SHOWN.into() } else { quote(text) }
}

/// Whether a text has the number of a door: `街9号`, `301室`; `3号楼` may be a group, and
/// `第3号` is a row of the list.
pub(crate) fn names_a_door(text: &str) -> bool {
    is_door_in_short(text) || names_a_door_in_words(text)
}

/// `微信lihua88`, `wx_lihua1988`: by what somebody is reached; `Sheet2026` is nobody.
pub(crate) fn names_an_account(text: &str) -> bool {
    const SHORTEST: usize = 6;
    let is_of_names = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let is_account = |word: &str| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        word.len() >= SHORTEST
            && word.starts_with(|c: char| c.is_ascii_alphabetic())
            && (digits > 2 || digits > 0 && word.contains('_'))
            && !word.to_ascii_lowercase().starts_with("sheet")
    };
    text.contains("微信") || text.split(|c| !is_of_names(c)).any(is_account)
}

/// `3-2-501`: building, entrance and room.
pub(crate) fn is_door_in_short(text: &str) -> bool {
    const ROOM: usize = 3;
    let is_part = |part: &str| (1..=2).contains(&part.len());
    let is_short = |said: &str| {
        let parts: Vec<&str> = said.split('-').collect();
        matches!(parts[..], [one, two, room] if is_part(one) && is_part(two) && room.len() >= ROOM)
    };
    text.split(|c: char| !c.is_ascii_digit() && c != '-').any(is_short)
}

fn names_a_door_in_words(text: &str) -> bool {
    const DOORS: [&str; 5] = ["号", "室", "栋", "幢", "单元"];
    /// What stands before the number of a row.
    const OF_ROWS: &str = "第与和及跟同系是为将把对即中删去除";
    let is_number = |c: char| c.is_numeric() || "一二三四五六七八九十".contains(c);
    let ends = text.char_indices().filter(|(_, c)| is_number(*c)).map(|(at, c)| at + c.len_utf8());
    ends.into_iter().any(|end| {
        let (rest, before) = (&text[end..], text[..end].trim_end_matches(is_number));
        let is_row = rest.starts_with('号')
            && before.chars().next_back().is_none_or(|c| !is_common_han(c) || OF_ROWS.contains(c))
            && text.chars().any(|c| is_common_han(c) && c != '号' && !is_number(c));
        DOORS.iter().any(|door| rest.starts_with(door)) && !rest.starts_with("号楼") && !is_row
    })
}

/// What cannot be seen, or would upset the line, becomes a box.
fn visible(c: char) -> char {
    if c.is_control() || crate::text::is_invisible(c) { '□' } else { c }
}

/// A number of a roll in a message; one that is larger than any roll may be somebody's
/// telephone number.
pub(crate) fn number_in_words(number: u64) -> String {
    const LARGEST: u64 = crate::election::roll::MAX_VOTERS as u64;
    match number {
        0..=LARGEST => number.to_string(),
        _ => format!("（{} 位数）", number.ilog10() + 1),
    }
}

/// Whether a cell that should hold a name holds an address, or a number in
/// Chinese numerals: nothing that may be shown.
pub(crate) fn carries_personal(text: &str) -> bool {
    is_address(text) || has_long_numeral(text)
}

/// As [`carries_personal`], of a remark: 3号 in `注：3号已死亡` numbers a row of the list,
/// and 县城 is nobody's address.
pub(crate) fn remark_carries_personal(remark: &str) -> bool {
    const PLAIN: [&str; 14] = [
        "县城", "外县", "本县", "邻县", "县里", "乡下", "外乡", "本乡", "邻乡", "老乡", "家乡",
        "回乡", "外镇", "本镇",
    ];
    if has_long_numeral(remark) || !is_address(remark) {
        return has_long_numeral(remark);
    }
    let mut plain = remark.to_owned();
    for word in PLAIN {
        plain = plain.replace(word, "");
    }
    if !names_a_door(remark) {
        plain.retain(|c| c != '号');
    }
    is_address(&plain)
}

fn is_address(text: &str) -> bool {
    const SIGNS: [char; 12] =
        ['路', '街', '巷', '弄', '号', '室', '栋', '幢', '镇', '县', '乡', '寓'];
    const SHORTEST: usize = 6;
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    letters >= SHORTEST && text.contains(SIGNS) && !text.contains(NAME_DOTS)
}

/// A telephone number in Chinese numerals.
fn has_long_numeral(text: &str) -> bool {
    const LONG: usize = 7;
    let mut run = 0;
    text.chars().any(|c| {
        run = if "〇零○一二三四五六七八九".contains(c) { run + 1 } else { 0 };
        run >= LONG
    })
}

/// Whether the name of a group holds what is some person's: a telephone
/// number, a number of a card, an address.
pub(crate) fn group_carries_personal(text: &str) -> bool {
    const LONGEST: usize = 6;
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    let is_street =
        text.contains(['路', '街', '巷', '弄']) && text.contains(['号', '室', '栋', '幢']);
    digits > LONGEST
        || is_door_in_short(text)
        || has_long_numeral(text)
        || is_street && digits > 0
        || names_a_home(text)
        || !privacy::find(text).is_empty()
}

/// `西冲村88号`, `3幢2单元501`: somebody's home, where `3号楼` and `2栋1单元` are groups.
fn names_a_home(text: &str) -> bool {
    const ROOM: usize = 3;
    let is_house = text.contains(['村', '镇', '乡', '县', '道', '寨', '屯'])
        && text.match_indices('号').any(|(at, _)| {
            text[..at].ends_with(char::is_numeric) && !text[at..].starts_with("号楼")
        });
    let mut run = 0;
    let has_room = text.chars().any(|c| {
        run = if c.is_ascii_digit() || ('０'..='９').contains(&c) { run + 1 } else { 0 };
        run >= ROOM
    });
    is_house || has_room && ["栋", "幢", "单元", "号楼", "室"].iter().any(|it| text.contains(it))
}

/// `桥头埔7号`: it may be a group, and is not shown.
fn is_home(name: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let Some(start) = name.find(is_digit) else { return false };
    let rest = name[start..].trim_start_matches(is_digit);
    privacy::is_of_a_home(&name[..start], rest)
}

/// `1号楼1单元`, `幸福里小区2栋`: many live there.
fn names_building(text: &str) -> bool {
    let is_of_people = text.contains(['路', '街', '巷', '弄', '镇', '县', '乡', '室', '寓']);
    !is_of_people && ["楼", "栋", "幢", "单元"].iter().any(|end| text.ends_with(end))
}

/// A name, of a person or a group, fit for a list: one that carries what is some
/// person's is not shown.
pub fn fit_to_show(name: &str) -> Cow<'_, str> {
    let is_personal =
        carries_personal(name) && name.contains(char::is_numeric) && !names_building(name);
    if is_personal || group_carries_personal(name) || is_home(name) {
        return Cow::Borrowed(NOT_SHOWN);
    }
    privacy::mask(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_numbers_of_rows_and_hides_those_of_doors_and_telephones() {
        for shown in ["注：3号已死亡", "更正：2号性别应为男", "与第3号是同一人", "已在县城社区登记"]
        {
            assert_eq!(quote_remark(shown), format!("“{shown}”"));
        }
        for hidden in [
            "住3-2-501",
            "微信lihua88",
            "wx_lihua1988",
            "迁往仙桥街9号",
            "秘密巷301室",
            "迁到桥头3号住",
            "迁往东山镇石桥村",
        ] {
            assert_eq!(quote_remark(hidden), NOT_SHOWN, "{hidden}");
        }
        assert_eq!(quote_remark("死亡，8461234"), "“死亡，*******”");
    }

    #[test]
    fn knows_a_home_from_a_group() {
        for text in
            ["西冲村88号", "幸福小区3幢2单元501", "一组 东镇西村8号", "建设路3号", "1-1-101"]
        {
            assert!(group_carries_personal(text), "{text}");
        }
        for text in ["3号楼", "2栋1单元", "第12居民小组", "西冲村8组", "幸福小区3幢", "101组"]
        {
            assert!(!group_carries_personal(text), "{text}");
        }
    }
}
