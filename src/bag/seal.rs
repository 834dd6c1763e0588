//! The seal: a line in the zip file's comment with the SHA-256 of every byte
//! before the end record.
//!
//! Manifests cover the contents, but not the zip file's own bookkeeping: dates,
//! attributes, the padding bits of compressed data. With the seal no bit of the
//! file can change unnoticed, and `head -c` with `sha256sum` can check it.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use super::digest::{self, Algorithm, Checksum, Hashers};
use super::write::from_start;
use crate::number::placed;

const LABEL: &str = "SHA-256 of all bytes before the end record: ";
const END_LENGTH: u64 = 22;

/// Seals a finished zip file that has no comment yet, and tells its new size.
pub(super) fn put_on(file: &mut File) -> io::Result<u64> {
    let length = file.seek(SeekFrom::End(0))?;
    let covered = length - END_LENGTH;
    let comment = format!("{LABEL}{}", sum(from_start(file)?.take(covered))?);
    // The length of the comment is the last field of the end record.
    file.seek(SeekFrom::Start(length - 2))?;
    file.write_all(&placed(comment.len()).to_le_bytes())?;
    file.write_all(comment.as_bytes())?;
    Ok(length + comment.len() as u64)
}

/// The checksum that a comment states, if it is a seal.
pub(super) fn stated(comment: &[u8]) -> Option<Checksum> {
    let hex = std::str::from_utf8(comment).ok()?.strip_prefix(LABEL)?;
    // Only as we write it: a capital letter would be a changed bit.
    Checksum::parse(hex)
        .filter(|sum| sum.to_string() == hex && sum.len() == Algorithm::Sha256.len())
}

/// The SHA-256 of all that `reader` gives.
pub(super) fn sum(reader: impl Read) -> io::Result<Checksum> {
    let mut hashers = Hashers::new([Algorithm::Sha256]);
    let mut buffer = vec![0; digest::BLOCK];
    digest::each_block(reader, &mut buffer, |block| {
        hashers.update(block);
        Ok(())
    })?;
    Ok(hashers.finish().remove(&Algorithm::Sha256).expect("it was asked for"))
}
