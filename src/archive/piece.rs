//! 件: what is catalogued as one, with all its files.

use std::collections::BTreeMap;

use super::attachment::Attachment;
use super::records::{Access, ArchiveCode, Origin, Record, RecordedFile, Retention};
use super::{Material, Sheet, last_date};
use crate::bag::Item;
use crate::compose::Composed;
use crate::compose::document::Audience;
use crate::compose::facts::Facts;
use crate::diagnostic::Diagnostic;
use crate::election::date::PartialDate;

const PDF_FORMAT: &str = "PDF/A-2a";

/// Something that becomes one 件: its description and its files.
pub(super) struct Piece {
    /// Position of the document in the composition; none for other attachments.
    pub document: Option<usize>,
    pub year: u16,
    pub retention: Retention,
    pub basis: String,
    pub reference: String,
    pub responsible: String,
    pub title: String,
    pub date: String,
    pub pages: Option<u32>,
    pub access: Access,
    pub parts: Vec<Part>,
}

/// One file of a 件.
pub(super) struct Part {
    pub title: String,
    pub extension: String,
    pub format: String,
    pub origin: Origin,
    pub item: Item,
}

/// Tells the size of a file and its SHA-256, and notes the latter.
pub(super) type Measure<'m> = dyn Fn(&mut Item) -> Result<(u64, String), Diagnostic> + 'm;

impl Piece {
    /// Whether a scan or photograph of it was handed in.
    pub(super) fn has_original(&self) -> bool {
        self.parts.iter().any(|part| part.origin == Origin::Attached)
    }

    /// The record under `code`, and the files at their places, each with what `measure`
    /// finds.
    pub(super) fn record(
        self,
        code: ArchiveCode,
        measure: &Measure,
    ) -> Result<(Record, Vec<Item>), Diagnostic> {
        let (mut files, mut items) = (Vec::new(), Vec::new());
        for (n, part) in (1..).zip(self.parts) {
            let mut item = part.item;
            item.path = code.file(&self.title, n, &part.title, &part.extension);
            let (size, sha256) = measure(&mut item)?;
            let (path, format, origin) = (item.path.clone(), part.format, part.origin);
            files.push(RecordedFile { path, size, sha256, format, origin });
            items.push(item);
        }
        let record = Record {
            code,
            reference: self.reference,
            responsible: self.responsible,
            title: self.title,
            date: self.date,
            secrecy: String::new(),
            pages: self.pages,
            remark: String::new(),
            basis: self.basis,
            access: self.access,
            files,
        };
        Ok((record, items))
    }
}

/// The attachments, sorted.
#[derive(Default)]
pub(super) struct HandedIn {
    /// Each with the position of its document in the composition.
    pub originals: Vec<(usize, Attachment)>,
    /// Each with the title of the 件 that it becomes.
    pub others: Vec<(String, Vec<Attachment>)>,
}

impl HandedIn {
    pub(super) fn sorted(attachments: Vec<Attachment>, documents: &[Composed]) -> Self {
        let (mut originals, mut others) = (Vec::new(), Vec::new());
        for attachment in attachments {
            match attachment.document(documents) {
                Some(n) => originals.push((n, attachment)),
                None => others.push(attachment),
            }
        }
        Self { originals, others: gathered(others) }
    }
}

/// Documents with the originals that belong to them, then the other attachments.
pub(super) fn pieces(material: &Material, facts: &Facts, handed_in: HandedIn) -> Vec<Piece> {
    let documents = &material.composition.documents;
    let mut pieces: Vec<Piece> =
        (0..documents.len()).map(|n| document_piece(material, n, &documents[n], facts)).collect();
    for (n, attachment) in handed_in.originals {
        pieces[n].parts.push(part(attachment));
    }
    let others = handed_in.others.into_iter();
    pieces.extend(
        others
            .map(|(title, attachments)| attached_piece(title, attachments, year(material), facts)),
    );
    pieces
}

fn year(material: &Material) -> u16 {
    last_date(material).year().unsigned_abs()
}

fn document_piece(material: &Material, n: usize, composed: &Composed, facts: &Facts) -> Piece {
    let (front, document) = (&composed.front, &composed.document);
    let (period, basis) = front.retention(&material.dossier.election, &facts.words);
    let sheets = material.sheets.iter().filter(|sheet| sheet.document == n);
    let year = year(material);
    Piece {
        document: Some(n),
        year,
        retention: retention(&period),
        basis,
        reference: document.number.clone().unwrap_or_default(),
        // A form that nobody signs is a paper of those who hold the election.
        responsible: match &document.signature {
            Some(signature) => signature.issuers().cloned().collect::<Vec<_>>().join("；"),
            None => facts.election_committee_name.clone(),
        },
        title: document.title.clone(),
        date: composed.date.map_or_else(|| unknown_day(year), eight_digits),
        pages: sheets.clone().next().and_then(|sheet| u32::try_from(sheet.pages).ok()),
        access: access(document.audience),
        parts: sheets.map(printed).collect(),
    }
}

fn printed(sheet: &Sheet) -> Part {
    Part {
        title: sheet.title.to_owned(),
        extension: "pdf".to_owned(),
        format: PDF_FORMAT.to_owned(),
        origin: Origin::Generated,
        item: Item::bytes("", sheet.bytes),
    }
}

fn part(attachment: Attachment) -> Part {
    Part {
        format: attachment.format(),
        title: attachment.title,
        extension: attachment.extension,
        origin: Origin::Attached,
        item: Item::file("", attachment.path),
    }
}

/// A subfolder is one 件, as an album is; a file beside it is one by itself.
fn gathered(attachments: Vec<Attachment>) -> Vec<(String, Vec<Attachment>)> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut gathered: Vec<(String, Vec<Attachment>)> = Vec::new();
    for attachment in attachments {
        let Some(group) = attachment.group.clone() else {
            gathered.push((attachment.title.clone(), vec![attachment]));
            continue;
        };
        let place = *places.entry(group.clone()).or_insert(gathered.len());
        if place == gathered.len() {
            gathered.push((group, Vec::new()));
        }
        gathered[place].1.push(attachment);
    }
    gathered
}

/// What the user handed in may show anything: it is internal.
fn attached_piece(title: String, attachments: Vec<Attachment>, year: u16, facts: &Facts) -> Piece {
    Piece {
        document: None,
        year,
        retention: Retention::Permanent,
        basis: facts.words.retention_basis.clone(),
        reference: String::new(),
        responsible: facts.election_committee_name.clone(),
        title,
        date: unknown_day(year),
        pages: None,
        access: Access::Internal,
        parts: attachments.into_iter().map(part).collect(),
    }
}

fn access(audience: Audience) -> Access {
    match audience {
        Audience::Public => Access::Public,
        Audience::Office | Audience::Archive => Access::Internal,
    }
}

/// `20170514`; what is not known is `00`.
fn eight_digits(date: PartialDate) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month().unwrap_or(0), date.day().unwrap_or(0))
}

fn unknown_day(year: u16) -> String {
    format!("{year:04}0000")
}

fn retention(period: &str) -> Retention {
    match period.trim_start_matches("定期") {
        "30年" => Retention::Years30,
        "10年" => Retention::Years10,
        _ => Retention::Permanent,
    }
}
