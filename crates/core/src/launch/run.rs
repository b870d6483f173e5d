//! The second half of a launch: trusts nothing from the first, opens the injector.

use std::sync::Arc;
use std::time::Duration;

use super::again::Agreed;
use super::course::{Key, Terms};
use super::with::{Due, With};
use super::{How, Renewable, SecretLease, TypedLease, UnlockId, Wanted, unsupported};
use crate::actor::{self, Actor};
use crate::audit::{self, AuditEvent, Outcome, What};
use crate::book::Book;
use crate::certificates::KeyTrust;
use crate::entry::{HostCertificate, SessionEntry, SessionKind, TrustedCertificate, fingerprint};
use crate::error::Error;
use crate::ids::{PersonId, RunId};
use crate::ports::{
    Clock, Handoff, Injector, Lease, LocalStore, OpenSession, Ports, Preflight, PreflightError,
    SessionControl, Target,
};

/// How far a launch came.
pub enum Launched {
    /// The injector listens: start the client with this Handoff alone.
    Opened(Box<Opened>),
    /// Somebody has to trust the host's certificate first. No credential was sent.
    NeedsTrust {
        /// What the host showed.
        shown: Box<HostCertificate>,
        /// What was trusted before, if it has changed.
        before: Option<Box<TrustedCertificate>>,
    },
}

/// A launch that waits for its client.
pub struct Opened {
    /// Names it.
    pub run: RunId,
    /// What the client is started with.
    pub handoff: Handoff,
    /// Ends it.
    pub control: SessionControl,
    /// What *Sign in again* goes by; none where the person typed user and password.
    pub renewable: Option<Renewable>,
    /// The session's name.
    pub name: String,
    /// The client folder's name.
    pub client: String,
    /// The host.
    pub host: String,
}

/// Launches. Stateless: everything is looked up and asked again.
///
/// # Errors
/// [`Error`]; nothing listens, no credential was fetched or sent.
pub async fn run<P: Ports>(
    ports: &Arc<P>,
    unlock: UnlockId,
    wanted: &Wanted,
    how: How,
) -> Result<Launched, Error> {
    // 1 session, its credential
    let (patience, by_hand) = (how.patience(), how.by_hand);
    let asked = actor::now(ports.as_ref(), unlock).await?;
    let on = asked.book.session(wanted.session)?.name.to_string();
    let answered = how.answers.look(ports.as_ref(), &asked, &on).await?;
    // Looking at the proof took its time.
    let Actor { person, book, .. } = actor::now(ports.as_ref(), unlock).await?;
    let (session, with) = With::find(&book, wanted, how.typed)?;
    let about = with.about(&book, session).for_ticket(answered.ticket.clone());
    let intent = AuditEvent {
        about,
        ..audit::event(ports.as_ref(), person, What::Launch, session.name.as_str())
    };
    // 2 may launch?  3 the host in its allowed hosts (policy knows), the choice in its scope
    if let Err(denied) = with.may(&book, person, session, answered.given()) {
        let error = Error::Denied(denied);
        return Err(audit::not_done(ports.as_ref(), intent, Outcome::Denied, error).await);
    }
    let (account, typed) = (with.account(), with.is_typed());
    let due = match with.due(session, wanted.choice.as_ref()) {
        Ok(due) => due,
        Err(error) => return Err(beyond(ports.as_ref(), intent, wanted, error).await),
    };
    // 4 preflight, without any credential
    let target = target_of(session);
    let shown = match look(ports.as_ref(), session, &target).await {
        Ok(shown) => shown,
        Err(error) => {
            let error = Error::Preflight(error);
            return Err(audit::not_done(ports.as_ref(), intent, Outcome::Failed, error).await);
        }
    };
    if let Some(trust) = needs_trust(&book, &target, &shown.certificate, typed) {
        audit::record(ports.as_ref(), stopped(intent, &shown.certificate, &trust)).await?;
        return Ok(trust);
    }
    // 5 open the injector with a lease
    let run = RunId::fresh(ports.clock(), ports.random());
    let intent = AuditEvent { run: Some(run), ..intent };
    let about = due.about(intent.about.clone());
    let key = Key { target: target.clone(), shown: shown.certificate.clone(), typed };
    let agreed = Agreed::new(&answered, ports.clock());
    let terms = Terms::new((unlock, person), run, session, (about, agreed), key);
    let (name, client) = (session.name.to_string(), client_name(&book, session));
    let host = session.kind.host().to_string();
    let title = format!("{client} \u{b7} {host} \u{b7} {account}");
    let started = (patience, by_hand);
    let open = open_session(session, target, &shown, (title, started));
    let (handoff, control, renewable) = listen_for(ports, intent, open, (due, terms)).await?;
    if let Err(error) = remember(ports.as_ref(), person, session).await {
        control.end();
        return Err(error);
    }
    Ok(Launched::Opened(Box::new(Opened { run, handoff, control, renewable, name, client, host })))
}

