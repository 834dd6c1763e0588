//! A process of our own that can be ended. What others wrote as a program, wordings and
//! layouts, may run for ever or ask for all the memory there is; so it is tried there
//! first. It has no clock and no chance: what ends there ends here, in the same time.

use std::ffi::{OsStr, OsString};
use std::io::{self, Read as _};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use crate::meter;

/// The word that makes a worker of the program; no command of a user's.
pub const WORD: &str = "--worker";

/// How it ends that took longer than it may, and that nobody waits for any more.
const TOO_LONG: i32 = 124;
const LEFT_ALONE: i32 = 126;

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// What a worker may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub seconds: u64,
    pub megabytes: usize,
}

/// Why a worker was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    TooLong,
    TooMuch,
    /// It broke down: its stack was not enough, or it found a fault of ours.
    Broken,
}

impl Ended {
    /// `用了 60 秒还没有做完`
    pub fn told(self, limits: Limits) -> String {
        match self {
            Self::TooLong => format!("用了 {} 秒还没有做完", limits.seconds),
            Self::TooMuch => format!("要用的内存超过 {} MB", limits.megabytes),
            Self::Broken => "做到一半出了毛病".to_owned(),
        }
    }
}

/// Says that this process is the program, which can be started as a worker: a library
/// cannot.
pub fn is_program() {
    if let Ok(program) = std::env::current_exe() {
        PROGRAM.get_or_init(|| program);
    }
}

/// Has a worker do `task`, which it is told on its standard input, with these words.
/// Where there is none to be started, nothing is tried.
///
/// # Errors
/// Why it was ended, and the last line that it said.
pub fn try_out(words: &[&OsStr], task: &[u8], limits: Limits) -> Result<(), (Ended, String)> {
    let Some(program) = PROGRAM.get() else { return Ok(()) };
    let numbers = [limits.seconds.to_string(), limits.megabytes.to_string()];
    let mut command = Command::new(program);
    command.arg(WORD).args(numbers).args(words);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    set_apart(&mut command);
    let deadline = Instant::now() + Duration::from_secs(limits.seconds + 10);
    let Ok((mut status, mut said)) = run(&mut command, task, deadline) else { return Ok(()) };
    if status.is_some_and(was_interrupted) {
        // Ctrl-C met it before it stood apart.
        let Ok(again) = run(&mut command, task, deadline) else { return Ok(()) };
        (status, said) = again;
    }
    let ended = match status.and_then(|status| status.code()) {
        Some(0) => return Ok(()),
        Some(TOO_LONG) => Ended::TooLong,
        Some(meter::TOO_MUCH) => Ended::TooMuch,
        _ if Instant::now() > deadline => Ended::TooLong,
        _ => Ended::Broken,
    };
    Err((ended, said.lines().last().unwrap_or_default().to_owned()))
}

/// Starts a worker, gives it its task and waits for it: how it ended, and what it said.
fn run(
    command: &mut Command,
    task: &[u8],
    deadline: Instant,
) -> io::Result<(Option<ExitStatus>, String)> {
    let mut worker = command.spawn()?;
    let said = thread::scope(|scope| {
        let output = worker.stdout.take();
        let said = scope.spawn(|| output.and_then(|output| io::read_to_string(output).ok()));
        let mut input = worker.stdin.take();
        if let Some(input) = &mut input {
            // One that was ended takes no more.
            let _ = give(input, task);
        }
        wait(&mut worker, deadline);
        drop(input);
        said.join().ok().flatten().unwrap_or_default()
    });
    Ok((worker.wait().ok(), said))
}

/// Whether the signal of Ctrl-C, or that to end, ended it.
#[cfg(unix)]
fn was_interrupted(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt as _;
    matches!(status.signal(), Some(libc::SIGINT | libc::SIGTERM))
}

#[cfg(windows)]
fn was_interrupted(_: ExitStatus) -> bool {
    false
}

/// Ctrl-C is for whoever started it, who may want to finish what is under way; and on
/// Windows no window opens for a moment.
#[cfg(unix)]
fn set_apart(command: &mut Command) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
}

#[cfg(windows)]
fn set_apart(command: &mut Command) {
    use std::os::windows::process::CommandExt as _;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(CREATE_NO_WINDOW);
}

/// A task goes with its length: its end is not that of the input.
fn give(input: &mut impl io::Write, task: &[u8]) -> io::Result<()> {
    input.write_all(&(task.len() as u64).to_le_bytes())?;
    input.write_all(task)
}

fn taken(input: &mut impl io::Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 8];
    input.read_exact(&mut length)?;
    let mut task = Vec::new();
    input.take(u64::from_le_bytes(length)).read_to_end(&mut task)?;
    Ok(task)
}

/// It ends by itself; where it cannot even do that, it is ended.
fn wait(worker: &mut Child, deadline: Instant) {
    const PAUSE: Duration = Duration::from_millis(10);
    while matches!(worker.try_wait(), Ok(None)) {
        if Instant::now() > deadline {
            let _ = worker.kill();
        }
        thread::sleep(PAUSE);
    }
}

/// In the worker: keeps to the limits in the first of its words, and gives the rest and
/// its task.
pub fn bounded(words: &[OsString]) -> Option<(&[OsString], Vec<u8>)> {
    let [seconds, megabytes, rest @ ..] = words else { return None };
    let seconds = seconds.to_str()?.parse().ok()?;
    let megabytes: usize = megabytes.to_str()?.parse().ok()?;
    meter::limit(megabytes.saturating_mul(1 << 20));
    thread::spawn(move || {
        thread::sleep(Duration::from_secs(seconds));
        std::process::exit(TOO_LONG);
    });
    let task = taken(&mut io::stdin()).ok()?;
    // The input ends when whoever started it does.
    thread::spawn(|| {
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        std::process::exit(LEFT_ALONE);
    });
    Some((rest, task))
}
