//! Judging a bag by the letter of BagIt, and by a profile if it claims one.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use super::checklist::{Finding, Group, Item, Verification};
use super::digest::{self, Algorithm, Checksum, Checksums, Hashers};
use super::manifest::{self, Declaration, Info, Kind, Manifest, ManifestReader, PAYLOAD};
use super::probe::Probe;
use super::profile::Profile;
use super::read::{self, Container, Entry, Failure, Form, Limits};
use super::{names, seal};
use crate::diagnostic::Diagnostic;
use crate::pool::Pool;

const DECLARED: Item = Item::new("B1", Group::Structure, "bagit.txt 合乎规定");
const COMPLETE: Item = Item::new("B2", Group::Structure, "清单与文件一一对应");
const FIXITY: Item = Item::new("B3", Group::Structure, "校验值全部相符");
const OXUM: Item = Item::new("B4", Group::Structure, "总字节数和文件数（Payload-Oxum）");
const PROFILE: Item = Item::new("B8", Group::Structure, "符合格式约定");
const SEAL: Item = Item::new("B9", Group::Structure, "zip 文件整体未变");

/// How to verify.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Threads to use; by default as many as the machine has.
    pub threads: Option<usize>,
    pub limits: Limits,
}

/// What was found of a package, and if it is a bag that can be read, what was
/// learnt of its files.
pub struct Examined {
    pub report: Verification,
    pub package: Option<Package>,
}

/// Who is told of the bytes read and to be read.
pub type Progress<'a> = dyn Fn(u64, u64) + Sync + 'a;

/// What has been learnt of one file.
#[derive(Debug, Default)]
pub struct Learnt {
    pub checksums: Checksums,
    pub probe: Probe,
}

/// A package whose bag has been judged, for checks of its contents.
pub struct Package {
    container: Container,
    limits: Limits,
    pub learnt: BTreeMap<String, Learnt>,
    /// Whether every checksum is as stated.
    pub sound: bool,
}

impl Package {
    /// The paths of all files, from the base folder.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.container.files.keys().map(String::as_str)
    }

    /// The most bytes that texts may have together.
    pub fn room_for_text(&self) -> u64 {
        self.limits.text
    }

    /// The size of a file in bytes, if there is one.
    pub fn size(&self, path: &str) -> Option<u64> {
        self.container.files.get(path).map(|entry| entry.size)
    }

    /// The whole of a file.
    ///
    /// # Errors
    /// Why it cannot be read, for the checklist.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let entry = self.container.files.get(path).ok_or("没有这个文件")?;
        self.container.read_whole(entry, &self.limits).map_err(|error| read::reason(&error))
    }
}

/// Judges the folder, zip or tar file at `path` by the letter of BagIt, and one
/// that claims to follow `profile` by that; `progress` hears, from any thread, of
/// the bytes read and to be read in all.
///
/// # Errors
/// Only the machine's faults; whatever is wrong with the package stands in the
/// checklist.
pub fn examine(
    path: &Path,
    options: &Options,
    profile: Option<&'static Profile>,
    progress: &Progress,
) -> Result<Examined, Diagnostic> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    match Container::open(path, &options.limits) {
        Ok(container) => Ok(Examiner::new(container, *options, profile, name).run(progress)),
        Err(Failure::Machine(diagnostic)) => Err(diagnostic),
        Err(Failure::Refused(item, findings)) => {
            let form = Form::of(path).map_or("file", Form::name);
            let mut report = Verification::new(name, form);
            report.enter(item, findings, "");
            Ok(Examined { report, package: None })
        }
    }
}

struct Examiner {
    container: Container,
    options: Options,
    profile: Option<&'static Profile>,
    report: Verification,
    complete: Vec<Finding>,
    fixity: Vec<Finding>,
}

