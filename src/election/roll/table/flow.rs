//! Tables side by side that are read as columns of a newspaper: whoever stands at the head
//! of one is of the group with which the one on its left, or the page before, ends.

use std::collections::BTreeMap;

use super::Reading;
use super::layout::Block;
use super::state::Lane;
use crate::election::roll::cell::columns::Column;
use crate::election::roll::cell::shown::quote;
use crate::election::roll::{GroupId, RowRef, Voter};

/// The columns of a sheet, page by page.
#[derive(Debug, Default)]
pub(super) struct Flow {
    strips: Vec<Strip>,
    /// How many stand side by side on this page.
    width: usize,
    /// Whether a title was that of all of them.
    is_shared: bool,
    /// How many voters there were.
    voters: usize,
}

/// One table on one page.
#[derive(Debug, Default)]
struct Strip {
    /// The voters above the first title of a group, by their place in the roll.
    heads: Vec<usize>,
    /// Where the first of them stands.
    begins: Option<RowRef>,
    /// The first and last serial numbers, and whether all between have one.
    numbers: Option<(u64, u64)>,
    /// The group that was titled last, the one before, and how many voters there were then.
    group: Option<GroupId>,
    before: Option<GroupId>,
    titled_at: usize,
    /// Whether a title stands below voters.
    is_parted: bool,
}

impl Strip {
    fn is_used(&self) -> bool {
        self.begins.is_some() || self.group.is_some()
    }

    fn is_long(&self) -> bool {
        self.numbers.is_some_and(|(first, last)| first < last)
    }

    /// Whether the serial numbers go on in the next, if both have them.
    fn leads_to(&self, next: &Self) -> Option<bool> {
        let ((_, last), (first, _)) = self.numbers.zip(next.numbers)?;
        Some(last + 1 == first)
    }

    fn title(&mut self, group: Option<GroupId>, voters: usize) {
        self.is_parted |= self.begins.is_some();
        self.before = std::mem::replace(&mut self.group, group);
        self.titled_at = voters;
    }

    /// Takes away a title below which nobody stands.
    fn take_title(&mut self, voters: usize) -> Option<GroupId> {
        if self.titled_at != voters {
            return None;
        }
        self.is_parted &= self.before.is_some();
        std::mem::replace(&mut self.group, self.before)
    }
}

impl Flow {
    /// Begins a page of so many tables. Titles right above its headings are of it.
    pub(super) fn turn(&mut self, width: usize) {
        let voters = self.voters;
        let page = self.strips.len() - self.width;
        let titles: Vec<Option<GroupId>> =
            self.strips[page..].iter_mut().map(|strip| strip.take_title(voters)).collect();
        let last: Vec<Strip> = self.strips.drain(page..).filter(Strip::is_used).collect();
        self.strips.extend(last);
        for at in 0..width {
            let group = titles.get(at).copied().flatten();
            self.strips.push(Strip { group, titled_at: voters, ..Strip::default() });
        }
        self.width = width;
    }

    fn strip(&mut self, lane: usize) -> Option<&mut Strip> {
        let first = self.strips.len() - self.width;
        self.strips.get_mut(first + lane).filter(|_| self.width > 1)
    }

    /// Takes up the title of a group, in one table or over all.
    pub(super) fn title(&mut self, lane: usize, group: Option<GroupId>, is_of_all: bool) {
        self.is_shared |= is_of_all;
        let voters = self.voters;
        if let Some(strip) = self.strip(lane) {
            strip.title(group, voters);
        }
    }

    /// Takes up the titles above the headings, if each table has its own.
    pub(super) fn titles_above(&mut self, lanes: &[Lane]) {
        if lanes.windows(2).any(|pair| pair[0].section != pair[1].section) {
            for (at, lane) in lanes.iter().enumerate() {
                self.title(at, lane.section, false);
            }
        }
    }

