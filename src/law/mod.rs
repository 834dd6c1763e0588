//! What the law asks of an election, and whether it was done.
//!
//! [`Profile`] is the law as data, [`rules`] are the questions put to an
//! election, [`outcome`] is the arithmetic of who is elected, [`calendar`] the
//! days by which each step is due.

pub mod calendar;
mod case;
mod days;
mod explain;
mod kinship;
pub mod outcome;
pub mod parameter;
pub mod profile;
pub mod rules;
pub mod strokes;

pub use calendar::calendar;
use case::Case;
pub use explain::{Explanation, decided, explain, list, undecidable};
pub use profile::{Basis, Library, Profile, Provision};
pub use rules::{RULES, Rule, Stage};

use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::election::Dossier;
use crate::election::model::Silenced;
use profile::unknown;

/// Puts every rule to an election; what they find goes to `report`, by stage.
pub fn check(dossier: &Dossier, profile: &Profile, report: &mut Report) {
    let case = Case::new(dossier, profile);
    let silenced = silenced(&case, report);
    for rule in RULES {
        let reason =
            silenced.iter().find(|(code, _)| *code == rule.code).map(|(_, reason)| *reason);
        report.extend(rule.judge(&case).into_iter().map(|finding| match reason {
            Some(reason) => silence(finding, reason),
            None => finding,
        }));
    }
}

/// What the votes of the first round and of the run-off decide, as far as they
/// are known.
pub fn outcomes(dossier: &Dossier, profile: &Profile) -> Vec<outcome::Outcome> {
    let case = Case::new(dossier, profile);
    case.rounds().iter().filter_map(|round| case.outcome(round)).collect()
}

/// A warning with a written reason becomes a note that shows it; an error stays.
fn silence(finding: Diagnostic, reason: &str) -> Diagnostic {
    match finding.severity {
        Severity::Error => {
            let help = finding.help.unwrap_or_default();
            Diagnostic {
                help: Some(format!("{help}这是确定的错误，不能用“不再提示”略过。")),
                ..finding
            }
        }
        _ => Diagnostic {
            severity: Severity::Note,
            message: format!("{}（已核实，不再提示：{reason}）", finding.message),
            help: None,
            ..finding
        },
    }
}

/// The rules that the user silenced, with the reasons.
fn silenced<'a>(case: &Case<'a>, report: &mut Report) -> Vec<(&'a str, &'a str)> {
    let usable = |entry: &'a Silenced, report: &mut Report| {
        let code = entry.code.located()?;
        if Rule::find(code).is_none() {
            report.push(unknown(
                "silenced",
                "没有这条规则",
                code,
                RULES.iter().map(|rule| rule.code),
            ));
            return None;
        }
        let Some(reason) = entry.reason.get() else {
            report.push(
                Diagnostic::error("silenced", format!("不再提示“{}”，没有写理由。", code.value))
                    .at(code.place.clone())
                    .help("请写“理由”：核实了什么、依据什么。"),
            );
            return None;
        };
        Some((code.as_str(), reason.as_str()))
    };
    case.election.silenced.items().iter().filter_map(|entry| usable(&entry.value, report)).collect()
}
