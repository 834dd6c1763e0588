//! From the rows of a sheet to voters: the heading row is found below titles,
//! totals and empty rows are left out, groups written once are carried down.

use std::borrow::Cow;
use std::ops::{ControlFlow, RangeInclusive};

use super::columns::{self, Column, Header};
use super::findings::{Findings, quote};
use super::values::{self, BirthFault, Epoch, Value};
use super::{Encoding, GroupId, HouseholdId, MAX_VOTERS, RowRef, Sheet, Voter, VoterRoll};
use crate::diagnostic::Diagnostic;
use crate::election::date::PartialDate;
use crate::election::identity::{IdError, IdNumber};
use crate::election::person::{Name, Sex, half_width};
use crate::privacy::Personal;

/// How many rows may stand above the headings.
const HEADINGS_WITHIN: u32 = 100;

/// A row of any kind of table.
pub(super) trait Row {
    fn width(&self) -> usize;
    fn cell(&self, at: usize) -> Value<'_>;
}

/// One sheet on its way into the roll.
pub(super) struct Table<'t> {
    roll: &'t mut VoterRoll,
    findings: &'t mut Findings,
    sheet: u16,
    epoch: Epoch,
    stage: Stage,
    /// The texts of the row above, which may hold headings too.
    above: Vec<String>,
    first_voter: usize,
    /// The group whose name stands in a row of its own above its voters.
    section: Option<GroupId>,
    left_out: LeftOut,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// No heading row yet.
    Above,
    /// The row after it, which may be its second half.
    Under,
    Within,
    /// More voters than can be.
    Overflow,
}

/// Rows that are no voters, for the note that tells of them.
#[derive(Default)]
struct LeftOut {
    totals: Rows,
    nameless: Rows,
    headings: Rows,
}

/// The first few numbers of rows, and how many there are.
#[derive(Default)]
struct Rows {
    first: Vec<u32>,
    count: usize,
}

impl<'t> Table<'t> {
    /// Begins a sheet; `name` is none for a text file.
    pub fn new(roll: &'t mut VoterRoll, findings: &'t mut Findings, name: Option<String>) -> Self {
        let sheet = u16::try_from(roll.sheets.len()).unwrap_or(u16::MAX);
        roll.sheets.push(Sheet { name, columns: Header::default(), is_filled: false });
        let first_voter = roll.voters.len();
        Self {
            roll,
            findings,
            sheet,
            epoch: Epoch::Year1900,
            stage: Stage::Above,
            above: Vec::new(),
            first_voter,
            section: None,
            left_out: LeftOut::default(),
        }
    }

    /// Reads bare numbers as days of the other calendar.
    pub fn count_days_from_1904(&mut self) {
        self.epoch = Epoch::Year1904;
    }

    /// Takes up one row; breaks when there is no use in going on.
    pub fn row(&mut self, number: u32, row: &impl Row) -> ControlFlow<()> {
        match self.stage {
            Stage::Above if number > HEADINGS_WITHIN => return ControlFlow::Break(()),
            Stage::Above => self.seek_header(row),
            Stage::Under => {
                self.stage = Stage::Within;
                if !self.extend_header(row) && !numbers_columns(row) {
                    return self.body(number, row);
                }
            }
            Stage::Within => return self.body(number, row),
            Stage::Overflow => return ControlFlow::Break(()),
        }
        ControlFlow::Continue(())
    }

    /// Ends the sheet; `None` if it was not read to its end. `merged` tells the
    /// cells that were merged; it is asked only if it matters.
    pub fn finish(self, merged: impl FnOnce() -> Vec<Merged>) -> Option<()> {
        if self.stage == Stage::Overflow {
            return None;
        }
        let sheet = &self.roll.sheets[usize::from(self.sheet)];
        let place =
            sheet.name.as_deref().map(|name| format!("工作表“{name}”：")).unwrap_or_default();
        if let Some(message) = self.left_out.message() {
            let path = self.roll.path.clone();
            self.findings.add("roll-rows-left-out", |code| {
                Diagnostic::note(code, format!("{place}{message}")).in_file(path)
            });
        }
        carry_down(self.roll, self.first_voter, self.findings, merged);
        Some(())
    }

    fn header(&self) -> &Header {
        &self.roll.sheets[usize::from(self.sheet)].columns
    }

