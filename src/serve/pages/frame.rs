//! What every page has around it: the way through the election, and how it stands.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::context;
use minijinja::value::{Serde, Value};
use serde::Serialize;

use crate::codes::Family;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::election::decode::Decode as _;
use crate::election::shape::Key;
use crate::election::{Election, Stage};
use crate::files;
use crate::law::Rule;
use crate::serve::change;
use crate::serve::desk::{Desk, Opened, Stand};
use crate::serve::form;
use crate::serve::notes::Note;
use crate::serve::web::{Asked, Reply, Trouble};

/// The pages of an election's steps: what belongs to none comes first.
pub(super) const CHAPTERS: [Chapter; 9] = [
    Chapter::Basics,
    Chapter::Stage(Stage::Preparation),
    Chapter::Stage(Stage::Committee),
    Chapter::Stage(Stage::Voters),
    Chapter::Stage(Stage::Candidates),
    Chapter::Stage(Stage::Polling),
    Chapter::Stage(Stage::Result),
    Chapter::Stage(Stage::Closing),
    Chapter::Stage(Stage::Term),
];

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Chapter {
    Basics,
    Stage(Stage),
}

impl Chapter {
    /// As an address names it.
    pub(super) fn id(self) -> String {
        match self {
            Self::Basics => "basics".to_owned(),
            Self::Stage(stage) => format!("{stage:?}").to_lowercase(),
        }
    }

    pub(super) fn find(id: &str) -> Option<Self> {
        CHAPTERS.into_iter().find(|chapter| chapter.id() == id)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Basics => "基本情况",
            Self::Stage(stage) => stage.name(),
        }
    }

    pub(super) fn stage(self) -> Option<Stage> {
        match self {
            Self::Basics => None,
            Self::Stage(stage) => Some(stage),
        }
    }

    /// Where a key of the root stands. Meetings are held in all stages, the first of
    /// them while the election is prepared.
    pub(super) fn of_key(key: &Key) -> Self {
        let meetings = (key.english == "meetings").then_some(Stage::Preparation);
        key.stage.or(meetings).map_or(Self::Basics, Self::Stage)
    }

    /// Where a path of the description stands.
    pub(super) fn of_path(path: &str) -> Self {
        let head = path.split(['.', '[']).next().unwrap_or_default();
        let keys = Election::SHAPE.keys_below("");
        keys.iter().find(|key| key.accepts(head)).map_or(Self::Basics, Self::of_key)
    }
}

/// The address of the field to which a path of the description leads.
pub(super) fn field_address(path: &str) -> String {
    let chapter = Chapter::of_path(path);
    format!("/step?of={}#{path}", chapter.id())
}

/// A finding with the address of what it is about.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    #[serde(flatten)]
    pub note: Note,
    pub address: String,
    pub chapter: &'static str,
}

/// Where a finding is to be mended.
pub(super) fn told(finding: &Diagnostic, stand: &Stand) -> Told {
    let (address, chapter) = whereabouts(finding, stand);
    Told { note: Note::of(finding), address, chapter }
}

fn whereabouts(finding: &Diagnostic, stand: &Stand) -> (String, &'static str) {
    if is_about_roll(finding) {
        return ("/roll".to_owned(), "选民名册");
    }
    if let Some(Place::Text(source, span)) = &finding.place
        && source.path == stand.source.path
    {
        let path = stand.tree.as_ref().and_then(|tree| form::in_english(&tree.path_at(span.start)));
        return match path.filter(|path| !path.is_empty()) {
            Some(path) => (field_address(&path), Chapter::of_path(&path).name()),
            None => (format!("/text#l{}", source.line(span.start)), "全文"),
        };
    }
    match Rule::find(finding.code).and_then(|rule| rule.stage) {
        Some(stage) => (format!("/step?of={}", Chapter::Stage(stage).id()), stage.name()),
        None => ("/step?of=basics".to_owned(), Chapter::Basics.name()),
    }
}

pub(super) fn is_about_roll(finding: &Diagnostic) -> bool {
    finding.family() == Some(Family::Roll) || matches!(finding.place, Some(Place::Cell(_)))
}

/// How many findings of each gravity a page has.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Tally {
    errors: usize,
    warnings: usize,
}

impl Tally {
    fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Note => {}
        }
    }
}

/// The field of a form that says of which election it is.
const ELECTION: &str = "election";

/// The election on the desk as it stands.
///
/// # Errors
/// The way to one, or why it cannot be read.
pub(super) fn stand(desk: &Desk, asked: &Asked) -> Result<(Arc<Opened>, Stand), Trouble> {
    let opened = opened(desk, asked)?;
    let stand = opened.read()?;
    Ok((opened, stand))
}

/// The election on the desk, whatever is to be said of it.
///
/// # Errors
/// The way to one; or what is asked is of another, on which a window was left open.
pub(super) fn opened(desk: &Desk, asked: &Asked) -> Result<Arc<Opened>, Trouble> {
    let opened = desk.opened().filter(|opened| opened.file().is_file() || opened.was_read());
    let opened = opened.ok_or_else(|| Trouble::Elsewhere(Reply::see("/welcome")))?;
    if asked.get(ELECTION).is_some_and(|election| election != opened.id()) {
        let name = files::name_of(&opened.folder);
        let message = format!("这个窗口里是另一个选举，现在打开的是“{name}”，没有写进去。");
        return Err(Diagnostic::error("page", message)
            .help("要接着办原来的，请在“换一个选举”里再打开它。")
            .into());
    }
    Ok(opened)
}

/// Shows a page of the election.
pub(super) fn show(
    desk: &Desk,
    opened: &Opened,
    stand: &Stand,
    asked: &Asked,
    page: &str,
    active: &str,
    view: Value,
) -> Reply {
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut whole = Tally::default();
    for finding in stand.report.iter() {
        let (_, chapter) = whereabouts(finding, stand);
        tallies.entry(chapter).or_default().add(finding.severity);
        whole.add(finding.severity);
    }
    let chapters = CHAPTERS.map(|chapter| {
        let tally = tallies.get(chapter.name()).copied().unwrap_or_default();
        context! { id => chapter.id(), name => chapter.name(), ..Value::from(Serde(&tally)) }
    });
    let roll = tallies.get("选民名册").copied().unwrap_or_default();
    let history = opened.history();
    let frame = context! {
        layout => if asked.by_script { "bare.html" } else { "page.html" },
        name => stand.name(),
        chapters => chapters.to_vec(),
        roll => Value::from(Serde(&roll)),
        active,
        saves => Chapter::find(active).is_some(),
        election => opened.id(),
        said => opened.take_said(),
        rev => change::revision_of(&stand.source),
        can_undo => history.can_undo(),
        can_redo => history.can_redo(),
        all => Value::from(Serde(&whole)),
    };
    drop(history);
    desk.looks.render(page, context! { frame, ..view })
}
