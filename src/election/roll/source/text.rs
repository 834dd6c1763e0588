//! Tables in text files: encoding, separator, records.
//!
//! The file is read twice, in pieces: once to learn its encoding, once for its
//! records. Rows are counted as a spreadsheet counts them, so that a message
//! leads to the row the secretary sees.

use std::fmt;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};

use encoding_rs::{Decoder, DecoderResult};

use super::kind::{self, Unfit};
use super::{LONGEST_CELL, Row, SheetHead, Sink, WIDEST};
use crate::election::roll::Column;
use crate::election::roll::cell::columns;
use crate::election::roll::cell::values::{Epoch, Value};
use crate::files;
use crate::number::counted;
use crate::text::is_common_han;

/// How the characters of a text file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    /// With its older parts GBK and GB 2312.
    Gb18030,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le => "UTF-16 LE",
            Encoding::Utf16Be => "UTF-16 BE",
            Encoding::Gb18030 => "GB18030（GBK）",
        })
    }
}

/// No record of a roll is nearly as long; a longer one is a quotation mark
/// that was never closed, or no table at all.
const LONGEST_RECORD: usize = 2 * LONGEST_CELL;

/// How much of the file's beginning is looked at to find the separator.
const HEAD: u64 = 64 * 1024;

const SEPARATORS: [&str; 5] = [",", "\t", ";", "，", "|"];

/// Hands the rows of a text file over.
pub(crate) fn read(mut input: impl Read + Seek, sink: &mut impl Sink) -> Result<(), Unfit> {
    let encoding = detect(&mut input)?;
    sink.encoding(encoding);
    let mut records = Records::open(input, encoding).map_err(Fault::Io)?;
    if sink.begin(SheetHead { name: None, epoch: Epoch::Year1900, is_hidden: false }) {
        while let Some((number, record)) = records.next()? {
            if sink.row(number, record).is_break() {
                break;
            }
        }
        sink.end(Vec::new());
    }
    Ok(())
}

/// Reads a whole text file that is no table, in whatever encoding it is.
pub(crate) fn read_to_string(mut input: impl Read + Seek) -> Result<String, Unfit> {
    let mut text = String::new();
    match detect(&mut input)? {
        Encoding::Utf8 => input.read_to_string(&mut text),
        other => Decoding::new(input, other).read_to_string(&mut text),
    }
    .map_err(|_| kind::damaged())?;
    Ok(text)
}

/// Why a text file cannot be read to its end.
#[derive(Debug)]
enum Fault {
    Io(io::Error),
    /// Bytes that are no characters, in this row.
    Garbled(u32),
    /// A quotation mark opened in this row is never closed.
    OpenQuote(u32),
    /// A record longer than any of a roll.
    TooLong(u32),
}

impl From<Fault> for Unfit {
    fn from(fault: Fault) -> Self {
        let save = "用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再用";
        match fault {
            Fault::Io(error) => kind::unfit(
                format!("选民名册读不下去：{}", files::reason(&error)),
                files::advice(&error)
                    .unwrap_or("检查文件是否正被别的程序占用，或存放的磁盘是否完好"),
            ),
            Fault::Garbled(row) => {
                kind::unfit(format!("第 {row} 行有不能识别的字节，文件的编码混乱或已损坏"), save)
            }
            Fault::OpenQuote(row) => kind::unfit(
                format!("第 {row} 行的英文双引号没有成对，后面的内容都被当成了一格"),
                "在这一行补上或删去多余的双引号",
            ),
            Fault::TooLong(row) => kind::unfit(
                format!("第 {row} 行长得不像名册的一行"),
                "看看这一行是不是多了英文双引号，或把许多内容写进了一格",
            ),
        }
    }
}

