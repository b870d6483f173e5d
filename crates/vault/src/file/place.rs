//! Where a file lies: that it may be there, may be written, and is for its owner's eyes only.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use usher_core::error::StoreError;

use super::network;

/// The full path of a file that is there, lies on this machine and can be written.
///
/// It never opens the file: closing a second handle would drop the locks that `SQLite` holds on it
/// in this process (POSIX locks belong to the process, not the handle).
pub(super) fn existing(path: &Path) -> Result<PathBuf, StoreError> {
    let metadata = fs::metadata(path).map_err(|error| absent(&error))?;
    let path = path.canonicalize().map_err(|error| absent(&error))?;
    let folder = path.parent().ok_or(StoreError::Failed)?;
    network::refuse(folder)?;
    if !metadata.is_file() {
        return Err(StoreError::Corrupt { part: "file" });
    }
    may_write(&path, &metadata)?;
    // The write-ahead log is a file of its own beside it.
    let folder_metadata = fs::metadata(folder).map_err(|error| absent(&error))?;
    may_write(folder, &folder_metadata)?;
    Ok(path)
}

/// The folder for a file that is not there yet. It is made, for the owner alone, if need be.
pub(super) fn free(path: &Path) -> Result<PathBuf, StoreError> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    make_folder(folder)?;
    let folder = folder.canonicalize().map_err(|error| refused(&error))?;
    network::refuse(&folder)?;
    if super::exists(path) {
        return Err(StoreError::Conflict);
    }
    let leftover = ["-wal", "-journal"].iter().any(|end| super::exists(&with_suffix(path, end)));
    // The log of a file that is gone may be all that is left of it.
    if leftover { Err(StoreError::Corrupt { part: "leftover log" }) } else { Ok(folder) }
}

/// A file under a passing name, readable by its owner alone; gone if it is never published.
pub(super) fn draft(folder: &Path) -> Result<NamedTempFile, StoreError> {
    tempfile::Builder::new().prefix(".new-").tempfile_in(folder).map_err(|error| refused(&error))
}

/// Gives the draft its name, durably, unless that name was taken meanwhile.
pub(super) fn publish(draft: NamedTempFile, path: &Path, folder: &Path) -> Result<(), StoreError> {
    draft.as_file().sync_all().map_err(|error| refused(&error))?;
    draft.persist_noclobber(path).map_err(|failed| refused(&failed.error))?;
    sync_folder(folder)
}

/// An empty file beside `path` for a copy of schema number `from`; never one that was there.
pub(super) fn make_copy_beside(path: &Path, from: u32) -> Result<PathBuf, StoreError> {
    for attempt in 1..=99 {
        let copy = with_suffix(path, &format!(".schema-{from}.copy-{attempt}"));
        match owner_only().write(true).create_new(true).open(&copy) {
            Ok(_) => return Ok(copy),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(refused(&error)),
        }
    }
    Err(StoreError::Failed)
}

/// Has the file and its name reach the disk.
pub(super) fn make_durable(path: &Path) -> Result<(), StoreError> {
    let file = OpenOptions::new().write(true).open(path).map_err(|error| refused(&error))?;
    file.sync_all().map_err(|error| refused(&error))?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// Which file it is, by the number that the file system gives it: a file that was put in the place of
/// another has another. None where there is no such number, or no file.
#[cfg(unix)]
pub(super) fn stamp(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
pub(super) fn stamp(_: &Path) -> Option<(u64, u64)> {
    // Windows lets nobody put a file in the place of one that is open.
    None
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

fn absent(error: &io::Error) -> StoreError {
    let absent = matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory);
    if absent { StoreError::Missing } else { refused(error) }
}

fn refused(error: &io::Error) -> StoreError {
    let kind = error.kind();
    if matches!(kind, ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) {
        StoreError::ReadOnly
    } else if kind == ErrorKind::AlreadyExists {
        StoreError::Conflict
    } else {
        StoreError::Failed
    }
}

fn make_folder(folder: &Path) -> Result<(), StoreError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    // Elsewhere a folder below the person's profile inherits an access list of its owner alone.
    builder.create(folder).map_err(|error| refused(&error))
}

fn owner_only() -> OpenOptions {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "the mode is set on Unix only"))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(unix)]
fn may_write(path: &Path, _: &fs::Metadata) -> Result<(), StoreError> {
    use rustix::fs::{Access, access};
    access(path, Access::READ_OK | Access::WRITE_OK)
        .map_err(|errno| refused(&io::Error::from(errno)))
}

#[cfg(not(unix))]
fn may_write(_: &Path, metadata: &fs::Metadata) -> Result<(), StoreError> {
    let read_only = metadata.is_file() && metadata.permissions().readonly();
    if read_only { Err(StoreError::ReadOnly) } else { Ok(()) }
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| refused(&error))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "where there is something to flush it can fail")]
fn sync_folder(_: &Path) -> Result<(), StoreError> {
    // Windows journals names itself and has no handle of a folder to flush.
    Ok(())
}
