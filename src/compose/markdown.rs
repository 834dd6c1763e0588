//! From rendered Markdown to the blocks of a [`Document`].
//!
//! Templates use a small part of Markdown: headings (numbered here in the
//! official way, so that a section that falls away leaves no gap), paragraphs,
//! lists, bold, and tables. Things that are no text (a grid of names, a blank)
//! come as markers that point into [`Inserts`].
//!
//! [`Document`]: super::document::Document

use std::ops::Range;
use std::sync::Mutex;

use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::chinese;
use super::document::{Align, BEHIND_NUMBERS, Block, Cell, Column, Inline, Table, Text};
use super::grid::{self, Slot};

/// No text from outside can hold this character: the model refuses it.
const MARK: char = '\u{FFFC}';
/// What stands for a character that no document may hold.
pub const REPLACEMENT: char = char::REPLACEMENT_CHARACTER;

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
    /// The next table is a form: no row is its head, and its columns are so many
    /// characters wide.
    Form(Vec<usize>),
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
            // No value may be taken for an insert.
            MARK => escaped.push(REPLACEMENT),
            c if c.is_ascii_punctuation() => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Parses the Markdown of one document.
pub fn parse(markdown: &str, inserts: &Inserts) -> Vec<Block> {
    let mut builder = Builder::new(markdown, inserts);
    for (event, range) in Parser::new_ext(markdown, Options::ENABLE_TABLES).into_offset_iter() {
        builder.event(event, range);
    }
    builder.number_items();
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
    markdown: &'a str,
    inserts: &'a Inserts,
    blocks: Vec<Block>,
    text: Text,
    strong: bool,
    counters: [usize; 4],
    lists: Vec<List>,
    table: TableBuilder,
    form: Option<Vec<usize>>,
    /// Where numbered items are among the blocks, and their numbers.
    numbered: Vec<(usize, u64)>,
}

struct List {
    next: Option<u64>,
    lines: Vec<Text>,
}

impl<'a> Builder<'a> {
    fn new(markdown: &'a str, inserts: &'a Inserts) -> Self {
        Self {
            markdown,
            inserts,
            blocks: Vec::new(),
            text: Text::default(),
            strong: false,
            counters: [0; 4],
            lists: Vec::new(),
            table: TableBuilder::default(),
            form: None,
            numbered: Vec::new(),
        }
    }

