//! Old workbooks (xls) are checked before they are read: their parser trusts
//! what they say of themselves, and a damaged one could exhaust the memory.
//! Their hidden rows and struck-through cells are read here too, since that
//! parser passes over them.

use std::collections::{HashMap, HashSet};

use super::Merged;
use super::comments::{self, Comment};
use super::{colours, rich};
use crate::election::roll::cell::values::{self, Shown};
use crate::number::counted;

/// Ends a chain of sectors.
const END: u32 = 0xFFFF_FFFE;
/// Numbers from here on are no sectors.
const SPECIAL: u32 = 0xFFFF_FFFA;
/// Streams shorter than this lie in small sectors.
const SMALL: usize = 4096;
const SMALL_SECTOR: usize = 64;
/// More cells than any roll has in this format, which ends at 65,536 rows.
const MOST_CELLS: u64 = 65_536 * 128;

/// Whether the chains of sectors of a compound file end, and the cells of the
/// workbook in it stand within reason.
pub(crate) fn is_sound(bytes: &[u8]) -> bool {
    Compound::open(bytes).and_then(|file| file.check()).is_some()
}

/// What a sheet shows in other ways than by its values.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    /// Rows that are hidden or filtered out, counted from zero.
    pub hidden_rows: HashSet<u32>,
    /// Cells in which something is struck through, by row and column.
    pub struck_cells: HashSet<(u32, u16)>,
    /// Cells in which what is written is white as the paper.
    pub unseen_cells: HashSet<(u32, u16)>,
    /// Formulas without a value.
    pub unreckoned_cells: HashSet<(u32, u16)>,
    /// Dates of which only the year, or year and month, are shown.
    pub short_dates: HashMap<(u32, u16), Shown>,
    /// The notes on cells.
    pub comments: Vec<Comment>,
    /// Cells that were made one, as far as they are not read elsewhere.
    pub merged: Vec<Merged>,
    /// Whether days are counted from 1904.
    pub counts_from_1904: bool,
}

/// The texts of the notes of a sheet, which stand before the notes, by their number.
#[derive(Default)]
struct NoteTexts {
    object: u16,
    /// The object whose text comes next, and how long it is.
    awaited: Option<(u16, usize)>,
    texts: HashMap<u16, String>,
}

impl NoteTexts {
    fn take(&mut self, kind: u16, data: &[u8]) {
        match kind {
            0x005D => self.object = u16_at(data, 6).unwrap_or_default(),
            0x01B6 => {
                let len = u16_at(data, 10).map_or(0, usize::from);
                self.awaited = Some((self.object, len)).filter(|_| len > 0);
            }
            0x003C => {
                if let Some((object, len)) = self.awaited.take()
                    && self.texts.len() < comments::MOST
                {
                    self.texts.insert(object, note_text(data, len));
                }
            }
            _ => {}
        }
    }
}

