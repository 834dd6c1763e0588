//! What people mistype in YAML on a Chinese keyboard, said each by itself: where the
//! parser only knows that something is wrong, and often a line later.
//!
//! A text that is sound YAML is never looked at here, so that a guess harms nobody.

use std::ops::Range;

/// One mistake: where, what, and what to do.
pub(super) struct Slip {
    pub at: Range<usize>,
    pub message: String,
    pub help: &'static str,
}

fn slip(at: Range<usize>, message: impl Into<String>, help: &'static str) -> Option<Slip> {
    Some(Slip { at, message: message.into(), help })
}

/// The first that is found, from the top.
pub(super) fn find(text: &str) -> Option<Slip> {
    let mut page = Page::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let found = page.line(Line::of(line, start));
        if found.is_some() {
            return found;
        }
        start += line.len();
    }
    page.unclosed().or_else(|| unclosed_quote(text))
}

/// A line in its parts.
#[derive(Clone, Copy)]
struct Line<'t> {
    /// Where in the file its content begins.
    start: usize,
    indent: &'t str,
    /// Without indentation, comment and line end.
    body: &'t str,
}

impl<'t> Line<'t> {
    fn of(line: &'t str, start: usize) -> Self {
        let blank = |c: char| c.is_whitespace() || is_invisible(c);
        let body = line.trim_start_matches(blank);
        let indent = &line[..line.len() - body.len()];
        let body = without_comment(body).trim_end();
        Self { start: start + indent.len(), indent, body }
    }

    /// The place of a part of the body.
    fn at(&self, from: usize, length: usize) -> Range<usize> {
        self.start + from..self.start + from + length
    }

    fn column(&self) -> usize {
        self.indent.len()
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
}

fn without_comment(body: &str) -> &str {
    match body.starts_with('#') {
        true => "",
        false => body.split(" #").next().unwrap_or(body),
    }
}

/// What is open while one goes down the lines.
#[derive(Default)]
struct Page {
    /// Columns at which levels stand that are not closed.
    levels: Vec<usize>,
    /// Whether the line before leaves room for a level below it.
    opens: bool,
    /// Brackets that are not closed, with their places.
    brackets: Vec<(char, usize)>,
    /// The column of the key of a text of several lines.
    long_text: Option<usize>,
}

impl Page {
    fn line(&mut self, line: Line) -> Option<Slip> {
        if line.body.is_empty() {
            return None;
        }
        if self.long_text.is_some_and(|column| line.column() > column) {
            return None;
        }
        self.long_text = None;
        let found = blanks(&line)
            .or_else(|| self.unclosed_before(&line))
            .or_else(|| dash(&line))
            .or_else(|| self.indentation(&line))
            .or_else(|| wide_brackets(&line))
            .or_else(|| wide_colon(&line))
            .or_else(|| tight_colon(&line))
            .or_else(|| wide_comma(&line))
            .or_else(|| reserved(&line))
            .or_else(|| second_colon(&line));
        if found.is_none() {
            self.go_on(&line);
        }
        found
    }

    /// A new key or item, while a bracket is open.
    fn unclosed_before(&self, line: &Line) -> Option<Slip> {
        let (open, at) = self.brackets.last()?;
        let is_item = line.body.starts_with("- ");
        let is_key = line.body.ends_with(':') || line.column() == 0 && key_of(line.body).is_some();
        (is_item || is_key).then(|| unclosed_bracket(*open, *at))
    }

    fn unclosed(&self) -> Option<Slip> {
        self.brackets.last().map(|(open, at)| unclosed_bracket(*open, *at))
    }

