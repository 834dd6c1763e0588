//! `zhangbang roll`: the voter roll in figures, what became of each row, what is
//! to be asked about it, what changed since an older one, and one of several.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jiff::civil::Date;
use unicode_width::UnicodeWidthStr as _;

use super::{Outcome, fail, say, show};
use crate::codes::Fault;
use crate::diagnostic::{Diagnostic, Report};
use crate::election::date::PartialDate;
use crate::election::roll::{
    self, Answers, Correction, Figures, GroupSummary, Options, RollDiff, RollFacts, RowKind,
    Source, Voter, VotingAge,
};
use crate::election::{self, VoterRoll};
use crate::files;
use crate::law::{self, calendar};
use crate::make::Folder;
use crate::privacy::mask;

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
    /// 选民名册（xlsx、xls、et、ods、csv 等），或选举文件夹
    #[arg(value_name = "名册", required = true)]
    roll: Option<PathBuf>,
    /// 填好“答复”的待核对清单：照答复读入名册
    #[arg(long, value_name = "待核对清单")]
    answers: Option<PathBuf>,
    /// 把整理好的名册和待核对清单写到这个文件夹（内部资料，不得公开）
    #[arg(short, long, value_name = "文件夹")]
    output: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Action {
    /// 比较新旧两份名册：增加、减少、更正了谁
    Diff {
        /// 原来的名册，或选举文件夹
        #[arg(value_name = "旧名册")]
        old: PathBuf,
        /// 现在的名册，或选举文件夹
        #[arg(value_name = "新名册")]
        new: PathBuf,
    },
    /// 把几份名册合成一份：上届名册、派出所名单、户口簿
    Merge {
        /// 各份名册，可靠的写在前面
        #[arg(value_name = "名册", required = true, num_args = 2..)]
        rolls: Vec<PathBuf>,
        /// 把合成的名册写到这个文件夹（内部资料，不得公开）
        #[arg(short, long, value_name = "文件夹")]
        output: Option<PathBuf>,
    },
}

pub fn run(arguments: &Arguments) -> Outcome {
    match (&arguments.action, &arguments.roll) {
        (Some(Action::Diff { old, new }), _) => diff(old, new),
        (Some(Action::Merge { rolls, output }), _) => merge(rolls, output.as_deref()),
        (None, Some(path)) => sum_up(path, arguments),
        (None, None) => Outcome::Failed(Fault::Usage),
    }
}

fn sum_up(path: &Path, arguments: &Arguments) -> Outcome {
    let mut report = Report::new();
    let Some(options) = options(arguments, &mut report) else {
        show(&report);
        return Outcome::stopped(&report);
    };
    let judged = if is_election(path) {
        judge_of_election(path, &options, &mut report)
    } else {
        judge_alone(path, &options, &mut report)
    };
    show(&shortened(&report));
    let Some((roll, day)) = judged else { return Outcome::stopped(&report) };
    say(&tell_rows(&roll));
    say(&describe(&roll, day));
    let output = arguments.output.as_deref();
    if let Some(Err(problem)) = output.map(|folder| write(&roll, &report, folder)) {
        return fail(problem);
    }
    Outcome::of(&report)
}

/// How the roll is to be read: with the answers, and with every question if they
/// are to be written.
fn options(arguments: &Arguments, report: &mut Report) -> Option<Options> {
    let mut options = Options::default();
    if let Some(path) = &arguments.answers {
        options.answers = Answers::read(path, report)?;
        say(&format!("照待核对清单里的 {} 条答复读入。\n", options.answers.len()));
    }
    if arguments.output.is_some() {
        options.listed = usize::MAX;
    }
    Some(options)
}

/// The report for a screen: of each kind the first, and how many more there are.
fn shortened(report: &Report) -> Report {
    const SHOWN: usize = 20;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut short = Report::new();
    for finding in report.iter() {
        let count = counts.entry(finding.code).or_default();
        *count += 1;
        if *count <= SHOWN {
            short.push(finding.clone());
        }
    }
    for finding in report.iter() {
        if let Some(more @ 1..) =
            counts.remove(finding.code).map(|count| count.saturating_sub(SHOWN))
        {
            let message = format!("同类问题另有 {more} 处，见待核对清单");
            short.push(Diagnostic::new(finding.severity, finding.code, message));
        }
    }
    short
}

