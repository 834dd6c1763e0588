//! Being told to stop: what is under way is finished, and nothing else is begun.

use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);

/// Set once somebody has pressed Ctrl-C, or the system asks the program to end; from
/// then on the next time ends it at once, which harms nothing either.
pub fn when_asked() -> &'static AtomicBool {
    for signal in [libc::SIGINT, libc::SIGTERM] {
        listen(signal);
    }
    &ASKED
}

#[allow(unsafe_code, reason = "said below")]
fn listen(signal: libc::c_int) {
    let asked: extern "C" fn(libc::c_int) = asked;
    // SAFETY: the handler only sets a flag and gives the signal back to the system,
    // both of which a handler may do.
    unsafe { libc::signal(signal, asked as libc::sighandler_t) };
}

#[allow(unsafe_code, reason = "said below")]
extern "C" fn asked(signal: libc::c_int) {
    ASKED.store(true, Ordering::Relaxed);
    // SAFETY: `signal` may be called in a handler.
    unsafe { libc::signal(signal, libc::SIG_DFL) };
}
