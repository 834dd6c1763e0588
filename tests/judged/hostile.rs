//! Names that would be commands, markup or damage elsewhere: printed exactly as
//! written, or refused with their place.

use crate::support::{SMALL, build, election, files, pages, run_in};

/// Names that are odd but printable.
const PRINTABLE: [&str; 30] = [
    "#read(\"/etc/passwd\")",
    "*张*",
    "{{7*7}}",
    "{%if%}",
    "<script>",
    "| a | b |",
    "$7*7$",
    "\\input{x}",
    "_斜_",
    "**粗**",
    "# 一",
    "- 二",
    "1. 三",
    "[链](http://x)",
    "![图](x)",
    "&lt;b&gt;",
    "=1+1",
    "~波~",
    "`码`",
    "张//注",
    "@引",
    "<张>",
    "张~三",
    "\\n",
    "---",
    "José Müller",
    "欧阳㛃",
    "陈𬱖",
    "買買提·阿不都热依木江",
    "O'Brien",
];

/// Of these, what a roll's reader takes for damage: a star stands for a lost
/// character in some exports, sums and strokes are no names, nor are numbers.
const DAMAGED: [&str; 7] = ["*张*", "{{7*7}}", "$7*7$", "**粗**", "=1+1", "---", "1. 三"];

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
}

/// [`SMALL`] with `name` in place of the committee's chair.
fn with_chair(yaml: &str) -> String {
    SMALL.replace("姓名: 张守信", &format!("姓名: {yaml}"))
}

fn roll(names: &[&str]) -> String {
    let row = |(n, name): (usize, &&str)| {
        let name = name.replace('"', "\"\"");
        format!("{},\"{name}\",男,19{:02}-01-02,第一居民小组\n", n + 1, 50 + n)
    };
    format!(
        "序号,姓名,性别,出生日期,小组\n{}",
        names.iter().enumerate().map(row).collect::<String>()
    )
}

#[test]
fn odd_names_are_printed_exactly_as_written() {
    let names: Vec<&str> = PRINTABLE.into_iter().filter(|name| !DAMAGED.contains(name)).collect();
    let folder = election(SMALL, &roll(&names));
    build(folder.path(), &folder.path().join("out"));
    let list = &pages(&folder.path().join("out/3-选民登记/选民名单公告.pdf"));
    let text: String =
        list.iter().flat_map(|page| &page.words).flat_map(|word| [&word.text, " "]).collect();
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    for name in names {
        assert!(bare(&text).contains(&bare(name)), "{name} is not in\n{text}");
    }
    assert!(!text.contains("root:"), "{text}");
    for name in DAMAGED {
        let run =
            run_in(election(SMALL, &roll(&["李明理", name])).path(), &["build", ".", "-o", "out"]);
        assert!(run.code == 1 && run.stderr.contains("voters.csv，第 3 行"), "{name}: {run}");
    }
    for name in PRINTABLE {
        let folder = election(&with_chair(&quoted(name)), &roll(&["张守信"]));
        build(folder.path(), &folder.path().join("out"));
        let notice = &pages(&folder.path().join("out/2-选举委员会/选举委员会成员名单公告.pdf"))[0];
        let text: String = notice.words.iter().map(|word| word.text.as_str()).collect();
        assert!(bare(&text).contains(&bare(name)), "{name} is not in\n{text}");
        assert!(!text.contains("49") && !text.contains("root:"), "{name} was run:\n{text}");
    }
}