    /// Takes up a voter, with the serial number.
    pub(super) fn voter(&mut self, lane: usize, voter: usize, at: RowRef, number: Option<u64>) {
        self.voters += 1;
        let Some(strip) = self.strip(lane) else { return };
        if strip.group.is_none() {
            strip.heads.push(voter);
        }
        let first = strip.numbers.map(|(first, _)| first);
        let is_first = strip.begins.is_none();
        strip.begins.get_or_insert(at);
        strip.numbers = match number {
            Some(number) if is_first => Some((number, number)),
            _ => first.zip(number),
        };
    }
}

impl Reading<'_> {
    /// Gives those at the heads of columns their groups, where the serial numbers show how
    /// the columns are to be read; asks, where there are none.
    pub(super) fn settle_flow(&mut self) {
        let Flow { mut strips, is_shared, .. } = std::mem::take(&mut self.sheet.flow);
        strips.retain(Strip::is_used);
        self.note_order(&strips);
        let has_groups = |block: &Block| block.header.has(Column::Group);
        if !strips.iter().any(|strip| strip.is_parted)
            || self.sheet.layout.blocks.iter().any(has_groups)
        {
            return;
        }
        let steps: Vec<Option<bool>> = strips
            .windows(2)
            .filter(|pair| !pair[1].heads.is_empty() && pair[0].begins.is_some())
            .map(|pair| pair[0].leads_to(&pair[1]))
            .collect();
        let is_newspaper =
            strips.iter().any(Strip::is_long) && steps.iter().all(|step| *step == Some(true));
        let is_open = !is_shared && steps.iter().all(Option::is_none);
        let mut above: Option<GroupId> = None;
        for strip in strips {
            for &voter in &strip.heads {
                let read = self.roll.voters[voter].group;
                if let Some(group) = above.filter(|above| read != Some(*above)) {
                    if is_newspaper {
                        self.roll.voters[voter].group = Some(group);
                    } else if is_open && let Some(at) = strip.begins {
                        self.ask_about_head_of_column(at, read, group);
                        break;
                    }
                }
            }
            above = strip.group.or(above);
        }
    }

    /// Notes where the columns begin that are numbered one after another, page by page or
    /// group by group, or have each a group of its own.
    fn note_order(&mut self, strips: &[Strip]) {
        let goes_on = |pair: &[Strip]| pair[0].leads_to(&pair[1]) == Some(true);
        let begins = |strip: &Strip| strip.numbers.is_some_and(|(first, _)| first == 1);
        let is_numbered = strips.windows(2).all(|pair| goes_on(pair) || begins(&pair[1]))
            && strips.windows(2).any(goes_on)
            && strips.iter().any(Strip::is_long);
        let has_own = |strip: &Strip| strip.group.is_some() && strip.heads.is_empty();
        let is_grouped = strips.iter().all(has_own)
            && strips.windows(2).all(|pair| pair[0].group != pair[1].group);
        if strips.len() > 1 && (is_numbered || is_grouped) {
            self.sheet.order = strips.iter().filter_map(|strip| strip.begins).collect();
        }
    }

    /// Puts the voters of the sheet in the order of such columns.
    pub(super) fn sort_by_columns(&mut self) {
        let order = std::mem::take(&mut self.sheet.order);
        if order.len() < 2 {
            return;
        }
        let begins: BTreeMap<(u16, u32), usize> =
            order.iter().enumerate().map(|(at, row)| ((row.block, row.row), at)).collect();
        let column = |voter: &Voter| {
            let here = (voter.row.block, voter.row.row);
            let mut above = begins.range((here.0, 0)..=here);
            above.next_back().map_or(order.len(), |(_, at)| *at)
        };
        self.roll.voters[self.sheet.first_voter..].sort_by_key(column);
    }

    fn ask_about_head_of_column(&mut self, at: RowRef, read: Option<GroupId>, left: GroupId) {
        let Some(read) = read else { return };
        let [read, left] = [read, left].map(|group| quote(self.roll.groups.name(group)));
        let message = format!("这一栏上面没有写小组，读作{read}；左边一栏（上一页）末尾是{left}");
        let help = "查明是哪个小组，在这一栏上面写明；没有写错的，在待核对清单里答“无误”";
        self.doubt(at, Column::Name, "roll-group-title", &message, help);
    }
}
