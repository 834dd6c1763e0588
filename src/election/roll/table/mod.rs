//! From the rows of a sheet to voters. Headings part a sheet into tables, side
//! by side and below one another; each row of a table is classified, and each
//! row of the sheet is entered in its account.

mod beside;
mod blanks;
mod cards;
mod claims;
mod families;
mod figures;
mod finish;
mod headless;
mod kept;
mod kin;
mod marked;
mod months;
mod places;
mod registered;
mod relatives;
mod rest;
mod restarts;
mod settle;
mod spread;
mod stated;
mod terms;
mod untitled;
mod voter;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::ControlFlow;

use super::account::{Account, Reason, RowKind};
use super::answers::{Amended, Answer, Answers, CellAnswer};
use super::columns::{self, Column};
use super::comments::Comment;
use super::findings::{Findings, quote, quote_remark};
use super::layout::{Block, Layout};
use super::leaving::Apart;
use super::rows::{self, Certainty, Kind, View};
use super::serials::Serials;
use super::source::{Merged, Row, SheetHead, Sink, StoredRow, WIDEST};
use super::sums::{self, Tally};
use super::values::Epoch;
use super::{
    CategoryId, Encoding, GroupId, HouseholdId, Labels, MAX_VOTERS, PlaceId, RowRef, Sheet, Voter,
    VoterRoll, grouping, leaving, words,
};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::number::placed;
use beside::Beside;
use blanks::Blanks;
use cards::Cards;
use claims::{Claim, Reckoned};
use families::Families;
use figures::{FigureColumns, Figures};
use kept::Kept;
use kin::Kin;
use marked::Marked;
use months::Months;
use places::Whereabouts;
use registered::Registered;
use relatives::{Relatives, Unfit};
use restarts::Restart;
use stated::Stated;
use terms::Dated;
use untitled::Untitled;

/// How many rows may stand above the headings.
const HEADINGS_WITHIN: usize = 100;
/// How many tables a sheet may have, and a file sheets.
const MOST_TABLES: usize = 1000;
const MOST_SHEETS: usize = 1000;
/// How many titles before a table are looked at.
const TITLES: usize = 8;
/// How many titles of people who are no voters are compared with the names above them.
const COMPARED: usize = 100;
/// How many voters above a line are looked for in it.
const NAMED_IN_NOTES: usize = 10_000;

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
    /// What titles and sums state, and with what it may agree.
    claims: Vec<Reckoned>,
    /// What cells of groups state, 一组（4人）, and tables of figures.
    stated: Stated,
    figures: Figures,
    /// Where titles and columns say that voters are.
    places: Labels<PlaceId>,
    located: Whereabouts,
    /// Groups that addresses name.
    in_addresses: BTreeSet<String>,
    /// Those in the sheets before.
    tally: Tally,
    /// Remarks that were not asked about.
    remarks: Kept,
    cards: Cards,
    /// Serial numbers that began again below a title that stood before.
    restarts: Vec<Restart>,
    /// What to do if no table is found.
    remedy: Option<&'static str>,
    /// Lists that name their year.
    dated: Vec<Dated>,
    /// The answers about the row being read.
    here: &'r [CellAnswer],
    /// The rows whose answers fit them.
    met: HashSet<(String, u32)>,
    /// Whether faults of the row do not matter, since nobody in it is a voter.
    is_quiet: bool,
    stopped: bool,
}

/// Somebody in a list of people who are not on it for being voters.
struct Aside {
    voter: Voter,
    list: Apart,
    /// Whether he stands there as voters do, under their headings.
    is_as_voters: bool,
}

/// One sheet on its way into the roll.
#[derive(Default)]
struct SheetState {
    number: u16,
    titles_compared: usize,
    notes_compared: usize,
    epoch: Epoch,
    stage: Stage,
    /// Rows above the headings.
    pending: Vec<(u32, StoredRow)>,
    /// The texts of the last row that was no voter: it may hold headings too.
    above: Vec<String>,
    /// The headings of the table.
    headings: Vec<String>,
    /// How many cells the row of headings has.
    width: usize,
    /// The wide headings over them, which stand on each page too.
    bands: Vec<String>,
    /// What stood over the table that comes next.
    titles: Vec<String>,
    layout: Layout,
    /// The number of the first of the layout's tables among those of the sheet.
    first_block: u16,
    lanes: Vec<Lane>,
    /// Why the people of this table are no voters.
    aside: Option<Apart>,
    /// Whether that began among the groups, which titles name, so that another ends it.
    is_aside_of_group: bool,
    titled: HashSet<GroupId>,
    /// The group that the sheet's name tells, and the place.
    group_of_sheet: Option<String>,
    place_of_sheet: Option<PlaceId>,
    /// Whether a line for signatures or notes stands above.
    is_signed: bool,
    /// Whether it is told that something stands right of all that is looked at.
    is_cut: bool,
    /// Whether the line above says that a sample follows.
    sample_above: bool,
    account: Account,
    /// What is decided only when the sheet has been read.
    first_voter: usize,
    told: usize,
    bare: Vec<usize>,
    heads: Vec<usize>,
    kin: Kin,
    claims: Vec<Claim>,
    /// The number of voters before each title and remark.
    marks: Vec<usize>,
    /// The number of voters before each who is none by an answer.
    answered: Vec<usize>,
    /// Other numbers of voters that claims are about.
    points: Vec<usize>,
    serials: Serials,
    /// Rows that say of their group that it is not known: 不详, —.
    unsaid: HashSet<RowRef>,
    /// Notes on cells of a row that say that somebody left.
    comments: HashMap<u32, Vec<(usize, String)>>,
    /// What was asked about by row and column, which merged cells and ditto marks say
    /// of others too; and whether a column of remarks says so above.
    said: HashMap<(u32, usize), String>,
    said_above: BTreeMap<usize, String>,
    /// The remark of the voter who was read last.
    last_remark: Option<(usize, String)>,
    /// How months are written in a text file.
    months: Months,
    /// Rows with more cells than headings.
    shifted: Vec<RowRef>,
    /// Columns without heading, and whether people stand in them.
    beside: Beside,
    people_beside: bool,
    /// Ticks and colours of some voters.
    marked: Marked,
    /// Cells that are empty where others are filled.
    blanks: Blanks,
    /// How many people the households state.
    families: Families,
    /// How many rows of sums there were; the row of that of all above, and how many voters
    /// these are.
    sum_rows: usize,
    grand_total: Option<(u32, usize)>,
    /// Relatives of whom something does not fit.
    unfit_relatives: Unfit,
    /// Serial numbers that began again.
    restarts: Vec<Restart>,
    /// The last row that was neither empty nor a voter's.
    last_line: Option<u32>,
    /// Where the voters are registered.
    registered: Registered,
    /// The number of voters before the last sum, and before the headings were last
    /// repeated, as on each page.
    total_before: usize,
    heading_before: usize,
    /// And before those read last who are of one group.
    group_from: usize,
    /// The row of the last title of a group.
    last_title: Option<u32>,
    /// Short lines among the voters that may be titles of groups.
    untitled: Vec<Untitled>,
    /// Titles of lists, which may be of groups.
    lists: Vec<Untitled>,
    /// Lines among the voters that nothing understood.
    strange: Vec<Untitled>,
    /// The columns of a table of figures, and of one beside the voters.
    figures_in: Option<FigureColumns>,
    figures_beside: Option<FigureColumns>,
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
    /// Below the headings of a table of something else.
    Elsewhere,
    /// No headings, and none expected any more.
    Unread,
}

