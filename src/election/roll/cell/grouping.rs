//! The names of groups, and titles that hold one.

use super::columns::{self, Column};
use super::lexicon::{self, Words};
use super::numerals::{is_numeral, value_of};
use super::words::{
    begins_with_digit, compact, has_any, is_of_one_person, is_status, outside_brackets,
};
use crate::election::person::Sex;
use crate::text::is_common_han;

/// Ends of the names of groups that nobody is called by.
const SURE_ENDS: [&str; 5] = ["组", "经联社", "经济社", "合作社", "联社"];

/// Ends that a person's name may have too.
const ENDS: [&str; 12] =
    ["社", "队", "屯", "片", "片区", "网格", "小区", "楼", "栋", "幢", "单元", "自然村"];

/// Last characters of the names of places, which may be groups or have groups.
const PLACES: &str =
    "村湾塆沟屯寨庄坪坝片区队格楼栋幢院冲坳岭塘桥坊营堡坡坑洼峪垸圩埭弄巷街里园苑河庙墩店铺";

/// Whether a text is the name of a group.
pub(crate) fn looks_like_group(text: &str) -> bool {
    let text = compact(text);
    let len = text.chars().count();
    let ends = |ends: &[&str]| ends.iter().any(|end| text.ends_with(end));
    let is_sure = ends(&SURE_ENDS) || ends(&ENDS) && (is_numbered(&text) || len >= 5);
    (2..=15).contains(&len)
        && is_sure
        && !text.contains(['、', '，', ',', ':', '：'])
        && !text.starts_with(['以', 'N', 'n'])
        && !is_any_group(&text)
        && !moves_somebody(&text)
}

/// `李四改到二组`.
fn moves_somebody(text: &str) -> bool {
    const WORDS: [&str; 20] = [
        "改到",
        "改为",
        "转到",
        "转入",
        "调到",
        "调入",
        "迁到",
        "属于",
        "并入",
        "移到",
        "调整到",
        "调整至",
        "调至",
        "转至",
        "移至",
        "迁至",
        "划到",
        "划归",
        "归到",
        "变更",
    ];
    WORDS.iter().any(|word| text.contains(word))
}

/// `本组`, `各村民小组`, `共三组`, `领导小组`: of groups, and no group's name.
fn is_any_group(text: &str) -> bool {
    const OTHERS: [&str; 6] = ["领导小组", "工作组", "工作小组", "筹备组", "监督小组", "选举小组"];
    if OTHERS.iter().any(|other| text.ends_with(other)) {
        return true;
    }
    let rest = text.strip_prefix(['本', '全', '该', '此', '各', '每', '共']);
    if rest.is_none() && !["村民", "居民", "小组"].iter().any(|word| text.starts_with(word)) {
        return false;
    }
    let rest = rest.unwrap_or(text);
    let rest = rest.trim_start_matches(is_numeral).trim_start_matches('个');
    let kinds = SURE_ENDS.iter().chain(&ENDS);
    let rest = rest.trim_start_matches("村民").trim_start_matches("居民").trim_start_matches('小');
    kinds.into_iter().any(|kind| rest == *kind)
}

/// Whether a text can be nothing but the name of a group: `一组`, `第三居民小组`.
pub(crate) fn is_surely_group(text: &str) -> bool {
    let text = compact(text);
    text.ends_with('组') && is_numbered(&text) && looks_like_group(&text)
}

/// Whether it begins as `第一…`, `3…`, `二…` do.
fn is_numbered(text: &str) -> bool {
    text.strip_prefix('第').unwrap_or(text).starts_with(is_numeral)
}

