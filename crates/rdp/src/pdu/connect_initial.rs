//! The client's MCS Connect Initial, patched in place so that blocks we do not know survive.

use super::bytes::{put, u32_le};
use super::gcc::{Block, blocks};
use super::mcs::Way;

const CS_CORE: u16 = 0xC001;
const CS_NET: u16 = 0xC003;
const CS_MULTITRANSPORT: u16 = 0xC00A;
/// Where `serverSelectedProtocol` stands in `CS_CORE` (MS-RDPBCGR 2.2.1.3.2), header included.
const SELECTED_PROTOCOL: usize = 212;
/// A channel of `CS_NET` (2.2.1.3.4): 8 bytes of name, 4 of options; at most 31 of them.
const CHANNEL: usize = 12;
const NAME: usize = 8;
const MOST_CHANNELS: usize = 31;
/// `CHANNEL_OPTION_COMPRESS_RDP` and `CHANNEL_OPTION_COMPRESS`.
const COMPRESS: u32 = 0x00C0_0000;

/// What becomes of a static channel that a client asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// The host reads of it as the client asked.
    Kept,
    /// The same, but its data is not to be compressed.
    Plain,
    /// The host reads a name that it does not know, so that the places of the others stay.
    Struck,
}

/// Names the protocol that the host selected, asks for no UDP transports, and for each static channel
/// what `judge` says of its name, in their order.
///
/// A host compares `serverSelectedProtocol` with what it answered; UDP would go past the injector.
/// `None` if it is no whole Connect Initial or names its channels twice; it must not be sent then.
pub fn patch_connect_initial(
    frame: &mut [u8],
    selected_protocol: u32,
    mut judge: impl FnMut(&[u8]) -> Asked,
) -> Option<()> {
    let found = blocks(frame, Way::ToHost)?;
    if !found.iter().any(|block| block.kind == CS_CORE) {
        return None;
    }
    for block in &found {
        match block.kind {
            CS_CORE if block.length >= SELECTED_PROTOCOL + 4 => {
                put(frame, block.at + SELECTED_PROTOCOL, &selected_protocol.to_le_bytes())?;
            }
            CS_MULTITRANSPORT if block.length >= 8 => put(frame, block.at + 4, &[0; 4])?,
            CS_NET => strike(frame, block, &mut judge)?,
            _ => {}
        }
    }
    (found.iter().filter(|block| block.kind == CS_NET).count() <= 1).then_some(())
}

fn strike(frame: &mut [u8], net: &Block, judge: &mut impl FnMut(&[u8]) -> Asked) -> Option<()> {
    let count = usize::try_from(u32_le(frame, net.at + 4)?).ok()?;
    if count > MOST_CHANNELS || net.length < 8 + count * CHANNEL {
        return None;
    }
    for index in 0..count {
        let at = net.at + 8 + index * CHANNEL;
        let name = frame.get(at..at + NAME)?;
        let name = name.split(|byte| *byte == 0).next()?;
        match judge(name) {
            Asked::Kept => {}
            Asked::Plain => {
                let options = u32_le(frame, at + NAME)? & !COMPRESS;
                put(frame, at + NAME, &options.to_le_bytes())?;
            }
            Asked::Struck => put(frame, at, &nobodys(index)?)?,
        }
    }
    Some(())
}

/// A channel that no host serves: a name of its own and no options.
fn nobodys(index: usize) -> Option<[u8; CHANNEL]> {
    let mut channel = *b"x-off00\0\0\0\0\0";
    let index = u8::try_from(index).ok()?;
    put(&mut channel, 5, &[b'0' + index / 10, b'0' + index % 10])?;
    Some(channel)
}

#[cfg(test)]
mod tests {
    use super::super::gcc::made::connect;
    use super::*;

    fn core(length: u16) -> Vec<u8> {
        let mut core = vec![0x11; usize::from(length)];
        core[..2].copy_from_slice(&CS_CORE.to_le_bytes());
        core[2..4].copy_from_slice(&length.to_le_bytes());
        core
    }

