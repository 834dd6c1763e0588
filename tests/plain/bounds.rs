//! What others wrote as a program, and what is no file, keeps nobody waiting.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::support::{ROLL, SMALL, program};

const HEAD: &str = "---\nid: thanks\nname: 感谢信\ntitle: 感谢信\nstage: closing\naudience: public\n\
                    layouts: [notice]\nretention: {period: 10年, basis: 本社区规定}\n---\n";

/// What is told of an election with these files, in less than a minute and a half: a
/// worker is ended after half a minute.
fn told(files: &[(&str, &str)], command: &[&str]) -> String {
    let folder = election(files);
    told_in(&folder, command)
}

fn election(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [("election.yaml", SMALL), ("voters.csv", ROLL)].iter().chain(files) {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

fn told_in(folder: &TempDir, command: &[&str]) -> String {
    let began = Instant::now();
    let output = Command::new(program()).args(command).current_dir(folder.path()).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(began.elapsed() < Duration::from_secs(90), "{told}");
    assert!(output.status.code().is_some_and(|code| code != 0), "{told}");
    told
}

const BUILD: [&str; 7] = ["build", ".", "-o", "out", "--only", "thanks", "--formats=html"];

#[test]
fn a_wording_that_never_ends_is_told_at_its_place() {
    let thrice = "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}\
                  {% endfor %}{% endfor %}{% endfor %}";
    let told = told(&[("templates/documents/thanks.md", &format!("{HEAD}{thrice}"))], &BUILD);
    assert!(told.contains("错误[template]: 模板里的循环停不下来"), "{told}");
    assert!(told.contains("thanks.md:"), "{told}");
}

#[test]
fn a_wording_that_grows_without_end_is_ended() {
    let twice = "{% set s = s ~ s %}".repeat(40);
    let body = format!("{HEAD}{{% set s = '甲乙丙丁' %}}{twice}");
    let told = told(&[("templates/documents/thanks.md", &body)], &BUILD);
    assert!(told.contains("错误[too-costly]"), "{told}");
}

/// Before anything is made of it.
#[test]
fn a_wording_that_cannot_be_read_is_told_by_check() {
    let body = format!("{HEAD}谢谢。\n{{% for %}}\n");
    let told = told(&[("templates/documents/thanks.md", &body)], &["check", "."]);
    assert!(told.contains("错误[template]: 模板的写法有误"), "{told}");
    assert!(told.contains("thanks.md:"), "{told}");
}

#[test]
fn a_wording_has_no_more_lines_than_can_be_set() {
    let many = format!("{HEAD}{{% for n in range(20000) %}}甲\n\n{{% endfor %}}");
    let told = told(&[("templates/documents/thanks.md", &many)], &BUILD);
    assert!(told.contains("错误[template]: 模板写出的文字超过"), "{told}");
}

#[test]
fn blanks_are_no_wider_than_a_page() {
    for asked in ["blank(4000000000)", "boxes(4000000000)", "room(4000000000)", "form(4000000000)"]
    {
        let body = format!("{HEAD}{{{{ {asked} }}}}\n");
        let told = told(&[("templates/documents/thanks.md", &body)], &BUILD);
        assert!(told.contains("最多 1000，这里是 4000000000"), "{asked}: {told}");
    }
}

/// Memory, depth, pages, and paper without end.
#[test]
fn layouts_that_never_end_are_ended() {
    let wording = format!("{HEAD}多谢。\n");
    for (layout, code) in [
        ("#{ let a = \"x\"; for one in range(60) { a = a + a } }", "too-costly"),
        ("#for one in range(100000000) { pagebreak() }", "too-costly"),
        ("#set page(width: 90000mm, height: 90000mm)\n甲", "typst"),
    ] {
        let files = [
            ("templates/documents/thanks.md", &*wording),
            ("templates/layouts/notice.typ", layout),
        ];
        let told = told(&files, &BUILD[..6]);
        assert!(told.contains(&format!("错误[{code}]")), "{layout}: {told}");
    }
}

/// What imports a layout that is not ours is not ours either.
#[test]
fn what_our_layouts_import_is_tried_too() {
    let endless = "#let forever = { let a = \"x\"; for one in range(60) { a = a + a } }";
    let told = told(
        &[("templates/layouts/common.typ", endless)],
        &["build", ".", "-o", "out", "--only", "election-committee"],
    );
    assert!(told.contains("错误[too-costly]"), "{told}");
}

/// A worker that sets something in this layout, and what keeps it there.
fn worker(layout: &str, seconds: &str) -> (Child, ChildStdin) {
    let task = format!(
        r#"{{"fonts": [], "layouts": {{"x.typ": "{layout}"}},
            "sheets": [{{"title": "甲", "layout": "x", "document": "{{}}"}}]}}"#
    );
    let mut command = Command::new(program());
    command.args(["--worker", seconds, "1024", "layouts"]);
    let mut worker = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = worker.stdin.take().unwrap();
    input.write_all(&(task.len() as u64).to_le_bytes()).unwrap();
    input.write_all(task.as_bytes()).unwrap();
    (worker, input)
}

const ENDLESS: &str = "#for a in range(100000) { for b in range(100000) { let c = a } }";

#[test]
fn a_worker_ends_when_its_time_is_up() {
    for (layout, code) in [("甲", 0), (ENDLESS, 124)] {
        let (mut worker, _input) = worker(layout, "3");
        assert_eq!(worker.wait().unwrap().code(), Some(code), "{layout}");
    }
}

/// Whoever is killed leaves nothing behind that goes on.
#[test]
fn a_worker_ends_with_who_started_it() {
    let (mut worker, input) = worker(ENDLESS, "600");
    let mut said = String::new();
    BufReader::new(worker.stdout.take().unwrap()).read_line(&mut said).unwrap();
    assert_eq!(said, "x\t甲\n");
    drop(input);
    assert_eq!(worker.wait().unwrap().code(), Some(126));
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_waited_for() {
    for (path, command) in [
        ("election.yaml", &["check", "."][..]),
        ("voters.csv", &["check", "."]),
        ("templates/words.yaml", &["check", "."]),
        ("templates/documents/thanks.md", &["check", "."]),
        ("templates/layouts/notice.typ", &["check", "."]),
        ("profiles/own.yaml", &["check", "."]),
        ("packet.zip", &["verify", "packet.zip"]),
        ("older.xlsx", &["roll", "diff", "older.xlsx", "voters.csv"]),
        ("secret", &["pack", ".", "-o", "a.zip", "--encrypt", "--password-file", "secret"]),
    ] {
        let folder = election(&[]);
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let _ = std::fs::remove_file(&path);
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        let told = told_in(&folder, command);
        assert!(told.contains("管道或设备"), "{}: {told}", path.display());
        std::fs::remove_file(&path).unwrap();
        std::os::unix::fs::symlink("/dev/zero", &path).unwrap();
        assert!(told_in(&folder, command).contains("管道或设备"), "{}", path.display());
    }
}
