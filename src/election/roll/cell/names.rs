//! What may be wrong with a name. It is told, and the name left as it is.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;

use super::harmless::is_harmless;
use super::lexicon::{self, Words};
use super::numerals::is_numeral;
use super::shown::{carries_personal, quote};
use super::{grouping, notes, relations, words};
use crate::diagnostic::Severity;
use crate::election::person::{self, NAME_DOTS, Sex, is_variation_selector};
use crate::text::{is_common_han, is_invisible};

/// As long as nearly all names are.
const COMMON: usize = 5;
/// The longest name: those of some minorities have many parts.
const LONGEST: usize = 30;

/// 王明 of `1.王明`, the number of the list before it.
pub(crate) fn behind_number(name: &str) -> Option<&str> {
    const LONGEST: usize = 5;
    let name = name.trim_start();
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = name.len() - rest.len();
    let said = rest.strip_prefix(['.', '、', '．', ')', '）'])?.trim_start();
    let name = before_sex(said).map_or(said, |(name, _)| name);
    ((1..=LONGEST).contains(&digits) && words::is_short_han(name)).then_some(said)
}

/// 毛敏丽, a woman, of `毛敏丽（女）`.
pub(crate) fn before_sex(name: &str) -> Option<(&str, Sex)> {
    let said = name.trim_end().strip_suffix([')', '）'])?;
    let (name, sex) = said.rsplit_once(['(', '（'])?;
    Some((name.trim_end(), Sex::parse(sex)?))
}

/// Something odd about a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameFlaw {
    pub severity: Severity,
    pub code: &'static str,
    pub message: String,
    pub help: &'static str,
}

/// Finds what is odd about a name; each kind of oddity once.
pub fn name_flaws(name: &str) -> Vec<NameFlaw> {
    let name = person::trim(name);
    let plain = |c: char| is_common_han(c) && !matches!(c, '某' | '囗');
    if name.chars().all(plain) && name.chars().count() <= COMMON {
        return if names_several(name) {
            whole_flaw(name).into_iter().collect()
        } else if matches!(name, "男" | "女") {
            let message = format!("姓名一格里写的是性别{}：这一行像是错了一列", quote(name));
            vec![no_mere_name(message, "把这一行的各格移到该在的列，写上姓名")]
        } else if has_more(name) {
            vec![more_than_a_name(name)]
        } else if names_nobody(name) {
            vec![Oddity::Unsaid.flaw(name, '某')]
        } else if are_two_names(name) {
            vec![two_names(name)]
        } else if has_surname_twice(name) {
            let message = format!("姓名{}的姓连着写了两次：是不是多打了一个字？", quote(name));
            vec![no_mere_name(message, "多打了的，删去一个；确是姓名的，不用改")]
        } else {
            Vec::new()
        };
    }
    if is_padded(name) {
        return Vec::new();
    }
    if name.chars().all(plain) && has_more(name) {
        return vec![more_than_a_name(name)];
    }
    if name.chars().all(plain) && are_two_names(name) {
        return vec![whole_flaw(name).unwrap_or_else(|| two_names(name))];
    }
    if name.chars().all(plain) && names_nobody(name) {
        return vec![Oddity::Unsaid.flaw(name, '某')];
    }
    let mut flaws: Vec<NameFlaw> = whole_flaw(name).into_iter().collect();
    if !flaws.is_empty() {
        return flaws;
    }
    let mut met: Vec<Oddity> = Vec::new();
    let mut before = None;
    for c in name.chars() {
        let of_c = Oddity::of(c, before).or_else(|| ends_in_dot(name, c).then_some(Oddity::Dot));
        let of_c = if is_starred(name, c) { Some(Oddity::Star) } else { of_c };
        let oddity = of_c.filter(|oddity| !met.contains(oddity));
        if let Some(oddity) = oddity {
            met.push(oddity);
            flaws.push(oddity.flaw(name, c));
        }
        before = Some(c);
    }
    flaws
}

