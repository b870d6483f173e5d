//! What the vault holds: IT Glue accounts, folders, credential entries, session entries.

mod allowed_hosts;
mod certificate;
mod connection;
mod credential;
mod folder;
mod host;
mod name;
mod organization;
mod session;
mod user_name;

pub use allowed_hosts::{AllowedHosts, HostPattern, NotAHostPattern};
pub use certificate::{HostCertificate, Spki, TrustedCertificate, fingerprint};
pub use connection::{Connection, PasswordAccess, Region};
pub use credential::{
    Approval, ApprovalPolicy, ChosenPassword, CredentialEntry, CredentialTarget, ListScope,
};
pub use folder::{Client, Folder, Version};
pub use host::{Host, NotAHost, Port};
pub use name::{Name, NotAName};
pub use organization::{Organization, PasswordRecord, RecordMarks};
pub use session::{Credentials, SessionEntry, SessionKind, Vouched};
pub use user_name::{NotAUserName, UserName};

pub use crate::rights::Inheritance;
