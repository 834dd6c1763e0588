//! What each rule means, and which rows of the researched table of rules no
//! program can decide.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::parameter::PARAMETERS;
use super::profile::{Basis, Library, Profile};
use super::rules::{RULES, Rule};
use crate::election::Stage;

/// What a user is told of one rule.
#[derive(Clone, Debug)]
pub struct Explanation {
    pub code: &'static str,
    pub stage: Option<Stage>,
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
    RULES.iter().map(|rule| told(rule, profile)).collect()
}

/// The rule named `code` under `profile`.
pub fn explain(code: &str, profile: &Profile) -> Option<Explanation> {
    Rule::find(code).map(|rule| told(rule, profile))
}

fn told(rule: &'static Rule, profile: &Profile) -> Explanation {
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

/// What a rule means, under one profile or under all.
pub fn describe(rule: &Rule, profile: Option<&Profile>) -> String {
    let mut text = format!("{}（{}）\n{}。\n", rule.code, rule.chapter(), rule.title);
    match profile {
        Some(profile) => text += &format!("\n{}{}", heading(profile), in_full(rule, profile)),
        None if rule.parameter.is_none() => text += "这一条出自算术或逻辑，哪一套规则都适用。\n",
        None => text += &format!("\n各套规则的规定：\n{}", everywhere(rule)),
    }
    text
}

/// Every rule under its stage, with what a profile says of it.
pub fn describe_all(profile: Option<&Profile>) -> String {
    let mut text = profile.map_or_else(String::new, heading);
    let mut stage = None;
    for rule in RULES {
        if stage.replace(rule.stage) != Some(rule.stage) {
            text += &format!("\n【{}】\n", rule.chapter());
        }
        text += &format!("{:<26}{}", rule.code, rule.title);
        if let Some(told) = profile.and_then(|profile| explain(rule.code, profile)) {
            text += &format!("：{}", told.in_short());
        }
        text.push('\n');
    }
    text
}

/// Every profile, and when it was in force.
pub fn describe_profiles() -> String {
    let mut text = String::new();
    for profile in Library::built_in().profiles() {
        let from = profile.from.map_or_else(String::new, |day| day.to_string());
        let to = profile.to.map_or_else(|| "现在".into(), |day| day.to_string());
        text += &format!("{:<20}{}，{from} 至 {to}\n", profile.id, profile.name);
    }
    text
}

/// What no program can decide, and why.
pub fn describe_limits() -> String {
    undecidable().map(|(row, reason)| format!("{row:<46}{reason}\n")).collect()
}

/// Which law it is that speaks.
pub(super) fn heading(profile: &Profile) -> String {
    let note = profile.note.as_ref().map_or_else(String::new, |note| format!("说明：{note}\n"));
    format!("适用规则：{}\n{note}", profile.title())
}

/// All that is known of a rule under one profile.
fn in_full(rule: &Rule, profile: &Profile) -> String {
    let Some(told) = explain(rule.code, profile) else { return String::new() };
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
        let told = explain(rule.code, &profile)?;
        told.basis.is_some().then(|| format!("{:<20}{}\n", profile.id, told.in_short()))
    };
    Library::built_in().profiles().filter_map(line).collect()
}

impl Explanation {
    /// Value, article and status in one line.
    pub fn in_short(&self) -> String {
        match (&self.basis, &self.value) {
            (None, _) => "这套规则没有规定".into(),
            (Some(basis), None) => basis.status.name().into(),
            (Some(basis), Some(value)) => format!("{value}（{basis}；{}）", basis.status.name()),
        }
    }
}

fn effect(basis: &Basis) -> &'static str {
    if basis.supports_error() { "违反的报错误" } else { "违反的报警告" }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

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
