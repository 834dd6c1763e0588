//! Memory while documents are set, and between them.

/// Drops what Typst remembers of documents that are done.
pub(super) fn forget() {
    #[cfg(feature = "typst")]
    comemo::evict(0);
}

/// The same, and gives what was freed back to the system.
pub fn release() {
    forget();
    trim();
}

/// Does `work`, in which Typst forgets what it does not soon ask for again: of a
/// list of a million names it would remember every line.
#[cfg(feature = "typst")]
pub fn forgetful<T>(work: impl FnOnce() -> T) -> T {
    use std::sync::mpsc::{RecvTimeoutError, channel};
    use std::thread;
    use std::time::Duration;
    // To go through all that is remembered takes time too.
    const PAUSE: Duration = Duration::from_millis(250);
    const PAUSES: usize = 1;
    thread::scope(|scope| {
        let (done, is_done) = channel::<()>();
        scope.spawn(move || {
            while is_done.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
                comemo::evict(PAUSES);
            }
        });
        let result = work();
        drop(done);
        result
    })
}

/// What glibc keeps of what was freed, unless it is told otherwise: a large list
/// that grew leaves as much behind as it has itself.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(unsafe_code, reason = "said below, of each")]
mod system {
    /// What is larger is asked of the system each time. The tables by which streams are
    /// compressed are smaller: for each of them the system would clear its pages.
    const LARGE: libc::c_int = 1 << 20;
    /// So much may lie idle between one document and the next.
    const IDLE: libc::c_int = 64 << 20;
    /// So much more is asked for than is wanted: most calls of the system are for a little.
    const AHEAD: libc::c_int = 64 << 20;
    /// Threads that share a heap wait for one another; each heap has gaps of its own.
    const HEAPS: libc::c_int = 3;

    pub fn settle() {
        // SAFETY: sets four numbers that glibc would else choose by itself.
        unsafe {
            libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE);
            libc::mallopt(libc::M_TRIM_THRESHOLD, IDLE);
            libc::mallopt(libc::M_TOP_PAD, AHEAD);
            libc::mallopt(libc::M_ARENA_MAX, HEAPS);
        }
    }

    pub(super) fn trim() {
        // SAFETY: takes no pointer, and only gives back pages that nothing uses.
        unsafe { libc::malloc_trim(0) };
    }
}

/// Other allocators give it back by themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
mod system {
    pub fn settle() {}
    pub(super) fn trim() {}
}

pub use system::settle;
use system::trim;
