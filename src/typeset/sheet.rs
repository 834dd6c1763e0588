//! What the page of a layout is like, for the outputs that Typst does not set.
//! The layouts in `templates/layouts` say the same for PDF.

use crate::compose::Document;
use crate::compose::document::Text;

/// Twips: twentieths of a point, in which Word measures nearly everything.
pub(super) type Twips = usize;
/// Half points, in which Word measures letters.
pub(super) type HalfPoints = usize;

/// The paper, what is left of it for text, and how large that is.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// Millimetres, as the paper lies.
    pub width: usize,
    pub height: usize,
    /// Millimetres: top, right, bottom, left.
    pub margins: [usize; 4],
    pub size: HalfPoints,
    pub pitch: Twips,
    pub title_size: HalfPoints,
    pub table_size: HalfPoints,
    /// Taken from the space in the cells of tables, where that spares a page.
    pub spared: Twips,
    pub numbers: Numbers,
    pub kind: Kind,
}

/// How pages are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbers {
    /// — 1 —, as on official papers; one page needs no number.
    Dashes,
    /// 第 1 页　共 18 页, for lists, where one must see that no page is missing.
    Count,
    None,
}

/// How the pieces of a document lie on the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Each on pages of its own.
    Paper,
    /// The same, with room to write.
    Form,
    /// Each twice side by side, to be cut apart.
    Ballot,
    /// Ten on a sheet, to be cut apart.
    Cards,
    /// Each in a frame.
    Certificate,
    /// Each on a sheet to be glued to an envelope.
    Envelope,
    /// Each four times on a sheet, to be cut apart.
    Strips,
}

/// A card of ten on A4, in millimetres.
pub(super) const CARD_WIDTH: usize = 95;
pub(super) const CARD_HEIGHT: usize = 55;

/// How close lines may stand, and how small the type may be, to spare a page for a few
/// lines; and how far apart where the last page is given some more instead. Layouts
/// read both with the document.
pub(super) const CLOSER: [(Twips, HalfPoints); 6] =
    [(560, 32), (530, 32), (500, 32), (470, 32), (450, 30), (420, 28)];
pub(super) const LOOSER: [(Twips, HalfPoints); 4] = [(610, 32), (640, 32), (670, 32), (700, 32)];

/// GB/T 9704: 22 lines of 28 characters in 三号 on A4, the title in 二号.
const OFFICIAL: Sheet = Sheet {
    width: 210,
    height: 297,
    margins: [37, 26, 35, 28],
    size: 32,
    pitch: 579,
    title_size: 44,
    table_size: 28,
    spared: 0,
    numbers: Numbers::Dashes,
    kind: Kind::Paper,
};

const FORM: Sheet = Sheet {
    margins: [20; 4],
    size: 24,
    pitch: 450,
    title_size: 40,
    table_size: 24,
    numbers: Numbers::Count,
    kind: Kind::Form,
    ..OFFICIAL
};

