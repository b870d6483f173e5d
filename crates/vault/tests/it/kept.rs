//! What every OS keyring must do for us.
#![cfg(any(target_os = "linux", windows))]

use usher_core::error::KeyringError;
use usher_vault::{Device, Keyring};

pub(crate) const ITEM: &str = "usher-test:item";
pub(crate) const OTHER: &str = "usher-test:other";

/// Keeps any bytes up to our own limit, by service and name, until they are replaced or removed.
pub(crate) fn keeps_and_forgets(keyring: &Keyring) {
    let value = |item: &str| keyring.get(item).expect("answers").map(|value| value.to_vec());
    keyring.put(ITEM, b"value").expect("kept");
    keyring.put(ITEM, b"\x00\xffnot text").expect("replaced");
    assert_eq!(value(ITEM), Some(b"\x00\xffnot text".to_vec()));
    assert_eq!(value(OTHER), None);
    let elsewhere = Keyring::new("usher-test-other");
    assert_eq!(elsewhere.get(ITEM).map(|value| value.is_none()), Ok(true));
    // Ours and not the system's: Wine, for one, takes more than Windows does.
    for length in [0, 2561] {
        assert_eq!(keyring.put(OTHER, &vec![7; length]), Err(KeyringError::Failed), "{length}");
    }
    assert_eq!(value(OTHER), None, "what is refused is not kept");
    keyring.put(OTHER, &[7; 2560]).expect("the largest is kept");
    assert_eq!(value(OTHER), Some(vec![7; 2560]));
    for _ in 0..2 {
        keyring.remove(ITEM).expect("removing what is gone is fine");
        keyring.remove(OTHER).expect("removing what is gone is fine");
    }
    assert_eq!((value(ITEM), value(OTHER)), (None, None));
}
