use std::io::Cursor;

use super::*;

pub(super) fn read_bytes(bytes: &[u8]) -> (Option<VoterRoll>, Report) {
    let mut report = Report::new();
    let roll = read_from(Cursor::new(bytes), Path::new("voters.csv"), &mut report);
    (roll, report)
}

fn codes(report: &Report) -> Vec<&'static str> {
    report.iter().map(|finding| finding.code).collect()
}

/// The roll of a text that must be read without a word.
pub(super) fn read_clean(text: &str) -> VoterRoll {
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
    let roll = read_clean(text);
    assert_eq!(names(&roll), ["张三", "李四"]);
    let kinds: Vec<_> = (1..=8).filter_map(|row| roll.sheets()[0].account.kind(row)).collect();
    use RowKind::{Empty, Heading, Remark, Total, Voter};
    assert_eq!(kinds, [Heading, Voter, Total, Heading, Voter, Empty, Total, Remark]);
    assert_eq!(roll.sheets()[0].account.rows(), 8);
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
        (b"<html><table>", "找不到“姓名”这一列"),
        ("性别,小组\n男,一组\n".as_bytes(), "找不到“姓名”这一列"),
        (b"\x00\x00\x01\x02\x00\x00\x00\x01", "不是表格"),
    ] {
        let (roll, report) = read_bytes(bytes);
        assert!(roll.is_none());
        assert!(report.has_errors() && report.to_string().contains(message), "{message}: {report}");
    }
    // Not yet filled in: nothing to read, but nothing wrong either.
    let (roll, report) = read_bytes("姓名,小组\n".as_bytes());
    assert!(
        roll.is_none() && !report.has_errors() && report.to_string().contains("没有选民"),
        "{report}"
    );
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

fn declared(groups: &[(&str, Option<usize>)], total: Option<usize>) -> RollFacts {
    let declared = |count: usize| Declared { count, place: None };
    RollFacts {
        election_day: Some(jiff::civil::date(2017, 5, 14)),
        groups: groups
            .iter()
            .map(|(name, count)| DeclaredGroup {
                name: (*name).into(),
                voters: count.map(declared),
            })
            .collect(),
        total: total.map(declared),
        is_day_assumed: false,
        community: None,
        people: None,
        township: None,
        term: None,
        voting_age: Some(VotingAge { years: 18, basis: "某法第八条".into() }),
    }
}

/// Judges rows under the usual headings; the findings as `code@row column`.
fn judged(rows: &str, facts: &RollFacts) -> Vec<String> {
    let roll = read_clean(&format!("姓名,性别,出生日期,身份证号,小组\n{rows}"));
    let mut report = Report::new();
    judge(&roll, facts, &mut report);
    let place = |place: &Option<Place>| match place {
        Some(Place::Cell(cell)) => {
            format!("@{}{}", cell.row, cell.column.as_deref().map_or("", |column| &column[..1]))
        }
        _ => String::new(),
    };
    report.iter().map(|finding| format!("{}{}", finding.code, place(&finding.place))).collect()
}

#[test]
fn finds_nothing_in_a_sound_roll() {
    let facts = declared(&[("第一组", Some(2)), ("第二组", Some(1))], Some(3));
    let rows = "张三,男,1987-03-05,,第一组\n张三,女,1987-03-06,,第一组\n李四,女,1949-12-31,11010519491231002X,第 二 组\n";
    assert_eq!(judged(rows, &facts), [""; 0]);
}

#[test]
fn asks_for_a_group_without_anybody_and_for_two_rows_run_together() {
    let facts = declared(&[("第一组", None), ("第二组", None)], None);
    let rows = "张三,男,1987-03-05,,第一组\n";
    assert_eq!(judged(rows, &facts), ["roll-group-empty"]);
    let rows = "张三,男,1987-03-05,,第二组\n李四,女,1988-03-05,,\"第一组\r王五\"\n";
    assert!(judged(rows, &facts).contains(&"roll-group-control@3E".to_owned()));
}

#[test]
fn asks_about_doors_for_groups() {
    let text = "姓名,楼栋\n张三,1-1\n李四,1-2\n王五,1-3\n赵六,2-1\n钱七,2-2\n孙八,2-3\n";
    let (_, report) = read_bytes(text.as_bytes());
    assert!(codes(&report).contains(&"roll-group-odd"), "{report}");
}