/// What the rows above in one table leave to those below.
#[derive(Clone, Debug, Default)]
struct Lane {
    /// The group whose title stands above.
    section: Option<GroupId>,
    group: Option<GroupId>,
    /// What was last written for a group, which that is, and whether it is to be asked
    /// about.
    written: String,
    named: Option<GroupId>,
    is_doubtful: bool,
    household: Option<HouseholdId>,
    /// The household whose head was read, while its members follow.
    headed: Option<HouseholdId>,
    /// The last two serial numbers.
    serials: [Option<u64>; 2],
    /// Of what is told of its head.
    relatives: Option<Relatives>,
    category: Option<CategoryId>,
    since_title: Since,
    /// The title over this table alone, if it is of people who are no voters.
    aside: Option<Apart>,
    /// The group that a title or the sheet tells, whatever a column says; with the
    /// group of the column that agrees with it, or was asked about.
    titled: Option<String>,
    settled: Option<GroupId>,
    /// Whose groups the titles below name, and the place of which the list is; that in
    /// the column of villages.
    outer: Option<PlaceId>,
    place: Option<PlaceId>,
    /// The voter who was read last, and the last row that is of him.
    last: Option<(RowRef, u32)>,
    village: Option<PlaceId>,
}

/// The number of voters before a title, and in its table since.
#[derive(Clone, Copy, Debug, Default)]
struct Since {
    first: usize,
    count: usize,
}

