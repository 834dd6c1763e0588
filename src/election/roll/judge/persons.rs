//! 不重: who may be on the roll twice.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::{CHECK_CARD, Judge};
use crate::diagnostic::{Diagnostic, Severity};
use crate::election::date::PartialDate;
use crate::election::identity::IdNumber;
use crate::election::roll::cell::apart::may_list_again;
use crate::election::roll::cell::shown::quote;
use crate::election::roll::cell::simplified::simplified;
use crate::election::roll::{Column, GroupId, RowRef, Sheet, Voter, VoterRoll};
use crate::privacy::Personal;

/// Where somebody stands who is on the roll again.
const FIRST: &str = "先写在这里";

/// With how many namesakes of the group a voter is compared one by one; more
/// without date of birth are no roll of a real place.
const COMPARED: usize = 8;

/// How many people of a sheet must be on others before it is asked about.
const FEWEST_AGAIN: usize = 3;

/// In what way a voter may be on the roll before, and where.
enum Again {
    InGroup(usize),
    Unclear(usize),
    Elsewhere(usize),
    /// In the same household.
    InHousehold(usize),
    /// In the same group, born on days that differ in one place.
    Near(usize),
    /// In another group, of one sex and one month of birth or age.
    Alike(usize),
    /// In another group, and nothing tells them apart.
    Bare(usize),
}

/// Whether two of one group and sex, whose numbers nobody knows, were born in one year,
/// on days that differ in month or day.
fn births_are_near(one: &Voter, other: &Voter) -> bool {
    let days = one.birth.and_then(PartialDate::exact).zip(other.birth.and_then(PartialDate::exact));
    (one.group, one.sex) == (other.group, other.sex)
        && one.id_number.is_none()
        && other.id_number.is_none()
        && days.is_some_and(|(one, other)| {
            one.year() == other.year()
                && (one.month() == other.month() || one.day() == other.day())
                && one != other
        })
}

/// 王晓红 and 王小红: of one surname, and all but one character of the rest alike.
fn differ_in_one_character(one: &Voter, other: &Voter) -> bool {
    let (mut one, mut other) = (one.name.as_str().chars(), other.name.as_str().chars());
    if one.next() != other.next() {
        return false;
    }
    let mut differing = 0;
    loop {
        match (one.next(), other.next()) {
            (None, None) => return differing == 1,
            (Some(one), Some(other)) => differing += usize::from(one != other),
            _ => return false,
        }
    }
}

/// Whether two of one sex were born in the same month, or are of the same age.
fn are_of_one_age(one: &Voter, other: &Voter) -> bool {
    // Of one day they were asked about before.
    let is_month = |birth: &PartialDate| birth.month().is_some() && birth.exact().is_none();
    let month = |voter: &Voter| voter.birth.filter(is_month);
    let births = month(one).zip(month(other));
    let ages = || one.age.zip(other.age).filter(|_| one.birth.or(other.birth).is_none());
    one.sex.is_some()
        && one.sex == other.sex
        && (births.is_some_and(|(one, other)| one == other)
            || ages().is_some_and(|(one, other)| one == other))
}

impl<'j> Judge<'j> {
    /// Somebody under the name he had before, and under his own.
    pub(super) fn under_former_names(&mut self) {
        let roll = self.roll;
        if roll.former_names.is_empty() {
            return;
        }
        let by_row: HashMap<RowRef, &Voter> =
            roll.voters.iter().map(|voter| (voter.row, voter)).collect();
        let mut by_name: HashMap<Cow<str>, Vec<&Voter>> = HashMap::new();
        for voter in &roll.voters {
            by_name.entry(voter.name.key()).or_default().push(voter);
        }
        let may_be_one = |one: &Voter, other: &Voter| {
            let births = one.birth.zip(other.birth);
            one.row != other.row && births.is_some_and(|(one, other)| one.may_be(other))
        };
        for (row, name) in &roll.former_names {
            let Some(voter) = by_row.get(row) else { continue };
            let others = by_name.get(name.as_str()).map_or(&[][..], Vec::as_slice);
            if let Some(other) = others.iter().find(|other| may_be_one(voter, other)) {
                let said = "出生日期相同，那里的姓名是这里的曾用名：是不是登记了两次？";
                let help = "是同一个人就删去一行；确是两人，在待核对清单里答“无误”";
                self.ask_about_pair("roll-namesake", (voter, other), said, help);
            }
        }
    }

