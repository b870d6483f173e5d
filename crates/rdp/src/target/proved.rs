//! A TLS connection, before and after its key was compared with the trusted one.

use usher_core::entry::{HostCertificate, Spki};

use super::certificate::read;
use super::host_stream::HostStream;
use crate::framed::Framed;

/// A TLS connection to whoever holds the key of this certificate.
pub(crate) struct Proved {
    stream: HostStream,
    certificate: HostCertificate,
    public_key: Vec<u8>,
}

impl Proved {
    /// `leaf` is the DER certificate that the handshake was signed for; `None` if it cannot be read.
    pub(super) fn new(stream: HostStream, leaf: &[u8], publicly_trusted: bool) -> Option<Self> {
        let read = read(leaf, publicly_trusted)?;
        Some(Self { stream, certificate: read.certificate, public_key: read.public_key })
    }

    /// The connection, if the certificate's key is the trusted one.
    ///
    /// # Errors
    /// The certificate that was shown instead; the connection is dropped, nothing was sent on it.
    pub(crate) fn trusted(self, trusted: &Spki) -> Result<Trusted, Box<HostCertificate>> {
        if self.certificate.spki == *trusted {
            Ok(Trusted { framed: Framed::new(self.stream), public_key: self.public_key })
        } else {
            Err(Box::new(self.certificate))
        }
    }

    /// The certificate alone; the connection is dropped.
    pub(crate) fn into_certificate(self) -> HostCertificate {
        self.certificate
    }
}

/// A TLS connection to the host that is meant.
pub(crate) struct Trusted {
    pub(crate) framed: Framed<HostStream>,
    /// The key `CredSSP` binds to.
    pub(crate) public_key: Vec<u8>,
}
