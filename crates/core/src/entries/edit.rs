//! One edit of entries or folders: committed, on record, and ready to be undone.

use super::undo::Undoable;
use crate::actor::Actor;
use crate::audit::{self, About, AuditEvent, What};
use crate::book::Change;
use crate::deed;
use crate::entry::Name;
use crate::error::Error;
use crate::policy::{self, Permit};
use crate::ports::Ports;

/// An edit.
pub(super) struct Edit {
    pub(super) what: What,
    /// What it is called, after it or, where it is gone, before.
    pub(super) name: Name,
    pub(super) about: About,
    /// More facts: which fields changed, never what is in them.
    pub(super) details: Vec<(&'static str, String)>,
    pub(super) changes: Vec<Change>,
}

/// Which fields changed, for the log.
pub(super) fn fields(changed: &[&'static str]) -> Vec<(&'static str, String)> {
    vec![("fields", changed.join(","))]
}

/// Makes the edit.
pub(super) async fn commit<P: Ports>(
    ports: &P,
    asked: &Actor,
    permit: Permit<policy::Edit>,
    edit: Edit,
) -> Result<Undoable, Error> {
    let undoable = Undoable::of(&asked.book, edit.what, edit.name.as_str(), &edit.changes);
    let event = audit::event(ports, asked.person, edit.what, edit.name.as_str());
    let event = AuditEvent { about: edit.about, details: edit.details, ..event };
    deed::commit(ports, permit, vec![event], edit.changes).await?;
    Ok(undoable)
}
