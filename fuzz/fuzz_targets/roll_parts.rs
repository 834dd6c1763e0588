//! A sound workbook around any sheet, and any text as a page: an answer, no
//! panic, and an account that adds up.
#![no_main]

use std::io::{Cursor, Write as _};
use std::path::Path;

use libfuzzer_sys::fuzz_target;
use zhangbang::diagnostic::Report;
use zhangbang::election::roll::{VoterRoll, read_from};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const RELATIONS: &str =
    r#"<Relationships><Relationship Id="a" Type="x/worksheet" Target="s.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook><sheets><sheet name="s" r:id="a"/></sheets></workbook>"#;

fuzz_target!(|text: &str| {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/workbook.xml", BOOK),
        ("xl/sharedStrings.xml", text),
        ("xl/styles.xml", text),
        ("xl/s.xml", text),
    ];
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(content.as_bytes()).expect("memory");
    }
    let book = zip.finish().expect("a workbook").into_inner();
    for bytes in [book, format!("<table>{text}").into_bytes()] {
        let mut report = Report::new();
        let roll = read_from(Cursor::new(bytes), Path::new("voters"), &mut report);
        for sheet in roll.iter().flat_map(VoterRoll::sheets) {
            let told: u32 = sheet.account.kinds().iter().map(|(_, count, _)| count).sum();
            assert_eq!(told, sheet.account.rows());
        }
        let _ = report.to_string();
    }
});
