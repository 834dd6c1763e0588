//! Pictures of the pages, for WeChat.

use typst::utils::Scalar;
use typst_layout::{Page, PagedDocument};
use typst_render::RenderOptions;

use super::{Job, Typesetter};
use crate::compose::Document;
use crate::diagnostic::{Diagnostic, Report};

/// 144 dots an inch: sharp on a phone, and small enough to send.
const PIXELS_PER_POINT: f64 = 2.0;

/// Each page as PNG.
///
/// # Errors
/// The encoder's own; a page in memory gives no cause for one.
pub fn draw(pages: &PagedDocument) -> Result<Vec<Vec<u8>>, Diagnostic> {
    pages.pages().iter().map(|page| encode(page, PIXELS_PER_POINT)).collect()
}

fn encode(page: &Page, pixels: f64) -> Result<Vec<u8>, Diagnostic> {
    let options = RenderOptions { pixel_per_pt: Scalar::new(pixels), ..RenderOptions::default() };
    let picture = typst_render::render(page, &options).encode_png();
    picture.map_err(|error| Diagnostic::error("png", format!("画不成图片：{error}")))
}

/// A document on its pages, of which each is drawn when it is looked at.
pub struct Pages(PagedDocument);

impl Typesetter {
    /// Sets one document to be looked at.
    ///
    /// # Errors
    /// All that would keep it from being printed.
    pub fn pages(&self, document: &Document, layout: &str) -> Result<Pages, Report> {
        let job = Job { document, layout };
        let mut set = self.each(&[job], |_, pages| Ok(Pages(pages.clone())))?;
        set.pop().ok_or_else(Report::new)
    }
}

impl Pages {
    pub fn count(&self) -> usize {
        self.0.pages().len()
    }

    /// Width and height of a page, in points.
    pub fn size(&self, page: usize) -> (f64, f64) {
        let size = self.0.pages().get(page).map(|page| page.frame.size());
        size.map_or((0.0, 0.0), |size| (size.x.to_pt(), size.y.to_pt()))
    }

    /// The paper to print on: `A4 纵向`.
    pub fn paper(&self) -> String {
        let (width, height) = self.size(0);
        let short = width.min(height);
        // Millimetres, of the narrow side.
        const PAPERS: [(f64, &str); 5] =
            [(148.0, "A5"), (210.0, "A4"), (297.0, "A3"), (420.0, "A2"), (594.0, "A1")];
        let is_near = |millimetres: f64| (millimetres * 72.0 / 25.4 - short).abs() < 3.0;
        let name = PAPERS.iter().find(|(millimetres, _)| is_near(*millimetres));
        let name = name.map_or("自定纸张", |(_, name)| *name);
        format!("{name} {}", if width > height { "横向" } else { "纵向" })
    }

    /// A page as PNG, with so many pixels a point.
    ///
    /// # Errors
    /// As [`draw`].
    pub fn draw(&self, page: usize, pixels: f64) -> Result<Vec<u8>, Diagnostic> {
        let page = self.0.pages().get(page);
        page.map_or_else(|| Ok(Vec::new()), |page| encode(page, pixels))
    }
}
