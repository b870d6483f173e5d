//! A world in memory: every port, ready at once, remembering what it was asked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::door::DoorState;
use super::{Counting, characters};
use crate::Secret;
use crate::audit::{AuditEvent, AuditRow, Filter, Outcome, Ticket, Verdict, What};
use crate::book::{Book, Change, Learnt};
use crate::entry::{KeyId, KeyInUse, Organization, PasswordRecord};
use crate::error::{KeyringError, LeaseError, SourceError, StoreError};
use crate::ids::{FolderId, PersonId, SessionEntryId};
use crate::launch::{Refusals, UnlockId};
use crate::policy::{Edit, Permit, may_commit};
use crate::ports::{
    Acceptance, Again, ApiKeys, Clock, LocalStore, Notice, Notices, Ports, Proved, Store, Unlocks,
};
use crate::time::{Moment, Uptime};

/// What IT Glue makes of a key.
#[derive(Clone, Default)]
pub(crate) struct KeyStanding {
    pub(crate) sees: Vec<Organization>,
    pub(crate) password_access: bool,
    pub(crate) fails: Option<SourceError>,
}

/// What happens in the world while somebody waits.
type Happening = Box<dyn FnOnce(&World) + Send>;

#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a world, each by itself")]
pub(crate) struct State {
    /// By what is waited for: a question to IT Glue, `put`, `commit` or `clock`. Each happens once.
    pub(crate) meanwhile: BTreeMap<&'static str, Happening>,
    /// What a commit fails with.
    pub(crate) store_broken: Option<StoreError>,
    /// What the keyring answers although it does what it was asked.
    pub(crate) keyring_answers: Option<KeyringError>,
    /// The keys that IT Glue's adapter was told to forget.
    pub(crate) forgotten: Vec<KeyId>,
    pub(crate) book: Arc<Book>,
    pub(crate) person: Option<PersonId>,
    /// Whoever asks came in by PIN.
    pub(crate) by_pin: bool,
    /// What people come in with.
    pub(crate) door: DoorState,
    pub(crate) now: u64,
    /// The key that every host shows, where hosts answer at all.
    pub(crate) host_shows: Option<u8>,
    /// Whether the client comes as soon as the injector listens.
    pub(crate) client_comes: bool,
    /// What the leases gave.
    pub(crate) taken: Vec<Result<(), LeaseError>>,
    /// Whether the injector takes from the lease again: as it is, renewed, and then.
    pub(crate) takes_again: bool,
    /// After that the host tells so much, the client comes back for this reason, and so on.
    pub(crate) lines_lost: Vec<(Acceptance, Again)>,
    /// Hosts take a credential inside TLS, without network level authentication.
    pub(crate) takes_tls: bool,
    /// How often the client leaves before the host shows anything, and comes back by itself: renewed, and
    /// then taken.
    pub(crate) early_losses: usize,
    /// The host breaks off before it can judge what it was given.
    pub(crate) breaks_off: bool,
    /// The one unlock that is open, of a vault opened as it was found.
    pub(crate) as_found: Option<UnlockId>,
    /// The password of every record, where it is not `x`.
    pub(crate) password: Option<String>,
    /// IT Glue never answers for a password.
    pub(crate) password_hangs: bool,
    /// How often waiting comes to an end.
    pub(crate) waits_left: usize,
    /// What the injector reports of a session after the password was given; if anything, also that
    /// none was given.
    pub(crate) reports: Vec<crate::ports::Outcome>,
    pub(crate) log: Vec<AuditEvent>,
    /// How many rows nobody signed.
    pub(crate) unsigned: usize,
    /// When the log was signed.
    pub(crate) signed: Vec<u64>,
    pub(crate) log_broken: bool,
    /// The log answers nobody after the next row with this outcome, which it has written.
    pub(crate) hangs_after: Option<Outcome>,
    pub(crate) keys: BTreeMap<KeyId, String>,
    pub(crate) standings: BTreeMap<String, KeyStanding>,
    pub(crate) records: Vec<PasswordRecord>,
    /// What IT Glue was asked, and with which key.
    pub(crate) asked: Vec<(&'static str, String)>,
}

/// All ports at once.
#[derive(Default)]
pub(crate) struct World {
    state: Mutex<State>,
    random: Counting,
    refusals: Refusals,
}

impl World {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn book(&self) -> Arc<Book> {
        Arc::clone(&self.state().book)
    }

