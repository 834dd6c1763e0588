//! Writing a packet: a BagIt 1.0 bag in a zip file, the same bytes for the same input.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufWriter, Cursor, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::SystemTime;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::digest::{self, Algorithm, Checksums, Hashers};
use super::manifest::{self, Info, PAYLOAD};
use super::profile::Profile;
use super::{names, seal};
use crate::diagnostic::Diagnostic;
use crate::files::{self, Draft, Readers};

/// What goes into a packet.
#[derive(Clone, Debug)]
pub struct Packet {
    /// What it promises.
    pub profile: &'static Profile,
    /// Name of the one folder at the top, and the bag's `External-Identifier`.
    pub name: String,
    /// Labels and values of `bag-info.txt` in order, without those computed
    /// here: `External-Identifier`, `Payload-Oxum`, `BagIt-Profile-Identifier`.
    pub info: Info,
    pub items: Vec<Item>,
    /// Whether to add a manifest of SM3 checksums (GB/T 32905).
    pub sm3: bool,
    /// Who may read it.
    pub readers: Readers,
}

/// A file of the payload.
#[derive(Clone, Debug)]
pub struct Item {
    /// Path below `data/`, with `/`; composed (NFC) when it is written.
    pub path: String,
    pub content: Content,
    /// SHA-256 in hexadecimal, if it has been recorded somewhere already: the
    /// packet is not written unless the content still is what was recorded.
    pub sha256: Option<String>,
}

impl Item {
    pub fn new(path: impl Into<String>, content: Content) -> Self {
        Self { path: path.into(), content, sha256: None }
    }

    pub fn bytes(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self::new(path, Content::Bytes(bytes.into()))
    }

    pub fn file(path: impl Into<String>, file: impl Into<PathBuf>) -> Self {
        Self::new(path, Content::File(file.into()))
    }
}

/// Where the bytes of an item come from.
#[derive(Clone, Debug)]
pub enum Content {
    Bytes(Vec<u8>),
    /// A file that is copied as it is, in pieces: it may be larger than memory.
    File(PathBuf),
}

/// A packet that has been written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub path: PathBuf,
    /// Size of the zip file.
    pub size: u64,
    pub payload_files: u64,
    pub payload_bytes: u64,
}

/// Writes `packet` to `target`, which afterwards is either the old file or the
/// whole new one. `progress` hears of the payload bytes done and in all.
pub fn write(
    packet: &Packet,
    target: &Path,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Written, Diagnostic> {
    let mut draft = Draft::new(target, packet.readers)?;
    let written = write_to(packet, draft.file(), target, progress)?;
    draft.commit()?;
    Ok(written)
}

/// Writes `packet` to an open file that will be, or become part of, `target`.
pub(super) fn write_to(
    packet: &Packet,
    file: &mut File,
    target: &Path,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Written, Diagnostic> {
    let plan = Plan::of(packet)?;
    Writer::new(&plan, file, progress).write().map_err(|error| match error {
        Trouble::Source(diagnostic) => diagnostic,
        Trouble::Target(error) => files::write_error(target, &error),
    })?;
    let size = seal::put_on(file).map_err(|error| files::write_error(target, &error))?;
    Ok(Written {
        path: target.to_owned(),
        size,
        payload_files: plan.sources.len() as u64,
        payload_bytes: plan.total,
    })
}

/// What is known before the first byte is written.
struct Plan<'a> {
    packet: &'a Packet,
    name: String,
    algorithms: Vec<Algorithm>,
    /// By path from the base folder, so that they are written in order.
    sources: BTreeMap<String, Source<'a>>,
    total: u64,
}

struct Source<'a> {
    item: &'a Item,
    size: u64,
    modified: Option<SystemTime>,
}

impl<'a> Plan<'a> {
    fn of(packet: &'a Packet) -> Result<Self, Diagnostic> {
        let name = names::composed(&packet.name).into_owned();
        if name.is_empty() || name.contains('/') {
            return Err(bad_name(&packet.name, "不能用作文件夹的名称"));
        }
        check_info(&packet.info)?;
        let mut sources = BTreeMap::new();
        for item in &packet.items {
            let path = format!("{PAYLOAD}{}", names::composed(&item.path));
            check_path(&name, &path)?;
            if sources.insert(path, Source::of(item)?).is_some() {
                return Err(bad_name(&item.path, "出现了两次"));
            }
        }
        if let Some((one, other)) = names::collisions(sources.keys().map(String::as_str)).pop() {
            let why = format!("与“{}”在部分系统上是同一个名称", names::shown(&one));
            return Err(bad_name(&other, &why));
        }
        let mut algorithms = vec![Algorithm::Sha256, Algorithm::Sha512];
        algorithms.extend(packet.sm3.then_some(Algorithm::Sm3));
        let total = sources.values().map(|source| source.size).sum();
        Ok(Self { packet, name, algorithms, sources, total })
    }

