//! Client folders: where entries live, and what they hand down.

use crate::entry::{ApprovalPolicy, Inheritance, Name, Organization, TicketPolicy};
use crate::ids::{ConnectionId, CredentialEntryId, FolderId};

/// A row's version: counts its changes from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub u64);

impl Version {
    /// The version of a row that is just made.
    pub const FIRST: Self = Self(1);

    /// The version after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// A folder; a *client folder* when it is mapped to an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Its id.
    pub id: FolderId,
    /// The folder it lies in; `None` only for the vault's one root.
    pub parent: Option<FolderId>,
    /// Its name.
    pub name: Name,
    /// The organization it is mapped to. Unmapped folders make no IT Glue call.
    pub client: Option<Client>,
    /// The credential that sessions below may inherit.
    pub credential: Option<CredentialEntryId>,
    /// Whether its rights come from above.
    pub inheritance: Inheritance,
    /// What launching and showing ask for at least, here and below.
    pub approval: ApprovalPolicy,
    /// What they ask for of a ticket; `None` where the folder above says it.
    pub tickets: Option<TicketPolicy>,
    /// Counts its changes.
    pub version: Version,
}

/// Which organization of which account a folder is mapped to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// The IT Glue account.
    pub connection: ConnectionId,
    /// The organization.
    pub organization: Organization,
}
