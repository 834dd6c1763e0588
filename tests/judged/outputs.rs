//! Word files, web pages and pictures: they say what the PDF says, in the same
//! order, and are what they claim to be.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::support::{ROLL, Run, SMALL, election, example, files, judge, judge_script, pages};
use crate::support::{python, run_in, spoiled, words_of};

fn build_all(election: &Path, folder: &Path, formats: &str) -> Run {
    let words = ["build".as_ref(), election.as_os_str(), "-o".as_ref(), folder.as_os_str()];
    let formats: [&OsStr; 2] = ["--formats".as_ref(), formats.as_ref()];
    let run = run_in(Path::new("."), &[&words[..], &formats[..]].concat());
    assert_eq!(run.code, 0, "{run}");
    run
}

fn with_ending(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let found = files(folder).into_iter().filter(|file| file.ends_with(ending));
    found.map(|file| folder.join(file)).collect()
}

/// What a script of `tests/judges` reads in each file, in as many fields.
fn read<const N: usize>(script: &str, files: &[PathBuf]) -> Vec<[String; N]> {
    let script = judge_script(script);
    let words = [script.as_os_str()].into_iter();
    let words: Vec<&OsStr> = words.chain(files.iter().map(|file| file.as_os_str())).collect();
    let lines = judge(&python(), &words);
    let fields = |line: &str| {
        let fields: Vec<String> = line.split('\t').map(str::to_owned).collect();
        fields.try_into().unwrap()
    };
    let read: Vec<_> = lines.lines().map(fields).collect();
    assert_eq!(read.len(), files.len());
    read
}

/// How often each character stands in a text; digits among names are printed
/// full-width.
fn counted(text: &str) -> HashMap<char, usize> {
    let half = |c: char| match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        c => c,
    };
    text.chars().map(half).fold(HashMap::new(), |mut counts, c| {
        *counts.entry(c).or_default() += 1;
        counts
    })
}

/// The text of a PDF without what stands at the foot of its pages or says that
/// something goes on, and without the colons that cards show as columns.
fn printed(pdf: &Path) -> HashMap<char, usize> {
    let text =
        words_of(pdf).replace("委员（续）", "").replace("（续）", "").replace('\u{2060}', "");
    let mut kept = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find('第') {
        let (before, from) = rest.split_at(at);
        kept.push_str(before);
        rest = without_foot(from).unwrap_or_else(|| {
            kept.push('第');
            &from['第'.len_utf8()..]
        });
    }
    kept.push_str(rest);
    let mut printed = counted(&kept);
    printed.remove(&'：');
    printed
}

/// What follows after `第1页共3页`.
fn without_foot(text: &str) -> Option<&str> {
    let digits = |text: &str| text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = text.strip_prefix('第')?;
    let rest = rest[rest.len() - digits(rest)..].strip_prefix("页共")?;
    rest[rest.len() - digits(rest)..].strip_prefix('页')
}

/// Word and the web say the same, and as much as the PDF: no more, and no less
/// but for what is repeated on each page, and for the pictures, which in Word
/// the text describes.
fn judge_words(folder: &Path) {
    let masters = with_ending(folder, ".docx");
    assert!(masters.len() >= 5);
    let pages_of = |docx: &PathBuf| docx.with_extension("html");
    let in_word = read::<3>("docx.py", &masters);
    let on_the_web = read::<2>("web.py", &masters.iter().map(pages_of).collect::<Vec<_>>());
    for (docx, (word, web)) in masters.iter().zip(in_word.iter().zip(&on_the_web)) {
        let name = docx.display();
        let [text, whole, repeated] = word;
        let [page, pictures] = web;
        assert_eq!(text, page, "{name}");
        let pdf = docx.with_extension("pdf");
        let printed = printed(&pdf);
        let mut whole = counted(whole);
        whole.remove(&'：');
        let repeated = counted(&repeated.repeat(pages(&pdf).len() - 1));
        // A picture that goes on overleaf says its days again.
        let pictures = counted(&pictures.repeat(2));
        let of = |counts: &HashMap<char, usize>, c| counts.get(&c).copied().unwrap_or(0);
        for (&c, &count) in &whole {
            assert!(of(&printed, c) >= count, "{name}: {c} {} of {count}", of(&printed, c));
        }
        for (&c, &count) in &printed {
            let most = of(&whole, c) + of(&repeated, c) + of(&pictures, c);
            assert!(count <= most, "{name}: {c} {most} of {count}");
        }
    }
}

#[test]
fn word_and_the_web_say_what_the_pdf_says() {
    for name in ["qimei-2017", "shiping-2026"] {
        let out = tempfile::tempdir().unwrap();
        build_all(&example(name), out.path(), "pdf,docx,html");
        judge_words(out.path());
    }
}

