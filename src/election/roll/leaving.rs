//! Words by which a table says that somebody may be no voter.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::grouping::without_number;
use super::numerals::is_numeral;
use super::words::{compact, has_any, is_likely_name, outside_brackets};

/// The end of a life.
const DEATH: [&str; 39] = [
    "死",
    "亡",
    "去世",
    "逝",
    "过世",
    "离世",
    "辞世",
    "病故",
    "已故",
    "身故",
    "亡故",
    "故去",
    "已不在",
    "殁",
    "病逝",
    "寿终",
    "火化",
    "安葬",
    "去逝",
    "谢世",
    "过背",
    "作古",
    "仙游",
    "归西",
    "断气",
    "咽气",
    "已埋",
    "下葬",
    "土葬",
    "猝",
    "自杀",
    "自尽",
    "夭折",
    "不在人世",
    "已过身",
    "过身了",
    "下世",
    "入土",
    "驾鹤",
];
/// Leaving the place, or being of none.
const DEPARTURE: [&str; 86] = [
    "迁出",
    "迁走",
    "迁往",
    "迁离",
    "外迁",
    "已迁",
    "户口迁",
    "迁户",
    "迁移",
    "婚迁",
    "移出",
    "移居",
    "移民",
    "搬走",
    "搬离",
    "搬出",
    "搬迁",
    "外嫁",
    "出嫁",
    "嫁出",
    "转出",
    "转走",
    "户口转",
    "户口已转",
    "户籍转",
    "户口不在",
    "户籍不在",
    "空挂",
    "挂户",
    "挂靠",
    "无户口",
    "没有户口",
    "无户籍",
    "黑户",
    "嫁到",
    "嫁往",
    "嫁去",
    "注销",
    "销户",
    "已销",
    "外籍",
    "外国籍",
    "丧失国籍",
    "国籍变更",
    "外地户",
    "外村户",
    "外村人",
    "户口在外",
    "户籍在外",
    "租户",
    "租住",
    "租房",
    "流动人口",
    "外来人",
    "外来户",
    "外来务工",
    "暂住",
    "寄住",
    "户口没了",
    "户口已走",
    "户口走",
    "户口落",
    "落户外",
    "落户到",
    "落户在",
    "搬家",
    "搬到",
    "搬去",
    "已搬",
    "调走",
    "调出",
    "离村",
    "已嫁",
    "嫁人",
    "嫁外",
    "嫁了",
    "远嫁",
    "改嫁",
    "销号",
    "回原籍",
    "入外籍",
    "入赘外",
    "寄居",
    "不归",
    "转往",
    "转到外",
];
/// Rights that rest, and people who are held.
const RIGHTS: [&str; 43] = [
    "剥夺",
    "剥权",
    "剥政",
    "停止行使",
    "停止选举",
    "暂停行使",
    "停权",
    "不能行使",
    "无法行使",
    "服刑",
    "判刑",
    "判处",
    "缓刑",
    "羁押",
    "在押",
    "关押",
    "拘留",
    "拘役",
    "收监",
    "监狱",
    "劳改",
    "劳教",
    "看守所",
    "监外执行",
    "被判",
    "判了",
    "坐牢",
    "徒刑",
    "死刑",
    "管制",
    "被抓",
    "被捕",
    "批捕",
    "逮捕",
    "被关",
    "坐监",
    "蹲监",
    "在牢",
    "吃牢饭",
    "刑拘",
    "服役刑",
    "关进去",
    "人在里面",
];
/// Illness, disappearance, youth.
const STATES: [&str; 76] = [
    "精神病",
    "精神障碍",
    "精神失常",
    "精神分裂",
    "精神残疾",
    "无行为能力",
    "植物人",
    "痴呆",
    "失智",
    "失踪",
    "下落不明",
    "失联",
    "查无此人",
    "联系不上",
    "无法联系",
    "未满18",
    "不满18",
    "不足18",
    "未到18",
    "未满十八",
    "不满十八",
    "不足十八",
    "未成年",
    "年龄不够",
    "年龄不足",
    "不够年龄",
    "未到年龄",
    "不到年龄",
    "未达年龄",
    "18岁以下",
    "18周岁以下",
    "十八岁以下",
    "十八周岁以下",
    "智力残疾",
    "智障",
    "弱智",
    "疯",
    "神经病",
    "神志不清",
    "精神不正常",
    "精神异常",
    "精神有问题",
    "傻子",
    "找不到人",
    "不知去向",
    "去向不明",
    "无音讯",
    "没音讯",
    "无音信",
    "没音信",
    "杳无",
    "走失",
    "走丢",
    "出走",
    "无此人",
    "没有此人",
    "没这个人",
    "没有这个人",
    "无人认识",
    "不到18",
    "不到十八",
    "没满18",
    "没满十八",
    "没到18",
    "没到十八",
    "未够18",
    "不够18",
    "没成年",
    "岁数不够",
    "不够岁数",
    "岁数没到",
    "没到岁数",
    "未成人",
    "没找到人",
    "人没找到",
    "找不着人",
];
/// Not on the list, by whosever will.
const LISTING: [&str; 74] = [
    "不在册",
    "已删",
    "不列",
    "不予列入",
    "不得列入",
    "不予登记",
    "不登",
    "不要登",
    "未登记",
    "不算",
    "不计入",
    "暂缓",
    "取消",
    "除名",
    "删除",
    "删去",
    "划掉",
    "划去",
    "去掉",
    "作废",
    "放弃",
    "弃权",
    "拒绝",
    "不参选",
    "不参加",
    "不参与",
    "不愿",
    "不投票",
    "重复",
    "重户",
    "双重户",
    "双户口",
    "两户",
    "两个户口",
    "两地户口",
    "重登",
    "错登",
    "错报",
    "减少",
    "减员",
    "核减",
    "非选民",
    "不是选民",
    "不属选民",
    "不选",
    "不上榜",
    "不入册",
    "不录",
    "剔",
    "移除",
    "清除",
    "清退",
    "撤销登记",
    "撤回",
    "勾掉",
    "勾去",
    "划了",
    "抹去",
    "免登",
    "勿登",
    "别登",
    "别列",
    "没登",
    "多余",
    "多登",
    "误登",
    "不要选",
    "不用选",
    "退出",
    "双重",
    "见另",
    "见第",
    "同一人",
    "同一个人",
];
/// What is not settled yet.
const DOUBTS: [&str; 29] = [
    "待核",
    "待查",
    "待定",
    "待确认",
    "待落实",
    "存疑",
    "有疑",
    "疑似",
    "未核实",
    "不确定",
    "请核",
    "再核",
    "再查",
    "要核",
    "核一下",
    "查一下",
    "问一下",
    "再问",
    "待问",
    "是谁",
    "是否本",
    "是不是本",
    "是否选民",
    "是不是选民",
    "存在争议",
    "有争议",
    "有异议",
    "未核对",
    "未核准",
];
/// Whole cells that say it in a word.
const WHOLE: [&str; 22] = [
    "已走",
    "故",
    "卒",
    "销",
    "迁",
    "删",
    "嫁",
    "重",
    "剥",
    "疑",
    "减",
    "走",
    "老了",
    "人老了",
    "已老",
    "不在",
    "百年",
    "搬",
    "搬了",
    "已过",
    "走咯",
    "走喽",
];

