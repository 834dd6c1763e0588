//! Tables: lists with a head that is repeated on each page, and forms, whose
//! cells are labels and room to write.

use super::inline::{run, written};
use super::styles::line;
use super::wml::{self, Paragraph, Row, Run};
use super::xml::Element;
use crate::compose::document::{Align, Cell, Inline, Table, Text};
use crate::compose::grid::{self, Slot};
use crate::typeset::sheet::{HalfPoints, Kind, Sheet, Twips, twips};

/// Columns at most so wide, in half characters, keep to one line.
const NARROW: usize = 22;
/// Beside the text of a cell, and above and below it in lists and in forms.
const BESIDE: Twips = 80;
const ABOVE: Twips = 30;
const ABOVE_IN_FORMS: Twips = 60;
/// The line between two rows.
const ADDED: Twips = 10;
/// Above and below room to write.
const ABOVE_ROOM: Twips = 120;
/// How high the rows on an envelope are, in millimetres.
const ENVELOPE_ROW: usize = 18;
/// How high the rows of a ballot are at most, and all of them together.
const BALLOT_ROW: usize = 15;
const BALLOT: usize = 80;
/// Labels on a ballot are smaller than the names.
const LABEL: HalfPoints = 28;
/// The side of a square for one 正, in millimetres.
const SQUARE: usize = 8;

/// Draws a table; its last row keeps what follows company if `kept`.
pub(super) fn draw(data: &Table, sheet: &Sheet, kept: bool) -> wml::Table {
    let widths = column_widths(data, sheet);
    let is_form = data.head.is_empty();
    let rows = grid::rows(data);
    let last = rows.len().saturating_sub(1);
    let least = match sheet.kind {
        Kind::Envelope => twips(ENVELOPE_ROW),
        Kind::Ballot => twips(BALLOT / rows.len().max(1)).min(twips(BALLOT_ROW)),
        _ => 0,
    };
    let heights = heights(&rows, sheet.table_size);
    let rows = rows.iter().zip(heights).enumerate().map(|(n, (row, height))| {
        let is_head = n == 0 && !is_form;
        let look = Look { data, sheet, widths: &widths, is_head, kept: kept && n == last };
        let cells = row.iter().map(|slot| look.cell(slot));
        let is_repeated =
            n == 0 && data.rows.first().is_none_or(|row| !is_form || is_head_row(row));
        Row::of(cells).at_least(if is_head { 0 } else { height.max(least) }).head(is_repeated)
    });
    let above = space_above(data, sheet);
    wml::Table::ruled(&widths, ["single"; 2], [above, BESIDE]).with_all(rows)
}

/// Above and below the text of a cell.
fn space_above(data: &Table, sheet: &Sheet) -> Twips {
    let usual = if data.head.is_empty() { ABOVE_IN_FORMS } else { ABOVE };
    usual.saturating_sub(sheet.spared)
}

/// How high a table will be.
pub(super) fn height(data: &Table, sheet: &Sheet) -> Twips {
    let widths = column_widths(data, sheet);
    let pad = space_above(data, sheet);
    let rows = grid::rows(data);
    let least = heights(&rows, sheet.table_size);
    let rows = rows.iter().zip(least).map(|(row, least)| {
        let lines = row.iter().map(|slot| match *slot {
            Slot::Cell { column, cell } if cell.rows == 1 => {
                let columns = cell.columns.clamp(1, widths.len() - column);
                let width: Twips = widths[column..column + columns].iter().sum();
                let across = width.saturating_sub(2 * BESIDE) / (sheet.table_size * 5);
                cell.text.width().div_ceil(across.max(2))
            }
            _ => 1,
        });
        let lines = lines.max().unwrap_or(1).max(1);
        (lines * sheet.table_size * 15 + 2 * pad + ADDED).max(least)
    });
    rows.sum()
}

/// How high each row is at least, if it has room to write. A cell that reaches
/// over several shares its room among them.
fn heights(rows: &[Vec<Slot>], size: HalfPoints) -> Vec<Twips> {
    let mut heights = vec![0; rows.len()];
    for (n, row) in rows.iter().enumerate() {
        for slot in row {
            let Slot::Cell { cell, .. } = slot else { continue };
            let lines: usize = cell.text.0.iter().map(room).sum();
            let reach = cell.rows.clamp(1, rows.len() - n);
            for height in &mut heights[n..n + reach] {
                *height = (*height).max(lines * size * 20 / reach);
            }
        }
    }
    heights.iter().map(|height| if *height > 0 { height + 2 * ABOVE_ROOM } else { 0 }).collect()
}

fn room(inline: &Inline) -> usize {
    match inline {
        Inline::Room(lines) => *lines,
        _ => 0,
    }
}

/// Whether a row of a form is nothing but labels: the head of its columns.
fn is_head_row(row: &[Cell]) -> bool {
    row.len() > 2 && row.iter().all(|cell| cell.label && cell.rows == 1)
}