/// Takes out what systems leave in a folder that somebody looks into, unless a manifest
/// lists it: who packed it meant it.
fn leave_out_litter(container: &mut Container, limits: &Limits) -> Vec<Finding> {
    let is_litter = |path: &&String| read::is_litter(path);
    let litter: Vec<String> = container.files.keys().filter(is_litter).cloned().collect();
    if litter.is_empty() {
        return Vec::new();
    }
    let manifests = container.files.iter().filter(|(path, _)| Kind::of(path).is_some());
    let texts = manifests.filter_map(|(_, entry)| container.read_whole(entry, limits).ok());
    let texts: Vec<String> =
        texts.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect();
    let path = |line: &'_ str| -> Option<String> {
        let (_, path) = line.split_once([' ', '\t'])?;
        Some(path.trim().trim_start_matches('*').trim_start_matches("./").to_owned())
    };
    let listed: BTreeSet<String> =
        texts.iter().flat_map(|text| text.lines()).filter_map(path).collect();
    let strange: Vec<String> = litter.into_iter().filter(|path| !listed.contains(path)).collect();
    container.files.retain(|path, _| !strange.contains(path));
    let message = "是系统留下的文件，不是档案，没有检验；可以删去";
    strange.into_iter().map(|path| Finding::warning(message).of(path)).collect()
}

/// A file's path and what one manifest says of it.
type Expected = BTreeMap<String, Vec<(Algorithm, Checksum)>>;

impl Examiner {
    fn new(
        mut container: Container,
        options: Options,
        profile: Option<&'static Profile>,
        name: String,
    ) -> Self {
        let complete = leave_out_litter(&mut container, &options.limits);
        let mut report = Verification::new(name, container.form.name());
        let payload = container.files.iter().filter(|(path, _)| path.starts_with(PAYLOAD));
        report.files = payload.clone().count() as u64;
        report.bytes = payload.map(|(_, entry)| entry.size).sum();
        Self { container, options, profile, report, complete, fixity: Vec::new() }
    }

    fn run(mut self, progress: &Progress) -> Examined {
        let Some(declaration) = self.declaration() else {
            return Examined { report: self.report, package: None };
        };
        let (info, info_findings) = self.info(&declaration);
        self.profile = self.profile.filter(|profile| self.claims(profile, &info));
        self.report.ours = self.profile.is_some();
        self.compose_names();
        self.judge_container();

        let expected = self.manifests(&declaration);
        self.fetch(&declaration);
        let learnt = self.learn(&expected, progress);
        let sound = self.fixity.is_empty();
        let (files, bytes) = (self.report.files, self.report.bytes);
        let complete = std::mem::take(&mut self.complete);
        let fixity = std::mem::take(&mut self.fixity);
        self.report.enter(COMPLETE, complete, format!("{files} 个文件"));
        self.report.enter(FIXITY, fixity, format!("{} 个文件，{bytes} 字节", expected.len()));
        self.oxum(&info, info_findings, &declaration);
        self.profile(&info);
        self.seal(&learnt);
        self.report.arrange();
        let (container, limits) = (self.container, self.options.limits);
        let package = Package { container, limits, learnt: learnt.files, sound };
        Examined { report: self.report, package: Some(package) }
    }

    fn text(&self, path: &str) -> Option<io::Result<Vec<u8>>> {
        let entry = self.container.files.get(path)?;
        Some(self.container.read_whole(entry, &self.options.limits))
    }

    fn declaration(&mut self) -> Option<Declaration> {
        let bytes = match self.text("bagit.txt") {
            Some(Ok(bytes)) => Ok(bytes),
            Some(Err(error)) => Err(read::reason(&error)),
            None => Err("没有这个文件，不是 BagIt 包".to_owned()),
        };
        match bytes.and_then(|bytes| Declaration::parse(&bytes)) {
            Ok(declaration) => {
                let (major, minor) = declaration.version;
                self.report.version = Some(format!("{major}.{minor}"));
                self.report.enter(DECLARED, vec![], format!("BagIt {major}.{minor}"));
                Some(declaration)
            }
            Err(why) => {
                self.report.enter(DECLARED, vec![Finding::fail(why).of("bagit.txt")], "");
                None
            }
        }
    }

    /// `bag-info.txt`, which was `package-info.txt` before version 0.96.
    fn info(&self, declaration: &Declaration) -> (Info, Vec<Finding>) {
        let name = if declaration.version < (0, 96) { "package-info.txt" } else { "bag-info.txt" };
        let mut findings = Vec::new();
        let text = self.tag_text(name, declaration, &mut findings).unwrap_or_default();
        let (info, more) = manifest::parse_info(&text, declaration.is_strict());
        findings.extend(more.into_iter().map(|finding| finding.of(name)));
        (info, findings)
    }

