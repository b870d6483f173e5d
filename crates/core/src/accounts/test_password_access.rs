//! *Test Password Access*: one fetch of a record that an administrator chose, dropped unread.

use super::learn::learn_from_verdict;
use crate::actor::{self, Actor};
use crate::audit::{self, AuditEvent, Outcome, What};
use crate::entry::Connection;
use crate::error::Error;
use crate::ids::{ConnectionId, OrganizationId, PasswordId};
use crate::launch::UnlockId;
use crate::policy::may_test;
use crate::ports::{Ports, Proved, RecordAddress, Source, Store};

/// Tries the account's key: the account as it is known afterwards, with or without the box.
///
/// # Errors
/// [`Error::Denied`]; [`Error::AuditUnavailable`], and then nothing was fetched; [`Error::Source`]
/// where the answer does not tell, as for a record in a personal vault.
pub async fn test_password_access<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    connection: ConnectionId,
    (organization, password): (OrganizationId, PasswordId),
) -> Result<Connection, Error> {
    let Actor { person, proved, book } = actor::now(ports, unlock).await?;
    let row = book.connection(connection)?;
    let event = audit::event(ports, person, What::PasswordAccessTested, row.name.as_str());
    let event = AuditEvent { details: vec![("record", password.to_string())], ..event };
    let permit = match may_test(&book, person, proved == Proved::Passphrase) {
        Ok(permit) => permit,
        Err(denied) => {
            let error = Error::Denied(denied);
            return Err(audit::not_done(ports, event, Outcome::Denied, error).await);
        }
    };
    let key = row.key();
    let audited = audit::intend(ports, permit, event.clone()).await?;
    let address = RecordAddress { key, organization, password };
    let verdict = ports.source().test_password_access(audited, &address).await;
    learn_from_verdict(ports, key, &verdict).await;
    let outcome = match verdict {
        Ok(true) => Outcome::Done,
        Ok(false) => Outcome::Refused,
        Err(_) => Outcome::Failed,
    };
    audit::record(ports, AuditEvent { outcome, ..event }).await?;
    verdict?;
    let book = ports.store().book().await?;
    Ok(book.connection(connection)?.clone())
}
