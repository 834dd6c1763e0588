//! The voter roll: read from what the police station or the secretary's
//! spreadsheet gives, judged, and never altered.
//!
//! A file is taken apart step by step: [`source`] gives the rows of its sheets, whatever
//! kind of file it is; [`cell`] knows what a cell says; [`table`] finds the tables under
//! rows of headings, makes voters of the rows, and enters every row in the [`Account`] of
//! its sheet. What the roll must satisfy as a whole is judged afterwards ([`judge`]).
//! Every finding names file, sheet, row and column; none repeats an ID number.

mod alike;
mod answers;
mod asked;
mod cell;
mod diff;
mod export;
mod findings;
mod judge;
mod merge;
mod source;
mod summary;
mod table;
mod tell;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde::Serialize;

pub use answers::{Answer, Answers};
pub use cell::apart::may_list_voters;
pub use cell::columns::Column;
pub use cell::declared::GroupNames;
pub use cell::names::{NameFlaw, name_flaws};
pub use cell::shown::fit_to_show;
pub use diff::{Change, Correction, RollDiff, Unsure, diff};
pub use export::{Question, clean_workbook, questions, questions_workbook};
pub use judge::namesakes::{BirthShown, Mark, namesakes};
pub use judge::{Declared, DeclaredGroup, RollFacts, VotingAge, judge};
pub use merge::{Figures, Merged, Source, merge, source_names, sources};
pub use source::plain::{PlainRow, plain_rows};
pub use source::text::Encoding;
pub use source::workbook::tells_panics;
pub use summary::{GroupSummary, Summary, summary};
pub use table::account::{Account, Reason, RowKind};
pub use tell::{tell_changes, tell_figures, tell_merged, tell_rows};

use super::date::PartialDate;
use super::identity::IdNumber;
use super::person::{Name, Sex, half_width};
use crate::diagnostic::{Cell, Diagnostic, Place, Report, Severity};
use crate::files;
use crate::number::{counted, placed};
use crate::privacy::{self, Personal};
use answers::Confirmed;
use cell::days::Told;
use cell::grouping::number_of;
use cell::same_group::{group_key, group_keys};
use cell::shown::quote;
use findings::Findings;
use table::Reading;
use table::layout::Block;

/// The most voters a roll may have: far above the largest community, and
/// low enough that a file gone wrong cannot exhaust the machine.
pub const MAX_VOTERS: usize = 1_000_000;

/// One person on the roll.
#[derive(Clone, Debug)]
pub struct Voter {
    /// Exactly as written.
    pub name: Name,
    /// As written, or as the ID number says where the roll is silent.
    pub sex: Option<Sex>,
    /// As written, or as the ID number says where the roll is silent.
    pub birth: Option<PartialDate>,
    /// In full years, as the roll says on whatever day.
    pub age: Option<u8>,
    pub id_number: Option<Personal<IdNumber>>,
    pub group: Option<GroupId>,
    pub household: Option<HouseholdId>,
    pub category: Option<CategoryId>,
    /// Where the person stands in the file.
    pub row: RowRef,
}

/// A row of the file the roll was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowRef {
    sheet: u16,
    /// Which of the tables of the sheet.
    block: u16,
    /// One-based, as Excel counts.
    pub row: u32,
}

/// A village that the roll names.
#[derive(Clone, Debug)]
struct NamedVillage {
    name: String,
    /// The title or line that names it.
    said: String,
    place: Place,
    by: NamedBy,
}

/// What names a village: a title, or a column of all voters or of few.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NamedBy {
    Title,
    All,
    Few,
}

impl NamedVillage {
    fn bare(&self) -> &str {
        bare_village(&self.name)
    }

    /// Whether a title calls it a community where it is a village, or the other way round.
    fn is_of_other_kind(&self, own: &str) -> bool {
        let kinds = [("村", "社区"), ("社区", "村")];
        let is_other = |(kind, other): (&str, &str)| {
            own == format!("{}{kind}", self.bare())
                && self.name == format!("{}{other}", self.bare())
        };
        self.by == NamedBy::Title && kinds.into_iter().any(is_other)
    }
}

