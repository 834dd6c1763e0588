//! The result of a verification: a list of checks, as an archivist files it.

use std::fmt;

use serde::Serialize;

use super::names;
use crate::privacy;

/// The four properties of DA/T 70, and before them the soundness of the package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Group {
    #[serde(rename = "包结构")]
    Structure,
    #[serde(rename = "真实性")]
    Authenticity,
    #[serde(rename = "完整性")]
    Completeness,
    #[serde(rename = "可用性")]
    Usability,
    #[serde(rename = "安全性")]
    Safety,
}

impl Group {
    pub const ALL: [Self; 5] =
        [Self::Structure, Self::Authenticity, Self::Completeness, Self::Usability, Self::Safety];

    /// The heading a user sees.
    pub fn name(self) -> &'static str {
        match self {
            Self::Structure => "包结构",
            Self::Authenticity => "真实性",
            Self::Completeness => "完整性",
            Self::Usability => "可用性",
            Self::Safety => "安全性",
        }
    }
}

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Verdict {
    #[serde(rename = "通过")]
    Pass,
    #[serde(rename = "不适用")]
    NotApplicable,
    #[serde(rename = "警告")]
    Warning,
    #[serde(rename = "不通过")]
    Fail,
}

impl Verdict {
    /// The word a user sees.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "通过",
            Self::NotApplicable => "不适用",
            Self::Warning => "警告",
            Self::Fail => "不通过",
        }
    }
}

/// One line of the checklist. A check that found several things has a line for each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Stable name, such as `B3`.
    pub id: &'static str,
    pub group: Group,
    pub title: &'static str,
    pub verdict: Verdict,
    /// The file it is about, relative to the base folder of the package.
    pub file: Option<String>,
    pub message: String,
}

/// What one check has to say of one file; a check without findings is passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub verdict: Verdict,
    pub file: Option<String>,
    pub message: String,
}

impl Finding {
    pub fn fail(message: impl Into<String>) -> Self {
        Self { verdict: Verdict::Fail, file: None, message: message.into() }
    }

    pub fn warning(message: impl Into<String>) -> Self {
        Self { verdict: Verdict::Warning, file: None, message: message.into() }
    }

    /// Fails in a strict setting, only warns in a lenient one.
    pub fn fail_if(strict: bool, message: impl Into<String>) -> Self {
        if strict { Self::fail(message) } else { Self::warning(message) }
    }

    pub fn of(mut self, file: impl Into<String>) -> Self {
        self.file = Some(file.into());
        self
    }
}

/// The checklist of one package.
#[derive(Clone, Debug, Serialize)]
pub struct Verification {
    /// Name of the file or folder that was verified.
    pub package: String,
    /// `folder`, `zip` or `tar`.
    pub form: &'static str,
    /// Version of BagIt that the package declares.
    pub version: Option<String>,
    /// Whether the package claims to be one of ours, so that the contents were judged too.
    pub ours: bool,
    /// Number of payload files and their bytes.
    pub files: u64,
    pub bytes: u64,
    pub checks: Vec<Check>,
}

impl Verification {
    pub fn new(package: String, form: &'static str) -> Self {
        let package = presentable(&package);
        Self { package, form, version: None, ours: false, files: 0, bytes: 0, checks: Vec::new() }
    }

    /// Puts the checks in the order of their ids, as a form has them.
    pub fn arrange(&mut self) {
        self.checks.sort_by_key(|check| (check.group, check.id));
    }

    /// Whether nothing failed. Warnings do not count.
    pub fn passed(&self) -> bool {
        self.count(Verdict::Fail) == 0
    }

