//! PINs: on the day of the passphrase, in the program that it was given to, five tries, on this device.

use usher_core::error::StoreError;
use usher_core::ports::{Access, AccessError, OpenWith, PinAtDoor, Proved, Store};
use usher_core::rights::Standing;
use usher_vault::{Device, MemoryDevice, Vault};

use super::house::{
    FOUNDER, House, TECHNICIAN, canary, door_of, folder, permit, person, put, refusal, secret,
};

const PIN: &str = "483091";
const ANOTHER: &str = "271828";
const NOT_ACCEPTED: AccessError = AccessError::NotAccepted { wait_seconds: 0 };
const NEEDED: AccessError = AccessError::PassphraseNeeded;

/// A vault whose founder has a PIN and is in.
async fn with_pin() -> (House, Vault) {
    let (house, vault, _kit) = House::founded().await;
    vault.set_pin(FOUNDER, Some(secret(PIN))).await.expect("sets");
    (house, vault)
}

/// The technician sets a PIN and goes; the founder stays.
async fn technician_with_pin(house: &House, vault: &Vault) {
    house.technician(vault).await;
    House::open(vault, TECHNICIAN, house.words(TECHNICIAN)).await.expect("opens");
    vault.set_pin(TECHNICIAN, Some(secret(ANOTHER))).await.expect("sets");
    vault.lock(TECHNICIAN).await;
}

async fn pin_of_founder(vault: &Vault) -> PinAtDoor {
    door_of(vault, FOUNDER).await.pin
}

#[tokio::test]
async fn a_pin_opens_on_the_day_of_the_passphrase() {
    let (house, vault, _kit) = House::founded().await;
    for plain in ["48309", "111111", "123456", "12345a", ""] {
        let refused = refusal(vault.set_pin(FOUNDER, Some(secret(plain))).await);
        assert_eq!(refused, AccessError::TooWeak, "{plain}");
    }
    assert_eq!(pin_of_founder(&vault).await, PinAtDoor::None);
    vault.set_pin(FOUNDER, Some(secret(PIN))).await.expect("sets");
    assert_eq!(vault.prove(FOUNDER, secret(PIN)).await, Ok(Proved::Pin));
    assert_eq!(vault.prove(FOUNDER, house.words(FOUNDER)).await, Ok(Proved::Passphrase));
    vault.lock(FOUNDER).await;
    assert_eq!(vault.book().await, Err(StoreError::Locked));
    assert_eq!(pin_of_founder(&vault).await, PinAtDoor::Opens);
    let opened = House::by_pin(&vault, FOUNDER, PIN).await.expect("opens");
    assert_eq!((opened.person, opened.proved), (FOUNDER, Proved::Pin));
    vault.book().await.expect("is open");
    vault.lock(FOUNDER).await;
    house.days_pass(2);
    assert_eq!(pin_of_founder(&vault).await, PinAtDoor::AfterPassphrase);
    assert_eq!(refusal(House::by_pin(&vault, FOUNDER, PIN).await), NEEDED);
    House::open(&vault, FOUNDER, house.words(FOUNDER)).await.expect("opens");
    vault.set_pin(FOUNDER, None).await.expect("removes");
    vault.lock(FOUNDER).await;
    assert_eq!(pin_of_founder(&vault).await, PinAtDoor::None);
    assert_eq!(refusal(House::by_pin(&vault, FOUNDER, PIN).await), NOT_ACCEPTED);
}

/// What is damaged is opened by administrators only, and nobody is one by PIN.
#[tokio::test]
async fn a_pin_does_not_open_as_found_and_costs_no_try() {
    let (_house, vault) = with_pin().await;
    vault.lock(FOUNDER).await;
    for _ in 0..6 {
        let with = OpenWith::Pin { person: FOUNDER, pin: secret(PIN) };
        assert_eq!(refusal(vault.open(with, true).await), NEEDED);
    }
    House::by_pin(&vault, FOUNDER, PIN).await.expect("opens as it is");
}

