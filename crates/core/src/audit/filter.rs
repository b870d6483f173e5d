//! Which rows are asked for.

use super::{AuditRow, What};
use crate::ids::{ConnectionId, OrganizationId, PersonId};
use crate::rights::Object;
use crate::time::Moment;

/// Which rows are asked for; what is left out does not matter. All that is said must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Done by this person, or to them.
    pub person: Option<PersonId>,
    /// About this entry; of a folder also what is about the entries that lay in it then.
    pub entry: Option<Object>,
    /// On something whose name, as the log has it, holds this; upper and lower case are the same. The
    /// thing itself may be gone.
    pub on: Option<String>,
    /// About this organization of this account: two accounts may call different ones by one id. A row
    /// of the first releases names no account and counts for each.
    pub organization: Option<(ConnectionId, OrganizationId)>,
    /// About this host; upper and lower case are the same.
    pub host: Option<String>,
    /// Of this kind.
    pub what: Option<What>,
    /// Not before.
    pub from: Option<Moment>,
    /// Before.
    pub to: Option<Moment>,
}

impl Filter {
    /// Whether the row is one of those asked for.
    #[must_use]
    pub fn matches(&self, row: &AuditRow) -> bool {
        self.in_time(row.at)
            && self.what.is_none_or(|what| row.is(what))
            && self.person.is_none_or(|p| row.person == p || row.about.person == Some(p))
            && self.entry.is_none_or(|entry| is_about(row, entry))
            && self.on.as_ref().is_none_or(|name| is_named(row, name))
            && self.organization.as_ref().is_none_or(|of| names(row, of))
            && self.host.as_ref().is_none_or(|host| goes_to(row, host))
    }

    /// Whether the time is one of those asked for.
    #[must_use]
    pub fn in_time(&self, at: Moment) -> bool {
        self.from.is_none_or(|from| at >= from) && self.to.is_none_or(|to| at < to)
    }
}

fn is_about(row: &AuditRow, entry: Object) -> bool {
    match entry {
        Object::Folder(id) => row.about.folder == Some(id),
        Object::Session(id) => row.about.session == Some(id),
        Object::Credential(id) => row.about.credential == Some(id),
    }
}

fn is_named(row: &AuditRow, name: &str) -> bool {
    row.on.to_lowercase().contains(&name.to_lowercase())
}

fn names(row: &AuditRow, (connection, id): &(ConnectionId, OrganizationId)) -> bool {
    row.about.organization.as_ref().is_some_and(|organization| organization.id == *id)
        && row.about.connection.is_none_or(|of| of == *connection)
}

fn goes_to(row: &AuditRow, host: &str) -> bool {
    row.about.host.as_ref().is_some_and(|known| known.eq_ignore_ascii_case(host))
}
