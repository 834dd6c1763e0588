//! One sheet on its way into the roll: what its rows above leave to those below, and what
//! is decided at its end.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::account::Account;
use super::beside::Beside;
use super::births::Births;
use super::blanks::Blanks;
use super::claims::Claim;
use super::families::Families;
use super::figures::FigureColumns;
use super::flow::Flow;
use super::kin::Kin;
use super::layout::Layout;
use super::marked::Marked;
use super::registered::Registered;
use super::relatives::{Households, Relatives, Unfit};
use super::restarts::{Restart, Turns};
use super::scope::Scope;
use super::serials::Serials;
use super::untitled::Untitled;
use crate::election::person::Sex;
use crate::election::roll::cell::apart::Apart;
use crate::election::roll::cell::values::Epoch;
use crate::election::roll::source::StoredRow;
use crate::election::roll::{CategoryId, GroupId, HouseholdId, PlaceId, RowRef};

/// One sheet on its way into the roll.
#[derive(Default)]
pub(super) struct SheetState {
    pub number: u16,
    pub titles_compared: usize,
    pub notes_compared: usize,
    pub epoch: Epoch,
    pub stage: Stage,
    /// Whether its headings are guessed: another sheet may have others.
    pub is_guessed: bool,
    /// Rows above the headings.
    pub pending: Vec<(u32, StoredRow)>,
    /// The texts of the last row that was no voter: it may hold headings too.
    pub above: Vec<String>,
    /// The headings of the table.
    pub headings: Vec<String>,
    /// How many cells the row of headings has.
    pub width: usize,
    /// The wide headings over them, which stand on each page too.
    pub bands: Vec<String>,
    /// What stood over the table that comes next.
    pub titles: Vec<String>,
    pub layout: Layout,
    /// The number of the first of the layout's tables among those of the sheet.
    pub first_block: u16,
    pub lanes: Vec<Lane>,
    /// Why the people of this table are no voters.
    pub aside: Option<Apart>,
    /// Whether that began among the groups, which titles name, so that another ends it.
    pub is_aside_of_group: bool,
    pub titled: HashSet<GroupId>,
    /// The group that the sheet's name tells, and the place.
    pub group_of_sheet: Option<String>,
    pub place_of_sheet: Option<PlaceId>,
    /// Whether a line for signatures or notes stands above.
    pub is_signed: bool,
    /// Whether it is told that something stands right of all that is looked at.
    pub is_cut: bool,
    /// Whether the line above says that a sample follows.
    pub sample_above: bool,
    pub account: Account,
    /// What is decided only when the sheet has been read.
    pub first_voter: usize,
    pub told: usize,
    pub bare: Vec<usize>,
    pub heads: Vec<usize>,
    pub kin: Kin,
    pub claims: Vec<Claim>,
    /// The number of voters before each title and remark.
    pub marks: Vec<usize>,
    /// The number of voters before each who is none by an answer.
    pub answered: Vec<usize>,
    /// Other numbers of voters that claims are about.
    pub points: Vec<usize>,
    pub serials: Serials,
    /// Tables side by side, as columns of a newspaper.
    pub flow: Flow,
    /// Where these begin, in the order in which they are numbered.
    pub order: Vec<RowRef>,
    /// Rows that say of their group that it is not known: 不详, —.
    pub unsaid: HashSet<RowRef>,
    /// Notes on cells of a row that say that somebody left.
    pub comments: HashMap<u32, Vec<(usize, String)>>,
    /// What was asked about by row and column, which merged cells and ditto marks say
    /// of others too; and whether a column of remarks says so above.
    pub said: HashMap<(u32, usize), String>,
    pub said_above: BTreeMap<usize, String>,
    /// The remark of the voter who was read last.
    pub last_remark: Option<(usize, String)>,
    /// How births are written.
    pub births: Births,
    /// Rows with more cells than headings.
    pub shifted: Vec<RowRef>,
    /// Columns without heading, and whether people stand in them.
    pub beside: Beside,
    pub people_beside: bool,
    /// Ticks and colours of some voters.
    pub marked: Marked,
    /// The numbers of the groups that addresses name, with the place of the voter.
    pub addressed: Vec<(usize, u32)>,
    /// Those whose numbers have stars in them.
    pub masked: Vec<RowRef>,
    /// Cells that are empty where others are filled.
    pub blanks: Blanks,
    /// The numbers of voters before the sums of groups.
    pub subtotals: Vec<usize>,
    /// The last line over people who are no voters.
    pub over_others: Option<OverOthers>,
    /// Whether the last title says that nobody is in its group.
    pub is_of_nobody: bool,
    /// Titles of groups below which another group's stands.
    pub empty_groups: Vec<(u32, String)>,
    /// How many people the households state.
    pub families: Families,
    /// How many rows of sums there were; the row of that of all above, and how many voters
    /// these are.
    pub sum_rows: usize,
    pub grand_total: Option<(u32, usize)>,
    /// Relatives of whom something does not fit, and heads of households that have one.
    pub unfit_relatives: Unfit,
    pub households: Households,
    pub second_heads: Unfit,
    /// Serial numbers that began again.
    pub restarts: Vec<Restart>,
    pub turns: Turns,
    /// Whether a line over a household told its group: 户主：张三, 组别：一组.
    pub lines_tell_groups: bool,
    /// How many have 男 or 女, and the rows of those who have 1, 2, M or F.
    pub sexes_in_words: usize,
    pub sexes_in_codes: Vec<(RowRef, String)>,
    /// The last row that was neither empty nor a voter's.
    pub last_line: Option<u32>,
    /// Where the voters are registered.
    pub registered: Registered,
    /// The number of voters before the last sum, and before the headings were last
    /// repeated, as on each page.
    pub total_before: usize,
    /// The same where that sum is of all whom the title above it is over.
    pub summed: Option<usize>,
    pub heading_before: usize,
    /// And before those read last who are of one group.
    pub group_from: usize,
    /// The groups that the title of the list names, and how many such titles there are.
    pub scope: Option<Scope>,
    pub titles_of_groups: usize,
    /// The row of the last title of a group.
    pub last_title: Option<u32>,
    /// Short lines among the voters that may be titles of groups.
    pub untitled: Vec<Untitled>,
    /// The voter read last from a row with nothing else, and those right below whom the
    /// headings of a grid stand again: these are titles.
    pub alone: Option<(u32, usize)>,
    pub above_headings: Vec<usize>,
    /// Titles of lists, which may be of groups.
    pub lists: Vec<Untitled>,
    /// Lines among the voters that nothing understood.
    pub strange: Vec<Untitled>,
    /// The columns of a table of figures, and of one beside the voters.
    pub figures_in: Option<FigureColumns>,
    /// The sex of all below, as the sheet or a line over them says.
    pub sex: Option<Sex>,
    /// The groups at the head of such a table on its side.
    pub figures_across: Vec<String>,
    pub figures_beside: Option<FigureColumns>,
    /// Rows that look as if they were of people, in a sheet without headings.
    pub people: usize,
    pub is_filled: bool,
}

