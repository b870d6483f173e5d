//! Host certificates: what a host shows, and trusting it, by whoever may link what is sent there.

mod key_trust;
mod look;
#[cfg(test)]
mod tests;
mod trust;

pub use key_trust::{KeyTrust, Shown};
pub use look::{Look, look};
pub(crate) use trust::typed_only;
pub use trust::{may_trust, trust};