    /// Number of lines with that verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.checks.iter().filter(|check| check.verdict == verdict).count()
    }

    /// Enters one check: a line for each finding, or one line that it is passed.
    pub fn enter(&mut self, item: Item, findings: Vec<Finding>, passed: impl Into<String>) {
        /// A packet damaged all over must not make an endless report.
        const MOST: usize = 100;
        if findings.is_empty() {
            self.line(item, Verdict::Pass, None, passed.into());
            return;
        }
        let rest = findings.len().saturating_sub(MOST);
        let gravest = findings.iter().skip(MOST).map(|finding| finding.verdict).max();
        for finding in findings.into_iter().take(MOST) {
            self.line(item, finding.verdict, finding.file, finding.message);
        }
        if let Some(verdict) = gravest {
            self.line(item, verdict, None, format!("另有 {rest} 处，不再一一列出"));
        }
    }

    /// Enters a check that has no object in this package.
    pub fn skip(&mut self, item: Item, why: impl Into<String>) {
        self.line(item, Verdict::NotApplicable, None, why.into());
    }

    fn line(&mut self, item: Item, verdict: Verdict, file: Option<String>, message: String) {
        let Item { id, group, title } = item;
        let file = file.as_deref().map(presentable);
        let message = presentable(&message);
        self.checks.push(Check { id, group, title, verdict, file, message });
    }

    /// The closing line: `结论：通过（18 项通过，1 项警告）`.
    pub fn conclusion(&self) -> String {
        let counts = [Verdict::Pass, Verdict::Fail, Verdict::Warning, Verdict::NotApplicable]
            .into_iter()
            .map(|verdict| (self.count(verdict), verdict.name()))
            .filter(|&(count, _)| count > 0)
            .map(|(count, name)| format!("{count} 项{name}"))
            .collect::<Vec<_>>();
        let verdict = if self.passed() { Verdict::Pass } else { Verdict::Fail };
        format!("结论：{}（{}）", verdict.name(), counts.join("，"))
    }

    /// The whole checklist for a program.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!({
            "package": self.package,
            "form": self.form,
            "bagit_version": self.version,
            "ours": self.ours,
            "payload_files": self.files,
            "payload_bytes": self.bytes,
            "passed": self.passed(),
            "conclusion": self.conclusion(),
            "checks": self.checks,
        })
    }
}

/// Names come from outside and may hold anything: nothing in a report steers a
/// terminal or tells an ID number.
fn presentable(text: &str) -> String {
    privacy::mask(&names::shown(text)).into_owned()
}

/// A kind of check: its stable id, group and title.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    pub id: &'static str,
    pub group: Group,
    pub title: &'static str,
}

impl Item {
    pub const fn new(id: &'static str, group: Group, title: &'static str) -> Self {
        Self { id, group, title }
    }
}

/// The checklist for a person.
impl fmt::Display for Verification {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        writeln!(f, "检测对象：{}", self.package)?;
        for group in Group::ALL {
            let mut checks = self.checks.iter().filter(|check| check.group == group).peekable();
            if checks.peek().is_some() {
                writeln!(f, "\n{}", group.name())?;
            }
            checks.try_for_each(|check| writeln!(f, "  {check}"))?;
        }
        writeln!(f, "\n{}", self.conclusion())
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self { id, title, verdict, message, .. } = self;
        write!(f, "[{}] {id} {title}", verdict.name())?;
        let said = [self.file.as_deref().unwrap_or_default(), message];
        said.iter().filter(|part| !part.is_empty()).try_for_each(|part| write!(f, "：{part}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEM: Item = Item::new("B0", Group::Structure, "试验");

    #[test]
    fn a_report_is_bounded_masked_and_tame() {
        let mut report = Verification::new("a\u{1b}[2J.zip".into(), "zip");
        report.enter(ITEM, vec![], "无事");
        assert!(report.passed());
        let many = (0..1000).map(|_| Finding::fail("身份证 11010519491231002X").of("\u{202e}x"));
        report.enter(ITEM, many.collect(), "");
        let text = report.to_string();
        assert!(!report.passed() && text.lines().count() < 120);
        assert!(text.contains("另有 900 处") && text.contains("110****"));
        assert!(!text.contains(['\u{1b}', '\u{202e}']) && !text.contains("19491231"));
        assert!(!report.to_json().to_string().contains("19491231"));
    }
}
