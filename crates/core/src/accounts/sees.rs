//! Whether a new key sees all that is in use, before it takes an old one's place.

use std::collections::BTreeMap;

use crate::Secret;
use crate::book::Book;
use crate::entry::{Connection, Organization};
use crate::error::Error;
use crate::ids::{ConnectionId, OrganizationId};
use crate::ports::{Ports, Source};

/// Checks the key: the number of organizations it sees, which are all that entries and folders of
/// this account use, and perhaps more.
pub(super) async fn all_in_use<P: Ports>(
    ports: &P,
    book: &Book,
    account: &Connection,
    key: &Secret,
) -> Result<usize, Error> {
    let mut missing = in_use(book, account.id);
    if missing.is_empty() {
        return Ok(ports.source().check(account.region, key).await?);
    }
    let seen = ports.source().seen_by(account.region, key).await?;
    for organization in &seen {
        missing.remove(&organization.id);
    }
    if missing.is_empty() {
        return Ok(seen.len());
    }
    let mut missing: Vec<Organization> = missing.into_values().collect();
    missing.sort_by(|a, b| a.name.cmp(&b.name));
    Err(Error::KeyMissesOrganizations(missing))
}

/// The organizations that entries and folders of this account name.
fn in_use(book: &Book, account: ConnectionId) -> BTreeMap<OrganizationId, Organization> {
    let entries = book.credentials.values().filter(|c| c.connection == account);
    let entries = entries.map(|c| &c.organization);
    let folders = book.folders.values().filter_map(|f| f.client.as_ref());
    let folders = folders.filter(|c| c.connection == account).map(|c| &c.organization);
    entries.chain(folders).map(|o| (o.id.clone(), o.clone())).collect()
}
