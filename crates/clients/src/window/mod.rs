//! Brings a client's window to the front.

#[cfg(not(any(all(unix, not(target_os = "macos")), windows)))]
mod other;
#[cfg(windows)]
mod windows;
#[cfg(all(unix, not(target_os = "macos")))]
mod x11;

#[cfg(not(any(all(unix, not(target_os = "macos")), windows)))]
pub(crate) use self::other::raise;
#[cfg(windows)]
pub(crate) use self::windows::{raise, set_text};
#[cfg(all(unix, not(target_os = "macos")))]
pub(crate) use self::x11::raise;

/// On another display than this process', for the tests.
#[cfg(target_os = "linux")]
#[cfg(test)]
pub(crate) use self::x11::{raised_on, titles_on};

/// Why a client's window did not come to the front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotRaised {
    /// The client has ended.
    #[error("client ended")]
    Ended,
    /// It has no window, or none yet.
    #[error("no window")]
    NoWindow,
    /// The desktop cannot be reached.
    #[error("no desktop")]
    NoDesktop,
    /// Under Wayland no program may bring another's window to the front.
    #[error("not under Wayland")]
    Wayland,
    /// The window manager was asked and did not do it.
    #[error("refused by the window manager")]
    Refused,
    /// Not done on this system yet (macOS).
    #[error("not on this system yet")]
    NotYet,
}
