//! The settings blocks that client and host exchange inside GCC conference messages.
//!
//! The way to them is walked field by field (T.125 7, T.124 8.7, MS-RDPBCGR 2.2.1.3 and 2.2.1.4): who
//! only looked for their key could be shown another list than the receiver reads.

use super::bytes::{per_length, take, u16_be, u16_le};
use super::mcs::{MCS_AT, Way};

/// One block: its type, and its bytes with the 4-byte header, by place in the frame.
pub(super) struct Block {
    pub(super) kind: u16,
    pub(super) at: usize,
    pub(super) length: usize,
}

const OCTETS: u8 = 0x04;
const SEQUENCE: u8 = 0x30;
/// Two selectors, the upward flag, three sets of domain parameters.
const CONNECT_INITIAL: [u8; 6] = [OCTETS, OCTETS, 0x01, SEQUENCE, SEQUENCE, SEQUENCE];
/// The result, the connect id, one set of domain parameters.
const CONNECT_RESPONSE: [u8; 3] = [0x0A, 0x02, SEQUENCE];
/// The object identifier of T.124 as a key.
const T124: [u8; 7] = [0x00, 0x05, 0x00, 0x14, 0x7C, 0x00, 0x01];

/// The blocks of a Connect Initial or Connect Response; `None` if it is damaged.
pub(super) fn blocks(frame: &[u8], way: Way) -> Option<Vec<Block>> {
    let (mut at, end) = settings(frame, way)?;
    let mut found = Vec::new();
    while end.checked_sub(at)? >= 4 {
        let block = block(frame, at).filter(|block| at + block.length <= end)?;
        at += block.length;
        found.push(block);
    }
    Some(found)
}

/// Where the blocks begin and end.
fn settings(frame: &[u8], way: Way) -> Option<(usize, usize)> {
    let fields: &[u8] = match way {
        Way::ToHost => &CONNECT_INITIAL,
        Way::ToClient => &CONNECT_RESPONSE,
    };
    // The tag of the whole takes two bytes.
    let (mut at, _) = ber_length(frame, MCS_AT + 2)?;
    for tag in fields {
        at = ber(frame, at, *tag)?.1;
    }
    let (data, end) = ber(frame, at, OCTETS)?;
    let (key, name_at) = name_at(frame, data, way)?;
    let named = take::<4>(frame, name_at)? == key;
    let (length, start) = per_length(frame, name_at + 4).filter(|_| named)?;
    let blocks_end = start.checked_add(length)?;
    let whole = match way {
        // A host that goes by the frame would read more than one that goes by this length.
        Way::ToHost => blocks_end == end && end == frame.len(),
        Way::ToClient => blocks_end <= end,
    };
    whole.then_some((start, blocks_end))
}

/// The key that the receiver looks for, and where it stands.
fn name_at(frame: &[u8], data: usize, way: Way) -> Option<([u8; 4], usize)> {
    let header = take::<7>(frame, data).filter(|header| *header == T124)?.len();
    let (_, at) = per_length(frame, data + header)?;
    match way {
        // choice, selection, conference name (2), padding, sets, choice, length of the key
        Way::ToHost => Some((*b"Duca", at.checked_add(8)?)),
        // choice, node (2), tag (its length, then itself), result, sets, choice, length of the key
        Way::ToClient => {
            let tag = usize::from(*frame.get(at.checked_add(3)?)?);
            Some((*b"McDn", at.checked_add(4 + tag + 4)?))
        }
    }
}

/// The content's begin and end of a BER field with this tag.
fn ber(frame: &[u8], at: usize, tag: u8) -> Option<(usize, usize)> {
    let tagged = *frame.get(at)? == tag;
    let (start, length) = ber_length(frame, at + 1).filter(|_| tagged)?;
    let end = start.checked_add(length)?;
    (end <= frame.len()).then_some((start, end))
}

