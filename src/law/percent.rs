//! Shares in per cent: printed so that none crosses a line that the law draws,
//! and read as people write them.

use super::parameter::Share;
use crate::election::person::half_width;

/// The most decimals that anyone prints or reads.
const MOST_DECIMALS: u32 = 6;

/// `part` of `whole` in per cent, rounded half up to `decimals` places, or to
/// as many more as keep it on its side of `line`: what is short of a half is
/// never printed as one, and 100% only means all. `None` if there is no whole.
pub fn percent(part: u32, whole: u32, decimals: u32, line: Option<Share>) -> Option<String> {
    if whole == 0 {
        return None;
    }
    let (part, whole) = (u128::from(part), u128::from(whole));
    let keeps_its_side = |rounded: u128, decimals: u32| {
        let hundred = 100 * 10u128.pow(decimals);
        let lines = line.map(Share::fraction).into_iter().chain([(0, 1), (1, 1)]);
        lines.into_iter().all(|(numerator, denominator)| {
            let exact = (part * denominator).cmp(&(numerator * whole));
            exact == (rounded * denominator).cmp(&(numerator * hundred))
        })
    };
    let (value, decimals) = (decimals..=MOST_DECIMALS)
        .map(|decimals| (rounded(part, whole, decimals), decimals))
        .find(|&(value, decimals)| keeps_its_side(value, decimals))
        // Two thirds themselves are rounded up with any number of decimals.
        .unwrap_or_else(|| (cut_off(part, whole, decimals), decimals));
    Some(show(value, decimals))
}

/// `part` of `whole` in per cent as an integer of so many decimals.
fn rounded(part: u128, whole: u128, decimals: u32) -> u128 {
    (part * 2 * 100 * 10u128.pow(decimals) + whole) / (whole * 2)
}

fn cut_off(part: u128, whole: u128, decimals: u32) -> u128 {
    part * 100 * 10u128.pow(decimals) / whole
}

fn show(value: u128, decimals: u32) -> String {
    let scale = 10u128.pow(decimals);
    match decimals {
        0 => format!("{value}%"),
        _ => format!("{}.{:0width$}%", value / scale, value % scale, width = decimals as usize),
    }
}

/// A share as somebody wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// In units of the last place that was written.
    value: u128,
    place: Place,
    sense: Sense,
}

/// The last place of a written share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// So many decimals of a per cent.
    Decimals(u32),
    /// Tenths of the whole: 八成.
    Tenths,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sense {
    Exact,
    /// 约, 左右
    About,
    /// 近
    Near,
    /// 不到
    Below,
    /// 超过
    Above,
    /// 以上, which includes the figure itself
    AtLeast,
}

/// How a written share agrees with two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    Full,
    /// Cut off rather than rounded, or far from what is meant: unusual, but not
    /// false.
    CutOff,
    None,
}

impl Written {
    /// Reads `73%`, `约96.2％`, `百分之八十八`, `近九成`, `0.73`. `None` if
    /// it is none of these.
    pub fn read(text: &str) -> Option<Self> {
        let text: String = half_width(text).chars().filter(|c| !c.is_whitespace()).collect();
        let (sense, text) = sense_of(&text);
        let (value, place) = per_cent(text).or_else(|| spelled_out(text))?;
        Some(Self { value, place, sense })
    }

    /// With how many decimals of a per cent it was written, if in per cent.
    pub fn decimals(self) -> Option<u32> {
        match self.place {
            Place::Decimals(decimals) => Some(decimals),
            Place::Tenths => None,
        }
    }

    /// Whether it can be said of `part` of `whole`.
    pub fn agrees(self, part: u32, whole: u32) -> Agreement {
        let (part, whole) = (u128::from(part), u128::from(whole));
        if whole == 0 {
            return Agreement::None;
        }
        // One unit of the last place is `whole * unit` of `part * scale`.
        let (scaled, unit) = match self.place {
            Place::Decimals(decimals) => (part * 100 * 10u128.pow(decimals), whole),
            Place::Tenths => (part * 10, whole),
        };
        let written = self.value * unit;
        let within = scaled.abs_diff(written) <= unit;
        // A tenth of all is much: 约九成 is what is rounded to nine tenths.
        let near = match self.place {
            Place::Decimals(_) => within,
            Place::Tenths => scaled.abs_diff(written) * 2 <= unit,
        };
        let (cut, rounded) = (scaled / unit, (scaled * 2 + unit) / (unit * 2));
        match self.sense {
            Sense::Exact if rounded == self.value => Agreement::Full,
            Sense::About if near => Agreement::Full,
            Sense::Exact | Sense::About if cut == self.value => Agreement::CutOff,
            Sense::Near if near && scaled <= written => Agreement::Full,
            Sense::Below if scaled < written => or_far(within),
            Sense::Above if scaled > written => or_far(within),
            Sense::AtLeast if scaled >= written => or_far(within),
            _ => Agreement::None,
        }
    }
}