    /// The labels given, and those that follow from the contents.
    fn info(&self) -> String {
        let mut info = self.packet.info.clone();
        let mut add = |label: &str, value: String| info.push((label.into(), value));
        add("External-Identifier", self.name.clone());
        add("Payload-Oxum", format!("{}.{}", self.total, self.sources.len()));
        add("BagIt-Profile-Identifier", self.packet.profile.identifier.into());
        manifest::format_info(&info)
    }
}

impl<'a> Source<'a> {
    fn of(item: &'a Item) -> Result<Self, Diagnostic> {
        let path = match &item.content {
            Content::Bytes(bytes) => {
                return Ok(Self { item, size: bytes.len() as u64, modified: None });
            }
            Content::File(path) => path,
        };
        let metadata = std::fs::metadata(path).map_err(|error| files::read_error(path, &error))?;
        if !metadata.is_file() {
            let message = "不是普通文件，不能归入档案包";
            return Err(Diagnostic::error("cannot-read", message).in_file(path));
        }
        Ok(Self { item, size: metadata.len(), modified: metadata.modified().ok() })
    }
}

fn check_path(name: &str, path: &str) -> Result<(), Diagnostic> {
    let whole = format!("{name}/{path}");
    let why = names::escapes(path)
        .or_else(|| names::irregular(path))
        .map(str::to_owned)
        .or_else(|| names::unportable(&whole));
    why.map_or(Ok(()), |why| Err(bad_name(path, &why)))
}

fn bad_name(path: &str, why: &str) -> Diagnostic {
    Diagnostic::error("bad-name", format!("档案包中不能有“{}”：{why}", names::shown(path)))
        .help("改名后重试。名称须在 Windows、macOS 和 Linux 上都能使用")
}

fn check_info(info: &[(String, String)]) -> Result<(), Diagnostic> {
    const COMPUTED: [&str; 3] = ["External-Identifier", "Payload-Oxum", "BagIt-Profile-Identifier"];
    for (label, value) in info {
        let computed = COMPUTED.iter().any(|own| own.eq_ignore_ascii_case(label));
        let malformed = label.trim() != label || label.is_empty() || label.contains(':');
        let broken = [label, value].iter().any(|text| text.chars().any(char::is_control));
        if computed || malformed || broken {
            let message = format!("bag-info.txt 中不能写“{}”这一项", names::shown(label));
            return Err(Diagnostic::error("bad-label", message));
        }
    }
    Ok(())
}

/// Which side failed: what is read, or what is written.
enum Trouble {
    Source(Diagnostic),
    Target(io::Error),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Target(error)
    }
}

impl From<zip::result::ZipError> for Trouble {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Target(error.into())
    }
}

struct Writer<'a> {
    plan: &'a Plan<'a>,
    zip: ZipWriter<Sink<'a>>,
    failure: Failure,
    checksums: BTreeMap<String, Checksums>,
    buffer: Vec<u8>,
    trial: Trial,
    done: u64,
    progress: &'a mut dyn FnMut(u64, u64),
}

impl<'a> Writer<'a> {
    fn new(plan: &'a Plan, file: &'a mut File, progress: &'a mut dyn FnMut(u64, u64)) -> Self {
        let failure = Failure::default();
        let zip = ZipWriter::new(Sink::new(file, failure.clone()));
        Self {
            plan,
            zip,
            failure,
            checksums: BTreeMap::new(),
            buffer: vec![0; digest::BLOCK],
            trial: Trial::new(),
            done: 0,
            progress,
        }
    }

    /// In the order of their names: the tag files before `data/`, the payload,
    /// and the manifests, for which all else must have been read.
    fn write(mut self) -> Result<(), Trouble> {
        let info = self.plan.info();
        self.tag_file("README.txt", self.plan.packet.profile.readme)?;
        self.tag_file("bag-info.txt", &info)?;
        self.tag_file("bagit-profile.json", self.plan.packet.profile.text)?;
        self.tag_file("bagit.txt", manifest::DECLARATION)?;
        for (path, source) in &self.plan.sources {
            self.payload(path, source)?;
        }
        self.manifests("manifest", &self.plan.algorithms, |path| path.starts_with(PAYLOAD))?;
        let tag_algorithms = &self.plan.algorithms[..2];
        self.manifests("tagmanifest", tag_algorithms, |path| !path.starts_with(PAYLOAD))?;
        self.zip.finish()?.flush()?;
        Self::check(&self.failure)
    }

