//! Files are written whole or not at all, and what goes wrong is said in Chinese.

mod cause;
mod readers;

use std::fs::File;
use std::io::{self, Cursor, ErrorKind, Read as _, Write};
use std::path::{Component, Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use tempfile::{Builder, NamedTempFile, TempPath};
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

pub use self::readers::Readers;

use self::cause::Cause;
use self::readers::open_new;
use crate::diagnostic::Diagnostic;
use crate::filename;
use crate::pool::Pool;

const PREFIX: &str = ".zhangbang-";
const SUFFIX: &str = ".partial";

/// A zip file of these, in their order, the same on every system.
///
/// # Errors
/// The writer's own: writing to memory does not fail.
pub fn zipped<N: Into<String>, B: AsRef<[u8]>>(
    files: impl IntoIterator<Item = (N, B)>,
    method: CompressionMethod,
) -> ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::DEFAULT)
        .system(System::Unix);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.into(), options)?;
        zip.write_all(bytes.as_ref())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Opens a file to be read. A pipe or a device, of which nobody knows whether it ends,
/// is none.
///
/// # Errors
/// The system's, and that it is no file.
pub fn open(path: &Path) -> io::Result<File> {
    let kind = std::fs::metadata(path)?.file_type();
    if kind.is_file() || kind.is_dir() { File::open(path) } else { Err(io::Error::other(NO_FILE)) }
}

const NO_FILE: &str = "这是管道或设备，不是普通文件";

/// Reads a file of no more than `most` bytes.
///
/// # Errors
/// As [`open`], and that it is larger.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// A file being written. It lies beside its target under a passing name, and
/// takes the target's name only when [`Draft::commit`] has brought every byte
/// to the disk; dropped before that, it leaves nothing behind.
pub struct Draft {
    target: PathBuf,
    file: NamedTempFile,
}

impl Draft {
    /// Opens a draft of `target`, whose folder must exist.
    pub fn new(target: &Path, readers: Readers) -> Result<Self, Diagnostic> {
        if let Some(unfit) = unfit(target) {
            return Err(unfit);
        }
        if target.is_dir() {
            return Err(write_error(target, &ErrorKind::IsADirectory.into()));
        }
        let folder = folder_of(target);
        sweep(folder);
        // Opened by std, which knows long paths.
        let open = |path: &Path| open_new(path, target, readers);
        let file = Builder::new().prefix(PREFIX).suffix(SUFFIX).make_in(folder, open);
        let file = file.map_err(|error| write_error(target, &error))?;
        Ok(Self { target: target.to_owned(), file })
    }

    /// The open file, for reading and writing.
    pub fn file(&mut self) -> &mut File {
        self.file.as_file_mut()
    }

    /// Puts the draft in the place of its target in one step.
    pub fn commit(self) -> Result<(), Diagnostic> {
        self.finish()?.take_place()
    }

    /// Brings every byte to the disk.
    fn finish(self) -> Result<Finished, Diagnostic> {
        let Self { target, file } = self;
        file.as_file().sync_all().map_err(|error| write_error(&target, &error))?;
        Ok(Finished { target, draft: file.into_temp_path() })
    }
}

/// A draft that lacks nothing but its name.
struct Finished {
    target: PathBuf,
    draft: TempPath,
}

impl Finished {
    /// That nothing keeps its target from being replaced.
    fn try_place(&self) -> Result<(), Diagnostic> {
        patiently(|| replaceable(&self.target)).map_err(|error| write_error(&self.target, &error))
    }

    fn take_place(mut self) -> Result<(), Diagnostic> {
        let Self { target, draft } = &mut self;
        patiently(|| std::fs::rename(&**draft, &*target)).map_err(|error| {
            // Windows says “access denied” when it means that somebody has it open.
            write_error(target, &replaceable(target).err().unwrap_or(error))
        })?;
        draft.disable_cleanup(true);
        sync_folder(folder_of(target));
        Ok(())
    }
}

/// On Windows a file that is new is looked at by scanners, and cannot be moved while
/// they do: tried again for a second and a half.
///
/// # Errors
/// That of the last time.
pub fn patiently(work: impl Fn() -> io::Result<()>) -> io::Result<()> {
    const PAUSES: [u64; 5] = [50, 100, 250, 500, 600];
    let is_passing = |error: &io::Error| {
        cfg!(windows) && matches!(Cause::of(error), Some(Cause::Held | Cause::Denied))
    };
    for pause in PAUSES {
        match work() {
            Err(error) if is_passing(&error) => thread::sleep(Duration::from_millis(pause)),
            done => return done,
        }
    }
    work()
}

