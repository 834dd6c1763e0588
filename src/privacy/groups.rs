//! Digits as people write them, and how they stand together.

use std::ops::Range;

use crate::text;

/// Digits that stand together, in one script.
#[derive(Debug)]
pub(super) struct Group {
    pub range: Range<usize>,
    /// In ASCII; `*` stands for one that is hidden.
    pub digits: String,
    /// Where each stands.
    pub places: Vec<usize>,
    /// Where an `X` ends that stands right after them.
    pub cross: Option<usize>,
    /// The short word of letters before them, as in `E12345678`, in capitals.
    pub letters: String,
    /// What stands between them and the group before.
    pub gap: Gap,
}

/// What stands between two groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Signs that people put into a number, such as a space, a hyphen, brackets.
    Close(String),
    /// Signs that rather part one thing from another, such as a comma.
    Loose(String),
    /// Anything else: the two are no parts of one number.
    Far,
}

/// The groups of a text: of what is shown, and with hidden digits among them.
pub(super) struct Read {
    pub shown: Vec<Group>,
    pub hidden: Vec<Group>,
}

/// What a character is to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Digit {
        value: char,
        is_han: bool,
    },
    /// `X`, which ends an ID number, or hides a digit.
    Cross,
    /// Hides a digit, if it is not alone.
    Mask,
    Letter(char),
    Close(char),
    Loose(char),
    Other,
}

struct Sign {
    range: Range<usize>,
    kind: Kind,
}

impl Sign {
    fn is_digit(&self) -> bool {
        matches!(self.kind, Kind::Digit { .. })
    }

    fn is_close(&self) -> bool {
        matches!(self.kind, Kind::Close(_))
    }
}

pub(super) fn read(text: &str) -> Read {
    let mut signs = signs(text);
    settle_masks(&mut signs);
    settle_words(&mut signs);
    Read { shown: grouped(&signs, false), hidden: grouped(&signs, true) }
}

/// The digit that a character is, in ASCII.
pub(super) fn digit(c: char) -> Option<char> {
    match kind(c) {
        Kind::Digit { value, .. } => Some(value),
        _ => None,
    }
}

/// Whether a number can have the character for a digit of its own: one, one that hides it,
/// or a letter that resembles it or stands before it.
pub(super) fn may_be_digit(c: char) -> bool {
    matches!(kind(c), Kind::Digit { .. } | Kind::Cross | Kind::Mask | Kind::Letter(_))
}

/// Where the digits of a script begin.
const ZEROS: &str = "0٠۰߀०০੦૦୦௦౦೦൦෦๐໐༠၀႐០᠐᥆᧐᪀᪐᭐᮰᱀᱐꘠꣐꤀꧐꧰꩐꯰𝟎𝟘𝟢𝟬𝟶";
/// Where those begin that have a one, but no nought beside it.
const ONES: &str = "①⑴⒈❶➀➊⓵㈠㊀〡";
const NOUGHTS: &str = "〇零⓪⓿🄋🄌⁰₀";
/// In Chinese, as people write them, say them, and write them on bills.
const HAN: [&str; 4] =
    ["一二三四五六七八九", "壹贰叁肆伍陆柒捌玖", "幺两叄肆伍陸柒捌玖", "弌弍弎亖伍陸染捌玖"];
const RAISED: [&str; 2] = ["¹²³⁴⁵⁶⁷⁸⁹", "₁₂₃₄₅₆₇₈₉"];