/// The group of which a text is the title: its name, and perhaps the number of
/// people, a leader or a word after it.
pub(crate) fn group_title(text: &str) -> Option<String> {
    const LONGEST: usize = 60;
    const LABEL: usize = 5;
    // 所属小组  一组
    if let Some((label, said)) = text.trim().split_once(char::is_whitespace)
        && is_group_label(label)
        && looks_like_group(&compact(said))
    {
        return Some(compact(said).into_owned());
    }
    // 村名：白云村  组名：一组
    let is_of_groups = |label: &str| is_group_label(label) && label.contains(['组', '队', '社']);
    if let Some(part) = labelled(text, is_of_groups).or_else(|| labelled(text, is_group_label)) {
        return group_title(part);
    }
    if let Some(part) = behind_station(text) {
        return group_title(part);
    }
    if !counted_apart(text).is_empty() || is_of_one_person(text) {
        return None;
    }
    let text = compact(text);
    if let Some(group) = without_brackets(&text) {
        return Some(group);
    }
    let text = without_page(text.trim_matches(is_ornament));
    if text.chars().count() > LONGEST || !counted_apart(text).is_empty() {
        return None;
    }
    let text = match text.split_once([':', '：']) {
        // Behind such a word anything short is a name: 小组：后坑.
        Some((label, said)) if is_group_label(label) && is_short_name(said) => {
            return Some(said.to_owned());
        }
        // 组别：1, 网格：03
        Some((label, said)) if is_group_label(label) && is_number(said) => {
            let kind = ["组", "网格", "栋"].into_iter().find(|kind| label.contains(kind))?;
            return Some(format!("{said}{kind}"));
        }
        // 填报组：一组, 单位：一组
        Some((label, said))
            if label.chars().nth(LABEL).is_none()
                && number_of(label).is_none()
                && number_of(said).is_some() =>
        {
            said
        }
        Some((label, said)) if is_group_label(label) => said,
        _ => text,
    };
    let text = behind_page(text).or_else(|| behind_digits(text)).unwrap_or(text);
    if let Some(several) = several_in(text) {
        let rest = text.strip_prefix(several)?;
        return is_tail(rest).then(|| several.to_owned());
    }
    let text = without_number(text);
    let text = text.trim_matches(['《', '》']);
    let text = ["以下为", "以下是", "以下", "下列为", "下列是", "附："]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(text);
    // 二组名单见另表 is of nobody below.
    if has_any(text, &["见另", "另册", "另表", "另附", "另纸", "另报"]) {
        return None;
    }
    // 以上为一组 would be the title of those above.
    if text.starts_with(['以', '上']) && (text.starts_with("以上") || text.starts_with("上述"))
    {
        return None;
    }
    if let Some(group) = beside_its_hamlet(text) {
        return Some(group);
    }
    // The longest name first: 第一组小组 is no 第一组.
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
    // No name ends within brackets: 第一组（幸福小区）.
    let brackets = ['(', '（', '【', '['];
    let is_whole = |name: &str| !name.trim_start_matches(brackets).contains(brackets);
    let mut names = ends.filter(|&end| {
        let (name, rest) = text.split_at(end);
        // 第四村民小组长：王大海
        let names_leader = rest.starts_with("长：") && !name.ends_with("组组");
        looks_like_group(name) && (is_tail(rest) || names_leader) && is_whole(name)
    });
    let end = before_leader(text).or_else(|| names.next())?;
    // 某某社区一组选民名单 is of 一组.
    let is_of_a_list =
        ["单", "册", "表", "簿"].iter().any(|word| outside_brackets(&text[end..]).ends_with(word));
    let is_told = is_of_a_list || is_behind_a_village(&text[..end]);
    let within = if is_told { group_in_title(text) } else { None };
    within.or_else(|| Some(text[..end].trim_start_matches(['(', '（', '【', '[']).to_owned()))
}

/// 一组 of `第一投票站（一组）` and `第一选区：一组（共3人）`.
fn behind_station(text: &str) -> Option<&str> {
    let (station, said) = text.trim().split_once([':', '：', '(', '（'])?;
    let is_numbered = station.contains(is_numeral) && is_status(station);
    let said = said.trim();
    let said =
        said.strip_suffix([')', '）']).filter(|it| !it.contains(['(', '（'])).unwrap_or(said);
    let bare = outside_brackets(said);
    (is_numbered && (number_of(bare.trim()).is_some() || is_place(&bare))).then_some(said)
}

/// `石桥村一组`, `幸福社区第一居民小组`.
fn is_behind_a_village(group: &str) -> bool {
    let begin = group.find(|c| c == '第' || is_numeral(c)).unwrap_or_default();
    let village = &group[..begin];
    (village.ends_with('村') && !village.ends_with("自然村")
        || ["社区", "委员会", "村委会", "居委会"].iter().any(|end| village.ends_with(end)))
        && village.chars().nth(2).is_some()
        && number_of(&group[begin..]).is_some()
}

/// 一组 of `（一）组`.
fn without_brackets(text: &str) -> Option<String> {
    let (number, kind) = text.strip_prefix(['(', '（'])?.split_once([')', '）'])?;
    let group = format!("{number}{kind}");
    let is_number = !number.is_empty() && number.chars().all(is_numeral);
    // （一）第三组 and （二）排上小组 are sections.
    let is_kind = kind.chars().all(|c| "村居民小组".contains(c));
    (is_number && is_kind && is_surely_group(&group)).then_some(group)
}

