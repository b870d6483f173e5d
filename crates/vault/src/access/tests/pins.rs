//! What somebody with the file, the keyring and the right PIN has of it: nothing. And what is kept in
//! memory lets nobody in whom the verified file does not know.

use usher_core::Secret;
use usher_core::error::StoreError;
use usher_core::ids::PersonId;
use usher_core::ports::{Access, AccessError, Door, OpenWith, Opened, PinAtDoor, Proved, Store};

use super::impostor::{NOW, Row, Scene, not_accepted, row, share_of};
use super::{FOUNDER, TECHNICIAN, words};
use crate::access::Cost;
use crate::device::DeviceSecret;
use crate::keys::KnownIdentity;
use crate::rows::Table;
use crate::seal::{Identity, SealError};
use crate::slots::tests::pins::{as_before, guess};
use crate::slots::{Header, Proof, Slot, SlotKind};
use crate::vault::{Clear, Shelf, Step, Vault};

const PIN: &str = "483091";

async fn set_pin(scene: &Scene, person: PersonId) {
    scene.vault.set_pin(person, Some(Secret::new(PIN.to_owned()))).await.expect("sets");
}

async fn by_pin(vault: &Vault, person: PersonId) -> Result<Opened, AccessError> {
    vault.open(OpenWith::Pin { person, pin: Secret::new(PIN.to_owned()) }, false).await
}

async fn by_passphrase(vault: &Vault, person: PersonId) {
    let with = OpenWith::Passphrase { person, passphrase: words() };
    vault.open(with, false).await.expect("opens");
}

async fn lock_both(scene: &Scene) {
    scene.vault.lock(FOUNDER).await;
    scene.vault.lock(TECHNICIAN).await;
}

async fn at_the_door(vault: &Vault, of: PersonId) -> PinAtDoor {
    let Ok(Door::Vault { people, .. }) = vault.door().await else { panic!("no door") };
    people.iter().find(|at| at.person == of).expect("is listed").pin
}

fn slots(clear: &Clear) -> Vec<Slot> {
    let rows = clear.rows.of(Table::Slot);
    rows.map(|row| Slot::read(clear.charter.vault(), row).expect("a slot")).collect()
}

fn is_refused(outcome: Result<Opened, AccessError>, expected: &AccessError) {
    assert_eq!(outcome.map(drop).as_ref(), Err(expected));
}

/// A thief knows even the PIN. By hand, and with the program.
#[tokio::test]
async fn file_and_keyring_and_the_right_pin_open_nothing() {
    let scene = Scene::new().await;
    set_pin(&scene, FOUNDER).await;
    lock_both(&scene).await;
    let clear = scene.vault.worker.ask(Shelf::clear).await.expect("reads");
    let vault = clear.charter.vault();
    let stolen = scene.device.copied();
    let secret = DeviceSecret::read(&stolen, &vault).expect("reads").expect("is there");
    let all = slots(&clear);
    assert_eq!(all.iter().filter(|slot| slot.header.kind == SlotKind::Pin).count(), 1);
    for slot in &all {
        let opened = slot.open(&Proof::Words(PIN.as_bytes(), &secret)).map(drop);
        assert_eq!(opened, Err(SealError::DoesNotOpen), "{:?}", slot.header.kind);
        assert!(guess(slot, (PIN.as_bytes(), &secret)).is_none_or(|told| !told));
    }
    let theirs = scene.program();
    is_refused(by_pin(&theirs, FOUNDER).await, &AccessError::PassphraseNeeded);
    assert_eq!(at_the_door(&theirs, FOUNDER).await, PinAtDoor::AfterPassphrase);
    let opened = by_pin(&scene.vault, FOUNDER).await.expect("the control: here it opens");
    assert_eq!(opened.proved, Proved::Pin);
}

