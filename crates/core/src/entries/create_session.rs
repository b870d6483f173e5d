//! Makes a session entry; with a credential, that is a link.

use super::edit::{self, Edit};
use super::{SessionDraft, Undoable, link};
use crate::actor;
use crate::audit::{About, What};
use crate::book::Change;
use crate::entry::{Inheritance, SessionEntry, Version};
use crate::error::Error;
use crate::ids::{FolderId, SessionEntryId};
use crate::launch::UnlockId;
use crate::ports::Ports;

/// Makes the entry; answers with its id.
///
/// # Errors
/// [`Error::Denied`] without Edit on the folder, or where the credential may not be sent to that
/// host by this person.
pub async fn create_session<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    folder: FolderId,
    draft: SessionDraft,
) -> Result<(SessionEntryId, Undoable), Error> {
    let asked = actor::now(ports, unlock).await?;
    asked.book.folder(folder)?;
    let entry = SessionEntry {
        id: SessionEntryId::fresh(ports.clock(), ports.random()),
        folder,
        name: draft.name,
        kind: draft.kind,
        credentials: draft.credentials,
        vouched: None,
        inheritance: Inheritance::Inherits,
        version: Version::FIRST,
    };
    let id = entry.id;
    let (permit, entry) = link::permit(&asked.book, asked.person, entry, true)?;
    let credential = asked.book.credential_of(&entry).map(|resolved| resolved.credential);
    let edit = Edit {
        what: What::SessionCreated,
        name: entry.name.clone(),
        about: About::session(&entry, credential),
        details: Vec::new(),
        changes: vec![Change::PutSession(entry)],
    };
    Ok((id, edit::commit(ports, &asked, permit, edit).await?))
}
