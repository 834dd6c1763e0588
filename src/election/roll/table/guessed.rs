//! Headings that nobody wrote, where the cells say what they would be: names in a grid, as
//! lists on a wall have them, or names beside sexes and numbers of cards.

use std::collections::HashSet;

use super::is_empty;
use crate::election::roll::GroupNames;
use crate::election::roll::cell::values::{self, Epoch, Value};
use crate::election::roll::cell::{columns, grouping, names, numerals, relations, words};
use crate::election::roll::source::{Row, StoredRow, WIDEST};

/// Headings for a sheet without any.
pub(super) struct Guess {
    /// A heading for each column, or nothing.
    pub headings: Vec<String>,
    /// How many rows stand above the first of voters.
    pub titles: usize,
    /// Whether names are all that there is.
    pub is_grid: bool,
}

/// What all cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    Name,
    Sex,
    IdNumber,
    Birth,
    Serial,
    Group,
    People,
    Telephone,
    Relation,
    Address,
    Other,
}

impl Content {
    fn heading(self) -> &'static str {
        match self {
            Self::Name => "姓名",
            Self::Sex => "性别",
            Self::IdNumber => "身份证号",
            Self::Birth => "出生日期",
            Self::Serial => "序号",
            Self::Group => "小组",
            Self::People => "民族",
            Self::Telephone => "联系电话",
            Self::Relation => "与户主关系",
            Self::Address => "住址",
            Self::Other => "",
        }
    }
}

impl Guess {
    /// What the rows of a sheet let expect, if nothing else may be meant; of a further
    /// sheet fewer rows are enough.
    pub(super) fn of(
        rows: &[(u32, StoredRow)],
        groups: &GroupNames,
        is_further: bool,
    ) -> Option<Self> {
        let fewest = if is_further { 2 } else { 3 };
        let rows: Vec<&StoredRow> = rows.iter().map(|(_, row)| row).collect();
        if rows.iter().all(|row| filled(*row).len() < 2) {
            return Self::of_lines(&rows);
        }
        let names_somebody = |row: &&StoredRow| {
            let filled = filled(*row);
            filled.len() > 1 && filled.iter().any(|text| is_name(text))
        };
        let titles = rows.iter().position(names_somebody)?;
        if !rows[..titles].iter().all(|row| is_title(*row)) {
            return None;
        }
        let people: Vec<&StoredRow> =
            rows[titles..].iter().copied().filter(names_somebody).collect();
        let others = rows[titles..].iter().filter(|row| filled(**row).len() > 1);
        let others = others.count() - people.len();
        if people.len() < fewest || others * 5 > people.len() {
            return None;
        }
        let width = people.iter().map(|row| row.width()).max()?.min(WIDEST);
        let content = |at: usize| match content(&people, at) {
            Content::Other if are_declared(&people, at, groups) => Content::Group,
            content => content,
        };
        let contents: Vec<Content> = match is_board(&people) {
            true => vec![Content::Name; width],
            false => (0..width).map(content).collect(),
        };
        // Names that several rows have are of heads of households, or of none.
        let has_other_names = |at: usize| {
            contents[at] == Content::Other && are_names(people.iter().map(|row| row.cell(at)))
        };
        if (0..width).any(has_other_names) {
            return None;
        }
        let count = |content| contents.iter().filter(|it| **it == content).count();
        let names = count(Content::Name);
        let is_grid = names > 1 && names + count(Content::Serial) + count(Content::Group) == width;
        let is_known = count(Content::Sex) + count(Content::IdNumber) > 0;
        let may_be = match names {
            0 => false,
            1 => is_known && count(Content::Group) < 2,
            _ if is_grid => count(Content::Group) < 2,
            // 张三,男,李四,女.
            _ => is_known && width.is_multiple_of(names) && repeats(&contents, width / names),
        };
        let headings = contents.iter().map(|content| content.heading().to_owned()).collect();
        let titles = if is_grid { first_alone(&rows[..titles]) } else { titles };
        may_be.then_some(Self { headings, titles, is_grid })
    }
}

