//! The desk in a real browser: Chromium is the judge, and axe. `tests/judges/desk`
//! has the scenes.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};
use tempfile::TempDir;
use zhangbang::diagnostic::Source;
use zhangbang::election::Election;
use zhangbang::election::date::PartialDate;
use zhangbang::election::decode::Decode as _;
use zhangbang::election::edit::{Editor, Plain};
use zhangbang::election::yaml::{KeyPath, Node, Step, Value};

use super::edits;
use crate::support::{ROLL, SMALL, election, example, judge, judge_script, python, run_in};

/// Plays a scene, which must end well.
fn play<S: AsRef<OsStr>>(scene: &str, words: &[S]) -> String {
    let script = judge_script("desk").join(scene);
    let program = OsStr::new(env!("CARGO_BIN_EXE_zhangbang"));
    let words = words.iter().map(AsRef::as_ref);
    let words: Vec<_> = [script.as_os_str(), program].into_iter().chain(words).collect();
    judge("node", &words)
}

/// A copy of an example that may be changed.
fn copied(name: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in crate::support::files(&example(name)) {
        std::fs::copy(example(name).join(&file), folder.path().join(&file)).unwrap();
    }
    folder
}

#[test]
fn every_page_of_the_desk_can_be_read_by_everybody() {
    let home = tempfile::tempdir().unwrap();
    for name in ["qimei-2017", "shiping-2026", "anhe-2026"] {
        let folder = copied(name);
        play("looks.mjs", &[folder.path(), home.path()]);
    }
    let fresh = home.path().join("fresh");
    run_in(home.path(), &["new", "fresh", "--election-day", "2027-05-09"]);
    play("looks.mjs", &[fresh.as_path(), home.path()]);
}

#[test]
fn two_windows_and_notepad_overwrite_nothing() {
    let home = tempfile::tempdir().unwrap();
    for text in [SMALL.to_owned(), SMALL.replace('\n', "\r\n")] {
        let folder = election(&text, ROLL);
        play("tabs.mjs", &[folder.path(), home.path()]);
    }
}

#[test]
fn a_secretary_goes_all_the_way_by_the_pages_alone() {
    let work = tempfile::tempdir().unwrap();
    let (known, empty) = (work.path().join("known"), work.path().join("示坪村"));
    std::fs::create_dir_all(&known).unwrap();
    std::fs::create_dir(&empty).unwrap();
    let roll = larger_roll(work.path());
    std::fs::copy(&roll, known.join("voters.csv")).unwrap();
    std::fs::write(known.join("election.yaml"), larger_election()).unwrap();
    let told = run_in(&known, &["check", "."]);
    assert_eq!(told.code, 0, "{told}");
    let told = play("election.mjs", &[&known, &empty, &work.path().join("home"), &roll]);
    println!("{told}");
    let packet = std::fs::read_dir(empty.join("output")).unwrap().next().unwrap().unwrap();
    let verified = run_in(work.path(), &["verify".as_ref(), packet.path().as_os_str()]);
    assert_eq!(verified.code, 0, "{verified}");
    let checked = run_in(&empty, &["check", "."]);
    assert_eq!(checked.code, 0, "{checked}");
}

/// As many edits as `ZHANGBANG_EDITS` says, of every kind that the pages offer.
#[test]
fn edits_by_the_pages_are_what_another_reader_makes_of_them() {
    let wanted = std::env::var("ZHANGBANG_EDITS").map_or(64, |count| count.parse().unwrap());
    let home = tempfile::tempdir().unwrap();
    run_in(home.path(), &["new", "planned", "--kind", "村", "--election-day", "2027-05-09"]);
    let examples = ["qimei-2017", "shiping-2026", "anhe-2026"].map(copied);
    let mut folders: Vec<_> = examples.iter().map(|folder| folder.path().to_owned()).collect();
    folders.push(home.path().join("planned"));
    let mut edits = Vec::new();
    for (seed, (folder, end)) in folders.iter().flat_map(|f| [(f, "\n"), (f, "\r\n")]).enumerate() {
        let file = folder.join("election.yaml");
        let text = std::fs::read_to_string(&file).unwrap().replace("\r\n", "\n");
        std::fs::write(&file, text.replace('\n', end)).unwrap();
        let (out, count, seed) =
            (home.path().join("edits"), (wanted / 8).to_string(), seed.to_string());
        let words: [&OsStr; 5] =
            [folder.as_ref(), home.path().as_ref(), count.as_ref(), seed.as_ref(), out.as_ref()];
        println!("{}", play("edits.mjs", &words));
        let told = std::fs::read_to_string(out).unwrap();
        edits.extend(told.lines().map(|line| as_edit(&serde_json::from_str(line).unwrap())));
    }
    let edits: Vec<String> = edits.iter().map(ToString::to_string).collect();
    let (count, wrong) = edits::right(&edits);
    assert_eq!(count, edits.len(), "{wrong}");
}

