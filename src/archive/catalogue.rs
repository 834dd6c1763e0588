//! Turns records into the files of the tree: the catalogues, the metadata of
//! each item, and the notes by which a stranger understands them.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError,
};

use super::records::{Record, RecordedFile, Scheme};
use super::xml::Element;
use crate::bag::Item;
use crate::diagnostic::Diagnostic;

/// Paths below `data/`.
pub(super) const STATEMENT: &str = "说明文件.TXT";
pub(super) const DIRECTORY: &str = "文件目录.XML";
pub(super) const CSV: &str = "归档文件目录.csv";
pub(super) const XLSX: &str = "归档文件目录.xlsx";
const METADATA_RULES: &str = "其他/元数据规范.txt";
const NAMING_RULES: &str = "其他/分类编号与命名规则.txt";
const RETENTION: &str = "其他/保管期限表.csv";
/// What is written in cells.
pub(super) const TABLES: [&str; 2] = [CSV, RETENTION];

/// The columns of 归档文件目录, DA/T 22—2015, 5.5.2.
pub(super) const COLUMNS: [&str; 9] =
    ["序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注"];

/// The children of 文件 in 文件目录.XML, 档发〔2012〕7号 附件2.
pub(super) const CHILDREN: [&str; 8] =
    ["顺序号", "档号", "责任者", "题名", "日期", "密级", "电子档案名称", "备注"];

/// The root of an item's metadata, its children, and those of each file.
pub(super) const METADATA: &str = "电子文件元数据";
pub(super) const ELEMENTS: [&str; 21] = [
    "聚合层次",
    "全宗名称",
    "立档单位名称",
    "档号",
    "全宗号",
    "档案门类代码",
    "年度",
    "保管期限",
    "保管期限依据",
    "机构或问题",
    "件号",
    "题名",
    "文件编号",
    "责任者",
    "日期",
    "密级",
    "开放标识",
    "页数",
    "备注",
    "文档创建程序",
    "组件",
];
pub(super) const FILE_ELEMENTS: [&str; 5] =
    ["计算机文件名", "计算机文件大小", "格式信息", "SHA-256", "来源"];

/// Stands between several file names in one field; no file name can hold it.
pub(super) const SEPARATOR: char = '|';

/// Who hands over, and by what means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// 全宗名称.
    pub fonds_name: String,
    /// 立档单位名称.
    pub organisation: String,
    pub scheme: Scheme,
    /// 归档 date: year, month, day.
    pub date: (u16, u8, u8),
    /// Program and version that made the packet.
    pub software: String,
}

impl Holder {
    /// Every file of the tree that follows from the records alone. The items
    /// themselves and the printed catalogue are the caller's to add.
    pub fn files(&self, records: &[Record]) -> Result<Vec<Item>, Diagnostic> {
        let mut items = vec![
            Item::bytes(STATEMENT, self.statement(records)),
            Item::bytes(DIRECTORY, directory(records)),
            Item::bytes(CSV, csv(records)),
            Item::bytes(XLSX, self.xlsx(records)?),
            Item::bytes(METADATA_RULES, include_str!("metadata.txt").replace('\n', "\r\n")),
            Item::bytes(NAMING_RULES, self.naming_rules()),
            Item::bytes(RETENTION, retention_table(records)),
        ];
        for record in records {
            let path = record.code.metadata(&record.title);
            items.push(Item::bytes(path, self.metadata(record)));
        }
        Ok(items)
    }

