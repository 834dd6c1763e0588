use std::io::Cursor;

use super::*;

fn read_bytes(bytes: &[u8]) -> (Option<VoterRoll>, Report) {
    let mut report = Report::new();
    let roll = read_from(Cursor::new(bytes), Path::new("voters.csv"), &mut report);
    (roll, report)
}

fn codes(report: &Report) -> Vec<&'static str> {
    report.iter().map(|finding| finding.code).collect()
}

/// The roll of a text that must be read without a word.
fn read_clean(text: &str) -> VoterRoll {
    let (roll, report) = read_bytes(text.as_bytes());
    assert_eq!(codes(&report), [""; 0], "{report}");
    roll.expect("a roll")
}

fn names(roll: &VoterRoll) -> Vec<&str> {
    roll.voters.iter().map(|voter| voter.name.as_str()).collect()
}

fn groups(roll: &VoterRoll) -> Vec<&str> {
    roll.voters.iter().map(|voter| roll.group_of(voter).unwrap_or("")).collect()
}

const PLAIN: &str =
    "姓名,性别,出生日期,小组\r\n张三,男,1987-03-05,第一组\r\n李四,女,1990-01-02,第二组\r\n";

#[test]
fn reads_a_plain_table() {
    let roll = read_clean(PLAIN);
    assert_eq!(names(&roll), ["张三", "李四"]);
    assert_eq!(groups(&roll), ["第一组", "第二组"]);
    assert_eq!(roll.voters[1].sex, Some(Sex::Female));
    assert_eq!(roll.voters[1].birth.unwrap().to_string(), "1990-01-02");
    assert_eq!(roll.voters[1].row.row, 3);
}

#[test]
fn reads_every_encoding() {
    let utf16 = |bytes: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
        format!("{mark}{PLAIN}").encode_utf16().flat_map(bytes).collect()
    };
    let encoded = [
        (format!("\u{feff}{PLAIN}").into_bytes(), Encoding::Utf8),
        (encoding_rs::GB18030.encode(PLAIN).0.into_owned(), Encoding::Gb18030),
        (utf16(u16::to_le_bytes, "\u{feff}"), Encoding::Utf16Le),
        (utf16(u16::to_be_bytes, "\u{feff}"), Encoding::Utf16Be),
        (utf16(u16::to_le_bytes, ""), Encoding::Utf16Le),
        (utf16(u16::to_be_bytes, ""), Encoding::Utf16Be),
    ];
    for (bytes, encoding) in encoded {
        let (roll, report) = read_bytes(&bytes);
        let roll = roll.unwrap_or_else(|| panic!("{encoding}: {report}"));
        assert_eq!(names(&roll), ["张三", "李四"], "{encoding}");
        assert_eq!(roll.encoding, Some(encoding));
        assert!(!report.has_errors());
        assert_eq!(report.is_empty(), encoding == Encoding::Utf8);
    }
}

#[test]
fn refuses_garbled_bytes_with_their_row() {
    let mut broken = PLAIN.as_bytes().to_vec();
    let at = PLAIN.find("李").unwrap();
    broken[at] = 0xFF;
    let (roll, report) = read_bytes(&broken);
    assert!(roll.is_none());
    assert!(report.to_string().contains("第 3 行"), "{report}");

    let mut broken = encoding_rs::GB18030.encode(PLAIN).0.into_owned();
    let end = broken.len();
    broken[end - 5] = 0xFF;
    let (roll, report) = read_bytes(&broken);
    assert!(roll.is_none());
    assert!(report.to_string().contains("第 3 行"), "{report}");
}

#[test]
fn finds_the_separator() {
    for separator in [",", "\t", ";", "，", "|"] {
        let roll = read_clean(&PLAIN.replace(',', separator));
        assert_eq!(groups(&roll), ["第一组", "第二组"], "{separator:?}");
    }
}

#[test]
fn finds_headings_below_titles_and_above_units() {
    let text = "奇美社区选民名册,,,,\n填表日期：2017年4月,,,,\n序号,姓 名,出生日期,,\n,,年,月,日\n1,张三,1987,3,5\n2,李四,1990,11,\n";
    let roll = read_clean(text);
    let births: Vec<String> =
        roll.voters.iter().map(|voter| voter.birth.unwrap().to_string()).collect();
    assert_eq!(births, ["1987-03-05", "1990-11"]);
}

#[test]
fn counts_rows_as_spreadsheets_do() {
    let text = "姓名,备注\n\n张三,\"一\n二\"\n\n李四,\n";
    let (roll, _) = read_bytes(text.as_bytes());
    let rows: Vec<u32> = roll.unwrap().voters.iter().map(|voter| voter.row.row).collect();
    assert_eq!(rows, [3, 5]);
}

