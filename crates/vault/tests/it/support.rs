//! What several tests need: a place with a vault, and a device that other processes see as well.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;
use usher_core::Secret;
use usher_core::book::{Book, Change};
use usher_core::entry::Name;
use usher_core::error::{KeyringError, StoreError};
use usher_core::ids::{FolderId, GrantId, GroupId, PersonId};
use usher_core::policy::{Edit, Permit, may_found};
use usher_core::ports::{Access, AccessError, FirstVault, OpenWith, Store};
use usher_core::rights::{Grant, Group, Object, Person, Right, RightSet, Standing, Subject};
use usher_core::time::Moment;
use usher_vault::{Cost, Device, Means, Vault, Witness};
use zeroize::Zeroizing;

use crate::access::house::canary;
use crate::specimen;

/// A folder of its own for a vault, with the words that open it and the device that belongs to it.
pub(crate) struct Place {
    pub(crate) folder: TempDir,
}

/// A device whose items are files: for tests in which several processes share one.
struct FileDevice(PathBuf);

impl Device for FileDevice {
    fn get(&self, item: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyringError> {
        match std::fs::read(self.file(item)) {
            Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(_) => Err(KeyringError::Failed),
        }
    }

    fn put(&self, item: &str, value: &[u8]) -> Result<(), KeyringError> {
        // Whole or not at all, as a keyring does it: a process may be killed here.
        let mut draft =
            tempfile::NamedTempFile::new_in(&self.0).map_err(|_| KeyringError::Failed)?;
        std::io::Write::write_all(&mut draft, value).map_err(|_| KeyringError::Failed)?;
        draft.persist(self.file(item)).map(drop).map_err(|_| KeyringError::Failed)
    }

    fn remove(&self, item: &str) -> Result<(), KeyringError> {
        match std::fs::remove_file(self.file(item)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(KeyringError::Failed),
            _ => Ok(()),
        }
    }
}

impl FileDevice {
    fn file(&self, item: &str) -> PathBuf {
        self.0.join(item.replace(':', "."))
    }
}

impl Place {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("device")).expect("makes");
        std::fs::write(folder.path().join("device/words"), canary()).expect("writes");
        Self { folder }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self) -> PathBuf {
        path_in(self.folder())
    }

    /// A closed vault file with one of everything, and what it holds.
    pub(crate) async fn full(&self) -> Arc<Book> {
        let vault = found_in(self.folder()).await.expect("founds");
        vault.book().await.expect("reads")
    }

    /// The vault, open for its founder.
    pub(crate) async fn open(&self) -> Vault {
        open_in(self.folder()).await.expect("opens")
    }
}

pub(crate) fn path_in(folder: &Path) -> PathBuf {
    folder.join("vault.sqlite")
}

/// The vault in this folder, nobody in.
pub(crate) fn vault_in(folder: &Path) -> Vault {
    vault_at(folder, path_in(folder))
}

/// A vault elsewhere, with the device of this folder.
pub(crate) fn vault_at(folder: &Path, path: PathBuf) -> Vault {
    witnessed(folder, path, Witness::default())
}

/// The same with a witness, whom a log may stand beside.
pub(crate) fn witnessed(folder: &Path, path: PathBuf, witness: Witness) -> Vault {
    let means = Means {
        device: Arc::new(FileDevice(folder.join("device"))),
        witness,
        clock: Arc::new(|| Moment::from_unix_millis(1_780_000_000_000)),
        device_name: "a test's".to_owned(),
        cost: Cost::Least,
    };
    Vault::at(path, means).expect("a thread")
}

fn words(folder: &Path) -> Secret {
    Secret::new(std::fs::read_to_string(folder.join("device/words")).expect("reads"))
}

/// Makes the vault in this folder; it is open for its founder then.
pub(crate) async fn found_in(folder: &Path) -> Result<Vault, AccessError> {
    let vault = vault_in(folder);
    found(&vault, folder).await.map(|()| vault)
}

