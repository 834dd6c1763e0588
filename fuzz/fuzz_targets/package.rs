//! Any bytes, given as a package: a verdict, never a panic.
#![no_main]

use std::io::Write;

use libfuzzer_sys::fuzz_target;
use zhangbang::archive::{Depth, verify};
use zhangbang::bag::{Limits, Options};

fuzz_target!(|bytes: &[u8]| {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(bytes).expect("room for it");
    // Small limits: what a bomb costs is the tests' business.
    let limits = Limits { entries: 1000, unpacked: 1 << 20, text: 1 << 20, ..Limits::default() };
    let options = Options { threads: Some(1), limits, ..Options::default() };
    let report = verify(file.path(), Depth::Contents, &options, &|_, _| ()).expect("the machine is sound");
    let _ = (report.to_string(), report.to_json());
});
