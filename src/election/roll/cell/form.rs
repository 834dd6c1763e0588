//! What titles and lines of a form say. No list of words knows all that people write
//! beside a roll: what is not made of these is asked about.

use std::sync::LazyLock;

use super::harmless::is_harmless;
use super::lexicon::{self, Words};
use super::numerals::is_numeral;
use super::simplified::simplified;
use super::vocabulary::Vocabulary;
use super::words::{compact, has_any, is_short_han, may_have_surname};
use crate::text::is_common_han;

static WORDS: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary::new(&lexicon::words("form", "form"), FILLERS));
/// What joins them.
const FILLERS: &str = "年月日时分第的和与及或之在于由从自到至为是";

/// Whether all of a title or a line is made of words of forms, places, names and figures.
pub(crate) fn is_of_a_form(line: &str) -> bool {
    const LONGEST: usize = 60;
    let line = line.trim();
    if line.chars().nth(LONGEST).is_some() {
        return true;
    }
    let line = simplified(line);
    let parts = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    // 五保户、低保户选民
    let is_of_voters = line.contains("选民");
    let is_known =
        |said: &str| is_known(said) || is_of_voters && is_harmless(said.trim_end_matches("选民"));
    let is_known = |said: &str| is_known(&compact(said)) || said.split_whitespace().all(is_known);
    let line = without_signers(&line);
    // 三、 with nothing behind it
    let is_bare_number = || line.chars().all(|c| is_numeral(c) && !c.is_ascii_digit() || parts(c));
    line.split(parts).all(is_known) && !is_bare_number()
}

/// Whether what stands behind a name, of a group or a sheet, says that its list is not
/// that of all, or not of now: `二组（未登完）`, `三组（旧）`, `二组不全`.
pub(crate) fn qualifies_a_list(name: &str) -> bool {
    const DOUBTS: [char; 12] =
        ['未', '待', '旧', '没', '缺', '漏', '废', '停', '底', '存', '年', '不'];
    const WORDS: [&str; 6] = ["老名", "老册", "老的", "副本", "部分", "补"];
    const KINDS: [char; 5] = ['组', '队', '社', '屯', '村'];
    let name = compact(name);
    let within = name.strip_suffix([')', '）']).and_then(|name| name.split_once(['(', '（']));
    let said = match within {
        Some((_, said)) => Some(said),
        None => name.rsplit_once(KINDS).map(|(_, said)| said.trim_start_matches(['-', '—', '_'])),
    };
    let is_doubt = |said: &str| {
        said.contains(DOUBTS) || has_any(said, &WORDS) || said == "老" || said.ends_with('版')
    };
    // 一组（不含死亡迁出）
    let said = said.filter(|said| !said.starts_with("不含") && !said.starts_with("不包括"));
    said.is_some_and(|said| is_doubt(said) && !is_of_a_form(said))
}

/// Whether a text is made of nothing but the words of forms.
pub(crate) fn is_of_its_words(text: &str) -> bool {
    WORDS.makes_up(text)
}

/// `登记员： 核对人：` of `登记员：伍清　核对人：符兴`: who signs may have any name.
fn without_signers(line: &str) -> String {
    const OFFICES: [char; 10] = ['人', '员', '长', '任', '记', '核', '对', '办', '表', '审'];
    let colons = [':', '：'];
    let signed = |said: &str| match said.split_once(colons) {
        Some((label, name)) if label.ends_with(OFFICES) && is_short_han(name) => {
            format!("{label}：")
        }
        _ => said.to_owned(),
    };
    line.split_whitespace().map(signed).collect::<Vec<_>>().join(" ")
}

fn is_known(said: &str) -> bool {
    static FORMAL: Words = Words::new(|| lexicon::words("form", "formal"));
    !said.contains(is_common_han)
        || WORDS.makes_up(said)
        || WORDS.is_filler(said)
        || is_short_han(said) && may_have_surname(said)
        || has_any(said, &FORMAL)
        || is_behind_a_place(said)
}

/// `示例镇李家村选民名册`: what stands before the last sign of a place may be any name.
fn is_behind_a_place(said: &str) -> bool {
    const LONGEST: usize = 20;
    const ENDS: &str =
        "村区镇乡县市省旗州盟组队社屯庄湾道处街苑楼栋巷坊格寨片所查岭坪塘沟坝店堡营弄院里";
    // 二组没有报, 以下划归大塘村
    const NO_PLACE: &str = "不未没无非缺漏已另划归转调还尚待去";
    // 尚村镇, 归侨社区
    const BEGINS_SOME: [char; 2] = ['尚', '归'];
    let ends = said.char_indices().filter(|(_, c)| ENDS.contains(*c));
    ends.map(|(at, c)| said.split_at(at + c.len_utf8())).any(|(place, rest)| {
        place.chars().nth(LONGEST).is_none()
            && !place.trim_start_matches(BEGINS_SOME).contains(|c| NO_PLACE.contains(c))
            && !has_any(place, &["以下", "以上", "上述", "上面", "下面", "下列", "此"])
            && (rest.is_empty() || rest.chars().all(is_numeral) || WORDS.makes_up(rest))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_lines_of_forms() {
        for line in [
            "示例镇上坪村第十二届村民委员会换届选举选民登记册（2026年）",
            "填表人：张三　审核人：李四　2026年4月20日",
            "注：如有错漏，请在5日内向村民选举委员会反映。",
            "二〇二六年十一月二十八日",
            "总人口：49  选民数：36  登记率：100%",
            "第 1 页，共 4 页",
            "五保户、低保户选民",
            "石桥村选民登记表（按户口簿）",
        ] {
            assert!(is_of_a_form(line), "{line}");
        }
        for line in [
            "后面还有两页没有录入",
            "二组的人在另一个文件",
            "打▲的不算",
            "以下划归大塘村",
            "石桥村粮食直补花名册",
            "石桥村选民名册（过期）",
            "三、",
        ] {
            assert!(!is_of_a_form(line), "{line}");
        }
    }
}
