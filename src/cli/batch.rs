//! `zhangbang batch`: every election of an office at once.

use std::io::IsTerminal as _;
use std::path::PathBuf;

use clap::Args;

use super::{Outcome, fail, say, say_error, show};
use crate::batch::{self, Ended, Making, Progress, Run, Shard, Task};
use crate::codes::Fault;

#[derive(Args)]
pub(super) struct Arguments {
    /// 文件夹：下面每个有 election.yaml 的文件夹、每个交来的档案包（.zip），都是一个选举
    #[arg(value_name = "文件夹")]
    folder: PathBuf,
    /// 放结果的文件夹；再运行一次，只办有变动的
    #[arg(short, long, value_name = "文件夹")]
    output: PathBuf,
    /// 只检查和统计，不生成文件
    #[arg(long)]
    check: bool,
    /// 只做归档的文件和档案包，不做选票、选民证等发放的
    #[arg(long, conflicts_with = "check")]
    records: bool,
    /// 同时办几个选举；不写则有几个处理器核心就办几个
    #[arg(long, value_name = "个数")]
    jobs: Option<usize>,
    /// 分给几台机器时，只办其中一份，如 2/8
    #[arg(long, value_name = "第几份/份数", value_parser = shard)]
    shard: Option<Shard>,
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
            folder: self.folder.clone(),
            out: self.output.clone(),
            making: match (self.check, self.records) {
                (true, _) => Making::Check,
                (_, true) => Making::Records,
                _ => Making::All,
            },
            jobs: self.jobs,
            shard: self.shard,
            fonts: self.font_path.clone(),
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let stop = batch::stop::when_asked();
    let visible = std::io::stderr().is_terminal();
    let progress = |progress: Progress| {
        if visible {
            let end = if progress.done == progress.total { "\n" } else { "" };
            say_error(&format!("\r\u{1b}[K{}{end}", progress.line()));
        }
    };
    match batch::run(&arguments.task(), stop, progress) {
        Ok(run) => {
            show(&run.problems);
            say(&run.describe(&arguments.output));
            outcome(&run)
        }
        Err(problems) => fail(problems),
    }
}

fn outcome(run: &Run) -> Outcome {
    match run.ended() {
        Ended::Done => Outcome::Done,
        Ended::AtFault => Outcome::Failed(Fault::Input),
        Ended::Machine => Outcome::Failed(Fault::Machine),
    }
}