#[test]
fn asks_what_is_no_group_beside_numbered_ones() {
    let judged = |group: &str| {
        let rows =
            ["一组", "一组", "二组", "二组", group].map(|group| format!("张三,,,,{group}\n"));
        let found = judged(&rows.concat(), &RollFacts::default());
        found.into_iter().filter(|one| one.starts_with("roll-group")).collect::<Vec<_>>()
    };
    for odd in ["外村", "其他", "0", "2026-1-2", "一祖", "王大明"] {
        assert_eq!(judged(odd), ["roll-group-odd@6E"], "{odd}");
    }
    for sound in ["三组", "新村", "石桥", "机关", "3号楼", "东湾自然村", "三队"] {
        assert_eq!(judged(sound), [""; 0], "{sound}");
    }
}

#[test]
fn asks_about_a_group_of_one_among_large_ones() {
    let rows = |groups: &[(&str, usize)]| {
        let row = |(group, count): &(&str, usize)| {
            (0..*count)
                .map(|n| format!("张{}{group},,,,{group}\n", ["大", "二", "小", "永", "建"][n]))
                .collect::<String>()
        };
        judged(&groups.iter().map(row).collect::<String>(), &RollFacts::default())
            .into_iter()
            .filter(|one| one.starts_with("roll-group"))
            .collect::<Vec<_>>()
    };
    assert_eq!(rows(&[("一组", 5), ("二组", 5), ("十三组", 1)]), ["roll-group-odd@12E"]);
    assert_eq!(rows(&[("一组", 5), ("二组", 5), ("三组（原二组）", 1)]), ["roll-group-odd@12E"]);
    assert_eq!(rows(&[("一组", 5), ("二组", 4), ("三组", 1)]), [""; 0]);
    assert_eq!(rows(&[("一组", 5), ("三组", 1)]), ["roll-group-gap"]);
}

#[test]
fn asks_who_is_of_another_group_than_the_rows_around_or_the_family() {
    let around = |groups: &[&str]| {
        let row = |(n, group): (usize, &&str)| format!("张{n}甲,,,,{group}\n");
        let rows: String = groups.iter().enumerate().map(row).collect();
        let rows = rows.replace(|c: char| c.is_ascii_digit(), "");
        judged(&rows, &RollFacts::default())
            .into_iter()
            .filter(|one| one.starts_with("roll-group-astray"))
            .collect::<Vec<_>>()
    };
    let astray = "roll-group-astray@4E";
    assert_eq!(around(&["一组", "一组", "二组", "一组", "一组", "二组"]), [astray]);
    // In no order of groups.
    assert_eq!(around(&["二组", "一组", "一组", "二组", "一组", "一组", "二组"]), [""; 0]);
    assert_eq!(around(&["一组", "一组", "二组", "二组"]), [""; 0]);
    let families = "户号,姓名,小组\n1,张大,一组\n1,张二,一组\n2,李大,一组\n2,李二,二组\n3,王大,二组\n3,王二,二组\n";
    let (roll, mut report) = read_bytes(families.as_bytes());
    judge(&roll.unwrap(), &RollFacts::default(), &mut report);
    assert_eq!(codes(&report), ["roll-group-astray"], "{report}");
}

#[test]
fn asks_about_cards_of_two_and_about_one_who_has_none() {
    let rows = |numbers: [&str; 12]| {
        let rows: String = numbers
            .iter()
            .zip("赵钱孙李周吴郑王冯陈褚卫".chars())
            .map(|(number, name)| format!("{number},{name}大明,女\n"))
            .collect();
        read_bytes(format!("选民证号,姓名,性别\n{rows}").as_bytes()).1.to_string()
    };
    let all = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];
    assert_eq!(rows(all), "");
    let mut twice = all;
    twice[6] = "3";
    let told = rows(twice);
    assert!(told.contains("选民证号与第 4 行的相同") && told.contains("第 8 行，A"), "{told}");
    let mut none = all;
    none[6] = "";
    assert!(rows(none).contains("没有选民证号"));
    // Nobody has one yet, or each group begins anew.
    assert_eq!(rows([""; 12]), "");
    assert_eq!(rows(["1", "2", "3", "1", "2", "3", "1", "2", "3", "1", "2", "3"]), "");
}

#[test]
fn a_person_in_one_cell_is_no_voter_and_asked_about() {
    for line in
        ["薛光明 男 110105194912310021 一组", "13. 薛光明 男 1组", "薛光明,11010519491231002X"]
    {
        let text = format!("姓名,性别,小组\n张三,男,一组\n\"{line}\"\n李四,女,一组\n");
        let (roll, report) = read_bytes(text.as_bytes());
        assert_eq!(roll.unwrap().len(), 2, "{line}");
        assert_eq!(codes(&report), ["roll-row-unclear"], "{line}: {report}");
    }
    let last = "序号,姓名,性别\n1,张三,男\n2,李四,女\n薛光明,,\n";
    let (_, report) = read_bytes(last.as_bytes());
    assert!(report.to_string().contains("不在“姓名”一列里"), "{report}");
}

