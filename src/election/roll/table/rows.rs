//! What a row of a table is: voter, sum, title, remark. One plain function of
//! the row and its table, [`classify`].

use std::borrow::Cow;

use super::layout::{Block, ROOM};
use crate::election::person::{Sex, half_width};
use crate::election::roll::cell::columns::{self, Column, Heading};
use crate::election::roll::cell::values::{self, Value};
use crate::election::roll::cell::{
    apart, grouping, labels, leaving, names, notes, numerals, sums, words,
};
use crate::election::roll::source::{Row, WIDEST};
use crate::text::is_common_han;

/// A row of one table.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Voter(Certainty),
    /// Somebody's data without a name.
    Nameless,
    /// The title of a group.
    Group(String),
    Total,
    Heading,
    /// A remark, title or signature.
    Remark,
    /// Headings of a table of something else.
    Elsewhere,
    /// A row that shows how to fill in the form.
    Sample,
    /// A row that says that nobody is there.
    Nobody,
    /// Nothing, or only what waits for a name.
    Empty,
    /// Nothing that is known; the cell at fault.
    Unclear(usize),
}

/// What says that a name is a voter's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Certainty {
    /// Sex, birth, age or ID number.
    Told,
    /// A serial number, a group, a household.
    Placed,
    /// Nothing but the name.
    Bare,
}

/// A row seen through one table's columns.
pub(crate) struct View<'v, R> {
    pub row: &'v R,
    pub block: &'v Block,
}

