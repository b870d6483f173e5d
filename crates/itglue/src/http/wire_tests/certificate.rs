//! Whom the client trusts.

use super::{NAME, ask, authority::Authority, canary, client, host::Host};
use crate::{Error, UnreachableKind, http::Settings};

const NOT_TRUSTED: Error = Error::Unreachable(UnreachableKind::Certificate);

fn trusting(authority: &Authority) -> Settings {
    Settings { company_root: Some(authority.root()), ..Settings::default() }
}

#[tokio::test]
async fn a_certificate_of_an_unknown_root_is_refused_before_anything_is_sent() {
    let mut host = Host::start(Authority::new().acceptor(NAME)).await;
    let http = client(Settings::default(), host.address);
    assert_eq!(ask(&http, &canary()).await, Err(NOT_TRUSTED));
    assert_eq!(host.told_after(1).await, "");
}

#[tokio::test]
async fn the_same_root_is_trusted_when_it_is_given() {
    let authority = Authority::new();
    let mut host = Host::start(authority.acceptor(NAME)).await;
    let (http, key) = (client(trusting(&authority), host.address), canary());
    let body = ask(&http, &key).await.unwrap();
    assert_eq!(body.as_slice(), super::host::BODY.as_bytes());
    let told = host.told_after(1).await;
    assert!(told.starts_with("GET /organizations HTTP/1.1\r\n"), "{told}");
    assert!(told.contains(&format!("\r\nx-api-key: {key}\r\n")));
}

#[tokio::test]
async fn a_given_root_vouches_for_the_hosts_name_only() {
    let authority = Authority::new();
    let mut host = Host::start(authority.acceptor("api.itglue.com.evil.example")).await;
    let http = client(trusting(&authority), host.address);
    assert_eq!(ask(&http, &canary()).await, Err(NOT_TRUSTED));
    assert_eq!(host.told_after(1).await, "");
}

#[tokio::test]
async fn another_companys_root_is_no_help() {
    let mut host = Host::start(Authority::new().acceptor(NAME)).await;
    let http = client(trusting(&Authority::new()), host.address);
    assert_eq!(ask(&http, &canary()).await, Err(NOT_TRUSTED));
    assert_eq!(host.told_after(1).await, "");
}
