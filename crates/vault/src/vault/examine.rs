//! Looking the vault over without anybody's keys: what can be verified of it in clear.

use usher_core::error::StoreError;

use super::charter::Charter;
use super::reading::{self, Scan};
use super::schema::KIND;
use super::{Look, Shelf, Vault, blame, chain, tables, unlock};
use crate::file;
use crate::file::fault;

/// What looking it over came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// How many rows there are.
    pub rows: u64,
    /// The number of the last statement.
    pub number: u64,
    /// What does not hold.
    pub damage: Option<StoreError>,
    /// Whether it is, or follows, what this device noted; none where it noted nothing or the keyring
    /// does not say.
    pub anchored: Option<bool>,
}

impl Vault {
    /// Verifies charter, statements, signatures, the leaves of all rows and the anchor. What is
    /// sealed is not opened, so whether each change was its writer's to make is not looked at.
    ///
    /// # Errors
    /// `Missing` where there is no vault, or none that is sealed; what keeps the file from being
    /// read. What does not hold is no error.
    pub async fn examine(&self) -> Result<Examined, StoreError> {
        self.worker.ask(Shelf::examine).await
    }
}

impl Shelf {
    fn examine(&mut self) -> Result<Examined, StoreError> {
        match self.verified_in_clear() {
            Ok(examined) => Ok(examined),
            Err(damage) if unlock::is_damage(&damage) => {
                let (rows, number, anchored) = (0, 0, None);
                Ok(Examined { rows, number, damage: Some(damage), anchored })
            }
            Err(other) => Err(other),
        }
    }

    fn verified_in_clear(&mut self) -> Result<Examined, StoreError> {
        if self.look()? != Look::Vault {
            return Err(StoreError::Missing);
        }
        let connection = self.connection.as_mut().ok_or(StoreError::Missing)?;
        let transaction = connection.transaction().map_err(fault)?;
        file::recheck(&transaction, &KIND)?;
        let charter = Charter::replay(&tables::charter(&transaction)?)?;
        let scan = reading::scan(&transaction)?;
        let Scan { rows, leaves, .. } = &scan;
        blame::differences(&transaction, leaves)?;
        let signer = |person| reading::public_key(rows, person);
        let chain = chain::read(&transaction, &charter, &signer)?;
        let noted = self.anchor.read(charter.vault()).ok().flatten().and_then(|note| note.vault);
        if let Some(mark) = &noted {
            chain::continues(&transaction, &chain, &charter, mark)?;
        }
        let number = chain.last().statement.number;
        transaction.finish().map_err(fault)?;
        let rows = u64::try_from(scan.all().count()).unwrap_or(u64::MAX);
        Ok(Examined { rows, number, damage: None, anchored: noted.map(|_| true) })
    }
}
