//! The records of all elections, each committee once.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;

use super::columns::{Columns, Figure};
use crate::batch::figures::DONE;
use crate::batch::find::Kind;
use crate::batch::record::{Count, Packet, Place, Record, Told};
use crate::batch::{Ended, Plan};
use crate::diagnostic::Diagnostic;
use crate::law::calendar::State;
use crate::pool::Pool;

/// What is known of one election.
#[derive(Clone, Debug)]
pub struct Entry {
    pub path: String,
    pub kind: Kind,
    pub ended: Ended,
    pub place: Place,
    pub standing: Vec<Standing>,
    pub findings: Vec<Told>,
    pub counts: Vec<Count>,
    pub packet: Option<Packet>,
    pub lacking: Option<Vec<String>>,
    pub state: Option<String>,
    /// In the order of the columns.
    pub figures: Vec<Figure>,
    pub last: Vec<Option<Figure>>,
}

/// A step as it stands on the day of the report.
#[derive(Clone, Debug)]
pub struct Standing {
    pub id: String,
    pub title: String,
    pub state: State,
}

/// All that is counted, and what is not.
#[derive(Debug)]
pub struct Gathered {
    pub today: Date,
    /// How many elections there are to do.
    pub due: usize,
    /// By place.
    pub entries: Vec<Entry>,
    /// Paths of those that are not counted, and why.
    pub left_out: Vec<(String, String)>,
}

/// What was due before an election that was held is late no more: it was not written.
fn since(held: Option<Date>, until: Option<Date>, state: State) -> State {
    match (state, held, until) {
        (State::Late { .. }, Some(held), Some(until)) if until <= held => {
            State::Untold { on: until.into() }
        }
        _ => state,
    }
}

impl Entry {
    fn of(record: Record, columns: &Columns, today: Date) -> Self {
        let state = record.figures.words.get("state").cloned().flatten();
        let held = record.place.election_day.as_deref().and_then(|day| day.parse().ok());
        let held = held.filter(|_| state.as_deref() == Some(DONE));
        let standing = record.steps.iter().map(|step| Standing {
            id: step.id.clone(),
            title: step.title.clone(),
            state: since(held, step.until(), step.state(today)),
        });
        Self {
            standing: standing.collect(),
            state,
            figures: columns.figures(&record.figures),
            last: columns.last(&record.figures),
            path: record.path,
            kind: record.kind,
            ended: record.ended,
            place: record.place,
            findings: record.findings,
            counts: record.counts,
            packet: record.packet,
            lacking: record.lacking,
        }
    }

    pub fn name(&self) -> &str {
        self.place.name.as_deref().unwrap_or(&self.path)
    }

    pub fn is_done(&self) -> bool {
        self.state.as_deref() == Some(DONE)
    }

    /// The steps that are late, and by how many days, the latest first.
    pub fn late(&self) -> Vec<(&Standing, i32)> {
        let late = self.standing.iter().filter_map(|standing| match standing.state {
            State::Late { days } => Some((standing, days)),
            _ => None,
        });
        let mut late: Vec<_> = late.collect();
        late.sort_by_key(|(_, days)| std::cmp::Reverse(*days));
        late
    }

    /// Whose election it is; `None` if its description could not be read.
    fn committee(&self) -> Option<Committee> {
        let Place { name, kind, province, city, district, street, term, .. } = self.place.clone();
        Some((name?, kind, [province, city, district, street], term))
    }

    fn by_place(&self) -> ([Option<&str>; 4], &str) {
        let Place { province, city, district, street, .. } = &self.place;
        ([province, city, district, street].map(Option::as_deref), &self.path)
    }
}

type Committee = (String, Option<String>, [Option<String>; 4], Option<u32>);

impl Gathered {
    /// Reads the records among the results in `out`.
    ///
    /// # Errors
    /// There are no results.
    pub fn read(out: &Path, columns: &Columns, today: Date) -> Result<Self, Diagnostic> {
        let Some(plan) = Plan::read(out) else {
            return Err(Diagnostic::error("batch-empty", "这里没有 batch 的结果。")
                .in_file(out)
                .help("请先运行 zhangbang batch 文件夹 -o 结果，再写这个结果文件夹。"));
        };
        let paths: Vec<&String> = plan.elections.iter().collect();
        let read = Pool::of_cores().each(
            &paths,
            || (),
            |(), path| Record::read(&out.join(path)).map(|it| Entry::of(it, columns, today)),
        );
        let (mut entries, mut left_out) = (Vec::new(), Vec::new());
        for (path, entry) in paths.into_iter().zip(read) {
            match entry {
                None => left_out.push((path.clone(), "还没有办".to_owned())),
                Some(entry) if entry.place.name.is_none() => {
                    left_out.push((path.clone(), why_unread(&entry)));
                }
                Some(entry) => entries.push(entry),
            }
        }
        left_out.extend(take_out_doubles(&mut entries));
        left_out.sort();
        entries.sort_by(|one, other| one.by_place().cmp(&other.by_place()));
        Ok(Self { today, due: plan.elections.len(), entries, left_out })
    }

    /// How many of how many are counted, in words.
    pub fn extent(&self) -> String {
        let (due, counted) = (self.due, self.entries.len());
        match self.left_out.len() {
            0 => format!("共{due}个选举，全部计入"),
            out => format!("共{due}个选举，计入{counted}个，{out}个没有计入"),
        }
    }
}

fn why_unread(entry: &Entry) -> String {
    let first = entry.findings.iter().find(|told| told.is_error());
    first.map_or_else(
        || "没有写社区（村）的名称".to_owned(),
        |told| format!("读不出来：{}", told.message),
    )
}

/// Of a committee that was handed in twice the packet counts, if there is one that
/// stood the test; otherwise nobody knows which is right, and none does.
fn take_out_doubles(entries: &mut Vec<Entry>) -> Vec<(String, String)> {
    let mut by_committee: BTreeMap<Committee, Vec<usize>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        if let Some(committee) = entry.committee() {
            by_committee.entry(committee).or_default().push(at);
        }
    }
    let mut out: BTreeMap<usize, String> = BTreeMap::new();
    for same in by_committee.into_values().filter(|same| same.len() > 1) {
        let is_sound = |at: &&usize| {
            let packet = entries[**at].packet.as_ref().filter(|packet| packet.passed);
            entries[**at].kind == Kind::Packet && packet.is_some()
        };
        let packets: Vec<&usize> = same.iter().filter(is_sound).collect();
        let counted = match packets[..] {
            [one] => Some(*one),
            _ => None,
        };
        for at in same.iter().copied().filter(|at| Some(*at) != counted) {
            let why = match counted {
                Some(counted) => format!("已按交来的档案包计入（{}）", entries[counted].path),
                None => {
                    let others = same.iter().filter(|other| **other != at);
                    let others: Vec<_> =
                        others.map(|&other| entries[other].path.as_str()).collect();
                    format!("与 {} 是同一个委员会，不知道以哪个为准", others.join("、"))
                }
            };
            out.insert(at, why);
        }
    }
    let mut at = 0;
    let mut left_out = Vec::new();
    entries.retain(|entry| {
        let why = out.remove(&at);
        at += 1;
        let is_kept = why.is_none();
        left_out.extend(why.map(|why| (entry.path.clone(), why)));
        is_kept
    });
    left_out
}
