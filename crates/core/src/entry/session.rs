//! Session entries: what a person launches.

use crate::entry::{Host, Inheritance, Name, Port, RdpSettings, Version};
use crate::ids::{CredentialEntryId, FolderId, PersonId, SessionEntryId};

/// What a person launches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionEntry {
    /// Its id.
    pub id: SessionEntryId,
    /// Where it lies.
    pub folder: FolderId,
    /// Its name.
    pub name: Name,
    /// What kind, and where it goes.
    pub kind: SessionKind,
    /// Where its credential comes from.
    pub credentials: Credentials,
    /// Who answered for sending which credential to which host.
    pub vouched: Option<Vouched>,
    /// Whether its rights come from its folder.
    pub inheritance: Inheritance,
    /// Counts its changes.
    pub version: Version,
}

/// The kinds of session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionKind {
    /// Remote Desktop.
    Rdp {
        /// The host.
        host: Host,
        /// Its port.
        port: Port,
        /// Devices, window, and what the host needs.
        settings: RdpSettings,
    },
}

impl SessionKind {
    /// The host the session goes to.
    #[must_use]
    pub fn host(&self) -> &Host {
        match self {
            Self::Rdp { host, .. } => host,
        }
    }

    /// Where exactly it goes.
    #[must_use]
    pub fn address(&self) -> (&Host, Port) {
        match self {
            Self::Rdp { host, port, .. } => (host, *port),
        }
    }

    /// The RD Gateway that the way leads through.
    #[must_use]
    pub fn gateway(&self) -> Option<&Host> {
        match self {
            Self::Rdp { settings, .. } => settings.gateway.as_ref(),
        }
    }

    /// Whether a credential would be sent to the same place by the same way.
    #[must_use]
    pub fn leads_where(&self, other: &Self) -> bool {
        self.address() == other.address() && self.gateway() == other.gateway()
    }
}

/// Where a session's credential comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credentials {
    /// Linked (vault).
    Linked(CredentialEntryId),
    /// Inherited from folder: the nearest folder above that carries one.
    Inherited,
    /// Ask me: the person types user and password at each launch; we sign in with them and forget
    /// them.
    AskMe,
    /// None: the client asks, we sign nobody in.
    None,
}

/// The mark of a link made by someone with Edit on the credential, to a host outside its allowed
/// hosts: it stands for exactly this credential and this host, and falls with either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vouched {
    /// The credential.
    pub credential: CredentialEntryId,
    /// The host.
    pub host: Host,
    /// Who had Edit on the credential.
    pub by: PersonId,
}
