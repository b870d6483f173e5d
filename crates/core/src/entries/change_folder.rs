//! Changes a folder: its name, the organization it is mapped to, the credential it hands down.

use super::{FolderDraft, link, point};
use crate::actor::{self, Actor};
use crate::audit::{self, What};
use crate::book::{Book, Change};
use crate::entry::{Client, Folder, Version};
use crate::error::{Error, Rule, StoreError};
use crate::ids::FolderId;
use crate::launch::UnlockId;
use crate::policy::{Act, Action, may_act};
use crate::ports::{Notice, Notices, Ports, Store};

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
) -> Result<(), Error> {
    let Actor { person, book, .. } = actor::now(ports, unlock).await?;
    let before = book.folder(id)?;
    if before.version != version {
        return Err(Error::Store(StoreError::Conflict));
    }
    let mapped = |f: &Folder| f.client.as_ref().map(|c| (c.connection, c.organization.id.clone()));
    let remaps = mapped(before) != draft.client;
    let source = draft.client.as_ref().filter(|_| remaps).map(|(c, o)| (*c, o));
    let action = if source.is_some() { Action::MapFolder } else { Action::ChangeFolder };
    let act = Act { folder: Some(id), source, ..Act::default() };
    let permit = may_act(&book, person, action, &act)?;
    let client = match &draft.client {
        None => None,
        Some((connection, organization)) => {
            let organization =
                point::organization(ports, (&book, person), *connection, organization).await?;
            Some(Client { connection: *connection, organization })
        }
    };
    let after = Folder {
        name: draft.name,
        client,
        credential: draft.credential,
        version: version.next(),
        ..before.clone()
    };
    let mut next = (*book).clone();
    next.apply(Change::PutFolder(after.clone())).map_err(Error::Store)?;
    if remaps {
        check_clients(&next, &after)?;
    }
    if let Some(credential) = after.credential.filter(|c| before.credential != Some(*c)) {
        link::may_see(&book, person, credential)?;
    }
    link::may_hand_down(&book, &next, person)?;
    let event = audit::event(ports, person, What::FolderChanged, after.name.as_str());
    audit::record(ports, event).await?;
    ports.store().commit(permit, vec![Change::PutFolder(after)]).await?;
    ports.notices().tell(Notice::BookChanged);
    Ok(())
}

/// Every credential entry below still names the organization it now lies under.
fn check_clients(next: &Book, folder: &Folder) -> Result<(), Error> {
    let below = |f: FolderId| next.upwards(f).any(|up| up.id == folder.id);
    for credential in next.credentials.values().filter(|c| below(c.folder)) {
        let client = next.client(credential.folder);
        let same = client.is_some_and(|c| {
            c.connection == credential.connection && c.organization.id == credential.organization.id
        });
        if !same {
            return Err(Error::Invalid { field: "client", rule: Rule::OtherOrganization });
        }
    }
    Ok(())
}
