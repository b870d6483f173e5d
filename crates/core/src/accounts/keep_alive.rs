//! Keeps keys alive that nobody uses: one cheap call with each, where an administrator allowed it.

use std::sync::Arc;
use std::time::Duration;

use super::learn::learn_from;
use crate::audit::{self, AuditEvent, Outcome, What};
use crate::book::Book;
use crate::entry::{Connection, KeyHistory, KeyId, KeyInUse};
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

/// One round. A key that IT Glue refuses is left alone until it is replaced.
///
/// # Errors
/// [`Error::Store`], [`Error::AuditUnavailable`]: keys whose turn had not come were not used. What a
/// call came to stands in the audit log and on the account's card.
pub async fn keep_alive<P: Ports>(ports: &P) -> Result<(), Error> {
    let book = ports.store().book().await?;
    let now = ports.clock().now();
    for account in book.connections.values() {
        let Some(allowed_by) = account.keep_alive else { continue };
        for (key, whose) in idle_keys(&book, account, now) {
            let event = audit::event(ports, allowed_by, What::KeptAlive, account.name.as_str());
            let details = whose.map(|name| ("person", name)).into_iter().collect();
            use_once(ports, key, AuditEvent { details, ..event }).await?;
        }
    }
    Ok(())
}

/// The account's keys that were not used for long, each with the name of the person whose own it is.
fn idle_keys(book: &Book, account: &Connection, now: Moment) -> Vec<(KeyInUse, Option<String>)> {
    let in_use = |key| KeyInUse { region: account.region, key };
    let own = book.person_keys.values().filter(|key| key.connection == account.id);
    let own = own.filter_map(|key| {
        let name = name_of_active(book, key.person)?;
        is_idle(&key.history, now).then(|| (in_use(KeyId::Person(key.id)), Some(name)))
    });
    let accounts = is_idle(&account.history, now);
    let accounts = accounts.then(|| (in_use(KeyId::Account(account.id)), None));
    accounts.into_iter().chain(own).collect()
}

fn is_idle(history: &KeyHistory, now: Moment) -> bool {
    let unused = history.unused(now);
    history.refused_since.is_none() && unused.is_none_or(|unused| unused >= UNUSED_FOR)
}

/// The key of somebody who was disabled is to die.
fn name_of_active(book: &Book, person: PersonId) -> Option<String> {
    book.active_person(person).ok().map(|person| person.name.to_string())
}

async fn use_once<P: Ports>(ports: &P, used: KeyInUse, event: AuditEvent) -> Result<(), Error> {
    audit::record(ports, AuditEvent { outcome: Outcome::Intended, ..event.clone() }).await?;
    let answer = match ports.keys().get(used.key).await {
        Ok(key) => ports.source().check(used.region, &key).await,
        Err(error) => Err(SourceError::Keyring(error)),
    };
    learn_from(ports, used.key, &answer).await;
    let outcome = match answer {
        Ok(_) => Outcome::Done,
        Err(SourceError::KeyRefused) => Outcome::Refused,
        Err(_) => Outcome::Failed,
    };
    audit::record(ports, AuditEvent { outcome, ..event }).await
}
