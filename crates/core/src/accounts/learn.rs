//! Every answer of IT Glue says something of the key that was used, and of no other; it is
//! written on the account's card.

use crate::book::Learnt;
use crate::entry::KeyInUse;
use crate::error::SourceError;
use crate::ports::{Clock, FetchedPassword, Notice, Notices, Ports, Store};

/// Learns whether the key was accepted.
pub(crate) async fn learn_from<P: Ports, T>(
    ports: &P,
    used: KeyInUse,
    answer: &Result<T, SourceError>,
) {
    let now = ports.clock().now();
    match answer {
        Ok(_) => note(ports, used, Learnt::Accepted(now)).await,
        Err(SourceError::KeyRefused) => note(ports, used, Learnt::Refused(now)).await,
        Err(SourceError::NoPasswordAccess) => {
            note(ports, used, Learnt::Accepted(now)).await;
            note(ports, used, Learnt::NoPasswordAccess).await;
        }
        Err(
            SourceError::NotAKey
            | SourceError::NotAllowed
            | SourceError::NotFound
            | SourceError::Archived
            | SourceError::Vaulted
            | SourceError::Empty
            | SourceError::RateLimited { .. }
            | SourceError::CertificateNotTrusted
            | SourceError::Unreachable
            | SourceError::TimedOut
            | SourceError::CutShort
            | SourceError::Malformed { .. }
            | SourceError::ForeignAnswer
            | SourceError::Server { .. }
            | SourceError::Keyring(_),
        ) => {}
    }
}

/// The same for a password that was asked for: if it came, the key has *Password Access*.
pub(crate) async fn learn_from_password<P: Ports>(
    ports: &P,
    used: KeyInUse,
    answer: &Result<FetchedPassword, SourceError>,
) {
    learn_from(ports, used, answer).await;
    if answer.is_ok() {
        note(ports, used, Learnt::PasswordAccess).await;
    }
}

/// The same for a test of *Password Access*.
pub(super) async fn learn_from_verdict<P: Ports>(
    ports: &P,
    used: KeyInUse,
    verdict: &Result<bool, SourceError>,
) {
    learn_from(ports, used, verdict).await;
    match verdict {
        Ok(true) => note(ports, used, Learnt::PasswordAccess).await,
        Ok(false) => note(ports, used, Learnt::NoPasswordAccess).await,
        Err(_) => {}
    }
}

/// A card that cannot be updated is no reason to fail what the person asked for: the next answer
/// of IT Glue says the same again.
async fn note<P: Ports>(ports: &P, used: KeyInUse, learnt: Learnt) {
    if ports.store().learn(used, learnt).await.is_ok() {
        ports.notices().tell(Notice::BookChanged);
    }
}
