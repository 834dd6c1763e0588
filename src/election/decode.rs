//! From the YAML tree to typed values, going on after each mistake.
//!
//! The macros [`record!`] and [`choice!`] declare a type and its [`Shape`] once;
//! decoding, the JSON Schema, the key reference and what templates see all come
//! from that one declaration. Every key and every choice has an English and one or
//! more Chinese spellings.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::date::{DateError, PartialDate};
use super::person::Sex;
pub use super::shape::Key as KeySpec;
use super::shape::Shape;
use super::yaml::{Key, Node, Value};
use crate::diagnostic::{Diagnostic, Place, Remedy, Report, Source};
use crate::privacy;
use crate::text::{self, is_unprintable};

/// A value with the place where the secretary wrote it.
#[derive(Clone, Debug)]
pub struct Located<T> {
    pub value: T,
    pub place: Place,
}

impl<T> Deref for Located<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Serialize> Serialize for Located<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

/// What is known of one thing. The three states differ, and documents print
/// each differently.
#[derive(Clone, Debug, Default)]
pub enum Field<T> {
    /// Not written: that stage has not come yet, or the thing does not exist.
    #[default]
    Absent,
    /// Written with nothing after it: it happened, but is not known. Documents
    /// leave a blank to be filled in by hand.
    Unknown(Place),
    Known(Located<T>),
}

impl<T> Field<T> {
    /// The value, if it is known.
    pub fn get(&self) -> Option<&T> {
        self.located().map(|located| &located.value)
    }

    /// The value with its place, if it is known.
    pub fn located(&self) -> Option<&Located<T>> {
        match self {
            Field::Known(located) => Some(located),
            _ => None,
        }
    }

    /// Where it stands, known or not.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Field::Absent => None,
            Field::Unknown(place) => Some(place),
            Field::Known(located) => Some(&located.place),
        }
    }

    pub fn is_absent(&self) -> bool {
        matches!(self, Field::Absent)
    }

    pub fn is_unknown(&self) -> bool {
        matches!(self, Field::Unknown(_))
    }
}

impl<T: Copy> Field<T> {
    /// The value itself, if it is known.
    pub fn value(&self) -> Option<T> {
        self.get().copied()
    }
}

impl Field<u32> {
    /// A count of which none is meant where it is not written; `None` if it is
    /// not known.
    pub fn or_zero(&self) -> Option<u32> {
        match self {
            Field::Absent => Some(0),
            Field::Unknown(_) => None,
            Field::Known(count) => Some(count.value),
        }
    }
}

impl<T: Decode + Clone> Field<T> {
    /// Takes from `above` what is not said here.
    pub fn inherit(&mut self, above: &Self) {
        match (self, above) {
            (own @ Field::Absent, above) => *own = above.clone(),
            (Field::Known(own), Field::Known(above)) => own.value.inherit(&above.value),
            _ => {}
        }
    }
}

impl<T> Field<Vec<Located<T>>> {
    /// The items of a list; none if the list is absent or unknown.
    pub fn items(&self) -> &[Located<T>] {
        self.get().map_or(&[], Vec::as_slice)
    }
}

/// An absent field is skipped by its record, so `null` always means unknown.
impl<T: Serialize> Serialize for Field<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.get().serialize(serializer)
    }
}

/// A type that can be read from YAML.
pub trait Decode: Sized {
    /// What it is written as.
    const SHAPE: &'static Shape;

    /// Reads the value; mistakes go to the decoder's report. `None` if nothing
    /// usable was found.
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self>;

    /// Takes from `above` what this does not say. A plain value says all there is.
    fn inherit(&mut self, _above: &Self) {}

    /// See [`Shape::chinese_keys`].
    fn chinese_keys(path: &str) -> Option<Vec<&'static str>> {
        Self::SHAPE.chinese_keys(path)
    }

    /// See [`Shape::keys_below`].
    fn keys_below(path: &str) -> &'static [KeySpec] {
        Self::SHAPE.keys_below(path)
    }
}