/// Learns the encoding. Valid UTF-8 is always read as UTF-8: text in GB18030
/// is next to never valid UTF-8, and never a whole roll of it.
fn detect(input: &mut (impl Read + Seek)) -> Result<Encoding, Fault> {
    let mut head = Vec::new();
    input.by_ref().take(4096).read_to_end(&mut head).map_err(Fault::Io)?;
    input.seek(SeekFrom::Start(0)).map_err(Fault::Io)?;
    if let Some(encoding) = utf16(&head) {
        return Ok(encoding);
    }
    let checked = Utf8Check::of(input).map_err(Fault::Io)?;
    input.seek(SeekFrom::Start(0)).map_err(Fault::Io)?;
    match checked.bad_row {
        None => Ok(Encoding::Utf8),
        Some(row) if checked.han >= 2 => Err(Fault::Garbled(row)),
        Some(_) => Ok(Encoding::Gb18030),
    }
}

/// UTF-16 by its mark, or because it reads as lines of text.
pub(crate) fn utf16(head: &[u8]) -> Option<Encoding> {
    match head {
        [0xFF, 0xFE, ..] => Some(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => Some(Encoding::Utf16Be),
        _ if !head.contains(&0) => None,
        _ if has_lines(head, u16::from_le_bytes) => Some(Encoding::Utf16Le),
        _ if has_lines(head, u16::from_be_bytes) => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// The beginning of a file in UTF-16, to be looked at.
pub(crate) fn lossy(head: &[u8], encoding: Encoding) -> String {
    let unit = if encoding == Encoding::Utf16Be { u16::from_be_bytes } else { u16::from_le_bytes };
    let units = head.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect()
}

/// Whether units of two bytes make lines without control characters. Read in
/// the wrong order, text has no line ends.
fn has_lines(head: &[u8], unit: fn([u8; 2]) -> u16) -> bool {
    let units = head.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let chars: Vec<char> = char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect();
    let is_line_end = |c: &char| matches!(c, '\n' | '\r');
    chars.iter().any(is_line_end)
        && chars.iter().all(|c| is_line_end(c) || *c == '\t' || !c.is_control())
}

/// Whether a file is valid UTF-8, learnt piece by piece.
#[derive(Default)]
struct Utf8Check {
    /// The row of the first byte that is not UTF-8.
    bad_row: Option<u32>,
    /// Han characters before it, counted as far as two: so many are no accident.
    han: usize,
}

impl Utf8Check {
    fn of(input: &mut impl Read) -> io::Result<Self> {
        let mut check = Self::default();
        let mut piece = vec![0; 64 * 1024];
        let (mut kept, mut row) = (0, 1);
        loop {
            let read = input.read(&mut piece[kept..])?;
            let bytes = &piece[..kept + read];
            let (valid, wrong) = match std::str::from_utf8(bytes) {
                Ok(_) => (bytes.len(), false),
                Err(error) => (error.valid_up_to(), error.error_len().is_some() || read == 0),
            };
            check.count_han(&bytes[..valid]);
            row += counted(bytes[..valid].iter().filter(|byte| **byte == b'\n').count());
            if wrong {
                check.bad_row = Some(row);
            }
            if wrong || read == 0 {
                return Ok(check);
            }
            let end = bytes.len();
            piece.copy_within(valid..end, 0);
            kept = end - valid;
        }
    }

    fn count_han(&mut self, valid: &[u8]) {
        if self.han < 2 {
            let text = String::from_utf8_lossy(valid);
            self.han += text.chars().filter(|c| is_common_han(*c)).take(2).count();
        }
    }
}

/// The records of a table in text, one after another.
struct Records<'r> {
    input: Box<dyn BufRead + 'r>,
    separator: &'static str,
    terminator: u8,
    line: Vec<u8>,
    record: Record,
    row: u32,
}

impl<'r> Records<'r> {
    fn open(input: impl Read + 'r, encoding: Encoding) -> io::Result<Self> {
        let mut input: Box<dyn BufRead + 'r> = match encoding {
            Encoding::Utf8 => Box::new(BufReader::new(input)),
            other => Box::new(BufReader::new(Decoding::new(input, other))),
        };
        let mut head = Vec::new();
        input.by_ref().take(HEAD).read_to_end(&mut head).or_else(past_bad_bytes)?;
        let start = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let terminator =
            if !head.contains(&b'\n') && head.contains(&b'\r') { b'\r' } else { b'\n' };
        let separator = separator(&String::from_utf8_lossy(&head[start..]), terminator);
        let mut beginning = Cursor::new(head);
        beginning.set_position(start as u64);
        Ok(Self {
            input: Box::new(beginning.chain(input)),
            separator,
            terminator,
            line: Vec::new(),
            record: Record::default(),
            row: 0,
        })
    }

    /// The next record and its row; blank lines are rows too.
    fn next(&mut self) -> Result<Option<(u32, &Record)>, Fault> {
        self.row = self.row.saturating_add(1);
        self.record.clear();
        let mut quoted = false;
        loop {
            let room = LONGEST_RECORD.saturating_sub(self.record.text.len());
            self.line.clear();
            let read =
                self.input.by_ref().take(room as u64).read_until(self.terminator, &mut self.line);
            let read = read.map_err(|error| self.fault(error))?;
            let whole = self.line.ends_with(&[self.terminator]);
            match read {
                0 if room == 0 => return Err(Fault::TooLong(self.row)),
                0 if quoted => return Err(Fault::OpenQuote(self.row)),
                _ if read == room && !whole => return Err(Fault::TooLong(self.row)),
                0 if self.record.ends.is_empty() => return Ok(None),
                0 => break,
                // By which old programs end a file.
                1 if self.line == [0x1A] && !quoted => return Ok(None),
                _ => {}
            }
            let line = std::str::from_utf8(&self.line).map_err(|_| Fault::Garbled(self.row))?;
            quoted = self.record.extend(line, self.separator, quoted);
            if !quoted {
                break;
            }
        }
        Ok(Some((self.row, &self.record)))
    }

    fn fault(&self, error: io::Error) -> Fault {
        if error.kind() == io::ErrorKind::InvalidData {
            Fault::Garbled(self.row)
        } else {
            Fault::Io(error)
        }
    }
}

/// Bad bytes in the head are met again, with their row, when records are read.
fn past_bad_bytes(error: io::Error) -> io::Result<usize> {
    if error.kind() == io::ErrorKind::InvalidData { Ok(0) } else { Err(error) }
}

/// The separator by which most headings are found; else the most frequent one.
fn separator(head: &str, terminator: u8) -> &'static str {
    // Lines without end are no rows of headings.
    const LONGEST: usize = 4096;
    let rows = || head.split(char::from(terminator)).take(100).filter(|row| row.len() <= LONGEST);
    let known = |separator: &str| {
        let headings = |row: &str| {
            let cells = row.split(separator).map(|cell| cell.trim_matches(['"', '\r']));
            let columns: Vec<Column> =
                cells.filter_map(|cell| Some(columns::known(cell)?.0)).collect();
            if columns.contains(&Column::Name) { columns.len() } else { 0 }
        };
        rows().map(headings).max().unwrap_or(0)
    };
    let best =
        |one: &&&str| (known(one), rows().map(|row| row.matches(**one).count()).sum::<usize>());
    // Of equals the first is the commonest.
    SEPARATORS.iter().rev().max_by_key(best).copied().unwrap_or(",")
}

