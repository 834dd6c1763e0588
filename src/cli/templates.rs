//! `zhangbang templates`: what can be made, the files to change it, and whether
//! they are sound.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{Outcome, fail, say, show};
use crate::compose;
use crate::diagnostic::{Report, display};
use crate::make::{self, Kit, Trial};

#[derive(Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// 列出全部文件的代号、名称和阶段，和几份文件共用的措辞
    List {
        /// 选举文件夹，其中 templates 子文件夹里的模板也一并列出
        #[arg(value_name = "选举")]
        election: Option<PathBuf>,
    },
    /// 把自带的模板、公用措辞和版式写到一个文件夹，供修改
    Export {
        /// 写到哪里；放进选举文件夹的 templates 子文件夹即可生效
        #[arg(value_name = "文件夹")]
        folder: PathBuf,
    },
    /// 列出模板里可以用的名称，选举说明里的键以外的
    Names,
    /// 用自带的几次示例选举（和给出的选举）试做全部文件，检查每一份模板和版式
    Check {
        /// 选举文件夹，其中 templates 子文件夹里的模板代替自带的
        #[arg(value_name = "选举")]
        election: Option<PathBuf>,
        /// 另外查找字体的文件夹（可重复）
        #[arg(long, value_name = "文件夹")]
        font_path: Vec<PathBuf>,
    },
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    match &arguments.action {
        Action::List { election } => list(election.as_deref()),
        Action::Export { folder } => export(folder),
        Action::Names => {
            say(&compose::names_table());
            Outcome::Done
        }
        Action::Check { election, font_path } => check(election.as_deref(), font_path),
    }
}

fn list(election: Option<&Path>) -> Outcome {
    let mut report = Report::new();
    let kit = match election {
        Some(folder) => Kit::beside(folder, &mut report),
        None => Kit::built_in(),
    };
    for front in kit.wordings.documents() {
        say(&format!("{}\t{}\t{}\n", front.id, front.name, front.stage.name()));
    }
    for (name, purpose) in kit.wordings.parts() {
        say(&format!("{name}\t{purpose}\t公用措辞\n"));
    }
    report.extend(kit.wordings.problems().iter().cloned());
    show(&report);
    Outcome::of(&report)
}

fn export(folder: &Path) -> Outcome {
    if let Err(problem) = make::export_templates(folder) {
        return fail(problem);
    }
    say(&format!("模板已写到 {}。\n", display(folder)));
    Outcome::Done
}

fn check(election: Option<&Path>, font_path: &[PathBuf]) -> Outcome {
    let mut report = Report::new();
    let trial = Trial::of(election, font_path, &mut report);
    show(&report);
    let Some(Trial { elections, tried, untried }) = trial else {
        return Outcome::stopped(&report);
    };
    let sound = if report.has_errors() { "有错误" } else { "都没有问题" };
    say(&format!("用 {elections} 次选举试做了 {tried} 种文件，{sound}。\n"));
    if !untried.is_empty() {
        say(&format!("没有数据可以试做的：{}。\n", untried.join("、")));
    }
    Outcome::of(&report)
}
