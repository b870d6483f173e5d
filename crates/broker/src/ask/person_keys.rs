//! Keys of people's own.

use usher_core::accounts;
use usher_core::error::Error;
use usher_core::ids::{ConnectionId, PersonId};
use usher_core::ports::{Ports, Store};

use super::accounts::reply;
use super::{Answer, explain, forms};
use crate::broker::Desktop;
use crate::map::failure::{self, AccountFacts};
use crate::map::people::administrators;
use crate::protocol::{Failure, SetPersonKey};

pub(super) async fn set<P: Ports>(desk: &Desktop<P>, form: SetPersonKey) -> Answer {
    let of: (ConnectionId, PersonId) =
        (forms::id("connection", &form.connection)?, forms::id("person", &form.person)?);
    let (ports, key) = (desk.ports.as_ref(), form.api_key.into_secret());
    match accounts::set_person_key(ports, desk.unlock, of, key).await {
        Ok((row, seen)) => reply(desk, &row, Some(seen)).await,
        Err(error) => Err(about_key(desk, &error, of).await),
    }
}

pub(super) async fn remove<P: Ports>(desk: &Desktop<P>, connection: &str, person: &str) -> Answer {
    let id: ConnectionId = forms::id("connection", connection)?;
    let whose: PersonId = forms::id("person", person)?;
    match accounts::remove_person_key(desk.ports.as_ref(), desk.unlock, id, whose).await {
        Ok(row) => reply(desk, &row, None).await,
        Err(error) => Err(explain(desk, &error, Some(id)).await),
    }
}

/// A failure that concerns this person's key.
async fn about_key<P: Ports>(
    desk: &Desktop<P>,
    error: &Error,
    of: (ConnectionId, PersonId),
) -> Failure {
    let Ok(book) = desk.ports.store().book().await else {
        return failure::plain(error);
    };
    let facts = AccountFacts::of_person(&book, desk.person, of);
    failure::of(error, &administrators(&book), facts.as_ref())
}
