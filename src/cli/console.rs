//! The window that messages are shown in. A console of Windows draws colours only when
//! it is asked to, and one that a double click opened goes when the program ends.

use std::io::IsTerminal as _;
use std::sync::LazyLock;

/// Whether what goes to standard error may be coloured.
pub(super) fn is_coloured() -> bool {
    static COLOURED: LazyLock<bool> = LazyLock::new(|| {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        std::io::stderr().is_terminal() && !unwanted && system::draws_colours()
    });
    *COLOURED
}

/// Whether the window was opened for this program alone, and somebody sits before it.
pub(super) fn goes_with_us() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal() && system::is_alone()
}

#[cfg(windows)]
#[allow(unsafe_code, reason = "said below")]
mod system {
    use windows_sys::Win32::System::Console::{
        ENABLE_VIRTUAL_TERMINAL_PROCESSING, GetConsoleMode, GetConsoleProcessList, GetStdHandle,
        STD_ERROR_HANDLE, SetConsoleMode,
    };

    /// Has the console understand colours: older ones do not, and cmd.exe leaves it off
    /// for the programs that it starts.
    pub(super) fn draws_colours() -> bool {
        let mut mode = 0;
        // SAFETY: plain calls; a handle that is no console is refused by the second, and
        // `mode` outlives it.
        unsafe {
            let handle = GetStdHandle(STD_ERROR_HANDLE);
            GetConsoleMode(handle, &mut mode) != 0
                && SetConsoleMode(handle, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING) != 0
        }
    }

    pub(super) fn is_alone() -> bool {
        let mut processes = [0; 2];
        // SAFETY: it writes at most the two numbers for which there is room.
        unsafe { GetConsoleProcessList(processes.as_mut_ptr(), 2) == 1 }
    }
}

#[cfg(not(windows))]
mod system {
    pub(super) fn draws_colours() -> bool {
        true
    }

    pub(super) fn is_alone() -> bool {
        false
    }
}
