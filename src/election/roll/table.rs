//! From the rows of a sheet to voters. Headings part a sheet into tables, side
//! by side and below one another; each row of a table is classified, and each
//! row of the sheet is entered in its account.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use super::account::{Account, Reason, RowKind};
use super::answers::{Amended, Answer, Answers, CellAnswer, Confirmed};
use super::columns::{self, Column};
use super::findings::{Findings, quote};
use super::layout::{Block, Layout};
use super::rows::{self, Certainty, Kind, View};
use super::serials::Serials;
use super::source::{Merged, Row, SheetHead, Sink, StoredRow, WIDEST};
use super::values::{self, BirthFault, Epoch, Value};
use super::words::{self, Sums};
use super::{
    CategoryId, Encoding, GroupId, HouseholdId, Labels, MAX_VOTERS, RowRef, Sheet, Voter, VoterRoll,
};
use crate::diagnostic::{Cell, Diagnostic, Place, Severity};
use crate::election::date::PartialDate;
use crate::election::identity::{IdError, IdNumber};
use crate::election::person::{Name, Sex, half_width};
use crate::privacy::Personal;

/// How many rows may stand above the headings.
const HEADINGS_WITHIN: usize = 100;
/// How many tables a sheet may have, and a file sheets.
const MOST_TABLES: usize = 1000;
const MOST_SHEETS: usize = 1000;
/// How many titles before a table are looked at.
const TITLES: usize = 8;

/// A roll being read.
pub(super) struct Reading<'r> {
    pub roll: &'r mut VoterRoll,
    pub findings: &'r mut Findings,
    pub answers: &'r Answers,
    sheet: SheetState,
    /// The tables of the sheet before, for one without headings.
    before: Option<Layout>,
    /// Voters in lists of people who are none.
    asides: Vec<Aside>,
    /// What titles state, and how many voters the sheet has.
    claims: Vec<(RowRef, Sums, Vec<usize>)>,
    /// The answers about the row being read.
    here: &'r [CellAnswer],
    /// The rows whose answers fit them.
    met: HashSet<(String, u32)>,
    stopped: bool,
}

/// Somebody in a list of people who are no voters, and whose list it is.
struct Aside {
    voter: Voter,
    title: String,
}

/// A number of people stated in a title or remark.
struct Claim {
    at: RowRef,
    sums: Sums,
    /// Which of the marks stands here.
    mark: usize,
    /// Whether it is the title of a group, which counts nobody else.
    of_group: bool,
}

/// One sheet on its way into the roll.
#[derive(Default)]
struct SheetState {
    number: u16,
    epoch: Epoch,
    stage: Stage,
    /// Rows above the headings.
    pending: Vec<(u32, StoredRow)>,
    /// The texts of the last row that was no voter: it may hold headings too.
    above: Vec<String>,
    /// What stood over the table that comes next.
    titles: Vec<String>,
    layout: Layout,
    /// The number of the first of the layout's tables among those of the sheet.
    first_block: u16,
    lanes: Vec<Lane>,
    /// Why the people of this table are no voters.
    aside: Option<String>,
    account: Account,
    /// What is decided only when the sheet has been read.
    first_voter: usize,
    told: usize,
    bare: Vec<usize>,
    heads: Vec<usize>,
    claims: Vec<Claim>,
    /// The number of voters before each title and claim.
    marks: Vec<usize>,
    serials: Serials,
    since_total: usize,
    /// Since the headings were last repeated, as on each page.
    since_heading: usize,
    /// Rows that look as if they were of people, in a sheet without headings.
    people: usize,
    is_filled: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Stage {
    /// No heading row yet.
    #[default]
    Above,
    /// The row after it, which may be its second half.
    Under,
    Within,
    /// No headings, and none expected any more.
    Unread,
}

/// What the rows above in one table leave to those below.
#[derive(Clone, Debug, Default)]
struct Lane {
    /// The group whose title stands above.
    section: Option<GroupId>,
    group: Option<GroupId>,
    household: Option<HouseholdId>,
    category: Option<CategoryId>,
    since_title: usize,
    /// The title over this table alone, if it is of people who are no voters.
    aside: Option<String>,
}

/// What stands over each of several tables side by side, in the row above their
/// headings; one title alone is that of all.
fn titles_over(above: &[String], blocks: &[Block]) -> Vec<String> {
    let is_filled = |text: &&String| !text.trim().is_empty();
    if blocks.len() < 2 || above.iter().filter(is_filled).count() < 2 {
        return Vec::new();
    }
    let over = |block: &Block| {
        let mut own = above.iter().take(block.to).skip(block.from);
        own.find(is_filled).cloned().unwrap_or_default()
    };
    blocks.iter().map(over).collect()
}

impl Sink for Reading<'_> {
    fn encoding(&mut self, encoding: Encoding) {
        self.roll.encoding = Some(encoding);
    }

    fn begin(&mut self, head: SheetHead) -> bool {
        if self.stopped {
            return false;
        }
        if self.roll.sheets.len() >= MOST_SHEETS {
            self.too_many_sheets();
            return false;
        }
        if head.is_hidden {
            self.hidden_sheet(head.name.as_deref().unwrap_or_default());
            return false;
        }
        self.sheet = SheetState {
            number: self.roll.sheets.len() as u16,
            epoch: head.epoch,
            first_voter: self.roll.voters.len(),
            aside: head.name.clone().filter(|name| words::is_of_no_voters(name)),
            ..SheetState::default()
        };
        self.roll.sheets.push(Sheet::new(head.name));
        true
    }

    fn row(&mut self, number: u32, row: &impl Row) -> ControlFlow<()> {
        self.take_answers(number, row);
        if self.here.is_empty() {
            return self.take(number, row);
        }
        self.take(number, &Amended::new(row, self.here))
    }

    fn end(&mut self, merged: Vec<Merged>) {
        if self.sheet.stage == Stage::Above {
            self.end_without_headings();
        }
        self.settle_bare();
        self.carry_down(merged);
        self.settle_heads();
        self.ask_about_serials();
        self.check_claims();
        let sheet = &mut self.roll.sheets[usize::from(self.sheet.number)];
        sheet.account = std::mem::take(&mut self.sheet.account);
        sheet.is_filled = self.sheet.is_filled;
        sheet.people = self.sheet.people;
        if self.sheet.stage != Stage::Above && self.sheet.stage != Stage::Unread {
            self.before = Some(std::mem::take(&mut self.sheet.layout));
        }
    }
}

impl<'r> Reading<'r> {
    pub fn new(roll: &'r mut VoterRoll, findings: &'r mut Findings, answers: &'r Answers) -> Self {
        Self {
            roll,
            findings,
            answers,
            sheet: SheetState::default(),
            before: None,
            asides: Vec::new(),
            claims: Vec::new(),
            here: &[],
            met: HashSet::new(),
            stopped: false,
        }
    }

