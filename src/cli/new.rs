//! `zhangbang new`: an election folder to begin with.

use std::path::PathBuf;

use clap::Args;

use super::{Outcome, fail, say};
use crate::diagnostic::Diagnostic;
use crate::election::ELECTION_FILE;
use crate::files;

const SCAFFOLD: &str = include_str!("../../templates/new/election.yaml");
const ROLL: &str = "\u{feff}序号,姓名,性别,出生日期,小组\r\n";

#[derive(Args)]
pub struct Arguments {
    /// 新文件夹的名称，如 淇美社区2026
    #[arg(value_name = "文件夹")]
    folder: PathBuf,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let folder = &arguments.folder;
    let occupied = folder.read_dir().is_ok_and(|mut entries| entries.next().is_some());
    if occupied || folder.is_file() {
        let problem = Diagnostic::error("exists", "这个位置已经有内容，不会覆盖。")
            .in_file(folder)
            .help("请换一个名称。");
        return fail(problem, Outcome::BadInput);
    }
    let written = files::write_new(&folder.join(ELECTION_FILE), SCAFFOLD.as_bytes())
        .and_then(|()| files::write_new(&folder.join("voters.csv"), ROLL.as_bytes()))
        .and_then(|()| files::create_folder(&folder.join("attachments")));
    if let Err(problem) = written {
        return fail(problem, Outcome::BadMachine);
    }
    say(&format!(
        "已建立 {0}：\n  {ELECTION_FILE}  选举说明，按里面的提示填写\n  voters.csv     选民名册，可用 Excel 或 WPS 填写，也可换成 voters.xlsx\n  attachments    扫描件和照片放这里\n填好后运行：zhangbang check {0}\n",
        folder.display()
    ));
    Outcome::Done
}