    fn seek_header(&mut self, row: &impl Row) {
        let texts: Vec<String> =
            (0..row.width()).map(|at| row.cell(at).text().into_owned()).collect();
        self.roll.sheets[usize::from(self.sheet)].is_filled |=
            texts.iter().any(|text| !text.trim().is_empty());
        let headings = texts.iter().enumerate().filter(|(_, text)| !text.trim().is_empty());
        if let Some(mut header) = Header::find(headings.map(|(at, text)| (at, text.as_str()))) {
            for (at, text) in self.above.iter().enumerate() {
                let empty = texts.get(at).is_none_or(|text| text.trim().is_empty());
                if empty && columns::known(text).is_some() {
                    header.add(at, text);
                }
            }
            self.roll.sheets[usize::from(self.sheet)].columns = header;
            self.stage = Stage::Under;
        }
        self.above = texts;
    }

    /// Takes up a second row of headings, such as 年 月 日 under 出生日期.
    fn extend_header(&mut self, row: &impl Row) -> bool {
        if !self.cell(row, Column::Name).is_empty() {
            return false;
        }
        let texts: Vec<_> = (0..row.width()).map(|at| (at, row.cell(at).text())).collect();
        let headings: Vec<_> =
            texts.iter().filter(|(_, text)| columns::known(text).is_some()).collect();
        let header = &mut self.roll.sheets[usize::from(self.sheet)].columns;
        for (at, text) in &headings {
            header.add(*at, text);
        }
        !headings.is_empty()
    }