/// `张志明男`, `一组李秀英`, `户主张志明`, `张志明党员`, `张志明又名张明`.
fn has_more(name: &str) -> bool {
    static BEFORE: Words = Words::new(|| lexicon::words("names", "before-a-name"));
    static BEHIND: Words = Words::new(|| lexicon::words("names", "behind-a-name"));
    if name.chars().nth(3).is_none() {
        return false;
    }
    let of_group = || {
        let (group, rest) = name.split_once('组')?;
        grouping::is_surely_group(&format!("{group}组")).then_some(rest)
    };
    let is_whole = |rest: &str| {
        rest.chars().nth(1).is_some()
            && words::is_likely_name(rest)
            && !rest.ends_with(['之', '的'])
    };
    BEHIND.iter().filter_map(|word| name.strip_suffix(word)).any(is_whole)
        || BEFORE.iter().filter_map(|word| name.strip_prefix(word)).any(is_whole)
        || of_group().is_some_and(is_whole)
        || has_another(name)
}

/// 王强 of a name that was broken in its cell to fit a narrow column. Two names one below the
/// other are not one.
pub(crate) fn in_one_line(name: &str) -> Option<String> {
    const LONGEST: usize = 100;
    const SHORT: usize = 3;
    const BREAKS: [char; 2] = ['\n', '\r'];
    if !name.contains(BREAKS) || name.len() > LONGEST {
        return None;
    }
    let parts: Vec<&str> =
        name.split(BREAKS).map(str::trim).filter(|part| !part.is_empty()).collect();
    let whole = parts.concat();
    let is_one = whole.chars().count() <= SHORT || whole.contains('·');
    (is_one && whole.chars().all(|c| is_common_han(c) || c == '·')).then_some(whole)
}

/// `王王建国`.
fn has_surname_twice(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next() == chars.next() && chars.count() == 2 && words::has_surname(name)
}

/// `张志明又名张明`, `王建国或王健国`.
fn has_another(name: &str) -> bool {
    const BETWEEN: [&str; 7] = ["又名", "原名", "曾用名", "又叫", "或", "改为", "改"];
    BETWEEN.iter().filter_map(|word| name.split_once(word)).any(|(one, other)| {
        one.chars().nth(1).is_some()
            && other.chars().nth(1).is_some()
            && words::is_likely_name(one)
            && words::is_possible_name(other)
    })
}

fn more_than_a_name(name: &str) -> NameFlaw {
    let message = format!("姓名{}像是连着写了性别、小组或别的", quote(name));
    no_mere_name(message, "这一格只写姓名，别的写到自己的列；确是姓名的，不用改")
}

/// A cell that has something else than a name, or more.
fn no_mere_name(message: String, help: &'static str) -> NameFlaw {
    NameFlaw { severity: Severity::Warning, code: "roll-name-unsaid", message, help }
}

/// `1.王芳`, `12、李四`.
fn is_numbered(name: &str) -> bool {
    let rest = name.trim_start_matches(is_digit);
    let bare = rest.trim_start_matches(['.', '．', '、', ' ', ')', '）']);
    (1..=4).contains(&(name.chars().count() - rest.chars().count()))
        && bare.len() < rest.len()
        && words::may_be_name(bare)
}

