//! What the secretary wrote: the description of an election and its voter roll.

pub mod date;
pub mod decode;
pub mod identity;
pub mod model;
pub mod person;
pub mod roll;
pub mod yaml;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use model::Election;
pub use roll::VoterRoll;

use self::decode::{Decode, Decoder};
use self::yaml::{Node, Value};
use crate::diagnostic::{Diagnostic, Place, Report, Source};

/// The name of the description in an election's folder.
pub const ELECTION_FILE: &str = "election.yaml";

/// The folder of templates of its own, beside the description.
pub const TEMPLATES: &str = "templates";

/// What the names in the description of a new election begin with.
pub const MADE_UP: &str = "某某";

const ROLL_FILES: [&str; 4] = ["voters.xlsx", "voters.xls", "voters.ods", "voters.csv"];

/// All that was read for one election.
#[derive(Debug)]
pub struct Dossier {
    /// The election's folder.
    pub folder: PathBuf,
    /// Where templates of its own may lie.
    pub templates: PathBuf,
    pub election: Election,
    pub roll: Option<VoterRoll>,
    /// The description as text, for messages and for the package.
    pub source: Arc<Source>,
    /// The description as a tree, for checks of every text in it.
    pub tree: Node,
}

/// Reads an election from its folder or its `election.yaml`. All problems go to
/// `report`; `None` if there is nothing to go on with.
pub fn load(path: &Path, report: &mut Report) -> Option<Dossier> {
    let file = if path.is_dir() { path.join(ELECTION_FILE) } else { path.to_owned() };
    let parsed = read_description(&file).and_then(|source| Ok((yaml::parse(&source)?, source)));
    let (tree, source) = match parsed {
        Ok(parsed) => parsed,
        Err(problem) => {
            report.push(problem);
            return None;
        }
    };
    let election = Election::decode(&tree, &mut Decoder::new(&source, report))?;
    let folder = file.parent().map(Path::to_owned).unwrap_or_default();
    let roll = roll_file(&folder, &election, report).and_then(|file| roll::read(&file, report));
    if election.registration.is_absent() {
        // As `new` leaves it: nobody is registered yet.
        report.retain(|finding| finding.code != "roll-empty");
    }
    let templates = folder.join(TEMPLATES);
    Some(Dossier { folder, templates, election, roll, source, tree })
}

fn read_description(file: &Path) -> Result<Arc<Source>, Diagnostic> {
    let source = yaml::read_text(file)?;
    if source.text.trim().is_empty() {
        return Err(Diagnostic::error("empty", "文件是空的。")
            .in_file(file)
            .help("用 zhangbang new 可以得到一份带说明的样本。"));
    }
    Ok(source)
}

/// The roll's file: the one named in the description, or the one beside it.
fn roll_file(folder: &Path, election: &Election, report: &mut Report) -> Option<PathBuf> {
    if let Some(named) =
        election.registration.get().and_then(|registration| registration.roll.located())
    {
        let file = folder.join(&named.value);
        if !file.exists() {
            report.push(
                Diagnostic::error("roll-missing", format!("找不到选民名册“{}”。", named.value))
                    .at(named.place.clone())
                    .help("请把名册放进选举文件夹，并核对文件名和扩展名。"),
            );
            return None;
        }
        return Some(file);
    }
    let mut found = ROLL_FILES.iter().map(|name| folder.join(name)).filter(|file| file.exists());
    let first = found.next()?;
    if let Some(second) = found.next() {
        report.push(
            Diagnostic::error("roll-ambiguous", "旁边有不止一份选民名册，不知道用哪一份。")
                .in_file(second)
                .help(format!(
                    "请删去或改名其余的，或在“选民登记”下写明“名册: {}”。",
                    file_name(&first)
                )),
        );
        return None;
    }
    Some(first)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

impl Dossier {
    /// The file of the roll as it was posted, if the description names one.
    pub fn previous_roll(&self) -> Option<PathBuf> {
        let named = self.election.registration.get()?.previous_roll.get()?;
        Some(self.folder.join(named)).filter(|file| file.exists())
    }

    /// The folder's own name, which names the package.
    pub fn slug(&self) -> String {
        let absolute = std::path::absolute(&self.folder).unwrap_or_else(|_| self.folder.clone());
        Some(file_name(&absolute))
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| "election".into())
    }

    /// Every text of the description with its place.
    pub fn texts(&self) -> Vec<(&str, Place)> {
        let mut texts = Vec::new();
        collect_texts(&self.tree, &self.source, &mut texts);
        texts
    }

    /// Every name that `new` made up and nobody replaced yet: no paper is made
    /// with it.
    pub fn placeholders(&self) -> Vec<Diagnostic> {
        let left = self.texts().into_iter().filter(|(text, _)| text.starts_with(MADE_UP));
        let told = left.map(|(text, place)| {
            Diagnostic::error("placeholder", format!("“{text}”是样子，还没有换成真的。"))
                .at(place)
                .help("请照实际填写；还没有定的，在这一行前面加上“# ”。")
        });
        told.collect()
    }

    /// Every text that may be printed, with its place: the description's, and
    /// the names of the roll.
    pub fn printed_texts(&self) -> Vec<(&str, Place)> {
        let mut texts = self.texts();
        for voter in self.roll.iter().flat_map(|roll| &roll.voters) {
            let Some(roll) = &self.roll else { break };
            texts.push((voter.name.as_str(), roll.place(voter.row, roll::Column::Name)));
        }
        texts
    }
}

fn collect_texts<'a>(node: &'a Node, source: &Arc<Source>, texts: &mut Vec<(&'a str, Place)>) {
    match &node.value {
        Value::Null => {}
        Value::Scalar(text) => texts.push((text, Place::Text(source.clone(), node.span.clone()))),
        Value::Sequence(items) => items.iter().for_each(|item| collect_texts(item, source, texts)),
        Value::Mapping(entries) => {
            entries.iter().for_each(|(_, value)| collect_texts(value, source, texts));
        }
    }
}
