//! Credential Manager: one credential written, removed, and the names of those there are.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

use usher_core::Secret;
use windows::Win32::Foundation::ERROR_NOT_FOUND;
use windows::Win32::Security::Credentials::{
    CRED_PERSIST_SESSION, CRED_TYPE_DOMAIN_PASSWORD, CREDENTIALW, CredDeleteW, CredEnumerateW,
    CredFree, CredWriteW,
};
use windows::core::{Error, HSTRING, PWSTR};

use crate::mstsc::credential::blob;
use crate::stored::StoredCredential;

/// One call at a time: Wine, where this is tried, damages a list that it makes while another thread
/// stores or removes.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Stores a one-time credential until this person signs out of Windows, in the kind whose password no
/// program can read back.
///
/// # Errors
/// As Windows gives them; nothing was stored.
#[expect(unsafe_code, reason = "a call of the Windows API that copies a struct of texts")]
pub(in super::super) fn write(target: &str, user: &str, password: &Secret) -> io::Result<()> {
    let (mut target, mut user, mut blob) = (wide(target), wide(user), blob(password));
    let credential = CREDENTIALW {
        Type: CRED_TYPE_DOMAIN_PASSWORD,
        TargetName: PWSTR(target.as_mut_ptr()),
        CredentialBlobSize: u32::try_from(blob.len()).map_err(io::Error::other)?,
        CredentialBlob: blob.as_mut_ptr(),
        Persist: CRED_PERSIST_SESSION,
        UserName: PWSTR(user.as_mut_ptr()),
        ..Default::default()
    };
    let _alone = alone();
    // SAFETY: texts end in NUL, the blob is as long as is said, and all outlive the call, which only
    // reads them.
    Ok(unsafe { CredWriteW(&raw const credential, 0) }?)
}

/// Removes it; one that is not there is removed already.
#[expect(unsafe_code, reason = "a call of the Windows API that takes a text")]
pub(in super::super) fn remove(target: &str) -> io::Result<()> {
    let _alone = alone();
    // SAFETY: the text ends in NUL and outlives the call.
    match unsafe { CredDeleteW(&HSTRING::from(target), CRED_TYPE_DOMAIN_PASSWORD, None) } {
        Err(error) if !is_not_found(&error) => Err(error.into()),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Those whose names fit, of every kind; an asterisk at the filter's end stands for anything.
///
/// # Errors
/// As Windows gives them.
pub(in super::super) fn list(filter: &str) -> io::Result<Vec<StoredCredential>> {
    read(filter, |credential| Some(stored(credential)))
}

/// Those of the kind that [`write`] stores and [`remove`] takes away: names are distinct within a kind.
///
/// # Errors
/// As Windows gives them.
pub(in super::super) fn list_own_kind(filter: &str) -> io::Result<Vec<StoredCredential>> {
    let own = |credential: &CREDENTIALW| credential.Type == CRED_TYPE_DOMAIN_PASSWORD;
    read(filter, |credential| own(credential).then(|| stored(credential)))
}

#[expect(unsafe_code, reason = "a list of the Windows API is read and given back")]
fn read<T>(filter: &str, pick: impl Fn(&CREDENTIALW) -> Option<T>) -> io::Result<Vec<T>> {
    let (mut count, mut found) = (0, std::ptr::null_mut());
    let _alone = alone();
    // SAFETY: Windows fills both, or neither.
    let listed =
        unsafe { CredEnumerateW(&HSTRING::from(filter), None, &raw mut count, &raw mut found) };
    match listed {
        Err(error) if is_not_found(&error) => return Ok(Vec::new()),
        listed => listed?,
    }
    let count = usize::try_from(count).map_err(io::Error::other)?;
    // SAFETY: Windows says that there are as many pointers, none of them null; they are read before the
    // whole is given back, and not used again.
    unsafe {
        let listed = std::slice::from_raw_parts(found, count);
        let picked = listed.iter().filter_map(|one| pick(&**one)).collect();
        CredFree(found.cast());
        Ok(picked)
    }
}

fn stored(credential: &CREDENTIALW) -> StoredCredential {
    StoredCredential { target: text(credential.TargetName), user: text(credential.UserName) }
}

#[expect(unsafe_code, reason = "a text of the Windows API is read")]
fn text(text: PWSTR) -> String {
    if text.is_null() {
        return String::new();
    }
    // SAFETY: it is not null, and a text in a credential ends in NUL.
    String::from_utf16_lossy(unsafe { text.as_wide() })
}

fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

fn is_not_found(error: &Error) -> bool {
    error.code() == ERROR_NOT_FOUND.to_hresult()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn targets(filter: &str) -> Vec<String> {
        list(filter).unwrap().into_iter().map(|stored| stored.target).collect()
    }

    #[test]
    fn what_is_written_is_listed_until_it_is_removed() {
        let target = "TERMSRV/127.77.0.61";
        let password = Secret::new(Uuid::new_v4().simple().to_string());
        write(target, "ot-abcdefgh", &password).unwrap();
        write(target, "ot-hgfedcba", &password).unwrap();
        let found = list("TERMSRV/127.77.0.61*").unwrap();
        let users: Vec<_> = found.iter().map(|stored| stored.user.as_str()).collect();
        assert_eq!(users, ["ot-hgfedcba"], "one for each address, the last one written");
        assert!(found[0].is_ours(), "{found:?}");
        remove(target).unwrap();
        remove(target).unwrap();
        assert!(targets("TERMSRV/127.77.0.61*").is_empty());
    }

    #[test]
    fn another_tools_credential_is_listed_beside_it() {
        let target = "TERMSRV/stale.corp.example";
        let password = Secret::new(Uuid::new_v4().simple().to_string());
        write(target, r"CORP\adm", &password).unwrap();
        let found = list("TERMSRV/*").unwrap();
        remove(target).unwrap();
        let host = "stale.corp.example".parse().unwrap();
        let stale: Vec<_> = found.iter().filter(|stored| stored.is_for(&host)).collect();
        assert_eq!(stale.len(), 1, "{found:?}");
        assert!(!stale[0].is_ours());
        assert_eq!(stale[0].user, r"CORP\adm");
    }
}
