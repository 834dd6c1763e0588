//! Workbooks for the secretary: the roll set in order, and the questions to
//! work through. Both are for the office alone; the same roll gives the same
//! bytes.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook,
    Worksheet, XlsxError,
};

use super::answers::{Confirmed, NOT_CHECKED, NOT_VOTER, OPEN_IN_SPITE, OPEN_SHEET};
use super::cell::columns::OPEN;
use super::{Column, RowRef, Voter, VoterRoll, answers, asked};
use crate::diagnostic::{Cell, Diagnostic, Place, Report, Severity};
use crate::number::counted;
use crate::privacy::{self, Personal};

/// The roll as a workbook, in the order of the file, names untouched. It holds
/// ID numbers if the roll does, so it must never be made public. What of `report` is still
/// open, and a reader of this copy could not ask again, goes with it.
pub fn clean_workbook(roll: &VoterRoll, report: &Report) -> Result<Vec<u8>, Diagnostic> {
    let copied = Copied { roll, asked: asked::by_voter(roll, &roll.asked) };
    let columns = columns(&copied);
    let rows =
        roll.voters.iter().enumerate().map(|(at, voter)| cells(&copied, &columns, at, voter));
    let headings: Vec<(&str, f64)> =
        columns.iter().map(|column| (column.heading, column.width)).collect();
    let open = copied.open_of_no_voter(report);
    let written = new_workbook().and_then(|mut workbook| {
        write_table(&mut workbook, "选民名册", &headings, rows)?;
        if !open.is_empty() {
            let rows = open.into_iter().map(std::iter::once);
            write_table(&mut workbook, OPEN_SHEET, &[(OPEN_SHEET, 100.0)], rows)?;
        }
        crate::workbook::bytes(&mut workbook)
    });
    written.map_err(|error| not_written(&error))
}

/// The questions of a report, one a row, with what stands in the cell and room
/// for the answer, which [`Answers`](super::Answers) reads back; below them the remarks
/// that were not asked about.
pub fn questions_workbook(roll: &VoterRoll, report: &Report) -> Result<Vec<u8>, Diagnostic> {
    const HEADINGS: [(&str, f64); 11] = [
        ("序号", 6.0),
        ("程度", 6.0),
        ("工作表", 14.0),
        ("行", 8.0),
        ("列", 18.0),
        (answers::WHO, 12.0),
        (answers::WRITTEN, 18.0),
        (answers::ASKED, 56.0),
        (answers::ANSWER, 20.0),
        ("办法", 50.0),
        ("依据", 30.0),
    ];
    let kept: Vec<&Diagnostic> = roll.kept.iter().collect();
    let written = Written::of(roll, &kept);
    let kept = kept.into_iter().map(|finding| Question::of(finding, &written));
    let rows: Vec<Question> = questions(roll, report).into_iter().chain(kept).collect();
    let cells = rows.iter().zip(1..).map(|(question, number)| question.cells(number).into_iter());
    workbook("待核对", &HEADINGS, cells, |sheet| offer_answers(sheet, &rows))
        .map_err(|error| not_written(&error))
}

/// Offers the words that settle each question where it is answered; others may be typed.
fn offer_answers(sheet: &mut Worksheet, questions: &[Question]) -> Result<(), XlsxError> {
    const AT: u16 = 8;
    // As many as Excel takes.
    const MOST: usize = 65_000;
    let mut row = 1;
    let alike = questions.chunk_by(|one, other| one.offered() == other.offered());
    for alike in alike.take(MOST) {
        let (first, offered) = (row, alike[0].offered());
        row += counted(alike.len());
        if !offered.is_empty() {
            let offer = DataValidation::new()
                .allow_list_strings(&offered)?
                .set_input_message("选一项；要改名册里那一格的，写“改为……”")?
                .show_error_message(false);
            sheet.add_data_validation(first, AT, row - 1, AT, &offer)?;
        }
    }
    Ok(())
}

