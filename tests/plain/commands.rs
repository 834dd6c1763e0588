//! The command line: exit codes, the scaffold, templates of one's own.

use std::path::Path;

use crate::support::{
    ROLL, SMALL, build, election, example, files, repository, run_in, words_of_page,
};

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
        (0, &["--licenses"]),
        (0, &["--help"]),
        (0, &["build", "--help"]),
        (1, &["check", "nowhere"]),
        (1, &["build", ".", "--only", "no-such-document"]),
        (1, &["build", ".", "--only", "results-notice"]),
        (1, &["verify", "voters.csv"]),
        (1, &["new", "."]),
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

/// Nothing is printed of an election that nobody described yet.
#[test]
fn a_new_folder_is_asked_for_its_names_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let options: [&[&str]; 3] = [&[], &["--kind", "村"], &["--election-day", "2027-05-09"]];
    for (name, options) in ["a", "b", "c"].into_iter().zip(options) {
        let run = run_in(folder.path(), &[&["new", name], options].concat());
        assert_eq!(run.code, 0, "{run}");
        let run = run_in(folder.path(), &["check", name, "--json"]);
        let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let told = told["findings"].as_array().unwrap();
        assert!(!told.is_empty() && told.iter().all(|one| one["code"] == "placeholder"), "{run}");
        let run = run_in(folder.path(), &["build", name, "-o", "out"]);
        assert!(run.code == 1 && !folder.path().join("out").exists(), "{run}");
        let run = run_in(folder.path(), &["status", name]);
        assert!(run.code == 0 && !run.stdout.contains("已办"), "{run}");
    }
}

/// What stays from term to term is there, and nothing that was done last time.
#[test]
fn a_new_election_takes_over_what_stays_from_the_last() {
    let top = tempfile::tempdir().unwrap();
    let new = |name: &str, from: &Path, options: &[&str]| {
        let words = ["new", name, "--from", from.to_str().unwrap()];
        let run = run_in(top.path(), &[&words[..], options].concat());
        assert_eq!(run.code, 0, "{run}");
        let check = run_in(top.path(), &["check", name]);
        assert!(check.code == 0 && !check.stderr.contains("警告"), "{check}");
        let build = run_in(top.path(), &["build", name, "-o", "out", "--formats", "html"]);
        assert_eq!(build.code, 0, "{build}");
        let written = std::fs::read_to_string(top.path().join(name).join("election.yaml")).unwrap();
        // Notepad before 2018 would show one line.
        assert_eq!(written.matches('\n').count(), written.matches("\r\n").count());
        written.replace("\r\n", "\n")
    };
    // Written with English keys and values; the scaffold has Chinese ones.
    let village = new("village", &example("shiping-2026"), &["--election-day", "2031-05-11"]);
    for line in [
        "村:\n  名称: 示坪村\n",
        "  乡镇: 示例镇\n",
        "届次: 9               # 第九届\n",
        "上届选举日: 2026-05-17\n选举方式: 全体选民\n职数:\n  主任: 1\n",
        "小组:\n  - {名称: 第一村民小组, 户数: 34}\n",
        "归档:\n  全宗号: X008\n",
        "#   张榜地点: [村务公开栏, 各村民小组公告栏]\n",
    ] {
        assert!(village.contains(line), "{line}:\n{village}");
    }
    assert!(!village.contains("2026-04") && !village.contains("决定日期"), "{village}");
    let community = new("community", &example("anhe-2026/election.yaml"), &[]);
    assert!(community.contains("社区:\n  名称: 安和社区\n  省份: 四川省\n"), "{community}");
    assert!(community.contains("\n选举方式: 户代表"), "{community}");
    // Wordings of one's own go along; another kind is as it is said.
    let own = top.path().join("village/templates/words.yaml");
    std::fs::create_dir_all(own.parent().unwrap()).unwrap();
    std::fs::write(&own, "voter: 参选人\n").unwrap();
    new("next", &top.path().join("village"), &["--kind", "村"]);
    assert!(top.path().join("next/templates/words.yaml").exists());
    let run = run_in(top.path(), &["new", "none", "--from", "nowhere"]);
    assert!(run.code == 1 && !top.path().join("none").exists(), "{run}");
}

