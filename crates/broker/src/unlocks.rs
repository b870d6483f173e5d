//! Who has the vault unlocked: opaque handles outside, unlock ids inside.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use usher_core::entry::fingerprint;
use usher_core::ids::PersonId;
use usher_core::launch::UnlockId;
use usher_core::ports::{Clock, Proved, Random, Unlocks};
use usher_core::time::{Moment, Uptime};

/// The unlocks that are open.
#[derive(Debug, Default)]
pub struct UnlockRegistry {
    open: Mutex<Open>,
    /// Sent to each time somebody unlocks, or a vault is accepted as it was found.
    opened: watch::Sender<()>,
}

#[derive(Debug, Default)]
struct Open {
    last: u64,
    by_handle: BTreeMap<String, UnlockId>,
    unlocks: BTreeMap<UnlockId, Unlock>,
    /// Administrators hear of other people's sessions too.
    administrators: BTreeSet<PersonId>,
}

/// One unlock.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unlock {
    pub(crate) person: PersonId,
    pub(crate) proved: Proved,
    /// Opened as it was found: nothing can be changed.
    pub(crate) read_only: bool,
    since: Since,
}

/// Since when, by both clocks: one stands still while the computer sleeps, the other can be set.
#[derive(Debug, Clone, Copy)]
struct Since {
    wall: Moment,
    uptime: Uptime,
}

impl Unlock {
    /// An unlock that starts now.
    pub(crate) fn now(
        (person, proved): (PersonId, Proved),
        read_only: bool,
        clock: &impl Clock,
    ) -> Self {
        let since = Since { wall: clock.now(), uptime: clock.uptime() };
        Self { person, proved, read_only, since }
    }

    /// For how long it has been open; the longer of what the clocks say.
    pub(crate) fn lasted(&self, clock: &impl Clock) -> Duration {
        let uptime = clock.uptime().0.saturating_sub(self.since.uptime.0);
        uptime.max(clock.now().since(self.since.wall))
    }
}

impl UnlockRegistry {
    /// Opens an unlock; answers with its handle, which cannot be guessed.
    pub(crate) fn open(&self, unlock: Unlock, random: &impl Random) -> String {
        let mut bytes = [0_u8; 32];
        random.fill(&mut bytes);
        let handle = fingerprint(&bytes);
        let mut open = self.held();
        open.last = open.last.saturating_add(1);
        let id = UnlockId(open.last);
        open.by_handle.insert(handle.clone(), id);
        open.unlocks.insert(id, unlock);
        drop(open);
        self.opened.send_replace(());
        handle
    }

    /// The unlock behind a handle, while it is open.
    pub(crate) fn find(&self, handle: &str) -> Option<(UnlockId, Unlock)> {
        let open = self.held();
        let id = *open.by_handle.get(handle)?;
        Some((id, *open.unlocks.get(&id)?))
    }

    /// Every open unlock.
    pub(crate) fn all(&self) -> Vec<(UnlockId, Unlock)> {
        self.held().unlocks.iter().map(|(id, unlock)| (*id, *unlock)).collect()
    }

    /// Whether somebody hears what is this person's: they themselves, or an administrator.
    pub(crate) fn hears(&self, person: PersonId) -> bool {
        let open = self.held();
        let mut people = open.unlocks.values().map(|unlock| unlock.person);
        people.any(|one| one == person || open.administrators.contains(&one))
    }

    /// Who administers, as the vault has it now.
    pub(crate) fn administered_by(&self, administrators: BTreeSet<PersonId>) {
        self.held().administrators = administrators;
    }

    /// The person gave their passphrase: all their unlocks may administer.
    pub(crate) fn lift(&self, person: PersonId) {
        let mut open = self.held();
        let theirs = open.unlocks.values_mut().filter(|unlock| unlock.person == person);
        theirs.for_each(|unlock| unlock.proved = Proved::Passphrase);
    }

    /// Nothing is read-only any more: the vault was accepted as it was found.
    pub(crate) fn accept(&self) {
        self.held().unlocks.values_mut().for_each(|unlock| unlock.read_only = false);
        // Sessions that lost their line may go on with it now.
        self.opened.send_replace(());
    }

    /// Closes all unlocks of this person: their leases and permits are worth nothing from here on.
    /// Answers with what was closed.
    pub(crate) fn close(&self, person: PersonId) -> Vec<UnlockId> {
        let mut open = self.held();
        let theirs = open.unlocks.iter().filter(|(_, unlock)| unlock.person == person);
        let closed: Vec<UnlockId> = theirs.map(|(id, _)| *id).collect();
        open.unlocks.retain(|id, _| !closed.contains(id));
        open.by_handle.retain(|_, id| !closed.contains(id));
        closed
    }

    fn held(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Unlocks for UnlockRegistry {
    fn person(&self, unlock: UnlockId) -> Option<PersonId> {
        self.held().unlocks.get(&unlock).map(|unlock| unlock.person)
    }

    fn proved(&self, unlock: UnlockId) -> Option<Proved> {
        self.held().unlocks.get(&unlock).map(|unlock| unlock.proved)
    }

    fn open_for(&self, person: PersonId) -> Option<UnlockId> {
        let open = self.held();
        // A vault that is not as it was left releases nothing unless somebody asks for it.
        let may = |unlock: &Unlock| unlock.person == person && !unlock.read_only;
        open.unlocks.iter().filter(|(_, unlock)| may(unlock)).map(|(id, _)| *id).next_back()
    }

    async fn opened(&self, person: PersonId) -> UnlockId {
        let mut opened = self.opened.subscribe();
        loop {
            if let Some(unlock) = self.open_for(person) {
                return unlock;
            }
            if opened.changed().await.is_err() {
                std::future::pending::<()>().await; // the registry itself sends
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    struct Zero;

    impl Clock for Zero {
        fn now(&self) -> Moment {
            Moment::from_unix_millis(0)
        }

        fn uptime(&self) -> Uptime {
            Uptime(Duration::ZERO)
        }

        async fn wait(&self, _: Duration) {}
    }

    /// Numbers that differ.
    #[derive(Default)]
    struct Counting(std::sync::atomic::AtomicU8);

    impl Random for Counting {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        }
    }

    #[tokio::test]
    async fn what_goes_by_itself_goes_with_a_vault_that_is_as_it_was_left() {
        let (registry, random) = (UnlockRegistry::default(), Counting::default());
        let person: PersonId = "01890000-0000-7000-8000-000000000001".parse().expect("an id");
        let open = |read_only| {
            let unlock = Unlock::now((person, Proved::Passphrase), read_only, &Zero);
            let handle = registry.open(unlock, &random);
            registry.find(&handle).expect("open").0
        };
        let sound = open(false);
        let as_found = open(true);
        assert_eq!(registry.open_for(person), Some(sound), "not the later one");
        assert_eq!(registry.close(person).len(), 2);
        let waiting = registry.opened(person);
        tokio::pin!(waiting);
        let as_found_again = open(true);
        assert_ne!(as_found, as_found_again);
        assert_eq!(registry.open_for(person), None);
        let soon = tokio::time::timeout(Duration::from_millis(1), &mut waiting).await;
        assert!(soon.is_err(), "nobody goes on with it");
        registry.accept();
        assert_eq!(waiting.await, as_found_again, "accepted, it is as good as another");
    }
}
