//! Elections of many kinds, whole and in part: whatever is made of them is
//! complete and correct Chinese, on pages that stand the eye of an official.
//!
//! A scenario is a file of `tests/judged/wordings`: a description, or what it changes
//! of another scenario or example.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Map, Value};

use crate::support::{
    Page, Word, example, files, judge, judge_script, pages, python, repository, run_in,
};

/// The scenarios of which also the pages are looked at.
const PRINTED: [&str; 8] = [
    "changes",
    "long-names",
    "many-groups",
    "no-groups",
    "resident-reps",
    "residents",
    "runoff-held",
    "unknown-dates",
];

/// A block of a document: its element, and its text without spaces.
type Block = (String, String);

struct Document {
    /// `partial: 选举结果公告`
    place: String,
    name: String,
    blocks: Vec<Block>,
    pages: Vec<Vec<Line>>,
}

/// A line of a page, without spaces.
struct Line {
    text: String,
    left: f64,
    right: f64,
}

struct Scenario {
    name: String,
    description: Value,
    documents: Vec<Document>,
}

impl Scenario {
    fn is_village(&self) -> bool {
        let kind = ["kind", "类别"].iter().find_map(|key| self.description.get(key)?.as_str());
        kind.is_some_and(|kind| kind.contains("villager") || kind.contains('村'))
    }

    fn document(&self, name: &str) -> Option<&Document> {
        self.documents.iter().find(|document| document.name == name)
    }
}

/// All scenarios with all documents, made once for all tests.
fn scenarios() -> &'static [Scenario] {
    static MADE: OnceLock<Vec<Scenario>> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wordings");
        if folder.exists() {
            std::fs::remove_dir_all(&folder).unwrap();
        }
        let names: Vec<String> =
            files(&source("")).iter().map(|file| file.replace(".yaml", "")).collect();
        let next = AtomicUsize::new(0);
        let worker = || {
            let mut made = Vec::new();
            while let Some(name) = names.get(next.fetch_add(1, Ordering::Relaxed)) {
                made.push(scenario(name, &folder.join(name)));
            }
            made
        };
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
        let mut made: Vec<Scenario> = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
            workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
        });
        made.sort_by(|a, b| a.name.cmp(&b.name));
        made
    })
}

fn documents() -> impl Iterator<Item = &'static Document> {
    scenarios().iter().flat_map(|scenario| &scenario.documents)
}

fn source(name: &str) -> PathBuf {
    repository().join("tests/judged/wordings").join(name)
}

/// What a scenario is made of.
struct Material {
    description: Value,
    roll: Option<String>,
    old_roll: Option<String>,
}

fn material(name: &str) -> Material {
    let (text, roll, changes) = replaced(name, &[]);
    let mut description: Value = serde_yaml::from_str(&text).unwrap();
    let mut old_roll = None;
    for change in changes {
        if let Some(change) = change.get("change") {
            merge(&mut description, change);
        }
        for pair in pairs(&change, "old_roll") {
            let old: &mut String = old_roll.get_or_insert_with(|| roll.clone().unwrap());
            assert!(old.contains(&pair[0]), "{name}: {}", pair[0]);
            *old = old.replace(&pair[0], &pair[1]);
        }
    }
    Material { description, roll, old_roll }
}

/// The text of the description and roll on which a scenario rests, and what is
/// changed of them, the oldest first. Replacements reach all of the text.
fn replaced(name: &str, after: &[[String; 2]]) -> (String, Option<String>, Vec<Value>) {
    let path = source(&format!("{name}.yaml"));
    if !path.exists() {
        let read =
            |file| std::fs::read_to_string(example(name).join(file)).unwrap().replace("\r\n", "\n");
        let apply =
            |text: String| after.iter().fold(text, |text, [from, to]| text.replace(from, to));
        return (apply(read("election.yaml")), Some(apply(read("voters.csv"))), Vec::new());
    }
    let scenario: Value = serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let replacements = [pairs(&scenario, "replace"), after.to_vec()].concat();
    let (text, mut roll, mut changes) = match scenario.get("base") {
        Some(base) => replaced(base.as_str().unwrap(), &replacements),
        None => (scenario["description"].to_string(), None, Vec::new()),
    };
    match scenario.get("roll").and_then(Value::as_str) {
        Some("none") => roll = None,
        Some(own) => roll = Some(own.to_owned()),
        None => {}
    }
    changes.push(scenario);
    (text, roll, changes)
}

