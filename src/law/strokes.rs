//! The order of names by strokes, as 姓氏笔画为序 means it.
//!
//! The first characters are compared, then the next ones, until two differ: by
//! the count of strokes, and for the same count by the kinds of strokes in
//! writing order (横竖撇点折), as GF 3003-1999 orders the characters of
//! GB 13000.1 and 通用规范汉字表. `data/strokes/build.py` makes the table and says
//! where it comes from.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::iter;
use std::sync::LazyLock;

use crate::election::model::NameOrder;
use crate::election::person::name_key;

static TABLE: LazyLock<HashMap<char, Place>> = LazyLock::new(|| {
    read(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/strokes/order.txt")))
});

/// Surnames of two characters; a given name of one character is told by them.
const COMPOUND_SURNAMES: &str = "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 \
    澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 \
    公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 \
    东门 西门 南荣 第五 淳于 单于 贺兰 完颜 纳兰 耶律 达奚 褚师 阳佟";

/// What is known of one character.
#[derive(Clone, Copy)]
struct Place {
    strokes: u8,
    /// Among all characters; those that the order does not part have one rank.
    rank: Option<u16>,
}

fn read(text: &str) -> HashMap<char, Place> {
    let mut table = HashMap::with_capacity(22_000);
    let mut last = 0;
    for (count, characters) in text.lines().filter_map(|line| line.split_once(' ')) {
        let Ok(strokes) = count.parse() else { continue };
        let (ordered, counted) = characters.split_once('|').unwrap_or((characters, ""));
        let mut tied = false;
        for character in ordered.chars() {
            if character == '=' {
                tied = true;
                continue;
            }
            last += u16::from(!tied);
            tied = false;
            table.insert(character, Place { strokes, rank: Some(last) });
        }
        table.extend(counted.chars().map(|character| (character, Place { strokes, rank: None })));
    }
    table
}

/// What a name is sorted by. Names that the order does not part are equal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(Vec<Step>);

/// One character of a name, or the blank before a given name of one character.
#[derive(Clone, Copy, Debug)]
enum Step {
    Blank,
    Ranked {
        character: char,
        strokes: u8,
        rank: u16,
    },
    /// Comes after the ranked ones of its count, or after everything.
    Other {
        character: char,
        strokes: Option<u8>,
    },
}

/// Why one name stands before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The order does not part them.
    None,
    /// One has nothing where the other has a character.
    Length,
    /// The first characters that differ, with their strokes.
    Count([(char, u8); 2]),
    /// The same, of so many strokes each.
    Kinds([char; 2], u8),
    /// Of two characters it is not known which comes first.
    Unknown,
}

impl Key {
    pub fn of(name: &str, order: NameOrder) -> Self {
        let name = name_key(name);
        let characters = name.chars().filter(|&character| character != '·');
        let mut steps: Vec<Step> = characters.map(Step::of).collect();
        if order == NameOrder::Surname {
            let compound = COMPOUND_SURNAMES.split(' ').any(|surname| name.starts_with(surname));
            let surname = if compound { 2 } else { 1 };
            if steps.len() == surname + 1 {
                steps.insert(surname, Step::Blank);
            }
        }
        Self(steps)
    }

    /// By what the two differ, in their own order.
    pub fn difference(&self, other: &Self) -> Difference {
        match iter::zip(&self.0, &other.0).find(|(one, other)| one != other) {
            Some((one, other)) => one.difference(*other),
            None if self.0.len() == other.0.len() => Difference::None,
            None => Difference::Length,
        }
    }
}

impl Step {
    fn of(character: char) -> Self {
        match TABLE.get(&character) {
            Some(&Place { strokes, rank: Some(rank) }) => Step::Ranked { character, strokes, rank },
            place => Step::Other { character, strokes: place.map(|place| place.strokes) },
        }
    }

    /// With the character, if there is one and its strokes are known.
    fn strokes(self) -> Option<(char, u8)> {
        match self {
            Step::Ranked { character, strokes, .. } => Some((character, strokes)),
            Step::Other { character, strokes } => Some((character, strokes?)),
            Step::Blank => None,
        }
    }

    fn difference(self, other: Self) -> Difference {
        if matches!((self, other), (Step::Blank, _) | (_, Step::Blank)) {
            return Difference::Length;
        }
        match (self.strokes(), other.strokes()) {
            (Some(one), Some(two)) if one.1 != two.1 => Difference::Count([one, two]),
            (Some(one), Some(two)) => match (self, other) {
                (Step::Ranked { .. }, Step::Ranked { .. }) => {
                    Difference::Kinds([one.0, two.0], one.1)
                }
                _ => Difference::Unknown,
            },
            _ => Difference::Unknown,
        }
    }

    /// Strokes, rank, and of those without a rank the character itself.
    fn position(self) -> (u8, u16, Option<char>) {
        match self {
            Step::Blank => (0, 0, None),
            Step::Ranked { strokes, rank, .. } => (strokes, rank, None),
            Step::Other { character, strokes } => {
                (strokes.unwrap_or(u8::MAX), u16::MAX, Some(character))
            }
        }
    }
}

impl Ord for Step {
    fn cmp(&self, other: &Self) -> Ordering {
        self.position().cmp(&other.position())
    }
}

