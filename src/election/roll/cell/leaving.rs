//! Words by which a table says that somebody may be no voter.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::elsewhere;
use super::grouping::is_surely_group;
use super::lexicon::{self, Words};
use super::numerals::{is_numeral, value_of};
use super::simplified::{TRADITIONAL, simplified};
use super::words::{compact, has_any, outside_brackets};
use crate::text::is_common_han;

/// The end of a life.
static DEATH: Words = Words::new(|| lexicon::words("leaving", "death"));

/// Leaving the place, or being of none.
static DEPARTURE: Words = Words::new(|| lexicon::words("leaving", "departure"));

/// Rights that rest, and people who are held.
static RIGHTS: Words = Words::new(|| lexicon::words("leaving", "rights"));

/// Illness, disappearance, youth.
static STATES: Words = Words::new(|| lexicon::words("leaving", "state"));

/// Not on the list, by whosever will.
static LISTING: Words = Words::new(|| lexicon::words("leaving", "listing"));

/// What is not settled yet.
static DOUBTS: Words = Words::new(|| lexicon::words("leaving", "doubt"));

/// Whole cells that say it in a word.
static WHOLE: Words = Words::new(|| lexicon::words("leaving", "whole-cell"));

/// Whether a text has a word of a death or a departure.
pub(super) fn has_word_of_an_end(text: &str) -> bool {
    has_any(text, &DEATH) || has_any(text, &DEPARTURE)
}

/// Whether a text says that somebody may be no voter any more, or here.
pub(crate) fn tells_of_leaving(text: &str) -> bool {
    const LONGEST: usize = 4096;
    // Nearly all remarks are short, and say something else.
    let text = &text[..text.floor_char_boundary(LONGEST)];
    if !WORDS.may_be_in(text) {
        return false;
    }
    let text = compact(text);
    let text = simplified(&text);
    let text = without_described(&text);
    let clauses = text.split(['，', ',', '。', '；', ';', '、', '(', ')', '（', '）']);
    let is_admitted = is_admitted(&text);
    let clauses =
        clauses.filter(|clause| !is_admitted || !has_any(clause, &["户籍", "户口", "登记"]));
    WHOLE.contains(&&*text)
        || WHOLE.contains(&outside_brackets(&text).as_ref())
        || text.ends_with(['?', '？'])
        || text.ends_with('卒')
        || clauses.into_iter().any(|clause| is_under_age(clause) || clause_tells(clause, &text))
}

/// Whether a text of which [`tells_of_leaving`] does not hold speaks of such things all
/// the same, and was understood: `户口未迁出`, `取消低保`, `老伴不在了`.
pub(crate) fn speaks_of_leaving(text: &str) -> bool {
    let text = compact(text);
    let text = simplified(&text);
    let kin = ["妻", "夫", "父", "母", "老伴", "老婆", "老公", "其妻", "其夫", "其父", "其母"];
    let is_of_kin = kin.iter().any(|kin| text.starts_with(kin));
    !WORDS.within(&text).is_empty() || is_of_kin || is_admitted(&text)
}

/// `户籍不在本村，经村民会议同意`: one whom the assembly admitted is a voter (Organic Law
/// of the Villagers' Committees, article 13).
fn is_admitted(text: &str) -> bool {
    const DENIED: [&str; 5] = ["不同意", "未同意", "没同意", "未经", "待"];
    text.contains("同意") && has_any(text, &["会议", "代表", "大会"]) && !has_any(text, &DENIED)
}

