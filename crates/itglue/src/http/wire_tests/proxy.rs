//! A proxy that the program names.

use zeroize::Zeroizing;

use super::{
    NAME, ask,
    authority::Authority,
    canary, client,
    host::{BODY, Host},
    tunnel::{Seen, Tunnel},
};
use crate::{Error, Proxy, UnreachableKind, http::Settings};

/// Asks through a proxy: what it saw, what the host was told, and the key.
async fn through(login: impl FnOnce(Proxy) -> Proxy) -> (Seen, String, String) {
    let authority = Authority::new();
    let mut host = Host::start(authority.acceptor(NAME)).await;
    let tunnel = Tunnel::to(host.address).await;
    let settings = Settings {
        proxy: Some(login(Proxy::new(&tunnel.url()).unwrap())),
        company_root: Some(authority.root()),
        ..Settings::default()
    };
    // The name leads nowhere; only the proxy knows the way.
    let (http, key) = (client(settings, "127.0.0.1:1".parse().unwrap()), canary());
    assert_eq!(ask(&http, &key).await.unwrap().as_slice(), BODY.as_bytes());
    let told = host.told_after(1).await;
    (tunnel.seen(), told, key)
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[tokio::test]
async fn a_named_proxy_carries_the_key_and_cannot_see_it() {
    let (seen, told, key) = through(|proxy| proxy).await;
    assert_eq!(told.matches(&key).count(), 1);
    let [head] = seen.heads.as_slice() else { panic!("{:?}", seen.heads) };
    assert!(head.starts_with(&format!("CONNECT {NAME}:443 HTTP/1.1\r\n")), "{head}");
    assert!(!head.contains(&key) && !head.to_lowercase().contains("proxy-authorization"));
    assert!(contains(&seen.bytes, NAME), "the search finds what is there: the name in the hello");
    assert!(!contains(&seen.bytes, &key));
}

#[tokio::test]
async fn a_login_is_shown_to_the_proxy_alone() {
    let login = |proxy: Proxy| proxy.with_login("u", Zeroizing::new("p".to_owned()));
    let (seen, told, key) = through(login).await;
    let head = seen.heads[0].to_lowercase();
    // Base64 of `u:p`.
    assert!(head.contains("\r\nproxy-authorization: basic dtpw\r\n"), "{head}");
    assert!(!told.to_lowercase().contains("proxy-authorization"), "{told}");
    assert!(told.contains(&key) && !contains(&seen.bytes, &key));
}

#[tokio::test]
async fn a_proxy_that_opens_tls_gets_no_key() {
    let mut proxy = Host::posing_as_proxy(Authority::new().acceptor(NAME)).await;
    let named = Proxy::new(&format!("http://{}", proxy.address)).unwrap();
    let settings = Settings { proxy: Some(named), ..Settings::default() };
    let http = client(settings, "127.0.0.1:1".parse().unwrap());
    let refused = ask(&http, &canary()).await;
    assert_eq!(refused, Err(Error::Unreachable(UnreachableKind::Certificate)));
    assert_eq!(proxy.told_after(1).await, "");
}
