//! What is not known is no fault: of a lawful election, each value in turn is
//! left blank, then taken away.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;
use zhangbang::diagnostic::Severity;

use super::faults::{copy_rolls, example};

/// The way to a value: keys and places in lists.
type Way = Vec<String>;

/// Every value that stands under a key. Of a list the first two items and the
/// last stand for all.
fn ways(value: &Value, way: &Way, found: &mut Vec<Way>) {
    let step = |key: String| [way.as_slice(), &[key]].concat();
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                found.push(step(key.clone()));
                ways(value, &step(key.clone()), found);
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                if at < 2 || at + 1 == items.len() {
                    ways(item, &step(at.to_string()), found);
                }
            }
        }
        _ => {}
    }
}

/// The description without a value: blank, or with its key gone.
fn without(mut description: Value, way: &Way, gone: bool) -> Value {
    let (last, before) = way.split_last().unwrap();
    let holder = before.iter().fold(&mut description, |value, step| match value {
        Value::Array(items) => &mut items[step.parse::<usize>().unwrap()],
        value => &mut value[step.as_str()],
    });
    match gone {
        true => _ = holder.as_object_mut().unwrap().remove(last),
        false => holder[last.as_str()] = Value::Null,
    }
    description
}

/// What may follow: without its kind there is no law for an election, one who
/// was not written in must have been a candidate, and a recall by too few must
/// be declared lost.
fn may_follow(way: &Way, gone: bool, code: &str) -> bool {
    let last = way.last().unwrap().as_str();
    match code {
        "law-profile" => way.len() == 1 && ["kind", "类别"].contains(&last),
        "quorum" => way.first().is_some_and(|first| first == "罢免"),
        "votes-names" => gone && ["write_in", "另选他人"].contains(&last),
        _ => false,
    }
}

#[test]
fn no_value_left_blank_makes_a_fault() {
    let wrong = Mutex::new(String::new());
    for name in ["shiping-2026", "anhe-2026"] {
        let text = std::fs::read_to_string(example(name).join("election.yaml")).unwrap();
        let description: Value = serde_yaml::from_str(&text).unwrap();
        let mut all = Vec::new();
        ways(&description, &Vec::new(), &mut all);
        let next = AtomicUsize::new(0);
        let work = || {
            let folder = tempfile::tempdir().unwrap();
            copy_rolls(name, folder.path());
            while let Some(way) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                for gone in [false, true] {
                    let blank = without(description.clone(), way, gone);
                    let path = folder.path().join("election.yaml");
                    std::fs::write(&path, blank.to_string()).unwrap();
                    for finding in errors(&path) {
                        if !may_follow(way, gone, finding.0) {
                            let how = if gone { "gone" } else { "blank" };
                            let line = format!("{}, {how}: {finding:?}\n", way.join("."));
                            wrong.lock().unwrap().push_str(&line);
                        }
                    }
                }
            }
        };
        std::thread::scope(|scope| {
            (0..2).for_each(|_| _ = scope.spawn(work));
        });
    }
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{wrong}");
}

fn errors(path: &std::path::Path) -> Vec<(&'static str, String)> {
    let report = super::judge_or_not(path);
    let errors = report.iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| (finding.code, finding.message.clone())).collect()
}
