//! Columns are found by their headings, in any order.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::lexicon::{self, Words};
use super::simplified::simplified;
use super::words;
use crate::election::person::half_width;
use crate::text::is_common_han;

/// What a column says of a voter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    Name,
    Sex,
    Birth,
    BirthYear,
    BirthMonth,
    BirthDay,
    IdNumber,
    Group,
    Household,
    Category,
    /// Of use only where nothing else tells the birth.
    Age,
    /// What the voter is to the head of the household.
    Relation,
    /// What the secretary confirmed: 确是两人.
    Checked,
    /// What is still to be asked, as workbooks of this program say.
    Open,
    /// The number of the voter's card; it is not kept, but each has one.
    Card,
    /// The serial number; it is not kept, but a row of nothing else is blank.
    Serial,
}

pub(crate) const COLUMNS: usize = 16;

/// The heading under which copies of a roll carry what was asked of it.
pub(crate) const OPEN: &str = "待核对";

/// The headings by which a column is known, the surest first.
const HEADINGS: [(Column, &[&str]); COLUMNS] = [
    (
        Column::Name,
        &[
            "姓名",
            "选民姓名",
            "登记人姓名",
            "村民姓名",
            "居民姓名",
            "户代表姓名",
            "户代表",
            "家庭成员姓名",
            "登记人",
            "名字",
            "家庭成员",
            "选民",
            "选举人",
            "参选人",
            "参选村民",
            "村民",
            "居民",
            "人名",
            "全名",
            "姓名全称",
            "选民名",
            "参保人",
            "参保人员",
            "被保险人",
            "性名",
            "参选人员",
            "参加选举人员",
            "家庭人员",
            "户内成员",
            "人员名称",
            "登记参选人员",
            "name",
            "xm",
            "fullname",
            "votername",
        ],
    ),
    (
        Column::Sex,
        &["性别", "性别代码", "男女", "男/女", "男\\女", "性", "sex", "gender", "xb", "m/f"],
    ),
    (
        Column::Birth,
        &[
            "出生日期",
            "出生年月日",
            "出生年月",
            "生日",
            "生年月日",
            "生年月",
            "年月日",
            "诞辰",
            "阳历生日",
            "公历生日",
            "新历生日",
            "农历生日",
            "阴历生日",
            "出生时间",
            "出生",
            "生于",
            "生辰",
            "年生",
            "csrq",
            "birth",
            "birthdate",
            "dateofbirth",
            "birthday",
            "dob",
        ],
    ),
    (Column::BirthYear, &["出生年份", "出生年", "年", "出生年度", "生年"]),
    (Column::BirthMonth, &["出生月份", "出生月", "月"]),
    (Column::BirthDay, &["出生日", "日"]),
    (
        Column::IdNumber,
        &[
            "公民身份号码",
            "身份证号码",
            "身份证号",
            "居民身份证号码",
            "居民身份证号",
            "公民身份证号码",
            "公民身份证号",
            "身份证件号码",
            "身份号码",
            "身份证",
            "居民身份证",
            "id号",
            "id号码",
            "证件号码",
            "证件号",
            "证号",
            "二代证",
            "二代证号",
            "身份编号",
            "公民号",
            "公民身份",
            "gmsfhm",
            "sfz",
            "sfzh",
            "sfzhm",
            "有效证件号码",
            "idnumber",
            "idno",
            "idcard",
            "id_card",
            "id_no",
            "id_number",
            "id",
        ],
    ),
    (
        Column::Group,
        &[
            "小组",
            "居民小组",
            "村民小组",
            "组别",
            "所属小组",
            "所在小组",
            "所属居民小组",
            "所在居民小组",
            "所属村民小组",
            "所在村民小组",
            "小组名称",
            "居民组",
            "村民组",
            "村小组",
            "组名",
            "组",
            "几组",
            "第几组",
            "分组",
            "经联社",
            "经济社",
            "村组",
            "生产队",
            "group",
        ],
    ),
    (
        Column::Household,
        &["户号", "户编号", "家庭编号", "户口编号", "户主", "户主姓名", "户主名", "household"],
    ),
    (Column::Category, &["类别", "选民类别", "人员类别", "登记类别", "选民类型", "category"]),
    (
        Column::Age,
        &[
            "年龄",
            "周岁",
            "实足年龄",
            "岁数",
            "虚岁",
            "虚龄",
            "周龄",
            "年纪",
            "年令",
            "年岁",
            "岁",
            "现年",
            "多大",
            "age",
        ],
    ),
    (Column::Relation, &["与户主关系", "家庭关系", "关系"]),
    (Column::Checked, &["核对", "核对结果"]),
    (Column::Open, &[OPEN]),
    (Column::Card, &["选民证号", "选民证编号", "选民证号码", "选民编号", "选举证号", "登记证号"]),
    (Column::Serial, &["序号", "编号", "序", "号", "no", "no.", "number"]),
];

