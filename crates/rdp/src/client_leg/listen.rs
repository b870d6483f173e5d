//! A fresh loopback address for each session.

use std::io;
use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpStream};

#[cfg(any(windows, test))]
mod pool;

#[cfg(windows)]
type Address = pool::Taken;
#[cfg(not(windows))]
type Address = any::Address;

/// Listens on an address that no other session of this process has.
pub(crate) struct Listener {
    tcp: TcpListener,
    /// Free again when the session has ended.
    _address: Address,
}

/// Listens on a free port of a fresh loopback address.
///
/// Clients remember credentials and certificates by address without the port, so sessions must not
/// share one where the system has all of 127/8.
pub(crate) async fn bind() -> io::Result<Listener> {
    let address = Address::fresh()?;
    let tcp = TcpListener::bind(SocketAddr::from((address.ip(), 0))).await?;
    Ok(Listener { tcp, _address: address })
}

impl Listener {
    pub(crate) async fn accept(&self) -> io::Result<(TcpStream, SocketAddr)> {
        self.tcp.accept().await
    }

    pub(crate) fn local_addr(&self) -> io::Result<SocketAddr> {
        self.tcp.local_addr()
    }
}

#[cfg(not(windows))]
mod any {
    use std::io;
    use std::net::Ipv4Addr;

    /// Any address of 127/8 that the system has.
    pub(super) struct Address(Ipv4Addr);

    impl Address {
        #[cfg(target_os = "linux")]
        pub(super) fn fresh() -> io::Result<Self> {
            let mut bytes = [0_u8; 3];
            getrandom::fill(&mut bytes).map_err(io::Error::other)?;
            let [x, y, z] = bytes;
            // 127.0.0.x stays free for other programs, and no octet at the edge is used.
            Ok(Self(Ipv4Addr::new(127, x.clamp(1, 254), y, z.clamp(1, 254))))
        }

        /// Elsewhere only 127.0.0.1 exists until somebody adds an alias; the port alone is fresh.
        #[cfg(not(target_os = "linux"))]
        pub(super) fn fresh() -> io::Result<Self> {
            Ok(Self(Ipv4Addr::LOCALHOST))
        }

        pub(super) fn ip(&self) -> Ipv4Addr {
            self.0
        }
    }
}
