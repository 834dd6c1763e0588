//! How an election stands, as a sheet for the wall of the office.

use jiff::civil::Date;

use super::{Press, Status, is_posted};
use crate::compose::document::{Block, Inline, Table, Text};
use crate::compose::{Document, Paper, chinese};
use crate::diagnostic::Report;
use crate::law::calendar::{Day, State, Step};
use crate::typeset::Job;

impl Status {
    /// The board as PDF. What hangs on a wall says days, not how many are left.
    ///
    /// # Errors
    /// What cannot be set on a page.
    pub fn board(&self, press: &Press) -> Result<Vec<u8>, Report> {
        let mut pdfs = press
            .typesetter()
            .pdfs(&[Job { document: &self.board_document(), layout: "board" }])?;
        Ok(pdfs.pop().map(|pdf| pdf.bytes).unwrap_or_default())
    }

    fn board_document(&self) -> Document {
        const STEPS: [&str; 5] = ["步骤", "法定期限", "打算或办理的日期", "情况", "办好打√"];
        const NOTICES: [&str; 5] = ["编号", "公告", "落款", "张贴日期", "备注"];
        let day = chinese::date(self.today.into());
        let mut blocks = vec![Block::Paragraph {
            text: Text::plain(format!("{}截至{day}。", self.said_of_the_day())),
        }];
        let steps = self.steps.iter().map(|step| step_row(step, self.today)).collect();
        blocks.push(Block::Table(Table::of(&STEPS, steps)));
        let mut notices: Vec<&Paper> = self.papers.iter().filter(is_notice).collect();
        notices.sort_by_key(|paper| (paper.issuer.as_str(), paper.number));
        if !notices.is_empty() {
            blocks.push(Block::Heading { level: 1, text: Text::plain("公告") });
            let rows = notices.into_iter().map(notice_row).collect();
            blocks.push(Block::Table(Table::of(&NOTICES, rows)));
        }
        Document::form("board", vec![self.name(), "进度表".to_owned()], blocks)
    }

    fn said_of_the_day(&self) -> String {
        let day = self.election_day.map(chinese::date_as_known);
        day.map_or_else(|| "选举日还没有定。".into(), |day| format!("选举日：{day}。"))
    }
}

fn is_notice(paper: &&Paper) -> bool {
    paper.waits_for.is_none() && paper.front.numbered && is_posted(&paper.front)
}

fn step_row(step: &Step, today: Date) -> Vec<Text> {
    let state = step.state(today);
    let day = match step.day {
        Day::On(date) => Text::plain(chinese::date(date)),
        Day::Sometime => Text::plain("日期未写"),
        Day::None => blank_day(),
    };
    let (said, mark) = match state {
        State::Done(_) => ("已办", "√"),
        State::Planned { .. } => ("待办", "□"),
        State::Untold { .. } => ("日期已到，内容没有写", "□"),
        State::NotYet { .. } => ("未到", "□"),
        State::Due { .. } => ("可以办了", "□"),
        State::Late { .. } => ("期限已过", "□"),
        State::Open => ("未办", "□"),
    };
    let window = step.window();
    vec![
        Text::plain(step.title.clone()),
        Text::plain(window),
        day,
        Text::plain(said),
        Text::plain(mark),
    ]
}

fn notice_row(paper: &Paper) -> Vec<Text> {
    let number = paper.number.map(|number| format!("第{number}号")).unwrap_or_default();
    let posted = match paper.posted {
        Some(Some(day)) => Text::plain(chinese::date(day)),
        Some(None) => Text::plain("已贴"),
        None => blank_day(),
    };
    let note = match paper.changed {
        Some(_) => "贴出以后内容有变动，应更正",
        None => "",
    };
    vec![
        Text::plain(number),
        Text::plain(paper.front.name.clone()),
        Text::plain(paper.issuer.clone()),
        posted,
        Text::plain(note),
    ]
}

/// `＿月＿日`
fn blank_day() -> Text {
    let part = |unit: &str| [Inline::Blank(2), Inline::Plain(unit.to_owned())];
    Text([part("月"), part("日")].concat())
}
