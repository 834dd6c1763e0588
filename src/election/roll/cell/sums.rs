//! Sums: `合计`, `共12人`, and what they state.

use std::borrow::Cow;

use super::lexicon::{self, Words};
use super::numerals::{is_numeral, with_counts_in_digits};
use super::words::{begins_with_digit, compact, outside_brackets};
use crate::election::person::Sex;

/// Whether a text is a sum: `合计`, `小计：`, `共12人`, `12人`, `一组合计`, `本组共2人`.
pub(crate) fn is_total(text: &str) -> bool {
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
    const LONGEST: usize = 60;
    const SIGNS: [char; 16] = [
        '合', '小', '总', '共', '累', '计', '人', '名', '户', '页', '选', '到', 'T', 't', 'S', 's',
    ];
    if !text.contains(SIGNS) {
        return false;
    }
    let text = compact(text);
    let text = with_counts_in_digits(&text);
    let text = text.trim_matches(['(', ')', '（', '）', '【', '】', ':', '：']);
    if text.chars().nth(LONGEST).is_some() {
        return false;
    }
    let text = text.strip_prefix("选民").unwrap_or(text);
    text.strip_prefix('共').is_some_and(begins_with_digit)
        || WORDS.iter().any(|word| text.starts_with(word))
        || is_english(text)
        || text.ends_with("共计")
        // 第一组计6人
        || text.split_once('计').is_some_and(|(_, count)| begins_with_digit(count))
        // As Excel writes below each group: 一组 汇总.
        || ["汇总", "计数"].iter().any(|word| text.ends_with(word))
        || ["小计", "合计", "总计"].iter().any(|word| outside_brackets(text).contains(word))
        || are_counts(text)
        || counts_the_whole(text)
}

/// `Total`, `Sub total:`.
fn is_english(text: &str) -> bool {
    let word = text.trim_end_matches(|c: char| !c.is_ascii_alphabetic()).to_ascii_lowercase();
    matches!(&*word, "total" | "subtotal" | "grandtotal" | "sum")
}

/// Whether a text is the word for a sum and nothing else.
pub(crate) fn is_word(text: &str) -> bool {
    matches!(&*compact(text), "合计" | "小计" | "总计" | "共计" | "累计" | "总数")
}

/// Whether a text is what stands before a number in sums and may be a name, too.
pub(crate) fn is_label(text: &str) -> bool {
    static LABELS: Words = Words::new(|| lexicon::words("sums", "label"));
    LABELS.contains(&compact(text).trim_end_matches([':', '：']))
}

/// Whether a text says of what the number in the next cell is: `户数`, `选民`.
fn labels_a_count(text: &str) -> bool {
    static LABELS: Words = Words::new(|| lexicon::words("sums", "label-of-a-count"));
    LABELS.contains(&compact(text).trim_end_matches([':', '：']))
}

/// `户数,2,选民,3`: labels, each with its number.
pub(crate) fn are_labelled<T: AsRef<str>>(cells: &[T]) -> bool {
    // 男,45 may be of somebody.
    let is_sure = || cells.len() > 2 || !cells[0].as_ref().contains(['男', '女']);
    are_pairs(cells) && is_sure()
}

/// The same, or 男,45 below 合计.
pub(crate) fn are_pairs<T: AsRef<str>>(cells: &[T]) -> bool {
    let is_pair = |pair: &[T]| match pair {
        [label, number] => labels_a_count(label.as_ref()) && is_number(number.as_ref()),
        _ => false,
    };
    !cells.is_empty() && cells.chunks(2).all(is_pair)
}

/// `12`, `三人`.
pub(crate) fn is_number(text: &str) -> bool {
    let text = compact(text);
    let rest = text.trim_start_matches(is_numeral);
    rest.len() < text.len() && matches!(rest, "" | "人" | "名" | "户" | "口" | "位")
}

/// Whether a text has a number of anything.
pub(crate) fn counts(text: &str) -> bool {
    with_counts_in_digits(&compact(text)).contains(|c: char| c.is_ascii_digit())
}

/// `男5人，女7人`: counts and nothing else.
fn are_counts(text: &str) -> bool {
    let parts = text.split(['，', ',', '、', '；', ';']);
    let parts = parts.flat_map(|part| match part.find('女') {
        Some(at) => [&part[..at], &part[at..]],
        None => [part, ""],
    });
    let mut parts = parts.filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some() && parts.all(is_count)
}

/// `12人`, `男5人`, `共3户`, `实有选民：9`: a number of people and nothing else.
fn is_count(text: &str) -> bool {
    const WORDS: [&str; 13] = [
        "实有", "应有", "登记", "应到", "实到", "本届", "选民", "人口", "总户", "总人", "总数",
        "人数", "户数",
    ];
    let mut said = text;
    while let Some(rest) = WORDS.iter().find_map(|word| said.strip_prefix(word)) {
        said = rest.strip_prefix('数').unwrap_or(rest);
    }
    let is_labelled = said.len() < text.len();
    let said = said.trim_start_matches(['男', '女', '共', '计', '性', '口', '总', ':', '：']);
    let rest = said.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_unit = matches!(rest, "人" | "名" | "户" | "人次" | "个人");
    rest.len() < said.len() && (is_unit || is_labelled && rest.is_empty())
}

