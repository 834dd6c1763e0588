//! Tables in workbooks: xlsx row by row, the older formats sheet by sheet.

use std::cell::Cell;
use std::io::{Read, Seek};
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use calamine::{
    Data, DataRef, Dimensions, ExcelDateTime, Ods, OdsError, Range, Reader as _, SheetType,
    SheetVisible, Xls, XlsError, Xlsx,
};

use super::findings::{Findings, quote};
use super::kind::{self, Kind, Unfit};
use super::table::{Merged, Row, Table, looks_like_group};
use super::values::Value;
use super::{Column, VoterRoll};
use crate::diagnostic::Diagnostic;

/// The widest table that is looked at: nothing of a roll stands further right.
const WIDEST: usize = 256;

/// Reads a roll from the sheets of a workbook.
pub(super) fn read(
    kind: Kind,
    input: impl Read + Seek,
    roll: &mut VoterRoll,
    findings: &mut Findings,
) -> Option<()> {
    // The parsers of the older formats panic on some damaged files.
    let read =
        quietly(|| catch_unwind(AssertUnwindSafe(|| read_sheets(kind, input, roll, findings))));
    let read = read.unwrap_or_else(|_| Err(Some(kind::damaged())));
    if let Err(Some(unfit)) = &read {
        findings.add("roll-unreadable", |_| unfit.at(&roll.path));
    }
    read.ok()
}

thread_local! {
    /// Whether a panic on this thread is caught and told in our own words.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`, whose panics leave no text on standard error. Panics elsewhere
/// are told as ever.
fn quietly<T>(work: impl FnOnce() -> T) -> T {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !QUIET.get() {
                usual(panic);
            }
        }));
    });
    QUIET.set(true);
    let result = work();
    QUIET.set(false);
    result
}

/// Reads the sheets; it may fail for a reason that was told already.
fn read_sheets(
    kind: Kind,
    input: impl Read + Seek,
    roll: &mut VoterRoll,
    findings: &mut Findings,
) -> Result<(), Option<Unfit>> {
    let mut book = Book::open(kind, input)?;
    for sheet in book.sheets(roll, findings) {
        book.read(sheet, roll, findings)?;
    }
    name_groups_by_sheets(roll);
    Ok(())
}

/// A workbook of any of the formats.
enum Book<R: Read + Seek> {
    Xlsx(Box<Xlsx<R>>),
    Xls(Box<Xls<R>>),
    Ods(Box<Ods<R>>),
}

impl<R: Read + Seek> Book<R> {
    fn open(kind: Kind, input: R) -> Result<Self, Unfit> {
        match kind {
            Kind::Xls => match Xls::new(input) {
                Ok(book) => Ok(Book::Xls(Box::new(book))),
                Err(XlsError::Password) => Err(kind::locked()),
                Err(_) => Err(kind::damaged()),
            },
            Kind::Ods => match Ods::new(input) {
                Ok(book) => Ok(Book::Ods(Box::new(book))),
                Err(OdsError::Password) => Err(kind::locked()),
                Err(_) => Err(kind::damaged()),
            },
            Kind::Xlsx | Kind::Text => match Xlsx::new(input) {
                Ok(book) => Ok(Book::Xlsx(Box::new(book))),
                Err(_) => Err(kind::damaged()),
            },
        }
    }

    /// Reads one sheet. It may fail for a reason that was told already.
    fn read(
        &mut self,
        sheet: String,
        roll: &mut VoterRoll,
        findings: &mut Findings,
    ) -> Result<(), Option<Unfit>> {
        let mut table = Table::new(roll, findings, Some(sheet.clone()));
        let read = match self {
            Book::Xlsx(book) => read_cells(book, &sheet, &mut table),
            Book::Xls(book) => read_range(book.worksheet_range(&sheet).ok(), &mut table),
            Book::Ods(book) => read_range(book.worksheet_range(&sheet).ok(), &mut table),
        };
        table.finish(|| self.merged(&sheet)).ok_or(None)?;
        read.ok_or_else(|| Some(kind::damaged()))
    }

    /// The merged cells of a sheet. ODS files do not tell them.
    fn merged(&mut self, sheet: &str) -> Vec<Merged> {
        let merged = match self {
            Book::Xlsx(book) => book.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
            Book::Xls(book) => book.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
            Book::Ods(_) => Vec::new(),
        };
        let cells = |cells: Dimensions| Merged {
            rows: cells.start.0..=cells.end.0,
            columns: cells.start.1..=cells.end.1,
        };
        merged.into_iter().map(cells).collect()
    }

    /// The names of the sheets to read. Hidden ones are told of.
    fn sheets(&self, roll: &VoterRoll, findings: &mut Findings) -> Vec<String> {
        let sheets = match self {
            Book::Xlsx(book) => book.sheets_metadata(),
            Book::Xls(book) => book.sheets_metadata(),
            Book::Ods(book) => book.sheets_metadata(),
        };
        let tables = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        let (shown, hidden): (Vec<_>, Vec<_>) =
            tables.partition(|sheet| sheet.visible == SheetVisible::Visible);
        for sheet in hidden {
            findings.add("roll-hidden-sheet", |code| {
                Diagnostic::warning(code, format!("隐藏的工作表{}没有读入", quote(&sheet.name)))
                    .in_file(&roll.path)
                    .help("如果里面有选民，取消隐藏；如果没用，请删去")
            });
        }
        shown.into_iter().map(|sheet| sheet.name.clone()).collect()
    }
}