/// One record: the texts of its cells, one after another.
#[derive(Debug, Default)]
pub(crate) struct Record {
    text: String,
    ends: Vec<usize>,
}

impl Record {
    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Takes up a line; says whether its last cell is quoted and still open.
    fn extend(&mut self, line: &str, separator: &str, mut quoted: bool) -> bool {
        if quoted {
            self.ends.pop();
        } else if !line.contains('"') {
            self.split(line, separator);
            return false;
        }
        let bytes = line.as_bytes();
        let end = line.trim_end_matches(['\r', '\n']).len();
        let (mut at, mut from) = (0, 0);
        while at < end || quoted && at < bytes.len() {
            let starts = self.text.len() == self.ends.last().copied().unwrap_or(0) && from == at;
            match bytes[at] {
                b'"' if quoted && bytes.get(at + 1) == Some(&b'"') => {
                    self.text.push_str(&line[from..=at]);
                    at += 2;
                    from = at;
                }
                b'"' if quoted || starts => {
                    self.text.push_str(&line[from..at]);
                    quoted = !quoted;
                    at += 1;
                    from = at;
                }
                _ if !quoted && bytes[at..].starts_with(separator.as_bytes()) => {
                    self.text.push_str(&line[from..at]);
                    self.ends.push(self.text.len());
                    at += separator.len();
                    from = at;
                }
                _ => at += 1,
            }
        }
        self.text.push_str(&line[from..at]);
        self.ends.push(self.text.len());
        quoted
    }
}

