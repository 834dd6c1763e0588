//! What stands beside a table under no heading: a second list, a column whose
//! heading was forgotten, a sum. Nothing of it is passed over in silence.

use std::collections::{BTreeMap, BTreeSet};

use super::Reading;
use super::claims::Claim;
use super::layout::Layout;
use super::rows::View;
use crate::diagnostic::Severity;
use crate::election::person::Sex;
use crate::election::roll::RowRef;
use crate::election::roll::answers::{Answer, CellAnswer};
use crate::election::roll::cell::columns::{self, Column};
use crate::election::roll::cell::harmless::is_harmless;
use crate::election::roll::cell::shown::quote;
use crate::election::roll::cell::sums::{self, Sums};
use crate::election::roll::cell::values::{self, Value};
use crate::election::roll::cell::{grouping, leaving, words};
use crate::election::roll::source::{Row, WIDEST};

/// The columns of a sheet that have no heading, or none that is known, and something in
/// them.
#[derive(Debug, Default)]
pub(super) struct Beside(BTreeMap<usize, Stray>);

/// One of them, with where it begins.
#[derive(Debug)]
struct Stray {
    first: RowRef,
    filled: usize,
    /// Of those filled: names, sexes, sound ID numbers, groups, ticks.
    names: usize,
    sexes: usize,
    ids: usize,
    groups: usize,
    ticks: usize,
    runs: Runs,
}

/// How often the text of a column changes from row to row, and how many there are.
#[derive(Debug, Default)]
struct Runs {
    last: String,
    count: usize,
    texts: BTreeSet<String>,
}

impl Runs {
    /// More than these, and the column parts nobody into groups.
    const MOST: usize = 100;

    fn add(&mut self, text: &str) {
        if text == self.last || self.texts.len() > Self::MOST {
            return;
        }
        text.clone_into(&mut self.last);
        self.count += 1;
        self.texts.insert(text.to_owned());
    }

    /// Whether so many rows stand in a few blocks, each with a name of its own.
    fn part(&self, rows: usize) -> bool {
        const FEWEST: usize = 4;
        const LONGEST: usize = 8;
        let is_name = |text: &String| {
            (2..=LONGEST).contains(&text.chars().count())
                && words::is_worded(text)
                && !words::is_status(text)
                && !leaving::tells_of_leaving(text)
                && !is_harmless(text)
        };
        (2..=Self::MOST).contains(&self.texts.len())
            && self.count < 2 * self.texts.len()
            && rows >= FEWEST * self.texts.len()
            && self.texts.iter().all(is_name)
    }

    fn in_words(&self) -> String {
        const NAMED: usize = 3;
        let named: Vec<_> = self.texts.iter().take(NAMED).map(|text| quote(text)).collect();
        named.join("、")
    }
}

impl Beside {
    fn enter(&mut self, column: usize, at: RowRef, seems: Seems) {
        let none = Stray {
            first: at,
            filled: 0,
            names: 0,
            sexes: 0,
            ids: 0,
            groups: 0,
            ticks: 0,
            runs: Runs::default(),
        };
        let stray = self.0.entry(column).or_insert(none);
        stray.filled += 1;
        stray.names += usize::from(seems == Seems::Name);
        stray.sexes += usize::from(seems == Seems::Sex);
        stray.ids += usize::from(seems == Seems::Id);
        stray.groups += usize::from(seems == Seems::Group);
        stray.ticks += usize::from(seems == Seems::Tick);
    }
}

/// What a cell without heading seems to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seems {
    Name,
    Sex,
    Id,
    Group,
    Tick,
    Number,
    Other,
}

fn seems(value: Value) -> Seems {
    let text = value.text();
    let text = text.trim();
    if matches!(text, "男" | "女") && Sex::parse(text).is_some() {
        return Seems::Sex;
    }
    match values::id_number(value) {
        Ok(Some(id)) if id.check_holds() => Seems::Id,
        _ if text.bytes().all(|byte| byte.is_ascii_digit()) => Seems::Number,
        _ if grouping::is_surely_group(text) => Seems::Group,
        _ if leaving::is_yes(text) => Seems::Tick,
        _ if words::is_likely_name(text) => Seems::Name,
        _ => Seems::Other,
    }
}

