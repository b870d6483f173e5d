//! TLS 1.2 or 1.3 against roots that ship with the program.

use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore, crypto::ring};

use super::CompanyRoot;
use crate::Error;

/// The machine's own store is not asked: it can be steered through `SSL_CERT_FILE`, or a root that
/// its user added.
pub(super) fn config(company_root: Option<CompanyRoot>) -> Result<ClientConfig, Error> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(CompanyRoot(root)) = company_root {
        roots.add(root).map_err(|_| Error::Setup)?;
    }
    let versions = [&rustls::version::TLS13, &rustls::version::TLS12];
    Ok(ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&versions)
        .map_err(|_| Error::Setup)?
        .with_root_certificates(roots)
        .with_no_client_auth())
}
