//! The thin adapter between core's `Source` port and the IT Glue client.

mod map;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use itglue::{ApiKey, Client, Limiter, Page, Share, Step};
use usher_core::Secret;
use usher_core::audit::Audited;
use usher_core::entry::{Connection, Organization, PasswordRecord, Region};
use usher_core::error::SourceError;
use usher_core::ids::{ConnectionId, OrganizationId};
use usher_core::policy::Releases;
use usher_core::ports::{
    ApiKeys, Batch, FetchedPassword, ListPermit, OnBatch, RecordAddress, Source,
};
use zeroize::Zeroizing;

/// A stand-in account on loopback, asked instead of IT Glue. Only where the door for tests is open.
#[cfg(feature = "test-server")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server(pub String);

/// IT Glue over the keys of a keyring. Holds one client per account while the vault is open.
pub struct ItGlueSource<K: ApiKeys> {
    keys: Arc<K>,
    clients: Mutex<BTreeMap<ConnectionId, Arc<Client>>>,
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
            clients: Mutex::default(),
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

    async fn client(&self, connection: &Connection) -> Result<Arc<Client>, SourceError> {
        if let Some(client) = self.known(connection.id) {
            return Ok(client);
        }
        let key = self.keys.get(connection.id).await.map_err(SourceError::Keyring)?;
        let client = Arc::new(self.connect(connection.region, &key)?);
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        clients.insert(connection.id, Arc::clone(&client));
        Ok(client)
    }

    fn known(&self, connection: ConnectionId) -> Option<Arc<Client>> {
        let clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        clients.get(&connection).cloned()
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

impl<K: ApiKeys> Source for ItGlueSource<K> {
    async fn check(&self, region: Region, key: &Secret) -> Result<usize, SourceError> {
        let client = self.connect(region, key)?;
        map::verdict(client.check().await)
    }

    async fn organizations(
        &self,
        connection: &Connection,
    ) -> Result<Vec<Organization>, SourceError> {
        let client = self.client(connection).await?;
        let all = client.organizations().all().await.map_err(|e| map::error(&e))?;
        Ok(all.into_iter().map(map::organization).collect())
    }

    async fn records(
        &self,
        _permit: ListPermit,
        connection: &Connection,
        organization: &OrganizationId,
        on_batch: OnBatch<'_>,
    ) -> Result<(), SourceError> {
        let client = self.client(connection).await?;
        let scope = scope(organization)?;
        let mut on_step = |step: Step<itglue::Password>| {
            let Step::Rows(Page { rows, total_count }) = step else { return };
            let rows = rows.into_iter().map(|row| map::record(scope, row)).collect();
            on_batch(Batch { rows, total: usize::try_from(total_count).ok() });
        };
        let listed = client.organization(scope).passwords().each(&mut on_step).await;
        listed.map(drop).map_err(|e| map::error(&e))
    }

    async fn record(&self, address: &RecordAddress) -> Result<PasswordRecord, SourceError> {
        let client = self.client(&address.connection).await?;
        let scoped = client.organization(scope(&address.organization)?);
        let record = scoped.password(record_id(address)?).await;
        record.map(|row| map::record(scoped.id(), row)).map_err(|e| map::error(&e))
    }

    async fn password<A: Releases>(
        &self,
        _permit: Audited<A>,
        address: &RecordAddress,
    ) -> Result<FetchedPassword, SourceError> {
        let client = self.client(&address.connection).await?;
        let scoped = client.organization(scope(&address.organization)?);
        let fetched = scoped.password_value(record_id(address)?).await;
        let mut fetched = fetched.map_err(|e| map::error(&e))?;
        let secret = Secret::new(std::mem::take(&mut *fetched.value));
        Ok(FetchedPassword { record: map::record(scoped.id(), fetched.record), secret })
    }

    fn forget(&self, connection: &Connection) {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner).remove(&connection.id);
    }
}
