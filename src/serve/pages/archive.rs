//! Scans and packets: what was handed in, what is lacking, the packet made and
//! verified.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use minijinja::context;
use minijinja::value::{Serde, Value};
use serde::Serialize;

use super::frame;
use crate::archive::{self, Depth, Scope};
use crate::bag::signature::Trusted;
use crate::bag::{self, Verdict, Verification, names};
use crate::diagnostic::{Diagnostic, Report};
use crate::files;
use crate::make::{self, Order, Parcel};
use crate::privacy;
use crate::serve::change::COPIES;
use crate::serve::desk::{Desk, Opened, id_of, lock};
use crate::serve::notes::Note;
use crate::serve::web::{Asked, Reply, Trouble, Upload};

/// A packing that goes on, or is done.
#[derive(Default)]
pub(in crate::serve) struct Work {
    is_going_on: AtomicBool,
    done: AtomicU64,
    total: AtomicU64,
    result: Mutex<Option<Packed>>,
}

/// What came of it.
#[derive(Clone, Debug, Serialize)]
struct Packed {
    notes: Vec<Note>,
    /// Where the packet lies, if one was made.
    place: Option<String>,
    /// By what it is known again.
    seals: Vec<(String, String)>,
    files: u64,
    checks: Option<Checked>,
}

/// A verification in words.
#[derive(Clone, Debug, Serialize)]
struct Checked {
    package: String,
    passed: bool,
    conclusion: String,
    checks: Vec<Line>,
}

#[derive(Clone, Debug, Serialize)]
struct Line {
    title: &'static str,
    verdict: &'static str,
    is_bad: bool,
    message: String,
}

impl Checked {
    fn of(verification: &Verification) -> Self {
        let line = |check: &bag::Check| Line {
            title: check.title,
            verdict: check.verdict.name(),
            is_bad: check.verdict == Verdict::Fail,
            message: match &check.file {
                Some(file) => privacy::mask(&format!("{file}：{}", check.message)).into_owned(),
                None => privacy::mask(&check.message).into_owned(),
            },
        };
        Self {
            package: privacy::mask(&verification.package).into_owned(),
            passed: verification.passed(),
            conclusion: verification.conclusion(),
            checks: verification.checks.iter().map(line).collect(),
        }
    }
}

pub(super) fn page(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let (opened, stand) = frame::stand(desk, asked)?;
    let documents = stand.folder.as_ref().map(|folder| {
        let composition = folder.compose(&Order::of_records().documents, &mut Report::new());
        composition.documents
    });
    let scans = archive::handed_in(&opened.folder, documents.as_deref().unwrap_or_default())?;
    let (with, without): (Vec<_>, Vec<_>) =
        scans.into_iter().partition(|scan| scan.document.is_some());
    let scan = |scan: &archive::Scan| {
        let id = id_of(&scan.path);
        context! { id, name => scan.name.clone(), document => scan.document.clone() }
    };
    let originals = with.iter().map(scan).collect::<Vec<_>>();
    let others = without.iter().map(scan).collect::<Vec<_>>();
    let lacking: Vec<String> = documents
        .iter()
        .flatten()
        .filter(|made| made.document.audience == crate::compose::document::Audience::Public)
        .map(|made| made.front.name.clone())
        .filter(|name| !with.iter().any(|scan| scan.document.as_ref() == Some(name)))
        .collect();
    let work = &opened.work;
    let result = lock(&work.result).clone();
    let known: Vec<String> =
        documents.iter().flatten().map(|made| made.front.name.clone()).collect();
    let view = context! {
        known,
        originals,
        others,
        lacking,
        is_going_on => work.is_going_on.load(Ordering::Acquire),
        percent => work.percent(),
        result => result.map(|result| Value::from(Serde(&result))),
        errors => stand.report.count(crate::diagnostic::Severity::Error),
    };
    Ok(frame::show(desk, &opened, &stand, asked, "archive.html", "archive", view))
}

/// Takes scans in. Nothing is overwritten.
pub(super) fn bring(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let opened = frame::opened(desk, asked)?;
    if asked.files.is_empty() {
        return Err(Diagnostic::error("upload", "没有选文件。")
            .help("请先选扫描件，再按按钮。")
            .into());
    }
    for upload in &asked.files {
        let is_kept = KINDS.iter().any(|kind| upload.name.to_lowercase().ends_with(kind));
        if !is_kept || upload.bytes.is_empty() {
            let message = format!(
                "“{}”是空的，或不是扫描件、照片和文档，没有收下。",
                privacy::mask(&upload.name)
            );
            return Err(Diagnostic::error("upload", message)
                .help("收 PDF、图片、Word、Excel、音像文件；请看过文件再放。")
                .into());
        }
    }
    for upload in &asked.files {
        let (stem, ending) = upload.name.rsplit_once('.').unwrap_or((&upload.name, ""));
        let same = |path: &Path| std::fs::read(path).is_ok_and(|old| old == upload.bytes);
        let place = places(&opened, stem, ending).find(|path| !path.exists() || same(path));
        if let Some(place) = place {
            files::write_private(&place, &upload.bytes)?;
        }
    }
    Ok(Reply::see("/archive"))
}

