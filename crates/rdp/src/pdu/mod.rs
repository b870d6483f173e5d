//! The few RDP messages that are changed or watched on their way, as functions on bytes.
//!
//! Everything else is relayed untouched. All reads are checked: bytes of any kind give `None`, never
//! a panic. Field positions are those of MS-RDPBCGR and T.125.

pub(crate) mod bytes;
mod capabilities;
mod chunk;
mod client_info;
mod connect_initial;
mod connect_response;
mod gcc;
mod mcs;
mod reason;
mod redirection;
mod share;

pub use capabilities::keep_channels_plain;
pub use chunk::{Chunk, chunked};
pub use client_info::{is_client_info, rewrite_client_info};
pub use connect_initial::{Asked, patch_connect_initial};
pub use connect_response::{DEFAULT_IO_CHANNEL, HostChannels, host_channels};
pub use mcs::{Message, SendData, Way, is_fast_path, message};
pub use reason::HostReason;
pub use redirection::{HostSends, host_messages, host_sends};
pub use share::{Share, shares};
