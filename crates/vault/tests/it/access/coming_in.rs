//! Passphrases: right ones, wrong ones, and how long one waits.

use std::time::Instant;

use usher_core::error::StoreError;
use usher_core::ids::PersonId;
use usher_core::ports::{Access, AccessError, Door, PinAtDoor, Proved, Store};
use usher_vault::{Cost, MemoryDevice};

use super::house::{
    FOUNDER, House, TECHNICIAN, canary, door_of, edit, folder, permit, put, refusal, secret,
};

const NOT_ACCEPTED: AccessError = AccessError::NotAccepted { wait_seconds: 0 };

#[tokio::test]
async fn the_founder_comes_in_again_with_their_passphrase() {
    let house = House::empty();
    let vault = house.vault();
    assert_eq!(vault.door().await, Ok(Door::NoVault));
    assert_eq!(vault.book().await, Err(StoreError::Locked));
    house.found(&vault, FOUNDER).await.expect("founds");
    let book = vault.book().await.expect("is open");
    put(&vault, folder(0x81)).await.expect("commits");
    drop(vault);

    let vault = house.vault();
    assert_eq!(vault.book().await, Err(StoreError::Locked));
    let at_door = door_of(&vault, FOUNDER).await;
    assert_eq!(at_door.name.as_str(), "Zo\u{eb}");
    assert_eq!((at_door.pin, at_door.invited), (PinAtDoor::None, false));
    assert_eq!(at_door.wait_seconds, 0);
    let opened = House::open(&vault, FOUNDER, house.words(FOUNDER)).await.expect("opens");
    assert_eq!((opened.proved, opened.recovery_kit.is_none()), (Proved::Passphrase, true));
    let after = vault.book().await.expect("is open");
    assert_eq!(after.folders.len(), book.folders.len() + 1);
    vault.lock(FOUNDER).await;
    assert_eq!(vault.book().await, Err(StoreError::Locked));
    assert_eq!(refusal(vault.keeps().await), AccessError::Store(StoreError::Locked));
}

#[tokio::test]
async fn a_vault_is_founded_once_and_with_a_strong_passphrase_only() {
    let (house, vault, _kit) = House::founded().await;
    let again = refusal(house.found(&house.vault(), FOUNDER).await);
    assert_eq!(again, AccessError::Store(StoreError::Conflict));
    let items = house.device.names();
    assert_eq!(items.iter().filter(|item| item.starts_with("device:")).count(), 1, "{items:?}");
    for weak in ["", "password1", "Zo\u{eb} 2026", "839201746583"] {
        let refused = refusal(vault.set_passphrase(FOUNDER, secret(weak)).await);
        assert_eq!(refused, AccessError::TooWeak, "{weak}");
    }
}

#[tokio::test]
async fn a_wrong_passphrase_and_an_unknown_person_are_answered_alike_and_take_as_long() {
    let (house, vault, _kit) = House::founded().await;
    vault.lock(FOUNDER).await;
    let start = Instant::now();
    assert_eq!(refusal(House::open(&vault, FOUNDER, House::wrong()).await), NOT_ACCEPTED);
    let known = start.elapsed();
    let nobody = PersonId::from_bytes([0x55; 16]);
    let start = Instant::now();
    assert_eq!(refusal(House::open(&vault, nobody, House::wrong()).await), NOT_ACCEPTED);
    let unknown = start.elapsed();
    assert_eq!(refusal(House::open(&vault, nobody, house.words(FOUNDER)).await), NOT_ACCEPTED);
    assert!(unknown * 5 > known, "a key is derived for nobody, too: {unknown:?}, {known:?}");
    let doors = house.device.names().into_iter().filter(|item| item.starts_with("door:"));
    assert_eq!(doors.count(), 1, "nothing is kept of people whom nobody knows");
}

