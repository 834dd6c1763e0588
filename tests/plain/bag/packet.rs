//! Writing: what is promised of a packet, and what its contents are judged by.

use std::collections::BTreeMap;
use std::io::Read;

use proptest::prelude::*;
use zhangbang::archive::{self, Depth};
use zhangbang::bag::{self, Content, Item, Packet, Verdict};

use super::sample::{empty, packet, replace, unpack, verdict, verify, write};

#[test]
fn a_packet_passes_its_own_verification() {
    let folder = tempfile::tempdir().unwrap();
    let report = verify(&write(&packet(), &folder));
    assert!(report.passed() && report.ours, "{report}");
    assert_eq!(report.count(Verdict::Warning), 0, "{report}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left");
}

#[test]
fn an_unpacked_packet_passes_too() {
    let folder = tempfile::tempdir().unwrap();
    unpack(&write(&packet(), &folder), folder.path());
    let report = verify(&folder.path().join("X001-WS·2026-HJX"));
    assert!(report.passed() && report.ours, "{report}");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut shuffled = packet();
    shuffled.items.reverse();
    let bytes = |packet, folder| std::fs::read(write(packet, folder)).unwrap();
    assert_eq!(bytes(&packet(), &one), bytes(&shuffled, &other));
}

#[test]
fn the_zip_is_as_plain_as_promised() {
    let folder = tempfile::tempdir().unwrap();
    let file = std::fs::File::open(write(&packet(), &folder)).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    let mut names = Vec::new();
    for at in 0..archive.len() {
        let entry = archive.by_index(at).unwrap();
        assert_eq!(entry.unix_mode(), Some(0o100_644));
        assert_eq!(entry.last_modified().unwrap().year(), 1980);
        let name = entry.name().unwrap().into_owned();
        assert!(name.starts_with("X001-WS·2026-HJX/"));
        names.push(name);
    }
    assert!(names.is_sorted());
    let mut text = String::new();
    let oxum = "X001-WS·2026-HJX/bag-info.txt";
    archive.by_name(oxum).unwrap().read_to_string(&mut text).unwrap();
    assert!(text.starts_with("Source-Organization: 示例社区居民委员会\n"), "{text}");
    assert!(text.contains("External-Identifier: X001-WS·2026-HJX\n"));
}

#[test]
fn bad_names_are_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("packet.zip");
    let refused = |paths: &[&str]| {
        let items = paths.iter().map(|path| Item::bytes(*path, "x")).collect();
        let packet = Packet { name: "bag".into(), items, ..empty() };
        let told = bag::write(&packet, &target, &mut |_, _| {}).unwrap_err();
        assert_eq!(told.code, "bad-name", "{paths:?}");
    };
    for path in ["../x", "/x", "a/../x", "a//b", "CON", "a?.pdf", "x.", "a\nb", "~/..", "", "a\\b"]
    {
        refused(&[path]);
    }
    refused(&["A.pdf", "a.pdf"]);
    refused(&["é.pdf", "e\u{301}.pdf"]);
    refused(&["a", "a/b"]);
    refused(&[&"长".repeat(199)]);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_percent_sign_is_encoded_in_manifests_only() {
    let folder = tempfile::tempdir().unwrap();
    let items = vec![Item::bytes("投票率 100%25.txt", "x")];
    let target = write(&Packet { name: "bag".into(), items, ..empty() }, &folder);
    unpack(&target, folder.path());
    let manifest = std::fs::read_to_string(folder.path().join("bag/manifest-sha256.txt")).unwrap();
    assert!(manifest.ends_with("  data/投票率 100%2525.txt\n"), "{manifest}");
    assert!(folder.path().join("bag/data/投票率 100%25.txt").exists());
    assert_eq!(verdict(&verify(&target), "B2"), Verdict::Pass);
}

