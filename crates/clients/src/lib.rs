#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod error;
#[cfg(not(windows))]
mod freerdp;
#[cfg(windows)]
mod mstsc;
mod running;

pub use error::{ClientMissing, StartError};
#[cfg(not(windows))]
pub use freerdp::{RdpClient, find_rdp};
#[cfg(windows)]
pub use mstsc::{RdpClient, find_rdp};
pub use running::{ClientExit, RunningClient};
