//! Makes a folder; a client folder where it is mapped to an organization.

use super::{FolderDraft, link, point};
use crate::actor::{self, Actor};
use crate::audit::{self, What};
use crate::book::Change;
use crate::entry::{ApprovalPolicy, Client, Folder, Inheritance, Version};
use crate::error::Error;
use crate::ids::FolderId;
use crate::launch::UnlockId;
use crate::policy::{Act, Action, may_act};
use crate::ports::{Notice, Notices, Ports, Store};

/// Makes the folder; answers with its id.
///
/// # Errors
/// [`Error::Denied`] without Edit on the parent, or Source on the organization; [`Error::Source`].
pub async fn create_folder<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    parent: FolderId,
    draft: FolderDraft,
) -> Result<FolderId, Error> {
    let Actor { person, book, .. } = actor::now(ports, unlock).await?;
    book.folder(parent)?;
    let source = draft.client.as_ref().map(|(c, o)| (*c, o));
    let action = if source.is_some() { Action::MapFolder } else { Action::ChangeFolder };
    let act = Act { folder: Some(parent), source, ..Act::default() };
    let permit = may_act(&book, person, action, &act)?;
    let client = match &draft.client {
        None => None,
        Some((connection, id)) => {
            let organization = point::organization(ports, (&book, person), *connection, id).await?;
            Some(Client { connection: *connection, organization })
        }
    };
    // A new folder holds no session yet, so it hands its credential down to nobody.
    // Whoever names one must see it, though.
    if let Some(credential) = draft.credential {
        link::may_see(&book, person, credential)?;
    }
    let folder = Folder {
        id: FolderId::fresh(ports.clock(), ports.random()),
        parent: Some(parent),
        name: draft.name,
        client,
        credential: draft.credential,
        inheritance: Inheritance::Inherits,
        approval: ApprovalPolicy::NOTHING_MORE,
        tickets: None,
        version: Version::FIRST,
    };
    let id = folder.id;
    let event = audit::event(ports, person, What::FolderCreated, folder.name.as_str());
    audit::record(ports, event).await?;
    ports.store().commit(permit, vec![Change::PutFolder(folder)]).await?;
    ports.notices().tell(Notice::BookChanged);
    Ok(id)
}
