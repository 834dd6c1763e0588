//! The offices above an election: a street, a province. What an office writes in a
//! file of its own, with the same keys as `election.yaml`, holds for every election
//! below its folder that says nothing else.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Election;
use super::decode::{Decode as _, Decoder, Field, Located};
use super::model::{Law, List, OwnParameter};
use super::yaml::{self, Node, Value};
use crate::diagnostic::{Report, Source};

/// The names of the file that makes a folder an office's.
const FILES: [&str; 2] = ["province.yaml", "street.yaml"];

/// One office, and what it lays down.
#[derive(Clone, Debug)]
pub struct Office {
    pub folder: PathBuf,
    /// Its file as text, for messages and for the packet.
    pub source: Arc<Source>,
    pub tree: Arc<Node>,
    pub election: Election,
}

/// The files of the offices above `folder`, the highest first. They are named from
/// `folder`, wherever that lies: `../street.yaml`.
pub fn files_above(folder: &Path) -> Vec<PathBuf> {
    let start = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let height = start.canonicalize().map_or(0, |whole| whole.ancestors().count());
    let mut at = start.to_owned();
    let mut files = Vec::new();
    for _ in 1..height {
        at.push("..");
        files.extend(
            FILES
                .map(|name| at.join(name))
                .into_iter()
                .find(|file| file.exists() && !file.is_dir()),
        );
    }
    files.reverse();
    files
}

/// The folders of the offices above `folder`, the highest first.
pub fn folders_above(folder: &Path) -> Vec<PathBuf> {
    let files = files_above(folder);
    files.iter().filter_map(|file| Some(file.parent()?.to_owned())).collect()
}

/// Reads what the offices above `folder` lay down, the highest first.
pub fn above(folder: &Path, report: &mut Report) -> Vec<Office> {
    files_above(folder).iter().filter_map(|file| Office::read(file, report)).collect()
}

impl Office {
    fn read(file: &Path, report: &mut Report) -> Option<Self> {
        let source = yaml::read_text(file).map_err(|problem| report.push(problem)).ok()?;
        let folder = file.parent()?.to_owned();
        let tree = yaml::parse(&source).map_err(|problem| report.push(problem)).ok()?;
        let tree = Arc::new(tree);
        source.outlined(tree.clone());
        let election = match tree.value {
            // Its wordings and layouts are all that it lays down.
            Value::Null => Election::default(),
            _ => Election::decode(&tree, &mut Decoder::new(&source, report))?,
        };
        Some(Self { folder, source, tree, election })
    }
}

/// Lets `election` have what it does not say from the offices above it, the
/// nearest first. Of the parameters of the law each is taken by itself.
pub fn inherit(election: &mut Election, offices: &[Office]) {
    let below = offices.iter().map(|office| &office.election).chain([&*election]);
    let parameters: List<OwnParameter> = below.flat_map(own_parameters).cloned().collect();
    for office in offices.iter().rev() {
        election.inherit(&office.election);
    }
    if let Field::Known(Located { value: Law { parameters: Field::Known(all), .. }, .. }) =
        &mut election.law
    {
        all.value = parameters;
    }
}

fn own_parameters(election: &Election) -> &[Located<OwnParameter>] {
    election.law.get().map_or(&[], |law| law.parameters.items())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::election::{self, Dossier};

    fn load(files: &[(&str, &str)]) -> (tempfile::TempDir, Dossier, Report) {
        let top = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = top.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let mut report = Report::new();
        let dossier = election::load(&top.path().join("东街/一村"), &mut report).unwrap();
        (top, dossier, report)
    }

    #[test]
    fn what_an_office_says_holds_where_the_election_says_nothing() {
        let (_top, dossier, report) = load(&[
            ("province.yaml", "选举日: 2026-05-10\n社区: {省份: 甲省, 街道: 不是这个}\n"),
            ("东街/street.yaml", "社区: {街道: 东街镇, 户数: 9}\n"),
            ("东街/一村/election.yaml", "类别: 村\n社区: {名称: 一村, 户数: 300}\n"),
        ]);
        assert!(report.is_empty(), "{report}");
        let community = dossier.election.community.get().unwrap();
        assert_eq!(community.name.get().unwrap(), "一村");
        assert_eq!(community.street.get().unwrap(), "东街镇");
        assert_eq!(community.province.get().unwrap(), "甲省");
        assert_eq!(community.households.value(), Some(300));
        assert_eq!(dossier.election.election_day.value().unwrap().to_string(), "2026-05-10");
        let folders: Vec<_> = dossier.offices.iter().map(|office| &office.folder).collect();
        assert!(folders[0].ends_with("../..") && folders[1].ends_with("一村/.."), "{folders:?}");
    }

    #[test]
    fn what_is_left_empty_is_said() {
        let (_top, dossier, _) = load(&[
            ("street.yaml", "选举日: 2026-05-10\n"),
            ("东街/一村/election.yaml", "类别: 村\n选举日:\n"),
        ]);
        assert!(dossier.election.election_day.is_unknown());
    }

    #[test]
    fn parameters_of_the_law_are_taken_one_by_one() {
        let office = "适用法规:\n  参数:\n    - {参数: a, 数值: 1}\n    - {参数: b, 数值: 1}\n";
        let own = "类别: 村\n适用法规:\n  参数:\n    - {参数: b, 数值: 2}\n";
        let (_top, dossier, _) = load(&[("street.yaml", office), ("东街/一村/election.yaml", own)]);
        let parameters = own_parameters(&dossier.election).iter();
        let said: Vec<String> = parameters
            .map(|Located { value: one, .. }| {
                format!("{}{}", one.name.get().unwrap(), one.value.get().unwrap())
            })
            .collect();
        // The later of two of a name is the one that holds.
        assert_eq!(said, ["a1", "b1", "b2"]);
    }

    #[test]
    fn a_broken_file_is_told_at_its_place() {
        let (_top, dossier, report) = load(&[
            ("street.yaml", "选举曰: 2026-05-10\n"),
            ("东街/一村/election.yaml", "类别: 村\n"),
        ]);
        assert!(dossier.election.election_day.is_absent());
        assert_eq!(report.iter().map(|found| found.code).collect::<Vec<_>>(), ["unknown-key"]);
    }
}
