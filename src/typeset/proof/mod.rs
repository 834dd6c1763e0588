//! The page is proved. When it is set, and before anything is written, every text of
//! the document is found on it: whole, legible, inside the page and its cell, crossed
//! by no line and over no other text. What Typst drops or lays on top of something
//! else it does not tell.
//!
//! `ledger` knows what is looked for, `sheet` judges where it stands; this walks the
//! frames once for both.

mod ledger;
mod sheet;

use std::collections::HashMap;

use typst::introspection::{Location, Tag};
use typst::layout::{Frame, FrameItem, GridCell, PlaceElem, Transform};
use typst::model::{HeadingElem, ParElem, TableCell};
use typst::pdf::{ArtifactElem, ArtifactKind};
use typst_layout::PagedDocument;

use self::ledger::Ledger;
use self::sheet::{Area, Fault, Flaw, Sheet};
use crate::compose::Document;
use crate::diagnostic::Report;
use crate::text::is_invisible;

/// What is wrong with the pages of `document` in `layout`: nothing, or it may not
/// be handed out.
pub(super) fn prove(pages: &PagedDocument, document: &Document, layout: &str) -> Report {
    let mut reader = Reader {
        ledger: Ledger::new(document, layout),
        open: Vec::new(),
        loose: String::new(),
        torn: HashMap::new(),
        within: HashMap::new(),
        cells: 0,
        sheet: Sheet::default(),
        flaws: Vec::new(),
    };
    for (page, number) in pages.pages().iter().zip(1..) {
        reader.page(&page.frame, number);
    }
    let Reader { mut ledger, torn, flaws, .. } = reader;
    torn.into_values().for_each(|text| ledger.see(text, true));
    let lost = ledger.lost().into_iter().map(|text| Flaw { fault: Fault::Lost, text, page: 0 });
    explain(document, flaws.into_iter().chain(lost).collect())
}

/// What is printed of a text: not its spaces.
fn inked(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|&c| !c.is_whitespace() && !is_invisible(c))
}

/// An element whose text is one: a cell, a paragraph, what is put in a place.
struct Open {
    location: Location,
    text: String,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Par,
    /// A heading, or what is put in a place.
    Alone,
    /// A cell, with its number.
    Cell(usize),
    /// What layouts add to every page: footers, heads of tables once more.
    Added,
}

struct Reader<'a> {
    ledger: Ledger<'a>,
    open: Vec<Open>,
    /// Text of no element.
    loose: String,
    /// Cells that go over several pages, which come in parts.
    torn: HashMap<Location, String>,
    /// How many elements in such a cell go on with its next part.
    within: HashMap<Location, usize>,
    cells: usize,
    sheet: Sheet<'a>,
    flaws: Vec<Flaw>,
}

impl<'a> Reader<'a> {
    fn page(&mut self, frame: &'a Frame, number: usize) {
        self.sheet.begin(frame.size());
        self.frame(frame, Transform::identity(), None);
        self.flush();
        self.flaws.extend(self.sheet.judge(number));
    }

    fn frame(&mut self, frame: &'a Frame, to_page: Transform, clip: Option<Area>) {
        for (point, item) in frame.items() {
            match item {
                FrameItem::Group(group) => {
                    let to_page = to_page
                        .pre_concat(Transform::translate(point.x, point.y))
                        .pre_concat(group.transform);
                    let own = group.clip.as_ref().map(|curve| Area::of_clip(curve, to_page));
                    let clip = own.map(|own| clip.map_or(own, |clip| clip.common(own))).or(clip);
                    let parent = group.parent.map(|parent| parent.location);
                    if let Some(location) = parent {
                        self.begin_cell(location);
                    }
                    self.frame(&group.frame, to_page, clip);
                    if let Some(location) = parent {
                        self.end_part(location);
                    }
                }
                FrameItem::Text(text) => {
                    let to = self.open.last_mut().map_or(&mut self.loose, |open| &mut open.text);
                    to.extend(inked(&text.text));
                    let cell = self.cell();
                    self.sheet.text(text, *point, to_page, clip, cell);
                }
                FrameItem::Shape(shape, _) => {
                    let in_cell = self.cell().is_some();
                    self.sheet.shape(shape, *point, to_page, in_cell);
                }
                FrameItem::Tag(Tag::Start(element, _)) => {
                    let Some(location) = element.location() else { continue };
                    if is_added(element) {
                        self.open(location, Kind::Added);
                    } else if element.is::<TableCell>() || element.is::<GridCell>() {
                        self.begin_cell(location);
                    } else if element.is::<ParElem>() {
                        self.open(location, Kind::Par);
                    } else if element.is::<HeadingElem>() || element.is::<PlaceElem>() {
                        self.open(location, Kind::Alone);
                    }
                }
                FrameItem::Tag(Tag::End(location, ..)) => self.end(*location),
                _ => {}
            }
        }
    }

