//! Running text.

use docx_rs::{Paragraph, Run};

use super::styles::fonts;
use crate::compose::document::{Inline, Text};
use crate::typeset::sheet::HalfPoints;

/// Names on a certificate.
const LARGE: HalfPoints = 58;

pub fn rich(paragraph: Paragraph, text: &Text) -> Paragraph {
    let paragraph =
        text.0.iter().fold(paragraph, |paragraph, inline| paragraph.add_run(run(inline)));
    closed(paragraph, text)
}

/// The same, with names in large print.
pub fn honoured(paragraph: Paragraph, text: &Text) -> Paragraph {
    let paragraph = text.0.iter().fold(paragraph, |paragraph, inline| match inline {
        Inline::Name(_) => {
            paragraph.add_run(run(inline).size(LARGE).fonts(fonts("方正小标宋简体")))
        }
        inline => paragraph.add_run(run(inline)),
    });
    closed(paragraph, text)
}

/// A blank at the end of a line would be dropped as mere spaces, and its rule
/// with it, were nothing behind it.
pub fn closed(paragraph: Paragraph, text: &Text) -> Paragraph {
    match text.0.last() {
        Some(Inline::Blank(_)) => paragraph.add_run(Run::new().add_text("\u{200b}")),
        _ => paragraph,
    }
}

pub fn run(inline: &Inline) -> Run {
    match inline {
        Inline::Plain(text) | Inline::Name(text) => Run::new().add_text(text),
        Inline::Strong(text) => Run::new().add_text(text).fonts(fonts("黑体")),
        Inline::Blank(width) => Run::new().add_text("\u{3000}".repeat(*width)).underline("single"),
        // In a cell they are drawn.
        Inline::Boxes(count) => Run::new().add_text("□".repeat(*count)).fonts(fonts("宋体")),
        // The row is higher for it.
        Inline::Room(_) => Run::new(),
    }
}