    /// The time has come for what was to happen meanwhile.
    pub(crate) fn now_happens(&self, waited_for: &'static str) {
        let happening = self.state().meanwhile.remove(waited_for);
        if let Some(happening) = happening {
            happening(self);
        }
    }

    /// Every host shows this key from now on, and nobody publicly vouches for it.
    pub(crate) fn shows(&self, key: u8) {
        self.state().host_shows = Some(key);
    }

    /// What stands in the log of this kind.
    pub(crate) fn outcomes(&self, what: What) -> Vec<Outcome> {
        let state = self.state();
        state.log.iter().filter(|event| event.what == what).map(|event| event.outcome).collect()
    }

    /// What IT Glue was asked since the last time.
    pub(crate) fn asked(&self) -> Vec<(&'static str, String)> {
        std::mem::take(&mut self.state().asked)
    }
}

impl Store for World {
    async fn book(&self) -> Result<Arc<Book>, StoreError> {
        Ok(self.book())
    }

    async fn commit(
        &self,
        permit: Permit<Edit>,
        changes: Vec<Change>,
    ) -> Result<Arc<Book>, StoreError> {
        self.now_happens("commit");
        if let Some(broken) = self.state().store_broken.clone() {
            return Err(broken);
        }
        let before = self.book();
        let mut book = Book::clone(&before);
        changes.into_iter().try_for_each(|change| book.apply(change))?;
        // What use cases let through and what the vault lets through when it is opened again must
        // be one law; only a vault's first commit comes before it.
        if !before.people.is_empty() {
            let verdict = may_commit(&before, &book, permit.person());
            assert_eq!(verdict.map(drop), Ok(()), "{:?} let it through", permit.action());
        }
        self.state().book = Arc::new(book);
        Ok(self.book())
    }

    async fn learn(&self, used: KeyInUse, learnt: Learnt) -> Result<(), StoreError> {
        let mut book = Book::clone(&self.book());
        book.learn(used, learnt);
        self.state().book = Arc::new(book);
        Ok(())
    }
}

impl LocalStore for World {
    async fn record(&self, event: AuditEvent) -> Result<(), StoreError> {
        let hangs = {
            let mut state = self.state();
            if state.log_broken {
                return Err(StoreError::Failed);
            }
            let hangs = state.hangs_after.take_if(|outcome| *outcome == event.outcome).is_some();
            state.log.push(event);
            hangs
        };
        if hangs {
            std::future::pending::<()>().await;
        }
        Ok(())
    }