/// `本组共2人`, `全组选民35名`: the people of what stands here.
fn counts_the_whole(text: &str) -> bool {
    const WHOLES: [&str; 14] = [
        "组",
        "小组",
        "村民小组",
        "居民小组",
        "社",
        "队",
        "屯",
        "片",
        "片区",
        "网格",
        "户",
        "页",
        "村",
        "社区",
    ];
    let Some(rest) = text.strip_prefix(['本', '全', '该', '此']) else { return false };
    let is_whole = WHOLES.iter().any(|whole| rest.starts_with(whole));
    is_whole && rest.contains(['人', '名', '户']) && rest.contains(|c: char| c.is_ascii_digit())
}

/// How many people, men, women and households there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tally {
    pub people: usize,
    /// Men and women, if they are known of all.
    pub sexes: Option<(usize, usize)>,
    /// If it is known of all whose they are.
    pub households: Option<usize>,
}

impl Default for Tally {
    fn default() -> Self {
        Self { people: 0, sexes: Some((0, 0)), households: Some(0) }
    }
}

impl Tally {
    /// So many, of whom nothing else is known.
    pub(crate) fn of(people: usize) -> Self {
        Self { people, sexes: None, households: None }
    }

    /// One, of this sex.
    pub(crate) fn of_one(sex: Option<Sex>) -> Self {
        let is = |own| usize::from(sex == Some(own));
        let sexes = sex.map(|_| (is(Sex::Male), is(Sex::Female)));
        Self { sexes, ..Self::of(1) }
    }

    pub(crate) fn of_all(sexes: impl Iterator<Item = Option<Sex>>) -> Self {
        sexes.map(Self::of_one).fold(Self::default(), Self::and)
    }

    pub(crate) fn and(self, other: Self) -> Self {
        let both = |((men, women), (more_men, more_women))| (men + more_men, women + more_women);
        Self {
            people: self.people + other.people,
            sexes: self.sexes.zip(other.sexes).map(both),
            households: self.households.zip(other.households).map(|(one, other)| one + other),
        }
    }
}

/// What a row of sums states: numbers said to be of people, bare ones, men and women
/// apart, and households.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    pub people: Vec<u64>,
    pub bare: Vec<u64>,
    pub men: Option<u64>,
    pub women: Option<u64>,
    pub households: Option<u64>,
    /// A word in the cell before, of what the number in the next is: 男, 女, 户 or 他, others.
    label: Option<char>,
}

/// A sum that nothing bears out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refuted {
    People(u64),
    /// Of some tally whose people agree.
    Sexes(Tally),
    /// So many are stated; there are others.
    Households {
        stated: u64,
        read: usize,
    },
}

impl Sums {
    /// Takes up the numbers of one cell.
    pub(crate) fn add(&mut self, text: &str) {
        const LONGEST: usize = 9;
        let text = compact(text);
        let text = without_age(&text);
        let text = with_counts_in_digits(&text);
        let mut rest = &*text;
        while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
            let (before, number) = rest.split_at(at);
            let len = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
            if let Ok(value) = number[..len].parse()
                && len <= LONGEST
            {
                self.take(before, value, &number[len..]);
            }
            self.label = None;
            rest = &number[len..];
        }
        let of_some = || is_of_some(rest).then_some('他');
        let of_households = || rest.contains("户数").then_some('户');
        self.label = sex_in(rest).or_else(of_some).or_else(of_households).or(self.label);
    }

    fn take(&mut self, before: &str, value: u64, after: &str) {
        // 2026名单 counts nobody.
        let is_of_list = after.starts_with("名单") || after.starts_with("名册");
        if is_of_list || before.ends_with(['第', '.', '-', '/']) || is_of_some(before) {
            return;
        }
        let is_labelled = before.trim_end_matches([':', '：']).ends_with("户数");
        if after.starts_with('户') || is_labelled {
            self.households = self.households.or(Some(value));
            return;
        }
        // 22（人）
        let after = if after.starts_with("(人") { &after[1..] } else { after };
        let is_counted = after.is_empty()
            || after.starts_with(['人', '名', '位', '，', ',', '、', ')', '）', '男', '女'])
            || after.starts_with("个人");
        match sex_in(before).or(self.label) {
            Some('男') if is_counted => self.men = self.men.or(Some(value)),
            Some('女') if is_counted => self.women = self.women.or(Some(value)),
            Some('户') => self.households = self.households.or(Some(value)),
            Some(_) => {}
            None if after.is_empty() => self.bare.push(value),
            None if after.starts_with(['人', '名', '位']) || after.starts_with("个人") => {
                self.people.push(value);
            }
            None => {}
        }
    }

    /// Whether it says that there are so many.
    pub(crate) fn says(&self, people: usize) -> bool {
        self.people.iter().chain(&self.bare).any(|stated| *stated == people as u64)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.people.is_empty() && self.men.is_none() && self.women.is_none()
    }

    /// What none of the tallies bears out, if there is anything.
    pub(crate) fn refuted_by(&self, tallies: &[Tally]) -> Option<Refuted> {
        let stated = match (&self.people[..], &self.bare[..]) {
            ([], [one]) => std::slice::from_ref(one),
            (people, _) => people,
        };
        let holds = |tally: &&Tally| stated.is_empty() || stated.contains(&(tally.people as u64));
        let mut fitting = tallies.iter().filter(holds).peekable();
        let Some(&&first) = fitting.peek() else {
            return stated.iter().max().copied().map(Refuted::People);
        };
        let agrees = |tally: &Tally| {
            let Some((men, women)) = tally.sexes else { return true };
            self.men.is_none_or(|stated| stated == men as u64)
                && self.women.is_none_or(|stated| stated == women as u64)
        };
        let mut agreeing = fitting.filter(|tally| agrees(tally)).peekable();
        let Some(read) = agreeing.peek().map(|tally| tally.households) else {
            return Some(Refuted::Sexes(first));
        };
        let (stated, read) = self.households.zip(read)?;
        let has_as_many = |tally: &Tally| tally.households.is_none_or(|read| read as u64 == stated);
        (!agreeing.any(has_as_many)).then_some(Refuted::Households { stated, read })
    }
}