/// `张三之子`, `未取名`, `长子`, `老王`, `王`: somebody who is not named.
fn names_nobody(name: &str) -> bool {
    /// Behind a whole name: 张小三夫妇.
    static OF_SEVERAL: Words = Words::new(|| lexicon::words("names", "of-kin"));
    static ENDS: Words = Words::new(|| lexicon::words("names", "end-of-no-name"));
    const LASTS: &str = "子女妻父母名儿氏婆夫亲妇媳孙组弟妹家属人婿嫂婶姨姑奶妈爸";
    let name = name.trim();
    if words::is_one_character(name) {
        return true;
    }
    // 王家老二
    let is_by_age = name.contains("家老") && name.ends_with(|c| is_numeral(c) || c == '大');
    if is_of_words(name) {
        return true;
    }
    // As nearly all names.
    let is_plain = words::has_surname(name) && !name.starts_with('孙');
    if is_plain && !is_by_age && !name.ends_with(|c| LASTS.contains(c)) {
        return false;
    }
    let mut chars = name.chars();
    let (first, second) = (chars.next().unwrap_or_default(), chars.next().unwrap_or_default());
    let is_of_two = second != '\0' && chars.next().is_none();
    let is_called = is_of_two
        && (words::has_surname(name) && "嫂婶姨姑奶妈爸".contains(second)
            || "老小".contains(first) && words::has_surname(&name[first.len_utf8()..])
            || first == '阿' && "婆公姨伯叔嫂爷奶姐哥妈爸".contains(second)
            || "大二三四五六小老".contains(first)
                && "嫂婶叔伯姑姨舅哥姐爷娘妈爸婆丫妹娃毛囡仔".contains(second));
    // 青石桥村
    let is_of_a_place = name.chars().count() > 2 && name.ends_with(['村', '镇', '乡']);
    // 小明妈
    let is_parent = name.chars().count() == 3
        && "小大老阿".contains(first)
        && name.ends_with(['妈', '爸', '奶', '爷', '嫂', '婶']);
    // 三儿子, 大儿媳.
    let is_child = name
        .strip_prefix(['大', '小', '老', '长', '次', '二', '三', '四', '五', '六'])
        .is_some_and(|of| {
            matches!(of, "儿子" | "女儿" | "儿媳" | "女婿" | "孙子" | "孙女" | "闺女")
        });
    // 王五妻, 户主妻.
    let is_of_kin = ["妻", "媳"].iter().any(|kin| {
        let of = name.strip_suffix(kin).unwrap_or_default();
        of == "户主" || of.chars().count() == 2 && words::is_likely_name(of) && *kin == "妻"
    });
    // 张三一组.
    let ends_in_group = name.ends_with('组')
        && name
            .trim_end_matches("组")
            .trim_end_matches(['小', '民', '村', '居'])
            .ends_with(is_numeral);
    let is_of_several = OF_SEVERAL.iter().any(|end| {
        let of = name.strip_suffix(end).unwrap_or_default();
        of.chars().nth(1).is_some() && words::is_likely_name(of)
    });
    // 孤寡老人
    let is_of_a_kind = name.chars().count() > 2 && is_harmless(name);
    WORDS.contains(&name)
        || is_by_age
        || is_of_a_kind
        || words::has_any(name, &GARBLED)
        // 刘氏; 王刘氏 is a name.
        || is_of_two && second == '氏'
        || is_of_several
        || is_called
        || is_parent
        || is_of_a_place
        || is_of_kin
        || is_child
        // 老王头.
        || first == '老' && name.ends_with('头') && words::has_surname(&name[first.len_utf8()..])
        // Squares that a program put for what it had not.
        || name.chars().all(|c| c == '口')
        || ends_in_group
        || ENDS.iter().any(|end| name.ends_with(end))
        || relations::sex_of(name).is_some_and(|_| !words::has_surname(name))
}

/// `出租屋租客`, `没有名字`, `王麻子家`: as long as few names, and of words that none has.
fn is_of_words(name: &str) -> bool {
    static SIGNS: Words = Words::new(|| lexicon::words("names", "within-no-name"));
    name.chars().nth(3).is_some()
        && (name.ends_with('家') && words::has_surname(name)
            || SIGNS.iter().any(|word| name.contains(word)))
}

/// What is left of a name that was read in another encoding.
const GARBLED: [&str; 4] = ["锟斤", "斤拷", "烫烫", "屯屯"];

/// What stands where names do and is nobody's: what other columns say, or a form.
static WORDS: Words = Words::new(|| lexicon::words("names", "no-name"));

/// What nobody is called by his parents: 王主任, 李老师.
const SURE_TITLES: [&str; 27] = [
    "会计", "奶奶", "老太", "老头", "小孩", "主任", "书记", "支书", "老师", "大爷", "大娘", "大妈",
    "大嫂", "大婶", "大姐", "大哥", "大叔", "大伯", "老汉", "师傅", "组长", "村长", "队长", "医生",
    "老板", "女士", "同志",
];
/// What may be a name, too: 李代表.
const TITLES: [&str; 5] = ["代表", "文书", "委员", "经理", "先生"];

/// Whether it is one that is next to never a name, as 李书记, where 李代表 may be.
pub(crate) fn is_surely_form_of_address(name: &str) -> bool {
    const LASTS: &str = "任记书师爷娘妈嫂婶姐哥叔伯汉傅长生板士志太头孩计奶";
    // As nearly no name.
    name.trim().ends_with(|c| LASTS.contains(c)) && has_title(name, SURE_TITLES)
}