/// Whether keys as they are written lead where a path in English ones does.
fn leads_to(written: &KeyPath, english: &str) -> bool {
    let names: Vec<&str> = english.split('.').collect();
    let is_named = |(at, step): (usize, &Step)| {
        let keys = Election::keys_below(&names[..at].join("."));
        let key = keys.iter().find(|key| key.english == names[at]);
        matches!(step, Step::Key(word) if key.is_some_and(|key| key.accepts(word)))
    };
    written.0.len() == names.len() && written.0.iter().enumerate().all(is_named)
}

/// What was done by the pages as the other judge knows it.
fn as_edit(done: &Json) -> Json {
    let text = |name: &str| done[name].as_str().unwrap();
    let tree =
        |name: &str| Editor::new(Source::new("election.yaml", text(name))).unwrap().tree().clone();
    let (before, after) = (tree("before"), tree("after"));
    let path = KeyPath::from(done["path"].as_str().unwrap_or_default());
    let mut edit = match text("act") {
        "take" => {
            let editor = Editor::new(Source::new("election.yaml", text("before"))).unwrap();
            let plans = editor.plans();
            let plan = plans.iter().find(|plan| leads_to(&plan.path, text("path"))).unwrap();
            json!({ "act": "take", "line": plan.line, "path": edits::steps(&plan.path) })
        }
        "remove" => removal(&before, path),
        act @ ("up" | "down") => {
            let (Step::Item(from), list) = split(&path) else { panic!("{path}") };
            let to = if act == "up" { from - 1 } else { from + 1 };
            json!({ "act": "move", "path": edits::steps(&list), "from": from, "to": to })
        }
        "paste" => {
            let words = |name: &str| {
                done[name].as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned())
            };
            let cells = words("keys").zip(words("values").map(Plain::from)).collect();
            addition(&before, &after, &path, cells)
        }
        _ if text("value").is_empty() => removal(&before, path),
        _ => {
            let value = entered(text("kind"), text("value"));
            let (Step::Key(key), above) = split(&path) else { panic!("{path}") };
            match (split_item(&above), find(&before, &above)) {
                // The first cell of a new row.
                (Some((_, list)), None) => addition(&before, &after, &list, vec![(key, value)]),
                // A row that is a bare word: the name of whom it tells of.
                (Some(_), Some(Node { value: Value::Scalar(word), .. })) => {
                    let with_word = match &find(&after, &above).unwrap().value {
                        Value::Scalar(_) => value,
                        _ => {
                            let cells =
                                vec![("name".to_owned(), word.as_str().into()), (key, value)];
                            row(&after, &above, cells)
                        }
                    };
                    json!({ "act": "set", "path": edits::steps(&above), "value": edits::plain(&with_word) })
                }
                _ => {
                    json!({ "act": "set", "path": edits::steps(&path), "value": edits::plain(&value) })
                }
            }
        }
    };
    edit["before"] = done["before"].clone();
    edit["after"] = done["after"].clone();
    edit
}

/// What was entered, as a value.
fn entered(kind: &str, value: &str) -> Plain {
    match kind {
        _ if value == "不知道" => Plain::Null,
        "count" => value.parse::<u32>().map_or_else(|_| value.into(), Plain::from),
        "date" => PartialDate::parse(value).map_or_else(|_| value.into(), Plain::from),
        "yes" => Plain::Bool(value == "是"),
        // A dash before an item is no part of it.
        "lines" => {
            let item = |line: &str| Plain::from(line.trim().trim_start_matches("- ").trim());
            Plain::List(value.lines().map(item).collect())
        }
        _ => value.into(),
    }
}

/// A value goes with all that would stand there empty without it.
fn removal(before: &Node, mut path: KeyPath) -> Json {
    loop {
        let (_, above) = split(&path);
        let holder = find(before, &above).unwrap();
        let is_word = matches!(holder.value, Value::Scalar(_));
        if above.0.is_empty() || !is_word && holder.children().count() > 1 {
            return json!({ "act": "remove", "path": edits::steps(&path) });
        }
        path = above;
    }
}

/// A row at the end of a list, which it may begin.
fn addition(before: &Node, after: &Node, list: &KeyPath, cells: Vec<(String, Plain)>) -> Json {
    let count = find(before, list).map_or(0, |list| list.children().count());
    let mut at = list.clone();
    at.0.push(Step::Item(count));
    let row = row(after, &at, cells);
    let path = edits::steps(list);
    match count {
        0 => json!({ "act": "set", "path": path, "value": edits::plain(&Plain::List(vec![row])) }),
        _ => json!({ "act": "add", "path": path, "index": count, "value": edits::plain(&row) }),
    }
}

/// A row with its keys as the file spells them.
fn row(after: &Node, at: &KeyPath, cells: Vec<(String, Plain)>) -> Plain {
    let spelled = |(key, value): (String, Plain)| {
        let mut path = at.clone();
        path.0.push(Step::Key(key.clone()));
        (find_key(after, &path).unwrap_or(key), value)
    };
    Plain::Record(cells.into_iter().map(spelled).collect())
}

fn split(path: &KeyPath) -> (Step, KeyPath) {
    let (last, above) = path.0.split_last().unwrap();
    (last.clone(), KeyPath(above.to_vec()))
}

