//! The rows of any table as plain texts, for lists that are no rolls.

use std::ops::ControlFlow;
use std::path::Path;

use super::comments::Comment;
use super::kind;
use super::{Merged, Row, SheetHead, Sink};
use crate::diagnostic::Cell;
use crate::election::roll::cell::columns::letters;
use crate::election::roll::open;

/// A row that says something, and where it stands.
#[derive(Clone, Debug)]
pub struct PlainRow {
    pub sheet: Option<String>,
    /// From 1, as Excel counts.
    pub number: usize,
    pub cells: Vec<String>,
}

impl PlainRow {
    /// The place of one of its cells, under a heading.
    pub fn place(&self, path: &Path, column: usize, heading: &str) -> Cell {
        Cell {
            path: path.to_owned(),
            sheet: self.sheet.clone(),
            row: self.number,
            column: Some(format!("{}（{heading}）", letters(column))),
        }
    }
}

/// All rows of a file, sheet by sheet; `None` if it is no table.
pub fn plain_rows(path: &Path) -> Option<Vec<PlainRow>> {
    let mut input = open(path).ok()?;
    let kind = kind::of(&mut input).ok()?.ok()?;
    let mut rows = Rows::default();
    super::read(kind, input, &mut rows).ok()?;
    Some(rows.rows)
}

#[derive(Default)]
struct Rows {
    sheet: Option<String>,
    rows: Vec<PlainRow>,
}

impl Sink for Rows {
    fn comments(&mut self, _: Vec<Comment>) {}

    fn begin(&mut self, head: SheetHead) -> bool {
        let is_wanted = !head.is_hidden;
        self.sheet = head.name;
        is_wanted
    }

    fn row(&mut self, number: u32, row: &impl Row) -> ControlFlow<()> {
        let cells: Vec<String> =
            (0..row.width()).map(|at| row.cell(at).text().trim().to_owned()).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            let (sheet, number) = (self.sheet.clone(), number as usize);
            self.rows.push(PlainRow { sheet, number, cells });
        }
        ControlFlow::Continue(())
    }

    fn end(&mut self, _: Vec<Merged>) {}
}
