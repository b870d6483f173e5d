//! What the vault's secrets are sealed, shared and signed with. Every primitive comes from a crate;
//! here stands only how they are put together, each thing once.
//!
//! Bytes that are authenticated or signed are canonical ([`Canonical`]) and begin with what they are
//! for, so that nothing made for one purpose holds for another.

mod aead;
mod blob;
mod canonical;
mod derive;
mod fault;
mod identity;
mod random;
mod share;
mod sign;
mod stretch;
#[cfg(test)]
mod tests;
mod vault_id;

pub(crate) use aead::{SymmetricKey, decrypt, encrypt};
pub(crate) use blob::{Place, VaultKey, open, seal};
pub(crate) use canonical::Canonical;
pub(crate) use derive::{commitment, commits, derive};
pub(crate) use fault::SealError;
pub use identity::PublicIdentity;
pub(crate) use identity::{Identity, SharingKey};
pub(crate) use random::random;
#[cfg(test)]
pub(crate) use random::without_randomness;
pub(crate) use share::{share, unshare};
pub use sign::Domain;
pub(crate) use sign::verify;
pub(crate) use stretch::Stretch;
pub use vault_id::VaultId;
