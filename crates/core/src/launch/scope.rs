//! Which record a launch or a reveal means, and whether it lies in the entry's scope.

use crate::entry::{CredentialEntry, CredentialTarget, PasswordRecord};
use crate::error::{Error, Rule, SourceError};
use crate::ids::PasswordId;

/// The record to fetch: the entry's own, or the one chosen.
///
/// # Errors
/// [`Error::Invalid`] where a list needs a choice, or another record than the entry's own is chosen.
pub(crate) fn record_of(
    credential: &CredentialEntry,
    choice: Option<&PasswordId>,
) -> Result<PasswordId, Error> {
    match &credential.target {
        CredentialTarget::Specific(chosen) => {
            if choice.is_some_and(|choice| *choice != chosen.id) {
                return Err(Error::Invalid { field: "choice", rule: Rule::NotApplicable });
            }
            Ok(chosen.id.clone())
        }
        CredentialTarget::AlwaysPromptWithList(_) => {
            choice.cloned().ok_or(Error::Invalid { field: "choice", rule: Rule::ChoiceMissing })
        }
    }
}

/// Whether the record lies outside what the entry names: in another organization, or not in its
/// list. Whoever asked for it went beyond what they were given.
pub(super) fn is_outside(credential: &CredentialEntry, record: &PasswordRecord) -> bool {
    let unlisted = match &credential.target {
        CredentialTarget::AlwaysPromptWithList(scope) => !scope.contains(record),
        CredentialTarget::Specific(chosen) => chosen.id != record.id,
    };
    unlisted || record.organization != credential.organization.id
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
