//! What a session with mstsc leaves in Windows, and when it is taken away.

use std::net::Ipv4Addr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use usher_core::Secret;

use super::credential;
use super::title::Title;
use super::windows::{credentials, remembered};
use crate::error::StartError;
use crate::residue::{Left, Note, Residue};
use crate::stored::{self, StoredCredential};

/// Taken away when it is dropped, and before that as far as it is no longer needed.
#[derive(Debug, Default)]
pub(crate) struct Traces(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    credential: Option<(String, Note)>,
    title: Option<Title>,
}

impl Traces {
    /// Nothing yet, for a client whose person types.
    pub(super) fn none() -> Self {
        Self::default()
    }

    /// Stores the one-time credential, which stands in the journal before it stands in Windows.
    ///
    /// # Errors
    /// [`StartError::NoJournal`] or [`StartError::NotStored`]; then nothing was stored.
    pub(super) fn of_credential(
        address: Ipv4Addr,
        user: &str,
        password: &Secret,
        residue: &Residue,
    ) -> Result<Self, StartError> {
        let target = stored::target(address);
        let note = residue.note(Left::Credential { target: target.clone() });
        let note = note.map_err(|error| StartError::NoJournal(error.kind()))?;
        if let Err(error) = credentials::write(&target, user, password) {
            tracing::warn!(%error, "Windows stored no one-time credential");
            note.gone();
            return Err(StartError::NotStored);
        }
        let kept = Kept { credential: Some((target, note)), title: None };
        Ok(Self(Mutex::new(kept)))
    }

    /// Keeps the window's text until the client has ended.
    pub(super) fn keep_title(&self, process: u32, text: String) {
        self.kept().title = Some(Title::keep(process, text));
    }

    /// The credential has been used, or never will be: it goes.
    pub(crate) fn credential_seen(&self) {
        let Some((target, note)) = self.kept().credential.take() else { return };
        match credentials::remove(&target) {
            Ok(()) => note.gone(),
            // Its row stays in the journal, and the next start tries again.
            Err(error) => tracing::warn!(%error, "A one-time credential could not be removed"),
        }
    }

    /// The client has ended: nothing of the session stays.
    pub(crate) fn clear(&self) {
        self.credential_seen();
        self.kept().title = None;
        if let Err(error) = remembered::forget() {
            tracing::warn!(%error, "mstsc remembers an address of a session");
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Traces {
    fn drop(&mut self) {
        self.credential_seen();
    }
}

/// Takes away what former programs of ours left that no journal tells of: one-time credentials for our
/// addresses, and our addresses in what mstsc remembers. To be called before a client is started.
///
/// Gives how many credentials went.
///
/// # Errors
/// As Windows gives them; the rest may still be there.
pub fn sweep() -> std::io::Result<usize> {
    let stored = credentials::list_own_kind(credential::ALL)?;
    let ours: Vec<_> = stored.into_iter().filter(StoredCredential::is_ours).collect();
    ours.iter().try_for_each(|stored| credentials::remove(stored::name(&stored.target)))?;
    remembered::forget()?;
    Ok(ours.len())
}
