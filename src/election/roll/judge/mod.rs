//! 不重、不漏、不错: what a roll must satisfy as a whole.

mod ages;
mod astray;
mod filled;
mod groups;
pub(crate) mod namesakes;
mod persons;
mod titles;

use std::collections::HashMap;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Place, Report};
use crate::election::date::PartialDate;
use crate::election::identity::IdNumber;
use crate::election::roll::cell::names::{
    is_form_of_address, is_surely_form_of_address, name_flaws,
};
use crate::election::roll::cell::shown::quote;
use crate::election::roll::findings::Findings;
use crate::election::roll::{Column, HouseholdId, RowRef, Voter, VoterRoll, bare_village};
use crate::privacy::Personal;
use persons::same_names;

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
    /// The village or the community whose election it is.
    pub community: Option<String>,
    /// Whose committee is elected: 居民 or 村民.
    pub people: Option<&'static str>,
    /// The township or the sub-district above it.
    pub township: Option<String>,
    /// The number of its term.
    pub term: Option<u32>,
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

/// Judges the roll; what is wrong goes to `report` with its cell.
pub fn judge(roll: &VoterRoll, facts: &RollFacts, report: &mut Report) {
    let mut judge = Judge { roll, facts, findings: Findings::new(roll.listed) };
    for voter in &roll.voters {
        judge.name(voter);
        judge.id_number(voter);
        judge.age(voter);
    }
    judge.areas();
    judge.same_id_numbers();
    let namesakes = same_names(roll);
    judge.same_persons(&namesakes);
    judge.same_in_other_characters();
    judge.under_former_names();
    judge.alike_but_for_a_character();
    judge.names_filled_down();
    judge.same_sheets(&namesakes);
    judge.filled_down();
    judge.ages();
    judge.births_cut_short();
    judge.households();
    judge.groups();
    judge.group_names();
    judge.total();
    judge.titles();
    judge.findings.flush(report);
}

struct Judge<'j> {
    roll: &'j VoterRoll,
    facts: &'j RollFacts,
    findings: Findings,
}

impl<'j> Judge<'j> {
    fn name(&mut self, voter: &Voter) {
        for flaw in name_flaws(voter.name.as_str()) {
            let place = || self.roll.place(voter.row, Column::Name);
            self.findings.add(self.roll, flaw.code, |code| {
                Diagnostic::new(flaw.severity, code, flaw.message).at(place()).help(flaw.help)
            });
        }
        self.form_of_address(voter);
        self.name_of_group(voter);
    }

    /// 东队, or 柯薇东队, where 东队 is a group of the roll.
    fn name_of_group(&mut self, voter: &Voter) {
        const SHORTEST: usize = 2;
        let name = voter.name.as_str();
        let community = self.facts.community.as_deref().unwrap_or_default();
        let is_of_community = bare_village(community) == name && name.chars().count() > SHORTEST;
        // Most names end with none of these.
        if !is_of_community
            && !name.ends_with(['组', '队', '社', '屯', '村', '寨', '湾', '片', '格'])
        {
            return;
        }
        let mut ends = name.char_indices().map(|(at, _)| at);
        let is_group = |at: usize| {
            let before = name[..at].chars().count();
            (before == 0 || before >= SHORTEST) && self.roll.groups.find(&name[at..]).is_some()
        };
        if !is_of_community && !ends.any(is_group) {
            return;
        }
        let place = self.roll.place(voter.row, Column::Name);
        self.findings.add(self.roll, "roll-name-unsaid", |code| {
            let message = format!("姓名{}里有小组、村的名称", quote(name));
            let help = "这一格只写姓名，小组写到“小组”一列；确是姓名的，不用改";
            Diagnostic::warning(code, message).at(place).help(help)
        });
    }

    /// With a birth or the number of a card 李代表 is somebody's name, 李书记 still is not.
    fn form_of_address(&mut self, voter: &Voter) {
        const CODE: &str = "roll-name-unsaid";
        let is_told = voter.id_number.is_some() || voter.birth.is_some();
        if is_told && !is_surely_form_of_address(voter.name.as_str())
            || !is_form_of_address(voter.name.as_str())
        {
            return;
        }
        let place = self.roll.place(voter.row, Column::Name);
        self.findings.add(self.roll, CODE, |code| {
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

    /// Numbers of no province, among others that are: where most are such, somebody
    /// invented them all.
    fn areas(&mut self) {
        let with_id = self.roll.voters.iter().filter_map(|voter| {
            let id = voter.id_number.as_ref().map(Personal::expose)?;
            id.check_holds().then_some((voter, id))
        });
        let (known, unknown): (Vec<_>, Vec<_>) = with_id.partition(|(_, id)| id.area_is_known());
        if unknown.len() <= known.len() {
            unknown.iter().for_each(|(voter, _)| self.unknown_area(voter));
        }
    }

    /// No province has such a number; cards of foreigners begin with 9.
    fn unknown_area(&mut self, voter: &Voter) {
        let place = self.roll.place(voter.row, Column::IdNumber);
        let message =
            format!("{}的身份证号不是以省、市、自治区的代码开头的", quote(voter.name.as_str()));
        self.findings.add(self.roll, "roll-id-area", |code| {
            Diagnostic::warning(code, message)
                .at(place)
                .help("对照身份证改正；9 开头的是外国人永久居留身份证的号码，外国人不能登记为选民")
        });
    }

    /// The number of a household over others who are far from it, where that is rare.
    fn households(&mut self) {
        const FEW: usize = 2;
        const FEWEST: usize = 6;
        let roll = self.roll;
        let is_number = |id: &HouseholdId| roll.households.name(*id).parse::<u32>().is_ok();
        let mut begun: HashMap<HouseholdId, usize> = HashMap::new();
        let mut again: Vec<(&Voter, &Voter)> = Vec::new();
        let mut last = None;
        for (at, voter) in roll.voters.iter().enumerate() {
            let Some(own) = voter.household.filter(is_number) else { continue };
            if last.replace(own) != Some(own)
                && let Some(first) = begun.insert(own, at)
            {
                again.push((voter, &roll.voters[first]));
            }
        }
        if again.len() > FEW || begun.len() < FEWEST {
            return;
        }
        for (voter, first) in again {
            let said = "的户号一样，两处却不挨着：是不是写错了户号？";
            let help = "写错的，改正户号；确是一户的，在待核对清单里答“无误”";
            self.ask_about_pair("roll-relation", (voter, first), said, help);
        }
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
        self.findings.add(self.roll, "roll-count", |code| {
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
        self.findings
            .add(self.roll, code, |code| Diagnostic::error(code, message).at(place()).help(help));
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
        self.findings.add(self.roll, code, |code| {
            let told = Diagnostic::error(code, message).at(roll.place(row, column));
            told.also(roll.place(of, Column::IdNumber), "身份证号在这里").help(help)
        });
    }
}

const CHECK_CARD: &str = "对照身份证或户口簿改正";
