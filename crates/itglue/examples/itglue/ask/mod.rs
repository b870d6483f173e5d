//! What each subcommand asks.

mod check;
mod list;
mod passwords;
mod show;

use itglue::Client;

use crate::{args::Ask, failure::Failure, output::Output};

pub(crate) async fn run(ask: &Ask, client: &Client, output: &mut Output) -> Result<(), Failure> {
    match ask {
        Ask::Check => check::run(client, output).await,
        Ask::Organizations => list::run(&client.organizations(), |_| true, output).await,
        Ask::Passwords(wanted) => passwords::run(client, wanted, output).await,
        Ask::Show { id, organization } => show::run(client, *id, *organization, output).await,
    }
}
