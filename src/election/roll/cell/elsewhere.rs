//! Places that are not here: where somebody is registered, votes or is a citizen.

use super::lexicon::{self, Words};
use super::words::has_any;
use crate::text::is_common_han;

/// Words by which a village means itself.
const HERE: [&str; 12] = [
    "本村",
    "本社区",
    "本居",
    "本组",
    "本地",
    "我村",
    "我社区",
    "我组",
    "村里",
    "此地",
    "这里",
    "本户",
];
/// What stands for another place wherever the roll is from.
static ELSEWHERE: Words = Words::new(|| lexicon::words("elsewhere", "elsewhere"));
static COUNTRIES: Words = Words::new(|| lexicon::words("elsewhere", "country"));

/// Whether a cell that names a place names one elsewhere: `外村`, `县城社区`.
pub(crate) fn is_elsewhere(place: &str) -> bool {
    !has_any(place, &HERE) && has_any(place, &ELSEWHERE)
}

/// Whether a remark is no more than that somebody is of another village.
pub(crate) fn names_another_village(remark: &str) -> bool {
    matches!(remark.trim(), "外村" | "他村" | "别村" | "邻村")
}

/// Whether it is here: `本村`, `本社区一组`.
pub(crate) fn is_here(place: &str) -> bool {
    has_any(place, &HERE)
}

/// `户口在县城`, `户籍地：东莞`, `户口2024年转到县城`, `迁东莞`, `户转武汉`.
pub(crate) fn is_registered_elsewhere(clause: &str) -> bool {
    stands_elsewhere(clause) || moved_elsewhere(clause)
}

fn stands_elsewhere(clause: &str) -> bool {
    const OTHERS: [char; 9] = ['组', '手', '册', '身', '这', '此', '家', '上', '办'];
    let said = ["户口", "户籍"].iter().find_map(|word| clause.split_once(word));
    let Some((before, said)) = said else { return false };
    let said =
        ["所在地", "地址", "地"].iter().find_map(|word| said.strip_prefix(word)).unwrap_or(said);
    let said = said.trim_start_matches(['仍', '还', '现', '已', '都', '一', '直', '目', '前']);
    let place = said.strip_prefix(['在', '于', ':', '：', '属', '是']).unwrap_or_default();
    place.chars().nth(1).is_some()
        && !is_of_kin(before)
        && !has_any(clause, &HERE)
        && !clause.contains("居住")
        && (is_elsewhere(place)
            || !place.contains(OTHERS) && !place.starts_with(['本', '我', '农']))
}

/// The household register, or somebody, went on to another place.
fn moved_elsewhere(clause: &str) -> bool {
    const DENIED: [char; 5] = ['未', '没', '不', '无', '搬'];
    const NO_PLACES: [char; 14] =
        ['入', '来', '回', '进', '坟', '居', '建', '移', '安', '徙', '户', '善', '为', '正'];
    let moved = |said: &str| {
        let there = said.trim_start_matches(['到', '至', '往', '去', '了']);
        there.chars().nth(1).is_some() && !there.starts_with(NO_PLACES) && !has_any(said, &HERE)
    };
    let of_register = || {
        let (before, said) = ["户口", "户籍"].iter().find_map(|word| clause.split_once(word))?;
        let at = said.find(['迁', '转', '移'])?;
        let after = said[at..].chars().next().map(|c| &said[at + c.len_utf8()..])?;
        Some(!is_of_kin(before) && !said[..at].contains(DENIED) && moved(after))
    };
    let said = ["户转", "户迁", "迁", "已转"].iter().find_map(|word| clause.strip_prefix(word));
    let by_place = || {
        let (before, after) = clause.split_once('迁')?;
        let is_place =
            after.contains(['城', '县', '市', '镇', '省']) && after.chars().nth(4).is_none();
        Some(
            is_place
                && !before.ends_with(['拆', '搬', '未', '没', '回', '由', '从'])
                && moved(after),
        )
    };
    said.is_some_and(|said| said.chars().nth(8).is_none() && moved(said))
        || of_register().unwrap_or(false)
        || by_place().unwrap_or(false)
}

fn is_of_kin(before: &str) -> bool {
    !before.contains(['随', '跟'])
        && before.chars().rev().take(4).any(|c| "妻夫父母子女儿孙媳婿兄弟姐妹偶伴".contains(c))
}

