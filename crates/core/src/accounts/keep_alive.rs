//! Keeps keys alive that nobody uses: one cheap call with each, where an administrator allowed it.

use std::sync::Arc;
use std::time::Duration;

use super::learn::learn_from;
use crate::audit::{self, AuditEvent, Outcome, What};
use crate::book::Book;
use crate::entry::{KeyHistory, KeyId, KeyInUse};
use crate::error::{Error, SourceError};
use crate::ids::PersonId;
use crate::ports::{ApiKeys, Clock, Ports, Source, Store};
use crate::time::Moment;

/// A key that was not used for so long is used: well within the 90 days, and with weeks left for
/// further tries where IT Glue or the keyring cannot be reached.
const UNUSED_FOR: Duration = Duration::from_hours(30 * 24);
/// How often it is looked whether there is such a key.
const EVERY: Duration = Duration::from_hours(24);

/// Keeps keys alive now and from then on every 24 hours, for as long as it is polled.
///
/// A round that fails is not repeated before the next is due: where the vault or the audit log
/// cannot be used, whatever people ask says so, and no call is made without being on record.
pub async fn keep_alive_for_ever<P: Ports>(ports: Arc<P>) {
    loop {
        let _tried_again_when_due: Result<(), Error> = keep_alive(ports.as_ref()).await;
        ports.clock().wait(EVERY).await;
    }
}

/// One round. A key that IT Glue refuses is left alone until it is replaced, and every key of an
/// account once whoever allowed it administers no more.
///
/// # Errors
/// [`Error::Store`], [`Error::AuditUnavailable`]: keys whose turn had not come were not used. What a
/// call came to stands in the audit log and on the account's card.
pub async fn keep_alive<P: Ports>(ports: &P) -> Result<(), Error> {
    let keys: Vec<KeyId> = ports.store().book().await?.keys().collect();
    for key in keys {
        // As it is now: the calls before took their time.
        let book = ports.store().book().await?;
        let Some(due) = due(&book, key, ports.clock().now()) else { continue };
        let event = audit::event(ports, due.allowed_by, What::KeptAlive, due.account);
        let details = due.whose.map(|name| ("person", name)).into_iter().collect();
        use_once(ports, due.key, AuditEvent { details, ..event }).await?;
    }
    Ok(())
}

/// A key whose turn has come.
struct Due {
    key: KeyInUse,
    account: String,
    allowed_by: PersonId,
    /// The name of the person whose own it is.
    whose: Option<String>,
}

fn due(book: &Book, key: KeyId, now: Moment) -> Option<Due> {
    let (account, key, history, whose) = match key {
        KeyId::Account(id) => {
            let account = book.connections.get(&id)?;
            (account, account.key(), &account.history, None)
        }
        KeyId::Person(id) => {
            let own = book.person_keys.get(&id)?;
            let account = book.connections.get(&own.connection)?;
            // The key of somebody who was disabled is to die.
            let person = book.active_person(own.person).ok()?;
            (account, own.in_use(account.region), &own.history, Some(person.name.to_string()))
        }
    };
    let allowed_by = book.kept_alive_by(account).filter(|_| is_idle(history, now))?;
    Some(Due { key, account: account.name.to_string(), allowed_by, whose })
}

/// A use that lies in the future is none: a clock was set back, and would wait for it to come.
fn is_idle(history: &KeyHistory, now: Moment) -> bool {
    let idle = |last: Moment| last > now || now.since(last) >= UNUSED_FOR;
    history.refused_since.is_none() && history.last_accepted.is_none_or(idle)
}

async fn use_once<P: Ports>(ports: &P, used: KeyInUse, event: AuditEvent) -> Result<(), Error> {
    audit::record(ports, AuditEvent { outcome: Outcome::Intended, ..event.clone() }).await?;
    let answer = match ports.keys().get(used.key).await {
        Ok(key) => ports.source().check(used.region, &key).await,
        Err(error) => Err(SourceError::Keyring(error)),
    };
    learn_from(ports, used, &answer).await;
    let outcome = match answer {
        Ok(_) => Outcome::Done,
        Err(SourceError::KeyRefused) => Outcome::Refused,
        Err(_) => Outcome::Failed,
    };
    audit::record(ports, AuditEvent { outcome, ..event }).await
}
