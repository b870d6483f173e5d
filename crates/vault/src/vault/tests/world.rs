//! A vault with one of everything, its administrator, and a technician who may edit in it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;
use tempfile::TempDir;
use usher_core::book::{Book, Change};
use usher_core::entry::SessionEntry;
use usher_core::error::StoreError;
use usher_core::ids::{GrantId, PersonId, SessionEntryId};
use usher_core::rights::{Grant, Object, Person, Right, RightSet, Standing, Subject};
use usher_core::time::Moment;

use super::super::charter;
use super::super::shelf::Shelf;
use super::super::unlock::{How, Unlocked};
use crate::access::{Cost, Means};
use crate::device::{Device, MemoryDevice};
use crate::keys::{Keys, KnownIdentity, Ring};
use crate::rows::specimen;
use crate::seal::{Identity, SharingKey, VaultId};
use crate::vault::Step;
use crate::witness::Witness;

/// The founder, who administers it.
pub(super) const ADMIN: PersonId = specimen::PERSON;
/// Somebody with View and Edit on everything, and nothing else.
pub(super) const TECH: PersonId = PersonId::from_bytes([0xee; 16]);
/// Their grant.
pub(super) const TECHS_GRANT: GrantId = GrantId::from_bytes([0xef; 16]);
/// A session without a credential: whoever has Edit may rename it.
pub(super) const SESSION: SessionEntryId = SessionEntryId::from_bytes([0x72; 16]);

/// A vault file, the device beside it, and the secrets of its people.
pub(super) struct World {
    #[cfg_attr(not(unix), expect(dead_code, reason = "it is kept, and goes with this"))]
    pub(super) folder: TempDir,
    pub(super) path: PathBuf,
    pub(super) device: MemoryDevice,
    pub(super) vault: VaultId,
    pub(super) admin: Arc<Identity>,
    pub(super) tech: Arc<Identity>,
}

impl World {
    /// The vault, closed.
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("vault.sqlite");
        let device = MemoryDevice::default();
        let admin = Arc::new(Identity::generate().expect("random"));
        let audit = SharingKey::generate().expect("random");
        let first = charter::first(ADMIN, &admin, audit.public()).expect("a charter");
        let ring = Ring::fresh(first.vault, 1).expect("random");
        let keys = Keys::of(ring, ADMIN, Arc::clone(&admin));
        let mut shelf = Shelf::new(path.clone(), &means(&device)).expect("a thread");
        let identity = KnownIdentity::replaced(None, ADMIN, admin.public()).expect("encodes");
        shelf.found(&first, keys, specimen::everything(), vec![identity]).expect("founds");
        commit(&mut shelf, ADMIN, hire()).expect("hires");
        let tech = shelf.keys().expect("open").take_fresh(TECH).expect("made just now");
        drop(shelf);
        Self { folder, path, device, vault: first.vault, admin, tech }
    }

    /// The file, not yet opened.
    pub(super) fn shelf(&self) -> Shelf {
        Shelf::new(self.path.clone(), &means(&self.device)).expect("a thread")
    }

    pub(super) fn identity(&self, person: PersonId) -> &Arc<Identity> {
        if person == ADMIN { &self.admin } else { &self.tech }
    }

    /// The person's keys, as a slot and their share of the vault key would give them.
    pub(super) fn keys(&self, from: &mut Shelf, person: PersonId) -> Result<Keys, StoreError> {
        let clear = from.clear()?;
        let none = Ring::fresh(self.vault, 0).expect("random");
        let mut keys = Keys::of(none, person, Arc::clone(self.identity(person)));
        keys.turn(&clear.rows)?;
        Ok(keys)
    }

    /// Opens it for this person.
    pub(super) fn open(&self, person: PersonId) -> Result<Shelf, StoreError> {
        self.open_how(person, How::default()).map(|(shelf, _)| shelf)
    }

    pub(super) fn open_how(
        &self,
        person: PersonId,
        how: How,
    ) -> Result<(Shelf, Unlocked), StoreError> {
        let mut opened = self.shelf();
        let keys = self.keys(&mut opened, person)?;
        let unlocked = opened.unlock(keys, how)?;
        Ok((opened, unlocked))
    }

    /// What the administrator reads in it.
    pub(super) fn book(&self) -> Result<Arc<Book>, StoreError> {
        self.open(ADMIN)?.book()
    }

    /// Changes the file as a stranger with a tool would.
    pub(super) fn alter(&self, sql: &str) {
        alter(&self.path, sql);
    }

    /// Takes the anchor off the device.
    pub(super) fn forget_anchor(&self) {
        let anchors = self.device.names().into_iter().filter(|name| name.starts_with("anchor:"));
        anchors.for_each(|name| self.device.remove(&name).expect("removes"));
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        std::fs::read(&self.path).expect("reads")
    }

    /// Puts these bytes in the file's place, without any log of another.
    pub(super) fn leave_only(&self, bytes: &[u8]) {
        for end in ["-wal", "-shm"] {
            let log = PathBuf::from(format!("{}{end}", self.path.display()));
            if log.exists() {
                std::fs::remove_file(log).expect("removes");
            }
        }
        std::fs::write(&self.path, bytes).expect("writes");
    }
}

pub(super) fn means(device: &MemoryDevice) -> Means {
    Means {
        device: Arc::new(device.clone()),
        witness: Witness::default(),
        clock: Arc::new(|| Moment::from_unix_millis(1_790_000_000_000)),
        device_name: "here".into(),
        cost: Cost::Least,
    }
}

pub(super) fn alter(path: &Path, sql: &str) {
    let connection = Connection::open(path).expect("opens");
    connection.execute_batch(sql).expect("alters");
    connection.close().expect("closes");
}

pub(super) fn commit(
    shelf: &mut Shelf,
    by: PersonId,
    changes: Vec<Change>,
) -> Result<Arc<Book>, StoreError> {
    shelf.commit(by, Step { changes, ..Step::default() })
}

/// The technician and their grant.
pub(super) fn hire() -> Vec<Change> {
    let person = Person {
        id: TECH,
        name: "Tess".parse().expect("a name"),
        administrator: false,
        standing: Standing::Active,
    };
    let grant = Grant {
        id: TECHS_GRANT,
        subject: Subject::Person(TECH),
        object: Object::Folder(specimen::ROOT),
        rights: RightSet::of(&[Right::View, Right::Edit]),
    };
    vec![Change::PutPerson(person), Change::PutGrant(grant)]
}

/// The session under another name.
pub(super) fn rename(book: &Book, name: &str) -> Vec<Change> {
    let session = book.sessions[&SESSION].clone();
    let version = session.version.next();
    let name = name.parse().expect("a name");
    vec![Change::PutSession(SessionEntry { name, version, ..session })]
}
