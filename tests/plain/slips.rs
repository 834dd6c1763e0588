//! What people mistype in YAML: each slip has a message of its own, at its place.

use std::fmt::Write as _;

use zhangbang::diagnostic::{Diagnostic, Report, Source};
use zhangbang::election::Election;
use zhangbang::election::decode::{Decode as _, Decoder};
use zhangbang::election::yaml;
use zhangbang::make::Folder;

use crate::support::example;

const SOUND: &str = "\
类别: 村
村:
  名称: 石桥村
  省份: 湖南省
  乡镇: 河口镇
届次: 7
选举日: 2026-05-10
职数:
  主任: 1
  委员: 2
选举委员会:
  公布日期: 2026-03-21
  成员:
    - {姓名: 张守信, 性别: 男, 职务: 主任}
    - {姓名: 李明理, 性别: 女}
";

fn told(text: &str) -> Vec<Diagnostic> {
    let source = Source::new("election.yaml", text);
    match yaml::parse(&source) {
        Err(problem) => vec![problem],
        Ok(tree) => {
            let mut report = Report::new();
            Election::decode(&tree, &mut Decoder::new(&source, &mut report));
            report.iter().cloned().collect()
        }
    }
}

/// `4:3 这里用了全角冒号“：”。`
fn line_of(problem: &Diagnostic) -> String {
    let mut report = Report::new();
    report.push(problem.clone());
    let json = report.to_json();
    let place = &json[0]["place"];
    format!("{}:{} {}", place["line"], place["column"], problem.message)
}

#[test]
fn each_slip_has_its_own_message() {
    let slips = [
        ("届次: 7", " 届次: 7"),
        ("  省份: 湖南省", "   省份: 湖南省"),
        ("  省份: 湖南省", " 省份: 湖南省"),
        ("  名称: 石桥村", "   名称: 石桥村"),
        ("    - {姓名: 李明理", "     - {姓名: 李明理"),
        ("李明理, 性别", "李明理，性别"),
        ("性别: 男, 职务", "性别: 男、 职务"),
        ("李明理, 性别", "李明理；性别"),
        ("    - {姓名: 李明理", "    – {姓名: 李明理"),
        ("    - {姓名: 李明理", "    － {姓名: 李明理"),
        ("    - {姓名: 李明理", "    -{姓名: 李明理"),
        ("届次: 7", "届次:7"),
        ("  省份: 湖南省", "  省份:湖南省"),
        ("{姓名: 李明理, 性别: 女}", "{姓名:李明理, 性别: 女}"),
        ("  省份: 湖南省", "\u{a0} 省份: 湖南省"),
        ("  省份: 湖南省", "  省份:\u{a0}湖南省"),
        ("  省份: 湖南省", "  省份:\u{3000}湖南省"),
        ("  省份: 湖南省", "\t省份: 湖南省"),
        ("届次: 7", "\u{feff}届次: 7"),
        ("届次: 7", "届次：7"),
        ("{姓名: 李明理, 性别: 女}", "{姓名：李明理, 性别: 女}"),
        ("{姓名: 李明理, 性别: 女}", "｛姓名: 李明理, 性别: 女｝"),
        ("{姓名: 李明理, 性别: 女}", "｛姓名：李明理，性别：女｝"),
        ("{姓名: 李明理, 性别: 女}", "{姓名: 李明理, 性别: 女｝"),
        ("{姓名: 李明理, 性别: 女}", "{姓名: 李明理, 性别: 女"),
        ("{姓名: 张守信, 性别: 男, 职务: 主任}", "{姓名: 张守信, 性别: 男, 职务: 主任"),
        ("  公布日期: 2026-03-21", "  公布日期: ［2026-03-21］"),
        ("名称: 石桥村", "名称: “石桥村”"),
        ("名称: 石桥村", "名称: \"石桥村"),
        ("名称: 石桥村", "名称: @石桥村"),
        ("名称: 石桥村", "名称: 石桥村: 东片"),
        ("届次: 7", "＃ 届次: 7"),
    ];
    assert!(told(SOUND).is_empty(), "{:?}", told(SOUND));
    let mut all = String::new();
    for (from, to) in slips {
        assert!(SOUND.contains(from), "{from}");
        let told = told(&SOUND.replacen(from, to, 1));
        writeln!(all, "{}", to.trim_end().escape_debug()).unwrap();
        assert!(!told.is_empty(), "{to} is not told");
        for problem in told {
            writeln!(all, "    {}", line_of(&problem)).unwrap();
            writeln!(all, "    {}", problem.help.unwrap_or_default()).unwrap();
        }
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_place_that_is_called_as_its_committee_is_told() {
    let told = |name: &str| {
        let folder = tempfile::tempdir().unwrap();
        let text = SOUND.replace("名称: 石桥村", &format!("名称: {name}"));
        std::fs::write(folder.path().join("election.yaml"), text).unwrap();
        let mut report = Report::new();
        Folder::judge(folder.path(), &mut report).unwrap();
        report.iter().any(|one| one.message.contains("印出来会重复"))
    };
    assert!(!told("石桥村"));
    assert!(told("石桥村村民委员会") && told("石桥村委会"));
}

/// Puts a slip into a line, if there is room for it.
type Spoil = fn(&str) -> Option<String>;

/// A slip in any line of the examples is told in that line, and not as something
/// that is wrong somewhere.
#[test]
fn a_slip_anywhere_is_told_in_its_line() {
    let slips: [(&str, Spoil); 6] = [
        ("a space more", |line| Some(format!(" {line}"))),
        ("no space behind the colon", |line| {
            (!line.contains(['{', '"'])).then(|| line.replacen(": ", ":", 1))
        }),
        ("a space that is none", |line| Some(line.replacen(' ', "\u{a0}", 1))),
        ("a full-width comma", |line| line.contains('{').then(|| line.replacen(", ", "，", 1))),
        ("a long dash", |line| {
            line.trim_start().starts_with("- ").then(|| line.replacen('-', "—", 1))
        }),
        ("a full-width colon", |line| (!line.contains('{')).then(|| line.replacen(": ", "：", 1))),
    ];
    let (mut wrong, mut tried) = (String::new(), 0);
    // Every fifth line, of each example others: there are thousands.
    for (start, name) in ["qimei-2017", "shiping-2026", "anhe-2026"].into_iter().enumerate() {
        let text = std::fs::read_to_string(example(name).join("election.yaml")).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for (n, line) in
            lines.iter().enumerate().skip(start).step_by(5).filter(|(_, line)| !line.contains('#'))
        {
            for (slip, spoil) in &slips {
                let Some(spoiled) = spoil(line).filter(|spoiled| spoiled != line) else { continue };
                let mut lines = lines.clone();
                lines[n] = &spoiled;
                let source = Source::new("election.yaml", lines.join("\n") + "\n");
                let Err(problem) = yaml::parse(&source) else { continue };
                tried += 1;
                let said = line_of(&problem);
                let place = said.split(':').next().unwrap().parse() == Ok(n + 1);
                // What a space more makes of a first line only the next one shows.
                let next = said.split(':').next().unwrap().parse() == Ok(n + 2);
                let first = *slip == "a space more" && next;
                if said.contains("这里不合") || !(place || first) {
                    writeln!(wrong, "{name}:{}: {slip}: {line}\n    {said}", n + 1).unwrap();
                }
            }
        }
    }
    assert!(tried > 500, "{tried}");
    assert!(wrong.is_empty(), "{} of {tried}:\n{wrong}", wrong.lines().count() / 2);
}
