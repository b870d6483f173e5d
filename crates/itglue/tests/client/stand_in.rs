//! A stand-in account and clients of it.

use std::{ops::Deref, time::Duration};

use itglue::{
    ApiKey, Client, ClientBuilder, Limiter, OrganizationId, PasswordId, Share, TestServer,
};
use usher_sandbox::account::{Account, AccountData, NewPassword, RunningAccount};
use zeroize::Zeroizing;

use crate::script::canary;

/// A stand-in account that fails the test when it was asked for anything that IT Glue is not known
/// to have.
pub(crate) struct Watched(RunningAccount);

impl Deref for Watched {
    type Target = RunningAccount;

    fn deref(&self) -> &RunningAccount {
        &self.0
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(self.0.unexpected_requests(), []);
        }
    }
}

pub(crate) fn start(data: AccountData) -> Watched {
    Watched(Account::start(data).unwrap())
}

/// 40 organizations with 3,000 passwords.
pub(crate) fn account() -> Watched {
    start(Account::seeded(7))
}

/// One organization with so many passwords.
pub(crate) fn large(passwords: usize) -> (Watched, OrganizationId) {
    let account = start(Account::of_size(7, 1, passwords));
    let organization = account.edit(|data| data.organizations().next().unwrap().id);
    (account, OrganizationId::new(organization))
}

pub(crate) fn key(text: String) -> ApiKey {
    ApiKey::new(Zeroizing::new(text)).unwrap()
}

pub(crate) fn client(account: &RunningAccount) -> Client {
    builder(account, Duration::from_secs(5)).build().unwrap()
}

/// A client that gives up on everything after this long.
pub(crate) fn impatient(account: &RunningAccount, limit: Duration) -> Client {
    builder(account, limit).build().unwrap()
}

pub(crate) fn client_with(account: &RunningAccount, key_text: String) -> Client {
    let server = TestServer::new(&account.base_url()).unwrap();
    Client::builder_for_test_server(server, key(key_text)).build().unwrap()
}

/// A client that shares a limiter.
pub(crate) fn limited(account: &RunningAccount, limiter: &Limiter) -> Client {
    let server = TestServer::new(&account.base_url()).unwrap();
    let builder = Client::builder_for_test_server(server, key(account.api_key()));
    builder.limiter(limiter).build().unwrap()
}

pub(crate) fn builder(account: &RunningAccount, limit: Duration) -> ClientBuilder {
    let server = TestServer::new(&account.base_url()).unwrap().impatient(limit);
    let plenty = Limiter::new(Share { requests: 3_000, kept_for_launches: 20 });
    Client::builder_for_test_server(server, key(account.api_key())).limiter(&plenty)
}

/// One more password in the first organization, with a value made here.
pub(crate) fn planted(account: &RunningAccount) -> (OrganizationId, PasswordId, String) {
    let value = canary("q\"u'o\\te ✓");
    let (organization, id) = account.edit(|data| {
        let organization_id = data.organizations().next().unwrap().id;
        let new = NewPassword { organization_id, name: "Planted", username: "u", value: &value };
        (organization_id, data.add_password(new).unwrap())
    });
    (OrganizationId::new(organization), PasswordId::new(id), value)
}
