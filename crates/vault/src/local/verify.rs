//! Verifying the log: every row against the one before, every signature, and what the keyring
//! remembers. Needs no passphrase; while the log's secret is lent, each row is opened, too.

use std::collections::BTreeMap;

use rusqlite::Connection;
use usher_core::audit::{LogFault, Verdict};
use usher_core::error::StoreError;

use super::chain::{self, Link, Tail};
use super::head::{self, Head};
use super::page::{Key, Pages};
use super::read::link;
use super::{number, stored};
use crate::file::fault;
use crate::seal::VaultId;
use crate::{AuditAnchor, Witness};

/// Goes through the log as it is at this moment; whoever appends meanwhile is not held up.
pub(super) fn verify(file: &mut Connection, witness: &Witness) -> Result<Verdict, StoreError> {
    let snapshot = file.transaction().map_err(fault)?;
    let vault = witness.vault().ok_or(StoreError::Locked)?;
    let remembered = witness.remembered();
    let anchor = remembered.unwrap_or_else(|_| witness.audit_anchor());
    let sql = "SELECT count(*) FROM audit";
    let rows = snapshot.query_row(sql, [], |row| number(row, 0)).map_err(fault)?;
    let (signed_to, opened, broken) = match chain::vault_of(&snapshot)? {
        Some(of) if of != vault => (0, false, Some((1, LogFault::OtherVault))),
        _ => look(&snapshot, (witness, anchor), vault)?,
    };
    snapshot.finish().map_err(fault)?;
    Ok(Verdict {
        rows,
        first_bad: broken.map(|(number, _)| number),
        fault: broken.map(|(_, fault)| fault),
        signed_to,
        unsigned: rows.saturating_sub(signed_to),
        opened,
        anchored: remembered.ok().map(|anchor| anchor.is_some()),
    })
}

/// The first row that is not as it was written, and what is wrong with it.
type Broken = Option<(u64, LogFault)>;

fn look(
    file: &Connection,
    (witness, anchor): (&Witness, Option<AuditAnchor>),
    vault: VaultId,
) -> Result<(u64, bool, Broken), StoreError> {
    let heads = head::all(file)?;
    let last_head = heads.last().map_or(0, |head| head.number);
    let mut walk = Walk {
        witness,
        vault,
        pages: Pages::new(file, witness, vault),
        heads: heads.into_iter().map(|head| (head.number, head)).collect(),
        anchor,
        tail: Tail::genesis(&vault),
        signed_to: 0,
        opened: false,
    };
    let sql = "SELECT number, page, sealed, hash FROM audit ORDER BY number";
    let mut statement = file.prepare(sql).map_err(fault)?;
    let mut rows = statement.query([]).map_err(fault)?;
    let mut broken = None;
    while let Some(row) = rows.next().map_err(fault)? {
        // A row that is not even of our shape is a changed row.
        let step = match link(row) {
            Ok(link) => walk.step(&link)?,
            Err(_) => Some((walk.tail.number.saturating_add(1), LogFault::Changed)),
        };
        if step.is_some() {
            broken = step;
            break;
        }
    }
    let end = walk.tail.number;
    let expected = anchor.map_or(0, |anchor| anchor.number).max(last_head);
    let cut = (expected > end).then_some((end.saturating_add(1), LogFault::CutShort));
    Ok((walk.signed_to, walk.opened, broken.or(cut)))
}

struct Walk<'a> {
    witness: &'a Witness,
    vault: VaultId,
    pages: Pages<'a>,
    heads: BTreeMap<u64, Head>,
    anchor: Option<AuditAnchor>,
    tail: Tail,
    signed_to: u64,
    opened: bool,
}

impl Walk<'_> {
    /// Goes one row on; what is wrong with it, or with what was signed.
    fn step(&mut self, link: &Link) -> Result<Broken, StoreError> {
        let due = self.tail.number.saturating_add(1);
        if link.number != due {
            return Ok(Some((due, LogFault::Missing)));
        }
        let after = self.tail.then(&link.page, &link.sealed);
        if after.hash != link.hash {
            return Ok(Some((due, LogFault::Changed)));
        }
        if !self.opens(link)? {
            return Ok(Some((due, LogFault::Unreadable)));
        }
        self.tail = after;
        Ok(self.vouched_for())
    }

    /// Whether the row is one that Usher wrote at this place; while locked, whether its page is there.
    fn opens(&mut self, link: &Link) -> Result<bool, StoreError> {
        let key = match self.pages.key(&link.page)? {
            Key::Known(key) => key.clone(),
            Key::Locked => return Ok(true),
            Key::Broken => return Ok(false),
        };
        self.opened = true;
        let text = self.pages.open(&key, &self.tail, &link.sealed);
        Ok(text.is_some_and(|text| stored::is_row(&text)))
    }

    /// Whether the signature and the anchor that stand for the row we are at are of this row.
    fn vouched_for(&mut self) -> Broken {
        if let Some(head) = self.heads.get(&self.tail.number) {
            if !head.holds(self.witness, &self.vault, &self.tail) {
                return Some((self.signed_to.saturating_add(1), LogFault::SignatureWrong));
            }
            self.signed_to = self.tail.number;
        }
        let remembered = self.anchor.filter(|anchor| anchor.number == self.tail.number);
        let rewritten = remembered.is_some_and(|anchor| anchor.head != self.tail.hash);
        rewritten.then_some((self.tail.number, LogFault::Rewritten))
    }
}
