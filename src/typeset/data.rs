//! A document as the JSON that layouts read.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::ser::{Serialize, SerializeMap as _, Serializer};

use super::sheet::{CLOSER, HalfPoints, Kind, LOOSER, Twips};
use crate::compose::Document;
use crate::compose::document::{Block, Cell, Column, Inline, ListedName, NameGrid, Table, Text};

/// What ends every stand-in, and nothing else that is printed: layouts glue a sign
/// to its word with a single one.
pub(super) const MARK: &str = "\u{2060}\u{2060}";

/// What Typst sets for a text of so many characters of full width, or so many
/// digits: the same for all, so that a thousand of them cost hardly more than one.
/// The text itself is put in its place afterwards (see `rows`). No name can be
/// this: word joiners at its end would be an error of the roll.
fn stand_in(character: char, count: usize) -> String {
    std::iter::repeat_n(character, count).collect::<String>() + MARK
}

/// Of what needs no width: a line as high as any.
fn of_row() -> String {
    stand_in('一', 1)
}

/// Names stand on a grid of cells, each this many characters wide: three for
/// the name and two between names.
const CELL: usize = 5;
const GAP: usize = 2;
/// Cells in a row of a name grid: 33 characters of 14 pt on A4.
const CELLS: usize = 7;
const ROW: usize = CELLS * CELL - GAP;

/// What layouts see: the document, and what they would need long to count.
#[derive(serde::Serialize)]
struct Data<'a> {
    /// Without its blocks.
    #[serde(flatten)]
    document: Document,
    blocks: Vec<Shown<'a>>,
    /// Characters of the longest line that stands by itself: cards are as high as
    /// theirs asks for.
    #[serde(rename = "longest-line")]
    longest_line: usize,
    closer: &'static [(Twips, HalfPoints)],
    looser: &'static [(Twips, HalfPoints)],
}

/// A block as layouts get it.
#[derive(serde::Serialize)]
#[serde(untagged)]
enum Shown<'a> {
    Block(&'a Block),
    Register(Register<'a>),
}

impl<'a> Shown<'a> {
    fn of(block: &'a Block, in_register: bool) -> Self {
        let register = match block {
            Block::Table(table) if in_register => Register::of(table),
            _ => None,
        };
        register.map_or(Self::Block(block), Self::Register)
    }
}

/// A table of many rows that are words alone: Typst works through each key of each cell.
#[derive(serde::Serialize)]
#[serde(tag = "kind", rename = "table")]
struct Register<'a> {
    columns: Vec<Column>,
    /// Which columns have digits.
    digits: Vec<bool>,
    head: &'a [Cell],
    rows: Vec<Entry<'a>>,
}

