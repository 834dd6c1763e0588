//! What each rule means, and which rows of the researched table of rules no
//! program can decide.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::parameter::PARAMETERS;
use super::profile::{Basis, Profile};
use super::rules::{RULES, Rule, Stage};

/// What a user is told of one rule.
#[derive(Clone, Debug)]
pub struct Explanation {
    pub code: &'static str,
    pub stage: Stage,
    /// What the rule demands.
    pub title: &'static str,
    /// What its parameter fixes; `None` for counting and logic.
    pub parameter: Option<(&'static str, &'static str)>,
    /// The parameter's value in this profile.
    pub value: Option<String>,
    /// On what it rests in this profile; `None` if the profile does not lay it
    /// down, and the rule is silent.
    pub basis: Option<Basis>,
    /// Rows of the researched table that it decides.
    pub rows: Vec<&'static str>,
}

/// Every rule under `profile`, by stage.
pub fn list(profile: &Profile) -> Vec<Explanation> {
    RULES.iter().map(|rule| describe(rule, profile)).collect()
}

/// The rule named `code` under `profile`.
pub fn explain(code: &str, profile: &Profile) -> Option<Explanation> {
    Rule::find(code).map(|rule| describe(rule, profile))
}

fn describe(rule: &'static Rule, profile: &Profile) -> Explanation {
    let parameter =
        rule.parameter.and_then(|name| PARAMETERS.iter().find(|parameter| parameter.name == name));
    let value = profile
        .parameters()
        .find(|(name, ..)| Some(*name) == rule.parameter)
        .map(|(_, value, _)| value);
    let rows = COVERAGE.decided.iter().filter(|(_, code)| *code == rule.code);
    Explanation {
        code: rule.code,
        stage: rule.stage,
        title: rule.title,
        parameter: parameter.map(|parameter| (parameter.name, parameter.meaning)),
        value,
        basis: rule.basis(profile),
        rows: rows.map(|(row, _)| row.as_str()).collect(),
    }
}

/// Rows of the researched table that the data cannot decide, and why.
pub fn undecidable() -> impl Iterator<Item = (&'static str, &'static str)> {
    COVERAGE.undecidable.iter().map(|(row, reason)| (row.as_str(), reason.as_str()))
}

/// Rows that a rule decides, and its code.
pub fn decided() -> impl Iterator<Item = (&'static str, &'static str)> {
    COVERAGE.decided.iter().map(|(row, code)| (row.as_str(), code.as_str()))
}

/// Every row of the table is under one of the two.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Coverage {
    decided: BTreeMap<String, String>,
    undecidable: BTreeMap<String, String>,
}

static COVERAGE: LazyLock<Coverage> = LazyLock::new(|| {
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/law-coverage.yaml"));
    // The file is part of the program; a test reads it.
    serde_yaml::from_str(text).unwrap_or_default()
});

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::Library;
    use super::*;

    /// Rules on the roll itself are judged where it is read.
    const OF_THE_ROLL: [&str; 3] = ["roll-under-age", "roll-duplicate", "roll-same-person"];

    #[test]
    fn every_row_is_decided_or_has_its_reason() {
        let rows: BTreeSet<&str> = decided().chain(undecidable()).map(|(row, _)| row).collect();
        assert_eq!(rows.len(), 227);
        assert_eq!(decided().count() + undecidable().count(), 227, "a row is under both");
        for (row, code) in decided() {
            assert!(Rule::find(code).is_some() || OF_THE_ROLL.contains(&code), "{row}: {code}");
        }
        assert!(undecidable().all(|(_, reason)| reason.chars().count() > 4));
    }

    #[test]
    fn explains_every_rule_under_every_profile() {
        for profile in Library::built_in().profiles() {
            for explanation in list(&profile) {
                assert_eq!(
                    explanation.basis.is_some(),
                    explanation.value.is_some() || explanation.parameter.is_none()
                );
            }
        }
    }
}
