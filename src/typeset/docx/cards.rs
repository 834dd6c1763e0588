//! Cards: a table of two columns, five rows to a page, to be cut along its
//! lines.

use unicode_width::UnicodeWidthStr as _;

use super::Writer;
use super::inline::{rich, run};
use super::styles::{line, text_line};
use super::wml::{Cell, Paragraph, Row, Run, Table, exactly};
use super::xml::Element;
use crate::compose::document::{Block, Inline, Signature, Text};
use crate::typeset::sheet::{CARD_HEIGHT, CARD_PADDING, CARD_WIDTH, HalfPoints, Twips, twips};

const ACROSS: usize = 2;
/// Where the values of 标签：内容 begin, in millimetres.
const LABEL: usize = 19;
/// More lines than this stand closer.
const MOST_LINES: usize = 4;
const LABEL_SIZE: HalfPoints = 20;
const NAME_SIZE: HalfPoints = 28;

/// All cards in one table: thousands of rows, but of one known height.
pub(super) fn sheets(writer: &Writer) -> Vec<Element> {
    let pieces: Vec<&[Block]> = writer.document.pieces().collect();
    let width = twips(CARD_WIDTH);
    let card =
        |content: Vec<Element>| content.into_iter().fold(Cell::default().width(width), Cell::with);
    let rows = pieces.chunks(ACROSS).map(|pieces| {
        let cards = pieces.iter().map(|blocks| card(draw(writer, blocks)));
        let missing = std::iter::repeat_with(|| card(vec![line("Body").into()]));
        let cells = cards.chain(missing.take(ACROSS - pieces.len()));
        Row::of(cells).exactly(twips(CARD_HEIGHT))
    });
    let table = Table::ruled(&[width; ACROSS], ["dashed"; 2], CARD_PADDING.map(twips)).jc("center");
    vec![table.with_all(rows).into(), line("Gap").into()]
}

/// Of a card: a paragraph before the lines stands beside the title (the number),
/// lines are 标签：内容, and a paragraph below them is small print.
fn draw(writer: &Writer, blocks: &[Block]) -> Vec<Element> {
    let fields = |block: &Block| match block {
        Block::Lines { lines } => lines.len(),
        _ => 0,
    };
    let is_close = blocks.iter().map(fields).sum::<usize>() > MOST_LINES;
    let first = blocks.iter().position(|block| matches!(block, Block::Lines { .. })).unwrap_or(0);
    let (above, below) = blocks.split_at(first);
    let number = above.iter().find_map(|block| match block {
        Block::Paragraph { text } => Some(text),
        _ => None,
    });
    let over = writer.face.over.as_ref().map(|over| text_line("Over", over));
    let title = heading(&writer.face.title.concat(), number, writer.sheet.text_width());
    let head = over.into_iter().chain([title]).map(Element::from);
    let body = below.iter().flat_map(|block| match block {
        Block::Lines { lines } => lines.iter().map(|text| field(text, is_close).into()).collect(),
        Block::Paragraph { text } => vec![rich(line("Small"), text).into()],
        block => writer.block(block, false, false),
    });
    let signature = writer.document.signature.as_ref();
    let signature = signature.map(|signature| sign(signature, writer).into());
    head.chain(body).chain(signature).collect()
}

/// The title in the middle, the number at the right.
fn heading(title: &str, number: Option<&Text>, width: Twips) -> Paragraph {
    let stops = [("center", width / 2), ("right", width)];
    let heading = line("Title").tabs(&stops).with(Run::default().tab().text(title));
    let Some(number) = number else { return heading };
    let small = |inline: &Inline| run(inline).size(LABEL_SIZE).fonts("仿宋_GB2312");
    heading.with(Run::default().tab()).with_all(number.0.iter().map(small))
}

/// 标签：内容; a name is large.
fn field(text: &Text, is_close: bool) -> Paragraph {
    let mut field = line("Body").tabs(&[("left", twips(LABEL))]);
    if is_close {
        field = field.spacing(exactly(270));
    }
    text.0.iter().enumerate().fold(field, |field, (n, inline)| match inline {
        Inline::Plain(text) if n == 0 && text.contains('：') => {
            let at = text.find('：').map_or(0, |at| at + '：'.len_utf8());
            let (label, value) = text.split_at(at);
            let label = Run::of(label).size(LABEL_SIZE).fonts("黑体");
            field.with(label).with(Run::default().tab().text(value))
        }
        Inline::Name(_) => field.with(run(inline).size(NAME_SIZE).fonts("方正小标宋简体")),
        inline => field.with(run(inline)),
    })
}

/// Issuer and date on one line, as large as fits.
fn sign(signature: &Signature, writer: &Writer) -> Paragraph {
    let halves = signature.issuer.width_cjk() + signature.date.width() + 2;
    let size = (writer.sheet.text_width() / (halves * 5)).min(LABEL_SIZE);
    let issuer = Run::of(format!("{}\u{3000}", signature.issuer));
    let date = signature.date.0.iter().map(run);
    let runs = std::iter::once(issuer).chain(date).map(|run| run.size(size));
    line("Signature").with_all(runs)
}
