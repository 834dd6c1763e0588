//! What the documents were made from, and making them again from it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::contents::EXCERPT;
use super::records::{Origin, Record};
use super::{Material, SOFTWARE};
use crate::bag::{self, Item};
use crate::diagnostic::{Diagnostic, Report};
use crate::election::{Dossier, ELECTION_FILE, posted};
use crate::files;
use crate::typeset::Typesetter;
use crate::typeset::fonts::Face;

const SOURCE: &str = "其他/源数据/";
/// The roll may hold personal data, so it lies apart from what may be read by
/// everybody who works with the archive.
const ROLL: &str = "其他/内部/";
pub const RECORD: &str = "其他/生成记录.json";
pub const CHECKED: &str = "其他/检查报告.json";

/// What the offices above the election lay down, the highest of them 1.
const ABOVE: &str = "上级";

/// Folders beside the election that belong to it: what replaces what is built in,
/// and what notices said when they were posted.
const OWN: [&str; 3] = ["templates", "profiles", posted::FOLDER];

/// The description, the rolls, own templates and profiles, those of the offices
/// above, and what the check found.
pub fn items(material: &Material) -> Result<Vec<Item>, Diagnostic> {
    let dossier = material.dossier;
    let findings = material.findings.to_json_below(&dossier.folder);
    let mut items = vec![
        Item::bytes(format!("{SOURCE}{ELECTION_FILE}"), dossier.source.text.clone()),
        Item::bytes(CHECKED, format!("{findings:#}\n")),
    ];
    let rolls = [&dossier.roll, &dossier.posted_roll].into_iter().flatten();
    for path in rolls.map(|roll| &roll.path).collect::<BTreeSet<_>>() {
        items.push(Item::file(format!("{ROLL}{}", within(&dossier.folder, path)), path));
    }
    own_files(&dossier.folder, SOURCE, &mut items)?;
    for (n, office) in (1..).zip(&dossier.offices) {
        let folder = format!("{SOURCE}{ABOVE}{n}/");
        let file = within(&office.folder, &office.source.path);
        items.push(Item::bytes(format!("{folder}{file}"), office.source.text.clone()));
        own_files(&office.folder, &folder, &mut items)?;
    }
    Ok(items)
}

/// What lies beside a description and replaces what is built in, under `target`.
fn own_files(folder: &Path, target: &str, items: &mut Vec<Item>) -> Result<(), Diagnostic> {
    let file = |path: PathBuf| Item::file(format!("{target}{}", within(folder, &path)), path);
    items.extend(own_paths(folder)?.into_iter().map(file));
    Ok(())
}

fn own_paths(folder: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    let mut paths = Vec::new();
    for own in OWN.map(|own| folder.join(own)).iter().filter(|own| own.is_dir()) {
        for entry in walkdir::WalkDir::new(own).sort_by_file_name() {
            let entry = entry.map_err(|error| files::read_error(own, &error.into()))?;
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if entry.file_type().is_file() && !hidden {
                paths.push(entry.into_path());
            }
        }
    }
    Ok(paths)
}

/// Every file that goes into the packet as it is.
pub(super) fn files(dossier: &Dossier) -> Result<Vec<PathBuf>, Diagnostic> {
    let rolls = [&dossier.roll, &dossier.posted_roll].into_iter().flatten();
    let mut paths: Vec<PathBuf> = rolls.map(|roll| roll.path.clone()).collect();
    let offices = dossier.offices.iter().map(|office| &office.folder);
    for folder in offices.chain([&dossier.folder]) {
        paths.extend(own_paths(folder)?);
    }
    Ok(paths)
}

/// The path from the election's folder, with `/`; of a file elsewhere, its name.
fn within(folder: &Path, path: &Path) -> String {
    let name = path.file_name().map(Path::new).unwrap_or(path);
    let inside = path.strip_prefix(folder).unwrap_or(name);
    let parts = inside.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
    parts.collect::<Vec<_>>().join("/")
}