#[test]
fn asks_about_lines_that_add_somebody() {
    for line in [
        "补充登记：薛光明（男，1组）、吴宏伟（女，2组）",
        "另加薛光明一人",
        "回村登记人员：薛光明、吴宏伟",
        "（薛光明、吴宏伟二人户口在本村，要求登记）",
    ] {
        let text = format!("序号,姓名,性别\n1,张三,男\n2,李四,女\n{line},,\n");
        let (_, report) = read_bytes(text.replace('，', "、").as_bytes());
        assert_eq!(codes(&report), ["roll-note"], "{line}: {report}");
    }
}

#[test]
fn headings_of_strokes_and_surnames_are_nobody() {
    let count = |text: &str| {
        let (roll, report) = read_bytes(text.as_bytes());
        assert!(report.is_empty(), "{text}: {report}");
        let roll = roll.unwrap();
        (roll.len(), roll.groups.len())
    };
    let grid = "姓名,姓名,姓名\n四画,,\n王大明,王小明,王二明\n五画,,\n田大明,石小明,\n";
    assert_eq!(count(grid), (5, 0));
    assert_eq!(count("姓名\n王姓\n王大明\n王小明\n李姓（2人）\n李大明\n李小明\n"), (4, 0));
    assert_eq!(count("序号,姓名\n,四划\n1,王大明\n,五笔\n2,田大明\n"), (2, 0));
}

#[test]
fn rows_that_number_the_columns_or_sum_them_up_are_nobody() {
    for row in ["甲,乙,丙,丁,戊", "甲,乙,1,2,3"] {
        let text =
            format!("序号,姓名,性别,身份证号,组别\n{row}\n1,张大明,男,,一组\n2,李大明,女,,一组\n");
        let (roll, report) = read_bytes(text.as_bytes());
        assert_eq!((roll.unwrap().len(), codes(&report)), (2, vec![]), "{row}: {report}");
    }
    for row in ["选民总数,2,男,1,女,1", "总计,男,1,女,1,"] {
        let text = format!(
            "序号,姓名,性别,身份证号,组别,类别\n1,张大明,男,,一组,\n2,李大明,女,,一组,\n{row}\n"
        );
        let (roll, report) = read_bytes(text.as_bytes());
        assert_eq!((roll.unwrap().len(), codes(&report)), (2, vec![]), "{row}: {report}");
    }
}

#[test]
fn a_group_in_the_first_column_of_a_grid_is_that_of_the_row_and_asked_about() {
    let text = "姓名,姓名,姓名\n一组,张大明,张小明\n,李大明,李小明\n二组,王大明,王小明\n";
    let (roll, report) = read_bytes(text.as_bytes());
    let roll = roll.unwrap();
    let counts: Vec<usize> = roll.count_by_group().into_iter().map(|(_, count)| count).collect();
    assert_eq!(counts, [4, 2], "{report}");
    assert_eq!(codes(&report), ["roll-group-title", "roll-group-title"], "{report}");
}

#[test]
fn a_line_of_several_groups_is_the_title_of_none() {
    let text = "1组：1人　2组：1人　合计：2人,,\n序号,姓名,性别\n1,张大明,男\n2,李大明,女\n";
    let (roll, _) = read_bytes(text.as_bytes());
    assert!(roll.unwrap().voters.iter().all(|voter| voter.group.is_none()));
}

#[test]
fn tells_of_namesakes_in_two_groups_whom_nothing_tells_apart() {
    let told = |code: &str, one: &str, other: &str| {
        let text =
            format!("姓名,性别,出生日期,年龄,小组\n王建国,男,{one},一组\n王建国,男,{other},二组\n");
        let (roll, mut report) = read_bytes(text.as_bytes());
        judge(&roll.unwrap(), &RollFacts::default(), &mut report);
        report.iter().filter(|finding| finding.code == code).count()
    };
    // Of one month or one age they are most likely one.
    for (one, other) in [("1965-03,", "1965-03,"), (",61", ",61")] {
        assert_eq!(told("roll-same-person-elsewhere", one, other), 1, "{one} {other}");
    }
    for (one, other) in [("1965-03,", ","), (",", ",")] {
        assert_eq!(told("roll-namesake", one, other), 1, "{one} {other}");
    }
    for (one, other) in [("1965-03,", "1966-03,"), (",61", ",35"), ("1965-03-01,", "1965-03-02,")] {
        assert_eq!(told("roll-namesake", one, other), 0, "{one} {other}");
        assert_eq!(told("roll-same-person-elsewhere", one, other), 0, "{one} {other}");
    }
}

