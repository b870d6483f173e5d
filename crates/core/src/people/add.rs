//! Adds a person: the vault makes their keys, and a code that brings them in for the first time.

use crate::actor::{self, Actor};
use crate::audit::{self, About, AuditEvent, What};
use crate::book::Change;
use crate::deed;
use crate::entry::Name;
use crate::error::{Error, Missing};
use crate::ids::{GroupId, PersonId};
use crate::launch::UnlockId;
use crate::policy::Action;
use crate::ports::{Invitation, Ports};
use crate::rights::{Group, Person, Standing};

/// A person to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    /// Their name.
    pub name: Name,
    /// Whether they administer the vault.
    pub administrator: bool,
    /// The groups they belong to.
    pub groups: Vec<GroupId>,
}

/// Adds the person and invites them. The code is shown once.
///
/// # Errors
/// [`Error::Denied`] to anybody but an administrator; [`Error::NotFound`] for a group;
/// [`Error::AuditUnavailable`]. [`Error::Access`]: the person is there, and can be invited again.
pub async fn add<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    new: NewPerson,
) -> Result<(PersonId, Invitation), Error> {
    let asked = actor::now(ports, unlock).await?;
    let permit = asked.administers(Action::ManagePeople)?;
    let id = PersonId::fresh(ports.clock(), ports.random());
    let mut changes = joins(&asked, id, &new.groups)?;
    let event = audit::event(ports, asked.person, What::PersonAdded, new.name.as_str());
    let details = vec![("administrator", new.administrator.to_string())];
    let event = AuditEvent { about: About::person(id), details, ..event };
    let administrator = new.administrator;
    let person = Person { id, name: new.name, administrator, standing: Standing::Active };
    changes.insert(0, Change::PutPerson(person));
    deed::commit(ports, permit, vec![event], changes).await?;
    Ok((id, super::invite(ports, unlock, id).await?))
}

fn joins(asked: &Actor, id: PersonId, groups: &[GroupId]) -> Result<Vec<Change>, Error> {
    let join = |group: &GroupId| {
        let row = asked.book.groups.get(group).ok_or(Error::NotFound(Missing::Group))?;
        let mut members = row.members.clone();
        members.insert(id);
        Ok(Change::PutGroup(Group { members, ..row.clone() }))
    };
    groups.iter().map(join).collect()
}
