//! Names beside the voters' own: of the heads of their households, of their spouses
//! and children. Whoever stands there and nowhere among the voters may be missing.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Reading;
use super::layout::Layout;
use super::rows::View;
use crate::diagnostic::Severity;
use crate::election::person::name_key;
use crate::election::roll::cell::columns::Column;
use crate::election::roll::cell::shown::quote;
use crate::election::roll::cell::{leaving, words};
use crate::election::roll::source::Row;
use crate::election::roll::{HouseholdId, RowRef};

/// The names of a sheet that stand beside voters, or over them.
#[derive(Debug, Default)]
pub(super) struct Kin {
    /// Of heads, by the row of the voter beside.
    heads: HashMap<RowRef, String>,
    /// Of heads in lines of their own: 户主：张三.
    titled: Vec<(RowRef, String)>,
    /// Whether the household under the last such line, if that is still it, has its head.
    open: Option<bool>,
    /// Of relatives, by table and column.
    relatives: BTreeMap<(u16, usize), Vec<(RowRef, String)>>,
}

/// A head of a household, with the row in which he is named.
type Named = (RowRef, String);

impl Kin {
    /// Takes up a head; says whether the line above, if there is one, was already that of
    /// another.
    pub(super) fn meet_head(&mut self) -> Option<bool> {
        self.open.as_mut().map(|has_head| std::mem::replace(has_head, true))
    }

    /// Headings follow the line that names a head, or begin something else.
    pub(super) fn meet_headings(&mut self) {
        self.open = self.open.filter(|has_head| !has_head);
    }
}

/// The name in a cell, if it is somebody's.
pub(super) fn name_in(text: &str) -> Option<&str> {
    const OTHERS: [&str; 8] =
        ["户主", "本人", "成员", "非户主", "家属", "户主本人", "集体户", "家庭户"];
    let name = text.trim();
    let name = name.strip_suffix('户').unwrap_or(name);
    let is_name = words::may_be_name(name)
        && name.chars().nth(1).is_some()
        && !name.bytes().any(|byte| byte.is_ascii())
        && !words::is_ditto(name)
        && !words::is_nobody(name)
        && !OTHERS.contains(&name);
    is_name.then_some(name)
}

