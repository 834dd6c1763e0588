//! Notices on the wall: their numbers stay, and what they say is remembered.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::{Date, date};
use tempfile::TempDir;
use zhangbang::compose::{Options, Paper, Purpose};
use zhangbang::diagnostic::{Report, Severity};
use zhangbang::make::{Folder, Posting};

use crate::support::run_in;

const VILLAGE: &str = "\
类别: 村
村: {名称: 示坪村, 省份: 江西省, 乡镇: 示例镇}
届次: 8
选举日: 2026-05-10
职数: {主任: 1, 委员: 2}
筹备:
  选举日公告: 2026-03-20
选举委员会:
  推选日期: 2026-03-24
  公布日期: 2026-03-25
  成员: [{姓名: 张守信, 职务: 主任}, 李明理, 王公正]
实施方案: {通过会议: 村民会议, 公布日期: 2026-04-01}
投票:
  公布日期: 2026-05-05   # 这一行的说明要留下
  开始时间: \"08:00\"
  结束时间: \"16:00\"
  中心会场: 村部
";

fn village(more: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &format!("{VILLAGE}{more}"));
    folder
}

fn write(folder: &Path, text: &str) {
    std::fs::write(folder.join("election.yaml"), text).unwrap();
}

fn text(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("election.yaml")).unwrap()
}

fn replace(folder: &Path, from: &str, to: &str) {
    let text = text(folder);
    assert!(text.contains(from), "{from}:\n{text}");
    write(folder, &text.replacen(from, to, 1));
}

fn open(folder: &Path) -> Folder {
    Folder::open(folder, &mut Report::new()).unwrap()
}

/// What is told about notices and their numbers: `code line message`.
fn told(folder: &Path) -> Vec<String> {
    let mut report = Report::new();
    Folder::judge(folder, &mut report).unwrap();
    let json = report.to_json_below(folder);
    let findings = json.as_array().unwrap().iter().filter(|finding| {
        let code = finding["code"].as_str().unwrap();
        code.starts_with("notice-") || code == "unknown-document"
    });
    let line = |finding: &serde_json::Value| {
        let (code, place) = (finding["code"].as_str().unwrap(), &finding["place"]);
        format!("{code} {} {}", place["line"], finding["message"].as_str().unwrap())
    };
    findings.map(line).collect()
}

/// The number of every numbered notice, by its code.
fn numbers(folder: &Path) -> BTreeMap<String, u32> {
    let papers = open(folder).papers();
    papers.into_iter().filter_map(|paper| Some((paper.front.id, paper.number?))).collect()
}

fn paper(folder: &Path, id: &str) -> Paper {
    open(folder).papers().into_iter().find(|paper| paper.front.id == id).unwrap()
}

fn post(folder: &Path, documents: &[&str], day: Date) -> Result<Vec<String>, String> {
    let posting = |document: &&str| Posting { document: (*document).to_owned(), number: None };
    let postings: Vec<Posting> = documents.iter().map(posting).collect();
    match open(folder).record_posted(&postings, day) {
        Ok(recorded) => Ok(recorded
            .into_iter()
            .map(|one| format!("{} {}", one.number.unwrap_or_default(), one.name))
            .collect()),
        Err(problems) => Err(problems.to_string()),
    }
}

fn words(folder: &Path, id: &str) -> String {
    let composition = open(folder)
        .compose(&Options { only: vec![id.to_owned()], ..Options::default() }, &mut Report::new());
    composition.documents[0].document.words()
}

#[test]
fn every_issuer_counts_its_own() {
    let folder = village("");
    let expected = [
        ("election-committee", 1),
        ("election-day-notice", 1),
        ("plan-notice", 1),
        ("polling-notice", 2),
    ];
    assert_eq!(numbers(folder.path()), expected.map(|(id, n)| (id.to_owned(), n)).into());
    assert!(told(folder.path()).is_empty(), "{:?}", told(folder.path()));
}

