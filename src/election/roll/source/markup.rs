//! Tables in markup, which offices and websites hand out under the names of
//! workbooks: pages of HTML, and the XML of Excel 2003.
//!
//! Pages are read by a small reader of our own: a page is only a row of tags,
//! nothing in it may run or load, and the readers at hand build whole trees.

use std::collections::{HashMap, HashSet};
use std::io::{Read, Seek};

use quick_xml::events::{BytesStart, Event};

use super::comments::Comment;
use super::kind::{self, Unfit};
use super::xml::{self, Broken, Xml};
use super::{LONGEST_CELL, Merged, SheetHead, Sink, Stored, StoredRow, WIDEST};
use super::{colours, text};
use crate::election::roll::cell::values::Epoch;
use crate::number::counted;

/// The largest file of markup that is read.
const LARGEST: u64 = 64 << 20;

fn whole(mut input: impl Read + Seek) -> Result<String, Unfit> {
    let size = input.seek(std::io::SeekFrom::End(0)).map_err(|_| kind::damaged())?;
    input.seek(std::io::SeekFrom::Start(0)).map_err(|_| kind::damaged())?;
    if size > LARGEST { Err(kind::too_large()) } else { text::read_to_string(input) }
}

/// Hands over the rows of all tables of a page, and the lines between them, one below
/// another, as a spreadsheet shows them.
pub(crate) fn read_html(input: impl Read + Seek, sink: &mut impl Sink) -> Result<(), Unfit> {
    let page = whole(input)?;
    if !sink.begin(SheetHead { name: None, epoch: Epoch::Year1900, is_hidden: false }) {
        return Ok(());
    }
    let (mut table, mut tokens) = (HtmlTable::default(), Tokens::new(&page));
    let mut number = 0;
    while let Some(row) = table.next_row(&mut tokens)? {
        number += 1;
        if sink.row(number, &row).is_break() {
            break;
        }
    }
    sink.end(std::mem::take(&mut table.merged));
    Ok(())
}

/// What a page is made of, as far as its tables go.
#[derive(Debug, PartialEq)]
enum Token<'p> {
    Open { name: String, attributes: &'p str },
    Style(&'p str),
    Close(String),
    Text(&'p str),
}

struct Tokens<'p> {
    rest: &'p str,
}

impl<'p> Tokens<'p> {
    fn new(page: &'p str) -> Self {
        Self { rest: page }
    }

    /// Goes on after `end`, or to the end of the page if it never comes.
    fn skip_past(&mut self, end: &str) {
        self.rest = self.rest.find(end).map_or("", |at| &self.rest[at + end.len()..]);
    }

    /// Passes over the text of a script or a style.
    fn skip_raw(&mut self, name: &str) -> &'p str {
        let whole = self.rest;
        while let Some(at) = self.rest.find("</") {
            let inside = &whole[..whole.len() - self.rest.len() + at];
            self.rest = &self.rest[at + 2..];
            let is_end =
                self.rest.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name));
            if is_end {
                self.skip_past(">");
                return inside;
            }
        }
        self.rest = "";
        whole
    }

    fn tag(&mut self) -> Option<Token<'p>> {
        let is_end = self.rest.starts_with('/');
        let tag = self.rest.trim_start_matches('/');
        let end = tag_end(tag);
        let (inside, rest) = (&tag[..end], tag.get(end + 1..).unwrap_or_default());
        let name_end = inside.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inside.len());
        let name = inside[..name_end].to_ascii_lowercase();
        self.rest = rest;
        if is_end {
            return Some(Token::Close(name));
        }
        if matches!(&*name, "script" | "style") {
            let inside = self.skip_raw(&name);
            return (name == "style").then_some(Token::Style(inside));
        }
        Some(Token::Open { name, attributes: &inside[name_end..] })
    }
}

/// Where a tag ends: at the first `>` that is not in quotation marks.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    tag.find('>').unwrap_or(tag.len())
}

