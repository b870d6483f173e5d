//! A fresh loopback address for each session.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use tokio::net::TcpListener;

/// Listens on a free port of a fresh loopback address.
///
/// Clients remember credentials and certificates by address without the port, so sessions must not
/// share one where the system has all of 127/8.
pub(crate) async fn bind() -> io::Result<TcpListener> {
    TcpListener::bind(SocketAddr::from((address()?, 0))).await
}

#[cfg(any(target_os = "linux", windows))]
fn address() -> io::Result<Ipv4Addr> {
    let mut bytes = [0_u8; 3];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    let [x, y, z] = bytes;
    // 127.0.0.x stays free for other programs, and no octet at the edge is used.
    Ok(Ipv4Addr::new(127, x.clamp(1, 254), y, z.clamp(1, 254)))
}

/// Elsewhere only 127.0.0.1 exists until somebody adds an alias; the port alone is fresh.
#[cfg(not(any(target_os = "linux", windows)))]
fn address() -> io::Result<Ipv4Addr> {
    Ok(Ipv4Addr::LOCALHOST)
}
