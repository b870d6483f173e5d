//! Makes a session entry; with a credential, that is a link.

use super::{SessionDraft, link};
use crate::actor::{self, Actor};
use crate::audit::{self, What};
use crate::book::Change;
use crate::entry::{Inheritance, SessionEntry, Version};
use crate::error::Error;
use crate::ids::{FolderId, SessionEntryId};
use crate::launch::UnlockId;
use crate::ports::{Notice, Notices, Ports, Store};

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
) -> Result<SessionEntryId, Error> {
    let Actor { person, book, .. } = actor::now(ports, unlock).await?;
    book.folder(folder)?;
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
    let (permit, entry) = link::permit(&book, person, entry, true)?;
    let event = audit::event(ports, person, What::SessionCreated, entry.name.as_str());
    audit::record(ports, event).await?;
    ports.store().commit(permit, vec![Change::PutSession(entry)]).await?;
    ports.notices().tell(Notice::BookChanged);
    Ok(id)
}