fn split_item(path: &KeyPath) -> Option<(usize, KeyPath)> {
    match path.0.split_last()? {
        (Step::Item(index), list) => Some((*index, KeyPath(list.to_vec()))),
        _ => None,
    }
}

/// What a path leads to, whichever way its keys are spelled.
fn find<'n>(root: &'n Node, path: &KeyPath) -> Option<&'n Node> {
    follow(root, path).map(|(_, node)| node)
}

fn find_key(root: &Node, path: &KeyPath) -> Option<String> {
    follow(root, path).and_then(|(key, _)| key)
}

fn follow<'n>(root: &'n Node, path: &KeyPath) -> Option<(Option<String>, &'n Node)> {
    let mut english = String::new();
    path.0.iter().try_fold((None, root), |(_, node), step| match step {
        Step::Item(index) => {
            english += ".[]";
            node.children().nth(*index).map(|(_, node)| (None, node))
        }
        Step::Key(key) => {
            let spec = Election::keys_below(&english).iter().find(|spec| spec.accepts(key))?;
            english = format!("{english}.{}", spec.english).trim_start_matches('.').to_owned();
            let found =
                node.children().find(|(key, _)| key.is_some_and(|key| spec.accepts(&key.text)));
            found.map(|(key, node)| (key.map(|key| key.text.clone()), node))
        }
    })
}

/// Everybody of the village of Shiping, and so many others.
const OTHERS: usize = 1500;

/// The election of Shiping as it would have been with the others.
fn larger_election() -> String {
    let text = std::fs::read_to_string(example("shiping-2026").join("election.yaml")).unwrap();
    let more = [
        ("population: 486", "population: 2486"),
        ("voters: 360", "voters: 1860"),
        ("households: 34, voters: 93", "households: 34, voters: 468"),
        ("households: 36, voters: 97", "households: 36, voters: 472"),
        ("households: 32, voters: 86", "households: 32, voters: 461"),
        ("households: 30, voters: 84", "households: 30, voters: 459"),
        ("issued: 167, collected: 165", "issued: 917, collected: 915"),
        ("issued: 145, collected: 144", "issued: 895, collected: 894"),
        ("participants: 315", "participants: 1815"),
        (
            "printed: 360, issued: 318, collected: 315, valid: 309",
            "printed: 1860, issued: 1818, collected: 1815, valid: 1809",
        ),
        ("votes: 214", "votes: 1214"),
        ("votes: 198", "votes: 1198"),
        ("votes: 241", "votes: 1241"),
        ("votes: 226", "votes: 1226"),
        ("votes: 189", "votes: 1189"),
        ("turnout_percent: 87.5%", "turnout_percent: 97.6%"),
    ];
    more.iter().fold(text, |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    })
}

/// A roll with what nobody may see: everybody's ID number and telephone, invented.
fn larger_roll(folder: &Path) -> PathBuf {
    let others = folder.join("others.csv");
    let (script, count) = (example("generate_voters.py"), OTHERS.to_string());
    let words: [&OsStr; 8] = [
        script.as_ref(),
        count.as_ref(),
        "4".as_ref(),
        others.as_ref(),
        "--day".as_ref(),
        "2026-05-17".as_ref(),
        "--group".as_ref(),
        "村民小组".as_ref(),
    ];
    judge(&python(), &words);
    let own = std::fs::read_to_string(example("shiping-2026").join("voters.csv")).unwrap();
    let others = std::fs::read_to_string(others).unwrap();
    let people = |text: &str| -> Vec<Vec<String>> {
        let rows = text.lines().skip(1).map(|row| row.split(',').skip(1).map(str::to_owned));
        rows.map(Iterator::collect).collect()
    };
    let mut all = people(&own);
    for (index, mut other) in people(&others).into_iter().enumerate() {
        // Nobody of the village has a namesake.
        other[0].push_str(["甫", "仲", "叔", "季"][index % 4]);
        other[3] = format!("第{}村民小组", ["一", "二", "三", "四"][index % 4]);
        all.push(other);
    }
    let mut text = "\u{feff}序号,姓名,性别,出生日期,小组,身份证号码,联系电话\r\n".to_owned();
    for (index, person) in all.iter().enumerate() {
        let [name, sex, born, group] = &person[..] else { panic!("{person:?}") };
        let (id, phone) = (id_number(born, index, sex == "女"), 13_000_000_000 + index as u64);
        let _ = write!(text, "{},{name},{sex},{born},{group},{id},{phone}\r\n", index + 1);
    }
    let roll = folder.join("选民登记册.csv");
    std::fs::write(&roll, text).unwrap();
    roll
}

/// An ID number that nobody has: there is no such place.
fn id_number(born: &str, index: usize, is_woman: bool) -> String {
    let order = index % 500 * 2 + usize::from(!is_woman);
    let body = format!("999999{}{order:03}", born.replace('-', ""));
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 =
        body.chars().zip(weights).map(|(c, weight)| c.to_digit(10).unwrap() * weight).sum();
    let last = "10X98765432".chars().nth((sum % 11) as usize).unwrap();
    format!("{body}{last}")
}
