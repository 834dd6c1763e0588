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

#[test]
fn probe() {
    let show = |title: &str, text: String| println!("== {title}\n{text}");
    show("set list inline", set(TEXT, "选举委员会.成员", vec!["张三", "李四"]));
    show(
        "set list block",
        set(TEXT, "选举委员会.公布日期", vec![record(&[("姓名", "x")]), record(&[("name", "y")])]),
    );
    show("new key", set(TEXT, "选举委员会.推选日期", "x: y"));
    show("new key 2", set(TEXT, "选举委员会.推选方式", "会"));
    show("new posts", set(TEXT, "posts.women", 1));
    show("flow key", set(TEXT, "选举委员会.成员[0].post", "主任"));
    show("item key", set(TEXT, "选举委员会.成员[1].职务", "主任"));
    show("section", set(TEXT, "筹备.启动日期", "2026-01-01"));
    show("planned", set(TEXT, "投票.公布日期", PartialDate::parse("2026-05-09").unwrap()));
    show("planned list", set(TEXT, "投票.写票设施", vec!["a"]));
    show("planned section new key", set(TEXT, "投票.开始时间", "08:00"));
    show("take 15", after(TEXT, |e| e.take(15)));
    show("take 16", after(TEXT, |e| e.take(16)));
    show("take 17", after(TEXT, |e| e.take(17)));
    show("take 4", after(TEXT, |e| e.take(4)));
    show(
        "add",
        after(TEXT, |e| {
            e.add(&"选举委员会.成员".into(), None, record(&[("姓名", "丁"), ("性别", "女")]))
        }),
    );
    show("add 0", after(TEXT, |e| e.add(&"选举委员会.成员".into(), Some(0), "丁")));
    show("move", after(TEXT, |e| e.move_item(&"选举委员会.成员".into(), 2, 0)));
    show("remove 职数", after(TEXT, |e| e.remove(&"职数".into())));
    show("remove item", after(TEXT, |e| e.remove(&"选举委员会.成员[1]".into())));
    show("remove key in dash", after(TEXT, |e| e.remove(&"选举委员会.成员[1].姓名".into())));
    show("remove flow", after(TEXT, |e| e.remove(&"选举委员会.成员[0].姓名".into())));
    show("remove 选举委员会", after(TEXT, |e| e.remove(&"选举委员会".into())));
    show("unknown", set(TEXT, "职数.主仁", 1));
    show(
        "plans",
        format!(
            "{:#?}",
            editor(TEXT)
                .plans()
                .iter()
                .map(|p| format!("{} {}", p.line, p.path))
                .collect::<Vec<_>>()
        ),
    );
}