/// 桥头 of 桥头村.
fn bare_village(name: &str) -> &str {
    name.trim_end_matches("社区").trim_end_matches('村')
}

/// A day of the election that a line tells.
#[derive(Clone, Debug)]
struct ToldDay {
    told: Told,
    said: String,
    place: Place,
}

/// A term that a title or the name of a sheet names: 第十一届.
#[derive(Clone, Debug)]
struct NamedTerm {
    number: u32,
    title: String,
    place: Place,
}

/// A roll as it was read.
#[derive(Clone, Debug)]
pub struct VoterRoll {
    /// In the order of the file.
    pub voters: Vec<Voter>,
    pub groups: Labels<GroupId>,
    pub households: Labels<HouseholdId>,
    pub categories: Labels<CategoryId>,
    /// The file, as the user named it.
    pub path: PathBuf,
    /// The encoding of a text file; none for a workbook.
    pub encoding: Option<Encoding>,
    sheets: Vec<Sheet>,
    /// What the secretary confirmed of each row.
    confirmed: HashMap<RowRef, Confirmed>,
    /// The questions about rows to which the answer was that all is right.
    answered: HashSet<(RowRef, String)>,
    /// Those of which an answer says what group should stand there.
    regrouped: HashSet<RowRef>,
    /// And of the whole roll, by what was asked.
    confirmed_of_all: HashMap<String, Confirmed>,
    /// What was asked about its cells when it was read: a copy would not ask it again.
    asked: Vec<Diagnostic>,
    /// What stands beside voters and was neither understood nor asked about.
    kept: Vec<Diagnostic>,
    /// The last year that a title or the name of a sheet tells, with it.
    dated: Option<(u16, String, Place)>,
    /// The villages that it names, each once.
    villages: Vec<NamedVillage>,
    terms: Vec<NamedTerm>,
    /// What voters were called before, by their rows.
    former_names: Vec<(RowRef, String)>,
    days: Vec<ToldDay>,
    /// How many findings of one kind are listed.
    listed: usize,
}

/// A sheet of a workbook, or the whole of a text file.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// None for a text file.
    pub name: Option<String>,
    /// What became of each row.
    pub account: Account,
    blocks: Vec<Block>,
    /// Headings of columns that are not read, with their places.
    surplus: Vec<(usize, String)>,
    /// Columns without a heading in which something stands that is not read.
    unheaded: Vec<usize>,
    /// Whether anything stood in it.
    is_filled: bool,
    /// In a sheet without headings, rows that may be people's.
    people: usize,
}

impl Sheet {
    fn new(name: Option<String>) -> Self {
        Self {
            name,
            account: Account::default(),
            blocks: Vec::new(),
            surplus: Vec::new(),
            unheaded: Vec::new(),
            is_filled: false,
            people: 0,
        }
    }
}

/// How a roll is read.
#[derive(Clone, Debug)]
pub struct Options {
    /// What the secretary answered to earlier questions.
    pub answers: Answers,
    /// The groups that the description names.
    pub groups: GroupNames,
    /// How many findings of one kind are listed with their places; the rest are
    /// counted.
    pub listed: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            answers: Answers::default(),
            groups: GroupNames::default(),
            listed: findings::LISTED,
        }
    }
}

/// Reads a roll from a workbook or a text file, whatever its name. What is wrong
/// is reported; if nothing usable could be read, it is `None`.
pub fn read(path: &Path, report: &mut Report) -> Option<VoterRoll> {
    read_with(path, &Options::default(), report)
}

/// As [`read`], with answers and without a limit, as asked.
pub fn read_with(path: &Path, options: &Options, report: &mut Report) -> Option<VoterRoll> {
    match open(path) {
        Ok(file) => read_from_with(file, path, options, report),
        Err(problem) => {
            report.push(problem);
            None
        }
    }
}

/// As [`read`], from an open file or bytes in memory; `path` is for messages.
pub fn read_from(input: impl Read + Seek, path: &Path, report: &mut Report) -> Option<VoterRoll> {
    read_from_with(input, path, &Options::default(), report)
}