/// What LibreOffice sets of a Word file; `None` where it is not installed.
fn set_by_libreoffice(files: &[PathBuf], folder: &Path) -> Option<Vec<PathBuf>> {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let mut words = vec![profile.as_ref(), "--headless".as_ref(), "--convert-to".as_ref()];
    words.extend([OsStr::new("pdf"), "--outdir".as_ref(), folder.as_os_str()]);
    words.extend(files.iter().map(|file| file.as_os_str()));
    if std::process::Command::new("soffice").args(words).output().is_err() {
        return None;
    }
    let made = |file: &PathBuf| folder.join(file.file_name().unwrap()).with_extension("pdf");
    Some(files.iter().map(made).collect())
}

#[test]
fn libreoffice_sets_in_word_what_the_pdf_has_on_the_same_pages() {
    for name in ["anhe-2026", "shiping-2026"] {
        let (out, set) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        build_all(&example(name), out.path(), "pdf,docx");
        // Cards are compared piece by piece elsewhere, and ballots lie twice there.
        let handed = ["选民证", "委托投票证", "票.docx", "封条"];
        let masters: Vec<PathBuf> = with_ending(out.path(), ".docx")
            .into_iter()
            .filter(|file| !handed.iter().any(|name| file.to_str().unwrap().contains(name)))
            .collect();
        let Some(in_word) = set_by_libreoffice(&masters, set.path()) else {
            eprintln!("skipped: soffice (libreoffice-writer-nogui) is not installed");
            return;
        };
        for (docx, word) in masters.iter().zip(&in_word) {
            let (ours, theirs) = (pages(&docx.with_extension("pdf")), pages(word));
            if ours.len() == 1 {
                assert_eq!(theirs.len(), 1, "{}", docx.display());
            }
            // The same characters, but for the numbers of pages and colours of emphasis.
            let han = |page: &crate::support::Page| {
                let text: String = page.words.iter().map(|word| word.text.as_str()).collect();
                let foot = ['第', '页', '共', '续'];
                let is_han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c) && !foot.contains(c);
                let mut text: Vec<char> = text.chars().filter(is_han).collect();
                text.sort_unstable();
                text
            };
            let [ours, theirs] = [ours, theirs].map(|all| all.iter().map(han).collect::<Vec<_>>());
            if ours.len() == 1 {
                assert_eq!(theirs, ours, "{}", docx.display());
            } else {
                judge_pages(docx, &ours, &theirs);
            }
        }
    }
}

/// Of several pages each has nearly the text of ours, and there are as many, or one
/// more or less. Rows of a register are as high as the faces at hand ask for, and what
/// is said again overleaf differs with the pages.
fn judge_pages(docx: &Path, ours: &[Vec<char>], theirs: &[Vec<char>]) {
    let name = docx.file_stem().unwrap().to_str().unwrap();
    let is_register = name == "选民登记册";
    let most = if is_register { ours.len() / 4 + 1 } else { 1 };
    assert!(ours.len().abs_diff(theirs.len()) <= most, "{}", docx.display());
    let page = ours.iter().map(Vec::len).max().unwrap();
    let (mut here, mut there) = (0, 0);
    for (n, (our, their)) in ours.iter().zip(theirs).enumerate().filter(|_| !is_register) {
        (here, there) = (here + our.len(), there + their.len());
        let drift = here.abs_diff(there);
        assert!(drift * 5 <= page * 2, "{}, page {}: {drift} of {page}", docx.display(), n + 1);
    }
    // Nothing is lost: but a picture, and what ours says again overleaf.
    let count = |pages: &[Vec<char>]| counted(&pages.concat().iter().collect::<String>());
    let (ours, theirs) = (count(ours), count(theirs));
    let lost: Vec<_> = ours.keys().filter(|c| !theirs.contains_key(c)).collect();
    assert!(lost.is_empty(), "{}: {lost:?}", docx.display());
}

const LONG: [&str; 4] = [
    "库尔班·吐尔逊江",
    "阿不都热合曼·艾合买提江·吐尔逊",
    "阿不都热合曼·艾合买提江·吐尔逊·麦麦提明·阿卜杜拉·图荪江",
    "爱新觉罗启文慕容拓跋宇文独孤尉迟令狐",
];