    /// The text of a tag file, or nothing if it is missing or unreadable.
    fn tag_text(
        &self,
        path: &str,
        declaration: &Declaration,
        findings: &mut Vec<Finding>,
    ) -> Option<String> {
        match self.text(path)? {
            Ok(bytes) => {
                let (text, finding) = declaration.text(&bytes);
                findings.extend(finding.map(|finding| finding.of(path)));
                if text.bytes().filter(|byte| matches!(byte, b'\r' | b'\n')).count()
                    > self.most_lines()
                {
                    findings.push(Finding::fail("行数多得不合常理").of(path));
                    return None;
                }
                Some(text)
            }
            Err(error) => {
                findings.push(Finding::fail(read::reason(&error)).of(path));
                None
            }
        }
    }

    /// A line for each file, perhaps twice, ended by two characters: more lines
    /// can only mean to fill the memory.
    fn most_lines(&self) -> usize {
        4 * self.container.files.len() + 10_000
    }

    fn claims(&self, profile: &Profile, info: &Info) -> bool {
        let mut named = manifest::values(info, "BagIt-Profile-Identifier");
        let mark = format!("{PAYLOAD}{}", profile.mark);
        named.any(|id| id == profile.identifier) || self.container.files.contains_key(&mark)
    }

    /// Ours have composed names; a Mac on the way takes them apart.
    fn compose_names(&mut self) {
        let files = &mut self.container.files;
        let apart: Vec<String> =
            files.keys().filter(|path| !names::is_composed(path)).cloned().collect();
        if !self.report.ours || apart.is_empty() {
            return;
        }
        for path in &apart {
            let composed = names::composed(path).into_owned();
            if let Some(entry) = files.remove(path) {
                files.entry(composed).or_insert(entry);
            }
        }
        let message =
            format!("{} 个文件名被苹果电脑拆成了分解形式（NFD），已按原来的读", apart.len());
        self.container.warnings.push(Finding::warning(message));
    }

    fn judge_container(&mut self) {
        let ours = self.report.ours;
        let mut names = std::mem::take(&mut self.container.warnings);
        for path in self.container.files.keys() {
            let whole = format!("{}/{path}", self.container.base);
            let why = names::unportable(&whole);
            names.extend(why.map(|why| Finding::fail_if(ours, why).of(path)));
        }
        let mut form = Vec::new();
        if self.container.form != Form::Folder && self.container.base.is_empty() {
            let message = "顶层没有文件夹，解压时文件会散落开来：重新压缩时请选中文件夹本身";
            form.push(Finding::warning(message));
        }
        self.report.enter(read::ESCAPE, vec![], "没有绝对路径、上级路径和链接");
        self.report.enter(read::NAMES, names, "在 Windows、macOS、Linux 上都能使用");
        self.report.enter(read::FORM, form, "没有加密、拼接和多余的内容");
    }

    /// Reads all manifests, and gathers what they expect of each file.
    fn manifests(&mut self, declaration: &Declaration) -> Expected {
        let mut expected = Expected::new();
        let mut payload = Vec::new();
        let mut tags = Vec::new();
        for (path, kind, algorithm) in self.manifest_names() {
            let Some(manifest) = self.manifest(&path, kind, algorithm, declaration) else {
                continue;
            };
            let manifest = self.resolve(&path, manifest);
            for (file, sum) in &manifest {
                expected.entry(file.clone()).or_default().push((algorithm, sum.clone()));
            }
            let listed = manifest.into_keys().collect::<BTreeSet<_>>();
            if kind == Kind::Payload { &mut payload } else { &mut tags }.push((path, listed));
        }
        self.judge_payload_manifests(&payload, declaration);
        self.judge_tag_manifests(&payload, &tags, declaration);
        expected
    }

    /// The manifests whose algorithm is known; others are told of.
    fn manifest_names(&mut self) -> Vec<(String, Kind, Algorithm)> {
        let mut known = Vec::new();
        for path in self.container.files.keys() {
            let Some((kind, algorithm)) = Kind::of(path) else { continue };
            match Algorithm::named(algorithm) {
                Some(algorithm) => known.push((path.clone(), kind, algorithm)),
                None => {
                    let message = "不认识这种校验算法，没有核对这份清单";
                    self.complete.push(Finding::warning(message).of(path));
                }
            }
        }
        if known.iter().all(|(_, _, algorithm)| algorithm.is_broken()) && !known.is_empty() {
            let message = "只有 MD5 或 SHA-1 校验值，能发现差错，不能防止蓄意篡改";
            self.fixity.extend(self.strictly_ours(message));
        }
        known
    }

