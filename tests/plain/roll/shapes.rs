//! The shapes. Everybody in them is invented, and so is every number.

use std::io::{Cursor, Write as _};

use rust_xlsxwriter::{Format, Workbook, Worksheet};

/// A roll as it might come, what must be read, and what must be found.
pub(crate) struct Shape {
    pub name: &'static str,
    pub file: &'static str,
    pub bytes: Vec<u8>,
    pub voters: Vec<&'static str>,
    pub faults: Vec<&'static str>,
}

/// What the shapes hold that must never be shown.
pub(crate) const SECRETS: [&str; 6] =
    ["19491231002", "19870305", "13800138000", "仙桥街9号", "6222021234567890123", "E12345678"];

const TWO: [&str; 2] = ["张三/一组", "李四/二组"];

pub(crate) fn all() -> Vec<Shape> {
    [
        texts(),
        encodings(),
        workbooks(),
        faults(),
        refused(),
        super::office::all(),
        super::kinds::all(),
        super::doubts::all(),
        super::gaps::all(),
        super::tables::all(),
        super::titles::all(),
        super::unheaded::all(),
        super::careful::all(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

pub(crate) fn csv(name: &'static str, text: &str) -> Shape {
    Shape { name, file: "voters.csv", bytes: text.into(), voters: TWO.to_vec(), faults: vec![] }
}

pub(crate) fn xlsx(name: &'static str, fill: impl FnOnce(&mut Workbook)) -> Shape {
    let mut workbook = Workbook::new();
    fill(&mut workbook);
    let bytes = workbook.save_to_buffer().expect("a workbook");
    Shape { name, file: "voters.xlsx", bytes, voters: TWO.to_vec(), faults: vec![] }
}

pub(crate) fn write(sheet: &mut Worksheet, rows: &[&[&str]]) {
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            if !cell.is_empty() {
                sheet.write_string(row, column, *cell).expect("a cell");
            }
        }
    }
}

fn texts() -> Vec<Shape> {
    vec![
        csv("plain", "姓名,小组\n张三,一组\n李四,二组\n"),
        csv("excel", "\u{feff}姓名,小组\r\n张三,一组\r\n李四,二组\r\n"),
        csv("macintosh", "姓名,小组\r张三,一组\r李四,二组"),
        csv("semicolons", "小组;姓名\n一组;张三\n二组;李四\n"),
        csv("chinese commas", "小组，姓名\n一组，张三\n二组，李四\n"),
        csv("tabs", "小组\t姓名\n一组\t张三\n二组\t李四\n"),
        csv(
            "police export",
            "序号,姓名,性别,公民身份号码,住址,联系电话,居民小组\n1,张三,女,\"\t11010519491231002X\",仙桥街9号,13800138000,一组\n2,李四,,,,,二组\n",
        ),
        csv(
            "title, remark, totals, prepared rows",
            "仙桥街道奇美社区选民登记表,,,,\n单位：奇美社区,,,,2017年4月\n序 号,选民姓名,性　别,出生年月,组别\n1,张三,男,1987.3,一组\n,小计,,,1\n2,李四,女,一九,\n",
        )
        .with(&["张三/一组", "李四/一组"], &["roll-birth@6D"]),
        csv("quoted", "\"姓名\",\"备注\",\"小组\"\n\"张三\",\"说\"\"好\"\"的,\n第二行\",\"一组\"\n\"李四\",,\"二组\"\n")
            .with(&TWO, &["roll-remark@2B"]),
        csv("bank cards beside", "姓名,银行卡号,小组\n张三,6222021234567890123,一组\n李四,,二组\n"),
        csv("groups as titles", "姓名,性别\n一组,\n张三,男\n二组,\n李四,女\n"),
        csv("groups once", "小组,姓名\n一组,张三\n,王五\n,赵六\n二组,李四\n,钱七\n,孙八\n").with(
            &["张三/一组", "王五/一组", "赵六/一组", "李四/二组", "钱七/二组", "孙八/二组"],
            &[],
        ),
        csv("pages", "姓名,小组\n张三,一组\n姓名,小组\n李四,二组\n共2人,\n"),
        csv("numbered columns", "序号,姓名,小组\n1,2,3\n1,张三,一组\n2,李四,二组\n"),
        csv("full width", "姓名，性别，出生日期，小组\n张三，男，１９８７年３月５日，一组\n李四，女，１９９０．１．２，二　组\n")
            .with(&["张三/一组", "李四/二　组"], &[]),
        csv("rare characters", "姓名,小组\n𬱖𠮷,一组\n阿不都热合曼·艾合买提,二组\n葛\u{E0100}洪,一组\n")
            .with(&["𬱖𠮷/一组", "阿不都热合曼·艾合买提/二组", "葛\u{E0100}洪/一组"], &[]),
    ]
}

fn encodings() -> Vec<Shape> {
    const TEXT: &str = "姓名\t性别\t小组\r\n张三\t男\t一组\r\n李四\t女\t二组\r\n";
    let utf16 = |mark: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("{mark}{TEXT}").encode_utf16().flat_map(bytes).collect()
    };
    let shape = |name, bytes| Shape {
        name,
        file: "voters.xls",
        bytes,
        voters: TWO.to_vec(),
        faults: vec![],
    };
    vec![
        shape("GB18030", encoding_rs::GB18030.encode(TEXT).0.into_owned()),
        shape("UTF-16 LE with mark", utf16("\u{feff}", u16::to_le_bytes)),
        shape("UTF-16 BE with mark", utf16("\u{feff}", u16::to_be_bytes)),
        shape("UTF-16 LE", utf16("", u16::to_le_bytes)),
    ]
}

