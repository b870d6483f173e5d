//! A try with words, at a slot or at what is kept for a PIN: counted before it is made, forgiven when it
//! succeeds.

use std::sync::Arc;

use usher_core::Secret;
use usher_core::error::StoreError;
use usher_core::ids::PersonId;
use usher_core::ports::AccessError;
use usher_core::time::Moment;

use super::state::Whose;
use super::{Means, State};
use crate::device::DeviceSecret;
use crate::keys::{Ring, vault_share};
use crate::rows::{ClearRows, Table, Write};
use crate::seal::{Identity, SealError, VaultId};
use crate::slots::{Bundle, Header, Proof, Slot, SlotKind};

/// More slots of one kind, person and device than any vault of ours has are not looked at: each
/// costs a key derivation.
const MOST: usize = 4;

/// What a try needs.
pub(super) struct Try<'a> {
    pub(super) means: &'a Means,
    pub(super) state: &'a State,
    pub(super) vault: VaultId,
    pub(super) rows: &'a ClearRows,
    pub(super) person: PersonId,
    pub(super) kind: SlotKind,
    pub(super) words: &'a Secret,
}

/// Somebody is who they say they are.
pub(super) struct Known {
    pub(super) identity: Arc<Identity>,
    pub(super) ring: Ring,
    /// What they came in with.
    pub(super) slot: Slot,
    /// The slot with today's parameters, where it had others.
    pub(super) upgrade: Vec<Write>,
}