    /// 说明文件.TXT: what lies here, from whom, and what is needed to read it.
    pub fn statement(&self, records: &[Record]) -> String {
        let (year, month, day) = self.date;
        let files = records.iter().flat_map(|record| &record.files);
        let bytes: u64 = files.clone().map(|file| file.size).sum();
        let lines = [
            "电子档案说明文件".to_owned(),
            String::new(),
            format!("全宗号：{}", self.scheme.fonds),
            format!("全宗名称：{}", self.fonds_name),
            format!("立档单位：{}", self.organisation),
            format!("制作单位：{}", self.organisation),
            format!("制作日期：{year}年{month}月{day}日"),
            format!("档案数量：{} 件，{} 个文件，{bytes} 字节", records.len(), files.count()),
            format!("制作软件：{}", self.software),
            "硬件环境：任何能读取文件的计算机".to_owned(),
            "软件环境：PDF 阅读器、文本编辑器、图片浏览器；目录另有 Excel 和 CSV 两种格式"
                .to_owned(),
            "载体参数：本包不依赖任何专用载体，可存放于硬盘、光盘或网络存储".to_owned(),
            "字符编码：UTF-8".to_owned(),
            "加密与压缩：包内文件没有加密，也没有再压缩".to_owned(),
            "核对办法：见上一级文件夹中的 README.txt".to_owned(),
        ];
        // Old versions of Windows Notepad show a text only with such line ends.
        lines.map(|line| line + "\r\n").concat()
    }

    /// 归档文件目录.xlsx; the same records give the same bytes.
    pub fn xlsx(&self, records: &[Record]) -> Result<Vec<u8>, Diagnostic> {
        self.workbook(records).map_err(|error| {
            Diagnostic::error("catalogue-xlsx", format!("生成不了 Excel 目录：{error}"))
        })
    }

    fn workbook(&self, records: &[Record]) -> Result<Vec<u8>, XlsxError> {
        const WIDTHS: [u8; COLUMNS.len()] = [5, 26, 16, 24, 44, 10, 6, 6, 16];
        let (year, month, day) = self.date;
        let created = ExcelDateTime::from_ymd(year, month, day)?;
        let properties = DocProperties::new()
            .set_title("归档文件目录")
            .set_author(&self.organisation)
            .set_creation_datetime(&created);
        let cell = Format::new()
            .set_border(FormatBorder::Thin)
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter);
        let heading = cell.clone().set_bold().set_align(FormatAlign::Center);

        let mut workbook = Workbook::new();
        workbook.set_properties(&properties);
        let sheet = workbook.add_worksheet().set_name("归档文件目录")?;
        sheet.set_landscape().set_paper_size(9).set_repeat_rows(0, 0)?.set_freeze_panes(1, 0)?;
        for ((column, name), width) in (0..).zip(COLUMNS).zip(WIDTHS) {
            sheet.write_string_with_format(0, column, name, &heading)?;
            sheet.set_column_width(column, width)?;
        }
        for (row, fields) in (1..).zip(rows(records)) {
            for (column, field) in (0..).zip(&fields) {
                sheet.write_string_with_format(row, column, field, &cell)?;
            }
        }
        crate::workbook::bytes(&mut workbook)
    }

    /// The metadata of one item as XML.
    pub fn metadata(&self, record: &Record) -> String {
        let code = &record.code;
        let values = [
            "件".to_owned(),
            self.fonds_name.clone(),
            self.organisation.clone(),
            code.to_string(),
            code.fonds.clone(),
            code.category.clone(),
            code.year.to_string(),
            code.retention.name().to_owned(),
            record.basis.clone(),
            code.unit.clone().unwrap_or_default(),
            code.number(),
            record.title.clone(),
            record.reference.clone(),
            record.responsible.clone(),
            record.date.clone(),
            record.secrecy.clone(),
            record.access.name().to_owned(),
            pages(record),
            record.remark.clone(),
            self.software.clone(),
        ];
        let parts = Element::new(ELEMENTS[values.len()]);
        Element::new(METADATA)
            .with_each(&ELEMENTS, values)
            .with_all([parts.with_all(record.files.iter().map(file_metadata))])
            .to_document()
    }

    fn naming_rules(&self) -> String {
        let Scheme { fonds, category, unit } = &self.scheme;
        let unit_rule = match unit {
            Some(unit) => format!("机构（问题）代码：{unit}\r\n"),
            None => "机构（问题）代码：不设\r\n".to_owned(),
        };
        include_str!("naming.txt")
            .replace('\n', "\r\n")
            .replace("{fonds}", fonds)
            .replace("{category}", category)
            .replace("{unit}\r\n", &unit_rule)
    }
}