/// What is common to the cells of a row.
struct Look<'a> {
    data: &'a Table,
    sheet: &'a Sheet,
    widths: &'a [Twips],
    is_head: bool,
    kept: bool,
}

impl Look<'_> {
    fn cell(&self, slot: &Slot) -> wml::Cell {
        match *slot {
            Slot::Above { column, columns } => self
                .spanning(column, columns)
                .merge(Some("continue"))
                .with(line("TableText").keep_next(self.kept)),
            Slot::Cell { column, cell } => {
                let columns = cell.columns.clamp(1, self.widths.len() - column);
                let spanning = self.spanning(column, columns);
                let drawn = spanning.merge((cell.rows > 1).then_some("restart"));
                drawn.with_all(self.content(column, columns, cell))
            }
        }
    }

    fn spanning(&self, column: usize, columns: usize) -> wml::Cell {
        wml::Cell::default().width(self.width(column, columns)).span(columns).centred()
    }

    fn width(&self, column: usize, columns: usize) -> Twips {
        self.widths.iter().skip(column).take(columns).sum()
    }

    /// The squares of a cell, and its text. Word wants a paragraph at its end.
    fn content(&self, column: usize, columns: usize, cell: &Cell) -> Vec<Element> {
        let jc = match self.data.columns[column].align {
            Align::Left => "left",
            Align::Center => "center",
            Align::Right => "right",
        };
        let width = self.width(column, columns).saturating_sub(2 * BESIDE);
        let squares = squares(&cell.text, width, jc).map(Element::from);
        let text = if squares.is_some() && is_blank(&cell.text) {
            line("Gap")
        } else {
            let jc = if self.is_head { "center" } else { jc };
            self.entry(&cell.text).jc(jc).keep_next(self.kept)
        };
        squares.into_iter().chain([text.into()]).collect()
    }

    fn entry(&self, text: &Text) -> Paragraph {
        let Self { data, sheet, .. } = *self;
        let is_list = !data.head.is_empty();
        written(line("TableText"), text, |entry, inline| match inline {
            inline if self.is_head => entry.with(run(inline).fonts("黑体")),
            Inline::Name(name) if is_list && name.chars().count() == 2 => {
                spread(entry, name, sheet.table_size)
            }
            Inline::Boxes(_) => entry,
            Inline::Strong(_) if sheet.kind == Kind::Ballot => {
                entry.with(run(inline).size(sheet.table_size.min(LABEL)))
            }
            inline => entry.with(run(inline)),
        })
    }
}

/// Whether a cell is only to be filled in.
fn is_blank(text: &Text) -> bool {
    text.0.iter().all(|inline| matches!(inline, Inline::Boxes(_) | Inline::Room(_)))
}

/// The squares of a cell, each for one 正, as a table of their own: no font has
/// squares that touch. They share as many lines as they need.
fn squares(text: &Text, width: Twips, jc: &str) -> Option<wml::Table> {
    let boxes = |inline: &Inline| match inline {
        Inline::Boxes(count) => *count,
        _ => 0,
    };
    let count: usize = text.0.iter().map(boxes).sum();
    if count == 0 {
        return None;
    }
    let side = twips(SQUARE);
    let lines = count.div_ceil((width / side).max(1));
    let across = count.div_ceil(lines);
    let rows = (0..lines).map(|line| {
        let missing = across - across.min(count - line * across);
        let rest = (missing > 0).then(|| square(missing).open(true));
        let squares = std::iter::repeat_with(|| square(1)).take(across - missing);
        Row::of(squares.chain(rest)).exactly(side)
    });
    let table = wml::Table::ruled(&vec![side; across], ["single"; 2], [0, 0]).jc(jc);
    Some(table.with_all(rows))
}

/// A cell as wide as so many squares.
fn square(columns: usize) -> wml::Cell {
    wml::Cell::default().width(columns * twips(SQUARE)).span(columns).with(line("Gap"))
}

/// A name of two characters is spread to three without a space, which would
/// keep it from being found.
fn spread(paragraph: Paragraph, name: &str, size: HalfPoints) -> Paragraph {
    let (first, last) = name.split_at(name.chars().next().map_or(0, char::len_utf8));
    paragraph.with(Run::of(first).letter_spacing(size * 10)).with(Run::of(last))
}