fn kind(c: char) -> Kind {
    let latin = |value| Kind::Digit { value, is_han: false };
    match text::half(c) {
        c @ '0'..='9' => return latin(c),
        'x' | 'X' | '×' | '✕' | 'Х' | 'х' | 'Χ' | 'χ' | 'Ⅹ' | 'ⅹ' => return Kind::Cross,
        c @ ('a'..='z' | 'A'..='Z') => return Kind::Letter(c),
        '*' | '#' | '?' | '●' | '■' | '◆' | '█' | '•' | '○' | '✱' | '∗' => {
            return Kind::Mask;
        }
        '\n' => return Kind::Loose('\n'),
        c if c.is_whitespace() => return Kind::Close(' '),
        '-' | '‐'..='―' | '−' | 'ー' | '﹣' => return Kind::Close('-'),
        c @ ('.' | '·' | '・' | '‧' | '∙' | '｡' | '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>'
        | '〈' | '〉' | '《' | '》' | '「' | '」' | '『' | '』' | '【' | '】' | '〔'
        | '〕' | '/' | '\\' | '_' | '~' | '〜' | '\'' | '"' | '‘' | '’' | '“' | '”' | '`'
        | '^' | '…') => return Kind::Close(c),
        c @ (',' | '、' | ';' | ':' | '|' | '+' | '&' | '=' | '。' | '!') => {
            return Kind::Loose(c);
        }
        c if c.is_ascii() => return Kind::Other,
        _ => {}
    }
    let of_nine = |first: char| (c as u32).checked_sub(first as u32).filter(|n| *n < 9);
    let of_ten = |zero: char| (c as u32).checked_sub(zero as u32).filter(|n| *n < 10);
    let value = |n: u32| char::from_digit(n, 10).unwrap_or('0');
    let among_han = HAN.iter().find(|word| word.contains(c));
    if let Some(n) = among_han.and_then(|word| word.chars().position(|one| one == c)) {
        return Kind::Digit { value: value(1 + u32::try_from(n).unwrap_or(0)), is_han: true };
    }
    if NOUGHTS.contains(c) {
        return Kind::Digit { value: '0', is_han: matches!(c, '〇' | '零') };
    }
    if ('一'..='鿿').contains(&c) {
        return Kind::Other;
    }
    let raised = RAISED.iter().find_map(|word| word.chars().position(|one| one == c));
    let raised = raised.and_then(|n| u32::try_from(n + 1).ok());
    let begun = || ONES.chars().find_map(of_nine).map(|n| n + 1);
    let found = raised.or_else(begun).or_else(|| ZEROS.chars().find_map(of_ten));
    found.map_or(Kind::Other, |n| latin(value(n)))
}

/// Every character that is seen.
fn signs(text: &str) -> Vec<Sign> {
    let mut signs: Vec<Sign> = Vec::new();
    for (at, c) in text.char_indices() {
        let range = at..at + c.len_utf8();
        // What is not seen, and the key around a digit: 1️⃣.
        let is_unseen = text::is_invisible(c) || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{20e3}');
        match signs.last_mut().filter(|_| is_unseen) {
            Some(last) => last.range.end = range.end,
            None => signs.push(Sign { range, kind: kind(c) }),
        }
    }
    signs
}

/// Whether a digit stands there, at most one sign away.
fn is_near<'s>(mut signs: impl Iterator<Item = &'s Sign>) -> bool {
    let first = signs.next();
    let second = first.filter(|first| first.is_close()).and(signs.next());
    first.into_iter().chain(second).any(Sign::is_digit)
}

/// Stars, and crosses in a row, hide digits that they stand beside: `138****8000`. One
/// star is only a sign, and a ring among Chinese digits is a nought.
fn settle_masks(signs: &mut [Sign]) {
    let mut from = 0;
    while from < signs.len() {
        let kind = signs[from].kind;
        let count = signs[from..].iter().take_while(|sign| sign.kind == kind).count();
        let (run, before) = (from..from + count, from.checked_sub(1).and_then(|at| signs.get(at)));
        let is_beside = is_near(signs[..from].iter().rev()) || is_near(signs[run.end..].iter());
        let after_han = matches!(before, Some(Sign { kind: Kind::Digit { is_han: true, .. }, .. }));
        let settled = match kind {
            Kind::Mask if after_han && count < 4 => Kind::Digit { value: '0', is_han: true },
            Kind::Mask | Kind::Cross if count > 1 && is_beside => Kind::Mask,
            Kind::Mask if count == 1 => Kind::Close('*'),
            Kind::Mask => Kind::Other,
            other => other,
        };
        signs[run.clone()].iter_mut().for_each(|sign| sign.kind = settled);
        from = run.end;
    }
}

