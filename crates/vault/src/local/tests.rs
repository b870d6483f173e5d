//! The log on real files.

mod anchors;
mod big;
#[cfg(unix)]
mod killed;
mod leaks;
mod locked;
mod older;
mod questions;
mod restarted;
mod signing;
mod stage;
mod tampered;
mod unwritable;
