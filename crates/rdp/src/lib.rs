#![doc = include_str!("../README.md")]

mod client_leg;
mod framed;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod injector;
#[cfg(any(windows, test))]
mod kept;
mod one_time;
pub mod pdu;
mod probe;
mod quiet;
mod relay;
mod session;
mod target;
mod x224;

pub use injector::LoopbackInjector;
#[cfg(windows)]
pub use kept::KeptCertificate;
pub use probe::{Probe, ProbeReport};
