//! RDP frames and `CredSSP` requests over any stream, for the stubs.

use sspi::credssp::TsRequest;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

pub(crate) struct Wire<S> {
    pub(crate) stream: S,
    buffer: Vec<u8>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Wire<S> {
    pub(crate) fn new(stream: S) -> Self {
        Self { stream, buffer: Vec::new() }
    }

    /// The next frame; `None` at the end of the stream.
    pub(crate) async fn frame(&mut self) -> Option<Vec<u8>> {
        loop {
            if let Ok(Some(found)) = ironrdp_pdu::find_size(&self.buffer)
                && self.buffer.len() >= found.length
            {
                return Some(self.buffer.drain(..found.length).collect());
            }
            self.fill().await?;
        }
    }

    pub(crate) async fn ts_request(&mut self) -> Option<TsRequest> {
        loop {
            match TsRequest::read_length(self.buffer.as_slice()) {
                Ok(length) if self.buffer.len() >= length => {
                    let bytes: Vec<u8> = self.buffer.drain(..length).collect();
                    return TsRequest::from_buffer(&bytes).ok();
                }
                _ => self.fill().await?,
            }
        }
    }

    pub(crate) async fn exactly(&mut self, length: usize) -> Option<Vec<u8>> {
        while self.buffer.len() < length {
            self.fill().await?;
        }
        Some(self.buffer.drain(..length).collect())
    }

    async fn fill(&mut self) -> Option<()> {
        let read = self.stream.read_buf(&mut self.buffer).await.ok()?;
        (read > 0).then_some(())
    }

    pub(crate) async fn send(&mut self, bytes: &[u8]) -> Option<()> {
        self.stream.write_all(bytes).await.ok()?;
        self.stream.flush().await.ok()
    }

    pub(crate) async fn send_ts(&mut self, request: &TsRequest) -> Option<()> {
        let mut bytes = Vec::new();
        request.encode_ts_request(&mut bytes).ok()?;
        self.send(&bytes).await
    }
}
