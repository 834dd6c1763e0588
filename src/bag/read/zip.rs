//! A bag in a zip file, read strictly.
//!
//! Programs differ over what an irregular zip holds, and hostile files live on
//! the difference. Here every byte must be accounted for: the entries follow
//! one another from the first byte on, the directory comes after the last of
//! them, and the end record after that; both descriptions of an entry agree.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::ops::RangeInclusive;

use encoding_rs::GB18030;

use super::{Entry, Limits, Listed, Listing, Packing, Place, What, bad};
use crate::bag::checklist::Finding;
use crate::number::sized;

const END: u32 = 0x0605_4b50;
const END_64: u32 = 0x0606_4b50;
const LOCATOR_64: u32 = 0x0706_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const LOCAL: u32 = 0x0403_4b50;

const END_LENGTH: u64 = 22;
const LOCATOR_64_LENGTH: u64 = 20;
const LONGEST_COMMENT: u64 = 0xffff;

const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;
const DESCRIBED_AFTER: u16 = 1 << 3;
const UTF_8: u16 = 1 << 11;

const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// Lists the entries and checks that they fill the file without gap or overlap.
pub(super) fn list(mut file: File, limits: &Limits) -> io::Result<Listing> {
    let length = file.metadata()?.len();
    let end = End::find(&mut file, length)?;
    let mut entries = directory(&mut file, &end, limits)?;
    let doubt = read_names(&mut entries)?;
    entries.sort_by_key(|entry| entry.header);
    let mut file = BufReader::with_capacity(4096, file);
    let warnings = doubt.into_iter().collect();
    let mut listing = Listing { seal: Some((end.comment, end.at)), warnings, ..Listing::default() };
    let (mut expected, end_of_entries) = (0..=0, end.directory);
    let too_long = || bad("zip 条目比文件还长");
    for entry in entries {
        if !expected.contains(&entry.header) {
            return Err(bad("各条目之间有重叠，或有目录没有列出的字节"));
        }
        let data = entry.check_local(&mut file)?;
        expected =
            entry.end(data).filter(|end| *end.start() <= end_of_entries).ok_or_else(too_long)?;
        listing.entries.push(entry.into_listed(data));
    }
    if !expected.contains(&end.directory) {
        return Err(bad("目录与最后一个条目之间有重叠或多余的字节"));
    }
    refuse_bomb(&listing, length, limits)?;
    Ok(listing)
}

/// Gives every entry its path. Zip files mark names in UTF-8; those that are not marked
/// are in UTF-8 on most systems, but in the code page of its country on Windows, where
/// one that cannot be UTF-8 betrays the others.
fn read_names(entries: &mut [Central]) -> io::Result<Option<Finding>> {
    let is_marked = |entry: &Central| entry.flags & UTF_8 != 0 || entry.name.is_ascii();
    let unmarked = entries.iter().filter(|entry| !is_marked(entry)).count();
    let is_readable = |entry: &Central| std::str::from_utf8(&entry.name).is_ok();
    let is_gbk = entries.iter().any(|entry| !is_marked(entry) && !is_readable(entry));
    for entry in entries {
        let name = match is_gbk && !is_marked(entry) {
            true => GB18030.decode_without_bom_handling_and_without_replacement(&entry.name),
            false => std::str::from_utf8(&entry.name).ok().map(Into::into),
        };
        let unreadable = || {
            let shown = String::from_utf8_lossy(&entry.name);
            bad(format!("文件名既不是 UTF-8，也不是 GBK 编码：{shown}。请解压后验证文件夹"))
        };
        entry.path = name.ok_or_else(unreadable)?.into_owned();
        entry.refuse_unreadable()?;
    }
    let message = match is_gbk {
        true => format!("{unmarked} 个文件名是 GBK 编码的，已按它读出：包在 Windows 里重新压缩过"),
        false => format!("{unmarked} 个文件名没有标明是 UTF-8 编码，按它读"),
    };
    Ok((unmarked > 0).then(|| Finding::warning(message)))
}

/// A bomb unpacks to far more than documents and photographs ever shrink.
fn refuse_bomb(listing: &Listing, length: u64, limits: &Limits) -> io::Result<()> {
    let size = |entry: &Listed| match &entry.what {
        What::File(file) => file.size,
        _ => 0,
    };
    let total = listing.entries.iter().map(size).fold(0, u64::saturating_add);
    if total > limits.unpacked && total / limits.ratio > length {
        return Err(bad(format!("解压后达 {total} 字节，远超压缩包本身，疑为压缩炸弹")));
    }
    Ok(())
}

