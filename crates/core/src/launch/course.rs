//! What a lease was given for, and what all leases do alike: die in time, and put on record what is
//! seen of the session.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use super::again::Agreed;
use super::refusals::{Credential, Tried};
use super::{UnlockId, outcome};
use crate::actor::{self, Actor};
use crate::audit::{self, About, AuditEvent, Outcome, What};
use crate::book::Book;
use crate::certificates::KeyTrust;
use crate::entry::{HostCertificate, PasswordRecord, SessionEntry, Version};
use crate::error::{Error, LeaseError};
use crate::ids::{PersonId, RunId, SessionEntryId};
use crate::ports::{
    Acceptance, Clock, Notice, Notices, Outcome as Seen, Ports, Takes, Target, Unlocks,
};
use crate::time::Uptime;

/// What a lease was given for; anything else than exactly this ends it.
#[derive(Debug, Clone)]
pub(super) struct Terms {
    pub(super) unlock: UnlockId,
    pub(super) person: PersonId,
    pub(super) run: RunId,
    pub(super) session: SessionEntryId,
    pub(super) session_version: Version,
    pub(super) session_name: String,
    pub(super) about: About,
    pub(super) agreed: Agreed,
    pub(super) key: Key,
}

/// The host's key that the launch was agreed to with.
#[derive(Debug, Clone)]
pub(super) struct Key {
    pub(super) target: Target,
    pub(super) shown: HostCertificate,
    /// It is about what a person types themselves.
    pub(super) typed: bool,
}

impl Key {
    /// Whether nobody has to look at it, as the book has it now: trust that was taken away counts for
    /// the next sign-in of a session that runs.
    fn still_stands(&self, book: &Book) -> bool {
        KeyTrust::of(book, &self.target, &self.shown, self.typed).is_accepted()
    }
}

impl Terms {
    pub(super) fn new(
        (unlock, person): (UnlockId, PersonId),
        run: RunId,
        session: &SessionEntry,
        (about, agreed): (About, Agreed),
        key: Key,
    ) -> Self {
        Self {
            unlock,
            person,
            run,
            session: session.id,
            session_version: session.version,
            session_name: session.name.to_string(),
            about,
            agreed,
            key,
        }
    }

    /// Who asks, as of now, while the session and the trust in its host's key are as at the launch.
    pub(super) async fn asked<P: Ports>(&self, ports: &P) -> Result<Actor, LeaseError> {
        let asked = actor::now(ports, self.unlock).await.map_err(gone)?;
        let session = asked.book.sessions.get(&self.session);
        let same = session.is_some_and(|session| session.version == self.session_version);
        if !same || !self.key.still_stands(&asked.book) {
            return Err(LeaseError::Superseded);
        }
        Ok(asked)
    }

    /// The session that [`Self::asked`] found.
    pub(super) fn session<'a>(&self, asked: &'a Actor) -> Result<&'a SessionEntry, LeaseError> {
        asked.book.sessions.get(&self.session).ok_or(LeaseError::Superseded)
    }

    /// An event of this launch.
    pub(super) fn event<P: Ports>(&self, ports: &P, what: What) -> AuditEvent {
        AuditEvent {
            run: Some(self.run),
            about: self.about.clone(),
            ..audit::event(ports, self.person, what, self.session_name.as_str())
        }
    }
}

/// Why nobody is behind the lease any more.
fn gone(error: Error) -> LeaseError {
    if let Error::Store(error) = error { LeaseError::Store(error) } else { LeaseError::Locked }
}

/// One launch on its way.
pub(super) struct Course<P: Ports> {
    pub(super) ports: Arc<P>,
    pub(super) terms: Terms,
    pub(super) tried: Tried,
    patience: Duration,
    deadline: Uptime,
    accepted: OnceLock<Uptime>,
    /// When the host let it in the last time, as far as it tells.
    pub(super) let_in: Mutex<Option<Uptime>>,
    /// The host has had a password the last time, or has shown a desktop, and did not say that anybody is
    /// signed in.
    unsaid: AtomicBool,
    /// A release is on record as intended, and not yet what came of it.
    intended: AtomicBool,
}

impl<P: Ports> Course<P> {
    /// `patience`: how long the client has to come.
    pub(super) fn new(ports: Arc<P>, terms: Terms, with: Credential, patience: Duration) -> Self {
        let deadline = deadline(ports.as_ref(), patience);
        let tried = Tried { with, host: terms.key.target.host.to_string() };
        Self {
            ports,
            terms,
            tried,
            patience,
            deadline,
            accepted: OnceLock::new(),
            let_in: Mutex::new(None),
            unsaid: AtomicBool::new(false),
            intended: AtomicBool::new(false),
        }
    }

