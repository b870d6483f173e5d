//! Puts a key that IT Glue accepted in its place: among the vault's keys first, then on its card.

use crate::Secret;
use crate::book::Change;
use crate::entry::KeyId;
use crate::error::{Error, StoreError};
use crate::policy::{Edit, Permit};
use crate::ports::{ApiKeys, Notice, Notices, Ports, Source, Store};

/// A key and where it is to stand.
pub(super) struct NewKey {
    pub(super) id: KeyId,
    pub(super) key: Secret,
    /// Whether another one stands there already.
    pub(super) replaces: bool,
    /// What the vault is to say of it.
    pub(super) changes: Vec<Change>,
}

/// Keeps the key.
///
/// # Errors
/// [`Error::Keyring`]: the keyring did not take it, as far as is known; after
/// [`crate::error::KeyringError::TimedOut`] it may still do so. [`Error::Store`]: the vault has no
/// place for the key (any more), and the keyring holds none. [`Error::KeyCardUnwritten`]: the new key
/// is in place of the old one, and its card still shows the old one's.
pub(super) async fn keep<P: Ports>(
    ports: &P,
    permit: Permit<Edit>,
    new: NewKey,
) -> Result<(), Error> {
    let put = ports.keys().put(new.id, new.key).await;
    // Whatever the keyring answered, the old key may be gone from it.
    ports.source().forget(new.id);
    put.map_err(Error::Keyring)?;
    match ports.store().commit(permit, new.changes).await {
        Ok(_) => {
            ports.notices().tell(Notice::BookChanged);
            Ok(())
        }
        Err(error) if new.replaces && error != StoreError::Conflict => {
            Err(Error::KeyCardUnwritten(error))
        }
        Err(error) => {
            // Nothing names this key: it would stand in the vault for ever.
            ports.keys().remove(new.id).await.map_err(Error::Keyring)?;
            ports.source().forget(new.id);
            Err(Error::Store(error))
        }
    }
}