/// A form says itself how wide its columns are. In a list, dates, names and
/// numbers stay on one line; columns of text share the rest.
fn column_widths(data: &Table, sheet: &Sheet) -> Vec<Twips> {
    let whole = sheet.text_width();
    if data.head.is_empty() {
        let shares: usize = data.columns.iter().map(|column| column.width).sum();
        return data.columns.iter().map(|column| whole * column.width / shares.max(1)).collect();
    }
    let natural = |width: usize, spare| (width + spare) * sheet.table_size * 5 + 2 * BESIDE;
    let is_narrow =
        |width: usize| width <= NARROW && data.columns.iter().any(|column| column.width > NARROW);
    let narrow = || data.columns.iter().filter(|c| is_narrow(c.width));
    let taken = |spare| narrow().map(|c| natural(c.width, spare)).sum::<Twips>();
    // Rather than break a date, it has less room beside it.
    let fits = |spare: &usize| taken(*spare) <= whole * 2 / 3;
    let spare = [3, 1].into_iter().find(fits);
    let shares: usize =
        data.columns.iter().filter(|c| !is_narrow(c.width)).map(|c| c.width + 4).sum();
    let all: usize = data.columns.iter().map(|column| column.width + 4).sum();
    let width = |width: usize| match (spare, is_narrow(width)) {
        // Too many narrow columns for one page: all give way alike.
        (None, _) => whole * (width + 4) / all.max(1),
        (Some(spare), true) => natural(width, spare),
        (Some(spare), false) => (whole - taken(spare)) * (width + 4) / shares.max(1),
    };
    data.columns.iter().map(|column| width(column.width)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::document::Column;

    fn columns(widths: &[usize]) -> Vec<Column> {
        widths.iter().map(|&width| Column::new(Align::Left, width)).collect()
    }

    #[test]
    fn a_date_has_room_even_in_a_register() {
        // Number, name, sex, date, and two to write in.
        let columns = columns(&[8, 14, 4, 12, 26, 26]);
        let table = Table { columns, head: vec![Text::plain("头").into(); 6], ..Table::default() };
        let sheet = Sheet { width: 210, height: 297, ..Sheet::of("register") };
        let date = column_widths(&table, &sheet)[3] - 2 * BESIDE;
        assert!(date >= 12 * sheet.table_size * 5, "{date}");
    }

    #[test]
    fn columns_fill_the_page_and_never_more() {
        let sheet = Sheet::of("report");
        for widths in
            [vec![8, 8], vec![20, 60, 12], vec![22; 12], [vec![22; 12], vec![40]].concat(), vec![]]
        {
            let columns = columns(&widths);
            let head = vec![Text::plain("头").into(); widths.len()];
            for table in [
                Table { columns: columns.clone(), head, ..Table::default() },
                Table { columns, ..Table::default() },
            ] {
                let all = column_widths(&table, &sheet).iter().sum::<usize>();
                assert!(all <= sheet.text_width(), "{widths:?}");
            }
        }
    }

    fn form() -> Table {
        let cell = |text: &str, columns, rows| Cell {
            text: Text::plain(text),
            columns,
            rows,
            label: false,
        };
        let mut room = cell("意见", 2, 1);
        room.text.0.push(Inline::Room(3));
        Table {
            columns: columns(&[6, 9, 15]),
            head: Vec::new(),
            rows: vec![vec![cell("声明", 1, 2), room], vec![cell("签名", 2, 1)]],
        }
    }

    fn drawn(table: &Table) -> String {
        Element::from(draw(table, &Sheet::of("form"), false)).to_string()
    }

    #[test]
    fn merged_cells_have_real_continuations() {
        let xml = drawn(&form());
        let counts =
            ["<w:tc>", "w:gridSpan w:val=\"2\"", "w:val=\"restart\"", "w:val=\"continue\""]
                .map(|what| xml.matches(what).count());
        assert_eq!(counts, [4, 2, 1, 1], "{xml}");
        assert_eq!(xml.matches("<w:cantSplit/>").count(), 2);
    }

    #[test]
    fn a_form_has_the_widths_it_asks_for_and_room_to_write() {
        let xml = drawn(&form());
        let whole = Sheet::of("form").text_width();
        for share in [6, 9, 15] {
            let width = format!("<w:gridCol w:w=\"{}\"", whole * share / 30);
            assert!(xml.contains(&width), "{width} {xml}");
        }
        let height = 3 * 24 * 20 + 2 * ABOVE_ROOM;
        let at_least = format!("<w:trHeight w:val=\"{height}\" w:hRule=\"atLeast\"/>");
        assert!(xml.contains(&at_least), "{xml}");
    }

    #[test]
    fn squares_share_their_lines_evenly() {
        let squares = |count| {
            let table = squares(&Text(vec![Inline::Boxes(count)]), twips(170), "left").unwrap();
            let xml = Element::from(table).to_string();
            ["<w:tr>", "<w:tc>", "w:gridSpan", "w:val=\"nil\""]
                .map(|what| xml.matches(what).count())
        };
        assert_eq!(squares(21), [1, 21, 0, 0]);
        assert_eq!(squares(40), [2, 40, 0, 0]);
        assert_eq!(squares(41), [2, 42, 0, 2]);
        assert_eq!(squares(43), [3, 44, 1, 2]);
    }

    #[test]
    fn only_the_row_of_heads_is_marked() {
        let mut table = form();
        assert!(!drawn(&table).contains("w:tblHeader"));
        table.head = vec![Text::plain("头").into(); 3];
        assert_eq!(drawn(&table).matches("<w:tblHeader/>").count(), 1);
    }
}
