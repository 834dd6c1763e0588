//! What the members of a household are to its head, against their births.

use std::collections::{HashMap, HashSet};

use super::Reading;
use super::kin::name_in;
use super::rows::View;
use crate::election::date::PartialDate;
use crate::election::person::{Sex, name_key};
use crate::election::roll::cell::columns::Column;
use crate::election::roll::cell::relations::{self, Kin};
use crate::election::roll::cell::shown::quote;
use crate::election::roll::cell::{leaving, words};
use crate::election::roll::source::Row;
use crate::election::roll::{HouseholdId, RowRef, Voter};

/// The household whose head was read last.
#[derive(Clone, Debug)]
pub(super) struct Relatives {
    household: Option<HouseholdId>,
    birth: Option<PartialDate>,
    sex: Option<Sex>,
    has_spouse: bool,
}

/// What does not fit, of how many that were looked at.
#[derive(Debug, Default)]
pub(super) struct Unfit {
    found: Vec<(RowRef, &'static str)>,
    checked: usize,
}

/// The households of a sheet in which relations are told, by their first rows, and those
/// that have their heads.
#[derive(Debug, Default)]
pub(super) struct Households {
    first: HashMap<HouseholdId, RowRef>,
    headed: HashSet<HouseholdId>,
    members: usize,
}

impl Households {
    fn add(&mut self, household: HouseholdId, at: RowRef, is_head: bool) {
        self.first.entry(household).or_insert(at);
        self.members += 1;
        if is_head {
            self.headed.insert(household);
        }
    }

    /// The first rows of the few that have none.
    fn without_head(&self) -> Vec<RowRef> {
        let without = self.first.iter().filter(|(household, _)| !self.headed.contains(household));
        let mut rows: Vec<RowRef> = without.map(|(_, at)| *at).collect();
        rows.sort();
        if rows.len() * SLIP_OF > self.headed.len() { Vec::new() } else { rows }
    }

    /// The first row of a list of so many who are all heads.
    fn of_heads_only(&self, voters: usize) -> Option<RowRef> {
        const FEWEST: usize = 10;
        let are_heads = self.members == voters && self.headed.len() == voters;
        let are_alone = voters >= FEWEST && are_heads;
        self.first.values().min().copied().filter(|_| are_alone)
    }
}

/// Of so many one may be a slip; more are no slips.
const SLIP_OF: usize = 5;

/// By so many years a parent is older at least.
const GENERATION: i16 = 12;

/// And a grandparent.
const TWO_GENERATIONS: i16 = 30;

/// Whether one was born so many years after another for all that is known.
fn may_descend(younger: PartialDate, older: PartialDate, years: i16) -> bool {
    younger.latest().year() >= older.earliest().year() + years
}

impl Unfit {
    fn note(&mut self, is_unfit: bool, told: (RowRef, &'static str)) {
        self.checked += 1;
        self.found.extend(is_unfit.then_some(told));
    }

    /// Few among many that fit.
    fn slips(self) -> Vec<(RowRef, &'static str)> {
        if self.found.len() * SLIP_OF > self.checked { Vec::new() } else { self.found }
    }
}

fn is_head(relation: &str) -> bool {
    matches!(relation.trim(), "户主" | "户主本人")
}

impl Reading<'_> {
    /// Takes up a second head or spouse, a child older than its parent; asks about who is of no
    /// family, and about a head who is not the one named beside.
    pub(super) fn hold_against_head(&mut self, view: &View<impl Row>, lane: usize, voter: &Voter) {
        if !view.has(Column::Relation) {
            return;
        }
        let relation = view.cell(Column::Relation).text();
        if relations::is_of_no_family(&relation) && !leaving::tells_of_leaving(&relation) {
            let message = format!("与户主关系写的是{}：是这一户的人吗？", quote(&relation));
            let help = "不是选民的，删去这一行；写错的，改正关系；不错的，在待核对清单里答“无误”";
            self.doubt(voter.row, Column::Relation, "roll-relation", &message, help);
        }
        if let Some(household) = voter.household {
            let is_head = is_head(&relation) || relation.trim() == "本人";
            self.sheet.households.add(household, voter.row, is_head);
        }
        if is_head(&relation) {
            self.ask_about_second_head(view, lane, voter);
        }
        let lane = &mut self.sheet.lanes[lane];
        if is_head(&relation) || voter.household.is_some() && lane.headed != voter.household {
            lane.headed = voter.household.filter(|_| is_head(&relation));
        }
        let place = &mut lane.relatives;
        if is_head(&relation) || relation.trim() == "本人" {
            let Voter { household, birth, sex, .. } = *voter;
            *place = Some(Relatives { household, birth, sex, has_spouse: false });
            let head = view.head();
            let other = name_in(&head)
                .filter(|it| words::is_short_han(it) && name_key(it) != voter.name.key());
            if let Some(other) = other {
                let message = format!("写的是户主本人，户主一栏却是{}", quote(other));
                let help = "对照户口簿改正关系，或者改正户主一栏";
                self.doubt(voter.row, Column::Relation, "roll-relation", &message, help);
            }
            return;
        }
        let is_own = |it: &Relatives| voter.household.is_none() || voter.household == it.household;
        let kin = relations::kin_of(&relation);
        let Some(head) = place.as_mut().filter(|head| is_own(head)) else {
            // A second spouse is one also where the head is not there.
            let is_spouse = kin == Some(Kin::Spouse) && voter.household.is_some();
            let household = voter.household.filter(|_| is_spouse);
            *place = household.map(|_| Relatives {
                household,
                birth: None,
                sex: None,
                has_spouse: true,
            });
            return;
        };
        let births = voter.birth.zip(head.birth);
        // 妻 tells the sex by itself.
        let tells_sex = relations::sex_of(&relation).is_some();
        let is_same = voter.sex.is_some() && voter.sex == head.sex;
        if kin == Some(Kin::Spouse) && is_same && !tells_sex {
            let message = "写的是户主的配偶，性别却和户主一样";
            let help = "对照户口簿改正关系或性别";
            return self.doubt(voter.row, Column::Relation, "roll-relation", message, help);
        }
        let (is_unfit, message) = match (kin, births) {
            (Some(Kin::Spouse), _) => (
                std::mem::replace(&mut head.has_spouse, true),
                "这一户上面已经写了户主的配偶，这里又写了一个",
            ),
            (Some(Kin::Descendant), Some((own, head))) => {
                let years = if relation.contains('孙') { TWO_GENERATIONS } else { GENERATION };
                (!may_descend(own, head, years), "写的是户主的子女或孙辈，按出生日期却没有小那么多")
            }
            (Some(Kin::Parent), Some((own, head))) => (
                !may_descend(head, own, GENERATION),
                "写的是户主的父母，按出生日期却不比户主大一辈",
            ),
            _ => return,
        };
        self.sheet.unfit_relatives.note(is_unfit, (voter.row, message));
    }

