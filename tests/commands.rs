//! The command line: exit codes, the scaffold, templates of one's own.

use std::path::Path;

use crate::support::{ROLL, SMALL, election, example, files, run_in, words_of};

#[test]
fn the_exit_code_says_who_is_at_fault() {
    let folder = election(SMALL, ROLL);
    std::fs::write(folder.path().join("in-the-way"), "").unwrap();
    let cases: &[(i32, &[&str])] = &[
        (0, &["check", "."]),
        (0, &["check", "election.yaml"]),
        (0, &["build", ".", "-o", "out"]),
        (0, &["build", ".", "-o", "one", "--only", "voter-list"]),
        (0, &["--version"]),
        (0, &["--help"]),
        (0, &["build", "--help"]),
        (1, &["check", "nowhere"]),
        (1, &["build", ".", "--only", "no-such-document"]),
        (1, &["build", ".", "--only", "results-notice"]),
        (1, &["verify", "voters.csv"]),
        (1, &["new", "."]),
        (2, &[]),
        (2, &["bild", "."]),
        (2, &["build"]),
        (2, &["build", ".", "--no-such-option"]),
        (3, &["build", ".", "-o", "in-the-way"]),
        (3, &["build", ".", "-o", "in-the-way/below"]),
        (3, &["pack", ".", "-o", "in-the-way/below.zip"]),
        (3, &["new", "in-the-way/below"]),
    ];
    for (code, words) in cases {
        let run = run_in(folder.path(), words);
        assert_eq!(run.code, *code, "{words:?}: {run}");
        assert!(!run.stdout.is_empty() || !run.stderr.is_empty(), "{words:?} says nothing");
    }
}

