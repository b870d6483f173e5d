//! The rows in clear after a commit: identities of new people, the vault key's shares, the API keys'
//! and the audit log's, and no slots of people who went for good.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use usher_core::book::Book;
use usher_core::error::StoreError;
use usher_core::ids::PersonId;
use usher_core::rights::Standing;
use zeroize::Zeroizing;

use super::receivers::{is_active, is_known, receivers};
use super::{Keys, KnownIdentity, Ring, SealedApiKey, Share, Shared, clear, vault_share};
use crate::rows::{ClearRows, Stored, Table, Write};
use crate::seal::{SealError, SymmetricKey};
use crate::slots::Slot;

/// A commit that is about to be written.
pub(crate) struct Accompany<'a> {
    pub(crate) before: &'a Book,
    pub(crate) after: &'a Book,
    /// The rows in clear, with those that the commit itself brings.
    pub(crate) rows: &'a ClearRows,
    pub(crate) keys: &'a Keys,
    pub(crate) by: PersonId,
    /// All is to be sealed anew, whatever the books say.
    pub(crate) rekey: bool,
}

/// What goes along with it.
pub(crate) struct Accompanied {
    /// Rows in clear: identities, shares, API keys, slots of people who went.
    pub(crate) writes: Vec<Write>,
    /// The key of the next epoch, where one begins; its shares are among the writes.
    pub(crate) ring: Option<Ring>,
}

/// What has to be written along with a commit, so that the rows in clear follow the book.
///
/// # Errors
/// `Failed` where the OS gives no random bytes.
pub(crate) fn accompany(now: &Accompany<'_>) -> Result<Accompanied, StoreError> {
    Follow::new(now).run()
}

/// One commit, and what is written along with it.
struct Follow<'a> {
    now: &'a Accompany<'a>,
    /// The public keys that things are shared to.
    to: BTreeMap<PersonId, [u8; 32]>,
    /// Who holds a share of what.
    shares: BTreeMap<Shared, BTreeMap<PersonId, Share>>,
    writes: Vec<Write>,
}

impl<'a> Follow<'a> {
    fn new(now: &'a Accompany<'a>) -> Self {
        let known = now.rows.of(Table::Identity).filter_map(|row| {
            let known = KnownIdentity::read(row)?;
            Some((PersonId::from_bytes(row.key), known.current.sharing))
        });
        let mut shares: BTreeMap<Shared, BTreeMap<PersonId, Share>> = BTreeMap::new();
        for share in now.rows.of(Table::ApiShare).filter_map(Share::read) {
            shares.entry(share.of).or_default().insert(share.person, share);
        }
        Self { now, to: known.collect(), shares, writes: Vec::new() }
    }

    /// What a technician may change of the vault's people is nothing, so their commit brings none of
    /// it along: API keys follow what they shared, and that is all.
    fn run(mut self) -> Result<Accompanied, StoreError> {
        let mut ring = None;
        if self.administers() {
            self.identities()?;
            ring = self.next_ring()?;
            self.vault_shares(ring.as_ref())?;
            self.slots();
            self.audit_shares()?;
        }
        for row in self.now.rows.of(Table::ApiKey) {
            if let Some(sealed) = SealedApiKey::read(row) {
                self.api_key(&sealed, ring.is_some())?;
            }
        }
        Ok(Accompanied { writes: self.writes, ring })
    }

    /// Keys for people whom the vault does not know yet.
    fn identities(&mut self) -> Result<(), StoreError> {
        let now = self.now;
        let people = now.after.people.keys().copied();
        for person in people.filter(|person| is_active(now.after, *person)) {
            if let Entry::Vacant(to) = self.to.entry(person) {
                let identity = now.keys.make_fresh(person).map_err(failed)?;
                to.insert(identity.public().sharing);
                self.writes.push(KnownIdentity::replaced(None, person, identity.public())?);
            }
        }
        Ok(())
    }

    /// A new key where it was asked for, or somebody went.
    fn next_ring(&self) -> Result<Option<Ring>, StoreError> {
        let now = self.now;
        let mut before = now.before.people.keys();
        let went = before.any(|p| is_active(now.before, *p) && !is_active(now.after, *p));
        if !(now.rekey || went) {
            return Ok(None);
        }
        let epoch = now.keys.ring().epoch().checked_add(1).ok_or(StoreError::Failed)?;
        Ring::fresh(now.keys.vault(), epoch).map(Some)
    }

