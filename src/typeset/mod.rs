//! Pages: a [`Document`](crate::compose::Document) becomes a PDF, a Word file, a
//! web page or pictures. The only place that knows Typst; without the feature of that
//! name nothing is set, and all else is there.

#[cfg_attr(not(feature = "typst"), allow(dead_code, reason = "what layouts read"))]
mod data;
pub mod docx;
#[cfg_attr(not(feature = "typst"), allow(dead_code, reason = "who sets pages loads fonts"))]
pub mod fontfile;
pub mod html;
pub mod memory;
mod sheet;

#[cfg(feature = "typst")]
pub mod fonts;
#[cfg(feature = "typst")]
pub mod pdf;
#[cfg(feature = "typst")]
pub mod png;
#[cfg(feature = "typst")]
pub mod printer;
#[cfg(feature = "typst")]
mod proof;
#[cfg(feature = "typst")]
pub mod rehearsal;
#[cfg(feature = "typst")]
mod rows;
#[cfg(not(feature = "typst"))]
mod unset;
#[cfg(feature = "typst")]
mod world;

pub use html::WebPages;

#[cfg(feature = "typst")]
pub use self::{
    fonts::Fonts,
    pdf::{Job, Pdf, Typesetter},
    printer::Leaves,
    world::Layouts,
};
#[cfg(not(feature = "typst"))]
pub use unset::{Fonts, Job, Layouts, Leaves, Pdf, Typesetter, fonts, png, printer};
