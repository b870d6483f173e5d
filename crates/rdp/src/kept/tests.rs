use std::fs;

use tempfile::TempDir;
use x509_cert::Certificate;
use x509_cert::der::{Decode, Encode, oid::AssociatedOid};
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage, SubjectAltName};

use super::*;

/// The system's seal as far as the file knows: it changes every byte, and opens only its own.
struct Mask(u8);

impl Seal for Mask {
    fn seal(&self, plain: &[u8]) -> io::Result<Vec<u8>> {
        let marked = [b"sealed".as_slice(), plain].concat();
        Ok(marked.iter().map(|byte| byte ^ self.0).collect())
    }

    fn open(&self, sealed: &[u8]) -> io::Result<Zeroizing<Vec<u8>>> {
        let plain: Vec<u8> = sealed.iter().map(|byte| byte ^ self.0).collect();
        let plain = plain.strip_prefix(b"sealed").ok_or(io::ErrorKind::PermissionDenied)?;
        Ok(Zeroizing::new(plain.to_vec()))
    }
}

fn extension<T: AssociatedOid + for<'a> Decode<'a>>(der: &[u8]) -> Option<T> {
    let certificate = Certificate::from_der(der).unwrap();
    let extensions = certificate.tbs_certificate().extensions()?;
    let found = extensions.iter().find(|extension| extension.extn_id == T::OID)?;
    T::from_der(found.extn_value.as_bytes()).ok()
}

#[test]
fn it_is_made_once_and_read_again() {
    let folder = TempDir::new().unwrap();
    let within = folder.path().join("not there yet");
    let first = KeptCertificate::kept_in(&within, &Mask(0x5A)).unwrap();
    let again = KeptCertificate::kept_in(&within, &Mask(0x5A)).unwrap();
    assert_eq!((&first.der, &first.key), (&again.der, &again.key));
}

#[test]
fn its_key_lies_sealed_and_no_other_file_beside_it() {
    let folder = TempDir::new().unwrap();
    let kept = KeptCertificate::kept_in(folder.path(), &Mask(0x5A)).unwrap();
    let files: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files, [folder.path().join("loopback.sealed")]);
    let bytes = fs::read(&files[0]).unwrap();
    assert!(!bytes.windows(16).any(|window| window == &kept.key[kept.key.len() - 16..]));
}

#[test]
fn what_cannot_be_opened_is_replaced() {
    let folder = TempDir::new().unwrap();
    let first = KeptCertificate::kept_in(folder.path(), &Mask(0x5A)).unwrap();
    let of_another = KeptCertificate::kept_in(folder.path(), &Mask(0xA5)).unwrap();
    assert_ne!(first.der, of_another.der);
    for damaged in [&b""[..], b"sealed", b"sealed\xFF\xFF\xFF\xFF", b"sealed\x01\0\0\0\0"] {
        let masked: Vec<u8> = damaged.iter().map(|byte| byte ^ 0x5A).collect();
        fs::write(folder.path().join("loopback.sealed"), masked).unwrap();
        let made = KeptCertificate::kept_in(folder.path(), &Mask(0x5A)).unwrap();
        let read = KeptCertificate::kept_in(folder.path(), &Mask(0x5A)).unwrap();
        assert_eq!(made.der, read.der, "{damaged:?}");
    }
}

#[test]
fn it_is_for_servers_at_the_pools_addresses_and_signs_nothing() {
    let kept = KeptCertificate::made().unwrap();
    let names = extension::<SubjectAltName>(&kept.der).unwrap();
    assert_eq!(names.0.len(), 2 * usize::from(LoopbackPool::SIZE));
    let uses = extension::<ExtendedKeyUsage>(&kept.der).unwrap();
    assert_eq!(uses.0.len(), 1);
    assert_eq!(uses.0[0].to_string(), "1.3.6.1.5.5.7.3.1", "server authentication");
    assert!(!extension::<BasicConstraints>(&kept.der).unwrap().ca);
    let usage = extension::<KeyUsage>(&kept.der).unwrap();
    assert!(usage.digital_signature() && !usage.key_cert_sign());
    let certificate = Certificate::from_der(&kept.der).unwrap();
    let certificate = certificate.tbs_certificate();
    let (issuer, subject) = (certificate.issuer(), certificate.subject());
    assert_eq!(issuer.to_der().unwrap(), subject.to_der().unwrap(), "by itself");
}
