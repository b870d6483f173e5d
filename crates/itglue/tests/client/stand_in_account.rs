//! The client against a whole account, and against the faults an account can have.

use std::{collections::HashSet, time::Duration};

use crate::script::canary;
use itglue::{
    ApiKey, Client, Error, OrganizationId, Password, PasswordId, Record, TestServer,
    UnreachableKind, Verdict,
};
use usher_sandbox::account::{Account, Fault, NewPassword, RunningAccount};
use zeroize::Zeroizing;

fn account() -> RunningAccount {
    Account::start(Account::seeded(7)).unwrap()
}

fn client_with(account: &RunningAccount, key: String) -> Client {
    let server = TestServer::new(&account.base_url()).unwrap().impatient(Duration::from_secs(5));
    let key = ApiKey::new(Zeroizing::new(key)).unwrap();
    Client::builder_for_test_server(server, key).build().unwrap()
}

fn client(account: &RunningAccount) -> Client {
    client_with(account, account.api_key())
}

async fn all(client: &Client, id: OrganizationId) -> Result<Vec<Record<Password>>, Error> {
    client.organization(id).passwords().all().await
}

/// One more password in the first organization, with a value made here.
fn planted(account: &RunningAccount) -> (OrganizationId, PasswordId, String) {
    let value = canary("q\"u'o\\te ✓");
    let (organization, id) = account.edit(|data| {
        let organization_id = data.organizations().next().unwrap().id;
        let new = NewPassword { organization_id, name: "Planted", username: "u", value: &value };
        (organization_id, data.add_password(new).unwrap())
    });
    (OrganizationId::new(organization), PasswordId::new(id), value)
}

async fn value(account: &RunningAccount, client: &Client) -> Result<String, Error> {
    let (organization, id, _) = planted(account);
    let found = client.organization(organization).password_value(id).await;
    found.map(|found| found.value.as_str().to_owned())
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
    assert_eq!(account.unexpected_requests(), []);
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
async fn each_fault_has_its_own_name() {
    let account = account();
    let client = client(&account);
    for (fault, error) in [
        (Fault::KeyRevoked, Error::KeyRefused),
        (Fault::CutShort, Error::CutShort),
        (Fault::ServerError(503), Error::UnexpectedStatus(503)),
        (Fault::Down, Error::Unreachable(UnreachableKind::Connect)),
    ] {
        account.set_fault(fault).unwrap();
        assert_eq!(value(&account, &client).await, Err(error), "{fault:?}");
        account.clear_fault().unwrap();
        assert!(value(&account, &client).await.is_ok(), "after {fault:?}");
    }
}

#[tokio::test]
async fn foreign_rows_are_refused_in_list_and_show() {
    let account = account();
    let client = client(&account);
    let (organization, _, _) = planted(&account);
    account.set_fault(Fault::ForeignRow).unwrap();
    let foreign = |error| matches!(error, Error::ForeignOrganization { .. });
    assert!(foreign(value(&account, &client).await.unwrap_err()));
    assert!(foreign(all(&client, organization).await.unwrap_err()));
}

#[tokio::test]
async fn a_slow_account_is_timed_out_not_waited_for() {
    let account = account();
    let server = TestServer::new(&account.base_url()).unwrap();
    let key = ApiKey::new(Zeroizing::new(account.api_key())).unwrap();
    let server = server.impatient(Duration::from_millis(200));
    let client = Client::builder_for_test_server(server, key).build().unwrap();
    account.set_fault(Fault::Slow(Duration::from_mins(1))).unwrap();
    assert_eq!(client.check().await, Verdict::TimedOut);
}

#[tokio::test]
async fn an_unknown_key_is_refused() {
    let account = account();
    let client = client_with(&account, crate::script::canary_key());
    assert_eq!(client.check().await, Verdict::Refused);
}
