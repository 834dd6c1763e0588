//! Citizen identity numbers (GB 11643): form, check digit, birth and sex.

use jiff::civil::Date;

use super::person::Sex;

/// A citizen identity number in its form of 18 characters. Its type forbids
/// nothing by itself: keep it in a [`Personal`](crate::privacy::Personal).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdNumber([u8; 18]);

/// Why a text is not an identity number. None of them repeats the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdError {
    /// A spreadsheet turned it into a number such as 4.4E+17: digits are lost.
    Scientific,
    /// Some of it is hidden by `*`.
    Masked,
    /// Digits, but not 18 (or the 15 of an old number).
    Length(usize),
    /// Something else: a passport, a certificate, a word.
    Form,
}

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const PROVINCES: [std::ops::RangeInclusive<u8>; 8] =
    [11..=15, 21..=23, 31..=37, 41..=46, 50..=54, 61..=65, 71..=71, 81..=83];
const CHECK_CHARACTERS: &[u8; 11] = b"10X98765432";

impl IdNumber {
    /// Reads a number of 18 characters, whatever its check digit, or an old one
    /// of 15 digits, which is brought into the form of 18. `text` is
    /// half-width; spaces, hyphens and the marks by which tables keep a number
    /// as text (`'…`, `="…"`) are overlooked.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let mut digits = [0; 18];
        let mut len = 0;
        let bare = text.trim_start_matches(['\'', '=']);
        for byte in bare.bytes().filter(|byte| !matches!(byte, b' ' | b'-' | b'\t' | b'"')) {
            if len < 18 {
                digits[len] = byte.to_ascii_uppercase();
            }
            len += 1;
        }
        let is_number = |digits: &[u8]| digits.iter().all(u8::is_ascii_digit);
        match len {
            18 if is_number(&digits[..17]) && matches!(digits[17], b'0'..=b'9' | b'X') => {
                Ok(Self(digits))
            }
            15 if is_number(&digits[..15]) => Ok(Self::from_old(&digits)),
            _ => Err(fault(bare)),
        }
    }

    /// The numbers of the first cards left out the century, which was the
    /// twentieth, and had no check digit.
    fn from_old(old: &[u8; 18]) -> Self {
        let mut digits = [b'0'; 18];
        digits[..6].copy_from_slice(&old[..6]);
        digits[6..8].copy_from_slice(b"19");
        digits[8..17].copy_from_slice(&old[6..15]);
        digits[17] = check_character(&digits);
        Self(digits)
    }

    /// Whether the last character is what the others ask for (ISO 7064 MOD 11-2).
    pub fn check_holds(&self) -> bool {
        self.0[17] == check_character(&self.0)
    }

    /// Whether it begins with the number of a province (GB/T 2260), or with that of a
    /// residence permit of Hong Kong, Macao and Taiwan.
    pub fn area_is_known(&self) -> bool {
        let province = (self.0[0] - b'0') * 10 + (self.0[1] - b'0');
        PROVINCES.iter().any(|range| range.contains(&province))
    }

    /// The date of birth it carries, if the calendar has such a day.
    pub fn birth(&self) -> Option<Date> {
        let part = |from: usize, to: usize| {
            self.0[from..to].iter().fold(0i16, |sum, digit| sum * 10 + i16::from(digit - b'0'))
        };
        let small = |from, to| i8::try_from(part(from, to)).ok();
        Date::new(part(6, 10), small(10, 12)?, small(12, 14)?).ok()
    }

    /// The seventeenth digit is odd for men and even for women.
    pub fn sex(&self) -> Sex {
        if (self.0[16] - b'0') % 2 == 1 { Sex::Male } else { Sex::Female }
    }

    /// Whether both may be of one person whose birth was corrected: all else is the same but
    /// the check digit.
    pub fn is_like_but_for_birth(&self, other: &Self) -> bool {
        self.0[..6] == other.0[..6] && self.0[14..17] == other.0[14..17]
    }

    /// Whether it ends as a number does of which a spreadsheet kept 15 digits.
    pub fn looks_rounded(&self) -> bool {
        self.0.ends_with(b"000")
    }

    /// The number itself: for the archive's own register and for nothing else.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("only ASCII is let in")
    }
}