/// All words, by the characters with which they begin, with whether they are of rights;
/// and those of other signs. Without one of these characters a remark need not be looked
/// into, and of hundreds of words only those are that may stand at a place.
static WORDS: LazyLock<BySign> = LazyLock::new(|| {
    const OF_OTHERS: &str = "登参选投非不定落资权国籍政岁卒了啦咯喽户差重已见也?？的迁民组";
    let mut words =
        BySign { signs: vec![false; usize::from(u16::MAX) + 1], by_sign: HashMap::new() };
    OF_OTHERS.chars().for_each(|c| words.sign(c));
    TRADITIONAL.chars().for_each(|c| words.sign(c));
    WHOLE.iter().filter_map(|word| word.chars().next()).for_each(|c| words.sign(c));
    for list in [&DEATH[..], &DEPARTURE, &STATES, &LISTING, &DOUBTS] {
        list.iter().for_each(|word| words.add(word, false));
    }
    RIGHTS.iter().for_each(|word| words.add(word, true));
    words
});

struct BySign {
    /// By character; all are of the basic plane.
    signs: Vec<bool>,
    by_sign: HashMap<char, Vec<(&'static str, bool)>>,
}

impl BySign {
    fn sign(&mut self, c: char) {
        if let Some(sign) = self.signs.get_mut(c as usize) {
            *sign = true;
        }
    }

    fn add(&mut self, word: &'static str, of_rights: bool) {
        if let Some(c) = word.chars().next() {
            self.sign(c);
            self.by_sign.entry(c).or_default().push((word, of_rights));
        }
    }

    fn may_be_in(&self, text: &str) -> bool {
        text.chars().any(|c| self.signs.get(c as usize).copied().unwrap_or(false))
    }

    /// The words in a clause, each once.
    fn within<'w>(&'w self, clause: &str) -> Vec<&'w (&'static str, bool)> {
        let mut met: Vec<&(&str, bool)> = Vec::new();
        for (at, c) in clause.char_indices() {
            let begin = self.by_sign.get(&c).map_or(&[][..], Vec::as_slice);
            let here = begin.iter().filter(|(word, _)| clause[at..].starts_with(word));
            for word in here {
                if !met.contains(&word) {
                    met.push(word);
                }
            }
        }
        met
    }
}

/// `曾服刑，已刑满释放`.
fn is_over(text: &str) -> bool {
    const WORDS: [&str; 7] = ["释放", "刑满", "恢复", "期满", "期已满", "解除", "届满"];
    has_any(text, &WORDS) && !has_any(text, &["未恢复", "没恢复", "不恢复"])
}

/// Whether one clause of a text does; what it is asked for has its sign in it.
fn clause_tells(clause: &str, text: &str) -> bool {
    let words = WORDS.within(clause);
    words.iter().any(|(word, of_rights)| tells(clause, word) && !(*of_rights && is_over(text)))
        || clause.contains(['了', '啦', '咯', '喽', '的']) && is_gone(clause)
        || clause.contains(['登', '选', '投', '非', '不']) && is_of_another_place(clause)
        || clause.contains(['户', '居']) && is_settled_elsewhere(clause)
        || clause.contains(['资', '权', '籍']) && is_without_right(clause)
        || clause.contains(['户', '迁']) && elsewhere::is_registered_elsewhere(clause)
        || clause.contains(['籍', '人', '国', '民']) && elsewhere::is_foreign(clause)
        || clause.contains(['重', '已', '见', '也', '登']) && is_listed_twice(clause)
        || clause.contains('组') && is_moved_to_another_group(clause)
}

/// `找组长核实`, `身份证待补`: a remark about what somebody still has to find out.
pub(crate) fn waits_for_a_check(remark: &str) -> bool {
    const SIGNS: [char; 4] = ['核', '补', '查', '确'];
    // As nearly none.
    remark.contains(SIGNS)
        && compact(remark).split(['，', ',', '。', '；', ';']).any(is_to_be_checked)
}

fn is_to_be_checked(clause: &str) -> bool {
    const WORDS: [&str; 6] = ["核实", "核对", "核查", "查实", "确认", "补"];
    const OPEN: [char; 9] = ['找', '请', '待', '需', '应', '要', '等', '再', '尚'];
    let mut words = WORDS.iter().filter_map(|word| clause.find(word));
    !has_any(clause, &OF_OTHER_LISTS)
        && words.any(|at| {
            let before = &clause[..at];
            before.contains(OPEN) && !before.ends_with(['已', '经', '候', '递'])
        })
}

