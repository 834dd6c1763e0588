//! A web page of a document: meaning in the elements, looks in one style sheet
//! inside the page, and nothing that is loaded from elsewhere.

use std::collections::BTreeSet;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior, context};

use super::sheet::{Face, Kind, Sheet};
use crate::assets::Assets;
use crate::compose::Document;
use crate::compose::document::{Block, Inline, NameGrid, Table, Timeline};
use crate::compose::grid::{self, Slot};
use crate::diagnostic::{Diagnostic, Place, Report, Source};
use crate::number::counted;

const TEMPLATE: &str = "document.html";

/// How much the template may do: a hundred times what ours does for a million names.
const FUEL: u64 = 1_000_000_000;

/// The template of web pages, read once for all documents.
pub struct WebPages {
    env: Environment<'static>,
    source: Arc<Source>,
}

impl WebPages {
    /// By the template among `assets`.
    pub fn of(assets: &Assets, report: &mut Report) -> Self {
        let mut env = Environment::new();
        env.set_fuel(Some(FUEL));
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.set_auto_escape_callback(|_| AutoEscape::Html);
        if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
            env.set_syntax(syntax);
        }
        let template = assets.get("templates/web/document.html");
        let source = template.map_or_else(|| Source::new(TEMPLATE, ""), |own| own.source.clone());
        if let Err(error) = env.add_template_owned(TEMPLATE, source.text.clone()) {
            report.push(explain(&error, &source));
        }
        Self { env, source }
    }

    /// Writes `document` as one page of HTML, which prints as `layout` does.
    ///
    /// # Errors
    /// A mistake of the template, at its place.
    pub fn write(&self, document: &Document, layout: &str) -> Result<Vec<u8>, Diagnostic> {
        let view = View::new(document, Sheet::of(layout)).page();
        let page = self.env.get_template(TEMPLATE).and_then(|template| template.render(view));
        page.map(String::into_bytes).map_err(|error| explain(&error, &self.source))
    }
}

fn explain(error: &Error, source: &Arc<Source>) -> Diagnostic {
    Diagnostic::error("template", format!("网页模板出错：{error}"))
        .at(error.range().map(|range| Place::Text(source.clone(), range)))
        .help("请对照 zhangbang templates export 导出的 web/document.html。")
}

/// The document as the template sees it.
struct View<'a> {
    document: &'a Document,
    sheet: Sheet,
    /// Tables so far: each has a number of its own.
    tables: usize,
    /// The widths of the columns of forms, each set once.
    widths: Vec<Vec<usize>>,
    /// How many lines of room cells have.
    rooms: BTreeSet<usize>,
}

impl<'a> View<'a> {
    fn new(document: &'a Document, sheet: Sheet) -> Self {
        Self { document, sheet, tables: 0, widths: Vec::new(), rooms: BTreeSet::new() }
    }

    fn page(mut self) -> Value {
        let document = self.document;
        let pieces: Vec<Vec<Value>> = document
            .pieces()
            .map(|blocks| (0..blocks.len()).map(|n| self.block(n, blocks)).collect())
            .collect();
        let face = Face::of(document, self.sheet.kind);
        let signature = face.issuer.map(|issuer| {
            // A date with blanks is no date for machines.
            let complete = face.date.is_some_and(|date| {
                !date.0.iter().any(|inline| matches!(inline, Inline::Blank(_)))
            });
            let day = document.dated.filter(|_| complete).map(|date| date.to_string());
            context! { issuers => [&[issuer], face.with].concat(), date => face.date.map(|date| Value::from(Serde(date))), day }
        });
        let widths: Vec<Value> = self.widths.iter().map(|widths| shares(widths)).collect();
        context! {
            title => document.title.clone(),
            over => face.over,
            title_lines => face.title.to_vec(),
            number => document.number.clone(),
            addressee => document.addressee.clone(),
            draft => document.draft,
            sheet => sheet_view(&self.sheet),
            pieces,
            signature,
            widths,
            rooms => self.rooms.into_iter().collect::<Vec<_>>(),
        }
    }

    fn block(&mut self, n: usize, blocks: &[Block]) -> Value {
        match &blocks[n] {
            Block::Names(grid) => names_view(grid),
            Block::Timeline(timeline) => timeline_view(timeline),
            Block::Table(table) => self.table(table, introduction(&blocks[..n])),
            Block::Paragraph { text } if text.is_attachment() => {
                context! { kind => "attachment", text => Value::from(Serde(text)) }
            }
            Block::Paragraph { text } if let Some((number, text)) = text.item() => {
                context! { kind => "item", number, text => Value::from(Serde(text)) }
            }
            block => Value::from(Serde(block)),
        }
    }

    fn table(&mut self, table: &Table, label: Option<String>) -> Value {
        self.tables += 1;
        let form = table.head.is_empty();
        let columns = form.then(|| {
            let widths: Vec<usize> = table.columns.iter().map(|column| column.width).collect();
            self.widths.iter().position(|known| *known == widths).unwrap_or_else(|| {
                self.widths.push(widths);
                self.widths.len() - 1
            })
        });
        let mut rows: Vec<Vec<Value>> =
            grid::rows(table).iter().map(|row| self.row(row, table)).collect();
        let head = if form { None } else { Some(rows.remove(0)) };
        context! { kind => "table", number => self.tables, label, columns, count => table.columns.len(), head, rows }
    }

