//! The tables, and what stands in them.

use std::fmt::Write as _;

use usher_core::error::StoreError;

/// A row's primary key.
pub(crate) type Key = [u8; 16];

/// The key of the row with the settings for everybody.
pub(crate) const SETTINGS: Key = [0; 16];

/// The tables whose rows the manifest counts: those of the book, then those in clear.
///
/// Their order is that of the root, and their codes stand in signed statements: neither changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Table {
    Connection,
    PersonKey,
    Folder,
    Credential,
    Session,
    Person,
    Group,
    Grant,
    Source,
    Certificate,
    Setting,
    /// What a person's secrets are wrapped in: passphrase, PIN, recovery kit, enrolment code.
    Slot,
    /// A person's public keys.
    Identity,
    /// A device from which the vault can be opened.
    Device,
    /// The vault key, sealed to one person.
    VaultShare,
    /// An API key, sealed with a key of its own.
    ApiKey,
    /// An API key's own key, sealed to one person.
    ApiShare,
}

impl Table {
    pub(crate) const ALL: [Self; 17] = [
        Self::Connection,
        Self::PersonKey,
        Self::Folder,
        Self::Credential,
        Self::Session,
        Self::Person,
        Self::Group,
        Self::Grant,
        Self::Source,
        Self::Certificate,
        Self::Setting,
        Self::Slot,
        Self::Identity,
        Self::Device,
        Self::VaultShare,
        Self::ApiKey,
        Self::ApiShare,
    ];

    /// The name in SQL; the odd ones out step around its reserved words.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Connection => "connection",
            Self::PersonKey => "person_key",
            Self::Folder => "folder",
            Self::Credential => "credential",
            Self::Session => "session",
            Self::Person => "person",
            Self::Group => "person_group",
            Self::Grant => "grant_",
            Self::Source => "source_right",
            Self::Certificate => "certificate",
            Self::Setting => "setting",
            Self::Slot => "slot",
            Self::Identity => "identity",
            Self::Device => "device",
            Self::VaultShare => "vault_share",
            Self::ApiKey => "api_key",
            Self::ApiShare => "api_share",
        }
    }

    /// The number by which statements and leaves name it.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Connection => 1,
            Self::PersonKey => 2,
            Self::Folder => 3,
            Self::Credential => 4,
            Self::Session => 5,
            Self::Person => 6,
            Self::Group => 7,
            Self::Grant => 8,
            Self::Source => 9,
            Self::Certificate => 10,
            Self::Setting => 11,
            Self::Slot => 12,
            Self::Identity => 13,
            Self::Device => 14,
            Self::VaultShare => 15,
            Self::ApiKey => 16,
            Self::ApiShare => 17,
        }
    }

    /// The table of that number.
    pub(crate) fn of_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.code() == code)
    }

    /// Whether its rows are the book's, and sealed.
    pub(crate) const fn is_book(self) -> bool {
        self.code() <= Self::Setting.code()
    }

    /// The error for a row of this table that does not hold.
    pub(crate) fn damaged(self, row: &Key) -> StoreError {
        damaged(self.name(), row)
    }
}

/// The error for a row that does not hold, in whichever table.
pub(crate) fn damaged(table: &'static str, row: &[u8]) -> StoreError {
    let mut text = String::new();
    for byte in row {
        // Writing to a string does not fail.
        write!(text, "{byte:02x}").ok();
    }
    StoreError::Damaged { table, row: text }
}

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) table: Table,
    pub(crate) key: Key,
}

impl Place {
    /// The error for the row that stands there.
    pub(crate) fn damaged(&self) -> StoreError {
        self.table.damaged(&self.key)
    }
}

/// A row as the file has it, or in its plain form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) key: Key,
    /// Counts the row's changes from 1.
    pub(crate) version: u64,
    pub(crate) blob: Vec<u8>,
}

/// One row to be put or removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Write {
    pub(crate) table: Table,
    pub(crate) key: Key,
    /// What to put there; `None` removes the row.
    pub(crate) put: Option<Put>,
}

impl Write {
    pub(crate) fn place(&self) -> Place {
        Place { table: self.table, key: self.key }
    }
}

/// What to put in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Put {
    /// The version; `None` where the thing itself counts none, and the row counts on.
    pub(crate) version: Option<u64>,
    /// The plain form for a row of the book, which is sealed on its way; else as it is stored.
    pub(crate) blob: Vec<u8>,
}
