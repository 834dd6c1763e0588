//! What the words of a table say when they are nobody's name.

use std::borrow::Cow;

use crate::election::person::half_width;

/// A text half-width and without white space.
pub(super) fn compact(text: &str) -> Cow<'_, str> {
    let text = half_width(text);
    if text.contains(char::is_whitespace) {
        return text.chars().filter(|c| !c.is_whitespace()).collect();
    }
    text
}

/// Whether a cell says that it is as above.
pub(super) fn is_ditto(text: &str) -> bool {
    if text.len() > 32 {
        return false;
    }
    matches!(
        text.trim(),
        "〃" | "″"
            | "\""
            | "＂"
            | "”"
            | "''"
            | "同上"
            | "上同"
            | "同前"
            | "同"
            | "々"
            | "仝"
            | "仝上"
            | "↑"
    )
}

/// Whether a text is a sum: `合计`, `小计：`, `共12人`, `12人`.
pub(super) fn is_total(text: &str) -> bool {
    const WORDS: [&str; 12] = [
        "承前页",
        "过次页",
        "承上页",
        "转下页",
        "合计",
        "小计",
        "总计",
        "共计",
        "累计",
        "总数",
        "总人数",
        "本页计",
    ];
    const SIGNS: [char; 10] = ['合', '小', '总', '共', '累', '计', '人', '名', '户', '页'];
    if !text.contains(SIGNS) {
        return false;
    }
    let text = compact(text);
    let text = text.trim_end_matches([':', '：']);
    let counts = text.strip_prefix('共').is_some_and(begins_with_digit);
    counts
        || WORDS.iter().any(|word| text.starts_with(word))
        || ["小计", "合计", "总计", "共计"].iter().any(|word| text.ends_with(word))
        || is_count(text)
}

fn begins_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// `12人`, `男5人`, `共3户`: a number of people and nothing else.
fn is_count(text: &str) -> bool {
    let text = text.trim_start_matches(['男', '女', '共', '计', '性', ':', '：']);
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len() && matches!(rest, "人" | "名" | "户" | "人次" | "个人")
}

/// What a row of sums states: numbers said to be of people, and bare ones.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub people: Vec<u64>,
    pub bare: Vec<u64>,
}

impl Sums {
    /// Takes up the numbers of one cell. Men and women apart are no sum.
    pub fn add(&mut self, text: &str) {
        let text = compact(text);
        let mut before = None;
        let mut rest = &*text;
        while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
            before = rest[..at].chars().next_back().or(before);
            let number = &rest[at..];
            let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
            let unit = number[end..].chars().next();
            let is_part = matches!(before, Some('男' | '女' | '第' | '.' | '-' | '/' | '性'));
            if let Ok(value) = number[..end].parse::<u64>()
                && !is_part
                && end < 10
            {
                match unit {
                    Some('人' | '名' | '位') => self.people.push(value),
                    None => self.bare.push(value),
                    Some('个') if number[end..].starts_with("个人") => self.people.push(value),
                    _ => {}
                }
            }
            before = number[..end].chars().next_back();
            rest = &number[end..];
        }
    }

    /// The sum that none of the counts bears out, if there is one.
    pub fn refuted_by(&self, counts: &[usize]) -> Option<u64> {
        let holds = |stated: &u64| counts.iter().any(|&count| count as u64 == *stated);
        let stated = match (&self.people[..], &self.bare[..]) {
            ([], [one]) => std::slice::from_ref(one),
            ([], _) => return None,
            (people, _) => people,
        };
        if stated.iter().any(holds) { None } else { stated.iter().max().copied() }
    }
}

/// Ends of the names of groups that nobody is called by.
const SURE_ENDS: [&str; 5] = ["组", "经联社", "经济社", "合作社", "联社"];
/// Ends that a person's name may have too.
const ENDS: [&str; 9] = ["社", "队", "屯", "片", "片区", "网格", "小区", "楼", "自然村"];

/// Whether a text is the name of a group.
pub(super) fn looks_like_group(text: &str) -> bool {
    let text = compact(text);
    let len = text.chars().count();
    let ends = |ends: &[&str]| ends.iter().any(|end| text.ends_with(end));
    let is_sure = ends(&SURE_ENDS) || ends(&ENDS) && (is_numbered(&text) || len >= 5);
    (2..=15).contains(&len) && is_sure && !text.contains(['、', '，', ',', ':', '：'])
}

