//! Columns of where people are registered or vote. Where most are at one place, those who
//! are at another are asked about: who is registered elsewhere is a voter only if he has
//! lived here for a year and was admitted (Organic Law of the Villagers' Committees,
//! article 13).

use std::collections::{BTreeMap, HashMap};

use super::Reading;
use super::layout::Layout;
use super::rows::View;
use super::voter::asks_whether_voter;
use crate::diagnostic::{Place, Severity};
use crate::election::roll::cell::columns::Column;
use crate::election::roll::cell::shown::quote;
use crate::election::roll::cell::words::compact;
use crate::election::roll::cell::{elsewhere, grouping, leaving, values, words};
use crate::election::roll::source::{Row, WIDEST};
use crate::election::roll::{GroupId, RowRef, Voter};

/// The places in the columns of a sheet, by table and column.
#[derive(Debug, Default)]
pub(super) struct Registered(BTreeMap<(u16, usize), Places>);

/// Who is at each place of a column; nothing once there are too many.
#[derive(Debug, Default)]
struct Places {
    at: HashMap<String, Vec<Person>>,
    count: usize,
    here: usize,
}

/// The groups that the addresses of voters name who have none.
#[derive(Debug, Default)]
pub(super) struct InAddresses {
    named: BTreeMap<Named, String>,
    /// Of each voter, as long as all have one behind the name of one place.
    each: Vec<Named>,
    behind: String,
    is_mixed: bool,
}

/// A group by its number, or by its name if it has none.
type Named = (Option<u32>, String);

impl InAddresses {
    fn add(&mut self, voter: usize, (group, behind): (&str, &str)) {
        const MOST: usize = 1000;
        if self.named.is_empty() {
            behind.clone_into(&mut self.behind);
        }
        let number = grouping::number_of(group);
        let name = if number.is_none() { group.to_owned() } else { String::new() };
        let named = (number, name);
        if self.named.len() < MOST && !self.named.contains_key(&named) {
            self.named.insert(named.clone(), group.to_owned());
        }
        self.is_mixed |=
            self.each.len() != voter || self.behind != behind || !self.named.contains_key(&named);
        if !self.is_mixed {
            self.each.push(named);
        }
    }
}

