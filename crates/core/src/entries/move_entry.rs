//! Moves an entry or a folder to another folder.

use super::edit::{self, Edit};
use super::{Undoable, link};
use crate::actor::{self, Actor};
use crate::audit::What;
use crate::book::{Book, Change};
use crate::entry::{CredentialEntry, Folder, SessionEntry, Version};
use crate::error::{Error, Rule, StoreError};
use crate::ids::{FolderId, PersonId};
use crate::launch::UnlockId;
use crate::policy::{self, Lacking, Permit};
use crate::ports::Ports;
use crate::rights::Object;

/// Moves it, if `version` is still the one that stands. What has its own rights keeps them.
///
/// # Errors
/// [`Error::Denied`] without Edit on it and on both folders, where a session would come to a
/// credential that this person may not link, and where somebody would gain a right or be asked for
/// less by it, unless an administrator does it; [`Error::Invalid`] where a credential entry would
/// lie under another organization, or a folder in itself; a conflict as [`Error::Store`].
pub async fn move_entry<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    (object, version): (Object, Version),
    to: FolderId,
) -> Result<Undoable, Error> {
    let asked = actor::now(ports, unlock).await?;
    let before = &asked.book;
    before.folder(to)?;
    let (standing, change) = moved(before, asked.person, object, to)?;
    let permit = agreed(&asked, change.clone())?;
    if standing != version {
        return Err(Error::Store(StoreError::Conflict));
    }
    let name = |id: Option<FolderId>| id.and_then(|id| before.name_of(Object::Folder(id)));
    let called = |id| name(id).map(ToString::to_string).unwrap_or_default();
    let edit = Edit {
        what: What::Moved,
        name: before.name_of(object).cloned().ok_or(Error::Store(StoreError::Conflict))?,
        about: before.about(object),
        details: vec![("from", called(before.lies_in(object))), ("to", called(Some(to)))],
        changes: vec![change],
    };
    edit::commit(ports, &asked, permit, edit).await
}

/// Policy over the whole of it; what would not hold together is another client's folder.
fn agreed(asked: &Actor, change: Change) -> Result<Permit<policy::Edit>, Error> {
    let mut after = (*asked.book).clone();
    after.apply(change)?;
    asked.may_change(&after).map_err(|breach| {
        if breach.denied.lacking == Lacking::Soundness {
            return Error::Invalid { field: "to", rule: Rule::OtherOrganization };
        }
        Error::from(breach)
    })
}

/// The version that stands, and the row as it is to be.
fn moved(
    book: &Book,
    person: PersonId,
    object: Object,
    to: FolderId,
) -> Result<(Version, Change), Error> {
    if book.lies_in(object) == Some(to) {
        return Err(Error::Invalid { field: "to", rule: Rule::NotApplicable });
    }
    match object {
        Object::Folder(id) => {
            let was = book.folder(id)?;
            if was.parent.is_none() {
                return Err(Error::Invalid { field: "entry", rule: Rule::NotApplicable });
            }
            if book.upwards(to).any(|up| up.id == id) {
                return Err(Error::Invalid { field: "to", rule: Rule::Circle });
            }
            let version = was.version.next();
            let row = Folder { parent: Some(to), version, ..was.clone() };
            Ok((was.version, Change::PutFolder(row)))
        }
        Object::Credential(id) => {
            let was = book.credential(id)?;
            let version = was.version.next();
            let row = CredentialEntry { folder: to, version, ..was.clone() };
            Ok((was.version, Change::PutCredential(row)))
        }
        Object::Session(id) => {
            let was = book.session(id)?;
            let version = was.version.next();
            let row = SessionEntry { folder: to, version, ..was.clone() };
            Ok((was.version, Change::PutSession(linked_anew(book, person, was, row))))
        }
    }
}

/// Where the other folder hands it another credential, whoever moves it answers for that link.
fn linked_anew(
    book: &Book,
    person: PersonId,
    was: &SessionEntry,
    row: SessionEntry,
) -> SessionEntry {
    let credential = |row| book.credential_of(row).map(|resolved| resolved.credential.id);
    if credential(was) == credential(&row) {
        return row;
    }
    SessionEntry { vouched: link::mark(book, person, &row), ..row }
}