impl<'p> Iterator for Tokens<'p> {
    type Item = Token<'p>;

    fn next(&mut self) -> Option<Token<'p>> {
        while !self.rest.is_empty() {
            let Some(after) = self.rest.strip_prefix('<') else {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                return Some(Token::Text(text));
            };
            if after.starts_with("!--") {
                self.skip_past("-->");
            } else if after.starts_with(['!', '?']) {
                self.skip_past(">");
            } else if after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
                self.rest = after;
                if let Some(token) = self.tag() {
                    return Some(token);
                }
            } else {
                // A sign by itself.
                let (text, rest) = self.rest.split_at(1);
                self.rest = rest;
                return Some(Token::Text(text));
            }
        }
        None
    }
}

/// The tables of a page being put together, row by row.
#[derive(Debug, Default)]
struct HtmlTable {
    row: StoredRow,
    in_row: bool,
    cell: Option<HtmlCell>,
    at: usize,
    /// How many rows more a cell from above reaches down, by column.
    reach: HashMap<usize, usize>,
    rows: u32,
    struck: usize,
    is_row_struck: bool,
    /// The classes of what is struck through, and of what is white.
    struck_classes: HashSet<String>,
    white_classes: HashSet<String>,
    is_row_white: bool,
    merged: Vec<Merged>,
    /// What stands outside all cells, and in how many parts of the page that are not shown.
    line: String,
    unseen: usize,
}

/// Parts of a page that nobody sees, or that are not of its text.
const UNSEEN: [&str; 5] = ["head", "title", "select", "textarea", "noscript"];
/// What begins a line, and ends one.
const LINES: [&str; 14] =
    ["table", "tr", "br", "p", "div", "li", "hr", "caption", "h1", "h2", "h3", "h4", "h5", "h6"];

#[derive(Debug, Default)]
struct HtmlCell {
    text: String,
    columns: usize,
    rows: usize,
    is_struck: bool,
    is_white: bool,
    /// Whether what comes is within a part that is struck through.
    strikes: bool,
}

impl HtmlTable {
    /// The next row, or line outside the rows; a page may end in the middle of one.
    fn next_row(&mut self, tokens: &mut Tokens) -> Result<Option<StoredRow>, Unfit> {
        for token in tokens.by_ref() {
            if let Some(row) = self.take(token)? {
                return Ok(Some(row));
            }
        }
        Ok(self.end_row().or_else(|| self.end_line()))
    }

    fn take(&mut self, token: Token) -> Result<Option<StoredRow>, Unfit> {
        match token {
            Token::Text(text) => self.text(text).map(|()| None),
            Token::Open { name, attributes } => {
                self.unseen += usize::from(UNSEEN.contains(&&*name));
                if name == "body" {
                    self.unseen = 0;
                }
                let row = self.open(&name, attributes);
                Ok(row.or_else(|| self.end_line_at(&name)))
            }
            Token::Style(sheet) => {
                self.struck_classes.extend(classes_of(sheet, |it| it.contains("line-through")));
                self.white_classes.extend(classes_of(sheet, writes_white));
                Ok(None)
            }
            Token::Close(name) => {
                self.unseen = self.unseen.saturating_sub(usize::from(UNSEEN.contains(&&*name)));
                let row = self.close(&name);
                Ok(row.or_else(|| self.end_line_at(&name)))
            }
        }
    }

    fn text(&mut self, text: &str) -> Result<(), Unfit> {
        let into = match &mut self.cell {
            Some(cell) => {
                cell.is_struck |= (self.struck > 0 || cell.strikes) && !text.trim().is_empty();
                &mut cell.text
            }
            None if self.unseen == 0 => &mut self.line,
            None => return Ok(()),
        };
        add_html_text(text, into);
        if into.len() > LONGEST_CELL { Err(kind::cell_too_long()) } else { Ok(()) }
    }

