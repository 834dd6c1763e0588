//! When a list was made: the years, days and terms that titles, lines and sheets name.

use super::Reading;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::election::roll::NamedTerm;
use crate::election::roll::cell::shown::quote;
use crate::election::roll::cell::{apart, words};

/// A list that names its year.
pub(super) struct Dated {
    year: u16,
    title: String,
    place: Place,
    /// Whether voters stand before it, under no year.
    is_late: bool,
}

impl Reading<'_> {
    /// Notes the year of the sheet that begins.
    pub(super) fn note_year_of_sheet(&mut self) {
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

    /// Notes the year of a title of voters.
    pub(super) fn note_year_of_title(&mut self, number: u32, texts: &[String]) {
        let is_of_voters =
            |text: &&String| ["选民", "名单", "名册"].iter().any(|word| text.contains(word));
        for line in texts.iter().filter(|text| !text.is_empty()) {
            self.note_village(number, line);
            self.note_day_of_line(number, line);
        }
        for title in texts.iter().filter(is_of_voters) {
            self.note_term(number, title);
            let is_known = self.dated.iter().any(|one| one.title == *title);
            let is_aside = || apart::title_aside(title).is_some();
            if let Some(year) = words::year_in(title).filter(|_| !is_known && !is_aside()) {
                let place = self.roll.row_place(self.row_ref(number, 0));
                let is_late =
                    self.roll.voters.len() > self.sheet.first_voter && self.dated.is_empty();
                self.dated.push(Dated { year, title: title.clone(), place, is_late });
            }
        }
    }

    /// Notes the term that a title of voters or the name of a sheet names.
    fn note_term(&mut self, number: u32, title: &str) {
        const MOST: usize = 10;
        let Some(term) = words::term_in(title).filter(|_| self.roll.terms.len() < MOST) else {
            return;
        };
        let place = self.roll.row_place(self.row_ref(number, 0));
        self.roll.terms.push(NamedTerm { number: term, title: title.to_owned(), place });
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
