//! The whole of `election.yaml`, with what was found at each line.

use axum::http::StatusCode;
use minijinja::context;
use minijinja::value::{Serde, Value};

use super::frame::{self, Told};
use crate::serve::change::{self, REVISION};
use crate::serve::desk::Desk;
use crate::serve::web::{Asked, Reply, Trouble};

pub(super) fn page(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let (opened, stand) = frame::stand(desk, asked)?;
    let mut told: Vec<Told> =
        stand.report.iter().map(|finding| frame::told(finding, &stand)).collect();
    told.sort_by_key(|told| told.note.line.unwrap_or(usize::MAX));
    let view = context! {
        text => stand.source.text.clone(),
        lines => stand.source.text.lines().count(),
        told => Value::from(Serde(&told)),
        is_broken => stand.tree.is_none(),
    };
    Ok(frame::show(desk, &opened, &stand, asked, "text.html", "text", view))
}

/// Writes the text as it was entered, whatever is wrong with it: the page says what.
pub(super) fn save(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let (opened, stand) = frame::stand(desk, asked)?;
    let entered = asked.get("text").unwrap_or_default();
    if let Some(theirs) = change::overwrite(&opened, asked.get(REVISION), entered)? {
        let at = change::revision_of(&theirs);
        let view = context! { theirs => theirs.text.clone(), ours => entered, at };
        let page = frame::show(desk, &opened, &stand, asked, "text-conflict.html", "text", view);
        return Ok(page.with_status(StatusCode::CONFLICT));
    }
    Ok(Reply::see("/text"))
}