impl<'v, R: Row> View<'v, R> {
    /// The cell of a column.
    pub(crate) fn cell(&self, column: Column) -> Value<'v> {
        self.block.header.position(column).map_or(Value::Empty, |at| self.row.cell(at))
    }

    /// The text of a column.
    pub(crate) fn text(&self, column: Column) -> Cow<'v, str> {
        self.joined(column).map_or_else(|| self.cell(column).text(), Cow::Owned)
    }

    /// The text of a column that has a cell for each character.
    pub(crate) fn joined(&self, column: Column) -> Option<String> {
        let heading = self.block.header.get(column).filter(|heading| heading.room > 1)?;
        let is_one = |text: &str| text.trim().chars().nth(1).is_none();
        let cells = (heading.at..heading.at + heading.room).map(|at| self.row.cell(at).text());
        let cells: Vec<_> = cells.take_while(|text| !text.trim().is_empty()).collect();
        let is_spread = cells.len() > 1 && cells.iter().all(|text| is_one(text));
        is_spread.then(|| cells.iter().map(|text| text.trim()).collect())
    }

    /// Whether that cell, under no heading of its own, holds a character of a column.
    pub(crate) fn is_spread_over(&self, at: usize) -> bool {
        ROOM.into_iter().any(|(column, _)| {
            let heading = self.block.header.get(column);
            let is_within =
                |heading: &Heading| (heading.at + 1..heading.at + heading.room).contains(&at);
            heading.is_some_and(is_within) && self.joined(column).is_some()
        })
    }

    /// The places of the table's cells that hold something.
    pub(crate) fn filled(&self) -> impl Iterator<Item = usize> + '_ {
        let to = self.block.to.min(self.row.width()).min(WIDEST);
        (self.block.from.min(to)..to).filter(|&at| !self.row.cell(at).is_empty())
    }

    /// The place of the only cell that holds something.
    pub(crate) fn only(&self) -> Option<usize> {
        let mut filled = self.filled();
        filled.next().filter(|_| filled.next().is_none())
    }

    /// Whether it has nothing but the group of those beside, who share the row, as the men
    /// and women do whose names stand in columns of their own.
    pub(crate) fn is_group_of_others(&self) -> bool {
        (self.block.shares_rows || self.block.sex.is_some())
            && self.only().is_some_and(|at| self.block.header.position(Column::Group) == Some(at))
    }

    pub(crate) fn has(&self, column: Column) -> bool {
        !self.cell(column).is_empty()
    }

    /// The sex and the age that one cell has: 男 and 63 of `男/63` under 性别/年龄.
    pub(crate) fn sex_and_age(&self) -> Option<(String, String)> {
        let heading = self.block.header.get(Column::Sex)?;
        let is_both = heading.text.contains("年龄") && !self.block.header.has(Column::Age);
        let text = is_both.then(|| self.cell(Column::Sex).text())?;
        let text = half_width(&text);
        let sex = text.chars().filter(|c| c.is_alphabetic() && !"周岁".contains(*c)).collect();
        Some((sex, text.chars().filter(char::is_ascii_digit).collect()))
    }

    /// Whether a cell says something of a person.
    fn tells(&self, column: Column) -> bool {
        match self.cell(column) {
            Value::Empty => false,
            Value::Text(text) => !values::says_nothing(text.trim()),
            _ => true,
        }
    }

    pub(crate) fn is_told(&self) -> bool {
        const TELLING: [Column; 5] =
            [Column::Sex, Column::IdNumber, Column::Birth, Column::BirthYear, Column::Age];
        TELLING.into_iter().any(|column| self.tells(column)) || self.marked_sex().is_some()
    }

    /// The sex in whose column there is a mark.
    pub(crate) fn marked_sex(&self) -> Option<Sex> {
        if let Some(sex) = self.block.sex {
            return Some(sex).filter(|_| self.has(Column::Name));
        }
        let [men, women] = self.block.sexes?.map(|at| !self.row.cell(at).is_empty());
        match (men, women) {
            (true, false) => Some(Sex::Male),
            (false, true) => Some(Sex::Female),
            _ => None,
        }
    }

    /// Whether a cell says that the row is a sum, such as one whose number nobody reckoned.
    fn is_of_a_sum(&self) -> bool {
        let is_label = |text: &str| sums::is_total(text) || text.trim().starts_with("其中");
        !self.is_told() && self.filled().any(|at| is_label(&self.row.cell(at).text()))
    }

    pub(crate) fn is_numbered(&self) -> bool {
        match self.cell(Column::Serial) {
            Value::Number(_) | Value::Unreckoned => true,
            Value::Text(text) => text.trim().bytes().all(|byte| byte.is_ascii_digit()),
            _ => false,
        }
    }

    fn is_placed(&self) -> bool {
        const PLACING: [Column; 4] =
            [Column::Group, Column::Household, Column::Category, Column::Relation];
        self.is_numbered()
            || PLACING.into_iter().any(|column| self.has(column) && !self.is_shared_name(column))
    }

    /// Whether a column is that of the name too, as in a table of heads.
    fn is_shared_name(&self, column: Column) -> bool {
        self.block.header.position(column) == self.block.header.position(Column::Name)
    }

    /// The name in the column of the heads of households.
    pub(crate) fn head(&self) -> Cow<'v, str> {
        self.block.head.map_or(Cow::Borrowed(""), |at| self.row.cell(at).text())
    }

    /// The name; of a head of household who stands in that column only, that.
    pub(crate) fn name(&self) -> Cow<'v, str> {
        let name = self.text(Column::Name);
        let is_head = || {
            matches!(self.cell(Column::Relation).text().trim(), "" | "户主" | "本人" | "户主本人")
                && self.block.header.has(Column::Relation)
                && self.is_told()
        };
        if name.trim().is_empty() && is_head() {
            return self.head();
        }
        let name = names::in_one_line(&name).map_or(name, Cow::Owned);
        let numbered = Some(&*name).filter(|_| self.block.has_numbered_names);
        let numbered = numbered.and_then(names::behind_number).unwrap_or(&name);
        let bare = self.sex_behind(numbered).map_or(numbered, |(bare, _)| bare);
        if bare.len() == name.len() { name } else { Cow::Owned(bare.to_owned()) }
    }

    /// The sex that stands in brackets behind the name, unless its own column says
    /// otherwise: 女 of 毛敏丽（女）.
    pub(crate) fn sex_behind_name(&self) -> Option<Sex> {
        self.sex_behind(&self.text(Column::Name)).map(|(_, sex)| sex)
    }

    /// The name alone, and that sex.
    fn sex_behind<'n>(&self, name: &'n str) -> Option<(&'n str, Sex)> {
        let (bare, sex) = names::before_sex(name)?;
        let own = self.cell(Column::Sex).text();
        let is_told = own.trim().is_empty() || Sex::parse(&half_width(&own)) == Some(sex);
        (is_told && bare.chars().nth(1).is_some()).then_some((bare, sex))
    }
}

/// What a row is in one of the tables of its sheet.
pub(crate) fn classify(view: &View<impl Row>) -> Kind {
    let name = view.name();
    let name_value = view.cell(Column::Name);
    if !name.trim().is_empty() {
        with_name(view, &name)
    } else if matches!(name_value, Value::Fault | Value::Unreckoned) {
        if view.is_of_a_sum() { Kind::Total } else { Kind::Voter(Certainty::Told) }
    } else {
        without_name(view)
    }
}

/// The commonest row of all: a name of a few characters, and beside it a sex, a
/// day or a number.
fn is_plain(view: &View<impl Row>, name: &str) -> bool {
    let is_number = |column| match view.cell(column) {
        Value::Number(_) | Value::Day { .. } => true,
        Value::Text(text) => text.starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    };
    let is_sex = |value| matches!(value, Value::Text("男" | "女"));
    (4..=12).contains(&name.len())
        && name.chars().all(is_common_han)
        && (view.is_numbered() || !view.has(Column::Serial))
        && (is_sex(view.cell(Column::Sex))
            || is_number(Column::IdNumber)
            || is_number(Column::Birth))
        && !sums::is_total(name)
        && !name.ends_with('组')
        && !words::is_nobody(name)
        && !words::is_ditto(name)
        && !columns::is_certain(name)
        && (words::has_surname(name) || !words::is_remark(name))
}

