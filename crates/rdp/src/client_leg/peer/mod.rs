//! Whose process connected: defence in depth before the one-time credential is even asked for.
//!
//! One file per system, each with the same two functions.

use std::net::SocketAddr;

use usher_core::ports::Client;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
use linux as system;
// What it reads is bytes, tried on every system.
#[cfg(any(windows, test))]
mod windows;
#[cfg(windows)]
use windows as system;
#[cfg(not(any(target_os = "linux", windows)))]
mod other;
#[cfg(not(any(target_os = "linux", windows)))]
use other as system;

/// What the system says of a connection's other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Peer {
    /// A process that may connect: of the same user, and of the client's tree where it was started.
    Ours,
    /// Any other process, or none that the system knows of, however often it is asked.
    Foreign,
    /// This system does not tell of any; the one-time credential decides alone.
    Unknown,
}

/// Whose process holds the other end of a loopback connection that we accepted: `ours` is this end,
/// `theirs` the other.
pub(crate) async fn whose(ours: SocketAddr, theirs: SocketAddr, client: Client) -> Peer {
    let asked = tokio::task::spawn_blocking(move || system::whose(ours, theirs, client));
    // A look that broke proves nothing in the client's favour.
    asked.await.unwrap_or(Peer::Foreign)
}

/// Whether the client's process has ended, so that nobody can come back; `false` where the system does
/// not tell, and for a client that the person starts.
pub(crate) async fn is_gone(client: Client) -> bool {
    let Client::Started(process) = client else { return false };
    tokio::task::spawn_blocking(move || system::is_gone(process)).await.unwrap_or(false)
}