/// How many rows over a grid stand above the first name: a name alone between two titles of
/// its parts, 一组 and 二组 or 六画 and 七画, is all of the first part.
fn first_alone(rows: &[&StoredRow]) -> usize {
    let is_part = |text: &str| grouping::is_surely_group(text) || words::is_index_heading(text);
    let lines = rows.iter().enumerate().filter(|(_, row)| !is_empty(**row));
    let lines: Vec<(usize, String)> = lines.map(|(at, row)| (at, filled(*row).concat())).collect();
    let alone =
        lines.windows(3).find(|it| is_part(&it[0].1) && is_name(&it[1].1) && is_part(&it[2].1));
    alone.map_or(rows.len(), |it| it[1].0)
}

impl Guess {
    /// A name a line, under the names of groups, as people paste them from messages.
    fn of_lines(rows: &[&StoredRow]) -> Option<Self> {
        const FEWEST: usize = 5;
        // The place of each row that says something, its column and its text.
        let lines = rows.iter().enumerate().filter_map(|(place, row)| {
            let at = (0..row.width()).find(|&at| !row.cell(at).is_empty())?;
            Some((place, at, row.cell(at).text().into_owned()))
        });
        let (names, others): (Vec<_>, Vec<_>) = lines.partition(|(_, _, text)| is_line_name(text));
        let &(titles, at, _) = names.first()?;
        let is_likely =
            |(_, _, text): &&(usize, usize, String)| words::is_possible_name(&bare_name(text));
        let likely = names.iter().filter(is_likely).count();
        let fits = names.len() >= FEWEST
            && likely * 5 >= names.len() * 4
            && names.len() >= others.len() * 2
            && others.iter().all(|(place, ..)| is_title(rows[*place]))
            && names.iter().all(|(_, column, _)| *column == at)
            && differ(names.iter().map(|(_, _, text)| Value::Text(text)));
        let mut headings = vec![String::new(); at];
        headings.push(Content::Name.heading().to_owned());
        fits.then_some(Self { headings, titles, is_grid: true })
    }
}

/// Whether a line is a name for all that is known, and no title.
fn is_line_name(text: &str) -> bool {
    let bare = bare_name(text);
    words::is_short_han(&bare)
        && !words::is_remark(&bare)
        && grouping::group_title(text).is_none()
        && !grouping::is_surely_place(text)
}

/// Whether all cells are names, as on a board: in one column more may have rare surnames.
fn is_board(people: &[&StoredRow]) -> bool {
    const FEWEST: usize = 8;
    let cells: Vec<String> = people.iter().flat_map(|row| filled(*row)).collect();
    let names: Vec<String> = cells.iter().map(|cell| bare_name(cell)).collect();
    let possible = names.iter().filter(|name| words::is_possible_name(name)).count();
    names.len() >= FEWEST
        && possible * 5 >= names.len() * 4
        && names.iter().all(|name| words::is_short_han(name) && !grouping::is_surely_place(name))
        && differ(cells.iter().map(|cell| Value::Text(cell)))
}

/// Whether a column has the groups that the description names.
fn are_declared(people: &[&StoredRow], at: usize, groups: &GroupNames) -> bool {
    let mut cells =
        people.iter().map(|row| row.cell(at)).filter(|cell| !cell.is_empty()).peekable();
    cells.peek().is_some() && cells.all(|cell| groups.has(&cell.text()))
}

fn repeats(contents: &[Content], part: usize) -> bool {
    contents.chunks(part).all(|it| it == &contents[..part])
}

/// What all cells of a column are, of those who have something in it.
fn content(people: &[&StoredRow], at: usize) -> Content {
    let cells = || people.iter().map(|row| row.cell(at)).filter(|cell| !cell.is_empty());
    let all = |is: fn(Value) -> bool| cells().next().is_some() && cells().all(is);
    match () {
        () if all(is_sex) => Content::Sex,
        () if all(is_card) => Content::IdNumber,
        () if are_names(cells()) && differ(cells()) => Content::Name,
        () if all(|cell| grouping::is_surely_group(&cell.text())) => Content::Group,
        () if all(is_birth) => Content::Birth,
        () if count_up(cells()) => Content::Serial,
        () if all(|cell| is_people(&cell.text())) => Content::People,
        () if all(|cell| is_telephone(&cell.text())) => Content::Telephone,
        () if all(|cell| is_relation(&cell.text())) => Content::Relation,
        () if all(|cell| is_address(&cell.text())) => Content::Address,
        () => Content::Other,
    }
}