/// `与二组名单重`, `二组已登`, `已列二组`: on the list under another group.
fn is_listed_twice(clause: &str) -> bool {
    let is_with = clause.starts_with(['与', '和', '跟', '同'])
        && ["重", "重了", "重的"].iter().any(|end| clause.ends_with(end));
    let listed = ["已列", "已登", "已有", "已在册", "也有", "也登", "登过"]
        .iter()
        .find_map(|word| clause.split_once(word));
    let of_group = |text: &str| text.contains('组') && !text.contains("本组");
    let is_seen = clause.starts_with('见') && clause.contains(['组', '号', '页', '表']);
    is_with || is_seen || listed.is_some_and(|(before, after)| of_group(before) || of_group(after))
}

/// `转二组`, `划到三组`; 转入本组 is a coming.
fn is_moved_to_another_group(clause: &str) -> bool {
    let to = ["转到", "调到", "划到", "转", "调", "划"];
    let group = to.iter().find_map(|word| clause.strip_prefix(word));
    group.is_some_and(is_surely_group)
}

/// `李四（已故）之子` without what is said of 李四.
fn without_described(text: &str) -> Cow<'_, str> {
    let Some(end) = [")之", "）之", ")的", "）的"].iter().find_map(|end| text.find(end))
    else {
        return Cow::Borrowed(text);
    };
    match text[..end].rfind(['(', '（']) {
        Some(open) => Cow::Owned(format!("{}{}", &text[..open], &text[end..])),
        None => Cow::Borrowed(text),
    }
}

/// `没了`, `人走了`, `前年不在了`: of nobody else, and of nothing that he had.
fn is_gone(clause: &str) -> bool {
    const WORDS: [&str; 8] = ["没了", "没有了", "没啦", "走了", "走啦", "走咯", "走喽", "不在了"];
    const BEFORE: &str = "人本已早都就也又去今前昨大年月日初底末春夏秋冬节后在于约她他的上下星期周礼拜旬天清明端午中正腊-./";
    let is_time = |c: char| is_numeral(c) || "年月日多几".contains(c);
    let said = clause.trim_end_matches(is_time);
    let before = match said.strip_suffix('的') {
        Some(said) => WORDS.iter().chain(&["走", "没"]).find_map(|word| said.strip_suffix(word)),
        None => WORDS.iter().find_map(|word| said.strip_suffix(word)),
    };
    before.is_some_and(|before| before.chars().all(|c| is_time(c) || BEFORE.contains(c)))
}

/// Whether a clause has a word, and does not take it back.
fn tells(clause: &str, word: &str) -> bool {
    let Some(at) = clause.find(word) else { return false };
    let (before, after) = (&clause[..at], &clause[at + word.len()..]);
    let is_denied = before.trim_end_matches(['死', '被']).ends_with(['未', '没', '无', '非', '不']);
    // 户籍不在本村，居住一年以上 may well vote.
    let lives_here = word.starts_with('户') && clause.contains("居住");
    // 迁入 after 已迁 or 户口迁 is a coming, as are the moves of whole villages.
    let is_coming = word.contains(['迁', '转', '移', '搬', '嫁', '落'])
        && (after.starts_with(['入', '来', '进', '回'])
            || ["本村", "本社区", "我村", "本组"].iter().any(|here| after.contains(here)))
        && !has_any(after, &["娘家", "婆家", "原籍", "老家"]);
    // 退伍回原籍
    let comes_home = word == "回原籍" && has_any(before, &["退伍", "退役", "复员", "转业", "毕业"]);
    // 租住县城: away, and a voter still.
    let lives_away = word == "租住"
        && !after.is_empty()
        && !after.starts_with(['本', '我', '村', '在', '户', '人', '者', '此', '这']);
    let is_of_the_village = word == "已搬" && after.starts_with('迁')
        || word == "搬迁" && (clause.contains("易地") || after.starts_with(['户', '安']))
        || word == "迁户" && before.ends_with(['搬', '拆', '动', '回'])
        || word == "移民"
            && (after.starts_with(['户', '搬', '安', '新', '后'])
                || clause.contains(['库', '峡', '态']));
    // 组织关系转出, 注销营业执照: of other lists.
    let is_of_lists = || word == "注销" || LISTING.contains(&word) || DOUBTS.contains(&word);
    let is_of_other_lists =
        has_any(clause, &OF_OTHER_LISTS) && !clause.contains("选民") && is_of_lists()
            || word.starts_with('转') && before.contains("关系") && !clause.contains("选民");
    !is_denied
        && !is_of_a_place_or_trade(word, after)
        && !lives_here
        && !lives_away
        && !is_coming
        && !comes_home
        && !is_of_the_village
        && !is_of_other_lists
        && !is_of_kin(before)
}