/// Whether a text says that somebody may be no voter any more, or here.
pub(super) fn tells_of_leaving(text: &str) -> bool {
    const LONGEST: usize = 4096;
    // Nearly all remarks are short, and say something else.
    let text = &text[..text.floor_char_boundary(LONGEST)];
    if !WORDS.may_be_in(text) {
        return false;
    }
    let text = compact(text);
    let clauses = text.split(['，', ',', '。', '；', ';', '、', '(', ')', '（', '）']);
    WHOLE.contains(&&*text)
        || text.ends_with(['?', '？'])
        || text.ends_with('卒')
        || is_under_age(&text)
        || clauses.into_iter().any(|clause| clause_tells(clause, &text))
}

/// All words, by the characters with which they begin, with whether they are of rights;
/// and those of other signs. Without one of these characters a remark need not be looked
/// into, and of hundreds of words only those are that may stand at a place.
static WORDS: LazyLock<Words> = LazyLock::new(|| {
    const OF_OTHERS: &str = "登参选投非不定落资权国政岁卒了啦咯喽?？";
    let mut words =
        Words { signs: vec![false; usize::from(u16::MAX) + 1], by_sign: HashMap::new() };
    OF_OTHERS.chars().for_each(|c| words.sign(c));
    WHOLE.iter().filter_map(|word| word.chars().next()).for_each(|c| words.sign(c));
    for list in [&DEATH[..], &DEPARTURE, &STATES, &LISTING, &DOUBTS] {
        list.iter().for_each(|word| words.add(word, false));
    }
    RIGHTS.iter().for_each(|word| words.add(word, true));
    words
});

