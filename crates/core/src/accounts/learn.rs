//! Every answer of IT Glue says something of the key; it is written on the account's card.

use crate::book::Learnt;
use crate::error::SourceError;
use crate::ids::ConnectionId;
use crate::ports::{Clock, FetchedPassword, Notice, Notices, Ports, Store};

/// Learns whether the key was accepted.
pub(crate) async fn learn_from<P: Ports, T>(
    ports: &P,
    connection: ConnectionId,
    answer: &Result<T, SourceError>,
) {
    let now = ports.clock().now();
    match answer {
        Ok(_) => note(ports, connection, Learnt::Accepted(now)).await,
        Err(SourceError::KeyRefused) => note(ports, connection, Learnt::Refused(now)).await,
        Err(SourceError::NoPasswordAccess) => {
            note(ports, connection, Learnt::Accepted(now)).await;
            note(ports, connection, Learnt::NoPasswordAccess).await;
        }
        Err(
            SourceError::NotAKey
            | SourceError::NotAllowed
            | SourceError::NotFound
            | SourceError::Archived
            | SourceError::Vaulted
            | SourceError::Empty
            | SourceError::RateLimited { .. }
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
    connection: ConnectionId,
    answer: &Result<FetchedPassword, SourceError>,
) {
    learn_from(ports, connection, answer).await;
    if answer.is_ok() {
        note(ports, connection, Learnt::PasswordAccess).await;
    }
}

/// A card that cannot be updated is no reason to fail what the person asked for: the next answer
/// of IT Glue says the same again.
async fn note<P: Ports>(ports: &P, connection: ConnectionId, learnt: Learnt) {
    if ports.store().learn(connection, learnt).await.is_ok() {
        ports.notices().tell(Notice::BookChanged);
    }
}
