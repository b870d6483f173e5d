//! The law: one exhaustive table of what each action needs, and the permits that prove it.
//!
//! `design.md` section 4 in code. [`decide`] is pure; `permit.rs` is the only place that makes a
//! [`Permit`].

mod act;
mod commit;
mod facts;
mod page;
mod permit;
#[cfg(test)]
mod tests;

pub use act::{Act, Asked, Given};
pub(crate) use commit::may_change;
pub use commit::{Breach, Changed, may_commit};
pub use facts::Facts;
pub use page::{Open, Page, may_open};
pub use permit::{
    Edit, Launch, List, Permit, Recorded, Releases, Reveal, Test, Typed, could_ask_me,
    could_launch, could_reveal, may_act, may_ask_me, may_found, may_launch, may_list, may_reveal,
    may_test,
};

use crate::entry::Approval;
use crate::rights::Right;

/// Everything a person can ask to do to what the vault holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// See a session entry and its credential's name.
    SeeSession,
    /// See a credential entry.
    SeeCredential,
    /// See a folder.
    SeeFolder,
    /// Launch a session with the credential it has; see its list.
    Launch,
    /// Launch a session with another credential than its own, or to a host without an entry.
    LaunchWithAnother,
    /// Show the password.
    ShowPassword,
    /// Copy the password.
    CopyPassword,
    /// Rename or annotate a session entry.
    RenameSession,
    /// Rename or annotate a credential entry.
    RenameCredential,
    /// Rename a folder.
    ChangeFolder,
    /// Create a session entry.
    CreateSession,
    /// Delete a session entry.
    DeleteSession,
    /// Give a session a credential, or change the host or port of one that has a credential.
    Link,
    /// Create a credential entry.
    CreateCredential,
    /// Repoint a credential entry, or change its allowed hosts.
    Repoint,
    /// Delete a credential entry.
    DeleteCredential,
    /// Map a folder to an organization.
    MapFolder,
    /// Trust a certificate for a host and credential that was not known before.
    TrustNewCertificate,
    /// Trust a certificate in the place of a known one.
    TrustChangedCertificate,
    /// Move an entry or folder.
    Move,
    /// Look through an organization's records while creating.
    BrowseOrganization,
    /// Fetch a password to learn whether an account's key has *Password Access*; it is dropped unread.
    TestPasswordAccess,
    /// Show an account in IT Glue itself.
    OpenAccountPage,
    /// Show an organization in IT Glue itself.
    OpenOrganizationPage,
    /// Show a record in IT Glue itself.
    OpenRecordPage,
    /// Sign in with a user and password that the person types.
    AskMe,
    /// Add, change, disable, revoke and offboard people; invite them; take devices off; rekey.
    ManagePeople,
    /// Make, change and remove groups.
    ManageGroups,
    /// Grant and revoke rights.
    Grant,
    /// Grant and revoke Source.
    GrantSource,
    /// Set inheritance, approval and tickets of a folder or entry.
    SetPolicy,
    /// Take everything but View from technicians.
    LockForTechnicians,
    /// Change the settings for everybody.
    SetSettings,
    /// Read and verify the audit log.
    ReadAudit,
    /// Export the audit log, or a report of it.
    Export,
    /// IT Glue accounts and their keys.
    Administer,
}

impl Action {
    /// Every action, in the table's order.
    pub const ALL: [Self; 36] = [
        Self::SeeSession,
        Self::SeeCredential,
        Self::SeeFolder,
        Self::Launch,
        Self::LaunchWithAnother,
        Self::ShowPassword,
        Self::CopyPassword,
        Self::RenameSession,
        Self::RenameCredential,
        Self::ChangeFolder,
        Self::CreateSession,
        Self::DeleteSession,
        Self::Link,
        Self::CreateCredential,
        Self::Repoint,
        Self::DeleteCredential,
        Self::MapFolder,
        Self::TrustNewCertificate,
        Self::TrustChangedCertificate,
        Self::Move,
        Self::BrowseOrganization,
        Self::TestPasswordAccess,
        Self::OpenAccountPage,
        Self::OpenOrganizationPage,
        Self::OpenRecordPage,
        Self::AskMe,
        Self::ManagePeople,
        Self::ManageGroups,
        Self::Grant,
        Self::GrantSource,
        Self::SetPolicy,
        Self::LockForTechnicians,
        Self::SetSettings,
        Self::ReadAudit,
        Self::Export,
        Self::Administer,
    ];
}