#[test]
fn reads_quotation_marks() {
    let roll = read_clean("姓名,小组\n\"张\"\"三\",\"一,组\"\n李\"四,二组\n");
    assert_eq!(names(&roll), ["张\"三", "李\"四"]);
    assert_eq!(groups(&roll), ["一,组", "二组"]);
    let (roll, report) = read_bytes("姓名,小组\n张三,一组\n\"李四,二组\n王五,一组\n".as_bytes());
    assert!(roll.is_none());
    assert!(report.to_string().contains("第 3 行的英文双引号没有成对"), "{report}");
}

#[test]
fn leaves_out_what_is_no_voter() {
    let text = "序号,姓名,性别,小组\n1,张三,男,一组\n,小计,1,\n序号,姓名,性别,小组\n2,李四,女,二组\n3,,,\n,合 计,共2人,\n填表人：王五,,,\n";
    let (roll, report) = read_bytes(text.as_bytes());
    assert_eq!(names(&roll.unwrap()), ["张三", "李四"]);
    assert_eq!(codes(&report), ["roll-rows-left-out"]);
    let text = report.to_string();
    assert!(text.contains("合计 2 行（第 3、7 行），重复的表头 1 行（第 4 行），没有姓名的说明文字 1 行（第 8 行）"), "{text}");
}

#[test]
fn carries_groups_down() {
    let roll = read_clean("姓名,小组\n张三,一组\n李四,\n王五,\n赵六,二组\n钱七,\n");
    assert_eq!(groups(&roll), ["一组", "一组", "一组", "二组", "二组"]);
    let roll = read_clean("姓名,性别\n第一组,\n张三,男\n第二组,\n李四,女\n");
    assert_eq!(groups(&roll), ["第一组", "第二组"]);
    let (roll, report) =
        read_bytes("姓名,小组\n张三,一组\n李四,一组\n王五,\n赵六,二组\n".as_bytes());
    assert_eq!(groups(&roll.unwrap())[2], "一组");
    assert_eq!(codes(&report), ["roll-group-blank"]);
}

#[test]
fn says_what_cannot_be_read_in_a_cell() {
    let text = "姓名,性别,出生日期,身份证号\n张三,难,1987-02-30,4.40106E+17\n李四,,不知,1101051949\n,男,,\n";
    let (_, report) = read_bytes(text.as_bytes());
    assert_eq!(
        codes(&report),
        [
            "roll-id-as-number",
            "roll-sex",
            "roll-birth",
            "roll-birth",
            "roll-id-length",
            "roll-name-blank"
        ]
    );
    let text = report.to_string();
    assert!(text.contains("voters.csv，第 2 行，D（身份证号） 列"), "{text}");
}

#[test]
fn takes_sex_and_birth_from_the_id_number_if_the_roll_is_silent() {
    let roll = read_clean("姓名,身份证号\n张三,11010519491231002X\n");
    assert_eq!(roll.voters[0].sex, Some(Sex::Female));
    assert_eq!(roll.voters[0].birth.unwrap().to_string(), "1949-12-31");
    assert!(!format!("{roll:?}").contains("1101051949"));
}

#[test]
fn says_what_is_no_roll() {
    for (bytes, message) in [
        (&b""[..], "空文件"),
        (b"MZ\x90\x00\x03\x00", "Windows 程序"),
        (b"%PDF-1.7", "PDF"),
        (b"<html><table>", "网页"),
        ("性别,小组\n男,一组\n".as_bytes(), "找不到“姓名”这一列"),
        ("姓名,小组\n".as_bytes(), "没有选民"),
        (b"\x00\x00\x01\x02\x00\x00\x00\x01", "不是表格"),
    ] {
        let (roll, report) = read_bytes(bytes);
        assert!(roll.is_none());
        assert!(report.has_errors() && report.to_string().contains(message), "{message}: {report}");
    }
    let mut report = Report::new();
    assert!(read(Path::new("/no/such/voters.csv"), &mut report).is_none());
    assert!(read(&std::env::temp_dir(), &mut report).is_none());
    let text = report.to_string();
    assert!(text.contains("找不到选民名册") && text.contains("这里却是文件夹"), "{text}");
}

#[test]
fn lists_the_first_findings_of_a_kind_and_counts_the_rest() {
    let rows: String = (0..50).map(|n| format!("张{n},难\n")).collect();
    let (_, report) = read_bytes(format!("姓名,性别\n{rows}").as_bytes());
    assert_eq!(report.count(crate::diagnostic::Severity::Error), 21);
    assert!(report.to_string().contains("同类问题另有 30 处"));
}