/// The rank of a heading that is known by what it contains.
const BY_CONTENT: usize = 100;

/// Words in the heading of somebody else's name or number.
static OTHERS: Words = Words::new(|| lexicon::words("columns", "other"));

/// Which column stands where in one of the tables of a sheet, and what it is
/// called there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Header {
    columns: [Option<Heading>; COLUMNS],
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    pub at: usize,
    /// How many columns it may stand over, where a cell holds one character.
    pub room: usize,
    pub rank: usize,
    pub text: String,
}

impl Header {
    /// Puts a heading in its place and gives back the one that it drives out.
    pub(crate) fn put(&mut self, column: Column, heading: Heading) -> Option<Heading> {
        match &mut self.columns[column as usize] {
            Some(other) if other.rank <= heading.rank => Some(heading),
            place => place.replace(heading),
        }
    }

    pub(crate) fn get(&self, column: Column) -> Option<&Heading> {
        self.columns[column as usize].as_ref()
    }

    pub(crate) fn take(&mut self, column: Column) -> Option<Heading> {
        self.columns[column as usize].take()
    }

    pub(crate) fn has(&self, column: Column) -> bool {
        self.get(column).is_some()
    }

    /// Whether the groups are those of a wider area, such as 网格 or 小区, which
    /// count only where nothing else names groups.
    pub(crate) fn has_only_areas(&self) -> bool {
        self.get(Column::Group).is_some_and(|heading| heading.rank >= BY_AREA)
    }

    /// Where a column stands, counted from zero.
    pub(crate) fn position(&self, column: Column) -> Option<usize> {
        self.get(column).map(|heading| heading.at)
    }

    /// Whether one of its columns stands there.
    pub(crate) fn stands_at(&self, at: usize) -> bool {
        self.headings().any(|heading| heading.at == at)
    }

    pub(crate) fn headings(&self) -> impl Iterator<Item = &Heading> {
        self.columns.iter().flatten()
    }

    /// A column as the user sees it: `C（身份证号）`.
    pub(crate) fn label(&self, column: Column) -> Option<String> {
        self.get(column).map(|heading| label(heading.at, &heading.text))
    }

    /// As [`label`](Self::label), by its place.
    pub(crate) fn label_at(&self, at: usize) -> String {
        let heading = self.headings().find(|heading| heading.at == at);
        label(at, heading.map_or("", |heading| heading.text.as_str()))
    }
}

/// A column as the user sees it.
pub(crate) fn label(at: usize, heading: &str) -> String {
    let words: String = heading.split_whitespace().collect();
    if words.is_empty() { letters(at) } else { format!("{}（{words}）", letters(at)) }
}

/// The headings that are known by the whole of them, each with its column and rank.
static KNOWN: LazyLock<HashMap<&str, (Column, usize)>> = LazyLock::new(|| {
    let mut exact = HashMap::new();
    for (column, headings) in HEADINGS {
        for (rank, heading) in headings.iter().enumerate() {
            exact.entry(*heading).or_insert((column, rank));
        }
    }
    exact
});

