//! `zhangbang pack`: all documents, the scanned originals and the source in
//! one archive packet.

use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;

use super::build::{self, Format, Made};
use super::{Outcome, fail, say, show};
use crate::bundle::{self, Access, ArchiveCode, Holder, Item, OTHERS, Origin, Packet, Record, RecordedFile, Retention, Scheme};
use crate::compose::document::{Align, Audience, Block, Column, Document, Table, Text};
use crate::compose::facts::Facts;
use crate::compose::{self, Composed};
use crate::diagnostic::{Diagnostic, Report};
use crate::election::Dossier;
use crate::election::date::PartialDate;
use crate::election::model::Archive;
use crate::files;
use crate::typeset::Job;

/// What stands for the fonds number until the archives have given one.
const NO_FONDS: &str = "X000";
const CATEGORY: &str = "WS";
const UNIT: &str = "HJX";
const PDF_FORMAT: &str = "PDF/A-2a";

#[derive(Args)]
pub struct Arguments {
    /// 选举文件夹，或其中的 election.yaml
    #[arg(value_name = "选举")]
    election: PathBuf,
    /// 档案包的文件名；不写则为 output/选举文件夹名.zip
    #[arg(short, long, value_name = "文件")]
    output: Option<PathBuf>,
    /// 另外查找字体的文件夹（可重复）
    #[arg(long, value_name = "文件夹")]
    font_path: Vec<PathBuf>,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let mut report = Report::new();
    let made = build::make(&arguments.election, &compose::Options::default(), &[Format::Pdf], &arguments.font_path, &mut report);
    let packed = made.map(|made| {
        let packet = packet(&made, &mut report);
        (made, packet)
    });
    show(&report);
    let (made, packet) = match packed {
        Ok((made, Ok(packet))) => (made, packet),
        Ok((_, Err(problem))) => return fail(problem, Outcome::BadInput),
        Err(outcome) => return outcome,
    };
    let target = arguments.output.clone().unwrap_or_else(|| Path::new("output").join(format!("{}.zip", made.dossier.slug())));
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let written = folder
        .map_or(Ok(()), files::create_folder)
        .and_then(|()| bundle::write(&packet, &target, &mut progress()));
    match written {
        Ok(written) => {
            say(&format!(
                "已打包：{}（{} 个文件，{} 字节）\n用 zhangbang verify 可以随时验证。\n",
                written.path.display(),
                written.payload_files,
                written.size
            ));
            Outcome::Done
        }
        Err(problem) => fail(problem, Outcome::BadMachine),
    }
}

/// Shows how far a long packing has come, on a terminal only.
fn progress() -> impl FnMut(u64, u64) {
    let mut shown = 0;
    let visible = std::io::stderr().is_terminal();
    move |done, total| {
        let percent = done * 100 / total.max(1);
        if visible && percent > shown {
            shown = percent;
            let _ = write!(std::io::stderr(), "\r打包 {percent}%{}", if percent == 100 { "\n" } else { "" });
        }
    }
}

/// The packet of all that was made, with its records and catalogues.
fn packet(made: &Made, report: &mut Report) -> Result<Packet, Diagnostic> {
    let default = Archive::default();
    let archive = made.dossier.election.archive.get().unwrap_or(&default);
    let holder = holder(made, archive, report);
    let attachments = attachments(&made.dossier.folder)?;
    let (mut records, mut items) = (Vec::new(), Vec::new());
    let pieces = pieces(made, archive, &attachments);
    let codes = holder.scheme.number(pieces.iter().map(|piece| (piece.year, piece.retention)))?;
    for (piece, code) in pieces.into_iter().zip(codes) {
        let (record, files) = piece.record(code)?;
        records.push(record);
        items.extend(files);
    }
    items.extend(holder.files(&records)?);
    items.push(Item::bytes("归档文件目录.pdf", printed_catalogue(made, &records)?));
    items.extend(sources(made, report));
    let date = format!("{:04}-{:02}-{:02}", holder.date.0, holder.date.1, holder.date.2);
    let info = [
        ("Source-Organization", holder.organisation.clone()),
        ("External-Description", format!("{}换届选举档案", title(made))),
        ("Bagging-Date", date),
        ("Bag-Software-Agent", holder.software.clone()),
    ];
    Ok(Packet {
        name: made.dossier.slug(),
        info: info.into_iter().map(|(label, value)| (label.to_owned(), value)).collect(),
        items,
        sm3: false,
    })
}

/// 淇美社区第六届居民委员会
fn title(made: &Made) -> String {
    let facts = Facts::of(&made.dossier, &made.profile);
    format!("{}{}{}", facts.place, facts.term_name.unwrap_or_default(), facts.words.committee)
}

