//! From the rows of a sheet to voters. Headings part a sheet into tables, side
//! by side and below one another; each row of a table is classified, and each
//! row of the sheet is entered in its account.

pub(crate) mod account;
mod beside;
mod births;
mod blanks;
mod body;
mod cards;
mod claims;
mod families;
mod faults;
mod figures;
mod finish;
mod flow;
mod groups;
mod guessed;
mod headings;
mod headless;
mod kept;
mod kin;
pub(crate) mod layout;
mod lines;
mod marked;
mod masked;
mod notes;
mod pages;
mod places;
mod registered;
mod relatives;
mod rest;
mod restarts;
pub(crate) mod rows;
mod scope;
pub(crate) mod serials;
mod settle;
mod spread;
mod state;
mod stated;
mod subtotals;
mod terms;
mod untitled;
mod villages;
mod voter;

use std::collections::HashSet;
use std::ops::ControlFlow;

use crate::diagnostic::Place;
use crate::election::roll::answers::{self, Amended, Answer, Answers, CellAnswer, OPEN_SHEET};
use crate::election::roll::cell::apart::Apart;
use crate::election::roll::cell::columns::Column;
use crate::election::roll::cell::sums::Tally;
use crate::election::roll::cell::{columns, grouping, words};
use crate::election::roll::findings::Findings;
use crate::election::roll::source::comments::Comment;
use crate::election::roll::source::{Merged, Row, SheetHead, Sink, WIDEST};
use crate::election::roll::{Encoding, Labels, Options, PlaceId, RowRef, Sheet, Voter, VoterRoll};
use crate::number::placed;
use account::RowKind;
use cards::Cards;
use claims::Reckoned;
use figures::Figures;
use kept::Kept;
use layout::Layout;
use lines::Line;
use pages::Pages;
use places::Whereabouts;
use registered::InAddresses;
use restarts::Restart;
use serials::Run;
use state::{SheetState, Stage};
use stated::Stated;
use terms::Dated;
use villages::{Common, Scattered};

/// How many tables a sheet may have, and a file sheets.
const MOST_TABLES: usize = 1000;
const MOST_SHEETS: usize = 1000;
/// How many cells a file may have: eight for each voter of the largest roll.
const MOST_CELLS: usize = 8_000_000;
/// How many lines between the voters are looked into.
const MOST_LINES: usize = 100_000;
/// How many titles of people who are no voters are compared with the names above them.
const COMPARED: usize = 100;

/// A roll being read.
pub(super) struct Reading<'r> {
    pub roll: &'r mut VoterRoll,
    pub findings: &'r mut Findings,
    pub options: &'r Options,
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
    /// What lines say of pages.
    pages: Pages,
    /// Where titles and columns say that voters are.
    places: Labels<PlaceId>,
    located: Whereabouts,
    /// Groups that addresses name.
    in_addresses: InAddresses,
    /// Those in the sheets before.
    tally: Tally,
    /// Remarks that were not asked about.
    remarks: Kept,
    /// Titles and lines that nothing understood.
    lines_kept: Vec<Line>,
    cards: Cards,
    /// Serial numbers that began again below a title that stood before.
    restarts: Vec<Restart>,
    /// What to do if no table is found.
    remedy: Option<&'static str>,
    /// Where titles stand.
    title_rows: Vec<(RowRef, String)>,
    /// Lists that name their year, and the latest day that a line gives to them.
    dated: Vec<Dated>,
    stamped: Option<Dated>,
    /// From where to where the serial numbers of each sheet run.
    runs: Vec<(RowRef, Run)>,
    /// The title of a list of some of the voters, and none of others follow.
    of_some: Option<(String, Place)>,
    /// In which village all are by their groups, by a column of villages, by addresses.
    common_villages: [Common; 3],
    scattered_villages: Scattered,
    /// The answers about the row being read.
    here: &'r [CellAnswer],
    /// The rows whose answers fit them.
    met: HashSet<(String, u32)>,
    /// Whether faults of the row do not matter, since nobody in it is a voter.
    is_quiet: bool,
    /// How many lines were neither voters nor titles of groups nor sums, and how many cells
    /// there were.
    lines: usize,
    cells: usize,
    stopped: bool,
}

