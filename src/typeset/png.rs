//! Pictures of the pages, for WeChat.

use typst::utils::Scalar;
use typst_layout::PagedDocument;
use typst_render::RenderOptions;

use crate::diagnostic::Diagnostic;

/// 144 dots an inch: sharp on a phone, and small enough to send.
const PIXELS_PER_POINT: f64 = 2.0;

/// Each page as PNG.
///
/// # Errors
/// The encoder's own; a page in memory gives no cause for one.
pub fn draw(pages: &PagedDocument) -> Result<Vec<Vec<u8>>, Diagnostic> {
    let options =
        RenderOptions { pixel_per_pt: Scalar::new(PIXELS_PER_POINT), ..RenderOptions::default() };
    let encode = |page| typst_render::render(page, &options).encode_png();
    let pictures = pages.pages().iter().map(encode).collect::<Result<_, _>>();
    pictures.map_err(|error| Diagnostic::error("png", format!("画不成图片：{error}")))
}
