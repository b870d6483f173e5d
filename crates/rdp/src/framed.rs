//! Whole messages from a byte stream: RDP frames, `CredSSP` requests, fixed sizes.

use std::io::ErrorKind;
use std::time::Duration;

use ironrdp_pdu::find_size;
use sspi::credssp::TsRequest;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// How long one step of a handshake may take (`rdp.md` gives the figure).
pub(crate) const STEP: Duration = Duration::from_secs(15);

/// More than any frame or request is long; a peer that sends more before one is whole sends nonsense.
const MOST_BUFFERED: usize = 128 * 1024;

/// The first byte of a TPKT frame (RFC 1006).
const TPKT: u8 = 3;

/// How a connection failed in the middle of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Broken {
    /// Nothing came in time.
    TimedOut,
    /// The peer closed or the network broke.
    Off,
    /// What came is not the protocol.
    Nonsense,
}

/// Runs one step of a handshake with its time limit.
pub(crate) async fn step<T, E: From<Broken>>(
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    tokio::time::timeout(STEP, work).await.unwrap_or_else(|_| Err(Broken::TimedOut.into()))
}

/// A stream and what was read of it too early.
pub(crate) struct Framed<S> {
    stream: S,
    buffer: Vec<u8>,
}

impl<S> Framed<S> {
    pub(crate) fn new(stream: S) -> Self {
        Self::with_buffer(stream, Vec::new())
    }

    /// A stream of which these bytes were read already.
    pub(crate) fn with_buffer(stream: S, buffer: Vec<u8>) -> Self {
        Self { stream, buffer }
    }

    pub(crate) fn into_parts(self) -> (S, Vec<u8>) {
        (self.stream, self.buffer)
    }

    /// The bare stream, if nothing was read too early: before TLS, extra bytes are nonsense.
    pub(crate) fn into_bare(self) -> Result<S, Broken> {
        if self.buffer.is_empty() { Ok(self.stream) } else { Err(Broken::Nonsense) }
    }

    fn split_off(&mut self, length: usize) -> Vec<u8> {
        self.buffer.drain(..length.min(self.buffer.len())).collect()
    }
}

impl<S: AsyncRead + Unpin> Framed<S> {
    /// The next TPKT frame: before the session begins there are no others. Safe to cancel.
    pub(crate) async fn tpkt(&mut self) -> Result<Vec<u8>, Broken> {
        let stranger = |bytes: &[u8]| bytes.first().is_some_and(|version| *version != TPKT);
        self.message(
            |bytes| {
                if stranger(bytes) { Err(Broken::Nonsense) } else { frame_length(bytes) }
            },
        )
        .await
    }

    /// The next `CredSSP` request. Safe to cancel.
    pub(crate) async fn ts_request(&mut self) -> Result<TsRequest, Broken> {
        let bytes = self.message(ts_request_length).await?;
        TsRequest::from_buffer(&bytes).map_err(|_| Broken::Nonsense)
    }

    /// The next `length` bytes. Safe to cancel.
    pub(crate) async fn exactly(&mut self, length: usize) -> Result<Vec<u8>, Broken> {
        self.message(|_| Ok(Some(length))).await
    }

    /// Waits until the peer closes; what it sends until then is kept. Safe to cancel.
    pub(crate) async fn closed(&mut self) {
        while self.buffer.len() < MOST_BUFFERED {
            if self.fill().await.is_err() {
                return;
            }
        }
        std::future::pending::<()>().await;
    }

    async fn message(
        &mut self,
        length: impl Fn(&[u8]) -> Result<Option<usize>, Broken>,
    ) -> Result<Vec<u8>, Broken> {
        loop {
            match length(&self.buffer)? {
                Some(length) if self.buffer.len() >= length => return Ok(self.split_off(length)),
                Some(_) | None if self.buffer.len() > MOST_BUFFERED => {
                    return Err(Broken::Nonsense);
                }
                Some(_) | None => self.fill().await?,
            }
        }
    }

    async fn fill(&mut self) -> Result<(), Broken> {
        self.buffer.reserve(16 * 1024);
        match self.stream.read_buf(&mut self.buffer).await {
            Ok(0) => Err(Broken::Off),
            Ok(_) => Ok(()),
            Err(error) if error.kind() == ErrorKind::TimedOut => Err(Broken::TimedOut),
            Err(_) => Err(Broken::Off),
        }
    }
}

impl<S: AsyncWrite + Unpin> Framed<S> {
    /// Sends bytes and flushes them.
    pub(crate) async fn send(&mut self, bytes: &[u8]) -> Result<(), Broken> {
        self.stream.write_all(bytes).await.map_err(|_| Broken::Off)?;
        self.stream.flush().await.map_err(|_| Broken::Off)
    }

    /// Sends a `CredSSP` request.
    pub(crate) async fn send_ts(&mut self, request: &TsRequest) -> Result<(), Broken> {
        let mut bytes = Vec::new();
        request.encode_ts_request(&mut bytes).map_err(|_| Broken::Nonsense)?;
        self.send(&bytes).await
    }
}

/// The length of the frame that begins here; `None` while it cannot be told.
pub(crate) fn frame_length(bytes: &[u8]) -> Result<Option<usize>, Broken> {
    match find_size(bytes) {
        Ok(Some(found)) if found.length == 0 => Err(Broken::Nonsense),
        Ok(found) => Ok(found.map(|found| found.length)),
        Err(_) => Err(Broken::Nonsense),
    }
}

fn ts_request_length(bytes: &[u8]) -> Result<Option<usize>, Broken> {
    match TsRequest::read_length(bytes) {
        Ok(length) => Ok(Some(length)),
        // A DER tag and length take at most 4 bytes here; after that it is not a matter of waiting.
        Err(_) if bytes.len() < 8 => Ok(None),
        Err(_) => Err(Broken::Nonsense),
    }
}
