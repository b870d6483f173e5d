//! Host certificates: what a host shows, and trusting it, by whoever may link what is sent there.

mod look;
mod standing;
#[cfg(test)]
mod tests;
mod trust;

pub use look::{Look, look};
pub use standing::{Shown, Standing};
pub(crate) use trust::typed_only;
pub use trust::{may_trust, trust};
