//! Adds an IT Glue account: the key is tried first, then kept in the vault, then the account.

use super::administered;
use super::new_key::{self, NewKey};
use crate::Secret;
use crate::audit::{self, About, AuditEvent, What};
use crate::book::Change;
use crate::deed;
use crate::entry::{Connection, KeyHistory, KeyId, Name, Region};
use crate::error::Error;
use crate::grants::called;
use crate::ids::{ConnectionId, GrantId};
use crate::launch::UnlockId;
use crate::ports::{Clock, Ports, Source};
use crate::rights::{SourceRight, Subject};

/// An account to be added.
pub struct NewAccount {
    /// What people will call it.
    pub name: Name,
    /// Its region.
    pub region: Region,
    /// Its key.
    pub key: Secret,
}

/// Adds the account and gives whoever adds it Source on all of it (an audited grant). Answers with
/// the account and the number of its organizations.
///
/// # Errors
/// [`Error::Source`] where IT Glue does not accept the key, [`Error::Keyring`] where it cannot be
/// kept; then no account was added.
pub async fn add<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    account: NewAccount,
) -> Result<(Connection, usize), Error> {
    drop(administered::now(ports, unlock).await?);
    let organizations = ports.source().check(account.region, &account.key).await?;
    // IT Glue took its time to answer.
    let asked = administered::now(ports, unlock).await?;
    let person = asked.person;
    let connection = Connection {
        id: ConnectionId::fresh(ports.clock(), ports.random()),
        name: account.name,
        region: account.region,
        history: KeyHistory::accepted(ports.clock().now()),
        keep_alive: None,
    };
    let source = SourceRight {
        id: GrantId::fresh(ports.clock(), ports.random()),
        subject: Subject::Person(person),
        connection: connection.id,
        organization: None,
    };
    let about = About { connection: Some(connection.id), ..About::default() };
    let event = |what, details| AuditEvent {
        about: about.clone(),
        details,
        ..audit::event(ports, person, what, connection.name.as_str())
    };
    let to = called(&asked.book, Subject::Person(person));
    let details = vec![("to", to), ("organization_id", "all".to_owned())];
    let events = vec![event(What::AccountAdded, Vec::new()), event(What::SourceGranted, details)];
    let changes = vec![Change::PutConnection(connection.clone()), Change::PutSource(source)];
    let (id, key) = (KeyId::Account(connection.id), account.key);
    let new = NewKey { id, key, replaces: false, changes };
    deed::on_record(ports, events, new_key::keep(ports, asked.permit, new)).await?;
    Ok((connection, organizations))
}
