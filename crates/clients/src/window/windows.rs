//! Windows: the windows of one process, their texts, and the one in front.

use windows::Win32::Foundation::{HWND, LPARAM};
use windows::Win32::UI::WindowsAndMessaging::{
    EnumWindows, GW_OWNER, GetClassNameW, GetWindow, GetWindowTextW, GetWindowThreadProcessId,
    IsIconic, IsWindowVisible, SW_RESTORE, SetForegroundWindow, SetWindowTextW, ShowWindowAsync,
};
use windows::core::{BOOL, HSTRING, Result};

use super::NotRaised;

/// Longer names of classes and texts are cut, which is enough to compare them.
const LONGEST: usize = 512;

/// Brings the process' main window to the front, out of the task bar if need be.
pub(crate) fn raise(process: u32) -> std::result::Result<(), NotRaised> {
    let all = all().map_err(|_| NotRaised::NoDesktop)?;
    let main = all.into_iter().find(|window| is_main(*window, process));
    if to_front(main.ok_or(NotRaised::NoWindow)?) { Ok(()) } else { Err(NotRaised::Refused) }
}

/// Gives the process' windows of this class the text, where they have another; how many were changed.
///
/// # Errors
/// As Windows gives them; a window that went away meanwhile is none.
pub(crate) fn set_text(process: u32, class: &str, text: &str) -> Result<usize> {
    let ours = |window: &HWND| owner(*window) == process && class_of(*window) == class;
    let others = all()?.into_iter().filter(|window| ours(window) && text_of(*window) != text);
    Ok(others.filter(|window| write(*window, text)).count())
}

/// Every window that stands on the desktop by itself.
#[expect(unsafe_code, reason = "the Windows API calls back for each window")]
fn all() -> Result<Vec<HWND>> {
    extern "system" fn add(window: HWND, into: LPARAM) -> BOOL {
        let into = std::ptr::with_exposed_provenance_mut::<Vec<HWND>>(into.0.cast_unsigned());
        // SAFETY: it is the list below, which outlives the call and is not used meanwhile.
        unsafe { (*into).push(window) };
        true.into()
    }
    let mut all = Vec::new();
    let into = LPARAM((&raw mut all).expose_provenance().cast_signed());
    // SAFETY: it calls back on this thread, and not after it has returned.
    unsafe { EnumWindows(Some(add), into) }?;
    Ok(all)
}

/// A window that can be seen and belongs to no other window.
#[expect(unsafe_code, reason = "two calls of the Windows API that look at a window")]
fn is_main(window: HWND, process: u32) -> bool {
    // SAFETY: a window that has gone away meanwhile makes them fail, no more.
    let (seen, owned) = unsafe { (IsWindowVisible(window), GetWindow(window, GW_OWNER)) };
    seen.as_bool() && owned.is_err() && owner(window) == process
}

#[expect(unsafe_code, reason = "calls of the Windows API that show a window")]
fn to_front(window: HWND) -> bool {
    // SAFETY: as above.
    unsafe {
        if IsIconic(window).as_bool() {
            // It answers whether the window was seen before, which is of no use here.
            let _was_seen = ShowWindowAsync(window, SW_RESTORE);
        }
        SetForegroundWindow(window).as_bool()
    }
}

/// The process that a window belongs to; 0 where it has gone away.
#[expect(unsafe_code, reason = "a call of the Windows API that fills a number")]
fn owner(window: HWND) -> u32 {
    let mut process = 0;
    // SAFETY: the number is ours and outlives the call.
    unsafe { GetWindowThreadProcessId(window, Some(&raw mut process)) };
    process
}

#[expect(unsafe_code, reason = "a call of the Windows API that fills a text")]
fn class_of(window: HWND) -> String {
    let mut text = [0_u16; LONGEST];
    // SAFETY: the buffer is ours, and its length goes with it.
    let length = unsafe { GetClassNameW(window, &mut text) };
    read(&text, length)
}

#[expect(unsafe_code, reason = "a call of the Windows API that fills a text")]
fn text_of(window: HWND) -> String {
    let mut text = [0_u16; LONGEST];
    // SAFETY: as above.
    let length = unsafe { GetWindowTextW(window, &mut text) };
    read(&text, length)
}

fn read(text: &[u16], length: i32) -> String {
    let length = usize::try_from(length).unwrap_or_default();
    String::from_utf16_lossy(text.get(..length).unwrap_or_default())
}

/// Whether it could be written: not where the window has gone away meanwhile.
#[expect(unsafe_code, reason = "a call of the Windows API that copies a text")]
fn write(window: HWND, text: &str) -> bool {
    // SAFETY: the text ends in NUL and outlives the call.
    unsafe { SetWindowTextW(window, &HSTRING::from(text)) }.is_ok()
}

#[cfg(test)]
mod tests;
