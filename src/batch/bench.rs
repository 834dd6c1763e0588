//! Where results are made and laid down: whole or not at all, by any number of runs
//! at the same time.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;

use super::record::Record;
use crate::diagnostic::Diagnostic;
use crate::files;

/// Below the results: what is under way, and what there is to do.
pub(super) const OWN: &str = ".zhangbang";

/// Held by who looks for what dead runs left, or begins a run.
const DOOR: &str = "lock";

/// Held by a run as long as it lives: the system lets go of it whatever happens.
const ALIVE: &str = "alive";

const RUN: &str = "run-";

/// Longer than it takes to rename a folder.
const A_MOMENT: Duration = Duration::from_millis(10);

/// The place of one run, below the results.
pub(super) struct Bench {
    out: PathBuf,
    /// Locked until the run ends; let go of before its folder goes, which Windows keeps
    /// as long as somebody has it open.
    _alive: File,
    run: TempDir,
}

impl Bench {
    /// A place below `out`, from which what dead runs left is swept.
    ///
    /// # Errors
    /// No place to write.
    pub(super) fn open(out: &Path) -> Result<Self, Diagnostic> {
        let own = out.join(OWN);
        files::create_folder(&own)?;
        let failed = |error: io::Error| files::write_error(&own, &error);
        let door = File::create(own.join(DOOR)).map_err(failed)?;
        // Where a disk knows no locks, nothing is swept.
        let is_locked = door.lock().is_ok();
        if is_locked {
            sweep(&own);
        }
        let run = tempfile::Builder::new().prefix(RUN).tempdir_in(&own).map_err(failed)?;
        let alive = File::create(run.path().join(ALIVE)).map_err(failed)?;
        let _ = alive.lock();
        Ok(Self { out: out.to_owned(), _alive: alive, run })
    }

    /// An empty folder in which a result is made.
    ///
    /// # Errors
    /// No place to write.
    pub(super) fn stage(&self) -> Result<TempDir, Diagnostic> {
        let staged = tempfile::Builder::new().prefix("made-").tempdir_in(self.run.path());
        let staged = staged.map_err(|error| files::write_error(self.run.path(), &error))?;
        open_to_others(staged.path());
        Ok(staged)
    }

    /// Puts what was made in the place of what lay at `path` before. Gives where that
    /// is now, if somebody had changed it.
    ///
    /// # Errors
    /// The place is taken by what is none of ours, or cannot be written.
    pub(super) fn deliver(
        &self,
        staged: TempDir,
        path: &str,
        record: &Record,
    ) -> Result<Option<PathBuf>, Diagnostic> {
        // Between taking away the old and putting in the new another run may be quicker.
        const TRIES: usize = 1000;
        // Windows refuses in the same words while another run moves what lies there.
        const REFUSALS: usize = 4;
        let target = self.out.join(path);
        files::create_folder(files::folder_of(&target))?;
        let failed = |error: &io::Error| files::write_error(&target, error);
        let mut kept = None;
        let mut refusals = 0;
        let is_there = || Record::read(&target).is_some_and(|it| it.is_good(&record.key));
        for _ in 0..TRIES {
            if is_there() {
                return Ok(kept);
            }
            if let Some(aside) = self.take_away(&target)? {
                kept = Some(aside);
            }
            match files::patiently(|| fs::rename(staged.path(), &target)) {
                Ok(()) => {
                    let _ = staged.keep();
                    return Ok(kept);
                }
                Err(error) if !is_taken(&error) && !target.exists() => {
                    refusals += 1;
                    if refusals == REFUSALS {
                        return Err(failed(&error));
                    }
                }
                Err(_) => {}
            }
        }
        Err(failed(&ErrorKind::ResourceBusy.into()))
    }

    /// Makes room at `target`.
    fn take_away(&self, target: &Path) -> Result<Option<PathBuf>, Diagnostic> {
        if !target.exists() || fs::remove_dir(target).is_ok() {
            return Ok(None);
        }
        let Some(old) = Record::read(target) else {
            return match is_foreign(target) {
                false => Ok(None),
                true => Err(Diagnostic::error("exists", "这个位置已经有别的内容，不会覆盖。")
                    .in_file(target)
                    .help("请用 -o 换一个放结果的文件夹，或者把它移走。")),
            };
        };
        let moved = |to: &Path| match files::patiently(|| fs::rename(target, to)) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(files::write_error(target, &error))
            }
            _ => Ok(()),
        };
        if old.is_whole(target) {
            let away = self.stage()?;
            moved(&away.path().join("old"))?;
            return Ok(None);
        }
        let name = files::name_of(target);
        let aside = (1..).map(|n| target.with_file_name(format!("{name}（改动过的旧结果{n}）")));
        let aside = aside.into_iter().find(|path| !path.exists()).unwrap_or_default();
        moved(&aside)?;
        if Record::read(&aside).is_some_and(|it| it.is_whole(&aside)) {
            // It was another run that changed it. In one step, for deleting may stop halfway
            // where somebody still reads.
            let away = self.stage()?;
            let _ = files::patiently(|| fs::rename(&aside, away.path().join("old")));
        }
        Ok(Some(aside).filter(|aside| aside.exists()))
    }
}