    async fn rows(
        &self,
        filter: &Filter,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<AuditRow>, StoreError> {
        let log = self.state().log.clone();
        let rows = (1..).zip(log).map(|(number, event)| AuditRow::of(number, event));
        let mut rows: Vec<_> = rows
            .filter(|row| before.is_none_or(|b| row.number < b) && filter.matches(row))
            .collect();
        rows.reverse();
        rows.truncate(limit);
        Ok(rows)
    }

    async fn verify(&self) -> Result<Verdict, StoreError> {
        let rows = u64::try_from(self.state().log.len()).expect("few");
        Ok(Verdict { rows, ..Verdict::default() })
    }

    async fn signed_to(&self) -> Result<u64, StoreError> {
        let state = self.state();
        let rows = state.log.len().saturating_sub(state.unsigned);
        Ok(u64::try_from(rows).expect("few"))
    }

    async fn sign(&self, at: Moment) -> Result<(), StoreError> {
        let mut state = self.state();
        state.unsigned = 0;
        state.signed.push(at.unix_millis());
        Ok(())
    }

    async fn unsigned(&self) {
        if self.state().unsigned == 0 {
            std::future::pending::<()>().await;
        }
    }

    async fn last_ticket(&self, _: PersonId, _: FolderId) -> Result<Option<Ticket>, StoreError> {
        Ok(None)
    }

    async fn own_idle_lock(&self, _: PersonId) -> Result<Option<u16>, StoreError> {
        Ok(None)
    }

    async fn set_own_idle_lock(&self, _: PersonId, _: Option<u16>) -> Result<(), StoreError> {
        Ok(())
    }

    async fn launched(&self, _: PersonId, _: SessionEntryId, _: Moment) -> Result<(), StoreError> {
        Ok(())
    }

    async fn last_launches(
        &self,
        _: PersonId,
    ) -> Result<BTreeMap<SessionEntryId, Moment>, StoreError> {
        Ok(BTreeMap::new())
    }
}

impl ApiKeys for World {
    async fn put(&self, id: KeyId, key: Secret) -> Result<(), KeyringError> {
        self.now_happens("put");
        self.state().keys.insert(id, characters(&key));
        self.state().keyring_answers.map_or(Ok(()), Err)
    }

    async fn get(&self, id: KeyId) -> Result<Secret, KeyringError> {
        let key = self.state().keys.get(&id).cloned();
        key.map(Secret::new).ok_or(KeyringError::NoKey)
    }

    async fn remove(&self, id: KeyId) -> Result<(), KeyringError> {
        self.state().keys.remove(&id);
        Ok(())
    }
}

impl Clock for World {
    fn now(&self) -> Moment {
        Moment::from_unix_millis(self.state().now)
    }

    fn uptime(&self) -> Uptime {
        Uptime(Duration::from_millis(self.state().now))
    }

    async fn wait(&self, time: Duration) {
        self.now_happens("clock");
        let ends = {
            let mut state = self.state();
            let ends = state.waits_left > 0;
            state.waits_left = state.waits_left.saturating_sub(1);
            state.now += u64::try_from(time.as_millis()).expect("a short time");
            ends
        };
        if !ends {
            std::future::pending::<()>().await;
        }
    }
}

impl Unlocks for World {
    fn person(&self, unlock: UnlockId) -> Option<PersonId> {
        let state = self.state();
        state.person.filter(|_| state.as_found.is_none_or(|open| open == unlock))
    }

    fn proved(&self, _: UnlockId) -> Option<Proved> {
        let state = self.state();
        let proved = if state.by_pin { Proved::Pin } else { Proved::Passphrase };
        state.person.map(|_| proved)
    }

    fn open_for(&self, person: PersonId) -> Option<UnlockId> {
        let state = self.state();
        let open = state.person == Some(person) && state.as_found.is_none();
        open.then_some(UnlockId(1))
    }

    async fn opened(&self, person: PersonId) -> UnlockId {
        match self.open_for(person) {
            Some(unlock) => unlock,
            None => std::future::pending().await,
        }
    }
}

impl Notices for World {
    fn tell(&self, _: Notice) {}
}

impl Ports for World {
    type Store = Self;
    type Local = Self;
    type Keys = Self;
    type Access = Self;
    type Source = Self;
    type Injector = Self;
    type Clock = Self;
    type Random = Counting;
    type Unlocks = Self;
    type Notices = Self;

    fn store(&self) -> &Self {
        self
    }

    fn local(&self) -> &Self {
        self
    }

    fn keys(&self) -> &Self {
        self
    }

    fn access(&self) -> &Self {
        self
    }

    fn source(&self) -> &Self {
        self
    }

    fn injector(&self) -> &Self {
        self
    }

    fn clock(&self) -> &Self {
        self
    }

    fn random(&self) -> &Counting {
        &self.random
    }

    fn unlocks(&self) -> &Self {
        self
    }

    fn notices(&self) -> &Self {
        self
    }

    fn refusals(&self) -> &Refusals {
        &self.refusals
    }
}
