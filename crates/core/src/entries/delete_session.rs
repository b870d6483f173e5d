//! Deletes a session entry. A session that runs goes on.

use super::Undoable;
use super::delete_folder::grants_on;
use super::edit::{self, Edit};
use crate::actor;
use crate::audit::{About, What};
use crate::book::Change;
use crate::error::Error;
use crate::ids::SessionEntryId;
use crate::launch::UnlockId;
use crate::policy::{Act, Action, may_act};
use crate::ports::Ports;
use crate::rights::Object;

/// Deletes the entry and the grants on it.
///
/// # Errors
/// [`Error::Denied`] without Edit.
pub async fn delete_session<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    id: SessionEntryId,
) -> Result<Undoable, Error> {
    let asked = actor::now(ports, unlock).await?;
    let entry = asked.book.session(id)?;
    let act = Act { session: Some(entry), ..Act::default() };
    let permit = may_act(&asked.book, asked.person, Action::DeleteSession, &act)?;
    let mut changes = grants_on(&asked.book, Object::Session(id));
    changes.push(Change::RemoveSession(id));
    let credential = asked.book.credential_of(entry).map(|resolved| resolved.credential);
    let edit = Edit {
        what: What::SessionDeleted,
        name: entry.name.clone(),
        about: About::session(entry, credential),
        details: Vec::new(),
        changes,
    };
    edit::commit(ports, &asked, permit, edit).await
}
