//! Certificates as the trust question shows them.

use usher_core::entry::{HostCertificate, fingerprint};
use usher_core::ports::Takes;

use crate::protocol::{At, CertificateRow, HostTakes};

/// One certificate.
pub(crate) fn row(certificate: &HostCertificate) -> CertificateRow {
    CertificateRow {
        subject: certificate.subject.clone(),
        issuer: certificate.issuer.clone(),
        sha256: fingerprint(&certificate.sha256),
        not_before: At(certificate.not_before.unix_millis()),
        not_after: At(certificate.not_after.unix_millis()),
        publicly_trusted: certificate.publicly_trusted,
    }
}

/// How a host takes a credential.
pub(crate) fn host_takes(takes: Takes) -> HostTakes {
    match takes {
        Takes::Nla => HostTakes::Nla,
        Takes::Tls => HostTakes::Tls,
    }
}

/// 32 bytes from lower- or upper-case hex; `None` for anything else.
#[must_use]
pub fn unhex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0_u8; 32];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_round_trips_and_nothing_else_passes() {
        let bytes: [u8; 32] = std::array::from_fn(|i| u8::try_from(i * 7).unwrap_or(0));
        assert_eq!(unhex(&fingerprint(&bytes)), Some(bytes));
        assert_eq!(unhex("00"), None);
        assert_eq!(unhex(&"zz".repeat(32)), None);
    }
}
