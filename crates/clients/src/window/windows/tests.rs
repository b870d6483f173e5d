//! A window of the test's own. Under Wine without a display it needs Wine's `null` graphics driver.

use std::sync::mpsc::channel;
use std::thread::JoinHandle;

use uuid::Uuid;
use windows::Win32::Foundation::{LPARAM, WPARAM};
use windows::Win32::UI::WindowsAndMessaging::{
    CreateWindowExW, DispatchMessageW, GetMessageW, MSG, PostMessageW, WINDOW_EX_STYLE, WM_QUIT,
    WS_OVERLAPPEDWINDOW, WS_VISIBLE,
};

use super::*;

/// It stands until this goes, on a thread that answers what Windows asks of it.
struct Window {
    window: isize,
    thread: Option<JoinHandle<()>>,
}

impl Window {
    #[expect(unsafe_code, reason = "a window is the Windows API's")]
    fn open(class: &'static str, text: &str) -> Self {
        let (made, is_made) = channel();
        let (class, text) = (HSTRING::from(class), HSTRING::from(text));
        let thread = std::thread::spawn(move || {
            let (plain, style) = (WINDOW_EX_STYLE::default(), WS_OVERLAPPEDWINDOW | WS_VISIBLE);
            // SAFETY: texts end in NUL; the window lives on this thread, which fetches its messages.
            unsafe {
                let window = CreateWindowExW(
                    plain, &class, &text, style, 0, 0, 200, 100, None, None, None, None,
                );
                let window = window.expect("a desktop");
                made.send(window.0.expose_provenance().cast_signed()).unwrap();
                let mut message = MSG::default();
                while GetMessageW(&raw mut message, None, 0, 0).0 > 0 {
                    DispatchMessageW(&raw const message);
                }
            }
        });
        Self { window: is_made.recv().expect("a window"), thread: Some(thread) }
    }

    fn handle(&self) -> HWND {
        HWND(std::ptr::with_exposed_provenance_mut(self.window.cast_unsigned()))
    }
}

impl Drop for Window {
    #[expect(unsafe_code, reason = "a message of the Windows API")]
    fn drop(&mut self) {
        // SAFETY: a window that is gone makes it fail, no more.
        let asked = unsafe { PostMessageW(Some(self.handle()), WM_QUIT, WPARAM(0), LPARAM(0)) };
        if asked.is_ok() {
            self.thread.take().map(JoinHandle::join);
        }
    }
}

#[test]
fn the_windows_of_one_process_and_class_get_the_text_and_keep_it() {
    let own = std::process::id();
    let (before, after) = (Uuid::new_v4().to_string(), "CLIENT · HOST · ACCOUNT");
    let window = Window::open("STATIC", &before);
    assert_eq!(text_of(window.handle()), before);
    assert_eq!(set_text(own, "TscShellContainerClass", after), Ok(0), "another class");
    assert_eq!(set_text(own + 4, "Static", after), Ok(0), "another process");
    assert_eq!(text_of(window.handle()), before);
    assert_eq!(set_text(own, "Static", after), Ok(1));
    assert_eq!(set_text(own, "Static", after), Ok(0), "it has it already");
    assert_eq!(text_of(window.handle()), after);
}

#[test]
fn a_window_that_is_gone_is_no_window() {
    let window = Window::open("BUTTON", "gone");
    let handle = window.window;
    drop(window);
    let handle = HWND(std::ptr::with_exposed_provenance_mut(handle.cast_unsigned()));
    assert_eq!((owner(handle), text_of(handle)), (0, String::new()));
    assert!(!write(handle, "text"));
    assert_eq!(raise(u32::MAX), Err(NotRaised::NoWindow));
}