/// A text after a byte that says whether it is in UTF-16.
fn note_text(data: &[u8], len: usize) -> String {
    let Some((flags, text)) = data.split_first() else { return String::new() };
    let len = len.min(comments::LONGEST);
    if flags & 1 == 0 {
        return text.iter().take(len).map(|&byte| char::from(byte)).collect();
    }
    let units = text.chunks_exact(2).take(len).map(|two| u16::from_le_bytes([two[0], two[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// A font: its colour by number, its height in twentieths of a point.
#[derive(Clone, Copy)]
struct Font {
    is_struck: bool,
    colour: u16,
    height: u16,
}

/// A font of that height nobody sees.
const TINY: u16 = 30;

impl Default for Font {
    fn default() -> Self {
        Self { is_struck: false, colour: 0x7FFF, height: 200 }
    }
}

impl Font {
    fn of(data: &[u8]) -> Self {
        const STRUCK: u16 = 0x0008;
        let plain = Self::default();
        Self {
            is_struck: u16_at(data, 2).is_some_and(|flags| flags & STRUCK != 0),
            colour: u16_at(data, 4).unwrap_or(plain.colour),
            height: u16_at(data, 0).unwrap_or(plain.height),
        }
    }
}

/// The colour with which cells of a format are painted, by number. Formats of files
/// older than Excel 97 are shorter.
fn fill(data: &[u8]) -> Option<u16> {
    const COLOUR: u16 = 0x7F;
    let pattern = u32_at(data, 14)? >> 26;
    u16_at(data, 18).map(|colours| colours & COLOUR).filter(|_| pattern > 0)
}

/// The colours of a workbook's own palette that are white, by number.
fn white_of_palette(data: &[u8]) -> Vec<u16> {
    const FIRST: u16 = 8;
    let colours = data.get(2..).unwrap_or_default().chunks_exact(4);
    let numbered = (FIRST..).zip(colours);
    numbered.filter(|(_, rgb)| colours::are_white(&rgb[..3])).map(|(at, _)| at).collect()
}

/// How the cells of one format look.
#[derive(Clone, Copy, Default)]
struct Look {
    is_struck: bool,
    is_unseen: bool,
    shown: Option<Shown>,
}

/// The marks of each sheet, in the order of the workbook. The file must be sound.
pub(crate) fn marks(bytes: &[u8]) -> Vec<Marks> {
    Compound::open(bytes)
        .and_then(|file| file.workbook())
        .map_or_else(Vec::new, |book| read_marks(&book))
}

/// Makes each sheet claim no more rows and columns than its cells fill: its parser makes
/// room for all that it claims, and a painted cell far away is enough for that.
pub(crate) fn shrink(bytes: &mut [u8]) {
    let patches = Compound::open(bytes).and_then(|file| file.true_extents()).unwrap_or_default();
    for (at, byte) in patches {
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
    }
}

struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    next: Vec<u32>,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Self { bytes, sector, next: Vec::new() };
        for id in file.table_sectors()? {
            let table = file.sector(id)?;
            file.next.extend(numbers(table));
        }
        Some(file)
    }

    /// The sectors in which the table of chains lies: the first are named in
    /// the header, the rest in a chain of their own.
    fn table_sectors(&self) -> Option<Vec<u32>> {
        let mut ids: Vec<u32> = numbers(self.bytes.get(76..512)?).collect();
        let mut at = u32_at(self.bytes, 68)?;
        let mut left = self.bytes.len() / self.sector + 1;
        while at < SPECIAL {
            left = left.checked_sub(1)?;
            ids.extend(numbers(self.sector(at)?));
            at = ids.pop()?;
        }
        ids.retain(|id| *id < SPECIAL);
        Some(ids)
    }

    /// A sector; the last of a file may be cut short.
    fn sector(&self, id: u32) -> Option<&'a [u8]> {
        let start = (id as usize).checked_add(1)?.checked_mul(self.sector)?;
        let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty())?;
        Some(&rest[..self.sector.min(rest.len())])
    }

    /// What lies in a chain of sectors; `None` if it does not end.
    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut content = Vec::new();
        let mut left = self.next.len();
        let mut at = start;
        while at != END {
            left = left.checked_sub(1)?;
            content.extend_from_slice(self.sector(at)?);
            at = *self.next.get(at as usize)?;
        }
        Some(content)
    }

    fn check(&self) -> Option<()> {
        let directory = self.chain(u32_at(self.bytes, 48)?)?;
        let small_table = self.small_table()?;
        let root = directory.get(..128)?;
        let small_content =
            if small_table.is_empty() { Vec::new() } else { self.chain(u32_at(root, 116)?)? };
        for entry in directory.chunks_exact(128).filter(|entry| entry[66] == 2) {
            let (start, len) = (u32_at(entry, 116)?, u32_at(entry, 120)? as usize);
            if len >= SMALL {
                let content = self.chain(start)?;
                check_cells(content.get(..len)?)?;
            } else if len > 0 {
                check_small(start, &small_table, small_content.len())?;
            }
        }
        Some(())
    }

    /// The bytes of the file that claim extents, and what they should be.
    fn true_extents(&self) -> Option<Vec<(usize, u8)>> {
        let (start, len) = self.workbook_at()?;
        if len < SMALL {
            return None;
        }
        let stream = self.chain(start)?;
        let places = self.places(start)?;
        let mut patches = Vec::new();
        for (at, claim) in extents(stream.get(..len)?) {
            for (n, byte) in claim.into_iter().enumerate() {
                let (sector, within) = ((at + n) / self.sector, (at + n) % self.sector);
                patches.push((places.get(sector)? + within, byte));
            }
        }
        Some(patches)
    }

    /// Where the sectors of a chain begin in the file.
    fn places(&self, start: u32) -> Option<Vec<usize>> {
        let (mut places, mut at) = (Vec::new(), start);
        while at != END && places.len() <= self.next.len() {
            places.push((at as usize + 1) * self.sector);
            at = *self.next.get(at as usize)?;
        }
        Some(places)
    }

    /// The stream that holds the sheets, if it is not a very small one.
    fn workbook(&self) -> Option<Vec<u8>> {
        let (start, len) = self.workbook_at()?;
        let mut content = if len >= SMALL { self.chain(start)? } else { self.small(start)? };
        content.truncate(len);
        Some(content)
    }

    /// Where that stream begins, and how long it is.
    fn workbook_at(&self) -> Option<(u32, usize)> {
        let directory = self.chain(u32_at(self.bytes, 48)?)?;
        let named = |entry: &&[u8], name: &str| {
            let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            entry[66] == 2 && entry.starts_with(&name) && entry[name.len()] == 0
        };
        let entries = || directory.chunks_exact(128);
        let entry = entries()
            .find(|entry| named(entry, "Workbook"))
            .or_else(|| entries().find(|entry| named(entry, "Book")))?;
        Some((u32_at(entry, 116)?, u32_at(entry, 120)? as usize))
    }

    /// What lies in a chain of small sectors.
    fn small(&self, start: u32) -> Option<Vec<u8>> {
        let table = self.small_table()?;
        let directory = self.chain(u32_at(self.bytes, 48)?)?;
        let content = self.chain(u32_at(directory.get(..128)?, 116)?)?;
        let (mut found, mut at, mut left) = (Vec::new(), start, table.len());
        while at != END {
            left = left.checked_sub(1)?;
            let from = at as usize * SMALL_SECTOR;
            found.extend_from_slice(content.get(from..from + SMALL_SECTOR)?);
            at = *table.get(at as usize)?;
        }
        Some(found)
    }

    fn small_table(&self) -> Option<Vec<u32>> {
        if u32_at(self.bytes, 64)? == 0 {
            return Some(Vec::new());
        }
        let table = self.chain(u32_at(self.bytes, 60)?)?;
        Some(numbers(&table).collect())
    }
}

