//! RDP frames and `CredSSP` requests over any stream.

use ironrdp_core::{Decode, Encode, decode, encode_vec};
use ironrdp_pdu::x224::{X224, X224Data};
use sspi::credssp::TsRequest;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

use crate::Result;

/// A stream, and what was read of it too early.
pub struct Wire<S> {
    /// The stream.
    pub stream: S,
    buffer: Vec<u8>,
}

impl<S> Wire<S> {
    /// Nothing was read of this stream yet.
    pub fn new(stream: S) -> Self {
        Self { stream, buffer: Vec::new() }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Wire<S> {
    /// The next frame.
    ///
    /// # Errors
    /// At the end of the stream, or if what comes is no frame.
    pub async fn frame(&mut self) -> Result<Vec<u8>> {
        loop {
            let found = ironrdp_pdu::find_size(&self.buffer).map_err(|error| error.to_string())?;
            match found {
                Some(found) if self.buffer.len() >= found.length => {
                    return Ok(self.buffer.drain(..found.length).collect());
                }
                Some(_) | None => self.fill().await?,
            }
        }
    }

    /// Sends a message in its TPKT and X.224 frame.
    ///
    /// # Errors
    /// If it cannot be encoded or sent.
    pub async fn send_message(&mut self, message: &impl Encode) -> Result<()> {
        self.send(&encode_vec(message).map_err(|error| error.to_string())?).await
    }

    /// The same for the two messages that carry their own encoding inside an X.224 frame.
    pub(super) async fn send_inside(&mut self, message: &impl Encode) -> Result<()> {
        let data = encode_vec(message).map_err(|error| error.to_string())?;
        self.send_message(&X224(X224Data { data: data.into() })).await
    }

    /// The next `CredSSP` request.
    ///
    /// # Errors
    /// At the end of the stream, or if what comes is none.
    pub async fn ts_request(&mut self) -> Result<TsRequest> {
        loop {
            match TsRequest::read_length(self.buffer.as_slice()) {
                Ok(length) if self.buffer.len() >= length => {
                    let bytes: Vec<u8> = self.buffer.drain(..length).collect();
                    return Ok(TsRequest::from_buffer(&bytes)?);
                }
                _ => self.fill().await?,
            }
        }
    }

    /// Sends a `CredSSP` request.
    ///
    /// # Errors
    /// If it cannot be encoded or sent.
    pub async fn send_ts(&mut self, request: &TsRequest) -> Result<()> {
        let mut bytes = Vec::new();
        request.encode_ts_request(&mut bytes)?;
        self.send(&bytes).await
    }

    /// The next `length` bytes are read and thrown away.
    ///
    /// # Errors
    /// If the stream ends before.
    pub async fn skip(&mut self, length: usize) -> Result<()> {
        let mut left = length.saturating_sub(self.buffer.len());
        self.buffer.drain(..length.min(self.buffer.len()));
        let mut room = vec![0; 64 * 1024];
        while left > 0 {
            let part = room.len().min(left);
            let read = self.stream.read(room.get_mut(..part).unwrap_or_default()).await?;
            if read == 0 {
                return Err("the stream ended early".into());
            }
            left -= read;
        }
        Ok(())
    }

    /// Sends bytes and flushes them.
    ///
    /// # Errors
    /// If the stream breaks.
    pub async fn send(&mut self, bytes: &[u8]) -> Result<()> {
        self.stream.write_all(bytes).await?;
        Ok(self.stream.flush().await?)
    }

    async fn fill(&mut self) -> Result<()> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err("the stream ended".into()),
            _ => Ok(()),
        }
    }
}

/// What a frame holds.
pub(super) fn read<'frame, T: Decode<'frame>>(frame: &'frame [u8]) -> Result<T> {
    decode(frame).map_err(|error| error.to_string().into())
}
