//! A notice a few lines too long is set closer, or wider, as in the PDF: half a notice is
//! easily lost. Word sets the pages itself; here is reckoned how high the text will be.

use unicode_width::UnicodeWidthStr as _;

use super::table;
use crate::compose::Document;
use crate::compose::document::{Block, Text};
use crate::typeset::sheet::{CLOSER, HalfPoints, LOOSER, Sheet, Twips, twips};

/// A page with less than this much of itself is left half empty.
const TOO_LITTLE: f64 = 0.8;
/// What is parted between pages, and what Word reckons otherwise, takes a little more.
const SAFETY: f64 = 0.012;
/// So much of a last page is enough: six lines, and room to sign.
const ENOUGH: f64 = 0.46;
/// Every cell is reckoned a little wrong.
const SAFETY_OF_FORMS: f64 = 0.03;
const MOST_PAGES: f64 = 3.0;

/// The space that forms spare in each cell, at most all of it.
const SPARED: [Twips; 3] = [20, 40, 60];
/// A form that is longer than this does not become one of a single page.
const MOST_SPARED: f64 = 1.4;

/// The sheet with so little space in cells that each form stays on its page.
pub(super) fn fitted_form(sheet: Sheet, document: &Document) -> Sheet {
    let longest = |own: &Sheet| {
        let all = document.pieces().map(|blocks| pages(own, document, blocks) + SAFETY_OF_FORMS);
        all.filter(|&pages| pages <= MOST_SPARED).fold(0.0, f64::max)
    };
    if longest(&sheet) <= 1.0 {
        return sheet;
    }
    let closer = SPARED.map(|spared| Sheet { spared, ..sheet.clone() });
    let found = closer.iter().find(|own| longest(own) <= 1.0);
    // What does not fit by this reckoning may yet, as close as can be.
    found.or(closer.last()).cloned().unwrap_or(sheet)
}

/// The sheet with lines so close that no page has a few of them for itself, or so wide
/// that it has some more.
pub(super) fn fitted(sheet: Sheet, document: &Document) -> Sheet {
    if document.pieces().count() > 1 {
        return sheet;
    }
    let usual = pages(&sheet, document, &document.blocks) + SAFETY;
    let whole = usual.floor();
    if !(1.0..=MOST_PAGES).contains(&whole) || usual - whole >= TOO_LITTLE {
        return sheet;
    }
    let filled = |own: &Sheet| pages(own, document, &document.blocks) + SAFETY;
    let mut closer = CLOSER.iter().map(|&step| set(&sheet, step));
    let spared = closer.find(|own| filled(own) <= whole);
    let mut looser = LOOSER.iter().map(|&step| set(&sheet, step));
    let is_lean = whole <= 1.0 && usual - whole < ENOUGH;
    let spread = || looser.find(|own| filled(own).fract() >= ENOUGH).filter(|_| is_lean);
    spared.or_else(spread).unwrap_or(sheet)
}

/// The sheet with lines so far apart, and type so large.
fn set(sheet: &Sheet, (pitch, size): (Twips, HalfPoints)) -> Sheet {
    Sheet {
        pitch,
        size,
        title_size: sheet.title_size * size / sheet.size,
        spared: if size < sheet.size { SPARED[0] } else { 0 },
        table_size: sheet.table_size * size / sheet.size,
        ..sheet.clone()
    }
}

/// How many pages a piece of a document fills.
fn pages(sheet: &Sheet, document: &Document, blocks: &[Block]) -> f64 {
    let [above, _, below, _] = sheet.margins;
    let page = twips(sheet.height - above - below);
    counted(height(sheet, document, blocks)) / counted(page)
}

fn counted(length: Twips) -> f64 {
    f64::from(u32::try_from(length).unwrap_or(u32::MAX))
}

fn height(sheet: &Sheet, document: &Document, blocks: &[Block]) -> Twips {
    let titles = match sheet.fits_title(document.title.width_cjk()) {
        true => 1,
        false => document.title_lines.len(),
    };
    // The number, the line below the title, and to whom it is addressed.
    let around =
        1 + usize::from(document.number.is_some()) + usize::from(document.addressee.is_some());
    // Two lines for the seal.
    let signed = document.signature.as_ref().map_or(0, |by| 4 + 3 * by.with.len().min(2));
    let blocks: Twips = blocks.iter().map(|block| of_block(sheet, block)).sum();
    titles * sheet.title_size * 16 + (around + signed) * sheet.pitch + blocks
}

fn of_block(sheet: &Sheet, block: &Block) -> Twips {
    let lines = |text: &Text| lines(sheet, text) * sheet.pitch;
    match block {
        Block::Heading { text, .. } => lines(text),
        Block::Paragraph { text } if text.is_attachment() => lines(text) + sheet.pitch,
        Block::Paragraph { text } => lines(text),
        Block::Lines { lines: all } => all.iter().map(lines).sum(),
        Block::Table(data) => table::height(data, sheet) + 160,
        // Lists of names go over many pages anyhow, and the picture is left out.
        Block::Names(grid) => (grid.names.len() / 5 + 2) * 420,
        Block::Timeline(_) | Block::Next => 0,
    }
}

/// Lines that an indented paragraph takes; a mark that may not begin one takes a
/// little more.
fn lines(sheet: &Sheet, text: &Text) -> usize {
    let across = sheet.text_width() * 2 / (sheet.size * 10 - 5) - 1;
    (text.width() + 4).div_ceil(across)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::document::{Align, Audience, Column, Table};

    fn notice(paragraphs: usize) -> Document {
        let text = "凡年满十八周岁、未被剥夺政治权利、符合登记条件的居民，都有权参加选举。";
        let block = Block::Paragraph { text: Text::plain(text) };
        let mut document = Document::form("notice", vec!["公告".into()], vec![block; paragraphs]);
        document.audience = Audience::Public;
        document
    }

    #[test]
    fn only_what_spares_a_page_is_set_closer() {
        let of = |layout: &str, paragraphs| fitted(Sheet::of(layout), &notice(paragraphs));
        // Two lines each, and two for the title: 22 lines are a page.
        assert_eq!(of("notice", 9).pitch, 579);
        let closer = of("notice", 11);
        assert!(closer.pitch < 579 && closer.size == 32, "{closer:?}");
        assert_eq!(of("notice", 18).pitch, 579, "two good pages");
    }

    #[test]
    fn what_cannot_be_spared_a_page_has_more_of_it() {
        let row = || vec![Text::plain("委员").into(), Text::plain("王子").into()];
        let listing = |rows: usize| {
            let columns = vec![Column::new(Align::Center, 4); 2];
            let table = Table { columns, head: row(), rows: vec![row(); rows] };
            let mut document = notice(7);
            document.blocks.push(Block::Table(table));
            document
        };
        let filled = |sheet: &Sheet, document: &Document| pages(sheet, document, &document.blocks);
        let usual = Sheet::of("notice");
        let lean = (1..60).map(listing).find(|one| {
            let closest = CLOSER.map(|step| filled(&set(&usual, step), one) + SAFETY);
            closest.iter().all(|pages| *pages > 1.0)
        });
        let lean = lean.unwrap();
        assert!((1.0..1.0 + ENOUGH).contains(&filled(&usual, &lean)));
        let fitted = fitted(usual.clone(), &lean);
        assert!(fitted.pitch > usual.pitch, "{fitted:?}");
        assert!(filled(&fitted, &lean) > filled(&usual, &lean));
    }
}
