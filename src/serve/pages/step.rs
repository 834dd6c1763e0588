//! One step of the election: its form, with what was found wrong and what the law
//! wants beside each field.

use axum::http::StatusCode;
use minijinja::context;
use minijinja::value::{Serde, Value};

use super::frame::{self, Chapter};
use super::paper::Shelf;
use crate::election::Election;
use crate::election::decode::Decode as _;
use crate::election::edit::Editor;
use crate::election::yaml::{self, Node};
use crate::serve::change::{self, Outcome};
use crate::serve::desk::{Desk, Opened, Stand};
use crate::serve::form::{self, Form, Part};
use crate::serve::notes::Notes;
use crate::serve::web::{Asked, Reply, Trouble};

pub(super) fn page(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let (opened, stand) = frame::stand(desk, asked)?;
    // What no form can show is mended in the text.
    let Some(tree) = stand.tree.clone() else { return Ok(Reply::see("/text")) };
    let chapter = asked.get("of").and_then(Chapter::find).unwrap_or(Chapter::Basics);
    show(desk, asked, &opened, &stand, &tree, chapter)
}

fn show(
    desk: &Desk,
    asked: &Asked,
    opened: &Opened,
    stand: &Stand,
    tree: &Node,
    chapter: Chapter,
) -> Result<Reply, Trouble> {
    let notes = Notes::of(&stand.report, &stand.source.path);
    let editor = Editor::new(stand.source.clone())?;
    let shelf = Shelf::of(stand);
    let wants = shelf.wants();
    let steps = stand.steps();
    let form = Form::new(stand.kind(), &notes, &editor, &steps, &wants);
    let (mut plain, mut sections) = (Vec::new(), Vec::new());
    for key in Election::SHAPE.keys_below("").iter().filter(|key| Chapter::of_key(key) == chapter) {
        match form.section(key, tree) {
            part @ Part::Field(_) => plain.push(part),
            part => sections.push(part),
        }
    }
    let rest = notes.take(&(0..stand.source.text.len()));
    let left = matches!(chapter, Chapter::Basics).then_some(rest).unwrap_or_default();
    let papers = shelf.of_stage(chapter.stage());
    let paper = asked.get("paper").map(str::to_owned);
    let mut ahead = form::days_ahead(stand, &editor, &steps);
    ahead.retain(|path| Chapter::of_path(path) == chapter);
    let view = context! {
        ahead,
        chapter => context! { id => chapter.id(), name => chapter.name() },
        plain => Value::from(Serde(&plain)),
        sections => Value::from(Serde(&sections)),
        left => Value::from(Serde(&left)),
        papers => Value::from(Serde(&papers)),
        paper,
    };
    Ok(frame::show(desk, opened, stand, asked, "step.html", &chapter.id(), view))
}

/// The page from which more than one step is changed.
const TODAY: &str = "today";

/// Takes over what was entered, and shows the step again.
pub(super) fn edit(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let opened = frame::opened(desk, asked)?;
    let of = asked.get("of").unwrap_or("basics").to_owned();
    match change::make(&opened, asked)? {
        Outcome::Saved if of == TODAY => Ok(Reply::see("/")),
        Outcome::Saved if asked.by_script => page(desk, asked),
        Outcome::Saved => {
            let deed = asked.get("do").and_then(|deed| deed.split_once(' '));
            let at = asked.get("at").or(deed.map(|(_, what)| what)).unwrap_or_default();
            Ok(Reply::see(format!("/step?of={of}#{at}")))
        }
        Outcome::Conflicts(conflicts) => {
            let stand = opened.read()?;
            let view = context! { of => of.clone(), conflicts => Value::from(Serde(&conflicts)) };
            let page = frame::show(desk, &opened, &stand, asked, "conflict.html", &of, view);
            Ok(page.with_status(StatusCode::CONFLICT))
        }
    }
}

pub(super) fn undo(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    travel(desk, asked, false)
}

pub(super) fn redo(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    travel(desk, asked, true)
}

/// Goes to the text before or after the present one.
fn travel(desk: &Desk, asked: &Asked, forth: bool) -> Result<Reply, Trouble> {
    let opened = frame::opened(desk, asked)?;
    let mut history = opened.history();
    let source = yaml::read_text(&opened.file())?;
    history.see(&source.text);
    let found = if forth { history.after() } else { history.before() };
    if let Some((at, text)) = found {
        change::rewrite(&opened, &mut history, &source.with_text(text.to_string()))?;
        history.go(at);
    }
    drop(history);
    match asked.get("of") {
        Some(of) if Chapter::find(of).is_some() && asked.by_script => page(desk, asked),
        Some("text") => Ok(Reply::see("/text")),
        Some(of) => Ok(Reply::see(format!("/step?of={of}"))),
        None => Ok(Reply::see("/")),
    }
}
