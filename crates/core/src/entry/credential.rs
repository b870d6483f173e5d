//! Credential entries: they point at IT Glue and hold no password.

use crate::entry::{AllowedHosts, Host, Inheritance, Name, Organization, PasswordRecord, Version};
use crate::ids::{ConnectionId, CredentialEntryId, FolderId, PasswordId};

/// Points at one password of IT Glue, or at the list to choose one from at launch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialEntry {
    /// Its id.
    pub id: CredentialEntryId,
    /// Where it lies.
    pub folder: FolderId,
    /// Its name.
    pub name: Name,
    /// The IT Glue account.
    pub connection: ConnectionId,
    /// The organization; every answer is checked against it.
    pub organization: Organization,
    /// Which password, or which list.
    pub target: CredentialTarget,
    /// Where it may be sent.
    pub allowed_hosts: AllowedHosts,
    /// What a launch and a reveal ask for besides the right.
    pub approval: ApprovalPolicy,
    /// Whether its rights come from its folder.
    pub inheritance: Inheritance,
    /// Counts its changes.
    pub version: Version,
}

impl CredentialEntry {
    /// Whether its allowed hosts hold this one, and the gateway on the way to it, which learns of it
    /// too.
    #[must_use]
    pub fn may_be_sent(&self, host: &Host, gateway: Option<&Host>) -> bool {
        self.allowed_hosts.allow(host)
            && gateway.is_none_or(|gateway| self.allowed_hosts.allow(gateway))
    }
}

/// Which password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialTarget {
    /// This one.
    Specific(ChosenPassword),
    /// The person chooses at launch, from this list.
    AlwaysPromptWithList(ListScope),
}

/// One password and what it was called when it was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenPassword {
    /// IT Glue's id.
    pub id: PasswordId,
    /// Its name then.
    pub name: String,
    /// Its user name then.
    pub username: Option<String>,
}

/// What bounds a list besides account and organization, which bound it always.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListScope {
    /// Only records of this category, by its exact name.
    pub category: Option<String>,
    /// Records marked restricted or personal that are included by name.
    pub included: Vec<PasswordId>,
}

impl ListScope {
    /// Whether the record lies in this scope (its organization is checked elsewhere, always).
    #[must_use]
    pub fn contains(&self, record: &PasswordRecord) -> bool {
        let category = match &self.category {
            Some(wanted) => record.category.as_ref() == Some(wanted),
            None => true,
        };
        let guarded = record.marks.restricted || record.marks.personal;
        category && (!guarded || self.included.contains(&record.id))
    }
}

/// What an action asks for besides the right to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Approval {
    /// Nothing more.
    Auto,
    /// The person proves who they are, again.
    Verify,
    /// Another person agrees. Reserved: refused as not yet available, never treated as `Auto`.
    Approval,
}

/// What launching, and showing or copying, ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ApprovalPolicy {
    /// For launching.
    pub launch: Approval,
    /// For showing and copying.
    pub reveal: Approval,
}

impl ApprovalPolicy {
    /// Nothing but the rights: what a folder begins with.
    pub const NOTHING_MORE: Self = Self { launch: Approval::Auto, reveal: Approval::Auto };

    /// The stricter of both, for each.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { launch: self.launch.max(other.launch), reveal: self.reveal.max(other.reveal) }
    }
}

impl Default for ApprovalPolicy {
    fn default() -> Self {
        Self { launch: Approval::Auto, reveal: Approval::Verify }
    }
}
