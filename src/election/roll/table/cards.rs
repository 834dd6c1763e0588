//! The numbers of voters' cards: each voter has one, and no two have the same.

use std::collections::HashMap;

use super::Reading;
use super::rows::View;
use crate::election::roll::RowRef;
use crate::election::roll::cell::columns::Column;
use crate::election::roll::source::Row;

/// What was read under 选民证号.
#[derive(Debug, Default)]
pub(super) struct Cards {
    first: HashMap<String, RowRef>,
    /// Who has the number of one above.
    again: Vec<(RowRef, RowRef)>,
    missing: Vec<RowRef>,
}

/// Longer ones are ID numbers.
const LONGEST: usize = 14;

impl Reading<'_> {
    pub(super) fn note_card(&mut self, at: RowRef, view: &View<impl Row>) {
        let Some(column) = self.column_of_cards(at) else { return };
        let number: String = view.cell(column).text().split_whitespace().collect();
        if column == Column::IdNumber && (number.is_empty() || number.len() > LONGEST) {
            return;
        }
        if !number.contains(|c: char| c.is_ascii_digit()) {
            return self.cards.missing.push(at);
        }
        if let Some(&first) = self.cards.first.get(&number) {
            self.cards.again.push((at, first));
        } else {
            self.cards.first.insert(number, at);
        }
    }

    /// Where the numbers of cards stand: 证号 may be theirs.
    fn column_of_cards(&self, at: RowRef) -> Option<Column> {
        let has_column = self.roll.block(at).header.has(Column::Card);
        let may_be = || self.is_of_any_number(at).then_some(Column::IdNumber);
        if has_column { Some(Column::Card) } else { may_be() }
    }

    /// Asks about few who have none of their own among many who have; many have none yet,
    /// or are numbered group by group.
    pub(super) fn ask_about_cards(&mut self) {
        const FEWEST: usize = 4;
        let Cards { first, again, missing } = std::mem::take(&mut self.cards);
        if let (1, Some((_, all)), FEWEST..) = (first.len(), again.first(), again.len()) {
            let column = self.column_of_cards(*all).unwrap_or(Column::Card);
            let help = "选民证一人一证：重新编号";
            return self.doubt(*all, column, "roll-card", "每个人的选民证号都一样", help);
        }
        let are_few = |few: usize| few * 10 <= first.len();
        // Numbered group by group each has nearly all numbers again.
        if again.len() * 3 <= first.len() {
            for (at, first) in again {
                let there = self.roll.row_name(first, at);
                let message = format!("选民证号与{there}的相同");
                let help = "选民证一人一证：改正其中一个，或者查明是不是重复登记";
                let column = self.column_of_cards(at).unwrap_or(Column::Card);
                self.doubt(at, column, "roll-card", &message, help);
            }
        }
        if are_few(missing.len()) {
            for at in missing {
                let help = "补上号码；查明这个人是不是应当在名册上";
                self.doubt(at, Column::Card, "roll-card", "没有选民证号，别人都有", help);
            }
        }
    }
}
