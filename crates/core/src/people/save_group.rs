//! Makes a group, or changes its name and members.

use std::collections::BTreeSet;

use super::known;
use crate::actor::{self, Actor};
use crate::audit::{self, AuditEvent, What};
use crate::book::{Book, Change};
use crate::deed;
use crate::entry::Name;
use crate::error::{Error, Missing};
use crate::ids::{GroupId, PersonId};
use crate::launch::UnlockId;
use crate::policy::Action;
use crate::ports::Ports;
use crate::rights::Group;

/// A group as an administrator wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupDraft {
    /// Which; `None` makes one.
    pub group: Option<GroupId>,
    /// Its name.
    pub name: Name,
    /// Who belongs to it.
    pub members: Vec<PersonId>,
}

/// Saves the group; answers with its id.
///
/// # Errors
/// [`Error::Denied`] to anybody but an administrator; [`Error::NotFound`] for the group or a member;
/// [`Error::AuditUnavailable`], [`Error::Store`].
pub async fn save_group<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    draft: GroupDraft,
) -> Result<GroupId, Error> {
    let asked = actor::now(ports, unlock).await?;
    let permit = asked.administers(Action::ManageGroups)?;
    let fresh = || GroupId::fresh(ports.clock(), ports.random());
    let id = draft.group.unwrap_or_else(fresh);
    let before = before(&asked, draft.group)?;
    let members: BTreeSet<PersonId> = draft.members.into_iter().collect();
    for member in members.difference(&before) {
        known(&asked.book, *member)?;
    }
    let event = audit::event(ports, asked.person, What::GroupSaved, draft.name.as_str());
    let details = vec![
        ("added", names(&asked.book, members.difference(&before))),
        ("removed", names(&asked.book, before.difference(&members))),
    ];
    let event = AuditEvent { details, ..event };
    let group = Group { id, name: draft.name, members };
    deed::commit(ports, permit, vec![event], vec![Change::PutGroup(group)]).await?;
    Ok(id)
}

fn before(asked: &Actor, group: Option<GroupId>) -> Result<BTreeSet<PersonId>, Error> {
    let Some(id) = group else { return Ok(BTreeSet::new()) };
    let row = asked.book.groups.get(&id).ok_or(Error::NotFound(Missing::Group))?;
    Ok(row.members.clone())
}

fn names<'a>(book: &Book, people: impl Iterator<Item = &'a PersonId>) -> String {
    let rows = people.filter_map(|id| book.people.get(id));
    rows.map(|row| row.name.as_str()).collect::<Vec<_>>().join(", ")
}
