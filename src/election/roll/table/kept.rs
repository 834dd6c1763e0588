//! Remarks that were not asked about: each kind is told, with where it is first.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::Reading;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::election::roll::RowRef;
use crate::election::roll::cell::shown::{quote, quote_remark};
use crate::election::roll::cell::{columns, form, leaving, relations};

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

impl Kind {
    /// Whether one voter alone has such words in a column of remarks, and they are not
    /// understood.
    fn is_single(&self) -> bool {
        let (heading, text) = &self.remark;
        heading.is_none()
            && self.count == 1
            && !is_of_the_sheet(text)
            && !relations::is_one(text)
            && !leaving::speaks_of_leaving(text)
    }
}

/// Whether a text is a heading, a label or the number of a page beside the voters.
fn is_of_the_sheet(text: &str) -> bool {
    const HEADING: usize = 6;
    const LABEL: usize = 4;
    let is_within = |longest: usize| text.chars().nth(longest).is_none();
    is_within(HEADING) && columns::known(text).is_some()
        || is_within(LABEL) && form::is_of_its_words(text)
        || text.contains('页') && form::is_of_a_form(text)
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
        const ASKED: usize = 3;
        let Kept { mut kinds, more, asked, .. } = std::mem::take(&mut self.remarks);
        kinds.retain(|kind| !asked.contains(&kind.first));
        // What most people have in a column of its own is what is usual there.
        kinds.retain(|kind| kind.remark.0.is_none() || kind.count * 2 <= self.roll.len());
        let singles: Vec<Kind> = kinds.extract_if(.., |kind| kind.is_single()).collect();
        match more == 0 && singles.len() <= ASKED {
            true => singles.iter().for_each(|kind| self.ask_about_single(kind)),
            false => kinds.extend(singles),
        }
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

    /// What one alone has in a column of remarks says something of nobody else: where few
    /// have such words, each is asked about; where many have, the column is one of any words.
    fn ask_about_single(&mut self, Kind { remark: (_, text), first: (row, at), .. }: &Kind) {
        if self.is_asked_about(*row, &["roll-remark", "roll-note"]) {
            return;
        }
        let message = format!("这里写着{}：不知道是什么意思，没有照它改名单", quote_remark(text));
        let help = "说他不是选民，或有一项写错了的，照它改；无关的，在待核对清单里答“无误”";
        let place = self.roll.place_at(*row, *at);
        self.ask(Severity::Warning, "roll-remark", message, place, help);
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
