//! What a spreadsheet in OpenDocument shows in other ways than by its values,
//! which calamine passes over: hidden rows, what is struck through, formulas
//! that nobody reckoned.

use std::collections::HashSet;
use std::io::{Read, Seek};

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::compound::Marks;
use super::source::WIDEST;
use super::xml::{self, Broken, Xml};

/// No sheet has more rows.
const MOST_ROWS: u32 = 1 << 20;

/// The marks of each sheet, in the order of the workbook; none if it cannot be
/// read, which whoever reads its values will tell.
pub(super) fn marks(input: impl Read + Seek) -> Vec<Marks> {
    let read = |input| -> Result<Vec<Marks>, Broken> {
        let mut archive = ZipArchive::new(input).map_err(|_| Broken::Damaged)?;
        let content = archive.by_name("content.xml").map_err(|_| Broken::Damaged)?;
        read_marks(&mut Xml::new(content))
    };
    read(input).unwrap_or_default()
}

/// The sheet being read, and where in it one is.
#[derive(Default)]
struct Place {
    row: u32,
    rows: u32,
    column: usize,
    is_hidden: bool,
}

fn read_marks(xml: &mut Xml<impl Read>) -> Result<Vec<Marks>, Broken> {
    let (mut sheets, mut place) = (Vec::<Marks>::new(), Place::default());
    let (mut style, mut struck) = (String::new(), HashSet::new());
    loop {
        let event = xml.next()?;
        let is_whole = matches!(event, Event::Empty(_));
        match &event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "style" => style = xml::attribute(tag, "name").unwrap_or_default(),
                "text-properties" if is_struck(tag) => drop(struck.insert(style.clone())),
                "table" => {
                    sheets.push(Marks::default());
                    place = Place::default();
                }
                "table-row" => place.begin_row(tag, is_whole),
                "table-cell" | "covered-table-cell" => {
                    if let Some(marks) = sheets.last_mut() {
                        place.cell(tag, &struck, marks);
                    }
                }
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "table-row" => place.row += place.rows,
            Event::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

fn is_struck(tag: &BytesStart) -> bool {
    let is_line = |(name, value)| name == "text-line-through-style" && value != "none";
    xml::attributes(tag).any(is_line)
}

impl Place {
    fn begin_row(&mut self, tag: &BytesStart, is_whole: bool) {
        let repeated = xml::attribute(tag, "number-rows-repeated");
        self.rows = repeated.and_then(|text| text.parse().ok()).unwrap_or(1).min(MOST_ROWS);
        self.column = 0;
        let visibility = xml::attribute(tag, "visibility");
        self.is_hidden = visibility.is_some_and(|value| value != "visible");
        if is_whole {
            self.row = self.row.saturating_add(self.rows);
        }
    }

    fn cell(&mut self, tag: &BytesStart, struck: &HashSet<String>, marks: &mut Marks) {
        let text = |name| xml::attribute(tag, name);
        let repeated =
            text("number-columns-repeated").and_then(|text| text.parse().ok()).unwrap_or(1);
        let (has_value, has_formula) = (text("value-type").is_some(), text("formula").is_some());
        let is_struck =
            has_value && text("style-name").is_some_and(|style| struck.contains(&style));
        if self.is_hidden && has_value {
            marks.hidden_rows.insert(self.row);
        }
        for column in self.column..self.column.saturating_add(repeated).min(WIDEST) {
            if is_struck {
                marks.struck_cells.insert((self.row, column as u16));
            }
            if has_formula && !has_value {
                marks.unreckoned_cells.insert((self.row, column as u16));
            }
        }
        self.column = self.column.saturating_add(repeated);
    }
}
