//! Workbooks in Office Open XML (xlsx, xlsm): read cell by cell, one row in
//! memory. calamine reads them too, but tells neither what rows are hidden,
//! what is struck through, how much of a date is shown nor which formulas have
//! no value, and holds a cell whole however long it is.

use std::collections::{HashMap, HashSet};
use std::io::{Read, Seek};
use std::ops::ControlFlow;

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::colours::{self, Colour};
use super::comments;
use super::kind::Unfit;
use super::xml::{self, Broken, Xml};
use super::{Merged, Row, SheetHead, Sink, WIDEST};
use crate::election::roll::cell::values::{self, Epoch, Shown, Value};
use crate::number::counted;

/// Hands the rows of a workbook over.
pub(crate) fn read(input: impl Read + Seek, sink: &mut impl Sink) -> Result<(), Unfit> {
    Ok(read_book(input, sink)?)
}

fn read_book(input: impl Read + Seek, sink: &mut impl Sink) -> Result<(), Broken> {
    let mut archive = ZipArchive::new(input).map_err(|_| Broken::Damaged)?;
    let book = Book::open(&mut archive)?;
    for sheet in &book.sheets {
        let head = SheetHead {
            name: Some(sheet.name.clone()),
            epoch: book.epoch,
            is_hidden: sheet.is_hidden,
        };
        if sink.begin(head) {
            sink.comments(comments::of_sheet(&mut archive, &sheet.part)?);
            let merged = match part(&mut archive, &sheet.part)? {
                Some(mut part) => read_sheet(&mut part, &book, sink)?,
                None => return Err(Broken::Damaged),
            };
            sink.end(merged);
        }
    }
    Ok(())
}

pub(crate) type Part<'a, R> = Xml<zip::read::ZipFile<'a, R>>;

/// A part of the package by its name, whose case does not count.
pub(crate) fn part<'a, R: Read + Seek>(
    archive: &'a mut ZipArchive<R>,
    name: &str,
) -> Result<Option<Part<'a, R>>, Broken> {
    let name = name.trim_start_matches('/');
    let same = |at: &usize| {
        let known = archive.name_for_index(*at).and_then(Result::ok).unwrap_or_default();
        known.replace('\\', "/").eq_ignore_ascii_case(name)
    };
    let at = archive.index_for_name(name).or_else(|| (0..archive.len()).find(same));
    let Some(at) = at else { return Ok(None) };
    let file = archive.by_index(at).map_err(|_| Broken::Damaged)?;
    Ok(Some(Xml::new(file)))
}

/// What the sheets share.
#[derive(Debug, Default)]
struct Book {
    sheets: Vec<SheetPart>,
    epoch: Epoch,
    strings: Strings,
    styles: Vec<Style>,
}

#[derive(Debug)]
struct SheetPart {
    name: String,
    part: String,
    is_hidden: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Style {
    /// How much of a date it shows, if it shows dates.
    shown: Option<Shown>,
    is_struck: bool,
    /// White on white.
    is_unseen: bool,
    /// That of the cell, or else of the text.
    colour: Option<Colour>,
}

/// The texts that cells refer to, one after another.
#[derive(Debug, Default)]
struct Strings {
    text: String,
    ends: Vec<u32>,
    struck: HashSet<u32>,
}

impl Strings {
    fn get(&self, at: u32) -> Option<&str> {
        let at = at as usize;
        let end = *self.ends.get(at)? as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.text.get(start..end)
    }
}

impl Book {
    fn open<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<Self, Broken> {
        let mut book = Self::default();
        let folder = "xl/";
        let targets = match part(archive, "xl/_rels/workbook.xml.rels")? {
            Some(mut part) => targets(&mut part, folder)?,
            None => HashMap::new(),
        };
        let mut workbook = part(archive, "xl/workbook.xml")?.ok_or(Broken::Damaged)?;
        book.read_sheets(&mut workbook, &targets)?;
        drop(workbook);
        if let Some(mut part) = part(archive, "xl/sharedStrings.xml")? {
            book.strings = read_strings(&mut part)?;
        }
        if let Some(mut part) = part(archive, "xl/styles.xml")? {
            book.styles = read_styles(&mut part)?;
        }
        Ok(book)
    }