#[derive(serde::Serialize)]
#[serde(untagged)]
enum Entry<'a> {
    Words(Vec<&'a str>),
    Cells(&'a [Cell]),
}

impl<'a> Register<'a> {
    /// None of a form, nor of what has cells over several rows, nor where numbers have to
    /// be moved to stand under one another.
    fn of(table: &'a Table) -> Option<Self> {
        let is_form = table.head.is_empty();
        let mut cells = table.rows.iter().flatten();
        if is_form || cells.any(|cell| cell.rows > 1) || has_uneven_numbers(table) {
            return None;
        }
        let mut columns = table.columns.clone();
        let mut digits = vec![false; columns.len()];
        let rows: Vec<Entry> = table.rows.iter().map(|row| Entry::of(row, columns.len())).collect();
        for row in &rows {
            let Entry::Words(words) = row else { continue };
            for ((words, digits), column) in words.iter().zip(&mut digits).zip(&mut columns) {
                *digits |= words.contains(is_digit);
                if words.starts_with('一') && words.ends_with(MARK) {
                    column.body = column.body.max(2 * SPREAD);
                }
            }
        }
        Some(Self { columns, digits, head: &table.head, rows })
    }
}

impl<'a> Entry<'a> {
    fn of(row: &'a [Cell], columns: usize) -> Self {
        let words = row.iter().map(words).collect::<Option<Vec<_>>>();
        // An empty cell does not make its row as high as a line.
        let words = words.filter(|words| words.len() == columns && words.first() != Some(&""));
        words.map_or(Self::Cells(row), Self::Words)
    }
}

/// What a cell says, if it is a cell of its own and its width is sure.
fn words(cell: &Cell) -> Option<&str> {
    let text = match cell.text.0.as_slice() {
        [] => "",
        [Inline::Name(name)] if name.ends_with(MARK) => name,
        [Inline::Plain(text)] => text,
        _ => return None,
    };
    let is_sure = |c: char| is_digit(c) || is_full_width(c) || MARK.contains(c);
    (cell.columns == 1 && text.chars().all(is_sure)).then_some(text)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// Whether a column is of numbers of which some have more digits.
fn has_uneven_numbers(table: &Table) -> bool {
    let number = |cell: &Cell| match cell.text.0.as_slice() {
        [Inline::Plain(text)] => {
            let digits = text.trim_end_matches(MARK);
            digits.chars().all(is_digit).then_some(digits.len())
        }
        _ => None,
    };
    (0..table.columns.len()).any(|n| {
        let cells = table.rows.iter().filter_map(|row| row.get(n));
        let lengths = cells.filter(|cell| !cell.text.is_empty()).map(number);
        lengths.collect::<Option<BTreeSet<_>>>().is_some_and(|lengths| lengths.len() > 1)
    })
}

/// `ours`: how the pieces lie in a layout of ours, none in another. Ours know rows of
/// words, and begin the lines of cards on the left, so that the same may stand for all
/// their names.
pub(super) fn to_json(document: &Document, ours: Option<Kind>) -> Vec<u8> {
    let lines = document.blocks.iter().flat_map(|block| match block {
        Block::Lines { lines } => lines.as_slice(),
        _ => &[],
    });
    let longest = lines.map(Text::width).max().unwrap_or_default();
    let is_long = has_many_parts(document);
    let set = match is_long {
        true => Cow::Owned(with_stand_ins(document, ours == Some(Kind::Cards)).0),
        false => Cow::Borrowed(document),
    };
    let data = Data {
        document: set.without_blocks(),
        blocks: set
            .blocks
            .iter()
            .map(|block| Shown::of(block, is_long && ours.is_some()))
            .collect(),
        longest_line: longest.div_ceil(2),
        closer: &CLOSER,
        looser: &LOOSER,
    };
    // Serialising plain values to memory cannot fail.
    serde_json::to_vec(&data).unwrap_or_default()
}

/// The texts that stand-ins stand for, in the order in which they are read: rows of
/// names, and what differs in each row of a register and on each card.
pub(super) fn stood_for(document: &Document) -> Box<dyn Iterator<Item = String> + '_> {
    match has_many_parts(document) {
        true => Box::new(with_stand_ins(document, true).1.into_iter()),
        false => Box::new(grids(document).flat_map(plain_rows)),
    }
}

/// A register or cards with stand-ins for names and numbers, and these.
fn with_stand_ins(document: &Document, alike: bool) -> (Document, Vec<String>) {
    let (mut document, mut taken) = (document.clone(), Vec::new());
    let mut blocks = document.blocks.iter_mut().peekable();
    while let Some(block) = blocks.next() {
        match block {
            Block::Paragraph { text } if matches!(blocks.peek(), Some(Block::Lines { .. })) => {
                take_last_number(text, &mut taken);
            }
            Block::Table(table) if !table.head.is_empty() => {
                let cells = table.rows.iter_mut().flatten();
                cells.for_each(|cell| take_out(&mut cell.text, true, &mut taken));
            }
            Block::Lines { lines } => {
                lines.iter_mut().for_each(|line| take_out(line, false, &mut taken));
                if alike {
                    lines.iter_mut().for_each(shorten);
                }
            }
            Block::Names(grid) => taken.extend(plain_rows(grid)),
            _ => {}
        }
    }
    (document, taken)
}

/// The number of a card.
fn take_last_number(text: &mut Text, taken: &mut Vec<String>) {
    let Some(Inline::Plain(text)) = text.0.last_mut() else { return };
    let number = text.split_off(text.trim_end_matches(|c: char| c.is_ascii_digit()).len());
    if !number.is_empty() {
        *text += &stand_in('0', number.len());
        taken.push(number);
    }
}

/// Takes the short names of a text, what is said behind one on a card, and the number
/// that is all of a cell, for stand-ins. In a register a name of two characters is as
/// wide as one of three.
fn take_out(text: &mut Text, in_register: bool, taken: &mut Vec<String>) {
    const SHORT: usize = 4;
    let is_alone = text.0.len() == 1;
    let mut is_behind_name = false;
    for inline in &mut text.0 {
        let is_remark = std::mem::take(&mut is_behind_name) && !in_register;
        let is_name = matches!(inline, Inline::Name(_));
        let (text, stand_in) = match inline {
            Inline::Name(name) if name.chars().all(is_full_width) => {
                let count = name.chars().count();
                let width = if in_register { count.max(SPREAD) } else { count };
                (name, (count <= SHORT).then(|| stand_in('一', width)))
            }
            Inline::Plain(number) if in_register && is_alone => {
                let is_number = !number.is_empty() && number.bytes().all(|c| c.is_ascii_digit());
                let stand_in = is_number.then(|| stand_in('0', number.len()));
                (number, stand_in)
            }
            Inline::Plain(remark) if is_remark => {
                let is_wide = remark.chars().all(|c| c == '\u{3000}' || is_full_width(c));
                let count = remark.chars().count();
                let is_short = is_wide && (1..=SHORT).contains(&count);
                (remark, is_short.then(|| stand_in('一', count)))
            }
            _ => continue,
        };
        if let Some(stand_in) = stand_in {
            taken.push(std::mem::replace(text, stand_in));
            is_behind_name = is_name;
        }
    }
}

/// Has what stands for the name behind a label as short as any can be. Only what is said
/// of somebody may follow, and moves with the end of the name.
fn shorten(line: &mut Text) {
    let is_stand_in = |text: &str| text.ends_with(MARK);
    let (name, rest) = match line.0.as_mut_slice() {
        [Inline::Plain(label), Inline::Name(name), rest @ ..] if label.ends_with('：') => {
            (name, rest)
        }
        _ => return,
    };
    let is_last = match rest {
        [] => true,
        [Inline::Plain(remark)] => is_stand_in(remark),
        _ => false,
    };
    if is_last && is_stand_in(name) {
        *name = of_row();
    }
}

/// How many characters wide a name of two is in a register.
pub(super) const SPREAD: usize = 3;

/// A piece of a row of names. Pieces are as long as can be, for a list of
/// 100,000 names is set from them: only a name whose width depends on the font
/// interrupts the run. Names of two characters are not spread here: a gap
/// inside a name would keep it from being found by a search.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    /// Names of full width and the spaces between names.
    Run(String),
    /// Any other name, in a box of so many characters' width.
    Box(String, usize),
}

