//! Windows: a process is held by a handle while it is compared and ended, so that its id cannot become
//! another's meanwhile.

use std::ffi::OsString;
use std::os::windows::ffi::OsStringExt;
use std::path::{Path, PathBuf};

use windows::Win32::Foundation::{FILETIME, HANDLE, WAIT_OBJECT_0};
use windows::Win32::System::Threading::{
    GetProcessTimes, OpenProcess, PROCESS_ACCESS_RIGHTS, PROCESS_NAME_WIN32,
    PROCESS_QUERY_LIMITED_INFORMATION, PROCESS_SYNCHRONIZE, PROCESS_TERMINATE,
    QueryFullProcessImageNameW, TerminateProcess, WaitForSingleObject,
};
use windows::core::{Owned, PWSTR, Result};

use super::Ended;

/// How long it may take to go, in milliseconds.
const PATIENCE: u32 = 2_000;
/// The longest path of Windows, in UTF-16 units.
const LONGEST: usize = 32_768;

/// When the process started, in 100 ns since 1601 (`FILETIME`), and its program.
pub(in super::super) fn identity(id: u32) -> Option<(u64, PathBuf)> {
    let process = open(id, PROCESS_QUERY_LIMITED_INFORMATION | PROCESS_SYNCHRONIZE).ok()?;
    if has_ended(&process, 0) { None } else { told(&process).ok() }
}

/// Ends this very process: same id, same start, same program.
pub(in super::super) fn end(id: u32, started: u64, program: &Path) -> Ended {
    let access = PROCESS_QUERY_LIMITED_INFORMATION | PROCESS_SYNCHRONIZE | PROCESS_TERMINATE;
    let Ok(process) = open(id, access) else { return Ended::Before };
    if has_ended(&process, 0) || !told(&process).is_ok_and(|(s, p)| s == started && p == program) {
        return Ended::Before;
    }
    if terminate(&process).is_ok() && has_ended(&process, PATIENCE) {
        Ended::Now
    } else {
        Ended::NotYet
    }
}

#[expect(unsafe_code, reason = "a call of the Windows API that opens a process")]
fn open(id: u32, access: PROCESS_ACCESS_RIGHTS) -> Result<Owned<HANDLE>> {
    // SAFETY: the handle is ours alone and is closed when it goes.
    unsafe { Ok(Owned::new(OpenProcess(access, false, id)?)) }
}

#[expect(unsafe_code, reason = "two calls of the Windows API that fill numbers and a text")]
fn told(process: &Owned<HANDLE>) -> Result<(u64, PathBuf)> {
    let [mut started, mut ended, mut kernel, mut user] = [FILETIME::default(); 4];
    let mut name = vec![0_u16; LONGEST];
    let mut length = u32::try_from(name.len()).unwrap_or_default();
    let text = PWSTR(name.as_mut_ptr());
    // SAFETY: the handle is open; numbers and text are ours, and the text is as long as is said.
    unsafe {
        let (of, to) = (&raw mut started, &raw mut ended);
        GetProcessTimes(**process, of, to, &raw mut kernel, &raw mut user)?;
        QueryFullProcessImageNameW(**process, PROCESS_NAME_WIN32, text, &raw mut length)?;
    }
    let name = name.get(..usize::try_from(length).unwrap_or_default()).unwrap_or_default();
    let started = (u64::from(started.dwHighDateTime) << 32) | u64::from(started.dwLowDateTime);
    Ok((started, OsString::from_wide(name).into()))
}

/// Whether it has ended, or does so within these milliseconds.
#[expect(unsafe_code, reason = "a call of the Windows API that waits for a process")]
fn has_ended(process: &Owned<HANDLE>, milliseconds: u32) -> bool {
    // SAFETY: the handle is open.
    unsafe { WaitForSingleObject(**process, milliseconds) == WAIT_OBJECT_0 }
}

#[expect(unsafe_code, reason = "a call of the Windows API that ends a process")]
fn terminate(process: &Owned<HANDLE>) -> Result<()> {
    // SAFETY: the handle is open, and was compared with what is to be ended.
    unsafe { TerminateProcess(**process, 1) }
}

#[cfg(test)]
mod tests {
    use std::process::Stdio;

    use tokio::process::{Child, Command};

    use super::*;

    /// It waits for its input's end.
    fn started() -> Child {
        let child = Command::new(r"C:\windows\system32\cmd.exe").stdin(Stdio::piped()).spawn();
        child.expect("a command line")
    }

    #[tokio::test]
    async fn only_the_very_process_is_ended() {
        let mut child = started();
        let id = child.id().unwrap();
        let (since, program) = identity(id).unwrap();
        assert!(program.ends_with("cmd.exe"), "{}", program.display());
        assert_eq!(end(id, since + 1, &program), Ended::Before, "another start");
        assert_eq!(end(id, since, Path::new(r"C:\other.exe")), Ended::Before, "another program");
        assert_eq!(child.try_wait().unwrap(), None, "it still runs");
        assert_eq!(end(id, since, &program), Ended::Now);
        assert_eq!(end(id, since, &program), Ended::Before, "it has ended");
        assert_eq!(identity(id), None, "also where its number is still held");
        assert_eq!(child.wait().await.unwrap().code(), Some(1));
    }

    #[test]
    fn a_process_that_does_not_exist_has_no_identity() {
        assert_eq!(identity(u32::MAX), None);
        assert!(identity(std::process::id()).is_some());
    }
}
