//! Changes a person: their name, whether they administer, whether they still come in.

use super::{known, somebody_administers};
use crate::actor;
use crate::audit::{self, About, AuditEvent, What};
use crate::book::Change;
use crate::deed;
use crate::entry::Name;
use crate::error::Error;
use crate::ids::PersonId;
use crate::launch::UnlockId;
use crate::policy::Action;
use crate::ports::Ports;
use crate::rights::{Person, Standing};

/// A person as an administrator wants them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonDraft {
    /// Their name.
    pub name: Name,
    /// Whether they administer the vault.
    pub administrator: bool,
    /// Whether they still come in. Whoever was revoked does not come back.
    pub standing: Standing,
}

/// Changes the person. Whoever comes in no more is locked out at once.
///
/// # Errors
/// [`Error::Denied`] to anybody but an administrator; [`Error::NotFound`]; [`Error::LastAdministrator`];
/// [`Error::AuditUnavailable`], [`Error::Store`].
pub async fn change<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    person: PersonId,
    draft: PersonDraft,
) -> Result<(), Error> {
    let asked = actor::now(ports, unlock).await?;
    let permit = asked.administers(Action::ManagePeople)?;
    let before = known(&asked.book, person)?;
    let PersonDraft { name, administrator, standing } = draft;
    let administrator = administrator && standing != Standing::Revoked;
    let after = Person { id: person, name, administrator, standing };
    if after == *before {
        return Ok(());
    }
    somebody_administers(&asked.book, &after)?;
    let event = audit::event(ports, asked.person, what(before, &after), before.name.as_str());
    let details = vec![
        ("fields", fields(before, &after).join(",")),
        ("administrator", after.administrator.to_string()),
    ];
    let event = AuditEvent { about: About::person(person), details, ..event };
    deed::commit(ports, permit, vec![event], vec![Change::PutPerson(after)]).await?;
    Ok(())
}

fn what(before: &Person, after: &Person) -> What {
    match after.standing {
        Standing::Disabled if before.is_active() => What::PersonDisabled,
        Standing::Revoked => What::PersonRevoked,
        Standing::Active | Standing::Disabled => What::PersonChanged,
    }
}

fn fields(before: &Person, after: &Person) -> Vec<&'static str> {
    let Person { id: _, name, administrator, standing } = after;
    let fields = [
        ("name", *name != before.name),
        ("administrator", *administrator != before.administrator),
        ("standing", *standing != before.standing),
    ];
    fields.into_iter().filter(|(_, differs)| *differs).map(|(word, _)| word).collect()
}
