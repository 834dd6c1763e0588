//! Word: a document that the secretary goes on editing in WPS or Word.
//!
//! Fonts are asked for by the names they have on Windows, whatever this machine
//! has; each kind of line is a style, so that a change of taste is one change.
//! Only the master of a document is written: a poster is the same text larger.

mod cards;
mod close;
mod inline;
mod names;
mod numbering;
mod package;
mod page;
mod strips;
mod styles;
mod table;
mod wml;
mod xml;

use unicode_width::UnicodeWidthStr as _;

use self::inline::rich;
use self::numbering::Lists;
use self::styles::{line, text_line};
use self::wml::{Paragraph, Run, exactly};
use self::xml::Element;
use super::sheet::{Face, Kind, Sheet, Twips, twips};
use crate::compose::Document;
use crate::compose::document::{Block, Text};
use crate::diagnostic::Diagnostic;

const BETWEEN_TABLES: Twips = 160;
/// A ballot of more rows is set in smaller print.
const MOST_LARGE_ROWS: usize = 7;

/// Writes `document` as DOCX on the page that `layout` calls for.
///
/// # Errors
/// Those of the compression; a document in memory gives no cause for one.
pub fn write(document: &Document, layout: &str) -> Result<Vec<u8>, Diagnostic> {
    let mut sheet = Sheet::of(layout);
    if sheet.kind == Kind::Ballot && longest_table(document) > MOST_LARGE_ROWS {
        sheet.table_size = sheet.size + 1;
    }
    match layout {
        "notice" | "roster" => sheet = close::fitted(sheet, document),
        "form" => sheet = close::fitted_form(sheet, document),
        _ => {}
    }
    let face = Face::of(document, sheet.kind);
    let edges = page::edges(&sheet, document.draft);
    let section = page::section(&sheet, &edges);
    let lists = Lists::default();
    let body = Writer { document, sheet: &sheet, face, section, lists: &lists }.body();
    package::pack(body, document, &sheet, &lists, edges).map_err(|error| {
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
    section: Element,
    lists: &'a Lists,
}

/// What stands before a piece.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    Here,
    NewPage,
    NewColumn,
}

impl Writer<'_> {
    /// All that stands on the pages, and at its end what they are like.
    fn body(self) -> Element {
        let parts = match self.sheet.kind {
            Kind::Cards => cards::sheets(&self),
            Kind::Strips => strips::sheets(&self),
            _ => self.pieces(),
        };
        Element::new("w:body").with_all(parts).with(self.section)
    }

    fn pieces(&self) -> Vec<Element> {
        let mut body: Vec<Element> = Vec::new();
        for (n, blocks) in self.document.pieces().enumerate() {
            let start = match n {
                0 => Start::Here,
                _ if page::counts_pieces(self.sheet) => {
                    body.push(line("Gap").ends(self.section.clone()).into());
                    Start::Here
                }
                _ => Start::NewPage,
            };
            body.extend(self.piece(start, blocks));
            if self.sheet.kind == Kind::Ballot {
                body.extend(self.piece(Start::NewColumn, blocks));
            }
        }
        // Word wants a paragraph between two tables, and at the end.
        let mut spaced: Vec<Element> = Vec::with_capacity(body.len());
        for part in body {
            if is_table(&part) && spaced.last().is_some_and(is_table) {
                spaced.push(line("Gap").spacing(exactly(BETWEEN_TABLES)).into());
            }
            spaced.push(part);
        }
        if spaced.last().is_some_and(is_table) {
            spaced.push(line("Gap").into());
        }
        spaced
    }

    /// A piece under the title, signed.
    fn piece(&self, start: Start, blocks: &[Block]) -> Vec<Element> {
        let addressee = self.document.addressee.as_ref();
        let addressee = addressee.map(|name| text_line("Addressee", &format!("{name}：")));
        let head = self.head(start).into_iter().chain(addressee).map(Element::from);
        let body = (0..blocks.len()).flat_map(|n| self.nth(n, blocks));
        head.chain(body).chain(self.sign().into_iter().map(Element::from)).collect()
    }

    /// A block as it stands among others.
    fn nth(&self, n: usize, blocks: &[Block]) -> Vec<Element> {
        let is_last = n + 1 == blocks.len();
        match (self.sheet.kind, &blocks[n]) {
            (Kind::Certificate, Block::Paragraph { text }) => {
                let style = match n {
                    // To whom it is given, and its number.
                    0 => "Addressee",
                    _ if is_last => "Small",
                    _ => "Body",
                };
                vec![inline::honoured(line(style), text).into()]
            }
            // For whom one votes stands over the table.
            (Kind::Ballot, Block::Paragraph { text })
                if matches!(blocks.get(n + 1), Some(Block::Table(_))) =>
            {
                let spacing = exactly(self.sheet.pitch).set("w:after", 120);
                vec![rich(line("Addressee"), text).jc("center").spacing(spacing).into()]
            }
            (_, block) => {
                // The last two paragraphs keep the signature company, so that it
                // never stands alone on a page, nor with 特此公告 only.
                let kept = self.document.signature.is_some() && n + 2 >= blocks.len();
                let below_table = n > 0 && matches!(blocks[n - 1], Block::Table(_));
                self.block(block, kept, below_table)
            }
        }
    }

    fn block(&self, block: &Block, kept: bool, below_table: bool) -> Vec<Element> {
        let lines: Vec<Paragraph> = match block {
            Block::Heading { level, text } => vec![rich(line(&format!("Heading{level}")), text)],
            Block::Paragraph { text } => {
                let mut paragraph = match text.item() {
                    Some((n, text)) => rich(line("Body"), &text).item_of(self.lists.of_item(n)),
                    None => rich(line("Body"), text),
                };
                paragraph = paragraph.keep_next(kept);
                if self.sheet.kind == Kind::Envelope {
                    paragraph = paragraph.jc("right");
                }
                if text.is_attachment() {
                    let em = self.sheet.size * 10;
                    let spacing = exactly(self.sheet.pitch).set("w:before", self.sheet.pitch);
                    let ind = [("w:left", 5 * em), ("w:hanging", 3 * em)];
                    paragraph = paragraph.spacing(spacing).ind(&ind);
                }
                if below_table {
                    let spacing = exactly(self.sheet.pitch).set("w:before", 160);
                    paragraph = paragraph.spacing(spacing);
                }
                vec![paragraph]
            }
            Block::Lines { lines } => lines.iter().map(|text| rich(line("Body"), text)).collect(),
            Block::Table(data) => return vec![table::draw(data, self.sheet, kept).into()],
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
        lines.into_iter().map(Element::from).collect()
    }

    /// The title, on one line if it fits, else on the lines that the wording
    /// gives, and what stands around it.
    fn head(&self, start: Start) -> Vec<Paragraph> {
        let column = Element::new("w:br").set("w:type", "column");
        let mut title = Run::default().with_all((start == Start::NewColumn).then_some(column));
        let is_broken = !self.sheet.fits_title(self.face.title.concat().width_cjk());
        for (n, text) in self.face.title.iter().enumerate() {
            if n > 0 && is_broken {
                title = title.with(Element::new("w:br"));
            }
            title = title.text(text);
        }
        if self.sheet.kind == Kind::Certificate {
            title = title.letter_spacing(160);
        }
        let over = self.face.over.as_ref().map(|over| text_line("Over", over));
        let number = self.document.number.as_ref();
        let number = number.map(|number| text_line("Number", &format!("（{number}）")));
        let is_close = matches!(self.sheet.kind, Kind::Certificate | Kind::Ballot);
        let gap = (!is_close).then(|| line("Body"));
        let lines = over.into_iter().chain([line("Title").with(title)]).chain(number).chain(gap);
        let breaks = |n| n == 0 && start == Start::NewPage;
        lines.enumerate().map(|(n, line)| line.page_break_before(breaks(n))).collect()
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
        if !self.face.with.is_empty() {
            return self.sign_together(issuer);
        }
        let half = size * 5;
        let [issuer_width, date_width] =
            [issuer.width_cjk(), self.face.date.map_or(0, Text::width)].map(|width| width * half);
        let date_gap = (8 * half).max(issuer_width.saturating_sub(date_width) / 2);
        let issuer_gap = match self.face.date {
            Some(_) => (date_gap + date_width / 2).saturating_sub(issuer_width / 2),
            None => 0,
        };
        let signed = |text: &Text, gap: Twips, above: Twips| {
            let spacing = exactly(pitch).set("w:before", above);
            rich(line("Signature"), text).ind(&[("w:right", gap)]).spacing(spacing)
        };
        let issuer = signed(&Text::plain(issuer), issuer_gap, above).keep_next(true);
        let date = self.face.date.map(|date| signed(date, date_gap, 0));
        [issuer].into_iter().chain(date).collect()
    }

    /// Several stand side by side, three at most, each with room for a seal; where
    /// their names are too long for that, in more rows. The date goes under the last.
    fn sign_together(&self, first: &str) -> Vec<Paragraph> {
        let Sheet { size, pitch, .. } = *self.sheet;
        let (across, gap) = (self.sheet.text_width(), size * 10);
        let date_width = self.face.date.map_or(0, Text::width);
        let last = self.face.with.len();
        // The names by rows, each with its width.
        let mut rows: Vec<Vec<(Text, Twips)>> = vec![Vec::new()];
        for (n, name) in
            std::iter::once(first).chain(self.face.with.iter().map(String::as_str)).enumerate()
        {
            let halves = name.width_cjk().max(if n == last { date_width } else { 0 });
            let width = twips(SEAL).max(halves * size * 5);
            let row = rows.last().map_or(&[][..], Vec::as_slice);
            let taken: Twips = row.iter().map(|(_, width)| width + gap).sum();
            if row.len() == 3 || !row.is_empty() && taken + width > across {
                rows.push(Vec::new());
            }
            rows.last_mut().into_iter().for_each(|row| row.push((Text::plain(name), width)));
        }
        let set = |texts: &[&Text], middles: &[Twips], above: Twips| {
            let stops: Vec<_> = middles.iter().map(|&at| ("center", at)).collect();
            let spacing = exactly(pitch).set("w:before", above);
            let line = line("Signature").jc("left").tabs(&stops).spacing(spacing);
            texts.iter().fold(line, |line, text| rich(line.with(Run::default().tab()), text))
        };
        // They end at the right.
        let middles = |row: &[(Text, Twips)]| {
            let mut middles: Vec<Twips> = Vec::new();
            let mut right = across;
            for (_, width) in row.iter().rev() {
                middles.push(right.saturating_sub(width / 2));
                right = right.saturating_sub(width + gap);
            }
            middles.reverse();
            middles
        };
        let under = rows.last().and_then(|row| middles(row).last().copied()).unwrap_or(across);
        let rows = rows.iter().map(|row| {
            let texts: Vec<&Text> = row.iter().map(|(name, _)| name).collect();
            set(&texts, &middles(row), 2 * pitch).keep_next(true)
        });
        let date = self.face.date.map(|date| set(&[date], &[under], 0));
        rows.chain(date).collect()
    }
}

/// How wide a seal is, in millimetres.
const SEAL: usize = 42;

fn is_table(part: &Element) -> bool {
    part.name == "w:tbl"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::document::{Audience, Signature};

    fn document() -> Document {
        let paragraph = |text| Block::Paragraph { text: Text::plain(text) };
        Document {
            id: "form".into(),
            title: "记录".into(),
            title_lines: vec!["记录".into()],
            number: None,
            addressee: None,
            blocks: vec![paragraph("甲"), Block::Next, paragraph("乙"), Block::Next],
            signature: Some(Signature {
                issuer: "某村".into(),
                with: Vec::new(),
                date: Text::plain("5月1日"),
            }),
            audience: Audience::Public,
            dated: None,
            draft: false,
        }
    }

    fn counts<const N: usize>(layout: &str, what: [&str; N]) -> [usize; N] {
        let (document, sheet) = (document(), Sheet::of(layout));
        let section = page::section(&sheet, &page::edges(&sheet, false));
        let face = Face::of(&document, sheet.kind);
        let lists = &Lists::default();
        let xml =
            Writer { document: &document, sheet: &sheet, face, section, lists }.body().to_string();
        what.map(|what| xml.matches(what).count())
    }

    #[test]
    fn each_form_counts_its_own_pages_and_other_pieces_only_begin_new_ones() {
        let what = ["<w:sectPr>", "<w:pgNumType w:start=\"1\"/>", "<w:pageBreakBefore/>"];
        assert_eq!(counts("form", what), [3, 3, 0]);
        assert_eq!(counts("notice", what), [1, 0, 2]);
    }

    #[test]
    fn each_ballot_lies_twice_on_its_sheet() {
        assert_eq!(counts("ballot", ["记录", "w:type=\"column\""]), [6, 3]);
    }
}