/// `小组 | 二组 | 户数 | 3`: the group in a row of labels over those below.
fn labelled_group(view: &View<impl Row>) -> Option<String> {
    let begins = view.filled().next().map(|at| view.row.cell(at).text());
    begins.filter(|label| grouping::is_group_label(&words::compact(label)))?;
    let cells = view.filled().map(|at| view.row.cell(at).text().into_owned());
    labels::group_behind_label(&cells.collect::<Vec<_>>())
}

/// `一组,张三,组长`, `一组,4,2,2`: a title that names the leader, or counts the people.
fn group_with_leader(view: &View<impl Row>) -> Option<String> {
    let mut filled = view.filled();
    let group = view.row.cell(filled.next()?).text();
    let are_counts = filled.all(|at| sums::is_number(&view.row.cell(at).text()));
    let is_leader = |at: usize| grouping::is_leader(view.row.cell(at).text().trim());
    let is_title = grouping::is_surely_group(&group)
        && view.block.header.position(Column::Group).is_none()
        && (are_counts || view.filled().any(is_leader))
        && !has_personal_data(view);
    is_title.then(|| words::compact(&group).into_owned())
}

/// `小计,户数,2,选民,3`, `一组,户数,1,选民,2`: a sum, or the title of a group, of labels with
/// their numbers.
fn as_pairs(view: &View<impl Row>) -> Option<Kind> {
    let cells: Vec<Cow<str>> = view.filled().map(|at| view.row.cell(at).text()).collect();
    // Nobody's name is a number.
    let names_nobody = || sums::is_number(&view.text(Column::Name)) && sums::are_pairs(&cells);
    if sums::are_labelled(&cells) || names_nobody() {
        return Some(Kind::Total);
    }
    let (first, rest) = cells.split_first()?;
    match sums::are_labelled(rest) {
        true if sums::is_total(first) => Some(Kind::Total),
        true => grouping::group_title(first).map(Kind::Group),
        false => None,
    }
}

/// `必填,必填`, `填写姓名,填男或女`: how to fill in the form, below its headings.
pub(crate) fn tells_what_to_write(view: &View<impl Row>, name: &str) -> bool {
    let tells = |at: &usize| words::tells_what_to_write(&view.row.cell(*at).text());
    words::tells_what_to_write(name)
        && view.filled().filter(tells).count() * 2 >= view.filled().count()
}

/// Surnames that begin words of forms, too: 单位, 成员.
const RARE_SURNAMES: [char; 8] = ['单', '成', '计', '支', '全', '出', '盖', '乐'];

fn with_name(view: &View<impl Row>, name: &str) -> Kind {
    if is_plain(view, name) {
        return Kind::Voter(Certainty::Told);
    }
    if let Some(group) = labelled_group(view) {
        return Kind::Group(group);
    }
    if let Some(group) = group_with_leader(view) {
        return Kind::Group(group);
    }
    if let Some(kind) = as_pairs(view) {
        return kind;
    }
    if tells_what_to_write(view, name) {
        return Kind::Remark;
    }
    let is_told = view.is_told();
    if let Some(kind) = as_sum(view, name, is_told) {
        return kind;
    }
    if !is_told && words::stands_for_others(name) {
        return Kind::Nobody;
    }
    if !view.is_numbered() && is_alone(view, name) && words::is_status(name) {
        return Kind::Remark;
    }
    if is_heading(view, name) {
        return Kind::Heading;
    }
    if holds_group_and_name(name) {
        return Kind::Unclear(name_at(view));
    }
    if is_sample(view) {
        return Kind::Sample;
    }
    if heads_another_table(view) {
        return Kind::Elsewhere;
    }
    if !view.is_numbered() && is_alone(view, name) && apart::title_aside(name).is_some() {
        return Kind::Remark;
    }
    if columns::is_certain(name) {
        return Kind::Unclear(name_at(view));
    }
    if all_in_brackets(view)
        || !is_told && words::goes_on(name)
        || words::is_bare_date(name) && !is_told
    {
        return Kind::Remark;
    }
    let is_in_one_cell = || view.only().is_some() && words::is_of_one_person(name);
    if !is_told && (words::is_index_heading(name) || is_in_one_cell()) {
        return Kind::Remark;
    }
    if words::is_nobody(name) {
        return if is_told { Kind::Unclear(name_at(view)) } else { Kind::Nobody };
    }
    if words::is_ditto(name) {
        return Kind::Unclear(name_at(view));
    }
    let is_numbered = view.is_numbered();
    let first = view.filled().next().filter(|at| *at < name_at(view));
    let before = first.map(|at| view.row.cell(at).text());
    if !is_numbered
        && !could_be_person(view, name)
        && let Some(group) = title(view, name).or_else(|| title(view, &before.unwrap_or_default()))
    {
        return Kind::Group(group);
    }
    if !is_told && is_alone(view, name) && grouping::closes_a_group(name) {
        return Kind::Remark;
    }
    if grouping::is_surely_group(name) {
        return group_for_name(view, name);
    }
    if words::is_remark(name) && !has_personal_data(view) {
        let is_asked = may_be_called_so(view, name) || stands_among_names(view, name);
        return if is_asked { Kind::Unclear(name_at(view)) } else { Kind::Remark };
    }
    let tells_little = !is_told || has_word_for_sex(view) && !has_personal_data(view);
    if (tells_little || begins_with_label(view)) && is_signed(view) {
        return Kind::Remark;
    }
    if is_told {
        // 组长,男,一组: nobody is called so.
        let is_word = words::is_short_han(name) && words::is_remark(name);
        let may_be_name =
            || is_numbered && has_personal_data(view) && name.starts_with(RARE_SURNAMES);
        return match is_word && !words::has_surname(name) && !may_be_name() {
            true => Kind::Unclear(name_at(view)),
            false => Kind::Voter(Certainty::Told),
        };
    }
    let is_placed = view.is_placed();
    match () {
        () if is_numbered && view.filled().count() > 1 => Kind::Voter(Certainty::Placed),
        () if is_placed
            && (words::may_be_name(name) || name.bytes().any(|byte| byte.is_ascii_digit())) =>
        {
            Kind::Voter(Certainty::Placed)
        }
        () if words::may_be_name(name) => Kind::Voter(Certainty::Bare),
        () => Kind::Unclear(name_at(view)),
    }
}

