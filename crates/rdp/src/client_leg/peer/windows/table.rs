//! The table of TCP connections as Windows writes it: bytes in, a process out.

use std::net::{Ipv4Addr, SocketAddr};

/// `MIB_TCPROW_OWNER_PID` (tcpmib.h): state, local address and port, remote address and port, process.
const ROW: usize = 6 * 4;

/// The process that holds this end of a connection.
pub(super) fn holder(table: &[u8], local: SocketAddr, remote: SocketAddr) -> Option<u32> {
    let (count, rows) = table.split_first_chunk::<4>()?;
    let count = usize::try_from(u32::from_ne_bytes(*count)).ok()?;
    let mut rows = rows.chunks_exact(ROW).take(count);
    rows.find_map(|row| {
        let its = end(row, 1)? == local && end(row, 3)? == remote;
        its.then(|| number(row, 5)).flatten().map(u32::from_ne_bytes)
    })
}

/// Address and port stand in network order; the port in the first two of its four bytes.
fn end(row: &[u8], field: usize) -> Option<SocketAddr> {
    let [high, low, ..] = number(row, field + 1)?;
    let address = Ipv4Addr::from(number(row, field)?);
    Some(SocketAddr::from((address, u16::from_be_bytes([high, low]))))
}

fn number(row: &[u8], field: usize) -> Option<[u8; 4]> {
    row.get(field * 4..)?.first_chunk().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "127.77.0.5:3306";
    const THEIRS: &str = "127.0.0.1:54321";

    fn row(local: ([u8; 4], u16), remote: ([u8; 4], u16), process: u32) -> Vec<u8> {
        // What the upper half of a port holds is not said.
        let port = |port: u16| [port.to_be_bytes(), [0xAA, 0xAA]].concat();
        [
            &5_u32.to_ne_bytes()[..],
            &local.0,
            &port(local.1),
            &remote.0,
            &port(remote.1),
            &process.to_ne_bytes(),
        ]
        .concat()
    }

    fn table(count: u32) -> Vec<u8> {
        let (ours, theirs) = (([127, 77, 0, 5], 3306), ([127, 0, 0, 1], 54321));
        let rows = [row(ours, ([127, 0, 0, 1], 1), 4), row(ours, theirs, 8), row(theirs, ours, 12)];
        [&count.to_ne_bytes()[..], &rows.concat()].concat()
    }

    #[test]
    fn each_end_has_its_process() {
        let (ours, theirs) = (OURS.parse().unwrap(), THEIRS.parse().unwrap());
        assert_eq!(holder(&table(3), ours, theirs), Some(8));
        assert_eq!(holder(&table(3), theirs, ours), Some(12));
        assert_eq!(holder(&table(3), theirs, theirs), None);
        assert_eq!(
            holder(&table(2), theirs, ours),
            None,
            "what stands behind the last row is no row"
        );
    }

    #[test]
    fn a_table_cut_short_tells_nothing() {
        let (ours, theirs) = (OURS.parse().unwrap(), THEIRS.parse().unwrap());
        let whole = table(3);
        for length in 0..whole.len() {
            assert_eq!(holder(&whole[..length], theirs, ours), None, "{length} bytes");
        }
        assert_eq!(holder(&table(u32::MAX), theirs, ours), Some(12));
    }
}