impl Reading<'_> {
    /// Takes up the cells of a row that stand under no heading.
    pub(super) fn look_beside(&mut self, at: RowRef, view: &View<impl Row>, layout: &Layout) {
        self.look_under_unknown(at, view, layout);
        let to = view.block.to.min(view.row.width()).min(WIDEST);
        if to <= layout.headed_to() {
            return;
        }
        let strays: Vec<(usize, Seems)> = (view.block.from.min(to)..to)
            .filter(|&column| !layout.is_headed(column) && !view.row.cell(column).is_empty())
            .filter(|&column| !view.is_spread_over(column))
            .map(|column| (column, seems(view.row.cell(column))))
            .collect();
        if strays.is_empty() || self.sum_beside(at, view, &strays) {
            return;
        }
        self.note_shifted(at, view, &strays);
        self.person_beside(at, &strays);
        for (column, seems) in strays {
            self.sheet.beside.enter(column, at, seems);
        }
    }

    /// Numbers of cards or groups may stand under a heading that nobody here knows.
    fn look_under_unknown(&mut self, at: RowRef, view: &View<impl Row>, layout: &Layout) {
        let lacks = |column| !view.block.header.has(column);
        let is_sought =
            lacks(Column::IdNumber) || lacks(Column::Group) && view.block.villages.is_none();
        if !is_sought {
            return;
        }
        let own = |(column, _): &&(usize, String)| {
            view.block.range().contains(column) && *column < WIDEST
        };
        for (column, heading) in layout.surplus.iter().filter(own) {
            let value = view.row.cell(*column);
            if value.is_empty() {
                continue;
            }
            // The names under 配偶, their sexes and cards, are no voters'.
            let is_of_another = columns::is_of_others(heading) || columns::is_of_heads(heading);
            let seems = match seems(value) {
                Seems::Group => Seems::Group,
                Seems::Id if !is_of_another => Seems::Id,
                _ => Seems::Other,
            };
            self.sheet.beside.enter(*column, at, seems);
            if !is_of_another && lacks(Column::Group) {
                let stray = self.sheet.beside.0.get_mut(column);
                stray.into_iter().for_each(|stray| stray.runs.add(value.text().trim()));
            }
        }
    }

    /// A sum beside the list, `合计 14人`, is held against it.
    fn sum_beside(&mut self, at: RowRef, view: &View<impl Row>, strays: &[(usize, Seems)]) -> bool {
        let text = |column: usize| view.row.cell(column).text();
        if !strays.iter().any(|&(column, _)| sums::is_total(&text(column))) {
            return false;
        }
        let mut sums = Sums::default();
        strays.iter().for_each(|&(column, _)| sums.add(&text(column)));
        let claim = Claim::around(at, sums, self.mark());
        self.enter_claim(claim);
        true
    }

    /// In a text file a row with more cells than headings has a comma too many.
    fn note_shifted(&mut self, at: RowRef, view: &View<impl Row>, strays: &[(usize, Seems)]) {
        let headings = self.sheet.width;
        let last = headings.saturating_sub(1);
        let is_shifted = self.roll.encoding.is_some()
            && strays.first().is_some_and(|(column, _)| *column == headings)
            && view.has(Column::Name)
            && !view.row.cell(last).is_empty();
        if is_shifted {
            self.sheet.shifted.push(at);
        }
    }

    /// Asks about the rows with more cells than headings: each of a few, or all at once
    /// where groups stand under no heading.
    fn ask_about_shifted(&mut self) {
        let shifted = std::mem::take(&mut self.sheet.shifted);
        let voters = self.roll.voters.len() - self.sheet.first_voter;
        let is_of_few = shifted.len() * 2 <= voters;
        let is_group = |at: &RowRef| {
            let stray = self.sheet.beside.0.get(&self.sheet.width);
            let header = &self.roll.block(*at).header;
            header.has(Column::Group) && stray.is_some_and(|it| it.groups * 2 >= it.filled)
        };
        let asked = match shifted.first() {
            Some(first) if !is_of_few => usize::from(is_group(first)),
            _ => shifted.len(),
        };
        for at in shifted.into_iter().take(asked) {
            let message = "这一行比表头多一格，像是哪一格里有逗号，后面的都错了位".to_owned();
            let help =
                "把有逗号的一格用英文双引号括起来，或改用“，”；没有错位的，在待核对清单里答“无误”";
            let place = self.roll.place_at(at, self.sheet.width);
            self.ask(Severity::Warning, "roll-beside", message, place, help);
        }
    }

    /// A column that parts the voters into blocks may be that of groups, by whatever word
    /// they are called here.
    fn ask_about_parts(&mut self, column: usize, stray: &Stray) {
        let voters = &self.roll.voters[self.sheet.first_voter..];
        let is_sought = self.sheet.group_of_sheet.is_none()
            && voters.iter().all(|voter| voter.group.is_none())
            && stray.filled >= voters.len();
        let heading = self.roll.heading_at(stray.first, column);
        let is_address = heading.is_some_and(|heading| heading.contains('址'));
        if !is_sought || is_address || !stray.runs.part(stray.filled) {
            return;
        }
        let place = self.roll.place_at(stray.first, column);
        let message = format!("这一列没有用到，里面是{}等：是小组吗？", stray.runs.in_words());
        let help = "是小组的，把这一列的表头改成“小组”；不是的，在待核对清单里答“无误”";
        self.ask(Severity::Warning, "roll-beside", message, place, help);
    }

    /// A name with a sex, a number of a card or a serial number is a person.
    fn person_beside(&mut self, at: RowRef, strays: &[(usize, Seems)]) {
        let told = |&(_, seems): &(usize, Seems)| matches!(seems, Seems::Sex | Seems::Id);
        let is_numbered = |name: usize| {
            strays.iter().any(|&(column, seems)| column + 1 == name && seems == Seems::Number)
        };
        let name = strays.iter().find(|(_, seems)| *seems == Seems::Name).map(|(at, _)| *at);
        let Some(name) = name.filter(|&name| strays.iter().any(told) || is_numbered(name)) else {
            return;
        };
        self.sheet.people_beside = true;
        let is_answered = |one: &CellAnswer| {
            one.at == Some(name) && matches!(one.answer, Answer::NotVoter | Answer::Right)
        };
        if self.here.iter().any(is_answered) {
            return;
        }
        let place = self.roll.place_at(at, name);
        let message = "这里没有表头，写的却像是一个人，没有读作选民".into();
        let help = "是选民的，给这几列补上表头（姓名、性别等）；不是的，移到另一张表，或在待核对清单里答“不是选民”";
        self.ask(Severity::Error, "roll-beside", message, place, help);
    }

    /// A table on the right may have forgotten its column of groups.
    pub(super) fn ask_about_borrowed_groups(&mut self) {
        let mut voters = self.roll.voters[self.sheet.first_voter..].iter();
        let Some(first) = voters.find(|voter| self.roll.block(voter.row).borrows_group) else {
            return;
        };
        let place = self.roll.place(first.row, Column::Name);
        let message = "这几列没有“小组”，暂照同一行左边的小组读：对吗？".to_owned();
        let help = "各有各的小组的，这边也加一列“小组”；对的，在待核对清单里答“无误”";
        self.ask(Severity::Warning, "roll-group-blank", message, place, help);
    }

    /// Asks about columns without heading that look as if somebody forgot it.
    pub(super) fn ask_about_columns(&mut self) {
        self.ask_about_shifted();
        let has_people = self.sheet.people_beside;
        let voters = self.roll.voters.len() - self.sheet.first_voter;
        for (column, stray) in std::mem::take(&mut self.sheet.beside.0) {
            let header = &self.roll.block(stray.first).header;
            let most = |count: usize| count * 2 >= stray.filled && count > 0;
            let like = match () {
                () if has_people => None,
                () if most(stray.ids) && !header.has(Column::IdNumber) => Some("身份证号"),
                () if most(stray.sexes) && !header.has(Column::Sex) => Some("性别"),
                () if most(stray.groups) && !header.has(Column::Group) => Some("小组"),
                () if most(stray.names) => Some("姓名"),
                () => None,
            };
            let sheet = usize::from(self.sheet.number);
            match like {
                Some(like) if self.roll.heading_at(stray.first, column).is_some() => {
                    let place = self.roll.place_at(stray.first, column);
                    let message = format!("这一列的表头看不懂，从这一格起像是{like}，没有读入");
                    let help =
                        format!("把这一列的表头改成“{like}”；不该读的，在待核对清单里答“无误”");
                    self.ask(Severity::Warning, "roll-beside", message, place, &help);
                }
                None if self.roll.heading_at(stray.first, column).is_some() => {
                    self.ask_about_parts(column, &stray);
                }
                Some(like) => {
                    let place = self.roll.place_at(stray.first, column);
                    let message = format!("这一列没有表头，从这一格起像是{like}，没有读入");
                    let help =
                        "该读的，补上表头；不该读的，在表头写明是什么，或在待核对清单里答“无误”";
                    // Whole columns of voters may be lost.
                    let severity =
                        if like == "姓名" { Severity::Error } else { Severity::Warning };
                    self.ask(severity, "roll-beside", message, place, help);
                }
                None if stray.ticks == stray.filled && stray.filled < voters => {
                    let place = self.roll.place_at(stray.first, column);
                    let message = format!(
                        "这一列没有表头，有 {} 人打了记号（从这一格起），别人空着：是什么意思？",
                        stray.filled
                    );
                    let help =
                        "说谁不是选民的，删去这些人；说别的，在表头写明，或在待核对清单里答“无误”";
                    self.ask(Severity::Warning, "roll-legend", message, place, help);
                }
                None => self.roll.sheets[sheet].unheaded.push(column),
            }
        }
    }
}
