//! No election on the desk yet: a new one is begun, or one of this computer opened.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use minijinja::context;
use minijinja::value::{Serde, Value};
use serde::Serialize;

use crate::diagnostic::{Diagnostic, Report, Source};
use crate::election::edit::Editor;
use crate::election::model::Kind;
use crate::election::{ELECTION_FILE, MADE_UP};
use crate::files;
use crate::law::{PROVINCES, calendar};
use crate::make::{Kit, Last, Scaffold, lay_out};
use crate::serve::change;
use crate::serve::desk::{Desk, id_of};
use crate::serve::form;
use crate::serve::web::{Asked, Reply, Trouble};

/// An election found on this computer.
#[derive(Debug, Serialize)]
struct Found {
    /// No path is taken from a browser.
    id: String,
    name: String,
    place: String,
}

pub(super) fn page(desk: &Desk, _: &Asked) -> Result<Reply, Trouble> {
    let found = elections().into_iter().map(|folder| Found {
        id: id_of(&folder),
        name: files::name_of(&folder),
        place: folder.parent().unwrap_or(&folder).display().to_string(),
    });
    let found: Vec<Found> = found.collect();
    let view = context! {
        found => Value::from(Serde(&found)),
        provinces => PROVINCES.to_vec(),
        target => target(desk).map(|folder| folder.display().to_string()),
        example => calendar::election_days(calendar::today()).next().map(|day| day.to_string()),
    };
    Ok(desk.looks.render("welcome.html", view))
}

/// Opens one of those that the page lists.
pub(super) fn open(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let folder = listed(asked.get("election").unwrap_or_default())?;
    desk.open(&folder);
    Ok(Reply::see("/"))
}

/// An election of the list.
fn listed(id: &str) -> Result<PathBuf, Diagnostic> {
    let folder = elections().into_iter().find(|folder| id_of(folder) == id);
    folder.ok_or_else(|| {
        Diagnostic::error("page", "这个选举文件夹已经不在了。").help("请返回再选一个。")
    })
}

/// What is asked of a new election beside its kind and its day, and where it is written.
const ASKED: [(&str, &str); 11] = [
    ("name", "community.name"),
    ("province", "community.province"),
    ("city", "community.city"),
    ("district", "community.district"),
    ("street", "community.street"),
    ("term", "term"),
    ("electors", "mode"),
    ("chair", "posts.chair"),
    ("vice_chair", "posts.vice_chair"),
    ("member", "posts.member"),
    ("women", "posts.women"),
];

/// Begins an election in a folder of its own.
pub(super) fn create(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let said = |name: &str| asked.get(name).map(str::trim).filter(|text| !text.is_empty());
    let mut report = Report::new();
    let before = said("last").map(listed).transpose()?;
    // What was wrong last time is nothing to be told now.
    let last = before.as_deref().and_then(|last| Last::read(last, &mut Report::new()));
    let asked_kind = match said("kind") {
        Some("村") => Kind::Villagers,
        _ => Kind::Residents,
    };
    let kind = last.as_ref().and_then(|last| last.kind).unwrap_or(asked_kind);
    let day = said("day").map(str::parse::<Date>).transpose().map_err(|_| {
        Diagnostic::error("page", "选举日写得不对。").help("请写成 2026-05-10；还没有定的，空着。")
    })?;
    let province = said("province").map(str::to_owned);
    let scaffold = Scaffold { kind, province, election_day: day, last };
    let text = scaffold.describe(&Kit::built_in(), &mut report).ok_or(report)?;
    let mut editor = Editor::new(Source::new(ELECTION_FILE, text))?;
    if before.is_none() {
        // Examples only.
        editor.remove(&"term".into())?;
        editor.remove(&"posts".into())?;
    }
    for (field, key) in ASKED {
        match said(field) {
            Some(text) => write(&mut editor, key, text)?,
            // What nobody gave stays no sample: it is not written yet.
            None if value(&editor, key).is_some_and(|text| text.starts_with(MADE_UP)) => {
                editor.remove(&key.into())?;
            }
            None => {}
        }
    }
    let Some(name) = value(&editor, ASKED[0].1) else {
        let nameless = Diagnostic::error("page", "还没有写社区或村的名称。");
        return Err(nameless.help("请返回补上。").into());
    };
    let folder = target(desk).unwrap_or_else(|| free_folder(&home(), &name, day));
    lay_out(&folder, &editor.source().text, before.as_deref(), false)?;
    desk.open(&folder);
    // What is still to be said of the committee itself comes first.
    let is_whole = ["term", "posts", "election_day"].iter().all(|key| {
        form::target(editor.tree(), &(*key).into()).is_some_and(|found| found.node.is_some())
    });
    Ok(Reply::see(if is_whole { "/" } else { "/step?of=basics" }))
}

fn write(editor: &mut Editor, key: &str, text: &str) -> Result<(), Diagnostic> {
    let shape = form::target(editor.tree(), &key.into()).map(|target| target.shape);
    shape.map_or(Ok(()), |shape| editor.set(&key.into(), change::plain(shape, text)))
}

fn value(editor: &Editor, key: &str) -> Option<String> {
    let found = form::target(editor.tree(), &key.into())?;
    found.node.map(|node| form::written(Some(node), found.shape, None))
}

/// The folder that the desk was opened on, if no election is in it yet.
fn target(desk: &Desk) -> Option<PathBuf> {
    desk.folder().filter(|folder| !folder.join(ELECTION_FILE).exists())
}

/// A folder for a new election, that is not there yet.
fn free_folder(home: &Path, name: &str, day: Option<Date>) -> PathBuf {
    let year = day.unwrap_or_else(calendar::today).year();
    let name = crate::bag::names::from_title(name);
    let numbered = |n: u32| match n {
        1 => home.join(format!("{name}{year}")),
        n => home.join(format!("{name}{year}-{n}")),
    };
    (1..).map(numbered).find(|folder| !folder.exists()).unwrap_or_else(|| numbered(1))
}

/// Where the user's documents are kept.
fn home() -> PathBuf {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let own = set(if cfg!(windows) { "USERPROFILE" } else { "HOME" }).map(PathBuf::from);
    let own = own.unwrap_or_else(|| PathBuf::from("."));
    let documents = ["Documents", "文档"].map(|name| own.join(name));
    let base = documents.into_iter().find(|folder| folder.is_dir()).unwrap_or(own);
    base.join("张榜")
}

/// Elections in the usual places.
fn elections() -> Vec<PathBuf> {
    let home = home();
    let above = home.parent().map(Path::to_owned).unwrap_or_default();
    let desktop = above.parent().unwrap_or(&above).join("Desktop");
    let mut found: Vec<PathBuf> =
        [home, above, desktop].iter().flat_map(|folder| below(folder)).collect();
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|folder| seen.insert(folder.clone()));
    found
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|folder| folder.join(ELECTION_FILE).is_file())
        .collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_folder_is_one_that_is_not_there() {
        let home = tempfile::tempdir().unwrap();
        let day = Some(jiff::civil::date(2027, 3, 7));
        let first = free_folder(home.path(), "甲/社区", day);
        assert!(!first.strip_prefix(home.path()).unwrap().to_string_lossy().contains('/'));
        std::fs::create_dir(&first).unwrap();
        let second = free_folder(home.path(), "甲/社区", day);
        assert!(second.to_string_lossy().ends_with("2027-2"), "{}", second.display());
    }
}