/// The record at the end, from which reading begins.
struct End {
    /// Where the record lies: everything before it is entries and directory.
    at: u64,
    directory: u64,
    directory_length: u64,
    count: u64,
    comment: Vec<u8>,
}

impl End {
    fn find(file: &mut File, length: u64) -> io::Result<Self> {
        let tail_length = length.min(END_LENGTH + LONGEST_COMMENT);
        let tail = read_at(file, length - tail_length, tail_length)?;
        let fits = |at: &usize| {
            let mut record = Cursor(&tail[*at..]);
            record.u32() == Some(END)
                && record.skip(16).and_then(|()| record.u16()).map(usize::from)
                    == Some(tail.len() - at - sized(END_LENGTH))
        };
        let last = tail.len().checked_sub(sized(END_LENGTH));
        let mut found = last.map_or(0..0, |last| 0..last + 1).filter(fits);
        let at = found.next().ok_or_else(|| bad("zip 文件不完整，或末尾有多余的内容"))?;
        if found.next().is_some() {
            return Err(bad("zip 文件有两个结尾"));
        }
        let at_in_file = length - tail_length + at as u64;
        let end = Self::parse(&tail[at..], at_in_file).ok_or_else(|| bad("zip 结尾已损坏"))?;
        end.widen(file)
    }

    /// Fields that span several disks must say that there is but one.
    fn parse(record: &[u8], at: u64) -> Option<Self> {
        let mut fields = Cursor(record);
        fields.skip(4)?;
        let disks = (fields.u16()?, fields.u16()?);
        let counts = (fields.u16()?, fields.u16()?);
        let (directory_length, directory) = (fields.u32()?.into(), fields.u32()?.into());
        fields.skip(2)?;
        let comment = fields.0.to_owned();
        (disks == (0, 0) && counts.0 == counts.1).then_some(Self {
            at,
            directory,
            directory_length,
            count: counts.0.into(),
            comment,
        })
    }

    /// Takes the larger fields of the zip64 record where there is one.
    fn widen(mut self, file: &mut File) -> io::Result<Self> {
        let mut before_end = self.at;
        let locator = match self.at.checked_sub(LOCATOR_64_LENGTH) {
            Some(at) => read_at(file, at, LOCATOR_64_LENGTH)?,
            None => Vec::new(),
        };
        let mut fields = Cursor(&locator);
        if fields.u32() == Some(LOCATOR_64) {
            let record = Self::locate(fields).ok_or_else(|| bad("zip64 结尾已损坏"))?;
            let length = (self.at - LOCATOR_64_LENGTH).checked_sub(record);
            let length = length.filter(|&length| length == 56);
            let bytes = read_at(file, record, length.ok_or_else(|| bad("zip64 结尾已损坏"))?)?;
            self.replace(&bytes).ok_or_else(|| bad("zip64 结尾已损坏"))?;
            before_end = record;
        }
        if self.directory.checked_add(self.directory_length) != Some(before_end) {
            return Err(bad("zip 文件首尾有多余的内容，可能由几个文件拼接而成"));
        }
        Ok(self)
    }

    fn locate(mut fields: Cursor) -> Option<u64> {
        let (disk, record, disks) = (fields.u32()?, fields.u64()?, fields.u32()?);
        (disk == 0 && disks == 1).then_some(record)
    }

    fn replace(&mut self, record: &[u8]) -> Option<()> {
        let mut fields = Cursor(record);
        let (signature, rest) = (fields.u32()?, fields.u64()?);
        fields.skip(4)?;
        let disks = (fields.u32()?, fields.u32()?);
        let counts = (fields.u64()?, fields.u64()?);
        let (length, directory) = (fields.u64()?, fields.u64()?);
        let sound = signature == END_64 && rest == 44 && disks == (0, 0) && counts.0 == counts.1;
        let agrees = agree(self.count, counts.0, 0xffff)
            && agree(self.directory_length, length, 0xffff_ffff)
            && agree(self.directory, directory, 0xffff_ffff);
        (self.count, self.directory_length, self.directory) = (counts.0, length, directory);
        (sound && agrees).then_some(())
    }
}

/// A small field either holds the value or its mark for "see the large one".
fn agree(small: u64, large: u64, mark: u64) -> bool {
    small == large || small == mark
}

