//! One view of a package, whether it is a folder, a zip or a tar file.
//!
//! Nothing is ever unpacked: files are listed first, judged by their names and
//! sizes, and then read as streams. Whatever a hostile package states about
//! itself is bounded before it is believed.

mod folder;
mod tar;
mod zip;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::checklist::{Finding, Group, Item};
use super::manifest::PAYLOAD;
use super::names;
use super::probe::is_program;
use crate::diagnostic::Diagnostic;
use crate::files;
use crate::number::sized;

/// What a package may ask of this machine.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Files and folders in one package.
    pub entries: usize,
    /// Bytes that may be unpacked whatever the ratio.
    pub unpacked: u64,
    /// Beyond that: how many times its own size a package may unpack to.
    pub ratio: u64,
    /// Bytes of a tag file or catalogue, which is read into memory.
    pub text: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { entries: 200_000, unpacked: 1 << 30, ratio: 200, text: 64 << 20 }
    }
}

pub(super) const ESCAPE: Item = Item::new("B5", Group::Structure, "路径不越出包外");
pub(super) const NAMES: Item = Item::new("B6", Group::Structure, "名称通用且不相冲突");
pub(super) const FORM: Item = Item::new("B7", Group::Structure, "容器完好");

/// Why a package cannot be looked into.
#[derive(Debug)]
pub(super) enum Failure {
    /// The machine failed, not the package.
    Machine(Diagnostic),
    /// The package is damaged or hostile, by the check named.
    Refused(Item, Vec<Finding>),
}

/// How the files of a package are kept together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Folder,
    Zip,
    Tar,
}

impl Form {
    /// As it stands in the JSON report.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::Zip => "zip",
            Self::Tar => "tar",
        }
    }

    /// By what the file holds, not by its name.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        if std::fs::metadata(path)?.is_dir() {
            return Ok(Self::Folder);
        }
        let mut head = Vec::new();
        files::open(path)?.take(512).read_to_end(&mut head)?;
        if head.starts_with(b"PK") {
            Ok(Self::Zip)
        } else if tar::is_header(&head) {
            Ok(Self::Tar)
        } else {
            let is_other = [b"Rar!".as_slice(), b"7z\xbc\xaf", &[0x1f, 0x8b]]
                .iter()
                .any(|mark| head.starts_with(mark));
            let advice = if is_other {
                "：这种压缩文件请先解开，再验证解出的文件夹或 zip 文件"
            } else {
                ""
            };
            Err(bad(format!("不是文件夹、zip 文件或 tar 文件{advice}")))
        }
    }
}

/// A listed package.
#[derive(Debug)]
pub(super) struct Container {
    pub form: Form,
    /// Name of the one folder at the top; empty if the files lie at the top themselves.
    pub base: String,
    /// The files, by their path from that folder.
    pub files: BTreeMap<String, Entry>,
    /// Whether there is a `data` folder, be it empty.
    pub has_payload_folder: bool,
    /// Doubtful, yet no reason to refuse.
    pub warnings: Vec<Finding>,
    /// What the comment of a zip file says, and how many bytes lie before its end record.
    pub seal: Option<(Vec<u8>, u64)>,
    path: PathBuf,
}

/// A file in a package.
#[derive(Debug)]
pub(super) struct Entry {
    pub size: u64,
    place: Place,
}

#[derive(Debug)]
enum Place {
    /// A file of its own.
    File(PathBuf),
    /// A stretch of the container.
    Stretch { offset: u64, length: u64, packing: Packing },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    Tar,
    Stored { crc: u32 },
    Deflated { crc: u32 },
}

/// What the reader of one form found, before it is judged.
#[derive(Debug, Default)]
struct Listing {
    entries: Vec<Listed>,
    warnings: Vec<Finding>,
    seal: Option<(Vec<u8>, u64)>,
}

#[derive(Debug)]
struct Listed {
    path: String,
    what: What,
}

#[derive(Debug)]
enum What {
    File(Entry),
    Folder,
    Link,
    Other,
}

