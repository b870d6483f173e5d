//! *Lock for technicians*: what it would do, and what has drifted since.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{ObjectRef, Right};

/// What is to be locked for technicians.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum LockScope {
    /// One entry.
    Entry {
        /// It.
        of: ObjectRef,
    },
    /// A folder and all below.
    Folder {
        /// It.
        folder: String,
    },
    /// The whole vault.
    Everything,
}

/// What locking would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LockPreview {
    /// How many entries are concerned.
    pub entries: u32,
    /// Each active person.
    pub people: Vec<LockPersonRow>,
}

/// What one person would see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LockPersonRow {
    /// Who.
    pub person: String,
    /// Their name.
    pub name: String,
    /// How many of the entries they will see.
    pub sees: u32,
    /// Where they still have more than View.
    pub keeps: Vec<KeepsRow>,
}

/// More than View, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct KeepsRow {
    /// On what, by name.
    pub on: String,
    /// Which rights.
    pub rights: Vec<Right>,
    /// Why: `administrator`, `source`, or the name of whom the rights are given to.
    pub because: String,
}

/// An IT Glue entry that technicians can do more with than launch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DriftRow {
    /// It.
    pub of: ObjectRef,
    /// Its name.
    pub name: String,
    /// The folder it lies in, by name.
    pub folder: String,
    /// Who can, by name.
    pub people: Vec<String>,
    /// What they can do between them.
    pub rights: Vec<Right>,
}
