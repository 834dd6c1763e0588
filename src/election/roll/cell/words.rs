//! What the words of a table say when they are nobody's name.

use std::borrow::Cow;

use super::lexicon::{self, Words};
use super::numerals::{is_numeral, value_of};
use super::simplified::simplified;
use crate::election::identity::IdNumber;
use crate::election::person::{Sex, half_width};
use crate::text::is_common_han;

/// A text half-width and without white space.
pub(crate) fn compact(text: &str) -> Cow<'_, str> {
    let text = half_width(text);
    if text.contains(char::is_whitespace) {
        return text.chars().filter(|c| !c.is_whitespace()).collect();
    }
    text
}

/// A text without what stands in brackets.
pub(crate) fn outside_brackets(text: &str) -> Cow<'_, str> {
    const OPEN: [char; 4] = ['(', '（', '[', '【'];
    const CLOSED: [char; 4] = [')', '）', ']', '】'];
    if !text.contains(OPEN) {
        return Cow::Borrowed(text);
    }
    let mut depth = 0_usize;
    let is_outside = |c: &char| {
        depth += usize::from(OPEN.contains(c));
        let is_inside = depth > 0;
        depth = depth.saturating_sub(usize::from(CLOSED.contains(c)));
        !is_inside
    };
    text.chars().filter(is_outside).collect()
}

/// Whether a cell says that it is as above.
pub(crate) fn is_ditto(text: &str) -> bool {
    const WORDS: [&str; 17] = [
        "同左",
        "同上组",
        "同上面",
        "do",
        "do.",
        "同上",
        "上同",
        "同前",
        "如上",
        "同",
        "仝",
        "仝上",
        "々",
        "々々",
        "同上一行",
        "同上行",
        "ditto",
    ];
    // Most cells begin so, and are none.
    if text.starts_with(is_common_han) && !text.starts_with(['同', '上', '如', '仝', '丨']) {
        return false;
    }
    let is_mark = |c: char| "〃″〞〝〟\"＂“”„‟˝'＇‘’′´↑↓→⇓⇩|｜丨︱~～:：,，".contains(c);
    let is_stroke = |c: char| "-—－–".contains(c);
    let text = text.trim();
    text.len() <= 32
        && (text.contains(is_mark) && text.chars().all(|c| is_mark(c) || is_stroke(c))
            || WORDS.contains(&compact(text).trim_matches(['-', '—'])))
}

pub(crate) fn begins_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// Where nobody is: `无`, `空户`, `暂缺`.
pub(crate) fn is_nobody(text: &str) -> bool {
    const BEGINNINGS: [char; 14] =
        ['无', '空', '暂', '缺', '没', '待', '略', '作', '以', '此', '本', '不', '未', '下'];
    let first = text.trim_start().chars().next();
    if first.is_some_and(|c| is_common_han(c) && !BEGINNINGS.contains(&c)) {
        return matches!(text.trim(), "完" | "终");
    }
    matches!(
        compact(text)
            .trim_matches(['(', ')', '（', '）', '【', '】', '-', '—', '/', '\\', '.', '…', '*']),
        "" | "无"
            | "空"
            | "空户"
            | "暂缺"
            | "缺"
            | "空白"
            | "空格"
            | "空号"
            | "空缺"
            | "无人"
            | "没有"
            | "待定"
            | "待补"
            | "略"
            | "作废"
            | "以下空白"
            | "此页空白"
            | "以下无"
            | "本页空白"
            | "空白页"
            | "无此人"
            | "不详"
            | "未知"
            | "以下无正文"
            | "下空"
            | "完"
            | "终"
            | "暂无"
            | "空房"
            | "空挂户"
            | "无选民"
            | "本页完"
    )
}

/// `（续）`: whether a line says that a list goes on, or went on from a page before.
pub(crate) fn goes_on(text: &str) -> bool {
    let text = compact(text);
    let bare = text.trim_matches(['(', ')', '（', '）', '【', '】', '-', '—']);
    matches!(bare, "续" | "续表" | "续页" | "接续" | "下页续")
}

