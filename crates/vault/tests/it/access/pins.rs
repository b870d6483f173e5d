//! PINs: on the day of the passphrase, five tries, on this device.

use usher_core::ports::{Access, AccessError, Proved};
use usher_vault::MemoryDevice;

use super::house::{FOUNDER, House, door_of, refusal, secret};

const PIN: &str = "483091";
const NOT_ACCEPTED: AccessError = AccessError::NotAccepted { wait_seconds: 0 };

#[tokio::test]
async fn a_pin_opens_on_the_day_of_the_passphrase() {
    let (house, vault, _kit) = House::founded().await;
    for plain in ["48309", "111111", "123456", "12345a", ""] {
        let refused = refusal(vault.set_pin(FOUNDER, Some(secret(plain))).await);
        assert_eq!(refused, AccessError::TooWeak, "{plain}");
    }
    vault.set_pin(FOUNDER, Some(secret(PIN))).await.expect("sets");
    assert_eq!(vault.prove(FOUNDER, secret(PIN)).await, Ok(Proved::Pin));
    assert_eq!(vault.prove(FOUNDER, house.words(FOUNDER)).await, Ok(Proved::Passphrase));
    vault.lock(FOUNDER).await;
    assert!(door_of(&vault, FOUNDER).await.pin);
    let opened = House::by_pin(&vault, FOUNDER, PIN).await.expect("opens");
    assert_eq!(opened.proved, Proved::Pin);
    vault.lock(FOUNDER).await;
    house.days_pass(2);
    assert!(!door_of(&vault, FOUNDER).await.pin);
    let refused = refusal(House::by_pin(&vault, FOUNDER, PIN).await);
    assert_eq!(refused, AccessError::PassphraseNeeded);
    House::open(&vault, FOUNDER, house.words(FOUNDER)).await.expect("opens");
    vault.set_pin(FOUNDER, None).await.expect("removes");
    vault.lock(FOUNDER).await;
    assert_eq!(refusal(House::by_pin(&vault, FOUNDER, PIN).await), NOT_ACCEPTED);
}

#[tokio::test]
async fn five_wrong_pins_turn_it_off_until_the_passphrase_and_over_restarts() {
    let (house, vault, _kit) = House::founded().await;
    vault.set_pin(FOUNDER, Some(secret(PIN))).await.expect("sets");
    drop(vault);
    for wrong in ["483090", "483092", "583091", "493091"] {
        // Each in a program of its own.
        let refused = refusal(House::by_pin(&house.vault(), FOUNDER, wrong).await);
        assert_eq!(refused, NOT_ACCEPTED);
    }
    let vault = house.vault();
    assert!(door_of(&vault, FOUNDER).await.pin);
    assert_eq!(refusal(House::by_pin(&vault, FOUNDER, "484091").await), NOT_ACCEPTED);
    for _ in 0..2 {
        let vault = house.vault();
        let at_door = door_of(&vault, FOUNDER).await;
        assert!(!at_door.pin && at_door.pin_spent);
        let refused = refusal(House::by_pin(&vault, FOUNDER, PIN).await);
        assert_eq!(refused, AccessError::PassphraseNeeded, "not even the right one");
    }
    House::open(&vault, FOUNDER, house.words(FOUNDER)).await.expect("opens");
    vault.lock(FOUNDER).await;
    assert!(door_of(&vault, FOUNDER).await.pin);
    House::by_pin(&vault, FOUNDER, PIN).await.expect("it has its tries back");
}

#[tokio::test]
async fn a_right_pin_gives_the_tries_back() {
    let (house, vault, _kit) = House::founded().await;
    vault.set_pin(FOUNDER, Some(secret(PIN))).await.expect("sets");
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
    let (house, vault, _kit) = House::founded().await;
    vault.set_pin(FOUNDER, Some(secret(PIN))).await.expect("sets");
    drop(vault);
    let elsewhere = house.vault_with(&MemoryDevice::default());
    for pin in [PIN, "483090"] {
        let refused = refusal(House::by_pin(&elsewhere, FOUNDER, pin).await);
        assert_eq!(refused, AccessError::UnknownDevice, "right and wrong say the same");
    }
}
