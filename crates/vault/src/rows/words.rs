//! Small closed sets, spelled as the file spells them. A spelling never changes once released.

use serde::{Deserialize, Serialize};
use usher_core::entry::{
    Approval, ApprovalPolicy, Inheritance, Organization, PasswordAccess, Region, TicketPolicy,
};
use usher_core::ids::OrganizationId;
use usher_core::rights::{Object, Right, Standing, Subject};

macro_rules! word {
    ($word:ident = $core:ident { $($variant:ident),+ }) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub(super) enum $word { $($variant),+ }

        impl From<$core> for $word {
            fn from(core: $core) -> Self {
                match core { $($core::$variant => Self::$variant),+ }
            }
        }

        impl From<$word> for $core {
            fn from(word: $word) -> Self {
                match word { $($word::$variant => Self::$variant),+ }
            }
        }
    };
}

word!(RegionWord = Region { Us, Eu, Au });
word!(AccessWord = PasswordAccess { Unknown, Granted, Missing });
word!(ApprovalWord = Approval { Auto, Verify, Approval });
word!(InheritanceWord = Inheritance { Inherits, Own });
word!(StandingWord = Standing { Active, Disabled, Revoked });
word!(RightWord = Right { View, ViewPassword, Edit });

/// What is asked for besides rights.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ApprovalPart {
    launch: ApprovalWord,
    reveal: ApprovalWord,
}

impl From<ApprovalPolicy> for ApprovalPart {
    fn from(core: ApprovalPolicy) -> Self {
        Self { launch: core.launch.into(), reveal: core.reveal.into() }
    }
}

impl From<ApprovalPart> for ApprovalPolicy {
    fn from(part: ApprovalPart) -> Self {
        Self { launch: part.launch.into(), reveal: part.reveal.into() }
    }
}

/// What is asked for of a ticket.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum TicketsPart {
    Off,
    Optional { pattern: Option<String> },
    Required { pattern: Option<String> },
}

impl From<&TicketPolicy> for TicketsPart {
    fn from(core: &TicketPolicy) -> Self {
        match core {
            TicketPolicy::Off => Self::Off,
            TicketPolicy::Optional { pattern } => {
                Self::Optional { pattern: pattern.as_ref().map(ToString::to_string) }
            }
            TicketPolicy::Required { pattern } => {
                Self::Required { pattern: pattern.as_ref().map(ToString::to_string) }
            }
        }
    }
}

impl TicketsPart {
    pub(super) fn read(self) -> Option<TicketPolicy> {
        let parse = |text: Option<String>| text.map(|text| text.parse()).transpose().ok();
        Some(match self {
            Self::Off => TicketPolicy::Off,
            Self::Optional { pattern } => TicketPolicy::Optional { pattern: parse(pattern)? },
            Self::Required { pattern } => TicketPolicy::Required { pattern: parse(pattern)? },
        })
    }
}

/// An organization of IT Glue.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrganizationPart {
    id: String,
    name: String,
}

impl From<&Organization> for OrganizationPart {
    fn from(core: &Organization) -> Self {
        Self { id: core.id.as_str().to_owned(), name: core.name.clone() }
    }
}

impl From<OrganizationPart> for Organization {
    fn from(part: OrganizationPart) -> Self {
        Self { id: OrganizationId::new(part.id), name: part.name }
    }
}

/// Who holds a right.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum SubjectPart {
    Person(String),
    Group(String),
}

impl From<Subject> for SubjectPart {
    fn from(core: Subject) -> Self {
        match core {
            Subject::Person(id) => Self::Person(id.to_string()),
            Subject::Group(id) => Self::Group(id.to_string()),
        }
    }
}

impl SubjectPart {
    pub(super) fn read(&self) -> Option<Subject> {
        match self {
            Self::Person(id) => id.parse().ok().map(Subject::Person),
            Self::Group(id) => id.parse().ok().map(Subject::Group),
        }
    }
}

/// What a right is on.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ObjectPart {
    Folder(String),
    Credential(String),
    Session(String),
}

impl From<Object> for ObjectPart {
    fn from(core: Object) -> Self {
        match core {
            Object::Folder(id) => Self::Folder(id.to_string()),
            Object::Credential(id) => Self::Credential(id.to_string()),
            Object::Session(id) => Self::Session(id.to_string()),
        }
    }
}

impl ObjectPart {
    pub(super) fn read(&self) -> Option<Object> {
        match self {
            Self::Folder(id) => id.parse().ok().map(Object::Folder),
            Self::Credential(id) => id.parse().ok().map(Object::Credential),
            Self::Session(id) => id.parse().ok().map(Object::Session),
        }
    }
}