/// Whether another program has the file open so that it cannot be replaced, or it is
/// read-only. On Unix neither keeps anybody from that.
#[cfg(windows)]
fn replaceable(target: &Path) -> io::Result<()> {
    use std::os::windows::fs::OpenOptionsExt as _;
    const DELETE: u32 = 0x0001_0000;
    match std::fs::metadata(target) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Ok(found) if found.permissions().readonly() => {
            return Err(io::Error::from_raw_os_error(cause::READ_ONLY));
        }
        _ => {}
    }
    File::options().access_mode(DELETE).open(target).map(drop)
}

#[cfg(not(windows))]
#[expect(clippy::unnecessary_wraps, reason = "the twin of Windows's")]
fn replaceable(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Writes `bytes` to `target`: afterwards there is either the old file or the new one.
pub fn write(target: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    draft(target, bytes, Readers::All)?.take_place()
}

/// The same for personal data, making the folders that lead there.
pub fn write_private(target: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    create_folder(folder_of(target))?;
    draft(target, bytes, Readers::Owner)?.take_place()
}

fn draft(target: &Path, bytes: &[u8], readers: Readers) -> Result<Finished, Diagnostic> {
    let mut draft = Draft::new(target, readers)?;
    draft.file().write_all(bytes).map_err(|error| write_error(target, &error))?;
    draft.finish()
}

/// Writes `bytes` to `target`, making the folders that lead there.
pub fn write_new(target: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    create_folder(folder_of(target))?;
    write(target, bytes)
}

/// Writes a text that may be opened in any editor: the older Notepad shows all of it on
/// one line if its lines end as those of Unix do.
pub fn write_text(target: &Path, text: &str) -> Result<(), Diagnostic> {
    write_new(target, as_text(text).as_bytes())
}

/// A text with the ends of lines that every editor knows.
pub fn as_text(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', "\r\n")
}

/// Writes many files, several at a time: a disk that is to keep what it was given
/// takes its time for each. All are on the disk before the first takes its place, and
/// nothing is replaced if one of them cannot be.
///
/// # Errors
/// The first that could not be written.
pub fn write_each(files: &[(PathBuf, &[u8], Readers)]) -> Result<(), Diagnostic> {
    const AT_A_TIME: usize = 8;
    let pool = Pool { threads: AT_A_TIME, ..Pool::of_cores() };
    let drafts = pool.each(
        files,
        || (),
        |(), (path, bytes, readers)| {
            create_folder(folder_of(path))?;
            draft(path, bytes, *readers)
        },
    );
    let drafts: Vec<Finished> = drafts.into_iter().collect::<Result<_, _>>()?;
    drafts.iter().try_for_each(Finished::try_place)?;
    drafts.into_iter().try_for_each(Finished::take_place)
}

/// Writes all files, or none if the place of one is taken: nothing is overwritten. One
/// that is there as it would be written was left by a run that was killed.
///
/// # Errors
/// The first that is taken, or that could not be written.
pub fn write_where_free(files: &[(PathBuf, impl AsRef<[u8]>, Readers)]) -> Result<(), Diagnostic> {
    let taken = files.iter().find(|(target, bytes, _)| target.exists() && !holds(target, bytes));
    if let Some((taken, ..)) = taken {
        return Err(Diagnostic::error("exists", "已有同名文件，不会覆盖。")
            .in_file(taken)
            .help("请换一个空的文件夹，或先把原来的文件改名。"));
    }
    let each = files.iter().map(|(path, bytes, readers)| (path.clone(), bytes.as_ref(), *readers));
    write_each(&each.collect::<Vec<_>>())
}

/// Whether a file holds just these bytes.
fn holds(file: &Path, bytes: impl AsRef<[u8]>) -> bool {
    let bytes = bytes.as_ref();
    let is_as_long = std::fs::metadata(file)
        .is_ok_and(|found| found.is_file() && found.len() == bytes.len() as u64);
    is_as_long && std::fs::read(file).is_ok_and(|there| there == bytes)
}

/// Copies all files below `from`, if it is there, to the same places below `to`.
pub fn copy_folder(from: &Path, to: &Path) -> Result<(), Diagnostic> {
    if !from.is_dir() {
        return Ok(());
    }
    for entry in walkdir::WalkDir::new(from).sort_by_file_name() {
        let entry = entry.map_err(|error| read_error(from, &error.into()))?;
        let Ok(below) = entry.path().strip_prefix(from) else { continue };
        if entry.file_type().is_file() {
            let bytes =
                std::fs::read(entry.path()).map_err(|error| read_error(entry.path(), &error))?;
            write_new(&to.join(below), &bytes)?;
        }
    }
    Ok(())
}

/// Makes `folder` with all that `fill` lays in it: it is there whole or not at all. One
/// that is there and empty is filled as it is.
///
/// # Errors
/// What `fill` says, and that the folder cannot be made.
pub fn new_folder(
    folder: &Path,
    fill: impl FnOnce(&Path) -> Result<(), Diagnostic>,
) -> Result<(), Diagnostic> {
    if folder.exists() {
        return fill(folder);
    }
    let above = folder_of(folder);
    create_folder(above)?;
    sweep(above);
    let failed = |error: io::Error| write_error(folder, &error);
    let stage = Builder::new().prefix(PREFIX).suffix(SUFFIX).tempdir_in(above).map_err(failed)?;
    // The passing folder is its owner's alone, what is made in it is like any other.
    let made = stage.path().join(name_of(folder));
    fill(&made).map_err(|problem| problem.in_file(folder))?;
    patiently(|| std::fs::rename(&made, folder)).map_err(failed)?;
    sync_folder(above);
    Ok(())
}

/// Makes `folder` and those above it, unless they are there.
pub fn create_folder(folder: &Path) -> Result<(), Diagnostic> {
    if let Some(unfit) = unfit(folder) {
        return Err(unfit);
    }
    std::fs::create_dir_all(folder).map_err(|error| write_error(folder, &error))
}

/// That Windows would make something else of a name: a device of `CON`, and of `名单.`
/// the file `名单`.
fn unfit(path: &Path) -> Option<Diagnostic> {
    let name = |part: Component| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    };
    let names = cfg!(windows).then(|| path.components().filter_map(name)).into_iter().flatten();
    names.into_iter().find_map(|name| unfit_name(&name).map(|told| told.in_file(path)))
}

