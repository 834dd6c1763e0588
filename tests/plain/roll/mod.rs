//! Rolls in the shapes that offices send, each with its planted faults: every
//! fault must be found at its cell, and nothing else.

mod careful;
mod doubts;
mod gaps;
mod kinds;
pub(super) mod office;
pub(super) mod shapes;
mod tables;
mod titles;
mod unheaded;

use std::path::Path;

use jiff::civil::date;
use zhangbang::diagnostic::{Place, Report};
use zhangbang::election::roll::{
    self, Answers, Declared, DeclaredGroup, GroupNames, Options, Question, RollFacts, VoterRoll,
    VotingAge,
};

/// Reads and judges a file as a whole run would.
fn run(name: &str, bytes: &[u8]) -> (Option<VoterRoll>, Report) {
    run_with(name, bytes, &Options::default())
}

fn run_with(name: &str, bytes: &[u8], options: &Options) -> (Option<VoterRoll>, Report) {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("room for the test");
    let mut report = Report::new();
    let roll = roll::read_with(&path, options, &mut report);
    if let Some(roll) = &roll {
        roll::judge(roll, &facts(), &mut report);
    }
    (roll, report)
}

fn facts() -> RollFacts {
    let group = |name: &str| DeclaredGroup { name: name.into(), voters: None };
    RollFacts {
        election_day: Some(date(2017, 5, 14)),
        groups: vec![group("一组"), group("二组")],
        total: None,
        is_day_assumed: false,
        community: None,
        people: Some("村民"),
        township: None,
        term: None,
        voting_age: Some(VotingAge {
            years: 18, basis: "居民委员会组织法第八条".into()
        }),
    }
}

/// The findings as `code` or `code@row column`, notes aside.
fn faults(report: &Report) -> Vec<String> {
    let letter =
        |column: &str| column.chars().take_while(char::is_ascii_alphabetic).collect::<String>();
    report
        .iter()
        .filter(|finding| finding.severity > zhangbang::diagnostic::Severity::Note)
        // Not every shape has somebody in each group.
        .filter(|finding| finding.code != "roll-group-empty")
        .map(|finding| match &finding.place {
            Some(Place::Cell(cell)) => {
                format!(
                    "{}@{}{}",
                    finding.code,
                    cell.row,
                    cell.column.as_deref().map_or(String::new(), letter)
                )
            }
            _ => finding.code.to_owned(),
        })
        .collect()
}

