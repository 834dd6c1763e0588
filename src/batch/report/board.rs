//! The board for the wall: every community, how far it has come, who is late.

use std::collections::BTreeMap;

use super::gather::{Entry, Gathered, Standing};
use crate::batch::Ended;
use crate::compose::document::{Block, Table, Text};
use crate::compose::{Document, chinese};
use crate::diagnostic::Report;
use crate::election::decode::Decode as _;
use crate::election::{Election, Stage};
use crate::law::calendar::State;
use crate::law::steps::STEPS;
use crate::make::Press;
use crate::typeset::{Job, Leaves, png};

/// More communities than hang on one wall: then each street has a line.
const MOST: usize = 400;

const STAGES: [Stage; 7] = [
    Stage::Preparation,
    Stage::Committee,
    Stage::Voters,
    Stage::Candidates,
    Stage::Polling,
    Stage::Result,
    Stage::Closing,
];

/// The board on paper, and its first page as a picture.
pub(super) fn print(all: &Gathered, press: &Press) -> Result<(Vec<u8>, Option<Vec<u8>>), Report> {
    let document = document(all);
    let (job, typesetter) = (Job { document: &document, layout: "board" }, press.typesetter());
    let mut printed = typesetter.each(&[job], |job, pages| {
        let pictures =
            if Leaves::of(pages, false).count() == 1 { png::draw(pages)? } else { Vec::new() };
        Ok((typesetter.pdf(job, pages)?.bytes, pictures.into_iter().next()))
    })?;
    Ok(printed.pop().unwrap_or_default())
}

fn document(all: &Gathered) -> Document {
    let day = chinese::date(all.today.into());
    let done = all.entries.iter().filter(|entry| entry.is_done()).count();
    let late = all.entries.iter().filter(|entry| !entry.late().is_empty()).count();
    let said = format!(
        "截至{day}：{}；已完成{done}个，有步骤过了期限的{late}个。“√”是都办了，“3/5”是五步办了三步，“迟”是有步骤过了法定期限。",
        all.extent()
    );
    let table = match all.entries.len() > MOST {
        true => by_street(&all.entries),
        false => by_community(&all.entries),
    };
    let blocks = vec![Block::Paragraph { text: Text::plain(said) }, Block::Table(table)];
    Document::form("batch-board", vec!["换届选举".to_owned(), "进度榜".to_owned()], blocks)
}

fn heads(who: &'static str) -> Vec<&'static str> {
    let stages = STAGES.iter().map(|stage| stage.name());
    [who, "选举日"].into_iter().chain(stages).chain(["最迟的一步"]).collect()
}

fn by_community(entries: &[Entry]) -> Table {
    let row = |entry: &Entry| {
        let late = entry.late();
        let latest = late.first().map(|(step, days)| format!("{}，迟{days}天", step.title));
        let day = entry.place.election_day.clone().unwrap_or_else(|| "未定".into());
        let stages = STAGES.iter().map(|stage| stand(entry, *stage));
        let cells = [entry.name().to_owned(), day].into_iter().chain(stages);
        cells.chain([latest.unwrap_or_default()]).map(Text::plain).collect()
    };
    Table::of(&heads("社区（村）"), entries.iter().map(row).collect())
}

/// Of each street how many have done with each stage.
fn by_street(entries: &[Entry]) -> Table {
    let mut streets: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        streets.entry(entry.place.street.as_deref().unwrap_or("未写街道")).or_default().push(entry);
    }
    let row = |(street, entries): (&str, Vec<&Entry>)| {
        let done = |stage: Stage| {
            let done = entries.iter().filter(|entry| stand(entry, stage) == "√").count();
            format!("{done}/{}", entries.len())
        };
        let late = entries.iter().filter(|entry| !entry.late().is_empty()).count();
        let stages = STAGES.iter().map(|stage| done(*stage));
        let cells = [street.to_owned(), String::new()].into_iter().chain(stages);
        let late = if late > 0 { format!("{late}个有迟的") } else { String::new() };
        cells.chain([late]).map(Text::plain).collect()
    };
    Table::of(&heads("街道（乡镇）"), streets.into_iter().map(row).collect())
}

/// A stage of one election: `√`, `3/5`, `迟2天`.
fn stand(entry: &Entry, stage: Stage) -> String {
    let own = |standing: &&Standing| stage_of(&standing.id) == Some(stage);
    let steps: Vec<&Standing> = entry.standing.iter().filter(own).collect();
    let late = steps.iter().filter_map(|standing| match standing.state {
        State::Late { days } => Some(days),
        _ => None,
    });
    if let Some(days) = late.max() {
        return format!("迟{days}天");
    }
    let is_done = |standing: &&&Standing| matches!(standing.state, State::Done(_));
    match (steps.iter().filter(is_done).count(), steps.len()) {
        (_, 0) => "—".to_owned(),
        (done, all) if done == all => "√".to_owned(),
        (done, all) => format!("{done}/{all}"),
    }
}

/// The stage in which a step is taken.
fn stage_of(id: &str) -> Option<Stage> {
    match id.split('.').next()? {
        "archive" => Some(Stage::Closing),
        "held_again" | "election_day" => Some(Stage::Result),
        section => Election::keys_below("").iter().find(|key| key.english == section)?.stage,
    }
}

/// Every step that any election has, in the order in which they are taken.
pub(super) fn steps(entries: &[Entry]) -> Vec<(String, String)> {
    let mut steps: BTreeMap<(usize, &str), &str> = BTreeMap::new();
    for standing in entries.iter().flat_map(|entry| &entry.standing) {
        let place = STEPS.iter().position(|step| step.id == standing.id).unwrap_or(usize::MAX);
        steps.entry((place, &standing.id)).or_insert(&standing.title);
    }
    steps.into_iter().map(|((_, id), title)| (id.to_owned(), title.to_owned())).collect()
}

pub(super) fn is_late(standing: &Standing) -> bool {
    matches!(standing.state, State::Late { .. })
}

/// How a step stands, in few words.
pub(super) fn said(state: &State) -> String {
    match state {
        State::Done(Some(day)) => format!("√ {day}"),
        State::Done(None) => "√".to_owned(),
        State::Planned { on, .. } => format!("定于{on}"),
        State::Untold { .. } => "内容没有写".to_owned(),
        State::NotYet { .. } => "未到".to_owned(),
        State::Due { days: 0 } => "今天截止".to_owned(),
        State::Due { days } => format!("还有{days}天"),
        State::Late { days } => format!("迟{days}天"),
        State::Open => "未办".to_owned(),
    }
}

/// What the check came to.
pub(super) fn judged(entry: &Entry) -> &'static str {
    match entry.ended {
        Ended::Done => "没有错误",
        Ended::AtFault => "有错误",
        Ended::Machine => "没有办成",
    }
}

/// What became of the packet.
pub(super) fn verdict(entry: &Entry) -> &'static str {
    match &entry.packet {
        None => "还没有",
        Some(packet) if packet.passed => "合格",
        Some(_) => "不合格",
    }
}
