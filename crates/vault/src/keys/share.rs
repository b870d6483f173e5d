//! Secrets that some people share: an API key's own key, and the audit log's.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use usher_core::entry::KeyId;
use usher_core::error::StoreError;
use usher_core::ids::PersonId;
use zeroize::Zeroizing;

use super::{Bytes, Hex, clear};
use crate::rows::{ClearRows, Key, Stored, Table, Write};
use crate::seal::{Canonical, Identity, VaultId, share, unshare};

/// What is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shared {
    /// The key that an API key is sealed with.
    ApiKey(KeyId),
    /// The secret key that the audit log's page keys are shared to.
    Audit,
}

/// One person's share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Share {
    pub(crate) of: Shared,
    pub(crate) person: PersonId,
    /// The public key it was shared to.
    pub(crate) to: [u8; 32],
    pub(super) sealed: Vec<u8>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ShareRow {
    of: SharedPart,
    person: String,
    to: Hex<32>,
    share: Bytes,
}

/// A spelling never changes once released.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum SharedPart {
    Account(String),
    Person(String),
    Audit,
}

impl Shared {
    /// What it is, canonical: kind and id.
    pub(super) fn bytes(self) -> Vec<u8> {
        let (kind, id) = match self {
            Self::ApiKey(KeyId::Account(id)) => ("account", id.to_bytes()),
            Self::ApiKey(KeyId::Person(id)) => ("person", id.to_bytes()),
            Self::Audit => ("audit", [0; 16]),
        };
        Canonical::of("usher/shared/v1").text(kind).bytes(&id).done()
    }
}

impl From<Shared> for SharedPart {
    fn from(shared: Shared) -> Self {
        match shared {
            Shared::ApiKey(KeyId::Account(id)) => Self::Account(id.to_string()),
            Shared::ApiKey(KeyId::Person(id)) => Self::Person(id.to_string()),
            Shared::Audit => Self::Audit,
        }
    }
}

impl SharedPart {
    pub(super) fn read(&self) -> Option<Shared> {
        match self {
            Self::Account(id) => id.parse().ok().map(KeyId::Account).map(Shared::ApiKey),
            Self::Person(id) => id.parse().ok().map(KeyId::Person).map(Shared::ApiKey),
            Self::Audit => Some(Shared::Audit),
        }
    }
}

impl Share {
    /// Shares a secret with a person.
    ///
    /// # Errors
    /// `Failed` where the OS gives no random bytes.
    pub(crate) fn give(
        vault: VaultId,
        of: Shared,
        (person, to): (PersonId, [u8; 32]),
        secret: &[u8],
    ) -> Result<Self, StoreError> {
        let sealed = share(&to, &info(vault, of, person), secret)
            .map_err(|fault| fault.at(Table::ApiShare.name()))?;
        Ok(Self { of, person, to, sealed })
    }

    /// Takes the secret out.
    pub(crate) fn take(&self, vault: VaultId, identity: &Identity) -> Option<Zeroizing<Vec<u8>>> {
        unshare(identity.sharing(), &info(vault, self.of, self.person), &self.sealed).ok()
    }

    /// What a row says.
    pub(crate) fn read(stored: &Stored) -> Option<Self> {
        let row: ShareRow = clear::read(stored)?;
        let (of, person) = (row.of.read()?, row.person.parse().ok()?);
        let share = Self { of, person, to: row.to.0, sealed: row.share.0 };
        // A share stands in its own place, so that nobody has two.
        (key(of, person) == stored.key).then_some(share)
    }

    /// All shares of it.
    pub(crate) fn all(rows: &ClearRows, of: Shared) -> Vec<Self> {
        let all = rows.of(Table::ApiShare).filter_map(Self::read);
        all.filter(|share| share.of == of).collect()
    }

    /// A person's share of it.
    pub(crate) fn find(rows: &ClearRows, of: Shared, person: PersonId) -> Option<Self> {
        rows.get(Table::ApiShare, &key(of, person)).and_then(Self::read)
    }

    /// Puts the share.
    ///
    /// # Errors
    /// None in practice.
    pub(crate) fn write(&self) -> Result<Write, StoreError> {
        let row = ShareRow {
            of: self.of.into(),
            person: self.person.to_string(),
            to: Hex(self.to),
            share: Bytes(self.sealed.clone()),
        };
        clear::put(Table::ApiShare, key(self.of, self.person), &row)
    }

    /// Takes the share away.
    pub(crate) fn remove(&self) -> Write {
        clear::remove(Table::ApiShare, key(self.of, self.person))
    }
}

fn key(of: Shared, person: PersonId) -> Key {
    let place = Canonical::of("usher/share-row/v1").bytes(&of.bytes()).bytes(&person.to_bytes());
    let hash: [u8; 32] = Sha256::digest(place.done()).into();
    let mut key = Key::default();
    key.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    key
}

fn info(vault: VaultId, of: Shared, person: PersonId) -> Vec<u8> {
    Canonical::of("usher/share/v1")
        .bytes(vault.as_bytes())
        .bytes(&of.bytes())
        .bytes(&person.to_bytes())
        .done()
}