/// `一组 张三`, `一组：张三`.
fn holds_group_and_name(text: &str) -> bool {
    const BETWEEN: [char; 6] = [' ', '\u{3000}', ':', '：', '-', '\t'];
    text.trim().split_once(BETWEEN).is_some_and(|(group, name)| {
        grouping::is_surely_group(group) && words::is_likely_name(name.trim_matches(BETWEEN))
    })
}

/// Whether the words of a form may be somebody's name after all: 王主任 with a
/// number or a group, 单位 in 一组.
fn may_be_called_so(view: &View<impl Row>, name: &str) -> bool {
    let group = view.cell(Column::Group).text();
    let is_in_group = !group.trim().is_empty() && !words::is_likely_name(&group);
    let is_placed = view.is_numbered() && view.filled().count() > 1 || is_in_group;
    words::is_short_han(name)
        && (words::has_surname(name) && is_placed || grouping::is_surely_group(&group))
}

/// 王书记 among the names of a grid.
fn stands_among_names(view: &View<impl Row>, name: &str) -> bool {
    let others = (0..view.row.width().min(WIDEST)).filter(|at| !view.block.range().contains(at));
    words::is_short_han(name)
        && words::has_surname(name)
        && others.into_iter().any(|at| words::is_likely_name(&view.row.cell(at).text()))
}

/// `（必填）,（男/女）`: what to write, below the headings.
fn all_in_brackets(view: &View<impl Row>) -> bool {
    let is_hint = |at: usize| {
        let text = words::compact(&view.row.cell(at).text()).into_owned();
        text.starts_with('(') && text.ends_with(')')
    };
    view.filled().all(is_hint) && view.filled().nth(1).is_some()
}

/// The name of a group where a person's should be: a title with the number of its
/// people, its label or its village, or the names and groups under the headings of one
/// another.
fn group_for_name(view: &View<impl Row>, name: &str) -> Kind {
    let at = name_at(view);
    let is_of_title = |other: usize| {
        let text = view.row.cell(other).text();
        let text = words::compact(&text);
        let is_before = || grouping::is_place(&text) || grouping::is_group_label(&text);
        text.chars().all(numerals::is_numeral) || other < at && is_before()
    };
    // 二,二组 is a section with its number.
    let serial = view.cell(Column::Serial).text();
    let numbers_a_voter = view.is_numbered() && serial.contains(|c: char| c.is_ascii_digit());
    match !numbers_a_voter && view.filled().all(|other| other == at || is_of_title(other)) {
        true => Kind::Group(words::compact(name).into_owned()),
        false => Kind::Unclear(at),
    }
}

/// Whether the row is of headings, of this table or another.
fn is_heading(view: &View<impl Row>, name: &str) -> bool {
    let Some((column, _)) = columns::known(name) else { return false };
    if has_personal_data(view) {
        return false;
    }
    let known = || {
        let cells = view.filled().map(|at| view.row.cell(at).text());
        cells.filter_map(|text| Some(columns::known(&text)?.0))
    };
    column == Column::Name && (columns::is_certain(name) || !words::is_likely_name(name))
        || known().any(|column| column == Column::Name) && known().nth(1).is_some()
}

