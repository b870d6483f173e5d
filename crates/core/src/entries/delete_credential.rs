//! Deletes a credential entry that no session and no folder uses.

use super::delete_folder::grants_on;
use crate::actor::{self, Actor};
use crate::audit::{self, What};
use crate::book::{Book, Change};
use crate::entry::Credentials;
use crate::error::{Error, Rule};
use crate::ids::CredentialEntryId;
use crate::launch::UnlockId;
use crate::policy::{Act, Action, may_act};
use crate::ports::{Notice, Notices, Ports, Store};
use crate::rights::Object;

/// Deletes the entry and the grants on it. The record in IT Glue is untouched.
///
/// # Errors
/// [`Error::Invalid`] while a session or folder uses it.
pub async fn delete_credential<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    id: CredentialEntryId,
) -> Result<(), Error> {
    let Actor { person, book, .. } = actor::now(ports, unlock).await?;
    let entry = book.credential(id)?;
    let act = Act { credential: Some(entry), ..Act::default() };
    let permit = may_act(&book, person, Action::DeleteCredential, &act)?;
    if is_used(&book, id) {
        return Err(Error::Invalid { field: "credential", rule: Rule::InUse });
    }
    let event = audit::event(ports, person, What::CredentialDeleted, entry.name.as_str());
    audit::record(ports, event).await?;
    let mut changes = grants_on(&book, Object::Credential(id));
    changes.push(Change::RemoveCredential(id));
    ports.store().commit(permit, changes).await?;
    ports.notices().tell(Notice::BookChanged);
    Ok(())
}

fn is_used(book: &Book, id: CredentialEntryId) -> bool {
    book.sessions.values().any(|s| s.credentials == Credentials::Linked(id))
        || book.folders.values().any(|f| f.credential == Some(id))
}