impl Sheet {
    /// The sheet of a layout; of one that is not known, that of official papers.
    pub(super) fn of(layout: &str) -> Self {
        match layout {
            "list" => Self {
                margins: [20, 22, 20, 22],
                table_size: 24,
                numbers: Numbers::Count,
                ..OFFICIAL
            },
            "catalogue" => Self {
                margins: [18, 20, 18, 20],
                title_size: 36,
                table_size: 21,
                numbers: Numbers::Count,
                ..OFFICIAL
            }
            .across(),
            "report" => Self { table_size: 24, ..OFFICIAL },
            "roster" => Self { table_size: 32, ..OFFICIAL },
            "form" => FORM,
            "register" => FORM.across(),
            "ballot" => Self {
                margins: [11, 13, 11, 13],
                size: 23,
                pitch: 350,
                title_size: 40,
                table_size: 38,
                numbers: Numbers::None,
                kind: Kind::Ballot,
                ..FORM
            }
            .across(),
            "cards" => Self {
                margins: [8, 10, 8, 10],
                size: 22,
                pitch: 312,
                title_size: 34,
                table_size: 22,
                numbers: Numbers::None,
                kind: Kind::Cards,
                ..OFFICIAL
            },
            "certificate" => Self {
                margins: [30, 46, 28, 46],
                size: 46,
                pitch: 880,
                title_size: 92,
                numbers: Numbers::None,
                kind: Kind::Certificate,
                ..OFFICIAL
            }
            .across(),
            "envelope" => Self {
                margins: [20, 24, 18, 24],
                size: 34,
                pitch: 540,
                title_size: 80,
                table_size: 34,
                numbers: Numbers::None,
                kind: Kind::Envelope,
                ..OFFICIAL
            }
            .across(),
            "strips" => Self {
                margins: [15, 10, 15, 10],
                size: 24,
                pitch: 440,
                title_size: 48,
                numbers: Numbers::None,
                kind: Kind::Strips,
                ..OFFICIAL
            },
            _ => OFFICIAL,
        }
    }

    fn across(self) -> Self {
        Self { width: self.height, height: self.width, ..self }
    }

    pub(super) fn lies_across(&self) -> bool {
        self.width > self.height
    }

    /// Millimetres between the copies of a ballot: the margin of each.
    pub(super) fn gutter(&self) -> usize {
        2 * self.margins[1]
    }

    /// What a line may be wide.
    pub(super) fn text_width(&self) -> Twips {
        let [_, right, _, left] = self.margins;
        let whole = self.width.saturating_sub(left + right);
        match self.kind {
            Kind::Ballot => twips((whole - self.gutter()) / 2),
            Kind::Cards => twips(CARD_WIDTH) - 2 * twips(CARD_PADDING[1]),
            _ => twips(whole),
        }
    }

    /// Whether a title in so many columns of half a character fits a line.
    pub(super) fn fits_title(&self, columns: usize) -> bool {
        columns * self.title_size * 5 <= self.text_width()
    }
}

/// Between the edge of a card and its text, in millimetres: above and beside.
pub(super) const CARD_PADDING: [usize; 2] = [3, 7];

pub(super) fn twips(millimetres: usize) -> Twips {
    millimetres * 14400 / 254
}

/// What stands at the head and the foot of each piece: on some layouts less than
/// the document has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Face<'a> {
    /// In small print over the title.
    pub over: Option<String>,
    pub title: &'a [String],
    /// Who signs, and when.
    pub issuer: Option<String>,
    /// Those who sign with the first, on papers only.
    pub with: &'a [String],
    pub date: Option<&'a Text>,
}

impl<'a> Face<'a> {
    pub(super) fn of(document: &'a Document, kind: Kind) -> Self {
        let lines = document.title_lines.as_slice();
        let (whole, last) = lines.split_at(lines.len().saturating_sub(1));
        let whole = Some(whole.concat()).filter(|whole| !whole.is_empty());
        let issuer = document.signature.as_ref().map(|signature| signature.issuer.clone());
        let with = document.signature.as_ref().map_or(&[][..], |signature| &signature.with);
        let date = document.signature.as_ref().map(|signature| &signature.date);
        let sealed = |issuer: Option<String>| issuer.map(|issuer| format!("{issuer}（盖章）"));
        match kind {
            Kind::Paper | Kind::Form => Self { over: None, title: lines, issuer, with, date },
            Kind::Ballot => {
                Self { over: None, title: lines, issuer: sealed(issuer), with: &[], date }
            }
            Kind::Cards => Self { over: whole, title: last, issuer, with: &[], date },
            // The frame has room for the word itself.
            Kind::Certificate => Self { over: None, title: last, issuer, with: &[], date },
            Kind::Envelope => {
                Self { over: whole, title: last, issuer: sealed(issuer), with: &[], date: None }
            }
            Kind::Strips => Self { over: issuer, title: last, issuer: None, with: &[], date: None },
        }
    }
}
