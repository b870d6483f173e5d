#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod account;
#[cfg(target_os = "linux")]
pub mod browser;
#[cfg(target_os = "linux")]
pub mod demo;
#[cfg(target_os = "linux")]
pub mod desk;
#[cfg(target_os = "linux")]
pub mod display;
pub mod hostile;
#[cfg(target_os = "linux")]
pub mod keyring;
#[cfg(target_os = "linux")]
pub mod play;
#[cfg(target_os = "linux")]
mod program;
#[cfg(target_os = "linux")]
pub mod rdp_host;
#[cfg(target_os = "linux")]
pub mod window;
#[cfg(target_os = "linux")]
pub mod xrdp_host;

#[cfg(target_os = "linux")]
pub use program::SandboxError;