    fn indentation(&self, line: &Line) -> Option<Slip> {
        let column = line.column();
        let deepest = self.levels.last().copied().unwrap_or(0);
        let fits = self.levels.is_empty() && column == 0
            || self.levels.contains(&column)
            || self.opens && column > deepest;
        if fits || !self.brackets.is_empty() {
            return None;
        }
        let levels: Vec<String> = self.levels.iter().map(usize::to_string).collect();
        let near = match levels.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} 或 {last}", rest.join("、")),
            Some((last, _)) => last.clone(),
            None => "0".to_owned(),
        };
        let start = line.start - line.indent.len();
        slip(
            start..line.start + line.body.chars().next().map_or(0, char::len_utf8),
            format!("这一行前面有 {column} 个空格，与上面各行对不齐，应是 {near} 个。"),
            "同一级的各行左边对齐，下一级多两个空格；去掉行首的“#”时，连同后面的一个空格一起去掉。",
        )
    }

    fn go_on(&mut self, line: &Line) {
        let inside = !self.brackets.is_empty();
        for (at, c) in unquoted(line.body) {
            match c {
                '{' | '[' if inside || opens_flow(line.body, at) || !self.brackets.is_empty() => {
                    self.brackets.push((c, line.start + at));
                }
                '}' | ']' => {
                    self.brackets.pop();
                }
                _ => {}
            }
        }
        if inside {
            return;
        }
        // `- 姓名: 张三` opens two levels: that of the dash and that of the key.
        let (mut column, mut rest) = (line.column(), line.body);
        self.levels.retain(|level| *level < column);
        self.levels.push(column);
        while let Some(item) = rest.strip_prefix("- ") {
            let item = item.trim_start_matches(' ');
            column += rest.len() - item.len();
            rest = item;
        }
        if column > line.column() && key_of(rest).is_some() {
            self.levels.push(column);
        }
        self.opens = rest.ends_with(':') || rest == "-";
        if rest.ends_with(['|', '>']) || rest.ends_with("|-") || rest.ends_with(">-") {
            self.long_text = Some(line.column());
        }
    }
}

fn unclosed_bracket(open: char, at: usize) -> Slip {
    let (name, close) = if open == '{' { ("花括号", '}') } else { ("方括号", ']') };
    Slip {
        at: at..at + 1,
        message: format!("这里的{name}“{open}”没有配成对。"),
        help: if close == '}' {
            "请在这一项的末尾补上半角的“}”。"
        } else {
            "请在列表的末尾补上半角的“]”。"
        },
    }
}

/// Each character outside of quotes, with its place.
fn unquoted(body: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut quote = None;
    body.char_indices().filter(move |&(_, c)| match quote {
        Some(open) => {
            if c == open {
                quote = None;
            }
            false
        }
        None => {
            if matches!(c, '"' | '\'') {
                quote = Some(c);
            }
            quote.is_none()
        }
    })
}

/// Whether a bracket at this place begins a value, and is no part of a text.
fn opens_flow(body: &str, at: usize) -> bool {
    let before = body[..at].trim_end();
    before.is_empty() || before.ends_with([':', '-', ',', '[', '{'])
}

/// The key that a line begins with, without the dashes before it.
fn key_of(body: &str) -> Option<&str> {
    let end = body.find(": ").or_else(|| body.ends_with(':').then(|| body.len() - 1))?;
    let key = &body[..end];
    let plain = !key.is_empty() && !key.contains([' ', '{', '[', '"', '\'', ',']);
    plain.then_some(key)
}

fn after_dashes(body: &str) -> &str {
    let mut rest = body;
    while let Some(item) = rest.strip_prefix("- ") {
        rest = item.trim_start_matches(' ');
    }
    rest
}

/// In the indentation only spaces may stand.
fn blanks(line: &Line) -> Option<Slip> {
    let start = line.start - line.indent.len();
    let (at, c) = line.indent.char_indices().find(|&(_, c)| c != ' ')?;
    let at = start + at..start + at + c.len_utf8();
    match c {
        '\u{a0}' => slip(
            at,
            "缩进里有不换行空格（U+00A0），看起来和空格一样。",
            "多半是从网页或 Word 里复制来的：删去这一行前面的空格，重新打半角空格。",
        ),
        c if is_invisible(c) => slip(
            at,
            format!("行首有看不见的字符（U+{:04X}）。", u32::from(c)),
            "多半是复制来的：把光标放在行首，删去它；或者整行重打。",
        ),
        _ => slip(at, "缩进里有制表符或全角空格。", "缩进只能用半角空格，请逐级按两个空格重打。"),
    }
}

/// What begins an item of a list.
fn dash(line: &Line) -> Option<Slip> {
    let first = line.body.chars().next()?;
    let rest = &line.body[first.len_utf8()..];
    match first {
        '–' | '—' | '－' | '‐' | '‑' | '−' | '•' | '·' | '●' => slip(
            line.at(0, first.len_utf8()),
            format!("列表的一项以“{first}”开头，不是半角的减号。"),
            "每一项以半角减号加一个空格开头：“- 张三”。输入法或 Word 会把减号换成长横线，请改回来。",
        ),
        '-' if !rest.is_empty() && !rest.starts_with([' ', '-', '.']) && !is_number(rest) => {
            slip(line.at(0, 1), "列表的“-”后面没有空格。", "减号后面空一格：“- 张三”。")
        }
        _ => None,
    }
}

