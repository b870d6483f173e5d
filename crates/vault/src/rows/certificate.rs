//! A trusted certificate's row. Its key is made from host and port, of which there is one each.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use usher_core::entry::{Host, HostCertificate, Port, Spki, TrustedCertificate};
use usher_core::time::Moment;

use super::{Key, Row, Table};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CertificateRow {
    host: String,
    port: u16,
    spki: [u8; 32],
    sha256: [u8; 32],
    subject: String,
    issuer: String,
    /// Milliseconds since 1970.
    not_before: u64,
    /// Milliseconds since 1970.
    not_after: u64,
    publicly_trusted: bool,
    by: String,
    /// Milliseconds since 1970.
    at: u64,
    /// Left out where it is not so, as in rows of before there was anything to type.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    typed_only: bool,
}

/// The first half of a hash: enough that no two hosts share a row.
pub(super) fn key_of(host: &Host, port: Port) -> Key {
    let hash: [u8; 32] = Sha256::new()
        .chain_update(port.number().to_be_bytes())
        .chain_update(host.as_str())
        .finalize()
        .into();
    let mut key = Key::default();
    key.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    key
}

impl Row for CertificateRow {
    type Thing = TrustedCertificate;
    const TABLE: Table = Table::Certificate;

    fn key(thing: &TrustedCertificate) -> Key {
        key_of(&thing.host, thing.port)
    }

    fn version(_: &TrustedCertificate) -> Option<u64> {
        None
    }

    fn write(thing: &TrustedCertificate) -> Self {
        let certificate = &thing.certificate;
        Self {
            host: thing.host.as_str().to_owned(),
            port: thing.port.number(),
            spki: certificate.spki.0,
            sha256: certificate.sha256,
            subject: certificate.subject.clone(),
            issuer: certificate.issuer.clone(),
            not_before: certificate.not_before.unix_millis(),
            not_after: certificate.not_after.unix_millis(),
            publicly_trusted: certificate.publicly_trusted,
            by: thing.by.to_string(),
            at: thing.at.unix_millis(),
            typed_only: thing.typed_only,
        }
    }

    fn read(self, key: Key, _: u64) -> Option<TrustedCertificate> {
        let host: Host = self.host.parse().ok()?;
        let port = Port::new(self.port)?;
        let thing = TrustedCertificate {
            certificate: HostCertificate {
                spki: Spki(self.spki),
                sha256: self.sha256,
                subject: self.subject,
                issuer: self.issuer,
                not_before: Moment::from_unix_millis(self.not_before),
                not_after: Moment::from_unix_millis(self.not_after),
                publicly_trusted: self.publicly_trusted,
            },
            by: self.by.parse().ok()?,
            at: Moment::from_unix_millis(self.at),
            typed_only: self.typed_only,
            host,
            port,
        };
        (key_of(&thing.host, thing.port) == key).then_some(thing)
    }
}
