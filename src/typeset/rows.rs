//! What is put into pages that are already set: rows of names, the names and
//! numbers of registers and cards, and the numbers of the pages.
//!
//! Han needs no shaping: a glyph a character, as wide as the type is large. Typst
//! sets a stand-in, the same for thousands, which costs next to nothing, and so finds
//! where it stands; what it says is put there afterwards. Typst would set all pages
//! twice to say in their footers how many there are.

use std::collections::HashMap;

use typst::foundations::{Content, StyleChain};
use typst::introspection::{Location, MetadataElem, Tag};
use typst::layout::{Abs, Em, Frame, FrameItem, GridCell, Point};
use typst::model::Document as _;
use typst::syntax::Span;
use typst::text::{Font, FontInstance, FontVariant, FontVariations, Glyph, TextItem};
use typst_layout::{Page, PagedDocument};

use super::data::{self, HALF, MARK, SPREAD, stood_for};
use super::fonts::Fonts;
use super::memory;
use crate::compose::Document;
use crate::diagnostic::Diagnostic;
use crate::number::placed;

/// The number of a page and how many there are, as `common.typ` writes them.
const PAGE_NUMBER: &str = "1\u{2060}\u{2060}";
const PAGE_COUNT: &str = "2\u{2060}\u{2060}";
/// What ends a line of both that one page does without.
const OF_SEVERAL: &str = "\u{2060}\u{2060}\u{2060}";
/// The same on the outer side of the sheet, of odd pages and of even ones.
const ODD_NUMBER: &str = "— 3\u{2060}\u{2060} —";
const EVEN_NUMBER: &str = "— 4\u{2060}\u{2060} —";
/// The label of how many pages are like this but for what stands for something else.
const TIMES: &str = "times";
/// What a heading of names says where it is said again, as `common.typ` writes it.
const CONTINUED: &str = "（续）\u{2060}\u{2060}";

/// What stands for a text of full width, and for digits.
const STANDING: [char; 2] = ['一', '0'];

/// The end of what stands for a number.
const NUMBER: &str = "0\u{2060}\u{2060}";

/// Pages of which a copy, and what Typst remembers of them, take much room.
const MANY_PAGES: usize = 50;

/// Puts the rows of names of `document`, and the numbers of its pages, in the
/// place of their stand-ins.
///
/// # Errors
/// A layout that does not draw each row once, as it is given.
pub(super) fn fill(
    pages: PagedDocument,
    document: &Document,
    fonts: &Fonts,
) -> Result<PagedDocument, Diagnostic> {
    let mut rows = stood_for(document).peekable();
    if rows.peek().is_none() && !pages.pages().iter().any(|page| has_stand_ins(&page.frame)) {
        return Ok(pages);
    }
    let info = pages.info().clone();
    let set: Vec<Page> = pages.pages().to_vec();
    // What else holds the pages would have them copied.
    drop(pages);
    let torn = || {
        let message = format!("排《{}》的版式没有把名单逐行照排一遍。", document.title);
        Diagnostic::error("layout-names", message).help(
            "名单的每一行要原样排出，不能拆开、改动、略去或重复；请用 common.typ 里的 name-grid。",
        )
    };
    let times: Vec<usize> = set.iter().map(|page| times(&page.frame)).collect();
    let count = times.iter().copied().fold(0, usize::saturating_add);
    // No copy is without a part of the document.
    if count > set.len() + data::parts(document) {
        return Err(torn());
    }
    if count > MANY_PAGES {
        memory::release();
    }
    let mut filler = Filler {
        rows,
        fonts,
        faces: Vec::new(),
        page: 0,
        copy: 0,
        count,
        moved: (Abs::zero(), Abs::zero()),
        repeated: None,
        whole: true,
    };
    let mut filled: Vec<Page> = Vec::with_capacity(count);
    for (page, times) in set.into_iter().zip(times) {
        for copy in 0..times {
            let mut page = page.clone();
            (filler.page, filler.copy) = (filler.page + 1, copy);
            filler.frame(&mut page.frame);
            filled.push(page);
        }
    }
    if !filler.whole || filler.rows.next().is_some() {
        return Err(torn());
    }
    Ok(PagedDocument::new(filled.into_iter().collect(), info))
}

