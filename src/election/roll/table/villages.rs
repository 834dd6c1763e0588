//! Whose list it is: the village that titles and lines name, and that in which all voters
//! are by their groups, their addresses or a column of villages.

use super::Reading;
use super::layout::Layout;
use super::rows::View;
use crate::diagnostic::Place;
use crate::election::roll::cell::apart;
use crate::election::roll::cell::columns::Column;
use crate::election::roll::cell::villages::{
    village_in, village_in_line, village_in_title, village_of_group,
};
use crate::election::roll::source::{Row, WIDEST};
use crate::election::roll::{NamedBy, NamedVillage, RowRef};

/// The village that one kind of column names for all.
#[derive(Debug, Default)]
pub(super) struct Common {
    village: Option<(String, Place)>,
    /// The text of the row above: most repeat it.
    last: String,
    count: usize,
    is_mixed: bool,
}

/// The villages that few addresses name.
#[derive(Debug, Default)]
pub(super) struct Scattered {
    addresses: usize,
    named: usize,
    first: Option<NamedVillage>,
}

impl Scattered {
    /// In so many addresses one may be of another village.
    const OFTEN: usize = 8;

    fn add(&mut self, address: &str, place: impl FnOnce() -> Place) {
        self.addresses += 1;
        let village = Some(address).filter(|text| text.contains('村')).and_then(village_in);
        let Some(name) = village else { return };
        self.named += 1;
        self.first.get_or_insert_with(|| {
            let (said, by) = (name.clone(), NamedBy::Few);
            NamedVillage { name, said, place: place(), by }
        });
    }

    fn settle(self) -> Option<NamedVillage> {
        self.first.filter(|_| self.named * Self::OFTEN <= self.addresses)
    }
}

impl Common {
    /// Takes up what stands in a cell.
    fn add(&mut self, text: &str, place: impl FnOnce() -> Place) {
        if self.is_mixed || text == self.last {
            self.count += 1;
            return;
        }
        text.clone_into(&mut self.last);
        let named = village_in(text);
        match &self.village {
            None => self.village = named.map(|named| (named, place())),
            Some((village, _)) => self.is_mixed = named.as_ref() != Some(village),
        }
        self.is_mixed |= self.village.is_none();
        self.count += 1;
    }
}

impl Reading<'_> {
    /// Notes the village that a title, of voters or of a group, or a line over them names.
    pub(super) fn note_village(&mut self, number: u32, title: &str) {
        let village = village_in_title(title).filter(|_| apart::title_aside(title).is_none());
        let village = village.or_else(|| village_in_line(title));
        let Some(name) = village.or_else(|| village_of_group(title)) else { return };
        let place = self.roll.row_place(self.row_ref(number, 0));
        self.keep_village(NamedVillage { name, said: title.to_owned(), place, by: NamedBy::Title });
    }

    fn keep_village(&mut self, village: NamedVillage) {
        const MOST: usize = 100;
        let is_known = self.roll.villages.iter().any(|known| known.name == village.name);
        if !is_known && self.roll.villages.len() < MOST {
            self.roll.villages.push(village);
        }
    }

    /// Takes up where a voter is by his group, his village and his address.
    pub(super) fn note_common_village(
        &mut self,
        at: RowRef,
        view: &View<impl Row>,
        layout: &Layout,
    ) {
        let own = |at: &usize| *at < WIDEST && view.block.range().contains(at);
        let is_address = |(_, heading): &&(usize, String)| heading.contains('址');
        let address = layout.surplus.iter().filter(is_address).map(|(at, _)| *at).find(own);
        let group = view.block.header.position(Column::Group);
        let village = view.block.villages.map(|villages| villages.at);
        if let Some(column) = address {
            let text = view.row.cell(column).text();
            self.scattered_villages.add(text.trim(), || self.roll.place_at(at, column));
        }
        for (kind, column) in [group, village, address].into_iter().enumerate() {
            if let Some(column) = column {
                let text = view.row.cell(column).text();
                let place = || self.roll.place_at(at, column);
                self.common_villages[kind].add(text.trim(), place);
            }
        }
    }

    /// What all voters have in common is of the whole list.
    pub(super) fn settle_common_villages(&mut self) {
        const FEW: usize = 5;
        if let Some(village) = std::mem::take(&mut self.scattered_villages).settle() {
            self.keep_village(village);
        }
        let voters = self.roll.voters.len();
        for common in std::mem::take(&mut self.common_villages) {
            let is_of_all = !common.is_mixed && common.count >= voters && voters >= FEW;
            if let Some((name, place)) = common.village.filter(|_| is_of_all) {
                let said = name.clone();
                self.keep_village(NamedVillage { name, said, place, by: NamedBy::All });
            }
        }
    }
}