fn pairs(scenario: &Value, key: &str) -> Vec<[String; 2]> {
    let listed = scenario.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    listed.iter().map(|pair| [text(&pair[0]), text(&pair[1])]).collect()
}

/// Maps are merged, all else is replaced; `absent` takes a key away.
fn merge(into: &mut Value, change: &Value) {
    let (Value::Object(into), Value::Object(change)) = (into, change) else { unreachable!() };
    for (key, value) in change {
        match (into.get_mut(key), value) {
            (_, Value::String(text)) if text == "absent" => _ = into.remove(key),
            (Some(old @ Value::Object(_)), Value::Object(_)) => merge(old, value),
            (_, Value::Object(_)) => {
                let mut new = Value::Object(Map::new());
                merge(&mut new, value);
                into.insert(key.clone(), new);
            }
            (_, value) => _ = into.insert(key.clone(), value.clone()),
        }
    }
}

/// Builds a scenario and reads what was made.
fn scenario(name: &str, folder: &Path) -> Scenario {
    let material = material(name);
    std::fs::create_dir_all(folder).unwrap();
    let write = |file: &str, text: &str| std::fs::write(folder.join(file), text).unwrap();
    write("election.yaml", &material.description.to_string());
    material.roll.iter().for_each(|roll| write("voters.csv", roll));
    material.old_roll.iter().for_each(|roll| write("old.csv", roll));
    let printed = PRINTED.contains(&name);
    let formats = if printed { "pdf,html" } else { "html" };
    let run = run_in(folder, &["build", ".", "-o", "out", "--formats", formats]);
    assert_eq!(run.code, 0, "{name}: {run}");
    let out = folder.join("out");
    let read = read_pages(&out);
    let documents = read.into_iter().map(|(path, blocks)| {
        let path = Path::new(&path);
        let title = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let pdf = path.with_extension("pdf");
        let pages = if printed { pages(&pdf).iter().map(lines).collect() } else { Vec::new() };
        Document { place: format!("{name}: {title}"), name: title, blocks, pages }
    });
    Scenario {
        name: name.to_owned(),
        documents: documents.collect(),
        description: material.description,
    }
}

fn read_pages(out: &Path) -> BTreeMap<String, Vec<Block>> {
    let webpages = files(out).into_iter().filter(|file| file.ends_with(".html"));
    let list = out.join("pages.txt");
    let paths: Vec<String> =
        webpages.map(|file| out.join(file).to_str().unwrap().to_owned()).collect();
    std::fs::write(&list, paths.join("\n")).unwrap();
    let words = [judge_script("blocks.py"), list];
    serde_json::from_str(&judge(&python(), &words)).unwrap()
}

/// The lines of a page from top to bottom, but for its number.
fn lines(page: &Page) -> Vec<Line> {
    let middle = |word: &Word| (word.top + word.bottom) / 2.0;
    let mut words: Vec<&Word> = page.words.iter().collect();
    words.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    let mut rows: Vec<Vec<&Word>> = Vec::new();
    for word in words {
        match rows.last_mut().filter(|row| (middle(row[0]) - middle(word)).abs() < 4.0) {
            Some(row) => row.push(word),
            None => rows.push(vec![word]),
        }
    }
    let line = |mut row: Vec<&Word>| {
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
        let text = row.iter().flat_map(|word| word.text.chars());
        Line {
            text: text.filter(|c| !c.is_whitespace()).collect(),
            left: row.iter().map(|word| word.left).fold(f64::MAX, f64::min),
            right: row.iter().map(|word| word.right).fold(0.0, f64::max),
        }
    };
    let is_number = |line: &Line| {
        line.text.starts_with('—') && line.text.ends_with('—') && line.text.len() > 3
            || line.text.starts_with('第') && line.text.contains("页共")
    };
    rows.into_iter().map(line).filter(|line| !is_number(line)).collect()
}

