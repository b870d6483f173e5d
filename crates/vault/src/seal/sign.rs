//! Ed25519 over messages that begin with what they are. Verification is strict: no weak keys, one
//! encoding only.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use super::Canonical;

/// What a signature is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Domain {
    /// A statement of the charter: who administers the vault.
    Charter,
    /// A statement of the manifest: what all rows come to.
    Manifest,
    /// The head of the audit log.
    AuditHead,
}

impl Domain {
    /// The words a message of this kind begins with.
    const fn label(self) -> &'static str {
        match self {
            Self::Charter => "usher/charter/v1",
            Self::Manifest => "usher/manifest/v1",
            Self::AuditHead => "usher/audit-head/v1",
        }
    }

    fn message(self, bytes: &[u8]) -> Vec<u8> {
        Canonical::of(self.label()).bytes(bytes).done()
    }
}

/// Signs the bytes for this purpose.
pub(super) fn sign(key: &SigningKey, domain: Domain, bytes: &[u8]) -> [u8; 64] {
    key.sign(&domain.message(bytes)).to_bytes()
}

/// Whether the holder of the secret to this public key signed the bytes for this purpose.
pub(crate) fn verify(
    public: &[u8; 32],
    domain: Domain,
    bytes: &[u8],
    signature: &[u8; 64],
) -> bool {
    verify_message(public, &domain.message(bytes), signature)
}

pub(super) fn verify_message(public: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    let signature = Signature::from_bytes(signature);
    VerifyingKey::from_bytes(public).is_ok_and(|key| key.verify_strict(message, &signature).is_ok())
}