    fn end_line_at(&mut self, tag: &str) -> Option<StoredRow> {
        if LINES.contains(&tag) { self.end_line() } else { None }
    }

    /// What stood between the rows, as a row of its own.
    fn end_line(&mut self) -> Option<StoredRow> {
        if self.in_row || self.line.trim().is_empty() {
            return None;
        }
        let line = std::mem::take(&mut self.line).replace('\u{a0}', " ");
        let mut row = StoredRow::default();
        row.put(0, Stored::Text(line.trim().to_owned()));
        self.rows += 1;
        Some(row)
    }

    fn open(&mut self, name: &str, attributes: &str) -> Option<StoredRow> {
        match name {
            "tr" => {
                let before = self.end_row();
                self.in_row = true;
                self.row.is_hidden = is_hidden(attributes);
                self.is_row_struck = self.is_struck(attributes);
                self.is_row_white = self.is_white(attributes);
                before
            }
            "td" | "th" => {
                self.end_cell();
                self.in_row = true;
                let span = |name| {
                    html_attribute(attributes, name).and_then(|text| text.trim().parse().ok())
                };
                self.cell = Some(HtmlCell {
                    columns: span("colspan").unwrap_or(1).clamp(1, WIDEST),
                    rows: span("rowspan").unwrap_or(1).clamp(1, 100_000),
                    is_struck: self.is_row_struck || self.is_struck(attributes),
                    is_white: self.is_row_white || self.is_white(attributes),
                    strikes: false,
                    text: String::new(),
                });
                None
            }
            "table" => self.end_row(),
            "br" | "p" | "div" => {
                let strikes = self.cell.is_some() && self.is_struck(attributes);
                if let Some(cell) = &mut self.cell {
                    cell.strikes |= strikes;
                    if !cell.text.trim().is_empty() {
                        cell.text.push('\n');
                    }
                }
                None
            }
            "s" | "strike" | "del" => {
                self.struck += 1;
                None
            }
            "span" | "font" | "a" | "b" | "i" | "u" | "em" | "strong" => {
                let strikes = self.cell.is_some() && self.is_struck(attributes);
                let is_white = self.cell.is_some() && self.is_white(attributes);
                if let Some(cell) = &mut self.cell {
                    cell.strikes |= strikes;
                    cell.is_white |= is_white && cell.text.trim().is_empty();
                }
                None
            }
            _ => None,
        }
    }

    /// Whether a tag strikes through what is in it, by its style or its class.
    fn is_struck(&self, attributes: &str) -> bool {
        let classes = || html_attribute(attributes, "class").unwrap_or_default();
        attributes.contains("line-through")
            || !self.struck_classes.is_empty()
                && classes().split_whitespace().any(|class| self.struck_classes.contains(class))
    }

    /// Whether a tag writes in white, and paints nothing behind it.
    fn is_white(&self, attributes: &str) -> bool {
        if attributes.is_empty() {
            return false;
        }
        let lower = attributes.to_ascii_lowercase();
        let classes = || html_attribute(attributes, "class").unwrap_or_default();
        let style = html_attribute(&lower, "style");
        let colour = html_attribute(&lower, " color").filter(|_| !lower.contains("bgcolor"));
        style.is_some_and(writes_white)
            || colour.is_some_and(is_white)
            || !self.white_classes.is_empty()
                && classes().split_whitespace().any(|class| self.white_classes.contains(class))
    }

