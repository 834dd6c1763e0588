//! Workbooks of the older and other formats (xls, et, xlsb, ods), sheet by
//! sheet, as calamine reads them.

use std::cell::Cell;
use std::io::{Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    Data, Dimensions, ExcelDateTime, Ods, OdsError, Range, Reader as _, SheetType, SheetVisible,
    Xls, XlsError, Xlsb,
};
use jiff::civil::Date;

use super::compound::{self, Marks};
use super::kind::{self, Kind, Unfit};
use super::ods;
use super::{LONGEST_CELL, Merged, Row, SheetHead, Sink, WIDEST};
use crate::election::roll::cell::values::{self, Epoch, Shown, Value};
use crate::number::placed;

/// No sheet has more rows.
pub(crate) const MOST_ROWS: u32 = 1 << 20;

const MOST_COLUMNS: usize = 1 << 14;

/// Hands the rows of a workbook over.
pub(crate) fn read(kind: Kind, input: impl Read + Seek, sink: &mut impl Sink) -> Result<(), Unfit> {
    // The parsers of these formats panic on some damaged files.
    let read = quietly(|| catch_unwind(AssertUnwindSafe(|| read_sheets(kind, input, sink))));
    read.unwrap_or_else(|_| Err(kind::damaged()))
}

thread_local! {
    /// Whether a panic on this thread is caught and told in our own words.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic on this thread is caught and told in our own words: for the
/// hook of the program, which a library does not change.
pub fn tells_panics() -> bool {
    QUIET.get()
}

fn quietly<T>(work: impl FnOnce() -> T) -> T {
    QUIET.set(true);
    let result = work();
    QUIET.set(false);
    result
}

fn read_sheets(kind: Kind, mut input: impl Read + Seek, sink: &mut impl Sink) -> Result<(), Unfit> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).map_err(|_| kind::damaged())?;
    let mut marks = match kind {
        Kind::Xls => {
            let marks = compound::marks(&bytes);
            compound::shrink(&mut bytes);
            marks
        }
        Kind::Ods => ods::marks(Cursor::new(&bytes))?,
        _ => Vec::new(),
    };
    let mut book = Book::open(kind, Cursor::new(bytes))?;
    let epoch = if book.counts_from_1904() { Epoch::Year1904 } else { Epoch::Year1900 };
    for (at, (name, is_hidden)) in book.sheets().into_iter().enumerate() {
        let Some(name) = name else { continue };
        let is_of_1904 = marks.get(at).is_some_and(|marks| marks.counts_from_1904);
        let epoch = if is_of_1904 { Epoch::Year1904 } else { epoch };
        let head = SheetHead { name: Some(name.clone()), epoch, is_hidden };
        if sink.begin(head) {
            if let Some(marks) = marks.get_mut(at) {
                sink.comments(std::mem::take(&mut marks.comments));
            }
            match &mut book {
                Book::Xlsb(book) => read_cells(book, &name, sink)?,
                _ => {
                    let cells = book.cells(&name).ok_or_else(kind::damaged)?;
                    read_range(&cells, marks.get(at), sink)?;
                }
            }
            let mut merged = book.merged(&name);
            merged.extend(
                marks.get_mut(at).map(|it| std::mem::take(&mut it.merged)).into_iter().flatten(),
            );
            sink.end(merged);
        }
    }
    Ok(())
}

/// A workbook of any of the formats.
enum Book<R: Read + Seek> {
    Xls(Box<Xls<R>>),
    Xlsb(Box<Xlsb<R>>),
    Ods(Box<Ods<R>>),
}

