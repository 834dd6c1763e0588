//! `zhangbang explain`: what the code of a message means.

use std::path::PathBuf;

use clap::Args;

use super::{Outcome, fail, say, show};
use crate::codes::{CODES, Code};
use crate::diagnostic::{Diagnostic, Report};
use crate::election::decode::guess;
use crate::law::{self, RULES, Rule};
use crate::make::Folder;

#[derive(Args)]
pub(super) struct Arguments {
    /// 消息方括号里的代号，如 quorum、roll-duplicate
    #[arg(value_name = "代号")]
    code: String,
    /// 选举文件夹：法律规则按它适用的那一套说明
    #[arg(value_name = "选举")]
    election: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let Arguments { code, election } = arguments;
    if let Some(code) = Code::find(code) {
        let Code { name, family, title, explanation, .. } = code;
        say(&format!("{name}（{}）\n{title}。\n\n{explanation}\n", family.name()));
        return Outcome::Done;
    }
    let Some(rule) = Rule::find(code) else { return fail(unknown(code)) };
    let Some(election) = election else {
        say(&law::describe(rule, None));
        return Outcome::Done;
    };
    let mut report = Report::new();
    let Some(folder) = Folder::open(election, &mut report) else {
        show(&report);
        return Outcome::stopped(&report);
    };
    say(&law::describe(rule, Some(&folder.profile)));
    Outcome::Done
}

fn unknown(code: &str) -> Diagnostic {
    let known = RULES.iter().map(|rule| rule.code).chain(CODES.iter().map(|code| code.name));
    Diagnostic::error("unknown-code", format!("没有“{code}”这个代号{}", guess(code, known)))
        .help("代号在每条消息的方括号里；法律规则的代号用 zhangbang law list 列出。")
}
