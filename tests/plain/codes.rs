//! Every message has an entry: what the sources call a code is in a table, and
//! what is in the table is somewhere in the sources.

use std::collections::BTreeSet;
use std::path::Path;

use walkdir::WalkDir;
use zhangbang::codes::{CODES, Code};
use zhangbang::law::{RULES, Rule};

use crate::support::run_in;

/// What stands before a code: where messages are made, and where the roll notes
/// what it found.
const MAKERS: [&str; 8] = [
    "Diagnostic::error(",
    "Diagnostic::warning(",
    "Diagnostic::note(",
    "problem(",
    "unknown(",
    ".add(",
    "Kind::",
    "code: ",
];

/// The first string after one of the makers, if it could be a code.
fn codes_in(source: &str) -> BTreeSet<String> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = BTreeSet::new();
    for maker in MAKERS {
        for (at, _) in code.match_indices(maker) {
            let rest = code[at + maker.len()..].trim_start();
            let Some(text) = rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) else {
                continue;
            };
            if !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '-') {
                found.insert(text.to_owned());
            }
        }
    }
    found
}

fn sources() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = WalkDir::new(folder).into_iter().flatten().filter(|entry| {
        let path = entry.path();
        path.extension().is_some_and(|ending| ending == "rs")
            && path.file_name().is_none_or(|name| name != "codes.rs" && name != "tests.rs")
    });
    files.map(|entry| std::fs::read_to_string(entry.path()).unwrap()).collect()
}

#[test]
fn every_code_is_explained_and_used() {
    let sources = sources();
    let used: BTreeSet<String> = sources.iter().flat_map(|source| codes_in(source)).collect();
    assert!(used.len() > 60, "{used:?}");
    let unexplained: Vec<&String> = used
        .iter()
        .filter(|code| Code::find(code).is_none() && Rule::find(code).is_none())
        .collect();
    assert!(unexplained.is_empty(), "in no table: {unexplained:?}");
    let is_used =
        |code: &Code| sources.iter().any(|source| source.contains(&format!("\"{}\"", code.name)));
    let unused: Vec<&str> =
        CODES.iter().filter(|code| !is_used(code)).map(|code| code.name).collect();
    assert!(unused.is_empty(), "nowhere said: {unused:?}");
}

#[test]
fn a_code_is_explained_once_and_in_chinese() {
    let mut seen = BTreeSet::new();
    for code in CODES {
        assert!(seen.insert(code.name) && Rule::find(code.name).is_none(), "{}", code.name);
        let is_said = |text: &str| text.chars().any(|c| c > '\u{4e00}');
        assert!(is_said(code.title) && is_said(code.explanation), "{}", code.name);
        assert!(code.explanation.ends_with('。') && !code.title.ends_with('。'), "{}", code.name);
    }
}

#[test]
fn explain_answers_for_each() {
    let rules = RULES.iter().map(|rule| rule.code).step_by(40);
    for code in CODES.iter().map(|code| code.name).step_by(20).chain(rules) {
        let run = run_in(Path::new("."), &["explain", code]);
        assert!(run.code == 0 && run.stdout.starts_with(code), "{code}: {run}");
    }
    let run = run_in(Path::new("."), &["explain", "roll-duplicat"]);
    assert!(run.code != 0 && run.stderr.contains("roll-duplicate"), "{run}");
}