/// Somebody in a list of people who are not on it for being voters.
struct Aside {
    voter: Voter,
    list: Apart,
    /// Whether he stands there as voters do, under their headings.
    is_as_voters: bool,
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
        let apart = head.name.as_deref().and_then(grouping::group_and_sex);
        let named = apart.map(|(group, _)| group).or(head.name.as_deref());
        let group = named.and_then(|name| self.options.groups.of_sheet(name));
        let place = named.and_then(grouping::place_in_title);
        let is_open = head.name.as_deref() == Some(OPEN_SHEET);
        self.sheet = SheetState {
            place_of_sheet: place.and_then(|place| self.places.intern(&place)),
            stage: if is_open { Stage::Open } else { Stage::Above },
            number: placed(self.roll.sheets.len()),
            epoch: head.epoch,
            first_voter: self.roll.voters.len(),
            total_before: self.roll.voters.len(),
            heading_before: self.roll.voters.len(),
            group_from: self.roll.voters.len(),
            aside: head.name.as_deref().and_then(Apart::of_sheet),
            group_of_sheet: group,
            sex: apart
                .map(|(_, sex)| sex)
                .or_else(|| head.name.as_deref().and_then(words::sex_of_list)),
            ..SheetState::default()
        };
        self.roll.sheets.push(Sheet::new(head.name));
        self.note_name_of_sheet();
        true
    }

    fn comments(&mut self, comments: Vec<Comment>) {
        for comment in comments {
            let said = comment.said().trim();
            if !said.is_empty() {
                let of_row = self.sheet.comments.entry(comment.row).or_default();
                of_row.push((comment.at, said.to_owned()));
            }
        }
    }

    fn row(&mut self, number: u32, row: &impl Row) -> ControlFlow<()> {
        self.cells += row.width().min(WIDEST);
        if self.cells > MOST_CELLS {
            self.too_many_cells();
            return ControlFlow::Break(());
        }
        self.take_answers(number, row);
        if !self.sheet.is_cut
            && let Some((at, text)) = row.beyond()
        {
            self.sheet.is_cut = true;
            self.tell_beyond(number, at, &text);
        }
        if self.here.is_empty() {
            return self.take(number, row);
        }
        self.take(number, &Amended::new(row, self.here))
    }

    fn end(&mut self, merged: Vec<Merged>) {
        if self.sheet.stage == Stage::Above {
            self.end_without_headings();
        }
        self.settle_flow();
        self.settle_above_headings();
        self.settle_bare();
        let is_tall = |cells: &Merged| cells.rows.start() < cells.rows.end();
        let tall: Vec<Merged> = merged.into_iter().filter(is_tall).collect();
        self.spread(&tall);
        self.carry_down(&tall);
        self.settle_heads();
        self.ask_about_kin();
        self.ask_about_serials();
        self.ask_about_restarts();
        self.ask_about_codes_of_sexes();
        self.ask_about_subtotals();
        self.ask_about_empty_groups();
        self.ask_about_rows_below_total();
        self.tell_of_empty_sheet();
        self.tell_of_masked();
        self.ask_about_addresses();
        self.ask_about_births();
        self.ask_about_columns();
        self.ask_about_borrowed_groups();
        self.ask_about_other_comments();
        self.ask_about_marks(&tall);
        self.ask_about_forgotten();
        self.ask_about_families();
        self.ask_about_unfit_relatives();
        self.ask_about_registered();
        self.ask_about_strange();
        self.settle_lines();
        self.ask_about_others_over_nobody();
        self.ask_about_untitled();
        self.check_name_of_sheet();
        self.ask_about_scope();
        self.check_claims();
        self.sort_by_columns();
        // What a table of figures says is held against the groups.
        let are_figures = self.sheet.people == 0
            && (self.sheet.figures_in.is_some() || !self.sheet.figures_across.is_empty());
        let sheet = &mut self.roll.sheets[usize::from(self.sheet.number)];
        sheet.account = std::mem::take(&mut self.sheet.account);
        sheet.is_filled = self.sheet.is_filled && !are_figures;
        sheet.people = self.sheet.people;
        let has_headings = !matches!(self.sheet.stage, Stage::Above | Stage::Unread | Stage::Open);
        if has_headings && !self.sheet.is_guessed {
            self.before = Some(std::mem::take(&mut self.sheet.layout));
        }
    }
}