/// Every document has to pass; all that do not are told.
fn all_pass(check: impl Fn(&Document) -> Vec<String>) {
    let mut wrong = String::new();
    for document in documents() {
        for complaint in check(document) {
            writeln!(wrong, "{}: {complaint}", document.place).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn punctuation_is_whole_and_single() {
    const STOPS: &str = "，。、；：！？";
    all_pass(|document| {
        let mut wrong = Vec::new();
        for (_, text) in &document.blocks {
            let chars: Vec<char> = text.chars().collect();
            for pair in chars.windows(2) {
                let (a, b) = (pair[0], pair[1]);
                let doubled = STOPS.contains(a) && STOPS.contains(b);
                let empty = "（《“〈".contains(a) && "）》”〉，。、；：".contains(b);
                let loose = "，、；：".contains(a) && "）》〉".contains(b);
                let half = ",;:()?!".contains(a) && b > '\u{2e80}'
                    || ",;()?!".contains(b) && a > '\u{2e80}';
                if doubled || empty || loose || half {
                    wrong.push(format!("{a}{b} in {text}"));
                }
            }
            if text.starts_with(|c| STOPS.contains(c)) {
                wrong.push(format!("begins with a stop: {text}"));
            }
        }
        let full = |text: &str| text.ends_with(['。', '：', '；', '！', '？', '）']);
        // What is filled in by hand need be no sentence.
        let is_prose = |text: &str| text.contains('，') && !text.contains('＿');
        for (_, text) in document.blocks.iter().filter(|(tag, text)| tag == "p" && is_prose(text)) {
            if !full(text) {
                wrong.push(format!("does not end: {text}"));
            }
        }
        wrong
    });
}

#[test]
fn nothing_is_counted_that_is_not_there() {
    all_pass(|document| {
        let counted = ["0名", "0张", "0人", "0件", "0户", "0期"];
        let is_none = |text: &str| {
            counted.iter().any(|count| {
                text.match_indices(count)
                    .any(|(at, _)| !text[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.'))
            })
        };
        let words = ["none", "undefined", "null", "true", "false", "None"];
        let odd = |text: &str| is_none(text) || words.iter().any(|word| text.contains(word));
        document.blocks.iter().filter(|(_, text)| odd(text)).map(|(_, text)| text.clone()).collect()
    });
}

#[test]
fn every_heading_heads_something() {
    let level = |tag: &str| tag.strip_prefix('h').and_then(|level| level.parse::<u8>().ok());
    all_pass(|document| {
        let next = document.blocks.iter().skip(1).map(Some).chain([None]);
        let empty = document.blocks.iter().zip(next).filter(|((tag, _), next)| {
            let Some(own) = level(tag) else { return false };
            next.is_none_or(|(tag, _)| {
                tag == "foot" || level(tag).is_some_and(|other| other <= own)
            })
        });
        empty.map(|((_, text), _)| text.clone()).collect()
    });
}

#[test]
fn no_element_is_empty() {
    all_pass(|document| {
        let empty = document.blocks.iter().filter(|(tag, text)| {
            text.is_empty()
                && matches!(tag.as_str(), "p" | "li" | "h1" | "h2" | "h3" | "h4" | "foot")
        });
        empty.map(|(tag, _)| format!("empty <{tag}>")).collect()
    });
}

#[test]
fn a_village_is_no_community() {
    let mut wrong = String::new();
    for scenario in scenarios() {
        let alien: &[&str] = if scenario.is_village() {
            &["选民", "居民", "社区", "居委会"]
        } else {
            &["村民", "村委会", "村务"]
        };
        // The names of the kinds of documents are the same everywhere.
        let spoken = scenario.documents.iter().filter(|document| document.name != "保管期限表");
        for document in spoken {
            for (_, text) in &document.blocks {
                let text = text
                    .replace("居民身份证", "")
                    .replace("《中华人民共和国村民委员会组织法》", "");
                if alien.iter().any(|word| text.contains(word)) {
                    writeln!(wrong, "{}: {text}", document.place).unwrap();
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_void_election_elects_nobody() {
    all_pass(|document| {
        let says = |words: &str| document.blocks.iter().any(|(_, text)| text.contains(words));
        let void = says("选举无效。")
            && !document.name.contains("主持词")
            && !document.name.contains("规则")
            && !document.name.contains("办法");
        let elects = ["下列人员当选", "圆满完成", "选举有效。", "一次选举成功"];
        let elects = elects.into_iter().filter(|words| void && says(words));
        elects.map(|words| format!("void, and yet {words}")).collect()
    });
}

#[test]
fn numbers_follow_the_days_of_posting() {
    let day = |text: &str| {
        let (year, rest) = text.split_once('年')?;
        let (month, rest) = rest.split_once('月')?;
        let number = |text: &str| text.parse::<u32>().ok();
        Some((number(year)?, number(month)?, number(rest.strip_suffix('日')?)?))
    };
    let mut wrong = String::new();
    for scenario in scenarios() {
        let numbered = scenario.documents.iter().filter_map(|document| {
            let number = document
                .blocks
                .iter()
                .find(|(_, text)| text.starts_with("（第") && text.ends_with("号）"))?;
            let number = number.1.trim_start_matches("（第").trim_end_matches("号）");
            // One on the wall that nobody wrote down is a blank.
            let number: usize = number.parse().ok()?;
            let [.., (_, issuer), (_, date)] = &document.blocks[..] else { return None };
            Some((issuer, (number, day(date), &document.place)))
        });
        // Every issuer counts its own.
        let mut series: BTreeMap<&String, Vec<_>> = BTreeMap::new();
        for (issuer, notice) in numbered {
            series.entry(issuer).or_default().push(notice);
        }
        for numbered in series.values_mut() {
            numbered.sort_by_key(|(number, ..)| *number);
            for (expected, (number, _, place)) in (1..).zip(&*numbered) {
                if *number != expected {
                    writeln!(wrong, "{place}: 第{number}号 is not {expected}").unwrap();
                }
            }
            let dated: Vec<_> = numbered.iter().filter(|(_, day, _)| day.is_some()).collect();
            for pair in dated.windows(2) {
                if pair[1].1 < pair[0].1 {
                    writeln!(wrong, "{} before {}", pair[0].2, pair[1].2).unwrap();
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Headings, titles and signatures keep company.
#[test]
fn nothing_stands_alone_on_a_page() {
    all_pass(|document| {
        let mut wrong = Vec::new();
        // Room to write in stands below its heading, but is no text.
        let is_room = |(_, text): &(String, String)| text.chars().all(|c| c == '＿');
        let heads = document.blocks.windows(2).filter(|pair| pair[0].0.starts_with('h'));
        let heads: Vec<&String> =
            heads.filter(|pair| !is_room(&pair[1])).map(|pair| &pair[0].1).collect();
        let foot: String = document
            .blocks
            .iter()
            .filter(|(tag, _)| tag == "foot")
            .map(|(_, text)| text.as_str())
            .collect();
        for (n, lines) in (1..).zip(&document.pages) {
            let last = lines.last().map_or("", |line| line.text.as_str());
            if n < document.pages.len() && heads.iter().any(|head| *head == last) {
                wrong.push(format!("{last} ends page {n}"));
            }
            let text: String = lines.iter().map(|line| line.text.as_str()).collect();
            let text = text.trim_start_matches("特此公告。");
            let blank = foot.replace('＿', "");
            if text.is_empty() || n > 1 && !foot.is_empty() && (text == foot || text == blank) {
                wrong.push(format!("nothing but the signature on page {n}"));
            }
        }
        wrong
    });
}

#[test]
fn lines_begin_and_end_as_they_may() {
    all_pass(|document| {
        let mut wrong = Vec::new();
        for lines in &document.pages {
            let left = lines.iter().map(|line| line.left).fold(f64::MAX, f64::min);
            let right = lines.iter().map(|line| line.right).fold(0.0, f64::max);
            for line in lines {
                let begins = line.left < left + 3.0
                    && line.text.starts_with(|c| "，。、；：！？）》”〉％%".contains(c));
                let ends =
                    line.right > right - 18.0 && line.text.ends_with(|c| "（《“〈".contains(c));
                if begins || ends {
                    wrong.push(line.text.clone());
                }
            }
        }
        wrong
    });
}

/// Each name is on a page as often as in the document, within one line; a long one
/// may go on in the next after a ·.
#[test]
fn names_are_never_broken() {
    let mut wrong = String::new();
    for scenario in scenarios() {
        let mut names = Vec::new();
        collect_names(&scenario.description, false, &mut names);
        let mut names: Vec<&str> = names.iter().flat_map(|n| n.split_inclusive('·')).collect();
        names.sort_unstable();
        names.dedup();
        for document in scenario
            .documents
            .iter()
            .filter(|document| document.name != "选民名单公告" && !document.pages.is_empty())
        {
            let said: String =
                document.blocks.iter().map(|(_, text)| format!("{text}\n")).collect();
            let lines: String =
                document.pages.iter().flatten().map(|line| format!("{}\n", line.text)).collect();
            for name in names.iter().filter(|name| said.contains(*name)) {
                if lines.matches(name).count() < said.matches(name).count() {
                    writeln!(wrong, "{}: {name}", document.place).unwrap();
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The names of people: what stands under keys that name somebody.
fn collect_names<'a>(value: &'a Value, within: bool, names: &mut Vec<&'a str>) {
    const PEOPLE: [&str; 14] = [
        "members",
        "list",
        "voters",
        "candidates",
        "nominees",
        "elected",
        "votes",
        "成员",
        "名单",
        "当选",
        "results",
        "representatives",
        "proxies",
        "staff",
    ];
    const KEYS: [&str; 7] = ["name", "姓名", "principal", "agent", "leader", "replaces", "组长"];
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match value.as_str() {
                    Some(name) if within && KEYS.contains(&key.as_str()) => names.push(name),
                    _ => collect_names(value, within || PEOPLE.contains(&key.as_str()), names),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| match item.as_str() {
            Some(name) if within && name.chars().count() < 5 => names.push(name),
            _ => collect_names(item, within, names),
        }),
        _ => {}
    }
}

/// What only some elections come to, word for word.
#[test]
fn rare_documents_say_what_was_read_aloud() {
    const CHOSEN: [(&str, &[&str]); 10] = [
        ("changes", &["选举委员会成员变动公告", "名单申诉处理结果公告", "选民名单补正公告"]),
        ("committee-only", &["选举委员会成员名单公告"]),
        ("no-groups", &["代表和小组长名单公告", "选民名单公告", "选举工作总结"]),
        ("resident-reps", &["参加投票的代表名单公告", "选举结果公告"]),
        ("runoff-held", &["另行选举公告", "另行选举结果公告", "当选名单备案表", "选举工作总结"]),
        ("runoff-short", &["另行选举结果公告"]),
        ("tie", &["选举结果公告"]),
        ("unknown-dates", &["登记公告", "投票公告"]),
        ("without-candidates", &["选票", "投票公告", "选举大会主持词", "票样公示"]),
        ("void-turnout", &["选举结果公告", "选举结果报告单", "选举工作总结"]),
    ];
    let mut text = String::new();
    for (name, chosen) in CHOSEN {
        let scenario = scenarios().iter().find(|scenario| scenario.name == name).unwrap();
        for name in chosen {
            let document =
                scenario.document(name).unwrap_or_else(|| panic!("{}: {name}", scenario.name));
            writeln!(text, "=== {}\n", document.place).unwrap();
            for (tag, said) in &document.blocks {
                match tag.as_str() {
                    "tr" => text += "\n|",
                    "td" | "th" => write!(text, " {said} |").unwrap(),
                    _ => write!(text, "\n{said}").unwrap(),
                }
            }
            text += "\n\n";
        }
    }
    insta::assert_snapshot!("wordings", text);
}

/// Where nobody is nominated, no paper speaks of candidates but for what may come later.
#[test]
fn an_election_without_candidates_has_none_on_any_paper() {
    let scenario = scenarios().iter().find(|one| one.name == "without-candidates").unwrap();
    let later =
        ["不提名候选人", "被提名为", "未当选的人员得票多的为候选人", "诽谤候选人", "指定候选人"];
    // The plan of the town is for all its villages.
    let others = [
        "街道（乡镇）换届选举工作方案",
        "会议记录",
        "监督委员会选票",
        "保管期限表",
        "档案移交清单",
    ];
    let mut wrong = String::new();
    for document in scenario.documents.iter().filter(|one| !others.contains(&one.name.as_str())) {
        for (_, text) in document.blocks.iter().filter(|(_, text)| text.contains("候选人")) {
            if !later.iter().any(|words| text.contains(words)) {
                writeln!(wrong, "{}: {text}", document.place).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(scenario.document("选票").is_some() && scenario.document("提名表").is_none());
}
