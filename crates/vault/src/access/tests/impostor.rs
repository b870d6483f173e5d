//! Somebody with the device and the vault's key writes what another comes in with, and takes it back
//! while the words are still being stretched: the file that is verified is as it was.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rusqlite::{Connection, OptionalExtension, params};
use tempfile::TempDir;
use usher_core::Secret;
use usher_core::book::Book;
use usher_core::error::StoreError;
use usher_core::ids::PersonId;
use usher_core::policy::may_found;
use usher_core::ports::{Access, AccessError, FirstVault, OpenWith, Opened, Store};
use usher_core::time::Moment;

use super::{FOUNDER, TECHNICIAN, with_a_technician, words};
use crate::access::{Cost, Means, WallClock};
use crate::device::{DeviceSecret, MemoryDevice};
use crate::keys::{KnownIdentity, vault_share};
use crate::rows::{Key, Table, Write, specimen};
use crate::seal::{Identity, VaultId, random};
use crate::slots::{Header, Proof, Slot, SlotKind};
use crate::vault::Vault;
use crate::witness::Witness;

pub(super) const NOW: Moment = Moment::from_unix_millis(1_780_000_000_000);

type Deed = Box<dyn FnOnce() + Send>;
pub(super) type Row = (Table, Key, Option<(i64, Vec<u8>)>);

/// A vault with a founder and a technician, both in, and the moment before words are stretched.
pub(super) struct Scene {
    _folder: TempDir,
    path: PathBuf,
    pub(super) vault: Vault,
    pub(super) device: MemoryDevice,
    next: Arc<Mutex<Option<Deed>>>,
}

impl Scene {
    pub(super) async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("vault.sqlite");
        let (device, next) = (MemoryDevice::default(), Arc::new(Mutex::new(None::<Deed>)));
        let due = Arc::clone(&next);
        let clock = move || {
            let deed = due.lock().expect("whole").take();
            if let Some(deed) = deed {
                deed();
            }
            NOW
        };
        let vault = Vault::at(path.clone(), means(&device, Arc::new(clock))).expect("a thread");
        let permit = may_found(&Book::default(), FOUNDER).expect("nobody is there");
        let changes = specimen::everything();
        let first = FirstVault { founder: FOUNDER, passphrase: words(), changes };
        vault.found(permit, first).await.expect("founds");
        with_a_technician(&vault).await;
        Self { _folder: folder, path, vault, device, next }
    }

    /// A slot and a share for the founder, around keys that the technician made.
    async fn forge(&self, words: &str) -> Vec<Row> {
        let identity = Identity::generate().expect("random");
        let to = (FOUNDER, identity.public().sharing);
        let (vault, share) = share_of(&self.vault, TECHNICIAN, to).await;
        let secret = DeviceSecret::read(&self.device, &vault).expect("reads").expect("is there");
        let (whose, stretch) = ((vault, FOUNDER), Cost::Least.stretch());
        let header = Header::for_words(whose, SlotKind::Passphrase, secret.id(), stretch, NOW);
        let proof = Proof::Words(words.as_bytes(), &secret);
        let slot = Slot::wrap(header.expect("random"), &proof, &identity).expect("wraps");
        [slot.write().expect("encodes"), share].map(row).to_vec()
    }

    /// Another program on the same vault and device.
    pub(super) fn program(&self) -> Vault {
        Vault::at(self.path.clone(), means(&self.device, Arc::new(|| NOW))).expect("a thread")
    }

    /// Puts the rows, and has them taken back as soon as the next one is on the way in.
    pub(super) fn put_for_a_moment(&self, rows: &[Row]) {
        let before = put(&self.path, rows);
        let path = self.path.clone();
        let back: Deed = Box::new(move || drop(put(&path, &before)));
        *self.next.lock().expect("whole") = Some(back);
    }

    async fn comes_in(&self, words: &str) -> Result<Opened, AccessError> {
        let passphrase = Secret::new(words.to_owned());
        self.vault.open(OpenWith::Passphrase { person: FOUNDER, passphrase }, false).await
    }

    /// Whether the founder's keys, which they have open, are those that the vault knows.
    async fn is_the_founders(&self) -> bool {
        let theirs = self.vault.worker.ask(|shelf| {
            let known = KnownIdentity::of(shelf.rows()?, FOUNDER).ok_or(StoreError::Failed)?;
            let held = shelf.keys()?.signer(FOUNDER).ok_or(StoreError::Locked)?.public();
            Ok(known.current == held)
        });
        theirs.await.expect("the founder is in")
    }

    pub(super) fn slots(&self) -> Vec<Row> {
        let file = Connection::open(&self.path).expect("opens");
        let mut all = file.prepare("SELECT id, version, blob FROM slot").expect("asks");
        let rows = all
            .query_map([], |row| Ok((Table::Slot, row.get(0)?, Some((row.get(1)?, row.get(2)?)))));
        rows.expect("reads").map(|row| row.expect("reads")).collect()
    }
}

