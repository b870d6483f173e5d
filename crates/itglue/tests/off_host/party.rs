//! Servers that keep what they are told, and both clients.

use std::sync::{Arc, Mutex};

use itglue::{ApiKey, Client, TestServer};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};
use zeroize::Zeroizing;

/// A text that is found nowhere else.
pub(crate) fn canary() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}

pub(crate) fn canary_key() -> String {
    format!("ITG.{}", canary())
}

/// An answer with these header lines.
pub(crate) fn answer(status: &str, header: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\n{header}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

/// Somebody on loopback who answers whatever `reply` makes of a request's first line.
pub(crate) struct Party {
    port: u16,
    told: Arc<Mutex<Vec<String>>>,
}

impl Party {
    pub(crate) async fn new(reply: impl Fn(&str) -> String + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let told = Arc::new(Mutex::new(Vec::new()));
        let ears = told.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                hear(stream, &reply, &ears).await;
            }
        });
        Self { port, told }
    }

    /// The account's own address.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The same as another host.
    pub(crate) fn url_off_host(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Whole requests, in order.
    pub(crate) fn told(&self) -> Vec<String> {
        self.told.lock().unwrap().clone()
    }

    /// Our client, with this as its account.
    pub(crate) fn our_client(&self, key: &str) -> Client {
        let key = ApiKey::new(Zeroizing::new(key.to_owned())).unwrap();
        let server = TestServer::new(&self.url()).unwrap();
        Client::builder_for_test_server(server, key).build().unwrap()
    }
}

/// Reqwest as it comes.
pub(crate) fn plain_client() -> reqwest::Client {
    // Another test may have set it; without TLS it decides nothing.
    let _set = rustls::crypto::ring::default_provider().install_default();
    // Whoever runs this may have a proxy of their own.
    reqwest::Client::builder().no_proxy().build().unwrap()
}

async fn hear(
    mut stream: TcpStream,
    reply: &(impl Fn(&str) -> String + Sync),
    told: &Mutex<Vec<String>>,
) {
    let request = request(&mut stream).await;
    let answer = reply(request.lines().next().unwrap_or_default());
    told.lock().unwrap().push(request);
    stream.write_all(answer.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
}

/// Head and body.
async fn request(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    while !text.ends_with("\r\n\r\n") {
        text.push(char::from(stream.read_u8().await.unwrap()));
    }
    let length = text.to_lowercase().lines().find_map(|line| {
        line.strip_prefix("content-length: ").and_then(|length| length.parse().ok())
    });
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).await.unwrap();
    text + &String::from_utf8(body).unwrap()
}