#[test]
fn a_number_once_posted_never_moves() {
    let folder = village("");
    let day = date(2026, 5, 5);
    assert_eq!(post(folder.path(), &["投票公告"], day), Ok(vec!["2 投票公告".to_owned()]));
    // What stands in the description stays, to the last comment.
    assert!(text(folder.path()).starts_with(VILLAGE), "{}", text(folder.path()));
    let paper = paper(folder.path(), "polling-notice");
    assert_eq!((paper.number, paper.posted), (Some(2), Some(Some(day.into()))));
    assert!(paper.changed.is_none());
    // An earlier notice added later takes no number that another has.
    replace(
        folder.path(),
        "投票:",
        "选民登记: {公告日期: 2026-04-02, 开始: 2026-04-03, 截止: 2026-04-10, 地点: [村部]}\n投票:",
    );
    let after = numbers(folder.path());
    assert_eq!(after["polling-notice"], 2);
    assert_eq!(after["plan-notice"], 1);
    assert_eq!(after["registration-notice"], 3);
    assert!(told(folder.path()).is_empty(), "{:?}", told(folder.path()));
}

#[test]
fn numbers_that_others_left_free_are_taken_by_those_before_them() {
    let later = "已贴公告: [{文件: polling-notice, 编号: 6, 张贴日期: 2026-05-05}]\n";
    let folder = village(later);
    assert_eq!(numbers(folder.path())["plan-notice"], 1);
    let told = told(folder.path());
    assert_eq!(told, ["notice-numbers 18 第6号公告前面没有第2号至第5号。"]);
}

#[test]
fn no_number_is_too_large() {
    let last = "已贴公告: [{文件: polling-notice, 编号: 4294967295, 张贴日期: 2026-03-01}]\n";
    let folder = village(last);
    assert_eq!(numbers(folder.path())["plan-notice"], 1);
    let before = "已贴公告: [{文件: 没有, 编号: 4294967295, 落款: 示坪村第八届村民选举委员会}]\n";
    assert!(numbers(village(before).path())["plan-notice"] > 0);
}

#[test]
fn a_posted_notice_that_changed_is_told_and_a_correction_offered() {
    let folder = village("");
    let folder = folder.path();
    post(folder, &["plan-notice", "polling-notice"], date(2026, 5, 5)).unwrap();
    replace(folder, "中心会场: 村部", "中心会场: 祠堂");
    assert_eq!(
        told(folder),
        ["notice-changed 25 《投票公告》（第2号，2026年5月5日张贴）张贴以后，内容有了变动：\
          “中心会场设在村部”改成了“中心会场设在祠堂”。"]
    );
    assert!(post(folder, &["投票公告"], date(2026, 5, 6)).unwrap_err().contains("更正公告"));
    let offered = paper(folder, "erratum-polling-notice");
    assert_eq!((offered.number, offered.posted), (Some(3), None));
    assert_eq!(offered.front.name, "更正公告（投票公告）");
    let says = words(folder, "更正公告");
    insta::assert_snapshot!("correction", says);
    // On the wall it bears its day, and then all is in order again.
    post(folder, &["erratum-polling-notice"], date(2026, 5, 6)).unwrap();
    assert!(told(folder).is_empty(), "{:?}", told(folder));
    let again = words(folder, "erratum-polling-notice");
    assert!(again.ends_with("2026年5月6日\n"), "{again}");
    assert_eq!(again.replace("2026年5月6日", "＿＿年＿＿月＿＿日"), says);
    // A second slip in the same notice is another correction.
    replace(folder, "\"08:00\"", "\"07:30\"");
    let second = paper(folder, "erratum-polling-notice-2");
    assert_eq!(second.front.name, "更正公告（投票公告）之二");
    assert_eq!(second.number, Some(4));
    post(folder, &["erratum-polling-notice-2"], date(2026, 5, 7)).unwrap();
    assert!(told(folder).is_empty(), "{:?}", told(folder));
    assert_eq!(numbers(folder)["erratum-polling-notice"], 3);
    insta::assert_snapshot!("recorded", text(folder).strip_prefix(&text_before(folder)).unwrap());
}

/// The description up to what is recorded.
fn text_before(folder: &Path) -> String {
    let text = text(folder);
    text[..text.find("\n已贴公告").unwrap()].to_owned()
}