/// Where a scan of this name may lie.
fn places(opened: &Opened, stem: &str, ending: &str) -> impl Iterator<Item = PathBuf> {
    let (stem, ending) = (names::from_title(stem), names::from_title(ending));
    let folder = opened.folder.join(archive::ATTACHMENTS);
    (1..).map(move |n: u32| match n {
        1 => folder.join(format!("{stem}.{ending}")),
        n => folder.join(format!("{stem} ({n}).{ending}")),
    })
}

/// Names a scan after the document whose original it is.
pub(super) fn assign(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let opened = frame::opened(desk, asked)?;
    let scan = scan(&opened, asked)?;
    let document = asked.get(&format!("document {}", id_of(&scan.path))).unwrap_or_default();
    if document.is_empty() {
        let unsaid = Diagnostic::error("page", "还没有选是哪一份文件。");
        return Err(unsaid.help("请返回，先选文件，再按“是它的原件”。").into());
    }
    let ending = scan.path.extension().unwrap_or_default().to_string_lossy();
    let place = places(&opened, document, &ending).find(|path| !path.exists());
    if let Some(place) = place {
        std::fs::rename(&scan.path, &place)
            .map_err(|error| files::write_error(&scan.path, &error))?;
        let (was, is) = (files::name_of(&scan.path), files::name_of(&place));
        opened.say(format!("“{}”改名为“{is}”。", privacy::mask(&was)));
    }
    Ok(Reply::see("/archive"))
}

/// The scan that is meant.
fn scan(opened: &Opened, asked: &Asked) -> Result<archive::Scan, Diagnostic> {
    let scans = archive::handed_in(&opened.folder, &[])?;
    let wanted = asked.get("scan").unwrap_or_default();
    let scan = scans.into_iter().find(|scan| id_of(&scan.path) == wanted);
    scan.ok_or_else(|| Diagnostic::error("page", "这个文件已经不在了。"))
}

/// Takes a scan out: it is kept beside the other copies.
pub(super) fn remove(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let opened = frame::opened(desk, asked)?;
    let scan = scan(&opened, asked)?;
    let name = files::name_of(&scan.path);
    let bytes = std::fs::read(&scan.path).map_err(|error| files::read_error(&scan.path, &error))?;
    files::write_private(&opened.folder.join(COPIES).join(&name), &bytes)?;
    std::fs::remove_file(&scan.path).map_err(|error| files::write_error(&scan.path, &error))?;
    opened.say(format!("“{}”移到了“备份”里。", privacy::mask(&name)));
    Ok(Reply::see("/archive"))
}

/// Opens the folder in which packets lie.
pub(super) fn show(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let opened = frame::opened(desk, asked)?;
    let folder = opened.folder.join(OUTPUT);
    if !folder.is_dir() || opener::open(&folder).is_err() {
        opened.say(format!("打不开文件夹，请自己打开：{}", folder.display()));
    }
    Ok(Reply::see("/archive#packet"))
}

/// Begins to make the packet; the page tells how far it has come.
pub(super) fn pack(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let opened = frame::opened(desk, asked)?;
    let scope = match asked.get("scope") {
        Some("public") => Scope::Public,
        _ => Scope::Whole,
    };
    if !opened.work.is_going_on.swap(true, Ordering::AcqRel) {
        opened.work.begin();
        let (opened, work) = (opened.clone(), opened.work.clone());
        let packing = move || {
            let packed = packed(&opened, scope).unwrap_or_else(|report| Packed::failed(&report));
            *lock(&work.result) = Some(packed);
        };
        let ended = Ended(desk.opened().map(|opened| opened.work.clone()));
        let builder = std::thread::Builder::new().stack_size(super::super::STACK);
        let started = builder.spawn(move || {
            // Told even if the packing breaks off.
            let _ended = ended;
            packing();
        });
        started.map_err(|error| files::write_error(Path::new("."), &error))?;
    }
    Ok(Reply::see("/archive"))
}

/// Says that a packing is over, whatever became of it.
struct Ended(Option<Arc<Work>>);

impl Drop for Ended {
    fn drop(&mut self) {
        if let Some(work) = &self.0 {
            work.is_going_on.store(false, Ordering::Release);
        }
    }
}