fn check_small(start: u32, next: &[u32], len: usize) -> Option<()> {
    let mut left = next.len();
    let mut at = start;
    while at != END {
        left = left.checked_sub(1)?;
        (at as usize * SMALL_SECTOR < len).then_some(())?;
        at = *next.get(at as usize)?;
    }
    Some(())
}

/// Goes through the records of a workbook and adds up the room that the cells of its
/// sheets take. Other streams have no such records in their places and pass.
fn check_cells(stream: &[u8]) -> Option<()> {
    let (mut taken, mut rows, mut columns) = (0u64, 0u64, 0u64);
    let mut rest = stream;
    while let (Some(kind), Some(len)) = (u16_at(rest, 0), u16_at(rest, 2)) {
        let Some(data) = rest.get(4..4 + usize::from(len)) else { break };
        match kind {
            // What a sheet claims beyond its cells is put right before it is read.
            0x0200 => {
                has_extent(data)?;
            }
            // Cells of all kinds: number, label, truth, compact number, formula.
            0x0203 | 0x0204 | 0x0205 | 0x00D6 | 0x027E | 0x00FD | 0x00BD | 0x0006 if len >= 4 => {
                rows = rows.max(u64::from(u16_at(data, 0)?) + 1);
                columns = columns.max(u64::from(u16_at(data, 2)?) + 1);
            }
            // The end of a sheet.
            0x000A => {
                taken += rows * columns;
                (rows, columns) = (0, 0);
            }
            _ => {}
        }
        rest = &rest[4 + usize::from(len)..];
    }
    (taken + rows * columns <= 2 * MOST_CELLS).then_some(())
}

