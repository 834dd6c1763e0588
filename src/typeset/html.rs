//! A web page of a document: meaning in the elements, looks in one style sheet
//! inside the page, and nothing that is loaded from elsewhere.

use std::path::Path;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior, context};

use crate::compose::document::{Block, Inline, NameGrid, Timeline};
use crate::compose::{Document, template};
use crate::diagnostic::{Diagnostic, Place, Report, Source};

const TEMPLATE: &str = "document.html";

/// The template of web pages, read once for all documents.
pub struct WebPages {
    env: Environment<'static>,
    source: Arc<Source>,
}

impl WebPages {
    /// The built-in template, or the election's own `templates/web/document.html`.
    pub fn load(own: &Path, report: &mut Report) -> Self {
        let mut env = Environment::new();
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.set_auto_escape_callback(|_| AutoEscape::Html);
        if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
            env.set_syntax(syntax);
        }
        let mut sources = template::files("web", "html", Some(own), report).into_iter();
        let source =
            sources.find(|source| source.path.file_name().is_some_and(|name| name == TEMPLATE));
        let source = source.unwrap_or_else(|| Source::new(TEMPLATE, ""));
        if let Err(error) = env.add_template_owned(TEMPLATE, source.text.clone()) {
            report.push(explain(&error, &source));
        }
        Self { env, source }
    }

    /// Writes `document` as one page of HTML.
    ///
    /// # Errors
    /// A mistake of the template, at its place.
    pub fn write(&self, document: &Document) -> Result<Vec<u8>, Diagnostic> {
        let page =
            self.env.get_template(TEMPLATE).and_then(|template| template.render(view(document)));
        page.map(String::into_bytes).map_err(|error| explain(&error, &self.source))
    }
}

fn explain(error: &Error, source: &Arc<Source>) -> Diagnostic {
    Diagnostic::error("template", format!("网页模板出错：{error}"))
        .at(error.range().map(|range| Place::Text(source.clone(), range)))
        .help("请对照 zhangbang templates export 导出的 web/document.html。")
}

/// The document as the template sees it.
fn view(document: &Document) -> Value {
    let blocks: Vec<Value> = document
        .blocks
        .iter()
        .enumerate()
        .map(|(n, block)| block_view(n, document, block))
        .collect();
    let signature = document.signature.as_ref().map(|signature| {
        // A date with blanks is no date for machines.
        let complete = !signature.date.0.iter().any(|inline| matches!(inline, Inline::Blank(_)));
        let day = document.dated.filter(|_| complete).map(|date| date.to_string());
        context! { issuer => signature.issuer.clone(), date => Value::from(Serde(&signature.date)), day }
    });
    context! {
        title => document.title.clone(),
        title_lines => document.title_lines.clone(),
        number => document.number.clone(),
        addressee => document.addressee.clone(),
        draft => document.draft,
        blocks,
        signature,
    }
}

fn block_view(n: usize, document: &Document, block: &Block) -> Value {
    match block {
        Block::Names(grid) => names_view(grid),
        Block::Timeline(timeline) => timeline_view(timeline),
        Block::Table(_) => {
            context! { label => introduction(&document.blocks[..n]), ..Value::from(Serde(block)) }
        }
        block => Value::from(Serde(block)),
    }
}

/// What stands before a table says what it shows: the table's name for those
/// who hear the page.
fn introduction(before: &[Block]) -> Option<String> {
    before.iter().rev().find_map(|block| match block {
        Block::Heading { text, .. } | Block::Paragraph { text } => Some(text.to_string()),
        _ => None,
    })
}

/// Plain names: how they share a row is the browser's business.
fn names_view(grid: &NameGrid) -> Value {
    let names = grid
        .names
        .iter()
        .map(|listed| context! { name => listed.name.clone(), note => listed.note.clone() });
    context! { kind => "names", title => grid.title.clone(), names => names.collect::<Vec<_>>() }
}

/// Height of a row of the timeline, and where its axis begins, in units of the
/// drawing.
const ROW: i32 = 24;
const AXIS: i32 = 210;
const AXIS_LENGTH: i32 = 580;

fn timeline_view(timeline: &Timeline) -> Value {
    let days = timeline.days.max(1);
    let x = |day: i32| AXIS + AXIS_LENGTH * day / days;
    let ticks = timeline.ticks.iter().map(|(day, label)| context! { x => x(*day), label });
    let bars = timeline.bars.iter().zip(1..).map(|(bar, n): (_, i32)| {
        let width = (x(bar.end + 1) - x(bar.start)).max(6);
        context! { label => bar.label.clone(), x => x(bar.start), y => n * ROW, width, election_day => bar.election_day }
    });
    let (ticks, bars): (Vec<_>, Vec<_>) = (ticks.collect(), bars.collect());
    let height = ROW * (i32::try_from(bars.len()).unwrap_or_default() + 1) + ROW / 2;
    context! { kind => "timeline", alt => timeline.alt.clone(), width => AXIS + AXIS_LENGTH + 30, height, ticks, bars }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::document::{Align, Audience, Column, ListedName, Signature, Table, Text};

    fn document() -> Document {
        Document {
            id: "sample".into(),
            title: "示例<社区>公告".into(),
            title_lines: vec!["示例<社区>".into(), "公告".into()],
            number: Some("第1号".into()),
            addressee: None,
            blocks: Vec::new(),
            signature: Some(Signature {
                issuer: "“甲”&乙".into(),
                date: Text::plain("2026年3月1日"),
            }),
            audience: Audience::Public,
            dated: jiff::civil::date(2026, 3, 1).into(),
            draft: false,
        }
    }

    fn page(document: &Document) -> String {
        let mut report = Report::new();
        let pages = WebPages::load(Path::new("none"), &mut report);
        assert!(report.is_empty());
        String::from_utf8(pages.write(document).unwrap()).unwrap()
    }

    #[test]
    fn what_looks_like_markup_is_text() {
        let mut document = document();
        let hostile = "<script>alert(1)</script>\"'&";
        document.blocks = vec![
            Block::Paragraph {
                text: Text(vec![Inline::Name(hostile.into()), Inline::Strong(hostile.into())]),
            },
            Block::Names(NameGrid {
                title: hostile.into(),
                names: vec![ListedName { name: hostile.into(), note: Some(hostile.into()) }],
            }),
            Block::Table(Table {
                columns: vec![Column { align: Align::Left, width: 4 }],
                head: vec![Text::plain(hostile).into()],
                rows: vec![vec![Text::plain(hostile).into()]],
            }),
        ];
        let page = page(&document);
        assert!(!page.contains("<script"), "{page}");
        assert_eq!(page.matches("&lt;script&gt;").count(), 9, "{page}");
    }

    #[test]
    fn a_date_with_blanks_is_no_date_for_machines() {
        let mut document = document();
        assert!(page(&document).contains("<time datetime=\"2026-03-01\">2026年3月1日</time>"));
        if let Some(signature) = &mut document.signature {
            signature.date.0.push(Inline::Blank(2));
        }
        assert!(!page(&document).contains("<time"));
    }

    #[test]
    fn the_title_breaks_where_the_wording_says() {
        assert!(page(&document()).contains("<h1>示例&lt;社区&gt;<wbr>公告</h1>"));
    }
}
