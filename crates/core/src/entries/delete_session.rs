//! Deletes a session entry. A session that runs goes on.

use super::delete_folder::grants_on;
use crate::actor::{self, Actor};
use crate::audit::{self, What};
use crate::book::Change;
use crate::error::Error;
use crate::ids::SessionEntryId;
use crate::launch::UnlockId;
use crate::policy::{Act, Action, may_act};
use crate::ports::{Notice, Notices, Ports, Store};
use crate::rights::Object;

/// Deletes the entry and the grants on it.
///
/// # Errors
/// [`Error::Denied`] without Edit.
pub async fn delete_session<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    id: SessionEntryId,
) -> Result<(), Error> {
    let Actor { person, book, .. } = actor::now(ports, unlock).await?;
    let entry = book.session(id)?;
    let act = Act { session: Some(entry), ..Act::default() };
    let permit = may_act(&book, person, Action::DeleteSession, &act)?;
    let event = audit::event(ports, person, What::SessionDeleted, entry.name.as_str());
    audit::record(ports, event).await?;
    let mut changes = grants_on(&book, Object::Session(id));
    changes.push(Change::RemoveSession(id));
    ports.store().commit(permit, changes).await?;
    ports.notices().tell(Notice::BookChanged);
    Ok(())
}
