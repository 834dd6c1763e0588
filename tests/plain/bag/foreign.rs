//! Bags of others: as folder, zip and tar.

use std::path::Path;

use zhangbang::bag::Verdict;

use super::sample::{verdict, verify};

/// The SHA-256 of `hello\n`.
const HELLO: &str = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

fn bag(folder: &Path, manifest: &str) {
    std::fs::create_dir_all(folder.join("data")).unwrap();
    let declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
    std::fs::write(folder.join("bagit.txt"), declaration).unwrap();
    std::fs::write(folder.join("data/hello.txt"), "hello\n").unwrap();
    std::fs::write(folder.join("manifest-sha256.txt"), manifest).unwrap();
}

#[test]
fn a_minimal_bag_is_valid() {
    let folder = tempfile::tempdir().unwrap();
    bag(folder.path(), &format!("{}\tdata/hello.txt\r\n", HELLO.to_uppercase()));
    let report = verify(folder.path());
    assert!(report.passed() && !report.ours, "{report}");
    assert_eq!((report.files, report.bytes), (1, 6));
}

#[test]
fn what_is_missing_added_or_changed_is_told() {
    type Spoil = fn(&Path);
    let cases: &[(&str, Spoil)] = &[
        ("没有列入清单", |bag| std::fs::write(bag.join("data/more"), "").unwrap()),
        ("但包里没有", |bag| std::fs::remove_file(bag.join("data/hello.txt")).unwrap()),
        ("校验值不符", |bag| std::fs::write(bag.join("data/hello.txt"), "hallo\n").unwrap()),
        ("Payload", |bag| std::fs::write(bag.join("bag-info.txt"), "Payload-Oxum: 7.1\n").unwrap()),
        ("须从网络取得", |bag| {
            std::fs::write(bag.join("fetch.txt"), "http://a - data/x\n").unwrap()
        }),
        ("路径含有 ..", |bag| {
            std::fs::write(bag.join("fetch.txt"), "http://a - data/../../x\n").unwrap()
        }),
        ("没有 data", |bag| std::fs::remove_dir_all(bag.join("data")).unwrap()),
        ("没有可以核对的", |bag| {
            std::fs::remove_file(bag.join("manifest-sha256.txt")).unwrap()
        }),
        ("不支持的 BagIt 版本", |bag| {
            std::fs::write(
                bag.join("bagit.txt"),
                "BagIt-Version: 2.0\nTag-File-Character-Encoding: UTF-8\n",
            )
            .unwrap()
        }),
        ("不是所声明的字符编码", |bag| {
            std::fs::write(bag.join("bag-info.txt"), b"A: \xff\n").unwrap()
        }),
    ];
    for (told, spoil) in cases {
        let folder = tempfile::tempdir().unwrap();
        bag(folder.path(), &format!("{HELLO}  data/hello.txt\n"));
        spoil(folder.path());
        let report = verify(folder.path());
        assert!(!report.passed() && report.to_string().contains(told), "{told}:\n{report}");
    }
}

#[test]
fn an_unknown_algorithm_is_told_and_not_trusted() {
    let folder = tempfile::tempdir().unwrap();
    bag(folder.path(), &format!("{HELLO}  data/hello.txt\n"));
    std::fs::write(folder.path().join("manifest-blake3.txt"), "00 data/hello.txt\n").unwrap();
    assert_eq!(verdict(&verify(folder.path()), "B2"), Verdict::Warning);
    std::fs::remove_file(folder.path().join("manifest-sha256.txt")).unwrap();
    assert!(!verify(folder.path()).passed());
}

#[cfg(unix)]
#[test]
fn links_and_devices_are_never_opened() {
    let folder = tempfile::tempdir().unwrap();
    bag(folder.path(), &format!("{HELLO}  data/hello.txt\n"));
    std::os::unix::fs::symlink("/etc/passwd", folder.path().join("data/link")).unwrap();
    assert_eq!(verdict(&verify(folder.path()), "B5"), Verdict::Fail);
}

#[test]
fn a_bag_in_a_tar_file_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bag.tar");
    let files = [
        ("bag/bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".to_owned()),
        ("bag/data/hello.txt", "hello\n".to_owned()),
        ("bag/manifest-sha256.txt", format!("{HELLO}  data/hello.txt\n")),
    ];
    let mut tape = Vec::new();
    for (name, content) in &files {
        tape.extend(tar_entry(name, b'0', content.as_bytes()));
    }
    let end = [0; 1024];
    std::fs::write(&path, [&tape[..], &end].concat()).unwrap();
    let report = verify(&path);
    assert!(report.passed() && report.form == "tar", "{report}");

    let refused = |extra: Vec<u8>, id| {
        std::fs::write(&path, [&tape[..], &extra, &end].concat()).unwrap();
        assert_eq!(verdict(&verify(&path), id), Verdict::Fail);
    };
    refused(tar_entry("../evil", b'0', b"x"), "B5");
    refused(tar_entry("bag/data/link", b'2', b""), "B5");
    refused(tar_entry("bag/data/device", b'3', b""), "B5");
    refused(tar_entry("bag/bagit.txt", b'0', b"x"), "B6");
    refused(tar_entry("bag/data/Hello.txt", b'0', b"x"), "B6");
    refused(tar_entry("other/x", b'0', b"x"), "B7");
    std::fs::write(&path, [&tape[..], &end, &tape].concat()).unwrap();
    assert_eq!(verdict(&verify(&path), "B7"), Verdict::Fail);
    std::fs::write(&path, &tape[..tape.len() - 600]).unwrap();
    assert_eq!(verdict(&verify(&path), "B7"), Verdict::Fail);
}

fn tar_entry(name: &str, kind: u8, content: &[u8]) -> Vec<u8> {
    let mut header = [0; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    let size = format!("{:011o}", content.len());
    header[124..135].copy_from_slice(size.as_bytes());
    header[148..156].fill(b' ');
    header[156] = kind;
    header[257..263].copy_from_slice(b"ustar\0");
    let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
    header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    let mut entry = header.to_vec();
    entry.extend(content);
    entry.resize(entry.len().div_ceil(512) * 512, 0);
    entry
}