impl Record {
    /// Takes up a line without quotation marks, as most are.
    fn split(&mut self, line: &str, separator: &str) {
        // One character is found faster than a text of one.
        let separator = separator.chars().next().unwrap_or(',');
        for cell in line.trim_end_matches(['\r', '\n']).split(separator) {
            self.text.push_str(cell);
            self.ends.push(self.text.len());
        }
    }
}

impl Row for Record {
    fn width(&self) -> usize {
        self.ends.len().min(WIDEST)
    }

    fn cell(&self, at: usize) -> Value<'_> {
        let start =
            at.checked_sub(1).map_or(0, |before| self.ends.get(before).copied().unwrap_or(0));
        self.ends
            .get(at)
            .map_or(Value::Empty, |&end| Value::of_text(as_meant(&self.text[start..end])))
    }

    fn beyond(&self) -> Option<(usize, String)> {
        let mut from = *self.ends.get(WIDEST - 1)?;
        for (at, &end) in self.ends.iter().enumerate().skip(WIDEST) {
            if !self.text[from..end].trim().is_empty() {
                return Some((at, self.text[from..end].to_owned()));
            }
            from = end;
        }
        None
    }
}

/// `="丁二"`, by which exports keep a text a text.
fn as_meant(cell: &str) -> &str {
    let inside = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    inside.filter(|inside| !inside.contains('"')).unwrap_or(cell)
}

/// Turns bytes of another encoding into UTF-8 as they are read. Bytes that are
/// no characters are an error, never replaced.
struct Decoding<R> {
    input: BufReader<R>,
    decoder: Decoder,
    /// Decoded, but not yet asked for.
    ready: Cursor<Vec<u8>>,
    ended: bool,
    /// Bad bytes were met: nothing may be read past them.
    broken: bool,
}

impl<R: Read> Decoding<R> {
    fn new(input: R, encoding: Encoding) -> Self {
        let encoding = match encoding {
            Encoding::Utf8 => encoding_rs::UTF_8,
            Encoding::Utf16Le => encoding_rs::UTF_16LE,
            Encoding::Utf16Be => encoding_rs::UTF_16BE,
            Encoding::Gb18030 => encoding_rs::GB18030,
        };
        Self {
            input: BufReader::new(input),
            decoder: encoding.new_decoder_with_bom_removal(),
            ready: Cursor::new(Vec::new()),
            ended: false,
            broken: false,
        }
    }

    /// Decodes the next piece of the input.
    fn refill(&mut self) -> io::Result<()> {
        let piece = self.input.fill_buf()?;
        let last = piece.is_empty();
        let room = self.decoder.max_utf8_buffer_length_without_replacement(piece.len());
        let mut out = vec![0; room.unwrap_or(64 * 1024)];
        let (result, read, written) =
            self.decoder.decode_to_utf8_without_replacement(piece, &mut out, last);
        self.input.consume(read);
        out.truncate(written);
        self.ready = Cursor::new(out);
        self.ended = last;
        self.broken = matches!(result, DecoderResult::Malformed(..));
        Ok(())
    }
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.ready.position() == self.ready.get_ref().len() as u64 && !self.ended {
            if self.broken {
                return Err(io::ErrorKind::InvalidData.into());
            }
            self.refill()?;
        }
        self.ready.read(out)
    }
}
