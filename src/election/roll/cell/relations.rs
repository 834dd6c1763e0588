//! What a voter is to the head of the household, and the sex that goes with it.

use super::lexicon::{self, Words};
use super::words::{compact, is_short_han, may_have_surname};
use crate::election::person::Sex;

static OF_MEN: Words = Words::new(|| lexicon::words("relations", "of-men"));
static OF_WOMEN: Words = Words::new(|| lexicon::words("relations", "of-women"));

/// How somebody descends from the head of the household, or is married to him.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kin {
    Spouse,
    /// A child or grandchild of his own blood.
    Descendant,
    Parent,
}

/// What a relation tells of it; of in-laws, the adopted and brothers nothing.
pub(crate) fn kin_of(relation: &str) -> Option<Kin> {
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

/// Whether a text is a relation and nothing else.
pub(crate) fn is_one(text: &str) -> bool {
    sex_of(text).is_some() || kin_of(text).is_some()
}

/// Whether a text that stands for a relation names nobody of a family: 邻居, 租客.
pub(crate) fn is_of_no_family(text: &str) -> bool {
    const OF_FAMILIES: &str = "父母妻夫子女儿媳婿孙祖兄弟姐妹哥嫂侄甥叔伯姑姨舅岳公婆爷奶配偶爱户主本长亲属家眷养继独生妯娌老丈内娘爹妈爸";
    let text = compact(text);
    is_short_han(&text)
        && !text.contains(|c| OF_FAMILIES.contains(c))
        && !may_have_surname(&text)
        && text != "其他"
}

/// The sex that a relation tells: `妻` is a woman. 配偶 and 子女 tell none.
pub(crate) fn sex_of(relation: &str) -> Option<Sex> {
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
    fn knows_who_is_of_no_family() {
        for (relation, is_strange) in [
            ("邻居", true),
            ("租客", true),
            ("保姆", true),
            ("儿媳", false),
            ("非亲属", false),
            ("其他", false),
            ("张大山", false),
            ("02", false),
        ] {
            assert_eq!(is_of_no_family(relation), is_strange, "{relation}");
        }
    }

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