/// Carries the source and the report through the tree.
pub struct Decoder<'a> {
    source: &'a Arc<Source>,
    report: &'a mut Report,
}

impl<'a> Decoder<'a> {
    pub fn new(source: &'a Arc<Source>, report: &'a mut Report) -> Self {
        Self { source, report }
    }

    pub fn place(&self, span: &Range<usize>) -> Place {
        Place::Text(self.source.clone(), span.clone())
    }

    /// Reports a value that is not what its key takes.
    pub fn reject(&mut self, node: &Node, message: impl Into<String>, help: impl Into<String>) {
        self.reject_for(node, message, help, None);
    }

    /// Reports a value in whose place another should stand, if it is known which.
    fn reject_for(
        &mut self,
        node: &Node,
        message: impl Into<String>,
        help: impl Into<String>,
        meant: Option<String>,
    ) {
        let place = self.place(&node.span);
        let remedy = meant.map(|text| Remedy { range: node.span.clone(), text });
        let finding = Diagnostic::error("value", message).at(place).help(help);
        self.report.push(finding.remedy(remedy));
    }

    /// Reads the fields of a record; keys that it does not have are reported.
    pub fn record<'n>(
        &mut self,
        node: &'n Node,
        name: &str,
        keys: &[KeySpec],
    ) -> Option<Vec<Entry<'n>>> {
        let Value::Mapping(entries) = &node.value else {
            self.reject(
                node,
                format!("“{name}”应写成若干行“键: 值”，这里却{}。", node.value.describe()),
                format!("可用的键：{}。", list_keys(keys)),
            );
            return None;
        };
        let mut found: Vec<Entry> = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let Some(index) = keys.iter().position(|spec| spec.accepts(&key.text)) else {
                self.unknown_key(key, name, keys, entries);
                continue;
            };
            if let Some(Entry { key: before, .. }) = found.iter().find(|one| one.index == index) {
                let message = match key.text == before.text {
                    true => format!("“{}”写了两次。", key.text),
                    false => format!("“{}”和“{}”是同一个键，写了两次。", before.text, key.text),
                };
                let (place, before) = (self.place(&key.span), self.place(&before.span));
                self.report.push(
                    Diagnostic::error("duplicate-key", message)
                        .at(place)
                        .also(before, "先写在这里")
                        .help("同一处的一个键只能写一次（中英文两种写法算同一个键），请删去一个。"),
                );
                continue;
            }
            found.push(Entry { index, key, value });
        }
        Some(found)
    }

    /// Reads one field of a record.
    pub fn field<T: Decode>(&mut self, entries: &[Entry], index: usize) -> Field<T> {
        let Some(entry) = entries.iter().find(|entry| entry.index == index) else {
            return Field::Absent;
        };
        if matches!(entry.value.value, Value::Null) {
            let place = self.place(&entry.key.span);
            let consequence = match T::keys_below("") {
                [] => "用到它的文件里印成空白，或者不提",
                _ => "整节没有内容，要靠它做的文件先不做",
            };
            self.report.push(
                Diagnostic::warning(
                    "unknown-value",
                    format!("“{}”留空：{consequence}。", entry.key.text),
                )
                .at(place.clone())
                .help("知道了就补上；如果还没有发生，请把这一行整行删去。"),
            );
            return Field::Unknown(place);
        }
        self.refuse_joined_items::<T>(entry);
        let place = self.place(&entry.value.span);
        match T::decode(entry.value, self) {
            Some(value) => Field::Known(Located { value, place }),
            None => Field::Unknown(place),
        }
    }

    /// Reads one row of a list; of one without a single key it is told.
    fn row<T: Decode>(&mut self, item: &Node) -> Option<T> {
        if matches!(&item.value, Value::Mapping(entries) if entries.is_empty()) {
            let place = self.place(&item.span);
            self.report.push(
                Diagnostic::warning("unknown-value", "这一行是空的。")
                    .at(place)
                    .help("请填写；没有这一项的，请把这一行整行删去。"),
            );
        }
        T::decode(item, self)
    }

    /// Refuses items such as `张三、李四`, which YAML takes for one: it parts them
    /// by the English comma only.
    fn refuse_joined_items<T: Decode>(&mut self, entry: &Entry) {
        let Value::Sequence(items) = &entry.value.value else { return };
        if !T::SHAPE.lists_names() && !LISTS_OF_WORDS.contains(&entry.key.text.trim()) {
            return;
        }
        for item in items {
            let joined = name_of(item).filter(|(_, text)| text.contains(['、', '，']));
            let Some((node, text)) = joined else { continue };
            let parts: Vec<&str> = text.split(['、', '，', ',']).map(str::trim).collect();
            let message = format!("列表里的“{text}”用了中文的顿号或逗号，只算一项。");
            let help =
                format!("每项之间用英文逗号：[{}]；或每项一行，以“- ”开头。", parts.join(", "));
            let meant = self.as_items(item, &parts);
            self.reject_for(node, message, help, meant);
        }
    }

    /// The parts of an item as items of their own, where it is a bare word.
    fn as_items(&self, item: &Node, parts: &[&str]) -> Option<String> {
        let text = &self.source.text;
        let is_bare = item.value.text() == text.get(item.span.clone());
        if !is_bare || parts.iter().any(|part| part.is_empty()) {
            return None;
        }
        let before = &text[..item.span.start];
        let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
        let between = if line.trim() == "-" { format!("\n{line}") } else { ", ".into() };
        Some(parts.join(&between))
    }

    fn unknown_key(&mut self, key: &Key, name: &str, keys: &[KeySpec], all: &[(Key, Node)]) {
        let place = self.place(&key.span);
        if let Some(told) = mistyped(&key.text, keys) {
            self.report.push(told.at(place));
            return;
        }
        let near = guess(&key.text, keys.iter().flat_map(KeySpec::spellings));
        let message = format!("“{name}”里没有“{}”这个键{near}", key.text);
        let is_written = |spec: &KeySpec| all.iter().any(|(key, _)| spec.accepts(&key.text));
        let meant = only_guess(&key.text, keys.iter().flat_map(KeySpec::spellings))
            .filter(|meant| !keys.iter().any(|spec| spec.accepts(meant) && is_written(spec)))
            .map(|text| Remedy { range: key.span.clone(), text: text.to_owned() });
        self.report.push(
            Diagnostic::error("unknown-key", message)
                .at(place)
                .help(format!("可用的键：{}。", list_keys(keys)))
                .remedy(meant),
        );
    }

    /// A choice among fixed words.
    pub fn choose<T: Copy>(
        &mut self,
        node: &Node,
        name: &str,
        options: &[(T, &[&'static str])],
    ) -> Option<T> {
        let text = scalar(node, name, self)?.trim();
        let hit = options.iter().find(|(_, words)| words.contains(&text));
        if let Some((value, _)) = hit {
            return Some(*value);
        }
        let guess = guess(text, options.iter().flat_map(|(_, words)| words.iter().copied()));
        let words: Vec<_> = options.iter().map(|(_, words)| *words.last().unwrap_or(&"")).collect();
        let kind = if name.starts_with('“') { name.to_owned() } else { format!("一种{name}") };
        self.reject(
            node,
            format!("“{text}”不是{kind}{guess}"),
            format!("可以写：{}。", words.join("、")),
        );
        None
    }
}

/// Lists of names, groups and places that are plain words; in others, which hold
/// sentences, a comma means nothing.
const LISTS_OF_WORDS: [&str; 18] = [
    "places",
    "地点",
    "list_places",
    "张榜地点",
    "groups",
    "小组",
    "members",
    "成员",
    "departments",
    "成员单位",
    "attended_by",
    "列席",
    "organizers",
    "举办单位",
    "writing_places",
    "写票设施",
    "publicity",
    "宣传方式",
];

/// The name that an item of a list is, or has.
fn name_of(item: &Node) -> Option<(&Node, &str)> {
    match &item.value {
        Value::Scalar(text) => Some((item, text)),
        Value::Mapping(entries) => {
            let name = entries.iter().find(|(key, _)| matches!(key.text.trim(), "name" | "姓名"));
            name.and_then(|(_, node)| Some((node, node.value.text()?)))
        }
        _ => None,
    }
}

/// One key of a record that was found in the file.
pub struct Entry<'n> {
    index: usize,
    key: &'n Key,
    value: &'n Node,
}

fn list_keys(keys: &[KeySpec]) -> String {
    keys.iter().map(|key| key.chinese[0]).collect::<Vec<_>>().join("、")
}

/// From which likeness on a word may have been meant; and from which on it was,
/// if no other is as near: of words of two characters, half alike, it may not.
const LIKE: f64 = 0.5;
const MEANT: f64 = 0.6;

/// The known word nearest to a mistyped one, if one is near at all.
pub fn nearest<'w>(text: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    words
        .map(|word| (strsim::normalized_damerau_levenshtein(text, word), word))
        .filter(|&(likeness, _)| likeness >= LIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| word)
}