    fn close(&mut self, name: &str) -> Option<StoredRow> {
        match name {
            "td" | "th" => self.end_cell(),
            "tr" => return self.end_row(),
            "table" => {
                self.reach.clear();
                return self.end_row();
            }
            "s" | "strike" | "del" => self.struck = self.struck.saturating_sub(1),
            _ => {}
        }
        None
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        while self.reach.get(&self.at).is_some_and(|left| *left > 0) {
            self.at += 1;
        }
        let text = cell.text.trim().replace('\u{a0}', " ");
        if !text.is_empty() {
            self.row.put(self.at, Stored::Text(text));
            if cell.is_struck {
                self.row.struck.push(self.at);
            }
            if cell.is_white {
                self.row.unseen.push(self.at);
            }
        }
        if cell.rows > 1 {
            let from = counted(self.at);
            self.merged.push(Merged {
                rows: self.rows..=self.rows + counted(cell.rows) - 1,
                columns: from..=from + counted(cell.columns) - 1,
            });
            for column in self.at..(self.at + cell.columns).min(WIDEST) {
                // One more, for the row itself counts down at its end.
                self.reach.insert(column, cell.rows);
            }
        }
        self.at += cell.columns;
    }

    fn end_row(&mut self) -> Option<StoredRow> {
        self.end_cell();
        if !std::mem::take(&mut self.in_row) {
            return None;
        }
        self.reach.retain(|_, left| {
            *left -= 1;
            *left > 0
        });
        (self.at, self.struck) = (0, 0);
        self.rows += 1;
        Some(std::mem::take(&mut self.row))
    }
}

/// The classes to which a style sheet gives some style: `.xl66 {text-decoration:line-through}`.
fn classes_of(sheet: &str, is_meant: fn(&str) -> bool) -> impl Iterator<Item = String> {
    let rules = sheet.split('}').filter_map(|rule| rule.rsplit_once('{'));
    let meant = rules.filter(move |(_, style)| is_meant(style));
    let classes = meant.flat_map(|(selectors, _)| selectors.split('.').skip(1));
    let end = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'));
    classes.map(move |class| class.split(end).next().unwrap_or_default().to_owned())
}

/// Whether a style writes in white and leaves the paper as it is.
fn writes_white(style: &str) -> bool {
    let style: String =
        style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let values = |wanted: &'static str| {
        let parts = style.split(';').filter_map(|part| part.split_once(':'));
        parts.filter(move |(name, _)| *name == wanted).map(|(_, value)| value)
    };
    let is_painted = ["background", "background-color", "mso-pattern"]
        .into_iter()
        .flat_map(values)
        .any(|value| !is_white(value) && !matches!(value, "none" | "transparent" | "auto"));
    values("color").any(is_white) && !is_painted
}

fn is_white(colour: &str) -> bool {
    let colour = colour.trim().trim_end_matches("!important");
    matches!(colour, "white" | "#fff" | "rgb(255,255,255)")
        || colour.strip_prefix('#').is_some_and(colours::is_white)
}

fn is_hidden(attributes: &str) -> bool {
    let attributes: String = attributes.chars().filter(|c| !c.is_whitespace()).collect();
    attributes.to_ascii_lowercase().contains("display:none")
}

/// An attribute of a tag of HTML, whose value may stand without quotation marks.
fn html_attribute<'p>(attributes: &'p str, name: &str) -> Option<&'p str> {
    let lower = attributes.to_ascii_lowercase();
    let at = lower.find(&format!("{name}=")).or_else(|| lower.find(&format!("{name} =")))?;
    let value = attributes[at + name.len()..].trim_start().trim_start_matches('=').trim_start();
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next(),
        _ => value.split(|c: char| c.is_whitespace() || c == '>').next(),
    }
}

/// Adds a text with its references resolved; white space in a page is one space.
fn add_html_text(text: &str, into: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        add_words(&rest[..at], into);
        rest = &rest[at..];
        let end = rest.char_indices().take(12).find(|(_, c)| *c == ';').map(|(end, _)| end);
        let c = end.and_then(|end| entity(&rest[1..end]));
        match (c, end) {
            (Some(c), Some(end)) => {
                into.push(c);
                rest = &rest[end + 1..];
            }
            _ => {
                into.push('&');
                rest = &rest[1..];
            }
        }
    }
    add_words(rest, into);
}

