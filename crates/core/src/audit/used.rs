//! Which passwords a person has had the use of: what to rotate when they leave.

use std::collections::BTreeMap;

use super::query::each_chunk;
use super::{AuditRow, Filter, Outcome, What, gate};
use crate::entry::Organization;
use crate::error::Error;
use crate::ids::{ConnectionId, CredentialEntryId, PasswordId, PersonId};
use crate::launch::UnlockId;
use crate::policy::Action;
use crate::ports::Ports;
use crate::time::Moment;

/// How a person had the use of a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// It signed them in; they did not see it.
    Launched,
    /// It was shown to them, or they copied it.
    Seen,
}

/// A password that a person has had the use of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// The account.
    pub connection: Option<ConnectionId>,
    /// The organization, by the name it had.
    pub organization: Option<Organization>,
    /// The record.
    pub record: PasswordId,
    /// Its name, where that became known.
    pub record_name: Option<String>,
    /// The entry that it was used by last.
    pub credential: Option<CredentialEntryId>,
    /// How: seen says more than launched.
    pub how: Use,
    /// When last.
    pub last: Moment,
}

/// What the log has of the passwords of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Had {
    /// Those they launched with or saw, whether or not the host took them: by account and record,
    /// each once.
    pub used: Vec<Used>,
    /// The rows of what they could have used when they were offboarded, newest first.
    pub could_use: Vec<AuditRow>,
}

/// What the log has of the passwords of this person.
///
/// # Errors
/// [`Error::Denied`] to anybody but an administrator; [`Error::Store`].
pub async fn had_by<P: Ports>(ports: &P, unlock: UnlockId, person: PersonId) -> Result<Had, Error> {
    drop(gate::reader(ports, unlock, Action::ReadAudit).await?);
    let filter = Filter { person: Some(person), ..Filter::default() };
    let (mut used, mut could_use) = (BTreeMap::new(), Vec::new());
    let theirs = |row: &AuditRow| row.is(What::CouldUse) && row.about.person == Some(person);
    let mut take = |rows: Vec<AuditRow>| {
        rows.iter().filter(|row| row.person == person).for_each(|row| add(&mut used, row));
        could_use.extend(rows.into_iter().filter(theirs));
    };
    each_chunk(ports, &filter, &mut take).await?;
    Ok(Had { used: used.into_values().collect(), could_use })
}

/// Rows come newest first.
fn add(used: &mut BTreeMap<(Option<ConnectionId>, PasswordId), Used>, row: &AuditRow) {
    let (Some(how), Some(record)) = (how(row), row.about.record.clone()) else {
        return;
    };
    let about = &row.about;
    let known = used.entry((about.connection, record.clone())).or_insert_with(|| Used {
        connection: about.connection,
        organization: about.organization.clone(),
        record,
        record_name: None,
        credential: about.credential,
        how,
        last: row.at,
    });
    known.how = known.how.max(how);
    known.record_name = known.record_name.take().or_else(|| about.record_name.clone());
}

/// A denial released nothing; an intent may have, also where nothing more is on record.
fn how(row: &AuditRow) -> Option<Use> {
    if row.went(Outcome::Denied) {
        return None;
    }
    let any = |whats: &[What]| whats.iter().any(|what| row.is(*what));
    if any(&[What::PasswordShown, What::PasswordCopied]) {
        return Some(Use::Seen);
    }
    any(&[What::SignIn, What::HostAccepted, What::DesktopShown, What::HostRefused])
        .then_some(Use::Launched)
}
