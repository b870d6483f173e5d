//! Makes a folder; a client folder where it is mapped to an organization.

use super::edit::{self, Edit};
use super::{FolderDraft, Undoable, link, point};
use crate::actor::{self, Actor};
use crate::audit::{About, What};
use crate::book::Change;
use crate::entry::{ApprovalPolicy, Folder, Inheritance, Version};
use crate::error::Error;
use crate::ids::FolderId;
use crate::launch::UnlockId;
use crate::policy::{self, Act, Action, Permit, may_act};
use crate::ports::Ports;

/// Makes the folder; answers with its id.
///
/// # Errors
/// [`Error::Denied`] without Edit on the parent, or Source on the organization; [`Error::Source`].
pub async fn create_folder<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    parent: FolderId,
    draft: FolderDraft,
) -> Result<(FolderId, Undoable), Error> {
    let asked = actor::now(ports, unlock).await?;
    drop(agreed(&asked, parent, &draft)?);
    let client = point::client(ports, &asked, draft.client.as_ref()).await?;
    // IT Glue took its time to answer.
    let asked = actor::now(ports, unlock).await?;
    let permit = agreed(&asked, parent, &draft)?;
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
    let edit = Edit {
        what: What::FolderCreated,
        name: folder.name.clone(),
        about: About::folder(&folder),
        details: Vec::new(),
        changes: vec![Change::PutFolder(folder)],
    };
    Ok((id, edit::commit(ports, &asked, permit, edit).await?))
}

/// A new folder holds no session yet, so it hands its credential down to nobody. Whoever names one
/// must see it, though.
fn agreed(
    asked: &Actor,
    parent: FolderId,
    draft: &FolderDraft,
) -> Result<Permit<policy::Edit>, Error> {
    let (book, person) = (&asked.book, asked.person);
    book.folder(parent)?;
    let source = draft.client.as_ref().map(|(c, o)| (*c, o));
    let action = if source.is_some() { Action::MapFolder } else { Action::ChangeFolder };
    let act = Act { folder: Some(parent), source, ..Act::default() };
    let permit = may_act(book, person, action, &act)?;
    if let Some(credential) = draft.credential {
        link::may_see(book, person, credential)?;
    }
    Ok(permit)
}
