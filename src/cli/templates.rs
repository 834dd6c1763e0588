//! `zhangbang templates`: what can be made, and the files to change it.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Outcome, fail, say, show};
use crate::compose::{self, template};
use crate::diagnostic::{Diagnostic, Report};
use crate::files;

#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// 列出全部文件的代号、名称和阶段
    List {
        /// 选举文件夹，其中 templates 子文件夹里的模板也一并列出
        #[arg(value_name = "选举")]
        election: Option<PathBuf>,
    },
    /// 把自带的模板和版式写到一个文件夹，供修改
    Export {
        /// 写到哪里；放进选举文件夹的 templates 子文件夹即可生效
        #[arg(value_name = "文件夹")]
        folder: PathBuf,
    },
}

pub fn run(arguments: &Arguments) -> Outcome {
    match &arguments.action {
        Action::List { election } => list(election.as_deref()),
        Action::Export { folder } => export(folder),
    }
}

fn list(election: Option<&std::path::Path>) -> Outcome {
    let mut report = Report::new();
    for front in compose::catalogue(election, &mut report) {
        say(&format!("{}\t{}\t{}\n", front.id, front.name, front.stage.name()));
    }
    show(&report);
    if report.has_errors() { Outcome::BadInput } else { Outcome::Done }
}

fn export(folder: &std::path::Path) -> Outcome {
    let built_in = template::built_in();
    if let Some((path, _)) = built_in.iter().find(|(path, _)| folder.join(path).exists()) {
        let problem = Diagnostic::error("exists", "已有同名文件，不会覆盖。")
            .in_file(folder.join(path))
            .help("请换一个空的文件夹，或先把原来的文件改名。");
        return fail(problem, Outcome::BadInput);
    }
    for (path, bytes) in built_in {
        if let Err(problem) = files::write_new(&folder.join(path), bytes) {
            return fail(problem, Outcome::BadMachine);
        }
    }
    say(&format!("模板已写到 {}。\n", folder.display()));
    Outcome::Done
}
