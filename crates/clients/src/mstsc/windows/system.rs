//! Where Windows itself lies.

use std::ffi::OsString;
use std::os::windows::ffi::OsStringExt;
use std::path::PathBuf;

use windows::Win32::System::SystemInformation::GetSystemDirectoryW;

/// The folder of Windows' own programs, as Windows says it: no variable that somebody may have set.
#[expect(unsafe_code, reason = "a call of the Windows API that fills a text")]
pub(in super::super) fn folder() -> Option<PathBuf> {
    let mut text = [0_u16; 260];
    // SAFETY: the buffer is ours, and its length goes with it.
    let length = unsafe { GetSystemDirectoryW(Some(&mut text)) };
    let text = text.get(..usize::try_from(length).ok()?)?;
    (!text.is_empty()).then(|| OsString::from_wide(text).into())
}