    /// A legacy algorithm alone is no fault of an old bag, but is of one of ours.
    fn strictly_ours(&self, message: &str) -> Option<Finding> {
        self.report.ours.then(|| Finding::fail(message))
    }

    fn manifest(
        &mut self,
        path: &str,
        kind: Kind,
        algorithm: Algorithm,
        declaration: &Declaration,
    ) -> Option<Manifest> {
        let mut findings = Vec::new();
        let text = self.tag_text(path, declaration, &mut findings);
        let reader = ManifestReader { kind, algorithm, strict: declaration.is_strict() };
        let read = text.map(|text| reader.read(&text));
        let (manifest, more) =
            read.map_or((None, vec![]), |(manifest, more)| (Some(manifest), more));
        let place = |finding: Finding| match &finding.file {
            Some(file) => {
                Finding { message: format!("{path}：{}", finding.message), ..finding.clone() }
                    .of(file)
            }
            None => finding.of(path),
        };
        self.complete.extend(findings.into_iter().chain(more).map(place));
        manifest
    }

    /// Puts the names that the files really have in place of those listed. A
    /// system on the way may have changed case or normalisation.
    fn resolve(&mut self, manifest_path: &str, manifest: Manifest) -> Manifest {
        let is_missing = |path: &String| !self.container.files.contains_key(path);
        if !manifest.keys().any(is_missing) {
            return manifest;
        }
        let mut by_fold: BTreeMap<String, Vec<&String>> = BTreeMap::new();
        for path in self.container.files.keys() {
            by_fold.entry(names::folded(path)).or_default().push(path);
        }
        let mut resolved = Manifest::new();
        for (path, sum) in manifest {
            if self.container.files.contains_key(&path) {
                resolved.insert(path, sum);
            } else if let Some([only]) = by_fold.get(&names::folded(&path)).map(Vec::as_slice) {
                let message = format!("{manifest_path} 写作“{path}”，大小写或字符组合形式不同");
                self.complete.push(Finding::fail_if(self.report.ours, message).of(only.as_str()));
                let same = resolved.entry((*only).clone()).or_insert_with(|| sum.clone()) == &sum;
                if !same {
                    self.fixity.push(Finding::fail("列出了两次，校验值不同").of(only.as_str()));
                }
            } else {
                let message = format!("{manifest_path} 列出了它，但包里没有");
                self.complete.push(Finding::fail(message).of(path));
            }
        }
        resolved
    }

    fn judge_payload_manifests(
        &mut self,
        manifests: &[(String, BTreeSet<String>)],
        declaration: &Declaration,
    ) {
        if manifests.is_empty() {
            self.complete.push(Finding::fail("没有可以核对的内容清单（manifest-*.txt）"));
        }
        if !self.container.has_payload_folder {
            self.complete.push(Finding::fail("没有 data 文件夹"));
        }
        let payload = self.container.files.keys().filter(|path| path.starts_with(PAYLOAD));
        for path in payload {
            let lacking: Vec<_> =
                manifests.iter().filter(|(_, listed)| !listed.contains(path)).collect();
            // Before version 1.0 it was enough to stand in one of the manifests.
            if lacking.len() == manifests.len() {
                self.complete.push(Finding::fail("没有列入清单").of(path));
            } else if declaration.is_strict() {
                let finding =
                    |(name, _): &&(String, _)| Finding::fail(format!("没有列入 {name}")).of(path);
                self.complete.extend(lacking.iter().map(finding));
            }
        }
    }

    fn judge_tag_manifests(
        &mut self,
        payload: &[(String, BTreeSet<String>)],
        tags: &[(String, BTreeSet<String>)],
        declaration: &Declaration,
    ) {
        let strict = declaration.is_strict();
        for (name, listed) in tags {
            for (manifest, _) in payload.iter().filter(|(manifest, _)| !listed.contains(manifest)) {
                let message = format!("没有列入 {name}");
                self.complete.push(Finding::fail_if(strict, message).of(manifest));
            }
        }
        if self.report.ours {
            let is_tag = |path: &&String| {
                !path.starts_with(PAYLOAD) && !matches!(Kind::of(path), Some((Kind::Tag, _)))
            };
            let unlisted = |path: &&String| !tags.iter().any(|(_, listed)| listed.contains(*path));
            for path in self.container.files.keys().filter(is_tag).filter(unlisted) {
                self.complete.push(Finding::fail("没有列入任何标签清单").of(path));
            }
        }
    }

