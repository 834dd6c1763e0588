//! Packets: the container, its tag files, and what lies behind the sums of our own.

use std::io::Write as _;

use tempfile::NamedTempFile;
use zhangbang::archive::source::{LaidOut, Rebuild};
use zhangbang::archive::{ArchiveCode, Depth, Element, PROFILE, lacking_in, verify};
use zhangbang::bag::{self, Item, Limits, Options, Packet, Probe, names};
use zhangbang::files::{self, Readers};
use zip::CompressionMethod::Stored;

fn kept(bytes: &[u8]) -> NamedTempFile {
    let mut file = NamedTempFile::new().expect("a temporary file");
    file.write_all(bytes).expect("room for it");
    file
}

fn judge(bytes: &[u8]) -> NamedTempFile {
    let file = kept(bytes);
    // Small limits: what a bomb costs is the tests' business.
    let limits = Limits { entries: 1000, unpacked: 1 << 20, text: 1 << 20, ..Limits::default() };
    let options = Options { threads: Some(1), limits, ..Options::default() };
    let report =
        verify(file.path(), Depth::Contents, &options, &|_, _| ()).expect("the machine is sound");
    let _ = (report.to_string(), report.to_json());
    file
}

/// Any bytes: a verdict, never a panic.
pub fn package(bytes: &[u8]) {
    judge(bytes);
}

const TAG_FILES: [&str; 6] = [
    "bagit.txt",
    "bag-info.txt",
    "fetch.txt",
    "manifest-md5.txt",
    "manifest-sha256.txt",
    "tagmanifest-sha512.txt",
];

/// A sound zip with any text as one of its tag files.
pub fn tags(bytes: &[u8]) {
    let Some((&chosen, text)) = bytes.split_first() else { return };
    let name = TAG_FILES[usize::from(chosen) % TAG_FILES.len()];
    let declared: &[u8] = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
    let bagit = (name != TAG_FILES[0]).then_some(("bag/bagit.txt".to_owned(), declared));
    let parts =
        bagit.into_iter().chain([(format!("bag/{name}"), text), ("bag/data/a".to_owned(), b"a")]);
    judge(&files::zipped(parts, Stored).expect("memory"));
}

/// What a packet of ours has besides its documents.
const PARTS: [&str; 10] = [
    "归档文件目录.csv",
    "归档文件目录.xlsx",
    "说明文件.TXT",
    "文件目录.XML",
    "其他/保管期限表.csv",
    "其他/生成记录.json",
    "其他/检查报告.json",
    "其他/缺件清单.txt",
    "其他/公开版说明.txt",
    "其他/源数据/election.yaml",
];

/// A packet of ours whose sums are right, whatever stands in it: each part is a byte that
/// says which, and its text up to the next byte that no text has.
pub fn packet(bytes: &[u8]) {
    let parts = bytes.split(|&byte| byte == 0xFF).filter_map(|part| part.split_first());
    let mut items: Vec<Item> = Vec::new();
    for (&chosen, content) in parts {
        let path = match chosen % 16 {
            known @ 0..=9 => PARTS[usize::from(known)].to_owned(),
            // Below a folder of an item, as its metadata or as one of its files.
            other => {
                let Some(line) = content.split(|&byte| byte == b'\n').next() else { continue };
                let Ok(name) = std::str::from_utf8(line) else { continue };
                let name = name.split('/').map(names::from_title).collect::<Vec<_>>().join("/");
                format!(
                    "{name}.{}",
                    ["xml", "pdf", "txt", "docx", "csv", "jpg"][usize::from(other) - 10]
                )
            }
        };
        if !items.iter().any(|item| item.path == path) {
            items.push(Item::bytes(path, content));
        }
    }
    let info = [
        ("Source-Organization", "甲"),
        ("Bagging-Date", "2026-05-17"),
        ("External-Description", "乙"),
    ];
    let info = info.map(|(label, value)| (label.to_owned(), value.to_owned())).to_vec();
    let packet = Packet {
        profile: &PROFILE,
        name: "packet".to_owned(),
        info,
        items,
        sm3: false,
        readers: Readers::All,
    };
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("packet.zip");
    if bag::write(&packet, &target, &mut |_, _| ()).is_err() {
        return;
    }
    let bytes = std::fs::read(&target).expect("it was written");
    let file = judge(&bytes);
    let _ = (
        lacking_in(file.path()),
        LaidOut::from(file.path()).is_ok(),
        Rebuild::from(file.path()).is_ok(),
    );
}

/// The XML of catalogues and metadata, and the 档号: what is read is written alike.
pub fn metadata(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(root) = Element::parse(text) {
        let again = Element::parse(&root.to_document()).expect("what is written is read");
        assert_eq!(again.name, root.name);
    }
    if let Ok(code) = text.parse::<ArchiveCode>() {
        assert_eq!(code.to_string(), text);
    }
}

/// Names of files: what is made of a title leads nowhere else, what is percent-encoded
/// comes back, and a search for marks finds the same however the bytes come.
pub fn paths(bytes: &[u8]) {
    let halves = bytes.split_at(bytes.len() / 2);
    let found = |blocks: &[&[u8]]| {
        let mut probe = Probe::default();
        blocks.iter().for_each(|block| probe.feed(block));
        (probe.is_pdf(), probe.executable(), probe.archive("a"))
    };
    assert_eq!(found(&[bytes]), found(&[halves.0, halves.1]));
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let name = names::from_title(text);
    assert!(
        names::unportable(&name).is_none()
            && names::escapes(&name).is_none()
            && !name.contains('/'),
        "{name:?}"
    );
    assert_eq!(names::decode(&names::encode(text), true), text);
    assert_eq!(names::folded(&names::folded(text)), names::folded(text));
    let _ = (
        names::irregular(text),
        names::unportable(text),
        names::excessive(text),
        names::shown(text),
    );
    let _ = names::collisions(text.lines());
}
