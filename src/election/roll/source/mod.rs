//! Where rows come from: sheets of any kind of file, one row after another, to
//! whoever wants them.

pub(crate) mod colours;
pub(crate) mod comments;
pub(crate) mod compound;
pub(crate) mod kind;
pub(crate) mod markup;
pub(crate) mod ods;
pub(crate) mod plain;
pub(crate) mod rich;
pub(crate) mod text;
pub(crate) mod workbook;
pub(crate) mod xlsx;
pub(crate) mod xml;

use std::io::{Read, Seek};
use std::ops::{ControlFlow, RangeInclusive};

use crate::election::roll::cell::values::{Epoch, Shown, Value};
use colours::Colour;
use comments::Comment;
use kind::{Kind, Unfit};
// NOUSE markup
// NOUSE text
// NOUSE workbook
// NOUSE xlsx
use crate::election::roll::Encoding;

/// A row of any kind of table.
pub(crate) trait Row {
    fn width(&self) -> usize;
    fn cell(&self, at: usize) -> Value<'_>;

    /// Whether it is not to be seen, as rows that a filter hides.
    fn is_hidden(&self) -> bool {
        false
    }

    /// Whether a cell is struck through.
    fn is_struck(&self, _at: usize) -> bool {
        false
    }

    /// Whether what is written in a cell is not to be seen, for being white as the paper.
    fn is_unseen(&self, _at: usize) -> bool {
        false
    }

    /// The first cell right of those that are looked at in which something stands, and
    /// what.
    fn beyond(&self) -> Option<(usize, String)> {
        None
    }

    /// The colour of a cell, if somebody painted it.
    fn colour(&self, _at: usize) -> Option<Colour> {
        None
    }
}

/// What is known of a sheet before its rows.
#[derive(Debug)]
pub(crate) struct SheetHead {
    /// None for a text file.
    pub name: Option<String>,
    pub epoch: Epoch,
    pub is_hidden: bool,
}

/// Cells that were made one; all counted from zero.
#[derive(Clone, Debug)]
pub(crate) struct Merged {
    pub rows: RangeInclusive<u32>,
    pub columns: RangeInclusive<u32>,
}

/// Who takes up what a file holds.
pub(crate) trait Sink {
    /// The encoding of a text file.
    fn encoding(&mut self, _encoding: Encoding) {}
    /// Begins a sheet; says whether its rows are wanted.
    fn begin(&mut self, head: SheetHead) -> bool;
    /// Takes up the notes that hang on cells of the sheet.
    fn comments(&mut self, _comments: Vec<Comment>) {}
    /// Takes up one row; breaks when no more of the sheet are wanted.
    fn row(&mut self, number: u32, row: &impl Row) -> ControlFlow<()>;
    /// Ends a sheet that was begun and wanted.
    fn end(&mut self, merged: Vec<Merged>);
}

/// The widest table that is looked at: nothing of a roll stands further right.
pub(crate) const WIDEST: usize = 256;
/// The longest text of a cell, in bytes: more than three times what Excel takes.
pub(crate) const LONGEST_CELL: usize = 128 * 1024;

/// Hands all rows of a file over.
pub(crate) fn read(kind: Kind, input: impl Read + Seek, sink: &mut impl Sink) -> Result<(), Unfit> {
    match kind {
        Kind::Text => text::read(input, sink),
        Kind::Xlsx => xlsx::read(input, sink),
        Kind::Xls | Kind::Xlsb | Kind::Ods => workbook::read(kind, input, sink),
        Kind::Html => markup::read_html(input, sink),
        Kind::Xml2003 => markup::read_xml(input, sink),
    }
}

/// A row kept for later.
#[derive(Debug, Default)]
pub(crate) struct StoredRow {
    pub cells: Vec<Stored>,
    pub is_hidden: bool,
    pub struck: Vec<usize>,
    pub unseen: Vec<usize>,
    pub beyond: Option<(usize, String)>,
}

/// A cell kept for later.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Stored {
    #[default]
    Empty,
    Text(String),
    Number(f64),
    Day(u16, u8, u8, Shown),
    Fault,
    Unreckoned,
}

impl StoredRow {
    pub(crate) fn of(row: &impl Row) -> Self {
        let cells = (0..row.width()).map(|at| Stored::of(row.cell(at))).collect();
        let struck = (0..row.width()).filter(|&at| row.is_struck(at)).collect();
        let unseen = (0..row.width()).filter(|&at| row.is_unseen(at)).collect();
        Self { cells, is_hidden: row.is_hidden(), struck, unseen, beyond: row.beyond() }
    }

    /// Puts a cell in its place, if that is looked at.
    pub(crate) fn put(&mut self, at: usize, cell: Stored) {
        if at < WIDEST && cell != Stored::Empty {
            self.cells.resize(self.cells.len().max(at + 1), Stored::Empty);
            self.cells[at] = cell;
        } else if self.beyond.is_none() && !cell.value().text().trim().is_empty() {
            self.beyond = Some((at, cell.value().text().into_owned()));
        }
    }
}

impl Stored {
    fn of(value: Value) -> Self {
        match value {
            Value::Empty => Stored::Empty,
            Value::Text(text) => Stored::Text(text.to_owned()),
            Value::Number(number) => Stored::Number(number),
            Value::Day { year, month, day, shown } => Stored::Day(year, month, day, shown),
            Value::Fault => Stored::Fault,
            Value::Unreckoned => Stored::Unreckoned,
        }
    }

    pub(crate) fn value(&self) -> Value<'_> {
        match self {
            Stored::Empty => Value::Empty,
            Stored::Text(text) => Value::of_text(text),
            Stored::Number(number) => Value::Number(*number),
            &Stored::Day(year, month, day, shown) => Value::Day { year, month, day, shown },
            Stored::Fault => Value::Fault,
            Stored::Unreckoned => Value::Unreckoned,
        }
    }
}

impl Row for StoredRow {
    fn width(&self) -> usize {
        self.cells.len()
    }

    fn cell(&self, at: usize) -> Value<'_> {
        self.cells.get(at).map_or(Value::Empty, Stored::value)
    }

    fn is_hidden(&self) -> bool {
        self.is_hidden
    }

    fn is_struck(&self, at: usize) -> bool {
        self.struck.contains(&at)
    }

    fn is_unseen(&self, at: usize) -> bool {
        self.unseen.contains(&at)
    }

    fn beyond(&self) -> Option<(usize, String)> {
        self.beyond.clone()
    }
}
