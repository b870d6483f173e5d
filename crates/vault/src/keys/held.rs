//! What an open vault is held with.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use usher_core::error::StoreError;
use usher_core::ids::PersonId;
use zeroize::Zeroizing;

use super::{KnownIdentity, Ring, Share, Shared, vault_share};
use crate::rows::{ClearRows, Table};
use crate::seal::{Identity, SealError, VaultId};

/// The keys of everybody who has the vault open here. Dropping them wipes them.
pub(crate) struct Keys {
    ring: Ring,
    people: BTreeMap<PersonId, Arc<Identity>>,
    /// Keys of people whom a commit put, until they are invited: the secrets wait in memory only.
    fresh: Mutex<BTreeMap<PersonId, Arc<Identity>>>,
}

impl Keys {
    /// The keys of one person.
    pub(crate) fn of(ring: Ring, person: PersonId, identity: Arc<Identity>) -> Self {
        Self { ring, people: BTreeMap::from([(person, identity)]), fresh: Mutex::default() }
    }

    pub(crate) fn vault(&self) -> VaultId {
        self.ring.vault()
    }

    pub(crate) fn ring(&self) -> &Ring {
        &self.ring
    }

    /// Who has the vault open.
    pub(crate) fn people(&self) -> Vec<PersonId> {
        self.people.keys().copied().collect()
    }

    /// The person's own keys, if they have the vault open.
    pub(crate) fn signer(&self, person: PersonId) -> Option<&Identity> {
        self.people.get(&person).map(Arc::as_ref)
    }

    pub(crate) fn identity(&self, person: PersonId) -> Option<Arc<Identity>> {
        self.people.get(&person).map(Arc::clone)
    }

    /// Whether everybody here has the keys that these rows, which were verified, say are theirs. What
    /// comes out of a slot says only who wrote the slot. An administrator whose row cannot be trusted
    /// is known by the charter.
    pub(crate) fn are_theirs(
        &self,
        rows: &ClearRows,
        administrators: &BTreeMap<PersonId, [u8; 32]>,
    ) -> bool {
        self.people.iter().all(|(person, held)| match KnownIdentity::of(rows, *person) {
            Some(known) => known.current == held.public(),
            None => administrators.get(person) == Some(&held.public().signing),
        })
    }

    /// Somebody else comes in as well.
    pub(crate) fn join(&mut self, other: Self) {
        self.people.extend(other.people);
        if other.ring.epoch() > self.ring.epoch() {
            self.ring = other.ring;
        }
    }

    /// The person goes. Whether somebody is still there.
    pub(crate) fn leave(&mut self, person: PersonId) -> bool {
        self.people.remove(&person);
        !self.people.is_empty()
    }

    /// Another program sealed everything anew: takes the key from a share of somebody here.
    ///
    /// # Errors
    /// `Locked` where nobody here has a share of a newer one.
    pub(crate) fn turn(&mut self, rows: &ClearRows) -> Result<(), StoreError> {
        let vault = self.vault();
        let taken = self.people.iter().filter_map(|(person, identity)| {
            let share = rows.get(Table::VaultShare, &person.to_bytes())?;
            vault_share::take(vault, share, *person, identity)
        });
        let newest = taken.max_by_key(|key| key.epoch);
        let newer = newest.filter(|key| key.epoch > self.ring.epoch());
        self.ring = Ring::of(vault, newer.ok_or(StoreError::Locked)?);
        Ok(())
    }

    /// We sealed everything anew.
    pub(crate) fn set_ring(&mut self, ring: Ring) {
        self.ring = ring;
    }

    /// What is shared, if anybody here holds a share of it.
    pub(crate) fn open_share(&self, rows: &ClearRows, of: Shared) -> Option<Zeroizing<Vec<u8>>> {
        self.people.iter().find_map(|(person, identity)| {
            Share::find(rows, of, *person)?.take(self.vault(), identity)
        })
    }

    /// Keys for a person who is new to the vault; the same until they are taken.
    pub(super) fn make_fresh(&self, person: PersonId) -> Result<Arc<Identity>, SealError> {
        let mut fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(identity) = fresh.get(&person) {
            return Ok(Arc::clone(identity));
        }
        let identity = Arc::new(Identity::generate()?);
        fresh.insert(person, Arc::clone(&identity));
        Ok(identity)
    }

    /// Takes a new person's keys, to wrap them for an invitation.
    pub(crate) fn take_fresh(&self, person: PersonId) -> Option<Arc<Identity>> {
        self.fresh.lock().unwrap_or_else(PoisonError::into_inner).remove(&person)
    }
}