struct Words {
    /// By character; all are of the basic plane.
    signs: Vec<bool>,
    by_sign: HashMap<char, Vec<(&'static str, bool)>>,
}

impl Words {
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
    ["释放", "刑满", "恢复", "期满", "解除", "届满"].iter().any(|word| text.contains(word))
}

/// Whether one clause of a text does; what it is asked for has its sign in it.
fn clause_tells(clause: &str, text: &str) -> bool {
    let words = WORDS.within(clause);
    words.iter().any(|(word, of_rights)| tells(clause, word) && !(*of_rights && is_over(text)))
        || clause.contains(['了', '啦', '咯', '喽']) && is_gone(clause)
        || clause.contains(['登', '选', '投', '非', '不']) && is_of_another_place(clause)
        || clause.contains(['户', '居']) && is_settled_elsewhere(clause)
        || clause.contains(['资', '权', '籍']) && is_without_right(clause)
}

/// `没了`, `人走了`, `前年不在了`: of nobody else, and of nothing that he had.
fn is_gone(clause: &str) -> bool {
    const WORDS: [&str; 8] = ["没了", "没有了", "没啦", "走了", "走啦", "走咯", "走喽", "不在了"];
    const BEFORE: &str = "人本已早都就也又去今前昨大年月日初底末春夏秋冬节后在于约她他的-./";
    let is_time = |c: char| is_numeral(c) || "年月日多几".contains(c);
    let said = clause.trim_end_matches(is_time).trim_end_matches("的");
    let before = WORDS.iter().find_map(|word| said.strip_suffix(word));
    before.is_some_and(|before| before.chars().all(|c| is_time(c) || BEFORE.contains(c)))
}

/// Whether a clause has a word, and does not take it back.
fn tells(clause: &str, word: &str) -> bool {
    let Some(at) = clause.find(word) else { return false };
    let (before, after) = (&clause[..at], &clause[at + word.len()..]);
    let is_denied = before.ends_with(['未', '没', '无', '非']) || before.ends_with("未被");
    // 户籍不在本村，居住一年以上 may well vote.
    let lives_here = word.starts_with('户') && clause.contains("居住");
    // 迁入 after 已迁 or 户口迁 is a coming, as are the moves of whole villages.
    let is_coming = word.contains(['迁', '转', '移', '搬', '嫁', '落'])
        && (after.starts_with(['入', '来', '进', '回'])
            || ["本村", "本社区", "我村", "本组"].iter().any(|here| after.contains(here)));
    let is_of_the_village = word == "已搬" && after.starts_with('迁')
        || word == "搬迁" && (clause.contains("易地") || after.starts_with(['户', '安']))
        || word == "迁户" && before.ends_with(['搬', '拆', '动', '回'])
        || word == "移民" && (after.starts_with('户') || clause.contains(['库', '峡', '态']));
    // 取消低保, 组织关系转出: of other lists.
    let is_of_other_lists = word == "取消" && after.starts_with(['低', '五', '贫'])
        || word == "转出" && before.contains("关系");
    !is_denied
        && !lives_here
        && !is_coming
        && !is_of_the_village
        && !is_of_other_lists
        && !is_of_kin(before)
}

/// Registered, voting or at home elsewhere.
fn is_of_another_place(clause: &str) -> bool {
    const PLACES: [&str; 18] = [
        "外村",
        "他村",
        "外地",
        "异地",
        "其他村",
        "别村",
        "邻村",
        "外社区",
        "其他社区",
        "他处",
        "居住地",
        "户籍地",
        "原籍",
        "原村",
        "单位",
        "城里",
        "学校",
        "娘家",
    ];
    const HERE: [&str; 5] = ["本村", "本社区", "本居", "本组", "本地"];
    let has = |words: &[&str]| has_any(clause, words);
    let acts = ["登记", "参选", "选举", "参加选", "投票"];
    let act = acts.iter().filter_map(|word| clause.find(word)).min();
    let place = PLACES.iter().filter_map(|word| clause.find(word)).min();
    let is_elsewhere = act.zip(place).is_some_and(|(act, place)| place < act);
    let in_another = clause.split_once("登记在").is_some_and(|(_, there)| !there.starts_with('册'));
    let is_away = clause.contains("登记") && clause.contains('在') && clause.contains('已');
    is_elsewhere
        || (is_away || in_another) && !has(&HERE)
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
    const RIGHTS: [&str; 4] = ["资格", "选举权", "政治权利", "国籍"];
    let Some(at) = RIGHTS.iter().filter_map(|word| clause.find(word)).min() else { return false };
    let before = &clause[..at];
    let lacks =
        ["无", "没", "不具", "不享", "不符", "丧失", "失去", "取消", "剥夺", "停止", "加入"];
    lacks.iter().any(|word| before.contains(word))
        && !["恢复", "未被", "没有被"].iter().any(|word| before.contains(word))
        || ["不符", "已变", "变更"].iter().any(|word| clause[at..].contains(word))
            && before.len() < at + 1
}

/// `17岁`, and nothing else.
fn is_under_age(text: &str) -> bool {
    const ADULT: u32 = 18;
    let Some(age) = text.strip_suffix('岁') else { return false };
    let age = age.trim_end_matches('周').trim_start_matches("年龄");
    age.parse::<u32>().is_ok_and(|age| age < ADULT)
}

/// Whether what is said is said of a relative: 妻子已…, 其父….
fn is_of_kin(before: &str) -> bool {
    const NEAR: usize = 4;
    let said =
        before.chars().rev().skip_while(|c| c.is_ascii_digit() || "年月日号已于在.-".contains(*c));
    let near = said.take(NEAR).take_while(|c| c.is_alphanumeric());
    near.into_iter().any(|c| "妻夫父母子女儿偶伴".contains(c))
}

/// What stands behind a name in its cell, if it says that he is no voter: `张三（没了）`,
/// `张三 已故`, `张三已故`.
pub(super) fn says_of_a_name(cell: &str) -> bool {
    const ENDS: [&str; 9] =
        ["已故", "死亡", "去世", "病故", "已死", "已亡", "过世", "迁出", "已迁走"];
    let is_han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    // As nearly all names.
    if cell.chars().all(is_han) && !cell.ends_with(['故', '亡', '世', '死', '出', '走']) {
        return false;
    }
    let parts = ['(', '（', '【', '[', ' ', '\u{3000}', '-', '—', '/', '，', ','];
    let behind = cell.trim().split_once(parts).map_or("", |(_, said)| said);
    let is_behind = || ENDS.iter().filter_map(|end| cell.trim().strip_suffix(end));
    !behind.is_empty() && tells_of_leaving(behind.trim_end_matches([')', '）', '】', ']']))
        || is_behind().any(|name| name.chars().nth(1).is_some())
}

/// What certainly says that somebody is no voter, even where telephones, addresses or
/// relations stand.
pub(super) fn certainly_tells_of_leaving(text: &str) -> bool {
    const SURE: [&str; 32] = [
        "死亡",
        "已故",
        "去世",
        "病故",
        "已死",
        "亡故",
        "身故",
        "逝世",
        "已亡",
        "已迁",
        "迁出",
        "人已走",
        "注销",
        "服刑",
        "查无此人",
        "去逝",
        "病逝",
        "病死",
        "死了",
        "过世",
        "户口没了",
        "外嫁",
        "迁往",
        "迁走",
        "户口迁",
        "墓地",
        "监狱",
        "看守所",
        "租户",
        "未成年",
        "亡妻",
        "陵园",
    ];
    const IN_BRACKETS: [&str; 5] = ["亡", "故", "死", "殁", "卒"];
    const SIGNS: [char; 21] = [
        '死', '故', '世', '亡', '迁', '走', '销', '刑', '查', '殁', '卒', '逝', '没', '了', '嫁',
        '墓', '狱', '守', '租', '未', '陵',
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

/// Whether a remark says nothing of whether somebody is a voter, as far as anybody knows.
pub(super) fn is_harmless(remark: &str) -> bool {
    const WORDS: [&str; 44] = [
        "党员", "团员", "户主", "组长", "代表", "干部", "委员", "书记", "主任", "会计", "低保",
        "五保", "特困", "贫困", "脱贫", "残疾", "残", "外出", "务工", "打工", "经商", "在外",
        "在家", "上学", "学生", "大学", "退休", "教师", "军", "烈属", "独居", "空巢", "孤", "留守",
        "丧偶", "离异", "已婚", "未婚", "新增", "迁入", "转入", "嫁入", "入户", "登记",
    ];
    let remark = compact(remark);
    let said =
        remark.split(['，', ',', '。', '；', ';', '、', '/']).filter(|said| !said.is_empty());
    said.into_iter().all(|said| {
        !said.chars().any(char::is_alphabetic) || WORDS.iter().any(|word| said.contains(word))
    })
}

/// Whether a cell says no.
pub(super) fn is_no(text: &str) -> bool {
    const BEGINNINGS: [&str; 19] = [
        "不是",
        "不能",
        "不可",
        "不愿",
        "不具",
        "不符",
        "不享",
        "不参",
        "不在",
        "不同意",
        "不通过",
        "不予",
        "不合",
        "不满",
        "未通过",
        "未满",
        "未年满",
        "无效",
        "没有",
    ];
    let text = compact(text);
    let word = text.to_ascii_lowercase();
    is_cross(&text)
        || BEGINNINGS.iter().any(|word| text.starts_with(word))
        || matches!(
            &*word,
            "否" | "无" | "不" | "未" | "没" | "非" | "n" | "no" | "0" | "false" | "非本村"
        )
}

/// Whether a cell says yes, or is ticked.
pub(super) fn is_yes(text: &str) -> bool {
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
pub(super) fn is_foreign(nation: &str) -> bool {
    const OURS: [&str; 6] = ["中国", "中华人民共和国", "CHN", "CN", "156", "本国"];
    let nation = compact(nation);
    !nation.is_empty() && nation.chars().any(char::is_alphanumeric) && !OURS.contains(&&*nation)
}

/// Whether a cell is crossed out.
pub(super) fn is_cross(text: &str) -> bool {
    matches!(text.trim(), "×" | "x" | "X" | "✗" | "✘" | "╳" | "ｘ" | "Ｘ" | "叉" | "☒" | "❌")
}

/// Whether a cell has a mark whose meaning is written elsewhere, if anywhere.
pub(super) fn has_mark(text: &str) -> bool {
    text.contains(|c| is_mark(c) && !"√✓#＃".contains(c))
}

pub(super) fn is_mark(c: char) -> bool {
    "△▲▽▼※☆★◇◆●◎×✗✘√✓#＃†✝".contains(c)
}

/// `红色为死亡`, `△表示迁出`: marks that cannot be seen, or are not understood.
pub(super) fn is_legend(text: &str) -> bool {
    const LONGEST: usize = 60;
    let text = compact(text);
    text.chars().nth(LONGEST).is_none()
        && (text.contains(['色', '红', '黄', '蓝', '绿', '灰']) || has_mark(&text))
        && (text.contains(['为', '是', '：', ':', '=', '表', '示']) || text.contains("代表"))
        && (DEATH.iter().chain(&DEPARTURE).any(|word| text.contains(word))
            || text.contains("不是选民"))
}

/// Whether a line between or under the rows says of somebody what the list does not:
/// `注：李桂芳已去世`, `增补：王秀英`, `3号与5号系同一人`.
pub(super) fn note_tells(text: &str) -> bool {
    const LONGEST: usize = 1024;
    const TITLES: [&str; 5] = ["名单", "名册", "花名册", "登记表", "登记册"];
    let text = compact(&text[..text.floor_char_boundary(LONGEST)]);
    let is_title = !text.contains(['，', ',', '：', ':'])
        && TITLES.iter().any(|end| outside_brackets(&text).ends_with(end));
    !is_title
        && text.split(['。', '；', ';', '！']).any(|said| says_otherwise(said) && !is_general(said))
}

/// Whether a sentence says that somebody should not be on the list, or be on it otherwise.
fn says_otherwise(said: &str) -> bool {
    const CHANGES: [&str; 24] = [
        "增补",
        "补登",
        "补录",
        "补列",
        "漏登",
        "漏列",
        "漏报",
        "漏了",
        "遗漏",
        "另有",
        "未列入",
        "更正：",
        "更正:",
        "应为",
        "应是",
        "应改",
        "改为",
        "补充：",
        "补充:",
        "补：",
        "补:",
        "增加：",
        "增加:",
        "系同",
    ];
    let is_title = ["选民", "人员", "的人"].iter().any(|end| said.ends_with(end));
    has_any(said, &CHANGES) && !is_title || said.ends_with("已走") || tells_of_leaving(said)
}

/// Whether a sentence speaks of nobody: that there are none, that they are left out
/// already, or how the form is filled in.
fn is_general(said: &str) -> bool {
    const LACKING: [&str; 8] =
        ["无选举", "无行为", "无此人", "无资格", "无户", "无音", "无人认", "无法"];
    const NONE: [&str; 4] = ["无", "没有", "未发现", "不存在"];
    const LEFT_OUT: [&str; 8] = ["已删", "已剔", "剔除", "已核", "核对", "已扣", "均已", "不含"];
    const OF_MANY: [&str; 7] = ["人员", "情况", "人口", "名单", "死亡迁", "死亡、", "者"];
    const OF_THE_FORM: [&str; 11] =
        ["填写", "填入", "填报", "填表", "注明", "一式", "不得", "凡", "如有", "除外", "不包括"];
    let has = |words: &[&str]| has_any(said, words);
    has(&NONE) && !has(&LACKING) || has(&LEFT_OUT) && has(&OF_MANY) || has(&OF_THE_FORM)
}

/// Whether a line says of one by name why he is no voter: `李桂芳已去世`.
pub(super) fn speaks_of_somebody(text: &str) -> bool {
    let mut ends = text.char_indices().rev().map(|(at, _)| at);
    let Some(at) = ends.find(|&at| tells_of_leaving(&text[at..])) else { return false };
    let before = text[..at].trim_end_matches(|c: char| "已于经系因的是，,（(：: ".contains(c));
    is_likely_name(before) || before.contains('号') && before.contains(is_numeral)
}

/// `以下人员因服刑停止行使选举权`: the line over people who are no voters.
fn is_over_no_voters(text: &str) -> bool {
    const LONGEST: usize = 60;
    const WHO: [&str; 6] = ["人员", "选民", "村民", "居民", "的人", "名单"];
    const NOT: [&str; 5] = ["不在名单", "不在册", "不具备", "不列入", "不是选民"];
    let has = |words: &[&str]| has_any(text, words);
    has(&["以下", "下列"])
        && has(&WHO)
        && text.chars().nth(LONGEST).is_none()
        && (has(&NOT) || tells_of_leaving(text))
        && !is_general(text)
}

/// Whether the heading of a column says that whoever is marked in it left.
pub(super) fn heading_tells_of_leaving(heading: &str) -> bool {
    let heading = compact(heading);
    if heading.contains("迁入") || heading.contains("情况") {
        return false;
    }
    let asked = ["是否已", "是否", "有无", "有没有", "能否", "可否"]
        .iter()
        .find_map(|word| heading.strip_prefix(word));
    tells_of_leaving(asked.unwrap_or(&heading))
}

/// Whether a sheet or a title is of people who are not on the roll: the dead,
/// those who moved away, samples, or another list of the same people.
pub(super) fn is_of_no_voters(title: &str) -> bool {
    const WORDS: [&str; 70] = [
        "去年",
        "不予登记",
        "不是选民",
        "非选民",
        "不具备选民资格",
        "没有选民资格",
        "取消选民资格",
        "暂缓登记",
        "错登",
        "被清除",
        "清除出",
        "空挂户",
        "失联",
        "不计入",
        "18岁以下",
        "十八岁以下",
        "去外村登记",
        "不在本村参选",
        "不在本社区参选",
        "填表说明",
        "填写说明",
        "填表须知",
        "填写须知",
        "填报说明",
        "使用说明",
        "说明",
        "示例",
        "样表",
        "范例",
        "样例",
        "模板",
        "减少",
        "未满",
        "不满",
        "作废",
        "旧名册",
        "原名册",
        "上届",
        "往届",
        "已故",
        "去世",
        "死亡",
        "迁出",
        "上一届",
        "前一届",
        "历届",
        "备用",
        "备份",
        "旧名单",
        "旧表",
        "旧册",
        "公职人员",
        "国家工作人员",
        "国家公职",
        "在编",
        "异议成立",
        "外地户",
        "外来",
        "在外参选",
        "在外登记",
        "事业编",
        "公务员",
        "上次",
        "往年",
        "往次",
        "绝户",
        "模版",
        "停用",
        "草稿",
        "测试",
    ];
    const WITHOUT: [&str; 5] = ["不含", "不包括", "除外", "不列入本", "已剔除"];
    let title = compact(title);
    if WITHOUT.iter().any(|word| title.contains(word)) {
        return false;
    }
    matches!(&*title, "旧" | "老" | "外来" | "外村" | "原册" | "不用" | "例子" | "参考")
        || title.ends_with('旧')
        || WORDS.iter().any(|word| title.contains(word))
        || tells_of_leaving(&title)
}

/// Whether a sheet or a title is of people for what they do, voters or not:
/// staff, candidates, representatives, proxies.
pub(super) fn is_of_roles(title: &str) -> bool {
    const LONGEST: usize = 30;
    const ROLES: [&str; 26] = [
        "工作人员",
        "监票",
        "计票",
        "唱票",
        "发票员",
        "候选人",
        "代表名单",
        "代表名册",
        "代表花名册",
        "居民代表",
        "村民代表",
        "选民代表",
        "小组长",
        "组长名单",
        "委员会成员",
        "委员会名单",
        "委员会组成",
        "选委会",
        "领导小组",
        "两委",
        "班子",
        "干部",
        "委托投票",
        "受托",
        "受委托",
        "志愿者",
    ];
    let title = compact(title);
    let is_of_voters = title.replace("选民代表", "").contains("选民");
    title.chars().nth(LONGEST).is_none()
        && !is_of_voters
        && !title.contains([':', '：', '。', '；'])
        && (ROLES.iter().any(|role| title.contains(role)) || title.ends_with("监督委员会"))
}

/// Whether a title is of people for what they get or are in, voters or not.
pub(super) fn is_of_another_list(title: &str) -> bool {
    const WORDS: [&str; 18] = [
        "低保",
        "五保",
        "特困",
        "贫困",
        "脱贫",
        "残疾",
        "党员",
        "团员",
        "社保",
        "医保",
        "医疗保险",
        "养老",
        "补贴",
        "补助",
        "退役",
        "优抚",
        "计生",
        "老年人",
    ];
    const OF_VOTERS: [&str; 4] = ["选民", "选举", "换届", "参选"];
    let has = |words: &[&str]| has_any(title, words);
    has(&WORDS) && !has(&OF_VOTERS)
}

/// Whether a sheet is of people for what they do.
fn is_sheet_of_roles(name: &str) -> bool {
    is_of_roles(name) || compact(name).ends_with("选举委员会")
}

/// Whether a line over rows says that those below are not here for being voters,
/// and whether it is for what they do.
pub(super) fn title_aside(text: &str) -> Option<Apart> {
    match () {
        () if is_title_of_no_voters(text) || is_over_no_voters(&compact(text)) => {
            Some(Apart::new(text, false))
        }
        () if is_of_roles(text) || compact(text) == "选举委员会" => {
            Some(Apart::new(text, true))
        }
        () => None,
    }
}

/// The list of people who are not on it for being voters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Apart {
    pub title: String,
    /// They are on it for what they do; they may well be voters.
    pub by_role: bool,
}

/// Whether a list is another copy of the roll: that of the last term, a form. Who
/// is on it may well be a voter.
fn is_of_a_copy(title: &str) -> bool {
    const WORDS: [&str; 22] = [
        "上届",
        "上一届",
        "前一届",
        "往届",
        "历届",
        "上次",
        "往年",
        "往次",
        "旧",
        "原名册",
        "备用",
        "备份",
        "示例",
        "样表",
        "范例",
        "样例",
        "模板",
        "模版",
        "说明",
        "须知",
        "草稿",
        "测试",
    ];
    WORDS.iter().any(|word| title.contains(word))
}

impl Apart {
    pub(super) fn new(title: &str, by_role: bool) -> Self {
        Self { title: title.trim().to_owned(), by_role }
    }

    /// Whether being on it says nothing of those who are on the roll.
    pub(super) fn is_of_a_copy(&self) -> bool {
        is_of_a_copy(&self.title)
    }

    /// By the name of a sheet.
    pub(super) fn of_sheet(name: &str) -> Option<Self> {
        match () {
            () if is_of_no_voters(name) => Some(Self::new(name, false)),
            () if is_sheet_of_roles(name) => Some(Self::new(name, true)),
            () => None,
        }
    }
}

/// Whether a file or a sheet of this name may be of voters: not one of the dead, of
/// candidates and the like.
pub fn may_list_voters(name: &str) -> bool {
    Apart::of_sheet(name).is_none()
}

/// Whether a line over rows is the title of people who are no voters; a remark
/// about them, or a legend of colours, is none.
fn is_title_of_no_voters(text: &str) -> bool {
    const SHORT: usize = 10;
    const LONGEST: usize = 24;
    const ENDS: [&str; 26] = [
        "名单",
        "人员",
        "名册",
        "表",
        "情况",
        "花名册",
        "者",
        "死亡",
        "迁出",
        "注销",
        "示例",
        "选民",
        "选举",
        "户口",
        "户",
        "以下",
        "总数",
        "的",
        "登记",
        "精神病人",
        "错登",
        "减少",
        "人",
        "周岁",
        "人口",
        "届",
    ];
    const LABELS: [&str; 7] = ["注", "附", "另", "附注", "备注", "说明", "注意"];
    const SAYING: [&str; 15] = [
        "其中",
        "含",
        "不列入本",
        "不在本表",
        "不在本册",
        "不在此",
        "除外",
        "不包括",
        "不含",
        "为",
        "表示",
        "代表",
        "标",
        "红",
        "黄",
    ];
    let text = compact(text);
    let said = text.split_once([':', '：']).filter(|(label, _)| LABELS.contains(label));
    let text = said.map_or(&*text, |(_, said)| said);
    let text = without_number(text);
    let text = text.trim_matches(['(', ')', '（', '）', '【', '】']).trim_end_matches([':', '：']);
    let below = ["以下为", "以下是", "以下系", "下列为", "以下"];
    let text = below.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let len = text.chars().count();
    // 上一届选民名单（2021年）
    let outside = outside_brackets(text);
    len <= LONGEST
        && !text.contains([':', '：', '。', '；', '，', '='])
        && !SAYING.iter().any(|word| text.contains(word))
        && (len <= SHORT || ENDS.iter().any(|end| text.ends_with(end) || outside.ends_with(end)))
        && !is_likely_name(text)
        && is_of_no_voters(text)
        && !is_general(text)
        && !speaks_of_somebody(text)
}

/// Whether a sheet's name is that of a guide or a table of sums, not of people.
pub(super) fn is_of_a_guide(title: &str) -> bool {
    const WORDS: [&str; 16] = [
        "说明", "须知", "示例", "样表", "范例", "封面", "目录", "汇总", "统计", "字典", "参考",
        "代码", "选项", "合计", "总计", "小计",
    ];
    WORDS.iter().any(|word| title.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_lines_that_speak_of_somebody() {
        for text in [
            "注：李桂芳已去世",
            "死亡：李桂芳",
            "李桂芳（死亡）",
            "第3号选民已迁出，请删除",
            "3号已走",
            "带*的为已迁出人员",
            "更正：李桂芳应为2组",
            "3号与5号系同一人",
            "以上人员因服刑不参加",
            "增补：王秀英",
            "另有王秀英、李玉兰二人漏登",
            "未列入：王秀英（服刑）",
            "注：本表含已去世2人",
            "说明：李桂芳户口已迁出，不列入名单",
        ] {
            assert!(note_tells(text) && !is_over_no_voters(text), "{text}");
        }
        for text in [
            "一组无死亡、迁出人员",
            "以上一组，无人死亡",
            "本组死亡人员已删除",
            "已核对死亡、迁出情况",
            "经核对，无重复登记",
            "填表人：张三　审核人：李四",
            "死亡、迁出的请在备注栏注明",
            "示坪村选民名单（死亡、迁出已剔除）",
            "2026年4月20日",
        ] {
            assert!(!note_tells(text) && title_aside(text).is_none(), "{text}");
        }
        for text in [
            "以下人员因服刑停止行使选举权",
            "以下人员户口已迁出，不列入",
            "另：以下人员不在名单内",
            "经核实，下列人员不具备选民资格：",
            "死亡人员",
        ] {
            assert!(title_aside(text).is_some(), "{text}");
        }
        assert_eq!(title_aside("李桂芳已去世"), None);
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
            "精神病",
            "户口不在本社区",
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
