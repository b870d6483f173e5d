#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod ask;
mod broker;
mod clock;
mod events;
mod itglue_source;
mod map;
mod pickers;
pub mod protocol;
mod render;
mod runs;
mod unlocks;
mod world;

pub use broker::{Broker, Open};
pub use clock::{OsRandom, SystemClock};
pub use events::{EventHub, Subscription};
pub use itglue_source::ItGlueSource;
#[cfg(feature = "test-server")]
pub use itglue_source::Server;
pub use map::certificate::unhex;
pub use unlocks::UnlockRegistry;
pub use world::{Desk, Places, RealWorld, World};
