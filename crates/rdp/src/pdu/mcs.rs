//! The data of an MCS `SendData` message inside a TPKT frame.

use super::bytes::{per_length, u16_be};

/// Which way a message goes.
#[derive(Clone, Copy)]
pub(super) enum Way {
    ToHost,
    ToClient,
}

/// A `SendDataRequest` or `SendDataIndication` (T.125), by places in its frame.
pub(super) struct SendData<'a> {
    pub(super) channel: u16,
    /// Where the PER length of the data stands.
    pub(super) length_at: usize,
    pub(super) data: &'a [u8],
}

/// TPKT header (4 bytes), X.224 data header (3 bytes).
const MCS_AT: usize = 7;

/// The data that a whole frame carries, if it is a `SendData` message of that way.
pub(super) fn send_data(frame: &[u8], way: Way) -> Option<SendData<'_>> {
    let choice = match way {
        Way::ToHost => 0x64,
        Way::ToClient => 0x68,
    };
    let is_data = frame.first() == Some(&0x03) && frame.get(5) == Some(&0xF0);
    if !is_data || *frame.get(MCS_AT)? & 0xFC != choice {
        return None;
    }
    // choice (1), initiator (2), channel (2), priority and segmentation (1), length
    let channel = u16_be(frame, MCS_AT + 3)?;
    let length_at = MCS_AT + 6;
    let (length, start) = per_length(frame, length_at)?;
    let data = frame.get(start..start.checked_add(length)?)?;
    Some(SendData { channel, length_at, data })
}

/// Whether a frame, of either side, is a Disconnect Provider Ultimatum (T.125 choice 8): the sender
/// takes its leave.
#[must_use]
pub fn leaves(frame: &[u8]) -> bool {
    let is_data = frame.first() == Some(&0x03) && frame.get(5) == Some(&0xF0);
    is_data && frame.get(MCS_AT).is_some_and(|choice| choice >> 2 == 8)
}

/// What a frame from the host carries on this channel.
#[must_use]
pub fn sent_on(frame: &[u8], channel: u16) -> Option<&[u8]> {
    let sent = send_data(frame, Way::ToClient).filter(|sent| sent.channel == channel)?;
    Some(sent.data)
}
