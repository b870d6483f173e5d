//! The ticket that a person last gave in a folder, to be offered again: shared to that person alone,
//! since technicians do not read the log.

use rusqlite::{Connection, OptionalExtension, params};
use usher_core::audit::{AuditEvent, Ticket};
use usher_core::error::StoreError;
use usher_core::ids::{FolderId, PersonId};

use crate::Witness;
use crate::file::fault;
use crate::seal::{Canonical, VaultId, share};

const CORRUPT: StoreError = StoreError::Corrupt { part: "ticket" };

/// Keeps the event's ticket, if it has one.
pub(super) fn keep(
    file: &Connection,
    witness: &Witness,
    event: &AuditEvent,
) -> Result<(), StoreError> {
    let about = &event.about;
    let (Some(ticket), Some(folder), Some(vault)) = (&about.ticket, about.folder, witness.vault())
    else {
        return Ok(());
    };
    let Some(identity) = witness.identity(event.person) else {
        return Ok(());
    };
    let text = serde_json::to_vec(&(&ticket.number, &ticket.reason));
    let text = text.map_err(|_| StoreError::Failed)?;
    let info = info(&vault, event.person, folder);
    let share = share(&identity.sharing, &info, &text).map_err(|error| error.at("ticket"))?;
    let sql = "INSERT INTO ticket (person, folder, share) VALUES (?1, ?2, ?3)
               ON CONFLICT (person, folder) DO UPDATE SET share = excluded.share";
    let row = params![event.person.to_bytes(), folder.to_bytes(), share];
    file.prepare_cached(sql).and_then(|mut s| s.execute(row)).map_err(fault)?;
    Ok(())
}

/// The person's last ticket in the folder.
pub(super) fn last(
    file: &Connection,
    witness: &Witness,
    (person, folder): (PersonId, FolderId),
) -> Result<Option<Ticket>, StoreError> {
    let vault = witness.vault().ok_or(StoreError::Locked)?;
    let sql = "SELECT share FROM ticket WHERE person = ?1 AND folder = ?2";
    let mut statement = file.prepare_cached(sql).map_err(fault)?;
    let row = params![person.to_bytes(), folder.to_bytes()];
    let share: Option<Vec<u8>> =
        statement.query_row(row, |row| row.get(0)).optional().map_err(fault)?;
    let Some(share) = share else {
        return Ok(None);
    };
    let info = info(&vault, person, folder);
    let text = witness.own_unshare(person, &info, &share).ok_or(StoreError::Locked)?;
    let text = text.map_err(|error| error.at("ticket"))?;
    let (number, reason) = serde_json::from_slice(&text).map_err(|_| CORRUPT)?;
    Ok(Some(Ticket { number, reason }))
}

fn info(vault: &VaultId, person: PersonId, folder: FolderId) -> Vec<u8> {
    Canonical::of("usher/last-ticket/v1")
        .bytes(vault.as_bytes())
        .bytes(&person.to_bytes())
        .bytes(&folder.to_bytes())
        .done()
}