/// A scaffold with its names filled in, everything in it taken into use, and a
/// roll to go with it.
fn filled_in(folder: &Path, name: &str) {
    let file = folder.join(name).join("election.yaml");
    let scaffold = std::fs::read_to_string(&file).unwrap();
    // In the order of their strokes, as the list of candidates is.
    let names = [
        ("子", "丁建国"),
        ("丑", "王立新"),
        ("寅", "丁海涛"),
        ("卯", "王秀兰"),
        ("辰", "丁玉梅"),
        ("巳", "王志强"),
        ("午", "李长河"),
        ("未", "赵小红"),
        ("甲", "孙大明"),
        ("乙", "周淑珍"),
        ("丙", "吴德胜"),
        ("丁", "郑永福"),
        ("戊", "冯桂香"),
        ("己", "陈广义"),
        ("庚", "褚文斌"),
        ("辛", "卫国平"),
        ("壬", "蒋春生"),
        ("癸", "沈月娥"),
        ("申", "韩启明"),
        ("酉", "杨金凤"),
        ("戌", "朱长林"),
        ("亥", "秦爱华"),
        ("土", "许长青"),
        ("石", "何明亮"),
        ("金", "尤老根"),
        ("木", "许成功"),
        ("水", "何有田"),
        ("火", "吕向东"),
        ("社区", "石桥社区"),
        ("村", "石桥村"),
        ("省", "湖南省"),
        ("区", "东山区"),
        ("县", "东山县"),
        ("街道", "河口街道"),
        ("镇", "河口镇"),
    ];
    let bare = |line: &str| line.strip_prefix("# ").unwrap_or(line).to_owned() + "\n";
    let mut text: String = scaffold.lines().map(bare).collect();
    for (placeholder, name) in names {
        text = text.replace(&format!("某某{placeholder}"), name);
    }
    std::fs::write(&file, text).unwrap();
    let group = if scaffold.contains("村民") { "村民小组" } else { "居民小组" };
    let of_scaffold = names.iter().take(28).map(|(_, name)| (*name).to_owned());
    // Nobody else's name is like another's.
    let digits = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let others =
        (0..972).map(|n| ["钱", digits[n / 100], digits[n / 10 % 10], digits[n % 10]].concat());
    let mut roll = String::from("序号,姓名,性别,出生日期,小组\r\n");
    for (n, name) in of_scaffold.chain(others).enumerate() {
        let sex = if "兰梅红珍香娥凤华".contains(name.chars().last().unwrap()) {
            "女"
        } else {
            "男"
        };
        let half = if n % 2 == 0 { "第一" } else { "第二" };
        let born = match name.as_str() {
            "丁建国" => "1975-06-02",
            _ if n % 2 == 0 => "1970-01-02",
            _ => "1970-01-03",
        };
        roll += &format!("{},{name},{sex},{born},{half}{group}\r\n", n + 1);
    }
    std::fs::write(folder.join(name).join("voters.csv"), roll).unwrap();
}

/// Every commented line of the scaffold is something to be uncommented, and
/// what it shows is lawful.
#[test]
fn the_scaffold_filled_in_is_lawful_and_makes_all_documents() {
    let folder = tempfile::tempdir().unwrap();
    for (name, kind, options) in [
        ("a", "社区", &["--election-day", "2027-05-09", "--province", "四川省"][..]),
        ("b", "村", &["--election-day", "2028-03-12", "--province", "四川省"]),
        ("c", "村", &["--election-day", "2027-10-17", "--province", "海南省"]),
        ("d", "村", &["--election-day", "2027-05-09", "--province", "湖南省"]),
        ("e", "社区", &[]),
    ] {
        run_in(folder.path(), &[&["new", name, "--kind", kind][..], options].concat());
        filled_in(folder.path(), name);
        let run = run_in(folder.path(), &["check", name, "--json"]);
        let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let told = told["findings"].as_array().unwrap();
        assert!(told.iter().all(|one| one["severity"] == "note"), "{name}: {run}");
    }
    let run = run_in(folder.path(), &["build", "a", "-o", "out"]);
    assert_eq!(run.code, 0, "{run}");
    let made = files(&folder.path().join("out"));
    for public in [
        "选举委员会成员名单公告",
        "登记公告",
        "选民名单公告",
        "被提名人名单公告",
        "候选人名单公告",
        "投票公告",
        "选举工作人员名单公告",
        "委托投票名单公告",
        "选举结果公告",
        "监督委员会选举结果公告",
    ] {
        assert!(
            made.iter().any(|file| file.ends_with(&format!("/{public}.pdf"))),
            "{public}: {made:?}"
        );
    }
}

