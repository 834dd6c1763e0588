//! `zhangbang batch`: every election of an office at once.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jiff::civil::Date;
use unicode_width::UnicodeWidthStr as _;

use super::{Outcome, fail, say, say_error, show};
use crate::batch::{self, Making, Progress, Shard, Task, report};
use crate::compose;
use crate::diagnostic::Report;
use crate::law::calendar;

/// What stands on one line of a small window.
const WIDTH: usize = 79;

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// 文件夹：下面每个有 election.yaml 的文件夹、每个交来的档案包（.zip），都是一个选举
    #[arg(value_name = "文件夹", required = true)]
    folder: Option<PathBuf>,
    /// 放结果的文件夹；再运行一次，只办有变动的
    #[arg(short, long, value_name = "文件夹", required = true)]
    output: Option<PathBuf>,
    /// 只检查和统计，不生成文件
    #[arg(long)]
    check: bool,
    /// 只做归档的文件和档案包，不做选票、选民证等发放的
    #[arg(long, conflicts_with = "check")]
    records: bool,
    /// 只做这些文件，不打包：写代号或名称，几份用逗号或顿号隔开
    #[arg(long, value_name = "文件", conflicts_with_all = ["check", "records"])]
    only: Vec<String>,
    /// 同时办几个选举；不写则有几个处理器核心就办几个
    #[arg(long, value_name = "个数")]
    jobs: Option<usize>,
    /// 分给几台机器时，只办其中一份，如 2/8；都办完了用 batch report 汇总
    #[arg(long, value_name = "第几份/份数", value_parser = shard)]
    shard: Option<Shard>,
    #[command(flatten)]
    adding_up: AddingUp,
}

#[derive(Subcommand)]
enum Command {
    /// 按一份名单（Excel 或 CSV）给全部社区和村各建一个选举文件夹
    New {
        /// 名单：一行一个社区或村，表头如 名称、类别、街道、人口、户数、小组、选举日
        #[arg(value_name = "名单")]
        list: PathBuf,
        /// 建在哪个文件夹下
        #[arg(short, long, value_name = "文件夹")]
        output: PathBuf,
    },
    /// 汇总 batch 的结果：进度、问题、档案包、统计表（Excel 和 PDF）
    Report {
        /// batch 的结果文件夹
        #[arg(value_name = "结果", required_unless_present = "print_columns")]
        out: Option<PathBuf>,
        /// 打印自带的统计表各栏，供照着改
        #[arg(long)]
        print_columns: bool,
        #[command(flatten)]
        adding_up: AddingUp,
    },
}

#[derive(Args, Clone)]
struct AddingUp {
    /// 按这一天说谁迟了；不写则为今天（北京时间）
    #[arg(long, value_name = "日期")]
    today: Option<Date>,
    /// 统计表的各栏（statistics.yaml）；不写则用文件夹里的，没有的用自带的
    #[arg(long, value_name = "文件")]
    columns: Option<PathBuf>,
    /// 另外查找字体的文件夹（可重复）
    #[arg(long, value_name = "文件夹")]
    font_path: Vec<PathBuf>,
}

fn shard(text: &str) -> Result<Shard, String> {
    Shard::parse(text).ok_or_else(|| "应写成 2/8 的样子".to_owned())
}

impl Arguments {
    fn task(&self) -> Task {
        Task {
            folder: self.folder.clone().unwrap_or_default(),
            out: self.output.clone().unwrap_or_default(),
            making: match (self.check, self.records) {
                (true, _) => Making::Check,
                (_, true) => Making::Records,
                _ if self.only.is_empty() => Making::All,
                _ => Making::Only(compose::names_among(&self.only)),
            },
            jobs: self.jobs,
            shard: self.shard,
            fonts: self.adding_up.font_path.clone(),
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    match &arguments.command {
        None => run_all(arguments),
        Some(Command::New { list, output }) => found(list, output),
        Some(Command::Report { out: Some(out), print_columns: false, adding_up }) => {
            add_up(out, adding_up)
        }
        Some(Command::Report { .. }) => {
            say(report::built_in_columns());
            Outcome::Done
        }
    }
}

fn found(list: &Path, folder: &Path) -> Outcome {
    let mut report = Report::new();
    let founded = batch::found(list, folder, &mut report);
    show(&report);
    let Some(founded) = founded else { return Outcome::stopped(&report) };
    say(&founded.describe(folder));
    Outcome::of(&report)
}

fn run_all(arguments: &Arguments) -> Outcome {
    let (task, stop) = (arguments.task(), batch::stop::when_asked());
    let progress = |progress: Progress| {
        if std::io::stderr().is_terminal() {
            let end = if progress.done == progress.total { "\n" } else { "" };
            // Written over with blanks: not every console of Windows knows how to clear.
            let line = progress.line();
            let rest = WIDTH.saturating_sub(line.width());
            say_error(&format!("\r{line}{:rest$}{end}", ""));
        }
    };
    let run = match batch::run(&task, stop, progress) {
        Ok(run) => run,
        Err(problems) => return fail(problems),
    };
    show(&run.problems);
    say(&run.describe(&task.out));
    let done = run.fault().map_or(Outcome::Done, Outcome::Failed);
    // Who does a part of it leaves the rest to others.
    let is_part = run.stopped || task.shard.is_some();
    match if is_part { done } else { add_up(&task.out, &arguments.adding_up) } {
        Outcome::Done => done,
        failed => failed,
    }
}

fn add_up(out: &Path, how: &AddingUp) -> Outcome {
    let AddingUp { today, columns, font_path: fonts } = how.clone();
    let today = today.unwrap_or_else(calendar::today);
    let task = report::Task { out: out.to_owned(), today, columns, fonts };
    let mut told = Report::new();
    match report::write(&task, &mut told) {
        Ok(written) => {
            show(&told);
            say(&written.describe());
            Outcome::of(&told)
        }
        Err(problems) => fail(problems),
    }
}