/// Why what YAML takes for a key is none: `{姓名:张三}` has no blank behind the colon,
/// and `＃ 届次` is no comment.
fn mistyped(key: &str, keys: &[KeySpec]) -> Option<Diagnostic> {
    let is_key = |text: &str| keys.iter().any(|spec| spec.accepts(text.trim()));
    if let Some((name, value)) = key.split_once([':', '：']).filter(|(name, _)| is_key(name)) {
        let (name, value) = (name.trim(), value.trim());
        let what =
            if key.contains('：') { "用了全角冒号" } else { "冒号后面没有空格" };
        let message = format!("“{}”里，{what}。", privacy::mask(key));
        let help = format!("写半角冒号，后面空一格：“{name}: {}”。", privacy::mask(value));
        return Some(Diagnostic::error("yaml", message).help(help));
    }
    key.starts_with('＃').then(|| {
        Diagnostic::error("yaml", "这里用了全角的“＃”，不算注释。")
            .help("不算数的行，前面写半角的“# ”。")
    })
}

/// The known word that is the only one near to a mistyped one.
fn only_guess<'w>(text: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let is_near = |word: &&str| strsim::normalized_damerau_levenshtein(text, word) >= MEANT;
    let mut near = words.filter(is_near);
    near.next().filter(|_| near.next().is_none())
}

