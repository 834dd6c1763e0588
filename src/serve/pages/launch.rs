//! Coming in and leaving.

use axum::http::{StatusCode, header};
use minijinja::context;

use crate::diagnostic::Diagnostic;
use crate::serve::desk::Desk;
use crate::serve::looks;
use crate::serve::web::{Asked, Reply, Trouble};

/// Lets in the browser that brings an invitation. It is answered by a page, not sent
/// on: a browser would not bring a cookie of ours along from elsewhere.
pub(super) fn page(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    if !asked.get("word").is_some_and(|word| desk.redeem(word)) {
        let page = desk.looks.render("door.html", context! { open => false });
        return Ok(page.with_status(StatusCode::FORBIDDEN));
    }
    let cookie =
        format!("{}={}; HttpOnly; SameSite=Strict; Path=/", desk.cookie(), desk.key.expose());
    let page = desk.looks.render("door.html", context! { open => true });
    Ok(page.header(header::SET_COOKIE, cookie))
}

/// A second start of the same user asks for an address to open.
pub(super) fn invite(desk: &Desk, _: &Asked) -> Result<Reply, Trouble> {
    Ok(Reply::of("text/plain; charset=utf-8", desk.invite()))
}

pub(super) fn style(_: &Desk, _: &Asked) -> Result<Reply, Trouble> {
    looks::file("desk.css").ok_or_else(|| no_page().into())
}

pub(super) fn script(_: &Desk, _: &Asked) -> Result<Reply, Trouble> {
    looks::file("desk.js").ok_or_else(|| no_page().into())
}

pub(super) fn icon(_: &Desk, _: &Asked) -> Result<Reply, Trouble> {
    looks::file("icon.svg").ok_or_else(|| no_page().into())
}

pub(super) fn lost(desk: &Desk, _: &Asked) -> Result<Reply, Trouble> {
    Ok(desk.looks.problems(&no_page().into()).with_status(StatusCode::NOT_FOUND))
}

fn no_page() -> Diagnostic {
    Diagnostic::error("page", "没有这一页。").help("请从左边的目录进去。")
}

/// The user leaves, and the program ends.
pub(super) fn leave(desk: &Desk, _: &Asked) -> Result<Reply, Trouble> {
    desk.leave();
    Ok(desk.looks.render("left.html", context! {}))
}