/// Whether the row has headings, one of which is of names, but not where names stand here.
/// 居民 alone is what somebody is.
fn names_columns(view: &View<impl Row>) -> bool {
    let texts: Vec<Cow<str>> = view.filled().map(|at| view.row.cell(at).text()).collect();
    let known = || texts.iter().filter_map(|text| Some(columns::known(text)?.0));
    known().any(|column| column == Column::Name)
        && (known().nth(1).is_some() || texts.iter().any(|text| columns::is_certain(text)))
}

/// `例：` before the name, in its cell or for it.
fn is_sample(view: &View<impl Row>) -> bool {
    const WORDS: [&str; 10] =
        ["例", "示例", "样例", "范例", "例子", "举例", "例如", "填写示例", "填写样例", "样本"];
    // 张三（示例）
    let behind = view.name();
    let behind =
        behind.trim_end().strip_suffix([')', '）']).and_then(|it| it.split_once(['(', '（']));
    if behind.is_some_and(|(_, said)| WORDS.contains(&said.trim())) {
        return true;
    }
    let first = view.filled().next().filter(|at| *at <= name_at(view));
    first.is_some_and(|at| {
        let text = words::compact(&view.row.cell(at).text()).into_owned();
        let word = text.split([':', '：']).next().unwrap_or_default();
        WORDS.contains(&word.trim_matches(['(', ')', '（', '）', '【', '】']))
    })
}

/// Whether the row is of headings, and none of them of a voter's name: a table of
/// figures, of proxies, of what was handed out.
fn heads_another_table(view: &View<impl Row>) -> bool {
    let (mut sure, mut all, mut sexes) = (0, 0, 0);
    for at in view.filled() {
        let text = view.row.cell(at).text();
        let text = words::compact(&text);
        all += 1;
        match () {
            () if matches!(&*text, "男" | "女") => sexes += 1,
            // 性别,男,女 is a table turned on its side.
            () if &*text == "性别" && sexes == 0 && view.filled().count() == 3 => return false,
            () if columns::heads_another_table(&text) => sure += 1,
            () => return false,
        }
    }
    sure >= 2 || sure == 1 && sexes == 2 && all > 2
}

/// Whether a name stands beside what only a person has: a sex, a day, a number.
pub(crate) fn is_surely_a_person(view: &View<impl Row>) -> bool {
    let name = view.name();
    words::may_be_name(&name)
        && !sums::is_total(&name)
        && !grouping::looks_like_group(&name)
        && has_personal_data(view)
}

fn has_personal_data(view: &View<impl Row>) -> bool {
    let is_day =
        |value: Value| matches!(values::birth(value, values::Epoch::default()), Ok(Some(_)));
    matches!(view.cell(Column::Sex).text().trim(), "男" | "女")
        || is_day(view.cell(Column::Birth))
        || matches!(values::id_number(view.cell(Column::IdNumber)), Ok(Some(_)))
}

/// `联系人,张三,电话,…`: a word where the sex should be.
fn has_word_for_sex(view: &View<impl Row>) -> bool {
    let sex = view.cell(Column::Sex).text();
    words::may_be_name(&sex) && Sex::parse(sex.trim()).is_none()
}

fn name_at(view: &View<impl Row>) -> usize {
    view.block.header.position(Column::Name).unwrap_or_default()
}

/// A row of which a cell that names or numbers says that it is a sum; unclear if
/// it may as well be of somebody who is called so.
fn as_sum(view: &View<impl Row>, name: &str, is_told: bool) -> Option<Kind> {
    if sums::is_label(name) {
        let at = name_at(view);
        // 总计,男,1,女,2.
        let is_total = |at: usize| sums::is_total(&view.row.cell(at).text());
        let mut others =
            view.filled().filter(|&other| other != at && (other > at || !is_total(other)));
        let is_count = |at: usize| sums::is_number(&view.row.cell(at).text());
        // 男,1,女,2.
        let is_label =
            |other: usize| is_count(at + 1) && sums::is_label(&view.row.cell(other).text());
        return (others.next().is_some_and(is_count)
            && others.all(|at| is_count(at) || is_label(at)))
        .then_some(Kind::Total);
    }
    if sums::is_total(name) {
        return match may_be_called_a_sum(view, name) {
            None => Some(Kind::Total),
            Some(false) => Some(Kind::Unclear(name_at(view))),
            Some(true) => None,
        };
    }
    // 张三 whose remark is 合计 is no sum, nor is anybody with an ID number.
    let is_person = |name: &str| {
        let is_known = view.has(Column::IdNumber) || view.has(Column::Birth);
        words::may_be_name(name) && (is_known || view.has(Column::Sex) && name.chars().count() > 1)
    };
    if is_told && is_person(name) {
        return None;
    }
    let labels = [Column::Serial, Column::Group, Column::Household];
    let first = view.filled().next().filter(|at| *at < name_at(view));
    let mut places =
        labels.into_iter().filter_map(|column| view.block.header.position(column)).chain(first);
    places.any(|at| sums::is_total(&view.row.cell(at).text())).then_some(Kind::Total)
}

