//! Changes a credential entry. Renaming needs Edit; repointing it, or changing where it may be
//! sent, needs Source as well, before and after.

use super::edit::{self, Edit};
use super::{CredentialDraft, TargetDraft, Undoable, fields, point};
use crate::actor::{self, Actor};
use crate::audit::{About, What};
use crate::book::Change;
use crate::entry::{CredentialEntry, CredentialTarget, Version};
use crate::error::{Error, StoreError};
use crate::ids::CredentialEntryId;
use crate::launch::UnlockId;
use crate::policy::{self, Act, Action, Permit, may_act};
use crate::ports::Ports;

/// Changes the entry, if `version` is still the one that stands.
///
/// # Errors
/// As for creating; a conflict as [`Error::Store`].
pub async fn change_credential<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    (id, version): (CredentialEntryId, Version),
    draft: CredentialDraft,
) -> Result<Undoable, Error> {
    let asked = actor::now(ports, unlock).await?;
    let renames = is_rename(asked.book.credential(id)?, &draft);
    drop(agreed(&asked, (id, version), &draft)?);
    let target = if renames {
        None
    } else {
        Some(point::target(ports, (&asked.book, asked.person), &draft).await?)
    };
    // IT Glue took its time to answer.
    let asked = actor::now(ports, unlock).await?;
    let permit = agreed(&asked, (id, version), &draft)?;
    let before = asked.book.credential(id)?;
    let after = match target {
        None => before.clone(),
        Some(target) => pointed(&asked, before, &draft, target)?,
    };
    let after = CredentialEntry { name: draft.name, version: version.next(), ..after };
    let edit = Edit {
        what: if renames { What::CredentialChanged } else { What::CredentialRepointed },
        name: after.name.clone(),
        about: About::credential(&after),
        details: edit::fields(&fields::of_credential(before, &after)),
        changes: vec![Change::PutCredential(after)],
    };
    edit::commit(ports, &asked, permit, edit).await
}

/// Policy first: whoever may not change it does not learn either whether somebody else has.
fn agreed(
    asked: &Actor,
    (id, version): (CredentialEntryId, Version),
    draft: &CredentialDraft,
) -> Result<Permit<policy::Edit>, Error> {
    let (book, person) = (&asked.book, asked.person);
    let before = book.credential(id)?;
    let act = Act { credential: Some(before), ..Act::default() };
    let permit = if is_rename(before, draft) {
        may_act(book, person, Action::RenameCredential, &act)?
    } else {
        let old = Some((before.connection, &before.organization.id));
        let new = Some((draft.connection, &draft.organization));
        drop(may_act(book, person, Action::Repoint, &Act { source: old, ..act })?);
        let permit = may_act(book, person, Action::Repoint, &Act { source: new, ..act })?;
        point::client_of(book, before.folder, draft)?;
        permit
    };
    if before.version == version { Ok(permit) } else { Err(Error::Store(StoreError::Conflict)) }
}

fn pointed(
    asked: &Actor,
    before: &CredentialEntry,
    draft: &CredentialDraft,
    target: CredentialTarget,
) -> Result<CredentialEntry, Error> {
    let organization = point::client_of(&asked.book, before.folder, draft)?.organization.clone();
    Ok(CredentialEntry {
        connection: draft.connection,
        organization,
        target,
        allowed_hosts: draft.allowed_hosts.clone(),
        ..before.clone()
    })
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