/// `全村18周岁以上选民5人` without the age, which all voters have.
fn without_age(text: &str) -> Cow<'_, str> {
    const AGES: [&str; 5] = ["年满18周岁", "满18周岁", "18周岁以上", "18岁以上", "十八周岁以上"];
    match AGES.iter().find(|age| text.contains(**age)) {
        Some(age) => Cow::Owned(text.replace(age, "").replace("以上", "")),
        None => Cow::Borrowed(text),
    }
}

/// `男`, if that is what a number behind a text counts; both is neither.
fn sex_in(text: &str) -> Option<char> {
    let said = text.rsplit([',', '，', '、', '；', ';', '（', '(']).next().unwrap_or_default();
    match (said.contains('男'), said.contains('女')) {
        (true, false) => Some('男'),
        (false, true) => Some('女'),
        _ => None,
    }
}

/// Whether a number behind a text counts men or women, or others who are not all.
pub(crate) fn is_of_part(before: &str) -> bool {
    let said = before.rsplit(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    sex_in(said).is_some() || is_of_some(before)
}

/// Whether a number behind a text counts only some of the people: `外出5人`.
fn is_of_some(before: &str) -> bool {
    static WORDS: Words = Words::new(|| lexicon::words("sums", "of-some"));
    let said = before.rsplit([',', '，', '、', '；', ';', '。']).next().unwrap_or_default();
    WORDS.iter().any(|word| said.contains(word))
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
            "实有选民：9",
            "总户数5户，选民8人",
            "总人口12人，选民8人",
            "应到9人",
            "Total",
        ] {
            assert!(is_total(text), "{text}");
        }
        for text in [
            "张三",
            "共和",
            "小红",
            "人杰",
            "名扬",
            "户县",
            "总生",
            "Tom",
            "Totally",
            "选民9组",
            "到9",
        ] {
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
            Sums { bare: vec![14], men: Some(8), women: Some(6), ..Sums::default() }
        );
        assert_eq!(sums(&["合计", "3", "男", "1", "女2"]).women, Some(2));
        assert_eq!(sums(&["合计", "4", "其中党员", "2"]).bare, [4]);
        assert_eq!(sums(&["共5人（男2人，女3人）"]).people, [5]);
        assert!(sums(&["其中外出5人，党员3名"]).is_empty());
        assert_eq!(sums(&["总人口12人，选民8人"]).people, [8]);
        assert_eq!(sums(&["实有选民：9"]).bare, [9]);
        assert!(sums(&["应到9人"]).is_empty());
    }

    #[test]
    fn holds_sums_against_what_was_read() {
        let refuted = |texts: &[&str], tallies: &[(usize, usize, usize)]| {
            let mut sums = Sums::default();
            texts.iter().for_each(|text| sums.add(text));
            let tally = |&(people, men, women): &_| Tally {
                sexes: Some((men, women)),
                ..Tally::of(people)
            };
            sums.refuted_by(&tallies.iter().map(tally).collect::<Vec<_>>())
        };
        assert_eq!(refuted(&["小计", "1人"], &[(1, 1, 0), (5, 2, 3)]), None);
        assert_eq!(refuted(&["合计", "14人"], &[(12, 6, 6)]), Some(Refuted::People(14)));
        assert_eq!(refuted(&["合计", "5", "14"], &[(12, 6, 6)]), None);
        assert_eq!(refuted(&["合计：14（人）"], &[(12, 6, 6)]), Some(Refuted::People(14)));
        assert_eq!(refuted(&["共5人，男3人"], &[(5, 2, 3), (5, 3, 2)]), None);
        let tally = Tally { sexes: Some((2, 3)), ..Tally::of(5) };
        assert_eq!(refuted(&["共5人，男3人"], &[(5, 2, 3)]), Some(Refuted::Sexes(tally)));
        assert_eq!(refuted(&["男3", "女2"], &[(5, 2, 3)]), Some(Refuted::Sexes(tally)));
    }
}
