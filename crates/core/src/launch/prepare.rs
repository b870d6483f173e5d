//! The first half of a launch: may it be, and is a choice needed?

use super::{UnlockId, Wanted, find};
use crate::actor;
use crate::audit::{self, AuditEvent, Outcome, What};
use crate::entry::{Connection, CredentialEntry, CredentialTarget, ListScope, Organization};
use crate::error::Error;
use crate::policy::{Launch, Permit, may_launch};
use crate::ports::{Batch, ListPermit, OnBatch, Ports, Source, Store};

/// What comes next.
pub enum Plan {
    /// Launch right away: one password.
    Ready,
    /// The person chooses from this list first.
    Pick(Box<PickList>),
    /// The session has no credential.
    NoCredential,
}

/// A list that this person may see now. Good for reading it once.
pub struct PickList {
    permit: Permit<Launch>,
    connection: Connection,
    scope: ListScope,
    /// The organization listed.
    pub organization: Organization,
    /// The host that the choice will be sent to.
    pub host: String,
}

/// Finds out what a launch needs. Nothing is started and nothing fetched.
///
/// # Errors
/// [`Error::Locked`], [`Error::Denied`], [`Error::NotFound`], [`Error::Store`].
pub async fn run<P: Ports>(ports: &P, unlock: UnlockId, wanted: &Wanted) -> Result<Plan, Error> {
    // 1 session, its credential
    let person = actor::of(ports, unlock)?;
    let book = ports.store().book().await?;
    let (session, credential) = find(&book, wanted)?;
    let Some(credential) = credential else {
        return Ok(Plan::NoCredential);
    };
    // 2 may launch?
    let permit = match may_launch(&book, person, session, credential) {
        Ok(permit) => permit,
        Err(denied) => {
            let event = audit::event(ports, person, What::Launch, session.name.as_str());
            audit::record(ports, AuditEvent { outcome: Outcome::Denied, ..event }).await?;
            return Err(Error::Denied(denied));
        }
    };
    // 3 one password: ready; a list: rows in scope
    match &credential.target {
        CredentialTarget::Specific(_) => Ok(Plan::Ready),
        CredentialTarget::AlwaysPromptWithList(scope) => {
            let connection = book.connection(credential.connection)?.clone();
            let host = session.kind.host().to_string();
            Ok(Plan::Pick(Box::new(pick_list(permit, connection, credential, scope, host))))
        }
    }
}

fn pick_list(
    permit: Permit<Launch>,
    connection: Connection,
    credential: &CredentialEntry,
    scope: &ListScope,
    host: String,
) -> PickList {
    let organization = credential.organization.clone();
    PickList { permit, connection, scope: scope.clone(), organization, host }
}

impl PickList {
    /// The account it is read from.
    #[must_use]
    pub fn connection(&self) -> crate::ids::ConnectionId {
        self.connection.id
    }

    /// Streams the rows that lie in the entry's scope.
    ///
    /// # Errors
    /// [`Error::Source`]; rows that came before it were passed on.
    pub async fn rows<P: Ports>(self, ports: &P, on_batch: OnBatch<'_>) -> Result<(), Error> {
        let scope = self.scope;
        let mut in_scope = |batch: Batch| {
            let rows = batch.rows.into_iter().filter(|row| scope.contains(row)).collect();
            on_batch(Batch { rows, total: batch.total });
        };
        let permit = ListPermit::Launch(self.permit);
        let listed = ports
            .source()
            .records(permit, &self.connection, &self.organization.id, &mut in_scope)
            .await;
        crate::accounts::learn_from(ports, self.connection.id, &listed).await;
        listed.map_err(Error::Source)
    }
}