/// By what the documents were made, so that the same bytes can be made again.
#[derive(Debug, Serialize, Deserialize)]
pub struct Provenance {
    software: String,
    profile: String,
    fonts: Vec<RecordedFont>,
    /// Path below `data/` and SHA-256 of every document made.
    documents: BTreeMap<String, String>,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct RecordedFont {
    role: String,
    family: String,
    file: String,
    sha256: String,
}

/// 生成记录.json of a packet with these records.
pub fn provenance(material: &Material, records: &[Record]) -> Item {
    let files = records.iter().flat_map(|record| &record.files);
    let made = files.filter(|file| file.origin == Origin::Generated);
    let provenance = Provenance {
        software: SOFTWARE.to_owned(),
        profile: material.profile.id.clone(),
        fonts: fonts(material.typesetter),
        documents: made.map(|file| (file.path.clone(), file.sha256.clone())).collect(),
    };
    // Plain values always become JSON.
    let text = serde_json::to_string_pretty(&provenance).unwrap_or_default();
    Item::bytes(RECORD, text + "\n")
}

/// The faces used so far, each with the sum of its file.
fn fonts(typesetter: &Typesetter) -> Vec<RecordedFont> {
    let record = |face: &Face| {
        let (role, family) = (face.title.to_owned(), face.family.clone());
        let (file, sha256) = (files::name_of(&face.path), face.sha256()?.to_owned());
        Some(RecordedFont { role, family, file, sha256 })
    };
    typesetter.used_faces().into_iter().filter_map(record).collect()
}

/// The source of a packet laid out as an election's folder, below those of the
/// offices above it.
pub struct LaidOut {
    top: tempfile::TempDir,
    /// How many offices there are.
    offices: usize,
}

/// The same, with by what documents were made of it.
pub struct Rebuild {
    provenance: Provenance,
    source: LaidOut,
    /// What the check found when it was made.
    checked: Option<Vec<u8>>,
}

/// Why nothing is made again.
#[derive(Debug)]
pub enum Unmade {
    /// The packet is not as we make them.
    Wrong(String),
    /// It may be sound, and was made otherwise than can be done here.
    Elsewhere(String),
    /// It holds no source, and says so.
    Excerpt,
}

/// Whether it is a roll, which may be large.
pub(super) fn is_roll(path: &str) -> bool {
    path.starts_with(ROLL)
}

/// What an office laid down: which office, and the path below its folder.
fn of_office(path: &str) -> Option<(&str, &str)> {
    path.strip_prefix(SOURCE).filter(|name| name.starts_with(ABOVE))?.split_once('/')
}

/// A folder for each office, one within the other, and in the last the election's.
fn level(top: &Path, depth: usize) -> PathBuf {
    (0..depth).fold(top.to_owned(), |folder, _| folder.join("election"))
}

impl LaidOut {
    /// Lays out what a packet was made from.
    ///
    /// # Errors
    /// Why it cannot be read here, in plain words.
    pub fn from(package: &Path) -> Result<Self, String> {
        let wanted = |path: &str| path.starts_with(SOURCE) || path.starts_with(ROLL);
        Self::lay(&bag::payload(package, &bag::Limits::default(), wanted)?)
    }

    fn lay(files: &BTreeMap<String, Vec<u8>>) -> Result<Self, String> {
        if !files.contains_key(&format!("{SOURCE}{ELECTION_FILE}")) {
            return Err("包里没有源数据（公开版不带源数据）".to_owned());
        }
        let top = tempfile::tempdir().map_err(|error| files::reason(&error))?;
        let mut offices: Vec<&str> =
            files.keys().filter_map(|path| Some(of_office(path)?.0)).collect();
        offices.dedup();
        let target = |path: &str| {
            if let Some((office, name)) = of_office(path) {
                let depth = offices.iter().take_while(|other| **other != office).count();
                return Some(level(top.path(), depth).join(name));
            }
            let name = path.strip_prefix(SOURCE).or(path.strip_prefix(ROLL))?;
            Some(level(top.path(), offices.len()).join(name))
        };
        for (path, bytes) in files {
            // The container has been listed: no name in it leads outside.
            let written = target(path).map(|target| files::write_new(&target, bytes));
            written.transpose().map_err(|told| told.message)?;
        }
        let offices = offices.len();
        Ok(Self { top, offices })
    }

