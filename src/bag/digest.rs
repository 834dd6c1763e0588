//! Checksums: several of one file in a single pass.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read};
use std::path::Path;

use sha2::digest::DynDigest;

use crate::files;

/// A checksum algorithm that may stand in the name of a manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
    Sm3,
}

impl Algorithm {
    const ALL: [Self; 7] =
        [Self::Md5, Self::Sha1, Self::Sha224, Self::Sha256, Self::Sha384, Self::Sha512, Self::Sm3];

    /// As it stands in a manifest's name: `sha256`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Md5 => "md5",
            Self::Sha1 => "sha1",
            Self::Sha224 => "sha224",
            Self::Sha256 => "sha256",
            Self::Sha384 => "sha384",
            Self::Sha512 => "sha512",
            Self::Sm3 => "sm3",
        }
    }

    /// As people write it: `SHA-256`.
    pub fn title(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha1 => "SHA-1",
            Self::Sha224 => "SHA-224",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
            Self::Sm3 => "SM3",
        }
    }

    /// The algorithm of that name, in whatever case.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name().eq_ignore_ascii_case(name))
    }

    /// Length of the checksum in bytes.
    pub(super) fn len(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha224 => 28,
            Self::Sha256 | Self::Sm3 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// Whether collisions can be made at will, so that it proves nothing
    /// against somebody who means harm.
    pub fn is_broken(self) -> bool {
        matches!(self, Self::Md5 | Self::Sha1)
    }

    fn hasher(self) -> Box<dyn DynDigest> {
        match self {
            Self::Md5 => Box::new(md5::Md5::default()),
            Self::Sha1 => Box::new(sha1::Sha1::default()),
            Self::Sha224 => Box::new(sha2::Sha224::default()),
            Self::Sha256 => Box::new(sha2::Sha256::default()),
            Self::Sha384 => Box::new(sha2::Sha384::default()),
            Self::Sha512 => Box::new(sha2::Sha512::default()),
            Self::Sm3 => Box::new(sm3::Sm3::default()),
        }
    }
}

/// A checksum; shown in small hexadecimal letters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Checksum(Box<[u8]>);

impl Checksum {
    /// Reads hexadecimal digits in either case.
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let pair = |at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
        (0..text.len()).step_by(2).map(pair).collect::<Option<_>>().map(Self)
    }

    /// Length in bytes.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The checksums of one file.
pub type Checksums = BTreeMap<Algorithm, Checksum>;

/// Computes several checksums side by side.
pub(super) struct Hashers(Vec<(Algorithm, Box<dyn DynDigest>)>);

impl Hashers {
    pub(super) fn new(algorithms: impl IntoIterator<Item = Algorithm>) -> Self {
        Self(algorithms.into_iter().map(|algorithm| (algorithm, algorithm.hasher())).collect())
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        for (_, hasher) in &mut self.0 {
            hasher.update(bytes);
        }
    }

    pub(super) fn finish(self) -> Checksums {
        let finished =
            |(algorithm, hasher): (_, Box<dyn DynDigest>)| (algorithm, Checksum(hasher.finalize()));
        self.0.into_iter().map(finished).collect()
    }
}

/// Small enough that a block stays in the processor's cache while every
/// algorithm passes over it, large enough that calls cost nothing.
pub(super) const BLOCK: usize = 128 * 1024;

/// Hands every block of `reader` to `take`.
pub(super) fn each_block(
    mut reader: impl Read,
    buffer: &mut [u8],
    mut take: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<()> {
    loop {
        match reader.read(buffer) {
            Ok(0) => return Ok(()),
            Ok(count) => take(&buffer[..count])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// The SHA-256 and the SM3 of a whole file: to be written down elsewhere, by which
/// it is known again.
///
/// # Errors
/// The file cannot be read.
pub fn seals_of(path: &Path) -> io::Result<Checksums> {
    let mut hashers = Hashers::new([Algorithm::Sha256, Algorithm::Sm3]);
    each_block(files::open(path)?, &mut vec![0; BLOCK], |block| {
        hashers.update(block);
        Ok(())
    })?;
    Ok(hashers.finish())
}

/// The SHA-256 of `bytes`, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    let mut hashers = Hashers::new([Algorithm::Sha256]);
    hashers.update(bytes);
    hashers.finish()[&Algorithm::Sha256].to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_answers() {
        let mut hashers = Hashers::new(Algorithm::ALL);
        hashers.update(b"a");
        hashers.update(b"bc");
        let sums = hashers.finish();
        let starts = |algorithm, hex: &str| sums[&algorithm].to_string().starts_with(hex);
        assert!(starts(Algorithm::Md5, "900150983cd24fb0d6963f7d28e17f72"));
        assert!(starts(Algorithm::Sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"));
        assert!(starts(
            Algorithm::Sha224,
            "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"
        ));
        assert!(starts(
            Algorithm::Sha256,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        ));
        assert!(starts(Algorithm::Sha384, "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded163"));
        assert!(starts(Algorithm::Sha512, "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea2"));
        assert!(starts(
            Algorithm::Sm3,
            "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
        ));
        assert!(sums.iter().all(|(algorithm, sum)| algorithm.len() == sum.len()));
    }

    #[test]
    fn hexadecimal_is_read_strictly() {
        assert_eq!(Checksum::parse("00fF").unwrap().to_string(), "00ff");
        for bad in ["", "0", "0g", "+1", "００"] {
            assert_eq!(Checksum::parse(bad), None, "{bad}");
        }
    }
}
