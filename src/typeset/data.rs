//! A document as the JSON that layouts read.

use serde::ser::{Serialize, SerializeSeq, Serializer};
use unicode_width::UnicodeWidthStr as _;

use crate::compose::Document;
use crate::compose::document::{ListedName, NameGrid};

/// Names stand on a grid of cells, each this many characters wide: three for
/// the name and two between names.
const CELL: usize = 5;
const NAME: usize = 3;
/// Cells in a row of a name grid: 33 characters of 14 pt on A4.
const CELLS: usize = 7;

pub fn to_json(document: &Document) -> Vec<u8> {
    // Serialising plain values to memory cannot fail.
    serde_json::to_vec(document).unwrap_or_default()
}

/// A piece of a row of names. Pieces are as long as can be, for a list of
/// 100,000 names is set from them: only a name that needs its own width
/// interrupts the run.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    /// Names of full width and the spaces between names.
    Run(String),
    /// A name of two characters, to be spread to the width of three.
    Pair(String),
    /// Any other name, in a box of so many characters' width.
    Box(String, usize),
}

impl Serialize for Piece {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Piece::Run(text) => serializer.serialize_str(text),
            Piece::Pair(text) => [text].serialize(serializer),
            Piece::Box(text, width) => (text, width).serialize(serializer),
        }
    }
}

/// The names of a grid as rows of pieces.
pub fn serialize_rows<S: Serializer>(names: &[ListedName], serializer: S) -> Result<S::Ok, S::Error> {
    let rows = rows(names);
    let mut sequence = serializer.serialize_seq(Some(rows.len()))?;
    for row in &rows {
        sequence.serialize_element(row)?;
    }
    sequence.end()
}

fn rows(names: &[ListedName]) -> Vec<Vec<Piece>> {
    let mut rows: Vec<Vec<Piece>> = Vec::with_capacity(names.len() / CELLS + 1);
    let mut used = CELLS;
    let mut gap = 0;
    for listed in names {
        let name = Set::of(listed);
        if used + name.cells > CELLS {
            rows.push(Vec::with_capacity(CELLS));
            (used, gap) = (0, 0);
        }
        let Some(row) = rows.last_mut() else { continue };
        row.space(gap);
        used += name.cells;
        gap = name.cells * CELL - name.width;
        row.add(name.piece);
    }
    rows
}

/// A name as it is set: its piece, its width in characters, its cells.
struct Set {
    piece: Piece,
    width: usize,
    cells: usize,
}

impl Set {
    fn of(listed: &ListedName) -> Self {
        let text = match &listed.note {
            Some(note) => format!("{}（{note}）", listed.name),
            None => listed.name.clone(),
        };
        let characters = text.chars().count();
        let full_width = text.chars().all(is_full_width);
        match characters {
            2 if full_width => Self { piece: Piece::Pair(text), width: NAME, cells: 1 },
            NAME if full_width => Self { piece: Piece::Run(text), width: NAME, cells: 1 },
            _ => {
                let width = text.width_cjk().div_ceil(2);
                // A name wider than the page is broken inside its box.
                let cells = (width + 1).div_ceil(CELL).clamp(1, CELLS);
                let width = cells * CELL - (CELL - NAME);
                Self { piece: Piece::Box(text, width), width, cells }
            }
        }
    }
}

/// Han characters, which every face sets one em wide.
fn is_full_width(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

trait Row {
    fn space(&mut self, characters: usize);
    fn add(&mut self, piece: Piece);
}

impl Row for Vec<Piece> {
    fn space(&mut self, characters: usize) {
        if characters > 0 {
            self.add(Piece::Run("\u{3000}".repeat(characters)));
        }
    }

    fn add(&mut self, piece: Piece) {
        match (self.last_mut(), piece) {
            (Some(Piece::Run(last)), Piece::Run(text)) => last.push_str(&text),
            (_, piece) => self.push(piece),
        }
    }
}

/// Layouts get the rows, not the names.
impl Serialize for NameGrid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        struct Rows<'a>(&'a [ListedName]);
        impl Serialize for Rows<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serialize_rows(self.0, serializer)
            }
        }
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("title", &self.title)?;
        map.serialize_entry("rows", &Rows(&self.names))?;
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn listed(name: &str) -> ListedName {
        ListedName { name: name.into(), note: None }
    }

    #[test]
    fn runs_of_names_are_one_piece() {
        let names = ["王小明", "李光荣", "张伟", "赵子龙"].map(listed);
        assert_eq!(
            rows(&names),
            [[
                Piece::Run("王小明　　李光荣　　".into()),
                Piece::Pair("张伟".into()),
                Piece::Run("　　赵子龙".into()),
            ]]
        );
    }

    #[test]
    fn a_long_name_takes_more_cells() {
        let names = ["买买提·吐尔逊江", "张三丰"].map(listed);
        assert_eq!(
            rows(&names),
            [[Piece::Box("买买提·吐尔逊江".into(), 8), Piece::Run("　　张三丰".into())]]
        );
    }

    proptest! {
        #[test]
        fn every_name_stands_once_and_no_row_is_too_wide(
            names in proptest::collection::vec("[一-龥]{2,4}|[一-龥]{1,9}·[一-龥]{1,9}|[A-Za-z]{1,60}", 0..60)
        ) {
            let rows = rows(&names.iter().map(|name| listed(name)).collect::<Vec<_>>());
            let mut text = String::new();
            for row in rows {
                let mut width = 0;
                for piece in row {
                    let (piece, piece_width) = match piece {
                        Piece::Run(text) => { let n = text.chars().count(); (text, n) }
                        Piece::Pair(text) => (text, NAME),
                        Piece::Box(text, width) => (text, width),
                    };
                    text += &piece;
                    width += piece_width;
                }
                prop_assert!(width <= CELLS * CELL - (CELL - NAME));
            }
            prop_assert_eq!(text.replace('\u{3000}', ""), names.concat());
        }
    }
}
