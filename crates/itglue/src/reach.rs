//! Whether IT Glue can be reached from here, without a key.

use std::time::Duration;

use reqwest::Url;

use crate::{
    Error, Region,
    http::{self, Settings},
};
#[cfg(feature = "test-server")]
use crate::{TEST_DOOR_MARKER, TestServer};

/// How long the region's host took to answer, whatever it answered. Nothing but the host's name is
/// sent.
///
/// # Errors
/// [`Error::Unreachable`], [`Error::TimedOut`] after 5 s, [`Error::CutShort`].
pub async fn reach(region: Region) -> Result<Duration, Error> {
    let base = Url::parse(region.base_url()).map_err(|_| Error::Setup)?;
    http::reach(Settings::default(), base).await
}

/// The same of a stand-in on loopback.
///
/// # Errors
/// As [`reach`].
#[cfg(feature = "test-server")]
pub async fn reach_test_server(server: TestServer) -> Result<Duration, Error> {
    let TestServer { base, timeouts } = server;
    let settings = Settings {
        timeouts,
        plain_http: true,
        user_agent: TEST_DOOR_MARKER,
        ..Settings::default()
    };
    http::reach(settings, base).await
}