    /// Brings up the error that was laid aside, if there is one.
    fn check(failure: &Failure) -> Result<(), Trouble> {
        failure.take().map_or(Ok(()), |error| Err(error.into()))
    }

    /// Writes one manifest for each algorithm. All are made from what lay in
    /// the packet before the first of them: none lists a sister.
    fn manifests(
        &mut self,
        stem: &str,
        algorithms: &[Algorithm],
        lists: fn(&str) -> bool,
    ) -> Result<(), Trouble> {
        let listed = || self.checksums.iter().filter(|(path, _)| lists(path));
        let text = |algorithm: &Algorithm| {
            manifest::format_manifest(
                listed().map(|(path, sums)| (path.as_str(), &sums[algorithm])),
            )
        };
        let texts: Vec<_> = algorithms.iter().map(text).collect();
        for (algorithm, text) in algorithms.iter().zip(texts) {
            self.tag_file(&format!("{stem}-{}.txt", algorithm.name()), &text)?;
        }
        Ok(())
    }

    fn tag_file(&mut self, path: &str, text: &str) -> Result<(), Trouble> {
        self.start(path, CompressionMethod::Deflated, text.len() as u64)?;
        self.zip.write_all(text.as_bytes())?;
        let mut hashers = Hashers::new(self.plan.algorithms.iter().copied());
        hashers.update(text.as_bytes());
        self.checksums.insert(path.to_owned(), hashers.finish());
        Ok(())
    }

    fn payload(&mut self, path: &str, source: &Source) -> Result<(), Trouble> {
        let checksums = match &source.item.content {
            Content::Bytes(bytes) => self.pack(path, Cursor::new(bytes), source)?,
            Content::File(file) => self.pack_file(path, file, source)?,
        };
        let expected = source.item.sha256.as_deref();
        if expected.is_some_and(|sum| sum != checksums[&Algorithm::Sha256].to_string()) {
            return Err(changed(source));
        }
        self.checksums.insert(path.to_owned(), checksums);
        Ok(())
    }

    fn pack_file(
        &mut self,
        path: &str,
        file: &Path,
        source: &Source,
    ) -> Result<Checksums, Trouble> {
        let unreadable = |error| unreadable(source, &error);
        let mut file = files::open(file).map_err(unreadable)?;
        let checksums = self.pack(path, &mut file, source)?;
        let after = file.metadata().map_err(unreadable)?;
        match after.len() == source.size && after.modified().ok() == source.modified {
            true => Ok(checksums),
            false => Err(changed(source)),
        }
    }

    fn pack(
        &mut self,
        path: &str,
        mut reader: impl Read + Seek,
        source: &Source,
    ) -> Result<Checksums, Trouble> {
        let shrinks = self.trial.shrinks(&mut reader, source.size);
        let method = match shrinks.map_err(|error| unreadable(source, &error))? {
            true => CompressionMethod::Deflated,
            false => CompressionMethod::Stored,
        };
        self.start(path, method, source.size)?;
        self.copy(&mut reader, source)
    }

    /// Copies and computes all checksums in one pass over each block.
    fn copy(&mut self, reader: &mut impl Read, source: &Source) -> Result<Checksums, Trouble> {
        let mut hashers = Hashers::new(self.plan.algorithms.iter().copied());
        let mut left = source.size;
        loop {
            let count = match reader.read(&mut self.buffer) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(unreadable(source, &error)),
            };
            left = left.checked_sub(count as u64).ok_or_else(|| changed(source))?;
            hashers.update(&self.buffer[..count]);
            self.zip.write_all(&self.buffer[..count])?;
            Self::check(&self.failure)?;
            self.done += count as u64;
            (self.progress)(self.done, self.plan.total);
        }
        if left == 0 { Ok(hashers.finish()) } else { Err(changed(source)) }
    }

    fn start(&mut self, path: &str, method: CompressionMethod, size: u64) -> Result<(), Trouble> {
        // Deflate may add a little, so files near the limit count as large.
        const LARGE: u64 = 0xff00_0000;
        let options = SimpleFileOptions::default()
            // The same on every system.
            .system(System::Unix)
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644)
            .large_file(size >= LARGE);
        Ok(self.zip.start_file(format!("{}/{path}", self.plan.name), options)?)
    }
}

/// Tells whether deflating is worth its time. It is kept from file to file: glibc does not
/// use again what it gave aligned, as each new deflate asks for it.
struct Trial {
    sample: Vec<u8>,
    packer: DeflateEncoder<io::Sink>,
}

