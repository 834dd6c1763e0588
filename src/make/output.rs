//! The output folder, and what an earlier run left in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Made, Order};
use crate::bag::sha256;
use crate::compose::{Options, Purpose};
use crate::diagnostic::Diagnostic;
use crate::files;

/// Beside the files: which they are, so that what is no longer made is not taken
/// for what is.
const RECORD: &str = ".zhangbang.json";

/// Every file that was made into a folder, by its path with `/`.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Record {
    files: BTreeMap<String, Entry>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    document: String,
    sha256: String,
}

/// Files of an earlier run whose documents are not made any more.
#[derive(Debug, Default)]
pub struct Stale {
    /// They were as we made them, and are gone.
    pub removed: Vec<String>,
    /// Somebody changed them since: they stay.
    pub kept: Vec<String>,
}

impl Made {
    /// Writes all files below `folder`, and takes away those that an earlier run
    /// made of documents that there are no more.
    ///
    /// # Errors
    /// A file that cannot be written; others may have been.
    pub fn write(&self, folder: &Path, order: &Order) -> Result<Stale, Diagnostic> {
        let written: Vec<_> = self
            .files
            .iter()
            .map(|file| (folder.join(&file.path), file.bytes.as_slice(), file.readers))
            .collect();
        files::write_each(&written)?;
        let (mut record, ids) = (Record::read(folder), self.ids());
        let stale = match order.is_of_everything() {
            true => record.sweep(folder, |path, entry| {
                ids.contains(entry.document.as_str())
                    || self.files.iter().any(|file| file.path == path)
            }),
            false => Stale::default(),
        };
        for file in &self.files {
            let composed = self.composition.documents.get(file.document);
            let document = composed.map(|made| made.front.id.clone()).unwrap_or_default();
            let entry = Entry { document, sha256: sha256(&file.bytes) };
            record.files.insert(file.path.clone(), entry);
        }
        record.write(folder)?;
        Ok(stale)
    }

    fn ids(&self) -> BTreeSet<&str> {
        self.composition.documents.iter().map(|made| made.front.id.as_str()).collect()
    }
}

impl Order {
    /// Whether a document that is not made is one that there is not.
    fn is_of_everything(&self) -> bool {
        let Options { only, voters, purpose, .. } = &self.documents;
        only.is_empty() && voters.is_empty() && *purpose == Purpose::Use
    }
}

impl Record {
    /// What is not to be read was not written by us, or is of no use.
    fn read(folder: &Path) -> Self {
        let text = std::fs::read_to_string(folder.join(RECORD)).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    fn write(&self, folder: &Path) -> Result<(), Diagnostic> {
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        files::write(&folder.join(RECORD), (text + "\n").as_bytes())
    }

    /// Forgets files that are not made any more, and removes those that nobody
    /// changed.
    fn sweep(&mut self, folder: &Path, is_made: impl Fn(&str, &Entry) -> bool) -> Stale {
        let mut stale = Stale::default();
        self.files.retain(|path, entry| {
            if is_made(path, entry) {
                return true;
            }
            let file = folder.join(path);
            let is_ours = crate::bag::names::escapes(path).is_none();
            match std::fs::read(&file) {
                Ok(bytes) if is_ours && sha256(&bytes) == entry.sha256 => {
                    if std::fs::remove_file(&file).is_ok() {
                        stale.removed.push(path.clone());
                    }
                    // An empty folder of a stage says nothing; a full one stays.
                    let _ = file.parent().map(std::fs::remove_dir);
                }
                Ok(_) => stale.kept.push(path.clone()),
                Err(_) => {}
            }
            false
        });
        stale
    }
}
