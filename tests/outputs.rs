//! Word files, web pages and pictures: they say what the PDF says, in the same
//! order, and are what they claim to be.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::support::{ROLL, Run, SMALL, election, example, files, judge, pages, python, run_in};
use crate::support::{spoiled, words_of};

/// Reads a Word file: its text without blanks, then what the file is made of.
const DOCX: &str = r#"
import re, sys, zipfile
import xml.etree.ElementTree as tree
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
package = zipfile.ZipFile(sys.argv[1])
parts = {name: tree.fromstring(package.read(name)) for name in package.namelist() if name.endswith((".xml", ".rels"))}
document, styles = parts["word/document.xml"], parts["word/styles.xml"]
known = {style.get(W + "styleId") for style in styles.iter(W + "style")}
assert all(p.find(W + "pPr/" + W + "pStyle").get(W + "val") in known for p in document.iter(W + "p"))
for table in document.iter(W + "tbl"):
    rows = table.findall(W + "tr")
    assert rows[0].find(W + "trPr/" + W + "tblHeader") is not None
    assert all(row.find(W + "trPr/" + W + "tblHeader") is None for row in rows[1:])
    assert len({len(row.findall(W + "tc")) for row in rows} | {len(table.find(W + "tblGrid"))}) == 1
size = document.find(".//" + W + "pgSz")
assert (size.get(W + "w"), size.get(W + "h")) == ("11906", "16838")
assert all(info.date_time[0] == 1980 for info in package.infolist())
print(re.sub(r"[\s＿]", "", "".join(t.text or "" for t in document.iter(W + "t"))))
"#;

/// Reads a web page in the same way.
const HTML: &str = r#"
import html.parser, re, sys
VOID = {"meta", "wbr", "path", "rect"}
class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.words, self.seen = [], [], []
    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.seen.append((tag, attributes))
        assert tag not in ("script", "link", "img", "iframe") and "style" not in attributes
        if tag not in VOID:
            self.open.append(tag)
    def handle_startendtag(self, tag, attributes):
        pass
    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag
    def handle_data(self, data):
        if "body" in self.open and "svg" not in self.open:
            self.words.append(data)
page = Page()
source = open(sys.argv[1], encoding="utf-8").read()
page.feed(source)
page.close()
assert not page.open and "http" not in source
assert ("html", {"lang": "zh-CN"}) in page.seen
tags = [tag for tag, _ in page.seen]
assert tags.count("h1") == tags.count("main") == tags.count("header") == 1
assert all(attributes.get("scope") for tag, attributes in page.seen if tag == "th")
assert tags.count("table") == tags.count("thead")
print(re.sub(r"[\s＿]", "", "".join(page.words)))
"#;

fn build_all(election: &Path, folder: &Path) -> Run {
    let words = ["build".as_ref(), election.as_os_str(), "-o".as_ref(), folder.as_os_str()];
    let formats: [&OsStr; 2] = ["--formats".as_ref(), "pdf,docx,html,png".as_ref()];
    let run = run_in(Path::new("."), &[&words[..], &formats[..]].concat());
    assert_eq!(run.code, 0, "{run}");
    run
}

/// An example in all formats, built once.
fn all_formats() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("all-formats");
        if folder.exists() {
            std::fs::remove_dir_all(&folder).unwrap();
        }
        build_all(&example("qimei-2017"), &folder);
        folder
    })
}

fn with_ending(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let found = files(folder).into_iter().filter(|file| file.ends_with(ending));
    found.map(|file| folder.join(file)).collect()
}

fn read(script: &str, file: &Path) -> String {
    judge(&python(), &["-c".as_ref(), script.as_ref(), file.as_os_str()]).trim().to_owned()
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

#[test]
fn word_and_the_web_say_the_same_and_the_pdf_says_all_of_it() {
    let masters = with_ending(all_formats(), ".docx");
    assert!(masters.len() >= 5);
    for docx in masters {
        let text = read(DOCX, &docx);
        assert_eq!(text, read(HTML, &docx.with_extension("html")), "{}", docx.display());
        let printed = counted(&words_of(&docx.with_extension("pdf")));
        for (c, count) in counted(&text) {
            let found = printed.get(&c).copied().unwrap_or(0);
            assert!(found >= count, "{}: {c} {found} of {count}", docx.display());
        }
    }
}

#[test]
fn every_page_is_a_picture() {
    for pdf in with_ending(all_formats(), ".pdf") {
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
    let again = tempfile::tempdir().unwrap();
    build_all(&example("qimei-2017"), again.path());
    assert_eq!(files(again.path()), files(all_formats()));
    for file in files(again.path()) {
        let bytes = |folder: &Path| std::fs::read(folder.join(&file)).unwrap();
        assert!(bytes(again.path()) == bytes(all_formats()), "{file}");
    }
}

#[test]
fn what_looks_like_markup_stays_text() {
    let hostile = "\"<script>&amp;</script>社区\"";
    let election = election(&spoiled("试验社区", hostile), ROLL);
    let out = tempfile::tempdir().unwrap();
    build_all(election.path(), out.path());
    let masters = with_ending(out.path(), ".docx");
    assert!(!masters.is_empty());
    for docx in masters {
        let html = docx.with_extension("html");
        assert!(!std::fs::read_to_string(&html).unwrap().contains("<script"));
        let text = read(DOCX, &docx);
        assert!(text.contains("<script>&amp;</script>社区"), "{text}");
        assert_eq!(text, read(HTML, &html));
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