pub(crate) async fn found(vault: &Vault, folder: &Path) -> Result<(), AccessError> {
    let (founder, changes) = (specimen::PERSON, specimen::everything());
    let first = FirstVault { founder, passphrase: words(folder), changes };
    vault.found(permit(), first).await.map(drop)
}

/// Opens the vault in this folder for its founder.
pub(crate) async fn open_in(folder: &Path) -> Result<Vault, AccessError> {
    let vault = vault_in(folder);
    open(&vault, folder).await.map(|()| vault)
}

pub(crate) async fn open(vault: &Vault, folder: &Path) -> Result<(), AccessError> {
    let with = OpenWith::Passphrase { person: specimen::PERSON, passphrase: words(folder) };
    vault.open(with, false).await.map(drop)
}

/// Brings up the vault of an older version that lies in this folder.
pub(crate) async fn upgrade_in(folder: &Path) -> Result<Vault, AccessError> {
    let vault = vault_in(folder);
    upgrade(&vault, folder).await.map(|()| vault)
}

pub(crate) async fn upgrade(vault: &Vault, folder: &Path) -> Result<(), AccessError> {
    let administrator = "Zo\u{eb}".parse().expect("a name");
    let with = OpenWith::Upgrade { administrator, passphrase: words(folder) };
    vault.open(with, false).await.map(drop)
}

/// A permit as the one who founds a vault gets it; the vault asks the law itself.
pub(crate) fn permit() -> Permit<Edit> {
    may_found(&Book::default(), specimen::PERSON).expect("nobody is in an empty book")
}

pub(crate) async fn commit(vault: &Vault, changes: Vec<Change>) -> Result<Arc<Book>, StoreError> {
    vault.commit(permit(), changes).await
}

pub(crate) fn folder_id(number: u64) -> FolderId {
    FolderId::from_bytes((u128::from(number) | 1 << 127).to_be_bytes())
}

pub(crate) fn put_folder(number: u64) -> Change {
    Change::PutFolder(specimen::folder(folder_id(number), &format!("folder {number}")))
}

/// The person of this number, and by the same number their group and the grants of both.
pub(crate) fn hired(number: u64) -> (PersonId, GroupId, [GrantId; 2]) {
    let bytes = |kind: u128| (u128::from(number) | 1 << 127 | kind << 64).to_be_bytes();
    let grants = [1, 2].map(|kind| GrantId::from_bytes(bytes(kind)));
    (PersonId::from_bytes(bytes(0)), GroupId::from_bytes(bytes(0)), grants)
}

/// Several rows at once: somebody new in a group of their own, a folder, and what each of the two may
/// there.
pub(crate) fn hire(number: u64) -> Vec<Change> {
    let (id, group, [own, of_group]) = hired(number);
    let name: Name = format!("hired {number}").parse().expect("a name");
    let standing = Standing::Active;
    let person = Person { id, name: name.clone(), administrator: false, standing };
    let group = Group { id: group, name, members: [id].into() };
    let grant = |id, subject, right| {
        let object = Object::Folder(folder_id(number));
        Change::PutGrant(Grant { id, subject, object, rights: RightSet::of(&[right]) })
    };
    vec![
        put_folder(number),
        Change::PutPerson(person),
        grant(own, Subject::Person(id), Right::View),
        grant(of_group, Subject::Group(group.id), Right::Edit),
        Change::PutGroup(group),
    ]
}

/// What the file is refused with.
pub(crate) fn refusal<T>(outcome: Result<T, AccessError>) -> StoreError {
    match outcome.map(drop) {
        Err(AccessError::Store(error)) => error,
        Err(other) => panic!("{other:?}"),
        Ok(()) => panic!("must be refused"),
    }
}

/// Every file in the folder with its bytes, but for `SQLite`'s passing `-shm` and empty `-wal`.
pub(crate) fn bytes_in(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("lists")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file() && !path.to_string_lossy().ends_with("-shm"))
        .map(|path| (path.clone(), std::fs::read(&path).expect("reads")))
        .filter(|(path, bytes)| !(path.to_string_lossy().ends_with("-wal") && bytes.is_empty()))
        .collect();
    files.sort();
    files
}
