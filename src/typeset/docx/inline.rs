//! Running text.

use docx_rs::{Paragraph, Run};

use super::styles::fonts;
use crate::compose::document::{Inline, Text};

pub fn rich(paragraph: Paragraph, text: &Text) -> Paragraph {
    text.0.iter().fold(paragraph, |paragraph, inline| paragraph.add_run(run(inline)))
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