/// What people are on, or have, beside their right to vote: 放弃低保, 残疾证待核.
static OF_OTHER_LISTS: Words = Words::new(|| lexicon::words("leaving", "other-list"));

/// `监狱路15号`, `死亡登记员`, `死机补录`, `死者李某之妻`: a word that says something else.
fn is_of_a_place_or_trade(word: &str, after: &str) -> bool {
    const KIN: [&str; 9] = ["之妻", "之子", "之女", "之夫", "之母", "之父", "之媳", "遗孀", "遗属"];
    let is_of_death = DEATH.contains(&word);
    let is_of_places = is_of_death || matches!(word, "监狱" | "看守所");
    is_of_places && after.starts_with(['路', '街', '巷', '村', '镇', '岭', '沟', '坡'])
        || word == "死" && after.starts_with(['机', '角', '板', '记'])
        || word == "死" && matches!(after, "者家属" | "者亲属")
        || word == "过世" && after.starts_with('面')
        || is_of_death && KIN.iter().any(|kin| after.ends_with(kin))
        || is_of_death && (after.ends_with("登记员") || after.starts_with('由'))
}

/// Registered, voting or at home elsewhere.
fn is_of_another_place(clause: &str) -> bool {
    static PLACES: Words = Words::new(|| lexicon::words("leaving", "place"));
    const HERE: [&str; 5] = ["本村", "本社区", "本居", "本组", "本地"];
    let has = |words: &[&str]| has_any(clause, words);
    let acts = ["登记", "参选", "选举", "参加选", "投票"];
    let act = acts.iter().filter_map(|word| clause.find(word)).min();
    let place = PLACES.iter().filter_map(|word| clause.find(word)).min();
    let is_elsewhere = act.zip(place).is_some_and(|(act, place)| place < act);
    let in_another =
        clause.split_once("登记在").is_some_and(|(_, there)| !there.starts_with(['册', '内']));
    let is_away = clause.contains("登记") && clause.contains('在') && clause.contains('已');
    is_elsewhere
        || (is_away || in_another) && !has(&HERE)
        || elsewhere::is_voting_elsewhere(clause)
        || ["非本", "不是本"].iter().any(|word| {
            clause.split_once(word).is_some_and(|(_, rest)| {
                rest.starts_with(['村', '社', '居', '组', '地', '县', '镇'])
            })
        })
}

/// `定居国外`, `港澳定居`, `落户深圳`; 落户本村 and 已落户 are a coming.
fn is_settled_elsewhere(clause: &str) -> bool {
    let there = clause.split_once("落户").map_or("", |(_, there)| there);
    let is_place = there.chars().nth(1).is_some()
        && !there.contains(['本', '我', '入', '来', '回'])
        && !there.starts_with(['手', '时', '后', '不', '未']);
    clause.contains("定居") && clause.contains(['国', '海', '港', '澳', '台']) || is_place
}

