//! Titles that say of which groups a list is: 一、三组选民名册.

use std::collections::BTreeSet;

use super::Reading;
use crate::diagnostic::{Place, Severity};
use crate::election::roll::GroupId;
use crate::election::roll::cell::columns::Column;
use crate::election::roll::cell::grouping;
use crate::election::roll::cell::shown::quote;

/// The groups that the one title of a sheet names.
#[derive(Debug)]
pub(super) struct Scope {
    numbers: Vec<u32>,
    title: String,
    row: u32,
    place: Place,
    /// Whether a title below it, or a column, tells the group of the first voters.
    is_over_others: bool,
}

impl Reading<'_> {
    /// Takes up the groups that a title over the voters of a sheet names; where another
    /// follows, each is of its own part.
    pub(super) fn note_scope(&mut self, number: u32, texts: &[String]) {
        self.sheet.titles_of_groups += 1;
        let has_voters = self.roll.voters.len() > self.sheet.first_voter;
        if has_voters || self.sheet.titles_of_groups > 1 {
            self.sheet.scope = None;
            return;
        }
        let named = |text: &String| Some((text.clone(), grouping::group_in_title(text)?));
        let Some((title, groups)) = texts.iter().find_map(named) else { return };
        let numbers = grouping::numbers_in(&groups);
        let place = self.roll.row_place(self.row_ref(number, 0));
        self.sheet.scope =
            Some(Scope { numbers, title, row: number, place, is_over_others: false });
    }

    /// The title of a group below that of the list.
    pub(super) fn note_title_below_scope(&mut self, number: u32) {
        let has_voters = self.roll.voters.len() > self.sheet.first_voter;
        if let Some(scope) = self.sheet.scope.as_mut().filter(|scope| scope.row < number) {
            scope.is_over_others |= !has_voters;
        }
    }

    /// Asks about the title of a list that goes on with other groups.
    pub(super) fn ask_about_scope(&mut self) {
        let Some(scope) = self.sheet.scope.take() else { return };
        let voters = &self.roll.voters[self.sheet.first_voter..];
        let Some(first) = voters.first() else { return };
        let has_column = self.roll.block(first.row).header.has(Column::Group);
        let groups: BTreeSet<GroupId> = voters.iter().filter_map(|voter| voter.group).collect();
        let names = groups.into_iter().map(|group| self.roll.groups.name(group));
        let numbered = names.filter_map(|name| Some((grouping::number_of(name)?, name)));
        let (own, others): (Vec<_>, Vec<_>) =
            numbered.partition(|(number, _)| scope.numbers.contains(number));
        let [(_, other), ..] = others[..] else { return };
        // Under the title of one group whoever is of another by a column is asked about anyway.
        let is_told = scope.is_over_others || has_column && scope.numbers.len() > 1;
        if own.is_empty() || !is_told {
            return;
        }
        let message = format!("标题写的是{}，下面还有{}的人", quote(&scope.title), quote(other));
        let help =
            "是几个小组的名单，改正标题；多出来的是别处的，删去；不错的，在待核对清单里答“无误”";
        self.ask(Severity::Warning, "roll-group-title", message, scope.place, help);
    }
}
