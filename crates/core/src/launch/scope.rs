//! Which record a launch or a reveal means, and whether it lies in the entry's scope.

use crate::entry::{CredentialEntry, CredentialTarget, PasswordRecord};
use crate::error::{Error, Rule, SourceError};
use crate::ids::PasswordId;

/// The record to fetch: the entry's own, or the one chosen.
pub(crate) fn record_of(
    credential: &CredentialEntry,
    choice: Option<&PasswordId>,
) -> Result<PasswordId, Error> {
    match &credential.target {
        CredentialTarget::Specific(chosen) => Ok(chosen.id.clone()),
        CredentialTarget::AlwaysPromptWithList(_) => {
            choice.cloned().ok_or(Error::Invalid { field: "choice", rule: Rule::ChoiceMissing })
        }
    }
}

/// Whether the record may be used for this entry as IT Glue describes it now.
pub(crate) fn check(
    credential: &CredentialEntry,
    record: &PasswordRecord,
) -> Result<(), SourceError> {
    if record.organization != credential.organization.id {
        return Err(SourceError::ForeignAnswer);
    }
    if record.marks.archived {
        return Err(SourceError::Archived);
    }
    if record.marks.vaulted {
        return Err(SourceError::Vaulted);
    }
    match &credential.target {
        CredentialTarget::AlwaysPromptWithList(scope) if !scope.contains(record) => {
            Err(SourceError::NotFound)
        }
        CredentialTarget::AlwaysPromptWithList(_) | CredentialTarget::Specific(_) => Ok(()),
    }
}
