//! Share control PDUs on the I/O channel (MS-RDPBCGR 2.2.8.1.1): where the desktop begins, and what
//! is said at its end.

use super::bytes::{u16_le, u32_le};
use super::reason::HostReason;

/// The low four bits of a share control header's type.
pub(super) const DEMAND_ACTIVE: u16 = 0x1;
pub(super) const CONFIRM_ACTIVE: u16 = 0x3;
const DATA: u16 = 0x7;
/// `PDUTYPE_SERVER_REDIR_PKT`.
pub(super) const SERVER_REDIRECTION: u16 = 0xA;
/// In place of a length: a flow control PDU of 8 bytes (T.128), which is skipped.
const FLOW: u16 = 0x8000;
/// `pduType2` of a share data header, and its place.
const TYPE_2: usize = 14;
const COMPRESSION: usize = 15;
const BODY: usize = 18;
const SHUTDOWN_REQUEST: u8 = 0x24;
const SHUTDOWN_DENIED: u8 = 0x25;
/// `PDUTYPE2_SAVE_SESSION_INFO`, and the types of it that say that somebody is signed in (2.2.10.1):
/// `INFOTYPE_LOGON`, `_LOGON_LONG` and `_LOGON_PLAINNOTIFY`. The fourth, `_LOGON_EXTENDED_INFO`, carries
/// cookies, and errors of a sign-in.
const SAVE_SESSION_INFO: u8 = 0x26;
const SIGNED_IN: std::ops::RangeInclusive<u32> = 0..=2;
const SET_ERROR_INFO: u8 = 0x2F;
const PACKET_COMPRESSED: u8 = 0x20;

/// What a share control PDU means for the session's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// The host's desktop begins.
    DemandActive,
    /// The host says that somebody is signed in.
    SignedIn,
    /// The host says why it is going to end the session.
    Reason(HostReason),
    /// The host takes back what it said.
    NoReason,
    /// The client asks for the end.
    ShutdownRequest,
    /// The host wants the person to be asked first; the session goes on.
    ShutdownDenied,
    /// Anything else.
    Other,
}

/// The share control PDUs in the data of one message: usually one, but clients read several.
pub(super) struct Shares<'a> {
    data: &'a [u8],
    at: usize,
}

impl<'a> Shares<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0 }
    }
}

impl<'a> Iterator for Shares<'a> {
    /// The type's low four bits, the place, and the PDU.
    type Item = (u16, usize, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let begin = self.at;
            let rest = self.data.get(begin..)?;
            let total = u16_le(rest, 0)?;
            let kind = u16_le(rest, 2)?;
            let length = match total {
                FLOW => 8,
                // Some hosts write nothing for a PDU that stands alone; no reader goes on after it.
                0..4 => rest.len(),
                _ => usize::from(total),
            };
            self.at = begin.checked_add(length)?;
            if total != FLOW {
                return Some((kind & 0x000F, begin, rest.get(..length).unwrap_or(rest)));
            }
        }
    }
}

/// What the share control PDUs of one message say, in their order.
pub fn shares(data: &[u8]) -> impl Iterator<Item = Share> {
    Shares::new(data).map(|(kind, _, pdu)| meaning(kind, pdu))
}

fn meaning(kind: u16, pdu: &[u8]) -> Share {
    // One that is shorter than it says is none.
    if u16_le(pdu, 0).map(usize::from) != Some(pdu.len()) {
        return Share::Other;
    }
    match (kind, pdu.get(TYPE_2).copied().unwrap_or_default()) {
        (DEMAND_ACTIVE, _) => Share::DemandActive,
        (DATA, SHUTDOWN_REQUEST) => Share::ShutdownRequest,
        (DATA, SHUTDOWN_DENIED) => Share::ShutdownDenied,
        (DATA, SET_ERROR_INFO) => reason(pdu).unwrap_or(Share::Other),
        (DATA, SAVE_SESSION_INFO) if says_signed_in(pdu) => Share::SignedIn,
        _ => Share::Other,
    }
}

/// The first four bytes of a data PDU's body. What is compressed stays unread: it takes all that was
/// compressed before to read it.
fn first_word(pdu: &[u8]) -> Option<u32> {
    let plain = pdu.get(COMPRESSION)? & PACKET_COMPRESSED == 0;
    u32_le(pdu, BODY).filter(|_| plain)
}

fn says_signed_in(pdu: &[u8]) -> bool {
    first_word(pdu).is_some_and(|kind| SIGNED_IN.contains(&kind))
}

/// Four bytes are never worth compressing.
fn reason(pdu: &[u8]) -> Option<Share> {
    let code = first_word(pdu)?;
    Some(HostReason::read(code).map_or(Share::NoReason, Share::Reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data_pdu(kind: u8, body: &[u8]) -> Vec<u8> {
        let total = u16::try_from(BODY + body.len()).unwrap();
        let mut pdu = total.to_le_bytes().to_vec();
        pdu.extend_from_slice(&[0x17, 0, 0xEA, 3, 1, 0, 1, 0, 0, 1, 0, 0, kind, 0, 0, 0]);
        pdu.extend_from_slice(body);
        pdu
    }

    #[test]
    fn the_last_words_are_read() {
        let logged_off = data_pdu(SET_ERROR_INFO, &[0x0C, 0, 0, 0]);
        let both = [logged_off.clone(), data_pdu(SHUTDOWN_DENIED, &[])].concat();
        let read: Vec<Share> = shares(&both).collect();
        assert_eq!(read, [Share::Reason(HostReason::LoggedOff), Share::ShutdownDenied]);
        let mut compressed = logged_off;
        compressed[COMPRESSION] = PACKET_COMPRESSED;
        assert_eq!(shares(&compressed).collect::<Vec<_>>(), [Share::Other]);
        let none = data_pdu(SET_ERROR_INFO, &[0; 4]);
        assert_eq!(shares(&none).collect::<Vec<_>>(), [Share::NoReason]);
    }

    #[test]
    fn three_kinds_of_session_info_say_that_somebody_is_signed_in() {
        let said = |kind: u8| {
            let info =
                data_pdu(SAVE_SESSION_INFO, &[[kind, 0, 0, 0].as_slice(), &[0; 40]].concat());
            shares(&info).collect::<Vec<_>>()
        };
        for kind in 0..3 {
            assert_eq!(said(kind), [Share::SignedIn]);
        }
        assert_eq!(said(3), [Share::Other], "cookies and errors alone");
        let mut compressed = data_pdu(SAVE_SESSION_INFO, &[0; 44]);
        compressed[COMPRESSION] = PACKET_COMPRESSED;
        assert_eq!(shares(&compressed).collect::<Vec<_>>(), [Share::Other]);
        let short = data_pdu(SAVE_SESSION_INFO, &[0; 3]);
        assert_eq!(shares(&short).collect::<Vec<_>>(), [Share::Other]);
    }

    #[test]
    fn a_flow_control_pdu_hides_nothing_behind_it() {
        let flow = [0, 0x80, 0x41, 0, 0, 0, 0, 0];
        let hidden = [flow.as_slice(), &[6, 0, 0x11, 0, 0, 0]].concat();
        assert_eq!(shares(&hidden).collect::<Vec<_>>(), [Share::DemandActive]);
    }

    #[test]
    fn lengths_that_cannot_be_come_to_an_end() {
        for data in [[0; 9].as_slice(), &[0xFF; 9], &[0, 0x80, 1], &[]] {
            assert!(shares(data).count() < 4, "{data:?}");
        }
    }
}
