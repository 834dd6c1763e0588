//! YAML as a tree in which every key and value knows where it stands.
//!
//! Serde stops at the first mistake; a secretary wants to hear all of them. So
//! the file is read into this tree first, and the typed model is then decoded
//! from it by [`super::decode`], which goes on after a mistake.

use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, Location, NonFiniteFloatPolicy, Spanned};

use super::slip::{self, Slip};
use crate::diagnostic::{Diagnostic, Outline, Place, Source};
use crate::files;
use crate::number::sized;

/// No description of an election comes near this size; the roll is a file of its own.
const MAX_BYTES: u64 = 4 << 20;

/// A value and the bytes it stands on.
#[derive(Clone, Debug)]
pub struct Node {
    pub value: Value,
    /// The whole of it: a list to the end of its last item or its bracket. A key
    /// with nothing after it has an empty value right behind the colon.
    pub span: Range<usize>,
    /// Where what leads to it ends: the colon, the dash, or what stands before.
    pub after: usize,
}

#[derive(Clone, Debug)]
pub enum Value {
    Null,
    /// The text as written; numbers and truth values are left to the decoder.
    Scalar(String),
    Sequence(Vec<Node>),
    Mapping(Vec<(Key, Node)>),
}

#[derive(Clone, Debug)]
pub struct Key {
    pub text: String,
    pub span: Range<usize>,
}

/// The way from the root to a node, as a user and a form name it:
/// `选举委员会.成员[0].姓名`. Items are counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyPath(pub Vec<Step>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Key(String),
    Item(usize),
}

