//! MCS messages (T.125) inside TPKT frames.

use super::bytes::{per_length, u16_be};

/// Which way a message goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From the client.
    ToHost,
    /// From the host.
    ToClient,
}

/// What a TPKT frame is. Only what a side sends in a session of RDP has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// Data on a channel.
    Sent(SendData),
    /// The client's Connect Initial or the host's Connect Response.
    Connect,
    /// A Disconnect Provider Ultimatum: the sender takes its leave.
    Leaves,
    /// Domain, user and channel joins, and the X.224 goodbye.
    Other,
    /// Nothing that this side sends in RDP.
    Foreign,
}

/// A `SendDataRequest` or `SendDataIndication`, by places in its frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SendData {
    /// The channel's id.
    pub channel: u16,
    /// Where the PER length of the data stands.
    pub length_at: usize,
    /// Where the data begins; it ends with the frame.
    pub data_at: usize,
}

impl SendData {
    /// The data.
    #[must_use]
    pub fn of(self, frame: &[u8]) -> &[u8] {
        frame.get(self.data_at..).unwrap_or_default()
    }

    /// The data, to be changed.
    pub fn of_mut(self, frame: &mut [u8]) -> &mut [u8] {
        frame.get_mut(self.data_at..).unwrap_or_default()
    }
}

/// TPKT header (4 bytes), X.224 data header (3 bytes).
pub(super) const MCS_AT: usize = 7;
const X224_DATA: [u8; 3] = [0x02, 0xF0, 0x80];
const X224_DISCONNECT: u8 = 0x80;
/// The bits of a first byte that tell a TPKT frame (all set) from a fast-path one (none).
const ACTION: u8 = 0x03;

/// Whether a frame is a fast-path one (MS-RDPBCGR 2.2.8.1.2, 2.2.9.1.2): input or pictures.
#[must_use]
pub fn is_fast_path(frame: &[u8]) -> bool {
    frame.first().is_some_and(|first| first & ACTION != ACTION)
}

/// What a whole TPKT frame is; `None` if it is damaged, or longer than its message: some clients read on.
#[must_use]
pub fn message(frame: &[u8], way: Way) -> Option<Message> {
    if frame.get(4..MCS_AT)? != X224_DATA {
        return (frame.get(5) == Some(&X224_DISCONNECT)).then_some(Message::Other);
    }
    let connect = match way {
        Way::ToHost => 0x65,
        Way::ToClient => 0x66,
    };
    match (way, *frame.get(MCS_AT)? >> 2) {
        (Way::ToHost, 25) | (Way::ToClient, 26) => send_data(frame).map(Message::Sent),
        (_, 8) => Some(Message::Leaves),
        // Erect Domain, Attach User, Channel Join: requests of the client, confirms of the host.
        (Way::ToHost, 1 | 10 | 14) | (Way::ToClient, 11 | 15) => Some(Message::Other),
        (_, 31) => (*frame.get(MCS_AT + 1)? == connect).then_some(Message::Connect),
        _ => Some(Message::Foreign),
    }
}

fn send_data(frame: &[u8]) -> Option<SendData> {
    // choice (1), initiator (2), channel (2), priority and segmentation (1), length
    let channel = u16_be(frame, MCS_AT + 3)?;
    let length_at = MCS_AT + 6;
    let (length, data_at) = per_length(frame, length_at)?;
    (data_at.checked_add(length)? == frame.len()).then_some(SendData {
        channel,
        length_at,
        data_at,
    })
}

/// The data message that a frame of this way is, if it is one.
pub(super) fn sent(frame: &[u8], way: Way) -> Option<SendData> {
    match message(frame, way)? {
        Message::Sent(sent) => Some(sent),
        Message::Connect | Message::Leaves | Message::Other | Message::Foreign => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_must_end_with_its_frame() {
        let frame = b"\x03\x00\x00\x10\x02\xf0\x80\x64\x00\x07\x03\xeb\x70\x02ab";
        let sent = SendData { channel: 0x03EB, length_at: 13, data_at: 14 };
        assert_eq!(message(frame, Way::ToHost), Some(Message::Sent(sent)));
        assert_eq!(sent.of(frame), b"ab");
        assert_eq!(message(&[frame.as_slice(), b"c"].concat(), Way::ToHost), None);
        assert_eq!(message(&frame[..15], Way::ToHost), None);
        assert_eq!(message(frame, Way::ToClient), Some(Message::Foreign));
    }

    #[test]
    fn each_message_has_its_name_on_its_way_only() {
        let frame = |byte: u8, next: u8| [3, 0, 0, 9, 2, 0xF0, 0x80, byte, next];
        let name = |byte, next, way| message(&frame(byte, next), way);
        assert_eq!(name(0x21, 0x80, Way::ToClient), Some(Message::Leaves));
        assert_eq!(name(0x28, 0, Way::ToHost), Some(Message::Other));
        assert_eq!(name(0x28, 0, Way::ToClient), Some(Message::Foreign));
        assert_eq!(name(0x7F, 0x65, Way::ToHost), Some(Message::Connect));
        assert_eq!(name(0x7F, 0x66, Way::ToHost), None);
        // A uniform send data indication says the same in other words.
        assert_eq!(name(0x70, 0, Way::ToClient), Some(Message::Foreign));
        assert_eq!(message(b"\x03\x00\x00\x09\x03\xf0\x80\x80\x64", Way::ToHost), None);
    }
}
