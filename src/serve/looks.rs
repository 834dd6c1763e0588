//! How pages look: the templates below `templates/desk`, which the program carries.

use axum::http::StatusCode;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};

use super::notes::Note;
use super::web::Reply;
use crate::assets::Assets;
use crate::diagnostic::{Diagnostic, Report};

const FOLDER: &str = "templates/desk";

pub(super) struct Looks {
    env: Environment<'static>,
}

impl Looks {
    pub(super) fn new() -> Self {
        let mut env = Environment::new();
        env.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        env.set_auto_escape_callback(|_| AutoEscape::Html);
        if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
            env.set_syntax(syntax);
        }
        for (name, asset) in Assets::built_in().in_folder(FOLDER) {
            if name.ends_with(".html") {
                // A test renders each of them.
                let _ = env.add_template(name, &asset.source.text);
            }
        }
        Self { env }
    }

    /// Renders a page.
    pub(super) fn render(&self, name: &str, view: Value) -> Reply {
        let page = self.env.get_template(name).and_then(|page| page.render(view));
        match page {
            Ok(text) => Reply::page(text),
            Err(error) => Reply::of("text/plain; charset=utf-8", format!("页面出错：{error:#}\n"))
                .with_status(StatusCode::INTERNAL_SERVER_ERROR),
        }
    }

    /// A page that says why there is no other.
    pub(super) fn problems(&self, report: &Report) -> Reply {
        let mut notes: Vec<Note> = report.iter().map(Note::of).collect();
        // The reason first.
        notes.sort_by_key(|note| std::cmp::Reverse(note.severity));
        let page = self.render("problems.html", context! { notes => Value::from(Serde(&notes)) });
        page.with_status(StatusCode::BAD_REQUEST)
    }
}

/// A style sheet, a script or a picture by its name.
pub(super) fn file(name: &str) -> Option<Reply> {
    let asset = Assets::built_in().get(&format!("{FOLDER}/{name}"))?;
    let kind = match name.rsplit_once('.')?.1 {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        _ => return None,
    };
    Some(Reply::of(kind, asset.source.text.clone()))
}

/// What a panic is told as: the desk goes on.
pub(super) fn broken() -> Diagnostic {
    Diagnostic::error(
        "page-broken",
        "程序在这一页上出了错，没有保存这一次的改动；其他都没有受影响。",
    )
    .help("请返回上一页再试；还是这样的，请把 election.yaml 和经过告诉开发者。")
}
