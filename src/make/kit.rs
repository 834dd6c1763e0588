//! What documents are made by: wordings, law, layouts. Built in, and replaced
//! file by file by what lies beside an election.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use crate::assets::{Asset, Assets};
use crate::compose::Wordings;
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::election::{Election, office, yaml};
use crate::files::{self, Readers};
use crate::law::{Library, Profile};
use crate::typeset::{Layouts, WebPages};

static BUILT_IN: LazyLock<Arc<Kit>> =
    LazyLock::new(|| Arc::new(Kit::of(Assets::built_in().clone(), &mut Report::new())));

/// Where files lie that replace ours, and what their names end with.
const OWN: [(&str, &[&str]); 6] = [
    ("templates", &["yaml"]),
    ("templates/documents", &["md"]),
    ("templates/parts", &["md"]),
    ("templates/layouts", &["typ"]),
    ("templates/web", &["html"]),
    ("profiles", &["yaml"]),
];

/// Read from the disk once, and shared by all elections that bring nothing of
/// their own.
pub struct Kit {
    assets: Assets,
    pub wordings: Wordings,
    pub law: Library,
}

impl Kit {
    fn of(assets: Assets, report: &mut Report) -> Self {
        let (wordings, law) = (Wordings::of(&assets), Library::of(&assets, report));
        Self { assets, wordings, law }
    }

    /// What is part of the program.
    pub fn built_in() -> Arc<Self> {
        BUILT_IN.clone()
    }

    /// What is built in, with what lies in `templates/` and `profiles/` below
    /// `folder` in its place, or else below that of an office above it.
    pub fn beside(folder: &Path, report: &mut Report) -> Arc<Self> {
        let own = Own::above_and_in(folder, report);
        if own.is_empty() { Self::built_in() } else { Arc::new(Self::with(&own, report)) }
    }

    /// What is built in, with `own` in its place.
    pub(super) fn with(own: &Own, report: &mut Report) -> Self {
        let mut assets = Assets::built_in().clone();
        for (path, source) in &own.0 {
            assets.replace(path.clone(), source.clone());
        }
        Self::of(assets, report)
    }

    pub fn assets(&self) -> &Assets {
        &self.assets
    }

    /// The wordings and web pages that are not ours, by their paths.
    pub(super) fn own_wordings(&self) -> impl Iterator<Item = (&str, &Asset)> {
        let is_run =
            |path: &str| path.starts_with("templates/") && !path.starts_with("templates/layouts/");
        self.assets.iter().filter(move |(path, asset)| asset.is_own && is_run(path))
    }

    /// The law that judges `election`.
    pub fn profile(&self, election: &Election, report: &mut Report) -> Option<Profile> {
        Profile::choose(election, &self.law, report)
    }

    pub fn layouts(&self) -> Layouts {
        Layouts::of(&self.assets)
    }

    pub fn web_pages(&self, report: &mut Report) -> WebPages {
        WebPages::of(&self.assets, report)
    }
}

/// What takes the place of what is built in, by its path; what is said last holds.
pub(super) struct Own(Vec<(String, Arc<Source>)>);