/// As [`read_from`], as asked.
pub fn read_from_with(
    mut input: impl Read + Seek,
    path: &Path,
    options: &Options,
    report: &mut Report,
) -> Option<VoterRoll> {
    let kind = match source::kind::of(&mut input) {
        Ok(Ok(kind)) => kind,
        Ok(Err(unfit)) => {
            report.push(unfit.at(path));
            return None;
        }
        Err(error) => {
            report.push(not_opened(path, &error));
            return None;
        }
    };
    let mut roll = VoterRoll::new(path, options.listed);
    roll.confirmed_of_all.clone_from(options.answers.of_roll());
    let mut findings = Findings::new(options.listed);
    let mut reading = Reading::new(&mut roll, &mut findings, options);
    if kind == source::kind::Kind::Xlsb {
        reading.findings.add(reading.roll, "roll-hidden-unseen", |_| {
            let message = "这种工作簿（.xlsb）里隐藏的行、画了删除线的格、涂的颜色、批注未检查";
            let help = "用 Excel 或 WPS 另存为“Excel 工作簿（.xlsx）”后再查一遍";
            Diagnostic::note("roll-hidden-unseen", message).in_file(path).help(help)
        });
    }
    let whole = match source::read(kind, input, &mut reading) {
        Ok(()) => reading.finish(),
        Err(unfit) => {
            reading.findings.add(reading.roll, "roll-unreadable", |_| unfit.at(path));
            None
        }
    };
    roll.asked = findings.listed().cloned().collect();
    findings.flush(report);
    whole.map(|()| roll)
}

/// Opens a file that may be waited for: a pipe or a device would never end.
fn open(path: &Path) -> Result<BufReader<File>, Diagnostic> {
    let metadata = std::fs::metadata(path).map_err(|error| not_opened(path, &error))?;
    if metadata.is_dir() {
        return Err(unreadable(
            path,
            "选民名册应当是一个文件，这里却是文件夹",
            "写明文件夹里哪个文件是名册",
        ));
    }
    if !metadata.is_file() {
        return Err(unreadable(
            path,
            "选民名册应当是一个普通文件，这里是管道或设备",
            "把名册存成文件再用",
        ));
    }
    // Files such as those of /proc say that they are empty, and may never end.
    if metadata.len() == 0 {
        return Err(unreadable(path, "选民名册是空文件", "把名册重新导出一次"));
    }
    File::open(path).map(BufReader::new).map_err(|error| not_opened(path, &error))
}

fn not_opened(path: &Path, error: &io::Error) -> Diagnostic {
    match error.kind() {
        io::ErrorKind::NotFound => {
            unreadable(path, "找不到选民名册", "检查文件名，把名册放到这个位置")
        }
        io::ErrorKind::PermissionDenied => {
            unreadable(path, "没有权限打开选民名册", "关闭正在打开它的程序，或检查文件的权限")
        }
        _ => {
            let help = files::advice(error).unwrap_or("检查文件和存放的磁盘是否完好");
            unreadable(path, format!("选民名册打不开：{}", files::reason(error)), help)
        }
    }
}

fn unreadable(path: &Path, message: impl Into<String>, help: &str) -> Diagnostic {
    Diagnostic::error("roll-unreadable", message).in_file(path).help(help)
}

impl VoterRoll {
    fn new(path: &Path, listed: usize) -> Self {
        Self {
            voters: Vec::new(),
            groups: Labels::default(),
            households: Labels::default(),
            categories: Labels::default(),
            path: path.to_owned(),
            encoding: None,
            sheets: Vec::new(),
            confirmed: HashMap::new(),
            answered: HashSet::new(),
            regrouped: HashSet::new(),
            confirmed_of_all: HashMap::new(),
            asked: Vec::new(),
            kept: Vec::new(),
            dated: None,
            villages: Vec::new(),
            terms: Vec::new(),
            former_names: Vec::new(),
            days: Vec::new(),
            listed,
        }
    }

