//! Making, changing and deleting entries and folders: one use case per file.

mod change_credential;
mod change_folder;
mod change_session;
mod create_credential;
mod create_folder;
mod create_session;
mod delete_credential;
mod delete_folder;
mod delete_session;
mod duplicate;
mod edit;
mod fields;
mod link;
mod move_entry;
mod point;
#[cfg(test)]
mod tests;
mod undo;
mod undone;

pub use change_credential::change_credential;
pub use change_folder::change_folder;
pub use change_session::change_session;
pub use create_credential::create_credential;
pub use create_folder::create_folder;
pub use create_session::create_session;
pub use delete_credential::delete_credential;
pub use delete_folder::delete_folder;
pub use delete_session::delete_session;
pub use duplicate::duplicate;
pub use move_entry::move_entry;
pub(crate) use point::client_of;
pub use undo::{Undoable, undo};
pub use undone::Undone;

use crate::entry::{AllowedHosts, Credentials, Name, SessionKind};
use crate::ids::{ConnectionId, CredentialEntryId, OrganizationId, PasswordId};

/// A folder as a person wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderDraft {
    /// Its name.
    pub name: Name,
    /// The account and organization it is mapped to.
    pub client: Option<(ConnectionId, OrganizationId)>,
    /// The credential that sessions below may inherit.
    pub credential: Option<CredentialEntryId>,
}

/// A credential entry as a person wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialDraft {
    /// Its name.
    pub name: Name,
    /// The account.
    pub connection: ConnectionId,
    /// The organization.
    pub organization: OrganizationId,
    /// Which password.
    pub target: TargetDraft,
    /// Where it may be sent.
    pub allowed_hosts: AllowedHosts,
}

/// Which password a person wants an entry to mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TargetDraft {
    /// This record.
    Specific(PasswordId),
    /// The list, of one category only where one is named.
    AlwaysPromptWithList {
        /// The category's exact name.
        category: Option<String>,
    },
}

/// A session entry as a person wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionDraft {
    /// Its name.
    pub name: Name,
    /// What kind, and where it goes.
    pub kind: SessionKind,
    /// Where its credential comes from.
    pub credentials: Credentials,
}