/// The column that a heading names, and how surely (less is surer).
pub(crate) fn known(heading: &str) -> Option<(Column, usize)> {
    let is_second = is_in_another_language(heading) || is_lunar(heading);
    let rank = if is_second { BY_CONTENT - 1 } else { 0 };
    named(heading).map(|(column, own)| (column, own.max(rank)))
}

/// `姓名（藏文）`, beside which another column has the name in Chinese.
pub(crate) fn is_in_another_language(heading: &str) -> bool {
    const LANGUAGES: [&str; 8] =
        ["藏文", "蒙文", "蒙古文", "维文", "维吾尔", "哈文", "彝文", "民族文字"];
    words::has_any(heading, &LANGUAGES)
}

fn named(heading: &str) -> Option<(Column, usize)> {
    // ئەترەت 小队
    let is_foreign = |c: char| c.is_alphabetic() && !c.is_ascii() && !is_common_han(c);
    if heading.contains(is_foreign) && heading.contains(is_common_han) {
        let own: String = heading.chars().filter(|c| !is_foreign(*c)).collect();
        let own = own.trim_matches(|c: char| !is_common_han(c) && !"()（）".contains(c));
        return if own.contains(is_foreign) { None } else { named(own) };
    }
    // 年龄（出生日期）
    if heading.contains("年龄") && heading.contains("出生") {
        return Some((Column::Birth, BY_CONTENT));
    }
    let key = heading_key(heading)?;
    KNOWN
        .get(&*key)
        .copied()
        .or_else(|| known_by_content(&key).map(|column| (column, BY_CONTENT)))
        .or_else(|| {
            Some((Column::Group, names_groups_or_two(&key).filter(|_| !is_of_another(&key))?))
        })
        .or_else(|| Some((known_in_two_words(&key)?, BY_CONTENT)))
}

/// `姓名/Name`, `选民姓名及签名`: words of one column, and perhaps of none.
fn known_in_two_words(key: &str) -> Option<Column> {
    const BETWEEN: [char; 5] = ['/', '、', '及', '和', '或'];
    if !key.contains(BETWEEN) {
        return None;
    }
    let known = |word| {
        let exact = KNOWN.get(word).map(|(column, _)| *column);
        exact.or_else(|| known_by_content(word))
    };
    let mut columns = key.split(BETWEEN).filter_map(known);
    let first = columns.next()?;
    (columns.all(|column| column == first) && !is_of_another(key)).then_some(first)
}

/// Whether a text is a heading and nothing else, least of all a name.
pub(crate) fn is_certain(text: &str) -> bool {
    const ENDS: [char; 12] =
        ['名', '别', '期', '号', '码', '证', '组', '主', '龄', '系', '日', '月'];
    text.trim_end().ends_with(ENDS) && known(text).is_some_and(|(_, rank)| rank < BY_CONTENT)
}

/// Whether it is of somebody else: 户主身份证号, 组长姓名.
fn is_of_another(key: &str) -> bool {
    OTHERS.iter().any(|word| key.contains(word))
}

fn known_by_content(key: &str) -> Option<Column> {
    const LONGEST: usize = 24;
    let has = |words: &[&str]| words::has_any(key, words);
    let ends = |words: &[&str]| words.iter().any(|word| key.ends_with(word));
    if key.is_ascii() || key.chars().count() > LONGEST {
        return None;
    }
    if key.contains("关系") && !has(&["委托", "代理", "受托", "房"]) {
        return Some(Column::Relation);
    }
    if is_of_another(key) || names_a_relative(key) {
        return None;
    }
    let is_id = has(&[
        "身份证",
        "社会保障号",
        "身份正",
        "身分证",
        "生份证",
        "身份号",
        "公民号码",
        "证件号",
        "证照号",
    ]) && !has(&["后四", "后4", "后六", "后6", "末四", "末4", "末六", "末6", "尾号"])
        && (key.contains('号') || !has(&["址", "有效", "签发", "照", "复印", "类", "期"]));
    let is_name = ends(&["姓名", "名字"]);
    match () {
        () if is_id && is_name && key.contains('号') => None,
        () if is_name => Some(Column::Name),
        () if is_id => Some(Column::IdNumber),
        () if has(&["出生", "出身年", "出身日"]) && !key.contains('地') => {
            Some(Column::Birth)
        }
        () if has(&["性别", "姓别"]) && !key.contains("代码") => Some(Column::Sex),
        () if (key.contains("年龄") || key.contains("周岁"))
            && !has(&["段", "满", "是否"])
            && !words::begins_with_digit(key) =>
        {
            Some(Column::Age)
        }
        () => None,
    }
}

