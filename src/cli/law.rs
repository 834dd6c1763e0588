//! `zhangbang law`: what each rule means, and on what it rests.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{Outcome, fail, say, show};
use crate::diagnostic::{Diagnostic, Report};
use crate::election::decode::guess;
use crate::law::{self, Basis, Explanation, Library, Profile, RULES, Rule};
use crate::make::Folder;

#[derive(Args)]
pub struct Arguments {
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

pub fn run(arguments: &Arguments) -> Outcome {
    match &arguments.action {
        Action::List(choice) => with_profile(choice, list),
        Action::Explain { code, choice } => match Rule::find(code) {
            Some(rule) => with_profile(choice, |profile| explain(rule, profile)),
            None => fail(unknown_rule(code), Outcome::BadInput),
        },
        Action::Profiles => {
            say(&profiles());
            Outcome::Done
        }
        Action::Limits => {
            say(&limits());
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
        return Outcome::BadInput;
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
    if code.starts_with("roll-") {
        return Diagnostic::error("unknown-rule", format!("“{code}”是名册的问题，不是法律规则。"))
            .help("用 zhangbang roll 检查名册，每处问题下面写着办法。");
    }
    let guess = guess(code, RULES.iter().map(|rule| rule.code));
    Diagnostic::error("unknown-rule", format!("没有这条规则：“{code}”{guess}"))
        .help("用 zhangbang law list 列出全部。")
}

/// Every rule under its stage.
fn list(profile: Option<&Profile>) -> String {
    let mut text = profile.map_or_else(String::new, heading);
    let mut stage = None;
    for rule in RULES {
        if stage.replace(rule.stage) != Some(rule.stage) {
            text += &format!("\n【{}】\n", rule.stage.name());
        }
        text += &format!("{:<26}{}", rule.code, rule.title);
        if let Some(told) = profile.and_then(|profile| law::explain(rule.code, profile)) {
            text += &format!("：{}", provision(&told));
        }
        text.push('\n');
    }
    text
}

fn explain(rule: &Rule, profile: Option<&Profile>) -> String {
    let mut text = format!("{}（{}）\n{}。\n", rule.code, rule.stage.name(), rule.title);
    match profile {
        Some(profile) => text += &format!("\n{}{}", heading(profile), in_full(rule, profile)),
        None if rule.parameter.is_none() => text += "这一条出自算术或逻辑，哪一套规则都适用。\n",
        None => text += &format!("\n各套规则的规定：\n{}", everywhere(rule)),
    }
    text
}

fn heading(profile: &Profile) -> String {
    let note = profile.note.as_ref().map_or_else(String::new, |note| format!("说明：{note}\n"));
    format!("适用规则：{}\n{note}", profile.title())
}

/// All that is known of a rule under one profile.
fn in_full(rule: &Rule, profile: &Profile) -> String {
    let Some(told) = law::explain(rule.code, profile) else { return String::new() };
    let mut text = String::new();
    if let Some((name, meaning)) = told.parameter {
        text += &format!("参数：{name}（{meaning}）\n");
    }
    if let Some(value) = &told.value {
        text += &format!("数值：{value}\n");
    }
    match &told.basis {
        None => text += "这套规则没有规定，不检查。\n",
        Some(basis) => {
            text +=
                &format!("依据：{basis}\n来源：{}\n后果：{}\n", basis.status.name(), effect(basis));
        }
    }
    text
}

/// What each profile that lays a rule down says of it.
fn everywhere(rule: &Rule) -> String {
    let line = |profile: Profile| {
        let told = law::explain(rule.code, &profile)?;
        told.basis.is_some().then(|| format!("{:<20}{}\n", profile.id, provision(&told)))
    };
    Library::built_in().profiles().filter_map(line).collect()
}

/// Value, article and status in one line.
fn provision(told: &Explanation) -> String {
    match (&told.basis, &told.value) {
        (None, _) => "这套规则没有规定".into(),
        (Some(basis), None) => basis.status.name().into(),
        (Some(basis), Some(value)) => format!("{value}（{basis}；{}）", basis.status.name()),
    }
}

fn effect(basis: &Basis) -> &'static str {
    if basis.supports_error() { "违反的报错误" } else { "违反的报警告" }
}

fn profiles() -> String {
    let mut text = String::new();
    for profile in Library::built_in().profiles() {
        let from = profile.from.map_or_else(String::new, |day| day.to_string());
        let to = profile.to.map_or_else(|| "现在".into(), |day| day.to_string());
        text += &format!("{:<20}{}，{from} 至 {to}\n", profile.id, profile.name);
    }
    text
}

fn limits() -> String {
    law::undecidable().map(|(row, reason)| format!("{row:<46}{reason}\n")).collect()
}
