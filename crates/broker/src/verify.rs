//! What can be checked without opening the vault, for the command line. Nothing is written.

use usher_core::audit;
use usher_core::error::{Error, StoreError};
use usher_core::ports::{Access, Door, LocalStore};
use usher_vault::{Examined, Local, Means, Vault};

use crate::map;
use crate::map::failure;
use crate::protocol::{self, Damage, Failure, Fault, VaultState, VaultVerdict};
use crate::world::Places;

/// How the door stands.
///
/// # Errors
/// Where it could not be looked at; `Missing` where there is no vault, but the log of one.
pub async fn door(
    places: &Places,
    means: Means,
    test_build: bool,
) -> Result<protocol::Door, Failure> {
    let vault = Vault::at(places.vault.clone(), means)?;
    let door = vault.door().await;
    if places.local.symlink_metadata().is_ok() {
        let used = Local::is_used(&places.local)?;
        if used && matches!(door, Ok(Door::NoVault)) {
            return Err(StoreError::Missing.into());
        }
    }
    map::door::door(door, (places.vault.display().to_string(), test_build), 0)
}

/// Checks the vault's file, as far as that can be done without opening it.
///
/// # Errors
/// Where it could not be checked; a vault that is not sound is a verdict.
pub async fn vault(places: &Places, means: Means) -> Result<VaultVerdict, Failure> {
    let vault = Vault::at(places.vault.clone(), means)?;
    let path = places.vault.display().to_string();
    let (rows, number, anchored) = (0, 0, None);
    let none = VaultVerdict { path, state: VaultState::None, rows, number, damage: None, anchored };
    match vault.door().await {
        Ok(Door::NoVault) => Ok(none),
        Ok(Door::Older) => Ok(VaultVerdict { state: VaultState::Old, ..none }),
        Ok(Door::Vault { .. }) | Err(_) => {
            let found = vault.examine().await?;
            Ok(verdict(&found, none))
        }
    }
}

fn verdict(found: &Examined, none: VaultVerdict) -> VaultVerdict {
    let count = |number| u32::try_from(number).unwrap_or(u32::MAX);
    VaultVerdict {
        state: if found.damage.is_none() { VaultState::Good } else { VaultState::Bad },
        rows: count(found.rows),
        number: count(found.number),
        damage: found.damage.as_ref().map(damage),
        anchored: found.anchored,
        ..none
    }
}

/// What does not hold. A file that `SQLite` or Usher cannot read is not opened as it was found.
fn damage(found: &StoreError) -> Damage {
    failure::damage(found).unwrap_or_else(|| {
        let table = part(found).map(str::to_owned);
        Damage { fault: Fault::VaultCorrupt, table, row: None, read_only_offered: false }
    })
}

fn part(found: &StoreError) -> Option<&'static str> {
    if let StoreError::Corrupt { part } = found { Some(part) } else { None }
}

/// Checks the audit log beside it.
///
/// # Errors
/// Where it could not be checked, also because the vault beside it does not hold: the people who
/// signed are known from there. A log that is not whole is a verdict.
pub async fn log(places: &Places, means: Means) -> Result<audit::Verdict, Failure> {
    if places.local.symlink_metadata().is_err() {
        return Err(StoreError::Missing.into());
    }
    let witness = means.witness.clone();
    let vault = Vault::at(places.vault.clone(), means)?;
    // It tells the witness whose log it is, and whose signatures stand in it: that is worth no more
    // than the file it is read from.
    vault.door().await.map_err(|error| failure::plain(&Error::Access(error)))?;
    if let Some(damage) = vault.examine().await?.damage {
        return Err(damage.into());
    }
    let local = Local::open(&places.local, &witness)?;
    Ok(local.verify().await?)
}