/// What the host shows, if this release can sign in to it at all.
async fn look<P: Ports>(
    ports: &P,
    session: &SessionEntry,
    target: &Target,
) -> Result<Preflight, PreflightError> {
    if let Some(why) = unsupported(session) {
        return Err(PreflightError::Unsupported(why));
    }
    ports.injector().preflight(target).await
}

fn open_session(
    session: &SessionEntry,
    target: Target,
    shown: &Preflight,
    (title, (patience, by_hand)): (String, (Duration, bool)),
) -> OpenSession {
    let SessionKind::Rdp { settings, .. } = &session.kind;
    OpenSession {
        title,
        trusted: shown.certificate.spki,
        takes: shown.takes,
        patience,
        by_hand,
        target,
        devices: settings.devices.clone(),
        display: settings.display,
    }
}

/// The injector, with a lease over what is due.
async fn listen_for<P: Ports>(
    ports: &Arc<P>,
    intent: AuditEvent,
    open: OpenSession,
    (due, terms): (Due, Terms),
) -> Result<(Handoff, SessionControl, Option<Renewable>), Error> {
    let (lent, patience) = (Arc::clone(ports), open.patience);
    match due {
        Due::Record(meant) => {
            let renewable = Renewable::new(terms, meant);
            let lease = SecretLease::new(lent, renewable.clone(), patience);
            let (handoff, control) = listen(ports.as_ref(), intent, open, lease).await?;
            Ok((handoff, control, Some(renewable)))
        }
        Due::Typed(typed) => {
            let lease = TypedLease::new(lent, terms, typed, patience);
            let (handoff, control) = listen(ports.as_ref(), intent, open, lease).await?;
            Ok((handoff, control, None))
        }
    }
}

/// The intent on record, the injector, and how it went on record.
async fn listen<P: Ports>(
    ports: &P,
    intent: AuditEvent,
    open: OpenSession,
    lease: impl Lease,
) -> Result<(Handoff, SessionControl), Error> {
    let intended = AuditEvent { outcome: Outcome::Intended, ..intent.clone() };
    audit::record(ports, intended).await?;
    match ports.injector().open(open, lease).await {
        Ok((handoff, control)) => {
            if let Err(unwritten) = audit::record(ports, intent).await {
                control.end();
                return Err(unwritten);
            }
            Ok((handoff, control))
        }
        Err(error) => {
            Err(audit::not_done(ports, intent, Outcome::Failed, Error::Open(error)).await)
        }
    }
}

/// Another record than the entry's own was chosen, or none from a list: only the former is denied.
async fn beyond<P: Ports>(ports: &P, intent: AuditEvent, wanted: &Wanted, error: Error) -> Error {
    let Some(choice) = &wanted.choice else {
        return audit::not_done(ports, intent, Outcome::Failed, error).await;
    };
    let about = intent.about.with_record(choice);
    audit::not_done(ports, AuditEvent { about, ..intent }, Outcome::Denied, error).await
}

/// It stops for somebody to look at the certificate.
fn stopped(intent: AuditEvent, shown: &HostCertificate, trust: &Launched) -> AuditEvent {
    let changed = matches!(trust, Launched::NeedsTrust { before: Some(_), .. });
    let certificate = if changed { "changed" } else { "unknown" };
    let details =
        vec![("certificate", certificate.to_owned()), ("sha256", fingerprint(&shown.sha256))];
    AuditEvent { outcome: Outcome::Stopped, details, ..intent }
}

async fn remember<P: Ports>(
    ports: &P,
    person: PersonId,
    session: &SessionEntry,
) -> Result<(), Error> {
    ports.local().launched(person, session.id, ports.clock().now()).await?;
    Ok(())
}

fn target_of(session: &SessionEntry) -> Target {
    match &session.kind {
        SessionKind::Rdp { host, port, .. } => Target { host: host.clone(), port: *port },
    }
}

/// Unknown or changed: somebody has to look.
fn needs_trust(
    book: &Book,
    target: &Target,
    shown: &HostCertificate,
    typed: bool,
) -> Option<Launched> {
    let before = match KeyTrust::of(book, target, shown, typed) {
        KeyTrust::Trusted | KeyTrust::Public => return None,
        KeyTrust::Unknown => None,
        KeyTrust::Changed(before) => Some(before),
    };
    Some(Launched::NeedsTrust { shown: Box::new(shown.clone()), before })
}

fn client_name(book: &Book, session: &SessionEntry) -> String {
    let folder = book.client_folder(session.folder).or_else(|| book.folders.get(&session.folder));
    folder.map(|f| f.name.to_string()).unwrap_or_default()
}
