//! What Windows says of processes: which there are, whose, and whether one still runs.

use windows::Win32::Foundation::{ERROR_INVALID_PARAMETER, HANDLE, WAIT_OBJECT_0};
use windows::Win32::Security::{
    EqualSid, GetTokenInformation, PSID, TOKEN_QUERY, TOKEN_USER, TokenUser,
};
use windows::Win32::System::Diagnostics::ToolHelp::{
    CreateToolhelp32Snapshot, PROCESSENTRY32W, Process32FirstW, Process32NextW, TH32CS_SNAPPROCESS,
};
use windows::Win32::System::RemoteDesktop::ProcessIdToSessionId;
use windows::Win32::System::Threading::{
    OpenProcess, OpenProcessToken, PROCESS_ACCESS_RIGHTS, PROCESS_QUERY_LIMITED_INFORMATION,
    PROCESS_SYNCHRONIZE, WaitForSingleObject,
};
use windows::core::{Owned, Result};

use super::tree::Process;

/// Every process there is now; `None` where Windows does not list them.
pub(super) fn all() -> Option<Vec<Process>> {
    let listed = listed();
    if let Err(error) = &listed {
        tracing::debug!(%error, "Processes not listed");
    }
    listed.ok()
}

#[expect(unsafe_code, reason = "a snapshot of the Windows API is read entry by entry")]
fn listed() -> Result<Vec<Process>> {
    let size = u32::try_from(size_of::<PROCESSENTRY32W>()).unwrap_or_default();
    let mut entry = PROCESSENTRY32W { dwSize: size, ..Default::default() };
    let mut all = Vec::new();
    // SAFETY: the snapshot is ours and is closed when it goes; the entry says its own size.
    unsafe {
        let snapshot = Owned::new(CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0)?);
        Process32FirstW(*snapshot, &raw mut entry)?;
        loop {
            all.push(Process { id: entry.th32ProcessID, parent: entry.th32ParentProcessID });
            if Process32NextW(*snapshot, &raw mut entry).is_err() {
                return Ok(all);
            }
        }
    }
}

/// Whether a process is of our own user, in our own session of the computer.
///
/// A process that may not even be asked is somebody else's.
pub(super) fn is_ours(process: u32) -> bool {
    let own = std::process::id();
    let same_session = session(own).is_some_and(|own| session(process) == Some(own));
    same_session && is_same_user(process, own).unwrap_or(false)
}

#[expect(unsafe_code, reason = "a call of the Windows API that fills a number")]
fn session(process: u32) -> Option<u32> {
    let mut session = 0;
    // SAFETY: the number is ours and lives longer than the call.
    unsafe { ProcessIdToSessionId(process, &raw mut session) }.ok()?;
    Some(session)
}

#[expect(unsafe_code, reason = "two users are compared by the Windows API")]
fn is_same_user(one: u32, other: u32) -> Result<bool> {
    let (one, other) = (User::of(one)?, User::of(other)?);
    // SAFETY: both point into buffers that live until the end of this function.
    Ok(unsafe { EqualSid(one.sid(), other.sid()) }.is_ok())
}

/// Who a process runs as: a `TOKEN_USER`, and behind it what it points to.
struct User(Vec<TOKEN_USER>);

impl User {
    /// A SID takes at most 68 bytes (`SECURITY_MAX_SID_SIZE`).
    const ENTRIES: usize = 1 + 68_usize.div_ceil(size_of::<TOKEN_USER>());

    #[expect(unsafe_code, reason = "a token of the Windows API is asked for its user")]
    fn of(process: u32) -> Result<Self> {
        let process = open(process, PROCESS_QUERY_LIMITED_INFORMATION)?;
        let mut user = vec![TOKEN_USER::default(); Self::ENTRIES];
        let room = u32::try_from(size_of_val(user.as_slice())).unwrap_or_default();
        let (mut token, mut length) = (HANDLE::default(), 0);
        let into = user.as_mut_ptr().cast();
        // SAFETY: the token is closed when it goes; the buffer is ours, aligned as its first entry wants
        // and as large as is said.
        unsafe {
            OpenProcessToken(*process, TOKEN_QUERY, &raw mut token)?;
            let token = Owned::new(token);
            GetTokenInformation(*token, TokenUser, Some(into), room, &raw mut length)?;
        }
        Ok(Self(user))
    }

    fn sid(&self) -> PSID {
        self.0.first().map(|user| user.User.Sid).unwrap_or_default()
    }
}

/// Whether a process has ended, also where its number is still held by whoever started it.
#[expect(unsafe_code, reason = "a call of the Windows API that asks a process for its end")]
pub(in super::super) fn is_gone(process: u32) -> bool {
    match open(process, PROCESS_SYNCHRONIZE) {
        // SAFETY: the handle is ours and open; it does not wait.
        Ok(process) => unsafe { WaitForSingleObject(*process, 0) == WAIT_OBJECT_0 },
        Err(error) => error.code() == ERROR_INVALID_PARAMETER.to_hresult(),
    }
}

#[expect(unsafe_code, reason = "a call of the Windows API that opens a process")]
fn open(process: u32, access: PROCESS_ACCESS_RIGHTS) -> Result<Owned<HANDLE>> {
    // SAFETY: the handle is ours alone and is closed when it goes.
    unsafe { Ok(Owned::new(OpenProcess(access, false, process)?)) }
}