impl Try<'_> {
    /// Tries. Whatever is wrong (the words, the person, the kind, or that they were taken off), it
    /// takes as long and says the same.
    ///
    /// # Errors
    /// `Keyring`, `UnknownDevice`, `TooSoon`, `PassphraseNeeded`: nothing was looked at.
    /// `NotAccepted`; `Store` where a slot asks for a weaker key derivation than any of ours.
    pub(super) fn run(&self) -> Result<Known, AccessError> {
        let device = this_device(self.means, self.vault, self.rows)?;
        let slots = self.slots(&device);
        if slots.is_empty() {
            return self.nobody();
        }
        self.count(&slots)?;
        match self.open(&slots, &device)? {
            Some(known) => {
                self.forgive()?;
                Ok(known)
            }
            None => Err(AccessError::NotAccepted { wait_seconds: self.wait()? }),
        }
    }

    fn slots(&self, device: &DeviceSecret) -> Vec<Slot> {
        let slots = self.rows.of(Table::Slot).filter_map(|row| Slot::read(self.vault, row));
        let theirs = slots.filter(|slot| {
            let Header { person, kind, device: on, .. } = &slot.header;
            (*person, *kind, *on) == (self.person, self.kind, Some(device.id()))
        });
        theirs.take(MOST).collect()
    }

    /// As if there were a slot: whether there is one is not to be learnt from the time it takes.
    fn nobody(&self) -> Result<Known, AccessError> {
        // EXPOSE: stretched for nothing, and wiped
        let words = self.words.expose().as_bytes();
        drop(self.means.cost.stretch().run(words, &[0; 16]));
        Err(AccessError::NotAccepted { wait_seconds: 0 })
    }

    /// One try less, before it is made: a program that is killed has used it up.
    fn count(&self, slots: &[Slot]) -> Result<(), AccessError> {
        let now = (self.means.clock)();
        if self.kind == SlotKind::Pin {
            return self.count_pin(slots, now);
        }
        let counted = self.change(|door| {
            door.settle(now);
            let wait_seconds = door.wait(now);
            if wait_seconds > 0 {
                return Err(AccessError::TooSoon { wait_seconds });
            }
            door.try_passphrase(now);
            Ok(())
        });
        counted?
    }

    /// None is counted where there is nothing to try it against: the passphrase was not given here yet.
    fn count_pin(&self, slots: &[Slot], now: Moment) -> Result<(), AccessError> {
        let pins = &self.state.pins;
        if !slots.iter().any(|slot| pins.opens(slot, self.rows, now)) {
            return Err(AccessError::PassphraseNeeded);
        }
        let counted = self.change(|door| {
            door.settle(now);
            let takes = door.takes_pin(now);
            if takes {
                door.try_pin();
            }
            takes
        });
        if counted? {
            return Ok(());
        }
        pins.forget(self.person);
        Err(AccessError::PassphraseNeeded)
    }

    fn forgive(&self) -> Result<(), AccessError> {
        let now = (self.means.clock)();
        self.change(|door| {
            if self.kind == SlotKind::Pin { door.pin_opened() } else { door.passphrase_opened(now) }
        })
    }

    fn wait(&self) -> Result<u32, AccessError> {
        let now = (self.means.clock)();
        self.change(|door| if self.kind == SlotKind::Pin { 0 } else { door.wait(now) })
    }

    fn change<T>(
        &self,
        change: impl FnOnce(&mut crate::slots::DoorState) -> T,
    ) -> Result<T, AccessError> {
        let whose: Whose = (self.vault, self.person);
        self.state.doors.change(&*self.means.device, whose, change).map_err(AccessError::Keyring)
    }

    fn open(&self, slots: &[Slot], device: &DeviceSecret) -> Result<Option<Known>, AccessError> {
        // EXPOSE: stretched to the key of the slot; the key is wiped, and nothing is kept of them
        let words = self.words.expose().as_bytes();
        let proof = Proof::Words(words, device);
        for slot in slots {
            match self.bundle(slot, &proof) {
                Ok(bundle) => {
                    let upgrade = self.upgrade(slot, &proof, &bundle.identity)?;
                    let known = known(self, bundle.identity, (slot.clone(), upgrade));
                    if known.is_none() {
                        self.state.pins.forget(self.person);
                    }
                    return Ok(known);
                }
                Err(SealError::OutOfBounds) => {
                    return Err(AccessError::Store(Table::Slot.damaged(&slot.header.id)));
                }
                Err(SealError::DoesNotOpen | SealError::Malformed | SealError::NoRandom) => {}
            }
        }
        Ok(None)
    }

    fn bundle(&self, slot: &Slot, proof: &Proof<'_>) -> Result<Bundle, SealError> {
        match self.kind {
            SlotKind::Pin => self.state.pins.open(slot, proof),
            SlotKind::Passphrase | SlotKind::Recovery | SlotKind::Enrolment => slot.open(proof),
        }
    }

    /// Not of a PIN: what is kept goes with the slot as it is. Another PIN has today's parameters.
    fn upgrade(
        &self,
        slot: &Slot,
        proof: &Proof<'_>,
        identity: &Identity,
    ) -> Result<Vec<Write>, AccessError> {
        let current = self.means.cost.stretch();
        if self.kind == SlotKind::Pin {
            return Ok(Vec::new());
        }
        if slot.header.stretched.as_ref().is_some_and(|stretched| stretched.by == current) {
            return Ok(Vec::new());
        }
        let header = Header { created: slot.header.created, ..self.header(slot)? };
        let new = Slot::wrap(header, proof, identity).map_err(failed)?;
        Ok(vec![slot.remove(), new.write().map_err(AccessError::Store)?])
    }

    fn header(&self, slot: &Slot) -> Result<Header, AccessError> {
        let device = slot.header.device.ok_or(AccessError::UnknownDevice)?;
        let (whose, now) = ((self.vault, self.person), (self.means.clock)());
        Header::for_words(whose, self.kind, device, self.means.cost.stretch(), now).map_err(failed)
    }
}

/// None where the person has no share of the vault's key: they do not come in, for now or for good.
fn known(of: &Try<'_>, identity: Identity, (slot, upgrade): (Slot, Vec<Write>)) -> Option<Known> {
    let ring = ring_of(of.vault, of.rows, of.person, &identity)?;
    Some(Known { identity: Arc::new(identity), ring, slot, upgrade })
}

/// The vault's key, out of the person's share.
pub(super) fn ring_of(
    vault: VaultId,
    rows: &ClearRows,
    person: PersonId,
    identity: &Identity,
) -> Option<Ring> {
    let share = rows.get(Table::VaultShare, &person.to_bytes())?;
    Some(Ring::of(vault, vault_share::take(vault, share, person, identity)?))
}

/// This device's secret, if the vault knows the device.
///
/// # Errors
/// `Keyring`, `UnknownDevice`.
pub(super) fn this_device(
    means: &Means,
    vault: VaultId,
    rows: &ClearRows,
) -> Result<DeviceSecret, AccessError> {
    let secret = DeviceSecret::read(&*means.device, &vault).map_err(AccessError::Keyring)?;
    let known = |secret: &DeviceSecret| rows.get(Table::Device, &secret.id().to_bytes()).is_some();
    secret.filter(known).ok_or(AccessError::UnknownDevice)
}

pub(super) fn failed(_: SealError) -> AccessError {
    AccessError::Store(StoreError::Failed)
}
