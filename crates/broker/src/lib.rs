#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod ask;
mod broker;
mod clock;
mod door;
mod drift;
mod events;
mod idle;
mod itglue_source;
mod lock;
mod map;
mod pickers;
pub mod protocol;
mod render;
mod runs;
mod tickets;
mod undos;
mod unlocks;
mod verify;
mod watch;
mod world;

pub use broker::{Broker, Open};
pub use clock::{OsRandom, SystemClock};
pub use events::{EventHub, Subscription};
pub use itglue_source::ItGlueSource;
#[cfg(feature = "test-server")]
pub use itglue_source::Server;
pub use map::certificate::unhex;
pub use map::handoff::received;
pub use render::log_fault_of;
pub use unlocks::UnlockRegistry;
#[cfg(windows)]
pub use usher_rdp::KeptCertificate;
pub use usher_rdp::{Probe, ProbeReport};
pub use verify::{door as look, log as verify_log, vault as verify_vault};
pub use world::{Desk, Places, RealWorld, World};
