//! The archive of an election: what was made and what was handed in becomes
//! numbered 件 with their records, and these become packets.
//!
//! - [`attachment`] reads scans and photographs and finds the documents they
//!   are the signed originals of;
//! - [`piece`] makes a 件 of each document and of each other attachment;
//! - [`forms`] prints the catalogue, the 备考表 and the covers;
//! - [`lacking`] lists what a complete archive still lacks;
//! - [`names`] sees to it that no name in a packet has somebody's number in it;
//! - [`records`] and [`catalogue`] are the 目录 and metadata of DA/T 22, [`contents`]
//!   judges them;
//! - [`verify`] judges a packet;
//! - [`source`] keeps what the documents were made from, and makes them again; [`again`]
//!   does the same with all that is said of them;
//! - [`checklist`] prints the result of a verification.

pub mod again;
mod attachment;
mod catalogue;
pub mod checklist;
mod contents;
mod forms;
mod lacking;
mod names;
mod piece;
mod profile;
mod records;
pub mod source;
mod verify;
mod xml;

pub use attachment::{FOLDER as ATTACHMENTS, Scan, handed_in};
pub use catalogue::Holder;
pub use contents::REBUILT;
pub use names::{about_names, about_settings, refuse_numbered};
pub use profile::PROFILE;
pub use records::{
    Access, ArchiveCode, FILES, OTHERS, Origin, Record, RecordedFile, Retention, Scheme,
};
pub use verify::{Depth, check_signatures, hold_against, lacking_in, verify};
pub use xml::Element;

use jiff::civil::Date;

use self::piece::{HandedIn, Measure};
use crate::bag::{self, Info, Item, Packet};
use crate::compose::Composition;
use crate::compose::facts::Facts;
use crate::diagnostic::{Diagnostic, Report};
use crate::election::Dossier;
use crate::election::date::PartialDate;
use crate::election::model;
use crate::election::phones::Phones;
use crate::files::Readers;
use crate::law::Profile;
use crate::typeset::Typesetter;

/// What stands for the fonds number until the archives have given one.
const NO_FONDS: &str = "X000";
const CATEGORY: &str = "WS";
const UNIT: &str = "HJX";
const SOFTWARE: &str = concat!("Zhangbang ", env!("CARGO_PKG_VERSION"));

/// All that was made for an election, and from what.
pub struct Material<'a> {
    pub dossier: &'a Dossier,
    pub profile: &'a Profile,
    pub composition: &'a Composition,
    pub sheets: Vec<Sheet<'a>>,
    pub typesetter: &'a Typesetter,
    /// What the check of the election found.
    pub findings: &'a Report,
}

/// A document in one of its layouts, as PDF.
pub struct Sheet<'a> {
    /// Position in [`Composition::documents`].
    pub document: usize,
    pub title: &'a str,
    pub pages: usize,
    pub bytes: &'a [u8],
}

/// How much of an archive goes into a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Whole,
    /// Only what anybody may see. The 件 keep the numbers they have in the whole.
    Public,
}

impl Scope {
    /// The name of the packet's top folder, and of its file.
    pub fn name_of(self, dossier: &Dossier) -> String {
        let slug = dossier.slug();
        match self {
            Scope::Whole => slug,
            Scope::Public => format!("{slug}-公开版"),
        }
    }
}

/// An archive whose 件 are numbered and measured.
pub struct Archive<'a> {
    material: &'a Material<'a>,
    facts: &'a Facts,
    holder: Holder,
    filed: Vec<Filed>,
    lacking: lacking::Lacking,
}

/// A 件 with its record.
struct Filed {
    record: Record,
    items: Vec<Item>,
}

impl<'a> Archive<'a> {
    /// Gathers and numbers the 件. What the user should know goes to `notes`.
    pub fn of(material: &'a Material, notes: &mut Report) -> Result<Self, Diagnostic> {
        names::are_short(material.dossier)?;
        let attachments = attachment::read(&material.dossier.folder, notes)?;
        let handed_in = HandedIn::sorted(attachments, &material.composition.documents);
        Self::with(material, handed_in, &bag::measure, notes)
    }

    /// The same with these attachments.
    fn with(
        material: &'a Material,
        handed_in: HandedIn,
        measure: &Measure,
        notes: &mut Report,
    ) -> Result<Self, Diagnostic> {
        let default = model::Archive::default();
        let settings = material.dossier.election.archive.get().unwrap_or(&default);
        let facts = &material.composition.facts;
        let holder = holder(material, settings, facts, notes);
        let pieces = piece::pieces(material, facts, handed_in);
        let lacking = lacking::Lacking::of(material, &pieces);
        notes.extend(lacking.note());
        let classes = pieces.iter().map(|piece| (piece.year, piece.retention));
        let place = || material.dossier.election.archive.place().cloned();
        let codes = holder.scheme.number(classes).map_err(|problem| problem.at(place()))?;
        let filed = pieces.into_iter().zip(codes).map(|(piece, code)| {
            let (record, items) = piece.record(code, measure)?;
            Ok(Filed { record, items })
        });
        let filed = filed.collect::<Result<_, Diagnostic>>()?;
        Ok(Self { material, facts, holder, filed, lacking })
    }