    fn read_sheets(
        &mut self,
        xml: &mut Xml<impl Read>,
        targets: &HashMap<String, String>,
    ) -> Result<(), Broken> {
        const MOST: usize = 100_000;
        loop {
            match xml.next()? {
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                    "workbookPr"
                        if xml::attribute(&tag, "date1904")
                            .is_some_and(|value| xml::is_true(&value)) =>
                    {
                        self.epoch = Epoch::Year1904;
                    }
                    "sheet" => {
                        let name = xml::attribute(&tag, "name").unwrap_or_default();
                        let state = xml::attribute(&tag, "state");
                        let id = xml::attribute(&tag, "id").unwrap_or_default();
                        if let Some(part) = targets.get(&id)
                            && self.sheets.len() < MOST
                        {
                            let is_hidden = state.is_some_and(|state| state != "visible");
                            self.sheets.push(SheetPart { name, part: part.clone(), is_hidden });
                        }
                    }
                    _ => {}
                },
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }
}

/// The parts of the worksheets, by the names that the workbook has for them.
fn targets(xml: &mut Xml<impl Read>, folder: &str) -> Result<HashMap<String, String>, Broken> {
    let mut targets = HashMap::new();
    loop {
        match xml.next()? {
            Event::Start(tag) | Event::Empty(tag)
                if tag.local_name().as_ref() == "Relationship" =>
            {
                let kind = xml::attribute(&tag, "Type").unwrap_or_default();
                let (id, target) = (xml::attribute(&tag, "Id"), xml::attribute(&tag, "Target"));
                if let (Some(id), Some(target), true) = (id, target, kind.ends_with("/worksheet")) {
                    let target = target.replace('\\', "/");
                    let target =
                        if target.starts_with('/') { target } else { format!("{folder}{target}") };
                    targets.insert(id, target);
                }
            }
            Event::Eof => return Ok(targets),
            _ => {}
        }
    }
}

/// Reads the shared texts. Readings above Chinese characters are no part of them.
fn read_strings(xml: &mut Xml<impl Read>) -> Result<Strings, Broken> {
    let mut strings = Strings::default();
    let mut one = String::new();
    let (mut in_text, mut in_reading) = (false, false);
    // A part struck through makes one ask, as the whole does.
    let (mut runs, mut struck_runs) = (0, 0);
    loop {
        let event = xml.next()?;
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let is_whole = matches!(event, Event::Empty(_));
                match tag.local_name().as_ref() {
                    "si" => {
                        one.clear();
                        (runs, struck_runs) = (0, 0);
                        if is_whole {
                            strings.ends.push(counted(strings.text.len()));
                        }
                    }
                    "t" => in_text = !is_whole && !in_reading,
                    "r" => runs += 1,
                    "strike" if is_on(tag) => struck_runs += 1,
                    "rPh" => in_reading = !is_whole,
                    _ => {}
                }
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => in_text = false,
                "rPh" => in_reading = false,
                "si" => {
                    if runs > 0 && struck_runs > 0 {
                        strings.struck.insert(counted(strings.ends.len()));
                    }
                    unescape_controls(&one, &mut strings.text);
                    strings
                        .ends
                        .push(u32::try_from(strings.text.len()).map_err(|_| Broken::TooLong)?);
                }
                _ => {}
            },
            Event::Eof => return Ok(strings),
            other if in_text => xml::add_text(other, &mut one)?,
            _ => {}
        }
    }
}