#[tokio::test]
async fn waits_grow_and_last_over_a_restart() {
    let (house, vault, _kit) = House::founded().await;
    vault.lock(FOUNDER).await;
    for wait_seconds in [0, 0, 1, 2, 4] {
        let refused = refusal(House::open(&vault, FOUNDER, House::wrong()).await);
        assert_eq!(refused, AccessError::NotAccepted { wait_seconds });
        let vault = house.vault();
        assert_eq!(door_of(&vault, FOUNDER).await.wait_seconds, wait_seconds);
        if wait_seconds > 0 {
            let early = refusal(House::open(&vault, FOUNDER, house.words(FOUNDER)).await);
            assert_eq!(early, AccessError::TooSoon { wait_seconds }, "not even the right one");
        }
        house.seconds_pass(wait_seconds.into());
    }
    House::open(&vault, FOUNDER, house.words(FOUNDER)).await.expect("opens");
    vault.lock(FOUNDER).await;
    assert_eq!(refusal(House::open(&vault, FOUNDER, House::wrong()).await), NOT_ACCEPTED);
}

#[tokio::test]
async fn a_new_passphrase_takes_the_place_of_the_old_one() {
    let (house, vault, _kit) = House::founded().await;
    let new = canary();
    vault.set_passphrase(FOUNDER, secret(&new)).await.expect("sets");
    vault.lock(FOUNDER).await;
    assert_eq!(refusal(House::open(&vault, FOUNDER, house.words(FOUNDER)).await), NOT_ACCEPTED);
    House::open(&vault, FOUNDER, secret(&new)).await.expect("opens");
}

#[tokio::test]
async fn proving_counts_as_the_door_does_and_needs_the_vault_open() {
    let (house, vault, _kit) = House::founded().await;
    assert_eq!(vault.prove(FOUNDER, house.words(FOUNDER)).await, Ok(Proved::Passphrase));
    for wait_seconds in [0, 0, 1] {
        let refused = vault.prove(FOUNDER, House::wrong()).await;
        assert_eq!(refused, Err(AccessError::NotAccepted { wait_seconds }));
    }
    let early = vault.prove(FOUNDER, house.words(FOUNDER)).await;
    assert_eq!(early, Err(AccessError::TooSoon { wait_seconds: 1 }));
    vault.lock(FOUNDER).await;
    let locked = vault.prove(FOUNDER, house.words(FOUNDER)).await;
    assert_eq!(locked, Err(AccessError::Store(StoreError::Locked)));
}

#[tokio::test]
async fn without_the_devices_secret_the_passphrase_opens_nothing() {
    let (house, vault, _kit) = House::founded().await;
    drop(vault);
    let elsewhere = house.vault_with(&MemoryDevice::default());
    let refused = refusal(House::open(&elsewhere, FOUNDER, house.words(FOUNDER)).await);
    assert_eq!(refused, AccessError::UnknownDevice);
    // A device with a vault of its own has a secret, but not this vault's.
    let (other, _vault, _kit) = House::founded().await;
    let elsewhere = house.vault_with(&other.device);
    let refused = refusal(House::open(&elsewhere, FOUNDER, house.words(FOUNDER)).await);
    assert_eq!(refused, AccessError::UnknownDevice);
}

/// Whoever reads our items in the keyring, and has the file, still needs the passphrase; also on its day,
/// and with the right PIN.
#[tokio::test]
async fn the_keyrings_items_and_the_file_open_nothing_without_the_passphrase() {
    let (house, vault, _kit) = House::founded().await;
    vault.set_pin(FOUNDER, Some(secret("483091"))).await.expect("sets");
    vault.lock(FOUNDER).await;
    House::by_pin(&vault, FOUNDER, "483091").await.expect("the control: here it opens");
    drop(vault);
    let thief = house.vault_with(&house.device.copied());
    assert_eq!(refusal(House::open(&thief, FOUNDER, House::wrong()).await), NOT_ACCEPTED);
    let refused = refusal(House::by_pin(&thief, FOUNDER, "483091").await);
    assert_eq!(refused, AccessError::PassphraseNeeded);
    assert_eq!(thief.book().await, Err(StoreError::Locked));
}

