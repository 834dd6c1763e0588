//! `zhangbang check`: everything that is wrong, with place and article.

use std::path::PathBuf;

use clap::Args;

use super::{Outcome, console, fail, say, say_error};
use crate::diagnostic::{Diagnostic, Report};
use crate::election::edit::{self, Mended};
use crate::law::Ground;
use crate::make::{self, Folder};
use crate::privacy;

#[derive(Args)]
pub(super) struct Arguments {
    /// 选举文件夹，或其中的 election.yaml
    #[arg(value_name = "选举")]
    election: PathBuf,
    /// 输出 JSON，供其他程序使用
    #[arg(long)]
    json: bool,
    /// 只有一种改法的写法错误，直接改在 election.yaml 里
    #[arg(long)]
    fix: bool,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let mut report = Report::new();
    let mut judged = Folder::judge(&arguments.election, &mut report);
    if arguments.fix {
        match mend(&report) {
            Ok(0) => say_error("没有可以直接改好的写法。\n"),
            Ok(_) => {
                report = Report::new();
                judged = Folder::judge(&arguments.election, &mut report);
            }
            Err(problem) => return fail(problem),
        }
    }
    if arguments.json {
        let profile = judged.as_ref().map(|folder| folder.profile.id.clone());
        let result = serde_json::json!({ "profile": profile, "findings": report.to_json() });
        say(&format!("{result:#}\n"));
    } else {
        if let Some(Folder { profile, .. }) = &judged {
            say(&format!("适用规则：{}\n", profile.title()));
            let later = profile.later().filter(|(_, later)| later.ground == Ground::Day);
            for (occasion, later) in later.filter(|(_, later)| later.id != profile.id) {
                say(&format!("{}适用：{}\n", occasion.name(), later.title()));
            }
        }
        show_by_chapter(&report);
        if !report.has_errors() {
            say("检查完毕，没有错误。\n");
        }
    }
    Outcome::of(&report)
}

/// Makes the edits that findings propose, shows each, and counts them.
fn mend(report: &Report) -> Result<usize, Diagnostic> {
    let mended = edit::mend(report)?;
    let line = |one: &Mended| format!("第 {} 行：{} 改为 {}\n", one.line, one.old, one.new);
    say_error(&privacy::mask(&mended.iter().map(line).collect::<String>()));
    Ok(mended.len())
}

/// Prints all findings on standard error, those of one chapter together.
fn show_by_chapter(report: &Report) {
    for (chapter, findings) in make::by_chapter(report) {
        say_error(&format!("【{chapter}】\n{}", findings.render(console::is_coloured())));
    }
    if !report.is_empty() {
        say_error(&format!("共 {}。\n", report.tally()));
    }
}