    fn row(&mut self, row: &[Slot], table: &Table) -> Vec<Value> {
        let cells: Vec<_> = row
            .iter()
            .filter_map(|slot| match slot {
                Slot::Cell { column, cell } => Some((*column, *cell)),
                Slot::Above { .. } => None,
            })
            .collect();
        // Labels alone in their row are heads of columns.
        let heads = cells.iter().all(|(_, cell)| cell.label);
        let cells = cells.into_iter().map(|(column, cell)| {
            let column = table.columns[column];
            let room: usize = cell.text.0.iter().map(room).sum();
            if room > 0 {
                self.rooms.insert(room);
            }
            context! {
                text => Value::from(Serde(&cell.text)),
                columns => cell.columns,
                rows => cell.rows,
                scope => cell.label.then_some(if heads { "col" } else { "row" }),
                align => Value::from(Serde(&column.align)),
                narrow => !table.head.is_empty() && cell.columns == 1 && column.width <= NARROW,
                room,
            }
        });
        cells.collect()
    }
}

/// Columns at most so wide, in half characters, keep to one line.
const NARROW: usize = 22;

fn room(inline: &Inline) -> usize {
    match inline {
        Inline::Room(lines) => *lines,
        _ => 0,
    }
}

/// Widths of the columns of a form in hundredths of the whole, and how many
/// characters that is.
fn shares(widths: &[usize]) -> Value {
    let whole = widths.iter().sum::<usize>().max(1);
    let shares = widths.iter().map(|width| f64::from(counted(width * 1000 / whole)) / 10.0);
    context! { shares => shares.collect::<Vec<f64>>(), whole }
}

/// The paper to print on. A ballot is printed once, on half a sheet.
fn sheet_view(sheet: &Sheet) -> Value {
    let (kind, paper) = match sheet.kind {
        Kind::Paper => ("paper", "A4"),
        Kind::Form => ("form", "A4"),
        Kind::Ballot => ("ballot", "A5"),
        Kind::Cards => ("cards", "A4"),
        Kind::Certificate => ("certificate", "A4"),
        Kind::Envelope => ("envelope", "A4"),
        Kind::Strips => ("strips", "A4"),
    };
    let across = sheet.lies_across() && paper == "A4";
    // The frame stands in what Word has as margin.
    let margins = if sheet.kind == Kind::Certificate { [12; 4] } else { sheet.margins };
    context! { kind, paper, across, margins => margins.to_vec() }
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
    use crate::compose::document::{
        Align, Audience, Cell, Column, ListedName, Signature, Table, Text,
    };

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
                with: Vec::new(),
                date: Text::plain("2026年3月1日"),
            }),
            audience: Audience::Public,
            dated: jiff::civil::date(2026, 3, 1).into(),
            draft: false,
        }
    }

    fn page(document: &Document) -> String {
        let mut report = Report::new();
        let pages = WebPages::of(Assets::built_in(), &mut report);
        assert!(report.is_empty());
        String::from_utf8(pages.write(document, "notice").unwrap()).unwrap()
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
                columns: vec![Column::new(Align::Left, 4)],
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
    fn merged_cells_are_merged_and_labels_are_heads() {
        let cell = |text: &str, columns, rows, label| Cell {
            text: Text::plain(text),
            columns,
            rows,
            label,
        };
        let mut room = cell("意见", 2, 1, false);
        room.text.0.push(Inline::Room(3));
        let mut document = document();
        document.blocks = vec![Block::Table(Table {
            columns: vec![Column::new(Align::Left, 8); 3],
            head: Vec::new(),
            rows: vec![
                vec![cell("姓名", 1, 1, true), cell("性别", 2, 1, true)],
                vec![cell("声明", 1, 2, true), room],
                vec![cell("甲", 1, 1, false), cell("乙", 1, 1, false)],
            ],
        })];
        let page = page(&document);
        for expected in [
            "<th scope=\"col\" class=\"left\">姓名</th>",
            "<th scope=\"col\" colspan=\"2\" class=\"left\">性别</th>",
            "<th scope=\"row\" rowspan=\"2\" class=\"left\">声明</th>",
            "<td colspan=\"2\" class=\"left room3\">意见</td>",
            ".room3 { height: 7em; }",
            ".w0 col:nth-child(3) { width: 33.3%; }",
        ] {
            assert!(page.contains(expected), "{expected}: {page}");
        }
    }

    #[test]
    fn each_piece_has_the_title_and_the_page_has_one() {
        let mut document = document();
        let text = Block::Paragraph { text: Text::plain("甲") };
        document.blocks = vec![text.clone(), Block::Next, text];
        let page = page(&document);
        let count = |what: &str| page.matches(what).count();
        assert_eq!(
            (count("<h1"), count("class=\"title\""), count("<footer>")),
            (1, 2, 2),
            "{page}"
        );
    }

    #[test]
    fn the_title_breaks_where_the_wording_says() {
        assert!(page(&document()).contains("<h1 class=\"title\">示例&lt;社区&gt;<wbr>公告</h1>"));
    }
}