/// `无选举权`, `不具备选民资格`, `失去中国国籍`.
fn is_without_right(clause: &str) -> bool {
    const RIGHTS: [&str; 5] = ["资格", "选举权", "投票权", "政治权利", "国籍"];
    let Some(at) = RIGHTS.iter().filter_map(|word| clause.find(word)).min() else { return false };
    let before = &clause[..at];
    let lacks =
        ["无", "没", "不具", "不享", "不符", "丧失", "失去", "取消", "剥夺", "停止", "加入"];
    lacks.iter().any(|word| before.contains(word))
        && !["恢复", "未被", "没有被"].iter().any(|word| before.contains(word))
        || ["不符", "已变", "变更", "已转", "转移"].iter().any(|word| clause[at..].contains(word))
            && before.len() < at + 1
}

/// `17岁`, `十七周岁`, `差3个月`, and nothing else; `差3个月满18周岁`.
fn is_under_age(text: &str) -> bool {
    const ADULT: u32 = 18;
    let lacks = text.split_once('差').is_some_and(|(before, said)| {
        let is_all = before.is_empty() && said.ends_with(['月', '天']);
        said.contains(['月', '天', '日', '年'])
            && (is_all || has_any(said, &["满", "到18", "够18", "18岁", "月18"]))
    });
    let Some(age) = text.strip_suffix('岁') else { return lacks };
    let age = age.trim_end_matches('周').trim_start_matches("年龄");
    lacks || value_of(age).is_some_and(|age| age < ADULT)
}

/// Whether what is said is said of a relative: 妻子已…, 其父….
fn is_of_kin(before: &str) -> bool {
    const NEAR: usize = 4;
    if before.contains(['随', '跟', '靠']) {
        return false;
    }
    // 原户主已死亡: in a remark about one of his family.
    if has_any(before, &["原户主", "老户主"])
        || before.ends_with("家有")
        || before.ends_with("家里有")
        || before.ends_with("家中有")
    {
        return true;
    }
    let said =
        before.chars().rev().skip_while(|c| c.is_ascii_digit() || "年月日号已于在.-".contains(*c));
    let near = said.take(NEAR).take_while(|c| c.is_alphanumeric());
    near.into_iter().any(|c| "妻夫父母子女儿孙媳婿兄弟姐妹偶伴".contains(c))
}

/// What stands behind a name in its cell, if it says that he is no voter: `张三（没了）`,
/// `张三 已故`, `张三已故`.
pub(crate) fn says_of_a_name(cell: &str) -> bool {
    const ENDS: [&str; 14] = [
        "已故",
        "死亡",
        "去世",
        "病故",
        "已死",
        "已亡",
        "过世",
        "迁出",
        "已迁走",
        "迁走",
        "外迁",
        "已迁",
        "已走",
        "亡",
    ];
    const BEGINNINGS: [&str; 5] = ["已故", "已死", "已亡", "死亡", "已迁出"];
    // As nearly all names.
    if cell.chars().all(is_common_han)
        && !cell.ends_with(['故', '亡', '世', '死', '出', '走', '迁'])
        && !cell.starts_with(['已', '死'])
    {
        return false;
    }
    let before = BEGINNINGS.iter().find_map(|word| cell.trim().strip_prefix(word));
    if before.is_some_and(|name| name.chars().nth(1).is_some() && name.chars().all(is_common_han)) {
        return true;
    }
    let parts = ['(', '（', '【', '[', ' ', '\u{3000}', '-', '—', '/', '，', ','];
    let behind = cell.trim().split_once(parts).map_or("", |(_, said)| said);
    let is_behind = || ENDS.iter().filter_map(|end| cell.trim().strip_suffix(end));
    !behind.is_empty() && tells_of_leaving(behind.trim_end_matches([')', '）', '】', ']']))
        || is_behind().any(|name| name.chars().nth(1).is_some())
}

