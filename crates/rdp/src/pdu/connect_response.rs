//! The host's MCS Connect Response: which channel has which id.

use super::bytes::u16_le;
use super::gcc::blocks;
use super::mcs::Way;

const SC_NET: u16 = 0x0C03;
const SC_MCS_MSGCHANNEL: u16 = 0x0C04;

/// The I/O channel of every host seen so far; the host's Connect Response may name another.
pub const DEFAULT_IO_CHANNEL: u16 = 0x03EB;

/// The ids that a host gives out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostChannels {
    /// The I/O channel: the session itself.
    pub io: u16,
    /// The message channel: measurements and heartbeats, where the host has one.
    pub message: Option<u16>,
    /// One for each static channel, in the order of the client's list.
    pub statics: Vec<u16>,
}

/// Reads a Connect Response (MS-RDPBCGR 2.2.1.4.4, 2.2.1.4.5); `None` if it is damaged, has no
/// channels, or gives one id to two of them.
#[must_use]
pub fn host_channels(frame: &[u8]) -> Option<HostChannels> {
    let blocks = blocks(frame, Way::ToClient)?;
    let find = |kind: u16| blocks.iter().filter(move |block| block.kind == kind);
    let (Some(net), 1) = (find(SC_NET).next(), find(SC_NET).count()) else { return None };
    let count = usize::from(u16_le(frame, net.at + 6)?);
    if net.length < 8 + count * 2 {
        return None;
    }
    let statics: Option<Vec<u16>> =
        (0..count).map(|index| u16_le(frame, net.at + 8 + index * 2)).collect();
    let message = find(SC_MCS_MSGCHANNEL).find_map(|block| u16_le(frame, block.at + 4));
    let channels = HostChannels { io: u16_le(frame, net.at + 4)?, message, statics: statics? };
    all_differ(&channels).then_some(channels)
}

fn all_differ(channels: &HostChannels) -> bool {
    let mut ids = channels.statics.clone();
    ids.push(channels.io);
    ids.extend(channels.message);
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    ids.len() == count
}

#[cfg(test)]
mod tests {
    use super::super::gcc::made::connect;
    use super::*;

    #[test]
    fn the_ids_are_read_in_order() {
        let blocks = [
            [0x01, 0x0C, 12, 0, 4, 0, 8, 0, 0, 0, 0, 0].as_slice(),
            &[0x03, 0x0C, 12, 0, 0xF0, 3, 2, 0, 0xF2, 3, 0xF1, 3],
            &[0x04, 0x0C, 6, 0, 0xF9, 3],
        ];
        let frame = connect(Way::ToClient, &blocks.concat());
        let expected =
            HostChannels { io: 0x03F0, message: Some(0x03F9), statics: vec![0x03F2, 0x03F1] };
        assert_eq!(host_channels(&frame), Some(expected));
    }

    #[test]
    fn one_id_for_two_channels_is_refused() {
        for ids in [[0xF1, 3, 0xF1, 3], [0xF0, 3, 0xF1, 3]] {
            let net = [[0x03, 0x0C, 12, 0, 0xF0, 3, 2, 0].as_slice(), &ids].concat();
            assert_eq!(host_channels(&connect(Way::ToClient, &net)), None);
        }
    }

    #[test]
    fn a_count_beyond_the_block_is_refused() {
        let net = [0x03, 0x0C, 10, 0, 0xF0, 3, 2, 0, 0xF2, 3];
        assert_eq!(host_channels(&connect(Way::ToClient, &net)), None);
        assert_eq!(host_channels(b"\x03\x00\x00\x07\x02\xf0\x80"), None);
    }
}
