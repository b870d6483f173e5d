//! The file: certificate and key as one, sealed by the system.

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use zeroize::Zeroizing;

use super::{KeptCertificate, Seal};

const NAME: &str = "loopback.sealed";

pub(super) struct Sealed<'a> {
    folder: &'a Path,
    path: PathBuf,
}

impl<'a> Sealed<'a> {
    pub(super) fn of(folder: &'a Path) -> Self {
        Self { folder, path: folder.join(NAME) }
    }

    /// `None` where there is none yet.
    pub(super) fn read(&self, seal: &impl Seal) -> io::Result<Option<KeptCertificate>> {
        let sealed = match fs::read(&self.path) {
            Ok(sealed) => sealed,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let plain = seal.open(&sealed)?;
        parted(&plain).map(Some).ok_or_else(|| ErrorKind::InvalidData.into())
    }

    pub(super) fn write(&self, kept: &KeptCertificate, seal: &impl Seal) -> io::Result<()> {
        fs::create_dir_all(self.folder)?;
        let sealed = seal.seal(&joined(kept)?)?;
        let mut file = NamedTempFile::new_in(self.folder)?;
        file.write_all(&sealed)?;
        file.as_file().sync_all()?;
        file.persist(&self.path).map_err(|error| error.error)?;
        Ok(())
    }
}

/// The certificate's length in 4 bytes, low byte first; the certificate; the key.
fn joined(kept: &KeptCertificate) -> io::Result<Zeroizing<Vec<u8>>> {
    let length = u32::try_from(kept.der.len()).map_err(io::Error::other)?;
    // Reserved in full: a buffer that grows leaves copies behind.
    let mut plain = Zeroizing::new(Vec::with_capacity(4 + kept.der.len() + kept.key.len()));
    plain.extend_from_slice(&length.to_le_bytes());
    plain.extend_from_slice(&kept.der);
    plain.extend_from_slice(&kept.key);
    Ok(plain)
}

fn parted(plain: &[u8]) -> Option<KeptCertificate> {
    let (length, rest) = plain.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let (der, key) = rest.split_at_checked(length)?;
    (!key.is_empty())
        .then(|| KeptCertificate { der: der.to_vec(), key: Zeroizing::new(key.to_vec()) })
}