impl Own {
    /// What lies in `folder`, after what lies in those of the offices above it.
    pub(super) fn above_and_in(folder: &Path, report: &mut Report) -> Self {
        let mut own = Vec::new();
        let folders = office::folders_above(folder).into_iter().chain([folder.to_owned()]);
        for (folder, (below, endings)) in
            folders.flat_map(|folder| OWN.map(|own| (folder.clone(), own)))
        {
            for name in names_in(&folder.join(below), endings) {
                match yaml::read_text(&folder.join(below).join(&name)) {
                    Ok(source) => {
                        let text = source.text.replace("\r\n", "\n");
                        own.push((format!("{below}/{name}"), Source::new(&source.path, text)));
                    }
                    Err(problem) => report.push(problem),
                }
            }
        }
        Self(own)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// By what it is known again: the texts themselves.
    pub(super) fn key(&self) -> Vec<(String, String)> {
        self.0.iter().map(|(path, source)| (path.clone(), source.text.clone())).collect()
    }
}

/// Writes the templates that are part of the program below `folder`, to be changed.
///
/// # Errors
/// A file of that name, which is not overwritten, or no place to write.
pub fn export_templates(folder: &Path) -> Result<(), Diagnostic> {
    // What nothing takes the place of is not handed out.
    let is_own = |path: &str| {
        OWN.iter().any(|(folder, _)| Path::new(path).parent() == Some(Path::new(folder)))
    };
    let below = |(path, asset): (&str, &'static Asset)| {
        let path = path.strip_prefix("templates/").filter(|_| is_own(path))?;
        Some((folder.join(path), files::as_text(&asset.source.text), Readers::All))
    };
    let files: Vec<(PathBuf, String, Readers)> =
        Assets::built_in().iter().filter_map(below).collect();
    files::write_where_free(&files)
}

/// The files of a folder whose names end so, in the order of their names.
fn names_in(folder: &Path, endings: &[&str]) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.filter(|entry| !entry.path().is_dir());
    let names = names.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let wanted =
        |name: &String| name.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending));
    let mut names: Vec<String> = names.filter(wanted).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, path: &str, text: &str) {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    #[test]
    fn elections_without_files_of_their_own_share_one_kit() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "templates/notes.txt", "no template");
        let kit = Kit::beside(folder.path(), &mut Report::new());
        assert!(Arc::ptr_eq(&kit, &Kit::built_in()));
    }

    #[test]
    fn an_office_stands_between_the_program_and_the_election() {
        let top = tempfile::tempdir().unwrap();
        let words = "templates/words.yaml";
        let name = |kit: &Kit| kit.assets().get(words).map(|own| own.source.text.clone());
        write(top.path(), "province.yaml", "");
        write(top.path(), words, "voter: 甲\n");
        write(top.path(), "东街/一村/election.yaml", "类别: 村\n");
        let village = top.path().join("东街/一村");
        let kit = |report: &mut Report| Kit::beside(&village, report);
        assert_eq!(name(&kit(&mut Report::new())).unwrap(), "voter: 甲\n");
        // A folder without the file of an office is only a folder.
        write(&top.path().join("东街"), words, "voter: 乙\n");
        assert_eq!(name(&kit(&mut Report::new())).unwrap(), "voter: 甲\n");
        write(&top.path().join("东街"), "street.yaml", "# 东街\n");
        assert_eq!(name(&kit(&mut Report::new())).unwrap(), "voter: 乙\n");
        write(&village, words, "voter: 丙\n");
        let mut report = Report::new();
        assert_eq!(name(&kit(&mut report)).unwrap(), "voter: 丙\n");
        assert!(report.is_empty(), "{report}");
    }

    #[test]
    fn a_file_beside_the_election_takes_the_place_of_ours() {
        let folder = tempfile::tempdir().unwrap();
        let ours = Assets::built_in().get("templates/documents/voter-list.md").unwrap();
        let own = ours.source.text.replacen("name: ", "name: 本村", 1).replace('\n', "\r\n");
        write(folder.path(), "templates/documents/voter-list.md", &own);
        write(folder.path(), "profiles/broken.yaml", "id: other\n");
        let mut report = Report::new();
        let kit = Kit::beside(folder.path(), &mut report);
        let front = kit.wordings.documents().find(|front| front.id == "voter-list").unwrap();
        assert!(front.name.starts_with("本村"), "{}", front.name);
        assert!(kit.wordings.problems().is_empty());
        assert_eq!(report.iter().map(|found| found.code).collect::<Vec<_>>(), ["law-profile"]);
        assert_eq!(kit.wordings.documents().count(), Kit::built_in().wordings.documents().count());
    }
}
