//! The loopback addresses of sessions on Windows.

use std::net::Ipv4Addr;

/// A fixed list of loopback addresses, 127.77.0.1 to 127.77.0.64.
///
/// On Linux each session takes any address of 127/8. Windows cannot have that: its loopback
/// certificate is trusted once and must name every address, and an administrator names them in the
/// exceptions of policies (`TERMSRV/127.77.*`). As many sessions can run at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoopbackPool;

impl LoopbackPool {
    /// How many sessions can run at once.
    pub const SIZE: u8 = 64;

    /// All of them, in order.
    pub fn addresses() -> impl Iterator<Item = Ipv4Addr> {
        (1..=Self::SIZE).map(|last| Ipv4Addr::new(127, 77, 0, last))
    }

    /// Whether it is one of them.
    #[must_use]
    pub fn contains(address: Ipv4Addr) -> bool {
        let [first, second, third, last] = address.octets();
        [first, second, third] == [127, 77, 0] && (1..=Self::SIZE).contains(&last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_holds_what_it_lists_and_nothing_beside() {
        let addresses: Vec<_> = LoopbackPool::addresses().collect();
        assert_eq!(addresses.len(), 64);
        assert!(addresses.iter().all(Ipv4Addr::is_loopback));
        assert!(addresses.iter().all(|address| LoopbackPool::contains(*address)));
        for other in ["127.0.0.1", "127.77.0.0", "127.77.0.65", "127.77.1.1", "10.77.0.1"] {
            assert!(!LoopbackPool::contains(other.parse().unwrap()), "{other}");
        }
    }
}