impl Trial {
    fn new() -> Self {
        Self { sample: Vec::new(), packer: DeflateEncoder::new(io::sink(), Compression::default()) }
    }

    /// Tried on pieces from the beginning, the middle and the end: photographs and scans
    /// only cost time, whatever the name of their format. The reader is left at its
    /// beginning.
    fn shrinks(&mut self, reader: &mut (impl Read + Seek), size: u64) -> io::Result<bool> {
        const PIECE: u64 = 64 * 1024;
        let last = size.saturating_sub(PIECE);
        self.sample.clear();
        for at in BTreeSet::from([0, last / 2, last]) {
            reader.seek(SeekFrom::Start(at))?;
            reader.take(PIECE).read_to_end(&mut self.sample)?;
        }
        reader.seek(SeekFrom::Start(0))?;
        self.packer.write_all(&self.sample)?;
        self.packer.try_finish()?;
        let packed = self.packer.total_out();
        self.packer.reset(io::sink())?;
        Ok(packed < self.sample.len() as u64 / 10 * 9)
    }
}

fn unreadable(source: &Source, error: &io::Error) -> Trouble {
    match &source.item.content {
        Content::File(path) => Trouble::Source(files::read_error(path, error)),
        Content::Bytes(_) => changed(source),
    }
}

fn changed(source: &Source) -> Trouble {
    let message = format!("“{}”在打包期间或登记之后被改动了", names::shown(&source.item.path));
    let told =
        Diagnostic::error("source-changed", message).help("请关闭正在使用它的程序，再打包一次");
    Trouble::Source(match &source.item.content {
        Content::File(path) => told.in_file(path),
        Content::Bytes(_) => told,
    })
}

/// A file that never fails on the zip writer's side. Told of a failure, that
/// writer would try to finish its file when it is dropped, and complain on the
/// terminal that it cannot: of a file which is being thrown away. So the first
/// error is laid aside for [`Writer::check`], and the rest goes nowhere.
struct Sink<'a> {
    file: BufWriter<&'a mut File>,
    position: u64,
    length: u64,
    failure: Failure,
}

type Failure = Rc<RefCell<Option<io::Error>>>;

impl<'a> Sink<'a> {
    fn new(file: &'a mut File, failure: Failure) -> Self {
        let file = BufWriter::with_capacity(1 << 20, file);
        Self { file, position: 0, length: 0, failure }
    }

    fn attempt(&mut self, work: impl FnOnce(&mut BufWriter<&'a mut File>) -> io::Result<()>) {
        let mut failure = self.failure.borrow_mut();
        if failure.is_none() {
            *failure = work(&mut self.file).err();
        }
    }
}

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.attempt(|file| file.write_all(bytes));
        self.position += bytes.len() as u64;
        self.length = self.length.max(self.position);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.attempt(BufWriter::flush);
        Ok(())
    }
}

impl Seek for Sink<'_> {
    fn seek(&mut self, place: SeekFrom) -> io::Result<u64> {
        let at = match place {
            SeekFrom::Start(at) => at,
            SeekFrom::Current(by) => self.position.saturating_add_signed(by),
            SeekFrom::End(by) => self.length.saturating_add_signed(by),
        };
        // Asking for the position must not empty the buffer beneath.
        if at != self.position {
            self.attempt(|file| file.seek(SeekFrom::Start(at)).map(drop));
        }
        self.position = at;
        Ok(at)
    }
}

/// The size and SHA-256 of an item's content, for the records made before the
/// packet is written; the item then insists on it.
pub fn measure(item: &mut Item) -> Result<(u64, String), Diagnostic> {
    let mut hashers = Hashers::new([Algorithm::Sha256]);
    let size = match &item.content {
        Content::Bytes(bytes) => {
            hashers.update(bytes);
            bytes.len() as u64
        }
        Content::File(path) => {
            let mut size = 0;
            let take = |block: &[u8]| {
                size += block.len() as u64;
                hashers.update(block);
                Ok(())
            };
            files::open(path)
                .and_then(|file| digest::each_block(file, &mut vec![0; digest::BLOCK], take))
                .map_err(|error| files::read_error(path, &error))?;
            size
        }
    };
    let sum = hashers.finish()[&Algorithm::Sha256].to_string();
    item.sha256 = Some(sum.clone());
    Ok((size, sum))
}

/// Moves to the start of `file` and hands it on.
pub(super) fn from_start(file: &mut File) -> io::Result<&mut File> {
    file.seek(SeekFrom::Start(0))?;
    Ok(file)
}
