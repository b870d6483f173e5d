//! One type for a TLS connection to a host, whichever library speaks it.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

/// A finished TLS connection to a host.
pub(crate) enum HostStream {
    /// Through rustls.
    Modern(Box<TlsStream<TcpStream>>),
    /// Through the system's library, for hosts that rustls cannot speak with.
    Old(Box<tokio_native_tls::TlsStream<TcpStream>>),
}

impl AsyncRead for HostStream {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Modern(stream) => Pin::new(stream).poll_read(cx, buf),
            Self::Old(stream) => Pin::new(stream).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for HostStream {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Modern(stream) => Pin::new(stream).poll_write(cx, bytes),
            Self::Old(stream) => Pin::new(stream).poll_write(cx, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Modern(stream) => Pin::new(stream).poll_flush(cx),
            Self::Old(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Modern(stream) => Pin::new(stream).poll_shutdown(cx),
            Self::Old(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}
