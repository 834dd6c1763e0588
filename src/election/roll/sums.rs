//! Sums: `合计`, `共12人`, and what they state.

use super::words::{begins_with_digit, compact};

/// Whether a text is a sum: `合计`, `小计：`, `共12人`, `12人`.
pub(super) fn is_total(text: &str) -> bool {
    const WORDS: [&str; 12] = [
        "承前页",
        "过次页",
        "承上页",
        "转下页",
        "合计",
        "小计",
        "总计",
        "共计",
        "累计",
        "总数",
        "总人数",
        "本页计",
    ];
    const SIGNS: [char; 10] = ['合', '小', '总', '共', '累', '计', '人', '名', '户', '页'];
    if !text.contains(SIGNS) {
        return false;
    }
    let text = compact(text);
    let text = text.trim_end_matches([':', '：']);
    let counts = text.strip_prefix('共').is_some_and(begins_with_digit);
    counts
        || WORDS.iter().any(|word| text.starts_with(word))
        || ["小计", "合计", "总计", "共计"].iter().any(|word| text.ends_with(word))
        || is_count(text)
}

/// `12人`, `男5人`, `共3户`: a number of people and nothing else.
fn is_count(text: &str) -> bool {
    let text = text.trim_start_matches(['男', '女', '共', '计', '性', ':', '：']);
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len() && matches!(rest, "人" | "名" | "户" | "人次" | "个人")
}

/// What a row of sums states: numbers said to be of people, and bare ones.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub people: Vec<u64>,
    pub bare: Vec<u64>,
}

impl Sums {
    /// Takes up the numbers of one cell. Men and women apart are no sum.
    pub fn add(&mut self, text: &str) {
        let text = compact(text);
        let mut before = None;
        let mut rest = &*text;
        while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
            before = rest[..at].chars().next_back().or(before);
            let number = &rest[at..];
            let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
            let unit = number[end..].chars().next();
            let is_part = matches!(before, Some('男' | '女' | '第' | '.' | '-' | '/' | '性'));
            if let Ok(value) = number[..end].parse::<u64>()
                && !is_part
                && end < 10
            {
                match unit {
                    Some('人' | '名' | '位') => self.people.push(value),
                    None => self.bare.push(value),
                    Some('个') if number[end..].starts_with("个人") => self.people.push(value),
                    _ => {}
                }
            }
            before = number[..end].chars().next_back();
            rest = &number[end..];
        }
    }

    /// The sum that none of the counts bears out, if there is one.
    pub fn refuted_by(&self, counts: &[usize]) -> Option<u64> {
        let holds = |stated: &u64| counts.iter().any(|&count| count as u64 == *stated);
        let stated = match (&self.people[..], &self.bare[..]) {
            ([], [one]) => std::slice::from_ref(one),
            ([], _) => return None,
            (people, _) => people,
        };
        if stated.iter().any(holds) { None } else { stated.iter().max().copied() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_sums() {
        for text in [
            "合计",
            "小 计",
            "共2人",
            "本组合计：",
            "12人",
            "男5人",
            "总计（人）",
            "一组小计",
            "共３户",
        ] {
            assert!(is_total(text), "{text}");
        }
        for text in ["张三", "共和", "小红", "人杰", "名扬", "户县", "总生"] {
            assert!(!is_total(text), "{text}");
        }
    }

    #[test]
    fn reads_what_sums_state() {
        let sums = |texts: &[&str]| {
            let mut sums = Sums::default();
            texts.iter().for_each(|text| sums.add(text));
            sums
        };
        assert_eq!(sums(&["合计", "共5户14人"]).people, [14]);
        assert_eq!(
            sums(&["合计", "14", "男8人", "女6人"]),
            Sums { people: vec![], bare: vec![14] }
        );
        assert_eq!(sums(&["小计", "1人"]).refuted_by(&[1, 5]), None);
        assert_eq!(sums(&["合计", "14人"]).refuted_by(&[12]), Some(14));
        assert_eq!(sums(&["合计", "5", "14"]).refuted_by(&[12]), None);
    }
}
