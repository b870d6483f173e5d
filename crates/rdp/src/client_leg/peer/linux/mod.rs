//! Linux: the kernel's table of connections, then the open files of the client's processes.

mod table;
mod tree;

use std::net::SocketAddr;

use usher_core::ports::Client;

use super::Peer;
use table::Ends;
use tree::Held;

pub(super) use tree::is_gone;

pub(super) fn whose(ours: SocketAddr, theirs: SocketAddr, client: Client) -> Peer {
    let Ok(table) = std::fs::read_to_string("/proc/net/tcp") else {
        return Peer::Unknown;
    };
    match table::ends(&table, ours, theirs) {
        Ends::SameUser { socket } => of_client(socket, client),
        Ends::OtherUser => Peer::Foreign,
        Ends::NotTold => Peer::Unknown,
    }
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
mod tests {
    use std::net::{TcpListener, TcpStream};
    use std::os::unix::process::parent_id;
    use std::process::id;

    use super::*;

    /// Who is said to be at the other end of a connection that this very process made.
    fn said_of_our_own(client: Client) -> Peer {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let ours = listener.local_addr().unwrap();
        let stream = TcpStream::connect(ours).unwrap();
        let (_accepted, theirs) = listener.accept().unwrap();
        let said = whose(ours, theirs, client);
        drop(stream);
        said
    }

    #[test]
    fn a_connection_of_the_started_process_or_of_any_where_the_person_starts_it_is_ours() {
        assert_eq!(said_of_our_own(Client::Manual), Peer::Ours);
        assert_eq!(said_of_our_own(Client::Started(id())), Peer::Ours);
        // This process is below the one that started it.
        assert_eq!(said_of_our_own(Client::Started(parent_id())), Peer::Ours);
    }

    #[test]
    fn a_connection_from_outside_the_clients_tree_is_foreign() {
        // No process has that number, so this one is not below it.
        assert_eq!(said_of_our_own(Client::Started(u32::MAX)), Peer::Foreign);
        assert!(is_gone(u32::MAX));
        assert!(!is_gone(id()));
    }
}
