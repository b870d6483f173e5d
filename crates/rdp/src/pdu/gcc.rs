//! The settings blocks that client and host exchange inside GCC conference messages.

use super::bytes::{per_length, u16_le};

/// One block: its type, and its bytes with the 4-byte header, by place in the frame.
pub(super) struct Block {
    pub(super) kind: u16,
    pub(super) at: usize,
    pub(super) length: usize,
}

/// The blocks after a GCC key (`Duca` from the client, `McDn` from the host); empty without it.
pub(super) fn blocks(frame: &[u8], key: [u8; 4]) -> Vec<Block> {
    find_blocks(frame, key).unwrap_or_default()
}

fn find_blocks(frame: &[u8], key: [u8; 4]) -> Option<Vec<Block>> {
    let key_at = frame.windows(4).position(|window| window == key)?;
    let (length, start) = per_length(frame, key_at.checked_add(4)?)?;
    let end = start.checked_add(length)?.min(frame.len());
    let mut found = Vec::new();
    let mut at = start;
    while let Some(block) = block(frame, at).filter(|block| block.at + block.length <= end) {
        at += block.length;
        found.push(block);
    }
    Some(found)
}

fn block(frame: &[u8], at: usize) -> Option<Block> {
    let length = usize::from(u16_le(frame, at.checked_add(2)?)?);
    (length >= 4).then_some(Block { kind: u16_le(frame, at)?, at, length })
}
