//! How many people the cells of groups state: 一组（4人）.

use std::collections::{HashMap, HashSet};

use super::Reading;
use crate::diagnostic::Diagnostic;
use crate::election::roll::cell::columns::Column;
use crate::election::roll::cell::form;
use crate::election::roll::cell::shown::quote;
use crate::election::roll::cell::sums::{Sums, Tally};
use crate::election::roll::{GroupId, RowRef, Voter};

/// All that were stated, each once.
#[derive(Debug, Default)]
pub(super) struct Stated {
    counts: Vec<Count>,
    met: HashSet<(u16, String, Vec<u64>)>,
}

#[derive(Debug)]
struct Count {
    at: RowRef,
    /// What it is called: by the end groups may have other numbers.
    group: String,
    sums: Sums,
    /// The number of voters before.
    from: usize,
}

impl Stated {
    /// Takes up what stands behind the name of a group.
    pub(super) fn add(&mut self, at: RowRef, group: &str, said: &str, from: usize) {
        let mut sums = Sums::default();
        sums.add(said);
        let group = group.to_owned();
        if !sums.is_empty() && self.met.insert((at.sheet, group.clone(), sums.people.clone())) {
            self.counts.push(Count { at, group, sums, from });
        }
    }
}

impl Reading<'_> {
    /// Holds each against its group, in the sheet and in all, and against those of the
    /// group who follow before the next.
    pub(super) fn settle_stated(&mut self) {
        let counts = std::mem::take(&mut self.stated).counts;
        if counts.is_empty() {
            return;
        }
        let mut tallies: HashMap<(Option<u16>, GroupId), Tally> = HashMap::new();
        for voter in &self.roll.voters {
            let Some(group) = voter.group else { continue };
            for sheet in [Some(voter.row.sheet), None] {
                let tally = tallies.entry((sheet, group)).or_default();
                *tally = tally.and(Tally::of_one(voter.sex));
            }
        }
        let ends: Vec<usize> = counts.iter().skip(1).map(|next| next.from).collect();
        let ends = ends.into_iter().chain([self.roll.voters.len()]);
        for (Count { at, group, sums, from }, to) in counts.into_iter().zip(ends) {
            let Some(group) = self.roll.groups.find(&group) else { continue };
            let of = |sheet| tallies.get(&(sheet, group)).copied().unwrap_or_default();
            let follows =
                |voter: &&Voter| voter.group == Some(group) && voter.row.sheet == at.sheet;
            let next = self.roll.voters[from..to].iter().take_while(follows);
            let next = Tally::of_all(next.map(|voter| voter.sex));
            if of(None).people == 0 {
                continue;
            }
            let all = [of(Some(at.sheet)), of(None), next];
            if let Some(refuted) = sums.refuted_by(&all) {
                let place = self.roll.place(at, Column::Group);
                self.refute(place, &sums, refuted, all[0].people);
            }
        }
    }
}

impl Reading<'_> {
    /// Holds what the name of the sheet states against who was read from it.
    pub(super) fn check_name_of_sheet(&mut self) {
        let name = self.roll.sheets[usize::from(self.sheet.number)].name.clone();
        let has_voters = self.roll.voters.len() > self.sheet.first_voter;
        if let Some(name) =
            name.as_deref().filter(|name| has_voters && form::qualifies_a_list(name))
        {
            let place = self.roll.row_place(self.row_ref(1, 0));
            self.ask_about_qualified(name, place);
        }
        let name = name.as_deref();
        let Some(name) = name.filter(|name| name.contains(['人', '名'])) else { return };
        let mut sums = Sums::default();
        sums.add(name);
        let read = self.roll.voters[self.sheet.first_voter..].iter();
        let read = Tally::of_all(read.map(|voter| voter.sex));
        let answered = Tally::of(read.people + self.sheet.answered.len());
        let tallies = [read, answered];
        if sums.is_empty() || read.people == 0 || sums.refuted_by(&tallies).is_none() {
            return;
        }
        let message =
            format!("工作表的名称写的是{}，读到的是 {} 人，对不上", quote(name), read.people);
        self.findings.add(self.roll, "roll-total", |code| {
            let told = Diagnostic::warning(code, message).in_file(&self.roll.path);
            told.help("查明是漏了人、多了人，还是工作表的名称没有改")
        });
    }
}