impl<'r> Reading<'r> {
    pub(super) fn new(
        roll: &'r mut VoterRoll,
        findings: &'r mut Findings,
        options: &'r Options,
    ) -> Self {
        Self {
            roll,
            findings,
            options,
            sheet: SheetState::default(),
            before: None,
            asides: Vec::new(),
            claims: Vec::new(),
            stated: Stated::default(),
            figures: Figures::default(),
            pages: Pages::default(),
            places: Labels::default(),
            located: Whereabouts::default(),
            in_addresses: InAddresses::default(),
            tally: Tally::default(),
            remarks: Kept::default(),
            lines_kept: Vec::new(),
            cards: Cards::default(),
            restarts: Vec::new(),
            remedy: None,
            title_rows: Vec::new(),
            dated: Vec::new(),
            stamped: None,
            runs: Vec::new(),
            of_some: None,
            common_villages: Default::default(),
            scattered_villages: Scattered::default(),
            here: &[],
            met: HashSet::new(),
            is_quiet: false,
            lines: 0,
            cells: 0,
            stopped: false,
        }
    }

    /// Looks up the answers about a row, if it still says what was asked about.
    fn take_answers(&mut self, number: u32, row: &impl Row) {
        let sheet = &self.roll.sheets[usize::from(self.sheet.number)];
        let answers =
            self.options.answers.of_row(sheet.name.as_deref(), number).unwrap_or_default();
        let fits = answers.iter().all(|answer| answer.still_fits(row));
        self.here = if fits { answers } else { &[] };
        if self.here.is_empty() {
            return;
        }
        self.met.insert((Answers::sheet_key(sheet.name.as_deref()), number));
        // Of tables side by side an answer is on the one that its cell is in.
        let lanes = self.sheet.lanes.len().max(1);
        for lane in 0..lanes {
            let block = self.sheet.layout.blocks.get(lane).filter(|_| lanes > 1);
            let is_own = |at: usize| block.is_none_or(|block| block.range().contains(&at));
            let own = self.here.iter().filter(|one| one.at.is_none_or(is_own));
            let group = block.or(self.sheet.layout.blocks.first());
            let group = group.and_then(|block| block.header.position(Column::Group));
            let is_group = |one: &&CellAnswer| one.at.is_some() && one.at == group;
            let regroups = |one: &CellAnswer| matches!(one.answer, Answer::Change(_));
            if own.clone().filter(is_group).any(regroups) {
                let row = self.row_ref(number, lane);
                self.roll.regrouped.insert(row);
            }
            for (confirmed, asked) in own.filter_map(CellAnswer::confirms) {
                let row = self.row_ref(number, lane);
                self.roll.confirm(row, confirmed);
                self.roll.answered.extend(asked.map(|asked| (row, answers::gist(asked))));
            }
        }
    }

    fn take(&mut self, number: u32, row: &impl Row) -> ControlFlow<()> {
        match self.sheet.stage {
            Stage::Above => self.above(number, row),
            Stage::Unread => self.unread(number, row),
            Stage::Under => {
                self.sheet.stage = Stage::Within;
                let texts = texts(row);
                let view = rows::View { row, block: &self.sheet.layout.blocks[0] };
                if rows::tells_what_to_write(&view, &view.name()) {
                    self.sheet.account.enter(number, RowKind::Remark);
                    return ControlFlow::Continue(());
                }
                self.repeat_name_heading(&texts);
                self.note_numbered_names(&texts);
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
            Stage::Open => self.ask_what_was_open(number, row),
        }
        if self.stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn row_ref(&self, row: u32, lane: usize) -> RowRef {
        RowRef { sheet: self.sheet.number, block: self.sheet.first_block + placed(lane), row }
    }
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