fn has_stand_ins(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => has_stand_ins(&group.frame),
        FrameItem::Text(text) => text.text.contains(MARK),
        _ => false,
    })
}

fn has_tags(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => group.parent.is_some() || has_tags(&group.frame),
        FrameItem::Tag(_) => true,
        _ => false,
    })
}

/// How many pages are to be like this: as many as its layout says in `<times>`.
fn times(frame: &Frame) -> usize {
    let said = |element: &Content| {
        let metadata = element.to_packed::<MetadataElem>()?;
        let is_it = metadata.label()?.resolve().as_str() == TIMES;
        is_it.then(|| metadata.value.clone().cast().ok()).flatten()
    };
    let mut found = frame.items().filter_map(|(_, item)| match item {
        FrameItem::Group(group) => Some(times(&group.frame)),
        FrameItem::Tag(Tag::Start(element, _)) => said(element),
        _ => None,
    });
    found.find(|&times| times > 1).unwrap_or(1)
}

/// Whether it is a cell that was on a page before.
fn is_said_again(element: &Content) -> bool {
    let cell = element.to_packed::<GridCell>();
    cell.is_some_and(|cell| cell.is_repeated.get(StyleChain::default()))
}

/// Whether it ends with what stands for something else, and not for the number of a page.
fn is_stand_in(text: &str) -> bool {
    text.strip_suffix(MARK).is_some_and(|text| text.ends_with(STANDING))
}

/// Goes through the pages in the order in which they are read.
struct Filler<'a, I: Iterator<Item = String>> {
    rows: I,
    fonts: &'a Fonts,
    /// By the face of the text that they help out.
    faces: Vec<Faces>,
    page: usize,
    /// How many pages before are the same that was set.
    copy: usize,
    count: usize,
    /// How far what follows moves on the line at this height, for what was put in
    /// before it is wider than its stand-in.
    moved: (Abs, Abs),
    /// The cell that comes is said again, as the head of a table is on each page.
    repeated: Option<Location>,
    /// Whether there was a row for each stand-in.
    whole: bool,
}

