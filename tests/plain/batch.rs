//! Many elections at once: what each gets, what is done again, and what is left when
//! a run is killed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{ROLL, Run, SMALL, files, program, run_in, spoiled};

/// Writes an election below `top`.
fn lay(top: &Path, path: &str, description: &str) {
    let folder = top.join(path);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("election.yaml"), description).unwrap();
    std::fs::write(folder.join("voters.csv"), ROLL).unwrap();
}

/// A street of `count` small communities, one of which is at fault.
fn street(count: usize) -> TempDir {
    let top = tempfile::tempdir().unwrap();
    for n in 0..count {
        let own = SMALL.replace("试验社区", &format!("第{n}社区"));
        lay(top.path(), &format!("in/{}街/社区{n}", ["东", "西"][n % 2]), &own);
    }
    lay(top.path(), "in/西街/坏社区", &spoiled("选举日:", "选举曰:"));
    top
}

fn batch(top: &Path, out: &str, options: &[&str]) -> Run {
    run_in(top, &[&["batch", "in", "-o", out], options].concat())
}

fn record(top: &Path, path: &str) -> Value {
    let text = std::fs::read_to_string(top.join(path).join("record.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The files of the results, without what runs keep for themselves.
fn results(out: &Path) -> impl Iterator<Item = String> {
    files(out).into_iter().filter(|path| !path.contains(".zhangbang"))
}

/// Every file of the results with its bytes.
fn tree(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let bytes = |path: &String| std::fs::read(out.join(path)).unwrap();
    results(out).map(|path| (path.clone(), bytes(&path))).collect()
}

/// When each record was written.
fn written(out: &Path) -> BTreeMap<String, SystemTime> {
    let records = results(out).filter(|path| path.ends_with("record.json"));
    let time = |path: &String| std::fs::metadata(out.join(path)).unwrap().modified().unwrap();
    records.map(|path| (path.clone(), time(&path))).collect()
}

#[test]
fn each_gets_what_its_own_commands_give() {
    let top = street(2);
    let run = batch(top.path(), "out", &[]);
    assert_eq!(run.code, 1, "{run}");
    assert!(run.stdout.contains("共 3 个选举，2 个没有错误，1 个有错误"), "{run}");
    assert!(run.stdout.contains("西街/坏社区：election.yaml，第 7 行第 1 列"), "{run}");
    for (words, made) in [
        (["build", "in/东街/社区0", "-o", "one"], "one"),
        (["pack", "in/东街/社区0", "-o", "one/社区0.zip"], "one"),
    ] {
        let run = run_in(top.path(), &words);
        assert_eq!(run.code, 0, "{run}");
        assert!(top.path().join(made).exists());
    }
    let mut own = tree(&top.path().join("out/东街/社区0"));
    let (record_file, text) = (own.remove("record.json"), own.remove("检查报告.txt"));
    assert!(record_file.is_some() && text.is_some());
    assert_eq!(own, tree(&top.path().join("one")));
    let good = record(top.path(), "out/东街/社区0");
    assert_eq!(good["ended"], "done");
    assert_eq!(good["packet"]["passed"], true, "{good}");
    assert_eq!(good["place"]["name"], "第0社区");
    // Nothing is made of what is at fault.
    let bad = record(top.path(), "out/西街/坏社区");
    assert_eq!(bad["ended"], "at-fault");
    assert_eq!(files(&top.path().join("out/西街/坏社区")), ["record.json", "检查报告.txt"]);
    assert_eq!(bad["findings"][0]["code"], "unknown-key");
}

#[test]
fn only_what_has_changed_is_done_again() {
    let top = street(3);
    let out = top.path().join("out");
    assert_eq!(batch(top.path(), "out", &["--check"]).code, 1);
    let first = written(&out);
    let run = batch(top.path(), "out", &["--check"]);
    assert!(run.stdout.contains("其中 4 个没有变动"), "{run}");
    assert_eq!(written(&out), first);
    let changed = SMALL.replace("试验社区", "新社区");
    lay(top.path(), "in/东街/社区0", &changed);
    let run = batch(top.path(), "out", &["--check"]);
    assert!(run.stdout.contains("其中 3 个没有变动"), "{run}");
    let second = written(&out);
    let again: Vec<_> = first.iter().filter(|(path, time)| second[*path] != **time).collect();
    assert_eq!(again.len(), 1, "{again:?}");
    assert_eq!(record(top.path(), "out/东街/社区0")["place"]["name"], "新社区");
    // What an office lays down is read by all below it.
    std::fs::write(top.path().join("in/西街/street.yaml"), "社区: {区县: 示例县}\n").unwrap();
    let run = batch(top.path(), "out", &["--check"]);
    assert!(run.stdout.contains("其中 2 个没有变动"), "{run}");
    assert_eq!(record(top.path(), "out/西街/社区1")["place"]["district"], "示例县");
}

#[test]
fn a_packet_that_was_handed_in_is_verified_and_read() {
    let top = street(1);
    let pack = |options: &[&str], name: &str| {
        let words = [&["pack", "in/东街/社区0", "-o", name], options].concat();
        assert_eq!(run_in(top.path(), &words).code, 0);
    };
    pack(&[], "in/收到/社区0.zip");
    pack(&["--public"], "in/收到/公开.zip");
    let mut bytes = std::fs::read(top.path().join("in/收到/社区0.zip")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(top.path().join("in/收到/改过.zip"), bytes).unwrap();
    std::fs::write(top.path().join("in/收到/别的.zip"), "no zip").unwrap();
    let run = batch(top.path(), "out", &["--records"]);
    assert_eq!(run.code, 1, "{run}");
    let good = record(top.path(), "out/收到/社区0.zip");
    assert_eq!((&good["kind"], &good["ended"]), (&"packet".into(), &"done".into()));
    assert_eq!(good["packet"]["passed"], true);
    let own = record(top.path(), "out/东街/社区0");
    for same in ["figures", "place", "steps", "lacking"] {
        assert_eq!(good[same], own[same], "{same}");
    }
    assert_eq!(good["packet"]["sha256"], own["packet"]["sha256"]);
    for (name, passed) in [("公开", true), ("改过", false), ("别的", false)] {
        let bad = record(top.path(), &format!("out/收到/{name}.zip"));
        assert_eq!((&bad["ended"], &bad["packet"]["passed"]), (&"at-fault".into(), &passed.into()));
        assert_eq!(bad["findings"][0]["code"], "batch-packet", "{bad}");
        assert!(bad["place"]["name"].is_null());
    }
}

#[test]
fn shards_and_runs_at_once_give_what_one_run_gives() {
    let top = street(6);
    assert_eq!(batch(top.path(), "one", &["--records"]).code, 1);
    let start = |options: &[&str]| {
        let words = [&["batch", "in", "-o", "many", "--records"], options].concat();
        start(top.path(), &words)
    };
    let runs: Vec<Child> = (1..=3)
        .map(|part| start(&["--shard", &format!("{part}/3")]))
        .chain([start(&[]), start(&["--jobs", "1"])])
        .collect();
    for mut run in runs {
        assert!(run.wait().unwrap().code().is_some_and(|code| code <= 1));
    }
    assert!(tree(&top.path().join("one")) == tree(&top.path().join("many")));
    let left = std::fs::read_dir(top.path().join("many/.zhangbang")).unwrap().flatten();
    let mut left: Vec<_> = left.map(|entry| entry.file_name()).collect();
    left.sort();
    assert_eq!(left, ["lock", "plan.json"]);
}

fn start(top: &Path, words: &[&str]) -> Child {
    let mut command = Command::new(program());
    command.args(words).current_dir(top).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

/// Whenever a run is killed, another goes on where it stopped.
#[test]
fn a_run_that_is_killed_is_gone_on_with() {
    let top = street(8);
    let words = ["batch", "in", "-o", "out", "--records"];
    assert_eq!(batch(top.path(), "whole", &["--records"]).code, 1);
    let out = top.path().join("out");
    let mut known = BTreeMap::new();
    for n in 0..6 {
        let mut run = start(top.path(), &words);
        std::thread::sleep(Duration::from_millis(150 + 250 * n));
        let _ = run.kill();
        run.wait().unwrap();
        if !out.exists() {
            // A slow start: nothing was begun.
            continue;
        }
        // What was recorded is whole, and stays as it was.
        let now = written(&out);
        assert!(known.iter().all(|(path, time)| now.get(path) == Some(time)));
        let whole = tree(&top.path().join("whole"));
        assert!(tree(&out).iter().all(|(path, bytes)| whole.get(path) == Some(bytes)));
        known = now;
    }
    assert_eq!(run_in(top.path(), &words).code, 1);
    assert!(tree(&top.path().join("whole")) == tree(&out));
    let own = std::fs::read_dir(out.join(".zhangbang")).unwrap();
    assert_eq!(own.count(), 2);
}

/// Ctrl-C finishes what is under way, says so, and asks to be run again. It reaches all that
/// was started from the terminal; own wordings are tried by a process that it must not end.
#[test]
#[cfg(unix)]
fn who_presses_ctrl_c_loses_nothing() {
    use std::os::unix::process::CommandExt as _;
    let top = street(8);
    let own = "---\nid: thanks\nname: 感谢信\ntitle: 感谢信\nstage: closing\naudience: public\n\
               layouts: [notice]\nretention: {period: 10年, basis: 本社区规定}\n---\n多谢。\n";
    for n in 0..8 {
        let folder = format!("in/{}街/社区{n}/templates/documents", ["东", "西"][n % 2]);
        std::fs::create_dir_all(top.path().join(&folder)).unwrap();
        std::fs::write(top.path().join(folder).join("thanks.md"), own).unwrap();
    }
    let mut command = Command::new(program());
    command.args(["batch", "in", "-o", "out", "--records", "--jobs", "1"]).current_dir(top.path());
    command.process_group(0);
    let run = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let out = top.path().join("out");
    while !out.exists() || written(&out).is_empty() {
        std::thread::sleep(Duration::from_millis(20));
    }
    let all = format!("-{}", run.id());
    let asked = Command::new("kill").args(["-INT", "--", &all]).status().unwrap();
    assert!(asked.success());
    let output = run.wait_with_output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert!(told.contains("再运行一次，从停下的地方接着办"), "{told}");
    let done = written(&out).len();
    assert!((1..9).contains(&done), "{done}");
    for path in written(&out).keys().filter(|path| !path.contains("坏社区")) {
        let path = Path::new("out").join(path);
        assert_eq!(record(top.path(), path.parent().unwrap().to_str().unwrap())["ended"], "done");
    }
    let run = batch(top.path(), "out", &["--records"]);
    assert!(run.stdout.contains(&format!("其中 {done} 个没有变动")), "{run}");
}

#[test]
fn the_exit_code_says_who_is_at_fault() {
    let top = street(1);
    std::fs::create_dir_all(top.path().join("none")).unwrap();
    std::fs::write(top.path().join("file"), "").unwrap();
    std::fs::create_dir_all(top.path().join("taken/东街/社区0")).unwrap();
    std::fs::write(top.path().join("taken/东街/社区0/mine.txt"), "mine").unwrap();
    let cases: &[(i32, &[&str])] = &[
        (1, &["batch", "in", "-o", "out", "--check"]),
        (0, &["batch", "in/东街", "-o", "out2", "--check"]),
        (0, &["batch", "in/东街/社区0", "-o", "out3", "--check"]),
        (1, &["batch", "none", "-o", "out", "--check"]),
        (1, &["batch", "in", "-o", ".", "--check"]),
        (1, &["batch", "in", "-o", "in", "--check"]),
        (1, &["batch", "in", "-o", "taken", "--check"]),
        (3, &["batch", "in", "-o", "file", "--check"]),
        (3, &["batch", "in", "-o", "file/out", "--check"]),
        (2, &["batch", "in"]),
        (2, &["batch", "in", "-o", "out", "--shard", "3/2"]),
        (2, &["batch", "in", "-o", "out", "--check", "--records"]),
    ];
    for (code, words) in cases {
        let run = run_in(top.path(), words);
        assert_eq!(run.code, *code, "{words:?}: {run}");
    }
    assert!(top.path().join("taken/东街/社区0/mine.txt").exists());
    let inside: Vec<PathBuf> = std::fs::read_dir(top.path().join("in"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(inside.len(), 2, "{inside:?}");
}

/// The cells of a sheet of the workbook, by row.
fn sheet(top: &Path, name: &str) -> Vec<Vec<String>> {
    use calamine::Reader as _;
    let file = top.join("out/汇总.xlsx");
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(file).unwrap();
    let range = workbook.worksheet_range(name).unwrap();
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

/// What stands under a heading in the row of a name.
fn cell(rows: &[Vec<String>], name: &str, heading: &str) -> String {
    let at = rows[1].iter().position(|cell| cell == heading).unwrap();
    let row = rows.iter().find(|row| row[1].starts_with(name)).unwrap();
    row[at].clone()
}

/// An election that was held: what nobody knows is left blank.
fn held(name: &str, street: &str, participants: &str, chair: &str) -> String {
    let own = SMALL.replace("试验社区", name).replace("示例街道", street);
    let own = own.replace("  名单公布日期: 2026-04-18\n", "  选民总数: 200\n");
    own + &format!(
        "选举结果:\n  参加投票人数: {participants}\n  当选:\n    - {{姓名: 甲某, 职务: 主任, {chair}}}\n    \
         - {{姓名: 乙某, 职务: 副主任, 性别: 女, 出生: 1990-01-01}}\n"
    )
}

fn lay_round(top: &Path) {
    let lay = |path: &str, text: String| {
        let folder = top.join("in").join(path);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("election.yaml"), text).unwrap();
    };
    let secretary = "性别: 男, 出生: 1970-01-01, 党组织职务: 书记, 民族: 汉族";
    lay("一", held("一社区", "东街", "150", secretary));
    lay("二", held("二社区", "东街", "", "性别: 女, 党组织职务: 无"));
    lay("三", held("三社区", "西街", "120", "出生: 1960-01-01"));
    lay("四", SMALL.replace("试验社区", "四社区").replace("示例街道", "西街"));
}

#[test]
fn figures_are_added_up_by_street_and_what_is_not_told_is_no_zero() {
    let top = tempfile::tempdir().unwrap();
    lay_round(top.path());
    let run = batch(top.path(), "out", &["--check", "--today", "2026-06-01"]);
    assert!(run.stdout.contains("共4个选举，全部计入"), "{run}");
    assert!(run.stdout.contains("参加投票：270（未填1个）"), "{run}");
    let rows = sheet(top.path(), "统计");
    let is = |name: &str, heading: &str, wanted: &str| {
        assert_eq!(cell(&rows, name, heading), wanted, "{name} {heading}\n{rows:#?}");
    };
    is("东街", "登记选民", "400");
    is("东街", "参加投票", "150");
    is("东街", "参选率", "0.75");
    is("西街", "参选率", "0.6");
    is("合计", "参加投票", "270");
    is("合计", "参选率", "0.675");
    is("合计", "女", "4");
    is("合计", "女主任", "1");
    is("合计", "56岁以上", "2");
    is("合计", "书记主任一肩挑", "1");
    is("二社区", "参加投票", "未填");
    is("二社区", "参选率", "未填");
    // The fourth has not voted: that is not left out.
    is("四社区", "参加投票", "");
    let whole = rows.iter().position(|row| row[1].starts_with("合计（4 个）")).unwrap();
    let gaps = |heading: &str| {
        let at = rows[1].iter().position(|cell| cell == heading).unwrap();
        rows[whole + 1][at].clone()
    };
    assert_eq!(rows[whole + 1][1], "其中未填");
    assert_eq!(gaps("参加投票"), "未填1个");
    assert_eq!(gaps("女"), "未填1人");
    assert_eq!(gaps("少数民族"), "未填5人");
    assert_eq!(gaps("书记主任一肩挑"), "未填1个");
    let steps = sheet(top.path(), "进度");
    let late = steps.iter().find(|row| row[1] == "四社区").unwrap();
    assert!(late[4].parse::<u32>().unwrap() > 0 && late[5].parse::<u32>().unwrap() > 0, "{late:?}");
    assert!(top.path().join("out/进度榜.png").exists());
}

/// Whoever did it, in which order, and however often it is added up.
#[test]
fn a_report_depends_on_the_records_alone() {
    let top = tempfile::tempdir().unwrap();
    lay_round(top.path());
    let today = ["--check", "--today", "2026-06-01"];
    batch(top.path(), "out", &today);
    let named = ["汇总.xlsx", "汇总.pdf", "进度榜.pdf", "进度榜.png"];
    let read =
        |out: &str| named.map(|name| std::fs::read(top.path().join(out).join(name)).unwrap());
    for part in ["3/3", "1/3", "2/3"] {
        batch(top.path(), "shards", &["--check", "--shard", part]);
    }
    assert!(!top.path().join("shards/汇总.xlsx").exists());
    let run = run_in(top.path(), &["batch", "report", "shards", "--today", "2026-06-01"]);
    assert_eq!(run.code, 0, "{run}");
    assert!(read("out") == read("shards"));
}

#[test]
fn what_is_missing_or_came_twice_is_told() {
    let top = tempfile::tempdir().unwrap();
    lay_round(top.path());
    std::fs::create_dir_all(top.path().join("in/收到/一")).unwrap();
    std::fs::copy(
        top.path().join("in/一/election.yaml"),
        top.path().join("in/收到/一/election.yaml"),
    )
    .unwrap();
    batch(top.path(), "out", &["--check", "--shard", "1/2"]);
    batch(top.path(), "out", &["--check", "--shard", "2/2"]);
    std::fs::remove_dir_all(top.path().join("out/三")).unwrap();
    let run = run_in(top.path(), &["batch", "report", "out"]);
    assert_eq!(run.code, 0, "{run}");
    assert!(run.stdout.contains("共5个选举，计入2个，3个没有计入"), "{run}");
    let cover = sheet(top.path(), "说明");
    let left_out: Vec<&str> =
        cover.iter().filter(|row| row[0] == "没有计入").map(|row| row[1].as_str()).collect();
    assert_eq!(
        left_out,
        [
            "一：与 收到/一 是同一个委员会，不知道以哪个为准",
            "三：还没有办",
            "收到/一：与 一 是同一个委员会，不知道以哪个为准"
        ]
    );
    let run = run_in(top.path(), &["batch", "report", "in"]);
    assert!(run.code == 1 && run.stderr.contains("[batch-empty]"), "{run}");
}

#[test]
fn the_columns_are_those_that_lie_beside_the_elections() {
    let top = tempfile::tempdir().unwrap();
    lay_round(top.path());
    let own = "title: 东区统计表\nsections:\n  - title: 年龄\n    columns:\n      \
               - {name: 四十以下, count: people, where: {age: {to: 40}}, main: true}\n";
    std::fs::write(top.path().join("statistics.yaml"), own).unwrap();
    let run = batch(top.path(), "out", &["--check"]);
    assert!(run.stdout.contains("四十以下：3（未填1人）"), "{run}");
    assert_eq!(sheet(top.path(), "说明")[0][0], "东区统计表");
    std::fs::write(top.path().join("statistics.yaml"), own.replace("people", "persons")).unwrap();
    let run = batch(top.path(), "out", &["--check"]);
    assert!(run.code == 1 && run.stderr.contains("[batch-columns]"), "{run}");
    let printed = run_in(top.path(), &["batch", "report", "--print-columns"]);
    std::fs::write(top.path().join("statistics.yaml"), printed.stdout).unwrap();
    let run = batch(top.path(), "out", &["--check"]);
    assert!(run.stdout.contains("应换届：4"), "{run}");
}

const LIST: &str = "\
某街道社区（村）名单,,,,,,,
序号,社区名称,类别,街道,人口,户数,小组数,选举日
1,东风社区,社区,东街,\"3,200\",1100,3,2026-05-10
2,西河村,,西街,1800人,520,\"上组、下组\",2026年5月17日
3,无日社区,社区,东街,,,,
";

#[test]
fn a_list_becomes_a_folder_for_each_community() {
    let top = tempfile::tempdir().unwrap();
    std::fs::write(top.path().join("list.csv"), LIST).unwrap();
    let run = run_in(top.path(), &["batch", "new", "list.csv", "-o", "in"]);
    assert!(run.code == 0 && run.stdout.contains("已建立 3 个选举文件夹"), "{run}");
    let read = |path: &str| {
        let text = std::fs::read_to_string(top.path().join("in").join(path)).unwrap();
        text.replace("\r\n", "\n")
    };
    let east = read("东街/东风社区/election.yaml");
    for line in [
        "  名称: 东风社区\n",
        "  街道: 东街\n",
        "  人口: 3200\n",
        "\n选举日: 2026-05-10\n",
        "  - {名称: 第三居民小组}\n",
        "\n届次:",
    ] {
        assert!(east.contains(line), "{line}:\n{east}");
    }
    let west = read("西街/西河村/election.yaml");
    assert!(west.contains("类别: 村 ") && west.contains("选举日: 2026-05-17\n"), "{west}");
    assert!(west.contains("  - {名称: 下组}\n") && west.contains("  人口: 1800\n"), "{west}");
    // What is there is left alone; a list that grew only adds.
    let own = top.path().join("in/东街/东风社区/election.yaml");
    std::fs::write(&own, "类别: 社区\n").unwrap();
    std::fs::write(top.path().join("list.csv"), LIST.to_owned() + "4,新村,村,西街,,,,\n").unwrap();
    let run = run_in(top.path(), &["batch", "new", "list.csv", "-o", "in"]);
    assert!(run.stdout.contains("已建立 1 个") && run.stdout.contains("没有动的 3 个"), "{run}");
    assert_eq!(std::fs::read_to_string(&own).unwrap(), "类别: 社区\n");
    assert!(top.path().join("in/西街/新村/voters.csv").exists());
    let run = batch(top.path(), "out", &["--check"]);
    assert!(run.stdout.contains("共 4 个选举"), "{run}");
}

/// Nothing is made of a list with anything wrong in it; each is told at its cell.
#[test]
fn what_is_wrong_in_a_list_is_told_at_its_cell() {
    let top = tempfile::tempdir().unwrap();
    let cases = [
        ("社区名称", "社区名祢", "第 2 行，B（社区名祢） 列"),
        ("选举日\n", "选举日其\n", "不认识“选举日其”这一列，是不是“选举日期”？"),
        ("东风社区", "", "第 3 行，B（名称） 列"),
        ("\"3,200\"", "三千", "“三千”不是整数"),
        ("2026-05-10", "2026-05", "“2026-05”不是完整的日期"),
        ("2026-05-10", "2026-10-01", "国庆"),
        ("无日社区,社区", "无日,机关", "“机关”不是社区也不是村"),
        ("无日社区", "东风社区", "在第 3 行已经有了"),
    ];
    for (from, to, told) in cases {
        assert!(LIST.contains(from), "{from}");
        std::fs::write(top.path().join("list.csv"), LIST.replacen(from, to, 1)).unwrap();
        let run = run_in(top.path(), &["batch", "new", "list.csv", "-o", "in"]);
        assert!(run.code == 1 && run.stderr.contains(told), "{told}: {run}");
        assert!(!top.path().join("in").exists(), "{told}");
    }
}

/// What a street of eleven communities published of its round: 34,157 voters registered,
/// 31,088 of them voted (91 %), and 11 chairs, 11 vice chairs and 29 members were
/// elected. How these fall to the communities, and their names, are made up.
#[test]
fn the_published_figures_of_a_street_are_reproduced() {
    let top = tempfile::tempdir().unwrap();
    let (mut voters, mut cast) = (34_157, 31_088);
    for n in (0..11).rev() {
        // The first has what the others leave.
        let own = if n == 0 { (voters, cast) } else { (2_900 + 37 * n, 2_650 + 31 * n) };
        (voters, cast) = (voters - own.0, cast - own.1);
        let members = if n < 7 { 3 } else { 2 };
        let text = held(&format!("第{n}社区"), "某街道", &own.1.to_string(), "性别: 男");
        let text = text.replace("选民总数: 200", &format!("选民总数: {}", own.0));
        let text = text.replace("  委员: 3\n", &format!("  委员: {members}\n"));
        let rest = (0..members).map(|m| format!("    - {{姓名: 委员某{m}, 职务: 委员}}\n"));
        let folder = top.path().join(format!("in/社区{n}"));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("election.yaml"), text + &rest.collect::<String>()).unwrap();
    }
    let run = batch(top.path(), "out", &["--check"]);
    for line in ["应换届：11\n", "登记选民：34157\n", "参加投票：31088\n", "参选率：91.02%\n"]
    {
        assert!(run.stdout.contains(line), "{line}{run}");
    }
    let rows = sheet(top.path(), "统计");
    for (post, count) in [("主任", "11"), ("副主任", "11"), ("委员", "29"), ("实选", "51")]
    {
        assert_eq!(cell(&rows, "合计", post), count);
    }
}