/// Ends a sentence on a word that is not among those known with the one it may
/// have meant. Of a long list of names some are near to any.
pub fn guess<'w>(text: &str, words: impl Iterator<Item = &'w str>) -> String {
    const MANY: usize = 500;
    let words: Vec<&str> = words.take(MANY).collect();
    let near = if words.len() < MANY { nearest(text, words.into_iter()) } else { None };
    near.map_or_else(|| "。".into(), |near| format!("，是不是“{near}”？"))
}

impl Value {
    fn text(&self) -> Option<&str> {
        match self {
            Value::Scalar(text) => Some(text),
            _ => None,
        }
    }

    fn describe(&self) -> &'static str {
        match self {
            Value::Null => "是空的",
            Value::Scalar(_) => "是一个单独的值",
            Value::Sequence(_) => "是一个列表（以“- ”开头）",
            Value::Mapping(_) => "是若干行“键: 值”",
        }
    }
}

/// A scalar's text, or a report that this is none.
fn scalar<'n>(node: &'n Node, what: &str, decoder: &mut Decoder) -> Option<&'n str> {
    let text = node.value.text();
    if text.is_none() {
        decoder.reject(
            node,
            format!("这里应写{what}，却{}。", node.value.describe()),
            format!("请改写成{what}。"),
        );
    }
    text
}