fn directory(file: &mut File, end: &End, limits: &Limits) -> io::Result<Vec<Central>> {
    if end.count > limits.entries as u64 {
        return Err(bad(format!("文件超过 {} 个", limits.entries)));
    }
    file.seek(SeekFrom::Start(end.directory))?;
    let mut reader = BufReader::new(file.take(end.directory_length));
    let entries = (0..end.count).map(|_| Central::read(&mut reader)).collect::<io::Result<_>>()?;
    match reader.read(&mut [0])? {
        0 => Ok(entries),
        _ => Err(bad("zip 目录比所记的更长")),
    }
}

/// An entry of the directory.
struct Central {
    name: Vec<u8>,
    extra: Vec<u8>,
    /// The name as it is to be read.
    path: String,
    flags: u16,
    method: u16,
    crc: u32,
    packed: u64,
    size: u64,
    header: u64,
    mode: u32,
}

impl Central {
    fn read(reader: &mut impl Read) -> io::Result<Self> {
        let mut bytes = [0; 46];
        reader.read_exact(&mut bytes)?;
        let parsed = Self::parse(&bytes).ok_or_else(|| bad("zip 目录已损坏"))?;
        let (mut entry, lengths) = parsed;
        entry.name = read_vec(reader, lengths[0])?;
        let extra = read_vec(reader, lengths[1])?;
        read_vec(reader, lengths[2])?;
        entry.widen(&extra).ok_or_else(|| bad("zip 目录已损坏"))?;
        entry.extra = extra;
        Ok(entry)
    }

    fn parse(bytes: &[u8]) -> Option<(Self, [u16; 3])> {
        let mut fields = Cursor(bytes);
        let signature = fields.u32()?;
        let maker = fields.u16()?;
        fields.skip(2)?;
        let (flags, method) = (fields.u16()?, fields.u16()?);
        fields.skip(4)?;
        let crc = fields.u32()?;
        let (packed, size) = (fields.u32()?.into(), fields.u32()?.into());
        let lengths = [fields.u16()?, fields.u16()?, fields.u16()?];
        let disk = fields.u16()?;
        fields.skip(2)?;
        let (attributes, header) = (fields.u32()?, fields.u32()?.into());
        let made_on_unix = maker >> 8 == 3 || maker >> 8 == 19;
        let mode = if made_on_unix { attributes >> 16 } else { 0 };
        let (name, extra, path) = Default::default();
        (signature == CENTRAL && disk == 0).then_some((
            Self { name, extra, path, flags, method, crc, packed, size, header, mode },
            lengths,
        ))
    }

    /// Takes the larger fields of the zip64 extra block, for those marked so.
    fn widen(&mut self, extra: &[u8]) -> Option<()> {
        let mut wide = Cursor(zip64(&blocks(extra)?));
        for field in [&mut self.size, &mut self.packed, &mut self.header] {
            if *field == 0xffff_ffff {
                *field = wide.u64()?;
            }
        }
        Some(())
    }

    fn refuse_unreadable(&self) -> io::Result<()> {
        if self.is_named_so(&self.extra) != Some(true) {
            let message = format!("{} 另记有一个不同的名称，有的软件会用那一个", self.path);
            return Err(bad(message + "：请解压后核对文件名，再验证文件夹"));
        }
        if self.flags & ENCRYPTED != 0 {
            return Err(bad(format!("{} 已加密：先用密码解开，再检验解出的文件", self.path)));
        }
        if ![STORED, DEFLATED].contains(&self.method) {
            return Err(bad(format!("{} 用了不通用的压缩方法 {}", self.path, self.method)));
        }
        if self.method == STORED && self.packed != self.size {
            return Err(bad(format!("{} 的两个长度不一致", self.path)));
        }
        if self.is_folder() && self.size != 0 {
            return Err(bad(format!("{} 是文件夹却有内容", self.path)));
        }
        Ok(())
    }

    fn is_folder(&self) -> bool {
        self.name.ends_with(b"/")
    }

    /// Reads the local header, which must say the same, and tells where the data begin.
    fn check_local(&self, file: &mut BufReader<File>) -> io::Result<u64> {
        // Entries mostly follow closely, so that most steps stay in the buffer.
        let here = file.stream_position()?;
        let step = self.header.checked_signed_diff(here).ok_or(io::ErrorKind::UnexpectedEof)?;
        file.seek_relative(step)?;
        let mut bytes = [0; 30];
        file.read_exact(&mut bytes)?;
        let lengths = Self::local_lengths(&bytes).ok_or_else(|| bad("zip 条目的头已损坏"))?;
        let name = read_vec(file, lengths[0])?;
        let extra = read_vec(file, lengths[1])?;
        match self.agrees(&bytes, &name, &extra) {
            Some(true) => Ok(file.stream_position()?),
            _ => Err(bad(format!("{} 的两处记载不一致", self.path))),
        }
    }

