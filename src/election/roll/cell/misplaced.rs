//! Words in columns of telephones, addresses and relations that are none of these:
//! `空号`, `查无此房`, `保姆`. They may be all that tells that somebody is no voter.

use super::elsewhere::is_of_another_state;
use super::leaving::tells_of_leaving;
use super::numerals::is_numeral;
use super::values::says_nothing;
use super::words::{compact, has_any, is_ditto};
use crate::text::is_common_han;

/// What the cells of a column are like that is not read otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Telephones,
    Addresses,
    Relations,
    /// 政治面貌.
    Politics,
    /// 职业, 工作单位.
    Trades,
    /// 文化程度.
    Schooling,
    /// 民族.
    Peoples,
}

impl Content {
    /// By the heading of a column.
    pub(crate) fn of_heading(heading: &str) -> Option<Self> {
        let has = |words: &[&str]| has_any(heading, words);
        match () {
            () if has(&["电话", "手机", "联系方式"]) => Some(Self::Telephones),
            () if has(&["址", "住所", "门牌", "居住状", "居住情"]) => {
                Some(Self::Addresses)
            }
            () if heading.contains("关系") => Some(Self::Relations),
            () if heading.contains("面貌") => Some(Self::Politics),
            () if has(&["职业", "单位", "职务", "处所"]) => Some(Self::Trades),
            () if has(&["学历", "文化"]) => Some(Self::Schooling),
            () if heading.contains("民族") => Some(Self::Peoples),
            () => None,
        }
    }

    /// Whether a text says something else.
    pub(crate) fn misses(self, text: &str) -> bool {
        let is_word = text.chars().any(is_common_han);
        if !is_word || is_ditto(text) || says_nothing(text.trim()) {
            return false;
        }
        !match self {
            Self::Telephones => is_telephone(text),
            Self::Addresses => is_address(text),
            Self::Relations => is_relation(text),
            Self::Politics => is_politics(text),
            Self::Schooling => is_schooling(text),
            Self::Trades | Self::Peoples => true,
        }
    }

    /// Whether a text with a word of leaving is what stands there of itself: 看守所 and
    /// 殡仪馆 are where people work.
    pub(crate) fn holds(self, text: &str) -> bool {
        self == Self::Trades && compact(text).ends_with(['所', '院', '局', '站', '处', '馆', '司'])
    }

    /// Whether a text tells in such a column that somebody may be no voter, as it would
    /// among remarks.
    pub(crate) fn asks(self, text: &str) -> bool {
        const SHORT: usize = 4;
        const OF_TELEPHONES: [&str; 3] = ["联系", "号", "停机"];
        let text = compact(text);
        let is_long = || text.chars().nth(SHORT).is_some();
        match self {
            Self::Telephones => {
                !text.contains(is_numeral)
                    && !has_any(&text, &OF_TELEPHONES)
                    && tells_of_leaving(&text)
            }
            Self::Addresses => {
                const LEFT: [&str; 4] = ["已搬", "搬离", "搬走", "卖房"];
                const ENDS: [&str; 4] = ["户口", "户籍", "挂户", "外籍"];
                !text.contains(is_numeral)
                    && (ENDS.iter().any(|end| text.ends_with(end)) && tells_of_leaving(&text)
                        || has_any(&text, &LEFT)
                            && (!is_long() || has_any(&text, &["户口", "户籍"])))
            }
            Self::Relations | Self::Politics => tells_of_leaving(&text),
            Self::Trades => {
                is_of_a_child(&text)
                    || !is_long()
                        && !is_trade(&text)
                        && !self.holds(&text)
                        && tells_of_leaving(&text)
            }
            Self::Schooling => is_of_a_child(&text),
            Self::Peoples => is_of_another_state(&text) || tells_of_leaving(&text),
        }
    }
}

/// `幼儿园大班`, `初中在读`: whoever is there is no voter yet.
fn is_of_a_child(text: &str) -> bool {
    const CHILDREN: [&str; 7] =
        ["幼儿园", "学龄前", "学前", "学前班", "小学生", "初中生", "学龄前儿童"];
    const SCHOOLS: [&str; 7] = ["小学", "初中", "初一", "初二", "初三", "高一", "高二"];
    CHILDREN.contains(&text)
        || text.starts_with("幼儿园") && text.ends_with('班')
        || has_any(text, &SCHOOLS) && has_any(text, &["在读", "在学", "就读"])
}

