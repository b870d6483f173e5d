//! `CryptProtectData`: sealed under the account of the person, on this computer.

use std::io;

use windows::Win32::Foundation::HLOCAL;
use windows::Win32::Security::Cryptography::{
    CRYPT_INTEGER_BLOB, CRYPTPROTECT_UI_FORBIDDEN, CryptProtectData, CryptUnprotectData,
};
use windows::core::{Owned, PCWSTR};
use zeroize::{Zeroize, Zeroizing};

use crate::kept::Seal;

/// The person's own account; no question is asked.
pub(super) struct Dpapi;

impl Seal for Dpapi {
    #[expect(unsafe_code, reason = "a call of the Windows API that seals a buffer")]
    fn seal(&self, plain: &[u8]) -> io::Result<Vec<u8>> {
        let (plain, mut sealed) = (blob(plain)?, Answer::default());
        let flags = CRYPTPROTECT_UI_FORBIDDEN;
        // SAFETY: the first buffer outlives the call and is not written; the answer's is Windows' own,
        // which `Answer` gives back.
        unsafe {
            let into = sealed.blob();
            CryptProtectData(&raw const plain, PCWSTR::null(), None, None, None, flags, into)?;
        }
        Ok(sealed.bytes().to_vec())
    }

    #[expect(unsafe_code, reason = "a call of the Windows API that opens a buffer")]
    fn open(&self, sealed: &[u8]) -> io::Result<Zeroizing<Vec<u8>>> {
        let (sealed, mut plain) = (blob(sealed)?, Answer::default());
        // SAFETY: as above.
        unsafe {
            let (flags, into) = (CRYPTPROTECT_UI_FORBIDDEN, plain.blob());
            CryptUnprotectData(&raw const sealed, None, None, None, None, flags, into)?;
        }
        Ok(Zeroizing::new(plain.bytes().to_vec()))
    }
}

fn blob(bytes: &[u8]) -> io::Result<CRYPT_INTEGER_BLOB> {
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    Ok(CRYPT_INTEGER_BLOB { cbData: length, pbData: bytes.as_ptr().cast_mut() })
}

/// A buffer that Windows makes for its answer. It is wiped, then given back.
#[derive(Default)]
struct Answer(CRYPT_INTEGER_BLOB);

impl Answer {
    fn blob(&mut self) -> *mut CRYPT_INTEGER_BLOB {
        &raw mut self.0
    }

    #[expect(unsafe_code, reason = "a buffer of the Windows API is looked at")]
    fn bytes(&mut self) -> &mut [u8] {
        let length = usize::try_from(self.0.cbData).unwrap_or_default();
        if self.0.pbData.is_null() {
            return &mut [];
        }
        // SAFETY: Windows has filled the buffer and said its length; nobody else has it.
        unsafe { std::slice::from_raw_parts_mut(self.0.pbData, length) }
    }
}

impl Drop for Answer {
    #[expect(unsafe_code, reason = "the buffer is given back to the Windows API")]
    fn drop(&mut self) {
        self.bytes().zeroize();
        // SAFETY: it is Windows' own (`LocalAlloc`) or null, and is not looked at again.
        drop(unsafe { Owned::new(HLOCAL(self.0.pbData.cast())) });
    }
}
