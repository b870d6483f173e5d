//! Which keyring this OS has, and what its errors mean.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use keyring_core::{CredentialStore, Error};
use usher_core::error::KeyringError;
use zeroize::Zeroizing;

/// Whether `keyring` was asked already; what it answered stays its answer for this process.
static ASKED: AtomicBool = AtomicBool::new(false);

/// A connection to the keyring: the one `keyring` opens, and a new one at each later call, for a
/// service that was started, or started again, meanwhile.
pub(super) fn connect() -> Result<Arc<CredentialStore>, KeyringError> {
    if !ASKED.swap(true, Ordering::SeqCst)
        && keyring::Entry::store_status().is_ok()
        && let Some(store) = keyring_core::get_default_store()
    {
        return Ok(store);
    }
    new_store().map_err(|error| match typed(error) {
        KeyringError::Locked => KeyringError::Locked,
        KeyringError::NoService
        | KeyringError::TimedOut
        | KeyringError::NoKey
        | KeyringError::Failed => KeyringError::NoService,
    })
}

/// The Secret Service on the session bus: that of GNOME, KDE or a password manager.
#[cfg(all(unix, not(target_os = "macos")))]
fn new_store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

/// The login keychain.
#[cfg(target_os = "macos")]
fn new_store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

/// The Credential Manager.
#[cfg(windows)]
fn new_store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

/// Our word for the error. Some of them carry the value that was stored: it is wiped here.
pub(super) fn typed(error: Error) -> KeyringError {
    if let Error::BadEncoding(value) | Error::BadDataFormat(value, _) = error {
        drop(Zeroizing::new(value));
        return KeyringError::Failed;
    }
    if matches!(error, Error::NoEntry) {
        KeyringError::NoKey
    } else if matches!(error, Error::NoStorageAccess(_)) {
        KeyringError::Locked
    } else {
        KeyringError::Failed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locked_missing_and_broken_stay_distinct() {
        let why = || Box::new(std::io::Error::other("why"));
        assert_eq!(typed(Error::NoEntry), KeyringError::NoKey);
        assert_eq!(typed(Error::NoStorageAccess(why())), KeyringError::Locked);
        assert_eq!(typed(Error::PlatformFailure(why())), KeyringError::Failed);
        assert_eq!(typed(Error::BadEncoding(vec![0xff])), KeyringError::Failed);
    }
}
