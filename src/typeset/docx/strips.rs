//! Strips to seal bags with: four of each on a sheet, to be cut apart.

use docx_rs::{
    AlignmentType, BorderType, DocumentChild, HeightRule, Paragraph, Run, Table,
    TableAlignmentType, TableBorderPosition, TableCell, TableCellMargins, TableLayoutType,
    VAlignType, WidthType,
};

use super::inline::rich;
use super::styles::{exactly, line, text_line};
use super::table::{row_of, ruled};
use super::{Writer, paragraph};
use crate::compose::document::Block;
use crate::typeset::sheet::{HalfPoints, twips};

const COPIES: usize = 4;
/// Millimetres: the 封 on both sides, what is between them, and the height.
const SIDE: usize = 28;
const MIDDLE: usize = 134;
const HEIGHT: usize = 65;
const SEAL: HalfPoints = 128;

pub fn sheets(writer: &Writer) -> Vec<DocumentChild> {
    let mut sheets = Vec::new();
    for (n, blocks) in writer.document.pieces().enumerate() {
        if n > 0 {
            sheets.push(paragraph(line("Gap").page_break_before(true)));
        }
        sheets.push(DocumentChild::Table(Box::new(sheet(writer, blocks))));
    }
    sheets.push(paragraph(line("Gap")));
    sheets
}

fn sheet(writer: &Writer, blocks: &[Block]) -> Table {
    let widths = [SIDE, MIDDLE, SIDE].map(twips);
    let rows = (0..COPIES).map(|_| {
        let seal = || cell(widths[0], vec![seal()]);
        let cells = vec![seal(), cell(widths[1], middle(writer, blocks)), seal()];
        row_of(cells, twips(HEIGHT), HeightRule::Exact)
    });
    Table::new(rows.collect())
        .set_grid(widths.to_vec())
        .width(widths.iter().sum(), WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .align(TableAlignmentType::Center)
        .margins(TableCellMargins::new().margin(0, 80, 0, 80))
        .set_borders(ruled(BorderType::Dashed))
        .clear_border(TableBorderPosition::InsideV)
}

fn seal() -> Paragraph {
    let seal = Run::new().add_text("封").size(SEAL);
    line("Title").add_run(seal).line_spacing(exactly(SEAL * 12))
}

fn cell(width: usize, lines: Vec<Paragraph>) -> TableCell {
    let cell = TableCell::new().width(width, WidthType::Dxa).vertical_align(VAlignType::Center);
    lines.into_iter().fold(cell, TableCell::add_paragraph)
}

fn middle(writer: &Writer, blocks: &[Block]) -> Vec<Paragraph> {
    let over = writer.face.over.as_ref().map(|over| text_line("Over", over));
    let title = text_line("Title", &writer.face.title.concat());
    let lines = blocks.iter().filter_map(|block| match block {
        Block::Paragraph { text } => {
            Some(rich(line("Addressee"), text).align(AlignmentType::Center))
        }
        _ => None,
    });
    over.into_iter().chain([title]).chain(lines).collect()
}