/// Not even somebody who can write the keyring makes it another day.
#[tokio::test]
async fn the_day_of_the_passphrase_is_not_only_the_keyrings() {
    let (house, vault) = with_pin().await;
    vault.lock(FOUNDER).await;
    house.days_pass(2);
    let elsewhere = house.vault();
    House::open(&elsewhere, FOUNDER, house.words(FOUNDER)).await.expect("opens");
    assert_eq!(pin_of_founder(&vault).await, PinAtDoor::AfterPassphrase);
    assert_eq!(refusal(House::by_pin(&vault, FOUNDER, PIN).await), NEEDED);
    elsewhere.lock(FOUNDER).await;
    House::by_pin(&elsewhere, FOUNDER, PIN).await.expect("where it was given");
}

#[tokio::test]
async fn after_a_restart_the_passphrase_comes_first() {
    let (house, vault) = with_pin().await;
    vault.lock(FOUNDER).await;
    House::by_pin(&vault, FOUNDER, PIN).await.expect("the control");
    drop(vault);
    let vault = house.vault();
    for _ in 0..2 {
        assert_eq!(pin_of_founder(&vault).await, PinAtDoor::AfterPassphrase);
        for pin in [PIN, "483090", "no digits"] {
            let refused = refusal(House::by_pin(&vault, FOUNDER, pin).await);
            assert_eq!(refused, NEEDED, "right and wrong say the same");
        }
        assert_eq!(vault.book().await, Err(StoreError::Locked));
    }
    House::open(&vault, FOUNDER, house.words(FOUNDER)).await.expect("opens");
    assert_eq!(vault.prove(FOUNDER, secret(PIN)).await, Ok(Proved::Pin));
    vault.lock(FOUNDER).await;
    assert_eq!(pin_of_founder(&vault).await, PinAtDoor::Opens);
    House::by_pin(&vault, FOUNDER, PIN).await.expect("opens again");
}

#[tokio::test]
async fn a_pin_that_another_program_set_opens_here_after_the_passphrase() {
    let (house, vault, _kit) = House::founded().await;
    let other = house.vault();
    House::open(&other, FOUNDER, house.words(FOUNDER)).await.expect("opens");
    other.set_pin(FOUNDER, Some(secret(PIN))).await.expect("sets");
    assert_eq!(vault.prove(FOUNDER, secret(PIN)).await, Err(NEEDED));
    assert_eq!(vault.prove(FOUNDER, house.words(FOUNDER)).await, Ok(Proved::Passphrase));
    assert_eq!(vault.prove(FOUNDER, secret(PIN)).await, Ok(Proved::Pin));
    vault.set_pin(FOUNDER, Some(secret(ANOTHER))).await.expect("sets");
    other.lock(FOUNDER).await;
    assert_eq!(refusal(House::by_pin(&other, FOUNDER, PIN).await), NEEDED, "it is another by now");
    vault.lock(FOUNDER).await;
    assert_eq!(refusal(House::by_pin(&vault, FOUNDER, PIN).await), NOT_ACCEPTED);
    House::by_pin(&vault, FOUNDER, ANOTHER).await.expect("opens");
}

#[tokio::test]
async fn five_wrong_pins_turn_it_off_until_the_passphrase_and_over_restarts() {
    let (house, vault) = with_pin().await;
    vault.lock(FOUNDER).await;
    for wrong in ["483090", "483092", "583091", "493091"] {
        assert_eq!(refusal(House::by_pin(&vault, FOUNDER, wrong).await), NOT_ACCEPTED);
    }
    assert_eq!(pin_of_founder(&vault).await, PinAtDoor::Opens);
    assert_eq!(refusal(House::by_pin(&vault, FOUNDER, "484091").await), NOT_ACCEPTED);
    let restarted = house.vault();
    for vault in [&vault, &restarted, &vault] {
        assert_eq!(pin_of_founder(vault).await, PinAtDoor::Spent);
        let refused = refusal(House::by_pin(vault, FOUNDER, PIN).await);
        assert_eq!(refused, NEEDED, "not even the right one");
    }
    House::open(&vault, FOUNDER, house.words(FOUNDER)).await.expect("opens");
    vault.lock(FOUNDER).await;
    assert_eq!(pin_of_founder(&vault).await, PinAtDoor::Opens);
    House::by_pin(&vault, FOUNDER, PIN).await.expect("it has its tries back");
}

