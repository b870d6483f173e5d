//! How the certificate that a host shows stands to what was trusted.

use crate::book::Book;
use crate::entry::{HostCertificate, TrustedCertificate};
use crate::ports::{Preflight, Target};

/// What a host showed, without any credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The certificate, and how the host takes a credential.
    pub preflight: Preflight,
    /// How it stands to what was trusted.
    pub trust: KeyTrust,
}

/// How a certificate stands to what was trusted for its host and port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyTrust {
    /// Its key was trusted.
    Trusted,
    /// Nobody has trusted a key, and none needs to: publicly valid for this name.
    Public,
    /// Nobody has trusted a key.
    Unknown,
    /// Another key was trusted.
    Changed(Box<TrustedCertificate>),
}

impl KeyTrust {
    /// How this certificate stands. `typed`: it is about what a person types themselves; for
    /// a credential entry counts only what was trusted for one.
    #[must_use]
    pub fn of(book: &Book, target: &Target, shown: &HostCertificate, typed: bool) -> Self {
        let known = book.certificates.get(&(target.host.clone(), target.port));
        match known.filter(|known| typed || !known.typed_only) {
            Some(known) if known.certificate.spki == shown.spki => Self::Trusted,
            Some(known) => Self::Changed(Box::new(known.clone())),
            None if shown.publicly_trusted => Self::Public,
            None => Self::Unknown,
        }
    }

    /// Whether nobody has to look at it before something is sent.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        matches!(self, Self::Trusted | Self::Public)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::{Port, Spki};
    use crate::ids::PersonId;
    use crate::time::Moment;

    fn certificate(key: u8, publicly_trusted: bool) -> HostCertificate {
        HostCertificate {
            spki: Spki([key; 32]),
            sha256: [key; 32],
            subject: String::new(),
            issuer: String::new(),
            not_before: Moment::from_unix_millis(0),
            not_after: Moment::from_unix_millis(1),
            publicly_trusted,
        }
    }

    fn asks(known: Option<(u8, bool)>, shown: &HostCertificate, typed: bool) -> bool {
        let target = Target { host: "srv1".parse().expect("a host"), port: Port::RDP };
        let mut book = Book::default();
        if let Some((key, typed_only)) = known {
            let trusted = TrustedCertificate {
                host: target.host.clone(),
                port: target.port,
                certificate: certificate(key, false),
                typed_only,
                by: PersonId::from_bytes([0; 16]),
                at: Moment::from_unix_millis(0),
            };
            book.certificates.insert((target.host.clone(), target.port), trusted);
        }
        !KeyTrust::of(&book, &target, shown, typed).is_accepted()
    }

    #[test]
    fn a_key_is_asked_about_unless_it_is_the_trusted_one_or_public_and_the_first() {
        for typed in [false, true] {
            assert!(asks(None, &certificate(1, false), typed), "unknown");
            assert!(!asks(None, &certificate(1, true), typed), "public, nothing trusted before");
            assert!(!asks(Some((1, false)), &certificate(1, false), typed), "the trusted key");
            assert!(asks(Some((1, false)), &certificate(2, false), typed), "changed");
            assert!(asks(Some((1, false)), &certificate(2, true), typed), "changed, though public");
        }
    }

    #[test]
    fn what_was_trusted_for_typing_alone_is_nothing_to_a_credential_entry() {
        assert!(!asks(Some((1, true)), &certificate(1, false), true));
        assert!(asks(Some((1, true)), &certificate(1, false), false));
    }
}