    fn cell<'r>(&self, row: &'r impl Row, column: Column) -> Value<'r> {
        self.header().position(column).map_or(Value::Empty, |at| row.cell(at))
    }

    fn body(&mut self, number: u32, row: &impl Row) -> ControlFlow<()> {
        match self.kind(row) {
            Kind::Voter if self.roll.voters.len() >= MAX_VOTERS => return self.too_many(),
            Kind::Voter => self.voter(number, row),
            Kind::Nameless => self.nameless(number),
            Kind::Section(group) => self.section = self.roll.groups.intern(&group),
            Kind::Total => self.left_out.totals.add(number),
            Kind::Headings => self.left_out.headings.add(number),
            Kind::Remark => self.left_out.nameless.add(number),
            Kind::Blank => {}
        }
        ControlFlow::Continue(())
    }

    /// What a row below the headings is.
    fn kind(&self, row: &impl Row) -> Kind {
        let name = self.cell(row, Column::Name);
        let says_who = [Column::Sex, Column::Birth, Column::BirthYear, Column::IdNumber];
        let is_said = says_who.iter().any(|&column| !self.cell(row, column).is_empty());
        if !name.is_empty() {
            let text = name.text();
            match &*text {
                text if is_total(text) => Kind::Total,
                text if matches!(columns::known(text), Some((Column::Name, _))) => Kind::Headings,
                text if !is_said && is_remark(text) => Kind::Remark,
                text if !is_said && self.is_section(row, text) => Kind::Section(text.to_owned()),
                _ => Kind::Voter,
            }
        } else {
            self.kind_without_name(row, is_said)
        }
    }

    fn kind_without_name(&self, row: &impl Row, is_said: bool) -> Kind {
        let mut texts =
            (0..row.width()).map(|at| row.cell(at).text()).filter(|text| !text.trim().is_empty());
        if texts.any(|text| is_total(&text)) {
            return Kind::Total;
        }
        if is_said {
            return Kind::Nameless;
        }
        let filled: Vec<usize> = (0..row.width()).filter(|&at| !row.cell(at).is_empty()).collect();
        match filled[..] {
            [at] if self.is_section(row, &row.cell(at).text()) => {
                Kind::Section(row.cell(at).text().into_owned())
            }
            _ if filled.iter().all(|&at| self.is_prepared(at, row)) => Kind::Blank,
            _ => Kind::Remark,
        }
    }

    /// Whether a cell may be filled in rows that wait for a voter.
    fn is_prepared(&self, at: usize, row: &impl Row) -> bool {
        let stands = |column| self.header().position(column) == Some(at);
        let is_number = || compact(&row.cell(at).text()).chars().all(|c| c.is_ascii_digit());
        [Column::Group, Column::Household, Column::Category].into_iter().any(stands)
            || stands(Column::Serial) && is_number()
    }

    /// Whether the row holds nothing but the name of a group, as a title of
    /// the rows below it.
    fn is_section(&self, row: &impl Row, text: &str) -> bool {
        let alone = || (0..row.width()).filter(|at| !row.cell(*at).is_empty()).count() == 1;
        !self.header().has(Column::Group) && row.width() > 1 && looks_like_group(text) && alone()
    }

    fn voter(&mut self, number: u32, row: &impl Row) {
        let at = RowRef { sheet: self.sheet, row: number };
        self.formula_faults(at, row);
        let name = Name::new(&self.cell(row, Column::Name).text());
        let id_number = self.id_number(at, row);
        let sure = id_number.filter(IdNumber::check_holds);
        let sex = self.sex(at, row).or_else(|| sure.map(|id| id.sex()));
        let birth =
            self.birth(at, row).or_else(|| sure.and_then(|id| id.birth()).map(PartialDate::from));
        let voter = Voter {
            name,
            sex,
            birth,
            id_number: id_number.map(Personal::new),
            group: self.group(row),
            household: intern(self.cell(row, Column::Household), |text| {
                self.roll.households.intern(text)
            }),
            category: intern(self.cell(row, Column::Category), |text| {
                self.roll.categories.intern(text)
            }),
            row: at,
        };
        self.roll.voters.push(voter);
    }

    fn formula_faults(&mut self, at: RowRef, row: &impl Row) {
        let kept = [Column::Name, Column::Sex, Column::Birth, Column::IdNumber, Column::Group];
        for column in kept {
            if matches!(self.cell(row, column), Value::Fault) {
                let message = "这一格的公式出错（如 #N/A、#REF!）".into();
                self.fault(at, column, "roll-formula", message, "把公式换成实际的内容");
            }
        }
    }

    fn group(&mut self, row: &impl Row) -> Option<GroupId> {
        let written = self.cell(row, Column::Group);
        intern(written, |text| self.roll.groups.intern(text)).or(self.section)
    }

    fn sex(&mut self, at: RowRef, row: &impl Row) -> Option<Sex> {
        let cell = self.cell(row, Column::Sex).text();
        let text = half_width(&cell);
        if values::says_nothing(&text) {
            return None;
        }
        let sex = Sex::parse(&text);
        if sex.is_none() {
            self.fault(at, Column::Sex, "roll-sex", "性别写得看不懂".into(), "写“男”或“女”");
        }
        sex
    }

    fn birth(&mut self, at: RowRef, row: &impl Row) -> Option<PartialDate> {
        let in_parts =
            self.header().has(Column::BirthYear) && self.header().has(Column::BirthMonth);
        let (column, read) = if in_parts {
            let parts = [Column::BirthYear, Column::BirthMonth, Column::BirthDay];
            (Column::BirthYear, values::birth_of_parts(parts.map(|column| self.cell(row, column))))
        } else {
            (Column::Birth, values::birth(self.cell(row, Column::Birth), self.epoch))
        };
        read.unwrap_or_else(|fault| {
            let (message, help) = birth_fault(fault);
            self.fault(at, column, "roll-birth", message.into(), help);
            None
        })
    }

    fn id_number(&mut self, at: RowRef, row: &impl Row) -> Option<IdNumber> {
        values::id_number(self.cell(row, Column::IdNumber)).unwrap_or_else(|fault| {
            self.id_fault(at, fault);
            None
        })
    }

    fn id_fault(&mut self, at: RowRef, fault: IdError) {
        let column = Column::IdNumber;
        match fault {
            IdError::Scientific => self.fault(
                at,
                column,
                "roll-id-as-number",
                "身份证号被 Excel 变成了数值，后几位已经丢失，无法还原".into(),
                "在 Excel 或 WPS 里选中这一列，右键“设置单元格格式”选“文本”，再按原件重新录入",
            ),
            IdError::Length(len) => self.fault(
                at,
                column,
                "roll-id-length",
                format!("身份证号有 {len} 位，应当是 18 位"),
                "对照身份证或户口簿改正",
            ),
            IdError::Masked => self.doubt(
                at,
                column,
                "roll-id-masked",
                "身份证号被星号遮住，不能用来核对",
                "请用完整的名册核对；公开的名单不会印出身份证号",
            ),
            IdError::Form => self.doubt(
                at,
                column,
                "roll-id-form",
                "这不是居民身份证号码，不能核对",
                "如果是别的证件，请人工核对；如果写错了列，请移到该在的列",
            ),
        }
    }

    fn fault(
        &mut self,
        at: RowRef,
        column: Column,
        code: &'static str,
        message: String,
        help: &str,
    ) {
        let place = self.roll.place(at, column);
        self.findings.add(code, |code| Diagnostic::error(code, message).at(place).help(help));
    }

    fn doubt(&mut self, at: RowRef, column: Column, code: &'static str, message: &str, help: &str) {
        let place = self.roll.place(at, column);
        self.findings.add(code, |code| Diagnostic::warning(code, message).at(place).help(help));
    }

    fn nameless(&mut self, number: u32) {
        let at = RowRef { sheet: self.sheet, row: number };
        self.fault(
            at,
            Column::Name,
            "roll-name-blank",
            "这一行没有姓名".into(),
            "补上姓名；如果这一行多余，请删去整行",
        );
    }

    fn too_many(&mut self) -> ControlFlow<()> {
        self.stage = Stage::Overflow;
        self.findings.add("roll-too-long", |code| {
            Diagnostic::error(code, format!("选民名册超过 {MAX_VOTERS} 人，没有读完"))
                .in_file(&self.roll.path)
                .help("一个社区或村不会有这么多选民，请检查文件")
        });
        ControlFlow::Break(())
    }
}