/// Whether a text can be nothing but the name of a group: `一组`, `第三居民小组`.
pub(super) fn is_surely_group(text: &str) -> bool {
    let text = compact(text);
    text.ends_with('组') && is_numbered(&text) && looks_like_group(&text)
}

/// Whether it begins as `第一…`, `3…`, `二…` do.
fn is_numbered(text: &str) -> bool {
    let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百〇".contains(c);
    text.strip_prefix('第').unwrap_or(text).starts_with(numeral)
}

/// The group of which a text is the title: its name, and perhaps the number of
/// people, a leader or a word after it.
pub(super) fn group_title(text: &str) -> Option<String> {
    const LONGEST: usize = 60;
    let text = compact(text);
    let text = text
        .trim_matches(|c: char| matches!(c, '-' | '—' | '─' | '=' | '*' | '·' | '~' | '●' | '■'));
    if text.chars().count() > LONGEST {
        return None;
    }
    let text = match text.split_once([':', '：']) {
        // Behind such a word anything short is a name: 小组：后坑.
        Some((label, said)) if is_group_label(label) && is_short_name(said) => {
            return Some(said.to_owned());
        }
        Some((label, said)) if is_group_label(label) => said,
        _ => text,
    };
    let text = without_number(text);
    let text = ["以下为", "以下是", "以下", "附："]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(text);
    // 以上为一组 would be the title of those above.
    if text.starts_with(['以', '上']) && (text.starts_with("以上") || text.starts_with("上述"))
    {
        return None;
    }
    // The longest name first: 第一组小组 is no 第一组.
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
    let mut names = ends.filter(|&end| looks_like_group(&text[..end]) && is_tail(&text[end..]));
    let end = names.next()?;
    // 某某社区一组选民名单 is of 一组.
    let is_of_a_list = ["单", "册", "表", "簿"].iter().any(|word| text[end..].ends_with(word));
    let within = if is_of_a_list { group_in_title(text) } else { None };
    within.or_else(|| Some(text[..end].trim_start_matches(['(', '（', '【', '[']).to_owned()))
}

