//! IT Glue accounts.

use usher_core::accounts::{self, NewAccount};
use usher_core::entry::Connection;
use usher_core::error::Error;
use usher_core::ids::ConnectionId;
use usher_core::ports::{Ports, Store};

use super::{Answer, explain, forms};
use crate::broker::Desktop;
use crate::map::failure::{self, AccountFacts};
use crate::map::people::administrators;
use crate::map::rows::{Rows, organization};
use crate::protocol::{Failure, Region, Reply, SecretText};

pub(super) async fn add<P: Ports>(
    desk: &Desktop<P>,
    name: &str,
    region: Region,
    key: SecretText,
) -> Answer {
    let account = NewAccount {
        name: forms::name(name)?,
        region: forms::region(region),
        key: key.into_secret(),
    };
    match accounts::add(desk.ports.as_ref(), desk.unlock, account).await {
        Ok(added) => reply(desk, added).await,
        Err(error) => Err(about_new(desk, &error, name, region).await),
    }
}

/// The account does not exist yet, so the sentence takes its name and region from the form.
async fn about_new<P: Ports>(
    desk: &Desktop<P>,
    error: &Error,
    name: &str,
    region: Region,
) -> Failure {
    let Ok(book) = desk.ports.store().book().await else {
        return failure::plain(error);
    };
    let ask = administrators(&book);
    let may_replace = book.is_administrator(desk.person);
    let facts = AccountFacts { account: name.to_owned(), region, may_replace, ask: ask.clone() };
    failure::of(error, &ask, Some(&facts))
}

pub(super) async fn replace_key<P: Ports>(
    desk: &Desktop<P>,
    connection: &str,
    key: SecretText,
) -> Answer {
    let id: ConnectionId = forms::id("connection", connection)?;
    let ports = desk.ports.as_ref();
    match accounts::replace_key(ports, desk.unlock, id, key.into_secret()).await {
        Ok(replaced) => reply(desk, replaced).await,
        Err(error) => Err(explain(desk, &error, Some(id)).await),
    }
}

pub(super) async fn check<P: Ports>(desk: &Desktop<P>, connection: &str) -> Answer {
    let id: ConnectionId = forms::id("connection", connection)?;
    match accounts::check(desk.ports.as_ref(), desk.unlock, id).await {
        Ok(checked) => reply(desk, checked).await,
        Err(error) => Err(explain(desk, &error, Some(id)).await),
    }
}

pub(super) async fn remove<P: Ports>(desk: &Desktop<P>, connection: &str) -> Answer {
    let id: ConnectionId = forms::id("connection", connection)?;
    match accounts::remove(desk.ports.as_ref(), desk.unlock, id).await {
        Ok(()) => Ok(Reply::Done),
        Err(error) => Err(explain(desk, &error, Some(id)).await),
    }
}

pub(super) async fn organizations<P: Ports>(desk: &Desktop<P>, connection: &str) -> Answer {
    let id: ConnectionId = forms::id("connection", connection)?;
    match accounts::organizations(desk.ports.as_ref(), desk.unlock, id).await {
        Ok(rows) => {
            Ok(Reply::Organizations { organizations: rows.iter().map(organization).collect() })
        }
        Err(error) => Err(explain(desk, &error, Some(id)).await),
    }
}

async fn reply<P: Ports>(desk: &Desktop<P>, (row, count): (Connection, usize)) -> Answer {
    let book = desk.ports.store().book().await;
    let book = book.map_err(|error| failure::plain(&Error::Store(error)))?;
    let account = Rows { book: &book, person: desk.person }.account(&row);
    Ok(Reply::Account { account, organizations: u32::try_from(count).unwrap_or(u32::MAX) })
}