    pub(super) fn same_id_numbers(&mut self) {
        let mut met: HashMap<&IdNumber, &Voter> = HashMap::new();
        for voter in &self.roll.voters {
            let Some(id) = voter.id_number.as_ref().map(Personal::expose) else { continue };
            match met.entry(id) {
                Entry::Vacant(place) => {
                    place.insert(voter);
                }
                Entry::Occupied(first) => self.same_id_number(voter, first.get()),
            }
        }
    }

    fn same_id_number(&mut self, voter: &Voter, first: &Voter) {
        let (who, there) = (quote(voter.name.as_str()), self.roll.row_name(first.row, voter.row));
        let (message, help) = if voter.name.key() == first.name.key() {
            (format!("{who}登记了两次：身份证号与{there}相同"), "删去其中一行")
        } else {
            let other = quote(first.name.as_str());
            (format!("{who}的身份证号与{there}的{other}相同"), CHECK_CARD)
        };
        let at = (voter.row, Column::IdNumber);
        self.against_id(at, first.row, "roll-same-id", message, help);
    }

    /// Finds who may be on the roll twice, by name, birth and group.
    pub(super) fn same_persons(&mut self, clusters: &[Vec<usize>]) {
        let mut again: Vec<(usize, Again)> = Vec::new();
        for namesakes in clusters {
            self.same_persons_among(namesakes, &mut again);
        }
        again.sort_by_key(|(at, _)| *at);
        let voters = &self.roll.voters;
        let mut bare = Vec::new();
        for (at, again) in again {
            let settled = |row| self.roll.is_settled(row, "roll-duplicate", Severity::Error);
            let first = match again {
                Again::InGroup(first)
                | Again::Unclear(first)
                | Again::Elsewhere(first)
                | Again::InHousehold(first)
                | Again::Near(first)
                | Again::Alike(first)
                | Again::Bare(first) => first,
            };
            if settled(voters[at].row) || settled(voters[first].row) {
                continue;
            }
            match again {
                Again::InGroup(first) => self.twin(&voters[at], &voters[first]),
                Again::Unclear(first) => self.unclear(&voters[at], &voters[first]),
                Again::Elsewhere(first) => self.twin_elsewhere(&voters[at], &voters[first]),
                Again::InHousehold(first) => self.two_of_one_household(&voters[at], &voters[first]),
                Again::Near(first) => self.near(&voters[at], &voters[first]),
                Again::Alike(first) => self.alike_elsewhere(&voters[at], &voters[first]),
                Again::Bare(first) => bare.push((&voters[at], &voters[first])),
            }
        }
        self.note_bare(&bare);
    }

    /// Those of one name in two groups whom nothing tells apart may be one, and mostly are
    /// two: they are told at once.
    fn note_bare(&mut self, pairs: &[(&Voter, &Voter)]) {
        const TOLD: usize = 60;
        let Some((first, _)) = pairs.first() else { return };
        let in_words = |(voter, other): &(&Voter, &Voter)| {
            let rows = (self.roll.row_name(other.row, voter.row), voter.row.row);
            format!("{}（{}、第 {} 行）", quote(voter.name.as_str()), rows.0, rows.1)
        };
        let told: Vec<String> = pairs.iter().take(TOLD).map(in_words).collect();
        let rest = match pairs.len() {
            all if all > TOLD => format!("等 {all} 处"),
            _ => String::new(),
        };
        let message = format!(
            "不同小组里有同名的人，名册上没有写全出生日期和身份证号，看不出是不是同一个人：{}{rest}",
            told.join("、")
        );
        let place = self.roll.row_place(first.row);
        self.findings.add(self.roll, "roll-namesake", |code| {
            let help = "逐个核对，是同一个人的只留一行；最好补上身份证号";
            Diagnostic::note(code, message).at(place).help(help)
        });
    }

