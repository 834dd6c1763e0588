//! What goes to the printer, and on the wall of the office: lists, files for each
//! paper, cards of some voters only.

use std::path::Path;

use crate::support::{ROLL, SMALL, election, example, files, judge, run_in, words_of};

fn build(folder: &Path, out: &Path, words: &[&str]) -> crate::support::Run {
    let mut all = vec!["build", folder.to_str().unwrap(), "-o", out.to_str().unwrap()];
    all.extend(words);
    run_in(Path::new("."), &all)
}

fn page_count(pdf: &Path) -> usize {
    let info = judge("pdfinfo", &[pdf.as_os_str()]);
    let line = info.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap();
    line.trim().parse().unwrap()
}

#[test]
fn the_print_list_tells_where_each_paper_stands_in_the_files_for_the_printer() {
    let out = tempfile::tempdir().unwrap();
    let only = "选举日公告、选举委员会成员名单公告、选票、当选证书";
    let run = build(&example("shiping-2026"), out.path(), &["--print", "--only", only]);
    assert_eq!(run.code, 0, "{run}");
    let printed: Vec<_> =
        files(out.path()).into_iter().filter(|file| file.starts_with("打印/")).collect();
    assert_eq!(printed, ["打印/A3.pdf", "打印/A4.pdf", "打印/印制清单.pdf"]);
    let list = words_of(&out.path().join("打印/印制清单.pdf"));
    for row in [
        "选举日公告A411白A4.pdf第1页",
        // One for each of the two walls, on paper that the file tells.
        "选举日公告（张贴版）A312白A3.pdf第1至2页",
        // 360 voters, two ballots on a sheet.
        "选票A43180（另行加印）主任粉红色、副主任浅黄色、委员浅绿色",
        "第一投票站第一村民小组93",
        "第一投票站小计",
        "合计360",
    ] {
        assert!(list.contains(row), "{row}:\n{list}");
    }
    let [a3, a4] = ["A3", "A4"].map(|paper| out.path().join(format!("打印/{paper}.pdf")));
    for (file, paper) in [(&a3, "A3"), (&a4, "A4")] {
        let last = page_count(file);
        assert!(list.contains(&format!("{paper}.pdf第")), "{list}");
        let ends = [format!("第{last}页"), format!("至{last}页")];
        assert!(ends.iter().any(|end| list.contains(end)), "{last}: {list}");
    }
    // The same words stand there as in the paper itself.
    let own = words_of(&out.path().join("1-选举准备/选举日公告.pdf"));
    assert!(words_of(&a4).starts_with(&own), "{own}");
    // Made anew they stay, and are gone when they are not asked for.
    let everything = tempfile::tempdir().unwrap();
    let folder = election(SMALL, ROLL);
    for _ in 0..2 {
        assert_eq!(build(folder.path(), everything.path(), &["--print"]).code, 0);
        assert!(everything.path().join("打印/印制清单.pdf").exists());
    }
    let run = build(folder.path(), everything.path(), &[]);
    assert!(run.stdout.contains("  打印/印制清单.pdf"), "{run}");
    assert!(!everything.path().join("打印").exists());
}

#[test]
fn cards_and_registers_are_made_of_some_voters() {
    let folder = election(&SMALL.replace("选民登记:\n", "选民登记:\n  发放选民证: 是\n"), ROLL);
    let out = tempfile::tempdir().unwrap();
    let of = |voters: &str| build(folder.path(), out.path(), &["--voters", voters]);
    let run = of("第一居民小组");
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(
        files(out.path()),
        ["3-选民登记/选民登记册（第一居民小组）.pdf", "3-选民登记/选民证（第一居民小组）.pdf"]
    );
    let cards = words_of(&out.path().join("3-选民登记/选民证（第一居民小组）.pdf"));
    assert!(cards.contains("张守信") && cards.contains("李明理") && !cards.contains("王公正"));
    // A voter keeps his number.
    let run = of("３");
    assert_eq!(run.code, 0, "{run}");
    let card = words_of(&out.path().join("3-选民登记/选民证（0003）.pdf"));
    assert!(card.contains("王公正") && card.contains("0003") && !card.contains("张守信"), "{card}");
    for wrong in ["第九居民小组", "0-2", "2-9", "3-1"] {
        let run = of(wrong);
        assert!(run.code == 1 && run.stderr.contains("unknown-voters"), "{wrong}: {run}");
    }
    let run = build(folder.path(), out.path(), &["--voters", "1-2", "--only", "选民名单公告"]);
    assert!(run.code == 1 && run.stderr.contains("不是发给每名选民的"), "{run}");
}

#[test]
fn ballots_are_printed_for_some_voters_and_say_nothing_of_them() {
    let out = tempfile::tempdir().unwrap();
    let words = ["--voters", "第一村民小组", "--only", "选票", "--print"];
    let run = build(&example("shiping-2026"), out.path(), &words);
    assert_eq!(run.code, 0, "{run}");
    let ballots = words_of(&out.path().join("5-投票准备/选票（第一村民小组）.pdf"));
    assert!(ballots.contains("林少伟") && !ballots.contains("小组"), "{ballots}");
    // 93 voters, two ballots on a sheet.
    let list = words_of(&out.path().join("打印/印制清单.pdf"));
    assert!(list.contains("选票（第一村民小组）A4347（另行加印）"), "{list}");
    // Representatives are no voters of the roll.
    let run = build(&example("anhe-2026"), out.path(), &["--voters", "1-9", "--only", "选票"]);
    assert!(run.code == 1 && run.stderr.contains("unknown-voters"), "{run}");
}

#[test]
fn the_board_tells_steps_and_notices() {
    let out = tempfile::tempdir().unwrap();
    let board = out.path().join("进度表.pdf");
    let election = example("anhe-2026");
    let words = ["status", election.to_str().unwrap(), "--today", "2026-05-20", "--board"];
    let run = run_in(Path::new("."), &[&words[..], &[board.to_str().unwrap()]].concat());
    assert!(run.code == 0 && run.stdout.contains("进度表已写到"), "{run}");
    let says = words_of(&board);
    for said in [
        "安和社区换届选举进度表",
        "截至2026年5月20日",
        "公布选民名单至迟2026年5月18日（周一）2026年5月15日已办√",
        "公布候选人名单至迟2026年6月2日（周二）2026年5月29日待办□",
        "第11号投票公告安和社区第五届居民选举委员会2026年6月1日",
    ] {
        assert!(says.contains(said), "{said}:\n{says}");
    }
}
