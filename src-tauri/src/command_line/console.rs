//! The terminal that a command was typed in. A released Usher is a program with a window, which
//! Windows starts without one: what it prints would go nowhere.

/// Writes to the terminal that Usher was started from, if it was. What was led into a file or another
/// program stays there.
#[cfg(windows)]
#[expect(unsafe_code, reason = "one call of the Windows API that takes a number")]
pub(super) fn attach() {
    use windows::Win32::System::Console::{ATTACH_PARENT_PROCESS, AttachConsole};
    // SAFETY: it takes no memory of ours, and no thread of ours prints yet.
    let attached = unsafe { AttachConsole(ATTACH_PARENT_PROCESS) };
    // Started from a menu there is no terminal, and nobody to read what is printed.
    attached.ok();
}

/// Everywhere else a program has the terminal of whoever starts it.
#[cfg(not(windows))]
pub(super) const fn attach() {}
