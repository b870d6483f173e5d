//! The few RDP messages that are changed or watched on their way, as functions on bytes.
//!
//! Everything else is relayed untouched. All reads are checked: bytes of any kind give `None`, never
//! a panic. Field positions are those of MS-RDPBCGR and T.125.

mod bytes;
mod client_info;
mod connect_initial;
mod gcc;
mod mcs;
mod reason;
mod redirection;
mod share;

pub use client_info::{is_client_info, rewrite_client_info};
pub use connect_initial::patch_connect_initial;
pub use mcs::{leaves, sent_on};
pub use reason::HostReason;
pub use redirection::{DEFAULT_IO_CHANNEL, io_channel, is_redirection};
pub use share::{Share, shares};