/// 一组 of `一组·上湾`, `一组-上湾`, `上湾（一组）`.
fn beside_its_hamlet(text: &str) -> Option<String> {
    const HAMLET: std::ops::RangeInclusive<usize> = 2..=4;
    let is_hamlet =
        |text: &str| HAMLET.contains(&text.chars().count()) && text.chars().all(is_common_han);
    let (first, second) = text
        .split_once(['·', '•', '-', '－', '—', '–', '(', '（'])
        .map(|(first, second)| (first, second.trim_start_matches('—')))
        .map(|(first, second)| (first, second.trim_end_matches([')', '）'])))?;
    let is_in_brackets = text.ends_with([')', '）']);
    match () {
        () if is_in_brackets && is_hamlet(first) && is_surely_group(second) => Some(second.into()),
        () if !is_in_brackets && is_surely_group(first) && is_hamlet(second) => Some(first.into()),
        () => None,
    }
}

/// Where the name ends that stands before the word for a leader: 一组 of `一组楼长：王某`.
fn before_leader(text: &str) -> Option<usize> {
    if !has_leader(text) {
        return None;
    }
    let mut ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.find(|&end| {
        let (name, rest) = text.split_at(end);
        looks_like_group(name) && names_leader(rest.trim_start_matches(is_ornament))
    })
}

/// `组：一组` of 村：白云村  组：一组  日期：2026年3月1日.
fn labelled(text: &str, is_label: impl Fn(&str) -> bool) -> Option<&str> {
    let mut parts = text.split_whitespace();
    let is_of_several = text.split_whitespace().nth(1).is_some();
    let says = |part: &&str| {
        let said = part.split_once([':', '：']).filter(|(_, said)| !said.is_empty());
        said.is_some_and(|(label, _)| is_label(label))
    };
    parts.find(says).filter(|_| is_of_several)
}

/// `一组` of 一组第2页.
pub(crate) fn without_page(text: &str) -> &str {
    let page = text.strip_suffix('页').and_then(|text| text.rsplit_once('第'));
    page.filter(|(_, number)| number.chars().all(is_numeral)).map_or(text, |(text, _)| text)
}

/// `一组2人`, `一组共2人`.
fn group_before_count(text: &str) -> Option<String> {
    group_of_sum(text).or_else(|| {
        let bare = without_count(text);
        (bare.len() < text.len() && looks_like_group(bare)).then(|| bare.to_owned())
    })
}

/// `一组共6人，二组共6人`: several groups, each with what is said of it.
pub(crate) fn counted_apart(text: &str) -> Vec<(String, &str)> {
    let is_counted = |part: &&str| part.contains(is_numeral) && part.contains(['人', '名']);
    let text = text.split_once("其中").map_or(text, |(_, said)| said);
    let text = text.trim_start_matches([':', '：']);
    let parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || "，,、；;".contains(c))
        .filter(is_counted)
        .collect();
    let named = parts.iter().filter_map(|part| Some((group_before_count(part)?, *part)));
    let named: Vec<(String, &str)> = named.collect();
    let is_apart = named.len() > 1 && named.windows(2).all(|pair| pair[0].0 != pair[1].0);
    if is_apart { named } else { Vec::new() }
}

/// A line below a group that says that it is all or was checked: `（一组完）`.
pub(crate) fn closes_a_group(text: &str) -> bool {
    const WORDS: [&str; 8] = ["完", "毕", "止", "结束", "核对", "无误", "已核", "以上"];
    let text = compact(text);
    let text = text.trim_matches(['(', ')', '（', '）', '【', '】']);
    let group = Numbered::of(text).filter(|group| group.kind.is_some());
    let said = group.map_or("", |group| &text[group.len..]);
    WORDS.iter().any(|word| said.starts_with(word))
}

/// `▲一组`, `——二组——`: signs around a title that say nothing.
fn is_ornament(c: char) -> bool {
    !c.is_alphanumeric() && !"()（）[]【】《》:：".contains(c)
}

/// Whether a text is most likely the name of a place, which may be a group or have
/// groups: `上坪自然村`, `东片`, `张家湾`.
pub(crate) fn is_place(text: &str) -> bool {
    const WHOLES: [char; 9] = ['本', '全', '该', '此', '各', '每', '共', '外', '行'];
    let text = compact(text);
    (2..=8).contains(&text.chars().count())
        && text.chars().all(|c| is_common_han(c) || is_numeral(c))
        && (text.ends_with(|c| PLACES.contains(c))
            || text.ends_with("胡同")
            || text.ends_with("庄台"))
        && !text.starts_with(WHOLES)
        && !text.ends_with("社区")
        && !is_status(&text)
        && columns::known(&text).is_none()
}

/// Whether it is a place that nobody is called by.
pub(crate) fn is_surely_place(text: &str) -> bool {
    let is_of_family = text.chars().nth(1) == Some('家') && text.chars().nth(2).is_some();
    is_place(text) && (is_of_family || text.ends_with(['队', '片']))
}