/// A question about a roll, in words that the office may read: no personal data.
#[derive(Clone, Debug)]
pub struct Question {
    pub severity: Severity,
    pub code: &'static str,
    /// The sheet, row and column that it is about, where it is about one.
    pub sheet: String,
    pub row: String,
    pub column: String,
    /// Who stands there, and what is written.
    pub who: String,
    pub written: String,
    pub message: String,
    pub help: String,
    pub basis: String,
}

/// The questions of a report, in its order.
pub fn questions(roll: &VoterRoll, report: &Report) -> Vec<Question> {
    let asked: Vec<&Diagnostic> =
        report.iter().filter(|finding| finding.severity > Severity::Note).collect();
    let written = Written::of(roll, &asked);
    asked.into_iter().map(|finding| Question::of(finding, &written)).collect()
}

impl Question {
    /// The words that answer it as it stands; else the row is no voter, or is mended.
    pub fn answers(&self) -> Vec<&'static str> {
        Confirmed::settling(self.code, self.severity)
    }

    /// The same, and of a row that it is no voter's.
    fn offered(&self) -> Vec<&'static str> {
        let of_row = Some(NOT_VOTER).filter(|_| !self.row.is_empty());
        self.answers().into_iter().chain(of_row).collect()
    }

    fn of(finding: &Diagnostic, written: &Written) -> Self {
        let cell = finding.place.as_ref().and_then(Place::cell);
        let masked = |text: &str| privacy::mask(text).into_owned();
        let label = |text: &str| privacy::mask_label(text).into_owned();
        let text = |text: Option<String>| text.unwrap_or_default();
        Self {
            severity: finding.severity,
            code: finding.code,
            sheet: text(cell.and_then(|cell| cell.sheet.as_deref()).map(label)),
            row: text(cell.map(|cell| cell.row.to_string())),
            column: text(cell.and_then(|cell| cell.column.as_deref()).map(label)),
            who: text(cell.map(|cell| written.who(cell))),
            written: text(cell.map(|cell| written.at(cell))),
            message: masked(&finding.message),
            help: text(finding.help.clone()),
            basis: text(finding.basis.clone()),
        }
    }

    fn cells(&self, number: usize) -> [String; 11] {
        [
            number.to_string(),
            self.severity.name().into(),
            self.sheet.clone(),
            self.row.clone(),
            self.column.clone(),
            self.who.clone(),
            self.written.clone(),
            self.message.clone(),
            String::new(),
            self.help.clone(),
            self.basis.clone(),
        ]
    }
}

/// What stands where the questions are about: the cell, or for a whole row the
/// name in it; and who stands there.
struct Written {
    cells: HashMap<(String, u32, usize), Cow<'static, str>>,
    /// The columns of the names in each row asked about: lists stand side by side.
    names: HashMap<(String, u32), Vec<usize>>,
}

impl Written {
    fn of(roll: &VoterRoll, questions: &[&Diagnostic]) -> Self {
        let cells = || questions.iter().filter_map(|finding| finding.place.as_ref()?.cell());
        let mut asked: HashMap<Option<&str>, HashSet<u32>> = HashMap::new();
        for cell in cells() {
            asked.entry(cell.sheet.as_deref()).or_default().insert(counted(cell.row));
        }
        let mut names: HashMap<(String, u32), Vec<usize>> = HashMap::new();
        for voter in &roll.voters {
            let sheet = roll.sheets[usize::from(voter.row.sheet)].name.as_deref();
            if asked.get(&sheet).is_some_and(|rows| rows.contains(&voter.row.row))
                && let Some(at) = roll.block(voter.row).header.position(Column::Name)
            {
                let key = (sheet.unwrap_or_default().to_owned(), voter.row.row);
                names.entry(key).or_default().push(at);
            }
        }
        let mut written = Self { cells: HashMap::new(), names };
        let places = cells().filter_map(|cell| written.key(cell));
        let people = cells().filter_map(|cell| written.name_of(cell));
        let wanted = places.chain(people).collect();
        written.cells = answers::written_at(&roll.path, &wanted);
        written
    }

