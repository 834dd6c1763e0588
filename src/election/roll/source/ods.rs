//! What a spreadsheet in OpenDocument shows in other ways than by its values,
//! which calamine passes over: hidden rows, what is struck through, formulas
//! that nobody reckoned.

use std::collections::{HashMap, HashSet};
use std::io::{Read, Seek};

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::comments::{self, Comment};
use super::compound::Marks;
use super::kind::{self, Unfit};
use super::workbook::MOST_ROWS;
use super::xml::{self, Broken, Xml};
use super::{LONGEST_CELL, Merged, WIDEST};
use crate::election::roll::cell::values::Shown;
use crate::number::{counted, placed};

/// No sheet has more columns.
const MOST_COLUMNS: usize = 1 << 14;
/// The most cells of all sheets, from the first of each to its last: calamine
/// keeps each of them, also those that a repetition only names.
const MOST_CELLS: u64 = 4 << 20;
/// The most that the texts of all sheets take, each as often as it is repeated.
const MOST_TEXT: u64 = 256 << 20;

/// The marks of each sheet, in the order of the workbook.
///
/// # Errors
/// A workbook of few cells that stand for too many, or that breaks off: calamine would
/// look for the end of an element for ever.
pub(crate) fn marks(input: impl Read + Seek) -> Result<Vec<Marks>, Unfit> {
    let mut archive = ZipArchive::new(input).map_err(|_| kind::damaged())?;
    let content = archive.by_name("content.xml").map_err(|_| kind::damaged())?;
    let (marks, room) = read_marks(&mut Xml::whole(content))?;
    if room.is_too_much() { Err(kind::too_large()) } else { Ok(marks) }
}

/// The sheet being read, and where in it one is.
#[derive(Default)]
struct Place {
    row: u32,
    rows: u32,
    column: usize,
    is_hidden: bool,
    /// How often the cell is repeated, and the bytes of the texts of the row, each as
    /// often as its cell.
    repeated: u64,
    text: u64,
    /// The rows and columns up to the last cell with something in it.
    height: u64,
    width: u64,
}

/// How much calamine will keep of all sheets.
#[derive(Default)]
struct Room {
    cells: u64,
    text: u64,
}

impl Room {
    fn is_too_much(&self) -> bool {
        self.cells > MOST_CELLS || self.text > MOST_TEXT
    }

    /// Takes in a sheet that is done.
    fn add(&mut self, sheet: &Place) {
        self.cells = self.cells.saturating_add(sheet.height * sheet.width);
    }

    /// Takes in a row that is done.
    fn add_row(&mut self, place: &mut Place) {
        let text = std::mem::take(&mut place.text).saturating_mul(place.rows.into());
        self.text = self.text.saturating_add(text);
    }
}

/// How the cells of each style look.
#[derive(Default)]
struct Styles {
    /// The style that is being read.
    name: String,
    struck: HashSet<String>,
    /// What formats of dates show: year, month, day.
    formats: HashMap<String, [bool; 3]>,
    short: HashMap<String, Shown>,
}

impl Styles {
    fn begin_cells(&mut self, tag: &BytesStart) {
        self.name = xml::attribute(tag, "name").unwrap_or_default();
        let format = xml::attribute(tag, "data-style-name");
        let shown = match format.and_then(|format| self.formats.get(&format)) {
            Some([true, false, false]) => Shown::Year,
            Some([true, true, false]) => Shown::Month,
            _ => return,
        };
        self.short.insert(self.name.clone(), shown);
    }

    /// The parts of a format of dates, which stands before whoever uses it.
    fn format(&mut self, part: &str) {
        let shown = self.formats.entry(self.name.clone()).or_default();
        for (known, is_shown) in ["year", "month", "day"].iter().zip(shown) {
            *is_shown |= *known == part;
        }
    }
}