/// That a file or folder cannot bear this name everywhere, if it cannot.
pub fn unfit_name(name: &str) -> Option<Diagnostic> {
    let why = filename::unfit(name)?;
    let message = format!("名称“{name}”不能用：{why}。");
    Some(Diagnostic::error("unfit-name", message).help("请换一个名称。"))
}

/// That `path` could not be written, and why.
pub fn write_error(path: &Path, error: &io::Error) -> Diagnostic {
    let usual = "请核对位置、权限和磁盘的空间；文件正在别的程序里打开的，先关闭它。";
    failed("cannot-write", "写不了文件", path, error, usual)
}

/// That `path` could not be read, and why.
pub fn read_error(path: &Path, error: &io::Error) -> Diagnostic {
    let usual = "请核对文件名和权限；文件正在别的程序里打开的，先关闭它。";
    failed("cannot-read", "读不了文件", path, error, usual)
}

fn failed(
    code: &'static str,
    what: &str,
    path: &Path,
    error: &io::Error,
    usual: &'static str,
) -> Diagnostic {
    let cause = Cause::of_file(path, error);
    let reason = cause.map_or_else(|| error.to_string(), |cause| cause.reason().to_owned());
    let help = cause.and_then(Cause::advice).unwrap_or(usual);
    Diagnostic::error(code, format!("{what}：{reason}。")).in_file(path).help(help)
}

/// What an I/O error means to a user.
pub fn reason(error: &io::Error) -> String {
    Cause::of(error).map_or_else(|| error.to_string(), |cause| cause.reason().to_owned())
}

/// What helps against it, if more than what is usual can be said.
pub fn advice(error: &io::Error) -> Option<&'static str> {
    Cause::of(error)?.advice()
}

/// The last part of a path, as a user reads it.
pub fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The folder that `target` lies in.
pub fn folder_of(target: &Path) -> &Path {
    match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Removes what a killed or powered-off run left in `folder`. A draft being
/// written is touched all the time, so one that lay still for an hour is dead.
fn sweep(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let ours = name.to_str().is_some_and(|n| n.starts_with(PREFIX) && n.ends_with(SUFFIX));
        let Some(found) = entry.metadata().ok().filter(|found| ours && is_stale(found)) else {
            continue;
        };
        // Failing here harms nobody: it is only litter.
        let _ = match found.is_dir() {
            true => std::fs::remove_dir_all(entry.path()),
            false => std::fs::remove_file(entry.path()),
        };
    }
}

