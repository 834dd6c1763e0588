//! Rolls: the file as it is, and the parts of a workbook behind their zip.

use std::io::Cursor;
use std::path::Path;

use zhangbang::diagnostic::Report;
use zhangbang::election::roll::{
    RollFacts, VoterRoll, clean_workbook, judge, namesakes, questions, read_from, tell_changes,
};
use zhangbang::files;
use zip::CompressionMethod::Stored;

/// Any bytes: an answer, and an account that adds up.
pub fn file(bytes: &[u8]) {
    if let Some(roll) = read(bytes) {
        let mut report = Report::new();
        judge(&roll, &RollFacts::default(), &mut report);
        let _ = (namesakes(&roll), questions(&roll, &report), report.to_string());
        // To write a workbook takes as long as to read a hundred.
        if bytes.first().is_some_and(|byte| byte % 64 == 0) {
            let _ = clean_workbook(&roll, &report).expect("what was read can be written");
        }
    }
}

fn read(bytes: &[u8]) -> Option<VoterRoll> {
    let mut report = Report::new();
    let roll = read_from(Cursor::new(bytes), Path::new("voters"), &mut report);
    for sheet in roll.iter().flat_map(VoterRoll::sheets) {
        let told: u32 = sheet.account.kinds().iter().map(|(_, count, _)| count).sum();
        assert_eq!(told, sheet.account.rows());
    }
    let _ = report.to_string();
    roll
}

const RELATIONS: &str =
    r#"<Relationships><Relationship Id="a" Type="x/worksheet" Target="s.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook><sheets><sheet name="s" r:id="a"/></sheets></workbook>"#;
const SHEET: &str = concat!(
    r#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c>"#,
    r#"<c r="B1" t="inlineStr"><is><t>出生日期</t></is></c></row><row r="2"><c r="A2" t="s"><v>0</v></c>"#,
    r#"<c r="B2" s="1"><v>30000</v></c></row></sheetData></worksheet>"#
);
const STRINGS: &str = "<sst><si><t>甲一</t></si></sst>";

/// A sound workbook with any text as one of its parts.
pub fn xlsx(bytes: &[u8]) {
    let Some((chosen, text)) = crate::choice(bytes) else { return };
    let mut parts = [
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/workbook.xml", BOOK),
        ("xl/sharedStrings.xml", STRINGS),
        ("xl/styles.xml", "<styleSheet/>"),
        ("xl/s.xml", SHEET),
        ("xl/_rels/s.xml.rels", "<Relationships/>"),
    ];
    parts[chosen % 6].1 = text;
    read(&files::zipped(parts, Stored).expect("memory"));
    if chosen >= 128 {
        // A page, and the one file of XML that Excel 2003 wrote.
        read(format!("<table>{text}").as_bytes());
        read(
            format!("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>{text}")
                .as_bytes(),
        );
    }
}

/// The same as LibreOffice writes them.
pub fn ods(bytes: &[u8]) {
    const TYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";
    const MANIFEST: &str = "<manifest:manifest/>";
    let Some((chosen, text)) = crate::choice(bytes) else { return };
    let (content, manifest) = if chosen % 8 == 0 { ("", text) } else { (text, MANIFEST) };
    let parts = [("mimetype", TYPE), ("META-INF/manifest.xml", manifest), ("content.xml", content)];
    read(&files::zipped(parts, Stored).expect("memory"));
}

/// The same in the binary form: each part up to the next mark.
pub fn xlsb(bytes: &[u8]) {
    const MARK: &[u8] = b"\xFF\xFF\xFF";
    const RELATIONS: &str = r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.bin"/></Relationships>"#;
    const NAMES: [&str; 4] =
        ["xl/workbook.bin", "xl/worksheets/sheet1.bin", "xl/sharedStrings.bin", "xl/styles.bin"];
    let mut parts = vec![("xl/_rels/workbook.bin.rels", RELATIONS.as_bytes())];
    let mut rest = bytes;
    for name in NAMES {
        let end = rest.windows(MARK.len()).position(|window| window == MARK);
        parts.push((name, &rest[..end.unwrap_or(rest.len())]));
        let Some(end) = end else { break };
        rest = &rest[end + MARK.len()..];
    }
    read(&files::zipped(parts, Stored).expect("memory"));
}

/// Two rolls as texts, one against the other.
pub fn diff(bytes: &[u8]) {
    let Some((old, new)) = crate::halves(bytes) else { return };
    let (Some(old), Some(new)) = (read(old.as_bytes()), read(new.as_bytes())) else { return };
    let found = zhangbang::election::roll::diff(&old, &new);
    found.ask(&old, &new, &mut Report::new());
    let _ = tell_changes(&found, &old, &new);
    assert!(zhangbang::election::roll::diff(&old, &old).is_empty() || old.is_empty());
}
