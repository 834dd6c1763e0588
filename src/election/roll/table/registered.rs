//! Columns of where people are registered or vote. Where most are at one place, those who
//! are at another are asked about: who is registered elsewhere is a voter only if he has
//! lived here for a year and was admitted (Organic Law of the Villagers' Committees,
//! article 13).

use std::collections::{BTreeMap, HashMap};

use super::Reading;
use super::layout::Layout;
use super::rows::View;
use crate::diagnostic::Diagnostic;
use crate::election::roll::RowRef;
use crate::election::roll::cell::words::compact;
use crate::election::roll::cell::{elsewhere, grouping, leaving, values, words};
use crate::election::roll::findings::quote;
use crate::election::roll::source::{Row, WIDEST};

/// The places in the columns of a sheet, by table and column.
#[derive(Debug, Default)]
pub(super) struct Registered(BTreeMap<(u16, usize), Places>);

/// Who is at each place of a column; nothing once there are too many.
#[derive(Debug, Default)]
struct Places {
    at: HashMap<String, Vec<(RowRef, String)>>,
    count: usize,
    here: usize,
}

impl Reading<'_> {
    /// Takes up where a voter is registered, unless that was asked about.
    pub(super) fn note_registered(&mut self, at: RowRef, view: &View<impl Row>, layout: &Layout) {
        const MOST: usize = 1000;
        let own = |column: &usize| *column < WIDEST && view.block.range().contains(column);
        for column in layout.places().filter(own) {
            let text = view.row.cell(column).text();
            let places = self.sheet.registered.0.entry((at.block, column)).or_default();
            if values::says_nothing(text.trim())
                || words::is_ditto(&text)
                || self.sheet.said.contains_key(&(at.row, column))
            {
                continue;
            }
            places.count += 1;
            let place = village(&text);
            if elsewhere::is_here(&place) || leaving::is_yes(&place) {
                places.here += 1;
            } else if places.at.len() < MOST || places.at.contains_key(&place) {
                places.at.entry(place).or_default().push((at, text.into_owned()));
            }
        }
    }

    /// Takes up the groups that addresses name, until there are two.
    pub(super) fn note_groups_in_addresses(&mut self, view: &View<impl Row>, layout: &Layout) {
        if self.in_addresses.len() > 1 {
            return;
        }
        let own = |at: usize| at < WIDEST && view.block.range().contains(&at);
        let addresses =
            layout.surplus.iter().filter(|(at, heading)| own(*at) && heading.contains('址'));
        let named = addresses.filter_map(|(at, _)| {
            let address = view.row.cell(*at).text();
            grouping::group_in_title(&address)
        });
        self.in_addresses.extend(named);
    }

    /// That addresses tell groups, where nothing else does.
    pub(super) fn tell_groups_in_addresses(&mut self) {
        let named = std::mem::take(&mut self.in_addresses);
        if named.len() < 2 || self.roll.voters.iter().any(|voter| voter.group.is_some()) {
            return;
        }
        let few: String = named.iter().take(2).map(|group| quote(group)).collect();
        let message = format!("没有“小组”一列，地址里写着{few}等：没有照地址分小组");
        self.findings.add("roll-no-groups", |code| {
            Diagnostic::warning(code, message)
                .in_file(&self.roll.path)
                .help("按小组张榜的，在名册里加一列“小组”")
        });
    }

    /// Asks about those who are elsewhere than most.
    pub(super) fn ask_about_registered(&mut self) {
        for ((_, column), places) in std::mem::take(&mut self.sheet.registered.0) {
            for (at, text) in places.elsewhere() {
                self.remarks.withdraw((at, column));
                self.ask_about_remark(at, self.roll.place_at(at, column), &text);
            }
        }
    }
}

impl Places {
    /// Those who are not where most are, in the order of their rows.
    fn elsewhere(mut self) -> Vec<(RowRef, String)> {
        let most = self.at.iter().max_by_key(|(place, there)| (there.len(), place.len()));
        let most = most.map(|(place, there)| (place.clone(), there.len())).unwrap_or_default();
        let named = if most.1 > self.here { most.0.as_str() } else { "" };
        let is_here =
            |place: &str| !named.is_empty() && (place.ends_with(named) || named.ends_with(place));
        let same: usize =
            self.at.iter().filter(|(place, _)| is_here(place)).map(|(_, there)| there.len()).sum();
        if (self.here + same) * 4 < self.count * 3 {
            return Vec::new();
        }
        self.at.retain(|place, _| !is_here(place));
        let mut others: Vec<(RowRef, String)> = self.at.into_values().flatten().collect();
        others.sort_by_key(|(at, _)| (at.row, at.block));
        others
    }
}

/// A place without what is within a village: `柳池镇石坪村` of 柳池镇石坪村三组8号.
fn village(text: &str) -> String {
    let text = compact(text);
    let ends = ["村", "社区", "居委会"].iter().filter_map(|end| Some(text.find(end)? + end.len()));
    text[..ends.min().unwrap_or(text.len())].to_owned()
}
