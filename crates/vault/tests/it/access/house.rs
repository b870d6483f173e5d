//! A vault with a founder and what the tests do with it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tempfile::TempDir;
use usher_core::Secret;
use usher_core::book::{Book, Change};
use usher_core::error::StoreError;
use usher_core::ids::{FolderId, GrantId, PersonId};
use usher_core::policy::{Edit, Permit, may_found};
use usher_core::ports::{
    Access, AccessError, AtTheDoor, Door, FirstVault, OpenWith, Opened, Proved, Store,
};
use usher_core::rights::{Grant, Object, Person, Right, RightSet, Standing, Subject};
use usher_core::time::Moment;
use usher_vault::{Cost, Device, Means, MemoryDevice, Vault, Witness};

use crate::specimen;

pub(crate) const FOUNDER: PersonId = specimen::PERSON;
pub(crate) const TECHNICIAN: PersonId = PersonId::from_bytes([0x71; 16]);

/// One place with one device, and the words that people choose there.
pub(crate) struct House {
    pub(crate) folder: TempDir,
    pub(crate) device: MemoryDevice,
    pub(crate) witness: Witness,
    pub(crate) cost: Cost,
    time: Arc<AtomicU64>,
    words: String,
}

/// Characters that nobody has ever chosen before.
pub(crate) fn canary() -> String {
    let name = tempfile::Builder::new().prefix("").rand_bytes(28).tempfile().expect("a name");
    name.path().file_name().expect("a name").to_string_lossy().into_owned()
}

pub(crate) fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

/// A permit of this person; what it allows is not the vault's business.
pub(crate) fn permit(person: PersonId) -> Permit<Edit> {
    may_found(&Book::default(), person).expect("nobody is in an empty book")
}

pub(crate) fn refusal<T>(outcome: Result<T, AccessError>) -> AccessError {
    outcome.map(drop).expect_err("must be refused")
}

impl House {
    /// A house without a vault.
    pub(crate) fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            device: MemoryDevice::default(),
            witness: Witness::default(),
            cost: Cost::Least,
            time: Arc::new(AtomicU64::new(1_780_000_000_000)),
            words: canary(),
        }
    }

    /// A house with a vault that holds one of everything, open for its founder.
    pub(crate) async fn founded() -> (Self, Vault, Secret) {
        let house = Self::empty();
        let vault = house.vault();
        let opened = house.found(&vault, FOUNDER).await.expect("founds");
        assert_eq!((opened.person, opened.proved), (FOUNDER, Proved::Passphrase));
        assert!(opened.as_found.is_none() && opened.remarks.is_empty());
        (house, vault, opened.recovery_kit.expect("a kit"))
    }

    pub(crate) async fn found(&self, vault: &Vault, who: PersonId) -> Result<Opened, AccessError> {
        let first = FirstVault {
            founder: who,
            passphrase: self.words(who),
            changes: specimen::everything(),
        };
        vault.found(permit(who), first).await
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("vault.sqlite")
    }

    /// The program, started anew.
    pub(crate) fn vault(&self) -> Vault {
        self.vault_with(&self.device)
    }

    /// The program on another device.
    pub(crate) fn vault_with(&self, device: &MemoryDevice) -> Vault {
        self.vault_on(Arc::new(device.clone()))
    }

    /// The program on any device.
    pub(crate) fn vault_on(&self, device: Arc<dyn Device>) -> Vault {
        let time = Arc::clone(&self.time);
        let means = Means {
            device,
            witness: self.witness.clone(),
            clock: Arc::new(move || Moment::from_unix_millis(time.load(Ordering::SeqCst))),
            device_name: "a test's".to_owned(),
            cost: self.cost,
        };
        Vault::at(self.path(), means).expect("a thread")
    }

    pub(crate) fn now(&self) -> Moment {
        Moment::from_unix_millis(self.time.load(Ordering::SeqCst))
    }

    pub(crate) fn seconds_pass(&self, seconds: u64) {
        self.time.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }

    pub(crate) fn days_pass(&self, days: u64) {
        self.seconds_pass(days * 86_400);
    }

    /// The passphrase that this person chose first.
    pub(crate) fn words(&self, person: PersonId) -> Secret {
        secret(&format!("{} {person}", self.words))
    }

    pub(crate) fn wrong() -> Secret {
        secret(&canary())
    }

    /// Opens it with these words.
    pub(crate) async fn open(
        vault: &Vault,
        person: PersonId,
        passphrase: Secret,
    ) -> Result<Opened, AccessError> {
        vault.open(OpenWith::Passphrase { person, passphrase }, false).await
    }

    pub(crate) async fn by_pin(
        vault: &Vault,
        person: PersonId,
        pin: &str,
    ) -> Result<Opened, AccessError> {
        vault.open(OpenWith::Pin { person, pin: secret(pin) }, false).await
    }

    pub(crate) async fn enrol(
        &self,
        vault: &Vault,
        person: PersonId,
        code: Secret,
    ) -> Result<Opened, AccessError> {
        let passphrase = self.words(person);
        vault.open(OpenWith::EnrolmentCode { person, code, passphrase }, false).await
    }

    /// A technician who has View on the root, enrolled; the founder stays in.
    pub(crate) async fn technician(&self, vault: &Vault) {
        put(vault, person(TECHNICIAN, Standing::Active, false)).await.expect("commits");
        put(vault, Change::PutGrant(view(Object::Folder(specimen::ROOT)))).await.expect("commits");
        let invitation = vault.invite(permit(FOUNDER), TECHNICIAN).await.expect("invites");
        let opened = self.enrol(vault, TECHNICIAN, invitation.code).await.expect("enrols");
        assert!(opened.recovery_kit.is_some());
        vault.lock(TECHNICIAN).await;
    }
}

/// Commits one change as the founder.
pub(crate) async fn put(vault: &Vault, change: Change) -> Result<Arc<Book>, StoreError> {
    vault.commit(permit(FOUNDER), vec![change]).await
}

pub(crate) fn person(id: PersonId, standing: Standing, administrator: bool) -> Change {
    let name = "Tom".parse().expect("a name");
    Change::PutPerson(Person { id, name, administrator, standing })
}

pub(crate) fn view(object: Object) -> Grant {
    Grant {
        id: GrantId::from_bytes([0x72; 16]),
        subject: Subject::Person(TECHNICIAN),
        object,
        rights: RightSet::of(&[Right::View]),
    }
}

pub(crate) fn folder(number: u8) -> Change {
    let id = FolderId::from_bytes([number; 16]);
    Change::PutFolder(specimen::folder(id, &format!("folder {number}")))
}

/// The people at the door, which must be that of a vault whose keyring can be read.
pub(crate) async fn at_the_door(vault: &Vault) -> Vec<AtTheDoor> {
    match vault.door().await.expect("a door") {
        Door::Vault { people, keyring: None } => people,
        other @ (Door::NoVault | Door::Older | Door::Vault { .. }) => panic!("{other:?}"),
    }
}

/// How this person stands at the door.
pub(crate) async fn door_of(vault: &Vault, person: PersonId) -> AtTheDoor {
    let mut people = at_the_door(vault).await.into_iter();
    people.find(|at| at.person == person).expect("is listed")
}

/// Runs SQL on the file, as somebody with an editor would.
pub(crate) fn edit(house: &House, sql: &str) -> usize {
    let connection = rusqlite::Connection::open(house.path()).expect("opens");
    connection.execute(sql, []).expect("edits")
}
