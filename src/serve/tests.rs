//! Forms that are handed in, and what becomes of the file.

use proptest::prelude::*;
use tempfile::TempDir;

use super::change::{self, Outcome, REVISION};
use super::desk::Opened;
use super::form;
use super::history::revision;
use super::pages::paper::Shelf;
use super::web::Asked;
use crate::diagnostic::Source;
use crate::election::edit::Editor;
use crate::law::calendar;

const TEXT: &str = "\
# 示例，人名都是编的
类别: 村
村: {名称: 示坪村}
选举日: 2026-05-17   # 周日
选举委员会:
  推选日期: 2026-03-25
  成员:
    - 甲一
    - {姓名: 乙二, 性别: 男}   # 年纪最大
    - {姓名: 丙三}
选民登记:
  地点: [一楼, 二楼]
# 实施方案:
#   公布日期: 2026-04-01   # 计划
";

struct Folder {
    folder: TempDir,
    opened: Opened,
}

impl Folder {
    fn of(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("election.yaml"), text).unwrap();
        let opened = Opened::new(folder.path(), &[]);
        Self { folder, opened }
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("election.yaml")).unwrap()
    }

    fn write(&self, text: &str) {
        std::fs::write(self.folder.path().join("election.yaml"), text).unwrap();
    }

    /// Hands in a form that was made of the text as it is now.
    fn hand_in(&self, fields: &[(&str, &str)]) -> Outcome {
        let revision = revision(&self.text());
        self.opened.history().see(&self.text());
        self.hand_in_of(&revision, fields)
    }

    fn hand_in_of(&self, revision: &str, fields: &[(&str, &str)]) -> Outcome {
        let fields = [&[(REVISION, revision)], fields].concat();
        change::make(&self.opened, &Asked::of(&fields)).unwrap_or_else(|report| panic!("{report}"))
    }
}

/// The lines that a form takes out and puts in.
fn changed(fields: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    let folder = Folder::of(TEXT);
    assert!(matches!(folder.hand_in(fields), Outcome::Saved));
    differences(TEXT, &folder.text())
}

