//! The keyring of Windows, for which Wine stands in where the tests come from Linux.
#![cfg(windows)]

use std::sync::Arc;

use usher_core::ports::{Access, AccessError};
use usher_vault::{Device, Keyring};

use crate::access::house::{FOUNDER, House, refusal, secret};
use crate::kept::keeps_and_forgets;

#[test]
fn it_keeps_what_it_is_given_up_to_our_limit_and_forgets_it() {
    keeps_and_forgets(&Keyring::new("usher-test"));
}

#[tokio::test]
async fn a_vault_opens_by_what_it_keeps_and_no_longer_once_that_is_forgotten() {
    let keyring = Keyring::new("usher-test-vault");
    let house = House::empty();
    let vault = house.vault_on(Arc::new(keyring.clone()));
    house.found(&vault, FOUNDER).await.expect("founds");
    vault.set_pin(FOUNDER, Some(secret("483091"))).await.expect("sets");
    vault.lock(FOUNDER).await;
    House::by_pin(&vault, FOUNDER, "483091").await.expect("opens by PIN");
    let id = house.witness.vault().expect("known");
    let names = [format!("device:{id}"), format!("anchor:{id}"), format!("door:{id}:{FOUNDER}")];
    let kept = || names.iter().filter(|name| keyring.get(name).expect("answers").is_some()).count();
    assert_eq!(kept(), 3);
    vault.lock(FOUNDER).await;
    vault.forget_device().await.expect("forgets");
    assert_eq!(kept(), 0);
    let refused = refusal(House::open(&vault, FOUNDER, house.words(FOUNDER)).await);
    assert_eq!(refused, AccessError::UnknownDevice);
}