/// What is missing where policy says no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lacking {
    /// A right on the session entry.
    OnSession(Right),
    /// A right on the credential entry.
    OnCredential(Right),
    /// A right on the folder.
    OnFolder(Right),
    /// Source on the account and organization.
    Source,
    /// The host is not among the credential's allowed hosts.
    HostNotAllowed,
    /// Being an administrator.
    Administrator,
    /// The credential lies in another client folder.
    OtherClientFolder,
    /// Not widening what somebody may do.
    WouldWiden,
    /// An unlock by passphrase; a PIN is not enough to administer.
    Passphrase,
    /// That the person has just proved again who they are.
    Confirmation,
    /// A ticket as the folder asks for it.
    Ticket,
    /// That an administrator has not turned *Ask me* off.
    AskMeOff,
    /// That what would be left holds together: every row fits those it names.
    Soundness,
    /// Another person's agreement, which is not available yet.
    SecondPerson,
}

/// Policy said no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("denied: {action:?} lacks {lacking:?}")]
pub struct Denied {
    /// What was asked.
    pub action: Action,
    /// What is missing.
    pub lacking: Lacking,
}

/// Whether the facts allow the action. Removing a right never allows more.
///
/// # Errors
/// [`Denied`] names the first thing that is missing.
pub fn decide(action: Action, facts: &Facts) -> Result<(), Denied> {
    let verdict = match action {
        Action::SeeSession => facts.session(Right::View),
        Action::SeeCredential => facts.credential(Right::View),
        Action::SeeFolder => facts.folder(Right::View),
        Action::Launch => facts
            .session(Right::View)
            .and_then(|()| facts.credential(Right::View))
            .and_then(|()| facts.host_allowed())
            .and_then(|()| facts.approved(facts.approval.launch))
            .and_then(|()| facts.ticket()),
        Action::LaunchWithAnother => facts
            .session(Right::View)
            .and_then(|()| facts.credential(Right::View))
            .and_then(|()| facts.same_client_folder())
            .and_then(|()| facts.host_allowed())
            .and_then(|()| facts.approved(facts.approval.launch))
            .and_then(|()| facts.ticket()),
        Action::ShowPassword | Action::CopyPassword => facts
            .credential(Right::ViewPassword)
            .and_then(|()| facts.approved(facts.approval.reveal))
            .and_then(|()| facts.ticket()),
        Action::RenameSession | Action::DeleteSession => facts.session(Right::Edit),
        Action::RenameCredential | Action::DeleteCredential => facts.credential(Right::Edit),
        Action::ChangeFolder | Action::CreateSession => facts.folder(Right::Edit),
        Action::Link => facts.session(Right::Edit).and_then(|()| facts.may_send_to_host()),
        Action::CreateCredential | Action::MapFolder => {
            facts.source().and_then(|()| facts.folder(Right::Edit))
        }
        Action::Repoint => facts.source().and_then(|()| facts.credential(Right::Edit)),
        Action::TrustNewCertificate => facts.may_trust_new(),
        Action::TrustChangedCertificate => facts.may_trust(),
        Action::Move => facts
            .moved(Right::Edit)
            .and_then(|()| facts.folder(Right::Edit))
            .and_then(|()| facts.destination(Right::Edit))
            .and_then(|()| facts.no_widening()),
        Action::BrowseOrganization => facts.source(),
        Action::OpenAccountPage => facts.administrator().or_else(|_| facts.source()),
        Action::OpenOrganizationPage | Action::OpenRecordPage => {
            facts.source().or_else(|_| facts.named())
        }
        Action::AskMe => facts
            .session(Right::View)
            .and_then(|()| facts.may_be_typed())
            .and_then(|()| facts.approved(facts.approval.launch))
            .and_then(|()| facts.ticket()),
        Action::TestPasswordAccess
        | Action::ManagePeople
        | Action::ManageGroups
        | Action::Grant
        | Action::GrantSource
        | Action::SetPolicy
        | Action::LockForTechnicians
        | Action::SetSettings
        | Action::ReadAudit
        | Action::Export
        | Action::Administer => facts.administers(),
    };
    verdict.map_err(|lacking| Denied { action, lacking })
}

impl Facts {
    fn approved(&self, approval: Approval) -> Result<(), Lacking> {
        match approval {
            Approval::Auto => Ok(()),
            Approval::Verify if self.confirmed => Ok(()),
            Approval::Verify => Err(Lacking::Confirmation),
            Approval::Approval => Err(Lacking::SecondPerson),
        }
    }
}
