//! Lines between or under the rows that say something of somebody on the list.

use super::grouping::is_group_label;
use super::leaving::{has_word_of_an_end, tells_of_leaving};
use super::lexicon::{self, Words};
use super::numerals::is_numeral;
use super::sums;
use super::words::{compact, has_any, is_likely_name, outside_brackets};

/// Whether a cell has a mark whose meaning is written elsewhere, if anywhere.
pub(crate) fn has_mark(text: &str) -> bool {
    text.contains(|c| is_mark(c) && !"√✓#＃".contains(c))
}

pub(crate) fn is_mark(c: char) -> bool {
    "△▲▽▼※☆★◇◆●◎×✗✘☓✕✖√✓#＃†✝".contains(c)
}

/// `红色为死亡`, `△表示迁出`: marks that cannot be seen, or are not understood.
pub(crate) fn is_legend(text: &str) -> bool {
    const LONGEST: usize = 60;
    let text = compact(text);
    text.chars().nth(LONGEST).is_none()
        && (text.contains(['色', '红', '黄', '蓝', '绿', '灰']) || has_mark(&text))
        && (text.contains(['为', '是', '：', ':', '=', '表', '示']) || text.contains("代表"))
        && (has_word_of_an_end(&text) || text.contains("不是选民"))
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
pub(crate) fn note_tells(text: &str) -> bool {
    const LONGEST: usize = 1024;
    const TITLES: [&str; 5] = ["名单", "名册", "花名册", "登记表", "登记册"];
    let text = compact(&text[..text.floor_char_boundary(LONGEST)]);
    let is_title = !text.contains(['，', ',', '：', ':'])
        && !text.starts_with("以上")
        && TITLES.iter().any(|end| outside_brackets(&text).ends_with(end));
    lacks_a_group(&text)
        || !is_title
            && text
                .split(['。', '；', ';', '！'])
                .any(|said| says_otherwise(said) && !is_general(said))
}

/// `缺二组名单`, `不含三组`, `四组名单后补`: groups that are not there.
fn lacks_a_group(text: &str) -> bool {
    const LONGEST: usize = 20;
    static LACKS: Words = Words::new(|| lexicon::words("notes", "lacks-a-group"));
    text.chars().nth(LONGEST).is_none()
        && text.contains(['组', '队', '社', '屯'])
        && has_any(text, &LACKS)
}

/// Whether a sentence says that somebody should not be on the list, or be on it otherwise.
fn says_otherwise(said: &str) -> bool {
    static CHANGES: Words = Words::new(|| lexicon::words("notes", "correction"));
    // 补充登记（11月25日）
    let bare = outside_brackets(said);
    let is_title = !said.starts_with("以上")
        && !has_any(said, &["不含", "未", "没", "仅", "只"])
        && ["选民", "人员", "的人", "如下"].iter().any(|end| bare.ends_with(end))
        || CHANGES.iter().any(|word| bare.trim_end_matches([':', '：']) == *word);
    // 含17岁三人
    let is_of_minors = || (10..18).any(|age| said.contains(&format!("{age}岁")));
    is_of_minors()
        || has_any(said, &CHANGES) && !is_title
        || said.ends_with("已走")
        || tells_of_leaving(said)
}

/// Whether a remark says that the row is wrong, or not of one person: `应为李秀芳`,
/// `名字写错`, `漏登：其妻张丽`, `夫妻二人`.
pub(crate) fn corrects(remark: &str) -> bool {
    const BEGINNINGS: [&str; 11] = [
        "应为",
        "应是",
        "应改",
        "更正",
        "改为",
        "改成",
        "正确的是",
        "正确为",
        "实为",
        "改名",
        "更名",
    ];
    const WRONG: [&str; 10] =
        ["写错", "有误", "打错", "填错", "错别字", "登错", "号不对", "号错", "多报", "名不对"];
    // 性别应为女
    const OF_CELLS: [&str; 11] =
        ["性别", "出生", "生日", "年龄", "身份证", "名字", "姓名", "组别", "小组", "号码", "此行"];
    static SECOND: Words = Words::new(|| lexicon::words("notes", "second-person"));
    let remark = compact(remark);
    BEGINNINGS.iter().any(|word| remark.starts_with(word))
        || has_any(&remark, &WRONG) && !remark.contains('无')
        || has_any(&remark, &SECOND)
        // 其妻王桂兰漏登，待补
        || remark.contains('其') && has_any(&remark, &["漏登", "未登", "没登", "待补"])
        || has_any(&remark, &OF_CELLS)
            && has_any(&remark, &["应为", "应是", "实为", "不对", "不准", "缺一位", "少一位", "多一位", "是其", "无效"])
        || remark.starts_with("应属") && remark.contains('组')
}

/// The year of a birth that a remark tells: `2008年9月生`.
pub(crate) fn birth_year(remark: &str) -> Option<i16> {
    let remark = compact(remark);
    let said = remark.strip_suffix('生')?.trim_end_matches('出');
    let (year, _) = said.split_once('年')?;
    year.parse().ok().filter(|year| (1900..2100).contains(year))
}

/// Whether a line that names somebody on the list says of him that he is not, or not so:
/// `李四改到二组`, `PS：李四上星期走了`.
pub(crate) fn note_tells_of(text: &str, name: &str) -> bool {
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
pub(super) fn is_general(said: &str) -> bool {
    const LACKING: [&str; 10] = [
        "无效",
        "无选举",
        "无行为",
        "无此人",
        "无资格",
        "无户",
        "无音",
        "无人认",
        "无法",
        "无登记",
    ];
    const NONE: [&str; 3] = ["无", "未发现", "不存在"];
    const AWAY: [&str; 3] = ["外出", "在外", "流动"];
    const LEFT_OUT: [&str; 11] = [
        "已删",
        "已剔",
        "已经核减",
        "已核减",
        "剔除",
        "已核",
        "核对",
        "已扣",
        "均已",
        "不含",
        "未列入本名",
    ];
    // 未剔除死亡人员
    const NOT_YET: [&str; 7] = ["未剔", "未删", "无剔", "无删", "未经", "未核", "待核"];
    const OF_MANY: [&str; 7] = ["人员", "情况", "人口", "名单", "死亡迁", "死亡、", "者"];
    const OF_THE_FORM: [&str; 15] = [
        "制表",
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
    if has(&NOT_YET) || has(&["还有", "尚有", "另有", "后面", "其余"]) {
        return false;
    }
    // 共有户籍人口49人，登记选民36人，未登记13人
    let counts_all = said.contains('共') && has(&["人口"]) && sums::counts(&said);
    // 被判处刑罚、剥夺政治权利的人员不列入
    let bare = said.trim_end_matches(['；', ';', '。']);
    let is_of_anybody =
        ["的人员不列入", "的不列入", "者不列入"].iter().any(|end| bare.ends_with(end))
            && !said.starts_with(['以', '上', '下', '此', '这']);
    is_of_anybody
        || counts_all && !has(&["死", "亡", "故", "迁"])
        || has(&NONE) && !has(&LACKING)
        || has(&LEFT_OUT) && has(&OF_MANY) && !has(&AWAY)
        || has(&OF_THE_FORM)
}

/// `有误的到村委会更正`, `未满十八周岁的不列入`: what holds of everybody.
pub(crate) fn is_of_the_form(said: &str) -> bool {
    const WORDS: [&str; 9] =
        ["村委会", "居委会", "选委会", "选举委员会", "的不", "请于", "如有", "说明", "须知"];
    has_any(said, &WORDS) || is_general(said)
}

/// Whether a line says of one by name why he is no voter: `李桂芳已去世`.
pub(crate) fn speaks_of_somebody(text: &str) -> bool {
    let mut ends = text.char_indices().rev().map(|(at, _)| at);
    let Some(at) = ends.find(|&at| tells_of_leaving(&text[at..])) else { return false };
    let before = text[..at].trim_end_matches(|c: char| "已于经系因的是，,（(：: ".contains(c));
    // 石桥村死亡人员名册 is of a village.
    let is_of_a_place = before.contains(['村', '社', '组', '镇', '乡', '街']);
    is_likely_name(before) && !is_of_a_place || before.contains('号') && before.contains(is_numeral)
}

/// `新增：张三、李四`: names behind a word that is nobody's office.
pub(crate) fn lists_names(text: &str) -> bool {
    const LONGEST: usize = 200;
    const OFFICES: &str = "人员长表核任记会签名字管主委代部对校印导";
    const OF_PLACES: [char; 6] = ['镇', '乡', '村', '区', '组', '社'];
    const NEW: [char; 6] = ['回', '返', '补', '增', '新', '漏'];
    if text.len() > LONGEST {
        return false;
    }
    let Some((label, said)) = text.trim().split_once([':', '：']) else { return false };
    let label = compact(label);
    let said = &*outside_brackets(said);
    let mut names = said.split(|c: char| c.is_whitespace() || "、，,；;".contains(c));
    (1..=6).contains(&label.chars().count())
        && !is_group_label(&label)
        // 新民组组长 is an office.
        && (!label.ends_with(|c| OFFICES.contains(c))
            || label.starts_with(NEW) && !label.ends_with('长'))
        && !has_any(&label, &["日期", "单位", "小组", "电话", "地址", "户主"])
        && said.chars().any(|c| !c.is_whitespace())
        && !matches!(&*label, "村" | "社区" | "街道" | "镇" | "乡")
        && names.all(|name| name.is_empty() || is_likely_name(name) && !name.ends_with(OF_PLACES))
}

/// `上面这人已去世`, `此户已搬走`.
pub(crate) fn is_of_the_one_above(text: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::election::roll::cell::apart::{is_over_no_voters, title_aside};

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
}
