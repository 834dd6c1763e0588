//! Finished pages of many documents as one file for the printer.

use typst::foundations::Smart;
use typst::model::DocumentInfo;
use typst_layout::{Page, PagedDocument};
use typst_pdf::PdfOptions;

use crate::diagnostic::{Diagnostic, Report};

/// The finished pages of one document.
pub struct Leaves {
    pages: Vec<Page>,
    /// Millimetres, of the first page as it lies.
    size: (f64, f64),
    count: usize,
}

/// The papers that printers hold, in millimetres upright.
const PAPERS: [(&str, (f64, f64)); 4] = [
    ("A4", (210.0, 297.0)),
    ("A3", (297.0, 420.0)),
    ("A2", (420.0, 594.0)),
    ("A1", (594.0, 841.0)),
];

impl Leaves {
    /// Those of a long document are counted and not kept: they have a file of their
    /// own, and room enough is taken by them once.
    pub fn of(pages: &PagedDocument, keep: bool) -> Self {
        let pages = pages.pages();
        let size = pages.first().map(|page| page.frame.size());
        Self {
            pages: if keep { pages.to_vec() } else { Vec::new() },
            size: size.map_or((0.0, 0.0), |size| (size.x.to_mm(), size.y.to_mm())),
            count: pages.len(),
        }
    }

    pub fn count(&self) -> usize {
        self.count
    }

    pub fn is_kept(&self) -> bool {
        !self.pages.is_empty()
    }

    pub fn lies_across(&self) -> bool {
        self.size.0 > self.size.1
    }

    /// `A4`
    pub fn paper(&self) -> String {
        let (short, long) = (self.size.0.min(self.size.1), self.size.0.max(self.size.1));
        let is_it = |size: (f64, f64)| (size.0 - short).abs() < 1.0 && (size.1 - long).abs() < 1.0;
        let known = PAPERS.iter().find(|(_, size)| is_it(*size));
        known.map_or_else(|| format!("{short:.0}×{long:.0}毫米"), |(name, _)| (*name).to_owned())
    }
}

/// One PDF of all these pages in their order, each document so many times.
///
/// # Errors
/// What cannot be written as PDF.
pub fn join(title: &str, leaves: &[(&Leaves, usize)]) -> Result<Vec<u8>, Report> {
    let copies = leaves.iter().flat_map(|(leaves, copies)| {
        std::iter::repeat_n(&leaves.pages, *copies).flatten().cloned()
    });
    let info = DocumentInfo { title: Some(title.into()), ..DocumentInfo::default() };
    let pages = PagedDocument::new(copies.collect(), info);
    // For the printer, not for the archive: of what was several documents there is
    // no one structure to tell.
    let options = PdfOptions {
        ident: Smart::Custom(format!("zhangbang/print/{title}")),
        tagged: false,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&pages, &options).map_err(|errors| {
        let said: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
        Diagnostic::error(
            "typst",
            format!("不能合成打印用的文件，Typst 的说明是：{}。", said.join("；")),
        )
        .into()
    })
}
