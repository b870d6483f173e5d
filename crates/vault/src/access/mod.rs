//! The door of the vault: opening and locking it, and keeping what people open it with.

mod means;

pub use means::{Cost, Means, WallClock};
