//! The first start: a vault gets its name, its first administrator and their passphrase.

mod found;
mod upgrade;

pub use found::{Founding, found};
pub use upgrade::upgrade;
