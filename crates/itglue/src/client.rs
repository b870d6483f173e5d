//! The client: one account in one region.

use reqwest::Url;

use crate::{
    ApiKey, Error, Organization, OrganizationId, Page, Region, Scoped,
    body::{Body, Limit},
    organization, paging, transport, wire,
};
#[cfg(feature = "test-server")]
use crate::{TEST_DOOR_MARKER, TestServer};

/// Talks to one IT Glue account.
///
/// It connects to its region's host and nowhere else, follows no redirect and no link of an
/// answer, and uses neither proxy settings nor certificate stores of the machine.
pub struct Client {
    http: reqwest::Client,
    base: Url,
    key: ApiKey,
}

/// What [`Client::verify`] learnt of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyCheck {
    /// How many organizations the account has.
    pub organizations: u64,
}

impl Client {
    /// A client for an account of a region. Nothing is sent yet.
    ///
    /// # Errors
    /// [`Error::Setup`] if TLS cannot be set up.
    pub fn new(region: Region, key: ApiKey) -> Result<Self, Error> {
        let base = Url::parse(region.base_url()).map_err(|_| Error::Setup)?;
        let http = transport::builder(&transport::TIMEOUTS)?.build().map_err(|_| Error::Setup)?;
        Ok(Self { http, base, key })
    }

    /// A client for a stand-in account on loopback. Each of its requests carries
    /// [`TEST_DOOR_MARKER`] as its user agent.
    ///
    /// # Errors
    /// [`Error::Setup`] if TLS cannot be set up.
    #[cfg(feature = "test-server")]
    pub fn for_test_server(server: TestServer, key: ApiKey) -> Result<Self, Error> {
        let TestServer { base, timeouts } = server;
        let http = transport::builder(&timeouts)?
            .https_only(false)
            .user_agent(TEST_DOOR_MARKER)
            .build()
            .map_err(|_| Error::Setup)?;
        Ok(Self { http, base, key })
    }

    /// Asks for one organization to learn whether the key works here.
    ///
    /// Whether it has *Password Access* cannot be known from this: that shows itself at the first
    /// [`Scoped::password_value`].
    ///
    /// # Errors
    /// [`Error::KeyRefused`] for a key that does not work in this region, from this address or on
    /// this plan, and every way in which a call can fail.
    pub async fn verify(&self) -> Result<KeyCheck, Error> {
        let query = [("page[number]", "1"), ("page[size]", "1")];
        let body = self.get(&["organizations"], &query, Limit::List).await?;
        let page: wire::Many<organization::Row> = wire::parse(&body)?;
        Ok(KeyCheck { organizations: page.meta.total_count })
    }

    /// Lists all organizations by name, a page at a time.
    ///
    /// # Errors
    /// Every way in which a call can fail; pages already handed over stay valid.
    pub async fn organizations<F>(&self, on_page: &mut F) -> Result<(), Error>
    where
        F: FnMut(Page<Organization>) + ?Sized,
    {
        let list = paging::List {
            client: self,
            path: &["organizations"],
            id_of: |row: &Organization| row.id.as_str().to_owned(),
            check: |row: organization::Row| Ok(row.into()),
        };
        list.run(on_page).await
    }

    /// Narrows to one organization. Nothing is sent yet.
    #[must_use]
    pub fn organization(&self, id: OrganizationId) -> Scoped<'_> {
        Scoped::new(self, id)
    }

    pub(crate) async fn get(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
        limit: Limit,
    ) -> Result<Body, Error> {
        transport::get(&self.http, &self.key, self.url(path, query)?, limit).await
    }

    /// Built here from constants and ids, never from anything an answer said.
    fn url(&self, path: &[&str], query: &[(&str, &str)]) -> Result<Url, Error> {
        let mut url = self.base.clone();
        url.path_segments_mut().map_err(|()| Error::Setup)?.pop_if_empty().extend(path);
        url.query_pairs_mut().extend_pairs(query);
        Ok(url)
    }
}

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::*;

    fn sendable<T: Send>(value: T) -> T {
        value
    }

    fn client(region: Region) -> Client {
        let key = ApiKey::new(Zeroizing::new("ITG.a".to_owned())).unwrap();
        sendable(Client::new(region, key).unwrap())
    }

    #[test]
    fn every_address_is_on_the_regions_host_over_tls() {
        for region in Region::ALL {
            let url = client(region).url(&["organizations", "7"], &[("sort", "a&b/../c")]).unwrap();
            assert_eq!((url.scheme(), url.host_str()), ("https", Some(region.host())));
            assert_eq!(url.path(), "/organizations/7");
            assert_eq!(url.query(), Some("sort=a%26b%2F..%2Fc"));
        }
    }

    #[test]
    fn calls_can_be_moved_between_threads() {
        let client = client(Region::Eu);
        let scoped = client.organization("7".parse().unwrap());
        let id = "1".parse().unwrap();
        drop(sendable(client.verify()));
        drop(sendable(client.organizations(&mut |_| {})));
        drop(sendable(scoped.passwords(&mut |_| {})));
        drop(sendable(scoped.password(&id)));
        drop(sendable(scoped.password_value(&id)));
    }
}
