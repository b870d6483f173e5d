#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

#[cfg(target_os = "linux")]
pub mod freerdp;
pub mod holder;
pub mod lease;
pub mod stub;

use std::error::Error;

/// Any failure ends a measurement or a test; its text is all that is needed of it.
pub type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;