/// A date tells when something is to be done, not that it was.
#[test]
fn no_notice_of_an_event_is_made_from_a_date_alone() {
    let folder = tempfile::tempdir().unwrap();
    run_in(folder.path(), &["new", "a", "--election-day", "2027-05-09", "--province", "四川省"]);
    let file = folder.path().join("a/election.yaml");
    let scaffold = std::fs::read_to_string(&file).unwrap();
    let is_plan = |line: &str| {
        let heads_dates = line.ends_with(':') && !["# 会议:", "# 小组:"].contains(&line);
        line.starts_with("# ") && !line.starts_with("#  ") && heads_dates
            || line.starts_with("#   ") && !line.starts_with("#    ") && line.contains(": 202")
    };
    let planned = scaffold.lines().map(|line| if is_plan(line) { &line[2..] } else { line });
    let planned: String = planned.map(|line| line.to_owned() + "\n").collect();
    let names = [("社区", "石桥社区"), ("区", "东山区"), ("街道", "河口街道")];
    let named = names.iter().fold(planned, |text, (placeholder, name)| {
        text.replace(&format!(": 某某{placeholder}\n"), &format!(": {name}\n"))
    });
    std::fs::write(&file, named).unwrap();
    let run = run_in(folder.path(), &["build", "a", "-o", "out"]);
    assert_eq!(run.code, 0, "{run}");
    let told = ["名单", "结果", "总结", "方案", "备案", "投票公告", "当选", "移交", "见面"];
    for file in files(&folder.path().join("out")) {
        let name = file.rsplit('/').next().unwrap();
        assert!(!told.iter().any(|event| name.contains(event)), "{file}: {run}");
    }
}

#[test]
fn every_template_is_listed_and_can_be_exported_once() {
    let folder = tempfile::tempdir().unwrap();
    let listed = run_in(folder.path(), &["templates", "list"]);
    assert_eq!(listed.code, 0, "{listed}");
    let run = run_in(folder.path(), &["templates", "export", "t"]);
    assert_eq!(run.code, 0, "{run}");
    let exported = files(&folder.path().join("t"));
    let of_source = files(&repository().join("templates"));
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
    // Over one that was changed nothing is exported.
    let changed = folder.path().join("t").join(&exported[0]);
    std::fs::write(&changed, "changed").unwrap();
    let run = run_in(folder.path(), &["templates", "export", "t"]);
    assert_eq!(run.code, 1, "exported twice: {run}");
    assert_eq!(std::fs::read(&changed).unwrap(), b"changed");
}