    /// Everybody active has a share of the key; nobody else has.
    fn vault_shares(&mut self, next: Option<&Ring>) -> Result<(), StoreError> {
        let now = self.now;
        let key = next.unwrap_or(now.keys.ring()).key();
        for (person, to) in self.to.clone() {
            let row = now.rows.get(Table::VaultShare, &person.to_bytes());
            if !is_active(now.after, person) {
                let gone = row.map(|row| clear::remove(Table::VaultShare, row.key));
                self.writes.extend(gone);
            } else if !row.is_some_and(|row| vault_share::holds(row, key.epoch, &to)) {
                self.writes.push(vault_share::give(now.keys.vault(), key, person, to)?);
            }
        }
        Ok(())
    }

    /// Whoever was taken off for good has nothing left to come in with.
    fn slots(&mut self) {
        let now = self.now;
        let revoked = |slot: &&Stored| {
            let person = Slot::owner(slot).and_then(|owner| now.after.people.get(&owner));
            person.is_some_and(|person| person.standing == Standing::Revoked)
        };
        let gone = now.rows.of(Table::Slot).filter(revoked);
        self.writes.extend(gone.map(|slot| clear::remove(Table::Slot, slot.key)));
    }

    /// An API key goes with what it was for; it is sealed anew when somebody lost it.
    fn api_key(&mut self, sealed: &SealedApiKey, anew: bool) -> Result<(), StoreError> {
        let now = self.now;
        let of = Shared::ApiKey(sealed.id);
        let shares = self.shares.get(&of).cloned().unwrap_or_default();
        if is_known(now.before, sealed.id) && !is_known(now.after, sealed.id) {
            self.writes.push(SealedApiKey::remove(sealed.id));
            self.writes.extend(shares.values().map(Share::remove));
            return Ok(());
        }
        let to = receivers(now.after, of);
        // A key that is put before its account belongs to whoever put it as well.
        let lost = |share: &&Share| is_known(now.after, sealed.id) && !to.contains(&share.person);
        let lost: Vec<&Share> = shares.values().filter(lost).collect();
        self.writes.extend(lost.iter().map(|share| share.remove()));
        let Some(own) = self.open(of) else {
            return Ok(());
        };
        if (anew || !lost.is_empty()) && self.administers() {
            return self.seal_anew(sealed, &own, &to);
        }
        self.hand_out(of, &own, &to)
    }

    fn seal_anew(
        &mut self,
        sealed: &SealedApiKey,
        own: &[u8],
        to: &BTreeSet<PersonId>,
    ) -> Result<(), StoreError> {
        let vault = self.now.keys.vault();
        let old = SymmetricKey::from_slice(own).map_err(failed)?;
        let Some(characters) = sealed.open(vault, &old) else {
            // Damaged before; what cannot be opened cannot be sealed anew.
            return Ok(());
        };
        let new = SymmetricKey::generate().map_err(failed)?;
        self.writes.push(SealedApiKey::seal(vault, sealed.id, &new, &characters)?.write()?);
        for person in to {
            self.give(Shared::ApiKey(sealed.id), *person, new.as_bytes())?;
        }
        Ok(())
    }

    /// Administrators can read the audit log; nobody else can.
    fn audit_shares(&mut self) -> Result<(), StoreError> {
        let to = receivers(self.now.after, Shared::Audit);
        let shares = self.shares.get(&Shared::Audit).cloned().unwrap_or_default();
        let lost = shares.values().filter(|share| !to.contains(&share.person));
        self.writes.extend(lost.map(Share::remove));
        match self.open(Shared::Audit) {
            Some(secret) => self.hand_out(Shared::Audit, &secret, &to),
            None => Ok(()),
        }
    }

    /// Shares it with those who lack it, or whose keys are others by now.
    fn hand_out(
        &mut self,
        of: Shared,
        secret: &[u8],
        to: &BTreeSet<PersonId>,
    ) -> Result<(), StoreError> {
        for person in to {
            let share = self.shares.get(&of).and_then(|shares| shares.get(person));
            let fits = |share: &Share| self.to.get(person) == Some(&share.to);
            if !share.is_some_and(fits) {
                self.give(of, *person, secret)?;
            }
        }
        Ok(())
    }

    fn give(&mut self, of: Shared, person: PersonId, secret: &[u8]) -> Result<(), StoreError> {
        let Some(to) = self.to.get(&person) else {
            return Ok(());
        };
        let share = Share::give(self.now.keys.vault(), of, (person, *to), secret)?;
        self.writes.push(share.write()?);
        Ok(())
    }

    /// The secret, if anybody who has the vault open here holds a share of it.
    fn open(&self, of: Shared) -> Option<Zeroizing<Vec<u8>>> {
        self.now.keys.open_share(self.now.rows, of)
    }

    fn administers(&self) -> bool {
        let by = self.now.by;
        self.now.before.is_administrator(by) || self.now.after.is_administrator(by)
    }
}

fn failed(_: SealError) -> StoreError {
    StoreError::Failed
}
