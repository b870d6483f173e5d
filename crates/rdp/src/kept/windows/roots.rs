//! The store of roots that this person trusts.

use std::io;
use std::ops::Deref;

use windows::Win32::Foundation::{ERROR_ACCESS_DENIED, ERROR_CANCELLED, WIN32_ERROR};
use windows::Win32::Security::Cryptography::{
    CERT_CONTEXT, CERT_FIND_EXISTING, CERT_FIND_FLAGS, CERT_FIND_SUBJECT_NAME,
    CERT_OPEN_STORE_FLAGS, CERT_QUERY_ENCODING_TYPE, CERT_STORE_ADD_USE_EXISTING,
    CERT_STORE_PROV_SYSTEM_W, CERT_SYSTEM_STORE_CURRENT_USER, CertAddCertificateContextToStore,
    CertCloseStore, CertCreateCertificateContext, CertDeleteCertificateFromStore,
    CertFindCertificateInStore, CertFreeCertificateContext, CertOpenStore, HCERTSTORE,
    X509_ASN_ENCODING,
};
use windows::core::{Error, PCWSTR, w};

const NO_ENCODING: CERT_QUERY_ENCODING_TYPE = CERT_QUERY_ENCODING_TYPE(0);

/// A store of certificates, open.
pub(super) struct Roots(HCERTSTORE);

impl Roots {
    /// What this person trusts.
    pub(super) fn of_person() -> io::Result<Self> {
        Self::named(w!("Root"))
    }

    /// A store of this person; made where there is none.
    #[expect(unsafe_code, reason = "a store of the Windows API is opened")]
    pub(super) fn named(name: PCWSTR) -> io::Result<Self> {
        let flags = CERT_OPEN_STORE_FLAGS(CERT_SYSTEM_STORE_CURRENT_USER);
        // SAFETY: this kind of store is named by a text with a NUL at its end, which `w!` makes.
        let store = unsafe {
            let name = Some(name.as_ptr().cast());
            CertOpenStore(CERT_STORE_PROV_SYSTEM_W, NO_ENCODING, None, flags, name)
        };
        Ok(Self(store?))
    }

    /// Whether this very certificate is there.
    pub(super) fn has(&self, der: &[u8]) -> io::Result<bool> {
        let wanted = Context::of(der)?;
        let what = std::ptr::from_ref::<CERT_CONTEXT>(&wanted).cast();
        Ok(self.find(CERT_FIND_EXISTING, what).is_some())
    }

    /// Adds it; where it is the store of roots, Windows asks the person.
    #[expect(unsafe_code, reason = "a call of the Windows API that adds to a store")]
    pub(super) fn add(&self, der: &[u8]) -> io::Result<()> {
        let context = Context::of(der)?;
        // SAFETY: store and certificate are open, and are ours until they go.
        let added = unsafe {
            let (store, context) = (Some(self.0), &raw const *context);
            CertAddCertificateContextToStore(store, context, CERT_STORE_ADD_USE_EXISTING, None)
        };
        added.map_err(refused)
    }

    /// Removes every one of the same subject; where it is the store of roots, Windows asks the person.
    #[expect(unsafe_code, reason = "a call of the Windows API that takes out of a store")]
    pub(super) fn remove_like(&self, der: &[u8]) -> io::Result<()> {
        let context = Context::of(der)?;
        // SAFETY: Windows fills it when it reads a certificate, and holds it as long.
        let subject = unsafe { &raw const (*context.pCertInfo).Subject };
        while let Some(found) = self.find(CERT_FIND_SUBJECT_NAME, subject.cast()) {
            // SAFETY: it was found in this store. The call gives it back, also where it fails.
            unsafe { CertDeleteCertificateFromStore(found.given_up()) }.map_err(refused)?;
        }
        Ok(())
    }

    /// The first that fits; `what` is what `how` wants: a certificate, or a name.
    #[expect(unsafe_code, reason = "a store of the Windows API is searched")]
    fn find(&self, how: CERT_FIND_FLAGS, what: *const std::ffi::c_void) -> Option<Context> {
        // SAFETY: the store is open; both callers give what their way of searching wants.
        let found = unsafe {
            CertFindCertificateInStore(self.0, X509_ASN_ENCODING, 0, how, Some(what), None)
        };
        Context::held(found)
    }
}

impl Drop for Roots {
    #[expect(unsafe_code, reason = "the store is given back to the Windows API")]
    fn drop(&mut self) {
        // SAFETY: it is open, and is not used again.
        if let Err(error) = unsafe { CertCloseStore(Some(self.0), 0) } {
            tracing::debug!(%error, "The store of roots was not closed");
        }
    }
}

/// A no of the person or of a policy, told apart from faults.
fn refused(error: Error) -> io::Error {
    let denied = [ERROR_CANCELLED, ERROR_ACCESS_DENIED].map(WIN32_ERROR::to_hresult);
    if denied.contains(&error.code()) {
        return io::ErrorKind::PermissionDenied.into();
    }
    error.into()
}

/// A certificate as Windows holds it; never null.
struct Context(*const CERT_CONTEXT);

impl Context {
    #[expect(unsafe_code, reason = "a call of the Windows API that reads a certificate")]
    fn of(der: &[u8]) -> io::Result<Self> {
        // SAFETY: it copies the bytes.
        let context = unsafe { CertCreateCertificateContext(X509_ASN_ENCODING, der) };
        Self::held(context).ok_or_else(|| Error::from_thread().into())
    }

    fn held(context: *const CERT_CONTEXT) -> Option<Self> {
        (!context.is_null()).then_some(Self(context))
    }

    /// For a call that gives it back itself.
    fn given_up(self) -> *const CERT_CONTEXT {
        std::mem::ManuallyDrop::new(self).0
    }
}

impl Deref for Context {
    type Target = CERT_CONTEXT;

    #[expect(unsafe_code, reason = "a certificate of the Windows API is looked at")]
    fn deref(&self) -> &CERT_CONTEXT {
        // SAFETY: it is not null, and Windows holds it until it is given back.
        unsafe { &*self.0 }
    }
}

impl Drop for Context {
    #[expect(unsafe_code, reason = "the certificate is given back to the Windows API")]
    fn drop(&mut self) {
        // SAFETY: it is held, and is not used again. The answer is always yes.
        let _always = unsafe { CertFreeCertificateContext(Some(self.0)) };
    }
}
