//! `zhangbang law`: what each rule means, and on what it rests.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{Outcome, fail, say, show};
use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Report};
use crate::election::decode::guess;
use crate::law::{self, Library, Profile, RULES, Rule};
use crate::make::Folder;

#[derive(Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// 按阶段列出全部规则；指明一套规则时，连同其中的数值和条文
    List(Choice),
    /// 说明一条规则：意思、条文、数值、依据核对到什么程度
    Explain {
        /// 规则代码，如 list-posted（检查报告里方括号中的字）
        #[arg(value_name = "代码")]
        code: String,
        #[command(flatten)]
        choice: Choice,
    },
    /// 列出自带的各套规则
    Profiles,
    /// 列出数据判断不了、要靠人核对的要求
    Limits,
}

/// Under which law the rules are shown.
#[derive(Args)]
struct Choice {
    /// 选举文件夹，或其中的 election.yaml：用它适用的那一套规则
    #[arg(value_name = "选举")]
    election: Option<PathBuf>,
    /// 用这一套规则，如 cn-residents-2026
    #[arg(long, value_name = "规则代号", conflicts_with = "election")]
    profile: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    match &arguments.action {
        Action::List(choice) => with_profile(choice, law::describe_all),
        Action::Explain { code, choice } => match Rule::find(code) {
            Some(rule) => with_profile(choice, |profile| law::describe(rule, profile)),
            None => fail(unknown_rule(code)),
        },
        Action::Profiles => {
            say(&law::describe_profiles());
            Outcome::Done
        }
        Action::Limits => {
            say(&law::describe_limits());
            Outcome::Done
        }
    }
}

/// Says what `tell` makes of the chosen profile, or of none.
fn with_profile(choice: &Choice, tell: impl FnOnce(Option<&Profile>) -> String) -> Outcome {
    let mut report = Report::new();
    let profile = match (&choice.profile, &choice.election) {
        (Some(id), _) => named(id, &mut report).map(Some),
        (None, Some(election)) => of_election(election, &mut report).map(Some),
        (None, None) => Some(None),
    };
    let Some(profile) = profile else {
        show(&report);
        return Outcome::stopped(&report);
    };
    say(&tell(profile.as_ref()));
    Outcome::Done
}

fn named(id: &str, report: &mut Report) -> Option<Profile> {
    let library = Library::built_in();
    let found = library.resolve(id);
    if found.is_none() {
        let known: Vec<String> = library.profiles().map(|profile| profile.id).collect();
        let guess = guess(id, known.iter().map(String::as_str));
        report.push(
            Diagnostic::error("law-profile", format!("没有这套规则：“{id}”{guess}"))
                .help("用 zhangbang law profiles 列出全部。"),
        );
    }
    found
}

fn of_election(path: &Path, report: &mut Report) -> Option<Profile> {
    Some(Folder::open(path, report)?.profile)
}

fn unknown_rule(code: &str) -> Diagnostic {
    if Code::find(code).is_some() {
        return Diagnostic::error("unknown-rule", format!("“{code}”不是法律规则。"))
            .help(format!("用 zhangbang explain {code} 查看它的意思。"));
    }
    let guess = guess(code, RULES.iter().map(|rule| rule.code));
    Diagnostic::error("unknown-rule", format!("没有这条规则：“{code}”{guess}"))
        .help("用 zhangbang law list 列出全部。")
}
