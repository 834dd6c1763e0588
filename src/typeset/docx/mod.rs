//! Word: a document that the secretary goes on editing in WPS or Word.
//!
//! Fonts are asked for by the names they have on Windows, whatever this machine
//! has; each kind of line is a style, so that a change of taste is one change.
//! Only the master of a document is written: a poster is the same text larger.

mod cards;
mod inline;
mod names;
mod package;
mod page;
mod schema;
mod strips;
mod styles;
mod table;

use docx_rs::{AlignmentType, BreakType, DocumentChild, Paragraph, Run, XMLDocx};
use unicode_width::UnicodeWidthStr as _;

use self::inline::rich;
use self::styles::{exactly, line, text_line};
use super::sheet::{Face, Kind, Sheet, Twips};
use crate::compose::Document;
use crate::compose::document::{Block, Text};
use crate::diagnostic::Diagnostic;

const BETWEEN_TABLES: Twips = 160;
/// A ballot of more rows is set in smaller print.
const MOST_LARGE_ROWS: usize = 7;

/// Writes `document` as DOCX on the page that `layout` calls for.
///
/// # Errors
/// The library's own; a document in memory gives no cause for one.
pub fn write(document: &Document, layout: &str) -> Result<Vec<u8>, Diagnostic> {
    let mut sheet = Sheet::of(layout);
    if sheet.kind == Kind::Ballot && longest_table(document) > MOST_LARGE_ROWS {
        sheet.table_size = sheet.size + 1;
    }
    let mut page = page::blank(&sheet, document.draft);
    let face = Face::of(document, sheet.kind);
    page.document.children = Writer { document, sheet: &sheet, face }.body();
    let mut parts = page.build();
    amend(&mut parts, &sheet);
    package::pack(parts, document).map_err(|error| {
        Diagnostic::error("docx", format!("《{}》写不成 Word 文件：{error}", document.title))
    })
}

fn longest_table(document: &Document) -> usize {
    let rows = |block: &Block| match block {
        Block::Table(table) => table.rows.len(),
        _ => 0,
    };
    document.blocks.iter().map(rows).max().unwrap_or(0)
}

/// Draws the blocks of one document on its sheet.
struct Writer<'a> {
    document: &'a Document,
    sheet: &'a Sheet,
    face: Face<'a>,
}

/// What stands before a piece.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    Here,
    NewPage,
    NewColumn,
}

