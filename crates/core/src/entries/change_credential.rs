//! Changes a credential entry. Renaming needs Edit; repointing it, or changing where it may be
//! sent, needs Source as well, before and after.

use super::{CredentialDraft, TargetDraft, point};
use crate::actor::{self, Actor};
use crate::audit::{self, What};
use crate::book::Change;
use crate::entry::{CredentialEntry, CredentialTarget, Version};
use crate::error::{Error, StoreError};
use crate::ids::CredentialEntryId;
use crate::launch::UnlockId;
use crate::policy::{Act, Action, may_act};
use crate::ports::{Notice, Notices, Ports, Store};

/// Changes the entry, if `version` is still the one that stands.
///
/// # Errors
/// As for creating; a conflict as [`Error::Store`].
pub async fn change_credential<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    (id, version): (CredentialEntryId, Version),
    draft: CredentialDraft,
) -> Result<(), Error> {
    let Actor { person, book, .. } = actor::now(ports, unlock).await?;
    let before = book.credential(id)?;
    if before.version != version {
        return Err(Error::Store(StoreError::Conflict));
    }
    let act = Act { credential: Some(before), ..Act::default() };
    let (permit, what, after) = if is_rename(before, &draft) {
        let permit = may_act(&book, person, Action::RenameCredential, &act)?;
        (permit, What::CredentialChanged, before.clone())
    } else {
        let old = Some((before.connection, &before.organization.id));
        let new = Some((draft.connection, &draft.organization));
        drop(may_act(&book, person, Action::Repoint, &Act { source: old, ..act })?);
        let permit = may_act(&book, person, Action::Repoint, &Act { source: new, ..act })?;
        let organization = point::client_of(&book, before.folder, &draft)?.organization.clone();
        let target = point::target(ports, (&book, person), &draft).await?;
        let connection = draft.connection;
        let allowed_hosts = draft.allowed_hosts;
        let after =
            CredentialEntry { connection, organization, target, allowed_hosts, ..before.clone() };
        (permit, What::CredentialRepointed, after)
    };
    let after = CredentialEntry { name: draft.name, version: version.next(), ..after };
    audit::record(ports, audit::event(ports, person, what, after.name.as_str())).await?;
    ports.store().commit(permit, vec![Change::PutCredential(after)]).await?;
    ports.notices().tell(Notice::BookChanged);
    Ok(())
}

fn is_rename(before: &CredentialEntry, draft: &CredentialDraft) -> bool {
    before.connection == draft.connection
        && before.organization.id == draft.organization
        && before.allowed_hosts == draft.allowed_hosts
        && same_target(&before.target, &draft.target)
}

fn same_target(before: &CredentialTarget, draft: &TargetDraft) -> bool {
    match (before, draft) {
        (CredentialTarget::Specific(chosen), TargetDraft::Specific(id)) => chosen.id == *id,
        (
            CredentialTarget::AlwaysPromptWithList(scope),
            TargetDraft::AlwaysPromptWithList { category },
        ) => scope.category == *category,
        (CredentialTarget::Specific(_), TargetDraft::AlwaysPromptWithList { .. })
        | (CredentialTarget::AlwaysPromptWithList(_), TargetDraft::Specific(_)) => false,
    }
}