fn add_words(text: &str, into: &mut String) {
    for c in text.chars() {
        if !matches!(c, '\n' | '\r' | '\t' | ' ') {
            into.push(c);
        } else if !into.ends_with([' ', '\n']) && !into.is_empty() {
            into.push(' ');
        }
    }
}

fn entity(name: &str) -> Option<char> {
    if let Some(code) = name.strip_prefix('#') {
        let hex = code.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(|| code.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
        return code.and_then(char::from_u32);
    }
    Some(match name {
        "nbsp" | "ensp" | "emsp" => ' ',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "middot" => '·',
        "bull" => '•',
        _ => return None,
    })
}

/// Hands over the rows of the sheets of a workbook in one file of XML.
pub(crate) fn read_xml(input: impl Read + Seek, sink: &mut impl Sink) -> Result<(), Unfit> {
    let book = whole(input)?;
    Ok(read_sheets(&book, sink)?)
}

fn read_sheets(book: &str, sink: &mut impl Sink) -> Result<(), Broken> {
    let hidden = hidden_sheets(book)?;
    let mut xml = Xml::new(book.as_bytes());
    let (mut sheet, mut number) = (XmlSheet::default(), 0);
    let (mut epoch, mut is_wanted) = (Epoch::Year1900, false);
    loop {
        let event = xml.next()?;
        let is_whole = matches!(event, Event::Empty(_));
        match &event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "Date1904" => epoch = Epoch::Year1904,
                "Style" => sheet.style = xml::attribute(tag, "ID").unwrap_or_default(),
                "Font"
                    if xml::attribute(tag, "StrikeThrough").is_some_and(|on| xml::is_true(&on)) =>
                {
                    sheet.struck.insert(sheet.style.clone());
                    sheet.is_struck |= sheet.in_data;
                }
                "Font"
                    if xml::attribute(tag, "Color")
                        .is_some_and(|rgb| colours::is_white(rgb.trim_start_matches('#'))) =>
                {
                    sheet.unseen.insert(sheet.style.clone());
                }
                "Interior" if xml::attribute(tag, "Color").is_some() => {
                    sheet.unseen.remove(&sheet.style);
                }
                "NumberFormat" if xml::attribute(tag, "Format").is_some_and(|it| it == ";;;") => {
                    sheet.unseen.insert(sheet.style.clone());
                }
                // A part of what stands in the cell.
                "S" | "s" if sheet.in_data => sheet.is_struck = true,
                "Worksheet" => {
                    let name = xml::attribute(tag, "Name");
                    let is_hidden = hidden.contains(&number);
                    is_wanted = sink.begin(SheetHead { name, epoch, is_hidden });
                    sheet.begin();
                    number += 1;
                }
                "Row" if is_wanted => {
                    sheet.begin_row(tag)?;
                    if is_whole && sheet.end_row(sink) {
                        is_wanted = false;
                    }
                }
                "Cell" if is_wanted => {
                    sheet.begin_cell(tag);
                    if is_whole {
                        sheet.end_cell();
                    }
                }
                "Comment" if is_wanted && !is_whole => {
                    let (row, at) = (sheet.number, sheet.at);
                    sheet.note = Some(Comment { row, at, text: String::new() });
                }
                "Data" if sheet.note.is_some() => sheet.in_data = !is_whole,
                "Data" => {
                    sheet.kind = xml::attribute(tag, "Type").unwrap_or_default();
                    sheet.in_data = !is_whole;
                }
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "Data" => sheet.in_data = false,
                "Comment" => sink.comments(sheet.note.take().into_iter().collect()),
                "Cell" if is_wanted => sheet.end_cell(),
                "Row" if is_wanted && sheet.end_row(sink) => is_wanted = false,
                "Table" if is_wanted => {
                    sink.end(std::mem::take(&mut sheet.merged));
                    is_wanted = false;
                }
                "Worksheet" if is_wanted => {
                    sink.end(Vec::new());
                    is_wanted = false;
                }
                _ => {}
            },
            Event::Eof => return Ok(()),
            other if sheet.in_data => {
                let note = sheet.note.as_mut().map(|note| &mut note.text);
                xml::add_text(other, note.unwrap_or(&mut sheet.text))?;
            }
            _ => {}
        }
    }
}

