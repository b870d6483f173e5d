//! Somebody comes in: everything is verified before anything is shown.

use usher_core::error::{KeyringError, StoreError};

use super::as_found;
use super::chain::Mark;
use super::commit::Step;
use super::look::Look;
use super::reading::{self, Reading};
use super::shelf::{Open, Shelf};
use crate::anchor::Note;
use crate::file::fault;
use crate::keys::Keys;
use crate::witness::AuditAnchor;

/// After so many commits of people who administer nothing, an administrator who comes in vouches for
/// them all: from then on nobody has to walk over them again.
const LONG_WALK: usize = 256;

/// How somebody comes in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct How {
    /// Although the vault is not as it was left: read-only.
    pub(crate) as_found: bool,
    /// The vault was never opened on this device before, so that nothing can be missing here.
    pub(crate) new_device: bool,
}

/// It is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unlocked {
    /// What does not hold, where it was opened as it was found.
    pub(crate) damage: Option<StoreError>,
    /// Whether the device knew how the vault was left.
    pub(crate) anchor: AnchorWas,
    /// How the audit log was left, as the device knows it.
    pub(crate) audit: Option<AuditAnchor>,
}

/// What the device knew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AnchorWas {
    /// How the vault was left; or it was never here.
    Known,
    /// Nothing, although it should: an older copy of the file would not show.
    Missing,
    /// The keyring could not be asked.
    Unreadable(KeyringError),
}

impl Shelf {
    /// Opens the vault for the people whose keys these are, or lets them in where it is open.
    ///
    /// # Errors
    /// `Damaged` with the row, `RolledBack`, `Corrupt`, and as the file gives them; `Locked` where
    /// the keys are not, or no longer, those of the person by the verified file. Nothing of the book
    /// has been shown, and the file is as it was.
    pub(crate) fn unlock(&mut self, keys: Keys, how: How) -> Result<Unlocked, StoreError> {
        let noted = self.anchor.read(keys.vault());
        let note = noted.unwrap_or_default().unwrap_or_default();
        if self.open.is_some() {
            self.join(keys, how)?;
        } else {
            self.verify(keys, how, note)?;
        }
        let open = self.open.as_ref().ok_or(StoreError::Locked)?;
        Ok(Unlocked {
            damage: open.damage.clone(),
            anchor: match noted {
                Err(error) => AnchorWas::Unreadable(error),
                Ok(_) if note.vault.is_none() && !how.new_device => AnchorWas::Missing,
                Ok(_) => AnchorWas::Known,
            },
            audit: note.audit,
        })
    }

    fn join(&mut self, keys: Keys, how: How) -> Result<(), StoreError> {
        let reading = self.current()?;
        let charter = &reading.charter;
        if !keys.are_theirs(&reading.rows, charter.administrators()) {
            return Err(StoreError::Locked);
        }
        let administers = keys.people().iter().all(|id| charter.administrators().contains_key(id));
        let open = self.open.as_mut().ok_or(StoreError::Locked)?;
        match &open.damage {
            Some(damage) if !(how.as_found && administers) => return Err(damage.clone()),
            _ => {}
        }
        let ours = (open.keys.vault(), open.keys.ring().epoch());
        if ours != (keys.vault(), keys.ring().epoch()) {
            // All was sealed anew since these keys were taken from the file.
            return Err(StoreError::Busy);
        }
        open.keys.join(keys);
        Ok(())
    }

    fn verify(&mut self, mut keys: Keys, how: How, note: Note) -> Result<(), StoreError> {
        if self.look()? != Look::Vault {
            return Err(StoreError::Missing);
        }
        let connection = self.connection.as_mut().ok_or(StoreError::Missing)?;
        let transaction = connection.transaction().map_err(fault)?;
        let marks: Vec<Mark> = note.vault.into_iter().collect();
        let (reading, damage) = match reading::read(&transaction, &mut keys, &marks, None) {
            Ok(reading) => (reading, None),
            Err(damage) if how.as_found && can_be_left_out(&damage) => {
                (as_found::read(&transaction, &mut keys, &marks, &damage)?, Some(damage))
            }
            Err(other) => return Err(other),
        };
        transaction.finish().map_err(fault)?;
        if !keys.are_theirs(&reading.rows, reading.charter.administrators()) {
            return Err(StoreError::Locked);
        }
        let anchored = damage.is_none() && (note.vault.is_some() || how.new_device);
        self.settle_in(keys, reading, damage, anchored)
    }

    fn settle_in(
        &mut self,
        keys: Keys,
        reading: Reading,
        damage: Option<StoreError>,
        anchored: bool,
    ) -> Result<(), StoreError> {
        let mark = reading.mark;
        let vouches = reading.deltas >= LONG_WALK && damage.is_none();
        let administrator = keys
            .people()
            .into_iter()
            .find(|person| reading.charter.administrators().contains_key(person));
        self.open = Some(Open { keys, reading: Some(reading), mark, damage, anchored });
        self.follow();
        self.announce();
        match administrator {
            Some(person) if vouches => self.commit(person, Step::default()).map(drop),
            _ => Ok(()),
        }
    }
}

/// Whether what does not hold can be left out. A file that cannot be read at all cannot be read as
/// it was found either: it takes a backup.
fn can_be_left_out(error: &StoreError) -> bool {
    matches!(error, StoreError::Damaged { .. } | StoreError::RolledBack { .. })
}

/// Whether the file is to blame, and not what carries it.
pub(super) fn is_damage(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::Damaged { .. } | StoreError::RolledBack { .. } | StoreError::Corrupt { .. }
    )
}
