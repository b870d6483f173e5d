//! How the door stands for each person, in the keyring. One at a time: what is read is written back.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use usher_core::error::KeyringError;
use usher_core::ids::PersonId;
use zeroize::Zeroizing;

use crate::device::Device;
use crate::seal::VaultId;
use crate::slots::DoorState;

/// The doors on this device. Clones are the same doors.
#[derive(Clone, Default)]
pub(crate) struct Doors(Arc<Mutex<Names>>);

/// The names as they were last seen in the keyring, to write only those that changed.
type Names = BTreeMap<PersonId, String>;

/// Whose door, of which vault.
pub(super) type Whose = (VaultId, PersonId);

impl Doors {
    /// The person's door; a closed one where there is none yet.
    ///
    /// # Errors
    /// The keyring's; `Failed` where it holds something else.
    pub(super) fn read(
        &self,
        device: &dyn Device,
        whose: Whose,
    ) -> Result<Option<DoorState>, KeyringError> {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let state = read(device, whose)?;
        names.extend(state.as_ref().map(|state| (whose.1, state.name.clone())));
        Ok(state)
    }

    /// Changes the person's door; gives what `change` gives.
    ///
    /// # Errors
    /// The keyring's; then nothing was changed, unless the keyring was only slow.
    pub(super) fn change<T>(
        &self,
        device: &dyn Device,
        whose: Whose,
        change: impl FnOnce(&mut DoorState) -> T,
    ) -> Result<T, KeyringError> {
        let _one_at_a_time = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = read(device, whose)?;
        let mut state = before.clone().unwrap_or_else(|| DoorState::closed(""));
        let outcome = change(&mut state);
        if before.as_ref() != Some(&state) {
            write(device, whose, &state)?;
        }
        Ok(outcome)
    }

    /// A door that was never used, whatever the keyring held before.
    ///
    /// # Errors
    /// The keyring's.
    pub(super) fn renew(&self, device: &dyn Device, whose: Whose) -> Result<(), KeyringError> {
        let names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let name = names.get(&whose.1).map(String::as_str).unwrap_or_default();
        write(device, whose, &DoorState::closed(name))
    }

    /// Takes the door away.
    ///
    /// # Errors
    /// The keyring's.
    pub(super) fn forget(&self, device: &dyn Device, whose: Whose) -> Result<(), KeyringError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&whose.1);
        device.remove(&item(whose))
    }

    /// Writes the name on the door, if it is another one.
    ///
    /// # Errors
    /// The keyring's.
    pub(super) fn name(
        &self,
        device: &dyn Device,
        whose: Whose,
        name: &str,
    ) -> Result<(), KeyringError> {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if names.get(&whose.1).is_some_and(|known| known == name) {
            return Ok(());
        }
        let before = read(device, whose)?;
        let state = before.clone().unwrap_or_else(|| DoorState::closed(name));
        let state = state.named(name);
        if before.as_ref() != Some(&state) {
            write(device, whose, &state)?;
        }
        names.insert(whose.1, name.to_owned());
        Ok(())
    }
}

fn read(device: &dyn Device, whose: Whose) -> Result<Option<DoorState>, KeyringError> {
    let Some(bytes) = device.get(&item(whose))? else {
        return Ok(None);
    };
    serde_json::from_slice(&bytes).map(Some).map_err(|_| KeyringError::Failed)
}

fn write(device: &dyn Device, whose: Whose, state: &DoorState) -> Result<(), KeyringError> {
    let bytes = serde_json::to_vec(state).map_err(|_| KeyringError::Failed)?;
    device.put(&item(whose), &Zeroizing::new(bytes))
}

fn item((vault, person): Whose) -> String {
    format!("door:{vault}:{person}")
}
