//! From rendered Markdown to the blocks of a [`Document`].
//!
//! Templates use a small part of Markdown: headings (numbered here in the
//! official way, so that a section that falls away leaves no gap), paragraphs,
//! lists, bold, and tables. Things that are no text (a grid of names, a blank)
//! come as markers that point into [`Inserts`].
//!
//! [`Document`]: super::document::Document

use std::sync::Mutex;

use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::chinese;
use super::document::{Align, Block, Column, Inline, Table, Text};

/// No text from outside can hold this character: the model refuses it.
const MARK: char = '\u{FFFC}';

/// Where something is to be filled in by hand.
const BLANK: char = '＿';

/// What templates insert beside text. A marker in the Markdown stands for each,
/// so that no value is ever read as Markdown.
#[derive(Debug, Default)]
pub struct Inserts(Mutex<Vec<Insert>>);

#[derive(Clone, Debug)]
pub enum Insert {
    Inline(Inline),
    Block(Block),
}

impl Inserts {
    /// Keeps `insert` and returns the marker that stands for it.
    pub fn mark(&self, insert: Insert) -> String {
        let mut inserts = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        inserts.push(insert);
        format!("{MARK}{}{MARK}", inserts.len() - 1)
    }

    fn get(&self, index: &str) -> Option<Insert> {
        let inserts = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        inserts.get(index.parse::<usize>().ok()?).cloned()
    }
}

/// Escapes `text` so that Markdown shows it exactly as it is.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => escaped.push(' '),
            '\r' => {}
            c if c.is_ascii_punctuation() => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Parses the Markdown of one document.
pub fn parse(markdown: &str, inserts: &Inserts) -> Vec<Block> {
    let mut builder = Builder::new(inserts);
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        builder.event(event);
    }
    builder.blocks
}

/// The text of a title or another single line.
pub fn parse_line(markdown: &str, inserts: &Inserts) -> Text {
    match parse(markdown, inserts).into_iter().next() {
        Some(Block::Paragraph { text } | Block::Heading { text, .. }) => text,
        _ => Text::default(),
    }
}

struct Builder<'a> {
    inserts: &'a Inserts,
    blocks: Vec<Block>,
    text: Text,
    strong: bool,
    counters: [usize; 4],
    lists: Vec<List>,
    table: Table,
    row: Vec<Text>,
}

struct List {
    next: Option<u64>,
    lines: Vec<Text>,
}

impl<'a> Builder<'a> {
    fn new(inserts: &'a Inserts) -> Self {
        Self {
            inserts,
            blocks: Vec::new(),
            text: Text::default(),
            strong: false,
            counters: [0; 4],
            lists: Vec::new(),
            table: Table::default(),
            row: Vec::new(),
        }
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.push(&text),
            // A line broken in the template's source is no break in Chinese text.
            Event::SoftBreak => {}
            Event::HardBreak => self.finish_paragraph(),
            Event::Html(text) | Event::InlineHtml(text) => self.push(&text),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Strong => self.strong = true,
            Tag::List(first) => {
                self.finish_paragraph();
                self.lists.push(List { next: first, lines: Vec::new() });
            }
            Tag::Table(alignments) => {
                let columns = alignments
                    .into_iter()
                    .map(|alignment| Column { align: align(alignment), width: 0 });
                self.table = Table { columns: columns.collect(), ..Table::default() };
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.strong = false,
            TagEnd::Heading(level) => self.finish_heading(level),
            TagEnd::Paragraph => self.finish_paragraph(),
            TagEnd::Item => self.finish_item(),
            TagEnd::List(_) => {
                if let Some(list) = self.lists.pop()
                    && !list.lines.is_empty()
                {
                    self.blocks.push(Block::Lines { lines: list.lines });
                }
            }
            TagEnd::TableCell => {
                let text = std::mem::take(&mut self.text);
                self.row.push(text);
            }
            TagEnd::TableHead => self.table.head = std::mem::take(&mut self.row),
            TagEnd::TableRow => {
                let row = std::mem::take(&mut self.row);
                self.table.rows.push(row);
            }
            TagEnd::Table => {
                let table = std::mem::take(&mut self.table);
                self.blocks.push(Block::Table(table.measured()));
            }
            _ => {}
        }
    }

    /// Adds text, turning markers into what they stand for.
    fn push(&mut self, text: &str) {
        for (n, piece) in text.split(MARK).enumerate() {
            if n % 2 == 0 {
                self.push_plain(piece);
                continue;
            }
            match self.inserts.get(piece) {
                Some(Insert::Inline(inline)) => self.text.0.push(inline),
                Some(Insert::Block(block)) => {
                    self.finish_paragraph();
                    self.blocks.push(block);
                }
                None => {}
            }
        }
    }