fn is_election(path: &Path) -> bool {
    path.is_dir()
        || path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// The roll of an election, judged by its figures and its law; what is wrong
/// elsewhere in the description is for `check` to tell.
fn judge_of_election(
    path: &Path,
    options: &Options,
    report: &mut Report,
) -> Option<(VoterRoll, Option<Date>)> {
    let mut elsewhere = Report::new();
    let Some(Folder { mut dossier, profile, .. }) = Folder::open(path, &mut elsewhere) else {
        report.append(elsewhere);
        return None;
    };
    match dossier.roll.take() {
        Some(roll) => dossier.roll = roll::read_with(&roll.path, options, report),
        None => {
            elsewhere.retain(|finding| finding.code.starts_with("roll-"));
            report.append(elsewhere);
        }
    }
    law::check_roll(&dossier, &profile, report);
    // Whoever silences a question about the roll does so among the rules.
    law::check(&dossier, &profile, report);
    report.retain(|finding| finding.code.starts_with("roll-"));
    if dossier.roll.is_none() && !report.has_errors() {
        report.push(no_roll(path));
    }
    let day = dossier.election.election_day.value().and_then(PartialDate::exact);
    Some((dossier.roll?, day))
}

/// A roll by itself, of which neither the day nor the groups are known. Who is
/// not of age today is asked about.
fn judge_alone(
    path: &Path,
    options: &Options,
    report: &mut Report,
) -> Option<(VoterRoll, Option<Date>)> {
    let roll = roll::read_with(path, options, report)?;
    let age = VotingAge { years: 18, basis: "年满十八周岁才有选举权".into() };
    let facts = RollFacts {
        election_day: Some(calendar::today()),
        is_day_assumed: true,
        voting_age: Some(age),
        ..RollFacts::default()
    };
    roll::judge(&roll, &facts, report);
    Some((roll, None))
}

fn no_roll(path: &Path) -> Diagnostic {
    Diagnostic::error("roll-missing", "这个选举文件夹里还没有选民名册。")
        .in_file(path)
        .help("把名册放进去，取名 voters.xlsx 或 voters.csv。")
}

/// What became of each row of each sheet; the rows of a sheet add up to it.
fn tell_rows(roll: &VoterRoll) -> String {
    const SHEETS: usize = 50;
    let sheets = roll.sheets().iter().filter(|sheet| sheet.account.rows() > 0);
    let mut told: String = sheets.clone().take(SHEETS).map(tell_sheet).collect();
    let more = sheets.count().saturating_sub(SHEETS);
    if more > 0 {
        told.push_str(&format!("另有 {more} 张工作表，没有逐一列出\n"));
    }
    told + "\n"
}

fn tell_sheet(sheet: &roll::Sheet) -> String {
    let name = sheet.name.as_deref().map(|name| format!("工作表“{}”", mask(name)));
    let name = name.unwrap_or_else(|| "名册".into());
    let kinds = sheet.account.kinds();
    let kind = |(kind, count, rows): &(RowKind, u32, Vec<RangeInclusive<u32>>)| {
        format!("  {}：{count} 行（{}）\n", kind.name(), tell_ranges(rows))
    };
    let kinds: String = kinds.iter().map(kind).collect();
    format!("{name}共 {} 行\n{kinds}", sheet.account.rows())
}

/// `第 1、3—9 行 等`.
fn tell_ranges(rows: &[RangeInclusive<u32>]) -> String {
    const SHOWN: usize = 6;
    let range = |rows: &RangeInclusive<u32>| match (rows.start(), rows.end()) {
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("{first}—{last}"),
    };
    let shown: Vec<String> = rows.iter().take(SHOWN).map(range).collect();
    let more = if rows.len() > SHOWN { " 等" } else { "" };
    format!("第 {}{more} 行", shown.join("、"))
}

/// The figures as a table.
fn describe(roll: &VoterRoll, day: Option<Date>) -> String {
    let summary = roll::summary(roll, day);
    let mut rows = vec![headings(day)];
    rows.extend(summary.groups.iter().map(|group| figures(group, day)));
    rows.push(figures(&summary.all, day));
    table(&rows)
}

fn headings(day: Option<Date>) -> Vec<String> {
    let ages = ["35岁以下", "36至60岁", "61岁以上"];
    let ages = ages.iter().filter(|_| day.is_some());
    ["小组", "选民", "男", "女"].iter().chain(ages).map(ToString::to_string).collect()
}

fn figures(group: &GroupSummary, day: Option<Date>) -> Vec<String> {
    let ages = group.ages.iter().filter(|_| day.is_some());
    let counts = [group.voters, group.men, group.women];
    let counts = counts.iter().chain(ages).map(ToString::to_string);
    std::iter::once(roll::fit_to_show(&group.name).into_owned()).chain(counts).collect()
}

/// Rows with their columns in line: the first flush left, the rest right.
fn table(rows: &[Vec<String>]) -> String {
    let width = |at: usize| rows.iter().map(|row| row[at].width_cjk()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let pad = |at: usize| " ".repeat(widths[at] - row[at].width_cjk());
        let rest = (1..row.len()).map(|at| format!("  {}{}", pad(at), row[at]));
        format!("{}{}{}\n", row[0], pad(0), rest.collect::<String>())
    };
    rows.iter().map(line).collect()
}

/// Writes both workbooks, or neither.
fn write(roll: &VoterRoll, report: &Report, folder: &Path) -> Result<(), Diagnostic> {
    let questions = roll::questions_workbook(roll, report).map_err(|problem| *problem)?;
    let clean = roll::clean_workbook(roll).map_err(|problem| *problem)?;
    write_workbooks(folder, &[("选民名册（内部）.xlsx", clean), ("待核对清单.xlsx", questions)])
}

/// Writes all workbooks, or none. Nothing is overwritten: the secretary may have
/// written her answers into the older ones.
fn write_workbooks(folder: &Path, workbooks: &[(&str, Vec<u8>)]) -> Result<(), Diagnostic> {
    let targets: Vec<PathBuf> = workbooks.iter().map(|(name, _)| folder.join(name)).collect();
    if let Some(taken) = targets.iter().find(|target| target.exists()) {
        return Err(Diagnostic::error("exists", "已有同名文件，不会覆盖。")
            .in_file(taken)
            .help("请换一个文件夹，或先把原来的文件改名。"));
    }
    for (target, (_, bytes)) in targets.iter().zip(workbooks) {
        files::write_new(target, bytes)?;
        say(&format!("已写出 {}\n", target.display()));
    }
    Ok(())
}

/// One roll of several, with an account of who is from where.
fn merge(paths: &[PathBuf], output: Option<&Path>) -> Outcome {
    let mut report = Report::new();
    let rolls: Vec<Option<VoterRoll>> = paths.iter().map(|path| read(path, &mut report)).collect();
    show(&report);
    let names = source_names(paths);
    let sources =
        rolls.into_iter().zip(names).map(|(roll, name)| Some(Source { name, roll: roll? }));
    let Some(sources) = sources.collect::<Option<Vec<Source>>>() else {
        return Outcome::stopped(&report);
    };
    let merged = roll::merge(&sources);
    say(&tell_merged(&merged.figures()));
    let written = output.map(|folder| {
        let workbook = merged.workbook().map_err(|problem| *problem)?;
        write_workbooks(folder, &[("合并名册（内部）.xlsx", workbook)])
    });
    match written {
        Some(Err(problem)) => fail(problem),
        _ => Outcome::of(&report),
    }
}

/// What each source is called: by its file, or if two are called alike, by number too.
fn source_names(paths: &[PathBuf]) -> Vec<String> {
    let stem = |path: &PathBuf| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let stems: Vec<String> = paths.iter().map(stem).collect();
    let is_shared = |name: &String| stems.iter().filter(|other| *other == name).count() > 1;
    let name = |(at, name): (usize, &String)| {
        if is_shared(name) { format!("{}.{}", at + 1, mask(name)) } else { mask(name).into_owned() }
    };
    stems.iter().enumerate().map(name).collect()
}

fn tell_merged(figures: &Figures) -> String {
    let mut rows = vec![["来源", "人数", "只此一处有"].map(str::to_owned).to_vec()];
    for (name, count, only) in &figures.sources {
        rows.push(vec![name.clone(), count.to_string(), only.to_string()]);
    }
    format!(
        "{}合并后 {} 人：各处都有的 {} 人，要核对的 {} 人（见“待核对”一列）\n",
        table(&rows),
        figures.people,
        figures.in_all,
        figures.questions
    )
}

fn diff(old: &Path, new: &Path) -> Outcome {
    let mut report = Report::new();
    let (Some(old), Some(new)) = (read(old, &mut report), read(new, &mut report)) else {
        show(&report);
        return Outcome::stopped(&report);
    };
    let diff = roll::diff(&old, &new);
    diff.ask(&old, &new, &mut report);
    show(&report);
    say(&tell_changes(&diff, &old, &new));
    Outcome::Done
}

/// A roll by its own file or by its election's folder.
fn read(path: &Path, report: &mut Report) -> Option<VoterRoll> {
    if !is_election(path) {
        return roll::read(path, report);
    }
    let dossier = election::load(path, report)?;
    if dossier.roll.is_none() && !report.has_errors() {
        report.push(no_roll(path));
    }
    dossier.roll
}

fn tell_changes(diff: &RollDiff, old: &VoterRoll, new: &VoterRoll) -> String {
    if diff.is_empty() {
        return "两份名册没有差别。\n".into();
    }
    let people = |roll: &VoterRoll, places: &[usize]| {
        let line = |&at: &usize| format!("  {}\n", who(roll, &roll.voters[at]));
        places.iter().map(line).collect::<String>()
    };
    let correction = |correction: &Correction| {
        let person = who(new, &new.voters[correction.new]);
        format!("  {person}：{}\n", correction.describe(old, new))
    };
    format!(
        "增加 {} 人\n{}减少 {} 人\n{}更正 {} 人\n{}",
        diff.added.len(),
        people(new, &diff.added),
        diff.removed.len(),
        people(old, &diff.removed),
        diff.corrected.len(),
        diff.corrected.iter().map(correction).collect::<String>()
    )
}

fn who(roll: &VoterRoll, voter: &Voter) -> String {
    let name = roll::fit_to_show(voter.name.as_str());
    match roll.group_of(voter) {
        Some(group) => format!("{name}（{}）", roll::fit_to_show(group)),
        None => name.into_owned(),
    }
}
