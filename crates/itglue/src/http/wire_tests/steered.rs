//! An environment that points to a proxy and vouches for it, as malware or a careless administrator
//! would set it up.
//!
//! A process cannot change its own environment safely, so the last test runs the first two again in
//! processes that have such a one.
#![expect(clippy::disallowed_types, reason = "the test starts itself again")]

use std::{
    env,
    net::SocketAddr,
    path::Path,
    process::{Command, Stdio},
};

use super::{NAME, ask, authority::Authority, canary, client, host::Host};
use crate::{Error, UnreachableKind, http::Settings};

/// Where the host is, and the key, for a process that was steered.
const HOST: &str = "ITGLUE_TEST_HOST";
const KEY: &str = "ITGLUE_TEST_KEY";
const PROXIES: [&str; 6] =
    ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];

/// Whom to ask: the host that the test below named, or one made here.
struct Asked {
    address: SocketAddr,
    key: String,
    steered: bool,
}

impl Asked {
    async fn here() -> Self {
        if let (Ok(address), Ok(key)) = (env::var(HOST), env::var(KEY)) {
            return Self { address: address.parse().unwrap(), key, steered: true };
        }
        let host = Host::start(Authority::new().acceptor(NAME)).await;
        Self { address: host.address, key: canary(), steered: false }
    }
}

#[tokio::test]
async fn our_client_trusts_nobody_whom_the_environment_names() {
    let Asked { address, key, .. } = Asked::here().await;
    let refused = ask(&client(Settings::default(), address), &key).await;
    assert_eq!(refused, Err(Error::Unreachable(UnreachableKind::Certificate)));
}

#[tokio::test]
async fn plain_reqwest_does_what_the_environment_says() {
    let Asked { address, key, steered } = Asked::here().await;
    // Another test may have set it.
    let _set = rustls::crypto::ring::default_provider().install_default();
    let plain = reqwest::Client::builder().resolve(NAME, address);
    // Whoever runs this test may have a proxy of their own.
    let plain = if steered { plain } else { plain.no_proxy() }.build().unwrap();
    let url = format!("https://{NAME}/organizations");
    let answer = plain.get(url).header("x-api-key", key).send().await;
    assert_eq!(answer.is_ok(), steered, "{answer:?}");
}

/// Runs one of the tests above in a steered environment. What it returns is the key that it had.
async fn again(name: &'static str, root: &Path, host: &Host, proxy: Option<&Host>) -> String {
    let key = canary();
    let mut test = Command::new(env::current_exe().unwrap());
    let path = module_path!().split_once("::").unwrap().1;
    test.args([&format!("{path}::{name}"), "--exact"]).stdin(Stdio::null());
    test.env_clear().env(HOST, host.address.to_string()).env(KEY, &key);
    test.env("SSL_CERT_FILE", root).env("SSL_CERT_DIR", root.parent().unwrap());
    if let Some(proxy) = proxy {
        test.envs(PROXIES.map(|variable| (variable, format!("http://{}", proxy.address))));
    }
    let output = tokio::task::spawn_blocking(move || test.output().unwrap()).await.unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{name}: {said}");
    key
}

#[tokio::test]
async fn a_steered_environment_gets_the_key_of_plain_reqwest_and_not_of_ours() {
    const OURS: &str = "our_client_trusts_nobody_whom_the_environment_names";
    const PLAIN: &str = "plain_reqwest_does_what_the_environment_says";
    let authority = Authority::new();
    let mut host = Host::start(authority.acceptor(NAME)).await;
    let mut proxy = Host::posing_as_proxy(authority.acceptor(NAME)).await;
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("root.pem");
    std::fs::write(&root, authority.pem()).unwrap();

    let ours = again(OURS, &root, &host, Some(&proxy)).await;
    assert_eq!(host.told_after(1).await, "", "it went straight to the host and said nothing");
    let plain = again(PLAIN, &root, &host, Some(&proxy)).await;
    let told = proxy.told_after(1).await;
    assert!(told.contains(&plain), "void: plain reqwest did not leak, so nothing was shown");
    assert!(!told.contains(&ours));
    assert_eq!(proxy.connections(), 1, "ours made none");

    let straight = again(PLAIN, &root, &host, None).await;
    let told = host.told_after(2).await;
    assert!(told.contains(&straight), "void: plain reqwest did not trust the named root");
    assert!(!told.contains(&ours));
}