    /// Where the name stands of whom a question is about: the nearest in the row.
    fn name_of(&self, cell: &Cell) -> Option<(String, u32, usize)> {
        let (sheet, row) = (cell.sheet.clone().unwrap_or_default(), counted(cell.row));
        let about = answers::column_in(cell.column.as_deref()).unwrap_or_default();
        let names = self.names.get(&(sheet.clone(), row))?;
        let nearest = names.iter().min_by_key(|at| at.abs_diff(about))?;
        Some((sheet, row, *nearest))
    }

    fn who(&self, cell: &Cell) -> String {
        let name = self.name_of(cell).and_then(|key| self.cells.get(&key));
        name.cloned().unwrap_or_default().into_owned()
    }

    fn key(&self, cell: &Cell) -> Option<(String, u32, usize)> {
        let (sheet, row) = (cell.sheet.clone().unwrap_or_default(), counted(cell.row));
        let at = answers::column_in(cell.column.as_deref());
        let at = at.or_else(|| self.names.get(&(sheet.clone(), row))?.first().copied())?;
        Some((sheet, row, at))
    }

    fn at(&self, cell: &Cell) -> String {
        let written = self.key(cell).and_then(|key| self.cells.get(&key));
        written.cloned().unwrap_or_default().into_owned()
    }
}

/// A roll to be copied, with what was asked about each voter.
struct Copied<'r> {
    roll: &'r VoterRoll,
    asked: HashMap<RowRef, Vec<&'r Diagnostic>>,
}

impl Copied<'_> {
    /// What is still open about a voter, whatever stands under 核对.
    fn questions(&self, voter: &Voter) -> String {
        let asked = self.asked.get(&voter.row).into_iter().flatten();
        let asked = asked.map(|finding| open_question(&finding.message)).collect::<Vec<_>>();
        let answered = self.roll.confirmed_of(voter.row).words();
        let begins = match answered.is_empty() || asked.is_empty() {
            true => "",
            false => OPEN_IN_SPITE,
        };
        format!("{begins}{}", asked.join("；"))
    }

    /// What is still open about the whole, and about rows that were not read.
    fn open_of_no_voter(&self, report: &Report) -> Vec<String> {
        let carried: HashSet<*const Diagnostic> =
            self.asked.values().flatten().map(|finding| std::ptr::from_ref(*finding)).collect();
        let key = |finding: &Diagnostic| {
            let cell = finding.place.as_ref().and_then(Place::cell);
            let at = cell.map(|cell| (cell.sheet.clone(), cell.row));
            (finding.code, finding.message.clone(), at)
        };
        let asked: HashSet<_> = self.roll.asked.iter().map(key).collect();
        let rows: HashSet<(Option<&str>, usize)> =
            self.roll.voters.iter().map(|voter| self.roll.row_key(voter.row)).collect();
        // What was asked about titles after all was read.
        let is_of_title = |finding: &&Diagnostic| {
            let cell = finding.place.as_ref().and_then(Place::cell);
            cell.is_some_and(|cell| !rows.contains(&(cell.sheet.as_deref(), cell.row)))
                && !asked.contains(&key(finding))
        };
        let is_open = |finding: &&Diagnostic| {
            finding.severity > Severity::Note && !carried.contains(&std::ptr::from_ref(*finding))
        };
        let asked_later = report.iter().filter(is_of_title);
        self.roll.asked.iter().chain(asked_later).filter(is_open).map(open_line).collect()
    }
}

/// A question with the place in the roll that was copied.
fn open_line(finding: &Diagnostic) -> String {
    let masked = privacy::mask(&finding.message);
    let message = open_question(&masked);
    let Some(Cell { sheet, row, .. }) = finding.place.as_ref().and_then(Place::cell) else {
        return message.to_owned();
    };
    match sheet {
        None => format!("原表第 {row} 行：{message}"),
        Some(sheet) => format!("原表“{}”第 {row} 行：{message}", privacy::mask_label(sheet)),
    }
}