/// The marks of the sheets, and how much room these take.
fn read_marks(xml: &mut Xml<impl Read>) -> Result<(Vec<Marks>, Room), Broken> {
    let (mut sheets, mut place) = (Vec::<Marks>::new(), Place::default());
    let (mut styles, mut room) = (Styles::default(), Room::default());
    let mut from_1904 = false;
    let (mut note, mut in_note): (Option<Comment>, bool) = (None, false);
    loop {
        let event = xml.next()?;
        let is_whole = matches!(event, Event::Empty(_));
        match &event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "date-style" => styles.name = xml::attribute(tag, "name").unwrap_or_default(),
                part @ ("year" | "month" | "day") => styles.format(part),
                "style" => styles.begin_cells(tag),
                "text-properties" if is_struck(tag) => {
                    styles.struck.insert(styles.name.clone());
                }
                "null-date" => {
                    from_1904 = xml::attribute(tag, "date-value")
                        .is_some_and(|date| date.starts_with("1904"));
                }
                "table" => {
                    let counts_from_1904 = from_1904;
                    sheets.push(Marks { counts_from_1904, ..Marks::default() });
                    room.add(&place);
                    place = Place::default();
                }
                "annotation" if !is_whole => note = Some(place.note()),
                "s" => place.add_text(spaces(tag)?),
                // Beside its text a note has a date and whoever wrote it.
                "p" => in_note = note.is_some() && !is_whole,
                "table-row" => place.begin_row(tag, is_whole),
                "table-cell" | "covered-table-cell" => {
                    if let Some(marks) = sheets.last_mut() {
                        place.cell(tag, &styles, marks);
                    }
                    if is_whole {
                        place.repeated = 0;
                    }
                }
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "table-row" => {
                    place.row = place.row.saturating_add(place.rows);
                    room.add_row(&mut place);
                }
                // White space between cells is of none.
                "table-cell" | "covered-table-cell" => place.repeated = 0,
                "p" => in_note = false,
                "annotation" => {
                    let marks = sheets.last_mut();
                    let marks = marks.filter(|marks| marks.comments.len() < comments::MOST);
                    if let Some(marks) = marks {
                        marks.comments.extend(note.take());
                    }
                }
                _ => {}
            },
            Event::Eof => {
                room.add(&place);
                return Ok((sheets, room));
            }
            Event::Text(text) if !in_note => place.add_text(text.len() as u64),
            other if in_note => {
                if let Some(note) = note.as_mut().filter(|note| note.text.len() < comments::LONGEST)
                {
                    xml::add_text(other, &mut note.text)?;
                }
            }
            _ => {}
        }
    }
}

/// How many spaces stand for it.
fn spaces(tag: &BytesStart) -> Result<u64, Broken> {
    let count = xml::attribute(tag, "c").map_or(Ok(1), |count| count.parse());
    count.ok().filter(|&count| count <= LONGEST_CELL as u64).ok_or(Broken::TooLong)
}

fn is_struck(tag: &BytesStart) -> bool {
    let is_line = |(name, value)| name == "text-line-through-style" && value != "none";
    xml::attributes(tag).any(is_line)
}

impl Place {
    /// A note on the cell that was begun last.
    fn note(&self) -> Comment {
        let at = self.column.saturating_sub(1);
        Comment { row: self.row.saturating_add(1), at, text: String::new() }
    }

    fn add_text(&mut self, bytes: u64) {
        self.text = self.text.saturating_add(bytes.saturating_mul(self.repeated));
    }

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

