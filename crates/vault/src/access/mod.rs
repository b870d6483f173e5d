//! The door of the vault: opening and locking it, and keeping what people open it with.
//!
//! `tries.rs` is the heart: a passphrase against a slot, or a PIN against what this process keeps,
//! counted before it is looked at.
//! `open.rs` is the way in once somebody is known; each other way has a file of its own.

mod api_keys;
mod aside;
mod codes;
mod devices;
mod door;
mod forget;
mod found;
mod invite;
mod keep;
mod keep_pins;
mod means;
mod names;
mod open;
mod pins;
mod prove;
mod state;
#[cfg(test)]
mod tests;
mod tries;
mod upgrade;
mod verified;

use usher_core::Secret;
use usher_core::ids::{DeviceId, PersonId};
use usher_core::policy::{Edit, Permit};
use usher_core::ports::{
    Access, AccessError, Device, Door, FirstVault, Invitation, Keeps, OpenWith, Opened, Proved,
    Strength,
};

use crate::slots;
use crate::vault::Vault;
pub use means::{Cost, Means, WallClock};
pub(crate) use pins::Pins;
use state::Doors;

/// How the doors stand, and which PINs open them here. Cheap to clone.
#[derive(Clone)]
pub(crate) struct State {
    doors: Doors,
    pins: Pins,
}

impl State {
    /// With the PINs that the vault's thread follows.
    pub(crate) fn of(pins: Pins) -> Self {
        Self { doors: Doors::default(), pins }
    }
}

impl Access for Vault {
    async fn door(&self) -> Result<Door, AccessError> {
        door::door(self).await
    }

    async fn found(&self, _permit: Permit<Edit>, first: FirstVault) -> Result<Opened, AccessError> {
        found::found(self, first).await
    }

    async fn open(&self, with: OpenWith, as_found: bool) -> Result<Opened, AccessError> {
        open::open(self, with, as_found).await
    }

    async fn prove(&self, person: PersonId, proof: Secret) -> Result<Proved, AccessError> {
        prove::prove(self, person, proof).await
    }

    async fn lock(&self, person: PersonId) {
        let locked = self.worker.ask(move |shelf| {
            shelf.lock(person);
            Ok(())
        });
        // The thread is gone only where the keys are.
        locked.await.ok();
        self.means.witness.went(person);
        // Whoever is still in may not be an administrator.
        if open::lend_audit_key(self).await.is_err() {
            self.means.witness.lend_audit_key(None);
        }
    }

    async fn set_passphrase(&self, person: PersonId, new: Secret) -> Result<(), AccessError> {
        keep::set_passphrase(self, person, new).await
    }

    async fn set_pin(&self, person: PersonId, pin: Option<Secret>) -> Result<(), AccessError> {
        keep::set_pin(self, person, pin).await
    }

    async fn new_recovery_kit(&self, person: PersonId) -> Result<Secret, AccessError> {
        keep::new_recovery_kit(self, person).await
    }

    async fn invite(
        &self,
        permit: Permit<Edit>,
        person: PersonId,
    ) -> Result<Invitation, AccessError> {
        invite::invite(self, permit.person(), person).await
    }

    async fn keeps(&self) -> Result<Vec<Keeps>, AccessError> {
        devices::keeps(self).await
    }

    async fn devices(&self) -> Result<Vec<Device>, AccessError> {
        devices::devices(self).await
    }

    async fn remove_device(
        &self,
        permit: Permit<Edit>,
        device: DeviceId,
    ) -> Result<(), AccessError> {
        devices::remove_device(self, permit.person(), device).await
    }

    async fn rekey(&self, permit: Permit<Edit>) -> Result<(), AccessError> {
        devices::rekey(self, permit.person()).await
    }

    async fn accept_as_found(&self, permit: Permit<Edit>) -> Result<(), AccessError> {
        let by = permit.person();
        Ok(self.worker.ask(move |shelf| shelf.accept_as_found(by)).await?)
    }

    fn weigh(&self, passphrase: &Secret, hints: &[String]) -> Strength {
        weigh(passphrase, hints)
    }
}

/// How strong the passphrase would be for somebody to whom these words are close.
fn weigh(passphrase: &Secret, hints: &[String]) -> Strength {
    // EXPOSE: weighed, and not kept
    slots::weigh(passphrase.expose(), hints)
}