/// What was asked at first, of a question that was carried over.
fn open_question(message: &str) -> &str {
    let carried = message.strip_prefix(NOT_CHECKED).unwrap_or(message);
    if carried.len() < message.len() { carried.trim_matches(['“', '”']) } else { message }
}

struct ColumnOut {
    heading: &'static str,
    width: f64,
    text: fn(&Copied, usize, &Voter) -> String,
}

fn cells<'c>(
    copied: &'c Copied,
    columns: &'c [ColumnOut],
    at: usize,
    voter: &'c Voter,
) -> impl Iterator<Item = String> + 'c {
    columns.iter().map(move |column| (column.text)(copied, at, voter))
}

/// The columns of which the roll has anything.
fn columns(copied: &Copied) -> Vec<ColumnOut> {
    let roll = copied.roll;
    let has = |says: fn(&Voter) -> bool| roll.voters.iter().any(says);
    let column = |heading, width, text| ColumnOut { heading, width, text };
    let all = [
        (true, column("序号", 8.0, |_, at, _| (at + 1).to_string())),
        (true, column("姓名", 14.0, |_, _, voter| voter.name.as_str().into())),
        (
            has(|voter| voter.sex.is_some()),
            column("性别", 6.0, |_, _, voter| {
                voter.sex.map(|sex| sex.name().into()).unwrap_or_default()
            }),
        ),
        (
            has(|voter| voter.birth.is_some()),
            column("出生日期", 12.0, |_, _, voter| {
                voter.birth.map(|birth| birth.to_string()).unwrap_or_default()
            }),
        ),
        (
            has(|voter| voter.id_number.is_some()),
            column("身份证号", 22.0, |_, _, voter| {
                let id = voter.id_number.as_ref().map(Personal::expose);
                id.map(|id| id.as_str().into()).unwrap_or_default()
            }),
        ),
        (
            has(|voter| voter.group.is_some()),
            column("小组", 16.0, |copied, _, voter| {
                copied.roll.group_of(voter).unwrap_or_default().into()
            }),
        ),
        (
            has(|voter| voter.household.is_some()),
            column("户", 12.0, |copied, _, voter| {
                voter.household.map(|id| copied.roll.households.name(id).into()).unwrap_or_default()
            }),
        ),
        (
            has(|voter| voter.category.is_some()),
            column("类别", 12.0, |copied, _, voter| {
                let categories = &copied.roll.categories;
                voter.category.map(|id| categories.name(id).into()).unwrap_or_default()
            }),
        ),
        (
            has(|voter| voter.age.is_some()),
            column("年龄", 6.0, |_, _, voter| {
                voter.age.map(|age| age.to_string()).unwrap_or_default()
            }),
        ),
        (
            !roll.confirmed.is_empty(),
            column("核对", 12.0, |copied, _, voter| copied.roll.confirmed_of(voter.row).words()),
        ),
        (!copied.asked.is_empty(), column(OPEN, 60.0, |copied, _, voter| copied.questions(voter))),
    ];
    all.into_iter().filter_map(|(is_there, column)| is_there.then_some(column)).collect()
}

/// Writes a table in which every cell is text, so that no number loses digits
/// and nothing becomes a formula.
pub(super) fn workbook(
    name: &str,
    headings: &[(&str, f64)],
    rows: impl Iterator<Item = impl Iterator<Item = String>>,
    finish: impl FnOnce(&mut Worksheet) -> Result<(), XlsxError>,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = new_workbook()?;
    finish(write_table(&mut workbook, name, headings, rows)?)?;
    crate::workbook::bytes(&mut workbook)
}

fn new_workbook() -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    // The time of writing would make every copy different.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    Ok(workbook)
}

