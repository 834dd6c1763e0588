//! A sound zip with any text as its tag files: the parsers of `bagit.txt`,
//! `bag-info.txt`, `fetch.txt` and the manifests.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use zhangbang::archive::{Depth, verify};
use zhangbang::bag::Options;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TAG_FILES: [&str; 6] = [
    "bagit.txt",
    "bag-info.txt",
    "fetch.txt",
    "manifest-md5.txt",
    "manifest-sha256.txt",
    "tagmanifest-sha512.txt",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((&choice, text)) = bytes.split_first() else { return };
    let chosen = TAG_FILES[usize::from(choice) % TAG_FILES.len()];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, content: &[u8]| {
        zip.start_file(format!("bag/{name}"), SimpleFileOptions::default()).expect("a new name");
        zip.write_all(content).expect("memory");
    };
    if chosen != "bagit.txt" {
        add("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    }
    add(chosen, text);
    add("data/a", b"a");
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(zip.finish().expect("memory").get_ref()).expect("room for it");
    let options = Options { threads: Some(1), ..Options::default() };
    let _ = verify(file.path(), Depth::Contents, &options, &|_, _| ()).expect("the machine is sound").to_string();
});