impl PartialOrd for Step {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Step {
    fn eq(&self, other: &Self) -> bool {
        self.position() == other.position()
    }
}

impl Eq for Step {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sorted<'a>(names: &[&'a str], order: NameOrder) -> Vec<&'a str> {
        let mut names = names.to_vec();
        names.sort_by_cached_key(|name| Key::of(name, order));
        names
    }

    /// Given in order, they are put in order again from any other.
    #[track_caller]
    fn stand(names: &str, order: NameOrder) {
        let names: Vec<_> = names.split(' ').collect();
        let reversed: Vec<_> = names.iter().rev().copied().collect();
        assert_eq!(sorted(&reversed, order), names);
        for pair in names.windows(2) {
            let [one, other] = [pair[0], pair[1]].map(|name| Key::of(name, order));
            let difference = one.difference(&other);
            assert!(
                !matches!(difference, Difference::None | Difference::Unknown),
                "{pair:?}: {difference:?}"
            );
        }
    }

    fn difference(one: &str, other: &str) -> Difference {
        Key::of(one, NameOrder::Surname).difference(&Key::of(other, NameOrder::Surname))
    }

    #[test]
    fn counts_strokes_as_the_mainland_writes() {
        for (character, strokes) in
            [('丁', 2), ('王', 4), ('李', 7), ('陈', 7), ('黄', 11), ('魏', 17), ('䶮', 9)]
        {
            assert_eq!(Step::of(character).strokes(), Some((character, strokes)));
        }
        assert_eq!(Step::of('a').strokes(), None);
        assert_eq!(Step::of('𠮷').strokes(), None);
    }

    #[test]
    fn one_count_is_ordered_by_the_kinds_of_strokes() {
        stand("王 井 韦 区 尤 车 牛 毛 仇 文 方 尹 孔 邓", NameOrder::Surname);
        stand(
            "丁 万 马 王 方 邓 艾 石 田 丘 冯 刘 江 李 杨 吴 何 沈 陈 林 周 郑 赵 胡 钟 姚 袁 钱 高 黄 曹 梁 谢 魏",
            NameOrder::Surname,
        );
        // 点 among the kinds is 捺 too, and 提 is 横.
        stand("大 山 千 门 马", NameOrder::Surname);
        assert_eq!(difference("区", "仇"), Difference::Kinds(['区', '仇'], 4));
        assert_eq!(difference("王", "马"), Difference::Count([('王', 4), ('马', 3)]));
    }

    #[test]
    fn the_same_kinds_are_ordered_as_the_table_of_common_characters() {
        stand("十 丁", NameOrder::Surname);
        stand("干 于 工 土", NameOrder::Surname);
        stand("贝 水 田 由", NameOrder::Surname);
    }

    #[test]
    fn the_next_characters_decide_where_the_first_are_one() {
        stand("李一鸣 李大明 李大鸣 李小明 张三 张三丰", NameOrder::FullName);
        stand("王井 王牛 王大山 王小山", NameOrder::Surname);
    }

    #[test]
    fn a_given_name_of_one_character_has_two_practices() {
        stand("田富 田大利", NameOrder::Surname);
        stand("田大利 田富", NameOrder::FullName);
        assert_eq!(difference("田富", "田大利"), Difference::Length);
        stand("欧阳修 欧阳小明", NameOrder::Surname);
        stand("欧阳小明 欧阳修", NameOrder::FullName);
    }

    #[test]
    fn compound_surnames_stand_by_their_first_character() {
        stand("司马光 司徒美 欧小明 欧阳少东 洪少东 诸葛亮", NameOrder::Surname);
        stand("司马光 司马一鸣 司空图", NameOrder::Surname);
    }

    #[test]
    fn dots_and_spaces_are_no_characters_of_a_name() {
        stand("买买提·吐尔逊 阿依古丽·买买提", NameOrder::Surname);
        for (one, other) in [
            ("买买提·吐尔逊", "买买提•吐尔逊"),
            ("买买提·吐尔逊", "买买提吐尔逊"),
            ("田　富", "田富"),
            ("张三", "张三"),
        ] {
            assert_eq!(difference(one, other), Difference::None);
        }
    }

    #[test]
    fn nothing_is_claimed_of_characters_that_are_not_known() {
        assert_eq!(difference("王𠮷", "王大"), Difference::Unknown);
        assert_eq!(difference("Li", "李"), Difference::Unknown);
        // Where others decide, they need not be known.
        assert_eq!(difference("王𠮷", "李𠮷"), Difference::Count([('王', 4), ('李', 7)]));
        assert_eq!(difference("王𠮷", "王𠮷"), Difference::None);
        // Of 䶮 the count is known.
        assert_eq!(difference("王䶮", "王大"), Difference::Count([('䶮', 9), ('大', 3)]));
        assert_eq!(difference("王䶮", "王春"), Difference::Unknown);
    }

    #[test]
    fn the_table_rises_by_count_and_has_each_character_once() {
        let text = include_str!("../../data/strokes/order.txt");
        let lines: Vec<_> = text.lines().filter(|line| !line.starts_with('#')).collect();
        let written =
            lines.iter().flat_map(|line| line.chars()).filter(|&c| c as u32 >= 0x3400).count();
        assert_eq!(written, TABLE.len());
        let count = |line: &&str| line.split_once(' ').unwrap().0.parse::<u8>().unwrap();
        assert!(lines.is_sorted_by_key(count));
        assert!(TABLE.values().filter(|place| place.rank.is_some()).count() > 10_000);
    }

    fn names() -> impl Strategy<Value = String> {
        "[一丁十田由大小王井仇仉余佘欧阳富利䶮𠮷·a]{0,4}"
    }

    proptest! {
        #[test]
        fn the_order_is_total(a in names(), b in names(), c in names()) {
            for order in NameOrder::ALL {
                let [a, b, c] = [&a, &b, &c].map(|name| Key::of(name, *order));
                prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
                prop_assert_eq!(a == b, a.cmp(&b) == Ordering::Equal);
                prop_assert_eq!(a == b, a.difference(&b) == Difference::None);
                if a <= b && b <= c {
                    prop_assert!(a <= c);
                }
                if a == b {
                    prop_assert_eq!(a.cmp(&c), b.cmp(&c));
                }
            }
        }
    }
}