    /// 陳國樑 and 陈国梁 of whom nothing shows that they are two.
    pub(super) fn same_in_other_characters(&mut self) {
        let mut traditional: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, voter) in self.roll.voters.iter().enumerate() {
            if let Cow::Owned(simple) = simplified(&voter.name.key()) {
                traditional.entry(simple).or_default().push(at);
            }
        }
        if traditional.is_empty() {
            return;
        }
        for (at, voter) in self.roll.voters.iter().enumerate() {
            let same = traditional.get(&*voter.name.key()).into_iter().flatten();
            let same: Vec<usize> =
                same.copied().take(COMPARED).filter(|&other| self.may_be_same(other, at)).collect();
            for other in same {
                self.ask_about_characters(voter, &self.roll.voters[other]);
            }
        }
    }

    fn ask_about_characters(&mut self, simple: &'j Voter, traditional: &'j Voter) {
        if self.roll.is_settled(simple.row, "roll-namesake", Severity::Warning) {
            return;
        }
        let other = quote(simple.name.as_str());
        let said = format!("的{other}只是繁体字和简体字不同，是同一个人吗？");
        let help = "是同一个人就删去一行；不是就写上各自的身份证号";
        self.ask_about_pair("roll-namesake", (traditional, simple), &said, help);
    }

    /// Asks about one of two: what is `said` of him and the other.
    pub(super) fn ask_about_pair(
        &mut self,
        code: &'static str,
        (voter, first): (&Voter, &Voter),
        said: &str,
        help: &str,
    ) {
        let roll = self.roll;
        self.findings.add(roll, code, |code| {
            let there = roll.row_name(first.row, voter.row);
            let message = format!("{}与{there}{said}", quote(voter.name.as_str()));
            Diagnostic::warning(code, message)
                .at(roll.row_place(voter.row))
                .also(roll.row_place(first.row), FIRST)
                .help(help)
        });
    }

    fn same_persons_among(&self, namesakes: &[usize], again: &mut Vec<(usize, Again)>) {
        let mut born: HashMap<PartialDate, usize> = HashMap::new();
        let mut born_in_group: HashMap<(Option<GroupId>, PartialDate), usize> = HashMap::new();
        let mut in_group: HashMap<Option<GroupId>, Vec<usize>> = HashMap::new();
        let mut before: Vec<usize> = Vec::new();
        for &at in namesakes {
            let voter = &self.roll.voters[at];
            let exact = voter.birth.filter(|birth| birth.exact().is_some());
            let twin =
                exact.and_then(|birth| earlier(&mut born_in_group, (voter.group, birth), at));
            let abroad = exact.and_then(|birth| earlier(&mut born, birth, at));
            let others = in_group.entry(voter.group).or_default();
            let unclear = others.iter().copied().find(|&other| self.may_be_same(other, at));
            if others.len() < COMPARED {
                others.push(at);
            }
            let is_near = |other: &usize| births_are_near(&self.roll.voters[*other], voter);
            let near = before.iter().copied().find(is_near);
            let found = twin.map(Again::InGroup).or(unclear.map(Again::Unclear));
            let found = found.or(near.map(Again::Near));
            let found = found.or(abroad.map(Again::Elsewhere));
            let found = found.or_else(|| self.of_one_household(namesakes, at));
            let may_be = |other: &usize| self.may_be_same(*other, at);
            let is_alike = |other: &usize| are_of_one_age(voter, &self.roll.voters[*other]);
            let alike = || before.iter().copied().find(|other| is_alike(other) && may_be(other));
            let found = found.or_else(|| alike().map(Again::Alike));
            let bare = || before.iter().copied().find(may_be);
            let found = found.or_else(|| bare().map(Again::Bare));
            again.extend(found.map(|found| (at, found)));
            if before.len() < COMPARED {
                before.push(at);
            }
        }
    }

    /// Whether nothing on the roll tells two namesakes apart.
    fn may_be_same(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.roll.voters[one], &self.roll.voters[other]);
        let apart = |birth: PartialDate, other: PartialDate| {
            birth.latest() < other.earliest() || other.latest() < birth.earliest()
        };
        let births_differ =
            one.birth.zip(other.birth).is_some_and(|(birth, other)| apart(birth, other));
        let sexes_differ = one.sex.zip(other.sex).is_some_and(|(sex, other)| sex != other);
        let ages_differ =
            one.age.zip(other.age).is_some_and(|(age, other)| age.abs_diff(other) > 1);
        !births_differ
            && !sexes_differ
            && !ages_differ
            && !ids_differ(one, other)
            && !ids_agree(one, other)
    }

    fn twin(&mut self, voter: &'j Voter, first: &'j Voter) {
        if ids_differ(voter, first) {
            let said = "的姓名、小组、出生日期都相同，只有身份证号不同";
            self.ask_about_pair("roll-same-person", (voter, first), said, "核对是否确为两个人");
        } else if !ids_agree(voter, first) {
            let roll = self.roll;
            self.findings.add(roll, "roll-duplicate", |code| {
                let who = quote(voter.name.as_str());
                let there = roll.row_name(first.row, voter.row);
                let message = format!("{who}登记了两次：姓名、小组、出生日期与{there}相同");
                Diagnostic::error(code, message)
                    .at(roll.row_place(voter.row))
                    .also(roll.row_place(first.row), FIRST)
                    .help("删去其中一行；如果确是两个人，写上各自的身份证号")
            });
        }
    }

    fn unclear(&mut self, voter: &'j Voter, first: &'j Voter) {
        let said = "同组同名，名册上没有能区分两人的内容，是同一个人吗？";
        let help = "是同一个人就删去一行；不是就写上各自的出生日期或身份证号";
        self.ask_about_pair("roll-namesake", (voter, first), said, help);
    }

    /// A wife who bears the name of her husband: it was copied.
    fn of_one_household(&self, namesakes: &[usize], at: usize) -> Option<Again> {
        const LARGEST: usize = 12;
        let voters = &self.roll.voters;
        // The number of a household often stands in its first row only.
        let household = |at: usize| {
            let first = at.saturating_sub(LARGEST);
            voters[first..=at].iter().rev().find_map(|voter| voter.household)
        };
        let is_next = |other: usize| {
            let (one, other_voter) = (&voters[at], &voters[other]);
            household(at).is_some()
                && household(other) == household(at)
                && one.group == other_voter.group
                && (one.row.sheet, one.row.block) == (other_voter.row.sheet, other_voter.row.block)
        };
        let near = namesakes
            .iter()
            .copied()
            .filter(|other| (at.saturating_sub(LARGEST)..at).contains(other));
        near.into_iter().find(|&other| is_next(other)).map(Again::InHousehold)
    }

    fn two_of_one_household(&mut self, voter: &'j Voter, first: &'j Voter) {
        let said = "的同一户、同一个姓名：是不是抄写时抄成了一个人？";
        let help = "抄错的，改正姓名；确是两个人的，在待核对清单里答“确是两人”";
        self.ask_about_pair("roll-namesake", (voter, first), said, help);
    }

    fn twin_elsewhere(&mut self, voter: &'j Voter, first: &'j Voter) {
        if ids_agree(voter, first) {
            return;
        }
        let differ = if ids_differ(voter, first) { "小组和身份证号" } else { "小组" };
        let said = format!("的姓名、出生日期相同，{differ}不同，是同一个人吗？");
        let pair = (voter, first);
        self.ask_about_pair("roll-same-person-elsewhere", pair, &said, "是同一个人就只留一行");
    }

    fn near(&mut self, voter: &'j Voter, first: &'j Voter) {
        let said = "同组、同名、同性别，出生日期只差一处：是不是登记了两次？";
        let help = "是同一个人就删去一行；不是的，写上各自的身份证号，或在待核对清单里答“确是两人”";
        self.ask_about_pair("roll-namesake", (voter, first), said, help);
    }

    fn alike_elsewhere(&mut self, voter: &'j Voter, first: &'j Voter) {
        let written = if voter.birth.is_some() { "出生年月" } else { "年龄" };
        let said = format!("的姓名、性别、{written}相同，小组不同，是同一个人吗？");
        let help = "是同一个人就只留一行；不是就写上各自的身份证号，或在待核对清单里答“确是两人”";
        self.ask_about_pair("roll-same-person-elsewhere", (voter, first), &said, help);
    }

    /// 王晓红 and 王小红 of one group, sex and day of birth, far from one another: twins
    /// stand side by side.
    pub(super) fn alike_but_for_a_character(&mut self) {
        const NEAR: u32 = 1;
        /// On no day were more born: somebody wrote the same for all.
        const OF_A_DAY: usize = 64;
        let roll = self.roll;
        let born = |voter: &Voter| {
            let day = voter.birth.filter(|_| voter.id_number.is_none())?.exact()?;
            Some(
                (i32::from(day.year()) * 100 + i32::from(day.month())) * 100 + i32::from(day.day()),
            )
        };
        let voters = roll.voters.iter().enumerate();
        let mut by_birth: Vec<(i32, usize)> =
            voters.filter_map(|(at, voter)| Some((born(voter)?, at))).collect();
        by_birth.sort_unstable();
        let is_far = |one: &Voter, other: &Voter| {
            one.row.sheet != other.row.sheet || one.row.row.abs_diff(other.row.row) > NEAR
        };
        let may_be = |one: &Voter, other: &Voter| {
            (one.group, one.sex) == (other.group, other.sex) && differ_in_one_character(one, other)
        };
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        let days = by_birth.chunk_by(|(one, _), (other, _)| one == other);
        for same in days.filter(|same| same.len() <= OF_A_DAY) {
            for (at, &(_, one)) in same.iter().enumerate() {
                let voter = &roll.voters[one];
                let mut before = same[..at].iter().map(|(_, other)| *other);
                let like = before.find(|&it| may_be(&roll.voters[it], voter));
                let like = like.filter(|&it| is_far(&roll.voters[it], voter));
                pairs.extend(like.map(|other| (one, other)));
            }
        }
        pairs.sort_unstable();
        for (one, other) in pairs {
            self.ask_about_a_character(&roll.voters[one], &roll.voters[other]);
        }
    }

    fn ask_about_a_character(&mut self, voter: &'j Voter, other: &'j Voter) {
        let name = quote(other.name.as_str());
        let said = format!("的{name}同组、同性别、同一天生，姓名只差一个字：是同一个人吗？");
        let help = "是同一个人就删去一行；不是的，在待核对清单里答“确是两人”";
        self.ask_about_pair("roll-namesake", (voter, other), &said, help);
    }

    /// One name in two rows that follow each other, of a man and a woman, or of two
    /// births: it was filled down, where the list is not sorted by names.
    pub(super) fn names_filled_down(&mut self) {
        const FEWEST: usize = 6;
        let roll = self.roll;
        let is_next = |pair: &&[Voter]| {
            let [first, voter] = pair else { return false };
            first.name.as_str() == voter.name.as_str()
                && (first.row.sheet, first.row.row + 1) == (voter.row.sheet, voter.row.row)
                && first.group == voter.group
        };
        let is_another = |pair: &&[Voter]| {
            let births = pair[0].birth.zip(pair[1].birth);
            let sexes = pair[0].sex.zip(pair[1].sex);
            births.is_some_and(|(one, other)| !one.may_be(other))
                || sexes.is_some_and(|(one, other)| one != other)
        };
        let pairs = || roll.voters.windows(2);
        let doubtful: Vec<&[Voter]> = pairs().filter(is_next).filter(is_another).collect();
        if doubtful.is_empty() || roll.len() < FEWEST {
            return;
        }
        let surname = |voter: &Voter| voter.name.as_str().chars().next();
        let same = pairs().filter(|pair| surname(&pair[0]) == surname(&pair[1])).count();
        if same * 4 > roll.len() * 3 {
            return;
        }
        for pair in doubtful {
            let (first, voter) = (&pair[0], &pair[1]);
            let said = "同名，性别或出生日期却是两个人的：是不是拖动填充时抄成了一样的姓名？";
            let help = "抄错的，改正姓名；确是两人的，在待核对清单里答“确是两人”";
            self.ask_about_pair("roll-namesake", (voter, first), said, help);
        }
    }

    /// Asks about a sheet whose people may all be those of other sheets: an
    /// older list, a copy, or a summary, which would count them twice.
    pub(super) fn same_sheets(&mut self, clusters: &[Vec<usize>]) {
        let mut people = vec![0_usize; self.roll.sheets.len()];
        let mut elsewhere = people.clone();
        for voter in &self.roll.voters {
            people[usize::from(voter.row.sheet)] += 1;
        }
        if people.iter().filter(|&&count| count > 0).count() < 2 {
            return;
        }
        for namesakes in clusters {
            for at in self.may_be_on_other_sheets(namesakes) {
                elsewhere[usize::from(self.roll.voters[at].row.sheet)] += 1;
            }
        }
        let are_all_names = self.roll.sheets.iter().all(tells_names_only);
        for (sheet, (people, elsewhere)) in
            self.roll.sheets.iter().zip(people.into_iter().zip(elsewhere))
        {
            // 党员, 流动票箱: names of people who are on the roll, and nothing to know them by.
            let is_of_names =
                people > 0 && elsewhere == people && !are_all_names && tells_names_only(sheet);
            let name = sheet.name.as_deref().unwrap_or_default();
            let is_of_others = elsewhere > 0 && elsewhere * 2 >= people && may_list_again(name);
            let is_again = people >= FEWEST_AGAIN && elsewhere * 5 >= people * 4;
            if !is_of_names && !is_of_others && !is_again {
                continue;
            }
            let name = quote(name);
            self.findings.add(self.roll, "roll-sheet-again", |code| {
                let message =
                    format!("工作表{name}的 {people} 人中，有 {elsewhere} 人像是也在别的工作表上");
                Diagnostic::warning(code, message).in_file(&self.roll.path).help(
                    "是旧名册、备份、汇总或另作别用的（党员、外出人员等），删去或隐藏这张工作表，\
                     不然人数算了两遍；确是另外的人，写上出生日期",
                )
            });
        }
    }

    /// Those of some namesakes whom nothing tells apart from one on another sheet.
    fn may_be_on_other_sheets(&self, namesakes: &[usize]) -> Vec<usize> {
        let sheet = |at: usize| self.roll.voters[at].row.sheet;
        let mut compared: HashMap<u16, usize> = HashMap::new();
        let some: Vec<usize> = namesakes
            .iter()
            .copied()
            .filter(|&at| {
                let count = compared.entry(sheet(at)).or_default();
                *count += 1;
                *count <= COMPARED
            })
            .collect();
        let is_elsewhere = |at: usize| {
            let others = some.iter().copied().filter(|&other| sheet(other) != sheet(at));
            others.take(COMPARED).any(|other| self.may_be_same(other, at))
        };
        namesakes.iter().copied().filter(|&at| is_elsewhere(at)).collect()
    }
}

