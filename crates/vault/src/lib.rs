#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod file;
mod keyring;
mod local;
mod rows;
mod seal;
mod vault;
mod witness;
mod worker;

pub use keyring::Keyring;
pub use local::Local;
pub use seal::{Domain, PublicIdentity, VaultId};
pub use vault::Vault;
pub use witness::{AuditAnchor, Witness};
