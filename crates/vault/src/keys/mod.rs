//! The rows in clear: people's public keys, who holds a share of which secret, the devices. And what
//! of them has to change along with each commit.

mod api_key;
pub(crate) mod clear;
mod device_row;
mod follow;
mod following;
mod held;
mod hex;
mod identity;
mod owner;
mod receivers;
mod ring;
mod share;
pub(crate) mod vault_share;

pub(crate) use api_key::SealedApiKey;
pub(crate) use device_row::DeviceRow;
pub(crate) use follow::{Accompanied, Accompany, accompany};
pub(crate) use following::follows;
pub(crate) use held::Keys;
pub(crate) use hex::{Bytes, Hex};
pub(crate) use identity::{KnownIdentity, identity};
pub(crate) use owner::owner;
pub(crate) use ring::Ring;
pub(crate) use share::{Share, Shared};
