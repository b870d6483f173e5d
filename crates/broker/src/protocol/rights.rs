//! Rights, approval and ticket rules of entries and folders, and Source.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{CredentialForm, May};

/// A right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// See and launch.
    View,
    /// Show and copy.
    ViewPassword,
    /// Change.
    Edit,
}

/// What rights are about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ObjectRef {
    /// A folder.
    Folder {
        /// It.
        folder: String,
    },
    /// A credential entry.
    Credential {
        /// It.
        credential: String,
    },
    /// A session entry.
    Session {
        /// It.
        session: String,
    },
}

/// Who is given a right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum SubjectRef {
    /// A person.
    Person {
        /// Them.
        person: String,
    },
    /// A group.
    Group {
        /// It.
        group: String,
    },
}

/// Where an entry's or folder's rights come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Inheritance {
    /// The folder above.
    Inherits,
    /// Its own, in the place of those above.
    Own,
}

/// The rights of one entry or folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RightsSheet {
    /// Of what.
    pub of: ObjectRef,
    /// Where they come from.
    pub inheritance: Inheritance,
    /// The folder that they are inherited from, by name.
    pub inherited_from: Option<String>,
    /// The grants in force, own or inherited.
    pub grants: Vec<GrantRow>,
    /// What each active person can do in the end.
    pub people: Vec<EffectiveRow>,
    /// Its own approval policy.
    pub approval: Option<ApprovalForm>,
    /// The strictest of its own and those above.
    pub effective_approval: ApprovalForm,
    /// The folder's own ticket rule.
    pub tickets: Option<TicketRule>,
    /// The nearest ticket rule.
    pub effective_tickets: TicketRule,
    /// Whether this person may change them.
    pub may_change: May,
    /// How far it reaches, for a credential entry.
    pub reach: Option<ReachRow>,
    /// How far the lists in it reach, for a folder with any; administrators alone are told.
    pub below: Option<BelowRow>,
}

/// Rights given to somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct GrantRow {
    /// To whom.
    pub subject: SubjectRef,
    /// Their name.
    pub name: String,
    /// Which.
    pub rights: Vec<Right>,
}

/// What one person can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EffectiveRow {
    /// Who.
    pub person: String,
    /// Their name.
    pub name: String,
    /// Which rights they have.
    pub rights: Vec<Right>,
    /// Through which grants, by the name of whom they were given to.
    pub through: Vec<String>,
}

/// What a use needs beyond the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    /// Nothing.
    Auto,
    /// The person proves again who they are.
    Verify,
    /// Another person; not available yet, and refused.
    Approval,
}

/// An approval policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct ApprovalForm {
    /// For launches.
    pub launch: Approval,
    /// For show and copy.
    pub reveal: Approval,
}

/// Whether a ticket is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum TicketPolicy {
    /// Not.
    Off,
    /// The person may name one.
    Optional,
    /// Nothing goes on without.
    Required,
}

/// A folder's ticket rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct TicketRule {
    /// Whether it is asked for.
    pub policy: TicketPolicy,
    /// The shape of its number, as a regular expression.
    pub pattern: Option<String>,
}

/// A ticket, as the helpdesk knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct TicketForm {
    /// Its number.
    pub number: String,
    /// Why it is needed, in the person's words.
    pub reason: String,
}

/// How a ticket is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct TicketAsk {
    /// Whether it is.
    pub policy: TicketPolicy,
    /// The shape of its number.
    pub pattern: Option<String>,
    /// The number that this person gave last.
    pub last: Option<String>,
}

/// Rights as they are to be.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct RightsForm {
    /// Where they come from.
    pub inheritance: Inheritance,
    /// Its own grants; none where it inherits.
    pub grants: Vec<GrantForm>,
    /// Its own approval policy; of a session entry none.
    pub approval: Option<ApprovalForm>,
    /// The folder's own ticket rule; of an entry none.
    pub tickets: Option<TicketRule>,
}

/// Rights that somebody is to have.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct GrantForm {
    /// Who.
    pub subject: SubjectRef,
    /// Which.
    pub rights: Vec<Right>,
}

/// Who may create and repoint credential entries of an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SourceRow {
    /// Its id.
    pub id: String,
    /// Who.
    pub subject: SubjectRef,
    /// Their name.
    pub name: String,
    /// The account.
    pub connection: String,
    /// The account's name.
    pub account: String,
    /// The organization; `None` for all of the account.
    pub organization: Option<String>,
    /// Its name, where Usher knows it.
    pub organization_name: Option<String>,
}

/// Source, to be given.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SetSource {
    /// To whom.
    pub subject: SubjectRef,
    /// The account.
    pub connection: String,
    /// The organization; `None` for all of the account.
    pub organization: Option<String>,
}

/// What reach is asked of.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ReachOf {
    /// A credential entry.
    Credential {
        /// It.
        credential: String,
    },
    /// One that is about to be saved.
    Draft {
        /// Where it will lie.
        folder: String,
        /// What it will be.
        form: CredentialForm,
    },
}

/// "8 people can sign in with any of 214 passwords of Contoso".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ReachRow {
    /// Who can, by name.
    pub people: Vec<String>,
    /// How many passwords; `None` where IT Glue did not say.
    pub passwords: Option<u32>,
    /// Of which organization.
    pub organization: String,
}

/// "8 people can sign in with passwords of the 3 lists in it".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BelowRow {
    /// Who can with at least one of them, by name.
    pub people: Vec<String>,
    /// How many lists there are in the folder and below.
    pub lists: u32,
}
