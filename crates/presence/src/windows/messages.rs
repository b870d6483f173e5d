//! A window that is never shown: Windows tells it that the session is locked or left, and that the
//! computer is about to sleep.

use std::sync::OnceLock;

use tokio::sync::mpsc::UnboundedSender;
use windows::Win32::Foundation::{HANDLE, HWND, LPARAM, LRESULT, WPARAM};
use windows::Win32::System::LibraryLoader::GetModuleHandleW;
use windows::Win32::System::Power::RegisterSuspendResumeNotification;
use windows::Win32::System::RemoteDesktop::{
    NOTIFY_FOR_THIS_SESSION, WTSRegisterSessionNotification,
};
use windows::Win32::UI::WindowsAndMessaging::{
    CreateWindowExW, DEVICE_NOTIFY_WINDOW_HANDLE, DefWindowProcW, DispatchMessageW, GetMessageW,
    MSG, PBT_APMSUSPEND, RegisterClassW, WINDOW_EX_STYLE, WINDOW_STYLE, WM_POWERBROADCAST,
    WM_WTSSESSION_CHANGE, WNDCLASSW, WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT,
    WTS_SESSION_LOCK, WTS_SESSION_LOGOFF,
};
use windows::core::w;

use crate::turn::{Turn, Turned};

/// Where the window tells what it hears: a window has no other way to know.
static TO: OnceLock<UnboundedSender<Turned>> = OnceLock::new();

/// Makes the window on a thread of its own, which lives as long as the program.
pub(super) fn listen(to: UnboundedSender<Turned>) {
    if TO.set(to).is_err() {
        tracing::warn!("Only one session can be listened to");
        return;
    }
    let thread = std::thread::Builder::new().name("presence".to_owned());
    let started = thread.spawn(|| {
        if let Err(error) = run() {
            tracing::warn!(%error, "Windows does not tell when it is locked or sleeps");
        }
    });
    if let Err(error) = started {
        tracing::warn!(%error, "Windows does not tell when it is locked or sleeps");
    }
}

#[expect(unsafe_code, reason = "a window and its messages are the Windows API's")]
fn run() -> windows::core::Result<()> {
    // SAFETY: the class and the texts are constants; the window lives on this thread, whose messages
    // are fetched here until the program ends.
    unsafe {
        let class = WNDCLASSW {
            lpfnWndProc: Some(told),
            hInstance: GetModuleHandleW(None)?.into(),
            lpszClassName: w!("UsherPresence"),
            ..Default::default()
        };
        RegisterClassW(&raw const class);
        // A top-level window: those that take messages only are told of no suspend.
        let (style, plain) = (WINDOW_EX_STYLE::default(), WINDOW_STYLE::default());
        let (name, title) = (class.lpszClassName, w!(""));
        let instance = Some(class.hInstance);
        let window =
            CreateWindowExW(style, name, title, plain, 0, 0, 0, 0, None, None, instance, None)?;
        WTSRegisterSessionNotification(window, NOTIFY_FOR_THIS_SESSION)?;
        RegisterSuspendResumeNotification(HANDLE(window.0), DEVICE_NOTIFY_WINDOW_HANDLE)?;
        let mut message = MSG::default();
        while GetMessageW(&raw mut message, None, 0, 0).0 > 0 {
            DispatchMessageW(&raw const message);
        }
    }
    Ok(())
}

#[expect(unsafe_code, reason = "Windows calls it, by its own convention")]
extern "system" fn told(window: HWND, message: u32, what: WPARAM, more: LPARAM) -> LRESULT {
    if let Some(turn) = turn(message, what) {
        tell(turn);
    }
    // SAFETY: the arguments are those that Windows called with.
    unsafe { DefWindowProcW(window, message, what, more) }
}

/// What the message means to us.
fn turn(message: u32, what: WPARAM) -> Option<Turn> {
    let what = u32::try_from(what.0).ok()?;
    match (message, what) {
        (
            WM_WTSSESSION_CHANGE,
            WTS_SESSION_LOCK | WTS_CONSOLE_DISCONNECT | WTS_REMOTE_DISCONNECT | WTS_SESSION_LOGOFF,
        ) => Some(Turn::ScreenLocked),
        (WM_POWERBROADCAST, PBT_APMSUSPEND) => Some(Turn::Suspending),
        _ => None,
    }
}

/// Windows sleeps when the message is answered, so a suspend is answered when it was dealt with.
fn tell(turn: Turn) {
    let (turned, dealt_with) = Turned::new(turn);
    let sent = TO.get().is_some_and(|to| to.send(turned).is_ok());
    if sent && turn == Turn::Suspending {
        // An error means that it was dropped, which is how a turn is dealt with.
        drop(dealt_with.blocking_recv());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locking_leaving_and_sleeping_are_told_and_nothing_else() {
        let heard =
            |message, what: u32| turn(message, WPARAM(usize::try_from(what).expect("small")));
        for what in [WTS_SESSION_LOCK, WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT] {
            assert_eq!(heard(WM_WTSSESSION_CHANGE, what), Some(Turn::ScreenLocked));
        }
        assert_eq!(heard(WM_POWERBROADCAST, PBT_APMSUSPEND), Some(Turn::Suspending));
        assert_eq!(heard(WM_POWERBROADCAST, WTS_SESSION_LOCK), None);
        assert_eq!(heard(WM_WTSSESSION_CHANGE, 8), None, "unlocked");
    }
}
