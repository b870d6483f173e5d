//! The wire itself: real TLS on loopback under a region's name, and what tries to get between.

mod authority;
mod certificate;
mod host;
mod proxy;
// Elsewhere the system's certificate store cannot be steered by variables, so there is no control.
#[cfg(target_os = "linux")]
mod steered;
mod tunnel;
mod unreachable;

use std::net::SocketAddr;

use reqwest::ClientBuilder;
use zeroize::Zeroizing;

use super::{Body, Limit, Settings, exchange, tally::Tally};
use crate::{ApiKey, Error};

/// The host that stands for a region's.
const NAME: &str = "api.eu.itglue.com";

/// A key nobody had before.
fn canary() -> String {
    format!("ITG.{}", uuid::Uuid::new_v4().simple())
}

/// The client as it is made for a region, with `NAME` at this address.
fn client(settings: Settings, address: SocketAddr) -> reqwest::Client {
    settings.builder().unwrap().resolve(NAME, address).build().unwrap()
}

/// Asks once.
async fn ask(http: &reqwest::Client, key: &str) -> Result<Body, Error> {
    ask_at(http, &format!("https://{NAME}/organizations"), key).await
}

async fn ask_at(http: &reqwest::Client, url: &str, key: &str) -> Result<Body, Error> {
    let key = ApiKey::new(Zeroizing::new(key.to_owned())).unwrap();
    exchange::run(http.get(url), &key, Limit::Single, &Tally::default()).await
}

/// The error of an exchange with a host of this kind.
async fn refused(http: ClientBuilder, url: &str) -> Option<Error> {
    ask_at(&http.build().unwrap(), url, &canary()).await.err()
}
