//! A certificate for the client's leg that stays: mstsc neither warns of it nor takes the host for one
//! that proves itself by NTLM alone, once the person trusts it.
//!
//! One for each person and computer, for the addresses of [`LoopbackPool`] and nothing else. It signs
//! no other certificate, so who steals its key can pass for a session's loopback address, no more.

mod file;
#[cfg(windows)]
mod windows;

use std::io;
use std::path::Path;

use rcgen::{
    CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose,
    PKCS_ECDSA_P256_SHA256, SanType, date_time_ymd,
};
use usher_core::ports::LoopbackPool;
use zeroize::Zeroizing;

use file::Sealed;

/// What the person reads in Windows' question, and an administrator in the list of roots.
const NAME: &str = "Usher on this computer (loopback only)";

/// How the system keeps something that only this person may read.
pub(crate) trait Seal {
    /// What may lie in a file.
    fn seal(&self, plain: &[u8]) -> io::Result<Vec<u8>>;
    /// What was sealed, by the same person on the same computer.
    fn open(&self, sealed: &[u8]) -> io::Result<Zeroizing<Vec<u8>>>;
}

/// The certificate and its key.
#[cfg_attr(not(windows), expect(unreachable_pub, reason = "public on Windows"))]
pub struct KeptCertificate {
    pub(crate) der: Vec<u8>,
    /// PKCS#8.
    pub(crate) key: Zeroizing<Vec<u8>>,
}

impl KeptCertificate {
    /// The one in this folder; made where there is none. One that the system no longer opens (another
    /// person's, or after a password was reset by force) is replaced: it has to be trusted anew.
    pub(crate) fn kept_in(folder: &Path, seal: &impl Seal) -> io::Result<Self> {
        let sealed = Sealed::of(folder);
        match sealed.read(seal) {
            Ok(Some(kept)) => return Ok(kept),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "The loopback certificate is replaced"),
        }
        let made = Self::made().ok_or_else(|| io::Error::other("no certificate"))?;
        sealed.write(&made, seal)?;
        Ok(made)
    }

    pub(crate) fn made() -> Option<Self> {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).ok()?;
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, NAME);
        params.is_ca = IsCa::ExplicitNoCa;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        // It is trusted by itself, once; a renewal would only ask the person again.
        params.not_before = date_time_ymd(2026, 1, 1);
        params.not_after = date_time_ymd(2056, 1, 1);
        for address in LoopbackPool::addresses() {
            params.subject_alt_names.push(SanType::IpAddress(address.into()));
            // Older Windows looks for an address that was typed among the DNS names.
            let name = address.to_string().try_into().ok()?;
            params.subject_alt_names.push(SanType::DnsName(name));
        }
        let der = params.self_signed(&key).ok()?.der().to_vec();
        Some(Self { der, key: Zeroizing::new(key.serialize_der()) })
    }
}

#[cfg(test)]
mod tests;