/// Whether what stands for nobody stands for people who were left out: `……`, `（待补）`.
pub(crate) fn stands_for_others(text: &str) -> bool {
    const WORDS: [&str; 7] = ["待补", "待补充", "待定", "略", "从略", "以下略", "下略"];
    let text = compact(text);
    let bare = text.trim_matches(['(', ')', '（', '）', '【', '】']);
    WORDS.contains(&bare)
        || bare.chars().count() > 2 && bare.chars().all(|c| c == '…' || c == '.')
        || bare == "……"
}

/// What lists in the order of strokes or of surnames have over the names: `四画`, `王姓`.
pub(crate) fn is_index_heading(text: &str) -> bool {
    const NUMERALS: &str = "一二三四五六七八九十0123456789";
    let text = outside_brackets(text);
    let text = compact(&text);
    let strokes = text.strip_suffix(['画', '划', '笔', '劃', '畫']);
    let surname = text.strip_suffix('姓');
    // A, B and C, by how names sound.
    let is_letter = text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    is_letter
        || strokes.is_some_and(|count| {
            (1..=3).contains(&count.chars().count()) && count.chars().all(|c| NUMERALS.contains(c))
        })
        || surname.is_some_and(|surname| {
            surname == "复"
                || surname == "其他"
                || (1..=2).contains(&surname.chars().count()) && surname.chars().all(is_common_han)
        })
}

/// The year that a title names: `2021年选民`, `选民2021`.
pub(crate) fn year_in(text: &str) -> Option<u16> {
    let text = compact(text);
    let mut runs = text.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at).peekable();
    while let Some(from) = runs.next() {
        let mut to = from + 1;
        while runs.next_if_eq(&to).is_some() {
            to += 1;
        }
        let is_day = text[to..].starts_with(['.', '-', '/']) || text[to..].contains('日');
        let year = text[from..to].parse().ok().filter(|year| (1980..2100).contains(year));
        if let Some(year) = year.filter(|_| to - from == 4 && !is_day) {
            return Some(year);
        }
    }
    None
}

/// The sex of those on a list of this name: 女选民, 男（10人）, 桥头村女选民名册.
pub(crate) fn sex_of_list(name: &str) -> Option<Sex> {
    const LISTS: [&str; 7] = ["名册", "名单", "登记表", "选民", "村民", "居民", "性"];
    let name = compact(name);
    let mut name = outside_brackets(&name).into_owned();
    while let Some(rest) = LISTS.iter().find_map(|list| name.strip_suffix(list)) {
        name = rest.to_owned();
    }
    let is_behind_a_place = |place: &str| place.is_empty() || place.ends_with(['村', '区', '组']);
    match (name.strip_suffix('男'), name.strip_suffix('女')) {
        (Some(place), _) if is_behind_a_place(place) => Some(Sex::Male),
        (_, Some(place)) if is_behind_a_place(place) => Some(Sex::Female),
        _ => None,
    }
}

/// The sex of those whom a title names behind their group: `一组男选民（9名）`.
pub(crate) fn sex_behind(title: &str, group: &str) -> Option<Sex> {
    let title = compact(title);
    title.split_once(group).and_then(|(_, said)| sex_of_list(said))
}

/// The number of the term that a title names: `第十二届村民委员会`.
pub(crate) fn term_in(title: &str) -> Option<u32> {
    let title = compact(title);
    let (_, said) = title.split_once('第')?;
    let rest = said.trim_start_matches(is_numeral);
    let numeral = &said[..said.len() - rest.len()];
    value_of(numeral).filter(|_| rest.starts_with('届'))
}

/// The year of the day that a line gives to a list: `打印日期：2021/4/12`, `截至2021年底`;
/// none of days that are of laws and births.
pub(crate) fn year_of_stamp(line: &str) -> Option<u16> {
    const LONGEST: usize = 40;
    static OF_DAYS: Words = Words::new(|| lexicon::words("words", "gives-the-day-of-a-list"));
    static OF_OTHERS: Words = Words::new(|| lexicon::words("words", "gives-another-day"));
    if line.len() > 4 * LONGEST || !line.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // 桥头村村民选举委员会　2026年4月20日
    let signed = line.trim().rsplit_once(char::is_whitespace);
    let day = signed.filter(|(by, _)| by.trim_end().ends_with('会')).map_or(line, |(_, day)| day);
    let day = compact(day);
    let is_day = || day.chars().all(|c| c.is_ascii_digit() || "年月日.-/()（）".contains(c));
    let line = compact(line);
    if has_any(&line, &OF_OTHERS) || !has_any(&line, &OF_DAYS) && !is_day() {
        return None;
    }
    let mut numbers = line.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() == 4);
    numbers.find_map(|number| number.parse().ok().filter(|year| (1980..2100).contains(year)))
}

