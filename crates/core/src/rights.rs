//! Who may do what: rights, the people and groups that hold them, and where they come from.

use std::collections::BTreeSet;

use crate::entry::Name;
use crate::ids::{
    ConnectionId, CredentialEntryId, FolderId, GrantId, GroupId, OrganizationId, PersonId,
    SessionEntryId,
};

/// One right on an entry or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// See and launch.
    View,
    /// Show and copy the password.
    ViewPassword,
    /// Change.
    Edit,
}

impl Right {
    /// Every right, in the order people list them.
    pub const ALL: [Self; 3] = [Self::View, Self::ViewPassword, Self::Edit];

    /// The word for it in the audit log.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::ViewPassword => "view_password",
            Self::Edit => "edit",
        }
    }
}

/// A set of rights; nothing granted is the empty set.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RightSet(BTreeSet<Right>);

impl RightSet {
    /// These rights.
    #[must_use]
    pub fn of(rights: &[Right]) -> Self {
        Self(rights.iter().copied().collect())
    }

    /// All three.
    #[must_use]
    pub fn all() -> Self {
        Self::of(&Right::ALL)
    }

    /// Whether the right is in the set.
    #[must_use]
    pub fn has(&self, right: Right) -> bool {
        self.0.contains(&right)
    }

    /// The rights of both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self(self.0.union(&other.0).copied().collect())
    }

    /// The rights of both that are in each.
    #[must_use]
    pub fn within(&self, other: &Self) -> Self {
        Self(self.0.intersection(&other.0).copied().collect())
    }

    /// The rights that are not in the other.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        Self(self.0.difference(&other.0).copied().collect())
    }

    /// The rights, in order.
    pub fn iter(&self) -> impl Iterator<Item = Right> + '_ {
        self.0.iter().copied()
    }
}

/// Whether a folder's or entry's rights come from above or are its own (which replace those).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Inheritance {
    /// From the folder it lies in.
    #[default]
    Inherits,
    /// Its own grants, and only these.
    Own,
}

/// A person who can unlock the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: Name,
    /// Whether they administer the vault. This gives no right on any entry.
    pub administrator: bool,
    /// Whether they still come in.
    pub standing: Standing,
}

impl Person {
    /// Whether they come in and hold rights.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.standing == Standing::Active
    }
}

/// Whether a person still comes in. Nobody but the active holds any right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// They do.
    #[default]
    Active,
    /// Not for now.
    Disabled,
    /// Never again; their row stays, so that the log can name them.
    Revoked,
}

/// People who share grants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub name: Name,
    /// Who belongs to it.
    pub members: BTreeSet<PersonId>,
}

/// Who holds a grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// One person.
    Person(PersonId),
    /// Everybody in a group.
    Group(GroupId),
}

/// What a grant is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Object {
    /// A folder, and what inherits from it.
    Folder(FolderId),
    /// A credential entry.
    Credential(CredentialEntryId),
    /// A session entry.
    Session(SessionEntryId),
}

/// Rights of somebody on something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Its id.
    pub id: GrantId,
    /// Who.
    pub subject: Subject,
    /// On what.
    pub object: Object,
    /// Which rights.
    pub rights: RightSet,
}

/// Source: may create or repoint credential entries of this account and organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRight {
    /// Its id.
    pub id: GrantId,
    /// Who.
    pub subject: Subject,
    /// Of which account.
    pub connection: ConnectionId,
    /// Of which organization; `None` for every one of the account.
    pub organization: Option<OrganizationId>,
}

impl SourceRight {
    pub(crate) fn covers(&self, connection: ConnectionId, organization: &OrganizationId) -> bool {
        self.connection == connection
            && self.organization.as_ref().is_none_or(|mine| mine == organization)
    }
}
