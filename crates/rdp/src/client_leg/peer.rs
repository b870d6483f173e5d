//! Whose process connected: defence in depth before the one-time credential is even asked for.

use std::net::SocketAddr;

/// What the system says of a connection's other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Peer {
    /// A process of the same user.
    Ours,
    /// A process of somebody else, or none that the system knows.
    Foreign,
    /// The system does not tell; the one-time credential decides alone.
    Unknown,
}

/// Whose process holds the other end of a loopback connection that we accepted.
#[cfg(target_os = "linux")]
pub(crate) async fn whose(ours: SocketAddr, theirs: SocketAddr) -> Peer {
    match tokio::fs::read_to_string("/proc/net/tcp").await {
        Ok(table) => table::judge(&table, ours, theirs),
        Err(_) => Peer::Unknown,
    }
}

/// Windows and macOS have such tables too; reading them needs calls that this crate does not make yet.
#[cfg(not(target_os = "linux"))]
#[expect(clippy::unused_async, reason = "the same signature on every system")]
pub(crate) async fn whose(_ours: SocketAddr, _theirs: SocketAddr) -> Peer {
    Peer::Unknown
}

#[cfg(target_os = "linux")]
mod table {
    use std::net::{Ipv4Addr, SocketAddr};

    use super::Peer;

    /// Both ends of the connection stand in the table (`proc_pid_net`, section 5); their users must be the same.
    pub(super) fn judge(table: &str, ours: SocketAddr, theirs: SocketAddr) -> Peer {
        match (uid(table, ours, theirs), uid(table, theirs, ours)) {
            (Some(own), Some(peer)) if own == peer => Peer::Ours,
            (Some(_), Some(_) | None) => Peer::Foreign,
            (None, _) => Peer::Unknown,
        }
    }

    fn uid(table: &str, local: SocketAddr, remote: SocketAddr) -> Option<u32> {
        let rows = table.lines().skip(1).map(|line| line.split_ascii_whitespace());
        let mut rows = rows.map(|mut row| (row.nth(1), row.next(), row.nth(4)));
        let (.., uid) = rows.find(|(from, to, _)| {
            from.and_then(address) == Some(local) && to.and_then(address) == Some(remote)
        })?;
        uid?.parse().ok()
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
                &format!("   1: 0502017F:0CEA 0100007F:D431 01 {end}  1000        0 7 1\n"),
                &format!("   2: 0100007F:D431 0502017F:0CEA 01 {end}  {peer_uid}        0 8 1\n"),
            ]
            .concat()
        }

        const OURS: &str = "127.1.2.5:3306";
        const THEIRS: &str = "127.0.0.1:54321";

        #[cfg(target_endian = "little")]
        #[test]
        fn only_the_same_user_is_ours() {
            let (ours, theirs) = (OURS.parse().unwrap(), THEIRS.parse().unwrap());
            assert_eq!(judge(&table(1000), ours, theirs), Peer::Ours);
            assert_eq!(judge(&table(1001), ours, theirs), Peer::Foreign);
            let without_peer = table(1000).lines().take(3).collect::<Vec<_>>().join("\n");
            assert_eq!(judge(&without_peer, ours, theirs), Peer::Foreign);
        }

        #[test]
        fn a_table_that_tells_nothing_decides_nothing() {
            let (ours, theirs) = (OURS.parse().unwrap(), THEIRS.parse().unwrap());
            for text in ["", "\n\n", "x y z\n1 2\n: : :"] {
                assert_eq!(judge(text, ours, theirs), Peer::Unknown);
            }
        }

        #[tokio::test]
        async fn our_own_connection_is_ours() {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let ours = listener.local_addr().unwrap();
            let client = tokio::net::TcpStream::connect(ours).await.unwrap();
            let (_accepted, theirs) = listener.accept().await.unwrap();
            assert_eq!(super::super::whose(ours, theirs).await, Peer::Ours);
            drop(client);
        }
    }
}
