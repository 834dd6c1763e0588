//! Titles of lists, and names of sheets, of people who are not there for being voters.

use super::grouping::{group_title, without_number};
use super::leaving::tells_of_leaving;
use super::lexicon::{self, Words};
use super::notes::{is_general, is_legend, is_of_the_one_above, speaks_of_somebody};
use super::numerals::is_numeral;
use super::simplified::simplified;
use super::sums;
use super::words::{compact, has_any, is_likely_name, is_status, outside_brackets};

/// `以下人员因服刑停止行使选举权`: the line over people who are no voters.
pub(super) fn is_over_no_voters(text: &str) -> bool {
    const LONGEST: usize = 60;
    const WHO: [&str; 6] = ["人员", "选民", "村民", "居民", "的人", "名单"];
    const NOT: [&str; 10] = [
        "不在名单",
        "不在册",
        "不具备",
        "不列入",
        "不是选民",
        "备用",
        "隔壁",
        "邻村",
        "外村",
        "不参加",
    ];
    let has = |words: &[&str]| has_any(text, words);
    has(&["以下", "下列"])
        && has(&WHO)
        && text.chars().nth(LONGEST).is_none()
        && (has(&NOT) || tells_of_leaving(text))
        && !is_general(text)
}

/// Whether a sheet or a title is of people who are not on the roll: the dead,
/// those who moved away, samples, or another list of the same people.
pub(crate) fn is_of_no_voters(title: &str) -> bool {
    static WORDS: Words = Words::new(|| lexicon::words("apart", "no-voters"));
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
pub(crate) fn is_of_roles(title: &str) -> bool {
    const LONGEST: usize = 30;
    static ROLES: Words = Words::new(|| lexicon::words("apart", "roles"));
    let title = compact(title);
    let is_of_voters = title.replace("选民代表", "").contains("选民");
    let is_of_people = || {
        !is_of_voters
            && !counts_some(&title)
            && !title.contains([':', '：', '。', '；'])
            && (ROLES.iter().any(|role| title.contains(role))
                || title.ends_with("监督委员会")
                || is_of_proxies(&title))
    };
    title.chars().nth(LONGEST).is_none() && (is_an_extract(&title) || is_of_people())
}

/// `委托投票名单`; those who are away and have others vote for them are voters.
fn is_of_proxies(title: &str) -> bool {
    title.split_once("委托投票").is_some_and(|(_, of)| ends_as_a_list(of)) || title == "委托投票"
}

/// `流动票箱选民名单（从选民名册中摘出）`: an extract of the roll.
fn is_an_extract(title: &str) -> bool {
    const TAKEN: [&str; 5] = ["摘出", "摘自", "摘录", "抄自", "抄录"];
    has_any(title, &TAKEN) && ends_as_a_list(&outside_brackets(title))
}

fn ends_as_a_list(title: &str) -> bool {
    ["单", "册", "表", "登记", "情况", "人员"].iter().any(|list| title.ends_with(list))
}

/// Whether a title is of people for what they get or are in, voters or not.
pub(crate) fn is_of_another_list(title: &str) -> bool {
    static WORDS: Words = Words::new(|| lexicon::words("apart", "another-list"));
    const OF_VOTERS: [&str; 4] = ["选民", "选举", "换届", "参选"];
    let title = outside_brackets(title);
    let has = |words: &[&str]| has_any(&title, words);
    if counts_some(&title) {
        return false;
    }
    // 60岁以上老人
    let is_of_the_old = title.contains("岁以上") && !has(&["18", "十八"]);
    has(&WORDS) && !has(&OF_VOTERS) || is_of_the_old
}

/// `其中：党员5人`, `需设票箱3个，工作人员12人`: a line that counts, and no title.
fn counts_some(title: &str) -> bool {
    let is_list = has_any(title, &["单", "册", "表"]);
    title.starts_with("其中") || title.contains(['，', ',']) && sums::counts(title) && !is_list
}

/// Whether a title is of the list of another election: 人大代表换届选举选民名册,
/// 党支部换届选举党员名册.
pub(crate) fn is_of_another_election(title: &str) -> bool {
    static BODIES: Words = Words::new(|| lexicon::words("apart", "other-body"));
    const OURS: [&str; 5] = ["民委员会", "村委", "居委", "两委", "居民选举"];
    let title = compact(title);
    has_any(&title, &["名单", "名册", "花名", "登记", "选民"])
        && has_any(&title, &BODIES)
        && !has_any(&title, &OURS)
}

/// Whether a title is of some of the voters: those away, those new, heads of households.
pub(crate) fn is_of_some_voters(title: &str) -> bool {
    static SOME: Words = Words::new(|| lexicon::words("apart", "some-voters"));
    const LISTS: [&str; 5] = ["单", "册", "表", "登记", "选民"];
    const ALL: [&str; 6] = ["全体", "全部", "户籍和", "及", "含", "包括"];
    let title = compact(title);
    // 注：外出人员已登记, 选民4人，其中外出2人
    let is_sentence = title.starts_with('注')
        || outside_brackets(&title).contains([':', '：', '，', ','])
        || title.contains("其中")
        || title.contains('已');
    (has_any(&title, &SOME) || is_a_part(&title))
        && has_any(&title, &LISTS)
        && !has_any(&title, &ALL)
        && !is_sentence
}

/// `选民名册（上）`, `选民名册（一）`.
fn is_a_part(title: &str) -> bool {
    let within = title.strip_suffix([')', '）']).and_then(|title| title.rsplit_once(['(', '（']));
    within.is_some_and(|(_, part)| matches!(part, "上" | "中" | "下" | "一" | "二" | "部分"))
}

/// Whether a title says that the list is not finished, or is none: `选民名册（草稿）`,
/// `选民登记册样表`.
pub(crate) fn is_unfinished(title: &str) -> bool {
    const LONGEST: usize = 60;
    static WORDS: Words = Words::new(|| lexicon::words("apart", "unfinished"));
    const LISTS: [&str; 6] = ["名单", "名册", "花名", "登记表", "登记册", "选民册"];
    let title = compact(title);
    title.chars().nth(LONGEST).is_none() && has_any(&title, &LISTS) && has_any(&title, &WORDS)
}

/// Whether a title over a further table is of people of some kind who may be on it for
/// something else than being voters: 网格员名单, 困难群众名单, 股东名册, 水费缴纳表.
pub(crate) fn is_of_people_of_a_kind(title: &str) -> bool {
    const LONGEST: usize = 24;
    const LISTS: [&str; 8] = ["名单", "名册", "花名册", "花名", "台账", "登记表", "一览表", "表"];
    const KINDS: &str = "员人户者生妇女老童众主军东纳费金保工师干";
    static OF_VOTERS: Words = Words::new(|| lexicon::words("apart", "voters"));
    let title = compact(title);
    let title = outside_brackets(&title);
    let mut of = LISTS.iter().filter_map(|list| title.strip_suffix(list));
    title.chars().nth(LONGEST).is_none()
        && of.any(|of| of.chars().nth(1).is_some() && of.ends_with(|c| KINDS.contains(c)))
        && !has_any(&title, &OF_VOTERS)
        && group_title(&title).is_none()
        || title.ends_with("去除人员")
}

/// Whether a sheet of this name may list people once more who are on another: 外出, 低保户.
pub(crate) fn may_list_again(name: &str) -> bool {
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
pub(crate) fn title_aside(text: &str) -> Option<Apart> {
    let text = behind_annex(text);
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

/// `监督委员会成员名单` of `附：监督委员会成员名单`.
fn behind_annex(text: &str) -> &str {
    let label = |label: &str| {
        let label = label.trim_end_matches(|c| is_numeral(c) || c == '件' || c == '表');
        matches!(label.trim(), "附" | "附录" | "附注")
    };
    let annex = text.split_once([':', '：']).filter(|(before, _)| label(before));
    annex.map_or(text, |(_, said)| said.trim())
}

/// The list of people who are not on it for being voters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Apart {
    pub title: String,
    /// They are on it for what they do; they may well be voters.
    pub by_role: bool,
}

/// Whether a list is another copy of the roll: that of the last term, a form. Who
/// is on it may well be a voter.
fn is_of_a_copy(title: &str) -> bool {
    static WORDS: Words = Words::new(|| lexicon::words("apart", "copy"));
    WORDS.iter().any(|word| title.contains(word))
}

impl Apart {
    pub(crate) fn new(title: &str, by_role: bool) -> Self {
        Self { title: title.trim().to_owned(), by_role }
    }

    /// Whether being on it says nothing of those who are on the roll.
    pub(crate) fn is_of_a_copy(&self) -> bool {
        is_of_a_copy(&self.title)
    }

    /// By the name of a sheet.
    pub(crate) fn of_sheet(name: &str) -> Option<Self> {
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
    static ENDS: Words = Words::new(|| lexicon::words("apart", "end-of-no-voters"));
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
        && !is_legend(text)
}

/// Whether a sheet's name is that of a guide or a table of sums, not of people.
pub(crate) fn is_of_a_guide(title: &str) -> bool {
    const WORDS: [&str; 18] = [
        "说明",
        "须知",
        "示例",
        "样表",
        "范例",
        "封面",
        "目录",
        "汇总",
        "统计",
        "字典",
        "参考",
        "代码",
        "选项",
        "下拉",
        "数据源",
        "合计",
        "总计",
        "小计",
    ];
    WORDS.iter().any(|word| title.contains(word))
}
