//! The client's MCS Connect Initial, patched in place so that blocks we do not know survive.

use super::bytes::put;
use super::gcc::blocks;

const CS_CORE: u16 = 0xC001;
const CS_MULTITRANSPORT: u16 = 0xC00A;
/// Where `serverSelectedProtocol` stands in `CS_CORE` (MS-RDPBCGR 2.2.1.3.2), header included.
const SELECTED_PROTOCOL: usize = 212;

/// Names the protocol that the host selected, and asks for no UDP transports.
///
/// A host compares `serverSelectedProtocol` with what it answered; UDP would go past the injector.
/// Gives whether the frame was a Connect Initial at all.
pub fn patch_connect_initial(frame: &mut [u8], selected_protocol: u32) -> bool {
    let found = blocks(frame, *b"Duca");
    for block in &found {
        let patch = match block.kind {
            CS_CORE if block.length >= SELECTED_PROTOCOL + 4 => {
                Some((SELECTED_PROTOCOL, selected_protocol))
            }
            CS_MULTITRANSPORT if block.length >= 8 => Some((4, 0)),
            _ => None,
        };
        if let Some((offset, value)) = patch {
            // The place lies within the block, which lies within the frame.
            let _: Option<()> = put(frame, block.at + offset, &value.to_le_bytes());
        }
    }
    found.iter().any(|block| block.kind == CS_CORE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connect_initial(core_length: u16) -> Vec<u8> {
        let mut core = vec![0x11; usize::from(core_length)];
        core[..2].copy_from_slice(&CS_CORE.to_le_bytes());
        core[2..4].copy_from_slice(&core_length.to_le_bytes());
        let unknown = [0x77, 0xC0, 6, 0, 0xAB, 0xCD];
        let multitransport = [0x0A, 0xC0, 8, 0, 5, 3, 0, 0];
        let data = [core.as_slice(), &unknown, &multitransport].concat();
        let mut frame = b"\x03\x00\x00\x00\x02\xf0\x80\x7f\x65 preamble Duca".to_vec();
        frame.extend_from_slice(&(u16::try_from(data.len()).unwrap() | 0x8000).to_be_bytes());
        frame.extend_from_slice(&data);
        frame
    }

    #[test]
    fn only_the_protocol_and_the_udp_flags_change() {
        let before = connect_initial(216);
        let mut after = before.clone();
        assert!(patch_connect_initial(&mut after, 0x0000_0008));
        let changed: Vec<usize> =
            (0..before.len()).filter(|at| before[*at] != after[*at]).collect();
        let core = before.windows(2).position(|w| w == CS_CORE.to_le_bytes()).unwrap();
        let udp = before.len() - 4;
        assert_eq!(changed, [core + 212, core + 213, core + 214, core + 215, udp, udp + 1]);
        assert_eq!(after[core + 212..core + 216], [8, 0, 0, 0]);
        assert_eq!(after[udp..], [0, 0, 0, 0]);
    }

    #[test]
    fn an_old_short_core_block_stays_as_it_is() {
        let before = connect_initial(132);
        let mut after = before.clone();
        assert!(patch_connect_initial(&mut after, 8));
        assert_eq!(before[..before.len() - 8], after[..after.len() - 8]);
    }

    #[test]
    fn what_is_no_connect_initial_is_left_alone() {
        let mut frame = b"\x03\x00\x00\x0c\x02\xf0\x80\x04\x01\x00\x01\x00".to_vec();
        assert!(!patch_connect_initial(&mut frame, 8));
        assert_eq!(frame, b"\x03\x00\x00\x0c\x02\xf0\x80\x04\x01\x00\x01\x00");
    }
}