static GROUPS: Words = Words::new(|| lexicon::words("columns", "group"));
/// Areas that are groups only where nothing else is, the surest first.
static AREAS: Words = Words::new(|| lexicon::words("columns", "area"));
/// The rank of an area that may hold several groups.
pub(crate) const BY_AREA: usize = 200;

/// `所属村小组`, `户籍所在小组名称`, `网格编号`: qualified, but no group by name;
/// with how surely (less is surer) it is one.
fn names_groups(key: &str) -> Option<usize> {
    static QUALIFIERS: Words = Words::new(|| lexicon::words("columns", "group-qualifier"));
    const ENDS: [&str; 6] = ["名称", "编号", "代码", "名", "号", "别"];
    let area = |key: &str| {
        let by_area = || AREAS.iter().position(|area| *area == key).map(|wide| BY_AREA + wide);
        GROUPS.contains(&key).then_some(BY_CONTENT).or_else(by_area)
    };
    // 小区楼栋
    let both = |key: &str| {
        let mut parts = AREAS.iter().filter_map(|one| area(key.strip_prefix(one)?));
        parts.find(|rank| *rank >= BY_AREA)
    };
    // 塆组, 组与自然村
    let of_area = |key: &str| key.strip_suffix('组').and_then(area).filter(|it| *it >= BY_AREA);
    let either = |key: &str| {
        let (one, other) = key.split_once(['与', '和', '及'])?;
        area(one).zip(area(other)).map(|(one, other)| one.min(other))
    };
    let bare = |key: &str| ENDS.iter().find_map(|end| area(key.strip_suffix(end)?));
    let mut rest = key;
    loop {
        if let Some(rank) = area(rest)
            .or_else(|| bare(rest))
            .or_else(|| both(rest))
            .or_else(|| of_area(rest))
            .or_else(|| either(rest))
        {
            return Some(rank);
        }
        rest = QUALIFIERS.iter().find_map(|word| rest.strip_prefix(word))?.trim_start_matches('的');
    }
}

/// As [`names_groups`], of headings such as `组/队` too.
fn names_groups_or_two(key: &str) -> Option<usize> {
    let ranks: Option<Vec<usize>> = key.split(['/', '、', '或']).map(names_groups).collect();
    ranks?.into_iter().min()
}

/// Whether a text is a heading of some table, and not that of a voter's name.
pub(crate) fn heads_another_table(text: &str) -> bool {
    static EXACT: Words = Words::new(|| lexicon::words("columns", "another-table"));
    const PARTS: [&str; 16] = [
        "委托人",
        "受托人",
        "受委托",
        "代写",
        "选民数",
        "人口数",
        "户数",
        "人数",
        "登记数",
        "职务",
        "签收",
        "发放",
        "领取",
        "有效票",
        "废票",
        "比例",
    ];
    match known(text).map(|(column, _)| column) {
        Some(Column::Name) => false,
        Some(_) => text != "户主",
        None => EXACT.contains(&text) || PARTS.iter().any(|part| text.contains(part)),
    }
}

/// Whether a heading is of what a table tells of groups: 人数, 组长.
pub(crate) fn belongs_to_group(heading: &str) -> bool {
    const WORDS: [&str; 6] = ["人数", "户数", "合计", "组长", "负责人", "选民数"];
    words::has_any(heading, &WORDS)
}

