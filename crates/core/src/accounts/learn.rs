//! Every answer of IT Glue says something of the key that was used, and of no other; it is
//! written on the account's card.

use crate::book::Learnt;
use crate::entry::KeyId;
use crate::error::SourceError;
use crate::ports::{Clock, FetchedPassword, Notice, Notices, Ports, Store};

/// Learns whether the key was accepted.
pub(crate) async fn learn_from<P: Ports, T>(
    ports: &P,
    key: KeyId,
    answer: &Result<T, SourceError>,
) {
    let now = ports.clock().now();
    match answer {
        Ok(_) => note(ports, key, Learnt::Accepted(now)).await,
        Err(SourceError::KeyRefused) => note(ports, key, Learnt::Refused(now)).await,
        Err(SourceError::NoPasswordAccess) => {
            note(ports, key, Learnt::Accepted(now)).await;
            note(ports, key, Learnt::NoPasswordAccess).await;
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
    key: KeyId,
    answer: &Result<FetchedPassword, SourceError>,
) {
    learn_from(ports, key, answer).await;
    if answer.is_ok() {
        note(ports, key, Learnt::PasswordAccess).await;
    }
}

/// The same for a test of *Password Access*.
pub(super) async fn learn_from_verdict<P: Ports>(
    ports: &P,
    key: KeyId,
    verdict: &Result<bool, SourceError>,
) {
    learn_from(ports, key, verdict).await;
    match verdict {
        Ok(true) => note(ports, key, Learnt::PasswordAccess).await,
        Ok(false) => note(ports, key, Learnt::NoPasswordAccess).await,
        Err(_) => {}
    }
}

/// A card that cannot be updated is no reason to fail what the person asked for: the next answer
/// of IT Glue says the same again.
async fn note<P: Ports>(ports: &P, key: KeyId, learnt: Learnt) {
    if ports.store().learn(key, learnt).await.is_ok() {
        ports.notices().tell(Notice::BookChanged);
    }
}
