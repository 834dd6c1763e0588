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
    let people: String =
        (1..=5000).map(|n| format!("{n},张{n},男,1970-01-02,第一居民小组\r\n")).collect();
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
    let own = |path: &&String| {
        ["documents/", "parts/", "layouts/"].iter().any(|folder| path.starts_with(folder))
    };
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
    for part in exported.iter().filter(|path| path.starts_with("parts/")) {
        let line = listed.stdout.lines().find(|line| line.split('\t').next() == Some(part));
        let purpose = line.and_then(|line| line.split('\t').nth(1));
        assert!(purpose.is_some_and(|purpose| !purpose.is_empty()), "{part}: {listed}");
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

/// What several wordings say alike lies in a file of its own, which an election
/// may replace or add to; a mistake in it is told once, in that file.
#[test]
fn a_part_of_ones_own_speaks_in_every_document_that_imports_it() {
    let folder = election(SMALL, ROLL);
    let parts = folder.path().join("templates/parts");
    let documents = folder.path().join("templates/documents");
    std::fs::create_dir_all(&parts).unwrap();
    std::fs::create_dir_all(&documents).unwrap();
    let part = |name: &str, text: &str| std::fs::write(parts.join(name), text).unwrap();
    let build = || run_in(folder.path(), &["build", ".", "-o", "out", "--only", "voter-list"]);
    let text = || words_of(&folder.path().join("out/3-选民登记/选民名单公告.pdf"));

    // Values, names and blanks are there what they are in the document itself.
    let ours = "\
{% macro to_election_committee() %}
有异议的，找{{ \"张*守*信\" }}、{{ election_committee.members[0].name | person }}，{{ blank(3) }}，*{{ place }}*。
{%- endmacro %}
";
    part("objections.md", ours);
    let run = build();
    assert_eq!(run.code, 0, "{run}");
    assert!(text().contains("有异议的，找张*守*信、张守信，"), "{}", text());
    assert!(text().contains("试验社区。"), "{}", text());

    // A mistake in it, when it is read or when it is used.
    for (broken, told) in [
        (
            "{% macro to_election_committee() %}\n{{ words.vooter }}\n{% endmacro %}\n",
            "words.vooter",
        ),
        ("{% macro to_election_committee() %}\n{{ words.voter | nmae }}\n{% endmacro %}\n", "nmae"),
        ("{# 一 #}\n{% macro to_election_committee( %}\n", "写法有误"),
    ] {
        part("objections.md", broken);
        let run = run_in(folder.path(), &["build", ".", "-o", "again"]);
        assert!(run.code == 1 && run.stderr.contains("parts/objections.md:2:"), "{run}");
        assert!(run.stderr.contains(told), "{run}");
        assert_eq!(run.stderr.matches("错误[template]").count(), 1, "{run}");
    }
    std::fs::remove_file(parts.join("objections.md")).unwrap();

    // One that nobody imports is read too; one that is not there is told.
    part("odd.md", "{% macro odd() %}");
    let run = run_in(folder.path(), &["templates", "check", "."]);
    assert!(run.code == 1 && run.stderr.contains("parts/odd.md:1"), "{run}");
    std::fs::remove_file(parts.join("odd.md")).unwrap();
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/documents/voter-list.md");
    let list = std::fs::read_to_string(list).unwrap();
    let list = list.replace("parts/objections.md", "parts/objectoins.md");
    std::fs::write(documents.join("voter-list.md"), list).unwrap();
    let run = build();
    assert!(run.code == 1 && run.stderr.contains("voter-list.md:"), "{run}");
    assert!(
        run.stderr.contains("parts/objectoins.md") && run.stderr.contains("parts/objections.md"),
        "{run}"
    );
}

/// What the front matter says of the election is read like the election itself:
/// a slip is told at its place, with the word that was meant.
#[test]
fn a_slip_in_front_matter_is_told_where_it_stands() {
    let folder = election(SMALL, ROLL);
    let documents = folder.path().join("templates/documents");
    std::fs::create_dir_all(&documents).unwrap();
    let head = "\
---
id: odd
name: 试验
title: \"{{ place }}|试验公告\"
stage: closing
layouts: [notice]
issuer: \"{{ place }}\"
dated: election_day
audience: public
needs: [community.name, term]
blank: [result]
retention: { period: 10年, basis: 本社区规定 }
---
特此公告。
";
    let told = |from: &str, to: &str| {
        assert!(head.contains(from));
        std::fs::write(documents.join("odd.md"), head.replace(from, to)).unwrap();
        run_in(folder.path(), &["build", ".", "-o", "out"])
    };
    for (from, to, place, said) in [
        ("community.name, term", "community.name, trem", "odd.md:10:25", "“term”"),
        ("community.name", "comunity.name", "odd.md:10:9", "“community.name”"),
        ("[result]", "[resutl]", "odd.md:11:9", "“result”"),
        ("[result]", "[result.votes]", "odd.md:11:9", "最外层"),
        (
            "dated: election_day",
            "dated: registration.list_posted",
            "odd.md:8:8",
            "“registration.list_posted_on”",
        ),
        ("dated: election_day", "dated: community.name", "odd.md:8:8", "“试验社区”不是日期"),
        ("{{ place }}|试验", "{{ palce }}|试验", "odd.md:4:12", "palce"),
        ("issuer: \"{{ place }}\"", "issuer: \"{{ palce }}\"", "odd.md:7:13", "palce"),
        ("特此公告。", "{{ term | trem }}", "odd.md:14:11", "trem"),
        ("stage: closing", "satge: closing", "odd.md:5", "有误"),
    ] {
        let run = told(from, to);
        assert!(
            run.code == 1 && run.stderr.contains(place) && run.stderr.contains(said),
            "{to}: {run}"
        );
        assert!(!run.stderr.contains("invalid operation"), "{run}");
    }
    assert_eq!(told("特此公告。", "特此公告。").code, 0);
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
