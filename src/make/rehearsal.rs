//! Wordings that are not ours are tried in a worker before anything is composed of them
//! here.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::{Folder, Kit};
use crate::assets::Asset;
use crate::bag::sha256;
use crate::compose::{Options, Purpose};
use crate::diagnostic::{Diagnostic, Report};
use crate::election::Dossier;
use crate::files;
#[cfg(feature = "typst")]
use crate::typeset;
use crate::worker::{self, Limits};

/// What the worker is to do.
const WORD: &str = "wordings";

/// What was tried before, by its sum: the desk reads the same again and again.
static SOUND: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Has the wordings that lie beside the election in `folder` tried with `dossier`.
///
/// # Errors
/// That they take too long or too much.
pub(super) fn wordings(kit: &Kit, folder: &Path, dossier: &Dossier) -> Result<(), Diagnostic> {
    let own: Vec<(&str, &Asset)> = kit.own_wordings().collect();
    if own.is_empty() {
        return Ok(());
    }
    let texts = own.iter().map(|(path, asset)| format!("{path}\0{}\0", asset.source.text));
    let sum = sha256((texts.collect::<String>() + &dossier.source.text).as_bytes());
    if SOUND.lock().unwrap_or_else(PoisonError::into_inner).contains(&sum) {
        return Ok(());
    }
    let limits = limits(dossier);
    let words = [OsStr::new(WORD), folder.as_os_str(), dossier.source.path.as_os_str()];
    worker::try_out(&words, &[], limits).map_err(|(ended, _)| {
        let names: Vec<String> =
            own.iter().take(3).map(|(path, _)| files::name_of(Path::new(path))).collect();
        let message =
            format!("用自己的模板（{}等）成文，{}。", names.join("、"), ended.told(limits));
        Diagnostic::error("too-costly", message)
            .in_file(&own[0].1.source.path)
            .help("请看模板里有没有停不下来的循环、越拼越长的文字；删去自己的模板就用自带的。")
    })?;
    SOUND.lock().unwrap_or_else(PoisonError::into_inner).insert(sum);
    Ok(())
}

/// Enough for any election of ours, on a slow computer.
fn limits(dossier: &Dossier) -> Limits {
    const SECONDS: u64 = 30;
    const MEGABYTES: usize = 1024;
    let voters = dossier.roll.as_ref().map_or(0, |roll| roll.len());
    Limits { seconds: SECONDS + voters as u64 / 2000, megabytes: MEGABYTES + voters / 200 }
}

/// In a worker: does what its words say. Whether it was done to its end.
#[cfg_attr(not(feature = "typst"), expect(unused_variables, reason = "only layouts have one"))]
pub fn perform(words: &[OsString], task: &[u8]) -> bool {
    match words {
        [word, folder, election] if word == WORD => compose(folder.as_ref(), election.as_ref()),
        #[cfg(feature = "typst")]
        [word] if word == typeset::rehearsal::WORD => typeset::rehearsal::perform(task),
        _ => false,
    }
}

/// Composes all that there is, and keeps nothing. What is wrong with it is told by who
/// does it for good.
fn compose(folder: &Path, election: &Path) -> bool {
    let kit = |_: &Path, report: &mut Report| Kit::beside(folder, report);
    let Some(folder) = Folder::open_with(election, kit, &mut Report::new()) else { return true };
    let folder = folder.judged(&mut Report::new());
    let mut unused = Report::new();
    let web = folder.kit.web_pages(&mut unused);
    for purpose in [Purpose::Use, Purpose::Blanks] {
        let options = Options { purpose, ..Options::default() };
        for composed in folder.compose(&options, &mut unused).documents {
            let master = composed.front.layouts.first().map_or("", String::as_str);
            let _ = web.write(&composed.document, master);
        }
    }
    true
}
