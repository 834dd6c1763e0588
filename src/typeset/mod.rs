//! Pages: a [`Document`](crate::compose::Document) becomes a PDF. The only
//! place that knows Typst.

mod data;
pub mod fonts;
pub mod pdf;
mod world;

pub use fonts::Fonts;
pub use pdf::{Job, Pdf, Typesetter};
pub use world::Layouts;
