//! Windows: mstsc, with a credential that Windows keeps for it until it has signed in to us.

mod arguments;
#[cfg(windows)]
mod client;
mod credential;
mod environment;
mod recent;
#[cfg(windows)]
mod title;
#[cfg(windows)]
mod traces;
#[cfg(windows)]
mod windows;

#[cfg(windows)]
pub(crate) use client::is_listed;
#[cfg(windows)]
pub use client::{
    OsCredentials, RdpClient, find_rdp, other_credentials, policy, stale_credentials,
};
#[cfg(windows)]
pub(crate) use traces::Traces;
#[cfg(windows)]
pub use traces::sweep;
