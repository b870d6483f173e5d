//! The one way to name another server: for tests and demonstrations, on this machine only.

use std::{net::IpAddr, time::Duration};

use reqwest::Url;
use thiserror::Error;

use crate::http::{TIMEOUTS, Timeouts};

/// Stands in every binary that can be pointed at a test server, so that packaging can refuse it.
pub const TEST_DOOR_MARKER: &str = "itglue-test-door-is-open";

/// The address of a stand-in account: plain http, on loopback, written as an IP address.
pub struct TestServer {
    pub(crate) base: Url,
    pub(crate) timeouts: Timeouts,
}

/// The URL is not one that a key may be sent to without TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidTestServer {
    /// Not a URL, or with a user, path, query or fragment.
    #[error("a test server is named as http://127.0.0.1:port")]
    Url,
    /// Another scheme than http.
    #[error("a test server speaks plain http")]
    Scheme,
    /// Another machine, or a name (which could resolve to one).
    #[error("a test server is on a loopback address written as digits")]
    NotLoopback,
}

impl TestServer {
    /// Accepts `http://` + a loopback IP literal + an optional port, and nothing else.
    ///
    /// # Errors
    /// Says what else it is.
    pub fn new(url: &str) -> Result<Self, InvalidTestServer> {
        let base = Url::parse(url).map_err(|_| InvalidTestServer::Url)?;
        if base.scheme() != "http" {
            return Err(InvalidTestServer::Scheme);
        }
        let host = base.host_str().unwrap_or_default().trim_matches(['[', ']']);
        if !host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()) {
            return Err(InvalidTestServer::NotLoopback);
        }
        let nothing_else =
            base.username().is_empty() && base.password().is_none() && base.path() == "/";
        if !nothing_else || base.query().is_some() || base.fragment().is_some() {
            return Err(InvalidTestServer::Url);
        }
        Ok(Self { base, timeouts: TIMEOUTS })
    }

    /// Makes all three time-outs this short, for tests of slow servers.
    #[must_use]
    pub fn impatient(self, limit: Duration) -> Self {
        let timeouts = Timeouts { connect: limit, idle: limit, total: limit };
        Self { base: self.base, timeouts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_http_to_a_loopback_literal_is_a_test_server() {
        let verdict = |url| TestServer::new(url).map(drop);
        assert_eq!(verdict("http://127.0.0.1:8080"), Ok(()));
        assert_eq!(verdict("http://127.9.9.9/"), Ok(()));
        assert_eq!(verdict("http://[::1]:1"), Ok(()));
        assert_eq!(verdict("https://127.0.0.1"), Err(InvalidTestServer::Scheme));
        for url in ["http://localhost:80", "http://10.0.0.1", "http://127.0.0.1.evil.example"] {
            assert_eq!(verdict(url), Err(InvalidTestServer::NotLoopback), "{url}");
        }
        for url in ["x", "http://u@127.0.0.1", "http://127.0.0.1/a", "http://127.0.0.1/?a#b"] {
            assert_eq!(verdict(url), Err(InvalidTestServer::Url), "{url}");
        }
    }
}