impl Container {
    /// Lists the package at `path`, and refuses one that no system could
    /// unpack safely and completely.
    pub(super) fn open(path: &Path, limits: &Limits) -> Result<Self, Failure> {
        let failed = |error: io::Error| match is_bad(&error) {
            true => Failure::Refused(FORM, vec![Finding::fail(reason(&error))]),
            false => Failure::Machine(files::read_error(path, &error)),
        };
        let form = Form::of(path).map_err(failed)?;
        let listing = match form {
            Form::Folder => folder::list(path, limits),
            Form::Zip => files::open(path).and_then(|file| zip::list(file, limits)),
            Form::Tar => files::open(path).and_then(|file| tar::list(file, limits)),
        };
        Self::arrange(path, form, listing.map_err(failed)?)
    }

    fn arrange(path: &Path, form: Form, mut listing: Listing) -> Result<Self, Failure> {
        refuse(ESCAPE, listing.entries.iter().filter_map(unsafe_entry).collect())?;
        refuse(NAMES, duplicates(&listing.entries))?;
        listing.leave_out_litter(form);
        let way = listing.way_to_bag(form)?;
        let base = match way.rsplit('/').next() {
            Some("") | None if form == Form::Folder => own_name(path),
            last => last.unwrap_or_default().to_owned(),
        };
        let mut files = BTreeMap::new();
        let mut has_payload_folder = false;
        for Listed { path, what } in listing.entries {
            let path = inside(&path, &way);
            has_payload_folder |= path.split_once('/').map_or(path, |(top, _)| top) == "data";
            if let What::File(entry) = what {
                files.insert(path.to_owned(), entry);
            }
        }
        let Listing { warnings, seal, .. } = listing;
        let path = path.into();
        let mut container = Self { form, base, files, has_payload_folder, warnings, seal, path };
        container.judge_collisions()?;
        Ok(container)
    }

    /// A zip whose files fall on one another when unpacked on Windows or macOS
    /// is refused; a folder that exists as it is only deserves a warning.
    fn judge_collisions(&mut self) -> Result<(), Failure> {
        let collide = |(one, other): (String, String)| {
            let message = format!("与 {one} 在部分系统上是同一个名称");
            Finding::fail_if(self.form != Form::Folder, message).of(other)
        };
        let findings = names::collisions(self.files.keys().map(String::as_str));
        let findings: Vec<_> = findings.into_iter().map(collide).collect();
        if self.form != Form::Folder {
            return refuse(NAMES, findings);
        }
        self.warnings.extend(findings);
        Ok(())
    }

    /// Opens a file of the package. The stream ends with an error unless it has
    /// exactly the listed length and, in a zip, the listed check value.
    pub(super) fn read(&self, entry: &Entry) -> io::Result<Box<dyn Read>> {
        let (offset, length, packing) = match &entry.place {
            Place::File(path) => {
                return Ok(Box::new(Exact::new(File::open(path)?, entry.size, None)));
            }
            Place::Stretch { offset, length, packing } => (*offset, *length, *packing),
        };
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(offset))?;
        let stretch = file.take(length);
        Ok(match packing {
            Packing::Tar => Box::new(Exact::new(stretch, entry.size, None)),
            Packing::Stored { crc } => Box::new(Exact::new(stretch, entry.size, Some(crc))),
            Packing::Deflated { crc } => {
                let stretch = BufReader::with_capacity(64 * 1024, stretch);
                Box::new(Exact::new(Inflate::new(stretch), entry.size, Some(crc)))
            }
        })
    }

    /// The whole of a small file.
    pub(super) fn read_whole(&self, entry: &Entry, limits: &Limits) -> io::Result<Vec<u8>> {
        if entry.size > limits.text {
            return Err(bad(format!("有 {} 字节，大得不合常理", entry.size)));
        }
        let mut bytes = Vec::new();
        self.read(entry)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// The first `length` bytes of the container itself.
    pub(super) fn read_raw(&self, length: u64) -> io::Result<impl Read> {
        Ok(Exact::new(File::open(&self.path)?.take(length), length, None))
    }
}

/// The payload files that `wanted` names, by their path below `data/`.
///
/// # Errors
/// Why they cannot be read, in plain words.
pub fn payload(
    package: &Path,
    limits: &Limits,
    wanted: impl Fn(&str) -> bool,
) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let below = |path: &str| path.strip_prefix(PAYLOAD).map(str::to_owned);
    let found = texts(package, limits, |path| below(path).is_some_and(|path| wanted(&path)))?;
    Ok(found.into_iter().filter_map(|(path, bytes)| Some((below(&path)?, bytes))).collect())
}