fn is_number(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || c == '.')
}

fn wide_brackets(line: &Line) -> Option<Slip> {
    let item = after_dashes(line.body);
    let value = if item.starts_with(WIDE_BRACKETS) { item } else { value_of(line.body) };
    match value.chars().next().filter(|first| WIDE_BRACKETS.contains(first)) {
        Some(first) => {
            Some(wide_bracket(line.at(line.body.len() - value.len(), first.len_utf8()), first))
        }
        None => wide_end(line),
    }
}

const WIDE_BRACKETS: [char; 4] = ['｛', '［', '【', '〔'];

fn wide_bracket(at: Range<usize>, bracket: char) -> Slip {
    Slip {
        at,
        message: format!("这里用了全角括号“{bracket}”。"),
        help: match bracket {
            '｛' => "请用半角的花括号、冒号和逗号：“{姓名: 张三, 性别: 男}”。",
            _ => "请用半角的方括号和逗号：“[张三, 李四]”。",
        },
    }
}

/// A value that YAML takes for a text, and that was meant for a list or a record:
/// `［张三，李四］`.
pub(super) fn in_value(value: &str, at: &Range<usize>) -> Option<Slip> {
    const PAIRS: [(char, char); 2] = [('｛', '｝'), ('［', '］')];
    let is_wrapped =
        |(open, close): &&(char, char)| value.starts_with(*open) && value.ends_with(*close);
    let (open, _) = PAIRS.iter().find(is_wrapped)?;
    Some(wide_bracket(at.start..at.start + open.len_utf8(), *open))
}

/// `{姓名: 张三｝`
fn wide_end(line: &Line) -> Option<Slip> {
    let (at, c) = unquoted(line.body).find(|(_, c)| matches!(c, '｝' | '］'))?;
    let opened =
        unquoted(&line.body[..at]).any(|(at, c)| "{[".contains(c) && opens_flow(line.body, at));
    let name = if c == '｝' { "花括号“}”" } else { "方括号“]”" };
    opened.then(|| Slip {
        at: line.at(at, c.len_utf8()),
        message: format!("这里用了全角括号“{c}”，应是半角的{name}。"),
        help: "括号、冒号和逗号都用半角的：“{姓名: 张三, 性别: 男}”。",
    })
}

/// What stands behind the dashes and the first key.
fn value_of(body: &str) -> &str {
    let rest = after_dashes(body);
    match key_of(rest) {
        Some(key) => rest[key.len() + 1..].trim_start_matches(' '),
        None => rest,
    }
}

const HALF_COLON: &str = "键和值之间要用半角冒号加一个空格，例如“选举日: 2026-05-10”。";

fn wide_colon(line: &Line) -> Option<Slip> {
    let body = after_dashes(line.body);
    let from = line.body.len() - body.len();
    let in_flow = body.starts_with('{');
    let (at, _) = unquoted(body).find(|(_, c)| *c == '：')?;
    let key = body[..at].rsplit(['{', ',', '，', '、']).next().unwrap_or_default().trim();
    let is_key = !key.is_empty() && !key.contains(' ') && !body[..at].contains(": ");
    let has_own = !in_flow && (body.contains(": ") || body.ends_with(':'));
    let quoted = body.starts_with(['"', '\'']);
    let item = from > 0 && !in_flow && body[at + '：'.len_utf8()..].is_empty();
    if !is_key || has_own || quoted || item {
        return None;
    }
    slip(line.at(from + at, '：'.len_utf8()), "这里用了全角冒号“：”。", HALF_COLON)
}

/// A colon with something else than a space behind it.
fn tight_colon(line: &Line) -> Option<Slip> {
    let body = after_dashes(line.body);
    let from = line.body.len() - body.len();
    let in_flow = body.starts_with('{');
    let (at, _) = unquoted(body).find(|&(at, c)| {
        let is_tight = |next: char| next != ' ';
        c == ':'
            && body[at + 1..].chars().next().is_some_and(is_tight)
            && !is_like_url(body, at)
            && key_before(&body[..at]).is_some_and(|key| !is_number(key))
    })?;
    if !in_flow && body[..at].contains(": ") {
        return None;
    }
    let next = body[at + 1..].chars().next()?;
    let at = line.at(from + at, 1 + if next.is_whitespace() { next.len_utf8() } else { 0 });
    match next {
        '\u{a0}' => slip(
            at,
            "冒号后面是不换行空格（U+00A0），看起来和空格一样。",
            "多半是从网页或 Word 里复制来的：删去它，重新打一个半角空格。",
        ),
        '\u{3000}' => slip(at, "冒号后面是全角空格。", "删去它，重新打一个半角空格。"),
        '\t' => slip(at, "冒号后面是制表符。", "删去它，重新打一个半角空格。"),
        _ => slip(at, "冒号后面没有空格。", "半角冒号后面要空一格，例如“届次: 7”。"),
    }
}

