//! What became of a launch, on record: the injector performs the sign-in, so it knows.

use super::lease::Terms;
use crate::audit::{self, AuditEvent, Outcome, What};
use crate::entry::PasswordRecord;
use crate::ports::{End, Outcome as Seen, Ports, Refusal};

/// Writes the outcome to the audit log. What cannot be written is told to the window by the event
/// that follows; the password is long gone by then, so there is nothing left to withhold.
pub(super) async fn keep<P: Ports>(
    ports: &P,
    terms: &Terms,
    used: Option<&PasswordRecord>,
    seen: &Seen,
) {
    let Some((what, outcome, mut details)) = words(seen) else {
        return;
    };
    details.push(("host", terms.host.clone()));
    if let Some(record) = used {
        details.push(("record", record.id.to_string()));
        details.push(("record_name", record.name.clone()));
        details.push(("username", record.username.clone().unwrap_or_default()));
    }
    let event = audit::event(ports, terms.person, what, terms.session_name.as_str());
    let event = AuditEvent { outcome, details, run: Some(terms.run), ..event };
    if audit::record(ports, event).await.is_err() {
        tell_unwritten(ports, terms);
    }
}

fn tell_unwritten<P: Ports>(ports: &P, terms: &Terms) {
    use crate::ports::{Notice, Notices};
    ports.notices().tell(Notice::AuditUnwritten { run: terms.run });
}

type Words = (What, Outcome, Vec<(&'static str, String)>);

fn words(seen: &Seen) -> Option<Words> {
    match seen {
        Seen::ClientSignedIn => None,
        Seen::HostAccepted => Some((What::HostAccepted, Outcome::Done, Vec::new())),
        Seen::Ended(end) => Some(end_words(end)),
    }
}

fn end_words(end: &End) -> Words {
    let reason = |text: &str| vec![("reason", text.to_owned())];
    let failed = |text: &str| (What::SessionEnded, Outcome::Failed, reason(text));
    match end {
        End::Closed { lasted } => {
            let lasted = lasted.as_secs().to_string();
            (What::SessionEnded, Outcome::Done, vec![("lasted_s", lasted)])
        }
        End::EndedByPerson => (What::SessionEnded, Outcome::Done, reason("ended_by_person")),
        End::HostRefused(refusal) => (What::HostRefused, Outcome::Refused, reason(refusal.word())),
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