fn holder(made: &Made, archive: &Archive, report: &mut Report) -> Holder {
    let facts = Facts::of(&made.dossier, &made.profile);
    if archive.fonds.get().is_none() {
        report.push(
            Diagnostic::note("no-fonds", format!("没有写明全宗号，档号里暂用 {NO_FONDS}。"))
                .help("向档案馆（室）问明全宗号后，写在“归档”下的“全宗号”。"),
        );
    }
    let text = |field: Option<&String>, default: &str| field.cloned().unwrap_or_else(|| default.to_owned());
    let date = last_date(made);
    Holder {
        fonds_name: text(archive.fonds_name.get(), &facts.committee_name),
        organisation: facts.committee_name,
        scheme: Scheme {
            fonds: text(archive.fonds.get(), NO_FONDS),
            category: text(archive.category.get(), CATEGORY),
            unit: Some(text(archive.problem.get(), UNIT)),
        },
        date: (date.year().unsigned_abs(), date.month().unsigned_abs(), date.day().unsigned_abs()),
        software: concat!("Zhangbang ", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}

/// The date of the newest document: the packet is made from data, not from a clock.
fn last_date(made: &Made) -> Date {
    let documents = made.composition.documents.iter().filter_map(|composed| composed.document.dated);
    let election_day = made.dossier.election.election_day.value().map(PartialDate::latest);
    documents.chain(election_day).max().unwrap_or(Date::constant(1980, 1, 1))
}

/// Something that becomes one 件: its description and its files.
struct Piece {
    year: u16,
    retention: Retention,
    basis: String,
    reference: String,
    responsible: String,
    title: String,
    date: String,
    pages: Option<u32>,
    access: Access,
    parts: Vec<Part>,
}

struct Part {
    title: String,
    extension: String,
    format: String,
    origin: Origin,
    item: Item,
}

impl Piece {
    fn record(self, code: ArchiveCode) -> Result<(Record, Vec<Item>), Diagnostic> {
        let (mut files, mut items) = (Vec::new(), Vec::new());
        for (n, part) in self.parts.into_iter().enumerate() {
            let mut item = part.item;
            item.path = code.file(&self.title, n + 1, &part.title, &part.extension);
            let (size, sha256) = bundle::measure(&mut item)?;
            files.push(RecordedFile { path: item.path.clone(), size, sha256, format: part.format, origin: part.origin });
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

/// Documents with the originals that belong to them, then the other attachments.
fn pieces(made: &Made, archive: &Archive, attachments: &[Attachment]) -> Vec<Piece> {
    let year = last_date(made).year().unsigned_abs();
    let mut taken = vec![false; attachments.len()];
    let mut pieces: Vec<Piece> = Vec::new();
    for (n, composed) in made.composition.documents.iter().enumerate() {
        let mut piece = document_piece(made, n, composed, archive, year);
        for (attachment, taken) in attachments.iter().zip(&mut taken) {
            if !*taken && attachment.belongs_to(composed) {
                *taken = true;
                piece.parts.push(attachment.part());
            }
        }
        pieces.push(piece);
    }
    let facts = Facts::of(&made.dossier, &made.profile);
    let others = attachments.iter().zip(taken).filter(|(_, taken)| !taken);
    pieces.extend(others.map(|(attachment, _)| Piece {
        year,
        retention: Retention::Permanent,
        basis: "城市社区档案管理办法（换届选举材料）".to_owned(),
        reference: String::new(),
        responsible: facts.election_committee_name.clone(),
        title: attachment.title.clone(),
        date: format!("{year}0000"),
        pages: None,
        access: Access::Internal,
        parts: vec![attachment.part()],
    }));
    pieces
}

fn document_piece(made: &Made, n: usize, composed: &Composed, archive: &Archive, year: u16) -> Piece {
    let document = &composed.document;
    let own = archive.retention.items().iter().find(|own| own.document.get() == Some(&document.id));
    let period = own.and_then(|own| own.period.get()).unwrap_or(&composed.front.retention.period);
    let basis = own.and_then(|own| own.basis.get()).unwrap_or(&composed.front.retention.basis);
    let files = made.files.iter().filter(|file| file.document == n);
    let parts = files.clone().map(|file| Part {
        title: file.title.clone(),
        extension: "pdf".to_owned(),
        format: PDF_FORMAT.to_owned(),
        origin: Origin::Generated,
        item: Item::bytes("", file.bytes.clone()),
    });
    Piece {
        year,
        retention: retention(period),
        basis: basis.clone(),
        reference: document.number.clone().unwrap_or_default(),
        responsible: document.signature.as_ref().map(|signature| signature.issuer.clone()).unwrap_or_default(),
        title: document.title.clone(),
        date: composed.date.map_or_else(|| format!("{year}0000"), eight_digits),
        pages: files.clone().next().and_then(|file| u32::try_from(file.pages).ok()),
        access: match document.audience {
            Audience::Public => Access::Public,
            Audience::Office | Audience::Archive => Access::Internal,
        },
        parts: parts.collect(),
    }
}

/// `20170514`; what is not known is `00`.
fn eight_digits(date: PartialDate) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month().unwrap_or(0), date.day().unwrap_or(0))
}

fn retention(period: &str) -> Retention {
    match period.trim_start_matches("定期") {
        "30年" => Retention::Years30,
        "10年" => Retention::Years10,
        _ => Retention::Permanent,
    }
}

/// A scan or photograph from `attachments/`.
struct Attachment {
    path: PathBuf,
    title: String,
    extension: String,
}

impl Attachment {
    /// A scan is the signed version of a document if it is named after it.
    fn belongs_to(&self, composed: &Composed) -> bool {
        self.title.contains(&composed.front.name) || self.title.starts_with(&composed.front.id)
    }

    fn part(&self) -> Part {
        Part {
            title: self.title.clone(),
            extension: self.extension.clone(),
            format: self.extension.to_uppercase(),
            origin: Origin::Attached,
            item: Item::file("", &self.path),
        }
    }
}

fn attachments(folder: &Path) -> Result<Vec<Attachment>, Diagnostic> {
    let folder = folder.join("attachments");
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut attachments = Vec::new();
    for entry in walkdir::WalkDir::new(&folder).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            Diagnostic::error("cannot-read", format!("附件文件夹读不了：{error}")).in_file(&folder)
        })?;
        let path = entry.path();
        let name = entry.file_name().to_string_lossy();
        // Files that systems leave behind are no originals.
        let litter = name.starts_with('.') || name.starts_with("~$") || matches!(&*name, "Thumbs.db" | "desktop.ini" | "README.md");
        if !entry.file_type().is_file() || litter {
            continue;
        }
        let text = |part: Option<&std::ffi::OsStr>| part.map(|part| part.to_string_lossy().into_owned()).unwrap_or_default();
        attachments.push(Attachment {
            title: text(path.file_stem()),
            extension: text(path.extension()).to_lowercase(),
            path: path.to_owned(),
        });
    }
    Ok(attachments)
}