/// What is true, but perhaps of something far away.
fn or_far(near: bool) -> Agreement {
    if near { Agreement::Full } else { Agreement::CutOff }
}

/// Words around a figure that say how it is meant, taken away from it.
fn sense_of(text: &str) -> (Sense, &str) {
    const BEFORE: [(&str, Sense); 16] = [
        ("大约", Sense::About),
        ("大概", Sense::About),
        ("约为", Sense::About),
        ("约", Sense::About),
        ("接近", Sense::Near),
        ("将近", Sense::Near),
        ("近", Sense::Near),
        ("不足", Sense::Below),
        ("不到", Sense::Below),
        ("低于", Sense::Below),
        ("超过", Sense::Above),
        ("高于", Sense::Above),
        ("逾", Sense::Above),
        ("不低于", Sense::AtLeast),
        ("达到", Sense::Exact),
        ("达", Sense::Exact),
    ];
    const AFTER: [(&str, Sense); 5] = [
        ("左右", Sense::About),
        ("上下", Sense::About),
        ("以上", Sense::AtLeast),
        ("多", Sense::Above),
        ("强", Sense::Above),
    ];
    let (mut sense, mut rest) = (Sense::Exact, text);
    if let Some((word, found)) = BEFORE.iter().find(|(word, _)| rest.starts_with(word)) {
        (sense, rest) = (*found, &rest[word.len()..]);
    }
    if let Some((word, found)) = AFTER.iter().find(|(word, _)| rest.ends_with(word)) {
        rest = &rest[..rest.len() - word.len()];
        // 超过五成以上 is meant to be more.
        if sense != Sense::Above {
            sense = *found;
        }
    }
    (sense, rest)
}