    /// The packet of all, or of the public part.
    pub fn packet(&self, scope: Scope) -> Result<Packet, Report> {
        let belongs =
            |filed: &&Filed| scope == Scope::Whole || filed.record.access == Access::Public;
        let filed: Vec<_> = self.filed.iter().filter(belongs).collect();
        let records: Vec<Record> = filed.iter().map(|filed| filed.record.clone()).collect();
        let mut items: Vec<Item> = filed.iter().flat_map(|filed| filed.items.clone()).collect();
        items.extend(self.holder.files(&records)?);
        items.extend(self.forms(&records, scope).print(self.material.typesetter)?);
        items.push(source::provenance(self.material, &records));
        items.extend(match scope {
            Scope::Whole => self.internal_items()?,
            Scope::Public => vec![excerpt_note()],
        });
        let (name, info) = (scope.name_of(self.material.dossier), self.info(scope));
        let phones = Phones::of(&self.material.dossier.election);
        names::are_nobodys(&name, &items, scope, &phones)?;
        let readers = match scope {
            Scope::Whole => Readers::Owner,
            Scope::Public => Readers::All,
        };
        Ok(Packet { profile: &PROFILE, name, info, items, sm3: false, readers })
    }

    /// What a complete archive of it would have besides, each by name.
    pub fn lacking(&self) -> Vec<String> {
        self.lacking.names()
    }

    /// Asks the user to look at what no program can judge, before it is given away.
    pub fn scans_note(&self) -> Option<Diagnostic> {
        let public = self.filed.iter().filter(|filed| filed.record.access == Access::Public);
        let files = public.flat_map(|filed| &filed.record.files);
        let count = files.filter(|file| file.origin == Origin::Attached).count();
        let message = format!("公开版里有 {count} 个公告的扫描件，程序看不到图片里的内容。");
        (count > 0).then(|| {
            Diagnostic::note("public-scans", message)
                .help("交出去之前请逐个看一遍，不要有身份证号码、电话等个人信息。")
        })
    }

    fn internal_items(&self) -> Result<Vec<Item>, Diagnostic> {
        let mut items = source::items(self.material)?;
        items.push(Item::bytes(contents::LACKING, self.lacking.text()));
        Ok(items)
    }

    fn forms<'r>(&'r self, records: &'r [Record], scope: Scope) -> forms::Forms<'r> {
        let archive = self.material.dossier.election.archive.get();
        forms::Forms {
            title: self.title(),
            holder: &self.holder,
            records,
            scope,
            dated: last_date(self.material),
            archivist: archive.and_then(|archive| archive.archivist.get()),
            checked_by: archive.and_then(|archive| archive.checked_by.get()),
        }
    }

    fn info(&self, scope: Scope) -> Info {
        let (year, month, day) = self.holder.date;
        let part = if scope == Scope::Public { "（公开版）" } else { "" };
        [
            ("Source-Organization", self.holder.organisation.clone()),
            ("External-Description", format!("{}换届选举档案{part}", self.title())),
            ("Bagging-Date", format!("{year:04}-{month:02}-{day:02}")),
            ("Bag-Software-Agent", self.holder.software.clone()),
        ]
        .map(|(label, value)| (label.to_owned(), value))
        .to_vec()
    }

    /// 淇美社区第六届居民委员会
    fn title(&self) -> String {
        let Facts { place, term_name, words, .. } = self.facts;
        format!("{place}{}{}", term_name.as_deref().unwrap_or_default(), words.committee)
    }
}

/// Tells the reader, and `verify`, why the numbers have gaps.
fn excerpt_note() -> Item {
    let text = "公开版说明\n\n\
                本包是换届选举档案的公开版，只收可以向所有人公开的各件，可以交给任何人。\n\
                选民名册、内部文件、内部附件和源数据都不在其中，在另存的完整档案里。\n\
                各件的档号与完整档案相同，所以件号不一定相连。\n";
    Item::bytes(contents::EXCERPT, windows(text))
}

/// Old versions of Windows Notepad show a text only with such line ends.
fn windows(text: &str) -> String {
    text.replace('\n', "\r\n")
}

fn holder(
    material: &Material,
    settings: &model::Archive,
    facts: &Facts,
    notes: &mut Report,
) -> Holder {
    if settings.fonds.get().is_none() {
        notes.push(
            Diagnostic::note("no-fonds", format!("没有写明全宗号，档号里暂用 {NO_FONDS}。"))
                .help("向档案馆（室）问明全宗号后，写在“归档”下的“全宗号”。"),
        );
    }
    let or = |field: Option<&String>, default: &str| {
        field.cloned().unwrap_or_else(|| default.to_owned())
    };
    let date = last_date(material);
    Holder {
        fonds_name: or(settings.fonds_name.get(), &facts.committee_name),
        organisation: facts.committee_name.clone(),
        scheme: Scheme {
            fonds: or(settings.fonds.get(), NO_FONDS),
            category: or(settings.category.get(), CATEGORY),
            unit: Some(or(settings.problem.get(), UNIT)),
        },
        date: (date.year().unsigned_abs(), date.month().unsigned_abs(), date.day().unsigned_abs()),
        software: SOFTWARE.to_owned(),
    }
}

/// The date of the newest document: the packet is made from data, not from a clock.
fn last_date(material: &Material) -> Date {
    let documents = &material.composition.documents;
    let dates = documents.iter().filter_map(|composed| composed.document.dated);
    let election_day = material.dossier.election.election_day.value().map(PartialDate::latest);
    dates.chain(election_day).max().unwrap_or(Date::constant(1980, 1, 1))
}
