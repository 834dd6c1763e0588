//! Zip files made to harm: each is refused with a message, and nothing of it
//! is written anywhere.

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use zhangbang::bag::{Limits, Options, Verdict, Verification};
use zip::write::{FullFileOptions, SimpleFileOptions};
use zip::{AesMode, CompressionMethod, ZipWriter};

use super::sample::{self, packet, verdict, write};

/// Verifies the bytes of a zip, and makes sure that its folder holds nothing else after.
fn verify(bytes: &[u8]) -> Verification {
    verify_with(bytes, Limits::default())
}

fn verify_with(bytes: &[u8], limits: Limits) -> Verification {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("packet.zip");
    std::fs::write(&path, bytes).unwrap();
    let began = Instant::now();
    let report = sample::verify_with(&path, &Options { limits, ..Options::default() });
    assert!(began.elapsed() < Duration::from_secs(20), "took too long");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    report
}

fn refused(id: &str, bytes: &[u8]) {
    let report = verify(bytes);
    assert_eq!(verdict(&report, id), Verdict::Fail, "{id} was not found:\n{report}");
}

fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Changes a name everywhere it stands, to one of the same length.
fn rename(mut bytes: Vec<u8>, from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    for at in 0..bytes.len() - from.len() {
        if bytes[at..].starts_with(from.as_bytes()) {
            bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
        }
    }
    bytes
}

fn good() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::read(write(&packet(), &folder)).unwrap()
}

#[test]
fn names_that_lead_outside() {
    for name in [
        "../evil.sh",
        "/etc/evil",
        "bag/../../e",
        "C:/evil.exe",
        "\\\\host\\x",
        "~/.profile",
        "bag\\..\\..\\x",
    ] {
        let plain = "x".repeat(name.len());
        refused("B5", &rename(zip_of(&[(&plain, b"x")]), &plain, name));
    }
    let long = "a/".repeat(3000) + "x";
    refused("B5", &zip_of(&[(&long, b"x")]));
}

#[test]
fn links_and_doubles() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_symlink("bag/data/link", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    refused("B5", &zip.finish().unwrap().into_inner());
    refused("B6", &rename(zip_of(&[("bag/data/aa", b"x"), ("bag/data/bb", b"y")]), "bb", "aa"));
    refused("B6", &zip_of(&[("bag/data/a.txt", b"x"), ("bag/data/A.txt", b"y")]));
    refused("B6", &zip_of(&[("bag/data/é", b"x"), ("bag/data/e\u{301}", b"y")]));
    refused("B6", &zip_of(&[("bag/data", b"x"), ("bag/data/x", b"y")]));
    refused("B7", &zip_of(&[("one/data/x", b"x"), ("two/data/x", b"y")]));
}

/// A second name, which `unzip` goes by, must be the same as the first.
#[test]
fn two_names_of_one_file() {
    let named = |second: &str, only_in_directory: bool| {
        let name = "bag/bagit.txt";
        let mut crc = flate2::Crc::new();
        crc.update(name.as_bytes());
        let field = [&[1], &crc.sum().to_le_bytes()[..], second.as_bytes()].concat();
        let mut options = FullFileOptions::default();
        options.add_extra_field(0x7075, field, only_in_directory).unwrap();
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(name, options).unwrap();
        zip.write_all(b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n").unwrap();
        zip.finish().unwrap().into_inner()
    };
    refused("B7", &named("bag/evil.txt", false));
    refused("B7", &named("bag/evil.txt", true));
    assert_eq!(verdict(&verify(&named("bag/bagit.txt", false)), "B7"), Verdict::Pass);
}

#[test]
fn what_cannot_be_read_openly() {
    let with = |options: SimpleFileOptions| {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("bag/bagit.txt", options).unwrap();
        zip.write_all(b"secret").unwrap();
        zip.finish().unwrap().into_inner()
    };
    let locked = SimpleFileOptions::default().with_aes_encryption(AesMode::Aes256, "password");
    refused("B7", &with(locked));
    let mut odd = with(SimpleFileOptions::default().compression_method(CompressionMethod::Stored));
    let central = odd.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    odd[central + 10] = 97;
    refused("B7", &odd);
}

#[test]
fn files_put_together_or_cut_apart() {
    let good = good();
    assert!(verify(&good).passed());
    refused("B7", &[&good[..], &good].concat());
    refused("B7", &[b"#!/bin/sh\n", &good[..]].concat());
    refused("B7", &[&good[..], b"more"].concat());
    refused("B7", &good[..good.len() / 2]);
    refused("B7", &good[1..]);
    refused("B7", b"PK");
    refused("B7", b"");
    refused("B7", b"neither a zip nor a tar");
}

#[test]
fn bombs() {
    let zeros = vec![0; 1 << 20];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for name in 0..64 {
        zip.start_file(format!("bag/data/{name}"), SimpleFileOptions::default()).unwrap();
        zip.write_all(&zeros).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    let limits = Limits { unpacked: 1 << 22, ..Limits::default() };
    assert_eq!(verdict(&verify_with(&bytes, limits), "B7"), Verdict::Fail);
    let limits = Limits { entries: 10, ..Limits::default() };
    assert_eq!(verdict(&verify_with(&bytes, limits), "B7"), Verdict::Fail);
}

/// A file that says it is small and goes on and on: reading stops where it said.
#[test]
fn a_length_that_lies() {
    let mut bytes = zip_of(&[("bag/bagit.txt", &vec![b'a'; 1 << 20])]);
    let central = bytes.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    for at in [22, central + 24] {
        bytes[at..at + 4].copy_from_slice(&70u32.to_le_bytes());
    }
    let report = verify(&bytes);
    assert!(!report.passed() && report.to_string().contains("比所记的长度更长"), "{report}");
}

#[test]
fn entries_that_overlap() {
    let mut bytes = zip_of(&[("bag/data/a", b"x"), ("bag/data/b", b"y")]);
    let second = bytes.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap();
    bytes[second + 42..second + 46].copy_from_slice(&0u32.to_le_bytes());
    refused("B7", &bytes);
}

#[test]
fn a_wrong_check_value() {
    let mut bytes =
        zip_of(&[("bag/bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")]);
    let central = bytes.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    bytes[14] ^= 1;
    bytes[central + 16] ^= 1;
    let report = verify(&bytes);
    assert!(!report.passed() && report.to_string().contains("CRC"), "{report}");
}

#[test]
fn manifests_that_lead_outside() {
    let declaration: &[u8] = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
    for path in ["../../etc/passwd", "/etc/passwd", "data/../../x", "~/x", "C:\\x", "data\\..\\x"] {
        let manifest = format!("{}  {path}\n", "0".repeat(64));
        let entries: [(&str, &[u8]); 3] = [
            ("bag/bagit.txt", declaration),
            ("bag/data/x", b"x"),
            ("bag/manifest-sha256.txt", manifest.as_bytes()),
        ];
        refused("B2", &zip_of(&entries));
    }
}

/// A manifest with far more lines than there are files only fills the memory.
#[test]
fn a_manifest_without_end() {
    let manifest = format!("{}  data/x\n", "0".repeat(64)).repeat(200_000);
    let entries: [(&str, &[u8]); 3] = [
        ("bag/bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
        ("bag/data/x", b"x"),
        ("bag/manifest-sha256.txt", manifest.as_bytes()),
    ];
    let report = verify(&zip_of(&entries));
    assert!(report.to_string().contains("行数多得不合常理"), "{report}");
}
