//! The archive packet as others see it: Python's zipfile and the Library of
//! Congress's bagit.py, and our own `verify` on packets that were tampered with.

use std::ffi::OsStr;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use crate::support::{Run, build, example, files, judge, judged, python, run_in};

fn pack(election: &Path, packet: &Path) {
    let words: [&OsStr; 4] = ["pack".as_ref(), election.as_ref(), "-o".as_ref(), packet.as_ref()];
    let run = run_in(Path::new("."), &words);
    assert_eq!(run.code, 0, "{run}");
}

fn verify(packet: &Path) -> Run {
    run_in(Path::new("."), &["verify".as_ref(), packet.as_os_str()])
}

#[test]
fn two_builds_and_two_packets_have_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for name in ["qimei-2017", "shiping-2026"] {
        build(&example(name), &at("one"));
        build(&example(name), &at("two"));
        assert_eq!(files(&at("one")), files(&at("two")));
        for file in files(&at("one")) {
            let same = std::fs::read(at("one").join(&file)).unwrap()
                == std::fs::read(at("two").join(&file)).unwrap();
            assert!(same, "{name}: {file}");
        }
        pack(&example(name), &at("one.zip"));
        pack(&example(name), &at("two.zip"));
        assert!(
            std::fs::read(at("one.zip")).unwrap() == std::fs::read(at("two.zip")).unwrap(),
            "{name}"
        );
        for made in ["one", "two"] {
            std::fs::remove_dir_all(at(made)).unwrap();
        }
    }
}

#[test]
fn bagit_py_accepts_the_packet_and_the_documents_are_those_of_build() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["qimei-2017", "shiping-2026", "anhe-2026"] {
        let packet = folder.path().join("packet.zip");
        pack(&example(name), &packet);
        let python = python();
        judge(
            &python,
            &[
                "-m".as_ref(),
                "zipfile".as_ref(),
                "-e".as_ref(),
                packet.as_os_str(),
                folder.path().as_os_str(),
            ],
        );
        let bag = folder.path().join(name);
        judge(&python, &["-m".as_ref(), "bagit".as_ref(), "--validate".as_ref(), bag.as_os_str()]);

        let packed = files(&bag);
        let pdfs = packed.iter().filter(|path| path.contains("电子档案") && path.ends_with(".pdf"));
        let bytes: Vec<Vec<u8>> = pdfs.map(|path| std::fs::read(bag.join(path)).unwrap()).collect();
        let built = folder.path().join("built");
        build(&example(name), &built);
        let missing: Vec<String> = files(&built)
            .into_iter()
            .filter(|path| !handouts().iter().any(|name| path.contains(name)))
            .filter(|path| !bytes.contains(&std::fs::read(built.join(path)).unwrap()))
            .collect();
        assert!(missing.is_empty() && bytes.len() >= 7, "{name}: {missing:?} of {packed:#?}");
        std::fs::remove_dir_all(&built).unwrap();

        // All that the documents were made from is in the packet.
        let words = ["verify".as_ref(), packet.as_os_str(), "--rebuild".as_ref()];
        let run = run_in(Path::new("."), &words);
        assert!(run.code == 0 && run.stdout.contains("[通过] Z8"), "{name}: {run}");
        let run = verify(&bag);
        assert_eq!(run.code, 0, "unpacked: {run}");
    }
}

/// What is handed out or filled in by hand is no record until it is scanned.
fn handouts() -> Vec<String> {
    let kit = zhangbang::make::Kit::built_in();
    let handouts = kit.wordings.documents().filter(|front| front.handout);
    handouts.map(|front| format!("/{}.", front.name)).collect()
}

/// A zip's entries, changed, and written again.
fn rewritten(packet: &Path, change: impl Fn(&mut Vec<(String, Vec<u8>)>)) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(packet).unwrap()).unwrap();
    let mut entries: Vec<(String, Vec<u8>)> = Vec::new();
    for n in 0..archive.len() {
        let mut entry = archive.by_index(n).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        entries.push((entry.name().unwrap().into_owned(), bytes));
    }
    change(&mut entries);
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn verify_finds_what_was_changed_taken_away_added_or_renamed() {
    let folder = tempfile::tempdir().unwrap();
    let packet = folder.path().join("packet.zip");
    pack(&example("shiping-2026"), &packet);
    let is_notice = |name: &str| name.ends_with("选举结果公告.pdf");
    type Change<'a> = &'a dyn Fn(&mut Vec<(String, Vec<u8>)>);
    let nothing: Change = &|_| ();
    let flip: Change = &|entries| {
        let (_, bytes) = entries.iter_mut().find(|(name, _)| is_notice(name)).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
    };
    let take: Change = &|entries| entries.retain(|(name, _)| !is_notice(name));
    let add: Change = &|entries| entries.push(("shiping-2026/data/多余.txt".into(), b"x".to_vec()));
    let rename: Change = &|entries| {
        let (name, _) = entries.iter_mut().find(|(name, _)| is_notice(name)).unwrap();
        *name = name.replace("选举结果公告.pdf", "选举结果公示.pdf");
    };
    let cases = [
        ("flip", flip, "选举结果公告"),
        ("take", take, "选举结果公告"),
        ("add", add, "多余.txt"),
        ("rename", rename, "选举结果公示"),
    ];
    let changed = folder.path().join("changed.zip");
    // Packed anew by other software the bag is still whole: what follows is
    // found for what was changed, not for having been packed anew.
    std::fs::write(&changed, rewritten(&packet, nothing)).unwrap();
    let run = verify(&changed);
    assert!(run.stdout.contains("[通过] B2") && run.stdout.contains("[通过] B3"), "{run}");
    for (what, change, told) in cases {
        std::fs::write(&changed, rewritten(&packet, change)).unwrap();
        let run = verify(&changed);
        assert!(
            run.code == 1 && run.stdout.contains("不通过") && run.stdout.contains(told),
            "{what}: {run}"
        );
    }
    // A byte of the zip itself, anywhere: in a name, a size or the data.
    let bytes = std::fs::read(&packet).unwrap();
    for at in (0..bytes.len()).step_by(bytes.len() / 12) {
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x10;
        std::fs::write(&changed, &bytes).unwrap();
        let run = verify(&changed);
        assert_eq!(run.code, 1, "byte {at}: {run}");
    }
}

#[test]
fn a_packet_that_cannot_be_written_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("in-the-way"), "").unwrap();
    let packet = folder.path().join("in-the-way/packet.zip");
    let election = example("shiping-2026");
    let words: [&OsStr; 4] = ["pack".as_ref(), election.as_ref(), "-o".as_ref(), packet.as_ref()];
    let run = run_in(Path::new("."), &words);
    assert_eq!(run.code, 3, "{run}");
    assert_eq!(files(folder.path()), ["in-the-way"]);
    // Python's own reader agrees that there is no packet.
    assert!(
        !judged(&python(), &["-m".as_ref(), "zipfile".as_ref(), "-t".as_ref(), packet.as_os_str()])
            .status
            .success()
    );
}
