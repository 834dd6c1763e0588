//! One change to a lawful election, and what must be said of it.

use std::path::Path;

use zhangbang::diagnostic::{Place, Severity};

/// What was changed, what it was changed to, and the rule that must speak.
/// Where one number contradicts others as well, these may speak too.
const FAULTS: &[(&str, &str, &str, &[&str])] = &[
    ("term_years: 5", "term_years: 3", "term-years", &[]),
    ("mode: all_voters", "mode: household_reps", "mode-allowed", &[]),
    (
        "  reviewed_by: 村民代表会议\n  posted_on: 2026-03-20",
        "  reviewed_by: 村民代表会议\n  posted_on: 2026-05-18",
        "audit-published",
        &[],
    ),
    ("  women: 1\n", "  women: 0\n", "composition-women", &[]),
    ("\ntraining:\n", "\nlaw: {bases: [《村民选举法》]}\ntraining:\n", "law-title", &[]),
    ("{name: 韩小峰, sex: male}", "{name: 王振刚, sex: male}", "committee-candidate", &[]),
    (
        "{name: 韩小峰, sex: male}",
        "{name: 韩小峰, sex: male, relatives: [{name: 何立强, relation: 兄弟}]}",
        "committee-relative",
        &[],
    ),
    (
        "{name: 黄华, sex: female, post: vice_chair}",
        "{name: 黄华, sex: female, post: chair}",
        "committee-chair",
        &[],
    ),
    ("    - {name: 周君, sex: female}\n", "", "committee-size", &[]),
    ("objection_days: 5", "objection_days: 3", "committee-objection-days", &[]),
    ("list_posted_on: 2026-04-24", "list_posted_on: 2026-04-28", "list-posted", &[]),
    (
        "decided_on: 2026-04-27\n      posted_on: 2026-04-27",
        "decided_on: 2026-05-06\n      posted_on: 2026-05-06",
        "objection-decided",
        &[],
    ),
    (
        "received_on: 2026-04-26",
        "received_on: 2026-05-12",
        "objection-window",
        &["objection-decided"],
    ),
    ("households: 30, voters: 84", "households: 30, voters: 83", "voter-total", &["roll-count"]),
    ("  total: 12\n  women: 5", "  total: 13\n  women: 5", "representatives-count", &[]),
    ("  women: 5", "  women: 3", "representatives-women", &["counts-agree"]),
    ("households: 132", "households: 1320", "representatives-households", &[]),
    ("born_on: 1976-03", "born_on: 2008-06", "voter-age", &[]),
    (
        "{name: 苏立涛, post: member, sex: male, born_on",
        "{name: 吴楚芳, post: member, sex: male, born_on",
        "candidate-twice",
        &["votes-names", "names-consistent"],
    ),
    (
        "{name: 苏立涛, post: member, sex: male, born_on",
        "{name: 苏立滔, post: member, sex: male, born_on",
        "votes-names",
        &[],
    ),
    ("met_voters_on: 2026-05-13", "met_voters_on: 2026-05-18", "candidates-meet-voters", &[]),
    ("posted_on: 2026-05-09\n  primary", "posted_on: 2026-05-19\n  primary", "date-order", &[]),
    ("ends_at: 14:00", "ends_at: 07:00", "polling-hours", &[]),
    (
        "groups: [第三村民小组, 第四村民小组]",
        "groups: [第三村民小组, 第五村民小组]",
        "station-groups",
        &[],
    ),
    (
        "writing_places: [秘密写票处, 代写处]",
        "writing_places: [写票处, 代写处]",
        "polling-places",
        &[],
    ),
    (
        "{name: 谭国林, role: chief_scrutineer}",
        "{name: 王映霞, role: chief_scrutineer}",
        "staff-candidate",
        &[],
    ),
    (
        "{name: 唐颖, role: caller}",
        "{name: 唐颖, role: caller, relatives: [{name: 王映霞, relation: 姐妹}]}",
        "staff-kin",
        &[],
    ),
    ("{name: 魏海伟, role: teller}", "{name: 郭军, role: teller}", "staff-separate", &[]),
    ("agent: 李新华, relation: 父子", "agent: 林少伟, relation: 父子", "proxy-candidate", &[]),
    (
        "agent: 李新华, relation: 父子, written: true",
        "agent: 李新华, relation: 父子, written: false",
        "proxy-written",
        &[],
    ),
    ("{principal: 孙鑫, agent: 张纯", "{principal: 李逸鑫, agent: 张纯", "proxy-twice", &[]),
    ("{principal: 孙鑫, agent: 张纯", "{principal: 孙鑫鑫, agent: 张纯", "proxy-is-voter", &[]),
    (
        "closes_on: 2026-05-14\n  posted_on: 2026-05-15",
        "closes_on: 2026-05-14\n  posted_on: 2026-05-18",
        "proxy-published",
        &[],
    ),
    ("  collected: 6\n", "  collected: 7\n", "mobile-boxes-count", &["ballots-stations"]),
    ("participants: 315", "participants: 361", "participants", &["turnout-percent"]),
    ("by_proxy: 13", "by_proxy: 14", "proxies-count", &[]),
    ("issued: 318", "issued: 361", "ballots-issued", &["ballots-stations"]),
    ("issued: 318", "issued: 314", "ballots-collected", &["ballots-stations"]),
    ("valid: 309", "valid: 308", "ballots-partition", &[]),
    ("{issued: 145, collected: 144}", "{issued: 145, collected: 154}", "ballots-stations", &[]),
    (
        "post: vice_chair, votes: 198}",
        "post: vice_chair, votes: 310}",
        "votes-candidate",
        &["votes-total"],
    ),
    ("post: chair, votes: 83}", "post: chair, votes: 93}", "votes-total", &[]),
    ("post: chair, votes: 214}", "post: chair, votes: 157}", "majority", &[]),
    ("turnout_percent: 87.5%", "turnout_percent: 88.5%", "turnout-percent", &[]),
    (
        "    - {name: 王映霞, post: member, sex: female, born_on: 1974-03, education: senior_high, party: 中共党员, reelected: false}",
        "    - {name: 张新辉, post: member, sex: male, votes: 142}",
        "majority",
        &[],
    ),
    ("post: member, votes: 142}", "post: member, votes: 192}", "elected-by-votes", &[]),
    ("declared: full", "declared: partial", "outcome-declared", &[]),
    ("declared: full", "declared: void", "outcome-declared", &[]),
    (
        "    - {name: 何立强, post: vice_chair, sex: male, born_on: 1979-11, education: college, party: 中共党员, reelected: true}",
        "    - {name: 何立强, post: chair, sex: male}",
        "elected-seats",
        &["elected-by-votes"],
    ),
    (
        "reelected: true}\n    - {name: 何立强",
        "relatives: [{name: 王映霞, relation: 夫妻}]}\n    - {name: 何立强",
        "elected-kin",
        &[],
    ),
    (
        "announced_on: 2026-05-17\n  posted_on: 2026-05-17\n  filed_on: 2026-05-18",
        "announced_on: 2026-05-19\n  posted_on: 2026-05-19\n  filed_on: 2026-05-19",
        "result-same-day",
        &[],
    ),
    ("previous_election_day: 2021-05-16", "previous_election_day: 2026-05-18", "date-order", &[]),
    ("ends_on: 2026-04-20", "ends_on: 2026-04-05", "date-order", &[]),
    ("phone: 0000-1234567", "phone: \"13912345678\"", "personal-number", &[]),
    (
        "post: member, sex: female, born_on: 1980-04, education: bachelor, party: 中共党员, reelected",
        "post: member, sex: female, born_on: 1980-05, education: bachelor, party: 中共党员, reelected",
        "names-consistent",
        &[],
    ),
];