/// The vault's key, by somebody who is in, for keys that are said to be a person's.
pub(super) async fn share_of(
    vault: &Vault,
    by: PersonId,
    (whose, to): (PersonId, [u8; 32]),
) -> (VaultId, Write) {
    let share = vault.worker.ask(move |shelf| {
        let row = shelf.rows()?.get(Table::VaultShare, &by.to_bytes()).cloned();
        let keys = shelf.keys()?;
        let own = keys.signer(by).ok_or(StoreError::Locked)?;
        let key = row.and_then(|row| vault_share::take(keys.vault(), &row, by, own));
        let key = key.ok_or(StoreError::Failed)?;
        Ok((keys.vault(), vault_share::give(keys.vault(), &key, whose, to)?))
    });
    share.await.expect("they have the vault's key")
}

/// The row that a write puts.
pub(super) fn row(write: Write) -> Row {
    (write.table, write.key, write.put.map(|put| (1, put.blob)))
}

fn means(device: &MemoryDevice, clock: WallClock) -> Means {
    Means {
        device: Arc::new(device.clone()),
        witness: Witness::default(),
        clock,
        device_name: "a test's".to_owned(),
        cost: Cost::Least,
    }
}

/// Puts rows or takes them out, and gives what stood there.
fn put(path: &Path, rows: &[Row]) -> Vec<Row> {
    let file = Connection::open(path).expect("opens");
    let one = |(table, key, row): &Row| {
        let name = table.name();
        let sql = format!("SELECT version, blob FROM {name} WHERE id = ?1");
        let before = file.query_row(&sql, [key], |row| Ok((row.get(0)?, row.get(1)?)));
        let before = before.optional().expect("reads");
        file.execute(&format!("DELETE FROM {name} WHERE id = ?1"), [key]).expect("deletes");
        if let Some((version, blob)) = row {
            let sql = format!("INSERT INTO {name} (id, version, blob) VALUES (?1, ?2, ?3)");
            file.execute(&sql, params![key, version, blob]).expect("inserts");
        }
        (*table, *key, before)
    };
    rows.iter().map(one).collect()
}

/// Words that nobody wrote down.
pub(super) fn made_up() -> String {
    let bytes = random::<16>().expect("random");
    format!("{:032x}", u128::from_be_bytes(*bytes))
}

pub(super) fn not_accepted<T>(outcome: &Result<T, AccessError>) -> bool {
    matches!(outcome, Err(AccessError::NotAccepted { .. }))
}

#[tokio::test]
async fn keys_that_the_verified_file_does_not_know_let_nobody_in() {
    let scene = Scene::new().await;
    let theirs = made_up();
    let forged = scene.forge(&theirs).await;
    scene.vault.lock(FOUNDER).await;
    scene.vault.lock(TECHNICIAN).await;
    scene.put_for_a_moment(&forged);
    assert!(not_accepted(&scene.comes_in(&theirs).await));
    assert_eq!(scene.vault.book().await.map(drop), Err(StoreError::Locked), "nobody is in");
    let with = OpenWith::Passphrase { person: FOUNDER, passphrase: words() };
    scene.vault.open(with, false).await.expect("the file is as it was");
}

#[tokio::test]
async fn keys_that_the_verified_file_does_not_know_take_nobodys_place() {
    let scene = Scene::new().await;
    let theirs = made_up();
    let forged = scene.forge(&theirs).await;
    scene.put_for_a_moment(&forged);
    assert!(not_accepted(&scene.comes_in(&theirs).await));
    assert!(scene.is_the_founders().await);
}

#[tokio::test]
async fn keys_that_the_verified_file_does_not_know_prove_nothing() {
    let scene = Scene::new().await;
    let theirs = made_up();
    let forged = scene.forge(&theirs).await;
    scene.put_for_a_moment(&forged);
    let proof = Secret::new(theirs);
    assert!(not_accepted(&scene.vault.prove(FOUNDER, proof).await));
    assert!(scene.vault.prove(FOUNDER, words()).await.is_ok(), "their own words do");
}

#[tokio::test]
async fn a_slot_that_was_taken_out_opens_nothing_when_it_is_put_back_for_a_moment() {
    let scene = Scene::new().await;
    let before = scene.slots();
    let new = Secret::new(format!("quite other words {}", made_up()));
    scene.vault.set_passphrase(FOUNDER, new).await.expect("sets");
    scene.put_for_a_moment(&before);
    assert!(not_accepted(&scene.vault.prove(FOUNDER, words()).await));
    scene.vault.lock(FOUNDER).await;
    scene.vault.lock(TECHNICIAN).await;
    scene.put_for_a_moment(&before);
    let with = OpenWith::Passphrase { person: FOUNDER, passphrase: words() };
    assert!(not_accepted(&scene.vault.open(with, false).await));
    assert_eq!(scene.vault.book().await.map(drop), Err(StoreError::Locked), "nobody is in");
}
