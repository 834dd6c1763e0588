//! Texts made of nothing but known words.

use std::collections::HashMap;

use super::numerals::is_numeral;

/// Words by their first sign, and the signs that may join them.
pub(super) struct Vocabulary {
    by_sign: HashMap<char, Vec<&'static str>>,
    fillers: &'static str,
}

impl Vocabulary {
    pub(super) fn new(words: &[&'static str], fillers: &'static str) -> Self {
        let mut by_sign: HashMap<char, Vec<&'static str>> = HashMap::new();
        for word in words {
            by_sign.entry(word.chars().next().unwrap_or_default()).or_default().push(word);
        }
        Self { by_sign, fillers }
    }

    /// Whether a text is made of these words, with figures and signs between them.
    /// One that is longer than a line is made of too much to be known.
    pub(super) fn makes_up(&self, text: &str) -> bool {
        const LONGEST: usize = 400;
        if text.len() > LONGEST {
            return false;
        }
        // By where a word may begin: whether there was any before.
        let mut reached: Vec<Option<bool>> = vec![None; text.len() + 1];
        reached[0] = Some(false);
        for (at, first) in text.char_indices() {
            let Some(knows_any) = reached[at] else { continue };
            for word in self.words_at_start(&text[at..], first) {
                reached[at + word.len()] = Some(true);
            }
            if self.joins(first) {
                let next = &mut reached[at + first.len_utf8()];
                *next = Some(knows_any || next.unwrap_or_default());
            }
        }
        reached[text.len()] == Some(true)
    }

    /// Whether a text is of figures, signs and what joins words.
    pub(super) fn is_filler(&self, text: &str) -> bool {
        text.chars().all(|c| self.joins(c))
    }

    fn words_at_start(&self, text: &str, first: char) -> impl Iterator<Item = &'static str> {
        let words = self.by_sign.get(&first).map_or(&[][..], Vec::as_slice);
        words.iter().filter(move |word| text.starts_with(**word)).copied()
    }

    fn joins(&self, c: char) -> bool {
        self.fillers.contains(c) || is_numeral(c) || !c.is_alphanumeric()
    }
}
