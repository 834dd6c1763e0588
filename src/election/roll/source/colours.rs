//! Colours of cells: what somebody meant by them nobody can read, so that whoever
//! painted a few rows is asked.

use quick_xml::events::BytesStart;

use super::xml;

/// A colour, of a cell or of what is written in it; plain ones are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Colour {
    /// Red, green and blue.
    Rgb(u32),
    /// One of the workbook's own.
    Own(u32),
}

impl Colour {
    /// The colour that an element names; black and white are plain.
    pub(crate) fn of(tag: &BytesStart) -> Option<Self> {
        /// Before these the palette has black and white twice, after them the
        /// colours that the system sets.
        const PALETTE: std::ops::Range<u32> = 10..64;
        let number = |name: &str| xml::attribute(tag, name)?.parse::<u32>().ok();
        if let Some(rgb) = xml::attribute(tag, "rgb") {
            let rgb = u32::from_str_radix(rgb.get(rgb.len().checked_sub(6)?..)?, 16).ok()?;
            return Some(Self::Rgb(rgb)).filter(|colour| !colour.is_plain());
        }
        // The first two are those of paper and ink, however tinted.
        let own = number("theme").filter(|theme| *theme > 1);
        own.or(number("indexed").filter(|at| PALETTE.contains(at))).map(Self::Own)
    }

    /// Whether it is black or white, or next to it.
    fn is_plain(self) -> bool {
        const INK: u32 = 0x50;
        const PAPER: u32 = 0xE0;
        let [least, .., most] = self.sorted();
        self.is_grey() && (most < INK || least > PAPER)
    }

    fn is_grey(self) -> bool {
        const NEAR: u32 = 24;
        let [least, .., most] = self.sorted();
        most - least < NEAR
    }

    fn sorted(self) -> [u32; 3] {
        let mut parts = self.parts();
        parts.sort_unstable();
        parts
    }

    fn parts(self) -> [u32; 3] {
        match self {
            Self::Rgb(rgb) => [rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF],
            Self::Own(_) => [0; 3],
        }
    }

    /// What it is called.
    pub(crate) fn name(self) -> &'static str {
        let parts = self.parts();
        // Pale ones are the same, with white in them.
        let white = parts.into_iter().min().unwrap_or_default();
        let [red, green, blue] = parts.map(|part| part - white);
        let most = red.max(green).max(blue);
        let has = |part: u32| part * 5 >= most * 3;
        match (self, has(red), has(green), has(blue)) {
            (Self::Own(_), ..) => "有颜色",
            _ if self.is_grey() => "灰色",
            (_, true, true, false) => "黄色",
            (_, true, false, true) => "紫色",
            (_, true, ..) => "红色",
            (_, _, true, false) => "绿色",
            _ => "蓝色",
        }
    }
}

/// Whether six hexadecimal digits are those of white, or next to it.
pub(crate) fn is_white(rgb: &str) -> bool {
    let number = u32::from_str_radix(rgb, 16).ok().filter(|_| rgb.len() == 6);
    number.is_some_and(|rgb| {
        let [_, parts @ ..] = rgb.to_be_bytes();
        are_white(&parts)
    })
}

/// As [`is_white`], of red, green and blue.
pub(crate) fn are_white(parts: &[u8]) -> bool {
    const NEAR: u8 = 0xF0;
    parts.iter().all(|part| *part >= NEAR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_colours() {
        for (rgb, name) in [
            (0xFF_FF00, "黄色"),
            (0xFF_0000, "红色"),
            (0x92_D050, "绿色"),
            (0x00_70C0, "蓝色"),
            (0xCC_FFCC, "绿色"),
            (0xBF_BFBF, "灰色"),
        ] {
            assert_eq!(Colour::Rgb(rgb).name(), name, "{rgb:06X}");
        }
        assert!(Colour::Rgb(0xF2_F2F2).is_plain() && Colour::Rgb(0).is_plain());
    }

    #[test]
    fn reads_colours_of_elements() {
        let of = |text| Colour::of(&BytesStart::from_content(text, 5));
        assert_eq!(of("color rgb=\"FFFF0000\""), Some(Colour::Rgb(0xFF_0000)));
        assert_eq!(of("color theme=\"1\""), None);
        assert_eq!(of("color theme=\"5\" tint=\"0.4\""), Some(Colour::Own(5)));
        assert_eq!(of("color indexed=\"64\""), None);
        assert_eq!(of("color rgb=\"x\""), None);
    }
}
