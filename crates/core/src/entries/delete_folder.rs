//! Deletes an empty folder.

use crate::actor::{self, Actor};
use crate::audit::{self, What};
use crate::book::{Book, Change};
use crate::error::{Error, Rule};
use crate::ids::FolderId;
use crate::launch::UnlockId;
use crate::policy::{Act, Action, may_act};
use crate::ports::{Notice, Notices, Ports, Store};
use crate::rights::Object;

/// Deletes the folder and the grants on it.
///
/// # Errors
/// [`Error::Invalid`] for the root, and while anything lies in it.
pub async fn delete_folder<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    id: FolderId,
) -> Result<(), Error> {
    let Actor { person, book, .. } = actor::now(ports, unlock).await?;
    let folder = book.folder(id)?;
    let act = Act { folder: Some(id), ..Act::default() };
    let permit = may_act(&book, person, Action::ChangeFolder, &act)?;
    if folder.parent.is_none() {
        return Err(Error::Invalid { field: "folder", rule: Rule::NotApplicable });
    }
    if holds_anything(&book, id) {
        return Err(Error::Invalid { field: "folder", rule: Rule::InUse });
    }
    let event = audit::event(ports, person, What::FolderDeleted, folder.name.as_str());
    audit::record(ports, event).await?;
    let mut changes = grants_on(&book, Object::Folder(id));
    changes.push(Change::RemoveFolder(id));
    ports.store().commit(permit, changes).await?;
    ports.notices().tell(Notice::BookChanged);
    Ok(())
}

fn holds_anything(book: &Book, id: FolderId) -> bool {
    book.folders.values().any(|f| f.parent == Some(id))
        || book.credentials.values().any(|c| c.folder == id)
        || book.sessions.values().any(|s| s.folder == id)
}

/// The removal of every grant on something that is about to go.
pub(super) fn grants_on(book: &Book, object: Object) -> Vec<Change> {
    let on_it = book.grants.values().filter(|g| g.object == object);
    on_it.map(|g| Change::RemoveGrant(g.id)).collect()
}
