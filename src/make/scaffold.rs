//! The description to begin with: an election's file in which nothing is done yet.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use minijinja::value::{Serde, Value};

use super::Kit;
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::election::decode::{Decode as _, Decoder};
use crate::election::edit::Editor;
use crate::election::model::Kind;
use crate::election::words::Words;
use crate::election::{ELECTION_FILE, Election};
use crate::law::calendar::{self, Proposal};
use crate::law::{Profile, parameter};

const TEMPLATE: &str = include_str!("../../templates/new/election.yaml");

/// What is known of an election before anything is written.
#[derive(Clone, Debug)]
pub struct Scaffold {
    pub kind: Kind,
    pub province: Option<String>,
    pub election_day: Option<Date>,
}

impl Scaffold {
    /// The description: the head made out to the community, all else as a plan,
    /// with a date for every step. If the election day is not decided, the dates
    /// are those of the next day that would do, and stay an example.
    pub fn describe(&self, kit: &Kit, report: &mut Report) -> Option<String> {
        if let Some((day, holiday)) =
            self.election_day.and_then(|day| Some((day, calendar::holiday_on(day)?)))
        {
            report.push(on_holiday(day, holiday));
            return None;
        }
        let example = || calendar::election_days(calendar::today()).next();
        let day = self.election_day.or_else(example)?;
        let profile = self.profile(day, kit, report)?;
        let proposals = calendar::propose(&profile, day);
        if self.election_day.is_some() {
            report.extend(not_sunday(day));
            report.extend(too_soon(&proposals, self.kind));
        }
        let written = self.write(day, &profile, &proposals);
        written.map_err(|problem| report.push(problem)).ok()
    }

    fn write(
        &self,
        day: Date,
        profile: &Profile,
        proposals: &[Proposal],
    ) -> Result<String, Diagnostic> {
        let context = minijinja::context! {
            w => Value::from(Serde(&Words::built_in(self.kind))),
            village => self.kind == Kind::Villagers,
            law => self.election_day.map(|_| profile.title()),
            election_day => day.to_string(),
            mobile_boxes => profile.value(&parameter::MOBILE_BOXES_ALLOWED) != Some(false),
            day => by_step(proposals, |proposal| proposal.date.to_string()),
            step => by_step(proposals, |proposal| {
                format!("{}   # {}", proposal.date, proposal.step.title(Some(self.kind)))
            }),
        };
        let text = minijinja::Environment::new()
            .render_str(TEMPLATE, context)
            .map_err(|error| Diagnostic::error("template", format!("样本有误：{error}")))?;
        Ok(self.with_province(text + "\n")?.source().text.clone())
    }

    /// A description that names the province, if one is given.
    fn with_province(&self, text: String) -> Result<Editor, Diagnostic> {
        let mut description = Editor::new(Source::new(ELECTION_FILE, text))?;
        if let Some(province) = &self.province {
            description.set(&"社区.省份".into(), province.as_str())?;
        }
        Ok(description)
    }

    /// The law that will judge what is written.
    fn profile(&self, day: Date, kit: &Kit, report: &mut Report) -> Option<Profile> {
        let text = format!("类别: {}\n选举日: {day}\n", self.kind.name());
        let written = self.with_province(text).map_err(|problem| report.push(problem)).ok()?;
        let mut decoder = Decoder::new(written.source(), report);
        let election = Election::decode(written.tree(), &mut decoder)?;
        kit.profile(&election, report)
    }
}

/// What is said of each proposal, under its record and field.
fn by_step(
    proposals: &[Proposal],
    say: impl Fn(&Proposal) -> String,
) -> BTreeMap<&'static str, BTreeMap<&'static str, String>> {
    let mut records: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
    for proposal in proposals {
        if let Some((record, field)) = proposal.step.id.split_once('.') {
            records.entry(record).or_default().insert(field, say(proposal));
        }
    }
    records
}

fn on_holiday(day: Date, holiday: &str) -> Diagnostic {
    let near: Vec<String> = calendar::free_sundays(day).take(3).map(calendar::say).collect();
    Diagnostic::error("holiday", format!("{}在{holiday}假期里，不宜作选举日。", calendar::say(day)))
        .help(format!("请换一天，例如 {}。", near.join("、")))
}

fn not_sunday(day: Date) -> Option<Diagnostic> {
    let working = day.weekday() != Weekday::Sunday;
    working.then(|| {
        Diagnostic::note("not-sunday", format!("选举日是{}。", calendar::say(day)))
            .help("选举日一般定在星期日，便于在外工作的人回来投票。")
    })
}

fn too_soon(proposals: &[Proposal], kind: Kind) -> Option<Diagnostic> {
    let today = calendar::today();
    let first = proposals.first().filter(|first| first.date < today)?;
    let later = calendar::election_days(today).next().map_or_else(String::new, calendar::say);
    Some(
        Diagnostic::warning(
            "too-soon",
            format!(
                "按这个选举日，{}应在{}，这一天已经过去。",
                first.step.title(Some(kind)),
                calendar::say(first.date)
            ),
        )
        .help(format!("如果还没有开始，选举日最早可定在 {later}。")),
    )
}
