//! All of a packet but its documents, made again from its source and the attachments
//! that lie in it: catalogues, metadata, forms, lists, and what is the same in all.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::attachment::Attachment;
use super::contents::metadata_folder;
use super::piece::HandedIn;
use super::records::{FILES, Origin};
use super::source::{CHECKED, RECORD, Rebuild, Unmade, is_roll};
use super::xml::Element;
use super::{Archive, Material, Scope};
use crate::bag::{self, Content, Finding, Item, PAYLOAD};
use crate::diagnostic::Report;

/// The small files of a packet, by their path from its base folder.
struct Kept(BTreeMap<String, Vec<u8>>);

/// Size and SHA-256 of each attachment, as the metadata have them.
type Measures = BTreeMap<PathBuf, (u64, String)>;

impl Rebuild {
    /// What of a packet is not as it would be made again, where its documents are.
    ///
    /// # Errors
    /// It cannot be read here, or not be made again.
    pub fn other_papers(
        &self,
        package: &Path,
        material: &Material,
    ) -> Result<Vec<Finding>, Unmade> {
        let kept = Kept::read(package).map_err(Unmade::Elsewhere)?;
        let (handed_in, measures) = self.handed_in(&kept, material);
        let measure = |item: &mut Item| match &item.content {
            // It stays in the packet.
            Content::File(path) => Ok(measures.get(path).cloned().unwrap_or_default()),
            Content::Bytes(_) => bag::measure(item),
        };
        let archive = Archive::with(material, handed_in, &measure, &mut Report::new());
        let packet = archive.map_err(Report::from).and_then(|archive| archive.packet(Scope::Whole));
        let packet = packet.map_err(|report| {
            let first = report.iter().map(|told| told.message.as_str()).next().unwrap_or_default();
            Unmade::Wrong(format!("目录等不再能生成，与制作时的不同：{first}"))
        })?;
        let mut findings = kept.differences(&packet.items);
        for (path, text) in
            [("README.txt", packet.profile.readme), ("bagit-profile.json", packet.profile.text)]
        {
            findings.extend(kept.differs(path, text.as_bytes()));
        }
        Ok(findings)
    }

    /// The attachments, each under the document in whose folder it lies, or else under the
    /// title of its folder.
    fn handed_in(&self, kept: &Kept, material: &Material) -> (HandedIn, Measures) {
        let (mut handed_in, mut measures) = (HandedIn::default(), Measures::new());
        let documents = self.folders(material);
        for (folder, metadata) in kept.metadata() {
            let files = metadata.children.last().map_or(&[][..], |files| &files.children);
            let attached = files.iter().filter(|file| file.get("来源") == Origin::Attached.name());
            let attachments = attached.map(|file| {
                let name = file.get("计算机文件名");
                let path = PathBuf::from(format!("{folder}/{name}"));
                let size = file.get("计算机文件大小").parse().unwrap_or_default();
                measures.insert(path.clone(), (size, file.get("SHA-256").to_owned()));
                Attachment::kept(path, name)
            });
            let attachments = attachments.collect::<Vec<_>>();
            match documents.get(folder) {
                Some(n) => handed_in.originals.extend(attachments.into_iter().map(|one| (*n, one))),
                None => handed_in.others.push((metadata.get("题名").to_owned(), attachments)),
            }
        }
        (handed_in, measures)
    }

    /// In which folder each document lies that was made again.
    fn folders(&self, material: &Material) -> BTreeMap<&str, usize> {
        let made: BTreeMap<String, usize> = material
            .sheets
            .iter()
            .map(|sheet| (bag::sha256(sheet.bytes), sheet.document))
            .collect();
        let recorded = self.documents().iter();
        let folders =
            recorded.filter_map(|(path, sum)| Some((path.rsplit_once('/')?.0, *made.get(sum)?)));
        folders.collect()
    }
}

impl Kept {
    fn read(package: &Path) -> Result<Self, String> {
        let is_small = |path: &str| match path.strip_prefix(PAYLOAD) {
            Some(path) if path.starts_with(FILES) => metadata_folder(path).is_some(),
            Some(path) => !is_roll(path),
            None => true,
        };
        bag::texts(package, &bag::Limits::default(), is_small).map(Self)
    }

    /// What each item says of itself, by its folder.
    fn metadata(&self) -> impl Iterator<Item = (&str, Element)> {
        self.0.iter().filter_map(|(path, bytes)| {
            let folder = metadata_folder(path.strip_prefix(PAYLOAD)?)?;
            Some((folder, Element::parse(std::str::from_utf8(bytes).ok()?).ok()?))
        })
    }

    /// What was made again and is otherwise here, and what nobody would make.
    fn differences(&self, items: &[Item]) -> Vec<Finding> {
        // The report and the record hold what depends on this computer, too.
        let is_compared = |item: &&Item| ![RECORD, CHECKED].contains(&&*item.path);
        let changed = items.iter().filter(is_compared).filter_map(|item| match &item.content {
            Content::Bytes(bytes) if !is_document(&item.path) => {
                self.differs(&format!("{PAYLOAD}{}", item.path), bytes)
            }
            _ => None,
        });
        let made = |path: &str| items.iter().any(|item| bag::names::composed(&item.path) == path);
        let strange = self.0.keys().filter_map(|path| path.strip_prefix(PAYLOAD));
        let strange = strange
            .filter(|path| !made(path) && !bag::is_litter(path))
            .map(|path| Finding::warning("不是由源数据和附件生成的，后来放进去的").of(path));
        changed.chain(strange).collect()
    }

    fn differs(&self, path: &str, made: &[u8]) -> Option<Finding> {
        let why = match self.0.get(path) {
            Some(kept) if kept == made => return None,
            Some(_) => "重新生成的内容与它不同",
            None => "重新生成的文件里有它，包里没有",
        };
        let shown = path.strip_prefix(PAYLOAD).unwrap_or(path);
        Some(Finding::fail(why).of(shown))
    }
}

/// Documents are compared by their sums.
fn is_document(path: &str) -> bool {
    path.starts_with(FILES) && metadata_folder(path).is_none()
}