    /// The election's folder.
    pub fn folder(&self) -> PathBuf {
        level(self.top.path(), self.offices)
    }
}

impl Rebuild {
    /// Lays out what a packet was made from, to make it again.
    ///
    /// # Errors
    /// Why it cannot be made again here, or that it is not as we make it.
    pub fn from(package: &Path) -> Result<Self, Unmade> {
        let wanted = |path: &str| {
            [RECORD, EXCERPT, CHECKED].contains(&path)
                || path.starts_with(SOURCE)
                || path.starts_with(ROLL)
        };
        let files = bag::payload(package, &bag::Limits::default(), wanted);
        let files = files.map_err(Unmade::Elsewhere)?;
        if files.contains_key(EXCERPT) {
            return Err(Unmade::Excerpt);
        }
        // Every packet of ours has them; who changed it may have taken them out.
        let wrong = |why: &str| Unmade::Wrong(why.to_owned());
        let record = files.get(RECORD).ok_or_else(|| wrong("包里没有生成记录"))?;
        let provenance: Provenance =
            serde_json::from_slice(record).map_err(|_| wrong("生成记录不可读"))?;
        if !files.contains_key(&format!("{SOURCE}{ELECTION_FILE}")) {
            return Err(wrong("包里没有选举说明"));
        }
        if provenance.software != SOFTWARE {
            let why = format!("制作时用的是 {}，现在是 {SOFTWARE}", provenance.software);
            return Err(Unmade::Elsewhere(why));
        }
        let source = LaidOut::lay(&files).map_err(Unmade::Elsewhere)?;
        let checked = files.get(CHECKED).cloned();
        Ok(Self { provenance, source, checked })
    }

    /// The folder to build from.
    pub fn folder(&self) -> PathBuf {
        self.source.folder()
    }

    /// Why the bytes cannot be expected to be the same: other fonts.
    pub fn other_fonts(&self, here: &Typesetter) -> Option<String> {
        let here = fonts(here);
        let same = |recorded: &RecordedFont| {
            here.iter().any(|font| font.role == recorded.role && font.sha256 == recorded.sha256)
        };
        // A face that no document used need not be the same.
        let known = |recorded: &&RecordedFont| here.iter().any(|font| font.role == recorded.role);
        let other = self.provenance.fonts.iter().filter(known).find(|font| !same(font))?;
        Some(format!("制作时{}用的是 {}（{}），这里的不同", other.role, other.family, other.file))
    }

    /// What is not as it was: the path of each document in the packet that was
    /// not made again, and how many were made that are not in the packet.
    pub fn differences<'b>(&self, made: impl Iterator<Item = &'b [u8]>) -> (Vec<String>, usize) {
        let made: BTreeSet<String> = made.map(bag::sha256).collect();
        let recorded: BTreeSet<&String> = self.provenance.documents.values().collect();
        let lost = self.provenance.documents.iter().filter(|(_, sum)| !made.contains(*sum));
        let lost = lost.map(|(path, _)| path.clone()).collect();
        (lost, made.iter().filter(|sum| !recorded.contains(sum)).count())
    }

    /// Whether the check found then what it finds now in the same source. Of names that
    /// are not in the packet, and of fonts, it may find something else.
    pub fn is_checked_alike(&self, found: &Report) -> bool {
        const BESIDE: [&str; 4] =
            ["personal-name", "font-broken", "font-substitute", "glyph-borrowed"];
        let said = |finding: &serde_json::Value| {
            ["severity", "code", "message", "basis", "help"].map(|key| finding[key].clone())
        };
        let of = |findings: &serde_json::Value| {
            let findings = findings.as_array().into_iter().flatten();
            let lasting = findings
                .filter(|finding| !BESIDE.iter().any(|code| finding["code"] == *code))
                .map(|finding| said(finding).map(|said| said.to_string()));
            lasting.collect::<BTreeSet<_>>()
        };
        let then = self.checked.as_deref().and_then(|bytes| serde_json::from_slice(bytes).ok());
        then.is_some_and(|then| of(&then) == of(&found.to_json()))
    }

    /// Path below `data/` and SHA-256 of every document made.
    pub(super) fn documents(&self) -> &BTreeMap<String, String> {
        &self.provenance.documents
    }

    /// Whether the record names the law and the fonts by which the documents were made
    /// again. It may name more fonts: those of other elections that were packed with this.
    pub fn is_recorded_alike(&self, material: &Material) -> bool {
        let Provenance { profile, fonts: recorded, .. } = &self.provenance;
        let is_known = |here: &RecordedFont| {
            recorded.iter().any(|font| font.role == here.role && font.sha256 == here.sha256)
        };
        *profile == material.profile.id && fonts(material.typesetter).iter().all(is_known)
    }

    /// How many documents were recorded.
    pub fn count(&self) -> usize {
        self.provenance.documents.len()
    }
}
