//! Where titles, sheets and columns say that voters are: a place may be their group,
//! and may be why there are two of 一组.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use super::Reading;
use super::headings::titles_over;
use super::layout::Block;
use super::rows::View;
use super::state::Lane;
use crate::diagnostic::Severity;
use crate::election::roll::cell::columns::{self, Column};
use crate::election::roll::cell::shown::quote;
use crate::election::roll::cell::{grouping, shown, values, words};
use crate::election::roll::source::Row;
use crate::election::roll::{GroupId, PlaceId, RowRef, Sheet, Voter};
use crate::text::is_common_han;

/// The place of a voter, and what tells it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Located {
    place: PlaceId,
    told: Told,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    Column,
    /// A column of areas, of which nobody knows whether each has groups of its own.
    Area,
    /// A title over those of groups.
    Outer,
    /// The title of the table.
    Title,
    Sheet,
}

/// Where voters are, noted where it changes from one row of a table to the next: in most
/// lists all are in one place.
#[derive(Default)]
pub(super) struct Whereabouts(BTreeMap<RowRef, Option<Located>>);

impl Whereabouts {
    fn note(&mut self, at: RowRef, here: Option<Located>) {
        if self.of(at) != here {
            self.0.insert(at, here);
        }
    }

    fn of(&self, at: RowRef) -> Option<Located> {
        let (since, here) = self.0.range(..=at).next_back()?;
        here.filter(|_| (since.sheet, since.block) == (at.sheet, at.block))
    }
}

