//! The door of the vault: opening and locking it, and keeping what people open it with.

mod means;

pub use means::{Cost, Means, WallClock};

/// What the door remembers.
#[derive(Default)]
pub(crate) struct State;