fn file_metadata(file: &RecordedFile) -> Element {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    let (size, origin) = (file.size.to_string(), file.origin.name().to_owned());
    let values = [name.to_owned(), size, file.format.clone(), file.sha256.clone(), origin];
    Element::new("文件").with_each(&FILE_ELEMENTS, values)
}

fn pages(record: &Record) -> String {
    record.pages.map(|pages| pages.to_string()).unwrap_or_default()
}

/// 文件目录.XML.
pub(super) fn directory(records: &[Record]) -> String {
    let element = |(order, record): (usize, &Record)| {
        let names = record.files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>();
        let values = [
            order.to_string(),
            record.code.to_string(),
            record.responsible.clone(),
            record.title.clone(),
            record.date.clone(),
            record.secrecy.clone(),
            names.join(&SEPARATOR.to_string()),
            record.remark.clone(),
        ];
        Element::new("文件").with_each(&CHILDREN, values)
    };
    Element::new("文件目录").with_all((1..).zip(records).map(element)).to_document()
}

/// 归档文件目录.csv, with the mark by which Excel knows it for UTF-8.
pub(super) fn csv(records: &[Record]) -> Vec<u8> {
    table(&COLUMNS, rows(records))
}

/// 保管期限表.csv: how long each item is kept, and on what ground.
pub(super) fn retention_table(records: &[Record]) -> Vec<u8> {
    let row = |record: &Record| {
        let retention = record.code.retention.name().to_owned();
        vec![record.code.to_string(), record.title.clone(), retention, record.basis.clone()]
    };
    table(&["档号", "题名", "保管期限", "依据"], records.iter().map(row))
}

/// The rows of 归档文件目录, by [`COLUMNS`].
pub(super) fn rows(records: &[Record]) -> impl Iterator<Item = Vec<String>> {
    (1..).zip(records).map(|(order, record): (usize, _)| {
        vec![
            order.to_string(),
            record.code.to_string(),
            record.reference.clone(),
            record.responsible.clone(),
            record.title.clone(),
            record.date.clone(),
            record.secrecy.clone(),
            pages(record),
            record.remark.clone(),
        ]
    })
}

fn table(heading: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut out = "\u{feff}".to_owned().into_bytes();
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut out);
    let heading = heading.iter().map(|&name| name.to_owned()).collect();
    for row in std::iter::once(heading).chain(rows) {
        let cells = row.iter().map(|cell| guard(cell));
        writer.write_record(cells).expect("memory takes rows of equal length");
    }
    writer.flush().expect("memory takes all");
    drop(writer);
    out
}

/// A cell that begins like a formula is run by Excel; an apostrophe before it
/// makes it text.
fn guard(cell: &str) -> String {
    let plain: String = cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if plain.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\'']) {
        format!("'{plain}")
    } else {
        plain
    }
}

/// What stood in a cell before [`guard`].
pub(super) fn unguard(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

/// Every cell of a table, if it is one.
pub(super) fn cells(text: &str) -> Option<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows: Vec<_> = reader.records().collect::<csv::Result<_>>().ok()?;
    Some(rows.iter().flatten().map(str::to_owned).collect())
}

/// More items than any election leaves.
const MOST_ROWS: usize = 100_000;

