//! Server Redirection (MS-RDPBCGR 2.2.13): the host sends the client straight to another machine.
//!
//! The client would go past the injector, and the message can carry a user name, a password and a
//! cookie. It is never relayed.

use super::bytes::u16_le;
use super::gcc::blocks;
use super::mcs::{Way, send_data};

const SC_NET: u16 = 0x0C03;
/// `PDUTYPE_SERVER_REDIR_PKT` in the low four bits of a share control header's type.
const SERVER_REDIRECTION: u16 = 0x000A;
/// `SEC_LICENSE_PKT` of the basic security header.
const SEC_LICENSE: u16 = 0x0080;

/// The I/O channel of every host seen so far; the host's Connect Response may name another.
pub const DEFAULT_IO_CHANNEL: u16 = 0x03EB;

/// The I/O channel that a host's Connect Response names; `None` for any other frame.
#[must_use]
pub fn io_channel(frame: &[u8]) -> Option<u16> {
    let block = blocks(frame, *b"McDn").into_iter().find(|block| block.kind == SC_NET)?;
    (block.length >= 6).then(|| u16_le(frame, block.at + 4)).flatten()
}

/// Whether a frame from the host redirects the client.
#[must_use]
pub fn is_redirection(frame: &[u8], io_channel: u16) -> bool {
    let sent = send_data(frame, Way::ToClient);
    // On other channels these bytes are part of a length.
    sent.is_some_and(|sent| sent.channel == io_channel && redirects(sent.data) == Some(true))
}

/// A share control header begins with its total length; a licensing message with flags, and then two
/// bytes that mean nothing and may look like any type.
fn redirects(data: &[u8]) -> Option<bool> {
    let (first, kind) = (u16_le(data, 0)?, u16_le(data, 2)?);
    let licensing = first & SEC_LICENSE != 0 && usize::from(first) != data.len();
    Some(kind & 0x000F == SERVER_REDIRECTION && !licensing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn indication(channel: u16, data: &[u8]) -> Vec<u8> {
        let mut frame = vec![0x03, 0, 0, 0, 0x02, 0xF0, 0x80, 0x68, 0, 1];
        frame.extend_from_slice(&channel.to_be_bytes());
        frame.push(0x70);
        frame.push(u8::try_from(data.len()).unwrap());
        frame.extend_from_slice(data);
        frame
    }

    #[test]
    fn a_redirection_is_seen_on_the_io_channel_only() {
        let redirection = [0x40, 0, 0x1A, 0, 0xEA, 0x03, 0, 0];
        assert!(is_redirection(&indication(0x03EB, &redirection), DEFAULT_IO_CHANNEL));
        assert!(!is_redirection(&indication(0x03EC, &redirection), DEFAULT_IO_CHANNEL));
        assert!(is_redirection(&indication(0x0500, &redirection), 0x0500));
    }

    #[test]
    fn ordinary_share_control_pdus_pass() {
        for kind in [0x11, 0x13, 0x16, 0x17] {
            assert!(!is_redirection(&indication(0x03EB, &[0x40, 0, kind, 0, 0, 0]), 0x03EB));
        }
    }

    #[test]
    fn licensing_messages_pass_whatever_their_unused_bytes_are() {
        assert!(!is_redirection(&indication(0x03EB, &[0x80, 0, 0x1A, 0x10, 0xFF, 3]), 0x03EB));
        let redirection = [[0x80, 0, 0x1A, 0].as_slice(), &[0; 0x7C]].concat();
        let mut frame = indication(0x03EB, &[]);
        frame.truncate(frame.len() - 1);
        frame.extend_from_slice(&[0x80, 0x80]);
        frame.extend_from_slice(&redirection);
        assert!(is_redirection(&frame, 0x03EB), "a redirection of 128 bytes is none of them");
    }

    #[test]
    fn the_connect_response_names_the_io_channel() {
        let mut frame = b"\x03\x00\x00\x00\x02\xf0\x80\x7f\x66 preamble McDn".to_vec();
        frame.extend_from_slice(&[
            20, 0x01, 0x0C, 12, 0, 4, 0, 8, 0, 0, 0, 0, 0, 0x03, 0x0C, 8, 0, 0xF0, 0x03, 0, 0,
        ]);
        assert_eq!(io_channel(&frame), Some(0x03F0));
        assert_eq!(io_channel(b"\x03\x00\x00\x07\x02\xf0\x80"), None);
    }
}