#[allow(clippy::disallowed_methods, reason = "nothing that is written depends on it")]
fn is_stale(metadata: &std::fs::Metadata) -> bool {
    const LONG: Duration = Duration::from_secs(3600);
    let age = metadata.modified().ok().and_then(|then| SystemTime::now().duration_since(then).ok());
    age.is_some_and(|age| age > LONG)
}

/// A rename outlives a power cut only once its folder is on the disk too.
/// Windows has no such call, and some network disks refuse it: the file itself
/// is safe by then, so a refusal is not an error.
fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    #[cfg(not(unix))]
    let _ = folder;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).expect("the folder is there");
        let name = |entry: io::Result<std::fs::DirEntry>| {
            entry.expect("an entry").file_name().into_string().expect("UTF-8")
        };
        entries.map(name).collect()
    }

    #[test]
    fn a_commit_replaces_and_a_drop_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("公告.pdf");
        write(&target, b"old").unwrap();
        let mut draft = Draft::new(&target, Readers::All).unwrap();
        draft.file().write_all(b"half").unwrap();
        drop(draft);
        assert_eq!(std::fs::read(&target).unwrap(), b"old");
        write(&target, b"new").unwrap();
        assert_eq!(std::fs::read(&target).unwrap(), b"new");
        assert_eq!(names(folder.path()), ["公告.pdf"]);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_private_stays_so() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("名册.xlsx");
        let mode = || std::fs::metadata(&target).unwrap().permissions().mode() & 0o777;
        write(&target, b"x").unwrap();
        assert_ne!(mode(), 0o600);
        write_private(&target, b"x").unwrap();
        assert_eq!(mode(), 0o600);
        write(&target, b"y").unwrap();
        assert_eq!(mode(), 0o600);
    }

    #[test]
    fn a_folder_in_the_way_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let told = write(folder.path(), b"x").unwrap_err();
        assert!(told.message.contains("同名的文件夹"), "{}", told.message);
        let told = write(&folder.path().join("无/此.txt"), b"x").unwrap_err();
        assert!(told.message.contains("没有这个文件"), "{}", told.message);
    }

    #[test]
    fn many_files_are_all_written_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let [first, blocked] = ["一.txt", "二.txt"].map(|name| folder.path().join(name));
        write(&first, b"old").unwrap();
        std::fs::create_dir(&blocked).unwrap();
        let new = |path: &PathBuf| (path.clone(), b"new".as_slice(), Readers::All);
        let files = [new(&first), new(&blocked)];
        assert!(write_each(&files).is_err());
        assert_eq!(std::fs::read(&first).unwrap(), b"old");
        assert_eq!(names(folder.path()).len(), 2);
        std::fs::remove_dir(&blocked).unwrap();
        write_each(&files).unwrap();
        assert_eq!([first, blocked].map(|path| std::fs::read(path).unwrap()), [b"new", b"new"]);
        assert_eq!(names(folder.path()).len(), 2);
    }

    #[test]
    fn a_folder_is_there_whole_or_not_at_all() {
        let above = tempfile::tempdir().unwrap();
        let target = above.path().join("新选举");
        let half = |folder: &Path| {
            write_new(&folder.join("voters.csv"), b"x")?;
            assert!(!target.exists());
            Err(Diagnostic::error("cannot-write", "磁盘满了。"))
        };
        let told = new_folder(&target, half).unwrap_err();
        assert_eq!(told.place, Some(crate::diagnostic::Place::File(target.clone())));
        assert!(names(above.path()).is_empty());
        new_folder(&target, |folder| write_new(&folder.join("voters.csv"), b"x")).unwrap();
        assert_eq!(
            (names(above.path()), names(&target)),
            (vec!["新选举".into()], vec!["voters.csv".into()])
        );
    }

    #[test]
    fn a_text_ends_its_lines_once() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("说明.txt");
        write_text(&target, "一\r\n二\n").unwrap();
        assert_eq!(std::fs::read(&target).unwrap(), "一\r\n二\r\n".as_bytes());
    }

    #[test]
    fn litter_of_a_killed_run_is_swept_but_a_living_draft_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let litter = folder.path().join(".zhangbang-dead.partial");
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(7200);
        File::create(&litter).unwrap().set_modified(long_ago).unwrap();
        let living = Draft::new(&folder.path().join("a"), Readers::All).unwrap();
        assert!(!litter.exists());
        let _other = Draft::new(&folder.path().join("b"), Readers::All).unwrap();
        living.commit().unwrap();
        assert!(folder.path().join("a").exists());
    }
}
