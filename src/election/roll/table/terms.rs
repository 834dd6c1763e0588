//! Lists of other terms: a sheet or a title that names another year than the rest.

use super::Reading;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::election::roll::TitledVillage;
use crate::election::roll::cell::shown::quote;
use crate::election::roll::cell::villages::village_in_title;
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
        for title in texts.iter().filter(is_of_voters) {
            self.note_village(number, title);
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

    /// Notes the village that a title of voters names, where it is another than above.
    fn note_village(&mut self, number: u32, title: &str) {
        const MOST: usize = 100;
        let Some(name) = village_in_title(title) else { return };
        let is_known = self.roll.villages.iter().any(|known| known.name == name);
        if !is_known && self.roll.villages.len() < MOST && apart::title_aside(title).is_none() {
            let place = self.roll.row_place(self.row_ref(number, 0));
            self.roll.villages.push(TitledVillage { name, title: title.to_owned(), place });
        }
    }

    /// The lists of other years than the last are of other elections.
    pub(super) fn ask_about_years(&mut self) {
        let dated = std::mem::take(&mut self.dated);
        let latest = dated.iter().max_by_key(|one| one.year);
        self.roll.dated = latest.map(|one| (one.year, one.title.clone(), one.place.clone()));
        let last = latest.map_or(0, |one| one.year);
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