/// Office writes characters that XML does not take as `_x000D_`.
fn unescape_controls(text: &str, into: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.get(at + 6..at + 7) == Some("_"));
        let c = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        let end = at + if c.is_some() { 7 } else { 2 };
        into.push_str(&rest[..if c.is_some() { at } else { end }]);
        into.extend(c);
        rest = &rest[end..];
    }
    into.push_str(rest);
}

fn is_on(tag: &BytesStart) -> bool {
    xml::attributes(tag).all(|(name, value)| name != "val" || xml::is_true(value))
}

/// Whether a colour is that of the paper, or hardly darker.
fn is_white(tag: &BytesStart) -> bool {
    const DARKER: f64 = -0.1;
    let of = |name: &str| xml::attribute(tag, name);
    let is_white =
        |rgb: String| rgb.get(rgb.len().saturating_sub(6)..).is_some_and(colours::is_white);
    let is_tinted =
        of("tint").and_then(|tint| tint.parse::<f64>().ok()).is_some_and(|tint| tint < DARKER);
    match (of("rgb"), of("theme"), of("indexed")) {
        (Some(rgb), ..) => is_white(rgb),
        (_, Some(theme), _) => theme == "0" && !is_tinted,
        (_, _, Some(indexed)) => matches!(&*indexed, "1" | "9"),
        _ => false,
    }
}

/// `;;;`, which shows nothing.
fn shows_nothing(format: &str) -> bool {
    format.trim_matches(['"', ' ']) == ";;;"
}

fn read_styles(xml: &mut Xml<impl Read>) -> Result<Vec<Style>, Broken> {
    let mut formats: HashMap<u32, Option<Shown>> = HashMap::new();
    let mut unseen: HashSet<u32> = HashSet::new();
    let (mut fonts, mut fills, mut styles) = (Vec::new(), Vec::new(), Vec::new());
    let mut pale: Vec<bool> = Vec::new();
    let (mut in_fonts, mut in_fills, mut in_styles) = (false, false, false);
    loop {
        let event = xml.next()?;
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let is_whole = matches!(event, Event::Empty(_));
                let number =
                    |name| xml::attribute(tag, name).and_then(|value| value.parse::<u32>().ok());
                match tag.local_name().as_ref() {
                    "fonts" => in_fonts = !is_whole,
                    "fills" => in_fills = !is_whole,
                    "fill" if in_fills => {
                        fills.push(None);
                        pale.push(false);
                    }
                    "fgColor" if in_fills => {
                        if let Some(pale) = pale.last_mut() {
                            *pale = is_white(tag);
                        }
                        if let Some(fill) = fills.last_mut() {
                            *fill = Colour::of(tag);
                        }
                    }
                    "cellXfs" => in_styles = !is_whole,
                    "font" if in_fonts => fonts.push(Style::default()),
                    "strike" if in_fonts && is_on(tag) => {
                        if let Some(font) = fonts.last_mut() {
                            font.is_struck = true;
                        }
                    }
                    // Type of one point.
                    "sz" if in_fonts => {
                        let size =
                            xml::attribute(tag, "val").and_then(|size| size.parse::<f64>().ok());
                        if let Some(font) = fonts.last_mut() {
                            font.is_unseen |= size.is_some_and(|size| size <= 1.5);
                        }
                    }
                    "color" if in_fonts => {
                        if let Some(font) = fonts.last_mut() {
                            font.is_unseen |= is_white(tag);
                            font.colour = Colour::of(tag);
                        }
                    }
                    "numFmt" => {
                        let code = xml::attribute(tag, "formatCode").unwrap_or_default();
                        unseen.extend(number("numFmtId").filter(|_| shows_nothing(&code)));
                        let shown = values::shown_by(&code);
                        formats.extend(number("numFmtId").map(|id| (id, shown)));
                    }
                    "xf" if in_styles => {
                        let format = number("numFmtId").unwrap_or_default();
                        let shown = formats.get(&format).copied();
                        let font = number("fontId").unwrap_or_default() as usize;
                        let font = fonts.get(font).copied().unwrap_or_default();
                        let is_pale =
                            |fill: u32| pale.get(fill as usize).copied().unwrap_or_default();
                        // The first two fills are none, and one that no cell has.
                        let fill = number("fillId").filter(|fill| *fill > 1);
                        let colour = fill.and_then(|fill| *fills.get(fill as usize)?);
                        styles.push(Style {
                            shown: shown.unwrap_or_else(|| values::shown_by_built_in(format)),
                            is_unseen: font.is_unseen && fill.is_none_or(is_pale)
                                || unseen.contains(&format),
                            colour: colour.or(font.colour),
                            ..font
                        });
                    }
                    _ => {}
                }
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "fonts" => in_fonts = false,
                "fills" => in_fills = false,
                "cellXfs" => in_styles = false,
                _ => {}
            },
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}

