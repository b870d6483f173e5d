//! Windows: the system's table of connections, then the processes that hold them.

#[cfg(windows)]
mod connections;
#[cfg(windows)]
mod processes;
mod table;
mod tree;

#[cfg(windows)]
use std::net::SocketAddr;

#[cfg(windows)]
use usher_core::ports::Client;

#[cfg(windows)]
use super::Peer;
#[cfg(windows)]
pub(super) use processes::is_gone;

#[cfg(windows)]
pub(super) fn whose(ours: SocketAddr, theirs: SocketAddr, client: Client) -> Peer {
    let Some(table) = connections::read() else { return Peer::Unknown };
    if table::holder(&table, ours, theirs) != Some(std::process::id()) {
        // A table that does not know our own end tells nothing of the other.
        return Peer::Unknown;
    }
    match table::holder(&table, theirs, ours) {
        Some(process) if processes::is_ours(process) => of_client(process, client),
        Some(_) | None => Peer::Foreign,
    }
}

#[cfg(windows)]
fn of_client(process: u32, client: Client) -> Peer {
    let Client::Started(root) = client else { return Peer::Ours };
    match processes::all() {
        Some(all) if tree::is_below(&all, process, root) => Peer::Ours,
        Some(_) => Peer::Foreign,
        None => Peer::Unknown,
    }
}

#[cfg(test)]
#[cfg(windows)]
mod tests {
    use std::net::{TcpListener, TcpStream};
    use std::process::id;

    use super::*;

    /// Who is said to be at the other end of a connection that this very process made; `None` where
    /// the table does not even know that (Wine leaves the processes out).
    fn said_of_our_own(address: &str, client: Client) -> Option<Peer> {
        let listener = TcpListener::bind(address).unwrap();
        let ours = listener.local_addr().unwrap();
        let stream = TcpStream::connect(ours).unwrap();
        let (_accepted, theirs) = listener.accept().unwrap();
        let said = whose(ours, theirs, client);
        let table = connections::read().unwrap();
        let holder = table::holder(&table, ours, theirs).expect("our end is listed");
        drop(stream);
        if holder == id() {
            return Some(said);
        }
        assert_eq!((holder, said), (0, Peer::Unknown));
        None
    }

    #[test]
    fn a_connection_of_the_started_process_or_of_any_where_the_person_starts_it_is_ours() {
        for address in ["127.0.0.1:0", "127.77.0.5:0"] {
            for client in [Client::Manual, Client::Started(id())] {
                let said = said_of_our_own(address, client);
                assert!(matches!(said, Some(Peer::Ours) | None), "{address} {client:?} {said:?}");
            }
        }
    }

    #[test]
    fn a_connection_from_outside_the_clients_tree_is_foreign() {
        // Process ids are multiples of 4, so no process has that one.
        let said = said_of_our_own("127.0.0.1:0", Client::Started(u32::MAX));
        assert!(matches!(said, Some(Peer::Foreign) | None), "{said:?}");
        assert!(is_gone(u32::MAX));
        assert!(!is_gone(id()));
    }

    #[test]
    fn this_process_is_ours_and_one_that_does_not_exist_is_not() {
        assert!(processes::is_ours(id()));
        assert!(!processes::is_ours(u32::MAX));
        let all = processes::all().unwrap();
        assert!(all.iter().any(|process| process.id == id()));
        assert_eq!(of_client(id(), Client::Started(id())), Peer::Ours);
        assert_eq!(of_client(id(), Client::Started(u32::MAX)), Peer::Foreign);
    }
}
