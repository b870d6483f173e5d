//! What each subcommand asks.

mod check;
mod list;
mod passwords;
mod show;

use itglue::{Client, FlexibleAssetTypeId, Folder, OrganizationId};

use crate::{args::Ask, failure::Failure, output::Output};

pub(crate) async fn run(ask: &Ask, client: &Client, output: &mut Output) -> Result<(), Failure> {
    match ask {
        Ask::Check => check::run(client, output).await,
        Ask::Organizations => list::run(&client.organizations(), |_| true, output).await,
        Ask::Passwords(wanted) => passwords::run(client, wanted, output).await,
        Ask::Show { id, organization } => show::run(client, *id, *organization, output).await,
        Ask::Configurations { organization } => configurations(client, *organization, output).await,
        Ask::Documents { organization } => {
            let documents = client.organization(*organization).documents(Folder::All);
            list::run(&documents, |_| true, output).await
        }
        Ask::FlexibleAssets { kind, organization } => {
            flexible_assets(client, *kind, *organization, output).await
        }
    }
}

async fn configurations(
    client: &Client,
    organization: Option<OrganizationId>,
    output: &mut Output,
) -> Result<(), Failure> {
    let listing = match organization {
        Some(id) => client.organization(id).configurations(),
        None => client.configurations(),
    };
    list::run(&listing, |_| true, output).await
}

async fn flexible_assets(
    client: &Client,
    kind: FlexibleAssetTypeId,
    organization: Option<OrganizationId>,
    output: &mut Output,
) -> Result<(), Failure> {
    let listing = match organization {
        Some(id) => client.organization(id).flexible_assets(kind),
        None => client.flexible_assets(kind),
    };
    list::run(&listing, |_| true, output).await
}