#[test]
fn several_corrections_are_posted_in_any_order() {
    let folder = village("");
    let folder = folder.path();
    post(folder, &["plan-notice", "polling-notice"], date(2026, 5, 5)).unwrap();
    replace(folder, "通过会议: 村民会议", "通过会议: 村民代表会议");
    replace(folder, "中心会场: 村部", "中心会场: 祠堂");
    post(folder, &["erratum-polling-notice"], date(2026, 5, 6)).unwrap();
    let left = told(folder);
    assert!(left[0].contains("《实施方案公告》") && left.len() == 1, "{left:?}");
    assert_eq!(numbers(folder)["erratum-plan-notice"], 3);
    post(folder, &["erratum-plan-notice"], date(2026, 5, 6)).unwrap();
    assert!(told(folder).is_empty(), "{:?}", told(folder));
}

#[test]
fn blanks_and_records_hold_no_correction_that_is_only_offered() {
    let folder = village("");
    post(folder.path(), &["polling-notice"], date(2026, 5, 5)).unwrap();
    replace(folder.path(), "中心会场: 村部", "中心会场: 祠堂");
    for purpose in [Purpose::Blanks, Purpose::Records] {
        let options = Options { purpose, ..Options::default() };
        let made = open(folder.path()).compose(&options, &mut Report::new());
        assert!(made.documents.iter().all(|made| !made.front.id.starts_with("erratum")));
    }
}

#[test]
fn a_list_of_voters_is_corrected_in_its_own_way() {
    let folder = village("选民登记: {名单公布日期: 2026-04-15}\n");
    let roll = "序号,姓名,性别,出生日期\n1,张守信,男,1970-01-02\n2,李明理,女,1980-03-04\n";
    std::fs::write(folder.path().join("voters.csv"), roll).unwrap();
    post(folder.path(), &["voter-list"], date(2026, 4, 15)).unwrap();
    std::fs::write(folder.path().join("voters.csv"), format!("{roll}3,王公正,男,1990-05-06\n"))
        .unwrap();
    let changed = told(folder.path());
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert!(changed[0].contains("多了“王公正”"), "{changed:?}");
    let papers = open(folder.path()).papers();
    let offered = |paper: &&Paper| paper.front.each.is_some() && paper.waits_for.is_none();
    assert!(!papers.iter().any(|paper| offered(&paper)));
}

#[test]
fn what_cannot_be_posted_is_refused_and_nothing_is_written() {
    let folder = village("");
    let folder = folder.path();
    let before = text(folder);
    for (document, why) in [
        ("签到表", "不是张贴的文件"),
        ("监督委员会公告", "是不是"),
        ("results-notice", "还不能做"),
        ("没有这份", "没有代号或名称"),
    ] {
        let problem = post(folder, &["polling-notice", document], date(2026, 5, 5)).unwrap_err();
        assert!(problem.contains(why), "{problem}");
        assert_eq!(text(folder), before);
    }
    post(folder, &["polling-notice"], date(2026, 5, 5)).unwrap();
    assert!(post(folder, &["polling-notice"], date(2026, 5, 5)).unwrap_err().contains("没有再记"));
    let taken = open(folder).record_one_posted("plan-notice", Some(2), date(2026, 5, 5));
    assert!(taken.unwrap_err().to_string().contains("不能再用这个编号"));
    let other = village("");
    let telephone = other.path();
    replace(telephone, "中心会场: 村部", "中心会场: 村部13800138000");
    let problem = post(telephone, &["polling-notice"], date(2026, 5, 5)).unwrap_err();
    assert!(problem.contains("个人信息") && !telephone.join("posted").exists(), "{problem}");
    // Saved elsewhere in the meantime.
    let opened = open(folder);
    write(folder, &format!("{}\n", text(folder)));
    let stale = opened.record_one_posted("plan-notice", None, date(2026, 5, 5)).unwrap_err();
    assert!(stale.to_string().contains("刚刚在别处改过"), "{stale}");
}

