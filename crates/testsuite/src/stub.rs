//! A client and a TLS-only host that speak the protocol up to the desktop and then move bytes: what a
//! measurement needs of them and no picture.

pub mod client;
pub mod host;
pub mod messages;
mod tls;
mod wire;

pub use tls::{HostKey, connect as connect_tls};
pub use wire::Wire;
