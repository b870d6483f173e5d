//! Processes, told apart beyond their ids: an id is used again.

#[cfg(not(windows))]
use std::path::{Path, PathBuf};

#[cfg(windows)]
mod windows;
#[cfg(windows)]
pub(super) use self::windows::{end, identity};

/// When the process started, and its program.
#[cfg(target_os = "linux")]
pub(super) fn identity(id: u32) -> Option<(u64, PathBuf)> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let program = std::fs::read_link(format!("/proc/{id}/exe")).ok()?;
    // `pid (name) state ...`: the name may hold anything; the start is the 20th field behind it.
    let (_, behind) = stat.rsplit_once(") ")?;
    Some((behind.split(' ').nth(19)?.parse().ok()?, program))
}

/// Whether a client was sent to a session of ours: to a loopback address, as a one-time user. A client
/// that the person has started goes elsewhere.
#[cfg(target_os = "linux")]
pub(super) fn is_sent_to_us(id: u32) -> bool {
    let line = std::fs::read_to_string(format!("/proc/{id}/cmdline")).unwrap_or_default();
    let has = |start: &str| line.split('\0').any(|argument| argument.starts_with(start));
    has("/v:127.") && has("/u:ot-")
}

/// The system does not tell us how it was started; its program and its start decide.
#[cfg(not(target_os = "linux"))]
pub(super) fn is_sent_to_us(_id: u32) -> bool {
    true
}

/// Not asked on this system yet.
#[cfg(not(any(target_os = "linux", windows)))]
pub(super) fn identity(_id: u32) -> Option<(u64, PathBuf)> {
    None
}

/// What became of a process that was to be ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// It ran, and runs no more.
    Now,
    /// It had ended before, or its id is another's now: that one is left alone.
    Before,
    /// It did not go.
    #[cfg_attr(
        not(any(target_os = "linux", windows)),
        expect(dead_code, reason = "none is ended there yet")
    )]
    NotYet,
}

/// Ends this very process: same id, same start, same program.
#[cfg(target_os = "linux")]
pub(super) fn end(id: u32, started: u64, program: &Path) -> Ended {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};
    const PATIENCE: Timespec = Timespec { tv_sec: 2, tv_nsec: 0 };
    let pid = i32::try_from(id).ok().and_then(Pid::from_raw);
    // The handle holds on to the process, so that the id cannot become another's meanwhile.
    let Some(Ok(process)) = pid.map(|pid| pidfd_open(pid, PidfdFlags::empty())) else {
        return Ended::Before;
    };
    if !identity(id).is_some_and(|(s, p)| s == started && p == program) {
        return Ended::Before;
    }
    if pidfd_send_signal(&process, Signal::KILL).is_err() {
        return Ended::NotYet;
    }
    let mut gone = [PollFd::new(&process, PollFlags::IN)];
    if poll(&mut gone, Some(&PATIENCE)) == Ok(1) { Ended::Now } else { Ended::NotYet }
}

/// None stands in the journal on this system.
#[cfg(not(any(target_os = "linux", windows)))]
pub(super) fn end(_id: u32, _started: u64, _program: &Path) -> Ended {
    Ended::Before
}
