//! How many people a household states to have, beside its first: 本户选民数. Not all of a
//! family vote, so that of 人数 only more voters than people are asked about.

use std::collections::HashMap;

use super::Reading;
use super::layout::Layout;
use super::rows::View;
use crate::election::roll::cell::columns::Column;
use crate::election::roll::cell::sums::{Refuted, Sums};
use crate::election::roll::cell::words::compact;
use crate::election::roll::source::{Row, WIDEST};
use crate::election::roll::{HouseholdId, RowRef};

/// Those of a sheet.
#[derive(Debug, Default)]
pub(super) struct Families {
    /// That to which the voters of a table are added.
    open: HashMap<u16, Family>,
    whole: Vec<Family>,
}

#[derive(Debug)]
struct Family {
    at: RowRef,
    column: usize,
    household: HouseholdId,
    stated: u64,
    /// Whether that is of voters.
    of_voters: bool,
    count: u64,
}

impl Family {
    fn holds(&self) -> bool {
        if self.of_voters { self.count == self.stated } else { self.count <= self.stated }
    }
}

/// Whether a heading is of the people of a household, and whether of voters.
fn counts_family(heading: &str) -> Option<bool> {
    const PEOPLE: [&str; 6] =
        ["人数", "家庭人数", "家庭人口", "户内人口", "户内人数", "家庭人口数"];
    let heading = compact(heading);
    let of_voters =
        ["选民", "参选"].iter().any(|word| heading.contains(word)) && heading.ends_with('数');
    (of_voters || PEOPLE.contains(&&*heading)).then_some(of_voters)
}

impl Reading<'_> {
    /// Takes up a voter, and what his household states.
    pub(super) fn note_family(
        &mut self,
        at: RowRef,
        view: &View<impl Row>,
        layout: &Layout,
        household: Option<HouseholdId>,
    ) {
        if !view.block.header.has(Column::Household) {
            return;
        }
        let families = &mut self.sheet.families;
        let open = families.open.get_mut(&at.block);
        let goes_on = |family: &Family| household.is_none_or(|id| id == family.household);
        if let Some(family) = open.filter(|family| goes_on(family)) {
            family.count += 1;
            return;
        }
        families.whole.extend(families.open.remove(&at.block));
        let is_own = |at: usize| at < WIDEST && view.block.range().contains(&at);
        let column = layout.surplus.iter().filter(|(at, _)| is_own(*at));
        let column = column.into_iter().find_map(|(at, text)| Some((*at, counts_family(text)?)));
        let Some(((column, of_voters), household)) = column.zip(household) else { return };
        let text = view.row.cell(column).text();
        if let Ok(stated) = text.trim().trim_end_matches(['人', '口']).parse() {
            let family = Family { at, column, household, stated, of_voters, count: 1 };
            families.open.insert(at.block, family);
        }
    }

    /// Asks about those of whom others were read; where no number is right, other people
    /// are counted, and only the first is told.
    pub(super) fn ask_about_families(&mut self) {
        let Families { open, mut whole } = std::mem::take(&mut self.sheet.families);
        whole.extend(open.into_values());
        whole.sort_by_key(|family| family.at);
        let told = match whole.iter().filter(|family| family.holds()).count() {
            0 => 1,
            _ => whole.len(),
        };
        for family in whole.iter().filter(|family| !family.holds()).take(told) {
            let place = self.roll.place_at(family.at, family.column);
            let read = usize::try_from(family.count).unwrap_or(usize::MAX);
            let stated = Refuted::People(family.stated);
            self.refute(place, &Sums::default(), stated, read);
        }
    }
}