/// `在厂里社区选`, `本届在城南社区参加选举`, `不在本村参选`.
pub(crate) fn is_voting_elsewhere(clause: &str) -> bool {
    const ACTS: [&str; 6] = ["登记", "参选", "选举", "参加选", "投票", "参加换届"];
    const OF_NAMES: [&str; 4] = ["社区", "村", "单位", "学校"];
    const KINDS: [&str; 16] = [
        "社区", "村", "县", "市", "镇", "厂", "城", "街", "乡", "单位", "学校", "婆家", "娘家",
        "夫家", "公司", "省",
    ];
    let act = ACTS.iter().filter_map(|act| clause.find(act)).min();
    // 本届选举在外地社区参加
    let at_end = clause.strip_suffix("参加").filter(|said| said.contains("选举")).map(str::len);
    let act =
        at_end.or(act).or_else(|| clause.ends_with('选').then(|| clause.len() - '选'.len_utf8()));
    let Some(act) = act else { return false };
    if clause.contains("不在") && has_any(clause, &HERE) {
        return true;
    }
    let before = &clause[..act];
    let there = ["在", "到", "去", "转至", "参加"].iter().find_map(|word| before.rsplit_once(word));
    // 社区 alone may be the own one.
    let names_one = |place: &str| {
        let stands = |kind: &&str| place.find(*kind).map(|at| at > 0 || !OF_NAMES.contains(kind));
        KINDS.iter().filter_map(stands).any(|it| it)
    };
    // 浏阳 of 在浏阳参选; 在家登记 and 在现场投票 are here.
    let may_be_one = |place: &str| {
        (2..=4).contains(&place.chars().count())
            && place.chars().all(is_common_han)
            && !OF_NAMES.contains(&place)
            && !place.contains(['家', '场', '线', '册', '箱', '里', '上', '前', '校', '时'])
            && !place.starts_with(['参', '选', '委', '流', '服', '名', '登'])
    };
    there.is_some_and(|(before, place)| {
        !before.ends_with(['不', '未', '没'])
            && (names_one(place) || is_elsewhere(place) || may_be_one(place))
            && !place.contains(['本', '我', '此', '这', '组', '点', '站'])
    })
}

/// `已入美国籍`, `国籍：缅甸`, `越南籍`, `香港居民`.
pub(crate) fn is_foreign(clause: &str) -> bool {
    const ENDS: [&str; 4] = ["籍", "国籍", "人", "公民"];
    const NAMES: [&str; 4] = ["香港居民", "澳门居民", "台湾居民", "港澳居民"];
    let is_of = |country: &str| {
        clause.split_once(country).is_some_and(|(before, after)| {
            let is_named = ENDS.iter().any(|end| after == *end || after == format!("{end}了"))
                || before.ends_with("国籍")
                || before.trim_end_matches([':', '：']).ends_with("国籍");
            is_named && !is_of_kin(before)
        })
    };
    NAMES.iter().any(|name| clause.contains(name)) || COUNTRIES.iter().any(|country| is_of(country))
}

/// Whether what stands where the nationality or the people of somebody stand names
/// another state.
pub(crate) fn is_of_another_state(text: &str) -> bool {
    COUNTRIES.contains(&text) || has_any(text, &["外籍", "国籍", "外国"]) || is_foreign(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_who_is_registered_elsewhere() {
        for clause in [
            "户口在县城",
            "户籍在邻村",
            "户籍地：东莞",
            "户口2024年转到县城",
            "迁东莞",
            "户转武汉",
            "农转非迁城关",
        ] {
            assert!(is_registered_elsewhere(clause), "{clause}");
        }
        for clause in [
            "户口在本村",
            "户口未迁",
            "户口在二组",
            "户口在手上",
            "迁坟户",
            "迁入",
            "儿子户口迁往学校",
            "户口迁回",
            "户口本在家里",
            "易地搬迁户",
            "从广州迁回",
        ] {
            assert!(!is_registered_elsewhere(clause), "{clause}");
        }
    }

    #[test]
    fn knows_who_votes_elsewhere() {
        for clause in [
            "参加工业园社区选举",
            "本届选举在外地社区参加",
            "到镇上选",
            "不在本村参选",
            "本届在城南社区参加选举",
            "在厂里社区选",
            "转到婆家选",
            "在浏阳参选",
        ] {
            assert!(is_voting_elsewhere(clause), "{clause}");
        }
        for clause in [
            "本人要求在本村参选",
            "在家登记",
            "参加社区选举",
            "参加本村选举",
            "在一组投票点投票",
            "首次当选",
            "在现场投票",
            "在流动票箱投票",
        ] {
            assert!(!is_voting_elsewhere(clause), "{clause}");
        }
    }

    #[test]
    fn knows_who_is_of_another_state() {
        for clause in ["已入美国籍", "越南籍", "国籍：缅甸", "已取得澳大利亚国籍", "香港居民"]
        {
            assert!(is_foreign(clause), "{clause}");
        }
        for clause in ["配偶越南籍", "归侨", "中国国籍", "国家公职人员", "日本料理店务工"]
        {
            assert!(!is_foreign(clause), "{clause}");
        }
    }
}