    /// A family has one head. One under the same number further down, after others, may be
    /// of another group; of one whose cell of the head is empty, or below the line that
    /// names the head, it depends on how the others stand.
    fn ask_about_second_head(&mut self, view: &View<impl Row>, lane: usize, voter: &Voter) {
        let households = &self.roll.households;
        let has_digit = |id| households.name(id).contains(|c: char| c.is_ascii_digit());
        let headed = self.sheet.lanes[lane].headed;
        let is_numbered = voter.household.or(headed).is_some_and(has_digit);
        let goes_on = voter.household.is_none() && headed.is_some();
        let message = "这一户上面已经有户主，这里又写了一个";
        if is_numbered && (goes_on || voter.household == headed) {
            let help = "对照户口簿改正；是另一户的，改户号";
            self.doubt(voter.row, Column::Relation, "roll-relation", message, help);
        } else if !is_numbered {
            let has_households = view.block.header.has(Column::Household);
            let is_second = if has_households { Some(goes_on) } else { self.sheet.kin.meet_head() };
            let Some(is_second) = is_second else { return };
            self.sheet.second_heads.note(is_second, (voter.row, message));
        }
    }

    /// Asks about what does not fit, where most does.
    pub(super) fn ask_about_unfit_relatives(&mut self) {
        let households = std::mem::take(&mut self.sheet.households);
        for at in households.without_head() {
            let message = "这一户没有写户主，别的户都写了：是不是漏了户主？";
            let help = "漏了的，补上；户主不是选民的，在待核对清单里答“无误”";
            self.doubt(at, Column::Relation, "roll-relation", message, help);
        }
        let voters = self.roll.voters.len() - self.sheet.first_voter;
        if let Some(at) = households.of_heads_only(voters) {
            let message = "从这一行起每户都只有户主一人：是不是只登了户主？";
            let help = "补上各户的其他选民；确是这样的，在待核对清单里答“无误”";
            self.doubt(at, Column::Relation, "roll-relation", message, help);
        }
        let heads = std::mem::take(&mut self.sheet.second_heads).slips();
        let others = std::mem::take(&mut self.sheet.unfit_relatives).slips();
        for (at, message) in heads.into_iter().chain(others) {
            let help = "对照户口簿改正关系或出生日期；确是这样的，在待核对清单里答“无误”";
            self.doubt(at, Column::Relation, "roll-relation", message, help);
        }
    }
}
