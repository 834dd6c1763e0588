//! The village or the community that a title, a line or an address names.

use super::grouping::group_title;
use super::numerals::is_numeral;
use super::words::{compact, has_any, outside_brackets};
use crate::text::is_common_han;

/// `李家村` of `示例镇李家村选民名册`, `幸福社区` of `幸福社区居民选民名册`; none of
/// 全村选民名册, nor of 第十二届村民委员会选民名册.
pub(crate) fn village_in_title(title: &str) -> Option<String> {
    const LISTS: [&str; 6] = ["选民", "名单", "名册", "花名", "登记表", "登记册"];
    let title = compact(title);
    let title = outside_brackets(&title);
    if has_any(&title, &LISTS) { village_in(&title) } else { None }
}

/// `桥头村` of `填报单位：青山镇桥头村村民委员会` and of `青山镇桥头村`: a line that says
/// whose list it is. 桥头村 alone may be a group.
pub(crate) fn village_in_line(line: &str) -> Option<String> {
    const LONGEST: usize = 30;
    const ENDS: [&str; 6] = ["村", "社区", "村民委员会", "居民委员会", "村委会", "居委会"];
    const OUTER: [&str; 3] = ["镇", "乡", "街道"];
    let line = compact(line);
    let line = outside_brackets(&line);
    let labelled = line.split_once([':', '：']).filter(|(label, _)| label.ends_with("单位"));
    let said = labelled.map_or(&*line, |(_, said)| said);
    let is_told = labelled.is_some() || has_any(said, &OUTER);
    let is_whole = ENDS.iter().any(|end| said.ends_with(end));
    // 双溪口村民委员会 is of 双溪口村, as 桥头村村民委员会 is of 桥头村.
    let said = said.replace("村民委员会", "村");
    if is_told && is_whole && said.chars().nth(LONGEST).is_none() {
        village_in(&said)
    } else {
        None
    }
}

/// `桥头村` of `桥头村二组（共12人）`, the title of a group.
pub(crate) fn village_of_group(title: &str) -> Option<String> {
    const LONGEST: usize = 30;
    let title = compact(title);
    let begin = title.find(|c| c == '第' || is_numeral(c))?;
    let (village, group) = title.split_at(begin);
    let is_whole = village.ends_with('村') || village.ends_with("社区");
    let is_title = || !village.ends_with("自然村") && group_title(group).is_some();
    if is_whole && title.chars().nth(LONGEST).is_none() && is_title() {
        village_in(village).filter(|name| village.ends_with(name.as_str()))
    } else {
        None
    }
}

/// `桥头村` of `青山镇桥头村一组1号`.
pub(crate) fn village_in(text: &str) -> Option<String> {
    const LONGEST: usize = 8;
    const BEFORE: [&str; 8] = ["街道", "镇", "乡", "县", "市", "区", "省", "旗"];
    const NO_NAMES: [&str; 20] = [
        "全", "本", "我", "各", "农", "居", "行政", "自然", "示例", "某", "某某", "该", "此", "新",
        "中心", "乡", "所在", "驻", "外", "他",
    ];
    let (at, kind) = text.char_indices().find_map(|(at, _)| {
        let rest = &text[at..];
        let kind = ["村", "社区"].into_iter().find(|kind| rest.starts_with(kind))?;
        // The 村 of 村民 is no village's, but after a name it may be.
        let is_of_people = rest.starts_with("村民") && !text[..at].ends_with('村');
        (!is_of_people).then_some((at, kind))
    })?;
    let before = &text[..at];
    // 摆省村 and 县前村 have such a word in their names.
    let ends =
        BEFORE.iter().flat_map(|word| before.match_indices(word).map(|(at, it)| at + it.len()));
    let begins = ends.filter(|at| before[*at..].chars().nth(1).is_some());
    let name = &before[begins.max().unwrap_or(0)..];
    let name = name.trim_start_matches(|c: char| !is_common_han(c));
    let count = name.chars().count();
    ((2..=LONGEST).contains(&count)
        && name.chars().all(is_common_han)
        && !NO_NAMES.iter().any(|word| name.ends_with(word)))
    .then(|| format!("{name}{kind}"))
}

/// 青山 of `示例县青山镇桥头村选民名册`, where 桥头村 is the village: the township, or the
/// sub-district, without the word for it.
pub(crate) fn township_before<'t>(text: &'t str, village: &str) -> Option<&'t str> {
    const KINDS: [&str; 4] = ["镇", "乡", "街道办事处", "街道"];
    let (before, _) = text.split_once(village)?;
    let name = KINDS.iter().find_map(|kind| before.strip_suffix(kind))?;
    let outer = |c| "省市县区旗州盟".contains(c) || !is_common_han(c);
    let name = name.rsplit(outer).next().unwrap_or(name);
    name.chars().nth(1).is_some().then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_village_of_a_list() {
        for (title, village) in [
            ("李家村选民名册", Some("李家村")),
            ("示例镇李家村村民委员会换届选举选民名册", Some("李家村")),
            ("示例县示例镇幸福社区居民选民名册", Some("幸福社区")),
            ("示例镇摆省村选民名册", Some("摆省村")),
            ("示例县县前村选民名册", Some("县前村")),
            ("全村选民名册", None),
            ("村民选民名册", None),
            ("某某村选民名册", None),
            ("李家村", None),
            ("选民名册（李家村）", None),
            ("参加选举的村民名单", None),
            ("第十二届村民委员会选民名册", None),
            ("第十二届村民委员会选举 参加选举村民名册", None),
            ("参选村民花名册", None),
        ] {
            assert_eq!(village_in_title(title).as_deref(), village, "{title}");
        }
    }

    #[test]
    fn knows_the_village_of_a_group() {
        for (title, village) in [
            ("潘家湾村二组", Some("潘家湾村")),
            ("青山镇潘家湾村第二村民小组（共12人）", Some("潘家湾村")),
            ("幸福社区3组", Some("幸福社区")),
            ("大屋自然村一组", None),
            ("大屋一组", None),
            ("桥头村12人", None),
        ] {
            assert_eq!(village_of_group(title).as_deref(), village, "{title}");
        }
    }

    #[test]
    fn knows_the_township_of_a_village() {
        for (title, township) in [
            ("示例县青山镇桥头村选民名册", Some("青山")),
            ("填报单位：青山街道办事处桥头村", Some("青山")),
            ("桥头村选民名册", None),
            ("某镇桥头村选民名册", None),
        ] {
            assert_eq!(township_before(title, "桥头村"), township, "{title}");
        }
    }

    #[test]
    fn knows_the_village_of_a_line() {
        for (line, village) in [
            ("填报单位：青山镇桥头村村民委员会", Some("桥头村")),
            ("单位：桥头村（盖章）", Some("桥头村")),
            ("填报单位：双溪口村民委员会", Some("双溪口村")),
            ("青山镇桥头村", Some("桥头村")),
            ("桥头村", None),
            ("示例街道幸福社区居委会", Some("幸福社区")),
            ("青山镇人民政府", None),
            ("单位：人", None),
        ] {
            assert_eq!(village_in_line(line).as_deref(), village, "{line}");
        }
    }
}
