//! `zhangbang roll`: the voter roll in figures, what is to be asked about it,
//! and what changed since an older one.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jiff::civil::Date;
use unicode_width::UnicodeWidthStr as _;

use super::check::judge;
use super::{Outcome, fail, say, show};
use crate::diagnostic::{Diagnostic, Report};
use crate::election::date::PartialDate;
use crate::election::roll::{self, Correction, GroupSummary, RollDiff, RollFacts, Voter};
use crate::election::{self, VoterRoll};
use crate::files;

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
    /// 选民名册（xlsx、xls、ods、csv），或选举文件夹
    #[arg(value_name = "名册", required = true)]
    roll: Option<PathBuf>,
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
}

pub fn run(arguments: &Arguments) -> Outcome {
    match (&arguments.action, &arguments.roll) {
        (Some(Action::Diff { old, new }), _) => diff(old, new),
        (None, Some(path)) => sum_up(path, arguments.output.as_deref()),
        (None, None) => Outcome::BadInput,
    }
}

fn sum_up(path: &Path, output: Option<&Path>) -> Outcome {
    let mut report = Report::new();
    let judged = if is_election(path) {
        judge_of_election(path, &mut report)
    } else {
        judge_alone(path, &mut report)
    };
    show(&report);
    let Some((roll, day)) = judged else { return Outcome::BadInput };
    say(&describe(&roll, day));
    if let Some(Err(problem)) = output.map(|folder| write(&roll, &report, folder)) {
        let outcome =
            if problem.code == "exists" { Outcome::BadInput } else { Outcome::BadMachine };
        return fail(problem, outcome);
    }
    if report.has_errors() { Outcome::BadInput } else { Outcome::Done }
}

fn is_election(path: &Path) -> bool {
    path.is_dir()
        || path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// The roll of an election, judged by its figures and its law; what is wrong
/// elsewhere in the description is for `check` to tell.
fn judge_of_election(path: &Path, report: &mut Report) -> Option<(VoterRoll, Option<Date>)> {
    let (dossier, _) = judge(path, report)?;
    report.retain(|finding| finding.code.starts_with("roll-"));
    if dossier.roll.is_none() && !report.has_errors() {
        report.push(no_roll(path));
    }
    let day = dossier.election.election_day.value().and_then(PartialDate::exact);
    Some((dossier.roll?, day))
}

/// A roll by itself, of which neither the day nor the groups are known.
fn judge_alone(path: &Path, report: &mut Report) -> Option<(VoterRoll, Option<Date>)> {
    let roll = roll::read(path, report)?;
    roll::judge(&roll, &RollFacts::default(), report);
    Some((roll, None))
}

fn no_roll(path: &Path) -> Diagnostic {
    Diagnostic::error("roll-missing", "这个选举文件夹里还没有选民名册。")
        .in_file(path)
        .help("把名册放进去，取名 voters.xlsx 或 voters.csv。")
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
    std::iter::once(group.name.clone()).chain(counts).collect()
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

/// Writes both workbooks, or neither. Nothing is overwritten: the secretary
/// may have written her answers into the older ones.
fn write(roll: &VoterRoll, report: &Report, folder: &Path) -> Result<(), Diagnostic> {
    let questions = roll::questions_workbook(report).map_err(|problem| *problem)?;
    let clean = roll::clean_workbook(roll).map_err(|problem| *problem)?;
    let workbooks = [("选民名册（内部）.xlsx", clean), ("待核对清单.xlsx", questions)];
    let targets = workbooks.map(|(name, bytes)| (folder.join(name), bytes));
    if let Some((taken, _)) = targets.iter().find(|(target, _)| target.exists()) {
        return Err(Diagnostic::error("exists", "已有同名文件，不会覆盖。")
            .in_file(taken)
            .help("请换一个文件夹，或先把原来的文件改名。"));
    }
    for (target, bytes) in &targets {
        files::write_new(target, bytes)?;
        say(&format!("已写出 {}\n", target.display()));
    }
    Ok(())
}

fn diff(old: &Path, new: &Path) -> Outcome {
    let mut report = Report::new();
    let rolls = (read(old, &mut report), read(new, &mut report));
    let (Some(old), Some(new)) = rolls else {
        show(&report);
        return Outcome::BadInput;
    };
    say(&tell_changes(&roll::diff(&old, &new), &old, &new));
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
    match roll.group_of(voter) {
        Some(group) => format!("{}（{group}）", voter.name.as_str()),
        None => voter.name.as_str().into(),
    }
}