fn write_table<'w>(
    workbook: &'w mut Workbook,
    name: &str,
    headings: &[(&str, f64)],
    rows: impl Iterator<Item = impl Iterator<Item = String>>,
) -> Result<&'w mut Worksheet, XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(name)?;
    write_headings(sheet, headings)?;
    let text = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
    for (number, row) in (1..).zip(rows) {
        for (at, cell) in (0..).zip(row) {
            if !cell.is_empty() {
                sheet.write_string_with_format(number, at, cell, &text)?;
            }
        }
    }
    Ok(sheet)
}

fn write_headings(sheet: &mut Worksheet, headings: &[(&str, f64)]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_border_bottom(FormatBorder::Thin);
    for (at, (heading, width)) in (0..).zip(headings) {
        sheet.write_string_with_format(0, at, *heading, &bold)?;
        sheet.set_column_width(at, *width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

pub(super) fn not_written(error: &XlsxError) -> Diagnostic {
    let message = match error {
        XlsxError::RowColumnLimitError => "行数超过了 Excel 工作表能容纳的 1048576 行".into(),
        other => format!("工作簿没有写成：{other}"),
    };
    Diagnostic::error("workbook-not-written", message)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;
    use std::path::Path;

    use super::super::tests::{read_bytes, read_clean};
    use super::super::{diff, read_from};
    use super::*;

    const ROLL: &str = "姓名,性别,出生日期,身份证号,小组\n 张　三,女,1949-12-31,11010519491231002X,一组\n@张四,,,,二组\n";

    #[test]
    fn writes_a_roll_that_reads_back_the_same() {
        let roll = read_clean(ROLL);
        let bytes = clean_workbook(&roll, &Report::new()).unwrap();
        let mut report = Report::new();
        let again = read_from(Cursor::new(&bytes), Path::new("voters.xlsx"), &mut report).unwrap();
        assert!(report.is_empty(), "{report}");
        assert!(diff(&roll, &again).is_empty());
        assert_eq!(again.voters[0].name.as_str(), "张　三");
        assert_eq!(again.voters[1].name.as_str(), "@张四");
        assert_eq!(again.voters[0].id_number, roll.voters[0].id_number);
    }

    #[test]
    fn keeps_asking_in_a_copy_what_was_asked() {
        let text = "姓名,性别,小组,备注\n张三,男,一组,死亡\n李四,女,二组,党员\n";
        let roll = read_bytes(text.as_bytes()).0.unwrap();
        let mut report = Report::new();
        let bytes = clean_workbook(&roll, &Report::new()).unwrap();
        let again = read_from(Cursor::new(&bytes), Path::new("voters.xlsx"), &mut report).unwrap();
        let told: Vec<&str> = report.iter().map(|finding| finding.code).collect();
        assert_eq!((told, again.len()), (vec!["roll-open"], 2), "{report}");
        assert!(report.to_string().contains("死亡"), "{report}");
    }

    #[test]
    fn writes_the_same_bytes_each_time() {
        let roll = read_clean(ROLL);
        assert_eq!(
            clean_workbook(&roll, &Report::new()).unwrap(),
            clean_workbook(&roll, &Report::new()).unwrap()
        );
    }

    #[test]
    fn writes_questions_without_personal_data() {
        let (roll, mut report) = read_bytes("姓名,性别\n张三,难\n,男\n".as_bytes());
        report.push(Diagnostic::error("x", "号码 11010519491231002X"));
        let bytes = questions_workbook(&roll.unwrap(), &report).unwrap();
        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        let cells = calamine::Reader::worksheet_range(&mut book, "待核对").unwrap();
        let texts: Vec<String> = cells.cells().map(|(_, _, cell)| cell.to_string()).collect();
        assert!(texts.contains(&"性别写得看不懂".to_owned()));
        assert!(texts.contains(&"B（性别）".to_owned()));
        assert!(texts.iter().all(|text| !text.contains("19491231")));
    }
}
