//! New keys for everything, and devices that are taken off.

use usher_core::Secret;
use usher_core::error::StoreError;
use usher_core::ids::DeviceId;
use usher_core::ports::{Access, AccessError, OpenWith, Store};
use usher_vault::{MemoryDevice, Vault};

use super::house::{FOUNDER, House, TECHNICIAN, canary, folder, permit, put, refusal, secret};

fn epochs(house: &House) -> Vec<u32> {
    let connection = rusqlite::Connection::open(house.path()).expect("opens");
    let mut statement = connection.prepare("SELECT substr(blob, 2, 4) FROM folder").expect("reads");
    let epochs = statement.query_map([], |row| row.get::<_, [u8; 4]>(0)).expect("reads");
    epochs.map(|epoch| u32::from_be_bytes(epoch.expect("four bytes"))).collect()
}

#[tokio::test]
async fn all_rows_are_sealed_anew_and_everybody_still_comes_in() {
    let (house, vault, _kit) = House::founded().await;
    house.technician(&vault).await;
    assert!(epochs(&house).iter().all(|epoch| *epoch == 1));
    let before = vault.book().await.expect("reads");
    vault.rekey(permit(FOUNDER)).await.expect("rekeys");
    assert!(epochs(&house).iter().all(|epoch| *epoch == 2), "{:?}", epochs(&house));
    assert_eq!(*vault.book().await.expect("reads"), *before);
    drop(vault);
    for person in [FOUNDER, TECHNICIAN] {
        let vault = house.vault();
        House::open(&vault, person, house.words(person)).await.expect("opens");
        assert_eq!(*vault.book().await.expect("reads"), *before);
    }
}

/// The founder by their kit, on a device of their own.
async fn elsewhere(house: &House, kit: Secret, words: &str) -> (Vault, MemoryDevice) {
    let device = MemoryDevice::default();
    let vault = house.vault_with(&device);
    let with = OpenWith::RecoveryKit { kit, passphrase: secret(words) };
    vault.open(with, false).await.expect("opens");
    (vault, device)
}

#[tokio::test]
async fn a_device_that_was_taken_off_opens_nothing_any_more() {
    let (house, vault, kit) = House::founded().await;
    let words = canary();
    let (theirs, device) = elsewhere(&house, kit, &words).await;
    let devices = theirs.devices().await.expect("lists");
    let this = devices.iter().find(|device| device.this_one).expect("knows itself").id;
    drop(theirs);
    drop(vault);
    // At home the passphrase is gone, so the second device does it for the first.
    let away = house.vault_with(&device);
    House::open(&away, FOUNDER, secret(&words)).await.expect("opens");
    let refused = refusal(away.remove_device(permit(FOUNDER), this).await);
    assert_eq!(refused, AccessError::Store(StoreError::Conflict), "not the one we are on");
    let home = devices.iter().find(|device| !device.this_one).expect("the other").id;
    away.remove_device(permit(FOUNDER), home).await.expect("removes");
    assert_eq!(away.devices().await.expect("lists").len(), 1);
    put(&away, folder(0x86)).await.expect("commits");
    let vault = house.vault();
    let refused = refusal(House::open(&vault, FOUNDER, secret(&words)).await);
    assert_eq!(refused, AccessError::UnknownDevice);
    assert!(epochs(&house).iter().all(|epoch| *epoch == 2));
    assert_ne!(home, DeviceId::from_bytes([0; 16]));
}
