//! What an archive keeps of an election: made into packets, and made again out of
//! them.

use std::path::{Path, PathBuf};

use super::{Finished, Order, from_folder};
use crate::archive::source::{CHECKED, RECORD, Rebuild, Unmade};
use crate::archive::{self, Material, Sheet};
use crate::bag::{Finding, Verification};
use crate::codes::Fault;
use crate::diagnostic::{Report, Severity};

impl Finished {
    /// What an archive is made of, with what the check of the election found.
    pub fn material<'a>(&'a self, findings: &'a Report) -> Material<'a> {
        let Self { folder, press, made, .. } = self;
        let sheets = made.files.iter().map(|file| Sheet {
            document: file.document,
            title: &file.title,
            pages: file.pages,
            bytes: &file.bytes,
        });
        Material {
            dossier: &folder.dossier,
            profile: &folder.profile,
            composition: &made.composition,
            sheets: sheets.collect(),
            typesetter: press.typesetter(),
            findings,
        }
    }
}

/// Enters whether the source in the packet still gives the same documents, and with the
/// attachments in it the same catalogues, forms and lists.
pub fn rebuild(package: &Path, fonts: &[PathBuf], verification: &mut Verification) {
    let outcome = match verification.ours && verification.passed() {
        true => rebuilt(package, fonts),
        false => Err(Unmade::Elsewhere("包本身没有通过检验".to_owned())),
    };
    match outcome {
        Ok((count, findings)) => {
            let passed = format!("{count} 个文件，和目录、备考表、缺件清单等");
            verification.enter(archive::REBUILT, findings, passed);
        }
        Err(Unmade::Excerpt) => verification.skip(archive::REBUILT, "公开版不带源数据"),
        Err(Unmade::Wrong(why)) => {
            verification.enter(archive::REBUILT, vec![Finding::fail(why)], "");
        }
        // Asked for and not done is not passed in silence.
        Err(Unmade::Elsewhere(why)) => {
            let why = format!("没有核对成：{why}");
            verification.enter(archive::REBUILT, vec![Finding::warning(why)], "");
        }
    }
    verification.arrange();
}

/// How many documents were made again, and what is not as it was, of them or of what the
/// packet says of them; or why none could be.
fn rebuilt(package: &Path, fonts: &[PathBuf]) -> Result<(usize, Vec<Finding>), Unmade> {
    let rebuild = Rebuild::from(package)?;
    let mut report = Report::new();
    let made = from_folder(&rebuild.folder(), &Order::of_records(), fonts, &mut report);
    let Some(finished) = made else {
        let errors = report.iter().filter(|finding| finding.severity == Severity::Error);
        let first = errors.map(|error| error.message.clone()).next().unwrap_or_default();
        return Err(match report.fault() {
            // The same program made documents of it once.
            Some(Fault::Input) => {
                Unmade::Wrong(format!("源数据不再能生成文件，与制作时的不同：{first}"))
            }
            _ => Unmade::Elsewhere(format!("在这里生成不了文件：{first}")),
        });
    };
    let made = finished.made.files.iter().map(|file| file.bytes.as_slice());
    let (lost, more) = rebuild.differences(made);
    if (!lost.is_empty() || more > 0)
        && let Some(why) = rebuild.other_fonts(finished.press.typesetter())
    {
        return Err(Unmade::Elsewhere(why));
    }
    let material = finished.material(&report);
    // Catalogues name the sums of documents: they cannot be the same if these are not.
    let papers = match lost.is_empty() && more == 0 {
        true => rebuild.other_papers(package, &material)?,
        false => Vec::new(),
    };
    let mut findings: Vec<Finding> =
        lost.into_iter().map(|path| Finding::fail("重新生成的内容与它不同").of(path)).collect();
    if more > 0 {
        findings.push(Finding::fail(format!("重新生成的文件中有 {more} 个不在包里")));
    }
    findings.extend(papers);
    if !rebuild.is_checked_alike(&report) {
        findings.push(Finding::fail("记下的检查结果与重新检查的不同").of(CHECKED));
    }
    if !rebuild.is_recorded_alike(&material) {
        findings.push(Finding::fail("记下的适用规则或字体与重新生成用的不同").of(RECORD));
    }
    Ok((rebuild.count(), findings))
}
