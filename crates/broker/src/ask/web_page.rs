//! *Open in IT Glue*: the address of a page, for the shell.

use usher_core::accounts::{self, PageOf as Wanted};
use usher_core::ids::ConnectionId;
use usher_core::ports::Ports;

use super::{Answer, explain, forms};
use crate::broker::Desktop;
use crate::protocol::{Failure, PageOf, Reply};

pub(super) async fn find<P: Ports>(desk: &Desktop<P>, of: &PageOf) -> Answer {
    let (account, wanted) = wanted(of)?;
    match accounts::open_page(desk.ports.as_ref(), desk.unlock, &wanted).await {
        Ok(url) => Ok(Reply::WebPage { url }),
        Err(error) => Err(explain(desk, &error, Some(account)).await),
    }
}

fn wanted(of: &PageOf) -> Result<(ConnectionId, Wanted), Failure> {
    let account = |connection: &str| forms::id::<ConnectionId>("connection", connection);
    Ok(match of {
        PageOf::Account { connection } => {
            let account = account(connection)?;
            (account, Wanted::Account(account))
        }
        PageOf::Organization { connection, organization } => {
            let account = account(connection)?;
            (account, Wanted::Organization(account, forms::organization(organization)?))
        }
        PageOf::Record { connection, organization, password } => {
            let (account, organization) =
                (account(connection)?, forms::organization(organization)?);
            (account, Wanted::Record(account, organization, forms::password(password)?))
        }
    })
}
