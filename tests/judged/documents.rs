//! Every document of the examples, word for word: a change of wording shows in
//! the review of its snapshot.

use crate::support::{ROLL, SMALL, built, election, files, run_in, words_of};

/// Thousands of names, which another test finds one by one.
const NAMES: &str = "选民名单公告.pdf";

/// Of registers and cards of everybody, so many characters are enough.
const LONGEST: usize = 5000;

#[test]
fn the_documents_say_what_was_read_aloud() {
    for name in ["qimei-2017", "shiping-2026", "anhe-2026"] {
        let text: String = files(built(name))
            .iter()
            .map(|path| match path.ends_with(NAMES) || path.contains("张贴版") {
                true => format!("# {path}\n\n"),
                false => {
                    let words: String =
                        words_of(&built(name).join(path)).chars().take(LONGEST).collect();
                    format!("# {path}\n\n{}\n\n", words.replace('。', "。\n").trim_end())
                }
            })
            .collect();
        insta::assert_snapshot!(name, text);
    }
}

/// The names of a candidate notice, in the order in which it prints them, and
/// what it says of that order.
fn candidate_notice(names: &[&str], more: &str) -> (Vec<String>, String) {
    let list: String =
        names.iter().map(|name| format!("    - {{姓名: {name}, 职务: 委员}}\n")).collect();
    let description =
        format!("{SMALL}{more}候选人:\n  公布日期: 2026-05-04\n  预选: 否\n  名单:\n{list}");
    let folder = election(&description, ROLL);
    let run = run_in(folder.path(), &["build", ".", "-o", "out", "--only", "candidate-notice"]);
    assert_eq!(run.code, 0, "{run}");
    let notices = files(&folder.path().join("out"));
    let notice = notices.iter().find(|path| path.ends_with("候选人名单公告.pdf")).unwrap();
    let words = words_of(&folder.path().join("out").join(notice));
    let mut printed: Vec<(usize, String)> =
        names.iter().map(|name| (words.find(name).unwrap(), (*name).to_owned())).collect();
    printed.sort();
    let said = words.split("候选人名单（").nth(1).and_then(|rest| rest.split('）').next());
    (printed.into_iter().map(|(_, name)| name).collect(), said.unwrap_or_default().to_owned())
}

#[test]
fn candidates_stand_in_the_order_of_strokes() {
    let given = ["邓一", "欧阳修", "田大利", "仇二", "欧小明", "田富", "区三", "王四", "欧阳少东"];
    let (printed, said) = candidate_notice(&given, "");
    let order = ["王四", "区三", "仇二", "邓一", "田富", "田大利", "欧小明", "欧阳修", "欧阳少东"];
    assert_eq!(printed, order);
    assert_eq!(said, "同一职务按姓氏笔画为序");

    let (printed, said) = candidate_notice(&given, "姓名排序: 姓名笔画\n");
    let order = ["王四", "区三", "仇二", "邓一", "田大利", "田富", "欧小明", "欧阳少东", "欧阳修"];
    assert_eq!(printed, order);
    assert_eq!(said, "同一职务按姓名笔画为序");
}

/// Of 丒 and 仌 only the counts are known, which are the same.
#[test]
fn an_order_that_is_not_known_is_not_claimed() {
    let (printed, said) = candidate_notice(&["李仌", "李丒", "王一", "马二", "赵三", "丁四"], "");
    assert_eq!((&*printed[0], &*printed[2], &*printed[5]), ("丁四", "王一", "赵三"));
    assert_eq!(said, "");
    let (printed, said) = candidate_notice(&["李仌", "王丒", "王一", "马二", "赵三", "丁四"], "");
    assert_eq!(printed, ["丁四", "马二", "王一", "王丒", "李仌", "赵三"]);
    assert_eq!(said, "同一职务按姓氏笔画为序");
}

#[test]
fn a_draft_says_so_on_each_page_and_is_made_in_spite_of_errors() {
    let folder =
        election(&SMALL.replace("名单公布日期: 2026-04-18", "名单公布日期: 2026-05-09"), ROLL);
    let refused = run_in(folder.path(), &["build", ".", "-o", "out"]);
    assert!(refused.code == 1 && refused.stderr.contains("list-posted"), "{refused}");
    let run = run_in(folder.path(), &["build", ".", "-o", "out", "--draft"]);
    assert_eq!(run.code, 0, "{run}");
    for path in files(&folder.path().join("out")) {
        assert!(words_of(&folder.path().join("out").join(&path)).contains("草稿"), "{path}");
    }
}
