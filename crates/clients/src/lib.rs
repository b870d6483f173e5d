#![doc = include_str!("../README.md")]

mod abilities;
mod error;
#[cfg(not(windows))]
mod freerdp;
mod handoff;
// What it decides is tried on every system.
#[cfg(any(windows, test))]
mod mstsc;
pub mod residue;
mod running;
mod stored;
mod window;
pub mod windows_policy;

pub use abilities::{Abilities, HeldBack, Version};
pub use error::{ClientMissing, StartError};
#[cfg(not(windows))]
pub use freerdp::{RdpClient, find_rdp};
#[cfg(windows)]
pub use mstsc::{RdpClient, find_rdp, other_credentials, policy, stale_credentials, sweep};
pub use residue::Residue;
pub use running::{ClientExit, RunningClient};
pub use stored::StoredCredential;
pub use window::NotRaised;

#[cfg(target_os = "linux")]
#[cfg(test)]
mod support;