    fn local_lengths(bytes: &[u8]) -> Option<[u16; 2]> {
        let mut fields = Cursor(bytes);
        fields.skip(26)?;
        Some([fields.u16()?, fields.u16()?])
    }

    fn agrees(&self, header: &[u8], name: &[u8], extra: &[u8]) -> Option<bool> {
        let mut fields = Cursor(header);
        let signature = fields.u32()?;
        fields.skip(2)?;
        let (flags, method) = (fields.u16()?, fields.u16()?);
        fields.skip(4)?;
        let crc = fields.u32()?;
        let (mut packed, mut size) = (fields.u32()?.into(), fields.u32()?.into());
        let mut wide = Cursor(zip64(&blocks(extra)?));
        for field in [&mut size, &mut packed] {
            if *field == 0xffff_ffff {
                *field = wide.u64()?;
            }
        }
        let described_here = flags & DESCRIBED_AFTER == 0;
        let same = (crc, packed, size) == (self.crc, self.packed, self.size);
        let identity = (signature, flags, method) == (LOCAL, self.flags, self.method);
        let named_alike = name == self.name && self.is_named_so(extra)?;
        Some(identity && named_alike && (same || !described_here))
    }

    /// Whether a second name, which some programs go by (Info-ZIP), is the same as the
    /// first.
    fn is_named_so(&self, extra: &[u8]) -> Option<bool> {
        const UNICODE_PATH: u16 = 0x7075;
        /// Version, and check value of the first name.
        const BEFORE_NAME: usize = 5;
        let names = blocks(extra)?.into_iter().filter(|(id, _)| *id == UNICODE_PATH);
        let mut names = names.map(|(_, block)| block.get(BEFORE_NAME..));
        Some(names.all(|name| name == Some(self.path.as_bytes())))
    }

    /// Where the next header may begin; a data descriptor has one of four lengths.
    fn end(&self, data: u64) -> Option<RangeInclusive<u64>> {
        let end = data.checked_add(self.packed)?;
        match self.flags & DESCRIBED_AFTER {
            0 => Some(end..=end),
            _ => Some(end.checked_add(12)?..=end.checked_add(24)?),
        }
    }

    fn into_listed(self, data: u64) -> Listed {
        const TYPE: u32 = 0o170_000;
        let path = self.path.clone();
        let what = match self.mode & TYPE {
            0o120_000 => What::Link,
            0 | 0o100_000 | 0o040_000 if self.is_folder() => What::Folder,
            0 | 0o100_000 => What::File(self.entry(data)),
            _ => What::Other,
        };
        let path = path.strip_suffix('/').map_or_else(|| path.clone(), str::to_owned);
        Listed { path, what }
    }

    fn entry(&self, offset: u64) -> Entry {
        let packing = match self.method {
            STORED => Packing::Stored { crc: self.crc },
            _ => Packing::Deflated { crc: self.crc },
        };
        Entry { size: self.size, place: Place::Stretch { offset, length: self.packed, packing } }
    }
}

/// The extra blocks, each with its kind.
fn blocks(extra: &[u8]) -> Option<Vec<(u16, &[u8])>> {
    let mut left = Cursor(extra);
    let mut found = Vec::new();
    // Some writers pad the extra field with a few loose bytes.
    while left.0.len() >= 4 {
        let (id, length) = (left.u16()?, left.u16()?.into());
        let (block, rest) = left.0.split_at_checked(length)?;
        left.0 = rest;
        found.push((id, block));
    }
    Some(found)
}

/// The zip64 block; empty if there is none.
fn zip64<'a>(blocks: &[(u16, &'a [u8])]) -> &'a [u8] {
    const ZIP64: u16 = 1;
    let last = blocks.iter().rfind(|(id, _)| *id == ZIP64);
    last.map_or(&[], |(_, block)| block)
}

fn read_at(file: &mut File, at: u64, length: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = vec![0; usize::try_from(length).map_err(|_| bad("长度不合理"))?];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn read_vec(reader: &mut impl Read, length: u16) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length.into()];
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Little-endian fields, one after the other.
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*bytes)
    }

    fn skip(&mut self, count: usize) -> Option<()> {
        self.0 = self.0.get(count..)?;
        Some(())
    }

    fn u16(&mut self) -> Option<u16> {
        self.take().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.take().map(u64::from_le_bytes)
    }
}