    /// Looks up the answers about a row, if it still says what was asked about.
    fn take_answers(&mut self, number: u32, row: &impl Row) {
        let sheet = &self.roll.sheets[usize::from(self.sheet.number)];
        let answers = self.answers.of_row(sheet.name.as_deref(), number).unwrap_or_default();
        let fits = answers.iter().all(|answer| answer.still_fits(row));
        self.here = if fits { answers } else { &[] };
        if !self.here.is_empty() {
            let name = sheet.name.clone().unwrap_or_default();
            self.met.insert((name.trim().to_owned(), number));
        }
    }

    fn take(&mut self, number: u32, row: &impl Row) -> ControlFlow<()> {
        match self.sheet.stage {
            Stage::Above => self.above(number, row),
            Stage::Unread => self.unread(number, row),
            Stage::Under => {
                self.sheet.stage = Stage::Within;
                let texts = texts(row);
                let is_heading = self.sheet.layout.extend(&texts) || rows::numbers_columns(row);
                if is_heading {
                    self.register_blocks();
                    self.sheet.account.enter(number, RowKind::Heading);
                } else {
                    self.body(number, row);
                }
            }
            Stage::Within => self.body(number, row),
        }
        if self.stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// A row before any headings.
    fn above(&mut self, number: u32, row: &impl Row) {
        let texts = texts(row);
        self.sheet.is_filled |= texts.iter().any(|text| !text.trim().is_empty());
        if let Some(layout) = Layout::find(&texts, &self.sheet.above) {
            for (number, row) in std::mem::take(&mut self.sheet.pending) {
                let kind = if is_empty(&row) { RowKind::Empty } else { RowKind::Title };
                self.sheet.account.enter(number, kind);
                self.claim(number, &row, false);
            }
            let above = std::mem::take(&mut self.sheet.above);
            return self.begin_table(number, layout, &above);
        }
        self.remember_title(&texts);
        self.sheet.above = texts;
        if self.sheet.pending.len() < HEADINGS_WITHIN {
            self.sheet.pending.push((number, StoredRow::of(row)));
        } else if !self.adopt_headings() {
            self.sheet.stage = Stage::Unread;
            let pending = std::mem::take(&mut self.sheet.pending);
            pending.iter().for_each(|(number, row)| self.unread(*number, row));
            self.unread(number, row);
        } else {
            self.body(number, row);
        }
    }

    fn remember_title(&mut self, texts: &[String]) {
        let titles = texts.iter().filter(|text| !text.trim().is_empty());
        self.sheet.titles.extend(titles.take(TITLES).cloned());
        let surplus = self.sheet.titles.len().saturating_sub(TITLES);
        self.sheet.titles.drain(..surplus);
    }

    /// Begins the tables under a row of headings.
    fn begin_table(&mut self, number: u32, layout: Layout, above: &[String]) {
        self.sheet.account.enter(number, RowKind::Heading);
        let sheet = &mut self.roll.sheets[usize::from(self.sheet.number)];
        sheet.surplus.extend(layout.surplus.iter().cloned());
        self.sheet.first_block = sheet.blocks.len() as u16;
        if sheet.blocks.len() + layout.blocks.len() > MOST_TABLES {
            return self.too_many_tables();
        }
        self.sheet.layout = layout;
        self.register_blocks();
        let titles = std::mem::take(&mut self.sheet.titles);
        self.sheet.lanes = self.lanes_below(&titles, above);
        let gone = titles.iter().find(|title| words::is_title_of_no_voters(title));
        if let Some(title) = gone
            && self.sheet.lanes.iter().all(|lane| lane.aside.is_none())
        {
            self.sheet.aside = Some(title.trim().to_owned());
        }
        self.sheet.stage = Stage::Under;
        self.tell_twice(number);
    }

    /// Each table begins with the group that a title over it names; of several side
    /// by side, each with its own.
    fn lanes_below(&mut self, titles: &[String], above: &[String]) -> Vec<Lane> {
        let blocks = &self.sheet.layout.blocks;
        let has_group = blocks.iter().any(|block| block.header.has(Column::Group));
        let named = titles
            .iter()
            .rev()
            .find_map(|title| words::group_title(title).or_else(|| words::group_in_title(title)));
        let section = named.filter(|_| !has_group).and_then(|name| self.roll.groups.intern(&name));
        let own = titles_over(above, blocks);
        let mut lanes = vec![Lane { section, ..Lane::default() }; blocks.len()];
        for (lane, title) in lanes.iter_mut().zip(own) {
            if words::is_title_of_no_voters(&title) {
                lane.aside = Some(title.trim().to_owned());
            } else if let Some(name) = words::group_title(&title).filter(|_| !has_group) {
                lane.section = self.roll.groups.intern(&name);
            }
        }
        lanes
    }

    /// Keeps the tables for messages, which may come long after.
    fn register_blocks(&mut self) {
        let sheet = &mut self.roll.sheets[usize::from(self.sheet.number)];
        sheet.blocks.truncate(usize::from(self.sheet.first_block));
        sheet.blocks.extend(self.sheet.layout.blocks.iter().cloned());
    }

    fn tell_twice(&mut self, number: u32) {
        let at = self.row_ref(number, 0);
        for twice in std::mem::take(&mut self.sheet.layout.twice) {
            let place = self.roll.place_at(at, twice.at);
            let message =
                format!("{}和 {} 列像是同一项，只用了后者", quote(&twice.text), twice.taken);
            self.findings.add("roll-column-twice", |code| {
                Diagnostic::warning(code, message)
                    .at(place)
                    .help("如果该用这一列，把另一列的表头改名或删去；两列都不要写成一样的表头")
            });
        }
    }

    fn row_ref(&self, row: u32, lane: usize) -> RowRef {
        RowRef { sheet: self.sheet.number, block: self.sheet.first_block + lane as u16, row }
    }

    /// A row below headings.
    fn body(&mut self, number: u32, row: &impl Row) {
        let mut kind = RowKind::Empty;
        for lane in 0..self.sheet.lanes.len() {
            if self.stopped || self.sheet.stage == Stage::Under {
                break;
            }
            kind = kind.max(self.lane(number, row, lane));
        }
        if self.sheet.stage == Stage::Under {
            return;
        }
        if row.is_hidden() && kind == RowKind::Voter {
            self.tell_hidden(number);
        }
        self.sheet.account.enter(number, kind);
    }

    /// A row of one of the tables side by side.
    fn lane(&mut self, number: u32, row: &impl Row, lane: usize) -> RowKind {
        let layout = std::mem::take(&mut self.sheet.layout);
        let view = View { row, block: &layout.blocks[lane] };
        let answer = self.answer(view.block);
        let kind = rows::classify(&view);
        let is_confirmed = answer == Some(Answer::Voter);
        let kind = match (answer, kind) {
            (Some(Answer::NotVoter), Kind::Voter(_) | Kind::Unclear(_) | Kind::Nameless) => {
                self.sheet.layout = layout;
                return RowKind::LeftOut(Reason::Answer);
            }
            (
                Some(Answer::Voter),
                Kind::Voter(Certainty::Bare) | Kind::Unclear(_) | Kind::Nobody | Kind::Remark,
            ) => Kind::Voter(Certainty::Placed),
            (_, kind) => kind,
        };
        let kind = match kind {
            Kind::Voter(certainty) => {
                self.voter(number, &view, lane, &layout, certainty, is_confirmed)
            }
            Kind::Nameless => {
                self.nameless(number, lane);
                RowKind::Unclear
            }
            Kind::Group(group) => {
                if self.sheet.lanes.len() == 1 {
                    self.claim(number, row, true);
                }
                self.begin_group(&group, row, lane);
                RowKind::Group
            }
            Kind::Total => {
                self.total(number, &view, lane);
                RowKind::Total
            }
            Kind::Heading => {
                self.sheet.layout = layout;
                return self.heading_again(number, row);
            }
            Kind::Remark => self.remark(number, &view),
            Kind::Nobody => {
                self.sheet.serials.pass(lane, view.cell(Column::Serial));
                RowKind::LeftOut(Reason::Nobody)
            }
            Kind::Empty => RowKind::Empty,
            Kind::Unclear(at) => {
                self.unclear(number, lane, at);
                RowKind::Unclear
            }
        };
        self.sheet.layout = layout;
        kind
    }

    fn answer(&self, block: &Block) -> Option<Answer> {
        let here = |at: Option<usize>| at.is_none_or(|at| block.range().contains(&at));
        let mut said = self.here.iter().filter(|one| here(one.at)).map(|one| &one.answer);
        said.find(|answer| matches!(answer, Answer::NotVoter | Answer::Voter)).cloned()
    }

    /// The title of a group: alone in its row, it is that of every table.
    fn begin_group(&mut self, name: &str, row: &impl Row, lane: usize) {
        let section = self.roll.groups.intern(name);
        let is_alone =
            (0..row.width().min(WIDEST)).filter(|&at| !row.cell(at).is_empty()).nth(1).is_none();
        let lanes = if is_alone { 0..self.sheet.lanes.len() } else { lane..lane + 1 };
        for lane in &mut self.sheet.lanes[lanes] {
            (lane.section, lane.group, lane.since_title) = (section, None, 0);
        }
        self.sheet.titles.push(name.to_owned());
    }

    fn remark(&mut self, number: u32, view: &View<impl Row>) -> RowKind {
        let texts = texts(view.row);
        self.remember_title(&texts);
        if let Some(title) = texts.iter().find(|text| words::is_title_of_no_voters(text)) {
            self.sheet.aside = Some(title.trim().to_owned());
        }
        self.claim(number, view.row, false);
        self.sheet.above = texts;
        RowKind::Remark
    }

    /// Headings among the rows: those above once more, or those of another table.
    fn heading_again(&mut self, number: u32, row: &impl Row) -> RowKind {
        self.sheet.since_heading = 0;
        let texts = texts(row);
        let above = std::mem::take(&mut self.sheet.above);
        let again = Layout::find(&texts, &above);
        match again {
            Some(layout)
                if layout.blocks != self.sheet.layout.blocks || !self.sheet.titles.is_empty() =>
            {
                if layout
                    .blocks
                    .iter()
                    .zip(&self.sheet.layout.blocks)
                    .all(|(one, other)| one == other)
                    && layout.blocks.len() == self.sheet.layout.blocks.len()
                {
                    self.title_again(&above);
                } else {
                    self.sheet.aside = self.sheet_aside();
                    self.begin_table(number, layout, &above);
                    return RowKind::Heading;
                }
            }
            _ => {}
        }
        RowKind::Heading
    }

    /// The same headings under a title of their own: perhaps another group's.
    fn title_again(&mut self, above: &[String]) {
        let titles = std::mem::take(&mut self.sheet.titles);
        let gone = titles.iter().find(|title| words::is_title_of_no_voters(title));
        self.sheet.aside = gone.cloned().or_else(|| self.sheet_aside());
        let lanes = self.lanes_below(&titles, above);
        if lanes.iter().any(|lane| lane.section.is_some() || lane.aside.is_some()) {
            self.sheet.lanes = lanes;
        }
    }

    fn sheet_aside(&self) -> Option<String> {
        let sheet = &self.roll.sheets[usize::from(self.sheet.number)];
        sheet.name.clone().filter(|name| words::is_of_no_voters(name))
    }

    fn total(&mut self, number: u32, view: &View<impl Row>, lane: usize) {
        let mut sums = Sums::default();
        view.filled().for_each(|at| sums.add(&view.row.cell(at).text()));
        let sheet = self.roll.voters.len() - self.sheet.first_voter;
        let counts = [
            self.sheet.since_total,
            self.sheet.since_heading,
            self.sheet.lanes[lane].since_title,
            sheet,
            self.roll.voters.len(),
        ];
        if let Some(stated) = sums.refuted_by(&counts) {
            self.refute(
                self.row_ref(number, lane),
                stated,
                self.sheet.since_total.max(if self.sheet.since_total == 0 { sheet } else { 0 }),
            );
        }
        self.sheet.since_total = 0;
    }

    fn refute(&mut self, at: RowRef, stated: u64, counted: usize) {
        let place = self.roll.row_place(at);
        self.findings.add("roll-total", |code| {
            let message = format!("这里写的合计是 {stated} 人，读到的是 {counted} 人，对不上");
            Diagnostic::warning(code, message)
                .at(place)
                .help("查明是漏了人、多了人，还是合计没有改")
        });
    }

    /// A number of people stated in a title or remark, to be compared at the end.
    fn claim(&mut self, number: u32, row: &impl Row, of_group: bool) {
        const CLAIMS: usize = 50;
        let texts = texts(row);
        let is_claim = |text: &&String| {
            text.contains(['人', '名']) && !text.contains(['户', '口', '代', '票', '页'])
        };
        let mut sums = Sums::default();
        texts.iter().filter(is_claim).for_each(|text| sums.add(text));
        self.sheet.marks.push(self.roll.voters.len());
        if !sums.people.is_empty() && self.sheet.claims.len() < CLAIMS {
            let sums = Sums { people: sums.people, bare: Vec::new() };
            let mark = self.sheet.marks.len() - 1;
            self.sheet.claims.push(Claim { at: self.row_ref(number, 0), sums, mark, of_group });
        }
    }

    /// A title counts those below it, a remark those above it, or all.
    fn check_claims(&mut self) {
        let end = self.roll.voters.len();
        let marks = std::mem::take(&mut self.sheet.marks);
        for Claim { at, sums, mark, of_group } in std::mem::take(&mut self.sheet.claims) {
            let here = marks[mark];
            let before = mark.checked_sub(1).map_or(self.sheet.first_voter, |before| marks[before]);
            let next = marks[mark + 1..].iter().copied().find(|next| *next > here).unwrap_or(end);
            let first = self.sheet.first_voter;
            let counts = match of_group {
                true => vec![next - here],
                false => vec![next - here, here - before, here - first, end - first],
            };
            self.claims.push((at, sums, counts));
        }
    }

    fn voter(
        &mut self,
        number: u32,
        view: &View<impl Row>,
        lane: usize,
        layout: &Layout,
        certainty: Certainty,
        is_confirmed: bool,
    ) -> RowKind {
        if self.roll.voters.len() + self.asides.len() >= MAX_VOTERS {
            self.too_many();
            return RowKind::Unclear;
        }
        let at = self.row_ref(number, lane);
        self.take_confirmations(at, view);
        let is_whole = self.formula_faults(at, view);
        let name = Name::new(&view.name());
        let id_number = self.id_number(at, view);
        let sure = id_number.filter(IdNumber::check_holds);
        let sex = self.sex(at, view).or_else(|| sure.map(|id| id.sex()));
        let birth =
            self.birth(at, view).or_else(|| sure.and_then(|id| id.birth()).map(PartialDate::from));
        let voter = Voter {
            name,
            sex,
            birth,
            age: if birth.is_none() { self.age(at, view) } else { None },
            id_number: id_number.map(Personal::new),
            group: self.group(view, lane),
            household: self.household(view, lane),
            category: self.category(view, lane),
            row: at,
        };
        self.sheet.serials.enter(lane, number, view.cell(Column::Serial));
        if !is_whole && voter.name.as_str().is_empty() {
            return RowKind::Unclear;
        }
        if let Some(title) = self.sheet.lanes[lane].aside.as_ref().or(self.sheet.aside.as_ref())
            && !is_confirmed
        {
            self.asides.push(Aside { voter, title: title.clone() });
            return RowKind::LeftOut(Reason::Aside);
        }
        self.ask_about_remarks(at, view, layout);
        self.ask_about_name(at, &voter.name);
        self.ask_about_struck(at, view);
        self.keep(voter, view, lane, certainty);
        RowKind::Voter
    }

    /// What the secretary answered, here or in the worksheet of questions.
    fn take_confirmations(&mut self, at: RowRef, view: &View<impl Row>) {
        if let Value::Text(text) = view.cell(Column::Checked) {
            self.roll.confirm(at, Confirmed::parse(text));
        }
        // Of tables side by side an answer is on the one that its cell is in.
        let own = |at: Option<usize>| at.is_none_or(|at| view.block.range().contains(&at));
        let here = self.here.iter().filter(|one| own(one.at));
        for confirmed in here.filter_map(|one| one.answer.confirms()) {
            self.roll.confirm(at, confirmed);
        }
    }

    fn keep(&mut self, voter: Voter, view: &View<impl Row>, lane: usize, certainty: Certainty) {
        let index = self.roll.voters.len();
        match certainty {
            Certainty::Told => self.sheet.told += 1,
            Certainty::Placed => {}
            Certainty::Bare => self.sheet.bare.push(index),
        }
        if view.block.of_heads {
            self.sheet.heads.push(index);
        }
        self.sheet.since_total += 1;
        self.sheet.since_heading += 1;
        self.sheet.lanes[lane].since_title += 1;
        self.roll.voters.push(voter);
    }

    /// Asks about every formula without a value; says whether there is none.
    fn formula_faults(&mut self, at: RowRef, view: &View<impl Row>) -> bool {
        const KEPT: [Column; 6] = [
            Column::Name,
            Column::Sex,
            Column::Birth,
            Column::BirthYear,
            Column::IdNumber,
            Column::Group,
        ];
        let mut is_whole = true;
        for column in KEPT {
            let (code, message, help) = match view.cell(column) {
                Value::Fault => {
                    ("roll-formula", "这一格的公式出错（如 #N/A、#REF!）", "把公式换成实际的内容")
                }
                Value::Unreckoned => (
                    "roll-formula-unsaved",
                    "这一格是公式，文件里没有存下算出的结果",
                    "用 Excel 或 WPS 打开，按 Ctrl+S 保存一次再用；或复制后“选择性粘贴”为数值",
                ),
                _ => continue,
            };
            is_whole = false;
            self.fault(at, column, code, message.into(), help);
        }
        is_whole
    }

    fn group(&mut self, view: &View<impl Row>, lane: usize) -> Option<GroupId> {
        let text = view.cell(Column::Group).text();
        let lane = &mut self.sheet.lanes[lane];
        if values::says_nothing(text.trim()) {
            return lane.section;
        }
        if !words::is_ditto(&text) {
            lane.group = self.roll.groups.intern(&text);
            lane.section = None;
        }
        lane.group.or(lane.section)
    }

    fn household(&mut self, view: &View<impl Row>, lane: usize) -> Option<HouseholdId> {
        repeated(
            &view.cell(Column::Household).text(),
            &mut self.roll.households,
            &mut self.sheet.lanes[lane].household,
        )
    }

    fn category(&mut self, view: &View<impl Row>, lane: usize) -> Option<CategoryId> {
        repeated(
            &view.cell(Column::Category).text(),
            &mut self.roll.categories,
            &mut self.sheet.lanes[lane].category,
        )
    }

    fn sex(&mut self, at: RowRef, view: &View<impl Row>) -> Option<Sex> {
        let cell = view.cell(Column::Sex).text();
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

    fn birth(&mut self, at: RowRef, view: &View<impl Row>) -> Option<PartialDate> {
        let header = &view.block.header;
        let parts = [Column::BirthYear, Column::BirthMonth, Column::BirthDay];
        let (column, read) = if header.has(Column::BirthYear) && !header.has(Column::Birth)
            || header.has(Column::BirthYear) && header.has(Column::BirthMonth)
        {
            let cells = parts.map(|column| view.cell(column));
            (Column::BirthYear, values::birth_of_parts(cells))
        } else {
            let joined = view.joined(Column::Birth);
            let value = joined.as_deref().map_or_else(|| view.cell(Column::Birth), Value::of_text);
            (Column::Birth, values::birth(value, self.sheet.epoch))
        };
        read.unwrap_or_else(|fault| {
            let (message, help) = birth_fault(fault);
            self.fault(at, column, "roll-birth", message.into(), help);
            None
        })
    }

    /// The age, which counts only where nothing else tells the birth.
    fn age(&mut self, at: RowRef, view: &View<impl Row>) -> Option<u8> {
        let cell = view.cell(Column::Age);
        let age = values::age(cell);
        if age.is_none() && !values::says_nothing(cell.text().trim()) {
            self.doubt(
                at,
                Column::Age,
                "roll-age",
                "年龄写得看不懂",
                "写成阿拉伯数字；最好写出生日期",
            );
        }
        age
    }

    fn id_number(&mut self, at: RowRef, view: &View<impl Row>) -> Option<IdNumber> {
        let joined = view.joined(Column::IdNumber);
        let value = joined.as_deref().map_or_else(|| view.cell(Column::IdNumber), Value::of_text);
        values::id_number(value).unwrap_or_else(|fault| {
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

    /// Asks about words beside a voter that say that he may be none.
    fn ask_about_remarks(&mut self, at: RowRef, view: &View<impl Row>, layout: &Layout) {
        let to = view.block.to.min(view.row.width()).min(WIDEST);
        for column in view.block.from.min(to)..to {
            if !layout.may_hold_remarks(column) {
                continue;
            }
            let Value::Text(text) = view.row.cell(column) else { continue };
            let is_no = words::is_no(text);
            let is_marked =
                || !is_no && !values::says_nothing(text.trim()) && layout.marks_leaving(column);
            if words::tells_of_leaving(text) || is_no && layout.decides(column) || is_marked() {
                let place = self.roll.place_at(at, column);
                let message = format!("这里写着{}：还是选民吗？", quote(text));
                let help =
                    "不是选民的，删去这一行；仍是选民的，在“核对”一列写“是选民”，或改写这一格";
                self.ask(at, Severity::Warning, "roll-remark", message, place, help);
            }
        }
    }

    /// `张三（已故）`: the remark stands in the name's own cell.
    fn ask_about_name(&mut self, at: RowRef, name: &Name) {
        if name.as_str().contains(['(', '（', '【', '[']) && words::tells_of_leaving(name.as_str())
        {
            let message = format!("姓名里写着{}：还是选民吗？", quote(name.as_str()));
            let help = "不是选民的，删去这一行；仍是选民的，这一格只写姓名";
            self.doubt(at, Column::Name, "roll-remark", &message, help);
        }
    }

    fn ask_about_struck(&mut self, at: RowRef, view: &View<impl Row>) {
        let Some(name) = view.block.header.position(Column::Name) else { return };
        if view.row.is_struck(name) {
            self.doubt(
                at,
                Column::Name,
                "roll-row-struck",
                "姓名上画了删除线，照样读入：还是选民吗？",
                "不是选民的，删去这一行；仍是选民的，去掉删除线",
            );
        }
    }

    fn tell_hidden(&mut self, number: u32) {
        let at = self.row_ref(number, 0);
        let place = self.roll.row_place(at);
        let message = "这一行是隐藏的（或被筛选掉的），照样读入".into();
        let help = "取消隐藏或筛选看一看；不是选民的，删去这一行";
        self.ask(at, Severity::Warning, "roll-row-hidden", message, place, help);
    }

    fn fault(
        &mut self,
        at: RowRef,
        column: Column,
        code: &'static str,
        message: String,
        help: &str,
    ) {
        self.ask(at, Severity::Error, code, message, self.roll.place(at, column), help);
    }

    fn doubt(&mut self, at: RowRef, column: Column, code: &'static str, message: &str, help: &str) {
        self.ask(at, Severity::Warning, code, message.into(), self.roll.place(at, column), help);
    }

    /// Tells of a row, unless the secretary settled the matter.
    fn ask(
        &mut self,
        at: RowRef,
        severity: Severity,
        code: &'static str,
        message: String,
        place: Place,
        help: &str,
    ) {
        if !self.roll.is_settled(at, code, severity) {
            self.findings
                .add(code, |code| Diagnostic::new(severity, code, message).at(place).help(help));
        }
    }

    fn nameless(&mut self, number: u32, lane: usize) {
        self.fault(
            self.row_ref(number, lane),
            Column::Name,
            "roll-name-blank",
            "这一行没有姓名".into(),
            "补上姓名；如果这一行多余，请删去整行",
        );
    }

    fn unclear(&mut self, number: u32, lane: usize, at: usize) {
        let row = self.row_ref(number, lane);
        let place = self.roll.place_at(row, at);
        let message = "看不懂这一行：不像选民，也不像标题、合计或说明".into();
        let help =
            "是选民的，写全姓名和性别、出生日期；不是的，删去这一行，或在待核对清单里答“不是选民”";
        self.ask(row, Severity::Error, "roll-row-unclear", message, place, help);
    }

    fn stop(&mut self, code: &'static str, message: String, help: &str) {
        self.stopped = true;
        let path = self.roll.path.clone();
        self.findings.add(code, |code| Diagnostic::error(code, message).in_file(path).help(help));
    }

    fn too_many(&mut self) {
        self.stop(
            "roll-too-long",
            format!("选民名册超过 {MAX_VOTERS} 人，没有读完"),
            "一个社区或村不会有这么多选民，请检查文件",
        );
    }

    fn too_many_sheets(&mut self) {
        self.stop(
            "roll-too-long",
            format!("选民名册的工作表超过 {MOST_SHEETS} 张，没有读完"),
            "请检查文件，删去无关的工作表",
        );
    }

    fn too_many_tables(&mut self) {
        self.stop(
            "roll-too-long",
            format!("一张工作表里的表头超过 {MOST_TABLES} 个，没有读完"),
            "请检查文件，每张表只留一行表头",
        );
    }

    fn hidden_sheet(&mut self, name: &str) {
        self.findings.add("roll-hidden-sheet", |code| {
            Diagnostic::warning(code, format!("隐藏的工作表{}没有读入", quote(name)))
                .in_file(&self.roll.path)
                .help("如果里面有选民，取消隐藏；如果没用，请删去")
        });
    }

    /// A row of a sheet of which no headings were found.
    fn unread(&mut self, number: u32, row: &impl Row) {
        self.sheet.people += usize::from(looks_like_a_person(row));
        let kind = if is_empty(row) { RowKind::Empty } else { RowKind::LeftOut(Reason::Unread) };
        self.sheet.account.enter(number, kind);
    }

    /// A sheet without headings, after one that has them: perhaps a further page.
    fn end_without_headings(&mut self) {
        if !self.adopt_headings() {
            self.sheet.stage = Stage::Unread;
            let pending = std::mem::take(&mut self.sheet.pending);
            pending.iter().for_each(|(number, row)| self.unread(*number, row));
        }
    }

    /// Reads the sheet under the headings of the one before, if it fits them.
    fn adopt_headings(&mut self) -> bool {
        let Some(before) = self.before.clone() else { return false };
        let title =
            self.roll.sheets[usize::from(self.sheet.number)].name.as_deref().unwrap_or_default();
        let is_other = words::is_of_a_guide(title) || words::is_of_no_voters(title);
        if is_other || !before.blocks.iter().all(|block| fits(block, &self.sheet.pending)) {
            return false;
        }
        let titles = std::mem::take(&mut self.sheet.titles);
        self.sheet.layout = before;
        self.sheet.stage = Stage::Within;
        self.register_blocks();
        let is_title = |title: &&String| words::may_be_name(title);
        let titles: Vec<String> =
            titles.iter().filter(|title| !is_title(title)).take(2).cloned().collect();
        self.sheet.lanes = self.lanes_below(&titles, &[]);
        for (number, row) in std::mem::take(&mut self.sheet.pending) {
            self.take_answers(number, &row);
            self.body(number, &row);
        }
        let name =
            self.roll.sheets[usize::from(self.sheet.number)].name.clone().unwrap_or_default();
        self.findings.add("roll-sheet-adopted", |code| {
            let message = format!("工作表{}没有表头，按前一张的表头读入", quote(&name));
            Diagnostic::warning(code, message)
                .in_file(&self.roll.path)
                .help("核对读入的内容；最好补上表头")
        });
        true
    }

    /// Fills in groups and households that are written once for several rows, as
    /// merged cells are. Where most rows have a group of their own, an empty one
    /// is more likely an oversight, and asked about.
    fn carry_down(&mut self, merged: Vec<Merged>) {
        let voters = &mut self.roll.voters[self.sheet.first_voter..];
        let is_written_once = |voters: &[Voter], is_blank: fn(&Voter) -> bool| {
            voters.iter().filter(|voter| is_blank(voter)).count() * 2 >= voters.len()
        };
        let has_heads = !self.sheet.heads.is_empty();
        if has_heads || is_written_once(voters, |voter| voter.household.is_none()) {
            // Members stand beside their head, in a table of their own.
            let table = |voter: &Voter| if has_heads { 0 } else { usize::from(voter.row.block) };
            let mut above: Vec<Option<HouseholdId>> = vec![None; MOST_TABLES];
            for voter in voters.iter_mut() {
                let above = &mut above[table(voter)];
                *above = voter.household.or(*above);
                voter.household = *above;
            }
        }
        let is_meant = is_written_once(voters, |voter| voter.group.is_none());
        let mut above: Vec<Option<GroupId>> = vec![None; MOST_TABLES];
        let mut guessed = Vec::new();
        for voter in voters.iter_mut() {
            let above = &mut above[usize::from(voter.row.block)];
            if voter.group.is_none() && above.is_some() && !is_meant {
                guessed.push(voter.row);
            }
            *above = voter.group.or(*above);
            voter.group = *above;
        }
        if !guessed.is_empty() {
            self.ask_about_groups(&guessed, merged);
        }
    }

    fn ask_about_groups(&mut self, guessed: &[RowRef], mut merged: Vec<Merged>) {
        merged.sort_by_key(|cells| *cells.rows.start());
        for &at in guessed {
            let Some(column) = self.roll.block(at).header.position(Column::Group) else { continue };
            let row = at.row - 1;
            let after = merged.partition_point(|cells| *cells.rows.start() <= row);
            let is_merged =
                merged[..after].iter().rev().take(MOST_MERGED).any(|cells| {
                    cells.rows.contains(&row) && cells.columns.contains(&(column as u32))
                });
            if !is_merged {
                self.doubt(
                    at,
                    Column::Group,
                    "roll-group-blank",
                    "这一行没有写小组，暂按上一行的小组算",
                    "补上小组",
                );
            }
        }
    }

    /// Decides about rows with nothing but a name: where nearly all others say
    /// more, they are no voters until somebody says so.
    fn settle_bare(&mut self) {
        let bare = std::mem::take(&mut self.sheet.bare);
        if bare.is_empty() || self.sheet.told < bare.len() {
            return;
        }
        let is_out = bare.len() * 4 <= self.sheet.told;
        for &index in &bare {
            let at = self.roll.voters[index].row;
            let help =
                "是选民的，补上性别、出生日期，或在待核对清单里答“是选民”；不是的，删去这一行";
            if is_out {
                let message =
                    "这一行只有姓名，别人都有性别、出生日期或身份证号：是选民吗？暂未读作选民";
                self.fault(at, Column::Name, "roll-name-only", message.into(), help);
            } else {
                let message = "这一行只有姓名，别的什么也没写：是选民吗？";
                self.doubt(at, Column::Name, "roll-name-only", message, help);
            }
        }
        if is_out {
            self.remove(&bare, RowKind::Unclear);
        }
    }

    /// A head of household stands once, though the form has him twice.
    fn settle_heads(&mut self) {
        let heads = std::mem::take(&mut self.sheet.heads);
        let first = self.sheet.first_voter;
        let is_head: HashSet<usize> = heads.iter().copied().collect();
        let members: HashSet<(Option<HouseholdId>, String)> = (first..self.roll.voters.len())
            .filter(|at| !is_head.contains(at) && !heads.is_empty())
            .map(|at| &self.roll.voters[at])
            .map(|voter| (voter.household, voter.name.key().into_owned()))
            .collect();
        let twice: Vec<usize> = heads
            .into_iter()
            .filter(|&at| {
                let voter = &self.roll.voters[at];
                members.contains(&(voter.household, voter.name.key().into_owned()))
            })
            .collect();
        if is_head.is_empty() {
            self.ask_about_heads();
        } else {
            self.remove(&twice, RowKind::LeftOut(Reason::Head));
        }
    }

    /// Asks about heads of households who are not among the members.
    fn ask_about_heads(&mut self) {
        let voters = &self.roll.voters[self.sheet.first_voter..];
        let has_relations = |voter: &Voter| {
            let header = &self.roll.block(voter.row).header;
            let is_of_members =
                header.get(Column::Name).is_some_and(|heading| heading.text.contains("成员"));
            (header.has(Column::Relation) || is_of_members)
                && header
                    .get(Column::Household)
                    .is_some_and(|heading| heading.text.contains("户主"))
        };
        let mut households: HashMap<HouseholdId, (RowRef, bool)> = HashMap::new();
        for voter in voters.iter().filter(|voter| has_relations(voter)) {
            let Some(household) = voter.household else { continue };
            let head = self.roll.households.name(household);
            if words::may_be_name(head) && !head.bytes().any(|byte| byte.is_ascii()) {
                let is_head = crate::election::person::name_key(head) == voter.name.key();
                households.entry(household).or_insert((voter.row, false)).1 |= is_head;
            }
        }
        let mut missing: Vec<(RowRef, HouseholdId)> = households
            .into_iter()
            .filter(|(_, (_, is_there))| !is_there)
            .map(|(household, (row, _))| (row, household))
            .collect();
        missing.sort_by_key(|(row, _)| *row);
        for (row, household) in missing {
            let message = format!(
                "户主{}不在这一户的成员里，是不是漏了？",
                quote(self.roll.households.name(household))
            );
            self.doubt(
                row,
                Column::Household,
                "roll-head-missing",
                &message,
                "户主是选民的，给他加一行",
            );
        }
    }

    /// Takes voters of this sheet off the roll again.
    fn remove(&mut self, indexes: &[usize], kind: RowKind) {
        let gone: HashSet<usize> = indexes.iter().copied().collect();
        let mut rows: Vec<u32> = indexes.iter().map(|&at| self.roll.voters[at].row.row).collect();
        let mut at = self.sheet.first_voter;
        let mut kept = self.roll.voters.split_off(at);
        kept.retain(|_| {
            at += 1;
            !gone.contains(&(at - 1))
        });
        let others: HashSet<u32> = kept.iter().map(|voter| voter.row.row).collect();
        self.roll.voters.append(&mut kept);
        // What was noted by place moves up with those who stay.
        let mut sorted = indexes.to_vec();
        sorted.sort_unstable();
        let before = |at: usize| sorted.partition_point(|gone| *gone < at);
        self.sheet.heads.retain(|head| !gone.contains(head));
        for at in self.sheet.heads.iter_mut().chain(&mut self.sheet.marks) {
            *at -= before(*at);
        }
        // A row that holds another voter beside is that voter's.
        rows.retain(|row| kind == RowKind::Unclear || !others.contains(row));
        rows.sort_unstable();
        rows.dedup();
        let rows: Vec<(u32, RowKind)> = rows.into_iter().map(|row| (row, kind)).collect();
        self.sheet.account.revise(&rows);
    }

    fn ask_about_serials(&mut self) {
        let serials = std::mem::take(&mut self.sheet.serials);
        for gap in serials.gaps() {
            let at = self.row_ref(gap.row, gap.lane);
            let place = self.roll.place(at, Column::Serial);
            self.findings.add("roll-serial", |code| {
                Diagnostic::warning(code, gap.message())
                    .at(place)
                    .help("查明是漏了人，还是序号没有重排")
            });
        }
    }

    /// Tells what concerns the whole file; `None` if it holds no roll.
    pub fn finish(mut self) -> Option<()> {
        if self.stopped {
            return None;
        }
        let is_without_headings = self.roll.sheets.iter().all(|sheet| sheet.blocks.is_empty());
        if is_without_headings {
            let path = self.roll.path.clone();
            self.findings.add("roll-no-name-column", |code| {
                Diagnostic::error(code, "选民名册里找不到“姓名”这一列").in_file(path).help(
                    "表头要有一格写“姓名”，其余的列写“性别”“出生日期”“身份证号”“小组”，次序不限",
                )
            });
            return None;
        }
        self.tell_unmet_answers();
        self.settle_asides();
        if self.roll.is_empty() {
            let path = self.roll.path.clone();
            self.findings.add("roll-empty", |code| {
                // As `zhangbang new` leaves it: registration has not begun.
                Diagnostic::warning(code, "选民名册只有表头，没有选民")
                    .in_file(path)
                    .help("登记后填上选民；如果已经填了，检查是否用错了文件")
            });
            return None;
        }
        name_groups_by_sheets(self.roll);
        self.settle_claims();
        self.warn_of_unread_sheets();
        self.note_encoding();
        self.note_surplus();
        Some(())
    }

    /// Answers to questions about another state of the roll are dangerous.
    fn tell_unmet_answers(&mut self) {
        for (sheet, row) in self.answers.unmet(&self.met) {
            let sheet = Some(sheet).filter(|sheet| !sheet.is_empty());
            let cell =
                Cell { path: self.roll.path.clone(), sheet, row: row as usize, column: None };
            self.findings.add("roll-answer-stale", |code| {
                Diagnostic::error(code, "名册的这一行和待核对清单里的不一样了，答复对不上")
                    .at(Place::Cell(cell))
                    .help("名册改过以后，用 zhangbang roll 重新写出待核对清单再答")
            });
        }
    }

    /// People in lists of those who are no voters stay out, and are asked about
    /// where the roll has them too. If there are no others, the list is the roll.
    fn settle_asides(&mut self) {
        let asides = std::mem::take(&mut self.asides);
        if asides.is_empty() {
            return;
        }
        if self.roll.is_empty() {
            return self.take_asides(asides);
        }
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, voter) in self.roll.voters.iter().enumerate() {
            by_name.entry(voter.name.key().into_owned()).or_default().push(at);
        }
        for aside in &asides {
            let Aside { voter, title } = aside;
            let message = format!("在{}里，没有读作选民", quote(title));
            self.doubt(
                voter.row,
                Column::Name,
                "roll-aside",
                &message,
                "确不是选民的不用管；是选民的，移到名册里，或把这张表改名",
            );
            let same = by_name.get(&*voter.name.key()).into_iter().flatten();
            let same: Vec<usize> =
                same.copied().filter(|&at| may_be_same(&self.roll.voters[at], voter)).collect();
            for at in same.into_iter().take(COMPARED) {
                let there = self.roll.voters[at].row;
                let message =
                    format!("{}也列在{}里：还是选民吗？", quote(voter.name.as_str()), quote(title));
                self.doubt(
                    there,
                    Column::Name,
                    "roll-also-aside",
                    &message,
                    "不是选民的，从名册里删去这一行",
                );
            }
        }
    }

    fn take_asides(&mut self, asides: Vec<Aside>) {
        let mut rows: HashMap<u16, Vec<(u32, RowKind)>> = HashMap::new();
        let title = asides.first().map(|aside| aside.title.clone()).unwrap_or_default();
        for Aside { voter, .. } in asides {
            rows.entry(voter.row.sheet).or_default().push((voter.row.row, RowKind::Voter));
            self.roll.voters.push(voter);
        }
        for (sheet, rows) in rows {
            self.roll.sheets[usize::from(sheet)].account.revise(&rows);
        }
        // Many a roll was filled into a form, and the sheet never renamed.
        if title.contains("模板") || title.contains("样表") {
            return;
        }
        let path = self.roll.path.clone();
        self.findings.add("roll-aside", |code| {
            Diagnostic::warning(code, format!("名册的名称是{}，不像选民名册", quote(&title)))
                .in_file(path)
                .help("检查是否用错了文件；没有用错的，把工作表或标题改名")
        });
    }

    /// What titles state is compared with the sheet and with the whole roll.
    fn settle_claims(&mut self) {
        for (at, sums, mut counts) in std::mem::take(&mut self.claims) {
            let nearest = counts.iter().copied().find(|count| *count > 0).unwrap_or_default();
            if counts.len() > 1 {
                counts.push(self.roll.len());
            }
            if let Some(stated) = sums.refuted_by(&counts) {
                self.refute(at, stated, nearest);
            }
        }
    }

    fn warn_of_unread_sheets(&mut self) {
        for sheet in
            self.roll.sheets.iter().filter(|sheet| sheet.is_filled && sheet.blocks.is_empty())
        {
            let title = sheet.name.as_deref().unwrap_or_default();
            let name = quote(title);
            let message = format!("工作表{name}里找不到“姓名”这一列，没有读入");
            let (code, found) = match sheet.people {
                0 if words::is_of_a_guide(title) => {
                    ("roll-sheet-left-out", Diagnostic::note as fn(_, _) -> _)
                }
                0 => ("roll-sheet-left-out", Diagnostic::warning as fn(_, _) -> _),
                _ => (
                    "roll-sheet-unread",
                    Diagnostic::error as fn(&'static str, String) -> Diagnostic,
                ),
            };
            self.findings.add(code, |code| {
                found(code, message)
                    .in_file(&self.roll.path)
                    .help("如果里面有选民，补上表头；如果没用，请删去")
            });
        }
    }

    fn note_encoding(&mut self) {
        if let Some(encoding) = self.roll.encoding.filter(|encoding| *encoding != Encoding::Utf8) {
            self.findings.add("roll-encoding", |code| {
                Diagnostic::note(code, format!("选民名册按 {encoding} 编码读入"))
                    .in_file(&self.roll.path)
            });
        }
    }

    fn note_surplus(&mut self) {
        const MOST: usize = 100;
        let mut met = HashSet::new();
        let headings = self.roll.sheets.iter().flat_map(|sheet| &sheet.surplus);
        let surplus: Vec<String> = headings
            .map(|(_, heading)| quote(heading))
            .filter(|heading| met.insert(heading.clone()))
            .take(MOST)
            .collect();
        if !surplus.is_empty() {
            self.findings.add("roll-columns-left-out", |code| {
                Diagnostic::note(code, format!("名册里用不到的列没有读入：{}", surplus.join("、")))
                    .in_file(&self.roll.path)
            });
        }
    }
}

/// How many merged cells beginning above a row are looked at.
const MOST_MERGED: usize = 64;
/// With how many namesakes a person is compared.
const COMPARED: usize = 8;

/// Whether nothing tells two namesakes apart.
fn may_be_same(one: &Voter, other: &Voter) -> bool {
    let differ =
        one.id_number.is_some() && other.id_number.is_some() && one.id_number != other.id_number;
    let births = one.birth.zip(other.birth).is_some_and(|(birth, other)| {
        birth.latest() < other.earliest() || other.latest() < birth.earliest()
    });
    !differ && !births
}

fn texts(row: &impl Row) -> Vec<String> {
    (0..row.width().min(WIDEST)).map(|at| row.cell(at).text().into_owned()).collect()
}

fn is_empty(row: &impl Row) -> bool {
    (0..row.width().min(WIDEST)).all(|at| row.cell(at).is_empty())
}

/// A label that may be written as a ditto mark.
fn repeated<Id: super::Label>(
    text: &str,
    labels: &mut Labels<Id>,
    above: &mut Option<Id>,
) -> Option<Id> {
    if text.trim().is_empty() {
        return None;
    }
    if !words::is_ditto(text) {
        *above = labels.intern(text);
    }
    *above
}

/// Whether a row of a sheet without headings may be a person's.
fn looks_like_a_person(row: &impl Row) -> bool {
    (0..row.width().min(WIDEST)).any(|at| {
        let text = row.cell(at).text();
        matches!(text.trim(), "男" | "女")
            || matches!(values::id_number(Value::of_text(&text)), Ok(Some(_)))
    })
}

/// Whether rows without headings stand as those of a table do.
fn fits(block: &Block, rows: &[(u32, StoredRow)]) -> bool {
    let filled: Vec<&StoredRow> =
        rows.iter().map(|(_, row)| row).filter(|row| !is_empty(*row)).collect();
    let has = |column| block.header.has(column);
    // Where a table has nothing but names, any words would fit.
    let is_bare =
        ![Column::Sex, Column::IdNumber, Column::Birth, Column::Serial].into_iter().any(has);
    let is_voter = |row: &&&StoredRow| {
        let view = View { row: **row, block };
        let name = view.text(Column::Name);
        let sex = view.cell(Column::Sex).text();
        let sex_fits = values::says_nothing(sex.trim()) || Sex::parse(&half_width(&sex)).is_some();
        let id_fits = values::id_number(view.cell(Column::IdNumber)).is_ok();
        let is_name =
            words::may_be_name(&name) && !name.trim().is_empty() && !words::is_remark(&name);
        is_name && sex_fits && id_fits && (is_bare || view.is_told() || view.is_numbered())
    };
    let fitting = filled.iter().filter(is_voter).count();
    let least = if is_bare { 2 } else { 1 };
    fitting >= least && fitting * 3 >= filled.len() * 2
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

/// Where no column tells the group, and there is a sheet for each, the sheets
/// name the groups.
fn name_groups_by_sheets(roll: &mut VoterRoll) {
    let mut filled: Vec<u16> = roll.voters.iter().map(|voter| voter.row.sheet).collect();
    filled.dedup();
    let mut named: HashMap<u16, Option<GroupId>> = HashMap::new();
    for &number in &filled {
        let Some(name) = roll.sheets[usize::from(number)].name.as_deref() else { continue };
        let is_numbered = |word: &str| {
            let rest = name.to_lowercase();
            rest.strip_prefix(word)
                .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let is_named = !["sheet", "工作表", "表", "table"].into_iter().any(is_numbered);
        let group = words::group_title(name);
        if group.is_some() || filled.len() > 1 && is_named {
            let group = group.unwrap_or_else(|| name.to_owned());
            named.insert(number, roll.groups.intern(&group));
        }
    }
    for voter in &mut roll.voters {
        if voter.group.is_none() {
            voter.group = named.get(&voter.row.sheet).copied().flatten();
        }
    }
}

/// The letters and heading of a column that no table reads.
pub(super) fn label_of_surplus(surplus: &[(usize, String)], at: usize) -> Option<String> {
    surplus.iter().find(|(place, _)| *place == at).map(|(at, text)| columns::label(*at, text))
}