/// Where the content begins, and its length.
fn ber_length(frame: &[u8], at: usize) -> Option<(usize, usize)> {
    match *frame.get(at)? {
        0x81 => Some((at + 2, usize::from(*frame.get(at + 1)?))),
        0x82 => Some((at + 3, usize::from(u16_be(frame, at + 1)?))),
        short => (short < 0x80).then_some((at + 1, usize::from(short))),
    }
}

fn block(frame: &[u8], at: usize) -> Option<Block> {
    let length = usize::from(u16_le(frame, at.checked_add(2)?)?);
    (length >= 4).then_some(Block { kind: u16_le(frame, at)?, at, length })
}

/// Frames for the tests of what is in the blocks.
#[cfg(test)]
pub(super) mod made {
    use super::*;

    fn ber_field(tag: &[u8], content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len()).unwrap().to_be_bytes();
        [tag, &[0x82], &length, content].concat()
    }

    /// A Connect Initial or Connect Response with these blocks.
    pub(in crate::pdu) fn connect(way: Way, blocks: &[u8]) -> Vec<u8> {
        let length = (u16::try_from(blocks.len()).unwrap() | 0x8000).to_be_bytes();
        let (tags, tag, header): (&[u8], u8, &[u8]) = match way {
            Way::ToHost => (&CONNECT_INITIAL, 0x65, b"\x00\x08\x00\x10\x00\x01\xc0\x00Duca"),
            Way::ToClient => (&CONNECT_RESPONSE, 0x66, b"\x14\x76\x0a\x01\x01\x00\x01\xc0\x00McDn"),
        };
        let data = [T124.as_slice(), &[0x2A], header, &length, blocks].concat();
        let fields: Vec<u8> = tags.iter().flat_map(|tag| ber_field(&[*tag], &[1])).collect();
        let body = ber_field(&[0x7F, tag], &[fields, ber_field(&[OCTETS], &data)].concat());
        let total = u16::try_from(body.len() + 7).unwrap().to_be_bytes();
        [[3, 0].as_slice(), &total, &[2, 0xF0, 0x80], &body].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_blocks_are_found_where_the_receiver_finds_them() {
        for way in [Way::ToHost, Way::ToClient] {
            let frame = made::connect(way, &[1, 0xC0, 6, 0, 9, 9, 2, 0xC0, 4, 0]);
            let kinds: Vec<u16> =
                blocks(&frame, way).unwrap().iter().map(|block| block.kind).collect();
            assert_eq!(kinds, [0xC001, 0xC002]);
            for end in 0..frame.len() {
                assert!(blocks(&frame[..end], way).is_none(), "cut at {end}");
            }
        }
    }

    #[test]
    fn a_decoy_before_the_real_list_is_not_taken_for_it() {
        let decoy = made::connect(Way::ToHost, b"\x77\xc0\x12\x00Duca\x04\x01\xc0\x04\x00rest!");
        let found = blocks(&decoy, Way::ToHost).unwrap();
        assert_eq!((found.len(), found[0].kind), (1, 0xC077));
    }

    #[test]
    fn a_client_writes_nothing_behind_its_list() {
        let blocks_of = |frame: &[u8]| blocks(frame, Way::ToHost).map(|found| found.len());
        let mut frame = made::connect(Way::ToHost, &[1, 0xC0, 4, 0, 3, 0xC0, 4, 0]);
        assert_eq!(blocks_of(&frame), Some(2), "control");
        let length = frame.len() - 9;
        assert_eq!(frame[length], 8);
        frame[length] = 4;
        assert_eq!(blocks_of(&frame), None, "a block that only the frame's length shows");
        frame[length] = 8;
        frame.extend([3, 0xC0, 4, 0]);
        assert_eq!(blocks_of(&frame), None, "nor behind the field that holds it");
    }

    #[test]
    fn a_block_longer_than_the_list_is_damage() {
        assert!(blocks(&made::connect(Way::ToHost, &[1, 0xC0, 9, 0]), Way::ToHost).is_none());
        assert!(blocks(&made::connect(Way::ToHost, &[1, 0xC0, 3, 0]), Way::ToHost).is_none());
    }
}
