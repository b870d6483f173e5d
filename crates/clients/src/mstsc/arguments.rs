//! The command line of mstsc: an address and a size, nothing else. No `.rdp` file: since April 2026
//! Windows warns of each one that is opened.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use usher_core::entry::{Display, WindowSize};
use usher_core::ports::LoopbackPool;

use crate::error::StartError;

/// The arguments for an address of ours.
pub(super) fn of(address: SocketAddr, display: Display) -> Vec<String> {
    let mut arguments = vec![format!("/v:{address}")];
    match display.size {
        WindowSize::Client => {}
        WindowSize::FullScreen => arguments.push("/f".to_owned()),
        WindowSize::Pixels(size) => {
            arguments.push(format!("/w:{}", size.width()));
            arguments.push(format!("/h:{}", size.height()));
        }
    }
    // mstsc spans all monitors in full screen alone.
    if display.all_monitors && display.size == WindowSize::FullScreen {
        arguments.push("/multimon".to_owned());
    }
    arguments
}

/// An address of the pool that the loopback certificate, the credential and the clean-up go by.
///
/// # Errors
/// [`StartError::NotAHandoff`] for any other.
pub(super) fn ours(address: SocketAddr) -> Result<Ipv4Addr, StartError> {
    match address.ip() {
        IpAddr::V4(ip) if LoopbackPool::contains(ip) => Ok(ip),
        IpAddr::V4(_) | IpAddr::V6(_) => Err(StartError::NotAHandoff),
    }
}

#[cfg(test)]
mod tests {
    use usher_core::entry::Pixels;

    use super::*;

    fn address() -> SocketAddr {
        "127.77.0.5:50123".parse().unwrap()
    }

    fn with(size: WindowSize, all_monitors: bool) -> Vec<String> {
        of(address(), Display { size, all_monitors, dynamic_resolution: true })
    }

    #[test]
    fn it_is_the_address_and_the_size() {
        let to = "/v:127.77.0.5:50123";
        assert_eq!(with(WindowSize::Client, false), [to]);
        assert_eq!(with(WindowSize::Client, true), [to], "not in a window");
        assert_eq!(with(WindowSize::FullScreen, false), [to, "/f"]);
        assert_eq!(with(WindowSize::FullScreen, true), [to, "/f", "/multimon"]);
        let size = WindowSize::Pixels(Pixels::new(1920, 1080).unwrap());
        assert_eq!(with(size, true), [to, "/w:1920", "/h:1080"]);
    }

    #[test]
    fn an_address_outside_the_pool_is_no_handoff() {
        assert_eq!(ours(address()), Ok(Ipv4Addr::new(127, 77, 0, 5)));
        for other in ["127.0.0.1:50123", "127.77.0.65:50123", "10.77.0.5:50123", "[::1]:50123"] {
            assert_eq!(ours(other.parse().unwrap()), Err(StartError::NotAHandoff), "{other}");
        }
    }
}
