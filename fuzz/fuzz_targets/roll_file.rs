//! Any bytes as a roll: an answer, no panic, and no ID number in it.
#![no_main]

use std::io::Cursor;
use std::path::Path;

use libfuzzer_sys::fuzz_target;
use zhangbang::diagnostic::Report;
use zhangbang::election::roll::{RollFacts, clean_workbook, judge, namesakes, read_from};

fuzz_target!(|bytes: &[u8]| {
    let mut report = Report::new();
    if let Some(roll) = read_from(Cursor::new(bytes), Path::new("voters.csv"), &mut report) {
        judge(&roll, &RollFacts::default(), &mut report);
        let _ = namesakes(&roll);
        let _ = clean_workbook(&roll);
    }
    let _ = report.to_string();
});