/// `必填`, `填男或女`: what is to be written in a column.
pub(crate) fn tells_what_to_write(text: &str) -> bool {
    static WORDS: Words = Words::new(|| lexicon::words("words", "tells-what-to-write"));
    let text = compact(text);
    WORDS.contains(&&*text) || text.starts_with("填写") || text.starts_with("请填")
}

/// `18—35周岁`, `60岁以上（12人）`.
fn is_span_of_ages(text: &str) -> bool {
    const ENDS: [&str; 6] = ["以上", "及以上", "以下", "及以下", "段", ""];
    let text = outside_brackets(text);
    let Some((ages, end)) = text.split_once('岁') else { return false };
    let ages = ages.strip_suffix('周').unwrap_or(ages);
    let is_of_ages = |c: char| c.is_ascii_digit() || "-—–－~～至到".contains(c);
    let is_span = ages.contains(|c: char| !c.is_ascii_digit()) || !end.is_empty();
    is_span && begins_with_digit(ages) && ages.chars().all(is_of_ages) && ENDS.contains(&end)
}

/// What voters may be grouped by, though it is no group of theirs: `外出`, `新增`,
/// `第一选区`.
pub(crate) fn is_status(text: &str) -> bool {
    static WORDS: Words = Words::new(|| lexicon::words("words", "status"));
    const ENDS: [&str; 5] = ["选区", "投票站", "投票点", "批", "分会场"];
    let text = compact(text);
    let text = text.trim_end_matches([':', '：']).trim_matches(['(', ')', '（', '）']);
    let is_numbered = || {
        let rest = text.strip_prefix('第').unwrap_or(text).trim_start_matches(is_numeral);
        rest.len() < text.len() && ENDS.contains(&rest)
    };
    WORDS.contains(&text)
        || is_numbered()
        || is_span_of_ages(text)
        || ["新满18", "年满18"].iter().any(|word| text.contains(word))
}

/// Whether a line is the title of voters, whatever stood above.
pub(crate) fn is_title_of_voters(text: &str) -> bool {
    const LONGEST: usize = 30;
    let is_of_voters = || ["选民", "选民名单", "选民名册"].iter().any(|end| text.ends_with(end));
    let is_of_the_rest = || {
        ["其他", "其它", "其余"].iter().any(|word| text.starts_with(word))
            && ["村民", "居民", "人员", "群众"].iter().any(|word| text.ends_with(word))
    };
    text.len() <= 3 * LONGEST && (is_status(text) || is_of_voters() || is_of_the_rest())
}

/// Whether it is a line of the form itself: a title, a signature, a remark.
pub(crate) fn is_remark(text: &str) -> bool {
    static BEGINNINGS: Words = Words::new(|| lexicon::words("words", "beginning-of-a-remark"));
    static ENDINGS: Words = Words::new(|| lexicon::words("words", "end-of-a-remark"));
    if text.contains([':', '：', '。', '；'])
        || text.starts_with(['※', '★']) && !is_likely_name(&text[3..])
    {
        return true;
    }
    let text = compact(text);
    let text = simplified(&text);
    if is_page_number(&text) || says_something(&text) {
        return true;
    }
    // 选民名册（续表）
    let outside = outside_brackets(&text);
    let text = if outside.is_empty() { &*text } else { &*outside };
    let text = text.trim_matches(['(', ')', '（', '）', '【', '】', '-', '—', '*']);
    BEGINNINGS.iter().any(|word| text.starts_with(word))
        || ENDINGS.iter().any(|word| text.ends_with(word))
        || text.starts_with('第') && text.ends_with('页')
        || text.starts_with('共') && text.ends_with('页')
        || is_date_line(text)
}