/// What cannot be printed as written is refused with its place, in the
/// description and on the roll, and nothing is made.
#[test]
fn what_cannot_be_printed_is_refused_with_its_place() {
    let unprintable = [
        ("张\\n三", "U+000A"),
        ("张\\t三", "U+0009"),
        ("张\\u202E三", "U+202E"),
        ("张\\u200B三", "U+200B"),
        ("张\\uFEFF三", "U+FEFF"),
        ("张\\u0007三", "U+0007"),
        ("张\\uE863", "U+E863"),
        ("张\\U0001F44D", "U+1F44D"),
        ("张\\U00030EDE\\U000323AF", "U+"),
    ];
    for (name, told) in unprintable {
        let folder = election(&with_chair(&format!("\"{name}\"")), &roll(&["张守信"]));
        let run = run_in(folder.path(), &["build", ".", "-o", "out"]);
        assert!(
            run.code == 1 && run.stderr.contains("election.yaml:16:") && run.stderr.contains(told),
            "{name}: {run}"
        );
        assert_eq!(files(folder.path()), ["election.yaml", "voters.csv"], "{name}");
    }
    for (name, told) in [
        ("张\u{e863}", "U+E863"),
        ("张\u{1f44d}", "U+1F44D"),
        ("张\u{202e}三", "U+202E"),
        ("张\u{7}三", "U+0007"),
    ] {
        let folder = election(SMALL, &roll(&["李明理", name]));
        let run = run_in(folder.path(), &["build", ".", "-o", "out"]);
        let place = run.stderr.contains("voters.csv，第 3 行");
        assert!(run.code == 1 && place && run.stderr.contains(told), "{name:?}: {run}");
        assert_eq!(files(folder.path()), ["election.yaml", "voters.csv"], "{name:?}");
    }
}

/// A folder's own name goes into paths and titles, too.
#[test]
fn an_odd_folder_is_a_folder_like_any_other() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["换届 2026", "a&b;c", "$HOME", "-o", "甲·乙"] {
        let home = folder.path().join(name);
        std::fs::create_dir(&home).unwrap();
        std::fs::write(home.join("election.yaml"), SMALL).unwrap();
        std::fs::write(home.join("voters.csv"), roll(&["张守信"])).unwrap();
        let run = run_in(&home, &["build", "."]);
        assert_eq!(run.code, 0, "{name}: {run}");
        let made = files(&home.join("output").join(name));
        assert!(made.contains(&"3-选民登记/选民名单公告.pdf".to_owned()), "{name}: {made:?}");
    }
}

/// What is printed is looked at, whoever wrote it and whatever is made: the
/// description, a group of the roll, a wording, a word.
#[test]
fn what_cannot_be_printed_is_told_where_it_was_written() {
    let all = ["pdf", "docx", "html", "png"];
    let folder = election(SMALL, &roll(&["张守信"]).replace("第一居民小组", "东\u{e000}组"));
    for format in all {
        refused(folder.path(), format, "voters.csv，第 2 行", "U+E000");
    }
    let folder =
        election(SMALL, &roll(&["张守信"]).replace("第一居民小组", "东\u{fffc}0\u{fffc}组"));
    refused(folder.path(), "html", "voters.csv，第 2 行", "U+FFF");
    let folder = election(SMALL, &roll(&["张守信"]));
    let own = folder.path().join("templates/documents");
    std::fs::create_dir_all(&own).unwrap();
    let ours = include_str!("../../templates/documents/voter-list.md");
    let wording = ours.replace("特此公告。", "特此公\u{e000}告。");
    std::fs::write(own.join("voter-list.md"), wording).unwrap();
    for format in all {
        refused(folder.path(), format, "voter-list.md:", "U+E000");
    }
}

fn refused(folder: &std::path::Path, format: &str, place: &str, code: &str) {
    let target = folder.join("out");
    let words: [&std::ffi::OsStr; 6] = [
        "build".as_ref(),
        folder.as_os_str(),
        "-o".as_ref(),
        target.as_os_str(),
        "--formats".as_ref(),
        format.as_ref(),
    ];
    let run = run_in(std::path::Path::new("."), &words);
    assert_eq!(run.code, 1, "{format}: {run}");
    let told = run.stderr.contains("错误[no-glyph]");
    assert!(told && run.stderr.contains(place) && run.stderr.contains(code), "{format}: {run}");
    assert!(!target.exists(), "{format}");
}
