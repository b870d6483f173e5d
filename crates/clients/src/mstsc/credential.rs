//! What Windows is given to store, and by which names it is listed.

use usher_core::Secret;
use zeroize::Zeroizing;

/// All that Remote Desktop stores.
#[cfg(windows)]
pub(super) const ALL: &str = "TERMSRV/*";

/// The password as Windows stores it: UTF-16, low byte first, without a NUL at the end.
pub(super) fn blob(password: &Secret) -> Zeroizing<Vec<u8>> {
    // EXPOSE: the one-time password, worthless outside this session, for the client it is for
    let text = password.expose();
    // Reserved in full: a buffer that grows leaves copies behind.
    let mut blob = Zeroizing::new(Vec::with_capacity(text.len() * 2));
    for unit in text.encode_utf16() {
        blob.extend_from_slice(&unit.to_le_bytes());
    }
    blob
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blob_is_utf_16_without_an_end() {
        let blob = blob(&Secret::new("aB9€".to_owned()));
        assert_eq!(*blob, [b'a', 0, b'B', 0, b'9', 0, 0xAC, 0x20]);
    }
}
