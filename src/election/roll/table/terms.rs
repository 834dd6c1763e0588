//! Of which election a list is: the years, days and terms that titles, lines and sheets name.

use super::Reading;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::election::roll::cell::days::told_day;
use crate::election::roll::cell::shown::quote;
use crate::election::roll::cell::{apart, grouping, words};
use crate::election::roll::{NamedTerm, ToldDay};

/// A list that names its year.
pub(super) struct Dated {
    year: u16,
    title: String,
    place: Place,
    /// Whether voters stand before it, under no year.
    is_late: bool,
}

impl Reading<'_> {
    /// Notes what the name of the sheet that begins tells of the election.
    pub(super) fn note_name_of_sheet(&mut self) {
        let sheet = &self.roll.sheets[usize::from(self.sheet.number)];
        let Some(name) = sheet.name.clone() else { return };
        self.note_term(1, &name);
        self.note_village(1, &name);
        self.note_pages(1, std::slice::from_ref(&name));
        if let Some(year) = words::year_in(&name).filter(|_| self.sheet.aside.is_none()) {
            let place = self.roll.row_place(self.row_ref(1, 0));
            let is_late = !self.roll.is_empty() && self.dated.is_empty();
            self.dated.push(Dated { year, title: name, place, is_late });
        }
    }

    /// Notes what the titles of voters, and lines over them, tell of the election.
    pub(super) fn note_titles(&mut self, number: u32, texts: &[String]) {
        for line in texts.iter().filter(|text| !text.is_empty()) {
            self.note_village(number, line);
            self.note_day_of_line(number, line);
            self.note_election_day(number, line);
        }
        for line in texts.iter().filter(|line| line.starts_with("届次")) {
            self.note_term(number, line);
        }
        for title in texts.iter().filter(|text| is_of_voters(text)) {
            self.note_term(number, title);
            self.note_year(number, title);
        }
        if texts.iter().any(|text| names_a_group(text)) {
            self.note_scope(number, texts);
        } else if texts.iter().any(|text| grouping::group_title(text).is_some()) {
            self.note_title_below_scope(number);
        }
    }

    /// Notes what the title of a group tells beside its name.
    pub(super) fn note_title_of_group(&mut self, number: u32, group: &str, texts: &[String]) {
        self.note_title_below_scope(number);
        for title in texts {
            self.note_village(number, title);
            // 第1980村民小组 names no year.
            if words::year_in(&title.replacen(group, "", 1)).is_some() {
                self.note_year(number, title);
            }
        }
        if texts.iter().any(|text| names_a_group(text)) {
            self.note_scope(number, texts);
        }
    }

    fn note_year(&mut self, number: u32, title: &str) {
        const MOST: usize = 1000;
        let is_known = self.dated.len() >= MOST || self.dated.iter().any(|one| one.title == *title);
        let is_aside = || apart::title_aside(title).is_some();
        if let Some(year) = words::year_in(title).filter(|_| !is_known && !is_aside()) {
            let place = self.roll.row_place(self.row_ref(number, 0));
            let is_late = self.roll.voters.len() > self.sheet.first_voter && self.dated.is_empty();
            self.dated.push(Dated { year, title: title.to_owned(), place, is_late });
        }
    }

    /// Notes the term that a title of voters or the name of a sheet names.
    fn note_term(&mut self, number: u32, title: &str) {
        const MOST: usize = 10;
        let is_read = self.sheet.aside.is_none() && self.roll.terms.len() < MOST;
        let Some(term) = words::term_in(title).filter(|_| is_read) else { return };
        let place = self.roll.row_place(self.row_ref(number, 0));
        self.roll.terms.push(NamedTerm { number: term, title: title.to_owned(), place });
    }

    /// Notes the day of the election that a line tells: 选举日：2026年12月20日.
    fn note_election_day(&mut self, number: u32, line: &str) {
        const MOST: usize = 10;
        if let Some(told) = told_day(line).filter(|_| self.roll.days.len() < MOST) {
            let place = self.roll.row_place(self.row_ref(number, 0));
            self.roll.days.push(ToldDay { told, said: line.to_owned(), place });
        }
    }

    /// Notes the day that a line gives to the list: 统计时间：2023年12月.
    fn note_day_of_line(&mut self, number: u32, line: &str) {
        if let Some(year) = words::year_of_stamp(line) {
            let place = self.roll.row_place(self.row_ref(number, 0));
            let latest = self.stamped.as_ref().map_or(0, |stamped| stamped.year);
            if year > latest {
                self.stamped = Some(Dated { year, title: line.to_owned(), place, is_late: false });
            }
        }
    }

    /// The lists of other years than the last are of other elections.
    pub(super) fn ask_about_years(&mut self) {
        let dated = std::mem::take(&mut self.dated);
        let last = dated.iter().map(|one| one.year).max().unwrap_or_default();
        let latest = dated.iter().chain(&self.stamped).max_by_key(|one| one.year);
        self.roll.dated = latest.map(|one| (one.year, one.title.clone(), one.place.clone()));
        for Dated { year, title, place, is_late } in dated {
            let (severity, message) = match year < last {
                true => (
                    Severity::Error,
                    format!("{}像是往届的名册，里面的人也读作选民了", quote(&title)),
                ),
                false if is_late => (
                    Severity::Warning,
                    format!(
                        "{}写了年份，前面的名单没有写：是往届的名册吗？暂一并读作选民",
                        quote(&title)
                    ),
                ),
                false => continue,
            };
            self.findings.add(self.roll, "roll-sheet-again", |code| {
                Diagnostic::new(severity, code, message)
                    .at(place)
                    .help("是往届的，删去或隐藏；是这一届的，把标题或工作表的名称改成一样的年份")
            });
        }
    }
}

fn is_of_voters(title: &str) -> bool {
    ["选民", "名单", "名册"].iter().any(|word| title.contains(word))
}

/// Whether a title is of the voters of some groups: 一、三组选民名册.
fn names_a_group(title: &str) -> bool {
    is_of_voters(title) && grouping::group_in_title(title).is_some()
}