/// Rows of 归档文件目录.csv as they are read back, by column name.
pub(super) fn parse_csv(bytes: &[u8]) -> Result<Vec<BTreeMap<String, String>>, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").ok_or("开头没有 UTF-8 标记（BOM）")?;
    let mut reader = csv::Reader::from_reader(bytes);
    let headers = reader.headers().map_err(|_| "不是 UTF-8 编码的 CSV")?.clone();
    if !headers.iter().eq(COLUMNS) {
        return Err(format!("各栏应为 {}", COLUMNS.join("、")));
    }
    let row = |row: csv::Result<csv::StringRecord>| -> Result<_, String> {
        let row = row.map_err(|error| match error.position() {
            Some(place) => format!("第 {} 行不可读", place.line()),
            None => "不可读".to_owned(),
        })?;
        let cells = row.iter().map(|cell| unguard(cell).to_owned());
        Ok(COLUMNS.iter().map(|&name| name.to_owned()).zip(cells).collect())
    };
    let rows: Result<Vec<_>, String> = reader.records().take(MOST_ROWS + 1).map(row).collect();
    let rows = rows?;
    if rows.len() > MOST_ROWS { Err("行数多得不合常理".into()) } else { Ok(rows) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::records::{Access, Origin, Retention};

    fn record(title: &str) -> Record {
        let scheme = Scheme { fonds: "X001".into(), category: "WS".into(), unit: None };
        let code = scheme.number([(2026, Retention::Permanent)]).unwrap().remove(0);
        let path = code.file(title, 1, title, "pdf");
        let (sha256, format) = ("00".repeat(32), "PDF/A-2a".to_owned());
        let file = RecordedFile { path, size: 1, sha256, format, origin: Origin::Generated };
        Record {
            code,
            reference: "示例选字第1号".into(),
            responsible: "甲, 乙".into(),
            title: title.into(),
            date: "20260517".into(),
            secrecy: String::new(),
            pages: Some(2),
            remark: "引号\"和\n换行".into(),
            basis: String::new(),
            access: Access::Public,
            files: vec![file],
        }
    }

    fn holder() -> Holder {
        let scheme =
            Scheme { fonds: "X001".into(), category: "WS".into(), unit: Some("XJ".into()) };
        let (fonds_name, organisation) = ("甲".to_owned(), "乙".to_owned());
        Holder { fonds_name, organisation, scheme, date: (2026, 5, 20), software: "张榜".into() }
    }

    #[test]
    fn no_cell_is_a_formula_and_all_are_read_back() {
        for title in ["=1+1", "+86", "-1", "@SUM(A1)", " =1", "＝1", "'quoted", "普通公告"] {
            let written = csv(&[record(title)]);
            let text = String::from_utf8(written.clone()).unwrap();
            assert!(text.starts_with("\u{feff}序号,档号,"), "{text}");
            assert!(!text.contains(&format!(",{title},")) || title == "普通公告", "{text}");
            let rows = parse_csv(&written).unwrap();
            assert_eq!(rows[0]["题名"], title);
            assert_eq!(rows[0]["责任者"], "甲, 乙");
            assert_eq!(rows[0]["备注"], "引号\"和 换行");
        }
    }

    #[test]
    fn the_directory_has_its_eight_children_in_order() {
        let root = Element::parse(&directory(&[record("公告 <1>")])).unwrap();
        let names: Vec<_> =
            root.children[0].children.iter().map(|child| child.name.as_str()).collect();
        assert_eq!(names, CHILDREN);
        assert_eq!(root.children[0].get("题名"), "公告 <1>");
    }

    #[test]
    fn the_workbook_is_the_same_every_time() {
        let records = [record("公告")];
        let one = holder().xlsx(&records).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(1100));
        assert_eq!(one, holder().xlsx(&records).unwrap());
        let odd = Holder { date: (2026, 13, 40), ..holder() };
        assert_eq!(odd.xlsx(&records).unwrap_err().code, "catalogue-xlsx");
    }

    #[test]
    fn the_metadata_have_all_elements_in_order() {
        let root = Element::parse(&holder().metadata(&record("公告"))).unwrap();
        assert!(root.name == METADATA && root.children.iter().map(|c| &c.name).eq(ELEMENTS));
        let file = &root.children[20].children[0];
        assert!(file.children.iter().map(|c| &c.name).eq(FILE_ELEMENTS));
        assert_eq!(file.get("计算机文件名"), "0001-01 公告.pdf");
    }

    #[test]
    fn the_rules_tell_the_codes_used() {
        let rules = holder().naming_rules();
        assert!(rules.contains("全宗号：X001\r\n") && rules.contains("代码：XJ\r\n"));
        assert!(!rules.contains(['{', '}']) && !rules.replace("\r\n", "").contains('\n'));
    }
}