/// What certainly says that somebody is no voter, even where telephones, addresses or
/// relations stand.
pub(crate) fn certainly_tells_of_leaving(text: &str) -> bool {
    static SURE: Words = Words::new(|| lexicon::words("leaving", "certain"));
    const IN_BRACKETS: [&str; 5] = ["亡", "故", "死", "殁", "卒"];
    const SIGNS: [char; 25] = [
        '死', '故', '世', '亡', '迁', '走', '销', '刑', '查', '殁', '卒', '逝', '没', '了', '嫁',
        '墓', '狱', '守', '租', '未', '陵', '殡', '葬', '公', '同',
    ];
    if text.is_ascii() || !text.contains(SIGNS) {
        return false;
    }
    let text = compact(text);
    SURE.iter().any(|word| tells(&text, word))
        || is_gone(&text)
        || IN_BRACKETS.iter().any(|word| {
            &*text == *word
                || text.contains(&format!("({word})"))
                || text.contains(&format!("（{word}）"))
        })
}

/// Whether a cell says no.
pub(crate) fn is_no(text: &str) -> bool {
    const LACKING: [&str; 10] =
        ["无效", "无资格", "无选", "无权", "无户", "无此", "没有", "非本", "拒绝", "拒登"];
    const NOTHING: [&str; 8] =
        ["不变", "不详", "未变", "未死", "未迁", "未发现", "未去世", "未注销"];
    let text = compact(text);
    let word = text.to_ascii_lowercase();
    is_cross(&text)
        || text.starts_with(['不', '未']) && !NOTHING.iter().any(|word| text.starts_with(word))
        || LACKING.iter().any(|word| text.starts_with(word))
        || matches!(&*word, "否" | "无" | "没" | "非" | "n" | "no" | "0" | "false")
}

/// Whether a cell says yes, or is ticked.
pub(crate) fn is_yes(text: &str) -> bool {
    let word = compact(text).to_ascii_lowercase();
    matches!(
        &*word,
        "√" | "✓"
            | "✔"
            | "☑"
            | "v"
            | "是"
            | "有"
            | "y"
            | "yes"
            | "1"
            | "true"
            | "已登记"
            | "登记"
            | "已登"
            | "参加"
            | "参选"
            | "同意"
            | "愿意"
            | "合格"
            | "符合"
            | "具备"
    )
}

/// Whether a nationality is another than the Chinese one.
pub(crate) fn is_foreign(nation: &str) -> bool {
    const OURS: [&str; 6] = ["中国", "中华人民共和国", "CHN", "CN", "156", "本国"];
    let nation = compact(nation);
    !nation.is_empty() && nation.chars().any(char::is_alphanumeric) && !OURS.contains(&&*nation)
}

/// Whether a cell is crossed out.
pub(crate) fn is_cross(text: &str) -> bool {
    matches!(
        text.trim(),
        "×" | "x"
            | "X"
            | "✗"
            | "✘"
            | "╳"
            | "ｘ"
            | "Ｘ"
            | "叉"
            | "☒"
            | "❌"
            | "☓"
            | "✕"
            | "✖"
            | "❎"
    )
}

