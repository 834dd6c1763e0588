//! Tables of figures beside the roll, `小组,选民数`, and lines such as `一组共6人，二组共6人`:
//! how many people they state of each group is held against those who were read.

use std::collections::HashMap;

use super::layout::Layout;
use super::{Reading, texts};
use crate::diagnostic::Severity;
use crate::election::roll::cell::shown::{number_in_words, quote};
use crate::election::roll::cell::sums::{self, Refuted, Sums, Tally};
use crate::election::roll::cell::words::compact;
use crate::election::roll::cell::{columns, grouping, same_group};
use crate::election::roll::source::Row;
use crate::election::roll::{GroupId, RowRef};

/// Headings of numbers of people.
const PEOPLE: [&str; 4] = ["人数", "总人数", "合计", "小计"];

/// How many figures are looked at.
const MOST: usize = 10_000;

/// All that were stated.
#[derive(Debug, Default)]
pub(super) struct Figures(Vec<Figure>);

#[derive(Debug)]
struct Figure {
    at: RowRef,
    /// A group, or a word for all.
    of: String,
    sums: Sums,
}

/// Where in a table of figures the groups stand, the numbers of their voters, and of these
/// the men and the women.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FigureColumns {
    groups: usize,
    voters: usize,
    sexes: Option<[usize; 2]>,
}

impl FigureColumns {
    /// By a row of headings.
    fn find(headings: &[impl AsRef<str>]) -> Option<Self> {
        let headings: Vec<_> = headings.iter().map(|text| compact(text.as_ref())).collect();
        let is_group = |text: &str| {
            columns::known(text).is_some_and(|(column, _)| column == columns::Column::Group)
        };
        let groups = headings.iter().position(|text| is_group(text))?;
        let only = |wanted: &dyn Fn(&str) -> bool| {
            let mut found = (0..headings.len()).filter(|&at| wanted(&headings[at]));
            found.next().filter(|_| found.next().is_none())
        };
        let of_voters =
            only(&|text| text.contains("选民") && text.ends_with(['数', '民']) && text != "选民");
        let voters = of_voters.or_else(|| only(&|text| PEOPLE.contains(&text)))?;
        // Beside 人口 nobody knows of whom they are.
        let are_of_voters = !headings.iter().any(|text| text.contains("人口"));
        let sex = |sex: &str| only(&|text| text == sex).filter(|_| are_of_voters);
        Some(Self { groups, voters, sexes: sex("男").zip(sex("女")).map(|(m, w)| [m, w]) })
    }

    /// Of a table that stands right of the roll.
    pub(super) fn beside(layout: &Layout) -> Option<Self> {
        let end = layout.blocks.last()?.to;
        let right = || layout.surplus.iter().filter(|(at, _)| *at >= end);
        let mut headings = vec![""; right().map(|(at, _)| at + 1).max()?];
        right().for_each(|(at, text)| headings[*at] = text);
        Self::find(&headings)
    }
}