/// The key that ends there: one word that begins a line, or stands behind a sign that
/// begins a record. A line may be very long, and only the word is read.
fn key_before(text: &str) -> Option<&str> {
    let text = text.trim_end();
    let key = text.rsplit(['{', ',', '[', ' ']).next()?;
    let before = text[..text.len() - key.len()].trim_end();
    let begins = before.is_empty() || before.ends_with(['{', ',', '[']);
    (begins && !key.is_empty()).then_some(key)
}

fn is_like_url(body: &str, at: usize) -> bool {
    body[at..].starts_with("://")
}

/// `{姓名: 张三，性别: 男}`: between two half-width commas only one key may stand.
fn wide_comma(line: &Line) -> Option<Slip> {
    let mut depth = 0;
    let mut piece: Option<(usize, usize)> = None;
    let mut comma = None;
    for (at, c) in unquoted(line.body) {
        match c {
            '{' if opens_flow(line.body, at) => {
                depth += 1;
                (piece, comma) = (Some((at, 0)), None);
            }
            '}' | ',' if depth > 0 => {
                depth -= usize::from(c == '}');
                (piece, comma) = (Some((at, 0)), None);
            }
            '，' | '、' | '；' | '。' if depth > 0 => comma = comma.or(Some((at, c))),
            ':' if depth > 0 && line.body[at + 1..].starts_with([' ', '}']) => {
                let keys = piece.map_or(1, |(_, keys)| keys + 1);
                if let Some((at, c)) = comma.filter(|_| keys > 1) {
                    return slip(
                        line.at(at, c.len_utf8()),
                        format!("花括号里用了中文的“{c}”。"),
                        "各项之间用半角逗号加一个空格：“{姓名: 张三, 性别: 男}”。",
                    );
                }
                piece = piece.map(|(at, _)| (at, keys));
            }
            _ => {}
        }
    }
    None
}

/// Signs that mean something to YAML at the beginning of a value.
fn reserved(line: &Line) -> Option<Slip> {
    let value = value_of(line.body);
    let first = value.chars().next()?;
    let second = value[first.len_utf8()..].chars().next();
    let is_han = second.is_some_and(|c| !c.is_ascii());
    let reserved = matches!(first, '@' | '`' | '%') || matches!(first, '*' | '&' | '!') && is_han;
    reserved
        .then(|| {
            slip(
                line.at(line.body.len() - value.len(), 1),
                format!("值不能以“{first}”开头。"),
                "删去它；确实要写的，整个值用半角引号括起来：\"…\"。",
            )
        })
        .flatten()
}

/// `名称: 石桥村: 东片`
fn second_colon(line: &Line) -> Option<Slip> {
    let value = value_of(line.body);
    if value.len() == after_dashes(line.body).len()
        || value.starts_with(['{', '[', '"', '\'', '|', '>'])
    {
        return None;
    }
    let at = value.find(": ").or_else(|| value.ends_with(':').then(|| value.len() - 1))?;
    slip(
        line.at(line.body.len() - value.len() + at, 1),
        "一行里有两个半角冒号。",
        "值里要有冒号的，用全角的“：”，或者整个值用半角引号括起来；写了两项的，分成两行。",
    )
}

/// A quotation mark that opens a value and is never closed.
fn unclosed_quote(text: &str) -> Option<Slip> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let quote = line.find(['"', '\'']).filter(|&at| {
            let (before, rest) = (line[..at].trim_end(), &text[start + at..]);
            let opens = before.ends_with([':', '-', '[', '{', ',']) && !before.contains('#');
            opens && rest.chars().next().is_some_and(|quote| !rest[1..].contains(quote))
        });
        if let Some(at) = quote {
            return slip(
                start + at..start + at + 1,
                "这里的引号没有成对。",
                "请在这一项的末尾补上半角引号，或者两个都不用。",
            );
        }
        start += line.len();
    }
    None
}