#[test]
fn a_lawful_election_is_not_faulted() {
    let report = super::judge(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/data/shiping-2026")));
    assert_eq!(report.count(Severity::Error) + report.count(Severity::Warning), 0, "{report}");
}

#[test]
fn every_seeded_fault_is_found_in_its_place_and_nothing_else() {
    let example = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/data/shiping-2026"));
    let lawful = std::fs::read_to_string(example.join("election.yaml")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(example.join("voters.csv"), folder.path().join("voters.csv")).unwrap();
    let mut wrong = String::new();
    for (from, to, code, also) in FAULTS {
        assert!(lawful.contains(from), "the example no longer says {from}");
        std::fs::write(folder.path().join("election.yaml"), lawful.replacen(from, to, 1)).unwrap();
        let report = super::judge(folder.path());
        let found = report.iter().any(|finding| {
            finding.code == *code && matches!(&finding.place, Some(Place::Text(..)))
        });
        let strange: Vec<_> = report
            .iter()
            .filter(|finding| {
                finding.severity == Severity::Error
                    && finding.code != *code
                    && !also.contains(&finding.code)
            })
            .map(|finding| finding.code)
            .collect();
        if !found || !strange.is_empty() {
            wrong += &format!("{from} -> {to}: wanted {code}, also {strange:?}\n{report}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Numbers at the ends of their range neither break the reckoning nor wrap.
#[test]
fn no_number_breaks_the_reckoning() {
    let example = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/data/shiping-2026"));
    let lawful = std::fs::read_to_string(example.join("election.yaml")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for extreme in ["0", "1", "4294967295"] {
        let mut text = String::new();
        for line in lawful.lines() {
            let numbers = line.split_inclusive([',', '}', ' ']).map(|word| {
                let digits = word.trim_end_matches([',', '}', ' ']);
                match digits.parse::<u32>() {
                    Ok(_) => word.replacen(digits, extreme, 1),
                    Err(_) => word.to_owned(),
                }
            });
            text += &(numbers.collect::<String>() + "\n");
        }
        text += "law:\n  parameters: [{name: runoff.days, value: 4294967295}, {name: term.years, value: 4294967295}]\n";
        std::fs::write(folder.path().join("election.yaml"), text).unwrap();
        assert!(super::judge(folder.path()).has_errors());
    }
}