/// Whether the heading of a column says that whoever is marked in it left.
pub(crate) fn heading_tells_of_leaving(heading: &str) -> bool {
    let heading = compact(heading);
    const EVENTS: [&str; 8] = ["迁出", "死亡", "去世", "服刑", "判刑", "犯罪", "剥夺", "注销"];
    // What stands below 备注（外出、死亡等） says itself what it means.
    let is_of_remarks = has_any(&outside_brackets(&heading), &["备注", "说明"]);
    if is_of_remarks
        || heading.contains("迁入")
        || heading.contains("情况") && !has_any(&heading, &EVENTS)
    {
        return false;
    }
    let asked = ["是否已", "是否", "有无", "有没有", "能否", "可否"]
        .iter()
        .find_map(|word| heading.strip_prefix(word));
    tells_of_leaving(asked.unwrap_or(&heading))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_names_with_a_word_before_or_behind() {
        for name in ["已故陈三宝", "陈三宝已故", "陈三宝（死亡）", "陈三宝 迁出"]
        {
            assert!(says_of_a_name(name), "{name}");
        }
        for name in ["陈三宝", "陈亡", "已明", "陈三宝（大）"] {
            assert!(!says_of_a_name(name), "{name}");
        }
    }

    #[test]
    fn knows_who_left() {
        for text in [
            "2026年3月死亡",
            "户口已迁出",
            "剥夺政治权利",
            "停止行使选举权利",
            "不列入",
            "已在外村登记",
            "放弃登记",
            "已迁往外地",
            "在户籍地已登记",
            "服刑中",
            "已 去 世",
            "亡",
            "转出",
            "2025.3.1卒",
            "被判处剥夺政治权利三年",
            "女，已死亡",
            "去逝",
            "没了",
            "人没了",
            "早就走了",
            "2024年走了",
            "前年不在了",
            "不在了的",
            "落户深圳",
            "判了三年",
            "不在",
            "老了",
            "病故（2025年）",
            "还是选民？",
            "已嫁外村",
            "搬到县城了",
            "找不到人",
            "才17岁，不到18岁",
            "不选",
            "被抓",
            "弃权",
            "参加外村选举",
            "在押",
            "重复",
            "过身",
            "已走（2026.3）",
            "今年清明前走的",
            "户口随夫迁出",
            "不在本村参选",
            "政治权利未恢复",
            "无民事行为能力",
            "已入美国籍",
            "香港居民",
            "差3个月满18周岁",
            "十七周岁",
            "二组已登",
            "与二组名单重",
            "见二组12号",
            "自愿弃选",
            "待公安核查",
            "已死亡，取消低保",
            "已死亡取消低保",
            "死亡党员",
            "迁往村外",
            "已過世",
            "戶口遷出",
            "已註銷",
            "大学毕业户口未迁回",
            "精神病",
            "户口不在本社区",
            "判三年",
            "差3个月",
            "未满",
            "退",
            "户在外村",
            "租住未落户",
        ] {
            assert!(tells_of_leaving(text), "{text}");
        }
        for text in [
            "外出",
            "党员",
            "低保",
            "迁入",
            "户口已迁入",
            "回迁户",
            "已落户",
            "落户本村",
            "2019年迁入本村",
            "未迁出",
            "丧偶",
            "务工",
            "户主",
            "已登记",
            "已在本村登记",
            "妻子已去世",
            "其父病故",
            "曾服刑，已刑满释放",
            "已恢复政治权利",
            "转入",
            "军转干部",
            "母亲精神病",
            "户籍不在本村居住一年以上",
            "户口在本社区",
            "不识字",
            "未死亡",
            "不重复",
            "缓刑期已满",
            "家有精神病人",
            "死机补录",
            "放弃低保",
            "放弃候选人提名",
            "注销营业执照",
            "电话待核实",
            "李四（已故）之子",
            "死者李某之妻",
            "户主已故由其子任户主",
            "妻已病故, 长孙户口迁往学校",
            "见过世面",
            "易地搬迁户",
            "台属",
            "已列席会议",
            "不认识字",
            "不在家",
            "本人没空",
            "身份证没了",
            "房子没了",
            "丈夫走了",
            "老伴不在了",
            "没找到工作",
            "人老了，行动不便",
            "已嫁入本村",
            "搬到本村居住",
            "易地搬迁，已搬迁入住",
            "走访过",
            "没有手机",
            "未投保",
            "烈士家属",
            "无",
            "没有",
        ] {
            assert!(!tells_of_leaving(text), "{text}");
        }
    }
}
