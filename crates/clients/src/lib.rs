#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod abilities;
mod error;
#[cfg(not(windows))]
mod freerdp;
#[cfg(windows)]
mod mstsc;
pub mod residue;
mod running;
mod window;

pub use abilities::{Abilities, HeldBack, Version};
pub use error::{ClientMissing, StartError};
#[cfg(not(windows))]
pub use freerdp::{RdpClient, find_rdp};
#[cfg(windows)]
pub use mstsc::{RdpClient, find_rdp};
pub use residue::Residue;
pub use running::{ClientExit, RunningClient};
pub use window::NotRaised;

#[cfg(all(test, target_os = "linux"))]
mod support;
