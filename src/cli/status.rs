//! `zhangbang status`: how each step of an election stands against its
//! statutory window.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::{Outcome, fail, say, show};
use crate::diagnostic::{Report, display};
use crate::files;
use crate::law::calendar;
use crate::make::{Folder, Press, Status};

#[derive(Args)]
pub(super) struct Arguments {
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
    /// 把进度印成一张挂在办公室的表（PDF，A3）
    #[arg(long, value_name = "文件")]
    board: Option<PathBuf>,
    /// 另外查找字体的文件夹（可重复）
    #[arg(long, value_name = "文件夹")]
    font_path: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let mut report = Report::new();
    let folder = Folder::open(&arguments.election, &mut report);
    if report.has_errors() {
        show(&report);
    }
    let Some(folder) = folder else { return Outcome::stopped(&report) };
    let press = arguments.board.as_ref().and_then(|_| {
        let (beside, fonts) = (Some(&*folder.dossier.folder), &arguments.font_path);
        Press::find(fonts, beside, &folder.kit, &mut report)
    });
    let status = Status::of(folder, arguments.today.unwrap_or_else(calendar::today));
    if let Some(file) = &arguments.ics
        && let Err(problem) = files::write(file, status.to_ics().as_bytes())
    {
        return fail(problem);
    }
    if let Some(file) = &arguments.board {
        let Some(press) = press else { return fail(report) };
        let written = status.board(&press).and_then(|pdf| Ok(files::write(file, &pdf)?));
        if let Err(problems) = written {
            return fail(problems);
        }
    }
    say(&if arguments.json { format!("{:#}\n", status.to_json()) } else { status.describe() });
    let written = [("日历", &arguments.ics), ("进度表", &arguments.board)];
    for (what, file) in written.into_iter().filter(|_| !arguments.json) {
        if let Some(file) = file {
            say(&format!("\n{what}已写到 {}。\n", display(file)));
        }
    }
    Outcome::of(&report)
}
