//! Deletes a credential entry that no session and no folder uses.

use super::Undoable;
use super::delete_folder::grants_on;
use super::edit::{self, Edit};
use crate::actor;
use crate::audit::{About, What};
use crate::book::Change;
use crate::error::{Error, Rule};
use crate::ids::CredentialEntryId;
use crate::launch::UnlockId;
use crate::policy::{Act, Action, may_act};
use crate::ports::Ports;
use crate::rights::Object;

/// Deletes the entry and the grants on it. The record in IT Glue is untouched.
///
/// # Errors
/// [`Error::Invalid`] while a session or folder uses it.
pub async fn delete_credential<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    id: CredentialEntryId,
) -> Result<Undoable, Error> {
    let asked = actor::now(ports, unlock).await?;
    let entry = asked.book.credential(id)?;
    let act = Act { credential: Some(entry), ..Act::default() };
    let permit = may_act(&asked.book, asked.person, Action::DeleteCredential, &act)?;
    if asked.book.uses(id) {
        return Err(Error::Invalid { field: "credential", rule: Rule::InUse });
    }
    let mut changes = grants_on(&asked.book, Object::Credential(id));
    changes.push(Change::RemoveCredential(id));
    let edit = Edit {
        what: What::CredentialDeleted,
        name: entry.name.clone(),
        about: About::credential(entry),
        details: Vec::new(),
        changes,
    };
    edit::commit(ports, &asked, permit, edit).await
}
