//! What somebody could use when they were offboarded, as the log keeps it: their rights are gone by the
//! time that somebody asks again. A row for each entry, so that no row grows with the vault.

use super::rotation::{Rotated, Rotation, WhyRotate};
use crate::audit::{self, About, AuditEvent, AuditRow, What};
use crate::entry::{CredentialEntry, CredentialTarget, ListScope};
use crate::ids::{PasswordId, PersonId};
use crate::ports::Ports;
use crate::rights::Person;

const CATEGORY: &str = "category";
const INCLUDED: &str = "included";

/// That whoever leaves could use this entry, with what it stands for now.
pub(super) fn event<P: Ports>(
    ports: &P,
    by: PersonId,
    leaves: &Person,
    entry: &CredentialEntry,
) -> AuditEvent {
    let about = About { person: Some(leaves.id), ..About::credential(entry) };
    let mut details = vec![("person", leaves.name.to_string())];
    let about = match &entry.target {
        CredentialTarget::Specific(one) => {
            let (record, record_name) = (Some(one.id.clone()), Some(one.name.clone()));
            About { record, record_name, ..about }
        }
        CredentialTarget::AlwaysPromptWithList(scope) => {
            details.extend(bounds(scope));
            about
        }
    };
    let event = audit::event(ports, by, What::CouldUse, entry.name.as_str());
    AuditEvent { about, details, ..event }
}

fn bounds(scope: &ListScope) -> Vec<(&'static str, String)> {
    let category = scope.category.iter().map(|name| (CATEGORY, name.clone()));
    let included = scope.included.iter().map(|id| (INCLUDED, id.to_string()));
    category.chain(included).collect()
}

/// The row as what is to be changed.
pub(super) fn read(row: &AuditRow) -> Rotation {
    let about = &row.about;
    let name = about.record_name.clone().unwrap_or_default();
    Rotation {
        connection: about.connection,
        organization: about.organization.clone(),
        password: match about.record.clone() {
            Some(id) => Rotated::One { id, name },
            None => Rotated::List { scope: scope(row) },
        },
        entry: row.on.clone(),
        why: WhyRotate::CouldPick,
        last: None,
    }
}

fn scope(row: &AuditRow) -> ListScope {
    let included = row.details.iter().filter(|(word, _)| word == INCLUDED);
    ListScope {
        category: row.detail(CATEGORY).map(str::to_owned),
        included: included.map(|(_, id)| PasswordId::new(id.as_str())).collect(),
    }
}
