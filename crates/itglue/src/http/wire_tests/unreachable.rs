//! Why no connection came about.

use std::{
    io::{self, Read as _, Write as _},
    net::TcpListener,
    thread,
};

use reqwest::dns::{Name, Resolve, Resolving};

use super::refused;
use crate::{
    Error, UnreachableKind,
    http::{Settings, resolver},
};

#[tokio::test]
async fn a_host_that_speaks_no_tls_is_unreachable_by_tls() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    let host = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut hello = vec![0; 16_384];
        let read = stream.read(&mut hello).unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
        hello[..read].to_vec()
    });
    let error = refused(Settings::default().builder().unwrap(), &url).await;
    assert_eq!(error, Some(Error::Unreachable(UnreachableKind::Tls)));
    assert_eq!(host.join().unwrap().first(), Some(&22), "a TLS handshake record");
}

struct NoNames;

impl Resolve for NoNames {
    fn resolve(&self, _: Name) -> Resolving {
        Box::pin(async { Err(resolver::NameNotResolved.into()) })
    }
}

#[tokio::test]
async fn a_name_that_does_not_resolve_is_unreachable_by_dns() {
    let http = Settings::default().builder().unwrap().dns_resolver(NoNames);
    let error = refused(http, "https://api.itglue.invalid/").await;
    assert_eq!(error, Some(Error::Unreachable(UnreachableKind::Dns)));
}

#[tokio::test]
async fn plain_http_is_never_spoken_to_a_region() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    assert!(refused(Settings::default().builder().unwrap(), &url).await.is_some());
    let arrived = listener.accept().map(drop).map_err(|e| e.kind());
    assert_eq!(arrived, Err(io::ErrorKind::WouldBlock));
}
