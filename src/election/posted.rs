//! What notices said on the day they were posted: a copy of the words of each,
//! kept beside the description, which has its number, its day and its digest.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::model::{Election, PostedNotice};
use super::yaml;
use crate::diagnostic::{Diagnostic, Place, Report};

/// The folder beside the description in which the copies lie.
pub const FOLDER: &str = "posted";

/// How many bytes of a digest are written down: enough that no change by chance
/// or by hand has the same, and little to read.
const DIGEST_BYTES: usize = 8;

/// What stands for the words of a notice in the description.
pub fn digest(words: &str) -> String {
    Sha256::digest(words).iter().take(DIGEST_BYTES).map(|byte| format!("{byte:02x}")).collect()
}

/// Where the copy of a document lies; `None` if its id is no plain word, and so
/// might lead elsewhere.
pub fn file(folder: &Path, document: &str) -> Option<PathBuf> {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let plain = !document.is_empty() && document.chars().all(is_plain);
    plain.then(|| folder.join(FOLDER).join(format!("{document}.txt")))
}

/// The copies that are as they were written, by document.
pub fn read(folder: &Path, election: &Election, report: &mut Report) -> BTreeMap<String, String> {
    let mut copies = BTreeMap::new();
    for notice in election.notices.items() {
        match copy(folder, notice) {
            Ok(copy) => copies.extend(copy),
            Err(problem) => report.push(problem),
        }
    }
    copies
}

fn copy(folder: &Path, notice: &PostedNotice) -> Result<Option<(String, String)>, Diagnostic> {
    let Some((document, known)) = notice.document.get().zip(notice.digest.located()) else {
        return Ok(None);
    };
    let Some(file) = file(folder, document) else { return Ok(None) };
    let told = |message: String| {
        Diagnostic::warning("notice-copy", message)
            .at(known.place.clone())
            .also(Place::File(file.clone()), "张贴稿")
            .help("请从备份里找回原样的张贴稿和摘要；找不回的，把“摘要”一项删去，以后不再比较。")
    };
    if !file.exists() {
        return Err(told(format!("“{document}”的张贴稿不见了，张贴以后改了哪里，说不出来。")));
    }
    let words = yaml::read_text(&file)?.text.replace("\r\n", "\n");
    match digest(&words) == known.value {
        true => Ok(Some((document.clone(), words))),
        false => Err(told(format!(
            "“{document}”的张贴稿与张贴时记下的摘要不符：两者有一个改动过，不能用来比较。"
        ))),
    }
}
