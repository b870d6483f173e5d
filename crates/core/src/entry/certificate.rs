//! What a host's certificate says, and which key is trusted for which host.

use crate::entry::{Host, Port};
use crate::ids::PersonId;
use crate::time::Moment;

/// SHA-256 of a certificate's SubjectPublicKeyInfo (DER): what trust hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spki(pub [u8; 32]);

/// A certificate that a host showed and whose key it proved to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostCertificate {
    /// What trust hangs on.
    pub spki: Spki,
    /// SHA-256 of the whole DER certificate, as other tools show it.
    pub sha256: [u8; 32],
    /// The subject, as text.
    pub subject: String,
    /// The issuer, as text.
    pub issuer: String,
    /// Valid from.
    pub not_before: Moment,
    /// Valid until.
    pub not_after: Moment,
    /// Whether it chains to a public root for this DNS name and is in date.
    pub publicly_trusted: bool,
}

/// A SHA-256 as other tools print it, in lower-case hex without separators.
#[must_use]
pub fn fingerprint(sha256: &[u8; 32]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16);
    sha256.iter().flat_map(|byte| [byte >> 4, byte & 0xf]).filter_map(digit).collect()
}

/// A certificate that somebody trusted for a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedCertificate {
    /// For this host
    pub host: Host,
    /// and port.
    pub port: Port,
    /// What it was when it was trusted.
    pub certificate: HostCertificate,
    /// Whoever trusted it answered for nothing but what people type themselves: no credential entry
    /// is sent on the strength of it.
    pub typed_only: bool,
    /// Who trusted it.
    pub by: PersonId,
    /// When.
    pub at: Moment,
}