fn door_item(device: &MemoryDevice) -> (String, Vec<u8>) {
    let name = device.names().into_iter().find(|name| name.starts_with("door:"));
    let name = name.expect("the founder's");
    let value = device.get(&name).expect("reads").expect("is there").to_vec();
    (name, value)
}

/// Somebody who writes the keyring gives the tries back there; what the tries were for is gone.
#[tokio::test]
async fn five_wrong_pins_and_there_is_nothing_left_to_try_whatever_the_keyring_says() {
    let (house, vault) = with_pin().await;
    vault.lock(FOUNDER).await;
    let (name, value) = door_item(&house.device);
    for wrong in ["483090", "483092", "583091", "493091", "484091"] {
        house.device.put(&name, &value).expect("puts");
        assert_eq!(refusal(House::by_pin(&vault, FOUNDER, wrong).await), NOT_ACCEPTED);
    }
    house.device.put(&name, &value).expect("puts");
    assert_eq!(pin_of_founder(&vault).await, PinAtDoor::AfterPassphrase);
    assert_eq!(refusal(House::by_pin(&vault, FOUNDER, PIN).await), NEEDED);
    House::open(&vault, FOUNDER, house.words(FOUNDER)).await.expect("opens");
    vault.lock(FOUNDER).await;
    House::by_pin(&vault, FOUNDER, PIN).await.expect("opens");
}

/// Tries that another program used up count here, and end what is kept here.
#[tokio::test]
async fn tries_are_counted_together_with_other_programs() {
    let (house, vault) = with_pin().await;
    vault.lock(FOUNDER).await;
    let (name, value) = door_item(&house.device);
    let other = house.vault();
    House::open(&other, FOUNDER, house.words(FOUNDER)).await.expect("opens");
    for _ in 0..5 {
        let refused = refusal(other.prove(FOUNDER, secret("483090")).await);
        assert_eq!(refused, NOT_ACCEPTED);
    }
    assert_eq!(refusal(House::by_pin(&vault, FOUNDER, PIN).await), NEEDED);
    house.device.put(&name, &value).expect("puts");
    assert_eq!(refusal(House::by_pin(&vault, FOUNDER, PIN).await), NEEDED, "nothing is kept");
}

#[tokio::test]
async fn a_right_pin_gives_the_tries_back() {
    let (house, vault) = with_pin().await;
    vault.lock(FOUNDER).await;
    for _ in 0..2 {
        for _ in 0..4 {
            assert_eq!(refusal(House::by_pin(&vault, FOUNDER, "483090").await), NOT_ACCEPTED);
        }
        House::by_pin(&vault, FOUNDER, PIN).await.expect("the fifth is right");
        vault.lock(FOUNDER).await;
    }
    drop(house);
}

#[tokio::test]
async fn a_copy_of_the_file_is_no_place_to_guess_a_pin() {
    let (house, vault) = with_pin().await;
    drop(vault);
    let elsewhere = house.vault_with(&MemoryDevice::default());
    for pin in [PIN, "483090"] {
        let refused = refusal(House::by_pin(&elsewhere, FOUNDER, pin).await);
        assert_eq!(refused, AccessError::UnknownDevice, "right and wrong say the same");
    }
}

