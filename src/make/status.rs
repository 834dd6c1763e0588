//! An election as it stands on one day: what is done, due and late, and which
//! documents can be made.

use jiff::civil::Date;
use serde_json::json;

use super::Folder;
use crate::compose::{Outlook, Paper, chinese};
use crate::election::Dossier;
use crate::election::date::PartialDate;
use crate::law::calendar::{self, Step};
use crate::law::{self, Profile};
use crate::privacy;

/// An election as it stands on one day.
pub struct Status {
    dossier: Dossier,
    profile: Profile,
    pub(super) election_day: Option<PartialDate>,
    pub(super) today: Date,
    pub(super) steps: Vec<Step>,
    outlook: Outlook,
    pub(super) papers: Vec<Paper>,
}

impl Status {
    pub fn of(folder: Folder, today: Date) -> Self {
        let (outlook, papers) = (folder.outlook(), folder.papers());
        let Folder { dossier, profile, .. } = folder;
        Self {
            election_day: dossier.election.election_day.value(),
            today,
            steps: law::calendar(&dossier, &profile),
            outlook,
            papers,
            dossier,
            profile,
        }
    }

    /// The steps for a calendar, as iCalendar.
    pub fn to_ics(&self) -> String {
        calendar::to_ics(&self.name(), &self.steps)
    }

    /// Nobody's number stands in it.
    pub(super) fn name(&self) -> String {
        let community = self.dossier.election.community.get();
        let name = community.and_then(|community| community.name.get().cloned());
        let name = name.unwrap_or_else(|| self.dossier.slug());
        privacy::mask(&name).into_owned() + "换届选举"
    }

    /// The whole for a person.
    pub fn describe(&self) -> String {
        let day = match self.election_day.map(|day| (day.exact(), day)) {
            Some((Some(day), _)) => calendar::say(day),
            Some((None, day)) => format!("{day}，日子还没有写，算不出期限"),
            None => "还没有写，算不出期限".into(),
        };
        let mut text = format!(
            "{}\n适用规则：{}\n选举日：{day}；今天：{}\n\n",
            self.name(),
            self.profile.title(),
            calendar::say(self.today)
        );
        for step in &self.steps {
            text += &self.line(step);
        }
        text + &self.documents() + &self.posted()
    }

    fn posted(&self) -> String {
        let (mut text, mut changed) = (String::new(), String::new());
        for paper in self.papers.iter().filter(|paper| paper.posted.is_some()) {
            let number = paper.number.map(|number| format!("第{number}号 ")).unwrap_or_default();
            let day = paper.posted.flatten().map(chinese::date_as_known);
            let day = day.map(|day| format!("，{day}张贴")).unwrap_or_default();
            text += &format!("  {number}{}{day}\n", paper.front.name);
            if paper.changed.is_some() {
                changed += &format!("  {}\n", paper.front.name);
            }
        }
        if !text.is_empty() {
            text = format!("记着已经张贴的：\n{text}");
        }
        if !changed.is_empty() {
            text += &format!(
                "张贴以后内容有变动、应当核对的（zhangbang check 说明改了哪里）：\n{changed}"
            );
        }
        text
    }

    fn line(&self, step: &Step) -> String {
        let state = step.describe(self.today);
        let mut line = format!("{}：{state}\n    {}", step.title, step.window());
        if let Some(basis) = &step.basis {
            line += &format!("（{basis}；{}）", basis.status.name());
        }
        line + "\n"
    }

    fn documents(&self) -> String {
        let ready = self.outlook.due.iter().map(|front| front.name.as_str());
        let ready: Vec<&str> = ready.collect();
        let mut text = format!("\n可以生成的文件 {} 个：{}\n", ready.len(), ready.join("、"));
        let awaited: Vec<_> = self.outlook.pending.iter().filter(|p| p.is_awaited()).collect();
        if !awaited.is_empty() {
            text += &format!("还缺数据的文件 {} 个：\n", awaited.len());
        }
        for pending in awaited {
            text += &format!("  {}（还没有 {}）\n", pending.front.name, pending.missing_key());
        }
        text
    }

    /// The whole for a program; no personal data.
    pub fn to_json(&self) -> serde_json::Value {
        let ready = self.outlook.due.iter().map(|front| &front.id);
        let pending = self
            .outlook
            .pending
            .iter()
            .filter(|pending| pending.is_awaited())
            .map(|pending| json!({ "id": pending.front.id, "missing": pending.missing_key() }));
        json!({
            "name": self.name(),
            "profile": self.profile.id,
            "election_day": self.election_day.map(|day| day.to_string()),
            "today": self.today.to_string(),
            "steps": self.steps.iter().map(|step| self.step_to_json(step)).collect::<Vec<_>>(),
            "documents": {
                "ready": ready.collect::<Vec<_>>(),
                "pending": pending.collect::<Vec<_>>(),
                "posted": self.posted_to_json(),
            },
        })
    }

    fn posted_to_json(&self) -> Vec<serde_json::Value> {
        let posted = self.papers.iter().filter_map(|paper| Some((paper, paper.posted?)));
        let one = |(paper, day): (&Paper, Option<PartialDate>)| {
            json!({
                "id": paper.front.id,
                "number": paper.number,
                "posted_on": day.map(|day| day.to_string()),
                "changed": paper.changed.is_some(),
            })
        };
        posted.map(one).collect()
    }

    fn step_to_json(&self, step: &Step) -> serde_json::Value {
        json!({
            "id": step.id,
            "title": step.title,
            "from": step.from.map(|day| day.to_string()),
            "until": step.until.map(|day| day.to_string()),
            "basis": step.basis.as_ref().map(ToString::to_string),
            "state": step.state(self.today).id(),
            "description": step.describe(self.today),
        })
    }
}