/// Text on one line. Line breaks and control characters have no place in a
/// name or title and are refused rather than dropped.
impl Decode for String {
    const SHAPE: &'static Shape = &Shape::Text;

    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let text = scalar(node, "一行文字", decoder)?.trim();
        if text.is_empty() {
            decoder.reject(node, "这里是空的文字。", "请填写，或把这一行整行删去。");
            return None;
        }
        if let Some(bad) = text.chars().find(|&c| is_unprintable(c)) {
            decoder.reject(
                node,
                format!("文字里有不能印出的字符 U+{:04X}（换行、控制符或方向符）。", bad as u32),
                "请删去这个字符后重打这一段文字。",
            );
            return None;
        }
        decoder.ask_about_quotes(node, text);
        Some(text.to_owned())
    }
}

impl Decoder<'_> {
    /// Full-width quotation marks around the whole are printed as they stand; around
    /// a name they were meant to be YAML's.
    fn ask_about_quotes(&mut self, node: &Node, text: &str) {
        const PAIRS: [(char, char); 3] = [('“', '”'), ('‘', '’'), ('「', '」')];
        let inner =
            PAIRS.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close));
        let is_sentence = |inner: &str| inner.contains(['“', '‘', '「', '，', '。', '！', '？']);
        if let Some(inner) = inner.filter(|inner| !is_sentence(inner)) {
            let message = format!("“{inner}”外面的全角引号会原样印出来。");
            let told = Diagnostic::warning("value", message).at(self.place(&node.span));
            self.report.push(told.help("文字不用加引号；要印引号的，不必理会。"));
        }
    }
}

/// A count of people, ballots or days.
impl Decode for u32 {
    const SHAPE: &'static Shape = &Shape::Count;

    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let text = scalar(node, "一个整数", decoder)?;
        let digits: String =
            text.trim().chars().map(text::half).filter(|&c| c != ',' && c != '，').collect();
        // Larger ones are slips of the hand, and would not add up.
        const LARGEST: u32 = 999_999_999;
        let count = |digits: &str| digits.parse().ok().filter(|number| *number <= LARGEST);
        let parsed = count(&digits);
        if parsed.is_none() {
            let help = match digits.trim_end_matches(|c: char| !c.is_ascii_digit()) {
                "" => "请用阿拉伯数字，例如 11。".to_owned(),
                number
                    if digits.starts_with(number)
                        && number.len() < digits.len()
                        && count(number).is_some()
                        && privacy::find(text).is_empty() =>
                {
                    format!("只写数字、不带单位：{number}。")
                }
                _ => "请写不带小数和正负号的整数。".to_owned(),
            };
            let message = match digits.strip_prefix(['-', '−', '－']) {
                Some(rest) if rest.parse::<f64>().is_ok() => {
                    format!("“{}”是负数，这里的数不会少于 0。", text.trim())
                }
                None if digits.len() > 9 && digits.bytes().all(|c| c.is_ascii_digit()) => {
                    format!("“{}”太大，不会有这样的数。", text.trim())
                }
                _ => format!("“{}”不是一个整数。", text.trim()),
            };
            decoder.reject(node, message, help);
        }
        parsed
    }
}

impl Decode for bool {
    const SHAPE: &'static Shape = &Shape::YesNo;

    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        const OPTIONS: &[(bool, &[&str])] = &[
            (true, &["true", "True", "yes", "有", "是"]),
            (false, &["false", "False", "no", "没有", "无", "否"]),
        ];
        decoder.choose(node, "“是”或“否”", OPTIONS)
    }
}

impl Decode for PartialDate {
    const SHAPE: &'static Shape = &Shape::Date;

    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let text = scalar(node, "一个日期", decoder)?;
        match PartialDate::parse(text) {
            Ok(date) => Some(date),
            Err(DateError::Form) => {
                let message = format!("“{}”不是日期。", text.trim());
                let help = "请写成 2026-05-10；只知道月份就写 2026-05。";
                let bare = text.replace(['－', '—', '–', '。', '．', '／', '、'], "-");
                let meant = PartialDate::parse(&bare).ok().map(|date| date.to_string());
                decoder.reject_for(node, message, help, meant);
                None
            }
            Err(DateError::Year) => {
                let message = format!("“{}”的年份不合理。", text.trim());
                decoder.reject(node, message, "请核对年份，写四位，如 2026。");
                None
            }
            Err(DateError::NoSuchDay) => {
                decoder.reject(
                    node,
                    format!("日历上没有“{}”这一天。", text.trim()),
                    "请核对年、月、日。",
                );
                None
            }
        }
    }
}