#[test]
fn records_written_by_hand_are_told_where_they_are_wrong() {
    let folder = village(
        "\
已贴公告:
  - {文件: 投票公告, 编号: 二}
  - {文件: poling-notice, 编号: 1, 张贴日期: 2026-13-01}
  - {文件: plan-notice, 编号: 1, 张贴日期: 2026-03-01, 摘要: 0123456789abcdef}
  - {文件: plan-notice, 编号: 1}
更正: [{文件: 没有的公告}]
",
    );
    let mut report = Report::new();
    Folder::judge(folder.path(), &mut report);
    let errors = report.iter().filter(|one| one.severity == Severity::Error).count();
    assert_eq!(errors, 4, "{report}");
    assert_eq!(
        told(folder.path()),
        [
            "notice-copy 21 “plan-notice”的张贴稿不见了，张贴以后改了哪里，说不出来。",
            "unknown-document 20 没有代号或名称为“poling-notice”的文件，是不是“polling-notice”？",
            "unknown-document 23 没有代号或名称为“没有的公告”的文件。",
            "notice-day 21 《实施方案公告》落款的日期是2026年4月1日，却记着2026年3月1日就已张贴。",
            "notice-changed 21 《实施方案公告》（第1号，2026年3月1日张贴）张贴以后，内容有了变动。",
            "notice-numbers 22 有两份公告都是第1号。",
            "notice-numbers 22 “plan-notice”记了两次。",
        ]
    );
}

#[test]
fn a_copy_that_was_altered_is_no_witness() {
    let folder = village("");
    post(folder.path(), &["polling-notice"], date(2026, 5, 5)).unwrap();
    let copy = folder.path().join("posted/polling-notice.txt");
    let words = std::fs::read_to_string(&copy).unwrap();
    // Line ends of another system alter nothing.
    std::fs::write(&copy, words.replace("\r\n", "\n")).unwrap();
    assert!(told(folder.path()).is_empty());
    std::fs::write(&copy, words.replace("村部", "祠堂")).unwrap();
    let altered = told(folder.path());
    assert!(altered[0].starts_with("notice-copy 24 “polling-notice”的张贴稿与"), "{altered:?}");
    assert_eq!(altered.len(), 1, "{altered:?}");
    std::fs::remove_file(&copy).unwrap();
    replace(folder.path(), "中心会场: 村部", "中心会场: 祠堂");
    let missing = told(folder.path());
    assert!(missing[0].contains("不见了") && missing[1].contains("内容有了变动。"), "{missing:?}");
    // What is to be corrected is then left to be written in.
    assert!(words_of_correction(folder.path()).contains("＿＿"));
}

fn words_of_correction(folder: &Path) -> String {
    words(folder, "erratum-polling-notice")
}

#[test]
fn build_records_what_was_posted() {
    let folder = village("");
    let out = folder.path().join("out");
    let build = |words: &[&str]| {
        let mut all = vec!["build", folder.path().to_str().unwrap(), "-o", out.to_str().unwrap()];
        all.extend(["--formats", "html"]);
        all.extend(words);
        run_in(Path::new("."), &all)
    };
    let run = build(&["--posted", "2026-05-05"]);
    assert!(
        run.code == 0 && run.stdout.contains("2026年5月5日张贴：\n  第2号 投票公告\n"),
        "{run}"
    );
    let run = build(&["--posted", "2026-05-05"]);
    assert!(run.code == 0 && run.stdout.contains("没有2026年5月5日成文"), "{run}");
    let run = build(&["--only", "《实施方案公告》、ELECTION-COMMITTEE", "--posted", "2026-05-06"]);
    assert!(run.code == 0 && run.stdout.contains("  第1号 选举委员会成员名单公告\n"), "{run}");
    assert!(!run.stdout.contains("以下文件要等"), "{run}");
    let run = build(&["--only", "投票公告", "--posted"]);
    assert!(run.code == 1 && run.stderr.contains("cannot-post"), "{run}");
    let run = build(&["--only", "结果公告"]);
    assert!(run.code == 1 && run.stderr.contains("《选举结果公告》《另行选举结果公告》"), "{run}");
    assert_eq!(build(&["--posted", "--draft"]).code, 2);
    let status = run_in(Path::new("."), &["status", folder.path().to_str().unwrap()]);
    assert!(status.stdout.contains("  第2号 投票公告，2026年5月5日张贴\n"), "{status}");
}
