//! The description of an election, what replaces the program's own texts, and the way
//! from there to finished files.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use quick_xml::events::Event;
use zhangbang::assets::Assets;
use zhangbang::compose::document::Block;
use zhangbang::compose::markdown::{Inserts, escape, parse};
use zhangbang::compose::{self, Document, Options, Purpose, Wordings};
use zhangbang::diagnostic::{Report, Source};
use zhangbang::election::decode::{Decode as _, Decoder};
use zhangbang::election::edit::Editor;
use zhangbang::election::roll::read_from;
use zhangbang::election::{self, Dossier, Election, VoterRoll, yaml};
use zhangbang::law::{self, Library, Profile};
use zhangbang::make::Kit;
use zhangbang::typeset::{WebPages, docx};
use zip::ZipArchive;

/// An election, as far as it can be read.
fn dossier(text: &str, report: &mut Report) -> Option<Dossier> {
    static ROLL: LazyLock<Option<VoterRoll>> = LazyLock::new(|| {
        let rows =
            "序号,姓名,性别,出生日期,小组\n1,甲一,男,1980-01-01,一组\n2,乙二,女,1990-02-02,二组\n";
        read_from(Cursor::new(rows), Path::new("voters.csv"), &mut Report::new())
    });
    let source = Source::new("election.yaml", text);
    let tree = Arc::new(yaml::parse(&source).map_err(|told| report.push(told)).ok()?);
    source.outlined(tree.clone());
    let election = Election::decode(&tree, &mut Decoder::new(&source, report))?;
    let roll = election.registration.get().and(ROLL.clone());
    Some(Dossier {
        folder: "election".into(),
        offices: Vec::new(),
        election,
        roll,
        posted_roll: None,
        posted_words: BTreeMap::new(),
        source,
        tree,
    })
}

/// Any text as `election.yaml`: read and decoded, and every message can be shown.
pub fn description(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut report = Report::new();
    let _ = dossier(text, &mut report);
    let _ = (report.render(true), report.to_json());
}

/// Any text edited: each edit is made or refused, and what is left can be read again.
pub fn edit(bytes: &[u8]) {
    let (Some((&at, rest)), 1..) = (bytes.split_first(), bytes.len()) else { return };
    let Some((value, text)) = crate::halves(rest) else { return };
    let Ok(editor) = Editor::new(Source::new("election.yaml", text)) else { return };
    let path = editor.tree().path_at(text.len() * usize::from(at) / 256);
    let edits: [&dyn Fn(&mut Editor) -> bool; 5] = [
        &|editor| editor.set(&path, value).is_ok(),
        &|editor| editor.remove(&path).is_ok(),
        &|editor| editor.add(&path, None, value).is_ok(),
        &|editor| editor.move_item(&path, 1, 0).is_ok(),
        &|editor| editor.take(usize::from(at) % 64 + 1).is_ok(),
    ];
    for edit in edits {
        let mut editor = editor.clone();
        if edit(&mut editor) {
            assert!(Editor::new(editor.source().clone()).is_ok());
        } else {
            assert_eq!(editor.source().text, text.strip_prefix('\u{feff}').unwrap_or(text));
        }
    }
}

/// Any text as `street.yaml` above an election.
pub fn office(bytes: &[u8]) {
    let Some((above, below)) = crate::halves(bytes) else { return };
    let mut report = Report::new();
    let Some(dossier) = dossier(above, &mut report) else { return };
    let Dossier { folder, election, source, tree, .. } = dossier;
    let office = election::Office { folder, election, source, tree };
    if let Some(mut below) = self::dossier(below, &mut report) {
        election::office::inherit(&mut below.election, &[office]);
        judge(&below, Library::built_in(), &mut report);
    }
}

fn judge(dossier: &Dossier, law: &Library, report: &mut Report) -> Option<Profile> {
    let profile = Profile::choose(&dossier.election, law, report)?;
    law::check_roll(dossier, &profile, report);
    law::check(dossier, &profile, report);
    Some(profile)
}

/// From a description by all rules to all wordings, and of these one to files.
pub fn way(bytes: &[u8]) {
    let Some((chosen, text)) = crate::choice(bytes) else { return };
    let mut report = Report::new();
    let Some(mut dossier) = dossier(text, &mut report) else { return };
    let kit = Kit::built_in();
    let Some(profile) = Profile::choose(&dossier.election, &kit.law, &mut report) else { return };
    compose::sign_notices(&mut dossier, &profile, &kit.wordings);
    judge(&dossier, &kit.law, &mut report);
    report.append(compose::about_notices(&dossier, &profile, &kit.wordings));
    let purpose = [Purpose::Use, Purpose::Blanks, Purpose::Records][chosen % 3];
    let options = Options { purpose, draft: true, ..Options::default() };
    let made = compose::compose(&dossier, &profile, &kit.wordings, &options, &mut report);
    if let Some(composed) = made.documents.get(chosen % made.documents.len().max(1)) {
        let layout = composed.front.layouts.first().map_or("", String::as_str);
        write(&composed.document, layout);
    }
    let _ = (report.render(false), report.to_json());
}

/// An example of which every document can be made.
static EXAMPLE: LazyLock<(Dossier, Profile)> = LazyLock::new(|| {
    let text = include_str!("../../data/anhe-2026/election.yaml");
    let mut report = Report::new();
    let dossier = dossier(text, &mut report).expect("the example is sound");
    let profile = Profile::choose(&dossier.election, Library::built_in(), &mut report);
    (dossier, profile.expect("the example has a law"))
});