#[test]
fn reads_every_shape_and_finds_every_fault() {
    let mut wrong = String::new();
    for shape in shapes::all() {
        let (roll, report) = run(shape.file, &shape.bytes);
        let names: Vec<String> = roll
            .iter()
            .flat_map(|roll| &roll.voters)
            .map(|voter| {
                let group = roll.as_ref().and_then(|roll| roll.group_of(voter)).unwrap_or("");
                format!("{}/{group}", voter.name.as_str())
            })
            .collect();
        let faults = faults(&report);
        if faults != shape.faults || names != shape.voters {
            wrong += &format!(
                "{}\n  found {faults:?}\n  not   {:?}\n  read  {names:?}\n  not   {:?}\n",
                shape.name, shape.faults, shape.voters
            );
        }
        for sheet in roll.iter().flat_map(VoterRoll::sheets) {
            let told: u32 = sheet.account.kinds().iter().map(|(_, count, _)| count).sum();
            assert_eq!(told, sheet.account.rows(), "the account of {} adds up", shape.name);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Whatever can be answered as it stands is asked no more.
#[test]
fn asks_nothing_again_that_was_answered() {
    let mut wrong = String::new();
    for shape in shapes::all() {
        let (Some(roll), report) = run(shape.file, &shape.bytes) else { continue };
        let mut answers = Answers::default();
        let settled: Vec<Question> = roll::questions(&roll, &report)
            .into_iter()
            .filter(|question| {
                let words = question.answers();
                words.first().is_some_and(|word| answers.give(question, word))
            })
            .collect();
        let options = Options { answers, ..Options::default() };
        let (roll, report) = run_with(shape.file, &shape.bytes, &options);
        let again = roll.map(|roll| roll::questions(&roll, &report)).unwrap_or_default();
        let key = |question: &Question| {
            let Question { code, severity, sheet, row, column, .. } = question;
            format!("{}[{code}] {sheet}!{column}{row}", severity.name())
        };
        let settled: Vec<String> = settled.iter().map(key).collect();
        for question in again.iter().map(key).filter(|question| settled.contains(question)) {
            wrong += &format!("{}: {question}\n", shape.name);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn says_nothing_of_what_is_personal() {
    for shape in shapes::all() {
        let (roll, report) = run(shape.file, &shape.bytes);
        // A number written in a name is no secret to the roll, only to whoever is told.
        let roll = roll.filter(|_| !shape.faults.iter().any(|fault| fault.contains("-personal")));
        for shown in
            [report.to_string(), report.to_json().to_string(), format!("{report:?} {roll:?}")]
        {
            for secret in shapes::SECRETS {
                assert!(!shown.contains(secret), "{}: {shown}", shape.name);
            }
        }
    }
}

#[test]
fn compares_with_the_groups_figures() {
    let mut facts = facts();
    facts.groups[0].voters = Some(Declared { count: 7, place: None });
    let mut report = Report::new();
    let path = Path::new("voters.csv");
    let csv = std::io::Cursor::new("姓名,小组\n张三,一组\n李四,二组\n");
    let roll = roll::read_from(csv, path, &mut report).expect("a roll");
    roll::judge(&roll, &facts, &mut report);
    assert_eq!(faults(&report), ["roll-count"]);
}

#[test]
fn answers_for_a_file_of_any_bytes() {
    let binary = |shape: &shapes::Shape| {
        shape.bytes.starts_with(b"PK") || shape.bytes.starts_with(b"\xD0\xCF")
    };
    for shape in shapes::all().into_iter().filter(binary).filter(|shape| !shape.voters.is_empty()) {
        for step in 1..40 {
            let cut = shape.bytes.len() * step / 40;
            run("cut", &shape.bytes[..cut]);
            let mut spoilt = shape.bytes.clone();
            spoilt[cut] ^= 0xFF;
            run("spoilt", &spoilt);
        }
    }
}

fn run_declared(shape: &shapes::Shape, groups: &[String]) -> (Option<VoterRoll>, Report) {
    let options = Options { groups: GroupNames::of(groups), ..Options::default() };
    let mut report = Report::new();
    let bytes = std::io::Cursor::new(&shape.bytes);
    let roll = roll::read_from_with(bytes, Path::new(shape.file), &options, &mut report);
    (roll, report)
}

/// Lines that are titles of groups for no other reason.
#[test]
fn takes_what_the_description_names_for_groups() {
    let list = shapes::csv(
        "hamlets",
        "选民名单\n大坪（组长：王强）\n姓名,性别\n张三,男\n岩脚,\n李四,女\n河边（1人）\n王五,男\n",
    );
    let read = |groups: &[&str]| {
        let groups: Vec<String> = groups.iter().map(|name| (*name).to_owned()).collect();
        let (roll, report) = run_declared(&list, &groups);
        let roll = roll.expect("a roll");
        let groups = roll.voters.iter().map(|it| roll.group_of(it).unwrap_or_default());
        (groups.collect::<Vec<_>>().join(" "), faults(&report))
    };
    assert_eq!(read(&["大坪组", "岩脚组", "河边"]), ("大坪组 岩脚组 河边".into(), vec![]));
    assert!(!read(&[]).1.is_empty());
}

/// Buildings are no groups where the sheets are called as the groups are.
#[test]
fn takes_groups_from_sheets_that_are_called_by_them() {
    let book = shapes::xlsx("by estates", |book| {
        for (sheet, voter, building) in [("东苑", "张三", "1号楼"), ("西苑小区", "李四", "2号楼")]
        {
            let sheet = book.add_worksheet().set_name(sheet).expect("a name");
            shapes::write(sheet, &[&["姓名", "楼号"], &[voter, building]]);
        }
    });
    let groups = |declared: &[&str]| {
        let declared: Vec<String> = declared.iter().map(|name| (*name).to_owned()).collect();
        let (roll, mut report) = run_declared(&book, &declared);
        let roll = roll.expect("a roll");
        let declare = |name: &String| DeclaredGroup { name: name.clone(), voters: None };
        let declared = declared.iter().map(declare).collect();
        let facts = RollFacts { groups: declared, ..RollFacts::default() };
        roll::judge(&roll, &facts, &mut report);
        let groups: Vec<String> =
            roll.voters.iter().map(|it| roll.group_of(it).unwrap_or_default().into()).collect();
        (groups.join(" "), faults(&report).contains(&"roll-group-title@2B".to_owned()))
    };
    assert_eq!(groups(&["东苑", "西苑"]), ("东苑 西苑".into(), false));
    assert_eq!(groups(&[]), ("1号楼 2号楼".into(), true));
}