/// The catalogue for reading on paper.
fn printed_catalogue(made: &Made, records: &[Record]) -> Result<Vec<u8>, Diagnostic> {
    let head = bundle::COLUMNS.iter().map(|name| Text::plain(*name)).collect::<Vec<_>>();
    let rows = records.iter().enumerate().map(|(n, record)| {
        [
            (n + 1).to_string(),
            record.code.to_string(),
            record.reference.clone(),
            record.responsible.clone(),
            record.title.clone(),
            record.date.clone(),
            record.secrecy.clone(),
            record.pages.map(|pages| pages.to_string()).unwrap_or_default(),
            record.remark.clone(),
        ]
        .map(Text::plain)
        .to_vec()
    });
    let columns = head.iter().map(|_| Column { align: Align::Center, width: 0 }).collect();
    let table = Table { columns, rows: rows.collect(), head }.measured();
    let document = Document {
        id: "archive-catalogue".to_owned(),
        title: format!("{}换届选举归档文件目录", title(made)),
        title_lines: vec![title(made), "换届选举归档文件目录".to_owned()],
        number: None,
        addressee: None,
        blocks: vec![Block::Table(table)],
        signature: None,
        audience: Audience::Office,
        dated: Some(last_date(made)),
        draft: false,
    };
    let mut pdfs = made.typesetter.pdfs(&[Job { document: &document, layout: "catalogue" }]).map_err(|mut problems| problems.remove(0))?;
    Ok(pdfs.remove(0).bytes)
}

/// What the documents were made from, so that they can be made again.
fn sources(made: &Made, report: &Report) -> Vec<Item> {
    let Dossier { source, roll, .. } = &made.dossier;
    let mut items = vec![
        Item::bytes(format!("{OTHERS}源数据/election.yaml"), source.text.clone()),
        Item::bytes(format!("{OTHERS}检查报告.json"), pretty(&report.to_json_below(&made.dossier.folder))),
        Item::bytes(format!("{OTHERS}生成记录.json"), pretty(&provenance(made))),
    ];
    if let Some(roll) = roll {
        // The roll may hold personal data: it lies in the internal part.
        let extension = roll.path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        items.push(Item::file(format!("{OTHERS}内部/选民名册.{extension}"), &roll.path));
    }
    items
}

fn pretty(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}

/// Program, law and fonts, by which the same bytes can be made again.
fn provenance(made: &Made) -> serde_json::Value {
    let mut hashes = BTreeMap::new();
    let mut fonts = Vec::new();
    for face in made.typesetter.fonts().faces() {
        let Some(bytes) = face.used_bytes() else { continue };
        let sha256 = hashes.entry(&face.path).or_insert_with(|| bundle::sha256(&bytes));
        let file = face.path.file_name().unwrap_or_default().to_string_lossy();
        fonts.push(serde_json::json!({
            "role": face.title, "family": face.family, "file": file, "sha256": sha256,
        }));
    }
    serde_json::json!({
        "software": concat!("Zhangbang ", env!("CARGO_PKG_VERSION")),
        "profile": made.profile.id,
        "fonts": fonts,
    })
}
