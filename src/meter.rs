//! How much memory a process takes, where somebody counts.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicIsize, Ordering::Relaxed};

/// The system's allocator, which ends the process beyond a limit, if one is set.
pub struct Meter;

/// How a process ends that took more than it may.
pub const TOO_MUCH: i32 = 125;

static LIMIT: AtomicIsize = AtomicIsize::new(isize::MAX);
/// What was taken since there is a limit, less what was given back.
static TAKEN: AtomicIsize = AtomicIsize::new(0);

/// From now on no more than so many bytes may be taken.
pub fn limit(bytes: usize) {
    LIMIT.store(isize::try_from(bytes).unwrap_or(isize::MAX), Relaxed);
}

fn take(bytes: usize) {
    let limit = LIMIT.load(Relaxed);
    if limit == isize::MAX {
        return;
    }
    let bytes = isize::try_from(bytes).unwrap_or(isize::MAX);
    if TAKEN.fetch_add(bytes, Relaxed).saturating_add(bytes) > limit {
        // To end takes a little, too.
        LIMIT.store(isize::MAX, Relaxed);
        std::process::exit(TOO_MUCH);
    }
}

fn give(bytes: usize) {
    if LIMIT.load(Relaxed) != isize::MAX {
        TAKEN.fetch_sub(isize::try_from(bytes).unwrap_or(isize::MAX), Relaxed);
    }
}

// SAFETY: every call goes to the system's allocator as it came; beside it numbers are
// added up, or the process ends.
#[allow(unsafe_code, reason = "said above")]
unsafe impl GlobalAlloc for Meter {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        take(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        take(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        give(layout.size());
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        take(size);
        give(layout.size());
        unsafe { System.realloc(at, layout, size) }
    }
}
