//! The thin adapter between core's `Source` port and the IT Glue client.

mod clients;
mod map;
mod organizations;
mod reach;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use itglue::{ApiKey, Client, Limiter, Share};
use usher_core::Secret;
use usher_core::audit::Audited;
use usher_core::entry::{KeyId, KeyInUse, Organization, PasswordRecord, Region};
use usher_core::error::SourceError;
use usher_core::ids::OrganizationId;
use usher_core::policy::{Open, Permit, Releases, Test};
use usher_core::ports::{
    ApiKeys, FetchedPassword, ListPermit, OnStep, RecordAddress, RequestsLeft, Source, WebPage,
};
use zeroize::Zeroizing;

use crate::protocol;
use clients::Clients;
pub(crate) use reach::reach;
#[cfg(feature = "test-server")]
pub(crate) use reach::reach_server;

/// A stand-in account on loopback, asked instead of IT Glue. Only where the door for tests is open.
#[cfg(feature = "test-server")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server(pub String);

/// IT Glue over the keys of a vault. Holds one client per key while the vault is open.
pub struct ItGlueSource<K: ApiKeys> {
    keys: Arc<K>,
    clients: Clients,
    /// All accounts together keep to one share: colleagues and other programs use them too.
    limiter: Limiter,
    #[cfg(feature = "test-server")]
    server: Option<Server>,
}

impl<K: ApiKeys> ItGlueSource<K> {
    /// IT Glue itself.
    #[must_use]
    pub fn new(keys: Arc<K>) -> Self {
        Self {
            keys,
            clients: Clients::default(),
            limiter: Limiter::new(Share::default()),
            #[cfg(feature = "test-server")]
            server: None,
        }
    }

    /// The stand-in, where one is named.
    #[cfg(feature = "test-server")]
    #[must_use]
    pub fn at(mut self, server: Option<Server>) -> Self {
        if server.is_some() {
            // The stand-in is nobody else's.
            self.limiter = Limiter::new(Share { requests: 3_000, kept_for_launches: 20 });
        }
        self.server = server;
        self
    }

    async fn client(&self, used: KeyInUse) -> Result<Arc<Client>, SourceError> {
        if let Some(client) = self.clients.known(used) {
            return Ok(client);
        }
        let as_of = self.clients.as_of_now();
        let key = self.keys.get(used.key).await.map_err(SourceError::Keyring)?;
        let client = Arc::new(self.connect(used.region, &key)?);
        self.clients.keep(used, &client, &as_of);
        Ok(client)
    }

    /// What IT Glue's answer means. A key that it refuses is read anew before its next use: it may
    /// have been replaced in the vault meanwhile.
    fn answer<T>(
        &self,
        used: KeyInUse,
        answer: Result<T, itglue::Error>,
    ) -> Result<T, SourceError> {
        let answer = answer.map_err(|e| map::error(&e));
        self.heed(used, &answer);
        answer
    }

    fn heed<T>(&self, used: KeyInUse, answer: &Result<T, SourceError>) {
        if matches!(answer, Err(SourceError::KeyRefused)) {
            self.clients.forget(used.key);
        }
    }

    fn connect(&self, region: Region, key: &Secret) -> Result<Client, SourceError> {
        // EXPOSE: the IT Glue client puts it into its one header; pasted spaces are not part of it
        let text = Zeroizing::new(key.expose().trim().to_owned());
        let key = ApiKey::new(text).map_err(|_| SourceError::NotAKey)?;
        #[cfg(feature = "test-server")]
        if let Some(Server(url)) = &self.server {
            let server = itglue::TestServer::new(url).map_err(|_| SourceError::Unreachable)?;
            let builder = Client::builder_for_test_server(server, key).limiter(&self.limiter);
            return builder.build().map_err(|e| map::error(&e));
        }
        let builder = Client::builder(map::region(region), key).limiter(&self.limiter);
        builder.build().map_err(|e| map::error(&e))
    }
}

fn scope(id: &OrganizationId) -> Result<itglue::OrganizationId, SourceError> {
    id.as_str().parse().map_err(|_| SourceError::NotFound)
}

fn record_id(address: &RecordAddress) -> Result<itglue::PasswordId, SourceError> {
    address.password.as_str().parse().map_err(|_| SourceError::NotFound)
}

/// A region of the protocol, as the client knows it.
fn own_region(region: protocol::Region) -> itglue::Region {
    match region {
        protocol::Region::Us => itglue::Region::Us,
        protocol::Region::Eu => itglue::Region::Eu,
        protocol::Region::Au => itglue::Region::Au,
    }
}

/// The region as people know it.
pub(crate) fn label(region: Region) -> &'static str {
    map::region(region).label()
}

impl<K: ApiKeys> Source for ItGlueSource<K> {
    fn region_of(&self, address: &str) -> Option<Region> {
        itglue::Region::from_app_url(address).ok().map(map::own_region)
    }

    async fn check(&self, region: Region, key: &Secret) -> Result<usize, SourceError> {
        let client = self.connect(region, key)?;
        map::verdict(client.check().await)
    }

    async fn seen_by(
        &self,
        region: Region,
        key: &Secret,
    ) -> Result<Vec<Organization>, SourceError> {
        organizations::all(&self.connect(region, key)?).await
    }

    async fn organizations(&self, key: KeyInUse) -> Result<Vec<Organization>, SourceError> {
        let client = self.client(key).await?;
        let answer = organizations::all(client.as_ref()).await;
        self.heed(key, &answer);
        answer
    }

    async fn records(
        &self,
        _permit: ListPermit,
        key: KeyInUse,
        organization: &OrganizationId,
        on_step: OnStep<'_>,
    ) -> Result<(), SourceError> {
        let client = self.client(key).await?;
        let scope = scope(organization)?;
        let mut pass_on = |step| on_step(map::step(scope, step));
        let listed = client.organization(scope).passwords().each(&mut pass_on).await;
        self.answer(key, listed).map(drop)
    }

    async fn record(&self, address: &RecordAddress) -> Result<PasswordRecord, SourceError> {
        let client = self.client(address.key).await?;
        let scoped = client.organization(scope(&address.organization)?);
        let record = scoped.password(record_id(address)?).await;
        self.answer(address.key, record).map(|row| map::record(scoped.id(), row))
    }

    async fn password<A: Releases>(
        &self,
        _permit: Audited<A>,
        address: &RecordAddress,
    ) -> Result<FetchedPassword, SourceError> {
        let client = self.client(address.key).await?;
        let scoped = client.organization(scope(&address.organization)?);
        let fetched = scoped.password_value(record_id(address)?).await;
        let mut fetched = self.answer(address.key, fetched)?;
        let secret = Secret::new(std::mem::take(&mut *fetched.value));
        Ok(FetchedPassword { record: map::record(scoped.id(), fetched.record), secret })
    }

    async fn test_password_access(
        &self,
        _permit: Audited<Test>,
        address: &RecordAddress,
    ) -> Result<bool, SourceError> {
        let client = self.client(address.key).await?;
        let scoped = client.organization(scope(&address.organization)?);
        let verdict = scoped.test_password_access(record_id(address)?).await;
        self.answer(address.key, verdict)
    }

    fn web_page(&self, _permit: Permit<Open>, region: Region, page: WebPage<'_>) -> Option<String> {
        map::web_page(map::region(region), page).map(|page| page.as_str().to_owned())
    }

    fn requests_left(&self) -> RequestsLeft {
        let left = self.limiter.left();
        RequestsLeft { left: left.requests, of: left.of, paused: left.paused_for }
    }

    fn forget(&self, key: KeyId) {
        self.clients.forget(key);
    }
}
