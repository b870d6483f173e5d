use std::net::{TcpListener, TcpStream};
use std::os::unix::process::parent_id;
use std::process::{Stdio, id};

use tokio::process::{Child, Command};

use super::*;

/// Nobody's group and user number on every Linux.
const NOBODY: u32 = 65_534;

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

/// A process of its own that connects, and stays until it is dropped.
fn connects(to: SocketAddr, user: Option<u32>) -> Child {
    let mut shell = Command::new("/bin/bash");
    let (ip, port) = (to.ip(), to.port());
    shell.args(["-c", &format!("exec 3<>/dev/tcp/{ip}/{port}; read -r never")]);
    shell.stdin(Stdio::piped()).kill_on_drop(true);
    if let Some(user) = user {
        shell.uid(user).gid(user);
    }
    shell.spawn().expect("a shell")
}

/// Who is said to be at the other end of another process's connection.
fn said_of(user: Option<u32>, client: impl FnOnce(u32) -> Client) -> Peer {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let ours = listener.local_addr().unwrap();
    let process = connects(ours, user);
    let (_accepted, theirs) = listener.accept().unwrap();
    whose(ours, theirs, client(process.id().expect("it runs")))
}

#[test]
fn a_connection_of_the_started_process_or_of_any_where_the_person_starts_it_is_ours() {
    assert_eq!(said_of_our_own(Client::Manual), Peer::Ours);
    assert_eq!(said_of_our_own(Client::Started(id())), Peer::Ours);
    // This process is below the one that started it.
    assert_eq!(said_of_our_own(Client::Started(parent_id())), Peer::Ours);
}

#[tokio::test]
async fn a_connection_from_outside_the_clients_tree_is_foreign() {
    // No process has that number, so this one is not below it.
    assert_eq!(said_of_our_own(Client::Started(u32::MAX)), Peer::Foreign);
    assert!(is_gone(u32::MAX));
    assert!(!is_gone(id()));
    assert_eq!(said_of(None, Client::Started), Peer::Ours, "the client itself");
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = connects(listener.local_addr().unwrap(), None);
    let beside = |_| Client::Started(client.id().expect("it runs"));
    assert_eq!(said_of(None, beside), Peer::Foreign, "the client's neighbour");
    assert_eq!(said_of(None, |_| Client::Manual), Peer::Ours, "any program of the person's");
}

/// Only root can play somebody else; for others the same is tried over a table of the test's own.
#[tokio::test]
async fn a_connection_of_another_user_is_foreign_whoever_is_waited_for() {
    let me = std::fs::metadata("/proc/self").unwrap();
    if std::os::unix::fs::MetadataExt::uid(&me) == 0 {
        assert_eq!(said_of(Some(NOBODY), |_| Client::Manual), Peer::Foreign);
        assert_eq!(said_of(Some(NOBODY), Client::Started), Peer::Foreign);
    }
    let ends = ends();
    let foreign = table(&[(ends.0, ends.1, 1000), (ends.1, ends.0, NOBODY)]);
    assert_eq!(judged(|| Some(foreign.clone()), ends, Client::Manual), Peer::Foreign);
}

fn ends() -> (SocketAddr, SocketAddr) {
    ("127.1.2.5:3306".parse().unwrap(), "127.0.0.1:54321".parse().unwrap())
}

/// As `/proc/net/tcp` is written.
fn table(rows: &[(SocketAddr, SocketAddr, u32)]) -> String {
    let end = |address: &SocketAddr| match address.ip() {
        std::net::IpAddr::V4(ip) => {
            format!("{:08X}:{:04X}", u32::from_ne_bytes(ip.octets()), address.port())
        }
        std::net::IpAddr::V6(_) => panic!("an address of IPv4"),
    };
    let line = |(from, to, user): &(SocketAddr, SocketAddr, u32)| {
        let (from, to) = (end(from), end(to));
        format!("0: {from} {to} 01 00000000:00000000 00:00000000 00000000 {user} 0 82 1\n")
    };
    ["sl local rem st\n".to_owned()].into_iter().chain(rows.iter().map(line)).collect()
}

#[test]
fn a_row_that_was_missed_is_looked_for_again() {
    let ends = ends();
    let listening = (ends.0, "0.0.0.0:0".parse().unwrap(), 1000);
    let whole = [listening, (ends.0, ends.1, 1000), (ends.1, ends.0, 1000)];
    for missed in [vec![listening], vec![listening, whole[1]], vec![listening, whole[2]]] {
        let mut tables = vec![table(&whole), table(&missed), table(&missed)];
        assert_eq!(judged(|| tables.pop(), ends, Client::Manual), Peer::Ours, "{missed:?}");
    }
}

#[test]
fn a_connection_that_is_never_in_the_table_is_foreign() {
    let ends = ends();
    let without = table(&[(ends.0, "0.0.0.0:0".parse().unwrap(), 1000)]);
    let mut looks = 0;
    let read = || {
        looks += 1;
        Some(without.clone())
    };
    assert_eq!(judged(read, ends, Client::Manual), Peer::Foreign);
    assert_eq!(looks, LOOKS);
}

#[test]
fn a_system_that_cannot_say_leaves_it_to_the_one_time_credential() {
    for nothing in [None, Some(String::new()), Some(table(&[]))] {
        assert_eq!(judged(|| nothing.clone(), ends(), Client::Manual), Peer::Unknown);
    }
}