    /// Nothing is fetched: a file that would have to be is missing.
    fn fetch(&mut self, declaration: &Declaration) {
        const FETCH: &str = "fetch.txt";
        let mut findings = Vec::new();
        let Some(text) = self.tag_text(FETCH, declaration, &mut findings) else {
            self.complete.extend(findings);
            return;
        };
        let (paths, more) = manifest::parse_fetch(&text, declaration.is_strict());
        findings.extend(more.into_iter().map(|finding| finding.of(FETCH)));
        findings.extend(
            self.strictly_ours("本包不应依赖网络取得文件").map(|finding| finding.of(FETCH)),
        );
        let absent = paths.into_iter().filter(|path| !self.container.files.contains_key(path));
        findings.extend(absent.map(|path| Finding::fail("须从网络取得，包里没有").of(path)));
        self.complete.extend(findings);
    }

    /// Reads every file once, and computes all the checksums asked for.
    fn learn(&mut self, expected: &Expected, progress: &Progress) -> Lessons {
        let mut tasks = Vec::new();
        for (path, entry) in &self.container.files {
            let mut algorithms: BTreeSet<_> =
                expected.get(path).into_iter().flatten().map(|(algorithm, _)| *algorithm).collect();
            let probed = self.report.ours && path.starts_with(PAYLOAD);
            if probed {
                // The metadata record it, whether or not a manifest does.
                algorithms.insert(Algorithm::Sha256);
            }
            if !algorithms.is_empty() {
                tasks.push(Task::File { path, entry, algorithms, probed });
            }
        }
        tasks.extend(self.container.seal.as_ref().map(|(_, length)| Task::Seal(*length)));
        let mut lessons = Lessons::default();
        for (task, outcome) in perform(&self.container, tasks, self.options.threads, progress) {
            match task {
                Task::Seal(_) => lessons.seal = Some(outcome),
                Task::File { path, .. } => match outcome {
                    Ok(learnt) => {
                        self.fixity.extend(compare(path, expected.get(path), &learnt.checksums));
                        lessons.files.insert(path.clone(), learnt);
                    }
                    Err(error) => self.fixity.push(Finding::fail(read::reason(&error)).of(path)),
                },
            }
        }
        self.fixity.sort_by(|one, other| one.file.cmp(&other.file));
        lessons
    }

    fn oxum(&mut self, info: &Info, mut findings: Vec<Finding>, declaration: &Declaration) {
        let (files, bytes) = (self.report.files, self.report.bytes);
        let stated: Vec<_> = manifest::values(info, "Payload-Oxum").collect();
        if stated.is_empty() && findings.is_empty() && !self.report.ours {
            return self.report.skip(OXUM, "没有写明");
        }
        if stated.is_empty() && self.report.ours {
            findings.push(Finding::fail("没有写明"));
        }
        if stated.len() > 1 {
            findings.push(Finding::fail_if(declaration.is_strict(), "写了不止一次"));
        }
        for text in stated {
            if manifest::parse_oxum(text) != Some((bytes, files)) {
                findings.push(Finding::fail(format!("写作 {text}，实为 {bytes}.{files}")));
            }
        }
        self.report.enter(OXUM, findings, format!("{bytes}.{files}"));
    }

    fn profile(&mut self, info: &Info) {
        let Some(profile) = self.profile else {
            return self.report.skip(PROFILE, "不是本软件制作的档案包");
        };
        let mut findings = Vec::new();
        for label in profile.required {
            if manifest::values(info, label).all(str::is_empty) {
                findings.push(Finding::fail(format!("缺少 {label}")).of("bag-info.txt"));
            }
        }
        let base = &self.container.base;
        let packed = self.container.form != Form::Folder;
        let is_named = packed && !base.is_empty();
        let other = manifest::values(info, "External-Identifier").find(|id| id != base);
        if let Some(id) = other.filter(|_| is_named) {
            // By the label, which the manifests prove, it is known; not by the folder.
            let message = format!("顶层文件夹改过名称：原来叫“{id}”，请解压后改回来");
            findings.push(Finding::warning(message));
        }
        for kind in ["manifest", "tagmanifest"] {
            for algorithm in [Algorithm::Sha256, Algorithm::Sha512] {
                let path = format!("{kind}-{}.txt", algorithm.name());
                if !self.container.files.contains_key(&path) {
                    findings.push(Finding::fail("缺少这份清单").of(path));
                }
            }
        }
        self.report.enter(PROFILE, findings, profile.identifier);
    }

