//! The pages, each a plain function.

pub(super) mod archive;
mod frame;
mod launch;
pub(super) mod paper;
mod roll;
mod step;
mod text;
mod today;
mod welcome;

use std::sync::Arc;

use axum::Router;

use super::desk::Desk;
use super::launch::INVITE;
use super::web::{Page, posted, shown};

/// What is looked at.
const SHOWN: [(&str, Page); 20] = [
    ("/", today::page),
    ("/launch", launch::page),
    (INVITE, launch::invite),
    ("/desk.css", launch::style),
    ("/desk.js", launch::script),
    ("/favicon.ico", launch::icon),
    ("/welcome", welcome::page),
    ("/step", step::page),
    ("/text", text::page),
    ("/papers", paper::list),
    ("/papers/file", paper::files),
    ("/paper", paper::page),
    ("/paper/pages", paper::pages),
    ("/paper/picture", paper::picture),
    ("/paper/file", paper::file),
    ("/printing", paper::printing),
    ("/board", paper::board),
    ("/roll", roll::page),
    ("/roll/questions", roll::questions),
    ("/archive", archive::page),
];

/// What is handed in.
const POSTED: [(&str, Page); 18] = [
    ("/edit", step::edit),
    ("/undo", step::undo),
    ("/redo", step::redo),
    ("/text", text::save),
    ("/new", welcome::create),
    ("/open", welcome::open),
    ("/paper/posted", paper::posted),
    ("/roll/bring", roll::bring),
    ("/roll/back", roll::back),
    ("/roll/answer", roll::answer),
    ("/roll/groups", roll::groups),
    ("/archive/bring", archive::bring),
    ("/archive/assign", archive::assign),
    ("/archive/remove", archive::remove),
    ("/archive/show", archive::show),
    ("/archive/pack", archive::pack),
    ("/archive/verify", archive::verify),
    ("/leave", launch::leave),
];

/// What is shown to a browser that was not let in yet.
pub(super) fn is_open_to_all(path: &str) -> bool {
    ["/launch", "/desk.css", "/favicon.ico"].contains(&path)
}

pub(super) fn routes(desk: &Arc<Desk>) -> Router {
    let router = SHOWN
        .into_iter()
        .fold(Router::new(), |router, (path, page)| router.route(path, shown(desk, page)));
    let router = POSTED
        .into_iter()
        .fold(router, |router, (path, page)| router.route(path, posted(desk, page)));
    router.fallback(shown(desk, launch::lost))
}