/// A line over people who are no voters, with how many there were above, of both kinds.
pub(super) struct OverOthers {
    pub row: u32,
    pub text: String,
    pub above: (usize, usize),
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Stage {
    /// No heading row yet.
    #[default]
    Above,
    /// The row after it, which may be its second half.
    Under,
    Within,
    /// Below the headings of a table of something else.
    Elsewhere,
    /// In the sheet of what was open when this copy was written.
    Open,
    /// No headings, and none expected any more.
    Unread,
}

/// What the rows above in one table leave to those below.
#[derive(Clone, Debug, Default)]
pub(super) struct Lane {
    /// The group whose title stands above.
    pub section: Option<GroupId>,
    pub group: Option<GroupId>,
    /// What was last written for a group, which that is, and whether it is to be asked
    /// about.
    pub written: String,
    pub named: Option<GroupId>,
    pub is_doubtful: bool,
    pub household: Option<HouseholdId>,
    /// The household whose head was read, while its members follow.
    pub headed: Option<HouseholdId>,
    /// The last two serial numbers.
    pub serials: [Option<u64>; 2],
    /// Of what is told of its head.
    pub relatives: Option<Relatives>,
    pub category: Option<CategoryId>,
    pub since_title: Since,
    /// The title over this table alone, if it is of people who are no voters.
    pub aside: Option<Apart>,
    /// The group that a title or the sheet tells, whatever a column says; with the
    /// group of the column that agrees with it, or was asked about.
    pub titled: Option<String>,
    pub settled: Option<GroupId>,
    /// Whose groups the titles below name, and the place of which the list is; that in
    /// the column of villages.
    pub outer: Option<PlaceId>,
    pub place: Option<PlaceId>,
    /// The voter who was read last, and the last row that is of him.
    pub last: Option<(RowRef, u32)>,
    pub village: Option<PlaceId>,
}

/// The number of voters before a title, and in its table since.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Since {
    pub first: usize,
    pub count: usize,
}