/// The place of which a title is: `张家村选民名单`, `东队（2人）`, `上坪村一组名单`.
pub(crate) fn place_in_title(title: &str) -> Option<String> {
    const LONGEST: usize = 60;
    const WORDS: [&str; 11] =
        ["名单", "名册", "花名", "登记", "选民", "村民", "居民", "公示", "一览", "表", "册"];
    if title.len() > 3 * LONGEST {
        return None;
    }
    if let Some(part) = labelled(title, |label| matches!(label, "村" | "村名" | "行政村" | "社区"))
        && let Some((_, place)) = part.split_once([':', '：'])
    {
        return Some(place.to_owned()).filter(|place| is_place(place));
    }
    let title = title.trim_start_matches(is_ornament);
    let title = ["以下为", "以下是", "以下系", "单位：", "单位:"]
        .iter()
        .find_map(|word| title.strip_prefix(word))
        .unwrap_or(title);
    let bare = bare_title(title);
    let mut place = without_leader(&bare);
    while let Some(rest) = WORDS.iter().find_map(|word| place.strip_suffix(word)) {
        place = rest;
    }
    if is_place(place) {
        return Some(without_township(place).to_owned());
    }
    let group = group_in_title(place)?;
    place.split(&*group).next().filter(|before| is_place(before)).map(Into::into)
}

/// 杨河村 of `杨河村一队` and `杨河村二队`: the village before the names of all its groups.
pub(crate) fn village_of_all<'n>(names: &[&'n str]) -> Option<&'n str> {
    let first = names.first()?;
    let village = &first[..first.find('村')? + '村'.len_utf8()];
    let is_within = |name: &&str| {
        let within = name.strip_prefix(village);
        within.is_some_and(|it| it.chars().nth(1).is_some() && is_place(it))
    };
    let is_village = village.chars().nth(2).is_some() && !village.ends_with("自然村");
    (is_village && names.iter().all(is_within)).then_some(village)
}

/// 磨石村 of `安远镇磨石村`.
fn without_township(place: &str) -> &str {
    const KINDS: [&str; 3] = ["镇", "乡", "街道"];
    let within =
        KINDS.iter().find_map(|kind| place.split_once(kind)).filter(|(township, within)| {
            township.chars().nth(1).is_some()
                && within.ends_with('村')
                && within.chars().nth(2).is_some()
        });
    within.map_or(place, |(_, within)| within)
}

/// A title without its number, brackets, ornaments and the number of people: `走马` of
/// `1、走马`, `走马（12户）`, `【走马】` and `走马4人`.
pub(crate) fn bare_title(title: &str) -> String {
    let title = compact(title).replace(['【', '】'], "");
    let title = title.strip_suffix("选民").filter(|it| it.ends_with('名')).unwrap_or(&title);
    let text = outside_brackets(title.trim_matches(is_ornament));
    let text = without_number(text.trim_matches(is_ornament));
    let text = ["No.", "NO.", "no."]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .map_or(text, |it| it.trim_start_matches(|c: char| c.is_ascii_digit()));
    let uncounted = text.strip_suffix(['人', '户', '名']).filter(|it| it.ends_with(is_numeral));
    let text = uncounted.map_or(text, |it| it.trim_end_matches(is_numeral));
    text.trim_end_matches(['共', ':', '：']).to_owned()
}

/// 张湾 of `张湾 组长：王强`, without its spaces.
pub(crate) fn without_leader(bare: &str) -> &str {
    let leader = LEADERS.iter().filter_map(|word| bare.find(word)).min();
    bare[..leader.unwrap_or(bare.len())].trim_end_matches([':', '：'])
}

/// Whether two names are of groups of one kind, so that neither has the other: of
/// 上坪自然村 and 一组 the first has the second.
pub(crate) fn are_of_one_kind(one: &str, other: &str) -> bool {
    let kind = |name: &str| without_count(name).trim().chars().next_back();
    kind(one) == kind(other)
}

/// Whether it is a building, where people of several groups may live.
pub(crate) fn is_building(name: &str) -> bool {
    name.ends_with(['楼', '栋', '幢', '苑', '园'])
        || name.ends_with("单元")
        || name.ends_with("小区")
}

/// The name of a group without the number of its people or its leader: `东冲组（2人）`,
/// `一组 4人`. What else stands in brackets may be part of the name.
pub(crate) fn without_count(name: &str) -> &str {
    const LONGEST: usize = 120;
    let is_count = |c: char| is_numeral(c) || "共计合户人名口男女，,、:：".contains(c);
    let counts = |said: &str| {
        said.contains(is_numeral)
            && said.contains(['人', '户', '名', '口'])
            && said.chars().all(|c| is_count(c) || c.is_whitespace())
    };
    if let Some((bare, said)) = name.split_once(['(', '（']) {
        let said = said.strip_suffix([')', '）']).unwrap_or_default();
        let goes_on = matches!(said, "续" | "接上" | "接上页" | "续表" | "续上");
        let is_besides = goes_on || counts(said) || names_leader(said);
        return if is_besides && looks_like_group(bare) { bare } else { name };
    }
    if name.len() > LONGEST || !name.contains(['人', '户', '名', '口']) {
        return name;
    }
    let mut ends = name.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
    let end = ends.find(|&end| looks_like_group(&name[..end]) && counts(&name[end..]));
    end.map_or(name, |end| name[..end].trim_end())
}