/// The village of the example before its election, with so many candidates for
/// members, of whom some have long names.
fn with_candidates(count: usize) -> (tempfile::TempDir, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let read = |name: &str| std::fs::read_to_string(example("shiping-2026").join(name)).unwrap();
    let (text, mut roll) = (read("election.yaml"), read("voters.csv"));
    let known: Vec<String> =
        roll.lines().skip(150).map(|row| row.split(',').nth(1).unwrap().into()).collect();
    let mut names: Vec<String> = known
        .into_iter()
        .filter(|name| roll.matches(&format!(",{name},")).count() == 1 && !text.contains(name))
        .take(count)
        .collect();
    for (name, long) in names.iter_mut().step_by(3).zip(LONG) {
        roll = roll.replace(&format!(",{name},"), &format!(",{long},"));
        *name = long.to_owned();
    }
    let before = text.split_once("\n# 318 issued").unwrap().0;
    let others = before
        .lines()
        .filter(|line| !(line.starts_with("    - {name:") && line.contains("post: member")));
    let listed: String = names
        .iter()
        .map(|name| format!("    - {{name: {name}, post: member, sex: male}}\n"))
        .collect();
    let mut text: String = others.map(|line| format!("{line}\n")).collect();
    for last in [
        "    - {name: 何立强, post: vice_chair, sex: male}\n",
        "occupation: 村民委员会委员, nominated_by: 村党支部}\n",
    ] {
        let at = text.find(last).unwrap() + last.len();
        text.insert_str(at, &listed);
    }
    std::fs::write(folder.path().join("election.yaml"), text).unwrap();
    std::fs::write(folder.path().join("voters.csv"), roll).unwrap();
    (folder, names)
}

#[test]
fn no_candidate_is_lost_however_many_there_are() {
    const PAPERS: [&str; 5] =
        ["tally-sheet", "candidate-notice", "nominee-notice", "voter-card", "voter-list"];
    for count in [4, 17, 31, 60] {
        let (election, names) = with_candidates(count);
        let [out, ballots] = [&PAPERS[..], &["ballot"]].map(|papers| {
            let out = tempfile::tempdir().unwrap();
            let mut words = [
                "build".as_ref(),
                election.path().as_os_str(),
                "-o".as_ref(),
                out.path().as_os_str(),
            ]
            .to_vec();
            words.extend(["--formats", "pdf,docx,html"].map(OsStr::new));
            words.extend(papers.iter().flat_map(|paper| ["--only", paper]).map(OsStr::new));
            let run = run_in(Path::new("."), &words);
            assert_eq!(run.code, 0, "{run}");
            out
        });
        judge_words(out.path());
        // Of ballots Word has every one twice, and the PDF the large ones once.
        let docx = ballots.path().join("5-投票准备/选票.docx");
        let [[word, ..]] = &read::<3>("docx.py", std::slice::from_ref(&docx))[..] else { panic!() };
        let [[web, ..]] = &read::<2>("web.py", &[docx.with_extension("html")])[..] else {
            panic!()
        };
        let printed = words_of(&docx.with_extension("pdf"));
        assert_eq!(names.len(), count);
        for name in names {
            // A long name may go on in the next line.
            let is_there =
                |part: &str| [word, web, &printed].iter().all(|text| text.contains(part));
            assert!(name.split_inclusive('·').all(is_there), "{count}: {name}");
        }
    }
}

#[test]
fn one_ballot_for_all_posts_is_one_sheet() {
    for count in [4, 25, 60] {
        let (election, names) = with_candidates(count);
        let path = election.path().join("election.yaml");
        let text = std::fs::read_to_string(&path).unwrap();
        let colours = text.lines().find(|line| line.contains("ballot_colours")).unwrap();
        std::fs::write(&path, text.replace(colours, "  one_ballot: true")).unwrap();
        let out = election.path().join("out");
        let words = ["build".as_ref(), election.path().as_os_str(), "-o".as_ref(), out.as_os_str()];
        let run =
            run_in(Path::new("."), &[&words[..], &["--only", "ballot"].map(OsStr::new)].concat());
        assert_eq!(run.code, 0, "{run}");
        let pdf = out.join("5-投票准备/选票.pdf");
        assert_eq!(pages(&pdf).len(), 1, "{count}");
        let printed = words_of(&pdf);
        let is_there = |part: &str| printed.contains(part);
        assert!(names.iter().all(|name| name.split_inclusive('·').all(is_there)), "{count}");
    }
}

/// Two documents of few pages.
fn pictures(folder: &Path) {
    let election = example("qimei-2017");
    let mut words =
        ["build".as_ref(), election.as_os_str(), "-o".as_ref(), folder.as_os_str()].to_vec();
    let options = ["--formats", "pdf,png", "--only", "results-notice", "--only", "tally-summary"];
    words.extend(options.map(OsStr::new));
    let run = run_in(Path::new("."), &words);
    assert_eq!(run.code, 0, "{run}");
}