/// `王主任`, `李老师`: what somebody is called by others, not his name.
pub(crate) fn is_form_of_address(name: &str) -> bool {
    has_title(name, SURE_TITLES.into_iter().chain(TITLES))
}

/// Whether a surname stands before one of the titles.
fn has_title(name: &str, titles: impl IntoIterator<Item = &'static str>) -> bool {
    let surname = titles.into_iter().find_map(|title| name.trim().strip_suffix(title));
    surname.is_some_and(|surname| (1..=2).contains(&surname.chars().count()))
}

/// `张　三`: a name of two characters, as tables put it in line with those of three.
fn is_padded(name: &str) -> bool {
    let mut parts = name.split([' ', '\u{3000}', '\u{a0}']).filter(|part| !part.is_empty());
    let is_one = |part: Option<&str>| {
        part.is_some_and(|part| part.chars().count() == 1 && part.chars().all(is_han))
    };
    is_one(parts.next()) && is_one(parts.next()) && parts.next().is_none()
}

/// Surnames that given names hardly have: 林 and 龙 stand in many.
const SURNAMES_ONLY: &str =
    "王李张刘陈杨黄赵吴周徐孙朱胡郭何罗郑梁谢宋唐许韩冯邓曹彭曾董潘袁蔡蒋杜吕魏薛";

/// `张小三李小四`, `张三李小四`, `李明王芳`: several names, written as one.
fn are_two_names(name: &str) -> bool {
    const LONGEST: usize = 30;
    match name.chars().count() {
        // 张陈文静 has the names of both parents, 欧阳林芳 one of two characters.
        4 => {
            let is_surname = |at: usize| words::has_surname(name_at(name, at..at + 1));
            // 陈门王氏 is one.
            is_surname(0)
                && !is_surname(1)
                && name_at(name, 2..3).contains(|c| SURNAMES_ONLY.contains(c))
                && !name.ends_with('氏')
        }
        // 马海伍果莫 is a name of the Yi.
        5 => [2, 3].into_iter().any(|length| {
            words::is_likely_name(name_at(name, 0..length))
                && words::is_possible_name(name_at(name, length..5))
                && name_at(name, length..5).starts_with(|c| SURNAMES_ONLY.contains(c))
        }),
        6..LONGEST => words::is_likely_name(name_at(name, 0..2)) && is_row_of_names(name),
        _ => false,
    }
}

/// Whether it falls into names of two or three characters.
fn is_row_of_names(text: &str) -> bool {
    let count = text.chars().count();
    let is_one = (2..=3).contains(&count) && words::is_possible_name(text);
    let begins = |length: usize| {
        count > length
            && words::is_possible_name(name_at(text, 0..length))
            && is_row_of_names(name_at(text, length..count))
    };
    is_one || begins(2) || begins(3)
}

/// Some of the characters of a text.
fn name_at(text: &str, range: Range<usize>) -> &str {
    let at = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(at, _)| at);
    &text[at(range.start)..at(range.end)]
}

fn two_names(name: &str) -> NameFlaw {
    NameFlaw {
        severity: Severity::Warning,
        code: "roll-name-several",
        message: format!("姓名{}像是几个人的姓名连在一起，只算了一人", quote(name)),
        help: "是几个人的，每人写一行；确是一个人的，在待核对清单里答“无误”",
    }
}

/// Whether a cell holds the names of several people: `张三、李四`, `张三 李小四`.
fn names_several(name: &str) -> bool {
    people_in(name) > 1
}

/// Of how many people a cell holds the names, and nothing else.
pub(crate) fn people_in(name: &str) -> usize {
    const SHORTEST: usize = 5;
    if name.chars().count() < SHORTEST {
        return 0;
    }
    let parts: Vec<&str> = name
        .split(|c: char| c.is_whitespace() || "、，,/／;；&＋+和与及".contains(c))
        .filter(|part| !part.is_empty())
        .collect();
    if parts.iter().all(|part| words::is_likely_name(part)) { parts.len() } else { 0 }
}