impl Decode for Sex {
    const SHAPE: &'static Shape = &Shape::Choice("性别", &[&["male", "男"], &["female", "女"]]);

    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        const OPTIONS: &[(Sex, &[&str])] =
            &[(Sex::Male, &["male", "男"]), (Sex::Female, &["female", "女"])];
        decoder.choose(node, "性别", OPTIONS)
    }
}

/// A time of day to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeOfDay {
    pub hour: u8,
    pub minute: u8,
}

impl TimeOfDay {
    /// Reads a time as people write it: `08:30`, `８：３０`, `8点半`, `下午2时`.
    pub fn parse(text: &str) -> Option<Self> {
        const AFTER_NOON: [&str; 2] = ["下午", "晚上"];
        const BEFORE_NOON: [&str; 2] = ["上午", "早上"];
        let text: String =
            text.chars().map(crate::text::half).filter(|c| !c.is_whitespace()).collect();
        let without = |words: [&str; 2]| words.iter().find_map(|word| text.strip_prefix(word));
        let later = without(AFTER_NOON);
        let time = later.or(without(BEFORE_NOON)).unwrap_or(&text);
        let time = time.replace(['时', '点'], ":").replace('半', "30");
        let (hour, minute) =
            time.trim_end_matches(['分', '整']).split_once(':').unwrap_or((&time, ""));
        let hour: u8 = hour.parse().ok()?;
        let hour = if later.is_some() && hour < 12 { hour + 12 } else { hour };
        let minute = if minute.is_empty() { 0 } else { minute.parse().ok()? };
        (hour < 24 && minute < 60).then_some(Self { hour, minute })
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Decode for TimeOfDay {
    const SHAPE: &'static Shape = &Shape::Time;

    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let text = scalar(node, "一个时刻", decoder)?;
        let parsed = Self::parse(text);
        if parsed.is_none() {
            decoder.reject(node, format!("“{}”不是时刻。", text.trim()), "请写成 08:30。");
        }
        parsed
    }
}

impl<T: Decode> Decode for Vec<Located<T>> {
    const SHAPE: &'static Shape = &Shape::List(T::SHAPE);

    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let Value::Sequence(items) = &node.value else {
            decoder.reject(
                node,
                format!("这里应是一个列表，却{}。", node.value.describe()),
                "请每项一行，以“- ”开头；或写成 [甲, 乙]。",
            );
            return None;
        };
        let mut list = Vec::with_capacity(items.len());
        for item in items {
            let place = decoder.place(&item.span);
            if matches!(item.value, Value::Null) {
                decoder.reject(item, "列表里有一项是空的。", "请填写，或删去这个“-”。");
            } else if let Some(value) = decoder.row(item) {
                list.push(Located { value, place });
            }
        }
        Some(list)
    }
}