/// Above what any spreadsheet has.
const MOST_ROWS: u32 = 10_000_000;

/// A few long texts that stand in many cells would be read for each.
const LONG: usize = 2 << 10;
const MOST_LONG: usize = 32 << 20;

/// One row of a sheet.
struct SheetRow<'b> {
    book: &'b Book,
    number: u32,
    is_hidden: bool,
    /// Whether rows are hidden that say nothing of it.
    are_hidden: bool,
    cells: Vec<CellValue>,
    /// The texts that stand in the cells themselves.
    texts: String,
    /// How much of long shared texts stood in the cells so far.
    long: usize,
    /// The first cell that is too far right to be kept.
    beyond: Option<(usize, String)>,
}

#[derive(Clone, Copy, Debug, Default)]
struct CellValue {
    content: Content,
    is_struck: bool,
    is_unseen: bool,
    colour: Option<Colour>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Content {
    #[default]
    Empty,
    Shared(u32),
    /// A piece of the row's texts.
    Own(usize, usize),
    Number(f64),
    Day(Value<'static>),
    Truth(bool),
    Fault,
    Unreckoned,
}

/// A cell as it is being read.
#[derive(Default)]
struct OpenCell {
    at: usize,
    style: usize,
    kind: CellKind,
    text: String,
    has_formula: bool,
    in_value: bool,
    in_reading: bool,
    is_struck: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum CellKind {
    #[default]
    Number,
    Shared,
    Text,
    Truth,
    Fault,
}

fn read_sheet(
    xml: &mut Xml<impl Read>,
    book: &Book,
    sink: &mut impl Sink,
) -> Result<Vec<Merged>, Broken> {
    let mut row = SheetRow {
        book,
        number: 0,
        is_hidden: false,
        are_hidden: false,
        cells: Vec::new(),
        texts: String::new(),
        long: 0,
        beyond: None,
    };
    let mut cell = OpenCell::default();
    let (mut next, mut merged) = (0, Vec::new());
    loop {
        let event = xml.next()?;
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let is_whole = matches!(event, Event::Empty(_));
                match tag.local_name().as_ref() {
                    "v" | "t" => cell.in_value = !is_whole && !cell.in_reading,
                    "c" => {
                        cell.begin(tag, next);
                        next = cell.at + 1;
                    }
                    "sheetFormatPr" => {
                        row.are_hidden = xml::attribute(tag, "zeroHeight")
                            .is_some_and(|value| xml::is_true(&value));
                    }
                    "row" => {
                        row.begin(tag)?;
                        next = 0;
                    }
                    "f" => cell.has_formula = true,
                    "strike" if is_on(tag) => cell.is_struck = true,
                    "rPh" => cell.in_reading = !is_whole,
                    "mergeCell" => {
                        merged.extend(xml::attribute(tag, "ref").and_then(|range| area(&range)))
                    }
                    _ => {}
                }
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "v" | "t" => cell.in_value = false,
                "rPh" => cell.in_reading = false,
                "c" => row.put(&cell)?,
                "row" if row.give_to(sink).is_break() => return Ok(merged),
                _ => {}
            },
            Event::Eof => return Ok(merged),
            other if cell.in_value => xml::add_text(other, &mut cell.text)?,
            _ => {}
        }
    }
}

impl OpenCell {
    fn begin(&mut self, tag: &BytesStart, next: usize) {
        (self.at, self.style, self.kind) = (next, 0, CellKind::Number);
        (self.has_formula, self.in_value, self.in_reading) = (false, false, false);
        self.is_struck = false;
        self.text.clear();
        for (name, value) in xml::attributes(tag) {
            match name {
                "r" => self.at = column_of(value).unwrap_or(next),
                "s" => self.style = value.parse().unwrap_or_default(),
                "t" => {
                    self.kind = match value {
                        "s" => CellKind::Shared,
                        "str" | "inlineStr" | "d" => CellKind::Text,
                        "b" => CellKind::Truth,
                        "e" => CellKind::Fault,
                        _ => CellKind::Number,
                    };
                }
                _ => {}
            }
        }
    }
}

/// The column of a cell such as `AB12`, counted from zero.
fn column_of(cell: &str) -> Option<usize> {
    let letters = cell.bytes().take_while(u8::is_ascii_alphabetic).count();
    crate::election::roll::cell::columns::from_letters(&cell[..letters])
}

/// The cells of a range such as `A3:A9`.
fn area(range: &str) -> Option<Merged> {
    let (from, to) = range.split_once(':')?;
    let row = |cell: &str| -> Option<u32> {
        cell.trim_start_matches(|c: char| c.is_ascii_alphabetic())
            .parse::<u32>()
            .ok()?
            .checked_sub(1)
    };
    let column = |cell: &str| column_of(cell).and_then(|column| u32::try_from(column).ok());
    Some(Merged { rows: row(from)?..=row(to)?, columns: column(from)?..=column(to)? })
}

impl SheetRow<'_> {
    /// Begins a row. Rows stand in order, as every program writes them.
    fn begin(&mut self, tag: &BytesStart) -> Result<(), Broken> {
        let mut number = self.number.checked_add(1).ok_or(Broken::Damaged)?;
        let says_of_itself =
            xml::attributes(tag).any(|(name, _)| matches!(name, "hidden" | "ht" | "customHeight"));
        self.is_hidden = self.are_hidden && !says_of_itself;
        for (name, value) in xml::attributes(tag) {
            match name {
                "r" => number = value.parse().map_err(|_| Broken::Damaged)?,
                "hidden" => self.is_hidden |= xml::is_true(value),
                "ht" => self.is_hidden |= value.parse().is_ok_and(|height: f64| height < 1.0),
                _ => {}
            }
        }
        if number <= self.number || number > MOST_ROWS {
            return Err(Broken::Damaged);
        }
        self.number = number;
        self.cells.clear();
        self.texts.clear();
        self.beyond = None;
        Ok(())
    }

