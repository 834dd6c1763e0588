//! Tables of figures beside the roll, `小组,选民数`, and lines such as `一组共6人，二组共6人`:
//! how many people they state of each group is held against those who were read.

use std::collections::HashMap;

use super::layout::Layout;
use super::{Reading, texts};
use crate::election::roll::cell::sums::{self, Refuted, Sums};
use crate::election::roll::cell::words::compact;
use crate::election::roll::cell::{columns, grouping};
use crate::election::roll::source::Row;
use crate::election::roll::{GroupId, RowRef};

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
    people: u64,
}

/// Where in a table of figures the groups stand, and the numbers of their voters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FigureColumns {
    groups: usize,
    voters: usize,
}

impl FigureColumns {
    /// By a row of headings.
    fn find(headings: &[impl AsRef<str>]) -> Option<Self> {
        const PEOPLE: [&str; 4] = ["人数", "总人数", "合计", "小计"];
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
        Some(Self { groups, voters })
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
        match FigureColumns::find(&texts) {
            Some(columns) => self.sheet.figures_in = Some(columns),
            None => self.note_figures_below(self.sheet.figures_in, number, row),
        }
    }

    /// Takes up what a row states below the headings of such a table.
    pub(super) fn note_figures_below(
        &mut self,
        columns: Option<FigureColumns>,
        number: u32,
        row: &impl Row,
    ) {
        let Some(FigureColumns { groups, voters }) = columns else { return };
        self.state(number, &row.cell(groups).text(), &row.cell(voters).text());
    }

    /// A line may count several groups. Says whether it does.
    pub(super) fn claim_of_groups(&mut self, number: u32, texts: &[String]) -> bool {
        let counted = texts.iter().flat_map(|text| grouping::counted_apart(text));
        let counted: Vec<(String, &str)> = counted.collect();
        counted.iter().for_each(|(name, said)| self.state(number, name, said));
        !counted.is_empty()
    }

    fn state(&mut self, number: u32, of: &str, said: &str) {
        let mut sums = Sums::default();
        sums.add(said);
        let people = sums.people.iter().chain(&sums.bare).next_back();
        if let Some(&people) = people.filter(|_| self.figures.0.len() < MOST) {
            let at = self.row_ref(number, 0);
            self.figures.0.push(Figure { at, of: of.to_owned(), people });
        }
    }

    /// Holds each against its group; where none is borne out, other people are counted,
    /// and only the first is told.
    pub(super) fn settle_figures(&mut self) {
        let figures = std::mem::take(&mut self.figures).0;
        if figures.is_empty() {
            return;
        }
        let mut sizes: HashMap<GroupId, usize> = HashMap::new();
        let groups = self.roll.voters.iter().filter_map(|voter| voter.group);
        groups.for_each(|group| *sizes.entry(group).or_default() += 1);
        // 一组 of the figures may be 1组 of the roll.
        let key_of = |group: &GroupId| grouping::group_key(self.roll.groups.name(*group));
        let mut by_key: HashMap<String, usize> = HashMap::new();
        sizes.iter().for_each(|(group, size)| *by_key.entry(key_of(group)).or_default() += size);
        let counted = |of: &str| match self.roll.groups.find(of) {
            Some(group) => sizes.get(&group).copied(),
            None if sums::is_word(of) => Some(self.roll.voters.len()),
            None => by_key.get(&grouping::group_key(of)).copied(),
        };
        let known: Vec<(Figure, usize)> =
            figures.into_iter().filter_map(|it| counted(&it.of).map(|read| (it, read))).collect();
        let holds = |(figure, read): &&(Figure, usize)| figure.people == *read as u64;
        let told = match known.iter().filter(holds).count() {
            0 if known.len() > 1 => 1,
            _ => known.len(),
        };
        for (Figure { at, people, .. }, read) in known.iter().filter(|it| !holds(it)).take(told) {
            let place = self.roll.row_place(*at);
            self.refute(place, &Sums::default(), Refuted::People(*people), *read);
        }
    }
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