fn differences(old: &str, new: &str) -> (Vec<String>, Vec<String>) {
    let only = |of: &str, other: &str| {
        let lines = of.lines().filter(|line| !other.lines().any(|one| one == *line));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    (only(old, new), only(new, old))
}

#[track_caller]
fn assert_changed(fields: &[(&str, &str)], gone: &[&str], come: &[&str]) {
    let (old, new) = changed(fields);
    assert_eq!(old, gone);
    assert_eq!(new, come);
}

#[test]
fn a_field_that_says_what_it_said_changes_nothing() {
    let fields =
        [("kind", "村"), ("election_day", "2026-05-17"), ("registration.places", "一楼\n二楼")];
    assert_changed(&fields, &[], &[]);
}

#[test]
fn a_value_is_written_in_its_place() {
    assert_changed(
        &[("election_day", "2026-06-07")],
        &["选举日: 2026-05-17   # 周日"],
        &["选举日: 2026-06-07   # 周日"],
    );
    assert_changed(&[("term", "8")], &[], &["届次: 8"]);
    assert_changed(
        &[("election_day", "不知道")],
        &["选举日: 2026-05-17   # 周日"],
        &["选举日:   # 周日"],
    );
}

#[test]
fn what_is_emptied_goes_and_leaves_nothing_empty_behind() {
    assert_changed(&[("registration.places", "")], &["选民登记:", "  地点: [一楼, 二楼]"], &[]);
}

#[test]
fn lines_that_stay_stay_as_they_are() {
    assert_changed(
        &[("registration.places", "一楼\n三楼\n二楼")],
        &["  地点: [一楼, 二楼]"],
        &["  地点: [一楼, 三楼, 二楼]"],
    );
}

#[test]
fn a_row_that_is_a_name_takes_a_second_value() {
    assert_changed(
        &[("election_committee.members[0].sex", "女")],
        &["    - 甲一"],
        &["    - {姓名: 甲一, 性别: 女}"],
    );
}

#[test]
fn a_new_row_begins_with_its_first_cell() {
    let row = [
        ("election_committee.members[3].name", "丁四"),
        ("election_committee.members[3].sex", "女"),
        ("election_committee.members[3].post", ""),
    ];
    assert_changed(&row, &[], &["    - {姓名: 丁四, 性别: 女}"]);
}

#[test]
fn one_form_changes_several_values_of_a_row_and_several_rows() {
    let fields = [
        ("election_committee.members[0].name", ""),
        ("election_committee.members[1].name", "乙贰"),
        ("election_committee.members[1].sex", "女"),
        ("election_committee.members[2].name", "丙叁"),
        ("election_committee.members[3].name", "丁四"),
    ];
    assert_changed(
        &fields,
        &["    - 甲一", "    - {姓名: 乙二, 性别: 男}   # 年纪最大", "    - {姓名: 丙三}"],
        &["    - {姓名: 乙贰, 性别: 女}   # 年纪最大", "    - {姓名: 丙叁}", "    - {姓名: 丁四}"],
    );
}

#[test]
fn rows_move_and_go_with_their_comments() {
    let folder = Folder::of(TEXT);
    folder.hand_in(&[("do", "down election_committee.members[0]")]);
    let at = |text: &str, word: &str| text.find(word).unwrap();
    let text = folder.text();
    assert!(
        at(&text, "乙二") < at(&text, "甲一") && at(&text, "甲一") < at(&text, "丙三"),
        "{text}"
    );
    folder.hand_in(&[("do", "remove election_committee.members[2]")]);
    assert!(!folder.text().contains("丙三") && folder.text().contains("年纪最大"));
}

#[test]
fn rows_from_excel_are_added_by_their_headings() {
    let rows = "姓名\t职务\t性别\n丁四\t主任\t女\n\n戊五\t\t男\n";
    let (gone, come) = changed(&[
        ("do", "paste election_committee.members"),
        ("rows election_committee.members", rows),
    ]);
    assert!(gone.is_empty(), "{gone:?}");
    assert_eq!(come, ["    - {姓名: 丁四, 职务: 主任, 性别: 女}", "    - {姓名: 戊五, 性别: 男}"]);
}

/// What pasted rows add to the members, and what the next page says of them.
fn pasted(rows: &str) -> (Vec<String>, String) {
    let folder = Folder::of(TEXT);
    folder.hand_in(&[
        ("do", "paste election_committee.members"),
        ("rows election_committee.members", rows),
    ]);
    let (_, come) = differences(TEXT, &folder.text());
    (come, folder.opened.take_said().unwrap())
}

#[test]
fn columns_that_nobody_asked_for_are_left_out_and_named() {
    let (come, said) =
        pasted("序号\t姓 名\t性别\t年龄\t职务\n1\t丁四\t女\t40\t主任\n2\t戊五\t男\t\t\n");
    assert_eq!(come, ["    - {姓名: 丁四, 性别: 女, 职务: 主任}", "    - {姓名: 戊五, 性别: 男}"]);
    assert_eq!(said, "加了 2 行。没有用的列：序号、年龄。");
}

#[test]
fn cells_of_several_lines_and_mere_names_are_rows_too() {
    let (come, _) = pasted("\"丁\n四\"\t女\n戊五\t男\n");
    assert_eq!(come, ["    - {姓名: 丁 四, 性别: 女}", "    - {姓名: 戊五, 性别: 男}"]);
    let (come, said) = pasted("丁四、戊五\n己六");
    assert_eq!(come, ["    - {姓名: 丁四}", "    - {姓名: 戊五}", "    - {姓名: 己六}"]);
    assert_eq!(said, "加了 3 行。");
}

#[test]
fn a_line_with_a_dash_is_an_item_and_a_sentence_stays_one() {
    assert_changed(
        &[("registration.places", "一楼\n- 二楼、三楼")],
        &["  地点: [一楼, 二楼]"],
        &["  地点: [一楼, 二楼、三楼]"],
    );
}

#[test]
fn a_planned_line_is_taken_into_use() {
    assert_changed(
        &[("do", "take plan.posted_on")],
        &["# 实施方案:", "#   公布日期: 2026-04-01   # 计划"],
        &["实施方案:", "  公布日期: 2026-04-01   # 计划"],
    );
}

#[test]
fn several_planned_days_are_taken_into_use_at_once() {
    let planned = format!("{TEXT}#   通过日期: 2026-03-30\n");
    let folder = Folder::of(&planned);
    folder.hand_in(&[("do", "take plan.adopted_on plan.posted_on")]);
    assert!(
        folder
            .text()
            .ends_with("实施方案:\n  公布日期: 2026-04-01   # 计划\n  通过日期: 2026-03-30\n")
    );
    assert_eq!(folder.opened.take_said().unwrap(), "写上了 2 个打算的日子；办过以后照实际改。");
    // What stands no more as a plan cannot be taken.
    let again = [(REVISION, ""), ("do", "take plan.posted_on")];
    let refused = change::make(&folder.opened, &Asked::of(&again)).unwrap_err();
    assert!(refused.to_string().contains("刚才在别处改过"), "{refused}");
}

#[test]
fn a_paper_that_waits_leads_to_where_all_that_it_lacks_is_entered() {
    let folder =
        Folder::of("类别: 村\n村: {名称: 示坪村}\n届次: 7\n选民登记:\n  公告日期: 2026-04-01\n");
    let shelf = Shelf::of(&folder.opened.read().unwrap());
    let of = |id: &str| {
        let paper = shelf.waiting.iter().find(|paper| paper.id == id)?;
        Some(paper.missing.iter().map(|one| one.address.as_str()).collect::<Vec<_>>())
    };
    assert_eq!(of("voter-register").unwrap(), ["/step?of=basics#election_day", "/roll"]);
    assert_eq!(of("registration-notice").unwrap(), ["/step?of=basics#election_day"]);
    let result = of("results-notice").unwrap();
    assert!(
        result.iter().any(|address| address.starts_with("/step?of=result#result")),
        "{result:?}"
    );
    // Of what only some elections have nothing was begun.
    assert_eq!((of("list-correction"), of("voting-representatives-notice")), (None, None));
    let no_field =
        shelf.waiting.iter().flat_map(|paper| &paper.missing).find(|one| one.path.is_empty());
    assert!(no_field.is_none(), "{no_field:?}");
}

#[test]
fn the_days_of_what_only_some_elections_have_are_not_taken_along() {
    let later = calendar::today().saturating_add(jiff::Span::new().days(30));
    let planned = format!(
        "类别: 社区\n社区: {{名称: 红星社区}}\n# 选民登记:\n#   公告日期: {later}\n# 户代表:\n#   公布日期: {later}\n"
    );
    let folder = Folder::of(&planned);
    let stand = folder.opened.read().unwrap();
    let editor = Editor::new(stand.source.clone()).unwrap();
    let ahead = form::days_ahead(&stand, &editor, &stand.steps());
    assert_eq!(ahead, ["registration.announced_on"]);
}

#[test]
fn what_was_changed_elsewhere_stays_and_what_was_changed_twice_is_shown() {
    let folder = Folder::of(TEXT);
    folder.opened.history().see(TEXT);
    let shown = revision(TEXT);
    folder.write(&TEXT.replace("2026-03-25", "2026-03-26"));
    assert!(matches!(folder.hand_in_of(&shown, &[("term", "8")]), Outcome::Saved));
    assert!(folder.text().contains("2026-03-26") && folder.text().contains("届次: 8"));
    let before = folder.text();
    let fields = [("election_committee.formed_on", "2026-03-27"), ("term", "9")];
    let Outcome::Conflicts(conflicts) = folder.hand_in_of(&shown, &fields) else {
        panic!("{}", folder.text())
    };
    let told: Vec<_> = conflicts.iter().map(|one| (&*one.path, &*one.theirs, &*one.ours)).collect();
    assert_eq!(told[0], ("election_committee.formed_on", "2026-03-26", "2026-03-27"));
    assert_eq!(folder.text(), before);
}

#[test]
fn no_edit_lands_in_the_row_of_another() {
    let folder = Folder::of(TEXT);
    folder.opened.history().see(TEXT);
    let shown = revision(TEXT);
    folder.hand_in(&[("do", "remove election_committee.members[0]")]);
    let before = folder.text();
    // The form still shows 乙二 in the second row, where 丙三 is now.
    let late = folder.hand_in_of(&shown, &[("election_committee.members[1].post", "主任")]);
    assert!(matches!(late, Outcome::Conflicts(_)));
    let removed = change::make(
        &folder.opened,
        &Asked::of(&[(REVISION, &shown), ("do", "remove election_committee.members[1]")]),
    );
    assert!(removed.is_err());
    assert_eq!(folder.text(), before);
}

#[test]
fn line_ends_and_mark_stay_and_the_file_as_found_is_kept() {
    let text = format!("\u{feff}{}", TEXT.replace('\n', "\r\n"));
    let folder = Folder::of(&text);
    folder.hand_in(&[("term", "8"), ("registration.places", "一楼\n二楼\n三楼")]);
    let new = folder.text();
    assert!(new.starts_with('\u{feff}') && !new.replace("\r\n", "").contains('\n'), "{new:?}");
    let copies: Vec<_> =
        std::fs::read_dir(folder.folder.path().join("备份")).unwrap().flatten().collect();
    assert_eq!(copies.len(), 1);
    assert_eq!(std::fs::read_to_string(copies[0].path()).unwrap(), text);
}

#[test]
fn a_text_that_is_no_value_of_its_kind_is_kept_as_it_was_typed() {
    assert_changed(&[("term", "第八届")], &[], &["届次: 第八届"]);
    assert_changed(&[("posts.chair", "-1")], &[], &["", "职数:", "  主任: \"-1\""]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a browser sends, the file can be read afterwards, and one that was refused
    /// is as it was.
    #[test]
    fn no_form_breaks_the_file(
        fields in proptest::collection::vec((path(), value()), 0..5),
        deed in proptest::option::of((deed(), path())),
    ) {
        let folder = Folder::of(TEXT);
        folder.opened.history().see(TEXT);
        let revision = revision(TEXT);
        let mut sent = vec![(REVISION.to_owned(), revision)];
        sent.extend(fields);
        if let Some((deed, what)) = deed {
            sent.push((format!("rows {what}"), "姓名\t职务\n甲\t主任\n".to_owned()));
            sent.push(("do".to_owned(), format!("{deed} {what}")));
        }
        let borrowed: Vec<(&str, &str)> = sent.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let outcome = change::make(&folder.opened, &Asked::of(&borrowed));
        let text = folder.text();
        if !matches!(outcome, Ok(Outcome::Saved)) {
            prop_assert_eq!(&text, TEXT);
        }
        prop_assert!(Editor::new(Source::new("election.yaml", text.as_str())).is_ok(), "{}", text);
        prop_assert!(text.starts_with("# 示例，人名都是编的\n"));
    }
}

fn path() -> impl Strategy<Value = String> {
    let known = proptest::sample::select(vec![
        "kind",
        "term",
        "election_day",
        "posts.chair",
        "registration.places",
        "registration",
        "election_committee.members",
        "election_committee.members[0].name",
        "election_committee.members[1].sex",
        "election_committee.members[2].relatives[0].name",
        "election_committee.members[3].name",
        "election_committee.members[99].name",
        "candidates.list[0].born_on",
        "polling.stations[0].ballots.issued",
        "community.name",
        "plan.posted_on",
        "kind[0]",
        "term.x",
        "[0]",
        "",
        "meetings[0].resolutions[0].agreed",
    ]);
    prop_oneof![8 => known.prop_map(str::to_owned), 1 => "[a-z.\\[\\]0-9]{0,12}"]
}

fn value() -> impl Strategy<Value = String> {
    let odd = proptest::sample::select(vec![
        "",
        "不知道",
        "2026-05-10",
        "是",
        "- 甲",
        "甲: 乙",
        "#",
        "{",
        "[1, 2",
        "\"",
        "甲\n\n乙",
        "-1",
        "男",
        "\u{feff}",
        "|",
        "%",
        "null",
        "~",
        "'甲'",
        "甲\t乙",
    ]);
    prop_oneof![odd.prop_map(str::to_owned), "\\PC{0,12}"]
}

fn deed() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec!["remove", "up", "down", "clear", "take", "mend", "paste", "?"])
}
