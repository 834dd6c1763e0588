//! A small but complete packet of a made-up committee, and means to spoil it.

use std::path::{Path, PathBuf};

use tempfile::TempDir;
use zhangbang::archive::{
    self, Access, Depth, Holder, Origin, PROFILE, Record, RecordedFile, Retention, Scheme,
};
use zhangbang::bag::{self, Content, Item, Options, Packet, Verdict, Verification};
use zhangbang::files::Readers;

/// A packet with two items of three files.
pub(crate) fn packet() -> Packet {
    let scheme = Scheme { fonds: "X001".into(), category: "WS".into(), unit: None };
    let holder = Holder {
        fonds_name: "示例社区居民委员会".into(),
        organisation: "示例社区居民委员会".into(),
        scheme,
        date: (2026, 5, 20),
        software: "张榜 0.1.0".into(),
    };
    packet_of(&holder, &titles())
}

pub(crate) fn empty() -> Packet {
    let readers = Readers::All;
    Packet {
        profile: &PROFILE,
        name: String::new(),
        info: vec![],
        items: vec![],
        sm3: false,
        readers,
    }
}

fn titles() -> Vec<(&'static str, Retention, Access)> {
    vec![
        ("选举结果公告", Retention::Permanent, Access::Public),
        ("选民登记册", Retention::Years30, Access::Internal),
    ]
}

fn packet_of(holder: &Holder, titles: &[(&str, Retention, Access)]) -> Packet {
    let codes = holder.scheme.number(titles.iter().map(|(_, retention, _)| (2026, *retention)));
    let mut items = Vec::new();
    let mut records = Vec::new();
    for (code, (title, _, access)) in codes.unwrap().into_iter().zip(titles) {
        let path = code.file(title, 1, title, "pdf");
        let text = format!("%PDF-1.7\n% {title}\n<pdfaid:part>2</pdfaid:part>\n%%EOF\n");
        let mut item = Item::bytes(path.clone(), text);
        let (size, sha256) = bag::measure(&mut item).unwrap();
        items.push(item);
        let origin = Origin::Generated;
        let file = RecordedFile { path, size, sha256, format: "PDF/A-2a".into(), origin };
        records.push(Record {
            code,
            reference: String::new(),
            responsible: "示例社区居民选举委员会".into(),
            title: (*title).into(),
            date: "20260517".into(),
            secrecy: String::new(),
            pages: Some(1),
            remark: String::new(),
            basis: "城市社区档案管理办法".into(),
            access: *access,
            files: vec![file],
        });
    }
    items.extend(holder.files(&records).unwrap());
    items.push(Item::bytes("归档文件目录.pdf", "%PDF-1.7 <pdfaid:part>2</pdfaid:part>"));
    items.push(Item::bytes("备考表.pdf", "%PDF-1.7 <pdfaid:part>2</pdfaid:part>"));
    items.push(Item::bytes("其他/源数据/election.yaml", "电话: 13800138000\n"));
    let info = vec![
        ("Source-Organization".to_owned(), "示例社区居民委员会".to_owned()),
        ("Bagging-Date".to_owned(), "2026-05-20".to_owned()),
    ];
    Packet { name: "X001-WS·2026-HJX".into(), info, items, sm3: true, ..empty() }
}

/// Replaces the content of the first item whose path ends so.
pub(crate) fn replace(packet: &mut Packet, end: &str, change: impl FnOnce(Vec<u8>) -> Vec<u8>) {
    let item = packet.items.iter_mut().find(|item| item.path.ends_with(end)).unwrap();
    let Content::Bytes(bytes) = std::mem::replace(&mut item.content, Content::Bytes(vec![])) else {
        panic!("the sample has bytes only");
    };
    item.content = Content::Bytes(change(bytes));
    item.sha256 = None;
}

pub(crate) fn write(packet: &Packet, folder: &TempDir) -> PathBuf {
    let target = folder.path().join("packet.zip");
    bag::write(packet, &target, &mut |_, _| {}).unwrap();
    target
}

pub(crate) fn verify(path: &Path) -> Verification {
    verify_with(path, &Options::default())
}

pub(crate) fn verify_with(path: &Path, options: &Options) -> Verification {
    archive::verify(path, Depth::Contents, options, &|_, _| ()).unwrap()
}

/// The verdict of one check: the gravest of its lines.
pub(crate) fn verdict(report: &Verification, id: &str) -> Verdict {
    let lines = report.checks.iter().filter(|check| check.id == id);
    lines.map(|check| check.verdict).max().unwrap_or(Verdict::NotApplicable)
}

/// Unpacks a zip that is known to be good.
pub(crate) fn unpack(zip: &Path, folder: &Path) {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(zip).unwrap()).unwrap();
    archive.extract(folder).unwrap();
}