/// Words of letters and digits: what is typed for a digit that it resembles is one, and
/// a checksum is no number.
fn settle_words(signs: &mut [Sign]) {
    let letter = |sign: &Sign| match sign.kind {
        Kind::Letter(c) => Some(c),
        Kind::Digit { value, is_han: false } => Some(value),
        _ => None,
    };
    let mut from = 0;
    while from < signs.len() {
        let word: String = signs[from..].iter().map_while(letter).collect();
        let run = from..from + word.len();
        from = run.end.max(from + 1);
        let letters = word.chars().filter(char::is_ascii_alphabetic).count();
        if letters == 0 {
            continue;
        }
        if is_checksum(&word) {
            signs[run].iter_mut().for_each(|sign| sign.kind = Kind::Other);
        } else if word.len() >= 11
            && word.len() >= letters + 4
            && word.chars().all(is_taken_for_digit)
        {
            for sign in &mut signs[run] {
                let value = match sign.kind {
                    Kind::Letter('o' | 'O') => '0',
                    Kind::Letter(_) => '1',
                    _ => continue,
                };
                sign.kind = Kind::Digit { value, is_han: false };
            }
        }
    }
}

fn is_taken_for_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, 'o' | 'O' | 'l' | 'I')
}

/// `a36a1cdfddf0d66b`: letters and digits by turns.
fn is_checksum(word: &str) -> bool {
    let turns =
        word.as_bytes().windows(2).filter(|two| two[0].is_ascii_digit() != two[1].is_ascii_digit());
    word.len() >= 16 && word.bytes().all(|byte| byte.is_ascii_hexdigit()) && turns.count() >= 3
}

/// The groups, with what is hidden as digits of them, or as what parts them.
fn grouped(signs: &[Sign], with_hidden: bool) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    // Where the last group ended, and in what script.
    let (mut ended, mut script) = (0, None);
    for (at, sign) in signs.iter().enumerate() {
        let (value, own) = match sign.kind {
            Kind::Digit { value, is_han } => (value, Some(is_han)),
            Kind::Mask if with_hidden => ('*', None),
            Kind::Cross => {
                let between = &signs[ended..at];
                let is_near = between.len() <= 1 && between.iter().all(Sign::is_close);
                if let Some(group) = groups.last_mut().filter(|_| is_near) {
                    group.cross = group.cross.or(Some(sign.range.end));
                    ended = if between.is_empty() { at + 1 } else { ended };
                }
                continue;
            }
            _ => continue,
        };
        let goes_on = ended == at && script == Some(own);
        match groups.last_mut().filter(|group| goes_on && group.cross.is_none()) {
            Some(group) => {
                group.digits.push(value);
                group.places.push(sign.range.start);
                group.range.end = sign.range.end;
            }
            None => {
                let gap = if groups.is_empty() { Gap::Far } else { gap(&signs[ended..at]) };
                groups.push(Group {
                    range: sign.range.clone(),
                    digits: value.to_string(),
                    places: vec![sign.range.start],
                    cross: None,
                    letters: letters(&signs[..at]),
                    gap,
                });
            }
        }
        (ended, script) = (at + 1, Some(own));
    }
    groups
}

fn gap(between: &[Sign]) -> Gap {
    const FEW: usize = 3;
    let mut said = String::new();
    let mut is_loose = false;
    for sign in between {
        let c = match sign.kind {
            Kind::Close(c) => c,
            Kind::Loose(c) => {
                is_loose = true;
                c
            }
            _ => return Gap::Far,
        };
        // Any room is one space.
        if c != ' ' || !said.ends_with([' ', '\n']) {
            said.push(c);
        }
    }
    match said.chars().count() {
        0..=FEW if is_loose => Gap::Loose(said),
        0..=FEW => Gap::Close(said),
        _ => Gap::Far,
    }
}

/// A word of one to three letters right before, or with a space or hyphen between.
fn letters(before: &[Sign]) -> String {
    let before = match before {
        [rest @ .., Sign { kind: Kind::Close(' ' | '-'), .. }] => rest,
        all => all,
    };
    let letter = |sign: &Sign| match sign.kind {
        Kind::Letter(c) => Some(c.to_ascii_uppercase()),
        Kind::Cross => Some('X'),
        _ => None,
    };
    let word: Vec<char> = before.iter().rev().map_while(letter).collect();
    let is_glued = before.iter().rev().nth(word.len()).is_some_and(Sign::is_digit);
    if word.len() > 3 || is_glued { String::new() } else { word.into_iter().rev().collect() }
}