    fn seal(&mut self, lessons: &Lessons) {
        let Some((comment, _)) = &self.container.seal else {
            return self.report.skip(SEAL, "不是 zip 文件");
        };
        let finding = match (seal::stated(comment), &lessons.seal) {
            (Some(stated), Some(Ok(learnt))) => {
                let same = learnt.checksums.get(&Algorithm::Sha256) == Some(&stated);
                (!same).then(|| Finding::fail("与注释中的校验值不符：文件有变动或传输有差错"))
            }
            (Some(_), Some(Err(error))) => Some(Finding::fail(read::reason(error))),
            _ if !self.report.ours => return self.report.skip(SEAL, "没有整体校验值"),
            _ if comment.is_empty() => Some(Finding::warning(
                "没有整体校验值：多半解压后重新压缩过。内容仍由清单核对；整个包的校验值、签名只对原来的文件有效",
            )),
            _ => Some(Finding::fail("注释中的整体校验值不可读")),
        };
        self.report.enter(SEAL, finding.into_iter().collect(), "与注释中的校验值相符");
    }
}

/// What was learnt of all files, and of the zip file itself.
#[derive(Default)]
struct Lessons {
    files: BTreeMap<String, Learnt>,
    seal: Option<io::Result<Learnt>>,
}

enum Task<'a> {
    File {
        path: &'a String,
        entry: &'a Entry,
        algorithms: BTreeSet<Algorithm>,
        probed: bool,
    },
    /// The whole zip file up to its end record.
    Seal(u64),
}

impl Task<'_> {
    fn size(&self) -> u64 {
        match self {
            Self::File { entry, .. } => entry.size,
            Self::Seal(length) => *length,
        }
    }

    fn perform(
        &self,
        container: &Container,
        buffer: &mut [u8],
        advance: &dyn Fn(usize),
    ) -> io::Result<Learnt> {
        let (reader, algorithms, probed): (Box<dyn io::Read>, _, _) = match self {
            Self::File { entry, algorithms, probed, .. } => {
                (container.read(entry)?, algorithms.clone(), *probed)
            }
            Self::Seal(length) => {
                (Box::new(container.read_raw(*length)?), BTreeSet::from([Algorithm::Sha256]), false)
            }
        };
        let mut hashers = Hashers::new(algorithms);
        let mut probe = Probe::default();
        digest::each_block(reader, buffer, |block| {
            hashers.update(block);
            if probed {
                probe.feed(block);
            }
            advance(block.len());
            Ok(())
        })?;
        Ok(Learnt { checksums: hashers.finish(), probe })
    }
}

/// Performs the tasks on several threads, the longest first so that none is
/// left working alone at the end.
fn perform<'a>(
    container: &Container,
    mut tasks: Vec<Task<'a>>,
    threads: Option<usize>,
    progress: &Progress,
) -> Vec<(Task<'a>, io::Result<Learnt>)> {
    tasks.sort_by_key(|task| std::cmp::Reverse(task.size()));
    let total = tasks.iter().map(Task::size).sum();
    let done = AtomicU64::new(0);
    let advance = |bytes: usize| {
        let before = done.fetch_add(bytes as u64, Ordering::Relaxed);
        progress(before + bytes as u64, total);
    };
    let cores = Pool::of_cores();
    let pool = Pool { threads: threads.unwrap_or(cores.threads).max(1), ..cores };
    let outcomes = pool.each(
        &tasks,
        || vec![0; digest::BLOCK],
        |buffer, task| task.perform(container, buffer, &advance),
    );
    tasks.into_iter().zip(outcomes).collect()
}

fn compare(
    path: &str,
    expected: Option<&Vec<(Algorithm, Checksum)>>,
    actual: &Checksums,
) -> Option<Finding> {
    let differs = |(algorithm, sum): &&(Algorithm, Checksum)| actual.get(algorithm) != Some(sum);
    let wrong = expected?.iter().filter(differs).map(|(algorithm, _)| algorithm.name());
    let wrong: Vec<_> = wrong.collect();
    let message = format!("{} 校验值不符：内容已被改动", wrong.join("、"));
    (!wrong.is_empty()).then(|| Finding::fail(message).of(path))
}