/// Whether what lies at `target` is no result of ours. Other runs take away and put in
/// between two looks of this one, so only what is there without a record at every look is.
fn is_foreign(target: &Path) -> bool {
    const LOOKS: usize = 20;
    (0..LOOKS).all(|_| {
        std::thread::sleep(A_MOMENT);
        target.exists() && Record::read(target).is_none()
    })
}

/// Whether something lies there already.
fn is_taken(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::DirectoryNotEmpty | ErrorKind::AlreadyExists)
}

/// A temporary folder is private; results are to be read by who may read the rest.
fn open_to_others(folder: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let parent = fs::metadata(files::folder_of(files::folder_of(files::folder_of(folder))));
        let mode = parent.map_or(0o755, |found| found.permissions().mode());
        let _ = fs::set_permissions(folder, fs::Permissions::from_mode(mode & 0o777));
    }
    #[cfg(not(unix))]
    let _ = folder;
}

/// Takes away the places of runs that are dead.
fn sweep(own: &Path) {
    for entry in fs::read_dir(own).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_run = files::name_of(&path).starts_with(RUN);
        let alive = File::open(path.join(ALIVE));
        let is_dead = alive.map_or_else(
            |error| error.kind() == ErrorKind::NotFound,
            |alive| alive.try_lock().is_ok(),
        );
        if is_run && is_dead {
            // Failing here harms nobody: it is only litter.
            let _ = fs::remove_dir_all(&path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::find::Kind;
    use crate::diagnostic::Report;

    fn record(key: &str) -> Record {
        Record::of_failure("街/村", Kind::Folder, key, &Report::new(), Path::new(""))
    }

    fn made(bench: &Bench, key: &str, text: &str) -> (TempDir, Record) {
        let staged = bench.stage().unwrap();
        files::write(&staged.path().join("公告.pdf"), text.as_bytes()).unwrap();
        let record = record(key).write(staged.path()).unwrap();
        (staged, record)
    }

    fn text(out: &Path) -> String {
        std::fs::read_to_string(out.join("街/村/公告.pdf")).unwrap()
    }

    #[test]
    fn a_result_takes_the_place_of_an_older_one_and_of_nothing_else() {
        let out = tempfile::tempdir().unwrap();
        let bench = Bench::open(out.path()).unwrap();
        for text_of in ["old", "new"] {
            let (staged, record) = made(&bench, text_of, text_of);
            assert_eq!(bench.deliver(staged, "街/村", &record).unwrap(), None);
            assert_eq!(text(out.path()), text_of);
        }
        // Somebody wrote into the result: it is kept.
        files::write(&out.path().join("街/村/公告.pdf"), b"by hand").unwrap();
        let (staged, newest) = made(&bench, "newest", "newest");
        let aside = bench.deliver(staged, "街/村", &newest).unwrap().unwrap();
        assert_eq!(std::fs::read(aside.join("公告.pdf")).unwrap(), b"by hand");
        assert_eq!(text(out.path()), "newest");
        // What is none of ours stays.
        files::write_new(&out.path().join("别的/x.txt"), b"x").unwrap();
        let (staged, newest) = made(&bench, "newest", "newest");
        assert_eq!(bench.deliver(staged, "别的", &newest).unwrap_err().code, "exists");
        drop(bench);
        let left: Vec<_> = std::fs::read_dir(out.path().join(OWN)).unwrap().flatten().collect();
        assert!(left.iter().all(|entry| entry.file_name() == DOOR), "{left:?}");
    }

    #[test]
    fn many_runs_at_once_leave_one_whole_result() {
        let out = tempfile::tempdir().unwrap();
        // Each thinks that what the others made is stale, until all make the same.
        let key = |run: usize, n: usize| if n < 25 { format!("{run}-{n}") } else { "same".into() };
        std::thread::scope(|scope| {
            for run in 0..4 {
                let out = &out;
                scope.spawn(move || {
                    let bench = Bench::open(out.path()).unwrap();
                    for n in 0..30 {
                        let (staged, record) = made(&bench, &key(run, n), "same");
                        assert_eq!(bench.deliver(staged, "街/村", &record).unwrap(), None);
                    }
                });
            }
        });
        let found = Record::read(&out.path().join("街/村")).unwrap();
        assert!(found.is_good("same") && found.is_whole(&out.path().join("街/村")));
    }

    #[test]
    fn what_a_dead_run_left_is_swept_and_a_living_one_is_not() {
        let out = tempfile::tempdir().unwrap();
        let living = Bench::open(out.path()).unwrap();
        let staged = living.stage().unwrap();
        let dead = out.path().join(OWN).join("run-dead");
        files::write_new(&dead.join(ALIVE), b"").unwrap();
        files::write_new(&out.path().join(OWN).join("run-deader/x"), b"").unwrap();
        let other = Bench::open(out.path()).unwrap();
        assert!(!dead.exists() && !out.path().join(OWN).join("run-deader").exists());
        assert!(staged.path().exists() && other.run.path().exists());
    }
}
