//! An honest proxy, which keeps what it sees.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, copy},
    net::{TcpListener, TcpStream},
};

use super::host::head;

/// What went through a proxy.
#[derive(Clone, Default)]
pub(super) struct Seen {
    /// What the tunnel was asked for with.
    pub(super) heads: Vec<String>,
    /// What the client sent through it.
    pub(super) bytes: Vec<u8>,
}

pub(super) struct Tunnel {
    pub(super) address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
}

impl Tunnel {
    /// Every tunnel leads here, whatever host was asked for.
    pub(super) async fn to(host: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let eyes = seen.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(carry(stream, host, eyes.clone()));
            }
        });
        Self { address, seen }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(super) fn seen(&self) -> Seen {
        self.seen.lock().unwrap().clone()
    }
}

async fn carry(mut client: TcpStream, host: SocketAddr, seen: Arc<Mutex<Seen>>) {
    let asked = head(&mut client).await;
    seen.lock().unwrap().heads.push(asked);
    client.write_all(b"HTTP/1.1 200 Connected\r\n\r\n").await.unwrap();
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_host, mut to_host) = TcpStream::connect(host).await.unwrap().into_split();
    let out = async {
        let mut piece = [0; 4096];
        while let Ok(length @ 1..) = from_client.read(&mut piece).await {
            seen.lock().unwrap().bytes.extend_from_slice(&piece[..length]);
            if to_host.write_all(&piece[..length]).await.is_err() {
                break;
            }
        }
    };
    // Either side may hang up first.
    let _carried = tokio::join!(out, copy(&mut from_host, &mut to_client));
}