/// Names, some of which may be long, foreign or rare.
fn are_names<'c>(cells: impl Iterator<Item = Value<'c>>) -> bool {
    let cells = cells.filter(|cell| !cell.is_empty());
    let texts: Vec<String> = cells.map(|cell| cell.text().into_owned()).collect();
    let likely = texts.iter().filter(|text| is_name(text)).count();
    let is_possible = |text: &&String| is_name(text) || words::is_possible_name(&bare_name(text));
    let possible = texts.iter().filter(is_possible).count();
    let may_be_name = |text: &String| words::may_be_name(&bare_name(text));
    likely > 0
        && likely * 3 >= texts.len()
        && possible * 5 >= texts.len() * 4
        && texts.iter().all(may_be_name)
}

fn is_name(text: &str) -> bool {
    let bare = bare_name(text);
    // `1.宓清` and `宓清（女）` are names, though few are called so.
    let is_told = bare.len() < words::compact(text).len();
    let text = &*bare;
    (words::is_likely_name(text) || is_told && words::is_short_han(text))
        && columns::known(text).is_none()
        && !grouping::looks_like_group(text)
        && !grouping::is_surely_place(text)
}

/// `王　明`, `1.王明` and `王明（女）` as they are called.
fn bare_name(text: &str) -> String {
    let text = words::compact(text);
    let numbered = names::behind_number(&text).unwrap_or(&text);
    names::before_sex(numbered).map_or(numbered, |(name, _)| name).to_owned()
}

fn is_sex(cell: Value) -> bool {
    matches!(cell.text().trim(), "男" | "女")
}

fn is_card(cell: Value) -> bool {
    matches!(values::id_number(cell), Ok(Some(_)))
}

/// A day with its year: anything shorter may be of something else.
fn is_birth(cell: Value) -> bool {
    const SHORTEST: usize = 6;
    let is_long = cell.text().chars().filter(char::is_ascii_digit).count() >= SHORTEST;
    is_long && matches!(values::birth(cell, Epoch::default()), Ok(Some(_)))
}

/// Whether nearly all are told but once, as names are, and trades are not.
fn differ<'c>(cells: impl Iterator<Item = Value<'c>>) -> bool {
    let texts: Vec<String> = cells.map(|cell| cell.text().into_owned()).collect();
    let different: HashSet<&String> = texts.iter().collect();
    different.len() * 5 >= texts.len() * 4
}

/// Whether small numbers grow from row to row, or begin again.
fn count_up<'c>(cells: impl Iterator<Item = Value<'c>>) -> bool {
    const LAST: u32 = 100_000;
    const FIRST: u32 = 10;
    let numbers: Option<Vec<u32>> = cells.map(|cell| cell.text().trim().parse().ok()).collect();
    numbers.is_some_and(|numbers| {
        let goes_on = |one: &u32, next: &u32| one < next || *next < FIRST;
        !numbers.is_empty() && numbers.is_sorted_by(goes_on) && numbers.iter().all(|it| *it < LAST)
    })
}

/// 汉, 布依族.
fn is_people(text: &str) -> bool {
    text.trim() == "汉" || text.ends_with('族') && text.chars().nth(4).is_none()
}

fn is_relation(text: &str) -> bool {
    matches!(text.trim(), "户主" | "本人") || relations::kin_of(text).is_some()
}

fn is_telephone(text: &str) -> bool {
    const DIGITS: usize = 11;
    let text = text.trim();
    text.len() == DIGITS && text.starts_with('1') && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_address(text: &str) -> bool {
    text.chars().count() > 4
        && text.contains(numerals::is_numeral)
        && text.contains(['村', '组', '号', '栋', '室', '路'])
}

fn filled(row: &impl Row) -> Vec<String> {
    let cells = (0..row.width().min(WIDEST)).map(|at| row.cell(at));
    cells.filter(|cell| !cell.is_empty()).map(|cell| cell.text().into_owned()).collect()
}

/// Whether a row may stand over a list: a title alone, one of a group over each column,
/// whose list it is and of when.
fn is_title(row: &impl Row) -> bool {
    let cells = filled(row);
    is_empty(row)
        || cells.len() == 1
        || cells.iter().all(|text| grouping::group_title(text).is_some())
        || cells.iter().all(|text| text.contains([':', '：', '年']))
}
