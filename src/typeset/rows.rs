//! Rows of names, put into pages that are already set.
//!
//! A row of Han needs no shaping: a glyph a character, as wide as the type is
//! large. Typst sets a stand-in for each row, which costs next to nothing, and so
//! finds where it stands; what it says is put there afterwards.

use std::collections::HashMap;

use typst::layout::{Abs, Em, Frame, FrameItem, GroupItem, Point, Size};
use typst::model::Document as _;
use typst::text::{FontInstance, FontVariant, FontVariations, Glyph, TextItem};
use typst_layout::{Page, PagedDocument};

use super::data::{STAND_IN, plain_rows};
use super::fonts::Fonts;
use crate::compose::Document;
use crate::diagnostic::Diagnostic;

/// Puts the rows of names of `document` in the place of their stand-ins.
///
/// # Errors
/// A layout that does not draw each row once, as it is given.
pub fn fill(
    pages: PagedDocument,
    document: &Document,
    fonts: &Fonts,
) -> Result<PagedDocument, Diagnostic> {
    let mut rows = plain_rows(document).peekable();
    if rows.peek().is_none() {
        return Ok(pages);
    }
    // What else holds the pages would have them copied.
    let info = pages.info().clone();
    let mut filled: Vec<Page> = pages.pages().to_vec();
    drop(pages);
    comemo::evict(0);
    let mut filler = Filler { rows, fonts, faces: None, whole: true };
    for page in &mut filled {
        filler.frame(&mut page.frame);
    }
    if !filler.whole || filler.rows.next().is_some() {
        return Err(Diagnostic::error(
            "layout-names",
            format!("排《{}》的版式没有把名单逐行照排一遍。", document.title),
        )
        .help("名单的每一行要原样排出，不能拆开、改动、略去或重复；请用 common.typ 里的 name-grid。"));
    }
    Ok(PagedDocument::new(filled.into_iter().collect(), info))
}

/// Goes through the pages in the order in which they are read.
struct Filler<'a, I: Iterator<Item = String>> {
    rows: I,
    fonts: &'a Fonts,
    faces: Option<Faces>,
    /// Whether there was a row for each stand-in.
    whole: bool,
}

impl<I: Iterator<Item = String>> Filler<'_, I> {
    fn frame(&mut self, frame: &mut Frame) {
        frame.retain(|item| {
            match item {
                FrameItem::Group(group) => self.frame(&mut group.frame),
                FrameItem::Text(text) if text.text.starts_with(STAND_IN) => {
                    match self.rows.next() {
                        Some(row) => *item = self.set(text, &row),
                        None => self.whole = false,
                    }
                }
                _ => {}
            }
            true
        });
    }

    /// The row in the type of its stand-in.
    fn set(&mut self, model: &TextItem, row: &str) -> FrameItem {
        let faces = match self.faces.take() {
            Some(faces) if faces.first() == Some(&model.font) => faces,
            _ => Faces::new(model, self.fonts),
        };
        let faces = self.faces.insert(faces);
        let mut runs = faces.runs(row);
        if runs.len() == 1
            && let Some((face, run)) = runs.pop()
        {
            return FrameItem::Text(faces.shape(model, face, run));
        }
        let (mut frame, mut at) = (Frame::soft(Size::zero()), Abs::zero());
        for (face, run) in runs {
            let text = faces.shape(model, face, run);
            let width = text.width();
            frame.push(Point::with_x(at), FrameItem::Text(text));
            at += width;
        }
        FrameItem::Group(GroupItem::new(frame))
    }
}

/// The face of the text and those that help it out, and which has what.
struct Faces {
    faces: Vec<FontInstance>,
    known: HashMap<char, (usize, u16, Em)>,
}

impl Faces {
    fn new(model: &TextItem, fonts: &Fonts) -> Self {
        let instance = |font: typst::text::Font| {
            font.instantiate(FontVariant::default(), model.size, &FontVariations::default())
        };
        let faces = std::iter::once(model.font.clone()).chain(fonts.fallbacks().map(instance));
        Self { faces: faces.collect(), known: HashMap::new() }
    }

    fn first(&self) -> Option<&FontInstance> {
        self.faces.first()
    }

    /// The face that has the character, its glyph and the glyph's width. What no
    /// face has is glyph 0, which the standards of the PDF refuse.
    fn glyph(&mut self, c: char) -> (usize, u16, Em) {
        let faces = &self.faces;
        *self.known.entry(c).or_insert_with(|| {
            let glyph_in = |face: &FontInstance| face.ttf().glyph_index(c).map(|glyph| glyph.0);
            let found =
                faces.iter().enumerate().find_map(|(n, face)| Some((n, glyph_in(face)?)));
            let (face, glyph) = found.unwrap_or_default();
            (face, glyph, faces[face].x_advance(glyph).unwrap_or(Em::one()))
        })
    }

    /// The row in pieces of one face each.
    fn runs<'r>(&mut self, row: &'r str) -> Vec<(usize, &'r str)> {
        let mut runs: Vec<(usize, &str)> = Vec::with_capacity(1);
        let mut start = 0;
        for (at, c) in row.char_indices() {
            let (face, ..) = self.glyph(c);
            let end = at + c.len_utf8();
            match runs.last_mut() {
                Some((last, run)) if *last == face => *run = &row[start..end],
                _ => {
                    start = at;
                    runs.push((face, &row[start..end]));
                }
            }
        }
        runs
    }

    fn shape(&mut self, model: &TextItem, face: usize, run: &str) -> TextItem {
        let span = model.glyphs.first().map_or((typst::syntax::Span::detached(), 0), |g| g.span);
        let mut end = 0;
        let mut glyphs = Vec::with_capacity(run.len() / 3);
        for c in run.chars() {
            let (_, id, x_advance) = self.glyph(c);
            let start = end;
            // A row is a line: far shorter than this could count.
            end += c.len_utf8() as u16;
            glyphs.push(Glyph {
                id,
                x_advance,
                x_offset: Em::zero(),
                y_advance: Em::zero(),
                y_offset: Em::zero(),
                range: start..end,
                span,
            });
        }
        TextItem { font: self.faces[face].clone(), text: run.into(), glyphs, ..model.clone() }
    }
}