fn workbooks() -> Vec<Shape> {
    let rows: [&[&str]; 3] = [&["姓名", "小组"], &["张三", "一组"], &["李四", "二组"]];
    vec![
        xlsx("workbook", |book| write(book.add_worksheet(), &rows)),
        xlsx("a sheet for each group", |book| {
            for (group, name) in [("一组", "张三"), ("二组", "李四")] {
                let sheet = book.add_worksheet().set_name(group).expect("a name");
                write(sheet, &[&["名册"], &["序号", "姓名"], &["1", name], &["", "合计"]]);
            }
        }),
        xlsx("merged cells and dates", |book| {
            let date = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
            let sheet = book.add_worksheet();
            write(
                sheet,
                &[
                    &["奇美社区选民名册"],
                    &["小组", "姓名", "出生日期", "", ""],
                    &["", "", "年", "月", "日"],
                    &["", "张三"],
                    &["", "王五"],
                    &["二组", "李四"],
                ],
            );
            sheet.merge_range(3, 0, 4, 0, "一组", &date).expect("merged cells");
            for (row, day) in [(3, 5), (4, 6), (5, 7)] {
                for (column, number) in [(2, 1987), (3, 3), (4, day)] {
                    sheet.write_number(row, column, number).expect("a number");
                }
            }
        })
        .with(&["张三/一组", "王五/一组", "李四/二组"], &[]),
        xlsx("far to the right and below", |book| {
            let sheet = book.add_worksheet();
            write(sheet, &rows);
            sheet.write_string(1_000_000, 16_000, "x").expect("a cell");
        })
        .with(&TWO, &["roll-beside@1000001WQK"]),
        xlsx("an empty sheet and a guide", |book| {
            write(book.add_worksheet(), &rows);
            book.add_worksheet();
            write(book.add_worksheet().set_name("填表说明").expect("a name"), &[&["请如实填写"]]);
        }),
        xlsx("a sheet that says nothing of itself", |book| {
            write(book.add_worksheet(), &rows);
            write(book.add_worksheet(), &[&["领票", "12"]]);
        })
        .with(&TWO, &["roll-sheet-left-out"]),
        Shape {
            name: "LibreOffice",
            file: "voters.ods",
            bytes: ods(&[
                &["姓名", "出生日期", "小组"],
                &["张三", "1987-03-05", "一组"],
                &["李四", "1990-01-02", "二组"],
            ]),
            voters: TWO.to_vec(),
            faults: vec![],
        },
        Shape {
            name: "Excel 97",
            file: "voters.xls",
            bytes: include_bytes!("excel97.xls").to_vec(),
            voters: TWO.to_vec(),
            faults: vec!["roll-id-as-number@3D"],
        },
    ]
}