impl Reading<'_> {
    /// Whether a place and the group of a title are of one kind.
    pub(super) fn is_of_one_kind(&self, place: PlaceId, group: Option<&String>) -> bool {
        group.is_some_and(|group| grouping::are_of_one_kind(self.places.name(place), group))
    }

    /// Notes where a voter is.
    pub(super) fn locate(&mut self, at: RowRef, view: &View<impl Row>, lane: usize) {
        let is_sure = view.block.villages.is_some_and(|villages| villages.surely);
        let told = if is_sure { Told::Column } else { Told::Area };
        let village = self.village(view, lane).map(|place| (place, told));
        let state = &self.sheet.lanes[lane];
        let told = [
            village,
            state.outer.map(|place| (place, Told::Outer)),
            state.place.map(|place| (place, Told::Title)),
            self.sheet.place_of_sheet.map(|place| (place, Told::Sheet)),
        ];
        let here = told.into_iter().flatten().next();
        self.located.note(at, here.map(|(place, told)| Located { place, told }));
    }

    /// The village in a column; a blank is as above, for cells are merged.
    fn village(&mut self, view: &View<impl Row>, lane: usize) -> Option<PlaceId> {
        let text = view.row.cell(view.block.villages?.at).text();
        let above = &mut self.sheet.lanes[lane].village;
        if !values::says_nothing(text.trim()) && !words::is_ditto(&text) {
            *above = self.places.intern(&text);
        }
        *above
    }

    /// A further title of a list among the rows, and the group that it names. Says whether
    /// it is of a place.
    pub(super) fn begin_place(&mut self, title: &str, group: Option<&str>) -> bool {
        let Some(name) = grouping::place_in_title(title).filter(|name| group != Some(name)) else {
            return false;
        };
        let place = self.places.intern(&name);
        for lane in self.sheet.lanes.iter_mut().filter(|lane| lane.place != place) {
            (lane.place, lane.outer, lane.section, lane.group) = (place, None, None, None);
        }
        true
    }

    /// Says of some voters after the fact where they are.
    pub(super) fn place_voters(&mut self, voters: Range<usize>, name: &str) {
        let Some(place) = self.places.intern(name) else { return };
        for voter in &self.roll.voters[voters] {
            self.located.note(voter.row, Some(Located { place, told: Told::Title }));
        }
    }

    /// Short titles over tables side by side that may be of groups, and of which nothing
    /// says so.
    pub(super) fn ask_about_titles_beside(&mut self, number: u32, above: &[String]) {
        let blocks = &self.sheet.layout.blocks;
        let is_known = |lane: &Lane| lane.section.is_some() || lane.place.is_some();
        let has_groups = blocks.iter().any(|block| block.header.has(Column::Group));
        if has_groups || self.sheet.lanes.iter().any(is_known) {
            return;
        }
        let titles: Vec<String> = titles_over(above, blocks);
        let may_be = |title: &String| {
            let title = words::compact(title);
            (2..=6).contains(&title.chars().count())
                && title.chars().all(is_common_han)
                && !title.contains(['男', '女', '户', '页', '续', '列', '员', '民', '信', '情'])
                && !words::is_status(&title)
                && !columns::is_of_others(&title)
                && columns::known(&title).is_none()
        };
        let differ = titles.iter().collect::<HashSet<_>>().len() == titles.len();
        if titles.len() < 2 || !differ || !titles.iter().all(may_be) {
            return;
        }
        let at = self.row_ref(number, 0);
        let named: String = titles.iter().map(|title| quote(title)).collect();
        let message = format!("{named}写在并排的名单上面，没有当作小组：是小组吗？");
        let help = "是小组的，写成“小组：某某”的样子；不是的，删去，或在待核对清单里答“无误”";
        let place = self.roll.row_place(at);
        self.ask(Severity::Warning, "roll-group-title", message, place, help);
    }

    /// What places mean, now that it is known how many there are.
    pub(super) fn settle_places(&mut self) {
        let located = std::mem::take(&mut self.located);
        // One place tells nobody apart.
        if self.places.len() < 2 {
            return self.settle_stated();
        }
        self.name_groups_by_titles(&located);
        self.name_groups_by_column(&located);
        self.settle_stated();
        self.tell_groups_by_places(&located);
    }

    /// Where nothing else tells the group, and lists have titles of several places,
    /// these are the groups.
    fn name_groups_by_titles(&mut self, located: &Whereabouts) {
        let groups = &self.options.groups;
        let names_group = |sheet: &Sheet| {
            sheet.name.as_deref().is_some_and(|name| groups.of_sheet(name).is_some())
        };
        let of_groups: Vec<bool> = self.roll.sheets.iter().map(names_group).collect();
        let has_column = |block: &Block| block.header.has(Column::Group);
        let own = |row: RowRef| {
            let counts = |it: &Located| match it.told {
                Told::Title => true,
                // The group that a sheet names is its own.
                Told::Sheet => !of_groups[usize::from(row.sheet)],
                Told::Column | Told::Area | Told::Outer => false,
            };
            let located = located.of(row).filter(|it| counts(it))?;
            (!has_column(self.roll.block(row))).then_some(located.place)
        };
        let without = self.roll.voters.iter().filter(|voter| voter.group.is_none());
        let places: Vec<Option<PlaceId>> = without.map(|voter| own(voter.row)).collect();
        let several: HashSet<PlaceId> = places.iter().copied().flatten().collect();
        if several.len() < 2 {
            return;
        }
        let names: Vec<&str> = several.iter().map(|place| self.places.name(*place)).collect();
        let outer = grouping::village_of_all(&names).unwrap_or_default().len();
        let without = self.roll.voters.iter_mut().filter(|voter| voter.group.is_none());
        for (voter, place) in without.zip(places) {
            let name = place.map(|place| &self.places.name(place)[outer..]);
            voter.group = name.and_then(|name| self.roll.groups.intern(name));
        }
    }

    /// Where nothing tells any group, and a column of villages or areas has several of
    /// them, these are the groups, for all that is known: it is asked.
    fn name_groups_by_column(&mut self, located: &Whereabouts) {
        const NAMED: usize = 5;
        let of_column = |voter: &Voter| {
            let located = located.of(voter.row).filter(|_| voter.group.is_none())?;
            matches!(located.told, Told::Column | Told::Area).then_some(located.place)
        };
        let voters = self.roll.voters.iter();
        let Some(places) = voters.map(of_column).collect::<Option<Vec<PlaceId>>>() else { return };
        let mut met = HashSet::new();
        let several: Vec<PlaceId> =
            places.iter().copied().filter(|place| met.insert(*place)).collect();
        let Some(first) = self.roll.voters.first().filter(|_| several.len() > 1) else { return };
        let column = self.roll.block(first.row).villages.map(|villages| villages.at);
        let place = self.roll.place_at(first.row, column.unwrap_or_default());
        let named: String =
            several.iter().take(NAMED).map(|place| quote(self.places.name(*place))).collect();
        for (voter, place) in self.roll.voters.iter_mut().zip(places) {
            voter.group = self.roll.groups.intern(self.places.name(place));
        }
        let message = format!("没有“小组”一列，这一列写的{named}读作了小组：对吗？");
        let help = "对的，在待核对清单里答“无误”；不对的，加一列“小组”";
        self.ask(Severity::Warning, "roll-group-title", message, place, help);
    }

    /// Where several places have a group of one name, the groups are called by both.
    fn tell_groups_by_places(&mut self, located: &Whereabouts) {
        // A building that a list is of has people of several groups; a group may be of
        // all that its list is of.
        let counts = |group: GroupId, it: &Located| {
            let place = self.places.name(it.place);
            let is_title = matches!(it.told, Told::Title | Told::Sheet);
            let group = self.roll.groups.name(group);
            let is_of_list = grouping::is_building(place) && !grouping::is_building(group)
                || grouping::are_of_one_kind(place, group);
            !(place.contains(group) || is_title && is_of_list)
        };
        let own = |voter: &Voter| {
            let (group, it) = voter.group.zip(located.of(voter.row))?;
            counts(group, &it).then_some((group, it))
        };
        let mut first: HashMap<GroupId, Located> = HashMap::new();
        let mut shared: Vec<(RowRef, GroupId, Located, Located)> = Vec::new();
        let mut met: HashSet<GroupId> = HashSet::new();
        for voter in &self.roll.voters {
            let Some((group, it)) = own(voter) else { continue };
            let other = *first.entry(group).or_insert(it);
            if other.place != it.place && met.insert(group) {
                shared.push((voter.row, group, other, it));
            }
        }
        if shared.is_empty() {
            return;
        }
        let wholes: Vec<Option<(GroupId, PlaceId)>> = self
            .roll
            .voters
            .iter()
            .map(|voter| own(voter).map(|(group, it)| (group, it.place)))
            .collect();
        self.ask_about_shared(&shared);
        for (voter, whole) in self.roll.voters.iter_mut().zip(wholes) {
            let Some((group, place)) = whole else { continue };
            let (name, place) = (self.roll.groups.name(group), self.places.name(place));
            if !name.starts_with(place) {
                let name = format!("{place}{name}");
                voter.group = self.roll.groups.intern(&name);
            }
        }
    }

    /// Of lists with titles or sheets of their own it is asked whether 一组 in one is
    /// 一组 in the other.
    fn ask_about_shared(&mut self, shared: &[(RowRef, GroupId, Located, Located)]) {
        for &(at, group, one, other) in shared {
            if matches!(other.told, Told::Column | Told::Outer) {
                continue;
            }
            let group = self.roll.groups.name(group);
            let shown = |group: &str| format!("“{}”", shown::fit_to_show(group));
            let whole = |it: Located| format!("{}{group}", self.places.name(it.place));
            if [one, other].into_iter().all(|it| self.options.groups.has(&whole(it))) {
                continue;
            }
            let name = |it: Located| shown(&whole(it));
            let message = format!(
                "{}在几处都有，读作了不同的小组：{}{}",
                shown(group),
                name(one),
                name(other)
            );
            let help = "确是不同的小组，在待核对清单里答“无误”；是一个小组的，把小组写成一样的全名";
            let place = self.roll.row_place(at);
            self.ask(Severity::Warning, "roll-group-title", message, place, help);
        }
    }
}
