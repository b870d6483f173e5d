//! Makes a credential entry: needs Source on the account and organization.

use super::edit::{self, Edit};
use super::{CredentialDraft, Undoable, point};
use crate::actor::{self, Actor};
use crate::audit::{About, What};
use crate::book::Change;
use crate::entry::{ApprovalPolicy, CredentialEntry, Inheritance, Organization, Version};
use crate::error::Error;
use crate::ids::{CredentialEntryId, FolderId};
use crate::launch::UnlockId;
use crate::policy::{self, Act, Action, Permit, may_act};
use crate::ports::Ports;

/// Makes the entry; answers with its id.
///
/// # Errors
/// [`Error::Invalid`] where the folder is not mapped to that organization; [`Error::Denied`]
/// without Source and Edit; [`Error::Source`] where the record cannot be used.
pub async fn create_credential<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    folder: FolderId,
    draft: CredentialDraft,
) -> Result<(CredentialEntryId, Undoable), Error> {
    let asked = actor::now(ports, unlock).await?;
    drop(agreed(&asked, folder, &draft)?);
    let target = point::target(ports, (&asked.book, asked.person), &draft).await?;
    // IT Glue took its time to answer.
    let asked = actor::now(ports, unlock).await?;
    let (permit, organization) = agreed(&asked, folder, &draft)?;
    let entry = CredentialEntry {
        id: CredentialEntryId::fresh(ports.clock(), ports.random()),
        folder,
        name: draft.name,
        connection: draft.connection,
        organization,
        target,
        allowed_hosts: draft.allowed_hosts,
        approval: ApprovalPolicy::default(),
        inheritance: Inheritance::Inherits,
        version: Version::FIRST,
    };
    let id = entry.id;
    let edit = Edit {
        what: What::CredentialCreated,
        name: entry.name.clone(),
        about: About::credential(&entry),
        details: Vec::new(),
        changes: vec![Change::PutCredential(entry)],
    };
    Ok((id, edit::commit(ports, &asked, permit, edit).await?))
}

fn agreed(
    asked: &Actor,
    folder: FolderId,
    draft: &CredentialDraft,
) -> Result<(Permit<policy::Edit>, Organization), Error> {
    asked.book.folder(folder)?;
    let source = Some((draft.connection, &draft.organization));
    let act = Act { folder: Some(folder), source, ..Act::default() };
    let permit = may_act(&asked.book, asked.person, Action::CreateCredential, &act)?;
    Ok((permit, point::client_of(&asked.book, folder, draft)?.organization.clone()))
}