#[test]
fn sums_of_groups_below_all_are_held_against_their_groups() {
    let report = |first: u8| {
        let text = format!(
            "序号,姓名,组别,数\n1,张大,1组,\n2,张二,1组,\n3,李大,2组,\n1组合计,,,{first}人\n2组合计,,,1人\n全村合计,,,3人\n"
        );
        read_bytes(text.as_bytes()).1
    };
    let totals =
        |report: &Report| codes(report).iter().filter(|code| **code == "roll-total").count();
    assert_eq!(totals(&report(2)), 0, "{}", report(2));
    assert_eq!(totals(&report(4)), 1, "{}", report(4));
}

#[test]
fn asks_about_the_very_old() {
    let facts = declared(&[], None);
    let found = judged("甲一,男,1906-05-14,,\n乙二,男,1925-05-15,,\n", &facts);
    assert_eq!(found, ["roll-birth-range@2C"]);
}

#[test]
fn finds_wrong_id_numbers() {
    let rows = "张三,女,,110105194912310021,\n李四,男,,11010519491231002X,\n王五,女,1949-12-30,340524198001010024,\n";
    let found = judged(rows, &RollFacts::default());
    assert_eq!(found, ["roll-id-check@2D", "roll-id-check@4D", "roll-id-sex@3B"]);
    let rows = "王五,女,1949-12-30,11010519491231002X,\n赵六,女,1949-12,110105491231002,\n";
    assert_eq!(judged(rows, &RollFacts::default()), ["roll-id-birth@2C", "roll-same-id@3D"]);
}

#[test]
fn judges_age_on_the_day() {
    let facts = declared(&[], None);
    let rows = "甲一,男,1999-05-14,,\n乙二,男,1999-05-15,,\n丙三,男,1999-05,,\n丁四,男,1999-06,,\n戊五,男,2018-01-01,,\n己六,男,1900-01-01,,\n庚七,男,1897,,\n辛八,男,1999,,\n";
    let rows = rows.replace("庚七,男,1897,,\n", "");
    let found = judged(&rows, &facts);
    assert_eq!(
        found,
        [
            "roll-under-age@3C",
            "roll-under-age@5C",
            "roll-age-unsure@4C",
            "roll-age-unsure@8C",
            "roll-birth-range@6C",
            "roll-birth-range@7C",
        ]
    );
}

#[test]
fn finds_who_is_on_the_roll_twice() {
    let rows = "张三,男,1987-03-05,,一组\n 张 三,男,1987-03-05,,一组\n张三,男,1987-03-05,,二组\n李四,,,,一组\n李四,,,,一组\n李四,男,1990,,二组\n李四,男,1991,,二组\n李四,女,,,二组\n";
    let found: Vec<String> = judged(rows, &RollFacts::default())
        .into_iter()
        .filter(|one| !one.contains("space"))
        .collect();
    let notes_too = [
        "roll-duplicate@3",
        "roll-same-person-elsewhere@4",
        "roll-namesake@6",
        "roll-namesake@7",
        // Next to each other, and of another birth or sex.
        "roll-namesake@8",
        "roll-namesake@9",
        "roll-group-astray@4E",
    ];
    assert_eq!(found, notes_too);
}