/// What one character says that is no name of a group: somebody wrote `第一组` a
/// character a row.
pub(crate) fn is_piece_of_name(text: &str) -> bool {
    const LONGEST: usize = 4;
    text.len() <= LONGEST
        && matches!(text.trim(), "组" | "第" | "小" | "村" | "居" | "民" | "社" | "队" | "屯")
}

/// The group of a sum such as `一组合计：3人`, or of a line such as `以上为一组`.
pub(crate) fn group_of_sum(text: &str) -> Option<String> {
    let text = compact(text);
    if text.contains(['，', ',', '、', '；', ';']) && !counted_apart(&text).is_empty() {
        return None;
    }
    let above = ["以上", "上述"].iter().find_map(|word| text.strip_prefix(word));
    let text = above.unwrap_or(&text).trim_start_matches(['为', '是', '系', '属']);
    let end = ["合计", "小计", "总计", "汇总", "共", "选民", "人员", "，", ","]
        .iter()
        .filter_map(|word| text.find(word))
        .min();
    let name = &text[..end.unwrap_or(text.len())];
    let name = without_count(without_number(name).trim_end_matches([':', '：', '(', '（']));
    looks_like_group(name).then(|| name.to_owned())
}

/// What of a text names several groups: `一组、二组`, `一、二组`, `1-3组`, `一组二组`.
pub(crate) fn several_in(text: &str) -> Option<&str> {
    let starts = text.char_indices().filter(|(_, c)| *c == '第' || is_numeral(*c));
    let mut last = 0;
    for (from, _) in starts {
        if from < last {
            continue;
        }
        let Some(mut before) = Numbered::of(&text[from..]) else { continue };
        let (mut end, mut named, mut count) = (from + before.len, None, 1);
        while let Some((at, one)) = next_of_several(&text[end..], &before) {
            // 二、二组 is numbered, 一、二组 are two.
            let is_number = from == 0 && count == 1 && before.kind.is_none();
            if is_number && before.value == one.value {
                break;
            }
            (end, count) = (end + at + one.len, count + 1);
            named = one.kind.map(|_| end).or(named);
            before = one;
        }
        if let Some(to) = named {
            return Some(&text[from..to]);
        }
        last = end;
    }
    None
}

/// The numbers of the groups that a text names: 1, 3 of `一、三组`, 1 to 3 of `1-3组`.
pub(crate) fn numbers_in(groups: &str) -> Vec<u32> {
    const MOST: u32 = 100;
    let mut numbers: Vec<u32> = Vec::new();
    let (mut rest, mut is_span) = (groups, false);
    while let Some(one) = Numbered::of(rest) {
        let Some(value) = one.value.filter(|value| *value <= MOST) else { break };
        let before = numbers.last().filter(|_| is_span).copied();
        numbers.extend(before.map_or(value, |last| last + 1)..=value);
        rest = &rest[one.len..];
        is_span = rest.starts_with(['-', '—', '~', '～', '至']);
        rest = rest.trim_start_matches(|c: char| !is_numeral(c) && c != '第');
    }
    numbers
}

/// The next of several groups, and where it begins: behind a link, or right behind a
/// group of the same kind.
fn next_of_several(rest: &str, before: &Numbered) -> Option<(usize, Numbered)> {
    const LINKS: [char; 24] = [
        '转', '改', '调', '兼', '、', '和', '及', '与', '至', '或', '-', '—', '~', '～', '，', ',',
        '；', ';', '/', '／', '+', '＋', '&', '→',
    ];
    let said = rest.trim_start_matches(LINKS);
    let one = Numbered::of(said)?;
    let is_linked = said.len() < rest.len();
    (is_linked || before.kind.is_some() && before.kind == one.kind)
        .then_some((rest.len() - said.len(), one))
}

/// `第一居民小组`, `2`: a number, and perhaps the group that has it.
#[derive(Clone, Copy)]
pub(super) struct Numbered {
    pub len: usize,
    value: Option<u32>,
    pub kind: Option<char>,
}