/// Every parameter of the key derivation lowered in the file, one at a time.
#[tokio::test]
async fn a_slot_with_a_weaker_key_derivation_is_refused() {
    let (house, vault, _kit) = House::founded().await;
    drop(vault);
    let kept = std::fs::read(house.path()).expect("reads");
    for (from, to) in [
        ("\"memory\":19456", "\"memory\":19455"),
        ("\"memory\":19456", "\"memory\":8"),
        ("\"passes\":2", "\"passes\":1"),
        ("\"lanes\":1", "\"lanes\":0"),
        ("\"memory\":19456", "\"memory\":4294967295"),
    ] {
        std::fs::write(house.path(), &kept).expect("restores");
        replace_in_slots(&house, from, to, 1);
        let vault = house.vault();
        let refused = refusal(House::open(&vault, FOUNDER, house.words(FOUNDER)).await);
        let named =
            matches!(&refused, AccessError::Store(StoreError::Damaged { table: "slot", .. }));
        assert!(named, "{to}: {refused:?}");
        house.seconds_pass(120);
    }
    for word in ["argon2i-19", "argon2d-19", "argon2id-16", "none"] {
        std::fs::write(house.path(), &kept).expect("restores");
        replace_in_slots(&house, "argon2id-19", word, 1);
        let vault = house.vault();
        let refused = refusal(House::open(&vault, FOUNDER, house.words(FOUNDER)).await);
        assert_eq!(refused, NOT_ACCEPTED, "{word} is no slot at all");
    }
    std::fs::write(house.path(), &kept).expect("restores");
    house.seconds_pass(120);
    House::open(&house.vault(), FOUNDER, house.words(FOUNDER)).await.expect("the control opens");
}

fn replace_in_slots(house: &House, from: &str, to: &str, expected: usize) {
    let sql = format!(
        "UPDATE slot SET blob = CAST(replace(CAST(blob AS TEXT), '{from}', '{to}') AS BLOB) \
         WHERE instr(CAST(blob AS TEXT), '{from}') > 0"
    );
    assert_eq!(edit(house, &sql), expected);
}

#[tokio::test]
async fn a_slot_of_weaker_days_is_made_anew_when_it_opens() {
    let (mut house, vault, _kit) = House::founded().await;
    drop(vault);
    house.cost = Cost::Full;
    let count = |what: &str| {
        let connection = rusqlite::Connection::open(house.path()).expect("opens");
        let sql =
            format!("SELECT count(*) FROM slot WHERE instr(CAST(blob AS TEXT), '{what}') > 0");
        connection.query_row(&sql, [], |row| row.get::<_, u32>(0)).expect("counts")
    };
    assert_eq!((count("\"memory\":19456"), count("\"memory\":65536")), (1, 0));
    let vault = house.vault();
    House::open(&vault, FOUNDER, house.words(FOUNDER)).await.expect("opens");
    drop(vault);
    assert_eq!((count("\"memory\":19456"), count("\"memory\":65536")), (0, 1));
    House::open(&house.vault(), FOUNDER, house.words(FOUNDER)).await.expect("opens again");
}

#[tokio::test]
async fn two_people_have_it_open_and_the_last_one_locks_it() {
    let (house, vault, _kit) = House::founded().await;
    house.technician(&vault).await;
    House::open(&vault, TECHNICIAN, house.words(TECHNICIAN)).await.expect("opens");
    vault.lock(FOUNDER).await;
    vault.book().await.expect("still open for the other");
    let refused = vault.commit(permit(FOUNDER), vec![folder(0x82)]).await;
    assert_eq!(refused, Err(StoreError::Locked));
    vault.lock(TECHNICIAN).await;
    assert_eq!(vault.book().await, Err(StoreError::Locked));
}