    /// The sheets that were read, in their order.
    pub fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// Gives each group the one of `names` that is certainly its own, however it is written
    /// in the roll; says which were called otherwise, and how they are called now. A roll
    /// may put the name of the community before them.
    pub fn name_groups<'n>(
        &mut self,
        names: impl Iterator<Item = &'n String>,
        community: Option<&str>,
    ) -> Vec<(String, &'n str)> {
        let names: Vec<(&str, Vec<String>)> =
            names.map(|name| (name.as_str(), group_keys(name))).collect();
        let mut claims: HashMap<&str, usize> = HashMap::new();
        for key in names.iter().flat_map(|(_, keys)| keys) {
            *claims.entry(key).or_default() += 1;
        }
        let own: HashSet<GroupId> =
            names.iter().filter_map(|(name, _)| self.groups.find(name)).collect();
        let mut ids: HashMap<String, Vec<GroupId>> = HashMap::new();
        for id in self.groups.ids().filter(|id| !own.contains(id)) {
            let key = group_key(within(self.groups.name(id), community));
            if claims.get(key.as_str()) == Some(&1) {
                ids.entry(key).or_default().push(id);
            }
        }
        let mut called: HashMap<GroupId, &'n str> = HashMap::new();
        for (name, keys) in &names {
            // Of one that is there, 1组 may be that of another village.
            let keys = if self.groups.find(name).is_some() { &keys[..1] } else { &keys[..] };
            let mut found = keys.iter().filter_map(|key| ids.get(key));
            // Of groups by two keys nobody knows.
            if let (Some(ids), None) = (found.next(), found.next()) {
                called.extend(ids.iter().map(|id| (*id, *name)));
            }
        }
        self.call_groups(&called)
    }

    /// Calls some groups otherwise; says which, and how.
    fn call_groups<'n>(&mut self, called: &HashMap<GroupId, &'n str>) -> Vec<(String, &'n str)> {
        if called.is_empty() {
            return Vec::new();
        }
        let was = std::mem::take(&mut self.groups);
        for voter in &mut self.voters {
            let name = |id: GroupId| called.get(&id).copied().unwrap_or(was.name(id));
            voter.group = voter.group.and_then(|id| self.groups.intern(name(id)));
        }
        let is_told = |id: &GroupId| called.get(id).map(|name| (was.name(*id).to_owned(), *name));
        was.ids().filter_map(|id| is_told(&id)).collect()
    }

    /// The numbers of those groups that have one.
    fn group_numbers(&self) -> BTreeSet<u32> {
        self.groups.ids().filter_map(|group| number_of(self.groups.name(group))).collect()
    }

    pub fn len(&self) -> usize {
        self.voters.len()
    }

    pub fn is_empty(&self) -> bool {
        self.voters.is_empty()
    }

    /// The name of a voter's group as the roll writes it.
    pub fn group_of(&self, voter: &Voter) -> Option<&str> {
        voter.group.map(|group| self.groups.name(group))
    }

    /// How many voters each group has, in the order in which groups appear.
    pub fn count_by_group(&self) -> Vec<(GroupId, usize)> {
        let mut counts: Vec<(GroupId, usize)> = self.groups.ids().map(|id| (id, 0)).collect();
        for group in self.voters.iter().filter_map(|voter| voter.group) {
            counts[group.index()].1 += 1;
        }
        counts
    }

    /// Voters by name, to look up candidates, proxies and representatives.
    pub fn by_name(&self) -> HashMap<String, Vec<&Voter>> {
        let mut index: HashMap<String, Vec<&Voter>> = HashMap::with_capacity(self.len());
        for voter in &self.voters {
            index.entry(voter.name.key().into_owned()).or_default().push(voter);
        }
        index
    }

    /// The cell of a row in which `column` stands, named as the user sees it;
    /// the whole row if its table has no such column.
    pub fn place(&self, row: RowRef, column: Column) -> Place {
        match self.block(row).header.label(column) {
            Some(label) => self.cell(row, Some(label)),
            None => self.row_place(row),
        }
    }

    /// A whole row, named as the user sees it; where tables stand side by side,
    /// by its name.
    pub fn row_place(&self, row: RowRef) -> Place {
        let is_alone = self.sheets[usize::from(row.sheet)].blocks.len() < 2;
        let name = || self.block(row).header.label(Column::Name);
        self.cell(row, if is_alone { None } else { name() })
    }

    /// Any cell of a row.
    fn place_at(&self, row: RowRef, at: usize) -> Place {
        let surplus = &self.sheets[usize::from(row.sheet)].surplus;
        let label = table::label_of_surplus(surplus, at);
        self.cell(row, Some(label.unwrap_or_else(|| self.block(row).header.label_at(at))))
    }

    /// The heading of a column in the table of a row.
    fn heading_at(&self, row: RowRef, at: usize) -> Option<String> {
        let surplus = self.sheets[usize::from(row.sheet)].surplus.iter();
        let mut surplus = surplus.filter(|(place, _)| *place == at).map(|(_, text)| text);
        let known = self.block(row).header.headings();
        let mut known = known.filter(|heading| heading.at == at).map(|heading| &heading.text);
        surplus.next_back().or_else(|| known.next()).cloned()
    }

    fn block(&self, row: RowRef) -> &Block {
        static NONE: LazyLock<Block> = LazyLock::new(Block::default);
        let sheet = &self.sheets[usize::from(row.sheet)];
        sheet.blocks.get(usize::from(row.block)).unwrap_or(&NONE)
    }

    fn cell(&self, row: RowRef, column: Option<String>) -> Place {
        let sheet = &self.sheets[usize::from(row.sheet)];
        Place::Cell(Cell {
            path: self.path.clone(),
            sheet: sheet.name.clone(),
            row: row.row as usize,
            column,
        })
    }

    /// Notes what the secretary confirmed of a row.
    fn confirm(&mut self, row: RowRef, confirmed: Confirmed) {
        let known = self.confirmed.entry(row).or_default();
        *known = known.and(confirmed);
    }

    /// Another row, with its sheet if that is another too: `第 5 行`.
    fn row_name(&self, row: RowRef, seen_from: RowRef) -> String {
        let sheet = self.sheets[usize::from(row.sheet)].name.as_deref();
        match sheet.filter(|_| row.sheet != seen_from.sheet) {
            Some(sheet) => format!("工作表{}第 {} 行", quote(sheet), row.row),
            None => format!("第 {} 行", row.row),
        }
    }

    /// Where a row stands, as messages have it.
    fn row_key(&self, row: RowRef) -> (Option<&str>, usize) {
        (self.sheets[usize::from(row.sheet)].name.as_deref(), row.row as usize)
    }

    /// Whether anything was answered.
    fn has_answers(&self) -> bool {
        !self.confirmed.is_empty() || !self.confirmed_of_all.is_empty()
    }

    /// What was answered about the row of a question, or to one about the whole roll.
    fn answer_to(&self, question: &Diagnostic) -> Option<Confirmed> {
        let asked = privacy::mask(&question.message);
        let Some(cell) = question.place.as_ref().and_then(Place::cell) else {
            return self.confirmed_of_all.get(&*asked).copied();
        };
        let gist = answers::gist(&asked);
        let confirmed = |row: RowRef| {
            let confirmed = self.confirmed.get(&row)?;
            let is_answered = self.answered.contains(&(row, gist.clone()));
            Some(if is_answered { confirmed.and(Confirmed::RIGHT) } else { *confirmed })
        };
        self.rows_of(cell).filter_map(confirmed).reduce(Confirmed::and)
    }

    /// Whether the answer to this very question was that all is right.
    fn is_answered(&self, question: &Diagnostic) -> bool {
        let gist = answers::gist(&privacy::mask(&question.message));
        let cell = question.place.as_ref().and_then(Place::cell);
        let mut rows = cell.into_iter().flat_map(|cell| self.rows_of(cell));
        rows.any(|row| self.answered.contains(&(row, gist.clone())))
    }

    /// The row that a question is about: of tables side by side, that of the one that its
    /// cell is in, or of each.
    fn rows_of(&self, cell: &Cell) -> impl Iterator<Item = RowRef> {
        let Cell { sheet, row, column, .. } = cell;
        let sheet = self.sheets.iter().position(|other| other.name == *sheet);
        let at = answers::column_in(column.as_deref());
        let row = counted(*row);
        sheet.into_iter().flat_map(move |sheet| {
            let blocks = 0..placed(self.sheets[sheet].blocks.len().max(1));
            let rows = blocks.map(move |block| RowRef { sheet: placed(sheet), block, row });
            let is_in = move |block: &Block| at.is_some_and(|at| block.range().contains(&at));
            let is_in_any = self.sheets[sheet].blocks.iter().any(is_in);
            rows.filter(move |row| !is_in_any || is_in(self.block(*row)))
        })
    }

    /// Whether a question about a row was answered before.
    fn is_settled(&self, row: RowRef, code: &str, severity: Severity) -> bool {
        self.has_answers() && self.confirmed_of(row).settles(code, severity)
    }

    fn confirmed_of(&self, row: RowRef) -> Confirmed {
        self.confirmed.get(&row).copied().unwrap_or_default()
    }
}