    fn put(&mut self, cell: &OpenCell) -> Result<(), Broken> {
        if cell.at >= WIDEST {
            if self.beyond.is_none() {
                let text = self.text_of(cell);
                self.beyond = Some((cell.at, text)).filter(|(_, text)| !text.trim().is_empty());
            }
            return Ok(());
        }
        let style = self.book.styles.get(cell.style).copied().unwrap_or_default();
        let content = self.content(cell, style);
        if content == Content::Empty {
            return Ok(());
        }
        if let Content::Shared(at) = content {
            let len = self.book.strings.get(at).map_or(0, str::len);
            self.long += if len > LONG { len } else { 0 };
        }
        if self.long > MOST_LONG {
            return Err(Broken::TooLong);
        }
        let is_struck = style.is_struck
            || cell.is_struck
            || matches!(content, Content::Shared(at) if self.book.strings.struck.contains(&at));
        if self.cells.len() <= cell.at {
            self.cells.resize(cell.at + 1, CellValue::default());
        }
        let Style { is_unseen, colour, .. } = style;
        self.cells[cell.at] = CellValue { content, is_struck, is_unseen, colour };
        Ok(())
    }

    /// What stands in a cell that is not kept.
    fn text_of(&self, cell: &OpenCell) -> String {
        let shared = || {
            let at = cell.text.trim().parse().ok()?;
            Some(self.book.strings.get(at)?.to_owned())
        };
        match cell.kind {
            CellKind::Shared => shared().unwrap_or_default(),
            _ => cell.text.clone(),
        }
    }

