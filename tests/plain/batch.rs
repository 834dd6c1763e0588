//! Many elections at once: what each gets, what is done again, and what is left when
//! a run is killed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{ROLL, Run, SMALL, files, run_in, spoiled};

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

/// Every file of the results with its bytes.
fn tree(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let all = files(out).into_iter();
    all.filter(|path| !path.contains(".zhangbang"))
        .map(|path| {
            let bytes = std::fs::read(out.join(&path)).unwrap();
            (path, bytes)
        })
        .collect()
}

/// When each record was written.
fn written(out: &Path) -> BTreeMap<String, SystemTime> {
    let records = files(out).into_iter().filter(|path| path.ends_with("record.json"));
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
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhangbang"));
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
        // What was recorded is whole, and stays as it was.
        let now = if out.exists() { written(&out) } else { BTreeMap::new() };
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

/// Ctrl-C finishes what is under way, says so, and asks to be run again.
#[test]
#[cfg(unix)]
fn who_presses_ctrl_c_loses_nothing() {
    let top = street(8);
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhangbang"));
    command.args(["batch", "in", "-o", "out", "--records", "--jobs", "1"]).current_dir(top.path());
    let run = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let out = top.path().join("out");
    while !out.exists() || written(&out).is_empty() {
        std::thread::sleep(Duration::from_millis(20));
    }
    let asked = Command::new("kill").args(["-INT", &run.id().to_string()]).status().unwrap();
    assert!(asked.success());
    let output = run.wait_with_output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert!(told.contains("再运行一次，从停下的地方接着办"), "{told}");
    let done = written(&out).len();
    assert!((1..9).contains(&done), "{done}");
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
