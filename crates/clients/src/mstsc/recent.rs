//! What mstsc remembers of where it was: an address of ours means nothing there the next day.

use std::net::Ipv4Addr;

use usher_core::ports::LoopbackPool;

/// What is to become of the list of recent connections.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Rewritten {
    /// What `MRU0` and those after it are from now on.
    pub(super) kept: Vec<String>,
    /// How many there were.
    pub(super) before: usize,
}

/// The list without our addresses, which leave no gap; `None` where none is in it.
///
/// `listed` is `MRU0`, `MRU1` and so on, as they are read.
pub(super) fn without_ours(listed: Vec<String>) -> Option<Rewritten> {
    let before = listed.len();
    let kept: Vec<String> = listed.into_iter().filter(|host| !is_ours(host)).collect();
    (kept.len() < before).then_some(Rewritten { kept, before })
}

/// Whether it is an address of ours, with or without a port.
pub(super) fn is_ours(host: &str) -> bool {
    let address = host.split_once(':').map_or(host, |(address, _)| address);
    address.trim().parse::<Ipv4Addr>().is_ok_and(LoopbackPool::contains)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(hosts: &[&str]) -> Vec<String> {
        hosts.iter().map(|host| (*host).to_owned()).collect()
    }

    #[test]
    fn ours_are_taken_out_and_the_others_move_up_in_their_order() {
        let listed = list(&["127.77.0.5:50123", "srv", "127.77.0.64", "127.0.0.1:3390"]);
        let kept = list(&["srv", "127.0.0.1:3390"]);
        assert_eq!(without_ours(listed), Some(Rewritten { kept, before: 4 }));
    }

    #[test]
    fn a_list_without_ours_is_left_alone() {
        assert_eq!(
            without_ours(list(&["srv", "127.77.0.65:1", "::1", "", "127.77.0.5.corp"])),
            None
        );
        assert_eq!(without_ours(Vec::new()), None);
    }
}
