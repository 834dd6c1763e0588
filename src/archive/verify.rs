//! Verifying a packet: its bag by the letter of BagIt, and the contents of ours.

use std::path::Path;

use super::contents::{self, EXPECTED_SUM, SIGNED};
use super::profile::PROFILE;
use crate::bag::signature::{self, Signed, Trusted};
use crate::bag::{self, Checksum, Checksums, Examined, Finding, Options, Progress, Verification};
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
    let is_sum = expected.len() == 64 && Checksum::parse(&expected).is_some();
    let finding = match bag::seals_of(package) {
        _ if !is_sum => Some("登记的校验值写得不对：应是 64 个数字和字母（SHA-256 或 SM3）"),
        Ok(seals) => {
            let is_same = seals.values().any(|sum| sum.to_string() == expected);
            (!is_same)
                .then_some("整个包的校验值与登记的不同：不是当时的那一个，或者解压后重新压缩过")
        }
        Err(_) => Some("这不是一个文件，不能整体核对：请核对原来的 zip 文件"),
    };
    let findings = finding.map(Finding::fail).into_iter().collect();
    verification.enter(EXPECTED_SUM, findings, "整个包没有变动");
    verification.arrange();
}

/// Enters who signed the packet, by what lies beside it, and whether it is who is
/// `trusted`; nothing if nobody signed and nobody is asked for.
pub fn check_signatures(
    package: &Path,
    signatures: Option<&str>,
    trusted: &[Trusted],
    verification: &mut Verification,
) {
    if signatures.is_none() && trusted.is_empty() {
        return;
    }
    let sums = bag::seals_of(package).ok();
    let (findings, passed) = match (signatures, sums) {
        (None, _) => {
            (vec![Finding::fail("没有签名文件：应在档案包旁边，名称后面加“.sig”")], String::new())
        }
        (_, None) => {
            (vec![Finding::fail("签名是签给一个文件的：请验证原来的 zip 文件")], String::new())
        }
        (Some(text), Some(sums)) => judge_signatures(&signature::read(text), &sums, trusted),
    };
    verification.enter(SIGNED, findings, passed);
    verification.arrange();
}

/// What is wrong with signatures, and who signed if nothing is.
fn judge_signatures(
    signatures: &[Result<Signed, &'static str>],
    sums: &Checksums,
    trusted: &[Trusted],
) -> (Vec<Finding>, String) {
    let mut findings = Vec::new();
    let mut sound = Vec::new();
    for signature in signatures {
        match signature {
            Err(why) => findings.push(Finding::fail(*why)),
            Ok(signed) if !signed.is_of(sums) => findings.push(Finding::fail(format!(
                "{} 签的不是这个文件：签名以后包变动过，或者是别的包的签名",
                signed.describe()
            ))),
            Ok(signed) => sound.push(signed),
        }
    }
    let is_trusted = |signed: &&&Signed| trusted.iter().any(|trusted| trusted.is(&signed.key));
    let (known, strange): (Vec<&Signed>, Vec<&Signed>) =
        sound.iter().partition(|signed| is_trusted(signed));
    let missing =
        trusted.iter().filter(|trusted| !sound.iter().any(|signed| trusted.is(&signed.key)));
    findings.extend(missing.map(|missing| match strange.first() {
        Some(other) => Finding::fail(format!(
            "没有{missing}的签名；签名用的是别人的密钥，自称{}",
            other.describe()
        )),
        None => Finding::fail(format!("没有{missing}的有效签名")),
    }));
    let named = known.iter().map(|signed| {
        let trusted = trusted.iter().find(|trusted| trusted.is(&signed.key));
        match trusted {
            // The name by which the key was filed, not only the one that its holder claims.
            Some(Trusted::Key { name, .. }) if *name != signed.name => {
                format!("“{name}”，自称{}", signed.describe())
            }
            _ => signed.describe(),
        }
    });
    let named = named.collect::<Vec<_>>().join("，");
    if findings.is_empty() {
        let before =
            if named.is_empty() { String::new() } else { format!("签名人{named}；另有") };
        findings.extend(strange.iter().map(|signed| {
            Finding::warning(format!(
                "{before}自称{}的签名，与包相符；没有用他的公钥核对，不能证明是谁签的",
                signed.describe()
            ))
        }));
    }
    (findings, format!("签名人{named}"))
}