/// What stands over each of several tables side by side, in the row above their
/// headings, or over that on its left; one title alone is that of all.
fn titles_over(above: &[String], blocks: &[Block]) -> Vec<String> {
    let is_filled = |text: &&String| !text.trim().is_empty();
    if blocks.len() < 2 || above.iter().filter(is_filled).count() < 2 {
        return Vec::new();
    }
    let mut left = String::new();
    let over = |block: &Block| {
        let mut own = above.iter().take(block.to).skip(block.from);
        if let Some(title) = own.find(is_filled) {
            left.clone_from(title);
        }
        left.clone()
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
        let place = head.name.as_deref().and_then(grouping::place_in_title);
        self.sheet = SheetState {
            place_of_sheet: place.and_then(|place| self.places.intern(&place)),
            number: placed(self.roll.sheets.len()),
            epoch: head.epoch,
            first_voter: self.roll.voters.len(),
            total_before: self.roll.voters.len(),
            heading_before: self.roll.voters.len(),
            group_from: self.roll.voters.len(),
            aside: head.name.as_deref().and_then(Apart::of_sheet),
            group_of_sheet: head.name.as_deref().and_then(grouping::group_of_sheet),
            ..SheetState::default()
        };
        self.roll.sheets.push(Sheet::new(head.name));
        self.note_year_of_sheet();
        true
    }

    fn comments(&mut self, comments: Vec<Comment>) {
        for Comment { row, at, text } in comments {
            if !text.trim().is_empty() {
                self.sheet.comments.entry(row).or_default().push((at, text));
            }
        }
    }

    fn row(&mut self, number: u32, row: &impl Row) -> ControlFlow<()> {
        if !self.sheet.is_cut
            && let Some((at, text)) = row.beyond()
        {
            self.sheet.is_cut = true;
            self.tell_beyond(number, at, &text);
        }
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
        let is_tall = |cells: &Merged| cells.rows.start() < cells.rows.end();
        let tall: Vec<Merged> = merged.into_iter().filter(is_tall).collect();
        self.spread(&tall);
        self.carry_down(&tall);
        self.settle_heads();
        self.ask_about_kin();
        self.ask_about_serials();
        self.ask_about_restarts();
        self.ask_about_rows_below_total();
        self.tell_of_empty_sheet();
        self.ask_about_months();
        self.ask_about_columns();
        self.ask_about_other_comments();
        self.ask_about_marks(&tall);
        self.ask_about_forgotten();
        self.ask_about_families();
        self.ask_about_unfit_relatives();
        self.ask_about_registered();
        self.ask_about_strange();
        self.ask_about_untitled();
        self.check_name_of_sheet();
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
    pub(super) fn new(
        roll: &'r mut VoterRoll,
        findings: &'r mut Findings,
        answers: &'r Answers,
    ) -> Self {
        Self {
            roll,
            findings,
            answers,
            sheet: SheetState::default(),
            before: None,
            asides: Vec::new(),
            claims: Vec::new(),
            stated: Stated::default(),
            figures: Figures::default(),
            places: Labels::default(),
            located: Whereabouts::default(),
            in_addresses: BTreeSet::new(),
            tally: Tally::default(),
            remarks: Kept::default(),
            cards: Cards::default(),
            restarts: Vec::new(),
            remedy: None,
            dated: Vec::new(),
            here: &[],
            met: HashSet::new(),
            is_quiet: false,
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
            self.met.insert((Answers::sheet_key(sheet.name.as_deref()), number));
        }
    }

    fn take(&mut self, number: u32, row: &impl Row) -> ControlFlow<()> {
        match self.sheet.stage {
            Stage::Above => self.above(number, row),
            Stage::Unread => self.unread(number, row),
            Stage::Under => {
                self.sheet.stage = Stage::Within;
                let texts = texts(row);
                if self.begin_table_below(number, &texts) {
                    return ControlFlow::Continue(());
                }
                let is_heading = self.sheet.layout.extend(&texts) || rows::numbers_columns(row);
                if is_heading {
                    self.register_blocks();
                    let (lanes, tables) = (&mut self.sheet.lanes, &self.sheet.layout.blocks);
                    // One table may have become two, of men and of women.
                    let last = lanes.last().cloned().unwrap_or_default();
                    lanes.resize(tables.len(), last);
                    self.sheet.account.enter(number, RowKind::Heading);
                } else {
                    self.body(number, row);
                }
            }
            Stage::Within => self.body(number, row),
            Stage::Elsewhere => self.elsewhere(number, row),
        }
        if self.stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// A row before any headings.
    fn above(&mut self, number: u32, row: &impl Row) {
        for confirmed in self.here.iter().filter_map(|one| one.answer.confirms()) {
            self.roll.confirm(self.row_ref(number, 0), confirmed);
        }
        let texts = texts(row);
        self.sheet.is_filled |= texts.iter().any(|text| !text.trim().is_empty());
        if let Some(layout) = Layout::find(&texts, &self.sheet.above) {
            let mut titles: Vec<(u32, String)> = Vec::new();
            for (number, row) in std::mem::take(&mut self.sheet.pending) {
                let alone = Some(&row).filter(|row| is_alone(*row));
                let title =
                    alone.and_then(|row| (0..row.width()).find(|&at| !row.cell(at).is_empty()));
                titles.extend(title.map(|at| (number, row.cell(at).text().into_owned())));
                let kind = if is_empty(&row) { RowKind::Empty } else { RowKind::Title };
                self.sheet.account.enter(number, kind);
                self.claim(number, &row);
            }
            let above = std::mem::take(&mut self.sheet.above);
            self.begin_table(number, layout, &above, &texts);
            return titles.iter().for_each(|(number, title)| self.note_title(*number, title));
        }
        // What a table of figures over the roll says of groups is no title.
        self.note_figures(number, row);
        if self.sheet.figures_in.is_none() || is_alone(row) {
            self.remember_title(&texts);
        }
        self.remedy = self.remedy.or_else(|| columns::remedy(&texts));
        self.note_year_of_title(number, &texts);
        if !texts.iter().any(|text| leaving::title_aside(text).is_some()) {
            self.ask_about_notes(number, &texts);
        }
        self.sheet.above = texts;
        if self.sheet.pending.len() < HEADINGS_WITHIN {
            self.sheet.pending.push((number, StoredRow::of(row)));
        } else if !self.adopt_headings() {
            self.sheet.stage = Stage::Unread;
            let pending = std::mem::take(&mut self.sheet.pending);
            pending.iter().for_each(|(number, row)| self.enter_unread(*number, row));
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
    fn begin_table(&mut self, number: u32, layout: Layout, above: &[String], texts: &[String]) {
        self.sheet.account.enter(number, RowKind::Heading);
        self.sheet.headings = texts.to_vec();
        self.sheet.width = texts.len();
        self.sheet.bands = if layout.has_bands { above.to_vec() } else { Vec::new() };
        let sheet = &mut self.roll.sheets[usize::from(self.sheet.number)];
        sheet.surplus.extend(layout.surplus.iter().cloned());
        self.sheet.first_block = placed(sheet.blocks.len());
        if sheet.blocks.len() + layout.blocks.len() > MOST_TABLES {
            return self.too_many_tables();
        }
        self.sheet.figures_beside = FigureColumns::beside(&layout);
        self.sheet.layout = layout;
        self.register_blocks();
        let titles = std::mem::take(&mut self.sheet.titles);
        self.sheet.lanes = self.lanes_below(number, &titles, above);
        self.sheet.titled.extend(self.sheet.lanes.iter().filter_map(|lane| lane.section));
        if self.sheet.lanes.iter().all(|lane| lane.aside.is_none()) {
            let apart = titles.iter().find_map(|title| leaving::title_aside(title));
            let apart =
                apart.or_else(|| self.sheet.layout.of_roles().map(|it| Apart::new(it, true)));
            self.sheet.aside = apart.or(self.sheet.aside.take());
        }
        if self.sheet.aside.is_some() {
            self.sheet.claims.clear();
        }
        self.ask_about_titles(number);
        self.ask_about_titles_beside(number, above);
        self.ask_about_another_list(&titles);
        self.ask_about_lunar_days(number);
        self.sheet.stage = Stage::Under;
        self.tell_twice(number);
    }

    /// Where a row of bands, such as 选民, was taken for headings, those below it
    /// are the headings; says whether it is so.
    fn begin_table_below(&mut self, number: u32, texts: &[String]) -> bool {
        let above = std::mem::take(&mut self.sheet.headings);
        let Some(layout) = Layout::find(texts, &above) else { return false };
        let is_better = layout.known() > self.sheet.layout.known();
        if is_better {
            let sheet = &mut self.roll.sheets[usize::from(self.sheet.number)];
            sheet.blocks.truncate(usize::from(self.sheet.first_block));
            let surplus = &self.sheet.layout.surplus;
            sheet.surplus.truncate(sheet.surplus.len() - surplus.len());
            self.sheet.aside = self.sheet_aside();
            self.begin_table(number, layout, &above, texts);
        }
        is_better
    }

    /// Each table begins with the group that a title over it names; of several side
    /// by side, each with its own. A column of groups counts before the titles.
    fn lanes_below(&mut self, number: u32, titles: &[String], above: &[String]) -> Vec<Lane> {
        let blocks = &self.sheet.layout.blocks;
        let group =
            |title| grouping::group_title(title).or_else(|| grouping::group_in_title(title));
        let mut groups = titles.iter().rev().filter_map(|title| group(title));
        let named = groups.next().or_else(|| grouping::group_behind_label(above));
        // 一组 below 上坪自然村.
        let mut wider = groups
            .filter(|wider| named.as_ref().is_some_and(|it| !grouping::are_of_one_kind(it, wider)));
        let outer = wider.next().and_then(|wider| self.places.intern(&wider));
        let place = titles.iter().rev().find_map(|title| grouping::place_in_title(title));
        let own = titles_over(above, blocks);
        let since_title = Since { first: self.roll.voters.len(), count: 0 };
        let mut lanes = Vec::with_capacity(blocks.len());
        for (at, block) in blocks.iter().enumerate() {
            let title = own.get(at).map_or("", String::as_str);
            let has_own = !title.trim().is_empty() && blocks.len() > 1;
            let own = grouping::group_title(title).filter(|_| has_own);
            let before = self.sheet.lanes.get(at).and_then(|lane| lane.outer);
            let is_wider =
                |outer: &PlaceId| !self.is_of_one_kind(*outer, own.as_ref().or(named.as_ref()));
            let outer = outer.filter(|_| own.is_none()).or(before.filter(is_wider));
            let named = own.or_else(|| named.clone());
            let counts = !block.header.has(Column::Group) || block.header.has_only_areas();
            let section = named.as_deref().filter(|_| counts);
            let section = section.and_then(|name| self.roll.groups.intern(name));
            let place_of_its_own = grouping::place_in_title(title).filter(|_| has_own);
            let place = place_of_its_own.as_ref().or(place.as_ref());
            let place = place.and_then(|place| self.places.intern(place));
            let place = place.or(self.sheet.lanes.get(at).and_then(|lane| lane.place));
            // 东队（4人） counts a group if it is one.
            let group = named.as_ref().or(place_of_its_own.as_ref()).filter(|_| has_own);
            if let Some(name) = group
                && let Some(group) = self.roll.groups.intern(name)
            {
                let title = words::compact(title);
                let said = title.split_once(&**name).map_or("", |(_, said)| said);
                self.stated.add(self.row_ref(number, at), group, said, self.roll.voters.len());
            }
            lanes.push(Lane {
                section,
                outer,
                place,
                since_title,
                aside: leaving::title_aside(title).filter(|_| has_own).or_else(|| {
                    let is_of_others = self.sheet.layout.is_of_others(block);
                    is_of_others.then(|| aside_beside(title, block))
                }),
                titled: named.or_else(|| self.sheet.group_of_sheet.clone()),
                ..Lane::default()
            });
        }
        lanes
    }

    /// Days under 出生日期（农历） are some weeks off.
    fn ask_about_lunar_days(&mut self, number: u32) {
        let at = self.row_ref(number, 0);
        let is_lunar = self.sheet.layout.blocks.iter().any(|block| {
            let heading = block.header.get(Column::Birth);
            heading.is_some_and(|heading| columns::is_lunar(&heading.text))
        });
        if is_lunar {
            let message = "表头写的是农历，这一列的日期照公历读入";
            let help = "对照身份证改成公历；本来就是公历的，把表头里的“农历”去掉";
            self.doubt(at, Column::Birth, "roll-birth", message, help);
        }
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
            if twice.is_of_another_person() {
                self.findings.add("roll-column-twice", |code| {
                    let message = format!(
                        "{}一列的人没有读入，只读了 {} 列",
                        quote(&twice.text),
                        twice.taken
                    );
                    Diagnostic::error(code, message)
                        .at(place)
                        .help("每名选民写一行，姓名都写在“姓名”一列")
                });
                continue;
            }
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
        RowRef { sheet: self.sheet.number, block: self.sheet.first_block + placed(lane), row }
    }

    /// A row below headings.
    fn body(&mut self, number: u32, row: &impl Row) {
        if self.repeats_bands(row) {
            self.sheet.above = texts(row);
            return self.sheet.account.enter(number, RowKind::Heading);
        }
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
        self.note_figures_below(self.sheet.figures_beside, number, row);
        if row.is_hidden() && kind == RowKind::Voter {
            self.tell_hidden(number);
        }
        if !matches!(kind, RowKind::Voter | RowKind::Empty) {
            self.sheet.last_line = Some(number);
        }
        self.sheet.account.enter(number, kind);
    }

    fn repeats_bands(&self, row: &impl Row) -> bool {
        let bands = &self.sheet.bands;
        let mut at = 0..bands.len().max(row.width().min(WIDEST));
        !bands.is_empty()
            && at.all(|at| row.cell(at).text() == bands.get(at).map_or("", String::as_str))
    }

    /// A row of one of the tables side by side.
    fn lane(&mut self, number: u32, row: &impl Row, lane: usize) -> RowKind {
        let layout = std::mem::take(&mut self.sheet.layout);
        let view = View { row, block: &layout.blocks[lane] };
        let answer = self.answer(&view, &layout);
        let kind = rows::classify(&view);
        let is_confirmed = answer == Some(Answer::Voter);
        if !self.here.is_empty() {
            self.take_confirmations(self.row_ref(number, lane), &view);
        }
        let kind = match (answer, kind) {
            (Some(Answer::NotVoter), Kind::Voter(_) | Kind::Unclear(_) | Kind::Nameless) => {
                self.sheet.serials.pass(lane, view.cell(Column::Serial));
                self.sheet.answered.push(self.roll.voters.len());
                self.sheet.layout = layout;
                return RowKind::LeftOut(Reason::Answer);
            }
            (
                Some(Answer::Voter),
                Kind::Voter(Certainty::Bare) | Kind::Unclear(_) | Kind::Nobody | Kind::Remark,
            ) => Kind::Voter(Certainty::Placed),
            (_, kind) => kind,
        };
        if matches!(kind, Kind::Voter(_) | Kind::Empty | Kind::Remark) {
            self.look_beside(self.row_ref(number, lane), &view, &layout);
        }
        let kind = match kind {
            Kind::Voter(_) if std::mem::take(&mut self.sheet.sample_above) && !is_confirmed => {
                self.leave_sample_out(number, lane);
                RowKind::LeftOut(Reason::Sample)
            }
            Kind::Voter(_) if self.is_below_the_end(&view) => RowKind::Remark,
            Kind::Voter(certainty) => {
                self.voter(number, &view, lane, &layout, certainty, is_confirmed)
            }
            Kind::Nameless => {
                self.sheet.serials.pass(lane, view.cell(Column::Serial));
                self.nameless(number, lane);
                RowKind::Unclear
            }
            Kind::Group(group) if self.counts_those_above(&view, lane) => {
                self.tell_of_group_below(number, lane, &group);
                RowKind::Total
            }
            Kind::Group(group) => {
                // 上坪村一组选民名单
                let title = view.filled().next().map(|at| row.cell(at).text());
                if let Some(title) = title.filter(|title| title.chars().count() > group.len() / 3) {
                    self.begin_place(&title, Some(&group));
                }
                let is_again = self.begin_group(number, &group, row, lane);
                self.sheet.above = texts(row);
                self.sheet.last_title = Some(number);
                if self.sheet.lanes.len() == 1 || is_alone(row) {
                    self.claim_of_group(number, row, is_again);
                }
                RowKind::Group
            }
            Kind::Total => {
                if !self.group_of_sum(number, &view, lane) {
                    self.total(number, &view, lane);
                }
                RowKind::Total
            }
            Kind::Heading => {
                self.sheet.layout = layout;
                return self.heading_again(number, row);
            }
            Kind::Elsewhere => {
                self.sheet.stage = Stage::Elsewhere;
                self.note_figures(number, row);
                RowKind::LeftOut(Reason::Elsewhere)
            }
            Kind::Sample => {
                self.sheet.sample_above = view.filled().nth(1).is_none();
                RowKind::LeftOut(Reason::Sample)
            }
            Kind::Remark | Kind::Unclear(_) if self.takes_card(number, &view, lane) => {
                RowKind::Rest
            }
            Kind::Remark if self.is_rest_of_remark(number, &view, &layout, lane) => RowKind::Rest,
            Kind::Remark => self.remark(number, &view),
            Kind::Nobody => {
                self.sheet.serials.pass(lane, view.cell(Column::Serial));
                RowKind::LeftOut(Reason::Nobody)
            }
            Kind::Empty => RowKind::Empty,
            Kind::Unclear(at) => {
                self.sheet.serials.pass(lane, view.cell(Column::Serial));
                self.unclear(number, lane, at);
                RowKind::Unclear
            }
        };
        self.sheet.layout = layout;
        kind
    }

    /// Whether a row without data stands below a line for signatures or notes, in a
    /// table that has data of its voters.
    fn is_below_the_end(&self, view: &View<impl Row>) -> bool {
        const TELLING: [Column; 3] = [Column::Sex, Column::Birth, Column::IdNumber];
        let has_data = || TELLING.into_iter().any(|column| view.block.header.has(column));
        self.sheet.is_signed && has_data() && !rows::is_surely_a_person(view)
    }

    fn answer(&self, view: &View<impl Row>, layout: &Layout) -> Option<Answer> {
        // What is said of a name under no heading is not said of the voter beside.
        let is_beside =
            |at: usize| !layout.is_headed(at) && words::is_likely_name(&view.row.cell(at).text());
        let is_own = |at: usize| view.block.range().contains(&at) && !is_beside(at);
        let mut said =
            self.here.iter().filter(|one| one.at.is_none_or(is_own)).map(|one| &one.answer);
        said.find(|answer| matches!(answer, Answer::NotVoter | Answer::Voter)).cloned()
    }

    /// The title of a group: alone in its row, it is that of every table. Says
    /// whether it was that before.
    fn begin_group(&mut self, number: u32, name: &str, row: &impl Row, lane: usize) -> bool {
        self.drop_untitled();
        let section = self.roll.groups.intern(name);
        let outer = self.outer_of(name, lane);
        let lanes = if is_alone(row) {
            self.ask_about_title_of_all(name, number);
            0..self.sheet.lanes.len()
        } else if lane == 0 && self.asks_of_names_beside(number, name, row) {
            0..self.sheet.lanes.len()
        } else {
            lane..lane + 1
        };
        let is_again = self.sheet.lanes[lane].section == section;
        if self.sheet.lanes.len() > 1 {
            self.sheet.serials.turn_page();
        }
        let since_title = Since { first: self.roll.voters.len(), count: 0 };
        self.sheet.is_signed = false;
        let is_new = section.is_some_and(|section| self.sheet.titled.insert(section));
        if is_new && std::mem::take(&mut self.sheet.is_aside_of_group) {
            self.sheet.aside = self.sheet_aside();
        }
        for lane in &mut self.sheet.lanes[lanes] {
            (lane.section, lane.group, lane.since_title) = (section, None, since_title);
            (lane.titled, lane.settled, lane.outer) = (Some(name.to_owned()), None, outer);
        }
        self.sheet.titles.push(name.to_owned());
        is_again
    }

    /// In a grid of nothing but names a group in the first column is that of the row and
    /// of those below, for all that is known: it is asked. Says whether it is one.
    fn asks_of_names_beside(&mut self, number: u32, name: &str, row: &impl Row) -> bool {
        let sheet = &self.roll.sheets[usize::from(self.sheet.number)];
        let blocks = &sheet.blocks[usize::from(self.sheet.first_block)..];
        let are_names = |block: &Block| {
            let cell = block.header.position(Column::Name).map(|at| row.cell(at).text());
            !block.header.has(Column::Sex)
                && !block.header.has(Column::Serial)
                && cell.is_none_or(|cell| cell.trim().is_empty() || words::may_be_name(&cell))
        };
        let is_grid = blocks.len() > 1 && blocks.iter().skip(1).all(are_names);
        let names_group = |at: usize| grouping::group_title(&row.cell(at).text()).is_some();
        if !is_grid || (0..row.width().min(WIDEST)).filter(|&at| names_group(at)).count() > 1 {
            return false;
        }
        let message = format!("{}写在“姓名”一列，右边和下面的人都算这个小组：是吗？", quote(name));
        let help = "把这一列的表头改成“小组”；只是这一列的，在每一列上面都写明小组";
        let at = self.row_ref(number, 0);
        let place = self.roll.place(at, Column::Name);
        self.ask(at, Severity::Warning, "roll-group-title", message, place, help);
        true
    }

    /// Whose group the title is: that of the title right above, or of one before, if
    /// they are not of one kind.
    fn outer_of(&mut self, name: &str, lane: usize) -> Option<PlaceId> {
        let lane = &self.sheet.lanes[lane];
        let above = lane.section.filter(|_| lane.since_title.count == 0);
        let above = above.map(|section| self.roll.groups.name(section));
        let above = above.filter(|above| !grouping::are_of_one_kind(above, name));
        let before =
            lane.outer.filter(|outer| !grouping::are_of_one_kind(self.places.name(*outer), name));
        above.and_then(|above| self.places.intern(above)).or(before)
    }

    fn remark(&mut self, number: u32, view: &View<impl Row>) -> RowKind {
        let texts = texts(view.row);
        self.remember_title(&texts);
        self.note_year_of_title(number, &texts);
        // Of tables side by side a cell among names is over nobody.
        let is_of_all = self.sheet.lanes.len() == 1 || is_alone(view.row);
        let titles = texts.iter().filter(|text| is_of_all && rows::is_alone(view, text));
        let mut is_understood = true;
        if let Some(apart) = titles.into_iter().find_map(|text| self.title_aside(text)) {
            const LISTS: [&str; 4] = ["名单", "名册", "花名", "表"];
            self.sheet.is_aside_of_group =
                !self.sheet.titled.is_empty() && !words::has_any(&apart.title, &LISTS);
            self.sheet.aside = Some(apart);
        } else {
            is_understood =
                self.ask_about_notes(number, &texts) || self.ask_about_a_person(number, view);
            self.sheet.notes_compared += 1;
            if texts.iter().any(|text| words::is_title_of_voters(text)) {
                self.sheet.aside = self.sheet_aside();
            }
        }
        if let Some(title) = texts.iter().find(|text| rows::is_alone(view, text)) {
            is_understood |= self.begin_place(title, None);
        }
        self.note_untitled(number, view);
        self.sheet.is_signed |= texts.iter().any(|text| words::ends_a_table(text));
        self.note_head_in_line(self.row_ref(number, 0), &texts);
        self.claim(number, view.row);
        is_understood |= self.group_of_sum(number, view, 0);
        if !is_understood {
            self.note_strange(number, view);
        }
        self.sheet.above = texts;
        RowKind::Remark
    }

    /// A line over people who are no voters; one that names somebody above says it of him.
    fn title_aside(&mut self, text: &str) -> Option<Apart> {
        let apart = leaving::title_aside(text)?;
        self.sheet.titles_compared += 1;
        let mut voters = self.roll.voters.iter().filter(|_| self.sheet.titles_compared < COMPARED);
        let is_of_somebody = voters.any(|voter| text.contains(voter.name.as_str()));
        (!is_of_somebody).then_some(apart)
    }

    /// A sum that names a group is the title of those below, or the end of those
    /// above: where no title told their group, it is asked. Says whether it is a title.
    fn group_of_sum(&mut self, number: u32, view: &View<impl Row>, lane: usize) -> bool {
        let Some(first) = view.filled().next() else { return false };
        let text = view.row.cell(first).text();
        let is_needed = !view.block.header.has(Column::Group);
        let Some(name) = grouping::group_of_sum(&text).filter(|_| is_needed) else {
            return false;
        };
        let state = &self.sheet.lanes[lane];
        let is_below = state.since_title.count > 0;
        match state.section {
            Some(section) if self.roll.groups.find(&name) == Some(section) => {}
            None if is_below && self.sheet.group_of_sheet.is_none() => {
                self.tell_of_group_below(number, lane, &name);
            }
            _ if text.trim_start().starts_with(['以', '上']) => {}
            _ => {
                let is_again = self.begin_group(number, &name, view.row, lane);
                self.claim_of_group(number, view.row, is_again);
                return true;
            }
        }
        false
    }

    /// Whether `一组,4,2,2` stands below people of whom no title told the group.
    fn counts_those_above(&self, view: &View<impl Row>, lane: usize) -> bool {
        let state = &self.sheet.lanes[lane];
        let are_counts =
            || view.filled().skip(1).all(|at| sums::is_number(&view.row.cell(at).text()));
        state.section.is_none()
            && state.since_title.count > 0
            && self.sheet.group_of_sheet.is_none()
            && view.only().is_none()
            && are_counts()
    }

    fn tell_of_group_below(&mut self, number: u32, lane: usize, name: &str) {
        let place = self.roll.row_place(self.row_ref(number, lane));
        let message = format!("{}写在名单下面，上面的人没有读作这个小组", quote(name));
        self.findings.add("roll-group-title", |code| {
            Diagnostic::error(code, message).at(place).help("小组写在名单的上面，或者加一列“小组”")
        });
    }

    /// A sheet that is called by a group, where nobody stands below the headings.
    fn tell_of_empty_sheet(&mut self) {
        let is_read = self.sheet.stage == Stage::Within || self.sheet.stage == Stage::Under;
        let is_empty = self.roll.voters.len() == self.sheet.first_voter && self.asides.is_empty();
        let Some(group) = self.sheet.group_of_sheet.as_deref().filter(|_| is_read && is_empty)
        else {
            return;
        };
        let message = format!("{}的工作表只有表头，没有选民", quote(group));
        self.findings.add("roll-empty", |code| {
            Diagnostic::warning(code, message)
                .in_file(&self.roll.path)
                .help("补上这个小组的选民；确是没有人的，删去这张工作表")
        });
    }

    /// Headings among the rows: those above once more, or those of another table.
    fn heading_again(&mut self, number: u32, row: &impl Row) -> RowKind {
        self.sheet.heading_before = self.roll.voters.len();
        self.sheet.is_signed = false;
        self.sheet.serials.turn_page();
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
                    self.title_again(number, &above);
                } else {
                    self.sheet.aside = self.sheet_aside();
                    self.begin_table(number, layout, &above, &texts);
                    return RowKind::Heading;
                }
            }
            _ => {}
        }
        RowKind::Heading
    }

    /// The same headings under a title of their own: perhaps another group's.
    fn title_again(&mut self, number: u32, above: &[String]) {
        let titles = std::mem::take(&mut self.sheet.titles);
        let apart = titles.iter().find_map(|title| leaving::title_aside(title));
        self.sheet.aside = apart.or_else(|| self.sheet_aside());
        let lanes = self.lanes_below(number, &titles, above);
        let blocks = &self.sheet.layout.blocks;
        let has_groups = blocks.iter().any(|block| block.header.has(Column::Group));
        let is_another = |(new, lane): (&Lane, &Lane)| {
            // The title of a group right above the headings was read as that already.
            let is_begun = lane.section.is_some() && lane.since_title.count == 0 && !has_groups;
            new.section.is_some()
                || new.aside.is_some()
                || new.place.is_some() && new.place != lane.place && !is_begun
        };
        if lanes.iter().zip(&self.sheet.lanes).any(is_another) {
            self.sheet.lanes = lanes;
        }
    }

    fn sheet_aside(&self) -> Option<Apart> {
        let sheet = &self.roll.sheets[usize::from(self.sheet.number)];
        sheet.name.as_deref().and_then(Apart::of_sheet)
    }

    /// A title over a table that names another group than its sheet does.
    fn ask_about_titles(&mut self, number: u32) {
        let Some(of_sheet) = self.sheet.group_of_sheet.as_deref() else { return };
        let titled = self.sheet.lanes.iter().filter_map(|lane| lane.titled.as_deref());
        let Some(title) = titled.into_iter().find(|title| grouping::are_apart(title, of_sheet))
        else {
            return;
        };
        let message =
            format!("表头上面的标题写的是{}，工作表的名称是{}", quote(title), quote(of_sheet));
        let at = self.row_ref(number, 0);
        let place = self.roll.row_place(at);
        let help = "查明是哪个小组，把标题和工作表的名称改成一样";
        self.ask(at, Severity::Warning, "roll-group-title", message, place, help);
    }

    /// Colours and marks that say who is no voter, and what else a line says of people.
    /// Tells whether there is something to ask.
    fn ask_about_notes(&mut self, number: u32, texts: &[String]) -> bool {
        let is_note = |text: &&String| {
            leaving::note_tells(text) || leaving::lists_names(text) || self.tells_of_a_voter(text)
        };
        let legend = texts.iter().find(|text| leaving::is_legend(text));
        let (code, text, done, help) = match (legend, texts.iter().find(is_note)) {
            (Some(legend), _) => (
                "roll-legend",
                legend,
                "颜色、记号看不出来，照样读作选民",
                "逐人核对，不是选民的删去；核对后删去这一行，或在待核对清单里答“无误”",
            ),
            (None, Some(note)) => (
                "roll-note",
                note,
                "没有照它改名单",
                "照这句话核对，该删的删、该加的加、该改的改；改好后删去这一行，或在待核对清单里答“无误”",
            ),
            (None, None) => return false,
        };
        let at = self.row_ref(number, 0);
        let message = format!("这里写着{}：{done}", quote_remark(text));
        self.ask(at, Severity::Warning, code, message, self.roll.row_place(at), help);
        true
    }

    /// Somebody whose name and all else stand in one cell is no voter yet.
    fn ask_about_a_person(&mut self, number: u32, view: &View<impl Row>) -> bool {
        let Some(column) = view.only() else { return false };
        if !words::is_of_one_person(&view.row.cell(column).text()) {
            return false;
        }
        let at = self.row_ref(number, 0);
        let message = "像是一个人的姓名、性别等挤在一格里，没有读作选民".to_owned();
        let help = "是选民的，分到各列里；不是的，删去这一行，或在待核对清单里答“不是选民”";
        let place = self.roll.place_at(at, column);
        self.ask(at, Severity::Error, "roll-row-unclear", message, place, help);
        true
    }

    /// Whether a line says something of a voter above, whom it names.
    fn tells_of_a_voter(&self, text: &str) -> bool {
        const LONGEST: usize = 100;
        let is_line = text.chars().nth(3).is_some() && text.chars().nth(LONGEST).is_none();
        let voters = &self.roll.voters[self.sheet.first_voter..];
        let voters = &voters[voters.len().saturating_sub(NAMED_IN_NOTES)..];
        is_line
            && self.sheet.notes_compared < COMPARED
            && voters.iter().any(|voter| leaving::note_tells_of(text, voter.name.as_str()))
    }

    /// A title over a table that is that of a list for another end.
    fn ask_about_another_list(&mut self, titles: &[String]) {
        if self.sheet.aside.is_some() {
            return;
        }
        if let Some(title) = titles.iter().find(|title| leaving::is_of_another_list(title)) {
            self.findings.add("roll-aside", |code| {
                let message = format!("名册的名称是{}，不像选民名册", quote(title));
                Diagnostic::warning(code, message)
                    .in_file(&self.roll.path)
                    .help("检查是否用错了文件；没有用错的，把标题改名")
            });
        }
    }

    /// A row below the headings of another table, in which nobody is a voter for
    /// all that is known.
    fn elsewhere(&mut self, number: u32, row: &impl Row) {
        let texts = texts(row);
        let mut filled = texts.iter().filter(|text| !text.trim().is_empty());
        let (first, is_alone) = (filled.next(), filled.next().is_none());
        let Some(first) = first else {
            return self.sheet.account.enter(number, RowKind::Empty);
        };
        let is_heading = Layout::find(&texts, &[]).is_some();
        if is_heading || is_alone && grouping::group_title(first).is_some() {
            self.sheet.stage = Stage::Within;
            return self.body(number, row);
        }
        self.note_figures(number, row);
        for confirmed in self.here.iter().filter_map(|one| one.answer.confirms()) {
            self.roll.confirm(self.row_ref(number, 0), confirmed);
        }
        let view = View { row, block: &self.sheet.layout.blocks[0] };
        let kind = if rows::is_surely_a_person(&view) {
            let at = view.block.header.position(Column::Name).unwrap_or_default();
            self.unclear(number, 0, at);
            RowKind::Unclear
        } else {
            RowKind::LeftOut(Reason::Elsewhere)
        };
        if is_alone {
            self.remember_title(&texts);
        }
        self.sheet.above = texts;
        self.sheet.account.enter(number, kind);
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
        if !self.is_quiet && !self.roll.is_settled(at, code, severity) {
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
            "补上姓名；姓名写到旁边一格的，整行移回来；是上一行的内容换了行的，并到上一行；多余的，删去整行",
        );
    }

    fn leave_sample_out(&mut self, number: u32, lane: usize) {
        let row = self.row_ref(number, lane);
        let message = "上面写着是示例，这一行没有读作选民";
        let help = "确是示例的，删去这两行；是选民的，删去上面一行，或在待核对清单里答“是选民”";
        self.doubt(row, Column::Name, "roll-aside", message, help);
    }

    fn unclear(&mut self, number: u32, lane: usize, at: usize) {
        let row = self.row_ref(number, lane);
        let place = self.roll.place_at(row, at);
        let message = "看不懂这一行：不像选民，也不像标题、合计或说明".into();
        let help = "是选民的，写全姓名和性别、出生日期，都写了的在待核对清单里答“是选民”；不是的，删去这一行，或答“不是选民”；是小组标题的，别的格空着";
        self.ask(row, Severity::Error, "roll-row-unclear", message, place, help);
    }

    /// What stands right of all that is looked at may be of voters.
    fn tell_beyond(&mut self, number: u32, at: usize, text: &str) {
        let place = self.roll.cell(self.row_ref(number, 0), Some(columns::letters(at)));
        let is_of_voters = columns::known(text).is_some() || words::is_likely_name(text);
        let severity = if is_of_voters { Severity::Error } else { Severity::Warning };
        let message =
            format!("表格太宽，第 {WIDEST} 列以后没有读入，从这一格起还写着{}", quote(text));
        let help = "把这些内容移到左边的列，或移到下面、另一张工作表；没用的删去";
        self.findings.add("roll-beside", |code| {
            Diagnostic::new(severity, code, message).at(place).help(help)
        });
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
}

/// A table beside the roll that lists others, under the title that it has.
fn aside_beside(title: &str, block: &Block) -> Apart {
    let untitled = || block.heading_of_those_who_left().unwrap_or("右边的另一张表");
    Apart::new(if title.trim().is_empty() { untitled() } else { title }, false)
}

fn texts(row: &impl Row) -> Vec<String> {
    (0..row.width().min(WIDEST)).map(|at| row.cell(at).text().into_owned()).collect()
}

/// Whether a row has no more than one cell.
fn is_alone(row: &impl Row) -> bool {
    (0..row.width().min(WIDEST)).filter(|&at| !row.cell(at).is_empty()).nth(1).is_none()
}

fn is_empty(row: &impl Row) -> bool {
    (0..row.width().min(WIDEST)).all(|at| row.cell(at).is_empty())
}

/// The letters and heading of a column that no table reads.
pub(super) fn label_of_surplus(surplus: &[(usize, String)], at: usize) -> Option<String> {
    surplus.iter().find(|(place, _)| *place == at).map(|(at, text)| columns::label(*at, text))
}
