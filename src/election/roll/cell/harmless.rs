//! Remarks that say nothing of whether somebody is a voter.

use std::sync::LazyLock;

use super::lexicon;
use super::numerals::is_numeral;
use super::vocabulary::Vocabulary;
use super::words::{compact, is_likely_name};

/// What people are, and what lists say of them for other ends.
static WORDS: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary::new(&lexicon::words("harmless", "harmless"), FILLERS));
/// What joins them.
const FILLERS: &str =
    "年月日号级类等人员户的为是系之在于由从自到至和与及已新现原二一三四五六七八九十";

/// Whether all of a remark is understood, and none of it is of who is a voter.
pub(crate) fn is_harmless(remark: &str) -> bool {
    let remark = compact(remark);
    let remark = without_author(&remark);
    if is_bare_day(remark) {
        return false;
    }
    let parts = |c: char| "，,。；;、/()（）".contains(c);
    let mut said = remark.split(parts).filter(|said| said.chars().any(char::is_alphabetic));
    said.all(|said| {
        WORDS.makes_up(said) || is_away_for_work(said) || is_of_coming(said) || is_of_a_proxy(said)
    })
}

/// `已核对` of `王主任：已核对`: who wrote it says nothing of the voter.
fn without_author(remark: &str) -> &str {
    const LONGEST: usize = 16;
    let parts = remark.split_once([':', '：']).filter(|(author, said)| {
        let author = author.trim_end_matches(|c: char| !c.is_alphabetic());
        !said.is_empty()
            && author.chars().nth(LONGEST).is_none()
            && author.ends_with(['任', '书', '长', '员', '记', '人', '计'])
    });
    parts.map_or(remark, |(_, said)| said)
}

/// `2023.5`: a day of which nothing says what it was.
fn is_bare_day(remark: &str) -> bool {
    let digits = remark.bytes().filter(u8::is_ascii_digit).count();
    (5..=8).contains(&digits)
        && remark.starts_with(['1', '2'])
        && remark.contains(['.', '-', '/', '年'])
        && remark.chars().all(|c| c.is_ascii_digit() || ".-/年月日".contains(c))
}

/// `在广东打工`, `长期在外务工`.
fn is_away_for_work(said: &str) -> bool {
    const ENDS: [&str; 9] =
        ["务工", "打工", "工作", "经商", "上学", "读书", "就业", "教书", "做生意"];
    const LONGEST: usize = 14;
    const SHORT: usize = 6;
    // 东莞务工
    let is_short = said.chars().nth(SHORT).is_none() && !said.contains(['不', '未', '没', '无']);
    let is_away = is_short || said.contains('在') || said.starts_with(['去', '到']);
    is_away && said.chars().nth(LONGEST).is_none() && ENDS.iter().any(|end| said.ends_with(end))
}

/// `由桥头村迁入`, `2024年新婚迁入`.
fn is_of_coming(said: &str) -> bool {
    const ENDS: [&str; 5] = ["迁入", "转入", "嫁入", "迁来", "嫁来"];
    let begins = said.starts_with(['由', '从', '自']) || said.starts_with(is_numeral);
    begins && ENDS.iter().any(|end| said.ends_with(end))
}

/// `委托李四投票`.
fn is_of_a_proxy(said: &str) -> bool {
    let whom = said.strip_prefix("委托").and_then(|said| said.strip_suffix("投票"));
    whom.is_some_and(is_likely_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_a_remark_for_harmless_only_if_all_of_it_is_understood() {
        for remark in [
            "党员",
            "低保户、残疾三级",
            "在广东打工",
            "2024年新婚迁入",
            "由桥头村迁入",
            "退伍军人（户主）",
            "在校大学生",
            "13",
        ] {
            assert!(is_harmless(remark), "{remark}");
        }
        for remark in
            ["大学毕业户口未迁回", "在夫家登记", "见二组12号", "五七已过", "党员，人已不住"]
        {
            assert!(!is_harmless(remark), "{remark}");
        }
    }
}
