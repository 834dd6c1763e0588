//! Verifying a packet: its bag by the letter of BagIt, and the contents of ours.

use std::path::Path;

use super::contents;
use super::profile::PROFILE;
use crate::bag::{self, Examined, Options, Progress, Verification};
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
