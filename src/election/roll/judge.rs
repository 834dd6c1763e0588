//! 不重、不漏、不错: what a roll must satisfy as a whole.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::astray::{Than, astray};
use super::findings::{Findings, quote};
use super::grouping::{
    are_alike, group_key, is_no_group, is_slip_of_group, is_surely_group, names_several,
    without_kind,
};
use super::names::{
    group_carries_personal, is_form_of_address, is_surely_form_of_address, name_flaws,
};
use super::simplified::simplified;
use super::words::{is_likely_name, year_in};
use super::{Column, GroupId, Label as _, RowRef, Voter, VoterRoll, label_key};
use crate::diagnostic::{Diagnostic, Place, Report, Severity};
use crate::election::date::{PartialDate, age_on};
use crate::election::identity::IdNumber;
use crate::privacy::Personal;

/// What the roll is judged by.
#[derive(Clone, Debug, Default)]
pub struct RollFacts {
    pub election_day: Option<Date>,
    /// Whether that is only today, for want of anything better.
    pub is_day_assumed: bool,
    /// The groups of the community; if there are none, groups are not judged.
    pub groups: Vec<DeclaredGroup>,
    /// The number of voters that the election states.
    pub total: Option<Declared>,
    pub voting_age: Option<VotingAge>,
}

/// A group as the election describes it.
#[derive(Clone, Debug)]
pub struct DeclaredGroup {
    pub name: String,
    pub voters: Option<Declared>,
}

/// A number, and where it is stated.
#[derive(Clone, Debug)]
pub struct Declared {
    pub count: usize,
    pub place: Option<Place>,
}

/// The age of majority for voters, and the article that sets it.
#[derive(Clone, Debug)]
pub struct VotingAge {
    pub years: i16,
    pub basis: String,
}

/// Nobody has lived longer, to the credit of registers.
const OLDEST: i16 = 120;

/// From which age it is asked about.
const OLD: i16 = 110;

/// Judges the roll; what is wrong goes to `report` with its cell.
pub fn judge(roll: &VoterRoll, facts: &RollFacts, report: &mut Report) {
    let mut judge = Judge { roll, facts, findings: Findings::new(roll.listed) };
    for voter in &roll.voters {
        judge.name(voter);
        judge.id_number(voter);
        judge.age(voter);
    }
    judge.same_id_numbers();
    let namesakes = same_names(roll);
    judge.same_persons(&namesakes);
    judge.same_in_other_characters();
    judge.same_sheets(&namesakes);
    judge.groups();
    judge.group_names();
    judge.total();
    judge.findings.flush(report);
}

struct Judge<'j> {
    roll: &'j VoterRoll,
    facts: &'j RollFacts,
    findings: Findings,
}

impl<'j> Judge<'j> {
    fn name(&mut self, voter: &Voter) {
        for flaw in name_flaws(voter.name.as_written()) {
            let place = || self.roll.place(voter.row, Column::Name);
            if self.roll.is_settled(voter.row, flaw.code, flaw.severity) {
                continue;
            }
            self.findings.add(flaw.code, |code| {
                Diagnostic::new(flaw.severity, code, flaw.message).at(place()).help(flaw.help)
            });
        }
        self.form_of_address(voter);
    }

    /// With a birth or the number of a card 李代表 is somebody's name, 李书记 still is not.
    fn form_of_address(&mut self, voter: &Voter) {
        const CODE: &str = "roll-name-unsaid";
        let is_told = voter.id_number.is_some() || voter.birth.is_some();
        if is_told && !is_surely_form_of_address(voter.name.as_str())
            || !is_form_of_address(voter.name.as_str())
            || self.roll.is_settled(voter.row, CODE, Severity::Warning)
        {
            return;
        }
        let place = self.roll.place(voter.row, Column::Name);
        self.findings.add(CODE, |code| {
            let message = format!("{}像是称呼，不是姓名", quote(voter.name.as_str()));
            let help = "写身份证上的姓名；确是姓名的，不用改";
            Diagnostic::warning(code, message).at(place).help(help)
        });
    }