/// The files that `wanted` names, by their path from the base folder. Meant for the few
/// small files that a program reads back; nothing is unpacked.
///
/// # Errors
/// Why they cannot be read, in plain words.
pub fn texts(
    package: &Path,
    limits: &Limits,
    wanted: impl Fn(&str) -> bool,
) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let container = Container::open(package, limits).map_err(|failure| match failure {
        Failure::Machine(told) => told.message,
        Failure::Refused(_, findings) => {
            findings.into_iter().map(|finding| finding.message).next().unwrap_or_default()
        }
    })?;
    let mut room = limits.text;
    let mut found = BTreeMap::new();
    for (path, entry) in &container.files {
        let path = names::composed(path);
        if !wanted(&path) {
            continue;
        }
        room = room.checked_sub(entry.size).ok_or("源数据大得不合常理")?;
        let bytes = container.read_whole(entry, limits).map_err(|error| reason(&error))?;
        found.insert(path.into_owned(), bytes);
    }
    Ok(found)
}

fn refuse(item: Item, findings: Vec<Finding>) -> Result<(), Failure> {
    if findings.is_empty() { Ok(()) } else { Err(Failure::Refused(item, findings)) }
}

fn unsafe_entry(entry: &Listed) -> Option<Finding> {
    let why = match entry.what {
        What::Link => Some("是链接，可能指到包外"),
        What::Other => Some("不是普通文件"),
        _ => names::escapes(&entry.path)
            .or_else(|| names::irregular(&entry.path))
            .or_else(|| names::excessive(&entry.path)),
    };
    why.map(|why| Finding::fail(format!("路径{why}")).of(&entry.path))
}

fn duplicates(entries: &[Listed]) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    let again = entries.iter().filter(|entry| !seen.insert(entry.path.as_str()));
    again.map(|entry| Finding::fail("同一路径出现了两次").of(&entry.path)).collect()
}

fn own_name(path: &Path) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.into());
    absolute.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Files that systems leave behind in every folder that somebody looks into.
pub fn is_litter(path: &str) -> bool {
    const NAMES: [&str; 4] = ["thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store"];
    let name = path.rsplit('/').next().unwrap_or_default();
    // What a Mac remembers of a file bears its name; of a program none is kept.
    NAMES.iter().any(|litter| name.eq_ignore_ascii_case(litter))
        || name.starts_with("._") && !is_program(name)
}

impl Listing {
    /// Takes out what a Mac packs beside a folder, and what systems leave above one.
    /// Whatever else lies there is judged like all the rest.
    fn leave_out_litter(&mut self, form: Form) {
        const OF_MAC: &str = "__MACOSX";
        let is_left_out = |entry: &Listed| {
            let top = entry.path.split('/').next().unwrap_or_default();
            let is_of_mac = top == OF_MAC && matches!(entry.what, What::Folder);
            let is_beside = top == OF_MAC || top == entry.path;
            form != Form::Folder && (is_of_mac || is_beside && is_litter(&entry.path))
        };
        let before = self.entries.len();
        self.entries.retain(|entry| !is_left_out(entry));
        let count = before - self.entries.len();
        if count > 0 {
            let message = format!(
                "{count} 项是系统在重新压缩时加进去的（{OF_MAC} 等），与档案无关，没有检验"
            );
            self.warnings.push(Finding::warning(message));
        }
    }

    /// The folder that all entries share and in which the bag lies; empty if it lies at
    /// the top.
    fn way_to_bag(&mut self, form: Form) -> Result<String, Failure> {
        const MARK: &str = "bagit.txt";
        let marks = self.entries.iter().filter_map(|entry| entry.path.strip_suffix(MARK));
        let mut folders = marks.filter(|folder| folder.is_empty() || folder.ends_with('/'));
        let is_shared = |folder: &&str| {
            let is_within =
                |path: &str| path.starts_with(folder) || folder.starts_with(&format!("{path}/"));
            self.entries.iter().all(|entry| is_within(&entry.path) || is_litter(&entry.path))
        };
        let found = folders.find(is_shared).map(|folder| folder.trim_end_matches('/').to_owned());
        let depth = usize::from(form != Form::Folder);
        match found {
            Some(way) => {
                if way.split('/').filter(|part| !part.is_empty()).count() > depth {
                    let message = format!("外面多套了文件夹：档案包是里面的“{way}”");
                    self.warnings.push(Finding::warning(message));
                }
                Ok(way)
            }
            None if form == Form::Folder => Ok(String::new()),
            None => common_folder(&self.entries),
        }
    }
}

