#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod file;
mod keyring;
mod local;
mod rows;
mod vault;
mod worker;

pub use keyring::Keyring;
pub use local::Local;
pub use vault::Vault;
