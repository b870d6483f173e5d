//! What would have the client go past the injector: a Server Redirection (MS-RDPBCGR 2.2.13) sends it
//! straight to another machine, and can carry a user name, a password and a cookie; a request for
//! multitransport (2.2.15.1) has it come over UDP. Neither is ever relayed.
//!
//! Both can stand behind a basic security header, whose upper half readers skip. On the I/O channel
//! a share control PDU has its type there, so data that can be read either way is taken for the worse.

use super::bytes::{put, u16_le};
use super::share::{SERVER_REDIRECTION, Shares};

/// `SEC_LICENSE_PKT` of the basic security header, and the same with `SEC_LICENSE_ENCRYPT_CS`.
const LICENSING: [u16; 2] = [0x0080, 0x0280];
/// `SEC_REDIRECTION_PKT`: the standard form's security header, and the first field of the packet.
const SEC_REDIRECTION: u16 = 0x0400;
/// `SEC_TRANSPORT_REQ`, and the length of such a request with its security header.
const SEC_TRANSPORT_REQUEST: u16 = 0x0002;
const TRANSPORT_REQUEST: usize = 28;
/// Share control header (6), padding (2), and the packet's fixed fields (12). What comes behind another
/// PDU and is shorter is only its padding.
const SHORTEST: usize = 20;
/// A share control header, and the types there are (2.2.8.1.1.1.1): Demand and Confirm Active, Deactivate
/// All, data, and redirection.
const SHARE_HEADER: u16 = 6;
const SHARES: [u16; 5] = [0x1, 0x3, 0x6, 0x7, SERVER_REDIRECTION];
/// License Request, Platform Challenge, New and Upgrade License, Error Alert (MS-RDPELE 2.2.2).
const LICENSE_MESSAGES: [u8; 5] = [0x01, 0x02, 0x03, 0x04, 0xFF];

/// What a host sends on the I/O channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostSends {
    /// Share control PDUs, or what is none of the others.
    Shares,
    /// Licensing, before the desktop begins.
    Licensing,
    /// A redirection, in one of its forms.
    Redirection,
    /// A request to come over UDP.
    TransportRequest,
}

/// What the data of a host's message on the I/O channel is.
///
/// Before the desktop begins, licensing messages may look like a redirection: their header has two
/// bytes that mean nothing. Those are cleared in place, so that no reader can take them for one.
pub fn host_sends(data: &mut [u8], desktop_has_begun: bool) -> HostSends {
    if !desktop_has_begun && is_licensing(data) {
        // It was read as long enough.
        let _: Option<()> = put(data, 2, &[0, 0]);
        return HostSends::Licensing;
    }
    if redirects(data) {
        return HostSends::Redirection;
    }
    if asks_for_udp(data) { HostSends::TransportRequest } else { HostSends::Shares }
}

/// The same for the message channel, where everything has a basic security header (2.2.1.3.7); what is
/// neither of the two counts as [`HostSends::Shares`].
#[must_use]
pub fn host_messages(data: &[u8]) -> HostSends {
    let flags = u16_le(data, 0).unwrap_or_default();
    if flags & SEC_REDIRECTION != 0 {
        return HostSends::Redirection;
    }
    let udp = flags & SEC_TRANSPORT_REQUEST != 0;
    if udp { HostSends::TransportRequest } else { HostSends::Shares }
}

/// A request for multitransport by its flag, where no share control PDU stands; or by its flag and its
/// length, which no share control PDU has: that would be its first field, without the flag.
fn asks_for_udp(data: &[u8]) -> bool {
    let flagged = u16_le(data, 0).is_some_and(|flags| flags & SEC_TRANSPORT_REQUEST != 0);
    flagged && (!is_share(data) || data.len() == TRANSPORT_REQUEST)
}

/// Whether readers that expect a share control PDU find one: its length, and a type that there is.
fn is_share(data: &[u8]) -> bool {
    let length = u16_le(data, 0).is_some_and(|length| length >= SHARE_HEADER);
    length && u16_le(data, 2).is_some_and(|kind| SHARES.contains(&(kind & 0x000F)))
}

fn redirects(data: &[u8]) -> bool {
    let room = |at: usize| at == 0 || data.len() - at >= SHORTEST;
    let enhanced = |(kind, at, _)| kind == SERVER_REDIRECTION && room(at);
    is_standard(data) || Shares::new(data).any(enhanced)
}

/// A licensing message's preamble: its type, a byte of flags, its length (MS-RDPBCGR 2.2.1.12.1.1).
fn is_licensing(data: &[u8]) -> bool {
    let flags = u16_le(data, 0).is_some_and(|flags| LICENSING.contains(&flags));
    let kind = data.get(4).is_some_and(|kind| LICENSE_MESSAGES.contains(kind));
    let length = u16_le(data, 6).map(usize::from);
    flags && kind && length == data.len().checked_sub(4)
}

/// The form of standard RDP security (2.2.13.2): a security header, then the packet, which begins with
/// the same flag. A share control PDU has the host's channel there, whose number is another.
fn is_standard(data: &[u8]) -> bool {
    let flagged = u16_le(data, 0).is_some_and(|flags| flags & SEC_REDIRECTION != 0);
    flagged && (!is_share(data) || u16_le(data, 4) == Some(SEC_REDIRECTION))
}

