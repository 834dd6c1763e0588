//! What the documents state: nothing that is not written, in the words of the
//! election. Composed in this process, since it is done thousands of times.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use zhangbang::compose::{self, Composition, Options};
use zhangbang::diagnostic::Report;
use zhangbang::election::decode::{Decode as _, Decoder};
use zhangbang::election::yaml::{Node, Value};
use zhangbang::election::{self, Dossier, Election};
use zhangbang::law::Profile;

use crate::support::example;

/// Voters enough for every list, few enough for thousands of compositions.
const FEW: usize = 12;

fn load(folder: &Path) -> (Dossier, Profile) {
    let mut report = Report::new();
    let dossier = election::load(folder, &mut report).unwrap();
    let profile = Profile::choose(&dossier.election, &dossier.folder, &mut report).unwrap();
    (dossier, profile)
}

fn compose(dossier: &Dossier, profile: &Profile) -> Composition {
    let mut report = Report::new();
    let composition = compose::compose(dossier, profile, &Options::default(), &mut report);
    assert!(!report.has_errors(), "{report}");
    composition
}

/// Every text of every document.
fn texts(composition: &Composition) -> BTreeMap<String, Vec<String>> {
    let documents = composition.documents.iter();
    documents
        .map(|composed| (composed.front.id.clone(), composed.document.texts().collect()))
        .collect()
}

/// One set of words for whatever is said or put together, and none that changes
/// what is said.
#[test]
fn words_of_ones_own_are_in_every_document_and_change_no_rule() {
    for (name, word, ours, own) in [
        ("qimei-2017", "voter", "选民", "参选居民"),
        ("qimei-2017", "election_committee", "居民选举委员会", "换届委员会"),
        ("qimei-2017", "committee", "居民委员会", "社区理事会"),
        ("anhe-2026", "household_representative", "户代表", "住户代表"),
        ("shiping-2026", "place", "村", "村庄"),
        ("shiping-2026", "representative_meeting", "村民代表会议", "村民议事会"),
        ("shiping-2026", "group", "村民小组", "村民组"),
    ] {
        let (mut dossier, profile) = load(&example(name));
        dossier.roll.iter_mut().for_each(|roll| roll.voters.truncate(FEW));
        let plain = texts(&compose(&dossier, &profile));
        let folder = tempfile::tempdir().unwrap();
        dossier.templates = folder.path().to_owned();
        std::fs::write(folder.path().join("words.yaml"), format!("{word}: {own}\n")).unwrap();
        let worded = texts(&compose(&dossier, &profile));
        assert!(plain.keys().eq(worded.keys()), "{own}");
        let mut changed = 0;
        for (id, plain) in &plain {
            // With our word put back, each says what it said.
            let back = |texts: &[String]| texts.join("\n").replace(own, ours);
            assert_eq!(back(&worded[id]), back(plain), "{own}: {id}");
            changed += usize::from(plain != &worded[id]);
        }
        assert!(changed > 1, "{own}: {changed}");
    }
}

/// A value of the description that was left empty or taken away.
#[derive(Clone, Debug)]
struct Blank {
    /// `选举结果.得票.0.姓名`
    path: String,
    removed: bool,
}

/// Every value under a key, once empty and once away. Of a list, the first two
/// items stand for all.
fn blanks(tree: &Node) -> Vec<Blank> {
    fn collect(node: &Node, path: &str, blanks: &mut Vec<Blank>) {
        let below =
            |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        match &node.value {
            Value::Mapping(entries) => {
                for (key, value) in entries {
                    let path = below(&key.text);
                    for removed in [false, true] {
                        blanks.push(Blank { path: path.clone(), removed });
                    }
                    collect(value, &path, blanks);
                }
            }
            Value::Sequence(items) => {
                let some = items.iter().enumerate().take(2);
                some.for_each(|(n, item)| collect(item, &below(&n.to_string()), blanks));
            }
            _ => {}
        }
    }
    let mut blanks = Vec::new();
    collect(tree, "", &mut blanks);
    blanks
}

fn blank(node: &mut Node, blank: &Blank) {
    fn go(node: &mut Node, mut path: std::str::Split<char>, removed: bool) {
        let Some(key) = path.next() else {
            node.value = Value::Null;
            return;
        };
        match &mut node.value {
            Value::Mapping(entries) => {
                let at = entries.iter().position(|(known, _)| known.text == key).unwrap();
                if removed && path.clone().next().is_none() {
                    entries.remove(at);
                } else {
                    go(&mut entries[at].1, path, removed);
                }
            }
            Value::Sequence(items) => go(&mut items[key.parse::<usize>().unwrap()], path, removed),
            _ => unreachable!(),
        }
    }
    go(node, blank.path.split('.'), blank.removed);
}

