//! Cards: a table of two columns, five rows to a page, to be cut along its
//! lines.

use docx_rs::{
    BorderType, DocumentChild, HeightRule, Paragraph, Run, Tab, TabValueType, Table,
    TableAlignmentType, TableCell, TableCellContent, TableCellMargins, TableLayoutType, WidthType,
};
use unicode_width::UnicodeWidthStr as _;

use super::inline::{rich, run};
use super::styles::{exactly, fonts, line, text_line};
use super::table::{row_of, ruled};
use super::{Writer, paragraph};
use crate::compose::document::{Block, Inline, Signature, Text};
use crate::typeset::sheet::{CARD_HEIGHT, CARD_PADDING, CARD_WIDTH, HalfPoints, twips};

const ACROSS: usize = 2;
/// Where the values of 标签：内容 begin, in millimetres.
const LABEL: usize = 19;
/// More lines than this stand closer.
const MOST_LINES: usize = 4;
const LABEL_SIZE: HalfPoints = 20;
const NAME_SIZE: HalfPoints = 28;

/// All cards in one table: thousands of rows, but of one known height.
pub fn sheets(writer: &Writer) -> Vec<DocumentChild> {
    let pieces: Vec<&[Block]> = writer.document.pieces().collect();
    let rows = pieces.chunks(ACROSS).map(|pieces| {
        let cards = pieces.iter().map(|blocks| card(draw(writer, blocks)));
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

/// Of a card: a paragraph before the lines stands beside the title (the number),
/// lines are 标签：内容, and a paragraph below them is small print.
fn draw(writer: &Writer, blocks: &[Block]) -> Vec<DocumentChild> {
    let is_field = |block: &Block| matches!(block, Block::Lines { .. });
    let first = blocks.iter().position(is_field).unwrap_or(0);
    let number = blocks[..first].iter().find_map(|block| match block {
        Block::Paragraph { text } => Some(text),
        _ => None,
    });
    let mut parts = Vec::new();
    parts.extend(writer.face.over.as_ref().map(|over| paragraph(text_line("Over", over))));
    let title = writer.face.title.concat();
    parts.push(paragraph(heading(&title, number, writer.sheet.text_width())));
    let fields: usize = blocks
        .iter()
        .map(|block| match block {
            Block::Lines { lines } => lines.len(),
            _ => 0,
        })
        .sum();
    for block in &blocks[first..] {
        match block {
            Block::Lines { lines } => {
                parts.extend(lines.iter().map(|text| paragraph(field(text, fields > MOST_LINES))));
            }
            Block::Paragraph { text } => parts.push(paragraph(rich(line("Small"), text))),
            block => parts.extend(writer.block(block, false, false)),
        }
    }
    let signature = writer.document.signature.as_ref();
    parts.extend(signature.map(|signature| paragraph(sign(signature, writer))));
    parts
}

/// The title in the middle, the number at the right.
fn heading(title: &str, number: Option<&Text>, width: usize) -> Paragraph {
    let stops = [
        Tab::new().val(TabValueType::Center).pos(width / 2),
        Tab::new().val(TabValueType::Right).pos(width),
    ];
    let title = Run::new().add_tab().add_text(title);
    let heading = line("Title").tabs(&stops).add_run(title);
    let Some(number) = number else { return heading };
    let small = |inline: &Inline| run(inline).size(LABEL_SIZE).fonts(fonts("仿宋_GB2312"));
    number.0.iter().fold(heading.add_run(Run::new().add_tab()), |heading, inline| {
        heading.add_run(small(inline))
    })
}

/// 标签：内容; a name is large.
fn field(text: &Text, close: bool) -> Paragraph {
    let mut paragraph = line("Body").tabs(&[Tab::new().val(TabValueType::Left).pos(twips(LABEL))]);
    if close {
        paragraph = paragraph.line_spacing(exactly(270));
    }
    let label = |label: &str| Run::new().add_text(label).size(LABEL_SIZE).fonts(fonts("黑体"));
    text.0.iter().enumerate().fold(paragraph, |paragraph, (n, inline)| match inline {
        Inline::Plain(text) if n == 0 && text.contains('：') => {
            let at = text.find('：').map_or(0, |at| at + '：'.len_utf8());
            let value = Run::new().add_tab().add_text(&text[at..]);
            paragraph.add_run(label(&text[..at])).add_run(value)
        }
        Inline::Name(_) => {
            paragraph.add_run(run(inline).size(NAME_SIZE).fonts(fonts("方正小标宋简体")))
        }
        inline => paragraph.add_run(run(inline)),
    })
}

/// Issuer and date on one line, as large as fits.
fn sign(signature: &Signature, writer: &Writer) -> Paragraph {
    let halves = signature.issuer.width_cjk() + signature.date.width() + 2;
    let size = (writer.sheet.text_width() / (halves * 5)).min(LABEL_SIZE);
    let issuer = Run::new().add_text(format!("{}\u{3000}", signature.issuer)).size(size);
    signature.date.0.iter().fold(line("Signature").add_run(issuer), |line, inline| {
        line.add_run(run(inline).size(size))
    })
}