/// Reads a sheet cell by cell, so that only one row is in memory.
fn read_cells<R: Read + Seek>(book: &mut Xlsx<R>, sheet: &str, table: &mut Table) -> Option<()> {
    if book.has_1904_epoch() {
        table.count_days_from_1904();
    }
    let mut cells = book.worksheet_cells_reader(sheet).ok()?;
    let mut row = CellRow::default();
    while let Some(cell) = cells.next_cell().ok()? {
        let (number, at) = cell.get_position();
        if number != row.number {
            if row.give_to(table).is_break() {
                return Some(());
            }
            row.begin(number);
        }
        row.put(at as usize, cell.get_value());
    }
    let _ = row.give_to(table);
    Some(())
}

fn read_range(cells: Option<Range<Data>>, table: &mut Table) -> Option<()> {
    let cells = cells?;
    let (first_row, first_column) = cells.start().unwrap_or_default();
    for (number, cells) in (first_row + 1..).zip(cells.rows()) {
        let row = RangeRow { cells, first: first_column as usize };
        if table.row(number, &row).is_break() {
            break;
        }
    }
    Some(())
}

/// Where no column tells the group, and there is a sheet for each, the sheets
/// name the groups.
fn name_groups_by_sheets(roll: &mut VoterRoll) {
    let filled: Vec<u16> = {
        let mut sheets: Vec<u16> = roll.voters.iter().map(|voter| voter.row.sheet).collect();
        sheets.dedup();
        sheets
    };
    for &number in &filled {
        let sheet = &roll.sheets[usize::from(number)];
        let Some(name) = sheet.name.as_deref().filter(|_| !sheet.columns.has(Column::Group)) else {
            continue;
        };
        let is_named =
            !name.to_ascii_lowercase().starts_with("sheet") && !name.starts_with("工作表");
        if looks_like_group(name) || filled.len() > 1 && is_named {
            let group = roll.groups.intern(name);
            let voters = roll.voters.iter_mut().filter(|voter| voter.row.sheet == number);
            voters.for_each(|voter| voter.group = voter.group.or(group));
        }
    }
}

/// One row of an xlsx sheet.
#[derive(Default)]
struct CellRow<'a> {
    number: u32,
    cells: Vec<DataRef<'a>>,
}

impl<'a> CellRow<'a> {
    fn begin(&mut self, number: u32) {
        self.number = number;
        self.cells.clear();
    }

    fn put(&mut self, at: usize, value: &DataRef<'a>) {
        if at >= WIDEST || *value == DataRef::Empty {
            return;
        }
        if self.cells.len() <= at {
            self.cells.resize(at + 1, DataRef::Empty);
        }
        self.cells[at] = value.clone();
    }

    fn give_to(&self, table: &mut Table) -> ControlFlow<()> {
        if self.cells.is_empty() {
            ControlFlow::Continue(())
        } else {
            table.row(self.number + 1, self)
        }
    }
}

impl Row for CellRow<'_> {
    fn width(&self) -> usize {
        self.cells.len()
    }

    fn cell(&self, at: usize) -> Value<'_> {
        match self.cells.get(at) {
            None | Some(DataRef::Empty) => Value::Empty,
            Some(DataRef::SharedString(text)) => Value::of_text(text),
            Some(DataRef::String(text)) => Value::of_text(text),
            Some(DataRef::DateTimeIso(text) | DataRef::DurationIso(text)) => Value::of_text(text),
            Some(DataRef::Int(number)) => Value::Number(*number as f64),
            Some(DataRef::Float(number)) => Value::Number(*number),
            Some(DataRef::DateTime(date)) => date_value(date),
            Some(DataRef::Bool(truth)) => bool_value(*truth),
            Some(DataRef::Error(_)) => Value::Fault,
        }
    }
}

/// One row of a sheet that was read whole.
struct RangeRow<'a> {
    cells: &'a [Data],
    /// The column in which the range begins.
    first: usize,
}

impl Row for RangeRow<'_> {
    fn width(&self) -> usize {
        (self.first + self.cells.len()).min(WIDEST)
    }

    fn cell(&self, at: usize) -> Value<'_> {
        match at.checked_sub(self.first).and_then(|at| self.cells.get(at)) {
            None | Some(Data::Empty) => Value::Empty,
            Some(Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text)) => {
                Value::of_text(text)
            }
            Some(Data::Int(number)) => Value::Number(*number as f64),
            Some(Data::Float(number)) => Value::Number(*number),
            Some(Data::DateTime(date)) => date_value(date),
            Some(Data::Bool(truth)) => bool_value(*truth),
            Some(Data::Error(_)) => Value::Fault,
        }
    }
}

fn date_value(date: &ExcelDateTime) -> Value<'static> {
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    Value::Day { year, month, day }
}

fn bool_value(truth: bool) -> Value<'static> {
    Value::Text(if truth { "TRUE" } else { "FALSE" })
}
