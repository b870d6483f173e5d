//! The Client Info PDU (MS-RDPBCGR 2.2.1.11): whom the client claims to be.

use usher_core::entry::UserName;

use super::bytes::{push_per_length, put, u16_le, u32_le};
use super::mcs::{SendData, Way, send_data};

/// `SEC_INFO_PKT` of the basic security header.
const SEC_INFO: u16 = 0x0040;
const INFO_AUTOLOGON: u32 = 0x0000_0008;
const INFO_UNICODE: u32 = 0x0000_0010;
/// Security header (4), code page (4), flags (4); then five lengths of 2 bytes; then the strings.
const FLAGS: usize = 8;
const LENGTHS: usize = 12;
const STRINGS: usize = 22;

/// Whether a frame from the client is its Client Info.
#[must_use]
pub fn is_client_info(frame: &[u8]) -> bool {
    send_data(frame, Way::ToHost)
        .and_then(|sent| u16_le(sent.data, 0))
        .is_some_and(|flags| flags & SEC_INFO != 0)
}

/// The same Client Info for another person: real domain and user, and no password at all.
///
/// A host with network level authentication has the password from `CredSSP` and needs none here. The
/// one-time user name and password do not reach it. Shell, folder and the whole tail stay byte for
/// byte. `None` if it is malformed or in a code page (every client since Windows 2000 sends UTF-16).
#[must_use]
pub fn rewrite_client_info(frame: &[u8], user: &UserName) -> Option<Vec<u8>> {
    let sent = send_data(frame, Way::ToHost)?;
    let data = rewrite(sent.data, user)?;
    wrap(frame, &sent, &data)
}

fn rewrite(data: &[u8], user: &UserName) -> Option<Vec<u8>> {
    let flags = u32_le(data, FLAGS)?;
    if flags & INFO_UNICODE == 0 {
        return None;
    }
    let kept = data.get(after_password(data)?..)?;
    let domain = utf16(user.domain.as_deref().unwrap_or_default());
    let name = utf16(&user.user);

    let mut out = data.get(..STRINGS)?.to_vec();
    put(&mut out, FLAGS, &(flags | INFO_AUTOLOGON).to_le_bytes())?;
    for (at, text) in [(0, domain.as_slice()), (2, &name), (4, &[])] {
        put(&mut out, LENGTHS + at, &u16::try_from(text.len()).ok()?.to_le_bytes())?;
        out.extend_from_slice(text);
        out.extend_from_slice(&[0, 0]);
    }
    out.extend_from_slice(kept);
    Some(out)
}

/// Each string is followed by a terminator that its length does not count.
fn after_password(data: &[u8]) -> Option<usize> {
    let mut at = STRINGS;
    for length in [LENGTHS, LENGTHS + 2, LENGTHS + 4] {
        at = at.checked_add(usize::from(u16_le(data, length)?))?.checked_add(2)?;
    }
    Some(at)
}

fn wrap(frame: &[u8], sent: &SendData<'_>, data: &[u8]) -> Option<Vec<u8>> {
    let mut out = frame.get(..sent.length_at)?.to_vec();
    push_per_length(&mut out, data.len())?;
    out.extend_from_slice(data);
    let total = u16::try_from(out.len()).ok()?;
    put(&mut out, 2, &total.to_be_bytes())?;
    Some(out)
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}
