//! Reading XML of unknown origin: nothing in it may grow without bound.

use std::io::{self, BufRead, BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::LONGEST_CELL;

/// The most that one tag or text may take.
const LONGEST: usize = 1 << 20;

/// Why XML cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    Damaged,
    /// A cell, or what should be one, is longer than any.
    TooLong,
}

impl From<quick_xml::Error> for Broken {
    fn from(error: quick_xml::Error) -> Self {
        match error {
            quick_xml::Error::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                Broken::TooLong
            }
            _ => Broken::Damaged,
        }
    }
}

impl From<io::Error> for Broken {
    fn from(_: io::Error) -> Self {
        Broken::Damaged
    }
}

/// The events of a file of XML, each of bounded size.
pub(crate) struct Xml<R: Read> {
    reader: Reader<Bounded<R>>,
    buffer: Vec<u8>,
    /// How many elements are open, where each is to be closed.
    open: Option<u64>,
}

impl<R: Read> Xml<R> {
    pub(crate) fn new(input: R) -> Self {
        let mut reader = Reader::from_reader(Bounded {
            input: BufReader::with_capacity(64 * 1024, input),
            left: LONGEST,
        });
        reader.config_mut().check_end_names = false;
        Self { reader, buffer: Vec::new(), open: None }
    }

    /// A file in which each element is closed, and by its name.
    pub(crate) fn whole(input: R) -> Self {
        let mut xml = Self { open: Some(0), ..Self::new(input) };
        xml.reader.config_mut().check_end_names = true;
        xml
    }

    pub(crate) fn next(&mut self) -> Result<Event<'_>, Broken> {
        self.buffer.clear();
        self.reader.get_mut().left = LONGEST;
        let event = self.reader.read_event_into(&mut self.buffer)?;
        if let Some(open) = &mut self.open {
            match event {
                Event::Start(_) => *open += 1,
                Event::End(_) => *open = open.saturating_sub(1),
                Event::Eof if *open > 0 => return Err(Broken::Damaged),
                _ => {}
            }
        }
        Ok(event)
    }
}

/// A reader that gives only so much until it is asked anew.
struct Bounded<R: Read> {
    input: BufReader<R>,
    left: usize,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.input.read(out)
    }
}

impl<R: Read> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.input.fill_buf()
    }

    fn consume(&mut self, read: usize) {
        self.left = self.left.saturating_sub(read);
        self.input.consume(read);
    }
}

/// The attributes of a tag as they stand, without prefixes of their names.
pub(crate) fn attributes<'e>(tag: &'e BytesStart) -> impl Iterator<Item = (&'e str, &'e str)> {
    let mut rest = tag.attributes_raw();
    std::iter::from_fn(move || {
        // Most names and values have a character or two: no search pays.
        let bytes = rest.as_bytes();
        let find = |from: usize, wanted: u8| {
            bytes.get(from..)?.iter().position(|byte| *byte == wanted).map(|at| from + at)
        };
        let equals = find(0, b'=')?;
        let name = rest[..equals].trim_ascii();
        let colon = name.bytes().position(|byte| byte == b':');
        let name = colon.map_or(name, |colon| &name[colon + 1..]);
        let open = equals
            + 1
            + bytes[equals + 1..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let quote = *bytes.get(open).filter(|byte| matches!(byte, b'"' | b'\''))?;
        let close = find(open + 1, quote)?;
        let value = &rest[open + 1..close];
        rest = &rest[close + 1..];
        Some((name, value))
    })
}

/// One attribute, its references resolved.
pub(crate) fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let (_, value) = attributes(tag).find(|(known, _)| *known == name)?;
    Some(quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), Into::into))
}

/// Adds the character that a reference stands for.
fn resolve(reference: &BytesRef, text: &mut String) {
    match reference.resolve_char_ref() {
        Ok(Some(c)) => text.push(c),
        _ => text.push_str(quick_xml::escape::resolve_xml_entity(reference).unwrap_or_default()),
    }
}

/// Takes up what an event adds to a text.
pub(crate) fn add_text(event: &Event, text: &mut String) -> Result<(), Broken> {
    match event {
        Event::Text(more) => text.push_str(&more.xml10_content()),
        Event::CData(more) => text.push_str(&more.xml10_content()),
        Event::GeneralRef(reference) => resolve(reference, text),
        _ => {}
    }
    if text.len() > LONGEST_CELL { Err(Broken::TooLong) } else { Ok(()) }
}

/// Whether an attribute means yes.
pub(crate) fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}