/// Whether a word for a sum is somebody's name: 王小计 beside a sex is, and who knows
/// of 王合计 without a number, or of 总计 beside a sex; `None` if it is a sum.
fn may_be_called_a_sum(view: &View<impl Row>, name: &str) -> Option<bool> {
    const OF_FORMS: [char; 8] = ['本', '全', '该', '各', '每', '此', '上', '以'];
    let may_be = words::is_short_han(name)
        && grouping::group_of_sum(name).is_none()
        && !name.trim().starts_with(OF_FORMS);
    let counts = |at: &usize| {
        let is_other = [Column::Name, Column::Serial, Column::Group]
            .into_iter()
            .all(|column| view.block.header.position(column) != Some(*at));
        is_other && sums::counts(&view.row.cell(*at).text())
    };
    let has_counts = view.filled().any(|at| counts(&at));
    match (may_be, has_personal_data(view), sums::is_word(name)) {
        (true, true, true) => (!has_counts).then_some(false),
        (true, true, false) => Some(words::may_have_surname(name)),
        (true, false, false) if !has_counts => {
            let is_in_group = grouping::is_surely_group(&view.cell(Column::Group).text());
            (words::has_surname(name) || is_in_group).then_some(false)
        }
        _ => None,
    }
}

/// Whether a name such as 李联社, which a group may have too, stands in a table
/// that tells nothing of anybody.
fn could_be_person(view: &View<impl Row>, name: &str) -> bool {
    const TELLING: [Column; 4] = [Column::Sex, Column::IdNumber, Column::Birth, Column::Serial];
    let is_short = (6..=9).contains(&name.trim().len()) && !name.trim().ends_with('组');
    is_short && TELLING.into_iter().all(|column| !view.block.header.has(column))
}

/// The group that a row is the title of: a row with nothing else that counts.
fn title(view: &View<impl Row>, text: &str) -> Option<String> {
    if is_alone(view, text) { grouping::group_title(text) } else { title_in_two_cells(view) }
}

/// `组别：` in one cell, and in the next its number.
fn title_in_two_cells(view: &View<impl Row>) -> Option<String> {
    let mut filled = view.filled();
    let (label, said) = (filled.next()?, filled.next()?);
    let label = view.row.cell(label).text();
    let is_title = label.trim_end().ends_with([':', '：']) && filled.next().is_none();
    let whole = || format!("{}{}", label.trim(), view.row.cell(said).text().trim());
    is_title.then(whole).and_then(|whole| grouping::group_title(&whole))
}

/// Whether nothing stands in a row but a text, and what belongs to a title.
pub(crate) fn is_alone(view: &View<impl Row>, text: &str) -> bool {
    let mut others = view.filled().filter(|&at| view.row.cell(at).text().trim() != text.trim());
    others.all(|at| belongs_to_title(&view.row.cell(at).text()))
}

/// What may stand in other cells of a title: a leader and the number to call, a
/// number of people.
fn belongs_to_title(text: &str) -> bool {
    let text = words::compact(text);
    grouping::has_leader(&text)
        || words::has_any(&text, &["户数", "人数"])
        || sums::is_total(&text)
        || words::is_filled_in(&text)
        || is_telephone(&text)
        || text.starts_with('(') && text.ends_with("人)") && sums::counts(&text)
        || text.starts_with(['第', '共']) && text.ends_with('页')
}