/// Whether the tables of a sheet have no column by which people of one name are told apart.
fn tells_names_only(sheet: &Sheet) -> bool {
    const TELLING: [Column; 5] =
        [Column::Sex, Column::Birth, Column::BirthYear, Column::Age, Column::IdNumber];
    sheet.blocks.iter().all(|block| TELLING.iter().all(|column| !block.header.has(*column)))
}

/// The voters of each name that several have.
pub(crate) fn same_names(roll: &VoterRoll) -> Vec<Vec<usize>> {
    enum Met {
        Once(usize),
        Again(usize),
    }
    let mut met = HashMap::with_capacity(roll.len());
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    for (at, voter) in roll.voters.iter().enumerate() {
        match met.entry(voter.name.key()) {
            Entry::Vacant(place) => {
                place.insert(Met::Once(at));
            }
            Entry::Occupied(mut place) => match *place.get() {
                Met::Once(first) => {
                    place.insert(Met::Again(clusters.len()));
                    clusters.push(vec![first, at]);
                }
                Met::Again(cluster) => clusters[cluster].push(at),
            },
        }
    }
    clusters
}

/// The first that was met under a key, if this is not the first.
fn earlier<K: std::hash::Hash + Eq>(
    met: &mut HashMap<K, usize>,
    key: K,
    at: usize,
) -> Option<usize> {
    match met.entry(key) {
        Entry::Occupied(first) => Some(*first.get()),
        Entry::Vacant(place) => {
            place.insert(at);
            None
        }
    }
}

fn ids_differ(one: &Voter, other: &Voter) -> bool {
    one.id_number.is_some() && other.id_number.is_some() && one.id_number != other.id_number
}

fn ids_agree(one: &Voter, other: &Voter) -> bool {
    one.id_number.is_some() && one.id_number == other.id_number
}
