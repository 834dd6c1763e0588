//! What an archive keeps of an election: made into packets, and made again out of
//! them.

use std::path::{Path, PathBuf};

use super::{Finished, Order, from_folder};
use crate::archive::source::Rebuild;
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

/// Enters whether the source in the packet still gives the same documents.
pub fn rebuild(package: &Path, fonts: &[PathBuf], verification: &mut Verification) {
    let outcome = match verification.ours && verification.passed() {
        true => rebuilt(package, fonts),
        false => Err("包本身没有通过检验，没有重新生成".to_owned()),
    };
    match outcome {
        Ok((count, findings)) => {
            verification.enter(archive::REBUILT, findings, format!("{count} 个文件"));
        }
        Err(why) => verification.skip(archive::REBUILT, why),
    }
    verification.arrange();
}

/// How many documents were made again, and what is not as it was; or why none
/// could be.
fn rebuilt(package: &Path, fonts: &[PathBuf]) -> Result<(usize, Vec<Finding>), String> {
    let rebuild = Rebuild::from(package)?;
    let mut report = Report::new();
    let made = from_folder(&rebuild.folder(), &Order::of_records(), fonts, &mut report);
    let Some(finished) = made else {
        let errors = report.iter().filter(|finding| finding.severity == Severity::Error);
        let first = errors.map(|error| error.message.clone()).next().unwrap_or_default();
        return match report.fault() {
            // The same program made documents of it once.
            Some(Fault::Input) => {
                let message = format!("源数据不再能生成文件，与制作时的不同：{first}");
                Ok((rebuild.count(), vec![Finding::fail(message)]))
            }
            _ => Err(format!("在这里生成不了文件：{first}")),
        };
    };
    let (lost, more) = rebuild.differences(finished.made.files.into_iter().map(|file| file.bytes));
    if lost.is_empty() && more == 0 {
        return Ok((rebuild.count(), vec![]));
    }
    if let Some(why) = rebuild.other_fonts(finished.press.typesetter()) {
        return Err(why);
    }
    let lost = lost.into_iter().map(|path| Finding::fail("重新生成的内容与它不同").of(path));
    let more = (more > 0).then(|| Finding::fail(format!("重新生成的文件中有 {more} 个不在包里")));
    Ok((rebuild.count(), lost.chain(more).collect()))
}