#[test]
fn every_page_is_a_picture() {
    let out = tempfile::tempdir().unwrap();
    pictures(out.path());
    let pdfs = with_ending(out.path(), ".pdf");
    assert!(pdfs.len() >= 2);
    for pdf in pdfs {
        let stem = pdf.file_stem().unwrap().to_str().unwrap();
        let pictures = (1..).map(|n| pdf.with_file_name(format!("{stem}-{n}.png")));
        let pictures: Vec<PathBuf> = pictures.take_while(|picture| picture.exists()).collect();
        let pages = pages(&pdf);
        assert_eq!(pictures.len(), pages.len(), "{}", pdf.display());
        let bytes = std::fs::read(&pictures[0]).unwrap();
        assert!(bytes.starts_with(b"\x89PNG"));
        let side = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        let (width, height) = (pages[0].width * 2.0, pages[0].height * 2.0);
        assert_eq!((side(16), side(20)), (width.round() as u32, height.round() as u32));
    }
}

#[test]
fn two_builds_have_the_same_bytes_in_every_format() {
    let [once, again] = [(), ()].map(|()| tempfile::tempdir().unwrap());
    for folder in [&once, &again] {
        pictures(folder.path());
        build_all(&example("shiping-2026"), folder.path(), "docx,html");
    }
    let built = files(once.path());
    assert_eq!(files(again.path()), built);
    for file in built {
        let bytes = |folder: &tempfile::TempDir| std::fs::read(folder.path().join(&file)).unwrap();
        assert!(bytes(&again) == bytes(&once), "{file}");
    }
}

#[test]
fn what_looks_like_markup_stays_text() {
    let hostile = "\"<script>&amp;</script>社区\"";
    let election = election(&spoiled("试验社区", hostile), ROLL);
    let out = tempfile::tempdir().unwrap();
    build_all(election.path(), out.path(), "docx,html");
    let masters = with_ending(out.path(), ".docx");
    assert!(!masters.is_empty());
    for docx in masters {
        let html = docx.with_extension("html");
        assert!(!std::fs::read_to_string(&html).unwrap().contains("<script"));
        let [[text, ..]] = &read::<3>("docx.py", &[docx])[..] else { panic!() };
        assert!(text.contains("<script>&amp;</script>社区"), "{text}");
        let [[page, _]] = &read::<2>("web.py", &[html])[..] else { panic!() };
        assert_eq!(text, page);
    }
}

#[test]
fn only_what_is_asked_for_is_written() {
    let election = election(SMALL, ROLL);
    let at = |name: &str| election.path().join(name);
    let build = |formats: &str, out: &Path| {
        let words = ["build".as_ref(), election.path().as_os_str(), "-o".as_ref(), out.as_os_str()];
        let formats: [&OsStr; 2] = ["--formats".as_ref(), formats.as_ref()];
        run_in(Path::new("."), &[&words[..], &formats[..]].concat())
    };
    assert_eq!(build("html,docx", &at("two")).code, 0);
    let endings = |file: &String| file.ends_with(".html") || file.ends_with(".docx");
    assert!(files(&at("two")).iter().all(endings) && !files(&at("two")).is_empty());

    let run = build("pdf,odt", &at("none"));
    assert_eq!(run.code, 2, "{run}");
    assert!(run.stderr.contains("odt") && !at("none").exists(), "{run}");
}

#[test]
fn web_pages_are_no_wider_than_a_phone() {
    let out = tempfile::tempdir().unwrap();
    for name in ["shiping-2026", "anhe-2026"] {
        build_all(&example(name), &out.path().join(name), "html");
    }
    // With names of 30 characters.
    let (election, _) = with_candidates(12);
    build_all(election.path(), &out.path().join("long"), "html");
    let script = judge_script("desk").join("narrow.mjs");
    let pages = with_ending(out.path(), ".html");
    let words = [&script].into_iter().chain(&pages).map(|path| path.as_os_str());
    judge("node", &words.collect::<Vec<_>>());
}

#[test]
fn the_bars_of_charts_are_as_long_as_their_figures_say() {
    let made = tempfile::tempdir().unwrap();
    let mut pages = Vec::new();
    for name in ["qimei-2017", "shiping-2026", "anhe-2026"] {
        let (folder, out) = (example(name), made.path().join(name));
        let words = ["summary".as_ref(), folder.as_os_str(), "-o".as_ref(), out.as_os_str()];
        let run = run_in(Path::new("."), &words);
        assert_eq!(run.code, 0, "{run}");
        pages.extend(with_ending(&out, ".html"));
    }
    let script = judge_script("desk").join("charts.mjs");
    let words: Vec<&OsStr> =
        [script.as_os_str()].into_iter().chain(pages.iter().map(|page| page.as_os_str())).collect();
    judge("node", &words);
}
