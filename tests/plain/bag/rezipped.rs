//! Packets that somebody unpacked and zipped again: what lies in them is what it was.

use std::io::{Cursor, Read as _, Write as _};

use encoding_rs::GB18030;
use unicode_normalization::UnicodeNormalization as _;
use zhangbang::bag::{Item, Verdict, Verification};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::sample::{packet, unpack, verdict, verify, write};

/// The entries of a good packet, one of which has a name that a Mac takes apart.
fn entries() -> Vec<(String, Vec<u8>)> {
    let folder = tempfile::tempdir().unwrap();
    let mut packet = packet();
    packet.items.push(Item::bytes("其他/Café.txt", "a name with an accent"));
    let bytes = std::fs::read(write(&packet, &folder)).unwrap();
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = zip.len();
    let entry = |n: usize| {
        let mut file = zip.by_index(n).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(entry).collect()
}

/// A zip file whose names are written so, and none is marked as UTF-8.
fn zipped(entries: &[(String, Vec<u8>)], name: impl Fn(&str) -> Vec<u8>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut names = Vec::new();
    for (n, (path, bytes)) in entries.iter().enumerate() {
        let written = name(path);
        // As long as the name that takes its place.
        let stand_in = format!("{:x<width$}", format!("#{n}#"), width = written.len());
        zip.start_file(&*stand_in, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
        names.push((stand_in, written));
    }
    let mut bytes = zip.finish().unwrap().into_inner();
    for (stand_in, written) in names {
        let places: Vec<usize> = (0..bytes.len() - stand_in.len())
            .filter(|at| bytes[*at..].starts_with(stand_in.as_bytes()))
            .collect();
        assert_eq!(places.len(), 2, "in front of its data and in the directory");
        for at in places {
            bytes[at..at + written.len()].copy_from_slice(&written);
        }
    }
    bytes
}

fn verified(bytes: &[u8]) -> Verification {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("packet.zip");
    std::fs::write(&path, bytes).unwrap();
    verify(&path)
}

fn gbk(name: &str) -> Vec<u8> {
    GB18030.encode(name).0.into_owned()
}

fn with(entries: &[(String, Vec<u8>)], more: &[&str]) -> Vec<(String, Vec<u8>)> {
    let more = more.iter().map(|path| ((*path).to_owned(), b"litter".to_vec()));
    entries.iter().cloned().chain(more).collect()
}

/// Passes, with a warning that says what became of it.
#[track_caller]
fn passes(report: &Verification, said: &str) {
    assert!(report.passed(), "{report}");
    let warnings = report.checks.iter().filter(|check| check.verdict == Verdict::Warning);
    assert!(warnings.map(|check| &check.message).any(|message| message.contains(said)), "{report}");
}

#[test]
fn by_explorer() {
    let entries = entries();
    passes(&verified(&zipped(&entries, gbk)), "GBK 编码");
    let top = entries[0].0.split('/').next().unwrap();
    let looked_into = with(
        &entries,
        &[&format!("{top}/data/Thumbs.db"), &format!("{top}/desktop.ini"), "Thumbs.db"],
    );
    passes(&verified(&zipped(&looked_into, gbk)), "系统留下的文件");
    // The folder in another, and what was in it without it.
    passes(&verified(&zipped(&entries, |path| gbk(&format!("新建文件夹/{path}")))), "多套了文件夹");
    let bare = |path: &str| gbk(path.split_once('/').unwrap().1);
    passes(&verified(&zipped(&entries, bare)), "选中文件夹本身");
    let renamed = |path: &str| gbk(&format!("我的文件/{}", path.split_once('/').unwrap().1));
    passes(&verified(&zipped(&entries, renamed)), "改过名称：原来叫“X001-WS·2026-HJX”");
}

#[test]
fn by_finder() {
    let entries = entries();
    let top = entries[0].0.split('/').next().unwrap();
    let packed = with(
        &entries,
        &[&format!("__MACOSX/{top}/._README.txt"), &format!("{top}/data/.DS_Store")],
    );
    let apart = |path: &str| path.nfd().collect::<String>().into_bytes();
    let report = verified(&zipped(&packed, apart));
    passes(&report, "__MACOSX");
    passes(&report, "分解形式");
    passes(&report, "没有标明是 UTF-8");
}

/// A Mac lays nothing beside a folder but what it remembers of each file.
#[test]
fn what_only_pretends_to_be_of_a_mac_is_judged() {
    let entries = entries();
    for name in ["evil.exe", "._evil.exe", "公告.pdf", "more/公告.pdf"] {
        let packed = with(&entries, &[&format!("__MACOSX/{name}")]);
        let report = verified(&zipped(&packed, |path| path.as_bytes().to_vec()));
        assert!(!report.passed(), "{name}: {report}");
    }
}

#[test]
fn into_a_folder_that_was_looked_into() {
    let folder = tempfile::tempdir().unwrap();
    unpack(&write(&packet(), &folder), &folder.path().join("outer"));
    let outer = folder.path().join("outer");
    std::fs::write(outer.join("X001-WS·2026-HJX/data/Thumbs.db"), "litter").unwrap();
    passes(&verify(&outer.join("X001-WS·2026-HJX")), "系统留下的文件");
    passes(&verify(&outer), "多套了文件夹");
}

#[test]
fn what_was_changed_on_the_way_is_found_all_the_same() {
    let mut entries = entries();
    let changed = entries.iter_mut().find(|(path, _)| path.ends_with(".pdf")).unwrap();
    changed.1[9] ^= 1;
    let report = verified(&zipped(&entries, gbk));
    assert_eq!(verdict(&report, "B3"), Verdict::Fail, "{report}");
    // What is called litter, but was listed, is no litter; what is not is counted nowhere.
    let hidden = with(&entries, &["X001-WS·2026-HJX/data/more.db"]);
    assert_eq!(verdict(&verified(&zipped(&hidden, gbk)), "B2"), Verdict::Fail);
}

#[test]
fn a_packet_in_a_packet_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let inner = std::fs::read(write(&packet(), &folder)).unwrap();
    let report = verified(&zipped(&[("packet.zip".into(), inner)], gbk));
    assert!(report.to_string().contains("请先解开"), "{report}");
}