impl<I: Iterator<Item = String>> Filler<'_, I> {
    /// The same frame with what is meant for its stand-ins. It is built anew, in one
    /// piece: a frame that grows item by item has room for twice as many.
    fn frame(&mut self, frame: &mut Frame) {
        if !has_stand_ins(frame) && (self.copy == 0 || !has_tags(frame)) {
            return;
        }
        self.moved = Default::default();
        let mut items = Vec::with_capacity(frame.items().len());
        for (at, item) in frame.items() {
            self.item(*at, item, &mut items);
        }
        let mut filled = Frame::new(frame.size(), frame.kind());
        if frame.has_baseline() {
            filled.set_baseline(frame.baseline());
        }
        filled.push_multiple(items);
        *frame = filled;
    }

    fn item(&mut self, at: Point, item: &FrameItem, to: &mut Vec<(Point, FrameItem)>) {
        match item {
            FrameItem::Group(group) => {
                let mut group = group.clone();
                if let Some(parent) = &mut group.parent {
                    parent.location = self.place_of(parent.location);
                }
                self.frame(&mut group.frame);
                to.push((at, FrameItem::Group(group)));
                return;
            }
            FrameItem::Tag(Tag::Start(element, _)) if is_said_again(element) => {
                self.repeated = element.location();
            }
            FrameItem::Tag(Tag::End(location, ..)) if self.repeated == Some(*location) => {
                self.repeated = None;
            }
            FrameItem::Text(text) if text.text == CONTINUED => {
                if self.repeated.is_some() {
                    place(self.set(text, CONTINUED.trim_end_matches(MARK)), at, to);
                }
                return;
            }
            FrameItem::Text(text) if matches!(&*text.text, ODD_NUMBER | EVEN_NUMBER) => {
                return self.outer_number(text, at, to);
            }
            FrameItem::Text(text) if is_stand_in(&text.text) => {
                return self.put_in(text, at, to);
            }
            FrameItem::Text(text) if text.text.contains(MARK) => {
                let of_several = text.text.strip_suffix(OF_SEVERAL);
                if self.count == 1 && of_several.is_some() {
                    return;
                }
                let numbered = of_several
                    .unwrap_or(&text.text)
                    .replace(PAGE_NUMBER, &self.page.to_string())
                    .replace(PAGE_COUNT, &self.count.to_string());
                let items = self.set(text, &numbered);
                let width: Abs = items.iter().map(TextItem::width).sum();
                place(items, at + Point::with_x((text.width() - width) / 2.0), to);
                return;
            }
            FrameItem::Tag(tag) if self.copy > 0 => {
                to.push((at, FrameItem::Tag(self.copied(tag))));
                return;
            }
            _ => {}
        }
        to.push((self.moved(at), item.clone()));
    }

    /// What stands for something else, with that, and what stands before it.
    fn put_in(&mut self, model: &TextItem, at: Point, to: &mut Vec<(Point, FrameItem)>) {
        let mut said = String::new();
        for part in model.text.split_terminator(MARK) {
            said += part.trim_end_matches(STANDING);
            match self.rows.next() {
                Some(row) => said += &row,
                None => self.whole = false,
            }
        }
        let items = self.set(model, &said);
        let width: Abs = items.iter().map(TextItem::width).sum();
        let wider = width - model.width();
        let mut start = self.moved(at);
        if !model.text.ends_with(NUMBER) {
            self.moved = (at.y, start.x - at.x + wider);
        } else if move_label(to, at.y, -wider) {
            start.x -= wider;
        }
        place(items, start, to);
    }

    /// Where on its line something comes to stand.
    fn moved(&self, at: Point) -> Point {
        let (y, by) = self.moved;
        if y == at.y { at + Point::with_x(by) } else { at }
    }

    /// A tag as that of another element.
    fn copied(&self, tag: &Tag) -> Tag {
        match tag {
            Tag::Start(element, flags) => {
                let mut element = element.clone();
                element.set_location(self.place_of(tag.location()));
                Tag::Start(element, *flags)
            }
            Tag::End(location, key, flags) => Tag::End(self.place_of(*location), *key, *flags),
        }
    }

    /// Each copy of an element has a place of its own among all.
    fn place_of(&self, location: Location) -> Location {
        if self.copy == 0 { location } else { location.variant(self.copy) }
    }

    /// `— 2 —` as far out as its stand-in; nothing where that is of the other pages, or
    /// where one page is all.
    fn outer_number(&mut self, model: &TextItem, at: Point, to: &mut Vec<(Point, FrameItem)>) {
        let is_odd = model.text == ODD_NUMBER;
        if self.count == 1 || is_odd != (self.page % 2 == 1) {
            return;
        }
        let items = self.set(model, &format!("— {} —", self.page));
        let width: Abs = items.iter().map(TextItem::width).sum();
        let inwards = if is_odd { model.width() - width } else { Abs::zero() };
        place(items, at + Point::with_x(inwards), to);
    }

    /// `text` in the type of its stand-in.
    fn set(&mut self, model: &TextItem, text: &str) -> Vec<TextItem> {
        let fonts = self.fonts;
        let n = self.faces.iter().position(|faces| faces.first() == Some(&model.font));
        let n = n.unwrap_or_else(|| {
            self.faces.push(Faces::new(model, fonts));
            self.faces.len() - 1
        });
        let mut items = self.faces[n].set(model, text, model.text.starts_with('一'));
        if model.text.chars().filter(|&c| c == '一').count() == SPREAD {
            spread(&mut items, text);
        }
        items
    }
}

/// Moves the words before a number, which ends on the right: digits of some faces are
/// not all as wide. Whether there are any.
fn move_label(items: &mut [(Point, FrameItem)], y: Abs, by: Abs) -> bool {
    let is_on_line =
        |(at, item): &&mut (Point, FrameItem)| at.y == y && matches!(item, FrameItem::Text(_));
    let label = items.iter_mut().rev().take_while(is_on_line);
    label.map(|(at, _)| at.x += by).count() > 0
}

/// One after another, from there on.
fn place(items: Vec<TextItem>, mut at: Point, to: &mut Vec<(Point, FrameItem)>) {
    for item in items {
        let width = item.width();
        to.push((at, FrameItem::Text(item)));
        at.x += width;
    }
}

