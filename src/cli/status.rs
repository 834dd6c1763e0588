//! `zhangbang status`: how each step of an election stands against its
//! statutory window.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;
use serde_json::json;

use super::{Outcome, fail, say, show};
use crate::compose::Outlook;
use crate::diagnostic::Report;
use crate::election::Dossier;
use crate::election::date::PartialDate;
use crate::law::calendar::{self, Step};
use crate::law::{self, Profile};
use crate::make::Folder;
use crate::{files, privacy};

#[derive(Args)]
pub struct Arguments {
    /// 选举文件夹，或其中的 election.yaml
    #[arg(value_name = "选举")]
    election: PathBuf,
    /// 按这一天计算，如 2026-04-20；不写则为今天（北京时间）
    #[arg(long, value_name = "日期")]
    today: Option<Date>,
    /// 输出 JSON，供其他程序使用
    #[arg(long)]
    json: bool,
    /// 把各步期限写成日历文件，可导入手机
    #[arg(long, value_name = "文件")]
    ics: Option<PathBuf>,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let mut report = Report::new();
    let status = Status::of(arguments, &mut report);
    if report.has_errors() {
        show(&report);
    }
    let Some(status) = status else { return Outcome::stopped(&report) };
    if let Some(file) = &arguments.ics {
        let ics = calendar::to_ics(&status.name(), &status.steps);
        if let Err(problem) = files::write(file, ics.as_bytes()) {
            return fail(problem);
        }
    }
    say(&if arguments.json { format!("{:#}\n", status.to_json()) } else { status.describe() });
    match &arguments.ics {
        Some(file) if !arguments.json => say(&format!("\n日历已写到 {}。\n", file.display())),
        _ => {}
    }
    Outcome::of(&report)
}

/// An election as it stands on one day.
struct Status {
    dossier: Dossier,
    profile: Profile,
    election_day: Option<PartialDate>,
    today: Date,
    steps: Vec<Step>,
    outlook: Outlook,
}

impl Status {
    fn of(arguments: &Arguments, report: &mut Report) -> Option<Self> {
        let folder = Folder::open(&arguments.election, report)?;
        let outlook = folder.outlook();
        let Folder { dossier, profile, .. } = folder;
        Some(Self {
            election_day: dossier.election.election_day.value(),
            today: arguments.today.unwrap_or_else(calendar::today),
            steps: law::calendar(&dossier, &profile),
            outlook,
            dossier,
            profile,
        })
    }

    fn name(&self) -> String {
        let community = self.dossier.election.community.get();
        let name = community.and_then(|community| community.name.get().cloned());
        name.unwrap_or_else(|| self.dossier.slug()) + "换届选举"
    }

    fn describe(&self) -> String {
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
        text + &self.documents()
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

    fn to_json(&self) -> serde_json::Value {
        let ready = self.outlook.due.iter().map(|front| &front.id);
        let pending = self
            .outlook
            .pending
            .iter()
            .filter(|pending| pending.is_awaited())
            .map(|pending| json!({ "id": pending.front.id, "missing": pending.missing_key() }));
        json!({
            "name": privacy::mask(&self.name()),
            "profile": self.profile.id,
            "election_day": self.election_day.map(|day| day.to_string()),
            "today": self.today.to_string(),
            "steps": self.steps.iter().map(|step| self.step_to_json(step)).collect::<Vec<_>>(),
            "documents": { "ready": ready.collect::<Vec<_>>(), "pending": pending.collect::<Vec<_>>() },
        })
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
