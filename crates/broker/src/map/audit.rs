//! Rows of the audit log for the window.

use usher_core::audit;
use usher_core::book::Book;

use super::people::whom;
use crate::protocol::{At, AuditDetail, AuditRow};

/// One row, with the person's name as it is now.
pub(crate) fn row(book: &Book, row: audit::AuditRow) -> AuditRow {
    let facts = row.facts().into_iter();
    let details = facts.map(|(name, value)| AuditDetail { name: name.to_owned(), value }).collect();
    AuditRow {
        number: u32::try_from(row.number).unwrap_or(u32::MAX),
        at: At(row.at.unix_millis()),
        person: whom(book, row.person).name,
        what: row.what,
        on: row.on,
        outcome: row.outcome,
        details,
        run: row.run.map(|run| run.to_string()),
    }
}
