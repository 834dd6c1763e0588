//! Broken input: each is told at its place, with what to do, and nothing is
//! written; what is right in the same file does no harm.

use std::path::Path;

use tempfile::TempDir;

use crate::support::{ROLL, Run, SMALL, election, files, run_in, spoiled};

/// Builds in `folder`, which must fail as the input's fault and leave no trace.
fn refused(folder: &TempDir) -> Run {
    let before = files(folder.path());
    let run = run_in(folder.path(), &["build", ".", "-o", "out"]);
    assert_eq!(run.code, 1, "{run}");
    assert_eq!(files(folder.path()), before, "something was written: {run}");
    assert!(!folder.path().join("out").exists(), "{run}");
    run
}

/// A passage of [`SMALL`], what stands in its place, where the message points
/// and what it holds.
type Slip = (&'static str, &'static str, &'static str, &'static [&'static str]);

const SLIPS: [Slip; 44] = [
    // Keys.
    ("届次: 7", "届词: 7", ":6:1", &["unknown-key", "届词", "是不是“届次”"]),
    ("届次: 7", "terms: 7", ":6:1", &["unknown-key", "是不是“term”"]),
    ("届次: 7", "qwerty: 7", ":6:1", &["unknown-key", "qwerty", "可用的键"]),
    ("  街道: 示例街道", "  街到: 示例街道", ":5:3", &["unknown-key", "是不是“街道”"]),
    ("届次: 7", "届次: 7\n届次: 8", ":7:1", &["duplicate-key", "写了两次"]),
    ("届次: 7", "届次: 7\nterm: 7", ":7:1", &["duplicate-key", "中英文"]),
    ("姓名: 李明理", "姓明: 李明理", ":17:8", &["unknown-key", "是不是“姓名”"]),
    ("  主任: 1\n", "  1: 1\n", ":9:3", &["unknown-key"]),
    // Types.
    ("届次: 7", "届次: 七", ":6:5", &["不是一个整数", "阿拉伯数字"]),
    ("届次: 7", "届次: 7届", ":6:5", &["不带单位：7"]),
    ("届次: 7", "届次: 7.5", ":6:5", &["不是一个整数"]),
    ("届次: 7", "届次: -7", ":6:5", &["是负数"]),
    ("届次: 7", "届次: 99999999999", ":6:5", &["太大"]),
    ("届次: 7", "届次: [7]", ":6:5", &["却是一个列表"]),
    ("届次: 7", "届次: {a: 7}", ":6:5", &["却是若干行"]),
    ("  名称: 试验社区", "  名称: [试验社区]", ":3:7", &["应写一行文字"]),
    ("类别: 社区", "类别: 小区", ":1:5", &["不是一种类别", "社区"]),
    ("性别: 女", "性别: 妇", ":17:21", &["不是一种性别"]),
    ("职务: 主任", "职务: 主仁", ":16:28", &["是不是“主任”"]),
    (
        "职数:\n  主任: 1\n  副主任: 1\n  委员: 3\n",
        "职数: 5\n",
        ":8:5",
        &["应写成若干行", "主任、副主任、委员"],
    ),
    (
        "社区:\n  名称: 试验社区\n  省份: 示例省\n  街道: 示例街道\n",
        "社区:\n  - 名称: 试验社区\n",
        ":3:3",
        &["却是一个列表"],
    ),
    // Dates.
    ("选举日: 2026-05-10", "选举日: 2026-02-30", ":7:6", &["日历上没有"]),
    ("选举日: 2026-05-10", "选举日: 2025-02-29", ":7:6", &["日历上没有"]),
    ("选举日: 2026-05-10", "选举日: 2026-13-01", ":7:6", &["2026-13-01"]),
    ("选举日: 2026-05-10", "选举日: 明年五月", ":7:6", &["不是日期", "2026-05-10"]),
    ("选举日: 2026-05-10", "选举日: 10/05/2026", ":7:6", &["10/05/2026"]),
    ("选举日: 2026-05-10", "选举日: 2026-05-10 08:00", ":7:6", &["不是日期"]),
    ("名单公布日期: 2026-04-18", "名单公布日期: 2026-06-18", ":20:11", &["2026年6月18日"]),
    // YAML.
    ("届次: 7", "届次： 7", ":6:3", &["全角冒号", "半角冒号"]),
    ("  名称: 试验社区", "\t名称: 试验社区", ":3:1", &["制表符"]),
    ("  名称: 试验社区", "　名称: 试验社区", ":3:1", &["全角空格"]),
    ("届次: 7", "届次: \"7", ":6:5", &["yaml", "引号没有成对"]),
    ("届次: 7", "届次: 7\n  多: 1", ":7:1", &["yaml", "2 个空格"]),
    ("  名称: 试验社区", "  - 名称: 试验社区", ":4:3", &["yaml", "缩进"]),
    ("届次: 7", "届次: [7", ":6:5", &["yaml", "方括号“[”没有配成对"]),
    ("届次: 7", "届次: *谁", ":6:5", &["yaml", "不能以“*”开头"]),
    ("届次: 7", "届次: !!binary 7", ":6", &["届次"]),
    ("届次: 7", "---\n届次: 7", ":", &["yaml", "---"]),
    // Text.
    ("名称: 试验社区", "名称: \"\"", ":3:7", &["空的文字"]),
    ("名称: 试验社区", "名称: \"试验\\n社区\"", ":3:7", &["U+000A"]),
    ("名称: 试验社区", "名称: \"试\\u202E验\"", ":3:7", &["U+202E"]),
    ("姓名: 王公正", "姓名: \"王\u{e863}正\"", ":18:12", &["U+E863"]),
    // What is private.
    (
        "名称: 试验社区",
        "名称: 试验社区\n  简介: 联系人 11010519491231002X",
        ":4:7",
        &["身份证号码", "110***************"],
    ),
    // Files it names.
    ("选民登记:", "选民登记:\n  名册: 没有.xlsx", ":20:7", &["roll-missing", "没有.xlsx"]),
];

#[test]
fn every_slip_is_told_at_its_place_with_what_to_do() {
    let mut wrong = String::new();
    for (from, to, place, told) in SLIPS {
        let run = refused(&election(&spoiled(from, to), ROLL));
        let place = format!("election.yaml{place}");
        let told = told.iter().copied().chain([place.as_str(), "错误[", "办法: "]);
        for missing in told.filter(|told| !run.stderr.contains(*told)) {
            wrong += &format!("{to:?}: no {missing:?} in\n{run}\n");
        }
    }
    assert_eq!(wrong, "");
}

#[test]
fn private_numbers_are_masked_wherever_they_are_quoted() {
    let id = "11010519491231002X";
    for (from, to) in [
        ("届次: 7", "届次: 11010519491231002X"),
        ("类别: 社区", "类别: 11010519491231002X"),
        ("选举日: 2026-05-10", "选举日: 11010519491231002X"),
        ("届次: 7", "11010519491231002X: 7"),
        ("  名称: 试验社区", "  名称: 试验社区\n  简介: 甲11010519491231002X"),
        ("选民登记:", "选民登记:\n  名册: 11010519491231002X.csv"),
    ] {
        let folder = election(&spoiled(from, to), ROLL);
        for words in [&["build", ".", "-o", "out"][..], &["check", ".", "--json"]] {
            let run = run_in(folder.path(), words);
            assert!(run.code == 1 && !run.to_string().contains(id), "{to}: {run}");
        }
    }
    // A telephone number may be an office's: it is asked about, and masked too.
    let folder =
        election(&spoiled("名称: 试验社区", "名称: 试验社区\n  简介: 电话 13800138000"), ROLL);
    let run = run_in(folder.path(), &["check", "."]);
    assert!(run.stderr.contains("手机号码") && run.stderr.contains("电话 138********"), "{run}");
}

/// Whatever cannot be read at all: what the file is taken for, and what to do.
#[test]
fn what_is_no_description_is_refused_as_a_whole() {
    let folder_in_the_way =
        |folder: &Path| std::fs::create_dir(folder.join("election.yaml")).unwrap();
    let nothing = |_: &Path| ();
    let bytes = |bytes: Vec<u8>| {
        move |folder: &Path| std::fs::write(folder.join("election.yaml"), &bytes).unwrap()
    };
    let (gb18030, _, _) = encoding_rs::GB18030.encode(SMALL);
    let utf16: Vec<u8> = SMALL.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let deep = |open: &str, count: usize| open.repeat(count).into_bytes();
    let bomb = (1..=30).fold("a0: &a0 [x, x]\n".to_owned(), |text, n| {
        text + &format!("a{n}: &a{n} [*a{0}, *a{0}, *a{0}]\n", n - 1)
    });
    type Put<'a> = Box<dyn Fn(&Path) + 'a>;
    let cases: [(&str, Put, &str); 14] = [
        ("no file", Box::new(nothing), "没有这个文件"),
        ("a folder", Box::new(folder_in_the_way), "这是一个文件夹"),
        ("empty", Box::new(bytes(Vec::new())), "空的"),
        ("blank", Box::new(bytes(b" \n\n".to_vec())), "空的"),
        ("only comments", Box::new(bytes("# 什么也没有\n".into())), "错误"),
        ("GB18030", Box::new(bytes(gb18030.to_vec())), "GB18030"),
        ("UTF-16", Box::new(bytes(utf16)), "UTF-8"),
        ("10 MB nested", Box::new(bytes(deep("- ", 5 << 20))), "4 MB"),
        ("nested", Box::new(bytes(deep("[", 1 << 20))), "错误[yaml]"),
        (
            "nested blocks",
            Box::new(bytes(
                (0..2000).map(|n| " ".repeat(n) + "a:\n").collect::<String>().into_bytes(),
            )),
            "不予读取",
        ),
        ("aliases", Box::new(bytes(bomb.into_bytes())), "不予读取"),
        ("a list", Box::new(bytes("- 1\n- 2\n".into())), "应写成若干行"),
        ("a word", Box::new(bytes("选举".into())), "应写成若干行"),
        ("a PDF", Box::new(bytes(b"%PDF-1.7\n\xff\xfe\x00".to_vec())), "UTF-8"),
    ];
    for (what, put, told) in cases {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path());
        let run = refused(&folder);
        assert!(run.stderr.contains("election.yaml") && run.stderr.contains(told), "{what}: {run}");
    }
}

/// The roll is as likely to be wrong as the description.
#[test]
fn a_broken_roll_is_told_by_file_and_row() {
    let cases: [(&str, &str, &[&str]); 5] = [
        ("two rolls", ROLL, &["roll-ambiguous", "不止一份"]),
        ("no name column", "甲,乙\n1,2\n", &["voters.csv", "姓名"]),
        ("empty", "", &["voters.csv"]),
        ("a blank name", "姓名,性别\n张三,男\n,女\n李四,男\n", &["voters.csv", "第 3 行"]),
        (
            "too young",
            "姓名,出生日期\n张三,1990-01-01\n李四,2015-01-01\n",
            &["voters.csv", "第 3 行"],
        ),
    ];
    for (what, roll, told) in cases {
        let folder = election(SMALL, roll);
        if what == "two rolls" {
            std::fs::copy(folder.path().join("voters.csv"), folder.path().join("voters.xlsx"))
                .unwrap();
        }
        let run = refused(&folder);
        for told in told {
            assert!(run.stderr.contains(told), "{what}: no {told:?} in\n{run}");
        }
    }
}

/// Null everywhere means: it happened, but nothing is known of it. That is no
/// mistake; a blank is printed, or the document waits.
#[test]
fn a_description_of_nothing_but_blanks_breaks_nothing() {
    let blank = |line: &str| match line.split_once(": ") {
        Some((key, _)) if !line.contains('{') && key != "类别" => format!("{key}:\n"),
        _ if line.contains('{') => String::new(),
        _ => format!("{line}\n"),
    };
    let folder = election(&SMALL.lines().map(blank).collect::<String>(), ROLL);
    let run = run_in(folder.path(), &["check", "."]);
    assert!(run.stderr.contains("unknown-value"), "{run}");
    run_in(folder.path(), &["build", ".", "-o", "out"]);

    // One after another: whichever is blank, the program ends by itself, and
    // what it prints has no trace of the program in it.
    for (n, line) in
        SMALL.lines().enumerate().filter(|(_, line)| line.contains(": ") && !line.contains('{'))
    {
        let key = line.split_once(':').unwrap().0;
        let spoiled: String = SMALL
            .lines()
            .enumerate()
            .map(|(m, other)| if n == m { format!("{key}:\n") } else { format!("{other}\n") })
            .collect();
        let folder = election(&spoiled, ROLL);
        let run = run_in(folder.path(), &["build", ".", "-o", "out", "--formats", "html"]);
        assert!(run.stderr.contains(&format!("election.yaml:{}:", n + 1)), "{line}: {run}");
        for path in files(folder.path()).iter().filter(|path| path.ends_with(".html")) {
            let text = crate::support::words_of_page(&folder.path().join(path));
            assert!(
                !text.contains("none") && !text.contains("null") && !text.contains("undefined"),
                "{line}: {path}: {text}"
            );
        }
    }
}

/// An older packet of the same name is neither lost nor half replaced.
#[test]
fn what_was_built_before_survives_a_failure() {
    let folder = election(SMALL, ROLL);
    assert_eq!(run_in(folder.path(), &["build", ".", "-o", "out"]).code, 0);
    let before = files(folder.path());
    let bytes = |folder: &TempDir| -> Vec<Vec<u8>> {
        files(folder.path())
            .iter()
            .map(|path| std::fs::read(folder.path().join(path)).unwrap())
            .skip(1)
            .collect()
    };
    let old = bytes(&folder);
    std::fs::write(folder.path().join("election.yaml"), spoiled("届次: 7", "届次: 八")).unwrap();
    assert_eq!(run_in(folder.path(), &["build", ".", "-o", "out"]).code, 1);
    assert_eq!(files(folder.path()), before);
    assert!(bytes(&folder) == old);
}

/// The messages word for word, as a secretary reads them.
#[test]
fn messages_read_as_they_should() {
    let told = |description: &str| {
        let run = run_in(election(description, ROLL).path(), &["check", "."]);
        format!("{}{}", run.stdout, run.stderr)
    };
    insta::assert_snapshot!("full-width-colon", told(&spoiled("届次: 7", "届次： 7")));
    insta::assert_snapshot!("tab", told(&spoiled("  名称: 试验社区", "\t名称: 试验社区")));
    insta::assert_snapshot!("unclosed-quote", told(&spoiled("届次: 7", "届次: \"7")));
    // Everything in one run, each at its place.
    let many = SMALL
        .replace("届次: 7", "届词: 7")
        .replace("选举日: 2026-05-10", "选举日: 2026-02-30")
        .replace("主任: 1\n", "主任: 一名\n")
        .replace("性别: 女", "性别: 妇")
        .replace("名称: 试验社区", "名称: 试验社区\n  简介: 联系人 11010519491231002X")
        .replace("类别: 社区", "类别: 小区");
    insta::assert_snapshot!("everything-in-one-run", told(&many));
    insta::assert_snapshot!(
        "late-list",
        told(&spoiled("名单公布日期: 2026-04-18", "名单公布日期: 2026-04-25"))
    );
    let (gb18030, _, _) = encoding_rs::GB18030.encode(SMALL);
    let folder = election(SMALL, ROLL);
    std::fs::write(folder.path().join("election.yaml"), gb18030).unwrap();
    insta::assert_snapshot!("gb18030", run_in(folder.path(), &["check", "."]).stderr);
    insta::assert_snapshot!("usage", run_in(folder.path(), &["bild", "."]).stderr);
}