#[test]
fn a_template_and_a_layout_of_ones_own_take_the_place_of_ours() {
    let folder = election(SMALL, ROLL);
    run_in(folder.path(), &["templates", "export", "templates"]);
    let list = folder.path().join("templates/documents/voter-list.md");
    let text = std::fs::read_to_string(&list).unwrap();
    std::fs::write(&list, text.replace("特此公告。", "特此改写。")).unwrap();
    let run = run_in(folder.path(), &["build", ".", "-o", "out", "--formats", "pdf,html"]);
    assert_eq!(run.code, 0, "{run}");
    assert!(
        words_of_page(&folder.path().join("out/3-选民登记/选民名单公告.html"))
            .contains("特此改写。")
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
    let words = ["build", ".", "-o", "out", "--only", "voter-list", "--formats", "html"];
    let build = || run_in(folder.path(), &words);
    let text = || words_of_page(&folder.path().join("out/3-选民登记/选民名单公告.html"));

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
        let place = run.stderr.replace('\\', "/");
        assert!(run.code == 1 && place.contains("parts/objections.md:2:"), "{run}");
        assert!(run.stderr.contains(told), "{run}");
        assert_eq!(run.stderr.matches("错误[template]").count(), 1, "{run}");
    }
    std::fs::remove_file(parts.join("objections.md")).unwrap();

    // One that nobody imports is read too; one that is not there is told.
    part("odd.md", "{% macro odd() %}");
    let run = run_in(folder.path(), &["templates", "check", "."]);
    assert!(run.code == 1 && run.stderr.contains("parts/odd.md:1"), "{run}");
    std::fs::remove_file(parts.join("odd.md")).unwrap();
    let list = repository().join("templates/documents/voter-list.md");
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

/// The manual's own example of a new document, as a secretary would copy it.
#[test]
fn the_example_of_the_templates_manual_makes_a_document() {
    let manual = repository().join("docs/templates.md");
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
    let words = ["build", ".", "-o", "out", "--only", "thanks", "--formats", "html"];
    let run = run_in(folder.path(), &words);
    assert_eq!(run.code, 0, "{run}");
    let text = words_of_page(&folder.path().join("out/7-总结归档/致谢公告.html"));
    assert!(text.contains("2017年5月14日，3670名选民参加了投票"), "{text}");
}

/// What is no longer made does not lie beside what is, unless somebody changed it.
#[test]
fn what_an_earlier_build_left_is_told_and_taken_away() {
    let folder = election(SMALL, ROLL);
    let target = folder.path().join("out");
    build(folder.path(), &target);
    let before = files(&target);
    let gone: Vec<&String> =
        before.iter().filter(|path| path.contains("选举委员会成员名单公告")).collect();
    assert!(gone.len() > 1, "{before:?}");
    std::fs::write(target.join("我的.txt"), "own").unwrap();
    std::fs::write(target.join(gone[0]), "changed").unwrap();
    let start = SMALL.find("选举委员会:").unwrap();
    let shorter = format!("{}{}", &SMALL[..start], &SMALL[SMALL.find("选民登记:").unwrap()..]);
    std::fs::write(folder.path().join("election.yaml"), shorter).unwrap();
    let run = build(folder.path(), &target);
    let after = files(&target);
    assert!(run.stdout.contains("已经删去") && run.stdout.contains("没有动"), "{run}");
    assert!(after.contains(gone[0]) && after.contains(&"我的.txt".to_owned()));
    assert!(gone[1..].iter().all(|path| !after.contains(path)), "{after:?}");
    // Told once, not for ever.
    let again = build(folder.path(), &target);
    assert!(!again.stdout.contains("已经删去") && !again.stdout.contains("没有动"), "{again}");
}

/// A template of one's own names its document, not a place.
#[test]
fn no_name_of_a_template_leads_out_of_the_output_folder() {
    let folder = election(SMALL, ROLL);
    let own = folder.path().join("templates/documents");
    std::fs::create_dir_all(&own).unwrap();
    let ours = include_str!("../../templates/documents/voter-list.md");
    let name = ours.lines().find(|line| line.starts_with("name: ")).unwrap();
    let wording = ours.replacen(name, "name: 甲/../../../逃逸", 1);
    std::fs::write(own.join("voter-list.md"), wording).unwrap();
    let target = folder.path().join("a/b/out");
    build(folder.path(), &target);
    let below = files(&target);
    assert!(below.iter().any(|path| path.contains("逃逸")), "{below:?}");
    let all = files(folder.path());
    let inside = all.iter().filter(|path| path.contains("逃逸"));
    assert!(inside.into_iter().all(|path| path.starts_with("a/b/out/")), "{all:?}");
}

#[test]
fn the_empty_roll_of_a_new_election_does_not_stand_in_the_way_of_the_real_one() {
    let work = tempfile::tempdir().unwrap();
    run_in(work.path(), &["new", "枫桥", "--kind", "社区", "--election-day", "2027-05-09"]);
    let folder = work.path().join("枫桥");
    let people = "序号,姓名,性别,小组\n1,甲一,男,一组\n2,乙二,女,二组\n";
    std::fs::write(folder.join("选民登记表.csv"), people).unwrap();
    let told = run_in(&folder, &["roll", "."]);
    assert!(told.to_string().contains("选民：2 行"), "{told}");
    // What she filled in is no empty one.
    std::fs::write(folder.join("voters.csv"), people).unwrap();
    std::fs::write(folder.join("voters.tsv"), people.replace(',', "\t")).unwrap();
    let told = run_in(&folder, &["roll", "."]);
    assert!(told.to_string().contains("不止一份选民名册"), "{told}");
}

#[test]
fn the_summary_of_the_year_is_made_by_itself() {
    for name in ["qimei-2017", "shiping-2026", "anhe-2026"] {
        let out = tempfile::tempdir().unwrap();
        let folder = example(name).into_os_string().into_string().unwrap();
        let told = run_in(out.path(), &["summary", &folder, "-o", "made"]);
        assert_eq!(told.code, 0, "{told}");
        let made = out.path().join("made");
        let names = files(&made);
        for ending in [".pdf", ".docx", ".html", "-1.png"] {
            for paper in ["年终总结", "年终总结公开栏"] {
                let paper = format!("{paper}{ending}");
                assert!(names.iter().any(|name| name.ends_with(&paper)), "{paper}: {names:?}");
            }
        }
        let page = names.iter().find(|name| name.ends_with("年终总结.html")).unwrap();
        let page = std::fs::read_to_string(made.join(page)).unwrap();
        assert!(page.contains("换届选举") && page.contains("class=\"bar\""), "{page}");
    }
    // As one paper among others it is made only where the description begins it.
    let folder = election(SMALL, ROLL);
    let out = tempfile::tempdir().unwrap();
    build(folder.path(), out.path());
    assert!(!files(out.path()).iter().any(|name| name.contains("年终总结")));
}
