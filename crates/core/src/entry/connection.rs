//! An IT Glue account: a region, a key in the vault, and what was learnt of that key.

use crate::entry::{KeyHistory, KeyId, KeyInUse, Name};
use crate::ids::{ConnectionId, PersonId};

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

/// An IT Glue account. Its key lies in the vault under the id, sealed by itself, never here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// Names it everywhere.
    pub id: ConnectionId,
    /// What people call it.
    pub name: Name,
    /// Its region.
    pub region: Region,
    /// What was learnt of its key.
    pub history: KeyHistory,
    /// Who allowed Usher a cheap call now and then, so that IT Glue does not revoke the account's
    /// keys for not being used; nobody did where it makes none.
    pub keep_alive: Option<PersonId>,
}

impl Connection {
    /// The account's own key.
    #[must_use]
    pub fn key(&self) -> KeyInUse {
        let key = KeyId::Account(self.id);
        KeyInUse { region: self.region, key, serial: self.history.serial }
    }
}
