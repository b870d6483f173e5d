//! IT Glue accounts.

use usher_core::accounts::{self, NewAccount};
use usher_core::book::Book;
use usher_core::entry::Connection;
use usher_core::error::Error;
use usher_core::ids::ConnectionId;
use usher_core::ports::{Clock, Ports, Proved, Source, Store};

use super::{Answer, explain, forms};
use crate::broker::Desktop;
use crate::map::account::Cards;
use crate::map::failure::{self, AccountFacts};
use crate::map::people::administrators;
use crate::map::rows::organization;
use crate::protocol::{Failure, Region, Reply, SecretText, TestPasswordAccess};

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
        Ok((row, seen)) => reply(desk, &row, Some(seen)).await,
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
    let facts = AccountFacts {
        account: name.to_owned(),
        region,
        may_replace,
        ask: ask.clone(),
        person: None,
    };
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
        Ok((row, seen)) => reply(desk, &row, Some(seen)).await,
        Err(error) => Err(about_account(desk, &error, id).await),
    }
}

pub(super) async fn check<P: Ports>(desk: &Desktop<P>, connection: &str) -> Answer {
    let id: ConnectionId = forms::id("connection", connection)?;
    match accounts::check(desk.ports.as_ref(), desk.unlock, id).await {
        Ok((row, seen)) => reply(desk, &row, Some(seen)).await,
        Err(error) => Err(about_account(desk, &error, id).await),
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

pub(super) async fn read_address<P: Ports>(desk: &Desktop<P>, text: &str) -> Answer {
    match accounts::read_address(desk.ports.as_ref(), desk.unlock, text).await {
        Ok(region) => Ok(Reply::AccountAddress { region: failure::region(region) }),
        Err(error) => Err(failure::plain(&error)),
    }
}

pub(super) async fn test_password_access<P: Ports>(
    desk: &Desktop<P>,
    form: &TestPasswordAccess,
) -> Answer {
    let id: ConnectionId = forms::id("connection", &form.connection)?;
    let record = (forms::organization(&form.organization)?, forms::password(&form.password)?);
    let ports = desk.ports.as_ref();
    match accounts::test_password_access(ports, desk.unlock, id, record).await {
        Ok(row) => reply(desk, &row, None).await,
        Err(error) => Err(about_account(desk, &error, id).await),
    }
}

pub(super) async fn set_keep_alive<P: Ports>(
    desk: &Desktop<P>,
    connection: &str,
    on: bool,
) -> Answer {
    let id: ConnectionId = forms::id("connection", connection)?;
    match accounts::set_keep_alive(desk.ports.as_ref(), desk.unlock, id, on).await {
        Ok(row) => reply(desk, &row, None).await,
        Err(error) => Err(explain(desk, &error, Some(id)).await),
    }
}

/// A failure that concerns the account's own key, whatever key the administrator works with.
async fn about_account<P: Ports>(
    desk: &Desktop<P>,
    error: &Error,
    connection: ConnectionId,
) -> Failure {
    let Ok(book) = desk.ports.store().book().await else {
        return failure::plain(error);
    };
    let facts = AccountFacts::of_account(&book, desk.person, connection);
    failure::of(error, &administrators(&book), facts.as_ref())
}

/// The cards as they are now.
pub(super) fn cards<'a, P: Ports>(desk: &Desktop<P>, book: &'a Book) -> Cards<'a> {
    let now = desk.ports.clock().now();
    let by_passphrase = desk.open.proved == Proved::Passphrase;
    let requests = desk.ports.source().requests_left();
    Cards { book, person: desk.person, by_passphrase, now, requests }
}

pub(super) async fn reply<P: Ports>(
    desk: &Desktop<P>,
    row: &Connection,
    organizations: Option<usize>,
) -> Answer {
    let book = desk.ports.store().book().await?;
    let account = cards(desk, &book).account(row);
    let organizations = organizations.map(|seen| u32::try_from(seen).unwrap_or(u32::MAX));
    Ok(Reply::Account { account, organizations })
}
