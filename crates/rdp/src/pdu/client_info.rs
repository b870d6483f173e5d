//! The Client Info PDU (MS-RDPBCGR 2.2.1.11): whom the client claims to be.

use usher_core::entry::UserName;
use zeroize::Zeroizing;

use super::bytes::{push_per_length, put, u16_le, u32_le};
use super::mcs::{SendData, Way, sent};

/// `SEC_INFO_PKT` of the basic security header.
const SEC_INFO: u16 = 0x0040;
const INFO_AUTOLOGON: u32 = 0x0000_0008;
const INFO_UNICODE: u32 = 0x0000_0010;
const INFO_PASSWORD_IS_SC_PIN: u32 = 0x0004_0000;
/// Security header (4), code page (4), flags (4); then five lengths of 2 bytes; then the strings.
const FLAGS: usize = 8;
const LENGTHS: usize = 12;
const STRINGS: usize = 22;

/// Whether a frame from the client is its Client Info.
#[must_use]
pub fn is_client_info(frame: &[u8]) -> bool {
    sent(frame, Way::ToHost)
        .and_then(|sent| u16_le(sent.of(frame), 0))
        .is_some_and(|flags| flags & SEC_INFO != 0)
}

/// The same Client Info for another person: real domain, user and password.
///
/// A host with network level authentication has the password from `CredSSP` and gets an empty one here.
/// The one-time user name and password do not reach it. Shell, folder and the whole tail stay byte for
/// byte. `None` if it is malformed or in a code page (every client since Windows 2000 sends UTF-16).
#[must_use]
pub fn rewrite_client_info(
    frame: &[u8],
    user: &UserName,
    password: &str,
) -> Option<Zeroizing<Vec<u8>>> {
    let sent = sent(frame, Way::ToHost)?;
    let texts = [user.domain.as_deref().unwrap_or_default(), &user.user, password];
    let data = rewrite(sent.of(frame), texts)?;
    wrap(frame, sent, &data)
}

fn rewrite(data: &[u8], texts: [&str; 3]) -> Option<Zeroizing<Vec<u8>>> {
    let flags = u32_le(data, FLAGS)?;
    if flags & INFO_UNICODE == 0 {
        return None;
    }
    let kept = data.get(after_password(data)?..)?;
    // Room for all of it: a buffer that grows leaves its former place unwiped.
    let mut out = Zeroizing::new(Vec::with_capacity(room(&texts, data)));
    out.extend_from_slice(data.get(..STRINGS)?);
    let flags = (flags | INFO_AUTOLOGON) & !INFO_PASSWORD_IS_SC_PIN;
    put(&mut out, FLAGS, &flags.to_le_bytes())?;
    for (length_at, text) in [LENGTHS, LENGTHS + 2, LENGTHS + 4].into_iter().zip(texts) {
        let begin = out.len();
        out.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        let length = u16::try_from(out.len() - begin).ok()?;
        put(&mut out, length_at, &length.to_le_bytes())?;
        out.extend_from_slice(&[0, 0]);
    }
    out.extend_from_slice(kept);
    Some(out)
}

/// A text's UTF-16 takes at most twice the bytes of its UTF-8.
fn room(texts: &[&str; 3], data: &[u8]) -> usize {
    texts.iter().map(|text| 2 * text.len() + 2).sum::<usize>() + data.len()
}

/// Each string is followed by a terminator that its length does not count.
fn after_password(data: &[u8]) -> Option<usize> {
    let mut at = STRINGS;
    for length in [LENGTHS, LENGTHS + 2, LENGTHS + 4] {
        at = at.checked_add(usize::from(u16_le(data, length)?))?.checked_add(2)?;
    }
    Some(at)
}

fn wrap(frame: &[u8], sent: SendData, data: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    // A PER length takes two bytes at most.
    let mut out = Zeroizing::new(Vec::with_capacity(sent.length_at + 2 + data.len()));
    out.extend_from_slice(frame.get(..sent.length_at)?);
    push_per_length(&mut out, data.len())?;
    out.extend_from_slice(data);
    let total = u16::try_from(out.len()).ok()?;
    put(&mut out, 2, &total.to_be_bytes())?;
    Some(out)
}