fn whole_flaw(name: &str) -> Option<NameFlaw> {
    let error =
        |code, message, help| Some(NameFlaw { severity: Severity::Error, code, message, help });
    let len = name.trim().chars().count();
    if names_several(name) {
        let message = format!("姓名{}像是几个人写在一格里，只算了一人", quote(name));
        return error(
            "roll-name-several",
            message,
            "每人写一行；确是一个人的，删去中间的符号或空格，或在待核对清单里答“无误”",
        );
    }
    if len > LONGEST {
        let message = format!("姓名有 {len} 个字，不像一个人的姓名");
        error("roll-name-long", message, "检查是否把别的内容或几个人写进了一格")
    } else if is_numbered(name) {
        let message = format!("姓名{}前面写着序号", quote(name));
        error("roll-name-personal", message, "去掉序号和后面的点；序号另写一列")
    } else if name.chars().any(char::is_alphabetic)
        && (name.chars().any(is_digit) || carries_personal(name))
    {
        error(
            "roll-name-personal",
            "姓名一格里有数字、电话、证件号或住址".into(),
            "这一格只写姓名；电话、证件号、住址写到别的列，同名的人由程序用性别、出生年份区分",
        )
    } else if !name.chars().any(char::is_alphabetic)
        && !name.chars().any(|c| Oddity::of(c, None).is_some_and(Oddity::is_grave))
    {
        error("roll-name-none", "姓名一格里不是姓名".into(), "检查是否写错了列")
    } else {
        None
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// `王·`: the rest of a name is missing.
fn ends_in_dot(name: &str, c: char) -> bool {
    c == '·' && name.trim_end().ends_with('·')
}

/// `张三*`: a star after a name, or before it, stands for no character of it.
fn is_starred(name: &str, c: char) -> bool {
    const STARS: [char; 2] = ['*', '＊'];
    let bare = name.trim().trim_matches(STARS);
    STARS.contains(&c) && !bare.contains(STARS) && words::is_short_han(bare)
}

/// What a character does in a name that it should not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Oddity {
    Control,
    Invisible,
    PrivateUse,
    /// What a program puts where it lost a character.
    Lost,
    Space,
    Dot,
    LookAlike,
    /// 某, which stands for what is not said.
    Unsaid,
    /// A mark beside the name, which may say that he is no voter.
    Mark,
    /// One that stands for a lost character elsewhere.
    Star,
    Foreign,
}

impl Oddity {
    fn of(c: char, before: Option<char>) -> Option<Self> {
        match c {
            '·' if before.is_some_and(is_han) => None,
            '\u{FE00}'..='\u{FE0F}' => Some(Oddity::Foreign),
            '某' => Some(Oddity::Unsaid),
            '\u{FFFD}' | '?' | '？' | '□' | '囗' | '■' | '〓' | '*' | '＊' => {
                Some(Oddity::Lost)
            }
            _ if is_han(c) => None,
            _ if is_variation_selector(c) && before.is_some_and(is_han) => None,
            _ if is_invisible(c) || is_variation_selector(c) => Some(Oddity::Invisible),
            _ if c.is_control() => Some(Oddity::Control),
            _ if c.is_whitespace() => Some(Oddity::Space),
            '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => Some(Oddity::PrivateUse),
            '.' | '。' => Some(Oddity::Dot),
            _ if c != '·' && NAME_DOTS.contains(&c) => Some(Oddity::Dot),
            _ if is_look_alike(c) => Some(Oddity::LookAlike),
            _ if notes::is_mark(c) => Some(Oddity::Mark),
            _ => Some(Oddity::Foreign),
        }
    }

    /// Whether the name cannot be printed as it should be.
    fn is_grave(self) -> bool {
        matches!(
            self,
            Oddity::Control | Oddity::Invisible | Oddity::PrivateUse | Oddity::Lost | Oddity::Star
        )
    }

    fn flaw(self, name: &str, c: char) -> NameFlaw {
        let severity = if self.is_grave() { Severity::Error } else { Severity::Warning };
        let (name, point) = (quote(name), format!("U+{:04X}", c as u32));
        let (code, message, help) = match self {
            Oddity::Control => (
                "roll-name-control",
                format!("姓名{name}里有换行等控制字符 {point}"),
                "把这一格清空，重新输入姓名",
            ),
            Oddity::Invisible => (
                "roll-name-invisible",
                format!("姓名{name}里有看不见的字符 {point}"),
                "把这一格清空，重新输入姓名，不要粘贴",
            ),
            Oddity::PrivateUse => (
                "roll-name-private-use",
                format!("姓名{name}里有自造字 {point}，换一台电脑就显示不出来"),
                "用输入法按国家标准字库重新输入这个字，并与身份证核对",
            ),
            Oddity::Lost => (
                "roll-name-lost",
                format!("姓名{name}里有 {point}，像是生僻字在导出时丢了"),
                "与身份证核对，补上这个字",
            ),
            Oddity::Space => (
                "roll-name-space",
                format!("姓名{name}里有空格 {point}"),
                "删去空格，名单排版时会自动对齐两个字的姓名；写了两个人的，分成两行",
            ),
            Oddity::Dot if c == '·' => (
                "roll-name-dot",
                format!("姓名{name}到间隔号就完了，像是没有写全"),
                "与身份证核对，写全姓名",
            ),
            Oddity::Dot => (
                "roll-name-dot",
                format!("姓名{name}里的间隔号写成了 {point}，应为“·”（U+00B7）"),
                "改用中文间隔号“·”",
            ),
            Oddity::LookAlike => {
                ("roll-name-look-alike", look_alike_message(&name, c), "用输入法重新输入这个字")
            }
            Oddity::Foreign if "（(【[〔".contains(c) => (
                "roll-name-foreign",
                format!("姓名{name}里有括号"),
                "这一格只写姓名：删去括号和里面的话，写到别的列；不删会照样印在名单上",
            ),
            Oddity::Unsaid => (
                "roll-name-unsaid",
                format!("姓名{name}像是示例，或者没有写出真实的姓名"),
                "是选民的，写真实的姓名；是示例的，删去这一行",
            ),
            Oddity::Star => (
                "roll-name-mark",
                format!("姓名{name}旁边有“{c}”，不是姓名的一部分：还是选民吗？"),
                "查明记号的意思：不是选民的，删去这一行；仍是选民的，删去记号",
            ),
            Oddity::Mark => (
                "roll-name-mark",
                format!("姓名{name}里有记号 {point}：还是选民吗？"),
                "查明记号的意思：不是选民的，删去这一行；仍是选民的，删去记号",
            ),
            Oddity::Foreign => (
                "roll-name-foreign",
                format!("姓名{name}里有汉字以外的字符 {point}"),
                "与身份证核对；如果确实如此，可以不改",
            ),
        };
        NameFlaw { severity, code, message, help }
    }
}

fn look_alike_message(name: &str, c: char) -> String {
    let right: String = std::iter::once(c).nfkc().collect();
    let point = format!("U+{:04X}", c as u32);
    match right.chars().next() {
        Some(right) if right != c && is_han(right) => {
            format!("姓名{name}里的 {point} 只是形状像“{right}”（U+{:04X}）", right as u32)
        }
        _ => format!("姓名{name}里的 {point} 只是形状像汉字"),
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '〇'
        | '\u{20000}'..='\u{2F7FF}' | '\u{30000}'..='\u{3347F}')
        || is_unified_among_compatible(c)
}

/// Twelve characters stand among the compatible ones and are not.
fn is_unified_among_compatible(c: char) -> bool {
    matches!(
        c as u32,
        0xFA0E | 0xFA0F | 0xFA11 | 0xFA13 | 0xFA14 | 0xFA1F | 0xFA21 | 0xFA23 | 0xFA24 | 0xFA27
            ..=0xFA29
    )
}

/// Radicals, compatible characters, strokes, kana and circles that pass for Han.
fn is_look_alike(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}'
        | '\u{31C0}'..='\u{31EF}' | '\u{3040}'..='\u{312F}' | '○' | '◯' | '々' | '〆'
        | '\u{3220}'..='\u{33FF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn codes(name: &str) -> Vec<&'static str> {
        name_flaws(name).iter().map(|flaw| flaw.code).collect()
    }

    #[test]
    fn joins_a_name_that_was_broken() {
        for (name, whole) in [
            ("王\n强", Some("王强")),
            ("欧阳\r\n娜", Some("欧阳娜")),
            ("买买提·\n阿布都拉", Some("买买提·阿布都拉")),
            ("王强\n李勇", None),
            ("王强", None),
            ("王\n12", None),
        ] {
            assert_eq!(in_one_line(name).as_deref(), whole, "{name:?}");
        }
    }

    #[test]
    fn finds_nothing_in_names() {
        for name in [
            "张三",
            "欧阳娜娜",
            "阿不都热合曼·吐尔逊",
            "𬱖",
            "张𬱖",
            "张三\n",
            "王㛃",
            "李〇",
            "葛\u{E0100}洪",
            "老舍",
            "阿依",
            "王媳",
            "孙女",
            "张　三",
            "王 芳",
            "王和平",
            "欧阳和与",
            "﨑",
            "𠮷田",
            "𰻝",
        ] {
            assert_eq!(codes(name), [""; 0], "{name}");
        }
    }

    #[test]
    fn refuses_what_cannot_be_printed() {
        for (name, code) in [
            ("张\u{200B}三", "roll-name-invisible"),
            ("\u{202E}三张", "roll-name-invisible"),
            ("张\n三", "roll-name-control"),
            ("张\u{E123}", "roll-name-private-use"),
            ("张\u{F0001}", "roll-name-private-use"),
            ("张?", "roll-name-lost"),
            ("张*明", "roll-name-lost"),
            ("张明*", "roll-name-mark"),
            ("张\u{FFFD}", "roll-name-lost"),
            ("12345", "roll-name-none"),
            (&"张".repeat(31), "roll-name-long"),
            ("张三、李四", "roll-name-several"),
            ("张三/王小五", "roll-name-several"),
            ("张三和李四", "roll-name-several"),
            ("张三 李小四", "roll-name-several"),
            ("张三2", "roll-name-personal"),
            ("张三13912345678", "roll-name-personal"),
            ("张三0663-8461234", "roll-name-personal"),
            ("张三E12345678", "roll-name-personal"),
            ("张三 仙桥街秘密巷77号", "roll-name-personal"),
            ("张三仙桥街秘密巷", "roll-name-personal"),
            ("张三 一三八〇〇一三八〇〇〇", "roll-name-personal"),
        ] {
            let flaws = name_flaws(name);
            assert_eq!(flaws[0].code, code, "{name}");
            assert_eq!(flaws[0].severity, Severity::Error);
        }
        assert!(name_flaws("张\u{E123}")[0].message.contains("U+E123"));
    }

    #[test]
    fn asks_about_what_looks_odd() {
        for (name, code) in [
            ("欧阳 修文", "roll-name-space"),
            ("△张三", "roll-name-mark"),
            ("张三之子", "roll-name-unsaid"),
            ("男", "roll-name-unsaid"),
            ("汉族", "roll-name-unsaid"),
            ("长子", "roll-name-unsaid"),
            ("老王", "roll-name-unsaid"),
            ("王", "roll-name-unsaid"),
            ("外来户", "roll-name-unsaid"),
            ("二嫂", "roll-name-unsaid"),
            ("王五妻", "roll-name-unsaid"),
            ("大明媳妇", "roll-name-unsaid"),
            ("锟斤拷", "roll-name-unsaid"),
            ("王家老二", "roll-name-unsaid"),
            ("刘氏", "roll-name-unsaid"),
            ("王大明夫妇", "roll-name-unsaid"),
            ("王大明妻", "roll-name-unsaid"),
            ("李四的儿子", "roll-name-unsaid"),
            ("张三第二村民小组", "roll-name-unsaid"),
            ("王·", "roll-name-dot"),
            ("李\u{FE00}四", "roll-name-foreign"),
            ("未取名", "roll-name-unsaid"),
            ("买买提•吐尔逊", "roll-name-dot"),
            ("买买提.吐尔逊", "roll-name-dot"),
            ("⼈王", "roll-name-look-alike"),
            ("\u{FA1E}", "roll-name-look-alike"),
            ("ロ三", "roll-name-look-alike"),
            ("张三（大）", "roll-name-foreign"),
            ("·张三", "roll-name-foreign"),
            ("Mary", "roll-name-foreign"),
        ] {
            assert_eq!(codes(name), [code], "{name}");
            assert_eq!(name_flaws(name)[0].severity, Severity::Warning, "{name}");
        }
        assert!(name_flaws("⼈王")[0].message.contains("U+2F08 只是形状像“人”（U+4EBA）"));
    }

    proptest! {
        #[test]
        fn never_panics(name in "\\PC*|[\\u{0}-\\u{10FFFF}]*") {
            let _ = name_flaws(&name);
        }
    }
}