/// What stands behind the number of a section: `（二）第二组`, `三、第三组`.
fn without_number(text: &str) -> &str {
    let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let (open, rest) = match text.strip_prefix(['(', '（']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let said = rest.trim_start_matches(numeral);
    let ends: &[char] = if open { &[')', '）'] } else { &['、', '.', '．'] };
    let said = said.strip_prefix(ends).filter(|said| !said.is_empty());
    said.filter(|_| rest.starts_with(numeral)).unwrap_or(text)
}

fn is_group_label(label: &str) -> bool {
    const LABELS: [&str; 11] = [
        "小组",
        "组别",
        "村民小组",
        "居民小组",
        "所属小组",
        "组名",
        "小组名称",
        "村民小组名称",
        "居民小组名称",
        "经联社",
        "经济社",
    ];
    LABELS.contains(&label)
}

fn is_short_name(text: &str) -> bool {
    let is_han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    (2..=6).contains(&text.chars().count()) && text.chars().all(is_han) && !looks_like_group(text)
}

/// What may follow the name of a group in its title.
fn is_tail(rest: &str) -> bool {
    const WORDS: [&str; 16] = [
        "组长",
        "小组长",
        "队长",
        "社长",
        "负责人",
        "名单",
        "选民",
        "人员",
        "登记",
        "花名册",
        "户",
        "共",
        "合计",
        "人数",
        "村民",
        "居民",
    ];
    let is_said = |rest: &str| WORDS.iter().any(|word| rest.starts_with(word));
    rest.is_empty()
        || rest.starts_with([
            '(', '（', '[', '【', ':', '：', ',', '，', '、', '-', '—', ']', '】', ')', '）',
        ])
        || begins_with_digit(rest)
        || is_said(rest)
}

/// The group that a title over a table names, such as `奇美社区第一居民小组选民名单`.
pub(super) fn group_in_title(title: &str) -> Option<String> {
    const LONGEST: usize = 60;
    let title = compact(title);
    if title.chars().count() > LONGEST {
        return None;
    }
    if let Some((label, said)) = title.rsplit_once([':', '：'])
        && ["组", "组别", "组名"].iter().any(|word| label.ends_with(word))
    {
        return Some(said.to_owned()).filter(|name| looks_like_group(name));
    }
    let end = title.find('组')? + '组'.len_utf8();
    let head = &title[..end];
    let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百〇".contains(c);
    let middle = head.trim_end_matches("组").trim_end_matches('小');
    let middle = middle.trim_end_matches("村民").trim_end_matches("居民");
    let bare = middle.trim_end_matches(numeral);
    let from = bare.strip_suffix('第').unwrap_or(bare).len();
    let is_leader = title[end..].starts_with('长');
    (bare.len() < middle.len() && !is_leader).then(|| head[from..].to_owned())
}

/// Whether a text says that somebody may be no voter any more, or here.
pub(super) fn tells_of_leaving(text: &str) -> bool {
    const SIGNS: [char; 30] = [
        '选', '处', '亡', '转', '卒', '故', '逝', '世', '迁', '移', '销', '剥', '停', '列', '消',
        '除', '弃', '登', '刑', '押', '满', '籍', '重', '能', '踪', '成', '权', '参', '精', '不',
    ];
    const WORDS: [&str; 65] = [
        "精神病",
        "精神障碍",
        "户口不在",
        "户籍不在",
        "去逝",
        "逝去",
        "弃权",
        "在押",
        "关押",
        "婚迁",
        "外村选举",
        "他村选举",
        "外村参选",
        "他处登记",
        "死亡",
        "亡故",
        "已亡",
        "转出",
        "病亡",
        "身亡",
        "已故",
        "病故",
        "身故",
        "去世",
        "逝世",
        "过世",
        "离世",
        "辞世",
        "迁出",
        "迁走",
        "迁往",
        "迁离",
        "外迁",
        "已迁",
        "户口迁",
        "移出",
        "移居",
        "注销",
        "销户",
        "剥夺",
        "剥权",
        "停止行使",
        "停止选举",
        "不列入",
        "不予列入",
        "不得列入",
        "取消",
        "除名",
        "删除",
        "放弃",
        "不参加",
        "不愿登记",
        "未登记",
        "不登记",
        "服刑",
        "判刑",
        "羁押",
        "未满18",
        "不满18",
        "未成年",
        "未满十八",
        "不满十八",
        "失踪",
        "重复登记",
        "不参选",
    ];
    if !text.contains(SIGNS) {
        return matches!(text.trim(), "卒" | "转出");
    }
    let text = compact(text);
    if matches!(&*text, "亡" | "故" | "殁" | "销" | "迁" | "重复") || text.ends_with('卒') {
        return true;
    }
    let here = ["本村", "本社区", "本居", "本组"].iter().any(|word| text.contains(word));
    let elsewhere = [
        "外村",
        "他村",
        "外地",
        "异地",
        "其他村",
        "别村",
        "邻村",
        "外社区",
        "其他社区",
        "居住地",
        "户籍地",
    ];
    let is_elsewhere = text.contains("登记")
        && (elsewhere.iter().any(|word| text.contains(word))
            || text.contains('在') && !here && text.contains("已"));
    let cannot = text.contains("不能行使")
        || text.contains("无行为能力")
        || text.contains("非本村")
        || text.contains("非本社区")
        || text.contains("不是本村")
        || text.contains("不是本社区")
        || text.contains("失去")
        || text.contains("丧失");
    let told = |word: &&str| match text.find(*word) {
        None => false,
        Some(at) => {
            let before = text[..at].chars().next_back();
            let after = &text[at + word.len()..];
            let is_denied = matches!(before, Some('未' | '没' | '无' | '非'))
                || is_of_kin(&text[..at])
                || word.ends_with('刑') && (text.contains("刑满") || text.contains("释放"))
                || word.starts_with(['剥', '停'])
                    && (text.contains("恢复") || text.contains("期满"));
            // 户籍不在本村，居住一年以上 may well vote.
            let lives_here = word.starts_with('户') && text.contains("居住");
            // 迁入 after 已迁 or 户口迁 is a coming.
            let is_coming = word.ends_with('迁') && after.starts_with(['入', '来', '进', '回']);
            !is_denied && !lives_here && !is_coming
        }
    };
    WORDS.iter().any(told) || is_elsewhere || cannot
}

/// Whether what is said is said of a relative: 妻子已…, 其父….
fn is_of_kin(before: &str) -> bool {
    const NEAR: usize = 4;
    let said =
        before.chars().rev().skip_while(|c| c.is_ascii_digit() || "年月日号已于在.-".contains(*c));
    let near = said.take(NEAR).take_while(|c| c.is_alphanumeric());
    near.into_iter().any(|c| "妻夫父母子女儿偶伴".contains(c))
}

/// Whether a cell says no.
pub(super) fn is_no(text: &str) -> bool {
    matches!(
        &*compact(text),
        "否" | "无"
            | "不"
            | "不是"
            | "没有"
            | "未"
            | "×"
            | "x"
            | "X"
            | "✗"
            | "╳"
            | "不具备"
            | "不参加"
            | "n"
            | "N"
            | "no"
    )
}

/// Whether a sheet or a title is of people who are not on the roll: the dead,
/// those who moved away, samples, or another list of the same people.
pub(super) fn is_of_no_voters(title: &str) -> bool {
    const WORDS: [&str; 50] = [
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
        "候选人",
        "代表名单",
        "代表名册",
        "居民代表",
        "村民代表",
        "小组长名单",
        "工作人员",
        "委员会成员",
        "已故",
        "去世",
        "死亡",
        "迁出",
    ];
    const WITHOUT: [&str; 5] = ["不含", "不包括", "除外", "不列入本", "已剔除"];
    let title = compact(title);
    if WITHOUT.iter().any(|word| title.contains(word)) {
        return false;
    }
    WORDS.iter().any(|word| title.contains(word)) || tells_of_leaving(&title)
}

/// Whether a line over rows is the title of people who are no voters; a remark
/// about them is none.
pub(super) fn is_title_of_no_voters(text: &str) -> bool {
    const LONGEST: usize = 24;
    const ENDS: [&str; 22] = [
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
        "空挂户",
        "以下",
        "总数",
        "的",
        "登记",
        "精神病人",
        "错登",
        "减少",
    ];
    const LABELS: [&str; 7] = ["注", "附", "另", "附注", "备注", "说明", "注意"];
    let text = compact(text);
    let said = text.split_once([':', '：']).filter(|(label, _)| LABELS.contains(label));
    let text = said.map_or(&*text, |(_, said)| said);
    let text = without_number(text);
    let text = text.trim_matches(['(', ')', '（', '）', '【', '】']).trim_end_matches([':', '：']);
    text.chars().count() <= LONGEST
        && !text.contains([':', '：', '。', '；', '，'])
        && !["不列入本", "不在本", "不在此", "除外", "不包括", "不含"]
            .iter()
            .any(|word| text.contains(word))
        && ENDS.iter().any(|end| text.ends_with(end))
        && is_of_no_voters(text)
}

/// Whether a sheet's name is that of a guide or a table of sums, not of people.
pub(super) fn is_of_a_guide(title: &str) -> bool {
    const WORDS: [&str; 13] = [
        "说明", "须知", "示例", "样表", "范例", "封面", "目录", "汇总", "统计", "字典", "参考",
        "代码", "选项",
    ];
    WORDS.iter().any(|word| title.contains(word))
}

/// Where nobody is: `无`, `空户`, `暂缺`.
pub(super) fn is_nobody(text: &str) -> bool {
    const BEGINNINGS: [char; 14] =
        ['无', '空', '暂', '缺', '没', '待', '略', '作', '以', '此', '本', '不', '未', '下'];
    let first = text.trim_start().chars().next();
    if first.is_some_and(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c) && !BEGINNINGS.contains(&c)) {
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

/// Whether it is a line of the form itself: a title, a signature, a remark.
pub(super) fn is_remark(text: &str) -> bool {
    const BEGINNINGS: [&str; 38] = [
        "填表",
        "制表",
        "填报",
        "审核",
        "负责人",
        "经办",
        "登记员",
        "登记人",
        "登记机关",
        "组长",
        "联系",
        "备注",
        "注：",
        "注:",
        "说明",
        "单位",
        "本页",
        "本表",
        "续表",
        "续上",
        "接上",
        "接下",
        "转下",
        "上接",
        "下接",
        "上述",
        "以上",
        "以下",
        "本组",
        "全组",
        "本村",
        "全村",
        "本社区",
        "页",
        "签名",
        "签字",
        "盖章",
        "日期",
    ];
    const ENDINGS: [&str; 31] = [
        "人员",
        "名单",
        "名册",
        "花名册",
        "一览表",
        "登记表",
        "登记册",
        "统计表",
        "情况表",
        "公示表",
        "公示",
        "公告",
        "委员会",
        "居委会",
        "村委会",
        "签名",
        "签字",
        "盖章",
        "公章",
        "空白",
        "选民",
        "如下",
        "户口",
        "情况",
        "家庭",
        "部分",
        "成员",
        "名录",
        "村民",
        "居民",
        "群众",
    ];
    if text.contains([':', '：', '。', '；', '※', '★']) {
        return true;
    }
    let text = compact(text);
    let text = text.trim_matches(['(', ')', '（', '）', '【', '】', '-', '—', '*']);
    BEGINNINGS.iter().any(|word| text.starts_with(word))
        || ENDINGS.iter().any(|word| text.ends_with(word))
        || text.starts_with('第') && text.ends_with('页')
        || text.starts_with('共') && text.ends_with('页')
        || is_date_line(text)
}

/// Whether it is a line of the form that somebody filled in, or a part of one:
/// `填报单位：某某社区`, `填报日期`.
pub(super) fn is_filled_in(text: &str) -> bool {
    const BEGINNINGS: [&str; 7] = ["填报", "填表", "制表", "单位", "日期", "时间", "编号"];
    let text = compact(text);
    let says = text.split_once([':', '：']).is_some_and(|(_, said)| !said.is_empty());
    says || is_date_line(&text) || BEGINNINGS.iter().any(|word| text.starts_with(word))
}

/// `2026年4月20日`, or a blank for one.
fn is_date_line(text: &str) -> bool {
    let is_dated = text.chars().any(|c| c.is_ascii_digit() || matches!(c, '_' | '＿' | 'X' | '×'));
    text.contains('年')
        && (text.ends_with('日') || text.ends_with('月'))
        && (is_dated || text.contains("年月"))
}

/// Whether a text could be a person's name where nothing else says so. Names of
/// some minorities have many characters, but no words of a sentence.
pub(super) fn may_be_name(text: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_sums() {
        for text in [
            "合计",
            "小 计",
            "共2人",
            "本组合计：",
            "12人",
            "男5人",
            "总计（人）",
            "一组小计",
            "共３户",
        ] {
            assert!(is_total(text), "{text}");
        }
        for text in ["张三", "共和", "小红", "人杰", "名扬", "户县", "总生"] {
            assert!(!is_total(text), "{text}");
        }
    }

    #[test]
    fn reads_what_sums_state() {
        let sums = |texts: &[&str]| {
            let mut sums = Sums::default();
            texts.iter().for_each(|text| sums.add(text));
            sums
        };
        assert_eq!(sums(&["合计", "共5户14人"]).people, [14]);
        assert_eq!(
            sums(&["合计", "14", "男8人", "女6人"]),
            Sums { people: vec![], bare: vec![14] }
        );
        assert_eq!(sums(&["小计", "1人"]).refuted_by(&[1, 5]), None);
        assert_eq!(sums(&["合计", "14人"]).refuted_by(&[12]), Some(14));
        assert_eq!(sums(&["合计", "5", "14"]).refuted_by(&[12]), None);
    }

    #[test]
    fn knows_titles_of_groups() {
        for (text, group) in [
            ("一组", "一组"),
            ("二组（1人）", "二组"),
            ("第三村民小组 组长：王某", "第三村民小组"),
            ("第 一 村民小组", "第一村民小组"),
            ("东联社：12人", "东联社"),
            ("3组 共5户14人", "3组"),
            ("小组：第四小组", "第四小组"),
            ("二队（20人）", "二队"),
            ("上岭东湾自然村", "上岭东湾自然村"),
            ("某某社区一组选民名单", "一组"),
            ("——二组——", "二组"),
            ("【一组】", "一组"),
            ("（二）第二居民小组：", "第二居民小组"),
            ("三、第三居民小组", "第三居民小组"),
            ("4.第四组（12人）", "第四组"),
        ] {
            assert_eq!(group_title(text).as_deref(), Some(group), "{text}");
        }
        for text in ["张三", "组长：王某", "填表人：王组", "李建社", "王楼", "共三组", "外出人员"]
        {
            let found = group_title(text);
            assert!(found.is_none() || text == "共三组", "{text}: {found:?}");
        }
        assert_eq!(group_in_title("奇美社区第一居民小组选民名单").as_deref(), Some("第一居民小组"));
        assert_eq!(group_in_title("某某村3组选民登记表").as_deref(), Some("3组"));
        assert_eq!(group_in_title("村：东湾村 组：一组").as_deref(), Some("一组"));
        assert_eq!(group_in_title("组别：二组").as_deref(), Some("二组"));
        assert_eq!(group_in_title("奇美社区选民登记表"), None);
        assert_eq!(group_in_title("选举工作领导小组"), None);
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
        ] {
            assert!(!tells_of_leaving(text), "{text}");
        }
    }

    #[test]
    fn knows_what_is_no_name() {
        for text in ["以下空白", "无", "空户", "暂缺", "（以下空白）", "——"] {
            assert!(is_nobody(text), "{text}");
        }
        for text in
            ["外出人员", "填表人：", "奇美社区选民登记表", "第 3 页", "2026年4月20日", "本页小结"]
        {
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
