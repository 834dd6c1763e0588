//! Values as YAML, in the manner of the examples: words and short lists of words
//! behind their key, a person on one line in braces, all else one line each.

use unicode_width::UnicodeWidthStr;

use super::plain::{Plain, word};
use crate::text::is_unprintable;

/// What is longer than this is written one line each.
const LINE: usize = 90;

/// Writes values for one file.
#[derive(Clone, Copy)]
pub(super) struct Writer {
    /// Whether its keys are Chinese.
    pub chinese: bool,
}

impl Writer {
    /// The value within brackets.
    pub(super) fn flow(self, value: &Plain) -> String {
        match value {
            Plain::Null => "null".into(),
            Plain::Bool(yes) => word(*yes, self.chinese).into(),
            Plain::Number(number) => number.to_string(),
            Plain::Date(date) => date.to_string(),
            Plain::Text(text) => quoted_if_needed(text),
            Plain::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.flow(item)).collect();
                format!("[{}]", items.join(", "))
            }
            Plain::Record(entries) => {
                let entry = |(key, value): &(String, Plain)| self.flow_entry(key, value);
                let entries: Vec<String> = entries.iter().map(entry).collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }

    pub(super) fn flow_entry(self, key: &str, value: &Plain) -> String {
        let value = if *value == Plain::Null { String::new() } else { self.flow(value) };
        format!("{}: {value}", quoted_if_needed(key))
    }

    /// The value on the line of its key, or of its dash, if it goes there.
    pub(super) fn inline(self, value: &Plain, of_item: bool) -> Option<String> {
        let bare = |value: &Plain| !value.is_container();
        let goes = match value {
            Plain::List(items) => items.iter().all(bare),
            Plain::Record(entries) => {
                entries.is_empty() || of_item && entries.iter().all(|(_, value)| bare(value))
            }
            Plain::Null => return Some(String::new()),
            _ => return Some(self.flow(value)),
        };
        Some(self.flow(value)).filter(|text| goes && text.width() <= LINE)
    }

    /// The lines of a list or record whose keys or dashes stand in `column`.
    pub(super) fn block(self, value: &Plain, column: usize) -> String {
        let lines: Vec<String> = match value {
            Plain::List(items) => items.iter().map(|item| self.item(item, column)).collect(),
            Plain::Record(entries) => {
                entries.iter().map(|(key, value)| self.entry(key, value, column)).collect()
            }
            _ => vec![self.flow(value)],
        };
        let indented: Vec<String> =
            lines.iter().map(|line| format!("{:column$}{line}", "")).collect();
        indented.join("\n")
    }

    /// A key with its value; the first line is not indented.
    pub(super) fn entry(self, key: &str, value: &Plain, column: usize) -> String {
        let key = quoted_if_needed(key);
        match self.inline(value, false) {
            Some(text) if text.is_empty() => format!("{key}:"),
            Some(text) => format!("{key}: {text}"),
            None => format!("{key}:\n{}", self.block(value, column + 2)),
        }
    }

    /// An item with its dash; the first line is not indented.
    pub(super) fn item(self, value: &Plain, column: usize) -> String {
        let text = self.beside_dash(value, column);
        if text.is_empty() { "-".into() } else { format!("- {text}") }
    }

    /// An item without its dash, which stands in `column`.
    pub(super) fn beside_dash(self, value: &Plain, column: usize) -> String {
        let block = || self.block(value, column + 2).trim_start().to_owned();
        self.inline(value, true).unwrap_or_else(block)
    }
}

/// A text that every reader of YAML, old and new, takes for this very text.
fn quoted_if_needed(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    const SIGNS: [char; 12] = [':', '#', ',', '[', ']', '{', '}', '"', '\'', '&', '*', '!'];
    const BEGINNINGS: [char; 11] = ['-', '?', '|', '>', '%', '@', '`', '=', '<', '~', '.'];
    let is_number =
        || text.is_ascii() && text.starts_with(|c: char| c.is_ascii_digit() || c == '+');
    !text.is_empty()
        && text.trim() == text
        && !text.contains(SIGNS)
        && !text.starts_with(BEGINNINGS)
        && !text.chars().any(needs_escape)
        && !WORDS.contains(&&*text.to_ascii_lowercase())
        && !is_number()
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            _ if needs_escape(c) => out.push_str(&format!("\\U{:08X}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out + "\""
}

/// Line ends of any kind, and what a reader may drop or refuse.
fn needs_escape(c: char) -> bool {
    is_unprintable(c) || c == '\u{85}'
}
