//! Reading the log, newest first. What does not open is shown as such and stops nobody.

use rusqlite::{Connection, Row};
use usher_core::audit::{About, AuditRow, Filter, NOBODY};
use usher_core::error::StoreError;
use usher_core::time::Moment;

use super::chain::{self, Link, Tail};
use super::page::{Key, Pages};
use super::seam::Seams;
use super::{OTHER_VAULT, number, stored};
use crate::Witness;
use crate::file::fault;

/// The rows asked for before row `before`, `limit` at most.
pub(super) fn rows(
    file: &Connection,
    witness: &Witness,
    filter: &Filter,
    (before, limit): (Option<u64>, usize),
) -> Result<Vec<AuditRow>, StoreError> {
    let vault = witness.vault().ok_or(StoreError::Locked)?;
    match chain::vault_of(file)? {
        None => return Ok(Vec::new()),
        Some(of) if of != vault => return Err(OTHER_VAULT),
        Some(_) => {}
    }
    let seams = Seams::read(file)?;
    let mut found = Found { pages: Pages::new(file, witness, vault), filter, rows: Vec::new() };
    let mut statement = file.prepare_cached(NEWEST_FIRST).map_err(fault)?;
    let before = before.and_then(|n| i64::try_from(n).ok()).unwrap_or(i64::MAX);
    let mut links = statement.query([before]).map_err(fault)?;
    // A row opens with the hash of the one before it, which comes next.
    let mut waiting: Option<Link> = None;
    while found.rows.len() < limit {
        let next = links.next().map_err(fault)?.map(link).transpose().map_err(fault)?;
        let Some(after) = std::mem::replace(&mut waiting, next) else {
            if waiting.is_some() {
                continue;
            }
            break;
        };
        let before = match &waiting {
            Some(link) => Tail { number: link.number, hash: link.hash },
            None => Tail::genesis(&vault),
        };
        found.take(&seams.before(&after, before), &after)?;
    }
    Ok(found.rows)
}

const NEWEST_FIRST: &str =
    "SELECT number, page, sealed, hash FROM audit WHERE number < ?1 ORDER BY number DESC";

/// A row of the file.
pub(super) fn link(row: &Row<'_>) -> Result<Link, rusqlite::Error> {
    Ok(Link { number: number(row, 0)?, page: row.get(1)?, sealed: row.get(2)?, hash: row.get(3)? })
}

struct Found<'a> {
    pages: Pages<'a>,
    filter: &'a Filter,
    rows: Vec<AuditRow>,
}

impl Found<'_> {
    fn take(&mut self, before: &Tail, link: &Link) -> Result<(), StoreError> {
        let row = self.open(before, link)?.unwrap_or_else(|| unreadable(link.number));
        if self.filter.matches(&row) {
            self.rows.push(row);
        }
        Ok(())
    }

    fn open(&mut self, before: &Tail, link: &Link) -> Result<Option<AuditRow>, StoreError> {
        let key = match self.pages.key(&link.page)? {
            Key::Known(key) => key.clone(),
            Key::Locked => return Err(StoreError::Locked),
            Key::Broken => return Ok(None),
        };
        let text = self.pages.open(&key, before, &link.sealed);
        Ok(text.and_then(|text| stored::read(link.number, &text).ok()))
    }
}

/// Stands for a row that does not open. Verifying says what is wrong with it.
fn unreadable(number: u64) -> AuditRow {
    AuditRow {
        number,
        at: Moment::from_unix_millis(0),
        person: NOBODY,
        what: "unreadable".to_owned(),
        on: String::new(),
        outcome: "failed".to_owned(),
        about: About::default(),
        details: Vec::new(),
        run: None,
    }
}
