//! API keys: in the vault, for those who may use them, and nowhere in clear.

use usher_core::Secret;
use usher_core::book::Change;
use usher_core::entry::KeyId;
use usher_core::error::KeyringError;
use usher_core::ids::{ConnectionId, CredentialEntryId};
use usher_core::ports::{Access, ApiKeys, Store};
use usher_core::rights::{Object, Standing};
use usher_vault::{Device, Vault};

use super::house::{FOUNDER, House, TECHNICIAN, canary, permit, person, put, view};
use crate::specimen;

const ACCOUNT: KeyId = KeyId::Account(specimen::CONNECTION);
const OWN: KeyId = KeyId::Person(specimen::PERSON_KEY);
const OTHER: KeyId = KeyId::Account(ConnectionId::from_bytes([0x77; 16]));

async fn get(vault: &Vault, id: KeyId) -> Result<String, KeyringError> {
    // EXPOSE: the test compares what went in with what comes out
    vault.get(id).await.map(|key| key.expose().to_owned())
}

#[tokio::test]
async fn keys_come_back_after_a_restart_and_only_while_it_is_open() {
    let (house, vault, _kit) = House::founded().await;
    let (key, own) = (canary(), canary());
    assert_eq!(get(&vault, ACCOUNT).await, Err(KeyringError::NoKey));
    vault.put(ACCOUNT, Secret::new(canary())).await.expect("puts");
    vault.put(ACCOUNT, Secret::new(key.clone())).await.expect("puts another in its place");
    vault.put(OWN, Secret::new(own.clone())).await.expect("puts");
    drop(vault);
    let vault = house.vault();
    assert_eq!(get(&vault, ACCOUNT).await, Err(KeyringError::Locked));
    assert_eq!(vault.put(OTHER, Secret::new(key.clone())).await, Err(KeyringError::Locked));
    House::open(&vault, FOUNDER, house.words(FOUNDER)).await.expect("opens");
    assert_eq!(get(&vault, ACCOUNT).await, Ok(key));
    assert_eq!(get(&vault, OWN).await, Ok(own));
    assert_eq!(get(&vault, OTHER).await, Err(KeyringError::NoKey));
    for _ in 0..2 {
        vault.remove(ACCOUNT).await.expect("removing what is gone is fine");
    }
    assert_eq!(get(&vault, ACCOUNT).await, Err(KeyringError::NoKey));
}

#[tokio::test]
async fn a_key_is_for_those_who_see_an_entry_of_its_account() {
    let (house, vault, _kit) = House::founded().await;
    let (key, own) = (canary(), canary());
    vault.put(ACCOUNT, Secret::new(key.clone())).await.expect("puts");
    vault.put(OWN, Secret::new(own)).await.expect("puts");
    house.technician(&vault).await;
    vault.lock(FOUNDER).await;
    House::open(&vault, TECHNICIAN, house.words(TECHNICIAN)).await.expect("opens");
    assert_eq!(get(&vault, ACCOUNT).await, Ok(key.clone()));
    assert_eq!(get(&vault, OWN).await, Err(KeyringError::NoKey), "it is the founder's own");
    House::open(&vault, FOUNDER, house.words(FOUNDER)).await.expect("opens");
    let grant = view(Object::Folder(specimen::ROOT)).id;
    put(&vault, Change::RemoveGrant(grant)).await.expect("commits");
    vault.lock(FOUNDER).await;
    assert_eq!(get(&vault, ACCOUNT).await, Err(KeyringError::NoKey));
    House::open(&vault, FOUNDER, house.words(FOUNDER)).await.expect("opens");
    assert_eq!(get(&vault, ACCOUNT).await, Ok(key), "sealed anew for those who are left");
}

#[tokio::test]
async fn a_key_that_is_put_before_its_account_stays_and_goes_with_it() {
    let (house, vault, _kit) = House::founded().await;
    let key = canary();
    vault.put(OTHER, Secret::new(key.clone())).await.expect("puts");
    put(&vault, super::house::folder(0x85)).await.expect("commits");
    assert_eq!(get(&vault, OTHER).await, Ok(key.clone()), "something else was committed first");
    let book = vault.book().await.expect("reads");
    let account = book.connections.get(&specimen::CONNECTION).expect("is there").clone();
    let id = ConnectionId::from_bytes([0x77; 16]);
    let account = usher_core::entry::Connection { id, ..account };
    put(&vault, Change::PutConnection(account)).await.expect("commits");
    assert_eq!(get(&vault, OTHER).await, Ok(key));
    put(&vault, Change::RemoveConnection(id)).await.expect("commits");
    assert_eq!(get(&vault, OTHER).await, Err(KeyringError::NoKey));
    drop(house);
}

#[tokio::test]
async fn a_key_stays_when_everything_is_sealed_anew() {
    let (house, vault, _kit) = House::founded().await;
    house.technician(&vault).await;
    let key = canary();
    vault.put(ACCOUNT, Secret::new(key.clone())).await.expect("puts");
    vault.rekey(permit(FOUNDER)).await.expect("rekeys");
    assert_eq!(get(&vault, ACCOUNT).await, Ok(key.clone()));
    put(&vault, person(TECHNICIAN, Standing::Revoked, false)).await.expect("commits");
    assert_eq!(get(&vault, ACCOUNT).await, Ok(key));
}

#[tokio::test]
async fn no_key_and_no_passphrase_stands_in_clear_anywhere() {
    let (house, vault, kit) = House::founded().await;
    let key = canary();
    vault.put(ACCOUNT, Secret::new(key.clone())).await.expect("puts");
    // EXPOSE: looked for where it must not be
    let (words, kit) = (house.words(FOUNDER).expose().to_owned(), kit.expose().to_owned());
    let mut everywhere: Vec<Vec<u8>> =
        crate::support::bytes_in(house.folder.path()).into_iter().map(|(_, bytes)| bytes).collect();
    for item in house.device.names() {
        everywhere.push(house.device.get(&item).expect("reads").expect("is there").to_vec());
    }
    let holds = |text: &str| {
        let found = |bytes: &Vec<u8>| bytes.windows(text.len()).any(|w| w == text.as_bytes());
        everywhere.iter().any(found)
    };
    assert!(holds("argon2id-19") && holds("\"account\""), "the control is found");
    for canary in [&key, &words, &kit, &kit.replace('-', ""), "IT Glue of Northwind", "Contoso"] {
        assert!(!holds(canary), "{canary}");
    }
    let credential = CredentialEntryId::from_bytes([6; 16]);
    assert!(vault.book().await.expect("reads").credentials.contains_key(&credential));
}
