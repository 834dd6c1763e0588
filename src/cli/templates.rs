//! `zhangbang templates`: what can be made, the files to change it, and whether
//! they are sound.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{Outcome, fail, say, show};
use crate::assets::Assets;
use crate::compose::{self, Purpose};
use crate::diagnostic::{Diagnostic, Report};
use crate::files;
use crate::make::{Examples, Folder, Format, Kit, Order, Poster, Press};

#[derive(Args)]
pub struct Arguments {
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

pub fn run(arguments: &Arguments) -> Outcome {
    match &arguments.action {
        Action::List { election } => list(election.as_deref()),
        Action::Export { folder } => export(folder),
        Action::Names => {
            say(&compose::names_table());
            Outcome::Done
        }
        Action::Check { election, font_path } => {
            let mut report = Report::new();
            let tried = check(election.as_deref(), font_path, &mut report);
            show(&report);
            tried.map_or_else(|| Outcome::stopped(&report), |()| Outcome::of(&report))
        }
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
    let files: Vec<(PathBuf, &str)> = Assets::built_in()
        .iter()
        .filter_map(|(path, asset)| {
            let below = path.strip_prefix("templates/")?;
            Some((folder.join(below), asset.source.text.as_str()))
        })
        .collect();
    if let Some((taken, _)) = files.iter().find(|(path, _)| path.exists()) {
        let problem = Diagnostic::error("exists", "已有同名文件，不会覆盖。")
            .in_file(taken)
            .help("请换一个空的文件夹，或先把原来的文件改名。");
        return fail(problem);
    }
    for (path, text) in files {
        if let Err(problem) = files::write_new(&path, text.as_bytes()) {
            return fail(problem);
        }
    }
    say(&format!("模板已写到 {}。\n", folder.display()));
    Outcome::Done
}

/// Makes everything that can be made of each example, in every format.
fn check(election: Option<&Path>, font_path: &[PathBuf], report: &mut Report) -> Option<()> {
    let examples = Examples::unpack().map_err(|problem| report.push(problem)).ok()?;
    let mut trials = Vec::new();
    for folder in examples.folders() {
        trials.extend(Folder::judge(&folder, &mut Report::new()));
    }
    let mut kit = Kit::built_in();
    if let Some(election) = election {
        // What is wrong with the election itself is for `check` to say.
        let given = Folder::judge(election, &mut Report::new())?;
        kit = Kit::beside(&given.dossier.folder, report);
        trials.push(given);
    }
    let press = Press::find(font_path, election, &kit, report)?;
    let mut untried: BTreeSet<String> =
        kit.wordings.documents().map(|front| front.id.clone()).collect();
    let whole = untried.len();
    for folder in &mut trials {
        folder.kit = kit.clone();
        // A few voters show what thousands would.
        folder.dossier.roll.iter_mut().for_each(|roll| roll.voters.truncate(FEW));
        for purpose in [Purpose::Use, Purpose::Blanks] {
            for id in try_out(&press, folder, purpose, report) {
                untried.remove(&id);
            }
        }
    }
    let sound = if report.has_errors() { "有错误" } else { "都没有问题" };
    say(&format!(
        "用 {} 次选举试做了 {} 种文件，{}。\n",
        trials.len(),
        whole - untried.len(),
        sound
    ));
    if !untried.is_empty() {
        let untried: Vec<_> = untried.into_iter().collect();
        say(&format!("没有数据可以试做的：{}。\n", untried.join("、")));
    }
    Some(())
}

/// Enough voters for more than one sheet of cards and page of a register.
const FEW: usize = 50;

/// Makes all documents of one election; says which were tried.
fn try_out(press: &Press, folder: &Folder, purpose: Purpose, report: &mut Report) -> Vec<String> {
    let mut problems = Report::new();
    let order = Order {
        documents: compose::Options { purpose, ..compose::Options::default() },
        formats: vec![Format::Pdf, Format::Docx, Format::Html],
        poster: Some(Poster::A3),
    };
    let composition = folder.compose(&order.documents, &mut problems);
    if let Err(found) = press.print(&composition, &order) {
        problems.extend(found);
    }
    report.extend_with_news(problems);
    composition.documents.into_iter().map(|composed| composed.front.id).collect()
}
