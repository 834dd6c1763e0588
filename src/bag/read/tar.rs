//! A bag in a tar file: the formats of POSIX (ustar, pax) and of GNU tar.

use std::fs::File;
use std::io::{self, BufReader, Read};

use super::{Entry, Limits, Listed, Listing, Packing, Place, What, bad};
use crate::number::sized;

const BLOCK: usize = 512;

/// Longest extended header; a path needs far less.
const LONGEST_EXTENSION: u64 = 64 * 1024;

/// Whether a file that begins so is a tar file.
pub(super) fn is_header(head: &[u8]) -> bool {
    head.first_chunk().is_some_and(|block| Header(block).checksum_holds())
}

/// Lists the entries, from the first header to the two empty blocks at the end.
pub(super) fn list(file: File, limits: &Limits) -> io::Result<Listing> {
    let length = file.metadata()?.len();
    let mut tape = Tape { reader: BufReader::with_capacity(64 * 1024, file), at: 0, length };
    let mut listing = Listing::default();
    let mut next = Extension::default();
    while let Some(block) = tape.header()? {
        let header = Header(&block);
        if !header.checksum_holds() {
            return Err(bad("tar 文件头已损坏"));
        }
        let size = header.size()?;
        match header.kind() {
            b'x' => next.read_pax(&tape.take(size)?)?,
            b'L' => next.path = Some(text(&tape.take(size)?)?),
            // A global header may hold a comment, but nothing that names files.
            b'g' => Extension::default().read_pax(&tape.take(size)?)?,
            kind => {
                let extension = std::mem::take(&mut next);
                let size = extension.size.unwrap_or(size);
                let path = extension.path.map_or_else(|| header.path(), Ok)?;
                if listing.entries.len() >= limits.entries {
                    return Err(bad(format!("文件超过 {} 个", limits.entries)));
                }
                let offset =
                    tape.skip(if matches!(kind, b'1' | b'2' | b'5') { 0 } else { size })?;
                listing.entries.extend(listed(path, kind, offset, size));
            }
        }
    }
    tape.nothing_follows()?;
    Ok(listing)
}

/// An entry; none for the folder `./` in which all others lie.
fn listed(path: String, kind: u8, offset: u64, size: u64) -> Option<Listed> {
    let what = match kind {
        b'0' | b'\0' | b'7' => {
            let place = Place::Stretch { offset, length: size, packing: Packing::Tar };
            What::File(Entry { size, place })
        }
        b'5' => What::Folder,
        b'1' | b'2' => What::Link,
        _ => What::Other,
    };
    let path = path.strip_prefix("./").unwrap_or(&path);
    let path = if kind == b'5' { path.trim_end_matches('/') } else { path };
    let is_root = kind == b'5' && matches!(path, "" | ".");
    (!is_root).then(|| Listed { path: path.to_owned(), what })
}

struct Tape {
    reader: BufReader<File>,
    at: u64,
    length: u64,
}

impl Tape {
    /// The next header, or nothing at the empty block which ends the file.
    fn header(&mut self) -> io::Result<Option<[u8; BLOCK]>> {
        let mut block = [0; BLOCK];
        self.reader.read_exact(&mut block)?;
        self.at += BLOCK as u64;
        Ok(block.iter().any(|&byte| byte != 0).then_some(block))
    }

    /// Passes over the content of an entry, and says where it begins.
    fn skip(&mut self, size: u64) -> io::Result<u64> {
        let begin = self.at;
        let blocks = size.div_ceil(BLOCK as u64).saturating_mul(BLOCK as u64);
        self.at = begin.saturating_add(blocks);
        if self.at > self.length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.reader.seek_relative(i64::try_from(blocks).map_err(io::Error::other)?)?;
        Ok(begin)
    }

    /// The content of an extended header.
    fn take(&mut self, size: u64) -> io::Result<Vec<u8>> {
        if size > LONGEST_EXTENSION {
            return Err(bad("tar 扩展头过长"));
        }
        let blocks = size.div_ceil(BLOCK as u64) * BLOCK as u64;
        let mut bytes = vec![0; sized(blocks)];
        self.reader.read_exact(&mut bytes)?;
        self.at += blocks;
        bytes.truncate(sized(size));
        Ok(bytes)
    }