#[test]
fn holds_counts_and_groups_against_the_description() {
    let facts = declared(&[("第一居民小组", Some(3)), ("第二居民小组", None)], Some(4));
    let rows = "张三,,,,1组\n李四,,,,第一居民小组\n王五,,,,第二居民小组\n";
    let roll = read_clean(&format!("姓名,性别,出生日期,身份证号,小组\n{rows}"));
    let mut report = Report::new();
    judge(&roll, &facts, &mut report);
    assert_eq!(codes(&report), ["roll-group-unknown", "roll-count", "roll-count"]);
    let text = report.to_string();
    for words in [
        "“1组”（1 人）",
        "是不是“第一居民小组”",
        "“第一居民小组”选民数对不上：名册上 1 人，选举说明写 3 人",
        "全部选民数对不上：名册上 3 人，选举说明写 4 人",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

#[test]
fn never_shows_an_id_number() {
    let id = "11010519491231002X";
    let text = format!(
        "姓名,身份证号,小组,{id}\n{id},{id},{id}\n{id},110105194912310021,13800138000\n李四,1101051949123100211,\n"
    );
    let (roll, mut report) = read_bytes(text.as_bytes());
    let roll = roll.unwrap();
    judge(&roll, &declared(&[("一组", None)], None), &mut report);
    for shown in [report.to_string(), report.to_json().to_string(), format!("{report:?}")] {
        assert!(!shown.contains("19491231") && !shown.contains("13800138000"), "{shown}");
    }
}

#[test]
fn shows_no_number_in_the_name_of_a_sheet_or_a_heading() {
    let (_, report) = workbook(|workbook| {
        let sheet = workbook.add_worksheet().set_name("13912345678").unwrap();
        let rows = [["姓名", "性别", "备注11010519491231002X"], ["张三", "难", "死亡"]];
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    });
    assert_eq!(codes(&report), ["roll-sex", "roll-remark", "roll-columns-left-out"]);
    for shown in [report.to_string(), report.to_json().to_string()] {
        assert!(!shown.contains("13912345678") && !shown.contains("19491231"), "{shown}");
    }
}

#[test]
fn reads_the_example_and_finds_nothing() {
    let mut report = Report::new();
    let roll = read(Path::new("data/qimei-2017/voters.csv"), &mut report).unwrap();
    let groups = [
        ("第一居民小组", None),
        ("第二居民小组", None),
        ("第三居民小组", None),
        ("第四居民小组", None),
    ];
    judge(&roll, &declared(&groups, Some(4999)), &mut report);
    assert_eq!(codes(&report), [""; 0], "{report}");
}

fn workbook(fill: impl FnOnce(&mut rust_xlsxwriter::Workbook)) -> (Option<VoterRoll>, Report) {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    fill(&mut workbook);
    let mut report = Report::new();
    let bytes = Cursor::new(workbook.save_to_buffer().unwrap());
    let roll = read_from(bytes, Path::new("voters.xlsx"), &mut report);
    assert!(roll.is_some(), "{report}");
    (roll, report)
}

#[test]
fn reads_dates_and_merged_groups_of_a_workbook() {
    let (roll, report) = workbook(|workbook| {
        let date = rust_xlsxwriter::Format::new().set_num_format("yyyy/m/d");
        let sheet = workbook.add_worksheet();
        sheet.write_string(0, 0, "选民名册").unwrap();
        for (at, heading) in (1..).zip(["小组", "姓名", "出生日期", "身份证号"]) {
            sheet.write_string(2, at, heading).unwrap();
        }
        sheet.merge_range(3, 1, 4, 1, "一组", &date).unwrap();
        sheet.write_string(3, 2, "张三").unwrap();
        sheet.write_string(4, 2, "李四").unwrap();
        sheet.write_number_with_format(3, 3, 31841, &date).unwrap();
        sheet.write_number(4, 3, 19900102).unwrap();
        sheet.write_number(4, 4, 4.40106198703051e17).unwrap();
    });
    let roll = roll.unwrap();
    assert_eq!(groups(&roll), ["一组", "一组"]);
    let births: Vec<String> =
        roll.voters.iter().map(|voter| voter.birth.unwrap().to_string()).collect();
    assert_eq!(births, ["1987-03-05", "1990-01-02"]);
    assert_eq!(codes(&report), ["roll-id-as-number"]);
    assert!(report.to_string().contains("工作表“Sheet1”，第 5 行，E（身份证号） 列"), "{report}");
}

#[test]
fn takes_the_sheets_for_groups() {
    let (roll, report) = workbook(|workbook| {
        for (group, name) in [("一组", "张三"), ("二组", "李四"), ("说明", "")] {
            let sheet = workbook.add_worksheet().set_name(group).unwrap();
            sheet.write_string(0, 0, if name.is_empty() { "填表要求" } else { "姓名" }).unwrap();
            sheet.write_string(1, 0, name).unwrap();
        }
        workbook
            .add_worksheet()
            .set_name("旧")
            .unwrap()
            .set_hidden(true)
            .write_string(0, 0, "姓名")
            .unwrap();
    });
    assert_eq!(groups(&roll.unwrap()), ["一组", "二组"]);
    assert_eq!(codes(&report), ["roll-hidden-sheet", "roll-sheet-left-out"]);
}

/// Titles of places over titles of groups, columns of villages, lists of places below
/// and beside one another: two of 一组 are never one.
#[test]
fn tells_groups_of_two_places_apart() {
    let one = |name: &str| format!("{name},男,1960-01-02\n");
    let (a, b) = (one("张三"), one("李四"));
    for (wide, other, group) in [
        ("上坪自然村", "下坪自然村", "1组"),
        ("第一网格", "第二网格", "1组"),
        ("1号楼", "2号楼", "1单元"),
        ("小组：张家村", "小组：李家村", "一组"),
    ] {
        let roll =
            read_clean(&format!("姓名,性别,出生日期\n{wide}\n{group}\n{a}{other}\n{group}\n{b}"));
        let place = |wide: &str| wide.trim_start_matches("小组：").to_owned() + group;
        assert_eq!(groups(&roll), [place(wide), place(other)]);
    }
    let roll = read_clean(&format!("姓名,性别,出生日期\n1号楼1单元\n{a}1号楼2单元\n{b}"));
    assert_eq!(groups(&roll), ["1号楼1单元", "1号楼2单元"]);
    let roll =
        read_clean("村别,组别,姓名,性别\n上坪,1组,张三,男\n,2组,王五,男\n下坪,1组,李四,男\n");
    assert_eq!(groups(&roll), ["上坪1组", "上坪2组", "下坪1组"]);
    // One place, or none, changes nothing.
    let roll = read_clean(&format!("姓名,性别,出生日期\n上坪自然村\n1组\n{a}2组\n{b}"));
    assert_eq!(groups(&roll), ["1组", "2组"]);
}

#[test]
fn asks_whether_groups_of_two_lists_are_one() {
    let list =
        |place: &str, name: &str| format!("{place}选民名单\n姓名,性别,小组\n{name},男,1组\n\n");
    let text = list("上坪自然村", "张三") + &list("下坪自然村", "李四");
    let (roll, report) = read_bytes(text.as_bytes());
    assert_eq!(groups(&roll.unwrap()), ["上坪自然村1组", "下坪自然村1组"]);
    assert_eq!(codes(&report), ["roll-group-title"], "{report}");
    let text = list("上坪村1组", "张三") + &list("下坪村1组", "李四");
    for text in [text.replace(",小组", "").replace(",1组", ""), text] {
        let (roll, report) = read_bytes(text.as_bytes());
        assert_eq!(groups(&roll.unwrap()), ["上坪村1组", "下坪村1组"], "{text}");
        assert_eq!(codes(&report), ["roll-group-title"], "{report}");
    }
    // People of several groups live in one building.
    let text = list("1号楼", "张三") + &list("2号楼", "李四");
    assert_eq!(groups(&read_clean(&text)), ["1组", "1组"]);
    let same = list("上坪村", "张三") + &list("上坪村", "李四");
    assert_eq!(groups(&read_clean(&same)), ["1组", "1组"]);
    let (roll, _) = workbook(|workbook| {
        for (place, name) in [("上坪", "张三"), ("下坪", "李四")] {
            let sheet = workbook.add_worksheet().set_name(place).unwrap();
            for (row, text) in (0..).zip(["姓名", "1组", name]) {
                sheet.write_string(row, 0, text).unwrap();
            }
        }
    });
    assert_eq!(groups(&roll.unwrap()), ["上坪1组", "下坪1组"]);
}

#[test]
fn takes_the_group_behind_its_label_over_a_table() {
    let labelled = "乡镇,仙桥镇,村,柳塘村,组,一组\n姓名,性别,,,,\n张三,男,,,,\n";
    let (roll, report) = read_bytes(labelled.as_bytes());
    assert_eq!(groups(&roll.unwrap()), ["一组"], "{report}");
}

#[test]
fn takes_nobody_for_a_voter_who_is_on_another_list_beside() {
    for text in [
        "选民名单,,,,,外出人员名单\n序号,姓名,性别,组别,,序号,姓名,去向\n1,张三,男,一组,,1,王五,广东\n2,李四,男,一组,,,,\n",
        "选民,,,,死亡人员名单,,\n姓名,性别,组别,,序号,姓名,原因\n张三,男,一组,,1,王五,\n李四,男,一组,,,,\n",
        ",,,,,死亡人员\n序号,姓名,性别,组别,,姓名,死亡时间\n1,张三,男,一组,,王五,2026.3\n2,李四,男,一组,,,\n",
    ] {
        let (roll, report) = read_bytes(text.as_bytes());
        assert_eq!(roll.map(|roll| roll.len()), Some(2), "{report}");
        assert!(codes(&report).contains(&"roll-aside"), "{report}");
    }
    let beside = "姓名,性别,姓名,性别\n张三,男,李四,女\n";
    assert_eq!(names(&read_clean(beside)), ["张三", "李四"]);
}

#[test]
fn tells_what_stands_under_a_heading_with_spaces() {
    for heading in ["备 注", "备　注", "\"备\n注\"", "附注"] {
        let text = format!("姓名,性别,{heading}\n张三,男,户口还在老家没迁来\n李四,女,\n");
        let (_, report) = read_bytes(text.as_bytes());
        assert!(codes(&report).contains(&"roll-remark"), "{heading}: {report}");
    }
}

#[test]
fn takes_the_places_of_lists_for_groups() {
    for (one, other) in [("东队", "西队"), ("东片", "西片"), ("张家村", "李家村"), ("上湾", "下湾")]
    {
        let beside = format!("选民名单\n{one},,{other},\n姓名,性别,姓名,性别\n张三,男,李四,女\n");
        assert_eq!(groups(&read_clean(&beside)), [one, other]);
        let below = format!(
            "{one}选民名单\n姓名,性别\n张三,男\n{other}选民名单\n姓名,性别\n李四,女\n王五,男\n"
        );
        assert_eq!(groups(&read_clean(&below)), [one, other, other]);
    }
    let counted = "1组（1人）,,2组（1人）,\n姓名,性别,姓名,性别\n张三,男,李四,女\n";
    assert_eq!(groups(&read_clean(counted)), ["1组", "2组"]);
    let (_, report) = read_bytes(counted.replace("（1人）", "（2人）").as_bytes());
    assert_eq!(codes(&report), ["roll-total", "roll-total"]);
    let counted = "东队（1人）,,西队（1人）,\n姓名,性别,姓名,性别\n张三,男,李四,女\n";
    assert_eq!(groups(&read_clean(counted)), ["东队", "西队"]);
    let (_, report) = read_bytes(counted.replace("（1人）", "（2人）").as_bytes());
    assert_eq!(codes(&report), ["roll-total", "roll-total"]);
    // What is no place may be a group all the same.
    let (_, report) = read_bytes(counted.replace("队（1人）", "大地").as_bytes());
    assert_eq!(codes(&report), ["roll-group-title"]);
    // The title of the whole is no group.
    let whole = "柳溪村选民名单\n姓名,性别\n张三,男\n柳溪村选民名单\n姓名,性别\n李四,女\n";
    assert_eq!(groups(&read_clean(whole)), ["", ""]);
}

#[test]
fn asks_whether_a_place_is_a_group_or_a_person() {
    let rows = "姓名,性别\nX\n张三,男\n李四,女\n王五,男\n赵六,女\n";
    for place in ["东队", "张家湾", "东片", "李家沟"] {
        let (roll, report) = read_bytes(rows.replace('X', place).as_bytes());
        assert_eq!(codes(&report), ["roll-name-only"], "{place}");
        assert!(report.to_string().contains("小组：") && roll.unwrap().len() == 4, "{report}");
        let told = rows.replace('X', &format!("小组：{place}"));
        assert_eq!(groups(&read_clean(&told)), [place; 4]);
    }
    let (roll, report) = read_bytes("姓名\n张家湾\n张三\n李四\n王楼\n".as_bytes());
    assert_eq!((codes(&report), roll.unwrap().len()), (vec!["roll-name-only"], 4));
}

#[test]
fn asks_about_one_name_in_other_characters() {
    let asked = |other: &str| {
        let text = format!("姓名,性别,出生日期,小组\n陈国梁,男,1960-01-01,一组\n{other},一组\n");
        let (roll, mut report) = read_bytes(text.as_bytes());
        judge(&roll.unwrap(), &RollFacts::default(), &mut report);
        codes(&report)
    };
    assert_eq!(asked("陳國樑,男,1960-01-01"), ["roll-namesake"]);
    assert_eq!(asked("陳國樑,男,1961-01-01"), [""; 0]);
    assert_eq!(asked("陳國榮,男,1960-01-01"), [""; 0]);
}

#[test]
fn calls_groups_as_they_are_declared() {
    let named = |groups: &str, declared: &[&str]| {
        let rows = groups.split(' ').map(|group| format!("张三,{group}\n")).collect::<String>();
        let mut roll = read_clean(&format!("姓名,小组\n{rows}"));
        let declared: Vec<String> = declared.iter().map(|name| (*name).to_owned()).collect();
        roll.name_groups(declared.iter(), Some("石桥村"));
        roll.groups.ids().map(|group| roll.groups.name(group).to_owned()).collect::<Vec<_>>()
    };
    let numbered = ["第一村民小组", "第二村民小组"];
    assert_eq!(named("1组 二组", &numbered), numbered);
    assert_eq!(named("Ⅰ组 Ⅱ组", &numbered), numbered);
    assert_eq!(named("石桥村一组 青山镇石桥村二组", &numbered), numbered);
    assert_eq!(named("1组 2组", &["石桥1组", "石桥2组"]), ["石桥1组", "石桥2组"]);
    assert_eq!(named("上坝 下坝", &["上坝组", "下坝组"]), ["上坝组", "下坝组"]);
    assert_eq!(named("1# 2#", &["1栋", "2栋"]), ["1栋", "2栋"]);
    assert_eq!(named("一组 一组 1组", &["第一村民小组"]), ["第一村民小组"]);
    assert_eq!(named("第一村民小组 一组", &["第一村民小组"]), ["第一村民小组"]);
    assert_eq!(named("石桥1组 1组", &["石桥1组"]), ["石桥1组", "1组"]);
    // Of two that may be meant nobody knows which.
    assert_eq!(named("1组", &["东头1组", "西头1组"]), ["1组"]);
    assert_eq!(named("桥头村一组", &numbered), ["桥头村一组"]);
}

/// The codes of what is asked about a list of six under `title`.
fn asked_under(title: &str, headings: &str, cells: [&str; 6], facts: &RollFacts) -> Vec<String> {
    let names = ["张三", "李四", "王五", "赵六", "钱七", "孙八"];
    let rows = names.iter().zip(cells).map(|(name, cell)| format!("{name},{cell}\n"));
    let rows: String = rows.collect();
    let csv = format!("{title},\n姓名,{headings}\n{rows}");
    let (roll, mut report) = read_bytes(csv.as_bytes());
    judge(&roll.expect("a roll"), facts, &mut report);
    let asked = report.iter().filter(|finding| finding.severity > Severity::Note);
    asked.map(|finding| finding.code.to_owned()).collect()
}

#[test]
fn knows_whose_list_it_is() {
    let facts = RollFacts {
        community: Some("石桥村".into()),
        township: Some("青山镇".into()),
        term: Some(12),
        election_day: Some(jiff::civil::date(2026, 5, 17)),
        ..RollFacts::default()
    };
    let under = |title: &str| asked_under(title, "备注", [""; 6], &facts);
    let none: [&str; 0] = [];
    for title in [
        "石桥村第十二届村民委员会选民名册",
        "青山镇石桥村选民名册",
        "参加选举的村民名单",
        "单位：石桥村（盖章）",
        "2008年5月17日以前出生的选民名单",
        "打印日期：2026年4月1日",
    ] {
        assert_eq!(under(title), none, "{title}");
    }
    for (title, code) in [
        ("桥头村选民名册", "roll-other-place"),
        ("填报单位：青山镇桥头村", "roll-other-place"),
        ("安和县白水镇石桥村选民名册", "roll-other-place"),
        ("石桥村第十一届村民委员会选民名册", "roll-sheet-again"),
        ("统计时间：2023年12月", "roll-sheet-again"),
    ] {
        assert_eq!(under(title), [code], "{title}");
    }
    let in_village = |heading: &str, village: &str| {
        let address = format!("{village}1号");
        asked_under("", heading, [&address; 6], &facts)
    };
    assert_eq!(in_village("住址", "桥头村"), ["roll-other-place"]);
    assert_eq!(in_village("住址", "石桥村"), none);
    assert_eq!(in_village("住址", "幸福新村"), none);
}

#[test]
fn knows_numbers_of_households_that_are_used_again() {
    let none: [&str; 0] = [];
    let with = |numbers: &str| {
        let rows: String = "赵钱孙李周吴郑王"
            .chars()
            .zip(numbers.split(' '))
            .map(|(name, number)| format!("{name}三,{number}\n"))
            .collect();
        let mut report = Report::new();
        judge(&read_clean(&format!("姓名,户号\n{rows}")), &RollFacts::default(), &mut report);
        report.iter().map(|finding| finding.code.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(with("1 1 2 3 4 5 6 7"), none);
    assert_eq!(with("1 2 3 4 5 6 2 7"), ["roll-relation"]);
    // Numbers that begin anew are another way of numbering.
    assert_eq!(with("1 2 3 4 1 2 3 4"), none);
}

#[test]
fn knows_ages_that_were_true_some_years_ago() {
    let ages = |lag: i16| {
        let rows: String = "赵钱孙李周吴郑王冯陈"
            .chars()
            .zip(1950..)
            .map(|(name, year)| {
                format!("{name}三,{year}-01-{:02},{}\n", year % 7 + 1, 2017 - year - lag)
            })
            .collect();
        let mut report = Report::new();
        let roll = read_clean(&format!("姓名,出生日期,年龄\n{rows}"));
        judge(&roll, &declared(&[], None), &mut report);
        report.iter().map(|finding| finding.code.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ages(1), [""; 0]);
    assert_eq!(ages(4), ["roll-sheet-again"]);
}