impl<R: Read + Seek> Book<R> {
    fn open(kind: Kind, input: R) -> Result<Self, Unfit> {
        match kind {
            Kind::Ods => match Ods::new(input) {
                Ok(book) => Ok(Book::Ods(Box::new(book))),
                Err(OdsError::Password) => Err(kind::locked()),
                Err(_) => Err(kind::damaged()),
            },
            Kind::Xlsb => {
                Xlsb::new(input).map(|book| Book::Xlsb(Box::new(book))).map_err(|_| kind::damaged())
            }
            _ => match Xls::new(input) {
                Ok(book) => Ok(Book::Xls(Box::new(book))),
                Err(XlsError::Password) => Err(kind::locked()),
                Err(_) => Err(kind::damaged()),
            },
        }
    }

    fn counts_from_1904(&self) -> bool {
        match self {
            Book::Xls(book) => book.has_1904_epoch(),
            Book::Xlsb(book) => book.has_1904_epoch(),
            Book::Ods(_) => false,
        }
    }

    /// The sheets in their order, with whether they are hidden; none stands for
    /// what is no table.
    fn sheets(&self) -> Vec<(Option<String>, bool)> {
        let sheets = match self {
            Book::Xls(book) => book.sheets_metadata(),
            Book::Xlsb(book) => book.sheets_metadata(),
            Book::Ods(book) => book.sheets_metadata(),
        };
        let table = |sheet: &calamine::Sheet| {
            let name = (sheet.typ == SheetType::WorkSheet).then(|| sheet.name.clone());
            (name, sheet.visible != SheetVisible::Visible)
        };
        sheets.iter().map(table).collect()
    }

    fn cells(&mut self, sheet: &str) -> Option<Range<Data>> {
        match self {
            Book::Xls(book) => book.worksheet_range(sheet).ok(),
            Book::Xlsb(book) => book.worksheet_range(sheet).ok(),
            Book::Ods(book) => book.worksheet_range(sheet).ok(),
        }
    }

    /// The merged cells of a sheet; only xls files tell them.
    fn merged(&self, sheet: &str) -> Vec<Merged> {
        let Book::Xls(book) = self else { return Vec::new() };
        let cells = |cells: Dimensions| Merged {
            rows: cells.start.0..=cells.end.0,
            columns: cells.start.1..=cells.end.1,
        };
        let merged = book.merge_cells_by_sheet_name(sheet).unwrap_or_default();
        merged.into_iter().map(cells).collect()
    }
}

fn read_range(
    cells: &Range<Data>,
    marks: Option<&Marks>,
    sink: &mut impl Sink,
) -> Result<(), Unfit> {
    let (first_row, first_column) = cells.start().unwrap_or_default();
    for (number, cells) in (first_row..).zip(cells.rows()) {
        let row = RangeRow { cells, first: first_column as usize, number, marks };
        if row.is_too_long() {
            return Err(kind::cell_too_long());
        }
        if sink.row(number + 1, &row) == ControlFlow::Break(()) {
            break;
        }
    }
    Ok(())
}

/// Hands the rows of a binary workbook over as its cells come: a sheet of two
/// cells far apart would take more room than there is.
fn read_cells(
    book: &mut Xlsb<impl Read + Seek>,
    sheet: &str,
    sink: &mut impl Sink,
) -> Result<(), Unfit> {
    let mut cells = book.worksheet_cells_reader(sheet).map_err(|_| kind::damaged())?;
    let (mut row, mut number): (Vec<Data>, u32) = (Vec::new(), 0);
    loop {
        let cell = cells.next_cell().map_err(|_| kind::damaged())?;
        let at = cell.as_ref().map(|cell| cell.get_position());
        if at.is_none_or(|(next, _)| next != number) && !row.is_empty() {
            let whole = RangeRow { cells: &row, first: 0, number, marks: None };
            if whole.is_too_long() {
                return Err(kind::cell_too_long());
            }
            if sink.row(number + 1, &whole) == ControlFlow::Break(()) {
                return Ok(());
            }
            row.clear();
        }
        let (Some(cell), Some((next, column))) = (cell, at) else { return Ok(()) };
        if next < number || next >= MOST_ROWS {
            return Err(kind::damaged());
        }
        number = next;
        let column = column as usize;
        if column < MOST_COLUMNS {
            row.resize(row.len().max(column + 1), Data::Empty);
            row[column] = cell.get_value().clone().into();
        }
    }
}

