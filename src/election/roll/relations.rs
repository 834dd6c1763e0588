//! What a voter is to the head of the household, and the sex that goes with it.

use super::words::compact;
use crate::election::person::Sex;

const OF_MEN: [&str; 34] = [
    "夫",
    "丈夫",
    "子",
    "儿",
    "儿子",
    "独生子",
    "长子",
    "大儿子",
    "次子",
    "二子",
    "二儿子",
    "三子",
    "四子",
    "五子",
    "养子",
    "继子",
    "孙子",
    "外孙",
    "曾孙",
    "父",
    "父亲",
    "祖父",
    "爷爷",
    "外祖父",
    "岳父",
    "公公",
    "兄",
    "哥哥",
    "弟",
    "弟弟",
    "兄弟",
    "女婿",
    "侄子",
    "侄儿",
];
const OF_WOMEN: [&str; 44] = [
    "妻",
    "妻子",
    "女",
    "女儿",
    "独生女",
    "长女",
    "大女儿",
    "次女",
    "二女",
    "二女儿",
    "三女",
    "四女",
    "五女",
    "养女",
    "继女",
    "媳",
    "媳妇",
    "儿媳",
    "儿媳妇",
    "孙女",
    "外孙女",
    "曾孙女",
    "孙媳",
    "孙媳妇",
    "母",
    "母亲",
    "祖母",
    "奶奶",
    "外祖母",
    "岳母",
    "婆婆",
    "姐",
    "姐姐",
    "妹",
    "妹妹",
    "姐妹",
    "嫂",
    "嫂子",
    "弟媳",
    "弟媳妇",
    "侄女",
    "外甥女",
    "姑姑",
    "姨妈",
];

/// How somebody descends from the head of the household, or is married to him.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kin {
    Spouse,
    /// A child or grandchild of his own blood.
    Descendant,
    Parent,
}

/// What a relation tells of it; of in-laws, the adopted and brothers nothing.
pub(super) fn kin_of(relation: &str) -> Option<Kin> {
    const SPOUSES: [&str; 7] = ["妻", "妻子", "夫", "丈夫", "配偶", "爱人", "老婆"];
    const PARENTS: [&str; 4] = ["父", "母", "父亲", "母亲"];
    const CHILDREN: [&str; 9] =
        ["子", "女", "儿子", "女儿", "子女", "孙子", "孙女", "独生子", "独生女"];
    let relation = compact(relation);
    let word = relation.strip_prefix("户主").unwrap_or(&relation).trim_start_matches(['之', '的']);
    let counted = word.trim_start_matches(['长', '大', '次', '二', '三', '四', '五', '小', '幼']);
    match () {
        () if SPOUSES.contains(&word) => Some(Kin::Spouse),
        () if PARENTS.contains(&word) => Some(Kin::Parent),
        () if CHILDREN.contains(&counted) => Some(Kin::Descendant),
        () => None,
    }
}

/// The sex that a relation tells: `妻` is a woman. 配偶 and 子女 tell none.
pub(super) fn sex_of(relation: &str) -> Option<Sex> {
    let relation = compact(relation);
    let word = relation.trim_start_matches(['之', '其']);
    let word = word.strip_prefix("户主").unwrap_or(word).trim_start_matches(['之', '的']);
    match () {
        () if OF_MEN.contains(&word) => Some(Sex::Male),
        () if OF_WOMEN.contains(&word) => Some(Sex::Female),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_sex_that_a_relation_tells() {
        for (relation, sex) in [
            ("妻", Some(Sex::Female)),
            ("之子", Some(Sex::Male)),
            ("户主之女", Some(Sex::Female)),
            (" 儿 媳 ", Some(Sex::Female)),
            ("女婿", Some(Sex::Male)),
            ("配偶", None),
            ("子女", None),
            ("户主", None),
            ("户主本人", None),
            ("", None),
        ] {
            assert_eq!(sex_of(relation), sex, "{relation}");
        }
    }
}