impl Serialize for Piece {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Piece::Run(text) => serializer.serialize_str(text),
            Piece::Box(text, width) => (text, width).serialize(serializer),
        }
    }
}

/// A row of names, and how wide it is.
#[derive(Debug, Default)]
struct Row {
    pieces: Vec<Piece>,
    width: usize,
}

impl Row {
    fn add(&mut self, text: String, width: usize, piece: fn(String, usize) -> Piece) {
        let start = self.width.next_multiple_of(CELL);
        // A name may reach into the gap, but never touches the next.
        let start = if start == self.width && start > 0 { start + CELL } else { start };
        append(&mut self.pieces, Piece::Run("\u{3000}".repeat(start - self.width)));
        append(&mut self.pieces, piece(text, width));
        self.width = start + width;
    }

    /// The text of a row in which nothing depends on the font.
    fn plain(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [Piece::Run(text)] => Some(text),
            _ => None,
        }
    }

    /// What Typst is to set for it.
    fn set(self) -> Vec<Piece> {
        match self.plain() {
            Some(_) => vec![Piece::Run(of_row())],
            None => self.pieces,
        }
    }

    fn has_room_for(&self, width: usize) -> bool {
        self.width == 0 || (self.width + 1).next_multiple_of(CELL) + width <= ROW
    }
}

/// Adds a piece; runs that follow one another are one.
fn append(pieces: &mut Vec<Piece>, piece: Piece) {
    match (pieces.last_mut(), piece) {
        (_, Piece::Run(text)) if text.is_empty() => {}
        (Some(Piece::Run(last)), Piece::Run(text)) => last.push_str(&text),
        (_, piece) => pieces.push(piece),
    }
}

fn rows(names: &[ListedName]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::with_capacity(names.len() / CELLS + 1);
    for listed in names {
        let mut text = printed(listed).into_owned();
        let on_grid = grid_width(&text).filter(|&width| width <= ROW);
        if on_grid.is_some() && has_half(&text) {
            text.push(HALF);
        }
        let piece = if on_grid.is_some() { |text, _| Piece::Run(text) } else { Piece::Box };
        // A name wider than the page is broken inside its box.
        let bound = || text.chars().map(quarters).sum::<usize>().div_ceil(4);
        let width = on_grid.unwrap_or_else(bound).clamp(1, ROW);
        match rows.last_mut() {
            Some(row) if row.has_room_for(width) => row.add(text, width, piece),
            _ => {
                let mut row = Row::default();
                row.add(text, width, piece);
                rows.push(row);
            }
        }
    }
    rows
}