#[tokio::test]
async fn after_another_passphrase_that_one_is_given_before_the_pin() {
    let (house, vault) = with_pin().await;
    let new = canary();
    vault.set_passphrase(FOUNDER, secret(&new)).await.expect("sets");
    assert_eq!(vault.prove(FOUNDER, secret(PIN)).await, Err(NEEDED));
    vault.lock(FOUNDER).await;
    assert_eq!(pin_of_founder(&vault).await, PinAtDoor::AfterPassphrase);
    assert_eq!(refusal(House::by_pin(&vault, FOUNDER, PIN).await), NEEDED);
    House::open(&vault, FOUNDER, secret(&new)).await.expect("opens");
    vault.lock(FOUNDER).await;
    House::by_pin(&vault, FOUNDER, PIN).await.expect("opens");
    vault.lock(FOUNDER).await;
    // In another program, while this one is locked.
    let other = house.vault();
    House::open(&other, FOUNDER, secret(&new)).await.expect("opens");
    other.set_passphrase(FOUNDER, house.words(FOUNDER)).await.expect("sets");
    assert_eq!(pin_of_founder(&vault).await, PinAtDoor::AfterPassphrase);
    assert_eq!(refusal(House::by_pin(&vault, FOUNDER, PIN).await), NEEDED);
}

#[tokio::test]
async fn whoever_was_disabled_gives_the_passphrase_first_when_they_are_back() {
    let (house, vault, _kit) = House::founded().await;
    technician_with_pin(&house, &vault).await;
    House::by_pin(&vault, TECHNICIAN, ANOTHER).await.expect("the control");
    vault.lock(TECHNICIAN).await;
    put(&vault, person(TECHNICIAN, Standing::Disabled, false)).await.expect("commits");
    assert_eq!(refusal(House::by_pin(&vault, TECHNICIAN, ANOTHER).await), NEEDED);
    put(&vault, person(TECHNICIAN, Standing::Active, false)).await.expect("commits");
    assert_eq!(refusal(House::by_pin(&vault, TECHNICIAN, ANOTHER).await), NEEDED);
    House::open(&vault, TECHNICIAN, house.words(TECHNICIAN)).await.expect("opens");
    vault.lock(TECHNICIAN).await;
    House::by_pin(&vault, TECHNICIAN, ANOTHER).await.expect("opens");
    put(&vault, person(TECHNICIAN, Standing::Revoked, false)).await.expect("commits");
    assert_eq!(refusal(House::by_pin(&vault, TECHNICIAN, ANOTHER).await), NOT_ACCEPTED);
}

#[tokio::test]
async fn whoever_another_program_disabled_is_not_let_in_and_nothing_is_kept_of_them() {
    let (house, vault, _kit) = House::founded().await;
    technician_with_pin(&house, &vault).await;
    vault.lock(FOUNDER).await;
    let other = house.vault();
    House::open(&other, FOUNDER, house.words(FOUNDER)).await.expect("opens");
    put(&other, person(TECHNICIAN, Standing::Disabled, false)).await.expect("commits");
    assert_eq!(refusal(House::by_pin(&vault, TECHNICIAN, ANOTHER).await), NOT_ACCEPTED);
    put(&other, person(TECHNICIAN, Standing::Active, false)).await.expect("commits");
    assert_eq!(refusal(House::by_pin(&vault, TECHNICIAN, ANOTHER).await), NEEDED);
    // One who was in when they were disabled is thrown out, and their PIN with them.
    House::open(&vault, TECHNICIAN, house.words(TECHNICIAN)).await.expect("opens");
    put(&other, person(TECHNICIAN, Standing::Disabled, false)).await.expect("commits");
    assert_eq!(vault.book().await, Err(StoreError::Locked));
    put(&other, person(TECHNICIAN, Standing::Active, false)).await.expect("commits");
    assert_eq!(refusal(House::by_pin(&vault, TECHNICIAN, ANOTHER).await), NEEDED);
}

