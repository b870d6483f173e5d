//! One GET: the only place that puts the key on a wire.

use std::{error::Error as StdError, io, sync::Arc, time::Duration};

use reqwest::{StatusCode, header, redirect};
use rustls::{ClientConfig, RootCertStore, crypto::ring};

use crate::{ApiKey, Error, UnreachableKind, body, resolver};

/// How long each part of a request may take.
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

/// Settings shared by every client; only a test client changes one (plain http, on loopback).
pub(crate) fn builder(timeouts: &Timeouts) -> Result<reqwest::ClientBuilder, Error> {
    Ok(reqwest::Client::builder()
        .tls_backend_preconfigured(tls()?)
        .https_only(true)
        // A redirect would carry `x-api-key` to whatever host it names.
        .redirect(redirect::Policy::none())
        // Proxy settings of the environment could divert the key.
        .no_proxy()
        .referer(false)
        .dns_resolver(resolver::SystemResolver)
        .connect_timeout(timeouts.connect)
        .read_timeout(timeouts.idle)
        .timeout(timeouts.total)
        .user_agent(concat!("itglue-rs/", env!("CARGO_PKG_VERSION"))))
}

/// TLS 1.2 or 1.3 against roots that ship with the program: the machine's own store can be
/// steered through `SSL_CERT_FILE`, or a root that its user added.
fn tls() -> Result<ClientConfig, Error> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let versions = [&rustls::version::TLS13, &rustls::version::TLS12];
    Ok(ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&versions)
        .map_err(|_| Error::Setup)?
        .with_root_certificates(roots)
        .with_no_client_auth())
}

/// Sends a GET and reads at most `limit` bytes of a 200.
pub(crate) async fn get(
    http: &reqwest::Client,
    key: &ApiKey,
    url: reqwest::Url,
    limit: body::Limit,
) -> Result<body::Body, Error> {
    let key = key.header().map_err(|_| Error::Setup)?;
    let send = || http.get(url.clone()).header("x-api-key", key.clone()).send();
    let answer = match send().await {
        // A kept connection may have been closed by the server meanwhile. A GET can be repeated.
        Err(error) if failure(&error) == Error::CutShort => send().await,
        other => other,
    };
    let answer = answer.map_err(|error| failure(&error))?;
    check_status(&answer)?;
    body::read(answer, limit).await
}

/// Bodies of errors are not read: nothing in them is relied on.
fn check_status(answer: &reqwest::Response) -> Result<(), Error> {
    match answer.status() {
        StatusCode::OK => Ok(()),
        StatusCode::UNAUTHORIZED => Err(Error::NotAllowed),
        StatusCode::FORBIDDEN => Err(Error::KeyRefused),
        StatusCode::NOT_FOUND => Err(Error::NotFound),
        StatusCode::TOO_MANY_REQUESTS => Err(Error::RateLimited { retry_after: wait(answer) }),
        redirect if redirect.is_redirection() => Err(Error::UnexpectedRedirect(redirect.as_u16())),
        other => Err(Error::UnexpectedStatus(other.as_u16())),
    }
}

/// `Retry-After` in seconds; its other form, a date, needs a clock and is not used.
fn wait(answer: &reqwest::Response) -> Option<Duration> {
    let text = answer.headers().get(header::RETRY_AFTER)?.to_str().ok()?;
    text.trim().parse().ok().map(Duration::from_secs)
}

/// What a failed exchange amounts to. The cause is not kept, since it names the whole URL.
pub(crate) fn failure(error: &reqwest::Error) -> Error {
    if error.is_timeout() {
        Error::TimedOut
    } else if error.is_connect() {
        Error::Unreachable(unreachable_kind(error))
    } else {
        Error::CutShort
    }
}

fn unreachable_kind(error: &reqwest::Error) -> UnreachableKind {
    let mut cause = error.source();
    while let Some(this) = cause {
        if this.is::<resolver::NameNotResolved>() {
            return UnreachableKind::Dns;
        }
        if is_tls(this) {
            return UnreachableKind::Tls;
        }
        cause = this.source();
    }
    UnreachableKind::Connect
}

/// TLS errors arrive inside one or more I/O errors, whose `source` skips over what they hold.
fn is_tls(error: &(dyn StdError + 'static)) -> bool {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inside) => is_tls(inside),
        None => error.is::<rustls::Error>(),
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read as _, Write as _},
        net::TcpListener,
        thread,
    };

    use reqwest::dns::{Name, Resolve, Resolving};
    use zeroize::Zeroizing;

    use super::*;

    async fn refused(http: reqwest::ClientBuilder, url: &str) -> Option<Error> {
        let key = ApiKey::new(Zeroizing::new("ITG.a".to_owned())).unwrap();
        let url = reqwest::Url::parse(url).unwrap();
        get(&http.build().unwrap(), &key, url, body::Limit::Single).await.err()
    }

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
        let error = refused(builder(&TIMEOUTS).unwrap(), &url).await;
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
        let http = builder(&TIMEOUTS).unwrap().dns_resolver(NoNames);
        let error = refused(http, "https://api.itglue.invalid/").await;
        assert_eq!(error, Some(Error::Unreachable(UnreachableKind::Dns)));
    }

    #[tokio::test]
    async fn plain_http_is_never_spoken_to_a_region() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        assert!(refused(builder(&TIMEOUTS).unwrap(), &url).await.is_some());
        let arrived = listener.accept().map(drop).map_err(|e| e.kind());
        assert_eq!(arrived, Err(io::ErrorKind::WouldBlock));
    }
}
