//! Findings about a table, kind by kind, each kind listed only so far.

use super::cell::names;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::privacy;
use crate::text::is_common_han;

/// How many findings of one kind are listed with their places.
pub(super) const LISTED: usize = 20;

/// Findings by kind. A roll with one mistake has it in every row: the first
/// are listed, the rest counted.
pub(super) struct Findings {
    kinds: Vec<Kind>,
    listed: usize,
}

struct Kind {
    code: &'static str,
    listed: Vec<Diagnostic>,
    more: usize,
}

impl Findings {
    /// Lists so many of each kind.
    pub(super) fn new(listed: usize) -> Self {
        Self { kinds: Vec::new(), listed }
    }

    /// Adds a finding of the kind `code`, made only if it will be listed.
    pub(super) fn add(
        &mut self,
        code: &'static str,
        make: impl FnOnce(&'static str) -> Diagnostic,
    ) {
        let known = self.kinds.iter().position(|kind| kind.code == code);
        let at = known.unwrap_or_else(|| {
            self.kinds.push(Kind { code, listed: Vec::new(), more: 0 });
            self.kinds.len() - 1
        });
        let kind = &mut self.kinds[at];
        if kind.listed.len() < self.listed {
            kind.listed.push(make(code));
        } else {
            kind.more += 1;
        }
    }

    /// What is listed of findings at a cell.
    pub(super) fn about_cells(&self) -> impl Iterator<Item = &Diagnostic> {
        let listed = self.kinds.iter().flat_map(|kind| &kind.listed);
        listed.filter(|finding| matches!(finding.place, Some(Place::Cell(_))))
    }

    /// Hands all findings over, those of one kind together.
    pub(super) fn flush(self, report: &mut Report) {
        for kind in self.kinds {
            let severity = kind.listed.first().map(|finding| finding.severity);
            report.extend(kind.listed);
            if let (Some(severity), 1..) = (severity, kind.more) {
                let message = format!("同类问题另有 {} 处，没有逐一列出", kind.more);
                report.push(Diagnostic::new(severity, kind.code, message));
            }
        }
    }
}

/// What stands for a text that is not shown.
pub(super) const NOT_SHOWN: &str = "（内容不显示）";

/// A text of the table fit for a message: short, and with no number or door in it
/// that could be anybody's.
pub(super) fn quote(text: &str) -> String {
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
pub(super) fn quote_remark(text: &str) -> String {
    if names::remark_carries_personal(text) { NOT_SHOWN.into() } else { quote(text) }
}

/// Whether a text has the number of a door: `街9号`, `301室`; `3号楼` may be a group, and
/// `第3号` is a row of the list.
pub(super) fn names_a_door(text: &str) -> bool {
    is_door_in_short(text) || names_a_door_in_words(text)
}

/// `微信lihua88`, `wx_lihua1988`: by what somebody is reached; `Sheet2026` is nobody.
pub(super) fn names_an_account(text: &str) -> bool {
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
pub(super) fn is_door_in_short(text: &str) -> bool {
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
    const OF_ROWS: &str = "第与和及跟同系是为将把对即";
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
pub(super) fn number_in_words(number: u64) -> String {
    const LARGEST: u64 = super::MAX_VOTERS as u64;
    match number {
        0..=LARGEST => number.to_string(),
        _ => format!("（{} 位数）", number.ilog10() + 1),
    }
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
}
