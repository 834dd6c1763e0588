//! What is said of any person in an election: name and sex.

use std::borrow::Cow;
use std::fmt;

use serde::{Serialize, Serializer};
use unicode_normalization::UnicodeNormalization as _;

use crate::text::{self, is_common_han, is_invisible};

/// 男 or 女, as on the identity card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    Male,
    Female,
}

impl Sex {
    /// The word a user sees.
    pub fn name(self) -> &'static str {
        match self {
            Sex::Male => "男",
            Sex::Female => "女",
        }
    }

    /// Reads the ways a table says it, among them the codes of GB/T 2261.1
    /// (1 is male, 2 female). `text` is trimmed and half-width.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "男" | "男性" | "1" | "1.0" => Some(Sex::Male),
            "女" | "女性" | "2" | "2.0" => Some(Sex::Female),
            _ if ["m", "male"].iter().any(|word| text.eq_ignore_ascii_case(word)) => {
                Some(Sex::Male)
            }
            _ if ["f", "female"].iter().any(|word| text.eq_ignore_ascii_case(word)) => {
                Some(Sex::Female)
            }
            "♂" => Some(Sex::Male),
            "♀" => Some(Sex::Female),
            _ => Self::of_code(text).or_else(|| Self::ticked(text)),
        }
    }

    /// `1-男`, `2.女`: the code before the word.
    fn of_code(text: &str) -> Option<Self> {
        let (code, word) = text.split_once(['-', '.', '、', ':'])?;
        let told = |text: &str, codes: [&str; 2]| codes.contains(&text.trim());
        match () {
            () if told(code, ["1", "01"]) && word.trim() == "男" => Some(Sex::Male),
            () if told(code, ["2", "02"]) && word.trim() == "女" => Some(Sex::Female),
            () => None,
        }
    }

    /// `☑男 □女`: the one with a tick before it.
    fn ticked(text: &str) -> Option<Self> {
        let is_ticked = |word: char| {
            let before = text.split(word).next().filter(|before| before.len() < text.len());
            before.is_some_and(|before| before.trim_end().ends_with(['☑', '√', '✓', '✔', '☒', '■']))
        };
        match (is_ticked('男'), is_ticked('女')) {
            (true, false) => Some(Sex::Male),
            (false, true) => Some(Sex::Female),
            _ => None,
        }
    }
}

impl fmt::Display for Sex {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Sex {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// A name exactly as it was written, without what stands around it and is not seen.
/// Nothing in this program alters it; two names are compared by their
/// [`key`](Name::key).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name(Box<str>);

impl Name {
    pub fn new(written: &str) -> Self {
        Self(trim(written).into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the name is compared by.
    pub fn key(&self) -> Cow<'_, str> {
        name_key(&self.0)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A name in the form in which two spellings of one name are equal: NFC,
/// half-width, one kind of dot, without spaces, invisible characters and
/// variation selectors. For comparison only.
pub fn name_key(name: &str) -> Cow<'_, str> {
    if name.chars().all(is_common_han) {
        return Cow::Borrowed(name);
    }
    name.chars().map(unify).filter(|&c| !is_ignorable(c)).nfc().collect()
}

/// A name without what stands around it and is not seen: room, and what web pages leave
/// behind. A sign that turns the text around is none of it.
pub fn trim(name: &str) -> &str {
    let is_unseen = |c| matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}');
    name.trim_matches(|c: char| c.is_whitespace() || is_unseen(c))
}

/// A table's text trimmed, without full-width forms; for reading values and
/// comparing names of groups, never for printing.
pub fn half_width(text: &str) -> Cow<'_, str> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || is_ignorable(c));
    if text.chars().any(|c| text::half(c) != c) {
        return text.chars().map(text::half).collect();
    }
    Cow::Borrowed(text)
}

/// The dots that stand between the parts of a minority name; the first is the
/// right one.
pub(crate) const NAME_DOTS: [char; 8] = ['·', '・', '•', '‧', '∙', '⋅', '．', '･'];

fn is_ignorable(c: char) -> bool {
    c.is_whitespace() || is_invisible(c) || is_variation_selector(c)
}

/// Selectors of a glyph variant, which are part of a name as it is printed.
pub(crate) fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

fn unify(c: char) -> char {
    if NAME_DOTS.contains(&c) { '·' } else { text::half(c) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn compares_names_without_their_accidents() {
        for (one, other) in [
            ("张三", " 张　三 "),
            ("阿不都·热合曼", "阿不都・热合曼"),
            ("葛\u{E0100}洪", "葛洪"),
            ("张\u{200B}三", "张三"),
            ("Ａ", "A"),
        ] {
            assert_eq!(name_key(one), name_key(other), "{one} {other}");
        }
        assert_ne!(name_key("张三"), name_key("张叁"));
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(name in "\\PC*|[\\u{0}-\\u{10FFFF}]*") {
            let key = name_key(&name).into_owned();
            prop_assert_eq!(name_key(&key), key.as_str());
        }
    }

    #[test]
    fn keeps_the_name_itself() {
        let name = Name::new(" 张　三 ");
        assert_eq!(name.as_str(), "张　三");
        assert_eq!(Name::new("\u{FEFF}张三 \u{200B}").as_str(), "张三");
    }

    #[test]
    fn reads_sex_in_words_and_codes() {
        assert_eq!(Sex::parse("女"), Some(Sex::Female));
        assert_eq!(Sex::parse("Male"), Some(Sex::Male));
        assert_eq!(Sex::parse("2"), Some(Sex::Female));
        assert_eq!(Sex::parse("0"), None);
    }
}
