//! The PINs that open the vault in this process: of whoever gave their passphrase here, today. Nothing
//! of them outlives the process, so whoever has file and keyring has nothing to try a PIN against.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use usher_core::book::Book;
use usher_core::ids::PersonId;
use usher_core::rights::Person;
use usher_core::time::Moment;

use crate::keys::KnownIdentity;
use crate::rows::{ClearRows, Key};
use crate::seal::{SealError, VaultId};
use crate::slots::{Bundle, Kept, PIN_TRIES, Proof, Slot, same_day};

/// What is kept, by the slot of the PIN. Clones are the same.
#[derive(Clone, Default)]
pub(crate) struct Pins(Arc<Mutex<BTreeMap<Key, Held>>>);

/// One of them.
pub(super) struct Held {
    kept: Arc<Kept>,
    /// The slot of the passphrase that was given. Once there is another, that one is given first.
    passphrase: Slot,
    /// When it was given.
    since: Moment,
    /// The keyring counts as well, and can be written by others.
    left: u8,
}

impl Held {
    /// Kept from this moment on, in which the passphrase of that slot was given.
    pub(super) fn new(kept: Kept, passphrase: Slot, since: Moment) -> Self {
        Self { kept: Arc::new(kept), passphrase, since, left: PIN_TRIES }
    }

    fn person(&self) -> PersonId {
        self.kept.pin().header.person
    }

    /// Whether, by a verified file, nothing has changed about what it rests on.
    fn stands(&self, book: &Book, rows: &ClearRows) -> bool {
        let person = self.person();
        let known = KnownIdentity::of(rows, person).map(|known| known.current);
        book.people.get(&person).is_some_and(Person::is_active)
            && known.as_ref() == Some(self.kept.identity())
            && self.kept.pin().stands_in(rows)
            && self.passphrase.stands_in(rows)
    }
}

impl Pins {
    /// Keeps these of a person, in the place of what was kept of them before.
    pub(super) fn keep(&self, person: PersonId, held: Vec<Held>) {
        let mut all = self.all();
        all.retain(|_, held| held.person() != person);
        all.extend(held.into_iter().map(|held| (held.kept.pin().header.id, held)));
    }

    /// Keeps nothing of this person any more.
    pub(crate) fn forget(&self, person: PersonId) {
        self.keep(person, Vec::new());
    }

    /// Keeps nothing of anybody.
    pub(super) fn forget_all(&self) {
        self.all().clear();
    }

    /// Keeps nothing of whoever was taken off, and of no PIN and under no passphrase that is gone; by a
    /// file that was verified.
    pub(crate) fn follow(&self, vault: VaultId, book: &Book, rows: &ClearRows) {
        let of_it = |held: &Held| held.kept.pin().header.vault == vault;
        self.all().retain(|_, held| !of_it(held) || held.stands(book, rows));
    }

    /// Whether the PIN of this slot opens here now. What is from another day is not kept.
    pub(super) fn opens(&self, pin: &Slot, rows: &ClearRows, now: Moment) -> bool {
        let mut all = self.all();
        all.retain(|_, held| same_day(held.since, now));
        all.get(&pin.header.id)
            .is_some_and(|held| held.kept.pin() == pin && held.passphrase.stands_in(rows))
    }

    /// Whether the secrets of this slot's PIN are kept.
    pub(super) fn has(&self, pin: &Slot) -> bool {
        self.all().get(&pin.header.id).is_some_and(|held| held.kept.pin() == pin)
    }

    /// Tries a PIN: counted before it is made, forgiven when it opens. With the last one, what was kept
    /// is wiped.
    ///
    /// # Errors
    /// As [`Kept::open`]; [`SealError::DoesNotOpen`] where nothing is kept.
    pub(super) fn open(&self, pin: &Slot, proof: &Proof<'_>) -> Result<Bundle, SealError> {
        let kept = self.count(pin).ok_or(SealError::DoesNotOpen)?;
        let opened = kept.open(proof);
        let mut all = self.all();
        match all.get_mut(&pin.header.id) {
            Some(held) if opened.is_ok() => held.left = PIN_TRIES,
            Some(held) if held.left > 0 => {}
            _ => drop(all.remove(&pin.header.id)),
        }
        opened
    }

    fn count(&self, pin: &Slot) -> Option<Arc<Kept>> {
        let mut all = self.all();
        let held = all.get_mut(&pin.header.id).filter(|held| held.kept.pin() == pin)?;
        held.left = held.left.checked_sub(1)?;
        Some(Arc::clone(&held.kept))
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<Key, Held>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
