//! The village or the community that the title of a list names.

use super::words::{compact, has_any, outside_brackets};
use crate::text::is_common_han;

/// `李家` of `示例镇李家村选民名册`, `幸福` of `幸福社区居民选民名册`; none of 全村选民名册.
pub(crate) fn village_in_title(title: &str) -> Option<String> {
    const LISTS: [&str; 6] = ["选民", "名单", "名册", "花名", "登记表", "登记册"];
    const LONGEST: usize = 8;
    const KINDS: [&str; 2] = ["社区", "村"];
    const BEFORE: [&str; 8] = ["街道", "镇", "乡", "县", "市", "区", "省", "旗"];
    const NO_NAMES: [&str; 20] = [
        "全", "本", "我", "各", "农", "居", "行政", "自然", "示例", "某", "某某", "该", "此", "新",
        "中心", "乡", "所在", "驻", "外", "他",
    ];
    let title = compact(title);
    let title = outside_brackets(&title);
    if !has_any(&title, &LISTS) {
        return None;
    }
    let at = KINDS.iter().filter_map(|kind| title.find(kind)).min()?;
    let before = &title[..at];
    let begins = BEFORE.iter().filter_map(|word| before.rfind(word).map(|at| at + word.len()));
    let name = &before[begins.max().unwrap_or(0)..];
    let name = name.trim_start_matches(|c: char| !is_common_han(c));
    let count = name.chars().count();
    ((2..=LONGEST).contains(&count)
        && name.chars().all(is_common_han)
        && !NO_NAMES.iter().any(|word| name.ends_with(word)))
    .then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_village_of_a_list() {
        for (title, village) in [
            ("李家村选民名册", Some("李家")),
            ("示例镇李家村村民委员会换届选举选民名册", Some("李家")),
            ("示例县示例镇幸福社区居民选民名册", Some("幸福")),
            ("全村选民名册", None),
            ("村民选民名册", None),
            ("某某村选民名册", None),
            ("李家村", None),
            ("选民名册（李家村）", None),
        ] {
            assert_eq!(village_in_title(title).as_deref(), village, "{title}");
        }
    }
}