/// The one top folder of what is no bag.
fn common_folder(entries: &[Listed]) -> Result<String, Failure> {
    let tops: BTreeSet<&str> =
        entries.iter().filter_map(|entry| entry.path.split('/').next()).collect();
    let packed = |top: &str| {
        let ending = top.rsplit_once('.').map_or("", |(_, ending)| ending);
        ["zip", "rar", "7z", "tar"].iter().any(|kind| ending.eq_ignore_ascii_case(kind))
    };
    let message = match Vec::from_iter(tops)[..] {
        [] => "里面没有文件".to_owned(),
        [top] if packed(top) => {
            format!("里面是另一个压缩文件“{top}”：请先解开，再验证里面的那一个")
        }
        [top] => return Ok(top.to_owned()),
        ref tops => {
            format!("顶层应当恰有一个文件夹，实有 {} 项：请从中找出档案包，单独验证", tops.len())
        }
    };
    Err(Failure::Refused(FORM, vec![Finding::fail(message)]))
}

/// A path from the folder of the bag.
fn inside<'a>(path: &'a str, way: &str) -> &'a str {
    if way.is_empty() {
        return path;
    }
    path.strip_prefix(way).and_then(|rest| rest.strip_prefix('/')).unwrap_or(path)
}

/// An error of the package, not of the machine.
fn bad(message: impl Into<String>) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, message.into())
}

fn is_bad(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::InvalidData | ErrorKind::UnexpectedEof)
}

/// What an error met while reading a package means to a user.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::UnexpectedEof => "文件不完整，后面缺了一截".into(),
        ErrorKind::InvalidData => error.to_string(),
        _ => files::reason(error),
    }
}

/// A stream that must have exactly the listed length and check value.
struct Exact<R> {
    inner: R,
    left: u64,
    crc: Option<(flate2::Crc, u32)>,
}

impl<R: Read> Exact<R> {
    fn new(inner: R, size: u64, crc: Option<u32>) -> Self {
        Self { inner, left: size, crc: crc.map(|crc| (flate2::Crc::new(), crc)) }
    }

    fn end(&mut self) -> io::Result<usize> {
        if self.inner.read(&mut [0])? != 0 {
            return Err(bad("比所记的长度更长"));
        }
        match self.crc.take() {
            Some((crc, expected)) if crc.sum() != expected => Err(bad("CRC 校验值不符")),
            _ => Ok(0),
        }
    }
}

impl<R: Read> Read for Exact<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        if self.left == 0 {
            return self.end();
        }
        let room = usize::try_from(self.left).map_or(buffer.len(), |left| left.min(buffer.len()));
        let count = self.inner.read(&mut buffer[..room])?;
        if count == 0 {
            return Err(bad("比所记的长度更短"));
        }
        if let Some((crc, _)) = &mut self.crc {
            crc.update(&buffer[..count]);
        }
        self.left -= count as u64;
        Ok(count)
    }
}

/// Unpacks a deflated stretch. Unlike the ready-made decoders it insists that
/// the stream comes to its proper end, and that nothing follows.
struct Inflate<R> {
    inner: R,
    state: flate2::Decompress,
    ended: bool,
}

impl<R: BufRead> Inflate<R> {
    fn new(inner: R) -> Self {
        Self { inner, state: flate2::Decompress::new(false), ended: false }
    }
}

impl<R: BufRead> Read for Inflate<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !self.ended {
            let input = self.inner.fill_buf()?;
            let at_end = input.is_empty();
            let (taken, given) = (self.state.total_in(), self.state.total_out());
            let status = self
                .state
                .decompress(input, buffer, flate2::FlushDecompress::None)
                .map_err(|_| bad("压缩数据已损坏"))?;
            let consumed = sized(self.state.total_in() - taken);
            let produced = sized(self.state.total_out() - given);
            self.inner.consume(consumed);
            self.ended = status == flate2::Status::StreamEnd;
            if produced > 0 {
                return Ok(produced);
            }
            if !self.ended && (at_end || consumed == 0) {
                return Err(bad("压缩数据不完整"));
            }
        }
        if self.inner.fill_buf()?.is_empty() {
            Ok(0)
        } else {
            Err(bad("压缩数据之后还有内容"))
        }
    }
}