/// What a row below the headings is.
enum Kind {
    Voter,
    /// Somebody's data without a name.
    Nameless,
    /// The name of a group, alone in its row.
    Section(String),
    Total,
    Headings,
    /// A remark or signature below the table.
    Remark,
    Blank,
}

fn intern<Id>(value: Value, intern: impl FnOnce(&str) -> Option<Id>) -> Option<Id> {
    let text = value.text();
    if text.trim().is_empty() { None } else { intern(&text) }
}

fn birth_fault(fault: BirthFault) -> (&'static str, &'static str) {
    match fault {
        BirthFault::Form => {
            ("出生日期写得看不懂", "写成 1987-03-05 的样子；只知道年月时写 1987-03")
        }
        BirthFault::NoSuchDay => ("日历上没有这个出生日期", "对照身份证或户口簿改正"),
        BirthFault::JanuaryOrOctober => (
            "出生年月被 Excel 变成了小数，分不清是 1 月还是 10 月",
            "把这一列设为“文本”格式，写成 1987-01 或 1987-10",
        ),
    }
}

fn compact(text: &str) -> Cow<'_, str> {
    let text = half_width(text);
    if text.contains(char::is_whitespace) {
        return text.chars().filter(|c| !c.is_whitespace()).collect();
    }
    text.into_owned().into()
}

fn is_total(text: &str) -> bool {
    const WORDS: [&str; 6] = ["合计", "小计", "总计", "共计", "累计", "总数"];
    if !text.contains(['合', '小', '总', '共', '累']) {
        return false;
    }
    let text = compact(text);
    let counts =
        text.strip_prefix('共').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    counts
        || WORDS.iter().any(|word| text.starts_with(word))
        || text.ends_with("小计")
        || text.ends_with("合计")
}

/// Whether it is a line such as `填表人：…` rather than a name.
fn is_remark(text: &str) -> bool {
    text.contains([':', '：'])
}

pub(super) fn looks_like_group(text: &str) -> bool {
    const ENDS: [&str; 6] = ["组", "经联社", "经济社", "合作社", "社", "队"];
    let text = compact(text);
    let short = (2..=15).contains(&text.chars().count());
    short && ENDS.iter().any(|end| text.ends_with(end))
}

/// Whether the row only numbers the columns: 1, 2, 3 …
fn numbers_columns(row: &impl Row) -> bool {
    let texts: Vec<_> = (0..row.width()).map(|at| row.cell(at).text()).collect();
    texts.len() > 2
        && texts.iter().enumerate().all(|(at, text)| text.trim() == (at + 1).to_string())
}

impl Rows {
    fn add(&mut self, number: u32) {
        const SHOWN: usize = 10;
        if self.first.len() < SHOWN {
            self.first.push(number);
        }
        self.count += 1;
    }

    fn message(&self, what: &str) -> Option<String> {
        let rows: Vec<String> = self.first.iter().map(u32::to_string).collect();
        let more = if self.count > self.first.len() { " 等" } else { "" };
        (self.count > 0)
            .then(|| format!("{what} {} 行（第 {}{more} 行）", self.count, rows.join("、")))
    }
}

impl LeftOut {
    fn message(&self) -> Option<String> {
        let kinds = [
            self.totals.message("合计"),
            self.headings.message("重复的表头"),
            self.nameless.message("没有姓名的说明文字"),
        ];
        let kinds: Vec<String> = kinds.into_iter().flatten().collect();
        (!kinds.is_empty()).then(|| format!("没有当作选民读入：{}", kinds.join("，")))
    }
}

/// Cells that were made one; all counted from zero.
#[derive(Clone, Debug)]
pub(super) struct Merged {
    pub rows: RangeInclusive<u32>,
    pub columns: RangeInclusive<u32>,
}

