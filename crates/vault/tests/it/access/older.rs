//! A vault of a Usher that knew no passphrases gets its administrator's, and its keys.

use usher_core::entry::KeyId;
use usher_core::error::KeyringError;
use usher_core::ports::{
    Access, AccessError, ApiKeys, Door, OpenWith, Opened, Proved, Remark, Store,
};
use usher_vault::{Device, Vault};

use super::house::{FOUNDER, House, canary, refusal, secret};
use crate::specimen;

const SCHEMA_1: &[u8] = include_bytes!("../old/vault.schema-1.sqlite");
const ACCOUNT: KeyId = KeyId::Account(specimen::CONNECTION);

async fn upgrade(house: &House, vault: &Vault) -> Result<Opened, AccessError> {
    let administrator = "Ada".parse().expect("a name");
    let with = OpenWith::Upgrade { administrator, passphrase: house.words(FOUNDER) };
    vault.open(with, false).await
}

/// A house as the older program left it, with an account's key in the keyring.
fn left() -> (House, String) {
    let (house, key) = (House::empty(), canary());
    std::fs::write(house.path(), SCHEMA_1).expect("writes");
    house.device.put(&specimen::CONNECTION.to_string(), key.as_bytes()).expect("puts");
    (house, key)
}

#[tokio::test]
async fn an_older_vault_is_brought_up_and_its_keys_move_in() {
    let (house, key) = left();
    let vault = house.vault();
    assert_eq!(vault.door().await, Ok(Door::Older));
    let opened = upgrade(&house, &vault).await.expect("upgrades");
    assert_eq!((opened.person, opened.proved), (FOUNDER, Proved::Passphrase));
    assert_eq!(opened.remarks, [Remark::Upgraded]);
    assert!(opened.recovery_kit.is_some());
    let book = vault.book().await.expect("reads");
    assert_eq!(book.people.get(&FOUNDER).expect("is there").name.as_str(), "Ada");
    assert!(!book.credentials.is_empty() && !book.sessions.is_empty());
    // EXPOSE: the test compares what went in with what comes out
    assert_eq!(vault.get(ACCOUNT).await.expect("moved").expose(), key);
    let items = house.device.names();
    assert!(!items.contains(&specimen::CONNECTION.to_string()), "{items:?}");
    drop(vault);
    let vault = house.vault();
    House::open(&vault, FOUNDER, house.words(FOUNDER)).await.expect("opens");
    assert_eq!(*vault.book().await.expect("reads"), *book);
}

/// As a process leaves it that is killed between the two.
#[tokio::test]
async fn a_key_that_stayed_in_the_keyring_after_its_move_is_gone_with_the_next_unlock() {
    let (house, key) = left();
    let vault = house.vault();
    upgrade(&house, &vault).await.expect("upgrades");
    vault.lock(FOUNDER).await;
    let (old, other) = (specimen::CONNECTION.to_string(), "another".to_owned());
    for item in [&old, &other] {
        house.device.put(item, key.as_bytes()).expect("puts");
    }
    House::open(&vault, FOUNDER, house.words(FOUNDER)).await.expect("opens");
    let items = house.device.names();
    assert!(!items.contains(&old) && items.contains(&other), "{items:?}");
    // EXPOSE: the test compares what went in with what comes out
    assert_eq!(vault.get(ACCOUNT).await.expect("is in the vault").expose(), key);
}

#[tokio::test]
async fn where_the_keyring_cannot_be_read_the_older_vault_stays_as_it_is() {
    let (house, key) = left();
    let vault = house.vault();
    house.device.breaks(Some(KeyringError::Locked));
    let refused = refusal(upgrade(&house, &vault).await);
    assert_eq!(refused, AccessError::Keyring(KeyringError::Locked));
    assert_eq!(std::fs::read(house.path()).expect("reads"), SCHEMA_1);
    house.device.breaks(None);
    let kept = house.device.get(&specimen::CONNECTION.to_string()).expect("reads");
    assert_eq!(kept.expect("is there").to_vec(), key.into_bytes());
    upgrade(&house, &vault).await.expect("upgrades");
}

#[tokio::test]
async fn a_weak_passphrase_brings_nothing_up() {
    let (house, _key) = left();
    let vault = house.vault();
    let administrator = "Ada".parse().expect("a name");
    let with = OpenWith::Upgrade { administrator, passphrase: secret("ada2026") };
    assert_eq!(refusal(vault.open(with, false).await), AccessError::TooWeak);
    assert_eq!(vault.door().await, Ok(Door::Older));
}
