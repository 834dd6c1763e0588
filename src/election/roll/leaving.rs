//! Words by which a table says that somebody may be no voter.

use super::grouping::without_number;
use super::words::compact;

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
