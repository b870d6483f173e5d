//! Locks for technicians.

use super::Scope;
use super::plan::plan;
use crate::actor;
use crate::audit::{self, AuditEvent, What};
use crate::book::Book;
use crate::deed;
use crate::error::Error;
use crate::ids::GrantId;
use crate::launch::UnlockId;
use crate::policy::Action;
use crate::ports::Ports;
use crate::rights::Object;

/// Locks what is in scope: exactly what the preview says. Whoever loses a right loses it at once.
///
/// # Errors
/// [`Error::Denied`] to anybody but an administrator; [`Error::NotFound`];
/// [`Error::AuditUnavailable`], [`Error::Store`].
pub async fn apply<P: Ports>(ports: &P, unlock: UnlockId, scope: Scope) -> Result<(), Error> {
    let asked = actor::now(ports, unlock).await?;
    let permit = asked.administers(Action::LockForTechnicians)?;
    let fresh = || GrantId::fresh(ports.clock(), ports.random());
    let plan = plan(&asked.book, scope, fresh)?;
    if plan.changes.is_empty() {
        return Ok(());
    }
    let object = object_of(&asked.book, scope);
    let on = object.and_then(|object| asked.book.name_of(object));
    let on = on.map(ToString::to_string).unwrap_or_default();
    let event = audit::event(ports, asked.person, What::LockedForTechnicians, on);
    let about = object.map(|object| asked.book.about(object)).unwrap_or_default();
    let details =
        vec![("scope", word(scope).to_owned()), ("things", plan.within.len().to_string())];
    let event = AuditEvent { about, details, ..event };
    deed::commit(ports, permit, vec![event], plan.changes).await?;
    Ok(())
}

fn object_of(book: &Book, scope: Scope) -> Option<Object> {
    match scope {
        Scope::Entry(object) => Some(object),
        Scope::Folder(id) => Some(Object::Folder(id)),
        Scope::Everything => book.root().map(|root| Object::Folder(root.id)),
    }
}

fn word(scope: Scope) -> &'static str {
    match scope {
        Scope::Entry(_) => "entry",
        Scope::Folder(_) => "folder",
        Scope::Everything => "everything",
    }
}
