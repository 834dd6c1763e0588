//! The page: its paper, its margins, and what stands at its head and foot.

use super::styles::{OFFICIAL_SIZE, line, text_line};
use super::wml::{Paragraph, Run};
use super::xml::Element;
use crate::typeset::sheet::{Kind, Numbers, Sheet, twips};

/// What is repeated at one edge of some pages: `default`, `first` or `even` ones.
pub(super) struct Edge {
    pub is_header: bool,
    pub pages: &'static str,
    pub line: Paragraph,
}

impl Edge {
    pub(super) fn kind(&self) -> &'static str {
        if self.is_header { "header" } else { "footer" }
    }

    /// By which the section refers to it.
    pub(super) fn id(&self) -> String {
        format!("{}-{}", self.kind(), self.pages)
    }

    fn reference(&self) -> Element {
        let name = if self.is_header { "w:headerReference" } else { "w:footerReference" };
        Element::new(name).set("w:type", self.pages).set("r:id", self.id())
    }
}

/// Whether the first page and those at the left have feet of their own.
pub(super) fn has_sides(sheet: &Sheet) -> bool {
    sheet.numbers == Numbers::Dashes
}

/// Whether each piece is a section, which counts its own pages.
pub(super) fn counts_pieces(sheet: &Sheet) -> bool {
    sheet.kind == Kind::Form
}

pub(super) fn edges(sheet: &Sheet, draft: bool) -> Vec<Edge> {
    let pages = if has_sides(sheet) { &["default", "first", "even"][..] } else { &["default"] };
    let footer = |pages: &'static str| {
        let line = match (sheet.numbers, pages) {
            (Numbers::Dashes, "default") => dashes("right"),
            (Numbers::Dashes, "first") => first_dashes(),
            (Numbers::Dashes, _) => dashes("left"),
            (Numbers::Count, _) => count(sheet),
            (Numbers::None, _) => return None,
        };
        Some(Edge { is_header: false, pages, line })
    };
    let mark = || text_line("Draft", "草\u{3000}稿").jc("center");
    let header = |pages| draft.then(|| Edge { is_header: true, pages, line: mark() });
    pages.iter().flat_map(|pages| [header(pages), footer(pages)]).flatten().collect()
}

/// What Word has to know of the page, after all that stands on it.
pub(super) fn section(sheet: &Sheet, edges: &[Edge]) -> Element {
    let [top, right, bottom, left] = sheet.margins.map(twips);
    let (header, footer) = match sheet.numbers {
        Numbers::Dashes => (851, 1300),
        Numbers::Count => (567, 567),
        Numbers::None => (0, 0),
    };
    let size = Element::new("w:pgSz").set("w:w", twips(sheet.width));
    let size = size.set("w:h", twips(sheet.height));
    let sides = [("w:top", top), ("w:right", right), ("w:bottom", bottom), ("w:left", left)];
    let edges_at = [("w:header", header), ("w:footer", footer), ("w:gutter", 0)];
    let margins = sides.into_iter().chain(edges_at);
    let columns = Element::new("w:cols").set("w:num", 2).set("w:space", twips(sheet.gutter()));
    // LibreOffice would have closer lines snap to every other half of a line.
    let has_grid = sheet.size == OFFICIAL_SIZE && sheet.pitch > 18 * sheet.size;
    let grid = Element::new("w:docGrid").set("w:type", "lines").set("w:linePitch", sheet.pitch);
    Element::new("w:sectPr")
        .with_all(edges.iter().map(Edge::reference))
        .with(if sheet.lies_across() { size.set("w:orient", "landscape") } else { size })
        .with(margins.fold(Element::new("w:pgMar"), |margins, (side, by)| margins.set(side, by)))
        .with_all((sheet.kind == Kind::Certificate).then(frame))
        .with_all(counts_pieces(sheet).then(|| Element::new("w:pgNumType").set("w:start", 1)))
        // With a line between two ballots.
        .with_all((sheet.kind == Kind::Ballot).then(|| columns.set("w:sep", 1)))
        .with_all(has_sides(sheet).then(|| Element::new("w:titlePg")))
        .with_all(has_grid.then_some(grid))
}

/// The double frame of a certificate, 11 mm from the edge of the paper.
fn frame() -> Element {
    let [inwards, outwards] = ["thickThinSmallGap", "thinThickSmallGap"];
    let sides =
        [("w:top", inwards), ("w:left", inwards), ("w:bottom", outwards), ("w:right", outwards)];
    let side = |(side, kind)| {
        let line = Element::val(side, kind).set("w:sz", 24).set("w:space", 31);
        line.set("w:color", "8C1515")
    };
    Element::new("w:pgBorders").set("w:offsetFrom", "page").with_all(sides.map(side))
}

/// — 1 —, one character from the outer edge.
fn dashes(outer: &str) -> Paragraph {
    dash_line(outer).with(Run::of("— ")).with(Run::field(" PAGE ", "1")).with(Run::of(" —"))
}

/// One page needs no number.
fn first_dashes() -> Paragraph {
    dash_line("right").with_all(if_many([instruction("— 1 —")]))
}

fn dash_line(outer: &str) -> Paragraph {
    line("Footer").jc(outer).ind(&[("w:left", 280), ("w:right", 280)])
}

/// 第 1 页　共 18 页. Each piece of a form counts its own pages, if it has several.
fn count(sheet: &Sheet) -> Paragraph {
    let line = line("Footer").jc("center");
    let count = |words: fn(&str) -> Run, all| {
        [words("第 "), Run::field(" PAGE ", "1"), words(" 页\u{3000}共 "), all, words(" 页")]
    };
    if counts_pieces(sheet) {
        line.with_all(if_many(count(instruction, section_pages())))
    } else {
        line.with_all(count(|text| Run::of(text), Run::field(" NUMPAGES ", "1")))
    }
}

/// Shows what stands in it only if there are several pages. LibreOffice does not
/// reckon this field, and shows nothing but numbers of pages.
fn if_many(then: impl IntoIterator<Item = Run>) -> impl Iterator<Item = Run> {
    let mark = |kind| Run::default().field_char(kind);
    let test = [mark("begin"), instruction(" IF "), section_pages(), instruction(" > 1 \"")];
    let end = [instruction("\" \"\" "), mark("separate"), mark("end")];
    test.into_iter().chain(then).chain(end)
}

fn section_pages() -> Run {
    Run::field(" SECTIONPAGES ", "")
}

fn instruction(text: &str) -> Run {
    Run::default().instruction(text)
}
