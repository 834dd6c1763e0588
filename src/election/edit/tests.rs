use super::*;
use crate::election::date::PartialDate;

fn editor(text: &str) -> Editor {
    Editor::new(Source::new("election.yaml", text)).unwrap()
}

/// The text after an edit, or why it was refused.
fn after(text: &str, edit: impl FnOnce(&mut Editor) -> Result<(), Diagnostic>) -> String {
    let mut editor = editor(text);
    match edit(&mut editor) {
        Ok(()) => editor.source().text.clone(),
        Err(problem) => {
            assert_eq!(editor.source().text, text, "refused and changed all the same");
            format!("! {}", problem.message)
        }
    }
}

fn set(text: &str, path: &str, value: impl Into<Plain>) -> String {
    after(text, |editor| editor.set(&path.into(), value))
}

fn record(entries: &[(&str, &str)]) -> Plain {
    Plain::Record(entries.iter().map(|&(key, value)| (key.to_owned(), value.into())).collect())
}

const TEXT: &str = "\
类别: 社区   # 社区 或 村
职数:
  主任: 1
  # 几名
  委员: 3

选举委员会:           # 五人
  公布日期:
  成员:
    - {姓名: 甲, 性别: 男}   # 一
    - 姓名: 乙
      # 她
      性别: 女
    - 丙
# 投票:
#   公布日期: 2026-05-06   # 张榜
#   写票设施: [秘密写票处, 代书处]
";

#[test]
fn a_value_changes_and_nothing_else() {
    let changed = |from: &str, to: &str| TEXT.replace(from, to);
    assert_eq!(set(TEXT, "类别", "村"), changed("类别: 社区 ", "类别: 村 "));
    assert_eq!(set(TEXT, "posts.chair", 2), changed("主任: 1", "主任: 2"));
    assert_eq!(set(TEXT, "选举委员会.成员[0].性别", "女"), changed("甲, 性别: 男", "甲, 性别: 女"));
    assert_eq!(set(TEXT, "选举委员会.成员[1].姓名", "# 井"), changed("姓名: 乙", "姓名: \"# 井\""));
    assert_eq!(
        after(TEXT, |editor| editor.clear(&"职数.委员".into())),
        changed("委员: 3", "委员:")
    );
    assert_eq!(
        set(TEXT, "选举委员会.公布日期", PartialDate::parse("2026-04-01").unwrap()),
        changed("公布日期:\n  成员", "公布日期: 2026-04-01\n  成员")
    );
}

/// The lines that an edit takes out of a text, with `-`, and puts in, with `+`.
fn diff(text: &str, edit: impl FnOnce(&mut Editor) -> Result<(), Diagnostic>) -> Vec<String> {
    let after = after(text, edit);
    let (old, new): (Vec<_>, Vec<_>) = (text.lines().collect(), after.lines().collect());
    let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let (old, new) = (&old[same..], &new[same..]);
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let signed = |sign: &'static str, lines: &[&str]| {
        let lines = lines[..lines.len() - tail].iter();
        lines.map(move |line| format!("{sign}{line}")).collect::<Vec<_>>()
    };
    [signed("-", old), signed("+", new)].concat()
}

fn set_diff(path: &str, value: impl Into<Plain>) -> Vec<String> {
    diff(TEXT, |editor| editor.set(&path.into(), value))
}

#[test]
fn a_new_key_goes_where_its_record_has_it() {
    assert_eq!(set_diff("posts.women", 1), ["+  妇女: 1"]);
    assert_eq!(set_diff("选举委员会.推选方式", "甲: 乙"), ["+  推选方式: \"甲: 乙\""]);
    assert_eq!(
        set_diff("选举委员会.成员[0].post", "主任"),
        ["-    - {姓名: 甲, 性别: 男}   # 一", "+    - {姓名: 甲, 性别: 男, 职务: 主任}   # 一"]
    );
    assert_eq!(set_diff("选举委员会.成员[1].职务", "主任"), ["+      职务: 主任"]);
    // Before the section that follows it in the law, apart from its neighbours.
    assert_eq!(set_diff("筹备.启动日期", "即日"), ["+筹备:", "+  启动日期: 即日", "+"]);
}

#[test]
fn lists_and_records_are_written_as_the_examples_have_them() {
    assert_eq!(
        set_diff("选举委员会.公布日期", vec!["一", "二"]),
        ["-  公布日期:", "+  公布日期: [一, 二]"]
    );
    let people = vec![record(&[("name", "甲"), ("性别", "女")]), record(&[("姓名", "乙")])];
    assert_eq!(
        diff(TEXT, |editor| editor.set(&"选举委员会.成员".into(), people)),
        [
            "-    - {姓名: 甲, 性别: 男}   # 一",
            "-    - 姓名: 乙",
            "-      # 她",
            "-      性别: 女",
            "-    - 丙",
            "+    - {姓名: 甲, 性别: 女}",
            "+    - {姓名: 乙}",
        ]
    );
    assert_eq!(
        diff(TEXT, |editor| editor.add(&"选举委员会.成员".into(), Some(1), "丁")),
        ["+    - 丁"]
    );
}

