//! Makes a credential entry: needs Source on the account and organization.

use super::{CredentialDraft, point};
use crate::actor::{self, Actor};
use crate::audit::{self, What};
use crate::book::Change;
use crate::entry::{ApprovalPolicy, CredentialEntry, Inheritance, Version};
use crate::error::Error;
use crate::ids::{CredentialEntryId, FolderId};
use crate::launch::UnlockId;
use crate::policy::{Act, Action, may_act};
use crate::ports::{Notice, Notices, Ports, Store};

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
) -> Result<CredentialEntryId, Error> {
    let Actor { person, book, .. } = actor::now(ports, unlock).await?;
    book.folder(folder)?;
    let source = Some((draft.connection, &draft.organization));
    let act = Act { folder: Some(folder), source, ..Act::default() };
    let permit = may_act(&book, person, Action::CreateCredential, &act)?;
    let organization = point::client_of(&book, folder, &draft)?.organization.clone();
    let target = point::target(ports, (&book, person), &draft).await?;
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
    let event = audit::event(ports, person, What::CredentialCreated, entry.name.as_str());
    audit::record(ports, event).await?;
    ports.store().commit(permit, vec![Change::PutCredential(entry)]).await?;
    ports.notices().tell(Notice::BookChanged);
    Ok(id)
}
