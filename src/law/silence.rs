//! Warnings that the user looked into and silenced, each with a written reason.

use super::profile::unknown;
use super::rules::{RULES, Rule};
use crate::codes::{Code, Family};
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::election::Election;
use crate::election::decode::Located;
use crate::election::model::Silenced;

/// Turns every silenced warning of `report` into a note that shows the reason.
/// Errors stay errors.
pub(super) fn apply(election: &Election, report: &mut Report) {
    let mut reasons = Vec::new();
    for entry in election.silenced.items() {
        match reason(entry, report) {
            Ok(reason) => reasons.extend(reason),
            Err(problem) => report.push(problem),
        }
    }
    report.map(|finding| match reasons.iter().find(|(code, _)| *code == finding.code) {
        Some((_, reason)) => silence(finding, reason),
        None => finding,
    });
}

/// The code that an entry silences, and why.
fn reason<'a>(
    entry: &'a Located<Silenced>,
    report: &Report,
) -> Result<Option<(&'a str, &'a str)>, Diagnostic> {
    let Some(code) = entry.code.located() else { return Ok(None) };
    if !can_be_silenced(code) {
        let told = report.iter().map(|finding| finding.code).filter(|code| can_be_silenced(code));
        let known = RULES.iter().map(|rule| rule.code).chain(told);
        return Err(unknown("silenced", "没有这条规则", code, known));
    }
    match entry.reason.get() {
        Some(reason) => Ok(Some((code.as_str(), reason.as_str()))),
        None => {
            Err(Diagnostic::error("silenced", format!("不再提示“{}”，没有写理由。", code.value))
                .at(code.place.clone())
                .help("请写“理由”：核实了什么、依据什么。"))
        }
    }
}

/// Beside the rules of law, what is asked about the roll and about notices on the
/// wall, and what was left blank on purpose.
fn can_be_silenced(code: &str) -> bool {
    let is_of_the_roll = || Code::find(code).is_some_and(|code| code.family == Family::Roll);
    let others = ["unknown-value", "notice-changed", "notice-copy", "notice-day"];
    Rule::find(code).is_some() || others.contains(&code) || is_of_the_roll()
}

fn silence(finding: Diagnostic, reason: &str) -> Diagnostic {
    match finding.severity {
        Severity::Note => finding,
        Severity::Warning => Diagnostic {
            severity: Severity::Note,
            message: format!("{}（已核实，不再提示：{reason}）", finding.message),
            help: None,
            ..finding
        },
        Severity::Error => {
            let help = finding.help.unwrap_or_default();
            Diagnostic {
                help: Some(format!("{help}这是确定的错误，不能用“不再提示”略过。")),
                ..finding
            }
        }
    }
}
