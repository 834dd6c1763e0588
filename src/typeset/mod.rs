//! Pages: a [`Document`](crate::compose::Document) becomes a PDF, a Word file, a
//! web page or pictures. The only place that knows Typst.

mod data;
pub mod docx;
pub mod fonts;
pub mod html;
pub mod memory;
pub mod pdf;
pub mod png;
pub mod printer;
mod proof;
mod rows;
mod sheet;
mod world;

pub use fonts::Fonts;
pub use html::WebPages;
pub use pdf::{Job, Pdf, Typesetter};
pub use printer::Leaves;
pub use world::Layouts;