impl Work {
    fn begin(&self) {
        self.done.store(0, Ordering::Relaxed);
        self.total.store(0, Ordering::Relaxed);
        *lock(&self.result) = None;
    }

    fn tell(&self, done: u64, total: u64) {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    fn percent(&self) -> u64 {
        let total = self.total.load(Ordering::Relaxed).max(1);
        self.done.load(Ordering::Relaxed) * 100 / total
    }
}

impl Packed {
    fn failed(report: &Report) -> Self {
        let notes = report.iter().map(Note::of).collect();
        Self { notes, place: None, seals: Vec::new(), files: 0, checks: None }
    }
}

/// What an archive takes: papers, pictures, tables, sound and film.
const KINDS: [&str; 22] = [
    ".pdf", ".ofd", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".heic", ".doc", ".docx",
    ".wps", ".xls", ".xlsx", ".et", ".csv", ".txt", ".mp3", ".wav", ".mp4", ".mov", ".zip",
];

/// Where packets are laid.
const OUTPUT: &str = "output";

/// Makes the packet as `zhangbang pack` does, and verifies it.
fn packed(opened: &Opened, scope: Scope) -> Result<Packed, Report> {
    let mut report = Report::new();
    let order = Order::of_records();
    let finished = make::from_folder(&opened.folder, &order, opened.fonts(), &mut report);
    let Some(finished) = finished else {
        report.retain(|finding| finding.severity == crate::diagnostic::Severity::Error);
        return Err(report);
    };
    let mut notes = Report::new();
    let target = opened.folder.join(OUTPUT).join(finished.packet_name(scope));
    let parcel = Parcel { scope, ..Parcel::whole(target) };
    let packing = finished.packing(vec![parcel], &report, &mut notes)?;
    let written = packing.write(|done, total| opened.work.tell(done, total))?;
    let mut packed = Packed {
        notes: notes.iter().map(Note::of).collect(),
        place: None,
        seals: Vec::new(),
        files: 0,
        checks: None,
    };
    for parcel in &written {
        let (options, quiet) = (bag::Options::default(), |_, _| {});
        let verification = archive::verify(&parcel.path, Depth::Contents, &options, &quiet)?;
        let seals = parcel.seals.iter().map(|(kind, sum)| (kind.title().into(), sum.to_string()));
        packed.place = Some(parcel.path.display().to_string());
        packed.seals = seals.collect();
        packed.files = parcel.files;
        packed.checks = Some(Checked::of(&verification));
    }
    Ok(packed)
}

/// Verifies a packet that is handed over, whosever it is.
pub(super) fn verify(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let upload = asked.file("file").ok_or_else(|| {
        Diagnostic::error("upload", "没有选文件。").help("请先选一个档案包（.zip），再按按钮。")
    })?;
    let trusted = trusted(asked)?;
    let folder = tempfile::tempdir().map_err(|error| files::write_error(Path::new("."), &error))?;
    let package = folder.path().join(names::from_title(&upload.name));
    files::write_private(&package, &upload.bytes)?;
    let mut verification =
        archive::verify(&package, Depth::Contents, &bag::Options::default(), &|_, _| {})?;
    let text = |upload: &Upload| String::from_utf8_lossy(&upload.bytes).into_owned();
    let signatures = asked.file("signature").map(text);
    archive::check_signatures(&package, signatures.as_deref(), &trusted, &mut verification);
    if let Some(expected) = said(asked, "expect") {
        archive::hold_against(&package, expected, &mut verification);
    }
    if said(asked, "rebuild").is_some() {
        make::rebuild(&package, &desk.fonts, &mut verification);
    }
    let checked = Checked::of(&verification);
    Ok(desk.looks.render("verified.html", context! { checked => Value::from(Serde(&checked)) }))
}

/// What was written into a field, if anything was.
fn said<'a>(asked: &'a Asked, field: &str) -> Option<&'a str> {
    asked.get(field).map(str::trim).filter(|text| !text.is_empty())
}

/// Whose signature is wanted.
fn trusted(asked: &Asked) -> Result<Vec<Trusted>, Diagnostic> {
    let no_key = |what: &str| {
        Diagnostic::error("signing-key", format!("{what}。"))
            .help("公钥是 PEM 格式的文件，公钥指纹是 32 个数字和字母。")
    };
    let key = asked.file("key").map(|upload| {
        let name = upload.name.split('.').next().unwrap_or_default();
        Trusted::parse(name, &String::from_utf8_lossy(&upload.bytes))
            .ok_or_else(|| no_key("选的文件不是 SM2 或 Ed25519 的公钥"))
    });
    let fingerprint = said(asked, "signer")
        .map(|given| Trusted::fingerprint(given).ok_or_else(|| no_key("公钥指纹写得不对")));
    key.into_iter().chain(fingerprint).collect()
}