/// Without fonts there is nothing to print with: the machine is at fault.
#[test]
#[cfg(target_os = "linux")]
fn without_any_font_the_machine_is_at_fault() {
    use std::process::Command;
    let folder = election(SMALL, ROLL);
    // A namespace of our own, in which the folders of fonts are empty.
    let script = "mkdir -p empty home && for fonts in /usr/share/fonts /usr/local/share/fonts; do \
                  [ ! -d $fonts ] || mount --bind empty $fonts; done && HOME=$PWD/home XDG_DATA_HOME=$PWD/home \"$@\"";
    let inside = |words: &[&str]| {
        let command = ["--mount", "--map-root-user", "sh", "-c", script, "sh"];
        Command::new("unshare").args(command).args(words).current_dir(folder.path()).output()
    };
    if !inside(&["true"]).is_ok_and(|output| output.status.success()) {
        eprintln!("not tested: this machine gives no namespace of its own");
        return;
    }
    let output = inside(&[env!("CARGO_BIN_EXE_zhangbang"), "build", ".", "-o", "out"]).unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert!(told.contains("没有中文字体") && told.contains("make fonts"), "{told}");
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_new_folder_passes_check_and_build() {
    let folder = tempfile::tempdir().unwrap();
    let run = run_in(folder.path(), &["new", "某某社区2026"]);
    assert_eq!(run.code, 0, "{run}");
    let run = run_in(folder.path(), &["check", "某某社区2026"]);
    assert_eq!(run.code, 0, "{run}");
    let run = run_in(folder.path(), &["build", "某某社区2026"]);
    assert_eq!(run.code, 0, "{run}");
}

/// Every commented line of the scaffold is something to be uncommented.
#[test]
fn the_scaffold_filled_in_makes_all_documents() {
    let folder = tempfile::tempdir().unwrap();
    run_in(folder.path(), &["new", "a"]);
    let file = folder.path().join("a/election.yaml");
    let scaffold = std::fs::read_to_string(&file).unwrap();
    let (head, body) = scaffold.split_once("\n\n").unwrap();
    let filled: String = body
        .lines()
        .map(|line| line.strip_prefix("# ").unwrap_or(line).to_owned() + "\n")
        .collect();
    std::fs::write(&file, format!("{head}\n\n{filled}")).unwrap();
    let digits: Vec<char> = "零一二三四五六七八九".chars().collect();
    let name =
        |n: usize| n.to_string().bytes().map(|d| digits[usize::from(d - b'0')]).collect::<String>();
    let people: String =
        (1..=5000).map(|n| format!("{n},张{},男,1970-01-02,第一居民小组\r\n", name(n))).collect();
    std::fs::write(
        folder.path().join("a/voters.csv"),
        format!("序号,姓名,性别,出生日期,小组\r\n{people}"),
    )
    .unwrap();
    let run = run_in(folder.path(), &["build", "a", "-o", "out"]);
    assert!(!run.stderr.contains("unknown-key") && !run.stderr.contains("错误[value]"), "{run}");
    assert_eq!(run.code, 0, "{run}");
}

#[test]
fn every_template_is_listed_and_can_be_exported_once() {
    let folder = tempfile::tempdir().unwrap();
    let listed = run_in(folder.path(), &["templates", "list"]);
    assert_eq!(listed.code, 0, "{listed}");
    let run = run_in(folder.path(), &["templates", "export", "t"]);
    assert_eq!(run.code, 0, "{run}");
    let exported = files(&folder.path().join("t"));
    let of_source = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"));
    let own = |path: &&String| path.starts_with("documents/") || path.starts_with("layouts/");
    assert_eq!(
        exported.iter().filter(own).collect::<Vec<_>>(),
        of_source.iter().filter(own).collect::<Vec<_>>()
    );
    for path in exported.iter().filter(|path| path.starts_with("documents/")) {
        let id = path.trim_start_matches("documents/").trim_end_matches(".md");
        assert!(
            listed.stdout.lines().any(|line| line.split('\t').next() == Some(id)),
            "{id}: {listed}"
        );
    }
    let run = run_in(folder.path(), &["templates", "export", "t"]);
    assert_eq!(run.code, 1, "exported twice: {run}");
}

#[test]
fn a_template_and_a_layout_of_ones_own_take_the_place_of_ours() {
    let folder = election(SMALL, ROLL);
    run_in(folder.path(), &["templates", "export", "templates"]);
    let list = folder.path().join("templates/documents/voter-list.md");
    let text = std::fs::read_to_string(&list).unwrap();
    std::fs::write(&list, text.replace("特此公告。", "特此改写。")).unwrap();
    let run = run_in(folder.path(), &["build", ".", "-o", "out"]);
    assert_eq!(run.code, 0, "{run}");
    assert!(
        words_of(&folder.path().join("out/3-选民登记/选民名单公告.pdf")).contains("特此改写。")
    );

    // A mistake in either is told at its place, and nothing is written.
    let broken = text.replace("特此公告。", "{{ community.nmae }}");
    std::fs::write(&list, broken).unwrap();
    let run = run_in(folder.path(), &["build", ".", "-o", "again"]);
    assert!(
        run.code == 1
            && run.stderr.contains("voter-list.md:")
            && run.stderr.contains("community.nmae"),
        "{run}"
    );
    std::fs::write(&list, text).unwrap();
    let layout = folder.path().join("templates/layouts/list.typ");
    std::fs::write(&layout, "#let x = \n#no-such-thing()").unwrap();
    let run = run_in(folder.path(), &["build", ".", "-o", "again"]);
    assert!(run.code == 1 && run.stderr.contains("list.typ"), "{run}");
    assert!(!folder.path().join("again").exists());
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

/// The manual's own example of a new document, as a secretary would copy it.
#[test]
fn the_example_of_the_templates_manual_makes_a_document() {
    let manual = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/templates.md");
    let manual = std::fs::read_to_string(manual).unwrap();
    let (_, rest) = manual.split_once("```markdown\n").unwrap();
    let (template, _) = rest.split_once("```").unwrap();
    let qimei = example("qimei-2017");
    let folder = tempfile::tempdir().unwrap();
    for file in ["election.yaml", "voters.csv"] {
        std::fs::copy(qimei.join(file), folder.path().join(file)).unwrap();
    }
    let documents = folder.path().join("templates/documents");
    std::fs::create_dir_all(&documents).unwrap();
    std::fs::write(documents.join("thanks.md"), template).unwrap();
    let run = run_in(folder.path(), &["build", ".", "-o", "out", "--only", "thanks"]);
    assert_eq!(run.code, 0, "{run}");
    let text = words_of(&folder.path().join("out/7-总结归档/致谢公告.pdf"));
    assert!(text.contains("2017年5月14日，3670名选民参加了投票"), "{text}");
}