    /// Whether the last sign-in may have been none, for all the host told.
    pub(super) fn is_unsaid(&self) -> bool {
        self.unsaid.load(Ordering::Relaxed)
    }

    /// From here on something is to be put on record, whatever becomes of the release.
    pub(super) fn intends(&self) {
        self.intended.store(true, Ordering::Relaxed);
    }

    /// The password is given: what comes of it the host says. One without network level authentication may
    /// never say it, and nobody may be there to hear it.
    pub(super) fn given(&self, takes: Takes) {
        self.intended.store(false, Ordering::Relaxed);
        if takes == Takes::Tls {
            self.unsaid.store(true, Ordering::Relaxed);
        }
    }

    /// A release that was dropped on its way gave nothing, which is on record once.
    pub(super) async fn withdrawn(&self) {
        self.is_over();
        if self.intended.swap(false, Ordering::Relaxed) {
            self.came_to_nothing("withdrawn").await;
        }
    }

    /// The host broke off before it could judge what was given.
    pub(super) async fn unjudged(&self) {
        self.is_over();
        self.came_to_nothing("host_broke_off").await;
    }

    async fn came_to_nothing(&self, reason: &str) {
        let ports = self.ports.as_ref();
        let details = vec![("reason", reason.to_owned())];
        let event = self.terms.event(ports, What::SignIn);
        let event = AuditEvent { outcome: Outcome::Failed, details, ..event };
        if audit::record(ports, event).await.is_err() {
            outcome::tell_unwritten(ports, &self.terms);
        }
    }

    /// The client is given its time once more.
    pub(super) fn extend(&mut self) {
        self.deadline = deadline(self.ports.as_ref(), self.patience);
    }

    pub(super) fn in_time(&self) -> Result<(), LeaseError> {
        let over = self.ports.clock().uptime() > self.deadline;
        if over { Err(LeaseError::Expired) } else { Ok(()) }
    }

    /// Puts on record that nothing was given; the error to answer with. Nothing was released, so a
    /// log that cannot be written loses no release; the session's end carries the reason to the
    /// window.
    pub(super) async fn withheld(&self, error: LeaseError, outcome: Outcome) -> LeaseError {
        self.is_over();
        let ports = self.ports.as_ref();
        let event = AuditEvent { outcome, ..self.terms.event(ports, What::SignIn) };
        // Whoever waits may leave while the row is written; it lands all the same, and is the only one.
        let intended = self.intended.swap(false, Ordering::Relaxed);
        if audit::record(ports, event).await.is_ok() {
            return error;
        }
        self.intended.store(intended, Ordering::Relaxed);
        LeaseError::AuditUnavailable
    }

    pub(super) async fn unlocked(&self) {
        self.ports.unlocks().opened(self.terms.person).await;
    }

    pub(super) async fn report(&self, used: Option<&PasswordRecord>, seen: Seen) {
        // Before anything is written: another sign-in may be waiting for it.
        self.heard(&seen);
        self.withdrawn().await;
        if let Seen::HostAccepted(how) = seen {
            self.unsaid.store(how == Acceptance::DesktopOnly, Ordering::Relaxed);
        }
        let known = (used, self.up(&seen));
        outcome::keep(self.ports.as_ref(), &self.terms, known, &seen).await;
        let (run, at) = (self.terms.run, self.ports.clock().uptime());
        self.ports.notices().tell(Notice::Run { run, outcome: seen, at });
    }

    /// How long the session has been up, once the host has accepted it.
    fn up(&self, seen: &Seen) -> Option<Duration> {
        let now = self.ports.clock().uptime();
        if matches!(seen, Seen::HostAccepted(_)) {
            self.accepted.get_or_init(|| now);
        }
        self.accepted.get().map(|since| now.0.saturating_sub(since.0))
    }
}

/// The client has its patience to come; the host's side of the handshake gets as long again.
fn deadline<P: Ports>(ports: &P, patience: Duration) -> Uptime {
    ports.clock().uptime().plus(patience.saturating_mul(2))
}

/// How it is put on record that a lease gave nothing.
pub(super) fn outcome_of(error: &LeaseError) -> Outcome {
    match error {
        LeaseError::Denied(_) => Outcome::Denied,
        LeaseError::Locked
        | LeaseError::Superseded
        | LeaseError::Expired
        | LeaseError::Spent
        | LeaseError::AuditUnavailable
        | LeaseError::Source(_)
        | LeaseError::UserName(_)
        | LeaseError::Password(_)
        | LeaseError::RefusedBefore
        | LeaseError::TooOften
        | LeaseError::TypedOnce
        | LeaseError::Store(_) => Outcome::Failed,
    }
}