/// Somebody at a place.
#[derive(Debug)]
struct Person {
    at: RowRef,
    text: String,
    /// Whether the place is another by its own words.
    is_odd: bool,
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
                let is_odd = asks_whether_voter(&text, column, layout);
                let person = Person { at, text: text.into_owned(), is_odd };
                places.at.entry(place).or_default().push(person);
            }
        }
    }

    /// Takes up the group that an address names: of those who have none, to be read by it
    /// where nothing else tells one, of others to hold it against theirs.
    pub(super) fn note_groups_in_addresses(
        &mut self,
        view: &View<impl Row>,
        layout: &Layout,
        voter: &Voter,
    ) {
        let own = |at: usize| at < WIDEST && view.block.range().contains(&at);
        let addresses =
            layout.surplus.iter().filter(|(at, heading)| own(*at) && heading.contains('址'));
        for (at, _) in addresses {
            let address = view.row.cell(*at).text();
            let Some((place, group)) = self.group_in_address(&address) else { continue };
            // That of a merged cell is known at the end.
            if let Some(number) = grouping::number_of(&group) {
                self.sheet.addressed.push((self.roll.voters.len(), number));
            }
            if voter.group.is_none() {
                self.in_addresses.add(self.roll.voters.len(), (&group, place));
            }
            return;
        }
    }

    /// The group of an address, with what stands before it.
    fn group_in_address<'t>(&self, address: &'t str) -> Option<(&'t str, String)> {
        let declared = self.options.groups.in_address(address);
        let declared = declared.map(|(at, group)| (&address[..at], group.to_owned()));
        declared.or_else(|| {
            let numbered = Some(address).filter(|it| it.contains(['组', '队', '社']));
            let group = grouping::group_in_title(numbered?)?;
            grouping::number_of(&group)?;
            let place = address.split_once(&*group).map_or("", |(place, _)| place);
            Some((place, group))
        })
    }

    /// Asks about few whose address is in another group, where those of most are in their
    /// own; and about a sheet whose addresses all are.
    pub(super) fn ask_about_addresses(&mut self) {
        const FEW: usize = 3;
        let addressed = std::mem::take(&mut self.sheet.addressed);
        let number = |at: usize| {
            let group = self.roll.voters.get(at)?.group?;
            grouping::number_of(self.roll.groups.name(group))
        };
        let with_own = addressed.iter().filter_map(|&(at, there)| Some((at, number(at)?, there)));
        let (apart, agreed): (Vec<_>, Vec<_>) = with_own.partition(|(_, own, there)| own != there);
        let are_all = agreed.is_empty()
            && apart.len() > FEW
            && apart.iter().all(|(_, own, there)| (*own, *there) == (apart[0].1, apart[0].2));
        let are_many = apart.len() > FEW || apart.len() * FEW > agreed.len();
        if are_many && !are_all {
            return;
        }
        let told = if are_all { 1 } else { apart.len() };
        for (at, _, there) in apart.into_iter().take(told) {
            let voter = &self.roll.voters[at];
            let own = voter.group.map_or("", |group| self.roll.groups.name(group));
            let message = format!(
                "{}小组是{}，地址里写的却是 {there} 组，写对了吗？",
                if are_all { "这一张表里" } else { "" },
                quote(own)
            );
            let place = self.roll.place(voter.row, Column::Group);
            let help = "写错了的，改正；确是这样的，在待核对清单里答“无误”";
            self.ask(Severity::Warning, "roll-group-astray", message, place, help);
        }
    }

    /// Reads the groups that addresses tell, where nothing else does; asks about it.
    pub(super) fn read_groups_in_addresses(&mut self) {
        let InAddresses { named, each, is_mixed, .. } = std::mem::take(&mut self.in_addresses);
        let voters = &self.roll.voters;
        if named.len() < 2 || voters.iter().any(|voter| voter.group.is_some()) {
            return;
        }
        let are_all = !is_mixed && each.len() == voters.len();
        if are_all {
            let ids: BTreeMap<&Named, Option<GroupId>> =
                named.iter().map(|(key, name)| (key, self.roll.groups.intern(name))).collect();
            for (voter, named) in self.roll.voters.iter_mut().zip(&each) {
                voter.group = ids[named];
            }
        }
        let few: String = named.values().take(2).map(|group| quote(group)).collect();
        let (read, help) = match are_all {
            true => (
                "照地址分了小组：对吗？",
                "不对的，在名册里加一列“小组”；对的，在待核对清单里答“无误”",
            ),
            false => ("有的没有写，没有照地址分小组", "按小组张榜的，在名册里加一列“小组”"),
        };
        let message = format!("没有“小组”一列，地址里写着{few}等，{read}");
        let place = Place::File(self.roll.path.clone());
        self.ask(Severity::Warning, "roll-no-groups", message, place, help);
    }

    /// Asks about those who are elsewhere than most.
    pub(super) fn ask_about_registered(&mut self) {
        for ((_, column), places) in std::mem::take(&mut self.sheet.registered.0) {
            let voters = self.roll.voters.len() - self.sheet.first_voter;
            for Person { at, text, .. } in places.elsewhere(voters) {
                self.remarks.withdraw((at, column));
                self.ask_about_remark(self.roll.place_at(at, column), &text);
            }
        }
    }
}

impl Places {
    /// Those who are not where most are, in the order of their rows; where there is no such
    /// place, those who are elsewhere by its own words.
    fn elsewhere(mut self, voters: usize) -> Vec<Person> {
        let most = self.at.iter().max_by_key(|(place, there)| (there.len(), place.len()));
        let most = most.map(|(place, there)| (place.clone(), there.len())).unwrap_or_default();
        let named = if most.1 > self.here { most.0.as_str() } else { "" };
        let is_here =
            |place: &str| !named.is_empty() && (place.ends_with(named) || named.ends_with(place));
        let same: usize =
            self.at.iter().filter(|(place, _)| is_here(place)).map(|(_, there)| there.len()).sum();
        let there = self.here + same;
        let is_settled = there * 4 >= self.count * 3 && there * 2 > voters;
        self.at.retain(|place, _| !is_settled || !is_here(place));
        let others = self.at.into_values().flatten();
        let mut others: Vec<Person> = others.filter(|person| is_settled || person.is_odd).collect();
        others.sort_by_key(|person| (person.at.row, person.at.block));
        others
    }
}

/// A place without what is within a village: `柳池镇石坪村` of 柳池镇石坪村三组8号.
fn village(text: &str) -> String {
    let text = compact(text);
    let ends = ["村", "社区", "居委会"].iter().filter_map(|end| Some(text.find(end)? + end.len()));
    text[..ends.min().unwrap_or(text.len())].to_owned()
}
