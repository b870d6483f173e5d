//! After both sign-ins: bytes both ways, with the few messages that must not pass as they are.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy, split};
use usher_core::entry::UserName;

use crate::framed::{Broken, Framed, frame_length};
use crate::pdu::{
    DEFAULT_IO_CHANNEL, io_channel, is_client_info, is_redirection, patch_connect_initial,
    rewrite_client_info,
};

/// How long a client may take from the host's acceptance to its Client Info.
const CLIENT_INFO: Duration = Duration::from_secs(30);
/// How long the last bytes and the goodbye may take once one side has closed.
const GOODBYE: Duration = Duration::from_secs(2);

/// Both signed-in sides of a session.
pub(crate) struct Relay<C, H> {
    pub(crate) client: Framed<C>,
    pub(crate) host: Framed<H>,
    /// The protocol the host selected, as its bits.
    pub(crate) protocol: u32,
    /// Whom the host reads in the Client Info.
    pub(crate) user: UserName,
}

/// Why a relay ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RelayEnd {
    /// One side closed; `FreeRDP` does so without a TLS goodbye, which is normal.
    Closed,
    /// The host redirects elsewhere; the message was not relayed.
    Redirected,
}

impl<C, H> Relay<C, H>
where
    C: AsyncRead + AsyncWrite + Send + Unpin,
    H: AsyncRead + AsyncWrite + Send + Unpin,
{
    /// Relays until one side closes.
    pub(crate) async fn run(self) -> RelayEnd {
        let (client, early) = self.client.into_parts();
        let (client_reads, mut client_writes) = split(client);
        let (host, waiting) = self.host.into_parts();
        let (mut host_reads, mut host_writes) = split(host);
        let client = Framed::with_buffer(client_reads, early);
        let end = tokio::select! {
            end = to_host(client, &mut host_writes, self.protocol, &self.user) => end,
            end = to_client(&mut host_reads, waiting, &mut client_writes) => end,
        };
        let goodbye = async { client_writes.shutdown().await.and(host_writes.shutdown().await) };
        if !matches!(tokio::time::timeout(GOODBYE, goodbye).await, Ok(Ok(()))) {
            tracing::debug!("A side was gone before the goodbye");
        }
        end
    }
}

/// Client to host: frame by frame until the Client Info is rewritten, then as it comes.
async fn to_host<C: AsyncRead + Unpin, H: AsyncWrite + Unpin>(
    mut client: Framed<C>,
    host: &mut H,
    protocol: u32,
    user: &UserName,
) -> RelayEnd {
    let introduced = introduce(&mut client, host, protocol, user);
    if let Ok(Ok(())) = tokio::time::timeout(CLIENT_INFO, introduced).await {
        let (mut client, early) = client.into_parts();
        if write(host, &early).await.is_ok() && copy(&mut client, host).await.is_err() {
            tracing::debug!("The client's side broke off");
        }
    }
    RelayEnd::Closed
}

async fn introduce<C: AsyncRead + Unpin, H: AsyncWrite + Unpin>(
    client: &mut Framed<C>,
    host: &mut H,
    protocol: u32,
    user: &UserName,
) -> Result<(), Broken> {
    loop {
        let mut frame = client.frame().await?;
        if is_client_info(&frame) {
            let info = rewrite_client_info(&frame, user).ok_or(Broken::Nonsense)?;
            return write(host, &info).await;
        }
        if patch_connect_initial(&mut frame, protocol) {
            tracing::debug!("Connect Initial relayed");
        }
        write(host, &frame).await?;
    }
}

/// Host to client: whole frames, each looked at for a redirection.
async fn to_client<H: AsyncRead + Unpin, C: AsyncWrite + Unpin>(
    host: &mut H,
    mut waiting: Vec<u8>,
    client: &mut C,
) -> RelayEnd {
    let mut watched = Watched { io_channel: None };
    loop {
        let (passed, verdict) = watched.look(&waiting);
        if write(client, waiting.get(..passed).unwrap_or_default()).await.is_err() {
            return RelayEnd::Closed;
        }
        match verdict {
            Verdict::More => waiting.drain(..passed.min(waiting.len())),
            Verdict::Redirected => return RelayEnd::Redirected,
            Verdict::Nonsense => return RelayEnd::Closed,
        };
        waiting.reserve(32 * 1024);
        if !host.read_buf(&mut waiting).await.is_ok_and(|read| read > 0) {
            return RelayEnd::Closed;
        }
    }
}

/// What is known of the host's side of the protocol.
struct Watched {
    /// From the host's first frame, its Connect Response.
    io_channel: Option<u16>,
}

enum Verdict {
    More,
    Redirected,
    Nonsense,
}

impl Watched {
    /// How many bytes may pass, in whole frames, and what comes then.
    fn look(&mut self, bytes: &[u8]) -> (usize, Verdict) {
        let mut passed = 0;
        loop {
            let rest = bytes.get(passed..).unwrap_or_default();
            let length = match frame_length(rest) {
                Ok(Some(length)) => length,
                Ok(None) => return (passed, Verdict::More),
                Err(_) => return (passed, Verdict::Nonsense),
            };
            let Some(frame) = rest.get(..length) else {
                return (passed, Verdict::More);
            };
            let channel = *self
                .io_channel
                .get_or_insert_with(|| io_channel(frame).unwrap_or(DEFAULT_IO_CHANNEL));
            if is_redirection(frame, channel) {
                return (passed, Verdict::Redirected);
            }
            passed += length;
        }
    }
}

async fn write<W: AsyncWrite + Unpin>(to: &mut W, bytes: &[u8]) -> Result<(), Broken> {
    if bytes.is_empty() {
        return Ok(());
    }
    to.write_all(bytes).await.map_err(|_| Broken::Off)?;
    to.flush().await.map_err(|_| Broken::Off)
}