/// The sheets that say, after their rows, that they are hidden.
fn hidden_sheets(book: &str) -> Result<HashSet<usize>, Broken> {
    let mut hidden = HashSet::new();
    if !book.contains("SheetHidden") && !book.contains("SheetVeryHidden") {
        return Ok(hidden);
    }
    let (mut xml, mut number) = (Xml::new(book.as_bytes()), 0usize);
    let mut in_visible = false;
    loop {
        match xml.next()? {
            Event::Start(tag) if tag.local_name().as_ref() == "Worksheet" => number += 1,
            Event::Start(tag) => in_visible = tag.local_name().as_ref() == "Visible",
            Event::Text(text) if in_visible && text.contains("Hidden") => {
                hidden.extend(number.checked_sub(1));
            }
            Event::Eof => return Ok(hidden),
            _ => {}
        }
    }
}

#[derive(Default)]
struct XmlSheet {
    row: StoredRow,
    number: u32,
    at: usize,
    text: String,
    kind: String,
    style: String,
    struck: HashSet<String>,
    unseen: HashSet<String>,
    is_struck: bool,
    is_unseen: bool,
    has_formula: bool,
    in_data: bool,
    /// The note on a cell that is being read.
    note: Option<Comment>,
    across: usize,
    merged: Vec<Merged>,
}

impl XmlSheet {
    fn begin(&mut self) {
        (self.row, self.number, self.at) = (StoredRow::default(), 0, 0);
        self.merged.clear();
    }

    fn begin_row(&mut self, tag: &BytesStart) -> Result<(), Broken> {
        let number = |name| xml::attribute(tag, name).and_then(|text| text.parse::<u32>().ok());
        let next = number("Index").unwrap_or(self.number + 1);
        if next <= self.number {
            return Err(Broken::Damaged);
        }
        (self.number, self.at, self.row) = (next, 0, StoredRow::default());
        self.row.is_hidden = xml::attribute(tag, "Hidden").is_some_and(|on| xml::is_true(&on));
        Ok(())
    }

    fn begin_cell(&mut self, tag: &BytesStart) {
        let number = |name| xml::attribute(tag, name).and_then(|text| text.parse::<usize>().ok());
        if let Some(index) = number("Index") {
            self.at = index.saturating_sub(1).min(WIDEST);
        }
        self.across = number("MergeAcross").unwrap_or_default().min(WIDEST);
        if let Some(down) = number("MergeDown").filter(|down| *down < 1 << 20) {
            let (row, column) = (self.number - 1, counted(self.at));
            self.merged.push(Merged {
                rows: row..=row + counted(down),
                columns: column..=column + counted(self.across),
            });
        }
        self.is_struck =
            xml::attribute(tag, "StyleID").is_some_and(|style| self.struck.contains(&style));
        self.is_unseen =
            xml::attribute(tag, "StyleID").is_some_and(|style| self.unseen.contains(&style));
        self.has_formula = xml::attribute(tag, "Formula").is_some();
        self.text.clear();
        self.kind.clear();
    }

    fn end_cell(&mut self) {
        let text = self.text.trim();
        let cell = match &*self.kind {
            "Error" => Stored::Fault,
            _ if text.is_empty() && self.has_formula => Stored::Unreckoned,
            "Number" => text.parse().map_or(Stored::Fault, Stored::Number),
            _ if text.is_empty() => Stored::Empty,
            _ => Stored::Text(self.text.clone()),
        };
        if self.is_struck && cell != Stored::Empty {
            self.row.struck.push(self.at);
        }
        if self.is_unseen && cell != Stored::Empty {
            self.row.unseen.push(self.at);
        }
        self.row.put(self.at, cell);
        self.at = (self.at + 1 + self.across).min(WIDEST);
    }