impl fmt::Display for KeyPath {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (depth, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if depth == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Item(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

impl From<&str> for KeyPath {
    /// Reads what [`KeyPath`] prints; no key of a description has a dot or bracket.
    fn from(text: &str) -> Self {
        let step = |part: &str| match part.strip_suffix(']').map(str::parse) {
            Some(Ok(index)) => Step::Item(index),
            _ => Step::Key(part.to_owned()),
        };
        Self(text.split(['.', '[']).filter(|part| !part.is_empty()).map(step).collect())
    }
}

impl Node {
    /// Whether it is a list or a record.
    pub fn is_container(&self) -> bool {
        matches!(self.value, Value::Sequence(_) | Value::Mapping(_))
    }

    /// Keys (of a mapping) and values below this one.
    pub fn children(&self) -> impl Iterator<Item = (Option<&Key>, &Node)> {
        let (items, entries) = match &self.value {
            Value::Sequence(items) => (&items[..], &[][..]),
            Value::Mapping(entries) => (&[][..], &entries[..]),
            Value::Null | Value::Scalar(_) => (&[][..], &[][..]),
        };
        let entries = entries.iter().map(|(key, value)| (Some(key), value));
        items.iter().map(|item| (None, item)).chain(entries)
    }

    /// The way to what stands at a byte: the innermost node, or the value of the
    /// key that stands there.
    pub fn path_at(&self, offset: usize) -> KeyPath {
        self.path_over(&(offset..offset))
    }

    fn path_over(&self, span: &Range<usize>) -> KeyPath {
        let step = |(index, key): (usize, Option<&Key>)| match key {
            Some(key) => Step::Key(key.text.clone()),
            None => Step::Item(index),
        };
        KeyPath(self.way_over(span).into_iter().map(step).collect())
    }

    /// The same as places among the children, with their keys.
    pub fn way_to(&self, offset: usize) -> Vec<(usize, Option<&Key>)> {
        self.way_over(&(offset..offset))
    }

    fn way_over(&self, span: &Range<usize>) -> Vec<(usize, Option<&Key>)> {
        let (mut way, mut node) = (Vec::new(), self);
        while let Some((index, key, below)) = node.child_over(span) {
            way.push((index, key));
            node = below;
        }
        way
    }

    /// The child all of whose, or of whose key, the bytes are. One stands after
    /// another, and there may be thousands.
    fn child_over(&self, span: &Range<usize>) -> Option<(usize, Option<&Key>, &Node)> {
        let covers = |own: &Range<usize>| own.start <= span.start && span.end <= own.end;
        match &self.value {
            Value::Null | Value::Scalar(_) => None,
            Value::Sequence(items) => {
                let at = items.partition_point(|item| item.span.end < span.end);
                items.get(at).filter(|item| covers(&item.span)).map(|item| (at, None, item))
            }
            Value::Mapping(entries) => {
                let ends = |(key, value): &(Key, Node)| value.span.end.max(key.span.end);
                let at = entries.partition_point(|entry| ends(entry) < span.end);
                let (key, value) = entries.get(at)?;
                (covers(&value.span) || covers(&key.span)).then_some((at, Some(key), value))
            }
        }
    }
}

impl Outline for Node {
    fn path_of(&self, span: &Range<usize>) -> String {
        self.path_over(span).to_string()
    }
}

/// Reads a file as UTF-8 text, with or without a byte order mark.
pub fn read_text(path: &Path) -> Result<Arc<Source>, Diagnostic> {
    let problem = |code, message: &str| Diagnostic::error(code, message).in_file(path);
    let metadata = std::fs::metadata(path).map_err(|error| {
        let code = match error.kind() {
            std::io::ErrorKind::NotFound => "no-file",
            _ => "unreadable",
        };
        problem(code, &format!("读不到这个文件：{}。", files::reason(&error)))
            .help("请核对路径；election.yaml 应在选举文件夹里。")
    })?;
    if metadata.is_dir() {
        return Err(problem("not-a-file", "这是一个文件夹，不是文件。")
            .help("请给出文件，或者移走与文件同名的文件夹。"));
    }
    if !metadata.is_file() {
        return Err(problem("not-a-file", "这是管道或设备，不是普通文件。")
            .help("请把内容存成文件，放在这个位置。"));
    }
    let bytes = files::read(path, MAX_BYTES).map_err(|error| {
        if error.kind() == std::io::ErrorKind::FileTooLarge {
            return problem("too-large", "文件超过 4 MB，太大了。")
                .help("选民名册请另存为 voters.csv 或 voters.xlsx，不要写进 YAML。");
        }
        let usual = "请核对权限；文件正在别的程序里打开的，先关闭它。";
        problem("unreadable", &format!("读不到这个文件：{}。", files::reason(&error)))
            .help(files::advice(&error).unwrap_or(usual))
    })?;
    match std::str::from_utf8(&bytes) {
        Ok(text) if text.contains('\0') => Err(problem("encoding", "这不是 UTF-8 文本文件。")
            .help("请在编辑器里“另存为”，编码选 UTF-8。")),
        Ok(text) => Ok(Source::new(path, text)),
        Err(error) => Err(not_utf8(path, &bytes, error.valid_up_to())),
    }
}

fn not_utf8(path: &Path, bytes: &[u8], valid: usize) -> Diagnostic {
    let line = bytes[..valid].iter().filter(|&&byte| byte == b'\n').count() + 1;
    let (_, _, garbled) = encoding_rs::GB18030.decode(bytes);
    let guess = if garbled { "" } else { "，看起来是 GB18030（GBK）编码" };
    Diagnostic::error("encoding", format!("第 {line} 行起不是 UTF-8 文本{guess}。"))
        .in_file(path)
        .help("请用记事本或 WPS 打开，“另存为”时编码选 UTF-8。")
}

/// Parses the text of `source` into a tree.
pub fn parse(source: &Arc<Source>) -> Result<Node, Diagnostic> {
    let mut options = serde_yaml::Options::default();
    options.duplicate_keys = DuplicateKeyPolicy::PassThrough;
    options.non_finite_float_policy = NonFiniteFloatPolicy::AsString;
    options.with_snippet = false;
    if let Some(budget) = &mut options.budget {
        // A key without a value may be followed by a page of plans.
        budget.max_buffered_comment_events = source.text.len();
    }
    let tree = serde_yaml::from_str_with_options::<Spanned<Tree>>(&source.text, options)
        .map_err(|error| syntax(source, &error))?;
    let node = Builder { text: &source.text }.node(tree, 0);
    match (&node.value, slip(source)) {
        // Lines without a half-width colon are YAML too: one long text.
        (Value::Scalar(_), Some(slip)) => Err(slip),
        _ => match slip_in_values(&node, &source.text) {
            Some(slip) => Err(told(source, slip)),
            None => too_long(source, &node).map_or(Ok(node), Err),
        },
    }
}

/// No key and no text comes near such a length; messages quote both.
fn too_long(source: &Arc<Source>, node: &Node) -> Option<Diagnostic> {
    const LONGEST_KEY: usize = 200;
    const LONGEST_TEXT: usize = 20_000;
    let told = |what: &str, span: &Range<usize>, most: usize| {
        let length = source.text[span.clone()].chars().count();
        (length > most).then(|| {
            let message = format!("{what}太长了：有 {length} 个字，最多 {most} 个。");
            let place = Place::Text(source.clone(), span.start..span.start);
            Diagnostic::error("too-large", message)
                .at(place)
                .help("请检查是否误贴了别的内容，引号是否成对；长的材料请放进 attachments 文件夹。")
        })
    };
    let below = |(key, node): (Option<&Key>, &Node)| {
        let key = key.and_then(|key| told("这里的键", &key.span, LONGEST_KEY));
        key.or_else(|| too_long(source, node))
    };
    match &node.value {
        Value::Scalar(_) => told("这里的文字", &node.span, LONGEST_TEXT),
        _ => node.children().find_map(below),
    }
}

/// The first value that is a text only because its brackets are full-width ones. What
/// stands in quotes is meant as it is.
fn slip_in_values(node: &Node, text: &str) -> Option<Slip> {
    match &node.value {
        Value::Scalar(value) if text[node.span.clone()].starts_with(value.as_str()) => {
            slip::in_value(value, &node.span)
        }
        _ => node.children().find_map(|(_, below)| slip_in_values(below, text)),
    }
}

/// What serde sees, before the text of plain scalars is taken from the source.
enum Tree {
    Null,
    /// Numbers and truth values, whose text is the source's own.
    Plain,
    Text(String),
    Sequence(Vec<Spanned<Tree>>),
    Mapping(Vec<(Spanned<Tree>, Spanned<Tree>)>),
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("any YAML value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Tree, E> {
        Ok(Tree::Plain)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Tree, E> {
        Ok(Tree::Plain)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Tree, E> {
        Ok(Tree::Plain)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Tree, E> {
        Ok(Tree::Plain)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Tree, E> {
        Ok(Tree::Plain)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Tree, E> {
        Ok(Tree::Plain)
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Tree, E> {
        Ok(Tree::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut sequence = Vec::new();
        while let Some(item) = items.next_element()? {
            sequence.push(item);
        }
        Ok(Tree::Sequence(sequence))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut mapping = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            mapping.push(entry);
        }
        Ok(Tree::Mapping(mapping))
    }
}

struct Builder<'a> {
    text: &'a str,
}

impl Builder<'_> {
    /// `after` is where what leads to the value ends.
    fn node(&self, tree: Spanned<Tree>, after: usize) -> Node {
        let span = self.span(tree.referenced);
        let (value, span) = match tree.value {
            Tree::Null if span.is_empty() => (Value::Null, after..after),
            Tree::Null => (Value::Null, span),
            Tree::Plain => {
                let text = self.text[self.span(tree.defined)].trim().to_owned();
                (Value::Scalar(text), span)
            }
            Tree::Text(text) => (Value::Scalar(text), self.with_header(span, after)),
            Tree::Sequence(items) => {
                let start = self.first_dash(&span, after).unwrap_or(span.start);
                let items = self.items(items, start);
                let end = self.end(&span, items.last().map(|item| item.span.end));
                (Value::Sequence(items), start..end)
            }
            Tree::Mapping(entries) => {
                let entries: Vec<_> = entries.into_iter().map(|entry| self.entry(entry)).collect();
                let last = entries.last().map(|(key, value)| value.span.end.max(key.span.end));
                let first = entries.first().filter(|_| !self.text[span.start..].starts_with('{'));
                let start = first.map_or(span.start, |(key, _)| key.span.start);
                (Value::Mapping(entries), start..self.end(&span, last))
            }
        };
        Node { value, span, after }
    }

    /// The parser passes over the first dash of a list that stands as far left as
    /// its key.
    fn first_dash(&self, span: &Range<usize>, after: usize) -> Option<usize> {
        let start = skip_trivia(self.text, after);
        (start < span.start && self.text[start..].starts_with('-')).then_some(start)
    }

    fn items(&self, items: Vec<Spanned<Tree>>, start: usize) -> Vec<Node> {
        let mut end = start;
        let item = |item| {
            let from = skip_trivia(self.text, end);
            let after = if self.text[from..].starts_with('-') { from + 1 } else { from };
            let node = self.node(item, after);
            end = node.span.end.max(end);
            node
        };
        items.into_iter().map(item).collect()
    }

    fn entry(&self, (key, value): (Spanned<Tree>, Spanned<Tree>)) -> (Key, Node) {
        let key = self.key(key);
        let gap = &self.text[key.span.end..];
        let blank = gap.len() - gap.trim_start_matches([' ', '\t']).len();
        let colon = gap[blank..].starts_with(':').then_some(blank + 1);
        let after = key.span.end + colon.unwrap_or(0);
        (key, self.node(value, after))
    }

    fn key(&self, key: Spanned<Tree>) -> Key {
        let start = self.span(key.referenced).start;
        let node = self.node(key, start);
        let text = match node.value {
            Value::Scalar(text) => text,
            _ => self.text[node.span.clone()].trim().to_owned(),
        };
        Key { text, span: node.span }
    }

    /// The parser tells of a text of several lines (`|`, `>`) only the lines.
    fn with_header(&self, span: Range<usize>, after: usize) -> Range<usize> {
        let header = skip_trivia(self.text, after);
        if header < span.start && self.text[header..].starts_with(['|', '>']) {
            let body = self.text[..span.end].trim_end().len();
            return header..body.max(header + 1);
        }
        span
    }

    /// Where a list or record ends of which the parser tells only the beginning.
    fn end(&self, span: &Range<usize>, last: Option<usize>) -> usize {
        let end = last.unwrap_or(span.end).max(span.end);
        if !self.text[span.start..].starts_with(['[', '{']) {
            return end;
        }
        let mut at = skip_trivia(self.text, end);
        while self.text[at..].starts_with(',') {
            at = skip_trivia(self.text, at + 1);
        }
        if self.text[at..].starts_with([']', '}']) { at + 1 } else { end }
    }

    fn span(&self, location: Location) -> Range<usize> {
        byte_range(self.text, location)
    }
}

/// Past blanks, line ends and comments.
fn skip_trivia(text: &str, mut at: usize) -> usize {
    loop {
        let rest = &text[at..];
        let solid = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        at += rest.len() - solid.len();
        if !solid.starts_with('#') {
            return at;
        }
        at += solid.find('\n').unwrap_or(solid.len());
    }
}

fn byte_range(text: &str, location: Location) -> Range<usize> {
    let span = location.span();
    let start = match span.byte_offset() {
        Some(offset) => sized(offset),
        // Of a syntax error the parser tells only line and column.
        None => line_and_column(text, sized(location.line()), sized(location.column())),
    };
    let end = start + sized(span.byte_len().unwrap_or(0));
    let (start, end) = (start.min(text.len()), end.min(text.len()));
    if text.is_char_boundary(start) && text.is_char_boundary(end) { start..end } else { 0..0 }
}

/// The byte at a one-based line and column (in characters).
fn line_and_column(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let before = text[start..].chars().take_while(|&c| c != '\n').take(column.saturating_sub(1));
    start + before.map(char::len_utf8).sum::<usize>()
}

/// Says in Chinese what the parser means, guessing at the usual slips first.
fn syntax(source: &Arc<Source>, error: &serde_yaml::Error) -> Diagnostic {
    let at = error.location().map_or(0..0, |location| byte_range(&source.text, location));
    if let Some(slip) = slip(source) {
        return slip;
    }
    use serde_yaml::Error as E;
    let (message, help) = match error {
        E::Budget { .. }
        | E::AliasReplayLimitExceeded { .. }
        | E::AliasExpansionLimitExceeded { .. }
        | E::AliasReplayStackDepthExceeded { .. }
        | E::AliasError { .. } => (
            "内容的层数或者数量太大，不予读取。".to_owned(),
            "请检查是否误放了别的文件；选民名册请另存为 voters.csv 或 voters.xlsx。",
        ),
        E::MultipleDocuments { .. } => (
            "文件里有不止一份 YAML（出现了“---”分隔）。".to_owned(),
            "一个文件只写一次选举，删去多余的“---”。",
        ),
        E::Eof { .. } => ("没有内容。".to_owned(), "用 zhangbang new 可以得到一份带说明的样本。"),
        _ => (
            "这里不合 YAML 的写法。".to_owned(),
            "请核对缩进（同级左对齐，只用空格）、英文冒号后的空格、成对的引号和括号。",
        ),
    };
    Diagnostic::error("yaml", message).at(Place::Text(source.clone(), at)).help(help)
}

/// Says in Chinese why what is written is not what was asked for: of files that a
/// program reads into records of its own.
pub fn misfit(error: &serde_yaml::Error) -> String {
    use serde_yaml::Error as E;
    match error.without_snippet() {
        E::SerdeMissingField { field, .. } => format!("没有写“{field}”"),
        E::SerdeUnknownField { field, expected, .. } => {
            format!("没有“{field}”这个键，可以写：{}", expected.join("、"))
        }
        E::SerdeUnknownVariant { variant, expected, .. } => {
            format!("不能写“{variant}”，可以写：{}", expected.join("、"))
        }
        E::DuplicateMappingKey { key: Some(key), .. } => format!("“{key}”写了两次"),
        E::SerdeInvalidType { .. } | E::SerdeInvalidValue { .. } | E::InvalidScalar { .. } => {
            "值的写法不对".to_owned()
        }
        E::Message { msg, .. } if !msg.is_ascii() => msg.clone(),
        _ => "不合 YAML 的写法".to_owned(),
    }
}

fn slip(source: &Arc<Source>) -> Option<Diagnostic> {
    Some(told(source, slip::find(&source.text)?))
}

fn told(source: &Arc<Source>, slip: Slip) -> Diagnostic {
    let place = Place::Text(source.clone(), slip.at);
    Diagnostic::error("yaml", slip.message).at(place).help(slip.help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Node {
        parse(&Source::new("election.yaml", text)).unwrap()
    }

    /// What the parser tells of a list is its beginning.
    #[test]
    fn everything_knows_its_whole_extent() {
        let text = "甲:   # 注\n  - {乙: 一, 丙: [二, 三,\n    ]}  # 注\n  -\n  - 丁\n戊: |  # 注\n  一\n\n  二\n\n己:\n- 庚\n- 辛: \"引\\n\"\n壬:\n";
        let tree = read(text);
        let whole = |path: &[usize]| {
            let below = |node, &index: &usize| {
                let (_, below): (_, &Node) = Node::children(node).nth(index).unwrap();
                below
            };
            let node = path.iter().fold(&tree, below);
            (&text[node.span.clone()], &text[..node.after])
        };
        assert_eq!(whole(&[0]).0, "- {乙: 一, 丙: [二, 三,\n    ]}  # 注\n  -\n  - 丁");
        assert_eq!(whole(&[0, 0]).0, "{乙: 一, 丙: [二, 三,\n    ]}");
        assert_eq!(whole(&[0, 0, 1]).0, "[二, 三,\n    ]");
        assert!(whole(&[0, 1]).0.is_empty() && whole(&[0, 1]).1.ends_with("\n  -"));
        assert_eq!(whole(&[1]).0, "|  # 注\n  一\n\n  二");
        assert_eq!(whole(&[2]).0, "- 庚\n- 辛: \"引\\n\"");
        assert!(whole(&[3]).0.is_empty() && whole(&[3]).1.ends_with("壬:"));
        assert_eq!(whole(&[]).0.len(), text.len() - 1);
    }

    #[test]
    fn what_is_too_long_is_told_at_its_place() {
        let told = |text: String| parse(&Source::new("election.yaml", text)).unwrap_err();
        for (text, message) in [
            (
                format!("届次: 7\n{}: 1\n", "甲".repeat(201)),
                "这里的键太长了：有 201 个字，最多 200 个。",
            ),
            (
                format!("届次: 7\n社区: [{}]\n", "一".repeat(20_001)),
                "这里的文字太长了：有 20001 个字，最多 20000 个。",
            ),
        ] {
            let told = told(text);
            assert_eq!((told.code, told.message.as_str()), ("too-large", message));
            assert!(told.place.unwrap().name_below(Path::new("")).contains("第 2 行"));
        }
        read(&format!("{}: {}\n", "甲".repeat(200), "乙".repeat(20_000)));
    }

    /// Lines of any length are read in one go, whatever is wrong with them.
    #[test]
    fn long_lines_are_read_in_no_time() {
        const LONG: usize = 300_000;
        for line in [
            format!("{}: 1", "x".repeat(LONG)),
            format!("届次: {}", "1".repeat(LONG)),
            format!("备注: {}", "示1 ".repeat(LONG / 3)),
            format!("备注: [{}", "甲:// ".repeat(LONG / 6)),
            format!("{}甲", "- ".repeat(LONG / 2)),
            format!("{{{}", "甲：乙，".repeat(LONG / 4)),
        ] {
            slip::find(&line);
        }
        let number = format!("届次: {}", "1".repeat(LONG));
        assert_eq!(parse(&Source::new("election.yaml", number)).unwrap_err().code, "too-large");
    }

    /// One stands among thousands.
    #[test]
    fn a_place_is_named_by_the_way_to_it() {
        let people = "    - {姓名: 甲某, 性别: 女}\n    - 姓名: 乙某\n      性别: 男\n".repeat(500);
        let text = format!("选举委员会:\n  成员:\n{people}  公布日期:\n届次: 7\n");
        let tree = read(&text);
        let whole = |from: &str, to: &str| {
            let start = text.rfind(from).unwrap();
            tree.path_of(&(start..text.rfind(to).unwrap() + to.len()))
        };
        assert_eq!(whole("甲某", "甲某"), "选举委员会.成员[998].姓名");
        assert_eq!(whole("{姓名: 甲某", "女}"), "选举委员会.成员[998]");
        assert_eq!(whole("姓名: 乙某", "性别: 男"), "选举委员会.成员[999]");
        assert_eq!(whole("公布日期", "公布日期"), "选举委员会.公布日期");
        assert_eq!(whole("届次", "届次"), "届次");
    }

    #[test]
    fn a_key_without_a_value_may_be_followed_by_pages_of_plans() {
        let text = format!("职数:\n  主任:\n{}", "# 计划\n".repeat(1000));
        let tree = read(&text);
        assert_eq!(tree.path_at(text.find("主任").unwrap()), KeyPath::from("职数.主任"));
    }
}