fn is_telephone(text: &str) -> bool {
    text.len() > 6 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// `填表人：` in one cell, and who it is in the next.
fn is_signed(view: &View<impl Row>) -> bool {
    view.filled().take_while(|at| *at < name_at(view)).any(|at| {
        let text = view.row.cell(at).text();
        let is_number = text.trim().bytes().all(|byte| byte.is_ascii_digit());
        let is_group = view.block.header.position(Column::Group) == Some(at);
        let is_numbering = view.block.header.position(Column::Serial) == Some(at);
        !is_number && !is_group && (is_numbering && is_office(&text) || words::is_remark(&text))
    })
}

/// 经办人, 村主任, 会计, where a number should be.
pub(super) fn is_office(text: &str) -> bool {
    const ENDS: [char; 8] = ['人', '员', '长', '任', '记', '表', '核', '书'];
    let text = text.trim();
    (text.ends_with(ENDS) || text.ends_with("会计")) && text.chars().all(is_common_han)
}

/// `填表人：`, whatever stands behind the name.
fn begins_with_label(view: &View<impl Row>) -> bool {
    let first = view.filled().next().map(|at| view.row.cell(at).text());
    first.is_some_and(|first| first.trim().ends_with([':', '：']))
}

/// Whether a name stands right of its column, with a sex or a group behind it: the row was
/// shifted, `,范月芳,女,1993年5月9日,二组`.
fn is_shifted(view: &View<impl Row>) -> bool {
    let Some(own) = view.block.header.position(Column::Name) else { return false };
    let text = |at: usize| view.row.cell(at).text().trim().to_owned();
    let width = view.row.width().min(WIDEST);
    let is_of_a_form = || (0..width).any(|at| text(at).contains([':', '：']));
    let tells = |text: String| matches!(&*text, "男" | "女") || grouping::is_surely_group(&text);
    // Of men and women beside each other one column may be empty.
    view.block.sex.is_none()
        && own + 1 < width
        && words::is_possible_name(&text(own + 1))
        && (own + 2..width).map(text).any(tells)
        && !is_of_a_form()
}

fn without_name(view: &View<impl Row>) -> Kind {
    const SHORTEST_LINE: usize = 5;
    let mut filled = view.filled();
    let Some(first) = filled.next() else { return Kind::Empty };
    let rest = filled.next();
    let text = view.row.cell(first).text();
    let is_sum = |at: usize| sums::is_total(&view.row.cell(at).text());
    if view.is_group_of_others() {
        return Kind::Empty;
    }
    if let Some(group) = labelled_group(view) {
        return Kind::Group(group);
    }
    if let Some(kind) = as_pairs(view) {
        return kind;
    }
    if !is_sum(first)
        && !view.is_numbered()
        && let Some(group) = title(view, &text)
    {
        return Kind::Group(group);
    }
    if is_sum(first) || rest.is_some_and(is_sum) {
        return Kind::Total;
    }
    if names_columns(view) {
        return Kind::Heading;
    }
    if heads_another_table(view) {
        return Kind::Elsewhere;
    }
    // Whatever else is said of him, 群众 or 居民; a day alone, or beside 填表人：, is that of
    // a signature.
    let is_of_the_form = |at: usize| view.row.cell(at).text().contains([':', '：']);
    if rest.is_some() && !view.filled().any(is_of_the_form) && has_personal_data(view) {
        return Kind::Nameless;
    }
    if is_shifted(view) {
        return Kind::Nameless;
    }
    let is_remark = |at: usize| words::is_remark(&view.row.cell(at).text());
    if view.filled().any(is_remark) {
        return Kind::Remark;
    }
    if view.filled().all(|at| is_prepared(at, view)) {
        // 李四已故, in the last column below the list; 该户已搬走 in that of groups.
        let tells = |at: usize| {
            let text = view.row.cell(at).text();
            notes::speaks_of_somebody(&text)
                || !grouping::looks_like_group(&text) && leaving::tells_of_leaving(&text)
        };
        // 核对发现遗漏3户, in the column of the numbers of households
        let is_line = |text: &str| {
            text.chars().filter(|c| is_common_han(*c)).nth(SHORTEST_LINE).is_some()
                && !grouping::looks_like_group(text)
                && !grouping::is_place(text)
        };
        let speaks = rest.is_none() && (tells(first) || is_line(&text));
        return if speaks { Kind::Remark } else { Kind::Empty };
    }
    if view.is_told() {
        return Kind::Nameless;
    }
    let data = |at: &usize| !is_prepared(*at, view);
    match view.filled().filter(data).count() {
        0 => Kind::Empty,
        1 if view.is_placed() && view.filled().filter(data).all(|at| names_somebody(view, at)) => {
            Kind::Nameless
        }
        1 => Kind::Remark,
        _ => Kind::Unclear(first),
    }
}

/// Whether another name stands there, such as a former one.
fn names_somebody(view: &View<impl Row>, at: usize) -> bool {
    words::is_likely_name(&view.row.cell(at).text())
}

/// Whether a cell may be filled in rows that wait for a voter.
fn is_prepared(at: usize, view: &View<impl Row>) -> bool {
    let stands = |column| view.block.header.position(column) == Some(at);
    let text = view.row.cell(at).text();
    let waits = [Column::Group, Column::Household, Column::Category, Column::Relation, Column::Sex]
        .into_iter()
        .any(stands);
    let says_nothing = values::says_nothing(text.trim());
    let is_number = || words::compact(&text).chars().all(|c| c.is_ascii_digit());
    let only_sex = stands(Column::Sex);
    says_nothing || waits && !only_sex || stands(Column::Serial) && is_number()
}

/// Whether the row only numbers the columns: 1, 2, 3 …, or 甲, 乙, 1, 2 …, or the digits
/// of a number that has a cell for each.
pub(crate) fn numbers_columns(row: &impl Row) -> bool {
    const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
    let stem = |text: &str| STEMS.split_once(text).map_or(0, |(before, _)| before.len() / 3 + 1);
    let mut last = 0;
    let mut count = 0;
    for at in 0..row.width().min(WIDEST) {
        let text = row.cell(at).text();
        let text = text.trim().trim_matches(['(', ')', '（', '）']);
        if text.is_empty() {
            continue;
        }
        if stem(text) == count + 1 {
            count += 1;
            continue;
        }
        match numerals::circled(text).or_else(|| numerals::value_of(text)) {
            Some(number) if number == last + 1 => last = number,
            _ => return false,
        }
        count += 1;
    }
    count > 2
}

#[cfg(test)]
mod tests {
    use super::super::layout::Layout;
    use super::*;
    use crate::election::roll::source::{Stored, StoredRow};

    /// What a row is under its headings, both with commas.
    fn kind(headings: &str, row: &str) -> Kind {
        let texts: Vec<String> = headings.split(',').map(Into::into).collect();
        let layout = Layout::find(&texts, &[]).expect("a layout");
        let mut stored = StoredRow::default();
        for (at, text) in row.split(',').enumerate() {
            stored.put(at, Stored::Text(text.into()));
        }
        classify(&View { row: &stored, block: &layout.blocks[0] })
    }

    #[test]
    fn tells_voters_from_everything_else() {
        let told = || Kind::Voter(Certainty::Told);
        let group = |name: &str| Kind::Group(name.into());
        for (row, expected) in [
            ("1,张三,男,", told()),
            (",张三,男,", told()),
            ("1,张三,,", Kind::Voter(Certainty::Placed)),
            (",张三,,", Kind::Voter(Certainty::Bare)),
            ("小计,1人,,", Kind::Total),
            (",合 计,12,", Kind::Total),
            ("合计,,14,", Kind::Total),
            ("合计：男5人 女7人,,,", Kind::Total),
            ("一组,,,", group("一组")),
            (",二组（1人）,,", group("二组")),
            ("第三村民小组 组长：王某,,,", group("第三村民小组")),
            ("第三村民小组,组长：王某,,", group("第三村民小组")),
            (",一组,组长：王某,", group("一组")),
            ("序号,性别,姓名,备注", Kind::Heading),
            ("序号,姓名,性别,备注", Kind::Heading),
            (",以下空白,,", Kind::Nobody),
            ("7,空户,,", Kind::Nobody),
            ("7,暂缺,,", Kind::Nobody),
            (",外出人员,,", Kind::Remark),
            ("填表人：,邹某,,", Kind::Remark),
            ("填表人,邹某,,", Kind::Remark),
            ("奇美社区选民登记表,,,", Kind::Remark),
            ("组长：张三,,,", Kind::Remark),
            ("承前页,,12人,", Kind::Total),
            (",,,", Kind::Empty),
            ("8,,,", Kind::Empty),
            (",（一组完）,,", Kind::Remark),
            (",一组核对无误,,", Kind::Remark),
            (",一组王小明,,", Kind::Voter(Certainty::Bare)),
            (",男,1,女", Kind::Total),
            ("1,男,女,", told()),
            (",Total,9,", Kind::Total),
            (",,男,", Kind::Nameless),
            (",同上,男,", Kind::Unclear(1)),
            (",性别,男,", Kind::Unclear(1)),
            (",无,男,", Kind::Unclear(1)),
            (",嫁出去的女儿们住在别处,,", Kind::Unclear(1)),
            ("7,三组,男,", Kind::Unclear(1)),
            (",三组,2,", group("三组")),
            ("白云村,一组,,", group("一组")),
            ("小组,一组,,", group("一组")),
            ("组别：,1,,", group("1组")),
            ("（一）第三组,,,", group("第三组")),
            (",合群,男,", told()),
        ] {
            assert_eq!(kind("序号,姓名,性别,备注", row), expected, "{row}");
        }
    }

    #[test]
    fn puts_characters_together() {
        let headings: Vec<String> = "姓名,,,身份证号,,,性别".split(',').map(Into::into).collect();
        let layout = Layout::find(&headings, &[]).expect("a layout");
        let mut row = StoredRow::default();
        for (at, text) in ["张", "三", "", "1", "2", "3", "男"].into_iter().enumerate() {
            row.put(at, Stored::Text(text.into()));
        }
        let view = View { row: &row, block: &layout.blocks[0] };
        assert_eq!(
            (view.text(Column::Name), view.text(Column::IdNumber)),
            ("张三".into(), "123".into())
        );
    }

    #[test]
    fn reads_the_head_of_a_household_in_a_column_of_his_own() {
        let texts: Vec<String> =
            "户主姓名,与户主关系,家庭成员姓名,性别".split(',').map(Into::into).collect();
        let layout = Layout::find(&texts, &[]).expect("a layout");
        let mut row = StoredRow::default();
        for (at, text) in ["张三", "户主", "", "男"].into_iter().enumerate() {
            row.put(at, Stored::Text(text.into()));
        }
        let view = View { row: &row, block: &layout.blocks[0] };
        assert_eq!(view.name(), "张三");
        assert_eq!(classify(&view), Kind::Voter(Certainty::Told));
    }
}