/// Fills in groups and households that are written once for several rows, as
/// merged cells are. Where most rows have a group of their own, an empty one is
/// more likely an oversight, and asked about.
fn carry_down(
    roll: &mut VoterRoll,
    first: usize,
    findings: &mut Findings,
    merged: impl FnOnce() -> Vec<Merged>,
) {
    let voters = &mut roll.voters[first..];
    if is_written_once(voters, |voter| voter.household.is_none()) {
        let mut above: Option<HouseholdId> = None;
        for voter in voters.iter_mut() {
            above = voter.household.or(above);
            voter.household = above;
        }
    }
    let is_meant = is_written_once(voters, |voter| voter.group.is_none());
    let mut above: Option<GroupId> = None;
    let mut guessed = Vec::new();
    for voter in voters.iter_mut() {
        if voter.group.is_none() && above.is_some() && !is_meant {
            guessed.push(voter.row);
        }
        above = voter.group.or(above);
        voter.group = above;
    }
    if !guessed.is_empty() {
        ask_about_groups(roll, &guessed, findings, merged());
    }
}

fn is_written_once(voters: &[Voter], is_blank: impl Fn(&Voter) -> bool) -> bool {
    voters.iter().filter(|voter| is_blank(voter)).count() * 2 >= voters.len()
}

fn ask_about_groups(
    roll: &VoterRoll,
    guessed: &[RowRef],
    findings: &mut Findings,
    mut merged: Vec<Merged>,
) {
    let group_at = |at: RowRef| roll.sheets[usize::from(at.sheet)].columns.position(Column::Group);
    let Some(column) = guessed.first().and_then(|&at| group_at(at)) else { return };
    merged.retain(|cells| cells.columns.contains(&(column as u32)));
    merged.sort_by_key(|cells| *cells.rows.start());
    for &at in guessed {
        let row = at.row - 1;
        let after = merged.partition_point(|cells| *cells.rows.start() <= row);
        let is_merged = after > 0 && merged[after - 1].rows.contains(&row);
        if !is_merged {
            findings.add("roll-group-blank", |code| {
                Diagnostic::warning(code, "这一行没有写小组，暂按上一行的小组算")
                    .at(roll.place(at, Column::Group))
                    .help("补上小组")
            });
        }
    }
}

/// Tells what concerns the whole file; `None` if it holds no roll.
pub(super) fn finish(roll: &mut VoterRoll, findings: &mut Findings) -> Option<()> {
    let path = roll.path.clone();
    if roll.sheets.iter().all(|sheet| !sheet.columns.has(Column::Name)) {
        findings.add("roll-no-name-column", |code| {
            Diagnostic::error(code, "选民名册里找不到“姓名”这一列")
                .in_file(path)
                .help("表头要有一格写“姓名”，其余的列写“性别”“出生日期”“身份证号”“小组”，次序不限")
        });
        return None;
    }
    if roll.is_empty() {
        findings.add("roll-empty", |code| {
            // As `zhangbang new` leaves it: registration has not begun.
            Diagnostic::warning(code, "选民名册只有表头，没有选民")
                .in_file(path)
                .help("登记后填上选民；如果已经填了，检查是否用错了文件")
        });
        return None;
    }
    warn_of_unread_sheets(roll, findings);
    note_encoding(roll, findings);
    note_surplus(roll, findings);
    Some(())
}

fn warn_of_unread_sheets(roll: &VoterRoll, findings: &mut Findings) {
    for sheet in
        roll.sheets.iter().filter(|sheet| sheet.is_filled && !sheet.columns.has(Column::Name))
    {
        let name = quote(sheet.name.as_deref().unwrap_or_default());
        findings.add("roll-sheet-left-out", |code| {
            Diagnostic::warning(code, format!("工作表{name}里找不到“姓名”这一列，没有读入"))
                .in_file(&roll.path)
                .help("如果里面有选民，补上表头；如果没用，请删去")
        });
    }
}

fn note_encoding(roll: &VoterRoll, findings: &mut Findings) {
    if let Some(encoding) = roll.encoding.filter(|encoding| *encoding != Encoding::Utf8) {
        findings.add("roll-encoding", |code| {
            Diagnostic::note(code, format!("选民名册按 {encoding} 编码读入")).in_file(&roll.path)
        });
    }
}

fn note_surplus(roll: &mut VoterRoll, findings: &mut Findings) {
    let mut surplus: Vec<String> = Vec::new();
    for heading in roll.sheets.iter_mut().flat_map(|sheet| sheet.columns.surplus.drain(..)) {
        let heading = quote(&heading);
        if !surplus.contains(&heading) {
            surplus.push(heading);
        }
    }
    if !surplus.is_empty() {
        findings.add("roll-columns-left-out", |code| {
            Diagnostic::note(code, format!("名册里用不到的列没有读入：{}", surplus.join("、")))
                .in_file(&roll.path)
        });
    }
}