    fn connect_initial(core_length: u16) -> Vec<u8> {
        let unknown = [0x77, 0xC0, 6, 0, 0xAB, 0xCD];
        let multitransport = [0x0A, 0xC0, 8, 0, 5, 3, 0, 0];
        connect(Way::ToHost, &[core(core_length).as_slice(), &unknown, &multitransport].concat())
    }

    fn net(names: &[&[u8; 8]]) -> Vec<u8> {
        let length = u16::try_from(8 + names.len() * CHANNEL).unwrap().to_le_bytes();
        let count = u32::try_from(names.len()).unwrap().to_le_bytes();
        let mut block = [[0x03, 0xC0].as_slice(), &length, &count].concat();
        for name in names {
            block.extend_from_slice(*name);
            block.extend_from_slice(&0x80C0_0000_u32.to_le_bytes());
        }
        block
    }

    fn kept(_: &[u8]) -> Asked {
        Asked::Kept
    }

    #[test]
    fn only_the_protocol_and_the_udp_flags_change() {
        let before = connect_initial(216);
        let mut after = before.clone();
        patch_connect_initial(&mut after, 0x0000_0008, kept).unwrap();
        let changed: Vec<usize> =
            (0..before.len()).filter(|at| before[*at] != after[*at]).collect();
        let core = before.len() - 216 - 6 - 8;
        let udp = before.len() - 4;
        assert_eq!(changed, [core + 212, core + 213, core + 214, core + 215, udp, udp + 1]);
        assert_eq!(after[core + 212..core + 216], [8, 0, 0, 0]);
        assert_eq!(after[udp..], [0, 0, 0, 0]);
    }

    #[test]
    fn an_old_short_core_block_stays_as_it_is() {
        let before = connect_initial(132);
        let mut after = before.clone();
        patch_connect_initial(&mut after, 8, kept).unwrap();
        assert_eq!(before[..before.len() - 8], after[..after.len() - 8]);
    }

    #[test]
    fn a_struck_channel_keeps_its_place_and_loses_name_and_options() {
        let block = net(&[b"rdpdr\0\0\0", b"VENDOR1\0", b"cliprdr\0"]);
        let mut frame = connect(Way::ToHost, &[core(216), block].concat());
        let length = frame.len();
        let mut asked = Vec::new();
        patch_connect_initial(&mut frame, 8, |name| {
            asked.push(name.to_vec());
            match name {
                b"rdpdr" => Asked::Plain,
                b"cliprdr" => Asked::Kept,
                _ => Asked::Struck,
            }
        })
        .unwrap();
        assert_eq!(asked, [b"rdpdr".as_slice(), b"VENDOR1", b"cliprdr"]);
        let channels = b"\x03\0\0\0rdpdr\0\0\0\0\0\0\x80x-off01\0\0\0\0\0cliprdr\0\0\0\xc0\x80";
        assert!(frame.ends_with(channels), "{frame:x?}");
        assert_eq!(frame.len(), length);
    }

    #[test]
    fn a_list_that_is_longer_than_its_block_or_comes_twice_is_refused() {
        let one = net(&[b"rdpdr\0\0\0"]);
        let mut more = one.clone();
        more[4] = 2;
        for blocks in [more, [one.as_slice(), &one].concat()] {
            let mut frame = connect(Way::ToHost, &[core(216), blocks].concat());
            assert_eq!(patch_connect_initial(&mut frame, 8, kept), None);
        }
    }

    #[test]
    fn what_is_no_connect_initial_is_left_alone() {
        let mut frame = b"\x03\x00\x00\x0c\x02\xf0\x80\x04\x01\x00\x01\x00".to_vec();
        assert_eq!(patch_connect_initial(&mut frame, 8, kept), None);
        assert_eq!(frame, b"\x03\x00\x00\x0c\x02\xf0\x80\x04\x01\x00\x01\x00");
    }
}
