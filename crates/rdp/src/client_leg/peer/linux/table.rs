//! `/proc/net/tcp` (`proc_pid_net`, section 5): both ends of a loopback connection stand in it.

use std::net::{Ipv4Addr, SocketAddr};

/// What the table says of a connection's ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// Both are of one user; the number of the other end's socket.
    SameUser { socket: u64 },
    /// The other end is somebody else's.
    OtherUser,
    /// One of them, or both, are not in it.
    Missing,
    /// The table has no row at all, although we listen: this system does not fill it.
    NotTold,
}

pub(super) fn ends(table: &str, ours: SocketAddr, theirs: SocketAddr) -> Ends {
    match (row(table, ours, theirs), row(table, theirs, ours)) {
        (Some((own, _)), Some((peer, socket))) if own == peer => Ends::SameUser { socket },
        (Some(_), Some(_)) => Ends::OtherUser,
        _ if rows(table).next().is_none() => Ends::NotTold,
        (None, _) | (_, None) => Ends::Missing,
    }
}

/// User and socket number of the end that is `local`.
fn row(table: &str, local: SocketAddr, remote: SocketAddr) -> Option<(u32, u64)> {
    let found = rows(table).find(|row| row.local == local && row.remote == remote)?;
    Some((found.user, found.socket))
}

struct Row {
    local: SocketAddr,
    remote: SocketAddr,
    user: u32,
    socket: u64,
}

/// Those that can be read.
fn rows(table: &str) -> impl Iterator<Item = Row> {
    table.lines().skip(1).filter_map(|line| {
        let mut row = line.split_ascii_whitespace();
        let (local, remote) = (address(row.nth(1)?)?, address(row.next()?)?);
        let user = row.nth(4)?.parse().ok()?;
        let socket = row.nth(1)?.parse().ok()?;
        Some(Row { local, remote, user, socket })
    })
}

/// `0100007F:0CEA`: the address's bytes in memory order as one number of this machine, and the port.
fn address(text: &str) -> Option<SocketAddr> {
    let (ip, port) = text.split_once(':')?;
    let ip = Ipv4Addr::from(u32::from_str_radix(ip, 16).ok()?.to_ne_bytes());
    Some(SocketAddr::from((ip, u16::from_str_radix(port, 16).ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(peer_uid: u32) -> String {
        let end = "00000000:00000000 00:00000000 00000000";
        [
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid\n",
            "   0: 0100007F:0CEA 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000\n",
            &format!("   1: 0502017F:0CEA 0100007F:D431 01 {end}  1000        0 71 1\n"),
            &format!("   2: 0100007F:D431 0502017F:0CEA 01 {end}  {peer_uid}        0 82 1\n"),
        ]
        .concat()
    }

    const OURS: &str = "127.1.2.5:3306";
    const THEIRS: &str = "127.0.0.1:54321";

    #[cfg(target_endian = "little")]
    #[test]
    fn the_same_user_and_their_socket() {
        let (ours, theirs) = (OURS.parse().unwrap(), THEIRS.parse().unwrap());
        assert_eq!(ends(&table(1000), ours, theirs), Ends::SameUser { socket: 82 });
        assert_eq!(ends(&table(1001), ours, theirs), Ends::OtherUser);
        let without_peer = table(1000).lines().take(3).collect::<Vec<_>>().join("\n");
        assert_eq!(ends(&without_peer, ours, theirs), Ends::Missing);
        assert_eq!(ends(&table(1000), theirs, "127.0.0.1:1".parse().unwrap()), Ends::Missing);
    }

    #[test]
    fn a_table_that_tells_nothing_decides_nothing() {
        let (ours, theirs) = (OURS.parse().unwrap(), THEIRS.parse().unwrap());
        for text in ["", "\n\n", "x y z\n1 2\n: : :"] {
            assert_eq!(ends(text, ours, theirs), Ends::NotTold);
        }
    }
}
