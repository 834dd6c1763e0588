//! What some voters have beside them and others have not: a tick under 是否登记, a
//! colour. What that means is asked once the sheet is read, when it is known for how
//! many.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Reading;
use super::layout::Layout;
use super::rows::View;
use super::spread::Covered;
use crate::diagnostic::Severity;
use crate::election::roll::cell::{leaving, status};
use crate::election::roll::source::colours::Colour;
use crate::election::roll::source::{Merged, Row, WIDEST};
use crate::election::roll::{Column, GroupId, RowRef};

/// The ticks and colours of a sheet.
#[derive(Debug, Default)]
pub(super) struct Marked {
    /// By table and column.
    ticks: BTreeMap<(u16, usize), Ticks>,
    /// Signs under 增减, by table and column.
    minus: BTreeMap<(u16, usize), Vec<RowRef>>,
    colours: BTreeMap<Colour, Vec<RowRef>>,
}

/// One column that says who is a voter.
#[derive(Debug, Default)]
struct Ticks {
    /// Whether it asks the same of everybody.
    asks_all: bool,
    said: usize,
    blank: Vec<RowRef>,
}

impl Ticks {
    /// What a merged cell says it says in all its rows.
    fn fill(&mut self, column: usize, merged: &[Merged]) {
        let covered = Covered::of(merged, column);
        let blank = self.blank.len();
        self.blank.retain(|at| !covered.has(*at));
        self.said += blank - self.blank.len();
    }
}

/// 登记情况 is often written only where there is something to say; a blank among so many
/// is asked about.
const FILLED: usize = 3;
/// How many rows a message names.
const NAMED: usize = 5;
/// More colours mean something else in each.
const COLOURS: usize = 8;

impl Reading<'_> {
    /// Takes up what a voter has of both.
    pub(super) fn note_marks(&mut self, at: RowRef, view: &View<impl Row>, layout: &Layout) {
        for &column in layout.deciding().iter().filter(|column| view.block.range().contains(column))
        {
            let ticks = self.sheet.marked.ticks.entry((at.block, column)).or_default();
            ticks.asks_all = layout.asking_all().contains(&column);
            let cell = view.row.cell(column);
            if cell.is_empty() {
                ticks.blank.push(at);
            } else {
                ticks.said += usize::from(leaving::is_yes(&cell.text()));
            }
        }
        let changes = layout.changes().filter(|column| view.block.range().contains(column));
        for column in changes.filter(|&column| status::is_minus(&view.row.cell(column).text())) {
            self.sheet.marked.minus.entry((at.block, column)).or_default().push(at);
        }
        let name = view.block.header.position(Column::Name).filter(|name| *name < WIDEST);
        if let Some(colour) = name.and_then(|name| view.row.colour(name)) {
            self.sheet.marked.colours.entry(colour).or_default().push(at);
        }
    }

    pub(super) fn ask_about_marks(&mut self, merged: &[Merged]) {
        let Marked { ticks, minus, colours } = std::mem::take(&mut self.sheet.marked);
        for ((_, column), mut ticks) in ticks.into_iter().filter(|(_, ticks)| ticks.said > 0) {
            ticks.fill(column, merged);
            if ticks.asks_all || ticks.blank.len() * FILLED <= ticks.said {
                self.ask_about_blanks(column, &ticks);
            }
        }
        for ((_, column), rows) in minus {
            self.ask_about_minus(column, &rows);
        }
        self.ask_about_colours(&colours);
    }

    /// Where most have the sign it says that nothing changed.
    fn ask_about_minus(&mut self, column: usize, rows: &[RowRef]) {
        let voters = self.roll.voters.len() - self.sheet.first_voter;
        if rows.len() * 2 > voters {
            return;
        }
        for &at in rows {
            let message = "这里是减号：是减少的人吗？还是选民吗？".to_owned();
            let help = "不是选民的，删去这一行；是选民的，清空这一格，或在“核对”一列写“是选民”";
            let place = self.roll.place_at(at, column);
            self.ask(Severity::Warning, "roll-remark", message, place, help);
        }
    }

    /// Those who have no tick where others have one; where most have none, about all at
    /// once.
    fn ask_about_blanks(&mut self, column: usize, Ticks { said, blank, .. }: &Ticks) {
        let is_of_few = blank.len() <= *said;
        let asked = if is_of_few { blank.len() } else { 1 };
        for &at in blank.iter().take(asked) {
            let message = match is_of_few {
                true => "这一格空着，别人都填了：还是选民吗？".to_owned(),
                false => format!(
                    "这一列只有 {said} 人填了，{} 人空着（从这一行起）：空着的还是选民吗？",
                    blank.len()
                ),
            };
            let help = "不是选民的，删去这一行；是选民的，把这一格填上，或在“核对”一列写“是选民”";
            let place = self.roll.place_at(at, column);
            self.ask(Severity::Warning, "roll-remark", message, place, help);
        }
    }

    /// Colours that a few rows have; those of whole groups, or of most, are but paint.
    fn ask_about_colours(&mut self, colours: &BTreeMap<Colour, Vec<RowRef>>) {
        let voters = &self.roll.voters[self.sheet.first_voter..];
        let painted: usize = colours.values().map(Vec::len).sum();
        if painted == 0 || painted * 20 > voters.len() * 9 || colours.len() > COLOURS {
            return;
        }
        let mut sizes: HashMap<Option<GroupId>, usize> = HashMap::new();
        let mut groups: HashMap<RowRef, Option<GroupId>> = HashMap::new();
        let rows: HashSet<RowRef> = colours.values().flatten().copied().collect();
        for voter in voters {
            *sizes.entry(voter.group).or_default() += 1;
            if rows.contains(&voter.row) {
                groups.insert(voter.row, voter.group);
            }
        }
        for (colour, rows) in colours {
            let mut counts: HashMap<Option<GroupId>, usize> = HashMap::new();
            rows.iter().for_each(|row| {
                *counts.entry(groups.get(row).copied().flatten()).or_default() += 1;
            });
            let is_of_groups = counts.iter().all(|(group, count)| sizes.get(group) == Some(count));
            if !is_of_groups {
                self.ask_about_colour(*colour, rows);
            }
        }
    }

    fn ask_about_colour(&mut self, colour: Colour, rows: &[RowRef]) {
        let Some(&first) = rows.first() else { return };
        let named: Vec<String> = rows.iter().take(NAMED).map(|at| at.row.to_string()).collect();
        let message = format!(
            "有 {} 人的姓名标了{}（第 {} 行{}），照样读作选民：这颜色是什么意思？",
            rows.len(),
            colour.name(),
            named.join("、"),
            if rows.len() > NAMED { "等" } else { "" }
        );
        let help = "逐人核对，不是选民的删去；核对后去掉颜色，或在待核对清单里答“无误”";
        self.doubt(first, Column::Name, "roll-legend", &message, help);
    }
}
