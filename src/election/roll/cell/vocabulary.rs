//! Texts made of nothing but known words.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::numerals::is_numeral;

/// Words by their first sign, the longest first, and the signs that may join them.
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
        by_sign.values_mut().for_each(|words| words.sort_by_key(|word| Reverse(word.len())));
        Self { by_sign, fillers }
    }

    /// Whether a text is made of these words, with figures and signs between them.
    pub(super) fn makes_up(&self, text: &str) -> bool {
        let mut rest = text;
        let mut knows_any = false;
        while let Some(first) = rest.chars().next() {
            if let Some(word) = self.word_at_start(rest, first) {
                (rest, knows_any) = (&rest[word.len()..], true);
            } else if self.joins(first) {
                rest = &rest[first.len_utf8()..];
            } else {
                return false;
            }
        }
        knows_any
    }

    /// Whether a text is of figures, signs and what joins words.
    pub(super) fn is_filler(&self, text: &str) -> bool {
        text.chars().all(|c| self.joins(c))
    }

    fn word_at_start(&self, text: &str, first: char) -> Option<&'static str> {
        self.by_sign.get(&first)?.iter().find(|word| text.starts_with(**word)).copied()
    }

    fn joins(&self, c: char) -> bool {
        self.fillers.contains(c) || is_numeral(c) || !c.is_alphanumeric()
    }
}
