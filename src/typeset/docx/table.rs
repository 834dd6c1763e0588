//! Tables: lists with a head that is repeated on each page, and forms, whose
//! cells are labels and room to write.

use docx_rs::{
    AlignmentType, HeightRule, Paragraph, Run, TableAlignmentType, TableBorder,
    TableBorderPosition, TableBorders, TableCell, TableCellBorderPosition, TableCellMargins,
    TableLayoutType, TableRow, VAlignType, VMergeType, WidthType,
};
use docx_rs::{BorderType, Table as WordTable};

use super::inline::{closed, run};
use super::styles::{characters, fonts, line};
use crate::compose::document::{Align, Cell, Inline, Table, Text};
use crate::compose::grid::{self, Slot};
use crate::typeset::sheet::{HalfPoints, Kind, Sheet, Twips, twips};

/// Columns at most so wide, in half characters, keep to one line.
const NARROW: usize = 22;
/// Beside the text of a cell, and above and below it in lists and in forms.
const BESIDE: Twips = 80;
const ABOVE: Twips = 30;
const ABOVE_IN_FORMS: Twips = 60;
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

/// By this height, which asks for nothing, the row of heads is found and marked.
pub const HEAD_MARK: (&str, &str) =
    ("<w:trHeight w:val=\"0\" w:hRule=\"auto\" />", "<w:tblHeader />");

/// Draws a table; its last row keeps what follows company if `kept`.
pub fn draw(data: &Table, sheet: &Sheet, kept: bool) -> WordTable {
    let widths = column_widths(data, sheet);
    let is_form = data.head.is_empty();
    let rows = grid::rows(data);
    let last = rows.len().saturating_sub(1);
    let least = match sheet.kind {
        Kind::Envelope => twips(ENVELOPE_ROW),
        Kind::Ballot => twips(BALLOT / rows.len().max(1)).min(twips(BALLOT_ROW)),
        _ => 0,
    };
    let heights = heights(&rows, sheet.table_size).into_iter().map(|height| height.max(least));
    let heights: Vec<Twips> = heights.collect();
    let rows = rows.iter().enumerate().map(|(n, row)| {
        let head = n == 0 && !is_form;
        let look = Look { head, is_form, kept: kept && n == last };
        let cells = row.iter().map(|slot| slot_cell(slot, data, &widths, sheet, &look));
        match heights[n] {
            _ if head => row_of(cells.collect(), 0, HeightRule::Auto),
            0 => TableRow::new(cells.collect()).cant_split(),
            height => row_of(cells.collect(), height, HeightRule::AtLeast),
        }
    });
    let above = if is_form { ABOVE_IN_FORMS } else { ABOVE };
    WordTable::new(rows.collect())
        .set_grid(widths.clone())
        .width(widths.iter().sum(), WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(above, BESIDE, above, BESIDE))
        .set_borders(ruled(BorderType::Single))
}

/// Lines around and between all cells.
pub fn ruled(kind: BorderType) -> TableBorders {
    use TableBorderPosition::{Bottom, InsideH, InsideV, Left, Right, Top};
    [Top, Right, Bottom, Left, InsideH, InsideV]
        .into_iter()
        .map(|position| TableBorder::new(position).size(4).border_type(kind))
        .fold(TableBorders::with_empty(), TableBorders::set)
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

/// What is common to the cells of a row.
struct Look {
    head: bool,
    is_form: bool,
    kept: bool,
}

fn slot_cell(slot: &Slot, data: &Table, widths: &[Twips], sheet: &Sheet, look: &Look) -> TableCell {
    let spanning = |column: usize, columns: usize| {
        let width = widths.iter().skip(column).take(columns).sum();
        let cell = TableCell::new().width(width, WidthType::Dxa).vertical_align(VAlignType::Center);
        if columns > 1 { cell.grid_span(columns) } else { cell }
    };
    match slot {
        Slot::Above { column, columns } => spanning(*column, *columns)
            .vertical_merge(VMergeType::Continue)
            .add_paragraph(line("TableText").keep_next(look.kept)),
        Slot::Cell { column, cell } => {
            let spanned = spanning(*column, cell.columns.clamp(1, widths.len() - column));
            let spanned =
                if cell.rows > 1 { spanned.vertical_merge(VMergeType::Restart) } else { spanned };
            let align = match (look.head, data.columns[*column].align) {
                (true, _) | (_, Align::Center) => AlignmentType::Center,
                (_, Align::Left) => AlignmentType::Left,
                (_, Align::Right) => AlignmentType::Right,
            };
            let width = widths.iter().skip(*column).take(cell.columns).sum::<Twips>();
            let squares = squares(&cell.text, width.saturating_sub(2 * BESIDE)).map(|squares| {
                match data.columns[*column].align {
                    Align::Left => squares,
                    Align::Center => squares.align(TableAlignmentType::Center),
                    Align::Right => squares.align(TableAlignmentType::Right),
                }
            });
            let paragraph = entry(cell, sheet, look).align(align).keep_next(look.kept);
            match squares {
                // Word wants a paragraph at the end of a cell.
                Some(squares) if is_blank(&cell.text) => {
                    spanned.add_table(squares).add_paragraph(line("Gap"))
                }
                Some(squares) => spanned.add_table(squares).add_paragraph(paragraph),
                None => spanned.add_paragraph(paragraph),
            }
        }
    }
}

/// The text of a cell.
fn entry(cell: &Cell, sheet: &Sheet, look: &Look) -> Paragraph {
    let paragraph = cell.text.0.iter().fold(line("TableText"), |paragraph, inline| match inline {
        inline if look.head => paragraph.add_run(run(inline).fonts(fonts("黑体"))),
        Inline::Name(name) if !look.is_form && name.chars().count() == 2 => {
            spread(paragraph, name, sheet.table_size)
        }
        Inline::Boxes(_) => paragraph,
        Inline::Strong(_) if sheet.kind == Kind::Ballot => {
            paragraph.add_run(run(inline).size(sheet.table_size.min(LABEL)))
        }
        inline => paragraph.add_run(run(inline)),
    });
    closed(paragraph, &cell.text)
}

/// Whether a cell is only to be filled in.
fn is_blank(text: &Text) -> bool {
    text.0.iter().all(|inline| matches!(inline, Inline::Boxes(_) | Inline::Room(_)))
}

/// The squares of a cell, each for one 正, as a table of their own: no font has
/// squares that touch. They share as many lines as they need.
fn squares(text: &Text, width: Twips) -> Option<WordTable> {
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
        let squares = across.min(count - line * across);
        let missing = across - squares;
        let cells = std::iter::repeat_with(|| square(side)).take(squares);
        let rest = (missing > 0).then(|| {
            let rest = square(side * missing).grid_span(missing);
            rest.clear_border(TableCellBorderPosition::Right)
                .clear_border(TableCellBorderPosition::Bottom)
        });
        row_of(cells.chain(rest).collect(), side, HeightRule::Exact)
    });
    Some(
        WordTable::new(rows.collect())
            .set_grid(vec![side; across])
            .width(side * across, WidthType::Dxa)
            .layout(TableLayoutType::Fixed)
            .margins(TableCellMargins::new().margin(0, 0, 0, 0))
            .set_borders(ruled(BorderType::Single)),
    )
}