fn is_schooling(text: &str) -> bool {
    has_any(
        text,
        &["学", "初中", "高中", "专", "本科", "文盲", "研究生", "硕士", "博士", "技校", "职高"],
    )
}

fn is_politics(text: &str) -> bool {
    has_any(text, &["党", "团", "群众", "民", "学社"])
}

/// `狱警`, `移民干部`.
fn is_trade(text: &str) -> bool {
    text.ends_with(['员', '工', '警', '师', '医', '长', '队', '部', '厨', '生', '人'])
}

/// A number, whoever's it is, or that there is none.
fn is_telephone(text: &str) -> bool {
    const NONE: [&str; 8] =
        ["没有", "暂无", "无电话", "无手机", "无号码", "没电话", "没手机", "无联系方式"];
    text.chars().any(is_numeral) || NONE.contains(&&*compact(text))
}

/// What might be the name of a place is one: it must not be quoted.
fn is_address(text: &str) -> bool {
    const WORDS: &str = "查找空租借搬走拆卖联没无不外";
    const PLACES: &str = "省市区县旗镇乡街村社组队号路巷弄道里院楼栋幢座室单元层门\
                          庄屯寨湾塆坊园苑城区岭坡沟桥河坪坝冲坳坑塘岗家";
    text.chars().any(|c| is_numeral(c) || PLACES.contains(c))
        || !text.contains(|c| WORDS.contains(c))
}

fn is_relation(text: &str) -> bool {
    const KIN: &str = "夫妻子女儿媳婿孙父母祖爷奶公婆岳翁兄弟姐妹哥嫂侄姪甥叔伯姑姨舅妈爸亲";
    const OTHERS: [&str; 5] = ["户主", "本人", "配偶", "其他", "其它"];
    let text = compact(text);
    !text.starts_with('非') && (text.contains(|c| KIN.contains(c)) || has_any(&text, &OTHERS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_does_not_belong_there() {
        for (heading, belongs, misses) in [
            (
                "联系电话",
                ["13800000000", "儿子13800000000", "无", "同上", "无手机"],
                ["空号", "停机", "无人接听", "联系不上", "换号"],
            ),
            (
                "家庭住址",
                ["示坪村一组", "幸福路88号", "广东省深圳市", "同上", "万科翡翠"],
                ["查不到", "外地", "空房", "不清楚", "租出去了"],
            ),
            (
                "与户主关系",
                ["户主", "之妻", "长 子", "其他", "配偶"],
                ["保姆", "租客", "非亲属", "寄住", "同事"],
            ),
        ] {
            let content = Content::of_heading(heading).unwrap();
            for text in belongs {
                assert!(!content.misses(text), "{heading}: {text}");
            }
            for text in misses {
                assert!(content.misses(text), "{heading}: {text}");
            }
        }
        assert_eq!(Content::of_heading("备注"), None);
    }

    #[test]
    fn asks_what_is_certain_in_any_column() {
        for (heading, asked, sound) in [
            ("联系电话", ["销户", "在押", "人已不在"], ["联系不上", "空号", "子女"]),
            ("家庭住址", ["空挂户", "非本村户口", "空挂户口"], ["移民新村1栋", "监狱路口", "万科"]),
            ("家庭住址", ["已搬走，户口不在", "已搬走", "卖房"], ["易地搬迁点", "镇上", "无"]),
            ("与户主关系", ["已嫁出", "户主（已故）", "租住"], ["已故户主之妻", "丈夫", "重孙"]),
            ("政治面貌", ["剥夺政治权利", "被剥权", "精神病"], ["中共党员", "群众", "无党派"]),
            ("职业", ["在押", "外籍", "劳改"], ["狱警", "死亡登记员", "外籍学校教师"]),
            ("职业", ["小学生", "初中在读", "幼儿园大班"], ["幼儿园教师", "学生", "小学教师"]),
            ("文化程度", ["学龄前", "初中在读", "幼儿园"], ["初中", "大学在读", "高中在读"]),
            ("民族", ["越南", "无国籍", "外籍"], ["汉族", "穿青人", "外族"]),
        ] {
            let content = Content::of_heading(heading).unwrap();
            for text in asked {
                assert!(content.asks(text), "{heading}: {text}");
            }
            for text in sound {
                assert!(!content.asks(text), "{heading}: {text}");
            }
        }
    }
}