    fn event(&mut self, event: Event, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag, range),
            Event::Rule => self.blocks.push(Block::Next),
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
                let columns =
                    alignments.into_iter().map(|alignment| Column::new(align(alignment), 0));
                self.table = TableBuilder::new(columns.collect(), self.form.take());
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
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
                // A value that looks like a mark of merging is escaped.
                match self.markdown[range].trim() {
                    "<" => self.table.merge_left(),
                    "^" => self.table.merge_above(),
                    _ => self.table.add(text),
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => self.table.finish_row(),
            TagEnd::Table => {
                let table = std::mem::take(&mut self.table).finish();
                self.blocks.push(Block::Table(table));
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
                Some(Insert::Form(widths)) => self.form = Some(widths),
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
        self.blocks
            .push(Block::Heading { level: u8::try_from(level).unwrap_or(3), text: text.merged() });
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
        let text = std::mem::take(&mut self.text);
        let Some(list) = self.lists.last_mut() else { return };
        match &mut list.next {
            Some(number) => {
                self.numbered.push((self.blocks.len(), *number));
                *number += 1;
                self.blocks.push(Block::Paragraph { text });
            }
            None => list.lines.push(text),
        }
    }
}

impl Builder<'_> {
    /// Items get their numbers, unless there is only one.
    fn number_items(&mut self) {
        for (n, &(block, number)) in self.numbered.iter().enumerate() {
            let next = self.numbered.get(n + 1).map(|&(_, next)| next);
            let is_alone = number == 1 && next != Some(2);
            if let Some(Block::Paragraph { text }) = self.blocks.get_mut(block)
                && !is_alone
            {
                text.0.insert(0, Inline::Plain(format!("{number}{BEHIND_NUMBERS}")));
                *text = std::mem::take(text).merged();
            }
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

/// A table as its cells come, row by row. `<` joins a cell to the one on its
/// left, `^` to the one above.
#[derive(Default)]
struct TableBuilder {
    columns: Vec<Column>,
    /// The widths that a form gives its columns; other tables have a head.
    widths: Option<Vec<usize>>,
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    /// For each column of the row above and of this one: the cell that holds it.
    above: Vec<Held>,
    here: Vec<Held>,
}

/// The row of a cell, its place among the cells of the row, and the column at
/// which it begins.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Held {
    row: usize,
    cell: usize,
    column: usize,
}

impl TableBuilder {
    fn new(columns: Vec<Column>, widths: Option<Vec<usize>>) -> Self {
        Self { columns, widths, ..Self::default() }
    }

    fn add(&mut self, text: Text) {
        let column = self.here.len();
        self.here.push(Held { row: self.rows.len(), cell: self.row.len(), column });
        self.row.push(text.into());
    }

    fn merge_left(&mut self) {
        let Some(&held) = self.here.last() else { return self.add(Text::default()) };
        self.here.push(held);
        // What of a cell from above lies to the right is counted there.
        if held.row == self.rows.len() {
            self.row[held.cell].columns += 1;
        }
    }

    /// Only whole cells reach down: another shape than a rectangle is none.
    fn merge_above(&mut self) {
        let below_head = self.widths.is_none() && self.rows.len() == 1;
        let column = self.here.len();
        let above = self.above.get(column).filter(|_| !below_head).copied();
        let begins = |held: &Held| held.column == column;
        match above {
            Some(held) if begins(&held) => {
                self.here.push(held);
                self.rows[held.row][held.cell].rows += 1;
            }
            Some(held) if self.here.last() == Some(&held) => self.here.push(held),
            _ => self.add(Text::default()),
        }
    }

    fn finish_row(&mut self) {
        self.rows.push(std::mem::take(&mut self.row));
        self.above = std::mem::take(&mut self.here);
    }

    fn finish(mut self) -> Table {
        let has_head = self.widths.is_none() && !self.rows.is_empty();
        let head = if has_head { self.rows.remove(0) } else { Vec::new() };
        let mut table = Table { columns: self.columns, head, rows: self.rows }.measured();
        for (column, width) in table.columns.iter_mut().zip(self.widths.unwrap_or_default()) {
            column.width = width * 2;
        }
        table
    }
}

impl Table {
    /// The table with the width of each column taken from its cells.
    pub fn measured(mut self) -> Self {
        let mut widths = vec![(0, 0); self.columns.len()];
        for (n, row) in grid::rows(&self).into_iter().enumerate() {
            let is_head = n == 0 && !self.head.is_empty();
            for slot in row {
                if let Slot::Cell { column, cell } = slot
                    && cell.columns == 1
                {
                    let width = cell.text.width();
                    let (widest, body) = &mut widths[column];
                    *widest = width.max(*widest);
                    *body = if is_head { 0 } else { width.max(*body) };
                }
            }
        }
        for (column, (width, body)) in self.columns.iter_mut().zip(widths) {
            column.width = column.width.max(width);
            column.body = body;
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
                Block::Table(table) => shape(table),
                other => format!("{other:?}"),
            })
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Each cell with how far it reaches; `/` between rows.
    fn shape(table: &Table) -> String {
        let row = |row: &Vec<Cell>| {
            let cells =
                row.iter().map(|cell| format!("{}{}x{}", cell.text, cell.columns, cell.rows));
            cells.collect::<Vec<_>>().join(" ")
        };
        let rows = std::iter::once(&table.head).chain(&table.rows).map(row);
        rows.collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn cells_merge_to_the_left_and_above() {
        let table = "| 甲 | 乙 | 丙 |\n|-|-|-|\n| 子 | < | 丑 |\n| ^ | < | 寅 |\n| 卯 | ^ | \\^ |";
        assert_eq!(text_of(table), "甲1x1 乙1x1 丙1x1 / 子2x2 丑1x1 / 寅1x1 / 卯1x1 1x1 ^1x1");
    }

    #[test]
    fn a_form_has_no_head_and_the_widths_it_asks_for() {
        let inserts = Inserts::default();
        let form = inserts.mark(Insert::Form(vec![4, 8]));
        let blocks = parse(&format!("{form}\n\n| **姓名** | |\n|:-:|:-|\n| ^ | |"), &inserts);
        let [Block::Table(table)] = &blocks[..] else { panic!("{blocks:?}") };
        assert_eq!(table.columns.iter().map(|column| column.width).collect::<Vec<_>>(), [8, 16]);
        assert_eq!((table.head.len(), table.rows[0][0].rows, table.rows[0][0].label), (0, 2, true));
    }

    #[test]
    fn a_rule_begins_the_next_piece() {
        assert_eq!(text_of("甲\n\n***\n\n乙"), "甲\nNext\n乙");
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
    fn a_single_item_has_no_number() {
        assert_eq!(text_of("1. 甲\n\n# 乙\n\n1. 丙\n2. 丁"), "甲\n一、乙\n1．丙\n2．丁");
        assert_eq!(text_of("1. 甲\n\n说明\n\n2. 乙"), "1．甲\n说明\n2．乙");
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
