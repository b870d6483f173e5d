//! The vault's port, the local store's and the keyring's.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::Secret;
use crate::audit::{AuditEvent, AuditRow, Filter, Ticket, Verdict};
use crate::book::{Book, Change, Learnt};
use crate::entry::{KeyId, KeyInUse};
use crate::error::{KeyringError, StoreError};
use crate::ids::{FolderId, PersonId, SessionEntryId};
use crate::policy::{Edit, Permit};
use crate::time::Moment;

/// The vault: entries, people, grants, accounts, certificates.
pub trait Store: Send + Sync + 'static {
    /// The book as it is now.
    fn book(&self) -> impl Future<Output = Result<Arc<Book>, StoreError>> + Send;

    /// Makes all the changes, durably, or none. Only policy can give the permit.
    fn commit(
        &self,
        permit: Permit<Edit>,
        changes: Vec<Change>,
    ) -> impl Future<Output = Result<Arc<Book>, StoreError>> + Send;

    /// Writes down what was learnt of a key by using it; nothing where another one stands in its
    /// place by now.
    fn learn(
        &self,
        used: KeyInUse,
        learnt: Learnt,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// The local store: the audit log, and what is the person's own.
pub trait LocalStore: Send + Sync + 'static {
    /// Appends to the audit log, durably, also while the vault is locked. On an error nothing may be
    /// released. What is not everyday is signed at once, if the vault is open.
    fn record(&self, event: AuditEvent) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Rows of the audit log, newest first: those asked for before row `before`, `limit` at most.
    /// Needs the vault open.
    fn rows(
        &self,
        filter: &Filter,
        before: Option<u64>,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<AuditRow>, StoreError>> + Send;

    /// Goes through the whole log; more closely while the vault is open.
    fn verify(&self) -> impl Future<Output = Result<Verdict, StoreError>> + Send;

    /// The newest row that somebody has vouched for; 0 where nobody has.
    fn signed_to(&self) -> impl Future<Output = Result<u64, StoreError>> + Send;

    /// Has whoever has the vault open sign the log as it stands; nothing while it is locked.
    fn sign(&self, at: Moment) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Waits until there are rows that somebody could sign.
    fn unsigned(&self) -> impl Future<Output = ()> + Send;

    /// The ticket that this person last gave for something in this folder. Needs the vault open.
    fn last_ticket(
        &self,
        person: PersonId,
        folder: FolderId,
    ) -> impl Future<Output = Result<Option<Ticket>, StoreError>> + Send;

    /// After how many idle minutes this person wants the vault locked, where they said.
    fn own_idle_lock(
        &self,
        person: PersonId,
    ) -> impl Future<Output = Result<Option<u16>, StoreError>> + Send;

    /// Remembers that; `None` for whatever the vault says.
    fn set_own_idle_lock(
        &self,
        person: PersonId,
        minutes: Option<u16>,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Remembers that this person launched this session.
    fn launched(
        &self,
        person: PersonId,
        session: SessionEntryId,
        at: Moment,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// When this person last launched which session.
    fn last_launches(
        &self,
        person: PersonId,
    ) -> impl Future<Output = Result<BTreeMap<SessionEntryId, Moment>, StoreError>> + Send;
}

/// The one place where API keys lie.
pub trait ApiKeys: Send + Sync + 'static {
    /// Puts a key, in the place of the one before.
    fn put(&self, id: KeyId, key: Secret) -> impl Future<Output = Result<(), KeyringError>> + Send;

    /// A key.
    fn get(&self, id: KeyId) -> impl Future<Output = Result<Secret, KeyringError>> + Send;

    /// Removes a key; fine if there is none.
    fn remove(&self, id: KeyId) -> impl Future<Output = Result<(), KeyringError>> + Send;
}