/// `73.4%`, `73.4`, or as a part of one: `0.734`.
fn per_cent(text: &str) -> Option<(u128, Place)> {
    let (number, of_hundred) = match text.strip_suffix('%') {
        Some(number) => (number, true),
        None => (text, false),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let decimals = u32::try_from(fraction.len()).ok().filter(|&most| most <= MOST_DECIMALS)?;
    let digits = format!("{whole}{fraction}");
    let value: u64 = digits.parse().ok().filter(|_| digits.bytes().all(|c| c.is_ascii_digit()))?;
    let value = value.into();
    // `0.734`: what stands before the point can be no per cent of a turnout.
    if !of_hundred && whole == "0" && decimals >= 2 {
        return Some((value, Place::Decimals(decimals - 2)));
    }
    Some((value, Place::Decimals(decimals)))
}

/// `百分之八十八点五`, `八成`, `八成五`.
fn spelled_out(text: &str) -> Option<(u128, Place)> {
    if let Some(number) = text.strip_prefix("百分之") {
        let (whole, fraction) = number.split_once('点').unwrap_or((number, ""));
        let decimals = u32::try_from(fraction.chars().count()).ok()?;
        let fraction = fraction.chars().map(digit).collect::<Option<Vec<u128>>>()?;
        let whole = integer(whole)?;
        let value = fraction.iter().try_fold(whole, |value, digit| {
            value.checked_mul(10).and_then(|value| value.checked_add(*digit))
        })?;
        return (decimals <= MOST_DECIMALS).then_some((value, Place::Decimals(decimals)));
    }
    let (tenths, more) = text.split_once('成')?;
    let tenths = integer(tenths)?;
    match more {
        "" => Some((tenths, Place::Tenths)),
        "半" => Some((tenths * 10 + 5, Place::Decimals(0))),
        more => Some((tenths * 10 + integer(more)?, Place::Decimals(0))),
    }
}

/// An integer up to 百 in Chinese or Arabic digits.
fn integer(text: &str) -> Option<u128> {
    if let Ok(number) = text.parse::<u32>() {
        return Some(number.into());
    }
    let (mut total, mut last) = (0u128, None);
    for c in text.chars() {
        match (c, last) {
            ('百', Some(digit)) => (total, last) = (total + digit * 100, None),
            ('百', None) if total == 0 => total = 100,
            ('十', Some(digit)) => (total, last) = (total + digit * 10, None),
            ('十', None) => total += 10,
            (c, None | Some(0)) => last = Some(digit(c)?),
            _ => return None,
        }
    }
    (!text.is_empty()).then(|| total + last.unwrap_or(0))
}

fn digit(c: char) -> Option<u128> {
    let at = "零一二三四五六七八九".chars().position(|digit| digit == c);
    at.or_else(|| (c == '两').then_some(2))
        .or_else(|| c.to_digit(10).map(|d| d as usize))
        .map(|d| d as u128)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn share(text: &str) -> Option<Share> {
        Some(text.to_owned().try_into().unwrap())
    }

    #[test]
    fn no_share_crosses_a_line() {
        let half = share(">1/2");
        for (part, whole, decimals, line, text) in [
            (3670, 4999, 0, half, "73%"),
            (3670, 4999, 2, half, "73.41%"),
            (2501, 5000, 0, half, "50.02%"),
            (2499, 5000, 0, half, "49.98%"),
            (2500, 5000, 0, half, "50%"),
            (4999, 5000, 0, half, "99.98%"),
            (49_999, 50_000, 2, half, "99.998%"),
            (5000, 5000, 2, half, "100.00%"),
            (1, 100_000, 1, None, "0.001%"),
            (0, 100, 2, None, "0.00%"),
            (200, 300, 2, share(">2/3"), "66.66%"),
            (201, 300, 2, share(">2/3"), "67.00%"),
            (667, 1000, 2, share(">2/3"), "66.70%"),
            (1, 200, 0, None, "1%"),
        ] {
            let got = percent(part, whole, decimals, line);
            assert_eq!(got.as_deref(), Some(text), "{part} of {whole}");
        }
        assert_eq!(percent(1, 0, 0, None), None);
    }

    #[test]
    fn shares_are_read_as_people_write_them() {
        use Agreement::{CutOff, Full, None as Wrong};
        for (text, part, whole, agreement) in [
            ("73%", 3670, 4999, Full),
            ("73.41％", 3670, 4999, Full),
            ("73.4", 3670, 4999, Full),
            ("0.7341", 3670, 4999, Full),
            ("74%", 3670, 4999, Wrong),
            ("92%", 926, 1000, CutOff),
            ("约96.2%", 926, 1000, Wrong),
            ("约92.6%", 926, 1000, Full),
            ("93%左右", 926, 1000, Full),
            ("９０％以上", 926, 1000, CutOff),
            ("92%以上", 926, 1000, Full),
            ("50%以上", 25, 50, Full),
            ("超过50%", 25, 50, Wrong),
            ("超过50%以上", 25, 50, Wrong),
            ("五成多", 25, 50, Wrong),
            ("高于50%", 26, 50, CutOff),
            ("不低于50%", 25, 50, Full),
            ("低于50%", 25, 50, Wrong),
            ("近93%", 926, 1000, Full),
            ("近92%", 926, 1000, Wrong),
            ("百分之八十八", 88, 100, Full),
            ("百分之八十八点五", 885, 1000, Full),
            ("约百分之九十", 88, 100, Wrong),
            ("百分之一百", 100, 100, Full),
            ("八成", 80, 100, Full),
            ("约八成", 76, 100, Full),
            ("近八成", 76, 100, Full),
            ("八成", 92, 100, Wrong),
            ("八成五", 85, 100, Full),
            ("九成多", 926, 1000, Full),
            ("约九成", 86, 100, Full),
            ("约八成", 91, 100, Wrong),
            ("近九成", 92, 100, Wrong),
            ("近九成", 81, 100, Wrong),
            ("约92%", 926, 1000, Full),
            ("约91%", 926, 1000, Wrong),
            ("超过九成", 88, 100, Wrong),
            ("超过五成", 88, 100, CutOff),
            ("九成多", 958, 1000, Full),
            ("约九成", 958, 1000, CutOff),
            ("不足九成", 82, 100, Full),
            ("不足九成", 92, 100, Wrong),
            ("18446744073709551615%", 3670, 4999, Wrong),
        ] {
            let written = Written::read(text).unwrap_or_else(|| panic!("{text} is not read"));
            assert_eq!(written.agrees(part, whole), agreement, "{text} of {part} / {whole}");
        }
        for text in [
            "",
            "%",
            "大部分",
            "绝大多数",
            "百分之",
            "成",
            "-3%",
            "1.2.3%",
            "七三",
            "99999999999999999999999%",
        ] {
            assert_eq!(Written::read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_is_on_its_side(part in 0..=6000u32, whole in 1..=6000u32, decimals in 0..=2u32) {
            let part = part.min(whole);
            let half = share(">1/2");
            let text = percent(part, whole, decimals, half).unwrap();
            let number: f64 = text.trim_end_matches('%').parse().unwrap();
            prop_assert_eq!(number > 50.0, part * 2 > whole);
            prop_assert_eq!(number < 50.0, part * 2 < whole);
            prop_assert_eq!(number == 100.0, part == whole);
            prop_assert_eq!(number == 0.0, part == 0);
            prop_assert!(Written::read(&text).unwrap().agrees(part, whole) != Agreement::None);
        }
    }
}
