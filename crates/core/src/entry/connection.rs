//! An IT Glue account: a region, a key in the keyring, and what was learnt of that key.

use crate::entry::Name;
use crate::ids::ConnectionId;
use crate::time::Moment;

/// Where the account lives; each region is one constant host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Region {
    /// United States.
    Us,
    /// Europe.
    Eu,
    /// Australia.
    Au,
}

/// Whether the key was made with the *Password Access* box. Only a fetch can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PasswordAccess {
    /// No password was fetched with it yet.
    Unknown,
    /// A password came.
    Granted,
    /// IT Glue refused one.
    Missing,
}

/// An IT Glue account. Its key lies in the OS keyring under the id, never here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// Names it everywhere.
    pub id: ConnectionId,
    /// What people call it.
    pub name: Name,
    /// Its region.
    pub region: Region,
    /// What was learnt of the key.
    pub password_access: PasswordAccess,
    /// When IT Glue last accepted the key.
    pub last_accepted: Option<Moment>,
    /// When IT Glue last refused the key as such (403), if that is its newest verdict.
    pub refused_since: Option<Moment>,
}
