//! Characters that are the same, or are not seen.

/// The half-width form of a character that has one: `１` is `1`, `Ａ` is `A`.
pub fn half(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '！'..='～' => char::from_u32(c as u32 - '！' as u32 + '!' as u32).unwrap_or(c),
        _ => c,
    }
}

/// Whether a character takes no room, or turns or breaks the text around it,
/// without being seen.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Whether a character has no place in a line of text: one that is not seen, a
/// control, or none at all.
pub fn is_unprintable(c: char) -> bool {
    c.is_control() || is_invisible(c) || matches!(c, '\u{FFFC}'..='\u{FFFF}')
}

/// Whether it is one of the Chinese characters that names and words are nearly all made of.
pub fn is_common_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_forms_become_half() {
        let text: String = "２０２６－０５．Ａ　张".chars().map(half).collect();
        assert_eq!(text, "2026-05.A 张");
    }

    #[test]
    fn what_is_not_seen_is_not_printed() {
        assert!("\u{200b}\u{202e}\u{ad}\n\u{fffc}".chars().all(is_unprintable));
        assert!(!"张·A １，\u{fe00}".chars().any(is_unprintable));
    }
}