/// A name with what tells namesakes apart.
pub(super) fn printed(listed: &ListedName) -> Cow<'_, str> {
    match &listed.note {
        Some(note) => format!("{}（{note}）", listed.name).into(),
        None => listed.name.as_str().into(),
    }
}

/// Characters that every face sets one em wide: Han, and the full-width forms.
fn is_full_width(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '（' | '）' | '，')
}

/// How many characters wide a text is, if that does not depend on the font: on the
/// grid two digits are as wide as one character, and one with a [`HALF`] behind.
fn grid_width(text: &str) -> Option<usize> {
    let half = |c: char| match c {
        c if c.is_ascii_digit() => Some(1),
        c => is_full_width(c).then_some(2),
    };
    let halves = text.chars().map(half).sum::<Option<usize>>()?;
    Some(halves.div_ceil(2))
}

/// Fills half a character behind an odd number of digits: what follows stands on the
/// grid again. A box for each such name would cost Typst as much as a row does.
pub(super) const HALF: char = ' ';

fn has_half(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() % 2 == 1
}

/// An upper bound of a character's width in quarters of an em: a serif's Latin
/// letters are often wider than half of one.
fn quarters(c: char) -> usize {
    match c {
        '@' | '%' | 'M' | 'W' | 'm' | 'w' => 4,
        c if c.is_ascii() => 3,
        _ => 4,
    }
}

/// Rows in one paragraph: of thousands of lines, Typst takes far longer.
const ROWS: usize = 32;

/// The last rows are a paragraph of their own, to keep a signature company.
const LAST_ROWS: usize = 3;

/// Names as paragraphs of rows, with line breaks between the rows.
fn paragraphs(names: &[ListedName]) -> Vec<Vec<Piece>> {
    let mut paragraphs: Vec<Vec<Piece>> = Vec::new();
    let rows = rows(names);
    let last = rows.len().saturating_sub(LAST_ROWS);
    for (n, row) in rows.into_iter().enumerate() {
        match paragraphs.last_mut().filter(|_| n % ROWS > 0 && n != last) {
            Some(paragraph) => {
                append(paragraph, Piece::Run("\n".to_owned()));
                row.set().into_iter().for_each(|piece| append(paragraph, piece));
            }
            None => paragraphs.push(row.set()),
        }
    }
    paragraphs
}

/// Whether a document takes much room to be set: a list of many names, thousands
/// of cards, a register.
pub(super) fn is_long(document: &Document) -> bool {
    has_many_parts(document) || has_many_names(document)
}

/// Whether it has thousands of cells or pieces.
fn has_many_parts(document: &Document) -> bool {
    const MANY: usize = 5_000;
    parts(document) > MANY
}

/// How many parts it has that are set one by one.
pub(super) fn parts(document: &Document) -> usize {
    let parts = |block: &Block| match block {
        Block::Table(table) => table.rows.len() * table.columns.len(),
        _ => 1,
    };
    document.blocks.iter().map(parts).sum()
}

/// Whether it would take much room to remember how each row of names was set.
pub(super) fn has_many_names(document: &Document) -> bool {
    const MANY_NAMES: usize = 20_000;
    grids(document).map(|grid| grid.names.len()).sum::<usize>() > MANY_NAMES
}

fn grids(document: &Document) -> impl Iterator<Item = &NameGrid> {
    document.blocks.iter().filter_map(|block| match block {
        Block::Names(grid) => Some(grid),
        _ => None,
    })
}

/// The rows that stand-ins stand for, in their order.
fn plain_rows(grid: &NameGrid) -> impl Iterator<Item = String> + use<> {
    rows(&grid.names).into_iter().filter_map(|row| row.plain().map(str::to_owned))
}