impl Numbered {
    pub(super) fn of(text: &str) -> Option<Self> {
        let bare = text.strip_prefix('第').unwrap_or(text);
        let rest = bare.trim_start_matches(is_numeral);
        let value = value_of(&bare[..bare.len() - rest.len()]);
        let kinds = ["村民小", "居民小", "村民", "居民", "小"];
        let of = kinds.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
        let kind = of.chars().next().filter(|c| "组社队屯".contains(*c) && !of.starts_with("社区"));
        let after = if kind.is_some() { &of['组'.len_utf8()..] } else { rest };
        let after = if kind == Some('组') { after.trim_start_matches('组') } else { after };
        (rest.len() < bare.len()).then_some(Self { len: text.len() - after.len(), value, kind })
    }
}

/// Whether a title ends with the word for an area, as all of them are called: 某某社区网格,
/// 某某社区各小区, and not 第一网格.
pub(crate) fn is_of_any_area(title: &str) -> bool {
    const AREAS: [&str; 5] = ["网格", "小区", "楼栋", "单元", "片区"];
    let before = AREAS.iter().find_map(|area| title.strip_suffix(area));
    before.is_some_and(|before| {
        number_of(title).is_none() && before.ends_with(['区', '村', '各', '园'])
    })
}

/// The number of a group: 2 of `第二村民小组`.
pub(crate) fn number_of(group: &str) -> Option<u32> {
    Numbered::of(group).filter(|it| it.kind.is_some() && it.len == group.len())?.value
}

/// Whether the cell of a group names several: `一组,二组`, `上寨、下寨`, `1、2`.
pub(crate) fn names_several(cell: &str) -> bool {
    let text = compact(cell);
    let outside = outside_brackets(&text);
    let parts = || outside.split(['、', '，', ',', '；', ';', '/', '／', '+', '＋', '&', '→']);
    let are_numbers = || parts().all(|part| !part.is_empty() && part.chars().all(is_numeral));
    let are_names = || {
        let kind = |name: &str| name.chars().next_back();
        let mut names = parts().filter(|part| looks_like_group(part));
        names.next().is_some_and(|first| names.any(|one| kind(one) == kind(first)))
    };
    several_in(&outside).is_some()
        || outside.contains('、')
        || parts().nth(1).is_some() && (are_numbers() || are_names())
}