    /// Hands the row over; says whether no more are wanted.
    fn end_row(&mut self, sink: &mut impl Sink) -> bool {
        let row = std::mem::take(&mut self.row);
        !row.cells.is_empty() && sink.row(self.number, &row).is_break()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(page: &str) -> Vec<Vec<String>> {
        let text = |cell: &Stored| cell.value().text().into_owned();
        rows_of(page).iter().map(|row| row.cells.iter().map(text).collect()).collect()
    }

    fn rows_of(page: &str) -> Vec<StoredRow> {
        let (mut table, mut tokens) = (HtmlTable::default(), Tokens::new(page));
        std::iter::from_fn(|| table.next_row(&mut tokens).expect("short cells")).collect()
    }

    #[test]
    fn reads_tables_however_they_are_written() {
        for page in [
            "<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙<td>丁</table>",
            "<TABLE border=1><TR><TD>甲<TD>乙<TR><TD>丙<TD>丁</TABLE>",
            "<html><style>td>a{}</style><script>if(a<b)'<td>'</script><!-- <td>no --><table><tr><th x=\">\">甲</th><th>乙</th></tr><tr><td>&#19993;</td><td>\n 丁&nbsp;</td></tr></table>",
        ] {
            assert_eq!(rows(page), [["甲", "乙"], ["丙", "丁"]], "{page}");
        }
        assert_eq!(rows("<tr><td>a<br>b &lt; c &x; &amp</td></tr>"), [["a\nb < c &x; &amp"]]);
    }

    #[test]
    fn knows_what_is_struck_through() {
        let struck =
            |page: &str| rows_of(page).into_iter().map(|row| row.struck).collect::<Vec<_>>();
        let page = "<style><!--table {x:y}\n.xl66\n\t{color:red;\n\ttext-decoration:line-through;}\
             td.old, .gone{text-decoration:line-through} .xl67{}--></style>\
             <table><tr><td class=xl66>甲<td class='xl67 gone'>乙<td class=xl67>丙</tr>\
             <tr><td><span style='text-decoration: line-through'>甲</span><td>乙</tr>\
             <tr class=\"old\"><td>甲<td><font class=xl66>乙</tr><tr><td>甲</tr></table>";
        assert_eq!(struck(page), [vec![0, 1], vec![0], vec![0, 1], vec![]]);
    }

    #[test]
    fn keeps_columns_beside_merged_cells() {
        let page = "<table><tr><td rowspan=3>一组<td>甲<td colspan=2>乙<td>丙<tr><td>丁<tr><td>戊<tr><td>己</table>";
        let expected: [&[&str]; 4] =
            [&["一组", "甲", "乙", "", "丙"], &["", "丁"], &["", "戊"], &["己"]];
        assert_eq!(rows(page), expected);
    }

    #[test]
    fn reads_what_stands_between_the_tables_and_a_row_that_never_ends() {
        let page = "<head><title>Sheet1</title></head><body><h1>选民&nbsp;名单</h1>\
             <table><caption>一组</caption><tr><td>姓名</table>\n<p>注：李桂芳<b>已去世</b></p>\
             <select><option>选</select><table><tr><td>李桂芳";
        let expected = [["选民 名单"], ["一组"], ["姓名"], ["注：李桂芳已去世"], ["李桂芳"]];
        assert_eq!(rows(page), expected);
    }

    #[test]
    fn never_panics_on_pieces() {
        let page =
            "<table><tr style='display: none'><td colspan=\"3\" rowspan=2>甲&#x4e59;<s>丙</s><br/>";
        for end in (0..page.len()).filter(|end| page.is_char_boundary(*end)) {
            rows(&page[..end]);
        }
    }
}