    /// Runs of `＿` are blanks: dates known in part have them.
    fn push_plain(&mut self, text: &str) {
        if let Some(start) = text.find(BLANK) {
            let rest = text[start..].trim_start_matches(BLANK);
            let width = (text.len() - start - rest.len()) / BLANK.len_utf8();
            self.push_plain(&text[..start]);
            self.text.0.push(Inline::Blank(width));
            return self.push_plain(rest);
        }
        if text.is_empty() {
            return;
        }
        match self.text.0.last_mut() {
            Some(Inline::Plain(last)) if !self.strong => last.push_str(text),
            Some(Inline::Strong(last)) if self.strong => last.push_str(text),
            _ if self.strong => self.text.0.push(Inline::Strong(text.to_owned())),
            _ => self.text.0.push(Inline::Plain(text.to_owned())),
        }
    }

    fn finish_heading(&mut self, level: HeadingLevel) {
        let level = (level as usize).clamp(1, 3);
        self.counters[level] += 1;
        self.counters[level + 1..].fill(0);
        let number = match level {
            1 => format!("{}、", chinese::numeral(self.counters[1] as u64)),
            2 => format!("（{}）", chinese::numeral(self.counters[2] as u64)),
            _ => format!("{}．", self.counters[3]),
        };
        let mut text = std::mem::take(&mut self.text);
        text.0.insert(0, Inline::Plain(number));
        self.blocks.push(Block::Heading { level: level as u8, text: text.merged() });
    }

    fn finish_paragraph(&mut self) {
        if self.text.is_empty() || !self.lists.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        self.blocks.push(Block::Paragraph { text });
    }

    /// An item of a numbered list is a paragraph with its number; an item of a
    /// bulleted list is a line of its own.
    fn finish_item(&mut self) {
        let mut text = std::mem::take(&mut self.text);
        let Some(list) = self.lists.last_mut() else { return };
        match &mut list.next {
            Some(number) => {
                text.0.insert(0, Inline::Plain(format!("{number}．")));
                *number += 1;
                self.blocks.push(Block::Paragraph { text: text.merged() });
            }
            None => list.lines.push(text),
        }
    }
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::Left => Align::Left,
        Alignment::Right => Align::Right,
        Alignment::Center | Alignment::None => Align::Center,
    }
}

impl Text {
    /// Neighbouring plain pieces made one, so that justification sees one run.
    fn merged(self) -> Self {
        let mut merged: Vec<Inline> = Vec::with_capacity(self.0.len());
        for inline in self.0 {
            match (merged.last_mut(), inline) {
                (Some(Inline::Plain(last)), Inline::Plain(text)) => last.push_str(&text),
                (_, inline) => merged.push(inline),
            }
        }
        Self(merged)
    }
}

impl Table {
    /// The table with the width of each column taken from its cells.
    pub fn measured(mut self) -> Self {
        for (n, column) in self.columns.iter_mut().enumerate() {
            let cells =
                self.head.get(n).into_iter().chain(self.rows.iter().filter_map(|row| row.get(n)));
            column.width = cells.map(Text::width).max().unwrap_or(0);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text_of(markdown: &str) -> String {
        parse(markdown, &Inserts::default())
            .iter()
            .map(|block| match block {
                Block::Heading { text, .. } | Block::Paragraph { text } => text.to_string(),
                Block::Lines { lines } => {
                    lines.iter().map(Text::to_string).collect::<Vec<_>>().join("|")
                }
                Block::Table(table) => format!("{:?}", table.rows),
                other => format!("{other:?}"),
            })
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn numbers_headings_without_gaps() {
        assert_eq!(
            text_of("# 甲\n\n## 子\n\n## 丑\n\n# 乙\n\n## 寅"),
            "一、甲\n（一）子\n（二）丑\n二、乙\n（一）寅"
        );
    }

    #[test]
    fn numbered_items_are_paragraphs_and_bullets_are_lines() {
        assert_eq!(text_of("1. 甲\n2. 乙\n\n- 丙\n- 丁"), "1．甲\n2．乙\n丙|丁");
    }

    #[test]
    fn a_broken_source_line_is_no_break() {
        assert_eq!(text_of("上半句，\n下半句。"), "上半句，下半句。");
    }

    #[test]
    fn inserts_stand_where_their_marker_was() {
        let inserts = Inserts::default();
        let blank = inserts.mark(Insert::Inline(Inline::Blank(4)));
        let block = inserts.mark(Insert::Block(Block::Lines { lines: vec![] }));
        let blocks = parse(&format!("共{blank}人\n\n{block}\n\n完"), &inserts);
        assert!(
            matches!(&blocks[0], Block::Paragraph { text } if text.0.contains(&Inline::Blank(4)))
        );
        assert!(matches!(blocks[1], Block::Lines { .. }));
        assert_eq!(blocks.len(), 3);
    }

    proptest! {
        /// Whatever a value is, escaped it comes out as it was, but for line breaks.
        #[test]
        fn escaped_text_is_shown_exactly(value in "[\\PC&&[^\u{FFFC}]]{1,40}") {
            let value = value.trim();
            prop_assume!(!value.is_empty());
            prop_assert_eq!(text_of(&format!("选民{}。", escape(value))), format!("选民{value}。"));
        }
    }
}