fn faults() -> Vec<Shape> {
    vec![
        csv(
            "ID numbers",
            "姓名,性别,出生日期,身份证号,小组\n甲一,女,,110105194912310021,一组\n乙二,男,,11010519491231002X,一组\n丙三,女,1949-12-30,110105491231002,一组\n丁四,,,4.40106E+17,二组\n戊五,,,1101051949123100,二组\n己六,,,E12345678,二组\n",
        )
        .with(
            &["甲一/一组", "乙二/一组", "丙三/一组", "丁四/二组", "戊五/二组", "己六/二组"],
            &["roll-id-as-number@5D", "roll-id-length@6D", "roll-id-form@7D", "roll-id-check@2D", "roll-id-sex@3B", "roll-id-birth@4C", "roll-same-id@4D"],
        ),
        csv(
            "ages",
            "姓名,出生日期,小组\n甲一,1999-05-14,一组\n乙二,1999-05-15,一组\n丙三,2017-06-01,二组\n丁四,1987-02-30,二组\n",
        )
        .with(
            &["甲一/一组", "乙二/一组", "丙三/二组", "丁四/二组"],
            &["roll-birth@5B", "roll-under-age@3B", "roll-birth-range@4B"],
        ),
        csv(
            "names",
            "姓名,小组\n张\u{200B}三,一组\n李\u{E000},一组\n王\u{B}五,一组\n买买提•吐尔逊,二组\n⼈杰,二组\n赵?,二组\n钱 小七,二组\n",
        )
        .with(
            &["张\u{200B}三/一组", "李\u{E000}/一组", "王\u{B}五/一组", "买买提•吐尔逊/二组", "⼈杰/二组", "赵?/二组", "钱 小七/二组"],
            &["roll-name-invisible@2A", "roll-name-private-use@3A", "roll-name-control@4A", "roll-name-dot@5A", "roll-name-look-alike@6A", "roll-name-lost@7A", "roll-name-space@8A"],
        ),
        csv(
            "twice",
            "姓名,性别,出生日期,小组\n张三,男,1987-03-05,一组\n李四,女,1990-01-02,二组\n张 三,男,1987/3/5,一组\n李四,女,1990-01-02,一组\n王五,,,二组\n王五,,,二组\n",
        )
        .with(
            &["张三/一组", "李四/二组", "张 三/一组", "李四/一组", "王五/二组", "王五/二组"],
            &["roll-duplicate@4", "roll-same-person-elsewhere@5", "roll-namesake@7"],
        ),
        csv("groups", "姓名,性别,小组\n张三,男,1组\n李四,女,二组\n王五,男,三联社\n,女,二组\n").with(
            &["张三/1组", "李四/二组", "王五/三联社"],
            &["roll-name-blank@5A", "roll-group-unknown@2C", "roll-group-unknown@4C"],
        ),
    ]
}

fn refused() -> Vec<Shape> {
    let refused = |name, file, bytes: &[u8]| Shape {
        name,
        file,
        bytes: bytes.to_vec(),
        voters: vec![],
        faults: vec!["roll-unreadable"],
    };
    vec![
        refused("empty", "voters.csv", b""),
        refused("program", "voters.xlsx", b"MZ\x90\0\x03\0\0\0"),
        refused(
            "web archive",
            "voters.xls",
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n",
        ),
        refused("Word", "voters.xlsx", &zip(&[("word/document.xml", "<w/>")])),
        refused("archive", "voters.xlsx", &zip(&[("voters.csv", "")])),
        refused("locked", "voters.xlsx", &locked()),
        refused("damaged", "voters.xlsx", b"PK\x03\x04damaged"),
        refused("open quotation", "voters.csv", "姓名,小组\n\"张三,一组\n李四,二组\n".as_bytes()),
        refused(
            "swollen",
            "voters.xlsx",
            &zip(&[("xl/sharedStrings.xml", &" ".repeat(200 << 20))]),
        ),
    ]
}

impl Shape {
    pub(crate) fn with(mut self, voters: &[&'static str], faults: &[&'static str]) -> Self {
        self.voters = voters.to_vec();
        self.faults = faults.to_vec();
        self
    }
}

/// The beginning of the container in which Office locks a workbook.
fn locked() -> Vec<u8> {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(1024, 0);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

pub(crate) fn zip<T: AsRef<[u8]>>(entries: &[(&str, T)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("an entry");
        zip.write_all(content.as_ref()).expect("room");
    }
    zip.finish().expect("an archive").into_inner()
}

/// The least that is a spreadsheet in OpenDocument; the second column holds dates.
fn ods(rows: &[&[&str]]) -> Vec<u8> {
    let row = |(at, cells): (usize, &&[&str])| {
        let cells: String =
            cells.iter().enumerate().map(|(column, text)| ods_cell(at, column, text)).collect();
        format!("<table:table-row>{cells}</table:table-row>")
    };
    let rows: String = rows.iter().enumerate().map(row).collect();
    ods_of("", &rows)
}

fn ods_cell(row: usize, column: usize, text: &str) -> String {
    match (row, column) {
        (1.., 1) => format!(
            r#"<table:table-cell office:value-type="date" office:date-value="{text}"><text:p>{text}</text:p></table:table-cell>"#
        ),
        _ => format!(
            r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
        ),
    }
}

/// A spreadsheet in OpenDocument of styles and rows.
pub(crate) fn ods_of(styles: &str, rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="s"><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Sheet1">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    zip(&[("mimetype", kind), ("META-INF/manifest.xml", "<manifest/>"), ("content.xml", &content)])
}