impl Reading<'_> {
    /// Takes up what a voter was called before: 曾用名.
    pub(super) fn note_former_name(&mut self, at: RowRef, view: &View<impl Row>, layout: &Layout) {
        for column in layout.former_names().filter(|at| view.block.range().contains(at)) {
            let name = view.row.cell(column).text();
            if words::is_short_han(&name) {
                self.roll.former_names.push((at, name_key(&name).into_owned()));
            }
        }
    }

    /// Takes up who is named beside a voter.
    pub(super) fn note_kin(&mut self, at: RowRef, view: &View<impl Row>) {
        let head = view.head();
        if let Some(head) = name_in(&head).filter(|head| !leaving::tells_of_leaving(head)) {
            self.sheet.kin.heads.insert(at, head.to_owned());
        }
        for &column in &view.block.kin {
            let text = view.row.cell(column).text();
            if let Some(name) = name_in(&text).filter(|name| words::is_short_han(name)) {
                let named = self.sheet.kin.relatives.entry((at.block, column)).or_default();
                named.push((at, name.to_owned()));
            }
        }
    }

    /// Takes up a line that names a head and nothing else.
    pub(super) fn note_head_in_line(&mut self, at: RowRef, texts: &[String]) {
        let said = texts.iter().find_map(|text| {
            let (_, said) = text.split_once("户主：").or_else(|| text.split_once("户主:"))?;
            said.split(|c: char| c.is_whitespace() || "，,（(；;、".contains(c)).next()
        });
        if let Some(head) = said.and_then(name_in) {
            self.sheet.kin.titled.push((at, head.to_owned()));
            self.sheet.kin.open = Some(false);
        }
    }

    /// Asks about heads of households and relatives who are not among the voters.
    pub(super) fn ask_about_kin(&mut self) {
        let Kin { heads, titled, relatives, .. } = std::mem::take(&mut self.sheet.kin);
        if heads.is_empty() && titled.is_empty() && relatives.is_empty() {
            return;
        }
        let voters = &self.roll.voters[self.sheet.first_voter..];
        let there: HashSet<String> =
            voters.iter().map(|voter| voter.name.key().into_owned()).collect();
        let is_missing = |(_, name): &&Named| !there.contains(&*name_key(name));
        let missing: Vec<Named> = titled.iter().filter(is_missing).cloned().collect();
        let relatives: Vec<(usize, Vec<Named>, usize)> = relatives
            .into_iter()
            .map(|((_, column), named)| {
                (column, named.iter().filter(is_missing).cloned().collect(), named.len())
            })
            .collect();
        let (of_forms, of_columns) = self.missing_heads(&heads, &there);
        missing.into_iter().chain(of_forms).for_each(|head| self.ask_about_head(head));
        self.ask_about_column_of_heads(of_columns);
        for (column, missing, all) in relatives {
            self.ask_about_relatives(column, &missing, all);
        }
    }

    /// The heads who are not among the members of their households, where the form lists
    /// these; and elsewhere those who stand nowhere, with how many heads there are.
    fn missing_heads(
        &self,
        heads: &HashMap<RowRef, String>,
        there: &HashSet<String>,
    ) -> (Vec<Named>, (Vec<Named>, usize)) {
        let voters = &self.roll.voters[self.sheet.first_voter..];
        let members: HashSet<(HouseholdId, String)> = voters
            .iter()
            .filter_map(|voter| Some((voter.household?, voter.name.key().into_owned())))
            .collect();
        let lists_members = |at: RowRef| {
            let header = &self.roll.block(at).header;
            let is_of_members =
                header.get(Column::Name).is_some_and(|heading| heading.text.contains("成员"));
            header.has(Column::Relation) || is_of_members
        };
        let mut met: HashSet<(Option<HouseholdId>, &str)> = HashSet::new();
        let (mut of_forms, mut of_columns, mut all) = (Vec::new(), Vec::new(), 0);
        for voter in voters {
            let Some(head) = heads.get(&voter.row) else { continue };
            let lists_members = lists_members(voter.row);
            let household = voter.household.filter(|_| lists_members);
            if !met.insert((household, head)) {
                continue;
            }
            let key = name_key(head).into_owned();
            let named = (voter.row, head.clone());
            if let Some(household) = household {
                of_forms.extend(Some(named).filter(|_| !members.contains(&(household, key))));
            } else {
                all += 1;
                of_columns.extend(Some(named).filter(|_| !there.contains(&key)));
            }
        }
        (of_forms, (of_columns, all))
    }

    fn ask_about_head(&mut self, (at, head): Named) {
        let message = format!("户主{}不在这一户的成员里，是不是漏了？", quote(&head));
        self.ask_about_named(at, &message, "户主是选民的，给他加一行");
    }

    /// Of a few heads each is asked about; where most are missing, all at once.
    fn ask_about_column_of_heads(&mut self, (missing, all): (Vec<Named>, usize)) {
        if missing.len() * 2 <= all || all == 1 {
            for (at, head) in missing {
                let message = format!("户主{}不在名册里，是不是漏了？", quote(&head));
                let help = "户主是选民的，给他加一行；不是的，在待核对清单里答“无误”";
                self.ask_about_named(at, &message, help);
            }
        } else if let Some((at, _)) = missing.first() {
            let message = format!(
                "这一列写的 {all} 个户主，有 {} 个不在名册里（从这一行起）：是不是漏了？",
                missing.len()
            );
            let help = "户主是选民的，各加一行；都不是的，在待核对清单里答“无误”";
            self.ask_about_named(*at, &message, help);
        }
    }

    fn ask_about_named(&mut self, at: RowRef, message: &str, help: &str) {
        let column = self.roll.block(at).head;
        let place = match column {
            Some(column) => self.roll.place_at(at, column),
            None => self.roll.row_place(at),
        };
        self.ask(Severity::Warning, "roll-head-missing", message.into(), place, help);
    }

    /// A column of relatives who are mostly no voters of the roll: perhaps each row is
    /// of a whole family. Of few spouses who are missing each is asked about; children may
    /// be young.
    fn ask_about_relatives(&mut self, column: usize, missing: &[Named], all: usize) {
        const FEW: usize = 5;
        let heading = missing.first().and_then(|(at, _)| self.roll.heading_at(*at, column));
        let are_spouses = heading.is_some_and(|it| words::has_any(&it, &["配偶", "丈夫", "妻"]));
        if are_spouses && missing.len() <= FEW && missing.len() * 2 <= all.max(2) {
            for (at, name) in missing {
                let message = format!("配偶{}不在名册里，是不是漏了？", quote(name));
                let help = "是选民的，给他加一行；不是的，在待核对清单里答“无误”";
                let place = self.roll.place_at(*at, column);
                self.ask(Severity::Warning, "roll-head-missing", message, place, help);
            }
            return;
        }
        let Some((at, _)) = missing.first().filter(|_| missing.len() * 2 > all) else { return };
        let message = format!(
            "这一列写了 {all} 个人，有 {} 个不在名册里（从这一行起），没有读作选民：是不是漏了？",
            missing.len()
        );
        let help = "是选民的，每人写一行，姓名都写在“姓名”一列；不是的，在待核对清单里答“无误”";
        let place = self.roll.place_at(*at, column);
        self.ask(Severity::Warning, "roll-head-missing", message, place, help);
    }
}
