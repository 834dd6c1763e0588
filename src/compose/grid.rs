//! The cells of a table at their places, for outputs that must know them.

use super::document::{Cell, Table};

/// What stands at a place of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot<'a> {
    /// A cell that begins at this column.
    Cell { column: usize, cell: &'a Cell },
    /// A cell from above, which covers so many columns.
    Above { column: usize, columns: usize },
}

/// The rows of a table, its head first, each from left to right without a gap.
pub fn rows(table: &Table) -> Vec<Vec<Slot<'_>>> {
    let head = Some(&table.head).filter(|head| !head.is_empty());
    let columns = table.columns.len();
    // For each column: in how many rows more, this one included, which cell
    // from above stands there, by the column at which it begins.
    let mut reaching: Vec<(usize, usize)> = vec![(0, 0); columns];
    head.into_iter().chain(&table.rows).map(|row| place(row, &mut reaching)).collect()
}

fn place<'a>(row: &'a [Cell], reaching: &mut [(usize, usize)]) -> Vec<Slot<'a>> {
    let mut slots = Vec::with_capacity(row.len());
    let mut cells = row.iter();
    let mut column = 0;
    while column < reaching.len() {
        let (rows, from) = reaching[column];
        let width = if rows > 0 {
            let width = reaching[column..].iter().take_while(|held| **held == (rows, from)).count();
            slots.push(Slot::Above { column, columns: width });
            reaching[column..column + width].fill((rows - 1, from));
            width
        } else {
            let Some(cell) = cells.next() else { break };
            let width = cell.columns.clamp(1, reaching.len() - column);
            slots.push(Slot::Cell { column, cell });
            reaching[column..column + width].fill((cell.rows.max(1) - 1, column));
            width
        };
        column += width;
    }
    slots
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::document::{Align, Column, Text};

    fn cell(text: &str, columns: usize, rows: usize) -> Cell {
        Cell { text: Text::plain(text), columns, rows, label: false }
    }

    #[test]
    fn cells_stand_beside_what_reaches_down_from_above() {
        let table = Table {
            columns: vec![Column::new(Align::Left, 4); 4],
            head: Vec::new(),
            rows: vec![
                vec![cell("a", 1, 2), cell("b", 2, 1), cell("c", 1, 3)],
                vec![cell("d", 1, 1), cell("e", 1, 2)],
                vec![cell("f", 2, 1)],
            ],
        };
        let shown: Vec<String> = rows(&table)
            .iter()
            .map(|row| {
                let shown = row.iter().map(|slot| match slot {
                    Slot::Cell { column, cell } => format!("{column}{}", cell.text),
                    Slot::Above { column, columns } => format!("{column}^{columns}"),
                });
                shown.collect::<Vec<_>>().join(" ")
            })
            .collect();
        assert_eq!(shown, ["0a 1b 3c", "0^1 1d 2e 3^1", "0f 2^1 3^1"]);
    }
}
