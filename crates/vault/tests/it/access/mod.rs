//! The door of the vault: on real files, with a device in memory and a clock that is told the time.

mod api_keys;
mod codes;
mod coming_in;
mod fresh;
pub(crate) mod house;
mod keyring_gone;
mod older;
mod people;
mod pins;
mod rekeyed;
