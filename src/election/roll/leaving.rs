//! Words by which a table says that somebody may be no voter.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::elsewhere;
use super::grouping::without_number;
use super::numerals::{is_numeral, value_of};
use super::simplified::{TRADITIONAL, simplified};
use super::words::{compact, has_any, is_likely_name, is_status, outside_brackets};
use crate::text::is_common_han;

/// The end of a life.
const DEATH: [&str; 54] = [
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
    "享年",
    "终年",
    "葬于",
    "葬在",
    "抢救无效",
    "已出殡",
    "已登仙",
    "归天",
    "离开人世",
    "安息",
    "享寿",
    "归寿",
    "头七",
    "升天",
    "归山",
];
/// Leaving the place, or being of none.
const DEPARTURE: [&str; 105] = [
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
    "搭户",
    "寄户",
    "迁了",
    "户不在",
    "资格转",
    "选民关系转",
    "转至",
    "转到",
    "起走",
    "未迁回",
    "没迁回",
    "入籍",
    "台胞",
    "港胞",
    "外国人",
    "外国公民",
    "无国籍",
    "户口吊",
    "吊户",
];
/// Rights that rest, and people who are held.
const RIGHTS: [&str; 48] = [
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
    "未恢复",
    "没恢复",
    "剥政权",
    "停选举",
    "刑期",
];
/// Illness, disappearance, youth.
const STATES: [&str; 97] = [
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
    "无民事行为",
    "限制民事行为",
    "限制行为能力",
    "丧失行为能力",
    "身份不明",
    "年龄不到",
    "岁数不到",
    "年纪不够",
    "年纪不到",
    "在外参选",
    "在外登记",
    "在外选举",
    "在外投票",
    "无民事能力",
    "无完全民事",
    "认知障碍",
    "未到法定",
    "不到法定",
    "未满法定",
    "未及十八",
    "未及18",
];
/// Not on the list, by whosever will.
const LISTING: [&str; 97] = [
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
    "弃选",
    "不想选",
    "不具备",
    "不符合",
    "多写",
    "写重",
    "重写",
    "重号",
    "两头",
    "两证",
    "双证",
    "两个身份证",
    "不要了",
    "不想登",
    "条件不符",
    "两处登",
    "两处有",
    "写了两",
    "登了两",
    "登两次",
    "写两次",
    "登记两次",
    "重出",
];
/// What is not settled yet.
const DOUBTS: [&str; 58] = [
    "逃犯",
    "强戒",
    "空户",
    "转街道",
    "写错",
    "名字不对",
    "姓名不对",
    "有误",
    "查无",
    "应删",
    "办丧",
    "户在人不在",
    "未核对",
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
    "需核",
    "待公安",
    "待派出所",
    "待审",
    "审查中",
    "核查中",
    "审核中",
    "调查中",
    "待考",
    "情况不清",
    "核实中",
    "在核实",
    "未查实",
    "未查清",
    "弄不清",
    "不清楚是",
];
/// Whole cells that say it in a word.
const WHOLE: [&str; 33] = [
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
    "过身",
    "小孩",
    "儿童",
    "婴儿",
    "幼儿",
    "娃",
    "不要",
    "不合格",
    "冻结",
    "停权",
    "除",
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
        || is_under_age(&text)
        || clauses.into_iter().any(|clause| clause_tells(clause, &text))
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
static WORDS: LazyLock<Words> = LazyLock::new(|| {
    const OF_OTHERS: &str = "登参选投非不定落资权国籍政岁卒了啦咯喽户差重已见也?？的迁民";
    let mut words =
        Words { signs: vec![false; usize::from(u16::MAX) + 1], by_sign: HashMap::new() };
    OF_OTHERS.chars().for_each(|c| words.sign(c));
    TRADITIONAL.chars().for_each(|c| words.sign(c));
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
        && !is_coming
        && !is_of_the_village
        && !is_of_other_lists
        && !is_of_kin(before)
}

/// What people are on, or have, beside their right to vote: 放弃低保, 残疾证待核.
const OF_OTHER_LISTS: [&str; 25] = [
    "低保",
    "五保",
    "贫困",
    "脱贫",
    "医保",
    "社保",
    "合作医疗",
    "医疗保险",
    "养老",
    "残疾证",
    "执照",
    "候选人",
    "电话",
    "手机",
    "住址",
    "地址",
    "现役",
    "驾驶证",
    "补贴",
    "土地证",
    "宅基地",
    "代表选举",
    "党代",
    "团员",
    "会员",
];

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
    const PLACES: [&str; 22] = [
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
        "婆家",
        "夫家",
        "男方",
        "女方",
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

/// `17岁`, `十七周岁`, and nothing else; `差3个月满18周岁`.
fn is_under_age(text: &str) -> bool {
    const ADULT: u32 = 18;
    let lacks = text.split_once('差').is_some_and(|(_, said)| {
        said.contains(['月', '天', '日', '年'])
            && has_any(said, &["满", "到18", "够18", "18岁", "月18"])
    });
    let Some(age) = text.strip_suffix('岁') else { return lacks };
    let age = age.trim_end_matches('周').trim_start_matches("年龄");
    lacks || value_of(age).is_some_and(|age| age < ADULT)
}

/// Whether what is said is said of a relative: 妻子已…, 其父….
fn is_of_kin(before: &str) -> bool {
    const NEAR: usize = 4;
    if before.contains(['随', '跟']) {
        return false;
    }
    if before.ends_with("家有") || before.ends_with("家里有") || before.ends_with("家中有")
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
pub(super) fn says_of_a_name(cell: &str) -> bool {
    const ENDS: [&str; 9] =
        ["已故", "死亡", "去世", "病故", "已死", "已亡", "过世", "迁出", "已迁走"];
    const BEGINNINGS: [&str; 5] = ["已故", "已死", "已亡", "死亡", "已迁出"];
    // As nearly all names.
    if cell.chars().all(is_common_han)
        && !cell.ends_with(['故', '亡', '世', '死', '出', '走'])
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
pub(super) fn certainly_tells_of_leaving(text: &str) -> bool {
    const SURE: [&str; 33] = [
        "嫁外",
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

/// Whether a cell says no.
pub(super) fn is_no(text: &str) -> bool {
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
        || tells_by_ticks(&text)
}

/// `打√的为选民`.
fn tells_by_ticks(text: &str) -> bool {
    const LONGEST: usize = 20;
    text.chars().nth(LONGEST).is_none()
        && text.contains(is_mark)
        && ["为选民", "是选民", "表示选民", "代表选民"].iter().any(|word| text.contains(word))
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
    const CHANGES: [&str; 30] = [
        "另加",
        "再加",
        "加上",
        "补充登记",
        "要求登记",
        "请求登记",
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
    let is_title = ["选民", "人员", "的人", "如下"].iter().any(|end| said.ends_with(end))
        || CHANGES.iter().any(|word| said.trim_end_matches([':', '：']) == *word);
    has_any(said, &CHANGES) && !is_title || said.ends_with("已走") || tells_of_leaving(said)
}

/// Whether a line that names somebody on the list says of him that he is not, or not so:
/// `李四改到二组`, `PS：李四上星期走了`.
pub(super) fn note_tells_of(text: &str, name: &str) -> bool {
    const LONGEST: usize = 60;
    const CHANGES: [&str; 22] = [
        "改到", "改为", "改成", "改在", "改入", "调到", "调入", "归到", "归入", "并入", "划到",
        "划入", "移到", "应为", "应是", "应在", "不是", "不应", "不该", "重了", "错", "漏",
    ];
    let Some((_, said)) = text.split_once(name) else { return false };
    let said = compact(said);
    let said =
        said.trim_start_matches("同志").trim_start_matches(['的', '：', ':', '，', ',', '已']);
    said.chars().nth(LONGEST).is_none() && (has_any(said, &CHANGES) || tells_of_leaving(said))
}

/// Whether a sentence speaks of nobody: that there are none, that they are left out
/// already, or how the form is filled in.
fn is_general(said: &str) -> bool {
    const LACKING: [&str; 9] =
        ["无效", "无选举", "无行为", "无此人", "无资格", "无户", "无音", "无人认", "无法"];
    const NONE: [&str; 3] = ["无", "未发现", "不存在"];
    const LEFT_OUT: [&str; 8] = ["已删", "已剔", "剔除", "已核", "核对", "已扣", "均已", "不含"];
    const OF_MANY: [&str; 7] = ["人员", "情况", "人口", "名单", "死亡迁", "死亡、", "者"];
    const OF_THE_FORM: [&str; 14] = [
        "填写",
        "填入",
        "填报",
        "填表",
        "注明",
        "一式",
        "不得",
        "凡",
        "如有",
        "除外",
        "不包括",
        "如发现",
        "异议",
        "不填",
    ];
    let said = said.replace("没有", "无");
    let has = |words: &[&str]| has_any(&said, words);
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
    const EVENTS: [&str; 8] = ["迁出", "死亡", "去世", "服刑", "判刑", "犯罪", "剥夺", "注销"];
    if heading.contains("迁入") || heading.contains("情况") && !has_any(&heading, &EVENTS) {
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
    const WORDS: [&str; 92] = [
        "两劳",
        "没有选举权",
        "未参加登记",
        "未登记",
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
        "非户籍",
        "不符合",
        "不合格",
        "脱离本",
        "学龄",
        "儿童",
        "无效",
        "流出",
        "历史",
        "回收站",
        "登记外村",
        "外村登记",
        "外地登记",
        "不参选",
        "不算",
        "已走",
        "境外",
        "非本",
    ];
    const WITHOUT: [&str; 5] = ["不含", "不包括", "除外", "不列入本", "已剔除"];
    let title = compact(title);
    let title = simplified(&title);
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
    const ROLES: [&str; 25] = [
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
        "受托",
        "受委托",
        "志愿者",
    ];
    let title = compact(title);
    let is_of_voters = title.replace("选民代表", "").contains("选民");
    title.chars().nth(LONGEST).is_none()
        && !is_of_voters
        && !title.contains([':', '：', '。', '；'])
        && (ROLES.iter().any(|role| title.contains(role))
            || title.ends_with("监督委员会")
            || is_of_proxies(&title))
}

/// `委托投票名单`; those who are away and have others vote for them are voters.
fn is_of_proxies(title: &str) -> bool {
    const LISTS: [&str; 6] = ["单", "册", "表", "登记", "情况", "人员"];
    title.split_once("委托投票").is_some_and(|(_, of)| LISTS.iter().any(|list| of.ends_with(list)))
        || title == "委托投票"
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

/// Whether a sheet of this name may list people once more who are on another: 外出, 低保户.
pub(super) fn may_list_again(name: &str) -> bool {
    const WORDS: [&str; 12] = [
        "外出", "在外", "委托", "代投", "流动", "退休", "军人", "学生", "妇女", "老人", "公示",
        "户口",
    ];
    is_status(name) || is_of_another_list(name) || has_any(name, &WORDS)
}

/// Whether a sheet is of people for what they do.
fn is_sheet_of_roles(name: &str) -> bool {
    is_of_roles(name) || compact(name).ends_with("选举委员会")
}

/// Whether a line over rows says that those below are not here for being voters,
/// and whether it is for what they do.
pub(super) fn title_aside(text: &str) -> Option<Apart> {
    match () {
        () if is_of_the_one_above(text) => None,
        () if is_title_of_no_voters(text) || is_over_no_voters(&compact(text)) => {
            Some(Apart::new(text, false))
        }
        () if is_of_roles(text) || compact(text) == "选举委员会" => {
            Some(Apart::new(text, true))
        }
        () => None,
    }
}

/// `新增：张三、李四`: names behind a word that is nobody's office.
pub(super) fn lists_names(text: &str) -> bool {
    const LONGEST: usize = 200;
    const OFFICES: &str = "人员长表核任记会签名字管主委代";
    const NEW: [char; 6] = ['回', '返', '补', '增', '新', '漏'];
    if text.len() > LONGEST {
        return false;
    }
    let Some((label, said)) = text.trim().split_once([':', '：']) else { return false };
    let label = compact(label);
    let said = &*outside_brackets(said);
    let mut names = said.split(|c: char| c.is_whitespace() || "、，,；;".contains(c));
    (1..=6).contains(&label.chars().count())
        && (!label.ends_with(|c| OFFICES.contains(c)) || label.starts_with(NEW))
        && !has_any(&label, &["日期", "单位", "小组", "电话", "地址", "户主"])
        && said.chars().any(|c| !c.is_whitespace())
        && names.all(|name| name.is_empty() || is_likely_name(name))
}

/// `上面这人已去世`, `此户已搬走`.
pub(super) fn is_of_the_one_above(text: &str) -> bool {
    const LONGEST: usize = 16;
    const BEGINNINGS: [&str; 14] = [
        "上面",
        "上一",
        "上述",
        "此人",
        "此户",
        "该人",
        "该户",
        "这人",
        "这户",
        "本人",
        "本户",
        "同上",
        "以上此",
        "以上这",
    ];
    const OF_COPIES: [&str; 5] = ["上一届", "上一次", "上述名单", "上述人员", "上面人员"];
    let text = compact(text);
    text.chars().nth(LONGEST).is_none()
        && BEGINNINGS.iter().any(|word| text.starts_with(word))
        && !OF_COPIES.iter().any(|word| text.starts_with(word))
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
    const ENDS: [&str; 28] = [
        "儿童",
        "户籍",
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
    let text = simplified(&text);
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
        for title in ["非户籍", "不符合条件人员", "学龄儿童", "以下无效", "遷出戶口人員"]
        {
            assert!(title_aside(title).is_some(), "{title}");
        }
        for title in ["补登：", "漏登人员补充登记如下"] {
            assert!(!note_tells(title), "{title}");
        }
    }

    #[test]
    fn knows_what_a_line_says_of_somebody_above() {
        for line in ["李四改到二组", "PS：李四上星期走了", "※李四同志已转至县城社区参选"]
        {
            assert!(note_tells_of(line, "李四"), "{line}");
        }
        for line in
            ["组长：李四", "填表人：李四　2026年10月1日", "李四（组长）", "代表：李四、张三"]
        {
            assert!(!note_tells_of(line, "李四"), "{line}");
        }
    }

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
