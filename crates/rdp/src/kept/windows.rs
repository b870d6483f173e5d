//! Windows: the key under the person's account, the certificate among the person's own roots.

mod dpapi;
mod roots;

use std::io;
use std::path::Path;

use self::dpapi::Dpapi;
use self::roots::Roots;
use super::KeptCertificate;

impl KeptCertificate {
    /// The one in this folder, which should be the person's own on this computer; made where there is
    /// none. Its key lies there as only this person's account can open it.
    ///
    /// # Errors
    /// Where the folder cannot be written, or Windows seals nothing.
    pub fn open(folder: &Path) -> io::Result<Self> {
        Self::kept_in(folder, &Dpapi)
    }

    /// Whether it stands among the roots that this person trusts.
    ///
    /// # Errors
    /// As Windows gives them.
    pub fn is_trusted(&self) -> io::Result<bool> {
        Roots::of_person()?.has(&self.der)
    }

    /// Puts it among the roots that this person trusts, in place of earlier ones of ours. Windows itself
    /// asks the person, in a window of its own, and this returns after the answer; without a desktop
    /// it fails.
    ///
    /// # Errors
    /// `PermissionDenied` where the person or a policy said no; others as Windows gives them.
    pub fn trust(&self) -> io::Result<()> {
        self.trust_among(&Roots::of_person()?)
    }

    /// Takes it out, and earlier ones of ours. Windows asks the person for each.
    ///
    /// # Errors
    /// As [`Self::trust`].
    pub fn untrust(&self) -> io::Result<()> {
        Roots::of_person()?.remove_like(&self.der)
    }

    fn trust_among(&self, roots: &Roots) -> io::Result<()> {
        if roots.has(&self.der)? {
            return Ok(());
        }
        roots.remove_like(&self.der)?;
        roots.add(&self.der)
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;
    use windows::core::w;

    use super::super::Seal;
    use super::*;

    #[test]
    fn windows_opens_what_it_sealed_and_nothing_else() {
        let plain = b"the quick brown fox";
        let sealed = Dpapi.seal(plain).unwrap();
        assert!(!sealed.windows(plain.len()).any(|window| window == plain));
        assert_eq!(*Dpapi.open(&sealed).unwrap(), plain);
        let mut damaged = sealed;
        let last = damaged.len() - 1;
        damaged[last] ^= 1;
        assert!(Dpapi.open(&damaged).is_err());
        assert!(Dpapi.open(b"").is_err());
    }

    #[test]
    fn it_is_trusted_once_and_taken_out_again() {
        let folder = TempDir::new().unwrap();
        let first = KeptCertificate::open(folder.path()).unwrap();
        let again = KeptCertificate::open(folder.path()).unwrap();
        assert_eq!(first.der, again.der);
        // A store that nobody trusts: at the real one Windows asks whoever runs the test.
        let store = Roots::named(w!("UsherTest")).unwrap();
        let has = |kept: &KeptCertificate| store.has(&kept.der).unwrap();
        assert!(!has(&first));
        first.trust_among(&store).unwrap();
        first.trust_among(&store).unwrap();
        assert!(has(&again));
        let other = KeptCertificate::open(&folder.path().join("other")).unwrap();
        assert!(!has(&other));
        other.trust_among(&store).unwrap();
        assert!(has(&other));
        assert!(!has(&first), "one of ours at a time");
        store.remove_like(&first.der).unwrap();
        assert!(!has(&other));
        assert!(!other.is_trusted().unwrap(), "the real store was not touched");
    }
}
