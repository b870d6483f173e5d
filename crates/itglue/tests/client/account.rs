//! The client against a whole account, and against the faults an account can have.

use std::collections::HashSet;

use itglue::{Client, Error, OrganizationId, Password, Record, Verdict};

use crate::{
    script::canary,
    stand_in::{account, client, client_with, planted},
};

async fn all(client: &Client, id: OrganizationId) -> Result<Vec<Record<Password>>, Error> {
    client.organization(id).passwords().all().await
}

#[tokio::test]
async fn every_organization_and_every_password_is_listed_once() {
    let account = account();
    let client = client(&account);
    assert_eq!(client.check().await, Verdict::Good { organizations: 40 });
    let organizations = client.organizations().all().await.unwrap();
    let mut ids = HashSet::new();
    for organization in &organizations {
        ids.extend(all(&client, organization.id).await.unwrap().into_iter().map(|row| row.id));
    }
    assert_eq!((organizations.len(), ids.len()), (40, 3_000));
}

#[tokio::test]
async fn a_value_is_fetched_for_one_password_and_asked_for_outright() {
    let account = account();
    let client = client(&account);
    let (organization, id, expected) = planted(&account);
    let found = client.organization(organization).password_value(id).await.unwrap();
    assert_eq!(found.value.as_str(), expected);
    assert_eq!((found.record.attributes.name.as_deref(), found.record.id), (Some("Planted"), id));
    let requests = account.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].param("show_password"), Some("true"));
}

#[tokio::test]
async fn a_key_without_password_access_lists_but_gives_no_values() {
    let account = account();
    let client = client_with(&account, account.api_key_without_password_access());
    let (organization, id, _) = planted(&account);
    assert_eq!(client.check().await, Verdict::Good { organizations: 40 });
    let scoped = client.organization(organization);
    assert_eq!(scoped.password(id).await.unwrap().attributes.name.as_deref(), Some("Planted"));
    assert_eq!(scoped.password_value(id).await.map(drop), Err(Error::NoPasswordAccess));
}

#[tokio::test]
async fn changes_made_meanwhile_are_seen() {
    let account = account();
    let client = client(&account);
    let (organization, id, _) = planted(&account);
    let scoped = client.organization(organization);
    let fetch = async || scoped.password_value(id).await;

    let rotated = canary("rotated");
    account.edit(|data| data.rotate(id.get(), &rotated)).unwrap();
    assert_eq!(fetch().await.ok().unwrap().value.as_str(), rotated);
    account.edit(|data| data.archive(id.get())).unwrap();
    assert!(fetch().await.ok().unwrap().record.attributes.archived.unwrap());
    account.edit(|data| data.change(id.get(), |row| row.vault_id = Some(7))).unwrap();
    assert_eq!(fetch().await.map(drop), Err(Error::Vaulted));
    account.edit(|data| {
        let other = data.organizations().nth(1).unwrap().id;
        data.move_to(id.get(), other).unwrap();
    });
    assert_eq!(fetch().await.map(drop), Err(Error::NotFound));
    account.edit(|data| data.delete(id.get())).unwrap();
    assert_eq!(fetch().await.map(drop), Err(Error::NotFound));
}

#[tokio::test]
async fn an_unknown_key_is_refused() {
    let account = account();
    let client = client_with(&account, crate::script::canary_key());
    assert_eq!(client.check().await, Verdict::Refused);
}
