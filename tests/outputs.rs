//! Word files, web pages and pictures: they say what the PDF says, in the same
//! order, and are what they claim to be.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::support::{ROLL, Run, SMALL, election, example, files, judge, pages, python, run_in};
use crate::support::{spoiled, words_of};

/// Reads Word files. Of each, in a line: its text without blanks and without the
/// copies that lie beside ballots, the whole text, and what is repeated on each
/// page. On the way it judges what the file is made of.
const DOCX: &str = r#"
import re, sys, zipfile
import xml.etree.ElementTree as tree
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The sequences of ECMA-376, part 1, 17: properties may stand in no other order.
ORDER = {name: order.split() for name, order in {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tcBorders": "top left bottom right insideH insideV tl2br tr2bl",
    "pgBorders": "top left bottom right",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked pPr rPr tblPr trPr tcPr tblStylePr",
    "settings": "zoom defaultTabStop evenAndOddHeaders characterSpacingControl compat",
    "tbl": "tblPr tblGrid tr", "tr": "trPr tc", "p": "pPr r",
}.items()}

def words(elements):
    return re.sub(r"[\s\u200b＿]|□{2,}", "", "".join(t.text or "" for element in elements for t in element.iter(W + "t")))

def judge_order(part):
    for element in part.iter():
        order = ORDER.get(element.tag.removeprefix(W))
        if order:
            places = [order.index(child.tag.removeprefix(W)) for child in element]
            assert places == sorted(places), (element.tag, places)

def judge_table(table):
    rows, columns = table.findall(W + "tr"), len(table.find(W + "tblGrid"))
    assert all(row.find(W + "trPr/" + W + "cantSplit") is not None for row in rows)
    assert all(row.find(W + "trPr/" + W + "tblHeader") is None for row in rows[1:])
    above = {}
    for row in rows:
        column, here = 0, {}
        for cell in row.findall(W + "tc"):
            span = cell.find(W + "tcPr/" + W + "gridSpan")
            span = int(span.get(W + "val")) if span is not None else 1
            merge = cell.find(W + "tcPr/" + W + "vMerge")
            if merge is not None:
                here[column] = span
                assert merge.get(W + "val") == "restart" or above.get(column) == span
            assert cell[-1].tag == W + "p"
            column += span
        assert column == columns
        above = here

def read(path):
    package = zipfile.ZipFile(path)
    names = package.namelist()
    assert names[0] == "[Content_Types].xml" and len(set(names)) == len(names)
    assert all(info.date_time[0] == 1980 and info.compress_type == zipfile.ZIP_DEFLATED for info in package.infolist())
    parts = {name: tree.fromstring(package.read(name)) for name in names}
    assert {"/" + name for name in names if not name.endswith((".rels", "s].xml"))} == {part.get("PartName") for part in parts["[Content_Types].xml"] if part.get("PartName")}
    ids = {part.get("Id"): part.get("Target") for part in parts["word/_rels/document.xml.rels"]}
    assert all("word/" + target in names for target in ids.values())
    document, styles = parts["word/document.xml"], parts["word/styles.xml"]
    assert all(value in ids for element in document.iter() for name, value in element.items() if name.endswith("relationships}id"))
    for part in parts.values():
        judge_order(part)
    known = {style.get(W + "styleId") for style in styles.iter(W + "style")}
    assert all(p.find(W + "pPr/" + W + "pStyle").get(W + "val") in known for p in document.iter(W + "p"))
    for table in document.iter(W + "tbl"):
        judge_table(table)
    body = list(document[0])
    # Neighbouring tables would become one.
    assert all(one.tag != W + "tbl" or other.tag == W + "p" for one, other in zip(body, body[1:]))
    size = document.find(".//" + W + "pgSz")
    paper = (size.get(W + "w"), size.get(W + "h"), size.get(W + "orient"))
    assert paper in {("11905", "16837", None), ("16837", "11905", "landscape")}, paper
    masters, copy = [], False
    for element in body:
        rows = element.findall(W + "tr")
        if len(rows) == 4 and len({words([row]) for row in rows}) == 1:
            # Strips, four of one.
            masters.append(rows[0])
            continue
        if any(br.get(W + "type") == "column" for br in element.iter(W + "br")):
            copy = True
        elif element.find(W + "pPr/" + W + "pageBreakBefore") is not None:
            copy = False
        masters += [] if copy else [element]
    heads = [row for row in document.iter(W + "tr") if row.find(W + "trPr/" + W + "tblHeader") is not None]
    heads += [p for p in document.iter(W + "p") if p.find(W + "pPr/" + W + "pStyle").get(W + "val") == "NamesHeading"]
    return words(masters), words([document]), words(heads)

