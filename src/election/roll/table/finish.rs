//! What is decided when the whole file has been read.

use std::collections::{HashMap, HashSet};

use super::account::RowKind;
use super::{Aside, Reading};
use crate::diagnostic::{Cell, Diagnostic, Place, Severity};
use crate::election::roll::cell::columns::{self, Column};
use crate::election::roll::cell::shown::quote;
use crate::election::roll::cell::{apart, grouping, words};
use crate::election::roll::findings::LISTED;
use crate::election::roll::{Encoding, GroupId, GroupNames, Labels, Sheet, Voter, VoterRoll};

impl Reading<'_> {
    /// Tells what concerns the whole file; `None` if it holds no roll.
    pub(crate) fn finish(mut self) -> Option<()> {
        if self.stopped {
            return None;
        }
        let is_without_headings = self.roll.sheets.iter().all(|sheet| sheet.blocks.is_empty());
        if is_without_headings {
            const REMEDY: &str =
                "表头要有一格写“姓名”，其余的列写“性别”“出生日期”“身份证号”“小组”，次序不限";
            let (path, help) = (self.roll.path.clone(), self.remedy.unwrap_or(REMEDY));
            self.findings.add(self.roll, "roll-no-name-column", |code| {
                Diagnostic::error(code, "选民名册里找不到“姓名”这一列").in_file(path).help(help)
            });
            return None;
        }
        self.tell_unmet_answers();
        self.settle_asides();
        if self.roll.is_empty() {
            let path = self.roll.path.clone();
            self.findings.add(self.roll, "roll-empty", |code| {
                // As `zhangbang new` leaves it: registration has not begun.
                Diagnostic::warning(code, "选民名册只有表头，没有选民")
                    .in_file(path)
                    .help("登记后填上选民；如果已经填了，检查是否用错了文件")
            });
            return None;
        }
        self.group_by_declared_sheets();
        self.settle_places();
        let unsure = name_groups_by_sheets(self.roll, &self.options.groups);
        self.ask_about_unsure_sheets(&unsure);
        self.ask_about_numbered_sheets();
        self.tell_groups_of_one();
        self.settle_restarts();
        self.ask_about_cards();
        self.settle_claims();
        self.settle_figures();
        self.ask_about_years();
        self.settle_common_villages();
        self.ask_about_some();
        self.ask_about_pages();
        self.ask_about_runs();
        self.ask_about_lines();
        self.warn_of_unread_sheets();
        self.read_groups_in_addresses();
        self.note_encoding();
        self.note_surplus();
        self.note_remarks();
        Some(())
    }

    /// Answers to questions about another state of the roll are dangerous.
    pub(super) fn tell_unmet_answers(&mut self) {
        for (sheet, row) in self.options.answers.unmet(&self.met) {
            let sheet = Some(sheet).filter(|sheet| !sheet.is_empty());
            let cell =
                Cell { path: self.roll.path.clone(), sheet, row: row as usize, column: None };
            self.findings.add(self.roll, "roll-answer-stale", |code| {
                Diagnostic::error(code, "名册的这一行和待核对清单里的不一样了，答复对不上")
                    .at(Place::Cell(cell))
                    .help("名册改过以后，用 zhangbang roll 重新写出待核对清单再答")
            });
        }
    }

    /// People in lists of those who are no voters stay out, and are asked about
    /// where the roll has them too. If there are no others, the list is the roll.
    pub(super) fn settle_asides(&mut self) {
        let asides = std::mem::take(&mut self.asides);
        if asides.is_empty() {
            return;
        }
        if self.roll.is_empty() {
            return self.take_asides(asides);
        }
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, voter) in self.roll.voters.iter().enumerate() {
            by_name.entry(voter.name.key().into_owned()).or_default().push(at);
        }
        let (by_role, gone): (Vec<Aside>, Vec<Aside>) =
            asides.into_iter().partition(|aside| aside.list.by_role);
        let (copies, gone): (Vec<Aside>, Vec<Aside>) =
            gone.into_iter().partition(|aside| aside.list.is_of_a_copy());
        self.tell_lists(&by_role, "roll-other-list", Severity::Note);
        if copies.len() > LISTED {
            self.tell_lists(&copies, "roll-aside", Severity::Warning);
        } else {
            copies.iter().for_each(|aside| self.tell_aside(aside));
        }
        // 以下委托投票 may stand over voters: who is on no other list is asked about.
        let is_missing =
            |aside: &&Aside| aside.is_as_voters && !by_name.contains_key(&*aside.voter.name.key());
        by_role.iter().filter(is_missing).for_each(|aside| self.tell_aside(aside));
        for aside in &gone {
            self.tell_aside(aside);
            self.ask_about_namesakes_of(aside, &by_name);
        }
    }

    fn tell_aside(&mut self, Aside { voter, list, .. }: &Aside) {
        let message = format!("在{}里，没有读作选民", quote(&list.title));
        let help = "确不是选民的不用管；是选民的，移到名册里，或把这张表改名";
        self.doubt(voter.row, Column::Name, "roll-aside", &message, help);
    }

    /// Whoever is on a list of the dead and on the roll, too, is asked about.
    fn ask_about_namesakes_of(
        &mut self,
        Aside { voter, list, .. }: &Aside,
        by_name: &HashMap<String, Vec<usize>>,
    ) {
        let title = &list.title;
        let same = by_name.get(&*voter.name.key()).into_iter().flatten();
        let same: Vec<usize> =
            same.copied().filter(|&at| may_be_same(&self.roll.voters[at], voter)).collect();
        for at in same.into_iter().take(COMPARED) {
            let there = self.roll.voters[at].row;
            let message =
                format!("{}也列在{}里：还是选民吗？", quote(voter.name.as_str()), quote(title));
            self.doubt(
                there,
                Column::Name,
                "roll-also-aside",
                &message,
                "不是选民的，从名册里删去这一行",
            );
        }
    }

    /// Lists of staff, candidates and the like, and those of the last term, are told of
    /// as a whole.
    fn tell_lists(&mut self, people: &[Aside], code: &'static str, severity: Severity) {
        let mut lists: Vec<(&str, usize)> = Vec::new();
        for aside in people {
            match lists.last_mut().filter(|(title, _)| *title == aside.list.title) {
                Some((_, count)) => *count += 1,
                None => lists.push((&aside.list.title, 1)),
            }
        }
        for (title, count) in lists {
            let path = self.roll.path.clone();
            self.findings.add(self.roll, code, |code| {
                let message = format!("{}里的 {count} 人没有读作选民", quote(title));
                let told = Diagnostic::new(severity, code, message).in_file(path);
                match severity {
                    Severity::Note => told,
                    _ => told.help("确不是这一届名册的不用管；是名册的，把工作表或标题改名"),
                }
            });
        }
    }

    pub(super) fn take_asides(&mut self, asides: Vec<Aside>) {
        let mut rows: HashMap<u16, Vec<(u32, RowKind)>> = HashMap::new();
        let title = asides.first().map(|aside| aside.list.title.clone()).unwrap_or_default();
        let place = asides.first().and_then(|it| self.place_of_title(it.voter.row.sheet, &title));
        for Aside { voter, .. } in asides {
            rows.entry(voter.row.sheet).or_default().push((voter.row.row, RowKind::Voter));
            self.roll.voters.push(voter);
        }
        for (sheet, rows) in rows {
            self.roll.sheets[usize::from(sheet)].account.revise(&rows);
        }
        // Many a roll was filled into a form, and the sheet never renamed.
        let is_of_a_form = title.contains("样表") && place.is_none();
        if title.contains("模板") || is_of_a_form {
            return;
        }
        let place = place.unwrap_or_else(|| Place::File(self.roll.path.clone()));
        self.findings.add(self.roll, "roll-aside", |code| {
            Diagnostic::warning(code, format!("名册的名称是{}，不像选民名册", quote(&title)))
                .at(place)
                .help("检查是否用错了文件；没有用错的，把工作表或标题改名")
        });
    }

    pub(super) fn warn_of_unread_sheets(&mut self) {
        for sheet in
            self.roll.sheets.iter().filter(|sheet| sheet.is_filled && sheet.blocks.is_empty())
        {
            let title = sheet.name.as_deref().unwrap_or_default();
            let name = quote(title);
            let message = format!("工作表{name}里找不到“姓名”这一列，没有读入");
            let (code, found) = match sheet.people {
                0 if apart::is_of_a_guide(title) || !apart::may_list_voters(title) => {
                    ("roll-sheet-left-out", Diagnostic::note as fn(_, _) -> _)
                }
                0 => ("roll-sheet-left-out", Diagnostic::warning as fn(_, _) -> _),
                _ => (
                    "roll-sheet-unread",
                    Diagnostic::error as fn(&'static str, String) -> Diagnostic,
                ),
            };
            self.findings.add(self.roll, code, |code| {
                found(code, message)
                    .in_file(&self.roll.path)
                    .help("如果里面有选民，补上表头；如果没用，请删去")
            });
        }
    }

    /// Where all sheets are called as declared groups are, and no group of a column is, as
    /// buildings in 锦绣花园 are not, the sheets tell the groups.
    fn group_by_declared_sheets(&mut self) {
        let (roll, declared) = (&mut *self.roll, &self.options.groups);
        if roll.groups.is_empty() || roll.groups.ids().any(|id| declared.has(roll.groups.name(id)))
        {
            return;
        }
        let of_sheet = |sheet: &Sheet| declared.titled(sheet.name.as_deref()?);
        let named: Vec<Option<String>> = roll.sheets.iter().map(of_sheet).collect();
        if roll.voters.iter().any(|voter| named[usize::from(voter.row.sheet)].is_none()) {
            return;
        }
        roll.groups = Labels::default();
        for voter in &mut roll.voters {
            let name = named[usize::from(voter.row.sheet)].as_deref();
            voter.group = name.and_then(|name| roll.groups.intern(name));
        }
        self.findings.add(self.roll, "roll-group-alike", |code| {
            let message = "小组照工作表的名称读：选举说明里是这些小组，没有照名册里的那一列";
            Diagnostic::note(code, message).in_file(&self.roll.path)
        });
    }

    /// Sheets called `1`, `2` may be of groups, and may be pages.
    fn ask_about_numbered_sheets(&mut self) {
        let mut sheets: Vec<u16> = self
            .roll
            .voters
            .iter()
            .filter(|voter| voter.group.is_none())
            .map(|voter| voter.row.sheet)
            .collect();
        sheets.dedup();
        let name = |at: u16| self.roll.sheets[usize::from(at)].name.as_deref();
        let names: Vec<String> = sheets
            .into_iter()
            .filter_map(name)
            .filter(|name| grouping::is_mere_number(name))
            .map(quote)
            .collect();
        if self.roll.sheets.len() < 2 || names.is_empty() {
            return;
        }
        let path = self.roll.path.clone();
        self.findings.add(self.roll, "roll-sheet-number", |code| {
            let (few, all) = (names.iter().take(LISTED).cloned().collect::<String>(), names.len());
            let message =
                format!("{all} 张工作表的名称只是数字（{few}），没有当作小组：是小组吗？");
            Diagnostic::warning(code, message)
                .in_file(path)
                .help("是小组的，把工作表改名为“1组”“2组”的样子；不是的，改成别的名称")
        });
    }

    /// Sheets called 张三 may be of groups, or of whoever filled them in; those called 外出
    /// or 低保户 may list again who is on others.
    fn ask_about_unsure_sheets(&mut self, names: &[String]) {
        let is_person = |name: &&String| words::is_likely_name(name) && !grouping::is_place(name);
        let (people, others): (Vec<&String>, Vec<&String>) = names.iter().partition(is_person);
        let lists: Vec<&String> =
            others.into_iter().filter(|name| apart::may_list_again(name)).collect();
        let asked = [
            (people, "像是人名", "不是小组的，把工作表改成小组的名称，或加一列“小组”"),
            (lists, "不像小组", "里面的人别的工作表里已经有的，删去这一张；没有的，移到自己的小组"),
        ];
        for (names, like, help) in asked.into_iter().filter(|(names, ..)| !names.is_empty()) {
            let few: String = names.into_iter().take(LISTED).map(|name| quote(name)).collect();
            let path = self.roll.path.clone();
            self.findings.add(self.roll, "roll-sheet-number", |code| {
                let message = format!("工作表的名称{few}{like}，暂当作小组：是小组吗？");
                Diagnostic::warning(code, message).in_file(path).help(help)
            });
        }
    }

    /// Where nearly everybody has a group of his own, 3-201, they are doors.
    fn tell_groups_of_one(&mut self) {
        const FEWEST: usize = 6;
        let voters = self.roll.voters.len();
        if voters < FEWEST || self.roll.groups.len() * 5 < voters * 4 {
            return;
        }
        let groups: HashSet<GroupId> =
            self.roll.voters.iter().filter_map(|voter| voter.group).collect();
        let is_door = |group: &&GroupId| {
            let name = self.roll.groups.name(**group);
            name.contains(['-', '—', '室', '号']) && name.contains(|c: char| c.is_ascii_digit())
        };
        let doors = groups.iter().filter(is_door).count();
        if doors * 5 >= voters * 4 {
            let message = format!("{voters} 名选民读出 {doors} 个小组：几乎每人一个，不像小组");
            self.findings.add(self.roll, "roll-group-odd", |code| {
                Diagnostic::warning(code, message)
                    .in_file(&self.roll.path)
                    .help("“小组”一列只写小组；门牌、房号、户号另写一列")
            });
        }
    }

    pub(super) fn note_encoding(&mut self) {
        if let Some(encoding) = self.roll.encoding.filter(|encoding| *encoding != Encoding::Utf8) {
            self.findings.add(self.roll, "roll-encoding", |code| {
                Diagnostic::note(code, format!("选民名册按 {encoding} 编码读入"))
                    .in_file(&self.roll.path)
            });
        }
    }

    pub(super) fn note_surplus(&mut self) {
        const MOST: usize = 100;
        let mut met = HashSet::new();
        let headings = self.roll.sheets.iter().flat_map(|sheet| &sheet.surplus);
        let headings = headings.map(|(_, heading)| quote(heading));
        let unheaded = self.roll.sheets.iter().flat_map(|sheet| &sheet.unheaded);
        let unheaded = unheaded.map(|&at| format!("{} 列（没有表头）", columns::letters(at)));
        let surplus: Vec<String> = headings
            .chain(unheaded)
            .filter(|heading| met.insert(heading.clone()))
            .take(MOST)
            .collect();
        if !surplus.is_empty() {
            self.findings.add(self.roll, "roll-columns-left-out", |code| {
                let columns = surplus.join("、");
                let message = format!("这些列用不到，只查看有没有“死亡”“迁出”一类的话：{columns}");
                Diagnostic::note(code, message).in_file(&self.roll.path)
            });
        }
    }
}