#[test]
fn an_attachment_is_copied_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let scan = folder.path().join("scan.jpg");
    std::fs::write(&scan, vec![7; 3_000_000]).unwrap();
    let before = std::fs::metadata(&scan).unwrap().modified().unwrap();
    let mut packet = packet();
    packet.items.push(Item::file("其他/扫描件.jpg", &scan));
    let mut heard = Vec::new();
    let target = folder.path().join("packet.zip");
    let written =
        bag::write(&packet, &target, &mut |done, total| heard.push((done, total))).unwrap();
    assert_eq!(heard.last(), Some(&(written.payload_bytes, written.payload_bytes)));
    assert!(heard.is_sorted() && heard.len() > 20);
    assert_eq!(std::fs::metadata(&scan).unwrap().modified().unwrap(), before);
    assert_eq!(written.size, std::fs::metadata(&target).unwrap().len());
    assert!(verify(&target).passed());
}

#[test]
fn a_source_that_is_not_what_was_recorded_keeps_the_old_packet() {
    let folder = tempfile::tempdir().unwrap();
    let scan = folder.path().join("scan.jpg");
    std::fs::write(&scan, "signed").unwrap();
    let mut packet = packet();
    let mut item = Item::file("其他/扫描件.jpg", &scan);
    bag::measure(&mut item).unwrap();
    packet.items.push(item);
    let target = write(&packet, &folder);
    let old = std::fs::read(&target).unwrap();

    std::fs::write(&scan, "forged").unwrap();
    let told = bag::write(&packet, &target, &mut |_, _| {}).unwrap_err();
    assert_eq!(told.code, "source-changed");
    std::fs::remove_file(&scan).unwrap();
    let told = bag::write(&packet, &target, &mut |_, _| {}).unwrap_err();
    assert_eq!(told.code, "cannot-read");
    assert_eq!(std::fs::read(&target).unwrap(), old);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_source_that_grows_or_shrinks_meanwhile_is_an_error() {
    for length in [10, 3_000_000] {
        let folder = tempfile::tempdir().unwrap();
        let scan = folder.path().join("scan.jpg");
        std::fs::write(&scan, vec![1; 2_000_000]).unwrap();
        let mut packet = packet();
        packet.items.push(Item::file("其他/扫描件.jpg", &scan));
        let target = folder.path().join("packet.zip");
        let meddle = &mut |_, _| {
            std::fs::File::options().write(true).open(&scan).unwrap().set_len(length).unwrap();
        };
        let told = bag::write(&packet, &target, meddle).unwrap_err();
        assert_eq!(told.code, "source-changed");
        assert!(!target.exists());
    }
}

/// What somebody may get wrong between composing the records and writing them.
#[test]
fn contents_that_contradict_each_other_are_found() {
    type Change = fn(&mut Packet);
    type Edit = fn(String) -> String;
    let text = |change: fn(String) -> String| {
        move |bytes: Vec<u8>| change(String::from_utf8(bytes).unwrap()).into_bytes()
    };
    let cases: &[(&str, Change)] = &[
        ("Z5", |packet| {
            replace(packet, "01 选举结果公告.pdf", |_| b"%PDF-1.7 other".to_vec())
        }),
        ("Z6", |packet| packet.items.push(Item::bytes("电子档案/2026/Y/多余.pdf", ""))),
        ("Z7", |packet| packet.items.retain(|item| item.path != "归档文件目录.xlsx")),
        ("W1", |packet| replace(packet, "目录.csv", |bytes| bytes[..bytes.len() - 90].to_vec())),
        ("K1", |packet| replace(packet, "文件目录.XML", |_| b"<!DOCTYPE x>".to_vec())),
        ("A2", |packet| packet.items.push(Item::bytes("草稿.docx", "x"))),
        ("A4", |packet| packet.items.push(Item::bytes("其他/a.txt", b"\x7fELF".to_vec()))),
        ("A4", |packet| packet.items.push(Item::bytes("其他/run.BAT", "del"))),
        ("A4", |packet| packet.items.push(Item::bytes("其他/名册.xlsm", "x"))),
        ("A1", |packet| {
            packet.items.push(Item::bytes("a.pdf", "%PDF-1.7 pdfaid:part /JavaScript "))
        }),
        ("K5", |packet| packet.items.push(Item::bytes("其他/a.zip", b"PK\x03\x04".to_vec()))),
        ("A3", |packet| packet.items.push(Item::bytes("其他/11010519491231002X.pdf", "x"))),
        ("A3", |packet| packet.items.push(Item::bytes("公示.csv", "张三,13800138000"))),
    ];
    for (id, change) in cases {
        let mut packet = packet();
        change(&mut packet);
        expect(id, &packet);
    }
    let edits: [(&str, &str, Edit); 6] = [
        ("Z2", "Y/0001 选举结果公告/0001.xml", |xml| xml.replace("20260517", "20261399")),
        ("Z3", "Y/0001 选举结果公告/0001.xml", |xml| xml.replace("-Y-0001<", "-D30-0001<")),
        ("W1", "Y/0001 选举结果公告/0001.xml", |xml| xml.replace("<题名>选举", "<题名>改选")),
        ("W2", "Y/0001 选举结果公告/0001.xml", |xml| {
            xml.replace("示例社区居民选举委员会", "")
        }),
        ("W3", "Y/0001 选举结果公告/0001.xml", |xml| xml.replace("0001<", "0002<")),
        ("K1", "Y/0001 选举结果公告/0001.xml", |xml| xml.replace("聚合层次", "层次")),
    ];
    for (id, path, edit) in edits {
        let mut packet = packet();
        replace(&mut packet, path, text(edit));
        expect(id, &packet);
    }
}

/// A list that names nothing is not one by which nothing lacks.
#[test]
fn what_lacks_is_told_by_a_list_that_says_so() {
    let told = |list: Option<&str>| {
        let (folder, mut packet) = (tempfile::tempdir().unwrap(), packet());
        packet.items.extend(list.map(|text| Item::bytes("其他/缺件清单.txt", text)));
        verdict(&verify(&write(&packet, &folder)), "W4")
    };
    assert_eq!(told(Some("缺件清单\r\n\r\n应有的材料都有了。\r\n")), Verdict::Pass);
    assert_eq!(told(Some("缺件清单\r\n\r\n□ 委托投票书\r\n")), Verdict::Warning);
    assert_eq!(told(Some("")), Verdict::Warning);
    assert_eq!(told(None), Verdict::NotApplicable);
}

fn expect(id: &str, packet: &Packet) {
    let folder = tempfile::tempdir().unwrap();
    let report = verify(&write(packet, &folder));
    assert!(verdict(&report, id) >= Verdict::Warning, "{id} was not found:\n{report}");
}

#[test]
fn a_report_never_tells_what_it_found() {
    let folder = tempfile::tempdir().unwrap();
    let mut packet = packet();
    packet.items.push(Item::bytes("其他/11010519491231002X.pdf", "x"));
    let report = verify(&write(&packet, &folder));
    assert!(!report.passed());
    assert!(
        !report.to_string().contains("19491231")
            && !report.to_json().to_string().contains("19491231")
    );
}

prop_compose! {
    /// A name that every system stores.
    fn legal_name()(name in "[a-z0-9 选举é·（）%~.-]{1,12}", end in "[a-z档]") -> String {
        // No n: nul is a name that Windows keeps for itself.
        format!("m{name}{end}")
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..Default::default() })]

    #[test]
    fn whatever_is_put_in_comes_out(
        files in prop::collection::btree_map(
            prop::collection::vec(legal_name(), 1..4),
            prop::collection::vec(any::<u8>(), 0..2000),
            0..8,
        ),
        sm3: bool,
    ) {
        let files: BTreeMap<String, Vec<u8>> =
            files.into_iter().map(|(parts, bytes)| (parts.join("/"), bytes)).collect();
        let collide = bag::names::collisions(files.keys().map(String::as_str));
        prop_assume!(collide.is_empty());
        let items = files.iter().map(|(path, bytes)| Item::new(path, Content::Bytes(bytes.clone())));
        let packet = Packet { name: "bag".into(), items: items.collect(), sm3, ..empty() };
        let folder = tempfile::tempdir().unwrap();
        let target = write(&packet, &folder);
        let report = archive::verify(&target, Depth::Bag, &bag::Options::default(), &|_, _| ());
        prop_assert!(files.is_empty() || report.as_ref().unwrap().passed(), "{}", report.unwrap());
        unpack(&target, folder.path());
        for (path, bytes) in &files {
            prop_assert_eq!(&std::fs::read(folder.path().join("bag/data").join(path)).unwrap(), bytes);
        }
    }
}
