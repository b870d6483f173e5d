//! What the demo shows: a stand-in account with one client set up, a real host that takes one of
//! its passwords, and a vault with entries for them.

mod seed;
mod stage;

pub use seed::{Seeded, seed};
pub use stage::{ADMINISTRATOR, CLIENT, Facts, RECORD, Stage, USER, made_up};
