//! What a host's certificate says.

use sha2::{Digest, Sha256};
use usher_core::entry::{HostCertificate, Spki};
use usher_core::one_line;
use usher_core::time::Moment;
use x509_cert::certificate::{CertificateInner, Raw};
use x509_cert::der::{Decode, Encode};
use x509_cert::time::Time;

/// The most characters of a subject or issuer that are shown; hosts may send thousands.
const NAME_AT_MOST: usize = 256;

/// The certificate, and the key that `CredSSP` binds to.
pub(crate) struct Read {
    pub(crate) certificate: HostCertificate,
    pub(crate) public_key: Vec<u8>,
}

/// Reads a DER certificate; `None` if it is none.
///
/// The profile is the lenient one: hosts make serial numbers that RFC 5280 forbids.
pub(crate) fn read(der: &[u8], publicly_trusted: bool) -> Option<Read> {
    let parsed = CertificateInner::<Raw>::from_der(der).ok()?;
    let body = parsed.tbs_certificate();
    let key = body.subject_public_key_info();
    let validity = body.validity();
    let certificate = HostCertificate {
        spki: Spki(Sha256::digest(key.to_der().ok()?).into()),
        sha256: Sha256::digest(der).into(),
        subject: one_line(&body.subject().to_string(), NAME_AT_MOST),
        issuer: one_line(&body.issuer().to_string(), NAME_AT_MOST),
        not_before: moment(validity.not_before),
        not_after: moment(validity.not_after),
        publicly_trusted,
    };
    Some(Read { certificate, public_key: key.subject_public_key.raw_bytes().to_vec() })
}

fn moment(time: Time) -> Moment {
    let millis = time.to_unix_duration().as_millis();
    Moment::from_unix_millis(u64::try_from(millis).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_read_and_junk_is_not() {
        let made = rcgen::generate_simple_self_signed(["host.test".to_owned()]).unwrap();
        let read = read(made.cert.der(), false).unwrap();
        let other = rcgen::generate_simple_self_signed(["host.test".to_owned()]).unwrap();
        assert_ne!(
            read.certificate.spki,
            super::read(other.cert.der(), false).unwrap().certificate.spki
        );
        assert!(read.certificate.not_before < read.certificate.not_after);
        assert_eq!(read.certificate.subject, read.certificate.issuer);
        assert!(super::read(b"no certificate", false).is_none());
    }

    /// The subject of a certificate that was made for this common name.
    fn subject_of(name: &str) -> String {
        let mut asked = rcgen::CertificateParams::default();
        asked.distinguished_name.push(rcgen::DnType::CommonName, name);
        let made = asked.self_signed(&rcgen::KeyPair::generate().unwrap()).unwrap();
        let certificate = read(made.der(), false).unwrap().certificate;
        assert_eq!(certificate.subject, certificate.issuer);
        certificate.subject
    }

    #[test]
    fn names_are_one_line_that_reads_as_it_stands_and_has_an_end() {
        assert_eq!(subject_of("dc\u{e9}.corp.example"), "CN=dc\u{e9}.corp.example");
        let hostile = subject_of("1\u{202E}0cd\u{2028}Issued by: Contoso\n\0");
        let hidden = |c: char| c.is_control() || "\u{202E}\u{2028}".contains(c);
        assert!(!hostile.contains(hidden) && hostile.contains("1 0cd"), "{hostile:?}");
        let long = subject_of(&"x".repeat(40_000));
        assert_eq!((long.chars().count(), long.chars().last()), (NAME_AT_MOST, Some('\u{2026}')));
    }
}