/// Whether a column that is not otherwise read may tell why somebody is no
/// voter: remarks, and columns without a heading.
pub(crate) fn may_hold_remarks(heading: &str) -> bool {
    const NEVER: [&str; 28] = [
        "址",
        "电话",
        "手机",
        "联系",
        "民族",
        "学历",
        "文化",
        "面貌",
        "职业",
        "单位",
        "籍贯",
        "婚",
        "银行",
        "卡",
        "账",
        "邮",
        "微信",
        "照片",
        "面积",
        "学校",
        "工作",
        "号码",
        "称谓",
        "服务",
        "居住状",
        "居住情",
        "住房",
        "房屋",
    ];
    !words::has_any(heading, &NEVER) && !is_of_coming(heading)
}

/// Whether a column tells how people came: 何因迁来, 迁入原因.
fn is_of_coming(heading: &str) -> bool {
    words::has_any(heading, &["迁来", "迁入", "转入", "落户"])
        && !words::has_any(heading, &["出", "死", "销", "增减", "变动", "情况"])
}

/// The words that end what a relative is called: 长子, 二女儿, 妻弟.
const KIN: [char; 14] =
    ['子', '女', '儿', '媳', '婿', '孙', '夫', '妻', '父', '母', '弟', '兄', '姐', '妹'];

/// Whether a word is a relative's, whatever he is called; 男子 and 妇女 are none.
fn is_kin(word: &str) -> bool {
    word.ends_with(KIN) && !["女", "男子", "女子", "妇女"].contains(&word)
}

/// Whose name a heading asks for: `长子` of 长子姓名.
fn whose_name(key: &str) -> Option<&str> {
    ["姓名", "名字"].iter().find_map(|end| key.strip_suffix(end))
}

/// `长子姓名`.
fn names_a_relative(key: &str) -> bool {
    whose_name(key).is_some_and(is_kin)
}

/// Whether a heading is that of the name of somebody who is no voter of the row.
pub(crate) fn names_somebody_else(heading: &str) -> bool {
    const MINORS: [&str; 4] = ["未成年", "小孩", "孩子", "儿童"];
    let key = words::compact(heading);
    whose_name(&words::outside_brackets(&key)).is_some()
        && (is_of_another(&key) || names_a_relative(&key) || words::has_any(&key, &MINORS))
        && !key.contains("户主")
        && !key.contains("成员")
}

/// Whether a column holds the names of relatives who may be voters themselves.
pub(crate) fn names_kin(heading: &str) -> bool {
    const OLDER: [char; 5] = ['父', '母', '祖', '公', '婆'];
    let key = words::compact(heading);
    let key = words::outside_brackets(&key);
    let bare = whose_name(&key).unwrap_or(&key);
    (is_kin(bare) || matches!(bare, "配偶" | "家属" | "亲属"))
        && !bare.contains(OLDER)
        && known(heading).is_none()
}

/// What to do about headings none of which is that of a name.
pub(crate) fn remedy(headings: &[String]) -> Option<&'static str> {
    let has = |words: &[&str]| {
        headings.iter().any(|heading| words.iter().any(|word| heading.contains(word)))
    };
    let is = |word: &str| headings.iter().any(|heading| heading.trim() == word);
    match () {
        () if is("姓") && is("名") => {
            Some("姓和名写在两列里：合成一列，表头写“姓名”，每格写全姓名")
        }
        () if has(&["户主"])
            && (has(&["成员", "配偶", "子女", "妻", "家属"])
                || headings.iter().any(|heading| names_kin(heading))) =>
        {
            Some("一户写在一行里：改成每名选民一行，姓名都写在“姓名”一列，另加一列“与户主关系”")
        }
        () if has(&["户主"]) => Some("名册只有户主：每名选民要有自己的一行，姓名写在“姓名”一列"),
        () if has(&["姓名", "名字"]) => {
            Some("姓名和别的内容写在一列里：分成几列，姓名一列的表头只写“姓名”")
        }
        () if headings.iter().filter(|text| words::is_likely_name(text)).count() > 2 => Some(
            "一行写了几个人的姓名，没有表头：在姓名上面插入一行，每一列都写“姓名”；最好改成每人一行",
        ),
        () if is_row_in_a_cell(headings) => Some(
            "一行的内容都写在一格里：用“数据”里的“分列”按空格分成几列，上面插入一行，写上“姓名”“小组”等表头",
        ),
        () => None,
    }
}

