//! Deletes an empty folder.

use super::Undoable;
use super::edit::{self, Edit};
use crate::actor;
use crate::audit::{About, What};
use crate::book::{Book, Change};
use crate::error::{Error, Rule};
use crate::ids::FolderId;
use crate::launch::UnlockId;
use crate::policy::{Act, Action, may_act};
use crate::ports::Ports;
use crate::rights::Object;

/// Deletes the folder and the grants on it.
///
/// # Errors
/// [`Error::Invalid`] for the root, and while anything lies in it.
pub async fn delete_folder<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    id: FolderId,
) -> Result<Undoable, Error> {
    let asked = actor::now(ports, unlock).await?;
    let folder = asked.book.folder(id)?;
    let act = Act { folder: Some(id), ..Act::default() };
    let permit = may_act(&asked.book, asked.person, Action::ChangeFolder, &act)?;
    if folder.parent.is_none() {
        return Err(Error::Invalid { field: "folder", rule: Rule::NotApplicable });
    }
    if !asked.book.is_empty_folder(id) {
        return Err(Error::Invalid { field: "folder", rule: Rule::InUse });
    }
    let mut changes = grants_on(&asked.book, Object::Folder(id));
    changes.push(Change::RemoveFolder(id));
    let edit = Edit {
        what: What::FolderDeleted,
        name: folder.name.clone(),
        about: About::folder(folder),
        details: Vec::new(),
        changes,
    };
    edit::commit(ports, &asked, permit, edit).await
}

/// The removal of every grant on something that is about to go.
pub(super) fn grants_on(book: &Book, object: Object) -> Vec<Change> {
    let on_it = book.grants.values().filter(|g| g.object == object);
    on_it.map(|g| Change::RemoveGrant(g.id)).collect()
}
