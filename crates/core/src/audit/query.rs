//! Looking into the log, a page at a time.

use std::sync::Arc;

use super::{AuditEvent, AuditRow, Filter, What, event, export, gate};
use crate::book::Book;
use crate::error::Error;
use crate::launch::UnlockId;
use crate::policy::Action;
use crate::ports::{LocalStore, Ports};

/// A page of the log.
pub struct Page {
    /// The book that knows people's names.
    pub book: Arc<Book>,
    /// The rows, newest first.
    pub rows: Vec<AuditRow>,
    /// The newest row that somebody has vouched for; those after it are an unsigned tail.
    pub signed_to: u64,
}

/// The rows asked for, newest first: those before row `before`, `limit` at most.
///
/// # Errors
/// [`Error::Denied`] to anybody but an administrator, on record; [`Error::Store`].
pub async fn query<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    filter: &Filter,
    (before, limit): (Option<u64>, usize),
) -> Result<Page, Error> {
    let asked = |person| AuditEvent {
        details: export::details(filter),
        ..event(ports, person, What::LogRead, "")
    };
    let (_, book) = gate::recorded(ports, unlock, Action::ReadAudit, asked).await?;
    let rows = ports.local().rows(filter, before, limit).await?;
    // Asked for after the rows: one that was signed meanwhile is not called unsigned.
    let signed_to = ports.local().signed_to().await?;
    Ok(Page { book, rows, signed_to })
}

/// How many rows are in hand at a time where all of them are gone through.
const CHUNK: usize = 2_000;

/// Goes through all the rows asked for, newest first, a chunk at a time.
pub(super) async fn each_chunk<P: Ports>(
    ports: &P,
    filter: &Filter,
    take: &mut (dyn FnMut(Vec<AuditRow>) + Send),
) -> Result<u64, Error> {
    let (mut before, mut count) = (None, 0);
    loop {
        let rows = ports.local().rows(filter, before, CHUNK).await?;
        let full = rows.len() == CHUNK;
        before = rows.last().map(|row| row.number);
        count += u64::try_from(rows.len()).unwrap_or(u64::MAX);
        take(rows);
        if !full {
            return Ok(count);
        }
    }
}