#[test]
fn what_is_taken_out_takes_nothing_along() {
    let removed = |path: &str| diff(TEXT, |editor| editor.remove(&path.into()));
    assert_eq!(removed("职数.委员"), ["-  委员: 3"]);
    assert_eq!(
        removed("选举委员会.成员[0].姓名"),
        ["-    - {姓名: 甲, 性别: 男}   # 一", "+    - {性别: 男}   # 一"]
    );
    // A comment keeps its place below the dash.
    assert_eq!(removed("选举委员会.成员[1].姓名"), ["-    - 姓名: 乙", "+    -"]);
    // The last of a list leaves it empty, not unknown.
    let one = "小组:   # 各组\n  - 甲\n届次: 6\n";
    let left = after(one, |editor| editor.remove(&"小组[0]".into()));
    assert_eq!(left, "小组: []   # 各组\n届次: 6\n");
}

#[test]
fn an_item_moves_with_its_comment() {
    let moved = after(TEXT, |editor| editor.move_item(&"选举委员会.成员".into(), 2, 0));
    let (_, list) = moved.split_once("成员:\n").unwrap();
    assert!(
        list.starts_with("    - 丙\n    - {姓名: 甲, 性别: 男}   # 一\n    - 姓名: 乙\n"),
        "{moved}"
    );
}

#[test]
fn a_planned_line_is_taken_into_use() {
    let section = ["-# 投票:", "-#   公布日期: 2026-05-06   # 张榜", "+投票:"];
    let live = "+  公布日期: 2026-05-06   # 张榜";
    assert_eq!(diff(TEXT, |editor| editor.take(16)), [&section[..], &[live]].concat());
    let whole = diff(TEXT, |editor| editor.take(15));
    assert_eq!(whole.last().unwrap(), "+  写票设施: [秘密写票处, 代书处]");
    // A value takes the place of the planned one; what else is planned stays so.
    let day = PartialDate::parse("2026-05-09").unwrap();
    let live = "+  公布日期: 2026-05-09   # 张榜";
    assert_eq!(set_diff("polling.posted_on", day), [&section[..], &[live]].concat());
    assert_eq!(
        set_diff("投票.开始时间", "08:00"),
        ["-# 投票:", "+投票:", "+  开始时间: \"08:00\""]
    );
    let refused = after(TEXT, |editor| editor.take(4));
    assert_eq!(refused, "! 第 4 行不是一行可以启用的打算。");
}

/// Else what was planned below it would stand below what comes before.
#[test]
fn a_section_taken_out_of_its_plans_is_planned_again() {
    let mut editor = editor(TEXT);
    editor.take(16).unwrap();
    let live = editor.source().text.clone();
    let again = TEXT.replace("#   公布日期: 2026-05-06   # 张榜\n", "");
    assert_eq!(after(&live, |editor| editor.remove(&"投票".into())), again);
}

#[test]
fn plans_of_a_list_stay_behind_what_it_has() {
    let text = "工作人员:\n  名单:\n    - 甲\n#     - 乙\n#   公布日期: 2026-05-06\n";
    assert_eq!(after(text, |editor| editor.take(4)), text.replace("#     - 乙", "    - 乙"));
    let text = "小组:\n- 甲\n# - 乙\n";
    assert_eq!(after(text, |editor| editor.take(3)), "小组:\n- 甲\n- 乙\n");
}

#[test]
fn what_is_no_key_here_is_refused_with_its_like() {
    assert_eq!(set(TEXT, "职数.主仁", 1), "! 这里没有“主仁”这个键，是不是“主任”？");
    assert_eq!(set(TEXT, "类别.主任", 1), "! 这里没有“主任”这个键。");
    assert_eq!(set(TEXT, "选举委员会.成员[7]", "庚"), "! 说明里没有“选举委员会.成员[7]”这一处。");
    let twice = "职数: &a {主任: 1}\n档案: *a\n";
    assert_eq!(set(twice, "职数.主任", 2), "! 这样改会牵动别处，没有改。");
}

#[test]
fn a_form_can_ask_where_a_message_stands() {
    let at = |part: &str| editor(TEXT).tree().path_at(TEXT.find(part).unwrap()).to_string();
    assert_eq!(at("乙"), "选举委员会.成员[1].姓名");
    assert_eq!(at("职数"), "职数");
    assert_eq!(at("公布日期"), "选举委员会.公布日期");
    let path = KeyPath::from("选举委员会.成员[1].姓名");
    assert_eq!(path.to_string(), "选举委员会.成员[1].姓名");
}

/// PyYAML takes `职务:,` for one word.
#[test]
fn in_brackets_a_space_stays_behind_a_key_without_value() {
    let text =
        "选举委员会:\n  成员:\n    - {姓名: 甲, 职务: }\n    - {姓名: 乙, 职务: , 性别: 男}\n";
    let added = set(text, "选举委员会.成员[0].退出原因", "病");
    assert!(added.contains("{姓名: 甲, 职务: , 退出原因: 病"), "{added}");
    let gone = after(text, |editor| editor.remove(&"选举委员会.成员[1].性别".into()));
    assert!(gone.contains("{姓名: 乙, 职务: }"), "{gone}");
}
