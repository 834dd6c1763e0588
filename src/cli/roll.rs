//! `zhangbang roll`: the voter roll in figures, what became of each row, what is
//! to be asked about it, what changed since an older one, and one of several.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{Outcome, fail, say, show};
use crate::codes::Fault;
use crate::diagnostic::{Diagnostic, Report, display};
use crate::election::VoterRoll;
use crate::election::roll::{self, Answers, Options};
use crate::files::{self, Readers};
use crate::make;

/// How many findings of a kind stand on the screen; the worksheet has all.
const SHOWN: usize = 20;

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct Arguments {
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

pub(super) fn run(arguments: &Arguments) -> Outcome {
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
    let judged = make::judge_roll(path, &options, &mut report);
    tell_answers(options.answers.len(), &report);
    let output = arguments.output.as_deref();
    match output {
        Some(_) => show(&report.shortened(SHOWN, "见待核对清单")),
        // It is short already, and there is no worksheet.
        None => show(&report),
    }
    let Some((roll, day)) = judged else { return Outcome::stopped(&report) };
    say(&roll::tell_rows(&roll));
    say(&roll::tell_figures(&roll, day));
    if let Some(Err(problem)) = output.map(|folder| write(&roll, &report, folder)) {
        return fail(problem);
    }
    Outcome::of(&report)
}

/// How many answers were followed: those about another state of the roll were not.
fn tell_answers(all: usize, report: &Report) {
    let stale = report.iter().filter(|finding| finding.code == "roll-answer-stale").count();
    match all.saturating_sub(stale) {
        0 => {}
        followed => say(&format!("照待核对清单里的 {followed} 条答复读入。\n")),
    }
}

/// How the roll is to be read: with the answers, and with every question if they
/// are to be written.
fn options(arguments: &Arguments, report: &mut Report) -> Option<Options> {
    let mut options = Options::default();
    if let Some(path) = &arguments.answers {
        options.answers = Answers::read(path, report)?;
    }
    if arguments.output.is_some() {
        options.listed = usize::MAX;
    }
    Some(options)
}

/// Writes both workbooks, or neither.
fn write(roll: &VoterRoll, report: &Report, folder: &Path) -> Result<(), Diagnostic> {
    let questions = roll::questions_workbook(roll, report)?;
    let clean = roll::clean_workbook(roll, report)?;
    write_workbooks(folder, &[("选民名册（内部）.xlsx", clean), ("待核对清单.xlsx", questions)])
}

/// Nothing is overwritten: the secretary may have written her answers into the older
/// ones.
fn write_workbooks(folder: &Path, workbooks: &[(&str, Vec<u8>)]) -> Result<(), Diagnostic> {
    let target =
        |(name, bytes): &(&str, Vec<u8>)| (folder.join(name), bytes.clone(), Readers::Owner);
    let targets: Vec<(PathBuf, Vec<u8>, Readers)> = workbooks.iter().map(target).collect();
    files::write_where_free(&targets)?;
    targets.iter().for_each(|(target, ..)| say(&format!("已写出 {}\n", display(target))));
    Ok(())
}

/// One roll of several, with an account of who is from where.
fn merge(paths: &[PathBuf], output: Option<&Path>) -> Outcome {
    let listed = if output.is_some() { usize::MAX } else { Options::default().listed };
    let options = Options { listed, ..Options::default() };
    let mut report = Report::new();
    let mut read = Vec::new();
    for (path, name) in paths.iter().zip(roll::source_names(paths)) {
        let mut found = Report::new();
        let judged = make::judge_roll(path, &options, &mut found);
        found.iter().for_each(|finding| report.push(finding.clone()));
        read.extend(judged.map(|(roll, _)| (name, roll, found)));
    }
    show(&report.shortened(SHOWN, "见合并名册的“待核对”一列"));
    if read.len() < paths.len() {
        return Outcome::stopped(&report);
    }
    let sources = roll::sources(read);
    let merged = roll::merge(&sources);
    say(&roll::tell_merged(&merged.figures()));
    let written = output.map(|folder| {
        let workbook = merged.workbook()?;
        write_workbooks(folder, &[("合并名册（内部）.xlsx", workbook)])
    });
    match written {
        Some(Err(problem)) => fail(problem),
        _ => Outcome::of(&report),
    }
}

fn diff(old: &Path, new: &Path) -> Outcome {
    let mut report = Report::new();
    let options = Options::default();
    let mut judged = |path| Some(make::judge_roll(path, &options, &mut report)?.0);
    let (Some(old), Some(new)) = (judged(old), judged(new)) else {
        show(&report);
        return Outcome::stopped(&report);
    };
    let diff = roll::diff(&old, &new);
    diff.ask(&old, &new, &mut report);
    show(&report);
    say(&roll::tell_changes(&diff, &old, &new));
    Outcome::of(&report)
}
