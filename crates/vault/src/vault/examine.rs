//! Looking a vault over without anybody's keys: what can be said of it from outside.

use usher_core::error::StoreError;

use super::chain::{self, Mark};
use super::charter::Charter;
use super::look::Look;
use super::reading::{self, Scan, public_key};
use super::schema::KIND;
use super::shelf::Shelf;
use super::unlock::is_damage;
use super::{blame, tables};
use crate::file::{self, fault};

/// How a vault stands, as far as it can be told while it is locked: rows, leaves, root, statements,
/// signatures and charter. Whether each step was its writer's to take shows when it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// How many rows the manifest counts.
    pub rows: u64,
    /// The number of the last commit.
    pub number: u64,
    /// What does not hold.
    pub damage: Option<StoreError>,
    /// Whether this device had a note of how the vault was left; none where the keyring did not say.
    pub anchored: Option<bool>,
}

impl Shelf {
    /// Looks the vault over. Nothing is written, and nobody has to be in.
    ///
    /// # Errors
    /// `Missing` where there is none, and what has nothing to do with its content: `ReadOnly`,
    /// `NewerVersion`, `NetworkPath`, `Busy`, `Failed`.
    pub(crate) fn examine(&mut self) -> Result<Examined, StoreError> {
        match self.look() {
            Ok(Look::Vault) => {}
            Ok(Look::NoVault | Look::Older) => return Err(StoreError::Missing),
            Err(damage) if is_damage(&damage) => return Ok(damaged(0, 0, damage, None)),
            Err(other) => return Err(other),
        }
        let connection = self.connection.as_mut().ok_or(StoreError::Missing)?;
        let transaction = connection.transaction().map_err(fault)?;
        file::recheck(&transaction, &KIND)?;
        let number = tables::last_number(&transaction)?;
        let scan = reading::scan(&transaction)?;
        let rows = u64::try_from(scan.leaves.iter().count()).unwrap_or(u64::MAX);
        let charter = tables::charter(&transaction).and_then(|all| Charter::replay(&all));
        let charter = match charter {
            Ok(charter) => charter,
            Err(damage) => return Ok(damaged(rows, number, damage, None)),
        };
        let noted = self.anchor.read(charter.vault());
        let anchored =
            noted.as_ref().ok().map(|note| note.is_some_and(|note| note.vault.is_some()));
        let mark = noted.ok().flatten().and_then(|note| note.vault);
        match check(&transaction, &scan, &charter, mark) {
            Ok(()) => Ok(Examined { rows, number, damage: None, anchored }),
            Err(damage) if is_damage(&damage) => Ok(damaged(rows, number, damage, anchored)),
            Err(other) => Err(other),
        }
    }
}

fn damaged(rows: u64, number: u64, damage: StoreError, anchored: Option<bool>) -> Examined {
    Examined { rows, number, damage: Some(damage), anchored }
}

fn check(
    transaction: &rusqlite::Transaction<'_>,
    scan: &Scan,
    charter: &Charter,
    mark: Option<Mark>,
) -> Result<(), StoreError> {
    blame::differences(transaction, &scan.leaves)?;
    let signer = |person| public_key(&scan.rows, person);
    let chain = chain::read(transaction, charter, &signer)?;
    mark.map_or(Ok(()), |mark| chain::continues(transaction, &chain, charter, &mark))
}