/// With how many namesakes a person is compared.
const COMPARED: usize = 8;

/// Whether nothing tells two namesakes apart.
fn may_be_same(one: &Voter, other: &Voter) -> bool {
    let differ =
        one.id_number.is_some() && other.id_number.is_some() && one.id_number != other.id_number;
    let births = one.birth.zip(other.birth).is_some_and(|(birth, other)| {
        birth.latest() < other.earliest() || other.latest() < birth.earliest()
    });
    !differ && !births
}

/// Where no column tells the group, or only a wider area, and there is a sheet for
/// each, the sheets name the groups.
/// Gives back the names that may be something else.
fn name_groups_by_sheets(roll: &mut VoterRoll, groups: &GroupNames) -> Vec<String> {
    let mut filled: Vec<u16> = roll.voters.iter().map(|voter| voter.row.sheet).collect();
    filled.dedup();
    let named = groups_of_sheets(roll, &filled, groups);
    for at in 0..roll.voters.len() {
        let row = roll.voters[at].row;
        let Some((name, is_sure)) = named.get(&row.sheet) else { continue };
        let by_area = || *is_sure && roll.block(row).header.has_only_areas();
        if roll.voters[at].group.is_none() || by_area() {
            roll.voters[at].group = roll.groups.intern(name);
        }
    }
    forget_empty_groups(roll);
    let unsure = named.into_values().filter(|(_, is_sure)| !is_sure).map(|(name, _)| name);
    let mut unsure: Vec<String> = unsure.collect();
    unsure.sort();
    unsure
}