/// One row of a sheet that was read whole.
struct RangeRow<'a> {
    cells: &'a [Data],
    /// The column in which the range begins.
    first: usize,
    /// Counted from zero.
    number: u32,
    marks: Option<&'a Marks>,
}

impl RangeRow<'_> {
    fn is_unreckoned(&self, at: usize) -> bool {
        let is_marked = |marks: &Marks| {
            !marks.unreckoned_cells.is_empty()
                && marks.unreckoned_cells.contains(&(self.number, placed(at)))
        };
        self.marks.is_some_and(is_marked)
    }

    /// How much of a date the cell shows.
    fn shown(&self, at: usize) -> Shown {
        let short = self.marks.and_then(|marks| marks.short_dates.get(&(self.number, placed(at))));
        short.copied().unwrap_or(Shown::Day)
    }

    fn is_too_long(&self) -> bool {
        self.cells
            .iter()
            .any(|cell| matches!(cell, Data::String(text) if text.len() > LONGEST_CELL))
    }
}

impl Row for RangeRow<'_> {
    fn width(&self) -> usize {
        (self.first + self.cells.len()).min(WIDEST)
    }

    #[expect(clippy::cast_precision_loss, reason = "spreadsheets know no other numbers")]
    fn cell(&self, at: usize) -> Value<'_> {
        match at.checked_sub(self.first).and_then(|at| self.cells.get(at)) {
            _ if self.is_unreckoned(at) => Value::Unreckoned,
            None | Some(Data::Empty) => Value::Empty,
            Some(Data::DateTimeIso(text)) if self.shown(at) != Shown::Day => {
                iso_date(text, self.shown(at))
            }
            Some(Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text)) => {
                Value::of_text(text)
            }
            Some(Data::Int(number)) => Value::Number(*number as f64),
            Some(Data::Float(number)) => Value::Number(*number),
            Some(Data::DateTime(date)) => date_value(date, self.shown(at)),
            Some(Data::Bool(truth)) => Value::Text(if *truth { "TRUE" } else { "FALSE" }),
            Some(Data::Error(_)) => Value::Fault,
        }
    }

    fn is_unseen(&self, at: usize) -> bool {
        self.marks.is_some_and(|marks| marks.unseen_cells.contains(&(self.number, placed(at))))
    }

    fn beyond(&self) -> Option<(usize, String)> {
        let is_filled = |cell: &Data| match cell {
            Data::Empty => false,
            Data::String(text) => !text.trim().is_empty(),
            _ => true,
        };
        let from = WIDEST.saturating_sub(self.first);
        let at = self.cells.iter().skip(from).position(is_filled)? + from;
        Some((self.first + at, self.cells[at].to_string()))
    }

    fn is_hidden(&self) -> bool {
        self.marks.is_some_and(|marks| marks.hidden_rows.contains(&self.number))
    }

    fn is_struck(&self, at: usize) -> bool {
        self.marks.is_some_and(|marks| marks.struck_cells.contains(&(self.number, placed(at))))
    }
}

fn date_value(date: &ExcelDateTime, shown: Shown) -> Value<'static> {
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    values::day_as_shown((year, month, day), shown)
}

/// A date as OpenDocument keeps it, `1987-01-01` with perhaps a time behind.
fn iso_date(text: &str, shown: Shown) -> Value<'_> {
    match text.get(..10).and_then(|date| date.parse::<Date>().ok()) {
        Some(date) => {
            let day = (
                date.year().unsigned_abs(),
                date.month().unsigned_abs(),
                date.day().unsigned_abs(),
            );
            values::day_as_shown(day, shown)
        }
        None => Value::of_text(text),
    }
}