/// `1. 张三 一组`, `1  张三  男  1980-06-03  一社` in a single cell.
fn is_row_in_a_cell(cells: &[String]) -> bool {
    let mut filled = cells.iter().filter(|text| !text.trim().is_empty());
    let (Some(only), None) = (filled.next(), filled.next()) else { return false };
    let words: Vec<&str> = only.split_whitespace().collect();
    let is_numbered =
        words.first().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    is_numbered && words.len() > 2 && words.iter().any(|word| words::is_likely_name(word))
}

/// Whether a column is of villages, each of which may have its own 一组.
pub(crate) fn is_of_villages(heading: &str) -> bool {
    ["自然村", "自然屯", "屯", "寨", "湾", "塆", "庄", "屋场", "村名", "村庄"]
        .iter()
        .any(|word| heading.contains(word))
        || names_villages(heading)
}

/// Whether a column is of areas each of which may have its own 一组: the villages before
/// they were joined, estates.
pub(crate) fn names_areas(heading: &str) -> bool {
    const AREAS: [&str; 10] =
        ["原村", "原行政村", "片区", "片", "大队", "生产大队", "嘎查", "社区", "小区", "小区名称"];
    let heading = words::compact(heading);
    AREAS.contains(&&*heading) || heading.contains("合并前") && heading.contains('村')
}

/// Whether a heading that names no groups names the villages that have them.
pub(crate) fn names_villages(heading: &str) -> bool {
    matches!(
        words::compact(heading).as_ref(),
        "村别" | "村" | "行政村" | "所在村" | "所属村" | "村屯"
    )
}

/// Whether a column decides who is a voter: 是否选民, 选举权, 本届登记, 是否在世.
pub(crate) fn decides(heading: &str) -> bool {
    const ASKING: [&str; 16] = [
        "是否", "资格", "能否", "可否", "有无", "情况", "意愿", "愿意", "状态", "本届", "结果",
        "意见", "审核", "审查", "核查", "确认",
    ];
    static MATTERS: Words = Words::new(|| lexicon::words("columns", "decided"));
    const RIGHTS: [&str; 11] = [
        "选举权",
        "政治权利",
        "行为能力",
        "选民资格",
        "居住满",
        "满一年",
        "列入名单",
        "列入名册",
        "满18",
        "满十八",
        "选民状态",
    ];
    static WHOLE: Words = Words::new(|| lexicon::words("columns", "deciding"));
    if WHOLE.contains(&&*words::compact(heading)) {
        return true;
    }
    let has = |words: &[&str]| words::has_any(heading, words);
    // 登记（打√）
    let outside = words::outside_brackets(heading);
    let asks =
        has(&ASKING) || ["登记", "参选", "参加选举"].iter().any(|word| outside.ends_with(word));
    const OF_OTHERS: [&str; 12] = [
        "上届",
        "往届",
        "证",
        "日期",
        "时间",
        "培训",
        "医保",
        "社保",
        "农业",
        "性质",
        "类",
        "参加投票",
    ];
    let is_of_others = has(&OF_OTHERS);
    (asks && has(&MATTERS) || has(&RIGHTS)) && !is_of_others
}

/// Whether such a column asks the same of everybody: 是否登记, 登记（打√）. 登记情况 is
/// often written only where there is something to say, 居住满一年 of those from elsewhere.
pub(crate) fn asks_all(heading: &str) -> bool {
    let outside = words::compact(heading);
    let outside = words::outside_brackets(&outside);
    let asks = ["是否", "有无", "能否", "可否"].iter().any(|word| outside.starts_with(word))
        || ["登记", "参选", "参加选举"].iter().any(|word| outside.ends_with(word));
    decides(heading) && asks && !["居住", "满一年"].iter().any(|word| outside.contains(word))
}

