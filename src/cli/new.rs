//! `zhangbang new`: an election folder to begin with.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use jiff::civil::{Date, Weekday};

use super::{Outcome, fail, say, show};
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::election::decode::{Decode as _, Decoder};
use crate::election::{ELECTION_FILE, Election, yaml};
use crate::files;
use crate::law::Profile;
use crate::law::calendar::{self, Proposal};

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

pub fn run(arguments: &Arguments) -> Outcome {
    let folder = &arguments.folder;
    let occupied = folder.read_dir().is_ok_and(|mut entries| entries.next().is_some());
    if occupied || folder.is_file() {
        let problem = Diagnostic::error("exists", "这个位置已经有内容，不会覆盖。")
            .in_file(folder)
            .help("请换一个名称。");
        return fail(problem, Outcome::BadInput);
    }
    let mut report = Report::new();
    let description = describe(arguments, &mut report);
    show(&report);
    let Some(description) = description else { return Outcome::BadInput };
    let written = files::write_new(&folder.join(ELECTION_FILE), description.as_bytes())
        .and_then(|()| files::write_new(&folder.join("voters.csv"), ROLL.as_bytes()))
        .and_then(|()| files::create_folder(&folder.join("attachments")));
    if let Err(problem) = written {
        return fail(problem, Outcome::BadMachine);
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

/// The description to begin with: the scaffold, made out to the community, and
/// with a date for every step if the election day is known.
fn describe(arguments: &Arguments, report: &mut Report) -> Option<String> {
    let mut text = SCAFFOLD.to_owned();
    if let Some(province) = &arguments.province {
        // Quoted, so that whatever is typed stays one line of text.
        text = text.replacen("某某省", &serde_json::Value::from(province.as_str()).to_string(), 1);
    }
    if let Some(day) = arguments.election_day {
        text = text.replacen("选举日: 2026-05-10", &format!("选举日: {day}"), 1);
    }
    if arguments.kind == Kind::Villagers {
        text = for_villagers(&text);
    }
    let profile = profile(&text, report)?;
    let Some(day) = arguments.election_day else { return Some(text) };
    if let Some(holiday) = calendar::holiday_on(day) {
        report.push(on_holiday(day, holiday));
        return None;
    }
    let proposals = calendar::propose(&profile, day);
    report.extend(not_sunday(day));
    report.extend(too_soon(&proposals));
    text = text.replacen("\n\n# ", &format!("\n\n# 下面的日期按“{}”推算，每一步都在法定期限之内；\n# 可以提前或推后，办完改成实际日期，没有的整段删去。选举日以后的，办完再去掉前面的 #。\n\n# ", profile.title()), 1);
    Some(proposals.iter().fold(text, |text, proposal| {
        // What follows the election is a fact to be told, not a plan: were it
        // written already, its documents would be made.
        let active = proposal.date < day;
        with_date(&text, proposal, arguments.kind, active)
    }))
}

/// The words of a residents' election turned into those of a villagers'.
fn for_villagers(text: &str) -> String {
    const WORDS: [(&str, &str); 8] = [
        ("类别: 社区            # 社区 或 村", "类别: 村              # 社区 或 村"),
        ("\n社区:", "\n村:"),
        ("某某社区", "某某村"),
        ("街道: 某某街道", "乡镇: 某某镇"),
        ("街道财务审计组", "镇财务审计组"),
        ("社区办公楼", "村委会办公楼"),
        ("社区文化广场", "村文化广场"),
        ("居民", "村民"),
    ];
    let text = text.replace("     # 全体选民、户代表 或 居民代表", "");
    WORDS.iter().fold(text, |text, (residents, villagers)| text.replace(residents, villagers))
}

/// The law that will judge what is written.
fn profile(text: &str, report: &mut Report) -> Option<Profile> {
    let source: Arc<Source> = Source::new(ELECTION_FILE, text);
    let tree = yaml::parse(&source).map_err(|problem| report.push(problem)).ok()?;
    let election = Election::decode(&tree, &mut Decoder::new(&source, report))?;
    Profile::choose(&election, Path::new(""), report)
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

fn too_soon(proposals: &[Proposal]) -> Option<Diagnostic> {
    let today = calendar::today();
    let first = proposals.first().filter(|first| first.date < today)?;
    let later = calendar::election_days(today).next().map_or_else(String::new, calendar::say);
    Some(
        Diagnostic::warning(
            "too-soon",
            format!(
                "按这个选举日，{}应在{}，这一天已经过去。",
                first.title,
                calendar::say(first.date)
            ),
        )
        .help(format!("如果还没有开始，选举日最早可定在 {later}。")),
    )
}

/// The scaffold with one step's date in place; if it is `active`, its line and
/// the heading above it lose their `# `.
fn with_date(scaffold: &str, proposal: &Proposal, kind: Kind, active: bool) -> String {
    let keys = Election::chinese_keys(proposal.id).unwrap_or_default();
    let [record, field] = keys[..] else { return scaffold.to_owned() };
    let record =
        if kind == Kind::Villagers { record.replace("居民", "村民") } else { record.into() };
    let (heading, line) = (format!("{record}:"), format!("  {field}: "));
    let mark = if active { "" } else { "# " };
    let mut inside = false;
    let lines = scaffold.lines().map(|written| {
        let bare = written.strip_prefix("# ").unwrap_or(written);
        inside = bare == heading || inside && !written.is_empty();
        if inside && active && bare == heading {
            bare.to_owned() + "\n"
        } else if inside && bare.starts_with(&line) {
            format!("{mark}{line}{}   # {}\n", proposal.date, proposal.title)
        } else {
            written.to_owned() + "\n"
        }
    });
    lines.collect()
}