impl Writer<'_> {
    fn body(&self) -> Vec<DocumentChild> {
        match self.sheet.kind {
            Kind::Cards => return cards::sheets(self),
            Kind::Strips => return strips::sheets(self),
            _ => {}
        }
        let mut body = Vec::new();
        for (n, blocks) in self.document.pieces().enumerate() {
            let start = if n == 0 { Start::Here } else { Start::NewPage };
            body.extend(self.piece(start, blocks));
            if self.sheet.kind == Kind::Ballot {
                body.extend(self.piece(Start::NewColumn, blocks));
            }
        }
        // Word wants a paragraph between two tables, and at the end.
        let mut spaced = Vec::with_capacity(body.len());
        for part in body {
            let after_table = matches!(spaced.last(), Some(DocumentChild::Table(_)));
            if after_table && matches!(part, DocumentChild::Table(_)) {
                spaced.push(paragraph(line("Gap").line_spacing(exactly(BETWEEN_TABLES))));
            }
            spaced.push(part);
        }
        if matches!(spaced.last(), Some(DocumentChild::Table(_))) {
            spaced.push(paragraph(line("Gap")));
        }
        spaced
    }

    /// A piece under the title, signed.
    fn piece(&self, start: Start, blocks: &[Block]) -> Vec<DocumentChild> {
        let document = self.document;
        let mut parts = self.head(start);
        if let Some(addressee) = &document.addressee {
            parts.push(text_line("Addressee", &format!("{addressee}：")));
        }
        let mut parts: Vec<DocumentChild> = parts.into_iter().map(paragraph).collect();
        for (n, block) in blocks.iter().enumerate() {
            // The last two paragraphs keep the signature company, so that it
            // never stands alone on a page, nor with 特此公告 only.
            let kept = document.signature.is_some() && n + 2 >= blocks.len();
            let below_table = matches!(n.checked_sub(1).map(|n| &blocks[n]), Some(Block::Table(_)));
            match block {
                Block::Paragraph { text } if self.sheet.kind == Kind::Certificate => {
                    let style = match n {
                        // To whom it is given, and its number.
                        0 => "Addressee",
                        n if n + 1 == blocks.len() => "Small",
                        _ => "Body",
                    };
                    parts.push(paragraph(inline::honoured(line(style), text)));
                }
                // For whom one votes stands over the table.
                Block::Paragraph { text }
                    if self.sheet.kind == Kind::Ballot
                        && matches!(blocks.get(n + 1), Some(Block::Table(_))) =>
                {
                    let text = rich(line("Addressee"), text).align(AlignmentType::Center);
                    parts.push(paragraph(text.line_spacing(exactly(self.sheet.pitch).after(120))));
                }
                block => parts.extend(self.block(block, kept, below_table)),
            }
        }
        parts.extend(self.sign().into_iter().map(paragraph));
        parts
    }

    fn block(&self, block: &Block, kept: bool, below_table: bool) -> Vec<DocumentChild> {
        let lines: Vec<Paragraph> = match block {
            Block::Heading { level, text } => vec![rich(line(&format!("Heading{level}")), text)],
            Block::Paragraph { text } => {
                let paragraph = rich(line("Body"), text).keep_next(kept);
                let paragraph = match self.sheet.kind {
                    Kind::Envelope => paragraph.align(AlignmentType::Right),
                    _ => paragraph,
                };
                let spacing = exactly(self.sheet.pitch).before(160);
                vec![if below_table { paragraph.line_spacing(spacing) } else { paragraph }]
            }
            Block::Lines { lines } => lines.iter().map(|text| rich(line("Body"), text)).collect(),
            Block::Table(data) => {
                let table = table::draw(data, self.sheet, kept);
                return vec![DocumentChild::Table(Box::new(table))];
            }
            Block::Names(grid) => names::lines(grid, self.sheet.text_width()),
            // The picture only repeats the table of steps; without one, what it
            // says is said in words.
            Block::Timeline(timeline) => {
                let blocks = &self.document.blocks;
                let has_table = blocks.iter().any(|block| matches!(block, Block::Table(_)));
                if has_table { Vec::new() } else { vec![text_line("Body", &timeline.alt)] }
            }
            // Pieces are taken apart before.
            Block::Next => Vec::new(),
        };
        lines.into_iter().map(paragraph).collect()
    }

    /// The title, on one line if it fits, else on the lines that the wording
    /// gives, and what stands around it.
    fn head(&self, start: Start) -> Vec<Paragraph> {
        let mut run = Run::new();
        if start == Start::NewColumn {
            run = run.add_break(BreakType::Column);
        }
        let broken = !self.sheet.fits_title(self.face.title.concat().width_cjk());
        for (n, text) in self.face.title.iter().enumerate() {
            if n > 0 && broken {
                run = run.add_break(BreakType::TextWrapping);
            }
            run = run.add_text(text);
        }
        if self.sheet.kind == Kind::Certificate {
            run = run.character_spacing(160);
        }
        let over = self.face.over.as_ref().map(|over| text_line("Over", over));
        let mut head: Vec<Paragraph> =
            over.into_iter().chain([line("Title").add_run(run)]).collect();
        if start == Start::NewPage {
            let first = std::mem::take(&mut head[0]);
            head[0] = first.page_break_before(true);
        }
        if let Some(number) = &self.document.number {
            head.push(text_line("Number", &format!("（{number}）")));
        }
        if !matches!(self.sheet.kind, Kind::Certificate | Kind::Ballot) {
            head.push(line("Body"));
        }
        head
    }

    /// The date stands four characters from the right, the issuer centred over
    /// it; two lines above are left free for the seal, which goes over both.
    fn sign(&self) -> Vec<Paragraph> {
        let Sheet { size, pitch, .. } = *self.sheet;
        let (size, pitch, above) = match self.sheet.kind {
            Kind::Certificate => (styles::SMALLER, 640, 0),
            _ => (size, pitch, 2 * pitch),
        };
        let Some(issuer) = &self.face.issuer else { return Vec::new() };
        let above = u32::try_from(above).unwrap_or_default();
        let placed = |text: &Text, gap: Twips| {
            let line = rich(line("Signature"), text).line_spacing(exactly(pitch));
            line.indent(None, None, i32::try_from(gap).ok(), None)
        };
        let half = size * 5;
        let date_width = self.face.date.map_or(0, Text::width) * half;
        let issuer_width = issuer.width_cjk() * half;
        let overhang = issuer_width.saturating_sub(date_width) / 2;
        let date_gap = (4 * size * 10).max(overhang);
        let issuer_gap = match self.face.date {
            Some(_) => {
                date_gap + date_width / 2 - (issuer_width / 2).min(date_gap + date_width / 2)
            }
            None => 0,
        };
        let issuer = placed(&Text::plain(issuer), issuer_gap)
            .keep_next(true)
            .line_spacing(exactly(pitch).before(above));
        let date = self.face.date.map(|date| placed(date, date_gap));
        [issuer].into_iter().chain(date).collect()
    }
}

fn paragraph(paragraph: Paragraph) -> DocumentChild {
    DocumentChild::Paragraph(Box::new(paragraph))
}

/// What the library has no words for: rows of heads repeated on each page, the
/// frame of a certificate, the line between ballots.
fn amend(parts: &mut XMLDocx, sheet: &Sheet) {
    replace(&mut parts.document, table::HEAD_MARK.0, table::HEAD_MARK.1);
    match sheet.kind {
        Kind::Certificate => replace(&mut parts.document, "<w:sectPr>", FRAME),
        Kind::Ballot => replace(&mut parts.document, "<w:cols ", "<w:cols w:sep=\"1\" "),
        _ => {}
    }
}

/// Text of the document cannot be hit: in XML its angle brackets are escaped.
fn replace(part: &mut Vec<u8>, from: &str, to: &str) {
    if let Ok(text) = std::str::from_utf8(part) {
        *part = text.replace(from, to).into_bytes();
    }
}

/// The double frame of a certificate, 11 mm from the edge of the paper.
const FRAME: &str = concat!(
    "<w:sectPr><w:pgBorders w:offsetFrom=\"page\">",
    "<w:top w:val=\"thickThinSmallGap\" w:sz=\"24\" w:space=\"31\" w:color=\"8C1515\" />",
    "<w:left w:val=\"thickThinSmallGap\" w:sz=\"24\" w:space=\"31\" w:color=\"8C1515\" />",
    "<w:bottom w:val=\"thinThickSmallGap\" w:sz=\"24\" w:space=\"31\" w:color=\"8C1515\" />",
    "<w:right w:val=\"thinThickSmallGap\" w:sz=\"24\" w:space=\"31\" w:color=\"8C1515\" />",
    "</w:pgBorders>",
);