    /// The cell that what comes next is in.
    fn cell(&self) -> Option<usize> {
        self.open.iter().rev().find_map(|open| match open.kind {
            Kind::Cell(n) => Some(n),
            _ => None,
        })
    }

    fn begin_cell(&mut self, location: Location) {
        self.cells += 1;
        self.open(location, Kind::Cell(self.cells));
        // What a page before left open in it is in it still.
        let within = self.within.remove(&location).unwrap_or_default();
        let from = self.open.len().saturating_sub(within + 1);
        self.open[from..].rotate_right(1);
    }

    fn open(&mut self, location: Location, kind: Kind) {
        self.flush();
        let is_added = self.open.last().is_some_and(|open| open.kind == Kind::Added);
        let kind = if is_added { Kind::Added } else { kind };
        self.open.push(Open { location, text: String::new(), kind });
    }

    fn end(&mut self, location: Location) {
        let Some(at) = self.open.iter().rposition(|open| open.location == location) else { return };
        let open = self.open.remove(at);
        // What stands in a box within a paragraph is a part of it.
        let around = at.checked_sub(1).and_then(|at| self.open.get_mut(at));
        match (open.kind, around) {
            (Kind::Added, _) => {}
            (Kind::Par, Some(around)) if around.kind == Kind::Par => around.text += &open.text,
            (kind, _) => self.ledger.see(open.text, matches!(kind, Kind::Cell(_))),
        }
    }

    /// The end of what one page has of a cell.
    fn end_part(&mut self, location: Location) {
        if let Some(at) = self.open.iter().rposition(|open| open.location == location) {
            let open = self.open.remove(at);
            self.within.insert(location, self.open.len() - at);
            *self.torn.entry(location).or_default() += &open.text;
        }
    }

    fn flush(&mut self) {
        let loose = std::mem::take(&mut self.loose);
        self.ledger.see(loose, false);
    }
}

/// Whether an element says again what was said already, or numbers the pages.
fn is_added(element: &typst::foundations::Content) -> bool {
    let styles = Default::default();
    let artifact = element.to_packed::<ArtifactElem>();
    let in_table = element.to_packed::<TableCell>();
    let in_grid = element.to_packed::<GridCell>();
    artifact.is_some_and(|artifact| {
        matches!(artifact.kind.get(styles), ArtifactKind::Header | ArtifactKind::Footer)
    }) || in_table.is_some_and(|cell| cell.is_repeated.get(styles))
        || in_grid.is_some_and(|cell| cell.is_repeated.get(styles))
}

/// One message for each kind of flaw, with the texts that have it.
fn explain(document: &Document, flaws: Vec<Flaw>) -> Report {
    const TOLD: usize = 3;
    Fault::ALL
        .into_iter()
        .filter_map(|fault| {
            let flaws: Vec<&Flaw> = flaws.iter().filter(|flaw| flaw.fault == fault).collect();
            let first = flaws.first()?;
            let told: Vec<String> = flaws.iter().take(TOLD).map(|flaw| quote(&flaw.text)).collect();
            let rest = flaws.len().saturating_sub(TOLD);
            let rest = if rest > 0 { format!("等{}处", flaws.len()) } else { String::new() };
            let page = if first.page > 0 { format!("第{}页", first.page) } else { String::new() };
            let texts = told.join("、") + &rest;
            Some(fault.tell(&document.title, &page, &texts))
        })
        .collect()
}

/// Enough of a text to find it by.
fn quote(text: &str) -> String {
    const MOST: usize = 30;
    let short: String = text.chars().take(MOST).collect();
    let rest = if text.chars().count() > MOST { "……" } else { "" };
    format!("“{short}{rest}”")
}

#[cfg(test)]
mod tests;