/// The claims of all sheets, by their places in the stream, as their cells bear them out.
fn extents(stream: &[u8]) -> Vec<(usize, Vec<u8>)> {
    let (mut borne_out, mut claims) = (Vec::new(), Vec::<(usize, u16)>::new());
    let (mut rows, mut columns, mut at) = (0u32, 0u16, 0);
    loop {
        let (kind, len) = (u16_at(stream, at), u16_at(stream, at + 2).unwrap_or_default());
        let data = stream.get(at + 4..at + 4 + usize::from(len)).filter(|_| kind.is_some());
        // The end of a sheet, or of all.
        if data.is_none() || kind == Some(0x000A) {
            let true_claims = claims
                .drain(..)
                .filter_map(|(at, len)| Some((at, true_extent(len, rows, columns)?)));
            borne_out.extend(true_claims);
            (rows, columns) = (0, 0);
        }
        let (Some(kind), Some(data)) = (kind, data) else { return borne_out };
        match (kind, u16_at(data, 0), u16_at(data, 2)) {
            (0x0200, ..) => claims.push((at + 4, len)),
            // Several compact numbers name the last column behind them.
            (0x00BD, Some(row), _) if len >= 6 => {
                rows = rows.max(u32::from(row) + 1);
                let last = u16_at(data, data.len() - 2).unwrap_or_default();
                columns = columns.max(last.saturating_add(1));
            }
            (
                0x0203 | 0x0204 | 0x0205 | 0x00D6 | 0x027E | 0x00FD | 0x0006,
                Some(row),
                Some(column),
            ) => {
                rows = rows.max(u32::from(row) + 1);
                columns = columns.max(column.saturating_add(1));
            }
            _ => {}
        }
        at += 4 + usize::from(len);
    }
}

/// From the first row and column to the last ones, as such a record has them.
fn true_extent(len: u16, rows: u32, columns: u16) -> Option<Vec<u8>> {
    let columns = [[0; 2], columns.to_le_bytes()].concat();
    match len {
        10 => {
            let rows = u16::try_from(rows).ok()?;
            Some([&[0; 2][..], &rows.to_le_bytes(), &columns].concat())
        }
        14 => Some([&[0; 4][..], &rows.to_le_bytes(), &columns].concat()),
        _ => None,
    }
}

/// Goes through the records of a workbook: fonts and formats of the whole, then
/// the rows and cells of each sheet, whose streams follow in any order.
fn read_marks(stream: &[u8]) -> Vec<Marks> {
    let (mut fonts, mut dates, mut looks) = (Vec::<Font>::new(), HashMap::new(), Vec::new());
    let (mut unseen, mut whites) = (HashSet::new(), vec![1, 9, 65]);
    let mut struck_texts = HashSet::new();
    let (mut starts, mut sheets): (Vec<u32>, Vec<(u32, Marks)>) = (Vec::new(), Vec::new());
    let (mut at, mut notes) = (0, NoteTexts::default());
    while let (Some(kind), Some(len)) = (u16_at(stream, at), u16_at(stream, at + 2)) {
        let start = counted(at);
        at += 4;
        let Some(data) = stream.get(at..at + usize::from(len)) else { break };
        at += usize::from(len);
        match kind {
            0x0031 => {
                // The font numbered 4 is never written.
                if fonts.len() == 4 {
                    fonts.push(Font::default());
                }
                fonts.push(Font::of(data));
            }
            0x00E0 => {
                let font = u16_at(data, 0).map_or(0, usize::from);
                let date = u16_at(data, 2).unwrap_or_default();
                let font = fonts.get(font).copied().unwrap_or_default();
                let is_of_paper = fill(data).is_none_or(|fill| whites.contains(&fill));
                looks.push(Look {
                    is_struck: font.is_struck,
                    is_unseen: unseen.contains(&date)
                        || is_of_paper && (whites.contains(&font.colour) || font.height < TINY),
                    shown: match dates.get(&date) {
                        Some(shown) => *shown,
                        None => values::shown_by_built_in(date.into()),
                    },
                });
            }
            0x041E => {
                if let Some(number) = u16_at(data, 0) {
                    if format_code(&data[2..]).trim_matches('"') == ";;;" {
                        unseen.insert(number);
                    }
                    dates.insert(number, values::shown_by(&format_code(&data[2..])));
                }
            }
            0x0092 => whites.extend(white_of_palette(data)),
            0x00FC => {
                let is_struck =
                    |font: u16| fonts.get(usize::from(font)).is_some_and(|font| font.is_struck);
                struck_texts = rich::struck(stream, at - usize::from(len) - 4, is_struck);
            }
            0x0085 => starts.extend(u32_at(data, 0)),
            0x0809 => {
                sheets.push((start, Marks::default()));
                notes = NoteTexts::default();
            }
            _ => {}
        }
        let look = |at: usize| {
            let format = u16_at(data, at).map(usize::from);
            format.and_then(|format| looks.get(format)).copied().unwrap_or_default()
        };
        notes.take(kind, data);
        let Some((_, marks)) = sheets.last_mut() else { continue };
        match (kind, u16_at(data, 0), u16_at(data, 2)) {
            (0x0208, Some(row), _) if u16_at(data, 12).is_some_and(|flags| flags & 0x20 != 0) => {
                marks.hidden_rows.insert(u32::from(row));
            }
            (0x001C, Some(row), Some(column)) if marks.comments.len() < comments::MOST => {
                let text = u16_at(data, 6).and_then(|object| notes.texts.get(&object).cloned());
                let comment = |text| Comment { row: u32::from(row) + 1, at: column.into(), text };
                marks.comments.extend(text.map(comment));
            }
            (0x0006, Some(row), Some(column))
                if data.get(6..14).is_some_and(|value| value.iter().all(|byte| *byte == 0)) =>
            {
                // A program that does not reckon writes 0.
                marks.unreckoned_cells.insert((u32::from(row), column));
            }
            (0x00FD, Some(row), Some(column))
                if u32_at(data, 6).is_some_and(|text| struck_texts.contains(&text)) =>
            {
                marks.take((u32::from(row), column), Look { is_struck: true, ..look(4) });
            }
            (0x0203 | 0x0204 | 0x00D6 | 0x027E | 0x00FD | 0x0006, Some(row), Some(column)) => {
                marks.take((u32::from(row), column), look(4));
            }
            // Several compact numbers, each of six bytes, and the last column.
            (0x00BD, Some(row), Some(first)) => {
                for (n, column) in (0..data.len().saturating_sub(6) / 6).zip(first..) {
                    marks.take((u32::from(row), column), look(4 + 6 * n));
                }
            }
            _ => {}
        }
    }
    let mut sheets: HashMap<u32, Marks> = sheets.into_iter().collect();
    starts.into_iter().map(|start| sheets.remove(&start).unwrap_or_default()).collect()
}

