//! Remarks that were not asked about: each kind is told, with where it is first.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::Reading;
use crate::diagnostic::{Diagnostic, Place};
use crate::election::roll::RowRef;
use crate::election::roll::cell::shown::{quote, quote_remark};

/// A remark, under the heading of its column if that is not one of remarks.
type Remark = (Option<String>, String);

/// All kinds of remarks of a roll.
#[derive(Debug, Default)]
pub(super) struct Kept {
    places: HashMap<Remark, usize>,
    kinds: Vec<Kind>,
    /// How many more there were than are told one by one.
    more: usize,
    /// Where somebody was asked about after all.
    asked: HashSet<(RowRef, usize)>,
}

#[derive(Debug)]
struct Kind {
    remark: Remark,
    first: (RowRef, usize),
    count: usize,
}

impl Kept {
    pub(super) fn add(&mut self, heading: Option<String>, text: &str, at: (RowRef, usize)) {
        const MOST: usize = 10_000;
        let remark = (heading, text.to_owned());
        if let Some(&place) = self.places.get(&remark) {
            self.kinds[place].count += 1;
        } else if self.kinds.len() < MOST {
            self.places.insert(remark.clone(), self.kinds.len());
            self.kinds.push(Kind { remark, first: at, count: 1 });
        } else {
            self.more += 1;
        }
    }

    /// What stands there was asked about.
    pub(super) fn withdraw(&mut self, at: (RowRef, usize)) {
        self.asked.insert(at);
    }
}

impl Reading<'_> {
    /// What stands in 备注, or does not belong where it stands, and was not asked about.
    pub(super) fn note_remarks(&mut self) {
        const TOLD: usize = 60;
        let Kept { mut kinds, more, asked, .. } = std::mem::take(&mut self.remarks);
        kinds.retain(|kind| !asked.contains(&kind.first));
        // What most people have in a column of its own is what is usual there.
        kinds.retain(|kind| kind.remark.0.is_none() || kind.count * 2 <= self.roll.len());
        if kinds.is_empty() {
            return;
        }
        kinds.sort_by_key(|kind| Reverse(kind.count));
        let told: Vec<String> = kinds.iter().take(TOLD).map(|kind| self.in_words(kind)).collect();
        let rest = match kinds.len() + more {
            all if all > TOLD => format!("等 {all} 种（其余的写在待核对清单里）"),
            _ => String::new(),
        };
        let message = format!("名册里还有这些话，没有当作问题：{}{rest}", told.join("、"));
        self.findings.add(self.roll, "roll-remark-kept", |code| {
            Diagnostic::note(code, message)
                .in_file(&self.roll.path)
                .help("其中有说不是选民、另在别的小组的，请改名单")
        });
        self.roll.kept = kinds.iter().map(|kind| self.as_question(kind)).collect();
    }

    /// `“转一组”（2 人，第 5 行起）`.
    fn in_words(&self, Kind { remark: (heading, text), first: (row, _), count }: &Kind) -> String {
        let sheets = self.roll.sheets();
        let name = sheets[usize::from(row.sheet)].name.as_deref();
        let sheet = match name.filter(|_| sheets.len() > 1) {
            Some(name) => format!("工作表{}", quote(name)),
            None => String::new(),
        };
        let heading = heading.as_deref().map(|it| format!("{}，", quote(it))).unwrap_or_default();
        let text = quote_remark(text);
        match count {
            1 => format!("{text}（{heading}{sheet}第 {} 行）", row.row),
            _ => format!("{text}（{heading}{count} 人，{sheet}第 {} 行起）", row.row),
        }
    }

    /// As it stands in the worksheet of questions.
    fn as_question(
        &self,
        Kind { remark: (_, text), first: (row, at), count }: &Kind,
    ) -> Diagnostic {
        let of_many = if *count > 1 { format!("（共 {count} 人）") } else { String::new() };
        let message = format!("这里写着{}{of_many}：没有当作问题", quote_remark(text));
        let place: Place = self.roll.place_at(*row, *at);
        Diagnostic::note("roll-remark-kept", message)
            .at(place)
            .help("说的是不是选民、在别的小组的，请改名单；无关的不用管")
    }
}