/// `- 2 -`, `—2—`.
fn is_page_number(text: &str) -> bool {
    let stroke = ['-', '—', '－', '–', '·', '~'];
    let number = text.trim_matches(stroke);
    text.starts_with(stroke)
        && text.ends_with(stroke)
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether it is a sentence of the form: `如有异议请于5日内提出`.
fn says_something(text: &str) -> bool {
    const SHORTEST: usize = 8;
    static WORDS: Words = Words::new(|| lexicon::words("words", "says-something"));
    text.chars().nth(SHORTEST).is_some() && WORDS.iter().any(|word| text.contains(word))
}

/// Whether a line asks for signatures or begins notes, so that what is below is no
/// voter's.
pub(crate) fn ends_a_table(text: &str) -> bool {
    ["签字", "签名", "盖章"].iter().any(|word| text.contains(word))
        || matches!(
            compact(text).trim_end_matches([':', '：']),
            "注" | "说明" | "备注" | "附注" | "填表说明"
        )
}

/// Whether it is a line of the form that somebody filled in, or a part of one:
/// `填报单位：某某社区`, `填报日期`.
pub(crate) fn is_filled_in(text: &str) -> bool {
    const BEGINNINGS: [&str; 7] = ["填报", "填表", "制表", "单位", "日期", "时间", "编号"];
    let text = compact(text);
    let says = text.split_once([':', '：']).is_some_and(|(_, said)| !said.is_empty());
    says || is_date_line(&text) || BEGINNINGS.iter().any(|word| text.starts_with(word))
}

/// `2026.11.20`, where a name should be.
pub(crate) fn is_bare_date(text: &str) -> bool {
    let text = text.trim();
    let parts: Vec<&str> = text.split(['.', '-', '/']).collect();
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    parts.len() == 3
        && parts[0].len() == 4
        && parts.iter().all(|part| is_number(part) && !part.is_empty())
}

/// `2026年4月20日`, or a blank for one.
fn is_date_line(text: &str) -> bool {
    let is_dated = text.chars().any(|c| c.is_ascii_digit() || matches!(c, '_' | '＿' | 'X' | '×'));
    let numeral = |c: char| "〇○零一二三四五六七八九".contains(c);
    let year = text.split_once('年').map(|(before, _)| before);
    year.is_some_and(|year| is_dated || text.contains("年月") || year.ends_with(numeral))
        && (text.ends_with('日') || text.ends_with('月'))
}

/// Whether a text could be a person's name where nothing else says so. Names of
/// some minorities have many characters, but no words of a sentence.
pub(crate) fn may_be_name(text: &str) -> bool {
    const LONG: usize = 10;
    const LONGEST: usize = 40;
    const WORDS: [char; 14] =
        ['的', '及', '与', '或', '等', '在', '请', '们', '户', '此', '共', '页', '表', '者'];
    let text = text.trim();
    let letters = text.chars().filter(|c| !c.is_whitespace()).count();
    let is_parted = text.contains(['·', '•', '・', '.', '．', '‧']);
    let is_foreign = is_parted || text.chars().any(|c| c.is_ascii_alphabetic());
    let is_strange = |c: char| {
        c.is_numeric() && !"〇一二三四五六七八九十百千万".contains(c)
            || matches!(c, '、' | '，' | ',' | ';' | '；' | '/' | '\\' | '=' | '+' | '：' | ':')
    };
    let is_sentence = letters > 4 && !is_foreign && text.contains(WORDS);
    (1..=if is_foreign { LONGEST } else { LONG }).contains(&letters)
        && !is_sentence
        && !text.chars().any(is_strange)
}

/// Whether a text is two to four Chinese characters, as most names are.
pub(crate) fn is_short_han(text: &str) -> bool {
    let text = text.trim();
    (6..=12).contains(&text.len()) && text.chars().all(is_common_han)
}

/// Whether a text has Chinese characters.
pub(crate) fn is_worded(text: &str) -> bool {
    text.contains(is_common_han)
}

/// Whether a text is one Chinese character.
pub(crate) fn is_one_character(text: &str) -> bool {
    let mut chars = text.trim().chars();
    chars.next().is_some_and(is_common_han) && chars.next().is_none()
}

/// Whether a text begins with one of the commonest surnames.
pub(crate) fn has_surname(text: &str) -> bool {
    const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶\
        程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙黎史陶贺毛段郝顾龚邵万\
        覃钱戴严莫孔向汤欧阳傅常武康乔易施牛樊殷高萧阎赖洪颜倪芦俞鲁葛伍申尤毕聂丛焦柳邢岳庞祝翟詹涂骆\
        柯裴翁蓝阮甘霍耿卓岑麦凌缪邝揭";
    text.trim().starts_with(|c| SURNAMES.contains(c))
}

/// Whether a text begins with a surname, be it a rare one or a word of other things.
pub(crate) fn may_have_surname(text: &str) -> bool {
    const OTHERS: &str = "文安路温季章关成时齐左花国平山水明计车单包米桂全房盛舒解应宗宁景费卜屈苗项戚苟莘巫\
        古辛鞠仇窦冉党戎晏尚农冀敖滕佟蒙原简涂邬喻桑谷粟游连候干敬辜班阚侍冷鄢柏柴瞿褚郎卞饶闫佘迟符靳闵蔺芮\
        储栾厉祖蒲郁胥姬雍燕庄艾匡寇阙巩晁荆竺谌奚臧亓庹廉席习娄";
    has_surname(text) || text.trim().starts_with(|c| OTHERS.contains(c))
}

/// Whether a text may be somebody's name where the cell says more of him.
pub(crate) fn is_possible_name(text: &str) -> bool {
    is_short_han(text) && may_have_surname(text) && !is_remark(text) && !is_nobody(text)
}

/// Whether a text has one of these words in it.
pub(crate) fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// Whether a text is most likely somebody's name: a common surname, one to three
/// characters more, and no word that begins so.
pub(crate) fn is_likely_name(text: &str) -> bool {
    const WORDS: [&str; 27] = [
        "金融", "白族", "田地", "任职", "余款", "常住", "易地", "康复", "万元", "方言", "江苏",
        "江西", "石油", "马上", "高中", "高龄", "高血", "高校", "高职", "高考", "高温", "申请",
        "申报", "毕业", "洪水", "祝贺", "卓越",
    ];
    let text = text.trim();
    is_short_han(text)
        && has_surname(text)
        && !WORDS.iter().any(|word| text.starts_with(word))
        && !is_remark(text)
        && !is_nobody(text)
}

/// `薛光明 男 … 1组` in one cell: somebody whose row was not taken apart.
pub(crate) fn is_of_one_person(text: &str) -> bool {
    let mut numbers = text.split(|c: char| !c.is_ascii_alphanumeric());
    let has_card = numbers.any(|number| number.len() == 18 && IdNumber::parse(number).is_ok());
    // 何玉田（女） is a name still.
    let text = outside_brackets(text);
    let mut words = text.split(|c| !is_common_han(c));
    let has_sex = words.clone().any(|word| matches!(word, "男" | "女"));
    (has_card || has_sex) && words.any(is_possible_name) || is_name_with_sex(text.trim())
}

/// `赵桂兰女一组`: a name, a sex and the rest without anything between.
fn is_name_with_sex(text: &str) -> bool {
    const SHORTEST: usize = 2;
    let sexes = text.char_indices().filter(|(_, c)| matches!(c, '男' | '女'));
    sexes.take(SHORTEST).any(|(at, c)| {
        let rest = text[at + c.len_utf8()..].trim_start_matches('第');
        is_likely_name(&text[..at]) && rest.starts_with(is_numeral)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_is_no_name() {
        for text in ["以下空白", "无", "空户", "暂缺", "（以下空白）", "——"] {
            assert!(is_nobody(text), "{text}");
        }
        for text in [
            "外出人员",
            "填表人：",
            "奇美社区选民登记表",
            "第 3 页",
            "2026年4月20日",
            "二〇二六年四月一日",
            "本页小结",
        ] {
            assert!(is_remark(text), "{text}");
        }
        for text in [
            "沙马阿支莫",
            "阿不都热合曼",
            "李年日",
            "张三",
            "欧阳娜娜",
            "王明",
            "阿不都·热合曼",
            "买买提.吐尔逊",
            "Mary",
        ] {
            assert!(!is_nobody(text) && !is_remark(text) && may_be_name(text), "{text}");
        }
        assert!(may_be_name("娜仁其其格") && !is_remark("娜仁其其格"));
        for text in ["嫁出去的女儿们", "张三、李四", "外来人员及家属", "张三/李四"]
        {
            assert!(!may_be_name(text), "{text}");
        }
    }
}