fn check_character(digits: &[u8; 18]) -> u8 {
    let sum: u32 =
        WEIGHTS.iter().zip(digits).map(|(weight, digit)| weight * u32::from(digit - b'0')).sum();
    CHECK_CHARACTERS[(sum % 11) as usize]
}

fn fault(text: &str) -> IdError {
    let text: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '\t' | '"')).collect();
    let digits = text.strip_suffix(['X', 'x']).unwrap_or(&text);
    if is_scientific(&text) {
        IdError::Scientific
    } else if text.contains('*') {
        IdError::Masked
    } else if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        IdError::Length(text.len())
    } else {
        IdError::Form
    }
}

/// Whether it is a number with an exponent, as `4.40106E+17`.
fn is_scientific(text: &str) -> bool {
    text.contains(['E', 'e'])
        && text.contains(['.', '+'])
        && text.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn id(text: &str) -> IdNumber {
        IdNumber::parse(text).unwrap_or_else(|fault| panic!("{fault:?}"))
    }

    fn fault_of(text: &str) -> Option<IdError> {
        IdNumber::parse(text).err()
    }

    #[test]
    fn a_number_with_another_birth_is_like_it() {
        let id = |text: &str| IdNumber::parse(text).unwrap();
        let one = id("11010519491231002X");
        assert!(one.is_like_but_for_birth(&id("110105194912300021")));
        assert!(!one.is_like_but_for_birth(&id("110105194912310143")));
    }

    #[test]
    fn checks_the_last_character() {
        assert!(id("34052419800101001X").check_holds());
        assert!(id("11010519491231002x").check_holds());
        assert!(!id("110105194912310021").check_holds());
        assert!(!id("11010519491231020X").check_holds());
    }

    #[test]
    fn knows_the_numbers_of_provinces() {
        assert!(id("110105194912310021").area_is_known());
        assert!(id("810000199408230021").area_is_known());
        assert!(!id("000000194912310021").area_is_known());
        assert!(!id("991105194912310021").area_is_known());
    }

    #[test]
    fn reads_birth_and_sex() {
        let woman = id("11010519491231002X");
        assert_eq!(woman.birth(), Some(date(1949, 12, 31)));
        assert_eq!(woman.sex(), Sex::Female);
        assert_eq!(id("110105194913310021").birth(), None);
    }

    #[test]
    fn brings_old_numbers_into_the_new_form() {
        assert_eq!(id("110105491231002").as_str(), "11010519491231002X");
        assert!(id("110105491231002").check_holds());
    }

    #[test]
    fn overlooks_what_keeps_a_number_as_text() {
        for text in [
            "'11010519491231002X",
            "=\"11010519491231002X\"",
            "110105 19491231 002X",
            "11010519491231002X\t",
        ] {
            assert_eq!(id(text).as_str(), "11010519491231002X");
        }
    }

    #[test]
    fn says_why_a_text_is_no_number() {
        assert_eq!(fault_of("4.40106E+17"), Some(IdError::Scientific));
        assert_eq!(fault_of("4.4e+17"), Some(IdError::Scientific));
        assert_eq!(fault_of("110105********002X"), Some(IdError::Masked));
        assert_eq!(fault_of("11010519491231002"), Some(IdError::Length(17)));
        assert_eq!(fault_of("1101051949123100211"), Some(IdError::Length(19)));
        assert_eq!(fault_of("E12345678"), Some(IdError::Form));
        assert_eq!(fault_of("护照"), Some(IdError::Form));
        assert_eq!(fault_of(""), Some(IdError::Form));
    }

    proptest! {
        #[test]
        fn never_panics(text in "[0-9Xx*.E+'\"= -]{0,24}|\\PC*") {
            if let Ok(id) = IdNumber::parse(&text) {
                let _ = (id.birth(), id.sex(), id.check_holds(), id.as_str());
            }
        }

        #[test]
        fn notices_any_one_wrong_digit(seed in 0u64..10u64.pow(15), at in 0usize..17, by in 1u8..10) {
            let mut digits = *b"000000000000000000";
            digits[..17].copy_from_slice(format!("{:017}", seed + 10u64.pow(16)).as_bytes());
            digits[17] = check_character(&digits);
            prop_assert!(IdNumber(digits).check_holds());
            digits[at] = b'0' + (digits[at] - b'0' + by) % 10;
            prop_assert!(!IdNumber(digits).check_holds());
        }
    }
}