    fn id_number(&mut self, voter: &Voter) {
        let Some(id) = voter.id_number.as_ref().map(Personal::expose) else { return };
        let birth = id.birth();
        if !id.check_holds() {
            self.wrong_check(voter, id);
        } else if birth.is_none() {
            self.error(
                voter,
                Column::IdNumber,
                "roll-id-date",
                "身份证号里的出生日期在日历上没有".into(),
                CHECK_CARD,
            );
        }
        if !id.check_holds() {
            return;
        }
        if voter.sex.is_some_and(|sex| sex != id.sex()) {
            let message = format!("{}的性别与身份证号不一致", quote(voter.name.as_str()));
            let at = (voter.row, Column::Sex);
            self.against_id(at, voter.row, "roll-id-sex", message, CHECK_CARD);
        }
        let differs =
            |written: PartialDate, birth| birth < written.earliest() || birth > written.latest();
        if voter.birth.zip(birth).is_some_and(|(written, birth)| differs(written, birth)) {
            let message = format!("{}的出生日期与身份证号里的不一致", quote(voter.name.as_str()));
            let at = (voter.row, self.birth_column(voter));
            self.against_id(at, voter.row, "roll-id-birth", message, CHECK_CARD);
        }
    }

    fn wrong_check(&mut self, voter: &Voter, id: &IdNumber) {
        let message = format!("{}的身份证号校验不通过，有数字写错", quote(voter.name.as_str()));
        let help = if id.looks_rounded() {
            "最后三位是 000，像是被 Excel 改成了数值：把这一列设为“文本”格式，按原件重新录入"
        } else {
            CHECK_CARD
        };
        self.error(voter, Column::IdNumber, "roll-id-check", message, help);
    }

    /// The column to look at for the birth: that of the ID number, if the roll
    /// has no other.
    fn birth_column(&self, voter: &Voter) -> Column {
        let header = &self.roll.block(voter.row).header;
        [Column::Birth, Column::BirthYear]
            .into_iter()
            .find(|&column| header.has(column))
            .unwrap_or(Column::IdNumber)
    }

    fn age(&mut self, voter: &Voter) {
        self.stated_age(voter);
        let (Some(birth), Some(day)) = (voter.birth, self.facts.election_day) else { return };
        let column = self.birth_column(voter);
        let who = || quote(voter.name.as_str());
        if birth.earliest() > day {
            let message = format!("{}的出生日期在选举日 {day} 之后", who());
            self.error(voter, column, "roll-birth-range", message, CHECK_CARD);
        } else if age_on(birth.latest(), day) > OLDEST {
            let message = format!("{}的年龄超过 {OLDEST} 岁", who());
            self.error(voter, column, "roll-birth-range", message, CHECK_CARD);
        } else if let Some(age) = &self.facts.voting_age {
            self.voting_age(voter, birth, day, age);
        }
        self.very_old(voter, column, age_on(birth.latest(), day));
        self.age_against_birth(voter, birth, day);
    }

    /// Few live so long; mostly it is a slip, or nobody told of a death.
    fn very_old(&mut self, voter: &Voter, column: Column, age: i16) {
        const CODE: &str = "roll-birth-range";
        if !(OLD..=OLDEST).contains(&age)
            || self.roll.is_settled(voter.row, CODE, Severity::Warning)
        {
            return;
        }
        self.findings.add(CODE, |code| {
            let message = format!("{}有 {age} 岁，核实过吗？", quote(voter.name.as_str()));
            Diagnostic::warning(code, message)
                .at(self.roll.place(voter.row, column))
                .help("对照身份证或户口簿；确是这样的，在待核对清单里答“无误”")
        });
    }

    /// An age is true on some day, which may be some years ago.
    fn age_against_birth(&mut self, voter: &Voter, birth: PartialDate, day: Date) {
        const YEARS: i16 = 5;
        let Some(stated) = voter.age.map(i16::from) else { return };
        let oldest = age_on(birth.earliest(), day);
        let is_off = stated > oldest + 2 || stated + YEARS < age_on(birth.latest(), day);
        if is_off && !self.roll.is_settled(voter.row, "roll-age-birth", Severity::Warning) {
            let place = self.roll.place(voter.row, Column::Age);
            let message = format!("{}的年龄与出生日期对不上", quote(voter.name.as_str()));
            self.findings.add("roll-age-birth", |code| {
                Diagnostic::warning(code, message).at(place).help(CHECK_CARD)
            });
        }
    }

