//! The passwords to change once somebody has left. What stands for a whole list is named record by
//! record, as IT Glue has it now and as far as whoever asks may look through it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use usher_core::accounts;
use usher_core::entry::{ListScope, PasswordRecord};
use usher_core::ids::{ConnectionId, OrganizationId, PasswordId};
use usher_core::people::{Rotated, Rotation};
use usher_core::policy::{Act, Action, may_act};
use usher_core::ports::{Clock, Ports, Step, Store};

use crate::broker::Desktop;
use crate::map::people::rotation;
use crate::protocol::RotationRow;

/// How long one organization's list may take; the rows say where it was not had.
const PATIENCE: Duration = Duration::from_mins(1);

type Record = (ConnectionId, PasswordId);
type Lists = BTreeMap<(ConnectionId, OrganizationId), Option<Vec<PasswordRecord>>>;

/// The rows, each record once.
pub(super) async fn rows<P: Ports>(desk: &Desktop<P>, all: Vec<Rotation>) -> Vec<RotationRow> {
    let mut named: BTreeSet<Record> = all.iter().filter_map(one).collect();
    let mut lists = Lists::new();
    let mut rows = Vec::new();
    for row in all {
        let Rotated::List { scope } = &row.password else {
            rows.push(rotation(row));
            continue;
        };
        match list(desk, &mut lists, &row).await {
            Some(records) => rows.extend(in_scope(&row, scope, records, &mut named)),
            None => rows.push(rotation(row)),
        }
    }
    rows
}

fn one(row: &Rotation) -> Option<Record> {
    match &row.password {
        Rotated::One { id, .. } => Some((row.connection?, id.clone())),
        Rotated::List { .. } => None,
    }
}

/// What could be picked from the list and is not named yet.
fn in_scope(
    row: &Rotation,
    scope: &ListScope,
    records: &[PasswordRecord],
    named: &mut BTreeSet<Record>,
) -> Vec<RotationRow> {
    let usable = |record: &&PasswordRecord| !record.marks.archived && !record.marks.vaulted;
    let records = records.iter().filter(usable).filter(|record| scope.contains(record));
    let new = records.filter(|record| {
        row.connection.is_some_and(|connection| named.insert((connection, record.id.clone())))
    });
    let of = |record: &PasswordRecord| Rotation {
        password: Rotated::One { id: record.id.clone(), name: record.name.clone() },
        ..row.clone()
    };
    new.map(|record| rotation(of(record))).collect()
}

/// The organization's records; `None` where IT Glue could not be asked for all of them.
async fn list<'a, P: Ports>(
    desk: &Desktop<P>,
    lists: &'a mut Lists,
    row: &Rotation,
) -> Option<&'a [PasswordRecord]> {
    let of = (row.connection?, row.organization.as_ref()?.id.clone());
    if !lists.contains_key(&of) {
        let found = ask(desk, &of).await;
        lists.insert(of.clone(), found);
    }
    lists.get(&of)?.as_deref()
}

async fn ask<P: Ports>(
    desk: &Desktop<P>,
    (connection, organization): &(ConnectionId, OrganizationId),
) -> Option<Vec<PasswordRecord>> {
    // Without Source it is not asked at all: they asked for somebody to leave, not to look around.
    let book = desk.ports.store().book().await.ok()?;
    let act = Act { source: Some((*connection, organization)), ..Act::default() };
    drop(may_act(&book, desk.person, Action::BrowseOrganization, &act).ok()?);
    let mut records = Vec::new();
    let mut take = |step| {
        if let Step::Rows(batch) = step {
            records.extend(batch.rows);
        }
    };
    let ports = desk.ports.as_ref();
    let listing = accounts::browse(ports, desk.unlock, *connection, organization, &mut take);
    let listed = tokio::select! {
        listed = listing => listed.is_ok(),
        () = ports.clock().wait(PATIENCE) => false,
    };
    listed.then_some(records)
}
