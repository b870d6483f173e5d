//! A host that speaks TLS, and keeps what it was told in it.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::watch,
    time::timeout,
};
use tokio_rustls::TlsAcceptor;

pub(super) const BODY: &str = r#"{"data":[]}"#;
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) struct Host {
    pub(super) address: SocketAddr,
    /// The heads of requests, as they were inside TLS.
    told: Arc<Mutex<String>>,
    done: watch::Receiver<usize>,
}

/// What comes before TLS.
#[derive(Clone, Copy)]
enum Before {
    Nothing,
    /// The client asks for a tunnel, and is made to believe that it has one.
    Connect,
}

impl Host {
    pub(super) async fn start(tls: TlsAcceptor) -> Self {
        Self::listen(tls, Before::Nothing).await
    }

    /// A proxy that opens what goes through it.
    pub(super) async fn posing_as_proxy(tls: TlsAcceptor) -> Self {
        Self::listen(tls, Before::Connect).await
    }

    async fn listen(tls: TlsAcceptor, before: Before) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let told = Arc::new(Mutex::new(String::new()));
        let (count, done) = watch::channel(0);
        let ears = told.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                serve(stream, &tls, before, &ears).await;
                count.send_modify(|count| *count += 1);
            }
        });
        Self { address, told, done }
    }

    /// What it was told, once it is done with so many connections.
    pub(super) async fn told_after(&mut self, connections: usize) -> String {
        let enough = timeout(PATIENCE, self.done.wait_for(|done| *done >= connections)).await;
        enough.expect("fewer connections than expected").unwrap();
        self.told.lock().unwrap().clone()
    }

    /// How many connections it is done with.
    #[cfg(target_os = "linux")]
    pub(super) fn connections(&self) -> usize {
        *self.done.borrow()
    }
}

/// A client that refuses the certificate ends this early.
async fn serve(mut stream: TcpStream, tls: &TlsAcceptor, before: Before, told: &Mutex<String>) {
    if let Before::Connect = before {
        head(&mut stream).await;
        stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n").await.unwrap();
    }
    let Ok(mut stream) = tls.accept(stream).await else { return };
    let request = head(&mut stream).await;
    told.lock().unwrap().push_str(&request);
    let length = BODY.len();
    let answer =
        format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{BODY}");
    // Whoever has read the body may hang up before the farewell.
    let _sent = stream.write_all(answer.as_bytes()).await;
    let _closed = stream.shutdown().await;
}

/// Reads up to the empty line.
pub(super) async fn head(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => break,
        }
    }
    String::from_utf8(head).unwrap()
}
