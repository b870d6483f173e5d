//! Virtual channel data comes in chunks, each with a header (MS-RDPBCGR 2.2.6.1).

use super::bytes::{push_per_length, put, u32_le};

const FIRST: u32 = 0x1;
const LAST: u32 = 0x2;
const SHOW_PROTOCOL: u32 = 0x10;
const PACKET_COMPRESSED: u32 = 0x0020_0000;
const HEADER: usize = 8;
/// `CHANNEL_CHUNK_LENGTH`: what every receiver takes.
const LENGTH: usize = 1600;

/// One chunk of a channel's message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chunk<'a> {
    /// The length of the whole message.
    pub total: usize,
    flags: u32,
    /// What of it is in here.
    pub data: &'a [u8],
}

impl<'a> Chunk<'a> {
    /// Reads the data of a channel's message; `None` if it is too short for a header.
    #[must_use]
    pub fn read(data: &'a [u8]) -> Option<Self> {
        let total = usize::try_from(u32_le(data, 0)?).ok()?;
        Some(Self { total, flags: u32_le(data, 4)?, data: data.get(HEADER..)? })
    }

    /// Whether a message begins here.
    #[must_use]
    pub fn is_first(&self) -> bool {
        self.flags & FIRST != 0
    }

    /// Whether it ends here.
    #[must_use]
    pub fn is_last(&self) -> bool {
        self.flags & LAST != 0
    }

    /// Whether its data is compressed, and so cannot be read here.
    #[must_use]
    pub fn is_compressed(&self) -> bool {
        self.flags & PACKET_COMPRESSED != 0
    }

    /// What its sender adds to each chunk of the channel.
    #[must_use]
    pub fn habit(&self) -> u32 {
        self.flags & SHOW_PROTOCOL
    }
}

/// Frames that carry a message. `head` is that of a data frame, up to the length of its data; `habit`
/// as [`Chunk::habit`] says. `None` for a message that no length can say.
#[must_use]
pub fn chunked(head: &[u8], habit: u32, message: &[u8]) -> Option<Vec<u8>> {
    let total = u32::try_from(message.len()).ok()?.to_le_bytes();
    let mut frames = Vec::with_capacity(message.len() + head.len() + HEADER + 2);
    let count = message.len().div_ceil(LENGTH).max(1);
    for index in 0..count {
        let begin = index * LENGTH;
        let data = message.get(begin..message.len().min(begin + LENGTH))?;
        let first = if index == 0 { FIRST } else { 0 };
        let last = if index + 1 == count { LAST } else { 0 };
        let frame_at = frames.len();
        frames.extend_from_slice(head);
        push_per_length(&mut frames, HEADER + data.len())?;
        frames.extend_from_slice(&total);
        frames.extend_from_slice(&(first | last | habit).to_le_bytes());
        frames.extend_from_slice(data);
        let length = u16::try_from(frames.len() - frame_at).ok()?;
        put(&mut frames, frame_at + 2, &length.to_be_bytes())?;
    }
    Some(frames)
}

#[cfg(test)]
mod tests {
    use super::super::mcs::{Way, sent};
    use super::*;
    use crate::framed::frame_length;

    #[test]
    fn a_long_message_is_cut_into_chunks_that_read_back() {
        let head = b"\x03\0\0\0\x02\xf0\x80\x64\0\x07\x03\xee\x70";
        for length in [0, 1, 1600, 1601, 5000] {
            let message: Vec<u8> = (0..=255).cycle().take(length).collect();
            let frames = chunked(head, SHOW_PROTOCOL, &message).unwrap();
            let mut rest = frames.as_slice();
            let mut read = Vec::new();
            let mut ends = 0;
            while let Ok(Some(length_of_frame)) = frame_length(rest) {
                let (frame, after) = rest.split_at(length_of_frame);
                let sent = sent(frame, Way::ToHost).unwrap();
                let chunk = Chunk::read(sent.of(frame)).unwrap();
                assert_eq!((sent.channel, chunk.total), (0x03EE, length));
                assert_eq!(chunk.is_first(), read.is_empty() && ends == 0);
                assert_eq!(chunk.habit(), SHOW_PROTOCOL);
                ends += usize::from(chunk.is_last());
                read.extend_from_slice(chunk.data);
                rest = after;
            }
            assert_eq!((read, ends, rest.len()), (message, 1, 0));
        }
    }
}
