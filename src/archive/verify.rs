//! Verifying a packet: its bag by the letter of BagIt, and the contents of ours.

use std::path::Path;

use super::contents::{self, EXPECTED_SUM};
use super::profile::PROFILE;
use crate::bag::{self, Examined, Finding, Options, Progress, Verification};
use crate::diagnostic::Diagnostic;

/// How far to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Only the bag, even if its contents claim to be ours.
    Bag,
    /// The contents of ours as well.
    Contents,
}

/// Verifies the folder, zip or tar file at `path`; `progress` hears, from any
/// thread, of the bytes read and to be read in all.
///
/// # Errors
/// Only the machine's faults; whatever is wrong with the package stands in the
/// checklist.
pub fn verify(
    path: &Path,
    depth: Depth,
    options: &Options,
    progress: &Progress,
) -> Result<Verification, Diagnostic> {
    let profile = (depth == Depth::Contents).then_some(&PROFILE);
    let Examined { mut report, package } = bag::examine(path, options, profile, progress)?;
    if let Some(package) = package.filter(|_| report.ours) {
        contents::judge(&package, &mut report);
        report.arrange();
    }
    Ok(report)
}

/// What a packet of ours says that it lacks.
pub fn lacking_in(package: &Path) -> Vec<String> {
    let wanted = |path: &str| path == contents::LACKING;
    let read = bag::payload(package, &bag::Limits::default(), wanted).unwrap_or_default();
    let texts = read.values().map(|bytes| String::from_utf8_lossy(bytes));
    let lines = |text: std::borrow::Cow<str>| -> Vec<String> {
        let lines = text.lines().filter_map(|line| line.strip_prefix(contents::BOX));
        lines.map(|line| line.trim().to_owned()).collect()
    };
    texts.flat_map(lines).collect()
}

/// Enters whether the whole packet is the one whose sum was written down.
pub fn hold_against(package: &Path, expected: &str, verification: &mut Verification) {
    let expected: String =
        expected.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    match bag::seals_of(package) {
        Ok(seals) => {
            let is_same = seals.values().any(|sum| sum.to_string() == expected);
            let other = (!is_same).then(|| Finding::fail("整个包的校验值与登记的不同"));
            verification.enter(EXPECTED_SUM, other.into_iter().collect(), "整个包没有变动");
        }
        Err(_) => verification.skip(EXPECTED_SUM, "不是一个文件，不能整体核对"),
    }
    verification.arrange();
}