    /// Where an age is all that is known, it is asked about, not judged: it was
    /// true on some other day.
    fn stated_age(&mut self, voter: &Voter) {
        const ADULT: i16 = 18;
        let Some(age) = voter.age.filter(|_| voter.birth.is_none()) else { return };
        let (years, basis) = match &self.facts.voting_age {
            Some(age) => (age.years, Some(age.basis.as_str())),
            None => (ADULT, None),
        };
        if self.age_now(voter, age) < years
            && !self.roll.is_settled(voter.row, "roll-under-age", Severity::Warning)
        {
            let place = self.roll.place(voter.row, Column::Age);
            let who = quote(voter.name.as_str());
            let header = &self.roll.block(voter.row).header;
            let is_nominal = header.get(Column::Age).is_some_and(|it| it.text.contains('虚'));
            let message = match is_nominal {
                true => format!("{who}写的是虚岁，可能只有 {age} 周岁，不满 {years} 周岁"),
                false => format!("{who}写的是 {age} 岁，不满 {years} 周岁"),
            };
            self.findings.add("roll-under-age", |code| {
                let told = Diagnostic::warning(code, message)
                    .at(place)
                    .help("查出生日期，到选举日不满的，从名册中去掉");
                match basis {
                    Some(basis) => told.basis(basis),
                    None => told,
                }
            });
        }
    }

    /// An age to which its heading gives a year, as it is by now: 周岁（截至2021年）.
    fn age_now(&self, voter: &Voter, age: u8) -> i16 {
        let header = &self.roll.block(voter.row).header;
        let year = header.get(Column::Age).and_then(|heading| year_in(&heading.text));
        let years = year.zip(self.facts.election_day).map_or(0, |(year, day)| {
            (day.year() - i16::try_from(year).unwrap_or(day.year())).max(0)
        });
        i16::from(age) + years
    }

    fn voting_age(&mut self, voter: &Voter, birth: PartialDate, day: Date, age: &VotingAge) {
        let column = self.birth_column(voter);
        let place = || self.roll.place(voter.row, column);
        let who = || quote(voter.name.as_str());
        if age_on(birth.earliest(), day) < age.years {
            let (severity, when) = match self.facts.is_day_assumed {
                true => (Severity::Warning, format!("今天（{day}）")),
                false => (Severity::Error, format!("选举日 {day} ")),
            };
            self.findings.add("roll-under-age", |code| {
                let message = format!("{}到{when}不满 {} 周岁", who(), age.years);
                let help = match self.facts.is_day_assumed {
                    true => "到选举日还不满的，从名册中去掉；选举日那天满的是选民，不要去掉",
                    false => "从名册中去掉；如果出生日期写错，请改正",
                };
                Diagnostic::new(severity, code, message).at(place()).basis(&age.basis).help(help)
            });
        } else if self.facts.is_day_assumed {
            // Who is not sure to be of age today may be so on the day.
        } else if age_on(birth.latest().min(day), day) < age.years {
            self.findings.add("roll-age-unsure", |code| {
                let message = format!(
                    "{}的出生日期不完整，看不出到选举日 {day} 是否年满 {} 周岁",
                    who(),
                    age.years
                );
                Diagnostic::warning(code, message)
                    .at(place())
                    .basis(&age.basis)
                    .help("补全出生日期")
            });
        }
    }

