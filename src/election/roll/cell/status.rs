//! Columns that say in what state people are: 选民状态, 增减, 户籍, 人员类别（1在册2死亡）.

use super::elsewhere;
use super::leaving::{is_no, is_yes, tells_of_leaving};
use super::lexicon::{self, Words};
use super::values::says_nothing;
use super::words::{compact, has_any};

/// What the cells of a column say of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// How it stands with them.
    State,
    /// Whether they came or went: 增减.
    Change,
    /// Of what kind they are, in many words that are all sound.
    Kind,
    /// Where they are registered.
    Place,
    /// Whether it holds what the heading asks.
    Answer,
}

impl Status {
    /// By the heading of a column.
    pub(crate) fn of_heading(heading: &str) -> Option<Self> {
        const OF_OTHERS: [&str; 12] = [
            "婚姻", "健康", "政治", "就业", "文化", "学历", "残疾", "住房", "家庭", "工作", "疫苗",
            "经济",
        ];
        const PLACES: [&str; 8] =
            ["户籍", "户口", "登记地", "参选地", "何处", "何地", "户别", "选举地"];
        const OF_TIMES: [&str; 5] = ["日期", "时间", "号", "照", "簿"];
        let has = |words: &[&str]| has_any(heading, words);
        match () {
            () if has(&OF_OTHERS) => None,
            () if has(&["增减", "变动", "异动"]) => Some(Self::Change),
            () if has(&["状态", "人员类别", "标识", "登记类型", "登记类别"]) => {
                Some(Self::State)
            }
            () if has(&["资格", "选举权", "审查", "审核", "意见"]) => Some(Self::State),
            () if matches!(
                heading.trim(),
                "类别" | "类型" | "选民类别" | "选民类型" | "人员类型"
            ) =>
            {
                Some(Self::Kind)
            }
            () if has(&PLACES) && !has(&OF_TIMES) && !heading.contains('主') => Some(Self::Place),
            () if heading.starts_with("是否") || has(&["情况", "结果"]) => Some(Self::Answer),
            () => None,
        }
    }

    /// Whether a cell says that somebody may be no voter, or not here.
    pub(crate) fn asks(&self, text: &str) -> bool {
        const BAD: [&str; 30] = [
            "停止", "失效", "冻结", "暂停", "流出", "无效", "禁用", "停用", "终止", "离开", "拒登",
            "异常", "转出", "移出", "已出", "减", "减员", "出", "关闭", "不在", "离世", "删",
            "丧失", "中止", "缓登", "缓", "剥夺", "暂缓", "取消", "撤销",
        ];
        let text = compact(text);
        match self {
            Self::State | Self::Change => {
                BAD.contains(&&*text) || text.strip_prefix('已').is_some_and(|it| BAD.contains(&it))
            }
            Self::Kind => matches!(&*text, "外来" | "流动" | "外地" | "非户籍" | "非本地户籍"),
            Self::Place => elsewhere::is_elsewhere(&text),
            Self::Answer => false,
        }
    }

    /// Whether it says what nobody here understands, so that it is to be told.
    pub(crate) fn puzzles(&self, text: &str) -> bool {
        const LONGEST: usize = 8;
        static GOOD: Words = Words::new(|| lexicon::words("status", "good"));
        let text = compact(text);
        let is_short = text.chars().nth(LONGEST).is_none();
        let is_known = GOOD.contains(&&*text) || is_yes(&text) || elsewhere::is_here(&text);
        let is_no = || matches!(self, Self::Place | Self::Answer) && is_no(&text);
        let says_nothing = says_nothing(&text);
        if *self == Self::Kind {
            return false;
        }
        is_short && !is_known && !says_nothing && !is_no()
    }
}

/// Whether it stands for 减 under 增减, if not for nothing.
pub(crate) fn is_minus(text: &str) -> bool {
    matches!(&*compact(text), "-" | "－" | "–" | "—" | "―" | "−" | "×" | "✕" | "╳")
}

/// The codes that a heading explains, of those who are no voters: 2 and 3 of
/// `人员类别（1在册2死亡3迁出）`.
pub(crate) fn codes_of_leaving(heading: &str) -> Vec<String> {
    let text = compact(heading);
    let Some((_, legend)) = text.split_once(['(', '（']) else { return Vec::new() };
    let mut codes = Vec::new();
    let mut rest = legend;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let from = &rest[at..];
        let said = from.trim_start_matches(|c: char| c.is_ascii_digit());
        let code = &from[..from.len() - said.len()];
        let end = said.find(|c: char| c.is_ascii_digit()).unwrap_or(said.len());
        let is_word = |c: char| !c.is_alphanumeric();
        if tells_of_leaving(said[..end].trim_matches(is_word)) {
            codes.push(code.to_owned());
        }
        rest = &said[end..];
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asks_about_those_who_are_elsewhere_or_struck_off() {
        for (heading, asked, sound) in [
            ("选民状态", ["停止", "失效", "冻结"], ["正常", "有效", "在册"]),
            ("人口状态", ["流出", "减员", "移出"], ["常住", "在村", "农业"]),
            ("户籍", ["外村", "外县", "县城"], ["本村", "本社区", "农村"]),
            ("选民资格", ["丧失", "暂停", "终止"], ["恢复", "有", "合格"]),
            ("类型", ["外来", "流动", "外地"], ["常住", "新增", "外出"]),
            ("在何处登记", ["县城", "外村", "异地"], ["本村", "我村", "本组"]),
        ] {
            let status = Status::of_heading(heading).expect(heading);
            assert!(asked.iter().all(|text| status.asks(text)), "{heading}");
            let is_sound = |text: &str| !status.asks(text) && !status.puzzles(text);
            assert!(sound.into_iter().all(is_sound), "{heading}");
        }
        assert!(Status::of_heading("户籍").unwrap().puzzles("桥头村"));
        for heading in ["婚姻状况", "户主", "户籍登记日期", "姓名"] {
            assert_eq!(Status::of_heading(heading), None, "{heading}");
        }
    }

    #[test]
    fn reads_the_codes_that_a_heading_explains() {
        assert_eq!(codes_of_leaving("人员类别（1在册2死亡3迁出）"), ["2", "3"]);
        assert_eq!(codes_of_leaving("类别(1-常住，2-外出)"), [""; 0]);
        assert_eq!(codes_of_leaving("类别"), [""; 0]);
    }
}
