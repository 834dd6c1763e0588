//! Lines of labels and what they ask for, over the members of a household or over a list.

use super::grouping::{is_group_label, is_short_name, looks_like_group};
use super::numerals::is_numeral;
use super::words::{compact, is_likely_name, is_short_han};

/// The group in a row of labels and what they ask for: `村 | 柳塘村 | 组 | 一组`, `第2户 | 一组`.
pub(crate) fn group_behind_label(cells: &[String]) -> Option<String> {
    let mut filled = cells.iter().filter(|text| !text.trim().is_empty());
    let (first, second) = (filled.next(), filled.next());
    if let Some(group) = second.filter(|text| looks_like_group(&compact(text)))
        && first.is_some_and(|first| numbers_a_household(first))
    {
        return Some(compact(group).into_owned());
    }
    let is_form = first.is_some_and(|first| begins_a_form(first));
    cells.windows(2).find_map(|pair| {
        let (label, group) = (compact(&pair[0]), compact(&pair[1]));
        let bare = label.trim_end_matches(COLONS);
        // Behind a colon, and in a form, anything short is a name.
        let is_told = || (bare != label || is_form) && is_short_name(&group);
        let is_named = || looks_like_group(&group) || is_told();
        (!group.is_empty() && is_group_label(bare) && is_named()).then(|| group.into_owned())
    })
}

/// Whether a row of labels has that of a group, and nothing behind it.
pub(crate) fn leaves_group_open(cells: &[String]) -> bool {
    let is_label = |text: &str| is_group_label(compact(text).trim_end_matches(COLONS));
    cells.iter().any(|text| is_label(text)) && group_behind_label(cells).is_none()
}

const COLONS: [char; 2] = [':', '：'];

/// Whether a row is of several labels with colons and what they ask for: `户主： | 张三 |
/// 社： | 上庄社`.
pub(crate) fn is_line_of_labels(cells: &[String]) -> bool {
    let filled: Vec<&str> =
        cells.iter().map(|text| text.trim()).filter(|it| !it.is_empty()).collect();
    let is_label = |text: &str| text.ends_with(COLONS);
    filled.len() > 2
        && filled.iter().filter(|text| is_label(text)).count() > 1
        && filled.first().is_some_and(|first| is_label(first))
        && filled.windows(3).all(|three| three.iter().any(|text| is_label(text)))
}

/// Whether a row is of labels, each in a cell with what it asks for: `户主：张三 | 组别：`.
pub(crate) fn is_line_of_pairs(cells: &[String]) -> bool {
    let mut filled = cells.iter().filter(|text| !text.trim().is_empty()).peekable();
    filled.peek().is_some() && filled.all(|text| text.contains(COLONS))
}

/// What stands behind the label of a group in its own cell: 一组 of `组别：一组`.
pub(crate) fn said_of_group(cell: &str) -> Option<&str> {
    let (label, said) = cell.split_once(COLONS)?;
    is_group_label(&compact(label)).then(|| said.trim().trim_matches('_'))
}

/// What lines over the members of a household tell beside its head.
const OF_HOUSEHOLDS: [&str; 10] = [
    "户号",
    "住址",
    "家庭住址",
    "地址",
    "户籍地址",
    "门牌号",
    "联系电话",
    "电话",
    "家庭人口",
    "人口",
];

/// Whether a text may begin such a line: `户主：`, `住址`, `第2户`.
pub(crate) fn begins_a_form(text: &str) -> bool {
    let text = compact(text);
    text.ends_with(COLONS)
        || matches!(&*text, "户主" | "户主姓名")
        || OF_HOUSEHOLDS.contains(&&*text)
        || numbers_a_household(&text)
}

/// `第2户`.
fn numbers_a_household(text: &str) -> bool {
    let number = text.trim().strip_prefix('第').and_then(|rest| rest.strip_suffix('户'));
    number.is_some_and(|number| !number.is_empty() && number.chars().all(is_numeral))
}

/// Whether a row has, behind the label of a head and his name, another label and what it
/// asks for: `户主 | 张三 | 组别 | 一组`; or that of a household and of its group.
pub(crate) fn labels_a_household(cells: &[String]) -> bool {
    let filled: Vec<&String> = cells.iter().filter(|text| !text.trim().is_empty()).collect();
    let [first, head, label, ..] = filled[..] else { return false };
    let (first, label) = (compact(first), compact(label));
    let label = label.trim_end_matches(COLONS);
    let is_named = first.starts_with("户主") && is_short_han(head);
    (is_named || is_likely_name(head)) && (is_group_label(label) || OF_HOUSEHOLDS.contains(&label))
        || OF_HOUSEHOLDS.contains(&&*first) && is_group_label(label)
        || numbers_a_household(&first) && looks_like_group(head)
}

/// Whether a row is of labels and what they ask for: `小组名称 | 一组 | 组长 | 张三`.
pub(crate) fn are_labelled(cells: &[String]) -> bool {
    const OF_PEOPLE: [&str; 14] = [
        "组长",
        "队长",
        "社长",
        "楼长",
        "片长",
        "格长",
        "网格员",
        "负责人",
        "书记",
        "主任",
        "代表",
        "联系人",
        "经办人",
        "干部",
    ];
    const OF_NUMBERS: [&str; 5] = ["户数", "人数", "选民数", "人口", "电话"];
    let ends = |label: &str, ends: &[&str]| ends.iter().any(|end| label.ends_with(end));
    let says = |label: &str, said: &str| {
        is_group_label(label) && looks_like_group(said)
            || ends(label, &OF_PEOPLE) && is_likely_name(said)
            || ends(label, &OF_NUMBERS) && said.starts_with(is_numeral)
    };
    let in_one =
        |cell: &String| cell.trim().split_once(' ').is_some_and(|(label, said)| says(label, said));
    cells.windows(2).any(|pair| says(&compact(&pair[0]), &compact(&pair[1])))
        || cells.iter().any(in_one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(line: &str) -> Vec<String> {
        line.split('|').map(|cell| cell.trim().to_owned()).collect()
    }

    #[test]
    fn knows_the_group_of_a_line_of_labels() {
        for (line, group) in [
            ("村 | 柳塘村 | 组 | 一组", Some("一组")),
            ("户主姓名 | 亓林 | 所在组 | 二组", Some("二组")),
            ("住址 | 东头1号 | 小组 | 东头", Some("东头")),
            ("第2户 | | 一组 | 电话", Some("一组")),
            ("户主： | 张三 | 小组： | ", None),
            ("姓名 | 小组 | 备注", None),
        ] {
            assert_eq!(group_behind_label(&cells(line)).as_deref(), group, "{line}");
        }
    }

    #[test]
    fn knows_a_group_that_was_not_filled_in() {
        assert!(leaves_group_open(&cells("户主： | 张三 | 小组： | ")));
        assert!(!leaves_group_open(&cells("户主： | 张三 | 小组： | 一组")));
        assert!(!leaves_group_open(&cells("户主： | 张三 | 电话： | ")));
    }
}
