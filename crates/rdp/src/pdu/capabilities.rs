//! The capability sets of Demand Active and Confirm Active (MS-RDPBCGR 2.2.1.13): channel data stays
//! readable.

use super::bytes::{put, u16_le};
use super::share::{CONFIRM_ACTIVE, DEMAND_ACTIVE, Shares};

/// The Virtual Channel Capability Set (2.2.7.1.10); its flags ask for compressed channel data.
const VIRTUAL_CHANNEL: u16 = 0x0014;

/// Takes back that channel data may be compressed, in place. Gives how many sets it found.
///
/// What is damaged stays as it is: compressed data does not pass anyway where it must be read.
pub fn keep_channels_plain(data: &mut [u8]) -> usize {
    let mut flags = Vec::new();
    for (kind, at, pdu) in Shares::new(data) {
        let lengths = match kind {
            // share id (4)
            DEMAND_ACTIVE => 10,
            // share id (4), originator (2)
            CONFIRM_ACTIVE => 12,
            _ => continue,
        };
        flags.extend(virtual_channel(pdu, lengths).map(|place| at + place));
    }
    for place in &flags {
        // It was found in there.
        let _: Option<()> = put(data, *place, &[0; 4]);
    }
    flags.len()
}

/// Where the flags stand.
fn virtual_channel(pdu: &[u8], lengths: usize) -> Option<usize> {
    let source = usize::from(u16_le(pdu, lengths)?);
    // Two lengths (2 each), the source, the number of sets (2), padding (2); then the sets.
    let mut at = lengths.checked_add(4 + source + 4)?;
    loop {
        let length = usize::from(u16_le(pdu, at.checked_add(2)?)?);
        let set = pdu.get(at..at.checked_add(length)?)?;
        if u16_le(pdu, at)? == VIRTUAL_CHANNEL && set.len() >= 8 {
            return Some(at + 4);
        }
        // Sets of less than their header would never end.
        at = at.checked_add(length).filter(|_| length >= 4)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn active(kind: u8, originator: &[u8], sets: &[u8]) -> Vec<u8> {
        let body = [
            [1, 0, 1, 0].as_slice(),
            originator,
            &[4, 0],
            &u16::try_from(sets.len() + 4).unwrap().to_le_bytes(),
            b"RDP\0\x02\0\0\0",
            sets,
        ]
        .concat();
        let total = u16::try_from(body.len() + 6).unwrap().to_le_bytes();
        [total.as_slice(), &[kind, 0, 0xEA, 3], &body].concat()
    }

    #[test]
    fn the_flags_are_cleared_and_nothing_else() {
        let sets = [1, 0, 6, 0, 9, 9, 0x14, 0, 12, 0, 3, 0, 0, 0, 0x40, 6, 0, 0];
        for (kind, originator) in [(0x11, [].as_slice()), (0x13, &[0xEA, 3])] {
            let before = active(kind, originator, &sets);
            let mut after = before.clone();
            assert_eq!(keep_channels_plain(&mut after), 1);
            let changed: Vec<usize> =
                (0..before.len()).filter(|at| before[*at] != after[*at]).collect();
            assert_eq!(changed, [before.len() - 8]);
            for end in 0..before.len() {
                keep_channels_plain(&mut before[..end].to_vec());
            }
        }
    }

    #[test]
    fn other_messages_and_endless_sets_are_left_alone() {
        for mut data in
            [active(0x17, &[], &[0x14, 0, 8, 0, 3, 0, 0, 0]), active(0x11, &[], &[0; 64])]
        {
            let before = data.clone();
            assert_eq!(keep_channels_plain(&mut data), 0);
            assert_eq!(data, before);
        }
    }
}
