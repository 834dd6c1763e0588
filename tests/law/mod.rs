//! The rules of law, through the library: every rule has the smallest election
//! that raises exactly it, and one that does not.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use zhangbang::diagnostic::{Report, Severity};
use zhangbang::election;
use zhangbang::law::{self, Library, Profile, RULES, Rule};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/law").join(name)
}

/// All that is said of one description.
fn judge(path: &Path) -> Report {
    let mut report = Report::new();
    let dossier =
        election::load(path, &mut report).unwrap_or_else(|| panic!("{}: {report}", path.display()));
    let profile = Profile::choose(&dossier.election, &dossier.folder, &mut report)
        .unwrap_or_else(|| panic!("{}: {report}", path.display()));
    law::check(&dossier, &profile, &mut report);
    report
}

fn codes(report: &Report) -> BTreeSet<&str> {
    report.iter().map(|finding| finding.code).collect()
}

#[test]
fn every_rule_has_its_fixtures() {
    let folders: BTreeSet<String> = std::fs::read_dir(folder("fixtures"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let rules: BTreeSet<String> = RULES.iter().map(|rule| rule.code.to_owned()).collect();
    assert_eq!(folders, rules);
    assert_eq!(rules.len(), RULES.len(), "a code is used twice");
}

#[test]
fn every_bad_fixture_raises_exactly_its_rule() {
    let mut wrong = String::new();
    for rule in RULES {
        let report = judge(&folder("fixtures").join(rule.code).join("bad.yaml"));
        let told = codes(&report);
        if told != BTreeSet::from([rule.code]) {
            wrong += &format!("{}: {told:?}\n{report}", rule.code);
        }
        for finding in report.iter() {
            assert!(finding.place.is_some(), "{}: no place", rule.code);
            assert!(finding.basis.is_some(), "{}: no basis", rule.code);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn no_good_fixture_raises_anything() {
    let mut wrong = String::new();
    for rule in RULES {
        let report = judge(&folder("fixtures").join(rule.code).join("good.yaml"));
        if !report.is_empty() {
            wrong += &format!("{}:\n{report}", rule.code);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_parameter_has_article_and_status_and_is_stated_somewhere() {
    let mut stated = BTreeSet::new();
    for profile in Library::built_in().profiles() {
        for (name, _, basis) in profile.parameters() {
            assert!(
                !basis.article.trim().is_empty() && !basis.law.trim().is_empty(),
                "{}: {name}",
                profile.id
            );
            stated.insert(name);
        }
    }
    let known: BTreeSet<_> =
        law::parameter::PARAMETERS.iter().map(|parameter| parameter.name).collect();
    assert_eq!(stated, known, "a parameter that no profile states, or the reverse");
    for parameter in RULES.iter().filter_map(|rule| rule.parameter) {
        assert!(known.contains(parameter));
    }
}

#[test]
fn only_what_is_confirmed_is_an_error() {
    for rule in RULES {
        let path = folder("fixtures").join(rule.code).join("bad.yaml");
        let mut silent = Report::new();
        let dossier = election::load(&path, &mut silent).unwrap();
        let profile = Profile::choose(&dossier.election, &dossier.folder, &mut silent).unwrap();
        let confirmed = rule.basis(&profile).is_some_and(|basis| basis.supports_error());
        for finding in judge(&path).iter() {
            assert!(confirmed || finding.severity != Severity::Error, "{}", rule.code);
        }
    }
}

#[test]
fn rules_are_listed_by_stage() {
    assert!(RULES.is_sorted_by_key(|rule| rule.stage));
    assert!(Rule::find("list-posted").is_some());
}
