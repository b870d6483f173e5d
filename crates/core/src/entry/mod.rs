//! What the vault holds: IT Glue accounts, folders, credential entries, session entries.

mod allowed_hosts;
mod certificate;
mod connection;
mod credential;
mod folder;
mod host;
mod key;
mod name;
mod organization;
mod rdp;
mod session;
mod ticket;
mod user_name;

pub use allowed_hosts::{AllowedHosts, HostPattern, NotAHostPattern};
pub use certificate::{HostCertificate, Spki, TrustedCertificate, fingerprint};
pub use connection::{Connection, Region};
pub use credential::{
    Approval, ApprovalPolicy, ChosenPassword, CredentialEntry, CredentialTarget, ListScope,
};
pub use folder::{Client, Folder, Version};
pub use host::{Host, NotAHost, Port};
pub use key::{
    FLAGGED_FROM_DAYS, KeyHistory, KeyId, KeyInUse, KeySerial, KeyWatch, PasswordAccess, PersonKey,
    REVOKED_AFTER_DAYS,
};
pub use name::{Name, NotAName};
pub use organization::{Organization, PasswordRecord, RecordMarks};
pub use rdp::{Clipboard, Device, DevicePolicy, Display, Pixels, RdpSettings, WindowSize};
pub use session::{Credentials, SessionEntry, SessionKind, Vouched};
pub use ticket::{NotATicket, NotATicketPattern, Ticket, TicketPattern, TicketPolicy};
pub use user_name::{NotAUserName, UserName};

pub use crate::rights::Inheritance;