#[cfg(test)]
mod tests {
    use super::{HostSends, host_messages, host_sends};

    fn redirects(data: &[u8], begun: bool) -> bool {
        host_sends(&mut data.to_vec(), begun) == HostSends::Redirection
    }

    #[test]
    fn both_forms_are_seen() {
        assert!(redirects(&[0x08, 0, 0x1A, 0, 0xEA, 0x03, 0, 0], true));
        assert!(redirects(&[0x00, 0x04, 0, 0, 0x00, 0x04, 8, 0], true));
        assert!(redirects(&[0x00, 0x04, 0, 0, 0x00, 0x04, 8, 0], false));
    }

    #[test]
    fn the_upper_half_of_a_security_header_hides_nothing() {
        for high in [0x0000_u16, 0x0001, 0x8000, 0x0017, 0x0011, 0xFFFF] {
            let [low_byte, high_byte] = high.to_le_bytes();
            for flags in [0x04, 0x0C, 0x24, 0xFC] {
                let packet = [0x20, flags, low_byte, high_byte, 0x00, 0x04, 8, 0];
                assert!(redirects(&packet, true) && redirects(&packet, false), "{packet:?}");
            }
            let mut request = [0x02, 0, low_byte, high_byte, 1, 0, 0, 0, 1, 0, 0, 0].to_vec();
            for length in [request.len(), 28] {
                request.resize(length, 0);
                for flags in [0x02, 0x22, 0x62] {
                    request[0] = flags;
                    let read = [false, true].map(|begun| host_sends(&mut request.clone(), begun));
                    // Shorter than such a request is, and with a length and a type of its own.
                    let share =
                        length != 28 && flags != 0x02 && [0x0001, 0x11, 0x17].contains(&high);
                    let expected =
                        if share { HostSends::Shares } else { HostSends::TransportRequest };
                    // Of 0xFFFF the low four bits are no type.
                    assert_eq!(read, [expected; 2], "{request:?}");
                    assert_eq!(host_messages(&request), HostSends::TransportRequest);
                }
            }
        }
    }

    #[test]
    fn on_the_message_channel_each_flag_counts_whatever_stands_around_it() {
        for high in [0, 0x17, 0xFF] {
            assert_eq!(host_messages(&[0, 0x14, high, high]), HostSends::Redirection);
            assert_eq!(host_messages(&[0x03, 0x10, high, high]), HostSends::TransportRequest);
            assert_eq!(host_messages(&[0x00, 0x10, high, high]), HostSends::Shares, "measuring");
        }
    }

    #[test]
    fn ordinary_pdus_of_any_length_are_taken_for_nothing_else() {
        for length in 6..5000_u16 {
            let mut pdu = vec![0; usize::from(length)];
            pdu[..2].copy_from_slice(&length.to_le_bytes());
            for kind in [0x11, 0x13, 0x16, 0x17] {
                (pdu[2], pdu[4], pdu[5]) = (kind, 0xEA, 0x03);
                assert_eq!(host_sends(&mut pdu.clone(), true), HostSends::Shares, "{length}");
            }
        }
    }

    #[test]
    fn one_behind_an_ordinary_pdu_is_seen_too() {
        let ordinary = [8, 0, 0x17, 0, 0xEA, 3, 1, 2];
        let mut behind = [20, 0, 0x1A, 0, 0xEA, 3].to_vec();
        behind.resize(20, 0);
        assert!(redirects(&[ordinary.as_slice(), &behind].concat(), true));
        assert!(!redirects(&[ordinary, ordinary].concat(), true));
        assert!(!redirects(&[ordinary.as_slice(), &behind[..19]].concat(), true), "padding");
    }

    #[test]
    fn a_pdu_without_a_length_stands_alone() {
        let mut empty = [0, 0, 0x17, 0, 0xEA, 3, 0x0A, 0, 0x0A, 0].to_vec();
        empty.resize(40, 0x0A);
        assert!(!redirects(&empty, true));
    }

    #[test]
    fn ordinary_share_control_pdus_pass() {
        for kind in [0x11, 0x13, 0x16, 0x17] {
            assert!(!redirects(&[0x06, 0, kind, 0, 0, 0], true));
        }
    }

    #[test]
    fn a_licensing_message_passes_and_can_be_taken_for_nothing_else() {
        let mut message = [0x80, 0, 0x1A, 0x10, 0xFF, 3, 4, 0];
        assert_eq!(host_sends(&mut message, false), HostSends::Licensing);
        assert_eq!(message, [0x80, 0, 0, 0, 0xFF, 3, 4, 0]);
    }

    #[test]
    fn what_only_looks_like_licensing_is_a_redirection() {
        let begun = [0x80, 0, 0x1A, 0x10, 0xFF, 3, 4, 0];
        assert!(redirects(&begun, true), "no licensing once the desktop has begun");
        let longer = [[0x80, 0, 0x1A, 0].as_slice(), &[0; 0x7C]].concat();
        assert!(redirects(&longer, false), "its length is not its own");
        let flagged = [0x81, 0, 0x1A, 0x10, 0xFF, 3, 4, 0];
        assert!(redirects(&flagged, false), "licensing has no such flag");
    }
}