/// The face of a text and those that help it out, and which has what.
struct Faces {
    faces: Vec<FontInstance>,
    /// On the grid of names digits are half as wide as the type is large, and
    /// elsewhere as wide as they are.
    known: HashMap<(char, bool), Shape>,
}

/// A character as a face draws it.
#[derive(Clone, Copy)]
struct Shape {
    face: usize,
    glyph: u16,
    width: Em,
}

impl Faces {
    fn new(model: &TextItem, fonts: &Fonts) -> Self {
        let instance = |font: Font| {
            font.instantiate(FontVariant::default(), model.size, &FontVariations::default())
        };
        let faces = std::iter::once(model.font.clone()).chain(fonts.fallbacks().map(instance));
        Self { faces: faces.collect(), known: HashMap::new() }
    }

    fn first(&self) -> Option<&FontInstance> {
        self.faces.first()
    }

    /// The character in the first face that has it. What no face has is glyph 0,
    /// which the standards of the PDF refuse.
    fn shape(&mut self, c: char, on_grid: bool) -> Shape {
        let faces = &self.faces;
        *self.known.entry((c, on_grid)).or_insert_with(|| {
            let glyph_in = |face: &FontInstance| face.ttf().glyph_index(c).map(|glyph| glyph.0);
            let is_digit = on_grid && (c.is_ascii_digit() || c == HALF);
            // 仿宋 draws digits poorly: they come from the next face, as in layouts.
            let mut candidates = faces.iter().enumerate().skip(usize::from(is_digit));
            let found = candidates.find_map(|(n, face)| Some((n, glyph_in(face)?)));
            let (face, glyph) = found.unwrap_or_default();
            let own = faces[face].x_advance(glyph).unwrap_or(Em::one());
            Shape { face, glyph, width: if is_digit { Em::new(0.5) } else { own } }
        })
    }

    /// The text in pieces of one face each.
    fn set(&mut self, model: &TextItem, text: &str, on_grid: bool) -> Vec<TextItem> {
        let span = model.glyphs.first().map_or((Span::detached(), 0), |glyph| glyph.span);
        let mut items: Vec<TextItem> = Vec::with_capacity(1);
        let (mut start, mut last) = (0, None);
        for (at, c) in text.char_indices() {
            let Shape { face, glyph, width } = self.shape(c, on_grid);
            if last.replace(face) != Some(face) {
                start = at;
                let run = self.run(face, &text[at..], on_grid);
                let glyphs = Vec::with_capacity(run.chars().count());
                let font = self.faces[face].clone();
                items.push(TextItem { font, text: run.into(), glyphs, ..bare(model) });
            }
            // A line is far shorter than this can count.
            let from = placed(at - start);
            let range = from..from + placed(c.len_utf8());
            let flat = Em::zero();
            if let Some(item) = items.last_mut() {
                item.glyphs.push(Glyph {
                    id: glyph,
                    x_advance: width,
                    x_offset: flat,
                    y_advance: flat,
                    y_offset: flat,
                    range,
                    span,
                });
            }
        }
        items
    }

    /// As much of the beginning of `text` as is drawn by one face.
    fn run<'t>(&mut self, face: usize, text: &'t str, on_grid: bool) -> &'t str {
        let other = text.char_indices().find(|&(_, c)| self.shape(c, on_grid).face != face);
        &text[..other.map_or(text.len(), |(at, _)| at)]
    }
}

/// Sets the second character of a name of two where the third of three would be.
fn spread(items: &mut [TextItem], name: &str) {
    let first = items.first_mut().and_then(|item| item.glyphs.first_mut());
    if let Some(first) = first.filter(|_| name.chars().count() + 1 == SPREAD) {
        first.x_advance += Em::one();
    }
}

/// The type of a text, without the text.
fn bare(model: &TextItem) -> TextItem {
    TextItem {
        font: model.font.clone(),
        size: model.size,
        fill: model.fill.clone(),
        stroke: model.stroke.clone(),
        lang: model.lang,
        region: model.region,
        text: Default::default(),
        glyphs: Vec::new(),
    }
}
