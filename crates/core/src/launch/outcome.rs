//! What became of a launch, on record: the injector performs the sign-in, so it knows.

use std::time::Duration;

use super::course::Terms;
use crate::audit::{self, About, AuditEvent, Outcome, What};
use crate::entry::PasswordRecord;
use crate::ports::{Acceptance, End, Outcome as Seen, Ports, Refusal};

/// Writes the outcome to the audit log. What cannot be written is told to the window by the event
/// that follows; the password is long gone by then, so there is nothing left to withhold.
pub(super) async fn keep<P: Ports>(
    ports: &P,
    terms: &Terms,
    (used, up): (Option<&PasswordRecord>, Option<Duration>),
    seen: &Seen,
) {
    let Some((what, outcome, reason)) = words(seen) else {
        return;
    };
    let about = terms.about.clone();
    let about = used.map_or(about.clone(), |record| about.with(record));
    let about = About { lasted: lasted(seen, up), ..about };
    let details = reason.map(|reason| ("reason", reason.to_owned())).into_iter().collect();
    let event = audit::event(ports, terms.person, what, terms.session_name.as_str());
    let event = AuditEvent { outcome, about, details, run: Some(terms.run), ..event };
    if audit::record(ports, event).await.is_err() {
        tell_unwritten(ports, terms);
    }
}

pub(super) fn tell_unwritten<P: Ports>(ports: &P, terms: &Terms) {
    use crate::ports::{Notice, Notices};
    ports.notices().tell(Notice::AuditUnwritten { run: terms.run });
}

/// How long the session was up: as the injector says, which knows it of those that closed by
/// themselves, else as it was seen from here.
fn lasted(seen: &Seen, up: Option<Duration>) -> Option<Duration> {
    match seen {
        Seen::Ended(End::Closed { lasted }) => Some(*lasted),
        Seen::Ended(_) | Seen::Dropped => up,
        Seen::ClientSignedIn | Seen::HostAccepted(_) | Seen::NeedsUnlock => None,
    }
}

type Words = (What, Outcome, Option<&'static str>);

fn words(seen: &Seen) -> Option<Words> {
    match seen {
        Seen::ClientSignedIn | Seen::NeedsUnlock => None,
        Seen::Dropped => Some((What::ConnectionLost, Outcome::Done, None)),
        Seen::HostAccepted(Acceptance::Said) => Some((What::HostAccepted, Outcome::Done, None)),
        Seen::HostAccepted(Acceptance::DesktopOnly) => {
            Some((What::DesktopShown, Outcome::Done, None))
        }
        Seen::Ended(end) => Some(end_words(end)),
    }
}

fn end_words(end: &End) -> Words {
    let failed = |reason| (What::SessionEnded, Outcome::Failed, Some(reason));
    match end {
        End::Closed { .. } => (What::SessionEnded, Outcome::Done, None),
        End::EndedByPerson => (What::SessionEnded, Outcome::Done, Some("ended_by_person")),
        End::HostRefused(refusal) => (What::HostRefused, Outcome::Refused, Some(refusal.word())),
        End::ClientNeverCame => failed("client_never_came"),
        End::ClientLeftEarly => failed("client_left_early"),
        End::TooManyAttempts => failed("too_many_attempts"),
        End::HostUnreachable(_) => failed("host_unreachable"),
        End::CertificateChanged(_) => failed("certificate_changed"),
        End::Unsupported(_) => failed("unsupported"),
        End::NotReleased(_) => failed("not_released"),
        End::Fault => failed("fault"),
    }
}

impl Refusal {
    /// The word for it in the audit log and the protocol.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::LogonFailure => "logon_failure",
            Self::PasswordExpired => "password_expired",
            Self::AccountUnusable => "account_unusable",
            Self::NotPermitted => "not_permitted",
            Self::Unexplained => "unexplained",
        }
    }
}