/// The group that each of some sheets names, and whether it is surely one. What
/// sheets are called for being pages, copies or lists is none.
fn groups_of_sheets(
    roll: &VoterRoll,
    sheets: &[u16],
    groups: &GroupNames,
) -> HashMap<u16, (String, bool)> {
    let name = |number: u16| roll.sheets[usize::from(number)].name.as_deref();
    let has_column = |number: u16| {
        let blocks = &roll.sheets[usize::from(number)].blocks;
        blocks.iter().any(|block| block.header.has(Column::Group))
    };
    let sure: Vec<(u16, &str, String)> = sheets
        .iter()
        .filter_map(|&number| Some((number, name(number)?, groups.of_sheet(name(number)?)?)))
        .collect();
    // Where 上寨一组 and 下寨一组 would be one, they are called by their whole names.
    let names_two = sure.iter().any(|(_, whole, group)| {
        sure.iter().any(|(_, other, same)| {
            same == group && other.split(&**same).next() != whole.split(&**group).next()
        })
    });
    let mut named = HashMap::new();
    for (number, whole, group) in sure {
        let whole = grouping::group_title(whole).filter(|_| names_two);
        named.insert(number, (whole.unwrap_or(group), true));
    }
    if sheets.len() > 1 {
        let others = sheets.iter().copied().filter_map(|number| Some((number, name(number)?)));
        for (number, name) in others {
            let may_be = grouping::may_name_a_group(name) && apart::may_list_voters(name);
            if !has_column(number) && may_be {
                named.entry(number).or_insert_with(|| (name.to_owned(), false));
            }
        }
    }
    named
}

/// Forgets names of groups under which nobody came to stand.
fn forget_empty_groups(roll: &mut VoterRoll) {
    if roll.count_by_group().iter().all(|(_, count)| *count > 0) {
        return;
    }
    let before = std::mem::take(&mut roll.groups);
    for voter in &mut roll.voters {
        voter.group = voter.group.and_then(|group| roll.groups.intern(before.name(group)));
    }
}
