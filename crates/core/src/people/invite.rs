//! Gives a person a code to come in with, for the first time or anew.

use super::known;
use crate::actor;
use crate::audit::{self, About, AuditEvent, What};
use crate::error::{Error, Missing, Rule};
use crate::ids::PersonId;
use crate::launch::UnlockId;
use crate::policy::Action;
use crate::ports::{Access, Invitation, Notice, Notices, Ports};

/// Invites the person: what they had to come in with stops working. The code is shown once.
///
/// # Errors
/// [`Error::Denied`] to anybody but an administrator; [`Error::NotFound`] for nobody active;
/// [`Error::Invalid`] for oneself, who would be locked out; [`Error::Access`],
/// [`Error::AuditUnavailable`].
pub async fn invite<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    person: PersonId,
) -> Result<Invitation, Error> {
    let asked = actor::now(ports, unlock).await?;
    let permit = asked.administers(Action::ManagePeople)?;
    let row = known(&asked.book, person)?;
    if !row.is_active() {
        return Err(Error::NotFound(Missing::Person));
    }
    if person == asked.person {
        return Err(Error::Invalid { field: "person", rule: Rule::NotApplicable });
    }
    let event = audit::event(ports, asked.person, What::PersonInvited, row.name.as_str());
    let event = AuditEvent { about: About::person(person), ..event };
    let deed = async { Ok(ports.access().invite(permit, person).await?) };
    let invitation = audit::carry_out(ports, event, deed).await?;
    ports.notices().tell(Notice::BookChanged);
    Ok(invitation)
}