/// What stands behind the number of a section, a page or an annex: `（二）第二组`,
/// `三、第三组`, `第1页 一组`, `附件2二组`, `01一组`.
pub(crate) fn without_number(text: &str) -> &str {
    if let Some(said) = behind_page(text).or_else(|| behind_digits(text)) {
        return said;
    }
    let (open, rest) = match text.strip_prefix(['(', '（']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let said = rest.trim_start_matches(is_numeral);
    let ends: &[char] = if open { &[')', '）'] } else { &['、', '.', '．'] };
    let said = said.strip_prefix(ends).filter(|said| !said.is_empty());
    said.filter(|_| rest.starts_with(is_numeral)).unwrap_or(text)
}

/// 一组 of `第1页一组` and `第一册一组`.
fn behind_page(text: &str) -> Option<&str> {
    let (number, said) = text.strip_prefix('第')?.split_once(['页', '册', '卷'])?;
    (number.chars().all(is_numeral) && !said.is_empty()).then_some(said)
}

/// 一组 of `01一组` and `附件1一组`.
fn behind_digits(text: &str) -> Option<&str> {
    const ANNEXES: [&str; 4] = ["附件", "附表", "附", "表"];
    let annex = ANNEXES.iter().find_map(|word| text.strip_prefix(word));
    let number = annex.unwrap_or(text);
    let said = number.trim_start_matches(|c: char| c.is_ascii_digit());
    // 附件1-一组; 1-3组 are three.
    let between: &[char] =
        if annex.is_some() { &['-', '—', '_', '、', '.', ':', '：'] } else { &[] };
    let said = said.trim_start_matches(between);
    let is_group = || Numbered::of(said).is_some_and(|group| group.kind.is_some());
    (said.len() < number.len() && is_group()).then_some(said)
}

pub(crate) fn is_group_label(label: &str) -> bool {
    matches!(columns::known(label), Some((Column::Group, _)))
}

fn is_number(text: &str) -> bool {
    const LONGEST: usize = 3;
    !text.is_empty() && text.chars().nth(LONGEST).is_none() && text.chars().all(is_numeral)
}

pub(crate) fn is_short_name(text: &str) -> bool {
    (2..=6).contains(&text.chars().count())
        && text.chars().all(is_common_han)
        && !looks_like_group(text)
}

static LEADERS: Words = Words::new(|| lexicon::words("groups", "leader"));

/// Whether a text begins with the word for who leads a group: `组长：王某`.
pub(crate) fn names_leader(text: &str) -> bool {
    LEADERS.iter().any(|word| text.starts_with(word))
}

/// Whether a text has such a word in it.
pub(crate) fn has_leader(text: &str) -> bool {
    has_any(text, &LEADERS)
}

/// Whether a text is such a word.
pub(crate) fn is_leader(text: &str) -> bool {
    LEADERS.contains(&text)
}

/// What may follow the name of a group in its title.
fn is_tail(rest: &str) -> bool {
    static WORDS: Words = Words::new(|| lexicon::words("groups", "tail"));
    let is_said =
        |rest: &str| names_leader(rest) || WORDS.iter().any(|word| rest.starts_with(word));
    let rest = rest.trim_start_matches(is_ornament);
    rest.is_empty()
        || rest.starts_with([
            '(', '（', '[', '【', ':', '：', ',', '，', '、', '-', '—', ']', '】', ')', '）',
        ])
        || begins_with_digit(rest.trim_start_matches(['男', '女']))
        || is_said(rest)
}

/// What stands before a group in lines that are no titles of it: 投票站设在三组晒场.
const OF_OTHER_THINGS: [&str; 14] = [
    "不含",
    "不包括",
    "除",
    "投票",
    "地点",
    "设在",
    "联系",
    "制表",
    "填表",
    "审核",
    "说明",
    "送",
    "附",
    "注",
];
/// And behind it: 三组已撤销.
const OF_MISSING: [&str; 6] = ["已撤", "已并", "另册", "另附", "缺", "未"];

/// The group that a title over a table names, such as `奇美社区第一居民小组选民名单`.
pub(crate) fn group_in_title(title: &str) -> Option<String> {
    const LONGEST: usize = 60;
    let is_of_several = !counted_apart(title).is_empty();
    let title = compact(title);
    if is_of_several || title.chars().count() > LONGEST || !counted_apart(&title).is_empty() {
        return None;
    }
    if let Some(several) = several_in(&title) {
        return Some(several.to_owned());
    }
    if let Some((label, said)) = title.rsplit_once([':', '：'])
        && ["组", "组别", "组名"].iter().any(|word| label.ends_with(word))
    {
        return Some(said.to_owned()).filter(|name| looks_like_group(name));
    }
    const KINDS: [char; 3] = ['组', '队', '社'];
    let kinds = title.char_indices().filter(|(_, c)| KINDS.contains(c));
    let mut groups = kinds.filter_map(|(at, kind)| numbered_until(&title, at, kind));
    groups.next().map(ToOwned::to_owned)
}

/// The group with a number whose kind stands at `at` of a title.
fn numbered_until(title: &str, at: usize, kind: char) -> Option<&str> {
    let (middle, rest) = (&title[..at], &title[at + kind.len_utf8()..]);
    let middle = match kind {
        '组' => middle.trim_end_matches('小').trim_end_matches("村民").trim_end_matches("居民"),
        '队' => middle.trim_end_matches("生产"),
        _ => middle,
    };
    let bare = middle.trim_end_matches(is_numeral);
    let from = bare.strip_suffix('第').unwrap_or(bare).len();
    let is_leader = rest.starts_with('长');
    let is_of_another = has_any(&title[..from], &OF_OTHER_THINGS)
        || OF_MISSING.iter().any(|word| rest.starts_with(word))
        || kind == '社' && rest.starts_with('区');
    let is_numbered = bare.len() < middle.len();
    (is_numbered && !is_leader && !is_of_another).then(|| &title[from..at + kind.len_utf8()])
}

/// 东队 and men of `东队男`, as a sheet is called.
pub(crate) fn group_and_sex(name: &str) -> Option<(&str, Sex)> {
    let bare = name.trim().trim_end_matches("选民");
    let last = bare.chars().next_back()?;
    let group = bare[..bare.len() - last.len_utf8()].trim_end_matches(['-', '—', '_', ' ']);
    let sex = Sex::parse(bare.get(bare.len() - last.len_utf8()..)?)?;
    (is_surely_group(group) || is_place(group)).then_some((group, sex))
}

/// The group that the name of a sheet tells; `一、二组` are asked about.
pub(crate) fn group_of_sheet(name: &str) -> Option<String> {
    if let Some(said) = behind_digits(&compact(name)) {
        return group_of_sheet(said);
    }
    if let Some(several) = several_in(&compact(name)) {
        return Some(several.to_owned());
    }
    if name.contains(['+', '，', ',', '&', '＋']) {
        return None;
    }
    group_in_title(name).filter(|group| looks_like_group(group)).or_else(|| group_title(name))
}

/// Whether a sheet may be called by a group whose name says nothing: `上寨`. Others
/// are called for being pages, copies, lists.
pub(crate) fn may_name_a_group(sheet: &str) -> bool {
    static WORDS: Words = Words::new(|| lexicon::words("groups", "no-group-within"));
    let name = compact(sheet).to_lowercase();
    if is_mere_number(&name) {
        return false;
    }
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let is_numbered = |word: &str| {
        name.strip_suffix(|c: char| is_numeral(c)).is_some_and(|rest| rest.ends_with(word))
    };
    digits < 3
        && !["男", "女", "村民小组", "居民小组", "小组"].contains(&&*name)
        && !WORDS.iter().any(|word| name.contains(word))
        && !is_numbered("表")
}

/// Whether a sheet is called `1` or `二`: it may be of a group, and may be a page.
pub(crate) fn is_mere_number(sheet: &str) -> bool {
    let name = compact(sheet);
    !name.is_empty() && name.chars().all(is_numeral)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_titles_of_groups() {
        for (text, group) in [
            ("一组", "一组"),
            ("村民小组：第一村民小组　填表人：李四", "第一村民小组"),
            ("二组（1人）", "二组"),
            ("第三村民小组 组长：王某", "第三村民小组"),
            ("第 一 村民小组", "第一村民小组"),
            ("东联社：12人", "东联社"),
            ("3组 共5户14人", "3组"),
            ("小组：第四小组", "第四小组"),
            ("二队（20人）", "二队"),
            ("上岭东湾自然村", "上岭东湾自然村"),
            ("某某社区一组选民名单", "一组"),
            ("某某村一组选民花名册（共2人）", "一组"),
            ("——二组——", "二组"),
            ("【一组】", "一组"),
            ("（二）第二居民小组：", "第二居民小组"),
            ("三、第三居民小组", "第三居民小组"),
            ("4.第四组（12人）", "第四组"),
            ("二、二组", "二组"),
            ("二组（组长：王某，共35人）", "二组"),
            ("第一居民小组（幸福小区）", "第一居民小组"),
        ] {
            assert_eq!(group_title(text).as_deref(), Some(group), "{text}");
        }
        for text in ["本组", "全组共2人", "选举领导小组", "村民小组长", "李四改到二组"]
        {
            assert_eq!(group_title(text), None, "{text}");
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
    fn takes_numbers_and_leaders_off_the_names_of_groups() {
        for cell in
            ["一组（4人）", "一组(共3户，12人)", "一组 4人", "一组：4人", "一组（组长：王某）"]
        {
            assert_eq!(without_count(cell), "一组", "{cell}");
        }
        for cell in ["一组（东湾）", "东湾4组", "一组", "人民组", "名山组"] {
            assert_eq!(without_count(cell), cell);
        }
    }

    #[test]
    fn knows_several_groups_in_one_name() {
        for (text, several) in [
            ("一、二组", "一、二组"),
            ("一组、二组选民名单", "一组、二组"),
            ("1-3组", "1-3组"),
            ("奇美村一、二、三组选民登记表", "一、二、三组"),
            ("第一居民小组和第二居民小组", "第一居民小组和第二居民小组"),
            ("一组二组", "一组二组"),
            ("3组/4组（共12人）", "3组/4组"),
        ] {
            assert_eq!(several_in(text), Some(several), "{text}");
        }
        for text in [
            "一组",
            "二、二组",
            "三、第三居民小组，组长1人",
            "一社区二组",
            "第一组12人",
            "一队二组",
        ] {
            assert_eq!(several_in(text), None, "{text}");
        }
        assert_eq!(several_in("二组转一组"), Some("二组转一组"));
        assert_eq!(group_title("一、二组（5人）").as_deref(), Some("一、二组"));
        assert_eq!(group_in_title("奇美村一、二组选民名单").as_deref(), Some("一、二组"));
        for cell in [
            "一组,二组",
            "一组、二组",
            "一组 二组",
            "1、2",
            "上寨、下寨",
            "上寨组/下寨组",
            "一组→二组",
        ] {
            assert!(names_several(cell), "{cell}");
        }
        for cell in [
            "一组",
            "第 一 组",
            "一组（东湾、西湾）",
            "东湾自然村 一组",
            "东湾自然村/一组",
            "1-2",
            "和平组",
            "第一片区2组",
            "2栋1单元",
        ] {
            assert!(!names_several(cell), "{cell}");
        }
    }

    #[test]
    fn knows_the_numbers_of_several_groups() {
        for (text, numbers) in [
            ("一、三组", vec![1, 3]),
            ("1-3组", vec![1, 2, 3]),
            ("第一、第二村民小组", vec![1, 2]),
            ("一组至四组", vec![1, 2, 3, 4]),
            ("二组", vec![2]),
            ("东队", vec![]),
        ] {
            assert_eq!(numbers_in(text), numbers, "{text}");
        }
    }
}
