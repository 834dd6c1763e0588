//! Running text.

use super::wml::{Paragraph, Run};
use crate::compose::document::{Inline, LONGEST_BAR, Text};
use crate::typeset::sheet::HalfPoints;

/// Names on a certificate.
const LARGE: HalfPoints = 58;

/// Bars are half as high as the figures beside them.
const BAR: HalfPoints = 12;

pub(super) fn rich(paragraph: Paragraph, text: &Text) -> Paragraph {
    written(paragraph, text, |paragraph, inline| paragraph.with(run(inline)))
}

/// The same, with names in large print.
pub(super) fn honoured(paragraph: Paragraph, text: &Text) -> Paragraph {
    written(paragraph, text, |paragraph, inline| match inline {
        Inline::Name(_) => paragraph.with(run(inline).size(LARGE).fonts("方正小标宋简体")),
        inline => paragraph.with(run(inline)),
    })
}

/// Adds each piece of a text. A blank at the end of a line would be dropped as
/// mere spaces, and its rule with it, were nothing behind it.
pub(super) fn written(
    paragraph: Paragraph,
    text: &Text,
    add: impl Fn(Paragraph, &Inline) -> Paragraph,
) -> Paragraph {
    let paragraph = text.0.iter().fold(paragraph, add);
    match text.0.last() {
        Some(Inline::Blank(_)) => paragraph.with(Run::of("\u{200b}")),
        _ => paragraph,
    }
}

pub(super) fn run(inline: &Inline) -> Run {
    match inline {
        Inline::Plain(text) | Inline::Name(text) => Run::of(text),
        Inline::Strong(text) => Run::of(text).fonts("黑体"),
        Inline::Blank(width) => Run::of("\u{3000}".repeat(*width)).underlined(),
        // In a cell they are drawn.
        Inline::Boxes(count) => Run::of("□".repeat(*count)).fonts("宋体"),
        // The row is higher for it.
        Inline::Room(_) => Run::default(),
        // Shaded spaces, so fine that the lengths can be told apart.
        Inline::Bar(percent) => {
            Run::of("\u{3000}".repeat((percent * LONGEST_BAR * 2).div_ceil(100))).size(BAR).shaded()
        }
    }
}