/// The text of a format, in bytes or in UTF-16. In files older than Excel 97 it
/// is another, which shows no date.
fn format_code(data: &[u8]) -> String {
    let is_wide = data.get(2).is_some_and(|flags| flags & 1 != 0);
    let len = u16_at(data, 0).map_or(0, usize::from);
    let text = data.get(3..).unwrap_or_default();
    let units = text.chunks(if is_wide { 2 } else { 1 }).take(len);
    // All that counts in it is ASCII.
    units.map(|unit| char::from(unit[0])).collect()
}

impl Marks {
    fn take(&mut self, cell: (u32, u16), look: Look) {
        if look.is_unseen {
            self.unseen_cells.insert(cell);
        }
        if look.is_struck {
            self.struck_cells.insert(cell);
        }
        if let Some(shown) = look.shown.filter(|shown| *shown != Shown::Day) {
            self.short_dates.insert(cell, shown);
        }
    }
}

/// Whether what a sheet claims ends after it begins. Older files have short row numbers.
fn has_extent(data: &[u8]) -> Option<()> {
    let (first, last): (u32, u32) = match data.len() {
        10 => (u16_at(data, 0)?.into(), u16_at(data, 2)?.into()),
        _ => (u32_at(data, 0)?, u32_at(data, 4)?),
    };
    (last == 0 || first <= last).then_some(())
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes([two[0], two[1]]))
}

pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    numbers(bytes.get(at..at + 4)?).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_notes_on_cells() {
        let record = |kind: u16, data: &[u8]| {
            let len = u16::try_from(data.len()).unwrap();
            [&kind.to_le_bytes()[..], &len.to_le_bytes(), data].concat()
        };
        let text: Vec<u8> = "已死亡".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let stream = [
            record(0x0809, &[]),
            record(0x0085, &[0, 0, 0, 0]),
            // The object numbered 7, its text of three characters, and the note in B3.
            record(0x005D, &[0x15, 0, 0x12, 0, 0x19, 0, 7, 0]),
            record(0x01B6, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0]),
            record(0x003C, &[&[1][..], &text].concat()),
            record(0x001C, &[2, 0, 1, 0, 0, 0, 7, 0]),
        ]
        .concat();
        let marks = read_marks(&stream);
        let note = Comment { row: 3, at: 1, text: "已死亡".into() };
        assert_eq!(marks[0].comments, [note]);
        for end in 0..stream.len() {
            read_marks(&stream[..end]);
        }
    }
}