/// Whether a column tells for what people are on a list, if not for being voters.
pub(crate) fn is_of_roles(heading: &str) -> bool {
    ["职务", "岗位", "受托", "受委托", "代写", "得票", "分工", "职责"]
        .iter()
        .any(|word| heading.contains(word))
}

/// Whether it asks who is a voter, rather than naming one.
pub(crate) fn is_of_voters(heading: &str) -> bool {
    matches!(heading.trim(), "选民" | "选举人" | "参选人")
}

/// Whether it names who wrote the list, where another column names the voters.
pub(crate) fn is_of_clerks(heading: &str) -> bool {
    heading_key(heading).is_some_and(|key| key.starts_with("登记人"))
}

/// Whether it is a column of remarks.
pub(crate) fn is_of_remarks(heading: &str) -> bool {
    const WORDS: [&str; 13] = [
        "备注", "附注", "标注", "备考", "摘要", "说明", "核查", "复核", "变动", "原因", "去向",
        "异议", "意见",
    ];
    const WHOLE: [&str; 6] = ["其他", "其它", "现状", "现况", "近况", "动态"];
    words::has_any(heading, &WORDS) || WHOLE.contains(&heading.trim())
}

/// Whether a column tells of which state people are citizens.
pub(crate) fn is_of_nations(heading: &str) -> bool {
    heading.trim().starts_with("国籍")
}

/// Whether a heading belongs to a band above those of the columns: that of the
/// heads of households.
pub(crate) fn is_of_heads(band: &str) -> bool {
    band.contains("户主") && !band.contains("关系")
}

/// Whether what stands below a band is about people who are no voters here.
pub(crate) fn is_of_others(band: &str) -> bool {
    OTHERS[1..].iter().any(|word| band.contains(word))
}

/// A heading without spaces, line breaks, stars and what is in brackets;
/// `None` if it is no heading but says something: `户主姓名：张三`.
fn heading_key(heading: &str) -> Option<String> {
    let text: String = half_width(heading)
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '*' && *c != '★')
        .flat_map(char::to_lowercase)
        .collect();
    // As the law has it: 村（居）民小组.
    let text = text.replace("(居)", "").replace("(村)", "").replace("村(组)", "村组");
    // 街道（组）
    if text.ends_with("(组)") {
        return Some("组".into());
    }
    let text = simplified(&text);
    if text.contains("与户主关系") {
        return Some("与户主关系".into());
    }
    let is_said = |said: &str| !said.is_empty() && !said.starts_with(['(', '（']);
    let text = match text.split_once([':', '：']) {
        // 出生日期（格式：1980-01-01）
        Some((key, _)) if key.contains('(') && text.ends_with(')') => text.into_owned(),
        Some((_, said)) if is_said(said) => return None,
        Some((key, _)) => key.to_owned(),
        None => text.into_owned(),
    };
    let before = text.split(['(', '（', '[', '【']).next().unwrap_or_default();
    let inside = || text.trim_matches(['(', '（', '[', '【', ')', '）', ']', '】']);
    let key = if before.is_empty() { inside() } else { before };
    let key = key.trim_matches(is_ornament);
    let key = without_translation(as_asked(key));
    Some(key.to_owned()).filter(|key| !key.is_empty())
}

/// What a survey asks for: 所在的小组 of `Q4.您所在的小组`, 性别 of `2、请选择性别`.
fn as_asked(key: &str) -> &str {
    const ASKING: [&str; 8] = ["请问", "请", "输入", "填写", "选择", "您", "你", "的"];
    let is_number = |c: char| c.is_ascii_digit();
    let number = key.trim_start_matches(['q', '第']).trim_start_matches(is_number);
    let mut asked = match number.strip_prefix(['、', '.', '题']) {
        Some(rest) if key.contains(is_number) => rest.trim_start_matches(['、', '.']),
        _ => key,
    };
    while let Some(rest) = ASKING.iter().find_map(|word| asked.strip_prefix(word)) {
        asked = rest;
    }
    // 填写ID numbers the answers.
    if asked.is_empty() || asked.is_ascii() { key } else { asked }
}

