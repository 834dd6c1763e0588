//! By what a result is known to be still good: the program, the fonts, what was asked
//! for, and every byte that was read.

use std::collections::HashMap;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest as _, Sha256};
use walkdir::WalkDir;

use super::find::{Item, Kind};
use crate::bag::sha256;
use crate::diagnostic::Diagnostic;
use crate::election::{self, office};
use crate::files;
use crate::typeset::Fonts;

/// What an office lays down beside its file, and what an election may have beside its
/// own: fonts too.
const OF_OFFICE: [&str; 3] = ["templates", "profiles", "fonts"];

/// Packets that the desk made lie there.
const MADE: &str = "output";

/// Makes keys.
pub(super) struct Keys {
    /// What is the same for all.
    base: String,
    /// What offices lay down, by their file.
    offices: Mutex<HashMap<PathBuf, String>>,
}

impl Keys {
    /// Keys of results made by this program with these fonts, as was `asked`.
    pub(super) fn new(fonts: Option<&Fonts>, asked: &str) -> Self {
        let mut sum = Sum::new();
        sum.take("program", program().as_bytes());
        sum.take("asked", asked.as_bytes());
        for face in fonts.iter().flat_map(|fonts| fonts.faces()) {
            let of_file = face.sha256().unwrap_or_default();
            sum.take(face.role, format!("{} {of_file}", face.family).as_bytes());
        }
        Self { base: sum.end(), offices: Mutex::default() }
    }

    /// The key of what is made of `item` as it lies there now.
    ///
    /// # Errors
    /// What cannot be read.
    pub(super) fn of(&self, item: &Item) -> Result<String, Diagnostic> {
        let mut sum = Sum::new();
        sum.take("base", self.base.as_bytes());
        sum.take("path", item.path.as_bytes());
        match item.kind {
            Kind::Packet => sum.add_file("packet", &item.place)?,
            Kind::Folder => {
                sum.add_tree(&item.place, |path| path == Path::new(MADE))?;
                for outside in election::files_outside(&item.place) {
                    sum.add_file(&outside.to_string_lossy(), &item.place.join(&outside))?;
                }
                for file in office::files_above(&item.place) {
                    sum.take("office", self.of_office(&file)?.as_bytes());
                }
            }
        }
        Ok(sum.end())
    }

    fn of_office(&self, file: &Path) -> Result<String, Diagnostic> {
        let place = file.canonicalize().map_err(|error| files::read_error(file, &error))?;
        let mut offices = self.offices.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = offices.get(&place) {
            return Ok(known.clone());
        }
        let mut sum = Sum::new();
        sum.add_file(&files::name_of(&place), &place)?;
        for own in OF_OFFICE {
            let folder = files::folder_of(&place).join(own);
            if folder.is_dir() {
                sum.take("folder", own.as_bytes());
                sum.add_tree(&folder, |_| false)?;
            }
        }
        let key = sum.end();
        offices.insert(place, key.clone());
        Ok(key)
    }
}

/// This very program, or else its version.
fn program() -> String {
    let own = std::env::current_exe().and_then(std::fs::read);
    own.map_or_else(|_| env!("CARGO_PKG_VERSION").to_owned(), |bytes| sha256(&bytes))
}

/// Where a path stands among all paths, the same on every machine.
pub(super) fn spread(path: &str) -> u64 {
    let sum = Sha256::digest(path.as_bytes());
    sum.iter().take(8).fold(0, |number, &byte| number << 8 | u64::from(byte))
}

/// The sum of a file, which may be larger than the memory.
fn sum_of(path: &Path) -> io::Result<[u8; 32]> {
    const BLOCK: usize = 1 << 16;
    let (mut file, mut sum) = (files::open(path)?, Sha256::new());
    let mut block = vec![0; BLOCK];
    loop {
        match file.read(&mut block)? {
            0 => return Ok(sum.finalize().into()),
            count => sum.update(&block[..count]),
        }
    }
}

/// A sum of named things, none of which can be taken for another.
struct Sum(Sha256);

impl Sum {
    fn new() -> Self {
        Self(Sha256::new())
    }

    fn take(&mut self, name: &str, bytes: &[u8]) {
        for part in [name.as_bytes(), bytes] {
            self.0.update((part.len() as u64).to_le_bytes());
            self.0.update(part);
        }
    }

    fn add_file(&mut self, name: &str, path: &Path) -> Result<(), Diagnostic> {
        let own = sum_of(path).map_err(|error| files::read_error(path, &error))?;
        self.take(name, &own);
        Ok(())
    }

    /// All files below `folder` by their paths, but for those that are hidden or
    /// lie where `is_left_out` says.
    fn add_tree(
        &mut self,
        folder: &Path,
        is_left_out: impl Fn(&Path) -> bool,
    ) -> Result<(), Diagnostic> {
        let wanted = |entry: &walkdir::DirEntry| {
            let name = entry.file_name().to_string_lossy();
            let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            entry.depth() == 0 || !name.starts_with(['.', '~']) && !is_left_out(below)
        };
        let walk = WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(wanted);
        for entry in walk {
            let entry = entry.map_err(|error| files::read_error(folder, &error.into()))?;
            let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            if entry.path().is_file() {
                let name = below.to_string_lossy().replace('\\', "/");
                self.add_file(&name, entry.path())?;
            }
        }
        Ok(())
    }

    fn end(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::find;
    use crate::diagnostic::Report;

    fn key(top: &Path) -> String {
        let items = find::find(&top.join("街"), &top.join("out"), &mut Report::new());
        Keys::new(None, "all").of(&items[0]).unwrap()
    }

    /// Whatever is read changes the key, and nothing else does.
    #[test]
    fn every_byte_that_is_read_counts() {
        let top = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            files::write_new(&top.path().join(path), text.as_bytes()).unwrap();
        };
        write("街/村/election.yaml", "类别: 村\n选民登记: {名册: ../名册.csv}\n");
        write("街/名册.csv", "姓名\n");
        let mut known = vec![key(top.path())];
        let changes = [
            "街/村/election.yaml",
            "街/村/voters.csv",
            "街/村/attachments/a.jpg",
            "街/村/templates/words.yaml",
            "街/村/posted/x.txt",
            "街/street.yaml",
            "街/fonts/a.ttf",
            "街/templates/documents/x.md",
            "province.yaml",
            "profiles/x.yaml",
        ];
        for path in changes {
            let old = std::fs::read_to_string(top.path().join(path)).unwrap_or_default();
            write(path, &(old + "#\n"));
            let new = key(top.path());
            assert!(!known.contains(&new), "{path}");
            known.push(new);
        }
        write("街/名册.csv", "姓名\n甲\n");
        let last = key(top.path());
        assert!(!known.contains(&last));
        for path in ["街/村/output/村.zip", "街/村/.~lock", "街/readme.txt", "街/.x/y"] {
            write(path, "x");
            assert_eq!(key(top.path()), last, "{path}");
        }
        let items = find::find(&top.path().join("街"), top.path(), &mut Report::new());
        assert_ne!(Keys::new(None, "check").of(&items[0]).unwrap(), last);
    }
}
