//! Files are written whole or not at all, and what goes wrong is said in Chinese.

use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::{Builder, NamedTempFile};

use crate::diagnostic::Diagnostic;
use crate::pool::Pool;

const PREFIX: &str = ".zhangbang-";
const SUFFIX: &str = ".partial";

/// A file being written. It lies beside its target under a passing name, and
/// takes the target's name only when [`Draft::commit`] has brought every byte
/// to the disk; dropped before that, it leaves nothing behind.
pub struct Draft {
    target: PathBuf,
    file: NamedTempFile,
}

impl Draft {
    /// Opens a draft of `target`, whose folder must exist.
    pub fn new(target: &Path) -> Result<Self, Diagnostic> {
        if target.is_dir() {
            return Err(write_error(target, &ErrorKind::IsADirectory.into()));
        }
        let folder = folder_of(target);
        sweep(folder);
        let file = builder().tempfile_in(folder).map_err(|error| write_error(target, &error))?;
        Ok(Self { target: target.to_owned(), file })
    }

    /// The open file, for reading and writing.
    pub fn file(&mut self) -> &mut File {
        self.file.as_file_mut()
    }

    /// Puts the draft in the place of its target in one step.
    pub fn commit(self) -> Result<(), Diagnostic> {
        let Self { target, file } = self;
        file.as_file().sync_all().map_err(|error| write_error(&target, &error))?;
        file.persist(&target).map_err(|failed| write_error(&target, &failed.error))?;
        sync_folder(folder_of(&target));
        Ok(())
    }
}

/// Writes `bytes` to `target`: afterwards there is either the old file or the new one.
pub fn write(target: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    let mut draft = Draft::new(target)?;
    draft.file().write_all(bytes).map_err(|error| write_error(target, &error))?;
    draft.commit()
}

/// Writes `bytes` to `target`, making the folders that lead there.
pub fn write_new(target: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    create_folder(folder_of(target))?;
    write(target, bytes)
}

/// Writes many files, several at a time: a disk that is to keep what it was given
/// takes its time for each.
///
/// # Errors
/// The first that could not be written; others may have been.
pub fn write_each(files: &[(PathBuf, &[u8])]) -> Result<(), Diagnostic> {
    const AT_A_TIME: usize = 8;
    let pool = Pool { threads: AT_A_TIME, ..Pool::of_cores() };
    let written = pool.each(files, || (), |(), (path, bytes)| write_new(path, bytes));
    written.into_iter().collect()
}

/// Writes all files, or none if the place of one is taken: nothing is overwritten.
pub fn write_where_free(files: &[(PathBuf, impl AsRef<[u8]>)]) -> Result<(), Diagnostic> {
    if let Some((taken, _)) = files.iter().find(|(target, _)| target.exists()) {
        return Err(Diagnostic::error("exists", "已有同名文件，不会覆盖。")
            .in_file(taken)
            .help("请换一个空的文件夹，或先把原来的文件改名。"));
    }
    files.iter().try_for_each(|(target, bytes)| write_new(target, bytes.as_ref()))
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

/// Makes `folder` and those above it, unless they are there.
pub fn create_folder(folder: &Path) -> Result<(), Diagnostic> {
    std::fs::create_dir_all(folder).map_err(|error| write_error(folder, &error))
}

/// That `path` could not be written, and why.
pub fn write_error(path: &Path, error: &io::Error) -> Diagnostic {
    let message = format!("写不了文件：{}。", reason(error));
    Diagnostic::error("cannot-write", message)
        .in_file(path)
        .help("请核对位置、权限和磁盘的空间；文件正在别的程序里打开的，先关闭它。")
}

/// That `path` could not be read, and why.
pub fn read_error(path: &Path, error: &io::Error) -> Diagnostic {
    let message = format!("读不了文件：{}。", reason(error));
    Diagnostic::error("cannot-read", message)
        .in_file(path)
        .help("请核对文件名和权限；文件正在别的程序里打开的，先关闭它。")
}

/// What an I/O error means to a user.
pub fn reason(error: &io::Error) -> String {
    let known = match error.kind() {
        ErrorKind::NotFound => "没有这个文件或文件夹",
        ErrorKind::PermissionDenied => "没有权限",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "磁盘已满",
        ErrorKind::ReadOnlyFilesystem => "磁盘是只读的",
        ErrorKind::IsADirectory => "这里已有一个同名的文件夹",
        ErrorKind::NotADirectory => "路径中有一段不是文件夹",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "文件正被别的程序占用",
        ErrorKind::InvalidFilename => "文件名过长或不合法",
        _ => return error.to_string(),
    };
    known.to_owned()
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

fn builder() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A temporary file is private by default, but the finished one is to
        // be handed round; the umask still has its say.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder
}

/// Removes what a killed or powered-off run left in `folder`. A draft being
/// written is touched all the time, so one that lay still for an hour is dead.
fn sweep(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let ours = name.to_str().is_some_and(|n| n.starts_with(PREFIX) && n.ends_with(SUFFIX));
        if ours && entry.metadata().is_ok_and(|found| found.is_file() && is_stale(&found)) {
            // Failing here harms nobody: the file is only litter.
            let _ = std::fs::remove_file(entry.path());
        }
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
        let mut draft = Draft::new(&target).unwrap();
        draft.file().write_all(b"half").unwrap();
        drop(draft);
        assert_eq!(std::fs::read(&target).unwrap(), b"old");
        write(&target, b"new").unwrap();
        assert_eq!(std::fs::read(&target).unwrap(), b"new");
        assert_eq!(names(folder.path()), ["公告.pdf"]);
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
    fn litter_of_a_killed_run_is_swept_but_a_living_draft_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let litter = folder.path().join(".zhangbang-dead.partial");
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(7200);
        File::create(&litter).unwrap().set_modified(long_ago).unwrap();
        let living = Draft::new(&folder.path().join("a")).unwrap();
        assert!(!litter.exists());
        let _other = Draft::new(&folder.path().join("b")).unwrap();
        living.commit().unwrap();
        assert!(folder.path().join("a").exists());
    }
}