    fn same_id_numbers(&mut self) {
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

    /// The names of groups are posted: nothing of a person may stand in them.
    fn group_names(&mut self) {
        let declared: HashSet<String> =
            self.facts.groups.iter().map(|group| label_key(&group.name)).collect();
        let mut told = vec![false; self.roll.groups.len()];
        for voter in &self.roll.voters {
            let Some(group) = voter.group else { continue };
            if std::mem::replace(&mut told[group.index()], true) {
                continue;
            }
            let name = self.roll.groups.name(group);
            if name.chars().any(char::is_control) {
                self.error(
                    voter,
                    Column::Group,
                    "roll-group-control",
                    "小组一格里有换行等控制字符".into(),
                    "把这一格清空，重新输入；也可能是这一行没有断开，两个人挤在一行里",
                );
            }
            if group_carries_personal(name) && !declared.contains(&label_key(name)) {
                self.error(
                    voter,
                    Column::Group,
                    "roll-group-personal",
                    "小组一格里有电话、证件号或住址".into(),
                    "这一格只写小组的名称",
                );
            }
        }
    }

    /// Finds who may be on the roll twice, by name, birth and group.
    fn same_persons(&mut self, clusters: &[Vec<usize>]) {
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
                | Again::Bare(first) => first,
            };
            if settled(voters[at].row) || settled(voters[first].row) {
                continue;
            }
            match again {
                Again::InGroup(first) => self.twin(&voters[at], &voters[first]),
                Again::Unclear(first) => self.unclear(&voters[at], &voters[first]),
                Again::Elsewhere(first) => self.twin_elsewhere(&voters[at], &voters[first]),
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
        self.findings.add("roll-namesake", |code| {
            let help = "逐个核对，是同一个人的只留一行；最好补上身份证号";
            Diagnostic::note(code, message).at(place).help(help)
        });
    }

    /// 陳國樑 and 陈国梁 of whom nothing shows that they are two.
    fn same_in_other_characters(&mut self) {
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
        if self.roll.is_settled(traditional.row, "roll-namesake", Severity::Warning)
            || self.roll.is_settled(simple.row, "roll-namesake", Severity::Warning)
        {
            return;
        }
        let there = self.roll.row_name(simple.row, traditional.row);
        let message = format!(
            "{}与{there}的{}只是繁体字和简体字不同，是同一个人吗？",
            quote(traditional.name.as_str()),
            quote(simple.name.as_str())
        );
        self.findings.add("roll-namesake", |code| {
            Diagnostic::warning(code, message)
                .at(self.roll.row_place(traditional.row))
                .also(self.roll.row_place(simple.row), FIRST)
                .help("是同一个人就删去一行；不是就写上各自的身份证号")
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
            let found = twin.map(Again::InGroup).or(unclear.map(Again::Unclear));
            let found = found.or(abroad.map(Again::Elsewhere));
            let bare = || before.iter().copied().find(|&other| self.may_be_same(other, at));
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
        let (who, there) = (quote(voter.name.as_str()), self.roll.row_name(first.row, voter.row));
        let place = || self.roll.row_place(voter.row);
        let first_place = || self.roll.row_place(first.row);
        if ids_differ(voter, first) {
            self.findings.add("roll-same-person", |code| {
                let message =
                    format!("{who}与{there}的姓名、小组、出生日期都相同，只有身份证号不同");
                let told = Diagnostic::warning(code, message).at(place());
                told.also(first_place(), FIRST).help("核对是否确为两个人")
            });
        } else if !ids_agree(voter, first) {
            self.findings.add("roll-duplicate", |code| {
                let message = format!("{who}登记了两次：姓名、小组、出生日期与{there}相同");
                let help = "删去其中一行；如果确是两个人，写上各自的身份证号";
                Diagnostic::error(code, message).at(place()).also(first_place(), FIRST).help(help)
            });
        }
    }

    fn unclear(&mut self, voter: &'j Voter, first: &'j Voter) {
        let there = self.roll.row_name(first.row, voter.row);
        if self.roll.is_settled(voter.row, "roll-namesake", Severity::Warning) {
            return;
        }
        self.findings.add("roll-namesake", |code| {
            let message = format!(
                "{}与{there}同组同名，名册上没有能区分两人的内容，是同一个人吗？",
                quote(voter.name.as_str())
            );
            let help = "是同一个人就删去一行；不是就写上各自的出生日期或身份证号";
            let told = Diagnostic::warning(code, message).at(self.roll.row_place(voter.row));
            told.also(self.roll.row_place(first.row), FIRST).help(help)
        });
    }

    fn twin_elsewhere(&mut self, voter: &'j Voter, first: &'j Voter) {
        if ids_agree(voter, first) {
            return;
        }
        let there = self.roll.row_name(first.row, voter.row);
        let differ = if ids_differ(voter, first) { "小组和身份证号" } else { "小组" };
        self.findings.add("roll-same-person-elsewhere", |code| {
            let message = format!(
                "{}与{there}的姓名、出生日期相同，{differ}不同，是同一个人吗？",
                quote(voter.name.as_str())
            );
            Diagnostic::warning(code, message)
                .at(self.roll.row_place(voter.row))
                .also(self.roll.row_place(first.row), FIRST)
                .help("是同一个人就只留一行")
        });
    }

    /// Asks about a sheet whose people may all be those of other sheets: an
    /// older list, a copy, or a summary, which would count them twice.
    fn same_sheets(&mut self, clusters: &[Vec<usize>]) {
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
        for (sheet, (people, elsewhere)) in
            self.roll.sheets.iter().zip(people.into_iter().zip(elsewhere))
        {
            if people < FEWEST_AGAIN || elsewhere * 5 < people * 4 {
                continue;
            }
            let name = quote(sheet.name.as_deref().unwrap_or_default());
            self.findings.add("roll-sheet-again", |code| {
                let message =
                    format!("工作表{name}的 {people} 人中，有 {elsewhere} 人像是也在别的工作表上");
                Diagnostic::warning(code, message).in_file(&self.roll.path).help(
                    "是旧名册、备份或汇总的，删去或隐藏这张工作表；确是另外的人，写上出生日期",
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

    fn groups(&mut self) {
        if self.roll.groups.is_empty() {
            return self.no_groups();
        }
        self.without_group();
        let counts = self.roll.count_by_group();
        self.groups_in_one(&counts);
        if self.facts.groups.is_empty() {
            let told = self.lone_groups(&counts);
            self.groups_astray(&told);
            self.odd_groups(&counts);
            return self.groups_alike(&counts);
        }
        // Of one that is not declared it is told anyway.
        let alone = counts.iter().filter(|(_, count)| *count == 1).map(|(group, _)| *group);
        self.groups_astray(&alone.collect());
        self.known_groups(&counts);
        for declared in &self.facts.groups {
            let group = self.roll.groups.find(&declared.name);
            let count = group.map_or(0, |group| counts[group.index()].1);
            self.count(&format!("“{}”", declared.name), count, declared.voters.as_ref());
            if count == 0 && declared.voters.is_none() && !self.roll.voters.is_empty() {
                self.nobody_in(&declared.name);
            }
        }
    }

    /// Nobody is in two groups: those whose cell, title or sheet names several are asked
    /// about one by one, or at once where they are many.
    fn groups_in_one(&mut self, counts: &[(GroupId, usize)]) {
        const CODE: &str = "roll-group-several";
        let (roll, facts) = (self.roll, self.facts);
        let declared: HashSet<String> =
            facts.groups.iter().map(|group| label_key(&group.name)).collect();
        let asked = |count: usize| if count > FEW_IN_GROUPS { 1 } else { count };
        let mut left: Vec<usize> = counts
            .iter()
            .map(|&(group, count)| {
                let name = roll.groups.name(group);
                let is_asked = names_several(name) && !declared.contains(&label_key(name));
                if is_asked { asked(count) } else { 0 }
            })
            .collect();
        let severity = if facts.groups.is_empty() { Severity::Warning } else { Severity::Error };
        for voter in &roll.voters {
            let Some(group) = voter.group.filter(|group| left[group.index()] > 0) else { continue };
            left[group.index()] -= 1;
            if roll.is_settled(voter.row, CODE, severity) {
                continue;
            }
            let (name, count) = (roll.groups.name(group), counts[group.index()].1);
            self.findings.add(CODE, |code| {
                let message = match count {
                    1 => format!("小组写的是{}，不是一个小组", quote(name)),
                    _ => format!("小组写的是{}（共 {count} 人），不是一个小组", quote(name)),
                };
                let help = match severity {
                    Severity::Error => {
                        "写明是哪一个小组；确是合在一起的，在选举说明的小组里照样写上"
                    }
                    _ => "写明是哪一个小组；确是合在一起的，在待核对清单里答“无误”",
                };
                let place = roll.place(voter.row, Column::Group);
                Diagnostic::new(severity, code, message).at(place).help(help)
            });
        }
    }

    /// What stands where others have 一组 and is no group for all that is known: a word
    /// for none, a day that a spreadsheet made of 1-2, a slip, somebody's name.
    fn odd_groups(&mut self, counts: &[(GroupId, usize)]) {
        let name = |group: GroupId| self.roll.groups.name(group);
        let numbered = counts.iter().filter(|(group, _)| is_surely_group(name(*group)));
        let in_numbered: usize = numbered.map(|(_, count)| count).sum();
        let are_numbered = in_numbered * 2 >= self.roll.len();
        let slips: HashSet<String> = if are_numbered {
            counts.iter().filter_map(|(group, _)| without_kind(name(*group))).collect()
        } else {
            HashSet::new()
        };
        let is_odd = |text: &str, count: usize| {
            is_no_group(text)
                || are_numbered && is_slip_of_group(text, &slips)
                || are_numbered
                    && count == 1
                    && text.chars().nth(2).is_some()
                    && is_likely_name(text)
        };
        let mut odd: Vec<bool> =
            counts.iter().map(|&(group, count)| is_odd(name(group), count)).collect();
        for voter in &self.roll.voters {
            let Some(group) = voter.group else { continue };
            if !std::mem::take(&mut odd[group.index()])
                || self.roll.is_settled(voter.row, "roll-group-odd", Severity::Warning)
            {
                continue;
            }
            let (name, count) = (name(group), counts[group.index()].1);
            self.findings.add("roll-group-odd", |code| {
                let message = format!("小组写的是{}（{count} 人），不像小组的名称", quote(name));
                let place = self.roll.place(voter.row, Column::Group);
                Diagnostic::warning(code, message)
                    .at(place)
                    .help("改成小组的名称；确是小组的，不用改")
            });
        }
    }

    /// A group of one person among large ones is a slip, or the first row of one that is
    /// not there. Gives back those.
    fn lone_groups(&mut self, counts: &[(GroupId, usize)]) -> HashSet<GroupId> {
        let name = |group: GroupId| self.roll.groups.name(group);
        let (alone, others): (Vec<_>, Vec<_>) = counts.iter().partition(|(_, count)| *count == 1);
        let least = others.iter().map(|(_, count)| *count).filter(|count| *count > 0).min();
        let Some(least) = least.filter(|least| *least >= LARGE) else { return HashSet::new() };
        let is_told = |text: &str| {
            is_no_group(text)
                || names_several(text)
                || others.iter().any(|(other, _)| are_alike(text, name(*other)))
        };
        if alone.len() >= others.len() {
            return HashSet::new();
        }
        let alone: HashSet<GroupId> = alone.into_iter().map(|(group, _)| group).collect();
        for voter in &self.roll.voters {
            let Some(group) = voter.group.filter(|group| alone.contains(group)) else { continue };
            let name = name(group);
            if is_told(name) || self.roll.is_settled(voter.row, "roll-group-odd", Severity::Warning)
            {
                continue;
            }
            self.findings.add("roll-group-odd", |code| {
                let name = quote(name);
                let message =
                    format!("小组{name}只有这一个人，别的小组至少有 {least} 人：写对了吗？");
                let place = self.roll.place(voter.row, Column::Group);
                Diagnostic::warning(code, message)
                    .at(place)
                    .help("写错了的，改正；漏了这个小组别的人的，补上；确是这样的，不用改")
            });
        }
        alone
    }

    /// Who is of another group than the rows around him, or than his family.
    fn groups_astray(&mut self, told: &HashSet<GroupId>) {
        const CODE: &str = "roll-group-astray";
        for (at, than) in astray(&self.roll.voters) {
            let voter = &self.roll.voters[at];
            let is_told = voter.group.is_some_and(|group| told.contains(&group));
            if is_told || self.roll.is_settled(voter.row, CODE, Severity::Warning) {
                continue;
            }
            let quoted = |group: GroupId| quote(self.roll.groups.name(group));
            let own = voter.group.map(quoted).unwrap_or_default();
            let message = match than {
                Than::Around(group) => {
                    format!("这一行写的是{own}，前后各行都是{}，写对了吗？", quoted(group))
                }
                Than::Family(group) => {
                    format!("这一行写的是{own}，同一户的上一行是{}，写对了吗？", quoted(group))
                }
            };
            self.findings.add(CODE, |code| {
                let place = self.roll.place(voter.row, Column::Group);
                Diagnostic::warning(code, message)
                    .at(place)
                    .help("写错了的，改正；确是这样的，在待核对清单里答“无误”")
            });
        }
    }

    /// One group written in two ways is counted as two.
    fn groups_alike(&mut self, counts: &[(GroupId, usize)]) {
        let name = |group: GroupId| self.roll.groups.name(group);
        let compared = &counts[..counts.len().min(COMPARED_GROUPS)];
        let mut alike = Vec::new();
        for (at, &(group, count)) in compared.iter().enumerate() {
            let mut others = compared.iter().enumerate().filter(|(other, _)| *other != at);
            let likes = |&(other_at, &(other, other_count)): &(usize, &(GroupId, usize))| {
                // Of two the rarer is told, or the later.
                let is_rarer = count < other_count || count == other_count && at > other_at;
                is_rarer && are_alike(name(group), name(other))
            };
            if let Some((_, &(other, other_count))) = others.find(likes) {
                alike.push((group, count, other, other_count));
            }
        }
        for (group, count, other, other_count) in alike {
            let first = self.roll.voters.iter().find(|voter| voter.group == Some(group));
            let Some(row) = first.map(|voter| voter.row) else { continue };
            if self.roll.is_settled(row, "roll-group-alike", Severity::Warning) {
                continue;
            }
            let (roll, name, other) = (self.roll, name(group), name(other));
            self.findings.add("roll-group-alike", |code| {
                let message = format!(
                    "小组{}（{count} 人）和{}（{other_count} 人）像是同一个小组，分开算了",
                    quote(name),
                    quote(other)
                );
                let help = "是同一个小组的，改成一样的写法";
                Diagnostic::warning(code, message).at(roll.place(row, Column::Group)).help(help)
            });
        }
    }

    /// Those without a group, where others have one.
    fn without_group(&mut self) {
        let severity =
            if self.facts.groups.is_empty() { Severity::Warning } else { Severity::Error };
        for voter in self.roll.voters.iter().filter(|voter| voter.group.is_none()) {
            let is_settled = self.roll.is_settled(voter.row, "roll-group-missing", severity);
            if is_settled {
                continue;
            }
            let place = || self.roll.place(voter.row, Column::Group);
            let message = format!("{}没有写小组", quote(voter.name.as_str()));
            self.findings.add("roll-group-missing", |code| {
                Diagnostic::new(severity, code, message).at(place()).help("补上小组")
            });
        }
    }

    /// A single group needs no column; several do.
    fn no_groups(&mut self) {
        if self.facts.groups.len() > 1 {
            self.findings.add("roll-no-groups", |code| {
                Diagnostic::error(code, "选民名册里没有小组，不能按小组张榜")
                    .in_file(&self.roll.path)
                    .help("在名册里加一列“小组”；或者每个小组一张工作表，用小组的名称作工作表名")
            });
        }
    }

    fn known_groups(&mut self, counts: &[(GroupId, usize)]) {
        let declared: HashSet<String> =
            self.facts.groups.iter().map(|group| label_key(&group.name)).collect();
        let mut first: Vec<Option<RowRef>> = vec![None; counts.len()];
        for voter in self.roll.voters.iter().rev() {
            if let Some(group) = voter.group {
                first[group.index()] = Some(voter.row);
            }
        }
        for (&(group, count), row) in counts.iter().zip(first) {
            let name = self.roll.groups.name(group);
            if let Some(row) = row
                && !declared.contains(&label_key(name))
                && !names_several(name)
            {
                self.unknown_group(name, count, row);
            }
        }
    }

    /// A group that is in the description: its people may have come under another.
    fn nobody_in(&mut self, group: &str) {
        self.findings.add("roll-group-empty", |code| {
            let message = format!("小组{}在名册里没有一名选民", quote(group));
            Diagnostic::warning(code, message)
                .in_file(&self.roll.path)
                .help("核对各小组的人数；可能漏了这个小组，或者人都读进了别的小组")
        });
    }

    fn unknown_group(&mut self, name: &str, count: usize, row: RowRef) {
        let (roll, groups) = (self.roll, &self.facts.groups);
        self.findings.add("roll-group-unknown", |code| {
            let help = match likely_group(name, groups) {
                Some(declared) => format!("是不是“{declared}”？名册和选举说明里要写得一样"),
                None => "改正名册里的小组，或在选举说明里加上这个小组".into(),
            };
            let message = format!("名册里的小组{}（{count} 人）不在选举说明的小组里", quote(name));
            Diagnostic::error(code, message).at(roll.place(row, Column::Group)).help(help)
        });
    }

    fn total(&mut self) {
        self.count("全部", self.roll.len(), self.facts.total.as_ref());
    }

    fn count(&mut self, of: &str, count: usize, declared: Option<&Declared>) {
        let Some(declared) = declared.filter(|declared| declared.count != count) else { return };
        let roll = Place::File(self.roll.path.clone());
        let (place, other) = match &declared.place {
            Some(place) => (place.clone(), Some(roll)),
            None => (roll, None),
        };
        self.findings.add("roll-count", |code| {
            let message =
                format!("{of}选民数对不上：名册上 {count} 人，选举说明写 {} 人", declared.count);
            let told = Diagnostic::error(code, message).at(place).also(other, "名册");
            told.help("查明差在哪里，改正名册或选举说明")
        });
    }

    fn error(
        &mut self,
        voter: &Voter,
        column: Column,
        code: &'static str,
        message: String,
        help: &str,
    ) {
        let place = || self.roll.place(voter.row, column);
        self.findings.add(code, |code| Diagnostic::error(code, message).at(place()).help(help));
    }

    /// What a cell has that the ID number of a row tells otherwise.
    fn against_id(
        &mut self,
        (row, column): (RowRef, Column),
        of: RowRef,
        code: &'static str,
        message: String,
        help: &str,
    ) {
        let roll = self.roll;
        self.findings.add(code, |code| {
            let told = Diagnostic::error(code, message).at(roll.place(row, column));
            told.also(roll.place(of, Column::IdNumber), "身份证号在这里").help(help)
        });
    }
}

/// Where somebody stands who is on the roll again.
const FIRST: &str = "先写在这里";

const CHECK_CARD: &str = "对照身份证或户口簿改正";

/// From how many people on a group is no small one.
const LARGE: usize = 5;

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
    /// In another group, and nothing tells them apart.
    Bare(usize),
}

/// The voters of each name that several have.
pub(super) fn same_names(roll: &VoterRoll) -> Vec<Vec<usize>> {
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

/// So many in a group that is several are asked about one by one.
const FEW_IN_GROUPS: usize = 20;

/// More groups, or longer names, are no slip of the pen.
const COMPARED_GROUPS: usize = 200;
const LONGEST_GROUP: usize = 200;

/// The declared group that was probably meant.
fn likely_group<'g>(name: &str, declared: &'g [DeclaredGroup]) -> Option<&'g str> {
    const LIKE: f64 = 0.6;
    if declared.len() > COMPARED_GROUPS || name.len() > LONGEST_GROUP {
        return None;
    }
    let key = group_key(name);
    let same =
        declared.iter().find(|group| group_key(&group.name) == key || are_alike(&group.name, name));
    let key = label_key(name);
    let likeness =
        |group: &&DeclaredGroup| strsim::normalized_levenshtein(&label_key(&group.name), &key);
    let like = || {
        let likest = declared.iter().max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
        likest.filter(|group| likeness(group) >= LIKE)
    };
    same.or_else(like).map(|group| group.name.as_str())
}