for path in sys.argv[1:]:
    print(*read(path), sep="\t")
"#;

/// Reads web pages in the same way: the text of each, and that of its pictures.
const HTML: &str = r#"
import html.parser, re, sys
VOID = {"meta", "wbr", "path", "rect", "col"}
class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.words, self.pictures, self.seen, self.tables = [], [], [], [], []
    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.seen.append((tag, attributes))
        assert tag not in ("script", "link", "img", "iframe") and "style" not in attributes
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append((int(attributes.get("colspan", 1)), int(attributes.get("rowspan", 1))))
        if tag not in VOID:
            self.open.append(tag)
    def handle_startendtag(self, tag, attributes):
        pass
    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag
    def handle_data(self, data):
        if "svg" in self.open:
            self.pictures.append(data)
        elif "body" in self.open:
            self.words.append(data)

def judge_table(rows):
    columns, reaching = sum(columns for columns, _ in rows[0]), {}
    for row in rows:
        free = [column for column in range(columns) if reaching.get(column, 0) == 0]
        reaching = {column: rows - 1 for column, rows in reaching.items() if rows > 1}
        assert sum(span for span, _ in row) == len(free), (row, free)
        for span, down in row:
            reaching.update({column: down - 1 for column in free[:span] if down > 1})
            free = free[span:]
    assert not reaching

def read(path):
    page = Page()
    source = open(path, encoding="utf-8").read()
    page.feed(source)
    page.close()
    assert not page.open and "http" not in source
    assert ("html", {"lang": "zh-CN"}) in page.seen
    tags = [tag for tag, _ in page.seen]
    pieces = sum(attributes.get("class") == "piece" for tag, attributes in page.seen if tag == "section")
    assert tags.count("h1") == tags.count("main") == 1 and tags.count("header") == pieces
    assert all(attributes.get("scope") for tag, attributes in page.seen if tag == "th")
    labels = [attributes["aria-label"] for tag, attributes in page.seen if attributes.get("class") == "table"]
    assert len(set(labels)) == len(labels) == len(page.tables)
    forms = sum(tag == "table" and "fill" in attributes.get("class", "") for tag, attributes in page.seen)
    assert tags.count("table") == tags.count("thead") + forms
    for table in page.tables:
        judge_table(table)
    return [re.sub(r"[\s＿]|□{2,}", "", "".join(words)) for words in (page.words, page.pictures)]

for path in sys.argv[1:]:
    print(*read(path), sep="\t")
"#;

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

/// What a script reads in each file, in as many fields.
fn read<const N: usize>(script: &str, files: &[PathBuf]) -> Vec<[String; N]> {
    let words = ["-c".as_ref(), script.as_ref()].into_iter();
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

/// The text of a PDF without what stands at the foot of its pages, and without
/// the colons that cards show as columns.
fn printed(pdf: &Path) -> HashMap<char, usize> {
    let text = words_of(pdf);
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
    let in_word = read::<3>(DOCX, &masters);
    let on_the_web = read::<2>(HTML, &masters.iter().map(pages_of).collect::<Vec<_>>());
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
        let pictures = counted(pictures);
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
        let [[word, ..]] = &read::<3>(DOCX, std::slice::from_ref(&docx))[..] else { panic!() };
        let [[web, ..]] = &read::<2>(HTML, &[docx.with_extension("html")])[..] else { panic!() };
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
        let [[text, ..]] = &read::<3>(DOCX, &[docx])[..] else { panic!() };
        assert!(text.contains("<script>&amp;</script>社区"), "{text}");
        let [[page, _]] = &read::<2>(HTML, &[html])[..] else { panic!() };
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
