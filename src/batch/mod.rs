//! Many elections: an office's three hundred on one computer, a province's on many.
//!
//! - [`find`] lists what there is to do, [`key`] tells what is still good;
//! - [`work`] does one election, [`bench`] lays down what came of it, whole or not at
//!   all, and [`record`] is what is known of it afterwards;
//! - [`figures`] are what it gives to the statistics of a round;
//! - [`report`] adds up what is recorded, and [`found()`] lays out folders from a list.
//!
//! Nothing is shared between runs but the results: each can be killed at any moment,
//! and started again, beside others or instead of them.

mod bench;
pub mod figures;
pub mod find;
mod found;
mod key;
pub mod record;
pub mod report;
pub mod stop;
mod tell;
mod work;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

pub use find::{Item, Shard};
pub use found::{Founded, found};
pub use record::{Ended, Record};
pub use work::Making;

use self::bench::Bench;
use self::key::Keys;
use crate::codes::Fault;
use crate::diagnostic::{Diagnostic, Report};
use crate::files;
use crate::make::{Kit, Press, Workshop, font_folders};
use crate::pool::Pool;
use crate::typeset::memory;

/// What there is to do, beside the results: who adds up knows what is missing.
const PLAN: &str = "plan.json";

/// Deep enough for whatever an election asks for.
const STACK: usize = 16 << 20;

/// What is to be done, and how.
#[derive(Clone, Debug)]
pub struct Task {
    /// The folder below which the elections lie.
    pub folder: PathBuf,
    /// Where their results go.
    pub out: PathBuf,
    pub making: Making,
    /// How many elections at the same time; as many as there are cores, if not said.
    pub jobs: Option<usize>,
    pub shard: Option<Shard>,
    pub fonts: Vec<PathBuf>,
}

/// The paths of all elections, whichever part of them was done.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Plan {
    pub elections: BTreeSet<String>,
}

/// How far the work has come.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    pub done: usize,
    pub total: usize,
    /// What is left, if it goes on as it went.
    pub left: Option<Duration>,
    /// What was done last.
    pub path: &'a str,
}

/// What a run did.
#[derive(Debug, Default)]
pub struct Run {
    /// Of every election of this run, by path.
    pub records: Vec<Record>,
    /// How many of them were done before, and still good.
    pub kept: usize,
    /// Results that somebody had changed, and where they are now.
    pub aside: Vec<PathBuf>,
    /// What is wrong beside the elections themselves.
    pub problems: Report,
    /// Whether it was told to stop before all was done.
    pub stopped: bool,
}

impl Run {
    /// The gravest fault of all that happened; whoever was stopped is to go on.
    pub fn fault(&self) -> Option<Fault> {
        let of_record = |record: &Record| match record.ended {
            Ended::Done => None,
            Ended::AtFault => Some(Fault::Input),
            Ended::Machine => Some(Fault::Machine),
        };
        let own = [self.problems.fault(), self.stopped.then_some(Fault::Machine)];
        self.records.iter().map(of_record).chain(own).max().flatten()
    }

    pub fn count(&self, ended: Ended) -> usize {
        self.records.iter().filter(|record| record.ended == ended).count()
    }
}

impl Plan {
    /// What there is to do, as it was found when the results in `out` were made.
    pub fn read(out: &Path) -> Option<Self> {
        let bytes = std::fs::read(out.join(bench::OWN).join(PLAN)).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    fn write(&self, out: &Path) -> Result<(), Diagnostic> {
        let json = serde_json::to_string_pretty(self).unwrap_or_default();
        files::write_new(&out.join(bench::OWN).join(PLAN), (json + "\n").as_bytes())
    }
}

/// Whether this process tells itself of the panics that it catches.
static TELLS_PANICS: AtomicBool = AtomicBool::new(false);

/// Whether a run is under way that tells of every panic in the record of its election.
pub fn tells_panics() -> bool {
    TELLS_PANICS.load(Ordering::Relaxed)
}

/// Does all elections of `task`, and tells `progress` of each that is done; begins no
/// other once `stop` is set.
///
/// # Errors
/// What keeps it from beginning.
pub fn run(
    task: &Task,
    stop: &AtomicBool,
    progress: impl Fn(Progress) + Sync,
) -> Result<Run, Report> {
    find::judge(&task.folder, &task.out)?;
    let mut run = Run::default();
    if !task.folder.is_dir() {
        return Err(files::read_error(&task.folder, &std::io::ErrorKind::NotFound.into()).into());
    }
    files::create_folder(&task.out)?;
    let mut items = find::find(&task.folder, &task.out, &mut run.problems);
    if items.is_empty() {
        run.problems.push(nothing_there(&task.folder));
        return Err(run.problems);
    }
    let bench = Bench::open(&task.out)?;
    Plan { elections: find::paths(&items) }.write(&task.out)?;
    report::take_columns(&task.folder, &task.out)?;
    items.retain(|item| task.shard.is_none_or(|shard| shard.takes(&item.path)));
    find::order(&mut items);
    let keys = keys(task)?;
    let workshop = Workshop::new(&task.fonts);
    let doer = Doer { task, bench, keys, workshop, stop };
    TELLS_PANICS.store(true, Ordering::Relaxed);
    let done = doer.all(&items, &progress);
    TELLS_PANICS.store(false, Ordering::Relaxed);
    for done in done {
        run.kept += usize::from(done.kept);
        run.aside.extend(done.aside);
        run.problems.extend(done.problem);
        run.stopped |= done.record.is_none();
        run.records.extend(done.record);
    }
    run.records.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(run)
}

fn nothing_there(folder: &Path) -> Diagnostic {
    Diagnostic::error("batch-empty", "这个文件夹下面没有选举，也没有档案包。").in_file(folder).help(
        "每个选举一个文件夹，里面要有 election.yaml；用 zhangbang batch new 可以按名单一次建好。",
    )
}

/// By what results are known to be good; with the fonts, if anything is printed.
fn keys(task: &Task) -> Result<Keys, Report> {
    if task.making == Making::Check {
        return Ok(Keys::new(None, &task.making.id()));
    }
    let mut told = Report::new();
    let folders = font_folders(&task.fonts, None);
    let press = Press::of(&folders, &Kit::built_in(), &mut told).ok_or(told)?;
    Ok(Keys::new(Some(press.fonts()), &task.making.id()))
}

/// Does elections, one a thread.
struct Doer<'a> {
    task: &'a Task,
    bench: Bench,
    keys: Keys,
    workshop: Workshop,
    stop: &'a AtomicBool,
}

