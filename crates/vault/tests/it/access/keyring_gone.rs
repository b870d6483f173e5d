//! The keyring missing, locked, slow, or holding something else: said by name, and never anything
//! kept elsewhere instead.

use usher_core::error::{KeyringError, StoreError};
use usher_core::ports::{Access, AccessError, Door, OpenWith, Remark, Store};
use usher_vault::{Device, MemoryDevice};

use super::house::{FOUNDER, House, refusal, secret};

const BROKEN: [KeyringError; 4] =
    [KeyringError::NoService, KeyringError::Locked, KeyringError::TimedOut, KeyringError::Failed];

#[tokio::test]
async fn a_keyring_that_cannot_be_used_is_named_and_works_again_later() {
    let (house, vault, _kit) = House::founded().await;
    vault.lock(FOUNDER).await;
    let files = files(&house);
    for error in BROKEN {
        house.device.breaks(Some(error));
        let door = Door::Vault { people: Vec::new(), keyring: Some(error) };
        assert_eq!(vault.door().await, Ok(door));
        let refused = refusal(House::open(&vault, FOUNDER, house.words(FOUNDER)).await);
        assert_eq!(refused, AccessError::Keyring(error));
        let refused = refusal(House::by_pin(&vault, FOUNDER, "483091").await);
        assert_eq!(refused, AccessError::Keyring(error));
        assert_eq!(vault.book().await, Err(StoreError::Locked));
    }
    assert_eq!(self::files(&house), files, "nothing was put anywhere else");
    house.device.breaks(None);
    House::open(&vault, FOUNDER, house.words(FOUNDER)).await.expect("opens");
}

#[tokio::test]
async fn without_a_keyring_no_vault_is_founded() {
    let house = House::empty();
    house.device.breaks(Some(KeyringError::NoService));
    let vault = house.vault();
    let refused = refusal(house.found(&vault, FOUNDER).await);
    assert_eq!(refused, AccessError::Keyring(KeyringError::NoService));
    assert_eq!(vault.door().await, Ok(Door::NoVault));
    assert!(files(&house).is_empty());
    house.device.breaks(None);
    house.found(&vault, FOUNDER).await.expect("founds");
}

#[tokio::test]
async fn while_it_is_open_what_needs_the_keyring_says_so() {
    let (house, vault, _kit) = House::founded().await;
    house.device.breaks(Some(KeyringError::Locked));
    let locked = AccessError::Keyring(KeyringError::Locked);
    assert_eq!(vault.set_pin(FOUNDER, Some(secret("483091"))).await, Err(locked.clone()));
    assert_eq!(vault.set_passphrase(FOUNDER, House::wrong()).await, Err(locked.clone()));
    assert_eq!(vault.prove(FOUNDER, house.words(FOUNDER)).await, Err(locked));
    vault.new_recovery_kit(FOUNDER).await.expect("a kit needs no keyring");
    house.device.breaks(None);
    vault.lock(FOUNDER).await;
    House::open(&vault, FOUNDER, house.words(FOUNDER)).await.expect("all is as it was");
}

#[tokio::test]
async fn garbage_in_the_keyring_opens_nothing() {
    let (house, vault, kit) = House::founded().await;
    vault.lock(FOUNDER).await;
    for item in house.device.names() {
        for garbage in [&b"garbage"[..], &[0; 32], &[0xff; 2560]] {
            let device = house.device.copied();
            device.put(&item, garbage).expect("puts");
            let vault = house.vault_with(&device);
            let outcome = House::open(&vault, FOUNDER, house.words(FOUNDER)).await.map(drop);
            if item.starts_with("anchor:") {
                // What it says of garbage there is the anchor's business; it is not silent.
                continue;
            }
            let refused = outcome.expect_err("must not open");
            let said = [AccessError::Keyring(KeyringError::Failed), AccessError::UnknownDevice];
            assert!(said.contains(&refused), "{item}: {refused:?}");
        }
    }
    let device = MemoryDevice::default();
    for item in house.device.names().iter().filter(|item| !item.starts_with("anchor:")) {
        device.put(item, b"garbage").expect("puts");
    }
    let vault = house.vault_with(&device);
    let with = OpenWith::RecoveryKit { kit, passphrase: House::wrong() };
    let opened = vault.open(with, false).await.expect("the kit needs no keyring");
    assert!(opened.remarks.contains(&Remark::NoKeyring(KeyringError::Failed)), "and it is named");
    assert_eq!(
        device.get(&device.names()[0]).expect("reads").expect("is there").to_vec(),
        b"garbage"
    );
}

fn files(house: &House) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(house.folder.path()).expect("lists");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}
