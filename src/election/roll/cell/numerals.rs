//! Numbers in Chinese numerals: `十二`, `叁`, `二〇二六`.

use std::borrow::Cow;

/// Whether a character is a digit or a numeral.
pub(crate) fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || digit_of(c).is_some() || unit_of(c).is_some()
}

fn digit_of(c: char) -> Option<u32> {
    match c {
        '〇' | '零' | '○' => Some(0),
        '一' | '壹' | 'Ⅰ' => Some(1),
        '二' | '贰' | '两' | 'Ⅱ' => Some(2),
        '三' | '叁' | 'Ⅲ' => Some(3),
        '四' | '肆' | 'Ⅳ' => Some(4),
        '五' | '伍' | 'Ⅴ' => Some(5),
        '六' | '陆' | 'Ⅵ' => Some(6),
        '七' | '柒' | 'Ⅶ' => Some(7),
        '八' | '捌' | 'Ⅷ' => Some(8),
        '九' | '玖' | 'Ⅸ' => Some(9),
        _ => c.to_digit(10),
    }
}

fn unit_of(c: char) -> Option<u32> {
    match c {
        '十' | '拾' => Some(10),
        '百' | '佰' => Some(100),
        '千' | '仟' => Some(1000),
        _ => None,
    }
}

/// What a number is worth: `十一`, `12`, `二〇二六`, `一千零五`; `五十六七` is none.
pub(crate) fn value_of(numeral: &str) -> Option<u32> {
    if numeral.is_empty() {
        return None;
    }
    let (mut sum, mut digits) = (0_u32, None);
    let mut last = None;
    for c in numeral.chars() {
        match (digit_of(c), unit_of(c)) {
            (Some(digit), _) => {
                digits = Some(digits.unwrap_or(0_u32).checked_mul(10)?.checked_add(digit)?);
            }
            // 一千零五: the nought before the five, or before the hundred, is no digit.
            (None, Some(unit)) => {
                if last.replace(unit).is_some_and(|last| last <= unit) {
                    return None;
                }
                let times = digits.take().filter(|digits| *digits > 0).unwrap_or(1);
                sum = sum.checked_add(times.checked_mul(unit)?)?;
            }
            (None, None) => return None,
        }
    }
    let ones = digits.unwrap_or_default();
    if last.is_some() && ones > 9 { None } else { sum.checked_add(ones) }
}

/// `①`, `⑵`, `⒊`.
pub(crate) fn circled(text: &str) -> Option<u32> {
    const FROM: [u32; 3] = [0x2460, 0x2474, 0x2488];
    let mut chars = text.chars();
    let (c, None) = (u32::from(chars.next()?), chars.next()) else { return None };
    FROM.into_iter().find(|from| (*from..from + 20).contains(&c)).map(|from| c - from + 1)
}

/// A text in which the numerals that count people are digits: `共三人`, `合计：叁名`.
pub(crate) fn with_counts_in_digits(text: &str) -> Cow<'_, str> {
    const COUNTED: [&str; 5] = ["人", "名", "位", "户", "个人"];
    const BEFORE: &str = "共计：:（(，,、男女为有是户数民员组页村性其中、；;。";
    with_digits(text, |before, after| {
        let is_alone = before.is_empty() && (after.is_empty() || COUNTED.contains(&after));
        let follows = before.ends_with(|c| BEFORE.contains(c));
        is_alone || follows && COUNTED.iter().any(|word| after.starts_with(word))
    })
}

/// A text with its numerals in digits where what stands before and after allows it.
pub(crate) fn with_digits(text: &str, is_number: impl Fn(&str, &str) -> bool) -> Cow<'_, str> {
    let is_han = |c: char| !c.is_ascii() && is_numeral(c);
    if !text.contains(is_han) {
        return Cow::Borrowed(text);
    }
    let mut told = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(is_han) {
        let (before, from) = rest.split_at(at);
        let after = from.trim_start_matches(is_han);
        let numeral = &from[..from.len() - after.len()];
        told.push_str(before);
        let all_before = &text[..text.len() - from.len()];
        match value_of(numeral).filter(|_| is_number(all_before, after)) {
            Some(value) => told.push_str(&value.to_string()),
            None => told.push_str(numeral),
        }
        rest = after;
    }
    told.push_str(rest);
    Cow::Owned(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_numerals_are_worth() {
        for (text, value) in [
            ("三", 3),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("叁拾伍", 35),
            ("一百零二", 102),
            ("一千二百", 1200),
            ("一千零五", 1005),
            ("二〇二六", 2026),
            ("12", 12),
        ] {
            assert_eq!(value_of(text), Some(value), "{text}");
        }
        for text in ["", "东", "五十六七", "十二十"] {
            assert_eq!(value_of(text), None, "{text}");
        }
    }

    #[test]
    fn puts_counts_in_digits_and_nothing_else() {
        for (text, told) in [
            ("合计：四人", "合计：4人"),
            ("共计肆人", "共计4人"),
            ("第一村民小组（共三人）", "第一村民小组（共3人）"),
            ("总计：肆人，其中男叁人、女壹人", "总计：4人，其中男3人、女1人"),
            ("十二人", "12人"),
            ("十二", "12"),
            ("三人行村选民名单", "三人行村选民名单"),
            ("一组、二组", "一组、二组"),
        ] {
            assert_eq!(with_counts_in_digits(text), told);
        }
    }
}