/// What came of one election: no record, if the work was stopped before.
#[derive(Default)]
struct Done {
    record: Option<Record>,
    kept: bool,
    aside: Option<PathBuf>,
    problem: Option<Diagnostic>,
}

impl Doer<'_> {
    fn all(&self, items: &[Item], progress: &(impl Fn(Progress) + Sync)) -> Vec<Done> {
        let pace = Mutex::new(Pace::new(items));
        let pool = Pool { stack: STACK, ..Pool::of_cores() };
        let threads = self.task.jobs.unwrap_or(pool.threads).max(1);
        Pool { threads, ..pool }.each(
            items,
            || (),
            |(), item| {
                if self.stop.load(Ordering::Relaxed) {
                    return Done::default();
                }
                let done = self.one(item);
                let mut pace = pace.lock().unwrap_or_else(PoisonError::into_inner);
                let left = pace.tick(item, done.kept);
                let (done_by_now, total) = (pace.done, items.len());
                progress(Progress { done: done_by_now, total, left, path: &item.path });
                done
            },
        )
    }

    fn one(&self, item: &Item) -> Done {
        let key = match self.keys.of(item) {
            Ok(key) => key,
            // It may be there again in a moment.
            Err(problem) => return Done::failed(item, problem, &item.place),
        };
        let known = Record::read(&self.task.out.join(&item.path));
        if let Some(record) = known.filter(|record| record.is_good(&key)) {
            return Done { record: Some(record), kept: true, ..Done::default() };
        }
        match self.made(item, &key) {
            Ok(done) => done,
            Err(problem) => Done::failed(item, problem, &self.task.out),
        }
    }

    /// Makes it anew. A disk that is full is told, as everything that is no fault of
    /// the election's.
    fn made(&self, item: &Item, key: &str) -> Result<Done, Diagnostic> {
        let mut stage = self.bench.stage()?;
        let making = &self.task.making;
        let work = || work::work(item, key, making, &self.workshop, stage.path());
        let record = match catch_unwind(AssertUnwindSafe(work)) {
            Ok(record) => record,
            Err(panic) => {
                // What it had begun is thrown away.
                stage = self.bench.stage()?;
                work::broken(item, key, &why(panic.as_ref()))
            }
        };
        memory::release();
        if record.ended != Ended::Done {
            // No half of a set is handed out.
            stage = self.bench.stage()?;
        }
        let record = record.write(stage.path())?;
        let aside = self.bench.deliver(stage, &item.path, &record)?;
        Ok(Done { record: Some(record), aside, ..Done::default() })
    }
}

impl Done {
    /// Of one that left no record behind; files are named from `base`.
    fn failed(item: &Item, problem: Diagnostic, base: &Path) -> Self {
        let report = Report::from(problem.clone());
        let record = Record::of_failure(&item.path, item.kind, "", &report, base);
        Self { record: Some(record), problem: Some(problem), ..Self::default() }
    }
}

/// What a panic said.
fn why(panic: &(dyn std::any::Any + Send)) -> String {
    let said = panic.downcast_ref::<&str>().map(|said| (*said).to_owned());
    let said = said.or_else(|| panic.downcast_ref::<String>().cloned());
    crate::privacy::mask(&said.unwrap_or_else(|| "没有说明".to_owned())).into_owned()
}

/// How fast the work goes, from which it follows what is left.
struct Pace {
    start: Instant,
    done: usize,
    /// What is still to be done, and what was done since the start, by weight.
    ahead: f64,
    behind: f64,
}

impl Pace {
    fn new(items: &[Item]) -> Self {
        let ahead = items.iter().map(weight).sum();
        Self { start: Instant::now(), done: 0, ahead, behind: 0.0 }
    }

    /// Takes note of one that is done, and tells how long the rest may take.
    fn tick(&mut self, item: &Item, kept: bool) -> Option<Duration> {
        let weight = weight(item);
        self.done += 1;
        self.ahead -= weight;
        // What was there already says nothing of how long work takes.
        self.behind += if kept { 0.0 } else { weight };
        let taken = self.start.elapsed().as_secs_f64();
        let left = taken * self.ahead.max(0.0) / self.behind;
        (self.behind > 0.0 && left.is_finite()).then(|| Duration::from_secs_f64(left))
    }
}

/// An election without a roll takes some time, too.
#[allow(clippy::cast_precision_loss, reason = "an estimate")]
fn weight(item: &Item) -> f64 {
    const LEAST: f64 = 50_000.0;
    item.weight as f64 + LEAST
}