/// Layouts get paragraphs of rows, not the names.
impl Serialize for NameGrid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("title", &self.title)?;
        map.serialize_entry("paragraphs", &paragraphs(&self.names))?;
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::compose::document::{Align, Audience};

    fn listed(name: &str) -> ListedName {
        ListedName { name: name.into(), note: None }
    }

    fn pieces(names: &[&str]) -> Vec<Vec<Piece>> {
        let names: Vec<_> = names.iter().map(|name| listed(name)).collect();
        rows(&names).into_iter().map(|row| row.pieces).collect()
    }

    #[test]
    fn a_row_of_han_names_is_one_run() {
        assert_eq!(
            pieces(&["王小明", "张伟", "欧阳文源", "赵子龙"]),
            [[Piece::Run("王小明　　张伟　　　欧阳文源　赵子龙".into())]]
        );
    }

    #[test]
    fn a_long_name_takes_more_cells() {
        assert_eq!(
            pieces(&["买买提·吐尔逊江", "张三丰"]),
            [[Piece::Box("买买提·吐尔逊江".into(), 8), Piece::Run("　　张三丰".into())]]
        );
    }

    #[test]
    fn what_tells_namesakes_apart_stays_on_the_grid() {
        let named = ListedName { name: "张伟".into(), note: Some("1987年生".into()) };
        let rows = rows(&[named, listed("李四")]);
        assert_eq!(rows[0].pieces, [Piece::Run("张伟（1987年生）　　李四".into())]);
        assert_eq!((grid_width("张伟（987年生）"), grid_width("Ann")), (Some(8), None));
    }

    #[test]
    fn an_odd_number_of_digits_keeps_its_row_one_run() {
        let named = ListedName { name: "张伟".into(), note: Some("1987年3月生".into()) };
        let rows = rows(&[named, listed("李四")]);
        assert_eq!(rows[0].pieces, [Piece::Run("张伟（1987年3月生） 　　　　　李四".into())]);
    }

    #[test]
    fn a_name_that_fills_its_cell_does_not_touch_the_next() {
        assert_eq!(
            pieces(&["爱新觉罗启", "张三"]),
            [[Piece::Run("爱新觉罗启　　　　　张三".into())]]
        );
    }

    fn paper(said: &str) -> Document {
        let text = Text(vec![Inline::Plain(said.into())]);
        Document {
            id: "notice".into(),
            title: "公告".into(),
            title_lines: vec!["公告".into()],
            number: None,
            addressee: None,
            blocks: vec![Block::Paragraph { text }],
            signature: None,
            audience: Audience::Public,
            dated: None,
            draft: false,
        }
    }

    #[test]
    fn what_a_document_says_is_in_its_json_and_once_in_that_of_layouts() {
        // The desk knows by it whether a paper has to be set again.
        let json = |said: &str| serde_json::to_string(&paper(said)).unwrap();
        assert_ne!(json("甲"), json("乙"));
        let given = String::from_utf8(to_json(&paper("甲"), None)).unwrap();
        assert_eq!((given.matches("\"blocks\"").count(), given.matches('甲').count()), (1, 1));
    }

    fn register(rows: &[&[Inline]]) -> Option<serde_json::Value> {
        let cell = |inline: &Inline| Cell::from(Text(vec![inline.clone()]));
        let rows: Vec<Vec<Cell>> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        let head = vec![Cell::from(Text::default()); 2];
        let columns = vec![Column::new(Align::Center, 4); 2];
        let table = Table { columns, head, rows };
        Register::of(&table).map(|register| serde_json::to_value(register).unwrap())
    }

    #[test]
    fn rows_of_a_register_are_words_where_nothing_else_is_in_them() {
        let plain = |text: &str| Inline::Plain(text.into());
        let name = Inline::Name(stand_in('一', SPREAD));
        let given = register(&[
            &[plain("0001"), name.clone()],
            &[plain("0002"), Inline::Name("买买提·吐尔逊".into())],
            &[plain("0003"), plain("Anna")],
        ]);
        let given = given.unwrap();
        assert_eq!(given["rows"][0], serde_json::json!(["0001", "一一一\u{2060}\u{2060}"]));
        assert!(given["rows"][1][0].is_object() && given["rows"][2][0].is_object());
        assert_eq!(given["digits"], serde_json::json!([true, false]));
        // The name that stands there may be shorter than what stands for it.
        assert_eq!(given["columns"][1]["body"], 2 * SPREAD);
        // Numbers that are to stand under one another.
        assert_eq!(register(&[&[plain("9"), name.clone()], &[plain("10"), name]]), None);
    }

    proptest! {
        #[test]
        fn every_name_stands_once_and_no_row_is_too_wide(
            names in proptest::collection::vec("[一-龥]{2,40}|[一-龥]{1,9}·[一-龥]{1,9}|[A-Za-z]{1,60}", 0..60)
        ) {
            let names: Vec<_> = names.iter().map(String::as_str).collect();
            let mut text = String::new();
            for row in pieces(&names) {
                let mut width = 0;
                for piece in row {
                    let (piece, piece_width) = match piece {
                        Piece::Run(text) => { let n = text.chars().count(); (text, n) }
                        Piece::Box(text, width) => (text, width),
                    };
                    text += &piece;
                    width += piece_width;
                }
                prop_assert!(width <= ROW);
            }
            prop_assert_eq!(text.replace('\u{3000}', ""), names.concat());
        }
    }
}
