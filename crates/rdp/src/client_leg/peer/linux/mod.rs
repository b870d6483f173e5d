//! Linux: the kernel's table of connections, then the open files of the client's processes.

mod table;
mod tree;

use std::net::SocketAddr;

use usher_core::ports::Client;

use super::Peer;
use table::Ends;
use tree::Held;

pub(super) use tree::is_gone;

/// How often the table is read where it lacks an end. Both stand in it from before we accepted; but it
/// is read in pieces, and while other connections come and go a reading can miss a row.
const LOOKS: usize = 5;

pub(super) fn whose(ours: SocketAddr, theirs: SocketAddr, client: Client) -> Peer {
    judged(|| std::fs::read_to_string("/proc/net/tcp").ok(), (ours, theirs), client)
}

/// `read` gives the table as it is now; `None` where the system has none.
fn judged(
    mut read: impl FnMut() -> Option<String>,
    (ours, theirs): (SocketAddr, SocketAddr),
    client: Client,
) -> Peer {
    for _ in 0..LOOKS {
        let Some(table) = read() else { return Peer::Unknown };
        match table::ends(&table, ours, theirs) {
            Ends::SameUser { socket } => return of_client(socket, client),
            Ends::OtherUser => return Peer::Foreign,
            Ends::NotTold => return Peer::Unknown,
            Ends::Missing => {}
        }
    }
    // A connection that ended meanwhile, or one that somebody hides: no client of ours does either.
    Peer::Foreign
}

fn of_client(socket: u64, client: Client) -> Peer {
    let Client::Started(process) = client else { return Peer::Ours };
    match tree::holds(process, socket) {
        Held::Yes => Peer::Ours,
        Held::No => Peer::Foreign,
        Held::NotTold => Peer::Unknown,
    }
}

#[cfg(test)]
mod tests;
