//! Cards: a table of two columns, five rows to a page, to be cut along its
//! lines.

use docx_rs::{
    BorderType, DocumentChild, HeightRule, Table, TableAlignmentType, TableCell, TableCellContent,
    TableCellMargins, TableLayoutType, WidthType,
};

use super::styles::line;
use super::table::{row_of, ruled};
use super::{Start, Writer, paragraph};
use crate::compose::document::Block;
use crate::typeset::sheet::{CARD_HEIGHT, CARD_PADDING, CARD_WIDTH, twips};

const ACROSS: usize = 2;

/// All cards in one table: thousands of rows, but of one known height.
pub fn sheets(writer: &Writer) -> Vec<DocumentChild> {
    let pieces: Vec<&[Block]> = writer.document.pieces().collect();
    let rows = pieces.chunks(ACROSS).map(|pieces| {
        let cards = pieces.iter().map(|blocks| card(writer.piece(Start::Here, blocks)));
        let missing = std::iter::repeat_with(|| card(vec![paragraph(line("Body"))]));
        let cells = cards.chain(missing.take(ACROSS - pieces.len())).collect();
        row_of(cells, twips(CARD_HEIGHT), HeightRule::Exact)
    });
    let [above, beside] = CARD_PADDING.map(twips);
    let width = twips(CARD_WIDTH);
    let table = Table::new(rows.collect())
        .set_grid(vec![width; ACROSS])
        .width(width * ACROSS, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .align(TableAlignmentType::Center)
        .margins(TableCellMargins::new().margin(above, beside, above, beside))
        .set_borders(ruled(BorderType::Dashed));
    vec![DocumentChild::Table(Box::new(table)), paragraph(line("Gap"))]
}

fn card(parts: Vec<DocumentChild>) -> TableCell {
    let mut cell = TableCell::new().width(twips(CARD_WIDTH), WidthType::Dxa);
    cell.children = parts
        .into_iter()
        .filter_map(|part| match part {
            DocumentChild::Paragraph(paragraph) => Some(TableCellContent::Paragraph(paragraph)),
            DocumentChild::Table(table) => Some(TableCellContent::Table(table)),
            _ => None,
        })
        .collect();
    cell
}
