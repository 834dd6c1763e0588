//! `zhangbang new`: an election folder to begin with.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::{Date, Weekday};
use minijinja::value::{Serde, Value};

use super::{Outcome, fail, say, show};
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::election::decode::{Decode as _, Decoder};
use crate::election::edit::Editor;
use crate::election::words::Words;
use crate::election::{ELECTION_FILE, Election, model};
use crate::files;
use crate::law::calendar::{self, Proposal};
use crate::law::{Profile, parameter};
use crate::make::Kit;

const SCAFFOLD: &str = include_str!("../../templates/new/election.yaml");
const ROLL: &str = "\u{feff}序号,姓名,性别,出生日期,小组\r\n";

#[derive(Args)]
pub struct Arguments {
    /// 新文件夹的名称，如 淇美社区2026
    #[arg(value_name = "文件夹")]
    folder: PathBuf,
    /// 选举日，如 2026-05-10；写了就按法定期限推算各步日期
    #[arg(long, value_name = "日期")]
    election_day: Option<Date>,
    /// 社区居委会还是村委会
    #[arg(long, value_name = "类别", default_value = "社区")]
    kind: Kind,
    /// 所在的省，如 四川省；有地方规定的按地方规定推算
    #[arg(long, value_name = "省")]
    province: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    #[value(name = "社区", alias = "residents")]
    Residents,
    #[value(name = "村", alias = "villagers")]
    Villagers,
}

impl From<Kind> for model::Kind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Residents => Self::Residents,
            Kind::Villagers => Self::Villagers,
        }
    }
}

pub fn run(arguments: &Arguments) -> Outcome {
    let folder = &arguments.folder;
    let occupied = folder.read_dir().is_ok_and(|mut entries| entries.next().is_some());
    if occupied || folder.is_file() {
        let problem = Diagnostic::error("exists", "这个位置已经有内容，不会覆盖。")
            .in_file(folder)
            .help("请换一个名称。");
        return fail(problem);
    }
    let mut report = Report::new();
    let description = describe(arguments, &mut report);
    show(&report);
    let Some(description) = description else { return Outcome::stopped(&report) };
    let written = files::write_new(&folder.join(ELECTION_FILE), description.as_bytes())
        .and_then(|()| files::write_new(&folder.join("voters.csv"), ROLL.as_bytes()))
        .and_then(|()| files::create_folder(&folder.join("attachments")));
    if let Err(problem) = written {
        return fail(problem);
    }
    say(&format!(
        "已建立 {0}：\n  {ELECTION_FILE}  选举说明，按里面的提示填写\n  voters.csv     选民名册，可用 Excel 或 WPS 填写，也可换成 voters.xlsx\n  attachments    扫描件和照片放这里\n填好后运行：zhangbang check {0}\n",
        folder.display()
    ));
    if arguments.election_day.is_some() {
        say(&format!(
            "各步日期已按法定期限推算，可以改；随时用 zhangbang status {} 查看还有几天。\n",
            folder.display()
        ));
    }
    Outcome::Done
}

/// The description to begin with: the head made out to the community, all else
/// as a plan, with a date for every step. If the election day is not decided,
/// the dates are those of the next day that would do, and stay an example.
fn describe(arguments: &Arguments, report: &mut Report) -> Option<String> {
    if let Some((day, holiday)) =
        arguments.election_day.and_then(|day| Some((day, calendar::holiday_on(day)?)))
    {
        report.push(on_holiday(day, holiday));
        return None;
    }
    let example = || calendar::election_days(calendar::today()).next();
    let day = arguments.election_day.or_else(example)?;
    let profile = profile(arguments, day, report)?;
    let proposals = calendar::propose(&profile, day);
    if arguments.election_day.is_some() {
        report.extend(not_sunday(day));
        report.extend(too_soon(&proposals, arguments.kind));
    }
    let context = minijinja::context! {
        w => Value::from(Serde(&Words::built_in(arguments.kind.into()))),
        village => arguments.kind == Kind::Villagers,
        law => arguments.election_day.map(|_| profile.title()),
        election_day => day.to_string(),
        mobile_boxes => profile.value(&parameter::MOBILE_BOXES_ALLOWED) != Some(false),
        day => by_step(&proposals, |proposal| proposal.date.to_string()),
        step => by_step(&proposals, |proposal| {
            format!("{}   # {}", proposal.date, proposal.step.title(Some(arguments.kind.into())))
        }),
    };
    let scaffold = minijinja::Environment::new().render_str(SCAFFOLD, context);
    let description = scaffold
        .map_err(|error| Diagnostic::error("template", format!("样本有误：{error}")))
        .and_then(|text| with_province(arguments, text + "\n"));
    match description {
        Ok(description) => Some(description.source().text.clone()),
        Err(problem) => {
            report.push(problem);
            None
        }
    }
}

/// A description that names the province, if one is given.
fn with_province(arguments: &Arguments, text: String) -> Result<Editor, Diagnostic> {
    let mut description = Editor::new(Source::new(ELECTION_FILE, text))?;
    if let Some(province) = &arguments.province {
        description.set(&"社区.省份".into(), province.as_str())?;
    }
    Ok(description)
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

/// The law that will judge what is written.
fn profile(arguments: &Arguments, day: Date, report: &mut Report) -> Option<Profile> {
    let text = format!("类别: {}\n选举日: {day}\n", model::Kind::from(arguments.kind).name());
    let written = with_province(arguments, text).map_err(|problem| report.push(problem)).ok()?;
    let mut decoder = Decoder::new(written.source(), report);
    let election = Election::decode(written.tree(), &mut decoder)?;
    Kit::beside(&arguments.folder, report).profile(&election, report)
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
                first.step.title(Some(kind.into())),
                calendar::say(first.date)
            ),
        )
        .help(format!("如果还没有开始，选举日最早可定在 {later}。")),
    )
}