impl Reading<'_> {
    /// Takes up a row of a table that is not read.
    pub(super) fn note_figures(&mut self, number: u32, row: &impl Row) {
        let texts = texts(row);
        if self.note_figures_across(number, &texts) {
            return;
        }
        match FigureColumns::find(&texts) {
            Some(columns) => self.sheet.figures_in = Some(columns),
            None => self.note_figures_below(self.sheet.figures_in, number, row),
        }
    }

    /// Takes up a table on its side: `组别,一组,二组` over `选民数,9,7`.
    fn note_figures_across(&mut self, number: u32, texts: &[String]) -> bool {
        const FEWEST: usize = 2;
        let Some((first, others)) = texts.split_first() else { return false };
        let groups = others.iter().filter(|text| grouping::is_surely_group(text)).count();
        if groups >= FEWEST {
            self.sheet.figures_across = others.to_vec();
            return true;
        }
        let label = compact(first);
        let are_of_people =
            label.contains("选民") && label.ends_with(['数', '民']) || PEOPLE.contains(&&*label);
        let groups = std::mem::take(&mut self.sheet.figures_across);
        if groups.is_empty() || !are_of_people {
            self.sheet.figures_across = groups;
            return false;
        }
        for (group, said) in groups.iter().zip(others).filter(|(group, _)| !group.is_empty()) {
            self.state(number, group, stated(said));
        }
        true
    }

    /// Takes up what a row states below the headings of such a table.
    pub(super) fn note_figures_below(
        &mut self,
        columns: Option<FigureColumns>,
        number: u32,
        row: &impl Row,
    ) {
        let Some(FigureColumns { groups, voters, sexes }) = columns else { return };
        let mut sums = stated(&row.cell(voters).text());
        let number_in = |at: usize| row.cell(at).text().trim().parse().ok();
        if let Some([men, women]) = sexes {
            (sums.men, sums.women) = (number_in(men), number_in(women));
        }
        self.state(number, &row.cell(groups).text(), sums);
    }

    /// A line may count several groups. Says whether it does.
    pub(super) fn claim_of_groups(&mut self, number: u32, texts: &[String]) -> bool {
        let counted = texts.iter().flat_map(|text| grouping::counted_apart(text));
        let counted: Vec<(String, &str)> = counted.collect();
        counted.iter().for_each(|(name, said)| self.state(number, name, stated(said)));
        !counted.is_empty()
    }

    fn state(&mut self, number: u32, of: &str, sums: Sums) {
        if !sums.people.is_empty() && self.figures.0.len() < MOST {
            let at = self.row_ref(number, 0);
            self.figures.0.push(Figure { at, of: of.to_owned(), sums });
        }
    }

    /// Holds each against its group; where none is borne out, other people are counted,
    /// and only the first is told.
    pub(super) fn settle_figures(&mut self) {
        let figures = std::mem::take(&mut self.figures).0;
        if figures.is_empty() {
            return;
        }
        // 一组 of the figures may be 1组 of the roll.
        let key_of = |group: GroupId| same_group::group_key(self.roll.groups.name(group));
        let mut by_group: HashMap<GroupId, Tally> = HashMap::new();
        let mut by_key: HashMap<String, Tally> = HashMap::new();
        for voter in &self.roll.voters {
            if let Some(group) = voter.group {
                let tally = by_group.entry(group).or_default();
                *tally = tally.and(Tally::of_one(voter.sex));
            }
        }
        for (group, counted) in &by_group {
            let tally = by_key.entry(key_of(*group)).or_default();
            *tally = tally.and(*counted);
        }
        let all = Tally::of_all(self.roll.voters.iter().map(|voter| voter.sex));
        let counted = |of: &str| match self.roll.groups.find(of) {
            Some(group) => by_group.get(&group).copied(),
            None if sums::is_word(of) => Some(all),
            None => by_key.get(&same_group::group_key(of)).copied(),
        };
        let (known, unknown): (Vec<_>, Vec<_>) = figures
            .into_iter()
            .map(|figure| (counted(&figure.of), figure))
            .partition(|(tally, _)| tally.is_some());
        let refuted: Vec<(Refuted, &Figure, usize)> = known
            .iter()
            .filter_map(|(tally, figure)| {
                let tally = (*tally)?;
                Some((figure.sums.refuted_by(&[tally])?, figure, tally.people))
            })
            .collect();
        let told = if refuted.len() == known.len() && known.len() > 1 { 1 } else { refuted.len() };
        for (refuted, Figure { at, sums, .. }, read) in refuted.iter().take(told) {
            self.refute(self.roll.row_place(*at), sums, *refuted, *read);
        }
        let holds_most = known.len() > 1 && told * 2 <= known.len();
        let strange = unknown.iter().map(|(_, figure)| figure);
        for figure in strange.filter(|figure| holds_most && grouping::is_surely_group(&figure.of)) {
            self.ask_about_group_of_figures(figure);
        }
    }

    /// A group that the figures have, and the roll has not.
    fn ask_about_group_of_figures(&mut self, Figure { at, of, sums }: &Figure) {
        let Some(people) = sums.people.first().filter(|people| **people > 0) else { return };
        let people = number_in_words(*people);
        let message = format!("这里写着{}有 {people} 人，名册里没有这个小组", quote(of));
        let help = "漏了整组的，补上；没有这个小组的，改正这张表";
        let place = self.roll.row_place(*at);
        self.ask(Severity::Warning, "roll-total", message, place, help);
    }
}

/// The last number of a cell, as of people.
fn stated(said: &str) -> Sums {
    let (mut said_there, mut last) = (Sums::default(), Sums::default());
    said_there.add(said);
    last.people.extend(said_there.people.iter().chain(&said_there.bare).next_back());
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_where_voters_are_counted() {
        let find = |headings: &[&str]| {
            let headings: Vec<String> = headings.iter().map(|&text| text.to_owned()).collect();
            FigureColumns::find(&headings).map(|it| (it.groups, it.voters))
        };
        assert_eq!(find(&["小组", "选民数", "男", "女"]), Some((0, 1)));
        assert_eq!(find(&["序号", "组别", "户数", "人口", "选民人数"]), Some((1, 4)));
        assert_eq!(find(&["小组", "人数"]), Some((0, 1)));
        assert_eq!(find(&["小组", "人口数", "户数"]), None);
        assert_eq!(find(&["姓名", "人数"]), None);
    }
}