    fn cell(&mut self, tag: &BytesStart, styles: &Styles, marks: &mut Marks) {
        let text = |name| xml::attribute(tag, name);
        let repeated =
            text("number-columns-repeated").and_then(|text| text.parse().ok()).unwrap_or(1usize);
        self.repeated = repeated.min(MOST_COLUMNS) as u64;
        let (has_value, has_formula) = (text("value-type").is_some(), text("formula").is_some());
        if has_value || has_formula {
            self.add_text(tag.len() as u64);
        }
        let style = text("style-name").filter(|_| has_value).unwrap_or_default();
        let (is_struck, short) = (styles.struck.contains(&style), styles.short.get(&style));
        if self.is_hidden && has_value {
            marks.hidden_rows.insert(self.row);
        }
        let rows = text("number-rows-spanned").and_then(|text| text.parse::<u32>().ok());
        if let Some(rows) = rows.filter(|rows| (2..=MOST_ROWS).contains(rows)) {
            let columns = text("number-columns-spanned").and_then(|text| text.parse().ok());
            let columns = columns.unwrap_or(1usize).clamp(1, MOST_COLUMNS);
            if marks.merged.len() < comments::MOST && self.column < WIDEST {
                marks.merged.push(Merged {
                    rows: self.row..=self.row.saturating_add(rows - 1),
                    columns: counted(self.column)..=counted(self.column + columns - 1),
                });
            }
        }
        if has_value || has_formula {
            let end = self.column.saturating_add(repeated).min(MOST_COLUMNS);
            self.width = self.width.max(end as u64);
            self.height = u64::from(self.row.saturating_add(self.rows).min(MOST_ROWS));
        }
        for column in self.column..self.column.saturating_add(repeated).min(WIDEST) {
            if is_struck {
                marks.struck_cells.insert((self.row, placed(column)));
            }
            if has_formula && !has_value {
                marks.unreckoned_cells.insert((self.row, placed(column)));
            }
            if let Some(shown) = short {
                marks.short_dates.insert((self.row, placed(column)), *shown);
            }
        }
        self.column = self.column.saturating_add(repeated);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use zip::CompressionMethod::Stored;

    use super::*;
    use crate::files;

    fn is_read(rows: &str) -> bool {
        let content = format!("<o:document-content><t:table>{rows}</t:table></o:document-content>");
        let book = files::zipped([("content.xml", content)], Stored).unwrap();
        marks(Cursor::new(book)).is_ok()
    }

    fn cell(repeated: usize, text: &str) -> String {
        format!(
            "<t:table-row><t:table-cell o:value-type=\"string\" t:number-columns-repeated=\"{repeated}\">\
             <x:p>{text}</x:p></t:table-cell></t:table-row>"
        )
    }

    /// Found by fuzzing: calamine looks for the end of a note for ever.
    #[test]
    fn what_breaks_off_is_damaged() {
        assert!(is_read(&cell(1, "甲")));
        assert!(!is_read("<t:table-row><t:table-cell><o:annotation></t:table-cell></t:table-row>"));
        assert!(!is_read("<t:table-row><t:table-cell>"));
        assert!(!is_read(&cell(1, "甲<x:s>")));
    }

    /// As LibreOffice fills a sheet to its last row.
    #[test]
    fn empty_cells_take_no_room() {
        let rest = |cell: &str| {
            format!("<t:table-row t:number-rows-repeated=\"1048567\">\n {cell}\n </t:table-row>")
        };
        let empty =
            rest("<t:table-cell t:style-name=\"ce1\" t:number-columns-repeated=\"16384\"/>");
        assert!(is_read(&format!("{}{empty}", cell(1, "甲"))));
        let filled = "<t:table-cell o:value-type=\"string\" t:number-columns-repeated=\"1024\">\
             <x:p>甲</x:p></t:table-cell>";
        assert!(!is_read(&rest(filled)));
    }

    #[test]
    fn no_cell_stands_for_more_than_a_memory_holds() {
        assert!(is_read(&cell(1, "<x:s x:c=\"40\"/>甲")));
        assert!(!is_read(&cell(1, "<x:s x:c=\"4000000000\"/>甲")));
        assert!(!is_read(&cell(1, "<x:s x:c=\"many\"/>甲")));
        let long = "甲".repeat(30_000);
        assert!(is_read(&cell(100, &long)));
        assert!(!is_read(&cell(16_000, &long)));
    }
}