#[tokio::test]
async fn on_a_device_that_was_taken_off_a_pin_opens_nothing() {
    let (house, vault, kit) = House::founded().await;
    technician_with_pin(&house, &vault).await;
    vault.lock(FOUNDER).await;
    let away = house.vault_with(&MemoryDevice::default());
    let with = OpenWith::RecoveryKit { kit, passphrase: secret(&canary()) };
    away.open(with, false).await.expect("opens");
    let devices = away.devices().await.expect("lists");
    let home = devices.iter().find(|device| !device.this_one).expect("the other").id;
    House::by_pin(&vault, TECHNICIAN, ANOTHER).await.expect("the control");
    away.remove_device(permit(FOUNDER), home).await.expect("removes");
    assert_eq!(refusal(vault.prove(TECHNICIAN, secret(ANOTHER)).await), AccessError::UnknownDevice);
    vault.lock(TECHNICIAN).await;
    let refused = refusal(House::by_pin(&vault, TECHNICIAN, ANOTHER).await);
    assert_eq!(refused, AccessError::UnknownDevice);
    let keeps = away.keeps().await.expect("lists");
    assert!(keeps.iter().all(|keeps| !keeps.pin), "{keeps:?}");
}

#[tokio::test]
async fn each_persons_pin_opens_for_them_alone() {
    let (house, vault) = with_pin().await;
    technician_with_pin(&house, &vault).await;
    vault.lock(FOUNDER).await;
    for (who, wrong) in [(FOUNDER, ANOTHER), (TECHNICIAN, PIN)] {
        for _ in 0..4 {
            assert_eq!(refusal(House::by_pin(&vault, who, wrong).await), NOT_ACCEPTED);
        }
    }
    let opened = House::by_pin(&vault, TECHNICIAN, ANOTHER).await.expect("opens");
    assert_eq!(opened.person, TECHNICIAN);
    let refused = vault.commit(permit(FOUNDER), vec![folder(0x91)]).await;
    assert_eq!(refused, Err(StoreError::Locked), "the founder is not in");
    assert_eq!(refusal(House::by_pin(&vault, FOUNDER, ANOTHER).await), NOT_ACCEPTED);
    assert_eq!(refusal(House::by_pin(&vault, FOUNDER, PIN).await), NEEDED, "the fifth was wrong");
    vault.lock(TECHNICIAN).await;
    House::by_pin(&vault, TECHNICIAN, ANOTHER).await.expect("theirs is as it was");
}

/// Puts another file in the vault's place, without any log of the one before.
#[cfg(unix)]
fn swap(house: &House, with: &std::path::Path) {
    for of in ["", "-wal", "-shm"] {
        let (from, to) = (format!("vault.sqlite{of}"), format!("moved.sqlite{of}"));
        let moved = std::fs::rename(house.folder.path().join(from), house.folder.path().join(to));
        assert!(moved.is_ok() || !of.is_empty(), "{moved:?}");
    }
    std::fs::rename(with, house.path()).expect("moves");
}

#[cfg(unix)]
fn copy_to(house: &House, name: &str) -> std::path::PathBuf {
    let to = house.folder.path().join(name);
    super::house::edit(house, &format!("VACUUM INTO '{}'", to.display()));
    to
}

// Windows lets nobody put a file in the place of one that is open.
#[cfg(unix)]
#[tokio::test]
async fn a_file_that_was_swapped_while_it_was_locked_is_verified_like_any_other() {
    let (house, vault) = with_pin().await;
    let before = copy_to(&house, "before.sqlite");
    put(&vault, folder(0x92)).await.expect("commits");
    vault.lock(FOUNDER).await;
    let now = copy_to(&house, "now.sqlite");
    swap(&house, &before);
    let refused = refusal(House::by_pin(&vault, FOUNDER, PIN).await);
    let rolled = matches!(&refused, AccessError::Store(StoreError::RolledBack { .. }));
    assert!(rolled, "{refused:?}");
    assert_eq!(vault.book().await, Err(StoreError::Locked));
    let (other, _vault) = with_pin().await;
    swap(&house, &copy_to(&other, "other.sqlite"));
    let refused = refusal(House::by_pin(&vault, FOUNDER, PIN).await);
    assert_eq!(refused, AccessError::UnknownDevice, "another vault, with a founder of that id");
    swap(&house, &now);
    House::by_pin(&vault, FOUNDER, PIN).await.expect("the true one opens");
}