fn square(width: Twips) -> TableCell {
    TableCell::new().width(width, WidthType::Dxa).add_paragraph(line("Gap"))
}

/// A row of some height, which is never torn between two pages.
pub fn row_of(cells: Vec<TableCell>, height: Twips, rule: HeightRule) -> TableRow {
    #[expect(clippy::cast_precision_loss, reason = "the library asks for a float")]
    let height = height as f32;
    TableRow::new(cells).cant_split().row_height(height).height_rule(rule)
}

/// A name of two characters is spread to three without a space, which would
/// keep it from being found.
fn spread(paragraph: Paragraph, name: &str, size: HalfPoints) -> Paragraph {
    let (first, last) = name.split_at(name.chars().next().map_or(0, char::len_utf8));
    paragraph
        .add_run(Run::new().add_text(first).character_spacing(characters(1, size)))
        .add_run(Run::new().add_text(last))
}

/// A form says itself how wide its columns are. In a list, dates, names and
/// numbers stay on one line; columns of text share the rest.
fn column_widths(data: &Table, sheet: &Sheet) -> Vec<Twips> {
    let whole = sheet.text_width();
    if data.head.is_empty() {
        let shares: usize = data.columns.iter().map(|column| column.width).sum();
        return data.columns.iter().map(|column| whole * column.width / shares.max(1)).collect();
    }
    let natural = |width: usize| (width + 3) * sheet.table_size * 5 + 2 * BESIDE;
    let is_narrow =
        |width: usize| width <= NARROW && data.columns.iter().any(|column| column.width > NARROW);
    let taken: Twips =
        data.columns.iter().filter(|c| is_narrow(c.width)).map(|c| natural(c.width)).sum();
    let shares: usize =
        data.columns.iter().filter(|c| !is_narrow(c.width)).map(|c| c.width + 4).sum();
    // Too many narrow columns for one page: all give way alike.
    let crowded = taken > whole * 2 / 3;
    let all: usize = data.columns.iter().map(|column| column.width + 4).sum();
    let width = |width: usize| match (crowded, is_narrow(width)) {
        (true, _) => whole * (width + 4) / all.max(1),
        (false, true) => natural(width),
        (false, false) => (whole - taken) * (width + 4) / shares.max(1),
    };
    data.columns.iter().map(|column| width(column.width)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::document::Column;
    use docx_rs::BuildXML as _;

    fn columns(widths: &[usize]) -> Vec<Column> {
        widths.iter().map(|&width| Column { align: Align::Left, width }).collect()
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
        String::from_utf8(draw(table, &Sheet::of("form"), false).build()).unwrap()
    }

    #[test]
    fn merged_cells_have_real_continuations() {
        let xml = drawn(&form());
        let counts =
            ["<w:tc>", "w:gridSpan w:val=\"2\"", "w:val=\"restart\"", "w:val=\"continue\""]
                .map(|what| xml.matches(what).count());
        assert_eq!(counts, [4, 2, 1, 1], "{xml}");
        assert_eq!(xml.matches("<w:cantSplit />").count(), 2);
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
        let at_least = format!("<w:trHeight w:val=\"{height}\" w:hRule=\"atLeast\" />");
        assert!(xml.contains(&at_least), "{xml}");
    }

    #[test]
    fn squares_share_their_lines_evenly() {
        let squares = |count| {
            let table = squares(&Text(vec![Inline::Boxes(count)]), twips(170)).unwrap();
            let xml = String::from_utf8(table.build()).unwrap();
            ["<w:tr>", "<w:tc>", "w:gridSpan", "w:val=\"nil\""]
                .map(|what| xml.matches(what).count())
        };
        assert_eq!(squares(21), [1, 21, 0, 0]);
        assert_eq!(squares(40), [2, 40, 0, 0]);
        assert_eq!(squares(41), [2, 42, 1, 2]);
    }

    #[test]
    fn only_the_row_of_heads_is_marked() {
        let mut table = form();
        assert!(!drawn(&table).contains(HEAD_MARK.0));
        table.head = vec![Text::plain("头").into(); 3];
        assert_eq!(drawn(&table).matches(HEAD_MARK.0).count(), 1);
    }
}