/// What a document states, sentence by sentence, without the numbers of headings
/// and items and the marks of the axis of time.
fn sentences(composition: &Composition) -> BTreeMap<String, BTreeSet<String>> {
    let is_number = |c: char| "一二三四五六七八九十".contains(c);
    let numbered = |text: &str| -> String {
        let text = text.trim();
        let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let chinese = text.trim_start_matches('（').trim_start_matches(is_number);
        let rest =
            digits.strip_prefix('．').or(chinese.strip_prefix('、')).or(chinese.strip_prefix('）'));
        rest.unwrap_or(text).trim().to_owned()
    };
    let is_mark = |text: &String| text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let of = |(id, texts): (String, Vec<String>)| {
        let texts = texts.into_iter().filter(|text| !is_mark(text) || !text.contains('.'));
        let texts: Vec<String> = texts.collect();
        let sentences = texts.iter().flat_map(|text| text.split(['。', '；']));
        (id, sentences.map(numbered).filter(|sentence| !sentence.is_empty()).collect())
    };
    texts(composition).into_iter().map(of).collect()
}

/// Whether `said` states no more than `whole`: what is missing was taken out,
/// but for words that would change what is left, or is a blank.
fn within(said: &str, whole: &str) -> bool {
    let said: Vec<char> = said.chars().collect();
    let whole: Vec<char> = whole.chars().collect();
    let mut tried = BTreeSet::new();
    reaches(&said, &whole, 0, 0, 0, &mut tried)
}

/// So many pieces may have been taken out of a sentence.
const PIECES: usize = 4;

fn reaches(
    said: &[char],
    whole: &[char],
    i: usize,
    j: usize,
    taken: usize,
    tried: &mut BTreeSet<(usize, usize, usize)>,
) -> bool {
    if i == said.len() && (j == whole.len() || may_go(&whole[j..])) {
        return true;
    }
    if i == said.len() || !tried.insert((i, j, taken)) {
        return false;
    }
    if said[i] == '＿' {
        let next = (i..said.len()).find(|&n| said[n] != '＿').unwrap_or(said.len());
        return (j..=whole.len()).any(|j| reaches(said, whole, next, j, taken, tried));
    }
    if whole.get(j) == Some(&said[i]) && reaches(said, whole, i + 1, j + 1, taken, tried) {
        return true;
    }
    taken < PIECES
        && (j + 1..whole.len()).any(|k| {
            whole[k] == said[i]
                && may_go(&whole[j..k])
                && reaches(said, whole, i + 1, k + 1, taken + 1, tried)
        })
}

/// Whether a sentence without this piece says less, not something else.
fn may_go(piece: &[char]) -> bool {
    let negates = |c: &char| "没不未无".contains(*c);
    let is_item = |c: Option<&char>| c == Some(&'、');
    let is_part_of_number = piece.iter().all(char::is_ascii_digit);
    !(piece.iter().any(negates)
        || is_item(piece.first())
        || is_item(piece.last())
        || is_part_of_number)
}

#[test]
fn what_is_left_empty_adds_no_statement() {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let examples: Vec<_> = ["qimei-2017", "shiping-2026", "anhe-2026"]
        .iter()
        .map(|name| {
            let (mut dossier, profile) = load(&example(name));
            // A list of thousands shows no more than one of hundreds.
            dossier.roll = dossier.roll.filter(|roll| roll.len() < 500);
            let whole = sentences(&compose(&dossier, &profile));
            (name, dossier.tree.clone(), whole)
        })
        .collect();
    let tasks: Vec<_> = examples
        .iter()
        .flat_map(|(name, tree, whole)| {
            blanks(tree).into_iter().map(move |one| (name, tree, whole, one))
        })
        .collect();
    let worker = || {
        let mut mine: Vec<(&str, Dossier)> = ["qimei-2017", "shiping-2026", "anhe-2026"]
            .iter()
            .map(|name| {
                let (mut dossier, _) = load(&example(name));
                dossier.roll = dossier.roll.filter(|roll| roll.len() < 500);
                (*name, dossier)
            })
            .collect();
        while let Some((name, tree, whole, one)) =
            tasks.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
        {
            let (_, dossier) = mine.iter_mut().find(|(known, _)| known == **name).unwrap();
            let mut tree = (*tree).clone();
            blank(&mut tree, one);
            let mut report = Report::new();
            let Some(election) =
                Election::decode(&tree, &mut Decoder::new(&dossier.source, &mut report))
            else {
                continue;
            };
            dossier.election = election;
            let Some(profile) = Profile::choose(&dossier.election, &dossier.folder, &mut report)
            else {
                continue;
            };
            let kind = if one.removed { "-" } else { "0" };
            zhangbang::law::check(dossier, &profile, &mut report);
            for d in report.iter().filter(|d| d.severity == zhangbang::diagnostic::Severity::Error)
            {
                eprintln!("{name}\t{}\t{kind}\tCHECK\t{} {}", one.path, d.code, d.message);
            }
            let mut report = Report::new();
            let composition = compose::compose(dossier, &profile, &Options::default(), &mut report);
            for d in report.iter() {
                eprintln!("{name}\t{}\t{kind}\tCOMPOSE\t{} {}", one.path, d.code, d.message);
            }
            for (id, found) in sentences(&composition) {
                let Some(whole) = whole.get(&id) else {
                    eprintln!("{name}\t{}\t{kind}\tNEW\t{id}", one.path);
                    continue;
                };
                for clause in found {
                    if !whole.contains(&clause) && !whole.iter().any(|whole| within(&clause, whole))
                    {
                        eprintln!("{name}\t{}\t{kind}\t{id}\t{clause}", one.path);
                    }
                }
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(worker);
        }
    });
}
