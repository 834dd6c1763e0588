//! The files that the program carries: wordings, layouts, profiles of the law;
//! and those that somebody put in their place.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use include_dir::{Dir, include_dir};

use crate::diagnostic::Source;

static TEMPLATES: Dir = include_dir!("$CARGO_MANIFEST_DIR/templates");
static PROFILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/data/profiles");
static STATISTICS: Dir = include_dir!("$CARGO_MANIFEST_DIR/data/statistics");

static BUILT_IN: LazyLock<Assets> = LazyLock::new(|| {
    let mut files = BTreeMap::new();
    let folders = [("templates", &TEMPLATES), ("profiles", &PROFILES), ("statistics", &STATISTICS)];
    for (folder, dir) in folders {
        collect(folder, dir, &mut files);
    }
    Assets { files }
});

fn collect(folder: &str, dir: &Dir<'static>, files: &mut BTreeMap<String, Asset>) {
    for file in dir.files() {
        let path = format!("{folder}/{}", portable(file.path()));
        let text = String::from_utf8_lossy(file.contents()).replace("\r\n", "\n");
        files.insert(path.clone(), Asset { source: Source::new(path, text), is_own: false });
    }
    dir.dirs().for_each(|dir| collect(folder, dir, files));
}

fn portable(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Files by their path, with `/`: `templates/documents/voter-list.md`,
/// `profiles/cn-villagers-2026.yaml`.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    files: BTreeMap<String, Asset>,
}

/// One of the files.
#[derive(Clone, Debug)]
pub struct Asset {
    pub source: Arc<Source>,
    /// Whether somebody put it in the place of ours, or beside them.
    pub is_own: bool,
}

impl Assets {
    /// Those that are part of the program.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Puts `source` in the place of the file at `path`.
    pub fn replace(&mut self, path: String, source: Arc<Source>) {
        self.files.insert(path, Asset { source, is_own: true });
    }

    pub fn get(&self, path: &str) -> Option<&Asset> {
        self.files.get(path)
    }

    /// Every file with its path, in the order of the paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Asset)> {
        self.files.iter().map(|(path, asset)| (path.as_str(), asset))
    }

    /// The files of one folder, not of those below it, by their names.
    pub fn in_folder<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a Asset)> {
        self.iter().filter_map(move |(path, asset)| {
            let name = path.strip_prefix(folder)?.strip_prefix('/')?;
            (!name.contains('/')).then_some((name, asset))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_files_take_the_place_of_ours() {
        let mut assets = Assets::built_in().clone();
        let count = assets.iter().count();
        let path = "templates/documents/voter-list.md";
        assert!(!assets.get(path).unwrap().is_own);
        assets.replace(path.to_owned(), Source::new("own.md", "own"));
        assert_eq!(assets.iter().count(), count);
        let (name, found) =
            assets.in_folder("templates/documents").find(|(_, asset)| asset.is_own).unwrap();
        assert_eq!((name, &*found.source.text), ("voter-list.md", "own"));
    }

    #[test]
    fn a_folder_has_its_own_files_only() {
        let assets = Assets::built_in();
        assert!(assets.in_folder("templates").next().is_none());
        assert!(assets.in_folder("templates/layouts").all(|(name, _)| name.ends_with(".typ")));
        assert!(assets.in_folder("profiles").any(|(name, _)| name == "common.yaml"));
    }
}
