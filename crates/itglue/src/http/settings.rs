//! What a program may decide about the way to the API. The environment decides nothing.

use std::time::Duration;

use reqwest::{Url, redirect};
use rustls::pki_types::{CertificateDer, pem::PemObject};
use thiserror::Error;
use zeroize::Zeroizing;

use super::{resolver, tls};
use crate::Error;

/// How long each part of a request may take.
#[derive(Clone, Copy)]
pub(crate) struct Timeouts {
    pub(crate) connect: Duration,
    pub(crate) idle: Duration,
    pub(crate) total: Duration,
}

pub(crate) const TIMEOUTS: Timeouts = Timeouts {
    connect: Duration::from_secs(5),
    idle: Duration::from_secs(10),
    total: Duration::from_secs(30),
};

/// How long an unused connection is kept: gateways close theirs after a minute, and a change must
/// not be sent into one that is closing.
const KEPT: Duration = Duration::from_secs(20);

/// A proxy named by the program, never by the environment. It sees which host is asked, and
/// nothing else: TLS goes through it to the API.
pub struct Proxy {
    url: Url,
    login: Option<(String, Zeroizing<String>)>,
}

/// The text names no proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a proxy is named as http://host:port, without a user or path")]
pub struct InvalidProxy;

impl Proxy {
    /// Accepts `http://host:port`.
    ///
    /// # Errors
    /// [`InvalidProxy`] for anything else; a user goes into [`Proxy::with_login`].
    pub fn new(url: &str) -> Result<Self, InvalidProxy> {
        let url = Url::parse(url).map_err(|_| InvalidProxy)?;
        let plain = url.scheme() == "http"
            && url.host_str().is_some()
            && (url.username(), url.password(), url.path()) == ("", None, "/")
            && url.query().is_none()
            && url.fragment().is_none();
        if plain { Ok(Self { url, login: None }) } else { Err(InvalidProxy) }
    }

    /// What the proxy asks for before it lets anyone through (HTTP Basic).
    #[must_use]
    pub fn with_login(self, user: &str, password: Zeroizing<String>) -> Self {
        Self { login: Some((user.to_owned(), password)), ..self }
    }

    fn into_reqwest(self) -> Result<reqwest::Proxy, Error> {
        let proxy = reqwest::Proxy::all(self.url).map_err(|_| Error::Setup)?;
        Ok(match self.login {
            Some((user, password)) => proxy.basic_auth(&user, &password),
            None => proxy,
        })
    }
}

/// A certificate that a company uses to look into its own TLS traffic. It counts beside the
/// built-in roots, for this client only.
pub struct CompanyRoot(pub(super) CertificateDer<'static>);

/// The bytes hold no certificate that can be a root.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("this is not a certificate that can be a root")]
pub struct InvalidCompanyRoot;

impl CompanyRoot {
    /// Reads one certificate in PEM.
    ///
    /// # Errors
    /// [`InvalidCompanyRoot`] if it is none, or cannot serve as a root.
    pub fn from_pem(pem: &[u8]) -> Result<Self, InvalidCompanyRoot> {
        let der = CertificateDer::from_pem_slice(pem).map_err(|_| InvalidCompanyRoot)?;
        Self::from_der(der.to_vec())
    }

    /// Reads one certificate in DER.
    ///
    /// # Errors
    /// [`InvalidCompanyRoot`] if it is none, or cannot serve as a root.
    pub fn from_der(der: Vec<u8>) -> Result<Self, InvalidCompanyRoot> {
        let root = CertificateDer::from(der);
        let usable = rustls::RootCertStore::empty().add(root.clone());
        usable.map(|()| Self(root)).map_err(|_| InvalidCompanyRoot)
    }
}

/// Everything that a client is made from, besides host, key and limiter.
pub(crate) struct Settings {
    pub(crate) timeouts: Timeouts,
    pub(crate) proxy: Option<Proxy>,
    pub(crate) company_root: Option<CompanyRoot>,
    /// Plain http, which only the test door asks for.
    pub(crate) plain_http: bool,
    pub(crate) user_agent: &'static str,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            timeouts: TIMEOUTS,
            proxy: None,
            company_root: None,
            plain_http: false,
            user_agent: concat!("itglue-rs/", env!("CARGO_PKG_VERSION")),
        }
    }
}

impl Settings {
    pub(crate) fn client(self) -> Result<reqwest::Client, Error> {
        self.builder()?.build().map_err(|_| Error::Setup)
    }

    pub(super) fn builder(self) -> Result<reqwest::ClientBuilder, Error> {
        let builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls::config(self.company_root)?)
            .https_only(!self.plain_http)
            // A redirect would carry `x-api-key` to whatever host it names.
            .redirect(redirect::Policy::none())
            // Proxy settings of the environment could divert the key.
            .no_proxy()
            .referer(false)
            .dns_resolver(resolver::SystemResolver)
            .connect_timeout(self.timeouts.connect)
            .read_timeout(self.timeouts.idle)
            .timeout(self.timeouts.total)
            .pool_idle_timeout(KEPT)
            .user_agent(self.user_agent);
        Ok(match self.proxy {
            Some(proxy) => builder.proxy(proxy.into_reqwest()?),
            None => builder,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_a_host_and_a_port_over_http() {
        let verdict = |url| Proxy::new(url).map(drop);
        assert_eq!(verdict("http://proxy.example:3128"), Ok(()));
        for url in [
            "proxy.example:3128",
            "https://proxy.example:3128",
            "socks5://proxy.example:1080",
            "http://user:pass@proxy.example",
            "http://proxy.example/path",
            "http://proxy.example/?q",
        ] {
            assert_eq!(verdict(url), Err(InvalidProxy), "{url}");
        }
    }

    #[test]
    fn a_company_root_is_a_certificate() {
        assert!(CompanyRoot::from_pem(b"no certificate").is_err());
        assert!(CompanyRoot::from_der(vec![0x30, 0x00]).is_err());
        let made = rcgen::generate_simple_self_signed(vec!["root.example".to_owned()]).unwrap();
        assert!(CompanyRoot::from_pem(made.cert.pem().as_bytes()).is_ok());
    }
}
