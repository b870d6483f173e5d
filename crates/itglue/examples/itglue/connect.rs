//! The client for what was named.

use itglue::{ApiKey, Client, Error};
#[cfg(feature = "test-server")]
use itglue::{InvalidTestServer, TestServer};

use crate::args::Args;

pub(crate) fn client(args: &Args, key: ApiKey) -> Result<Client, Error> {
    #[cfg(feature = "test-server")]
    if let Some(base) = &args.base {
        let server = TestServer::new(base).map_err(|_| Error::Setup)?;
        return Client::builder_for_test_server(server, key).build();
    }
    Client::new(args.region.into(), key)
}

/// Refuses what is not a stand-in account while the arguments are read.
#[cfg(feature = "test-server")]
pub(crate) fn base(url: &str) -> Result<String, InvalidTestServer> {
    TestServer::new(url).map(|_| url.to_owned())
}