/// `姓名 ئىسمى`, `姓名Name`: a heading in two languages begins with the words that are
/// known; or, of `Group小组`, ends with them.
fn without_translation(key: &str) -> &str {
    const SHORTEST: usize = 3;
    let known = key.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    if key.len() - known.len() >= SHORTEST && known.contains(is_common_han) {
        return known.trim_start_matches(['/', '|']);
    }
    let is_own = |c: char| !c.is_alphabetic() || is_common_han(c);
    let rest = key.trim_start_matches(is_own);
    let is_foreign = rest.chars().all(|c| !is_common_han(c));
    let begins = key.starts_with(is_common_han) && !rest.is_empty() && is_foreign;
    if begins { key[..key.len() - rest.len()].trim_end_matches(['/', '|']) } else { key }
}

/// `姓名▼`, `“姓名”`: signs around a heading that say nothing.
fn is_ornament(c: char) -> bool {
    "▼▽▲△↓↑？?“”\"'‘’◆●■□★☆※：:、。．".contains(c)
}

/// Whether a heading says that its days are of the lunar calendar.
pub(crate) fn is_lunar(heading: &str) -> bool {
    words::has_any(heading, &["农历", "阴历", "旧历"])
        && !words::has_any(heading, &["公历", "阳历", "非"])
}

/// The letters by which spreadsheets name a column.
pub(crate) fn letters(at: usize) -> String {
    const LETTERS: &[u8; 26] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut rest = at + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        letters.push(char::from(LETTERS[(rest - 1) % LETTERS.len()]));
        rest = (rest - 1) / LETTERS.len();
    }
    letters.iter().rev().collect()
}

/// The column that letters name, counted from zero.
pub(crate) fn from_letters(letters: &str) -> Option<usize> {
    let value = |sum: usize, c: u8| {
        let letter = c.to_ascii_uppercase().checked_sub(b'A').filter(|n| *n < 26)?;
        sum.checked_mul(26)?.checked_add(usize::from(letter) + 1)
    };
    letters.bytes().try_fold(0, value)?.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_headings_by_what_they_contain() {
        for (heading, column) in [
            ("姓　名", Column::Name),
            ("参选村民姓名", Column::Name),
            ("家庭成员姓名", Column::Name),
            ("*Sex", Column::Sex),
            ("出生\n年月（公历）", Column::Birth),
            ("出生年月日\nyyyy-mm-dd", Column::Birth),
            ("身份证号 / 住址", Column::IdNumber),
            ("居民身份证", Column::IdNumber),
            ("本人身份证号", Column::IdNumber),
            ("村小组", Column::Group),
            ("村（居）民小组", Column::Group),
            ("所属村小组", Column::Group),
            ("户主（与户主关系）", Column::Relation),
            ("户内成员", Column::Name),
            ("组代码", Column::Group),
            ("投票小组", Column::Group),
            ("连队", Column::Group),
            ("巷", Column::Group),
            ("与户主的关系", Column::Relation),
            ("户主姓名", Column::Household),
            ("年龄（周岁）", Column::Age),
        ] {
            assert_eq!(known(heading).map(|(column, _)| column), Some(column), "{heading}");
        }
    }

    #[test]
    fn takes_nothing_else_for_a_heading() {
        for heading in [
            "户主身份证号",
            "父亲姓名",
            "监护人姓名",
            "组长姓名",
            "曾用名",
            "身份证住址",
            "证件类型",
            "出生地",
            "住址",
            "姓名：张三",
            "联系人姓名",
            "第一村民小组",
            "3组",
            "东片小组",
            "",
        ] {
            assert_eq!(known(heading), None, "{heading}");
        }
    }

    #[test]
    fn counts_letters_as_spreadsheets_do() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
        for at in [0, 25, 26, 701, 702] {
            assert_eq!(from_letters(&letters(at)), Some(at));
        }
        assert_eq!(from_letters("甲"), None);
    }
}
