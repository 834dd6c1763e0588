//! The rooms of the house, and the one way in which data flows.

use std::collections::{BTreeMap, BTreeSet};

use walkdir::WalkDir;

use crate::support::repository;

/// From the ground up: a room imports only rooms that stand before it.
const FLOORS: &[&[&str]] = &[
    &["codes", "meter", "number", "pool", "text", "workbook"],
    &["filename", "privacy", "worker"],
    &["diagnostic"],
    &["assets", "files"],
    &["bag", "election"],
    &["law"],
    &["compose"],
    &["typeset"],
    &["archive"],
    &["make"],
    &["batch", "serve"],
    &["cli"],
];

/// What a line imports or names of another room: `crate::law::…`.
fn rooms_in(line: &str) -> impl Iterator<Item = String> {
    let code = line.split("//").next().unwrap_or_default();
    code.match_indices("crate::").map(move |(at, word)| {
        let rest = &code[at + word.len()..];
        rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect::<String>()
    })
}

/// Which rooms each room names, its tests left out.
fn arrows() -> BTreeMap<String, BTreeSet<String>> {
    let source = repository().join("src");
    let mut arrows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in WalkDir::new(&source).into_iter().flatten() {
        let path = entry.path().strip_prefix(&source).unwrap();
        let is_test = path.file_name().is_some_and(|name| name == "tests.rs");
        if path.extension().is_none_or(|ending| ending != "rs") || is_test {
            continue;
        }
        let first = path.components().next().unwrap().as_os_str().to_string_lossy();
        let room = first.trim_end_matches(".rs").to_owned();
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let mut named: BTreeSet<String> = code.lines().flat_map(rooms_in).collect();
        named.remove(&room);
        arrows.entry(room).or_default().extend(named);
    }
    arrows
}

#[test]
fn no_arrow_runs_upward() {
    let floor = |room: &str| FLOORS.iter().position(|rooms| rooms.contains(&room));
    for (room, named) in arrows() {
        if ["lib", "main", "build"].contains(&room.as_str()) {
            continue;
        }
        let own = floor(&room).unwrap_or_else(|| panic!("the room {room} has no floor"));
        for other in named.iter().filter(|named| !named.is_empty()) {
            let below = floor(other).unwrap_or_else(|| panic!("{room} names {other}"));
            assert!(below < own, "{room} imports {other}, which is not below it");
        }
    }
}

/// A command is words in, exit code out: what two of them need lies below.
#[test]
fn no_command_imports_another() {
    let folder = repository().join("src/cli");
    let mut commands = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        commands.push(entry.path().file_stem().unwrap().to_string_lossy().into_owned());
        let text = std::fs::read_to_string(entry.path()).unwrap();
        for line in text.lines().filter(|line| line.trim_start().starts_with("use super::")) {
            let named = line.trim_start().trim_start_matches("use super::");
            let module = named.split("::").next().unwrap_or_default();
            // What asks for a password or shows progress is no command.
            let is_helper = ["password"].contains(&module) || module.contains(['{', ';']);
            assert!(is_helper, "{}: {line}", entry.path().display());
        }
    }
    assert!(commands.len() > 10);
}

/// Law and wording are plain functions on plain values.
#[test]
fn law_and_wording_touch_no_disk() {
    let source = repository().join("src");
    for room in ["law", "compose"] {
        for entry in WalkDir::new(source.join(room)).into_iter().flatten() {
            if entry.path().extension().is_none_or(|ending| ending != "rs") {
                continue;
            }
            let text = std::fs::read_to_string(entry.path()).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for word in ["std::fs", "fs::", "read_text", "walkdir", "WalkDir", "files::"] {
                assert!(!code.contains(word), "{}: {word}", entry.path().display());
            }
        }
    }
}

/// `cargo test --lib --test main plain::` runs where there is nothing but Rust.
#[test]
fn plain_tests_ask_no_other_tool() {
    let folder = repository().join("tests/plain");
    let mut read = 0;
    for entry in WalkDir::new(folder).into_iter().flatten() {
        if entry.path().extension().is_none_or(|ending| ending != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).unwrap();
        for (_, imports) in text.match_indices("crate::support::").map(|(at, _)| text.split_at(at))
        {
            let imports = imports.split(';').next().unwrap_or_default();
            let tools = ["judge", "judged", "python", "words_of", "pages"];
            let words = imports.split(|c: char| !c.is_alphanumeric() && c != '_');
            let asked: Vec<&str> = words.filter(|word| tools.contains(word)).collect();
            assert!(asked.is_empty(), "{}: {asked:?}", entry.path().display());
        }
        read += 1;
    }
    assert!(read > 10);
}
