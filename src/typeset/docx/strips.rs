//! Strips to seal bags with: four of each on a sheet, to be cut apart.

use super::Writer;
use super::inline::rich;
use super::styles::{line, text_line};
use super::wml::{Cell, Paragraph, Row, Run, Table, exactly};
use super::xml::Element;
use crate::compose::document::Block;
use crate::typeset::sheet::{HalfPoints, Twips, twips};

const COPIES: usize = 4;
/// Millimetres: the 封 on both sides, what is between them, and the height.
const SIDE: usize = 28;
const MIDDLE: usize = 134;
const HEIGHT: usize = 65;
const SEAL: HalfPoints = 128;

pub(super) fn sheets(writer: &Writer) -> Vec<Element> {
    let mut sheets = Vec::new();
    for (n, blocks) in writer.document.pieces().enumerate() {
        if n > 0 {
            sheets.push(line("Gap").page_break_before(true).into());
        }
        sheets.push(sheet(writer, blocks).into());
    }
    sheets.push(line("Gap").into());
    sheets
}

fn sheet(writer: &Writer, blocks: &[Block]) -> Table {
    let [side, middle] = [SIDE, MIDDLE].map(twips);
    let cells = [cell(side, [seal()]), cell(middle, text(writer, blocks)), cell(side, [seal()])];
    let strip = Row::of(cells).exactly(twips(HEIGHT));
    let table = Table::ruled(&[side, middle, side], ["dashed", "nil"], [0, 80]).jc("center");
    table.with_all(vec![strip; COPIES])
}

fn cell(width: Twips, lines: impl IntoIterator<Item = Paragraph>) -> Cell {
    Cell::default().width(width).centred().with_all(lines)
}

fn seal() -> Paragraph {
    line("Title").with(Run::of("封").size(SEAL)).spacing(exactly(SEAL * 12))
}

fn text(writer: &Writer, blocks: &[Block]) -> Vec<Paragraph> {
    let over = writer.face.over.as_ref().map(|over| text_line("Over", over));
    let title = text_line("Title", &writer.face.title.concat());
    let lines = blocks.iter().filter_map(|block| match block {
        Block::Paragraph { text } => Some(rich(line("Addressee"), text).jc("center")),
        _ => None,
    });
    over.into_iter().chain([title]).chain(lines).collect()
}