/// Any text in the place of one wording: composed, or its mistake told at its place.
pub fn wording(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    // Read for one document: to compile all would take most of the time.
    let mut assets = Assets::default();
    assets.replace("templates/documents/own.md".to_owned(), Source::new("own.md", text));
    compose_with(&assets, Library::built_in());
}

/// Any text in the place of one of the other files that an election may bring.
pub fn own(bytes: &[u8]) {
    const PATHS: [&str; 6] = [
        "templates/words.yaml",
        "templates/parts/round.md",
        "templates/parts/own.md",
        "profiles/own.yaml",
        "profiles/cn-residents-2026.yaml",
        "templates/web/document.html",
    ];
    let Some((chosen, text)) = crate::choice(bytes) else { return };
    let path = PATHS[chosen % PATHS.len()];
    let mut assets = match path.starts_with("templates/parts") {
        true => Assets::built_in().clone(),
        false => Assets::default(),
    };
    let notice = Assets::built_in().get("templates/documents/results-notice.md").expect("ours");
    assets.replace("templates/documents/results-notice.md".to_owned(), notice.source.clone());
    assets.replace(path.to_owned(), Source::new(path, text));
    let mut report = Report::new();
    let law = Library::of(&assets, &mut report);
    let _ = law.profiles().map(|profile| profile.title()).count();
    if path.ends_with(".html") {
        let web = WebPages::of(&assets, &mut report);
        let document =
            Document::form("own", vec!["题".to_owned()], parse("甲", &Inserts::default()));
        let _ = web.write(&document, "notice");
    } else {
        compose_with(&assets, &law);
    }
    let _ = report.to_string();
}

fn compose_with(assets: &Assets, law: &Library) {
    let (dossier, profile) = &*EXAMPLE;
    let mut report = Report::new();
    let profile = Profile::choose(&dossier.election, law, &mut report).unwrap_or(profile.clone());
    let wordings = Wordings::of(assets);
    let options = Options { draft: true, ..Options::default() };
    let made = compose::compose(dossier, &profile, &wordings, &options, &mut report);
    for composed in made.documents.iter().take(2) {
        write(&composed.document, composed.front.layouts.first().map_or("", String::as_str));
    }
    let _ = (report.render(false), report.to_json());
}

/// Any value, escaped, comes out of the Markdown as it went in.
pub fn markdown(bytes: &[u8]) {
    let Ok(value) = std::str::from_utf8(bytes) else { return };
    let _ = parse(value, &Inserts::default());
    if value.chars().any(|c| c.is_control() || c.is_whitespace() || matches!(c, '\u{FFFC}' | '＿'))
    {
        return;
    }
    let blocks = parse(&format!("选民{}。", escape(value)), &Inserts::default());
    let [Block::Paragraph { text }] = &blocks[..] else {
        panic!("one paragraph became {blocks:?}")
    };
    assert_eq!(text.to_string(), format!("选民{value}。"));
}

/// Any document, for Word and for the web: what is written is well formed.
pub fn writers(bytes: &[u8]) {
    const LAYOUTS: [&str; 8] =
        ["notice", "roster", "list", "form", "ballot", "cards", "report", "strips"];
    let Some((chosen, text)) = crate::choice(bytes) else { return };
    let (title, body) = text.split_once('\n').unwrap_or(("题", text));
    let inserts = Inserts::default();
    let mut document =
        Document::form("any", title.split('|').map(str::to_owned).collect(), parse(body, &inserts));
    document.draft = chosen >= 128;
    document.addressee = (chosen >= 192).then(|| title.to_owned());
    write(&document, LAYOUTS[chosen % LAYOUTS.len()]);
}

fn write(document: &Document, layout: &str) {
    static WEB: LazyLock<WebPages> =
        LazyLock::new(|| WebPages::of(Assets::built_in(), &mut Report::new()));
    let word = docx::write(document, layout).expect("it can be written for Word");
    let mut zip = ZipArchive::new(Cursor::new(word)).expect("a zip file");
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).expect("an entry");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("UTF-8");
        is_xml(&text);
    }
    let page = WEB.write(document, layout).expect("it can be written for the web");
    is_html(std::str::from_utf8(&page).expect("UTF-8"));
}

/// Every element is closed, every entity known, every character allowed.
fn is_xml(text: &str) {
    let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..);
    assert!(text.chars().all(is_allowed), "a character that XML has not");
    let mut reader = quick_xml::Reader::from_str(text);
    let mut depth = 0;
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}: {text}")) {
            Event::Start(start) => {
                depth += 1;
                start.attributes().for_each(|one| drop(one.expect("an attribute")));
            }
            Event::Empty(empty) => {
                empty.attributes().for_each(|one| drop(one.expect("an attribute")))
            }
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
}

/// Every element is closed but those that have no content, and no text opens one.
fn is_html(text: &str) {
    const VOID: [&str; 9] = ["meta", "br", "col", "link", "hr", "img", "input", "wbr", "base"];
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with("!--") {
            rest = rest.split_once("-->").expect("a comment ends").1;
            continue;
        }
        let tag = rest.split('>').next().unwrap_or_default();
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next();
        let name = name.unwrap_or_default();
        if tag.starts_with('!') || VOID.contains(&name) || tag.ends_with('/') {
            continue;
        }
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "{text}");
        } else {
            assert!(!name.is_empty(), "a text opens a tag: {text}");
            open.push(name);
            if name == "style" {
                rest = &rest[rest.find("</style").expect("a style ends")..];
            }
        }
    }
    assert!(open.is_empty(), "{open:?}: {text}");
}