    fn content(&mut self, cell: &OpenCell, style: Style) -> Content {
        let text = cell.text.trim();
        match cell.kind {
            CellKind::Text => {
                let start = self.texts.len();
                unescape_controls(&cell.text, &mut self.texts);
                Content::Own(start, self.texts.len())
            }
            CellKind::Fault => Content::Fault,
            // A program that does not reckon writes nothing or 0.
            _ if cell.has_formula && (text.is_empty() || text == "0") => Content::Unreckoned,
            _ if text.is_empty() => Content::Empty,
            CellKind::Shared => {
                match text.parse().ok().and_then(|at| Some((at, self.book.strings.get(at)?))) {
                    Some((at, text)) if !text.trim_start().is_empty() => Content::Shared(at),
                    Some(_) => Content::Empty,
                    None => Content::Fault,
                }
            }
            CellKind::Truth => Content::Truth(text == "1"),
            CellKind::Number => match (text.parse(), style.shown) {
                (Ok(number), Some(shown)) => values::day_of(number, self.book.epoch, shown)
                    .map_or(Content::Number(number), Content::Day),
                (Ok(number), None) => Content::Number(number),
                (Err(_), _) => Content::Fault,
            },
        }
    }

    fn give_to(&self, sink: &mut impl Sink) -> ControlFlow<()> {
        match self.cells.is_empty() && self.beyond.is_none() {
            true => ControlFlow::Continue(()),
            false => sink.row(self.number, self),
        }
    }
}

impl Row for SheetRow<'_> {
    fn width(&self) -> usize {
        self.cells.len()
    }

    fn cell(&self, at: usize) -> Value<'_> {
        let content = self.cells.get(at).map_or(Content::Empty, |cell| cell.content);
        match content {
            Content::Empty => Value::Empty,
            Content::Shared(at) => self.book.strings.get(at).map_or(Value::Fault, Value::Text),
            Content::Own(from, to) => Value::of_text(&self.texts[from..to]),
            Content::Number(number) => Value::Number(number),
            Content::Day(day) => day,
            Content::Truth(truth) => Value::Text(if truth { "TRUE" } else { "FALSE" }),
            Content::Fault => Value::Fault,
            Content::Unreckoned => Value::Unreckoned,
        }
    }

    fn is_hidden(&self) -> bool {
        let mut filled = self.cells.iter().filter(|cell| cell.content != Content::Empty);
        self.is_hidden || filled.clone().next().is_some() && filled.all(|cell| cell.is_unseen)
    }

    fn is_struck(&self, at: usize) -> bool {
        self.cells.get(at).is_some_and(|cell| cell.is_struck)
    }

    fn is_unseen(&self, at: usize) -> bool {
        self.cells.get(at).is_some_and(|cell| cell.is_unseen)
    }

    fn beyond(&self) -> Option<(usize, String)> {
        self.beyond.clone()
    }

    fn colour(&self, at: usize) -> Option<Colour> {
        self.cells.get(at).and_then(|cell| cell.colour)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_references() {
        assert_eq!(column_of("AB12"), Some(27));
        let area = area("A3:C9").unwrap();
        assert_eq!((area.rows, area.columns), (2..=8, 0..=2));
        let mut text = String::new();
        unescape_controls("a_x000D_b_x_c_x4E00", &mut text);
        assert_eq!(text, "a\rb_x_c_x4E00");
    }
}