/// `一组` of `青山镇石桥村一组` and of `石桥村村民委员会一组`, in 石桥村.
fn within<'n>(group: &'n str, community: Option<&str>) -> &'n str {
    const OFFICES: [&str; 6] = ["村民委员会", "居民委员会", "民委员会", "村委会", "居委会", "委会"];
    let parts = community.and_then(|community| group.split_once(community));
    let own =
        parts.map(|(_, own)| OFFICES.iter().find_map(|it| own.strip_prefix(it)).unwrap_or(own));
    own.filter(|own| !own.is_empty()).unwrap_or(group)
}

/// Texts that recur, each kept once and named by a small number. Two texts that
/// differ only by spaces or full-width forms are one.
#[derive(Clone, Debug)]
pub struct Labels<Id> {
    names: Vec<Box<str>>,
    ids: HashMap<Box<str>, Id>,
    /// The last one asked for: most rows repeat the one above.
    last: Option<Id>,
}

impl<Id> Default for Labels<Id> {
    fn default() -> Self {
        Self { names: Vec::new(), ids: HashMap::new(), last: None }
    }
}

impl<Id: Label> Labels<Id> {
    /// The text as it was first written.
    pub fn name(&self, id: Id) -> &str {
        &self.names[id.index()]
    }

    /// The number of a text, if it is among them.
    pub fn find(&self, text: &str) -> Option<Id> {
        self.ids.get(label_key(text).as_str()).copied()
    }