/// Somebody with the device and a share of their own making puts a PIN of theirs in the founder's place.
#[tokio::test]
async fn a_pin_that_somebody_else_wrote_opens_nothing() {
    let scene = Scene::new().await;
    set_pin(&scene, FOUNDER).await;
    let identity = Identity::generate().expect("random");
    let to = (FOUNDER, identity.public().sharing);
    let (vault, share) = share_of(&scene.vault, TECHNICIAN, to).await;
    let secret = DeviceSecret::read(&scene.device, &vault).expect("reads").expect("is there");
    lock_both(&scene).await;
    let clear = scene.vault.worker.ask(Shelf::clear).await.expect("reads");
    let mut slots = slots(&clear).into_iter();
    let own = slots.find(|slot| slot.header.kind == SlotKind::Pin).expect("the founder's");
    let stretch = Cost::Least.stretch();
    let mut header = Header::for_words((vault, FOUNDER), SlotKind::Pin, secret.id(), stretch, NOW);
    for in_its_place in [false, true] {
        if in_its_place {
            header = header.map(|header| Header { id: own.header.id, ..header });
        }
        let proof = Proof::Words(PIN.as_bytes(), &secret);
        let header = header.clone().expect("random");
        let forged = Slot::of_pin(header, &proof, &identity).expect("seals");
        let gone = (Table::Slot, own.header.id, None);
        let forged = row(forged.write().expect("encodes"));
        let mut rows: Vec<Row> = vec![forged, row(share.clone())];
        rows.extend(Some(gone).filter(|_| !in_its_place));
        scene.put_for_a_moment(&rows);
        is_refused(by_pin(&scene.vault, FOUNDER).await, &AccessError::PassphraseNeeded);
        assert_eq!(scene.vault.book().await.map(drop), Err(StoreError::Locked), "nobody is in");
    }
    assert_eq!(at_the_door(&scene.vault, FOUNDER).await, PinAtDoor::Opens);
    by_pin(&scene.vault, FOUNDER).await.expect("their own is as it was");
}

/// Another program gives the technician other keys; a share for the old ones is there for a moment.
#[tokio::test]
async fn keys_that_are_the_persons_no_more_do_not_come_in_by_pin() {
    let scene = Scene::new().await;
    set_pin(&scene, TECHNICIAN).await;
    lock_both(&scene).await;
    by_pin(&scene.vault, TECHNICIAN).await.expect("the control");
    scene.vault.lock(TECHNICIAN).await;
    let other = scene.program();
    by_passphrase(&other, FOUNDER).await;
    let old = other.worker.ask(|shelf| {
        let before = KnownIdentity::of(shelf.rows()?, TECHNICIAN).ok_or(StoreError::Failed)?;
        let (old, new) = (before.current, Identity::generate().expect("random").public());
        let rows = vec![KnownIdentity::replaced(Some(before), TECHNICIAN, new)?];
        shelf.commit(FOUNDER, Step { rows, ..Step::default() })?;
        Ok(old)
    });
    let old = old.await.expect("an administrator may");
    let (_, share) = share_of(&other, FOUNDER, (TECHNICIAN, old.sharing)).await;
    scene.put_for_a_moment(&[row(share)]);
    assert!(not_accepted(&by_pin(&scene.vault, TECHNICIAN).await));
    assert_eq!(scene.vault.book().await.map(drop), Err(StoreError::Locked), "nobody is in");
    is_refused(by_pin(&scene.vault, TECHNICIAN).await, &AccessError::PassphraseNeeded);
}

/// Slots of days when the PIN's held the person's secrets.
#[tokio::test]
async fn a_pin_of_former_days_opens_nothing_and_is_taken_out() {
    let scene = Scene::new().await;
    for person in [FOUNDER, TECHNICIAN] {
        let device = scene.device.clone();
        let put = scene.vault.worker.ask(move |shelf| {
            let keys = shelf.keys()?;
            let identity = keys.identity(person).ok_or(StoreError::Locked)?;
            let secret = DeviceSecret::read(&device, &keys.vault()).expect("reads");
            let here = (keys.vault(), &secret.expect("is there"));
            let former = as_before(&identity, (person, PIN.as_bytes()), here);
            let rows = vec![former.write()?];
            shelf.commit(person, Step { rows, ..Step::default() }).map(drop)
        });
        put.await.expect("commits");
    }
    lock_both(&scene).await;
    assert_eq!(scene.slots().len(), 6, "two passphrases, two kits, two PINs");
    for person in [FOUNDER, TECHNICIAN] {
        is_refused(by_pin(&scene.vault, person).await, &AccessError::PassphraseNeeded);
        by_passphrase(&scene.vault, person).await;
        assert_eq!(at_the_door(&scene.vault, person).await, PinAtDoor::None);
        assert!(not_accepted(&by_pin(&scene.vault, person).await));
    }
    assert_eq!(scene.slots().len(), 4);
    set_pin(&scene, TECHNICIAN).await;
    lock_both(&scene).await;
    by_pin(&scene.vault, TECHNICIAN).await.expect("one of today opens");
}
