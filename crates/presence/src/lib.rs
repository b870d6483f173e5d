#![doc = include_str!("../README.md")]

mod means;
mod turn;
mod watch;

#[cfg(all(unix, not(target_os = "macos")))]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(windows)]
mod windows;

#[cfg(all(unix, not(target_os = "macos")))]
pub use linux::{Buses, OsSession, means};
#[cfg(target_os = "macos")]
pub use macos::{OsSession, means};
pub use means::{Means, Source};
pub use turn::{Turn, Turned};
pub use watch::{IdleUnknown, Session, Warden, watch};
#[cfg(windows)]
pub use windows::{OsSession, means};
