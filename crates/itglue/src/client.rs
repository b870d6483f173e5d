//! The client: one account in one region.

use reqwest::Url;

use crate::{
    ApiKey, CompanyRoot, Error, Limiter, OrganizationId, Proxy, Region, Scoped, Share, Stats,
    http::{Settings, Transport},
};
#[cfg(feature = "test-server")]
use crate::{TEST_DOOR_MARKER, TestServer};

/// Talks to one IT Glue account.
///
/// It connects to its region's host and nowhere else, follows no redirect and no link of an
/// answer, and uses neither proxy settings nor certificate stores of the machine.
pub struct Client {
    transport: Transport,
}

/// What a client is made from.
pub struct ClientBuilder {
    base: &'static str,
    test_base: Option<Url>,
    key: ApiKey,
    limiter: Option<Limiter>,
    settings: Settings,
}

impl ClientBuilder {
    fn new(base: &'static str, key: ApiKey) -> Self {
        Self { base, test_base: None, key, limiter: None, settings: Settings::default() }
    }

    /// Shares this limiter with other clients of the process. A client without one keeps to a
    /// [`Share`] of its own, which is only right if it is the only one.
    #[must_use]
    pub fn limiter(self, limiter: &Limiter) -> Self {
        Self { limiter: Some(limiter.clone()), ..self }
    }

    /// Goes through this proxy. Without one the connection is direct, whatever the environment
    /// says.
    #[must_use]
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.settings.proxy = Some(proxy);
        self
    }

    /// Trusts a company's own root beside the built-in ones.
    #[must_use]
    pub fn company_root(mut self, root: CompanyRoot) -> Self {
        self.settings.company_root = Some(root);
        self
    }

    /// Makes the client. Nothing is sent yet.
    ///
    /// # Errors
    /// [`Error::Setup`] if TLS or the proxy cannot be set up.
    pub fn build(self) -> Result<Client, Error> {
        let base = match self.test_base {
            Some(base) => base,
            None => Url::parse(self.base).map_err(|_| Error::Setup)?,
        };
        let limiter = self.limiter.unwrap_or_else(|| Limiter::new(Share::default()));
        let http = self.settings.client()?;
        Ok(Client { transport: Transport::new(http, base, self.key, limiter) })
    }
}

impl Client {
    /// A client for an account of a region, alone in its process and without a proxy.
    ///
    /// # Errors
    /// [`Error::Setup`] if TLS cannot be set up.
    pub fn new(region: Region, key: ApiKey) -> Result<Self, Error> {
        Self::builder(region, key).build()
    }

    /// Starts to make a client for an account of a region.
    #[must_use]
    pub fn builder(region: Region, key: ApiKey) -> ClientBuilder {
        ClientBuilder::new(region.base_url(), key)
    }

    /// Starts to make a client for a stand-in account on loopback. Each of its requests carries
    /// [`TEST_DOOR_MARKER`] as its user agent.
    #[cfg(feature = "test-server")]
    #[must_use]
    pub fn builder_for_test_server(server: TestServer, key: ApiKey) -> ClientBuilder {
        let TestServer { base, timeouts } = server;
        let mut builder = ClientBuilder::new("", key);
        builder.test_base = Some(base);
        builder.settings.timeouts = timeouts;
        builder.settings.plain_http = true;
        builder.settings.user_agent = TEST_DOOR_MARKER;
        builder
    }

    /// The limiter that this client keeps to.
    #[must_use]
    pub fn limiter(&self) -> &Limiter {
        self.transport.limiter()
    }

    /// What this client has asked for and received since it was made.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.transport.stats()
    }

    /// Narrows to one organization. Nothing is sent yet.
    #[must_use]
    pub fn organization(&self, id: OrganizationId) -> Scoped<'_> {
        Scoped::new(&self.transport, id)
    }

    pub(crate) fn transport(&self) -> &Transport {
        &self.transport
    }
}

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::*;
    use crate::{DocumentId, Folder, NewSection, SectionChange, SectionId, SectionKind};

    fn sendable<T: Send>(value: T) -> T {
        value
    }

    #[test]
    fn calls_can_be_moved_between_threads() {
        let key = ApiKey::new(Zeroizing::new("ITG.a".to_owned())).unwrap();
        let client = sendable(Client::new(Region::Eu, key).unwrap());
        let scoped = client.organization(OrganizationId::new(7));
        drop(sendable(client.check()));
        drop(sendable(client.organizations().all()));
        drop(sendable(scoped.passwords().each(&mut |_| {})));
        drop(sendable(scoped.passwords().refresh(&mut |_| true)));
        drop(sendable(scoped.password_value(crate::PasswordId::new(1))));
        drop(sendable(client.users().each(&mut |_| {})));
        drop(sendable(client.user(crate::UserId::new(1))));
        drop(sendable(client.organization_record(OrganizationId::new(7))));
        drop(sendable(scoped.password_folder(crate::PasswordFolderId::new(1))));
        drop(sendable(scoped.configuration(crate::ConfigurationId::new(1))));
        drop(sendable(scoped.flexible_asset(crate::FlexibleAssetId::new(1))));
    }

    #[test]
    fn calls_on_documents_can_be_moved_between_threads() {
        let key = ApiKey::new(Zeroizing::new("ITG.a".to_owned())).unwrap();
        let client = Client::new(Region::Us, key).unwrap();
        let scoped = client.organization(OrganizationId::new(7));
        let (document, section) = (DocumentId::new(1), SectionId::new(2));
        drop(sendable(scoped.documents(Folder::All).each(&mut |_| {})));
        drop(sendable(scoped.documents(Folder::Root).all()));
        drop(sendable(scoped.documents_named("a")));
        drop(sendable(scoped.document(document)));
        drop(sendable(scoped.create_document("a", None)));
        drop(sendable(scoped.rename_document(document, "b")));
        drop(sendable(scoped.publish_document(document)));
        drop(sendable(scoped.sections(document)));
        drop(sendable(scoped.section(document, section)));
        let new = NewSection::new(SectionKind::Text, SectionChange::default());
        drop(sendable(scoped.create_section(document, &new)));
        drop(sendable(scoped.update_section(document, section, &SectionChange::default())));
    }
}
