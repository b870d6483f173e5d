//! Changes a folder: its name, the organization it is mapped to, the credential it hands down.

use super::edit::{self, Edit};
use super::{FolderDraft, Undoable, fields, link, point};
use crate::actor::{self, Actor};
use crate::audit::{About, What};
use crate::book::{Book, Change};
use crate::entry::{Folder, Version};
use crate::error::{Error, Rule, StoreError};
use crate::ids::{ConnectionId, FolderId, OrganizationId};
use crate::launch::UnlockId;
use crate::policy::{self, Act, Action, Permit, may_act};
use crate::ports::Ports;

/// Changes the folder, if `version` is still the one that stands.
///
/// # Errors
/// [`Error::Invalid`] where entries below name another organization; [`Error::Denied`] where the
/// credential may not be sent to every session that would inherit it; a conflict as
/// [`Error::Store`].
pub async fn change_folder<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    (id, version): (FolderId, Version),
    draft: FolderDraft,
) -> Result<Undoable, Error> {
    let asked = actor::now(ports, unlock).await?;
    drop(agreed(&asked, (id, version), &draft)?);
    let client = if is_remapped(asked.book.folder(id)?, &draft) {
        point::client(ports, &asked, draft.client.as_ref()).await?
    } else {
        asked.book.folder(id)?.client.clone()
    };
    // IT Glue took its time to answer.
    let asked = actor::now(ports, unlock).await?;
    let permit = agreed(&asked, (id, version), &draft)?;
    let before = asked.book.folder(id)?;
    let after = Folder {
        name: draft.name,
        client,
        credential: draft.credential,
        version: version.next(),
        ..before.clone()
    };
    let mut next = (*asked.book).clone();
    next.apply(Change::PutFolder(after.clone()))?;
    check_clients(&next, before, &after)?;
    link::may_hand_down(&asked.book, &next, asked.person)?;
    let edit = Edit {
        what: What::FolderChanged,
        name: after.name.clone(),
        about: About::folder(&after),
        details: edit::fields(&fields::of_folder(before, &after)),
        changes: vec![Change::PutFolder(after)],
    };
    edit::commit(ports, &asked, permit, edit).await
}

type Mapping = Option<(ConnectionId, OrganizationId)>;

fn mapping(folder: &Folder) -> Mapping {
    folder.client.as_ref().map(|client| (client.connection, client.organization.id.clone()))
}

fn is_remapped(before: &Folder, draft: &FolderDraft) -> bool {
    mapping(before) != draft.client
}

/// Policy first: whoever may not change it does not learn either whether somebody else has.
fn agreed(
    asked: &Actor,
    (id, version): (FolderId, Version),
    draft: &FolderDraft,
) -> Result<Permit<policy::Edit>, Error> {
    let (book, person) = (&asked.book, asked.person);
    let before = book.folder(id)?;
    let source = draft.client.as_ref().filter(|_| is_remapped(before, draft));
    let source = source.map(|(c, o)| (*c, o));
    let action = if source.is_some() { Action::MapFolder } else { Action::ChangeFolder };
    let act = Act { folder: Some(id), source, ..Act::default() };
    let permit = may_act(book, person, action, &act)?;
    if let Some(credential) = draft.credential.filter(|c| before.credential != Some(*c)) {
        link::may_see(book, person, credential)?;
    }
    if before.version == version { Ok(permit) } else { Err(Error::Store(StoreError::Conflict)) }
}

/// Every credential entry below still names the organization it now lies under.
fn check_clients(next: &Book, before: &Folder, after: &Folder) -> Result<(), Error> {
    if mapping(before) == mapping(after) {
        return Ok(());
    }
    let below = |f: FolderId| next.upwards(f).any(|up| up.id == after.id);
    let mut below = next.credentials.values().filter(|c| below(c.folder));
    if below.all(|credential| next.is_in_its_client(credential)) {
        return Ok(());
    }
    Err(Error::Invalid { field: "client", rule: Rule::OtherOrganization })
}
