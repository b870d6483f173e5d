//! The journal's file: a line for each thing, replaced as a whole.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::Left;

const NAME: &str = "residue.jsonl";
const LOCK: &str = "residue.lock";
const DAMAGED: &str = "residue.damaged";
/// Far more than sessions can run at once; what is longer is no journal of ours.
const LONGEST: u64 = 1 << 20;

#[derive(Debug)]
pub(super) struct JournalFile {
    folder: PathBuf,
    /// Held as long as the journal is.
    _lock: File,
}

impl JournalFile {
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        make(folder)?;
        let lock = File::options().create(true).append(true).open(folder.join(LOCK))?;
        lock.try_lock().map_err(io::Error::from)?;
        Ok(Self { folder: folder.to_owned(), _lock: lock })
    }

    /// The rows that can be read; and where the file was set aside, if there are others in it.
    pub(super) fn read(&self) -> io::Result<(Vec<Left>, Option<PathBuf>)> {
        let mut bytes = Vec::new();
        match File::open(self.path()) {
            Ok(file) => file.take(LONGEST).read_to_end(&mut bytes)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((vec![], None)),
            Err(error) => return Err(error),
        };
        let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let rows: Vec<_> = lines.map(serde_json::from_slice).collect();
        let damaged = rows.iter().any(Result::is_err);
        let set_aside = if damaged { Some(self.set_aside()?) } else { None };
        Ok((rows.into_iter().flatten().collect(), set_aside))
    }

    /// Out of the way, so that the next start does not stumble over it again.
    fn set_aside(&self) -> io::Result<PathBuf> {
        let aside = self.folder.join(DAMAGED);
        fs::rename(self.path(), &aside)?;
        Ok(aside)
    }

    /// Readable by its owner only, which is how `tempfile` makes it.
    pub(super) fn write<'a>(&self, rows: impl Iterator<Item = &'a Left>) -> io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        for row in rows {
            serde_json::to_writer(&mut file, row)?;
            file.write_all(b"\n")?;
        }
        file.as_file().sync_all()?;
        file.persist(self.path()).map_err(|error| error.error)?;
        Ok(())
    }

    fn path(&self) -> PathBuf {
        self.folder.join(NAME)
    }
}

/// For its owner alone: the vault may come to lie in it.
fn make(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