    pub fn ids(&self) -> impl Iterator<Item = Id> + use<Id> {
        (0..self.names.len()).filter_map(Id::from_index)
    }

    pub fn len(&self) -> usize {
        self.names.len()
    }

    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    fn intern(&mut self, text: &str) -> Option<Id> {
        if self.last.is_none_or(|last| self.name(last) != text) {
            self.last = self.find(text).or_else(|| self.add(text));
        }
        self.last
    }

    fn add(&mut self, text: &str) -> Option<Id> {
        let id = Id::from_index(self.names.len())?;
        self.names.push(text.trim().into());
        self.ids.insert(label_key(text).into(), id);
        Some(id)
    }
}

/// The form in which two names of a group are equal.
pub fn label_key(text: &str) -> String {
    half_width(text).chars().filter(|c| !c.is_whitespace()).collect()
}

/// A number that names one of the [`Labels`].
pub trait Label: Copy {
    fn from_index(index: usize) -> Option<Self>;
    fn index(self) -> usize;
}

macro_rules! label {
    ($(#[$doc:meta])* $id:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub struct $id(NonZeroU32);

        impl Label for $id {
            fn from_index(index: usize) -> Option<Self> {
                u32::try_from(index + 1).ok().and_then(NonZeroU32::new).map(Self)
            }

            fn index(self) -> usize {
                self.0.get() as usize - 1
            }
        }
    };
}

label!(
    /// A group of the community.
    GroupId
);
label!(
    /// A place that has groups, or is one.
    PlaceId
);
label!(
    /// A household, by its number or its head.
    HouseholdId
);
label!(
    /// A kind of voter, as the roll calls it.
    CategoryId
);

#[cfg(test)]
mod tests;
