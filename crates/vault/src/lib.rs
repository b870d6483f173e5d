#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod access;
mod anchor;
mod device;
mod file;
mod keyring;
mod keys;
mod local;
mod rows;
mod seal;
mod slots;
mod vault;
mod witness;
mod worker;

pub use access::{Cost, Means, WallClock};
pub use device::{Device, MemoryDevice};
pub use keyring::Keyring;
pub use local::Local;
pub use seal::{Domain, PublicIdentity, VaultId};
pub use vault::{Examined, Vault};
pub use witness::{AuditAnchor, Witness};
