//! What is filled in by hand or handed out: forms, cards, ballots.

use crate::support::{built, election, example, files, judge, pages, repository, run_in, words_of};

/// The village before its election day: everything up to the ballots is known.
fn before_the_day() -> tempfile::TempDir {
    let whole = std::fs::read_to_string(example("shiping-2026").join("election.yaml")).unwrap();
    let (before, _) = whole.split_once("# 318 issued").unwrap();
    let roll = std::fs::read_to_string(example("shiping-2026").join("voters.csv")).unwrap();
    election(before, &roll)
}

#[test]
fn blank_forms_are_printed_with_all_that_is_known() {
    let folder = before_the_day();
    let run = run_in(folder.path(), &["build", ".", "-o", "out"]);
    assert_eq!(run.code, 0, "{run}");
    assert!(!files(&folder.path().join("out")).iter().any(|file| file.contains("报告单")));
    let run = run_in(folder.path(), &["build", ".", "-o", "blank", "--blank"]);
    assert_eq!(run.code, 0, "{run}");
    let made = files(&folder.path().join("blank"));
    assert!(made.iter().all(|file| !file.contains("公告")), "{made:?}");
    let report = made.iter().find(|file| file.ends_with("选举结果报告单.pdf")).unwrap();
    let text = words_of(&folder.path().join("blank").join(report));
    for known in ["示坪村第八届", "2026年5月17日", "360", "林少伟", "王映霞"] {
        assert!(text.contains(known), "{known}: {text}");
    }
    assert!(!text.contains("214"), "{text}");
}

/// Names and numbers of registers and cards are put into the pages when these are
/// set: each must come to its own row and card.
#[test]
fn every_row_and_every_card_is_that_of_its_voter() {
    let roll = std::fs::read_to_string(example("qimei-2017").join("voters.csv")).unwrap();
    let voters: Vec<Vec<&str>> =
        roll.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let folder = built("qimei-2017").join("3-选民登记");
    let register = folder.join("选民登记册.pdf");
    let layout = judge("pdftotext", &["-layout".as_ref(), register.as_os_str(), "-".as_ref()]);
    let rows: Vec<(usize, String, &str)> = layout.lines().filter_map(row).collect();
    assert_eq!(rows.len(), voters.len());
    for ((number, name, sex), voter) in rows.iter().zip(&voters) {
        assert_eq!((number.to_string(), &**name, *sex), (voter[0].to_owned(), voter[1], voter[2]));
    }
    let cards = words_of(&folder.join("选民证.pdf"));
    let cards: Vec<&str> = cards.split("编号：").skip(1).collect();
    assert_eq!(cards.len(), voters.len());
    for (card, voter) in cards.iter().zip(&voters) {
        let begins = format!("{:0>4}姓名{}{}", voter[0], voter[1], voter[2]);
        assert!(card.starts_with(&begins), "{begins}: {card}");
    }
}

/// Number, name and sex in a line of the register.
fn row(line: &str) -> Option<(usize, String, &str)> {
    let mut words = line.split_whitespace();
    let number = words.next().filter(|word| word.len() == 4)?.parse().ok()?;
    let mut name = String::new();
    loop {
        match words.next()? {
            sex @ ("男" | "女") => return Some((number, name, sex)),
            part => name += part,
        }
    }
}

#[test]
fn each_voter_has_a_card_and_each_post_a_ballot() {
    let folder = built("shiping-2026");
    let cards = pages(&folder.join("3-选民登记/选民证.pdf"));
    assert_eq!(cards.len(), 36);
    let text = words_of(&folder.join("3-选民登记/选民证.pdf"));
    assert!(text.contains("0001") && text.contains("0360") && !text.contains("0361"));
    let ballots = words_of(&folder.join("5-投票准备/选票.pdf"));
    for name in ["林少伟", "何立强", "吴楚芳"] {
        // Two ballots on a sheet.
        assert_eq!(ballots.matches(name).count(), 2, "{ballots}");
    }
    for elected_later in ["得票数", "214"] {
        assert!(!ballots.contains(elected_later), "{ballots}");
    }
}

#[test]
fn what_is_handed_out_is_not_archived() {
    let folder = tempfile::tempdir().unwrap();
    let village = example("shiping-2026");
    let words = ["pack", village.to_str().unwrap(), "-o", "packet.zip"];
    let run = run_in(folder.path(), &words);
    assert_eq!(run.code, 0, "{run}");
    let packet =
        zip::ZipArchive::new(std::fs::File::open(folder.path().join("packet.zip")).unwrap());
    let packet = packet.unwrap();
    let packed = |title: &str| packet.file_names().any(|name| name.unwrap().contains(title));
    assert!(packed("选举结果报告单") && packed("候选人名单公告"));
    assert!(!packed("参选证") && !packed("选票.pdf") && !packed("计票单"));
}

#[test]
fn a_fault_in_any_template_is_told_at_its_line() {
    let folder = before_the_day();
    let run = run_in(folder.path(), &["templates", "check", "."]);
    assert_eq!(run.code, 0, "{run}");
    let documents = folder.path().join("templates/documents");
    std::fs::create_dir_all(&documents).unwrap();
    let built_in = repository().join("templates/documents");
    // Only an example that has a result comes to use this.
    let text = std::fs::read_to_string(built_in.join("results-notice.md")).unwrap();
    let broken = text.replace("特此公告。", "{{ outcome.turnuot }}");
    let line = broken.lines().position(|line| line.contains("turnuot")).unwrap() + 1;
    std::fs::write(documents.join("results-notice.md"), broken).unwrap();
    let run = run_in(folder.path(), &["templates", "check", "."]);
    assert_eq!(run.code, 1, "{run}");
    assert_eq!(run.stderr.matches("outcome.turnuot”").count(), 1, "{run}");
    assert!(run.stderr.contains(&format!("results-notice.md:{line}:")), "{run}");
}

#[test]
fn a_word_of_ones_own_takes_the_place_of_ours_everywhere() {
    let folder = before_the_day();
    let templates = folder.path().join("templates");
    std::fs::create_dir_all(&templates).unwrap();
    std::fs::write(templates.join("words.yaml"), "voter_card: 村民证\n").unwrap();
    let run = run_in(folder.path(), &["build", ".", "-o", "out", "--only", "voter-card"]);
    assert_eq!(run.code, 0, "{run}");
    let text = words_of(&folder.path().join("out/3-选民登记/选民证.pdf"));
    assert!(text.contains("村民证") && !text.contains("参选证"), "{text}");

    std::fs::write(templates.join("words.yaml"), "voter_card: 证\nvoter_crad: 证\n").unwrap();
    let run = run_in(folder.path(), &["build", ".", "-o", "again"]);
    assert!(run.code == 1 && run.stderr.contains("words.yaml:2:1"), "{run}");
}

#[test]
fn without_an_election_only_our_own_templates_are_tried() {
    let folder = tempfile::tempdir().unwrap();
    let documents = folder.path().join("documents");
    std::fs::create_dir_all(&documents).unwrap();
    std::fs::write(documents.join("notes.md"), "no template of ours").unwrap();
    let run = run_in(folder.path(), &["templates", "check"]);
    assert_eq!(run.code, 0, "{run}");
}
