//! `show`: one password with its value.

use itglue::{Client, Error, OrganizationId, Password, PasswordId, PasswordValue, Record};
use serde::Serialize;
use zeroize::Zeroizing;

use crate::{columns, failure::Failure, output::Output};

#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    record: &'a Record<Password>,
    password: &'a str,
}

pub(super) async fn run(
    client: &Client,
    id: PasswordId,
    organization: Option<OrganizationId>,
    output: &mut Output,
) -> Result<(), Failure> {
    let organization = match organization {
        Some(organization) => organization,
        None => home(client, id).await?,
    };
    let PasswordValue { record, value } =
        client.organization(organization).password_value(id).await?;
    let text = Zeroizing::new(format!("{}Password: {}", columns::lines(&record), &*value));
    output.one(&Shown { record: &record, password: &value }, &text);
    Ok(())
}

/// The organization that the record says it belongs to.
async fn home(client: &Client, id: PasswordId) -> Result<OrganizationId, Error> {
    let record = client.password_record(id).await?;
    record.attributes.organization_id.ok_or(Error::NotFound)
}