/// Declares a record: each field with its English key, its Chinese keys, the stage
/// it is written in where the record is the whole description, its type, and a hint
/// that editors show.
macro_rules! record {
    ($(#[$meta:meta])* pub struct $name:ident($title:literal $(, scalar = $scalar:ident)?) {
        $($(#[$doc:meta])* $field:ident($($chinese:literal)|+) $(in $stage:ident)?: $type:ty,
            $hint:literal;)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default)]
        pub struct $name {
            $($(#[$doc])* pub $field: $crate::election::decode::Field<$type>,)*
        }

        impl $crate::election::decode::Decode for $name {
            const SHAPE: &'static $crate::election::shape::Shape =
                &$crate::election::shape::Shape::Record(&$crate::election::shape::Record {
                    name: stringify!($name),
                    title: $title,
                    keys: &[$($crate::election::shape::Key {
                        english: stringify!($field),
                        chinese: &[$($chinese),+],
                        hint: $hint,
                        stage: $crate::election::shape::only(&[$($crate::election::Stage::$stage)?]),
                        shape: <$type as $crate::election::decode::Decode>::SHAPE,
                    }),*],
                    scalar: $crate::election::shape::only(&[$(stringify!($scalar))?]),
                });

            fn decode(
                node: &$crate::election::yaml::Node,
                decoder: &mut $crate::election::decode::Decoder,
            ) -> Option<Self> {
                $(if matches!(node.value, $crate::election::yaml::Value::Scalar(_)) {
                    let value = $crate::election::decode::Decode::decode(node, decoder)?;
                    let place = decoder.place(&node.span);
                    return Some(Self {
                        $scalar: $crate::election::decode::Field::Known(
                            $crate::election::decode::Located { value, place },
                        ),
                        ..Self::default()
                    });
                })?
                let entries = decoder.record(node, $title, Self::keys_below(""))?;
                let mut index = 0..;
                Some(Self { $($field: decoder.field(&entries, index.next()?),)* })
            }

            fn inherit(&mut self, above: &Self) {
                $(self.$field.inherit(&above.$field);)*
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap;
                let mut map = serializer.serialize_map(None)?;
                $(if !self.$field.is_absent() {
                    map.serialize_entry(stringify!($field), &self.$field)?;
                })*
                map.end()
            }
        }
    };
}

/// Declares a choice among fixed words. The last spelling of each is the one
/// that users see and documents print.
macro_rules! choice {
    ($(#[$meta:meta])* pub enum $name:ident($title:literal) {
        $($(#[$doc:meta])* $variant:ident = $english:literal $(| $chinese:literal)+,)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            const OPTIONS: &'static [(Self, &'static [&'static str])] =
                &[$((Self::$variant, &[$english $(, $chinese)+])),*];

            /// Every choice, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The stable English name.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $english,)* }
            }

            /// The Chinese word that documents print.
            pub fn name(self) -> &'static str {
                Self::OPTIONS
                    .iter()
                    .find(|(value, _)| *value == self)
                    .and_then(|(_, words)| words.last())
                    .copied()
                    .unwrap_or(self.id())
            }
        }

        impl $crate::election::decode::Decode for $name {
            const SHAPE: &'static $crate::election::shape::Shape =
                &$crate::election::shape::Shape::Choice(
                    $title,
                    &[$(&[$english $(, $chinese)+]),*],
                );

            fn decode(
                node: &$crate::election::yaml::Node,
                decoder: &mut $crate::election::decode::Decoder,
            ) -> Option<Self> {
                decoder.choose(node, $title, Self::OPTIONS)
            }
        }

        /// Templates test and print the Chinese word.
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }
    };
}

pub(crate) use {choice, record};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::testing;

    #[test]
    fn no_help_repeats_a_number_of_somebody() {
        let told = |text: &str| {
            let (_, report) = testing::read(&format!("类别: 社区\n届次: {text}\n"));
            report.to_string()
        };
        assert!(told("7届").contains("只写数字、不带单位：7。"));
        for (text, raw) in [
            ("44520219521119XXXX", "44520219521119"),
            ("1380013****", "1380013"),
            ("13800138000人", "13800138000"),
            ("abc # 张三 1. 1 3 9 2 5 1 2 3 6 7 8", "1 3 9 2 5"),
            ("家庭电话：8523948 8", "8523948"),
        ] {
            assert!(!told(text).contains(raw), "{}", told(text));
        }
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        let read = |text| TimeOfDay::parse(text).map(|time| time.to_string());
        for (written, time) in [
            ("08:30", "08:30"),
            ("８：３０", "08:30"),
            ("8时", "08:00"),
            ("8点半", "08:30"),
            ("上午 9 点整", "09:00"),
            ("下午2时15分", "14:15"),
            ("下午14:00", "14:00"),
        ] {
            assert_eq!(read(written).as_deref(), Some(time), "{written}");
        }
        for wrong in ["", "早", "25:00", "8:60", "-1:00", "8:30:00"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
