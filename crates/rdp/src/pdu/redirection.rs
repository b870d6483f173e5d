//! Server Redirection (MS-RDPBCGR 2.2.13): the host sends the client straight to another machine.
//!
//! The client would go past the injector, and the message can carry a user name, a password and a
//! cookie. It is never relayed.

use super::bytes::{put, u16_le};
use super::share::{SERVER_REDIRECTION, Shares};

/// `SEC_LICENSE_PKT` of the basic security header, and the same with `SEC_LICENSE_ENCRYPT_CS`.
const LICENSING: [u16; 2] = [0x0080, 0x0280];
/// `SEC_REDIRECTION_PKT`: the standard form's security header, and the first field of the packet.
const SEC_REDIRECTION: u16 = 0x0400;
/// Share control header (6), padding (2), and the packet's fixed fields (12). What comes behind another
/// PDU and is shorter is only its padding.
const SHORTEST: usize = 20;
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
    if redirects(data) { HostSends::Redirection } else { HostSends::Shares }
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

/// The form of standard RDP security (2.2.13.2): a security header, then the packet.
fn is_standard(data: &[u8]) -> bool {
    let (Some(flags), Some(high)) = (u16_le(data, 0), u16_le(data, 2)) else { return false };
    // Where a share control header has its type, this one has a zero, or should have.
    let named = high == 0 && flags & SEC_REDIRECTION != 0;
    // Encrypted, with a salted checksum: neither is meaningful inside TLS.
    named || (flags & !0x0808 == SEC_REDIRECTION && u16_le(data, 4) == Some(SEC_REDIRECTION))
}

#[cfg(test)]
mod tests {
    use super::{HostSends, host_sends};

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