    /// A second archive behind the first would be seen by some programs only.
    fn nothing_follows(&mut self) -> io::Result<()> {
        let mut buffer = [0; 4096];
        loop {
            match self.reader.read(&mut buffer)? {
                0 => return Ok(()),
                count if buffer[..count].iter().all(|&byte| byte == 0) => {}
                _ => return Err(bad("tar 结束之后还有内容")),
            }
        }
    }
}

struct Header<'a>(&'a [u8; BLOCK]);

impl Header<'_> {
    fn field(&self, from: usize, to: usize) -> &[u8] {
        let field = &self.0[from..to];
        field.split(|&byte| byte == 0).next().unwrap_or(field)
    }

    fn kind(&self) -> u8 {
        self.0[156]
    }

    /// The sum of all bytes, its own field counted as spaces.
    fn checksum_holds(&self) -> bool {
        let sum: u64 = self.0.iter().map(|&byte| u64::from(byte)).sum();
        let own: u64 = self.0[148..156].iter().map(|&byte| u64::from(byte)).sum();
        octal(&self.0[148..156]) == Some(sum - own + 8 * u64::from(b' '))
    }

    fn size(&self) -> io::Result<u64> {
        let field = &self.0[124..136];
        let size = match field[0] {
            // GNU writes what does not fit in octal as a big-endian number.
            0x80 => field[1..]
                .iter()
                .try_fold(0u64, |sum, &byte| sum.checked_mul(256).map(|sum| sum + u64::from(byte))),
            _ => octal(field),
        };
        size.ok_or_else(|| bad("tar 文件头中的长度不可读"))
    }

    fn path(&self) -> io::Result<String> {
        let name = text(self.field(0, 100))?;
        let is_posix = &self.0[257..263] == b"ustar\0";
        match text(self.field(345, 500))? {
            prefix if is_posix && !prefix.is_empty() => Ok(format!("{prefix}/{name}")),
            _ => Ok(name),
        }
    }
}

fn octal(field: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(field).ok()?;
    let digits = text.trim_matches(['\0', ' ']);
    if digits.is_empty() { Some(0) } else { u64::from_str_radix(digits, 8).ok() }
}

fn text(bytes: &[u8]) -> io::Result<String> {
    let bytes = bytes.strip_suffix(b"\0").unwrap_or(bytes);
    String::from_utf8(bytes.to_owned()).map_err(|_| bad("文件名不是 UTF-8 编码"))
}

/// What an extended header says of the entry after it.
#[derive(Default)]
struct Extension {
    path: Option<String>,
    size: Option<u64>,
}

impl Extension {
    /// Records of the form `length key=value\n`.
    fn read_pax(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        let damaged = || bad("tar 扩展头已损坏");
        while !bytes.is_empty() {
            let space = bytes.iter().position(|&byte| byte == b' ').ok_or_else(damaged)?;
            let length = std::str::from_utf8(&bytes[..space]).ok().and_then(|n| n.parse().ok());
            let length: usize = length.ok_or_else(damaged)?;
            let record = bytes.get(space + 1..length).ok_or_else(damaged)?;
            let record = record.strip_suffix(b"\n").ok_or_else(damaged)?;
            self.enter(&text(record)?)?;
            bytes = &bytes[length..];
        }
        Ok(())
    }

    fn enter(&mut self, record: &str) -> io::Result<()> {
        match record.split_once('=') {
            Some(("path", path)) => self.path = Some(path.to_owned()),
            Some(("size", size)) => {
                self.size = Some(size.parse().map_err(|_| bad("tar 扩展头中的长度不可读"))?);
            }
            Some((key, _)) if key.starts_with("GNU.sparse") => {
                return Err(bad("不支持稀疏文件"));
            }
            _ => {}
        }
        Ok(())
    }
}
